//! What holds for every ruleset and all data: explanations add up, another fault never helps, caps hold, order does not
//! matter, and the fast way of computing agrees with the plain one to the last digit.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;

use chidu::{
    number::Decimal,
    ruleset::{
        Adjustment, Amount, Bound, Bounds, Case, Effect, Indicator, Method, Periods, Rounding,
        Rule, Ruleset, Tier, Total,
    },
    score::{
        Approval, IndicatorScore, Options, Scores, data_from_text,
        explanation::{Part, Reason, What},
        run,
    },
};
use proptest::prelude::*;

/// The units of all data here.
const UNITS: [&str; 3] = ["甲局", "乙局", "丙镇"];

/// One random event: the unit, the place of the rule, occurrences, the amount in hundredths of its range, the period,
/// whether a modifier or an exemption applies.
#[derive(Debug, Clone)]
struct Happening {
    unit: usize,
    rule: usize,
    occurrences: u64,
    within: u32,
    period: usize,
    modifier: u8,
}

fn number(most: i64) -> impl Strategy<Value = Decimal> {
    (1..=most, 0..3_u32).prop_map(|(it, places)| Decimal::new(it, places))
}

fn any_happening() -> impl Strategy<Value = Happening> {
    (0..UNITS.len(), 0..64_usize, 0..6_u64, 0..=100_u32, 0..2_usize, 0..4_u8).prop_map(
        |(unit, rule, occurrences, within, period, modifier)| Happening {
            unit,
            rule,
            occurrences,
            within,
            period,
            modifier,
        },
    )
}

/// A rule without an id: those are given once the tree stands.
fn any_rule(effects: &'static [Effect]) -> impl Strategy<Value = Rule> {
    let amount = prop_oneof![
        3 => number(800).prop_map(Amount::Exact),
        1 => (number(200), number(300)).prop_map(|(a, b)| Amount::Range(a, a + b)),
    ];
    let per = prop::option::of(prop::sample::select(vec!["次", "3件", "人次", "2个百分点"]));
    let case = prop::option::weighted(0.3, (0..2_usize, number(600)));
    let effect = prop::sample::select(effects);
    let cap = prop::option::weighted(0.4, number(900));
    (effect, amount, per, cap, case, any::<bool>(), prop::option::weighted(0.2, number(30)))
        .prop_map(|(effect, amount, per, cap, case, marked, times)| {
            let times = times.filter(|_| marked);
            Rule {
                effect: if times.is_some() { Effect::Multiply } else { effect },
                amount: Some(amount).filter(|_| times.is_none() && effect != Effect::Zero),
                per: per.map(str::to_owned),
                cap,
                case: case.map(|(nth, cap)| Case { name: format!("情形{nth}"), cap: Some(cap) }),
                highest: marked,
                times,
                except: vec!["主动报告的".to_owned()],
                ..Rule::default()
            }
        })
}

fn any_rules(effects: &'static [Effect]) -> impl Strategy<Value = Vec<Rule>> {
    prop::collection::vec(any_rule(effects), 0..5)
}

const FAULTS: &[Effect] = &[Effect::Deduct];
const MIXED: &[Effect] =
    &[Effect::Deduct, Effect::Deduct, Effect::Add, Effect::Award, Effect::Zero];

fn any_leaf(effects: &'static [Effect]) -> impl Strategy<Value = Indicator> {
    let criteria = prop::collection::vec((any_rules(effects), prop::option::of(number(900))), 0..3);
    let tiers = prop::option::weighted(0.3, (number(80), number(80)));
    let points = prop::sample::select(vec![30_u32, 7, 12, 40, 100]);
    let cap = prop::option::weighted(0.3, number(2000));
    (points, any_rules(effects), criteria, cap, any::<bool>(), tiers, 0..8_u8).prop_map(
        move |(points, mut rules, criteria, cap, highest, tiers, kind)| {
            if let Some((upper, lower)) = tiers.filter(|_| effects.len() > 1) {
                rules.push(two_tiers(upper, lower));
            }
            let bare = rules.is_empty() && criteria.iter().all(|it| it.0.is_empty());
            let assessed = kind == 0 || bare;
            if assessed {
                rules.clear();
            }
            let criteria = criteria.into_iter().map(|(rules, cap)| Indicator {
                rules,
                cap,
                ..Indicator::default()
            });
            Indicator {
                points: Some(points.into()),
                rules,
                indicators: if assessed { Vec::new() } else { criteria.collect() },
                cap,
                highest: highest && kind == 1,
                method: assessed.then_some(Method::Assessed),
                ..Indicator::default()
            }
        },
    )
}

