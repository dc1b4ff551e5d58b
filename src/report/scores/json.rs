//! Scores as JSON: one object, stable keys, all numbers of points as exact text (docs/score.md).

use serde_json::{Map, Value, json};

use super::csv::grade_state;
use crate::{
    diagnostic::Finding,
    number::{Decimal, shortest},
    ruleset::{Effect, LimitEffect, Method},
    score::{
        Gap, GradeState, IndicatorScore, LimitHit, QuotaResult, Scores, UnitScore,
        exact::Exact,
        explanation::{Part, Reason, RuleMove, Step, Use, What},
    },
};

/// Scores as JSON, indented, with a line feed at the end.
#[must_use]
pub fn json(scores: &Scores) -> String {
    let receipt = &scores.receipt;
    let value = json!({
        "chidu": "scores",
        "draft": scores.draft,
        "receipt": {
            "program": receipt.program,
            "format": receipt.format,
            "ruleset": receipt.ruleset,
            "review": receipt.review,
            "data": receipt.data,
        },
        "ruleset": scores.ruleset,
        "title": scores.title,
        "year": scores.year,
        "full": exact(scores.full),
        "places": scores.places,
        "events": scores.events,
        "periods": scores.periods.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "indicators": scores.indicators.iter().map(|it| json!({
            "id": it.id,
            "name": it.name,
            "full": exact(it.full),
            "weight": it.weight.map(shortest),
            "depth": it.depth,
        })).collect::<Vec<_>>(),
        "units": scores.units.iter().map(|it| unit(scores, it)).collect::<Vec<_>>(),
        "quotas": scores.quotas.iter().map(quota).collect::<Vec<_>>(),
        "findings": scores.findings.iter().map(finding).collect::<Vec<_>>(),
    });
    let mut res = serde_json::to_string_pretty(&value).unwrap_or_default();
    res.push('\n');
    res
}

fn exact(number: Exact) -> String {
    number.to_string()
}

fn unit(scores: &Scores, unit: &UnitScore) -> Value {
    let mut res = json!({
        "unit": unit.unit,
        "category": unit.category,
        "draft": scores.draft,
        "status": unit.status.name(),
        "score": super::score_text(unit, scores.places),
        "exact": unit.exact.map(exact),
        "rank": unit.rank,
        "rank_in_category": unit.rank_in_category,
        "grade": grade(&unit.grade),
        "band": unit.band,
        "quota": unit.quota,
        "limits": unit.limits.iter().map(limit).collect::<Vec<_>>(),
        "missing": unit.gaps.iter().map(gap).collect::<Vec<_>>(),
        "periods": unit.periods.iter().map(|(period, score)| json!({
            "period": period.to_string(),
            "score": score.map(exact),
        })).collect::<Vec<_>>(),
        "shares": shares(scores, unit.score),
        "indicators": indicators(scores, unit),
    });
    if let (Some(part), Value::Object(map)) = (&unit.explanation, &mut res) {
        map.insert("explanation".to_owned(), explanation(part));
    }
    res
}

/// What the score brings in other assessments.
fn shares(scores: &Scores, score: Option<Decimal>) -> Vec<Value> {
    let hundredth = Exact::quotient(1, 100).unwrap_or(Exact::ONE);
    let one = |(into, weight): &(String, Decimal)| {
        let points = Exact::from(score?).times((*weight).into()).and_then(|it| it.times(hundredth));
        Some(json!({ "into": into, "weight": shortest(*weight), "points": points.ok().map(exact) }))
    };
    scores.shares.iter().filter_map(one).collect()
}

fn indicators(scores: &Scores, unit: &UnitScore) -> Vec<Value> {
    let pairs = scores.indicators.iter().zip(&unit.indicators);
    let one = pairs.map(|(head, score)| {
        let (state, score) = match score {
            IndicatorScore::Known(it) => ("known", Some(exact(*it))),
            IndicatorScore::Missing => ("missing", None),
            IndicatorScore::NotApplicable => ("not-applicable", None),
        };
        json!({ "id": head.id, "state": state, "score": score })
    });
    one.collect()
}

fn grade(grade: &GradeState) -> Value {
    let state = grade_state(grade);
    match grade {
        GradeState::None => Value::Null,
        GradeState::Given(name) => json!({ "state": state, "name": name }),
        GradeState::Open(_) => json!({ "state": state }),
        GradeState::Tied(upper, lower) => {
            json!({ "state": state, "upper": upper, "lower": lower })
        }
    }
}

fn limit(limit: &LimitHit) -> Value {
    json!({
        "id": limit.id,
        "effect": match limit.effect {
            LimitEffect::Forbid => "forbid",
            LimitEffect::Force => "force",
        },
        "grade": limit.grade,
        "when": limit.when,
        "before": limit.before,
        "after": limit.after,
        "at": limit.at,
        "quote": limit.quote,
    })
}

