//! Events: each is checked against the rule that it names, then counted.

use std::collections::BTreeMap;

use super::{
    Binder, Group, KeptEvent, Wanted,
    ids::Ids,
    length_of,
    tally::{MAX_GROUPS, Tally, key},
    values::{bad_number, number},
};
use crate::{
    number::Decimal,
    score::{
        ScoreError,
        data::{EventColumn, EventRow, Fault, Faults, nearest},
        error::Pending,
        exact::{Exact, Overflow},
        period::Length,
        plan::{How, Step},
    },
};

/// What an event names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target {
    Rule(usize),
    Limit(u32),
}

/// What was made of values that come again and again.
#[derive(Default)]
struct Memory {
    units: Memo<u32>,
    targets: Memo<Target>,
    periods: Memo<Option<u8>>,
    groups: Memo<usize>,
}

/// Results by the bytes that gave them; the last one is at hand.
struct Memo<T> {
    last: Option<(Vec<u8>, T)>,
    all: BTreeMap<Vec<u8>, T>,
}

impl<T> Default for Memo<T> {
    fn default() -> Self {
        Self { last: None, all: BTreeMap::new() }
    }
}

impl<T: Copy> Memo<T> {
    fn get<E>(&mut self, bytes: &[u8], make: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        if let Some((last, value)) = &self.last
            && last == bytes
        {
            return Ok(*value);
        }
        let value = match self.all.get(bytes) {
            Some(it) => *it,
            None => {
                let made = make()?;
                self.all.insert(bytes.to_vec(), made);
                made
            }
        };
        match &mut self.last {
            Some((last, slot)) => {
                last.clear();
                last.extend_from_slice(bytes);
                *slot = value;
            }
            None => self.last = Some((bytes.to_vec(), value)),
        }
        Ok(value)
    }
}

impl Binder<'_, '_> {
    pub(super) fn bind_events(
        &mut self,
        wanted: Wanted<'_>,
        faults: &mut Faults,
    ) -> Result<(), ScoreError> {
        let data = self.data;
        let mut memory = Memory::default();
        let mut tally = Tally::default();
        let mut ids = Ids::default();
        data.each_event(faults, &mut |row, faults| {
            ids.push(row.bytes(EventColumn::Id));
            self.bound.events += 1;
            if let Err(fault) = self.bind_event(row, wanted, &mut memory, &mut tally) {
                let file = data.names.events.clone();
                faults.push(Fault { file, line: Some(row.line()), ..fault });
            }
        })?;
        ids.check(self.bound.events, data, faults)?;
        self.bound.cells = tally.finish();
        Ok(())
    }

    fn bind_event(
        &mut self,
        row: &EventRow<'_>,
        wanted: Wanted<'_>,
        memory: &mut Memory,
        tally: &mut Tally,
    ) -> Result<(), Fault> {
        let unit = memory
            .units
            .get(row.bytes(EventColumn::Unit), || self.unit_named(&row.text(EventColumn::Unit)))?;
        let target = memory.targets.get(row.bytes(EventColumn::Rule), || {
            self.target_named(&row.text(EventColumn::Rule))
        })?;
        let rule = match target {
            Target::Rule(it) => it,
            Target::Limit(it) => return self.bind_limit(unit, it, row),
        };
        let Some(period) = self.period_of(rule, row, &mut memory.periods)? else {
            self.bound.outside += 1;
            return Ok(());
        };
        let group = match row.bytes(EventColumn::Modifiers) {
            [] => 0,
            bytes => {
                let label = [bytes, b"\0", &rule.to_le_bytes()].concat();
                let modifiers = row.text(EventColumn::Modifiers);
                memory.groups.get(&label, || self.group_named(rule, &modifiers))?
            }
        };
        let how = self.plan.rules.get(rule).map_or(How::Unstated, |it| it.how);
        let occurrences = occurrences(row, step_of(how))?;
        let key = key(unit, period, rule, group);
        let amount = self.chosen_amount(how, row)?;
        if occurrences > 0 {
            tally.add(key, occurrences);
            self.note_choice(key, rule, how, amount, occurrences, row)?;
        }
        let explained = wanted.explain_all
            || !wanted.explain.is_empty()
                && wanted.explain.contains(row.text(EventColumn::Unit).as_ref());
        if explained {
            let kept = kept(rule, period, group, amount, row);
            self.bound.kept.entry(unit).or_default().push(kept);
        }
        Ok(())
    }

    /// The rule or the limit that an event names.
    fn target_named(&self, name: &str) -> Result<Target, Fault> {
        let fault = |code| Fault::new(code, "").column("rule").arg("rule", name);
        if name.is_empty() {
            return Err(Fault::new("data-empty", "").column("rule"));
        }
        if let Some(nth) = self.plan.rule_ids.get(name).copied() {
            return match self.plan.rules.get(nth).map(|it| it.how) {
                Some(How::Multiply(_)) => Err(fault("data-modifier-as-rule")),
                Some(How::Tiers) => Err(fault("data-measured-rule")),
                _ => Ok(Target::Rule(nth)),
            };
        }
        let limit = self.plan.limit_ids.iter().position(|it| it == name);
        if let Some(nth) = limit.and_then(|it| u32::try_from(it).ok()) {
            return Ok(Target::Limit(nth));
        }
        let limits = self.plan.limit_ids.iter().map(String::as_str);
        let known = self.plan.rule_ids.keys().copied().chain(limits);
        let near = nearest(name, known).unwrap_or_default();
        Err(fault("data-unknown-rule").arg("near", near))
    }

