//! Does the document still say what the ruleset quotes?

use crate::{
    document::Document,
    ruleset::{
        Indicator, Rule, Ruleset, SourceRef,
        print::{fold, items},
    },
    source::Span,
};

/// What became of an item's quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It stands where the ruleset says, or once elsewhere.
    Found {
        /// Whether it stands elsewhere than the ruleset says.
        moved: bool,
    },
    /// It does not stand where the ruleset says, and several times elsewhere.
    Ambiguous,
    /// The document does not hold it.
    Orphaned,
}

impl Standing {
    /// Its name for people and programs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Found { moved: false } => "found",
            Self::Found { moved: true } => "moved",
            Self::Ambiguous => "ambiguous",
            Self::Orphaned => "orphaned",
        }
    }
}

/// An item's quote and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// The item.
    pub id: String,
    /// Where the ruleset says that it stands.
    pub at: String,
    /// The words.
    pub quote: String,
    /// What became of them.
    pub standing: Standing,
}

/// Looks up the quote of each item in the document, white space and width aside. Items without a quote, which people added,
/// are left out.
#[must_use]
pub fn verify(ruleset: &Ruleset, document: &Document) -> Vec<Verified> {
    let text = Text::new(&document.text);
    let quoted = quotes(ruleset).into_iter().filter(|it| !it.quote.is_empty());
    quoted
        .map(|Quoted { id, at, quote, span }| {
            let standing = text.standing(&fold(&quote), span);
            Verified { id, at, quote, standing }
        })
        .collect()
}

/// A quote, whose it is, and where the ruleset says that it stands.
struct Quoted {
    id: String,
    at: String,
    quote: String,
    span: Option<Span>,
}

impl Quoted {
    fn new(id: String, source: &SourceRef) -> Self {
        Self { id, at: source.at.clone(), quote: source.quote.clone(), span: source.span }
    }
}

/// All quotes: those of the items, of tiers with words of their own (`1.2-1.tiers.2`), of the title and of the notes.
fn quotes(ruleset: &Ruleset) -> Vec<Quoted> {
    let of_title = ruleset.document.source.iter().map(|it| Quoted::new("document".to_owned(), it));
    let mut quotes: Vec<Quoted> = of_title.collect();
    quotes.extend(items(ruleset).into_iter().map(|it| {
        let crate::ruleset::print::ItemRef { id, at, quote, span, .. } = it;
        Quoted { id, at, quote, span }
    }));
    let mut rules: Vec<&Rule> = Vec::new();
    ruleset.indicators.iter().for_each(|it| push_rules(it, &mut rules));
    rules.extend(ruleset.adjustments.iter().flat_map(|it| &it.rules));
    for rule in rules {
        let tiers = rule.tiers.iter().enumerate();
        let own = tiers.filter_map(|(nth, it)| Some((nth, it.source.as_ref()?)));
        quotes
            .extend(own.map(|(nth, it)| Quoted::new(format!("{}.tiers.{}", rule.id, nth + 1), it)));
    }
    let notes = ruleset.notes.iter().enumerate();
    quotes.extend(notes.map(|(nth, it)| Quoted::new(format!("notes.{}", nth + 1), &it.source)));
    quotes
}

fn push_rules<'a>(it: &'a Indicator, rules: &mut Vec<&'a Rule>) {
    rules.extend(&it.rules);
    it.indicators.iter().for_each(|it| push_rules(it, rules));
}

/// A document's text, by character and folded.
struct Text {
    characters: Vec<char>,
    folded: String,
}

impl Text {
    fn new(text: &str) -> Self {
        Self { characters: text.chars().collect(), folded: fold(text) }
    }

    fn standing(&self, quote: &str, span: Option<Span>) -> Standing {
        if span.and_then(|it| self.slice(it)).is_some_and(|it| fold(&it) == quote) {
            return Standing::Found { moved: false };
        }
        let mut found = self.folded.match_indices(quote);
        match (found.next(), found.next()) {
            (None, _) => Standing::Orphaned,
            (Some(_), None) => Standing::Found { moved: span.is_some() },
            (Some(_), Some(_)) => Standing::Ambiguous,
        }
    }

    fn slice(&self, span: Span) -> Option<String> {
        let (start, end) = (usize::try_from(span.start).ok()?, usize::try_from(span.end).ok()?);
        self.characters.get(start..end).map(|it| it.iter().collect())
    }
}
