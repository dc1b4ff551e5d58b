//! A page as it is drawn: glyphs, rules and pictures. All lengths are in hundredths of a point from the page's top left
//! corner, so that everything after the reading of glyphs is exact and the same on every machine.

/// A length in hundredths of a point.
pub(super) type Unit = i32;

/// One point.
pub(super) const POINT: Unit = 100;

/// No coordinate lies farther out than this: sums and small multiples of coordinates fit a [`Unit`].
pub(super) const FARTHEST: Unit = 4_000_000;

/// One character at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Glyph {
    /// The character; U+FFFD where the font holds no mapping to text.
    pub ch: char,
    /// The left edge.
    pub left: Unit,
    /// The right edge: where the next glyph of the word begins.
    pub right: Unit,
    /// The top edge, taken from the size, not from the ink.
    pub top: Unit,
    /// The bottom edge, a little under the base line.
    pub bottom: Unit,
    /// The size of the type.
    pub size: Unit,
    /// Quarter turns clockwise from upright.
    pub turn: u8,
    /// Whether the file calls it a running head, a page number or the like.
    pub artifact: bool,
}

impl Glyph {
    /// The height of its middle.
    pub(super) const fn middle(&self) -> Unit {
        (self.top + self.bottom) / 2
    }

    /// Where its middle lies between left and right.
    pub(super) const fn center(&self) -> Unit {
        (self.left + self.right) / 2
    }
}

/// A straight rule that runs along one axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rule {
    /// Its place on the other axis.
    pub at: Unit,
    /// Where it begins.
    pub from: Unit,
    /// Where it ends.
    pub to: Unit,
}

/// A page.
#[derive(Debug, Clone, Default)]
pub(super) struct Page {
    /// Its number, from 1.
    pub number: u32,
    /// Its width.
    pub width: Unit,
    /// Its height.
    pub height: Unit,
    /// The glyphs in the order of drawing.
    pub glyphs: Vec<Glyph>,
    /// The rules that run from left to right.
    pub across: Vec<Rule>,
    /// The rules that run from top to bottom.
    pub down: Vec<Rule>,
    /// How much of the page pictures cover, in hundredths of its area.
    pub pictured: u32,
    /// How many glyphs are drawn invisibly: the text layer of a scan.
    pub invisible: u32,
    /// How many glyphs have no mapping to text.
    pub unmapped: u32,
}

impl Page {
    /// Turns the page as its text runs: a table that was set sideways on an upright page.
    pub(super) fn straighten(&mut self) {
        let mut turns = [0_u32; 4];
        for glyph in &self.glyphs {
            if let Some(count) = turns.get_mut(usize::from(glyph.turn)) {
                *count += 1;
            }
        }
        let most = (0_u8..4).zip(turns).max_by_key(|&(turn, count)| (count, 4 - turn));
        for _ in 0..most.map_or(0, |(turn, _)| turn) {
            self.turn_back();
        }
    }

    /// Turns everything a quarter turn counterclockwise.
    fn turn_back(&mut self) {
        let width = self.width;
        for glyph in &mut self.glyphs {
            *glyph = glyph.turned_back(width);
        }
        let across = self.down.iter().map(|it| Rule { at: width - it.at, ..*it }).collect();
        let flip = |it: &Rule| Rule { at: it.at, from: width - it.to, to: width - it.from };
        self.down = self.across.iter().map(flip).collect();
        self.across = across;
        self.width = self.height;
        self.height = width;
    }
}

impl Glyph {
    /// The glyph after a quarter turn counterclockwise of a plane that is `width` wide.
    pub(super) const fn turned_back(self, width: Unit) -> Self {
        Self {
            left: self.top,
            right: self.bottom,
            top: width - self.right,
            bottom: width - self.left,
            turn: (self.turn + 3) % 4,
            ..self
        }
    }
}
