//! Plain text and Markdown to document.
//!
//! What comes as text was mostly something else before: a Word table dumped as lines with tabs, a page printed with hard
//! line breaks and running heads. This stage puts paragraphs together again and finds the tables; what the columns mean,
//! and which tables go on over pages, is for the outline to say.
//!
//! ```text
//!  lines ──▶ running heads dropped ──▶ tables in one of four shapes │ lines of prose ──▶ paragraphs
//! ```

mod aligned;
mod delimited;
mod line;
mod markdown;
mod markup;
mod prose;
mod running_heads;
mod tab_cells;
mod tab_rows;

use self::{line::Line, prose::Habits};
use crate::{
    diagnostic::Findings,
    document::{
        Builder, Document, Format, ParagraphDraft, ReadError, Style, TEAR, encoding, from_html,
        from_source::sha256,
        grid::{self, Row},
    },
    limits,
    source::Source,
};

/// Reads plain text.
///
/// # Errors
///
/// Fails where the bytes are not text, hold nothing, or pass a bound.
pub fn read(source: &Source, findings: &mut Findings) -> Result<Document, ReadError> {
    let text = encoding::decode(&source.bytes, None, findings)?;
    let mut builder = Builder::default();
    if let Some(rows) = delimited::read(&text, &source.name) {
        lay_delimited(&rows, &mut builder)?;
        return Ok(builder.finish(&source.name, Format::Csv, sha256(&source.bytes), None));
    }
    let pages = lay(&text, &mut builder, findings)?;
    Ok(builder.finish(&source.name, Format::Text, sha256(&source.bytes), pages))
}

/// Lays separated values: rows of one cell above the table are its titles.
fn lay_delimited(rows: &[Row], builder: &mut Builder) -> Result<(), ReadError> {
    let titles = rows.iter().take_while(|it| it.extent() == 1).count();
    let (above, rows) = rows.split_at(if titles < rows.len() { titles } else { 0 });
    above.iter().for_each(|it| builder.paragraph(&ParagraphDraft::plain(it.cell(0))));
    lay_table(rows, builder)
}

fn lay_table(rows: &[Row], builder: &mut Builder) -> Result<(), ReadError> {
    let columns = rows.iter().map(Row::extent).max().unwrap_or_default();
    if rows.len().saturating_mul(columns) > limits::MAX_TABLE_CELLS {
        return Err(ReadError::TooLarge { what: "table", bound: limits::MAX_TABLE_CELLS as u64 });
    }
    let grid = grid::infer(rows);
    builder.table(grid.rows, grid.columns, grid.cells, None);
    Ok(())
}

/// Lays a text's paragraphs and tables, and says how many pages its form feeds make, if any.
fn lay(
    text: &str,
    builder: &mut Builder,
    findings: &mut Findings,
) -> Result<Option<u32>, ReadError> {
    let lines = line::split(text)?;
    if lines.iter().all(|it| it.body().is_empty()) {
        return Err(ReadError::Empty);
    }
    let pages = lines.last().map(|it| it.page).filter(|it| *it > 1);
    let lines = running_heads::drop(lines, findings);
    let pieces = pieces(&lines, findings);
    let prose: Vec<_> = pieces.iter().filter_map(Piece::line).collect();
    let layer = Layer {
        habits: Habits::of(&prose),
        is_markdown: markdown::is_markdown(&lines),
        has_pages: pages.is_some(),
    };
    layer.lay(pieces, builder)?;
    Ok(pages)
}

/// A line of prose or a table.
enum Piece<'t> {
    Line(Line<'t>),
    Table(Vec<Row>),
    /// A table that a converter has left as it stands in a web page, and its page.
    Html(String, u32),
}

impl<'t> Piece<'t> {
    const fn line(&self) -> Option<Line<'t>> {
        match self {
            Self::Line(it) => Some(*it),
            Self::Table(_) | Self::Html(..) => None,
        }
    }
}

/// Tells tables and prose apart. No line is tried twice by a reader that has refused it, so this takes linear time.
fn pieces<'t>(lines: &[Line<'t>], findings: &mut Findings) -> Vec<Piece<'t>> {
    let mut pieces = Vec::new();
    let mut refused = [0; 3];
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let rest = lines.get(at..).unwrap_or_default();
        if let Some((table, used)) = html_table(rest) {
            pieces.push(Piece::Html(table, line.page));
            at += used;
            continue;
        }
        let found = markdown::table(rest).or_else(|| delimited(rest, at, &mut refused, findings));
        if let Some((rows, used)) = found {
            pieces.push(Piece::Table(rows));
            at += used.max(1);
        } else {
            pieces.push(Piece::Line(*line));
            at += 1;
        }
    }
    pieces
}

