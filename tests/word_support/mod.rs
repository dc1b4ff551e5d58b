//! What the tests of the Word readers share: small .docx files written by hand, and documents drawn as lines.
#![allow(dead_code, reason = "each test uses the part that it needs")]
#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]

use std::io::{Cursor, Write};

use chidu::{
    diagnostic::Findings,
    document::{Block, Document, Paragraph, ReadError, Table, from_source},
    source::Source,
};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

const SPACES: &str = concat!(
    r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" "#,
    r#"xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" "#,
    r#"xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" "#,
    r#"xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" "#,
    r#"xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" "#,
    r#"xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" "#,
    r#"xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" "#,
    r#"xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" "#,
    r#"xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office""#,
);
const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A .docx to be written: its body, and its other parts by name (`styles`, `numbering`, `footnotes`, `header1`).
#[derive(Default, Clone)]
pub(crate) struct Docx {
    pub(crate) body: String,
    pub(crate) parts: Vec<(&'static str, String)>,
}

impl Docx {
    pub(crate) fn new(body: impl Into<String>) -> Self {
        Self { body: body.into(), parts: Vec::new() }
    }

    /// Adds a part, given its content without the root element.
    pub(crate) fn with(mut self, part: &'static str, inner: impl Into<String>) -> Self {
        self.parts.push((part, inner.into()));
        self
    }

    /// The names and the contents of all parts.
    pub(crate) fn entries(&self) -> Vec<(String, String)> {
        let xml = |root: &str, inner: &str| {
            format!(
                r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{root} {SPACES}>{inner}</w:{root}>"#
            )
        };
        let kind = |name: &'static str| name.trim_end_matches(|it: char| it.is_ascii_digit());
        let root = |name| match kind(name) {
            "header" => "hdr",
            "footer" => "ftr",
            it => it,
        };
        let relation = |(nth, (name, _)): (usize, &(&'static str, String))| {
            format!(
                r#"<Relationship Id="r{nth}" Type="{TYPES}/{}" Target="{name}.xml"/>"#,
                kind(name)
            )
        };
        let relations: String = self.parts.iter().enumerate().map(relation).collect();
        let list = |inner: &str| {
            format!(
                r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>"#
            )
        };
        let main = format!(
            r#"<Relationship Id="r" Type="{TYPES}/officeDocument" Target="word/document.xml"/>"#
        );
        let mut entries = vec![
            ("[Content_Types].xml".to_owned(), self.types()),
            ("_rels/.rels".to_owned(), list(&main)),
            (
                "word/document.xml".to_owned(),
                xml("document", &format!("<w:body>{}</w:body>", self.body)),
            ),
            ("word/_rels/document.xml.rels".to_owned(), list(&relations)),
        ];
        let part = |(name, inner): &(&'static str, String)| {
            (format!("word/{name}.xml"), xml(root(name), inner))
        };
        entries.extend(self.parts.iter().map(part));
        entries
    }

    fn types(&self) -> String {
        const KIND: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
        let mut types = String::new();
        for (name, kind) in std::iter::once(("document", "document.main"))
            .chain(self.parts.iter().map(|it| (it.0, it.0.trim_end_matches(char::is_numeric))))
        {
            let part = format!(
                r#"<Override PartName="/word/{name}.xml" ContentType="{KIND}.{kind}+xml"/>"#
            );
            types.push_str(&part);
        }
        let rels = "application/vnd.openxmlformats-package.relationships+xml";
        format!(
            r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="{rels}"/>{types}</Types>"#
        )
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        zip(&self.entries())
    }

    pub(crate) fn read(&self) -> (Document, Vec<String>) {
        read("test.docx", self.bytes()).unwrap()
    }

    pub(crate) fn error(&self) -> ReadError {
        read("test.docx", self.bytes()).map(drop).unwrap_err()
    }

    /// The blocks, drawn.
    pub(crate) fn lines(&self) -> Vec<String> {
        drawn(&self.read().0)
    }
}

/// A zip archive.
pub(crate) fn zip(entries: &[(String, String)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, content) in entries {
        writer.start_file(name.as_str(), options).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Reads a file; gives the document and the codes of the findings.
pub(crate) fn read(name: &str, bytes: Vec<u8>) -> Result<(Document, Vec<String>), ReadError> {
    let mut findings = Findings::default();
    let source = Source { name: name.to_owned(), bytes };
    let document = from_source::read(&source, &mut findings)?;
    Ok((document, findings.iter().map(|it| it.code.clone()).collect()))
}

/// Each block on a line: a paragraph as its label in brackets and its text, a table as its rows.
pub(crate) fn drawn(document: &Document) -> Vec<String> {
    let mut lines = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Paragraph(it) => lines.push(paragraph(it)),
            Block::Table(it) => lines.extend((0..it.rows).map(|row| drawn_row(it, row))),
        }
    }
    lines
}

fn paragraph(it: &Paragraph) -> String {
    it.label.as_ref().map_or_else(|| it.text.clone(), |label| format!("[{label}]{}", it.text))
}

/// A row: `|` before each cell that begins in it, `↓n` and `→n` for spans, `·` where another covers the place.
fn drawn_row(table: &Table, row: u32) -> String {
    let mut line = String::new();
    for column in 0..table.columns {
        let Some(cell) = table.cell(row, column) else {
            line.push_str("| ?");
            continue;
        };
        if (cell.row, cell.column) != (row, column) {
            line.push_str(if cell.row < row && cell.column == column { "|·" } else { "" });
            continue;
        }
        line.push('|');
        line.push_str(&cell.paragraphs.iter().map(paragraph).collect::<Vec<_>>().join("⏎"));
        for (sign, span) in [('↓', cell.row_span), ('→', cell.column_span)] {
            if span > 1 {
                line.push_str(&format!("{sign}{span}"));
            }
        }
    }
    line
}

/// A run of text.
pub(crate) fn r(text: &str) -> String {
    format!(r#"<w:r><w:t xml:space="preserve">{text}</w:t></w:r>"#)
}

/// A paragraph.
pub(crate) fn p(text: &str) -> String {
    format!("<w:p>{}</w:p>", r(text))
}

/// A paragraph of properties and content.
pub(crate) fn pp(properties: &str, content: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>")
}

/// A paragraph of a list.
pub(crate) fn item(list: u32, level: u32, text: &str) -> String {
    pp(
        &format!(r#"<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr>"#),
        &r(text),
    )
}

/// A table of rows.
pub(crate) fn tbl(rows: &[String]) -> String {
    format!("<w:tbl>{}</w:tbl>", rows.concat())
}

/// A row of cells.
pub(crate) fn tr(cells: &[String]) -> String {
    format!("<w:tr>{}</w:tr>", cells.concat())
}

/// A cell of properties and content.
pub(crate) fn tc(properties: &str, content: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>")
}

/// A level of a list.
pub(crate) fn lvl(level: u32, format: &str, text: &str, more: &str) -> String {
    format!(
        r#"<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{format}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>"#
    )
}

/// A definition of a list, by the levels.
pub(crate) fn definition(id: u32, levels: &str) -> String {
    format!(r#"<w:abstractNum w:abstractNumId="{id}">{levels}</w:abstractNum>"#)
}

/// An instance of a definition, with what differs.
pub(crate) fn instance(id: u32, definition: u32, changes: &str) -> String {
    format!(r#"<w:num w:numId="{id}"><w:abstractNumId w:val="{definition}"/>{changes}</w:num>"#)
}
