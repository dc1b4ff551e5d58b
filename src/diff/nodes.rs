//! Which node of this year is which node of last year.
//!
//! Nodes are paired by the names on their path, then by their own name, then by how alike names and rules are; the node
//! that stands nearest settles what is left. What has no partner is added or removed, unless its rules say that it was
//! split off from another node or went up in one.

use std::collections::BTreeMap;

use super::{
    Change, Found, How, Side, Subject,
    compare::Differences,
    likeness::{Index, Pairs, folded},
    pairing::{Candidate, Pairing},
    rules::{FlatRule, RulePairs},
};
use crate::{
    number::Decimal,
    ruleset::{Adjustment, Indicator, Rule, Ruleset, SourceRef},
};

/// A node of the tree: an indicator, or a list of adjustments.
#[derive(Debug)]
pub(super) struct FlatNode<'r> {
    pub(super) indicator: Option<&'r Indicator>,
    pub(super) adjustment: Option<&'r Adjustment>,
    pub(super) parent: Option<usize>,
    pub(super) path: Vec<String>,
    /// The names of the path, folded.
    key: Vec<String>,
    name: Pairs,
    /// The words of its rules.
    content: Pairs,
    /// The points of the total that it counts for.
    pub(super) share: Option<Decimal>,
    /// The points of the total that one of its points counts for.
    pub(super) rate: Decimal,
    /// Its rules, as indices of all rules.
    pub(super) rules: Vec<usize>,
}

/// One ruleset as lists.
#[derive(Debug, Default)]
pub(super) struct Tree<'r> {
    pub(super) nodes: Vec<FlatNode<'r>>,
    pub(super) rules: Vec<FlatRule<'r>>,
}

/// Both rulesets and the pairs of their nodes.
#[derive(Debug)]
pub(super) struct Trees<'r> {
    pub(super) old: Tree<'r>,
    pub(super) new: Tree<'r>,
    pub(super) nodes: Pairing,
}

/// Names that are at least so alike make a pair, wherever they stand.
const ALIKE: u32 = 600;
/// Names that are at least so alike make a pair below nodes that are a pair.
const ALIKE_BELOW: u32 = 400;
/// Rules that are at least so alike make a pair of nodes whose names are not.
const SAME_CONTENT: u32 = 700;

/// Pairs the nodes of two rulesets.
pub(super) fn align<'r>(old: &'r Ruleset, new: &'r Ruleset) -> Trees<'r> {
    let (old, new) = (Tree::of(old), Tree::of(new));
    let mut nodes = Pairing::none(old.nodes.len(), new.nodes.len());
    pair_by(&old, &new, &mut nodes, |it| Some(it.key.clone()));
    pair_by(&old, &new, &mut nodes, |it| it.key.last().cloned().map(|it| vec![it]));
    let candidates = candidates(&old, &new, &nodes);
    nodes.take(candidates);
    Trees { old, new, nodes }
}

impl<'r> Tree<'r> {
    fn of(ruleset: &'r Ruleset) -> Self {
        let mut tree = Self::default();
        let total = ruleset.total.as_ref().map(|it| it.points);
        let scale = scale(total, &ruleset.indicators);
        for indicator in &ruleset.indicators {
            tree.add_indicator(indicator, None, scale);
        }
        for adjustment in &ruleset.adjustments {
            let nth = tree.nodes.len();
            let path = vec![adjustment.name.clone()];
            tree.push(FlatNode::new(None, Some(adjustment), None, path, &adjustment.rules));
            tree.add_rules(nth, &adjustment.rules);
        }
        tree
    }

    fn push(&mut self, node: FlatNode<'r>) {
        self.nodes.push(node);
    }

    /// Adds a node and those below it; `scale` is what the whole of the node above counts for, and its full marks.
    fn add_indicator(&mut self, indicator: &'r Indicator, parent: Option<usize>, scale: Scale) {
        let nth = self.nodes.len();
        let mut path =
            parent.and_then(|it| self.nodes.get(it)).map(|it| it.path.clone()).unwrap_or_default();
        path.push(indicator.name.clone());
        let mut node = FlatNode::new(Some(indicator), None, parent, path, &indicator.rules);
        let own = scale.of(indicator);
        (node.share, node.rate) = (own.share, own.rate);
        self.push(node);
        self.add_rules(nth, &indicator.rules);
        for child in &indicator.indicators {
            self.add_indicator(child, Some(nth), own);
        }
    }