fn two_tiers(upper: Decimal, lower: Decimal) -> Rule {
    let bound = |inclusive| Some(Bound { value: Decimal::from(60), inclusive });
    let tier = |lower, upper, amount| Tier {
        bounds: Bounds { lower, upper },
        amount: Some(Amount::Exact(amount)),
        ..Tier::default()
    };
    let tiers = vec![tier(bound(true), None, upper), tier(None, bound(false), lower)];
    Rule { effect: Effect::Award, measure: Some("完成率".to_owned()), tiers, ..Rule::default() }
}

/// A tree of two levels, some groups with weights (of full marks that do not divide them), and lists of adjustments.
fn any_ruleset(effects: &'static [Effect]) -> impl Strategy<Value = Ruleset> {
    let group = (
        prop::collection::vec(any_leaf(effects), 1..4),
        prop::option::weighted(0.6, 1..=100_u32),
        any_rules(FAULTS),
        prop::option::weighted(0.2, Just(Periods::Month)),
    );
    let lists = prop::collection::vec((any_rules(FAULTS), prop::option::of(number(900))), 0..3);
    let periods = prop::option::of(Just(Periods::Quarter));
    (prop::collection::vec(group, 1..4), lists, periods, 0..4_u32).prop_map(
        |(groups, lists, periods, places)| {
            let mut set = Ruleset {
                total: Some(Total { points: Decimal::ONE_HUNDRED, ..Total::default() }),
                rounding: Rounding { places, ..Rounding::default() },
                periods,
                ..Ruleset::default()
            };
            for (indicators, weight, rules, own) in groups {
                set.indicators.push(Indicator {
                    weight: weight.map(Into::into),
                    indicators,
                    rules,
                    periods: own.filter(|_| periods.is_some()),
                    ..Indicator::default()
                });
            }
            for (rules, cap) in lists {
                set.adjustments.push(Adjustment { rules, cap, ..Adjustment::default() });
            }
            number_all(&mut set);
            set
        },
    )
}

/// Gives ids and names, and a rule a node in which it can multiply.
fn number_all(set: &mut Ruleset) {
    fn number(all: &mut [Indicator], above: &str) {
        for (nth, it) in all.iter_mut().enumerate() {
            it.id = format!("{above}{}", nth + 1);
            it.name = format!("指标{}", it.id);
            number_rules(&mut it.rules, &it.id);
            number(&mut it.indicators, &format!("{}.", it.id));
        }
    }
    number(&mut set.indicators, "");
    for (nth, it) in set.adjustments.iter_mut().enumerate() {
        it.id = format!("n{nth}");
        it.name = format!("清单{nth}");
        number_rules(&mut it.rules, &it.id);
    }
}

fn number_rules(rules: &mut [Rule], above: &str) {
    for (nth, it) in rules.iter_mut().enumerate() {
        it.id = format!("{above}-{}", nth + 1);
        it.when = Some(format!("情形{}", it.id));
    }
}

/// All rules with their siblings.
fn owners(set: &Ruleset) -> Vec<Vec<Rule>> {
    fn walk(all: &[Indicator], into: &mut Vec<Vec<Rule>>) {
        for it in all {
            into.push(it.rules.clone());
            walk(&it.indicators, into);
        }
    }
    let mut res = Vec::new();
    walk(&set.indicators, &mut res);
    res.extend(set.adjustments.iter().map(|it| it.rules.clone()));
    res
}

