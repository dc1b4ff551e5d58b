//! From counts to a score: one unit, the whole tree.
//!
//! The order is that of docs/score.md: amounts times occurrences, multipliers, the cap of each case, the rule's cap, the
//! caps that rules share, the node's cap and floor, weights, the mean of the periods, adjustments, rounding.

use std::collections::BTreeMap;

use super::{
    bind::{Bound, Cell, Given},
    exact::{Exact, Overflow},
    explanation::{Part, Reason, Step, What},
    moves::{Move, Moves, add_up, moves},
    period::{Length, Period},
    plan::{Kind, Node, Owner, Plan},
};
use crate::{number::Decimal, ruleset::Method};

/// Something that keeps a score from being complete.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Gap {
    /// What is missing.
    pub kind: GapKind,
    /// The id of the indicator or rule.
    pub item: String,
    /// Its name, or the measure's.
    pub name: String,
    /// The period, where there are several.
    pub period: Option<Period>,
}

/// What keeps a score from being complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum GapKind {
    /// Nobody supplied a score that people give.
    Assessed,
    /// Nobody supplied a measured value.
    Measure,
    /// An event names no amount although its rule leaves it to a person.
    Unchosen,
    /// The document says that points move and not how many.
    Unstated,
    /// The tiers alone do not say how many points.
    Tier,
}

impl GapKind {
    /// Whether a person has to decide (and not only to supply data).
    #[must_use]
    pub const fn waits(self) -> bool {
        matches!(self, Self::Unchosen | Self::Unstated | Self::Tier)
    }

    /// The key of its words in the catalogue.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Assessed => "gap-assessed",
            Self::Measure => "gap-measure",
            Self::Unchosen => "gap-amount",
            Self::Unstated => "gap-unstated",
            Self::Tier => "gap-tier",
        }
    }
}

/// What is noted on the way.
#[derive(Debug, Default)]
pub(super) struct Log {
    pub(super) gaps: Vec<Gap>,
    /// Values that no tier holds, by rule: how many, and the first.
    pub(super) outside: BTreeMap<usize, (u64, u32, Decimal)>,
    /// Values that several tiers hold, by rule: how many, and the first.
    pub(super) several: BTreeMap<usize, (u64, u32, Decimal)>,
}

impl Log {
    pub(super) fn gap(&mut self, gap: Gap) {
        self.gaps.push(gap);
    }

    pub(super) fn outside_tiers(&mut self, rule: usize, unit: u32, value: Decimal) {
        self.outside.entry(rule).or_insert((0, unit, value)).0 += 1;
    }

    pub(super) fn several_tiers(&mut self, rule: usize, unit: u32, value: Decimal) {
        self.several.entry(rule).or_insert((0, unit, value)).0 += 1;
    }
}

/// The data of one unit.
#[derive(Debug)]
pub(super) struct View<'a> {
    pub(super) unit: u32,
    /// Its counts, sorted by period, rule, modifiers.
    pub(super) cells: &'a [Cell],
    pub(super) explain: bool,
    /// Whether some node does not apply to it.
    pub(super) leaves_out: bool,
}

impl View<'_> {
    /// The counts of a period from one rule to another.
    pub(super) fn cells_of(&self, period: u8, first: usize, last: usize) -> &[Cell] {
        if self.cells.is_empty() {
            return &[];
        }
        let from = self.cells.partition_point(|it| (it.period(), it.rule()) < (period, first));
        let rest = self.cells.get(from..).unwrap_or_default();
        let to = rest.partition_point(|it| (it.period(), it.rule()) <= (period, last));
        rest.get(..to).unwrap_or_default()
    }

    /// The value that decides a rule: of the period, or of the whole year.
    pub(super) fn measure(&self, bound: &Bound, rule: usize, period: u8) -> Option<Decimal> {
        let rule = u32::try_from(rule).ok()?;
        let of = |period| bound.measures.get(&(self.unit, rule, period)).copied();
        of(period).or_else(|| of(0))
    }

    pub(super) const fn period_named(&self, length: Length, number: u8) -> Option<Period> {
        if number == 0 { None } else { Some(Period { length, number }) }
    }
}

