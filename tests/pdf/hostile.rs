//! Files made to hang, to overflow or to fill the memory, and sound ones with bytes changed: an answer comes soon, and
//! never a panic.

use std::{
    fmt::Write as _,
    panic::catch_unwind,
    time::{Duration, Instant},
};

use chidu::document::ReadError;

use super::{drawn, paper::*, try_read};

/// What a reading may take here; the program allows more.
const TIME: Duration = Duration::from_secs(1);

/// Whatever the answer is, it comes in time.
#[track_caller]
fn answers(file: Vec<u8>) -> Result<usize, ReadError> {
    let start = Instant::now();
    let answer = try_read(file, TIME).map(|it| it.0.text.chars().count());
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
    answer
}

#[test]
fn forms_that_draw_themselves_end() {
    // Each of forty forms draws the next one twice; the last draws the first.
    let mut objects = Objects::default();
    for nth in 1..=40 {
        let next = nth % 40 + 1;
        objects.stream(
            &format!(
                "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X {next} 0 R>>>>"
            ),
            b"/X Do /X Do",
        );
    }
    let mut sheet = a4();
    sheet.content.push_str("/X Do");
    let file = objects.document(&[sheet], "<</XObject<</X 1 0 R>>>>");
    assert!(matches!(answers(file), Err(ReadError::Timeout { .. })));
}

#[test]
fn a_tree_of_pages_may_be_deep_or_bite_its_tail() {
    let mut objects = Objects::default();
    let depth = 50_000;
    for nth in 1..=depth {
        objects.add(format!("<</Type/Pages/Kids[{} 0 R]/Count 1>>", nth + 1));
    }
    objects.add("<</Type/Page/MediaBox[0 0 9 9]>>");
    assert_eq!(answers(objects.finish(1, "")), Err(ReadError::NoText));

    let mut objects = Objects::default();
    objects.add("<</Type/Pages/Kids[2 0 R 1 0 R]/Count 2>>");
    objects.add("<</Type/Pages/Kids[1 0 R 2 0 R]/Count 2>>");
    assert!(answers(objects.finish(1, "")).is_err());
}

#[test]
fn more_pages_than_the_bound_are_refused() {
    let mut objects = Objects::default();
    let mut kids = String::new();
    for nth in 1..=5_001 {
        objects.add("<</Type/Page/MediaBox[0 0 9 9]>>");
        write!(kids, "{nth} 0 R ").unwrap();
    }
    let tree = objects.add(format!("<</Type/Pages/Kids[{kids}]/Count 5001>>"));
    let refused = ReadError::TooLarge { what: "pages", bound: 5_000 };
    assert_eq!(answers(objects.finish(tree, "")), Err(refused));
}

#[test]
fn numbers_may_be_of_any_size() {
    for number in ["99999999999999999999", "-1e38", "1e400", "0.0000000000001", "2147483648", "nan"]
    {
        let mut sheet = a4();
        sheet.content = format!(
            "{number} 0 0 {number} {number} {number} cm {number} w {number} {number} {number} {number} re S \
             {number} 0 m 0 {number} l S BT /F1 {number} Tf {number} Tc {number} TL \
             1 0 0 1 {number} {number} Tm <4E004E8C> Tj T* <4E00> Tj ET"
        );
        sheet.text(90, 100, 10, "迟到的扣一分");
        // An error is an answer, too.
        drop(answers(pdf(&[sheet.clone()])));
        sheet.entries = format!("/MediaBox[0 0 {number} {number}]/Rotate {number}");
        drop(answers(pdf(&[sheet])));
    }
}

#[test]
fn a_page_may_be_full_of_rules_and_glyphs() {
    let mut sheet = a4();
    for nth in 0..15_000 {
        let (x, y) = (nth % 500, nth / 25);
        writeln!(sheet.content, "{x} 0 m {x} 842 l S 0 {y}.{x} m 595 {y}.{x} l S").unwrap();
    }
    sheet.text(90, 100, 10, "迟到的扣一分");
    drop(answers(pdf(&[sheet])));

    let mut sheet = a4();
    for nth in 0..200_000 {
        writeln!(sheet.content, "BT /F1 1 Tf 1 0 0 1 {} {} Tm <4E00> Tj ET", nth % 590, nth / 500)
            .unwrap();
    }
    drop(answers(pdf(&[sheet])));
}

/// Numbers that look random and are the same on every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(bound).unwrap()).unwrap()
    }
}

/// A file with some bytes changed, cut out or doubled.
pub(crate) fn mutant(file: &[u8], seed: u64) -> Vec<u8> {
    let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let mut bytes = file.to_vec();
    for _ in 0..=dice.below(8) {
        let at = dice.below(bytes.len());
        match dice.below(5) {
            0 => bytes[at] ^= 1 << dice.below(8),
            1 => bytes[at] = u8::try_from(dice.below(256)).unwrap(),
            2 => bytes.truncate(at.max(20)),
            3 => drop(bytes.drain(at..(at + dice.below(200)).min(bytes.len()))),
            _ => {
                let end = (at + dice.below(200)).min(bytes.len());
                let doubled = bytes[at..end].to_vec();
                bytes.splice(at..at, doubled);
            }
        }
        if bytes.len() < 20 {
            break;
        }
    }
    bytes
}

#[test]
fn changed_bytes_are_survived() {
    let mut sheet = a4();
    sheet.table(&[70, 130, 520], &[80, 100, 130], &[&["序号", "内容"], &["1", "迟到的扣一分"]]);
    sheet.paragraph(70, 200, 46, &"各单位要高度重视作风建设考核工作。".repeat(8));
    let file = pdf(&[sheet.clone(), sheet]);
    for seed in 0..200 {
        let bytes = mutant(&file, seed);
        let read = catch_unwind(|| answers(bytes));
        assert!(read.is_ok(), "mutant {seed}");
    }
}

#[test]
fn a_sound_file_stays_sound() {
    let mut sheet = a4();
    sheet.text(90, 100, 10, "迟到的扣一分");
    let (document, findings) = try_read(pdf(&[sheet]), TIME).unwrap();
    assert_eq!((drawn(&document), findings), (vec!["迟到的扣一分".to_owned()], vec![]));
}
