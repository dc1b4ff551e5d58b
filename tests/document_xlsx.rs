//! Workbooks, new and old: merged cells, numbers as they are shown, several sheets, hostile containers.
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test fails by a panic, and says on the terminal what it has skipped"
)]

#[path = "support/parts.rs"]
mod parts;

use std::{
    fs,
    io::{Cursor, Write},
};

use calamine::{Reader, open_workbook_auto_from_rs};
use chidu::{
    diagnostic::Findings,
    document::{Block, Document, Format, ReadError, Table, from_source},
    source::Source,
};
use rust_xlsxwriter as writer;

fn read(bytes: &[u8]) -> Result<(Document, Findings), ReadError> {
    let mut findings = Findings::default();
    let source = Source { name: "notice.xlsx".to_owned(), bytes: bytes.to_vec() };
    from_source::read(&source, &mut findings).map(|it| (it, findings))
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

/// A rubric as offices write it: title, merged names, line feeds, formatted numbers, a note.
fn rubric() -> Vec<u8> {
    let mut book = writer::Workbook::new();
    let plain = writer::Format::new();
    let sheet = book.add_worksheet().set_name("考核表").unwrap();
    sheet.merge_range(1, 1, 1, 5, "考核评分表", &plain).unwrap();
    sheet.write_string(2, 1, "单位：分").unwrap();
    for (column, name) in (1..).zip(["指标", "内容", "分值", "权重", "日期"]) {
        sheet.write_string(3, column, name).unwrap();
    }
    sheet.merge_range(4, 1, 5, 1, "学习\n（10分）", &plain).unwrap();
    sheet.write_string(4, 2, "缺课的，每次扣1分").unwrap();
    sheet
        .write_number_with_format(4, 3, 10, &writer::Format::new().set_num_format("0\"分\""))
        .unwrap();
    sheet
        .write_number_with_format(4, 4, 0.15, &writer::Format::new().set_num_format("0%"))
        .unwrap();
    sheet
        .write_number_with_format(4, 5, 45_768, &writer::Format::new().set_num_format("yyyy/m/d"))
        .unwrap();
    sheet.write_string(5, 2, "迟到的，每次扣0.5分").unwrap();
    sheet.write_number(5, 3, 0.1 + 0.2).unwrap();
    sheet.write_formula(5, 4, writer::Formula::new("=1/4").set_result("0.25")).unwrap();
    sheet.merge_range(7, 1, 7, 5, "注：扣完为止。", &plain).unwrap();
    let hidden = book.add_worksheet().set_name("旧表").unwrap().set_hidden(true);
    hidden.write_string(0, 0, "旧内容").unwrap();
    let second = book.add_worksheet().set_name("说明").unwrap();
    second.write_string(0, 0, "一、本表按月填写。").unwrap();
    second.write_string(1, 0, "二、本表按年汇总。").unwrap();
    book.save_to_buffer().unwrap()
}

const RUBRIC: [&str; 8] = [
    "考核评分表",
    "单位：分",
    "[指标/内容/分值/权重/日期]",
    "[学习¶（10分）↓2/缺课的，每次扣1分/10分/15%/2025/4/21]",
    "[迟到的，每次扣0.5分/0.3/0.25/]",
    "注：扣完为止。",
    "一、本表按月填写。",
    "二、本表按年汇总。",
];

#[test]
fn a_workbook_is_read_as_it_is_shown() {
    let (document, findings) = read(&rubric()).unwrap();
    assert_eq!(document.format, Format::Xlsx);
    assert_eq!(drawn(&document), RUBRIC);
    let table = document.blocks.iter().find_map(|it| match it {
        Block::Table(it) => it.name.clone(),
        Block::Paragraph(_) => None,
    });
    assert_eq!(table.as_deref(), Some("考核表"));
    let codes: Vec<_> = findings.iter().map(|it| it.code.as_str()).collect();
    assert_eq!(codes, ["hidden-sheet-skipped"]);
}

/// A record of an .xls.
fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).unwrap();
    [&kind.to_le_bytes(), &length.to_le_bytes(), data].concat()
}

fn words(values: &[u16]) -> Vec<u8> {
    values.iter().flat_map(|it| it.to_le_bytes()).collect()
}

