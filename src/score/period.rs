//! The periods of a year: half-years, quarters, months, and how people write them.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

use crate::ruleset::Periods;

/// How long a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Length {
    /// The whole year: it is assessed once.
    Year,
    /// 半年.
    HalfYear,
    /// 季度.
    Quarter,
    /// 月.
    Month,
}

impl From<Option<Periods>> for Length {
    fn from(periods: Option<Periods>) -> Self {
        match periods {
            None => Self::Year,
            Some(Periods::HalfYear) => Self::HalfYear,
            Some(Periods::Quarter) => Self::Quarter,
            Some(Periods::Month) => Self::Month,
        }
    }
}

impl Length {
    /// The months that a period of this length has.
    #[must_use]
    pub const fn months(self) -> u8 {
        match self {
            Self::Year => 12,
            Self::HalfYear => 6,
            Self::Quarter => 3,
            Self::Month => 1,
        }
    }

    /// How many of them a year has.
    #[must_use]
    pub const fn count(self) -> u8 {
        12 / self.months()
    }
}

/// One period of the year that is assessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    /// How long it is.
    pub length: Length,
    /// Which one, counted from one.
    pub number: u8,
}

impl Period {
    /// The whole year.
    pub const YEAR: Self = Self { length: Length::Year, number: 1 };

    /// The period of a length that holds a month (1 to 12).
    #[must_use]
    pub const fn of_month(length: Length, month: u8) -> Self {
        Self { length, number: month.saturating_sub(1) / length.months() + 1 }
    }

    /// Its first month.
    #[must_use]
    pub const fn first_month(self) -> u8 {
        self.number.saturating_sub(1).saturating_mul(self.length.months()) + 1
    }

    /// Its last month.
    #[must_use]
    pub const fn last_month(self) -> u8 {
        self.number.saturating_mul(self.length.months())
    }

    /// Whether the two share a month.
    #[must_use]
    pub const fn meets(self, other: Self) -> bool {
        self.first_month() <= other.last_month() && other.first_month() <= self.last_month()
    }
}

impl fmt::Display for Period {
    /// `year`, `H1`, `Q3`, `M11`: what the results write and what data may write.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.length {
            Length::Year => f.write_str("year"),
            Length::HalfYear => write!(f, "H{}", self.number),
            Length::Quarter => write!(f, "Q{}", self.number),
            Length::Month => write!(f, "M{:02}", self.number),
        }
    }
}

/// A period as somebody wrote it, with the year where they wrote one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// The year.
    pub year: Option<u16>,
    /// The period.
    pub period: Period,
}

/// Reads a period: `Q1`, `2025Q1`, `2025-Q1`, `第一季度`, `2025年1季度`, `2025-03`, `3月`, `M03`, `H1`, `上半年`, `2025`, `全年`.
#[must_use]
pub fn parse(text: &str) -> Option<Written> {
    let folded: String =
        text.nfkc().filter(|it| !it.is_whitespace()).collect::<String>().to_uppercase();
    let (year, rest) = split_year(&folded);
    let period = match rest {
        "" => year.map(|_| Period::YEAR)?,
        "全年" | "年度" | "YEAR" => Period::YEAR,
        "上半年" => Period { length: Length::HalfYear, number: 1 },
        "下半年" => Period { length: Length::HalfYear, number: 2 },
        _ => numbered(rest, year.is_some())?,
    };
    Some(Written { year, period })
}

/// A year of four digits at the beginning, and what follows it.
fn split_year(text: &str) -> (Option<u16>, &str) {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits != 4 {
        return (None, text);
    }
    let Some((year, rest)) = text.split_at_checked(4) else { return (None, text) };
    let rest = rest.strip_prefix("年度").or_else(|| rest.strip_prefix('年')).unwrap_or(rest);
    let rest = rest.strip_prefix(['-', '/', '.', '_']).unwrap_or(rest);
    (year.parse().ok(), rest)
}

/// A period with a number: a bare number is a month, and only behind a year.
fn numbered(text: &str, after_year: bool) -> Option<Period> {
    let forms: [(&str, &str, Length); 6] = [
        ("Q", "", Length::Quarter),
        ("H", "", Length::HalfYear),
        ("M", "", Length::Month),
        ("", "季度", Length::Quarter),
        ("", "季", Length::Quarter),
        ("", "月", Length::Month),
    ];
    let text = text.strip_prefix('第').unwrap_or(text);
    let text = text.strip_suffix('份').unwrap_or(text);
    let found = forms.iter().find_map(|(before, after, length)| {
        let number = text.strip_prefix(before)?.strip_suffix(after)?;
        let plain = before.is_empty() && after.is_empty();
        (!plain).then_some(())?;
        Some((ordinal(number)?, *length))
    });
    let (number, length) = match found {
        Some(it) => it,
        None if after_year => (ordinal(text)?, Length::Month),
        None => return None,
    };
    (1..=length.count()).contains(&number).then_some(Period { length, number })
}

