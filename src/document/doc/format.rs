//! Pages of formatting (FKP): which bytes of the main stream have which list of properties.

use super::{
    bytes::{Bytes, Plc},
    file::{File, Structure},
    text::{CELL_END, PAGE_BREAK, PARAGRAPH_END, Text},
};
use crate::document::ReadError;

/// A stretch of the main stream with one list of properties.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run<'b> {
    /// Its first byte.
    pub(super) from: usize,
    /// One past its last byte.
    pub(super) to: usize,
    /// The list; for a paragraph the number of its style stands before it.
    pub(super) list: &'b [u8],
}

/// All runs, ascending.
#[derive(Debug)]
pub(super) struct Runs<'b>(Vec<Run<'b>>);

const PAGE: usize = 512;

impl<'b> Runs<'b> {
    /// The properties of characters.
    ///
    /// # Errors
    ///
    /// A page lies outside of the stream, or the runs are out of order.
    pub(super) fn of_characters(file: File<'b>) -> Result<Self, ReadError> {
        Self::read(file, Structure::CharacterPages, 1, |page, at| {
            let count = usize::from(page.u8(at)?);
            page.slice(at + 1, count)
        })
    }

    /// The properties of paragraphs.
    ///
    /// # Errors
    ///
    /// As [`Self::of_characters`].
    pub(super) fn of_paragraphs(file: File<'b>) -> Result<Self, ReadError> {
        Self::read(file, Structure::ParagraphPages, 13, |page, at| match page.u8(at)? {
            0 => page.slice(at + 2, usize::from(page.u8(at + 1)?) * 2),
            count => page.slice(at + 1, usize::from(count) * 2 - 1),
        })
    }

    fn read(
        file: File<'b>,
        structure: Structure,
        entry: usize,
        list: impl Fn(Bytes<'b>, usize) -> Result<Bytes<'b>, ReadError>,
    ) -> Result<Self, ReadError> {
        let table = Plc::new(file.structure(structure)?, 4)?;
        let mut runs: Vec<Run<'b>> = Vec::new();
        for nth in 0..table.len() {
            let number = table.item(nth)?.size(0)? & 0x003F_FFFF;
            let page = file.word.slice(number.saturating_mul(PAGE), PAGE)?;
            let count = usize::from(page.u8(PAGE - 1)?);
            for run in 0..count {
                let (from, to) = (page.size(run * 4)?, page.size(run * 4 + 4)?);
                if from >= to || runs.last().is_some_and(|it| it.to > from) {
                    return Err(page.damaged(run * 4, "formatting is out of order"));
                }
                let offset = usize::from(page.u8((count + 1) * 4 + run * entry)?) * 2;
                let list = if offset == 0 { &[] } else { list(page, offset)?.raw() };
                runs.push(Run { from, to, list });
            }
        }
        Ok(Self(runs))
    }

    /// The run in which a byte stands.
    pub(super) fn at(&self, offset: usize) -> Option<Run<'b>> {
        let at = self.0.partition_point(|it| it.to <= offset);
        self.0.get(at).copied().filter(|it| it.from <= offset)
    }

    /// The runs that hold some of these bytes.
    fn within(&self, from: usize, to: usize) -> impl Iterator<Item = Run<'b>> {
        let first = self.0.partition_point(|it| it.to <= from);
        self.0.iter().skip(first).take_while(move |it| it.from < to).copied()
    }

    /// Shows that the formatting of each paragraph ends with the end of a paragraph. There is no checksum in a .doc: this is
    /// what tells that text was overwritten, or stands elsewhere than the file says.
    ///
    /// # Errors
    ///
    /// Formatting ends within a paragraph.
    pub(super) fn fit(&self, text: &Text<'b>, word: Bytes<'b>) -> Result<(), ReadError> {
        for piece in &text.pieces {
            let end = piece.offset_of(piece.positions.end);
            for run in self.within(piece.offset, end).filter(|it| it.to <= end) {
                let last = piece.position_of(run.to).checked_sub(1);
                let unit = last.and_then(|it| text.units.get(it)).copied().unwrap_or_default();
                if !matches!(unit, CELL_END | PAGE_BREAK | PARAGRAPH_END) {
                    return Err(word.damaged(run.to, "formatting ends within a paragraph"));
                }
            }
        }
        Ok(())
    }

    /// What is special about the characters of a text, by position.
    pub(super) fn marks(&self, text: &Text<'b>) -> Marks {
        let mut marks = Vec::new();
        for piece in &text.pieces {
            let change = text.change(piece);
            let end = piece.offset_of(piece.positions.end);
            for run in self.within(piece.offset, end) {
                let mut mark = Mark::default();
                mark.apply(run.list);
                mark.apply(change);
                if mark != Mark::default() {
                    let (from, to) = (piece.position_of(run.from), piece.position_of(run.to));
                    marks.push((from, to, mark));
                }
            }
        }
        Marks(marks)
    }
}

/// What is special about a character.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Mark {
    /// Whether it is deleted by a revision.
    pub(super) deleted: bool,
    /// Whether it is inserted by a revision.
    pub(super) inserted: bool,
    /// Whether it is hidden.
    pub(super) hidden: bool,
    /// Whether it stands for something else: a picture, a note, a shape.
    pub(super) special: bool,
    /// Whether it stands for an embedded object.
    pub(super) object: bool,
    /// The font and the code of a symbol.
    pub(super) symbol: Option<(u16, u16)>,
}

impl Mark {
    fn apply(&mut self, list: &[u8]) {
        for sprm in super::sprm::Sprm::all(list) {
            match sprm.code {
                0x0800 => self.deleted = sprm.on(),
                0x0801 => self.inserted = sprm.on(),
                0x080A | 0x0856 => self.object = sprm.on(),
                0x083C => self.hidden = sprm.on(),
                0x0855 => self.special = sprm.on(),
                0x6A09 => {
                    let both = sprm.long().to_le_bytes();
                    let [a, b, c, d] = both;
                    self.symbol = Some((u16::from_le_bytes([a, b]), u16::from_le_bytes([c, d])));
                }
                _ => {}
            }
        }
    }
}

/// What is special about characters, by position.
#[derive(Debug)]
pub(super) struct Marks(Vec<(usize, usize, Mark)>);

impl Marks {
    /// What is special about the character at a position.
    pub(super) fn at(&self, position: usize) -> Mark {
        let at = self.0.partition_point(|it| it.1 <= position);
        self.0.get(at).filter(|it| it.0 <= position).map(|it| it.2).unwrap_or_default()
    }
}
