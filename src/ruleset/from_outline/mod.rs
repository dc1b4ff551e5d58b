//! Outline to ruleset: all interpretation.
//!
//! Here it is decided to which indicator a rule belongs, what a bare number in a column means, and which name a table
//! hangs under. Lines are read in order with a stack of open headings ([`section`]); each text is read by its clauses
//! ([`text`]); tables by the roles of their columns ([`rubric`]). What is inferred carries a doubt.

mod bounds;
mod caps;
mod formula;
mod given;
mod grades;
mod measure;
mod name;
mod notes;
mod offices;
mod rank;
mod rubric;
mod rules;
mod section;
mod text;
mod tree;
mod whole;

use crate::{
    diagnostic::Findings,
    document::{Document, folded::Letters},
    outline::{Block, Outline},
    ruleset::{
        DocumentInfo, Grade, Limit, Note, Quota, Ruleset, Share, SourceFile, SourceRef, Total,
        Unread,
        from_outline::{
            section::Section,
            tree::{NodeId, Tree},
        },
    },
    source::{Place, Span},
};

/// What lowering gives: the ruleset, and the characters that its items have read.
#[derive(Debug, Default)]
pub struct Lowered {
    /// The ruleset, without unread entries and stored findings.
    pub ruleset: Ruleset,
    /// The characters of each clause that an item holds.
    pub read: Vec<Span>,
}

/// Lowers an outline into a ruleset.
#[must_use]
pub fn lower(
    outline: &Outline,
    document: &Document,
    letters: &Letters<'_>,
    name: &str,
    findings: &mut Findings,
) -> Lowered {
    let mut lowering = Lowering::new(outline, letters, findings);
    lowering.walk();
    lowering.finish(document, name)
}

/// The state of lowering.
#[derive(Debug)]
struct Lowering<'a> {
    outline: &'a Outline,
    letters: &'a Letters<'a>,
    findings: &'a mut Findings,
    tree: Tree,
    section: Section,
    total: Option<Total>,
    /// The sums of whole tables, one of which may be the total.
    table_totals: Vec<Total>,
    grades: Vec<Grade>,
    quotas: Vec<Quota>,
    limits: Vec<Limit>,
    shares: Vec<Share>,
    notes: Vec<Note>,
    read: Vec<Span>,
    /// The characters of what sentences say of grades: no clause within them moves points.
    of_grades: Vec<Span>,
    /// “以上”“以下”均含本数.
    includes_bounds: bool,
    /// The paragraphs that state the full marks of the heading above them.
    full_of_headings: std::collections::BTreeSet<Place>,
    /// The columns and open names of the last table, for one that goes on with it.
    last_table: Option<rubric::Open>,
    /// 每季度考核.
    periods: Option<crate::ruleset::Periods>,
}

impl<'a> Lowering<'a> {
    fn new(outline: &'a Outline, letters: &'a Letters<'a>, findings: &'a mut Findings) -> Self {
        Self {
            outline,
            letters,
            findings,
            tree: Tree::titled(outline.header.title.as_ref().map(|it| it.text.as_str())),
            section: Section::default(),
            total: None,
            table_totals: Vec::new(),
            grades: Vec::new(),
            quotas: Vec::new(),
            limits: Vec::new(),
            shares: Vec::new(),
            notes: Vec::new(),
            read: Vec::new(),
            of_grades: Vec::new(),
            includes_bounds: false,
            full_of_headings: whole::full_of_headings(&outline.blocks),
            last_table: None,
            periods: None,
        }
    }

    fn walk(&mut self) {
        let outline = self.outline;
        self.includes_bounds = outline.blocks.iter().any(|it| match it {
            Block::Line(line) => whole::includes_bounds(&line.text.text),
            Block::Table(_) => false,
        });
        for (nth, block) in outline.blocks.iter().enumerate() {
            match block {
                Block::Line(line) => {
                    let next_is_table =
                        matches!(outline.blocks.get(nth + 1), Some(Block::Table(_)));
                    let rest = outline.blocks.get(nth + 1..).unwrap_or_default();
                    if !section::heads_list(line, rest) || !self.loose_heading(line) {
                        self.line(line, next_is_table);
                    }
                }
                Block::Table(table) => self.table(table),
            }
        }
    }

    fn finish(mut self, document: &Document, name: &str) -> Lowered {
        self.settle();
        let header = &self.outline.header;
        let title = header.title.clone();
        let source = self.title_source();
        let info = DocumentInfo {
            title: title.map(|it| it.text),
            issuer: header.issuer.clone(),
            number: header.number.clone(),
            date: header.date.clone(),
            year: header.year.clone(),
            replaces: header.replaces.clone(),
            source,
            sources: vec![SourceFile {
                file: document.name.clone(),
                sha256: document.sha256.clone(),
                pages: document.pages,
            }],
        };
        let ruleset = Ruleset {
            name: name.to_owned(),
            document: info,
            total: self.total,
            periods: self.periods,
            indicators: self.tree.indicators(tree::ROOT, ""),
            adjustments: self.tree.adjustments(),
            grades: self.grades,
            quotas: self.quotas,
            limits: self.limits,
            shares: self.shares,
            notes: self.notes,
            unread: Vec::<Unread>::new(),
            ..Ruleset::default()
        };
        Lowered { ruleset, read: self.read }
    }