/// What a node comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Outcome {
    /// Nothing where data are missing or it does not apply.
    pub(super) value: Option<Exact>,
    pub(super) applies: bool,
    pub(super) waits: bool,
}

impl Outcome {
    const NOT_APPLICABLE: Self = Self { value: None, applies: false, waits: false };
}

/// Scores of each node, added up over the periods.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct NodeSum {
    pub(super) sum: Option<Exact>,
    pub(super) count: u32,
    pub(super) missing: bool,
    pub(super) waits: bool,
}

/// Computes the scores of one unit after the other.
#[derive(Debug)]
pub(super) struct Evaluator<'a, 'r> {
    pub(super) plan: &'a Plan<'r>,
    pub(super) bound: &'a Bound,
    pub(super) log: Log,
    /// The scores of each node, where they are wanted.
    pub(super) nodes: Option<Vec<NodeSum>>,
}

/// A node in one period.
#[derive(Debug, Clone, Copy)]
struct Slot {
    node: usize,
    within: Period,
    /// The number of the period in the data; 0 for the whole year.
    number: u8,
}

/// A value on its way through the steps.
#[derive(Debug)]
struct Run {
    value: Exact,
    missing: bool,
    waits: bool,
    steps: Option<Vec<Step>>,
}

impl Run {
    fn new(explain: bool) -> Self {
        Self { value: Exact::ZERO, missing: false, waits: false, steps: explain.then(Vec::new) }
    }

    fn step(&mut self, delta: Exact, reason: impl FnOnce() -> Reason) -> Result<(), Overflow> {
        self.value = self.value.plus(delta)?;
        if let Some(steps) = &mut self.steps {
            steps.push(Step { delta, reason: reason() });
        }
        Ok(())
    }

    /// Lowers the value to a bound.
    fn lower_to(&mut self, bound: Exact, reason: impl FnOnce() -> Reason) -> Result<(), Overflow> {
        if self.value.exceeds(bound)? {
            self.step(bound.minus(self.value)?, reason)?;
        }
        Ok(())
    }

    fn outcome(&self) -> Outcome {
        Outcome { value: (!self.missing).then_some(self.value), applies: true, waits: self.waits }
    }
}

type Evaluated = Result<(Outcome, Option<Box<Part>>), Overflow>;

impl<'a, 'r> Evaluator<'a, 'r> {
    /// The total of the indicators, period by period and their mean.
    pub(super) fn total(
        &mut self,
        view: &View<'_>,
        periods: &mut Vec<(Period, Option<Exact>)>,
    ) -> Evaluated {
        let slot = Slot { node: 0, within: Period::YEAR, number: 0 };
        self.node(view, slot, Length::Year, Some(periods))
    }

    fn plan_node(&self, nth: usize) -> Option<&'a Node<'r>> {
        self.plan.nodes.get(nth)
    }

    fn applies(&self, view: &View<'_>, node: usize) -> bool {
        let Ok(node) = u32::try_from(node) else { return true };
        !(view.leaves_out && self.bound.not_applicable.contains(&(view.unit, node)))
    }

    /// A node within a period of the node above: once, or the mean of its own periods there.
    fn node(
        &mut self,
        view: &View<'_>,
        slot: Slot,
        above: Length,
        mut periods: Option<&mut Vec<(Period, Option<Exact>)>>,
    ) -> Evaluated {
        let Some(node) = self.plan_node(slot.node) else {
            return Ok((Outcome::NOT_APPLICABLE, None));
        };
        if !self.applies(view, slot.node) {
            let part = view.explain.then(|| Box::new(part(node, &Run::new(true), None, false)));
            return Ok((Outcome::NOT_APPLICABLE, part));
        }
        let own = match node.length == above {
            true => Vec::new(),
            false => self.bound.periods_within(node.length, slot.within),
        };
        let (outcome, part) = if own.is_empty() {
            self.once(view, slot, node)?
        } else {
            self.mean(view, slot.node, &own, &mut periods)?
        };
        self.note(slot.node, outcome)?;
        Ok((outcome, part))
    }

