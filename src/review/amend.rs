//! Changing fields of an item. A field is a key of the format, its value what would stand there; what the format refuses is
//! refused here.

use serde::Deserialize;

use super::{ReviewError, apply::find_indicator};
use crate::ruleset::{
    Adjustment, Indicator, Rule, Ruleset, RulesetError,
    yaml::{
        decode::decode,
        layout::{Map, Tree},
        node::{self, Node, Value},
        scalar,
    },
    yaml_writer,
};

/// How the value of a field is written.
#[derive(Clone, Copy)]
enum Shape {
    /// A text, a number or a word of the format.
    Scalar,
    /// true or false.
    Flag,
    /// A text, or a YAML list of texts.
    Texts,
    /// A number, or two with a hyphen between them.
    Amount,
    /// One end of the range in `amount`.
    End,
    /// A bound, and the key that it excludes.
    Bound(&'static str),
    /// Any YAML.
    Yaml,
}

use Shape::{Amount, Bound, End, Flag, Scalar, Texts, Yaml};

type Fields = &'static [(&'static str, Shape)];

const INDICATOR: Fields = &[
    ("name", Scalar),
    ("points", Scalar),
    ("weight", Scalar),
    ("cap", Scalar),
    ("method", Scalar),
    ("periods", Scalar),
    ("assessor", Texts),
    ("responsible", Texts),
    ("highest", Flag),
    ("formula", Scalar),
    ("notes", Texts),
];
const ADJUSTMENT: Fields = &[("name", Scalar), ("cap", Scalar), ("highest", Flag)];
const RULE: Fields = &[
    ("effect", Scalar),
    ("amount", Amount),
    ("min", End),
    ("max", End),
    ("per", Scalar),
    ("when", Scalar),
    ("case", Yaml),
    ("cap", Scalar),
    ("times", Scalar),
    ("of", Texts),
    ("measure", Scalar),
    ("tiers", Yaml),
    ("formula", Scalar),
    ("highest", Flag),
    ("except", Texts),
];
const TIER: Fields = &[
    ("from", Bound("above")),
    ("above", Bound("from")),
    ("to", Bound("below")),
    ("below", Bound("to")),
    ("amount", Amount),
    ("min", End),
    ("max", End),
    ("effect", Scalar),
    ("when", Scalar),
];
const TOTAL: Fields = &[("points", Scalar)];
const GRADE: Fields = &[
    ("name", Scalar),
    ("from", Bound("above")),
    ("above", Bound("from")),
    ("to", Bound("below")),
    ("below", Bound("to")),
    ("within", Scalar),
];
const QUOTA: Fields = &[("grade", Scalar), ("max", Scalar), ("count", Scalar), ("within", Scalar)];
const LIMIT: Fields = &[("effect", Scalar), ("grade", Scalar), ("when", Scalar)];
const SHARE: Fields = &[("into", Scalar), ("weight", Scalar)];

/// Changes fields of the item with an id. Where one is refused, nothing is changed.
pub(super) fn amend(
    ruleset: &mut Ruleset,
    id: &str,
    fields: &[(String, String)],
) -> Result<(), ReviewError> {
    let change = Change { id, fields };
    if let Some(it) = find_indicator(&mut ruleset.indicators, id) {
        let new: Indicator = change.of(yaml_writer::indicator(it), INDICATOR)?;
        let old = std::mem::replace(it, new);
        (it.rules, it.indicators) = (old.rules, old.indicators);
    } else if let Some(it) = ruleset.adjustments.iter_mut().find(|it| it.id == id) {
        let new: Adjustment = change.of(yaml_writer::adjustment(it), ADJUSTMENT)?;
        let old = std::mem::replace(it, new);
        it.rules = old.rules;
    } else if let Some(it) = find_rule(ruleset, id) {
        *it = change.of(yaml_writer::rule(it), RULE)?;
    } else {
        amend_by_order(ruleset, &change)?;
    }
    Ok(())
}

