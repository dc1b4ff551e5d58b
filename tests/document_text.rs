//! Text in the shapes in which assessment notices come: dumped tables, Markdown, hard line breaks, running heads.
#![expect(
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test fails by a panic, and says on the terminal what it has skipped"
)]

use std::{fs, path::Path};

use chidu::{
    diagnostic::Findings,
    document::{Block, Document, Format, ReadError, TEAR, Table, from_source},
    source::Source,
};

fn read(text: &str) -> (Document, Findings) {
    let mut findings = Findings::default();
    let source = Source { name: "notice.txt".to_owned(), bytes: text.as_bytes().to_vec() };
    (from_source::read(&source, &mut findings).unwrap(), findings)
}

/// Each block on a line: a paragraph as it is, a table as its rows with `/` between cells, `↓n` and `→n` for spans.
fn drawn(document: &Document) -> Vec<String> {
    let mut lines = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Paragraph(it) => lines.push(it.full_text().replace(TEAR, "")),
            Block::Table(it) => lines.extend((0..it.rows).map(|row| drawn_row(it, row))),
        }
    }
    lines
}

fn drawn_row(table: &Table, row: u32) -> String {
    let span = |mark: char, it: u32| if it > 1 { format!("{mark}{it}") } else { String::new() };
    let cells = table.cells.iter().filter(|it| it.row == row).map(|it| {
        let text = it.text().replace('\n', "¶").replace(TEAR, "");
        format!("{text}{}{}", span('↓', it.row_span), span('→', it.column_span))
    });
    format!("[{}]", cells.collect::<Vec<_>>().join("/"))
}

#[track_caller]
fn assert_drawn(text: &str, expected: &[&str]) {
    assert_eq!(drawn(&read(text).0), expected, "{text}");
}

fn codes(findings: &Findings) -> Vec<&str> {
    findings.iter().map(|it| it.code.as_str()).collect()
}

#[test]
fn rows_of_tabs() {
    assert_drawn(
        "一级\t细则\t分值\n学习\t缺课的扣1分。\t5\n\t迟到的扣1分。\t\n纪律\t旷工的扣1分。\t6\n后文。",
        &[
            "[一级/细则/分值]",
            "[学习↓2/缺课的扣1分。/5↓2]",
            "[迟到的扣1分。]",
            "[纪律/旷工的扣1分。/6]",
            "后文。",
        ],
    );
}

#[test]
fn a_line_feed_in_a_cell_tears_no_row() {
    assert_drawn(
        "一级\t细则\t分值\n学习\t缺课的扣1分。\n迟到的扣1分。\t5\n纪律\t旷工的扣1分。\t6\n",
        &["[一级/细则/分值]", "[学习/缺课的扣1分。¶迟到的扣1分。/5]", "[纪律/旷工的扣1分。/6]"],
    );
    assert_drawn(
        "一级\t细则\t分值\n学习\n（5分）\t缺课的扣1分。\t5\n纪律\t旷工的扣1分。\t6\n",
        &["[一级/细则/分值]", "[学习¶（5分）/缺课的扣1分。/5]", "[纪律/旷工的扣1分。/6]"],
    );
}

#[test]
fn a_page_end_in_a_row_tears_no_cell() {
    let (document, findings) = read(
        "名称\t细则\t单位\n学习\t按时参加，缺课的\t办公室\n\n\t扣1分。\t\n\n名称\t细则\t单位\n纪律\t旷工的扣2分。\t人事科\n",
    );
    assert_eq!(
        drawn(&document),
        [
            "[名称/细则/单位]",
            "[学习/按时参加，缺课的扣1分。/办公室]",
            "[纪律/旷工的扣2分。/人事科]"
        ]
    );
    assert_eq!(codes(&findings), ["header-repeated"]);
}

#[test]
fn a_row_torn_more_than_once_is_whole() {
    assert_drawn(
        "序号\t项目\t标准\t得分\n8\t秩序\n（30分）\t越级上访的，同一事项再次\n发生的，加倍扣分。\t\n9\t源头\t没有排查的，扣1分。\t\n10\t化解\t没有化解的，扣1分。\t\n",
        &[
            "[序号/项目/标准/得分]",
            "[8/秩序¶（30分）/越级上访的，同一事项再次¶发生的，加倍扣分。/]",
            "[9/源头/没有排查的，扣1分。/]",
            "[10/化解/没有化解的，扣1分。/]",
        ],
    );
    assert_drawn(
        "项目\t分值\t备注\n学习\t5\n纪律\t6\n作风\t7\n",
        &["[项目/分值/备注]", "[学习/5/]", "[纪律/6/]", "[作风/7/]"],
    );
}

