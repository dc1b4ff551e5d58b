//! .docx: a file as it is, or a container around the parts that the input gives.
#![no_main]

use libfuzzer_sys::fuzz_target;

const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PARTS: [&str; 4] =
    ["word/document.xml", "word/numbering.xml", "word/styles.xml", "word/footnotes.xml"];

fuzz_target!(|input: &[u8]| {
    if input.starts_with(b"PK") {
        chidu_fuzz::read("notice.docx", input);
        return;
    }
    let count = input.split(|it| *it == 0xFF).count();
    let main = format!(
        r#"<Relationships><Relationship Id="a" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>"#
    );
    let relation = |name: &&str| {
        format!(r#"<Relationship Id="{name}" Type="{RELATIONS}/{name}" Target="{name}.xml"/>"#)
    };
    let others = ["numbering", "styles", "footnotes"];
    let others: String = others.iter().take(count.saturating_sub(1)).map(relation).collect();
    let others = format!("<Relationships>{others}</Relationships>");
    let fixed = [("_rels/.rels", &*main), ("word/_rels/document.xml.rels", &*others)];
    chidu_fuzz::read("notice.docx", &chidu_fuzz::container(&fixed, &PARTS, input));
});
