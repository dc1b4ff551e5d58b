//! The rules of the grammars of numbers, clauses, marks and grades, and what they read.

use pest::Parser as _;

use super::{
    pair::Parse,
    recognise::{self, Node},
};

/// Reads `grammar/number.pest`, `grammar/clause.pest`, `grammar/mark.pest` and `grammar/grade.pest`.
#[derive(Debug, pest_derive::Parser)]
#[grammar = "../grammar/number.pest"]
#[grammar = "../grammar/clause.pest"]
#[grammar = "../grammar/mark.pest"]
#[grammar = "../grammar/grade.pest"]
struct Grammar;

/// What a rule reads from a byte of a text on, if it reads.
pub(crate) fn parse(rule: Rule, text: &str, at: usize) -> Option<Parse<'_>> {
    // To keep nothing is faster, and most rules read nothing at most places.
    recognise::end(rule, text, at)?;
    parse_read(rule, text, at)
}

/// The same for a rule that is known to read.
pub(crate) fn parse_read(rule: Rule, text: &str, at: usize) -> Option<Parse<'_>> {
    let nodes = recognise::nodes(rule, text, at)?;
    debug_assert_eq!(Some(listed(&nodes)), by_pest(rule, text, at), "{rule:?} of {text}");
    Some(Parse::new(text, nodes))
}

/// Nodes as rules with their bytes.
fn listed(nodes: &[Node]) -> Vec<(Rule, usize, usize)> {
    nodes.iter().map(|it| (it.rule, it.start, it.end)).collect()
}

/// The same as pest reads it, which says what the grammars mean: nobody asks it but the tests, since it takes long.
fn by_pest(rule: Rule, text: &str, at: usize) -> Option<Vec<(Rule, usize, usize)>> {
    let pairs = Grammar::parse(rule, text.get(at..)?).ok()?.flatten();
    let named = pairs.filter(|it| it.as_rule() != Rule::EOI);
    let places = named.map(|it| (it.as_rule(), at + it.as_span().start(), at + it.as_span().end()));
    Some(places.collect())
}

#[cfg(test)]
mod tests {
    use super::{super::recognise::end, *};

    /// The rules of all grammars, from each place of texts that hold what they read.
    #[test]
    fn a_rule_reads_what_pest_reads() {
        let grammars = [
            include_str!("../../grammar/number.pest"),
            include_str!("../../grammar/clause.pest"),
            include_str!("../../grammar/mark.pest"),
            include_str!("../../grammar/grade.pest"),
        ];
        let mut read = 0;
        let comments = grammars.iter().flat_map(|it| it.lines()).filter(|it| it.starts_with("//"));
        for line in comments {
            for (at, _) in line.char_indices() {
                let rest = line.get(at..).unwrap_or_default();
                for rule in Rule::all_rules() {
                    let expected = by_pest(*rule, rest, 0);
                    assert_eq!(
                        end(*rule, rest, 0).is_some(),
                        expected.is_some(),
                        "{rule:?} of {rest}"
                    );
                    let found = recognise::nodes(*rule, rest, 0).map(|it| listed(&it));
                    assert_eq!(found, expected, "{rule:?} of {rest}");
                    read += found.map_or(0, |it| it.len());
                }
            }
        }
        assert!(read > 1000, "{read}");
    }

    /// What is made of what.
    #[test]
    fn parts_stand_within_their_whole() {
        let parse = parse(Rule::r#move, "每发现一起扣0.5分,1分", 0).unwrap();
        let whole = parse.pair().unwrap();
        let parts: Vec<&str> = whole.parts().map(|it| it.as_str()).collect();
        assert_eq!(parts, ["每发现一起", "扣", "0.5分,1分"]);
        let points = whole.all_parts().filter(|it| it.rule() == Rule::points);
        assert_eq!(points.map(|it| it.as_str()).collect::<Vec<_>>(), ["0.5", "1"]);
        let per = whole.part(Rule::per).unwrap();
        assert_eq!(per.range(), 0..15);
    }
}
