//! Text measured in the columns of a terminal, where a Chinese character takes two.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How many columns a text takes.
#[must_use]
pub fn width(text: &str) -> usize {
    text.width()
}

/// How many columns a character takes.
#[must_use]
pub fn char_width(character: char) -> usize {
    character.width().unwrap_or(0)
}

/// The text with whatever would steer a terminal made visible: a document is no friend, and an escape sequence in it must
/// not reach the screen. Tabs become blanks.
#[must_use]
pub fn visible(text: &str) -> String {
    text.chars().map(visible_char).collect()
}

fn visible_char(it: char) -> char {
    match it {
        '\n' => '\n',
        '\t' => ' ',
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        it if it.is_control() => '\u{fffd}',
        it => it,
    }
}

/// The text and as many blanks as bring it to a number of columns.
#[must_use]
pub fn pad(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

/// The text after as many blanks as bring it to a number of columns.
#[must_use]
pub fn pad_left(text: &str, columns: usize) -> String {
    format!("{}{text}", " ".repeat(columns.saturating_sub(width(text))))
}

/// The beginning of a text that fits into a number of columns, with `…` where something was left out.
#[must_use]
pub fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let room = columns.saturating_sub(1);
    let mut res = String::new();
    let mut used = 0;
    for it in text.chars() {
        used += char_width(it);
        if used > room {
            break;
        }
        res.push(it);
    }
    res.push('…');
    res
}

/// The lines of a text of which each fits into a number of columns.
///
/// Chinese breaks anywhere but before a closing mark or after an opening one; a word of letters and digits stays whole
/// where it fits on a line by itself. A character wider than the columns stands alone on its line.
#[must_use]
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(1);
    text.split('\n').flat_map(|line| wrap_line(line.trim_end(), columns)).collect()
}

/// The text with its lines wrapped: what a line has no room for goes on below it, two columns further in.
#[must_use]
pub fn wrap_hanging(text: &str, columns: usize) -> String {
    let mut res = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let (body, end) = line.strip_suffix('\n').map_or((line, ""), |it| (it, "\n"));
        if width(body) <= columns {
            res.push_str(line);
            continue;
        }
        let words = body.trim_start_matches(' ');
        let margin = " ".repeat(body.len() - words.len());
        let room = columns.saturating_sub(margin.len() + 2);
        // The first line has no hanging margin, and so a little more room than it takes.
        let lines = wrap_line(words.trim_end(), room);
        res.push_str(&margin);
        res.push_str(&lines.join(&format!("\n{margin}  ")));
        res.push_str(end);
    }
    res
}

fn wrap_line(line: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut current = String::new();
    let mut used = 0;
    for it in line.chars() {
        if !current.is_empty() && used + char_width(it) > columns {
            let rest = carry(&mut current, it);
            lines.push(current.trim_end().to_owned());
            current = rest;
            used = width(&current);
            if current.is_empty() && it == ' ' {
                continue;
            }
        }
        current.push(it);
        used += char_width(it);
    }
    lines.push(current);
    lines
}

/// Takes from the end of a full line what must not be parted from the next character, if that leaves a line.
fn carry(line: &mut String, next: char) -> String {
    let mut kept: Vec<char> = line.chars().collect();
    let mut carried = Vec::new();
    let mut after = next;
    while let Some(before) = kept.pop() {
        if may_break(before, after) {
            kept.push(before);
            break;
        }
        carried.push(before);
        after = before;
    }
    if kept.is_empty() {
        return String::new();
    }
    *line = kept.into_iter().collect();
    carried.into_iter().rev().collect()
}

fn may_break(before: char, after: char) -> bool {
    const CLOSING: &str = "，。、；：？！）》”’】〕」』％%,;:)!?";
    const OPENING: &str = "（《“‘【〔「『(";
    let word = |it: char| it.is_ascii_alphanumeric() || it == '.';
    !(CLOSING.contains(after) || OPENING.contains(before) || (word(before) && word(after)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chinese_character_takes_two_columns() {
        assert_eq!(width("扣0.5分"), 7);
        assert_eq!(pad("优秀", 6), "优秀  ");
        assert_eq!(pad_left("优秀", 5), " 优秀");
    }

    #[test]
    fn a_long_line_goes_on_below_and_further_in() {
        let text = "短行\n  工作纪律 每次扣0.5分\n\n";
        assert_eq!(wrap_hanging(text, 14), "短行\n  工作纪律\n    每次扣0.5\n    分\n\n");
        assert_eq!(wrap_hanging(text, 80), text);
        assert_eq!(wrap_hanging("", 80), "");
    }

    #[test]
    fn a_cut_text_fits() {
        for (text, columns, expected) in [
            ("工作纪律", 8, "工作纪律"),
            ("工作纪律", 7, "工作纪…"),
            ("工作", 2, "…"),
            ("ab", 1, "…"),
        ] {
            assert_eq!(cut(text, columns), expected);
            assert!(width(&cut(text, columns)) <= columns.max(1));
        }
    }

    #[test]
    fn lines_break_where_a_reader_would() {
        for (text, columns, expected) in [
            ("每次扣2分，最多5分", 8, vec!["每次扣2", "分，最多", "5分"]),
            ("工作纪律", 4, vec!["工作", "纪律"]),
            ("two words", 5, vec!["two", "words"]),
            ("（60分）", 4, vec!["（60", "分）"]),
            ("abcdef", 3, vec!["abc", "def"]),
            ("一\n二", 10, vec!["一", "二"]),
            ("字", 1, vec!["字"]),
            ("", 5, vec![""]),
        ] {
            assert_eq!(wrap(text, columns), expected, "{text:?} at {columns}");
        }
    }

    #[test]
    fn nothing_steers_the_terminal() {
        assert_eq!(visible("\u{1b}[31m红\t\u{202e}\r"), "\u{fffd}[31m红 \u{fffd}\u{fffd}");
    }
}
