//! The characters of symbol fonts, which Word files state as codes without a meaning of their own.

/// Symbol: the codes that assessment notices use.
const SYMBOL: &[(u8, char)] = &[
    (0xA3, '≤'),
    (0xB0, '°'),
    (0xB1, '±'),
    (0xB3, '≥'),
    (0xB4, '×'),
    (0xB7, '•'),
    (0xB8, '÷'),
    (0xB9, '≠'),
    (0xBB, '≈'),
    (0xD7, '⋅'),
    (0xE5, '∑'),
];

/// Wingdings: boxes, marks and arrows.
const WINGDINGS: &[(u8, char)] = &[
    (0x6C, '●'),
    (0x6E, '■'),
    (0x6F, '□'),
    (0x71, '❑'),
    (0x75, '◆'),
    (0xA7, '▪'),
    (0xA8, '□'),
    (0xAB, '★'),
    (0xD8, '➢'),
    (0xE0, '→'),
    (0xF0, '⇨'),
    (0xFB, '✗'),
    (0xFC, '✓'),
    (0xFD, '☒'),
    (0xFE, '☑'),
];

/// Wingdings 2: boxes with a mark.
const WINGDINGS_2: &[(u8, char)] =
    &[(0x4F, '✗'), (0x50, '✓'), (0x52, '☑'), (0x54, '☒'), (0xA3, '□')];

/// The character that a code of a symbol font shows, if the font is one and the code is known. Codes stand either as they
/// are or in the private range from U+F000.
pub(crate) fn lookup(font: &str, code: u32) -> Option<char> {
    let code =
        u8::try_from(if (0xF000..=0xF0FF).contains(&code) { code - 0xF000 } else { code }).ok()?;
    let table = match font {
        "Symbol" => SYMBOL,
        "Wingdings" => return lookup_wingdings(code),
        "Wingdings 2" => WINGDINGS_2,
        _ => return None,
    };
    table.iter().find(|it| it.0 == code).map(|it| it.1)
}

/// Wingdings also holds the numbers ① to ⑩ and ❶ to ❿.
fn lookup_wingdings(code: u8) -> Option<char> {
    let run = |first: u8, to: char| char::from_u32(u32::from(to) + u32::from(code - first));
    match code {
        0x81..=0x8A => run(0x81, '①'),
        0x8C..=0x95 => run(0x8C, '❶'),
        _ => WINGDINGS.iter().find(|it| it.0 == code).map(|it| it.1),
    }
}

/// Whether a font is one whose codes have to be looked up.
pub(crate) fn is_symbol_font(font: &str) -> bool {
    matches!(font, "Symbol" | "Wingdings" | "Wingdings 2" | "Wingdings 3" | "Webdings")
}

/// The mark of a bullet: a code of a symbol font becomes the character that it shows, or a plain bullet.
pub(crate) fn bullet(font: &str, mark: char) -> char {
    let code = u32::from(mark);
    let private = (0xE000..=0xF8FF).contains(&code) || is_symbol_font(font);
    lookup(font, code).unwrap_or(if private { '•' } else { mark })
}

/// Puts the characters of a symbol font in place of its codes in the private range; what is not known stays.
pub(crate) fn replace(font: &str, text: &str) -> String {
    text.chars()
        .map(|it| match u32::from(it) {
            code @ 0xF000..=0xF0FF => lookup(font, code).unwrap_or(it),
            _ => it,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_symbol_fonts() {
        let table = [
            ("Symbol", 0xF0B3, Some('≥')),
            ("Symbol", 0xA3, Some('≤')),
            ("Wingdings", 0xF0FE, Some('☑')),
            ("Wingdings", 0xF081, Some('①')),
            ("Wingdings", 0x8A, Some('⑩')),
            ("Wingdings 2", 0xF052, Some('☑')),
            ("Wingdings", 0xF001, None),
            ("宋体", 0xF0B3, None),
            ("Symbol", 0x2F0B3, None),
        ];
        for (font, code, expected) in table {
            assert_eq!(lookup(font, code), expected, "{font} {code:x}");
        }
        assert_eq!(replace("Symbol", "得分\u{F0B3}60"), "得分≥60");
        assert_eq!(replace("Symbol", "\u{F001}"), "\u{F001}");
    }
}
