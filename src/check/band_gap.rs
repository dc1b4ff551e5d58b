//! ## What it does
//!
//! Finds scores that fall between two grade bands. Scores are rounded before a grade is read off: with two places 89.5 is a
//! score, with whole numbers it is not. Bands within a band (A+ and A- in A) are a scale of their own, and a second list of
//! bands is another; grades by rank have no bands.
//!
//! ## Why it matters
//!
//! A unit whose score lies in the gap has no grade.
//!
//! ## Example
//!
//! > 优秀为100-90分、良好为89-80分、一般为79-60分。
//!
//! A score of 89.5 is neither 优秀 nor 良好, and 79.5 has no grade either.
//!
//! ## Remedy
//!
//! Ask the office that issued the document which grade these scores have, and amend the bound in the review; or write down
//! that scores are rounded to whole numbers.

use crate::{
    check::{Check, bands, view::View},
    diagnostic::{Findings, Severity},
    number::shortest,
    ruleset::Bounds,
};

/// The check `band-gap`.
pub(super) static BAND_GAP: Check = Check {
    code: "band-gap",
    severity: Severity::Error,
    docs: include_str!("band_gap.rs"),
    docs_zh: include_str!("band_gap.zh.md"),
    run: Some(run),
};

fn run(check: &Check, view: &View<'_>, findings: &mut Findings) {
    let step = Some(bands::step(view.ruleset));
    for scale in &view.scales {
        if scale.open.iter().any(|it| bands::takes_the_rest(it)) {
            continue;
        }
        let list: Vec<&Bounds> = scale.grades.iter().map(|it| &it.bounds).collect();
        for (lower, upper, gap) in bands::gaps(&list, step) {
            let (Some(lower), Some(upper)) = (scale.grades.get(lower), scale.grades.get(upper))
            else {
                continue;
            };
            let Some(example) = bands::sample(&gap, step) else { continue };
            let finding = check.at(&lower.source).arg("scores", bands::formula(&gap));
            let finding = finding.arg("example", shortest(example));
            let finding = finding.arg("lower", &lower.name).arg("upper", &upper.name);
            let (at, quote) = (&*upper.source.at, &*upper.source.quote);
            findings.push(finding.label(at, quote, "finding.band-gap.upper"));
        }
    }
}
