//! Word files that are damaged or made to do harm: each is a clear error or the same text, never a panic, never a hang, never
//! less text than before.
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test fails by a panic, and says on the terminal what it has skipped"
)]

#[path = "support/mutant.rs"]
mod mutants;
mod word_support;

use std::{path::PathBuf, time::Instant};

use chidu::document::{Block, Document, ReadError, docx};
use mutants::{Dice, mutant};
use word_support::{Docx, definition, instance, item, lvl, p, pp, r, read, tbl, tc, tr, zip};

/// A document with a bit of everything.
fn sample() -> Docx {
    let style =
        r#"<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>"#;
    let note = format!(r#"<w:footnote w:id="2">{}</w:footnote>"#, p("“以上”含本数"));
    let lists =
        definition(0, &(lvl(0, "chineseCounting", "%1、", "") + &lvl(1, "decimal", "%2.", "")))
            + &instance(1, 0, "");
    let rows: Vec<String> = (1..20)
        .map(|it| {
            tr(&[
                tc("", &item(1, 1, "")),
                tc("", &p(&format!("第{it}项不符合要求的，每次扣{it}分"))),
                tc("", &p("5")),
            ])
        })
        .collect();
    let body = [
        pp(r#"<w:pStyle w:val="1"/><w:jc w:val="center"/>"#, &r("作风建设考核办法")),
        item(1, 0, "总则"),
        format!(
            r#"<w:p>{}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>"#,
            r("得分60分以上为合格。")
        ),
        item(1, 0, "考核内容"),
        tbl(&rows),
    ];
    Docx::new(body.concat()).with("styles", style).with("numbering", lists).with("footnotes", note)
}

fn damaged(error: &ReadError) -> &str {
    match error {
        ReadError::Damaged { part, .. } => part,
        other => panic!("{other:?}"),
    }
}

#[test]
fn damaged_parts_are_named() {
    let cut = |part: &str, change: &dyn Fn(&str) -> String| {
        let mut entries = sample().entries();
        entries.iter_mut().filter(|it| it.0 == part).for_each(|it| it.1 = change(&it.1));
        damaged(&read("a.docx", zip(&entries)).unwrap_err()).to_owned()
    };
    for part in ["word/document.xml", "word/styles.xml", "word/numbering.xml", "word/footnotes.xml"]
    {
        let half = |it: &str| it.chars().take(it.chars().count() / 2).collect();
        assert!(cut(part, &half).starts_with(part));
        assert!(cut(part, &|it| it.replacen("><", "><w:open><", 2)).starts_with(part));
        assert_eq!(cut(part, &|_| "<other/>".to_owned()), part);
        assert!(
            cut(part, &|it| it.replace("?>", "?><!DOCTYPE a [<!ENTITY a \"b\">]>"))
                .starts_with(part)
        );
    }
    assert!(
        cut("word/_rels/document.xml.rels", &|it| it.replace("/>", ">")).starts_with("word/_rels")
    );
}

#[test]
fn missing_and_repeated_parts_are_damage() {
    let without = |part: &str| {
        let mut entries = sample().entries();
        entries.retain(|it| it.0 != part);
        docx::read(
            &chidu::source::Source { name: "a.docx".to_owned(), bytes: zip(&entries) },
            &mut chidu::diagnostic::Findings::default(),
        )
        .unwrap_err()
    };
    for part in [
        "_rels/.rels",
        "word/document.xml",
        "word/styles.xml",
        "word/numbering.xml",
        "word/footnotes.xml",
    ] {
        assert_eq!(damaged(&without(part)), part);
    }
    let mut entries = sample().entries();
    entries.push(("word/DOCUMENT.xml".to_owned(), String::new()));
    assert!(matches!(read("a.docx", zip(&entries)), Err(ReadError::Damaged { .. })));
}

#[test]
fn a_part_left_out_of_the_directory_is_damage() {
    // The directory counts its entries; one less, and the last would be lost without a word.
    let mut bytes = sample().bytes();
    let end = bytes.len() - 22;
    for at in [end + 8, end + 10] {
        bytes[at] -= 1;
    }
    assert!(read("a.docx", bytes).is_err());
}

#[test]
fn encrypted_parts_want_a_password() {
    let mut bytes = sample().bytes();
    // The flag of encryption, in every header of both kinds.
    for at in 0..bytes.len() - 4 {
        match &bytes[at..at + 4] {
            b"PK\x03\x04" => bytes[at + 6] |= 1,
            b"PK\x01\x02" => bytes[at + 8] |= 1,
            _ => {}
        }
    }
    assert!(matches!(read("a.docx", bytes), Err(ReadError::Encrypted)));
}

fn too_large(body: &str) -> &'static str {
    match Docx::new(body).error() {
        ReadError::TooLarge { what, .. } => what,
        other => panic!("{other:?}"),
    }
}

#[test]
fn nesting_and_size_are_bounded() {
    let nested = "<w:tbl><w:tr><w:tc>".repeat(20_000) + &"</w:tc></w:tr></w:tbl>".repeat(20_000);
    assert_eq!(too_large(&nested), "depth");
    assert_eq!(too_large(&"<w:sdt><w:sdtContent>".repeat(300)), "depth");
    // Deep, but within the bound: read without running out of stack.
    let deep = "<w:tbl><w:tr><w:tc>".repeat(80) + &p("底") + &"</w:tc></w:tr></w:tbl>".repeat(80);
    assert_eq!(Docx::new(deep).lines(), ["|底"]);
    // A bomb: 40 MB of blanks.
    assert_eq!(
        too_large(&format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", " ".repeat(40 << 20))),
        "inflation"
    );
}

#[test]
fn spans_without_end_are_bounded() {
    let wide = tbl(&[
        tr(&[tc(r#"<w:gridSpan w:val="999999999"/>"#, &p("甲"))]),
        tr(&[tc("", &p("乙")), tc("", &p("丙"))]),
    ]);
    assert_eq!(Docx::new(wide).lines(), ["|甲→2", "|乙|丙"]);
    let many = tbl(&[tr(&vec![tc("", &p("甲")); 600])]);
    assert_eq!(too_large(&many), "columns");
}

#[test]
fn circles_end() {
    let style = |id: &str, base: &str| {
        format!(
            r#"<w:style w:type="paragraph" w:styleId="{id}"><w:basedOn w:val="{base}"/></w:style>"#
        )
    };
    let styles = style("a", "b") + &style("b", "a") + &style("c", "c");
    let body: String = ["a", "b", "c"]
        .iter()
        .map(|it| pp(&format!(r#"<w:pStyle w:val="{it}"/>"#), &r(it)))
        .collect();
    // Definitions that stand for each other, and a note that refers to itself.
    let link = |id: u32, to: &str| {
        format!(
            r#"<w:abstractNum w:abstractNumId="{id}"><w:numStyleLink w:val="{to}"/></w:abstractNum>"#
        )
    };
    let lists = link(0, "n") + &link(1, "n") + &instance(1, 0, "") + &instance(2, 1, "");
    let numbered = r#"<w:style w:type="numbering" w:styleId="n"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>"#;
    let refer = r#"<w:r><w:footnoteReference w:id="2"/></w:r>"#;
    let note = format!(r#"<w:footnote w:id="2"><w:p>{}{refer}</w:p></w:footnote>"#, r("注"));
    let body = body + &item(1, 0, "丁") + &format!("<w:p>{}{refer}{refer}</w:p>", r("戊"));
    let lines = Docx::new(body)
        .with("styles", styles + numbered)
        .with("numbering", lists)
        .with("footnotes", note)
        .lines();
    assert_eq!(lines, ["a", "b", "c", "丁", "戊", "注"]);
}

#[test]
fn numbers_without_end_are_bounded() {
    let far = lvl(0, "lowerLetter", "%1.", "")
        .replace(r#"w:start w:val="1""#, r#"w:start w:val="4294967295""#);
    let lists = definition(0, &far) + &instance(1, 0, "");
    let lines = Docx::new(item(1, 0, "甲") + &item(1, 99, "乙")).with("numbering", lists).lines();
    assert_eq!(lines, ["[4294967295.]甲", "乙"]);
    let long = definition(0, &lvl(0, "decimal", &"长".repeat(300), ""));
    assert!(matches!(
        Docx::new("").with("numbering", long).error(),
        ReadError::TooLarge { what: "level-text", .. }
    ));
}

/// The sample with the contents of two of its parts swapped or one changed, and all checksums right: only what the parts
/// say can tell.
fn rewritten(entries: &[(String, String)], dice: &mut Dice) -> Vec<u8> {
    let mut entries = entries.to_vec();
    let (a, b) = (dice.roll(entries.len()), dice.roll(entries.len()));
    if dice.roll(2) == 0 && a != b {
        let text = entries[a].1.clone();
        entries[a].1 = std::mem::replace(&mut entries[b].1, text);
    } else {
        let mut text = std::mem::take(&mut entries[a].1).into_bytes();
        let at = dice.roll(text.len());
        match dice.roll(3) {
            0 => text.truncate(at),
            1 => text[at] = b'<',
            _ => drop(text.drain(at..(at + dice.roll(40)).min(text.len()))),
        }
        entries[a].1 = String::from_utf8_lossy(&text).into_owned();
    }
    zip(&entries)
}

/// Reads a mutant; a hang is a failure.
fn document_of(name: &str, bytes: Vec<u8>) -> Option<Document> {
    let begun = Instant::now();
    let document = read(name, bytes).ok().map(|it| it.0);
    assert!(begun.elapsed().as_secs() < 10, "{name} took {:?}", begun.elapsed());
    document
}

/// The text of a mutant, with its numbers.
fn text_of(name: &str, bytes: Vec<u8>) -> Option<String> {
    document_of(name, bytes).map(|it| it.text)
}

/// How many characters a mutant has, its numbers aside.
fn size_of(name: &str, bytes: Vec<u8>) -> Option<usize> {
    let document = document_of(name, bytes)?;
    let paragraphs = document.blocks.iter().flat_map(|it| match it {
        Block::Paragraph(it) => vec![it],
        Block::Table(it) => it.cells.iter().flat_map(|it| &it.paragraphs).collect(),
    });
    Some(paragraphs.map(|it| it.text.chars().count()).sum())
}

fn shared(name: &str) -> Option<Vec<u8>> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/documents").join(name);
    let bytes = std::fs::read(&path).ok();
    if bytes.is_none() {
        println!("skipped: {} is absent", path.display());
    }
    bytes
}

#[test]
fn mutants_of_docx_keep_their_text_or_fail() {
    let mut originals = vec![("sample".to_owned(), sample().bytes())];
    originals.extend(
        ["000.docx", "003.docx"].iter().filter_map(|it| Some(((*it).to_owned(), shared(it)?))),
    );
    for (name, original) in originals {
        let text = text_of("a.docx", original.clone()).unwrap();
        let mut dice = Dice(20_250_601);
        let mut accepted = 0;
        for nth in 0..200 {
            let Some(found) = text_of("a.docx", mutant(&original, &mut dice)) else { continue };
            accepted += 1;
            assert!(found == text, "mutant {nth} of {name} was accepted with another text");
        }
        println!("{name}: {accepted} of 200 mutants accepted, all with the same text");
    }
}

#[test]
fn rewritten_docx_never_panic() {
    let entries = sample().entries();
    let mut dice = Dice(7);
    let accepted =
        (0..200).filter(|_| text_of("a.docx", rewritten(&entries, &mut dice)).is_some()).count();
    println!("{accepted} of 200 rewritten files accepted");
    assert!(accepted < 200);
}

#[test]
fn mutants_of_doc_keep_their_text_or_fail() {
    let own = include_bytes!("fixtures/word/structure.doc").to_vec();
    let mut originals = vec![("structure.doc", own)];
    originals.extend(["003.doc", "004.doc"].into_iter().filter_map(|it| Some((it, shared(it)?))));
    for (name, original) in originals {
        let mut dice = Dice(97);
        let all = size_of("a.doc", original.clone()).unwrap();
        let mut accepted = 0;
        for nth in 0..200 {
            let Some(found) = size_of("a.doc", mutant(&original, &mut dice)) else { continue };
            accepted += 1;
            // A .doc has no checksums: a letter may change unseen, but no stretch of the text may be gone.
            assert!(
                found + 2 + all / 200 >= all,
                "mutant {nth} of {name}: {found} of {all} characters"
            );
        }
        println!("{name}: {accepted} of 200 mutants accepted");
        assert!(accepted < 200);
    }
}
