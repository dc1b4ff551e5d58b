//! Bytes to document: a file is what its bytes are, not what its name says.

use std::io::Cursor;

use sha2::{Digest, Sha256};
use zip::ZipArchive;

use crate::{
    diagnostic::{Finding, Findings, Severity},
    document::{Document, Format, ReadError, doc, docx, from_html, from_text, from_xlsx, pdf},
    limits,
    source::Source,
};

/// Reads a file by what its bytes are.
///
/// # Errors
///
/// Says why the file cannot be read; see [`ReadError`].
pub fn read(source: &Source, findings: &mut Findings) -> Result<Document, ReadError> {
    if source.bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    if source.bytes.len() as u64 > limits::MAX_FILE_BYTES {
        return Err(ReadError::TooLarge { what: "file", bound: limits::MAX_FILE_BYTES });
    }
    let format = detect(&source.bytes)?;
    compare_with_name(&source.name, format, findings);
    match format {
        Format::Pdf => pdf::read(source, findings),
        Format::Text | Format::Csv => from_text::read(source, findings),
        Format::Docx => docx::read(source, findings),
        Format::Doc => doc::read(source, findings),
        Format::Html => from_html::read(source, findings),
        Format::Xlsx => from_xlsx::read(source, findings),
    }
}

/// What a file's bytes are.
///
/// # Errors
///
/// Fails where they are a container that is damaged, or of a kind that is known and not read.
pub fn detect(bytes: &[u8]) -> Result<Format, ReadError> {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    if let Some((_, name)) = PICTURES_AND_ARCHIVES.iter().find(|it| head.starts_with(it.0)) {
        return Err(ReadError::Unsupported((*name).to_owned()));
    }
    if head.starts_with(b"PK") && head.get(2).is_some_and(|it| matches!(it, 3 | 5 | 7)) {
        return in_zip(bytes);
    }
    if head.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return in_compound_file(bytes);
    }
    if head.windows(5).any(|it| it == b"%PDF-") {
        return Ok(Format::Pdf);
    }
    in_markup(head)
}

/// So many bytes tell one format from another; a PDF may begin anywhere in them.
const HEAD: usize = 1024;

/// What begins files that cannot hold a notice's text, or are not read.
const PICTURES_AND_ARCHIVES: [(&[u8], &str); 12] = [
    (b"\x89PNG\r\n", "PNG"),
    (b"\xFF\xD8\xFF", "JPEG"),
    (b"GIF8", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"RIFF", "RIFF"),
    (b"\x1F\x8B", "gzip"),
    (b"Rar!", "RAR"),
    (b"7z\xBC\xAF\x27\x1C", "7z"),
    (b"{\\rtf", "RTF"),
    (b"AT&TFORM", "DjVu"),
    (b"CAJ", "CAJ"),
];

/// What a zip archive holds, by the names of its parts. Where the archive is damaged its bytes are searched for them, so
/// that the reader of that format says what is wrong.
fn in_zip(bytes: &[u8]) -> Result<Format, ReadError> {
    let kinds = [("xl/workbook.", Format::Xlsx), ("word/", Format::Docx)];
    let archive = match ZipArchive::new(Cursor::new(bytes)) {
        Ok(it) => it,
        Err(it) => {
            let found = kinds.into_iter().find(|kind| holds(bytes, kind.0.as_bytes()));
            return found.map(|it| it.1).ok_or_else(|| ReadError::Damaged {
                part: "zip".to_owned(),
                reason: it.to_string(),
            });
        }
    };
    let has = |prefix: &str| archive.file_names().flatten().any(|it| it.starts_with(prefix));
    if let Some((_, format)) = kinds.into_iter().find(|it| has(it.0)) {
        return Ok(format);
    }
    let others = [
        ("ppt/", "PowerPoint"),
        ("OFD.xml", "OFD"),
        ("content.xml", "OpenDocument"),
        ("META-INF/container.xml", "EPUB"),
    ];
    let name = others.iter().find(|it| has(it.0)).map_or("zip", |it| it.1);
    Err(ReadError::Unsupported(name.to_owned()))
}

/// What an OLE compound file holds, by the names of its streams; those of a damaged one are searched for, too.
fn in_compound_file(bytes: &[u8]) -> Result<Format, ReadError> {
    let file = match cfb::CompoundFile::open(Cursor::new(bytes)) {
        Ok(it) => it,
        Err(it) => {
            let kinds = [("WordDocument", Format::Doc), ("Workbook", Format::Xlsx)];
            let wide = |it: &str| it.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
            let found = kinds.into_iter().find(|kind| holds(bytes, &wide(kind.0)));
            return found.map(|it| it.1).ok_or_else(|| ReadError::Damaged {
                part: "compound file".to_owned(),
                reason: it.to_string(),
            });
        }
    };
    let has = |name: &str| file.read_root_storage().any(|it| it.name().eq_ignore_ascii_case(name));
    if has("EncryptedPackage") {
        return Err(ReadError::Encrypted);
    }
    if has("WordDocument") {
        return Ok(Format::Doc);
    }
    if has("Workbook") || has("Book") {
        return Ok(Format::Xlsx);
    }
    let name = if has("PowerPoint Document") { "PowerPoint" } else { "OLE" };
    Err(ReadError::Unsupported(name.to_owned()))
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|it| it == part)
}

/// The tags with which a page, or the part of one that somebody saved, begins.
const FIRST_TAGS: &[&str] = &[
    "!doctype html",
    "html",
    "head",
    "body",
    "meta",
    "table",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "p",
    "section",
    "article",
    "main",
    "ul",
    "ol",
    "center",
    "title",
    "style",
];

