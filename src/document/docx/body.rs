//! The body of a .docx to blocks: paragraphs with their labels, tables, notes and text boxes, with all revisions accepted.

use super::{
    Notes, math,
    page::Pages,
    styles::{Properties, Styles},
    xml::{Element, Space},
};
use crate::{
    diagnostic::{Finding, Findings, Severity},
    document::{
        Style,
        word::{
            Piece,
            field::Fields,
            line::Line,
            numbering::{Label, Numbering},
            symbol,
        },
    },
};

/// Walks through the text of a document.
pub(crate) struct Walker<'t> {
    styles: &'t Styles,
    numbering: Numbering,
    notes: Notes<'t>,
    pub(super) pages: Pages,
    fields: Fields,
    /// Notes that are referred to in the block that is being read.
    noted: Vec<Piece>,
    /// How many tables the reader is in.
    pub(super) tables: u32,
    pub(super) seen: Seen,
}

/// What the walker met and the document's text does not show.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// Insertions, deletions and moves that nobody has accepted.
    pub(super) revisions: u32,
    /// Runs of hidden text.
    hidden: u32,
    /// Documents, charts and diagrams inside the document.
    embedded: u32,
    /// Pictures.
    pictures: u32,
}

/// The blocks of a container while they are read.
#[derive(Default)]
pub(super) struct Flow<'t> {
    pub(super) pieces: Vec<Piece>,
    /// A paragraph whose end is deleted: the next one goes on in it.
    carried: Option<(Line, Element<'t>)>,
}

impl<'t> Walker<'t> {
    pub(super) fn new(styles: &'t Styles, numbering: Numbering, notes: Notes<'t>) -> Self {
        Self {
            styles,
            numbering,
            notes,
            pages: Pages::default(),
            fields: Fields::default(),
            noted: Vec::new(),
            tables: 0,
            seen: Seen::default(),
        }
    }

    /// The blocks of the document, and its number of pages where the file says anything about pages.
    pub(super) fn document(&mut self, root: Element<'t>) -> (Vec<Piece>, Option<u32>) {
        self.pages = Pages::of(root);
        let mut pieces = self.story(root);
        let pages = self.pages.count();
        if pages.is_none() {
            pieces.iter_mut().for_each(Piece::forget_page);
        }
        (pieces, pages)
    }

    /// Says what the text does not show.
    pub(super) fn report(&self, findings: &mut Findings) {
        let counts = [
            ("revisions-pending", Severity::Note, self.seen.revisions),
            ("hidden-text", Severity::Note, self.seen.hidden),
            ("embedded-not-read", Severity::Warning, self.seen.embedded),
            ("pictures-not-read", Severity::Note, self.seen.pictures),
            ("number-format-unknown", Severity::Warning, self.numbering.guessed),
            ("numbers-missing", Severity::Note, self.numbering.missing),
        ];
        for (code, severity, count) in counts.into_iter().filter(|it| it.2 > 0) {
            findings.push(Finding::new(code, severity).arg("count", count));
        }
    }

    /// A text of its own: the body, a note, a text box.
    fn story(&mut self, container: Element<'t>) -> Vec<Piece> {
        let around = std::mem::replace(&mut self.fields, fields_of(container));
        let pieces = self.blocks(container);
        self.fields = around;
        pieces
    }

    /// The blocks of a container.
    pub(super) fn blocks(&mut self, container: Element<'t>) -> Vec<Piece> {
        let mut flow = Flow::default();
        self.flow(container, &mut flow);
        self.end_carried(&mut flow);
        flow.pieces
    }

    fn flow(&mut self, container: Element<'t>, flow: &mut Flow<'t>) {
        for child in container.children().filter(|it| it.space() == Space::Word) {
            match child.name() {
                "p" => self.paragraph(child, flow),
                "tbl" => {
                    self.end_carried(flow);
                    self.table(child, flow);
                    self.place_notes(flow);
                }
                "ins" | "moveTo" => {
                    self.seen.revisions += 1;
                    self.flow(child, flow);
                }
                "del" | "moveFrom" => self.seen.revisions += 1,
                "body" | "sdt" | "sdtContent" | "customXml" | "smartTag" => self.flow(child, flow),
                "altChunk" => self.seen.embedded += 1,
                _ => {}
            }
        }
    }

