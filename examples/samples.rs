//! Writes sample notices of `corpus/` in other formats, into `corpus/formats/`: `cargo run --example samples`.
//!
//! Each file holds what the text holds: in Word with automatic numbers and merged cells, as a web page with spans, as a
//! workbook with merged ranges, as text in other encodings. The same sources give the same bytes: dates are fixed.
//! `examples/samples.sh` then has `LibreOffice` make the old and the printed formats of them.
#![expect(clippy::print_stdout, reason = "an example says what it wrote")]

use std::{
    error::Error,
    fs,
    io::{Cursor, Read, Write},
    path::Path,
};

use chidu::{
    diagnostic::Findings,
    document::{Block, Cell, Document, Paragraph, Table, from_source},
    source::Source,
};
use docx_rs::{
    AbstractNumbering, AlignmentType, Docx, IndentLevel, Level, LevelJc, LevelSuffixType,
    LevelText, NumberFormat, Numbering, NumberingId, Run, Start, TableCell, TableRow, VMergeType,
};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet};

/// The samples that are written: prose, and tables of each kind.
const NAMES: [&str; 4] = [
    "01-xinhe-style.txt",
    "05-qingshui-party.md",
    "07-hongqi-environment.txt",
    "14-xiaohe-petition.txt",
];
/// The samples that are written in other encodings, with the ending of each.
const ENCODED: [(&str, &str, Encoding); 5] = [
    ("01-xinhe-style.txt", "gb18030.txt", Encoding::Other(encoding_rs::GB18030)),
    ("05-qingshui-party.md", "utf16be.md", Encoding::Utf16Be),
    ("13-dongling-goals.txt", "utf8bom.txt", Encoding::Utf8Bom),
    ("14-xiaohe-petition.txt", "utf16le.txt", Encoding::Utf16LeBare),
    ("20-minfeng-township.txt", "big5.txt", Encoding::Other(encoding_rs::BIG5)),
];
const DATE: &str = "2025-01-01T00:00:00Z";

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<()> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [verb, path] = arguments.as_slice()
        && verb == "long"
    {
        return Ok(fs::write(path, docx(&long(&corpus)?)?)?);
    }
    let folder = corpus.join("formats");
    fs::create_dir_all(&folder)?;
    for name in NAMES {
        let source = Source { name: name.to_owned(), bytes: fs::read(corpus.join(name))? };
        let document = from_source::read(&source, &mut Findings::default())?;
        let stem = name.split('.').next().unwrap_or(name);
        for (extension, bytes) in [
            ("docx", docx(&document)?),
            ("xlsx", xlsx(&document)?),
            ("html", html(&document).into_bytes()),
        ] {
            let path = folder.join(format!("{stem}.{extension}"));
            println!("{}: {} bytes", path.display(), bytes.len());
            fs::write(path, bytes)?;
        }
    }
    for (name, ending, encoding) in ENCODED {
        let text = fs::read_to_string(corpus.join(name))?;
        let stem = name.split('.').next().unwrap_or(name);
        let path = folder.join(format!("{stem}.{ending}"));
        let bytes = encoding.encode(&text)?;
        println!("{}: {} bytes", path.display(), bytes.len());
        fs::write(path, bytes)?;
    }
    Ok(())
}

/// All samples one after the other, again and again: as much as 300 printed pages hold (`benches/documents.py`).
fn long(corpus: &Path) -> Result<Document> {
    const TIMES: usize = 5;
    let mut names: Vec<_> =
        fs::read_dir(corpus)?.map(|it| Ok(it?.file_name())).collect::<Result<_>>()?;
    names.sort();
    let mut blocks = Vec::new();
    let mut whole = None;
    for name in names.iter().map(|it| it.to_string_lossy()) {
        if !(name.ends_with(".txt") || name.ends_with(".md")) || name == "README.md" {
            continue;
        }
        let source =
            Source { name: name.clone().into_owned(), bytes: fs::read(corpus.join(&*name))? };
        let document = from_source::read(&source, &mut Findings::default())?;
        blocks.extend(document.blocks.iter().cloned());
        whole = Some(document);
    }
    let whole = whole.ok_or("there is no sample")?;
    let blocks = (0..TIMES).flat_map(|_| blocks.clone()).collect();
    Ok(Document { blocks, ..whole })
}

/// Radicals that stand for characters in one of the samples, and the characters.
const RADICALS: [(&str, &str); 3] = [("\u{2f08}", "人"), ("\u{2f6c}", "目"), ("\u{2f63}", "生")];

