//! The characters of a .doc to paragraphs and tables, before their numbers are counted.
//!
//! The row of a cell is defined at the row's end, and only then is it known which cells are covered by others; covered
//! cells do not count. So paragraphs are first collected raw, and numbered when their table is complete.

use std::ops::Range;

use super::{
    Contents,
    format::Mark,
    properties::{Properties, RowDefinition},
    text::{CELL_END, PAGE_BREAK, PARAGRAPH_END},
};
use crate::{
    document::{
        ReadError, Style,
        word::{field::Fields, line::Line, symbol},
    },
    limits,
};

/// A block before its numbers are counted.
#[derive(Debug)]
pub(super) enum Raw {
    /// A paragraph.
    Paragraph(Box<RawParagraph>),
    /// The rows of a table.
    Table(Vec<RawRow>),
}

/// A paragraph before its number is counted.
#[derive(Debug)]
pub(super) struct RawParagraph {
    /// Its text.
    pub(super) line: Line,
    /// The list that it counts in, and the level.
    pub(super) list: Option<(i64, usize)>,
    /// What is said of its looks.
    pub(super) looks: Style,
    /// The text boxes that are anchored in it.
    pub(super) boxes: Vec<Raw>,
}

/// A row before it is laid out.
#[derive(Debug, Default)]
pub(super) struct RawRow {
    /// Its cells.
    pub(super) cells: Vec<Vec<Raw>>,
    /// Their edges and merges.
    pub(super) definition: RowDefinition,
}

/// What was met on the way.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// Characters or stretches of them that are inserted or deleted.
    pub(super) revisions: u32,
    /// Stretches of hidden text.
    pub(super) hidden: u32,
    /// Embedded objects.
    pub(super) embedded: u32,
    /// Pictures.
    pub(super) pictures: u32,
    /// The page that the reader is on, from 1.
    pub(super) page: u32,
    /// Which text boxes have been read.
    pub(super) boxes: Vec<bool>,
}

/// A table that is not complete.
#[derive(Debug, Default)]
struct OpenTable {
    rows: Vec<RawRow>,
    /// The complete cells of the last row.
    cells: Vec<Vec<Raw>>,
    /// The cell that is being read.
    cell: Vec<Raw>,
}

/// Reads the characters of one story.
pub(super) struct Reader<'c, 'b> {
    contents: &'c mut Contents<'b>,
    seen: &'c mut Seen,
    fields: Fields,
    line: Line,
    /// UTF-16 units that are not yet written into the line.
    units: Vec<u16>,
    boxes: Vec<Raw>,
    tables: Vec<OpenTable>,
    blocks: Vec<Raw>,
    /// Notes that the block refers to.
    notes: Vec<Raw>,
    /// Whether a page was broken before the next paragraph.
    broken: bool,
    before: Mark,
}

impl<'c, 'b> Reader<'c, 'b> {
    /// Reads a stretch of the text.
    ///
    /// # Errors
    ///
    /// The properties of a paragraph are damaged, or tables are nested too deeply.
    pub(super) fn read(
        contents: &'c mut Contents<'b>,
        seen: &'c mut Seen,
        positions: Range<usize>,
    ) -> Result<Vec<Raw>, ReadError> {
        let fields = Fields::new(is_balanced(contents, positions.clone()));
        let line = Line::new(seen.page, false);
        let mut reader = Self {
            contents,
            seen,
            fields,
            line,
            units: Vec::new(),
            boxes: Vec::new(),
            tables: Vec::new(),
            blocks: Vec::new(),
            notes: Vec::new(),
            broken: false,
            before: Mark::default(),
        };
        let last = positions.end.saturating_sub(1);
        for position in positions {
            let unit = reader.contents.text.units.get(position).copied().unwrap_or_default();
            let mark = reader.contents.marks.at(position);
            reader.count(mark);
            if reader.ends_paragraph(unit, position) {
                reader.end_paragraph(unit, position, mark)?;
            } else {
                reader.character(unit, position, mark)?;
                if position == last {
                    reader.end_paragraph(unit, position, mark)?;
                }
            }
        }
        reader.set_depth(0)?;
        reader.place_notes();
        Ok(reader.blocks)
    }

