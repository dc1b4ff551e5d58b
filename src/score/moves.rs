//! What the rules of one node move for one unit in one period, and how caps hold it back.

use super::{
    bind::{Bound, Cell, Group, KeptEvent},
    evaluate::{Gap, GapKind, Log, View},
    exact::{Exact, Overflow},
    explanation::{EventLine, Picked, Reason, RuleMove, Step, Use},
    plan::{How, Owner, Plan, PlanRule, gives_nothing},
};
use crate::{
    number::Decimal,
    ruleset::{Amount, Effect, Tier},
};

/// A move in one direction, before the caps that several share.
#[derive(Debug)]
pub(super) struct Move {
    /// Never under nothing.
    pub(super) size: Exact,
    pub(super) case: Option<usize>,
    /// The group within which only the largest counts.
    pub(super) competes: Option<usize>,
    /// What the explanation says, where one is wanted.
    pub(super) reason: Option<Reason>,
    /// What names it.
    pub(super) id: String,
}

/// All moves of a node's rules.
#[derive(Debug, Default)]
pub(super) struct Moves {
    pub(super) deduct: Vec<Move>,
    pub(super) add: Vec<Move>,
    pub(super) award: Vec<Move>,
    /// The rule that takes all, and why it does.
    pub(super) zero: Option<Box<RuleMove>>,
}

impl Moves {
    fn of(&mut self, effect: Effect) -> Option<&mut Vec<Move>> {
        match effect {
            Effect::Deduct => Some(&mut self.deduct),
            Effect::Add => Some(&mut self.add),
            Effect::Award => Some(&mut self.award),
            Effect::Zero | Effect::Multiply | Effect::Unstated => None,
        }
    }
}

/// Which rules compete for the largest move when the whole node says so.
const ALL: usize = usize::MAX;
/// Which rules compete that name no case.
const NO_CASE: usize = usize::MAX - 1;

/// What the owner's rules move.
pub(super) fn moves(
    plan: &Plan<'_>,
    bound: &Bound,
    owner: &Owner<'_>,
    view: &View<'_>,
    period: u8,
    log: &mut Log,
) -> Result<Moves, Overflow> {
    let mut res = Moves::default();
    let Some((&first, &last)) = owner.rules.first().zip(owner.rules.last()) else { return Ok(res) };
    let mut cells = view.cells_of(period, first, last);
    for &nth in &owner.rules {
        let Some(rule) = plan.rules.get(nth) else { continue };
        let count = cells.iter().take_while(|it| it.rule() == nth).count();
        let (own, rest) = cells.split_at_checked(count).unwrap_or_default();
        cells = rest;
        let context = Context { plan, bound, view, period, nth, rule };
        context.add_moves(owner, own, &mut res, log)?;
    }
    Ok(res)
}

/// One rule for one unit in one period.
struct Context<'a, 'r> {
    plan: &'a Plan<'r>,
    bound: &'a Bound,
    view: &'a View<'a>,
    period: u8,
    nth: usize,
    rule: &'a PlanRule<'r>,
}

impl Context<'_, '_> {
    fn add_moves(
        &self,
        owner: &Owner<'_>,
        cells: &[Cell],
        moves: &mut Moves,
        log: &mut Log,
    ) -> Result<(), Overflow> {
        let amount = match self.rule.how {
            How::Tiers => return self.add_tier(owner, moves, log),
            _ if cells.is_empty() => return Ok(()),
            How::Zero => return self.add_zero(cells, moves),
            How::Multiply(_) => return Ok(()),
            How::Unstated => {
                log.gap(self.gap(GapKind::Unstated));
                return Ok(());
            }
            How::Once(amount) | How::Counted(amount, _) => Some(amount),
            How::Chosen(..) => None,
        };
        if cells.iter().any(|it| self.bound.unchosen.contains_key(&it.key())) {
            log.gap(self.gap(GapKind::Unchosen));
        }
        let mut uses = Vec::new();
        let mut raw = Exact::ZERO;
        for cell in cells {
            let moved = self.cell_move(cell, amount, &mut uses)?;
            raw = match self.rule.how {
                How::Once(_) if raw.exceeds(moved)? => raw,
                How::Once(_) => moved,
                _ => raw.plus(moved)?,
            };
        }
        self.add_move(owner, self.rule.rule.effect, raw, uses, None, moves)
    }

