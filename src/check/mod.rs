//! Checks: questions asked of a finished ruleset.
//!
//! A check never changes the ruleset and never reads the document. Each stands in a file of its own that is named after
//! the *fault* (`band-gap` in `band_gap.rs`); the head of that file is its reference page in English, `band_gap.zh.md`
//! beside it the same in Chinese. [`CHECKS`] lists them all, in the order of `docs/checks.md`. What the passes before the
//! ruleset saw stands in the ruleset as stored findings, which [`run`] repeats; the checks of their names have no question of
//! their own.

mod amount_missing;
mod amount_over_cap;
mod amount_over_indicator;
mod amount_repeated;
mod article_missing;
mod attachment_missing;
mod award_over_indicator;
mod award_under_indicator;
mod band_bottom;
mod band_bound_undecided;
mod band_gap;
mod band_order;
mod band_overlap;
mod band_top;
mod bands;
mod bonus_without_cap;
mod cap_over_indicator;
mod cap_sum;
mod cap_zero;
mod characters_lost;
mod document_cut_off;
mod doubled_character;
mod embedded_not_read;
mod empty_group;
mod grade_redefined;
mod grade_undefined;
mod header_repeated;
mod heading_lost;
mod hidden_sheet_skipped;
mod hidden_text;
mod indicator_without_assessor;
mod indicator_without_rule;
mod limit_ambiguous;
mod limit_unknown_grade;
mod masked_text;
mod multiply_without_base;
mod name_contradicts_content;
mod name_repeated;
mod names_repeated;
mod naming;
mod number_format_unknown;
mod numbering_gap;
mod numbering_repeat;
mod numbers_missing;
mod once_under_cap;
mod order;
mod page_frame_dropped;
mod pdf_damaged_pages;
mod pdf_damaged_parts;
mod pdf_missing_pages;
mod pdf_pictured_pages;
mod pdf_rebuilt;
mod pdf_recognised_text;
mod pdf_second_reader;
mod pdf_unmapped_characters;
mod pdf_unread_fonts;
mod pictures_not_read;
mod points_differ;
mod points_sum;
mod points_zero;
mod quota_over_100;
mod quota_short;
mod quota_unknown_grade;
mod range_reversed;
mod repeated_item;
mod revisions_pending;
mod rows_realigned;
mod running_head_dropped;
mod scan_error;
mod share_over_100;
mod stated_count;
mod sub_items;
mod subtotal_row;
mod subtotal_sum;
mod sums;
mod tier_bound_undecided;
mod tier_gap;
mod tier_order;
mod tier_overlap;
mod tiers;
mod total_sum;
mod tree;
mod undecided;
mod unread_mention;
mod view;
mod weight_and_points_mixed;
mod weight_sum;
mod words;
mod zero_amount;

use std::collections::BTreeSet;

