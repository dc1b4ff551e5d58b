//! ## What it does
//!
//! Finds shares in another assessment of more than 100% or of nothing, and shares in one assessment that add up to
//! more than 100%.
//!
//! ## Why it matters
//!
//! No part can be more than the whole; the number is most likely misread or misprinted.
//!
//! ## Example
//!
//! > 考核结果按400%的权重计入年度考核。
//!
//! 40% is more likely.
//!
//! ## Remedy
//!
//! Compare the number with the document, and amend it in the review.

use std::collections::BTreeMap;

use crate::{
    check::{Check, view::View},
    diagnostic::{Findings, Severity},
    number::{Decimal, shortest},
};

/// The check `share-over-100`.
pub(super) static SHARE_OVER_100: Check = Check {
    code: "share-over-100",
    severity: Severity::Error,
    docs: include_str!("share_over_100.rs"),
    docs_zh: include_str!("share_over_100.zh.md"),
    run: Some(run),
};

fn run(check: &Check, view: &View<'_>, findings: &mut Findings) {
    let mut sums: BTreeMap<&str, Decimal> = BTreeMap::new();
    for share in &view.ruleset.shares {
        let sum = sums.entry(&share.into).or_default();
        *sum += share.weight;
        if *sum > Decimal::ONE_HUNDRED || share.weight <= Decimal::ZERO {
            let finding = check.at(&share.source).arg("name", &share.into);
            findings.push(finding.arg("sum", shortest(*sum)));
        }
    }
}
