//! Lines to paragraphs: the order of reading, and which lines are one paragraph that the page's width or its end broke.

use std::collections::BTreeMap;

use super::{
    borderless, columns, furniture,
    grid::Grid,
    lines::{Line, is_wide},
    numbering::{begins_with_number, ends_sentence, expects_more},
    page::{POINT, Unit},
    reading::{ReadBlock, ReadParagraph, Remark},
    tables,
};

/// A page's text and tables, with glyphs already put together.
#[derive(Debug, Clone, Default)]
pub(super) struct Sheet {
    /// The page's number, from 1.
    pub number: u32,
    /// Its width.
    pub width: Unit,
    /// Its height.
    pub height: Unit,
    /// The lines outside of tables, in reading order.
    pub lines: Vec<Line>,
    /// The tables, from top to bottom.
    pub grids: Vec<Grid>,
}

/// Puts the pages together to one flow of paragraphs and tables, and says what was left out.
pub(super) fn flow(mut sheets: Vec<Sheet>) -> (Vec<ReadBlock>, Vec<Remark>) {
    let heads = furniture::remove(&mut sheets);
    set_margins(&mut sheets);
    for sheet in &mut sheets {
        columns::order(sheet);
        take_borderless(sheet);
    }
    let mut flow = Flow::default();
    for sheet in sheets {
        flow.sheet(sheet);
    }
    let heads = heads.into_iter().map(|(text, count)| Remark::RunningHead { text, count });
    (flow.finish(), heads.collect())
}

/// Takes the tables without rules out of a page's lines.
fn take_borderless(sheet: &mut Sheet) {
    for (from, to, grid) in borderless::tables(&sheet.lines).into_iter().rev() {
        sheet.lines.drain(from..to);
        sheet.grids.push(grid);
    }
    sheet.grids.sort_by_key(|it| (it.top, it.left));
}

/// The size of most of the type, by characters.
fn body_size(sheets: &[Sheet]) -> Unit {
    let mut characters: BTreeMap<Unit, usize> = BTreeMap::new();
    for line in sheets.iter().flat_map(|it| &it.lines) {
        *characters.entry(line.size).or_default() += line.text().chars().count();
    }
    characters.into_iter().max_by_key(|&(_, count)| count).map_or(0, |it| it.0)
}

/// Gives each line the margins of its page: pages of one size share them, since a page may hold no full line.
fn set_margins(sheets: &mut [Sheet]) {
    let body = body_size(sheets);
    let mut groups: BTreeMap<(Unit, Unit), Vec<usize>> = BTreeMap::new();
    for (nth, sheet) in sheets.iter().enumerate() {
        groups.entry((sheet.width / POINT, sheet.height / POINT)).or_default().push(nth);
    }
    for members in groups.into_values() {
        let pages: Vec<&Sheet> = members.iter().filter_map(|&nth| sheets.get(nth)).collect();
        let Some(margins) = margins(&pages) else { continue };
        for nth in &members {
            for line in sheets.get_mut(*nth).into_iter().flat_map(|it| &mut it.lines) {
                line.margins = margins;
                line.large = line.size * 100 > body * 112;
            }
        }
    }
}

/// The left and right edges that the text of some pages keeps to.
fn margins(pages: &[&Sheet]) -> Option<(Unit, Unit)> {
    let lines = || pages.iter().flat_map(|it| &it.lines);
    let grids = || pages.iter().flat_map(|it| &it.grids);
    let width = pages.iter().map(|it| it.width).max()?;
    let long = lines().filter(|it| it.right - it.left > width / 2).count() > FEW_LINES;
    let (mut lefts, mut rights): (Vec<Unit>, Vec<Unit>) =
        lines().map(|it| (it.left, it.right)).unzip();
    if !long {
        lefts.extend(grids().map(|it| it.left));
        rights.extend(grids().map(|it| it.right));
    }
    lefts.sort_unstable();
    rights.sort_unstable_by(|a, b| b.cmp(a));
    let (left, right) = (supported(&lefts)?, supported(&rights)?);
    // A page that holds only a few short lines: its text is taken to stand in the middle.
    Some(if long || right - left > width / 2 {
        (left, right)
    } else {
        (left, right.max(width - left))
    })
}

