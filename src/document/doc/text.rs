//! The text of a .doc: pieces of the main stream, in one or two bytes a character.

use std::ops::Range;

use super::{
    bytes::{Bytes, Plc},
    file::{File, Structure},
};
use crate::document::ReadError;

/// The text of all stories.
#[derive(Debug)]
pub(super) struct Text<'b> {
    /// Its UTF-16 units by character position.
    pub(super) units: Vec<u16>,
    /// The pieces, which cover all positions in order.
    pub(super) pieces: Vec<TextPiece>,
    /// Changes of properties that pieces refer to.
    changes: Vec<Bytes<'b>>,
}

/// A piece of the text.
#[derive(Debug, Clone)]
pub(super) struct TextPiece {
    /// Its character positions.
    pub(super) positions: Range<usize>,
    /// Where it begins in the main stream.
    pub(super) offset: usize,
    /// The bytes of one character: 1 or 2.
    pub(super) width: usize,
    /// The change of properties that it carries.
    change: u16,
}

impl TextPiece {
    /// Where a character stands in the main stream.
    pub(super) fn offset_of(&self, position: usize) -> usize {
        self.offset + position.saturating_sub(self.positions.start) * self.width
    }

    /// The position of the character at or after an offset, within the piece.
    pub(super) fn position_of(&self, offset: usize) -> usize {
        let beyond = offset.saturating_sub(self.offset).div_ceil(self.width);
        (self.positions.start + beyond).min(self.positions.end)
    }
}

/// The mark at the end of a cell or of a row.
pub(super) const CELL_END: u16 = 0x07;
/// A page break, or the end of a section.
pub(super) const PAGE_BREAK: u16 = 0x0C;
/// The mark at the end of a paragraph.
pub(super) const PARAGRAPH_END: u16 = 0x0D;

const CHANGES: u8 = 1;
const PIECES: u8 = 2;

impl<'b> Text<'b> {
    /// Puts the text together.
    ///
    /// # Errors
    ///
    /// A piece lies outside of the stream, or the pieces are not as many characters as the file says.
    pub(super) fn of(file: File<'b>) -> Result<Self, ReadError> {
        let (changes, table) = split(file.structure(Structure::Pieces)?)?;
        let mut text = Self { units: Vec::new(), pieces: Vec::new(), changes };
        for nth in 0..table.len() {
            let item = table.item(nth)?;
            let positions = table.position(nth)?..table.position(nth + 1)?;
            if positions.start != text.units.len() || positions.end < positions.start {
                return Err(table.damaged(nth, "pieces are out of order"));
            }
            let coded = item.size(2)?;
            let narrow = coded & 0x4000_0000 != 0;
            let offset = coded & 0x3FFF_FFFF;
            let (offset, width) = if narrow { (offset / 2, 1) } else { (offset, 2) };
            text.add(file.word.slice(offset, positions.len().saturating_mul(width))?, width);
            // No character stands in two pieces: the text cannot be larger than the stream.
            if text.units.len() > file.word.len() {
                return Err(table.damaged(nth, "more characters than the stream holds"));
            }
            text.pieces.push(TextPiece { positions, offset, width, change: item.u16(6)? });
        }
        if text.units.len() != file.all_characters()? {
            return Err(table.damaged(0, "the pieces are not the whole text"));
        }
        Ok(text)
    }

    /// Shows that a stretch of the text is text: no codes that stand for nothing, no halves of characters.
    ///
    /// # Errors
    ///
    /// Something else stands there.
    pub(super) fn check(&self, positions: Range<usize>, word: Bytes<'_>) -> Result<(), ReadError> {
        let units = self.units.get(positions.clone()).unwrap_or_default();
        let mut at = positions.start;
        for char in char::decode_utf16(units.iter().copied()) {
            let Ok(char) = char else { return Err(self.no_text(at, word)) };
            if matches!(char, '\0' | '\u{6}' | '\u{F}'..='\u{12}' | '\u{16}'..='\u{1D}' | '\u{FFFE}' | '\u{FFFF}')
            {
                return Err(self.no_text(at, word));
            }
            at += char.len_utf16();
        }
        Ok(())
    }

    fn no_text(&self, position: usize, word: Bytes<'_>) -> ReadError {
        let offset = self.piece(position).map_or(0, |it| it.offset_of(position));
        word.damaged(offset, "what stands here is no text")
    }

    fn add(&mut self, bytes: Bytes<'_>, width: usize) {
        if width == 1 {
            let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes.raw());
            self.units.extend(text.encode_utf16());
        } else {
            let pairs = bytes.raw().iter().step_by(2).zip(bytes.raw().iter().skip(1).step_by(2));
            self.units.extend(pairs.map(|(low, high)| u16::from_le_bytes([*low, *high])));
        }
    }

    /// The piece in which a character stands.
    pub(super) fn piece(&self, position: usize) -> Option<&TextPiece> {
        let at = self.pieces.partition_point(|it| it.positions.end <= position);
        self.pieces.get(at).filter(|it| it.positions.contains(&position))
    }

    /// The properties that a piece changes.
    pub(super) fn change(&self, piece: &TextPiece) -> &'b [u8] {
        let nth = usize::from(piece.change >> 1);
        let list = self.changes.get(nth).filter(|_| piece.change & 1 != 0);
        list.map_or(&[], |it| it.raw())
    }
}

/// The changes of properties, and the table of pieces.
fn split(bytes: Bytes<'_>) -> Result<(Vec<Bytes<'_>>, Plc<'_>), ReadError> {
    let mut changes = Vec::new();
    let mut at = 0;
    loop {
        match bytes.u8(at)? {
            CHANGES => {
                let count = usize::from(bytes.u16(at + 1)?);
                changes.push(bytes.slice(at + 3, count)?);
                at += 3 + count;
            }
            PIECES => {
                let table = bytes.slice(at + 5, bytes.size(at + 1)?)?;
                return Ok((changes, Plc::new(table, 8)?));
            }
            _ => return Err(bytes.damaged(at, "no table of pieces")),
        }
    }
}
