//! Writes `NAME.rules.yaml`: fixed order of keys, nothing that is empty, the same value always as the same bytes.

use super::{
    Adjustment, Amount, Bounds, Case, DocumentInfo, FORMAT_VERSION, Grade, Indicator, Limit, Note,
    Quota, Rule, Ruleset, Share, SourceFile, SourceRef, StoredFinding, Tier, Total, Unread,
    yaml::layout::{Map, Tree},
};
use crate::{
    number::{Decimal, shortest},
    source::Span,
};

/// Writes a ruleset as YAML.
#[must_use]
pub fn write(ruleset: &Ruleset) -> String {
    let rounding = Map::flow()
        .put("places", whole_number(ruleset.rounding.places))
        .bare("mode", ruleset.rounding.mode.name());
    Map::block()
        .put("chidu", whole_number(FORMAT_VERSION))
        .text("name", &ruleset.name)
        .map("document", document(&ruleset.document))
        .put_some("total", ruleset.total.as_ref().map(|it| Tree::Map(total(it))))
        .map("rounding", rounding)
        .put_some("periods", ruleset.periods.map(|it| word(it.name())))
        .maps("indicators", ruleset.indicators.iter().map(indicator))
        .maps("adjustments", ruleset.adjustments.iter().map(adjustment))
        .maps("grades", ruleset.grades.iter().map(grade))
        .maps("quotas", ruleset.quotas.iter().map(quota))
        .maps("limits", ruleset.limits.iter().map(limit))
        .maps("shares", ruleset.shares.iter().map(share))
        .maps("notes", ruleset.notes.iter().map(note))
        .maps("unread", ruleset.unread.iter().map(unread))
        .maps("findings", ruleset.findings.iter().map(finding))
        .to_file()
}

fn word(it: &str) -> Tree<'_> {
    Tree::Bare(it.into())
}

fn number(it: Decimal) -> Tree<'static> {
    Tree::Bare(shortest(it).into())
}

fn whole_number(it: u32) -> Tree<'static> {
    Tree::Count(it)
}

fn document(it: &DocumentInfo) -> Map<'_> {
    Map::block()
        .some_text("title", it.title.as_deref())
        .some_text("issuer", it.issuer.as_deref())
        .some_text("number", it.number.as_deref())
        .some_text("date", it.date.as_deref())
        .put_some("year", it.year.as_deref().and_then(year))
        .some_text("replaces", it.replaces.as_deref())
        .map("source", it.source.as_ref().map(source).unwrap_or_default())
        .maps("sources", it.sources.iter().map(source_file))
}

/// A year is a plain number where its text is the number's one form.
fn year(it: &str) -> Option<Tree<'_>> {
    let plain = (1..=9).contains(&it.len())
        && it.bytes().all(|it| it.is_ascii_digit())
        && !it.starts_with('0');
    match it {
        "" => None,
        _ if plain => Some(word(it)),
        _ => Some(Tree::Text(it.into())),
    }
}

fn source_file(it: &SourceFile) -> Map<'_> {
    Map::flow()
        .text("file", &it.file)
        .text("sha256", &it.sha256)
        .put_some("pages", it.pages.map(whole_number))
}

fn source(it: &SourceRef) -> Map<'_> {
    Map::flow()
        .some_text("at", Some(&it.at))
        .some_text("quote", Some(&it.quote))
        .put_some("span", it.span.map(span))
}

fn span(it: Span) -> Tree<'static> {
    Tree::List(vec![whole_number(it.start), whole_number(it.end)])
}

/// The full marks.
pub(crate) fn total(it: &Total) -> Map<'_> {
    Map::flow()
        .put("points", number(it.points))
        .map("source", source(&it.source))
        .texts("doubts", &it.doubts)
}

/// An indicator with all that is below it.
pub(crate) fn indicator(it: &Indicator) -> Map<'_> {
    Map::block()
        .text("id", &it.id)
        .text("name", &it.name)
        .put_some("points", it.points.map(number))
        .put_some("weight", it.weight.map(number))
        .put_some("cap", it.cap.map(number))
        .put_some("method", it.method.map(|it| word(it.name())))
        .put_some("periods", it.periods.map(|it| word(it.name())))
        .texts("assessor", &it.assessor)
        .texts("responsible", &it.responsible)
        .flag("highest", it.highest)
        .some_text("formula", it.formula.as_deref())
        .texts("notes", &it.notes)
        .map("source", source(&it.source))
        .texts("doubts", &it.doubts)
        .maps("rules", it.rules.iter().map(rule))
        .maps("indicators", it.indicators.iter().map(indicator))
}

