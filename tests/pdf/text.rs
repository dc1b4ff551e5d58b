//! Running text: paragraphs over lines and pages, what pages carry for the paper's sake, blanks, columns, turned pages.

use super::{drawn, paper::*, read};
use chidu::document::Block;

/// 46 characters fill the width from 70 to 530.
const FILLER: &str = "各单位要高度重视作风建设考核工作，落实责任分工，细化任务举措，按季度如实报送工作进展情况，不得虚报瞒报。";

/// Full paragraphs, so that the page shows its margins.
fn filled(sheet: &mut Sheet, mut y: i32, count: usize) -> i32 {
    for _ in 0..count {
        y = sheet.paragraph(70, y, 46, FILLER);
    }
    y
}

#[test]
fn lines_are_joined_and_paragraphs_kept_apart() {
    let mut sheet = a4();
    let mut y = filled(&mut sheet, 150, 3);
    sheet.text(90, y, 10, "一、考核范围");
    y += 16;
    y = sheet.paragraph(70, y, 46, FILLER);
    sheet.text(90, y, 10, "（一）每次扣1分；");
    sheet.text(90, y + 16, 10, "（二）每次扣2分。");
    let lines = drawn(&read(&[sheet]));
    assert_eq!(
        lines,
        [FILLER, FILLER, FILLER, "一、考核范围", FILLER, "（一）每次扣1分；", "（二）每次扣2分。"]
    );
}

#[test]
fn a_paragraph_that_a_page_tore_is_one() {
    let mut first = a4();
    let y = filled(&mut first, 80, 20);
    let (head, tail) = FILLER.split_at(FILLER.char_indices().nth(44).unwrap().0);
    first.text(90, y, 10, head);
    first.text(290, 812, 10, "— 1 —");
    let mut second = a4();
    second.text(70, 80, 10, tail);
    filled(&mut second, 96, 20);
    second.text(290, 812, 10, "— 2 —");
    let document = read(&[first, second]);
    assert_eq!(drawn(&document), [FILLER; 41]);
    let pages: Vec<Option<u32>> = document
        .blocks
        .iter()
        .map(|it| match it {
            Block::Paragraph(it) => it.place.page,
            Block::Table(it) => it.place.page,
        })
        .collect();
    assert_eq!((pages[20], pages[21]), (Some(1), Some(2)));
    assert_eq!(document.pages, Some(2));
}

#[test]
fn running_heads_and_page_numbers_are_no_text() {
    let sheets: Vec<Sheet> = (1..=3)
        .map(|page: usize| {
            let mut sheet = a4();
            sheet.text(200, 40, 9, "临江县人民政府文件汇编");
            let y = filled(&mut sheet, 150, page);
            sheet.text(100, y, 10, &format!("附件{page}"));
            sheet.text(290, 810, 9, &format!("{}", page + 4));
            sheet
        })
        .collect();
    let lines = drawn(&read(&sheets));
    let kept: Vec<&String> = lines.iter().filter(|it| *it != FILLER).collect();
    assert_eq!(kept, ["附件1", "附件2", "附件3"]);
}

#[test]
fn a_page_number_may_stand_beside_a_running_head() {
    let sheets: Vec<Sheet> = (1..=4)
        .map(|page: usize| {
            let mut sheet = a4();
            let (head, number) = if page.is_multiple_of(2) { (70, 500) } else { (400, 70) };
            sheet.text(head, 40, 9, "考核制度汇编").text(number, 40, 9, &format!("{}", page + 20));
            sheet.paragraph(70, 150 + i32::try_from(page).unwrap() * 20, 46, FILLER);
            sheet
        })
        .collect();
    assert_eq!(drawn(&read(&sheets)), [FILLER; 4]);
}

#[test]
fn a_number_in_the_text_is_no_page_number() {
    let mut sheet = a4();
    filled(&mut sheet, 150, 3);
    sheet.text(90, 400, 10, "12");
    let mut other = a4();
    filled(&mut other, 110, 3);
    other.text(90, 790, 10, "40");
    assert_eq!(drawn(&read(&[sheet.clone(), other])).iter().filter(|it| *it != FILLER).count(), 2);
}

