//! The records of .xls (BIFF8, Excel 97 to 2003): strings, number formats, cells and merged regions of each sheet.
#![expect(
    clippy::disallowed_types,
    reason = "a cell stores a binary double; it becomes a decimal at once"
)]

use std::{
    collections::BTreeMap,
    io::{Cursor, Read},
};

use super::{
    number_format::{self, Form, number},
    sheet::{Region, Sheet},
};
use crate::{document::ReadError, limits};

/// The sheets of a workbook, in order.
///
/// # Errors
///
/// Fails where the workbook is damaged, protected, older than Excel 97, or passes a bound.
pub(super) fn sheets(bytes: &[u8], form: Form) -> Result<Vec<Sheet>, ReadError> {
    let stream = stream(bytes)?;
    let globals = Globals { form, ..Globals::read(&stream)? };
    let mut sheets = Vec::new();
    // Sheets that share records would make a small file take forever.
    let mut records = stream.len() / 4;
    let mut shown = vec![false; globals.strings.len()];
    for it in &globals.bounds {
        let mut sheet = globals.sheet(&stream, it.offset, &mut records, &mut shown)?;
        sheet.name.clone_from(&it.name);
        sheet.is_hidden = it.is_hidden;
        sheets.push(sheet);
    }
    globals.account_for(&shown)?;
    Ok(sheets)
}

/// Of a hundred characters of the shared strings, so many may be in no cell: what a program has left there of cells that
/// it has deleted. Where more are, cells have been lost: the format has no checksums.
const MOST_UNUSED: usize = 10;

/// The stream of records.
fn stream(bytes: &[u8]) -> Result<Vec<u8>, ReadError> {
    let broken = |it: std::io::Error| damaged("compound file", &it);
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(broken)?;
    if !file.is_stream("/Workbook") {
        return Err(ReadError::Unsupported("Excel 5.0/95".to_owned()));
    }
    let stream = file.open_stream("/Workbook").map_err(broken)?;
    let length = stream.len();
    if length > limits::MAX_PART_BYTES {
        return Err(ReadError::TooLarge { what: "part", bound: limits::MAX_PART_BYTES });
    }
    let mut records = Vec::new();
    stream.take(length).read_to_end(&mut records).map_err(broken)?;
    Ok(records)
}

fn damaged(part: &str, reason: &dyn std::fmt::Display) -> ReadError {
    ReadError::Damaged { part: part.to_owned(), reason: reason.to_string() }
}

/// A record: its kind, its data, and where it stands.
#[derive(Debug, Clone, Copy)]
struct Record<'s> {
    kind: u16,
    data: &'s [u8],
    offset: usize,
}

const BOF: u16 = 0x0809;
const EOF: u16 = 0x000A;
const CONTINUE: u16 = 0x003C;

/// The record at an offset.
fn record(stream: &[u8], offset: usize) -> Result<Record<'_>, ReadError> {
    let found = stream.get(offset..).and_then(|it| {
        let mut data = Data { rest: it, more: Vec::new(), offset };
        let (kind, length) = (data.u16().ok()?, data.u16().ok()?);
        Some(Record { kind, data: data.rest.get(..usize::from(length))?, offset })
    });
    found.ok_or_else(|| damaged(&format!("Workbook:{offset}"), &"a record is cut off"))
}

impl<'s> Record<'s> {
    const fn end(&self) -> usize {
        self.offset + 4 + self.data.len()
    }

    /// Its data, with that of the records that go on with it.
    fn whole(&self, stream: &'s [u8]) -> Result<Data<'s>, ReadError> {
        let mut more = Vec::new();
        let mut at = self.end();
        while at < stream.len() {
            let next = record(stream, at)?;
            if next.kind != CONTINUE {
                break;
            }
            more.push(next.data);
            at = next.end();
        }
        more.reverse();
        Ok(Data { rest: self.data, more, offset: self.offset })
    }

    fn alone(&self) -> Data<'s> {
        Data { rest: self.data, more: Vec::new(), offset: self.offset }
    }
}