/// A negative list or bonus list with its rules.
pub(crate) fn adjustment(it: &Adjustment) -> Map<'_> {
    Map::block()
        .text("id", &it.id)
        .text("name", &it.name)
        .put_some("cap", it.cap.map(number))
        .flag("highest", it.highest)
        .map("source", source(&it.source))
        .texts("doubts", &it.doubts)
        .maps("rules", it.rules.iter().map(rule))
}

/// A rule.
pub(crate) fn rule(it: &Rule) -> Map<'_> {
    Map::block()
        .text("id", &it.id)
        .bare("effect", it.effect.name())
        .put_some("amount", it.amount.map(amount))
        .some_text("per", it.per.as_deref())
        .some_text("when", it.when.as_deref())
        .map("case", it.case.as_ref().map(case).unwrap_or_default())
        .put_some("cap", it.cap.map(number))
        .put_some("times", it.times.map(number))
        .texts("of", &it.of)
        .some_text("measure", it.measure.as_deref())
        .maps("tiers", it.tiers.iter().map(tier))
        .some_text("formula", it.formula.as_deref())
        .flag("highest", it.highest)
        .texts("except", &it.except)
        .map("source", source(&it.source))
        .texts("doubts", &it.doubts)
}

fn amount(it: Amount) -> Tree<'static> {
    match it {
        Amount::Exact(it) => number(it),
        Amount::Range(min, max) => {
            Tree::Map(Map::flow().put("min", number(min)).put("max", number(max)))
        }
    }
}

fn case(it: &Case) -> Map<'_> {
    Map::flow().text("name", &it.name).put_some("cap", it.cap.map(number))
}

/// Adds `from` or `above`, and `to` or `below`.
fn put_bounds(map: Map<'_>, it: Bounds) -> Map<'_> {
    let lower = |inclusive| if inclusive { "from" } else { "above" };
    let upper = |inclusive| if inclusive { "to" } else { "below" };
    let map = match it.lower {
        Some(it) => map.put(lower(it.inclusive), number(it.value)),
        None => map,
    };
    match it.upper {
        Some(it) => map.put(upper(it.inclusive), number(it.value)),
        None => map,
    }
}

fn tier(it: &Tier) -> Map<'_> {
    put_bounds(Map::flow(), it.bounds)
        .put_some("amount", it.amount.map(amount))
        .put_some("effect", it.effect.map(|it| word(it.name())))
        .some_text("when", it.when.as_deref())
        .map("source", it.source.as_ref().map(source).unwrap_or_default())
        .texts("doubts", &it.doubts)
}

/// A grade.
pub(crate) fn grade(it: &Grade) -> Map<'_> {
    put_bounds(Map::flow().text("name", &it.name), it.bounds)
        .some_text("within", it.within.as_deref())
        .map("source", source(&it.source))
        .texts("doubts", &it.doubts)
}

/// A quota.
pub(crate) fn quota(it: &Quota) -> Map<'_> {
    Map::flow()
        .text("grade", &it.grade)
        .put_some("max", it.max.map(number))
        .put_some("count", it.count.map(number))
        .some_text("within", it.within.as_deref())
        .map("source", source(&it.source))
        .texts("doubts", &it.doubts)
}

/// A limit.
pub(crate) fn limit(it: &Limit) -> Map<'_> {
    Map::flow()
        .bare("effect", it.effect.name())
        .some_text("grade", it.grade.as_deref())
        .some_text("when", it.when.as_deref())
        .map("source", source(&it.source))
        .texts("doubts", &it.doubts)
}

/// A share.
pub(crate) fn share(it: &Share) -> Map<'_> {
    Map::flow()
        .text("into", &it.into)
        .put("weight", number(it.weight))
        .map("source", source(&it.source))
        .texts("doubts", &it.doubts)
}

fn note(it: &Note) -> Map<'_> {
    Map::flow().text("kind", &it.kind).map("source", source(&it.source))
}

fn unread(it: &Unread) -> Map<'_> {
    Map::flow()
        .text("id", &it.id)
        .text("at", &it.at)
        .text("text", &it.text)
        .some_text("kind", Some(&it.kind))
        .put_some("span", it.span.map(span))
}

fn finding(it: &StoredFinding) -> Map<'_> {
    let args = it.args.iter().enumerate();
    // A map has each key once: the first value of a name counts.
    let first = |nth: usize, name: &str| !it.args.iter().take(nth).any(|it| it.0 == name);
    let args = args.filter(|(nth, (name, _))| first(*nth, name));
    let args = args.fold(Map::flow(), |map, (_, (name, value))| map.text(name.as_str(), value));
    Map::flow()
        .text("code", &it.code)
        .some_text("at", Some(&it.at))
        .some_text("quote", Some(&it.quote))
        .some_text("message", Some(&it.message))
        .map("args", args)
}