/// A string of two-byte characters, its length in two bytes.
fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let length = u16::try_from(units.len()).unwrap();
    [&length.to_le_bytes()[..], &[1], &words(&units)].concat()
}

/// An .xls with a title over two columns, a merged name, and a number of each kind. Its second shared string goes on in
/// a further record, with one byte a character.
fn old_workbook() -> Vec<u8> {
    let strings = ["考核表", "指标", "分值", "学习", "2班"];
    let mut shared =
        [words(&[5, 0, 5, 0]), strings[..1].iter().flat_map(|it| wide(it)).collect()].concat();
    shared.extend(&wide(strings[1])[..5]);
    let mut rest = vec![1];
    rest.extend(&wide(strings[1])[5..]);
    for it in &strings[2..4] {
        rest.extend(wide(it));
    }
    rest.extend([2, 0, 1, b'2', 0, 0xED, 0x73]);
    let format = [words(&[164]), wide("0.0\"分\"")].concat();
    let style = |format: u16| record(0x00E0, &words(&[0, format, 0, 0, 0, 0, 0, 0, 0, 0]));
    let globals = |offset: u32| {
        let name = [&offset.to_le_bytes()[..], &[0, 0, 2, 1], &words(&[0x8003, 0x6838])].concat();
        [
            record(0x0809, &words(&[0x0600, 0x0005, 0, 0, 0, 0, 0, 0])),
            record(0x041E, &format),
            style(0),
            style(9),
            style(164),
            record(0x0085, &name),
            record(0x00FC, &shared),
            record(0x003C, &rest),
            record(0x000A, &[]),
        ]
        .concat()
    };
    let label = |row: u16, column: u16, nth: u16| record(0x00FD, &words(&[row, column, 0, nth, 0]));
    let number = |row: u16, column: u16, style: u16, value: [u8; 8]| {
        record(0x0203, &[&words(&[row, column, style])[..], &value].concat())
    };
    // The integer 10, and 750 hundredths.
    let [ten, hundredths] = [(10_u32 << 2 | 2), (750_u32 << 2 | 3)];
    let mut pair = words(&[3, 1, 0]);
    pair.extend(ten.to_le_bytes());
    pair.extend(words(&[2]));
    pair.extend(hundredths.to_le_bytes());
    pair.extend(words(&[2]));
    let sheet = [
        record(0x0809, &words(&[0x0600, 0x0010, 0, 0, 0, 0, 0, 0])),
        label(0, 0, 0),
        label(1, 0, 1),
        label(1, 1, 2),
        label(1, 2, 4),
        label(2, 0, 3),
        number(2, 1, 1, 0.15_f64.to_le_bytes()),
        number(2, 2, 0, 0.5_f64.to_le_bytes()),
        record(0x00BD, &pair),
        record(0x00E5, &words(&[2, 0, 0, 0, 2, 2, 3, 0, 0])),
        record(0x000A, &[]),
    ]
    .concat();
    let offset = u32::try_from(globals(0).len()).unwrap();
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    let stream = [globals(offset), sheet].concat();
    file.create_stream("/Workbook").unwrap().write_all(&stream).unwrap();
    file.into_inner().into_inner()
}

#[test]
fn an_old_workbook_is_read_as_it_is_shown() {
    let (document, _) = read(&old_workbook()).unwrap();
    assert_eq!(drawn(&document), ["考核表", "[指标/分值/2班]", "[学习↓2/15%/0.5]", "[10/7.5分]"]);
}

/// The strings of all visible cells, as another reader sees them.
fn strings_by_calamine(bytes: &[u8]) -> Vec<String> {
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes.to_vec())).unwrap();
    let mut found = Vec::new();
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).unwrap();
        let strings = range.used_cells().filter_map(|it| match it.2 {
            calamine::Data::String(it) => Some(it.replace("\r\n", "\n")),
            _ => None,
        });
        found.extend(strings.flat_map(|it| it.lines().map(str::to_owned).collect::<Vec<_>>()));
    }
    found
}

