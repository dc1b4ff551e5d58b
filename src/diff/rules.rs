//! Which rule of this year is which rule of last year.

use std::collections::BTreeMap;

use super::{
    Change, Found, How, Side, Subject,
    compare::Differences,
    likeness::{Index, Pairs, folded},
    nodes::{Tree, Trees},
    pairing::{Candidate, Pairing},
};
use crate::{
    number::Decimal,
    ruleset::{Effect, Rule},
};

/// A rule with the node that holds it.
#[derive(Debug)]
pub(super) struct FlatRule<'r> {
    pub(super) rule: &'r Rule,
    pub(super) node: usize,
    /// The words of its condition, folded.
    words: String,
    pairs: Pairs,
}

/// The pairs of all rules.
#[derive(Debug)]
pub(super) struct RulePairs(pub(super) Pairing);

/// Conditions that are at least so alike make a pair within one node.
const ALIKE: u32 = 500;
/// The same where also the effect and the amount are equal.
const ALIKE_AND_EQUAL: u32 = 250;
/// Conditions that are at least so alike make a pair in different nodes.
const ALIKE_ELSEWHERE: u32 = 750;
/// The most pairs that are looked at one by one in one node.
const MAX_PAIRS: usize = 40_000;

/// What a rule is about: its condition and its measure, or where it has neither, its quote.
pub(super) fn words(rule: &Rule) -> String {
    let stated = [rule.when.as_deref(), rule.measure.as_deref()];
    let words: String = stated.into_iter().flatten().map(folded).collect();
    if words.is_empty() { folded(&rule.source.quote) } else { words }
}

impl<'r> FlatRule<'r> {
    pub(super) fn new(rule: &'r Rule, node: usize) -> Self {
        let words = words(rule);
        let pairs = Pairs::of(&words);
        Self { rule, node, words, pairs }
    }

    fn side(&self, tree: &Tree<'_>) -> Side {
        let path = tree.nodes.get(self.node).map(|it| it.path.clone()).unwrap_or_default();
        Side::new(&self.rule.id, &path, &self.rule.source)
    }

    /// How likely two rules are the same one, if they are likely at all.
    fn likeness(&self, other: &Self, enough: u32, enough_if_equal: u32) -> Option<u32> {
        let alike = self.pairs.likeness(&other.pairs);
        let same_effect = self.rule.effect == other.rule.effect;
        let equal = same_effect && amounts(self.rule) == amounts(other.rule);
        if alike < if equal { enough_if_equal } else { enough } {
            return None;
        }
        let exact = u32::from(self.words == other.words) * 1000;
        let per = u32::from(self.rule.per == other.rule.per) * 50;
        Some(exact + alike + u32::from(same_effect) * 200 + u32::from(equal) * 150 + per)
    }
}

fn amounts(
    rule: &Rule,
) -> (Option<crate::ruleset::Amount>, Option<Decimal>, Vec<Option<crate::ruleset::Amount>>) {
    (rule.amount, rule.times, rule.tiers.iter().map(|it| it.amount).collect())
}

/// Pairs the rules of two rulesets whose nodes are paired.
pub(super) fn align(trees: &Trees<'_>) -> RulePairs {
    let mut pairs = Pairing::none(trees.old.rules.len(), trees.new.rules.len());
    for (old, new) in trees.nodes.pairs() {
        let (Some(a), Some(b)) = (trees.old.nodes.get(old), trees.new.nodes.get(new)) else {
            continue;
        };
        if a.rules.len() * b.rules.len() <= MAX_PAIRS {
            pairs.take(within(trees, &a.rules, &b.rules));
        }
    }
    same_words(trees, &mut pairs);
    let candidates = elsewhere(trees, &pairs);
    pairs.take(candidates);
    RulePairs(pairs)
}

fn within(trees: &Trees<'_>, old: &[usize], new: &[usize]) -> Vec<Candidate> {
    let mut res = Vec::new();
    for (place, &b) in new.iter().enumerate() {
        for (other, &a) in old.iter().enumerate() {
            let (Some(one), Some(two)) = (trees.old.rules.get(a), trees.new.rules.get(b)) else {
                continue;
            };
            if let Some(score) = one.likeness(two, ALIKE, ALIKE_AND_EQUAL) {
                res.push(Candidate { old: a, new: b, score, distance: place.abs_diff(other) });
            }
        }
    }
    res
}

/// Pairs rules of different nodes that have the same words and effect.
fn same_words(trees: &Trees<'_>, pairs: &mut Pairing) {
    let mut by_words: BTreeMap<(&str, Effect), Vec<usize>> = BTreeMap::new();
    for nth in pairs.lone_old() {
        if let Some(it) = trees.old.rules.get(nth) {
            by_words.entry((&it.words, it.rule.effect)).or_default().push(nth);
        }
    }
    let mut candidates = Vec::new();
    for nth in pairs.lone_new() {
        let Some(it) = trees.new.rules.get(nth) else { continue };
        let same = by_words.get(&(it.words.as_str(), it.rule.effect));
        for &other in same.into_iter().flatten().take(64) {
            let Some(partner) = trees.old.rules.get(other) else { continue };
            let equal = u32::from(amounts(partner.rule) == amounts(it.rule));
            let distance = nth.abs_diff(other);
            candidates.push(Candidate { old: other, new: nth, score: 1000 + equal, distance });
        }
    }
    pairs.take(candidates);
}

