//! A ruleset made ready for computing: every node with its full marks, its method and what it counts for.
//!
//! What the ruleset leaves open is settled here, once, by the rules of docs/score.md, and noted.

use std::collections::BTreeMap;

use super::{
    ScoreError,
    error::Pending,
    exact::{Exact, Overflow},
    period::Length,
};
use crate::{
    number::Decimal,
    ruleset::{Adjustment, Amount, Effect, Indicator, Method, Rule, Ruleset, Tier},
};

/// The most rules of a ruleset.
const MAX_RULES: usize = 1 << 20;

/// A ruleset made ready.
#[derive(Debug)]
pub(super) struct Plan<'r> {
    pub(super) ruleset: &'r Ruleset,
    /// The total first, then the indicators in the order of the tree.
    pub(super) nodes: Vec<Node<'r>>,
    pub(super) adjustments: Vec<Owner<'r>>,
    pub(super) rules: Vec<PlanRule<'r>>,
    /// Rules by id.
    pub(super) rule_ids: BTreeMap<&'r str, usize>,
    /// Nodes by id.
    pub(super) node_ids: BTreeMap<&'r str, usize>,
    /// The ids of the limits, in their order.
    pub(super) limit_ids: Vec<String>,
}

/// What has rules: a node or a list of adjustments.
#[derive(Debug, Default)]
pub(super) struct Owner<'r> {
    pub(super) id: &'r str,
    pub(super) name: &'r str,
    pub(super) rules: Vec<usize>,
    pub(super) cap: Option<Exact>,
    pub(super) highest: bool,
    /// Deductions start from the full marks (and not from what was awarded).
    pub(super) starts_full: bool,
    /// The cases of its rules with their caps.
    pub(super) cases: Vec<(&'r str, Option<Exact>)>,
    pub(super) quote: &'r str,
    pub(super) at: &'r str,
}

/// The total, an indicator or a criterion.
#[derive(Debug)]
pub(super) struct Node<'r> {
    pub(super) owner: Owner<'r>,
    pub(super) kind: Kind,
    /// How far below the total it stands.
    pub(super) depth: usize,
    pub(super) method: Method,
    /// Nothing in a criterion.
    pub(super) full: Option<Exact>,
    /// What its full marks count in its parent.
    pub(super) share: Exact,
    /// What one of its points counts in its parent.
    pub(super) rate: Exact,
    /// The weight, where one decides the share.
    pub(super) weight: Option<Decimal>,
    pub(super) children: Vec<usize>,
    pub(super) length: Length,
    /// Additions count as awards: the node has no other rules.
    pub(super) adds_award: bool,
    /// What was inferred: names as in the ruleset's doubts.
    pub(super) inferred: Vec<&'static str>,
}

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Total,
    Indicator,
    /// No points and no weight of its own, nor of those below it.
    Criterion,
}

/// A rule made ready.
#[derive(Debug)]
pub(super) struct PlanRule<'r> {
    pub(super) rule: &'r Rule,
    pub(super) home: Home,
    pub(super) length: Length,
    pub(super) how: How,
    pub(super) cap: Option<Exact>,
    /// The index among the cases of its owner.
    pub(super) case: Option<usize>,
    /// Whether it competes with the others of its group for the largest move.
    pub(super) highest: bool,
}

/// Where a rule stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Home {
    Node(usize),
    Adjustment(usize),
}

/// How a rule's amount comes about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// Once, however often it happened.
    Once(Exact),
    /// For each so many occurrences.
    Counted(Exact, Step),
    /// Each event says how much, for each so many occurrences.
    Chosen(Decimal, Decimal, Step),
    /// A measured value picks it.
    Tiers,
    /// The item has no points.
    Zero,
    /// It changes what other rules move.
    Multiply(Decimal),
    /// Nobody has said how much.
    Unstated,
}

/// The occurrences that move the amount once, in units of `10^-places`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) size: u64,
    pub(super) places: u32,
}

impl Step {
    pub(super) const ONE: Self = Self { size: 1, places: 0 };

