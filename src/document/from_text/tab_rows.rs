//! Tables dumped as lines of cells divided by tabs.
//!
//! Such dumps come from documents page by page, and carry their damage: a cell's own line feeds tear a row over several
//! lines, a page end tears a row in two, the header is printed again on each page, and a row that continues merged cells
//! may lack the empty places at its start.

use super::{
    line::{Line, ends_sentence},
    markup,
};
use crate::{
    diagnostic::{Finding, Findings, Severity},
    document::{TEAR, grid::Row},
    limits,
};

/// A cell's text tears a row over at most this many lines.
const MAX_TORN: usize = 64;

/// A table and how many lines it takes.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) rows: Vec<Row>,
    pub(super) lines: usize,
}

/// Reads the table that begins with the first line. `Err` holds how many lines are certain to begin none.
pub(super) fn read(lines: &[Line<'_>], findings: &mut Findings) -> Result<Found, usize> {
    let first = lines.first().filter(|it| has_fields(it)).ok_or(1_usize)?;
    let columns = fields(first.text).len();
    let second = lines.get(1).filter(|it| it.text.contains('\t') && it.blanks <= 1);
    if second.is_none() && !is_torn_ahead(lines, 1) || columns > limits::MAX_COLUMNS {
        return Err(1);
    }
    let (raw, used) = gather(lines, columns);
    if raw.len() < 2 || raw.iter().any(|it| it.cells.len() > limits::MAX_COLUMNS) {
        return Err(used.max(1));
    }
    let mut table = Table::new(raw);
    table.drop_repeated_headers(findings);
    table.realign(findings);
    // A name may be torn itself, or stand before a torn text.
    table.join_torn();
    table.drop_repeated_names(findings);
    table.join_torn();
    Ok(Found { rows: table.rows.into_iter().map(|it| it.row).collect(), lines: used })
}

/// Whether a line holds cells: a tab with something before or after it.
fn has_fields(line: &Line<'_>) -> bool {
    line.text.trim_matches([' ', '\t', '\u{3000}']).contains('\t')
        || line.text.trim_start_matches(' ').starts_with("\t\t")
}

fn fields(text: &str) -> Vec<&str> {
    text.split('\t').collect()
}

/// Whether the lines from `at` on, without a blank between, lead to a line with tabs.
fn is_torn_ahead(lines: &[Line<'_>], at: usize) -> bool {
    let ahead = lines.iter().skip(at).take(MAX_TORN).take_while(|it| it.blanks == 0);
    ahead.into_iter().any(|it| it.text.contains('\t'))
}

/// A row with what stood before it.
#[derive(Debug)]
struct RawRow {
    row: Row,
    /// Whether blank lines or a page end stand before it.
    gap: bool,
    new_page: bool,
}

struct Raw {
    cells: Vec<String>,
    blanks: u32,
    new_page: bool,
    page: u32,
}

/// Takes the lines of one table, each a row; lines that a cell's line feed has torn become one row.
fn gather(lines: &[Line<'_>], columns: usize) -> (Vec<Raw>, usize) {
    let mut rows: Vec<Raw> = Vec::new();
    let header: Vec<&str> = lines.first().map(|it| fields(it.text)).unwrap_or_default();
    let tears = !are_short(lines, columns);
    for (nth, line) in lines.iter().enumerate() {
        let parts = fields(line.text);
        let is_apart = line.blanks > 0 || line.new_page;
        if parts.len() == 1 {
            let rest = lines.get(nth + 1..).unwrap_or_default();
            let joint = if is_apart { "" } else { "\n" };
            if rows.last().is_some_and(|it| it.is_whole(columns)) && captions(line, rest, &header) {
                return (rows, nth);
            }
            match (place(&rows, line, rest, columns), rows.last_mut()) {
                (Torn::Before, Some(row)) => row.append(&parts, joint),
                (Torn::After, _) => rows.push(Raw::new(&parts, line)),
                _ => return (rows, nth),
            }
            continue;
        }
        if nth > 0 && is_apart && begins_another(&parts, &header, line) {
            return (rows, nth);
        }
        let rest = lines.get(nth..).unwrap_or_default();
        let completes = |it: &&mut Raw| !is_apart && tears && completes(it, rest, columns);
        match rows.last_mut().filter(completes) {
            Some(row) => row.append(&parts, "\n"),
            None => rows.push(Raw::new(&parts, line)),
        }
    }
    (rows, lines.len())
}

/// Whether lines complete a row that is short of cells: their cells are just those that it lacks, its last one going on
/// in the first of theirs.
fn completes(row: &Raw, lines: &[Line<'_>], columns: usize) -> bool {
    let is_amount = |it: &String| {
        it.trim().trim_end_matches(['分', '%']).parse::<rust_decimal::Decimal>().is_ok()
    };
    let mut count = row.cells.len();
    if count >= columns || row.cells.last().is_some_and(is_amount) {
        return false;
    }
    for (nth, line) in lines.iter().take(MAX_TORN).enumerate() {
        let parts = fields(line.text).len();
        if nth > 0 && line.blanks > 0 || line.text.starts_with('\t') {
            return false;
        }
        count += parts - 1;
        if count >= columns {
            return count == columns;
        }
    }
    false
}

/// Whether rows without their last cells are the rule, so that short lines are rows of their own.
fn are_short(lines: &[Line<'_>], columns: usize) -> bool {
    const SAMPLE: usize = 200;
    let mut counts = vec![0_usize; columns + 1];
    for line in lines.iter().skip(1).take(SAMPLE).filter(|it| it.text.contains('\t')) {
        if let Some(it) = counts.get_mut(fields(line.text).len()) {
            *it += 1;
        }
    }
    let full = counts.pop().unwrap_or_default();
    counts.into_iter().max().unwrap_or_default() > full * 2
}

/// Where a line without a tab belongs.
enum Torn {
    /// To the row before it.
    Before,
    /// To the row after it: the first cell's beginning.
    After,
    /// To no row: the table has ended.
    End,
}

fn place(rows: &[Raw], line: &Line<'_>, rest: &[Line<'_>], columns: usize) -> Torn {
    let Some(last) = rows.last() else { return Torn::End };
    let is_apart = line.blanks > 0 || line.new_page;
    if is_apart {
        let goes_on = line.blanks <= 1 && last.is_open(columns) && is_torn_ahead(rest, 0);
        return if goes_on { Torn::Before } else { Torn::End };
    }
    if last.cells.len() < columns {
        return Torn::Before;
    }
    let ahead = rest.iter().take(MAX_TORN).take_while(|it| it.blanks == 0);
    let Some(next) = ahead.into_iter().find(|it| it.text.contains('\t')) else { return Torn::End };
    let is_rest = next.text.trim_start().starts_with(['（', '(']);
    let has_last = last.cells.last().is_some_and(|it| !it.trim().is_empty());
    if !next.text.starts_with('\t') && (is_rest || !has_last || rows.len() == 1) {
        Torn::After
    } else {
        Torn::Before
    }
}

impl Raw {
    fn new(parts: &[&str], line: &Line<'_>) -> Self {
        Self {
            cells: parts.iter().map(|it| markup::plain(it)).collect(),
            blanks: line.blanks,
            new_page: line.new_page,
            page: line.page,
        }
    }

    /// Goes on with the last cell, then with further ones.
    fn append(&mut self, parts: &[&str], joint: &str) {
        let mut parts = parts.iter().map(|it| markup::plain(it));
        if let (Some(last), Some(first)) = (self.cells.last_mut(), parts.next()) {
            last.push_str(joint);
            last.push_str(&first);
        }
        self.cells.extend(parts);
    }

    /// Whether no cell is lacking, and the last one's text has come to an end.
    fn is_whole(&self, columns: usize) -> bool {
        let last = self.cells.last().map_or("", |it| it.trim());
        self.cells.len() >= columns && (last.chars().count() <= 20 || ends_sentence(last))
    }

    /// Whether the last column's text breaks off in the midst of a sentence.
    fn is_open(&self, columns: usize) -> bool {
        let last =
            columns.checked_sub(1).and_then(|it| self.cells.get(it)).map_or("", |it| it.trim());
        last.chars().nth(20).is_some() && !ends_sentence(last)
    }
}

/// Whether lines without a tab lead to the caption and the header of another table: 9.论文获奖: before 级别 | 一等奖 | 二等奖.
fn captions(line: &Line<'_>, rest: &[Line<'_>], header: &[&str]) -> bool {
    let ahead = rest.iter().take(MAX_TORN).take_while(|it| it.blanks == 0);
    let Some(at) = ahead.into_iter().position(|it| it.text.contains('\t')) else { return false };
    let caption = at.checked_sub(1).map_or(Some(line), |it| rest.get(it));
    let Some((caption, next)) = caption.zip(rest.get(at)) else { return false };
    let parts = fields(next.text);
    let names = parts.iter().all(|it| !it.trim().is_empty() && it.chars().count() <= 12)
        && !parts.iter().any(|it| it.contains(|it: char| it.is_ascii_digit()));
    let same = parts.iter().map(|it| it.trim()).eq(header.iter().map(|it| it.trim()));
    let text = caption.text.trim();
    let heads = text.ends_with([':', '：'])
        || text
            .starts_with(|it: char| it.is_ascii_digit() || "一二三四五六七八九十（(".contains(it))
            && !text.contains(['。', '，', '；', ',', ';']);
    // Two short words under another two may be a row as well.
    let another = same || parts.len() != header.len() || header.len() > 2;
    names && heads && another && text.chars().count() <= 30
}

/// Whether cells after a gap are the header of another table: as many short names, but not the same ones.
fn begins_another(parts: &[&str], header: &[&str], line: &Line<'_>) -> bool {
    let names = |it: &[&str]| it.iter().all(|it| !it.trim().is_empty() && it.chars().count() <= 12);
    let same = parts.iter().zip(header).filter(|it| it.0.trim() == it.1.trim()).count();
    if line.blanks > 2 && !line.new_page {
        return true;
    }
    let is_repeated = parts.len() == header.len() && same == parts.len();
    !is_repeated && names(header) && names(parts) && (same > 0 || parts.len() != header.len())
}

/// The rows of one table.
struct Table {
    rows: Vec<RawRow>,
    columns: usize,
    main: usize,
}

impl Table {
    fn new(raw: Vec<Raw>) -> Self {
        let spaced = raw.iter().skip(1).filter(|it| it.blanks > 0).count() * 2 >= raw.len();
        let rows: Vec<_> = raw
            .into_iter()
            .map(|it| RawRow {
                gap: it.new_page || it.blanks > 0 && !spaced,
                new_page: it.new_page,
                row: Row { cells: it.cells, page: Some(it.page) },
            })
            .collect();
        let columns = rows.iter().map(|it| it.row.extent()).max().unwrap_or_default();
        let length =
            |column: usize| -> usize { rows.iter().map(|it| it.row.cell(column).len()).sum() };
        let main = (0..columns).max_by_key(|it| (length(*it), usize::MAX - it)).unwrap_or_default();
        Self { rows, columns, main }
    }

    /// Drops rows that repeat the header, letter by letter.
    fn drop_repeated_headers(&mut self, findings: &mut Findings) {
        let Some(header) = self.rows.first().map(|it| it.row.clone()).filter(Row::is_header) else {
            return;
        };
        let before = self.rows.len();
        let mut first = true;
        let mut page_ended = false;
        self.rows.retain_mut(|it| {
            let keep = std::mem::take(&mut first)
                || (0..self.columns).any(|at| it.row.cell(at) != header.cell(at));
            it.gap |= std::mem::replace(&mut page_ended, !keep) && keep;
            it.new_page |= it.gap && keep;
            keep
        });
        let dropped = before - self.rows.len();
        if dropped > 0 {
            let quote: Vec<_> = header.cells.iter().map(|it| it.trim()).collect();
            findings.push(
                Finding::new("header-repeated", Severity::Note)
                    .arg("count", dropped)
                    .at(String::new(), quote.join(" ")),
            );
        }
    }

    /// Moves rows that lack an empty place at their start: their main text stands one column too far left.
    fn realign(&mut self, findings: &mut Findings) {
        let Some(left) = self.main.checked_sub(1).filter(|_| self.columns > 2) else { return };
        let lengths = |column: usize| {
            let of = |it: &RawRow| it.row.cell(column).chars().count();
            let proper = self.rows.iter().skip(1).filter(|it| !it.row.cell(self.main).is_empty());
            let mut all: Vec<_> = proper.map(of).filter(|it| *it > 0).collect();
            all.sort_unstable();
            all.get(all.len() / 2).copied().filter(|_| all.len() >= 3)
        };
        let (Some(main), Some(name)) = (lengths(self.main), lengths(left)) else { return };
        let numbered = |it: &RawRow| is_serial(it.row.cell(0));
        let serials = self.rows.iter().skip(1).filter(|it| numbered(it)).count();
        let serials = serials * 2 > self.rows.len();
        let (mut moved, mut first) = (0, String::new());
        for it in self.rows.iter_mut().skip(1) {
            let length = it.row.cell(left).chars().count();
            let fits = it.row.cell(self.main).is_empty()
                && length * length > main * name
                && name * 2 < main
                // A row that has its number stands where it should.
                && !(serials && is_serial(it.row.cell(0)));
            if fits && it.row.extent() < self.columns {
                if moved == 0 {
                    first = it.row.cell(left).chars().take(20).collect();
                }
                moved += 1;
                it.row.cells.insert(0, String::new());
                it.row.cells.truncate(self.columns);
            }
        }
        if moved > 0 {
            let finding = Finding::new("rows-realigned", Severity::Note).arg("count", moved);
            findings.push(finding.at(String::new(), first));
        }
    }

    /// Drops names that a page end has made the table say again: those of a column of merged cells that are as above, with
    /// all names left of them, and with them the values right of the text that are as above.
    fn drop_repeated_names(&mut self, findings: &mut Findings) {
        let rows = self.rows.get(1..).unwrap_or_default();
        let merges: Vec<_> =
            (0..self.columns).map(|at| rows.iter().any(|it| it.row.cell(at).is_empty())).collect();
        let mut above = vec![String::new(); self.columns];
        let (mut dropped, mut first) = (0, String::new());
        for it in self.rows.iter_mut().skip(1) {
            let texts: Vec<_> = (0..self.columns).map(|at| bare(it.row.cell(at))).collect();
            let is_same = |at: usize| {
                let text = texts.get(at).filter(|it| it.chars().nth(1).is_some());
                text.is_some() && text == above.get(at) && merges.get(at) == Some(&true)
            };
            let named = texts.iter().take(self.main).enumerate().filter(|it| !it.1.is_empty());
            let repeats: Vec<_> = named.map(|it| it.0).take_while(|it| is_same(*it)).collect();
            let right =
                (self.main + 1..self.columns).filter(|it| !repeats.is_empty() && is_same(*it));
            let cells: Vec<_> = repeats.iter().copied().chain(right).collect();
            if let Some(at) = repeats.first() {
                if dropped == 0 {
                    first = it.row.cell(*at).to_owned();
                }
                dropped += 1;
            }
            for at in cells {
                it.row.cells.get_mut(at).map(String::clear).unwrap_or_default();
            }
            let mut anew = false;
            for (at, text) in texts.into_iter().enumerate() {
                let Some(it) = above.get_mut(at) else { continue };
                anew |= at < self.main && !text.is_empty() && text != *it;
                if !text.is_empty() || anew && at < self.main {
                    *it = text;
                }
            }
        }
        if dropped > 0 {
            let finding = Finding::new("names-repeated", Severity::Note).arg("count", dropped);
            findings.push(finding.at(String::new(), first));
        }
    }

    /// Joins the two halves of rows that a page end has torn.
    fn join_torn(&mut self) {
        let mut joined: Vec<RawRow> = Vec::with_capacity(self.rows.len());
        for it in std::mem::take(&mut self.rows) {
            match joined.last_mut().filter(|_| it.gap) {
                Some(last) if joined_before(self.main, &last.row, &it.row) => {
                    last.row.take_on(&it.row);
                }
                _ => joined.push(it),
            }
        }
        self.rows = joined;
    }
}

/// Whether a cell holds nothing but a number: 3, 3.1, 十三.
fn is_serial(cell: &str) -> bool {
    let cell = cell.trim();
    let number = |it: char| it.is_ascii_digit() || ".一二三四五六七八九十".contains(it);
    !cell.is_empty() && cell.chars().all(number)
}

/// A name without blanks, and with half-width signs.
fn bare(name: &str) -> String {
    let half = |it: char| match it {
        '！'..='～' => char::from_u32(u32::from(it) - 0xFEE0).unwrap_or(it),
        it => it,
    };
    name.chars().filter(|it| !it.is_whitespace() && *it != TEAR).map(half).collect()
}

/// Whether a row is the rest of the one before the page end.
fn joined_before(main: usize, last: &Row, next: &Row) -> bool {
    let filled =
        || next.cells.iter().enumerate().filter(|it| !it.1.trim().is_empty()).map(|it| it.0);
    if next.cell(main).is_empty() {
        return filled().count() > 1 && filled().all(|it| !last.cell(it).is_empty());
    }
    let leads = filled().next() == Some(main);
    leads && !last.cell(main).is_empty() && !ends_sentence(last.cell(main))
}

impl Row {
    /// Appends the cells of the row's rest.
    fn take_on(&mut self, rest: &Self) {
        for (nth, text) in rest.cells.iter().enumerate() {
            match self.cells.get_mut(nth) {
                Some(it) => {
                    it.truncate(it.trim_end().len());
                    if !(it.is_empty() || text.trim().is_empty()) {
                        it.push(TEAR);
                    }
                    it.push_str(text.trim_start());
                }
                None => self.cells.push(text.clone()),
            }
        }
    }
}
