//! ## What it does
//!
//! Finds scales of grades that end above zero: the lowest scores have no grade. A grade without a band may take what
//! is left (其余为一般); then it is silent.
//!
//! ## Why it matters
//!
//! A unit with a low score has no grade, although it is the one that a grade would matter to.
//!
//! ## Example
//!
//! > 90分以上为优秀，80至90分为良好，60至80分为合格。
//!
//! A score of 55 has no grade.
//!
//! ## Remedy
//!
//! Ask the office that issued the document what becomes of these scores, and add the grade in the review.

use crate::{
    check::{Check, view::View},
    diagnostic::{Findings, Severity},
    number::{Decimal, shortest},
};

/// The check `band-bottom`.
pub(super) static BAND_BOTTOM: Check = Check {
    code: "band-bottom",
    severity: Severity::Note,
    docs: include_str!("band_bottom.rs"),
    docs_zh: include_str!("band_bottom.zh.md"),
    run: Some(run),
};

fn run(check: &Check, view: &View<'_>, findings: &mut Findings) {
    for scale in view.scales.iter().filter(|it| it.is_whole()) {
        let Some(grade) = scale.grades.first() else { continue };
        let Some(lower) = grade.bounds.lower else { continue };
        if lower.value > Decimal::ZERO {
            let finding = check.at(&grade.source).arg("name", &grade.name);
            findings.push(finding.arg("value", shortest(lower.value)));
        }
    }
}