    /// Reads `2个百分点`, `20件`, `0.1个百分点`; without a number it is one.
    fn of(per: &str) -> Self {
        use unicode_normalization::UnicodeNormalization;
        let folded: String = per.trim().nfkc().collect();
        let digits: String =
            folded.chars().take_while(|it| it.is_ascii_digit() || *it == '.').collect();
        let Ok(number) = digits.parse::<Decimal>() else { return Self::ONE };
        let number = number.normalize();
        match u64::try_from(number.mantissa()) {
            // Fractional steps count in millionths, so that occurrences may be as fine.
            Ok(size) if size > 0 && number.scale() == 0 => Self { size, places: 0 },
            Ok(size) if size > 0 && number.scale() <= 6 => {
                let finer = 10_u64.checked_pow(6 - number.scale());
                let size = finer.and_then(|it| it.checked_mul(size));
                size.map_or(Self::ONE, |size| Self { size, places: 6 })
            }
            _ => Self::ONE,
        }
    }

    /// The size as the document has it.
    pub(super) fn size(self) -> Decimal {
        Decimal::try_from_i128_with_scale(i128::from(self.size), self.places)
            .unwrap_or(Decimal::ONE)
            .normalize()
    }
}

impl<'r> Plan<'r> {
    /// Makes a ruleset ready.
    pub(super) fn of(ruleset: &'r Ruleset, limit_ids: Vec<String>) -> Result<Self, ScoreError> {
        let mut plan = Self {
            ruleset,
            nodes: Vec::new(),
            adjustments: Vec::new(),
            rules: Vec::new(),
            rule_ids: BTreeMap::new(),
            node_ids: BTreeMap::new(),
            limit_ids,
        };
        plan.add_total()?;
        for adjustment in &ruleset.adjustments {
            plan.add_adjustment(adjustment)?;
        }
        plan.check_names()?;
        Ok(plan)
    }

    fn add_total(&mut self) -> Result<(), ScoreError> {
        let ruleset = self.ruleset;
        let source = ruleset.total.as_ref().map(|it| &it.source);
        let owner = Owner {
            id: "",
            name: ruleset.document.title.as_deref().unwrap_or(&ruleset.name),
            quote: source.map_or("", |it| &it.quote),
            at: source.map_or("", |it| &it.at),
            ..Owner::default()
        };
        let length = Length::from(ruleset.periods);
        let scored = ruleset.indicators.iter().any(has_points);
        let full = match &ruleset.total {
            Some(total) => Exact::from(total.points),
            None if ruleset.indicators.iter().any(|it| it.weight.is_some()) => Exact::whole(100),
            None if scored => sum_of_points(&ruleset.indicators)?,
            None => return Err(ScoreError::NoFullMarks),
        };
        let mut node = Node::new(owner, Kind::Total, 0, length);
        node.full = Some(full);
        node.method = if scored { Method::Sum } else { method_of_rules(&[], &ruleset.indicators) };
        if ruleset.total.is_none() {
            node.inferred.push("points-inferred");
        }
        self.nodes.push(node);
        self.add_children(0, &ruleset.indicators, full)
    }

    fn add_children(
        &mut self,
        parent: usize,
        indicators: &'r [Indicator],
        full: Exact,
    ) -> Result<(), ScoreError> {
        let depth = self.nodes.get(parent).map_or(0, |it| it.depth) + 1;
        let above = self.nodes.get(parent).map_or(Length::Year, |it| it.length);
        for indicator in indicators {
            let nth = self.add_indicator(indicator, depth, above, full)?;
            if let Some(parent) = self.nodes.get_mut(parent) {
                parent.children.push(nth);
            }
        }
        self.settle_start(parent);
        Ok(())
    }

    fn add_indicator(
        &mut self,
        indicator: &'r Indicator,
        depth: usize,
        above: Length,
        parent_full: Exact,
    ) -> Result<usize, ScoreError> {
        let nth = self.nodes.len();
        let length = indicator.periods.map_or(above, |it| Length::from(Some(it)));
        let kind = if has_points(indicator) { Kind::Indicator } else { Kind::Criterion };
        let mut node = Node::new(Owner::of_indicator(indicator), kind, depth, length);
        if kind == Kind::Indicator {
            node.set_points(indicator, parent_full)?;
        }
        node.set_method(indicator);
        node.adds_award = only_adds(indicator);
        let full = node.full.unwrap_or(parent_full);
        self.nodes.push(node);
        if self.node_ids.insert(&indicator.id, nth).is_some() {
            return Err(ScoreError::RepeatedId(indicator.id.clone()));
        }
        let (rules, cases) = self.add_rules(&indicator.rules, Home::Node(nth), length)?;
        if let Some(node) = self.nodes.get_mut(nth) {
            node.owner.rules = rules;
            node.owner.cases = cases;
        }
        self.add_children(nth, &indicator.indicators, full)?;
        Ok(nth)
    }

