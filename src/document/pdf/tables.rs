//! Grids to tables: the parts of a table that pages tore are joined, and the lines within cells become paragraphs.

use super::{
    grid::{Grid, GridCell},
    layout::{is_full, join},
    lines::Line,
    numbering::{begins_with_number, ends_sentence, expects_more},
    page::{POINT, Unit},
    reading::{ReadCell, ReadTable},
};
use crate::limits;

/// A table that may go on on the next page.
pub(super) struct Joined {
    page: u32,
    last_page: u32,
    edges: Vec<Unit>,
    rows: usize,
    cells: Vec<Cell>,
    /// The cells that reach the last row.
    lowest: Vec<usize>,
    /// For each column: whether cells in it span rows, so that an empty cell may be the rest of one.
    merging: Vec<bool>,
}

/// A cell with the page on which it begins.
struct Cell {
    page: u32,
    at: GridCell,
}

/// The edges of two parts of one table differ by no more than this.
const SAME_EDGE: Unit = 4 * POINT;
/// No header has more rows.
const MOST_HEADER_ROWS: usize = 6;

/// A cell's text without its blanks.
fn text_of(cell: &GridCell) -> String {
    let text: String = cell.lines.iter().map(Line::text).collect();
    text.chars().filter(|it| !it.is_whitespace()).collect()
}

impl Joined {
    /// Begins a table.
    pub(super) fn new(page: u32, grid: Grid) -> Self {
        let reaches = |it: &(usize, &GridCell)| it.1.row + it.1.row_span == grid.rows;
        let lowest = grid.cells.iter().enumerate().filter(reaches).map(|it| it.0).collect();
        let merging = vec![false; grid.edges.len()];
        let mut table = Self {
            page,
            last_page: page,
            edges: grid.edges,
            rows: grid.rows,
            cells: Vec::new(),
            lowest,
            merging,
        };
        table.note_merging(&grid.cells);
        table.cells = grid.cells.into_iter().map(|at| Cell { page, at }).collect();
        table
    }

    /// Remembers the columns in which cells span rows.
    fn note_merging(&mut self, cells: &[GridCell]) {
        for cell in cells.iter().filter(|it| it.row_span > 1) {
            if let Some(slot) = self.merging.get_mut(cell.column) {
                *slot = true;
            }
        }
    }

    /// Joins the part of the table that the next page shows; gives the grid back where it is another table.
    pub(super) fn join(&mut self, page: u32, mut grid: Grid) -> Option<Grid> {
        if page != self.last_page + 1 {
            return Some(grid);
        }
        let Some(edges) = common_edges(&self.edges, &grid.edges) else { return Some(grid) };
        if (self.rows + grid.rows).saturating_mul(edges.len()) > limits::MAX_TABLE_CELLS {
            return Some(grid);
        }
        let shift = offset(&self.edges, &grid.edges);
        if edges.len() > self.edges.len() {
            self.move_to(&edges);
        }
        let shifted: Vec<Unit> = edges.iter().map(|it| it + shift).collect();
        for cell in &mut grid.cells {
            move_cell(cell, &grid.edges, &shifted);
        }
        self.drop_header(&mut grid);
        self.append(page, grid);
        self.last_page = page;
        None
    }

    /// Counts the columns by other edges, which hold all of the table's own.
    fn move_to(&mut self, edges: &[Unit]) {
        for cell in &mut self.cells {
            move_cell(&mut cell.at, &self.edges, edges);
        }
        edges.clone_into(&mut self.edges);
        self.merging = vec![false; edges.len()];
        let spanning: Vec<usize> =
            self.cells.iter().filter(|it| it.at.row_span > 1).map(|it| it.at.column).collect();
        for column in spanning {
            if let Some(slot) = self.merging.get_mut(column) {
                *slot = true;
            }
        }
    }

    /// Drops the rows at the top of a part that repeat the table's own first rows.
    fn drop_header(&self, part: &mut Grid) {
        // The table's own first cells come first, row by row.
        let first =
            || self.cells.iter().map(|it| &it.at).take_while(|it| it.row < MOST_HEADER_ROWS);
        let own = |row| header_row(first(), row);
        let repeated = |row| {
            let cells = header_row(part.cells.iter(), row);
            cells.iter().any(|it| !it.2.is_empty()) && cells == own(row)
        };
        let most = MOST_HEADER_ROWS.min(part.rows).min(self.rows);
        let mut rows = (0..most).take_while(|&row| repeated(row)).count();
        let crosses =
            |rows: usize| part.cells.iter().any(|it| it.row < rows && it.row + it.row_span > rows);
        while rows > 0 && crosses(rows) {
            rows -= 1;
        }
        part.cells.retain(|it| it.row >= rows);
        for cell in &mut part.cells {
            cell.row -= rows;
        }
        part.rows -= rows;
    }