/// With no more long lines than this, the tables of a page show its margins better.
const FEW_LINES: usize = 8;

/// The outermost value that is not alone: some others lie close behind it.
fn supported(sorted: &[Unit]) -> Option<Unit> {
    const CLOSE: Unit = 8 * POINT;
    let needed = (sorted.len() / 20).max(1);
    let pairs = sorted.iter().zip(sorted.iter().skip(needed));
    let mut close = pairs.filter(|(outer, inner)| (*outer - *inner).abs() <= CLOSE);
    close.next().map(|it| it.0).or(sorted.first()).copied()
}

/// The blocks so far, and the paragraph that the next line may continue.
#[derive(Default)]
struct Flow {
    blocks: Vec<ReadBlock>,
    open: Option<Open>,
    table: Option<tables::Joined>,
    /// A line that says that the table above goes on, with its page: it is no text if it does.
    mark: Option<(u32, Line)>,
    /// Where the text of the page before ended, in hundredths of the page's height.
    page_filled: Unit,
}

/// A paragraph that may go on.
struct Open {
    paragraph: ReadParagraph,
    first_left: Unit,
    /// The left edge of its lines after the first.
    body_left: Option<Unit>,
    /// Whether all its lines stand as far from the left margin as from the right.
    even: bool,
    last: Line,
}

impl Flow {
    fn sheet(&mut self, sheet: Sheet) {
        let Sheet { number, height, lines, grids, .. } = sheet;
        let bottom = lines.iter().map(|it| it.bottom).chain(grids.iter().map(|it| it.bottom)).max();
        let mut first = self.page_filled < BROKEN_OFF && number > 1;
        let mut grids = grids.into_iter().peekable();
        for line in lines {
            while let Some(grid) = grids.next_if(|it| it.top < line.middle()) {
                self.grid(number, grid);
                first = false;
            }
            self.line(number, line, first);
            first = false;
        }
        for grid in grids {
            self.grid(number, grid);
        }
        self.page_filled = bottom.map_or(0, |it| it / (height / 100).max(1));
    }

    fn grid(&mut self, page: u32, grid: Grid) {
        self.close_paragraph();
        let rest = match &mut self.table {
            Some(table) => table.join(page, grid),
            None => Some(grid),
        };
        let mark = self.mark.take();
        if let Some(grid) = rest {
            self.close_table();
            self.mark = mark;
            self.keep_mark();
            self.close_paragraph();
            self.table = Some(tables::Joined::new(page, grid));
        }
    }

    fn line(&mut self, page: u32, line: Line, begins_page: bool) {
        if self.table.is_some() && self.mark.is_none() && is_continuation_mark(&line.text()) {
            self.mark = Some((page, line));
        } else {
            self.keep_mark();
            self.text(page, line, begins_page);
        }
    }

    /// Takes the mark that a table goes on for text, since it does not.
    fn keep_mark(&mut self) {
        if let Some((page, mark)) = self.mark.take() {
            self.text(page, mark, false);
        }
    }

    fn text(&mut self, page: u32, line: Line, begins_page: bool) {
        self.close_table();
        if let Some(open) = &mut self.open {
            // A page that was left early begins anew, unless the sentence goes on.
            let anew = begins_page && ends_sentence(&open.paragraph.text);
            if !anew && open.takes(page, &line) {
                open.push(line);
                return;
            }
            self.close_paragraph();
        }
        let centered = is_centered(&line);
        let paragraph = ReadParagraph { page, text: line.text(), centered, begins_page };
        self.open = Some(Open {
            paragraph,
            first_left: line.left,
            body_left: None,
            even: is_even(&line),
            last: line,
        });
    }

    fn close_paragraph(&mut self) {
        self.blocks.extend(self.open.take().map(|it| ReadBlock::Paragraph(it.paragraph)));
    }

