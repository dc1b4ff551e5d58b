//! PDF to document.
//!
//! A PDF says where each glyph stands, not what belongs together. So the pages are read as they are drawn ([`glyphs`]),
//! glyphs are put together to lines ([`lines`]), rules to the grids of tables ([`grid`]), and lines and grids over all
//! pages to paragraphs and tables ([`layout`], [`tables`]).

mod borderless;
mod columns;
mod fonts;
mod furniture;
mod glyphs;
mod grid;
mod layout;
mod lines;
mod numbering;
mod page;
mod radicals;
mod reading;
mod second;
mod shapes;
mod soundness;
mod stated;
mod tables;
mod worker;

use std::time::{Duration, Instant};

use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

pub use self::worker::{WORKER_VERB, set_worker, worker_main};
use self::{
    layout::Sheet,
    page::Page,
    reading::{Reading, Remark},
};
use crate::{
    diagnostic::Findings,
    document::{Document, ReadError},
    limits,
    source::Source,
};

/// Reads a PDF: in a worker process where [`set_worker`] has named one, else within this process, which bounds time but
/// neither memory nor the depth of calls.
///
/// # Errors
///
/// Says why the file cannot be read: it is damaged, wants a password, is a scan, holds no mapping to text, or passes a
/// bound.
pub fn read(source: &Source, findings: &mut Findings) -> Result<Document, ReadError> {
    let answer = worker::worker().and_then(|it| worker::read(it, &source.bytes));
    let reading = answer.unwrap_or_else(|| read_here(&source.bytes, limits::MAX_READ_TIME))?;
    Ok(reading.into_document(source, findings))
}

/// Reads a PDF within this process, whether or not there is a worker, and takes about this long at most.
///
/// # Errors
///
/// The same as [`read`].
pub fn read_in_process(
    source: &Source,
    findings: &mut Findings,
    time: Duration,
) -> Result<Document, ReadError> {
    Ok(read_here(&source.bytes, time)?.into_document(source, findings))
}

/// Reads a PDF within this process.
fn read_here(bytes: &[u8], time: Duration) -> Result<Reading, ReadError> {
    let deadline = Instant::now() + time;
    let pdf = Pdf::new(bytes.to_vec()).map_err(load_error)?;
    let count = pdf.pages().len();
    if count > limits::MAX_PAGES {
        return Err(ReadError::TooLarge { what: "pages", bound: limits::MAX_PAGES as u64 });
    }
    let mut pages = glyphs::Pages::new(&pdf, deadline);
    let mut sheets = Vec::with_capacity(count);
    let mut census = Census::default();
    for index in 0..count {
        let page = pages.read(index)?;
        census.count(&page);
        sheets.push(sheet(&page));
    }
    let mut remarks = census.verdict()?;
    if pages.lacks_fonts() {
        remarks.push(Remark::UnreadFonts);
    }
    remarks.extend(soundness::examine(&pdf));
    let pages = u32::try_from(count).unwrap_or(u32::MAX);
    let (blocks, left_out) = layout::flow(sheets);
    remarks.extend(left_out);
    Ok(Reading { pages, blocks, remarks })
}

fn load_error(error: LoadPdfError) -> ReadError {
    let damaged =
        |reason: &str| ReadError::Damaged { part: "PDF".to_owned(), reason: reason.to_owned() };
    match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => ReadError::Encrypted,
        LoadPdfError::Decryption(DecryptionError::UnsupportedAlgorithm) => {
            ReadError::Unsupported("PDF with unknown encryption".to_owned())
        }
        LoadPdfError::Decryption(_) => damaged("its encryption is not valid"),
        LoadPdfError::Invalid => damaged("no page can be found"),
    }
}

/// Puts the glyphs and rules of a page together.
fn sheet(page: &Page) -> Sheet {
    let (grids, free) = grid::grids(page);
    Sheet {
        number: page.number,
        width: page.width,
        height: page.height,
        lines: lines::lines_within(&free, [0; 4]),
        grids,
    }
}

/// A page with fewer glyphs than this, and a picture over most of it, is a picture: a scanner's mark is no text.
const FEW_GLYPHS: usize = 20;
/// A picture that covers so many hundredths of a page is the page.
const MOST_OF_PAGE: u32 = 50;
/// With so many hundredths of glyphs without a mapping, the rest is no text either.
const MOSTLY_UNMAPPED: usize = 30;

/// Counts what the pages hold, to tell text from pictures.
#[derive(Debug, Default)]
struct Census {
    pages: u32,
    glyphs: usize,
    private: usize,
    unmapped: usize,
    invisible: usize,
    pictured: Vec<u32>,
}

impl Census {
    fn count(&mut self, page: &Page) {
        let inked = page.glyphs.iter().filter(|it| it.ch != ' ').count();
        let private = page.glyphs.iter().filter(|it| is_private(it.ch)).count();
        self.pages += 1;
        self.glyphs += inked;
        self.private += private;
        self.unmapped += page.unmapped as usize;
        self.invisible += page.invisible as usize;
        if inked < FEW_GLYPHS && page.pictured >= MOST_OF_PAGE {
            self.pictured.push(page.number);
        }
    }

    /// What is to be said of the file; an error where it holds no text.
    fn verdict(self) -> Result<Vec<Remark>, ReadError> {
        if !self.pictured.is_empty() && self.pictured.len() * 2 > self.pages as usize {
            return Err(ReadError::Scan { pages: self.pages });
        }
        if self.glyphs == 0 {
            return Err(if self.pictured.is_empty() {
                ReadError::NoText
            } else {
                ReadError::Scan { pages: self.pages }
            });
        }
        if (self.unmapped + self.private) * 100 > self.glyphs * MOSTLY_UNMAPPED {
            return Err(ReadError::NoText);
        }
        let mut remarks = Vec::new();
        if !self.pictured.is_empty() {
            remarks.push(Remark::PicturedPages(self.pictured));
        }
        if self.invisible * 2 > self.glyphs {
            remarks.push(Remark::RecognisedText);
        }
        if self.unmapped > 0 {
            let count = u32::try_from(self.unmapped).unwrap_or(u32::MAX);
            remarks.push(Remark::UnmappedCharacters(count));
        }
        Ok(remarks)
    }
}

const fn is_private(ch: char) -> bool {
    matches!(ch, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}')
}
