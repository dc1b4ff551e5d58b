//! Glyphs to lines of text: what stands on one base line, from left to right, with blanks where the page shows them.

use super::page::{Glyph, Unit};

/// A line of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// The left edge of the first glyph.
    pub left: Unit,
    /// The right edge of the last.
    pub right: Unit,
    /// The top edge of the highest glyph.
    pub top: Unit,
    /// The bottom edge of the lowest.
    pub bottom: Unit,
    /// The size of most of its type.
    pub size: Unit,
    /// The text that stands together, in order; between two pieces there is a wide gap.
    pub pieces: Vec<Piece>,
    /// The left and right edges between which it was set.
    pub margins: (Unit, Unit),
    /// Whether it is set larger than most of the text.
    pub large: bool,
    /// Whether the file calls all of it a running head, a page number or the like.
    pub artifact: bool,
}

/// Text that stands together within a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// The left edge.
    pub left: Unit,
    /// The right edge.
    pub right: Unit,
    /// The text.
    pub text: String,
    /// The width of what cannot be parted at its start: a word, or a character with its punctuation.
    pub first_unit: Unit,
}

impl Line {
    /// The text of the line; a wide gap is one blank.
    pub(super) fn text(&self) -> String {
        let pieces: Vec<&str> = self.pieces.iter().map(|it| it.text.as_str()).collect();
        pieces.join(" ")
    }

    /// The height of its middle.
    pub(super) const fn middle(&self) -> Unit {
        (self.top + self.bottom) / 2
    }

    /// The width of what cannot be parted at its start.
    pub(super) fn first_unit(&self) -> Unit {
        self.pieces.first().map_or(0, |it| it.first_unit)
    }

    /// Some of its pieces as a line of their own.
    pub(super) fn part(&self, pieces: &[Piece], margins: (Unit, Unit)) -> Option<Self> {
        let (left, right) = (pieces.first()?.left, pieces.last()?.right);
        Some(Self { left, right, pieces: pieces.to_vec(), margins, ..*self })
    }

    /// How far it stands in from its left margin.
    pub(super) const fn indent(&self) -> Unit {
        self.left - self.margins.0
    }

    /// How far it stays away from its right margin.
    pub(super) const fn shortfall(&self) -> Unit {
        self.margins.1 - self.right
    }
}

/// A gap of so many hundredths of the size parts a line into pieces.
const PIECE_GAP: Unit = 150;

/// Whether a character is as wide as it is high: Chinese characters and their punctuation.
pub(super) const fn is_wide(ch: char) -> bool {
    matches!(ch,
        '\u{2E80}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FF60}' | '\u{FFE0}'..='\u{FFE6}'
        | '\u{20000}'..='\u{3FFFF}' | '“' | '”' | '‘' | '’' | '…' | '—' | '·' | '\u{2460}'..='\u{24FF}')
}

/// Whether a line may not begin with this character.
pub(super) fn closes(ch: char) -> bool {
    "，。、；：？！）》」』】〉〕”’％%…,.;:?!)]}·—".contains(ch)
}

/// Whether a line may not end with this character.
fn opens(ch: char) -> bool {
    "（《「『【〈〔“‘([{".contains(ch)
}

/// The lines within an area (left, top, right, bottom). Text that runs sideways is read as it runs, after the rest.
pub(super) fn lines_within(glyphs: &[Glyph], area: [Unit; 4]) -> Vec<Line> {
    let [left, top, right, bottom] = area;
    let mut edges = Glyph { ch: ' ', left, right, top, bottom, size: 0, turn: 0, artifact: false };
    let mut read = Vec::new();
    let mut rest: Vec<Glyph> = glyphs.to_vec();
    for _ in 0..4 {
        let (upright, turned): (Vec<Glyph>, Vec<Glyph>) =
            rest.into_iter().partition(|it| it.turn == 0);
        read.extend(lines(&upright, (edges.left, edges.right)));
        if turned.is_empty() {
            break;
        }
        rest = turned.into_iter().map(|it| it.turned_back(0)).collect();
        edges = edges.turned_back(0);
    }
    read
}

