//! The ruleset as it stands in a file, key for key; the JSON Schema is generated from these types.
//!
//! A raw type holds what the file says; turning it into the type of [`crate::ruleset`] checks what no single key can say
//! (two lower bounds, a range upside down). The error then stands at the map that holds the keys.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, de};

use super::{
    Adjustment, Amount, Bound, Bounds, Case, DocumentInfo, Effect, Grade, Indicator, Limit,
    LimitEffect, Method, Note, Periods, Quota, Rounding, RoundingMode, Rule, Share, SourceFile,
    SourceRef, StoredFinding, Tier, Total, Unread,
    error::Conflict,
    yaml::number::{AMOUNT, Number},
};
use crate::{number::Decimal, source::Span};

/// Reads a type of the ruleset, and gives its schema, by way of its raw type.
macro_rules! read_as {
    ($($type:ty => $raw:ty),* $(,)?) => {$(
        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                <$raw>::deserialize(from)?.try_into().map_err(de::Error::custom)
            }
        }

        impl JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                <$raw>::schema_name()
            }

            fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                <$raw>::json_schema(generator)
            }
        }
    )*};
}

read_as! {
    Adjustment => RawAdjustment,
    Amount => RawAmount,
    Case => RawCase,
    DocumentInfo => RawDocument,
    Grade => RawGrade,
    Indicator => RawIndicator,
    Limit => RawLimit,
    Note => RawNote,
    Quota => RawQuota,
    Rounding => RawRounding,
    Rule => RawRule,
    Share => RawShare,
    SourceFile => RawSourceFile,
    SourceRef => RawSource,
    StoredFinding => RawFinding,
    Tier => RawTier,
    Total => RawTotal,
    Unread => RawUnread,
}

fn decimal(number: Option<Number>) -> Option<Decimal> {
    number.map(|it| it.0)
}

/// An assessment notice as a ruleset.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename = "ruleset")]
pub(super) struct RawRuleset {
    /// The version of the format.
    #[serde(rename = "chidu")]
    #[schemars(range(min = 1, max = 1))]
    pub(super) _version: u32,
    /// The ruleset's name, the stem of its files.
    pub(super) name: String,
    /// What the document says of itself.
    #[serde(default)]
    pub(super) document: DocumentInfo,
    /// The full marks of the whole assessment.
    pub(super) total: Option<Total>,
    /// How scores are rounded; two places, half up, where it is left out.
    #[serde(default)]
    pub(super) rounding: Rounding,
    /// How often the assessment takes place; left out where the year is assessed once.
    pub(super) periods: Option<Periods>,
    /// The indicators of the first level.
    #[serde(default)]
    pub(super) indicators: Vec<Indicator>,
    /// What moves the total itself: negative lists and bonus lists.
    #[serde(default)]
    pub(super) adjustments: Vec<Adjustment>,
    /// The grade bands.
    #[serde(default)]
    pub(super) grades: Vec<Grade>,
    /// How many units a grade may have.
    #[serde(default)]
    pub(super) quotas: Vec<Quota>,
    /// Events that forbid or force a grade.
    #[serde(default)]
    pub(super) limits: Vec<Limit>,
    /// This assessment's part in others.
    #[serde(default)]
    pub(super) shares: Vec<Share>,
    /// Statements without an effect on a score.
    #[serde(default)]
    pub(super) notes: Vec<Note>,
    /// Scoring mentions that nobody has read yet.
    #[serde(default)]
    pub(super) unread: Vec<Unread>,
    /// What the passes before the ruleset saw.
    #[serde(default)]
    pub(super) findings: Vec<StoredFinding>,
}

