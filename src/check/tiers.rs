//! Tiers as ladders: which ones share out one measure, and what they give.

use crate::{
    check::bands,
    number::Decimal,
    ruleset::{Amount, Bounds, Effect, Rule, SourceRef, Tier},
};

/// The tiers of a rule that have a bound and the same further condition, from the lowest up.
pub(crate) fn ladders(rule: &Rule) -> Vec<Vec<&Tier>> {
    let mut ladders: Vec<Vec<&Tier>> = Vec::new();
    for tier in rule.tiers.iter().filter(|it| it.bounds != Bounds::default()) {
        let same = |it: &&mut Vec<&Tier>| it.first().is_some_and(|it| it.when == tier.when);
        match ladders.iter_mut().find(same) {
            Some(ladder) => ladder.push(tier),
            None => ladders.push(vec![tier]),
        }
    }
    for ladder in &mut ladders {
        ladder.sort_by_key(|it| (bands::low(&it.bounds), bands::high(&it.bounds)));
    }
    ladders
}

/// The step of the measure where only whole numbers occur (ranks, times, people, days); none for a rate, a score or a sum.
pub(crate) fn step(rule: &Rule) -> Option<Decimal> {
    const CONTINUOUS: [&str; 11] =
        ["%", "％", "率", "比例", "百分", "得分", "评分", "满意度", "进度", "浓度", "元"];
    let single = |it: &Tier| it.bounds.lower.is_some() && it.bounds.lower == it.bounds.upper;
    let mut numbers = rule.tiers.iter().flat_map(|it| [it.bounds.lower, it.bounds.upper]).flatten();
    if !numbers.all(|it| it.value.is_integer()) {
        return None;
    }
    // 第一名, 第二名 …
    if rule.tiers.iter().any(single) {
        return Some(Decimal::ONE);
    }
    let words = [rule.measure.as_deref(), rule.when.as_deref()];
    let mut words = words.iter().flatten();
    let by_words = words.any(|text| CONTINUOUS.iter().any(|it| text.contains(it)));
    let quotes = rule.tiers.iter().map(|it| &source(rule, it).quote);
    let by_quote = quotes.chain([&rule.source.quote]).any(|it| it.contains(['%', '％']));
    (!by_words && !by_quote).then_some(Decimal::ONE)
}

/// Where a tier stands: its own words, or else its rule's.
pub(crate) fn source<'a>(rule: &'a Rule, tier: &'a Tier) -> &'a SourceRef {
    tier.source.as_ref().unwrap_or(&rule.source)
}

/// What a tier is worth to the unit: more is better. None where it states no number.
pub(crate) fn worth(rule: &Rule, tier: &Tier) -> Option<Decimal> {
    let amount = tier.amount.map(Amount::most);
    match tier.effect.unwrap_or(rule.effect) {
        Effect::Deduct => amount.map(|it| -it),
        Effect::Add | Effect::Award => amount,
        // No points at all are the least of an award, and more than any deduction.
        Effect::Zero if rule.effect == Effect::Deduct => Some(Decimal::MIN),
        Effect::Zero => Some(Decimal::ZERO),
        Effect::Multiply | Effect::Unstated => None,
    }
}
