//! Scores as a workbook: the table of units, their indicators, the explanation of each, and what they were computed from.
//!
//! Ranks and sums are formulas, so that a reader can follow them, and carry their results, so that a viewer that does not
//! compute shows them. The same scores give the same bytes: the file holds no clock.

use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, Formula, Workbook, Worksheet, XlsxError,
};

use super::{DRAFT, decimal, gap_words, grade_words, period_words, short, title};
use crate::{
    message::Catalogue,
    number::{Decimal, shortest},
    score::{
        IndicatorScore, Scores, UnitScore,
        exact::Exact,
        explanation::{Part, Reason, Step},
    },
};

/// The rows that a sheet can hold; an explanation that is longer ends with a note.
const MAX_ROWS: u32 = 1_048_000;
/// The terms of a sum that a formula can hold.
const MAX_TERMS: usize = 500;

/// Scores as an .xlsx workbook.
///
/// # Errors
///
/// The workbook cannot be made: a sheet would be larger than the format allows.
pub fn workbook(scores: &Scores, words: &Catalogue) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let epoch = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let title = scores.title.clone().unwrap_or_else(|| scores.ruleset.clone());
    book.set_properties(&DocProperties::new().set_title(&title).set_creation_datetime(&epoch));
    let styles = Styles::new(scores.places);
    let sheet = |key: &str| -> Result<Worksheet, XlsxError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(words.words(&format!("score.sheet.{key}")))?;
        // A4 across, all columns on a page.
        sheet.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0);
        if scores.draft {
            let mark = format!("&C{DRAFT} {}", words.words("score.draft-mark"));
            sheet.set_header(&mark).set_footer(&mark);
        }
        Ok(sheet)
    };
    let writer = Writer { scores, words, styles: &styles, draft: u32::from(scores.draft) };
    let mut all = sheet("scores")?;
    writer.units(&mut all)?;
    book.push_worksheet(all);
    if scores.units.iter().any(|it| !it.indicators.is_empty()) {
        let mut indicators = sheet("indicators")?;
        writer.indicators(&mut indicators)?;
        book.push_worksheet(indicators);
    }
    if scores.units.iter().any(|it| it.explanation.is_some()) {
        let mut explanation = sheet("explanation")?;
        writer.explanations(&mut explanation)?;
        book.push_worksheet(explanation);
    }
    let mut receipt = sheet("receipt")?;
    writer.receipt(&mut receipt)?;
    book.push_worksheet(receipt);
    book.save_to_buffer()
}

struct Styles {
    head: Format,
    wrap: Format,
    draft: Format,
    score: Format,
}

impl Styles {
    fn new(places: u32) -> Self {
        let number = match places {
            0 => "0".to_owned(),
            places => format!("0.{}", "0".repeat(places as usize)),
        };
        let wrap = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        Self {
            head: Format::new().set_bold().set_align(FormatAlign::Center).set_text_wrap(),
            wrap,
            draft: Format::new().set_bold().set_font_color("#C00000"),
            score: Format::new().set_align(FormatAlign::Right).set_num_format(number),
        }
    }
}

struct Writer<'a> {
    scores: &'a Scores,
    words: &'a Catalogue,
    styles: &'a Styles,
    /// The rows above the headings, and the columns before the first: one in a draft.
    draft: u32,
}

type Written = Result<(), XlsxError>;

