//! A sheet, whatever container it came in.

use crate::{document::ReadError, limits};

/// A sheet as its cells are shown.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    pub(crate) name: String,
    pub(super) is_hidden: bool,
    /// The cells that show something, in any order.
    pub(crate) cells: Vec<Cell>,
    pub(super) merged: Vec<Region>,
}

/// A cell that shows something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) row: u32,
    pub(crate) column: u32,
    pub(crate) text: String,
}

/// A rectangle of cells, both corners included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Region {
    pub(super) first: (u32, u32),
    pub(super) last: (u32, u32),
}

impl Region {
    pub(super) fn holds(&self, row: u32, column: u32) -> bool {
        (self.first.0..=self.last.0).contains(&row)
            && (self.first.1..=self.last.1).contains(&column)
    }
}

impl Sheet {
    /// Adds a cell, unless it shows nothing.
    ///
    /// # Errors
    ///
    /// Fails where the sheet has more cells than [`limits::MAX_SHEET_CELLS`].
    pub(super) fn push(&mut self, row: u32, column: u32, text: String) -> Result<(), ReadError> {
        if text.trim().is_empty() {
            return Ok(());
        }
        if self.cells.len() >= limits::MAX_SHEET_CELLS {
            let bound = limits::MAX_SHEET_CELLS as u64;
            return Err(ReadError::TooLarge { what: "table", bound });
        }
        self.cells.push(Cell { row, column, text });
        Ok(())
    }
}
