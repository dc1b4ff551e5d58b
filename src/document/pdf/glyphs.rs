//! Reads what a PDF draws: each page's glyphs with their characters, its rules, and how much of it is picture.
//!
//! The interpreter calls a [`Device`] for everything that a page draws. It offers no way to stop, and a file of a few
//! hundred bytes can ask for years of work, so the device unwinds to the page's own call once a bound is passed.
#![expect(
    clippy::disallowed_types,
    reason = "the interpreter's coordinates are floats; they leave as integers"
)]

use std::{
    any::Any,
    cell::OnceCell,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Instant,
};

use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps,
    InterpreterCache, InterpreterSettings, InterpreterWarning, SoftMask,
    font::{Glyph as DrawnGlyph, GlyphRun},
    hayro_cmap::{BfString, WritingMode},
    interpret_page,
    kurbo::{Affine, BezPath, Point, Rect},
};
use hayro_syntax::{
    Pdf,
    object::{Dict, Name},
};

use super::{
    fonts::Collections,
    page::{POINT, Page, Rule},
    radicals,
    shapes::{Frame, GLYPH_UNITS, subpaths, unit},
    stated::{actual_text, part, plain, spread},
};
use crate::{document::ReadError, limits};

/// A filled shape of at most this thickness is a rule.
const THICKEST_RULE: f64 = 3.0;
/// A side that leaves its axis by no more than this is straight.
const STRAIGHT: f64 = 0.8;
/// The time is looked at once for so many callbacks.
const CALLS_PER_CHECK: u32 = 64;
/// The width of a glyph whose font does not tell, in glyph space.
const UNKNOWN_WIDTH: f64 = 600.0;

/// Reads the pages of a document one by one.
pub(super) struct Pages<'a> {
    pdf: &'a Pdf,
    cache: InterpreterCache<'a>,
    settings: InterpreterSettings,
    lacks_fonts: Arc<AtomicBool>,
    collections: OnceCell<Collections>,
    deadline: Instant,
    glyphs_left: usize,
}

/// Why the device stopped the interpreter.
#[derive(Debug, Clone, Copy)]
enum Stop {
    Time,
    Glyphs,
}

impl<'a> Pages<'a> {
    /// Prepares to read the pages of `pdf` until `deadline`.
    pub(super) fn new(pdf: &'a Pdf, deadline: Instant) -> Self {
        let lacks_fonts = Arc::new(AtomicBool::new(false));
        let seen = Arc::clone(&lacks_fonts);
        let warning_sink = Arc::new(move |warning| {
            if matches!(warning, InterpreterWarning::UnsupportedFont) {
                seen.store(true, Ordering::Relaxed);
            }
        });
        Self {
            pdf,
            cache: InterpreterCache::new(),
            settings: InterpreterSettings { warning_sink, ..InterpreterSettings::default() },
            lacks_fonts,
            collections: OnceCell::new(),
            deadline,
            glyphs_left: limits::MAX_GLYPHS,
        }
    }

    /// Whether a page so far set text in a font that cannot be read: that text is lost.
    pub(super) fn lacks_fonts(&self) -> bool {
        self.lacks_fonts.load(Ordering::Relaxed)
    }

    /// Reads the page with this index.
    ///
    /// # Errors
    ///
    /// Fails where the page passes a bound or cannot be interpreted.
    pub(super) fn read(&mut self, index: usize) -> Result<Page, ReadError> {
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        let Some(drawn) = self.pdf.pages().get(index) else { return Ok(Page::default()) };
        let (width, height) = drawn.render_dimensions();
        let size = (unit(f64::from(width)), unit(f64::from(height)));
        let mut device = Reader {
            page: Page { number, width: size.0, height: size.1, ..Page::default() },
            collections: &self.collections,
            pdf: self.pdf,
            marks: Vec::new(),
            deadline: self.deadline,
            calls: 0,
            glyphs_left: self.glyphs_left,
            pictured: 0.0,
        };
        let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let upright = Affine::new(drawn.initial_transform(true).as_coeffs());
        let mut context =
            Context::new(upright, bounds, &self.cache, self.pdf.xref(), self.settings.clone());
        catch_unwind(AssertUnwindSafe(|| interpret_page(drawn, &mut context, &mut device)))
            .map_err(|cause| stopped(cause.as_ref(), number))?;
        let mut page = device.page;
        self.glyphs_left = self.glyphs_left.saturating_sub(page.glyphs.len());
        let area = f64::from(width) * f64::from(height);
        page.pictured = (device.pictured / area * 100.0) as u32;
        page.straighten();
        Ok(page)
    }
}