#[test]
fn names_that_a_page_says_again_are_dropped() {
    let (document, findings) = read(
        "一级\t细则\t单位\n基层 治理\t没有建立网格的，每处扣1分，没有及时\t政法委\n\n基层治理\t更新数据的，扣2分。\t政法委\n\t没有信息员的，每处扣1分。\t\n",
    );
    assert_eq!(
        drawn(&document),
        [
            "[一级/细则/单位]",
            "[基层 治理↓2/没有建立网格的，每处扣1分，没有及时更新数据的，扣2分。/政法委↓2]",
            "[没有信息员的，每处扣1分。]",
        ]
    );
    assert_eq!(codes(&findings), ["names-repeated"]);
}

#[test]
fn a_row_without_its_first_empty_cell_is_moved() {
    let text = "一级\t二级\t细则\t单位\n\
        作风\t学习（5分）\t按照要求按时参加集中学习，无故缺课的，每次扣0.5分。\t办公室\n\
        \t\t按照要求按时提交学习心得，没有提交的，每次扣0.5分。\t\n\
        \t按照要求按时完成网上课程，没有完成的，每门扣0.5分。\t\t\n\
        \t考勤（5分）\t按照规定按时上班下班，迟到早退的，每次扣0.5分。\t\n\
        \t值班（5分）\t按照规定在岗值班，擅自离岗脱岗的，每次扣0.5分。\t\n";
    let (document, findings) = read(text);
    let drawn = drawn(&document);
    assert_eq!(drawn.get(3).unwrap(), "[按照要求按时完成网上课程，没有完成的，每门扣0.5分。]");
    assert!(drawn.get(1).unwrap().starts_with("[作风↓5/学习（5分）↓3/"));
    assert_eq!(codes(&findings), ["rows-realigned"]);
}

#[test]
fn paragraph_tags_in_cells() {
    assert_drawn(
        "目标\t内容\n<p>总的要求。</p>\t<p>1. 学习（5分）</p> <p>2. 纪律（5分）</p>\n",
        &["[目标/内容]", "[总的要求。/1. 学习（5分）¶2. 纪律（5分）]"],
    );
}

#[test]
fn one_cell_a_line() {
    assert_drawn(
        "清单\n\t序号\n\t指标\n\t办法\n\t分值\n\n\t1\n\t带头\n\n学习\n\t缺课的扣1分\n迟到的扣1分\n\t5分\n\n\
         \t2\n\t\n\t早退的扣1分\n\n\n\t\n\n\t序号\n\t指标\n\t办法\n\t分值\n\n\t3\n\t纪律\n\t旷工的扣1分\n\t6分\n\n后文",
        &[
            "清单",
            "[序号/指标/办法/分值]",
            "[1/带头¶学习↓2/缺课的扣1分¶迟到的扣1分/5分↓2]",
            "[2/早退的扣1分]",
            "[3/纪律/旷工的扣1分/6分]",
            "后文",
        ],
    );
}

#[test]
fn notes_below_one_cell_a_line() {
    assert_drawn(
        "\t序号\n\t内容\n\n\t1\n\t甲\n\n\t2\n\t乙\n\n\t注：1.按月。\n\t2.按年。\n",
        &["[序号/内容]", "[1/甲]", "[2/乙]", "注：1.按月。", "2.按年。"],
    );
}

#[test]
fn a_title_torn_by_a_line_end_goes_on() {
    assert_drawn(
        "关于印发《某某市直部门目标管理\n考核办法》的通知\n各单位：\n",
        &["关于印发《某某市直部门目标管理考核办法》的通知", "各单位："],
    );
}

#[test]
fn paragraphs_indented_by_tabs_are_no_table() {
    assert_drawn(
        "\t一、总则\n\t为规范考核，制定本办法。\n\n\t二、分则\n\t按月考核。\n",
        &["一、总则", "为规范考核，制定本办法。", "二、分则", "按月考核。"],
    );
}

#[test]
fn markdown() {
    assert_drawn(
        "# 考核办法\n\n**第一条** 为规范考核。\n\n> 得分 = 甲 + 乙\n\n---\n\n| 指标 | 标准 | 分 |\n|---|---|---|\n\
         | **一、学习** |\n| 甲 | 好<br>得5分 | 5 |\n| 乙 | 差\\|得1分 | |\n",
        &[
            "考核办法",
            "第一条 为规范考核。",
            "得分 = 甲 + 乙",
            "[指标/标准/分]",
            "[一、学习→3]",
            "[甲/好¶得5分/5↓2]",
            "[乙/差|得1分]",
        ],
    );
    let (document, _) = read("## 总则\n甲");
    let Some(Block::Paragraph(first)) = document.blocks.first() else { panic!("no paragraph") };
    assert_eq!(first.style.heading, Some(2));
}