    fn bind_limit(&mut self, unit: u32, limit: u32, row: &EventRow<'_>) -> Result<(), Fault> {
        let count = occurrences(row, Step::ONE)?;
        if !self.is_scored(row)? {
            self.bound.outside += 1;
            return Ok(());
        }
        for column in [EventColumn::Amount, EventColumn::Modifiers] {
            if !row.bytes(column).is_empty() {
                let fault = Fault::new("data-value-on-limit", "").column(column.heading());
                return Err(fault.arg("value", row.text(column)));
            }
        }
        if count > 0 {
            *self.bound.limits.entry((unit, limit)).or_default() += count;
        }
        Ok(())
    }

    /// Whether an event of a limit belongs to what is scored.
    fn is_scored(&mut self, row: &EventRow<'_>) -> Result<bool, Fault> {
        let (period, date) = (row.text(EventColumn::Period), row.text(EventColumn::Date));
        let read = self.calendar.number(Length::Year, &period, &date, true);
        read.map(|it| it.is_some())
            .map_err(|it| it.fault("", row.line(), misdated(&it, &period, &date)))
    }

    fn period_of(
        &mut self,
        rule: usize,
        row: &EventRow<'_>,
        memo: &mut Memo<Option<u8>>,
    ) -> Result<Option<u8>, Fault> {
        let length = length_of(self.plan, rule);
        let (period, date) = (row.bytes(EventColumn::Period), row.bytes(EventColumn::Date));
        let mut label = [0_u8; 48];
        let parts: [&[u8]; 3] = [&[length as u8], period, date];
        let label = join(&mut label, parts);
        let mut read = || {
            let (period, date) = (row.text(EventColumn::Period), row.text(EventColumn::Date));
            let number = self.calendar.number(length, &period, &date, false);
            number.map_err(|it| it.fault("", row.line(), misdated(&it, &period, &date)))
        };
        match label {
            Some(label) => memo.get(label, read),
            None => read(),
        }
    }

    /// The amount that an event chose; a fault where its rule leaves nothing to choose, or not this.
    fn chosen_amount(&self, how: How, row: &EventRow<'_>) -> Result<Option<Decimal>, Fault> {
        if row.bytes(EventColumn::Amount).is_empty() {
            return Ok(None);
        }
        let text = row.text(EventColumn::Amount);
        if text.is_empty() {
            return Ok(None);
        }
        let How::Chosen(min, max, _) = how else {
            let fault = Fault::new("data-amount-not-taken", "").column("amount");
            return Err(fault.arg("amount", &text).arg("rule", row.text(EventColumn::Rule)));
        };
        let amount = number(&text).ok_or_else(|| bad_number("amount", &text))?;
        if amount < min || amount > max {
            let fault =
                Fault::new("data-amount-outside", "").column("amount").arg("amount", amount);
            return Err(fault.arg("min", min.normalize()).arg("max", max.normalize()));
        }
        Ok(Some(amount))
    }

    /// Adds up what events chose, and notes those that had to choose and did not.
    fn note_choice(
        &mut self,
        key: u64,
        rule: usize,
        how: How,
        amount: Option<Decimal>,
        occurrences: u64,
        row: &EventRow<'_>,
    ) -> Result<(), Fault> {
        let code = match (how, amount) {
            (How::Chosen(_, _, step), Some(amount)) => {
                let times = Exact::whole(i128::from(occurrences / step.size));
                let slot = self.bound.chosen.entry(key).or_insert(Exact::ZERO);
                let sum = Exact::from(amount).times(times).and_then(|it| it.plus(*slot));
                *slot = sum
                    .map_err(|Overflow| Fault::new("data-number-too-large", "").column("amount"))?;
                return Ok(());
            }
            (How::Chosen(..), None) => "pending-amount",
            (How::Unstated, _) => "pending-unstated",
            _ => return Ok(()),
        };
        *self.bound.unchosen.entry(key).or_default() += 1;
        if self.bound.pending.len() < crate::score::data::MAX_FAULTS
            && let Some(rule) = self.plan.rules.get(rule)
        {
            self.bound.pending.push(Pending {
                id: rule.rule.id.clone(),
                code,
                quote: rule.rule.source.quote.clone(),
                at: format!("{}:{}", self.data.names.events, row.line()),
            });
        }
        Ok(())
    }

