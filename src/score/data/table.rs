//! A table of unit data: a CSV file that is read row by row, or the cells of a sheet.
//!
//! A CSV file is read twice. The first pass hashes it and finds out its encoding; the second splits it into rows and
//! holds one row at a time, so that a list of many million events costs no memory. Splitting works on bytes, because in
//! GB18030 as in UTF-8 no part of a longer character looks like a comma, a quote or a line end.

use std::{
    borrow::Cow,
    cell::Cell,
    fs::File,
    io::{self, Cursor, Read},
    path::{Path, PathBuf},
    rc::Rc,
};

use encoding_rs::GB18030;
use sha2::{Digest, Sha256};

use super::fault::{DataError, Fault, Faults, nearest};
use crate::limits::{MAX_DATA_BYTES, MAX_RECORD_BYTES};

/// How many bytes are read at once.
const CHUNK: usize = 1 << 16;

/// The columns of one kind of table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Columns {
    /// The headings that are known; a row's values are asked for by their index here.
    pub(super) known: &'static [&'static str],
    /// How many of them, from the first, must be there.
    pub(super) required: usize,
    /// Whether further columns are kept.
    pub(super) open: bool,
}

/// A table before it is read.
#[derive(Debug, Clone)]
pub(super) struct Table {
    /// The file's name, or the workbook's and its sheet's: what messages call it.
    pub(super) name: String,
    rows: Rows,
}

#[derive(Debug, Clone)]
enum Rows {
    File(PathBuf, Encoding),
    Text(String),
    Cells(Vec<(u64, Vec<String>)>),
}

/// How the characters of a file are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Utf8,
    Gb18030,
}

/// One row: its line and its values.
#[derive(Debug)]
pub(super) struct Row<'a> {
    /// The line of the file or the row of the sheet.
    pub(super) line: u64,
    values: Values<'a>,
    layout: &'a Layout,
}

