//! What the parts of a group add up to, and what they should.

use crate::{
    check::{tree::Node, view::View},
    number::Decimal,
    ruleset::{Effect, Indicator, Rule, Ruleset, SourceRef},
};

/// The parts of the whole assessment or of one indicator, beside the full marks that they share.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Group<'a> {
    /// The indicator that they are parts of; none for the first level.
    pub(crate) parent: Option<&'a Indicator>,
    /// Where the full marks are stated.
    pub(crate) source: &'a SourceRef,
    /// The full marks.
    pub(crate) marks: Decimal,
    /// The parts.
    pub(crate) parts: &'a [Indicator],
}

impl<'a> Group<'a> {
    /// What the points add up to, where that is not the group's full marks. Parts without points of their own share what
    /// the others leave, so that only too much is wrong there.
    pub(crate) fn wrong_points(&self) -> Option<Decimal> {
        if self.parent.is_some_and(|it| it.highest) {
            return None;
        }
        let plain: Vec<&Indicator> = self.parts.iter().filter(|it| !is_extra(it)).collect();
        let sum: Decimal = plain.iter().filter_map(|it| it.points).sum();
        let all_points = plain.iter().all(|it| it.points.is_some());
        let wrong = if all_points { sum != self.marks } else { sum > self.marks };
        (wrong && !self.adds_up(|it| it.points)).then_some(sum)
    }

    /// What the weights add up to, where that is not 100.
    pub(crate) fn wrong_weights(&self) -> Option<Decimal> {
        let plain: Vec<&Indicator> = self.parts.iter().filter(|it| !is_extra(it)).collect();
        let weights: Vec<Decimal> = plain.iter().filter_map(|it| it.weight).collect();
        let sum: Decimal = weights.iter().sum();
        if weights.is_empty() || is_rounded_share(&weights, sum) {
            return None;
        }
        let wrong = if weights.len() == plain.len() { sum != self.marks } else { sum > self.marks };
        (wrong && !self.adds_up(|it| it.weight)).then_some(sum)
    }

    /// Whether the parts are items of running text that carry their points in brackets: without numbers and without parts.
    pub(crate) fn is_bracketed(&self) -> bool {
        let bracketed = |it: &Indicator| {
            let quote: String = it.source.quote.chars().filter(|it| !it.is_whitespace()).collect();
            it.indicators.is_empty()
                && ["分）", "分)", "分】", "分］", "分]"].iter().any(|it| quote.contains(it))
                && !is_numbered(&quote)
        };
        self.parts.iter().all(bracketed)
    }

    /// Whether the numbers of those parts that have one reach the full marks: in one, or in several complete rubrics that
    /// stand one after the other (one for each kind of unit); the later ones may be out of 100.
    pub(crate) fn adds_up(&self, number: impl Fn(&Indicator) -> Option<Decimal>) -> bool {
        let mut sum = Decimal::ZERO;
        let mut complete = false;
        for it in self.parts.iter().filter_map(number) {
            sum += it;
            if sum == self.marks {
                sum = Decimal::ZERO;
                complete = true;
            }
        }
        complete && (sum.is_zero() || sum == Decimal::ONE_HUNDRED)
    }
}

/// The first level, where the document states a total.
pub(crate) fn first_level(ruleset: &Ruleset) -> Option<Group<'_>> {
    let total = ruleset.total.as_ref()?;
    let (source, parts) = (&total.source, ruleset.indicators.as_slice());
    (!parts.is_empty()).then_some(Group { parent: None, source, marks: total.points, parts })
}

/// Each indicator that has full marks and parts, in the order of the tree.
pub(crate) fn groups<'a>(view: &View<'a>) -> impl Iterator<Item = Group<'a>> {
    let whole = view.ruleset.total.as_ref().map_or(Decimal::ONE_HUNDRED, |it| it.points);
    view.nodes.iter().filter_map(move |it| group(it, whole))
}

fn group<'a>(node: &Node<'a>, whole: Decimal) -> Option<Group<'a>> {
    let parent = node.indicator;
    let (source, parts) = (&parent.source, parent.indicators.as_slice());
    if parts.is_empty() {
        return None;
    }
    let within = |above, it: &&Indicator| it.full_marks_below(above).unwrap_or(above);
    let above = node.above.iter().fold(whole, within);
    let marks = parent.full_marks_below(above)?;
    Some(Group { parent: Some(parent), source, marks, parts })
}