use self::view::View;
use crate::{
    diagnostic::{Finding, Findings, Severity},
    message::{Catalogue, Lang},
    ruleset::{Ruleset, SourceRef, StoredFinding},
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
    /// Asks the question, pushing a finding for each bad answer; none where only a pass before the ruleset can see the
    /// fault.
    run: Option<fn(&Self, &View<'_>, &mut Findings)>,
}

/// Every check, in the order of the reference.
pub static CHECKS: &[&Check] = &[
    // Sums.
    &points_sum::POINTS_SUM,
    &sub_items::SUB_ITEMS,
    &total_sum::TOTAL_SUM,
    &weight_sum::WEIGHT_SUM,
    &weight_and_points_mixed::WEIGHT_AND_POINTS_MIXED,
    &cap_sum::CAP_SUM,
    &subtotal_sum::SUBTOTAL_SUM,
    &stated_count::STATED_COUNT,
    // Caps.
    &cap_over_indicator::CAP_OVER_INDICATOR,
    &amount_over_indicator::AMOUNT_OVER_INDICATOR,
    &amount_over_cap::AMOUNT_OVER_CAP,
    &once_under_cap::ONCE_UNDER_CAP,
    &cap_zero::CAP_ZERO,
    // Grade bands.
    &band_gap::BAND_GAP,
    &band_overlap::BAND_OVERLAP,
    &band_bound_undecided::BAND_BOUND_UNDECIDED,
    &band_order::BAND_ORDER,
    &band_top::BAND_TOP,
    &band_bottom::BAND_BOTTOM,
    &grade_redefined::GRADE_REDEFINED,
    // Tiers.
    &tier_gap::TIER_GAP,
    &tier_overlap::TIER_OVERLAP,
    &tier_bound_undecided::TIER_BOUND_UNDECIDED,
    &tier_order::TIER_ORDER,
    // Amounts.
    &amount_missing::AMOUNT_MISSING,
    &range_reversed::RANGE_REVERSED,
    &zero_amount::ZERO_AMOUNT,
    &amount_repeated::AMOUNT_REPEATED,
    &award_over_indicator::AWARD_OVER_INDICATOR,
    &award_under_indicator::AWARD_UNDER_INDICATOR,
    &bonus_without_cap::BONUS_WITHOUT_CAP,
    &multiply_without_base::MULTIPLY_WITHOUT_BASE,
    // Structure.
    &points_differ::POINTS_DIFFER,
    &repeated_item::REPEATED_ITEM,
    &numbering_gap::NUMBERING_GAP,
    &numbering_repeat::NUMBERING_REPEAT,
    &heading_lost::HEADING_LOST,
    &document_cut_off::DOCUMENT_CUT_OFF,
    &attachment_missing::ATTACHMENT_MISSING,
    &article_missing::ARTICLE_MISSING,
    &indicator_without_rule::INDICATOR_WITHOUT_RULE,
    &indicator_without_assessor::INDICATOR_WITHOUT_ASSESSOR,
    &name_repeated::NAME_REPEATED,
    &empty_group::EMPTY_GROUP,
    &points_zero::POINTS_ZERO,
    // Quotas, limits and shares.
    &quota_unknown_grade::QUOTA_UNKNOWN_GRADE,
    &quota_over_100::QUOTA_OVER_100,
    &quota_short::QUOTA_SHORT,
    &limit_unknown_grade::LIMIT_UNKNOWN_GRADE,
    &limit_ambiguous::LIMIT_AMBIGUOUS,
    &grade_undefined::GRADE_UNDEFINED,
    &share_over_100::SHARE_OVER_100,
    // Text.
    &unread_mention::UNREAD_MENTION,
    &masked_text::MASKED_TEXT,
    &scan_error::SCAN_ERROR,
    &doubled_character::DOUBLED_CHARACTER,
    // The file.
    &names_repeated::NAMES_REPEATED,
    &numbers_missing::NUMBERS_MISSING,
    &revisions_pending::REVISIONS_PENDING,
    &hidden_text::HIDDEN_TEXT,
    &embedded_not_read::EMBEDDED_NOT_READ,
    &pictures_not_read::PICTURES_NOT_READ,
    &number_format_unknown::NUMBER_FORMAT_UNKNOWN,
    &running_head_dropped::RUNNING_HEAD_DROPPED,
    &header_repeated::HEADER_REPEATED,
    &rows_realigned::ROWS_REALIGNED,
    &subtotal_row::SUBTOTAL_ROW,
    &hidden_sheet_skipped::HIDDEN_SHEET_SKIPPED,
    &page_frame_dropped::PAGE_FRAME_DROPPED,
    &name_contradicts_content::NAME_CONTRADICTS_CONTENT,
    &characters_lost::CHARACTERS_LOST,
    &pdf_damaged_pages::PDF_DAMAGED_PAGES,
    &pdf_damaged_parts::PDF_DAMAGED_PARTS,
    &pdf_missing_pages::PDF_MISSING_PAGES,
    &pdf_pictured_pages::PDF_PICTURED_PAGES,
    &pdf_rebuilt::PDF_REBUILT,
    &pdf_recognised_text::PDF_RECOGNISED_TEXT,
    &pdf_second_reader::PDF_SECOND_READER,
    &pdf_unmapped_characters::PDF_UNMAPPED_CHARACTERS,
    &pdf_unread_fonts::PDF_UNREAD_FONTS,
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
    let view = View::of(ruleset);
    let mut findings = asked(&view, options);
    let stored = ruleset.findings.iter().filter(|it| !options.allow.contains(&it.code));
    findings.extend(stored.map(repeat));
    finish(findings, &view, options)
}

/// The same without what the passes before the ruleset saw: for those who hold these findings themselves.
#[must_use]
pub fn ask(ruleset: &Ruleset, options: &Options) -> Vec<Finding> {
    let view = View::of(ruleset);
    finish(asked(&view, options), &view, options)
}

fn asked(view: &View<'_>, options: &Options) -> Findings {
    let mut findings = Findings::default();
    for check in CHECKS.iter().filter(|it| !options.allow.contains(it.code)) {
        if let Some(run) = check.run {
            run(check, view, &mut findings);
        }
    }
    findings
}

fn finish(findings: Findings, view: &View<'_>, options: &Options) -> Vec<Finding> {
    let mut findings = order::by_place(findings, view);
    for finding in findings.iter_mut().filter(|it| options.deny.contains(&it.code)) {
        finding.severity = Severity::Error;
    }
    findings
}

/// A stored finding with the severity of its check. One that no check knows is a warning, so that none is lost.
fn repeat(stored: &StoredFinding) -> Finding {
    let severity = find(&stored.code).map_or(Severity::Warning, |it| it.severity);
    let mut finding = Finding::new(&stored.code, severity).at(&*stored.at, &*stored.quote);
    if can_be_said(stored) {
        finding.args.clone_from(&stored.args);
    } else {
        finding.message = Some(stored.message.clone());
    }
    finding
}

/// Whether the catalogue has a sentence for it and all of that sentence's values are there, so that it can be said in the
/// user's language; otherwise its own message stands.
fn can_be_said(stored: &StoredFinding) -> bool {
    let words = Catalogue::get(Lang::En);
    let key = format!("finding.{}", stored.code);
    words.has(&key) && !words.with(&key, &stored.args).contains('{')
}
