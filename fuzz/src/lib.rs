//! What the fuzz targets share: reading as the program reads, and what must hold of every document that is accepted.

use std::{
    io::{Cursor, Write},
    time::Duration,
};

use chidu::{
    diagnostic::Findings,
    document::{Block, Document, Format, Paragraph, ReadError, Table, from_source, pdf},
    source::Source,
};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// What may be spent on one PDF, of which the program allows more.
const TIME: Duration = Duration::from_secs(5);

/// Stands between the parts of a container in an input: no byte of UTF-8.
const BETWEEN: u8 = 0xFF;

/// Reads a file as the program does, but a PDF within this process, and examines what comes out.
pub fn read(name: &str, bytes: &[u8]) -> Option<Document> {
    let source = Source { name: name.to_owned(), bytes: bytes.to_vec() };
    let mut findings = Findings::default();
    let is_pdf = from_source::detect(bytes) == Ok(Format::Pdf);
    let read: Result<Document, ReadError> = if is_pdf {
        pdf::read_in_process(&source, &mut findings, TIME)
    } else {
        from_source::read(&source, &mut findings)
    };
    let document = read.ok()?;
    examine(&document);
    Some(document)
}

/// A container with these parts; those that the input lacks are left out.
pub fn container(fixed: &[(&str, &str)], names: &[&str], input: &[u8]) -> Vec<u8> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let fixed = fixed.iter().map(|it| (it.0, it.1.as_bytes()));
    let parts = names.iter().copied().zip(input.split(|it| *it == BETWEEN));
    for (name, part) in fixed.chain(parts) {
        archive.start_file(name, options).expect("a part is begun");
        archive.write_all(part).expect("a part is written");
    }
    archive.finish().expect("a container is finished").into_inner()
}

/// What holds of every document: spans give the words back, cells stand within their table and do not overlap.
fn examine(document: &Document) {
    let text: Vec<char> = document.text.chars().collect();
    let mut end = 0;
    for block in &document.blocks {
        match block {
            Block::Paragraph(it) => examine_paragraph(it, &text, &mut end),
            Block::Table(it) => {
                examine_table(it);
                let paragraphs = it.cells.iter().flat_map(|it| &it.paragraphs);
                paragraphs.for_each(|it| examine_paragraph(it, &text, &mut end));
            }
        }
    }
    assert_eq!(end, text.len(), "text that no paragraph holds");
}

fn examine_paragraph(paragraph: &Paragraph, text: &[char], end: &mut usize) {
    let (from, to) = (paragraph.span.start as usize, paragraph.span.end as usize);
    assert!(from == *end + usize::from(*end > 0), "a gap before {from}, after {end}");
    let words: String = text[from..to].iter().collect();
    assert_eq!(words, paragraph.full_text());
    *end = to;
}

fn examine_table(table: &Table) {
    let size = table.rows as usize * table.columns as usize;
    let mut taken = vec![false; size];
    for cell in &table.cells {
        assert!(cell.row + cell.row_span <= table.rows, "a cell below its table");
        assert!(cell.column + cell.column_span <= table.columns, "a cell beside its table");
        for row in cell.row..cell.row + cell.row_span {
            for column in cell.column..cell.column + cell.column_span {
                let at = row as usize * table.columns as usize + column as usize;
                assert!(!taken[at], "two cells at {row}, {column}");
                taken[at] = true;
            }
        }
    }
}
