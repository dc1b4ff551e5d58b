//! The samples of `corpus/` in other formats say what their text says (`cargo run --example samples` writes them).
#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]

use std::{collections::BTreeMap, fs, path::PathBuf};

use chidu::{
    diagnostic::Findings,
    document::{Block, Cell, Document, Format, from_source},
    source::Source,
};

fn corpus(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("corpus").join(name)
}

fn read(path: &PathBuf) -> Document {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let source = Source { name, bytes: fs::read(path).unwrap() };
    from_source::read(&source, &mut Findings::default()).unwrap()
}

/// The samples by the stem of their name.
fn samples(extension: &str) -> Vec<(Document, Document)> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(corpus("formats")).unwrap().map(|it| it.unwrap().path()).collect();
    paths.sort();
    let of_kind = paths.iter().filter(|it| it.extension().is_some_and(|it| it == extension));
    let pair = |path: &PathBuf| {
        let stem = path.file_stem().unwrap().to_string_lossy();
        let text = ["txt", "md"]
            .map(|it| corpus(&format!("{stem}.{it}")))
            .into_iter()
            .find(|it| it.exists());
        (read(&text.unwrap()), read(path))
    };
    of_kind.map(pair).collect()
}

/// The corner, the spans and the text of each cell of each table.
type Grid = BTreeMap<(u32, u32), (u32, u32, String)>;

fn grids(document: &Document) -> Vec<Grid> {
    let cell = |it: &Cell| ((it.row, it.column), (it.row_span, it.column_span, it.text()));
    let tables = document.blocks.iter().filter_map(|it| match it {
        Block::Table(it) => {
            Some(it.cells.iter().filter(|it| !it.paragraphs.is_empty()).map(cell).collect())
        }
        Block::Paragraph(_) => None,
    });
    tables.collect()
}

fn lines(document: &Document) -> Vec<String> {
    document.text.lines().map(|it| it.trim().to_owned()).filter(|it| !it.is_empty()).collect()
}

#[test]
fn docx_says_what_the_text_says() {
    let samples = samples("docx");
    assert!(samples.len() >= 4);
    let mut labels = 0;
    for (text, docx) in samples {
        assert_eq!(docx.format, Format::Docx);
        assert_eq!(lines(&docx), lines(&text), "{}", docx.name);
        assert_eq!(grids(&docx), grids(&text), "{}", docx.name);
        let numbered = |it: &&Block| matches!(it, Block::Paragraph(it) if it.label.is_some());
        labels += docx.blocks.iter().filter(numbered).count();
    }
    // Numbers that the text holds are automatic in Word.
    assert!(labels > 20, "{labels}");
}

#[test]
fn html_says_what_the_text_says() {
    for (text, html) in samples("html") {
        assert_eq!(html.format, Format::Html);
        assert_eq!(lines(&html), lines(&text), "{}", html.name);
        assert_eq!(grids(&html), grids(&text), "{}", html.name);
    }
}

#[test]
fn xlsx_says_what_the_text_says() {
    for (text, xlsx) in samples("xlsx") {
        assert_eq!(xlsx.format, Format::Xlsx);
        assert_eq!(lines(&xlsx), lines(&text), "{}", xlsx.name);
    }
}