#[test]
fn titles_of_two_lines_are_one_and_centred() {
    let mut sheet = a4();
    sheet.text(110, 80, 20, "临江县人民政府办公室关于印发二〇二三年");
    sheet.text(230, 110, 20, "考核办法的通知");
    filled(&mut sheet, 150, 4);
    let document = read(&[sheet]);
    let Some(Block::Paragraph(title)) = document.blocks.first() else { panic!("no paragraph") };
    assert_eq!(title.text, "临江县人民政府办公室关于印发二〇二三年考核办法的通知");
    assert!(title.style.centered);
}

#[test]
fn a_page_begun_for_a_paragraph_shows() {
    let mut first = a4();
    filled(&mut first, 80, 4);
    let mut second = a4();
    second.text(70, 80, 10, "附件1");
    filled(&mut second, 110, 4);
    let document = read(&[first, second]);
    let broken: Vec<&str> = document
        .blocks
        .iter()
        .filter_map(|it| match it {
            Block::Paragraph(it) if it.style.page_break_before => Some(it.text.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(broken, ["附件1"]);
}

#[test]
fn two_columns_are_read_one_after_the_other() {
    let mut sheet = a4();
    sheet.text(230, 50, 14, "考核工作简报");
    let left = "左栏的文字排满一栏，每行二十二个字，逐行向下。".repeat(20);
    let right = "右栏接着左栏往下读，每行也是二十二个字，同样。".repeat(20);
    sheet.paragraph(60, 90, 22, &left);
    sheet.paragraph(310, 90, 22, &right);
    assert_eq!(drawn(&read(&[sheet])), ["考核工作简报", left.as_str(), right.as_str()]);
}

#[test]
fn pages_are_read_as_they_are_turned() {
    // The page is stored sideways and shown upright.
    let mut shown = a4();
    filled(&mut shown, 150, 3);
    let mut turned = shown.clone();
    (turned.width, turned.height) = (842, 595);
    turned.entries = "/Rotate 90".to_owned();
    turned.content = format!("q 0 1 -1 0 842 0 cm {} Q", shown.content);
    assert_eq!(drawn(&read(&[turned.clone()])), [FILLER; 3]);
    // Nobody says that it is to be turned: the text tells.
    turned.entries = String::new();
    assert_eq!(drawn(&read(&[turned])), [FILLER; 3]);
}

#[test]
fn slanted_watermarks_are_no_text() {
    let mut sheet = a4();
    filled(&mut sheet, 150, 3);
    sheet.content.push_str(
        "BT /F1 60 Tf 0.7 0.7 -0.7 0.7 100 300 Tm <51855BA88D44659980FD51855BA8> Tj ET\n",
    );
    assert_eq!(drawn(&read(&[sheet])), [FILLER; 3]);
}

#[test]
fn the_text_that_the_file_states_goes_before_the_drawn_one() {
    let mut sheet = a4();
    sheet.content.push_str("/Span <</ActualText <FEFF76EE6807>>> BDC\n");
    sheet.text(90, 150, 10, "⽬标");
    sheet.content.push_str("EMC\n");
    sheet.text(110, 150, 10, "考核");
    assert_eq!(drawn(&read(&[sheet])), ["目标考核"]);
}

#[test]
fn bold_type_that_is_drawn_twice_is_read_once() {
    let mut sheet = a4();
    sheet.text(90, 150, 10, "扣分");
    sheet.content.push_str("BT /F1 10 Tf 2 Tr 1 0 0 1 110 692 Tm <4E8B9879> Tj ET\n");
    sheet.content.push_str("BT /F1 10 Tf 1 0 0 1 90.3 692 Tm <62635206> Tj ET\n");
    assert_eq!(drawn(&read(&[sheet])), ["扣分事项"]);
}
