//! The ruleset in force: what was compiled, with the decisions applied.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Action, Added, Addition, Decision, InForce, Log, Moved, Orphan, OrphanReason, Stamp, Status,
    Target, amend, bind::bind,
};
use crate::ruleset::{
    Indicator, Rule, Ruleset,
    print::{ItemKind, ItemRef, items},
};

/// Applies a log to a ruleset.
///
/// Decisions apply in the order of the log, and the last one about an item gives its status; amendments add up. An item is
/// held by the print that it has as compiled: it stays amended as long as that does not change. Nothing fails: a decision
/// that no longer fits is listed in `orphaned`, and its item stays pending.
#[must_use]
pub fn apply(ruleset: &Ruleset, log: &Log) -> InForce {
    let mut state = State { whole: ruleset.clone(), ..State::default() };
    let settled = state.put_additions(log);
    let items = items(&state.whole);
    for it in &items {
        state.status.entry(it.id.clone()).or_default();
    }
    state.put_decisions(log, &items);
    state.put_settled(&settled, &items);
    state.reject_below();
    let gone = |it: &Status| matches!(it, Status::Rejected(_) | Status::Dismissed(_));
    let gone = state.status.iter().filter(|it| gone(it.1)).map(|it| it.0.clone()).collect();
    InForce {
        ruleset: without(&state.whole, &gone),
        whole: state.whole,
        items,
        status: state.status,
        moved: state.moved,
        orphaned: state.orphaned,
    }
}

/// The items that wait for a decision: those with doubts first, then unread mentions, then the others in tree order.
#[must_use]
pub fn pending(in_force: &InForce) -> Vec<&ItemRef> {
    let waits = |it: &&ItemRef| in_force.status.get(&it.id) == Some(&Status::Pending);
    let mut items: Vec<&ItemRef> = in_force.items.iter().filter(waits).collect();
    items.sort_by_key(|it| (it.doubts.is_empty(), it.kind != ItemKind::Unread));
    items
}

/// What is known while decisions are applied.
#[derive(Default)]
struct State {
    /// The ruleset with additions and amendments, before anything is taken out.
    whole: Ruleset,
    status: BTreeMap<String, Status>,
    moved: Vec<Moved>,
    orphaned: Vec<Orphan>,
}

impl State {
    fn orphan(&mut self, decision: &Decision, reason: OrphanReason) {
        self.orphaned.push(Orphan { decision: decision.clone(), reason });
    }

    /// Puts in what was added. Returns the mentions that additions settle.
    fn put_additions<'a>(&mut self, log: &'a Log) -> Vec<(&'a Target, &'a Stamp)> {
        let mut settled = Vec::new();
        for decision in &log.decisions {
            let Action::Add(addition) = &decision.action else { continue };
            match put_addition(&mut self.whole, addition) {
                Ok(ids) => {
                    let added = || Status::Added(decision.stamp.clone());
                    self.status.extend(ids.into_iter().map(|it| (it, added())));
                    settled.extend(addition.settles.iter().map(|it| (it, &decision.stamp)));
                }
                Err(reason) => self.orphan(decision, reason),
            }
        }
        settled
    }

    fn put_decisions(&mut self, log: &Log, items: &[ItemRef]) {
        let with_target = |it: &'_ Decision| !matches!(it.action, Action::Add(_));
        let decisions: Vec<&Decision> = log.decisions.iter().filter(|it| with_target(it)).collect();
        let targets: Vec<&Target> = decisions.iter().filter_map(|it| target(&it.action)).collect();
        for ((decision, target), binding) in
            decisions.iter().zip(&targets).zip(bind(&targets, items))
        {
            let binding = match binding {
                Ok(it) => it,
                Err(reason) => {
                    self.orphan(decision, reason);
                    continue;
                }
            };
            let Some(item) = items.get(binding.item) else { continue };
            if binding.moved {
                self.note_move(item, target);
            }
            match self.status_by(item, decision) {
                Some(status) => {
                    self.status.insert(item.id.clone(), status);
                }
                None => self.orphan(decision, OrphanReason::Unfit),
            }
        }
    }

    fn note_move(&mut self, item: &ItemRef, target: &Target) {
        let (from, to) = (target.path.clone(), item.path.clone());
        let moved = Moved { id: item.id.clone(), from, to };
        if !self.moved.contains(&moved) {
            self.moved.push(moved);
        }
    }

    /// The status that a decision gives to its item; an amendment changes the item too. None where it does not fit.
    fn status_by(&mut self, item: &ItemRef, decision: &Decision) -> Option<Status> {
        let stamp = decision.stamp.clone();
        let unread = item.kind == ItemKind::Unread;
        match &decision.action {
            Action::Approve(_) if !unread => Some(Status::Approved(stamp)),
            Action::Reject(_) if !unread => Some(Status::Rejected(stamp)),
            Action::Dismiss(_) if unread => Some(Status::Dismissed(stamp)),
            Action::Amend(_, fields) if !unread => {
                amend::amend(&mut self.whole, &item.id, fields).ok()?;
                Some(Status::Amended(stamp))
            }
            _ => None,
        }
    }

    fn put_settled(&mut self, settled: &[(&Target, &Stamp)], items: &[ItemRef]) {
        let targets: Vec<&Target> = settled.iter().map(|it| it.0).collect();
        for ((_, stamp), binding) in settled.iter().zip(bind(&targets, items)) {
            let item = binding.ok().and_then(|it| items.get(it.item));
            if let Some(item) = item.filter(|it| it.kind == ItemKind::Unread) {
                self.status.insert(item.id.clone(), Status::Dismissed((*stamp).clone()));
            }
        }
    }

    /// What stands below a rejected node is rejected with it.
    fn reject_below(&mut self) {
        for it in &self.whole.indicators {
            reject_indicator(it, None, &mut self.status);
        }
        for it in &self.whole.adjustments {
            if let Some(status @ Status::Rejected(_)) = self.status.get(&it.id).cloned() {
                reject_rules(&it.rules, &status, &mut self.status);
            }
        }
    }
}