/// The lines from `<table` to the `</table>` that closes it.
fn html_table(lines: &[Line<'_>]) -> Option<(String, usize)> {
    let count = |line: &Line<'_>, tag: &str| line.text.to_ascii_lowercase().matches(tag).count();
    let first = lines.first()?.body().get(..6)?;
    if !first.eq_ignore_ascii_case("<table") {
        return None;
    }
    let (mut text, mut depth) = (String::new(), 0);
    for (nth, line) in lines.iter().enumerate().take(MAX_HTML_LINES) {
        depth += count(line, "<table");
        depth = depth.saturating_sub(count(line, "</table"));
        text.push_str(line.text);
        text.push('\n');
        if depth == 0 {
            return Some((text, nth + 1));
        }
    }
    None
}

/// A table that is not closed within so many lines is no table.
const MAX_HTML_LINES: usize = 20_000;

/// A table of one of the shapes without a mark of their own. `refused` holds the line up to which each was tried.
fn delimited(
    rest: &[Line<'_>],
    at: usize,
    refused: &mut [usize; 3],
    findings: &mut Findings,
) -> Option<(Vec<Row>, usize)> {
    let has_tab = rest.first().is_some_and(|it| it.text.contains('\t'));
    let [cells, rows, aligned] = refused;
    if has_tab && *cells <= at {
        match tab_cells::read(rest, findings) {
            Ok(found) => return Some(found),
            Err(skip) => *cells = at + skip,
        }
    }
    if has_tab && *rows <= at {
        match tab_rows::read(rest, findings) {
            Ok(found) => return Some((found.rows, found.lines)),
            Err(skip) => *rows = at + skip,
        }
    }
    if !has_tab && *aligned <= at {
        match aligned::read(rest) {
            Ok(found) => return Some(found),
            Err(skip) => *aligned = at + skip,
        }
    }
    None
}

/// Lays pieces as blocks.
struct Layer {
    habits: Habits,
    is_markdown: bool,
    has_pages: bool,
}

impl Layer {
    fn lay(&self, pieces: Vec<Piece<'_>>, builder: &mut Builder) -> Result<(), ReadError> {
        let mut open: Option<Open<'_>> = None;
        for piece in pieces {
            match piece {
                Piece::Table(rows) => {
                    self.close(open.take(), builder);
                    self.table(rows, builder)?;
                }
                Piece::Html(table, page) => {
                    self.close(open.take(), builder);
                    if self.has_pages {
                        builder.page(page);
                    }
                    from_html::lay(&table, builder)?;
                }
                Piece::Line(line) => match open.as_mut().filter(|it| self.goes_on(it, &line)) {
                    Some(it) => it.take_on(line),
                    None => self.close(open.replace(Open::new(line)), builder),
                },
            }
        }
        self.close(open, builder);
        Ok(())
    }

    fn goes_on(&self, open: &Open<'_>, line: &Line<'_>) -> bool {
        let is_heading = self.is_markdown && markdown::heading(open.first.body()).is_some();
        !is_heading && self.habits.goes_on(&open.text, &open.last, line)
    }

    fn close(&self, open: Option<Open<'_>>, builder: &mut Builder) {
        let Some(open) = open else { return };
        if self.has_pages {
            builder.page(open.first.page);
        }
        let mut style =
            Style { centered: self.habits.is_centered(&open.first), ..Style::default() };
        let mut text = open.text.as_str();
        if self.is_markdown {
            if markdown::is_rule(text) {
                return;
            }
            if let Some((level, heading)) = markdown::heading(text) {
                style.heading = Some(level);
                text = heading;
            }
            text = markdown::unquoted(text);
        }
        let text = if self.is_markdown { markup::unmark(text) } else { markup::plain(text) };
        for text in text.split('\n').map(str::trim).filter(|it| !it.is_empty()) {
            builder.paragraph(&ParagraphDraft {
                label: None,
                text: text.replace('\t', " "),
                style,
            });
        }
    }

    fn table(&self, mut rows: Vec<Row>, builder: &mut Builder) -> Result<(), ReadError> {
        match rows.first().and_then(|it| it.page).filter(|_| self.has_pages) {
            Some(page) => builder.page(page),
            None => rows.iter_mut().for_each(|it| it.page = None),
        }
        lay_table(&rows, builder)
    }
}

/// A paragraph under way.
struct Open<'t> {
    first: Line<'t>,
    last: Line<'t>,
    text: String,
}

impl<'t> Open<'t> {
    fn new(line: Line<'t>) -> Self {
        Self { first: line, last: line, text: line.body().to_owned() }
    }

    fn take_on(&mut self, line: Line<'t>) {
        if line.after_head {
            self.text.push(TEAR);
        }
        prose::join(&mut self.text, line.body());
        self.last = line;
    }
}
