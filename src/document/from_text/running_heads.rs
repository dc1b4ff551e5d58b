//! What a page prints above and below its text: page numbers and running heads, dropped with a finding.

use std::collections::BTreeMap;

use super::line::Line;
use crate::diagnostic::{Finding, Findings, Severity};

/// A running head stands at most this many lines from the end of a page.
const REACH: usize = 2;
/// A line that begins this many pages is a running head.
const LEAST_REPEATS: usize = 3;

/// Drops page numbers and running heads; the line after one begins a page.
pub(super) fn drop<'t>(lines: Vec<Line<'t>>, findings: &mut Findings) -> Vec<Line<'t>> {
    let numbers = page_numbers(&lines);
    let heads = heads(&lines, &numbers);
    if numbers.iter().chain(&heads).all(|it| !it) {
        return lines;
    }
    report(&lines, &numbers, findings);
    report_each(&lines, &heads, findings);
    let dropped: Vec<_> = numbers.iter().zip(&heads).map(|it| *it.0 || *it.1).collect();
    let mut kept = Vec::with_capacity(lines.len());
    let (mut blanks, mut new_page, mut after_head) = (0, false, false);
    for (line, dropped) in lines.into_iter().zip(dropped) {
        blanks += line.blanks;
        new_page |= line.new_page || dropped;
        after_head |= dropped;
        if !dropped {
            kept.push(Line { blanks, new_page, after_head, ..line });
            (blanks, new_page, after_head) = (0, false, false);
        }
    }
    kept
}

/// Marks the lines that are page numbers. A bare -3 counts only in a row of numbers that rise.
fn page_numbers(lines: &[Line<'_>]) -> Vec<bool> {
    let mut marked = vec![false; lines.len()];
    let mut bare: Vec<(usize, u32)> = Vec::new();
    for (nth, line) in lines.iter().enumerate() {
        match page_number(line.body()) {
            Some(PageNumber::Certain) => set(&mut marked, nth),
            Some(PageNumber::Bare(number)) if !line.text.contains('\t') => bare.push((nth, number)),
            _ => {}
        }
    }
    for (at, (nth, number)) in bare.iter().enumerate() {
        let follows = |other: Option<&(usize, u32)>, step: i64| {
            other.is_some_and(|it| i64::from(it.1) == i64::from(*number) + step)
        };
        let ends_page = lines.get(nth + 1).is_none_or(|it| it.new_page);
        let previous = at.checked_sub(1).and_then(|it| bare.get(it));
        if ends_page || follows(previous, -1) || follows(bare.get(at + 1), 1) {
            set(&mut marked, *nth);
        }
    }
    marked
}

fn set(marks: &mut [bool], at: usize) {
    if let Some(it) = marks.get_mut(at) {
        *it = true;
    }
}

enum PageNumber {
    /// — 3 —, 第3页, 第 3 页 共 9 页, Page 3 of 9.
    Certain,
    /// -3, which may be a number of the text.
    Bare(u32),
}

fn page_number(text: &str) -> Option<PageNumber> {
    if text.is_empty() || text.len() > 60 {
        return None;
    }
    let is_dash = |it: char| matches!(it, '-' | '—' | '–' | '－' | '―' | '─' | '·' | '~');
    let inner = text.trim_matches(|it: char| is_dash(it) || it.is_whitespace());
    let (before, after) = text.split_once(inner).filter(|_| !inner.is_empty())?;
    if let Some(number) = number(inner) {
        let dashes = (before.contains(is_dash), after.contains(is_dash));
        return match dashes {
            (true, true) => Some(PageNumber::Certain),
            (true, false) => Some(PageNumber::Bare(number)),
            _ => None,
        };
    }
    if !text.contains(['页', 'p', 'P']) {
        return None;
    }
    let bare: String = text.chars().filter(|it| !it.is_whitespace()).collect();
    let words =
        bare.replace(|it: char| it.is_numeric() || "一二三四五六七八九十百".contains(it), "#");
    let words = squeeze(&words);
    let forms = [
        "第#页",
        "第#页共#页",
        "第#页/共#页",
        "第#页,共#页",
        "第#页，共#页",
        "共#页第#页",
        "共#页，第#页",
    ];
    let is_page = forms.contains(&words.as_str())
        || matches!(words.to_ascii_lowercase().as_str(), "page#" | "page#of#" | "p.#" | "#/#页");
    is_page.then_some(PageNumber::Certain)
}

/// Makes one `#` of several.
fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for it in text.chars() {
        if it != '#' || !out.ends_with('#') {
            out.push(it);
        }
    }
    out
}

fn number(text: &str) -> Option<u32> {
    let mut value: u32 = 0;
    for it in text.trim().chars() {
        let full = u32::from(it).wrapping_sub(u32::from('０'));
        let digit = it.to_digit(10).or_else(|| (full < 10).then_some(full))?;
        value = value.checked_mul(10)?.checked_add(digit).filter(|it| *it < 10_000)?;
    }
    (!text.trim().is_empty()).then_some(value)
}

