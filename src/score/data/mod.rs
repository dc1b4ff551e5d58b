//! Unit data: who is assessed, what happened, what was measured, what people gave (docs/score.md).
//!
//! Data are a folder of CSV files (`units.csv`, `events.csv`, `measures.csv`, `assessed.csv`) or one workbook with sheets
//! of the same names. What needs no ruleset is checked here; what does (unknown rules, amounts outside a range, periods)
//! is checked when the two meet, in `bind`.

mod fault;
mod folder;
mod table;
mod workbook;

use std::{collections::BTreeMap, path::Path};

pub use self::fault::{DataError, Fault, MAX_FAULTS};
pub(super) use self::fault::{Faults, nearest};
use self::table::{Columns, Row, Table};

/// Everything that a score is computed from, besides the ruleset.
#[derive(Debug, Clone)]
pub struct Data {
    /// Who is assessed, in the order of the data.
    pub units: Vec<Unit>,
    /// What was measured.
    pub(super) measures: Vec<Measured>,
    /// What people gave.
    pub(super) assessed: Vec<Assessed>,
    /// What happened; read row by row when scores are computed.
    events: Option<Table>,
    /// The names of the tables, for messages.
    pub(super) names: Names,
    /// The hash of all files, in the order units, events, measures, assessed (SHA-256, hexadecimal).
    pub sha256: String,
}

/// What messages call the tables.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    pub(super) units: String,
    pub(super) events: String,
    pub(super) measures: String,
    pub(super) assessed: String,
}

/// Somebody who is assessed (考核对象).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unit {
    /// The name, unique.
    pub name: String,
    /// The group within which it is compared.
    pub category: Option<String>,
    /// The further columns, kept as they are.
    pub further: Vec<(String, String)>,
    /// The line of the table.
    pub line: u64,
}

/// A measured value as it was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Measured {
    pub(super) unit: String,
    pub(super) period: String,
    pub(super) measure: String,
    pub(super) value: String,
    pub(super) line: u64,
}

/// A score that people gave, as it was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Assessed {
    pub(super) unit: String,
    pub(super) period: String,
    pub(super) indicator: String,
    pub(super) score: String,
    pub(super) line: u64,
}

/// An event as it was written; values are bytes until somebody asks for their text.
#[derive(Debug)]
pub(super) struct EventRow<'a>(&'a Row<'a>);

/// The columns of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EventColumn {
    Unit,
    Rule,
    Id,
    Date,
    Period,
    Occurrences,
    Amount,
    Modifiers,
    Evidence,
}

const UNITS: Columns = Columns { known: &["unit", "category"], required: 1, open: true };
const EVENTS: Columns = Columns {
    known: &[
        "unit",
        "rule",
        "id",
        "date",
        "period",
        "occurrences",
        "amount",
        "modifiers",
        "evidence",
    ],
    required: 2,
    open: false,
};
const MEASURES: Columns =
    Columns { known: &["unit", "measure", "value", "period"], required: 3, open: false };
const ASSESSED: Columns =
    Columns { known: &["unit", "indicator", "score", "period"], required: 3, open: false };

impl EventColumn {
    /// Its heading.
    pub(super) fn heading(self) -> &'static str {
        EVENTS.known.get(self as usize).copied().unwrap_or_default()
    }
}

impl EventRow<'_> {
    /// The line of the file or the row of the sheet.
    pub(super) const fn line(&self) -> u64 {
        self.0.line
    }

    /// The bytes of a value as they stand; equal bytes are equal text.
    pub(super) fn bytes(&self, column: EventColumn) -> &[u8] {
        self.0.bytes(column as usize)
    }

    /// The text of a value, without white space around it.
    pub(super) fn text(&self, column: EventColumn) -> std::borrow::Cow<'_, str> {
        self.0.text(column as usize)
    }
}

