//! What the two Word formats share: the flow of blocks before it becomes a document, tables laid out from their rows,
//! automatic numbers, and the characters of symbol fonts.

pub(crate) mod field;
pub(crate) mod grid;
pub(crate) mod line;
pub(crate) mod number_format;
pub(crate) mod numbering;
pub(crate) mod symbol;

use self::grid::Row;
use crate::document::{Builder, ParagraphDraft, ReadError};

/// A block as Word states it, before tables are laid out.
#[derive(Debug, Clone)]
pub(crate) enum Piece {
    /// A paragraph and the page that it begins on.
    Paragraph(ParagraphDraft, Option<u32>),
    /// A table's rows and the page that it begins on.
    Table(Vec<Row>, Option<u32>),
}

impl Piece {
    /// The page that it begins on.
    pub(crate) const fn page(&self) -> Option<u32> {
        match self {
            Self::Paragraph(_, page) | Self::Table(_, page) => *page,
        }
    }

    /// Takes its pages away.
    pub(crate) fn forget_page(&mut self) {
        match self {
            Self::Paragraph(_, page) => *page = None,
            Self::Table(rows, page) => {
                *page = None;
                rows.iter_mut().flat_map(|it| &mut it.cells).for_each(|it| it.page = None);
            }
        }
    }
}

/// Hands the blocks to the builder.
///
/// # Errors
///
/// A table may pass a bound.
pub(crate) fn pour(pieces: Vec<Piece>, builder: &mut Builder) -> Result<(), ReadError> {
    for piece in pieces {
        match piece {
            Piece::Paragraph(draft, page) => {
                page.into_iter().for_each(|it| builder.page(it));
                builder.paragraph(&draft);
            }
            Piece::Table(rows, page) => {
                page.into_iter().for_each(|it| builder.page(it));
                let grid = grid::lay(rows)?;
                if !grid.cells.is_empty() {
                    builder.table(grid.rows, grid.columns, grid.cells, None);
                }
            }
        }
    }
    Ok(())
}

/// The blocks of a cell as paragraphs: a nested table becomes one paragraph a row, with a tab between its cells.
pub(crate) fn flatten(pieces: Vec<Piece>) -> Vec<ParagraphDraft> {
    let mut paragraphs = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Paragraph(draft, _) => paragraphs.push(draft),
            Piece::Table(rows, _) => {
                rows.into_iter().for_each(|it| flatten_row(it, &mut paragraphs));
            }
        }
    }
    paragraphs
}

fn flatten_row(row: Row, paragraphs: &mut Vec<ParagraphDraft>) {
    let mut cells = row.cells;
    if cells.len() == 1 {
        paragraphs.extend(cells.pop().into_iter().flat_map(|it| it.paragraphs));
        return;
    }
    let texts = cells.iter().map(|cell| {
        let lines = cell.paragraphs.iter().map(ParagraphDraft::line);
        lines.filter(|it| !it.trim().is_empty()).collect::<Vec<_>>().join(" ")
    });
    let text = texts.collect::<Vec<_>>().join("\t");
    if !text.trim().is_empty() {
        paragraphs.push(ParagraphDraft::plain(text));
    }
}

impl ParagraphDraft {
    /// Label and text in one line.
    fn line(&self) -> String {
        format!("{}{}", self.label.as_deref().unwrap_or_default(), self.text.replace('\n', " "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::word::grid::RowCell;

    #[test]
    fn nested_table_becomes_a_paragraph_for_each_row() {
        let cell = |column, texts: &[&str]| RowCell {
            paragraphs: texts.iter().map(|it| ParagraphDraft::plain(*it)).collect(),
            ..RowCell::new(column, 1)
        };
        let rows = vec![
            Row { cells: vec![cell(0, &["甲"]), cell(1, &["乙", "丙\n丁"])] },
            Row { cells: vec![cell(0, &["一", "二"])] },
            Row { cells: vec![cell(0, &[]), cell(1, &[""])] },
        ];
        let pieces = vec![Piece::Table(rows, None)];
        let texts: Vec<String> = flatten(pieces).into_iter().map(|it| it.text).collect();
        assert_eq!(texts, ["甲\t乙 丙 丁", "一", "二"]);
    }
}
