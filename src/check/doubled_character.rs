//! ## What it does
//!
//! Finds characters that stand twice where they hardly can (扣扣, 未未, 被被, 的的) in names, conditions and quotes. Pairs
//! that words may form are left alone (折扣扣除, 目的的).
//!
//! ## Why it matters
//!
//! A slip of the typist or of a scan; where one character was dropped at its cost, the sense changes.
//!
//! ## Example
//!
//! > 未未按时报送的，扣1分。
//!
//! Read as 未按时报送.
//!
//! ## Remedy
//!
//! Compare the place with the original, and amend the words in the review.

use crate::{
    check::{Check, view::View, words},
    diagnostic::{Findings, Severity},
};

/// The check `doubled-character`.
pub(super) static DOUBLED_CHARACTER: Check = Check {
    code: "doubled-character",
    severity: Severity::Note,
    docs: include_str!("doubled_character.rs"),
    docs_zh: include_str!("doubled_character.zh.md"),
    run: Some(run),
};

fn run(check: &Check, view: &View<'_>, findings: &mut Findings) {
    let mut told: Vec<(&str, &str)> = Vec::new();
    for it in words::all(view) {
        let Some(pair) = doubled(it.text).or_else(|| doubled(&it.source.quote)) else { continue };
        // Several rules of one passage quote it.
        let place = (it.source.at.as_str(), it.source.quote.as_str());
        if told.contains(&place) && !place.1.is_empty() {
            continue;
        }
        told.push(place);
        let finding = check.at(it.source).arg("words", pair);
        findings.push(match it.item {
            Some(id) => finding.item(id),
            None => finding,
        });
    }
}

/// The characters that hardly ever stand twice, each with those before them that make a pair of two words.
const SINGLE: [(char, &str); 9] = [
    ('扣', "折克回"),
    ('未', ""),
    ('被', "棉植"),
    ('的', "目"),
    ('按', ""),
    ('或', ""),
    ('并', "合"),
    ('得', "获取所应求"),
    ('达', "传到"),
];

/// The first pair that is no two words.
fn doubled(text: &str) -> Option<String> {
    let (mut before, mut last) = (None, None);
    for it in text.chars() {
        let excused = |own: &&(char, &str)| own.0 == it;
        if last == Some(it)
            && let Some((_, excused)) = SINGLE.iter().find(excused)
            && before.is_none_or(|it| !excused.contains(it))
        {
            return Some(format!("{it}{it}"));
        }
        (before, last) = (last, Some(it));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_told_from_words() {
        for (text, pair) in [
            ("未未按时报送", Some("未未")),
            ("每次扣扣1分", Some("扣扣")),
            ("折扣扣除", None),
            ("以此为目的的活动", None),
            ("完成的的", Some("的的")),
            ("积分分值", None),
        ] {
            assert_eq!(doubled(text).as_deref(), pair, "{text}");
        }
    }
}