    fn add_rules(&mut self, node: usize, rules: &'r [Rule]) {
        for rule in rules {
            let nth = self.rules.len();
            self.rules.push(FlatRule::new(rule, node));
            if let Some(it) = self.nodes.get_mut(node) {
                it.rules.push(nth);
            }
        }
    }
}

/// What a node counts for in the total.
#[derive(Debug, Clone, Copy)]
struct Scale {
    share: Option<Decimal>,
    /// The points of the total for one point of the node.
    rate: Decimal,
    /// The node's full marks.
    full: Decimal,
}

/// The total: its full marks, or 100, or the sum of its parts.
fn scale(total: Option<Decimal>, indicators: &[Indicator]) -> Scale {
    let weighted = indicators.iter().any(|it| it.weight.is_some());
    let sum = || {
        let points = indicators.iter().filter_map(|it| it.points);
        points.fold(Decimal::ZERO, |sum, it| sum.checked_add(it).unwrap_or(sum))
    };
    let full = total.unwrap_or_else(|| if weighted { Decimal::ONE_HUNDRED } else { sum() });
    Scale { share: Some(full), rate: Decimal::ONE, full }
}

impl Scale {
    fn of(self, indicator: &Indicator) -> Self {
        let times = |a: Decimal, b: Decimal| a.checked_mul(b);
        let share = match (indicator.weight, indicator.points) {
            (Some(weight), _) => times(self.full, weight)
                .and_then(|it| it.checked_div(Decimal::ONE_HUNDRED))
                .and_then(|it| times(it, self.rate)),
            (None, Some(points)) => times(points, self.rate),
            (None, None) => None,
        };
        let full = match (indicator.points, indicator.weight) {
            (Some(points), _) => points,
            (None, Some(_)) => Decimal::ONE_HUNDRED,
            (None, None) => self.full,
        };
        let rate = share.and_then(|it| it.checked_div(full)).unwrap_or(self.rate);
        Self { share, rate, full }
    }
}

impl<'r> FlatNode<'r> {
    fn new(
        indicator: Option<&'r Indicator>,
        adjustment: Option<&'r Adjustment>,
        parent: Option<usize>,
        path: Vec<String>,
        rules: &[Rule],
    ) -> Self {
        let key: Vec<String> = path.iter().map(|it| folded(it)).collect();
        let name = Pairs::of(key.last().map_or("", String::as_str));
        let words: String = rules.iter().map(super::rules::words).collect();
        Self {
            indicator,
            adjustment,
            parent,
            path,
            key,
            name,
            content: Pairs::of(&words),
            share: None,
            rate: Decimal::ONE,
            rules: Vec::new(),
        }
    }

    pub(super) fn id(&self) -> &'r str {
        let list = self.adjustment.map_or("", |it| it.id.as_str());
        self.indicator.map_or(list, |it| it.id.as_str())
    }

    pub(super) fn side(&self) -> Side {
        let none = SourceRef::default();
        let list = self.adjustment.map_or(&none, |it| &it.source);
        Side::new(self.id(), &self.path, self.indicator.map_or(list, |it| &it.source))
    }

    const fn subject(&self) -> Subject {
        if self.adjustment.is_some() { Subject::Adjustment } else { Subject::Indicator }
    }

    /// The most that can move by it.
    fn most(&self) -> Option<Decimal> {
        self.share.or_else(|| {
            let list = self.adjustment.and_then(|it| it.cap);
            self.indicator.map_or(list, |it| it.cap?.checked_mul(self.rate))
        })
    }
}

