//! Tables: rules however they are drawn, merged cells, cells over pages, tables without rules.

use super::{drawn, paper::*, read};
use chidu::document::Block;

const COLUMNS: [i32; 4] = [70, 130, 400, 520];

#[test]
fn rules_make_cells_and_lines_in_cells_are_joined() {
    let mut sheet = a4();
    sheet.text(250, 60, 14, "考核细则");
    sheet.table(
        &COLUMNS,
        &[80, 100, 160, 200],
        &[
            &["序号", "考核内容", "分值"],
            &["1", "未按要求报送工作进展情况的，每次扣零点五分，最多扣二\n分；\n2.迟报的，每次扣一分。", "5"],
            &["2", "缺席会议的，每次扣一分。", "3"],
        ],
    );
    assert_eq!(
        drawn(&read(&[sheet])),
        [
            "考核细则",
            "[序号/考核内容/分值]",
            "[1/未按要求报送工作进展情况的，每次扣零点五分，最多扣二分；¶2.迟报的，每次扣一分。/5]",
            "[2/缺席会议的，每次扣一分。/3]",
        ]
    );
}

#[test]
fn rules_are_read_however_they_are_drawn() {
    let expected = ["[甲/乙]", "[丙/丁]"];
    let texts = |sheet: &mut Sheet| {
        for (x, y, text) in [(80, 114, "甲"), (180, 114, "乙"), (80, 144, "丙"), (180, 144, "丁")]
        {
            sheet.text(x, y, 10, text);
        }
    };
    // Boxes around each cell, by every operator that strokes.
    for paint in ["S", "s", "B", "b", "B*", "b*"] {
        let mut sheet = a4();
        sheet.content.push_str("1 g\n");
        for at in
            [[70, 100, 170, 130], [170, 100, 270, 130], [70, 130, 170, 160], [170, 130, 270, 160]]
        {
            sheet.frame(at, paint);
        }
        sheet.content.push_str("0 g\n");
        texts(&mut sheet);
        assert_eq!(drawn(&read(&[sheet])), expected, "{paint}");
    }
    // Thin filled boxes.
    for paint in ["f", "f*", "F"] {
        let mut sheet = a4();
        for y in [100, 130, 160] {
            sheet.frame([70, y, 271, y + 1], paint);
        }
        for x in [70, 170, 270] {
            sheet.frame([x, 100, x + 1, 161], paint);
        }
        texts(&mut sheet);
        assert_eq!(drawn(&read(&[sheet])), expected, "{paint}");
    }
}

#[test]
fn cells_without_a_rule_between_them_are_merged() {
    let mut sheet = a4();
    sheet.frame([70, 100, 370, 190], "S");
    sheet.rule((70, 130), (370, 130)).rule((170, 160), (370, 160));
    sheet.rule((170, 130), (170, 190)).rule((270, 130), (270, 190));
    sheet.text(180, 118, 10, "合并的表头");
    sheet.text(80, 164, 10, "合并的组");
    for (x, y, text) in [(180, 148, "甲"), (280, 148, "乙"), (180, 178, "丙"), (280, 178, "丁")]
    {
        sheet.text(x, y, 10, text);
    }
    assert_eq!(drawn(&read(&[sheet])), ["[合并的表头→3]", "[合并的组↓2/甲/乙]", "[丙/丁]"]);
}

#[test]
fn open_sides_and_underlines_do_not_disturb() {
    let mut sheet = a4();
    for y in [100, 130, 160] {
        sheet.rule((70, y), (370, y));
    }
    sheet.rule((170, 100), (170, 160)).rule((270, 100), (270, 160));
    sheet.rule((190, 121), (230, 121));
    for (nth, text) in ["甲", "乙", "丙", "丁", "戊", "己"].into_iter().enumerate() {
        let nth = i32::try_from(nth).unwrap();
        sheet.text(80 + nth % 3 * 100, 118 + nth / 3 * 30, 10, text);
    }
    assert_eq!(drawn(&read(&[sheet])), ["[甲/乙/丙]", "[丁/戊/己]"]);
}

