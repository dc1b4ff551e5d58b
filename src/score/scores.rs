//! The results: what every unit has, and what they were computed from.

use super::{evaluate::Gap, exact::Exact, explanation::Part, period::Period};
use crate::{diagnostic::Finding, number::Decimal, ruleset::LimitEffect};

/// The scores of all units.
#[derive(Debug, Clone)]
pub struct Scores {
    /// What they were computed from: the same four give the same scores.
    pub receipt: Receipt,
    /// Whether unreviewed rules were executed: then no number here is official.
    pub draft: bool,
    /// The ruleset's name.
    pub ruleset: String,
    /// The document's title.
    pub title: Option<String>,
    /// The year that is assessed.
    pub year: Option<String>,
    /// The full marks of the total.
    pub full: Exact,
    /// The digits after the point of a score.
    pub places: u32,
    /// The periods of which the total is the mean; empty where the year is assessed once.
    pub periods: Vec<Period>,
    /// The indicators, in the order of the tree.
    pub indicators: Vec<IndicatorHead>,
    /// The scores, in the order of the data.
    pub units: Vec<UnitScore>,
    /// What the quotas did.
    pub quotas: Vec<QuotaResult>,
    /// This assessment's parts in others: their name and the weight in percent.
    pub shares: Vec<(String, Decimal)>,
    /// How many events were counted.
    pub events: u64,
    /// What a person should look at.
    pub findings: Vec<Finding>,
}

/// What scores were computed from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Receipt {
    /// The program's version.
    pub program: String,
    /// The version of the ruleset's format.
    pub format: u32,
    /// The SHA-256 of the ruleset's file.
    pub ruleset: String,
    /// The SHA-256 of the review log; nothing where there is none.
    pub review: Option<String>,
    /// The SHA-256 of the unit data.
    pub data: String,
}

/// An indicator of the results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndicatorHead {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
    /// The full marks.
    pub full: Exact,
    /// The weight in percent.
    pub weight: Option<Decimal>,
    /// How far down the tree: one for the first level.
    pub depth: usize,
}

/// One unit's score.
#[derive(Debug, Clone)]
pub struct UnitScore {
    /// The unit.
    pub unit: String,
    /// Its category.
    pub category: Option<String>,
    /// The score before rounding; nothing where it is incomplete.
    pub exact: Option<Exact>,
    /// The score.
    pub score: Option<Decimal>,
    /// Whether it can be relied on.
    pub status: Status,
    /// The rank among all.
    pub rank: Option<u32>,
    /// The rank in the category.
    pub rank_in_category: Option<u32>,
    /// The grade whose band holds the score.
    pub band: Option<String>,
    /// The grade after limits and quotas.
    pub grade: GradeState,
    /// The quota that moved it down.
    pub quota: Option<String>,
    /// The limits that were applied.
    pub limits: Vec<LimitHit>,
    /// What is missing.
    pub gaps: Vec<Gap>,
    /// The total of each period.
    pub periods: Vec<(Period, Option<Exact>)>,
    /// The mean score of each indicator, in the order of [`Scores::indicators`]; empty where they were not asked for.
    pub indicators: Vec<IndicatorScore>,
    /// Why; where it was asked for.
    pub explanation: Option<Box<Part>>,
}

/// A unit's score of one indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IndicatorScore {
    /// The score, the mean of its periods.
    Known(Exact),
    /// Data are missing.
    Missing,
    /// It does not apply to the unit.
    NotApplicable,
}

/// Whether a score can be relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Everything is known.
    Complete,
    /// Something waits for a person and was left out (only in a draft).
    Waits,
    /// Data are missing: there is no score.
    Incomplete,
}

impl Status {
    /// Its name in results.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Waits => "needs-person",
            Self::Incomplete => "incomplete",
        }
    }
}

/// A unit's grade.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum GradeState {
    /// The ruleset has no bands, or the unit has no score.
    #[default]
    None,
    /// This grade.
    Given(String),
    /// Not settled, for the reason that the key says (`grade-…`).
    Open(&'static str),
    /// A tie straddles a quota: the first grade, or the second.
    Tied(String, Option<String>),
}

impl GradeState {
    /// The grade, where it is settled.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Given(it) => Some(it),
            Self::None | Self::Open(_) | Self::Tied(..) => None,
        }
    }
}

impl UnitScore {
    /// Whether a limit gave it its grade.
    pub(super) fn is_forced(&self) -> bool {
        self.limits.iter().any(|it| it.effect == LimitEffect::Force && it.grade.is_some())
    }
}

/// A limit that was applied to a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LimitHit {
    /// The id of the limit: `l1` is the first.
    pub id: String,
    /// What it does.
    pub effect: LimitEffect,
    /// The grade that it names.
    pub grade: Option<String>,
    /// The event.
    pub when: String,
    /// Where it stands in the document.
    pub at: String,
    /// The words that state it.
    pub quote: String,
    /// The grade before.
    pub before: Option<String>,
    /// The grade after.
    pub after: Option<String>,
}

/// What a quota did in one group of units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuotaResult {
    /// The id of the quota: `q1` is the first.
    pub id: String,
    /// The grade.
    pub grade: String,
    /// The category; nothing where it counts among all units.
    pub scope: Option<String>,
    /// The units of the group.
    pub of: u64,
    /// How many may have the grade.
    pub allowed: Option<u64>,
    /// How many had it before.
    pub holding: u64,
    /// The units that were moved to the next grade.
    pub moved_down: Vec<String>,
    /// The units among which the program does not choose.
    pub undecided: Vec<String>,
    /// How many of them cannot keep the grade.
    pub will_fall: u64,
    /// The words that state it.
    pub quote: String,
    /// Where they stand.
    pub at: String,
}