/// The data of a record, read from front to back.
struct Data<'s> {
    rest: &'s [u8],
    /// The data of the records that go on with it, the next one last.
    more: Vec<&'s [u8]>,
    offset: usize,
}

impl Data<'_> {
    fn short(&self) -> ReadError {
        damaged(&format!("Workbook:{}", self.offset), &"a record is too short")
    }

    fn bytes<const N: usize>(&mut self) -> Result<[u8; N], ReadError> {
        let mut out = [0; N];
        for it in &mut out {
            while self.rest.is_empty() {
                self.rest = self.more.pop().ok_or_else(|| self.short())?;
            }
            if let Some((first, rest)) = self.rest.split_first() {
                *it = *first;
                self.rest = rest;
            }
        }
        Ok(out)
    }

    fn u8(&mut self) -> Result<u8, ReadError> {
        Ok(u8::from_le_bytes(self.bytes()?))
    }

    fn u16(&mut self) -> Result<u16, ReadError> {
        Ok(u16::from_le_bytes(self.bytes()?))
    }

    fn u32(&mut self) -> Result<u32, ReadError> {
        Ok(u32::from_le_bytes(self.bytes()?))
    }

    fn skip(&mut self, count: u64) -> Result<(), ReadError> {
        let mut left = usize::try_from(count).map_err(|_| self.short())?;
        while left > 0 {
            while self.rest.is_empty() {
                self.rest = self.more.pop().ok_or_else(|| self.short())?;
            }
            let step = left.min(self.rest.len());
            self.rest = self.rest.get(step..).unwrap_or_default();
            left -= step;
        }
        Ok(())
    }

    /// Characters of one or two bytes. Where they go on in the next record, that begins with their size.
    fn chars(&mut self, count: u16, wide: bool) -> Result<String, ReadError> {
        let mut units: Vec<u16> = Vec::new();
        let mut wide = wide;
        while units.len() < usize::from(count) {
            if self.rest.is_empty() {
                self.rest = self.more.pop().ok_or_else(|| self.short())?;
                wide = self.u8()? & 1 == 1;
                continue;
            }
            units.push(if wide { self.u16()? } else { u16::from(self.u8()?) });
        }
        Ok(String::from_utf16_lossy(&units).replace("\r\n", "\n").replace('\r', "\n"))
    }

    /// A string with its length in two bytes; looks and readings of characters are skipped.
    fn string(&mut self) -> Result<String, ReadError> {
        let count = self.u16()?;
        let flags = self.u8()?;
        let runs = if flags & 8 == 0 { 0 } else { self.u16()? };
        let extra = if flags & 4 == 0 { 0 } else { self.u32()? };
        let text = self.chars(count, flags & 1 == 1)?;
        self.skip(u64::from(runs) * 4 + u64::from(extra))?;
        Ok(text)
    }
}

/// A sheet as the workbook lists it.
struct Bound {
    offset: usize,
    name: String,
    is_hidden: bool,
}

/// What the sheets of a workbook share.
#[derive(Default)]
struct Globals {
    bounds: Vec<Bound>,
    strings: Vec<String>,
    formats: BTreeMap<u16, String>,
    /// The number format of each cell style.
    styles: Vec<u16>,
    form: Form,
    from_1904: bool,
}

