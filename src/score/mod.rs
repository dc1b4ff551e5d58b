//! Scores: an approved ruleset, applied to the data of the units that are assessed (docs/score.md).
//!
//! `data` reads tables, `bind` ties them to the ruleset and counts the events, `plan` settles what the ruleset leaves
//! open, `evaluate` computes one unit after the other, `standing` ranks them and gives grades. Every number is exact
//! until the last step, and every score can be explained down to the last point.

mod approval;
mod bind;
mod data;
mod error;
mod evaluate;
pub mod exact;
pub mod explanation;
mod moves;
mod period;
mod plan;
mod result;
mod scores;
mod standing;

use std::collections::{BTreeMap, BTreeSet};

pub use self::{
    approval::Approval,
    data::{Data, DataError, Fault, MAX_FAULTS, Unit, data_from_text, load_data},
    error::{Pending, ScoreError},
    evaluate::{Gap, GapKind},
    period::{Length, Period, Written, parse as parse_period},
    scores::{
        GradeState, IndicatorHead, IndicatorScore, LimitHit, QuotaResult, Receipt, Scores, Status,
        UnitScore,
    },
};
use self::{
    bind::{Bound, Wanted, bind},
    evaluate::{Evaluator, Log, NodeSum, View},
    exact::{Exact, Overflow},
    plan::{Kind, Plan},
    standing::Ladder,
};
use crate::{
    diagnostic::{Finding, Findings, Severity},
    number::{Decimal, shortest},
    ruleset::{FORMAT_VERSION, Ruleset},
};

/// How scores are computed.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Execute what is not approved, and mark every output as a draft.
    pub draft: bool,
    /// Keep the score of every indicator.
    pub indicators: bool,
    /// Explain every unit.
    pub explain_all: bool,
    /// Explain these units.
    pub explain: BTreeSet<String>,
    /// The periods that are scored; none means the whole year. Rows of other periods do not count.
    pub periods: BTreeSet<Period>,
}

/// Computes the scores of all units.
///
/// # Errors
///
/// Refuses what is not approved or waits for a person, unless it is a draft; says what is wrong with the data or the
/// ruleset.
pub fn run(
    ruleset: &Ruleset,
    approval: &Approval,
    data: &Data,
    options: &Options,
) -> Result<Scores, ScoreError> {
    let plan = Plan::of(ruleset, approval.limit_ids(ruleset))?;
    let mut pending = approval.pending.clone();
    let unread = plan.pending();
    pending
        .extend(unread.into_iter().filter(|it| approval.pending.iter().all(|at| at.id != it.id)));
    if !pending.is_empty() && !options.draft {
        return Err(ScoreError::Refused(pending));
    }
    let wanted = Wanted {
        explain_all: options.explain_all,
        explain: &options.explain,
        periods: &options.periods,
    };
    let bound = bind(&plan, data, wanted)?;
    if !bound.pending.is_empty() && !options.draft {
        return Err(ScoreError::Refused(bound.pending));
    }
    let mut findings = Findings::default();
    let nodes = options.indicators.then(Vec::new);
    let evaluator = Evaluator { plan: &plan, bound: &bound, log: Log::default(), nodes };
    let mut run = Run { evaluator, data, options };
    let mut units = run.units()?;
    note_measures(&plan, data, &run.evaluator.log, &mut findings);
    note_periods(&plan, &bound, options, &mut findings);
    let quotas = settle_grades(&plan, approval, &bound, &mut units, &mut findings);
    Ok(Scores {
        receipt: Receipt {
            program: env!("CARGO_PKG_VERSION").to_owned(),
            format: FORMAT_VERSION,
            ruleset: approval.ruleset.clone(),
            review: approval.review.clone(),
            data: data.sha256.clone(),
        },
        draft: options.draft,
        ruleset: ruleset.name.clone(),
        title: ruleset.document.title.clone(),
        year: ruleset.document.year.clone(),
        full: plan.nodes.first().and_then(|it| it.full).unwrap_or(Exact::ZERO),
        places: ruleset.rounding.places,
        periods: root_periods(&plan, &bound),
        indicators: heads(&plan),
        units,
        quotas,
        shares: ruleset.shares.iter().map(|it| (it.into.clone(), it.weight)).collect(),
        events: bound.events,
        findings: findings.iter().cloned().collect(),
    })
}

/// The evaluation of all units.
struct Run<'a, 'r> {
    evaluator: Evaluator<'a, 'r>,
    data: &'a Data,
    options: &'a Options,
}

impl Run<'_, '_> {
    fn units(&mut self) -> Result<Vec<UnitScore>, ScoreError> {
        let mut cells = self.evaluator.bound.cells.as_slice();
        let mut units = Vec::with_capacity(self.data.units.len());
        for (unit, nth) in self.data.units.iter().zip(0_u32..) {
            let count = cells.iter().take_while(|it| it.unit() == nth).count();
            let (own, rest) = cells.split_at_checked(count).unwrap_or_default();
            cells = rest;
            let of = &self.evaluator.bound.not_applicable;
            let view = View {
                unit: nth,
                cells: own,
                explain: self.options.explain_all || self.options.explain.contains(&unit.name),
                leaves_out: of.range((nth, 0)..=(nth, u32::MAX)).next().is_some(),
            };
            let score = self.unit(unit, &view);
            units.push(score.map_err(|Overflow| ScoreError::TooLarge(unit.name.clone()))?);
        }
        Ok(units)
    }

