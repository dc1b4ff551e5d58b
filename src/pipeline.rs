//! The compiler, front to back.
//!
//! This is the one place that knows the order of the passes. Each pass turns one representation into the next and pushes
//! what it could not settle into [`Findings`]; only unreadable input is an error.

use crate::{
    diagnostic::{Finding, Findings},
    document::{self, Document, ReadError, folded::Letters},
    ledger::{self, Ledger, State},
    message::{Catalogue, Lang},
    outline,
    ruleset::{self, Ruleset, StoredFinding, Unread, from_outline::Lowered},
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

    let Lowered { mut ruleset, read } = lowered;

    // Then account for every scoring mention: what no item holds is kept for a person to settle.
    let held = ruleset::spans::quoted(&ruleset);
    let ledger = ledger::from_outline::read(&outline, &letters, &read, &held);
    ruleset.unread = unread(&ledger);

    // Finally keep with the ruleset what the passes saw.
    let findings = findings.into_sorted();
    ruleset.findings = findings.iter().map(stored).collect();

    Ok(Compilation { document, ruleset, ledger, findings })
}

/// The unread mentions as entries of the ruleset; those of one statement are one entry.
fn unread(ledger: &Ledger) -> Vec<Unread> {
    let mut entries: Vec<Unread> = Vec::new();
    for entry in ledger.entries.iter().filter(|it| it.state == State::Unread) {
        let same = |it: &&mut Unread| it.text == entry.text && it.at == entry.place.to_string();
        if let Some(last) = entries.last_mut().filter(same) {
            last.span = last.span.map(|it| it.join(entry.span));
            continue;
        }
        entries.push(Unread {
            id: format!("u{}", entries.len() + 1),
            at: entry.place.to_string(),
            text: entry.text.clone(),
            kind: "scoring".to_owned(),
            span: Some(entry.span),
        });
    }
    entries
}

/// A finding as the ruleset keeps it. Its message is Chinese whatever the user's language: the same bytes give the same
/// ruleset.
fn stored(finding: &Finding) -> StoredFinding {
    StoredFinding {
        code: finding.code.clone(),
        at: finding.at.clone(),
        quote: finding.quote.clone(),
        message: Catalogue::get(Lang::Zh).with(&format!("finding.{}", finding.code), &finding.args),
        args: finding.args.clone(),
    }
}
