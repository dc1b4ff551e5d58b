//! The second reader, for files in which the first finds no text: `pdf-extract` maps some fonts that the first does not.
//! It panics and loops on files that are not sound, so it runs in the worker process only.

use std::panic::catch_unwind;

use super::reading::{ReadBlock, ReadParagraph, Reading, Remark};

/// Reads the text of each page; `None` where this reader fails too, or finds what is no Chinese text.
pub(super) fn read(bytes: &[u8]) -> Option<Reading> {
    let pages = texts(bytes)?;
    is_chinese(&pages.concat()).then(|| {
        let paragraphs = (1..).zip(&pages).flat_map(|(page, text)| {
            text.lines().map(str::trim).filter(|it| !it.is_empty()).map(move |line| {
                let text = line.to_owned();
                ReadBlock::Paragraph(ReadParagraph { page, text, ..ReadParagraph::default() })
            })
        });
        Reading {
            pages: u32::try_from(pages.len()).unwrap_or(u32::MAX),
            blocks: paragraphs.collect(),
            remarks: vec![Remark::SecondReader],
        }
    })
}

/// The text of each page.
pub(super) fn texts(bytes: &[u8]) -> Option<Vec<String>> {
    let bytes = bytes.to_vec();
    catch_unwind(move || pdf_extract::extract_text_from_mem_by_pages(&bytes)).ok()?.ok()
}

/// Characters of which any Chinese text is full.
const COMMON: &str = "的一是不了在人有我他这中大来上国和到说们为以要作用分工年行会第月日各单位";

/// Whether a text is Chinese, and not what one gets by taking the numbers of glyphs for characters.
fn is_chinese(text: &str) -> bool {
    let han = text.chars().filter(|it| ('\u{4E00}'..='\u{9FFF}').contains(it)).count();
    let common = text.chars().filter(|it| COMMON.contains(*it)).count();
    let lost = text.chars().filter(|it| matches!(it, '\u{FFFD}' | '\u{E000}'..='\u{F8FF}')).count();
    han >= 20 && common * 100 >= han * 4 && lost * 10 < han
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_glyphs_are_not_taken_for_chinese() {
        assert!(is_chinese(&"各单位要按季度报送工作情况，未报送的一次扣一分。".repeat(2)));
        assert!(!is_chinese(&"鍏槑鍩庡競寤鸿鑰冭瘎缁嗗垯".repeat(4)));
        assert!(!is_chinese("Annual report of the year 2021, nothing Chinese about it"));
    }
}
