//! On which page something stands, as far as the file says: Word leaves a mark where it last began a new page; without such
//! marks only the breaks count that a person set.

use super::xml::Element;

/// Counts pages.
#[derive(Debug, Default)]
pub(crate) struct Pages {
    /// The page that the reader is on, from 1.
    current: u32,
    /// Whether Word's own marks are there, which make all others needless.
    rendered: bool,
    /// Whether a new page begins by someone's will with what comes next.
    break_before: bool,
    /// For each section whether it begins on a new page; the one that the reader is in comes first.
    sections: Vec<bool>,
    /// Whether something stands on the first page already.
    begun: bool,
}

impl Pages {
    /// Looks through the document for Word's marks and for sections.
    pub(crate) fn of(root: Element<'_>) -> Self {
        let mut sections = Vec::new();
        collect_sections(root, &mut sections);
        sections.reverse();
        Self { current: 1, rendered: has_marks(root), sections, ..Self::default() }
    }

    /// The page that the reader is on.
    pub(crate) const fn current(&self) -> u32 {
        self.current
    }

    /// Goes back to a page: the cells of a row begin on the same.
    pub(crate) const fn return_to(&mut self, page: u32) {
        self.current = page;
    }

    /// The number of pages, where the file says anything about pages.
    pub(crate) fn count(&self) -> Option<u32> {
        (self.rendered || self.current > 1).then_some(self.current)
    }

    /// Word's mark that a page began here.
    pub(crate) const fn mark(&mut self) {
        self.current += 1;
    }

    /// A break that a person set.
    pub(crate) const fn break_here(&mut self) {
        self.break_before = true;
        if !self.rendered {
            self.current += 1;
        }
    }

    /// A break before a paragraph, which does nothing at the head of the document.
    pub(crate) const fn break_before_paragraph(&mut self) {
        if self.begun {
            self.break_here();
        }
    }

    /// The end of a section; the next may begin on a new page.
    pub(crate) fn end_section(&mut self) {
        self.sections.pop();
        if self.sections.last() == Some(&true) {
            self.break_here();
        }
    }

    /// Whether a new page begins by someone's will with what comes next; whoever asks has to tell.
    pub(crate) const fn take_break(&mut self) -> bool {
        std::mem::replace(&mut self.break_before, false)
    }

    /// Gives a break back that nothing stood behind.
    pub(crate) const fn keep_break(&mut self) {
        self.break_before = true;
    }

    /// Says that something stands here, if only an empty paragraph.
    pub(crate) const fn pass(&mut self) {
        self.begun = true;
    }
}

fn has_marks(element: Element<'_>) -> bool {
    element.is("lastRenderedPageBreak") || element.children().any(has_marks)
}

/// Whether each section begins on a new page.
fn collect_sections(container: Element<'_>, sections: &mut Vec<bool>) {
    for child in container.children() {
        let section = match child.name() {
            "p" => child.child("pPr").and_then(|it| it.child("sectPr")),
            "sectPr" => Some(child),
            "body" | "sdt" | "sdtContent" | "customXml" | "ins" | "moveTo" => {
                collect_sections(child, sections);
                None
            }
            _ => None,
        };
        if let Some(section) = section {
            let kind = section.value("type");
            sections.push(!matches!(kind, Some("continuous" | "nextColumn")));
        }
    }
}
