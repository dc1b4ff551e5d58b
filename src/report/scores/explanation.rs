//! Why a unit has its score, for a terminal: what every rule moved, part by part, with the words that say so.

use std::fmt::Display;

use super::{grade_words, period_words, score_text, short, title};
use crate::{
    message::Catalogue,
    number::shortest,
    ruleset::Effect,
    score::{
        Scores, UnitScore,
        exact::Exact,
        explanation::{Part, Reason, RuleMove, Step, Use, What},
    },
};

/// The explanation of one unit: its score, then a tree of moves, each with the amount in front.
#[must_use]
pub fn explanation(scores: &Scores, unit: &UnitScore, words: &Catalogue) -> String {
    let mut writer = Writer { words, res: String::new() };
    if scores.draft {
        writer.line(0, words.words("score.draft"));
    }
    let score = score_text(unit, scores.places);
    let score = score.unwrap_or_else(|| words.term(unit.status.name()).to_owned());
    let grade = grade_words(&unit.grade, words);
    let head = words
        .text("score.explain.head", &[("unit", &unit.unit), ("score", &score), ("grade", &grade)]);
    writer.line(0, head.trim_end().to_owned());
    match &unit.explanation {
        Some(part) => writer.steps(part, 1),
        None => writer.line(1, words.words("score.explain.none")),
    }
    writer.res
}

struct Writer<'a> {
    words: &'a Catalogue,
    res: String,
}

