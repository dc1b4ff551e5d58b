//! Unit data as the sheets of one workbook (.xlsx).

use std::{collections::BTreeMap, fs, io::Cursor, path::Path};

use calamine::{DataRef, Reader, Xlsx};
use sha2::{Digest, Sha256};

use super::{DataError, TABLES, Tables, hexadecimal, table::Table};
use crate::{
    limits::{MAX_COLUMNS, MAX_FILE_BYTES, MAX_INFLATED_BYTES, MAX_SHEET_CELLS},
    number::{Decimal, shortest},
};

/// Opens the sheet `units` and whichever of the others are there.
pub(super) fn open(path: &Path) -> Result<Tables, DataError> {
    let bytes = read_bounded(path)?;
    let sha256 = hexadecimal(&Sha256::digest(&bytes));
    refuse_bomb(&bytes, path)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|it| no_workbook(path, &it))?;
    let file = path.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
    let sheets = book.sheet_names();
    let mut open = |name: &str| -> Result<Option<Table>, DataError> {
        let Some(sheet) = sheets.iter().find(|it| it.trim() == name) else { return Ok(None) };
        let cells = read_cells(&mut book, sheet, path)?;
        Ok(Some(Table::of_cells(format!("{file}#{name}"), cells)))
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

fn no_workbook(path: &Path, reason: &dyn std::fmt::Display) -> DataError {
    DataError::NotText { path: path.display().to_string(), reason: reason.to_string() }
}

/// Refuses a container whose parts claim to inflate beyond the bound.
fn refuse_bomb(bytes: &[u8], path: &Path) -> Result<(), DataError> {
    let mut container =
        zip::ZipArchive::new(Cursor::new(bytes)).map_err(|it| no_workbook(path, &it))?;
    let mut size = 0_u64;
    for nth in 0..container.len() {
        let part = container.by_index_raw(nth).map_err(|it| no_workbook(path, &it))?;
        size = size.saturating_add(part.size());
    }
    if size > MAX_INFLATED_BYTES {
        let (path, bound) = (path.display().to_string(), MAX_INFLATED_BYTES);
        return Err(DataError::TooLarge { path, what: "inflated", bound });
    }
    Ok(())
}

type Cells = Vec<(u64, Vec<String>)>;

/// The cells of a sheet, row by row; a cell far outside costs no more than its row.
fn read_cells(
    book: &mut Xlsx<Cursor<Vec<u8>>>,
    sheet: &str,
    path: &Path,
) -> Result<Cells, DataError> {
    let mut reader = book.worksheet_cells_reader(sheet).map_err(|it| no_workbook(path, &it))?;
    let mut rows: BTreeMap<u64, Vec<String>> = BTreeMap::new();
    let mut count = 0;
    while let Some(cell) = reader.next_cell().map_err(|it| no_workbook(path, &it))? {
        let text = written(cell.get_value());
        if text.is_empty() {
            continue;
        }
        count += 1;
        let (row, column) = cell.get_position();
        let column = column as usize;
        if count > MAX_SHEET_CELLS || column >= MAX_COLUMNS {
            let what = if column >= MAX_COLUMNS { "columns" } else { "cells" };
            let bound = if column >= MAX_COLUMNS { MAX_COLUMNS } else { MAX_SHEET_CELLS };
            let path = format!("{}#{sheet}", path.display());
            return Err(DataError::TooLarge { path, what, bound: bound as u64 });
        }
        let cells = rows.entry(u64::from(row) + 1).or_default();
        if cells.len() <= column {
            cells.resize(column + 1, String::new());
        }
        if let Some(slot) = cells.get_mut(column) {
            *slot = text;
        }
    }
    Ok(rows.into_iter().collect())
}

/// A cell as text: numbers as decimals, dates as YYYY-MM-DD.
fn written(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::Int(it) => it.to_string(),
        DataRef::Float(it) => decimal(&format!("{it:.14e}")).unwrap_or_else(|| it.to_string()),
        DataRef::String(it) | DataRef::DateTimeIso(it) | DataRef::DurationIso(it) => {
            it.trim().to_owned()
        }
        DataRef::SharedString(it) => it.trim().to_owned(),
        DataRef::Bool(it) => it.to_string(),
        DataRef::DateTime(it) => {
            let (year, month, day, ..) = it.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::Error(it) => it.to_string(),
    }
}

/// A binary number with 15 significant digits, which is what a spreadsheet shows of it, as a decimal.
fn decimal(scientific: &str) -> Option<String> {
    Decimal::from_scientific(scientific).ok().map(shortest)
}