    /// Adds the rows of a part. Its first row may be the rest of the last row, or of merged cells that reach it.
    fn append(&mut self, page: u32, part: Grid) {
        if part.rows == 0 {
            return;
        }
        self.note_merging(&part.cells);
        let torn = self.is_torn(&part);
        let base = if torn { self.rows - 1 } else { self.rows };
        let last = base + part.rows;
        let mut lowest = Vec::new();
        for mut cell in part.cells {
            let above = if cell.row == 0 { self.cell_above(&cell) } else { None };
            let merging = self.merging.get(cell.column).copied().unwrap_or(false);
            let above = above.and_then(|nth| Some((nth, self.cells.get_mut(nth)?)));
            match above {
                Some((nth, above)) if torn || (merging && continues(above, &cell)) => {
                    above.at.row_span = base + cell.row_span - above.at.row;
                    above.at.lines.append(&mut cell.lines);
                    above.at.bottom = cell.bottom;
                    if above.at.row + above.at.row_span == last {
                        lowest.push(nth);
                    }
                }
                _ if torn && cell.row == 0 && cell.lines.is_empty() => {}
                _ => {
                    cell.row += base;
                    if cell.row + cell.row_span == last {
                        lowest.push(self.cells.len());
                    }
                    self.cells.push(Cell { page, at: cell });
                }
            }
        }
        self.lowest = lowest;
        self.rows = last;
    }

    /// The cell of the last row that stands right above a cell of the next page.
    fn cell_above(&self, cell: &GridCell) -> Option<usize> {
        let same =
            |above: &GridCell| above.column == cell.column && above.column_span == cell.column_span;
        let mut lowest = self.lowest.iter().copied();
        lowest.find(|nth| self.cells.get(*nth).is_some_and(|it| same(&it.at)))
    }

    /// Whether the page's end tore the last row: what a cell says goes on in the first row of the next page, and no cell
    /// begins anew.
    fn is_torn(&self, part: &Grid) -> bool {
        let mut goes_on = false;
        for cell in part.cells.iter().filter(|it| it.row == 0) {
            let above = self.cell_above(cell).and_then(|nth| Some(&self.cells.get(nth)?.at));
            let Some(above) = above else {
                if cell.lines.is_empty() {
                    continue;
                }
                return false;
            };
            match (above.lines.last(), cell.lines.first()) {
                (Some(last), Some(first)) => {
                    let ended = ends_sentence(&text_of(above));
                    if !ended && !is_full_in_cell(last, first) {
                        return false;
                    }
                    goes_on |= is_cut_off(above, first);
                }
                (Some(_), None) => goes_on |= self.is_label(cell.column),
                (None, Some(_)) if self.is_label(cell.column) => return false,
                (None, _) => {}
            }
        }
        goes_on && part.cells.iter().any(|it| it.row == 0 && !it.lines.is_empty())
    }

    /// Whether each row has text of its own in a column, so that an empty cell there does not begin a row. The last rows
    /// show it.
    fn is_label(&self, column: usize) -> bool {
        const ROWS: usize = 50;
        let recent = self.cells.iter().rev().take(ROWS * self.edges.len());
        let cells: Vec<&Cell> = recent.filter(|it| it.at.column == column).collect();
        let filled = cells.iter().filter(|it| !it.at.lines.is_empty()).count();
        let merges = self.merging.get(column).copied().unwrap_or(true);
        !merges && filled > 2 && filled * 10 >= cells.len() * 9
    }

    /// The finished table.
    pub(super) fn finish(self) -> ReadTable {
        let padding = self.padding();
        let number = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
        let cell = |it: &Cell| ReadCell {
            row: number(it.at.row),
            column: number(it.at.column),
            row_span: number(it.at.row_span),
            column_span: number(it.at.column_span),
            page: it.page,
            paragraphs: paragraphs(&it.at.lines, padding),
        };
        ReadTable {
            page: self.page,
            rows: number(self.rows),
            columns: number(self.edges.len().saturating_sub(1)),
            cells: self.cells.iter().map(cell).collect(),
        }
    }

    /// How far text stays away from the rules.
    fn padding(&self) -> Unit {
        let lines = self.cells.iter().flat_map(|it| &it.at.lines);
        lines.map(|it| it.indent().clamp(0, it.size)).min().unwrap_or(0)
    }
}

/// Whether a cell's text was cut off by the page's end: the last line fills the cell, no sentence ends with it, and there
/// is no room for another line below. In a narrow cell a name fills its line by chance.
fn is_cut_off(cell: &GridCell, next: &Line) -> bool {
    const WIDE: Unit = 6;
    let Some(last) = cell.lines.last() else { return false };
    let room = cell.bottom - last.bottom;
    let wide = last.right - last.left >= last.size * WIDE || cell.lines.len() > 2;
    wide && room < last.size * 3 / 2
        && is_full_in_cell(last, next)
        && !ends_sentence(&text_of(cell))
        && !begins_with_number(&next.text())
}

