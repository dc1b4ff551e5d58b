//! ## What it does
//!
//! Lists every place where the document moves or gives points and the program could not read how. Each stands in the ruleset
//! under `unread` with an id.
//!
//! ## Why it matters
//!
//! What is not read is not scored: the ruleset is incomplete until a person has settled each of them.
//!
//! ## Example
//!
//! > 其他情形由领导小组研究确定扣分。
//!
//! Points move, but no rule can be made of it.
//!
//! ## Remedy
//!
//! In the review, add the rule that the words mean, or dismiss the entry where they mean none.

use crate::{
    check::{Check, view::View},
    diagnostic::{Findings, Severity},
    ruleset::SourceRef,
};

/// The check `unread-mention`.
pub(super) static UNREAD_MENTION: Check = Check {
    code: "unread-mention",
    severity: Severity::Warning,
    docs: include_str!("unread_mention.rs"),
    docs_zh: include_str!("unread_mention.zh.md"),
    run: Some(run),
};

fn run(check: &Check, view: &View<'_>, findings: &mut Findings) {
    for it in &view.ruleset.unread {
        let place = SourceRef { at: it.at.clone(), quote: it.text.clone(), span: it.span };
        findings.push(check.at(&place).item(&*it.id).arg("id", &it.id));
    }
}
