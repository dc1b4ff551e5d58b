//! What is wrong with unit data: each fault with its file, line and column, and the key of what to do about it.

use std::fmt;

use thiserror::Error;

/// The most faults that are reported at once: enough to mend a file in one go, few enough to read.
pub const MAX_FAULTS: usize = 50;

/// One thing that is wrong with one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The key of its message in the catalogue (`data-…`); `KEY.help` says what to do.
    pub code: &'static str,
    /// The file, or the workbook and its sheet.
    pub file: String,
    /// The line of the file or the row of the sheet, counted from one; nothing where the whole file is meant.
    pub line: Option<u64>,
    /// The column's heading; empty where the whole line is meant.
    pub column: String,
    /// The values of the message.
    pub args: Vec<(String, String)>,
}

impl Fault {
    /// A fault of a whole file; [`Self::line`] and [`Self::column`] narrow it.
    pub(crate) fn new(code: &'static str, file: &str) -> Self {
        Self { code, file: file.to_owned(), line: None, column: String::new(), args: Vec::new() }
    }

    pub(crate) const fn line(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }

    pub(crate) fn column(mut self, column: &str) -> Self {
        column.clone_into(&mut self.column);
        self
    }

    pub(crate) fn arg(mut self, name: &str, value: impl fmt::Display) -> Self {
        self.args.push((name.to_owned(), value.to_string()));
        self
    }
}

impl fmt::Display for Fault {
    /// The place, the key and the values: the sentence itself stands in the catalogues.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if !self.column.is_empty() {
            write!(f, ": {}", self.column)?;
        }
        write!(f, ": {}", self.code)?;
        for (name, value) in &self.args {
            write!(f, " {name}={value:?}")?;
        }
        Ok(())
    }
}

/// Why unit data cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DataError {
    /// A file or folder cannot be opened.
    #[error("cannot open {path}: {reason}")]
    Open {
        /// The path.
        path: String,
        /// What the system says.
        reason: String,
    },
    /// A file passes a bound of [`crate::limits`].
    #[error("{path} passes a bound: {what} is over {bound}")]
    TooLarge {
        /// The path.
        path: String,
        /// What passes the bound.
        what: &'static str,
        /// The bound.
        bound: u64,
    },
    /// A file is neither text in UTF-8 or GB18030 nor a workbook.
    #[error("{path} is neither text in UTF-8 or GB18030 nor a workbook: {reason}")]
    NotText {
        /// The path.
        path: String,
        /// What was found.
        reason: String,
    },
    /// There is no list of units.
    #[error("{path} holds no {missing}")]
    NoUnits {
        /// The path.
        path: String,
        /// The file or sheet that is missing.
        missing: &'static str,
    },
    /// Cells are wrong; no score is computed from such data.
    #[error("{}", list(.0))]
    Faults(Vec<Fault>),
}

fn list(faults: &[Fault]) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

impl DataError {
    /// The key of its message in the catalogue; faults have their own.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Open { .. } => "data-open",
            Self::TooLarge { .. } => "data-too-large",
            Self::NotText { .. } => "data-not-text",
            Self::NoUnits { .. } => "data-no-units",
            Self::Faults(_) => "data-faults",
        }
    }

    /// The values of its message.
    #[must_use]
    pub fn args(&self) -> Vec<(String, String)> {
        let pair = |name: &str, value: &dyn fmt::Display| (name.to_owned(), value.to_string());
        match self {
            Self::Open { path, reason } | Self::NotText { path, reason } => {
                vec![pair("path", path), pair("reason", reason)]
            }
            Self::TooLarge { path, what, bound } => {
                vec![pair("path", path), pair("what", what), pair("bound", bound)]
            }
            Self::NoUnits { path, missing } => vec![pair("path", path), pair("missing", missing)],
            Self::Faults(faults) => vec![pair("count", &faults.len())],
        }
    }
}

/// The faults so far; a reader stops when there are [`MAX_FAULTS`].
#[derive(Debug, Default)]
pub(crate) struct Faults(Vec<Fault>);

impl Faults {
    /// Adds a fault.
    pub(crate) fn push(&mut self, fault: Fault) {
        if self.0.len() < MAX_FAULTS {
            self.0.push(fault);
        }
    }

    /// Whether reading on would only add more of the same.
    pub(crate) const fn is_full(&self) -> bool {
        self.0.len() >= MAX_FAULTS
    }

    /// Nothing, or the faults as an error.
    pub(crate) fn into_result(self) -> Result<(), DataError> {
        if self.0.is_empty() { Ok(()) } else { Err(DataError::Faults(self.0)) }
    }
}

/// The name that a mistyped one most likely meant: the nearest by edits, if it is near.
pub(crate) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = name.chars().count();
    let bound = (length / 3).max(1);
    let scored = known.into_iter().filter_map(|it| {
        let edits = edits(name, it, bound)?;
        Some((edits, it))
    });
    scored.min_by_key(|it| it.0).map(|it| it.1)
}

/// The edits that make one word of another, if they are at most `bound`.
fn edits(a: &str, b: &str, bound: usize) -> Option<usize> {
    let a: Vec<char> = a.to_lowercase().chars().take(64).collect();
    let b: Vec<char> = b.to_lowercase().chars().take(64).collect();
    if a.len().abs_diff(b.len()) > bound {
        return None;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (nth, x) in a.iter().enumerate() {
        let mut corner = nth;
        let mut left = nth + 1;
        let mut next = vec![left];
        for (y, &above) in b.iter().zip(row.iter().skip(1)) {
            left = if x == y { corner } else { 1 + corner.min(above).min(left) };
            corner = above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().filter(|it| *it <= bound)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_near_or_none() {
        let known = ["unit", "period", "indicator", "score"];
        assert_eq!(nearest("untit", known), Some("unit"));
        assert_eq!(nearest("Indicators", known), Some("indicator"));
        assert_eq!(nearest("perios", known), Some("period"));
        assert_eq!(nearest("evidence", known), None);
        assert_eq!(nearest("区教育剧", ["区教育局", "区财政局"]), Some("区教育局"));
        assert_eq!(nearest("", known), None);
    }

    #[test]
    fn a_fault_says_its_place() {
        let fault = Fault::new("data-unknown-unit", "events.csv")
            .line(7)
            .column("unit")
            .arg("unit", "甲局");
        assert_eq!(fault.to_string(), "events.csv:7: unit: data-unknown-unit unit=\"甲局\"");
    }

    #[test]
    fn faults_stop_at_their_bound() {
        let mut faults = Faults::default();
        for line in 0..(MAX_FAULTS as u64 + 9) {
            faults.push(Fault::new("data-unknown-unit", "events.csv").line(line));
        }
        assert!(faults.is_full());
        let error = faults.into_result().unwrap_err();
        assert!(matches!(error, DataError::Faults(all) if all.len() == MAX_FAULTS));
    }
}
