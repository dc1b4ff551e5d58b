//! What lists of properties say of a paragraph and of the row that it ends.

use super::{
    bytes::Bytes,
    sprm::{Sprm, TABLE_DEFINITION},
};
use crate::{
    document::{ReadError, word::grid::Vertical},
    limits,
};

/// What is said of a paragraph.
#[derive(Debug, Clone, Default)]
pub(super) struct Properties {
    /// The list that it counts in.
    pub(super) list: Option<i64>,
    /// The level of that list, from 0; past the last where the list passes over the paragraph.
    pub(super) level: usize,
    /// The outline level, from 0.
    pub(super) outline: Option<u8>,
    /// Whether it is centred.
    pub(super) centered: bool,
    /// Whether a new page begins with it.
    pub(super) page_break_before: bool,
    /// How many tables it stands in.
    pub(super) depth: usize,
    /// Whether it ends a cell of an inner table.
    pub(super) inner_cell_end: bool,
    /// Whether it ends a row.
    pub(super) row_end: bool,
    /// The cells of the row that it ends.
    pub(super) row: RowDefinition,
}

/// The cells of a row.
#[derive(Debug, Clone, Default)]
pub(super) struct RowDefinition {
    /// The left edges of the cells and the right one of the last, in twentieths of a point.
    pub(super) edges: Vec<i16>,
    /// How each is merged.
    pub(super) merges: Vec<Merge>,
}

/// How a cell is merged.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Merge {
    /// Whether it belongs to cells that are merged from left to right.
    pub(super) horizontal: bool,
    /// Its merge from top to bottom.
    pub(super) vertical: Vertical,
}

/// Reads properties that stand outside of their list, within a bound on their number.
#[derive(Debug)]
pub(super) struct Outside<'b> {
    data: Bytes<'b>,
    /// How many bytes may still be read.
    budget: u64,
}

/// How often one list may lead to another.
const MAX_STEPS: u32 = 4;
/// The most cells of a row.
const MAX_CELLS: usize = 64;

impl<'b> Outside<'b> {
    /// Properties in the data stream.
    pub(super) const fn new(data: Bytes<'b>) -> Self {
        Self { data, budget: limits::MAX_INFLATED_BYTES }
    }

    fn list(&mut self, at: u32) -> Result<&'b [u8], ReadError> {
        let at = usize::try_from(at).unwrap_or(usize::MAX);
        let count = self.data.u16(at)?;
        self.budget = self
            .budget
            .checked_sub(u64::from(count))
            .ok_or(ReadError::TooLarge { what: "parts", bound: limits::MAX_INFLATED_BYTES })?;
        Ok(self.data.slice(at.saturating_add(2), usize::from(count))?.raw())
    }
}

impl Properties {
    /// Applies a list of properties.
    ///
    /// # Errors
    ///
    /// The list leads out of the data stream.
    pub(super) fn apply(
        &mut self,
        list: &[u8],
        outside: &mut Outside<'_>,
    ) -> Result<(), ReadError> {
        self.apply_within(list, outside, MAX_STEPS)
    }

    fn apply_within(
        &mut self,
        list: &[u8],
        outside: &mut Outside<'_>,
        steps: u32,
    ) -> Result<(), ReadError> {
        for sprm in Sprm::all(list) {
            match sprm.code {
                0x2403 | 0x2461 => self.centered = sprm.byte() == 1,
                0x2407 => self.page_break_before = sprm.on(),
                0x260A => self.level = usize::from(sprm.byte()),
                0x460B => self.list = Some(list_number(sprm.word())),
                0x2640 => self.outline = Some(sprm.byte()),
                0x2416 if sprm.on() => self.depth = self.depth.max(1),
                0x2416 => self.depth = 0,
                0x6649 => self.depth = usize::try_from(sprm.long()).unwrap_or(usize::MAX),
                0x244B => self.inner_cell_end = sprm.on(),
                0x2417 | 0x244C => self.row_end = sprm.on(),
                0x6645 | 0x6646 | 0x646B if steps > 0 => {
                    let list = outside.list(sprm.long())?;
                    self.apply_within(list, outside, steps - 1)?;
                }
                _ => self.row.apply(sprm),
            }
        }
        Ok(())
    }
}

/// The list that a paragraph refers to: 0 for none; some numbers are negated to keep the paragraph's indents.
fn list_number(operand: u16) -> i64 {
    match operand {
        0xF802..=u16::MAX => i64::from(operand.wrapping_neg()),
        0..0x0800 => i64::from(operand),
        _ => 0,
    }
}