/// Changes an item whose id is a letter and its number in order.
fn amend_by_order(ruleset: &mut Ruleset, change: &Change<'_>) -> Result<(), ReviewError> {
    let no_item = || ReviewError::NoItem(change.id.to_owned());
    let nth = |letter: char| -> Option<usize> {
        change.id.strip_prefix(letter)?.parse::<usize>().ok()?.checked_sub(1)
    };
    if let (Some(it), "t") = (&mut ruleset.total, change.id) {
        *it = change.of(yaml_writer::total(it), TOTAL)?;
    } else if let Some(it) = nth('g').and_then(|it| ruleset.grades.get_mut(it)) {
        *it = change.of(yaml_writer::grade(it), GRADE)?;
    } else if let Some(it) = nth('q').and_then(|it| ruleset.quotas.get_mut(it)) {
        *it = change.of(yaml_writer::quota(it), QUOTA)?;
    } else if let Some(it) = nth('l').and_then(|it| ruleset.limits.get_mut(it)) {
        *it = change.of(yaml_writer::limit(it), LIMIT)?;
    } else if let Some(it) = nth('s').and_then(|it| ruleset.shares.get_mut(it)) {
        *it = change.of(yaml_writer::share(it), SHARE)?;
    } else {
        return Err(no_item());
    }
    Ok(())
}

/// The rule of an id, in any node or list.
fn find_rule<'a>(ruleset: &'a mut Ruleset, id: &str) -> Option<&'a mut Rule> {
    let mut lists = ruleset.adjustments.iter_mut().map(|it| &mut it.rules);
    let in_list = lists.find_map(|it| it.iter_mut().find(|it| it.id == id));
    in_list.or_else(|| find_rule_below(&mut ruleset.indicators, id))
}

fn find_rule_below<'a>(list: &'a mut [Indicator], id: &str) -> Option<&'a mut Rule> {
    list.iter_mut().find_map(|it| {
        let own = it.rules.iter_mut().find(|it| it.id == id);
        own.or_else(|| find_rule_below(&mut it.indicators, id))
    })
}

/// The fields of one item that change.
struct Change<'a> {
    id: &'a str,
    fields: &'a [(String, String)],
}

impl Change<'_> {
    /// The item, written as the format writes it, with the fields changed.
    fn of<'m, T: for<'de> Deserialize<'de>>(
        &'m self,
        item: Map<'m>,
        shapes: Fields,
    ) -> Result<T, ReviewError> {
        let mut map = item.without(&["rules", "indicators"]);
        for (field, value) in self.fields {
            map = self.put(map, shapes, field, value)?;
        }
        decode_map(&map).map_err(|fault| self.refused(fault))
    }

    /// The error at the fields as a whole: no single one is wrong by itself.
    fn refused(&self, fault: RulesetError) -> ReviewError {
        let all: Vec<String> = self.fields.iter().map(|it| format!("{}={}", it.0, it.1)).collect();
        let all = all.join(" ");
        let (field, value) = all.split_once('=').unwrap_or_default();
        let (field, value) = (field.to_owned(), value.to_owned());
        ReviewError::Value { field, value, fault: Box::new(fault) }
    }

    fn put<'m>(
        &self,
        map: Map<'m>,
        shapes: Fields,
        field: &'m str,
        value: &'m str,
    ) -> Result<Map<'m>, ReviewError> {
        if let Some(rest) = field.strip_prefix("tiers.") {
            return self.put_tier(map, rest, field, value);
        }
        let shape = shapes.iter().find(|it| it.0 == field).map(|it| it.1);
        let shape = shape.ok_or_else(|| self.no_field(field))?;
        let refused = |fault| {
            let (field, value) = (field.to_owned(), value.to_owned());
            ReviewError::Value { field, value, fault: Box::new(fault) }
        };
        put(map, field, shape, value.trim()).map_err(refused)
    }

    /// Changes a field of a tier: `tiers.2.amount`, counted from one.
    fn put_tier<'m>(
        &self,
        map: Map<'m>,
        rest: &'m str,
        field: &str,
        value: &'m str,
    ) -> Result<Map<'m>, ReviewError> {
        let no_field = || self.no_field(field);
        let (nth, key) = rest.split_once('.').ok_or_else(no_field)?;
        let nth =
            nth.parse::<usize>().ok().and_then(|it| it.checked_sub(1)).ok_or_else(no_field)?;
        let Some(Tree::List(tiers)) = map.get("tiers") else { return Err(no_field()) };
        let mut tiers = tiers.clone();
        let Some(Tree::Map(tier)) = tiers.get_mut(nth) else { return Err(no_field()) };
        *tier = self.put(tier.clone(), TIER, key, value)?;
        Ok(map.with("tiers", Some(Tree::List(tiers))))
    }

    fn no_field(&self, field: &str) -> ReviewError {
        ReviewError::Field { id: self.id.to_owned(), field: field.to_owned() }
    }
}

