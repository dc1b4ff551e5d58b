//! Numbers as a sheet shows them: 0.15 formatted as a percentage is 15%.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::number::shortest;

/// How the numbers of a workbook are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Form {
    /// As the sheet shows them: what a person reads.
    #[default]
    Shown,
    /// As the sheet stores them, dates as 2025-04-21: what is computed with.
    Stored,
}

impl Form {
    /// Writes a number with a format's code. Dates count from 1904 where `from_1904` says so.
    pub(super) fn write(self, value: Decimal, code: &str, from_1904: bool) -> String {
        match self {
            Self::Shown => show(value, code, from_1904),
            Self::Stored if Section::of(value, code).is_date() => {
                date(value, "yyyy-mm-dd", from_1904).unwrap_or_else(|| shortest(value))
            }
            Self::Stored => shortest(value),
        }
    }
}

/// The number in a cell's text form, as a workbook stores it: a decimal, or one with an exponent. Binary noise beyond 15
/// digits is taken away.
pub(super) fn number(stored: &str) -> Option<Decimal> {
    let stored = stored.trim();
    let value = Decimal::from_scientific(stored).or_else(|_| stored.parse()).ok()?;
    value.round_sf(15).map(|it| it.normalize())
}

/// Writes a number by a format's code. Dates count from 1904 where `from_1904` says so.
fn show(value: Decimal, code: &str, from_1904: bool) -> String {
    let section = Section::of(value, code);
    if section.is_general() {
        return general(value);
    }
    if section.is_date() {
        return date(value, section.code, from_1904).unwrap_or_else(|| general(value));
    }
    section.show(value).unwrap_or_else(|| general(value))
}

/// A number without a format: eleven characters, as a sheet has room for.
fn general(value: Decimal) -> String {
    const WIDTH: usize = 11;
    let whole = value.trunc().to_string().len();
    let places = u32::try_from(WIDTH.saturating_sub(whole + 1)).unwrap_or(0);
    rounded(value, places).normalize().to_string()
}

fn rounded(value: Decimal, places: u32) -> Decimal {
    value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero)
}

/// The code of a built-in format. Those of dates are as Chinese systems show them.
pub(super) fn built_in(id: u32) -> &'static str {
    match id {
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        9 => "0%",
        10 => "0.00%",
        14 | 30 => "yyyy/m/d",
        15 => "d-m-yy",
        16 => "d-m",
        17 => "m-yy",
        18 | 20 => "h:mm",
        19 | 21 => "h:mm:ss",
        22 => "yyyy/m/d h:mm",
        27 | 36 | 50 | 52 | 57 => "yyyy\"年\"m\"月\"",
        28 | 29 | 51 | 53 | 54 | 58 => "m\"月\"d\"日\"",
        31 => "yyyy\"年\"m\"月\"d\"日\"",
        32 | 55 => "h\"时\"mm\"分\"",
        33 | 56 => "h\"时\"mm\"分\"ss\"秒\"",
        37 | 38 => "#,##0",
        39 | 40 => "#,##0.00",
        45 => "mm:ss",
        _ => "General",
    }
}

/// The part of a format's code that holds for a number: positive, negative and zero have their own.
struct Section<'c> {
    code: &'c str,
    /// Whether it is the only one, so that a negative number has its sign.
    is_only: bool,
}

impl<'c> Section<'c> {
    fn of(value: Decimal, code: &'c str) -> Self {
        let sections = sections(code);
        let nth = match sections.len() {
            0 | 1 => 0,
            2 => usize::from(value.is_sign_negative() && !value.is_zero()),
            _ if value.is_zero() => 2,
            _ => usize::from(value.is_sign_negative()),
        };
        let code = sections.get(nth).copied().unwrap_or_default();
        Self { code, is_only: sections.len() < 2 }
    }

    fn is_general(&self) -> bool {
        let code = self.code.trim();
        code.is_empty() || code.eq_ignore_ascii_case("general") || code == "@"
    }

    fn is_date(&self) -> bool {
        let signs = || signs(self.code).filter(|it| !it.1).map(|it| it.0.to_ascii_lowercase());
        signs().any(|it| matches!(it, 'y' | 'd' | 'h' | 's'))
            && !signs().any(|it| matches!(it, '0' | '#'))
            || signs().any(|it| it == 'm') && !signs().any(|it| matches!(it, '0' | '#' | '?'))
    }

