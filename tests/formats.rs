//! The samples of `corpus/` in other formats say what their text says (`cargo run --example samples` and
//! `examples/samples.sh` write them), and give the same facts.
#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use chidu::{
    diagnostic::Findings,
    document::{Block, Cell, Document, Format, from_source},
    pipeline::compile,
    ruleset::facts::{facts, to_json_lines},
    source::Source,
};

fn corpus(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("corpus").join(name)
}

fn source(path: &Path) -> Source {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    Source { name, bytes: fs::read(path).unwrap() }
}

fn read(path: &Path) -> Document {
    from_source::read(&source(path), &mut Findings::default()).unwrap()
}

/// The text that a sample of `formats/` was written from: its name up to the first full stop is the same.
fn text_of(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap().to_string_lossy();
    let stem = name.split('.').next().unwrap();
    let texts = ["txt", "md"].map(|it| corpus(&format!("{stem}.{it}")));
    texts.into_iter().find(|it| it.exists()).unwrap()
}

/// All samples, in order.
fn paths() -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(corpus("formats")).unwrap().map(|it| it.unwrap().path()).collect();
    paths.sort();
    paths
}

/// The samples of a format, each after its text.
fn samples(extension: &str) -> Vec<(Document, Document)> {
    let of_kind = paths().into_iter().filter(|it| it.extension().is_some_and(|it| it == extension));
    of_kind.map(|it| (read(&text_of(&it)), read(&it))).collect()
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

/// A text without white space.
fn bare(text: &str) -> String {
    text.split_whitespace().collect()
}

/// A text with characters for radicals, which Big5 cannot write.
fn plain(text: &str) -> String {
    [("⼈", "人"), ("⽬", "目"), ("⽣", "生")]
        .iter()
        .fold(text.to_owned(), |it, (from, to)| it.replace(from, to))
}

#[test]
fn every_format_has_its_samples() {
    let found: BTreeSet<String> = paths()
        .iter()
        .map(|it| it.file_name().unwrap().to_string_lossy().split_once('.').unwrap().1.to_owned())
        .collect();
    let expected =
        "big5.txt doc docx gb18030.txt html pdf utf16be.md utf16le.txt utf8bom.txt xls xlsx";
    assert_eq!(found.iter().map(String::as_str).collect::<Vec<_>>().join(" "), expected);
}

#[test]
fn every_format_gives_the_facts_of_the_text() {
    let found = |path: &Path| {
        let compiled = compile(&source(path), "sample").unwrap();
        let lines = to_json_lines(&facts(&compiled.ruleset)).unwrap();
        // Lines end where a page or a cell wants it, and only some formats have pages.
        let fact =
            |it: &str| plain(&bare(&it.split(",\"at\":").next().unwrap().replace("\\n", "")));
        lines.lines().map(fact).collect::<Vec<_>>()
    };
    for path in paths() {
        let (ours, text) = (found(&path), found(&text_of(&path)));
        assert!(text.len() > 20, "{}", path.display());
        for (ours, text) in ours.iter().zip(&text) {
            assert_eq!(ours, text, "{}", path.display());
        }
        assert_eq!(ours.len(), text.len(), "{}", path.display());
    }
}

#[test]
fn word_says_what_the_text_says() {
    for (extension, format) in [("docx", Format::Docx), ("doc", Format::Doc)] {
        let samples = samples(extension);
        assert!(samples.len() >= 4);
        let mut labels = 0;
        for (text, word) in samples {
            assert_eq!(word.format, format);
            assert_eq!(lines(&word), lines(&text), "{}", word.name);
            assert_eq!(grids(&word), grids(&text), "{}", word.name);
            let numbered = |it: &&Block| matches!(it, Block::Paragraph(it) if it.label.is_some());
            labels += word.blocks.iter().filter(numbered).count();
        }
        // Numbers that the text holds are automatic in Word.
        assert!(labels > 20, "{labels}");
    }
}

#[test]
fn pdf_says_what_the_text_says() {
    for (text, pdf) in samples("pdf") {
        assert_eq!(pdf.format, Format::Pdf);
        assert!(pdf.pages.is_some_and(|it| it > 1));
        assert_eq!(bare(&pdf.text), bare(&text.text), "{}", pdf.name);
        let bare = |it: Grid| -> Grid {
            it.into_iter()
                .map(|(at, (rows, columns, text))| (at, (rows, columns, bare(&text))))
                .collect()
        };
        let grids = |it| grids(it).into_iter().map(bare).collect::<Vec<_>>();
        assert_eq!(grids(&pdf), grids(&text), "{}", pdf.name);
    }
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
fn workbooks_say_what_the_text_says() {
    for extension in ["xlsx", "xls"] {
        for (text, book) in samples(extension) {
            assert_eq!(book.format, Format::Xlsx);
            assert_eq!(lines(&book), lines(&text), "{}", book.name);
            let texts = |it: &Document| -> Vec<Vec<_>> {
                let grids = grids(it).into_iter();
                grids.map(|it| it.into_iter().map(|it| (it.0, it.1.2)).collect()).collect()
            };
            assert_eq!(texts(&book), texts(&text), "{}", book.name);
        }
    }
}

#[test]
fn encodings_say_what_the_text_says() {
    let encoded = |it: &PathBuf| {
        let name = it.file_name().unwrap().to_string_lossy().into_owned();
        name.matches('.').count() == 2
    };
    for path in paths().iter().filter(|it| encoded(it)) {
        let (text, other) = (read(&text_of(path)), read(path));
        assert_eq!(plain(&other.text), plain(&text.text), "{}", other.name);
        assert_eq!(grids(&other).len(), grids(&text).len());
    }
}

#[test]
fn a_table_of_a_web_page_lists_vetoes_and_amounts_beside_their_conditions() {
    let page = "<table><tr><th>考核内容</th><th>扣分标准</th><th>备注</th></tr>\
        <tr><td>采购文件前后不一致的</td><td>每次扣1-2分</td><td></td></tr>\
        <tr><td colspan=\"3\">二、一票否决项目（有无以下行为）</td></tr>\
        <tr><td colspan=\"3\">□ （一）收受供应商财物或者其他不正当利益，情节严重的<br>\
        □ （二）向供应商泄露评审信息，造成不良影响的</td></tr></table>";
    let source = Source { name: "veto.html".to_owned(), bytes: page.as_bytes().to_vec() };
    let ruleset = compile(&source, "veto").unwrap().ruleset;
    let rule = &ruleset.indicators[0].rules[0];
    assert_eq!(rule.when.as_deref(), Some("采购文件前后不一致"));
    let events: Vec<_> = ruleset.limits.iter().filter_map(|it| it.when.as_deref()).collect();
    assert_eq!(
        events,
        ["收受供应商财物或者其他不正当利益，情节严重的", "向供应商泄露评审信息，造成不良影响的"]
    );
}