fn decode_map<T: for<'de> Deserialize<'de>>(map: &Map<'_>) -> Result<T, RulesetError> {
    decode(&node::parse(&map.to_file())?)
}

/// Puts a value into a map; an empty one takes the key out.
fn put<'m>(
    map: Map<'m>,
    key: &'m str,
    shape: Shape,
    value: &'m str,
) -> Result<Map<'m>, RulesetError> {
    if let Shape::End = shape {
        return Ok(put_end(map, key, value));
    }
    let tree = match shape {
        _ if value.is_empty() => None,
        Flag if value == "true" || value == "false" => Some(Tree::Bare(value.into())),
        Amount => Some(amount(value)?),
        Yaml => Some(parse(value)?),
        Texts if value.starts_with('[') => Some(parse(value)?),
        Texts => Some(Tree::List(vec![Tree::Text(value.into())])),
        Scalar | Flag | End | Bound(_) => Some(Tree::Text(value.into())),
    };
    let map = map.with(key, tree);
    Ok(match shape {
        Bound(other) => decided(map.with(other, None), key),
        _ => map,
    })
}

/// The map without the doubts about a bound that a person has now decided.
fn decided<'m>(map: Map<'m>, key: &str) -> Map<'m> {
    let side = if matches!(key, "from" | "above") { "lower-bound-" } else { "upper-bound-" };
    let settled = |it: &Tree<'_>| matches!(it, Tree::Text(it) if it.starts_with(side) || it.starts_with("bound-"));
    let Some(Tree::List(doubts)) = map.get("doubts") else { return map };
    let rest: Vec<Tree<'_>> = doubts.iter().filter(|it| !settled(it)).cloned().collect();
    map.with("doubts", (!rest.is_empty()).then_some(Tree::List(rest)))
}

/// `3`, `1-3`, or `{min: 1, max: 3}`.
fn amount(value: &str) -> Result<Tree<'_>, RulesetError> {
    if value.starts_with('{') {
        return parse(value);
    }
    let range = value.split_once('-').filter(|it| !it.0.is_empty());
    Ok(range.map_or(Tree::Text(value.into()), |(min, max)| {
        Tree::Map(Map::flow().text("min", min.trim()).text("max", max.trim()))
    }))
}

/// Puts one end into the range of `amount`; where an exact amount stands there, it is the other end.
fn put_end<'m>(map: Map<'m>, key: &'m str, value: &'m str) -> Map<'m> {
    let range = match map.get("amount") {
        Some(Tree::Map(range)) => range.clone(),
        Some(exact) => Map::flow().put("min", exact.clone()).put("max", exact.clone()),
        None => Map::flow(),
    };
    let end = (!value.is_empty()).then(|| Tree::Text(value.into()));
    let range = range.with(key, end);
    map.with("amount", (!range.is_empty()).then_some(Tree::Map(range)))
}

/// The value as YAML.
fn parse(value: &str) -> Result<Tree<'static>, RulesetError> {
    node::parse(value).map(tree)
}

fn tree(node: Node) -> Tree<'static> {
    match node.value {
        Value::Plain(it) if scalar::is_typed(&it) => Tree::Bare(it.into()),
        Value::Plain(it) | Value::Quoted(it) => Tree::Text(it.into()),
        Value::List(items) => Tree::List(items.into_iter().map(tree).collect()),
        Value::Map(entries) => {
            let put =
                |map: Map<'static>, (key, value): (node::Key, Node)| map.put(key.name, tree(value));
            Tree::Map(entries.into_iter().fold(Map::flow(), put))
        }
    }
}