    /// Settles what only the whole document decides: open bounds, repeated bands, empty headings.
    fn settle(&mut self) {
        let includes = self.includes_bounds;
        let mut unique: Vec<Grade> = Vec::new();
        for grade in self.grades.drain(..) {
            let same = |it: &Grade| {
                let numbers = |it: &Grade| {
                    (it.bounds.lower.map(|it| it.value), it.bounds.upper.map(|it| it.value))
                };
                bare_grade(&it.name) == bare_grade(&grade.name) && numbers(it) == numbers(&grade)
            };
            if !unique.iter().any(same) {
                unique.push(grade);
            }
        }
        self.grades = unique;
        let mut settled: Vec<bounds::Settled<'_>> = self
            .grades
            .iter_mut()
            .map(|it| bounds::Settled { bounds: &mut it.bounds, doubts: &mut it.doubts })
            .collect();
        bounds::settle(&mut settled, includes);
        for id in std::iter::once(tree::ROOT).chain(self.tree.all()) {
            self.settle_tiers(id, includes);
        }
        self.tree.prune();
        self.adopt();
        // One table that sums up, or all of them to the same number: the full marks of the whole.
        let first = self.table_totals.first().cloned();
        let alike = self
            .table_totals
            .iter()
            .all(|it| first.as_ref().is_some_and(|first| first.points == it.points));
        self.total = self.total.take().or(first.filter(|_| alike));
    }

    /// Where the title stands.
    fn title_source(&self) -> Option<SourceRef> {
        self.outline.header.title.as_ref().map(|it| SourceRef {
            at: it.place.to_string(),
            quote: self.letters.quote(it.span),
            span: Some(it.span),
        })
    }

    /// Rules that stand under no name belong to the document itself: they hang under its title.
    fn adopt(&mut self) {
        let rules = std::mem::take(&mut self.tree.get_mut(tree::ROOT).rules);
        let Some(first) = rules.first() else { return };
        let title = self.outline.header.title.as_ref();
        let source = self.title_source().unwrap_or_else(|| first.source.clone());
        let name = title.map_or_else(|| "（全文）".to_owned(), |it| it.text.clone());
        let doubts = vec!["name-inferred".to_owned()];
        let node = tree::Node { name, rules, source, doubts, ..tree::Node::default() };
        self.tree.add(tree::ROOT, node);
    }

    /// Joins the tiers of one measure into one rule and settles their bounds.
    fn settle_tiers(&mut self, id: NodeId, includes: bool) {
        let node = self.tree.get_mut(id);
        let mut joined: Vec<crate::ruleset::Rule> = Vec::new();
        for rule in node.rules.drain(..) {
            match joined.last_mut().filter(|it| goes_on(it, &rule)) {
                Some(last) => join_tier(last, rule),
                None => joined.push(rule),
            }
        }
        for rule in &mut joined {
            let mut settled: Vec<bounds::Settled<'_>> = rule
                .tiers
                .iter_mut()
                .map(|it| bounds::Settled { bounds: &mut it.bounds, doubts: &mut it.doubts })
                .collect();
            bounds::settle(&mut settled, includes);
        }
        if let Some(name) = measure::named(&node.name) {
            joined.iter_mut().for_each(|it| measure::infer(it, name));
        }
        node.rules = joined;
    }
}

/// A grade's name without its class word.
fn bare_grade(name: &str) -> &str {
    ["等次", "档次", "等级", "级", "类", "等", "档", "企业", "机构", "单位"]
        .iter()
        .find_map(|it| name.strip_suffix(it).filter(|it| !it.is_empty()))
        .unwrap_or(name)
}

/// Whether a rule is the next tier of the one before it.
fn goes_on(last: &crate::ruleset::Rule, next: &crate::ruleset::Rule) -> bool {
    use crate::ruleset::Effect;
    let zero = next.effect == Effect::Zero || last.effect == Effect::Zero;
    !last.tiers.is_empty()
        && !next.tiers.is_empty()
        && last.measure == next.measure
        && last.when == next.when
        && last.cap == next.cap
        && last.case == next.case
        && (last.effect == next.effect || zero)
}

/// Adds the tier of a rule to the rule before it; each tier keeps its own words.
fn join_tier(last: &mut crate::ruleset::Rule, next: crate::ruleset::Rule) {
    use crate::ruleset::Effect;
    let own = last.source.clone();
    for tier in &mut last.tiers {
        tier.source.get_or_insert_with(|| own.clone());
    }
    for mut tier in next.tiers {
        tier.source.get_or_insert_with(|| next.source.clone());
        if last.effect == Effect::Zero && next.effect != Effect::Zero {
            // The rule takes the effect that gives points; the tiers so far keep theirs.
            last.effect = next.effect;
        }
        last.tiers.push(tier);
    }
    last.doubts.extend(next.doubts);
}