    fn unit(&mut self, unit: &Unit, view: &View<'_>) -> Result<UnitScore, Overflow> {
        let count = self.evaluator.plan.nodes.len();
        if let Some(nodes) = &mut self.evaluator.nodes {
            nodes.clear();
            nodes.resize(count, NodeSum::default());
        }
        self.evaluator.log.gaps.clear();
        let mut periods = Vec::new();
        let result = self.evaluator.result(view, &mut periods)?;
        let mut gaps = std::mem::take(&mut self.evaluator.log.gaps);
        gaps.sort();
        gaps.dedup();
        let status = match (result.exact, result.waits) {
            (None, _) => Status::Incomplete,
            (Some(_), true) => Status::Waits,
            (Some(_), false) => Status::Complete,
        };
        Ok(UnitScore {
            unit: unit.name.clone(),
            category: unit.category.clone(),
            exact: result.exact,
            score: result.score,
            status,
            rank: None,
            rank_in_category: None,
            band: None,
            grade: GradeState::None,
            quota: None,
            limits: Vec::new(),
            gaps,
            periods,
            indicators: self.indicator_scores()?,
            explanation: result.part,
        })
    }

    /// The score of each indicator: the mean of the periods to which it applies.
    fn indicator_scores(&self) -> Result<Vec<IndicatorScore>, Overflow> {
        let Some(sums) = &self.evaluator.nodes else { return Ok(Vec::new()) };
        let nodes = self.evaluator.plan.nodes.iter().zip(sums);
        let own = nodes.filter(|it| it.0.kind == Kind::Indicator).map(|(_, sum)| {
            let mean = Exact::quotient(1, i128::from(sum.count));
            Ok(match (sum.sum, mean) {
                (_, None) => IndicatorScore::NotApplicable,
                (Some(it), Some(mean)) if !sum.missing => {
                    IndicatorScore::Known(it.times(mean)?.reduced())
                }
                _ => IndicatorScore::Missing,
            })
        });
        own.collect()
    }
}

fn heads(plan: &Plan<'_>) -> Vec<IndicatorHead> {
    let indicators = plan.nodes.iter().filter(|it| it.kind == Kind::Indicator);
    let heads = indicators.map(|it| IndicatorHead {
        id: it.owner.id.to_owned(),
        name: it.owner.name.to_owned(),
        full: it.full.unwrap_or(Exact::ZERO),
        weight: it.weight,
        depth: it.depth,
    });
    heads.collect()
}

fn root_periods(plan: &Plan<'_>, bound: &Bound) -> Vec<Period> {
    let length = plan.nodes.first().map_or(Length::Year, |it| it.length);
    if length == Length::Year { Vec::new() } else { bound.periods_within(length, Period::YEAR) }
}

/// Says where only a part of the year is scored, and how many rows do not belong to it.
fn note_periods(plan: &Plan<'_>, bound: &Bound, options: &Options, findings: &mut Findings) {
    if options.periods.is_empty() {
        return;
    }
    let length = plan.nodes.first().map_or(Length::Year, |it| it.length);
    let scored = root_periods(plan, bound);
    if length != Length::Year && scored.len() < usize::from(length.count()) {
        let named: Vec<String> = scored.iter().map(ToString::to_string).collect();
        let finding = Finding::new("periods-incomplete", Severity::Note);
        findings.push(finding.arg("found", named.join(" ")).arg("count", length.count()));
    }
    if bound.outside > 0 {
        let finding = Finding::new("rows-outside-periods", Severity::Note);
        findings.push(finding.arg("count", bound.outside));
    }
}

/// Says where a measured value lies in no tier, or in several.
fn note_measures(plan: &Plan<'_>, data: &Data, log: &Log, findings: &mut Findings) {
    type Seen = BTreeMap<usize, (u64, u32, Decimal)>;
    let seen: [(&str, &Seen, Severity); 2] = [
        ("measure-in-no-tier", &log.outside, Severity::Note),
        ("measure-in-several-tiers", &log.several, Severity::Warning),
    ];
    for (code, all, severity) in seen {
        for (rule, (count, unit, value)) in all {
            let Some(rule) = plan.rules.get(*rule).map(|it| it.rule) else { continue };
            let unit = data.units.get(*unit as usize).map_or("", |it| it.name.as_str());
            findings.push(
                Finding::new(code, severity)
                    .item(rule.id.clone())
                    .at(rule.source.at.clone(), rule.source.quote.clone())
                    .arg("measure", rule.measure.as_deref().unwrap_or(&rule.id))
                    .arg("value", shortest(*value))
                    .arg("unit", unit)
                    .arg("count", count),
            );
        }
    }
}

/// Rank, band, limits, quotas.
fn settle_grades(
    plan: &Plan<'_>,
    approval: &Approval,
    bound: &Bound,
    units: &mut [UnitScore],
    findings: &mut Findings,
) -> Vec<QuotaResult> {
    let ruleset = plan.ruleset;
    standing::rank(units);
    let ladder = Ladder::of(ruleset);
    standing::band(&ladder, units, findings);
    for (unit, limit) in bound.limits.keys() {
        let limit = *limit as usize;
        let rule = ruleset.limits.get(limit).zip(plan.limit_ids.get(limit));
        if let (Some((rule, id)), Some(unit)) = (rule, units.get_mut(*unit as usize)) {
            standing::limit(&ladder, rule, id.clone(), unit, findings);
        }
    }
    standing::quotas(ruleset, &approval.quota_ids(ruleset), &ladder, units, findings)
}
