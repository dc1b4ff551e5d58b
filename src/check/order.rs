//! Puts findings into the order in which a reader meets them.

use std::{cell::LazyCell, collections::BTreeMap};

use crate::{
    check::view::View,
    diagnostic::{Finding, Findings},
    ruleset::SourceRef,
};

/// A place in words (第4页 表2 第3行), taken apart: the words between the numbers, and the numbers.
type Words = (Vec<String>, Vec<u32>);

/// The places of a ruleset's items: for each kind of place, the numbers and the first character, sorted.
type Landmarks = BTreeMap<Vec<String>, Vec<(Vec<u32>, u32)>>;

/// The findings in document order. A stored finding has a place in words and no span: it stands where the ruleset's nearest
/// item before that place stands. Those without any place come last.
pub(crate) fn by_place(findings: Findings, view: &View<'_>) -> Vec<Finding> {
    let landmarks = LazyCell::new(|| landmarks(view));
    let mut found: Vec<(u32, Finding)> = findings
        .into_sorted()
        .into_iter()
        .map(|it| (it.span.map_or_else(|| nearest(&it.at, &landmarks), |it| it.start), it))
        .collect();
    found.sort_by_key(|it| it.0);
    found.into_iter().map(|it| it.1).collect()
}

/// The places of the ruleset's items, in words and in characters.
fn landmarks(view: &View<'_>) -> Landmarks {
    let ruleset = view.ruleset;
    let mut sources: Vec<&SourceRef> = Vec::new();
    sources.extend(ruleset.total.iter().map(|it| &it.source));
    sources.extend(view.nodes.iter().map(|it| &it.indicator.source));
    sources.extend(ruleset.adjustments.iter().map(|it| &it.source));
    sources.extend(view.rules.iter().map(|it| &it.rule.source));
    sources.extend(ruleset.grades.iter().map(|it| &it.source));
    sources.extend(ruleset.quotas.iter().map(|it| &it.source));
    sources.extend(ruleset.limits.iter().map(|it| &it.source));
    sources.extend(ruleset.notes.iter().map(|it| &it.source));
    let places = sources.into_iter().filter_map(|it| Some((words(&it.at), it.span?.start)));
    let unread = ruleset.unread.iter().filter_map(|it| Some((words(&it.at), it.span?.start)));
    let mut landmarks = Landmarks::new();
    for ((kind, numbers), start) in places.chain(unread) {
        landmarks.entry(kind).or_default().push((numbers, start));
    }
    landmarks.values_mut().for_each(|it| it.sort_unstable());
    landmarks
}

/// Where the last item of the same kind of place stands that is not after it.
fn nearest(at: &str, landmarks: &Landmarks) -> u32 {
    let (kind, numbers) = words(at);
    let alike = landmarks.get(&kind).map(Vec::as_slice).unwrap_or_default();
    let after = alike.partition_point(|it| it.0 <= numbers);
    after.checked_sub(1).and_then(|it| alike.get(it)).map_or(u32::MAX, |it| it.1)
}

fn words(at: &str) -> Words {
    let kind = at.split(|it: char| it.is_ascii_digit()).filter(|it| !it.is_empty());
    let numbers = at.split(|it: char| !it.is_ascii_digit()).filter_map(|it| it.parse().ok());
    (kind.map(str::to_owned).collect(), numbers.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        diagnostic::Severity,
        ruleset::{Ruleset, Unread},
        source::Span,
    };

    fn unread(at: &str, start: u32) -> Unread {
        Unread { at: at.to_owned(), span: Some(Span::new(start, start + 1)), ..Unread::default() }
    }

    #[test]
    fn a_place_in_words_stands_between_places_with_spans() {
        let ruleset = Ruleset {
            unread: vec![unread("第2段", 20), unread("第12段", 120), unread("表1 第3行", 300)],
            ..Ruleset::default()
        };
        let mut findings = Findings::default();
        for at in ["", "表1 第9行", "第13段", "第9段", "第12段"] {
            findings.push(Finding::new("a", Severity::Note).at(at, ""));
        }
        findings.push(Finding::new("b", Severity::Note).span(Span::new(121, 122)));
        let order: Vec<String> = by_place(findings, &View::of(&ruleset))
            .into_iter()
            .map(|it| it.at + &it.code)
            .collect();
        assert_eq!(order, ["第9段a", "第12段a", "第13段a", "b", "表1 第9行a", "a"]);
    }
}
