//! Changes for people: the most important first, each with the words of both documents.

use super::{Change, Changes, Edition, How, Side};
use crate::{message::Catalogue, number::shortest};

/// Changes in the user's language.
#[must_use]
pub fn to_text(changes: &Changes, words: &Catalogue) -> String {
    let title = |it: &Edition| it.title.clone().unwrap_or_else(|| it.name.clone());
    let mut res = words.text(
        "diff.head",
        &[
            ("old", &title(&changes.old)),
            ("new", &title(&changes.new)),
            ("count", &changes.changes.len()),
            ("unchanged", &changes.unchanged),
        ],
    );
    res.push('\n');
    if let Some(it) = &changes.replaces {
        let key = if it.is_old { "diff.replaces" } else { "diff.replaces-other" };
        res.push_str(&words.text(key, &[("words", &it.words)]));
        res.push('\n');
    }
    for change in &changes.changes {
        push(&mut res, change, words);
    }
    res
}

fn push(res: &mut String, change: &Change, words: &Catalogue) {
    let list = words.words("punctuation.list");
    let how: Vec<String> = change.how.iter().map(|it| term(words, "how", it.name())).collect();
    let item = title(change, words);
    res.push_str(&words.text(
        "diff.change",
        &[
            ("subject", &term(words, "subject", change.subject.name())),
            ("how", &how.join(&list)),
            ("item", &item),
        ],
    ));
    if let Some(points) = change.points {
        let points = shortest(points.round_dp(4));
        res.push_str(&words.text("diff.points", &[("points", &points)]));
    }
    res.push('\n');
    let lone = matches!(change.how.as_slice(), [How::Added | How::Removed]);
    for field in &change.fields {
        let name = term(words, "field", field.key);
        let value = |it: &Option<String>| it.clone().unwrap_or_else(|| "-".to_owned());
        let line = match (&field.old, &field.new) {
            (Some(it), None) | (None, Some(it)) if lone => {
                words.text("diff.value", &[("name", &name), ("value", it)])
            }
            _ => words.text(
                "diff.field",
                &[("name", &name), ("old", &value(&field.old)), ("new", &value(&field.new))],
            ),
        };
        res.push_str(&format!("    {line}\n"));
    }
    push_quotes(res, "diff.old-quote", &change.old, words);
    push_quotes(res, "diff.new-quote", &change.new, words);
}

/// The item's id and path, of both where they differ.
fn title(change: &Change, words: &Catalogue) -> String {
    let shown = |sides: &[Side]| {
        let one = |it: &Side| format!("{} {}", it.id, it.path.join(" / ")).trim().to_owned();
        sides.iter().map(one).collect::<Vec<_>>().join(&words.words("punctuation.list"))
    };
    match (shown(&change.old), shown(&change.new)) {
        (old, new) if old == new || new.is_empty() => old,
        (old, new) if old.is_empty() => new,
        (old, new) => format!("{old} → {new}"),
    }
}

fn push_quotes(res: &mut String, key: &str, sides: &[Side], words: &Catalogue) {
    for side in sides.iter().filter(|it| !it.quote.is_empty()) {
        let line = words.text(key, &[("quote", &side.quote), ("at", &side.at)]);
        res.push_str(&format!("    {line}\n"));
    }
}

/// The words for a name of the output.
fn term(words: &Catalogue, kind: &str, name: &str) -> String {
    words.words(&format!("diff.{kind}.{name}"))
}
