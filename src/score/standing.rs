//! Rank, limits, quotas, grade: what a score is worth among the others.

use std::{
    cmp::{Ordering, Reverse},
    collections::BTreeMap,
};

use super::scores::{GradeState, LimitHit, QuotaResult, UnitScore};
use crate::{
    diagnostic::{Finding, Findings, Severity},
    number::{Decimal, shortest},
    ruleset::{Grade, Limit, LimitEffect, Quota, Ruleset},
};

/// Ranks by the rounded score: equal scores share a rank, and the next rank is as many places on.
pub(super) fn rank(units: &mut [UnitScore]) {
    let mut order: Vec<(Decimal, usize)> =
        units.iter().enumerate().filter_map(|(nth, it)| Some((it.score?, nth))).collect();
    order.sort_by_key(|it| Reverse(it.0));
    let all = ranks(&order);
    let mut within: BTreeMap<Option<String>, Vec<(Decimal, usize)>> = BTreeMap::new();
    for &(score, nth) in &order {
        if let Some(unit) = units.get(nth) {
            within.entry(unit.category.clone()).or_default().push((score, nth));
        }
    }
    for (nth, rank) in all {
        if let Some(unit) = units.get_mut(nth) {
            unit.rank = Some(rank);
        }
    }
    for (nth, rank) in within.values().flat_map(|it| ranks(it)) {
        if let Some(unit) = units.get_mut(nth) {
            unit.rank_in_category = Some(rank);
        }
    }
}

fn ranks(order: &[(Decimal, usize)]) -> Vec<(usize, u32)> {
    let mut res: Vec<(usize, u32)> = Vec::with_capacity(order.len());
    let mut last = None;
    for (place, (score, nth)) in (1_u32..).zip(order) {
        let rank = match last {
            Some((before, rank)) if before == *score => rank,
            _ => place,
        };
        last = Some((*score, rank));
        res.push((*nth, rank));
    }
    res
}

/// The grades of a ruleset, the best first.
#[derive(Debug)]
pub(super) struct Ladder<'r> {
    grades: Vec<&'r Grade>,
}

impl<'r> Ladder<'r> {
    pub(super) fn of(ruleset: &'r Ruleset) -> Self {
        let mut grades: Vec<&Grade> = ruleset.grades.iter().collect();
        let banded = |it: &Grade| it.bounds.lower.is_some() || it.bounds.upper.is_some();
        if grades.iter().all(|it| banded(it)) {
            // The better grade has the higher bounds; a class stands before the grades that it is made of.
            grades.sort_by(|a, b| best_first(a, b));
        }
        Self { grades }
    }

    fn place(&self, name: &str) -> Option<usize> {
        self.grades.iter().position(|it| it.name == name)
    }

    fn name(&self, place: usize) -> Option<&'r str> {
        self.grades.get(place).map(|it| it.name.as_str())
    }

    /// Whether a grade has others as its parts.
    fn is_class(&self, name: &str) -> bool {
        self.grades.iter().any(|it| it.within.as_deref() == Some(name))
    }

    /// The grades that hold a score: those that are no classes, or the class where none of its parts does.
    fn holding(&self, score: Decimal) -> Vec<&'r str> {
        let all: Vec<&Grade> = self
            .grades
            .iter()
            .copied()
            .filter(|it| it.bounds.holds(score) && has_band(it))
            .collect();
        let parts: Vec<&Grade> =
            all.iter().copied().filter(|it| !self.is_class(&it.name)).collect();
        let mut names: Vec<&str> = if parts.is_empty() { all } else { parts }
            .into_iter()
            .map(|it| it.name.as_str())
            .collect();
        // A band that the document states twice is one.
        names.dedup();
        names
    }

    /// The best grade under a place that is no class.
    fn below(&self, place: usize) -> Option<usize> {
        let mut rest = self.grades.iter().enumerate().skip(place + 1);
        let name = self.name(place);
        rest.find(|it| Some(it.1.name.as_str()) != name && !self.is_class(&it.1.name))
            .map(|it| it.0)
    }

    /// The last place of a grade and of the parts of it.
    fn last_place(&self, name: &str) -> Option<usize> {
        self.grades.iter().rposition(|it| it.name == name || it.within.as_deref() == Some(name))
    }
}

