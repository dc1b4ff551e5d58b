//! ## What it does
//!
//! Finds grades that have no band where others of the document have one, and grades that quotas and limits name in a
//! document that defines no grade at all. A grade that takes what the others leave (其余为一般) is defined by that.
//!
//! ## Why it matters
//!
//! No score gives such a grade.
//!
//! ## Example
//!
//! > 优秀为90分以上，良好为80至90分；连续两次末位的，评为较差。
//!
//! Which scores are 较差?
//!
//! ## Remedy
//!
//! Look whether the band stands elsewhere or in another document, and add it in the review.

use crate::{
    check::{Check, bands, naming, view::View},
    diagnostic::{Findings, Severity},
    ruleset::Grade,
};

/// The check `grade-undefined`.
pub(super) static GRADE_UNDEFINED: Check = Check {
    code: "grade-undefined",
    severity: Severity::Warning,
    docs: include_str!("grade_undefined.rs"),
    docs_zh: include_str!("grade_undefined.zh.md"),
    run: Some(run),
};

fn run(check: &Check, view: &View<'_>, findings: &mut Findings) {
    let open = |it: &&Grade| bands::is_open(it) && !bands::takes_the_rest(it);
    if view.ruleset.grades.iter().all(bands::is_open) {
        let known =
            |name: &str| view.ruleset.grades.iter().any(|it| bands::same_name(&it.name, name));
        let mut told: Vec<&str> = Vec::new();
        for (name, source) in naming::named(view.ruleset) {
            let plain = bands::plain_name(name);
            if !known(name) && !told.contains(&plain) {
                told.push(plain);
                findings.push(check.at(source).arg("name", name));
            }
        }
        return;
    }
    for grade in view.ruleset.grades.iter().filter(open) {
        findings.push(check.at(&grade.source).arg("name", &grade.name));
    }
}