    fn paragraph(&mut self, paragraph: Element<'t>, flow: &mut Flow<'t>) {
        let own = paragraph.child("pPr");
        let style = own.and_then(|it| it.value("pStyle"));
        let properties = own.map(Properties::of).unwrap_or_default();
        let mut line = match flow.carried.take() {
            Some((line, _)) => line,
            None => {
                let says = |it: &Properties| it.page_break_before;
                let breaks = says(&properties).or_else(|| self.styles.find(style, says));
                if breaks == Some(true) && self.tables == 0 {
                    self.pages.break_before_paragraph();
                }
                Line::new(self.pages.current(), self.pages.take_break())
            }
        };
        self.inline(paragraph, &mut line);
        if self.is_mark_deleted(paragraph) {
            flow.carried = Some((line, paragraph));
            return;
        }
        self.end_paragraph(line, style, &properties, flow);
        if own.is_some_and(|it| it.child("sectPr").is_some()) && self.tables == 0 {
            self.pages.end_section();
        }
    }

    /// Whether the mark at the end of a paragraph is deleted or moved away, which joins it with the next.
    fn is_mark_deleted(&mut self, paragraph: Element<'t>) -> bool {
        let mark = paragraph.child("pPr").and_then(|it| it.child("rPr"));
        let has = |name| mark.is_some_and(|it| it.child(name).is_some());
        let deleted = has("del") || has("moveFrom");
        self.seen.revisions += u32::from(deleted || has("ins") || has("moveTo"));
        deleted
    }

    /// Ends a paragraph whose own end is deleted, where none follows that could go on in it.
    fn end_carried(&mut self, flow: &mut Flow<'t>) {
        if let Some((line, paragraph)) = flow.carried.take() {
            let own = paragraph.child("pPr");
            let properties = own.map(Properties::of).unwrap_or_default();
            self.end_paragraph(line, own.and_then(|it| it.value("pStyle")), &properties, flow);
        }
    }

    fn end_paragraph(
        &mut self,
        line: Line,
        style: Option<&str>,
        properties: &Properties,
        flow: &mut Flow<'t>,
    ) {
        let label = self.label(style, properties);
        let looks = self.looks(style, properties);
        if line.finish(label.as_ref(), looks, &mut flow.pieces) {
            self.pages.keep_break();
        }
        self.pages.pass();
        self.place_notes(flow);
    }

    /// Notes stand after the block that refers to them.
    fn place_notes(&mut self, flow: &mut Flow<'t>) {
        if self.tables == 0 {
            flow.pieces.append(&mut self.noted);
        }
    }

    fn looks(&self, style: Option<&str>, properties: &Properties) -> Style {
        let outline = properties.outline.or_else(|| self.styles.find(style, |it| it.outline));
        let centered = properties.centered.or_else(|| self.styles.find(style, |it| it.centered));
        Style {
            heading: outline.filter(|it| *it < 9).map(|it| it + 1),
            centered: centered.unwrap_or(false),
            page_break_before: false,
        }
    }

    fn label(&mut self, style: Option<&str>, properties: &Properties) -> Option<Label> {
        let list = properties.list.or_else(|| self.styles.find(style, |it| it.list))?;
        if list == 0 {
            return None;
        }
        let level = match (properties.list, properties.level) {
            (_, Some(level)) => level,
            (Some(_), None) => 0,
            (None, None) => {
                let by_style = |(id, it): (&str, &Properties)| {
                    self.numbering.level_of_style(list, id).or(it.level)
                };
                self.styles.chain(style).find_map(by_style).unwrap_or(0)
            }
        };
        self.numbering.label(list, level)
    }

    fn inline(&mut self, parent: Element<'t>, line: &mut Line) {
        for child in parent.children() {
            match (child.space(), child.name()) {
                (Space::Word, "r") => self.run(child, line),
                (Space::Word, "ins" | "moveTo") => {
                    self.seen.revisions += 1;
                    self.inline(child, line);
                }
                (Space::Word, "del" | "moveFrom") => self.seen.revisions += 1,
                (
                    Space::Word,
                    "hyperlink" | "fldSimple" | "smartTag" | "customXml" | "sdt" | "sdtContent"
                    | "dir" | "bdo",
                ) => self.inline(child, line),
                (Space::Math, "oMath" | "oMathPara") => self.formula(child, line),
                _ => {}
            }
        }
    }

    fn formula(&mut self, formula: Element<'t>, line: &mut Line) {
        if self.fields.show() {
            let mut text = String::new();
            math::write(formula, &mut text);
            line.push(&text);
        }
    }

