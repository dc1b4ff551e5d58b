//! Exact decimals, and the ways in which documents write numbers.
//!
//! A number is a [`Decimal`] from the document to the score, and never a float.

pub use rust_decimal::Decimal;

/// The number in its shortest form: `0.50` is `0.5`, `10.0` is `10`.
#[must_use]
pub fn shortest(number: Decimal) -> String {
    number.normalize().to_string()
}

/// Reads a number as a document writes it: `0.5`, `.5`, `1,000`, `十五`, `零点五`, `半`. White space must be gone and
/// full-width digits folded.
#[must_use]
pub fn read(text: &str) -> Option<Decimal> {
    let scanned = text.starts_with(['O', 'o', '〇']) && text.contains('.');
    if scanned || text.starts_with(|it: char| it.is_ascii_digit() || it == '.') {
        // Nearly all are plain.
        if let Ok(plain) = text.parse::<Decimal>() {
            return Some(plain.normalize());
        }
        let digit = |it: char| if matches!(it, 'O' | 'o' | '〇') { '0' } else { it };
        let plain: String = text.chars().filter(|it| *it != ',').map(digit).collect();
        let plain = if plain.starts_with('.') { format!("0{plain}") } else { plain };
        return plain.parse().ok().map(|it: Decimal| it.normalize());
    }
    han(text)
}

/// Reads a number of points, and says whether scanning has damaged it: 05 for 0.5, O.5 for 0.5.
#[must_use]
pub fn read_scanned(text: &str) -> Option<(Decimal, bool)> {
    let lost = text
        .strip_prefix('0')
        .filter(|it| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit()));
    match lost {
        Some(rest) => read(&format!("0.{rest}")).map(|it| (it, true)),
        None => read(text).map(|it| (it, text.starts_with(['O', 'o']))),
    }
}

/// Reads a Chinese numeral.
fn han(text: &str) -> Option<Decimal> {
    if text == "半" {
        return Some(Decimal::new(5, 1));
    }
    let (whole, part) = text.split_once('点').unwrap_or((text, ""));
    let mut number = Decimal::from(han_whole(whole)?);
    let mut scale = Decimal::ONE;
    for c in part.chars() {
        scale /= Decimal::TEN;
        number += scale * Decimal::from(digit(c)?);
    }
    Some(number.normalize())
}

/// Reads a whole Chinese numeral under ten thousand, or a row of digits (二〇二一).
fn han_whole(text: &str) -> Option<u32> {
    let has_unit = text.chars().any(|it| unit(it).is_some());
    if !has_unit {
        let mut number: u32 = 0;
        for c in text.chars() {
            number = number.checked_mul(10)?.checked_add(digit(c)?)?;
        }
        return (!text.is_empty()).then_some(number);
    }
    let (mut total, mut current) = (0u32, None);
    for c in text.chars() {
        if let Some(unit) = unit(c) {
            let many: u32 = if c == '廿' { 2 } else { current.take().unwrap_or(1) };
            total = total.checked_add(many.checked_mul(unit)?)?;
        } else {
            current = Some(digit(c)?);
        }
    }
    total.checked_add(current.unwrap_or(0))
}

const fn digit(c: char) -> Option<u32> {
    Some(match c {
        '零' | '〇' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

const fn unit(c: char) -> Option<u32> {
    Some(match c {
        '十' | '廿' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1000,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_every_script() {
        let cases = [
            ("0.50", "0.5"),
            (".5", "0.5"),
            ("1,000", "1000"),
            ("1O", "10"),
            ("O.5", "0.5"),
            ("十五", "15"),
            ("二十", "20"),
            ("一百二十", "120"),
            ("一百零五", "105"),
            ("零点五", "0.5"),
            ("半", "0.5"),
            ("两", "2"),
            ("廿五", "25"),
            ("二〇二一", "2021"),
        ];
        for (text, number) in cases {
            assert_eq!(read(text).map(shortest).as_deref(), Some(number), "{text}");
        }
        assert_eq!(read("很"), None);
        assert_eq!(read(""), None);
    }
}
