//! Fonts: embedded ones without a mapping to text, maps to radicals, maps that contradict each other.

use std::time::Duration;

use chidu::document::ReadError;

use super::{drawn, paper::*, try_read};

/// A TrueType font whose glyphs are all blank: enough to be embedded.
fn blank_font() -> Vec<u8> {
    let mut head = vec![0; 54];
    head[..4].copy_from_slice(&[0, 1, 0, 0]);
    head[12..16].copy_from_slice(&[0x5F, 0x0F, 0x3C, 0xF5]);
    head[18..20].copy_from_slice(&1000_u16.to_be_bytes());
    let mut hhea = vec![0; 36];
    hhea[..4].copy_from_slice(&[0, 1, 0, 0]);
    hhea[35] = 1;
    let mut maxp = vec![0; 32];
    maxp[..6].copy_from_slice(&[0, 1, 0, 0, 0, 2]);
    let tables: [(&[u8; 4], Vec<u8>); 6] = [
        (b"glyf", vec![0; 4]),
        (b"head", head),
        (b"hhea", hhea),
        (b"hmtx", vec![3, 0xE8, 0, 0, 0, 0]),
        (b"loca", vec![0; 6]),
        (b"maxp", maxp),
    ];
    let mut font = vec![0, 1, 0, 0, 0, 6, 0, 64, 0, 2, 0, 32];
    let mut body = Vec::new();
    for (tag, table) in &tables {
        let at = u32::try_from(12 + 16 * tables.len() + body.len()).unwrap();
        let length = u32::try_from(table.len()).unwrap();
        font.extend(*tag);
        for number in [0, at, length] {
            font.extend(number.to_be_bytes());
        }
        body.extend(table);
        body.resize(body.len().next_multiple_of(4), 0);
    }
    [font, body].concat()
}

/// Adds an embedded composite font.
fn embedded(objects: &mut Objects, encoding: &str, collection: &str, entries: &str) -> usize {
    let program = blank_font();
    let program = objects.stream(&format!("/Length1 {}", program.len()), &program);
    objects.add(format!(
        "<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+SimSun/Encoding/{encoding}{entries}\
         /DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/ABCDEF+SimSun/DW 1000\
         /CIDSystemInfo<</Registry(Adobe)/Ordering({collection})/Supplement 0>>\
         /FontDescriptor<</Type/FontDescriptor/FontName/ABCDEF+SimSun/Flags 4/FontFile2 {program} 0 R>>>>]>>"
    ))
}

fn answer(objects: Objects, fonts: &str, content: &str) -> Result<Vec<String>, ReadError> {
    let mut sheet = a4();
    sheet.content = content.to_owned();
    let file = objects.document(&[sheet], &format!("<</Font<<{fonts}>>>>"));
    let (document, findings) = try_read(file, Duration::from_secs(20))?;
    assert_eq!(findings, [""; 0]);
    Ok(drawn(&document))
}

/// 考核 in UCS-2.
const SHOWN: &str = "BT /F1 10 Tf 90 600 Td <80036838> Tj ET ";

#[test]
fn codes_of_a_known_collection_are_read_without_a_map() {
    let mut objects = Objects::default();
    let font = embedded(&mut objects, "UniGB-UCS2-H", "GB1", "");
    assert_eq!(answer(objects, &format!("/F1 {font} 0 R"), SHOWN).unwrap(), ["考核"]);
}

#[test]
fn codes_of_no_collection_are_no_text() {
    let mut objects = Objects::default();
    let font = embedded(&mut objects, "Identity-H", "Identity", "");
    let refused = answer(objects, &format!("/F1 {font} 0 R"), SHOWN).unwrap_err();
    assert_eq!(refused, ReadError::NoText);
}

#[test]
fn two_fonts_of_one_name_that_differ_are_not_guessed() {
    let mut objects = Objects::default();
    let first = embedded(&mut objects, "UniGB-UCS2-H", "GB1", "");
    let second = embedded(&mut objects, "UniCNS-UCS2-H", "CNS1", "");
    let refused = answer(objects, &format!("/F1 {first} 0 R/F2 {second} 0 R"), SHOWN).unwrap_err();
    assert_eq!(refused, ReadError::NoText);
}

#[test]
fn radicals_of_a_map_are_read_as_characters() {
    let mut objects = Objects::default();
    let map = "/CIDInit/ProcSet findresource begin 12 dict begin begincmap\n\
               1 begincodespacerange <0000> <FFFF> endcodespacerange\n\
               3 beginbfchar <0001> <2F6C> <0002> <2EC5> <0003> <004F004B> endbfchar\n\
               endcmap end end";
    let map = objects.stream("", map.as_bytes());
    let font = embedded(&mut objects, "Identity-H", "Identity", &format!("/ToUnicode {map} 0 R"));
    let shown = "BT /F1 10 Tf 90 600 Td <000100020003> Tj ET";
    assert_eq!(answer(objects, &format!("/F1 {font} 0 R"), shown).unwrap(), ["目见OK"]);
}
