//! .xlsx: a file as it is, or a container around the parts that the input gives.
#![no_main]

use libfuzzer_sys::fuzz_target;

const WORKBOOK: &str = r#"<workbook xmlns:r="r"><sheets><sheet name="甲" sheetId="1" r:id="a"/></sheets></workbook>"#;
const MAIN: &str = r#"<Relationships><Relationship Id="a" Type="r/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const PARTS: [&str; 3] = ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"];

fuzz_target!(|input: &[u8]| {
    if input.starts_with(b"PK") {
        chidu_fuzz::read("notice.xlsx", input);
        return;
    }
    let count = input.split(|it| *it == 0xFF).count();
    let kinds = [
        ("worksheet", "worksheets/sheet1.xml"),
        ("sharedStrings", "sharedStrings.xml"),
        ("styles", "styles.xml"),
    ];
    let relation = |(id, (kind, target)): (char, (&str, &str))| {
        format!(r#"<Relationship Id="{id}" Type="r/{kind}" Target="{target}"/>"#)
    };
    let others: String = ('a'..).zip(kinds).take(count).map(relation).collect();
    let others = format!("<Relationships>{others}</Relationships>");
    let fixed = [
        ("_rels/.rels", MAIN),
        ("xl/workbook.xml", WORKBOOK),
        ("xl/_rels/workbook.xml.rels", &*others),
    ];
    chidu_fuzz::read("notice.xlsx", &chidu_fuzz::container(&fixed, &PARTS, input));
});