fn has_band(grade: &Grade) -> bool {
    grade.bounds.lower.is_some() || grade.bounds.upper.is_some()
}

fn best_first(a: &Grade, b: &Grade) -> Ordering {
    // Without a lower bound it reaches down without end, without an upper one up without end.
    let lower = |it: &Grade| it.bounds.lower.map(|it| it.value);
    let upper = |it: &Grade| it.bounds.upper.map_or(Decimal::MAX, |it| it.value);
    let class = |it: &Grade| it.within.is_some();
    (lower(b), upper(b), class(a)).cmp(&(lower(a), upper(a), class(b)))
}

/// Gives every unit the grade of its band.
pub(super) fn band(ladder: &Ladder<'_>, units: &mut [UnitScore], findings: &mut Findings) {
    if !ladder.grades.iter().any(|it| has_band(it)) {
        return;
    }
    for unit in units {
        let Some(score) = unit.score else { continue };
        match ladder.holding(score).as_slice() {
            [name] => unit.grade = GradeState::Given((*name).to_owned()),
            [] => {
                unit.grade = GradeState::Open("grade-in-no-band");
                findings.push(about("score-in-no-band", Severity::Warning, unit, score));
            }
            several => {
                unit.grade = GradeState::Open("grade-in-several-bands");
                let finding = about("score-in-several-bands", Severity::Warning, unit, score);
                findings.push(finding.arg("grades", several.join("、")));
            }
        }
        if let GradeState::Given(name) = &unit.grade {
            unit.band = Some(name.clone());
        }
    }
}

fn about(code: &str, severity: Severity, unit: &UnitScore, score: Decimal) -> Finding {
    Finding::new(code, severity).arg("unit", &unit.unit).arg("score", shortest(score))
}

/// Applies a limit to a unit's grade.
pub(super) fn limit(
    ladder: &Ladder<'_>,
    limit: &Limit,
    id: String,
    unit: &mut UnitScore,
    findings: &mut Findings,
) {
    let before = unit.grade.name().map(ToOwned::to_owned);
    let after = match (&limit.grade, limit.effect) {
        (None, _) => GradeState::Open("grade-vetoed"),
        (Some(name), LimitEffect::Force) => match unit.grade.name().and_then(|it| ladder.place(it))
        {
            // Two limits that force: the worse one holds.
            Some(now) if unit.is_forced() && ladder.place(name).is_none_or(|it| it < now) => {
                unit.grade.clone()
            }
            _ => GradeState::Given(name.clone()),
        },
        (Some(name), LimitEffect::Forbid) => forbid(ladder, name, unit, &id, findings),
    };
    unit.grade = after;
    unit.limits.push(LimitHit {
        id,
        effect: limit.effect,
        grade: limit.grade.clone(),
        when: limit.when.clone().unwrap_or_default(),
        at: limit.source.at.clone(),
        quote: limit.source.quote.clone(),
        before,
        after: unit.grade.name().map(ToOwned::to_owned),
    });
}

fn forbid(
    ladder: &Ladder<'_>,
    name: &str,
    unit: &UnitScore,
    id: &str,
    findings: &mut Findings,
) -> GradeState {
    let Some(forbidden) = ladder.last_place(name) else {
        let finding = Finding::new("limit-on-unknown-grade", Severity::Warning).item(id);
        findings.push(finding.arg("grade", name));
        return unit.grade.clone();
    };
    match unit.grade.name().and_then(|it| ladder.place(it)) {
        Some(now) if now <= forbidden => {
            match ladder.below(forbidden).and_then(|it| ladder.name(it)) {
                Some(lower) => GradeState::Given(lower.to_owned()),
                None => GradeState::Open("grade-forbidden"),
            }
        }
        _ => unit.grade.clone(),
    }
}

