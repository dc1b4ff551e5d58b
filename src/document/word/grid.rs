//! Rows of cells to a grid: vertical merges are joined, and columns at which no cell begins are closed up.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    document::{CellDraft, ParagraphDraft, ReadError},
    limits,
};

/// What a cell says of its merge with the cells above and below it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Vertical {
    /// It stands alone.
    #[default]
    Alone,
    /// It is the first of several.
    Restart,
    /// It belongs to the cell above it.
    Continue,
}

/// A cell of a row.
#[derive(Debug, Clone, Default)]
pub(crate) struct RowCell {
    /// Its first column, from 0.
    pub(crate) column: u32,
    /// How many columns it spans, at least 1.
    pub(crate) span: u32,
    /// Its vertical merge.
    pub(crate) vertical: Vertical,
    /// Its paragraphs.
    pub(crate) paragraphs: Vec<ParagraphDraft>,
    /// The page that it begins on.
    pub(crate) page: Option<u32>,
}

impl RowCell {
    /// An empty cell.
    pub(crate) fn new(column: u32, span: u32) -> Self {
        Self { column, span: span.max(1), ..Self::default() }
    }

    /// One past its last column.
    pub(crate) const fn end(&self) -> u32 {
        self.column.saturating_add(self.span)
    }
}

/// A row of a table.
#[derive(Debug, Clone, Default)]
pub(crate) struct Row {
    /// Its cells from left to right; they do not overlap.
    pub(crate) cells: Vec<RowCell>,
}

/// A table that is laid out.
#[derive(Debug, Clone, Default)]
pub(crate) struct Grid {
    /// The number of rows.
    pub(crate) rows: u32,
    /// The number of columns.
    pub(crate) columns: u32,
    /// The cells.
    pub(crate) cells: Vec<CellDraft>,
}

/// Lays out a table.
///
/// # Errors
///
/// The table may pass a bound of [`crate::limits`].
pub(crate) fn lay(rows: Vec<Row>) -> Result<Grid, ReadError> {
    let rows: Vec<Row> = rows.into_iter().filter(|it| !it.cells.is_empty()).collect();
    let columns = Columns::of(&rows)?;
    let height = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    if u64::from(height) * u64::from(columns.count()) > limits::MAX_TABLE_CELLS as u64 {
        return Err(ReadError::TooLarge { what: "cells", bound: limits::MAX_TABLE_CELLS as u64 });
    }
    let mut grid = Grid { rows: height, columns: columns.count(), cells: Vec::new() };
    // The merged cells that reach down to the row before, by first column and span.
    let mut open = BTreeMap::new();
    for (at, row) in (0u32..).zip(rows) {
        open = grid.add_row(at, row, &columns, &open);
    }
    Ok(grid)
}

/// Which merged cell of the grid reaches down to a row, by its first column and its span.
type Open = BTreeMap<(u32, u32), usize>;

impl Grid {
    fn add_row(&mut self, at: u32, row: Row, columns: &Columns, open: &Open) -> Open {
        let mut next = Open::new();
        for cell in row.cells {
            let (column, span) = columns.place(&cell);
            let above = open.get(&(column, span)).copied();
            let joined = above.filter(|_| cell.vertical == Vertical::Continue);
            let index = match joined.and_then(|it| Some((it, self.cells.get_mut(it)?))) {
                Some((index, anchor)) => {
                    anchor.row_span += 1;
                    absorb(anchor, cell.paragraphs);
                    index
                }
                None => {
                    self.cells.push(CellDraft {
                        row: at,
                        column,
                        row_span: 1,
                        column_span: span,
                        paragraphs: cell.paragraphs,
                        page: cell.page,
                    });
                    self.cells.len() - 1
                }
            };
            if cell.vertical != Vertical::Alone {
                next.insert((column, span), index);
            }
        }
        next
    }
}

/// Word shows only the first of the merged cells. What the others hold is kept, unless it repeats the first, as programs
/// that fill each row write it.
fn absorb(anchor: &mut CellDraft, paragraphs: Vec<ParagraphDraft>) {
    let text = |all: &[ParagraphDraft]| {
        all.iter()
            .flat_map(|it| it.text.chars())
            .filter(|it| !it.is_whitespace())
            .collect::<String>()
    };
    let more = text(&paragraphs);
    if !more.is_empty() && more != text(&anchor.paragraphs) {
        anchor.paragraphs.extend(paragraphs);
    }
}

/// The columns at which a cell begins.
struct Columns(BTreeMap<u32, u32>);

