//! A table of a document as a grid of lines, merged cells as one box.
//!
//! The grid is painted on a sheet of characters: first which sides of each crossing carry a line, then the words of each
//! cell. Rows are numbered on the left and columns above, so that every cell has its address.

use crate::{
    diagnostic::columns::{char_width, pad_left, visible, width, wrap},
    document::{Cell, Table},
    report::table::shrink,
};

/// A column is not made narrower than one Chinese character and its margin.
const NARROWEST: usize = 3;
/// A column of a crowded table starts with as much as four Chinese characters.
const COMFORTABLE: usize = 8;
/// A column that holds nothing is this wide.
const EMPTY: usize = 2;

/// Draws a table in so many columns of a terminal; a table of very many columns takes more.
pub(super) fn render(table: &Table, columns: usize) -> String {
    if table.rows == 0 || table.columns == 0 {
        return String::new();
    }
    Layout::of(table, columns).draw(table)
}

/// Where the lines of the grid run, and what each cell says.
struct Layout {
    /// The columns that the numbers of the rows take.
    margin: usize,
    /// The inner width of each column.
    widths: Vec<usize>,
    /// The inner height of each row.
    heights: Vec<usize>,
    /// Which cell (by its number from 1) covers each place of the grid.
    owners: Vec<Vec<usize>>,
    /// The words of each cell, in lines.
    lines: Vec<Vec<String>>,
}

impl Layout {
    fn of(table: &Table, columns: usize) -> Self {
        let margin = table.rows.to_string().len() + 1;
        let (rows, count) = (table.rows as usize, table.columns as usize);
        let room = columns.saturating_sub(margin + count + 1);
        let widths = share_out(&natural_widths(table, count), &loads(table, count), room);
        let mut owners = vec![vec![0; count]; rows];
        for (nth, cell) in table.cells.iter().enumerate() {
            for row in owners.iter_mut().skip(cell.row as usize).take(cell.row_span as usize) {
                let places = row.iter_mut().skip(cell.column as usize);
                places.take(cell.column_span as usize).for_each(|it| *it = nth + 1);
            }
        }
        let lines: Vec<Vec<String>> = table
            .cells
            .iter()
            .map(|it| wrap(&visible(&it.text()), inner_width(it, &widths)))
            .collect();
        let heights = heights(table, rows, &lines);
        Self { margin, widths, heights, owners, lines }
    }

    fn draw(&self, table: &Table) -> String {
        let mut sheet = Sheet::new(self.margin, &self.widths, &self.heights);
        for (nth, row) in self.owners.iter().enumerate() {
            for (column, owner) in row.iter().enumerate() {
                let above = nth.checked_sub(1).and_then(|it| self.owners.get(it)?.get(column));
                if *owner == 0 || above != Some(owner) {
                    sheet.horizontal(nth, column);
                }
                let before = column.checked_sub(1).and_then(|it| row.get(it));
                if *owner == 0 || before != Some(owner) {
                    sheet.vertical(nth, column);
                }
            }
        }
        sheet.frame();
        for (cell, lines) in table.cells.iter().zip(&self.lines) {
            sheet.write(cell.row as usize, cell.column as usize, lines);
        }
        format!("{}{}", self.column_numbers(), sheet.finish())
    }

    /// The line above the grid: the number of each column over its left side.
    fn column_numbers(&self) -> String {
        let mut res = " ".repeat(self.margin);
        for (nth, columns) in self.widths.iter().enumerate() {
            let number = (nth + 1).to_string();
            let blanks = (columns + 1).saturating_sub(number.len());
            res.push_str(&number);
            res.push_str(&" ".repeat(blanks));
        }
        format!("{}\n", res.trim_end())
    }
}

