//! The points and weights that a text gives to a node or to the whole: the first number counts, and another one is reported,
//! as is an item that is given twice.

use std::ops::Range;

use super::{
    Lowering,
    name::trim,
    rules::Reading,
    text::value,
    tree::{NodeId, ROOT},
};
use crate::{
    clause::Clause,
    diagnostic::{Finding, Severity},
    document::folded::Folded,
    number::{Decimal, shortest},
    ruleset::{SourceRef, Total},
    source::{Place, Span},
};

/// The doubt of a node that has two numbers in the document, and the code of the finding that says so.
const DIFFER: &str = "points-differ";

impl Lowering<'_> {
    /// Gives a node the number of a mark that has no name of its own.
    pub(super) fn mark(&mut self, id: NodeId, mark: &Clause, text: &Folded, place: Place) {
        if id == ROOT {
            return;
        }
        let (points, weight) = value(&mark.kind);
        let span = text.span(mark.range.clone());
        let reading = Reading { text, place, letters: self.letters };
        let node = self.tree.get(id);
        let apart = node.source.span.is_some_and(|it| !text.whole().overlaps(it));
        if !node.is_scored() && apart {
            // The number is quoted, and not the name alone.
            let before = text.get(0..mark.range.start);
            let start = before.rfind(['。', ';', '\n']).map_or(0, |it| it + 1);
            let range = trim(&text.text, before.ceil_char_boundary(start)..mark.range.end);
            self.tree.get_mut(id).source = reading.source(range);
        }
        self.give_marks(id, points, weight, place, span);
        self.read.push(span);
    }

    /// Gives a node points, a weight, or both. Where it has another number, that one stays.
    pub(super) fn give_marks(
        &mut self,
        id: NodeId,
        points: Option<Decimal>,
        weight: Option<Decimal>,
        place: Place,
        span: Span,
    ) {
        let node = self.tree.get_mut(id);
        let given = [(&mut node.points, points, ""), (&mut node.weight, weight, "%")];
        let mut differs = None;
        for (own, new, unit) in given {
            let Some(new) = new else { continue };
            let first = *own.get_or_insert(new);
            if first != new {
                differs = Some((first, new, unit));
            }
        }
        let Some((first, new, unit)) = differs else { return };
        if !node.doubts.iter().any(|it| it == DIFFER) {
            node.doubts.push(DIFFER.to_owned());
        }
        let finding = differ(&node.name, first, new, unit)
            .at(place.to_string(), self.letters.quote(span))
            .span(span);
        self.findings.push(finding);
    }

    /// The full marks of the whole: the first number stays, and another one is reported.
    pub(super) fn marks_of_all(
        &mut self,
        reading: &Reading<'_>,
        points: Decimal,
        quote: Range<usize>,
    ) {
        let source = reading.source(quote);
        let Some(total) = &mut self.total else {
            self.total = Some(Total { points, source, doubts: Vec::new() });
            return;
        };
        if total.points == points {
            return;
        }
        if !total.doubts.iter().any(|it| it == DIFFER) {
            total.doubts.push(DIFFER.to_owned());
        }
        let finding = differ("满分", total.points, points, "");
        self.findings.push(standing(finding, &source));
    }

    /// Reports an item that stands in the document twice.
    pub(super) fn repeated(&mut self, id: NodeId, again: &SourceRef) {
        let node = self.tree.get(id);
        if node.source.span == again.span {
            return;
        }
        let finding = Finding::new("repeated-item", Severity::Note).arg("name", &node.name);
        self.findings.push(standing(finding, again));
    }
}

/// The finding that something has two numbers.
fn differ(name: &str, first: Decimal, other: Decimal, unit: &str) -> Finding {
    let number = |it| format!("{}{unit}", shortest(it));
    Finding::new(DIFFER, Severity::Warning)
        .arg("name", name)
        .arg("first", number(first))
        .arg("other", number(other))
}

/// The finding with the place where it stands.
fn standing(finding: Finding, source: &SourceRef) -> Finding {
    let finding = finding.at(&source.at, &source.quote);
    match source.span {
        Some(span) => finding.span(span),
        None => finding,
    }
}
