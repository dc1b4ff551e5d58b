//! What waits for a reviewer: each pending item as it was read, beside the words that state it.

use crate::{
    diagnostic::columns::{pad, visible, width, wrap},
    message::Catalogue,
    report::item,
    review::{InForce, Orphan, Status, pending},
    ruleset::{Ruleset, print::ItemRef},
};

/// Shows how far the review is, the pending items (those with doubts first), and the decisions that no longer hold.
#[must_use]
pub fn render(ruleset: &Ruleset, in_force: &InForce, words: &Catalogue, columns: usize) -> String {
    let waiting = pending(in_force);
    let lines = item::describe(ruleset, words);
    let mut res = progress(&ruleset.name, in_force, words);
    for it in &waiting {
        let reading = lines.get(&it.id).map(String::as_str).unwrap_or_default();
        res.push_str(&pending_item(it, reading, words, columns));
    }
    for moved in &in_force.moved {
        let (from, to) = (moved.from.join(" › "), moved.to.join(" › "));
        let args: [(&str, &dyn std::fmt::Display); 3] =
            [("id", &moved.id), ("from", &from), ("to", &to)];
        res.push_str(&format!("\n{}", visible(&words.text("review.moved", &args))));
    }
    if !in_force.moved.is_empty() {
        res.push('\n');
    }
    res.push_str(&orphans(&in_force.orphaned, words));
    res
}

/// How many items have which status.
fn progress(name: &str, in_force: &InForce, words: &Catalogue) -> String {
    let count = |wanted: &str| in_force.status.values().filter(|it| it.name() == wanted).count();
    words.text(
        "review.progress",
        &[
            ("name", &visible(name)),
            ("pending", &count(Status::Pending.name())),
            ("approved", &count("approved")),
            ("amended", &count("amended")),
            ("added", &count("added")),
            ("rejected", &count("rejected")),
            ("dismissed", &count("dismissed")),
        ],
    ) + "\n"
}

fn pending_item(it: &ItemRef, reading: &str, words: &Catalogue, columns: usize) -> String {
    let kind = words.term_of("item", it.kind.name());
    let path = it.path.join(" › ");
    let head = format!("{}  {kind}  {}", visible(&it.id), visible(&path));
    let mut res = format!("\n{}\n", head.trim_end());
    let doubts: Vec<&str> = it.doubts.iter().map(|it| words.term_of("doubt", it)).collect();
    let fields = [
        ("review.reading", reading.to_owned()),
        ("review.quote", it.quote.clone()),
        ("review.place", it.at.clone()),
        ("review.doubts", doubts.join(&words.words("punctuation.comma"))),
    ];
    let labels = fields.iter().map(|it| width(&words.words(it.0))).max().unwrap_or_default();
    for (key, text) in fields.iter().filter(|it| !it.1.is_empty()) {
        let mut label = words.words(key);
        for line in wrap(&visible(text), columns.saturating_sub(labels + 4).max(20)) {
            res.push_str(format!("  {}  {line}", pad(&label, labels)).trim_end());
            res.push('\n');
            label = String::new();
        }
    }
    res
}

fn orphans(orphaned: &[Orphan], words: &Catalogue) -> String {
    if orphaned.is_empty() {
        return String::new();
    }
    let mut res = format!("\n{}\n", words.text("review.orphaned", &[("count", &orphaned.len())]));
    for it in orphaned {
        let decision = &it.decision;
        let (action, stamp) = (decision.action.name(), &decision.stamp);
        let reason = words.term_of("orphan", it.reason.name());
        let line = words.text(
            "review.orphan",
            &[
                ("action", &words.term_of("action", action)),
                ("item", &target(&decision.action)),
                ("by", &stamp.by),
                ("when", &stamp.when),
                ("reason", &reason),
            ],
        );
        res.push_str(&format!("  {}\n", visible(&line)));
    }
    res
}

fn target(action: &crate::review::Action) -> String {
    use crate::review::Action;
    match action {
        Action::Approve(it) | Action::Amend(it, _) | Action::Reject(it) | Action::Dismiss(it) => {
            it.item.clone()
        }
        Action::Add(it) => it.parent.as_ref().map(|it| it.item.clone()).unwrap_or_default(),
    }
}
