//! The document: what a file says, with the place of each word, and nothing of the format that it came in.
//!
//! A document is a list of blocks. A block is a paragraph or a table; a table is a grid of cells, each of which may span
//! rows and columns; a cell holds paragraphs. All paragraphs in reading order, joined by line feeds, are the document's
//! *text*; a [`Span`] counts its characters.

pub mod doc;
pub mod docx;
mod encoding;
mod error;
pub mod folded;
pub mod from_html;
pub mod from_source;
pub mod from_text;
pub mod from_xlsx;
mod grid;
pub mod pdf;
mod word;

use std::borrow::Cow;

use serde::Serialize;

pub use self::error::ReadError;
use crate::source::{Place, Span};

/// The kinds of files that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// Plain text, Markdown, and tables dumped as text.
    Text,
    /// Word since 2007.
    Docx,
    /// Word 97 to 2003, and WPS of that container.
    Doc,
    /// Portable document format.
    Pdf,
    /// Web page.
    Html,
    /// Excel, new and old.
    Xlsx,
    /// Comma or tab separated values.
    Csv,
}

/// Stands in the text where a reader has joined what a page end had torn and other text stood between: a quote never
/// reaches over it. It takes no room and is no character of the document.
pub const TEAR: char = '\u{2060}';

/// A document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Document {
    /// The name of the file.
    pub name: String,
    /// What the file's bytes are, whatever its name says.
    pub format: Format,
    /// The SHA-256 of the file's bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// The number of pages, where the format states pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pages: Option<u32>,
    /// Paragraphs and tables in reading order.
    pub blocks: Vec<Block>,
    /// The text: all paragraphs, those of cells too, joined by line feeds.
    #[serde(skip)]
    pub text: String,
}

/// A paragraph or a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Block {
    /// A paragraph outside of tables.
    Paragraph(Paragraph),
    /// A table.
    Table(Table),
}

/// A paragraph.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Paragraph {
    /// The number that the format supplies and the text does not hold (一、 of a Word list). In the document's text it
    /// stands before `text`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The text, without a line feed.
    pub text: String,
    /// The characters of label and text within the document's text.
    pub span: Span,
    /// Where it stands.
    pub place: Place,
    /// What the format says of its looks.
    #[serde(skip_serializing_if = "Style::is_plain")]
    pub style: Style,
}

impl Paragraph {
    /// Label and text together.
    #[must_use]
    pub fn full_text(&self) -> Cow<'_, str> {
        match &self.label {
            Some(label) => Cow::Owned(format!("{label}{}", self.text)),
            None => Cow::Borrowed(&self.text),
        }
    }
}

/// What a format says of a paragraph's looks; a help for finding titles and headings, never needed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Style {
    /// The level of a heading, 1 being the highest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub heading: Option<u8>,
    /// Whether it is centred.
    pub centered: bool,
    /// Whether a new page begins with it.
    pub page_break_before: bool,
}

impl Style {
    /// Whether the format says nothing.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        *self == Self::default()
    }
}

/// A table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Table {
    /// The number of rows of the grid.
    pub rows: u32,
    /// The number of columns of the grid.
    pub columns: u32,
    /// The cells, by row and column of their first corner. No two overlap; a place of the grid may be without a cell.
    pub cells: Vec<Cell>,
    /// Where it stands.
    pub place: Place,
    /// A name that the format gives (the sheet of a workbook).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// A cell of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// Its first row, from 0.
    pub row: u32,
    /// Its first column, from 0.
    pub column: u32,
    /// How many rows it spans, at least 1.
    pub row_span: u32,
    /// How many columns it spans, at least 1.
    pub column_span: u32,
    /// Its paragraphs.
    pub paragraphs: Vec<Paragraph>,
    /// Where it stands.
    pub place: Place,
}

impl Cell {
    /// The text of its paragraphs, joined by line feeds.
    #[must_use]
    pub fn text(&self) -> String {
        self.paragraphs.iter().map(Paragraph::full_text).collect::<Vec<_>>().join("\n")
    }

    /// The characters of all its paragraphs within the document's text.
    #[must_use]
    pub fn span(&self) -> Span {
        let spans = self.paragraphs.iter().map(|it| it.span);
        spans.reduce(Span::join).unwrap_or_default()
    }
}

impl Table {
    /// The cell that covers a place of the grid.
    #[must_use]
    pub fn cell(&self, row: u32, column: u32) -> Option<&Cell> {
        self.cells.iter().find(|it| {
            (it.row..it.row + it.row_span).contains(&row)
                && (it.column..it.column + it.column_span).contains(&column)
        })
    }
}

