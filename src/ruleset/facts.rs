//! Facts: the flat view of a ruleset, one line for each thing that it says (docs/facts.md is the contract).

use serde::Serialize;

use super::{
    Adjustment, Amount, Bound, Effect, Grade, Indicator, LimitEffect, Rule, Ruleset, SourceRef,
    Tier,
};
use crate::number::{Decimal, shortest};

/// One line of the flat view. What does not apply or is not known is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// document, total, indicator, rule, grade, quota, limit or share.
    pub kind: &'static str,
    /// The measure's own title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The office that issued it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// The document number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The date of the signature, YYYY-MM-DD.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// The year that is assessed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<String>,
    /// The names of the nodes from the top down.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub path: Vec<String>,
    /// The name of an indicator or grade.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What a rule or limit does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effect: Option<&'static str>,
    /// The grade of a quota or limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grade: Option<String>,
    /// The assessment that a share counts into.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub into: Option<String>,
    /// The points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points: Option<String>,
    /// The weight in percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<String>,
    /// The points that move.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<String>,
    /// The least of a range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<String>,
    /// The most of a range, or of a quota in percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<String>,
    /// The most units of a quota.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<String>,
    /// Among which units a quota holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// The counted unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per: Option<String>,
    /// The most that the rule can move.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cap: Option<String>,
    /// The factor of a `multiply`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub times: Option<String>,
    /// The condition.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// What is measured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measure: Option<String>,
    /// The lower bound.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lower: Option<String>,
    /// Whether the lower bound itself lies within, where its own words say so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lower_inclusive: Option<bool>,
    /// The upper bound.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upper: Option<String>,
    /// Whether the upper bound itself lies within, where its own words say so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upper_inclusive: Option<bool>,
    /// The words that state it, white space folded.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub quote: String,
    /// Where they stand.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub at: String,
}

impl Fact {
    fn new(kind: &'static str, source: &SourceRef) -> Self {
        Self { kind, quote: fold(&source.quote), at: source.at.clone(), ..Self::default() }
    }

    fn set_amount(&mut self, amount: Option<Amount>) {
        match amount {
            Some(Amount::Exact(it)) => self.amount = Some(shortest(it)),
            Some(Amount::Range(min, max)) => {
                (self.min, self.max) = (Some(shortest(min)), Some(shortest(max)));
            }
            None => {}
        }
    }

    /// Writes the bounds; whether a bound is included only where no doubt says that something else than its own words
    /// decided it.
    fn set_bounds(&mut self, lower: Option<Bound>, upper: Option<Bound>, doubts: &[String]) {
        let own =
            |side: &str| !doubts.iter().any(|it| it.starts_with(side) || it.starts_with("bound-"));
        let inclusive = |it: Bound, side| Some(it.inclusive).filter(|_| own(side));
        self.lower = lower.map(|it| shortest(it.value));
        self.upper = upper.map(|it| shortest(it.value));
        self.lower_inclusive = lower.and_then(|it| inclusive(it, "lower-bound-"));
        self.upper_inclusive = upper.and_then(|it| inclusive(it, "upper-bound-"));
    }
}

/// The facts of a ruleset, in the order of its tree: document, total, each node with its rules and then its children,
/// negative lists and bonus lists, grades, quotas, limits, shares.
#[must_use]
pub fn facts(ruleset: &Ruleset) -> Vec<Fact> {
    let mut facts = Vec::new();
    facts.extend(document(ruleset));
    facts.extend(
        ruleset
            .total
            .as_ref()
            .map(|it| Fact { points: Some(shortest(it.points)), ..Fact::new("total", &it.source) }),
    );
    for it in &ruleset.indicators {
        indicator(it, &Above::default(), &mut facts);
    }
    for it in &ruleset.adjustments {
        adjustment(it, &mut facts);
    }
    facts.extend(ruleset.grades.iter().filter_map(grade));
    facts.extend(ruleset.quotas.iter().map(|it| Fact {
        grade: Some(it.grade.clone()),
        max: it.max.map(shortest),
        count: it.count.map(shortest),
        scope: it.within.clone(),
        ..Fact::new("quota", &it.source)
    }));
    facts.extend(ruleset.limits.iter().map(|it| Fact {
        effect: Some(LimitEffect::name(it.effect)),
        grade: it.grade.clone(),
        when: it.when.clone(),
        ..Fact::new("limit", &it.source)
    }));
    facts.extend(ruleset.shares.iter().map(|it| Fact {
        into: Some(it.into.clone()),
        weight: Some(shortest(it.weight)),
        ..Fact::new("share", &it.source)
    }));
    facts
}

/// The facts as JSON, one object a line.
///
/// # Errors
///
/// None that the types allow; the JSON library does not say so in its signature.
pub fn to_json_lines(facts: &[Fact]) -> Result<String, serde_json::Error> {
    let mut out = String::new();
    for fact in facts {
        out.push_str(&serde_json::to_string(fact)?);
        out.push('\n');
    }
    Ok(out)
}

fn document(ruleset: &Ruleset) -> Option<Fact> {
    let it = &ruleset.document;
    let known = [&it.title, &it.issuer, &it.number, &it.date, &it.year];
    known.iter().any(|it| it.is_some()).then(|| Fact {
        title: it.title.clone(),
        issuer: it.issuer.clone(),
        number: it.number.clone(),
        date: it.date.clone(),
        year: it.year.clone(),
        ..Fact::new("document", &it.source.clone().unwrap_or_default())
    })
}