/// What a document says of itself.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename = "document")]
struct RawDocument {
    /// The measure's own title.
    title: Option<String>,
    /// The office that issued it.
    issuer: Option<String>,
    /// The document number (文号).
    number: Option<String>,
    /// The date of the signature, YYYY-MM-DD.
    #[schemars(regex(pattern = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"))]
    date: Option<String>,
    /// The year that is assessed.
    year: Option<Year>,
    /// The document that it replaces.
    replaces: Option<String>,
    /// Where the title stands.
    #[serde(default)]
    source: SourceRef,
    /// The files that it was compiled from.
    #[serde(default)]
    sources: Vec<SourceFile>,
}

impl TryFrom<RawDocument> for DocumentInfo {
    type Error = Conflict;

    fn try_from(it: RawDocument) -> Result<Self, Conflict> {
        if it.date.as_deref().is_some_and(|it| !is_date(it)) {
            return Err(Conflict::Date);
        }
        let source = Some(it.source).filter(|it| *it != SourceRef::default());
        let year = it.year.map(|it| it.0);
        let RawDocument { title, issuer, number, date, replaces, sources, .. } = it;
        Ok(Self { title, issuer, number, date, year, replaces, source, sources })
    }
}

/// Whether the text has the form YYYY-MM-DD, with a month and a day that exist.
pub(crate) fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return false };
    let digits =
        |it: &str, long: usize| it.len() == long && it.bytes().all(|it| it.is_ascii_digit());
    let within = |it: &str, most: u32| it.parse().is_ok_and(|it: u32| (1..=most).contains(&it));
    digits(year, 4) && digits(month, 2) && digits(day, 2) && within(month, 12) && within(day, 31)
}

/// A year, written plain (2025) or as text.
struct Year(String);

/// The name by which the reader of nodes knows that a number may stand for a text.
pub(super) const YEAR: &str = "chidu year";

impl<'de> Deserialize<'de> for Year {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct YearVisitor;
        impl de::Visitor<'_> for YearVisitor {
            type Value = Year;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("year")
            }
            fn visit_str<E>(self, text: &str) -> Result<Year, E> {
                Ok(Year(text.to_owned()))
            }
        }
        from.deserialize_newtype_struct(YEAR, YearVisitor)
    }
}

impl JsonSchema for Year {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "year".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({ "type": ["integer", "string"] })
    }
}

/// A file that a ruleset was compiled from.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename = "file")]
struct RawSourceFile {
    /// Its name, without a folder.
    file: String,
    /// The SHA-256 of its bytes.
    sha256: String,
    /// Its pages, where the format states them.
    pages: Option<u32>,
}

impl From<RawSourceFile> for SourceFile {
    fn from(RawSourceFile { file, sha256, pages }: RawSourceFile) -> Self {
        Self { file, sha256, pages }
    }
}

/// The words of the document that state an item.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename = "source")]
struct RawSource {
    /// Where they stand, in words.
    #[serde(default)]
    at: String,
    /// The words, white space folded.
    #[serde(default)]
    quote: String,
    /// Start and end in characters (Unicode scalar values) of the document's text.
    span: Option<[u32; 2]>,
}

impl TryFrom<RawSource> for SourceRef {
    type Error = Conflict;

    fn try_from(RawSource { at, quote, span }: RawSource) -> Result<Self, Conflict> {
        Ok(Self { at, quote, span: span.map(to_span).transpose()? })
    }
}

fn to_span([start, end]: [u32; 2]) -> Result<Span, Conflict> {
    if start <= end { Ok(Span::new(start, end)) } else { Err(Conflict::Span) }
}

/// The full marks of the whole assessment.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename = "total")]
struct RawTotal {
    /// The full marks.
    points: Number,
    /// Where it says so.
    #[serde(default)]
    source: SourceRef,
    /// What is not certain.
    #[serde(default)]
    doubts: Vec<String>,
}

impl From<RawTotal> for Total {
    fn from(RawTotal { points, source, doubts }: RawTotal) -> Self {
        Self { points: points.0, source, doubts }
    }
}

/// How scores are rounded.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename = "rounding")]
struct RawRounding {
    /// Digits after the point.
    places: u32,
    /// The way.
    mode: RoundingMode,
}