    /// The number by placeholders, or none where the code holds more than those.
    fn show(&self, value: Decimal) -> Option<String> {
        let (mut before, mut after) = (String::new(), String::new());
        let mut shape = Shape::default();
        for (it, is_literal) in signs(self.code) {
            match it {
                '0' | '#' | '?' if !is_literal => shape.place(it, &after)?,
                '.' if !is_literal => shape.in_fraction = true,
                ',' if !is_literal => shape.commas += 1,
                '/' | 'E' | 'e' if !is_literal => return None,
                '%' if !is_literal => {
                    shape.percent += 1;
                    if shape.has_place() { after.push('%') } else { before.push('%') }
                }
                it if shape.has_place() => after.push(it),
                it => before.push(it),
            }
        }
        if !shape.has_place() {
            return Some(format!("{before}{after}"));
        }
        let sign =
            if value.is_sign_negative() && self.is_only && !value.is_zero() { "-" } else { "" };
        Some(format!("{sign}{before}{}{after}", shape.fill(value.abs())?).trim().to_owned())
    }
}

/// How many digits a format has room for.
#[derive(Default)]
struct Shape {
    /// The least digits before the point.
    whole: usize,
    /// The least and most digits after it.
    least: usize,
    most: u32,
    in_fraction: bool,
    has_whole: bool,
    commas: usize,
    /// Whether a comma stands between the digits: groups of thousands.
    grouped: bool,
    percent: u32,
}

impl Shape {
    /// Adds a placeholder; none where text stands between the placeholders.
    fn place(&mut self, sign: char, after: &str) -> Option<()> {
        if !after.is_empty() {
            return None;
        }
        if self.in_fraction {
            self.most += 1;
            self.least += usize::from(sign == '0');
        } else {
            self.grouped |= self.has_whole && self.commas > 0;
            self.commas = 0;
            self.has_whole = true;
            self.whole += usize::from(sign == '0');
        }
        Some(())
    }

    const fn has_place(&self) -> bool {
        self.has_whole || self.most > 0
    }

    fn fill(&self, value: Decimal) -> Option<String> {
        let mut value = value;
        for _ in 0..self.percent {
            value = value.checked_mul(Decimal::ONE_HUNDRED)?;
        }
        for _ in 0..self.commas {
            value = value.checked_div(Decimal::ONE_THOUSAND)?;
        }
        let text = rounded(value, self.most).to_string();
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let mut fraction = fraction.trim_end_matches('0').to_owned();
        while fraction.len() < self.least {
            fraction.push('0');
        }
        let whole = whole.trim_start_matches('0');
        let whole =
            format!("{}{whole}", "0".repeat(self.whole.saturating_sub(whole.len()).min(32)));
        let whole = if self.grouped { group(&whole) } else { whole };
        let point = if fraction.is_empty() { "" } else { "." };
        Some(format!("{whole}{point}{fraction}"))
    }
}

/// Puts commas between groups of three digits.
fn group(digits: &str) -> String {
    let mut out = String::new();
    for (nth, it) in digits.chars().enumerate() {
        if nth > 0 && (digits.len() - nth).is_multiple_of(3) {
            out.push(',');
        }
        out.push(it);
    }
    out
}

/// The sections of a code, divided by semicolons outside of quotes.
fn sections(code: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut start, mut quoted, mut escaped) = (0, false, false);
    for (at, it) in code.char_indices() {
        match it {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => quoted = !quoted,
            ';' if !quoted => {
                found.extend(code.get(start..at));
                start = at + 1;
            }
            _ => {}
        }
    }
    found.extend(code.get(start..));
    found
}

/// The signs of a section, each with whether it is literal text. Colours, conditions, fillers and blanks of a sign's
/// width are left out.
fn signs(section: &str) -> impl Iterator<Item = (char, bool)> {
    let mut chars = section.chars();
    let mut quoted = false;
    std::iter::from_fn(move || {
        loop {
            let it = chars.next()?;
            match it {
                '"' => quoted = !quoted,
                _ if quoted => return Some((it, true)),
                '\\' => return Some((chars.next()?, true)),
                '_' | '*' => drop(chars.next()),
                '[' => {
                    let inner: String = chars.by_ref().take_while(|it| *it != ']').collect();
                    // [$¥-804] is a currency sign; [h] are hours that run on.
                    if let Some(sign) = inner.strip_prefix('$').and_then(|it| it.chars().next()) {
                        if sign != '-' {
                            return Some((sign, true));
                        }
                    } else if inner.eq_ignore_ascii_case("h") {
                        return Some(('h', false));
                    }
                }
                it => return Some((it, !is_sign(it))),
            }
        }
    })
}

/// Whether a character of a code stands for a part of the number.
fn is_sign(it: char) -> bool {
    matches!(
        it.to_ascii_lowercase(),
        '0' | '#' | '?' | '.' | ',' | '%' | '/' | 'e' | 'y' | 'm' | 'd' | 'h' | 's'
    )
}

