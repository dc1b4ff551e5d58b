//! Units, measured values and given scores.

use std::collections::BTreeMap;

use super::{Binder, Given, length_of};
use crate::{
    number::Decimal,
    score::{
        data::{Fault, Faults, nearest},
        exact::Exact,
        period::Length,
        plan::Kind,
    },
};

/// The headings of a column of units that lists the indicators which do not apply.
const NOT_APPLICABLE: [&str; 3] = ["n/a", "not_applicable", "不适用"];

/// Whether a value says that something does not apply.
pub(super) fn is_not_applicable(text: &str) -> bool {
    matches!(text.to_lowercase().as_str(), "n/a" | "na" | "不适用")
}

/// A number as people type it in a table: digits with at most one point, full width too; never 1,000 or 1e3.
pub(super) fn number(text: &str) -> Option<Decimal> {
    use unicode_normalization::UnicodeNormalization;
    let folded: String = text.nfkc().collect();
    let digits = folded.strip_prefix(['-', '+']).unwrap_or(&folded);
    let plain = digits.bytes().all(|it| it.is_ascii_digit() || it == b'.');
    let count = digits.bytes().filter(u8::is_ascii_digit).count();
    if !plain || count == 0 || count > crate::limits::MAX_DIGITS {
        return None;
    }
    folded.parse::<Decimal>().ok().map(|it| it.normalize())
}

