//! Every bound on input, in one place, each with its reason. Input is hostile until proven otherwise.

use std::time::Duration;

/// The most bytes that a file may have: the largest real notice seen is a scan of 30 MB.
pub const MAX_FILE_BYTES: u64 = 256 << 20;
/// The most bytes that one part of a container may inflate to.
pub const MAX_PART_BYTES: u64 = 128 << 20;
/// The most bytes that all parts of a container may inflate to.
pub const MAX_INFLATED_BYTES: u64 = 512 << 20;
/// The most that a part may inflate: deflate itself stops at about 1032, and real parts of documents stay under 100.
pub const MAX_INFLATE_RATIO: u64 = 400;
/// A part smaller than this inflated is never refused for its ratio.
pub const INFLATE_RATIO_FLOOR: u64 = 4 << 20;
/// The deepest nesting of elements that a document may have; Word itself writes under 60.
pub const MAX_DEPTH: usize = 256;
/// The most attributes of one element; Word writes under 40, and checking them for repeats takes the square of it.
pub const MAX_ATTRIBUTES: usize = 1024;
/// The most elements and texts of one XML part: a document of 300 pages has half a million.
pub const MAX_XML_NODES: usize = 8 << 20;
/// The most characters of the text of a list level; Word's own bound is 255.
pub const MAX_LEVEL_TEXT: usize = 255;
/// The most cells that one table may have, after spans are spread out.
pub const MAX_TABLE_CELLS: usize = 1_000_000;
/// The most columns of a table; the widest real rubric has 14.
pub const MAX_COLUMNS: usize = 512;
/// The most pages of a PDF.
pub const MAX_PAGES: usize = 5_000;
/// The most glyphs of a PDF: a dense page has 3,000, and a thousand such pages are far from this.
pub const MAX_GLYPHS: usize = 20_000_000;
/// The most characters of one line of text: longer lines are not prose.
pub const MAX_LINE_CHARS: usize = 4 << 20;
/// The longest that reading one file may take.
pub const MAX_READ_TIME: Duration = Duration::from_secs(60);
/// The most memory of the worker process that reads a PDF (enforced on Unix).
pub const MAX_WORKER_BYTES: u64 = 2 << 30;
/// The most digits of a number in a ruleset: a binary double holds 15 exactly.
pub const MAX_DIGITS: usize = 15;
/// The most bytes of a ruleset or review log: the largest real one stays under 1 MB.
pub const MAX_RULESET_BYTES: usize = 64 << 20;
/// The deepest nesting of a ruleset or review log: an indicator takes two levels, and no notice numbers more than ten.
pub const MAX_YAML_DEPTH: usize = 64;
/// The most keys of one map of a ruleset or review log; the format knows sixteen at most in one place.
pub const MAX_MAP_KEYS: usize = 256;
/// The most bytes of one file of unit data: they are read row by row, so only time is at stake.
pub const MAX_DATA_BYTES: u64 = 4 << 30;
/// The most bytes of one row of unit data, so that a quote that is never closed does not read the whole file.
pub const MAX_RECORD_BYTES: u64 = 1 << 20;
/// The most cells of one sheet: more than [`MAX_XML_NODES`] has room for, since a cell is an element, a value and a text.
pub const MAX_SHEET_CELLS: usize = 3_000_000;
/// The most units of one assessment.
pub const MAX_UNITS: usize = 1 << 24;