    fn add_adjustment(&mut self, adjustment: &'r Adjustment) -> Result<(), ScoreError> {
        let nth = self.adjustments.len();
        let home = Home::Adjustment(nth);
        let (rules, cases) = self.add_rules(&adjustment.rules, home, Length::Year)?;
        self.adjustments.push(Owner {
            id: &adjustment.id,
            name: &adjustment.name,
            rules,
            cap: adjustment.cap.map(Exact::from),
            highest: adjustment.highest,
            starts_full: false,
            cases,
            quote: &adjustment.source.quote,
            at: &adjustment.source.at,
        });
        Ok(())
    }

    fn add_rules(
        &mut self,
        rules: &'r [Rule],
        home: Home,
        length: Length,
    ) -> Result<(Vec<usize>, Cases<'r>), ScoreError> {
        let mut all = Vec::new();
        let mut cases: Cases<'r> = Vec::new();
        for rule in rules {
            let nth = self.rules.len();
            if nth >= MAX_RULES {
                return Err(ScoreError::TooMany { what: "rules", bound: MAX_RULES as u64 });
            }
            if self.rule_ids.insert(&rule.id, nth).is_some() {
                return Err(ScoreError::RepeatedId(rule.id.clone()));
            }
            let case = rule.case.as_ref().map(|it| note_case(&mut cases, &it.name, it.cap));
            let case = case.transpose()?;
            self.rules.push(PlanRule {
                rule,
                home,
                length,
                how: how(rule),
                cap: rule.cap.map(Exact::from),
                case,
                highest: rule.highest,
            });
            all.push(nth);
        }
        Ok((all, cases))
    }

    /// Whether deductions start from the full marks: where nothing is awarded, or every award is the full marks
    /// (达到98%得满分，每低1%扣…；低于90%不得分), which the deductions then take from.
    fn settle_start(&mut self, nth: usize) {
        let Some(node) = self.nodes.get(nth) else { return };
        let mut awards = Vec::new();
        self.awards_below(node, &mut awards);
        let all_full = || node.full.is_some_and(|full| awards.iter().all(|it| *it == Some(full)));
        let starts = match node.method {
            Method::Assessed | Method::Sum => false,
            Method::Deduct if awards.is_empty() => true,
            Method::Deduct | Method::Award => {
                !awards.is_empty() && all_full() && self.deducts_below(node)
            }
        };
        if let Some(node) = self.nodes.get_mut(nth) {
            node.owner.starts_full = starts;
        }
    }

    fn deducts_below(&self, node: &Node<'r>) -> bool {
        let mut rules = node.owner.rules.iter().filter_map(|it| self.rules.get(*it));
        let mut below = node.children.iter().filter_map(|it| self.nodes.get(*it));
        rules.any(|it| it.rule.effect == Effect::Deduct)
            || below.any(|it| it.kind == Kind::Criterion && self.deducts_below(it))
    }

    fn awards_below(&self, node: &Node<'r>, awards: &mut Vec<Option<Exact>>) {
        for rule in node.owner.rules.iter().filter_map(|it| self.rules.get(*it)) {
            if rule.rule.effect == Effect::Award {
                awards.extend(amounts_of(rule.rule));
            }
        }
        let below = node.children.iter().filter_map(|it| self.nodes.get(*it));
        for child in below.filter(|it| it.kind == Kind::Criterion) {
            self.awards_below(child, awards);
        }
    }

    /// Every rule that a `multiply` names must be there.
    fn check_names(&self) -> Result<(), ScoreError> {
        for rule in &self.rules {
            for name in &rule.rule.of {
                if !self.rule_ids.contains_key(name.as_str()) {
                    let (item, name) = (rule.rule.id.clone(), name.clone());
                    return Err(ScoreError::Unknown { item, name });
                }
            }
        }
        Ok(())
    }

