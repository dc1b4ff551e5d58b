//! A ruleset as the checks read it: taken apart once for all of them.

use super::{
    bands::{self, Scale},
    tree::{self, Home, Node},
};
use crate::ruleset::Ruleset;

/// A ruleset with what several checks ask of it.
#[derive(Debug, Clone)]
pub(crate) struct View<'a> {
    /// The ruleset.
    pub(crate) ruleset: &'a Ruleset,
    /// All indicators, in the order of the tree.
    pub(crate) nodes: Vec<Node<'a>>,
    /// All rules, in the order of the tree.
    pub(crate) rules: Vec<Home<'a>>,
    /// The scales that its grades form.
    pub(crate) scales: Vec<Scale<'a>>,
}

impl<'a> View<'a> {
    /// Takes a ruleset apart.
    pub(crate) fn of(ruleset: &'a Ruleset) -> Self {
        let nodes = tree::nodes(ruleset);
        let rules = tree::rules(ruleset, &nodes);
        Self { ruleset, nodes, rules, scales: bands::scales(ruleset) }
    }
}
