//! The ruleset: a tree of indicators, the rules by which points move, and the grades (docs/ruleset.md).
//!
//! The types here are the format, key for key. [`yaml_reader`] reads it and [`yaml_writer`] writes it, [`facts`] flattens
//! it.

mod error;
pub mod facts;
pub mod from_outline;
pub mod json;
pub mod print;
pub(crate) mod raw;
pub mod schema;
pub mod spans;
pub(crate) mod yaml;
pub mod yaml_reader;
pub mod yaml_writer;

use std::fmt;

use schemars::JsonSchema;
use serde::Deserialize;

pub use self::error::{Conflict, Fault, RulesetError};
use crate::{number::Decimal, source::Span};

/// The version of the format.
pub const FORMAT_VERSION: u32 = 1;

/// What one assessment notice says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ruleset {
    /// The ruleset's name, the stem of its files.
    pub name: String,
    /// What the document says of itself.
    pub document: DocumentInfo,
    /// The full marks of the whole assessment.
    pub total: Option<Total>,
    /// How scores are rounded.
    pub rounding: Rounding,
    /// How often the assessment takes place; scores of periods are averaged.
    pub periods: Option<Periods>,
    /// The indicators of the first level.
    pub indicators: Vec<Indicator>,
    /// What moves the total itself: negative lists and bonus lists.
    pub adjustments: Vec<Adjustment>,
    /// The grade bands, as the document orders them.
    pub grades: Vec<Grade>,
    /// How many units a grade may have.
    pub quotas: Vec<Quota>,
    /// Events that forbid or force a grade.
    pub limits: Vec<Limit>,
    /// This assessment's part in others.
    pub shares: Vec<Share>,
    /// Statements that matter to a reader and have no effect on a score (formulas, consequences, who decides).
    pub notes: Vec<Note>,
    /// Scoring mentions that nobody has read yet.
    pub unread: Vec<Unread>,
    /// What the passes before the ruleset saw.
    pub findings: Vec<StoredFinding>,
}

/// What a document says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DocumentInfo {
    /// The measure's own title.
    pub title: Option<String>,
    /// The office that issued it.
    pub issuer: Option<String>,
    /// The document number (文号).
    pub number: Option<String>,
    /// The date of the signature, YYYY-MM-DD.
    pub date: Option<String>,
    /// The year that is assessed.
    pub year: Option<String>,
    /// The document that it replaces.
    pub replaces: Option<String>,
    /// Where the title stands.
    pub source: Option<SourceRef>,
    /// The files that it was compiled from.
    pub sources: Vec<SourceFile>,
}

/// A file that a ruleset was compiled from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceFile {
    /// Its name, without a folder.
    pub file: String,
    /// The SHA-256 of its bytes.
    pub sha256: String,
    /// Its pages, where the format states them.
    pub pages: Option<u32>,
}

/// The words of the document that state an item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceRef {
    /// Where they stand, in words.
    pub at: String,
    /// The words, white space folded.
    pub quote: String,
    /// Where they stand in the document's text; absent in items that a reviewer added.
    pub span: Option<Span>,
}

/// Something that the program inferred, repaired or could not decide about an item; a kebab-case name.
///
/// Bounds: `lower-bound-by-neighbour`, `upper-bound-by-neighbour`, `lower-bound-by-document`, `upper-bound-by-document`,
/// `lower-bound-by-code`, `upper-bound-by-code` (《民法典》第一千二百五十九条), `lower-bound-undecided`,
/// `upper-bound-undecided`. Others: `name-inferred`, `points-inferred`, `points-differ`, `stem-inferred`, `condition-inferred`, `measure-inferred`, `cap-inferred`,
/// `scan-error`, `masked`, `torn`, `remainder`, `repeated`, `low-confidence`.
pub type Doubt = String;

/// The full marks of the whole assessment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Total {
    /// The full marks.
    pub points: Decimal,
    /// Where it says so.
    pub source: SourceRef,
    /// What is not certain.
    pub doubts: Vec<Doubt>,
}

/// How scores are rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rounding {
    /// Digits after the point.
    pub places: u32,
    /// The way.
    pub mode: RoundingMode,
}

impl Default for Rounding {
    fn default() -> Self {
        Self { places: 2, mode: RoundingMode::HalfUp }
    }
}

/// Which way a score is rounded.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "rounding-mode")]
pub enum RoundingMode {
    /// 四舍五入.
    #[default]
    HalfUp,
    /// The rest is cut off.
    Down,
    /// Any rest counts as one.
    Up,
}

impl RoundingMode {
    /// Its name in the format.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::HalfUp => "half-up",
            Self::Down => "down",
            Self::Up => "up",
        }
    }
}

/// How often an assessment takes place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "periods")]
pub enum Periods {
    /// 每月.
    Month,
    /// 每季度.
    Quarter,
    /// 每半年.
    HalfYear,
}

impl Periods {
    /// Its name in the format.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::HalfYear => "half-year",
        }
    }
}

