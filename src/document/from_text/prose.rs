//! Lines to paragraphs: a sentence that a line end or a page end has torn is put together again.
//!
//! Two kinds of text are told apart. In a *hard-wrapped* text most lines are as wide as the page, and a paragraph goes on
//! as long as its lines are full. In any other text a line is a paragraph, and only a line that lacks the end which lines
//! of its kind have (they end in 。 or ；, it ends in the midst of a word) goes on in the next.

use std::collections::BTreeMap;

use super::line::{Line, Numbering, ends_sentence, ends_within, numbering};

/// What the lines of a text have in common.
#[derive(Debug, Default)]
pub(super) struct Habits {
    /// The columns from which a line is full, where the text is hard-wrapped.
    full: Option<usize>,
    /// Whether first lines of paragraphs are indented and the others not.
    indents: bool,
    /// How many blank lines stand between lines of one paragraph.
    spacing: u32,
    /// The kinds of lines that end as sentences do.
    punctuated: BTreeMap<Option<Numbering>, bool>,
}

/// Lines of one paragraph lie at most this far below the fullest ones: two wide characters of a number that is not
/// torn, and one of a mark that may not begin a line.
const RAGGED: usize = 8;
/// Narrower texts are lists, not wrapped prose.
const LEAST_WIDTH: usize = 40;
/// Fewer lines say nothing of a habit.
const LEAST_LINES: usize = 6;

impl Habits {
    /// Finds out the habits of a text.
    pub(super) fn of(lines: &[Line<'_>]) -> Self {
        let full = full_width(lines);
        let flush = lines.iter().filter(|it| it.indent() == 0).count();
        let indented = lines.iter().filter(|it| (1..=16).contains(&it.indent())).count();
        let apart = lines.iter().skip(1).filter(|it| it.blanks == 1).count();
        let close = lines.iter().skip(1).filter(|it| it.blanks == 0).count();
        Self {
            full,
            indents: full.is_some() && flush.min(indented) * 10 >= lines.len(),
            spacing: u32::from(apart > close),
            punctuated: punctuated(lines),
        }
    }

    /// Whether `next` goes on with the paragraph that `paragraph` holds so far and whose last line is `last`.
    pub(super) fn goes_on(&self, paragraph: &str, last: &Line<'_>, next: &Line<'_>) -> bool {
        if next.blanks > self.spacing && !next.new_page {
            return false;
        }
        let number = numbering(next.body());
        if number.is_some() || next.text.starts_with(['#', '>', '|']) {
            return false;
        }
        if is_open_title(paragraph) && next.text.contains('》') {
            return true;
        }
        match self.full {
            Some(full) => self.wraps(full, last, next),
            None => self.is_torn(paragraph, next),
        }
    }

    /// In a hard-wrapped text.
    fn wraps(&self, full: usize, last: &Line<'_>, next: &Line<'_>) -> bool {
        if last.width() + RAGGED < full {
            return false;
        }
        if self.indents { next.indent() == 0 } else { !ends_sentence(last.body()) }
    }

    /// In any other text.
    fn is_torn(&self, paragraph: &str, next: &Line<'_>) -> bool {
        let habit = self.punctuated.get(&numbering(paragraph)).copied().unwrap_or_default();
        is_prose(paragraph)
            && !ends_sentence(paragraph)
            && !is_date(next.body())
            && (ends_within(paragraph)
                || habit && ends_in_word(paragraph) && ends_sentence(next.body()))
    }

    /// Whether a line stands in the middle of the page.
    pub(super) fn is_centered(&self, line: &Line<'_>) -> bool {
        let Some(full) = self.full else { return false };
        let indent = line.indent();
        let right = full.checked_sub(line.width());
        indent >= 8 && right.is_some_and(|it| indent.abs_diff(it) <= 8)
    }
}

/// The width of the fullest lines, where many lines are about as wide and end in the midst of a sentence.
fn full_width(lines: &[Line<'_>]) -> Option<usize> {
    const BAND: usize = 5;
    if lines.len() < LEAST_LINES {
        return None;
    }
    let mut histogram = [0_usize; 201];
    for line in lines {
        if let Some(it) = histogram.get_mut(line.width()) {
            *it += 1;
        }
    }
    let bands = histogram.windows(BAND).map(|it| it.iter().sum::<usize>()).enumerate();
    let (start, count) = bands.skip(LEAST_WIDTH).max_by_key(|it| (it.1, it.0))?;
    let inside = lines.iter().filter(|it| (start..start + BAND).contains(&it.width()));
    let torn = inside.filter(|it| !ends_sentence(it.body())).count();
    (count >= LEAST_LINES.max(lines.len() / 4) && torn * 2 >= count).then_some(start + BAND - 1)
}

/// Which kinds of lines mostly end as sentences do.
fn punctuated(lines: &[Line<'_>]) -> BTreeMap<Option<Numbering>, bool> {
    let mut counts: BTreeMap<Option<Numbering>, (usize, usize)> = BTreeMap::new();
    for line in lines.iter().map(Line::body).filter(|it| is_prose(it)) {
        let count = counts.entry(numbering(line)).or_default();
        count.0 += usize::from(ends_sentence(line));
        count.1 += 1;
    }
    let is_habit = |it: (usize, usize)| it.1 >= 3 && it.0 * 10 >= it.1 * 7;
    counts.into_iter().map(|it| (it.0, is_habit(it.1))).collect()
}

/// Whether a line is more than a heading or a name.
fn is_prose(text: &str) -> bool {
    text.contains(['，', ',', '。', '；'])
}

/// Whether a short line opens a title that it does not close.
fn is_open_title(text: &str) -> bool {
    const MAX_CHARS: usize = 60;
    text.chars().nth(MAX_CHARS).is_none() && text.matches('《').count() > text.matches('》').count()
}

/// Whether a text ends in a letter or digit.
fn ends_in_word(text: &str) -> bool {
    text.chars().next_back().is_some_and(char::is_alphanumeric)
}

/// Whether a line is a date, as below a signature.
fn is_date(text: &str) -> bool {
    let bare: String = text.chars().filter(|it| !it.is_whitespace()).collect();
    bare.chars().count() <= 12 && bare.contains('年') && bare.contains('月')
}

/// Puts the next line of a paragraph after the ones before. Words of a Latin script keep a blank between them.
pub(super) fn join(paragraph: &mut String, next: &str) {
    let latin = |it: Option<char>| it.is_some_and(|it| it.is_ascii_alphabetic());
    if latin(paragraph.chars().next_back()) && latin(next.chars().next()) {
        paragraph.push(' ');
    }
    paragraph.push_str(next);
}
