//! ## What it does
//!
//! Finds grades that have two different bands in one document. A band that is stated twice in the same way is one
//! band.
//!
//! ## Why it matters
//!
//! A score can have two grades, according to which place one reads.
//!
//! ## Example
//!
//! > 正文：90分以上为优秀。附件：95分以上为优秀。
//!
//! A score of 92 is 优秀 by the text and not by the attachment.
//!
//! ## Remedy
//!
//! Ask the office that issued the document which band is meant, and reject the other in the review; or note that the
//! two are for different units.

use crate::{
    check::{Check, bands, view::View},
    diagnostic::{Findings, Severity},
    ruleset::Grade,
};

/// The check `grade-redefined`.
pub(super) static GRADE_REDEFINED: Check = Check {
    code: "grade-redefined",
    severity: Severity::Warning,
    docs: include_str!("grade_redefined.rs"),
    docs_zh: include_str!("grade_redefined.zh.md"),
    run: Some(run),
};

fn run(check: &Check, view: &View<'_>, findings: &mut Findings) {
    let banded: Vec<&Grade> = view.ruleset.grades.iter().filter(|it| !bands::is_open(it)).collect();
    for (nth, grade) in banded.iter().enumerate() {
        let mut before = banded.iter().take(nth);
        let same =
            |it: &&&Grade| bands::same_name(&it.name, &grade.name) && it.within == grade.within;
        let Some(first) = before.find(same).filter(|it| it.bounds != grade.bounds) else {
            continue;
        };
        let finding = check.at(&grade.source).arg("name", &grade.name);
        let finding = finding.arg("first", bands::formula(&first.bounds));
        let finding = finding.arg("second", bands::formula(&grade.bounds));
        let (at, quote) = (&*first.source.at, &*first.source.quote);
        findings.push(finding.label(at, quote, "finding.grade-redefined.first"));
    }
}