impl From<RawRounding> for Rounding {
    fn from(RawRounding { places, mode }: RawRounding) -> Self {
        Self { places, mode }
    }
}

/// A scored node (指标).
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename = "indicator")]
struct RawIndicator {
    /// Readable, unique within the ruleset: 1, 1.2, 1.2.3.
    #[schemars(regex(pattern = r"\S"))]
    id: String,
    /// Its name in the document's words.
    name: String,
    /// Its points (分值).
    points: Option<Number>,
    /// Its weight in percent.
    weight: Option<Number>,
    /// The most that its rules may move (此项最多扣5分).
    cap: Option<Number>,
    /// How its score comes about.
    method: Option<Method>,
    /// Its own period, where it differs.
    periods: Option<Periods>,
    /// Who assesses (考评单位).
    #[serde(default)]
    assessor: Vec<String>,
    /// Who is responsible (责任单位).
    #[serde(default)]
    responsible: Vec<String>,
    /// Only the largest move counts (按最高标准扣分，不重复扣).
    #[serde(default)]
    highest: bool,
    /// The formula that gives its score, as written.
    formula: Option<String>,
    /// Its rules.
    #[serde(default)]
    rules: Vec<Rule>,
    /// The indicators below it.
    #[serde(default)]
    indicators: Vec<Indicator>,
    /// What else the document says of it.
    #[serde(default)]
    notes: Vec<String>,
    /// Where it stands.
    #[serde(default)]
    source: SourceRef,
    /// What is not certain.
    #[serde(default)]
    doubts: Vec<String>,
}

impl TryFrom<RawIndicator> for Indicator {
    type Error = Conflict;

    fn try_from(it: RawIndicator) -> Result<Self, Conflict> {
        named(&it.id)?;
        Ok(Self {
            id: it.id,
            name: it.name,
            points: decimal(it.points),
            weight: decimal(it.weight),
            cap: decimal(it.cap),
            method: it.method,
            periods: it.periods,
            assessor: it.assessor,
            responsible: it.responsible,
            highest: it.highest,
            formula: it.formula,
            rules: it.rules,
            indicators: it.indicators,
            notes: it.notes,
            source: it.source,
            doubts: it.doubts,
        })
    }
}

fn named(id: &str) -> Result<(), Conflict> {
    if id.trim().is_empty() { Err(Conflict::Id) } else { Ok(()) }
}

/// What moves the total itself.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename = "adjustment")]
struct RawAdjustment {
    /// Readable, unique within the ruleset.
    #[schemars(regex(pattern = r"\S"))]
    id: String,
    /// The heading of the list.
    name: String,
    /// The most that the list may move.
    cap: Option<Number>,
    /// Only the largest move counts.
    #[serde(default)]
    highest: bool,
    /// Its rules.
    #[serde(default)]
    rules: Vec<Rule>,
    /// Where the heading stands.
    #[serde(default)]
    source: SourceRef,
    /// What is not certain.
    #[serde(default)]
    doubts: Vec<String>,
}

impl TryFrom<RawAdjustment> for Adjustment {
    type Error = Conflict;

    fn try_from(it: RawAdjustment) -> Result<Self, Conflict> {
        named(&it.id)?;
        let RawAdjustment { id, name, cap, highest, rules, source, doubts } = it;
        Ok(Self { id, name, cap: decimal(cap), highest, rules, source, doubts })
    }
}

