//! Bounds: who decides whether a number belongs to an interval.
//!
//! In this order: the words at the bound itself (含60分); its neighbour's words (79-60分（含60分） takes 60 from 60分以下);
//! the document's own rule (“以上”“以下”均含本数); 《民法典》第一千二百五十九条 (以上、以下、以内 include the number). Every bound that
//! its own words do not decide carries a doubt that names who did.

use crate::{
    clause::interval::{Edge, Interval},
    number::Decimal,
    ruleset::{Bound, Bounds, Doubt},
};

/// The bounds of an interval. What its words leave open holds the number, with a doubt from [`open`].
pub(super) fn of(interval: &Interval) -> Bounds {
    let bound = |it: Edge| Bound { value: it.value, inclusive: it.inclusive.unwrap_or(true) };
    Bounds { lower: interval.lower.map(bound), upper: interval.upper.map(bound) }
}

/// Both numbers, both held.
pub(super) const fn closed(from: Decimal, to: Decimal) -> Bounds {
    Bounds {
        lower: Some(Bound { value: from, inclusive: true }),
        upper: Some(Bound { value: to, inclusive: true }),
    }
}

const LOWER_OPEN: &str = "lower-bound-undecided";
const UPPER_OPEN: &str = "upper-bound-undecided";

/// The doubts about the bounds of an interval that its own words leave open.
pub(super) fn open(interval: &Interval) -> Vec<Doubt> {
    let is_open = |it: Option<Edge>| it.is_some_and(|it| it.inclusive.is_none());
    let lower = is_open(interval.lower).then(|| LOWER_OPEN.to_owned());
    let upper = is_open(interval.upper).then(|| UPPER_OPEN.to_owned());
    lower.into_iter().chain(upper).collect()
}

/// One of several intervals of the same measure.
#[derive(Debug)]
pub(super) struct Settled<'a> {
    pub(super) bounds: &'a mut Bounds,
    pub(super) doubts: &'a mut Vec<Doubt>,
}

/// Settles the open bounds of intervals that stand beside each other.
pub(super) fn settle(intervals: &mut [Settled<'_>], document_includes: bool) {
    let count = intervals.len();
    for one in 0..count {
        let Some(lower) = intervals.get(one).and_then(|it| it.bounds.lower) else { continue };
        let below = (0..count).find(|&other| {
            let upper = intervals.get(other).and_then(|it| it.bounds.upper);
            other != one && upper.is_some_and(|it| it.value == lower.value)
        });
        if let Some(other) = below {
            meet(intervals, one, other);
        }
    }
    for it in intervals {
        let by = if document_includes { "document" } else { "code" };
        let one_sided = it.bounds.lower.is_none() || it.bounds.upper.is_none();
        // The Code speaks of 以上 and 以下 only; a bare range holds both its numbers or leaves them undecided.
        if one_sided {
            replace(it.doubts, LOWER_OPEN, "lower", by, document_includes);
            replace(it.doubts, UPPER_OPEN, "upper", by, document_includes);
        }
    }
}

/// Names who decided a bound that was open. What the document's own rule decides is certain.
fn replace(doubts: &mut Vec<Doubt>, open: &str, side: &str, by: &str, certain: bool) {
    let Some(at) = doubts.iter().position(|it| it == open) else { return };
    doubts.remove(at);
    if !certain {
        doubts.push(format!("{side}-bound-by-{by}"));
    }
}

/// Two intervals share a number: who has words keeps it, else the upper one does.
fn meet(intervals: &mut [Settled<'_>], upper: usize, lower: usize) {
    let has = |it: Option<&Settled<'_>>, doubt: &str| {
        it.is_some_and(|it| it.doubts.iter().any(|it| it == doubt))
    };
    let upper_open = has(intervals.get(upper), LOWER_OPEN);
    let lower_open = has(intervals.get(lower), UPPER_OPEN);
    let upper_holds = if upper_open && !lower_open {
        intervals.get(lower).and_then(|it| it.bounds.upper).is_none_or(|it| !it.inclusive)
    } else {
        intervals.get(upper).and_then(|it| it.bounds.lower).is_none_or(|it| it.inclusive)
    };
    if let Some(it) = intervals.get_mut(upper).filter(|_| upper_open) {
        if let Some(bound) = it.bounds.lower.as_mut() {
            bound.inclusive = upper_holds;
        }
        replace(it.doubts, LOWER_OPEN, "lower", "neighbour", false);
    }
    if let Some(it) = intervals.get_mut(lower).filter(|_| lower_open) {
        if let Some(bound) = it.bounds.upper.as_mut() {
            bound.inclusive = !upper_holds;
        }
        replace(it.doubts, UPPER_OPEN, "upper", "neighbour", false);
    }
}
