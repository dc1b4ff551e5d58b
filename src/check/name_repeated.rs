//! ## What it does
//!
//! Finds indicators of one name that stand twice in one group with different points, where the sum of the group does
//! not show that both are meant. Two cells of points beside one name are common and add up.
//!
//! ## Why it matters
//!
//! If the second is the first with a number changed, one of the two is out of date.
//!
//! ## Example
//!
//! > 信息报送（5分）……信息报送（3分）
//!
//! Are eight points meant, or five, or three?
//!
//! ## Remedy
//!
//! Compare both places with the document, and reject the one that does not hold in the review.

use std::collections::BTreeMap;

use crate::{
    check::{Check, sums, view::View},
    diagnostic::{Findings, Severity},
    number::{Decimal, shortest},
    ruleset::Indicator,
};

/// The check `name-repeated`.
pub(super) static NAME_REPEATED: Check = Check {
    code: "name-repeated",
    severity: Severity::Warning,
    docs: include_str!("name_repeated.rs"),
    docs_zh: include_str!("name_repeated.zh.md"),
    run: Some(run),
};

fn run(check: &Check, view: &View<'_>, findings: &mut Findings) {
    let first = sums::first_level(view.ruleset);
    for group in first.into_iter().chain(sums::groups(view)) {
        let sum: Option<Decimal> = group.parts.iter().map(|it| it.points).sum();
        if sum == Some(group.marks) {
            continue;
        }
        let mut first: BTreeMap<&str, &Indicator> = BTreeMap::new();
        for part in group.parts {
            let other = *first.entry(&part.name).or_insert(part);
            if !differ(other.points, part.points) {
                continue;
            }
            let finding = check.at(&part.source).item(&*part.id).arg("name", &part.name);
            let numbers =
                [other.points, part.points].map(|it| it.map_or_else(String::new, shortest));
            let [one, two] = numbers;
            let finding = finding.arg("first", one).arg("second", two);
            let (at, quote) = (&*other.source.at, &*other.source.quote);
            findings.push(finding.label(at, quote, "finding.name-repeated.first"));
        }
    }
}

fn differ(one: Option<Decimal>, other: Option<Decimal>) -> bool {
    one.zip(other).is_some_and(|(one, other)| one != other)
}