fn reject_indicator(it: &Indicator, above: Option<&Status>, status: &mut BTreeMap<String, Status>) {
    let own = status.get(&it.id).filter(|it| matches!(it, Status::Rejected(_))).cloned();
    let rejected = above.cloned().or(own);
    if let Some(rejected) = &rejected {
        status.insert(it.id.clone(), rejected.clone());
        reject_rules(&it.rules, rejected, status);
    }
    for child in &it.indicators {
        reject_indicator(child, rejected.as_ref(), status);
    }
}

fn reject_rules(rules: &[Rule], rejected: &Status, status: &mut BTreeMap<String, Status>) {
    status.extend(rules.iter().map(|it| (it.id.clone(), rejected.clone())));
}

fn target(action: &Action) -> Option<&Target> {
    match action {
        Action::Approve(it) | Action::Amend(it, _) | Action::Reject(it) | Action::Dismiss(it) => {
            Some(it)
        }
        Action::Add(_) => None,
    }
}

/// Puts an added item into the ruleset and returns its id and those of all that is below it.
fn put_addition(whole: &mut Ruleset, addition: &Addition) -> Result<Vec<String>, OrphanReason> {
    let parent = match &addition.parent {
        Some(it) => Some(find_parent(&items(whole), it).ok_or(OrphanReason::NoParent)?),
        None => None,
    };
    let mut taken: BTreeSet<String> = items(whole).into_iter().map(|it| it.id).collect();
    let before = taken.clone();
    put_item(whole, parent.as_deref(), addition.item.clone(), &mut taken)?;
    Ok(items(whole).into_iter().map(|it| it.id).filter(|it| !before.contains(it)).collect())
}

/// The id of the node that an addition belongs to: by print and path, else by its path, else by its print.
fn find_parent(items: &[ItemRef], target: &Target) -> Option<String> {
    let nodes = || {
        let node = |it: &&ItemRef| matches!(it.kind, ItemKind::Indicator | ItemKind::Adjustment);
        items.iter().filter(node)
    };
    let one = |test: &dyn Fn(&&ItemRef) -> bool| {
        let mut found = nodes().filter(test);
        found.next().filter(|_| found.next().is_none()).map(|it| it.id.clone())
    };
    one(&|it| it.print == target.print && it.path == target.path && it.id == target.item)
        .or_else(|| one(&|it| it.print == target.print && it.path == target.path))
        .or_else(|| one(&|it| it.path == target.path))
        .or_else(|| one(&|it| it.print == target.print))
}

