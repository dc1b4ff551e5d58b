//! The container of a .doc: its streams, and the table of contents (FIB) at the head of the main one.

use std::io::{Cursor, Read};

use super::bytes::Bytes;
use crate::{document::ReadError, limits};

/// The streams of a document.
#[derive(Debug)]
pub(super) struct Streams {
    word: Vec<u8>,
    table: Vec<u8>,
    data: Vec<u8>,
}

/// The contents of a document: its streams, and where in them everything stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct File<'b> {
    /// The main stream: text, and pages of formatting.
    pub(super) word: Bytes<'b>,
    /// The stream of tables.
    pub(super) table: Bytes<'b>,
    /// The stream of large properties.
    pub(super) data: Bytes<'b>,
}

/// A structure of the table stream, by its place in the FIB.
#[derive(Debug, Clone, Copy)]
pub(super) enum Structure {
    /// The style sheet.
    Styles = 1,
    /// Where footnotes are referred to.
    FootnoteReferences = 2,
    /// Where each footnote stands.
    FootnoteTexts = 3,
    /// The sections.
    Sections = 6,
    /// The pages of character properties.
    CharacterPages = 12,
    /// The pages of paragraph properties.
    ParagraphPages = 13,
    /// The fonts.
    Fonts = 15,
    /// The pieces that the text consists of.
    Pieces = 33,
    /// Where shapes are anchored.
    Shapes = 40,
    /// Where endnotes are referred to.
    EndnoteReferences = 46,
    /// Where each endnote stands.
    EndnoteTexts = 47,
    /// Where the text of each text box stands.
    TextBoxes = 56,
    /// The lists.
    Lists = 73,
    /// The lists that paragraphs refer to.
    ListOverrides = 74,
}

/// A part of the text with positions of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Story {
    /// The text of the pages.
    Main = 0,
    /// The footnotes.
    Footnotes = 1,
    /// The endnotes.
    Endnotes = 5,
    /// The text boxes.
    TextBoxes = 6,
}

const FLAGS: usize = 0x0A;
const COUNTS: usize = 0x4C;
const STRUCTURES: usize = 0x9A;
/// How many stories a text has, headers and comments too.
const STORIES: usize = 8;
/// The signature of Word 97 and later; those of earlier versions begin with the same byte or the next.
const WORD_97: u16 = 0xA5EC;

impl Streams {
    /// Opens a container.
    ///
    /// # Errors
    ///
    /// It is damaged, encrypted, too large, or of a version before Word 97.
    pub(super) fn open(bytes: &[u8]) -> Result<Self, ReadError> {
        let mut container =
            cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|it| damaged("cfb", &it))?;
        let word = read(&mut container, "WordDocument")?;
        let head = Bytes::new("WordDocument", &word);
        let signature = head.u16(0)?;
        if signature != WORD_97 && matches!(signature >> 8, 0xA5 | 0xA6) {
            return Err(ReadError::Unsupported("Word 6/95".to_owned()));
        }
        if signature != WORD_97 {
            return Err(head.damaged(0, "no Word document begins so"));
        }
        let flags = head.u16(FLAGS)?;
        if flags & 0x0100 != 0 {
            return Err(ReadError::Encrypted);
        }
        let table = if flags & 0x0200 != 0 { "1Table" } else { "0Table" };
        let table = read(&mut container, table)?;
        let data =
            if container.is_stream("/Data") { read(&mut container, "Data")? } else { Vec::new() };
        Ok(Self { word, table, data })
    }

    /// The contents.
    pub(super) fn file(&self) -> File<'_> {
        File {
            word: Bytes::new("WordDocument", &self.word),
            table: Bytes::new("Table", &self.table),
            data: Bytes::new("Data", &self.data),
        }
    }
}

fn read(
    container: &mut cfb::CompoundFile<Cursor<&[u8]>>,
    name: &'static str,
) -> Result<Vec<u8>, ReadError> {
    let stream = container.open_stream(format!("/{name}")).map_err(|it| damaged(name, &it))?;
    let stated = stream.len();
    if stated > limits::MAX_PART_BYTES {
        return Err(ReadError::TooLarge { what: "part", bound: limits::MAX_PART_BYTES });
    }
    let mut bytes = Vec::new();
    stream.take(stated).read_to_end(&mut bytes).map_err(|it| damaged(name, &it))?;
    if bytes.len() as u64 != stated {
        return Err(damaged(name, &"the stream ends early"));
    }
    Ok(bytes)
}

fn damaged(part: &str, reason: &dyn std::fmt::Display) -> ReadError {
    ReadError::Damaged { part: part.to_owned(), reason: reason.to_string() }
}

impl<'b> File<'b> {
    /// Where a structure stands in the table stream, and how large it is.
    pub(super) fn locate(self, structure: Structure) -> Result<(usize, usize), ReadError> {
        let at = STRUCTURES + structure as usize * 8;
        Ok((self.word.size(at)?, self.word.size(at + 4)?))
    }

    /// A structure of the table stream; one that is not there is empty.
    pub(super) fn structure(self, structure: Structure) -> Result<Bytes<'b>, ReadError> {
        match self.locate(structure)? {
            (_, 0) => self.table.slice(0, 0),
            (at, count) => self.table.slice(at, count),
        }
    }

    /// How many characters all stories have, and which of them are a story's.
    pub(super) fn story(self, story: Story) -> Result<std::ops::Range<usize>, ReadError> {
        let start = self.characters(story as usize)?;
        Ok(start..start + self.word.size(COUNTS + story as usize * 4)?)
    }

    /// How many characters the first stories have together.
    fn characters(self, stories: usize) -> Result<usize, ReadError> {
        (0..stories).try_fold(0usize, |sum, nth| {
            let at = COUNTS + nth * 4;
            let sum = sum.checked_add(self.word.size(at)?);
            sum.filter(|it| *it <= self.word.len())
                .ok_or_else(|| self.word.damaged(at, "more characters than the stream holds"))
        })
    }

    /// How many characters the text has: where there are stories besides the main one, one more ends them.
    pub(super) fn all_characters(self) -> Result<usize, ReadError> {
        let all = self.characters(STORIES)?;
        Ok(all + usize::from(all > self.characters(1)?))
    }
}