/// A scored node (指标).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Indicator {
    /// Readable, unique within the ruleset: 1, 1.2, 1.2.3.
    pub id: String,
    /// Its name in the document's words.
    pub name: String,
    /// Its points (分值).
    pub points: Option<Decimal>,
    /// Its weight in percent.
    pub weight: Option<Decimal>,
    /// The most that its rules may move (此项最多扣5分).
    pub cap: Option<Decimal>,
    /// How its score comes about.
    pub method: Option<Method>,
    /// Its own period, where it differs.
    pub periods: Option<Periods>,
    /// Who assesses (考评单位).
    pub assessor: Vec<String>,
    /// Who is responsible (责任单位).
    pub responsible: Vec<String>,
    /// Only the largest move counts (按最高标准扣分，不重复扣).
    pub highest: bool,
    /// The formula that gives its score, as written.
    pub formula: Option<String>,
    /// Its rules.
    pub rules: Vec<Rule>,
    /// The indicators below it.
    pub indicators: Vec<Self>,
    /// What else the document says of it.
    pub notes: Vec<String>,
    /// Where it stands.
    pub source: SourceRef,
    /// What is not certain.
    pub doubts: Vec<Doubt>,
}

impl Indicator {
    /// Whether it is a criterion: it has a cap of its own and neither points nor a weight, and the flat view leaves it out.
    #[must_use]
    pub const fn is_criterion(&self) -> bool {
        self.points.is_none() && self.weight.is_none()
    }

    /// The full marks below an indicator of some full marks: its points; with a weight alone 100, or what the weight gives it
    /// of the marks above, where the points of its parts come to just that (40% of 100, and parts of 12, 12 and 16 points);
    /// none where it has neither.
    #[must_use]
    pub fn full_marks_below(&self, above: Decimal) -> Option<Decimal> {
        let Some(weight) = self.weight.filter(|_| self.points.is_none()) else {
            return self.points;
        };
        let part = weight.checked_mul(above).map(|it| (it / Decimal::ONE_HUNDRED).normalize());
        let absolute = part.filter(|it| self.points_of_parts() == Some(*it));
        Some(absolute.unwrap_or(Decimal::ONE_HUNDRED))
    }

    /// What the points of its parts come to, those of their parts where they have none themselves; none where one has no
    /// points at all.
    #[must_use]
    pub fn points_of_parts(&self) -> Option<Decimal> {
        let parts = self.indicators.iter().map(|it| it.points.or_else(|| it.points_of_parts()));
        let sum: Decimal = parts.sum::<Option<Decimal>>()?;
        (!self.indicators.is_empty()).then(|| sum.normalize())
    }
}

/// How a node's score comes about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "method")]
pub enum Method {
    /// Full marks less the moves.
    Deduct,
    /// The sum of the awards.
    Award,
    /// A number that people give.
    Assessed,
    /// The sum of the nodes below.
    Sum,
}

impl Method {
    /// Its name in the format.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Deduct => "deduct",
            Self::Award => "award",
            Self::Assessed => "assessed",
            Self::Sum => "sum",
        }
    }
}

/// What moves the total itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Adjustment {
    /// Readable, unique within the ruleset.
    pub id: String,
    /// The heading of the list.
    pub name: String,
    /// The most that the list may move.
    pub cap: Option<Decimal>,
    /// Only the largest move counts.
    pub highest: bool,
    /// Its rules.
    pub rules: Vec<Rule>,
    /// Where the heading stands.
    pub source: SourceRef,
    /// What is not certain.
    pub doubts: Vec<Doubt>,
}

/// One way in which points move (评分细则).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rule {
    /// Readable, unique within the ruleset: 1.2-3.
    pub id: String,
    /// What it does.
    pub effect: Effect,
    /// How much; absent for `zero`, `multiply`, `unstated`, and where `tiers` hold it.
    pub amount: Option<Amount>,
    /// The counted unit (次, 人次, 2个百分点); absent where the amount falls once.
    pub per: Option<String>,
    /// The condition, in the document's words.
    pub when: Option<String>,
    /// The case whose cap it shares (每种情形最多扣2分).
    pub case: Option<Case>,
    /// The most that this rule can move.
    pub cap: Option<Decimal>,
    /// The factor of a `multiply`.
    pub times: Option<Decimal>,
    /// The ids of the rules that a `multiply` multiplies; empty: all rules of the node.
    pub of: Vec<String>,
    /// What is measured, where a measured value picks the amount.
    pub measure: Option<String>,
    /// The amounts by measured value.
    pub tiers: Vec<Tier>,
    /// The formula that gives the amount, as written.
    pub formula: Option<String>,
    /// Only the largest move of the rule's group counts.
    pub highest: bool,
    /// Exemptions (主动查处的不扣分).
    pub except: Vec<String>,
    /// Where it stands.
    pub source: SourceRef,
    /// What is not certain.
    pub doubts: Vec<Doubt>,
}

/// What a rule does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "effect")]
pub enum Effect {
    /// Takes points (扣).
    #[default]
    Deduct,
    /// Gives points above the base (加).
    Add,
    /// Sets the points that the item has (得).
    Award,
    /// The item has no points (不得分).
    Zero,
    /// Multiplies other moves (加倍, 减半).
    Multiply,
    /// Moves points without saying how many (酌情扣分).
    Unstated,
}

