//! Lists of values for a terminal: one line a row, columns aligned whatever the width of their characters.

use crate::diagnostic::columns::{pad, pad_left, visible, width, wrap};

/// The blanks between two columns.
const GAP: usize = 2;
/// A column is not made narrower than this for the sake of another.
const NARROWEST: usize = 8;

/// On which side the values of a column stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// A table of values, each of any length.
#[derive(Debug, Clone)]
pub struct Table {
    columns: Vec<(String, Align)>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with these headings.
    #[must_use]
    pub fn new(columns: impl Into<Vec<(String, Align)>>) -> Self {
        Self { columns: columns.into(), rows: Vec::new() }
    }

    /// Adds a row: missing values are empty, those beyond the last heading are not shown.
    pub fn row(&mut self, values: impl IntoIterator<Item = String>) {
        self.rows.push(values.into_iter().map(|it| visible(&it)).collect());
    }

    /// Whether there is no row.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The table in so many columns of a terminal: long values are broken over lines, the widest column first.
    #[must_use]
    pub fn render(&self, columns: usize) -> String {
        let widths = self.widths(columns);
        let headings: Vec<String> = self.columns.iter().map(|it| it.0.clone()).collect();
        let mut res = String::new();
        if headings.iter().any(|it| !it.is_empty()) {
            self.push_row(&mut res, &headings, &widths);
            let total = widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1);
            res.push_str(&"─".repeat(total));
            res.push('\n');
        }
        for row in &self.rows {
            self.push_row(&mut res, row, &widths);
        }
        res
    }

    fn widths(&self, columns: usize) -> Vec<usize> {
        let widest = |nth: usize, heading: &str| {
            let cells = self.rows.iter().filter_map(|row| row.get(nth));
            let lines = cells.flat_map(|it| it.split('\n')).chain([heading]);
            lines.map(width).max().unwrap_or_default()
        };
        let natural = self.columns.iter().enumerate().map(|(nth, it)| widest(nth, &it.0));
        let gaps = GAP * self.columns.len().saturating_sub(1);
        shrink(natural.collect(), columns.saturating_sub(gaps), NARROWEST)
    }

    fn push_row(&self, res: &mut String, row: &[String], widths: &[usize]) {
        let empty = String::new();
        let cells: Vec<Vec<String>> = widths
            .iter()
            .enumerate()
            .map(|(nth, width)| wrap(row.get(nth).unwrap_or(&empty), *width))
            .collect();
        for line in 0..cells.iter().map(Vec::len).max().unwrap_or_default() {
            let mut shown = String::new();
            for ((cell, width), column) in cells.iter().zip(widths).zip(&self.columns) {
                let text = cell.get(line).unwrap_or(&empty);
                let padded = match column.1 {
                    Align::Left => pad(text, *width),
                    Align::Right => pad_left(text, *width),
                };
                shown.push_str(&padded);
                shown.push_str(&" ".repeat(GAP));
            }
            res.push_str(shown.trim_end());
            res.push('\n');
        }
    }
}

/// Takes columns from the widest until all of them fit, or all are as narrow as they may be.
pub(super) fn shrink(mut widths: Vec<usize>, room: usize, narrowest: usize) -> Vec<usize> {
    let mut total: usize = widths.iter().sum();
    while total > room {
        let Some(widest) = widths.iter_mut().max() else { break };
        if *widest <= narrowest {
            break;
        }
        *widest -= 1;
        total -= 1;
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let mut res = Table::new([
            ("名称".to_owned(), Align::Left),
            ("分值".to_owned(), Align::Right),
            ("说明".to_owned(), Align::Left),
        ]);
        res.row([
            "工作纪律".to_owned(),
            "60".to_owned(),
            "上班期间擅离岗位的，每人次扣0.5分".to_owned(),
        ]);
        res.row(["Reports".to_owned(), "7.5".to_owned()]);
        res
    }

    #[test]
    fn columns_line_up() {
        let expected = "\
名称      分值  说明
──────────────────────────────────────────────
工作纪律    60  上班期间擅离岗位的，每人次扣0.5分
Reports    7.5
";
        let shown = table().render(80);
        let lines: Vec<_> = shown.lines().filter(|it| !it.starts_with('─')).collect();
        let wanted: Vec<_> = expected.lines().filter(|it| !it.starts_with('─')).collect();
        assert_eq!(lines, wanted);
    }

    #[test]
    fn long_values_are_broken() {
        let shown = table().render(34);
        assert!(shown.lines().all(|it| width(it) <= 34), "{shown}");
        assert!(shown.contains("上班期间"), "{shown}");
        assert!(shown.lines().count() > 4, "{shown}");
    }

    #[test]
    fn the_widest_gives_first() {
        assert_eq!(shrink(vec![10, 30, 5], 25, 4), [10, 10, 5]);
        assert_eq!(shrink(vec![10, 10], 4, 8), [8, 8]);
        assert_eq!(shrink(vec![3, 4], 80, 8), [3, 4]);
    }
}
