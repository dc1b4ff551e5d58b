//! Files that hold no readable text, and what is said of those that hold only some.

use std::time::Duration;

use chidu::document::ReadError;

use super::{drawn, paper::*, try_read};

const TIME: Duration = Duration::from_secs(20);

fn objects_with_picture() -> (Objects, String) {
    let mut objects = Objects::default();
    let picture = objects.stream(
        "/Type/XObject/Subtype/Image/Width 2/Height 2/BitsPerComponent 8/ColorSpace/DeviceGray",
        &[0, 255, 255, 0],
    );
    (objects, format!("<</XObject<</P {picture} 0 R>>>>"))
}

fn scanned() -> Sheet {
    let mut sheet = a4();
    sheet.content.push_str("q 595 0 0 842 0 0 cm /P Do Q");
    sheet
}

#[test]
fn a_scan_is_called_one() {
    let (objects, resources) = objects_with_picture();
    let file = objects.document(&[scanned(), scanned()], &resources);
    assert_eq!(try_read(file, TIME).unwrap_err(), ReadError::Scan { pages: 2 });
}

#[test]
fn a_scanned_page_among_others_is_named() {
    let text = "迟到的扣一分。早退的扣一分。旷工的扣三分。缺会的扣一分。";
    let mut written = a4();
    written.text(90, 150, 10, text);
    let mut objects = Objects::default();
    let font = objects.add(
        "<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/UniGB-UCS2-H/DescendantFonts[\
         <</Type/Font/Subtype/CIDFontType0/BaseFont/SimSun/CIDSystemInfo\
         <</Registry(Adobe)/Ordering(GB1)/Supplement 4>>>>]>>",
    );
    let picture = objects.stream(
        "/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray",
        &[0],
    );
    let resources = format!("<</Font<</F1 {font} 0 R>>/XObject<</P {picture} 0 R>>>>");
    let file = objects.document(&[written.clone(), scanned(), written], &resources);
    let (document, findings) = try_read(file, TIME).unwrap();
    assert_eq!(drawn(&document), [text; 2]);
    assert_eq!(findings, ["pdf-pictured-pages"]);
}

#[test]
fn nothing_at_all_is_no_text() {
    assert_eq!(try_read(pdf(&[a4()]), TIME).unwrap_err(), ReadError::NoText);
}

#[test]
fn a_password_is_asked_for() {
    let mut objects = Objects::default();
    let page = objects.add("<</Type/Page/MediaBox[0 0 595 842]/Parent 2 0 R>>");
    let tree = objects.add(format!("<</Type/Pages/Kids[{page} 0 R]/Count 1>>"));
    let hash = "00".repeat(32);
    let id = "11".repeat(16);
    let trailer = format!(
        "/Encrypt<</Filter/Standard/V 1/R 2/Length 40/P -4/O<{hash}>/U<{hash}>>>/ID[<{id}><{id}>]"
    );
    assert_eq!(try_read(objects.finish(tree, &trailer), TIME).unwrap_err(), ReadError::Encrypted);
}

#[test]
fn what_is_no_pdf_within_is_damaged() {
    for bytes in [&b"%PDF-1.7\n"[..], b"%PDF-1.7\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF"] {
        assert!(matches!(try_read(bytes.to_vec(), TIME), Err(ReadError::Damaged { .. })));
    }
}

#[test]
fn a_lost_index_and_lost_pages_are_told() {
    let mut sheet = a4();
    sheet.text(90, 150, 10, "迟到的扣一分");
    let file = pdf(&[sheet.clone(), sheet]);
    let text = String::from_utf8(file).unwrap();
    let (document, findings) =
        try_read(text.replace("startxref", "startxxxx").into_bytes(), TIME).unwrap();
    assert_eq!(drawn(&document), ["迟到的扣一分"; 2]);
    assert_eq!(findings, ["pdf-rebuilt"]);
    let (document, findings) =
        try_read(text.replace("/Count 2", "/Count 3").into_bytes(), TIME).unwrap();
    assert_eq!(drawn(&document).len(), 2);
    assert_eq!(findings, ["pdf-missing-pages"]);
}
