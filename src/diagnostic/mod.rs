//! Findings: what the program has to say about a document.
//!
//! An error means that the program could not do its work; a *finding* is about the document. Passes push findings and go
//! on. A finding holds a code and the values of its message, never a finished sentence: the sentence stands in the
//! catalogue of the two languages (`locales/`), so that the same finding reads right in both.

pub mod columns;
pub mod json;
pub mod terminal;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::source::Span;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Worth knowing; nothing to do.
    Note,
    /// Worth a look.
    Warning,
    /// The ruleset cannot be trusted before a person has looked.
    Error,
}

/// How sure the program is that the finding is right.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// A guess.
    Low,
    /// Likely.
    Medium,
    /// As good as certain.
    #[default]
    High,
}

/// A second place that explains a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where it stands in words.
    pub at: String,
    /// The words that it points at.
    pub quote: String,
    /// The key of its text in the catalogue.
    pub key: &'static str,
}

/// One finding about a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The fault's name in kebab-case; the key of its message, its docs and the value of `--allow`.
    pub code: String,
    /// How bad it is.
    pub severity: Severity,
    /// How sure the program is.
    pub confidence: Confidence,
    /// The values that the message takes, by name: `{name}` in the catalogue.
    pub args: Vec<(String, String)>,
    /// A message that needs no catalogue: set where a finding was read back from a ruleset.
    pub message: Option<String>,
    /// The ruleset's item that it is about, by id.
    pub item: Option<String>,
    /// Where it stands in words (第3页 表1 第2行).
    pub at: String,
    /// The words of the document that it is about.
    pub quote: String,
    /// The same as a span of the document's text, where the document was at hand.
    pub span: Option<Span>,
    /// Further places.
    pub labels: Vec<Label>,
}

impl Finding {
    /// Starts a finding.
    #[must_use]
    pub fn new(code: &str, severity: Severity) -> Self {
        Self {
            code: code.to_owned(),
            severity,
            confidence: Confidence::High,
            args: Vec::new(),
            message: None,
            item: None,
            at: String::new(),
            quote: String::new(),
            span: None,
            labels: Vec::new(),
        }
    }

    /// Gives a value to the message.
    #[must_use]
    pub fn arg(mut self, name: &str, value: impl fmt::Display) -> Self {
        self.args.push((name.to_owned(), value.to_string()));
        self
    }

    /// Says where it stands and what stands there.
    #[must_use]
    pub fn at(mut self, at: impl Into<String>, quote: impl Into<String>) -> Self {
        self.at = at.into();
        self.quote = quote.into();
        self
    }

    /// Says where it stands in the document's text.
    #[must_use]
    pub const fn span(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }

    /// Names the item of the ruleset that it is about.
    #[must_use]
    pub fn item(mut self, id: impl Into<String>) -> Self {
        self.item = Some(id.into());
        self
    }

    /// Says how sure the program is.
    #[must_use]
    pub const fn confidence(mut self, confidence: Confidence) -> Self {
        self.confidence = confidence;
        self
    }

    /// Points at a second place.
    #[must_use]
    pub fn label(
        mut self,
        at: impl Into<String>,
        quote: impl Into<String>,
        key: &'static str,
    ) -> Self {
        self.labels.push(Label { at: at.into(), quote: quote.into(), key });
        self
    }
}

/// The findings of one run, in the order in which they were found.
#[derive(Debug, Clone, Default)]
pub struct Findings(Vec<Finding>);

impl Findings {
    /// Adds a finding.
    pub fn push(&mut self, finding: Finding) {
        self.0.push(finding);
    }

    /// The findings so far.
    pub fn iter(&self) -> std::slice::Iter<'_, Finding> {
        self.0.iter()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The findings as the reader meets them in the document; those without a place come last.
    #[must_use]
    pub fn into_sorted(mut self) -> Vec<Finding> {
        self.0.sort_by(|a, b| {
            let key = |it: &Finding| it.span.unwrap_or(Span::new(u32::MAX, u32::MAX));
            (key(a), &a.code, &a.at, &a.quote).cmp(&(key(b), &b.code, &b.at, &b.quote))
        });
        self.0
    }
}

impl Extend<Finding> for Findings {
    fn extend<T: IntoIterator<Item = Finding>>(&mut self, iter: T) {
        self.0.extend(iter);
    }
}
