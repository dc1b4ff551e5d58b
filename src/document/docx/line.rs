//! A paragraph while it is read: its text, cut where a page was broken by hand, and what is anchored in it.

use crate::document::word::Piece;

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
}