fn put_item(
    whole: &mut Ruleset,
    parent: Option<&str>,
    item: Added,
    taken: &mut BTreeSet<String>,
) -> Result<(), OrphanReason> {
    match (item, parent) {
        (Added::Rule(mut it), Some(parent)) => {
            free_id(&mut it.id, taken);
            rules_of(whole, parent).ok_or(OrphanReason::NoParent)?.push(it);
        }
        (Added::Indicator(mut it), parent) => {
            free_ids(&mut it, taken);
            let siblings = match parent {
                Some(id) => find_indicator(&mut whole.indicators, id).map(|it| &mut it.indicators),
                None => Some(&mut whole.indicators),
            };
            siblings.ok_or(OrphanReason::NoParent)?.push(it);
        }
        (Added::Adjustment(mut it), None) => {
            free_id(&mut it.id, taken);
            it.rules.iter_mut().for_each(|it| free_id(&mut it.id, taken));
            whole.adjustments.push(it);
        }
        (Added::Total(it), None) if whole.total.is_none() => whole.total = Some(it),
        (Added::Grade(it), None) => whole.grades.push(it),
        (Added::Quota(it), None) => whole.quotas.push(it),
        (Added::Limit(it), None) => whole.limits.push(it),
        (Added::Share(it), None) => whole.shares.push(it),
        _ => return Err(OrphanReason::Unfit),
    }
    Ok(())
}

/// Changes an id that is taken. It was free when the item was added; the compiler has since given it to another.
fn free_id(id: &mut String, taken: &mut BTreeSet<String>) {
    while !taken.insert(id.clone()) {
        id.push('+');
    }
}

fn free_ids(it: &mut Indicator, taken: &mut BTreeSet<String>) {
    free_id(&mut it.id, taken);
    it.rules.iter_mut().for_each(|it| free_id(&mut it.id, taken));
    it.indicators.iter_mut().for_each(|it| free_ids(it, taken));
}

/// The rules of an indicator or list.
fn rules_of<'a>(whole: &'a mut Ruleset, id: &str) -> Option<&'a mut Vec<Rule>> {
    if let Some(it) = whole.adjustments.iter_mut().find(|it| it.id == id) {
        return Some(&mut it.rules);
    }
    find_indicator(&mut whole.indicators, id).map(|it| &mut it.rules)
}

/// The indicator of an id, at any depth.
pub(super) fn find_indicator<'a>(list: &'a mut [Indicator], id: &str) -> Option<&'a mut Indicator> {
    list.iter_mut()
        .find_map(|it| if it.id == id { Some(it) } else { find_indicator(&mut it.indicators, id) })
}

/// The ruleset without some items.
fn without(whole: &Ruleset, gone: &BTreeSet<String>) -> Ruleset {
    let mut ruleset = whole.clone();
    let stays = |id: &str| !gone.contains(id);
    ruleset.total = ruleset.total.filter(|_| stays("t"));
    drop_indicators(&mut ruleset.indicators, gone);
    ruleset.adjustments.retain(|it| stays(&it.id));
    ruleset.adjustments.iter_mut().for_each(|it| drop_rules(&mut it.rules, gone));
    keep(&mut ruleset.grades, 'g', gone);
    keep(&mut ruleset.quotas, 'q', gone);
    keep(&mut ruleset.limits, 'l', gone);
    keep(&mut ruleset.shares, 's', gone);
    ruleset.unread.retain(|it| stays(&it.id));
    ruleset
}

fn drop_indicators(list: &mut Vec<Indicator>, gone: &BTreeSet<String>) {
    list.retain(|it| !gone.contains(&it.id));
    for it in list {
        drop_rules(&mut it.rules, gone);
        drop_indicators(&mut it.indicators, gone);
    }
}

/// Drops rules, and their ids where a factor names them. A factor whose rules are all gone multiplies nothing and goes too:
/// without names it would multiply every rule of its node.
fn drop_rules(rules: &mut Vec<Rule>, gone: &BTreeSet<String>) {
    rules.retain_mut(|it| {
        let named = !it.of.is_empty();
        it.of.retain(|id| !gone.contains(id));
        !gone.contains(&it.id) && (!named || !it.of.is_empty())
    });
}

/// Drops the items whose ids by order are gone.
fn keep<T>(list: &mut Vec<T>, letter: char, gone: &BTreeSet<String>) {
    let mut nth = 0;
    list.retain(|_| {
        nth += 1;
        !gone.contains(&format!("{letter}{nth}"))
    });
}
