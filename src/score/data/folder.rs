//! Unit data as CSV files in a folder.

use std::path::Path;

use super::{DataError, FolderDigest, TABLES, Tables, table::Table};

/// Opens `units.csv` and whichever of the others are there.
pub(super) fn open(folder: &Path) -> Result<Tables, DataError> {
    let mut digest = FolderDigest::default();
    let mut open = |name: &str| -> Result<Option<Table>, DataError> {
        let opened = Table::open(&folder.join(format!("{name}.csv")))?;
        Ok(opened.map(|(table, hash)| {
            digest.add(name, &hash);
            table
        }))
    };
    let [units, events, measures, assessed] = TABLES;
    let units = open(units)?;
    let (events, measures, assessed) = (open(events)?, open(measures)?, open(assessed)?);
    let Some(units) = units else {
        let path = folder.display().to_string();
        return Err(DataError::NoUnits { path, missing: "units.csv" });
    };
    Ok(Tables { units, events, measures, assessed, sha256: digest.finish() })
}
