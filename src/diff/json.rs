//! Changes as JSON: one object, stable keys, no language (docs/diff.md).

use serde_json::{Value, json};

use super::{Change, Changes, Edition, Side};
use crate::number::shortest;

/// Changes as JSON, indented, with a line feed at the end.
#[must_use]
pub fn to_json(changes: &Changes) -> String {
    let value = json!({
        "chidu": "diff",
        "old": edition(&changes.old),
        "new": edition(&changes.new),
        "replaces": changes.replaces.as_ref().map(|it| json!({
            "words": it.words,
            "is_old": it.is_old,
        })),
        "unchanged": changes.unchanged,
        "changes": changes.changes.iter().map(change).collect::<Vec<_>>(),
    });
    let mut res = serde_json::to_string_pretty(&value).unwrap_or_default();
    res.push('\n');
    res
}

fn edition(edition: &Edition) -> Value {
    json!({
        "name": edition.name,
        "title": edition.title,
        "number": edition.number,
        "year": edition.year,
    })
}

fn change(change: &Change) -> Value {
    json!({
        "subject": change.subject.name(),
        "how": change.how.iter().map(|it| it.name()).collect::<Vec<_>>(),
        "points": change.points.map(shortest),
        "fields": change.fields.iter().map(|it| json!({
            "key": it.key,
            "old": it.old,
            "new": it.new,
        })).collect::<Vec<_>>(),
        "old": change.old.iter().map(side).collect::<Vec<_>>(),
        "new": change.new.iter().map(side).collect::<Vec<_>>(),
    })
}

fn side(side: &Side) -> Value {
    json!({ "id": side.id, "path": side.path, "at": side.at, "quote": side.quote })
}