impl Columns {
    fn of(rows: &[Row]) -> Result<Self, ReadError> {
        let cells = || rows.iter().flat_map(|it| &it.cells);
        let starts: BTreeSet<u32> = cells().map(|it| it.column).collect();
        if starts.len() > limits::MAX_COLUMNS {
            return Err(ReadError::TooLarge { what: "columns", bound: limits::MAX_COLUMNS as u64 });
        }
        Ok(Self(starts.into_iter().zip(0..).collect()))
    }

    fn count(&self) -> u32 {
        u32::try_from(self.0.len()).unwrap_or(u32::MAX)
    }

    /// The column and the span of a cell when the others are closed up.
    fn place(&self, cell: &RowCell) -> (u32, u32) {
        let column = self.0.get(&cell.column).copied().unwrap_or_default();
        let end = self.0.range(cell.end()..).next().map_or(self.count(), |(_, it)| *it);
        (column, end.saturating_sub(column).max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(column: u32, span: u32, vertical: Vertical, text: &str) -> RowCell {
        let paragraphs = vec![ParagraphDraft::plain(text)];
        RowCell { vertical, paragraphs, ..RowCell::new(column, span) }
    }

    fn show(rows: Vec<Vec<RowCell>>) -> Vec<String> {
        let grid = lay(rows.into_iter().map(|cells| Row { cells }).collect()).unwrap();
        let show = |it: &CellDraft| {
            let text: Vec<&str> = it.paragraphs.iter().map(|it| it.text.as_str()).collect();
            format!(
                "{},{} {}x{} {}",
                it.row,
                it.column,
                it.row_span,
                it.column_span,
                text.join("/")
            )
        };
        let size = format!("{}x{}", grid.rows, grid.columns);
        std::iter::once(size).chain(grid.cells.iter().map(show)).collect()
    }

    #[test]
    fn merges() {
        use Vertical::{Alone, Continue, Restart};
        let tables = [
            // A cell over two rows; the one below it starts anew.
            (
                vec![
                    vec![cell(0, 1, Restart, "甲"), cell(1, 1, Alone, "乙")],
                    vec![cell(0, 1, Continue, ""), cell(1, 1, Alone, "丙")],
                    vec![cell(0, 1, Restart, "丁"), cell(1, 1, Alone, "戊")],
                ],
                vec!["3x2", "0,0 2x1 甲", "0,1 1x1 乙", "1,1 1x1 丙", "2,0 1x1 丁", "2,1 1x1 戊"],
            ),
            // A continuation without a beginning, and one of another width, stand alone.
            (
                vec![
                    vec![cell(0, 1, Continue, "甲"), cell(1, 1, Restart, "乙")],
                    vec![cell(0, 2, Continue, "丙")],
                ],
                vec!["2x2", "0,0 1x1 甲", "0,1 1x1 乙", "1,0 1x2 丙"],
            ),
            // What a covered cell holds stays, unless it repeats its anchor.
            (
                vec![
                    vec![cell(0, 1, Restart, "甲")],
                    vec![cell(0, 1, Continue, "甲")],
                    vec![cell(0, 1, Continue, "乙")],
                ],
                vec!["3x1", "0,0 3x1 甲/乙"],
            ),
            // Columns at which nothing begins are closed up.
            (
                vec![
                    vec![cell(0, 2, Alone, "甲"), cell(2, 3, Alone, "乙")],
                    vec![cell(2, 2, Alone, "丙"), cell(4, 1, Alone, "丁")],
                ],
                vec!["2x3", "0,0 1x1 甲", "0,1 1x2 乙", "1,1 1x1 丙", "1,2 1x1 丁"],
            ),
        ];
        for (rows, expected) in tables {
            assert_eq!(show(rows), expected);
        }
    }

    #[test]
    fn bounds_hold() {
        let wide = (0..=limits::MAX_COLUMNS as u32).map(|it| RowCell::new(it, 1)).collect();
        let error = lay(vec![Row { cells: wide }]).unwrap_err();
        assert!(matches!(error, ReadError::TooLarge { what: "columns", .. }));

        let rows = limits::MAX_TABLE_CELLS / 500 + 1;
        let row = |_| Row { cells: vec![RowCell::new(0, 1)] };
        let mut long: Vec<Row> = (0..rows).map(row).collect();
        long[0].cells = (0..500).map(|it| RowCell::new(it, 1)).collect();
        let error = lay(long).unwrap_err();
        assert!(matches!(error, ReadError::TooLarge { what: "cells", .. }));
    }
}
