//! How far a rule of the grammars reads, without its parts: `build.rs` makes one function of each rule. It says the same as
//! pest, which then is asked only where something is read.

use std::ops::{Range, RangeInclusive};

use super::grammar::Rule;

/// Where a rule that begins with the text ends, in bytes; nothing if it does not read.
pub(crate) fn recognise(rule: Rule, text: &str) -> Option<usize> {
    made::end(rule, text)
}

/// What some rules read in a text, one after the other from its beginning on: at each place the first rule that reads.
pub(crate) fn find_all<'a>(
    text: &'a str,
    rules: &'a [Rule],
) -> impl Iterator<Item = (Rule, Range<usize>)> + 'a {
    let mut done = 0;
    text.char_indices().filter_map(move |(at, _)| {
        let rest = text.get(at..).filter(|_| at >= done)?;
        let (rule, length) = rules.iter().find_map(|it| Some((*it, recognise(*it, rest)?)))?;
        done = at + length;
        Some((rule, at..done))
    })
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

#[expect(
    clippy::too_many_lines,
    reason = "one arm for each rule, one for each beginning of a choice"
)]
mod made {
    use super::{Rule, head, range, string, times};

    include!(concat!(env!("OUT_DIR"), "/recognise.rs"));
}