    fn note(&mut self, nth: usize, outcome: Outcome) -> Result<(), Overflow> {
        let Some(slot) = self.nodes.as_mut().and_then(|it| it.get_mut(nth)) else { return Ok(()) };
        if outcome.applies {
            slot.count += 1;
            slot.waits |= outcome.waits;
            match outcome.value {
                Some(it) => slot.sum = Some(slot.sum.unwrap_or(Exact::ZERO).plus(it)?),
                None => slot.missing = true,
            }
        }
        Ok(())
    }

    /// The mean of several periods; those to which the node does not apply are left out.
    fn mean(
        &mut self,
        view: &View<'_>,
        nth: usize,
        own: &[Period],
        periods: &mut Option<&mut Vec<(Period, Option<Exact>)>>,
    ) -> Evaluated {
        let Some(node) = self.plan_node(nth) else { return Ok((Outcome::NOT_APPLICABLE, None)) };
        let mut all = Vec::with_capacity(own.len());
        for &period in own {
            let slot = Slot { node: nth, within: period, number: period.number };
            let (outcome, part) = self.once(view, slot, node)?;
            if let Some(list) = periods {
                list.push((period, outcome.value));
            }
            all.push((outcome, part));
        }
        let count = all.iter().filter(|it| it.0.applies).count();
        let Some(rate) = i128::try_from(count).ok().and_then(|it| Exact::quotient(1, it)) else {
            let part = view.explain.then(|| Box::new(part(node, &Run::new(true), None, false)));
            return Ok((Outcome::NOT_APPLICABLE, part));
        };
        let mut run = Run::new(view.explain);
        for (outcome, part) in all {
            run.waits |= outcome.waits;
            run.missing |= outcome.applies && outcome.value.is_none();
            let delta = outcome.value.unwrap_or(Exact::ZERO).times(rate)?.reduced();
            let reason = part.map(|part| match outcome.applies {
                true => Reason::Part(part, rate),
                false => Reason::NotApplicable(part),
            });
            run.step(delta, || reason.unwrap_or(Reason::Full))?;
        }
        let part = view.explain.then(|| Box::new(part(node, &run, None, true)));
        Ok((run.outcome(), part))
    }

    /// A node in one period.
    fn once(&mut self, view: &View<'_>, slot: Slot, node: &'a Node<'r>) -> Evaluated {
        let mut run = Run::new(view.explain);
        let gaps = self.log.gaps.len();
        let mut own = moves(self.plan, self.bound, &node.owner, view, slot.number, &mut self.log)?;
        run.waits = self.log.gaps.iter().skip(gaps).any(|it| it.kind.waits());
        run.missing = self.log.gaps.iter().skip(gaps).any(|it| !it.kind.waits());
        self.note_gaps(gaps, &mut run);
        let period = (slot.number > 0).then_some(slot.within);
        let applies = match node.method {
            Method::Assessed => self.given(view, slot, node, &mut run)?,
            Method::Sum => self.children(view, slot, node, &mut run)?,
            Method::Deduct | Method::Award => {
                if node.owner.starts_full {
                    run.step(node.full.unwrap_or(Exact::ZERO), || Reason::Full)?;
                }
                self.children(view, slot, node, &mut run)?
            }
        };
        if !applies {
            let part = view.explain.then(|| Box::new(part(node, &Run::new(true), period, false)));
            return Ok((Outcome::NOT_APPLICABLE, part));
        }
        self.criteria(view, slot, node, &mut own, &mut run)?;
        apply(node, own, &mut run)?;
        let part = view.explain.then(|| Box::new(part(node, &run, period, true)));
        Ok((run.outcome(), part))
    }