    /// An event after which the item has no points, unless it is exempt.
    fn add_zero(&self, cells: &[Cell], moves: &mut Moves) -> Result<(), Overflow> {
        let counts = |it: &&Cell| self.group(it).is_some_and(|it| it.exempt.is_none());
        if !cells.iter().any(|it| counts(&it)) {
            return Ok(());
        }
        let mut uses = Vec::new();
        for cell in cells {
            self.cell_move(cell, Some(Exact::ZERO), &mut uses)?;
        }
        let why = || Box::new(self.rule_move(Effect::Zero, Exact::ZERO, uses, None));
        moves.zero.get_or_insert_with(why);
        Ok(())
    }

    /// A move as the explanation shows it, before any cap.
    fn rule_move(
        &self,
        effect: Effect,
        raw: Exact,
        uses: Vec<Use>,
        measured: Option<Picked>,
    ) -> RuleMove {
        let rule = self.rule.rule;
        RuleMove {
            id: rule.id.clone(),
            effect,
            when: rule.when.clone().unwrap_or_default(),
            per: rule.per.clone(),
            uses,
            measured,
            raw,
            case_cap: None,
            cap: None,
            outranked_by: None,
            moved: raw,
            at: rule.source.at.clone(),
            quote: rule.source.quote.clone(),
        }
    }

    fn group(&self, cell: &Cell) -> Option<&Group> {
        self.bound.group(self.nth, cell.group())
    }

    /// What the events of one cell move.
    fn cell_move(
        &self,
        cell: &Cell,
        amount: Option<Exact>,
        uses: &mut Vec<Use>,
    ) -> Result<Exact, Overflow> {
        let step = match self.rule.how {
            How::Counted(_, step) | How::Chosen(_, _, step) => Some(step),
            _ => None,
        };
        let steps = match step {
            Some(step) => cell.occurrences / step.size,
            None => u64::from(cell.occurrences > 0),
        };
        let sum = match amount {
            Some(amount) => amount.times(Exact::whole(i128::from(steps)))?,
            None => self.bound.chosen.get(&cell.key()).copied().unwrap_or(Exact::ZERO),
        };
        let none = Group { times: Exact::ONE, multiplied_by: Vec::new(), exempt: None };
        let group = self.group(cell).unwrap_or(&none);
        let moved = match (&group.exempt, cell.group()) {
            (Some(_), _) => Exact::ZERO,
            (None, 0) => sum,
            (None, _) => sum.times(group.times)?,
        };
        if self.view.explain {
            let places = step.map_or(0, |it| it.places);
            let rule_id = |it: &usize| self.plan.rules.get(*it).map(|it| it.rule.id.clone());
            uses.push(Use {
                events: cell.events,
                occurrences: Decimal::try_from_i128_with_scale(
                    i128::from(cell.occurrences),
                    places,
                )
                .unwrap_or_default()
                .normalize(),
                step: step.map_or(Decimal::ONE, super::plan::Step::size),
                steps,
                amount,
                sum,
                times: group.times,
                multiplied_by: group.multiplied_by.iter().filter_map(rule_id).collect(),
                exempt: group.exempt.clone(),
                moved,
                list: self.events_of(cell),
            });
        }
        Ok(moved)
    }

    fn events_of(&self, cell: &Cell) -> Vec<EventLine> {
        let kept = self.bound.kept.get(&self.view.unit).into_iter().flatten();
        let own = kept.filter(|it| {
            it.rule == self.nth && it.period == cell.period() && it.group == cell.group()
        });
        let mut list: Vec<EventLine> = own.map(event_line).collect();
        list.sort_by(|a, b| (&a.date, &a.id, a.line).cmp(&(&b.date, &b.id, b.line)));
        list
    }