/// Sorts upright glyphs into lines from top to bottom.
fn lines(glyphs: &[Glyph], margins: (Unit, Unit)) -> Vec<Line> {
    let mut sorted: Vec<Glyph> = glyphs.to_vec();
    sorted.sort_by_key(|it| (it.middle(), it.left, it.right, it.ch));
    let mut open: Vec<Vec<Glyph>> = Vec::new();
    for glyph in sorted {
        // A line's middle creeps where sizes mix, so the last few lines are looked at.
        let home = open.iter_mut().rev().take(3).find(|line| {
            line.last().is_some_and(|last| {
                (glyph.middle() - last.middle()).abs() * 2 < glyph.size.min(last.size)
            })
        });
        match home {
            Some(line) => line.push(glyph),
            None => open.push(vec![glyph]),
        }
    }
    let mut lines: Vec<Line> = open.into_iter().filter_map(|it| line(it, margins)).collect();
    lines.sort_by_key(|it| (it.middle(), it.left));
    lines
}

/// Sets the glyphs of one base line; `None` where they are blanks only.
fn line(mut glyphs: Vec<Glyph>, margins: (Unit, Unit)) -> Option<Line> {
    glyphs.sort_by_key(|it| (it.left, it.right, it.ch));
    let mut inked: Vec<(Glyph, bool)> = Vec::with_capacity(glyphs.len());
    let mut blank = false;
    for glyph in glyphs {
        if glyph.ch == ' ' {
            blank = true;
        } else if !inked.last().is_some_and(|(last, _)| is_drawn_twice(last, &glyph)) {
            inked.push((glyph, blank));
            blank = false;
        }
    }
    let (first, last) = (inked.first()?.0, inked.last()?.0);
    let size = middle_of(inked.iter().map(|(it, _)| it.size))?;
    Some(Line {
        left: first.left,
        right: last.right,
        top: inked.iter().map(|(it, _)| it.top).min()?,
        bottom: inked.iter().map(|(it, _)| it.bottom).max()?,
        size,
        pieces: pieces(&inked, size),
        margins,
        large: false,
        artifact: inked.iter().all(|(it, _)| it.artifact),
    })
}

/// Whether a glyph is the shadow that some producers draw for bold type.
fn is_drawn_twice(last: &Glyph, glyph: &Glyph) -> bool {
    last.ch == glyph.ch
        && (glyph.left - last.left).abs() * 10 < last.size
        && (glyph.middle() - last.middle()).abs() * 10 < last.size
}

/// The middle one of some values.
pub(super) fn middle_of(values: impl Iterator<Item = Unit>) -> Option<Unit> {
    let mut values: Vec<Unit> = values.collect();
    let middle = values.len() / 2;
    (!values.is_empty()).then(|| *values.select_nth_unstable(middle).1)
}

/// Joins glyphs to text, with blanks and gaps. A glyph comes with whether a blank was drawn before it.
fn pieces(glyphs: &[(Glyph, bool)], size: Unit) -> Vec<Piece> {
    let spaced_out = is_spaced_out(glyphs, size);
    let together = |a: &(Glyph, bool), b: &(Glyph, bool)| {
        spaced_out || (b.0.left - a.0.right) * 100 <= size.saturating_mul(PIECE_GAP)
    };
    let pieces = glyphs.chunk_by(together).filter_map(|glyphs| {
        let mut text = String::new();
        let mut before: Option<&Glyph> = None;
        for (glyph, blank) in glyphs {
            if before.is_some_and(|it| !spaced_out && has_blank(it, glyph, *blank)) {
                text.push(' ');
            }
            text.push(glyph.ch);
            before = Some(glyph);
        }
        let (left, right) = (glyphs.first()?.0.left, before?.right);
        Some(Piece { left, right, text, first_unit: first_unit(glyphs) })
    });
    pieces.collect()
}

/// Whether a line is set with the same wide gap between all its characters, as letterheads and headings are.
fn is_spaced_out(glyphs: &[(Glyph, bool)], size: Unit) -> bool {
    let gaps = glyphs.windows(2).filter_map(|pair| match pair {
        [(a, _), (b, blank)] if is_wide(a.ch) && is_wide(b.ch) && !blank => Some(b.left - a.right),
        _ => None,
    });
    let gaps: Vec<Unit> = gaps.collect();
    let (Some(least), Some(most)) = (gaps.iter().min(), gaps.iter().max()) else { return false };
    gaps.len() > 1 && gaps.len() + 1 == glyphs.len() && *least * 2 > size && most - least < size / 2
}