/// A day and time of day by a section of a date format.
fn date(value: Decimal, section: &str, from_1904: bool) -> Option<String> {
    let days: i64 = value.floor().try_into().ok().filter(|it| (0..=2_958_465).contains(it))?;
    let of_day = (value - value.floor()).checked_mul(Decimal::from(86_400))?;
    let seconds: i64 = rounded(of_day, 0).try_into().ok()?;
    // Days since 1970; the first of March 1900 is day 61, since 29 February 1900 is counted.
    let since_1970 = days - if from_1904 { 24_107 } else { 25_569 - i64::from(days < 60) };
    let (year, month, day) = civil(since_1970);
    let signs: Vec<_> = signs(section).collect();
    let mut out = String::new();
    let (mut last, mut end) = (' ', 0);
    for run in signs.chunk_by(|a, b| a == b && !a.1) {
        end += run.len();
        let Some((sign, is_literal)) = run.first().copied() else { continue };
        let next_is_seconds = || {
            let rest =
                signs.iter().skip(end).filter(|it| !it.1).map(|it| it.0.to_ascii_lowercase());
            rest.filter(|it| matches!(it, 'h' | 'm' | 's' | 'd' | 'y')).find(|it| *it != 'm')
                == Some('s')
        };
        let number = match sign.to_ascii_lowercase() {
            _ if is_literal => None,
            'y' if run.len() < 3 => Some(year % 100),
            'y' => Some(year),
            'm' if last == 'h' || next_is_seconds() => Some(seconds / 60 % 60),
            'm' => Some(month),
            'd' => Some(day),
            'h' => Some(seconds / 3600 % 24),
            's' => Some(seconds % 60),
            _ => None,
        };
        match number {
            Some(it) => {
                out.push_str(&format!("{it:0width$}", width = run.len().min(2)));
                last = sign.to_ascii_lowercase();
            }
            None => out.extend(run.iter().map(|it| it.0)),
        }
    }
    Some(out)
}

/// The date of a day since 1970, in the Gregorian calendar.
fn civil(days: i64) -> (i64, i64, i64) {
    // Years begin in March, so that a leap day is the last of a year.
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_sheets_show_them() {
        for (stored, code, expected) in [
            ("10", "General", "10"),
            ("0.5", "General", "0.5"),
            ("0.30000000000000004", "General", "0.3"),
            ("0.33333333333333331", "General", "0.333333333"),
            ("1E-3", "General", "0.001"),
            ("5.0E-2", "0%", "5%"),
            ("0.15", "0%", "15%"),
            ("0.155", "0.00%", "15.50%"),
            ("0.155", "0%", "16%"),
            ("0.125", "0.##%", "12.5%"),
            ("10", "0.00", "10.00"),
            ("2.5", "0", "3"),
            ("-2.5", "0.0", "-2.5"),
            ("1234.5", "#,##0.00", "1,234.50"),
            ("1234567", "#,##0", "1,234,567"),
            ("10", "0\"分\"", "10分"),
            ("0.5", "0.0\"分\"", "0.5分"),
            ("5", "00", "05"),
            ("0.5", ".0", ".5"),
            ("-3", "0;(0)", "(3)"),
            ("0", "0;-0;\"-\"", "-"),
            ("12", "[Red]0_ ", "12"),
            ("12", "[$¥-804]0.00", "¥12.00"),
            ("12", "@", "12"),
            ("0.5", "# ?/?", "0.5"),
            ("12000", "0,", "12"),
            ("-0.2", "0;0", "0"),
        ] {
            assert_eq!(show(number(stored).unwrap(), code, false), expected, "{stored} {code}");
        }
    }

    #[test]
    fn dates_as_sheets_show_them() {
        for (stored, code, expected) in [
            ("45768", "yyyy/m/d", "2025/4/21"),
            ("45768", "yyyy\"年\"m\"月\"d\"日\"", "2025年4月21日"),
            ("45768", "yyyy\\-mm\\-dd", "2025-04-21"),
            ("45768.75", "yyyy/m/d h:mm", "2025/4/21 18:00"),
            ("0.5209", "h:mm:ss", "12:30:06"),
            ("1", "yyyy/m/d", "1900/1/1"),
            ("61", "yyyy/m/d", "1900/3/1"),
            ("45768", "[$-804]yyyy年m月", "2025年4月"),
            ("-1", "yyyy/m/d", "-1"),
        ] {
            assert_eq!(show(number(stored).unwrap(), code, false), expected, "{stored} {code}");
        }
        assert_eq!(show(Decimal::ZERO, "yyyy/m/d", true), "1904/1/1");
    }

    #[test]
    fn numbers_as_sheets_store_them() {
        for (stored, code, expected) in [
            ("0.155", "0%", "0.155"),
            ("2.5", "0", "2.5"),
            ("0.30000000000000004", "General", "0.3"),
            ("123456.789012345", "#,##0.00", "123456.789012345"),
            ("45768.75", "yyyy\"年\"m\"月\"d\"日\"", "2025-04-21"),
        ] {
            assert_eq!(Form::Stored.write(number(stored).unwrap(), code, false), expected);
        }
    }

    #[test]
    fn what_is_no_number() {
        for it in ["", "甲", "1e999", "NaN"] {
            assert_eq!(number(it), None, "{it}");
        }
    }
}
