//! Running heads and page numbers: what a page carries for the paper's sake, not for the text's.

use std::collections::BTreeMap;

use super::{
    layout::Sheet,
    lines::Line,
    page::{FARTHEST, POINT, Unit},
};

/// So many lines at the head and at the foot of a page may be running ones.
const DEPTH: usize = 3;
/// Lines on two pages stand at the same height within this.
const SAME_HEIGHT: Unit = 4 * POINT;
/// The outer part of a page where page numbers stand, in hundredths of its height.
const OUTER: Unit = 20;

/// Takes running heads and page numbers off the pages.
pub(super) fn remove(sheets: &mut [Sheet]) {
    let running = running_lines(sheets);
    let agreed = agreed_numbering(sheets);
    for sheet in sheets {
        let doomed: Vec<usize> = candidates(sheet)
            .into_iter()
            .filter(|&nth| {
                let Some(line) = sheet.lines.get(nth) else { return false };
                is_running(&running, line) || is_page_number(sheet, line, agreed)
            })
            .collect();
        let mut nth = 0;
        sheet.lines.retain(|_| {
            nth += 1;
            !doomed.contains(&(nth - 1))
        });
    }
}

/// The outermost lines of a page: nothing of the text stands above or below them.
fn candidates(sheet: &Sheet) -> Vec<usize> {
    let first_table = sheet.grids.iter().map(|it| it.top).min().unwrap_or(FARTHEST);
    let last_table = sheet.grids.iter().map(|it| it.bottom).max().unwrap_or(-FARTHEST);
    let count = sheet.lines.len();
    let above = |line: &Line| line.bottom <= first_table + POINT;
    let below = |line: &Line| line.top >= last_table - POINT;
    let lines = sheet.lines.iter().enumerate();
    lines
        .filter(|(nth, line)| {
            (*nth < DEPTH && above(line)) || (nth + DEPTH >= count && below(line))
        })
        .map(|(nth, _)| nth)
        .collect()
}

/// A line's text without blanks, which producers set differently from page to page.
fn key(line: &Line) -> String {
    line.text().chars().filter(|it| !it.is_whitespace()).collect()
}

/// The texts that stand on many pages, with the heights at which they do.
fn running_lines(sheets: &[Sheet]) -> BTreeMap<String, Vec<Unit>> {
    let mut seen: BTreeMap<String, Vec<(Unit, bool)>> = BTreeMap::new();
    for sheet in sheets {
        for line in candidates(sheet).into_iter().filter_map(|nth| sheet.lines.get(nth)) {
            seen.entry(key(line)).or_default().push((line.middle(), line.artifact));
        }
    }
    // Odd and even pages may differ, and the first may have none.
    let many = (sheets.len() * 2).div_ceil(5).max(2);
    let few = sheets.len().div_ceil(10).max(2);
    let mut running = BTreeMap::new();
    for (text, places) in seen {
        let kept = places.iter().filter(|(height, artifact)| {
            let alike = places.iter().filter(|it| (it.0 - height).abs() <= SAME_HEIGHT).count();
            alike >= if *artifact { few } else { many }
        });
        let heights: Vec<Unit> = kept.map(|it| it.0).collect();
        if !heights.is_empty() {
            running.insert(text, heights);
        }
    }
    running
}

fn is_running(running: &BTreeMap<String, Vec<Unit>>, line: &Line) -> bool {
    let heights = running.get(&key(line)).map_or(&[][..], Vec::as_slice);
    heights.iter().any(|it| (it - line.middle()).abs() <= SAME_HEIGHT)
}

/// Whether a line is nothing but a page number in the outer part of the page. A bare number must follow the numbering of
/// the other pages: it may be the last cell of a table without rules.
fn is_page_number(sheet: &Sheet, line: &Line, agreed: Option<i64>) -> bool {
    let outer = sheet.height / 100 * OUTER;
    if line.bottom > outer && line.top < sheet.height - outer {
        return false;
    }
    match page_number(&key(line)) {
        Some((_, true)) => true,
        Some((number, false)) => {
            line.artifact || agreed.is_some_and(|it| number - i64::from(sheet.number) == it)
        }
        None => false,
    }
}

/// By how much the printed numbers are ahead of the pages, where they agree on most pages that print one.
fn agreed_numbering(sheets: &[Sheet]) -> Option<i64> {
    let mut votes: BTreeMap<i64, usize> = BTreeMap::new();
    for sheet in sheets {
        for line in candidates(sheet).into_iter().filter_map(|nth| sheet.lines.get(nth)) {
            if let Some((number, _)) = page_number(&key(line)) {
                *votes.entry(number - i64::from(sheet.number)).or_default() += 1;
            }
        }
    }
    let (ahead, count) = votes.into_iter().max_by_key(|&(ahead, count)| (count, -ahead.abs()))?;
    (count > 1 || sheets.len() == 1).then_some(ahead)
}

/// The number of a text that is nothing but a page number (- 3 -, 第3页 共9页, 3/9, 3), and whether its form alone says
/// so.
fn page_number(text: &str) -> Option<(i64, bool)> {
    let is_mark = |it: char| "-—–－·_~〜".contains(it);
    let bare = text.trim_matches(is_mark);
    let marked = text.starts_with(is_mark) && text.ends_with(is_mark);
    let number = |it: &str| {
        let digits = !it.is_empty() && it.len() <= 4 && it.bytes().all(|it| it.is_ascii_digit());
        digits.then(|| it.parse::<i64>().ok()).flatten()
    };
    if let Some(page) = number(bare) {
        return Some((page, marked));
    }
    let lower = bare.to_lowercase();
    let (page, total) = match lower.split_once('第').filter(|it| it.0.is_empty()) {
        Some((_, rest)) => rest.split_once('页')?,
        None => match lower.strip_prefix("page") {
            Some(rest) => rest.split_once("of").unwrap_or((rest, "")),
            None => lower.split_once('/')?,
        },
    };
    let total = total.trim_matches(|it: char| "共页总/,，、of()（）".contains(it));
    let page = number(page)?;
    (total.is_empty() || number(total).is_some_and(|it| it >= page)).then_some((page, true))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_come_in_these_forms() {
        for (text, number) in [
            ("-3-", (3, true)),
            ("—12—", (12, true)),
            ("-1", (1, false)),
            ("7", (7, false)),
            ("第3页", (3, true)),
            ("第3页共9页", (3, true)),
            ("第3页/共9页", (3, true)),
            ("3/9", (3, true)),
            ("Page3of9", (3, true)),
        ] {
            assert_eq!(page_number(text), Some(number), "{text}");
        }
        for text in ["", "-", "第3条", "9/3", "3分", "附件1", "12345", "1.5"] {
            assert_eq!(page_number(text), None, "{text}");
        }
    }
}