/// One way in which points move (评分细则).
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename = "rule")]
#[schemars(extend("allOf" = [
    {
        "if": { "properties": { "effect": { "const": "multiply" } } },
        "else": { "properties": { "times": false, "of": { "maxItems": 0 } } }
    },
    {
        "if": { "properties": { "effect": { "enum": ["zero", "multiply", "unstated"] } } },
        "then": { "properties": { "amount": false } }
    }
]))]
struct RawRule {
    /// Readable, unique within the ruleset: 1.2-3.
    #[schemars(regex(pattern = r"\S"))]
    id: String,
    /// What it does.
    effect: Effect,
    /// How much: a number, or the two ends of a range.
    amount: Option<Amount>,
    /// The counted unit (次, 人次, 2个百分点); left out where the amount falls once.
    per: Option<String>,
    /// The condition, in the document's words.
    when: Option<String>,
    /// The case whose cap it shares (每种情形最多扣2分).
    case: Option<Case>,
    /// The most that this rule can move.
    cap: Option<Number>,
    /// The factor of a `multiply`.
    times: Option<Number>,
    /// The ids of the rules that a `multiply` multiplies; left out: all rules of the node.
    #[serde(default)]
    of: Vec<String>,
    /// What is measured, where a measured value picks the amount.
    measure: Option<String>,
    /// The amounts by measured value.
    #[serde(default)]
    tiers: Vec<Tier>,
    /// The formula that gives the amount, as written.
    formula: Option<String>,
    /// Only the largest move of the rule's group counts.
    #[serde(default)]
    highest: bool,
    /// Exemptions (主动查处的不扣分).
    #[serde(default)]
    except: Vec<String>,
    /// Where it stands.
    #[serde(default)]
    source: SourceRef,
    /// What is not certain.
    #[serde(default)]
    doubts: Vec<String>,
}

impl TryFrom<RawRule> for Rule {
    type Error = Conflict;

    fn try_from(it: RawRule) -> Result<Self, Conflict> {
        let rule = Self {
            id: it.id,
            effect: it.effect,
            amount: it.amount,
            per: it.per,
            when: it.when,
            case: it.case,
            cap: decimal(it.cap),
            times: decimal(it.times),
            of: it.of,
            measure: it.measure,
            tiers: it.tiers,
            formula: it.formula,
            highest: it.highest,
            except: it.except,
            source: it.source,
            doubts: it.doubts,
        };
        rule.checked()
    }
}

impl Rule {
    /// The rule, if its keys fit its effect and each other.
    pub(crate) fn checked(self) -> Result<Self, Conflict> {
        named(&self.id)?;
        let multiplies = self.effect == Effect::Multiply;
        let has_amount = matches!(self.effect, Effect::Deduct | Effect::Add | Effect::Award);
        match () {
            () if self.times.is_some() && !multiplies => Err(Conflict::Times),
            () if !self.of.is_empty() && !multiplies => Err(Conflict::Of),
            () if self.amount.is_some() && !has_amount => Err(Conflict::Amount),
            () => Ok(self),
        }
    }
}

/// A number of points, or a range from which a person chooses.
struct RawAmount(Amount);

/// The two ends of a range, both included.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename = "range")]
struct RawRange {
    /// The least.
    min: Number,
    /// The most.
    max: Number,
}

impl<'de> Deserialize<'de> for RawAmount {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_newtype_struct(AMOUNT, AmountVisitor)
    }
}

struct AmountVisitor;

impl<'de> de::Visitor<'de> for AmountVisitor {
    type Value = RawAmount;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("amount")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<RawAmount, E> {
        let number = super::yaml::number::parse(text).map_err(E::custom)?;
        Ok(RawAmount(Amount::Exact(number)))
    }

    fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<RawAmount, A::Error> {
        let range = RawRange::deserialize(de::value::MapAccessDeserializer::new(map))?;
        let (min, max) = (range.min.0, range.max.0);
        if min > max {
            return Err(de::Error::custom(Conflict::Range));
        }
        Ok(RawAmount(Amount::Range(min, max)))
    }
}

impl JsonSchema for RawAmount {
    fn schema_name() -> Cow<'static, str> {
        "amount".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let (number, range) =
            (generator.subschema_for::<Number>(), generator.subschema_for::<RawRange>());
        schemars::json_schema!({
            "description": "A number of points, or a range from which a person chooses",
            "anyOf": [number, range]
        })
    }
}

