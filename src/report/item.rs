//! What an item of a ruleset says, in one line: what a reviewer compares with the words of the document.

use std::collections::BTreeMap;

use crate::{
    message::Catalogue,
    number::{Decimal, shortest},
    ruleset::{
        Adjustment, Amount, Bounds, Effect, Grade, Indicator, Limit, LimitEffect, Quota, Rule,
        Ruleset, Share, Tier,
    },
};

/// One line for each item of a ruleset, by id (`t`, `g1`, `q1`, `l1`, `s1` for what has no id of its own).
#[must_use]
pub fn describe(ruleset: &Ruleset, words: &Catalogue) -> BTreeMap<String, String> {
    let mut lines = Lines { words, lines: BTreeMap::new() };
    if let Some(total) = &ruleset.total {
        lines.put("t", words.text("item.points", &[("points", &shortest(total.points))]));
    }
    ruleset.indicators.iter().for_each(|it| lines.indicator(it));
    ruleset.adjustments.iter().for_each(|it| lines.adjustment(it));
    let texts = ruleset.grades.iter().map(|it| lines.grade(it)).collect();
    lines.number('g', texts);
    let texts = ruleset.quotas.iter().map(|it| lines.quota(it)).collect();
    lines.number('q', texts);
    let texts = ruleset.limits.iter().map(|it| lines.limit(it)).collect();
    lines.number('l', texts);
    let texts = ruleset.shares.iter().map(|it| lines.share(it)).collect();
    lines.number('s', texts);
    lines.lines
}

/// The intervals `≥90, <100`.
#[must_use]
pub fn bounds(bounds: &Bounds) -> String {
    let sign = |inclusive: bool, with: &'static str, without: &'static str| {
        if inclusive { with } else { without }
    };
    let lower =
        bounds.lower.map(|it| format!("{}{}", sign(it.inclusive, "≥", ">"), shortest(it.value)));
    let upper =
        bounds.upper.map(|it| format!("{}{}", sign(it.inclusive, "≤", "<"), shortest(it.value)));
    lower.into_iter().chain(upper).collect::<Vec<_>>().join(", ")
}

struct Lines<'a> {
    words: &'a Catalogue,
    lines: BTreeMap<String, String>,
}

