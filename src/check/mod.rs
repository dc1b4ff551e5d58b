//! Checks: questions asked of a finished ruleset.
//!
//! A check never changes the ruleset and never reads the document. Each stands in a file of its own that is named after
//! the *fault* (`band-gap` in `band_gap.rs`); the head of that file is its reference page in English, `band_gap.zh.md`
//! beside it the same in Chinese. [`CHECKS`] lists them all, in the order of `docs/checks.md`. What the passes before the
//! ruleset saw stands in the ruleset as stored findings: the check of the same name repeats them.

mod amount_missing;
mod amount_over_indicator;
mod band_gap;
mod band_overlap;
mod bands;
mod cap_over_indicator;
mod order;
mod points_sum;
mod repeated_item;
mod sums;
mod total_sum;
mod tree;
mod unread_mention;
mod weight_sum;

use std::collections::BTreeSet;

use crate::{
    diagnostic::{Finding, Findings, Severity},
    message::Lang,
    ruleset::{Ruleset, SourceRef},
};

/// A question asked of a ruleset.
#[derive(Debug)]
pub struct Check {
    /// The fault's name in kebab-case: the value of `--allow`, the key of its message.
    pub code: &'static str,
    /// How bad the fault is.
    pub severity: Severity,
    /// The file of the check; its head is the reference page in English.
    docs: &'static str,
    /// The reference page in Chinese.
    docs_zh: &'static str,
    /// Asks the question, pushing a finding for each bad answer.
    run: fn(&Self, &Ruleset, &mut Findings),
}

/// Every check, in the order of the reference.
pub static CHECKS: &[&Check] = &[
    // Sums.
    &points_sum::POINTS_SUM,
    &total_sum::TOTAL_SUM,
    &weight_sum::WEIGHT_SUM,
    // Caps.
    &cap_over_indicator::CAP_OVER_INDICATOR,
    &amount_over_indicator::AMOUNT_OVER_INDICATOR,
    // Grade bands.
    &band_gap::BAND_GAP,
    &band_overlap::BAND_OVERLAP,
    // Amounts.
    &amount_missing::AMOUNT_MISSING,
    // Structure.
    &repeated_item::REPEATED_ITEM,
    // Text.
    &unread_mention::UNREAD_MENTION,
];

/// What the user wants of the checks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// The codes that are silenced.
    pub allow: BTreeSet<String>,
    /// The codes whose findings count as errors; a code that is allowed too stays silent.
    pub deny: BTreeSet<String>,
}

impl Check {
    /// Starts a finding about something that stands in the document.
    fn at(&self, source: &SourceRef) -> Finding {
        let finding = Finding::new(self.code, self.severity).at(&*source.at, &*source.quote);
        match source.span {
            Some(span) => finding.span(span),
            None => finding,
        }
    }

    /// The reference page in a language, as Markdown without the check's name.
    #[must_use]
    pub fn page(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.docs_zh.to_owned(),
            Lang::En => {
                let lines = self.docs.lines().map_while(|it| it.strip_prefix("//!"));
                lines.map(|it| format!("{}\n", it.strip_prefix(' ').unwrap_or(it))).collect()
            }
        }
    }
}

/// The check of a code.
#[must_use]
pub fn find(code: &str) -> Option<&'static Check> {
    CHECKS.iter().copied().find(|it| it.code == code)
}

/// The reference page of a code as Markdown, headed by the code; nothing where no check has it.
#[must_use]
pub fn explain(code: &str, lang: Lang) -> Option<String> {
    find(code).map(|it| format!("# {}\n\n{}", it.code, it.page(lang)))
}

/// Asks every check that is not silenced and repeats what the passes before the ruleset saw, in document order.
#[must_use]
pub fn run(ruleset: &Ruleset, options: &Options) -> Vec<Finding> {
    let mut findings = Findings::default();
    for check in CHECKS.iter().filter(|it| !options.allow.contains(it.code)) {
        (check.run)(check, ruleset, &mut findings);
    }
    repeat_unknown(ruleset, options, &mut findings);
    let mut findings = order::by_place(findings, ruleset);
    for finding in findings.iter_mut().filter(|it| options.deny.contains(&it.code)) {
        finding.severity = Severity::Error;
    }
    findings
}

/// The whole work of a check whose fault only a pass before the ruleset can see.
fn repeat(check: &Check, ruleset: &Ruleset, findings: &mut Findings) {
    repeat_stored(check.code, check.severity, ruleset, findings);
}

/// Repeats the stored findings that no check knows, so that none is lost.
fn repeat_unknown(ruleset: &Ruleset, options: &Options, findings: &mut Findings) {
    let codes: BTreeSet<&str> = ruleset.findings.iter().map(|it| it.code.as_str()).collect();
    for code in codes {
        if find(code).is_none() && !options.allow.contains(code) {
            repeat_stored(code, Severity::Warning, ruleset, findings);
        }
    }
}

fn repeat_stored(code: &str, severity: Severity, ruleset: &Ruleset, findings: &mut Findings) {
    findings.extend(ruleset.findings.iter().filter(|it| it.code == code).map(|it| {
        let mut finding = Finding::new(code, severity).at(&*it.at, &*it.quote);
        finding.args.clone_from(&it.args);
        finding.message = Some(it.message.clone()).filter(|it| !it.is_empty());
        finding
    }));
}
