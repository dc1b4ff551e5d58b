//! Lines of a text, without the blank ones, and what can be told from one line alone.

use unicode_width::UnicodeWidthChar;

use crate::{document::ReadError, limits};

/// A line that holds something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line<'t> {
    /// The line without its terminator.
    pub(super) text: &'t str,
    /// How many blank lines stand before it.
    pub(super) blanks: u32,
    /// The page, counted from 1 by form feeds.
    pub(super) page: u32,
    /// Whether a page ends before it: a form feed, or a running head that was dropped.
    pub(super) new_page: bool,
    /// Whether a running head or page number that stood before it was dropped.
    pub(super) after_head: bool,
}

impl<'t> Line<'t> {
    /// The line without white space around it.
    pub(super) fn body(&self) -> &'t str {
        self.text.trim()
    }

    /// The columns of white space before it on a terminal.
    pub(super) fn indent(&self) -> usize {
        width(self.text.chars().take_while(|it| it.is_whitespace()))
    }

    /// Its columns on a terminal, the white space before it counted, that after it not.
    pub(super) fn width(&self) -> usize {
        width(self.text.trim_end().chars())
    }
}

fn width(chars: impl Iterator<Item = char>) -> usize {
    let of = |it: char| match it {
        '\0'..='\x7f' => 1,
        '\u{4e00}'..='\u{9fff}' => 2,
        _ => it.width_cjk().unwrap_or(0),
    };
    chars.map(of).sum()
}

/// The lines of a text that hold something: more than white space, or a tab (an empty cell).
///
/// # Errors
///
/// Fails where a line is longer than [`limits::MAX_LINE_CHARS`].
pub(super) fn split(text: &str) -> Result<Vec<Line<'_>>, ReadError> {
    let mut lines = Vec::new();
    let (mut blanks, mut page, mut new_page) = (0, 1, false);
    for whole in text.split('\n') {
        if whole.len() > limits::MAX_LINE_CHARS && whole.chars().count() > limits::MAX_LINE_CHARS {
            return Err(ReadError::TooLarge { what: "line", bound: limits::MAX_LINE_CHARS as u64 });
        }
        let ends_page = whole.contains('\u{c}');
        for (nth, text) in whole.split('\u{c}').enumerate() {
            if nth > 0 {
                page += 1;
                new_page = true;
            }
            if text.trim().is_empty() && !text.contains('\t') {
                blanks += u32::from(!ends_page);
                continue;
            }
            lines.push(Line { text, blanks, page, new_page, after_head: false });
            (blanks, new_page) = (0, false);
        }
    }
    Ok(lines)
}

/// Whether a text ends as a sentence or a listed item does, closing quotes and brackets aside.
pub(super) fn ends_sentence(text: &str) -> bool {
    let closing = |it: char| matches!(it, '”' | '’' | '"' | '」' | '』' | '）' | ')' | '》' | '】');
    let last = text.trim_end().trim_end_matches(closing).chars().next_back();
    last.is_some_and(|it| {
        matches!(it, '。' | '！' | '？' | '；' | '：' | '.' | '!' | '?' | ';' | ':' | '…')
    })
}

/// Whether a text ends where a sentence cannot: after a comma or an opening bracket.
pub(super) fn ends_within(text: &str) -> bool {
    let last = text.trim_end().chars().next_back();
    last.is_some_and(|it| matches!(it, '，' | ',' | '、' | '（' | '(' | '《' | '“' | '‘' | '〔'))
}

/// The kind of number that begins a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Numbering {
    /// 一、
    Chinese,
    /// （一）
    ChineseBracketed,
    /// 1. 1、 1）
    Arabic,
    /// （1）
    ArabicBracketed,
    /// ①
    Circled,
    /// 第一条
    Article,
    /// 附件1
    Annex,
    /// A. and a dash or dot of a list
    Mark,
}

