//! Scalars: which texts need quotes, and how they are quoted.

/// The words that some YAML reader takes for a boolean or for nothing, whatever their case. `y` and `n`, which YAML 1.1 lists
/// too, are taken so by no reader in use.
const WORDS: [&str; 10] = ["true", "false", "yes", "no", "on", "off", "null", "~", "<<", "="];

/// The bytes of the longest of them.
const LONGEST: usize = 5;

/// Whether a YAML reader, of 1.1 or 1.2, could take the bare text for something that is no text: nothing, a boolean, a
/// number, a date or a time.
pub(crate) fn is_typed(text: &str) -> bool {
    let Some(first) = text.bytes().next() else { return true };
    match first {
        b'0'..=b'9' | b'+' | b'-' | b'.' | b'_' | b'e' | b'E' => is_number(text) || is_date(text),
        _ => text.len() <= LONGEST && WORDS.iter().any(|it| text.eq_ignore_ascii_case(it)),
    }
}

/// Whether it could be a number in some form.
fn is_number(text: &str) -> bool {
    let body = text.strip_prefix(['+', '-']).unwrap_or(text);
    is_decimal(body)
        || is_clock(body)
        || is_coded(body)
        || matches!(body, ".inf" | ".Inf" | ".INF")
        || matches!(text, ".nan" | ".NaN" | ".NAN")
}

/// `16`, `1_000`, `1,000`, `0.5`, `.5`, `5.`, `1e3`.
fn is_decimal(text: &str) -> bool {
    let digit = |it: char| it.is_ascii_digit() || it == '_';
    let part = if text.starts_with(|it: char| it.is_ascii_digit()) {
        text.trim_start_matches(|it| digit(it) || it == ',')
    } else {
        text
    };
    let rest = part.strip_prefix('.').unwrap_or(part).trim_start_matches(digit);
    let exponent =
        || rest.strip_prefix(['e', 'E']).map(|it| it.strip_prefix(['+', '-']).unwrap_or(it));
    rest.is_empty() || exponent().is_some_and(are_digits)
}

/// `12:30:45`, a number to the base of 60.
fn is_clock(text: &str) -> bool {
    let digit = |it: u8| it.is_ascii_digit() || it == b'_';
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    whole.split_once(':').is_some_and(|(first, places)| {
        first.starts_with(|it: char| it.is_ascii_digit())
            && first.bytes().all(digit)
            && places.split(':').all(are_digits)
            && part.bytes().all(digit)
    })
}

/// `0x1F`.
fn is_coded(text: &str) -> bool {
    let code = text.strip_prefix('0').and_then(|it| it.strip_prefix(['x', 'o', 'b']));
    let digit = |it: u8| it.is_ascii_hexdigit() || it == b'_';
    code.is_some_and(|it| !it.is_empty() && it.bytes().all(digit))
}

/// `2025-03-18`, perhaps with a time.
fn is_date(text: &str) -> bool {
    let mut parts = text.splitn(3, '-');
    let [Some(year), Some(month), Some(rest)] = [parts.next(), parts.next(), parts.next()] else {
        return false;
    };
    let time = rest.trim_start_matches(|it: char| it.is_ascii_digit());
    let day = rest.len() - time.len();
    year.len() == 4
        && are_digits(year)
        && (1..=2).contains(&month.len())
        && are_digits(month)
        && (1..=2).contains(&day)
        && (time.is_empty() || time.starts_with(['T', 't', ' ']) && !time.contains('\n'))
}

fn are_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit())
}

/// Writes the text as a scalar that every YAML reader reads as this text, bare where that is safe. Says how many columns it
/// takes.
pub(crate) fn write(text: &str, out: &mut String) -> usize {
    let look = Look::at(text);
    if look.escaped {
        let start = out.len();
        write_double_quoted(text, out);
        return columns(out.get(start..).unwrap_or_default());
    }
    if !look.marked && !is_typed(text) && has_plain_ends(text) {
        out.push_str(text);
        return look.columns;
    }
    out.push('\'');
    for (nth, part) in text.split('\'').enumerate() {
        out.push_str(if nth > 0 { "''" } else { "" });
        out.push_str(part);
    }
    out.push('\'');
    look.columns + 2 + text.matches('\'').count()
}

