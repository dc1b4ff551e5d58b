//! Formulas: the weights of the terms of 总分=80%×[70%×A+30%×B]+20%×C, and the formula of a node as written.

use std::ops::Range;

use pest::{Parser, iterators::Pair};

use crate::{
    number::{self, Decimal},
    ruleset::{
        Note,
        from_outline::{
            Lowering, name,
            rules::Reading,
            tree::{Node, NodeId, ROOT},
        },
    },
};

/// Reads `grammar/formula.pest`.
mod grammar {
    /// The parser that pest makes of the grammar.
    #[derive(Debug, pest_derive::Parser)]
    #[grammar = "../grammar/formula.pest"]
    pub(super) struct Grammar;
}
use grammar::{Grammar, Rule};

/// A weighted term: 80%×A, or 80%×[…] with the terms within; 基础分(60), whose number is points.
#[derive(Debug)]
struct Term {
    weight: Decimal,
    /// Whether its number is points.
    points: bool,
    /// The bytes of its number.
    rate: Range<usize>,
    /// The bytes of its name, where it has one.
    name: Option<Range<usize>>,
    /// The terms of its group.
    within: Vec<Self>,
    /// The bytes of the whole term.
    whole: Range<usize>,
}

impl Lowering<'_> {
    /// Reads the formulas of a text: weights become nodes, all are noted.
    pub(super) fn formulas(&mut self, reading: &Reading<'_>, node: NodeId) {
        let text = reading.text.text.as_str();
        for (at, _) in text.match_indices('=') {
            let Some((start, pair)) = formula_at(text, at) else { continue };
            let end = start + pair.as_span().end();
            let source = reading.source(start..end);
            let terms = terms_of(pair.clone(), start);
            let one_kind = terms.windows(2).all(|it| matches!(it, [a, b] if a.points == b.points));
            let weighted = terms.len() >= 2
                && one_kind
                && terms.iter().map(|it| it.weight).sum::<Decimal>() <= Decimal::ONE_HUNDRED;
            if weighted {
                let head = pair
                    .into_inner()
                    .find(|it| it.as_rule() == Rule::name)
                    .map(|it| start + it.as_span().start()..start + it.as_span().end());
                let parent = self.formula_parent(reading, head, node);
                for term in &terms {
                    self.term(reading, term, parent);
                }
                if parent != ROOT && parent != node && self.tree.get(parent).formula.is_none() {
                    self.tree.get_mut(parent).formula = Some(source.quote.clone());
                    continue;
                }
            }
            if node != ROOT && self.tree.get(node).formula.is_none() {
                self.tree.get_mut(node).formula = Some(source.quote.clone());
                self.tree.get_mut(node).assessed = true;
            } else {
                self.notes.push(Note { kind: "formula".to_owned(), source });
            }
        }
    }

    /// The node that a formula gives the score of: the open one, or one of the formula's own name.
    fn formula_parent(
        &mut self,
        reading: &Reading<'_>,
        head: Option<Range<usize>>,
        node: NodeId,
    ) -> NodeId {
        if let Some(scored) = self.tree.scored_at_or_above(node) {
            return scored;
        }
        // 综合测评成绩(100分): without what the brackets add.
        let bare = |it: Range<usize>| {
            let words = reading.get(&it);
            let end = words.strip_suffix(')').and_then(|it| it.rfind('(')).filter(|it| *it > 0);
            it.start..end.map_or(it.end, |at| it.start + at)
        };
        let Some(head) =
            head.map(|it| name::trim(&reading.text.text, bare(it))).filter(|it| it.len() > 3)
        else {
            return node;
        };
        let key = name::key(reading.get(&head));
        if ["得分", "总分", "综合得分", "考核得分", "最终得分"].contains(&key.as_str())
        {
            return node;
        }
        if let Some(there) = self.tree.child(ROOT, &key) {
            return there;
        }
        // 综合素质测评=… of 大学生综合素质测评实施细则: the whole itself.
        let title = self.outline.header.title.as_ref();
        if title.is_some_and(|it| name::key(&it.text).contains(&key)) {
            return node;
        }
        let quote = reading.source(head.clone());
        self.tree
            .add(ROOT, Node { name: reading.words(&head), key, source: quote, ..Node::default() })
    }

    /// The node of a term below the node of its formula.
    fn term(&mut self, reading: &Reading<'_>, term: &Term, parent: NodeId) {
        self.read.push(reading.text.span(term.rate.clone()));
        let (name, doubt) = match (&term.name, term.within.as_slice()) {
            (Some(name), _) => (reading.words(name), false),
            (None, within) => (shared_name(reading, within), true),
        };
        let key = name::key(&crate::document::folded::Folded::new(&name, 0).text);
        let there = self.tree.child(parent, &key);
        let id = there.unwrap_or_else(|| {
            let doubts = if doubt { vec!["name-inferred".to_owned()] } else { Vec::new() };
            let node = Node {
                name,
                key,
                source: reading.source(term.whole.clone()),
                doubts,
                ..Node::default()
            };
            self.tree.add(parent, node)
        });
        let node = self.tree.get_mut(id);
        let number = if term.points { &mut node.points } else { &mut node.weight };
        *number = number.or(Some(term.weight));
        for inner in &term.within {
            self.term(reading, inner, id);
        }
    }
}

