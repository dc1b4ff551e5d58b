//! PDFs from outside: small ones written here, those of shared/ where they are at hand, and hostile ones.
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test fails by a panic, and says on the terminal what it has skipped"
)]

mod fonts;
mod hostile;
mod paper;
mod refused;
mod shared;
mod tables;
mod text;
mod worker;

use std::time::Duration;

use chidu::{
    diagnostic::Findings,
    document::{Block, Document, ReadError, Table, pdf},
    source::Source,
};

/// Reads a PDF within this process.
fn try_read(bytes: Vec<u8>, time: Duration) -> Result<(Document, Vec<String>), ReadError> {
    let mut findings = Findings::default();
    let source = Source { name: "notice.pdf".to_owned(), bytes };
    let document = pdf::read_in_process(&source, &mut findings, time)?;
    Ok((document, findings.iter().map(|it| it.code.clone()).collect()))
}

/// Reads a sound PDF, of which there is nothing to say but that running heads were left out.
#[track_caller]
fn read(sheets: &[paper::Sheet]) -> Document {
    let (document, mut findings) = try_read(paper::pdf(sheets), Duration::from_secs(20)).unwrap();
    findings.retain(|it| it != "running-head-dropped");
    assert_eq!(findings, [""; 0]);
    document
}

/// Each block on a line: a paragraph as it is, a table as its rows with `/` between cells, `↓n` and `→n` for spans.
fn drawn(document: &Document) -> Vec<String> {
    let mut lines = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Paragraph(it) => lines.push(it.full_text().into_owned()),
            Block::Table(it) => lines.extend((0..it.rows).map(|row| drawn_row(it, row))),
        }
    }
    lines
}

fn drawn_row(table: &Table, row: u32) -> String {
    let span = |mark: char, it: u32| if it > 1 { format!("{mark}{it}") } else { String::new() };
    let cells = table.cells.iter().filter(|it| it.row == row).map(|it| {
        let text = it.text().replace('\n', "¶");
        format!("{text}{}{}", span('↓', it.row_span), span('→', it.column_span))
    });
    format!("[{}]", cells.collect::<Vec<_>>().join("/"))
}
