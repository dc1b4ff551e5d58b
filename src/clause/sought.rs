//! Rules that are looked for in texts. The grammars say with which characters a rule begins and which it cannot do without
//! (`build.rs` reads them): at most places of a text most rules need not be tried.

use std::{ops::Range, sync::OnceLock};

use super::{
    grammar::{Rule, parse_read},
    pair::Parse,
    recognise::end,
};
use crate::words::{Chars, Glance};

/// Sets of characters, of each of which one stands in all that a rule reads; none where nothing is sure.
fn needs(rule: Rule) -> &'static [&'static [char]] {
    include!(concat!(env!("OUT_DIR"), "/needs.rs"))
}

/// Some rules that are looked for in texts, of which there are at most 64.
#[derive(Debug)]
pub(crate) struct Sought {
    rules: &'static [Rule],
    beginnings: OnceLock<Beginnings>,
    /// What each of them needs, with its bit.
    needs: OnceLock<Vec<(Chars, u64)>>,
}

impl Sought {
    /// The rules, in the order in which they are tried at one place.
    pub(crate) const fn new(rules: &'static [Rule]) -> Self {
        Self { rules, beginnings: OnceLock::new(), needs: OnceLock::new() }
    }

    /// Those that can read something in a text at all, as one bit a rule.
    pub(crate) fn possible(&self, text: &str) -> u64 {
        let glance = Glance::at(text);
        let lacks = |it: &&(Chars, u64)| !glance.chars().may_meet(&it.0);
        let needs = self.needs.get_or_init(|| self.needs());
        needs.iter().filter(lacks).fold(u64::MAX, |mask, it| mask & !it.1)
    }

    fn needs(&self) -> Vec<(Chars, u64)> {
        let rules = (0_u32..64).zip(self.rules);
        let each = rules.flat_map(|(nth, rule)| needs(*rule).iter().map(move |it| (it, 1 << nth)));
        each.map(|(chars, bit)| (chars.iter().copied().collect(), bit)).collect()
    }

    /// Those of the possible ones that may begin with a character.
    pub(crate) fn beginning(&self, c: char, possible: u64) -> impl Iterator<Item = Rule> + use<> {
        let mask = self.beginnings.get_or_init(|| Beginnings::of(self.rules)).at(c);
        let rules = self.rules;
        let mut left = mask & possible;
        std::iter::from_fn(move || {
            let nth = left.trailing_zeros() as usize;
            left &= left.wrapping_sub(1);
            rules.get(nth).copied()
        })
    }

    /// What they read in a text, one after the other from its beginning on: at each place the first rule that reads.
    pub(crate) fn find_all<'a>(
        &self,
        text: &'a str,
    ) -> impl Iterator<Item = (Rule, Range<usize>)> + use<'a, '_> {
        let mut done = 0;
        text.char_indices().filter_map(move |(at, c)| {
            let mut rules = self.beginning(c, u64::MAX).filter(|_| at >= done);
            let (rule, end) = rules.find_map(|it| Some((it, end(it, text, at)?)))?;
            done = end;
            Some((rule, at..end))
        })
    }

    /// The same with what the rules are made of.
    pub(crate) fn parse_all<'a>(
        &self,
        text: &'a str,
    ) -> impl Iterator<Item = Parse<'a>> + use<'a, '_> {
        self.find_all(text).filter_map(|(rule, range)| parse_read(rule, text, range.start))
    }
}

/// The ranges of characters with which a rule may begin.
fn first(rule: Rule) -> &'static [(char, char)] {
    include!(concat!(env!("OUT_DIR"), "/beginnings.rs"))
}

/// Which rules of a list may begin with a character: for each run of characters, from its first on, one bit a rule.
#[derive(Debug)]
struct Beginnings {
    runs: Vec<(char, u64)>,
    /// The characters with which one of them begins, for a quick no.
    chars: Chars,
}

/// So many characters in a row are all that a set can tell apart.
const MANY: usize = 1024;

impl Beginnings {
    /// Looks up the rules of a list, of which there are at most 64.
    fn of(rules: &[Rule]) -> Self {
        let mut edges: Vec<char> = vec!['\0'];
        for (from, to) in rules.iter().flat_map(|it| first(*it)) {
            edges.push(*from);
            edges.extend(after(*to));
        }
        edges.sort_unstable();
        edges.dedup();
        let mut runs: Vec<(char, u64)> = edges.into_iter().map(|it| (it, 0)).collect();
        for (nth, rule) in (0_u32..64).zip(rules) {
            for (from, to) in first(*rule) {
                let within =
                    runs.partition_point(|it| it.0 < *from)..runs.partition_point(|it| it.0 <= *to);
                for run in runs.get_mut(within).unwrap_or_default() {
                    run.1 |= 1_u64 << nth;
                }
            }
        }
        let ranges = rules.iter().flat_map(|it| first(*it));
        let chars = ranges.flat_map(|(from, to)| (*from..=*to).take(MANY)).collect();
        Self { runs, chars }
    }

    /// Those of the list that may begin with a character, as one bit a rule.
    fn at(&self, c: char) -> u64 {
        if !self.chars.may_have(c) {
            return 0;
        }
        let after = self.runs.partition_point(|it| it.0 <= c);
        after.checked_sub(1).and_then(|it| self.runs.get(it)).map_or(0, |it| it.1)
    }
}

/// The next character.
fn after(c: char) -> Option<char> {
    (c..=char::MAX).nth(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_needs_what_its_grammar_says() {
        static RULES: Sought = Sought::new(&[Rule::masked, Rule::number, Rule::open_cap]);
        assert_eq!(RULES.possible("每次扣五分") & 0b111, 0b010);
        assert_eq!(RULES.possible("扣□分,扣完为止") & 0b111, 0b111);
        // What a comment of the grammars shows is read although rules are left out.
        let lines = include_str!("../../grammar/clause.pest").lines();
        for line in lines.filter(|it| it.starts_with("//")) {
            for rule in Rule::all_rules() {
                let read = line.char_indices().any(|it| end(*rule, line, it.0).is_some());
                let has = needs(*rule).iter().all(|it| line.contains(*it));
                assert!(!read || has, "{rule:?} of {line}");
            }
        }
    }

    #[test]
    fn a_rule_begins_as_its_grammar_says() {
        let rules = [Rule::number, Rule::each, Rule::points];
        let beginnings = Beginnings::of(&rules);
        assert_eq!(beginnings.at('每'), 0b010);
        assert_eq!(beginnings.at('0'), 0b101);
        assert_eq!(beginnings.at('七'), 0b101);
        assert_eq!(beginnings.at('分'), 0);
        assert_eq!(beginnings.at(char::MAX), 0);
    }
}
