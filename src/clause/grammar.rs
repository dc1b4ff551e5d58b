//! The parser that pest makes of the grammars of numbers, clauses and marks.

use pest::{Parser as _, iterators::Pair};

use super::recognise::recognise;

/// Reads `grammar/number.pest`, `grammar/clause.pest` and `grammar/mark.pest`.
#[derive(Debug, pest_derive::Parser)]
#[grammar = "../grammar/number.pest"]
#[grammar = "../grammar/clause.pest"]
#[grammar = "../grammar/mark.pest"]
struct Grammar;

/// What a rule reads from the beginning of a text, if it reads.
pub(crate) fn parse(rule: Rule, text: &str) -> Option<Pair<'_, Rule>> {
    // Most rules read nothing at most places, and pest takes long to say why.
    recognise(rule, text)?;
    Grammar::parse(rule, text).ok()?.next()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rules of all three grammars, from each place of texts that hold what they read.
    #[test]
    fn a_rule_is_recognised_where_pest_reads_it() {
        let grammars = [
            include_str!("../../grammar/number.pest"),
            include_str!("../../grammar/clause.pest"),
            include_str!("../../grammar/mark.pest"),
        ];
        let mut read = 0;
        let comments = grammars.iter().flat_map(|it| it.lines()).filter(|it| it.starts_with("//"));
        for line in comments {
            for (at, _) in line.char_indices() {
                let rest = line.get(at..).unwrap_or_default();
                for rule in Rule::all_rules() {
                    let parsed = Grammar::parse(*rule, rest).ok();
                    let found = recognise(*rule, rest);
                    assert_eq!(found.is_some(), parsed.is_some(), "{rule:?} of {rest}");
                    // A silent rule has no pair of its own.
                    let pair = parsed.and_then(|mut it| it.next());
                    if let Some(pair) = pair.filter(|it| it.as_rule() == *rule) {
                        assert_eq!(found, Some(pair.as_str().len()), "{rule:?} of {rest}");
                        read += 1;
                    }
                }
            }
        }
        assert!(read > 1000, "{read}");
    }
}
