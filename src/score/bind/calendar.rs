//! Which period a row belongs to.

use std::collections::BTreeSet;

use super::is_scored;
use crate::{
    ruleset::Ruleset,
    score::{
        data::Fault,
        period::{self, Date, Length, Period},
    },
};

/// The year that is assessed, once it is known, and the periods of it that are scored.
#[derive(Debug)]
pub(super) struct Calendar {
    year: Option<u16>,
    scored: Vec<Period>,
}

/// What is wrong with a period or a date.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Misdated {
    /// The date is none.
    Date,
    /// The period is none.
    Period,
    /// There is neither a period nor a date.
    Undated,
    /// The period is longer than the one in which the rule is counted.
    TooLong(Length),
    /// Another year than the one that is assessed.
    OtherYear(u16, u16),
}

impl Misdated {
    /// The fault, with the column that it is about.
    pub(super) fn fault(&self, file: &str, line: u64, text: &str) -> Fault {
        let (code, column) = match self {
            Self::Date => ("data-bad-date", "date"),
            Self::Period => ("data-bad-period", "period"),
            Self::Undated => ("data-no-period", "period"),
            Self::TooLong(_) => ("data-period-too-long", "period"),
            Self::OtherYear(..) => ("data-other-year", "period"),
        };
        let fault = Fault::new(code, file).line(line).column(column);
        match self {
            Self::Date | Self::Period | Self::TooLong(_) => fault.arg("value", text),
            Self::Undated => fault,
            Self::OtherYear(found, assessed) => fault.arg("found", found).arg("assessed", assessed),
        }
    }
}

impl Calendar {
    pub(super) fn of(ruleset: &Ruleset, scored: &BTreeSet<Period>) -> Self {
        let year = ruleset.document.year.as_deref().and_then(|it| {
            let digits: String = it.chars().take_while(char::is_ascii_digit).collect();
            digits.parse().ok().filter(|_| digits.len() == 4)
        });
        Self { year, scored: scored.iter().copied().collect() }
    }

    /// The number of the period of a length that a row belongs to; 0 where the whole year is one or the row is for all
    /// of it; nothing where it belongs to a period that is not scored.
    pub(super) fn number(
        &mut self,
        length: Length,
        period: &str,
        date: &str,
        year_will_do: bool,
    ) -> Result<Option<u8>, Misdated> {
        let date = match date {
            "" => None,
            _ => Some(Date::parse(date).ok_or(Misdated::Date)?),
        };
        let whole = length == Length::Year || year_will_do;
        let own = match (period, date) {
            ("", None) if whole => return Ok(Some(0)),
            ("", None) => return Err(Misdated::Undated),
            ("", Some(date)) => {
                self.check_year(Some(date.year))?;
                Period { length: Length::Month, number: date.month }
            }
            (period, _) => {
                let written = period::parse(period).ok_or(Misdated::Period)?;
                self.check_year(written.year)?;
                written.period
            }
        };
        if own.length == Length::Year && whole {
            return Ok(Some(0));
        }
        if own.length < length {
            return Err(Misdated::TooLong(length));
        }
        Ok(is_scored(&self.scored, own).then(|| number_in(length, own)))
    }

    /// All rows are of one year: that of the document, or else of the first row that names one.
    fn check_year(&mut self, year: Option<u16>) -> Result<(), Misdated> {
        let Some(year) = year else { return Ok(()) };
        let assessed = *self.year.get_or_insert(year);
        if year == assessed { Ok(()) } else { Err(Misdated::OtherYear(year, assessed)) }
    }
}

const fn number_in(length: Length, period: Period) -> u8 {
    match length {
        Length::Year => 0,
        Length::HalfYear | Length::Quarter | Length::Month => {
            Period::of_month(length, period.first_month()).number
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ruleset::DocumentInfo;

    fn calendar(year: &str) -> Calendar {
        let document = DocumentInfo { year: Some(year.to_owned()), ..DocumentInfo::default() };
        Calendar::of(&Ruleset { document, ..Ruleset::default() }, &BTreeSet::new())
    }

    #[test]
    fn rows_find_their_period() {
        for (length, period, date, number) in [
            (Length::Quarter, "Q2", "", Ok(2)),
            (Length::Quarter, "2025-05", "", Ok(2)),
            (Length::Quarter, "", "2025-11-02", Ok(4)),
            (Length::Quarter, "Q1", "2025-11-02", Ok(1)),
            (Length::HalfYear, "第三季度", "", Ok(2)),
            (Length::Month, "", "2025-11-02", Ok(11)),
            (Length::Year, "", "", Ok(0)),
            (Length::Year, "第三季度", "", Ok(0)),
            (Length::Quarter, "", "", Err(Misdated::Undated)),
            (Length::Quarter, "2025", "", Err(Misdated::TooLong(Length::Quarter))),
            (Length::Month, "Q1", "", Err(Misdated::TooLong(Length::Month))),
            (Length::Quarter, "", "2025-02-30", Err(Misdated::Date)),
            (Length::Quarter, "春天", "", Err(Misdated::Period)),
            (Length::Year, "春天", "", Err(Misdated::Period)),
            (Length::Quarter, "2024Q1", "", Err(Misdated::OtherYear(2024, 2025))),
            (Length::Year, "", "2026-01-01", Err(Misdated::OtherYear(2026, 2025))),
        ] {
            let found = calendar("2025年").number(length, period, date, false);
            assert_eq!(found, number.map(Some), "{length:?} {period} {date}");
        }
        assert_eq!(calendar("2025").number(Length::Quarter, "", "", true), Ok(Some(0)));
        assert_eq!(calendar("2025").number(Length::Quarter, "2025年度", "", true), Ok(Some(0)));
    }

    #[test]
    fn the_first_year_seen_is_the_year() {
        let mut calendar = calendar("");
        assert_eq!(calendar.number(Length::Quarter, "2023Q1", "", false), Ok(Some(1)));
        assert_eq!(
            calendar.number(Length::Quarter, "2024Q1", "", false),
            Err(Misdated::OtherYear(2024, 2023))
        );
    }

    #[test]
    fn rows_of_other_periods_are_told_apart() {
        let scored = [Period { length: Length::Quarter, number: 2 }].into();
        let mut calendar = Calendar::of(&Ruleset::default(), &scored);
        for (length, period, date, number) in [
            (Length::Quarter, "Q2", "", Some(2)),
            (Length::Quarter, "Q3", "", None),
            (Length::Quarter, "", "2025-06-30", Some(2)),
            (Length::Month, "2025-07", "", None),
            (Length::Year, "", "2025-04-01", Some(0)),
            (Length::Year, "", "2025-03-31", None),
            (Length::Year, "", "", Some(0)),
            (Length::HalfYear, "", "2025-05-05", Some(1)),
        ] {
            assert_eq!(calendar.number(length, period, date, false), Ok(number), "{period} {date}");
        }
    }
}
