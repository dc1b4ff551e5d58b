//! What was read from a PDF, ready for the document's builder: plain data, so that a worker process can hand it over.

use serde::{Deserialize, Serialize};

use crate::{
    diagnostic::{Finding, Findings, Severity},
    document::{Builder, CellDraft, Document, Format, ParagraphDraft, Style, from_source::sha256},
    source::Source,
};

/// What was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Reading {
    /// The number of pages.
    pub pages: u32,
    /// Paragraphs and tables in reading order.
    pub blocks: Vec<ReadBlock>,
    /// What there is to say about the file.
    pub remarks: Vec<Remark>,
}

/// A paragraph or a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum ReadBlock {
    /// A paragraph.
    Paragraph(ReadParagraph),
    /// A table.
    Table(ReadTable),
}

/// A paragraph outside of tables.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ReadParagraph {
    /// The page on which it begins.
    pub page: u32,
    /// Its text.
    pub text: String,
    /// Whether it is centred.
    pub centered: bool,
    /// Whether a new page was begun for it.
    pub begins_page: bool,
}

/// A table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ReadTable {
    /// The page on which it begins.
    pub page: u32,
    /// The number of rows.
    pub rows: u32,
    /// The number of columns.
    pub columns: u32,
    /// The cells.
    pub cells: Vec<ReadCell>,
}

/// A cell.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ReadCell {
    /// The first row, from 0.
    pub row: u32,
    /// The first column, from 0.
    pub column: u32,
    /// The number of rows.
    pub row_span: u32,
    /// The number of columns.
    pub column_span: u32,
    /// The page on which it begins.
    pub page: u32,
    /// The paragraphs.
    pub paragraphs: Vec<String>,
}

/// Something about the file that a reader of the result should know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Remark {
    /// These pages are pictures without text.
    PicturedPages(Vec<u32>),
    /// The text is the layer that some recogniser put under pictures.
    RecognisedText,
    /// So many characters have no mapping to text.
    UnmappedCharacters(u32),
    /// These pages' contents do not match their checksum.
    DamagedPages(Vec<u32>),
    /// So many other parts of the file do not match their checksum.
    DamagedParts(u32),
    /// The file says that it has so many more pages.
    MissingPages(u32),
    /// The file's index was damaged and has been rebuilt.
    Rebuilt,
    /// Some text is set in a font that cannot be read.
    UnreadFonts,
    /// This line stood on so many pages as a running head, and was left out.
    RunningHead {
        /// The line.
        text: String,
        /// The number of pages.
        count: u32,
    },
    /// The second reader read the text, which knows neither tables nor places.
    SecondReader,
}

impl Reading {
    /// Builds the document.
    pub(super) fn into_document(self, source: &Source, findings: &mut Findings) -> Document {
        let mut builder = Builder::default();
        for block in &self.blocks {
            match block {
                ReadBlock::Paragraph(it) => {
                    builder.page(it.page);
                    builder.paragraph(&it.draft());
                }
                ReadBlock::Table(it) => {
                    builder.page(it.page);
                    let cells = it.cells.iter().map(ReadCell::draft).collect();
                    builder.table(it.rows, it.columns, cells, None);
                }
            }
        }
        findings.extend(self.remarks.iter().map(Remark::finding));
        builder.finish(&source.name, Format::Pdf, sha256(&source.bytes), Some(self.pages))
    }
}

impl ReadParagraph {
    fn draft(&self) -> ParagraphDraft {
        let style =
            Style { heading: None, centered: self.centered, page_break_before: self.begins_page };
        ParagraphDraft { label: None, text: self.text.clone(), style }
    }
}

impl ReadCell {
    fn draft(&self) -> CellDraft {
        CellDraft {
            row: self.row,
            column: self.column,
            row_span: self.row_span,
            column_span: self.column_span,
            paragraphs: self.paragraphs.iter().map(ParagraphDraft::plain).collect(),
            page: Some(self.page),
        }
    }
}

impl Remark {
    fn finding(&self) -> Finding {
        let pages = |pages: &[u32]| pages.iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
        match self {
            Self::PicturedPages(numbers) => {
                Finding::new("pdf-pictured-pages", Severity::Error).arg("pages", pages(numbers))
            }
            Self::RecognisedText => Finding::new("pdf-recognised-text", Severity::Warning),
            Self::UnmappedCharacters(count) => {
                Finding::new("pdf-unmapped-characters", Severity::Error).arg("count", count)
            }
            Self::DamagedPages(numbers) => {
                Finding::new("pdf-damaged-pages", Severity::Error).arg("pages", pages(numbers))
            }
            Self::DamagedParts(count) => {
                Finding::new("pdf-damaged-parts", Severity::Error).arg("count", count)
            }
            Self::MissingPages(count) => {
                Finding::new("pdf-missing-pages", Severity::Error).arg("count", count)
            }
            Self::UnreadFonts => Finding::new("pdf-unread-fonts", Severity::Error),
            Self::Rebuilt => Finding::new("pdf-rebuilt", Severity::Warning),
            Self::RunningHead { text, count } => {
                Finding::new("running-head-dropped", Severity::Note)
                    .arg("text", text)
                    .arg("count", count)
                    .at(String::new(), text)
            }
            Self::SecondReader => Finding::new("pdf-second-reader", Severity::Warning),
        }
    }
}
