//! Rules to grids: the ruled tables of one page, each cell with the lines that stand in it.
//!
//! Rules that touch belong to one table. Their places, snapped together, are the table's grid; two neighbouring places of
//! the grid are one cell where no rule parts them.

use super::{
    lines::{self, Line},
    page::{Glyph, POINT, Page, Rule, Unit},
};
use crate::limits;

/// The ruled table of one page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Grid {
    /// The left edge.
    pub left: Unit,
    /// The right edge.
    pub right: Unit,
    /// The top edge.
    pub top: Unit,
    /// The bottom edge.
    pub bottom: Unit,
    /// The edges of the columns, from left to right: one more than there are columns.
    pub edges: Vec<Unit>,
    /// The number of rows.
    pub rows: usize,
    /// The cells by row and column.
    pub cells: Vec<GridCell>,
}

/// A cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct GridCell {
    /// The first row.
    pub row: usize,
    /// The first column.
    pub column: usize,
    /// The number of rows.
    pub row_span: usize,
    /// The number of columns.
    pub column_span: usize,
    /// The bottom edge on the page on which it ends.
    pub bottom: Unit,
    /// The lines of text.
    pub lines: Vec<Line>,
}

/// Rules this close together are one.
const SAME_RULE: Unit = 120;
/// Rules that miss each other by no more than this touch.
const TOUCH: Unit = 250;
/// A shorter rule parts nothing.
const SHORTEST: Unit = 6 * POINT;
/// A page with more rules than this is a drawing.
const MOST_RULES: usize = 20_000;
/// And so is one with more tables.
const MOST_TABLES: usize = 100;

/// Finds the ruled tables of a page; returns them with the glyphs that stand outside.
pub(super) fn grids(page: &Page) -> (Vec<Grid>, Vec<Glyph>) {
    let mut frames = Vec::new();
    if page.across.len().max(page.down.len()) <= MOST_RULES {
        let (across, down) = (merged(&page.across), merged(&page.down));
        frames = touching(&across, &down).into_iter().filter_map(Frame::new).collect();
    }
    if frames.len() > MOST_TABLES {
        frames.clear();
    }
    // The largest first: a table within a cell of another is left to that cell.
    frames.sort_by_key(Frame::area);
    let mut grids: Vec<(Frame, Vec<Vec<Glyph>>)> = Vec::new();
    for frame in frames.into_iter().rev() {
        if !grids.iter().any(|(it, _)| it.surrounds(&frame)) {
            let cells = vec![Vec::new(); frame.cells.len()];
            grids.push((frame, cells));
        }
    }
    let mut free = Vec::new();
    for glyph in &page.glyphs {
        let home = grids.iter_mut().find_map(|(frame, cells)| {
            let cell = frame.cell_at(glyph.center(), glyph.middle())?;
            cells.get_mut(cell)
        });
        home.unwrap_or(&mut free).push(*glyph);
    }
    let (full, empty): (Vec<_>, Vec<_>) =
        grids.into_iter().partition(|(_, cells)| cells.iter().flatten().any(|it| it.ch != ' '));
    drop(empty);
    let mut grids: Vec<Grid> = full.into_iter().map(|(it, cells)| it.filled(&cells)).collect();
    grids.sort_by_key(|it| (it.top, it.left));
    (grids, free)
}

/// Joins rules that lie on one another or follow one another on one line.
fn merged(rules: &[Rule]) -> Vec<Rule> {
    let mut sorted: Vec<Rule> = rules.to_vec();
    sorted.sort_unstable();
    let mut merged = Vec::new();
    for line in sorted.chunk_by(|a, b| b.at - a.at <= SAME_RULE) {
        let sum: i64 = line.iter().map(|it| i64::from(it.at)).sum();
        let at = Unit::try_from(sum / line.len() as i64).unwrap_or_default();
        let mut spans: Vec<(Unit, Unit)> = line.iter().map(|it| (it.from, it.to)).collect();
        spans.sort_unstable();
        let mut joined: Vec<(Unit, Unit)> = Vec::new();
        for (from, to) in spans {
            match joined.last_mut() {
                Some(last) if from <= last.1 + TOUCH => last.1 = last.1.max(to),
                _ => joined.push((from, to)),
            }
        }
        let long = joined.into_iter().filter(|(from, to)| to - from >= SHORTEST);
        merged.extend(long.map(|(from, to)| Rule { at, from, to }));
    }
    merged
}

