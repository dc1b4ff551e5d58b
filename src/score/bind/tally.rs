//! Counts of events by unit, period, rule and modifiers.
//!
//! Events come in any order. They are gathered in a list that is sorted and summed whenever it has grown enough, so that
//! it never holds more than a constant times the counts that are different.

/// The bits of a key: unit, period, rule, group of modifiers, from the highest.
const PERIOD_BITS: u32 = 4;
const RULE_BITS: u32 = 20;
const GROUP_BITS: u32 = 12;

/// The most groups of modifiers that one rule may have.
pub(super) const MAX_GROUPS: usize = 1 << GROUP_BITS;

/// How many entries are gathered before the first summing up.
const FIRST_SUM: usize = 1 << 16;

/// How often something happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::score) struct Cell {
    key: u64,
    /// The sum of the occurrences, in the units of the rule's step.
    pub(in crate::score) occurrences: u64,
    /// How many events they are from.
    pub(in crate::score) events: u64,
}

/// The key of a count.
pub(in crate::score) const fn key(unit: u32, period: u8, rule: usize, group: usize) -> u64 {
    let rest = ((period as u64) << RULE_BITS | rule as u64) << GROUP_BITS | group as u64;
    (unit as u64) << (PERIOD_BITS + RULE_BITS + GROUP_BITS) | rest
}

impl Cell {
    /// What it counts.
    pub(in crate::score) const fn key(&self) -> u64 {
        self.key
    }

    pub(in crate::score) const fn unit(&self) -> u32 {
        (self.key >> (PERIOD_BITS + RULE_BITS + GROUP_BITS)) as u32
    }

    pub(in crate::score) const fn period(&self) -> u8 {
        (self.key >> (RULE_BITS + GROUP_BITS)) as u8 & ((1 << PERIOD_BITS) - 1)
    }

    pub(in crate::score) const fn rule(&self) -> usize {
        (self.key >> GROUP_BITS) as usize & ((1 << RULE_BITS) - 1)
    }

    pub(in crate::score) const fn group(&self) -> usize {
        self.key as usize & ((1 << GROUP_BITS) - 1)
    }
}

/// The counts so far.
#[derive(Debug)]
pub(in crate::score) struct Tally {
    cells: Vec<Cell>,
    next_sum: usize,
}

impl Default for Tally {
    fn default() -> Self {
        Self { cells: Vec::new(), next_sum: FIRST_SUM }
    }
}

impl Tally {
    /// Counts an event.
    pub(in crate::score) fn add(&mut self, key: u64, occurrences: u64) {
        if let Some(last) = self.cells.last_mut()
            && last.key == key
            && let Some(sum) = last.occurrences.checked_add(occurrences)
        {
            last.occurrences = sum;
            last.events += 1;
            return;
        }
        if self.cells.len() >= self.next_sum {
            self.sum_up();
            self.next_sum = (self.cells.len() * 2).max(FIRST_SUM);
        }
        self.cells.push(Cell { key, occurrences, events: 1 });
    }

    /// Sorts, and joins what has the same key. Sums that pass 64 bits stop at the top: no such count is real.
    fn sum_up(&mut self) {
        self.cells.sort_unstable_by_key(|it| it.key);
        self.cells.dedup_by(|later, first| {
            let same = later.key == first.key;
            if same {
                first.occurrences = first.occurrences.saturating_add(later.occurrences);
                first.events += later.events;
            }
            same
        });
    }

    /// All counts, sorted by their keys.
    pub(in crate::score) fn finish(mut self) -> Vec<Cell> {
        self.sum_up();
        self.cells
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_key_holds_its_parts() {
        let cell = Cell { key: key(0xfff_fff, 12, 0xf_ffff, 0xfff), occurrences: 1, events: 1 };
        assert_eq!((cell.unit(), cell.period()), (0xfff_fff, 12));
        assert_eq!((cell.rule(), cell.group()), (0xf_ffff, 0xfff));
    }

    #[test]
    fn the_list_stays_small() {
        let mut tally = Tally::default();
        for nth in 0..1_000_000_u64 {
            tally.add(nth % 1000, 1);
        }
        assert!(tally.cells.capacity() <= FIRST_SUM * 2, "{}", tally.cells.capacity());
        assert!(tally.finish().iter().all(|it| it.occurrences == 1000 && it.events == 1000));
    }

    proptest! {
        #[test]
        fn counts_do_not_depend_on_order(events in prop::collection::vec((0_u64..50, 0_u64..9), 0..400)) {
            let mut expected = BTreeMap::new();
            let mut tally = Tally { cells: Vec::new(), next_sum: 16 };
            for (key, occurrences) in &events {
                let slot = expected.entry(*key).or_insert((0, 0));
                *slot = (slot.0 + occurrences, slot.1 + 1);
                tally.add(*key, *occurrences);
            }
            let found: Vec<_> = tally.finish().iter().map(|it| (it.key, (it.occurrences, it.events))).collect();
            prop_assert_eq!(found, expected.into_iter().collect::<Vec<_>>());
        }
    }
}
