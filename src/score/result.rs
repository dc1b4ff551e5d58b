//! From the total of the indicators to the result: adjustments, bounds, rounding.

use super::{
    evaluate::{Evaluator, View},
    exact::{Exact, Overflow},
    explanation::{Part, Reason, Step, What},
    moves::{add_up, moves},
    period::Period,
    plan::Owner,
};
use crate::number::Decimal;

/// The kind of note by which a document lets a bonus pass the full marks.
pub(super) const UNCAPPED: &str = "bonus-exceeds-total";

/// What one unit comes to.
#[derive(Debug)]
pub(super) struct Outcome {
    pub(super) exact: Option<Exact>,
    pub(super) score: Option<Decimal>,
    pub(super) waits: bool,
    pub(super) part: Option<Box<Part>>,
}

/// The value of the result on its way.
struct Run {
    value: Exact,
    steps: Option<Vec<Step>>,
}

impl Run {
    fn step(&mut self, delta: Exact, reason: impl FnOnce() -> Reason) -> Result<(), Overflow> {
        self.value = self.value.plus(delta)?;
        if let Some(steps) = &mut self.steps {
            steps.push(Step { delta, reason: reason() });
        }
        Ok(())
    }
}

impl Evaluator<'_, '_> {
    /// The result of one unit.
    pub(super) fn result(
        &mut self,
        view: &View<'_>,
        periods: &mut Vec<(Period, Option<Exact>)>,
    ) -> Result<Outcome, Overflow> {
        let (total, part) = self.total(view, periods)?;
        let mut run = Run { value: Exact::ZERO, steps: view.explain.then(Vec::new) };
        let value = total.value.unwrap_or(Exact::ZERO);
        run.step(value, || part.map_or(Reason::Full, |it| Reason::Part(it, Exact::ONE)))?;
        let gaps = self.log.gaps.len();
        self.adjust(view, &mut run)?;
        let own = self.log.gaps.iter().skip(gaps);
        let (waits, missing) = own
            .fold((total.waits, total.value.is_none()), |(waits, missing), it| {
                (waits || it.kind.waits(), missing || !it.kind.waits())
            });
        self.clip(&mut run)?;
        let exact = run.value.reduced();
        let rounding = self.plan.ruleset.rounding;
        let score = exact.rounded(rounding)?;
        run.step(Exact::from(score).minus(exact)?, || Reason::Rounding(rounding.places))?;
        let part = run.steps.map(|steps| Box::new(self.part(steps, score, missing, waits)));
        Ok(Outcome {
            exact: (!missing).then_some(exact),
            score: (!missing).then_some(score),
            waits,
            part,
        })
    }

    /// What moves the total itself, list by list.
    fn adjust(&mut self, view: &View<'_>, run: &mut Run) -> Result<(), Overflow> {
        let minus = Exact::ONE.negated();
        let mut zero = None;
        for owner in &self.plan.adjustments {
            let mut own = moves(self.plan, self.bound, owner, view, 0, &mut self.log)?;
            own.add.append(&mut own.award);
            zero = zero.or(own.zero);
            for (list, sign) in [(own.deduct, minus), (own.add, Exact::ONE)] {
                if list.is_empty() {
                    continue;
                }
                let mut steps = run.steps.is_some().then(Vec::new);
                let delta = add_up(owner, list, sign, &mut steps)?.times(sign)?;
                let part = || Reason::Part(Box::new(list_part(owner, steps, delta)), Exact::ONE);
                run.step(delta, part)?;
            }
        }
        match zero {
            Some(rule) => run.step(run.value.negated(), || Reason::Zero(rule)),
            None => Ok(()),
        }
    }

    /// Keeps the total between nothing and its full marks.
    fn clip(&self, run: &mut Run) -> Result<(), Overflow> {
        if run.value.is_negative() {
            run.step(run.value.negated(), || Reason::Floor)?;
        }
        let full = self.plan.nodes.first().and_then(|it| it.full);
        let uncapped = self.plan.ruleset.notes.iter().any(|it| it.kind == UNCAPPED);
        match full {
            Some(full) if !uncapped && run.value.exceeds(full)? => {
                run.step(full.minus(run.value)?, || Reason::Clip(full))
            }
            _ => Ok(()),
        }
    }

    fn part(&self, steps: Vec<Step>, score: Decimal, missing: bool, waits: bool) -> Part {
        let owner = self.plan.nodes.first().map(|it| &it.owner);
        Part {
            what: What::Result,
            id: String::new(),
            name: owner.map_or("", |it| it.name).to_owned(),
            period: None,
            method: None,
            full: self.plan.nodes.first().and_then(|it| it.full),
            value: (!missing).then(|| Exact::from(score)),
            applies: true,
            waits,
            inferred: Vec::new(),
            steps,
            at: owner.map_or("", |it| it.at).to_owned(),
            quote: owner.map_or("", |it| it.quote).to_owned(),
        }
    }
}

fn list_part(owner: &Owner<'_>, steps: Option<Vec<Step>>, value: Exact) -> Part {
    Part {
        what: What::Adjustment,
        id: owner.id.to_owned(),
        name: owner.name.to_owned(),
        period: None,
        method: None,
        full: None,
        value: Some(value),
        applies: true,
        waits: false,
        inferred: Vec::new(),
        steps: steps.unwrap_or_default(),
        at: owner.at.to_owned(),
        quote: owner.quote.to_owned(),
    }
}