/// Applies the quotas, the best grade first: those who are over it move to the next grade, in rank order; where a tie
/// straddles the line, nobody is chosen.
pub(super) fn quotas(
    ruleset: &Ruleset,
    ids: &[String],
    ladder: &Ladder<'_>,
    units: &mut [UnitScore],
    findings: &mut Findings,
) -> Vec<QuotaResult> {
    let mut order: Vec<(&String, &Quota)> = ids.iter().zip(&ruleset.quotas).collect();
    order.sort_by_key(|it| ladder.place(&it.1.grade).unwrap_or(usize::MAX));
    let mut results = Vec::new();
    // How many of the undecided ones will come down into a grade, by scope.
    let mut coming: BTreeMap<(String, Option<String>), u64> = BTreeMap::new();
    for (id, quota) in order {
        if ladder.place(&quota.grade).is_none() {
            let finding =
                Finding::new("quota-on-unknown-grade", Severity::Warning).item(id.as_str());
            findings.push(finding.arg("grade", &quota.grade));
            continue;
        }
        for (scope, members) in scopes(quota, id, units, findings) {
            let place = (quota.grade.clone(), scope.clone());
            let held = coming.get(&place).copied().unwrap_or(0);
            let one = Applied { ladder, quota, id, scope, held };
            let result = one.apply(&members, units, findings);
            if let (Some(next), true) = (one.next(), result.will_fall > 0) {
                *coming.entry((next.to_owned(), one.scope.clone())).or_default() +=
                    result.will_fall;
            }
            results.push(result);
        }
    }
    results
}

/// The groups within which a quota counts: every category, one category, or all units.
fn scopes(
    quota: &Quota,
    id: &str,
    units: &[UnitScore],
    findings: &mut Findings,
) -> Vec<(Option<String>, Vec<usize>)> {
    let all = || (0..units.len()).collect::<Vec<_>>();
    let mut by_category: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (nth, unit) in units.iter().enumerate() {
        if let Some(category) = &unit.category {
            by_category.entry(category).or_default().push(nth);
        }
    }
    let Some(within) = quota.within.as_deref().map(str::trim).filter(|it| !it.is_empty()) else {
        return vec![(None, all())];
    };
    if let Some(members) = by_category.remove(within) {
        return vec![(Some(within.to_owned()), members)];
    }
    if ["同类", "各类", "类别", "本类"].iter().any(|it| within.contains(it)) {
        if by_category.is_empty() {
            let finding = Finding::new("quota-without-categories", Severity::Warning).item(id);
            findings.push(finding.arg("within", within));
            return vec![(None, all())];
        }
        return by_category.into_iter().map(|(name, it)| (Some(name.to_owned()), it)).collect();
    }
    let named: Vec<(&str, Vec<usize>)> =
        by_category.into_iter().filter(|it| within.contains(it.0)).collect();
    if let [(name, members)] = named.as_slice() {
        return vec![(Some((*name).to_owned()), members.clone())];
    }
    if !["总", "全", "参评", "参加", "被考"].iter().any(|it| within.contains(it)) {
        let finding = Finding::new("quota-scope-unread", Severity::Note).item(id);
        findings.push(finding.arg("within", within));
    }
    vec![(None, all())]
}

/// One quota in one group.
struct Applied<'a, 'r> {
    ladder: &'a Ladder<'r>,
    quota: &'a Quota,
    id: &'a str,
    scope: Option<String>,
    /// Places that undecided units of the grade above will take.
    held: u64,
}

impl Applied<'_, '_> {
    fn next(&self) -> Option<&str> {
        let place = self.ladder.last_place(&self.quota.grade)?;
        self.ladder.name(self.ladder.below(place)?)
    }