    /// What the ruleset as a whole leaves to a person: clauses that nobody has read.
    pub(super) fn pending(&self) -> Vec<Pending> {
        let unread = self.ruleset.unread.iter().map(|it| Pending {
            id: it.id.clone(),
            code: "pending-unread",
            quote: it.text.clone(),
            at: it.at.clone(),
        });
        unread.collect()
    }

    /// The rules of an owner's group that a modifier may change.
    pub(super) fn modifies(&self, modifier: usize, rule: usize) -> bool {
        let (Some(modifier), Some(rule)) = (self.rules.get(modifier), self.rules.get(rule)) else {
            return false;
        };
        if modifier.rule.of.is_empty() {
            self.holds(modifier.home, rule.home)
        } else {
            modifier.rule.of.contains(&rule.rule.id)
        }
    }

    /// Whether a home is, or stands below, another.
    fn holds(&self, above: Home, below: Home) -> bool {
        match (above, below) {
            (Home::Node(above), Home::Node(below)) => {
                above == below
                    || self.nodes.get(above).is_some_and(|it| {
                        it.children.iter().any(|it| self.holds(Home::Node(*it), Home::Node(below)))
                    })
            }
            _ => above == below,
        }
    }
}

type Cases<'r> = Vec<(&'r str, Option<Exact>)>;

fn note_case<'r>(
    cases: &mut Cases<'r>,
    name: &'r str,
    cap: Option<Decimal>,
) -> Result<usize, Overflow> {
    let cap = cap.map(Exact::from);
    if let Some(nth) = cases.iter().position(|it| it.0 == name) {
        if let (Some(slot), Some(cap)) = (cases.get_mut(nth), cap) {
            // Where two rules state the cap of one case differently, the tighter holds.
            slot.1 = Some(match slot.1 {
                Some(old) => old.least(cap)?,
                None => cap,
            });
        }
        return Ok(nth);
    }
    cases.push((name, cap));
    Ok(cases.len() - 1)
}

impl<'r> Owner<'r> {
    fn of_indicator(indicator: &'r Indicator) -> Self {
        Self {
            id: &indicator.id,
            name: &indicator.name,
            rules: Vec::new(),
            cap: indicator.cap.map(Exact::from),
            highest: indicator.highest,
            starts_full: false,
            cases: Vec::new(),
            quote: &indicator.source.quote,
            at: &indicator.source.at,
        }
    }
}

impl<'r> Node<'r> {
    const fn new(owner: Owner<'r>, kind: Kind, depth: usize, length: Length) -> Self {
        Self {
            owner,
            kind,
            depth,
            method: Method::Sum,
            full: None,
            share: Exact::ZERO,
            rate: Exact::ONE,
            weight: None,
            children: Vec::new(),
            length,
            adds_award: false,
            inferred: Vec::new(),
        }
    }

    /// Settles the full marks and what they count in the parent.
    fn set_points(&mut self, indicator: &Indicator, parent_full: Exact) -> Result<(), ScoreError> {
        let hundredth = Exact::quotient(1, 100).unwrap_or(Exact::ONE);
        let part =
            |weight| Exact::from(weight).times(parent_full).and_then(|it| it.times(hundredth));
        let share = indicator.weight.map(part).transpose()?.map(Exact::reduced);
        // 40% of 100 points, and parts of 12, 12 and 16: they are points of the whole.
        let absolute = || {
            let points = indicator.points_of_parts().map(Exact::from);
            share.filter(|it| points.is_some_and(|points| points == *it))
        };
        let full = match indicator.points {
            Some(it) => Exact::from(it),
            None if indicator.weight.is_some() => absolute().unwrap_or(Exact::whole(100)),
            None => {
                self.inferred.push("points-inferred");
                sum_of_points(&indicator.indicators)?
            }
        };
        self.full = Some(full);
        self.weight = indicator.weight;
        self.share = share.unwrap_or(full);
        self.rate = self.share.over(full)?.unwrap_or(Exact::ZERO);
        Ok(())
    }

    /// Settles the method. A sum needs parts with points: a group of criteria alone starts from its full marks, whatever
    /// it is called.
    fn set_method(&mut self, indicator: &Indicator) {
        let scored = indicator.indicators.iter().any(has_points);
        self.method = match indicator.method {
            Some(it) if it != Method::Sum || scored => it,
            _ => {
                self.inferred.push("method-inferred");
                if scored {
                    Method::Sum
                } else {
                    method_of_rules(&indicator.rules, &indicator.indicators)
                }
            }
        };
    }
}

