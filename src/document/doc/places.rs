//! What hangs on single characters of the text: sections, notes and text boxes.

use std::{collections::BTreeMap, ops::Range};

use super::{
    bytes::{Bytes, Plc},
    file::{File, Story, Structure},
    sprm::Sprm,
};
use crate::document::ReadError;

/// What hangs on single characters.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// The characters that end a section, and whether the next section begins on a new page.
    pub(super) sections: BTreeMap<usize, bool>,
    /// The characters that refer to a note, and where the note stands.
    pub(super) notes: BTreeMap<usize, Range<usize>>,
    /// The characters that anchor a shape, and its number.
    pub(super) anchors: BTreeMap<usize, u32>,
    /// Where the text boxes stand, in order, each with the number of its shape.
    pub(super) boxes: Vec<(u32, Range<usize>)>,
}

impl Places {
    /// Reads the tables of positions.
    ///
    /// # Errors
    ///
    /// A table is damaged.
    pub(super) fn of(file: File<'_>) -> Result<Self, ReadError> {
        let mut places = Self { sections: sections(file)?, ..Self::default() };
        for (references, texts, story, size) in [
            (Structure::FootnoteReferences, Structure::FootnoteTexts, Story::Footnotes, 2),
            (Structure::EndnoteReferences, Structure::EndnoteTexts, Story::Endnotes, 2),
        ] {
            let references = Plc::new(file.structure(references)?, size)?;
            let texts = within(file, story, Plc::new(file.structure(texts)?, 0)?)?;
            for (nth, text) in (0..references.len()).zip(texts) {
                places.notes.insert(references.position(nth)?, text);
            }
        }
        let shapes = Plc::new(file.structure(Structure::Shapes)?, 26)?;
        for nth in 0..shapes.len() {
            places.anchors.insert(shapes.position(nth)?, shapes.item(nth)?.u32(0)?);
        }
        let boxes = Plc::new(file.structure(Structure::TextBoxes)?, 22)?;
        let texts = within(file, Story::TextBoxes, boxes)?;
        for (nth, text) in texts.into_iter().enumerate() {
            places.boxes.push((boxes.item(nth)?.u32(14)?, text));
        }
        Ok(places)
    }
}

/// The stretches of a story that a table divides it into. The last position ends the story and has no text.
fn within(file: File<'_>, story: Story, table: Plc<'_>) -> Result<Vec<Range<usize>>, ReadError> {
    let all = file.story(story)?;
    let mut ranges = Vec::new();
    for nth in 0..table.len() {
        let (from, to) = (table.position(nth)?, table.position(nth + 1)?);
        if from > to {
            return Err(table.damaged(nth, "texts are out of order"));
        }
        let from = all.start.saturating_add(from).min(all.end);
        ranges.push(from..all.start.saturating_add(to).min(all.end));
    }
    Ok(ranges)
}

fn sections(file: File<'_>) -> Result<BTreeMap<usize, bool>, ReadError> {
    let table = Plc::new(file.structure(Structure::Sections)?, 12)?;
    let mut sections = BTreeMap::new();
    for nth in 1..table.len() {
        let begins = begins_page(file.word, table.item(nth)?)?;
        sections.insert(table.position(nth)?.saturating_sub(1), begins);
    }
    Ok(sections)
}

/// Whether a section begins on a new page, which it does unless it says otherwise.
fn begins_page(word: Bytes<'_>, section: Bytes<'_>) -> Result<bool, ReadError> {
    let at = section.u32(2)?;
    if at == u32::MAX {
        return Ok(true);
    }
    let at = section.size(2)?;
    let list = word.slice(at.saturating_add(2), usize::from(word.u16(at)?))?.raw();
    let kind = Sprm::all(list).filter(|it| it.code == 0x3009).last().map(Sprm::byte);
    Ok(!matches!(kind, Some(0 | 1)))
}