/// Rules that touch one another.
#[derive(Debug, Clone, Default)]
struct Lattice {
    across: Vec<Rule>,
    down: Vec<Rule>,
}

/// Whether two rules of different direction touch.
const fn touch(a: &Rule, b: &Rule) -> bool {
    b.at >= a.from - TOUCH && b.at <= a.to + TOUCH && a.at >= b.from - TOUCH && a.at <= b.to + TOUCH
}

/// Sorts rules into sets that touch. `down` comes by place.
fn touching(across: &[Rule], down: &[Rule]) -> Vec<Lattice> {
    let mut sets = Sets::new(across.len() + down.len());
    for (nth, rule) in across.iter().enumerate() {
        let first = down.partition_point(|it| it.at < rule.from - TOUCH);
        for (other, crossing) in down.iter().enumerate().skip(first) {
            if crossing.at > rule.to + TOUCH {
                break;
            }
            if touch(rule, crossing) {
                sets.join(nth, across.len() + other);
            }
        }
    }
    let mut lattices: Vec<Lattice> = vec![Lattice::default(); across.len() + down.len()];
    for (nth, rule) in across.iter().enumerate() {
        if let Some(lattice) = lattices.get_mut(sets.find(nth)) {
            lattice.across.push(*rule);
        }
    }
    for (nth, rule) in down.iter().enumerate() {
        if let Some(lattice) = lattices.get_mut(sets.find(across.len() + nth)) {
            lattice.down.push(*rule);
        }
    }
    lattices.retain(|it| !it.across.is_empty() && !it.down.is_empty());
    lattices
}

/// Disjoint sets of numbers.
struct Sets(Vec<usize>);

impl Sets {
    fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    fn find(&mut self, mut nth: usize) -> usize {
        while let Some(&parent) = self.0.get(nth)
            && parent != nth
        {
            let above = self.0.get(parent).copied().unwrap_or(parent);
            if let Some(slot) = self.0.get_mut(nth) {
                *slot = above;
            }
            nth = above;
        }
        nth
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.find(a), self.find(b));
        if let Some(slot) = self.0.get_mut(a) {
            *slot = b;
        }
    }
}

impl Lattice {
    /// Adds the edges that a table leaves out: open sides, and the side where a page ends.
    fn close(&mut self) {
        let edges = outer_edges(&self.across, &self.down);
        self.down.extend(edges);
        let edges = outer_edges(&self.down, &self.across);
        self.across.extend(edges);
    }

    /// Drops rules that part nothing, since they do not reach from one rule to another: underlines.
    fn drop_loose(&mut self) {
        let reaches = |rule: &Rule, others: &[Rule]| {
            others.iter().filter(|it| touch(rule, it)).take(2).count() == 2
        };
        let down = self.down.clone();
        self.across.retain(|it| reaches(it, &down));
        let across = self.across.clone();
        self.down.retain(|it| reaches(it, &across));
    }
}