/// Whether points of it come on top of the full marks: its name says so, or it holds additions alone.
pub(crate) fn is_extra(indicator: &Indicator) -> bool {
    const ENDS: [&str; 8] =
        ["加分", "加分项", "加分指标", "附加分", "附加项", "奖励分", "扣分项", "减分项"];
    if ENDS.iter().any(|it| indicator.name.ends_with(it)) {
        return true;
    }
    let (rules, below) = (&indicator.rules, &indicator.indicators);
    let adds = |it: &Rule| matches!(it.effect, Effect::Add | Effect::Multiply);
    let holds_some = rules.iter().any(|it| it.effect == Effect::Add) || !below.is_empty();
    holds_some && rules.iter().all(adds) && below.iter().all(is_extra)
}

/// Whether a text begins with the label of a list's item: 1. 2、（三） ①.
fn is_numbered(text: &str) -> bool {
    let body = text.trim_start_matches(['（', '(', '第']);
    let digits = |it: char| it.is_ascii_digit() || "一二三四五六七八九十百".contains(it);
    let rest = body.trim_start_matches(digits);
    let labelled = rest.len() < body.len() && rest.starts_with(['.', '．', '、', '）', ')', '条']);
    labelled || text.starts_with(|it| ('①'..='⑳').contains(&it))
}

/// Whether the weights are one number, rounded so that their sum cannot be 100 (33.3 three times).
fn is_rounded_share(weights: &[Decimal], sum: Decimal) -> bool {
    let Some(first) = weights.first().map(Decimal::normalize) else { return false };
    let equal = weights.iter().all(|it| *it == first);
    let half = Decimal::new(5, first.scale() + 1);
    let most = half * Decimal::from(weights.len());
    equal && first.scale() > 0 && (sum - Decimal::ONE_HUNDRED).abs() <= most
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(points: &[&str], marks: &str) -> Option<String> {
        let part = |it: &&str| Indicator { points: it.parse().ok(), ..Indicator::default() };
        let parts: Vec<Indicator> = points.iter().map(part).collect();
        let source = SourceRef::default();
        let group =
            Group { parent: None, source: &source, marks: marks.parse().unwrap(), parts: &parts };
        group.wrong_points().map(|it| it.normalize().to_string())
    }

    #[test]
    fn points_add_up_or_not() {
        for (points, marks, sum) in [
            (&["90", "10"][..], "100", None),
            (&["0.1", "0.2"], "0.3", None),
            (&["90", "5"], "100", Some("95")),
            // Parts without points share the rest.
            (&["90", "-"], "100", None),
            (&["90", "20", "-"], "100", Some("110")),
            // A rubric for each kind of unit.
            (&["100", "100"], "100", None),
            (&["60", "40", "70", "30"], "100", None),
            (&["60", "40", "70", "20"], "100", Some("190")),
            (&["700", "500", "60", "40"], "1200", None),
            (&["700", "400", "60", "40"], "1000", Some("1200")),
        ] {
            assert_eq!(wrong(points, marks).as_deref(), sum, "{points:?}");
        }
    }

    #[test]
    fn labels_are_told_from_text() {
        for (text, numbered) in [
            ("1.专题培训班（5分）", true),
            ("（一）组织领导（5分）", true),
            ("十二、考勤（5分）", true),
            ("①考勤（5分）", true),
            ("三会一课按时召开（1分）", false),
            ("2025年度计划（1分）", false),
            ("（含街道）按时换届（1分）", false),
        ] {
            assert_eq!(is_numbered(text), numbered, "{text}");
        }
    }

    #[test]
    fn equal_weights_may_be_rounded() {
        for (weight, times, rounded) in
            [("33.3", 3, true), ("16.7", 6, true), ("33", 3, false), ("33.3", 4, false)]
        {
            let weights = vec![weight.parse().unwrap(); times];
            assert_eq!(is_rounded_share(&weights, weights.iter().sum()), rounded, "{weight}");
        }
    }
}