/// How a text becomes bytes.
enum Encoding {
    /// UTF-8 with a byte order mark.
    Utf8Bom,
    /// UTF-16 without one, with the line ends of Windows.
    Utf16LeBare,
    /// UTF-16 with one.
    Utf16Be,
    /// An encoding of its own.
    Other(&'static encoding_rs::Encoding),
}

impl Encoding {
    fn encode(&self, text: &str) -> Result<Vec<u8>> {
        Ok(match self {
            Self::Utf8Bom => format!("\u{feff}{text}").into_bytes(),
            Self::Utf16LeBare => {
                text.replace('\n', "\r\n").encode_utf16().flat_map(u16::to_le_bytes).collect()
            }
            Self::Utf16Be => {
                format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_be_bytes).collect()
            }
            Self::Other(encoding) => {
                // Big5 has no radicals that stand for characters.
                let plain =
                    RADICALS.iter().fold(text.to_owned(), |it, (from, to)| it.replace(from, to));
                let (bytes, _, is_lossy) = encoding.encode(&plain);
                if is_lossy {
                    return Err(format!("{} cannot write it", encoding.name()).into());
                }
                bytes.into_owned()
            }
        })
    }
}

/// Writes a document as .docx.
fn docx(document: &Document) -> Result<Vec<u8>> {
    let mut numbers = Numbers::default();
    let mut docx = Docx::new()
        .created_at(DATE)
        .updated_at(DATE)
        .add_abstract_numbering(Numbers::levels())
        .add_numbering(Numbering::new(LIST, LIST));
    for (nth, block) in document.blocks.iter().enumerate() {
        docx = match block {
            Block::Paragraph(it) => {
                let paragraph = numbers.paragraph(&it.full_text());
                docx.add_paragraph(if nth == 0 {
                    paragraph.align(AlignmentType::Center)
                } else {
                    paragraph
                })
            }
            Block::Table(it) => docx.add_table(docx_table(it)),
        };
    }
    let mut stored = Cursor::new(Vec::new());
    docx.build().pack(&mut stored)?;
    deflate(&stored.into_inner())
}

const LIST: usize = 2;

/// The automatic numbers of a document, counted as Word counts: a paragraph whose typed number is the one that Word would
/// show loses it and gets the automatic one.
#[derive(Default)]
struct Numbers([Option<usize>; 3]);

impl Numbers {
    /// 一、 then （一） then 1.
    fn levels() -> AbstractNumbering {
        let levels =
            [("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3.")];
        levels.iter().enumerate().fold(
            AbstractNumbering::new(LIST),
            |list, (nth, (format, text))| {
                let (format, text) = (NumberFormat::new(*format), LevelText::new(*text));
                let level = Level::new(nth, Start::new(1), format, text, LevelJc::new("left"));
                list.add_level(level.suffix(LevelSuffixType::Nothing))
            },
        )
    }

    fn paragraph(&mut self, text: &str) -> docx_rs::Paragraph {
        for level in 0..self.0.len() {
            let mut counters = self.0;
            let number = count(&mut counters, level);
            let label = label(level, number);
            let rest = text.strip_prefix(label.as_str());
            if let Some(rest) = rest.filter(|it| !it.starts_with(|it: char| it.is_ascii_digit())) {
                self.0 = counters;
                let run = Run::new().add_text(rest);
                let paragraph = docx_rs::Paragraph::new().add_run(run);
                return paragraph.numbering(NumberingId::new(LIST), IndentLevel::new(level));
            }
        }
        docx_rs::Paragraph::new().add_run(Run::new().add_text(text))
    }
}

/// Counts one paragraph on a level; gives its number.
fn count(counters: &mut [Option<usize>; 3], level: usize) -> usize {
    let mut number = 0;
    for (at, counter) in counters.iter_mut().enumerate() {
        *counter = match at.cmp(&level) {
            std::cmp::Ordering::Less => counter.or(Some(1)),
            std::cmp::Ordering::Equal => {
                number = counter.unwrap_or(0) + 1;
                Some(number)
            }
            std::cmp::Ordering::Greater => None,
        };
    }
    number
}

fn label(level: usize, number: usize) -> String {
    let digit = |it: usize| {
        "一二三四五六七八九".chars().nth(it.wrapping_sub(1)).map(String::from).unwrap_or_default()
    };
    let chinese = match number {
        1..10 => digit(number),
        10..20 => format!("十{}", digit(number - 10)),
        _ => format!("{}十{}", digit(number / 10), digit(number % 10)),
    };
    match level {
        0 => format!("{chinese}、"),
        1 => format!("（{chinese}）"),
        _ => format!("{number}."),
    }
}