/// The rules that would close `rules` at their ends, where most of them run on beyond the last of `crossing`.
fn outer_edges(rules: &[Rule], crossing: &[Rule]) -> Vec<Rule> {
    let (Some(least), Some(most)) =
        (crossing.iter().map(|it| it.at).min(), crossing.iter().map(|it| it.at).max())
    else {
        return Vec::new();
    };
    let span = |ends: &[&Rule]| {
        Some((ends.iter().map(|it| it.at).min()?, ends.iter().map(|it| it.at).max()?))
    };
    let mut edges = Vec::new();
    let mut close = |end: fn(&Rule) -> Unit, outermost: Option<Unit>, limit: Unit| {
        let Some(at) = outermost.filter(|it| (it - limit).abs() > SHORTEST) else { return };
        let ends: Vec<&Rule> = rules.iter().filter(|it| (end(it) - at).abs() <= TOUCH).collect();
        if ends.len() > 1
            && let Some((from, to)) = span(&ends)
        {
            edges.push(Rule { at, from, to });
        }
    };
    let from = rules.iter().map(|it| it.from).min().filter(|it| *it < least);
    close(|it| it.from, from, least);
    let to = rules.iter().map(|it| it.to).max().filter(|it| *it > most);
    close(|it| it.to, to, most);
    edges
}

/// The bare grid of a table.
#[derive(Debug)]
struct Frame {
    /// The edges of the columns.
    columns: Vec<Unit>,
    /// The edges of the rows.
    rows: Vec<Unit>,
    /// The cells: first row, first column, rows, columns.
    cells: Vec<[usize; 4]>,
    /// The cell of each place of the grid, row by row.
    owners: Vec<usize>,
}

impl Frame {
    /// The grid of rules that touch; `None` where they make no table of at least two cells.
    fn new(mut lattice: Lattice) -> Option<Self> {
        lattice.close();
        lattice.drop_loose();
        let columns = snapped(&lattice.down);
        let rows = snapped(&lattice.across);
        let (across, down) = (columns.len().checked_sub(1)?, rows.len().checked_sub(1)?);
        let places = across.checked_mul(down)?;
        if places < 2 || across > limits::MAX_COLUMNS || places > limits::MAX_TABLE_CELLS {
            return None;
        }
        let walls = Walls {
            right_of: parted(&lattice.down, &columns, &rows),
            below: parted(&lattice.across, &rows, &columns),
            columns: across,
            rows: down,
        };
        let (cells, owners) = walls.cells();
        (cells.len() > 1).then_some(Self { columns, rows, cells, owners })
    }

    /// Left, top, right and bottom.
    fn bounds(&self) -> [Unit; 4] {
        let ends =
            |it: &[Unit]| (it.first().copied().unwrap_or(0), it.last().copied().unwrap_or(0));
        let ((left, right), (top, bottom)) = (ends(&self.columns), ends(&self.rows));
        [left, top, right, bottom]
    }

    fn area(&self) -> i64 {
        let [left, top, right, bottom] = self.bounds();
        i64::from(right - left) * i64::from(bottom - top)
    }

    fn surrounds(&self, inner: &Self) -> bool {
        let ([l, t, r, b], [left, top, right, bottom]) = (self.bounds(), inner.bounds());
        l <= left + TOUCH && t <= top + TOUCH && r >= right - TOUCH && b >= bottom - TOUCH
    }

    /// The cell at a point.
    fn cell_at(&self, x: Unit, y: Unit) -> Option<usize> {
        let [left, top, right, bottom] = self.bounds();
        if x < left || x > right || y < top || y > bottom {
            return None;
        }
        let place = |edges: &[Unit], at: Unit| {
            edges.partition_point(|it| *it <= at).clamp(1, edges.len() - 1) - 1
        };
        let (row, column) = (place(&self.rows, y), place(&self.columns, x));
        self.owners.get(row * (self.columns.len() - 1) + column).copied()
    }

    fn filled(self, glyphs: &[Vec<Glyph>]) -> Grid {
        let [left, top, right, bottom] = self.bounds();
        let edge = |edges: &[Unit], nth: usize| edges.get(nth).copied().unwrap_or(0);
        let cells = self.cells.iter().zip(glyphs).map(|(cell, glyphs)| {
            let [row, column, row_span, column_span] = *cell;
            let bottom = edge(&self.rows, row + row_span);
            let area = [
                edge(&self.columns, column),
                edge(&self.rows, row),
                edge(&self.columns, column + column_span),
                bottom,
            ];
            GridCell {
                row,
                column,
                row_span,
                column_span,
                bottom,
                lines: lines::lines_within(glyphs, area),
            }
        });
        let cells = cells.collect();
        let rows = self.rows.len() - 1;
        Grid { left, right, top, bottom, edges: self.columns, rows, cells }
    }
}

