//! From a tree to YAML text: fixed order, two columns of indent, one line for what is short.
//!
//! A map that is marked as a *block* (an indicator, a rule) has each key on its own line. Any other map is written as
//! `{key: value, …}` on one line where that fits into [`WIDTH`] columns, and as a block where it does not; a list of
//! scalars likewise. A list of maps always has one item a line at least, so that a changed item is a changed line.
//!
//! A tree borrows the words of the ruleset that it is made of; only numbers are texts of its own.

use std::{borrow::Cow, fmt::Write};

use super::scalar;

/// The columns that a line of flow may take; a character outside of ASCII takes two.
pub(crate) const WIDTH: usize = 120;

/// A value to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Tree<'a> {
    /// A scalar that is written as it is: a number, a boolean, a word of the format.
    Bare(Cow<'a, str>),
    /// A whole number.
    Count(u32),
    /// A text, quoted where it needs to be.
    Text(Cow<'a, str>),
    /// A list.
    List(Vec<Self>),
    /// A map.
    Map(Map<'a>),
}

/// A map to be written. Its methods leave out what is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Map<'a> {
    entries: Vec<(Cow<'a, str>, Tree<'a>)>,
    block: bool,
}

impl<'a> Map<'a> {
    /// A map that is written on one line where it fits.
    pub(crate) fn flow() -> Self {
        Self::default()
    }

    /// A map whose keys each have a line.
    pub(crate) fn block() -> Self {
        Self { block: true, entries: Vec::with_capacity(8) }
    }

    /// Adds an entry.
    pub(crate) fn put(mut self, key: impl Into<Cow<'a, str>>, value: Tree<'a>) -> Self {
        self.entries.push((key.into(), value));
        self
    }

    /// Adds an entry where there is one.
    pub(crate) fn put_some(self, key: impl Into<Cow<'a, str>>, value: Option<Tree<'a>>) -> Self {
        match value {
            Some(it) => self.put(key, it),
            None => self,
        }
    }

    /// Adds a text that must be there.
    pub(crate) fn text(self, key: impl Into<Cow<'a, str>>, value: &'a str) -> Self {
        self.put(key, Tree::Text(value.into()))
    }

    /// Adds a text, if there is any.
    pub(crate) fn some_text(self, key: &'a str, value: Option<&'a str>) -> Self {
        match value {
            None | Some("") => self,
            Some(it) => self.text(key, it),
        }
    }

    /// Adds a word of the format or a number.
    pub(crate) fn bare(self, key: &'a str, value: impl Into<Cow<'a, str>>) -> Self {
        self.put(key, Tree::Bare(value.into()))
    }

    /// Adds a list of texts, if it holds any.
    pub(crate) fn texts(self, key: &'a str, values: &'a [String]) -> Self {
        self.list(key, values.iter().map(|it| Tree::Text(it.into())).collect())
    }

    /// Adds a list of maps, if it holds any.
    pub(crate) fn maps(self, key: &'a str, values: impl IntoIterator<Item = Self>) -> Self {
        self.list(key, values.into_iter().map(Tree::Map).collect())
    }

    /// Adds a list, if it holds anything.
    pub(crate) fn list(self, key: &'a str, items: Vec<Tree<'a>>) -> Self {
        if items.is_empty() { self } else { self.put(key, Tree::List(items)) }
    }

    /// Adds a map, if it holds anything.
    pub(crate) fn map(self, key: &'a str, value: Self) -> Self {
        if value.is_empty() { self } else { self.put(key, Tree::Map(value)) }
    }

    /// Adds a boolean, if it is true.
    pub(crate) fn flag(self, key: &'a str, value: bool) -> Self {
        if value { self.bare(key, "true") } else { self }
    }

    /// Its entries.
    pub(crate) fn entries(&self) -> &[(Cow<'a, str>, Tree<'a>)] {
        &self.entries
    }

    /// The value of a key.
    pub(crate) fn get(&self, key: &str) -> Option<&Tree<'a>> {
        self.entries.iter().find(|it| it.0 == key).map(|it| &it.1)
    }

    /// The map with the key's value set, or without the key.
    pub(crate) fn with(self, key: &'a str, value: Option<Tree<'a>>) -> Self {
        self.without(&[key]).put_some(key, value)
    }

    /// The map without some keys.
    pub(crate) fn without(mut self, keys: &[&str]) -> Self {
        self.entries.retain(|(key, _)| !keys.contains(&&**key));
        self
    }

    /// Whether it holds nothing.
    pub(crate) const fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The map as the text of a file.
    pub(crate) fn to_file(&self) -> String {
        let mut out = String::new();
        write_entries(self, 0, &mut out);
        out
    }
}

