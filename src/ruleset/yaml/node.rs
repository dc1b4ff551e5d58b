//! A YAML text as a tree of nodes, each with its place.

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use crate::{
    limits::{MAX_MAP_KEYS, MAX_RULESET_BYTES, MAX_YAML_DEPTH},
    ruleset::error::{Fault, RulesetError},
};

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Node {
    /// The line, from 1.
    pub(crate) line: usize,
    /// The column in characters, from 1.
    pub(crate) column: usize,
    /// What stands there.
    pub(crate) value: Value,
}

/// What a node holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    /// A scalar without quotes.
    Plain(String),
    /// A scalar in quotes, or a block of text.
    Quoted(String),
    /// A list.
    List(Vec<Node>),
    /// A map, in the order of the text; no key stands twice.
    Map(Vec<(Key, Node)>),
}

/// The key of a map and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Key {
    /// The line, from 1.
    pub(crate) line: usize,
    /// The column in characters, from 1.
    pub(crate) column: usize,
    /// The key.
    pub(crate) name: String,
}

impl Node {
    /// The value of a key of this map.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        let Value::Map(entries) = &self.value else { return None };
        entries.iter().find(|(it, _)| it.name == key).map(|(_, node)| node)
    }
}

/// Reads a text that holds one document.
///
/// # Errors
///
/// Refuses what is no YAML, more than one document, anchors, aliases, tags, duplicate keys, keys that are no scalars, and
/// what passes the bounds on size and depth. An alias is refused where it stands, so nothing is ever expanded.
pub(crate) fn parse(text: &str) -> Result<Node, RulesetError> {
    if text.len() > MAX_RULESET_BYTES {
        return Err(Fault::TooLarge { what: "file", bound: MAX_RULESET_BYTES }.at(0, 0));
    }
    let mut tree = Tree::default();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|it| {
            let reason = it.info().to_owned();
            Fault::Syntax { reason }.at(it.marker().line(), it.marker().col() + 1)
        })?;
        tree.event(event, span)?;
    }
    tree.root.ok_or_else(|| Fault::Documents.at(0, 0))
}

/// The tree under construction.
#[derive(Default)]
struct Tree {
    open: Vec<Open>,
    root: Option<Node>,
    documents: usize,
}

/// A list or map whose end is still to come.
struct Open {
    node: Node,
    key: Option<Key>,
}

impl Tree {
    fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), RulesetError> {
        let (line, column) = (span.start.line(), span.start.col() + 1);
        let refuse = |fault: Fault| Err(fault.at(line, column));
        match event {
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents > 1 { refuse(Fault::Documents) } else { Ok(()) }
            }
            Event::Alias(_) => refuse(Fault::Forbidden { what: "alias" }),
            Event::Scalar(_, _, 1.., _)
            | Event::SequenceStart(1.., _)
            | Event::MappingStart(1.., _) => refuse(Fault::Forbidden { what: "anchor" }),
            Event::Scalar(_, _, _, Some(_))
            | Event::SequenceStart(_, Some(_))
            | Event::MappingStart(_, Some(_)) => refuse(Fault::Forbidden { what: "tag" }),
            Event::Scalar(text, ScalarStyle::Plain, _, None) => {
                self.close(Node { line, column, value: Value::Plain(text.into_owned()) })
            }
            Event::Scalar(text, _, _, None) => {
                self.close(Node { line, column, value: Value::Quoted(text.into_owned()) })
            }
            Event::SequenceStart(0, None) => self.open(line, column, Value::List(Vec::new())),
            Event::MappingStart(0, None) => self.open(line, column, Value::Map(Vec::new())),
            Event::SequenceEnd | Event::MappingEnd => match self.open.pop() {
                Some(open) => self.close(open.node),
                None => Ok(()),
            },
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Ok(()),
        }
    }

    fn open(&mut self, line: usize, column: usize, value: Value) -> Result<(), RulesetError> {
        if self.open.len() >= MAX_YAML_DEPTH {
            return Err(Fault::TooLarge { what: "depth", bound: MAX_YAML_DEPTH }.at(line, column));
        }
        self.open.push(Open { node: Node { line, column, value }, key: None });
        Ok(())
    }

    /// Puts a finished node where it belongs.
    fn close(&mut self, node: Node) -> Result<(), RulesetError> {
        let Some(parent) = self.open.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        match &mut parent.node.value {
            Value::List(items) => items.push(node),
            Value::Map(entries) => match parent.key.take() {
                Some(key) => entries.push((key, node)),
                None => parent.key = Some(key(node, entries)?),
            },
            Value::Plain(_) | Value::Quoted(_) => {}
        }
        Ok(())
    }
}

/// The node as a key of a map with these entries.
fn key(node: Node, entries: &[(Key, Node)]) -> Result<Key, RulesetError> {
    let (line, column) = (node.line, node.column);
    let (Value::Plain(name) | Value::Quoted(name)) = node.value else {
        let (wanted, found) = ("key".to_owned(), node.value.kind().to_owned());
        return Err(Fault::Kind { wanted, found }.at(line, column));
    };
    if entries.len() >= MAX_MAP_KEYS {
        return Err(Fault::TooLarge { what: "map", bound: MAX_MAP_KEYS }.at(line, column));
    }
    if entries.iter().any(|(it, _)| it.name == name) {
        return Err(Fault::DuplicateKey { key: name }.at(line, column));
    }
    Ok(Key { line, column, name })
}

impl Value {
    /// What it is, in one word.
    pub(crate) const fn kind(&self) -> &'static str {
        match self {
            Self::Plain(_) | Self::Quoted(_) => "scalar",
            Self::List(_) => "list",
            Self::Map(_) => "map",
        }
    }
}
