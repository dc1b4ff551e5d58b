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
/// The outer part of a page where running heads stand; the text may begin close below.
const OUTERMOST: Unit = 12;

/// Takes running heads and page numbers off the pages, from the outside in. Returns the heads, each with the number of
/// its pages: a person may find that one of them is text.
pub(super) fn remove(sheets: &mut [Sheet]) -> BTreeMap<String, u32> {
    let running = running_lines(sheets);
    let agreed = agreed_numbering(sheets);
    let mut heads = BTreeMap::new();
    for sheet in sheets {
        let is_furniture = |nth: &usize| {
            sheet.lines.get(*nth).is_some_and(|line| {
                is_running(&running, line) || is_page_number(sheet, line, agreed)
            })
        };
        let (head, foot) = (head(sheet), foot(sheet));
        let above = head.into_iter().take_while(is_furniture).count();
        let below = foot.into_iter().take_while(is_furniture).count();
        let mut removed = sheet.lines.split_off(sheet.lines.len() - below);
        removed.extend(sheet.lines.drain(..above.min(sheet.lines.len())));
        for line in removed.iter().filter(|it| page_number(&key(it)).is_none()) {
            *heads.entry(key(line)).or_default() += 1;
        }
    }
    heads
}

/// The first lines of a page, above its tables, from the top.
fn head(sheet: &Sheet) -> Vec<usize> {
    let table = sheet.grids.iter().map(|it| it.top).min().unwrap_or(FARTHEST);
    let lines = sheet.lines.iter().take(DEPTH);
    (0..lines.take_while(|it| it.bottom <= table + POINT).count()).collect()
}

/// The last lines of a page, below its tables, from the bottom.
fn foot(sheet: &Sheet) -> Vec<usize> {
    let table = sheet.grids.iter().map(|it| it.bottom).max().unwrap_or(-FARTHEST);
    let lines = sheet.lines.iter().rev().take(DEPTH);
    let count = lines.take_while(|it| it.top >= table - POINT).count();
    (sheet.lines.len() - count..sheet.lines.len()).rev().collect()
}

/// The outermost lines of a page.
fn candidates(sheet: &Sheet) -> impl Iterator<Item = &Line> {
    let (head, mut foot) = (head(sheet), foot(sheet));
    foot.retain(|it| !head.contains(it));
    head.into_iter().chain(foot).filter_map(|nth| sheet.lines.get(nth))
}

/// A line's text without blanks, which producers set differently from page to page, and without a page number beside it.
fn key(line: &Line) -> String {
    let bare = |text: &str| text.chars().filter(|it| !it.is_whitespace()).collect::<String>();
    let pieces = line.pieces.iter().map(|it| bare(&it.text));
    let text: String = pieces.filter(|it| page_number(it).is_none()).collect();
    if text.is_empty() { bare(&line.text()) } else { text }
}

/// The texts that stand on many pages, with the heights at which they do.
fn running_lines(sheets: &[Sheet]) -> BTreeMap<String, Vec<Unit>> {
    let mut seen: BTreeMap<String, Vec<(Unit, bool)>> = BTreeMap::new();
    for sheet in sheets {
        let outermost =
            candidates(sheet).filter(|it| it.artifact || stands_out(sheet, it, OUTERMOST));
        for line in outermost {
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

/// Whether a line stands within so many hundredths of the page's height from its top or bottom.
const fn stands_out(sheet: &Sheet, line: &Line, share: Unit) -> bool {
    let outer = sheet.height / 100 * share;
    line.bottom <= outer || line.top >= sheet.height - outer
}

fn is_running(running: &BTreeMap<String, Vec<Unit>>, line: &Line) -> bool {
    let heights = running.get(&key(line)).map_or(&[][..], Vec::as_slice);
    heights.iter().any(|it| (it - line.middle()).abs() <= SAME_HEIGHT)
}

/// Whether a line is nothing but a page number in the outer part of the page. A bare number must follow the numbering of
/// the other pages: it may be the last cell of a table without rules.
fn is_page_number(sheet: &Sheet, line: &Line, agreed: Option<i64>) -> bool {
    if !stands_out(sheet, line, OUTER) {
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
        for line in candidates(sheet) {
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