impl RowDefinition {
    fn apply(&mut self, sprm: Sprm<'_>) {
        match sprm.code {
            TABLE_DEFINITION => self.define(sprm.operand),
            0x5624 | 0x5625 => {
                let [first, end] = sprm.word().to_le_bytes();
                let merges = self.merges.iter_mut().take(usize::from(end)).skip(usize::from(first));
                merges.for_each(|it| it.horizontal = sprm.code == 0x5624);
            }
            0xD62B => {
                let [cell, merge] = sprm.word().to_le_bytes();
                if let Some(it) = self.merges.get_mut(usize::from(cell)) {
                    it.vertical = vertical(merge & 1 != 0, merge & 2 != 0);
                }
            }
            _ => {}
        }
    }

    /// The number of cells, their edges, and twenty bytes for each, of which some may be left out.
    fn define(&mut self, operand: &[u8]) {
        let Some((count, rest)) = operand.split_first() else { return };
        let count = usize::from(*count).min(MAX_CELLS);
        let Some((edges, cells)) = rest.split_at_checked((count + 1) * 2) else { return };
        self.edges = edges
            .chunks_exact(2)
            .filter_map(|it| it.first_chunk())
            .map(|it| i16::from_le_bytes(*it))
            .collect();
        let merge = |cell: &[u8]| {
            let flags = cell.first_chunk().map_or(0, |it| u16::from_le_bytes(*it));
            Merge {
                horizontal: flags & 0x0003 != 0,
                vertical: vertical(flags & 0x0020 != 0, flags & 0x0040 != 0),
            }
        };
        self.merges = cells.chunks_exact(20).take(count).map(merge).collect();
        self.merges.resize(count, Merge::default());
    }
}

const fn vertical(merged: bool, first: bool) -> Vertical {
    match (merged, first) {
        (_, true) => Vertical::Restart,
        (true, false) => Vertical::Continue,
        (false, false) => Vertical::Alone,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apply(list: &[u8]) -> Properties {
        let mut properties = Properties::default();
        properties
            .apply(list, &mut Outside::new(Bytes::new("Data", &[3, 0, 0x03, 0x24, 1])))
            .unwrap();
        properties
    }

    #[test]
    fn lists() {
        let table = [(1, 1), (0, 0), (0x07FE, 0x07FE), (0xF801, 0), (0xF802, 0x07FE), (0xFFFF, 1)];
        for (operand, expected) in table {
            assert_eq!(list_number(operand), expected, "{operand:x}");
        }
        assert_eq!(apply(&[0x0A, 0x26, 3]).level, 3);
    }

    #[test]
    fn properties_in_the_data_stream() {
        assert!(apply(&[0x46, 0x66, 0, 0, 0, 0]).centered);
        let mut outside = Outside::new(Bytes::new("Data", &[]));
        assert!(Properties::default().apply(&[0x46, 0x66, 9, 0, 0, 0], &mut outside).is_err());
        // A list that leads to itself ends.
        let own = [6, 0, 0x46, 0x66, 0, 0, 0, 0];
        let mut outside = Outside::new(Bytes::new("Data", &own));
        Properties::default().apply(&[0x46, 0x66, 0, 0, 0, 0], &mut outside).unwrap();
    }

    #[test]
    fn cells_of_a_row() {
        let mut list = vec![0x08, 0xD6, 0, 0, 2, 0x94, 0xFF, 100, 0, 200, 0];
        list.extend([0x60].into_iter().chain([0; 19]));
        list[2] = u8::try_from(list.len() - 4 + 1).unwrap();
        list.extend([0x2B, 0xD6, 2, 1, 1]);
        let row = apply(&list).row;
        assert_eq!(row.edges, [-108, 100, 200]);
        let merges: Vec<Vertical> = row.merges.iter().map(|it| it.vertical).collect();
        assert_eq!(merges, [Vertical::Restart, Vertical::Continue]);
    }

    #[test]
    fn depth_of_tables() {
        assert_eq!(apply(&[0x16, 0x24, 1]).depth, 1);
        assert_eq!(apply(&[0x16, 0x24, 1, 0x49, 0x66, 2, 0, 0, 0]).depth, 2);
        assert_eq!(apply(&[]).depth, 0);
    }
}