    /// The set of modifiers that an event names: rules that multiply, and exemptions by their words or as `except:1`.
    fn group_named(&mut self, rule: usize, text: &str) -> Result<usize, Fault> {
        let mut group = Group::NONE;
        let names = text.split([';', '；']).map(str::trim).filter(|it| !it.is_empty());
        for name in names {
            self.add_modifier(rule, name, &mut group)?;
        }
        group.multiplied_by.sort_unstable();
        let all = self.bound.groups.get_mut(rule);
        let Some(all) = all else { return Ok(0) };
        if let Some(nth) = all.iter().position(|it| *it == group) {
            return Ok(nth);
        }
        if all.len() >= MAX_GROUPS {
            return Err(Fault::new("data-too-many-modifiers", "")
                .column("modifiers")
                .arg("bound", MAX_GROUPS));
        }
        all.push(group);
        Ok(all.len() - 1)
    }

    fn add_modifier(&self, nth: usize, name: &str, group: &mut Group) -> Result<(), Fault> {
        let fault = |code| Fault::new(code, "").column("modifiers").arg("modifier", name);
        let Some(rule) = self.plan.rules.get(nth) else {
            return Err(fault("data-unknown-modifier"));
        };
        if let Some(modifier) = self.plan.rule_ids.get(name).copied() {
            let how = self.plan.rules.get(modifier).map(|it| it.how);
            let Some(How::Multiply(times)) = how else { return Err(fault("data-not-a-modifier")) };
            if !self.plan.modifies(modifier, nth) || group.multiplied_by.contains(&modifier) {
                return Err(fault("data-modifier-elsewhere").arg("rule", &rule.rule.id));
            }
            group.multiplied_by.push(modifier);
            let product = group.times.times(times.into());
            group.times = product.map_err(|Overflow| fault("data-number-too-large"))?.reduced();
            return Ok(());
        }
        let number = name.strip_prefix("except:").and_then(|it| it.parse::<usize>().ok());
        let exemption = match number {
            Some(number) => rule.rule.except.get(number.wrapping_sub(1)),
            None => rule.rule.except.iter().find(|it| folded(it) == folded(name)),
        };
        match exemption {
            Some(it) => group.exempt = Some(it.clone()),
            None => {
                let multiply =
                    self.plan.rules.iter().filter(|it| matches!(it.how, How::Multiply(_)));
                let known = multiply.map(|it| it.rule.id.as_str());
                let known = known.chain(rule.rule.except.iter().map(String::as_str));
                let near = nearest(name, known).unwrap_or_default();
                return Err(fault("data-unknown-modifier").arg("near", near));
            }
        }
        Ok(())
    }
}

fn folded(text: &str) -> String {
    text.chars().filter(|it| !it.is_whitespace()).collect()
}

fn misdated<'a>(fault: &super::calendar::Misdated, period: &'a str, date: &'a str) -> &'a str {
    match fault {
        super::calendar::Misdated::Date => date,
        _ => period,
    }
}

/// Joins short parts without allocating; nothing where they are too long.
fn join<'b>(buffer: &'b mut [u8; 48], parts: [&[u8]; 3]) -> Option<&'b [u8]> {
    let mut length = 0;
    for part in parts {
        let end = length + part.len();
        buffer.get_mut(length..end)?.copy_from_slice(part);
        *buffer.get_mut(end)? = b'\n';
        length = end + 1;
    }
    buffer.get(..length)
}

const fn step_of(how: How) -> Step {
    match how {
        How::Counted(_, step) | How::Chosen(_, _, step) => step,
        How::Once(_) | How::Tiers | How::Zero | How::Multiply(_) | How::Unstated => Step::ONE,
    }
}

/// How often it happened, in the units of the rule's step: one where the column is empty.
fn occurrences(row: &EventRow<'_>, step: Step) -> Result<u64, Fault> {
    let bytes = row.bytes(EventColumn::Occurrences);
    let unit = 10_u64.pow(step.places);
    if bytes.is_empty() {
        return Ok(unit);
    }
    let text = row.text(EventColumn::Occurrences);
    if text.is_empty() {
        return Ok(unit);
    }
    let bad = || Fault::new("data-bad-occurrences", "").column("occurrences").arg("value", &text);
    let count = number(&text).ok_or_else(bad)?;
    if count.is_sign_negative() && !count.is_zero() || count.scale() > step.places {
        return Err(bad());
    }
    let scaled = count.checked_mul(Decimal::from(unit)).ok_or_else(bad)?;
    u64::try_from(scaled.normalize().mantissa())
        .ok()
        .filter(|_| scaled.normalize().scale() == 0)
        .ok_or_else(bad)
}

fn kept(
    rule: usize,
    period: u8,
    group: usize,
    amount: Option<Decimal>,
    row: &EventRow<'_>,
) -> KeptEvent {
    let occurrences = row.text(EventColumn::Occurrences);
    KeptEvent {
        rule,
        period,
        group,
        id: row.text(EventColumn::Id).into_owned(),
        date: row.text(EventColumn::Date).into_owned(),
        occurrences: if occurrences.is_empty() { "1".to_owned() } else { occurrences.into_owned() },
        amount,
        evidence: row.text(EventColumn::Evidence).into_owned(),
        line: row.line(),
    }
}