#[test]
fn a_frame_around_a_page_is_no_table() {
    let mut sheet = a4();
    sheet.frame([40, 40, 555, 802], "S");
    sheet.text(90, 100, 10, "框内的文字不是表格");
    assert_eq!(drawn(&read(&[sheet])), ["框内的文字不是表格"]);
}

#[test]
fn a_table_over_pages_is_one_and_its_header_stands_once() {
    let header: &[&str] = &["序号", "考核内容", "分值"];
    let mut first = a4();
    first.table(&COLUMNS, &[700, 720, 750], &[header, &["1", "迟到的，每次扣一分。", "5"]]);
    first.text(290, 812, 10, "- 1 -");
    let mut second = a4();
    second.table(
        &COLUMNS,
        &[80, 100, 130, 160],
        &[header, &["2", "早退的，每次扣一分。", "3"], &["3", "旷工的，每次扣三分。", "9"]],
    );
    second.text(290, 812, 10, "- 2 -");
    let document = read(&[first, second]);
    assert_eq!(
        drawn(&document),
        [
            "[序号/考核内容/分值]",
            "[1/迟到的，每次扣一分。/5]",
            "[2/早退的，每次扣一分。/3]",
            "[3/旷工的，每次扣三分。/9]",
        ]
    );
    let Some(Block::Table(table)) = document.blocks.first() else { panic!("no table") };
    let pages: Vec<Option<u32>> =
        table.cells.iter().filter(|it| it.column == 0).map(|it| it.place.page).collect();
    assert_eq!(pages, [Some(1), Some(1), Some(2), Some(2)]);
}

#[test]
fn a_row_that_a_page_tore_is_one() {
    let mut first = a4();
    first.table(
        &COLUMNS,
        &[700, 720, 750],
        &[
            &["序号", "考核内容", "分值"],
            &["1", "未按要求报送工作进展情况的，每次扣零点五分，累计最多", "5"],
        ],
    );
    let mut second = a4();
    second.table(
        &COLUMNS,
        &[80, 110, 140],
        &[&["", "扣二分。", ""], &["2", "早退的，每次扣一分。", "3"]],
    );
    assert_eq!(
        drawn(&read(&[first, second])),
        [
            "[序号/考核内容/分值]",
            "[1/未按要求报送工作进展情况的，每次扣零点五分，累计最多扣二分。/5]",
            "[2/早退的，每次扣一分。/3]",
        ]
    );
}

#[test]
fn a_merged_cell_goes_on_over_the_page() {
    let part = |texts: [(&str, &str); 2], group: &[&str]| {
        let mut sheet = a4();
        sheet.frame([70, 100, 520, 160], "S");
        sheet
            .rule((170, 100), (170, 160))
            .rule((400, 100), (400, 160))
            .rule((170, 130), (520, 130));
        for (nth, line) in (0..).zip(group) {
            sheet.text(75, 114 + nth * 14, 10, line);
        }
        for (nth, (text, points)) in (0..).zip(texts) {
            sheet.text(175, 114 + nth * 30, 10, text).text(405, 114 + nth * 30, 10, points);
        }
        sheet
    };
    let first = part([("迟到的扣一分。", "1"), ("早退的扣一分。", "2")], &["纪律作风建设情况"]);
    let second = part([("旷工的扣三分。", "3"), ("缺会的扣一分。", "4")], &["（10分）"]);
    assert_eq!(
        drawn(&read(&[first, second])),
        [
            "[纪律作风建设情况（10分）↓4/迟到的扣一分。/1]",
            "[早退的扣一分。/2]",
            "[旷工的扣三分。/3]",
            "[缺会的扣一分。/4]",
        ]
    );
}

#[test]
fn another_table_on_the_next_page_is_another() {
    let mut first = a4();
    first.table(&COLUMNS, &[700, 720, 750], &[&["序号", "内容", "分值"], &["1", "甲", "5"]]);
    let mut second = a4();
    second.table(
        &[70, 300, 400, 520],
        &[80, 100, 130],
        &[&["项目", "次数", "加分"], &["乙", "1", "2"]],
    );
    let document = read(&[first, second]);
    let tables = document.blocks.iter().filter(|it| matches!(it, Block::Table(_))).count();
    assert_eq!(tables, 2);
}

