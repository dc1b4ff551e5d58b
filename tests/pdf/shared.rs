//! The documents of shared/, where they are at hand: the text against other forms of the same document, and mutants.

use std::{
    collections::BTreeMap,
    fs,
    panic::catch_unwind,
    path::Path,
    time::{Duration, Instant},
};

use chidu::{
    diagnostic::Findings,
    document::{Block, Document, ReadError, Table, from_source},
    source::Source,
};

use super::{hostile::mutant, try_read};

const TIME: Duration = Duration::from_secs(20);

/// The bytes of a file of shared/.
fn shared(name: &str) -> Option<Vec<u8>> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(name);
    let bytes = fs::read(&file).ok();
    if bytes.is_none() {
        println!("skipped: {} is not at hand", file.display());
    }
    bytes
}

fn pdf(name: &str) -> Option<Document> {
    let (document, mut findings) = try_read(shared(name)?, TIME).unwrap();
    findings.retain(|it| it != "running-head-dropped");
    assert_eq!(findings, [""; 0]);
    Some(document)
}

fn other(name: &str) -> Option<Document> {
    let source = Source { name: name.to_owned(), bytes: shared(name)? };
    Some(from_source::read(&source, &mut Findings::default()).unwrap())
}

fn han(text: &str) -> String {
    text.chars().filter(|it| ('\u{3400}'..='\u{9FFF}').contains(it)).collect()
}

fn tables(document: &Document) -> Vec<&Table> {
    let mut tables = Vec::new();
    for block in &document.blocks {
        if let Block::Table(table) = block {
            tables.push(table);
        }
    }
    tables
}

#[test]
fn the_text_is_that_of_the_word_file() {
    for name in ["000", "002", "004"] {
        let pdf = pdf(&format!("documents/{name}.pdf"));
        let word = other(&format!("documents/{name}.docx"));
        let (Some(pdf), Some(word)) = (pdf, word) else { return };
        assert_eq!(han(&pdf.text), han(&word.text), "{name}");
    }
}

#[test]
fn the_tables_are_those_of_the_word_file() {
    for name in ["000", "002"] {
        let pdf = pdf(&format!("documents/{name}.pdf"));
        let word = other(&format!("documents/{name}.docx"));
        let (Some(pdf), Some(word)) = (pdf, word) else { return };
        let (pdf, word) = (tables(&pdf), tables(&word));
        assert_eq!(pdf.len(), word.len(), "{name}");
        for (nth, (pdf, word)) in pdf.into_iter().zip(word).enumerate() {
            assert_eq!((pdf.rows, pdf.columns), (word.rows, word.columns), "{name} table {nth}");
            let cells = |it: &Table| -> Vec<(u32, u32, u32, u32, String)> {
                let cells = it.cells.iter();
                cells
                    .map(|it| (it.row, it.column, it.row_span, it.column_span, han(&it.text())))
                    .collect()
            };
            assert_eq!(cells(pdf), cells(word), "{name} table {nth}");
        }
    }
}

#[test]
fn a_file_by_word_gives_its_plain_text() {
    let (Some(pdf), Some(text)) = (pdf("real/29.pdf"), shared("real/29.txt")) else { return };
    let text = String::from_utf8(text).unwrap();
    let is_furniture = |it: &str| {
        it.contains("好好学习，天天向上")
            || it.strip_prefix('-').is_some_and(|it| it.parse::<u32>().is_ok())
    };
    let body: String =
        text.lines().filter(|it| !is_furniture(it.trim_matches(['\u{c}', ' ']))).collect();
    let bare = |it: &str| it.split_whitespace().collect::<String>();
    assert_eq!(bare(&pdf.text), bare(&body));
}

#[test]
fn the_scan_is_called_one() {
    let Some(bytes) = shared("documents/000-scan.pdf") else { return };
    assert_eq!(try_read(bytes, TIME).unwrap_err(), ReadError::Scan { pages: 8 });
}

#[test]
fn changed_bytes_are_survived_and_no_loss_is_silent() {
    let Some(file) = shared("documents/002.pdf") else { return };
    let whole = han(&try_read(file.clone(), TIME).unwrap().0.text);
    let mut silent = Vec::new();
    for seed in 0..200 {
        let bytes = mutant(&file, seed);
        let start = Instant::now();
        let read = catch_unwind(|| try_read(bytes, TIME));
        assert!(start.elapsed() < Duration::from_secs(10), "mutant {seed}");
        if let Ok((document, findings)) = read.unwrap()
            && findings.is_empty()
            && han(&document.text) != whole
        {
            silent.push(seed);
        }
    }
    assert_eq!(silent, [0; 0]);
}

/// The PDFs of a folder beside or within the crate.
fn pdfs(folder: &str) -> Vec<std::path::PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let files = fs::read_dir(folder).into_iter().flatten().map(|it| it.unwrap().path());
    let mut pdfs: Vec<_> =
        files.filter(|it| it.extension().is_some_and(|it| it == "pdf")).collect();
    pdfs.sort();
    pdfs
}

/// How often each character stands in a text.
fn counts(text: &str) -> BTreeMap<char, usize> {
    let mut counts = BTreeMap::new();
    for character in han(text).chars() {
        *counts.entry(character).or_default() += 1;
    }
    counts
}

#[test]
fn another_reader_finds_the_same_characters() {
    let folders = ["corpus", "../shared/documents", "../shared/real"];
    for path in folders.into_iter().flat_map(pdfs) {
        let bytes = fs::read(&path).unwrap();
        let Ok((document, _)) = try_read(bytes.clone(), TIME) else { continue };
        let other = catch_unwind(|| pdf_extract::extract_text_from_mem(&bytes));
        let Ok(Ok(other)) = other else {
            println!("skipped: pdf-extract cannot read {}", path.display());
            continue;
        };
        let (ours, theirs) = (counts(&document.text), counts(&other));
        let missing = |a: &BTreeMap<char, usize>, b: &BTreeMap<char, usize>| -> usize {
            a.iter().map(|(it, count)| count.saturating_sub(b.get(it).copied().unwrap_or(0))).sum()
        };
        let (all, all_theirs) = (han(&document.text).len() / 3, han(&other).len() / 3);
        // Nothing is made up but characters that the other reader leaves as radicals; what is left out are running heads
        // and the headers that each page repeats.
        let (made_up, left_out) = (missing(&ours, &theirs), missing(&theirs, &ours));
        println!(
            "{}: {all} characters, {made_up} more than pdf-extract, {left_out} fewer",
            path.display()
        );
        assert!(made_up * 200 <= all, "{}", path.display());
        assert!(left_out * 20 <= all_theirs, "{}", path.display());
    }
}