impl Data {
    /// Hands over each event, one after the other, until there is no more or the faults are too many.
    pub(super) fn each_event(
        &self,
        faults: &mut Faults,
        visit: &mut dyn FnMut(&EventRow<'_>, &mut Faults),
    ) -> Result<(), DataError> {
        let Some(table) = &self.events else { return Ok(()) };
        table.each_row(&EVENTS, faults, &mut |row, faults| visit(&EventRow(row), faults))
    }
}

/// Reads unit data: a folder of CSV files, or a workbook.
///
/// # Errors
///
/// A file cannot be read, the list of units is missing, or cells are wrong: then all faults are told at once, up to
/// [`MAX_FAULTS`].
pub fn load_data(path: &Path) -> Result<Data, DataError> {
    let tables = if path.is_dir() { folder::open(path)? } else { workbook::open(path)? };
    tables.read()
}

/// Reads unit data from CSV text; a table that is empty is absent.
///
/// # Errors
///
/// Cells are wrong.
pub fn data_from_text(
    units: &str,
    events: &str,
    measures: &str,
    assessed: &str,
) -> Result<Data, DataError> {
    Tables::of_text([units, events, measures, assessed]).read()
}

/// The four tables before they are read.
struct Tables {
    units: Table,
    events: Option<Table>,
    measures: Option<Table>,
    assessed: Option<Table>,
    sha256: String,
}

/// The names of the tables: of the files (with `.csv`) and of the sheets.
const TABLES: [&str; 4] = ["units", "events", "measures", "assessed"];

impl Tables {
    fn of_text(texts: [&str; 4]) -> Self {
        use sha2::{Digest, Sha256};
        let mut digest = FolderDigest::default();
        let [units, events, measures, assessed] = {
            let mut names = TABLES.iter();
            texts.map(|text| {
                let name = names.next().copied().unwrap_or_default();
                if text.is_empty() {
                    return None;
                }
                digest.add(name, &Sha256::digest(text.as_bytes()));
                Some(Table::of_text(format!("{name}.csv"), text.to_owned()))
            })
        };
        let units = units.unwrap_or_else(|| Table::of_text("units.csv".to_owned(), String::new()));
        Self { units, events, measures, assessed, sha256: digest.finish() }
    }

    fn read(self) -> Result<Data, DataError> {
        let mut faults = Faults::default();
        let name = |it: &Option<Table>| it.as_ref().map(|it| it.name.clone()).unwrap_or_default();
        let names = Names {
            units: self.units.name.clone(),
            events: name(&self.events),
            measures: name(&self.measures),
            assessed: name(&self.assessed),
        };
        let units = read_units(&self.units, &mut faults)?;
        let mut measures = Vec::new();
        if let Some(table) = &self.measures {
            table.each_row(&MEASURES, &mut faults, &mut |row, _| measures.push(measured(row)))?;
        }
        let mut assessed = Vec::new();
        if let Some(table) = &self.assessed {
            table.each_row(&ASSESSED, &mut faults, &mut |row, _| assessed.push(given(row)))?;
        }
        faults.into_result()?;
        Ok(Data { units, measures, assessed, events: self.events, names, sha256: self.sha256 })
    }
}

/// The hash of several files: of their names and hashes, in a fixed order.
#[derive(Default)]
struct FolderDigest(sha2::Sha256);

impl FolderDigest {
    fn add(&mut self, name: &str, hash: &[u8]) {
        use sha2::Digest;
        self.0.update(name.as_bytes());
        self.0.update([0]);
        self.0.update(hash);
    }

    fn finish(self) -> String {
        use sha2::Digest;
        hexadecimal(&self.0.finalize())
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}

fn read_units(table: &Table, faults: &mut Faults) -> Result<Vec<Unit>, DataError> {
    let mut units: Vec<Unit> = Vec::new();
    let mut lines: BTreeMap<String, u64> = BTreeMap::new();
    let mut too_many = false;
    table.each_row(&UNITS, faults, &mut |row, faults| {
        let fault = |code| Fault::new(code, &table.name).line(row.line).column("unit");
        let name = row.text(0).into_owned();
        if name.is_empty() {
            return faults.push(fault("data-empty"));
        }
        if let Some(first) = lines.insert(name.clone(), row.line) {
            return faults.push(fault("data-repeated-unit").arg("unit", &name).arg("first", first));
        }
        if units.len() >= crate::limits::MAX_UNITS {
            too_many = true;
            return;
        }
        let category = Some(row.text(1).into_owned()).filter(|it| !it.is_empty());
        units.push(Unit { name, category, further: row.further(), line: row.line });
    })?;
    if too_many {
        let bound = crate::limits::MAX_UNITS as u64;
        return Err(DataError::TooLarge { path: table.name.clone(), what: "units", bound });
    }
    if units.is_empty() && !faults.is_full() {
        faults.push(Fault::new("data-no-unit", &table.name));
    }
    Ok(units)
}

fn measured(row: &Row<'_>) -> Measured {
    Measured {
        unit: row.text(0).into_owned(),
        measure: row.text(1).into_owned(),
        value: row.text(2).into_owned(),
        period: row.text(3).into_owned(),
        line: row.line,
    }
}

fn given(row: &Row<'_>) -> Assessed {
    Assessed {
        unit: row.text(0).into_owned(),
        indicator: row.text(1).into_owned(),
        score: row.text(2).into_owned(),
        period: row.text(3).into_owned(),
        line: row.line,
    }
}