    fn run(&mut self, run: Element<'t>, line: &mut Line) {
        let properties = run.child("rPr");
        let hidden = properties.and_then(|it| it.switch("vanish")).unwrap_or(false);
        let fonts = properties.and_then(|it| it.child("rFonts"));
        let font = fonts.and_then(|it| it.attribute("ascii")).unwrap_or_default();
        self.seen.hidden += u32::from(hidden && run.child("t").is_some());
        for child in run.children() {
            match (child.space(), child.name()) {
                (Space::Word, "t") if !hidden => self.text(child, font, line),
                (Space::Word, "sym") if !hidden => self.symbol(child, line),
                (Space::Word, "tab" | "ptab") if !hidden => line.push_break('\t'),
                (Space::Word, "noBreakHyphen") if !hidden => line.push("-"),
                (Space::Word, "br" | "cr") => self.line_break(child, line),
                (Space::Word, "lastRenderedPageBreak") => {
                    self.pages.mark();
                    line.turn_page(self.pages.current());
                }
                (Space::Word, "instrText") => self.fields.instruct(child.text()),
                (Space::Word, "fldChar") => {
                    let kind = child.attribute("fldCharType").unwrap_or_default();
                    let text = self.fields.mark(kind);
                    text.into_iter().for_each(|it| line.push(&it));
                }
                (Space::Word, "ruby") => {
                    child.child("rubyBase").into_iter().for_each(|it| self.inline(it, line));
                }
                (Space::Word, "footnoteReference") => self.note("footnote", child),
                (Space::Word, "endnoteReference") => self.note("endnote", child),
                (Space::Word, "object") => self.seen.embedded += 1,
                (Space::Word, "drawing" | "pict") => self.drawing(child, line),
                (Space::Math, "oMath" | "oMathPara") => self.formula(child, line),
                _ => {}
            }
        }
    }

    fn text(&mut self, element: Element<'t>, font: &str, line: &mut Line) {
        if !self.fields.show() {
            return;
        }
        let text: String = element.text().collect();
        let text = match element.attribute("space") {
            Some("preserve") => text.as_str(),
            _ => text.trim_matches([' ', '\t', '\n', '\r']),
        };
        if symbol::is_symbol_font(font) {
            line.push(&symbol::replace(font, text));
        } else {
            line.push(text);
        }
    }

    fn symbol(&mut self, element: Element<'t>, line: &mut Line) {
        let code = element.attribute("char").and_then(|it| u32::from_str_radix(it, 16).ok());
        let font = element.attribute("font").unwrap_or_default();
        let char = code.and_then(|it| symbol::lookup(font, it).or_else(|| char::from_u32(it)));
        if let Some(char) = char.filter(|_| self.fields.show()) {
            line.push(char.encode_utf8(&mut [0; 4]));
        }
    }

    fn line_break(&mut self, element: Element<'t>, line: &mut Line) {
        if element.attribute("type") == Some("page") && self.tables == 0 {
            self.pages.break_here();
            self.pages.take_break();
            line.break_page(self.pages.current());
        } else {
            line.push_break('\n');
        }
    }

    fn note(&mut self, kind: &'static str, reference: Element<'t>) {
        let id = reference.attribute("id").unwrap_or_default();
        if let Some(note) = self.notes.remove(&(kind, id)) {
            let pieces = self.story(note);
            self.noted.extend(pieces);
        }
    }

    /// Text boxes anywhere within a drawing stand after the paragraph that anchors it.
    fn drawing(&mut self, drawing: Element<'t>, line: &mut Line) {
        for child in drawing.children() {
            match child.name() {
                "txbxContent" if child.space() == Space::Word => {
                    let pieces = self.story(child);
                    line.after.extend(pieces);
                    continue;
                }
                "pic" | "imagedata" => self.seen.pictures += 1,
                "graphicData" => {
                    let uri = child.attribute("uri").unwrap_or_default();
                    let embeds = uri.ends_with("/chart") || uri.ends_with("/diagram");
                    self.seen.embedded += u32::from(embeds);
                }
                _ => {}
            }
            self.drawing(child, line);
        }
    }
}

/// The fields of a text that is about to be read.
fn fields_of(container: Element<'_>) -> Fields {
    let mut depth = Some(0u32);
    balance(container, &mut depth);
    Fields::new(depth == Some(0))
}

/// Counts the fields that are open; none once one ends that did not begin.
fn balance(element: Element<'_>, depth: &mut Option<u32>) {
    for child in element.children() {
        match (child.name(), child.attribute("fldCharType")) {
            ("fldChar", Some("begin")) => *depth = depth.and_then(|it| it.checked_add(1)),
            ("fldChar", Some("end")) => *depth = depth.and_then(|it| it.checked_sub(1)),
            // Text boxes are texts of their own; what is deleted is not read.
            ("txbxContent" | "del" | "moveFrom" | "t" | "rPr" | "pPr", _) => {}
            _ => balance(child, depth),
        }
    }
}
