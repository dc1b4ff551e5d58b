//! Elements to paragraphs and tables.

use super::{
    table,
    tree::{Element, Part, fold},
};
use crate::document::{Builder, ParagraphDraft, ReadError, Style};

/// Elements that begin and end a paragraph.
fn is_block(name: &str) -> bool {
    !matches!(name, "a" | "br" | "hr")
}

/// Lays an element's paragraphs and tables.
///
/// # Errors
///
/// Fails where a table passes a bound.
pub(super) fn lay(element: &Element, builder: &mut Builder) -> Result<(), ReadError> {
    let mut walk =
        Walk { open: String::new(), style: Style::default(), label: None, out: Vec::new() };
    walk.element(element, true);
    walk.close();
    for block in walk.out {
        match block {
            Block::Paragraph(it) => builder.paragraph(&it),
            Block::Table(it) => {
                let (rows, columns, cells) = table::grid(it)?;
                builder.table(rows, columns, cells, None);
            }
        }
    }
    Ok(())
}

/// The paragraphs of a cell; those of a table within it come cell by cell.
pub(super) fn of_cell(cell: &Element) -> Vec<ParagraphDraft> {
    let mut walk =
        Walk { open: String::new(), style: Style::default(), label: None, out: Vec::new() };
    walk.element(cell, false);
    walk.close();
    let paragraph = |it| match it {
        Block::Paragraph(it) => Some(it),
        Block::Table(_) => None,
    };
    walk.out.into_iter().filter_map(paragraph).collect()
}

enum Block<'e> {
    Paragraph(ParagraphDraft),
    Table(&'e Element),
}

/// A walk through the parts of an element, with the paragraph under way.
struct Walk<'e> {
    open: String,
    style: Style,
    label: Option<String>,
    out: Vec<Block<'e>>,
}

impl<'e> Walk<'e> {
    /// Takes the parts of an element; data tables are kept whole where `tables` says so.
    fn element(&mut self, element: &'e Element, tables: bool) {
        let mut number =
            element.attribute("start").and_then(|it| it.trim().parse().ok()).unwrap_or(1_u32);
        for part in &element.parts {
            match part {
                Part::Text(it) if element.name == "pre" => self.lines(it),
                Part::Text(it) => self.open.push_str(it),
                Part::Element(it) if it.name == "br" || it.name == "hr" => self.close(),
                Part::Element(it) if tables && it.name == "table" && !table::is_layout(it) => {
                    self.close();
                    self.caption(it);
                    self.out.push(Block::Table(it));
                }
                Part::Element(it) if is_block(&it.name) => {
                    self.close();
                    let outer = self.style;
                    self.style = style(it, outer);
                    if it.name == "li" && element.name == "ol" {
                        self.label = Some(format!("{number}. "));
                        number = number.saturating_add(1);
                    }
                    self.element(it, tables);
                    self.close();
                    self.style = outer;
                }
                Part::Element(it) => self.element(it, tables),
            }
        }
    }

    /// A table's caption is a paragraph before it.
    fn caption(&mut self, table: &'e Element) {
        if let Some(caption) = table.elements().find(|it| it.name == "caption") {
            self.element(caption, false);
            self.close();
        }
    }

    /// Text whose line ends count.
    fn lines(&mut self, text: &str) {
        for (nth, line) in text.split('\n').enumerate() {
            if nth > 0 {
                self.close();
            }
            self.open.push_str(line);
        }
    }

    /// Ends the paragraph under way.
    fn close(&mut self) {
        let text = fold(&std::mem::take(&mut self.open));
        if !text.is_empty() {
            let label = self.label.take();
            self.out.push(Block::Paragraph(ParagraphDraft { label, text, style: self.style }));
        }
    }
}

/// The look of an element's paragraphs, as its tag, its attributes and those around it say.
fn style(element: &Element, outer: Style) -> Style {
    let level = element.name.strip_prefix('h').and_then(|it| it.parse::<u8>().ok());
    let align = element.attribute("align");
    let is_centered = element.name == "center"
        || align == Some("center")
        || element.has_style("text-align:center");
    let is_moved = align.is_some() || element.has_style("text-align:");
    Style {
        heading: level.filter(|it| (1..=6).contains(it)).or(outer.heading),
        centered: is_centered || outer.centered && !is_moved,
        page_break_before: element.has_style("page-break-before:always"),
    }
}