fn natural_widths(table: &Table, count: usize) -> Vec<usize> {
    let mut widths = vec![EMPTY; count];
    let single = table.cells.iter().filter(|it| it.column_span == 1);
    for cell in single {
        let widest =
            cell.text().split('\n').map(|it| width(&visible(it))).max().unwrap_or_default();
        if let Some(it) = widths.get_mut(cell.column as usize) {
            *it = (*it).max(widest);
        }
    }
    for cell in table.cells.iter().filter(|it| it.column_span > 1) {
        let widest =
            cell.text().split('\n').map(|it| width(&visible(it))).max().unwrap_or_default();
        let missing = widest.saturating_sub(inner_width(cell, &widths));
        let last = (cell.column + cell.column_span - 1) as usize;
        if let Some(it) = widths.get_mut(last) {
            *it += missing;
        }
    }
    widths
}

/// How many columns of a terminal the words of each cell take, by column of the table.
fn loads(table: &Table, count: usize) -> Vec<Vec<usize>> {
    let mut loads = vec![Vec::new(); count];
    for cell in table.cells.iter().filter(|it| it.column_span == 1) {
        if let Some(it) = loads.get_mut(cell.column as usize) {
            it.push(width(&visible(&cell.text())));
        }
    }
    loads
}

/// Gives each column what it needs where there is room. Where there is not, the column with the most lines is widened, one
/// by one: so a column of long sentences gets more than one of short names.
fn share_out(natural: &[usize], loads: &[Vec<usize>], room: usize) -> Vec<usize> {
    if natural.iter().sum::<usize>() <= room {
        return natural.to_vec();
    }
    let start: Vec<usize> = natural.iter().map(|it| (*it).min(COMFORTABLE)).collect();
    let mut widths = shrink(start, room, NARROWEST);
    let lines = |column: usize, width: usize| -> usize {
        let cells = loads.get(column).into_iter().flatten();
        cells.map(|it| it.div_ceil(width.max(1))).sum()
    };
    let mut tall: Vec<usize> = widths.iter().enumerate().map(|it| lines(it.0, *it.1)).collect();
    for _ in widths.iter().sum::<usize>()..room {
        let open = tall.iter().zip(widths.iter().zip(natural)).enumerate();
        let open = open.filter(|(_, (_, (width, natural)))| width < natural);
        let Some((tallest, _)) = open.max_by_key(|(_, (lines, _))| **lines) else { break };
        if let (Some(width), Some(tall)) = (widths.get_mut(tallest), tall.get_mut(tallest)) {
            *width += 1;
            *tall = lines(tallest, *width);
        }
    }
    widths
}

/// The width inside a cell: its columns and the lines that it swallows.
fn inner_width(cell: &Cell, widths: &[usize]) -> usize {
    let own = widths.iter().skip(cell.column as usize).take(cell.column_span as usize);
    own.sum::<usize>() + cell.column_span.saturating_sub(1) as usize
}

fn heights(table: &Table, rows: usize, lines: &[Vec<String>]) -> Vec<usize> {
    let mut heights = vec![1; rows];
    let mut cells: Vec<(&Cell, usize)> =
        table.cells.iter().zip(lines.iter().map(Vec::len)).collect();
    cells.sort_by_key(|it| it.0.row_span);
    for (cell, needed) in cells {
        let own = heights.iter().skip(cell.row as usize).take(cell.row_span as usize);
        let has = own.sum::<usize>() + cell.row_span.saturating_sub(1) as usize;
        let last = (cell.row + cell.row_span).saturating_sub(1) as usize;
        if let Some(it) = heights.get_mut(last) {
            *it += needed.saturating_sub(has);
        }
    }
    heights
}

/// The four sides of a crossing that can carry a line.
const UP: u8 = 1;
const DOWN: u8 = 2;
const LEFT: u8 = 4;
const RIGHT: u8 = 8;

/// A character of the sheet.
#[derive(Clone, Copy)]
enum Mark {
    Blank,
    Line(u8),
    Char(char),
    /// The second column of the character before.
    Covered,
}

