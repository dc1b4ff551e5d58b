//! The Word readers over real files: `../shared/documents` holds the same documents as .docx and .doc.
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test fails by a panic, and says on the terminal what it has skipped"
)]

use std::{collections::BTreeMap, io::Read, path::PathBuf};

use chidu::{
    diagnostic::Findings,
    document::{Block, Document, Table, from_source},
    source::Source,
};

/// A file of `../shared/documents`; none, after one line that says so, where it is absent.
fn shared(name: &str) -> Option<Vec<u8>> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/documents").join(name);
    let bytes = std::fs::read(&path).ok();
    if bytes.is_none() {
        println!("skipped: {} is absent", path.display());
    }
    bytes
}

fn read(name: &str) -> Option<(Document, Vec<String>)> {
    let source = Source { name: name.to_owned(), bytes: shared(name)? };
    let mut findings = Findings::default();
    let document = from_source::read(&source, &mut findings).unwrap();
    Some((document, findings.iter().map(|it| it.code.clone()).collect()))
}

/// The text of a .docx taken from its XML without regard to anything: all `w:t` outside of fallbacks.
fn raw_text(name: &str) -> Option<String> {
    let bytes = shared(name)?;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut xml = String::new();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut xml).unwrap();
    let fallback = regex::Regex::new(r"(?s)<mc:Fallback>.*?</mc:Fallback>").unwrap();
    let xml = fallback.replace_all(&xml, "");
    let texts = regex::Regex::new(r"<w:t(?: [^>]*)?>([^<]*)</w:t>").unwrap();
    Some(texts.captures_iter(&xml).map(|it| it[1].to_owned()).collect())
}

/// The Chinese characters of a text.
fn chinese(text: &str) -> Vec<char> {
    text.chars().filter(|it| ('\u{4E00}'..='\u{9FFF}').contains(it)).collect()
}

/// The text of a document without the labels that the format supplies.
fn own_text(document: &Document) -> String {
    let paragraphs = document.blocks.iter().flat_map(|block| match block {
        Block::Paragraph(it) => vec![it],
        Block::Table(it) => it.cells.iter().flat_map(|it| &it.paragraphs).collect(),
    });
    paragraphs.map(|it| it.text.as_str()).collect()
}

/// The length of the longest common subsequence, in per mille of each of the two texts.
fn agreement(found: &[char], expected: &[char]) -> (usize, usize) {
    let same = found.iter().zip(expected).take_while(|(a, b)| a == b).count();
    let (all, found_count, expected_count) = (same, found.len(), expected.len());
    let (found, expected) = (&found[same..], &expected[same..]);
    let mut row = vec![0u32; expected.len() + 1];
    for a in found {
        let mut diagonal = 0;
        for (at, b) in expected.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if a == b { diagonal + 1 } else { above.max(row[at]) };
            diagonal = above;
        }
    }
    let common = all + row[expected.len()] as usize;
    (common * 1000 / found_count.max(1), common * 1000 / expected_count.max(1))
}

fn tables(document: &Document) -> Vec<&Table> {
    let blocks = document.blocks.iter();
    blocks
        .filter_map(|it| match it {
            Block::Table(table) => Some(table),
            Block::Paragraph(_) => None,
        })
        .collect()
}

/// The cells of a table by corner, with their spans and texts.
fn grid(table: &Table) -> BTreeMap<(u32, u32), (u32, u32, String)> {
    let cell = |it: &chidu::document::Cell| {
        let text: String = it.text().chars().filter(|it| !it.is_whitespace()).collect();
        ((it.row, it.column), (it.row_span, it.column_span, text))
    };
    table.cells.iter().map(cell).collect()
}

#[test]
fn docx_holds_the_text_of_its_xml() {
    for name in ["000.docx", "002.docx", "003.docx", "004.docx"] {
        let (Some((document, _)), Some(raw)) = (read(name), raw_text(name)) else { return };
        let (precision, recall) = agreement(&chinese(&own_text(&document)), &chinese(&raw));
        println!("{name}: precision {precision}, recall {recall} per mille");
        assert!(precision >= 999 && recall >= 999, "{name}: {precision} {recall}");
    }
}

#[test]
fn docx_000_has_the_labels_that_word_shows() {
    let Some((document, _)) = read("000.docx") else { return };
    let labels: Vec<String> = document
        .blocks
        .iter()
        .filter_map(|it| match it {
            Block::Paragraph(it) => it.label.clone(),
            Block::Table(_) => None,
        })
        .collect();
    let expected = "一、 二、 三、 （一） 1. 2. 3. （二） （三） 四、 五、 1. 2. 3.";
    assert_eq!(labels.join(" "), expected);
}

#[test]
fn docx_003_accepts_the_tracked_change() {
    let Some((document, findings)) = read("003.docx") else { return };
    assert!(document.text.contains("每起扣1分"));
    assert!(!document.text.contains("扣0.51分"));
    assert_eq!(findings, ["revisions-pending"]);
    let tables = tables(&document);
    let [table] = tables.as_slice() else { panic!("{} tables", tables.len()) };
    assert_eq!((table.rows, table.columns), (23, 8));
    // 序号 is automatic numbering only; a merged name spans the rows of its group.
    let cells = grid(table);
    let numbers: Vec<&str> = (1..23).map(|row| cells[&(row, 0)].2.as_str()).collect();
    assert_eq!(numbers, (1..23).map(|it| it.to_string()).collect::<Vec<_>>());
    assert_eq!(cells[&(10, 1)], (8, 1, "带头联系服务群众".to_owned()));
    assert_eq!(cells[&(11, 3)], (7, 1, "20分".to_owned()));
}

#[test]
fn doc_holds_what_its_docx_holds() {
    for name in ["003", "004"] {
        let Some((docx, _)) = read(&format!("{name}.docx")) else { return };
        let Some((doc, _)) = read(&format!("{name}.doc")) else { return };
        let (precision, recall) = agreement(&chinese(&doc.text), &chinese(&docx.text));
        println!("{name}.doc: precision {precision}, recall {recall} per mille");
        assert!(precision >= 995 && recall >= 995, "{name}: {precision} {recall}");
        let grids = |it| tables(it).into_iter().map(grid).collect::<Vec<_>>();
        assert_eq!(grids(&doc), grids(&docx), "{name}");
    }
}

#[test]
fn doc_004_has_its_number_from_the_text_box_at_the_head() {
    let Some((document, _)) = read("004.doc") else { return };
    assert_eq!(document.text.lines().next(), Some("锡滨委发〔2015〕41号"));
}