impl Writer<'_> {
    fn word(&self, key: &str) -> String {
        self.words.words(&format!("score.column.{key}"))
    }

    /// Writes the headings, and in a draft the mark above them. Returns the first row below.
    fn head(&self, sheet: &mut Worksheet, headings: &[(String, u16)]) -> Result<u32, XlsxError> {
        if self.draft > 0 {
            let mark = self.words.words("score.draft");
            sheet.write_string_with_format(0, 0, &mark, &self.styles.draft)?;
            sheet.write_string_with_format(1, 0, self.word("draft"), &self.styles.head)?;
        }
        for ((heading, width), column) in headings.iter().zip(self.first_column()..) {
            sheet.set_column_width(column, *width)?;
            sheet.write_string_with_format(self.draft, column, heading, &self.styles.head)?;
        }
        sheet.set_freeze_panes(self.draft + 1, self.first_column() + 1)?;
        sheet.set_repeat_rows(0, self.draft)?;
        Ok(self.draft + 1)
    }

    const fn first_column(&self) -> u16 {
        if self.draft > 0 { 1 } else { 0 }
    }

    /// Marks a row of a draft.
    fn mark(&self, sheet: &mut Worksheet, row: u32) -> Written {
        if self.draft > 0 {
            let mark = self.words.words("score.draft-mark");
            sheet.write_string_with_format(row, 0, &mark, &self.styles.draft)?;
        }
        Ok(())
    }

    fn units(&self, sheet: &mut Worksheet) -> Written {
        let own = [
            ("unit", 24),
            ("category", 14),
            ("score", 10),
            ("rank", 8),
            ("rank-in-category", 10),
            ("grade", 18),
            ("band", 10),
            ("limits", 14),
            ("status", 12),
            ("missing", 40),
        ];
        let mut headings: Vec<(String, u16)> =
            own.into_iter().map(|(key, width)| (self.word(key), width)).collect();
        let periods = &self.scores.periods;
        headings.extend(periods.iter().map(|it| (period_words(*it, self.words), 10)));
        let shares = &self.scores.shares;
        headings.extend(
            shares.iter().map(|(into, weight)| (format!("{into} {}%", shortest(*weight)), 14)),
        );
        let first = self.head(sheet, &headings)?;
        let last = first + u32::try_from(self.scores.units.len()).unwrap_or(MAX_ROWS).max(1) - 1;
        for (unit, row) in self.scores.units.iter().zip(first..) {
            self.mark(sheet, row)?;
            self.unit(sheet, unit, Rows { row, first, last })?;
        }
        Ok(())
    }

    fn unit(&self, sheet: &mut Worksheet, unit: &UnitScore, rows: Rows) -> Written {
        let row = rows.row;
        let at = |nth: u16| self.first_column() + nth;
        let limits: Vec<&str> = unit.limits.iter().map(|it| it.id.as_str()).collect();
        let missing: Vec<String> = unit.gaps.iter().map(|it| gap_words(it, self.words)).collect();
        sheet.write_string(row, at(0), &unit.unit)?;
        sheet.write_string(row, at(1), unit.category.as_deref().unwrap_or_default())?;
        sheet.write_string(row, at(5), grade_words(&unit.grade, self.words))?;
        sheet.write_string(row, at(6), unit.band.as_deref().unwrap_or_default())?;
        sheet.write_string(row, at(7), limits.join(" "))?;
        sheet.write_string(row, at(8), self.words.term(unit.status.name()))?;
        sheet.write_string_with_format(row, at(9), missing.join("\n"), &self.styles.wrap)?;
        if let (Some(score), Some(rank), Some(within)) =
            (unit.score, unit.rank, unit.rank_in_category)
        {
            write_number(sheet, row, at(2), score, Some(&self.styles.score))?;
            let score = rows.column(at(2));
            let rank_formula = format!("=RANK({},{})", rows.cell(at(2)), score);
            write_formula(sheet, (row, at(3)), &rank_formula, &rank.to_string())?;
            let within_formula = format!(
                "=COUNTIFS({},{},{score},\">\"&{})+1",
                rows.column(at(1)),
                rows.cell(at(1)),
                rows.cell(at(2)),
            );
            if unit.category.is_some() {
                write_formula(sheet, (row, at(4)), &within_formula, &within.to_string())?;
            } else {
                sheet.write_number(row, at(4), within)?;
            }
        }
        let mut column = at(10);
        for period in &self.scores.periods {
            let value = unit.periods.iter().find(|it| it.0 == *period).and_then(|it| it.1);
            if let Some(value) = value {
                write_number(sheet, row, column, decimal(value), None)?;
            }
            column += 1;
        }
        for (_, weight) in &self.scores.shares {
            if let Some(score) = unit.score {
                let formula = format!("={}*{}/100", rows.cell(at(2)), shortest(*weight));
                let product = score.checked_mul(*weight).unwrap_or_default();
                let result = shortest(product / Decimal::ONE_HUNDRED);
                write_formula(sheet, (row, column), &formula, &result)?;
            }
            column += 1;
        }
        Ok(())
    }

    fn indicators(&self, sheet: &mut Worksheet) -> Written {
        let mut headings = vec![(self.word("unit"), 24)];
        headings.extend(
            self.scores
                .indicators
                .iter()
                .map(|it| (format!("{} {}（{}）", it.id, it.name, short(it.full)), 14)),
        );
        let first = self.head(sheet, &headings)?;
        for (unit, row) in self.scores.units.iter().zip(first..) {
            self.mark(sheet, row)?;
            sheet.write_string(row, self.first_column(), &unit.unit)?;
            for (score, column) in unit.indicators.iter().zip(self.first_column() + 1..) {
                match score {
                    IndicatorScore::Known(it) => {
                        write_number(sheet, row, column, decimal(*it), None)?;
                    }
                    IndicatorScore::Missing => {
                        sheet.write_string(row, column, self.words.term("incomplete"))?;
                    }
                    IndicatorScore::NotApplicable => {
                        sheet.write_string(row, column, "n/a")?;
                    }
                }
            }
        }
        Ok(())
    }

    fn explanations(&self, sheet: &mut Worksheet) -> Written {
        let own = [
            ("unit", 24),
            ("item", 40),
            ("moved", 12),
            ("points", 12),
            ("reason", 50),
            ("quote", 50),
            ("at", 20),
        ];
        let headings: Vec<(String, u16)> =
            own.into_iter().map(|(key, width)| (self.word(key), width)).collect();
        let mut row = self.head(sheet, &headings)?;
        for unit in &self.scores.units {
            let Some(part) = &unit.explanation else { continue };
            self.part(sheet, &unit.unit, part, None, &mut row, 0)?;
        }
        Ok(())
    }

    /// Writes a part and what it is made of; its points are the sum of what its steps move.
    fn part(
        &self,
        sheet: &mut Worksheet,
        unit: &str,
        part: &Part,
        counted: Option<(&Step, Option<Exact>)>,
        row: &mut u32,
        depth: usize,
    ) -> Written {
        let own = *row;
        if !self.line(sheet, unit, own, row)? {
            return Ok(());
        }
        let at = |nth: u16| self.first_column() + nth;
        let name = format!("{}{}", "  ".repeat(depth), title(part));
        let period = part.period.map(|it| period_words(it, self.words)).unwrap_or_default();
        sheet.write_string(own, at(1), name.trim_end())?;
        sheet.write_string(own, at(4), &period)?;
        sheet.write_string_with_format(own, at(5), &part.quote, &self.styles.wrap)?;
        sheet.write_string(own, at(6), &part.at)?;
        let mut terms = Vec::new();
        for step in &part.steps {
            terms.push(Rows::one(*row).cell(at(2)));
            self.step(sheet, unit, step, row, depth + 1)?;
        }
        if let Some(value) = part.value {
            let result = shortest(decimal(value));
            if terms.len() <= MAX_TERMS && !terms.is_empty() && *row < MAX_ROWS {
                let sum = format!("={}", terms.join("+"));
                write_formula(sheet, (own, at(3)), &sum, &result)?;
            } else {
                write_number(sheet, own, at(3), decimal(value), None)?;
            }
        }
        let Some((step, rate)) = counted else { return Ok(()) };
        match (part.value, rate) {
            (Some(_), Some(rate)) => {
                let formula = format!("={}*{rate}", Rows::one(own).cell(at(3)));
                let result = shortest(decimal(step.delta));
                write_formula(sheet, (own, at(2)), &formula, &result)
            }
            _ => write_number(sheet, own, at(2), decimal(step.delta), None),
        }
    }

    fn step(
        &self,
        sheet: &mut Worksheet,
        unit: &str,
        step: &Step,
        row: &mut u32,
        depth: usize,
    ) -> Written {
        match &step.reason {
            Reason::Part(part, rate) => {
                return self.part(sheet, unit, part, Some((step, Some(*rate))), row, depth);
            }
            Reason::Loss(part, ..) | Reason::NotApplicable(part) => {
                return self.part(sheet, unit, part, Some((step, None)), row, depth);
            }
            _ => {}
        }
        let own = *row;
        if !self.line(sheet, unit, own, row)? {
            return Ok(());
        }
        let at = |nth: u16| self.first_column() + nth;
        write_number(sheet, own, at(2), decimal(step.delta), None)?;
        let (item, reason, quote, place) = self.words_of(step);
        sheet.write_string(own, at(1), format!("{}{item}", "  ".repeat(depth)))?;
        sheet.write_string_with_format(own, at(4), reason, &self.styles.wrap)?;
        sheet.write_string_with_format(own, at(5), quote, &self.styles.wrap)?;
        sheet.write_string(own, at(6), place)?;
        Ok(())
    }

    /// Begins a row; at the end of the sheet it writes a note instead, once.
    fn line(
        &self,
        sheet: &mut Worksheet,
        unit: &str,
        own: u32,
        row: &mut u32,
    ) -> Result<bool, XlsxError> {
        if own > MAX_ROWS {
            return Ok(false);
        }
        *row += 1;
        if own == MAX_ROWS {
            sheet.write_string(own, 0, self.words.words("score.sheet-full"))?;
            return Ok(false);
        }
        self.mark(sheet, own)?;
        sheet.write_string(own, self.first_column(), unit)?;
        Ok(true)
    }

    /// The item, the reason, the quote and the place of a step that is no part.
    fn words_of(&self, step: &Step) -> (String, String, String, String) {
        let say = |key: &str, args: &[(&str, &dyn std::fmt::Display)]| {
            self.words.text(&format!("score.explain.{key}"), args)
        };
        let reason = match &step.reason {
            Reason::Rule(rule) | Reason::Zero(rule) => {
                let counts: Vec<String> =
                    rule.uses.iter().map(|it| shortest(it.occurrences)).collect();
                let per = rule.per.as_deref().unwrap_or_default();
                let count = match &rule.measured {
                    Some(it) => format!("{} {}", it.measure, shortest(it.value)),
                    None => format!("{} {per}", counts.join("+")),
                };
                let effect = format!("effect-{}", rule.effect.name());
                let effect = self.words.term(&effect);
                let text = format!("{} {} {}", rule.when, count.trim(), effect);
                let text = text.trim().to_owned();
                return (rule.id.clone(), text, rule.quote.clone(), rule.at.clone());
            }
            Reason::Full => say("full", &[]),
            Reason::Given => say("given", &[]),
            Reason::Redistributed(factor) => say("redistributed", &[("factor", &short(*factor))]),
            Reason::CaseCap(case, cap) => say("case-cap", &[("case", case), ("cap", &short(*cap))]),
            Reason::Cap(cap) => say("cap", &[("cap", &short(*cap))]),
            Reason::Ceiling(full) => say("ceiling", &[("full", &short(*full))]),
            Reason::Floor => say("floor", &[]),
            Reason::Clip(full) => say("clip", &[("full", &short(*full))]),
            Reason::Missing(kind, name) => self
                .words
                .text(&format!("score.{kind}"), &[("item", &""), ("name", name), ("period", &"")]),
            Reason::Rounding(places) => say("rounding", &[("places", places)]),
            Reason::Part(..) | Reason::Loss(..) | Reason::NotApplicable(_) => String::new(),
        };
        (String::new(), reason, String::new(), String::new())
    }

    fn receipt(&self, sheet: &mut Worksheet) -> Written {
        let receipt = &self.scores.receipt;
        sheet.set_column_width(0, 24)?.set_column_width(1, 70)?;
        let rows = [
            ("ruleset", self.scores.ruleset.clone()),
            ("title", self.scores.title.clone().unwrap_or_default()),
            ("program", receipt.program.clone()),
            ("format", receipt.format.to_string()),
            ("ruleset-hash", receipt.ruleset.clone()),
            ("review-hash", receipt.review.clone().unwrap_or_default()),
            ("data-hash", receipt.data.clone()),
            ("events", self.scores.events.to_string()),
        ];
        let mut row = 0;
        if self.draft > 0 {
            let mark = self.words.words("score.draft");
            sheet.write_string_with_format(0, 0, mark, &self.styles.draft)?;
            row = 1;
        }
        for (key, value) in rows {
            sheet.write_string(row, 0, self.words.words(&format!("score.receipt.{key}")))?;
            sheet.write_string(row, 1, value)?;
            row += 1;
        }
        Ok(())
    }
}

