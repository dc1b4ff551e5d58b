//! Tables without rules: lines whose text stands in columns, with a clear channel between one column and the next.

use super::{
    grid::{Grid, GridCell},
    lines::{Line, Piece},
    page::Unit,
};

/// A table has at least so many lines with text in more than one column.
const LEAST_LINES: usize = 3;
/// With two columns only, it has more: two names side by side are no table.
const LEAST_LINES_OF_TWO: usize = 4;
/// A channel is at least as wide as so many hundredths of the size.
const CHANNEL: Unit = 100;
/// Of the text in a column, so many hundredths begin, end or have their middle at the same place.
const ALIGNED: usize = 60;

/// So many more lines than half may have text in one column only: those of a long cell.
const MOST_ALONE: usize = 8;

/// The tables among some lines; each with the number of its first line and of the line behind its last.
pub(super) fn tables(lines: &[Line]) -> Vec<(usize, usize, Grid)> {
    let mut tables = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let rest = lines.get(at..).unwrap_or_default();
        match run(rest)
            .and_then(|(count, channels)| Some((count, grid(rest.get(..count)?, &channels)?)))
        {
            Some((count, grid)) => {
                tables.push((at, at + count, grid));
                at += count;
            }
            None => at += 1,
        }
    }
    tables
}

/// White space from top to bottom, between its left and right edge.
type Channel = (Unit, Unit);

/// How many of the first lines share channels, and the channels.
fn run(lines: &[Line]) -> Option<(usize, Vec<Channel>)> {
    let first = lines.first().filter(|it| it.pieces.len() > 1)?;
    let mut channels = gaps(first);
    let (mut count, mut shared) = (1, 1);
    for pair in lines.windows(2) {
        let [last, line] = pair else { break };
        let step = line.middle() - last.middle();
        if step <= 0 || step > last.size * 4 || (line.size - last.size).abs() * 5 > last.size {
            break;
        }
        let narrowed = narrowed(&channels, line);
        let parted = narrowed.len() * 2 >= channels.len().max(1);
        if !parted || count > shared * 2 + MOST_ALONE {
            break;
        }
        channels = narrowed;
        count += 1;
        shared += usize::from(line.pieces.len() > 1);
    }
    let table = lines.get(..count)?;
    // A short line in the first column behind the table is a paragraph of its own.
    let behind = table.iter().rev().take_while(|it| it.pieces.len() == 1).count();
    let count = count - behind;
    let least = if channels.len() > 1 { LEAST_LINES } else { LEAST_LINES_OF_TWO };
    (shared >= least && shared * 2 >= count).then_some((count, channels))
}

fn gaps(line: &Line) -> Vec<Channel> {
    let pairs = line.pieces.iter().zip(line.pieces.iter().skip(1));
    pairs.map(|(a, b)| (a.right, b.left)).collect()
}

/// What a further line leaves of the channels.
fn narrowed(channels: &[Channel], line: &Line) -> Vec<Channel> {
    let mut rest: Vec<Channel> = channels.to_vec();
    for piece in &line.pieces {
        rest = rest
            .into_iter()
            .flat_map(|(left, right)| {
                [(left, right.min(piece.left)), (left.max(piece.right), right)]
            })
            .filter(|(left, right)| (right - left) * 100 >= line.size * CHANNEL)
            .collect();
        rest.dedup();
    }
    rest
}

/// The table of some lines; `None` where the text does not stand in line within the columns.
fn grid(lines: &[Line], channels: &[Channel]) -> Option<Grid> {
    let left = lines.iter().map(|it| it.left).min()?;
    let right = lines.iter().map(|it| it.right).max()?;
    let inner = channels.iter().map(|(left, right)| (left + right) / 2);
    let edges: Vec<Unit> = std::iter::once(left).chain(inner).chain([right]).collect();
    let columns = edges.len() - 1;
    let aligned = (0..columns).all(|column| {
        let pieces = lines.iter().flat_map(|it| &it.pieces);
        let size = lines.first().map_or(0, |it| it.size);
        is_aligned(&pieces.filter(|it| column_of(&edges, it) == column).collect::<Vec<_>>(), size)
    });
    if !aligned {
        return None;
    }
    let mut cells: Vec<GridCell> = Vec::new();
    let mut rows = 0;
    for line in lines {
        if begins_row(line, &edges) || rows == 0 {
            let blank = |column| GridCell {
                row: rows,
                column,
                row_span: 1,
                column_span: 1,
                bottom: line.bottom,
                lines: Vec::new(),
            };
            cells.extend((0..columns).map(blank));
            rows += 1;
        }
        for pieces in line.pieces.chunk_by(|a, b| column_of(&edges, a) == column_of(&edges, b)) {
            let column = pieces.first().map_or(0, |it| column_of(&edges, it));
            let margins = (*edges.get(column)?, *edges.get(column + 1)?);
            let cell = cells.get_mut((rows - 1) * columns + column)?;
            cell.bottom = line.bottom;
            cell.lines.extend(line.part(pieces, margins));
        }
    }
    let (top, bottom) = (lines.first()?.top, lines.last()?.bottom);
    Some(Grid { left, right, top, bottom, edges, rows, cells })
}

/// The column in which a piece begins.
fn column_of(edges: &[Unit], piece: &Piece) -> usize {
    let middle = (piece.left + piece.right) / 2;
    edges.partition_point(|it| *it <= middle).clamp(1, edges.len() - 1) - 1
}

/// Whether most pieces of a column begin, end or have their middle at one place.
fn is_aligned(pieces: &[&Piece], size: Unit) -> bool {
    let most_at_one_place = |place: fn(&Piece) -> Unit| {
        let mut places: Vec<Unit> = pieces.iter().map(|it| place(it)).collect();
        places.sort_unstable();
        let at_one_place =
            |nth: usize, from: Unit| places.partition_point(|it| *it <= from + size * 2) - nth;
        let most = places.iter().enumerate().map(|(nth, from)| at_one_place(nth, *from)).max();
        most.unwrap_or(0) * 100 >= places.len() * ALIGNED
    };
    most_at_one_place(|it| it.left)
        || most_at_one_place(|it| it.right)
        || most_at_one_place(|it| (it.left + it.right) / 2)
}

/// Whether a line begins a row: it has text in the first column, or in most columns. Otherwise it goes on with the cells
/// above.
fn begins_row(line: &Line, edges: &[Unit]) -> bool {
    let mut columns: Vec<usize> = line.pieces.iter().map(|it| column_of(edges, it)).collect();
    columns.dedup();
    columns.first() == Some(&0) || columns.len() * 2 > edges.len() - 1
}