impl Globals {
    fn read(stream: &[u8]) -> Result<Self, ReadError> {
        let mut globals = Self::default();
        let mut at = 0;
        loop {
            let it = record(stream, at)?;
            let mut data = it.alone();
            match it.kind {
                BOF if at == 0 && data.u16()? != 0x0600 => {
                    return Err(ReadError::Unsupported("Excel 5.0/95".to_owned()));
                }
                _ if at == 0 && it.kind != BOF => {
                    return Err(damaged("Workbook:0", &"the first record is not BOF"));
                }
                // FilePass.
                0x002F => return Err(ReadError::Encrypted),
                0x0022 => globals.from_1904 = data.u16()? == 1,
                0x041E => {
                    let id = data.u16()?;
                    globals.formats.insert(id, data.string()?);
                }
                0x00E0 => {
                    data.skip(2)?;
                    globals.styles.push(data.u16()?);
                }
                0x0085 => globals.bounds.extend(bound(&mut data)?),
                0x00FC => globals.strings = strings(&mut it.whole(stream)?)?,
                EOF => return Ok(globals),
                _ => {}
            }
            at = it.end();
        }
    }

    /// Refuses a workbook most of whose strings no cell shows.
    fn account_for(&self, shown: &[bool]) -> Result<(), ReadError> {
        let size = |it: &String| it.chars().count();
        let all: usize = self.strings.iter().map(size).sum();
        let lost = self.strings.iter().zip(shown).filter(|it| !it.1).map(|it| size(it.0));
        let lost: usize = lost.sum();
        if lost * 100 > all * MOST_UNUSED {
            let reason = format!("{lost} of {all} characters of its strings are in no cell");
            return Err(damaged("Workbook", &reason));
        }
        Ok(())
    }

    /// Reads the sheet at an offset; `records` is how many records may yet be read in all, `shown` which of the shared strings
    /// a cell shows.
    fn sheet(
        &self,
        stream: &[u8],
        offset: usize,
        records: &mut usize,
        shown: &mut [bool],
    ) -> Result<Sheet, ReadError> {
        let mut sheet = Sheet::default();
        let first = record(stream, offset)?;
        if first.kind != BOF {
            return Err(damaged(
                &format!("Workbook:{offset}"),
                &"the sheet does not begin with BOF",
            ));
        }
        let mut at = first.end();
        // Charts within a sheet have cells of their own.
        let mut depth = 0_u32;
        // Where the string of the formula before belongs.
        let mut formula = (0, 0);
        loop {
            let it = record(stream, at)?;
            at = it.end();
            *records =
                records.checked_sub(1).ok_or_else(|| damaged("Workbook", &"sheets overlap"))?;
            match it.kind {
                BOF => depth += 1,
                EOF if depth == 0 => return Ok(sheet),
                EOF => depth -= 1,
                _ if depth > 0 => {}
                0x0207 => {
                    let text = it.whole(stream)?.string()?;
                    sheet.push(formula.0, formula.1, text)?;
                }
                0x0006 => formula = self.formula(&mut it.alone(), &mut sheet)?,
                0x00BD => self.numbers(&it, &mut sheet)?,
                0x00E5 => merged(&mut it.alone(), &mut sheet)?,
                0x00FD | 0x0203 | 0x0204 | 0x0205 | 0x027E => {
                    let mut data = it.whole(stream)?;
                    let (row, column, style) = (data.u16()?, data.u16()?, data.u16()?);
                    let text = self.text(it.kind, &mut data, style, shown)?;
                    sheet.push(u32::from(row), u32::from(column), text)?;
                }
                _ => {}
            }
        }
    }

    /// What a cell of one value shows.
    fn text(
        &self,
        kind: u16,
        data: &mut Data<'_>,
        style: u16,
        shown: &mut [bool],
    ) -> Result<String, ReadError> {
        Ok(match kind {
            0x00FD => {
                let nth = data.u32()?;
                let at = usize::try_from(nth).unwrap_or(usize::MAX);
                let string = self.strings.get(at);
                if let Some(it) = shown.get_mut(at) {
                    *it = true;
                }
                string.cloned().ok_or_else(|| {
                    damaged(
                        &format!("Workbook:{}", data.offset),
                        &format!("there is no string {nth}"),
                    )
                })?
            }
            0x0203 => self.number(f64::from_le_bytes(data.bytes()?), style),
            0x0204 => data.string()?,
            0x0205 => {
                let (value, is_error) = (data.u8()?, data.u8()?);
                constant(value, is_error == 1)
            }
            _ => self.number(compressed(data.u32()?), style),
        })
    }

