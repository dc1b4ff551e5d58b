//! Web pages: the notice without the site around it, tables with spans, hostile markup.
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test fails by a panic, and says on the terminal what it has skipped"
)]

use std::{fs, path::Path};

use chidu::{
    diagnostic::Findings,
    document::{Block, Document, Format, ReadError, Table, from_source},
    source::Source,
};
use encoding_rs::GBK;

fn read_bytes(bytes: &[u8]) -> Result<Document, ReadError> {
    let source = Source { name: "notice.html".to_owned(), bytes: bytes.to_vec() };
    from_source::read(&source, &mut Findings::default())
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

#[track_caller]
fn assert_drawn(body: &str, expected: &[&str]) {
    let page = format!("<html><body>{body}</body></html>");
    assert_eq!(drawn(&read_bytes(page.as_bytes()).unwrap()), expected, "{body}");
}

#[test]
fn paragraphs_and_headings() {
    assert_drawn(
        "<h1>考核<b>办法</b></h1><p>第一条&nbsp;为规范<br>考核。</p>正文<div>甲<div>乙</div>丙</div>",
        &["考核办法", "第一条 为规范", "考核。", "正文", "甲", "乙", "丙"],
    );
    let page = "<html><h2 align=center>考核办法</h2><p>正文</p></html>";
    let Some(Block::Paragraph(title)) =
        read_bytes(page.as_bytes()).unwrap().blocks.into_iter().next()
    else {
        unreachable!("the page begins with a paragraph")
    };
    assert_eq!((title.style.heading, title.style.centered), (Some(2), true));
}

#[test]
fn numbers_of_lists() {
    assert_drawn(
        "<ol><li>甲</li><li><p>乙</p></li></ol><ol start=5><li>丙</li></ol><ul><li>丁</li></ul>",
        &["1. 甲", "2. 乙", "5. 丙", "丁"],
    );
}

#[test]
fn spans_of_cells() {
    assert_drawn(
        "<table border=1><tr><th>一级</th><th>二级</th><th>分</th></tr>\
         <tr><td rowspan=2>甲</td><td>乙<p>续</p></td><td rowspan=0>5</td></tr><tr><td>丙</td></tr>\
         <tr><td colspan=999999>合计</td></tr></table>",
        &["[一级/二级/分]", "[甲↓2/乙¶续/5↓3]", "[丙]", "[合计→2]"],
    );
}

#[test]
fn a_span_ends_with_its_group_of_rows() {
    assert_drawn(
        "<table border=1><thead><tr><th rowspan=2>一级</th><th>分</th></tr></thead>\
         <tbody><tr><td>甲</td><td>5</td></tr><tr><td rowspan=9>乙</td><td>6</td></tr></tbody></table>",
        &["[一级/分]", "[甲/5]", "[乙/6]"],
    );
}

#[test]
fn a_span_over_columns_without_cells_is_squeezed() {
    assert_drawn(
        "<table><tr><td colspan=3>甲</td><td colspan=2>乙</td></tr><tr><td colspan=3>丙</td><td colspan=2>丁</td></tr></table>",
        &["[甲/乙]", "[丙/丁]"],
    );
}

#[test]
fn tables_that_only_place_things_are_unwrapped() {
    assert_drawn("<table><tr><td><p>甲</p><p>乙</p></td></tr></table>", &["甲", "乙"]);
    assert_drawn(
        "<table><tr><td>侧</td><td><p>正文如下，共一张表。</p><table border=1><tr><td>甲</td><td>乙</td></tr>\
         <tr><td>丙</td><td>丁</td></tr></table></td></tr></table>",
        &["侧", "正文如下，共一张表。", "[甲/乙]", "[丙/丁]"],
    );
}

#[test]
fn tables_of_their_own_in_several_cells_stay_apart() {
    assert_drawn(
        "<table><tr><td><table><tr><td>甲</td><td>扣1分</td></tr></table></td></tr>\
         <tr><td><table><tr><td>乙</td><td>扣2分</td></tr></table></td></tr></table>",
        &["[甲/扣1分]", "[乙/扣2分]"],
    );
}

#[test]
fn a_short_table_with_one_long_cell_is_data() {
    let rule = format!("<p>{}</p>", "没有按要求完成的，每次扣一分。".repeat(10));
    let page = format!(
        "<table><tr><td>指标</td><td>标准</td></tr><tr><td>学习</td><td>{rule}{rule}</td></tr></table>"
    );
    let document = read_bytes(format!("<html>{page}").as_bytes()).unwrap();
    assert!(
        matches!(document.blocks.as_slice(), [Block::Table(it)] if (it.rows, it.columns) == (2, 2))
    );
}

const SITE: &str = "<html><head><title>考核办法（试行）_某某网</title></head><body>\
    <div><ul><li><a href=1>首页</a></li><li><a href=2>公开</a></li><li><a href=3>互动</a></li></ul></div>\
    <div class=box><div>当前位置：<a href=4>首页</a> &gt; 正文</div><h3>考核办法（试行）</h3>\
    <div>发布时间：2025-01-02 浏览次数：35</div><div id=text>@</div>\
    <p>上一篇：<a href=5>满分100分的办法</a></p></div><div>版权所有 某某</div></body></html>";

#[test]
fn the_notice_is_found_on_its_page() {
    let text = "<p>为规范考核，制定本办法。</p>".repeat(20);
    let list =
        "<p>附件：<a href=6>一、标准</a></p><p><a href=7>二、表</a></p><p><a href=8>三、表</a></p>";
    let page = SITE.replace('@', &format!("{text}{list}"));
    let lines = drawn(&read_bytes(page.as_bytes()).unwrap());
    assert_eq!(lines.first().unwrap(), "考核办法（试行）");
    assert_eq!(lines.len(), 24);
    assert_eq!(lines.last().unwrap(), "三、表");
    let mut findings = Findings::default();
    let source = Source { name: "a.html".to_owned(), bytes: page.into_bytes() };
    from_source::read(&source, &mut findings).unwrap();
    assert_eq!(
        findings.iter().map(|it| it.code.as_str()).collect::<Vec<_>>(),
        ["page-frame-dropped"]
    );
}

#[test]
fn a_saved_document_is_kept_whole() {
    assert_drawn(
        "<p>当前位置：甲</p><p>上一篇：<a href=1>乙</a></p>",
        &["当前位置：甲", "上一篇：乙"],
    );
}

#[test]
fn encodings_of_pages() {
    let page = "<html><meta charset=gb2312><p>考核办法：镕</p></html>";
    for bytes in [
        GBK.encode(page).0.into_owned(),
        page.as_bytes().to_vec(),
        page.encode_utf16().flat_map(u16::to_le_bytes).collect(),
    ] {
        let document = read_bytes(&bytes).unwrap();
        assert_eq!((document.format, document.text.as_str()), (Format::Html, "考核办法：镕"));
    }
}

#[test]
fn hostile_pages_end_soon() {
    let deep = |tag: &str, count: usize| format!("<html>{}甲", format!("<{tag}>").repeat(count));
    assert!(matches!(read_bytes(deep("div", 200_000).as_bytes()), Err(ReadError::TooLarge { .. })));
    assert!(matches!(
        read_bytes(deep("table><tr><td", 200_000).as_bytes()),
        Err(ReadError::TooLarge { .. })
    ));
    for page in [
        deep("font a=1", 200_000),
        deep("p", 200_000),
        deep("a", 100_000),
        deep("div></span", 200),
        deep("b a=1><p></b", 50_000),
        deep("table><b></table", 50_000),
        deep("select><option", 50_000),
        format!("<html>{}甲", "<td colspan=1000 rowspan=60000>".repeat(600)),
        format!("<html><table>{}</table>甲", "<tr><td colspan=500 rowspan=65000>".repeat(1000)),
    ] {
        let head: String = page.chars().take(40).collect();
        let read = read_bytes(page.as_bytes());
        assert!(
            read.is_ok() || matches!(read, Err(ReadError::TooLarge { .. })),
            "{head}: {read:?}"
        );
    }
}

#[test]
fn damaged_pages_are_read_or_refused() {
    let page = SITE.replace(
        '@',
        &"<p>为规范考核，制定本办法。</p><table><tr><td rowspan=2>甲</td></tr></table>".repeat(9),
    );
    let mut state = 11_u32;
    let mut next = |below: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % below
    };
    for _ in 0..200 {
        let mut bytes = page.clone().into_bytes();
        for _ in 0..=next(8) {
            let at = next(bytes.len());
            match next(3) {
                0 => bytes.truncate(at.max(1)),
                1 => bytes[at] = u8::try_from(next(256)).unwrap(),
                _ => drop(bytes.splice(at..at, *b"<td colspan='0\">")),
            }
        }
        // What matters is that it comes back.
        drop(read_bytes(&bytes));
    }
}

#[test]
fn a_page_and_a_text_of_one_notice_give_the_same_text() {
    let read = |name: &str| {
        let path = Path::new("../shared/documents").join(name);
        let bytes = fs::read(path).ok();
        bytes.map(|it| read_bytes(&it).unwrap().text)
    };
    let seed = fs::read_to_string("../shared/seeds/001_9a20bbfe2b8b28bb.txt");
    let (Some(page), Some(text), Ok(seed)) = (read("001.html"), read("001.txt"), seed) else {
        println!("skipped: ../shared is absent");
        return;
    };
    assert_eq!(page, text);
    // The seed has the title twice, and the links to the articles before and after.
    let mut lines: Vec<_> = seed.lines().skip(1).collect();
    lines.truncate(lines.len() - 2);
    assert_eq!(text.lines().collect::<Vec<_>>(), lines);
}