/// Random events as rows of CSV that fit the ruleset.
fn rows(set: &Ruleset, happenings: &[Happening]) -> Vec<String> {
    let owners = owners(set);
    let rules: Vec<(&Rule, &[Rule])> =
        owners.iter().flat_map(|all| all.iter().map(move |it| (it, all.as_slice()))).collect();
    let usable: Vec<&(&Rule, &[Rule])> = rules
        .iter()
        .filter(|it| it.0.effect != Effect::Multiply && it.0.tiers.is_empty())
        .collect();
    if usable.is_empty() {
        return Vec::new();
    }
    let row = |it: &Happening| {
        let (rule, siblings) = usable[it.rule % usable.len()];
        let amount = match rule.amount {
            Some(Amount::Range(min, max)) => (min
                + (max - min) * Decimal::new(it.within.into(), 2))
            .round_dp(4)
            .clamp(min, max)
            .to_string(),
            _ => String::new(),
        };
        let multiply = siblings.iter().find(|it| it.effect == Effect::Multiply);
        let modifiers = match (it.modifier, multiply) {
            (0, Some(it)) => it.id.clone(),
            (1, _) => "except:1".to_owned(),
            _ => String::new(),
        };
        let period = ["2025-02-11", "2025-05-30"][it.period];
        format!("{},{},{period},{},{amount},{modifiers}\n", UNITS[it.unit], rule.id, it.occurrences)
    };
    happenings.iter().map(row).collect()
}

const HEAD: &str = "unit,rule,date,occurrences,amount,modifiers\n";

/// Data in which every assessed score and every measure is there.
fn tables(set: &Ruleset, rows: &[String], left_out: Option<usize>) -> [String; 4] {
    fn walk(all: &[Indicator], assessed: &mut Vec<(String, Decimal)>, measured: &mut Vec<String>) {
        for it in all {
            if it.method == Some(Method::Assessed) {
                assessed.push((it.id.clone(), it.points.unwrap()));
            }
            let tiered = it.rules.iter().filter(|it| !it.tiers.is_empty());
            measured.extend(tiered.map(|it| it.id.clone()));
            walk(&it.indicators, assessed, measured);
        }
    }
    let (mut assessed, mut measured) = (Vec::new(), Vec::new());
    walk(&set.indicators, &mut assessed, &mut measured);
    let mut units = "unit,n/a\n".to_owned();
    let mut given = "unit,indicator,score\n".to_owned();
    let mut values = "unit,measure,value\n".to_owned();
    for (nth, unit) in UNITS.iter().enumerate() {
        let none = left_out.and_then(|it| set.indicators.get(it % 8)?.indicators.first());
        let none = none.filter(|_| nth == 1).map_or("", |it| it.id.as_str());
        units.push_str(&format!("{unit},{none}\n"));
        for (id, points) in &assessed {
            given.push_str(&format!("{unit},{id},{}\n", points / Decimal::from(nth as i64 + 2)));
        }
        for id in &measured {
            values.push_str(&format!("{unit},{id},{}\n", 50 + nth * 10));
        }
    }
    let given = given.lines().map(|it| shortened(it) + "\n").collect();
    [units, HEAD.to_owned() + &rows.concat(), values, given]
}

/// Data hold at most 15 digits.
fn shortened(line: &str) -> String {
    let (start, number) = line.rsplit_once(',').unwrap();
    match number.parse::<Decimal>() {
        Ok(it) => format!("{start},{}", it.round_dp(3)),
        Err(_) => line.to_owned(),
    }
}

fn scores(set: &Ruleset, tables: &[String; 4], explain: bool) -> Scores {
    let [units, events, measures, assessed] = tables;
    let data = data_from_text(units, events, measures, assessed).unwrap();
    let options = Options { explain_all: explain, indicators: true, ..Options::default() };
    run(set, &Approval::default(), &data, &options).unwrap()
}

fn numbers(scores: &Scores) -> Vec<(Option<Decimal>, String)> {
    scores
        .units
        .iter()
        .map(|it| (it.score, it.exact.map(|it| it.to_string()).unwrap_or_default()))
        .collect()
}