struct Sheet {
    margin: usize,
    marks: Vec<Vec<Mark>>,
    /// The sheet's column of each vertical line, the last one too.
    lefts: Vec<usize>,
    /// The sheet's line of each horizontal line, the last one too.
    tops: Vec<usize>,
}

impl Sheet {
    fn new(margin: usize, widths: &[usize], heights: &[usize]) -> Self {
        let (lefts, tops) = (edges(widths), edges(heights));
        let across = lefts.last().map_or(0, |it| it + 1);
        let down = tops.last().map_or(0, |it| it + 1);
        Self { margin, marks: vec![vec![Mark::Blank; across]; down], lefts, tops }
    }

    /// The line above a place of the grid.
    fn horizontal(&mut self, row: usize, column: usize) {
        let (Some(top), Some(left), Some(right)) =
            (self.tops.get(row), self.lefts.get(column), self.lefts.get(column + 1))
        else {
            return;
        };
        let (top, left, right) = (*top, *left, *right);
        self.side(top, left, RIGHT);
        (left + 1..right).for_each(|it| self.side(top, it, LEFT | RIGHT));
        self.side(top, right, LEFT);
    }

    /// The line before a place of the grid.
    fn vertical(&mut self, row: usize, column: usize) {
        let (Some(left), Some(top), Some(bottom)) =
            (self.lefts.get(column), self.tops.get(row), self.tops.get(row + 1))
        else {
            return;
        };
        let (left, top, bottom) = (*left, *top, *bottom);
        self.side(top, left, DOWN);
        (top + 1..bottom).for_each(|it| self.side(it, left, UP | DOWN));
        self.side(bottom, left, UP);
    }

    /// The lines below and after the whole grid.
    fn frame(&mut self) {
        let (rows, columns) = (self.tops.len() - 1, self.lefts.len() - 1);
        (0..columns).for_each(|it| self.horizontal(rows, it));
        (0..rows).for_each(|it| self.vertical(it, columns));
    }

    fn side(&mut self, line: usize, column: usize, sides: u8) {
        let Some(mark) = self.marks.get_mut(line).and_then(|it| it.get_mut(column)) else { return };
        let before = if let Mark::Line(it) = mark { *it } else { 0 };
        *mark = Mark::Line(before | sides);
    }

    fn write(&mut self, row: usize, column: usize, lines: &[String]) {
        let (Some(top), Some(left)) = (self.tops.get(row), self.lefts.get(column)) else { return };
        let places = self.marks.iter_mut().skip(top + 1);
        for (marks, line) in places.zip(lines) {
            let mut at = left + 1;
            for it in line.chars() {
                let taken = char_width(it);
                for (nth, mark) in marks.iter_mut().skip(at).take(taken).enumerate() {
                    *mark = if nth == 0 { Mark::Char(it) } else { Mark::Covered };
                }
                at += taken;
            }
        }
    }

    fn finish(&self) -> String {
        let mut res = String::new();
        let mut rows = self.tops.iter().take(self.tops.len() - 1).zip(1..).peekable();
        for (nth, marks) in self.marks.iter().enumerate() {
            let number = rows.next_if(|it| it.0 + 1 == nth).map(|it| it.1.to_string());
            let mut line = pad_left(&number.unwrap_or_default(), self.margin - 1);
            line.push(' ');
            line.extend(marks.iter().filter_map(|it| it.shown()));
            res.push_str(line.trim_end());
            res.push('\n');
        }
        res
    }
}

impl Mark {
    const fn shown(self) -> Option<char> {
        match self {
            Self::Blank => Some(' '),
            Self::Char(it) => Some(it),
            Self::Covered => None,
            Self::Line(sides) => Some(line_char(sides)),
        }
    }
}

