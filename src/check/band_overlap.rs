//! ## What it does
//!
//! Finds scores that lie in two grade bands at once. A bound that the document leaves undecided is the matter of
//! `band-bound-undecided`; bands within a band (A+ in A) and a second list of bands do not overlap with the rest, and of
//! bands that are open to the same side (90分以上, 80分以上) the tighter holds.
//!
//! ## Why it matters
//!
//! A unit with such a score has two grades.
//!
//! ## Example
//!
//! > 85分以上为优秀，70分至90分为良好。
//!
//! A score of 88 is both.
//!
//! ## Remedy
//!
//! Ask the office that issued the document which grade these scores have, and amend the bound in the review.

use crate::{
    check::{Check, bands, view::View},
    diagnostic::{Findings, Severity},
    ruleset::{Bounds, Grade},
};

/// The check `band-overlap`.
pub(super) static BAND_OVERLAP: Check = Check {
    code: "band-overlap",
    severity: Severity::Error,
    docs: include_str!("band_overlap.rs"),
    docs_zh: include_str!("band_overlap.zh.md"),
    run: Some(run),
};

fn run(check: &Check, view: &View<'_>, findings: &mut Findings) {
    for scale in &view.scales {
        for (nth, lower) in scale.grades.iter().enumerate() {
            for upper in scale.grades.iter().skip(nth + 1) {
                let Some(shared) = bands::overlap(&lower.bounds, &upper.bounds) else { continue };
                let excused = bands::same_name(&lower.name, &upper.name)
                    || bands::are_thresholds(&lower.bounds, &upper.bounds)
                    || is_undecided(&shared, lower, upper);
                if excused {
                    continue;
                }
                let finding = check.at(&lower.source).arg("scores", bands::formula(&shared));
                let finding = finding.arg("lower", &lower.name).arg("upper", &upper.name);
                findings.push(finding.label(
                    &*upper.source.at,
                    &*upper.source.quote,
                    "finding.band-overlap.upper",
                ));
            }
        }
    }
}

/// Whether the bands share one number only, and the document does not say whose it is.
fn is_undecided(shared: &Bounds, lower: &Grade, upper: &Grade) -> bool {
    let one = shared.lower.zip(shared.upper).is_some_and(|(from, to)| from.value == to.value);
    one && lower.doubts.iter().chain(&upper.doubts).any(|it| it.ends_with("undecided"))
}
