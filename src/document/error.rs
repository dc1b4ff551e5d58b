//! Why a file cannot be read.

use thiserror::Error;

/// Why a file cannot be read. Each variant is a key of the catalogue (`read-…`), so that its message reads right in both
/// languages; the text here is the English one.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReadError {
    /// The file could not be opened.
    #[error("cannot open the file: {0}")]
    Open(String),
    /// The file holds nothing.
    #[error("the file is empty")]
    Empty,
    /// The file is neither text nor a document of a known format.
    #[error("the file is neither text nor a document of a known format: {0}")]
    Unknown(String),
    /// The file is of a known format that is not read; what to do instead.
    #[error("{0} files are not read")]
    Unsupported(String),
    /// The file passes a bound of [`crate::limits`].
    #[error("the file passes a bound: {what} is over {bound}")]
    TooLarge {
        /// What passes the bound.
        what: &'static str,
        /// The bound.
        bound: u64,
    },
    /// The file is damaged.
    #[error("the file is damaged at {part}: {reason}")]
    Damaged {
        /// The part and the offset.
        part: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The file wants a password.
    #[error("the file is protected by a password")]
    Encrypted,
    /// The pages are pictures without text.
    #[error("the file is a scan: {pages} pages of pictures without text")]
    Scan {
        /// The number of pages.
        pages: u32,
    },
    /// The characters of the file cannot be known (fonts without a mapping).
    #[error("the file's characters cannot be known: its fonts hold no mapping to text")]
    NoText,
    /// Reading took too long.
    #[error("reading took longer than {seconds} seconds")]
    Timeout {
        /// The bound.
        seconds: u64,
    },
}

impl ReadError {
    /// The key of its message in the catalogue.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Open(_) => "read-open",
            Self::Empty => "read-empty",
            Self::Unknown(_) => "read-unknown",
            Self::Unsupported(_) => "read-unsupported",
            Self::TooLarge { .. } => "read-too-large",
            Self::Damaged { .. } => "read-damaged",
            Self::Encrypted => "read-encrypted",
            Self::Scan { .. } => "read-scan",
            Self::NoText => "read-no-text",
            Self::Timeout { .. } => "read-timeout",
        }
    }

    /// The values of its message.
    #[must_use]
    pub fn args(&self) -> Vec<(String, String)> {
        let pair = |name: &str, value: String| (name.to_owned(), value);
        match self {
            Self::Open(reason) => vec![pair("reason", reason.clone())],
            Self::Unknown(reason) => vec![pair("reason", reason.clone())],
            Self::Unsupported(what) => vec![pair("what", what.clone())],
            Self::TooLarge { what, bound } => {
                vec![pair("what", format!("bound-{what}")), pair("bound", bound.to_string())]
            }
            Self::Damaged { part, reason } => {
                vec![pair("part", part.clone()), pair("reason", reason.clone())]
            }
            Self::Scan { pages } => vec![pair("pages", pages.to_string())],
            Self::Timeout { seconds } => vec![pair("seconds", seconds.to_string())],
            Self::Empty | Self::Encrypted | Self::NoText => Vec::new(),
        }
    }
}