/// Maps as the items of a list that stands in a map, to be put at a file's end.
pub(crate) fn items_to_file<'a>(items: impl IntoIterator<Item = Map<'a>>) -> String {
    let mut out = String::new();
    for item in items {
        write_item(&Tree::Map(item), 2, &mut out);
    }
    out
}

/// Writes the keys of a map, the first where the line already is.
fn write_entries(map: &Map<'_>, indent: usize, out: &mut String) {
    for (nth, (key, value)) in map.entries.iter().enumerate() {
        if nth > 0 {
            write_blanks(indent, out);
        }
        let used = indent + scalar::write(key, out) + 2;
        out.push(':');
        let end = out.len();
        out.push(' ');
        if flow(value, used, out) {
            out.push('\n');
        } else {
            out.truncate(end);
            write_block(value, indent + 2, out);
        }
    }
}

/// Writes a list or map on the lines after its key.
fn write_block(value: &Tree<'_>, indent: usize, out: &mut String) {
    out.push('\n');
    match value {
        Tree::List(items) => {
            for item in items {
                write_item(item, indent, out);
            }
        }
        Tree::Map(map) => {
            write_blanks(indent, out);
            write_entries(map, indent, out);
        }
        Tree::Bare(_) | Tree::Count(_) | Tree::Text(_) => {}
    }
}

/// Writes an item of a list.
fn write_item(item: &Tree<'_>, indent: usize, out: &mut String) {
    write_blanks(indent, out);
    out.push_str("- ");
    match (flow(item, indent + 2, out), item) {
        (true, _) => out.push('\n'),
        (false, Tree::Map(map)) if !map.is_empty() => write_entries(map, indent + 2, out),
        (false, _) => {
            inline(item, usize::MAX, out);
            out.push('\n');
        }
    }
}

fn write_blanks(count: usize, out: &mut String) {
    const BLANKS: &str = "                                ";
    let mut left = count;
    while left > 0 {
        let some = BLANKS.get(..left).unwrap_or(BLANKS);
        out.push_str(some);
        left -= some.len();
    }
}

/// Writes the value on one line, if it may stand on one and fits after the columns that are used; or nothing.
fn flow(value: &Tree<'_>, used: usize, out: &mut String) -> bool {
    let must = match value {
        Tree::Bare(_) | Tree::Count(_) | Tree::Text(_) => true,
        Tree::List(items) => items.is_empty(),
        Tree::Map(map) => map.is_empty(),
    };
    let room = match must {
        true => Some(usize::MAX),
        false => WIDTH.checked_sub(used).filter(|_| may_flow(value)),
    };
    let end = out.len();
    let fits = room.is_some_and(|it| inline(value, it, out).is_some());
    if !fits {
        out.truncate(end);
    }
    fits
}

fn may_flow(value: &Tree<'_>) -> bool {
    match value {
        Tree::Bare(_) | Tree::Count(_) | Tree::Text(_) => true,
        Tree::List(items) => {
            items.iter().all(|it| matches!(it, Tree::Bare(_) | Tree::Count(_) | Tree::Text(_)))
        }
        Tree::Map(map) => !map.block && map.entries.iter().all(|(_, it)| may_flow(it)),
    }
}

/// Writes the value on one line and says how many columns are left of the room; where the room does not do, it stops in
/// the middle.
fn inline(value: &Tree<'_>, room: usize, out: &mut String) -> Option<usize> {
    match value {
        Tree::Bare(it) => {
            out.push_str(it);
            room.checked_sub(scalar::columns(it))
        }
        Tree::Count(it) => {
            let start = out.len();
            // Writing into a string does not fail.
            let _ = write!(out, "{it}");
            room.checked_sub(out.len() - start)
        }
        // Four bytes take two columns at least: what is much too long need not be looked at.
        Tree::Text(it) if it.len() / 2 > room => None,
        Tree::Text(it) => room.checked_sub(scalar::write(it, out)),
        Tree::List(items) => {
            let mut room = room.checked_sub(2)?;
            out.push('[');
            for (nth, it) in items.iter().enumerate() {
                room = inline(it, part(nth, room, out)?, out)?;
            }
            out.push(']');
            Some(room)
        }
        Tree::Map(map) => {
            let mut room = room.checked_sub(2)?;
            out.push('{');
            for (nth, (key, value)) in map.entries.iter().enumerate() {
                room = part(nth, room, out)?.checked_sub(scalar::write(key, out) + 2)?;
                out.push_str(": ");
                room = inline(value, room, out)?;
            }
            out.push('}');
            Some(room)
        }
    }
}

/// Parts an item from the one before it.
fn part(nth: usize, room: usize, out: &mut String) -> Option<usize> {
    if nth == 0 {
        return Some(room);
    }
    out.push_str(", ");
    room.checked_sub(2)
}
