//! Shapes as the interpreter draws them: the boxes of glyphs and the outlines of paths, put into the page's units.
#![expect(
    clippy::disallowed_types,
    reason = "the interpreter's coordinates are floats; they leave as integers"
)]

use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point};

use super::page::{FARTHEST, Glyph, POINT, Unit};

/// A unit of glyph space is a thousandth of the type's size.
pub(super) const GLYPH_UNITS: f64 = 1000.0;
/// How far glyphs reach below their base line, in glyph space: the common case of Chinese fonts.
const DESCENT: f64 = 120.0;

/// The straight-sided outlines of a path; a curved one is no rule.
pub(super) fn subpaths(path: &BezPath, transform: Affine) -> Vec<Vec<Point>> {
    let mut outlines: Vec<Vec<Point>> = Vec::new();
    let mut curved = false;
    for element in path.elements() {
        match element {
            PathEl::MoveTo(to) => {
                if curved {
                    outlines.pop();
                    curved = false;
                }
                outlines.push(vec![transform * *to]);
            }
            PathEl::LineTo(to) => {
                if let Some(outline) = outlines.last_mut() {
                    outline.push(transform * *to);
                }
            }
            PathEl::ClosePath => {
                if let Some(outline) = outlines.last_mut() {
                    outline.extend(outline.first().copied());
                }
            }
            PathEl::QuadTo(..) | PathEl::CurveTo(..) => curved = true,
        }
    }
    if curved {
        outlines.pop();
    }
    outlines.retain(|it| it.len() > 1);
    outlines
}

/// The box of a glyph on the page.
pub(super) struct Frame {
    /// The left edge.
    pub left: Unit,
    /// The right edge.
    pub right: Unit,
    /// The top edge.
    pub top: Unit,
    /// The bottom edge.
    pub bottom: Unit,
    size: Unit,
    turn: u8,
}

impl Frame {
    /// The box of a glyph of this width at this place; `None` where it stands askew, as the letters of a watermark do, or
    /// has no size.
    pub(super) fn new(place: Affine, width: f64) -> Option<Self> {
        let [a, b, c, d, ..] = place.as_coeffs();
        let turn = match () {
            () if b.abs() <= a.abs() * 0.1 => {
                if a > 0.0 {
                    0
                } else {
                    2
                }
            }
            () if a.abs() <= b.abs() * 0.1 => {
                if b > 0.0 {
                    1
                } else {
                    3
                }
            }
            () => return None,
        };
        let size = c.hypot(d) * GLYPH_UNITS;
        let length = a.hypot(b) * width;
        let origin = place * Point::ORIGIN;
        if !(size > 0.0 && size.is_finite() && length.is_finite()) {
            return None;
        }
        // From the base line's point of view: along the line, and up from it.
        let (below, above) = (size * DESCENT / GLYPH_UNITS, size * (1.0 - DESCENT / GLYPH_UNITS));
        let (x, y) = (origin.x, origin.y);
        let [left, right, top, bottom] = match turn {
            0 => [x, x + length, y - above, y + below],
            1 => [x - below, x + above, y, y + length],
            2 => [x - length, x, y - below, y + above],
            _ => [x - above, x + below, y - length, y],
        };
        Some(Self {
            left: unit(left),
            right: unit(right),
            top: unit(top),
            bottom: unit(bottom),
            size: unit(size).max(1),
            turn,
        })
    }

    /// The glyph of a character in this box.
    pub(super) const fn glyph(&self, ch: char, artifact: bool) -> Glyph {
        let Self { left, right, top, bottom, size, turn } = *self;
        Glyph { ch, left, right, top, bottom, size, turn, artifact }
    }
}

/// Points to units, kept within what a page can be.
pub(super) fn unit(points: f64) -> Unit {
    let farthest = f64::from(FARTHEST);
    (points * f64::from(POINT)).round().clamp(-farthest, farthest) as Unit
}