    /// Counts a stretch of revised or hidden characters once.
    fn count(&mut self, mark: Mark) {
        let begins = |of: fn(&Mark) -> bool| u32::from(of(&mark) && !of(&self.before));
        self.seen.revisions += begins(|it| it.deleted) + begins(|it| it.inserted);
        self.seen.hidden += begins(|it| it.hidden && !it.deleted);
        self.before = mark;
    }

    /// A page break stands inside a paragraph or ends one; the end of a section always does.
    fn ends_paragraph(&self, unit: u16, position: usize) -> bool {
        match unit {
            PARAGRAPH_END | CELL_END => true,
            PAGE_BREAK => {
                self.contents.places.sections.contains_key(&position)
                    || self.contents.ends_formatting(position)
            }
            _ => false,
        }
    }

    fn character(&mut self, unit: u16, position: usize, mark: Mark) -> Result<(), ReadError> {
        if mark.deleted {
            return Ok(());
        }
        match unit {
            FIELD_BEGIN | FIELD_SEPARATOR | FIELD_END => self.field(unit),
            PAGE_BREAK => self.break_page(),
            _ if self.fields.is_instruction() => {
                let text = String::from_utf16_lossy(&[unit]);
                self.fields.instruct(std::iter::once(text.as_str()));
            }
            _ if mark.hidden => {}
            0x01 if mark.special && mark.object => self.seen.embedded += 1,
            0x01 if mark.special => self.seen.pictures += 1,
            0x02 if mark.special => self.note(position)?,
            0x08 if mark.special => self.shape(position)?,
            0x28 if mark.symbol.is_some() => self.symbol(mark),
            0x09 => self.write_break('\t'),
            0x0B | 0x0E => self.write_break('\n'),
            0x1E => self.write(u16::from(b'-')),
            0x00..0x20 => {}
            unit => self.write(unit),
        }
        Ok(())
    }

    fn write(&mut self, unit: u16) {
        if self.fields.show() {
            self.units.push(unit);
        }
    }

    fn write_break(&mut self, char: char) {
        self.flush();
        self.line.push_break(char);
    }

    fn flush(&mut self) {
        let text = String::from_utf16_lossy(&self.units);
        self.line.push(&text);
        self.units.clear();
    }

    fn field(&mut self, unit: u16) {
        let kind = match unit {
            FIELD_BEGIN => "begin",
            FIELD_SEPARATOR => "separate",
            _ => "end",
        };
        if let Some(text) = self.fields.mark(kind) {
            self.flush();
            self.line.push(&text);
        }
    }

    fn symbol(&mut self, mark: Mark) {
        let Some((font, code)) = mark.symbol else { return };
        let name = self.contents.fonts.name(font);
        let known =
            symbol::lookup(name, u32::from(code)).or_else(|| char::from_u32(u32::from(code)));
        self.flush();
        self.line.push(known.unwrap_or('□').encode_utf8(&mut [0; 4]));
    }

    fn break_page(&mut self) {
        self.flush();
        if self.tables.is_empty() {
            self.seen.page += 1;
            self.line.break_page(self.seen.page);
        } else {
            self.line.push_break('\n');
        }
    }

    fn note(&mut self, position: usize) -> Result<(), ReadError> {
        if let Some(positions) = self.contents.places.notes.remove(&position) {
            let note = Reader::read(self.contents, self.seen, positions)?;
            self.notes.extend(note);
        }
        Ok(())
    }

    fn shape(&mut self, position: usize) -> Result<(), ReadError> {
        let Some(shape) = self.contents.places.anchors.remove(&position) else { return Ok(()) };
        for nth in 0..self.contents.places.boxes.len() {
            let Some((number, positions)) = self.contents.places.boxes.get(nth).cloned() else {
                continue;
            };
            let Some(read) = self.seen.boxes.get_mut(nth).filter(|it| number == shape && !**it)
            else {
                continue;
            };
            *read = true;
            let text = Reader::read(self.contents, self.seen, positions)?;
            self.boxes.extend(text);
        }
        Ok(())
    }