    /// Writes the gaps since a point into the explanation.
    fn note_gaps(&self, from: usize, run: &mut Run) {
        if let Some(steps) = &mut run.steps {
            for gap in self.log.gaps.iter().skip(from) {
                let reason = Reason::Missing(gap.kind.code(), gap.name.clone());
                steps.push(Step { delta: Exact::ZERO, reason });
            }
        }
    }

    /// The number that people gave. Whether the node applies.
    fn given(
        &mut self,
        view: &View<'_>,
        slot: Slot,
        node: &Node<'_>,
        run: &mut Run,
    ) -> Result<bool, Overflow> {
        match self.given_in(view, slot) {
            Some(Given::Score(it)) => run.step(it.into(), || Reason::Given)?,
            Some(Given::NotApplicable) => return Ok(false),
            None => {
                let gaps = self.log.gaps.len();
                self.log.gap(gap_of(node, slot));
                run.missing = true;
                self.note_gaps(gaps, run);
            }
        }
        Ok(true)
    }

    fn given_in(&self, view: &View<'_>, slot: Slot) -> Option<Given> {
        let node = u32::try_from(slot.node).ok()?;
        let of = |number| self.bound.assessed.get(&(view.unit, node, number)).copied();
        of(slot.number).or_else(|| of(0))
    }

    /// The parts below that have points. Whether any of them applies, or there is none.
    fn children(
        &mut self,
        view: &View<'_>,
        slot: Slot,
        node: &'a Node<'r>,
        run: &mut Run,
    ) -> Result<bool, Overflow> {
        let (mut all, mut left) = (Exact::ZERO, Exact::ZERO);
        let (mut some, mut one_applies, mut one_left_out) = (false, false, false);
        let first_step = run.steps.as_ref().map_or(0, Vec::len);
        let before = run.value;
        for &nth in &node.children {
            let Some(child) = self.plan_node(nth).filter(|it| it.kind != Kind::Criterion) else {
                continue;
            };
            some = true;
            let below = Slot { node: nth, ..slot };
            let (outcome, part) = self.node(view, below, node.length, None)?;
            all = all.plus(child.share)?;
            one_applies |= outcome.applies;
            one_left_out |= !outcome.applies;
            if outcome.applies {
                left = left.plus(child.share)?;
            }
            run.missing |= outcome.applies && outcome.value.is_none();
            run.waits |= outcome.waits;
            add_child(node, child, outcome, part, run)?;
        }
        if some && !one_applies {
            return Ok(false);
        }
        if one_left_out && node.method == Method::Sum && !left.is_zero() {
            redistribute(run, before, first_step, all.over(left)?.unwrap_or(Exact::ONE))?;
        }
        Ok(true)
    }

    /// What the criteria below a node move.
    fn criteria(
        &mut self,
        view: &View<'_>,
        slot: Slot,
        node: &'a Node<'r>,
        moves: &mut Moves,
        run: &mut Run,
    ) -> Result<(), Overflow> {
        for &nth in &node.children {
            let Some(child) = self.plan_node(nth).filter(|it| it.kind == Kind::Criterion) else {
                continue;
            };
            if !self.applies(view, nth) {
                if let Some(steps) = &mut run.steps {
                    let left_out = Box::new(part(child, &Run::new(true), None, false));
                    steps
                        .push(Step { delta: Exact::ZERO, reason: Reason::NotApplicable(left_out) });
                }
                continue;
            }
            let own = match child.length == node.length {
                true => Vec::new(),
                false => self.bound.periods_within(child.length, slot.within),
            };
            if own.is_empty() {
                self.criterion(view, Slot { node: nth, ..slot }, &node.owner, child, moves, run)?;
            }
            for period in own {
                let slot = Slot { node: nth, within: period, number: period.number };
                self.criterion(view, slot, &node.owner, child, moves, run)?;
            }
        }
        Ok(())
    }

