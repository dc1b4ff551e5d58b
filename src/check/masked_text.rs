//! ## What it does
//!
//! Finds names and conditions in which characters are masked (××, □□, xx), and amounts that cannot be read because of
//! it. One finding tells how many names and conditions there are, with the first of them; each masked amount has its
//! own.
//!
//! ## Why it matters
//!
//! The rules can be scored as they stand, but a person cannot know what they are about; a masked amount cannot be
//! scored at all.
//!
//! ## Example
//!
//! > ××建设情况（2分）；未完成的，扣×分。
//!
//! What is built, and how many points are lost?
//!
//! ## Remedy
//!
//! Ask for the document without masks, or amend the rules in the review.

use crate::{
    check::{
        Check,
        view::View,
        words::{self, Words},
    },
    diagnostic::{Findings, Severity},
};

/// The check `masked-text`.
pub(super) static MASKED_TEXT: Check = Check {
    code: "masked-text",
    severity: Severity::Note,
    docs: include_str!("masked_text.rs"),
    docs_zh: include_str!("masked_text.zh.md"),
    run: Some(run),
};

fn run(check: &Check, view: &View<'_>, findings: &mut Findings) {
    let masked: Vec<_> = words::all(view).into_iter().filter(|it| is_masked(it.text)).collect();
    let say = |it: &Words<'_>, count: usize| {
        let finding = check.at(it.source).arg("words", it.text).arg("count", count);
        it.item.map_or_else(|| finding.clone(), |id| finding.clone().item(id))
    };
    findings.extend(masked.first().map(|it| say(it, masked.len())));
    findings.extend(words::doubted(view, "masked").iter().map(|it| say(it, 1)));
}

/// Whether characters of a text are masked: signs of a mask in a row, or one between Chinese characters.
fn is_masked(text: &str) -> bool {
    let mask = |it: char| matches!(it, '×' | '✕' | '□' | '＊' | '*' | '〇' | '○' | 'x' | 'X');
    if !text.contains(mask) {
        return false;
    }
    let alone = |it: char| ['×', '✕', '□'].contains(&it);
    let han = |it: Option<&char>| it.is_none_or(|it| ('\u{4e00}'..='\u{9fff}').contains(it));
    let text: Vec<char> = text.chars().filter(|it| !it.is_whitespace()).collect();
    text.iter().enumerate().any(|(nth, it)| {
        let (before, after) = (nth.checked_sub(1).and_then(|it| text.get(it)), text.get(nth + 1));
        let row = mask(*it) && after == Some(it) && !['〇', '○', 'X'].contains(it);
        // 完成率×分值 multiplies.
        let times = before.is_some_and(|it| "率分数值重比例度额".contains(*it))
            || after.is_some_and(|it| "分权系".contains(*it));
        row || (alone(*it) && han(before) && han(after) && text.len() > 1 && !times)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_are_told_from_signs() {
        for (text, masked) in [
            ("××建设", true),
            ("市×令畅通", true),
            ("20××年度", true),
            ("□□镇", true),
            ("xx单位", true),
            ("完成率×15", false),
            ("完成率×分值", false),
            ("3×2", false),
            ("二〇〇八年", false),
            ("XX级标准", false),
            ("exact", false),
        ] {
            assert_eq!(is_masked(text), masked, "{text}");
        }
    }
}
