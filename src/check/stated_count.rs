//! ## What it does
//!
//! Compares how many indicators of a level the document says it has (三级指标37项) with how many the ruleset has there.
//! Rows without points count or not, as the document counts them.
//!
//! ## Why it matters
//!
//! A difference means that an indicator was overlooked or counted twice, by the document or by the program.
//!
//! ## Example
//!
//! > 本办法设一级指标2项、二级指标6项。
//!
//! If the ruleset has five indicators on the second level, one is missing.
//!
//! ## Remedy
//!
//! Compare the indicators of that level with the document, and add what is missing in the review.

use crate::{
    check::{Check, view::View},
    diagnostic::{Findings, Severity},
};

/// The check `stated-count`.
pub(super) static STATED_COUNT: Check = Check {
    code: "stated-count",
    severity: Severity::Warning,
    docs: include_str!("stated_count.rs"),
    docs_zh: include_str!("stated_count.zh.md"),
    run: Some(run),
};

fn run(check: &Check, view: &View<'_>, findings: &mut Findings) {
    for note in &view.ruleset.notes {
        for (level, stated) in stated_counts(&note.source.quote) {
            let nodes: Vec<_> =
                view.nodes.iter().filter(|it| it.above.len() + 1 == level).collect();
            let scored = nodes.iter().filter(|it| !it.indicator.is_criterion()).count();
            if [nodes.len(), scored].contains(&stated) || nodes.is_empty() {
                continue;
            }
            let finding = check.at(&note.source).arg("level", level);
            findings.push(finding.arg("stated", stated).arg("found", nodes.len()));
        }
    }
}

/// The levels and counts that a text states: 一级指标3项 is (1, 3), 设三级指标37个 is (3, 37).
fn stated_counts(text: &str) -> Vec<(usize, usize)> {
    let text: String = text.chars().filter(|it| !it.is_whitespace()).collect();
    let mut found = Vec::new();
    let mut before = "";
    for part in text.split("级指标") {
        let level = before.chars().last().and_then(|it| count(it.encode_utf8(&mut [0; 4])));
        found.extend(level.zip(leading_count(part)));
        before = part;
    }
    found
}

/// The number with which a text begins, where it counts items.
fn leading_count(text: &str) -> Option<usize> {
    let text = text.trim_start_matches(['共', '有', '为', '设', '计', '：', ':', '（', '(']);
    let end = text.find(|it: char| !it.is_ascii_digit() && !HAN.contains(it))?;
    let (number, rest) = text.split_at_checked(end)?;
    rest.starts_with(['项', '个', '条']).then(|| count(number)).flatten()
}

const HAN: &str = "一二三四五六七八九十百";

/// A whole number under a thousand, in digits or Chinese.
fn count(text: &str) -> Option<usize> {
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let (mut total, mut digit) = (0, None);
    for it in text.chars() {
        match it {
            '十' => total += digit.take().unwrap_or(1) * 10,
            '百' => total += digit.take()? * 100,
            _ => digit = Some(HAN.chars().take(9).position(|own| own == it)? + 1),
        }
    }
    let number = total + digit.unwrap_or(0);
    (number > 0).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read() {
        for (text, expected) in [
            ("一级指标3项、二级指标十二项，三级指标37项", vec![(1, 3), (2, 12), (3, 37)]),
            ("设三级指标 一百二十 个", vec![(3, 120)]),
            ("二级指标共有6个", vec![(2, 6)]),
            ("各二级指标得分", vec![]),
            ("一级指标80分", vec![]),
            ("级指标3项", vec![]),
        ] {
            assert_eq!(stated_counts(text), expected, "{text}");
        }
    }
}
