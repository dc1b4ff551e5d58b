//! Reads `NAME.rules.yaml`. Strict: what the format does not know is an error with line, column and the nearest known key.

use std::collections::BTreeSet;

use super::{
    FORMAT_VERSION, Ruleset,
    error::{Fault, RulesetError},
    raw::RawRuleset,
    yaml::{
        decode::decode,
        node::{self, Node, Value},
    },
};

/// Reads a ruleset.
///
/// # Errors
///
/// Says what is wrong and at which line and column: no YAML, an anchor, an alias or a tag, a key that is unknown, doubled or
/// missing, a value of the wrong kind, a bare scalar that is no text, a number with more than 15 digits, an id given twice,
/// a version of the format that this program does not know.
pub fn read(text: &str) -> Result<Ruleset, RulesetError> {
    let root = node::parse(text.strip_prefix('\u{feff}').unwrap_or(text))?;
    check_version(&root)?;
    check_ids(&root, &mut BTreeSet::new())?;
    let raw: RawRuleset = decode(&root)?;
    Ok(Ruleset {
        name: raw.name,
        document: raw.document,
        total: raw.total,
        rounding: raw.rounding,
        periods: raw.periods,
        indicators: raw.indicators,
        adjustments: raw.adjustments,
        grades: raw.grades,
        quotas: raw.quotas,
        limits: raw.limits,
        shares: raw.shares,
        notes: raw.notes,
        unread: raw.unread,
        findings: raw.findings,
    })
}

/// Refuses another version before anything else: its keys may differ.
fn check_version(root: &Node) -> Result<(), RulesetError> {
    let Some(node) = root.get("chidu") else { return Ok(()) };
    let (Value::Plain(found) | Value::Quoted(found)) = &node.value else { return Ok(()) };
    if *found == FORMAT_VERSION.to_string() {
        return Ok(());
    }
    Err(Fault::Version { found: found.clone() }.at(node.line, node.column))
}

/// Refuses an id that stands twice. Every `id` of the format names an item; the values of a finding's message are free.
fn check_ids<'a>(node: &'a Node, seen: &mut BTreeSet<&'a str>) -> Result<(), RulesetError> {
    match &node.value {
        Value::List(items) => items.iter().try_for_each(|it| check_ids(it, seen)),
        Value::Map(entries) => entries.iter().try_for_each(|(key, value)| match &value.value {
            Value::Plain(id) | Value::Quoted(id) if key.name == "id" && !seen.insert(id) => {
                Err(Fault::DuplicateId { id: id.clone() }.at(value.line, value.column))
            }
            _ if key.name == "args" => Ok(()),
            _ => check_ids(value, seen),
        }),
        Value::Plain(_) | Value::Quoted(_) => Ok(()),
    }
}