    fn end_paragraph(&mut self, unit: u16, position: usize, mark: Mark) -> Result<(), ReadError> {
        self.flush();
        let properties = self.contents.properties(position)?;
        let depth = properties.depth.max(usize::from(properties.row_end));
        if mark.deleted
            && unit == PARAGRAPH_END
            && !properties.row_end
            && !properties.inner_cell_end
        {
            // A deleted end joins the paragraph with the next.
            return Ok(());
        }
        self.set_depth(depth)?;
        if properties.row_end {
            self.end_row(properties.row, mark.deleted);
        } else {
            self.add_paragraph(&properties);
            if unit == CELL_END || properties.inner_cell_end {
                self.end_cell();
            }
        }
        if let Some(begins_page) = self.contents.places.sections.get(&position) {
            self.seen.page += u32::from(*begins_page);
            self.broken = *begins_page;
        } else if unit == PAGE_BREAK && depth == 0 {
            self.seen.page += 1;
            self.broken = true;
        }
        self.line = Line::new(self.seen.page, self.broken);
        Ok(())
    }

    fn add_paragraph(&mut self, properties: &Properties) {
        let mut line = std::mem::replace(&mut self.line, Line::new(self.seen.page, false));
        let at_head = self.blocks.is_empty() && self.tables.is_empty();
        if properties.page_break_before && self.tables.is_empty() && !at_head {
            self.seen.page += 1;
            line.begin_page();
        }
        self.broken = line.ends_broken();
        let list = properties.list.filter(|it| *it != 0);
        let paragraph = RawParagraph {
            line,
            list: list.map(|it| (it, properties.level)),
            looks: Style {
                heading: properties.outline.filter(|it| *it < 9).map(|it| it + 1),
                centered: properties.centered,
                page_break_before: false,
            },
            boxes: std::mem::take(&mut self.boxes),
        };
        self.add(Raw::Paragraph(Box::new(paragraph)));
    }

    /// Adds a block where the reader is: to the cell, or to the text.
    fn add(&mut self, block: Raw) {
        match self.tables.last_mut() {
            Some(table) => table.cell.push(block),
            None => {
                self.blocks.push(block);
                self.place_notes();
            }
        }
    }

    /// Notes stand after the block that refers to them.
    fn place_notes(&mut self) {
        self.blocks.append(&mut self.notes);
    }

    /// Opens and closes tables until the reader is in so many.
    fn set_depth(&mut self, depth: usize) -> Result<(), ReadError> {
        if depth > limits::MAX_DEPTH / 4 {
            return Err(ReadError::TooLarge { what: "depth", bound: limits::MAX_DEPTH as u64 / 4 });
        }
        while self.tables.len() > depth {
            let Some(mut table) = self.tables.pop() else { break };
            if !table.cell.is_empty() || !table.cells.is_empty() {
                // A row without an end.
                table.end_cell();
                table.end_row(RowDefinition::default());
            }
            self.add(Raw::Table(table.rows));
        }
        self.tables.resize_with(depth, OpenTable::default);
        Ok(())
    }

    fn end_cell(&mut self) {
        self.tables.last_mut().into_iter().for_each(OpenTable::end_cell);
    }

    fn end_row(&mut self, definition: RowDefinition, deleted: bool) {
        let Some(table) = self.tables.last_mut() else { return };
        if !table.cell.is_empty() {
            table.end_cell();
        }
        table.end_row(definition);
        if deleted {
            table.rows.pop();
        }
    }
}

impl OpenTable {
    fn end_cell(&mut self) {
        self.cells.push(std::mem::take(&mut self.cell));
    }

    fn end_row(&mut self, definition: RowDefinition) {
        self.rows.push(RawRow { cells: std::mem::take(&mut self.cells), definition });
    }
}

const FIELD_BEGIN: u16 = 0x13;
const FIELD_SEPARATOR: u16 = 0x14;
const FIELD_END: u16 = 0x15;

/// Whether each field that begins in a stretch of text also ends in it.
fn is_balanced(contents: &Contents<'_>, positions: Range<usize>) -> bool {
    let mut depth = Some(0u32);
    for position in positions {
        let change = match contents.text.units.get(position) {
            Some(&FIELD_BEGIN) => 1,
            Some(&FIELD_END) => -1,
            _ => continue,
        };
        if !contents.marks.at(position).deleted {
            depth = depth.and_then(|it| it.checked_add_signed(change));
        }
    }
    depth == Some(0)
}