impl Lines<'_> {
    fn put(&mut self, id: &str, line: String) {
        self.lines.insert(id.to_owned(), line);
    }

    fn number(&mut self, letter: char, texts: Vec<String>) {
        for (nth, text) in texts.into_iter().enumerate() {
            self.put(&format!("{letter}{}", nth + 1), text);
        }
    }

    fn indicator(&mut self, node: &Indicator) {
        let mut parts = vec![node.name.clone()];
        parts.extend(self.number_part("item.points", "points", node.points));
        parts.extend(self.number_part("item.weight", "weight", node.weight));
        parts.extend(self.number_part("item.cap", "cap", node.cap));
        parts.extend(node.method.map(|it| self.words.term_of("method", it.name()).to_owned()));
        parts.extend(node.formula.clone());
        self.put(&node.id, self.joined(&parts));
        node.rules.iter().for_each(|it| self.rule(it));
        node.indicators.iter().for_each(|it| self.indicator(it));
    }

    fn adjustment(&mut self, list: &Adjustment) {
        let mut parts = vec![list.name.clone()];
        parts.extend(self.number_part("item.cap", "cap", list.cap));
        self.put(&list.id, self.joined(&parts));
        list.rules.iter().for_each(|it| self.rule(it));
    }

    fn rule(&mut self, rule: &Rule) {
        let mut parts = Vec::new();
        // Where tiers hold the amounts, each says what it does.
        if rule.tiers.is_empty() || rule.amount.is_some() {
            parts.push(self.moves(rule.effect, rule.amount));
        }
        parts.extend(rule.per.as_ref().map(|it| self.words.text("item.per", &[("per", it)])));
        parts.extend(self.number_part("item.times", "times", rule.times));
        parts.extend(self.number_part("item.cap", "cap", rule.cap));
        if let Some(case) = &rule.case {
            parts.extend(self.number_part("item.case", "cap", case.cap));
        }
        parts.extend(rule.measure.clone());
        parts.extend(rule.tiers.iter().map(|it| self.tier(it, rule.effect)));
        parts.extend(rule.formula.clone());
        parts.extend(rule.when.clone());
        parts
            .extend(rule.except.iter().map(|it| self.words.text("item.except", &[("except", it)])));
        self.put(&rule.id, self.joined(&parts));
    }

    fn tier(&self, tier: &Tier, effect: Effect) -> String {
        let moves = self.moves(tier.effect.unwrap_or(effect), tier.amount);
        let when = tier.when.as_deref().unwrap_or_default();
        let interval = format!("{}{when}", bounds(&tier.bounds));
        format!("{interval}{}{moves}", self.words.words("punctuation.colon"))
    }

    fn moves(&self, effect: Effect, amount: Option<Amount>) -> String {
        let effect = self.words.term_of("effect", effect.name()).to_owned();
        match amount {
            Some(amount) => {
                self.words.text("item.moves", &[("effect", &effect), ("amount", &amount)])
            }
            None => effect,
        }
    }

    fn grade(&self, grade: &Grade) -> String {
        let within =
            grade.within.as_ref().map(|it| self.words.text("item.within", &[("within", it)]));
        let parts = [Some(grade.name.clone()), Some(bounds(&grade.bounds)), within];
        self.joined(&parts.into_iter().flatten().filter(|it| !it.is_empty()).collect::<Vec<_>>())
    }

    fn quota(&self, quota: &Quota) -> String {
        let mut parts = vec![quota.grade.clone()];
        parts.extend(quota.max.map(|it| format!("≤{}%", shortest(it))));
        parts.extend(self.number_part("item.count", "count", quota.count));
        parts.extend(
            quota.within.as_ref().map(|it| self.words.text("item.within", &[("within", it)])),
        );
        self.joined(&parts)
    }

    fn limit(&self, limit: &Limit) -> String {
        let key = match limit.effect {
            LimitEffect::Forbid => "item.forbid",
            LimitEffect::Force => "item.force",
        };
        let grade = limit.grade.as_deref().unwrap_or("?");
        let mut parts = vec![self.words.text(key, &[("grade", &grade)])];
        parts.extend(limit.when.clone());
        self.joined(&parts)
    }

    fn share(&self, share: &Share) -> String {
        let weight = self.number_part("item.weight", "weight", Some(share.weight));
        self.joined(&std::iter::once(share.into.clone()).chain(weight).collect::<Vec<_>>())
    }

    fn number_part(&self, key: &str, name: &str, number: Option<Decimal>) -> Option<String> {
        number.map(|it| self.words.text(key, &[(name, &shortest(it))]))
    }

    fn joined(&self, parts: &[String]) -> String {
        parts.join(&self.words.words("punctuation.comma"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        message::Lang,
        ruleset::{Bound, Case},
    };

    fn number(it: i64) -> Decimal {
        Decimal::from(it)
    }

    fn rule() -> Rule {
        let case = Case { name: "迟到".to_owned(), cap: Some(number(4)) };
        Rule {
            id: "1-1".to_owned(),
            amount: Some(Amount::Exact(Decimal::new(50, 2))),
            per: Some("人次".to_owned()),
            when: Some("迟到的".to_owned()),
            cap: Some(number(5)),
            case: Some(case),
            ..Rule::default()
        }
    }

    #[test]
    fn a_rule_reads_as_one_line() {
        let node = Indicator {
            id: "1".to_owned(),
            name: "出勤".to_owned(),
            points: Some(number(60)),
            rules: vec![rule()],
            ..Indicator::default()
        };
        let grade = Grade {
            name: "良好".to_owned(),
            bounds: Bounds {
                lower: Some(Bound { value: number(80), inclusive: true }),
                upper: Some(Bound { value: number(90), inclusive: false }),
            },
            ..Grade::default()
        };
        let ruleset = Ruleset { indicators: vec![node], grades: vec![grade], ..Ruleset::default() };
        let lines = describe(&ruleset, Catalogue::get(Lang::Zh));
        assert_eq!(lines["1"], "出勤，60分");
        assert_eq!(lines["1-1"], "扣分 0.5，每人次，最多5分，该情形最多4分，迟到的");
        assert_eq!(lines["g1"], "良好，≥80, <90");
    }
}