/// Whether a cell at the top of a page is the rest of a merged cell, though its row is a new one: it is empty, goes on
/// with the text above, or holds only the points that belong to the name above.
fn continues(above: &Cell, cell: &GridCell) -> bool {
    let (before, text) = (text_of(&above.at), text_of(cell));
    let points = is_points(&text) && !before.ends_with(['）', ')']);
    let goes_on = cell.lines.first().is_some_and(|it| is_cut_off(&above.at, it));
    !before.is_empty() && (text.is_empty() || points || goes_on)
}

/// Whether a text is only points in brackets: （5分）.
fn is_points(text: &str) -> bool {
    let inner = text.strip_prefix(['（', '(']).and_then(|it| it.strip_suffix(['）', ')']));
    inner.is_some_and(|it| it.starts_with(|it: char| it.is_ascii_digit()) && it.ends_with('分'))
}

/// What a row of a header says: column, spans and text of its cells.
fn header_row<'a>(
    cells: impl Iterator<Item = &'a GridCell>,
    row: usize,
) -> Vec<(usize, usize, String)> {
    let mut row: Vec<_> = cells
        .filter(|it| it.row == row)
        .map(|it| (it.column, it.column_span, text_of(it)))
        .collect();
    row.sort();
    row
}

/// By how much a part stands farther right than the table.
fn offset(edges: &[Unit], part: &[Unit]) -> Unit {
    part.first().copied().unwrap_or(0) - edges.first().copied().unwrap_or(0)
}

/// The edges of both parts of a table, at the places of the first; `None` where their columns are not the same. A part
/// may lack an edge that its cells span.
fn common_edges(edges: &[Unit], part: &[Unit]) -> Option<Vec<Unit>> {
    let shift = offset(edges, part);
    let part: Vec<Unit> = part.iter().map(|it| it - shift).collect();
    let width = |it: &[Unit]| it.last().copied().unwrap_or(0) - it.first().copied().unwrap_or(0);
    if (width(edges) - width(&part)).abs() > SAME_EDGE {
        return None;
    }
    let near = |edge: Unit| edges.iter().any(|it| (it - edge).abs() <= SAME_EDGE);
    let (shared, new): (Vec<Unit>, Vec<Unit>) = part.iter().partition(|it| near(**it));
    let inner = |it: usize| it.saturating_sub(2);
    if inner(shared.len()) * 3 < inner(edges.len().min(part.len())) * 2 {
        return None;
    }
    let mut common: Vec<Unit> = edges.iter().copied().chain(new).collect();
    common.sort_unstable();
    Some(common)
}

/// Counts a cell's columns by other edges.
fn move_cell(cell: &mut GridCell, from: &[Unit], to: &[Unit]) {
    let place = |nth: usize| {
        let edge = from.get(nth).copied().unwrap_or(0);
        let places = to.iter().enumerate().min_by_key(|(_, it)| (**it - edge).abs());
        places.map_or(0, |(nth, _)| nth)
    };
    let (first, last) = (place(cell.column), place(cell.column + cell.column_span));
    cell.column = first;
    cell.column_span = last.saturating_sub(first).max(1);
}

/// Whether a line fills its cell: measured with the padding that it keeps itself, and on both sides where it is centred.
fn is_full_in_cell(line: &Line, next: &Line) -> bool {
    let padding = line.indent().clamp(0, line.size);
    is_full(&padded(line, padding), next)
}

/// The line with margins that leave out the padding; both sides' room counts on the right where it is centred.
fn padded(line: &Line, padding: Unit) -> Line {
    let (left, right) = (line.margins.0 + padding, line.margins.1 - padding);
    let (before, after) = (line.left - left, right - line.right);
    let centered = before > 0 && (before - after).abs() * 10 <= line.size * 6;
    let room = if centered { before } else { 0 };
    Line { margins: (left, right + room), ..line.clone() }
}

/// Joins the lines of a cell to paragraphs.
fn paragraphs(lines: &[Line], padding: Unit) -> Vec<String> {
    let mut paragraphs: Vec<String> = Vec::new();
    let mut before: Option<&Line> = None;
    for line in lines {
        match (paragraphs.last_mut(), before) {
            (Some(paragraph), Some(last)) if goes_on(paragraph, last, line, padding) => {
                join(paragraph, &line.text());
            }
            _ => paragraphs.push(line.text()),
        }
        before = Some(line);
    }
    paragraphs
}

/// Whether a line of a cell goes on with the line before.
fn goes_on(paragraph: &str, last: &Line, line: &Line, padding: Unit) -> bool {
    if !is_full(&padded(last, padding), line) {
        return false;
    }
    if begins_with_number(&line.text()) {
        return expects_more(paragraph);
    }
    let indented = line.left - last.left > line.size && line.indent() - padding > line.size;
    !(indented && ends_sentence(paragraph))
}