/// Whether an indicator, or one below it, has points or a weight.
fn has_points(indicator: &Indicator) -> bool {
    !indicator.is_criterion() || indicator.indicators.iter().any(has_points)
}

/// The full marks of nodes that state none above them: the sum of their children's.
fn sum_of_points(indicators: &[Indicator]) -> Result<Exact, Overflow> {
    let mut sum = Exact::ZERO;
    for indicator in indicators {
        let points = match (indicator.points, indicator.weight) {
            (Some(points), _) => Exact::from(points),
            (None, Some(weight)) => Exact::from(weight),
            (None, None) => sum_of_points(&indicator.indicators)?,
        };
        sum = sum.plus(points)?;
    }
    Ok(sum)
}

/// All rules of a node and of the criteria below it.
fn effects<'a>(rules: &'a [Rule], criteria: &'a [Indicator], into: &mut Vec<Effect>) {
    for rule in rules {
        into.push(rule.effect);
        into.extend(rule.tiers.iter().filter_map(|it| it.effect));
    }
    for criterion in criteria {
        effects(&criterion.rules, &criterion.indicators, into);
    }
}

fn method_of_rules(rules: &[Rule], criteria: &[Indicator]) -> Method {
    let mut all = Vec::new();
    effects(rules, criteria, &mut all);
    all.retain(|it| *it != Effect::Multiply);
    let deducts = |it: &Effect| matches!(it, Effect::Deduct | Effect::Unstated);
    if all.iter().any(deducts) {
        Method::Deduct
    } else if all.iter().any(|it| matches!(it, Effect::Award | Effect::Add)) {
        Method::Award
    } else if all.is_empty() {
        Method::Assessed
    } else {
        Method::Deduct
    }
}

/// Whether additions are the only way to points: a bonus item with points of its own.
fn only_adds(indicator: &Indicator) -> bool {
    let mut all = Vec::new();
    effects(&indicator.rules, &indicator.indicators, &mut all);
    all.contains(&Effect::Add) && !all.contains(&Effect::Award)
}

/// The amounts that a rule may award, nothing in the place of one that is not fixed; tiers that give nothing are left out.
fn amounts_of(rule: &Rule) -> Vec<Option<Exact>> {
    let exact = |amount: Option<Amount>| match amount {
        Some(Amount::Exact(it)) => Some(Exact::from(it)),
        Some(Amount::Range(..)) | None => None,
    };
    if rule.tiers.is_empty() {
        return vec![if rule.per.is_some() { None } else { exact(rule.amount) }];
    }
    let tiers = rule.tiers.iter().filter(|it| !gives_nothing(it));
    tiers.map(|it| exact(it.amount)).collect()
}

/// Whether a tier says that there are no points (不得分, 得0分).
pub(super) fn gives_nothing(tier: &Tier) -> bool {
    let nothing = |it: Amount| matches!(it, Amount::Exact(it) if it.is_zero());
    tier.effect == Some(Effect::Zero) || tier.amount.is_some_and(nothing)
}

fn how(rule: &Rule) -> How {
    let step = rule.per.as_deref().map(Step::of);
    match rule.effect {
        Effect::Zero if !rule.tiers.is_empty() => How::Tiers,
        Effect::Zero => How::Zero,
        Effect::Multiply => rule.times.map_or(How::Unstated, How::Multiply),
        Effect::Unstated => How::Unstated,
        Effect::Deduct | Effect::Add | Effect::Award if !rule.tiers.is_empty() => How::Tiers,
        Effect::Deduct | Effect::Add | Effect::Award => match (rule.amount, step, rule.cap) {
            (Some(Amount::Exact(it)), Some(step), _) => How::Counted(it.into(), step),
            (Some(Amount::Exact(it)), None, _) => How::Once(it.into()),
            (Some(Amount::Range(min, max)), step, _) => {
                How::Chosen(min, max, step.unwrap_or(Step::ONE))
            }
            // 至多加3分: how much is chosen, up to the cap.
            (None, step, Some(cap)) if rule.formula.is_none() => {
                How::Chosen(Decimal::ZERO, cap, step.unwrap_or(Step::ONE))
            }
            (None, ..) => How::Unstated,
        },
    }
}
