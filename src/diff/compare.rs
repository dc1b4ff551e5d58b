//! What is different in two items, key by key of the format.

use super::{Field, nodes::FlatNode};
use crate::{
    number::{Decimal, shortest},
    ruleset::{Adjustment, Bounds, Indicator, Method, Periods, Rule, Tier},
};

/// The differences of two items.
#[derive(Debug, Default)]
pub(super) struct Differences {
    pub(super) fields: Vec<Field>,
}

impl Differences {
    /// Adds a value that is different.
    pub(super) fn push(&mut self, key: &'static str, old: Option<String>, new: Option<String>) {
        if old != new {
            self.fields.push(Field { key, old, new });
        }
    }

    fn number(&mut self, key: &'static str, old: Option<Decimal>, new: Option<Decimal>) {
        self.push(key, old.map(shortest), new.map(shortest));
    }

    fn flag(&mut self, key: &'static str, old: bool, new: bool) {
        let shown = |it: bool| it.then(|| "true".to_owned());
        self.push(key, shown(old), shown(new));
    }

    fn list(&mut self, key: &'static str, old: &[String], new: &[String]) {
        let shown = |it: &[String]| (!it.is_empty()).then(|| it.join("、"));
        self.push(key, shown(old), shown(new));
    }

    /// What is different in two nodes, their names and places aside.
    pub(super) fn nodes(&mut self, old: &FlatNode<'_>, new: &FlatNode<'_>) {
        if let (Some(old), Some(new)) = (old.indicator, new.indicator) {
            self.indicators(old, new);
        }
        if let (Some(old), Some(new)) = (old.adjustment, new.adjustment) {
            self.adjustments(old, new);
        }
    }

    fn indicators(&mut self, old: &Indicator, new: &Indicator) {
        self.number("points", old.points, new.points);
        self.number("weight", old.weight, new.weight);
        self.number("cap", old.cap, new.cap);
        self.push("method", old.method.map(method), new.method.map(method));
        self.push("periods", old.periods.map(periods), new.periods.map(periods));
        self.list("assessor", &old.assessor, &new.assessor);
        self.list("responsible", &old.responsible, &new.responsible);
        self.flag("highest", old.highest, new.highest);
        self.push("formula", old.formula.clone(), new.formula.clone());
    }

    fn adjustments(&mut self, old: &Adjustment, new: &Adjustment) {
        self.number("cap", old.cap, new.cap);
        self.flag("highest", old.highest, new.highest);
    }

    /// What a node that came or went has.
    pub(super) fn lone(&mut self, node: &FlatNode<'_>, added: bool) {
        let (points, weight, cap) = match (node.indicator, node.adjustment) {
            (Some(it), _) => (it.points, it.weight, it.cap),
            (None, Some(it)) => (None, None, it.cap),
            (None, None) => (None, None, None),
        };
        for (key, value) in [("points", points), ("weight", weight), ("cap", cap)] {
            let (old, new) = if added { (None, value) } else { (value, None) };
            self.number(key, old, new);
        }
    }

    /// What is different in two rules, their conditions aside.
    pub(super) fn rules(&mut self, old: &Rule, new: &Rule) {
        let text = |it: Option<&str>| it.map(str::to_owned);
        if old.effect != new.effect {
            self.push("effect", text(Some(old.effect.name())), text(Some(new.effect.name())));
        }
        self.push("amount", amount(old), amount(new));
        self.push("per", old.per.clone(), new.per.clone());
        self.number("cap", old.cap, new.cap);
        let case = |it: &Rule| it.case.as_ref().and_then(|it| it.cap);
        self.number("case", case(old), case(new));
        self.number("times", old.times, new.times);
        self.push("tiers", tiers(&old.tiers), tiers(&new.tiers));
        self.push("formula", old.formula.clone(), new.formula.clone());
        self.flag("highest", old.highest, new.highest);
        self.list("except", &old.except, &new.except);
    }

    /// What a rule that came or went does.
    pub(super) fn lone_rule(&mut self, rule: &Rule, added: bool) {
        let values = [
            ("effect", Some(rule.effect.name().to_owned())),
            ("amount", amount(rule)),
            ("per", rule.per.clone()),
            ("cap", rule.cap.map(shortest)),
            ("times", rule.times.map(shortest)),
            ("tiers", tiers(&rule.tiers)),
            ("when", rule.when.clone()),
        ];
        for (key, value) in values {
            let (old, new) = if added { (None, value) } else { (value, None) };
            self.push(key, old, new);
        }
    }
}

fn amount(rule: &Rule) -> Option<String> {
    rule.amount.map(|it| it.to_string())
}

fn method(method: Method) -> String {
    let name = match method {
        Method::Deduct => "deduct",
        Method::Award => "award",
        Method::Assessed => "assessed",
        Method::Sum => "sum",
    };
    name.to_owned()
}

pub(super) fn periods(periods: Periods) -> String {
    let name = match periods {
        Periods::Month => "month",
        Periods::Quarter => "quarter",
        Periods::HalfYear => "half-year",
    };
    name.to_owned()
}

/// Tiers in one line: `[98, ∞) 40; [92, 98) 20`.
fn tiers(tiers: &[Tier]) -> Option<String> {
    let one = |it: &Tier| {
        let amount = it.amount.map(|it| it.to_string());
        let effect = it.effect.map(|it| it.name().to_owned());
        let when = it.when.clone();
        let parts = [Some(bounds(it.bounds)), effect, amount, when];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    };
    let all: Vec<String> = tiers.iter().map(one).collect();
    (!all.is_empty()).then(|| all.join("; "))
}

/// An interval as mathematics writes it.
pub(super) fn bounds(bounds: Bounds) -> String {
    let lower = bounds.lower.map_or("(−∞".to_owned(), |it| {
        format!("{}{}", if it.inclusive { '[' } else { '(' }, shortest(it.value))
    });
    let upper = bounds.upper.map_or("∞)".to_owned(), |it| {
        format!("{}{}", shortest(it.value), if it.inclusive { ']' } else { ')' })
    });
    format!("{lower}, {upper}")
}
