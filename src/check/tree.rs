//! A ruleset's tree as the checks walk it.

use std::rc::Rc;

use crate::{
    number::Decimal,
    ruleset::{Adjustment, Amount, Effect, Indicator, Rule, Ruleset},
};

/// An indicator and those above it.
#[derive(Debug, Clone)]
pub(crate) struct Node<'a> {
    /// The indicator.
    pub(crate) indicator: &'a Indicator,
    /// The indicators above it, from the top down.
    pub(crate) above: Rc<[&'a Indicator]>,
}

impl<'a> Node<'a> {
    /// Whether the indicator is a mere heading: neither it nor what is above or below it is scored.
    pub(crate) fn is_unscored(&self) -> bool {
        let scored = |it: &Indicator| full_marks(it).or(it.cap).is_some();
        self.indicator.indicators.is_empty() && !self.upwards().any(scored)
    }

    /// The indicator itself, then those above it, upwards.
    pub(crate) fn upwards(&self) -> impl Iterator<Item = &'a Indicator> {
        std::iter::once(self.indicator).chain(self.above.iter().rev().copied())
    }

    /// The id of the indicator right above it, if there is one.
    pub(crate) fn parent_id(&self) -> Option<&'a str> {
        self.above.last().map(|it| it.id.as_str())
    }

    /// The nearest indicator, from here upwards, that has full marks. Those of a weight alone are 100, or its part of the
    /// points above where that is more (30% of 400).
    pub(crate) fn marked(&self) -> Option<(&'a Indicator, Decimal)> {
        let mut upwards = self.upwards();
        let (owner, marks) = upwards.find_map(|it| Some((it, full_marks(it)?)))?;
        let weight = owner.weight.filter(|_| owner.points.is_none());
        let above = upwards.find_map(|it| it.points);
        let part = weight.zip(above).and_then(|(weight, points)| weight.checked_mul(points));
        let part = part.map(|it| it / Decimal::ONE_HUNDRED);
        Some((owner, part.map_or(marks, |it| it.max(marks))))
    }
}

/// A rule and what it belongs to.
#[derive(Debug, Clone)]
pub(crate) struct Home<'a> {
    /// The rule.
    pub(crate) rule: &'a Rule,
    /// The indicator that it stands under, or none where it stands in an adjustment.
    pub(crate) node: Option<Node<'a>>,
    /// The adjustment that it stands in, if any.
    pub(crate) adjustment: Option<&'a Adjustment>,
    /// All rules of that indicator or adjustment.
    pub(crate) beside: &'a [Rule],
}

impl Home<'_> {
    /// Every cap that holds for the rule: its own, its case's, and those of the indicators or the list that it stands in.
    pub(crate) fn caps(&self) -> impl Iterator<Item = Decimal> {
        let case = self.rule.case.as_ref().and_then(|it| it.cap);
        let own = self.rule.cap.into_iter().chain(case);
        let above = self.node.iter().flat_map(Node::upwards).filter_map(|it| it.cap);
        own.chain(above).chain(self.adjustment.and_then(|it| it.cap))
    }
}

/// The full marks that an indicator states: its points, or 100 where it has a weight alone.
pub(crate) fn full_marks(indicator: &Indicator) -> Option<Decimal> {
    indicator.points.or_else(|| indicator.weight.map(|_| Decimal::ONE_HUNDRED))
}

/// All indicators, in the order of the tree.
pub(crate) fn nodes(ruleset: &Ruleset) -> Vec<Node<'_>> {
    let mut found = Vec::new();
    let mut open: Vec<Node<'_>> = below(&ruleset.indicators, &Rc::default()).collect();
    while let Some(node) = open.pop() {
        let parts = &node.indicator.indicators;
        if !parts.is_empty() {
            let above = node.above.iter().copied().chain([node.indicator]).collect();
            open.extend(below(parts, &above));
        }
        found.push(node);
    }
    found
}

/// The nodes of one group, the last first.
fn below<'a>(
    indicators: &'a [Indicator],
    above: &Rc<[&'a Indicator]>,
) -> impl Iterator<Item = Node<'a>> {
    indicators.iter().rev().map(|indicator| Node { indicator, above: Rc::clone(above) })
}

/// All rules, those of the nodes in their order first.
pub(crate) fn rules<'a>(ruleset: &'a Ruleset, nodes: &[Node<'a>]) -> Vec<Home<'a>> {
    let mut homes = Vec::new();
    for node in nodes {
        let beside = &node.indicator.rules;
        let home = |rule| Home { rule, node: Some(node.clone()), adjustment: None, beside };
        homes.extend(beside.iter().map(home));
    }
    for adjustment in &ruleset.adjustments {
        let beside = &adjustment.rules;
        let home = |rule| Home { rule, node: None, adjustment: Some(adjustment), beside };
        homes.extend(beside.iter().map(home));
    }
    homes
}

/// Every amount with which a rule can have an effect: its own, and those of its tiers.
pub(crate) fn amounts(rule: &Rule, effect: Effect) -> impl Iterator<Item = Amount> {
    let own = rule.amount.filter(|_| rule.effect == effect);
    let tiers = rule.tiers.iter().filter(move |it| it.effect.unwrap_or(rule.effect) == effect);
    own.into_iter().chain(tiers.filter_map(|it| it.amount))
}

/// The words by which a person finds a rule: its condition, or else what it measures, or else its quote.
pub(crate) fn title(rule: &Rule) -> &str {
    let words = rule.when.as_deref().or(rule.measure.as_deref());
    words.unwrap_or(&rule.source.quote)
}

/// The first names of a list, to be read in a sentence: 春训、夏训、秋训…; of a long name its beginning.
pub(crate) fn some(names: &[&str]) -> String {
    const SHOWN: usize = 3;
    const LONGEST: usize = 20;
    let shown = names.iter().take(SHOWN).map(|it| match it.char_indices().nth(LONGEST) {
        Some((end, _)) => it.get(..end).unwrap_or_default().to_owned() + "…",
        None => (*it).to_owned(),
    });
    let more = if names.len() > SHOWN { "…" } else { "" };
    shown.collect::<Vec<_>>().join("、") + more
}

#[cfg(test)]
mod tests {
    use super::*;

    fn indicator(id: &str, indicators: Vec<Indicator>) -> Indicator {
        Indicator { id: id.to_owned(), indicators, ..Indicator::default() }
    }

    #[test]
    fn nodes_come_in_the_order_of_the_tree() {
        let deep = indicator("1.1", vec![indicator("1.1.1", vec![])]);
        let first = indicator("1", vec![deep, indicator("1.2", vec![])]);
        let indicators = vec![first, indicator("2", vec![])];
        let ruleset = Ruleset { indicators, ..Ruleset::default() };
        let path = |it: &Node<'_>| {
            let ids: Vec<&str> = it.above.iter().map(|it| it.id.as_str()).collect();
            format!("{}<{}", it.indicator.id, ids.join(","))
        };
        let found: Vec<String> = nodes(&ruleset).iter().map(path).collect();
        assert_eq!(found, ["1<", "1.1<1", "1.1.1<1,1.1", "1.2<1", "2<"]);
    }
}