    /// The amount that a measured value picks.
    fn add_tier(
        &self,
        owner: &Owner<'_>,
        moves: &mut Moves,
        log: &mut Log,
    ) -> Result<(), Overflow> {
        let Some(value) = self.view.measure(self.bound, self.nth, self.period) else {
            log.gap(self.gap(GapKind::Measure));
            return Ok(());
        };
        let rule = self.rule.rule;
        let picked = Picked {
            measure: rule.measure.clone().unwrap_or_else(|| rule.id.clone()),
            value,
            tier: None,
        };
        let bounded = |it: &&Tier| {
            it.bounds.lower.is_some() || it.bounds.upper.is_some() || it.when.is_none()
        };
        let mut holding =
            rule.tiers.iter().enumerate().filter(|it| bounded(&it.1) && it.1.bounds.holds(value));
        let Some((nth, tier)) = holding.next() else {
            if rule.tiers.iter().any(|it| !bounded(&it)) {
                log.gap(self.gap(GapKind::Tier));
            } else if rule.effect != Effect::Zero {
                log.outside_tiers(self.nth, self.view.unit, value);
            }
            return self.add_move(owner, rule.effect, Exact::ZERO, Vec::new(), Some(picked), moves);
        };
        if holding.next().is_some() {
            log.several_tiers(self.nth, self.view.unit, value);
        }
        let picked = Picked { tier: Some(nth + 1), ..picked };
        let effect = tier.effect.unwrap_or(rule.effect);
        // Among awards, a tier that gives nothing awards nothing; where points are lost, it loses all.
        let awards = rule.effect == Effect::Award && !owner.starts_full;
        if effect == Effect::Zero && !awards || owner.starts_full && gives_nothing(tier) {
            let why =
                || Box::new(self.rule_move(Effect::Zero, Exact::ZERO, Vec::new(), Some(picked)));
            moves.zero.get_or_insert_with(why);
            return Ok(());
        }
        let amount = match (effect, tier.amount) {
            (Effect::Zero, _) => Exact::ZERO,
            (_, Some(Amount::Exact(it))) => Exact::from(it),
            (_, Some(Amount::Range(..)) | None) => {
                log.gap(self.gap(GapKind::Tier));
                return Ok(());
            }
        };
        let effect = if effect == Effect::Zero { rule.effect } else { effect };
        self.add_move(owner, effect, amount, Vec::new(), Some(picked), moves)
    }

    /// Holds a move back by the caps that it alone has, and files it by its direction.
    fn add_move(
        &self,
        owner: &Owner<'_>,
        effect: Effect,
        raw: Exact,
        uses: Vec<Use>,
        measured: Option<Picked>,
        moves: &mut Moves,
    ) -> Result<(), Overflow> {
        let case_cap = self.rule.case.and_then(|it| owner.cases.get(it)?.1);
        let (mut size, mut case_held, mut held) = (raw, None, None);
        if let Some(cap) = case_cap
            && size.exceeds(cap)?
        {
            (size, case_held) = (cap, Some(cap));
        }
        if let Some(cap) = self.rule.cap
            && size.exceeds(cap)?
        {
            (size, held) = (cap, Some(cap));
        }
        let reason = self.view.explain.then(|| {
            let all = self.rule_move(effect, raw, uses, measured);
            Reason::Rule(Box::new(RuleMove { case_cap: case_held, cap: held, moved: size, ..all }))
        });
        let competes = match (owner.highest, self.rule.highest) {
            (true, _) => Some(ALL),
            (false, true) => Some(self.rule.case.unwrap_or(NO_CASE)),
            (false, false) => None,
        };
        let id = if competes.is_some() { self.rule.rule.id.clone() } else { String::new() };
        let one = Move { size, case: self.rule.case, competes, reason, id };
        if let Some(list) = moves.of(effect) {
            list.push(one);
        }
        Ok(())
    }

