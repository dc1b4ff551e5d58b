//! Scalars: which texts need quotes, and how they are quoted.

use std::sync::LazyLock;

use regex::Regex;

/// What some YAML reader, of 1.1 or 1.2, takes for a number, a date or a time rather than for text.
static TYPED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?x)^(?:
            [-+]?[0-9][0-9_,]*                                 # 16, 1_000, 1,000
          | [-+]?(?:[0-9][0-9_,]*)?\.?[0-9_]*(?:[eE][-+]?[0-9]+)?  # 0.5, .5, 5., 1e3
          | [-+]?[0-9][0-9_]*(?::[0-9]+)+(?:\.[0-9_]*)?        # 12:30:45, a number to the base of 60
          | [-+]?0[xob][0-9a-fA-F_]+                           # 0x1F
          | [-+]?\.(?:inf|Inf|INF) | \.(?:nan|NaN|NAN)
          | [0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt\x20].*)?      # 2025-03-18
        )$",
    )
    .ok()
});

/// The words that some YAML reader takes for a boolean or for nothing, whatever their case. `y` and `n`, which YAML 1.1 lists
/// too, are taken so by no reader in use.
const WORDS: [&str; 10] = ["true", "false", "yes", "no", "on", "off", "null", "~", "<<", "="];

/// Whether a YAML reader could take the bare text for something that is no text.
pub(crate) fn is_typed(text: &str) -> bool {
    let word = WORDS.iter().any(|it| text.eq_ignore_ascii_case(it));
    let number = |it: char| it.is_ascii_digit() || "+-._eE".contains(it);
    text.is_empty()
        || word
        || text.starts_with(number) && TYPED.as_ref().is_none_or(|it| it.is_match(text))
}

/// The text as a scalar that every YAML reader reads as this text, bare where that is safe.
pub(crate) fn write(text: &str) -> String {
    if text.chars().any(needs_escape) {
        return double_quoted(text);
    }
    if is_typed(text) || !is_bare(text) {
        return format!("'{}'", text.replace('\'', "''"));
    }
    text.to_owned()
}

/// Whether nothing in the text has a meaning of its own in YAML, in block and in flow.
fn is_bare(text: &str) -> bool {
    const FIRST: &str = "-?:,[]{}#&*!|>'\"%@`";
    let edge = |it: Option<char>| it.is_none_or(char::is_whitespace);
    let first = text.chars().next();
    !edge(first)
        && !edge(text.chars().next_back())
        && first.is_some_and(|it| !FIRST.contains(it))
        && !text.contains([',', '[', ']', '{', '}', ':', '"', '\''])
        && !text.contains(" #")
        && !text.starts_with("...")
}

/// Whether a character cannot stand in a line of YAML as it is, or cannot be seen there.
fn needs_escape(it: char) -> bool {
    let unseen = matches!(it, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}');
    it.is_control() || unseen || matches!(it, '\u{feff}' | '\u{fff0}'..='\u{ffff}')
}

fn double_quoted(text: &str) -> String {
    let mut out = String::from('"');
    for it in text.chars() {
        match it {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            it if needs_escape(it) => out.push_str(&format!("\\u{:04X}", u32::from(it))),
            it => out.push(it),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_look_like_something_else_are_quoted() {
        for text in [
            "no",
            "Yes",
            "NULL",
            "~",
            "2025-03-18",
            "2025-3-8 10:00",
            "1.10",
            "16",
            "-5",
            ".5",
            "1e3",
            "0x1F",
            "12:30:45",
            "1_000",
            "1,000",
            "",
            ".inf",
            "<<",
            "=",
            "- a",
            "a: b",
            "a #b",
            "#a",
            "[a",
            "{a",
            "'a",
            "%a",
            "@a",
            " a",
            "a ",
            "a,b",
            "...",
            "?",
            "!a",
            "&a",
            "*a",
        ] {
            assert_eq!(write(text).chars().next(), Some('\''), "{text}");
        }
    }

    #[test]
    fn texts_that_are_texts_stay_bare() {
        for text in [
            "1.1-1",
            "优秀",
            "每次扣0.5分，最多扣5分",
            "100分",
            "第4页 表1 第3行",
            "a-b",
            "2025年",
            "1.2.3",
            "u1",
        ] {
            assert_eq!(write(text), text);
        }
    }

    #[test]
    fn what_cannot_be_seen_is_escaped() {
        assert_eq!(
            write("a\nb\u{feff}\u{7}\u{200b}\"\\"),
            "\"a\\nb\\uFEFF\\u0007\\u200B\\\"\\\\\""
        );
    }
}
