//! Whether two events have the same id.
//!
//! Lists of events are usually in the order of their ids, and then a comparison with the one before is enough. Where they
//! are not, the list is read again and the ids are compared by their hashes, a part of the hashes at a time, so that the
//! memory stays bounded however long the list is.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::score::data::{Data, DataError, EventColumn, Fault, Faults};

/// How many hashes are held at once.
const PART: u64 = 1 << 22;

/// Follows the ids of a list.
#[derive(Debug, Default)]
pub(super) struct Ids {
    last: Vec<u8>,
    disordered: bool,
}

impl Ids {
    /// Takes the next id.
    pub(super) fn push(&mut self, id: &[u8]) {
        if id.is_empty() || self.disordered {
            return;
        }
        // Shorter ids come first, so that e9 comes before e10.
        self.disordered = (id.len(), id) <= (self.last.len(), self.last.as_slice());
        self.last.clear();
        self.last.extend_from_slice(id);
    }

    /// Reports each id that occurs twice.
    pub(super) fn check(
        &self,
        events: u64,
        data: &Data,
        faults: &mut Faults,
    ) -> Result<(), DataError> {
        if !self.disordered {
            return Ok(());
        }
        let parts = events / PART + 1;
        for part in 0..parts {
            let repeated = repeated_hashes(data, part, parts)?;
            if !repeated.is_empty() {
                report(data, &repeated, faults)?;
            }
        }
        Ok(())
    }
}

fn hash(id: &[u8]) -> u64 {
    let digest = Sha256::digest(id);
    digest.iter().take(8).fold(0, |sum, it| sum << 8 | u64::from(*it))
}

/// The hashes of one part that occur more than once.
fn repeated_hashes(data: &Data, part: u64, parts: u64) -> Result<Vec<u64>, DataError> {
    let mut hashes = Vec::new();
    data.each_event(&mut Faults::default(), &mut |row, _| {
        let id = row.bytes(EventColumn::Id);
        if id.is_empty() {
            return;
        }
        let hash = hash(id);
        if hash % parts == part {
            hashes.push(hash);
        }
    })?;
    hashes.sort_unstable();
    let twice = hashes.windows(2).filter_map(|it| match it {
        [one, two] if one == two => Some(*one),
        _ => None,
    });
    let mut twice: Vec<u64> = twice.collect();
    twice.dedup();
    Ok(twice)
}

fn report(data: &Data, repeated: &[u64], faults: &mut Faults) -> Result<(), DataError> {
    let mut first: BTreeMap<Vec<u8>, u64> = BTreeMap::new();
    data.each_event(&mut Faults::default(), &mut |row, _| {
        let id = row.bytes(EventColumn::Id);
        if faults.is_full() || id.is_empty() || repeated.binary_search(&hash(id)).is_err() {
            return;
        }
        if let Some(line) = first.get(id) {
            let fault = Fault::new("data-repeated-id", &data.names.events).line(row.line());
            let id = row.text(EventColumn::Id);
            faults.push(fault.column("id").arg("id", id).arg("first", line));
        } else {
            first.insert(id.to_vec(), row.line());
        }
    })
}
