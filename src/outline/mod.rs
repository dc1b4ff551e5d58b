//! The outline: how a document is built. Numbered lines and their depth, titles and attachments, header data, and tables
//! with the role of each column. The outline knows what a line looks like, not what it means.

pub mod from_document;
pub mod header;
pub mod number;
pub mod table;

pub use self::{header::Header, table::Rubric};
use crate::{document::folded::Folded, outline::number::Number, source::Place};

/// A document's outline.
#[derive(Debug, Clone, Default)]
pub struct Outline {
    /// What the document says of itself.
    pub header: Header,
    /// Lines and tables in reading order.
    pub blocks: Vec<Block>,
}

/// A line or a table.
#[derive(Debug, Clone)]
pub enum Block {
    /// A line outside of tables.
    Line(Line),
    /// A table.
    Table(Rubric),
}

/// A line: a paragraph with what its number and its looks say.
#[derive(Debug, Clone)]
pub struct Line {
    /// What kind of line it is.
    pub kind: LineKind,
    /// Its number, if it begins with one.
    pub number: Option<Number>,
    /// How deep its number stands among the numbers above it; titles stand at 0, text without a number has the depth of
    /// the line above it.
    pub depth: u32,
    /// Whether the format marks it as a heading.
    pub heading: bool,
    /// Its text without the number.
    pub text: Folded,
    /// Where it stands.
    pub place: Place,
}

/// What kind of line it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    /// 附件2, 附表.
    Attachment,
    /// 附件:1.评分表, and the further names of such a list.
    AttachmentList,
    /// A title, or a heading without a number.
    Title,
    /// A line with a number.
    Numbered,
    /// Text.
    Plain,
}
