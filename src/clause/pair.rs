//! What a rule of the grammars read, with its parts.

use super::{grammar::Rule, recognise::Node};

/// What was read, as [`Node`]s of a text.
#[derive(Clone, Debug)]
pub(crate) struct Parse<'a> {
    text: &'a str,
    nodes: Vec<Node>,
}

impl<'a> Parse<'a> {
    /// The nodes that rules have read in a text.
    pub(crate) fn new(text: &'a str, nodes: Vec<Node>) -> Self {
        Self { text, nodes }
    }

    /// The whole; none where only silent rules have read.
    pub(crate) fn pair(&self) -> Option<Pair<'_>> {
        Pairs { text: self.text, nodes: &self.nodes, from: 0, to: self.nodes.len() }.next()
    }
}

/// A rule, and what it read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pair<'a> {
    text: &'a str,
    nodes: &'a [Node],
    node: Node,
    /// Where its first part stands, if it has one.
    inner: usize,
}

impl<'a> Pair<'a> {
    /// The rule.
    pub(crate) fn rule(&self) -> Rule {
        self.node.rule
    }

    /// The words.
    pub(crate) fn as_str(&self) -> &'a str {
        self.text.get(self.range()).unwrap_or_default()
    }

    /// Their bytes.
    pub(crate) fn range(&self) -> std::ops::Range<usize> {
        self.node.start..self.node.end
    }

    /// What it is made of.
    pub(crate) fn parts(&self) -> Pairs<'a> {
        Pairs { text: self.text, nodes: self.nodes, from: self.inner, to: self.node.after }
    }

    /// What it is made of, and what that is made of in turn, each before its parts.
    pub(crate) fn all_parts(&self) -> impl Iterator<Item = Pair<'a>> + use<'a> {
        let Self { text, nodes, .. } = *self;
        let inside = nodes.get(self.inner..self.node.after).unwrap_or_default();
        (self.inner..).zip(inside).map(move |(nth, node)| Pair {
            text,
            nodes,
            node: *node,
            inner: nth + 1,
        })
    }

    /// The first part that a rule has read.
    pub(crate) fn part(&self, rule: Rule) -> Option<Self> {
        self.parts().find(|it| it.rule() == rule)
    }
}

/// Siblings, from the first to the last.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pairs<'a> {
    text: &'a str,
    nodes: &'a [Node],
    from: usize,
    to: usize,
}

impl<'a> Iterator for Pairs<'a> {
    type Item = Pair<'a>;

    fn next(&mut self) -> Option<Pair<'a>> {
        let node = *self.nodes.get(self.from..self.to)?.first()?;
        let inner = self.from + 1;
        self.from = node.after;
        Some(Pair { text: self.text, nodes: self.nodes, node, inner })
    }
}
