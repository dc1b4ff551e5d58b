//! Scores as CSV: one row a unit, English headings that do not change, ready for a spreadsheet.

use super::{DRAFT, decimal, optional, score_text};
use crate::score::{GradeState, IndicatorScore, Scores, UnitScore};

/// Scores as CSV in UTF-8 with a byte-order mark, without which spreadsheets take Chinese for another encoding.
#[must_use]
pub fn csv(scores: &Scores) -> String {
    let mut res = String::from('\u{feff}');
    push_row(&mut res, &head(scores));
    for unit in &scores.units {
        push_row(&mut res, &row(scores, unit));
    }
    res
}

fn head(scores: &Scores) -> Vec<String> {
    let own = [
        "draft",
        "unit",
        "category",
        "score",
        "status",
        "rank",
        "rank_in_category",
        "grade",
        "grade_state",
        "band",
        "limits",
        "quota",
        "missing",
    ];
    let mut res: Vec<String> = own.map(str::to_owned).to_vec();
    res.extend(scores.periods.iter().map(ToString::to_string));
    if has_indicators(scores) {
        res.extend(scores.indicators.iter().map(|it| format!("{} {}", it.id, it.name)));
    }
    let receipt = ["program", "format", "ruleset_sha256", "review_sha256", "data_sha256"];
    res.extend(receipt.map(str::to_owned));
    res
}

fn has_indicators(scores: &Scores) -> bool {
    scores.units.iter().any(|it| !it.indicators.is_empty())
}

fn row(scores: &Scores, unit: &UnitScore) -> Vec<String> {
    let number = |it: Option<u32>| it.map(|it| it.to_string()).unwrap_or_default();
    let limits: Vec<&str> = unit.limits.iter().map(|it| it.id.as_str()).collect();
    let missing: Vec<String> = unit.gaps.iter().map(missing).collect();
    let mut res = vec![
        if scores.draft { DRAFT.to_owned() } else { String::new() },
        unit.unit.clone(),
        unit.category.clone().unwrap_or_default(),
        score_text(unit, scores.places).unwrap_or_default(),
        unit.status.name().to_owned(),
        number(unit.rank),
        number(unit.rank_in_category),
        unit.grade.name().unwrap_or_default().to_owned(),
        grade_state(&unit.grade),
        unit.band.clone().unwrap_or_default(),
        limits.join(" "),
        unit.quota.clone().unwrap_or_default(),
        missing.join("; "),
    ];
    for period in &scores.periods {
        let value = unit.periods.iter().find(|it| it.0 == *period).and_then(|it| it.1);
        res.push(optional(value.map(decimal)));
    }
    res.extend(unit.indicators.iter().map(|it| match it {
        IndicatorScore::Known(it) => optional(Some(decimal(*it))),
        IndicatorScore::Missing => String::new(),
        IndicatorScore::NotApplicable => "n/a".to_owned(),
    }));
    let receipt = &scores.receipt;
    res.extend([
        receipt.program.clone(),
        receipt.format.to_string(),
        receipt.ruleset.clone(),
        receipt.review.clone().unwrap_or_default(),
        receipt.data.clone(),
    ]);
    res
}

/// What is missing: its kind, the item, the period.
fn missing(gap: &crate::score::Gap) -> String {
    let period = gap.period.map(|it| format!(" {it}")).unwrap_or_default();
    format!("{} {}{period}", gap.kind.code(), gap.item)
}

/// How a grade stands: `given`, `tied`, the reason why it is open, or nothing.
pub(super) fn grade_state(grade: &GradeState) -> String {
    match grade {
        GradeState::None => String::new(),
        GradeState::Given(_) => "given".to_owned(),
        GradeState::Open(code) => (*code).to_owned(),
        GradeState::Tied(..) => "tied".to_owned(),
    }
}

fn push_row(res: &mut String, values: &[String]) {
    for (nth, value) in values.iter().enumerate() {
        if nth > 0 {
            res.push(',');
        }
        if value.contains([',', '"', '\n', '\r']) || value.trim() != value {
            res.push('"');
            res.push_str(&value.replace('"', "\"\""));
            res.push('"');
        } else {
            res.push_str(value);
        }
    }
    res.push_str("\r\n");
}
