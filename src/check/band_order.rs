//! ## What it does
//!
//! Finds grades whose bands stand the other way round than their names: a better grade with lower scores. It knows
//! the order of the usual names (优秀, 良好, 合格, 不合格 …), of letters (AAA, AA, A, A-, B …), of 一等, 二等, 三等, and of stars.
//!
//! ## Why it matters
//!
//! Units would be graded upside down; usually two numbers or two names changed places.
//!
//! ## Example
//!
//! > 优秀：80—89分；良好：90—100分。
//!
//! The better grade has the lower scores.
//!
//! ## Remedy
//!
//! Compare names and numbers with the document, and amend the wrong ones in the review.

use crate::{
    check::{Check, bands, view::View},
    diagnostic::{Findings, Severity},
};

/// The check `band-order`.
pub(super) static BAND_ORDER: Check = Check {
    code: "band-order",
    severity: Severity::Warning,
    docs: include_str!("band_order.rs"),
    docs_zh: include_str!("band_order.zh.md"),
    run: Some(run),
};

fn run(check: &Check, view: &View<'_>, findings: &mut Findings) {
    for scale in &view.scales {
        for (lower, upper) in scale.grades.iter().zip(scale.grades.iter().skip(1)) {
            let (Some(low), Some(high)) = (standing(&lower.name), standing(&upper.name)) else {
                continue;
            };
            if low.0 == high.0 && low.1 < high.1 && lower.bounds != upper.bounds {
                let finding = check.at(&lower.source).arg("better", &lower.name);
                findings.push(finding.arg("worse", &upper.name));
            }
        }
    }
}

/// Kinds of names that are ordered among themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Word,
    Letter,
    Ordinal,
    Star,
}

/// The place of a grade's name among the names of its kind, from the best down.
fn standing(name: &str) -> Option<(Kind, usize)> {
    let plain = bands::plain_name(name);
    let word = WORDS.iter().position(|it| it.contains(&plain)).map(|it| (Kind::Word, it));
    word.or_else(|| letter(plain)).or_else(|| ordinal(name)).or_else(|| star(name))
}

/// The usual names, from the best down; those of one row are not compared.
const WORDS: [&[&str]; 6] = [
    &["优秀", "优", "好", "先进"],
    &["良好", "良", "较好"],
    &["中等", "中", "一般", "合格", "称职", "达标"],
    &["基本合格", "基本称职", "基本达标"],
    &["较差"],
    &["差", "不合格", "不称职", "不达标"],
];

/// AAA before AA before A+ before A before A- before B.
fn letter(name: &str) -> Option<(Kind, usize)> {
    let first = name.chars().next().filter(char::is_ascii_uppercase)?;
    let row = usize::try_from(u32::from(first) - u32::from('A')).ok()?;
    let times = name.chars().take_while(|it| *it == first).count();
    let rest: String = name.chars().skip(times).collect();
    let shift = match rest.as_str() {
        "+" => 1,
        "" => 2,
        "-" => 3,
        number => 2 + number.parse::<usize>().ok().filter(|it| *it < 50)?,
    };
    // Three letters are better than two: 10 tens leave room for nine more letters.
    let more = 9_usize.checked_sub(times.checked_sub(1)?)?;
    Some((Kind::Letter, row * 1000 + more * 100 + shift))
}

/// 一等 before 二等; 第一档 before 第二档.
fn ordinal(name: &str) -> Option<(Kind, usize)> {
    let name = name.trim_start_matches('第');
    let rest = name.strip_prefix(DIGITS)?;
    let ordered = ["等", "等次", "等级", "档", "档次", "类"].contains(&rest);
    digit(name).filter(|_| ordered).map(|it| (Kind::Ordinal, it))
}

/// 五星级 before 四星级.
fn star(name: &str) -> Option<(Kind, usize)> {
    let rest = name.strip_prefix(DIGITS)?;
    let stars = rest.starts_with('星').then(|| digit(name))??;
    Some((Kind::Star, DIGITS.len() - stars))
}

const DIGITS: [char; 9] = ['一', '二', '三', '四', '五', '六', '七', '八', '九'];

fn digit(name: &str) -> Option<usize> {
    let first = name.chars().next()?;
    DIGITS.iter().position(|it| *it == first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn better_names_stand_first() {
        for names in [
            &["优秀", "良好等次", "“合格”", "基本合格", "不合格"][..],
            &["AAA级", "AA", "A+", "A", "A-", "B", "C"],
            &["A1", "A2", "B1"],
            &["第一等次", "第二等次", "第三等次"],
            &["五星级", "四星级", "三星级"],
        ] {
            let places: Vec<_> = names.iter().map(|it| standing(it).unwrap()).collect();
            for pair in places.windows(2) {
                assert!(pair[0].0 == pair[1].0 && pair[0].1 < pair[1].1, "{names:?} {pair:?}");
            }
        }
        assert_eq!(standing("示范单位"), None);
        assert_eq!(standing("一般"), standing("合格"));
    }
}
