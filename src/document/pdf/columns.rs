//! Pages set in two columns: the left one is read before the right one.
//!
//! Only a clear case counts: both columns run over most of the page in full lines. A table without rules has short lines.

use super::{
    layout::Sheet,
    lines::Line,
    page::{POINT, Unit},
};

/// A column has at least so many lines.
const LEAST_LINES: usize = 20;
/// The lines of a column fill it to so many hundredths.
const LEAST_FILL: i64 = 80;
/// Of all lines, no more hundredths than this run over both columns: titles.
const MOST_ACROSS: usize = 15;
/// The middle of a page is searched for the gutter in these steps.
const STEP: Unit = 2 * POINT;

/// Puts the lines of a page that is set in two columns into the order of reading, with each column's margins.
pub(super) fn order(sheet: &mut Sheet) {
    if sheet.grids.is_empty()
        && let Some(gutter) = gutter(sheet)
    {
        let lines = std::mem::take(&mut sheet.lines);
        sheet.lines = ordered(lines, gutter);
    }
}

/// Which side of the gutter a piece of text stands on.
#[derive(PartialEq, Eq, Clone, Copy)]
enum Side {
    Left,
    Right,
    Across,
}

const fn side(left: Unit, right: Unit, gutter: Unit) -> Side {
    match (right <= gutter + POINT, left >= gutter - POINT) {
        (true, _) => Side::Left,
        (false, true) => Side::Right,
        (false, false) => Side::Across,
    }
}

/// Where the gutter between two columns runs.
fn gutter(sheet: &Sheet) -> Option<Unit> {
    let spans: Vec<(Unit, Unit)> =
        sheet.lines.iter().flat_map(|it| &it.pieces).map(|it| (it.left, it.right)).collect();
    let steps = usize::try_from(STEP).ok()?;
    let middle = (sheet.width / 3..sheet.width / 3 * 2).step_by(steps);
    let across =
        |gutter: Unit| spans.iter().filter(|it| side(it.0, it.1, gutter) == Side::Across).count();
    let gutter = middle.min_by_key(|it| (across(*it), (it - sheet.width / 2).abs()))?;
    let on = |wanted| -> Vec<(Unit, Unit)> {
        spans.iter().filter(|it| side(it.0, it.1, gutter) == wanted).copied().collect()
    };
    let clear = across(gutter) * 100 <= spans.len() * MOST_ACROSS;
    (clear && is_full(&on(Side::Left)) && is_full(&on(Side::Right))).then_some(gutter)
}

/// Whether the lines of a column are many and fill it.
fn is_full(spans: &[(Unit, Unit)]) -> bool {
    let left = spans.iter().map(|it| it.0).min().unwrap_or(0);
    let right = spans.iter().map(|it| it.1).max().unwrap_or(0);
    let set: i64 = spans.iter().map(|it| i64::from(it.1 - it.0)).sum();
    let room = i64::from(right - left) * spans.len() as i64;
    spans.len() >= LEAST_LINES && set * 100 >= room * LEAST_FILL
}

/// The lines down to each line that runs over both columns: first those of the left, then those of the right.
fn ordered(lines: Vec<Line>, gutter: Unit) -> Vec<Line> {
    let mut ordered = Vec::new();
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for line in lines {
        let sides = line
            .pieces
            .chunk_by(|a, b| side(a.left, a.right, gutter) == side(b.left, b.right, gutter));
        for pieces in sides {
            let Some(part) = line.part(pieces, line.margins) else { continue };
            match side(part.left, part.right, gutter) {
                Side::Left => left.push(part),
                Side::Right => right.push(part),
                Side::Across => {
                    ordered.append(&mut with_margins(&mut left));
                    ordered.append(&mut with_margins(&mut right));
                    ordered.push(part);
                }
            }
        }
    }
    ordered.append(&mut with_margins(&mut left));
    ordered.append(&mut with_margins(&mut right));
    ordered
}

/// Takes the lines of a column and gives them its edges as margins.
fn with_margins(column: &mut Vec<Line>) -> Vec<Line> {
    let left = column.iter().map(|it| it.left).min().unwrap_or(0);
    let right = column.iter().map(|it| it.right).max().unwrap_or(0);
    let mut lines = std::mem::take(column);
    for line in &mut lines {
        line.margins = (left, right);
    }
    lines
}
