//! What stands beside the tree: the total, rounding, periods, grades, quotas, limits, shares.

use super::{
    Change, Found, How, Side, Subject,
    compare::{Differences, bounds, periods},
    likeness::{Pairs, folded},
    pairing::{Candidate, Pairing},
};
use crate::{
    number::shortest,
    ruleset::{Grade, Limit, LimitEffect, Quota, RoundingMode, Ruleset, Share, SourceRef, Total},
};

/// Conditions and names that are at least so alike make a pair.
const ALIKE: u32 = 400;

/// Says what is different beside the tree.
pub(super) fn report(old: &Ruleset, new: &Ruleset, found: &mut Found) {
    total(old, new, found);
    list(&old.grades, &new.grades, found);
    list(&old.quotas, &new.quotas, found);
    list(&old.limits, &new.limits, found);
    list(&old.shares, &new.shares, found);
}

fn total(old: &Ruleset, new: &Ruleset, found: &mut Found) {
    let mut differences = Differences::default();
    let points = |it: &Ruleset| it.total.as_ref().map(|it| it.points);
    differences.push("points", points(old).map(shortest), points(new).map(shortest));
    let length = |it: &Ruleset| it.periods.map(periods);
    differences.push("periods", length(old), length(new));
    let rounding =
        |it: &Ruleset| Some(format!("{} {}", it.rounding.places, mode(it.rounding.mode)));
    differences.push("rounding", rounding(old), rounding(new));
    let moved = match (points(old), points(new)) {
        (Some(a), Some(b)) => a.checked_sub(b).map(|it| it.abs()).filter(|it| !it.is_zero()),
        (a, b) => a.or(b),
    };
    let side = |it: &Option<Total>| {
        it.as_ref().map(|it| Side::new("t", &[], &it.source)).into_iter().collect::<Vec<_>>()
    };
    let how = if differences.fields.is_empty() { Vec::new() } else { vec![How::Changed] };
    found.push(Change {
        subject: Subject::Total,
        how,
        old: side(&old.total),
        new: side(&new.total),
        fields: differences.fields,
        points: moved,
    });
}

const fn mode(mode: RoundingMode) -> &'static str {
    match mode {
        RoundingMode::HalfUp => "half-up",
        RoundingMode::Down => "down",
        RoundingMode::Up => "up",
    }
}

/// An item of a list beside the tree.
trait Item {
    const SUBJECT: Subject;
    /// The letter of its id.
    const LETTER: char;
    fn source(&self) -> &SourceRef;
    /// What it is called.
    fn label(&self) -> String;
    /// How likely two are the same one.
    fn likeness(&self, other: &Self) -> u32;
    /// Adds what is different.
    fn compare(&self, other: &Self, differences: &mut Differences, how: &mut Vec<How>);
}

/// Pairs the items of two lists and says what is different.
fn list<T: Item>(old: &[T], new: &[T], found: &mut Found) {
    let mut pairing = Pairing::none(old.len(), new.len());
    let mut candidates = Vec::new();
    for (b, two) in new.iter().enumerate() {
        for (a, one) in old.iter().enumerate() {
            let score = one.likeness(two);
            if score >= ALIKE {
                candidates.push(Candidate { old: a, new: b, score, distance: a.abs_diff(b) });
            }
        }
    }
    pairing.take(candidates);
    for (a, b) in pairing.pairs() {
        let (Some(one), Some(two)) = (old.get(a), new.get(b)) else { continue };
        let (mut differences, mut how) = (Differences::default(), Vec::new());
        one.compare(two, &mut differences, &mut how);
        found.push(Change {
            subject: T::SUBJECT,
            how,
            old: vec![side(one, a)],
            new: vec![side(two, b)],
            fields: differences.fields,
            points: None,
        });
    }
    for nth in pairing.lone_old() {
        let sides = old.get(nth).map(|it| side(it, nth)).into_iter().collect();
        found.push(lone(T::SUBJECT, How::Removed, sides, Vec::new()));
    }
    for nth in pairing.lone_new() {
        let sides = new.get(nth).map(|it| side(it, nth)).into_iter().collect();
        found.push(lone(T::SUBJECT, How::Added, Vec::new(), sides));
    }
}

fn lone(subject: Subject, how: How, old: Vec<Side>, new: Vec<Side>) -> Change {
    Change { subject, how: vec![how], old, new, fields: Vec::new(), points: None }
}

