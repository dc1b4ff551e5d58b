//! Unit data bound to a ruleset: names become indices, periods become numbers, events become counts.
//!
//! Events are read one by one and only counted, by unit, period, rule and modifiers; what is kept grows with the units and
//! the rules and not with the events (those of units to be explained aside).

mod calendar;
mod events;
mod ids;
mod tally;
mod values;

use std::collections::{BTreeMap, BTreeSet};

use self::calendar::Calendar;
pub(super) use self::tally::Cell;
use super::{
    ScoreError,
    data::{Data, Faults},
    error::Pending,
    exact::Exact,
    period::{Length, Period},
    plan::{Home, Plan},
};
use crate::number::Decimal;

/// Data bound to a ruleset.
#[derive(Debug)]
pub(super) struct Bound {
    /// Occurrences by unit, period, rule and modifiers, sorted in that order.
    pub(super) cells: Vec<Cell>,
    /// The points that events chose, where their rule leaves them to a person: amounts times whole steps.
    pub(super) chosen: BTreeMap<u64, Exact>,
    /// Events that name no amount although their rule wants one: keys of their cells and how many.
    pub(super) unchosen: BTreeMap<u64, u64>,
    /// The sets of modifiers that occur, by rule; the first is the empty one.
    pub(super) groups: Vec<Vec<Group>>,
    /// The limits that hit a unit: (unit, limit).
    pub(super) limits: BTreeMap<(u32, u32), u64>,
    /// Measured values by unit, rule and period (0: the whole year).
    pub(super) measures: BTreeMap<(u32, u32, u8), Decimal>,
    /// Given scores by unit, node and period (0: the whole year).
    pub(super) assessed: BTreeMap<(u32, u32, u8), Given>,
    /// Nodes that do not apply to a unit: (unit, node).
    pub(super) not_applicable: BTreeSet<(u32, u32)>,
    /// The periods that are scored; none means the whole year.
    pub(super) scored: Vec<Period>,
    /// How many rows belong to other periods.
    pub(super) outside: u64,
    /// The events of the units that are explained.
    pub(super) kept: BTreeMap<u32, Vec<KeptEvent>>,
    /// How many events there are.
    pub(super) events: u64,
    /// Events that wait for a person.
    pub(super) pending: Vec<Pending>,
}

/// What somebody gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Given {
    Score(Decimal),
    NotApplicable,
}

/// Modifiers that apply together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    /// The product of the factors.
    pub(super) times: Exact,
    /// The rules that multiply.
    pub(super) multiplied_by: Vec<usize>,
    /// The exemption that applies: nothing moves.
    pub(super) exempt: Option<String>,
}

impl Group {
    const NONE: Self = Self { times: Exact::ONE, multiplied_by: Vec::new(), exempt: None };
}

/// An event of a unit that is explained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct KeptEvent {
    pub(super) rule: usize,
    pub(super) period: u8,
    pub(super) group: usize,
    pub(super) id: String,
    pub(super) date: String,
    pub(super) occurrences: String,
    pub(super) amount: Option<Decimal>,
    pub(super) evidence: String,
    pub(super) line: u64,
}

/// Which units are to be explained, and which periods are scored.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted<'a> {
    pub(super) explain_all: bool,
    pub(super) explain: &'a BTreeSet<String>,
    pub(super) periods: &'a BTreeSet<Period>,
}

/// Binds data to a ruleset.
pub(super) fn bind(plan: &Plan<'_>, data: &Data, wanted: Wanted<'_>) -> Result<Bound, ScoreError> {
    let mut faults = Faults::default();
    let mut binder = Binder {
        plan,
        data,
        units: data.units.iter().zip(0..).map(|(it, nth)| (it.name.as_str(), nth)).collect(),
        calendar: Calendar::of(plan.ruleset, wanted.periods),
        bound: Bound::new(plan, wanted.periods),
    };
    binder.bind_units(&mut faults);
    binder.bind_measures(&mut faults);
    binder.bind_assessed(&mut faults);
    binder.bind_events(wanted, &mut faults)?;
    faults.into_result()?;
    Ok(binder.bound)
}

/// The work in progress.
struct Binder<'a, 'r> {
    plan: &'a Plan<'r>,
    data: &'a Data,
    units: BTreeMap<&'a str, u32>,
    calendar: Calendar,
    bound: Bound,
}

impl Bound {
    fn new(plan: &Plan<'_>, scored: &BTreeSet<Period>) -> Self {
        Self {
            cells: Vec::new(),
            chosen: BTreeMap::new(),
            unchosen: BTreeMap::new(),
            groups: plan.rules.iter().map(|_| vec![Group::NONE]).collect(),
            limits: BTreeMap::new(),
            measures: BTreeMap::new(),
            assessed: BTreeMap::new(),
            not_applicable: BTreeSet::new(),
            scored: scored.iter().copied().collect(),
            outside: 0,
            kept: BTreeMap::new(),
            events: 0,
            pending: Vec::new(),
        }
    }

    /// The scored periods of a length that share a month with another period.
    pub(super) fn periods_within(&self, length: Length, within: Period) -> Vec<Period> {
        let all = (1..=length.count()).map(|number| Period { length, number });
        all.filter(|it| it.meets(within) && is_scored(&self.scored, *it)).collect()
    }

    /// The modifiers of a cell.
    pub(super) fn group(&self, rule: usize, group: usize) -> Option<&Group> {
        self.groups.get(rule)?.get(group)
    }
}

impl Binder<'_, '_> {
    /// The index of a node, where rows may name an indicator by its id or by a name that is its alone.
    fn node_named(&self, name: &str) -> Result<usize, &'static str> {
        if let Some(nth) = self.plan.node_ids.get(name) {
            return Ok(*nth);
        }
        let mut found = self.plan.nodes.iter().enumerate().skip(1);
        let Some((nth, _)) = found.find(|it| it.1.owner.name == name) else {
            return Err("data-unknown-indicator");
        };
        match found.find(|it| it.1.owner.name == name) {
            None => Ok(nth),
            Some(_) => Err("data-ambiguous-indicator"),
        }
    }

    /// Names of indicators and their ids, for a message about a mistyped one.
    fn node_names(&self) -> impl Iterator<Item = &str> {
        self.plan.nodes.iter().skip(1).flat_map(|it| [it.owner.id, it.owner.name])
    }
}

/// Whether a period is scored, wholly or in part.
fn is_scored(scored: &[Period], period: Period) -> bool {
    scored.is_empty() || scored.iter().any(|it| it.meets(period))
}

/// The length of the periods in which a rule is counted.
fn length_of(plan: &Plan<'_>, rule: usize) -> Length {
    match plan.rules.get(rule).map(|it| (it.home, it.length)) {
        Some((Home::Node(_), length)) => length,
        Some((Home::Adjustment(_), _)) | None => Length::Year,
    }
}