impl Binder<'_, '_> {
    /// Finds out which indicators do not apply to which unit: a column that lists them, or one for each of them.
    pub(super) fn bind_units(&mut self, faults: &mut Faults) {
        let data = self.data;
        for (unit, nth) in data.units.iter().zip(0_u32..) {
            for (heading, value) in &unit.further {
                let fault = |code: &'static str| {
                    Fault::new(code, &data.names.units).line(unit.line).column(heading)
                };
                if NOT_APPLICABLE.contains(&heading.to_lowercase().as_str()) {
                    for name in value.split([';', '；']).map(str::trim).filter(|it| !it.is_empty())
                    {
                        match self.node_named(name) {
                            Ok(node) => self.leave_out(nth, node),
                            Err(code) => faults.push(self.name_fault(fault(code), name)),
                        }
                    }
                } else if is_not_applicable(value)
                    && let Ok(node) = self.node_named(heading)
                {
                    self.leave_out(nth, node);
                }
            }
        }
    }

    fn leave_out(&mut self, unit: u32, node: usize) {
        if let Ok(node) = u32::try_from(node) {
            self.bound.not_applicable.insert((unit, node));
        }
    }

    /// Adds the name and the nearest known one to a fault about an indicator.
    fn name_fault(&self, fault: Fault, name: &str) -> Fault {
        let near = nearest(name, self.node_names()).unwrap_or_default();
        fault.arg("indicator", name).arg("near", near)
    }

    /// The unit of a row, or a fault.
    pub(super) fn unit_named(&self, name: &str) -> Result<u32, Fault> {
        match self.units.get(name) {
            Some(it) => Ok(*it),
            None if name.is_empty() => Err(Fault::new("data-empty", "").column("unit")),
            None => {
                let near = nearest(name, self.units.keys().copied()).unwrap_or_default();
                let fault = Fault::new("data-unknown-unit", "").column("unit");
                Err(fault.arg("unit", name).arg("near", near))
            }
        }
    }

    pub(super) fn bind_measures(&mut self, faults: &mut Faults) {
        let data = self.data;
        for row in &data.measures {
            if faults.is_full() {
                return;
            }
            if let Err(fault) = self.bind_measure(row) {
                let file = data.names.measures.clone();
                faults.push(Fault { file, line: Some(row.line), ..fault });
            }
        }
    }

    fn bind_measure(&mut self, row: &crate::score::data::Measured) -> Result<(), Fault> {
        let unit = self.unit_named(&row.unit)?;
        let rules = self.rules_of_measure(&row.measure)?;
        // 98% is 98: bounds are written in percent.
        let plain = row.value.strip_suffix(['%', '％']).unwrap_or(&row.value);
        let value = number(plain).ok_or_else(|| bad_number("value", &row.value))?;
        for rule in rules {
            let length = length_of(self.plan, rule);
            let Some(period) = self.period_of_value(length, &row.period, row.line)? else {
                continue;
            };
            let rule = u32::try_from(rule).unwrap_or(u32::MAX);
            let key = (unit, rule, period);
            if has_other(&self.bound.measures, key)
                || self.bound.measures.insert(key, value).is_some()
            {
                let fault = Fault::new("data-repeated-value", "").column("measure");
                return Err(fault.arg("name", &row.measure).arg("unit", &row.unit));
            }
        }
        Ok(())
    }

    /// The number of the period of a value; nothing where that is not scored.
    fn period_of_value(
        &mut self,
        length: Length,
        period: &str,
        line: u64,
    ) -> Result<Option<u8>, Fault> {
        let number = self.calendar.number(length, period, "", true);
        let number = number.map_err(|it| it.fault("", line, period))?;
        self.bound.outside += u64::from(number.is_none());
        Ok(number)
    }

    /// The rules that a measure decides, named by the measure or by the id of one of them.
    fn rules_of_measure(&self, name: &str) -> Result<Vec<usize>, Fault> {
        let fault = |code| Fault::new(code, "").column("measure").arg("measure", name);
        let tiered =
            |nth: &usize| self.plan.rules.get(*nth).is_some_and(|it| !it.rule.tiers.is_empty());
        if let Some(nth) = self.plan.rule_ids.get(name).copied() {
            return if tiered(&nth) {
                Ok(vec![nth])
            } else {
                Err(fault("data-rule-without-measure"))
            };
        }
        let all = || self.plan.rules.iter().enumerate().filter(|it| !it.1.rule.tiers.is_empty());
        let named: Vec<usize> =
            all().filter(|it| it.1.rule.measure.as_deref() == Some(name)).map(|it| it.0).collect();
        let Some(first) = named.first().and_then(|it| self.plan.rules.get(*it)) else {
            let known = all().filter_map(|it| it.1.rule.measure.as_deref());
            let near = nearest(name, known).unwrap_or_default();
            return Err(fault("data-unknown-measure").arg("near", near));
        };
        let same = |nth: &usize| self.plan.rules.get(*nth).is_some_and(|it| it.home == first.home);
        if named.iter().all(same) {
            return Ok(named);
        }
        let ids: Vec<&str> = named
            .iter()
            .filter_map(|it| self.plan.rules.get(*it))
            .map(|it| it.rule.id.as_str())
            .collect();
        Err(fault("data-ambiguous-measure").arg("ids", ids.join(" ")))
    }

    pub(super) fn bind_assessed(&mut self, faults: &mut Faults) {
        let data = self.data;
        for row in &data.assessed {
            if faults.is_full() {
                return;
            }
            if let Err(fault) = self.bind_given(row) {
                let file = data.names.assessed.clone();
                faults.push(Fault { file, line: Some(row.line), ..fault });
            }
        }
    }

    fn bind_given(&mut self, row: &crate::score::data::Assessed) -> Result<(), Fault> {
        let unit = self.unit_named(&row.unit)?;
        let nth = self.node_named(&row.indicator).map_err(|code| {
            self.name_fault(Fault::new(code, "").column("indicator"), &row.indicator)
        })?;
        let given = if is_not_applicable(&row.score) {
            Given::NotApplicable
        } else {
            Given::Score(self.score_within(nth, row)?)
        };
        let length = self.plan.nodes.get(nth).map_or(Length::Year, |it| it.length);
        let Some(period) = self.period_of_value(length, &row.period, row.line)? else {
            return Ok(());
        };
        let key = (unit, u32::try_from(nth).unwrap_or(u32::MAX), period);
        if has_other(&self.bound.assessed, key) || self.bound.assessed.insert(key, given).is_some()
        {
            let fault = Fault::new("data-repeated-value", "").column("indicator");
            return Err(fault.arg("name", &row.indicator).arg("unit", &row.unit));
        }
        Ok(())
    }

    /// A score that lies between nothing and the full marks of an indicator that people assess.
    fn score_within(
        &self,
        nth: usize,
        row: &crate::score::data::Assessed,
    ) -> Result<Decimal, Fault> {
        let fault = |code| Fault::new(code, "").column("score").arg("score", &row.score);
        let Some(node) = self.plan.nodes.get(nth) else { return Err(fault("data-not-assessed")) };
        if node.method != crate::ruleset::Method::Assessed {
            return Err(fault("data-not-assessed").arg("indicator", &row.indicator));
        }
        let score = number(&row.score).ok_or_else(|| bad_number("score", &row.score))?;
        let most = match node.kind {
            Kind::Criterion => node.owner.cap,
            Kind::Total | Kind::Indicator => node.full,
        };
        let over = most.is_some_and(|it| Exact::from(score).exceeds(it).unwrap_or(true));
        if score.is_sign_negative() && !score.is_zero() || over {
            let most = most.unwrap_or(Exact::ZERO);
            return Err(fault("data-score-outside").arg("full", most));
        }
        Ok(score)
    }
}

/// Whether there is a value for the whole year beside this one of a period, or one of a period beside this one of the year.
fn has_other<T>(
    values: &BTreeMap<(u32, u32, u8), T>,
    (unit, item, period): (u32, u32, u8),
) -> bool {
    if period > 0 {
        return values.contains_key(&(unit, item, 0));
    }
    values.range((unit, item, 1)..=(unit, item, u8::MAX)).next().is_some()
}

pub(super) fn bad_number(column: &str, text: &str) -> Fault {
    let code = if text.is_empty() { "data-empty" } else { "data-bad-number" };
    Fault::new(code, "").column(column).arg("value", text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_plain() {
        for (text, expected) in [
            ("0.50", "0.5"),
            ("３．５", "3.5"),
            ("-2", "-2"),
            ("+2", "2"),
            ("007", "7"),
            (".5", "0.5"),
            ("5.", "5"),
        ] {
            assert_eq!(number(text).map(|it| it.to_string()).as_deref(), Some(expected), "{text}");
        }
        for text in [
            "",
            "-",
            ".",
            "1,000",
            "1e3",
            "0x1",
            "1 2",
            "五",
            "5%",
            "1.2.3",
            "1234567890123456",
            "NaN",
            "--1",
            "1_000",
        ] {
            assert_eq!(number(text), None, "{text}");
        }
    }
}
