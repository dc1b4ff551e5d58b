//! A sheet to paragraphs and a table: titles above it and notes below it are paragraphs.

use std::collections::BTreeSet;

use super::sheet::{Cell, Region, Sheet};
use crate::{
    document::{Builder, CellDraft, ParagraphDraft, ReadError, Style, grid::squeeze},
    limits,
};

/// Lays a sheet.
///
/// # Errors
///
/// Fails where its cells spread over more places than [`limits::MAX_TABLE_CELLS`].
pub(super) fn lay(sheet: &Sheet, builder: &mut Builder) -> Result<(), ReadError> {
    let cells = place(sheet);
    let rows: Vec<&[Placed<'_>]> = cells.chunk_by(|a, b| a.cell.row == b.cell.row).collect();
    let is_alone = |it: &&&[Placed<'_>]| it.len() == 1;
    let columns = columns(&cells);
    if rows.iter().all(|it| it.len() == 1) && columns < 2 {
        rows.iter().flat_map(|it| it.iter()).for_each(|it| builder.paragraph(&it.paragraph()));
        return Ok(());
    }
    for rows in parts(&rows) {
        let titles = rows.iter().take_while(is_alone).count();
        let body = rows.get(titles..).unwrap_or_default();
        let cells = body.iter().flat_map(|it| it.iter());
        let left = cells.map(|it| it.cell.column).min().unwrap_or_default();
        let alone = body.len() - body.iter().rev().take_while(is_alone).count();
        // What follows a note is of it, or another.
        let notes = (alone..body.len())
            .find(|it| body.get(*it).is_some_and(|it| is_note(it, columns, left)))
            .unwrap_or(body.len());
        let (body, below) = body.split_at(notes);
        let above = rows.iter().take(titles).flat_map(|it| it.iter());
        above.for_each(|it| builder.paragraph(&it.title()));
        if let (Some(first), Some(last)) =
            (body.first().and_then(|it| it.first()), body.last().and_then(|it| it.first()))
        {
            table(sheet, body, (first.cell.row, last.cell.row), builder)?;
        }
        below.iter().flat_map(|it| it.iter()).for_each(|it| builder.paragraph(&it.paragraph()));
    }
    Ok(())
}

/// Divides the rows of a sheet that holds several tables, one below the other: a new part begins with the titles above a
/// header.
fn parts<'r, 's>(rows: &'r [&'r [Placed<'s>]]) -> Vec<&'r [&'r [Placed<'s>]]> {
    let (mut found, mut start, mut titles) = (Vec::new(), 0, 0);
    for (nth, row) in rows.iter().enumerate() {
        if row.len() == 1 {
            titles += 1;
            continue;
        }
        // A lone row within a table names a group of rows; its header may be repeated below it.
        let first = nth - titles;
        let is_title = || {
            let lone = rows.get(first).and_then(|it| it.first());
            lone.is_some_and(|it| names_table(it.cell.text.trim()))
        };
        if titles > 0 && first > start && is_header(row) && (titles > 1 || is_title()) {
            found.extend(rows.get(start..first));
            start = first;
        }
        titles = 0;
    }
    found.extend(rows.get(start..));
    found
}

/// Whether a text stands over a table: 附件2, 表三, 考核评分表（续）.
fn names_table(text: &str) -> bool {
    let bare = text.trim_start_matches(['（', '(']).trim_end_matches(['）', ')']);
    bare.starts_with(['附', '表', '续']) || bare.ends_with(['表', '续'])
}

/// Whether a row is the header of an assessment table: short names, of which two are those of its columns.
fn is_header(row: &[Placed<'_>]) -> bool {
    const NAMES: [&str; 12] = [
        "序号", "指标", "项目", "内容", "分值", "标准", "权重", "办法", "得分", "备注", "单位",
        "责任",
    ];
    let texts = || row.iter().map(|it| it.cell.text.trim());
    let is_name = |it: &&str| NAMES.iter().any(|name| it.contains(name));
    texts().all(|it| it.chars().count() <= 20 && !it.contains(['。', '；']))
        && texts().filter(is_name).count() > 1
}

/// Whether a row at the end of a table is a note below it: alone, and as wide as the table, or named so, or a text in the
/// table's first column, which nothing from above covers. A heading of a group has rows below.
fn is_note(row: &[Placed<'_>], columns: u32, left: u32) -> bool {
    let is_named = |it: &str| ["注", "说明", "备注"].iter().any(|name| it.starts_with(name));
    let is_text =
        |it: &str| it.chars().any(|it| !it.is_ascii_digit() && !it.is_ascii_punctuation());
    matches!(row, [it] if it.column_span() * 2 > columns
        || is_named(it.cell.text.trim())
        || it.cell.column == left && is_text(it.cell.text.trim()))
}

/// A cell with the region that it spans.
#[derive(Debug, Clone, Copy)]
struct Placed<'s> {
    cell: &'s Cell,
    region: Region,
}

impl Placed<'_> {
    const fn column_span(&self) -> u32 {
        self.region.last.1 - self.region.first.1 + 1
    }

    fn paragraph(&self) -> ParagraphDraft {
        ParagraphDraft::plain(self.cell.text.trim())
    }

    fn title(&self) -> ParagraphDraft {
        let style = Style { centered: self.column_span() > 1, ..Style::default() };
        ParagraphDraft { style, ..self.paragraph() }
    }
}

/// The cells in order, each with its region; what lies under a merged region is not shown.
fn place(sheet: &Sheet) -> Vec<Placed<'_>> {
    let regions = disjoint(&sheet.merged);
    let mut cells: Vec<&Cell> = sheet.cells.iter().collect();
    cells.sort_by_key(|it| (it.row, it.column));
    cells.dedup_by_key(|it| (it.row, it.column));
    // Regions that may hold cells of the row under way: those begun and not yet ended.
    let (mut next, mut open): (usize, Vec<Region>) = (0, Vec::new());
    let mut placed = Vec::with_capacity(cells.len());
    for cell in cells {
        while let Some(it) = regions.get(next).filter(|it| it.first.0 <= cell.row) {
            open.push(*it);
            next += 1;
        }
        open.retain(|it| it.last.0 >= cell.row);
        let here = (cell.row, cell.column);
        match open.iter().find(|it| it.holds(here.0, here.1)) {
            Some(it) if it.first == here => placed.push(Placed { cell, region: *it }),
            Some(_) => {}
            None => placed.push(Placed { cell, region: Region { first: here, last: here } }),
        }
    }
    placed
}

/// The merged regions by their first corners, without those that overlap one before.
fn disjoint(merged: &[Region]) -> Vec<Region> {
    let mut regions = merged.to_vec();
    regions.sort_by_key(|it| (it.first, it.last));
    let mut kept: Vec<Region> = Vec::with_capacity(regions.len());
    let mut open: Vec<Region> = Vec::new();
    for it in regions {
        open.retain(|other| other.last.0 >= it.first.0);
        let overlaps = |other: &Region| other.first.1 <= it.last.1 && it.first.1 <= other.last.1;
        if open.len() <= limits::MAX_COLUMNS && !open.iter().any(overlaps) {
            open.push(it);
            kept.push(it);
        }
    }
    kept
}

/// How many columns the cells take, from the first to the last that shows something.
fn columns(cells: &[Placed<'_>]) -> u32 {
    let first = cells.iter().map(|it| it.region.first.1).min().unwrap_or_default();
    cells.iter().map(|it| it.cell.column + 1 - first).max().unwrap_or_default()
}

/// Lays rows as a table; a place that is in no region is an empty cell.
fn table(
    sheet: &Sheet,
    rows: &[&[Placed<'_>]],
    (first, last): (u32, u32),
    builder: &mut Builder,
) -> Result<(), ReadError> {
    let left =
        rows.iter().flat_map(|it| it.iter()).map(|it| it.cell.column).min().unwrap_or_default();
    let mut cells: Vec<CellDraft> = rows
        .iter()
        .flat_map(|it| it.iter())
        .map(|it| CellDraft {
            row: it.cell.row - first,
            column: it.cell.column - left,
            row_span: it.region.last.0.min(last) - it.cell.row + 1,
            column_span: it.column_span(),
            paragraphs: vec![it.paragraph()],
            page: None,
        })
        .collect();
    // Regions that show nothing are cells too, where they stand within the table.
    let corners: BTreeSet<_> =
        rows.iter().flat_map(|it| it.iter()).map(|it| it.region.first).collect();
    let right = cells.iter().map(|it| it.column).max().unwrap_or_default() + left;
    let inside = |it: &&Region| {
        it.first.0 >= first && it.first.0 <= last && (left..=right).contains(&it.first.1)
    };
    let empty: Vec<Region> = disjoint(&sheet.merged)
        .iter()
        .filter(inside)
        .filter(|it| !corners.contains(&it.first))
        .copied()
        .collect();
    cells.extend(empty.iter().map(|it| CellDraft {
        row: it.first.0 - first,
        column: it.first.1 - left,
        row_span: it.last.0.min(last) - it.first.0 + 1,
        column_span: it.last.1 - it.first.1 + 1,
        ..CellDraft::default()
    }));
    let columns = squeeze(&mut cells);
    let rows = last - first + 1;
    fill(&mut cells, rows, columns)?;
    builder.table(rows, columns, cells, Some(sheet.name.clone()).filter(|it| !it.is_empty()));
    Ok(())
}

/// Adds empty cells where no cell is.
fn fill(cells: &mut Vec<CellDraft>, rows: u32, columns: u32) -> Result<(), ReadError> {
    let size = u64::from(rows) * u64::from(columns);
    let bound = limits::MAX_TABLE_CELLS as u64;
    if size > bound {
        return Err(ReadError::TooLarge { what: "table", bound });
    }
    let mut taken = vec![false; usize::try_from(size).unwrap_or_default()];
    let at = |row: u32, column: u32| {
        usize::try_from(u64::from(row) * u64::from(columns) + u64::from(column))
            .unwrap_or(usize::MAX)
    };
    for it in cells.iter() {
        for row in it.row..it.row + it.row_span {
            for column in it.column..it.column + it.column_span {
                if let Some(it) = taken.get_mut(at(row, column)) {
                    *it = true;
                }
            }
        }
    }
    for (row, column) in (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column))) {
        if taken.get(at(row, column)) == Some(&false) {
            cells.push(CellDraft {
                row,
                column,
                row_span: 1,
                column_span: 1,
                ..CellDraft::default()
            });
        }
    }
    Ok(())
}