impl Writer<'_> {
    fn line(&mut self, depth: usize, text: impl Display) {
        self.res.push_str(&"  ".repeat(depth));
        self.res.push_str(&text.to_string());
        self.res.push('\n');
    }

    fn say(&mut self, depth: usize, key: &str, args: &[(&str, &dyn Display)]) {
        let text = self.words.text(&format!("score.explain.{key}"), args);
        self.line(depth, text);
    }

    /// The words of the document and where they stand.
    fn quote(&mut self, depth: usize, quote: &str, at: &str) {
        if !quote.is_empty() {
            self.say(depth, "quote", &[("quote", &quote), ("at", &at)]);
        }
    }

    fn steps(&mut self, part: &Part, depth: usize) {
        for step in &part.steps {
            self.step(step, part, depth);
        }
    }

    fn step(&mut self, step: &Step, part: &Part, depth: usize) {
        let delta = signed(step.delta);
        let move_by = |key: &str, args: &[(&str, &dyn Display)], writer: &mut Self| {
            let text = writer.words.text(&format!("score.explain.{key}"), args);
            writer.line(depth, format!("{delta}  {text}"));
        };
        match &step.reason {
            Reason::Full => move_by("full", &[], self),
            Reason::Given => move_by("given", &[], self),
            Reason::Rule(rule) => self.rule(rule, &delta, depth),
            Reason::Part(below, rate) => self.part(below, part, Some(*rate), &delta, depth),
            Reason::Loss(below, ..) => self.part(below, part, None, &delta, depth),
            Reason::NotApplicable(below) => {
                let name = title(below);
                move_by("not-applicable", &[("name", &name)], self);
            }
            Reason::Redistributed(factor) => {
                move_by("redistributed", &[("factor", &short(*factor))], self);
            }
            Reason::CaseCap(case, cap) => {
                move_by("case-cap", &[("case", case), ("cap", &short(*cap))], self);
            }
            Reason::Cap(cap) => move_by("cap", &[("cap", &short(*cap))], self),
            Reason::Ceiling(full) => move_by("ceiling", &[("full", &short(*full))], self),
            Reason::Zero(rule) => self.rule(rule, &delta, depth),
            Reason::Floor => move_by("floor", &[], self),
            Reason::Clip(full) => move_by("clip", &[("full", &short(*full))], self),
            Reason::Missing(kind, name) => {
                let key = format!("score.{kind}");
                let item: &str = &part.id;
                let what =
                    self.words.text(&key, &[("item", &item), ("name", name), ("period", &"")]);
                self.line(depth, format!("?  {what}"));
            }
            Reason::Rounding(places) if step.delta.is_zero() => {
                move_by("not-rounded", &[("places", places)], self);
            }
            Reason::Rounding(places) => move_by("rounding", &[("places", places)], self),
        }
    }

    fn part(&mut self, part: &Part, above: &Part, rate: Option<Exact>, delta: &str, depth: usize) {
        let value = part.value.map_or("?".to_owned(), short);
        let mut text = match (part.what, part.full) {
            (What::Indicator | What::Total, Some(full)) => self.words.text(
                "score.explain.part",
                &[("name", &title(part)), ("value", &value), ("full", &short(full))],
            ),
            _ => title(part),
        };
        // The period is named where it begins, not again in every part of it.
        if let Some(period) = part.period.filter(|_| above.period != part.period) {
            text = format!("{} {text}", period_words(period, self.words));
        }
        match rate {
            Some(rate) if rate != Exact::ONE => {
                text.push_str(&self.words.text("score.explain.rate", &[("rate", &short(rate))]));
            }
            _ => {}
        }
        self.line(depth, format!("{delta}  {text}"));
        if part.what != What::Total {
            self.quote(depth + 1, &part.quote, &part.at);
        }
        for inferred in &part.inferred {
            let key = format!("score.explain.{inferred}");
            let method = part.method.map(|it| format!("{it:?}").to_lowercase()).unwrap_or_default();
            let method = self.words.term(&format!("method-{method}")).to_owned();
            let text = self.words.text(&key, &[("method", &method)]);
            self.line(depth + 1, text);
        }
        self.steps(part, depth + 1);
    }

    fn rule(&mut self, rule: &RuleMove, delta: &str, depth: usize) {
        let effect = self.words.term(&format!("effect-{}", rule.effect.name())).to_owned();
        let text = self.words.text(
            "score.explain.rule",
            &[("rule", &rule.id), ("effect", &effect), ("when", &rule.when)],
        );
        self.line(depth, format!("{delta}  {}", text.trim_end()));
        self.quote(depth + 1, &rule.quote, &rule.at);
        if let Some(picked) = &rule.measured {
            let (measure, value) = (&picked.measure, shortest(picked.value));
            let args: [(&str, &dyn Display); 3] = [
                ("measure", measure),
                ("value", &value),
                ("tier", &picked.tier.map_or("-".to_owned(), |it| it.to_string())),
            ];
            let key = if picked.tier.is_some() { "tier" } else { "no-tier" };
            self.say(depth + 1, key, &args);
        }
        for one in &rule.uses {
            self.one_use(rule, one, depth + 1);
        }
        if let Some(cap) = rule.case_cap {
            self.say(depth + 1, "held-by-case", &[("cap", &short(cap))]);
        }
        if let Some(cap) = rule.cap {
            self.say(depth + 1, "held", &[("cap", &short(cap))]);
        }
        if let Some(by) = &rule.outranked_by {
            self.say(depth + 1, "outranked", &[("rule", by)]);
        }
    }

    fn one_use(&mut self, rule: &RuleMove, one: &Use, depth: usize) {
        let unit = rule.per.as_deref().unwrap_or_default();
        let unit = unit.trim_start_matches(|it: char| it.is_ascii_digit() || it == '.');
        let count = format!("{}{unit}", shortest(one.occurrences));
        let mut text = match (one.amount, &rule.per, rule.effect) {
            (_, _, Effect::Zero) => {
                self.words.text("score.explain.happened", &[("events", &one.events)])
            }
            (Some(amount), Some(_), _) if one.steps.to_string() == shortest(one.occurrences) => {
                format!("{count} × {} = {}", short(amount), short(one.sum))
            }
            (Some(amount), Some(_), _) => {
                format!("{count} → {} × {} = {}", one.steps, short(amount), short(one.sum))
            }
            (Some(amount), None, _) => self
                .words
                .text("score.explain.once", &[("events", &one.events), ("amount", &short(amount))]),
            (None, _, _) => self
                .words
                .text("score.explain.chosen", &[("events", &one.events), ("sum", &short(one.sum))]),
        };
        if !one.multiplied_by.is_empty() {
            let by = one.multiplied_by.join("、");
            let (times, moved) = (short(one.times), short(one.moved));
            text.push_str(&self.words.text(
                "score.explain.times",
                &[("rules", &by), ("times", &times), ("moved", &moved)],
            ));
        }
        if let Some(exempt) = &one.exempt {
            text.push_str(&self.words.text("score.explain.exempt", &[("exempt", exempt)]));
        }
        self.line(depth, text);
        for event in &one.list {
            let parts = [event.date.as_str(), event.id.as_str(), event.evidence.as_str()];
            let named: Vec<&str> = parts.into_iter().filter(|it| !it.is_empty()).collect();
            let chosen = |it| self.words.text("score.explain.amount", &[("amount", &shortest(it))]);
            let amount = event.amount.map(chosen).unwrap_or_default();
            let text = format!("- {} ×{}{amount}", named.join(" "), event.occurrences);
            self.line(depth + 1, text);
        }
    }
}

fn signed(number: Exact) -> String {
    let size = short(if number.is_negative() { number.negated() } else { number });
    let sign = if number.is_negative() { '−' } else { '+' };
    format!("{sign}{size}")
}
