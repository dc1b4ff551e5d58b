//! Bounds of which a document does not say whether the number itself is in or out.

use crate::{
    diagnostic::{Confidence, Finding, Severity},
    number::Decimal,
    ruleset::{Bounds, Doubt, SourceRef},
};

/// A grade's band or a tier.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Interval<'a> {
    /// Its bounds.
    pub(crate) bounds: Bounds,
    /// What is not certain about it.
    pub(crate) doubts: &'a [Doubt],
    /// Where it stands.
    pub(crate) source: &'a SourceRef,
}

/// A number that the document leaves on the border.
#[derive(Debug, Clone)]
pub(crate) struct OpenBound<'a> {
    /// The number.
    pub(crate) value: Decimal,
    /// The intervals that it bounds, by their place in the list.
    pub(crate) intervals: Vec<usize>,
    /// Where the doubt stands.
    pub(crate) source: &'a SourceRef,
    /// Whether the Civil Code decides it.
    by_code: bool,
}

impl OpenBound<'_> {
    /// The finding as a note where the Civil Code decides the bound.
    pub(crate) const fn graded(&self, mut finding: Finding) -> Finding {
        if self.by_code {
            finding.severity = Severity::Note;
            finding.confidence = Confidence::Medium;
        }
        finding
    }
}

/// The bounds that nothing in the document decides, each number once, from the lowest up. The ends of the whole scale (its
/// lowest bound at zero or below, its highest at the full marks or above) need no decision: no value lies beyond them. Nor
/// do the ends of a bare range (80—89) that no other interval touches: nobody else could hold them.
pub(crate) fn bounds<'a>(list: &[Interval<'a>], marks: Option<Decimal>) -> Vec<OpenBound<'a>> {
    let mut found: Vec<OpenBound<'a>> = Vec::new();
    for interval in list {
        for (bound, side) in [(interval.bounds.lower, "lower"), (interval.bounds.upper, "upper")] {
            let Some(value) = bound.map(|it| it.value) else { continue };
            let Some(by_code) = doubt(interval.doubts, side) else { continue };
            let end = match side {
                "lower" => value <= Decimal::ZERO,
                _ => marks.is_some_and(|it| value >= it),
            };
            let intervals = touching(list, value);
            let range = interval.bounds.lower.is_some() && interval.bounds.upper.is_some();
            if end || (range && intervals.len() == 1) {
                continue;
            }
            // Doubt about one side of a number that the other side's words leave open too.
            if let Some(open) = found.iter_mut().find(|it| it.value == value) {
                open.by_code &= by_code;
            } else {
                found.push(OpenBound { value, intervals, source: interval.source, by_code });
            }
        }
    }
    found.sort_by_key(|it| it.value);
    found
}

/// Whether the bound of a side is in doubt; if so, whether the Civil Code decides it.
fn doubt(doubts: &[Doubt], side: &str) -> Option<bool> {
    doubts.iter().find_map(|it| {
        let kind = it.strip_prefix(side).unwrap_or(it);
        match kind.trim_start_matches('-') {
            "bound-undecided" => Some(false),
            "bound-by-code" => Some(true),
            _ => None,
        }
    })
}

fn touching(list: &[Interval<'_>], value: Decimal) -> Vec<usize> {
    let ends = |it: &Interval<'_>| [it.bounds.lower, it.bounds.upper];
    let touches = |it: &Interval<'_>| ends(it).iter().flatten().any(|it| it.value == value);
    let places = list.iter().enumerate().filter(|(_, it)| touches(it));
    places.map(|(nth, _)| nth).collect()
}
