//! Making a decision: is there such an item, does the action apply to it, is the value one that the format takes?

use super::{
    Action, Added, Addition, Decision, InForce, ReviewError, Stamp, Target, amend::amend, log,
};
use crate::ruleset::print::{ItemKind, ItemRef};

/// What a person wants to do with an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verb {
    /// It is right.
    Approve,
    /// These fields have other values; an empty one takes the key out.
    Amend(Vec<(String, String)>),
    /// It is wrong.
    Reject,
    /// The unread mention needs nothing.
    Dismiss,
}

impl Verb {
    const fn name(&self) -> &'static str {
        match self {
            Self::Approve => "approve",
            Self::Amend(_) => "amend",
            Self::Reject => "reject",
            Self::Dismiss => "dismiss",
        }
    }
}

/// Makes a decision about the item with an id.
///
/// # Errors
///
/// Says that there is no such item, that the action does not apply to it, that a value is refused, or that the name or the
/// reason is missing. An approval needs no reason.
pub fn decide(
    in_force: &InForce,
    id: &str,
    verb: Verb,
    stamp: Stamp,
) -> Result<Decision, ReviewError> {
    check_stamp(&stamp, verb.name())?;
    let item = item(in_force, id)?;
    if (item.kind == ItemKind::Unread) != (verb == Verb::Dismiss) {
        let (id, kind) = (id.to_owned(), item.kind);
        return Err(ReviewError::Action { id, kind, action: verb.name() });
    }
    let target = Target::from(item);
    let action = match verb {
        Verb::Approve => Action::Approve(target),
        Verb::Reject => Action::Reject(target),
        Verb::Dismiss => Action::Dismiss(target),
        Verb::Amend(fields) => {
            amend(&mut in_force.whole.clone(), id, &fields)?;
            Action::Amend(target, fields)
        }
    };
    Ok(Decision { stamp, action })
}

/// Reads what a person adds: one addition or a list of them, each `{parent, settles, add: {KIND: …}}` with the ids of the
/// parent and of the unread mentions that it settles.
///
/// # Errors
///
/// Says why the text cannot be read, that the parent or a mention does not exist, that an item of the kind has no place
/// there, that an id is taken, or that the name or the reason is missing.
pub fn parse_addition(
    in_force: &InForce,
    text: &str,
    stamp: &Stamp,
) -> Result<Vec<Decision>, ReviewError> {
    check_stamp(stamp, "add")?;
    let drafts = log::read_drafts(text).map_err(|it| ReviewError::Addition(Box::new(it)))?;
    let mut taken: Vec<String> = in_force.items.iter().map(|it| it.id.clone()).collect();
    let mut decisions = Vec::new();
    for draft in drafts {
        check_ids(&draft.add, &mut taken)?;
        let parent = draft.parent.as_deref().map(|it| item(in_force, it)).transpose()?;
        check_parent(parent, &draft.add)?;
        let settles = draft.settles.iter().map(|it| unread(in_force, it));
        let addition = Addition {
            parent: parent.map(Target::from),
            settles: settles.collect::<Result<_, _>>()?,
            item: draft.add,
        };
        decisions.push(Decision { stamp: stamp.clone(), action: Action::Add(Box::new(addition)) });
    }
    Ok(decisions)
}

fn check_stamp(stamp: &Stamp, action: &'static str) -> Result<(), ReviewError> {
    if stamp.by.trim().is_empty() {
        return Err(ReviewError::NoName);
    }
    if stamp.why.trim().is_empty() && action != "approve" {
        return Err(ReviewError::NoReason(action));
    }
    Ok(())
}

fn item<'a>(in_force: &'a InForce, id: &str) -> Result<&'a ItemRef, ReviewError> {
    let found = in_force.items.iter().find(|it| it.id == id);
    found.ok_or_else(|| ReviewError::NoItem(id.to_owned()))
}

fn unread(in_force: &InForce, id: &str) -> Result<Target, ReviewError> {
    let item = item(in_force, id)?;
    if item.kind == ItemKind::Unread {
        return Ok(Target::from(item));
    }
    Err(ReviewError::Action { id: id.to_owned(), kind: item.kind, action: "settles" })
}

/// A rule stands in an indicator or list, an indicator in an indicator or at the top, all else at the top.
fn check_parent(parent: Option<&ItemRef>, added: &Added) -> Result<(), ReviewError> {
    let kind = parent.map(|it| it.kind);
    let fits = match added {
        Added::Rule(_) => matches!(kind, Some(ItemKind::Indicator | ItemKind::Adjustment)),
        Added::Indicator(_) => matches!(kind, None | Some(ItemKind::Indicator)),
        _ => kind.is_none(),
    };
    match parent {
        _ if fits => Ok(()),
        Some(it) => Err(ReviewError::Action { id: it.id.clone(), kind: it.kind, action: "add" }),
        None => Err(ReviewError::NoParent),
    }
}

/// No id of what is added may be in use.
fn check_ids(added: &Added, taken: &mut Vec<String>) -> Result<(), ReviewError> {
    let mut ids = Vec::new();
    match added {
        Added::Rule(it) => ids.push(&it.id),
        Added::Adjustment(it) => {
            ids.push(&it.id);
            ids.extend(it.rules.iter().map(|it| &it.id));
        }
        Added::Indicator(it) => {
            let mut nodes = vec![it];
            while let Some(it) = nodes.pop() {
                ids.push(&it.id);
                ids.extend(it.rules.iter().map(|it| &it.id));
                nodes.extend(&it.indicators);
            }
        }
        _ => {}
    }
    for id in ids {
        if taken.contains(id) {
            return Err(ReviewError::Taken(id.clone()));
        }
        taken.push(id.clone());
    }
    Ok(())
}