/// Every part of an explanation with the part above it.
fn parts<'a>(part: &'a Part, into: &mut Vec<&'a Part>) {
    into.push(part);
    for step in &part.steps {
        match &step.reason {
            Reason::Part(it, _) | Reason::Loss(it, ..) | Reason::NotApplicable(it) => {
                parts(it, into);
            }
            _ => {}
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

    #[test]
    fn every_explanation_adds_up(
        set in any_ruleset(MIXED),
        happenings in prop::collection::vec(any_happening(), 0..30),
        left_out in prop::option::of(0..3_usize),
    ) {
        let tables = tables(&set, &rows(&set, &happenings), left_out);
        let explained = scores(&set, &tables, true);
        for unit in &explained.units {
            let part = unit.explanation.as_ref().unwrap();
            prop_assert_eq!(part.audit(), Ok(()));
            prop_assert_eq!(part.value.and_then(|it| it.to_decimal()), unit.score);
            prop_assert!(unit.score.is_none_or(|it| it >= Decimal::ZERO && it <= Decimal::ONE_HUNDRED));
        }
        // What is not explained is computed in the same way.
        prop_assert_eq!(numbers(&explained), numbers(&scores(&set, &tables, false)));
    }

    #[test]
    fn another_fault_never_helps(
        set in any_ruleset(FAULTS),
        happenings in prop::collection::vec(any_happening(), 1..25),
        left_out in prop::option::of(0..3_usize),
    ) {
        let all = rows(&set, &happenings);
        let fewer = all.split_last().map_or(&[][..], |it| it.1);
        let with = |rows: &[String]| scores(&set, &tables(&set, rows, left_out), false);
        let (before, after) = (with(fewer), with(&all));
        for (a, b) in before.units.iter().zip(&after.units) {
            prop_assert_eq!(a.exact.is_some(), b.exact.is_some());
            if let (Some(a), Some(b)) = (a.exact, b.exact) {
                prop_assert!(b.compare(a).unwrap().is_le(), "{} > {}", b, a);
            }
        }
    }

    #[test]
    fn the_order_of_events_does_not_matter(
        set in any_ruleset(MIXED),
        happenings in prop::collection::vec(any_happening(), 0..30),
        turn in 0..30_usize,
    ) {
        let mut all = rows(&set, &happenings);
        let before = scores(&set, &tables(&set, &all, None), true);
        if !all.is_empty() {
            let turn = turn % all.len();
            all.rotate_left(turn);
            all.reverse();
        }
        let after = scores(&set, &tables(&set, &all, None), true);
        prop_assert_eq!(numbers(&before), numbers(&after));
        let indicators = |it: &Scores| it.units.iter().map(|it| it.indicators.clone()).collect::<Vec<_>>();
        prop_assert_eq!(indicators(&before), indicators(&after));
    }

    #[test]
    fn caps_hold(
        set in any_ruleset(MIXED),
        happenings in prop::collection::vec(any_happening(), 0..30),
    ) {
        let caps = caps(&set);
        let found = scores(&set, &tables(&set, &rows(&set, &happenings), None), true);
        for unit in &found.units {
            let mut all = Vec::new();
            parts(unit.explanation.as_ref().unwrap(), &mut all);
            for part in all {
                for step in &part.steps {
                    if let Reason::Rule(rule) = &step.reason
                        && let Some(cap) = caps.get(&rule.id)
                    {
                        prop_assert!(rule.moved.compare((*cap).into()).unwrap().is_le());
                    }
                }
                if let (What::Criterion | What::Adjustment, Some(cap), Some(value)) = (part.what, caps.get(&part.id), part.value) {
                    let size = if value.is_negative() { value.negated() } else { value };
                    prop_assert!(size.compare((*cap).into()).unwrap().is_le());
                }
                if part.what == What::Indicator {
                    prop_assert!(part.value.is_none_or(|it| !it.is_negative()));
                }
            }
            for (head, score) in found.indicators.iter().zip(&unit.indicators) {
                if let IndicatorScore::Known(it) = score {
                    prop_assert!(!it.is_negative(), "{} {}", head.id, it);
                }
            }
        }
    }
}

/// The caps of rules, criteria and lists, by id.
fn caps(set: &Ruleset) -> BTreeMap<String, Decimal> {
    fn walk(all: &[Indicator], into: &mut BTreeMap<String, Decimal>) {
        for it in all {
            into.extend(it.cap.filter(|_| it.is_criterion()).map(|cap| (it.id.clone(), cap)));
            walk(&it.indicators, into);
        }
    }
    let mut res = BTreeMap::new();
    walk(&set.indicators, &mut res);
    res.extend(set.adjustments.iter().filter_map(|it| Some((it.id.clone(), it.cap?))));
    for rule in owners(set).into_iter().flatten() {
        res.extend(rule.cap.map(|cap| (rule.id.clone(), cap)));
    }
    res
}
