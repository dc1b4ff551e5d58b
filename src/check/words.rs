//! The words and the doubts of a ruleset's items.

use crate::{
    check::view::View,
    ruleset::{Doubt, SourceRef},
};

/// Words of the document that an item holds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Words<'a> {
    /// The words.
    pub(crate) text: &'a str,
    /// Where they stand.
    pub(crate) source: &'a SourceRef,
    /// The item's id, if it has one.
    pub(crate) item: Option<&'a str>,
}

/// The names and conditions of all items, in the order of the tree.
pub(crate) fn all<'a>(view: &View<'a>) -> Vec<Words<'a>> {
    let ruleset = view.ruleset;
    let mut found: Vec<Words<'_>> = Vec::new();
    for node in &view.nodes {
        let it = node.indicator;
        found.push(Words { text: &it.name, source: &it.source, item: Some(&it.id) });
        for rule in &it.rules {
            let text = rule.when.as_deref().unwrap_or_default();
            found.push(Words { text, source: &rule.source, item: Some(&rule.id) });
        }
    }
    for adjustment in &ruleset.adjustments {
        let (source, item) = (&adjustment.source, Some(adjustment.id.as_str()));
        found.push(Words { text: &adjustment.name, source, item });
        for rule in &adjustment.rules {
            let text = rule.when.as_deref().unwrap_or_default();
            found.push(Words { text, source: &rule.source, item: Some(&rule.id) });
        }
    }
    for limit in &ruleset.limits {
        let text = limit.when.as_deref().unwrap_or_default();
        found.push(Words { text, source: &limit.source, item: None });
    }
    found
}

/// The items that carry a doubt, in the order of the tree.
pub(crate) fn doubted<'a>(view: &View<'a>, doubt: &str) -> Vec<Words<'a>> {
    let ruleset = view.ruleset;
    let has = |doubts: &[Doubt]| doubts.iter().any(|it| it == doubt);
    let words =
        |source: &'a SourceRef, item: Option<&'a str>| Words { text: &source.quote, source, item };
    let mut found: Vec<Words<'a>> = Vec::new();
    let total = ruleset.total.iter().filter(|it| has(&it.doubts));
    found.extend(total.map(|it| words(&it.source, None)));
    for node in &view.nodes {
        let it = node.indicator;
        found.extend(has(&it.doubts).then(|| words(&it.source, Some(&it.id))));
    }
    let lists = ruleset.adjustments.iter().filter(|it| has(&it.doubts));
    found.extend(lists.map(|it| words(&it.source, Some(&it.id))));
    for home in &view.rules {
        let it = home.rule;
        let doubted = has(&it.doubts) || it.tiers.iter().any(|it| has(&it.doubts));
        found.extend(doubted.then(|| words(&it.source, Some(&it.id))));
    }
    let grades = ruleset.grades.iter().map(|it| (&it.doubts, &it.source));
    let quotas = ruleset.quotas.iter().map(|it| (&it.doubts, &it.source));
    let limits = ruleset.limits.iter().map(|it| (&it.doubts, &it.source));
    let shares = ruleset.shares.iter().map(|it| (&it.doubts, &it.source));
    let rest = grades.chain(quotas).chain(limits).chain(shares).filter(|it| has(it.0));
    found.extend(rest.map(|it| words(it.1, None)));
    found
}
