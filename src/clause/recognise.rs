//! How far a rule of the grammars reads: `build.rs` makes one function of each rule, which reads the same as pest would. A
//! test holds the two against each other, so that pest says what the grammars mean and these functions only say it sooner.

use std::ops::RangeInclusive;

use super::grammar::Rule;

/// Where a rule that begins at a byte of a text ends; nothing if it does not read.
pub(crate) fn end(rule: Rule, text: &str, at: usize) -> Option<usize> {
    made::end(rule, text, at, &mut ())
}

/// What the rules read that a rule is made of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node {
    /// The rule.
    pub(crate) rule: Rule,
    /// Its first byte.
    pub(crate) start: usize,
    /// The byte after its last one.
    pub(crate) end: usize,
    /// How many nodes there are before it and within it: where its next sibling stands.
    pub(crate) after: usize,
}

/// The nodes of a rule that begins at a byte of a text, each before those within it; none if it does not read.
pub(crate) fn nodes(rule: Rule, text: &str, at: usize) -> Option<Vec<Node>> {
    let mut nodes = Vec::new();
    made::end(rule, text, at, &mut nodes)?;
    Some(nodes)
}

/// Keeps what the rules read, or nothing.
trait Keep {
    /// How many nodes are kept.
    fn count(&self) -> usize;
    /// Keeps a node of which the end is not known yet.
    fn open(&mut self, rule: Rule, start: usize);
    /// Says where a node ends.
    fn close(&mut self, nth: usize, end: usize);
    /// Forgets all nodes but the first ones.
    fn forget(&mut self, count: usize);
}

impl Keep for () {
    fn count(&self) -> usize {
        0
    }

    fn open(&mut self, _: Rule, _: usize) {}

    fn close(&mut self, _: usize, _: usize) {}

    fn forget(&mut self, _: usize) {}
}

impl Keep for Vec<Node> {
    fn count(&self) -> usize {
        self.len()
    }

    fn open(&mut self, rule: Rule, start: usize) {
        self.push(Node { rule, start, end: start, after: 0 });
    }

    fn close(&mut self, nth: usize, end: usize) {
        let after = self.len();
        if let Some(it) = self.get_mut(nth) {
            (it.end, it.after) = (end, after);
        }
    }

    fn forget(&mut self, count: usize) {
        self.truncate(count);
    }
}

/// A rule with a node of its own.
#[inline]
fn named<K: Keep>(
    rule: Rule,
    start: usize,
    keep: &mut K,
    read: impl FnOnce(&mut K) -> Option<usize>,
) -> Option<usize> {
    let nth = keep.count();
    keep.open(rule, start);
    let end = read(keep);
    match end {
        Some(end) => keep.close(nth, end),
        None => keep.forget(nth),
    }
    end
}

/// What leaves no nodes unless all of it is read.
#[inline]
fn silent<K: Keep>(keep: &mut K, read: impl FnOnce(&mut K) -> Option<usize>) -> Option<usize> {
    let count = keep.count();
    let end = read(keep);
    if end.is_none() {
        keep.forget(count);
    }
    end
}

/// The character at a place; at the end of the text the last one that there is, for which only such rules are tried as
/// begin with any character.
#[inline]
fn head(text: &str, at: usize) -> char {
    text.get(at..).and_then(|it| it.chars().next()).unwrap_or(char::MAX)
}

#[inline]
fn string(text: &str, at: usize, expected: &str) -> Option<usize> {
    let end = at + expected.len();
    (text.as_bytes().get(at..end)? == expected.as_bytes()).then_some(end)
}

#[inline]
fn range(text: &str, at: usize, expected: RangeInclusive<char>) -> Option<usize> {
    let c = text.get(at..)?.chars().next()?;
    expected.contains(&c).then_some(at + c.len_utf8())
}

/// The same for characters that are one byte.
#[inline]
fn ascii(text: &str, at: usize, expected: RangeInclusive<u8>) -> Option<usize> {
    text.as_bytes().get(at).filter(|it| expected.contains(it)).map(|_| at + 1)
}

/// Reads as often as it can, but not more than `most` times.
#[inline]
fn times<K: Keep>(
    mut at: usize,
    least: u32,
    most: u32,
    keep: &mut K,
    read: impl Fn(usize, &mut K) -> Option<usize>,
) -> Option<usize> {
    let mut many = 0;
    while many < most {
        let Some(end) = silent(keep, |keep| read(at, keep)) else { break };
        many += 1;
        at = end;
    }
    (many >= least).then_some(at)
}

#[expect(
    clippy::too_many_lines,
    unused_variables,
    reason = "one arm for each rule, one for each beginning of a choice; what reads no rule keeps nothing"
)]
mod made {
    use super::{Keep, Rule, ascii, head, named, range, silent, string, times};

    include!(concat!(env!("OUT_DIR"), "/recognise.rs"));
}
