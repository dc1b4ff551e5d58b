//! Raw blocks to numbered blocks: labels are counted in reading order, and rows get the columns of their table.

use std::collections::BTreeSet;

use super::{
    properties::{Merge, RowDefinition},
    story::{Raw, RawParagraph, RawRow},
};
use crate::document::word::{
    self, Piece,
    grid::{Row, RowCell, Vertical},
    numbering::{LEVELS, Numbering},
};

/// Word takes edges for one that differ by so many twentieths of a point.
const TOLERANCE: i16 = 3;

/// Numbers and lays out blocks.
pub(super) fn lay(blocks: Vec<Raw>, numbering: &mut Numbering) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for block in blocks {
        match block {
            Raw::Paragraph(it) => paragraph(*it, numbering, &mut pieces),
            Raw::Table(rows) => table(rows, numbering, &mut pieces),
        }
    }
    pieces
}

fn paragraph(raw: RawParagraph, numbering: &mut Numbering, pieces: &mut Vec<Piece>) {
    let list = raw.list.filter(|(_, level)| *level < LEVELS);
    let label = list.and_then(|(list, level)| numbering.label(list, level));
    raw.line.finish(label.as_ref(), raw.looks, pieces);
    pieces.extend(lay(raw.boxes, numbering));
}

/// Lays out a table. One that only frames another gives way to what it holds.
fn table(mut rows: Vec<RawRow>, numbering: &mut Numbering, pieces: &mut Vec<Piece>) {
    if let [row] = rows.as_mut_slice()
        && let [cell] = row.cells.as_mut_slice()
        && cell.iter().any(|it| matches!(it, Raw::Table(_)))
    {
        pieces.extend(lay(std::mem::take(cell), numbering));
        return;
    }
    let edges = edges(&rows);
    let rows: Vec<Row> = rows.into_iter().map(|it| row(it, &edges, numbering)).collect();
    let page = rows.iter().flat_map(|it| &it.cells).find_map(|it| it.page);
    pieces.push(Piece::Table(rows, page));
}

/// The edges of all cells of a table, ascending; those that Word takes for one appear once.
fn edges(rows: &[RawRow]) -> Vec<i16> {
    let all: BTreeSet<i16> = rows.iter().flat_map(|it| &it.definition.edges).copied().collect();
    let mut edges: Vec<i16> = Vec::new();
    for edge in all {
        if edges.last().is_none_or(|it| edge.saturating_sub(*it) > TOLERANCE) {
            edges.push(edge);
        }
    }
    edges
}

fn row(raw: RawRow, edges: &[i16], numbering: &mut Numbering) -> Row {
    let mut cells: Vec<RowCell> = Vec::new();
    let mut merging = false;
    let mut next = 0;
    for (nth, blocks) in raw.cells.into_iter().enumerate() {
        let (column, end) = columns(&raw.definition, nth, edges, next);
        let merge = raw.definition.merges.get(nth).copied().unwrap_or_default();
        next = end;
        let empty = is_empty(&blocks);
        // Cells merged from left to right: the first holds the text, the others are empty.
        if let Some(left) = cells.last_mut().filter(|_| merging && merge.horizontal && empty) {
            left.span += end - column;
            continue;
        }
        merging = merge.horizontal;
        cells.push(cell(blocks, RowCell::new(column, end - column), merge, empty, numbering));
    }
    Row { cells }
}

fn cell(
    blocks: Vec<Raw>,
    mut cell: RowCell,
    merge: Merge,
    empty: bool,
    numbering: &mut Numbering,
) -> RowCell {
    cell.vertical = merge.vertical;
    cell.page = page(&blocks);
    // Word neither shows nor counts the paragraphs of a cell that another covers.
    if !(empty && merge.vertical == Vertical::Continue) {
        cell.paragraphs = word::flatten(lay(blocks, numbering));
    }
    cell
}

/// The first column of a cell and one past its last. Cells without a definition take one column each.
fn columns(definition: &RowDefinition, nth: usize, edges: &[i16], next: u32) -> (u32, u32) {
    let edge = |nth: usize| {
        let edge = definition.edges.get(nth)?;
        let at = edges.partition_point(|it| *it <= *edge).checked_sub(1)?;
        u32::try_from(at).ok()
    };
    let column = edge(nth).map_or(next, |it| it.max(next));
    let end = edge(nth + 1).filter(|_| nth < definition.merges.len());
    (column, end.unwrap_or(column).max(column + 1))
}

fn is_empty(blocks: &[Raw]) -> bool {
    blocks.iter().all(|it| match it {
        Raw::Paragraph(it) => it.line.is_blank() && it.boxes.is_empty(),
        Raw::Table(_) => false,
    })
}

fn page(blocks: &[Raw]) -> Option<u32> {
    blocks.iter().find_map(|it| match it {
        Raw::Paragraph(it) => it.line.segments.first().map(|it| it.page),
        Raw::Table(_) => None,
    })
}