/// A table, with a cell at each place that begins there or is covered from above.
fn docx_table(table: &Table) -> docx_rs::Table {
    let rows = (0..table.rows).map(|row| {
        let mut cells = Vec::new();
        let mut column = 0;
        while column < table.columns {
            let Some(cell) = table.cell(row, column) else {
                cells.push(TableCell::new().add_paragraph(docx_rs::Paragraph::new()));
                column += 1;
                continue;
            };
            cells.push(docx_cell(cell, row));
            column = cell.column + cell.column_span;
        }
        TableRow::new(cells)
    });
    let width = 9000 / table.columns.max(1) as usize;
    docx_rs::Table::new(rows.collect()).set_grid(vec![width; table.columns as usize])
}

fn docx_cell(cell: &Cell, row: u32) -> TableCell {
    let mut it = TableCell::new();
    if cell.column_span > 1 {
        it = it.grid_span(cell.column_span as usize);
    }
    if cell.row_span > 1 {
        it = it.vertical_merge(if row == cell.row {
            VMergeType::Restart
        } else {
            VMergeType::Continue
        });
    }
    if row > cell.row || cell.paragraphs.is_empty() {
        return it.add_paragraph(docx_rs::Paragraph::new());
    }
    cell.paragraphs.iter().fold(it, |it, paragraph| {
        it.add_paragraph(
            docx_rs::Paragraph::new().add_run(Run::new().add_text(paragraph.full_text())),
        )
    })
}

/// The same archive, deflated: docx-rs stores its parts.
fn deflate(stored: &[u8]) -> Result<Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(stored))?;
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for nth in 0..archive.len() {
        let mut part = archive.by_index(nth)?;
        if part.is_dir() {
            continue;
        }
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes)?;
        writer.start_file(
            part.name()?,
            options.compression_method(zip::CompressionMethod::Deflated),
        )?;
        writer.write_all(&bytes)?;
    }
    Ok(writer.finish()?.into_inner())
}

/// Writes a document as .xlsx: its paragraphs and tables one below the other on one sheet.
fn xlsx(document: &Document) -> Result<Vec<u8>> {
    let mut workbook = Workbook::new();
    let date = ExcelDateTime::parse_from_str(DATE)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&date));
    let sheet = workbook.add_worksheet();
    let mut row = 0;
    for block in &document.blocks {
        match block {
            Block::Paragraph(it) => {
                sheet.write_string(row, 0, it.full_text())?;
                row += 1;
            }
            Block::Table(it) => {
                for cell in &it.cells {
                    xlsx_cell(sheet, cell, row)?;
                }
                row += it.rows;
            }
        }
    }
    Ok(workbook.save_to_buffer()?)
}

fn xlsx_cell(sheet: &mut Worksheet, cell: &Cell, first: u32) -> Result<()> {
    let format = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let (row, column) = (first + cell.row, u16::try_from(cell.column)?);
    if cell.row_span > 1 || cell.column_span > 1 {
        let (last_row, last) =
            (row + cell.row_span - 1, u16::try_from(cell.column + cell.column_span - 1)?);
        sheet.merge_range(row, column, last_row, last, &cell.text(), &format)?;
    } else if !cell.paragraphs.is_empty() {
        sheet.write_string_with_format(row, column, cell.text(), &format)?;
    }
    Ok(())
}

/// Writes a document as a web page.
fn html(document: &Document) -> String {
    let blocks = document.blocks.iter().map(|block| match block {
        Block::Paragraph(it) => html_paragraph(it),
        Block::Table(it) => html_table(it),
    });
    let title = document.text.lines().next().unwrap_or_default();
    let body: String = blocks.collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head><meta charset=\"utf-8\"><title>{}</title></head>\n<body>\n{body}</body>\n</html>\n",
        escape(title)
    )
}

fn html_paragraph(paragraph: &Paragraph) -> String {
    format!("<p>{}</p>\n", escape(&paragraph.full_text()))
}

fn html_table(table: &Table) -> String {
    let mut text = "<table border=\"1\">\n".to_owned();
    for row in 0..table.rows {
        text.push_str("<tr>");
        for cell in table.cells.iter().filter(|it| it.row == row) {
            let span = |name: &str, count: u32| {
                if count > 1 { format!(" {name}=\"{count}\"") } else { String::new() }
            };
            let spans = span("rowspan", cell.row_span) + &span("colspan", cell.column_span);
            let lines: Vec<String> =
                cell.paragraphs.iter().map(|it| escape(&it.full_text())).collect();
            text.push_str(&format!("<td{spans}>{}</td>", lines.join("<br>")));
        }
        text.push_str("</tr>\n");
    }
    text + "</table>\n"
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