/// Wraps paragraphs as a page prints them: 30 characters a line, the first of each indented by two.
fn wrapped(paragraphs: &[String], between: &str) -> String {
    let mut lines = Vec::new();
    for it in paragraphs {
        let chars: Vec<char> = "　　".chars().chain(it.chars()).collect();
        lines.extend(chars.chunks(30).map(String::from_iter));
    }
    lines.join(between).replace('　', "  ")
}

#[test]
fn a_table_of_a_web_page_within_text() {
    assert_drawn(
        "# 办法\n\n<table><tr><td rowspan=\"2\">学习</td><td>缺课扣1分</td></tr>\n<tr><td>迟到扣1分</td></tr></table>\n\n后文",
        &["办法", "[学习↓2/缺课扣1分]", "[迟到扣1分]", "后文"],
    );
}

#[test]
fn hard_wrapped_lines_become_paragraphs() {
    let wide = "为保证本单位考核工作顺利实施并有效调动全体人员积极性";
    let paragraphs = [
        format!("第一条 {wide}，{wide}，{wide}，特制定本办法。"),
        format!("第二条 {wide}。{wide}。{wide}，按月考核。"),
        format!("（一）{wide}，{wide}；"),
        format!("（二）{wide}，{wide}。"),
    ];
    for between in ["\n", "\n\n"] {
        assert_eq!(drawn(&read(&wrapped(&paragraphs, between)).0), paragraphs, "{between:?}");
    }
    let text = wrapped(&paragraphs, "\n\n");
    let [first, second] =
        [text.chars().take(150).collect(), text.chars().skip(150).collect::<String>()];
    let (before, rest): (String, String) = (first, second);
    let (line, rest) = rest.split_once("\n\n").unwrap();
    let paged = format!("{before}{line}\n\n\n\n- 1 -\n\u{c}\n\n\n\n{rest}");
    assert_eq!(drawn(&read(&paged).0), paragraphs);
}

#[test]
fn a_sentence_torn_by_a_page_goes_on() {
    assert_drawn(
        "一、考核内容\n\n考核由两部分组成，各占50%权\n\n重。\n\n各部门按季度考核，按年度汇总。\n\n\
         各单位每月自查，并报送结果。\n\n每年年底，统一通报。\n\n二、加强领导，落实责任\n\n各单位要高度重视，抓好落实。\n",
        &[
            "一、考核内容",
            "考核由两部分组成，各占50%权重。",
            "各部门按季度考核，按年度汇总。",
            "各单位每月自查，并报送结果。",
            "每年年底，统一通报。",
            "二、加强领导，落实责任",
            "各单位要高度重视，抓好落实。",
        ],
    );
}

#[test]
fn lists_without_full_stops_stay_apart() {
    let lines = ["对优秀的单位，给予表彰", "对合格的单位，予以通报", "对较差的单位，取消评优"];
    assert_drawn(&lines.join("\n\n"), &lines);
}

#[test]
fn separated_values() {
    let text = "考核表,,\n指标,标准,分值\n学习,\"缺课,扣1分\n迟到,扣1分\",5\n,早退扣1分,\n";
    assert_drawn(
        text,
        &["考核表", "[指标/标准/分值]", "[学习↓2/缺课,扣1分¶迟到,扣1分/5↓2]", "[早退扣1分]"],
    );
    assert_eq!(read(text).0.format, Format::Csv);
}

#[test]
fn pages_are_counted_by_form_feeds() {
    let (document, _) = read("甲。\n\u{c}乙。\n");
    assert_eq!(document.pages, Some(2));
    let places = document.blocks.iter().map(|it| match it {
        Block::Paragraph(it) => it.place.to_string(),
        Block::Table(it) => it.place.to_string(),
    });
    assert_eq!(places.collect::<Vec<_>>(), ["第1页 第1段", "第2页 第2段"]);
}

#[test]
fn what_is_no_text_is_refused() {
    let read = |bytes: &[u8]| {
        let source = Source { name: "notice.txt".to_owned(), bytes: bytes.to_vec() };
        from_source::read(&source, &mut Findings::default()).map(drop)
    };
    assert_eq!(read(b""), Err(ReadError::Empty));
    assert_eq!(read("\u{feff} \r\n\t\n".as_bytes()), Err(ReadError::Empty));
    assert!(matches!(read(b"abc\0\x01\x02\0\0def"), Err(ReadError::Unknown(_))));
    assert!(matches!(read(&vec![b'a'; 50 << 20]), Err(ReadError::TooLarge { what: "line", .. })));
}

