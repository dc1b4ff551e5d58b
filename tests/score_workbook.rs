//! Unit data in workbooks that are made to do harm, or are none.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]

#[path = "support/parts.rs"]
mod parts;

use chidu::score::{Data, DataError, load_data};

fn loaded(bytes: &[u8]) -> Result<Data, DataError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data.xlsx");
    std::fs::write(&path, bytes).unwrap();
    load_data(&path)
}

/// A workbook with two units, one of them under a number.
fn workbook() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet().set_name("units").unwrap();
    for (row, cells) in (0..).zip([["unit", "category"], ["教育局", "部门"]]) {
        for (column, text) in (0..).zip(cells) {
            sheet.write_string(row, column, text).unwrap();
        }
    }
    let percent = rust_xlsxwriter::Format::new().set_num_format("0%");
    sheet.write_number_with_format(2, 0, 0.155, &percent).unwrap();
    book.save_to_buffer().unwrap()
}

/// The workbook with one part changed.
fn changed(part: &str, change: impl Fn(String) -> String) -> Vec<u8> {
    parts::changed(workbook(), part, change)
}

fn names(data: &Data) -> Vec<&str> {
    data.units.iter().map(|it| it.name.as_str()).collect()
}

const SHEET: &str = "xl/worksheets/sheet1.xml";

#[test]
fn numbers_are_taken_as_they_are_stored() {
    assert_eq!(names(&loaded(&workbook()).unwrap()), ["教育局", "0.155"]);
}

#[test]
fn an_attribute_that_asks_for_all_memory_gets_none() {
    for count in ["4294967295", "99999999999999999999", "-1"] {
        let greedy = changed("xl/sharedStrings.xml", |it| {
            let (before, after) = it.split_once("uniqueCount=\"").unwrap();
            let (_, after) = after.split_once('"').unwrap();
            format!("{before}uniqueCount=\"{count}\"{after}")
        });
        assert_eq!(names(&loaded(&greedy).unwrap()), ["教育局", "0.155"]);
    }
}

#[test]
fn what_passes_a_bound_or_is_damaged_is_refused() {
    let wide = changed(SHEET, |it| it.replace("r=\"B2\"", "r=\"XFD2\""));
    assert!(matches!(loaded(&wide), Err(DataError::TooLarge { what: "columns", .. })));
    let far = changed(SHEET, |it| it.replace("r=\"A3\"", "r=\"A1048576\""));
    assert_eq!(names(&loaded(&far).unwrap_or_else(|it| panic!("{it}"))).len(), 2);
    let bomb = changed(SHEET, |it| it + &" ".repeat(64 << 20));
    assert!(matches!(loaded(&bomb), Err(DataError::TooLarge { .. } | DataError::NotText { .. })));
    let lost = changed(SHEET, |it| it.replace("<v>0</v>", "<v>99999999</v>"));
    assert!(matches!(loaded(&lost), Err(DataError::NotText { .. })));
    let whole = workbook();
    for size in [0, 1, whole.len() / 2, whole.len() - 1] {
        assert!(loaded(whole.get(..size).unwrap()).is_err(), "{size}");
    }
    assert!(matches!(loaded(b"unit,category\n"), Err(DataError::NotText { .. })));
}