#[derive(Debug)]
enum Values<'a> {
    Bytes(&'a csv::ByteRecord, Encoding),
    Cells(&'a [String]),
}

/// Where the known columns stand, and what the further ones are called.
#[derive(Debug, Default)]
struct Layout {
    places: Vec<Option<usize>>,
    further: Vec<(usize, String)>,
    width: usize,
}

impl Table {
    /// A table of cells, each row with its number in the sheet.
    pub(super) const fn of_cells(name: String, cells: Vec<(u64, Vec<String>)>) -> Self {
        Self { name, rows: Rows::Cells(cells) }
    }

    /// A table of CSV text.
    pub(super) const fn of_text(name: String, text: String) -> Self {
        Self { name, rows: Rows::Text(text) }
    }

    /// A CSV file, with the hash of its bytes; none where there is no such file.
    pub(super) fn open(path: &Path) -> Result<Option<(Self, [u8; 32])>, DataError> {
        let shown = || path.display().to_string();
        let file = match File::open(path) {
            Ok(it) => it,
            Err(it) if it.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(it) => return Err(DataError::Open { path: shown(), reason: it.to_string() }),
        };
        let (hash, encoding) = survey(file, path)?;
        let name = path.file_name().map_or_else(shown, |it| it.to_string_lossy().into_owned());
        Ok(Some((Self { name, rows: Rows::File(path.to_owned(), encoding) }, hash)))
    }

    /// Hands each row to `visit` until there is no more or the faults are too many.
    pub(super) fn each_row(
        &self,
        columns: &Columns,
        faults: &mut Faults,
        visit: &mut dyn FnMut(&Row<'_>, &mut Faults),
    ) -> Result<(), DataError> {
        match &self.rows {
            Rows::Cells(rows) => self.each_cells(rows, columns, faults, visit),
            Rows::Text(text) => {
                self.each_record(Cursor::new(text), Encoding::Utf8, columns, faults, visit)
            }
            Rows::File(path, encoding) => {
                let file = File::open(path).map_err(|it| open_error(path, &it))?;
                self.each_record(file, *encoding, columns, faults, visit)
            }
        }
    }

    fn each_cells(
        &self,
        rows: &[(u64, Vec<String>)],
        columns: &Columns,
        faults: &mut Faults,
        visit: &mut dyn FnMut(&Row<'_>, &mut Faults),
    ) -> Result<(), DataError> {
        let mut rows = rows.iter().filter(|it| it.1.iter().any(|it| !it.trim().is_empty()));
        let Some((line, head)) = rows.next() else { return Ok(()) };
        let head: Vec<String> = head.iter().map(|it| it.trim().to_owned()).collect();
        let Some(layout) = self.layout(*line, &head, columns, faults) else { return Ok(()) };
        for (line, cells) in rows {
            if faults.is_full() {
                break;
            }
            visit(&Row { line: *line, values: Values::Cells(cells), layout: &layout }, faults);
        }
        Ok(())
    }

    fn each_record(
        &self,
        source: impl Read,
        encoding: Encoding,
        columns: &Columns,
        faults: &mut Faults,
        visit: &mut dyn FnMut(&Row<'_>, &mut Faults),
    ) -> Result<(), DataError> {
        let budget = Rc::new(Cell::new(0));
        let guarded = Guarded { source, used: Rc::clone(&budget) };
        let mut builder = csv::ReaderBuilder::new();
        let builder = builder.has_headers(false).flexible(true).buffer_capacity(CHUNK);
        let mut reader = builder.from_reader(guarded);
        let mut record = csv::ByteRecord::new();
        let mut layout = None;
        while !faults.is_full() {
            budget.set(0);
            match reader.read_byte_record(&mut record) {
                Ok(true) => {}
                Ok(false) => break,
                Err(it) => return Err(self.record_error(&it)),
            }
            let line = record.position().map_or(1, csv::Position::line);
            if record.iter().all(<[u8]>::is_empty) {
                continue;
            }
            let Some(layout) = &layout else {
                let head: Vec<String> =
                    record.iter().map(|it| encoding.text(it).trim().to_owned()).collect();
                layout = self.layout(line, &head, columns, faults);
                if layout.is_none() {
                    break;
                }
                continue;
            };
            let row = Row { line, values: Values::Bytes(&record, encoding), layout };
            if row.is_blank() {
                continue;
            }
            if row.is_too_wide() {
                let fault = Fault::new("data-too-many-values", &self.name).line(line);
                faults.push(fault.arg("found", record.len()).arg("columns", layout.width));
                continue;
            }
            visit(&row, faults);
        }
        Ok(())
    }

    fn record_error(&self, error: &csv::Error) -> DataError {
        let too_large = match error.kind() {
            csv::ErrorKind::Io(it) => it.kind() == io::ErrorKind::FileTooLarge,
            _ => false,
        };
        if too_large {
            let (path, what, bound) = (self.name.clone(), "row", MAX_RECORD_BYTES);
            return DataError::TooLarge { path, what, bound };
        }
        DataError::Open { path: self.name.clone(), reason: error.to_string() }
    }

    /// Finds the columns by their headings.
    fn layout(
        &self,
        line: u64,
        head: &[String],
        columns: &Columns,
        faults: &mut Faults,
    ) -> Option<Layout> {
        let mut res = Layout {
            places: vec![None; columns.known.len()],
            width: head.len(),
            ..Layout::default()
        };
        let mut sound = true;
        let mut fail = |fault: Fault| {
            faults.push(fault);
            sound = false;
        };
        for (place, heading) in head.iter().enumerate() {
            let heading = heading.trim_start_matches('\u{feff}').trim();
            let known = columns.known.iter().position(|it| *it == heading);
            let fault = |code| Fault::new(code, &self.name).line(line).column(heading);
            match known.map(|it| res.places.get_mut(it)) {
                Some(Some(slot)) if slot.is_none() => *slot = Some(place),
                Some(_) => fail(fault("data-repeated-column")),
                None if heading.is_empty() => {}
                None if columns.open => {
                    if res.further.iter().any(|it| it.1 == heading) {
                        fail(fault("data-repeated-column"));
                    }
                    res.further.push((place, heading.to_owned()));
                }
                None => {
                    let near = nearest(heading, columns.known.iter().copied());
                    let list = columns.known.join(" ");
                    fail(match near {
                        Some(near) => fault("data-unknown-column-near").arg("near", near),
                        None => fault("data-unknown-column").arg("known", list),
                    });
                }
            }
        }
        for (heading, place) in columns.known.iter().zip(&res.places).take(columns.required) {
            if place.is_none() {
                fail(Fault::new("data-missing-column", &self.name).line(line).column(heading));
            }
        }
        sound.then_some(res)
    }
}

impl Row<'_> {
    /// The bytes of a known column as they stand; nothing where the column or the value is missing.
    ///
    /// Equal bytes are equal text, so a reader may remember what it made of them.
    pub(super) fn bytes(&self, column: usize) -> &[u8] {
        let Some(place) = self.layout.places.get(column).copied().flatten() else { return &[] };
        self.bytes_at(place)
    }

    fn bytes_at(&self, place: usize) -> &[u8] {
        match &self.values {
            Values::Bytes(record, _) => record.get(place).unwrap_or_default(),
            Values::Cells(cells) => cells.get(place).map(String::as_bytes).unwrap_or_default(),
        }
    }

    /// Bytes of this row as text, without white space around it.
    pub(super) fn decode<'b>(&self, bytes: &'b [u8]) -> Cow<'b, str> {
        let encoding = match self.values {
            Values::Bytes(_, encoding) => encoding,
            Values::Cells(_) => Encoding::Utf8,
        };
        match encoding.text(bytes) {
            Cow::Borrowed(it) => Cow::Borrowed(it.trim()),
            Cow::Owned(it) => Cow::Owned(it.trim().to_owned()),
        }
    }

    /// The text of a known column, without white space around it.
    pub(super) fn text(&self, column: usize) -> Cow<'_, str> {
        self.decode(self.bytes(column))
    }

    /// The columns that are not known, with their values.
    pub(super) fn further(&self) -> Vec<(String, String)> {
        let values = self.layout.further.iter().map(|(place, heading)| {
            (heading.clone(), self.decode(self.bytes_at(*place)).into_owned())
        });
        values.collect()
    }

    /// Whether all values are white space (a sheet's last rows often are).
    fn is_blank(&self) -> bool {
        (0..self.len()).all(|it| self.bytes_at(it).iter().all(u8::is_ascii_whitespace))
    }

    /// Whether there are values beyond the last heading.
    fn is_too_wide(&self) -> bool {
        (self.layout.width..self.len()).any(|it| !self.bytes_at(it).is_empty())
    }

    fn len(&self) -> usize {
        match &self.values {
            Values::Bytes(record, _) => record.len(),
            Values::Cells(cells) => cells.len(),
        }
    }
}

