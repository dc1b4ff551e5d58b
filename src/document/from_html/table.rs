//! Tables of a page: which are data and which only place things side by side; the grid of their cells.

use super::{blocks, tree::Element};
use crate::{
    document::{
        CellDraft, ReadError,
        grid::{squeeze, to_u32},
    },
    limits,
};

/// Whether a table only places things: it has one cell, or one cell without a header above it holds nearly all.
pub(super) fn is_layout(table: &Element) -> bool {
    if matches!(table.attribute("role"), Some("presentation" | "none")) {
        return true;
    }
    let rows = groups(table).concat();
    let Some(largest) = rows.iter().flatten().max_by_key(|it| it.chars) else { return true };
    let is_single = rows.iter().map(Vec::len).sum::<usize>() == 1;
    let holds_most = largest.chars * 100 >= table.chars * MOST;
    // Tables of their own in several cells, one for each part of a form.
    let inner = rows.iter().flatten().filter(|it| it.holds(&["table"]));
    let holds_tables = inner.map(|it| it.chars).sum::<usize>() * 100 >= table.chars * MOST;
    is_single
        || holds_tables && table.chars > 0
        || holds_most && (largest.holds(&["table"]) || !is_data(table, &rows) && is_page(largest))
}

/// In hundredths: so much of a table's text is nearly all.
const MOST: usize = 70;
/// A cell with more text and several blocks is a page of its own.
const PAGE_CHARS: usize = 200;

/// Whether a table is drawn or headed as tables of data are.
fn is_data(table: &Element, rows: &[Vec<&Element>]) -> bool {
    const NAME_CHARS: usize = 20;
    let has_border = table.attribute("border").is_some_and(|it| it.trim() != "0");
    let is_headed = rows.len() > 1
        && rows
            .first()
            .is_some_and(|it| it.len() > 1 && it.iter().all(|it| it.chars <= NAME_CHARS));
    has_border || is_headed || rows.iter().flatten().any(|it| it.name == "th")
}

fn is_page(cell: &Element) -> bool {
    let is_block = |it: &&Element| !matches!(it.name.as_str(), "a" | "br" | "hr");
    cell.chars > PAGE_CHARS && cell.elements().filter(is_block).count() > 1
}

/// The rows of a table, each with its cells, by the groups that they are in (thead, tbody, or none): no cell reaches beyond
/// its group.
fn groups(table: &Element) -> Vec<Vec<Vec<&Element>>> {
    let mut groups = vec![Vec::new()];
    for it in table.elements() {
        match (it.name.as_str(), groups.last_mut()) {
            ("tr", Some(group)) => group
                .push(it.elements().filter(|it| matches!(it.name.as_str(), "td" | "th")).collect()),
            ("thead" | "tbody" | "tfoot", _) => {
                groups.extend(self::groups(it));
                groups.push(Vec::new());
            }
            _ => {}
        }
    }
    groups
}

/// The cells of a data table, with the numbers of rows and columns. Spans are clamped to the table.
///
/// # Errors
///
/// Fails where the table has more cells than [`limits::MAX_TABLE_CELLS`].
pub(super) fn grid(table: &Element) -> Result<(u32, u32, Vec<CellDraft>), ReadError> {
    let groups = groups(table);
    let count = to_u32(groups.iter().map(Vec::len).sum());
    // Each row with the number of rows to the end of its group.
    let rows = groups.iter().flat_map(|it| (1..=to_u32(it.len())).rev().zip(it));
    let mut places = Places { busy: Vec::new(), used: 0 };
    let mut cells = Vec::new();
    for (row, (left, elements)) in (0..).zip(rows) {
        for element in elements {
            let span =
                |name: &str| element.attribute(name).and_then(|it| it.trim().parse::<u32>().ok());
            // rowspan=0 reaches down to the end.
            let row_span = match span("rowspan") {
                Some(0) => left,
                other => other.unwrap_or(1).min(left),
            };
            let Some((column, column_span)) =
                places.take(row, row_span, span("colspan").unwrap_or(1))
            else {
                continue;
            };
            if places.used > limits::MAX_TABLE_CELLS {
                return Err(ReadError::TooLarge {
                    what: "table",
                    bound: limits::MAX_TABLE_CELLS as u64,
                });
            }
            let paragraphs = blocks::of_cell(element);
            cells.push(CellDraft { row, column, row_span, column_span, paragraphs, page: None });
        }
    }
    let columns = squeeze(&mut cells);
    Ok((count, columns, cells))
}

/// Which places of the grid are taken.
struct Places {
    /// For each column, the first row that is free.
    busy: Vec<u32>,
    used: usize,
}

impl Places {
    /// Takes the first free place of a row: its column, and how many columns are free for the cell.
    fn take(&mut self, row: u32, row_span: u32, column_span: u32) -> Option<(u32, u32)> {
        let is_free = |it: &u32| *it <= row;
        let column = self.busy.iter().position(is_free).unwrap_or(self.busy.len());
        if column >= limits::MAX_COLUMNS {
            return None;
        }
        let wanted =
            usize::try_from(column_span.max(1)).unwrap_or(1).min(limits::MAX_COLUMNS - column);
        let taken = self.busy.iter().skip(column).take_while(|it| is_free(it)).count();
        let beyond = column + taken >= self.busy.len();
        let span = if beyond { wanted } else { wanted.min(taken) };
        if self.busy.len() < column + span {
            self.busy.resize(column + span, 0);
        }
        self.busy.iter_mut().skip(column).take(span).for_each(|it| *it = row + row_span);
        self.used += span * usize::try_from(row_span).unwrap_or(1);
        Some((to_u32(column), to_u32(span)))
    }
}