    /// What one criterion moves, in each direction within its own cap.
    fn criterion(
        &mut self,
        view: &View<'_>,
        slot: Slot,
        group: &Owner<'_>,
        node: &'a Node<'r>,
        into: &mut Moves,
        above: &mut Run,
    ) -> Result<(), Overflow> {
        let gaps = self.log.gaps.len();
        let mut own = moves(self.plan, self.bound, &node.owner, view, slot.number, &mut self.log)?;
        let mut run = Run::new(view.explain);
        self.criteria(view, slot, node, &mut own, &mut run)?;
        let given = if node.method == Method::Assessed { self.given_in(view, slot) } else { None };
        let wanted = node.method == Method::Assessed && !node.inferred.contains(&"method-inferred");
        if let Some(Given::Score(it)) = given {
            own.deduct.push(Move::of_criterion(
                &node.owner,
                node.owner.id,
                it.into(),
                view.explain.then_some(Reason::Given),
            ));
        } else if wanted && given.is_none() {
            self.log.gap(gap_of(node, slot));
        }
        let found = self.log.gaps.iter().skip(gaps);
        let (waits, missing) = found.fold((false, false), |(waits, missing), it| {
            (waits || it.kind.waits(), missing || !it.kind.waits())
        });
        above.waits |= waits || run.waits;
        above.missing |= missing || run.missing;
        if view.explain && self.log.gaps.len() > gaps {
            self.note_gaps(gaps, above);
        }
        let own = Criterion { node, moves: own, period: (slot.number > 0).then_some(slot.within) };
        own.file(group, into, view.explain)
    }
}

/// A criterion's moves, before its cap.
struct Criterion<'a, 'r> {
    node: &'a Node<'r>,
    moves: Moves,
    period: Option<Period>,
}

impl Criterion<'_, '_> {
    /// Files what it moves with the moves of the node above, a part for each direction.
    fn file(self, group: &Owner<'_>, into: &mut Moves, explain: bool) -> Result<(), Overflow> {
        let Self { node, moves, period } = self;
        let awards = node.method == Method::Award;
        if let (Some(rule), false, None) = (&moves.zero, awards, node.owner.cap) {
            // Without a cap of its own, all that it can lose is all that its group has.
            into.zero.get_or_insert_with(|| rule.clone());
        }
        let all_lost = moves.zero.clone().filter(|_| !awards).zip(node.owner.cap);
        let none_won = moves.zero.filter(|_| awards).map(|it| (it, Exact::ZERO));
        let minus = Exact::ONE.negated();
        for (list, sign, instead, into) in [
            (moves.deduct, minus, all_lost, &mut into.deduct),
            (moves.add, Exact::ONE, None, &mut into.add),
            (moves.award, Exact::ONE, none_won, &mut into.award),
        ] {
            if list.is_empty() && instead.is_none() {
                continue;
            }
            let mut run = Run::new(explain);
            let mut size = add_up(&node.owner, list, sign, &mut run.steps)?;
            if let Some((rule, all)) = instead {
                let delta = all.minus(size)?.times(sign)?;
                run.step(delta, || Reason::Zero(rule))?;
                size = all;
            }
            run.value = size.times(sign)?;
            let part = explain.then(|| Box::new(part(node, &run, period, true)));
            let reason = part.map(|it| Reason::Part(it, Exact::ONE));
            into.push(Move::of_criterion(group, node.owner.id, size, reason));
        }
        Ok(())
    }
}

fn gap_of(node: &Node<'_>, slot: Slot) -> Gap {
    Gap {
        kind: GapKind::Assessed,
        item: node.owner.id.to_owned(),
        name: node.owner.name.to_owned(),
        period: (slot.number > 0).then_some(slot.within),
    }
}

