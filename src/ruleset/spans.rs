//! The characters of the document that the items of a ruleset quote.

use crate::{
    ruleset::{Indicator, Rule, Ruleset, SourceRef},
    source::Span,
};

/// The span of each item's quote, tiers included.
#[must_use]
pub fn quoted(ruleset: &Ruleset) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut add = |source: &SourceRef| spans.extend(source.span);
    ruleset.total.iter().for_each(|it| add(&it.source));
    ruleset.indicators.iter().for_each(|it| of_indicator(it, &mut add));
    for adjustment in &ruleset.adjustments {
        add(&adjustment.source);
        adjustment.rules.iter().for_each(|it| of_rule(it, &mut add));
    }
    ruleset.grades.iter().for_each(|it| add(&it.source));
    ruleset.quotas.iter().for_each(|it| add(&it.source));
    ruleset.limits.iter().for_each(|it| add(&it.source));
    ruleset.shares.iter().for_each(|it| add(&it.source));
    ruleset.notes.iter().for_each(|it| add(&it.source));
    spans
}

fn of_indicator(indicator: &Indicator, add: &mut impl FnMut(&SourceRef)) {
    add(&indicator.source);
    indicator.rules.iter().for_each(|it| of_rule(it, add));
    indicator.indicators.iter().for_each(|it| of_indicator(it, add));
}

fn of_rule(rule: &Rule, add: &mut impl FnMut(&SourceRef)) {
    add(&rule.source);
    rule.tiers.iter().filter_map(|it| it.source.as_ref()).for_each(add);
}
