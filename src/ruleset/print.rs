//! An item's *print*: what approvals, amendments and comparisons hold on to, whatever its number is this year.
//!
//! The print is the SHA-256 of what the item means and of the words that state it, with white space left out and
//! compatibility forms (full width, half width) made one. Its id, its place and its doubts are not in it: the same rule on
//! another page, or read with less doubt, is the same rule. What stands below a node has prints of its own.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use super::{
    Adjustment, Doubt, Indicator, Rule, Ruleset, SourceRef, Unread,
    yaml::layout::{Map, Tree},
    yaml_writer,
};
use crate::source::Span;

/// What kind of item it is that a person decides on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemKind {
    /// The full marks of the whole.
    Total,
    /// A scored node.
    Indicator,
    /// A rule.
    Rule,
    /// A negative list or bonus list.
    Adjustment,
    /// A grade.
    Grade,
    /// A quota.
    Quota,
    /// A limit.
    Limit,
    /// A share.
    Share,
    /// A mention that nobody has read yet.
    Unread,
}

impl ItemKind {
    /// Its name in the formats.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Total => "total",
            Self::Indicator => "indicator",
            Self::Rule => "rule",
            Self::Adjustment => "adjustment",
            Self::Grade => "grade",
            Self::Quota => "quota",
            Self::Limit => "limit",
            Self::Share => "share",
            Self::Unread => "unread",
        }
    }
}

/// An item that a person decides on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemRef {
    /// Its id; for total, grades, quotas, limits and shares one by their order (t, g1, q1, l1, s1).
    pub id: String,
    /// What it is.
    pub kind: ItemKind,
    /// The names of the nodes from the top down to the one that holds it; of a node, down to itself.
    pub path: Vec<String>,
    /// Its print, 64 hexadecimal digits.
    pub print: String,
    /// What is not certain about it, its tiers included.
    pub doubts: Vec<Doubt>,
    /// Where it stands.
    pub at: String,
    /// The words that state it.
    pub quote: String,
    /// Where they stand in the document's text.
    pub span: Option<Span>,
}

/// All items of a ruleset that a person decides on, in the order of the tree.
#[must_use]
pub fn items(ruleset: &Ruleset) -> Vec<ItemRef> {
    let mut list = Items { items: Vec::new(), rules: rule_prints(ruleset) };
    if let Some(it) = &ruleset.total {
        list.push("t", ItemKind::Total, &[], yaml_writer::total(it), &it.source, &it.doubts);
    }
    for it in &ruleset.indicators {
        list.indicator(it, &[]);
    }
    for it in &ruleset.adjustments {
        list.adjustment(it);
    }
    let id = |letter: char, nth: usize| format!("{letter}{}", nth + 1);
    for (nth, it) in ruleset.grades.iter().enumerate() {
        let map = yaml_writer::grade(it);
        list.push(&id('g', nth), ItemKind::Grade, &[], map, &it.source, &it.doubts);
    }
    for (nth, it) in ruleset.quotas.iter().enumerate() {
        let map = yaml_writer::quota(it);
        list.push(&id('q', nth), ItemKind::Quota, &[], map, &it.source, &it.doubts);
    }
    for (nth, it) in ruleset.limits.iter().enumerate() {
        let map = yaml_writer::limit(it);
        list.push(&id('l', nth), ItemKind::Limit, &[], map, &it.source, &it.doubts);
    }
    for (nth, it) in ruleset.shares.iter().enumerate() {
        let map = yaml_writer::share(it);
        list.push(&id('s', nth), ItemKind::Share, &[], map, &it.source, &it.doubts);
    }
    for it in &ruleset.unread {
        list.unread(it);
    }
    list.items
}

/// The list under construction.
struct Items {
    items: Vec<ItemRef>,
    /// The prints of all rules by id, without what they multiply.
    rules: BTreeMap<String, String>,
}

impl Items {
    fn push(
        &mut self,
        id: &str,
        kind: ItemKind,
        path: &[String],
        map: Map<'_>,
        source: &SourceRef,
        doubts: &[Doubt],
    ) {
        self.items.push(ItemRef {
            id: id.to_owned(),
            kind,
            path: path.to_vec(),
            print: print(kind, map, &source.quote),
            doubts: doubts.to_vec(),
            at: source.at.clone(),
            quote: source.quote.clone(),
            span: source.span,
        });
    }

