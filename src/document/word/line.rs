//! A paragraph while it is read: its text, cut where a page was broken by hand, and what is anchored in it.

use super::{Piece, numbering::Label};
use crate::document::{ParagraphDraft, Style};

/// A paragraph while it is read.
#[derive(Debug)]
pub(crate) struct Line {
    /// The text between the page breaks inside it; at least one.
    pub(crate) segments: Vec<Segment>,
    /// Text boxes that are anchored in it.
    pub(crate) after: Vec<Piece>,
}

/// The text between two page breaks.
#[derive(Debug, Default)]
pub(crate) struct Segment {
    /// The text; line feeds are line breaks.
    pub(crate) text: String,
    /// The page that it begins on.
    pub(crate) page: u32,
    /// Whether a break set by hand stands before it.
    pub(crate) break_before: bool,
}

impl Line {
    /// A paragraph that begins on a page, which may begin with it.
    pub(crate) fn new(page: u32, break_before: bool) -> Self {
        let segment = Segment { page, break_before, ..Segment::default() };
        Self { segments: vec![segment], after: Vec::new() }
    }

    /// Adds text. White space of the file is a blank, and control characters say nothing.
    pub(crate) fn push(&mut self, text: &str) {
        let Some(segment) = self.segments.last_mut() else { return };
        for char in text.chars() {
            match char {
                '\t' | '\n' | '\r' => segment.text.push(' '),
                it if it.is_control() => {}
                it => segment.text.push(it),
            }
        }
    }

    /// Adds a tab or a line break.
    pub(crate) fn push_break(&mut self, char: char) {
        if let Some(segment) = self.segments.last_mut() {
            segment.text.push(char);
        }
    }

    /// Says that a page began here: what has no text yet begins on it.
    pub(crate) fn turn_page(&mut self, page: u32) {
        if let Some(segment) = self.segments.last_mut().filter(|it| it.text.trim().is_empty()) {
            segment.page = page;
        }
    }

    /// Says that a page was broken here.
    pub(crate) fn break_page(&mut self, page: u32) {
        self.segments.push(Segment { page, break_before: true, ..Segment::default() });
    }

    /// Says that the paragraph begins a new page by its own properties.
    pub(crate) fn begin_page(&mut self) {
        for segment in &mut self.segments {
            segment.page += 1;
        }
        self.segments.first_mut().into_iter().for_each(|it| it.break_before = true);
    }

    /// Whether a page break stands at its end, so that the next paragraph begins the page.
    pub(crate) fn ends_broken(&self) -> bool {
        self.segments
            .iter()
            .rev()
            .take_while(|it| it.text.trim().is_empty())
            .any(|it| it.break_before)
    }

    /// Whether nothing is written in it.
    pub(crate) fn is_blank(&self) -> bool {
        self.segments.iter().all(|it| it.text.trim().is_empty())
    }

    /// Ends the paragraph: its blocks go to `pieces`. Says whether a break stands at its end that nothing stood behind.
    pub(crate) fn finish(
        self,
        label: Option<&Label>,
        looks: Style,
        pieces: &mut Vec<Piece>,
    ) -> bool {
        let mut label = label;
        let count = self.segments.len();
        let mut breaks = false;
        for (nth, segment) in self.segments.into_iter().enumerate() {
            breaks |= segment.break_before;
            if segment.text.trim().is_empty() && !(label.is_some() && nth + 1 == count) {
                continue;
            }
            let label = label.take().map(|it| it.before(&segment.text));
            let style = Style { page_break_before: std::mem::take(&mut breaks), ..looks };
            let draft = ParagraphDraft { label, text: segment.text, style };
            pieces.push(Piece::Paragraph(draft, Some(segment.page)));
        }
        pieces.extend(self.after);
        breaks
    }
}
