//! Scores for people and programs: table, explanation, CSV, JSON, workbook (docs/score.md).
//!
//! A draft says so in every one of them: at the head and in every row, so that no part of it can be taken for a result.

mod csv;
mod explanation;
mod failure;
mod json;
mod table;
mod workbook;

pub use self::{
    csv::csv, explanation::explanation, failure::failure, json::json, table::table,
    workbook::workbook,
};
use crate::{
    message::Catalogue,
    number::{Decimal, shortest},
    ruleset::{Rounding, RoundingMode},
    score::{Gap, GradeState, UnitScore, exact::Exact, explanation::Part},
};

/// The mark of a draft in formats that have no language.
const DRAFT: &str = "DRAFT";

/// The digits after the point where a number has no end (a third): enough to tell any two scores apart.
const PLACES: u32 = 6;

/// A score with all its places: 97.1 is 97.10 where two are kept.
fn score_text(unit: &UnitScore, places: u32) -> Option<String> {
    let score = unit.score?;
    let mut shown = score;
    if shown.scale() < places {
        shown.rescale(places);
    }
    Some(shown.to_string())
}

/// An exact number as a decimal, rounded to [`PLACES`] where it has no end.
fn decimal(number: Exact) -> Decimal {
    let rounding = Rounding { places: PLACES, mode: RoundingMode::HalfUp };
    number.to_decimal().filter(|it| it.scale() <= PLACES).unwrap_or_else(|| {
        // What passes the range of decimals is no score; the exact text stands in the JSON.
        number.rounded(rounding).unwrap_or_default().normalize()
    })
}

/// An exact number for people: at most four places.
fn short(number: Exact) -> String {
    number.short(4)
}

/// The grade in words.
fn grade_words(grade: &GradeState, words: &Catalogue) -> String {
    match grade {
        GradeState::None => String::new(),
        GradeState::Given(it) => it.clone(),
        GradeState::Open(code) => words.words(&format!("score.{code}")),
        GradeState::Tied(upper, lower) => words.text(
            "score.grade-tied",
            &[("upper", upper), ("lower", &lower.as_deref().unwrap_or("-"))],
        ),
    }
}

/// What is missing, in words.
fn gap_words(gap: &Gap, words: &Catalogue) -> String {
    let key = format!("score.{}", gap.kind.code());
    let period = gap.period.map(|it| period_words(it, words)).unwrap_or_default();
    words.text(&key, &[("item", &gap.item), ("name", &gap.name), ("period", &period)])
}

/// A period in words.
fn period_words(period: crate::score::Period, words: &Catalogue) -> String {
    words.term(&period.to_string()).to_owned()
}

/// A decimal in its shortest form, or nothing.
fn optional(number: Option<Decimal>) -> String {
    number.map(shortest).unwrap_or_default()
}

/// The id and the name of a part.
fn title(part: &Part) -> String {
    format!("{} {}", part.id, part.name).trim().to_owned()
}
