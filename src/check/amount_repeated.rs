//! ## What it does
//!
//! Finds conditions that stand twice under one indicator, in the same words and counted alike, with different
//! amounts. Amounts in the columns of one row of a table are of different things.
//!
//! ## Why it matters
//!
//! One event has two prices. Where an earlier version was changed, one of the two was forgotten.
//!
//! ## Example
//!
//! > 迟到的，每次扣0.5分。……迟到的，每次扣1分。
//!
//! Coming late costs half a point and a whole one.
//!
//! ## Remedy
//!
//! Ask the office that issued the document which amount holds, and reject the other rule in the review.

use std::{borrow::Cow, collections::BTreeMap};

use crate::{
    check::{Check, tree, view::View},
    diagnostic::{Findings, Severity},
    ruleset::{Effect, Rule},
};

/// The check `amount-repeated`.
pub(super) static AMOUNT_REPEATED: Check = Check {
    code: "amount-repeated",
    severity: Severity::Warning,
    docs: include_str!("amount_repeated.rs"),
    docs_zh: include_str!("amount_repeated.zh.md"),
    run: Some(run),
};

fn run(check: &Check, view: &View<'_>, findings: &mut Findings) {
    let lists = view.nodes.iter().map(|it| &it.indicator.rules);
    for rules in lists.chain(view.ruleset.adjustments.iter().map(|it| &it.rules)) {
        let mut seen: BTreeMap<Condition<'_>, &Rule> = BTreeMap::new();
        for rule in rules {
            let Some(condition) = condition(rule) else { continue };
            let first = *seen.entry(condition).or_insert(rule);
            let (Some(one), Some(other)) = (first.amount, rule.amount) else { continue };
            if one == other || is_one_passage(first, rule) || is_one_row(first, rule) {
                continue;
            }
            let finding = check.at(&rule.source).item(&*rule.id).arg("rule", tree::title(rule));
            let finding = finding.arg("first", one).arg("second", other);
            let (at, quote) = (&*first.source.at, &*first.source.quote);
            findings.push(finding.label(at, quote, "finding.amount-repeated.first"));
        }
    }
}

/// What an amount depends on: effect, counted unit, words of the condition, measure.
type Condition<'a> = (Effect, Option<&'a str>, Cow<'a, str>, Option<&'a str>);

fn condition(rule: &Rule) -> Option<Condition<'_>> {
    let words = without_blanks(rule.when.as_deref()?);
    // Words that were carried on from the sentence before are not the document's repetition.
    let carried = rule.doubts.iter().any(|it| it == "stem-inferred");
    let stated = rule.amount.is_some() && !words.is_empty() && !carried;
    stated.then_some((rule.effect, rule.per.as_deref(), words, rule.measure.as_deref()))
}

fn without_blanks(text: &str) -> Cow<'_, str> {
    if text.contains(char::is_whitespace) {
        text.split_whitespace().collect()
    } else {
        Cow::Borrowed(text)
    }
}

/// Amounts that one passage lists are parts of a list whose conditions could not be told apart, and no contradiction.
fn is_one_passage(one: &Rule, other: &Rule) -> bool {
    !one.source.quote.is_empty()
        && (&one.source.at, &one.source.quote) == (&other.source.at, &other.source.quote)
}

/// Whether the two stand in different columns of one row (表2 第3行 第4列): a table that tells amounts by their column.
fn is_one_row(one: &Rule, other: &Rule) -> bool {
    let cell = |it: &Rule| {
        it.source.at.rsplit_once(' ').map(|(row, column)| (row.to_owned(), column.to_owned()))
    };
    let (Some((row, column)), Some(beside)) = (cell(one), cell(other)) else { return false };
    column.ends_with('列') && row == beside.0 && column != beside.1
}