/// A row of the units, and the first and last of them.
#[derive(Clone, Copy)]
struct Rows {
    row: u32,
    first: u32,
    last: u32,
}

impl Rows {
    const fn one(row: u32) -> Self {
        Self { row, first: row, last: row }
    }

    fn cell(self, column: u16) -> String {
        format!("{}{}", letters(column), self.row + 1)
    }

    fn column(self, column: u16) -> String {
        let letters = letters(column);
        format!("${letters}${}:${letters}${}", self.first + 1, self.last + 1)
    }
}

/// A column as letters: A, B … Z, AA.
fn letters(column: u16) -> String {
    rust_xlsxwriter::utility::column_number_to_name(column)
}

fn write_number(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    number: Decimal,
    format: Option<&Format>,
) -> Written {
    // A spreadsheet computes in binary: 15 digits of it are exact, and no score has more.
    let Some(number) = number.to_f64() else { return Ok(()) };
    match format {
        Some(format) => sheet.write_number_with_format(row, column, number, format)?,
        None => sheet.write_number(row, column, number)?,
    };
    Ok(())
}

fn write_formula(sheet: &mut Worksheet, place: (u32, u16), formula: &str, result: &str) -> Written {
    sheet.write_formula(place.0, place.1, Formula::new(formula).set_result(result))?;
    Ok(())
}