/// Pairs nodes of one kind that have the same key; of several, the nearest, those below pairs first.
fn pair_by(
    old: &Tree<'_>,
    new: &Tree<'_>,
    nodes: &mut Pairing,
    key: impl Fn(&FlatNode<'_>) -> Option<Vec<String>>,
) {
    let mut by_key: BTreeMap<(bool, Vec<String>), Vec<usize>> = BTreeMap::new();
    for nth in nodes.lone_old() {
        let Some(node) = old.nodes.get(nth) else { continue };
        if let Some(key) = key(node) {
            by_key.entry((node.adjustment.is_some(), key)).or_default().push(nth);
        }
    }
    let mut candidates = Vec::new();
    for nth in nodes.lone_new() {
        let Some(node) = new.nodes.get(nth) else { continue };
        let Some(key) = key(node) else { continue };
        let same = by_key.get(&(node.adjustment.is_some(), key));
        for &other in same.into_iter().flatten().take(64) {
            let Some(partner) = old.nodes.get(other) else { continue };
            let score =
                1000 + below_pair(partner, node, nodes) + partner.content.likeness(&node.content);
            candidates.push(Candidate {
                old: other,
                new: nth,
                score,
                distance: nth.abs_diff(other),
            });
        }
    }
    nodes.take(candidates);
}

/// What it counts that the nodes above two nodes are a pair (or that there are none).
fn below_pair(old: &FlatNode<'_>, new: &FlatNode<'_>, nodes: &Pairing) -> u32 {
    if is_below_pair(old.parent, new.parent, nodes) { 400 } else { 0 }
}

/// Whether two nodes stand at the top, or below nodes that are a pair.
fn is_below_pair(old: Option<usize>, new: Option<usize>, nodes: &Pairing) -> bool {
    match (old, new) {
        (None, None) => true,
        (Some(old), Some(new)) => nodes.new_of(old) == Some(new),
        (None, Some(_)) | (Some(_), None) => false,
    }
}

/// Pairs of nodes whose names, or whose rules, are alike.
fn candidates(old: &Tree<'_>, new: &Tree<'_>, nodes: &Pairing) -> Vec<Candidate> {
    let free: Vec<usize> = nodes.lone_old().collect();
    let of = |nth: &usize| old.nodes.get(*nth).map(|it| (*nth, it));
    let names = Index::of(free.iter().filter_map(of).map(|it| (it.0, &it.1.name)));
    let contents = Index::of(free.iter().filter_map(of).map(|it| (it.0, &it.1.content)));
    let mut res = Vec::new();
    for nth in nodes.lone_new() {
        let Some(node) = new.nodes.get(nth) else { continue };
        let mut likely = names.candidates(&node.name);
        likely.extend(contents.candidates(&node.content));
        likely.sort_unstable();
        likely.dedup();
        for other in likely {
            let Some(partner) = old.nodes.get(other) else { continue };
            if partner.adjustment.is_some() != node.adjustment.is_some() {
                continue;
            }
            let below = below_pair(partner, node, nodes);
            let name = partner.name.likeness(&node.name);
            let content = partner.content.likeness(&node.content);
            let enough = if below > 0 { ALIKE_BELOW } else { ALIKE };
            if name >= enough || content >= SAME_CONTENT {
                let score = name + content + below;
                res.push(Candidate { old: other, new: nth, score, distance: nth.abs_diff(other) });
            }
        }
    }
    res
}

/// Says what happened to each node.
pub(super) fn report(trees: &Trees<'_>, rules: &RulePairs, found: &mut Found) {
    let (split, merged) = (splits(trees, rules), merges(trees, rules));
    for (old, new) in trees.nodes.pairs() {
        let (Some(a), Some(b)) = (trees.old.nodes.get(old), trees.new.nodes.get(new)) else {
            continue;
        };
        let mut change = compare(trees, a, b);
        if let Some(others) = split.get(&old) {
            change.how.push(How::Split);
            change.new.extend(sides(&trees.new, others));
        }
        if let Some(others) = merged.get(&new) {
            change.how.push(How::Merged);
            change.old.extend(sides(&trees.old, others));
        }
        found.push(change);
    }
    for nth in trees.nodes.lone_old() {
        let Some(node) = trees.old.nodes.get(nth) else { continue };
        let became: Vec<usize> = split.get(&nth).cloned().unwrap_or_default();
        if merged.values().any(|it| it.contains(&nth)) {
            continue;
        }
        let how = if became.is_empty() { How::Removed } else { How::Split };
        found.push(lone(node, how, vec![node.side()], sides(&trees.new, &became)));
    }
    for nth in trees.nodes.lone_new() {
        let Some(node) = trees.new.nodes.get(nth) else { continue };
        let from: Vec<usize> = merged.get(&nth).cloned().unwrap_or_default();
        if split.values().any(|it| it.contains(&nth)) {
            continue;
        }
        let how = if from.is_empty() { How::Added } else { How::Merged };
        found.push(lone(node, how, sides(&trees.old, &from), vec![node.side()]));
    }
}

fn sides(tree: &Tree<'_>, nodes: &[usize]) -> Vec<Side> {
    nodes.iter().filter_map(|it| tree.nodes.get(*it)).map(FlatNode::side).collect()
}

fn lone(node: &FlatNode<'_>, how: How, old: Vec<Side>, new: Vec<Side>) -> Change {
    let added = how == How::Added || how == How::Merged;
    let mut differences = Differences::default();
    differences.lone(node, added);
    Change {
        subject: node.subject(),
        how: vec![how],
        old,
        new,
        fields: differences.fields,
        points: node.most(),
    }
}

/// What is different in two nodes that are a pair.
fn compare(trees: &Trees<'_>, old: &FlatNode<'_>, new: &FlatNode<'_>) -> Change {
    let mut differences = Differences::default();
    let mut how = Vec::new();
    let last = |it: &FlatNode<'_>| it.key.last().cloned().unwrap_or_default();
    if last(old) != last(new) {
        how.push(How::Renamed);
        let name = |it: &FlatNode<'_>| it.path.last().cloned();
        differences.push("name", name(old), name(new));
    }
    if !is_below_pair(old.parent, new.parent, &trees.nodes) {
        how.push(How::Moved);
        let above = |it: &FlatNode<'_>| {
            it.path.split_last().map(|it| it.1.join(" / ")).filter(|it| !it.is_empty())
        };
        differences.push("path", above(old), above(new));
    }
    let before = differences.fields.len();
    differences.nodes(old, new);
    if differences.fields.len() > before {
        how.push(How::Changed);
    }
    let moved = match (old.most(), new.most()) {
        (Some(a), Some(b)) if a != b => a.checked_sub(b).map(|it| it.abs()),
        (Some(a), None) | (None, Some(a)) => Some(a),
        _ => None,
    };
    Change {
        subject: new.subject(),
        how,
        old: vec![old.side()],
        new: vec![new.side()],
        fields: differences.fields,
        points: moved,
    }
}

