//! Word 97 to 2003 (.doc, and .wps of that container): a stream of characters, and beside it tables that say which of them
//! make a paragraph, a cell, a row, and how paragraphs are numbered.

mod bytes;
mod file;
mod fonts;
mod format;
mod layout;
mod lists;
mod places;
mod properties;
mod sprm;
mod story;
mod styles;
mod text;

use self::{
    file::{File, Story, Streams},
    fonts::Fonts,
    format::{Marks, Runs},
    places::Places,
    properties::{Outside, Properties},
    story::{Raw, Reader, Seen},
    styles::Styles,
    text::Text,
};
use crate::{
    diagnostic::{Finding, Findings, Severity},
    document::{
        Builder, Document, Format, ReadError, from_source,
        word::{self, Piece, numbering::Numbering},
    },
    source::Source,
};

/// Reads a .doc.
///
/// # Errors
///
/// The file is damaged, encrypted, of a version before Word 97, or passes a bound; see [`ReadError`].
pub fn read(source: &Source, findings: &mut Findings) -> Result<Document, ReadError> {
    let streams = Streams::open(&source.bytes)?;
    let file = streams.file();
    let mut contents = Contents::of(file)?;
    let mut numbering = lists::read(file, &contents.fonts)?;
    let mut seen =
        Seen { page: 1, boxes: vec![false; contents.places.boxes.len()], ..Seen::default() };
    let blocks = contents.blocks(file, &mut seen)?;
    let mut pieces = layout::lay(blocks, &mut numbering);
    let pages = (seen.page > 1).then_some(seen.page);
    if pages.is_none() {
        pieces.iter_mut().for_each(Piece::forget_page);
    }
    report(&seen, &numbering, findings);
    let mut builder = Builder::default();
    word::pour(pieces, &mut builder)?;
    let sha256 = from_source::sha256(&source.bytes);
    Ok(builder.finish(&source.name, Format::Doc, sha256, pages))
}

fn report(seen: &Seen, numbering: &Numbering, findings: &mut Findings) {
    let counts = [
        ("revisions-pending", Severity::Note, seen.revisions),
        ("hidden-text", Severity::Note, seen.hidden),
        ("embedded-not-read", Severity::Warning, seen.embedded),
        ("pictures-not-read", Severity::Note, seen.pictures),
        ("number-format-unknown", Severity::Warning, numbering.guessed),
        ("numbers-missing", Severity::Note, numbering.missing),
    ];
    for (code, severity, count) in counts.into_iter().filter(|it| it.2 > 0) {
        findings.push(Finding::new(code, severity).arg("count", count));
    }
}

/// The text of a document, and what is said of its characters and paragraphs.
struct Contents<'b> {
    text: Text<'b>,
    marks: Marks,
    paragraphs: Runs<'b>,
    styles: Styles,
    fonts: Fonts,
    places: Places,
    outside: Outside<'b>,
}

impl<'b> Contents<'b> {
    fn of(file: File<'b>) -> Result<Self, ReadError> {
        let text = Text::of(file)?;
        let paragraphs = Runs::of_paragraphs(file)?;
        paragraphs.fit(&text, file.word)?;
        text.check(file.story(Story::Main)?, file.word)?;
        let mut outside = Outside::new(file.data);
        Ok(Self {
            marks: Runs::of_characters(file)?.marks(&text),
            paragraphs,
            styles: Styles::of(file, &mut outside)?,
            fonts: Fonts::of(file)?,
            places: Places::of(file)?,
            outside,
            text,
        })
    }

    /// The blocks of the main text; text boxes that are anchored nowhere in it follow.
    fn blocks(&mut self, file: File<'_>, seen: &mut Seen) -> Result<Vec<Raw>, ReadError> {
        let mut blocks = Reader::read(self, seen, file.story(Story::Main)?)?;
        for nth in 0..self.places.boxes.len() {
            let Some((_, positions)) = self.places.boxes.get(nth).cloned() else { continue };
            if let Some(read) = seen.boxes.get_mut(nth).filter(|it| !**it) {
                *read = true;
                blocks.extend(Reader::read(self, seen, positions)?);
            }
        }
        Ok(blocks)
    }

    /// What is said of the paragraph that a character ends.
    fn properties(&mut self, position: usize) -> Result<Properties, ReadError> {
        let Some(piece) = self.text.piece(position) else { return Ok(Properties::default()) };
        let run = self.paragraphs.at(piece.offset_of(position));
        let (style, list) =
            run.and_then(|it| it.list.split_first_chunk()).unwrap_or((&[0; 2], &[]));
        let mut properties = self.styles.properties(u16::from_le_bytes(*style));
        properties.apply(list, &mut self.outside)?;
        properties.apply(self.text.change(piece), &mut self.outside)?;
        Ok(properties)
    }

    /// Whether the formatting of a paragraph ends with a character.
    fn ends_formatting(&self, position: usize) -> bool {
        let Some(piece) = self.text.piece(position) else { return false };
        let offset = piece.offset_of(position);
        self.paragraphs.at(offset).is_some_and(|it| it.to == offset + piece.width)
    }
}