/// The columns that a text takes: two for a character outside of ASCII.
pub(crate) fn columns(text: &str) -> usize {
    text.chars().map(|it| if it.is_ascii() { 1 } else { 2 }).sum()
}

/// What can be told of a text in one pass.
#[derive(Default)]
struct Look {
    /// Its columns.
    columns: usize,
    /// Whether a character cannot stand in a line as it is.
    escaped: bool,
    /// Whether a character, wherever it stands, has a meaning of its own in YAML, in block or in flow.
    marked: bool,
}

impl Look {
    fn at(text: &str) -> Self {
        let mut look = Self::default();
        let mut before = 0;
        let mut at = 0;
        while let Some(&byte) = text.as_bytes().get(at) {
            at += 1;
            look.columns += 1;
            match byte {
                b',' | b'[' | b']' | b'{' | b'}' | b':' | b'"' | b'\'' => look.marked = true,
                b'#' => look.marked |= before == b' ',
                b' '..=b'~' => {}
                // From U+3000 on, as all Chinese: three bytes, and nothing of it is unseen.
                0xe3..=0xee => {
                    at += 2;
                    look.columns += 1;
                }
                _ => {
                    let it = text.get(at - 1..).and_then(|it| it.chars().next()).unwrap_or('\0');
                    look.escaped |= needs_escape(it);
                    at += it.len_utf8() - 1;
                    look.columns += usize::from(!it.is_ascii());
                }
            }
            before = byte;
        }
        look
    }
}

/// Whether nothing at the text's ends has a meaning of its own in YAML.
fn has_plain_ends(text: &str) -> bool {
    let (first, last) = (text.chars().next(), text.chars().next_back());
    let opens = match first {
        Some('-' | '?' | '#' | '&' | '*' | '!' | '|' | '>' | '%' | '@' | '`') => true,
        Some('.') => text.starts_with("..."),
        it => it.is_none_or(char::is_whitespace),
    };
    // In a flow list a reader takes the last - of `a -]` for the beginning of an entry.
    let dangles = text.strip_suffix(['-', '?']).is_some_and(|it| it.ends_with(char::is_whitespace));
    !opens && !dangles && !last.is_none_or(char::is_whitespace)
}

/// Whether a character cannot stand in a line of YAML as it is, or cannot be seen there.
const fn needs_escape(it: char) -> bool {
    matches!(
        it,
        '\0'..='\x1f'
            | '\u{7f}'..='\u{9f}'
            | '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff0}'..='\u{ffff}'
    )
}

fn write_double_quoted(text: &str, out: &mut String) {
    out.push('"');
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
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> String {
        let mut out = String::new();
        let wide = write(text, &mut out);
        assert_eq!(wide, columns(&out), "{text}");
        out
    }

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
            "1_0:30.5",
            "-5.5e-3",
            "+.inf",
            ".NaN",
            "1_000",
            "1,000",
            "",
            ".inf",
            "<<",
            "=",
            "- a",
            "a -",
            "( ?",
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
            assert_eq!(written(text).chars().next(), Some('\''), "{text}");
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
            "1e3a",
            "12.3.4",
            "0x",
            "202-03-18",
            "2025-3-180",
        ] {
            assert_eq!(written(text), text);
        }
    }

    #[test]
    fn what_cannot_be_seen_is_escaped() {
        assert_eq!(
            written("a\nb\u{feff}\u{7}\u{200b}\"\\"),
            "\"a\\nb\\uFEFF\\u0007\\u200B\\\"\\\\\""
        );
    }
}