/// The places of rules, those close together as one.
fn snapped(rules: &[Rule]) -> Vec<Unit> {
    let mut places: Vec<Unit> = rules.iter().map(|it| it.at).collect();
    places.sort_unstable();
    let groups = places.chunk_by(|a, b| b - a <= TOUCH);
    let mean = |it: &[Unit]| {
        let sum: i64 = it.iter().map(|it| i64::from(*it)).sum();
        Unit::try_from(sum / it.len() as i64).unwrap_or_default()
    };
    groups.map(mean).collect()
}

/// For each edge and each stretch between two crossing edges: whether a rule runs there.
fn parted(rules: &[Rule], edges: &[Unit], crossing: &[Unit]) -> Vec<bool> {
    let stretches = crossing.len().saturating_sub(1);
    let mut parted = vec![false; edges.len() * stretches];
    for rule in rules {
        let after = edges.partition_point(|it| *it < rule.at);
        let near = [after.saturating_sub(1), after]
            .into_iter()
            .filter_map(|nth| Some((edges.get(nth).map(|it| (it - rule.at).abs())?, nth)));
        let Some((_, edge)) = near.min() else { continue };
        for (nth, pair) in crossing.windows(2).enumerate() {
            let [from, to] = pair else { continue };
            let middle = (from + to) / 2;
            if rule.from <= middle
                && middle <= rule.to
                && let Some(slot) = parted.get_mut(edge * stretches + nth)
            {
                *slot = true;
            }
        }
    }
    parted
}

/// Where rules part the places of a grid.
struct Walls {
    /// By the edge of a column, then by row.
    right_of: Vec<bool>,
    /// By the edge of a row, then by column.
    below: Vec<bool>,
    columns: usize,
    rows: usize,
}

impl Walls {
    fn wall_left_of(&self, row: usize, column: usize) -> bool {
        self.right_of.get(column * self.rows + row).copied().unwrap_or(true)
    }

    fn wall_above(&self, row: usize, column: usize) -> bool {
        self.below.get(row * self.columns + column).copied().unwrap_or(true)
    }

    /// The cells, each a rectangle, and the cell of each place.
    fn cells(&self) -> (Vec<[usize; 4]>, Vec<usize>) {
        let mut owners = vec![usize::MAX; self.columns * self.rows];
        let mut cells = Vec::new();
        for row in 0..self.rows {
            for column in 0..self.columns {
                if owners.get(row * self.columns + column) != Some(&usize::MAX) {
                    continue;
                }
                let cell = self.grown(row, column, &owners);
                for place in places(cell, self.columns) {
                    if let Some(owner) = owners.get_mut(place) {
                        *owner = cells.len();
                    }
                }
                cells.push(cell);
            }
        }
        (cells, owners)
    }

    /// The largest cell from this corner: to the right first, then down.
    fn grown(&self, row: usize, column: usize, owners: &[usize]) -> [usize; 4] {
        let free = |row: usize, column: usize| {
            owners.get(row * self.columns + column) == Some(&usize::MAX)
        };
        let width = (column + 1..self.columns)
            .take_while(|&it| !self.wall_left_of(row, it) && free(row, it))
            .count()
            + 1;
        let opens_down = |below: usize| {
            (column..column + width).all(|it| free(below, it) && !self.wall_above(below, it))
                && (column + 1..column + width).all(|it| !self.wall_left_of(below, it))
        };
        let height = (row + 1..self.rows).take_while(|&it| opens_down(it)).count() + 1;
        [row, column, height, width]
    }
}

/// The places that a cell covers.
fn places([row, column, height, width]: [usize; 4], columns: usize) -> impl Iterator<Item = usize> {
    (row..row + height).flat_map(move |r| (column..column + width).map(move |c| r * columns + c))
}