/// A group has no name of its own: what all its terms end in, or all names joined.
fn shared_name(reading: &Reading<'_>, within: &[Term]) -> String {
    let names: Vec<String> =
        within.iter().filter_map(|it| it.name.as_ref()).map(|it| reading.words(it)).collect();
    let Some(first) = names.first() else { return "加权平均".to_owned() };
    let tails = first.char_indices().filter_map(|it| first.get(it.0..));
    let mut tails = tails.filter(|tail| names.iter().all(|it| it.ends_with(tail)));
    tails
        .next()
        .filter(|it| it.chars().count() >= 4)
        .map_or_else(|| names.join("＋"), str::to_owned)
}

/// The formula around an equals sign: its name stands before the sign.
fn formula_at(text: &str, equals: usize) -> Option<(usize, Pair<'_, Rule>)> {
    let before = text.get(..equals)?;
    if before.ends_with(['<', '>', '≤', '≥', '!']) {
        return None;
    }
    let stop = before.rfind([',', '。', ';', ':', '\n', '、', '=', '”', '“']);
    let mut start = stop.map_or(0, |at| {
        at + before.get(at..).and_then(|it| it.chars().next()).map_or(1, char::len_utf8)
    });
    let name = text.get(start..equals)?;
    if name.contains(['+', '-', '×', '*', '÷', '/', '%']) {
        start = equals;
    }
    let pair = Grammar::parse(Rule::formula, text.get(start..)?).ok()?.next()?;
    let has_operator = pair.as_str().contains(['×', '*', '+', '-', '÷', '/', '²']);
    has_operator.then_some((start, pair))
}

/// The weighted terms of the sum of a pair.
fn terms_of(pair: Pair<'_, Rule>, offset: usize) -> Vec<Term> {
    let Some(sum) = pair.into_inner().find(|it| it.as_rule() == Rule::sum) else {
        return Vec::new();
    };
    sum.into_inner()
        .filter(|it| it.as_rule() == Rule::product)
        .filter_map(|it| term_of(it, offset))
        .collect()
}

/// A product of one rate and one name or group.
fn term_of(product: Pair<'_, Rule>, offset: usize) -> Option<Term> {
    let span = product.as_span();
    let whole = offset + span.start()..offset + span.end();
    let (mut rates, mut names, mut groups) = (Vec::new(), Vec::new(), Vec::new());
    for factor in product.into_inner() {
        match factor.as_rule() {
            Rule::part => return part_of(factor, offset),
            Rule::factor => {
                let inner = factor.into_inner().next()?;
                let range = offset + inner.as_span().start()..offset + inner.as_span().end();
                match inner.as_rule() {
                    Rule::rate => {
                        rates.push((number::read(inner.as_str().trim_end_matches('%'))?, range));
                    }
                    Rule::decimal => {
                        let value = number::read(inner.as_str())?;
                        if value >= Decimal::ONE {
                            return None;
                        }
                        rates.push((value * Decimal::ONE_HUNDRED, range));
                    }
                    Rule::name => names.push(range),
                    Rule::group => groups.push(inner),
                    _ => return None,
                }
            }
            Rule::times if product_divides(factor.as_str()) => return None,
            _ => {}
        }
    }
    let ([(weight, rate)], true) = (rates.as_slice(), names.len() + groups.len() == 1) else {
        return None;
    };
    let within = groups.into_iter().next().map(|it| terms_of(it, offset)).unwrap_or_default();
    let name = names.into_iter().next();
    (name.is_some() || within.len() >= 2).then_some(Term {
        weight: *weight,
        points: false,
        rate: rate.clone(),
        name,
        within,
        whole,
    })
}

/// A name with its number right behind it: 品德评价20%, 基础分(60).
fn part_of(part: Pair<'_, Rule>, offset: usize) -> Option<Term> {
    let bytes = |it: &Pair<'_, Rule>| offset + it.as_span().start()..offset + it.as_span().end();
    let whole = bytes(&part);
    let mut inner = part.into_inner();
    let (name, number) = (inner.next()?, inner.next()?);
    Some(Term {
        weight: number::read(number.as_str().trim_end_matches('%'))?,
        points: number.as_rule() == Rule::points,
        rate: bytes(&number),
        name: Some(bytes(&name)),
        within: Vec::new(),
        whole,
    })
}

fn product_divides(sign: &str) -> bool {
    matches!(sign, "÷" | "/")
}