    fn number(&self, value: f64, style: u16) -> String {
        let Some(value) = number(&format!("{value:e}")) else { return value.to_string() };
        let id = self.styles.get(usize::from(style)).copied().unwrap_or_default();
        let own = self.formats.get(&id).map(String::as_str);
        let code = own.unwrap_or_else(|| number_format::built_in(u32::from(id)));
        self.form.write(value, code, self.from_1904)
    }

    /// Several numbers of one row.
    fn numbers(&self, record: &Record<'_>, sheet: &mut Sheet) -> Result<(), ReadError> {
        let mut data = record.alone();
        let (row, mut column) = (u32::from(data.u16()?), u32::from(data.u16()?));
        while data.rest.len() > 2 {
            let style = data.u16()?;
            sheet.push(row, column, self.number(compressed(data.u32()?), style))?;
            column += 1;
        }
        Ok(())
    }

    /// The value that a formula had; a string follows in a record of its own.
    fn formula(&self, data: &mut Data<'_>, sheet: &mut Sheet) -> Result<(u32, u32), ReadError> {
        let (row, column, style) = (u32::from(data.u16()?), u32::from(data.u16()?), data.u16()?);
        let value: [u8; 8] = data.bytes()?;
        let text = match value {
            [0 | 3, _, _, _, _, _, 0xFF, 0xFF] => String::new(),
            [kind, _, it, _, _, _, 0xFF, 0xFF] => constant(it, kind == 2),
            _ => self.number(f64::from_le_bytes(value), style),
        };
        sheet.push(row, column, text)?;
        Ok((row, column))
    }
}

/// A worksheet of the list; sheets of charts and macros hold no cells.
fn bound(data: &mut Data<'_>) -> Result<Option<Bound>, ReadError> {
    let offset = data.u32()?;
    let (state, kind) = (data.u8()?, data.u8()?);
    let (count, flags) = (data.u8()?, data.u8()?);
    let name = data.chars(u16::from(count), flags & 1 == 1)?;
    let offset = usize::try_from(offset).map_err(|_| data.short())?;
    Ok((kind == 0).then_some(Bound { offset, name, is_hidden: state & 3 != 0 }))
}

fn strings(data: &mut Data<'_>) -> Result<Vec<String>, ReadError> {
    data.skip(4)?;
    let count = data.u32()?;
    let mut strings = Vec::new();
    for _ in 0..count {
        strings.push(data.string()?);
    }
    Ok(strings)
}

fn merged(data: &mut Data<'_>, sheet: &mut Sheet) -> Result<(), ReadError> {
    for _ in 0..data.u16()? {
        let [top, bottom, left, right] =
            [data.u16()?, data.u16()?, data.u16()?, data.u16()?].map(u32::from);
        if top <= bottom && left <= right {
            sheet.merged.push(Region { first: (top, left), last: (bottom, right) });
        }
    }
    Ok(())
}

/// A number in four bytes: 30 bits of a double or of an integer, perhaps of hundredths.
fn compressed(it: u32) -> f64 {
    let value = if it & 2 == 0 {
        f64::from_bits(u64::from(it & !3) << 32)
    } else {
        f64::from(it.cast_signed() >> 2)
    };
    if it & 1 == 0 { value } else { value / 100.0 }
}

/// A truth value or an error.
fn constant(value: u8, is_error: bool) -> String {
    let text = match (is_error, value) {
        (false, 0) => "FALSE",
        (false, _) => "TRUE",
        (true, 0x00) => "#NULL!",
        (true, 0x07) => "#DIV/0!",
        (true, 0x0F) => "#VALUE!",
        (true, 0x17) => "#REF!",
        (true, 0x1D) => "#NAME?",
        (true, 0x24) => "#NUM!",
        (true, _) => "#N/A",
    };
    text.to_owned()
}