fn side<T: Item>(item: &T, nth: usize) -> Side {
    Side::new(&format!("{}{}", T::LETTER, nth + 1), &[item.label()], item.source())
}

fn alike(a: &str, b: &str) -> u32 {
    Pairs::of(&folded(a)).likeness(&Pairs::of(&folded(b)))
}

impl Item for Grade {
    const SUBJECT: Subject = Subject::Grade;
    const LETTER: char = 'g';

    fn source(&self) -> &SourceRef {
        &self.source
    }

    fn label(&self) -> String {
        self.name.clone()
    }

    fn likeness(&self, other: &Self) -> u32 {
        if self.name == other.name {
            return 2000 + u32::from(self.bounds == other.bounds) * 100;
        }
        // Another name for the same band: the grade was renamed.
        let banded = self.bounds.lower.is_some() || self.bounds.upper.is_some();
        u32::from(banded && self.bounds == other.bounds) * 1000
    }

    fn compare(&self, other: &Self, differences: &mut Differences, how: &mut Vec<How>) {
        if self.name != other.name {
            how.push(How::Renamed);
            differences.push("name", Some(self.name.clone()), Some(other.name.clone()));
        }
        if self.bounds != other.bounds || self.within != other.within {
            how.push(How::Changed);
            differences.push("bounds", Some(bounds(self.bounds)), Some(bounds(other.bounds)));
            differences.push("within", self.within.clone(), other.within.clone());
        }
    }
}

impl Item for Quota {
    const SUBJECT: Subject = Subject::Quota;
    const LETTER: char = 'q';

    fn source(&self) -> &SourceRef {
        &self.source
    }

    fn label(&self) -> String {
        self.grade.clone()
    }

    fn likeness(&self, other: &Self) -> u32 {
        let scope = |it: &Self| it.within.clone().unwrap_or_default();
        let same = u32::from(self.grade == other.grade) * 1000;
        same + alike(&scope(self), &scope(other)) / 10
    }

    fn compare(&self, other: &Self, differences: &mut Differences, how: &mut Vec<How>) {
        differences.push("max", self.max.map(shortest), other.max.map(shortest));
        differences.push("count", self.count.map(shortest), other.count.map(shortest));
        differences.push("within", self.within.clone(), other.within.clone());
        if !differences.fields.is_empty() {
            how.push(How::Changed);
        }
    }
}

impl Item for Limit {
    const SUBJECT: Subject = Subject::Limit;
    const LETTER: char = 'l';

    fn source(&self) -> &SourceRef {
        &self.source
    }

    fn label(&self) -> String {
        self.grade.clone().unwrap_or_default()
    }

    fn likeness(&self, other: &Self) -> u32 {
        let when = |it: &Self| it.when.clone().unwrap_or_default();
        let alike = alike(&when(self), &when(other));
        let same = self.effect == other.effect && self.grade == other.grade;
        if alike < ALIKE { 0 } else { alike + u32::from(same) * 200 }
    }

    fn compare(&self, other: &Self, differences: &mut Differences, how: &mut Vec<How>) {
        let effect = |it: &Self| match it.effect {
            LimitEffect::Forbid => Some("forbid".to_owned()),
            LimitEffect::Force => Some("force".to_owned()),
        };
        differences.push("effect", effect(self), effect(other));
        differences.push("grade", self.grade.clone(), other.grade.clone());
        if !differences.fields.is_empty() {
            how.push(How::Changed);
        }
        let words = |it: &Self| folded(it.when.as_deref().unwrap_or_default());
        if words(self) != words(other) {
            how.push(How::Reworded);
            differences.push("when", self.when.clone(), other.when.clone());
        }
    }
}

impl Item for Share {
    const SUBJECT: Subject = Subject::Share;
    const LETTER: char = 's';

    fn source(&self) -> &SourceRef {
        &self.source
    }

    fn label(&self) -> String {
        self.into.clone()
    }

    fn likeness(&self, other: &Self) -> u32 {
        alike(&self.into, &other.into)
    }

    fn compare(&self, other: &Self, differences: &mut Differences, how: &mut Vec<How>) {
        if folded(&self.into) != folded(&other.into) {
            how.push(How::Renamed);
            differences.push("into", Some(self.into.clone()), Some(other.into.clone()));
        }
        if self.weight != other.weight {
            how.push(How::Changed);
            let weight = |it: &Self| Some(shortest(it.weight));
            differences.push("weight", weight(self), weight(other));
        }
    }
}