#[test]
fn another_reader_sees_the_same_strings() {
    let shared = fs::read("../shared/documents/002.xlsx").ok();
    if shared.is_none() {
        println!("skipped: ../shared/documents/002.xlsx is absent");
    }
    for bytes in [Some(rubric()), Some(old_workbook()), shared].into_iter().flatten() {
        let (document, _) = read(&bytes).unwrap();
        let ours: Vec<_> = document.text.lines().collect();
        let theirs = strings_by_calamine(&bytes);
        let theirs: Vec<_> = theirs
            .iter()
            .map(|it| it.trim())
            .filter(|it| !it.is_empty() && *it != "旧内容")
            .collect();
        let is_string =
            |it: &&str| !it.starts_with(|it: char| it.is_ascii_digit()) || theirs.contains(it);
        assert_eq!(ours.into_iter().filter(is_string).collect::<Vec<_>>(), theirs);
    }
}

#[test]
fn the_workbook_of_a_seed_has_its_merged_cells() {
    let Ok(bytes) = fs::read("../shared/documents/002.xlsx") else {
        println!("skipped: ../shared/documents/002.xlsx is absent");
        return;
    };
    let (document, _) = read(&bytes).unwrap();
    let [Block::Paragraph(title), Block::Table(table)] = document.blocks.as_slice() else {
        panic!("not a title and a table")
    };
    assert_eq!(title.text, "市对县保证目标考评细则");
    assert_eq!((table.rows, table.columns), (43, 4));
    let mut spans: Vec<_> = table
        .cells
        .iter()
        .filter(|it| it.row_span > 1)
        .map(|it| (it.column, it.row, it.row_span))
        .collect();
    spans.sort_unstable();
    let expected = [
        (0, 1, 12),
        (0, 13, 19),
        (0, 32, 11),
        (1, 4, 5),
        (1, 9, 3),
        (1, 13, 5),
        (1, 18, 4),
        (1, 23, 2),
        (1, 25, 4),
        (1, 29, 2),
        (1, 32, 3),
        (1, 35, 5),
        (1, 40, 3),
        (3, 1, 12),
        (3, 13, 19),
        (3, 32, 11),
    ];
    assert_eq!(spans, expected);
}

/// The workbook with one part changed.
fn changed(part: &str, change: impl Fn(String) -> String) -> Vec<u8> {
    parts::changed(rubric(), part, change)
}

#[test]
fn hostile_workbooks_are_refused() {
    let sheet = "xl/worksheets/sheet1.xml";
    let far = changed(sheet, |it| {
        it.replace("r=\"D6\"", "r=\"XFC1048576\"").replace("r=\"E6\"", "r=\"XFD1048576\"")
    });
    assert!(matches!(read(&far), Err(ReadError::TooLarge { what: "table", .. })));
    let lost = changed(sheet, |it| it.replace("<v>3</v>", "<v>99999999</v>"));
    assert!(matches!(read(&lost), Err(ReadError::Damaged { .. })));
    let bomb = changed(sheet, |it| it + &" ".repeat(64 << 20));
    assert!(matches!(read(&bomb), Err(ReadError::TooLarge { .. } | ReadError::Damaged { .. })));
    // An attribute that asks for all memory is no reason to give it.
    let greedy = changed("xl/sharedStrings.xml", |it| {
        it.replace("uniqueCount=\"", "uniqueCount=\"9999999999999")
    });
    assert_eq!(drawn(&read(&greedy).unwrap().0), RUBRIC);
}

#[test]
fn damaged_workbooks_are_read_whole_or_refused() {
    let mut state = 5_u32;
    let mut next = |below: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % below
    };
    for whole in [rubric(), old_workbook()] {
        let text = read(&whole).unwrap().0.text;
        let chars = text.chars().count();
        for _ in 0..200 {
            let mut bytes = whole.clone();
            for _ in 0..=next(4) {
                let at = next(bytes.len());
                match next(4) {
                    0 => bytes.truncate(at.max(1)),
                    _ => bytes[at] = u8::try_from(next(256)).unwrap(),
                }
            }
            // A changed byte may change a character; what must not be is that a part is lost in silence.
            if let Ok((document, _)) = read(&bytes)
                && document.format == Format::Xlsx
                && whole.starts_with(b"PK")
            {
                assert!(document.text.chars().count() + 40 >= chars, "{}", document.text);
            }
        }
    }
}