#[test]
fn damaged_texts_come_back() {
    let whole = "# 办法\n\n序号\t指标\t分值\n1\t学习\t5\n\t\t6\n\n\t序号\n\t指标\n\n\t1\n\t甲\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n\n\
        类别    级别   分值\n助理    5    90\n经理    5    115\n处长    5    115\n\n<table><tr><td>甲</td></tr></table>\n- 1 -\n\u{c}甲，乙\n丙。\n";
    let mut state = 3_u32;
    let mut next = |below: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % below
    };
    for nth in 0..200 {
        let mut bytes = whole.as_bytes().to_vec();
        for _ in 0..=next(12) {
            let at = next(bytes.len());
            match next(4) {
                0 if nth % 4 == 0 => bytes.truncate(at.max(1)),
                1 => bytes.insert(at, *b"\t\n |-<\x0c#*".get(next(9)).unwrap()),
                _ => drop(bytes.remove(at)),
            }
            if bytes.is_empty() {
                bytes.push(b'a');
            }
        }
        let source = Source { name: "notice.txt".to_owned(), bytes };
        // What matters is that it comes back.
        drop(from_source::read(&source, &mut Findings::default()));
    }
}

/// A file of the shared folder; a test that needs it passes where the folder is absent.
fn shared(path: &str) -> Option<String> {
    let found = fs::read_to_string(Path::new("../shared").join(path)).ok();
    if found.is_none() {
        println!("skipped: ../shared/{path} is absent");
    }
    found
}

#[test]
fn the_dump_of_a_word_table_has_its_merged_cells() {
    let Some(text) = shared("seeds/003_50863c6a1a3f69ef.txt") else { return };
    let (document, _) = read(&text);
    let tables = document.blocks.iter().filter_map(|it| match it {
        Block::Table(it) => Some(it),
        Block::Paragraph(_) => None,
    });
    let [table] = tables.collect::<Vec<_>>()[..] else { panic!("not one table") };
    assert_eq!((table.rows, table.columns), (23, 8));
    let spans = table.cells.iter().filter(|it| it.row_span > 1);
    let merged: Vec<_> = spans.map(|it| (it.row, it.column, it.row_span)).collect();
    // As in 003.docx: the columns with the first row and the number of rows of each merged cell.
    let by_columns = [
        (vec![1], vec![(1, 3), (4, 2), (6, 4), (10, 8), (18, 5)]),
        (vec![3, 4], vec![(1, 2), (4, 2), (6, 4), (11, 7), (18, 5)]),
        (vec![6, 7], vec![(1, 3), (4, 2), (6, 4), (10, 6), (16, 2), (18, 5)]),
    ];
    let mut expected = Vec::new();
    for (columns, spans) in by_columns {
        for column in columns {
            expected.extend(spans.iter().map(|it| (it.0, column, it.1)));
        }
    }
    expected.sort_unstable();
    assert_eq!(merged, expected);
}

#[test]
fn the_dump_of_a_torn_table_has_its_rows() {
    let Some(text) = shared("seeds/002_570ee5cf945afaf0.txt") else { return };
    let (document, _) = read(&text);
    let Some(Block::Table(table)) = document.blocks.get(1) else { panic!("no table") };
    // 43 rows in 002.docx; the dump has the last two as two paragraphs of one cell.
    assert_eq!((table.rows, table.columns), (42, 4));
    let mut main = table.cells.iter().filter(|it| it.column == 2);
    assert!(main.all(|it| it.row_span == 1 && !it.paragraphs.is_empty()));
    let mut spans: Vec<_> = table
        .cells
        .iter()
        .filter(|it| it.row_span > 1)
        .map(|it| (it.column, it.row, it.row_span))
        .collect();
    spans.sort_unstable();
    // As in 002.docx, but for the row that is missing at the end.
    let expected = [
        (0, 1, 12),
        (0, 13, 19),
        (0, 32, 10),
        (1, 4, 5),
        (1, 9, 3),
        (1, 13, 5),
        (1, 18, 4),
        (1, 23, 2),
        (1, 25, 4),
        (1, 29, 2),
        (1, 32, 3),
        (1, 35, 5),
        (1, 40, 2),
        (3, 1, 12),
        (3, 13, 19),
        (3, 32, 10),
    ];
    assert_eq!(spans, expected);
    let holds = |text: &str| table.cells.iter().any(|it| it.text().contains(text));
    assert!(holds("每件扣0.02\u{2060}分；对市×办公室提醒"));
    assert!(holds("开展执纪审查\u{2060}工作情况 (4分)"));
}