impl Encoding {
    fn text(self, bytes: &[u8]) -> Cow<'_, str> {
        match self {
            Self::Utf8 => String::from_utf8_lossy(bytes),
            Self::Gb18030 => GB18030.decode_without_bom_handling(bytes).0,
        }
    }
}

/// Counts the bytes since the last row, and refuses a row that never ends.
struct Guarded<R> {
    source: R,
    used: Rc<Cell<u64>>,
}

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(buffer)?;
        let used = self.used.get().saturating_add(count as u64);
        self.used.set(used);
        if used > MAX_RECORD_BYTES {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        Ok(count)
    }
}

fn open_error(path: &Path, error: &io::Error) -> DataError {
    DataError::Open { path: path.display().to_string(), reason: error.to_string() }
}

/// Reads a file once: its hash, and whether it is UTF-8; what is not must be GB18030 from end to end.
fn survey(file: File, path: &Path) -> Result<([u8; 32], Encoding), DataError> {
    let mut hash = Sha256::new();
    let mut utf8 = Utf8Check::default();
    let mut size = 0_u64;
    each_chunk(file, path, &mut |bytes| {
        if size == 0 {
            refuse_utf16(bytes, path)?;
        }
        if bytes.contains(&0) {
            return Err(not_text(path, "NUL".to_owned()));
        }
        size += bytes.len() as u64;
        if size > MAX_DATA_BYTES {
            let path = path.display().to_string();
            return Err(DataError::TooLarge { path, what: "file", bound: MAX_DATA_BYTES });
        }
        hash.update(bytes);
        utf8.push(bytes);
        Ok(())
    })?;
    let hash = hash.finalize().into();
    if utf8.is_valid() {
        return Ok((hash, Encoding::Utf8));
    }
    let file = File::open(path).map_err(|it| open_error(path, &it))?;
    if is_gb18030(file, path)? {
        return Ok((hash, Encoding::Gb18030));
    }
    Err(not_text(path, format!("@ {}", utf8.valid)))
}

