//! Tables dumped as one cell a line: each cell begins with a tab, and goes on over the lines that do not.
//!
//! A blank line divides rows, but stands within cells too; so the header, the first run of cells without a blank line,
//! says how many cells make a row, and the blank lines only set right what was counted wrong.

use super::{line::Line, markup};
use crate::{
    diagnostic::{Finding, Findings, Severity},
    document::grid::Row,
    limits,
};

/// How far to look for the next cell before the table is taken to have ended.
const MAX_AHEAD: usize = 64;

/// A text is tried as a table on so many lines, so that a long text is not tried again and again.
const TRIAL_LINES: usize = 128;

/// Cells without a blank line before any but the first.
struct Group {
    cells: Vec<String>,
    page: u32,
}

/// Reads the table that begins with the first line, and how many lines it takes. `Err` holds how many lines are certain
/// to begin none.
pub(super) fn read(
    lines: &[Line<'_>],
    findings: &mut Findings,
) -> Result<(Vec<Row>, usize), usize> {
    let header = header(lines);
    if header.len() < 2 || header.len() > limits::MAX_COLUMNS {
        return Err(header.len().max(1));
    }
    let trial = lines.get(..TRIAL_LINES).unwrap_or(lines);
    if !is_regular(&rows(gather(trial, &header).0, header.len()), header.len()) {
        return Err(header.len());
    }
    let (groups, used) = gather(lines, &header);
    Ok((without_repeats(rows(groups, header.len()), findings), used))
}

/// Whether most rows have all their cells.
fn is_regular(rows: &[Row], columns: usize) -> bool {
    let full = rows.iter().filter(|it| it.cells.len() == columns).count();
    rows.len() > 1 && full * 2 >= rows.len()
}

/// The text of a line that begins a cell.
fn cell<'t>(line: &Line<'t>) -> Option<&'t str> {
    let rest = line.text.trim_start_matches([' ', '\u{3000}']).strip_prefix('\t')?;
    (!rest.trim_end_matches([' ', '\t']).contains('\t')).then(|| rest.trim())
}

/// The names of the header: short cells up to the first blank line, or up to the first serial number.
fn header<'t>(lines: &[Line<'t>]) -> Vec<&'t str> {
    let mut names = Vec::new();
    for (nth, line) in lines.iter().enumerate() {
        let name = cell(line).filter(|it| {
            !it.is_empty() && it.chars().count() <= 20 && !it.contains(['。', '；', '，'])
        });
        let Some(name) = name else { return Vec::new() };
        if nth > 0 && (line.blanks > 0 || matches!(name, "1" | "1." | "1、")) {
            return names;
        }
        names.push(name);
        if nth > limits::MAX_COLUMNS {
            break;
        }
    }
    Vec::new()
}

/// The groups of cells up to the end of the table, and how many lines they take.
fn gather(lines: &[Line<'_>], header: &[&str]) -> (Vec<Group>, usize) {
    let mut groups: Vec<Group> = Vec::new();
    // How many cells the row under way has, as far as counting goes.
    let mut count = 0;
    for (nth, line) in lines.iter().enumerate() {
        let is_apart = line.blanks > 0 || line.new_page;
        if let Some(text) = cell(line) {
            let text = markup::plain(text);
            if is_apart && count >= header.len() {
                count = 0;
                if is_note(&text) {
                    return (groups, nth);
                }
            }
            count += 1;
            match groups.last_mut().filter(|_| !is_apart) {
                Some(group) => group.cells.push(text),
                None => groups.push(Group { cells: vec![text], page: line.page }),
            }
            continue;
        }
        let is_end = line.text.contains('\t')
            || (is_apart && count % header.len() == 0 && ends(lines, nth, header));
        let last = groups.last_mut().and_then(|it| it.cells.last_mut());
        match last.filter(|_| !is_end) {
            Some(text) => {
                text.push('\n');
                text.push_str(&markup::plain(line.body()));
            }
            None => return (groups, nth),
        }
    }
    (groups, lines.len())
}

/// Whether a text is a note below a table.
fn is_note(text: &str) -> bool {
    ["注：", "注:", "说明：", "备注："].iter().any(|it| text.starts_with(it))
}

/// Whether the table has ended before a line that begins no cell, after a complete row: no cell follows, or a header.
fn ends(lines: &[Line<'_>], at: usize, header: &[&str]) -> bool {
    let next = lines.iter().skip(at).take(MAX_AHEAD).find_map(cell);
    next.is_none_or(|it| header.first() == Some(&it))
}

/// Puts groups together until a row is complete; a row that a group does not complete stays short.
fn rows(groups: Vec<Group>, columns: usize) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut open = false;
    for group in groups {
        let page = Some(group.page);
        let size = group.cells.len();
        let last = rows.last_mut().filter(|it| open && it.cells.len() + size <= columns);
        if let Some(row) = last {
            row.cells.extend(group.cells);
            open = row.cells.len() < columns;
            continue;
        }
        let mut cells = group.cells.into_iter().peekable();
        while cells.peek().is_some() {
            rows.push(Row { cells: cells.by_ref().take(columns).collect(), page });
        }
        open = size % columns != 0;
    }
    rows
}

fn without_repeats(rows: Vec<Row>, findings: &mut Findings) -> Vec<Row> {
    let before = rows.len();
    let header = rows.first().map(|it| it.cells.clone()).unwrap_or_default();
    let mut first = true;
    let rows: Vec<_> =
        rows.into_iter().filter(|it| std::mem::take(&mut first) || it.cells != header).collect();
    if rows.len() < before {
        let finding =
            Finding::new("header-repeated", Severity::Note).arg("count", before - rows.len());
        findings.push(finding.at(String::new(), header.join(" ")));
    }
    rows
}
