//! Scores for a terminal: the table of units, what quotas and limits did, what is missing, the receipt.

use super::{gap_words, grade_words, period_words, score_text, short};
use crate::{
    diagnostic::terminal,
    message::Catalogue,
    report::table::{Align, Table},
    score::{Scores, UnitScore},
};

/// The most missing values that are listed one by one.
const MAX_GAPS: usize = 20;

/// Scores for a terminal of so many columns, the best first; units without a score come last.
#[must_use]
pub fn table(scores: &Scores, words: &Catalogue, columns: usize) -> String {
    let mut res = String::new();
    push_draft(&mut res, scores, words);
    res.push_str(&list(scores, words).render(columns));
    push_gaps(&mut res, scores, words);
    push_limits(&mut res, scores, words);
    for finding in &scores.findings {
        let severity = format!("{:?}", finding.severity).to_lowercase();
        let colon = words.words("punctuation.colon");
        let message = terminal::message(finding, words);
        res.push_str(&format!("{}{colon}{message}\n", words.term(&severity)));
    }
    push_receipt(&mut res, scores, words);
    push_draft(&mut res, scores, words);
    res
}

fn push_draft(res: &mut String, scores: &Scores, words: &Catalogue) {
    if scores.draft {
        res.push_str(&words.words("score.draft"));
        res.push('\n');
    }
}

fn list(scores: &Scores, words: &Catalogue) -> Table {
    let heading = |key: &str, align| (words.words(&format!("score.column.{key}")), align);
    let mut columns = vec![heading("rank", Align::Right), heading("unit", Align::Left)];
    if scores.draft {
        columns.insert(0, heading("draft", Align::Left));
    }
    let categories = scores.units.iter().any(|it| it.category.is_some());
    if categories {
        columns.push(heading("category", Align::Left));
        columns.push(heading("rank-in-category", Align::Right));
    }
    columns.push(heading("score", Align::Right));
    columns.push(heading("grade", Align::Left));
    columns.extend(scores.periods.iter().map(|it| (period_words(*it, words), Align::Right)));
    let mut res = Table::new(columns);
    let mut order: Vec<&UnitScore> = scores.units.iter().collect();
    order.sort_by_key(|it| it.rank.unwrap_or(u32::MAX));
    for unit in order {
        res.row(row(scores, unit, categories, words));
    }
    res
}

fn row(scores: &Scores, unit: &UnitScore, categories: bool, words: &Catalogue) -> Vec<String> {
    let number = |it: Option<u32>| it.map_or("-".to_owned(), |it| it.to_string());
    let mut res = Vec::new();
    if scores.draft {
        res.push(words.words("score.draft-mark"));
    }
    res.extend([number(unit.rank), unit.unit.clone()]);
    if categories {
        res.push(unit.category.clone().unwrap_or_default());
        res.push(number(unit.rank_in_category));
    }
    let status = words.term(unit.status.name()).to_owned();
    res.push(score_text(unit, scores.places).unwrap_or(status));
    res.push(grade_words(&unit.grade, words));
    for period in &scores.periods {
        let value = unit.periods.iter().find(|it| it.0 == *period).and_then(|it| it.1);
        res.push(value.map_or("-".to_owned(), short));
    }
    res
}

fn push_gaps(res: &mut String, scores: &Scores, words: &Catalogue) {
    let all = scores.units.iter().flat_map(|unit| unit.gaps.iter().map(move |it| (unit, it)));
    let count = all.clone().count();
    for (unit, gap) in all.take(MAX_GAPS) {
        let what = gap_words(gap, words);
        let line = words.text("score.missing", &[("unit", &unit.unit), ("what", &what)]);
        res.push_str(&format!("{line}\n"));
    }
    if count > MAX_GAPS {
        let rest = count - MAX_GAPS;
        res.push_str(&format!("{}\n", words.text("score.and-more", &[("count", &rest)])));
    }
}

fn push_limits(res: &mut String, scores: &Scores, words: &Catalogue) {
    for unit in &scores.units {
        for limit in &unit.limits {
            let from = limit.before.as_deref().unwrap_or("-");
            let to = limit.after.as_deref().unwrap_or("-");
            let line = words.text(
                "score.limit",
                &[
                    ("unit", &unit.unit),
                    ("id", &limit.id),
                    ("when", &limit.when),
                    ("from", &from),
                    ("to", &to),
                ],
            );
            res.push_str(&format!("{line}\n"));
        }
    }
    for quota in scores.quotas.iter().filter(|it| !it.moved_down.is_empty()) {
        let units = quota.moved_down.join(&words.words("punctuation.list"));
        let line = words.text(
            "score.quota",
            &[
                ("id", &quota.id),
                ("grade", &quota.grade),
                ("scope", &quota.scope.as_deref().unwrap_or("-")),
                ("of", &quota.of),
                ("allowed", &quota.allowed.unwrap_or_default()),
                ("units", &units),
            ],
        );
        res.push_str(&format!("{line}\n"));
    }
}

/// What the scores were computed from, with the beginnings of the hashes.
fn push_receipt(res: &mut String, scores: &Scores, words: &Catalogue) {
    let receipt = &scores.receipt;
    let start = |it: &str| it.chars().take(12).collect::<String>();
    let review = receipt.review.as_deref().map_or("-".to_owned(), start);
    let line = words.text(
        "score.receipt",
        &[
            ("program", &receipt.program),
            ("format", &receipt.format),
            ("ruleset", &start(&receipt.ruleset)),
            ("review", &review),
            ("data", &start(&receipt.data)),
            ("events", &scores.events),
        ],
    );
    res.push_str(&format!("{line}\n"));
}
