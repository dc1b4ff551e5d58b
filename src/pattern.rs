//! Regular expressions that are compiled once, at their first use, and asked only of texts that hold what they need.

use std::sync::OnceLock;

use regex_lite::{CaptureMatches, Captures, Match, Regex};

/// Declares a function that gives a [`Pattern`]. `needs` lists words: of each list one stands in every text that matches.
macro_rules! pattern {
    ($(#[$doc:meta])* $name:ident, needs: $needs:expr, $pattern:expr) => {
        $(#[$doc])*
        fn $name() -> &'static $crate::pattern::Pattern {
            static PATTERN: $crate::pattern::Pattern =
                $crate::pattern::Pattern::new($needs, || std::borrow::Cow::from($pattern));
            &PATTERN
        }
    };
    ($(#[$doc:meta])* $name:ident, $pattern:expr) => {
        pattern!($(#[$doc])* $name, needs: &[], $pattern);
    };
}
pub(crate) use pattern;

/// A regular expression. Most texts hold nothing that it could read, and a look at a few words of each says so sooner.
#[derive(Debug)]
pub(crate) struct Pattern {
    needs: &'static [&'static [&'static str]],
    text: fn() -> std::borrow::Cow<'static, str>,
    regex: OnceLock<Regex>,
}

impl Pattern {
    /// A pattern that is compiled when it is first asked.
    pub(crate) const fn new(
        needs: &'static [&'static [&'static str]],
        text: fn() -> std::borrow::Cow<'static, str>,
    ) -> Self {
        Self { needs, text, regex: OnceLock::new() }
    }

    /// The expression, if the text holds what it needs.
    fn of(&self, text: &str) -> Option<&Regex> {
        let may = self.needs.iter().all(|it| it.iter().any(|it| text.contains(it)));
        debug_assert!(
            may || !self.regex().is_match(text),
            "{:?} needs too much: {text}",
            self.text
        );
        may.then(|| self.regex())
    }

    #[expect(clippy::unwrap_used, reason = "a constant pattern: the tests compile each")]
    fn regex(&self) -> &Regex {
        self.regex.get_or_init(|| Regex::new(&(self.text)()).unwrap())
    }

    /// Whether it matches somewhere in a text.
    pub(crate) fn is_match(&self, text: &str) -> bool {
        self.of(text).is_some_and(|it| it.is_match(text))
    }

    /// The first match in a text.
    pub(crate) fn find<'t>(&self, text: &'t str) -> Option<Match<'t>> {
        self.of(text)?.find(text)
    }

    /// The first match in a text, with its groups.
    pub(crate) fn captures<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        self.of(text)?.captures(text)
    }

    /// The matches in a text, with their groups.
    pub(crate) fn captures_iter<'t>(
        &'static self,
        text: &'t str,
    ) -> impl Iterator<Item = Captures<'t>> + use<'t> {
        let found = |it: &'static Regex| -> CaptureMatches<'static, 't> { it.captures_iter(text) };
        self.of(text).map(found).into_iter().flatten()
    }
}