/// A paragraph as a reader hands it over.
#[derive(Debug, Clone, Default)]
pub struct ParagraphDraft {
    /// The number that the format supplies and the text does not hold.
    pub label: Option<String>,
    /// The text. Line feeds split it into several paragraphs.
    pub text: String,
    /// What the format says of its looks.
    pub style: Style,
}

impl ParagraphDraft {
    /// A plain paragraph.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self { label: None, text: text.into(), style: Style::default() }
    }
}

/// A cell as a reader hands it over.
#[derive(Debug, Clone, Default)]
pub struct CellDraft {
    /// Its first row, from 0.
    pub row: u32,
    /// Its first column, from 0.
    pub column: u32,
    /// How many rows it spans, at least 1.
    pub row_span: u32,
    /// How many columns it spans, at least 1.
    pub column_span: u32,
    /// Its paragraphs.
    pub paragraphs: Vec<ParagraphDraft>,
    /// The page, where it differs from the table's.
    pub page: Option<u32>,
}

/// Puts a document together in reading order: readers push blocks, the builder assigns spans and places.
#[derive(Debug, Default)]
pub struct Builder {
    blocks: Vec<Block>,
    text: String,
    chars: u32,
    page: Option<u32>,
    tables: u32,
    paragraphs: u32,
}

impl Builder {
    /// Says on which page the next block begins.
    pub const fn page(&mut self, page: u32) {
        self.page = Some(page);
    }

    /// Adds a paragraph. Empty ones are dropped; line feeds split it.
    pub fn paragraph(&mut self, draft: &ParagraphDraft) {
        for (nth, line) in draft.text.split('\n').enumerate() {
            let label = draft.label.clone().filter(|it| nth == 0 && !it.is_empty());
            if line.trim().is_empty() && label.is_none() {
                continue;
            }
            self.paragraphs += 1;
            let place =
                Place { page: self.page, paragraph: Some(self.paragraphs), ..Place::default() };
            let paragraph = self.lay(label, line, draft.style, place);
            self.blocks.push(Block::Paragraph(paragraph));
        }
    }

    /// Adds a table. Cells are put in order of row and column; empty cells stay, since they may be merged ones.
    pub fn table(&mut self, rows: u32, columns: u32, cells: Vec<CellDraft>, name: Option<String>) {
        self.tables += 1;
        let place = Place { page: self.page, table: Some(self.tables), ..Place::default() };
        let mut drafts = cells;
        drafts.sort_by_key(|it| (it.row, it.column));
        let cells = drafts.iter().map(|it| self.cell(it, place)).collect();
        self.blocks.push(Block::Table(Table { rows, columns, cells, place, name }));
    }

    fn cell(&mut self, draft: &CellDraft, table: Place) -> Cell {
        let place = Place {
            page: draft.page.or(table.page),
            row: Some(draft.row + 1),
            column: Some(draft.column + 1),
            ..table
        };
        let mut paragraphs = Vec::with_capacity(draft.paragraphs.len());
        for it in &draft.paragraphs {
            for (nth, line) in it.text.split('\n').enumerate() {
                let label = it.label.clone().filter(|it| nth == 0 && !it.is_empty());
                if !line.trim().is_empty() || label.is_some() {
                    paragraphs.push(self.lay(label, line, it.style, place));
                }
            }
        }
        Cell {
            row: draft.row,
            column: draft.column,
            row_span: draft.row_span.max(1),
            column_span: draft.column_span.max(1),
            paragraphs,
            place,
        }
    }

    fn lay(&mut self, label: Option<String>, line: &str, style: Style, place: Place) -> Paragraph {
        if !self.text.is_empty() {
            self.text.push('\n');
            self.chars += 1;
        }
        let start = self.chars;
        for part in [label.as_deref().unwrap_or_default(), line] {
            self.text.push_str(part);
            self.chars += u32::try_from(part.chars().count()).unwrap_or(u32::MAX);
        }
        Paragraph { label, text: line.to_owned(), span: Span::new(start, self.chars), place, style }
    }

    /// The finished document.
    #[must_use]
    pub fn finish(
        self,
        name: &str,
        format: Format,
        sha256: String,
        pages: Option<u32>,
    ) -> Document {
        Document {
            name: name.to_owned(),
            format,
            sha256,
            pages,
            blocks: self.blocks,
            text: self.text,
        }
    }
}