const fn line_char(sides: u8) -> char {
    const ALONG: u8 = LEFT | RIGHT;
    const UPRIGHT: u8 = UP | DOWN;
    match sides {
        it if it & ALONG == 0 => '│',
        it if it & UPRIGHT == 0 => '─',
        it if it == DOWN | RIGHT => '┌',
        it if it == DOWN | LEFT => '┐',
        it if it == UP | RIGHT => '└',
        it if it == UP | LEFT => '┘',
        it if it == UPRIGHT | RIGHT => '├',
        it if it == UPRIGHT | LEFT => '┤',
        it if it == ALONG | DOWN => '┬',
        it if it == ALONG | UP => '┴',
        _ => '┼',
    }
}

/// Where lines run between stretches of these lengths, from 0.
fn edges(lengths: &[usize]) -> Vec<usize> {
    let ends = lengths.iter().scan(0, |at, length| {
        *at += length + 1;
        Some(*at)
    });
    std::iter::once(0).chain(ends).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Block, Builder, CellDraft, Format, ParagraphDraft};

    fn cell(row: u32, column: u32, spans: (u32, u32), text: &str) -> CellDraft {
        CellDraft {
            row,
            column,
            row_span: spans.0,
            column_span: spans.1,
            paragraphs: vec![ParagraphDraft::plain(text)],
            page: None,
        }
    }

    fn table(rows: u32, columns: u32, cells: Vec<CellDraft>) -> Table {
        let mut builder = Builder::default();
        builder.table(rows, columns, cells, None);
        let document = builder.finish("x", Format::Text, String::new(), None);
        let mut tables = document.blocks.into_iter().filter_map(|it| match it {
            Block::Table(table) => Some(table),
            Block::Paragraph(_) => None,
        });
        tables.next().unwrap()
    }

    fn merged() -> Table {
        let cells = vec![
            cell(0, 0, (1, 3), "评分表"),
            cell(1, 0, (2, 1), "作风建设"),
            cell(1, 1, (1, 1), "出勤"),
            cell(1, 2, (2, 1), "10分"),
            cell(2, 1, (1, 1), "仪表"),
        ];
        table(3, 3, cells)
    }

    #[test]
    fn merged_cells_are_one_box() {
        let expected = "  \
  1        2    3
  ┌──────────────────┐
1 │评分表            │
  ├────────┬────┬────┤
2 │作风建设│出勤│10分│
  │        ├────┤    │
3 │        │仪表│    │
  └────────┴────┴────┘
";
        assert_eq!(render(&merged(), 80), expected);
    }

    #[test]
    fn a_narrow_terminal_breaks_the_words() {
        let shown = render(&merged(), 18);
        assert!(shown.lines().all(|it| width(it) <= 18), "{shown}");
        let characters: String = shown.chars().filter(|it| char_width(*it) == 2).collect();
        for it in "评分表作风建设出勤仪表".chars() {
            assert!(characters.contains(it), "{it} is lost\n{shown}");
        }
    }

    #[test]
    fn long_sentences_get_more_room_than_names() {
        let sentence = "未按时报送的，每次扣1分；".repeat(10);
        let cells = vec![cell(0, 0, (1, 1), &"名".repeat(12)), cell(0, 1, (1, 1), &sentence)];
        let shown = render(&table(1, 2, cells), 60);
        let first = shown.lines().nth(1).unwrap().split('┬').next().unwrap();
        assert!(width(first) < 20, "{shown}");
        assert!(shown.lines().all(|it| width(it) <= 60), "{shown}");
    }

    #[test]
    fn a_place_without_a_cell_stays_empty() {
        let shown = render(&table(1, 2, vec![cell(0, 0, (1, 1), "只有一格")]), 80);
        assert!(shown.contains("│只有一格│  │"), "{shown}");
    }

    #[test]
    fn a_tall_merged_cell_stretches_its_last_row() {
        let cells = vec![
            cell(0, 0, (2, 1), "一\n二\n三\n四\n五"),
            cell(0, 1, (1, 1), "甲"),
            cell(1, 1, (1, 1), "乙"),
        ];
        let shown = render(&table(2, 2, cells), 80);
        assert!("一二三四五甲乙".chars().all(|it| shown.contains(it)), "{shown}");
    }
}
