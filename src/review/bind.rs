//! Which item a decision is about, after the ruleset was compiled again.
//!
//! Same print and path: the decision holds. Same print, once, elsewhere: it holds and is noted as moved. Same print several
//! times and no path that settles it: undecided. No item with its print: the decision is about words that are gone.

use std::collections::{BTreeMap, BTreeSet};

use super::{OrphanReason, Target};
use crate::ruleset::print::ItemRef;

/// The item that a target means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Binding {
    /// Its index among the items.
    pub(super) item: usize,
    /// Whether it stands elsewhere now.
    pub(super) moved: bool,
}

/// Finds the item of each target.
pub(super) fn bind(targets: &[&Target], items: &[ItemRef]) -> Vec<Result<Binding, OrphanReason>> {
    let mut by_print: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut by_place: BTreeMap<(&str, &[String]), Vec<usize>> = BTreeMap::new();
    for (nth, item) in items.iter().enumerate() {
        by_print.entry(&item.print).or_default().push(nth);
        by_place.entry((&item.print, &item.path)).or_default().push(nth);
    }
    let alike = |it: &Target| by_print.get(it.print.as_str()).map_or(&[][..], Vec::as_slice);
    let place = |it: &'_ &Target| by_place.get(&(it.print.as_str(), it.path.as_slice())).cloned();
    let exact: Vec<_> = targets
        .iter()
        .map(|it| place(it).and_then(|in_place| exact(it, items, &in_place)))
        .collect();

    // An item that a decision names by print and path is not free for one that comes from elsewhere.
    let taken: BTreeSet<usize> =
        exact.iter().flatten().filter_map(|it| it.as_ref().ok()).map(|it| it.item).collect();
    let elsewhere = |it: &Target| match alike(it) {
        [] => Err(OrphanReason::Changed),
        [one] if taken.contains(one) => Err(OrphanReason::Changed),
        [one] => Ok(Binding { item: *one, moved: true }),
        _ => Err(OrphanReason::Several),
    };
    let bound: Vec<_> = targets
        .iter()
        .zip(exact)
        .map(|(target, exact)| exact.unwrap_or_else(|| elsewhere(target)))
        .collect();
    one_origin_each(targets, bound)
}

/// Which of the items of the same print and path a target means; none where there are none.
fn exact(
    target: &Target,
    items: &[ItemRef],
    in_place: &[usize],
) -> Option<Result<Binding, OrphanReason>> {
    let found = |item: &usize| Ok(Binding { item: *item, moved: false });
    match in_place {
        [] => None,
        [one] => Some(found(one)),
        // The same statement twice in one place: only the number tells them apart.
        many => {
            let own = |nth: &&usize| items.get(**nth).is_some_and(|it| it.id == target.item);
            Some(many.iter().find(own).map_or(Err(OrphanReason::Several), found))
        }
    }
}

/// Where decisions from two places both claim one item that stands elsewhere, neither has it.
fn one_origin_each(
    targets: &[&Target],
    bound: Vec<Result<Binding, OrphanReason>>,
) -> Vec<Result<Binding, OrphanReason>> {
    let mut origins: BTreeMap<usize, BTreeSet<&[String]>> = BTreeMap::new();
    for (target, binding) in targets.iter().zip(&bound) {
        if let Ok(Binding { item, moved: true }) = binding {
            origins.entry(*item).or_default().insert(&target.path);
        }
    }
    let contested = |it: &Binding| it.moved && origins.get(&it.item).is_some_and(|it| it.len() > 1);
    let settle = |it: Result<Binding, OrphanReason>| match it {
        Ok(it) if contested(&it) => Err(OrphanReason::Several),
        it => it,
    };
    bound.into_iter().map(settle).collect()
}