/// Pairs of rules of different nodes whose words are very alike.
fn elsewhere(trees: &Trees<'_>, pairs: &Pairing) -> Vec<Candidate> {
    let free = pairs.lone_old().filter_map(|it| Some((it, trees.old.rules.get(it)?)));
    let index = Index::of(free.map(|it| (it.0, &it.1.pairs)));
    let mut res = Vec::new();
    for nth in pairs.lone_new() {
        let Some(rule) = trees.new.rules.get(nth) else { continue };
        for other in index.candidates(&rule.pairs) {
            let Some(partner) = trees.old.rules.get(other) else { continue };
            if let Some(score) = partner.likeness(rule, ALIKE_ELSEWHERE, ALIKE_ELSEWHERE) {
                res.push(Candidate { old: other, new: nth, score, distance: nth.abs_diff(other) });
            }
        }
    }
    res
}

/// Says what happened to each rule. Rules of a node that came or went as a whole are told with it.
pub(super) fn report(trees: &Trees<'_>, rules: &RulePairs, found: &mut Found) {
    for (old, new) in rules.0.pairs() {
        if let (Some(a), Some(b)) = (trees.old.rules.get(old), trees.new.rules.get(new)) {
            found.push(compare(trees, a, b));
        }
    }
    for nth in rules.0.lone_old() {
        let Some(rule) = trees.old.rules.get(nth) else { continue };
        if trees.nodes.new_of(rule.node).is_some() {
            found.push(lone(&trees.old, rule, How::Removed));
        }
    }
    for nth in rules.0.lone_new() {
        let Some(rule) = trees.new.rules.get(nth) else { continue };
        if trees.nodes.old_of(rule.node).is_some() {
            found.push(lone(&trees.new, rule, How::Added));
        }
    }
}

fn lone(tree: &Tree<'_>, rule: &FlatRule<'_>, how: How) -> Change {
    let side = vec![rule.side(tree)];
    let (old, new) = if how == How::Added { (Vec::new(), side) } else { (side, Vec::new()) };
    let mut differences = Differences::default();
    differences.lone_rule(rule.rule, how == How::Added);
    let points = counted(tree, rule.node, most(rule.rule));
    Change { subject: Subject::Rule, how: vec![how], old, new, fields: differences.fields, points }
}

fn compare(trees: &Trees<'_>, old: &FlatRule<'_>, new: &FlatRule<'_>) -> Change {
    let mut differences = Differences::default();
    let mut how = Vec::new();
    if trees.nodes.new_of(old.node) != Some(new.node) {
        how.push(How::Moved);
        let path =
            |tree: &Tree<'_>, node: usize| tree.nodes.get(node).map(|it| it.path.join(" / "));
        differences.push("path", path(&trees.old, old.node), path(&trees.new, new.node));
    }
    let before = differences.fields.len();
    differences.rules(old.rule, new.rule);
    if differences.fields.len() > before {
        how.push(How::Changed);
    }
    let when = |it: &FlatRule<'_>| it.rule.when.clone();
    if old.words != new.words {
        how.push(How::Reworded);
        differences.push("when", when(old), when(new));
    }
    let a = counted(&trees.old, old.node, most(old.rule));
    let b = counted(&trees.new, new.node, most(new.rule));
    let points = match (a, b) {
        (Some(a), Some(b)) => a.checked_sub(b).map(|it| it.abs()).filter(|it| !it.is_zero()),
        (a, b) => a.or(b),
    };
    let changed = how.contains(&How::Changed);
    Change {
        subject: Subject::Rule,
        how,
        old: vec![old.side(&trees.old)],
        new: vec![new.side(&trees.new)],
        fields: differences.fields,
        points: points.filter(|_| changed),
    }
}

/// The most that a rule moves at a time: its amount, its largest tier, or its cap where it states nothing else.
fn most(rule: &Rule) -> Option<Decimal> {
    let tiers = rule.tiers.iter().filter_map(|it| it.amount);
    let amounts = rule.amount.into_iter().chain(tiers).map(crate::ruleset::Amount::most);
    amounts.max().or(rule.cap)
}

/// Points of a node as points of the total.
fn counted(tree: &Tree<'_>, node: usize, points: Option<Decimal>) -> Option<Decimal> {
    let rate = tree.nodes.get(node).map_or(Decimal::ONE, |it| it.rate);
    points?.checked_mul(rate)
}
