//! A document with the facts that a person reads in it, compiled and compared.

#![expect(clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::{fs, path::Path};

use chidu::{
    check::{self, Options},
    diagnostic::terminal,
    ledger::State,
    message::{Catalogue, Lang},
    pipeline::{self, Compilation},
    ruleset::{facts, yaml_writer},
    source::Source,
};
use serde_json::Value;

use crate::compare::{Comparison, fold};

/// A document, what the program makes of it and how that compares.
#[derive(Debug)]
pub(crate) struct Sample {
    pub(crate) name: String,
    source: Source,
    pub(crate) compilation: Compilation,
    pub(crate) comparison: Comparison,
}

impl Sample {
    /// Compiles a document and compares its facts with those of a list.
    pub(crate) fn read(document: &Path, gold: &Path) -> Self {
        let stem = document.file_stem().unwrap().to_str().unwrap();
        let name = document.file_name().unwrap().to_str().unwrap().to_owned();
        let source = Source { name, bytes: fs::read(document).unwrap() };
        let compilation = pipeline::compile(&source, stem).unwrap();
        let found = facts::to_json_lines(&facts::facts(&compilation.ruleset)).unwrap();
        let comparison = Comparison::of(lines(&fs::read_to_string(gold).unwrap()), lines(&found));
        Self { name: stem.to_owned(), source, compilation, comparison }
    }

    /// The ruleset as it is written to a file.
    pub(crate) fn written(&self) -> String {
        yaml_writer::write(&self.compilation.ruleset)
    }

    /// Shows what holds for every document: the same bytes give the same ruleset, and each quote stands in the text.
    pub(crate) fn assert_sound(&self) {
        let name = &self.name;
        let again = pipeline::compile(&self.source, name).unwrap();
        assert!(yaml_writer::write(&again.ruleset) == self.written(), "{name}: two rulesets");
        let text = &self.compilation.document.text;
        let unfounded = self.comparison.unfounded(text);
        assert!(unfounded.is_empty(), "{name}: quotes that the document has not: {unfounded:#?}");
        let unread = self.compilation.ruleset.unread.iter().map(|it| it.text.as_str());
        let whole = fold(text);
        self.assert_ledger_closes();
        self.assert_findings_are_said();
        let strange: Vec<_> = unread.filter(|it| !whole.contains(&fold(it))).collect();
        assert!(strange.is_empty(), "{name}: unread words that the document has not: {strange:#?}");
    }

    /// Shows that each finding is a whole sentence with its advice in both languages: a key of the catalogue, no value missing.
    fn assert_findings_are_said(&self) {
        let (name, seen) = (&self.name, &self.compilation.findings);
        let findings = check::run(&self.compilation.ruleset, &Options::default());
        for words in Lang::ALL.map(Catalogue::get) {
            for finding in findings.iter().chain(seen) {
                let code = &finding.code;
                let advice = terminal::help(finding, words);
                assert!(advice.is_some(), "{name}: nothing is advised for {code}");
                for said in [Some(terminal::message(finding, words)), advice].into_iter().flatten()
                {
                    let open = said.split('{').skip(1).any(|it| it.contains('}'));
                    assert!(!open, "{name}: {code} says {said:?}");
                    assert!(!said.starts_with("finding."), "{name}: {code} says {said:?}");
                }
            }
        }
    }

    /// Shows that nothing falls between: each mention has one state, no two mentions share a character, each stands in the
    /// text as it says, and each number beside 分 is among them.
    fn assert_ledger_closes(&self) {
        let (name, ledger) = (&self.name, &self.compilation.ledger);
        let counts = ledger.counts();
        assert_eq!(counts.found, counts.read + counts.context + counts.unread, "{name}");
        let unread = &self.compilation.ruleset.unread;
        for entry in ledger.entries.iter().filter(|it| it.state == State::Unread) {
            let held = unread.iter().any(|it| it.span.is_some_and(|it| it.contains(entry.span)));
            assert!(held, "{name}: no unread entry of the ruleset holds {entry:?}");
        }
        let text: Vec<char> = self.compilation.document.text.chars().collect();
        let mut held = vec![0_u32; text.len()];
        for entry in &ledger.entries {
            let (start, end) = (entry.span.start as usize, entry.span.end as usize);
            held[start..end].iter_mut().for_each(|it| *it += 1);
            let said: String = text[start..end].iter().collect();
            assert!(
                fold(&entry.text).contains(&fold(&said)),
                "{name}: {said:?} is not of {entry:?}"
            );
        }
        for at in points(&text) {
            let around: String =
                text[at.saturating_sub(12)..text.len().min(at + 8)].iter().collect();
            assert!(held[at] > 0, "{name}: no mention holds the points in {around:?}");
        }
    }
}

/// Where 分 stands right after a digit and begins no other word (分钟, 分之, 分类 …).
fn points(text: &[char]) -> Vec<usize> {
    let points = |at: &usize| {
        let digit = *at > 0 && text[at - 1].is_ascii_digit();
        let word =
            text.get(at + 1).is_some_and(|it| "钟之类别为册局校公点期年级析组".contains(*it));
        text[*at] == '分' && digit && !word
    };
    (0..text.len()).filter(points).collect()
}

/// JSON values, one a line; `#` begins a comment.
fn lines(text: &str) -> Vec<Value> {
    let lines = text.lines().map(str::trim).filter(|it| !it.is_empty() && !it.starts_with('#'));
    lines
        .map(|it| serde_json::from_str(it).unwrap_or_else(|error| panic!("{it}: {error}")))
        .collect()
}
