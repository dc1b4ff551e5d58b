//! Does the document still say what a ruleset quotes?

use chidu::{
    document::{Builder, CellDraft, Document, Format, ParagraphDraft},
    pipeline,
    review::verify::{Standing, verify},
    ruleset::yaml_reader::read,
    source::Source,
};

/// A document of three paragraphs and a table of two cells.
fn document(lines: [&str; 3], cells: [&str; 2]) -> Document {
    let mut builder = Builder::default();
    for line in lines {
        builder.paragraph(&ParagraphDraft::plain(line));
    }
    let cell = |(column, text): (usize, &&str)| CellDraft {
        column: u32::try_from(column).unwrap_or(0),
        row_span: 1,
        column_span: 1,
        paragraphs: vec![ParagraphDraft::plain(*text)],
        ..CellDraft::default()
    };
    builder.table(1, 2, cells.iter().enumerate().map(cell).collect(), None);
    builder.finish("notice.txt", Format::Text, String::new(), None)
}

const RULESET: &str = "
chidu: 1
name: case
document: {title: 考核办法, source: {quote: 考核办法, span: [0, 4]}}
indicators:
  - id: '1'
    name: 工作纪律
    points: 10
    source: {quote: 工作纪律（10分）, span: [5, 14]}
    rules:
      - {id: 1-1, effect: deduct, amount: 0.5, source: {quote: 迟到 每次扣0.5分, span: [15, 25]}}
      - {id: 1-2, effect: deduct, amount: 1, source: {quote: 早退扣1分}}
      - {id: 1-3, effect: deduct, amount: 1, when: 复核人增加的}
      - id: 1-4
        effect: award
        tiers:
          - {from: 90, amount: 1, source: {quote: 不在文件中, span: [0, 5]}}
";

/// What became of each quote of the ruleset in a document.
fn standings(document: &Document) -> Vec<(String, &'static str)> {
    let ruleset = read(RULESET).unwrap_or_default();
    verify(&ruleset, document).into_iter().map(|it| (it.id, it.standing.name())).collect()
}

fn named(list: [(&str, &'static str); 5]) -> Vec<(String, &'static str)> {
    list.into_iter().map(|it| (it.0.to_owned(), it.1)).collect()
}

#[test]
fn quotes_stand_where_the_ruleset_says_white_space_and_width_aside() {
    let document =
        document(["考核办法", "工作纪律(10分)", "迟到每次扣０．５分"], ["早退 扣1分", "空"]);
    let want = [
        ("document", "found"),
        ("1", "found"),
        ("1-1", "found"),
        ("1-2", "found"),
        ("1-4.tiers.1", "orphaned"),
    ];
    assert_eq!(standings(&document), named(want));
}

#[test]
fn a_quote_that_stands_elsewhere_is_found_once_and_ambiguous_twice() {
    let document =
        document(["关于印发的通知", "工作纪律（10分）", "早退扣1分"], ["早退扣1分", "考核办法"]);
    let want = [
        ("document", "moved"),
        ("1", "moved"),
        ("1-1", "orphaned"),
        ("1-2", "ambiguous"),
        ("1-4.tiers.1", "orphaned"),
    ];
    assert_eq!(standings(&document), named(want));
}

#[test]
fn a_span_outside_of_the_text_is_no_place() {
    let document = document(["短", "文", "件"], ["工作纪律（10分）", "考核办法"]);
    let first: Vec<_> = standings(&document).into_iter().take(2).map(|it| it.1).collect();
    assert_eq!(first, [Standing::Found { moved: true }.name(); 2]);
}

/// A damaged file may hold control characters, which no quote has.
#[test]
fn a_control_character_in_the_document_is_no_difference() {
    let rest = "按季报送信息，年终汇总。\n".repeat(60);
    let text = format!(
        "考核办法\n关于印发《云溪市20\u{12}5年度市级重点项0.5分；同一人再次来访的。\n{rest}"
    );
    let source = Source { name: "notice.txt".to_owned(), bytes: text.into() };
    let compiled = pipeline::compile(&source, "notice").unwrap();
    assert_eq!(compiled.ruleset.unread.len(), 1);
    for it in verify(&compiled.ruleset, &compiled.document) {
        assert_ne!(it.standing, Standing::Orphaned, "{}: {}", it.id, it.quote);
    }
}