/// What a node has above it.
#[derive(Debug, Clone, Default)]
struct Above<'a> {
    /// The names of the nodes that have points or a weight.
    path: Vec<&'a str>,
    /// The name of the nearest node that has neither, and that the document names.
    heading: Option<&'a str>,
    /// The cap of the criteria above.
    cap: Option<Decimal>,
}

fn indicator(it: &Indicator, above: &Above<'_>, facts: &mut Vec<Fact>) {
    let mut here = above.clone();
    let weighed = !it.indicators.is_empty() && it.indicators.iter().all(|it| it.weight.is_some());
    if it.is_criterion() && it.formula.is_some() && weighed {
        // What a formula weighs is a score of its own, though no points of the whole.
        here.path.push(&it.name);
    } else if it.is_criterion() {
        here.cap = tighter(above.cap, it.cap);
        // The rules of a row that share a cap have no heading of their own.
        let inferred = it.doubts.iter().any(|it| it == "name-inferred");
        if it.cap.is_none() || !inferred {
            here.heading = Some(&it.name);
        }
    } else {
        here.cap = it.cap;
        here.path.push(&it.name);
        facts.push(Fact {
            path: owned(&here.path),
            name: Some(it.name.clone()),
            points: it.points.map(shortest),
            weight: it.weight.map(shortest),
            ..Fact::new("indicator", &it.source)
        });
    }
    let path = match here.path.as_slice() {
        [] => vec![here.heading.unwrap_or(&it.name).to_owned()],
        path => owned(path),
    };
    for rule in &it.rules {
        rule_facts(rule, &path, here.cap, facts);
    }
    for child in &it.indicators {
        indicator(child, &here, facts);
    }
}

fn owned(path: &[&str]) -> Vec<String> {
    path.iter().map(|it| (*it).to_owned()).collect()
}

fn adjustment(it: &Adjustment, facts: &mut Vec<Fact>) {
    let path = vec![it.name.clone()];
    for rule in &it.rules {
        rule_facts(rule, &path, it.cap, facts);
    }
}

/// The facts of a rule: one, or one for each tier; none where only a formula gives the amount.
fn rule_facts(rule: &Rule, path: &[String], node_cap: Option<Decimal>, facts: &mut Vec<Fact>) {
    if !rule.tiers.is_empty() {
        facts.extend(rule.tiers.iter().map(|it| tier_fact(rule, it, path, node_cap)));
    } else if rule.formula.is_none() || rule.amount.is_some() {
        let mut fact = rule_fact(rule, rule.effect, path, node_cap, &rule.source);
        fact.set_amount(rule.amount);
        fact.times = rule.times.map(shortest);
        facts.push(fact);
    }
}

fn tier_fact(rule: &Rule, tier: &Tier, path: &[String], node_cap: Option<Decimal>) -> Fact {
    let effect = tier.effect.unwrap_or(rule.effect);
    let source = tier.source.as_ref().unwrap_or(&rule.source);
    let mut fact = rule_fact(rule, effect, path, node_cap, source);
    if matches!(effect, Effect::Deduct | Effect::Add | Effect::Award) {
        fact.set_amount(tier.amount.or(rule.amount));
    }
    fact.when = tier_condition(rule.when.as_deref(), tier.when.as_deref());
    fact.set_bounds(tier.bounds.lower, tier.bounds.upper, &tier.doubts);
    fact
}

/// The rule's condition is the stem of the tier's.
fn tier_condition(rule: Option<&str>, tier: Option<&str>) -> Option<String> {
    match (rule, tier) {
        (Some(stem), Some(own)) if !own.starts_with(stem) => Some(format!("{stem}，{own}")),
        (stem, own) => own.or(stem).map(str::to_owned),
    }
}

fn rule_fact(
    rule: &Rule,
    effect: Effect,
    path: &[String],
    node_cap: Option<Decimal>,
    source: &SourceRef,
) -> Fact {
    Fact {
        path: path.to_vec(),
        effect: Some(effect.name()),
        per: rule.per.clone(),
        cap: cap(rule, effect, node_cap).map(shortest),
        when: rule.when.clone(),
        measure: rule.measure.clone(),
        ..Fact::new("rule", source)
    }
}

/// The tightest cap that holds for a rule. A factor moves nothing itself, and `zero` takes all that there is.
fn cap(rule: &Rule, effect: Effect, node_cap: Option<Decimal>) -> Option<Decimal> {
    let own = tighter(rule.cap, rule.case.as_ref().and_then(|it| it.cap));
    match effect {
        Effect::Multiply | Effect::Zero => None,
        Effect::Deduct | Effect::Add | Effect::Award | Effect::Unstated => tighter(own, node_cap),
    }
}

fn tighter(one: Option<Decimal>, other: Option<Decimal>) -> Option<Decimal> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

/// A grade; none where it is named without a band.
fn grade(it: &Grade) -> Option<Fact> {
    let (lower, upper) = (it.bounds.lower, it.bounds.upper);
    (lower.is_some() || upper.is_some()).then(|| {
        let mut fact = Fact { name: Some(it.name.clone()), ..Fact::new("grade", &it.source) };
        fact.set_bounds(lower, upper, &it.doubts);
        fact
    })
}

/// The text with every run of white space as one space, none at the ends.
fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