    fn indicator(&mut self, it: &Indicator, above: &[String]) {
        let path = [above, std::slice::from_ref(&it.name)].concat();
        let map = yaml_writer::indicator(it);
        self.push(&it.id, ItemKind::Indicator, &path, map, &it.source, &it.doubts);
        for rule in &it.rules {
            self.rule(rule, &path);
        }
        for child in &it.indicators {
            self.indicator(child, &path);
        }
    }

    fn adjustment(&mut self, it: &Adjustment) {
        let path = [it.name.clone()];
        let map = yaml_writer::adjustment(it);
        self.push(&it.id, ItemKind::Adjustment, &path, map, &it.source, &it.doubts);
        for rule in &it.rules {
            self.rule(rule, &path);
        }
    }

    fn rule(&mut self, it: &Rule, path: &[String]) {
        let mut doubts = it.doubts.clone();
        doubts.extend(it.tiers.iter().flat_map(|it| it.doubts.iter().cloned()));
        let of = it.of.iter().map(|id| self.rules.get(id).unwrap_or(id).clone());
        let of: Vec<String> = of.collect();
        let map = yaml_writer::rule(it).texts("multiplied", &of);
        self.push(&it.id, ItemKind::Rule, path, map, &it.source, &doubts);
    }

    fn unread(&mut self, it: &Unread) {
        self.items.push(ItemRef {
            id: it.id.clone(),
            kind: ItemKind::Unread,
            path: Vec::new(),
            print: print(ItemKind::Unread, Map::flow().text("kind", &it.kind), &it.text),
            doubts: Vec::new(),
            at: it.at.clone(),
            quote: it.text.clone(),
            span: it.span,
        });
    }
}

/// The prints of all rules by id, without what they multiply: the ids in `of` are numbers that may change.
fn rule_prints(ruleset: &Ruleset) -> BTreeMap<String, String> {
    let mut rules: Vec<&Rule> = ruleset.adjustments.iter().flat_map(|it| &it.rules).collect();
    let mut nodes: Vec<&Indicator> = ruleset.indicators.iter().collect();
    while let Some(it) = nodes.pop() {
        rules.extend(&it.rules);
        nodes.extend(&it.indicators);
    }
    let print = |it: &Rule| print(ItemKind::Rule, yaml_writer::rule(it), &it.source.quote);
    rules.into_iter().map(|it| (it.id.clone(), print(it))).collect()
}

/// The keys that say which item it is, where it stands or what is below it, and not what it means.
const NOT_MEANING: [&str; 6] = ["id", "of", "source", "doubts", "rules", "indicators"];

fn print(kind: ItemKind, map: Map<'_>, quote: &str) -> String {
    let mut text = String::from("chidu print 1\n");
    text.push_str(kind.name());
    canonical(&Tree::Map(map.without(&NOT_MEANING)), &mut text);
    canonical(&Tree::Text(quote.into()), &mut text);
    Sha256::digest(text).iter().map(|it| format!("{it:02x}")).collect()
}

/// The value in a form that depends on nothing but what it says: keys sorted, texts folded, each part with its length.
fn canonical(tree: &Tree<'_>, out: &mut String) {
    match tree {
        Tree::Bare(it) | Tree::Text(it) => {
            let it = fold(it);
            out.push_str(&format!("{}:{it}", it.len()));
        }
        Tree::Count(it) => canonical(&Tree::Bare(it.to_string().into()), out),
        Tree::List(items) => {
            out.push_str(&format!("[{}", items.len()));
            items.iter().for_each(|it| canonical(it, out));
        }
        Tree::Map(map) => {
            let mut entries: Vec<_> = map.entries().iter().collect();
            entries.sort_by(|a, b| a.0.cmp(&b.0));
            out.push_str(&format!("{{{}", entries.len()));
            for (key, value) in entries {
                out.push_str(key);
                // A tier's place and doubts are no more its meaning than a rule's are.
                match value {
                    Tree::List(items) if key == "tiers" => {
                        canonical(&Tree::List(items.iter().map(without_place).collect()), out);
                    }
                    _ => canonical(value, out),
                }
            }
        }
    }
}

fn without_place<'a>(tier: &Tree<'a>) -> Tree<'a> {
    match tier {
        Tree::Map(it) => Tree::Map(it.clone().without(&NOT_MEANING)),
        Tree::Bare(_) | Tree::Count(_) | Tree::Text(_) | Tree::List(_) => tier.clone(),
    }
}

/// The text with compatibility forms made one and without white space and control characters: none is a difference in meaning in
/// Chinese.
#[must_use]
pub fn fold(text: &str) -> String {
    text.nfkc().filter(|it| !it.is_whitespace() && !it.is_control()).collect()
}
