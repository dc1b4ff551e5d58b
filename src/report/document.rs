//! A document for a terminal: what was read, block by block.

use crate::{
    diagnostic::columns::{pad_left, visible, wrap},
    document::{Block, Document, Paragraph, Table},
    message::Catalogue,
    report::grid,
};

/// The columns that the number of a paragraph takes.
const MARGIN: usize = 6;

/// Shows a document: its name and format, then each page, paragraph (with its number) and table (as a grid).
#[must_use]
pub fn render(document: &Document, words: &Catalogue, columns: usize) -> String {
    let mut res = head(document, words);
    let mut page = None;
    for block in &document.blocks {
        let place = match block {
            Block::Paragraph(it) => it.place,
            Block::Table(it) => it.place,
        };
        if place.page.is_some() && place.page != page {
            page = place.page;
            let number = page.unwrap_or_default();
            res.push_str(&format!("\n{}\n", words.text("inspect.page", &[("page", &number)])));
        }
        match block {
            Block::Paragraph(it) => push_paragraph(&mut res, it, columns),
            Block::Table(it) => push_table(&mut res, it, words, columns),
        }
    }
    res
}

fn head(document: &Document, words: &Catalogue) -> String {
    let paragraphs = document.blocks.iter().filter(|it| matches!(it, Block::Paragraph(_))).count();
    let tables = document.blocks.len() - paragraphs;
    let format = format!("{:?}", document.format).to_lowercase();
    let characters = document.text.chars().filter(|it| !it.is_whitespace()).count();
    let mut res = words.text(
        "inspect.head",
        &[
            ("name", &visible(&document.name)),
            ("format", &words.term_of("format", &format)),
            ("paragraphs", &paragraphs),
            ("tables", &tables),
            ("characters", &characters),
        ],
    );
    if let Some(pages) = document.pages {
        res.push_str(&words.text("inspect.pages", &[("pages", &pages)]));
    }
    format!("{res}\nsha256 {}\n\n", document.sha256)
}

fn push_paragraph(res: &mut String, paragraph: &Paragraph, columns: usize) {
    let number = paragraph.place.paragraph.map(|it| it.to_string()).unwrap_or_default();
    let mut lead = pad_left(&number, MARGIN - 2);
    let text = visible(&paragraph.full_text());
    for line in wrap(&text, columns.saturating_sub(MARGIN).max(20)) {
        res.push_str(format!("{lead}  {line}").trim_end());
        res.push('\n');
        lead = " ".repeat(MARGIN - 2);
    }
}

fn push_table(res: &mut String, table: &Table, words: &Catalogue, columns: usize) {
    let title = words.text(
        "inspect.table",
        &[
            ("number", &table.place.table.unwrap_or_default()),
            ("rows", &table.rows),
            ("columns", &table.columns),
        ],
    );
    let name = table.name.as_deref().map(|it| format!(" {}", visible(it))).unwrap_or_default();
    let pages = later_pages(table, words);
    res.push_str(&format!("\n{title}{name}{pages}\n{}\n", grid::render(table, columns)));
}

/// Which rows of a table begin a page after its first.
fn later_pages(table: &Table, words: &Catalogue) -> String {
    let mut page = table.place.page;
    let mut res = String::new();
    for cell in &table.cells {
        if cell.place.page > page {
            page = cell.place.page;
            let (row, page) = (cell.row + 1, page.unwrap_or_default());
            res.push_str(&words.text("inspect.row-page", &[("row", &row), ("page", &page)]));
        }
    }
    res
}