    fn gap(&self, kind: GapKind) -> Gap {
        let rule = self.rule.rule;
        let name = match kind {
            GapKind::Measure => rule.measure.clone().unwrap_or_else(|| rule.id.clone()),
            _ => rule.when.clone().unwrap_or_default(),
        };
        Gap {
            kind,
            item: rule.id.clone(),
            name,
            period: self.view.period_named(self.rule.length, self.period),
        }
    }
}

fn event_line(event: &KeptEvent) -> EventLine {
    EventLine {
        id: event.id.clone(),
        date: event.date.clone(),
        occurrences: event.occurrences.clone(),
        amount: event.amount,
        evidence: event.evidence.clone(),
        line: event.line,
    }
}

/// Adds up the moves of one direction: only the largest of those that compete, then the caps that rules share, then the
/// node's. Writes a step for each when an explanation is wanted.
pub(super) fn add_up(
    owner: &Owner<'_>,
    mut moves: Vec<Move>,
    sign: Exact,
    steps: &mut Option<Vec<Step>>,
) -> Result<Exact, Overflow> {
    if moves.is_empty() {
        return Ok(Exact::ZERO);
    }
    leave_largest(&mut moves)?;
    let mut sum = Exact::ZERO;
    let mut by_case = vec![Exact::ZERO; owner.cases.len()];
    for one in moves {
        sum = sum.plus(one.size)?;
        if let Some(slot) = one.case.and_then(|it| by_case.get_mut(it)) {
            *slot = slot.plus(one.size)?;
        }
        if let (Some(steps), Some(reason)) = (steps.as_mut(), one.reason) {
            steps.push(Step { delta: one.size.times(sign)?, reason });
        }
    }
    for ((name, cap), moved) in owner.cases.iter().zip(by_case) {
        if let Some(cap) = *cap
            && moved.exceeds(cap)?
        {
            let excess = moved.minus(cap)?;
            sum = sum.minus(excess)?;
            if let Some(steps) = steps {
                let reason = Reason::CaseCap((*name).to_owned(), cap);
                steps.push(Step { delta: excess.negated().times(sign)?, reason });
            }
        }
    }
    if let Some(cap) = owner.cap
        && sum.exceeds(cap)?
    {
        let excess = sum.minus(cap)?;
        sum = cap;
        if let Some(steps) = steps {
            steps.push(Step { delta: excess.negated().times(sign)?, reason: Reason::Cap(cap) });
        }
    }
    Ok(sum)
}

/// Of the moves that compete with each other only the largest stays; of equal ones the first.
fn leave_largest(moves: &mut [Move]) -> Result<(), Overflow> {
    let mut best: Vec<(usize, Exact, String)> = Vec::new();
    for one in moves.iter() {
        let Some(group) = one.competes else { continue };
        match best.iter_mut().find(|it| it.0 == group) {
            Some(slot) if one.size.exceeds(slot.1)? => *slot = (group, one.size, one.id.clone()),
            Some(_) => {}
            None => best.push((group, one.size, one.id.clone())),
        }
    }
    for one in moves.iter_mut() {
        let Some(slot) = best.iter().find(|it| Some(it.0) == one.competes) else { continue };
        if slot.2 != one.id {
            one.size = Exact::ZERO;
            one.outrank(&slot.2);
        }
    }
    Ok(())
}

impl Move {
    fn outrank(&mut self, by: &str) {
        match &mut self.reason {
            Some(Reason::Rule(rule)) => {
                rule.moved = Exact::ZERO;
                rule.outranked_by = Some(by.to_owned());
            }
            Some(Reason::Part(_, rate)) => *rate = Exact::ZERO,
            _ => {}
        }
    }

    /// A criterion's move in one direction, which competes where its group counts only the largest.
    pub(super) fn of_criterion(
        owner: &Owner<'_>,
        id: &str,
        size: Exact,
        reason: Option<Reason>,
    ) -> Self {
        let competes = owner.highest.then_some(ALL);
        let id = if competes.is_some() { id.to_owned() } else { String::new() };
        Self { size, case: None, competes, reason, id }
    }
}
