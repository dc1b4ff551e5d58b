//! The compiler, front to back.
//!
//! This is the one place that knows the order of the passes. Each pass turns one representation into the next and pushes
//! what it could not settle into [`Findings`]; only unreadable input is an error.

use crate::{
    diagnostic::{Finding, Findings},
    document::{self, Document, ReadError},
    ledger::Ledger,
    ruleset::{Ruleset, SourceFile},
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

    let ruleset = Ruleset {
        name: name.to_owned(),
        document: crate::ruleset::DocumentInfo {
            sources: vec![SourceFile {
                file: document.name.clone(),
                sha256: document.sha256.clone(),
                pages: document.pages,
            }],
            ..Default::default()
        },
        ..Ruleset::default()
    };
    Ok(Compilation {
        document,
        ruleset,
        ledger: Ledger::default(),
        findings: findings.into_sorted(),
    })
}