/// Marks the lines that stand at the ends of at least [`LEAST_REPEATS`] pages. One that reads like the title of the
/// document keeps its first place.
fn heads(lines: &[Line<'_>], numbers: &[bool]) -> Vec<bool> {
    let mut near: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut since = usize::MAX;
    for (nth, line) in lines.iter().enumerate() {
        since = if line.new_page { 0 } else { since.saturating_add(1) };
        let around =
            |it: usize| marked(numbers, nth + it) || it <= nth && marked(numbers, nth - it);
        let is_near = nth == 0 || since < REACH || (1..=REACH).any(around);
        if is_near && !marked(numbers, nth) && may_be_head(line) {
            near.entry(line.body()).or_default().push(nth);
        }
    }
    let mut marks = vec![false; lines.len()];
    for (text, places) in near.iter().filter(|it| it.1.len() >= LEAST_REPEATS) {
        for nth in places.iter().skip(usize::from(is_title(text))) {
            set(&mut marks, *nth);
        }
    }
    marks
}

/// Whether a line may be a running head: short, no cell, no amount.
fn may_be_head(line: &Line<'_>) -> bool {
    let body = line.body();
    let amount = body.contains(['分', '%', '％']) && body.contains(|it: char| it.is_ascii_digit());
    !amount && !line.text.contains(['\t', '|']) && body.chars().nth(60).is_none()
}

/// Whether a line reads like a document's title.
fn is_title(text: &str) -> bool {
    let kinds = [
        "办法",
        "细则",
        "方案",
        "标准",
        "通知",
        "意见",
        "规定",
        "制度",
        "规范",
        "指引",
        "清单",
        "责任书",
        "表",
    ];
    kinds.iter().any(|it| text.ends_with(it))
}

fn marked(marks: &[bool], at: usize) -> bool {
    marks.get(at).copied().unwrap_or_default()
}

fn finding(text: &str, count: usize) -> Finding {
    let finding = Finding::new("running-head-dropped", Severity::Note);
    finding.arg("text", text).arg("count", count).at(String::new(), text)
}

/// One finding for all page numbers.
fn report(lines: &[Line<'_>], marks: &[bool], findings: &mut Findings) {
    let mut marked = lines.iter().zip(marks).filter(|it| *it.1).map(|it| it.0.body());
    if let Some(first) = marked.next() {
        findings.push(finding(first, marked.count() + 1));
    }
}

/// One finding for each running head.
fn report_each(lines: &[Line<'_>], marks: &[bool], findings: &mut Findings) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (line, _) in lines.iter().zip(marks).filter(|it| *it.1) {
        *counts.entry(line.body()).or_default() += 1;
    }
    findings.extend(counts.into_iter().map(|(text, count)| finding(text, count)));
}

#[cfg(test)]
mod tests {
    use super::{super::line::split, *};

    fn left(text: &str) -> (String, usize) {
        let mut findings = Findings::default();
        let kept = drop(split(text).unwrap(), &mut findings);
        let text = kept.iter().map(|it| it.body()).collect::<Vec<_>>().join("/");
        (text, findings.iter().count())
    }

    #[test]
    fn page_numbers_go() {
        for number in ["— 3 —", "—１６—", "第 3 页 共 9 页", "第3页", "- 12 -", "Page 3 of 9"]
        {
            assert_eq!(left(&format!("甲\n{number}\n乙")), ("甲/乙".to_owned(), 1), "{number}");
        }
    }

    #[test]
    fn numbers_of_the_text_stay() {
        for number in ["-1", "3", "3分", "第3页说明", "90-80", "——"] {
            assert_eq!(
                left(&format!("甲\n{number}\n乙")),
                (format!("甲/{number}/乙"), 0),
                "{number}"
            );
        }
    }

    #[test]
    fn numbers_that_rise_go() {
        assert_eq!(left("甲\n-1\n乙\n-2\n丙").0, "甲/乙/丙");
        assert_eq!(left("甲\n-1\n\u{c}乙").0, "甲/乙");
    }

    #[test]
    fn heads_that_repeat_on_three_pages_go() {
        assert_eq!(
            left("某某文库\n甲\n\u{c}某某文库\n乙\n\u{c}某某文库\n丙"),
            ("甲/乙/丙".to_owned(), 1)
        );
        assert_eq!(left("某某文库\n甲\n\u{c}某某文库\n乙").0, "某某文库/甲/某某文库/乙");
        assert_eq!(left("某\n甲\n- 1 -\n某\n乙\n- 2 -\n某\n丙").0, "甲/乙/丙");
    }

    #[test]
    fn a_title_keeps_its_first_place() {
        let text = "考核办法\n甲\n\u{c}考核办法\n乙\n\u{c}考核办法\n丙";
        assert_eq!(left(text).0, "考核办法/甲/乙/丙");
    }

    #[test]
    fn the_line_after_begins_a_page() {
        let kept = drop(split("甲\n— 1 —\n\n乙").unwrap(), &mut Findings::default());
        assert!(kept.last().unwrap().new_page);
    }
}