/// The number that begins a text, if any.
pub(super) fn numbering(text: &str) -> Option<Numbering> {
    let text = text.trim_start();
    let mut chars = text.chars();
    let first = chars.next()?;
    match first {
        '（' | '(' => bracketed(chars.as_str()),
        '第' => {
            let rest = chars.as_str().trim_start_matches(is_numeral);
            let is_part = rest.len() < chars.as_str().len()
                && rest.starts_with(['编', '章', '节', '条', '款', '部', '项']);
            is_part.then_some(Numbering::Article)
        }
        '附' => ["附件", "附表", "附：", "附:"]
            .iter()
            .any(|it| text.starts_with(it))
            .then_some(Numbering::Annex),
        '①'..='⑳' | '⑴'..='⒇' | '⒈'..='⒛' | '㈠'..='㈩' | '❶'..='❿' => {
            Some(Numbering::Circled)
        }
        '-' | '•' | '●' | '◆' | '■' | '★' | '▲' | '○' | '□' | '※' | '*' | '+' => {
            Some(Numbering::Mark)
        }
        'A'..='Z' | 'a'..='z' => {
            chars.as_str().starts_with(['.', '、', '．', ')', '）']).then_some(Numbering::Mark)
        }
        it if it.is_ascii_digit() || ('０'..='９').contains(&it) => arabic(text),
        it if is_chinese_numeral(it) => {
            let rest = text.trim_start_matches(is_chinese_numeral);
            rest.starts_with(['、', '．', '.']).then_some(Numbering::Chinese)
        }
        _ => None,
    }
}

fn bracketed(rest: &str) -> Option<Numbering> {
    let after = rest.trim_start().trim_start_matches(is_numeral);
    let closed = after.trim_start().starts_with(['）', ')']);
    let first = rest.trim_start().chars().next().filter(|it| closed && is_numeral(*it))?;
    Some(if is_chinese_numeral(first) {
        Numbering::ChineseBracketed
    } else {
        Numbering::ArabicBracketed
    })
}

/// 1. and 2、 are numbers of items; 0.5 is an amount.
fn arabic(text: &str) -> Option<Numbering> {
    let rest = text.trim_start_matches(|it| is_numeral(it) && !is_chinese_numeral(it));
    let mut chars = rest.chars();
    let mark = chars.next()?;
    let next_is_digit = chars.next().is_some_and(|it| it.is_ascii_digit());
    let is_number = match mark {
        '、' | '）' | ')' => true,
        '.' | '．' => !next_is_digit || chars.as_str().contains([' ', '\u{3000}']),
        _ => false,
    };
    is_number.then_some(Numbering::Arabic)
}

/// A digit of either script.
pub(super) fn is_numeral(it: char) -> bool {
    it.is_ascii_digit() || ('０'..='９').contains(&it) || is_chinese_numeral(it)
}

fn is_chinese_numeral(it: char) -> bool {
    "〇零一二三四五六七八九十百".contains(it)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_count_the_blanks_and_pages_before_them() {
        let lines = split("甲\n\n \n乙\n\u{c}丙\n\t\n").unwrap();
        let seen: Vec<_> =
            lines.iter().map(|it| (it.text, it.blanks, it.page, it.new_page)).collect();
        assert_eq!(
            seen,
            [("甲", 0, 1, false), ("乙", 2, 1, false), ("丙", 0, 2, true), ("\t", 0, 2, false)]
        );
    }

    #[test]
    fn an_endless_line_is_refused() {
        let text = "a".repeat(limits::MAX_LINE_CHARS + 1);
        assert!(matches!(split(&text), Err(ReadError::TooLarge { what: "line", .. })));
    }

    #[test]
    fn numbers_of_items_are_told_from_amounts() {
        for (text, expected) in [
            ("一、总则", Some(Numbering::Chinese)),
            ("一把手负责", None),
            ("（二）要求", Some(Numbering::ChineseBracketed)),
            ("（试行）", None),
            ("(3) 其他", Some(Numbering::ArabicBracketed)),
            ("1. 按时", Some(Numbering::Arabic)),
            ("12、按时", Some(Numbering::Arabic)),
            ("0.5分", None),
            ("3分以上", None),
            ("③附则", Some(Numbering::Circled)),
            ("第十二条 报送", Some(Numbering::Article)),
            ("第三方", None),
            ("附件2", Some(Numbering::Annex)),
            ("A.逾期", Some(Numbering::Mark)),
            ("AB岗", None),
            ("", None),
        ] {
            assert_eq!(numbering(text), expected, "{text}");
        }
    }

    #[test]
    fn sentences_end_before_closing_quotes() {
        assert!(ends_sentence("扣2分。”"));
        assert!(ends_sentence("如下："));
        assert!(!ends_sentence("各占50%权"));
        assert!(ends_within("情形的，"));
        assert!(!ends_within("情形的"));
    }
}