    fn close_table(&mut self) {
        self.blocks.extend(self.table.take().map(|it| ReadBlock::Table(it.finish())));
    }

    fn finish(mut self) -> Vec<ReadBlock> {
        self.keep_mark();
        self.close_paragraph();
        self.close_table();
        self.blocks
    }
}

/// Whether a line only says that a table goes on: 续表, （续）, 续表1.
fn is_continuation_mark(text: &str) -> bool {
    let bare = text.trim_matches(|it: char| "（）() ".contains(it));
    bare.starts_with('续') && bare.chars().count() <= 5
}

/// A page whose text ends above this share of its height was broken off on purpose.
const BROKEN_OFF: Unit = 75;

impl Open {
    /// Whether a line continues the paragraph.
    fn takes(&self, page: u32, line: &Line) -> bool {
        let size = self.last.size;
        if (size - line.size).abs() * 100 > size * 15 {
            return false;
        }
        let same_page = line.middle() > self.last.middle() && page >= self.paragraph.page;
        let step = line.middle() - self.last.middle();
        if same_page && step > size * 3 {
            return false;
        }
        let numbered = begins_with_number(&line.text());
        if self.paragraph.centered || is_centered(line) {
            return self.takes_centered(line, numbered);
        }
        is_full(&self.last, line) && self.takes_by_indent(line, numbered)
    }

    /// A title of several lines: all in the middle, though the first may be as wide as the page.
    fn takes_centered(&self, line: &Line, numbered: bool) -> bool {
        let unfinished = self.last.large || !ends_sentence(&self.paragraph.text);
        let wide_title = unfinished && self.even && (self.last.large || self.body_left.is_none());
        !numbered && is_centered(line) && (self.paragraph.centered || wide_title)
    }

    /// Whether the line's left edge is that of the paragraph's later lines.
    fn takes_by_indent(&self, line: &Line, numbered: bool) -> bool {
        let size = line.size;
        let outdented = self.first_left - line.left > size / 2;
        if let Some(body) = self.body_left {
            let at_body = (line.left - body).abs() <= size;
            let own_number = numbered && (self.first_left - body).abs() <= size / 2;
            return at_body && (!own_number || expects_more(&self.paragraph.text));
        }
        if outdented {
            return true;
        }
        if numbered {
            return expects_more(&self.paragraph.text) && line.left - self.first_left <= size / 2;
        }
        // In line with the first line, or hanging under the text behind its number.
        let hanging = line.left - self.first_left;
        hanging <= size / 2 || (hanging <= size * 6 && begins_with_number(&self.paragraph.text))
    }

    fn push(&mut self, line: Line) {
        self.paragraph.centered |= is_centered(&line);
        join(&mut self.paragraph.text, &line.text());
        self.body_left.get_or_insert(line.left);
        self.even &= is_even(&line);
        self.last = line;
    }
}

/// Whether a line stands as far from the left margin as from the right.
fn is_even(line: &Line) -> bool {
    (line.indent() - line.shortfall()).abs() <= line.size
}

/// Whether a line stands in the middle between its margins: well in from both, or set large.
fn is_centered(line: &Line) -> bool {
    let well_in = line.indent() * 2 >= line.size * 5;
    is_even(line) && (well_in || (line.large && line.indent() * 4 > line.size))
}

/// Whether a line was broken for want of room: what begins the next line would not have fitted.
pub(super) fn is_full(line: &Line, next: &Line) -> bool {
    line.shortfall() < next.first_unit() + line.size * 6 / 10
}

/// Adds a line to a text: only words of letters were parted by a blank.
pub(super) fn join(text: &mut String, line: &str) {
    let is_letter = |it: char| it.is_alphanumeric() && !is_wide(it);
    let (last, next) = (text.chars().next_back(), line.chars().next());
    if let (Some(last), Some(next)) = (last, next)
        && is_letter(last)
        && is_letter(next)
        && (last.is_alphabetic() || next.is_alphabetic())
    {
        text.push(' ');
    }
    text.push_str(line);
}
