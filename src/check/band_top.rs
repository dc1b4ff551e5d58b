//! ## What it does
//!
//! Finds scales of grades whose best band ends below the full marks.
//!
//! ## Why it matters
//!
//! A unit with full marks has no grade.
//!
//! ## Example
//!
//! > 实行百分制，90至95分为优秀，80至90分为良好，80分以下为一般。
//!
//! A score of 98 has no grade.
//!
//! ## Remedy
//!
//! Compare the bands with the document, and amend the bound in the review or ask the office that issued it.

use crate::{
    check::{Check, bands, view::View},
    diagnostic::{Findings, Severity},
    number::shortest,
};

/// The check `band-top`.
pub(super) static BAND_TOP: Check = Check {
    code: "band-top",
    severity: Severity::Warning,
    docs: include_str!("band_top.rs"),
    docs_zh: include_str!("band_top.zh.md"),
    run: Some(run),
};

fn run(check: &Check, view: &View<'_>, findings: &mut Findings) {
    let Some(marks) = bands::full_marks(view.ruleset) else { return };
    for scale in view.scales.iter().filter(|it| it.is_whole()) {
        let highest = scale.grades.iter().max_by_key(|it| bands::high(&it.bounds));
        let Some((grade, upper)) = highest.and_then(|it| Some((it, it.bounds.upper?))) else {
            continue;
        };
        // A scale that ends under half of the full marks measures something else.
        let of_scores = upper.value + upper.value > marks;
        let short = upper.value < marks || (upper.value == marks && !upper.inclusive);
        if of_scores && short {
            let finding = check.at(&grade.source).arg("name", &grade.name);
            let finding = finding.arg("value", shortest(upper.value));
            findings.push(finding.arg("marks", shortest(marks)));
        }
    }
}
