//! How a document is built, for a terminal: what it says of itself, its numbered lines by depth, the roles of columns.

use crate::{
    diagnostic::columns::{cut, visible, width},
    document::{Block as DocumentBlock, Document, folded::Letters},
    message::Catalogue,
    outline::{
        Block, Line, LineKind, Outline, Rubric,
        table::{Role, Sign},
    },
    source::Span,
};

/// A number before a line is no longer than this; what is longer is text.
const LONGEST_LABEL: usize = 16;

/// Shows an outline: one line for each title, attachment, numbered line and table.
#[must_use]
pub fn render(
    outline: &Outline,
    document: &Document,
    letters: &Letters<'_>,
    words: &Catalogue,
    columns: usize,
) -> String {
    let starts = paragraph_starts(document);
    let mut res = format!("{}\n{}", words.words("inspect.outline"), header(outline, words));
    for block in &outline.blocks {
        let shown = match block {
            Block::Line(it) if it.kind == LineKind::Plain => continue,
            Block::Line(it) => line(it, &starts, letters),
            Block::Table(it) => table(it, words),
        };
        res.push_str(&format!("  {}\n", cut(&visible(&shown), columns.saturating_sub(2))));
    }
    res
}

fn header(outline: &Outline, words: &Catalogue) -> String {
    let header = &outline.header;
    let fields = [
        ("title", header.title.as_ref().map(|it| it.text.clone())),
        ("issuer", header.issuer.clone()),
        ("number", header.number.clone()),
        ("date", header.date.clone()),
        ("year", header.year.clone()),
        ("replaces", header.replaces.clone()),
    ];
    let known = fields.into_iter().filter_map(|(key, value)| Some((key, value?)));
    let colon = words.words("punctuation.colon");
    let shown = known.map(|(key, value)| {
        format!("  {}{colon}{}\n", words.words(&format!("inspect.{key}")), visible(&value))
    });
    shown.collect()
}

/// A line with its number, as the document writes it, further to the right the deeper it stands.
fn line(line: &Line, starts: &[u32], letters: &Letters<'_>) -> String {
    let span = line.text.whole();
    let nth = starts.partition_point(|it| *it <= span.start).checked_sub(1);
    let start = nth.and_then(|it| starts.get(it)).copied().unwrap_or(span.start);
    let label = letters.quote(Span::new(start, span.start));
    let label = if width(&label) > LONGEST_LABEL { String::new() } else { label };
    let indent = "  ".repeat(line.depth as usize);
    format!("{indent}{label}{}", letters.quote(span))
}

/// Where each paragraph outside of tables begins.
fn paragraph_starts(document: &Document) -> Vec<u32> {
    let paragraphs = document.blocks.iter().filter_map(|it| match it {
        DocumentBlock::Paragraph(it) => Some(it.span.start),
        DocumentBlock::Table(_) => None,
    });
    paragraphs.collect()
}

fn table(table: &Rubric, words: &Catalogue) -> String {
    let number = table.place.table.unwrap_or_default();
    let columns: Vec<String> = table
        .columns
        .iter()
        .map(|it| format!("{}[{}]", it.header, words.term_of("role", role_name(it.role))))
        .collect();
    words.text("inspect.roles", &[("number", &number), ("columns", &columns.join(" | "))])
}

const fn role_name(role: Role) -> &'static str {
    match role {
        Role::Serial => "serial",
        Role::Name => "name",
        Role::Points => "points",
        Role::Weight => "weight",
        Role::Criteria => "criteria",
        Role::Signed(Sign::Deduct) => "deduct",
        Role::Signed(Sign::Add) => "add",
        Role::Signed(Sign::Either) => "signed",
        Role::Level => "level",
        Role::Case => "case",
        Role::Unit => "unit",
        Role::Grade => "grade",
        Role::Band => "band",
        Role::Assessor => "assessor",
        Role::Responsible => "responsible",
        Role::Form => "form",
        Role::Text => "text",
    }
}