/// Counts a child: what it has, or, in a node that starts from its full marks, what it has lost.
fn add_child(
    node: &Node<'_>,
    child: &Node<'_>,
    outcome: Outcome,
    part: Option<Box<Part>>,
    run: &mut Run,
) -> Result<(), Overflow> {
    if !outcome.applies {
        if let (Some(steps), Some(part)) = (&mut run.steps, part) {
            steps.push(Step { delta: Exact::ZERO, reason: Reason::NotApplicable(part) });
        }
        return Ok(());
    }
    let counted = outcome.value.unwrap_or(Exact::ZERO).times(child.rate)?;
    let lost = node.owner.starts_full && node.method == Method::Deduct;
    let delta = match outcome.value {
        None => Exact::ZERO,
        Some(_) if lost => counted.minus(child.share)?,
        Some(_) => counted,
    };
    run.step(delta, || match part {
        Some(part) if lost => Reason::Loss(part, child.rate, child.share),
        Some(part) => Reason::Part(part, child.rate),
        None => Reason::Full,
    })
}

/// Lets the children that apply count for those that do not.
fn redistribute(
    run: &mut Run,
    before: Exact,
    first_step: usize,
    factor: Exact,
) -> Result<(), Overflow> {
    run.value = before.plus(run.value.minus(before)?.times(factor)?.reduced())?;
    let Some(steps) = &mut run.steps else { return Ok(()) };
    for step in steps.iter_mut().skip(first_step) {
        if let Reason::Part(_, rate) = &mut step.reason {
            *rate = rate.times(factor)?.reduced();
            step.delta = step.delta.times(factor)?.reduced();
        }
    }
    steps.push(Step { delta: Exact::ZERO, reason: Reason::Redistributed(factor) });
    Ok(())
}

/// Applies what rules and criteria move: awards first, then deductions and additions, then the floor.
fn apply(node: &Node<'_>, mut moves: Moves, run: &mut Run) -> Result<(), Overflow> {
    let minus = Exact::ONE.negated();
    let bonus_item = node.adds_award && node.method == Method::Award;
    let awards = if bonus_item {
        let mut all = std::mem::take(&mut moves.award);
        all.append(&mut moves.add);
        all
    } else {
        moves.award
    };
    // Full marks that are awarded are the ones that deductions start from: they are not given twice.
    let awards = if node.owner.starts_full { Vec::new() } else { awards };
    let awarded = add_up(&node.owner, awards, Exact::ONE, &mut run.steps)?;
    run.value = run.value.plus(awarded)?;
    if let (Some(full), Method::Deduct | Method::Award) = (node.full, node.method) {
        run.lower_to(full, || Reason::Ceiling(full))?;
    }
    let lost = add_up(&node.owner, moves.deduct, minus, &mut run.steps)?;
    let gained = add_up(&node.owner, moves.add, Exact::ONE, &mut run.steps)?;
    run.value = run.value.minus(lost)?.plus(gained)?;
    if let Some(rule) = moves.zero {
        run.step(run.value.negated(), || Reason::Zero(rule))?;
    }
    if run.value.is_negative() {
        run.step(run.value.negated(), || Reason::Floor)?;
    }
    Ok(())
}

/// The explanation of a node.
fn part(node: &Node<'_>, run: &Run, period: Option<Period>, applies: bool) -> Part {
    let what = match node.kind {
        Kind::Total => What::Total,
        Kind::Indicator => What::Indicator,
        Kind::Criterion => What::Criterion,
    };
    Part {
        what,
        id: node.owner.id.to_owned(),
        name: node.owner.name.to_owned(),
        period,
        method: Some(node.method),
        full: node.full,
        value: (applies && !run.missing).then_some(run.value),
        applies,
        waits: run.waits,
        inferred: node.inferred.clone(),
        steps: run.steps.clone().unwrap_or_default(),
        at: node.owner.at.to_owned(),
        quote: node.owner.quote.to_owned(),
    }
}