/// What it means that the interpreter stopped.
fn stopped(cause: &(dyn Any + Send), page: u32) -> ReadError {
    match cause.downcast_ref::<Stop>() {
        Some(Stop::Time) => ReadError::Timeout { seconds: limits::MAX_READ_TIME.as_secs() },
        Some(Stop::Glyphs) => {
            ReadError::TooLarge { what: "glyphs", bound: limits::MAX_GLYPHS as u64 }
        }
        None => ReadError::Damaged {
            part: format!("page {page}"),
            reason: "the page cannot be interpreted".to_owned(),
        },
    }
}

/// Marked content that has begun.
struct Mark {
    /// The text that stands for all that is drawn until its end.
    actual_text: Option<String>,
    /// Whether it is a running head, a page number or the like.
    artifact: bool,
    /// The number of glyphs before it.
    from: usize,
}

/// Collects what one page draws.
struct Reader<'r> {
    page: Page,
    collections: &'r OnceCell<Collections>,
    pdf: &'r Pdf,
    marks: Vec<Mark>,
    deadline: Instant,
    calls: u32,
    glyphs_left: usize,
    /// The area of all pictures, in square points.
    pictured: f64,
}

impl<'a> Device<'a> for Reader<'_> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.tick();
        let (stroked, filled) = match mode {
            DrawMode::Fill(_) => (false, true),
            DrawMode::Stroke(_) => (true, false),
            DrawMode::FillAndStroke(..) => (true, true),
            DrawMode::Invisible => return,
        };
        for side in subpaths(path, props.transform) {
            self.take_shape(&side, stroked, filled);
        }
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.tick();
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.tick();
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        let upright = run.writing_mode() == WritingMode::Vertical;
        let artifact = self.marks.iter().any(|it| it.artifact);
        for glyph in run.glyphs() {
            self.tick();
            let place = props.transform * glyph.transform();
            let width = if upright { GLYPH_UNITS } else { advance(glyph) };
            let Some(frame) = Frame::new(place, width) else { continue };
            if !self.page_shows(&frame) {
                continue;
            }
            if matches!(mode, DrawMode::Invisible) {
                self.page.invisible += 1;
            }
            self.take_glyph(glyph, &frame, artifact);
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.tick();
        // The picture's space is that of its samples.
        let samples = f64::from(image.width()) * f64::from(image.height());
        let area = props.transform.determinant().abs() * samples;
        if area.is_finite() {
            self.pictured += area;
        }
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}

    fn begin_marked_content(&mut self, tag: &[u8], properties: Option<&Dict<'_>>) {
        self.tick();
        let kind = properties.and_then(|it| it.get::<Name<'_>>(b"Type"));
        self.marks.push(Mark {
            actual_text: properties.and_then(actual_text),
            artifact: tag == b"Artifact" && kind.is_some_and(|it| it.as_ref() == b"Pagination"),
            from: self.page.glyphs.len(),
        });
    }

    fn end_marked_content(&mut self) {
        let Some(Mark { actual_text: Some(text), from, .. }) = self.marks.pop() else { return };
        let drawn = self.page.glyphs.split_off(from.min(self.page.glyphs.len()));
        let missing = drawn.iter().filter(|it| it.ch == char::REPLACEMENT_CHARACTER).count();
        self.page.unmapped -= u32::try_from(missing).unwrap_or(0).min(self.page.unmapped);
        self.page.glyphs.extend(spread(&text, &drawn));
    }
}

