//! Text as a file states it: characters that count, glyphs that stand for several, and text that stands for glyphs.

use hayro_syntax::object::{Dict, String as PdfString};

use super::page::{Glyph, Unit};

/// The character as it counts: blanks of every kind are blanks, what has no width is nothing.
pub(super) const fn plain(ch: char) -> Option<char> {
    match ch {
        '\t' | '\n' | '\r' | '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{3000}' => {
            Some(' ')
        }
        '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{AD}' | '\u{200B}'..='\u{200F}' => None,
        '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' => None,
        '\u{FEFF}' => None,
        _ => Some(ch),
    }
}

/// One character of a glyph that stands for several.
pub(super) fn part(whole: &Glyph, ch: char, nth: usize, count: usize) -> Glyph {
    let step = |from: Unit, to: Unit, nth: usize| {
        let share = i64::from(to - from) * nth as i64 / count.max(1) as i64;
        from + Unit::try_from(share).unwrap_or(0)
    };
    let mut glyph = Glyph { ch, ..*whole };
    if whole.turn.is_multiple_of(2) {
        glyph.left = step(whole.left, whole.right, nth);
        glyph.right = step(whole.left, whole.right, nth + 1);
    } else {
        glyph.top = step(whole.top, whole.bottom, nth);
        glyph.bottom = step(whole.top, whole.bottom, nth + 1);
    }
    glyph
}

/// Puts the text that the file states in the place of what was drawn: character by character over the same glyphs.
pub(super) fn spread(text: &str, drawn: &[Glyph]) -> Vec<Glyph> {
    let chars: Vec<char> = text.chars().filter_map(plain).collect();
    if chars.is_empty() || drawn.is_empty() {
        return drawn.to_vec();
    }
    let mut shares: Vec<Vec<char>> = vec![Vec::new(); drawn.len()];
    for (nth, &ch) in chars.iter().enumerate() {
        if let Some(share) = shares.get_mut(nth * drawn.len() / chars.len()) {
            share.push(ch);
        }
    }
    let parts = drawn.iter().zip(&shares).flat_map(|(glyph, share)| {
        share.iter().enumerate().map(|(nth, &ch)| part(glyph, ch, nth, share.len()))
    });
    parts.collect()
}

/// The text that a property list states for its content: UTF-16 with a mark, UTF-8 with a mark, or `PDFDocEncoding`, of
/// which only the ASCII part is common to all.
pub(super) fn actual_text(properties: &Dict<'_>) -> Option<String> {
    let stated = properties.get::<PdfString<'_>>(b"ActualText")?;
    let bytes = stated.as_bytes();
    if let Some(wide) = bytes.strip_prefix(&[0xFE, 0xFF]) {
        let units = wide.as_chunks::<2>().0.iter().map(|it| u16::from_be_bytes(*it));
        return Some(
            char::decode_utf16(units).map(|it| it.unwrap_or(char::REPLACEMENT_CHARACTER)).collect(),
        );
    }
    let narrow = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
    std::str::from_utf8(narrow).ok().map(str::to_owned)
}
