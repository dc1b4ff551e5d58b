//! How far a rule of the grammars reads, without its parts: `build.rs` makes one function of each rule. It says the same as
//! pest, which then is asked only where something is read.

use std::ops::RangeInclusive;

use super::grammar::Rule;

/// Where a rule that begins with the text ends, in bytes; nothing if it does not read.
pub(crate) fn recognise(rule: Rule, text: &str) -> Option<usize> {
    end(rule, text)
}

/// The character at a place; at the end of the text the last one that there is, for which only such rules are tried as
/// begin with any character.
fn head(text: &str, at: usize) -> char {
    text.get(at..).and_then(|it| it.chars().next()).unwrap_or(char::MAX)
}

fn string(text: &str, at: usize, expected: &str) -> Option<usize> {
    let end = at + expected.len();
    (text.as_bytes().get(at..end)? == expected.as_bytes()).then_some(end)
}

fn range(text: &str, at: usize, expected: RangeInclusive<char>) -> Option<usize> {
    let c = text.get(at..)?.chars().next()?;
    expected.contains(&c).then_some(at + c.len_utf8())
}

/// Reads as often as it can, but not more than `most` times.
fn times(
    mut at: usize,
    least: u32,
    most: u32,
    read: impl Fn(usize) -> Option<usize>,
) -> Option<usize> {
    let mut many = 0;
    while many < most {
        let Some(end) = read(at) else { break };
        many += 1;
        at = end;
    }
    (many >= least).then_some(at)
}

include!(concat!(env!("OUT_DIR"), "/recognise.rs"));