/// A number from 1 to 12 in digits or Chinese numerals.
fn ordinal(text: &str) -> Option<u8> {
    const WORDS: [&str; 12] =
        ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"];
    if let Some(nth) = WORDS.iter().position(|it| *it == text) {
        return u8::try_from(nth + 1).ok();
    }
    let digits = (1..=2).contains(&text.len()) && text.bytes().all(|it| it.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

/// A day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Date {
    /// The year.
    pub(super) year: u16,
    /// The month, 1 to 12.
    pub(super) month: u8,
    /// The day, from 1.
    pub(super) day: u8,
}

impl Date {
    /// Reads `2025-03-18`, `2025/3/18`, `2025.3.18`, `2025年3月18日`, `20250318`; a time behind it is not looked at.
    #[must_use]
    pub(super) fn parse(text: &str) -> Option<Self> {
        let folded: String = text.trim().nfkc().collect();
        let day = folded.split([' ', 'T']).next()?;
        let day = day.strip_suffix('日').unwrap_or(day);
        if let (8, Some((year, rest))) = (day.len(), day.split_at_checked(4))
            && let Some((month, day)) = rest.split_at_checked(2)
            && rest.bytes().all(|it| it.is_ascii_digit())
        {
            return Self::of(year, month, day);
        }
        let mut parts = day.split(['-', '/', '.', '年', '月']);
        let date = Self::of(parts.next()?, parts.next()?, parts.next()?)?;
        parts.next().is_none().then_some(date)
    }

    fn of(year: &str, month: &str, day: &str) -> Option<Self> {
        let digits = |it: &str, most: usize| {
            (1..=most).contains(&it.len()) && it.bytes().all(|it| it.is_ascii_digit())
        };
        if year.len() != 4 || !digits(year, 4) || !digits(month, 2) || !digits(day, 2) {
            return None;
        }
        let res =
            Self { year: year.parse().ok()?, month: month.parse().ok()?, day: day.parse().ok()? };
        (1..=days_of(res.year, res.month)?).contains(&res.day).then_some(res)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

const fn days_of(year: u16, month: u8) -> Option<u8> {
    Some(match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_as_people_write_them() {
        for (text, year, period) in [
            ("Q1", None, "Q1"),
            ("2025Q3", Some(2025), "Q3"),
            ("2025-q3", Some(2025), "Q3"),
            ("第一季度", None, "Q1"),
            ("2025年4季度", Some(2025), "Q4"),
            ("２０２５年第二季度", Some(2025), "Q2"),
            ("2025-03", Some(2025), "M03"),
            ("2025年12月", Some(2025), "M12"),
            ("2025年12月份", Some(2025), "M12"),
            ("十一月", None, "M11"),
            ("M03", None, "M03"),
            ("H2", None, "H2"),
            ("上半年", None, "H1"),
            ("2025年下半年", Some(2025), "H2"),
            ("2025", Some(2025), "year"),
            ("2025年度", Some(2025), "year"),
            ("全年", None, "year"),
        ] {
            let read = parse(text).expect(text);
            assert_eq!((read.year, read.period.to_string().as_str()), (year, period), "{text}");
        }
        for text in
            ["", "Q5", "13月", "0月", "H3", "三", "3", "Q", "季度", "20250301", "Q1Q2", "2025-"]
        {
            let read = parse(text);
            assert!(text == "2025-" || read.is_none(), "{text}: {read:?}");
        }
    }

    #[test]
    fn dates_as_people_write_them() {
        for text in [
            "2025-03-08",
            "2025/3/8",
            "2025.03.08",
            "2025年3月8日",
            "20250308",
            "2025-3-8 10:20:00",
            "２０２５-03-08",
        ] {
            assert_eq!(
                Date::parse(text).map(|it| it.to_string()).as_deref(),
                Some("2025-03-08"),
                "{text}"
            );
        }
        assert!(Date::parse("2024-02-29").is_some());
        for text in [
            "",
            "2025-02-29",
            "2025-13-01",
            "2025-00-10",
            "3-8",
            "25-3-8",
            "2025-3-8-1",
            "1900-02-29",
            "八月",
        ] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }

    #[test]
    fn periods_meet_by_their_months() {
        let quarter = Period { length: Length::Quarter, number: 2 };
        assert_eq!((quarter.first_month(), quarter.last_month()), (4, 6));
        assert_eq!(Period::of_month(Length::Quarter, 6), quarter);
        assert!(quarter.meets(Period::YEAR));
        assert!(quarter.meets(Period { length: Length::Month, number: 4 }));
        assert!(!quarter.meets(Period { length: Length::Month, number: 7 }));
        assert!(quarter.meets(Period { length: Length::HalfYear, number: 1 }));
    }
}