impl Reader<'_> {
    /// Counts a callback, and stops the interpreter where a bound is passed.
    fn tick(&mut self) {
        self.calls = self.calls.wrapping_add(1);
        if self.page.glyphs.len() > self.glyphs_left {
            resume_unwind(Box::new(Stop::Glyphs));
        }
        if self.calls.is_multiple_of(CALLS_PER_CHECK) && Instant::now() > self.deadline {
            resume_unwind(Box::new(Stop::Time));
        }
    }

    /// Whether a glyph's middle lies on the page: what lies off it nobody sees.
    fn page_shows(&self, frame: &Frame) -> bool {
        let slack = POINT;
        (-slack..self.page.width + slack).contains(&((frame.left + frame.right) / 2))
            && (-slack..self.page.height + slack).contains(&((frame.top + frame.bottom) / 2))
    }

    fn take_glyph(&mut self, glyph: &DrawnGlyph<'_>, frame: &Frame, artifact: bool) {
        let text = glyph
            .as_unicode()
            .filter(|it| *it != BfString::Char('\0'))
            .or_else(|| self.collections.get_or_init(|| Collections::of(self.pdf)).text(glyph));
        let glyphs = &mut self.page.glyphs;
        match text {
            Some(BfString::Char(ch)) => {
                glyphs.extend(plain(ch).map(|ch| frame.glyph(radicals::ordinary(ch), artifact)));
            }
            Some(BfString::String(text)) => {
                let chars: Vec<char> =
                    text.chars().filter_map(plain).map(radicals::ordinary).collect();
                let whole = frame.glyph(' ', artifact);
                let count = chars.len();
                let parts = chars.iter().enumerate();
                glyphs.extend(parts.map(|(nth, &ch)| part(&whole, ch, nth, count)));
            }
            None => {
                self.page.unmapped += 1;
                glyphs.push(frame.glyph(char::REPLACEMENT_CHARACTER, artifact));
            }
        }
    }

    /// Takes the rules out of one stroked or filled outline.
    fn take_shape(&mut self, points: &[Point], stroked: bool, filled: bool) {
        let bounds = Rect::from_points(
            points.iter().fold(Point::new(f64::MAX, f64::MAX), |a, b| {
                Point::new(a.x.min(b.x), a.y.min(b.y))
            }),
            points.iter().fold(Point::new(f64::MIN, f64::MIN), |a, b| {
                Point::new(a.x.max(b.x), a.y.max(b.y))
            }),
        );
        let thin = bounds.width().min(bounds.height()) <= THICKEST_RULE;
        let long = bounds.width().max(bounds.height()) > THICKEST_RULE;
        if filled && thin && long {
            self.take_rule(bounds);
        } else if stroked {
            for side in points.windows(2) {
                let [from, to] = side else { continue };
                let side = Rect::from_points(*from, *to);
                if side.width().min(side.height()) <= STRAIGHT {
                    self.take_rule(side);
                }
            }
        }
    }

    /// Takes a thin shape as a rule along its longer side.
    fn take_rule(&mut self, shape: Rect) {
        let middle = shape.center();
        if shape.width() >= shape.height() {
            let (from, to) = (unit(shape.x0), unit(shape.x1));
            self.page.across.push(Rule { at: unit(middle.y), from, to });
        } else {
            let (from, to) = (unit(shape.y0), unit(shape.y1));
            self.page.down.push(Rule { at: unit(middle.x), from, to });
        }
    }
}

/// The width of a glyph in glyph space.
fn advance(glyph: &DrawnGlyph<'_>) -> f64 {
    match glyph {
        DrawnGlyph::Outline(it) => it.advance_width(),
        DrawnGlyph::Type3(it) => it.advance_width(),
    }
    .map_or(UNKNOWN_WIDTH, f64::from)
}