impl From<RawAmount> for Amount {
    fn from(it: RawAmount) -> Self {
        it.0
    }
}

/// A case whose rules share a cap.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename = "case")]
struct RawCase {
    /// Its name.
    name: String,
    /// The most that its rules may move together.
    cap: Option<Number>,
}

impl From<RawCase> for Case {
    fn from(RawCase { name, cap }: RawCase) -> Self {
        Self { name, cap: decimal(cap) }
    }
}

/// The points for an interval of a measured value.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename = "tier")]
#[schemars(extend("allOf" = [
    { "not": { "required": ["from", "above"] } },
    { "not": { "required": ["to", "below"] } }
]))]
struct RawTier {
    /// The lower bound, included.
    from: Option<Number>,
    /// The lower bound, not included.
    above: Option<Number>,
    /// The upper bound, included.
    to: Option<Number>,
    /// The upper bound, not included.
    below: Option<Number>,
    /// The points.
    amount: Option<Amount>,
    /// The effect, where it is not the rule's.
    effect: Option<Effect>,
    /// The further condition, where bounds do not say it all.
    when: Option<String>,
    /// Where the tier stands, where it has words of its own.
    #[serde(default)]
    source: SourceRef,
    /// What is not certain.
    #[serde(default)]
    doubts: Vec<String>,
}

impl TryFrom<RawTier> for Tier {
    type Error = Conflict;

    fn try_from(it: RawTier) -> Result<Self, Conflict> {
        Ok(Self {
            bounds: bounds([it.from, it.above, it.to, it.below])?,
            amount: it.amount,
            effect: it.effect,
            when: it.when,
            source: Some(it.source).filter(|it| *it != SourceRef::default()),
            doubts: it.doubts,
        })
    }
}

/// The interval that `from`, `above`, `to` and `below` give.
fn bounds([from, above, to, below]: [Option<Number>; 4]) -> Result<Bounds, Conflict> {
    if from.is_some() && above.is_some() {
        return Err(Conflict::LowerBounds);
    }
    if to.is_some() && below.is_some() {
        return Err(Conflict::UpperBounds);
    }
    let bound = |it: Option<Number>, inclusive| it.map(|it| Bound { value: it.0, inclusive });
    Ok(Bounds {
        lower: bound(from, true).or(bound(above, false)),
        upper: bound(to, true).or(bound(below, false)),
    })
}

/// A grade (等次).
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename = "grade")]
#[schemars(extend("allOf" = [
    { "not": { "required": ["from", "above"] } },
    { "not": { "required": ["to", "below"] } }
]))]
struct RawGrade {
    /// Its name.
    name: String,
    /// The lower bound, included.
    from: Option<Number>,
    /// The lower bound, not included.
    above: Option<Number>,
    /// The upper bound, included.
    to: Option<Number>,
    /// The upper bound, not included.
    below: Option<Number>,
    /// The grade that this one is a part of.
    within: Option<String>,
    /// Where it stands.
    #[serde(default)]
    source: SourceRef,
    /// What is not certain.
    #[serde(default)]
    doubts: Vec<String>,
}

impl TryFrom<RawGrade> for Grade {
    type Error = Conflict;

    fn try_from(it: RawGrade) -> Result<Self, Conflict> {
        let bounds = bounds([it.from, it.above, it.to, it.below])?;
        let RawGrade { name, within, source, doubts, .. } = it;
        Ok(Self { name, bounds, within, source, doubts })
    }
}

/// At most so many units in a grade (比例限制).
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename = "quota")]
struct RawQuota {
    /// The grade's name.
    grade: String,
    /// At most so many percent.
    max: Option<Number>,
    /// At most so many units.
    count: Option<Number>,
    /// Among which units.
    within: Option<String>,
    /// Where it stands.
    #[serde(default)]
    source: SourceRef,
    /// What is not certain.
    #[serde(default)]
    doubts: Vec<String>,
}