    /// How many units the grade may have: a percentage is cut off to a whole number.
    fn allowed(&self, members: usize) -> Option<u64> {
        let share = self.quota.max.and_then(|max| {
            let part = max.checked_mul(Decimal::from(members as u64))?;
            u64::try_from((part / Decimal::ONE_HUNDRED).floor().normalize().mantissa()).ok()
        });
        let count =
            self.quota.count.and_then(|it| u64::try_from(it.floor().normalize().mantissa()).ok());
        match (share, count) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        }
    }

    fn apply(
        &self,
        members: &[usize],
        units: &mut [UnitScore],
        findings: &mut Findings,
    ) -> QuotaResult {
        let holds = |it: &UnitScore| {
            let within = it.grade.name().is_some_and(|name| {
                name == self.quota.grade
                    || self.ladder.grades.iter().any(|grade| {
                        grade.name == name && grade.within.as_deref() == Some(&self.quota.grade)
                    })
            });
            within && it.score.is_some()
        };
        let mut holders: Vec<(Decimal, usize)> = members
            .iter()
            .filter_map(|nth| {
                units.get(*nth).filter(|it| holds(it)).and_then(|it| Some((it.score?, *nth)))
            })
            .collect();
        holders.sort_by_key(|it| Reverse(it.0));
        let mut result = QuotaResult {
            id: self.id.to_owned(),
            grade: self.quota.grade.clone(),
            scope: self.scope.clone(),
            of: members.len() as u64,
            allowed: self.allowed(members.len()),
            holding: holders.len() as u64,
            moved_down: Vec::new(),
            undecided: Vec::new(),
            will_fall: 0,
            quote: self.quota.source.quote.clone(),
            at: self.quota.source.at.clone(),
        };
        let incomplete =
            members.iter().filter_map(|it| units.get(*it)).any(|it| it.score.is_none());
        if incomplete {
            findings.push(self.finding("quota-over-incomplete", Severity::Warning));
        }
        let Some(allowed) = result.allowed else { return result };
        self.cut(&holders, allowed.saturating_sub(self.held), units, &mut result);
        if !result.undecided.is_empty() {
            let finding = self.finding("quota-tie", Severity::Warning);
            findings
                .push(finding.arg("units", result.undecided.join("、")).arg("allowed", allowed));
        }
        result
    }

    /// Moves those beyond the line down; those on it, where they are equal, are left undecided.
    fn cut(
        &self,
        holders: &[(Decimal, usize)],
        allowed: u64,
        units: &mut [UnitScore],
        result: &mut QuotaResult,
    ) {
        let allowed = usize::try_from(allowed).unwrap_or(usize::MAX);
        let Some((line, _)) = holders.get(allowed).copied() else { return };
        let above = holders.iter().filter(|it| it.0 > line).count();
        // The first one beyond the line and the last one within it have the same score.
        let tie = above < allowed;
        let tied = holders.iter().filter(|it| it.0 == line).count();
        let lower = self.next().map(ToOwned::to_owned);
        for (score, nth) in holders.iter().skip(above) {
            let Some(unit) = units.get_mut(*nth) else { continue };
            if tie && *score == line {
                result.undecided.push(unit.unit.clone());
                unit.grade = GradeState::Tied(self.quota.grade.clone(), lower.clone());
                continue;
            }
            result.moved_down.push(unit.unit.clone());
            unit.quota = Some(self.id.to_owned());
            unit.grade = match &lower {
                Some(it) => GradeState::Given(it.clone()),
                None => GradeState::Open("grade-over-quota"),
            };
        }
        if tie {
            result.will_fall = (tied - (allowed - above)) as u64;
        }
    }

    fn finding(&self, code: &str, severity: Severity) -> Finding {
        let source = &self.quota.source;
        Finding::new(code, severity)
            .item(self.id)
            .at(source.at.clone(), source.quote.clone())
            .arg("grade", &self.quota.grade)
            .arg("scope", self.scope.as_deref().unwrap_or("-"))
    }
}
