//! Two hundred damaged copies of a sample in each format that has no tests of its own for it: never a panic, never a hang,
//! never text that is lost in silence. (Word files: `word_hostile`; PDFs: `pdf`; .xlsx: `document_xlsx`.)
#![expect(
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test fails by a panic, and says how much of the damage was accepted"
)]

#[path = "support/mutant.rs"]
mod mutants;

use std::{fs, path::Path, time::Instant};

use chidu::{
    diagnostic::Findings,
    document::{Format, from_source},
    source::Source,
};
use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use mutants::{Dice, mutant};

const COUNT: usize = 200;

fn sample(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(name)).unwrap()
}

fn chinese(text: &str) -> usize {
    text.chars().filter(|it| ('\u{4E00}'..='\u{9FFF}').contains(it)).count()
}

/// What a file is read as, and how many Chinese characters were read; nothing where it is refused, or something is said of it.
fn silently_read(name: &str, bytes: &[u8]) -> Option<(Format, usize)> {
    let begun = Instant::now();
    let mut findings = Findings::default();
    let source = Source { name: name.to_owned(), bytes: bytes.to_vec() };
    let document = from_source::read(&source, &mut findings);
    assert!(begun.elapsed().as_secs() < 10, "{name} took {:?}", begun.elapsed());
    let document = document.ok().filter(|_| findings.is_empty())?;
    Some((document.format, chinese(&document.text)))
}

/// Damages a sample and holds what is accepted without a word against what the bytes still hold. Both are counted, since a
/// changed byte may change a character.
fn damage(name: &str, original: &[u8], format: Format, held: impl Fn(&[u8]) -> usize) {
    let mut dice = Dice(20_251_122);
    let mut accepted = 0;
    for nth in 0..COUNT {
        let bytes = mutant(original, &mut dice);
        let Some((found, count)) = silently_read(name, &bytes) else { continue };
        if found != format {
            continue;
        }
        accepted += 1;
        let held = held(&bytes);
        assert!(count + 4 + held / 100 >= held, "mutant {nth} of {name}: {count} of {held}");
    }
    println!("{name}: {accepted} of {COUNT} mutants were accepted without a word");
}

#[test]
fn text_in_every_encoding() {
    let encodings: [(&str, &'static Encoding); 6] = [
        ("01-xinhe-style.txt", UTF_8),
        ("05-qingshui-party.md", UTF_8),
        ("formats/01-xinhe-style.gb18030.txt", GB18030),
        ("formats/05-qingshui-party.utf16be.md", UTF_16BE),
        ("formats/14-xiaohe-petition.utf16le.txt", UTF_16LE),
        ("formats/20-minfeng-township.big5.txt", BIG5),
    ];
    for (name, encoding) in encodings {
        damage(name, &sample(name), Format::Text, |it| chinese(&encoding.decode(it).0));
    }
}

#[test]
fn delimited_tables() {
    for (name, between, format) in [("a.csv", ",", Format::Csv), ("a.tsv", "\t", Format::Text)] {
        let mut table = format!("序号{between}考核内容{between}分值{between}评分标准\n");
        for nth in 1..60 {
            let row = [&*nth.to_string(), "迟到、早退的", "5", "“每次”扣0.5分，扣完为止"];
            table += &(row.join(between) + "\n");
        }
        let held = |it: &[u8]| chinese(&String::from_utf8_lossy(it));
        damage(name, table.as_bytes(), format, held);
    }
}

#[test]
fn web_pages() {
    let name = "formats/05-qingshui-party.html";
    // What stands within a tag is no text of the page; so damage to one may hide text, as it does in a browser.
    let held = |it: &[u8]| {
        let page = scraper::Html::parse_document(&String::from_utf8_lossy(it));
        let body = scraper::Selector::parse("body").unwrap();
        let texts = page.select(&body).flat_map(|it| it.text().collect::<Vec<_>>());
        chinese(&texts.collect::<String>())
    };
    damage(name, &sample(name), Format::Html, held);
}

#[test]
fn old_workbooks() {
    let name = "formats/05-qingshui-party.xls";
    let original = sample(name);
    let (_, all) = silently_read(name, &original).unwrap();
    let mut dice = Dice(97);
    let (mut accepted, mut least) = (0, all);
    for _ in 0..COUNT {
        let Some((Format::Xlsx, count)) = silently_read(name, &mutant(&original, &mut dice)) else {
            continue;
        };
        accepted += 1;
        least = least.min(count);
    }
    println!("{name}: {accepted} of {COUNT} mutants were accepted, with {least} of {all} at least");
    // The format has no checksums: a record whose kind has changed is one cell less.
    assert!(least * 100 >= all * 95, "{least} of {all}");
}
