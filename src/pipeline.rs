//! The compiler, front to back.
//!
//! This is the one place that knows the order of the passes. Each pass turns one representation into the next and pushes
//! what it could not settle into [`Findings`]; only unreadable input is an error.

use crate::{
    diagnostic::{Finding, Findings},
    document::{self, Document, ReadError, folded::Letters},
    ledger::Ledger,
    outline,
    ruleset::{self, Ruleset, from_outline::Lowered},
    source::Source,
};

/// Every representation of one notice, kept so that a reviewer can go from a rule back to the words that it came from.
#[derive(Debug, Clone)]
pub struct Compilation {
    /// The text, with paragraphs and tables told apart.
    pub document: Document,
    /// The rules, with their doubts and the findings of the passes before.
    pub ruleset: Ruleset,
    /// What became of each scoring mention.
    pub ledger: Ledger,
    /// What the passes before the ruleset saw, in document order; the ruleset holds the same as stored findings.
    pub findings: Vec<Finding>,
}

/// Compiles a notice into a ruleset of the given name.
///
/// # Errors
///
/// Says why the file cannot be read as a document.
pub fn compile(source: &Source, name: &str) -> Result<Compilation, ReadError> {
    let mut findings = Findings::default();

    // First read the file into text with places.
    let document = document::from_source::read(source, &mut findings)?;

    // Then find how it is built: numbers, titles, the roles of columns.
    let letters = Letters::new(&document.text);
    let outline = outline::from_document::read(&document, &letters);

    // Then read what its sentences and cells say, and decide what belongs to what.
    let lowered = ruleset::from_outline::lower(&outline, &document, &letters, name, &mut findings);

    let Lowered { ruleset, .. } = lowered;
    Ok(Compilation {
        document,
        ruleset,
        ledger: Ledger::default(),
        findings: findings.into_sorted(),
    })
}
