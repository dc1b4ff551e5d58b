//! Unit data as the sheets of one workbook (.xlsx or .xls), which the strict reader of workbooks opens.

use std::{collections::BTreeMap, fs, path::Path};

use sha2::{Digest, Sha256};

use super::{DataError, TABLES, Tables, hexadecimal, table::Table};
use crate::{
    document::{
        Format, ReadError, from_source,
        from_xlsx::{self, Form, Sheet},
    },
    limits::{MAX_COLUMNS, MAX_FILE_BYTES},
};

/// Opens the sheet `units` and whichever of the others are there.
pub(super) fn open(path: &Path) -> Result<Tables, DataError> {
    let bytes = read_bounded(path)?;
    let sha256 = hexadecimal(&Sha256::digest(&bytes));
    let sheets = sheets(&bytes).map_err(|it| refused(path, &it))?;
    let file = path.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
    let open = |name: &str| -> Result<Option<Table>, DataError> {
        let Some(sheet) = sheets.iter().find(|it| it.name.trim() == name) else { return Ok(None) };
        Ok(Some(Table::of_cells(format!("{file}#{name}"), rows(sheet, path)?)))
    };
    let [units, events, measures, assessed] = TABLES;
    let Some(units) = open(units)? else {
        let path = path.display().to_string();
        return Err(DataError::NoUnits { path, missing: "units" });
    };
    let (events, measures, assessed) = (open(events)?, open(measures)?, open(assessed)?);
    Ok(Tables { units, events, measures, assessed, sha256 })
}

fn read_bounded(path: &Path) -> Result<Vec<u8>, DataError> {
    let shown = path.display().to_string();
    let failed =
        |it: std::io::Error| DataError::Open { path: shown.clone(), reason: it.to_string() };
    let size = fs::metadata(path).map_err(failed)?.len();
    if size > MAX_FILE_BYTES {
        return Err(DataError::TooLarge { path: shown, what: "file", bound: MAX_FILE_BYTES });
    }
    fs::read(path).map_err(failed)
}

/// The sheets of a workbook, by what its bytes are.
fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, ReadError> {
    match from_source::detect(bytes)? {
        Format::Xlsx => from_xlsx::sheets(bytes, Form::Stored),
        other => Err(ReadError::Unsupported(format!("{other:?}"))),
    }
}

fn refused(path: &Path, error: &ReadError) -> DataError {
    let path = path.display().to_string();
    match *error {
        ReadError::TooLarge { what, bound } => DataError::TooLarge { path, what, bound },
        _ => DataError::NotText { path, reason: error.to_string() },
    }
}

type Rows = Vec<(u64, Vec<String>)>;

/// The cells of a sheet, row by row; a cell far outside costs no more than its row.
fn rows(sheet: &Sheet, path: &Path) -> Result<Rows, DataError> {
    let mut rows: BTreeMap<u64, Vec<String>> = BTreeMap::new();
    for cell in &sheet.cells {
        let column = cell.column as usize;
        if column >= MAX_COLUMNS {
            let path = format!("{}#{}", path.display(), sheet.name);
            return Err(DataError::TooLarge { path, what: "columns", bound: MAX_COLUMNS as u64 });
        }
        let cells = rows.entry(u64::from(cell.row) + 1).or_default();
        if cells.len() <= column {
            cells.resize(column + 1, String::new());
        }
        if let Some(slot) = cells.get_mut(column) {
            cell.text.trim().clone_into(slot);
        }
    }
    Ok(rows.into_iter().collect())
}
