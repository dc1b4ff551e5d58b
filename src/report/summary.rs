//! What a compiled notice holds, in a few lines: how many of what, how far it was read, and whether its numbers add up.

use crate::{
    ledger::Counts,
    message::Catalogue,
    number::{Decimal, shortest},
    report::table::{Align, Table},
    ruleset::{Indicator, Ruleset},
};

/// The numbers that a compilation is judged by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// The title, or the ruleset's name where the document has none.
    pub title: String,
    /// How many nodes of the tree are scored.
    pub indicators: usize,
    /// How many rules there are, those of negative lists and bonus lists too.
    pub rules: usize,
    /// How many grades there are.
    pub grades: usize,
    /// What became of the scoring mentions.
    pub mentions: Counts,
    /// What the parts of a node add up to.
    pub sums: Vec<Sum>,
}

/// What the parts of a node add up to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    /// The node's id and name; empty for the whole assessment.
    pub node: String,
    /// Whether weights are added, and not points.
    pub weights: bool,
    /// The sum of the parts.
    pub parts: Decimal,
    /// What the document states for the whole, or 100 for weights.
    pub whole: Option<Decimal>,
}

impl Summary {
    /// Counts and adds.
    #[must_use]
    pub fn of(ruleset: &Ruleset, mentions: Counts) -> Self {
        let mut sums = Vec::new();
        add_up(&mut sums, "", &ruleset.indicators, ruleset.total.as_ref().map(|it| it.points));
        let mut indicators = 0;
        let mut rules: usize = ruleset.adjustments.iter().map(|it| it.rules.len()).sum();
        let whole = ruleset.total.as_ref().map_or(Decimal::ONE_HUNDRED, |it| it.points);
        walk(&ruleset.indicators, whole, &mut |node, full| {
            indicators += usize::from(!node.is_criterion());
            rules += node.rules.len();
            add_up(&mut sums, &format!("{} {}", node.id, node.name), &node.indicators, full);
        });
        let title = ruleset.document.title.clone().unwrap_or_else(|| ruleset.name.clone());
        Self { title, indicators, rules, grades: ruleset.grades.len(), mentions, sums }
    }

    /// The lines for one document; `path` is the file that holds the ruleset.
    #[must_use]
    pub fn render(&self, path: &str, words: &Catalogue, columns: usize) -> String {
        let (left, right) = (Align::Left, Align::Right);
        let mut counts = Table::new([(String::new(), left), (String::new(), right)]);
        let Counts { found, read, context, unread } = self.mentions;
        for (key, count) in [
            ("summary.indicators", self.indicators),
            ("summary.rules", self.rules),
            ("summary.grades", self.grades),
            ("summary.mentions", found),
            ("summary.read", read),
            ("summary.context", context),
            ("summary.unread", unread),
        ] {
            counts.row([words.words(key), count.to_string()]);
        }
        let mut sums = Table::new(["sum", "parts", "whole", "verdict"].map(|it| {
            let align = if it == "parts" || it == "whole" { right } else { left };
            (words.words(&format!("summary.{it}")), align)
        }));
        self.sums.iter().for_each(|it| sums.row(it.cells(words)));
        let sums =
            if sums.is_empty() { String::new() } else { format!("\n{}", sums.render(columns)) };
        format!("{}\n→ {path}\n\n{}{sums}", self.title, counts.render(columns))
    }

    /// The headings of a table of several documents.
    #[must_use]
    pub fn headings(words: &Catalogue) -> Table {
        let keys =
            ["document", "indicators", "rules", "grades", "found", "read", "context", "unread"];
        let columns = keys.map(|it| {
            let align = if it == "document" { Align::Left } else { Align::Right };
            (words.words(&format!("summary.column.{it}")), align)
        });
        Table::new(columns)
    }

    /// This document's row of such a table.
    #[must_use]
    pub fn row(&self, name: &str) -> Vec<String> {
        let Counts { found, read, context, unread } = self.mentions;
        let counts = [self.indicators, self.rules, self.grades, found, read, context, unread];
        std::iter::once(name.to_owned()).chain(counts.iter().map(ToString::to_string)).collect()
    }
}