fn gap(gap: &Gap) -> Value {
    json!({
        "kind": gap.kind.code(),
        "item": gap.item,
        "name": gap.name,
        "period": gap.period.map(|it| it.to_string()),
    })
}

fn quota(quota: &QuotaResult) -> Value {
    json!({
        "id": quota.id,
        "grade": quota.grade,
        "scope": quota.scope,
        "of": quota.of,
        "allowed": quota.allowed,
        "holding": quota.holding,
        "moved_down": quota.moved_down,
        "undecided": quota.undecided,
        "will_fall": quota.will_fall,
        "at": quota.at,
        "quote": quota.quote,
    })
}

/// A finding without its sentence: this output has no language.
fn finding(finding: &Finding) -> Value {
    let args: Map<String, Value> =
        finding.args.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
    json!({
        "code": finding.code,
        "severity": finding.severity,
        "item": finding.item,
        "args": args,
        "at": finding.at,
        "quote": finding.quote,
    })
}

fn explanation(part: &Part) -> Value {
    json!({
        "what": match part.what {
            What::Result => "result",
            What::Total => "total",
            What::Indicator => "indicator",
            What::Criterion => "criterion",
            What::Adjustment => "adjustment",
        },
        "id": part.id,
        "name": part.name,
        "period": part.period.map(|it| it.to_string()),
        "method": part.method.map(method),
        "full": part.full.map(exact),
        "value": part.value.map(exact),
        "applies": part.applies,
        "needs_person": part.waits,
        "inferred": part.inferred,
        "at": part.at,
        "quote": part.quote,
        "steps": part.steps.iter().map(step).collect::<Vec<_>>(),
    })
}

const fn method(method: Method) -> &'static str {
    match method {
        Method::Deduct => "deduct",
        Method::Award => "award",
        Method::Assessed => "assessed",
        Method::Sum => "sum",
    }
}

fn step(step: &Step) -> Value {
    let (name, more) = match &step.reason {
        Reason::Full => ("full", json!({})),
        Reason::Given => ("given", json!({})),
        Reason::Rule(rule) => ("rule", rule_move(rule)),
        Reason::Part(part, rate) => {
            ("part", json!({ "rate": exact(*rate), "part": explanation(part) }))
        }
        Reason::Loss(part, rate, share) => (
            "loss",
            json!({ "rate": exact(*rate), "share": exact(*share), "part": explanation(part) }),
        ),
        Reason::NotApplicable(part) => ("not-applicable", json!({ "part": explanation(part) })),
        Reason::Redistributed(factor) => ("redistributed", json!({ "factor": exact(*factor) })),
        Reason::CaseCap(name, cap) => ("case-cap", json!({ "case": name, "cap": exact(*cap) })),
        Reason::Cap(cap) => ("cap", json!({ "cap": exact(*cap) })),
        Reason::Ceiling(full) => ("ceiling", json!({ "full": exact(*full) })),
        Reason::Zero(rule) => ("zero", rule_move(rule)),
        Reason::Floor => ("floor", json!({})),
        Reason::Clip(full) => ("clip", json!({ "full": exact(*full) })),
        Reason::Missing(kind, name) => ("missing", json!({ "kind": kind, "name": name })),
        Reason::Rounding(places) => ("rounding", json!({ "places": places })),
    };
    let mut res = json!({ "delta": exact(step.delta), "reason": name });
    if let (Value::Object(map), Value::Object(more)) = (&mut res, more) {
        map.extend(more);
    }
    res
}

fn rule_move(rule: &RuleMove) -> Value {
    json!({
        "rule": rule.id,
        "effect": effect(rule.effect),
        "when": rule.when,
        "per": rule.per,
        "uses": rule.uses.iter().map(one_use).collect::<Vec<_>>(),
        "measured": rule.measured.as_ref().map(|it| json!({
            "measure": it.measure,
            "value": shortest(it.value),
            "tier": it.tier,
        })),
        "raw": exact(rule.raw),
        "case_cap": rule.case_cap.map(exact),
        "cap": rule.cap.map(exact),
        "outranked_by": rule.outranked_by,
        "moved": exact(rule.moved),
        "at": rule.at,
        "quote": rule.quote,
    })
}

const fn effect(effect: Effect) -> &'static str {
    effect.name()
}

fn one_use(one: &Use) -> Value {
    json!({
        "events": one.events,
        "occurrences": shortest(one.occurrences),
        "step": shortest(one.step),
        "steps": one.steps,
        "amount": one.amount.map(exact),
        "sum": exact(one.sum),
        "times": exact(one.times),
        "multiplied_by": one.multiplied_by,
        "exempt": one.exempt,
        "moved": exact(one.moved),
        "list": one.list.iter().map(|it| json!({
            "id": it.id,
            "date": it.date,
            "occurrences": it.occurrences,
            "amount": it.amount.map(shortest),
            "evidence": it.evidence,
            "line": it.line,
        })).collect::<Vec<_>>(),
    })
}
