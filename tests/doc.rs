//! A .doc with a bit of everything, and what becomes of it when its head says otherwise.
#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test fails by a panic")]

mod word_support;

use chidu::document::ReadError;
use word_support::{drawn, read};

fn fixture() -> Vec<u8> {
    include_bytes!("fixtures/word/structure.doc").to_vec()
}

#[test]
fn structure_of_a_doc() {
    let (document, findings) = read("structure.doc", fixture()).unwrap();
    let expected = [
        "作风考核办法",
        "[第一章 ]总则",
        "[一.1 ]范围",
        "[①]机关",
        "[②]街道",
        "每起扣1分",
        "前半后半",
        "得分60分以上合格",
        "含60分",
        "[第二章 ]内容",
        "[二.1 ]3人以上",
        "|序号|指标→2|分值",
        "|[（一）]↓2|队伍↓2|出勤|5分",
        "|·|·|培训|6分",
        "|[（二）]|作风→2|见下表⏎甲一\t甲二⏎乙一\t乙二",
        "[（一）]重新编号",
        "[（一）]再编号",
        "锚定段落",
        "框内文字",
        "软",
        "行\tA-B",
        "第1",
        "可见",
        "附件一",
        "附件二",
        "节末",
        "附件三",
    ];
    assert_eq!(drawn(&document), expected);
    assert_eq!(findings, ["revisions-pending", "hidden-text"]);
    assert_eq!(document.pages, Some(4));
}

#[test]
fn looks_and_pages_of_a_doc() {
    let (document, _) = read("structure.doc", fixture()).unwrap();
    let json = serde_json::to_value(&document).unwrap();
    let looks = |text: &str| {
        let found =
            json["blocks"].as_array().unwrap().iter().find(|it| it["text"] == text).unwrap();
        (found["style"].clone(), found["place"]["page"].clone())
    };
    let style = |heading: Option<u8>, centered, page_break_before| {
        let mut style =
            serde_json::json!({ "centered": centered, "page_break_before": page_break_before });
        if let Some(heading) = heading {
            style["heading"] = heading.into();
        }
        style
    };
    assert_eq!(looks("作风考核办法"), (style(None, true, false), 1.into()));
    assert_eq!(looks("总则"), (style(Some(1), false, false), 1.into()));
    assert_eq!(looks("附件一"), (style(None, false, true), 2.into()));
    assert_eq!(looks("附件二"), (style(None, false, true), 3.into()));
    assert_eq!(looks("附件三"), (style(None, false, true), 4.into()));
}

/// The fixture with its head changed: the bytes at an offset from where the main stream begins.
fn with_head(offset: usize, bytes: [u8; 2]) -> Result<(), ReadError> {
    let mut file = fixture();
    let head =
        (0..file.len()).step_by(512).find(|it| file[*it..].starts_with(&[0xEC, 0xA5])).unwrap();
    file[head + offset..head + offset + 2].copy_from_slice(&bytes);
    read("a.doc", file).map(drop)
}

#[test]
fn heads_that_are_refused() {
    assert_eq!(with_head(0x0A, [0xF0, 0x13]), Err(ReadError::Encrypted));
    assert_eq!(with_head(0, [0xDC, 0xA5]), Err(ReadError::Unsupported("Word 6/95".to_owned())));
    assert!(matches!(with_head(0, [0, 0]), Err(ReadError::Damaged { .. })));
    // More characters than there are, and fewer.
    for count in [[0xFF, 0x7F], [1, 0]] {
        assert!(matches!(with_head(0x4C, count), Err(ReadError::Damaged { .. })));
    }
    // Tables and lists that stand outside of their stream.
    for structure in [1, 6, 12, 13, 33, 74] {
        let error = with_head(0x9A + structure * 8 + 2, [0xFF, 0x7F]);
        assert!(matches!(error, Err(ReadError::Damaged { .. })), "{structure}: {error:?}");
    }
}