/// Whether a text is a web page, by its first tags; UTF-16 is looked through.
fn in_markup(head: &[u8]) -> Result<Format, ReadError> {
    let text: Vec<u8> = head.iter().filter(|it| **it != 0).map(u8::to_ascii_lowercase).collect();
    let text = String::from_utf8_lossy(&text);
    let text = text
        .trim_start_matches(|it: char| it.is_whitespace() || it == '\u{feff}' || it == '\u{fffd}');
    if text.starts_with("mime-version:") || text.contains("content-type: multipart/related") {
        return Err(ReadError::Unsupported("MHTML".to_owned()));
    }
    let is_page = FIRST_TAGS
        .iter()
        .filter_map(|it| text.strip_prefix('<')?.strip_prefix(it))
        .any(|it| it.starts_with(|it: char| it == '>' || it.is_ascii_whitespace()))
        || text.starts_with('<')
            && ["<html", "<body", "<!doctype html"].iter().any(|it| text.contains(it));
    if is_page {
        return Ok(Format::Html);
    }
    let is_office =
        ["<w:worddocument", "<pkg:package", "mso-application"].iter().any(|it| text.contains(it));
    if text.starts_with("<?xml") {
        let name = if is_office { "Office XML" } else { "XML" };
        return Err(ReadError::Unsupported(name.to_owned()));
    }
    Ok(Format::Text)
}

/// Says so where a file's name promises another format.
fn compare_with_name(name: &str, format: Format, findings: &mut Findings) {
    let Some((_, extension)) = name.rsplit_once('.') else { return };
    let promised: &[Format] = match extension.to_ascii_lowercase().as_str() {
        "docx" | "docm" | "dotx" | "dotm" => &[Format::Docx],
        "doc" | "dot" | "wps" | "wpt" => &[Format::Doc],
        "xlsx" | "xlsm" | "xlsb" | "xls" | "et" => &[Format::Xlsx],
        "pdf" => &[Format::Pdf],
        "htm" | "html" | "shtml" | "xhtml" => &[Format::Html],
        "txt" | "md" | "markdown" | "text" => &[Format::Text, Format::Csv],
        "csv" | "tsv" => &[Format::Csv, Format::Text],
        _ => return,
    };
    if !promised.contains(&format) {
        let finding = Finding::new("name-contradicts-content", Severity::Note);
        findings.push(
            finding.arg("name", name).arg("format", format!("format-{format:?}").to_lowercase()),
        );
    }
}

/// The SHA-256 of some bytes, in lower-case hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|it| format!("{it:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::{ZipWriter, write::SimpleFileOptions};

    use super::*;

    fn zipped(name: &str) -> Vec<u8> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        archive.write_all(b"<a/>").unwrap();
        archive.finish().unwrap().into_inner()
    }

    fn compound(name: &str) -> Vec<u8> {
        let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        file.create_stream(name).unwrap().write_all(b"x").unwrap();
        file.into_inner().into_inner()
    }

    fn wide(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn formats_by_content() {
        let unsupported = |it: &str| Err(ReadError::Unsupported(it.to_owned()));
        for (bytes, expected) in [
            (zipped("word/document.xml"), Ok(Format::Docx)),
            (zipped("xl/workbook.xml"), Ok(Format::Xlsx)),
            (zipped("xl/workbook.bin"), Ok(Format::Xlsx)),
            (zipped("ppt/presentation.xml"), unsupported("PowerPoint")),
            (zipped("OFD.xml"), unsupported("OFD")),
            (zipped("a.txt"), unsupported("zip")),
            (compound("WordDocument"), Ok(Format::Doc)),
            (compound("Workbook"), Ok(Format::Xlsx)),
            (compound("EncryptedPackage"), Err(ReadError::Encrypted)),
            (compound("Else"), unsupported("OLE")),
            (b"\n%PDF-1.7".to_vec(), Ok(Format::Pdf)),
            (b"<!DOCTYPE HTML><html>".to_vec(), Ok(Format::Html)),
            (b"\xEF\xBB\xBF <HTML><body>".to_vec(), Ok(Format::Html)),
            (b"<?xml version='1.0'?><!DOCTYPE html><html>".to_vec(), Ok(Format::Html)),
            (b"<!-- saved from url --><html>".to_vec(), Ok(Format::Html)),
            (wide("<html><body>"), Ok(Format::Html)),
            (b"<?xml version='1.0'?><w:wordDocument>".to_vec(), unsupported("Office XML")),
            (b"{\\rtf1\\ansi".to_vec(), unsupported("RTF")),
            (b"\xFF\xD8\xFF\xE0".to_vec(), unsupported("JPEG")),
            ("一、总则".into(), Ok(Format::Text)),
            (b"<60".to_vec(), Ok(Format::Text)),
            (b"".to_vec(), Ok(Format::Text)),
        ] {
            assert_eq!(detect(&bytes), expected, "{}", String::from_utf8_lossy(&bytes));
        }
        assert!(matches!(detect(b"PK\x03\x04cut off"), Err(ReadError::Damaged { .. })));
        assert_eq!(detect(b"PK\x03\x04word/document.xml, cut off"), Ok(Format::Docx));
        assert!(matches!(
            detect(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),
            Err(ReadError::Damaged { .. })
        ));
    }

    #[test]
    fn a_name_that_promises_another_format_is_noted() {
        let mut findings = Findings::default();
        for (name, format) in [("a.txt", Format::Text), ("a.CSV", Format::Text), ("a", Format::Pdf)]
        {
            compare_with_name(name, format, &mut findings);
        }
        assert!(findings.is_empty());
        compare_with_name("a.doc", Format::Html, &mut findings);
        assert_eq!(findings.iter().count(), 1);
    }
}