impl From<RawQuota> for Quota {
    fn from(RawQuota { grade, max, count, within, source, doubts }: RawQuota) -> Self {
        Self { grade, max: decimal(max), count: decimal(count), within, source, doubts }
    }
}

/// An event that forbids a grade and every better one, or forces one.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename = "limit")]
struct RawLimit {
    /// What it does.
    effect: LimitEffect,
    /// The lowest grade that is forbidden, or the grade that is forced.
    grade: Option<String>,
    /// The event.
    when: Option<String>,
    /// Where it stands.
    #[serde(default)]
    source: SourceRef,
    /// What is not certain.
    #[serde(default)]
    doubts: Vec<String>,
}

impl From<RawLimit> for Limit {
    fn from(RawLimit { effect, grade, when, source, doubts }: RawLimit) -> Self {
        Self { effect, grade, when, source, doubts }
    }
}

/// This assessment's part in another one.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename = "share")]
struct RawShare {
    /// The other assessment.
    into: String,
    /// The weight in percent.
    weight: Number,
    /// Where it stands.
    #[serde(default)]
    source: SourceRef,
    /// What is not certain.
    #[serde(default)]
    doubts: Vec<String>,
}

impl From<RawShare> for Share {
    fn from(RawShare { into, weight, source, doubts }: RawShare) -> Self {
        Self { into, weight: weight.0, source, doubts }
    }
}

/// A statement without an effect on a score.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename = "note")]
struct RawNote {
    /// What kind.
    kind: String,
    /// Where it stands and what it says.
    #[serde(default)]
    source: SourceRef,
}

impl From<RawNote> for Note {
    fn from(RawNote { kind, source }: RawNote) -> Self {
        Self { kind, source }
    }
}

/// A scoring mention that the program has not read; a person settles it.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename = "unread")]
struct RawUnread {
    /// Unique within the ruleset: u1, u2.
    #[schemars(regex(pattern = r"\S"))]
    id: String,
    /// Where it stands.
    at: String,
    /// The words around it.
    text: String,
    /// What kind of mention: points, percent, rank, count, scoring-word.
    #[serde(default)]
    kind: String,
    /// Start and end in characters of the document's text.
    span: Option<[u32; 2]>,
}

impl TryFrom<RawUnread> for Unread {
    type Error = Conflict;

    fn try_from(it: RawUnread) -> Result<Self, Conflict> {
        named(&it.id)?;
        let span = it.span.map(to_span).transpose()?;
        Ok(Self { id: it.id, at: it.at, text: it.text, kind: it.kind, span })
    }
}

/// A finding of the passes before the ruleset.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename = "finding")]
struct RawFinding {
    /// The fault's name.
    code: String,
    /// Where it stands.
    #[serde(default)]
    at: String,
    /// The words that it is about.
    #[serde(default)]
    quote: String,
    /// The message, in Chinese.
    #[serde(default)]
    message: String,
    /// The values of the message.
    #[serde(default)]
    args: Args,
}

/// The values of a message, by name, in the order of the file.
#[derive(Debug, Default)]
pub(crate) struct Args(pub(crate) Vec<(String, String)>);

impl<'de> Deserialize<'de> for Args {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct ArgsVisitor;
        impl<'de> de::Visitor<'de> for ArgsVisitor {
            type Value = Args;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("map")
            }
            fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<Args, A::Error> {
                let mut args = Vec::new();
                while let Some(arg) = map.next_entry()? {
                    args.push(arg);
                }
                Ok(Args(args))
            }
        }
        from.deserialize_map(ArgsVisitor)
    }
}

impl JsonSchema for Args {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "args".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({ "type": "object", "additionalProperties": { "type": "string" } })
    }
}

impl From<RawFinding> for StoredFinding {
    fn from(RawFinding { code, at, quote, message, args }: RawFinding) -> Self {
        Self { code, at, quote, message, args: args.0 }
    }
}
