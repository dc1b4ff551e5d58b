//! ## What it does
//!
//! Finds bounds of grade bands of which the document does not say whether the number itself is in or out (以上, 以下, a
//! bare range). Where the neighbouring band or a rule of the document decides it (含, 不含, “以上”均含本数), it is silent. A
//! bound that only the Civil Code decides (article 1259: 以上, 以下, 以内 include the number) is a note. The ends of the
//! whole scale need no decision, nor those of a range that no other band touches (80—89分 below 90分).
//!
//! ## Why it matters
//!
//! A unit with exactly that score has two grades or none, and the bound is where units ask.
//!
//! ## Example
//!
//! > 90分以上为优秀，80分以上为良好，80分以下为一般。
//!
//! A unit with exactly 80 points is both 良好 and 一般.
//!
//! ## Remedy
//!
//! Ask the office that issued the document, and amend the bound in the review.

use crate::{
    check::{
        Check, bands,
        undecided::{self, Interval},
        view::View,
    },
    diagnostic::{Findings, Severity},
    number::shortest,
};

/// The check `band-bound-undecided`.
pub(super) static BAND_BOUND_UNDECIDED: Check = Check {
    code: "band-bound-undecided",
    severity: Severity::Warning,
    docs: include_str!("band_bound_undecided.rs"),
    docs_zh: include_str!("band_bound_undecided.zh.md"),
    run: Some(run),
};

fn run(check: &Check, view: &View<'_>, findings: &mut Findings) {
    for scale in &view.scales {
        let items: Vec<Interval<'_>> = scale
            .grades
            .iter()
            .map(|it| Interval { bounds: it.bounds, doubts: &it.doubts, source: &it.source })
            .collect();
        for open in undecided::bounds(&items, bands::full_marks(view.ruleset)) {
            let names = open.intervals.iter().filter_map(|it| scale.grades.get(*it));
            let names: Vec<&str> = names.map(|it| it.name.as_str()).collect();
            let finding = check.at(open.source).arg("value", shortest(open.value));
            findings.push(open.graded(finding.arg("names", names.join("、"))));
        }
    }
}