/// Hands over a file in chunks; the last one is empty.
fn each_chunk(
    mut file: File,
    path: &Path,
    visit: &mut dyn FnMut(&[u8]) -> Result<(), DataError>,
) -> Result<(), DataError> {
    let mut buffer = vec![0; CHUNK];
    loop {
        let count = file.read(&mut buffer).map_err(|it| open_error(path, &it))?;
        visit(buffer.get(..count).unwrap_or_default())?;
        if count == 0 {
            return Ok(());
        }
    }
}

/// Whether a whole file is GB18030.
fn is_gb18030(file: File, path: &Path) -> Result<bool, DataError> {
    let mut decoder = GB18030.new_decoder_without_bom_handling();
    let mut scratch = String::with_capacity(CHUNK * 2);
    let mut valid = true;
    each_chunk(file, path, &mut |bytes| {
        let mut rest = bytes;
        while valid {
            scratch.clear();
            let (outcome, read, replaced) =
                decoder.decode_to_string(rest, &mut scratch, bytes.is_empty());
            valid &= !replaced;
            rest = rest.get(read..).unwrap_or_default();
            if outcome == encoding_rs::CoderResult::InputEmpty {
                break;
            }
        }
        Ok(())
    })?;
    Ok(valid)
}

fn refuse_utf16(bytes: &[u8], path: &Path) -> Result<(), DataError> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(not_text(path, "UTF-16".to_owned()));
    }
    Ok(())
}

fn not_text(path: &Path, reason: String) -> DataError {
    DataError::NotText { path: path.display().to_string(), reason }
}

/// Whether chunks together are UTF-8.
#[derive(Default)]
struct Utf8Check {
    /// The beginning of a character that the last chunk cut.
    rest: Vec<u8>,
    /// The bytes that are known to be sound.
    valid: u64,
    failed: bool,
}

impl Utf8Check {
    fn push(&mut self, bytes: &[u8]) {
        if self.failed {
            return;
        }
        let joined;
        let bytes = if self.rest.is_empty() {
            bytes
        } else {
            joined = [self.rest.as_slice(), bytes].concat();
            joined.as_slice()
        };
        match std::str::from_utf8(bytes) {
            Ok(_) => {
                self.valid += bytes.len() as u64;
                self.rest = Vec::new();
            }
            Err(it) => {
                self.valid += it.valid_up_to() as u64;
                self.failed = it.error_len().is_some();
                self.rest = bytes.get(it.valid_up_to()..).unwrap_or_default().to_vec();
            }
        }
    }

    const fn is_valid(&self) -> bool {
        !self.failed && self.rest.is_empty()
    }
}