/// Whether the page shows a blank between two neighbours.
fn has_blank(last: &Glyph, next: &Glyph, drawn: bool) -> bool {
    let gap = next.left - last.right;
    let size = last.size.min(next.size);
    let least = match (is_wide(last.ch), is_wide(next.ch), drawn) {
        // A blank that takes no room was drawn by the producer, not by the writer.
        (true, true, true) => 20,
        (_, _, true) => 8,
        (false, false, false) => 18,
        // Word sets a quarter between Chinese and Latin characters; the text holds no blank there.
        (_, _, false) => 90,
    };
    gap.saturating_mul(100) > size.saturating_mul(least)
}

/// The width of what cannot be parted at the start of a line.
fn first_unit(glyphs: &[(Glyph, bool)]) -> Unit {
    let Some((first, _)) = glyphs.first() else { return 0 };
    let mut right = first.right;
    for pair in glyphs.windows(2) {
        let [(last, _), (next, blank)] = pair else { break };
        let word = !is_wide(last.ch) && !is_wide(next.ch) && !blank;
        if !(word || opens(last.ch) || closes(next.ch)) {
            break;
        }
        right = next.right;
    }
    right - first.left
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lays characters of ten points side by side; a blank moves on by the given share of the size.
    fn laid(text: &str, blank: Unit) -> Vec<Glyph> {
        let mut left = 0;
        let mut glyphs = Vec::new();
        for ch in text.chars() {
            let width = match ch {
                '_' => 1000 * blank / 100,
                it if is_wide(it) => 1000,
                _ => 500,
            };
            let right = left + width;
            let ch = if ch == '_' { ' ' } else { ch };
            glyphs.push(Glyph {
                ch,
                left,
                right,
                top: 0,
                bottom: 1000,
                size: 1000,
                turn: 0,
                artifact: false,
            });
            left = right;
        }
        glyphs
    }

    fn text_of(glyphs: &[Glyph]) -> Vec<String> {
        lines(glyphs, (0, 50_000)).iter().map(Line::text).collect()
    }

    #[test]
    fn blanks_that_take_room_are_kept() {
        for (drawn, blank, read) in [
            ("总_则", 50, "总 则"),
            ("总_则", 5, "总则"),
            ("get_up", 25, "get up"),
            ("占_80%", 25, "占 80%"),
        ] {
            assert_eq!(text_of(&laid(drawn, blank)), [read]);
        }
    }

    #[test]
    fn gaps_without_a_blank_count_where_they_are_wide() {
        let gap = |text: &str, share| {
            let mut glyphs = laid(text, share);
            glyphs.retain(|it| it.ch != ' ');
            text_of(&glyphs)
        };
        assert_eq!(gap("张三_李四", 100), ["张三 李四"]);
        assert_eq!(gap("占_80%", 30), ["占80%"]);
        assert_eq!(gap("get_up", 30), ["get up"]);
        assert_eq!(gap("人_民_政_府", 80), ["人民政府"]);
    }

    #[test]
    fn a_wide_gap_parts_a_line_into_pieces() {
        let mut glyphs = laid("序号_内容", 300);
        glyphs.retain(|it| it.ch != ' ');
        let read = lines(&glyphs, (0, 50_000));
        let pieces: Vec<&str> =
            read.iter().flat_map(|it| &it.pieces).map(|it| it.text.as_str()).collect();
        assert_eq!(pieces, ["序号", "内容"]);
    }

    #[test]
    fn bold_type_drawn_twice_is_read_once() {
        let mut glyphs = laid("扣分", 0);
        let shadows: Vec<Glyph> = glyphs
            .iter()
            .map(|it| Glyph { left: it.left + 30, right: it.right + 30, ..*it })
            .collect();
        glyphs.extend(shadows);
        assert_eq!(text_of(&glyphs), ["扣分"]);
    }

    #[test]
    fn lines_come_from_top_to_bottom_and_hold_raised_figures() {
        let mut glyphs = laid("下行", 0);
        for glyph in &mut glyphs {
            glyph.top += 1500;
            glyph.bottom += 1500;
        }
        glyphs.extend(laid("上行", 0));
        let raised = Glyph {
            ch: '2',
            left: 2000,
            right: 2300,
            top: 0,
            bottom: 600,
            size: 600,
            turn: 0,
            artifact: false,
        };
        glyphs.push(raised);
        assert_eq!(text_of(&glyphs), ["上行2", "下行"]);
    }
}