impl Sum {
    /// Whether the parts make the whole, where the whole is stated.
    #[must_use]
    pub fn holds(&self) -> Option<bool> {
        self.whole.map(|it| it == self.parts)
    }

    fn cells(&self, words: &Catalogue) -> [String; 4] {
        let unit = if self.weights { "%" } else { "" };
        let node =
            if self.node.is_empty() { words.words("summary.all") } else { self.node.clone() };
        let verdict = match self.holds() {
            Some(true) => words.words("summary.equal"),
            Some(false) => words.words("summary.unequal"),
            None => String::new(),
        };
        let whole = self.whole.map(|it| format!("{}{unit}", shortest(it))).unwrap_or_default();
        [node, format!("{}{unit}", shortest(self.parts)), whole, verdict]
    }
}

fn add_up(sums: &mut Vec<Sum>, node: &str, parts: &[Indicator], full: Option<Decimal>) {
    let weights: Vec<Decimal> = parts.iter().filter_map(|it| it.weight).collect();
    if !weights.is_empty() {
        let whole = Some(Decimal::ONE_HUNDRED);
        let parts = weights.into_iter().sum();
        sums.push(Sum { node: node.to_owned(), weights: true, parts, whole });
    }
    // What has a weight counts by its weight: its points are the full marks within it.
    let unweighted = parts.iter().filter(|it| it.weight.is_none());
    let points: Vec<Decimal> = unweighted.filter_map(|it| it.points).collect();
    if !points.is_empty() {
        let parts = points.into_iter().sum();
        sums.push(Sum { node: node.to_owned(), weights: false, parts, whole: full });
    }
}

/// Visits each node with its full marks.
fn walk(nodes: &[Indicator], above: Decimal, visit: &mut impl FnMut(&Indicator, Option<Decimal>)) {
    for node in nodes {
        let full = node.full_marks_below(above);
        visit(node, full);
        walk(&node.indicators, full.unwrap_or(above), visit);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{message::Lang, ruleset::Total};

    fn node(name: &str, points: i64, indicators: Vec<Indicator>) -> Indicator {
        let points = (points > 0).then(|| Decimal::from(points));
        Indicator { name: name.to_owned(), points, indicators, ..Indicator::default() }
    }

    fn ruleset() -> Ruleset {
        let parts = vec![node("甲一", 20, Vec::new()), node("甲二", 8, Vec::new())];
        let total = Total { points: Decimal::ONE_HUNDRED, ..Total::default() };
        Ruleset {
            name: "x".to_owned(),
            total: Some(total),
            indicators: vec![node("甲", 35, parts), node("乙", 65, Vec::new())],
            ..Ruleset::default()
        }
    }

    #[test]
    fn parts_are_compared_with_their_whole() {
        let summary = Summary::of(&ruleset(), Counts::default());
        let sums: Vec<_> = summary.sums.iter().map(|it| (it.node.trim(), it.holds())).collect();
        assert_eq!(sums, [("", Some(true)), ("甲", Some(false))]);
        assert_eq!(summary.indicators, 4);
    }

    #[test]
    fn weights_add_up_to_a_hundred() {
        let weighted =
            |it: i64| Indicator { weight: Some(Decimal::from(it)), ..node("w", 100, Vec::new()) };
        let ruleset =
            Ruleset { indicators: vec![weighted(80), weighted(20)], ..Ruleset::default() };
        let summary = Summary::of(&ruleset, Counts::default());
        assert_eq!(summary.sums.len(), 1);
        assert!(summary.sums[0].weights && summary.sums[0].holds() == Some(true));
    }

    #[test]
    fn the_summary_names_what_does_not_add_up() {
        let counts = Counts { found: 9, read: 6, context: 2, unread: 1 };
        for lang in Lang::ALL {
            let words = Catalogue::get(lang);
            let shown = Summary::of(&ruleset(), counts).render("x.rules.yaml", words, 80);
            let line = shown.lines().find(|it| it.contains("28")).unwrap();
            assert!(line.ends_with(&words.words("summary.unequal")), "{shown}");
        }
    }
}
