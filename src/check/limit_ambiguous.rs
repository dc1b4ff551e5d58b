//! ## What it does
//!
//! Finds prohibitions that name a grade with 以上 or 以下 and do not say whether the grade itself is meant: 不得评为良好以上等次.
//! It is silent where the document says 及以上 or 含, or has a rule on how 以上 is read.
//!
//! ## Why it matters
//!
//! By the Civil Code 以上 includes the grade, and many readers take it for the grades above only: the unit is 良好 or it
//! is not.
//!
//! ## Example
//!
//! > 有下列情形之一的，不得评为良好以上等次。
//!
//! May the unit be 良好?
//!
//! ## Remedy
//!
//! Ask the office that issued the document; the ruleset holds the reading that includes the grade.

use crate::{
    check::{Check, naming, view::View},
    diagnostic::{Findings, Severity},
    ruleset::Ruleset,
};

/// The check `limit-ambiguous`.
pub(super) static LIMIT_AMBIGUOUS: Check = Check {
    code: "limit-ambiguous",
    severity: Severity::Warning,
    docs: include_str!("limit_ambiguous.rs"),
    docs_zh: include_str!("limit_ambiguous.zh.md"),
    run: Some(run),
};

fn run(check: &Check, view: &View<'_>, findings: &mut Findings) {
    if view.ruleset.limits.is_empty() || has_reading_rule(view.ruleset) {
        return;
    }
    let mut told: Vec<&str> = Vec::new();
    for limit in &view.ruleset.limits {
        let grade = limit.grade.as_deref().unwrap_or_default();
        let quote = limit.source.quote.as_str();
        let Some(words) = naming::vague_limit(limit.effect, grade, quote) else { continue };
        // A list of events under one sentence has one prohibition.
        if !told.contains(&quote) {
            told.push(quote);
            let finding = check.at(&limit.source).arg("words", words);
            findings.push(finding.arg("name", grade));
        }
    }
}

/// Whether the document says how 以上 and 以下 are read.
fn has_reading_rule(ruleset: &Ruleset) -> bool {
    let quotes = ruleset.notes.iter().map(|it| it.source.quote.as_str());
    let mut rules = quotes.filter(|it| it.contains("以上") || it.contains("以下"));
    rules.any(|it| it.contains("本数") || it.contains("本级"))
}