#[test]
fn clear_columns_without_rules_are_a_table() {
    let mut sheet = a4();
    sheet.text(90, 80, 10, "各档次标准如下：");
    let rows = [
        ["档次", "得分", "奖励"],
        ["优秀", "90分以上", "5分"],
        ["良好", "80至89分", "3分"],
        ["一般", "70至79分", "不加分"],
    ];
    for (nth, row) in (0..).zip(rows) {
        for (x, text) in [90, 200, 350].into_iter().zip(row) {
            sheet.text(x, 100 + nth * 18, 10, text);
        }
    }
    sheet.text(90, 200, 10, "以上均含本数。");
    assert_eq!(
        drawn(&read(&[sheet])),
        [
            "各档次标准如下：",
            "[档次/得分/奖励]",
            "[优秀/90分以上/5分]",
            "[良好/80至89分/3分]",
            "[一般/70至79分/不加分]",
            "以上均含本数。",
        ]
    );
}

#[test]
fn text_that_runs_sideways_in_a_cell_is_read() {
    let mut sheet = a4();
    sheet.frame([70, 100, 370, 200], "S");
    sheet.rule((100, 100), (100, 200));
    sheet.text(120, 150, 10, "考核内容");
    // Upwards, as a narrow column has it.
    sheet.content.push_str("BT /F1 10 Tf 0 1 -1 0 90 660 Tm <7EAA5F8B4F5C98CE> Tj ET\n");
    assert_eq!(drawn(&read(&[sheet])), ["[纪律作风/考核内容]"]);
}

/// Two pages with a table of two columns each; its narrow column holds five characters.
fn narrow(first: [&str; 2], second: [&str; 2]) -> [Sheet; 2] {
    let columns = [70, 130, 400];
    let mut top = a4();
    top.table(&columns, &[700, 720, 750], &[&["项目", "内容"], &first]);
    let mut bottom = a4();
    bottom.table(&columns, &[80, 110], &[&second]);
    [top, bottom]
}

#[test]
fn names_that_fill_their_cells_are_not_joined() {
    let pages =
        narrow(["会议纪律性", "缺席会议的，每次扣一分。"], ["工作纪律性", "迟到的，每次扣一分。"]);
    assert_eq!(
        drawn(&read(&pages)),
        [
            "[项目/内容]",
            "[会议纪律性/缺席会议的，每次扣一分。]",
            "[工作纪律性/迟到的，每次扣一分。]"
        ]
    );
}

#[test]
fn a_mark_that_a_table_goes_on_is_no_text() {
    let [first, mut second] =
        narrow(["会议", "缺席会议的，每次扣一分。"], ["工作", "迟到的，每次扣一分。"]);
    second.text(70, 70, 10, "（续表）");
    assert_eq!(
        drawn(&read(&[first, second])),
        ["[项目/内容]", "[会议/缺席会议的，每次扣一分。]", "[工作/迟到的，每次扣一分。]"]
    );
    // Without a table behind it, it is.
    let [first, _] = narrow(["会议", "缺席会议的，每次扣一分。"], ["", ""]);
    let mut second = a4();
    second.text(70, 150, 10, "续表");
    second.text(70, 400, 10, "完");
    assert_eq!(drawn(&read(&[first, second]))[2..], ["续表", "完"]);
}

#[test]
fn items_of_a_list_within_a_cell_are_paragraphs() {
    let mut sheet = a4();
    let list = "1.未按时报送信息材料的扣分\n2.迟报的扣分\n3.漏报、瞒报、错报的，见\n（二）项";
    sheet.table(&[70, 130, 270], &[80, 150, 170], &[&["信息", list], &["会议", "缺席的扣分"]]);
    assert_eq!(
        drawn(&read(&[sheet])),
        [
            "[信息/1.未按时报送信息材料的扣分¶2.迟报的扣分¶3.漏报、瞒报、错报的，见¶（二）项]",
            "[会议/缺席的扣分]",
        ]
    );
}
