//! From a tree to YAML text: fixed order, two columns of indent, one line for what is short.
//!
//! A map that is marked as a *block* (an indicator, a rule) has each key on its own line. Any other map is written as
//! `{key: value, …}` on one line where that fits into [`WIDTH`] columns, and as a block where it does not; a list of
//! scalars likewise. A list of maps always has one item a line at least, so that a changed item is a changed line.

use super::scalar;

/// The columns that a line of flow may take; a character outside of ASCII takes two.
pub(crate) const WIDTH: usize = 120;

/// A value to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Tree {
    /// A scalar that is written as it is: a number, a boolean, a word of the format.
    Bare(String),
    /// A text, quoted where it needs to be.
    Text(String),
    /// A list.
    List(Vec<Self>),
    /// A map.
    Map(Map),
}

/// A map to be written. Its methods leave out what is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Map {
    entries: Vec<(String, Tree)>,
    block: bool,
}

impl Map {
    /// A map that is written on one line where it fits.
    pub(crate) fn flow() -> Self {
        Self::default()
    }

    /// A map whose keys each have a line.
    pub(crate) fn block() -> Self {
        Self { block: true, ..Self::default() }
    }

    /// Adds an entry.
    pub(crate) fn put(mut self, key: &str, value: Tree) -> Self {
        self.entries.push((key.to_owned(), value));
        self
    }

    /// Adds an entry where there is one.
    pub(crate) fn put_some(self, key: &str, value: Option<Tree>) -> Self {
        match value {
            Some(it) => self.put(key, it),
            None => self,
        }
    }

    /// Adds a text that must be there.
    pub(crate) fn text(self, key: &str, value: &str) -> Self {
        self.put(key, Tree::Text(value.to_owned()))
    }

    /// Adds a text, if there is any.
    pub(crate) fn some_text(self, key: &str, value: Option<&str>) -> Self {
        let value = value.filter(|it| !it.is_empty());
        self.put_some(key, value.map(|it| Tree::Text(it.to_owned())))
    }

    /// Adds a word of the format or a number.
    pub(crate) fn bare(self, key: &str, value: &str) -> Self {
        self.put(key, Tree::Bare(value.to_string()))
    }

    /// Adds a list of texts, if it holds any.
    pub(crate) fn texts(self, key: &str, values: &[String]) -> Self {
        let items = values.iter().map(|it| Tree::Text(it.clone())).collect();
        self.list(key, items)
    }

    /// Adds a list of maps, if it holds any.
    pub(crate) fn maps(self, key: &str, values: impl IntoIterator<Item = Self>) -> Self {
        self.list(key, values.into_iter().map(Tree::Map).collect())
    }

    /// Adds a list, if it holds anything.
    pub(crate) fn list(self, key: &str, items: Vec<Tree>) -> Self {
        self.put_some(key, (!items.is_empty()).then_some(Tree::List(items)))
    }

    /// Adds a map, if it holds anything.
    pub(crate) fn map(self, key: &str, value: Self) -> Self {
        self.put_some(key, (!value.is_empty()).then_some(Tree::Map(value)))
    }

    /// Adds a boolean, if it is true.
    pub(crate) fn flag(self, key: &str, value: bool) -> Self {
        self.put_some(key, value.then(|| Tree::Bare("true".to_owned())))
    }

    /// Its entries.
    pub(crate) fn entries(&self) -> &[(String, Tree)] {
        &self.entries
    }

    /// The value of a key.
    pub(crate) fn get(&self, key: &str) -> Option<&Tree> {
        self.entries.iter().find(|it| it.0 == key).map(|it| &it.1)
    }

    /// The same map with the key's value set, or without the key.
    pub(crate) fn with(&self, key: &str, value: Option<Tree>) -> Self {
        self.without(&[key]).put_some(key, value)
    }

    /// The same map without some keys.
    pub(crate) fn without(&self, keys: &[&str]) -> Self {
        let kept = self.entries.iter().filter(|(key, _)| !keys.contains(&key.as_str()));
        Self { entries: kept.cloned().collect(), block: self.block }
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
pub(crate) fn items_to_file(items: &[Map]) -> String {
    let mut out = String::new();
    for item in items {
        write_item(&Tree::Map(item.clone()), 2, &mut out);
    }
    out
}

/// Writes the keys of a map, the first where the line already is.
fn write_entries(map: &Map, indent: usize, out: &mut String) {
    for (nth, (key, value)) in map.entries.iter().enumerate() {
        if nth > 0 {
            out.push_str(&" ".repeat(indent));
        }
        let key = scalar::write(key);
        out.push_str(&key);
        out.push(':');
        let used = indent + columns(&key) + 2;
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
fn write_block(value: &Tree, indent: usize, out: &mut String) {
    out.push('\n');
    match value {
        Tree::List(items) => {
            for item in items {
                write_item(item, indent, out);
            }
        }
        Tree::Map(map) => {
            out.push_str(&" ".repeat(indent));
            write_entries(map, indent, out);
        }
        Tree::Bare(_) | Tree::Text(_) => {}
    }
}

/// Writes an item of a list.
fn write_item(item: &Tree, indent: usize, out: &mut String) {
    out.push_str(&" ".repeat(indent));
    out.push_str("- ");
    match (flow(item, indent + 2, out), item) {
        (true, _) => out.push('\n'),
        (false, Tree::Map(map)) if !map.is_empty() => write_entries(map, indent + 2, out),
        (false, _) => {
            inline(item, out);
            out.push('\n');
        }
    }
}

/// Writes the value on one line, if it may stand on one and fits after the columns that are used; or nothing.
fn flow(value: &Tree, used: usize, out: &mut String) -> bool {
    let end = out.len();
    let must = match value {
        Tree::Bare(_) | Tree::Text(_) => true,
        Tree::List(items) => items.is_empty(),
        Tree::Map(map) => map.is_empty(),
    };
    if !must && !may_flow(value) {
        return false;
    }
    inline(value, out);
    let fits = must || out.get(end..).is_some_and(|it| used + columns(it) <= WIDTH);
    if !fits {
        out.truncate(end);
    }
    fits
}

fn may_flow(value: &Tree) -> bool {
    match value {
        Tree::Bare(_) | Tree::Text(_) => true,
        Tree::List(items) => items.iter().all(|it| matches!(it, Tree::Bare(_) | Tree::Text(_))),
        Tree::Map(map) => !map.block && map.entries.iter().all(|(_, it)| may_flow(it)),
    }
}

fn inline(value: &Tree, out: &mut String) {
    match value {
        Tree::Bare(it) => out.push_str(it),
        Tree::Text(it) => out.push_str(&scalar::write(it)),
        Tree::List(items) => {
            out.push('[');
            for (nth, it) in items.iter().enumerate() {
                out.push_str(if nth > 0 { ", " } else { "" });
                inline(it, out);
            }
            out.push(']');
        }
        Tree::Map(map) => {
            out.push('{');
            for (nth, (key, value)) in map.entries.iter().enumerate() {
                out.push_str(if nth > 0 { ", " } else { "" });
                out.push_str(&scalar::write(key));
                out.push_str(": ");
                inline(value, out);
            }
            out.push('}');
        }
    }
}

fn columns(text: &str) -> usize {
    text.chars().map(|it| if it.is_ascii() { 1 } else { 2 }).sum()
}
