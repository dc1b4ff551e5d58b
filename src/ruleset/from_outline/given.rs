//! The points and weights that a text gives to a node: the first one counts, and another one is reported.

use super::{
    Lowering,
    text::value,
    tree::{NodeId, ROOT},
};
use crate::{
    clause::Clause,
    diagnostic::{Finding, Severity},
    document::folded::Folded,
    number::{Decimal, shortest},
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
        let number = |it| format!("{}{unit}", shortest(it));
        let finding = Finding::new(DIFFER, Severity::Warning)
            .arg("name", &node.name)
            .arg("first", number(first))
            .arg("other", number(new))
            .at(place.to_string(), self.letters.quote(span))
            .span(span);
        self.findings.push(finding);
    }
}