/// Nodes that have no partner and took at least half of their rules from one node of last year.
fn splits(trees: &Trees<'_>, rules: &RulePairs) -> BTreeMap<usize, Vec<usize>> {
    let mut res: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for nth in trees.nodes.lone_new() {
        let Some(node) = trees.new.nodes.get(nth) else { continue };
        let origins = node
            .rules
            .iter()
            .map(|it| rules.0.old_of(*it).and_then(|it| trees.old.rules.get(it)).map(|it| it.node));
        if let Some(origin) = most_of(origins) {
            res.entry(origin).or_default().push(nth);
        } else if let Some(origin) = name_origin(trees, nth) {
            res.entry(origin).or_default().push(nth);
        }
    }
    // One node that took everything from one that is gone is no split: it was renamed beyond likeness.
    res.retain(|old, new| new.len() > 1 || trees.nodes.new_of(*old).is_some());
    res
}

/// A node of last year whose name holds the name of a lone node of this year (学习培训 → 学习, 培训), whose points are those of
/// the parts, and which stood at the same place.
fn name_origin(trees: &Trees<'_>, nth: usize) -> Option<usize> {
    let node = trees.new.nodes.get(nth)?;
    let points = node.indicator?.points?;
    let parent = node.parent;
    let mut likely = trees.old.nodes.iter().enumerate().filter(|(old, it)| {
        let above = is_below_pair(it.parent, parent, &trees.nodes);
        let rest = trees.nodes.new_of(*old).and_then(|it| trees.new.nodes.get(it));
        let rest = rest.and_then(|it| it.indicator?.points);
        let whole = it.indicator.and_then(|it| it.points);
        let sum = rest.and_then(|it| it.checked_add(points));
        above && sum.is_some() && sum == whole && node.name.within(&it.name) >= 500
    });
    let first = likely.next()?.0;
    likely.next().is_none().then_some(first)
}

/// Nodes of last year that have no partner and gave at least half of their rules to one node of this year.
fn merges(trees: &Trees<'_>, rules: &RulePairs) -> BTreeMap<usize, Vec<usize>> {
    let mut res: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for nth in trees.nodes.lone_old() {
        let Some(node) = trees.old.nodes.get(nth) else { continue };
        let targets = node
            .rules
            .iter()
            .map(|it| rules.0.new_of(*it).and_then(|it| trees.new.rules.get(it)).map(|it| it.node));
        if let Some(target) = most_of(targets) {
            res.entry(target).or_default().push(nth);
        }
    }
    res.retain(|new, old| old.len() > 1 || trees.nodes.old_of(*new).is_some());
    res
}

/// The node that at least half of the rules name; of several, the first.
fn most_of(nodes: impl Iterator<Item = Option<usize>>) -> Option<usize> {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    let mut all = 0;
    for node in nodes {
        all += 1;
        if let Some(node) = node {
            *counts.entry(node).or_default() += 1;
        }
    }
    let best = counts.into_iter().max_by_key(|it| (it.1, std::cmp::Reverse(it.0)))?;
    (best.1 * 2 >= all).then_some(best.0)
}
