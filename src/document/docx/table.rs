//! The tables of a .docx: rows and cells, whatever wraps them, with their spans and merges.

use super::{
    body::{Flow, Walker},
    xml::Element,
};
use crate::{
    document::word::{
        self, Piece,
        grid::{Row, RowCell, Vertical},
    },
    limits,
};

impl<'t> Walker<'t> {
    /// Reads a table. One that only frames another, as saved web pages have it, gives way to what it holds.
    pub(super) fn table(&mut self, table: Element<'t>, flow: &mut Flow<'t>) {
        let mut elements = Vec::new();
        self.collect(table, "tr", &mut elements);
        let page = self.pages.current();
        if let [row] = elements.as_slice()
            && let Some(pieces) = self.frame(*row)
        {
            flow.pieces.extend(pieces);
            return;
        }
        self.tables += 1;
        let rows: Vec<Row> = elements.into_iter().filter_map(|it| self.row(it)).collect();
        self.tables -= 1;
        let first = rows.iter().flat_map(|it| &it.cells).find_map(|it| it.page);
        self.pages.take_break();
        self.pages.pass();
        flow.pieces.push(Piece::Table(rows, first.or(Some(page))));
    }

    /// What the only cell of an only row holds, if that is another table.
    fn frame(&mut self, row: Element<'t>) -> Option<Vec<Piece>> {
        let mut cells = Vec::new();
        let revisions = self.seen.revisions;
        self.collect(row, "tc", &mut cells);
        self.seen.revisions = revisions;
        let [cell] = cells.as_slice() else { return None };
        let deleted = row.child("trPr").is_some_and(|it| it.child("del").is_some());
        (!deleted && holds_table(*cell)).then(|| self.blocks(*cell))
    }

    /// The rows of a table or the cells of a row, through content controls and insertions.
    fn collect(&mut self, parent: Element<'t>, name: &str, found: &mut Vec<Element<'t>>) {
        for child in parent.children() {
            if child.is(name) {
                found.push(child);
            } else if ["sdt", "sdtContent", "customXml", "ins", "moveTo"]
                .iter()
                .any(|it| child.is(it))
            {
                self.seen.revisions += u32::from(child.is("ins") || child.is("moveTo"));
                self.collect(child, name, found);
            }
        }
    }

    fn row(&mut self, row: Element<'t>) -> Option<Row> {
        let properties = row.child("trPr");
        let has = |name| properties.is_some_and(|it| it.child(name).is_some());
        self.seen.revisions += u32::from(has("ins") || has("del"));
        if has("del") {
            return None;
        }
        let mut elements = Vec::new();
        self.collect(row, "tc", &mut elements);
        let before = properties.and_then(|it| it.number::<u32>("gridBefore")).unwrap_or(0);
        let mut column = before.min(limits::MAX_COLUMNS as u32);
        let start = self.pages.current();
        let mut end = start;
        let mut cells: Vec<RowCell> = Vec::new();
        for element in elements {
            self.pages.return_to(start);
            let Some(cell) = self.cell(element, column) else { continue };
            end = end.max(self.pages.current());
            column = cell.end();
            match cells.last_mut().filter(|_| continues_left(element)) {
                Some(left) => {
                    left.span += cell.span;
                    left.paragraphs.extend(cell.paragraphs);
                }
                None => cells.push(cell),
            }
        }
        self.pages.return_to(end);
        // A row that begins on a new page bears the mark in one of its cells only.
        let page = cells.iter().filter_map(|it| it.page).max().unwrap_or(start);
        cells.iter_mut().for_each(|it| it.page = Some(page));
        Some(Row { cells })
    }

    fn cell(&mut self, cell: Element<'t>, column: u32) -> Option<RowCell> {
        let properties = cell.child("tcPr");
        let has = |name| properties.is_some_and(|it| it.child(name).is_some());
        self.seen.revisions += u32::from(has("cellIns") || has("cellDel") || has("cellMerge"));
        if has("cellDel") {
            return None;
        }
        let span = properties.and_then(|it| it.number::<u32>("gridSpan")).unwrap_or(1);
        let mut it = RowCell::new(column, span.min(limits::MAX_COLUMNS as u32));
        it.vertical = properties.map(vertical).unwrap_or_default();
        // Word neither shows nor counts the paragraphs of a cell that another covers.
        if it.vertical == Vertical::Continue && !holds_text(cell) {
            return Some(it);
        }
        let pieces = self.blocks(cell);
        it.page = pieces.first().and_then(Piece::page);
        it.paragraphs = word::flatten(pieces);
        Some(it)
    }
}

fn vertical(properties: Element<'_>) -> Vertical {
    let revised = properties.child("cellMerge").and_then(|it| it.attribute("vMerge"));
    let stated = properties.child("vMerge").map(|it| it.attribute("val").unwrap_or("continue"));
    match revised.or(stated) {
        None => Vertical::Alone,
        Some("restart" | "rest") => Vertical::Restart,
        Some(_) => Vertical::Continue,
    }
}

/// Whether a cell is merged into the one on its left.
fn continues_left(cell: Element<'_>) -> bool {
    let merge = cell.child("tcPr").and_then(|it| it.child("hMerge"));
    merge.is_some_and(|it| it.attribute("val") != Some("restart"))
}

fn holds_text(element: Element<'_>) -> bool {
    element.text().any(|it| !it.trim().is_empty())
        || element.is("sym")
        || element.children().filter(|it| it.name() != "instrText").any(holds_text)
}

fn holds_table(container: Element<'_>) -> bool {
    container.children().any(|it| it.is("tbl") || (is_wrapper(it) && holds_table(it)))
}

fn is_wrapper(element: Element<'_>) -> bool {
    ["sdt", "sdtContent", "customXml"].iter().any(|it| element.is(it))
}