impl Effect {
    /// Its name in the format.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Deduct => "deduct",
            Self::Add => "add",
            Self::Award => "award",
            Self::Zero => "zero",
            Self::Multiply => "multiply",
            Self::Unstated => "unstated",
        }
    }
}

/// A number of points, or a range from which a person chooses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amount {
    /// So many points.
    Exact(Decimal),
    /// From the first to the second, both included.
    Range(Decimal, Decimal),
}

impl Amount {
    /// The most that it can be.
    #[must_use]
    pub const fn most(self) -> Decimal {
        match self {
            Self::Exact(it) | Self::Range(_, it) => it,
        }
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exact(it) => write!(f, "{}", it.normalize()),
            Self::Range(min, max) => write!(f, "{}-{}", min.normalize(), max.normalize()),
        }
    }
}

/// A case whose rules share a cap.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Case {
    /// Its name.
    pub name: String,
    /// The most that its rules may move together.
    pub cap: Option<Decimal>,
}

/// An interval of a measured value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Bounds {
    /// The lower bound.
    pub lower: Option<Bound>,
    /// The upper bound.
    pub upper: Option<Bound>,
}

/// One end of an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bound {
    /// The number, in the document's unit.
    pub value: Decimal,
    /// Whether the number itself lies within: `from`/`to` if so, `above`/`below` if not.
    pub inclusive: bool,
}

impl Bounds {
    /// Whether a value lies within.
    #[must_use]
    pub fn holds(&self, value: Decimal) -> bool {
        let above =
            self.lower.is_none_or(|it| value > it.value || (it.inclusive && value == it.value));
        let below =
            self.upper.is_none_or(|it| value < it.value || (it.inclusive && value == it.value));
        above && below
    }
}

/// The points for an interval of a measured value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tier {
    /// The interval.
    pub bounds: Bounds,
    /// The points; absent where the tier is `zero`.
    pub amount: Option<Amount>,
    /// The effect, where it is not the rule's.
    pub effect: Option<Effect>,
    /// The further condition, where bounds do not say it all.
    pub when: Option<String>,
    /// Where the tier stands, where it has words of its own.
    pub source: Option<SourceRef>,
    /// What is not certain.
    pub doubts: Vec<Doubt>,
}

/// A grade (等次).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grade {
    /// Its name.
    pub name: String,
    /// The scores that it has.
    pub bounds: Bounds,
    /// The grade that this one is a part of (A类: A+ …).
    pub within: Option<String>,
    /// Where it stands.
    pub source: SourceRef,
    /// What is not certain.
    pub doubts: Vec<Doubt>,
}

/// At most so many units in a grade (比例限制).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Quota {
    /// The grade's name.
    pub grade: String,
    /// At most so many percent.
    pub max: Option<Decimal>,
    /// At most so many units.
    pub count: Option<Decimal>,
    /// Among which units.
    pub within: Option<String>,
    /// Where it stands.
    pub source: SourceRef,
    /// What is not certain.
    pub doubts: Vec<Doubt>,
}

/// An event that forbids a grade and every better one, or forces one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Limit {
    /// What it does.
    pub effect: LimitEffect,
    /// The lowest grade that is forbidden, or the grade that is forced; absent in a veto that names none.
    pub grade: Option<String>,
    /// The event.
    pub when: Option<String>,
    /// Where it stands.
    pub source: SourceRef,
    /// What is not certain.
    pub doubts: Vec<Doubt>,
}

/// What a limit does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "limit-effect")]
pub enum LimitEffect {
    /// The grade and every better one are out of reach.
    #[default]
    Forbid,
    /// The grade is given.
    Force,
}

impl LimitEffect {
    /// Its name in the format.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Forbid => "forbid",
            Self::Force => "force",
        }
    }
}

/// This assessment's part in another one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Share {
    /// The other assessment.
    pub into: String,
    /// The weight in percent.
    pub weight: Decimal,
    /// Where it stands.
    pub source: SourceRef,
    /// What is not certain.
    pub doubts: Vec<Doubt>,
}

/// A statement that matters to a reader and has no effect on a score.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Note {
    /// What kind: formula, consequence, average, reference, replaces, rounding …
    pub kind: String,
    /// Where it stands and what it says.
    pub source: SourceRef,
}

/// A scoring mention that the program has not read; a person settles it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unread {
    /// Unique within the ruleset: u1, u2.
    pub id: String,
    /// Where it stands.
    pub at: String,
    /// The words around it.
    pub text: String,
    /// What kind of mention: points, percent, rank, count, scoring-word.
    pub kind: String,
    /// Where it stands in the document's text.
    pub span: Option<Span>,
}

/// A finding of the passes before the ruleset, kept with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StoredFinding {
    /// The fault's name.
    pub code: String,
    /// Where it stands.
    pub at: String,
    /// The words that it is about.
    pub quote: String,
    /// The message, in Chinese whatever the language of the user: the same bytes give the same ruleset.
    pub message: String,
    /// The values of the message, so that `check` can say it in the user's language.
    pub args: Vec<(String, String)>,
}
