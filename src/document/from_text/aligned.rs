//! Tables whose columns are lined up by blanks, as a page's text is printed.
//!
//! Read only where the columns are clear: each row's cells are divided by two blanks or more, and over all rows the cells
//! fall into columns with nothing across them. Everything else stays paragraphs.

use unicode_width::UnicodeWidthChar;

use super::line::{Line, ends_sentence, numbering};
use crate::document::grid::Row;

/// Fewer rows show no columns.
const LEAST_ROWS: usize = 4;
/// Longer cells are prose.
const MAX_CELL_CHARS: usize = 24;
/// Longer lines are prose.
const MAX_LINE_BYTES: usize = 1_000;
/// More rows need not be seen to know the columns.
const MAX_ROWS: usize = 2_000;

/// A cell and where it stands in its line.
#[derive(Debug, Clone, Copy)]
struct Segment<'t> {
    start: usize,
    end: usize,
    text: &'t str,
}

/// Reads the table that begins with the first line, and how many lines it takes. `Err` holds how many lines are certain
/// to begin none.
pub(super) fn read(lines: &[Line<'_>]) -> Result<(Vec<Row>, usize), usize> {
    if !lines.first().is_some_and(|it| is_row(it) && segments(it, false).len() > 1) {
        return Err(1);
    }
    let is_near = |nth: usize, it: &Line<'_>| nth == 0 || it.blanks < 4 || it.new_page;
    let region = lines.iter().take(MAX_ROWS).enumerate();
    let used = region.take_while(|it| is_near(it.0, it.1) && is_row(it.1)).count();
    let lines = lines.get(..used).unwrap_or_default();
    if used < LEAST_ROWS {
        return Err(used.max(1));
    }
    // Printed text counts a wide character as one place, typed text as two: the one that lines up in fewer columns is right.
    let grids = [false, true].map(|wide| columns(lines, wide).map(|it| (it, wide)));
    let best = grids.into_iter().flatten().min_by_key(|it| it.0.len());
    let Some((columns, wide)) = best.filter(|it| is_clear(lines, &it.0)) else { return Err(used) };
    let row = |line: &Line<'_>| {
        let mut cells = vec![String::new(); columns.len()];
        for it in segments(line, wide) {
            let at = columns.iter().position(|column| column.0 < it.end && it.start < column.1);
            if let Some(cell) = at.and_then(|it| cells.get_mut(it)) {
                cell.push_str(it.text);
            }
        }
        Row { cells, page: Some(line.page) }
    };
    Ok((lines.iter().map(row).collect(), used))
}

/// Whether a line may be a row: short cells, or one short cell under a column further right.
fn is_row(line: &Line<'_>) -> bool {
    if line.text.len() > MAX_LINE_BYTES {
        return false;
    }
    let cells = segments(line, false);
    let short = |it: &Segment<'_>| it.text.chars().nth(MAX_CELL_CHARS).is_none();
    let is_item =
        numbering(line.body()).is_some() && (cells.len() < 3 || ends_sentence(line.body()));
    (cells.len() > 1 || line.indent() > 8) && cells.iter().all(short) && !is_item
}

/// The parts of a line that two blanks or more divide, with their places counted in characters or in columns.
fn segments<'t>(line: &Line<'t>, wide: bool) -> Vec<Segment<'t>> {
    let mut found = Vec::new();
    let mut place = 0;
    let mut rest = line.text;
    while !rest.is_empty() {
        let text = rest.trim_start();
        place += places(rest.get(..rest.len() - text.len()).unwrap_or_default(), wide);
        let blank = |it: char| matches!(it, ' ' | '\u{3000}' | '\u{a0}');
        let end = text.match_indices(blank).find(|it| {
            let after = text.get(it.0 + it.1.len()..).unwrap_or_default();
            it.1 != " " || after.starts_with(blank)
        });
        let cell = text.get(..end.map_or(text.len(), |it| it.0)).unwrap_or_default().trim_end();
        if cell.is_empty() {
            break;
        }
        let start = place;
        place += places(cell, wide);
        found.push(Segment { start, end: place, text: cell });
        rest = text.strip_prefix(cell).unwrap_or_default();
    }
    found
}

fn places(text: &str, wide: bool) -> usize {
    let of = |it: char| if wide { it.width_cjk().unwrap_or(0) } else { 1 };
    text.chars().map(of).sum()
}

/// The columns into which all segments fall: the unions of those that overlap. None where two cells of one line fall
/// into the same.
fn columns(lines: &[Line<'_>], wide: bool) -> Option<Vec<(usize, usize)>> {
    let rows: Vec<_> = lines.iter().map(|it| segments(it, wide)).collect();
    let mut all: Vec<_> = rows.iter().flatten().map(|it| (it.start, it.end)).collect();
    all.sort_unstable();
    let mut columns: Vec<(usize, usize)> = Vec::new();
    for (start, end) in all {
        match columns.last_mut().filter(|it| start < it.1) {
            Some(column) => column.1 = column.1.max(end),
            None => columns.push((start, end)),
        }
    }
    let apart = rows.iter().all(|row| {
        let ends = row.iter().zip(row.iter().skip(1));
        ends.into_iter().all(|(a, b)| columns.iter().all(|it| it.0 > a.start || it.1 <= b.start))
    });
    apart.then_some(columns)
}

/// Whether columns are beyond doubt: at least three, or two that nearly every row fills.
fn is_clear(lines: &[Line<'_>], columns: &[(usize, usize)]) -> bool {
    let several = lines.iter().filter(|it| segments(it, false).len() > 1).count();
    let share = if columns.len() > 2 { 5 } else { 9 };
    columns.len() > 1 && several * 10 >= lines.len() * share
}

#[cfg(test)]
mod tests {
    use super::{super::line::split, *};

    fn read_rows(text: &str) -> Result<Vec<Vec<String>>, usize> {
        Ok(read(&split(text).unwrap())?.0.into_iter().map(|it| it.cells).collect())
    }

    #[test]
    fn columns_by_characters_and_by_width() {
        let printed =
            "  类别    级别   分值\n\n  助理    5    90\n\n        4    95\n\n  经理    5    115\n";
        let rows =
            [["类别", "级别", "分值"], ["助理", "5", "90"], ["", "4", "95"], ["经理", "5", "115"]];
        assert_eq!(read_rows(printed).unwrap(), rows);
        let typed = "类别        级别  分值\n客户助理    5     90\n            4     95\n客户经理    5     115\n";
        let rows = [
            ["类别", "级别", "分值"],
            ["客户助理", "5", "90"],
            ["", "4", "95"],
            ["客户经理", "5", "115"],
        ];
        assert_eq!(read_rows(typed).unwrap(), rows);
    }

    #[test]
    fn prose_is_no_table() {
        for text in [
            "第一章  总则\n第二章  分则\n",
            "为保证实施，有效调动全体人员的积极性，促进业务稳定发展，  特制定本办法\n甲  乙\n丙  丁\n戊  己\n",
            "甲\n乙\n丙\n丁\n",
        ] {
            assert!(read_rows(text).is_err(), "{text}");
        }
    }
}
