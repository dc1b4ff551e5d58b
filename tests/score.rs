//! Scores from outside: small rulesets, small data, the numbers that a person computes by hand.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails"
)]
#![expect(clippy::too_many_lines, reason = "a table of cases is one test")]

use chidu::{
    number::Decimal,
    ruleset::{
        Adjustment, Amount, Bound, Bounds, Case, Effect, Grade, Indicator, Limit, LimitEffect,
        Method, Note, Periods, Quota, Rule, Ruleset, SourceRef, Tier, Total, Unread,
    },
    score::{
        Approval, DataError, Fault, GapKind, GradeState, IndicatorScore, Options, Pending,
        ScoreError, Scores, Status, UnitScore, data_from_text, run,
    },
};

fn d(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn ruleset(indicators: Vec<Indicator>) -> Ruleset {
    let total = Total { points: d("100"), source: quote("实行百分制"), ..Total::default() };
    Ruleset { name: "t".into(), total: Some(total), indicators, ..Ruleset::default() }
}

fn quote(text: &str) -> SourceRef {
    SourceRef { at: "第1页".into(), quote: text.into(), span: None }
}

fn node(id: &str, points: &str, rules: Vec<Rule>) -> Indicator {
    Indicator {
        id: id.into(),
        name: format!("指标{id}"),
        points: Some(d(points)),
        rules,
        ..Indicator::default()
    }
}

fn weighted(id: &str, weight: &str, rules: Vec<Rule>) -> Indicator {
    Indicator {
        id: id.into(),
        name: format!("指标{id}"),
        weight: Some(d(weight)),
        rules,
        ..Indicator::default()
    }
}

fn criterion(id: &str, cap: Option<&str>, rules: Vec<Rule>) -> Indicator {
    Indicator {
        id: id.into(),
        name: format!("条目{id}"),
        cap: cap.map(d),
        rules,
        ..Indicator::default()
    }
}

fn rule(id: &str, effect: Effect, amount: &str, per: &str) -> Rule {
    let amount = match amount.split_once('-') {
        Some((min, max)) => Some(Amount::Range(d(min), d(max))),
        None if amount.is_empty() => None,
        None => Some(Amount::Exact(d(amount))),
    };
    let per = Some(per.to_owned()).filter(|it| !it.is_empty());
    Rule { id: id.into(), effect, amount, per, source: quote(id), ..Rule::default() }
}

fn deduct(id: &str, amount: &str, per: &str) -> Rule {
    rule(id, Effect::Deduct, amount, per)
}

fn tier(from: Option<&str>, below: Option<&str>, amount: &str) -> Tier {
    let bound = |it: &str, inclusive| Bound { value: d(it), inclusive };
    let bounds =
        Bounds { lower: from.map(|it| bound(it, true)), upper: below.map(|it| bound(it, false)) };
    Tier { bounds, amount: Some(Amount::Exact(d(amount))), ..Tier::default() }
}

fn tiered(id: &str, effect: Effect, measure: &str, tiers: Vec<Tier>) -> Rule {
    Rule { measure: Some(measure.into()), tiers, ..rule(id, effect, "", "") }
}

fn grade(name: &str, from: Option<&str>, below: Option<&str>) -> Grade {
    let bounds = tier(from, below, "0").bounds;
    Grade { name: name.into(), bounds, ..Grade::default() }
}

fn all() -> Options {
    Options { explain_all: true, indicators: true, ..Options::default() }
}

fn score_with(
    ruleset: &Ruleset,
    tables: [&str; 4],
    options: &Options,
) -> Result<Scores, ScoreError> {
    let [units, events, measures, assessed] = tables;
    let data = data_from_text(units, events, measures, assessed)?;
    let scores = run(ruleset, &Approval::default(), &data, options)?;
    for unit in &scores.units {
        let explanation = unit.explanation.as_ref().expect("an explanation");
        explanation.audit().expect("the explanation adds up");
        assert_eq!(explanation.value.map(|it| it.to_decimal()), unit.score.map(Some));
    }
    Ok(scores)
}

fn score(ruleset: &Ruleset, tables: [&str; 4]) -> Scores {
    score_with(ruleset, tables, &all()).expect("scores")
}

/// The score of the only unit, with these events behind `rule,occurrences`.
fn one(ruleset: &Ruleset, events: &[&str]) -> String {
    let rows: Vec<String> = events.iter().map(|it| format!("甲局,{it}\n")).collect();
    let events = format!("unit,rule,occurrences,amount,modifiers\n{}", rows.concat());
    text(&score(ruleset, ["unit\n甲局\n", &events, "", ""]).units[0])
}

fn text(unit: &UnitScore) -> String {
    unit.score.map_or("-".to_owned(), |it| it.normalize().to_string())
}

fn faults(ruleset: &Ruleset, tables: [&str; 4]) -> Vec<Fault> {
    match score_with(ruleset, tables, &all()) {
        Err(ScoreError::Data(DataError::Faults(it))) => it,
        other => panic!("no faults: {other:?}"),
    }
}

#[test]
fn counted_once_and_chosen() {
    let rules =
        vec![deduct("1-1", "0.5", "人次"), deduct("1-2", "2", ""), deduct("1-3", "1-3", "")];
    let set = ruleset(vec![node("1", "100", rules)]);
    assert_eq!(one(&set, &[]), "100");
    assert_eq!(one(&set, &["1-1,3", "1-1,"]), "98");
    assert_eq!(one(&set, &["1-2,3", "1-2,1"]), "98", "a rule without a counted unit falls once");
    assert_eq!(one(&set, &["1-3,1,1.5", "1-3,2,3"]), "92.5", "what events chose adds up");
    assert_eq!(one(&set, &["1-1,0", "1-2,0"]), "100");
}

#[test]
fn whole_steps_count() {
    let rules = vec![
        deduct("1-1", "1", "20件"),
        deduct("1-2", "0.1", "0.1个百分点"),
        deduct("1-3", "1", "2个百分点"),
    ];
    let set = ruleset(vec![node("1", "100", rules)]);
    assert_eq!(one(&set, &["1-1,19"]), "100");
    assert_eq!(one(&set, &["1-1,12", "1-1,9"]), "99", "the occurrences of a period are one sum");
    assert_eq!(one(&set, &["1-2,0.35"]), "99.7");
    assert_eq!(one(&set, &["1-3,5"]), "98");
}

#[test]
fn caps_hold_from_the_rule_outwards() {
    let case = || Some(Case { name: "情形".into(), cap: Some(d("5")) });
    let rules = vec![
        Rule { cap: Some(d("1")), case: case(), ..deduct("1-1", "1", "次") },
        Rule { case: case(), ..deduct("1-2", "1", "次") },
        deduct("1-3", "1", "次"),
    ];
    let set = ruleset(vec![Indicator { cap: Some(d("6")), ..node("1", "100", rules) }]);
    assert_eq!(
        one(&set, &["1-1,10", "1-2,1"]),
        "98",
        "the rule's own cap comes before the shared one"
    );
    assert_eq!(one(&set, &["1-1,10", "1-2,9"]), "95");
    assert_eq!(one(&set, &["1-1,10", "1-2,9", "1-3,9"]), "94");
}

#[test]
fn a_score_is_never_under_nothing() {
    let set = ruleset(vec![
        node("1", "10", vec![deduct("1-1", "4", "次")]),
        node("2", "90", vec![deduct("2-1", "1", "次")]),
    ]);
    assert_eq!(one(&set, &["1-1,5"]), "90");
}

#[test]
fn only_the_largest_counts() {
    let rules =
        vec![deduct("1-1", "0.5", "次"), deduct("1-2", "1", "次"), deduct("1-3", "1", "次")];
    let set = ruleset(vec![Indicator { highest: true, ..node("1", "100", rules) }]);
    assert_eq!(one(&set, &["1-1,3", "1-2,1", "1-3,1"]), "98.5");
    let marked = |id: &str, amount| Rule { highest: true, ..deduct(id, amount, "次") };
    let rules = vec![marked("1-1", "1"), marked("1-2", "2"), deduct("1-3", "4", "次")];
    let set = ruleset(vec![node("1", "100", rules)]);
    assert_eq!(one(&set, &["1-1,1", "1-2,1", "1-3,1"]), "94");
}

#[test]
fn multipliers_and_exemptions() {
    let double = Rule { times: Some(d("2")), ..rule("1-9", Effect::Multiply, "", "") };
    let half = Rule {
        times: Some(d("0.5")),
        of: vec!["1-2".into()],
        ..rule("1-8", Effect::Multiply, "", "")
    };
    let exempt = Rule { except: vec!["主动查处的".into()], ..deduct("1-1", "1", "次") };
    let set = ruleset(vec![node("1", "100", vec![exempt, deduct("1-2", "3", ""), half, double])]);
    assert_eq!(one(&set, &["1-1,2,,1-9"]), "96");
    assert_eq!(one(&set, &["1-1,2,,主动查处的"]), "100");
    assert_eq!(one(&set, &["1-1,2,,except:1", "1-1,1,,"]), "99");
    assert_eq!(one(&set, &["1-2,1,,1-8;1-9"]), "97", "a half of the double is the whole");
    assert_eq!(
        one(&set, &["1-2,1,,1-8", "1-2,1,,1-9"]),
        "94",
        "what falls once falls in its larger form"
    );
    let fault = &faults(&set, ["unit\n甲\n", "unit,rule,modifiers\n甲,1-1,1-8\n", "", ""])[0];
    assert_eq!((fault.code, fault.column.as_str()), ("data-modifier-elsewhere", "modifiers"));
}

#[test]
fn weights_and_points_mix() {
    // 80% of (60 + 40) and 20% of an assessed part.
    let inner = vec![
        node("1.1", "60", vec![deduct("1.1-1", "0.5", "次")]),
        node(
            "1.2",
            "40",
            vec![tiered(
                "1.2-1",
                Effect::Award,
                "完成率",
                vec![
                    tier(Some("98"), None, "40"),
                    tier(Some("92"), Some("98"), "20"),
                    tier(None, Some("92"), "0"),
                ],
            )],
        ),
    ];
    let set = ruleset(vec![
        Indicator { indicators: inner, ..weighted("1", "80", vec![]) },
        Indicator { method: Some(Method::Assessed), ..weighted("2", "20", vec![]) },
    ]);
    let scores = score(
        &set,
        [
            "unit\n甲\n乙\n",
            "unit,rule,occurrences\n甲,1.1-1,3\n",
            "unit,measure,value\n甲,完成率,98\n乙,完成率,97.99\n",
            "unit,indicator,score\n甲,2,91.5\n乙,指标2,100\n",
        ],
    );
    // 甲: (58.5 + 40) × 0.8 + 91.5 × 0.2; 乙: (60 + 20) × 0.8 + 20.
    assert_eq!(text(&scores.units[0]), "97.1");
    assert_eq!(text(&scores.units[1]), "84");
    let shown: Vec<String> = scores.units[0]
        .indicators
        .iter()
        .map(|it| match it {
            IndicatorScore::Known(it) => it.to_string(),
            other => format!("{other:?}"),
        })
        .collect();
    assert_eq!(shown, ["98.5", "58.5", "40", "91.5"]);
}

/// 20% of 100 points, and parts of 8, 4 and 8 below weights of their own: they are points of the whole.
#[test]
fn points_of_the_whole_below_weights() {
    let strength = Indicator {
        indicators: vec![
            node("1.1.1", "8", vec![deduct("1.1.1-1", "1", "次")]),
            node("1.1.2", "4", vec![deduct("1.1.2-1", "1", "次")]),
        ],
        ..weighted("1.1", "60", vec![])
    };
    let industry = Indicator {
        indicators: vec![node("1.2.1", "8", vec![deduct("1.2.1-1", "1", "次")])],
        ..weighted("1.2", "40", vec![])
    };
    let economy = Indicator { indicators: vec![strength, industry], ..weighted("1", "20", vec![]) };
    let rest = node("2", "80", vec![deduct("2-1", "1", "次")]);
    let ruleset = ruleset(vec![economy, rest]);
    assert_eq!(one(&ruleset, &[]), "100");
    assert_eq!(one(&ruleset, &["1.1.1-1,3", "2-1,2"]), "95");
}

#[test]
fn a_third_is_a_third() {
    // Full marks of 30 that count 10%: each point is a third of a point.
    let set = ruleset(vec![
        Indicator { weight: Some(d("10")), ..node("1", "30", vec![deduct("1-1", "1", "次")]) },
        Indicator { weight: Some(d("90")), ..node("2", "30", vec![deduct("2-1", "0.005", "次")]) },
    ]);
    assert_eq!(one(&set, &["1-1,1"]), "99.67");
    // 10 - 1/3 + 90 - 9/3×… three thirds make a whole.
    assert_eq!(one(&set, &["1-1,3"]), "99");
    assert_eq!(one(&set, &["1-1,3", "2-1,1"]), "98.99", "98.985 is rounded half up");
}

#[test]
fn criteria_lose_at_most_their_cap() {
    let group = Indicator {
        indicators: vec![
            criterion("1.1", Some("3"), vec![deduct("1.1-1", "1", "次")]),
            criterion(
                "1.2",
                Some("5"),
                vec![deduct("1.2-1", "2", "次"), rule("1.2-2", Effect::Zero, "", "")],
            ),
        ],
        ..node("1", "10", vec![])
    };
    let other = || node("2", "90", vec![deduct("2-1", "1", "次")]);
    // A sum of criteria is none: the group starts from its full marks all the same.
    let called_sum = Indicator { method: Some(Method::Sum), ..group.clone() };
    assert_eq!(one(&ruleset(vec![called_sum, other()]), &["1.1-1,9"]), "97");
    let set = ruleset(vec![group, other()]);
    assert_eq!(one(&set, &["1.1-1,9"]), "97");
    assert_eq!(one(&set, &["1.1-1,9", "1.2-1,2"]), "93");
    assert_eq!(one(&set, &["1.2-2,1"]), "95", "a criterion that gives nothing loses its cap");
    assert_eq!(one(&set, &["1.1-1,9", "1.2-1,9"]), "92");
}

#[test]
fn nothing_is_nothing_whatever_else_happened() {
    let set = ruleset(vec![
        node("1", "40", vec![deduct("1-1", "1", "次"), rule("1-2", Effect::Zero, "", "")]),
        node("2", "60", vec![deduct("2-1", "1", "次")]),
    ]);
    assert_eq!(one(&set, &["1-1,2", "1-2,1"]), "60");
}

#[test]
fn awards_set_the_base() {
    let set = ruleset(vec![
        node("1", "10", vec![rule("1-1", Effect::Award, "4", "项"), deduct("1-2", "1", "次")]),
        node("2", "5", vec![rule("2-1", Effect::Add, "2", "次")]),
        node("3", "85", vec![deduct("3-1", "1", "次")]),
    ]);
    assert_eq!(one(&set, &[]), "85", "what was not awarded is not there");
    assert_eq!(one(&set, &["1-1,2", "1-2,1"]), "92");
    assert_eq!(one(&set, &["1-1,9", "1-2,1"]), "94", "awards give no more than the full marks");
    assert_eq!(one(&set, &["2-1,9"]), "90", "a bonus item with points gives no more than these");
}

#[test]
fn full_marks_that_are_awarded_are_lost_step_by_step() {
    // 达到98%得满分，每低1%扣0.1分；低于90%不得分, in the two ways in which a ruleset can hold it.
    let full = || tier(Some("98"), None, "100");
    let below = || Tier { effect: Some(Effect::Zero), amount: None, ..tier(None, Some("90"), "0") };
    let step = || deduct("1-2", "0.1", "1%");
    for rules in [
        vec![tiered("1-1", Effect::Award, "达标率", vec![full(), below()]), step()],
        vec![
            tiered("1-1", Effect::Award, "达标率", vec![full()]),
            step(),
            tiered("1-3", Effect::Zero, "达标率", vec![tier(None, Some("90"), "0")]),
        ],
    ] {
        let set = ruleset(vec![node("1", "100", rules)]);
        let of = |value: &str, events: &str| {
            let measures = format!("unit,measure,value\n甲,达标率,{value}\n");
            text(&score(&set, ["unit\n甲\n", events, &measures, ""]).units[0])
        };
        assert_eq!(of("99", ""), "100");
        assert_eq!(of("95", "unit,rule,occurrences\n甲,1-2,3\n"), "99.7");
        assert_eq!(of("89", "unit,rule,occurrences\n甲,1-2,9\n"), "0");
    }
}

#[test]
fn periods_have_a_mean() {
    let set = Ruleset {
        periods: Some(Periods::Quarter),
        limits: vec![Limit::default()],
        adjustments: vec![Adjustment {
            id: "n".into(),
            rules: vec![deduct("n-1", "9", "次")],
            ..Adjustment::default()
        }],
        ..ruleset(vec![node("1", "100", vec![deduct("1-1", "1", "次")])])
    };
    let events = "unit,rule,date,period,occurrences\n甲,1-1,2025-02-03,,1\n甲,1-1,,第二季度,1\n甲,1-1,,2025Q2,1\n\
        乙,1-1,,Q4,3\n乙,n-1,2025-11-11,,1\n甲,l1,2025-12-01,,1\n";
    let scores = score(&set, ["unit\n甲\n乙\n", events, "", ""]);
    let named: Vec<String> = scores.periods.iter().map(ToString::to_string).collect();
    assert_eq!(named, ["Q1", "Q2", "Q3", "Q4"]);
    assert_eq!([text(&scores.units[0]), text(&scores.units[1])], ["99.25", "90.25"]);
    let quarters: Vec<String> =
        scores.units[0].periods.iter().map(|it| format!("{} {}", it.0, it.1.unwrap())).collect();
    assert_eq!(quarters, ["Q1 99", "Q2 98", "Q3 100", "Q4 100"]);
    assert_eq!((scores.units[0].limits.len(), scores.findings.len()), (1, 0));
    // Only the first half: rows of the second do not count, of adjustments and limits neither.
    let half = chidu::score::Period { length: chidu::score::Length::HalfYear, number: 1 };
    let options = Options { periods: [half].into(), ..all() };
    let scores = score_with(&set, ["unit\n甲\n乙\n", events, "", ""], &options).unwrap();
    assert_eq!([text(&scores.units[0]), text(&scores.units[1])], ["98.5", "100"]);
    let codes: Vec<&str> = scores.findings.iter().map(|it| it.code.as_str()).collect();
    assert_eq!(
        (scores.units[0].limits.len(), codes),
        (0, vec!["periods-incomplete", "rows-outside-periods"])
    );
}

#[test]
fn a_year_score_counts_in_every_quarter() {
    let months = Indicator {
        periods: Some(Periods::Month),
        ..node("3", "10", vec![deduct("3-1", "1", "次")])
    };
    let set = Ruleset {
        periods: Some(Periods::Quarter),
        ..ruleset(vec![
            node("1", "70", vec![deduct("1-1", "1", "次")]),
            Indicator { method: Some(Method::Assessed), ..node("2", "20", vec![]) },
            months,
        ])
    };
    let events = "unit,rule,period,occurrences\n甲,1-1,Q1,2\n甲,1-1,Q2,0\n甲,3-1,2025-01,2\n甲,3-1,2025-03,1\n";
    let scores = score(&set, ["unit\n甲\n", events, "", "unit,indicator,score\n甲,2,18\n"]);
    // Q1: 68 + 18 + (8 + 10 + 9) / 3; the others: 70 + 18 + 10.
    assert_eq!(text(&scores.units[0]), "97.25");
}

#[test]
fn no_value_is_never_zero() {
    let tiers = vec![tier(Some("60"), None, "50"), tier(None, Some("60"), "0")];
    let set = ruleset(vec![
        node("1", "50", vec![tiered("1-1", Effect::Award, "完成率", tiers)]),
        Indicator { method: Some(Method::Assessed), ..node("2", "50", vec![]) },
    ]);
    let scores = score(
        &set,
        [
            "unit\n甲\n乙\n丙\n",
            "",
            "unit,measure,value\n甲,完成率,70%\n乙,完成率,70\n",
            "unit,indicator,score\n甲,2,40\n丙,2,40\n",
        ],
    );
    let seen: Vec<(String, Status, Option<u32>)> =
        scores.units.iter().map(|it| (text(it), it.status, it.rank)).collect();
    assert_eq!(
        seen,
        [
            ("90".to_owned(), Status::Complete, Some(1)),
            ("-".to_owned(), Status::Incomplete, None),
            ("-".to_owned(), Status::Incomplete, None),
        ]
    );
    assert_eq!(scores.units[1].gaps[0].kind, GapKind::Assessed);
    assert_eq!(
        (scores.units[2].gaps[0].kind, scores.units[2].gaps[0].name.as_str()),
        (GapKind::Measure, "完成率")
    );
    assert_eq!(scores.units[1].indicators[1], IndicatorScore::Missing);
}

#[test]
fn what_does_not_apply_leaves_the_base() {
    let inner = vec![
        node("1.1", "70", vec![deduct("1.1-1", "1", "次")]),
        Indicator { method: Some(Method::Assessed), ..node("1.2", "20", vec![]) },
        Indicator { method: Some(Method::Assessed), ..node("1.3", "10", vec![]) },
    ];
    let set = ruleset(inner);
    let scores = score(
        &set,
        [
            "unit,不适用,1.3\n甲,1.2,\n乙,,n/a\n丙,1.1;1.2;1.3,\n丁,,\n",
            "unit,rule,occurrences\n甲,1.1-1,7\n",
            "",
            "unit,indicator,score\n甲,1.3,10\n乙,1.2,10\n丁,1.2,n/a\n丁,1.3,5\n",
        ],
    );
    // 甲: (63 + 10) × 100/80; 乙: (70 + 10) × 100/90; 丁: (70 + 5) × 100/80.
    assert_eq!(text(&scores.units[0]), "91.25");
    assert_eq!(text(&scores.units[1]), "88.89");
    assert_eq!(text(&scores.units[2]), "-");
    assert_eq!(text(&scores.units[3]), "93.75");
    assert_eq!(scores.units[0].indicators[1], IndicatorScore::NotApplicable);
}

#[test]
fn what_waits_for_a_person_blocks() {
    let rules = vec![
        deduct("1-1", "1-3", ""),
        rule("1-2", Effect::Unstated, "", "次"),
        deduct("1-3", "1", "次"),
    ];
    let set = ruleset(vec![node("1", "100", rules)]);
    for event in ["1-1,1", "1-2,1"] {
        let tables =
            ["unit\n甲\n", &format!("unit,rule,occurrences\n甲,{event}\n甲,1-3,1\n"), "", ""];
        let Err(ScoreError::Refused(pending)) = score_with(&set, tables, &all()) else {
            panic!("{event}")
        };
        assert_eq!((pending.len(), pending[0].at.as_str()), (1, "events.csv:2"));
        let draft = Options { draft: true, ..all() };
        let scores = score_with(&set, tables, &draft).unwrap();
        assert!(scores.draft);
        assert_eq!(
            (text(&scores.units[0]).as_str(), scores.units[0].status),
            ("99", Status::Waits)
        );
        assert!(scores.units[0].explanation.as_ref().unwrap().waits);
    }
    assert_eq!(
        one(&set, &["1-3,1"]),
        "99",
        "a rule without an amount blocks only where it is used"
    );
}

#[test]
fn what_is_not_approved_is_refused() {
    let set = ruleset(vec![node("1", "100", vec![deduct("1-1", "1", "次")])]);
    let data = data_from_text("unit\n甲\n", "", "", "").unwrap();
    let pending = vec![Pending {
        id: "1-1".into(),
        code: "pending-review",
        quote: String::new(),
        at: String::new(),
    }];
    let approval = Approval { pending, ..Approval::default() };
    assert!(
        matches!(run(&set, &approval, &data, &all()), Err(ScoreError::Refused(it)) if it[0].id == "1-1")
    );
    let draft = run(&set, &approval, &data, &Options { draft: true, ..all() }).unwrap();
    assert!(draft.draft);
    let unread = vec![Unread { id: "u1".into(), ..Unread::default() }];
    let set = Ruleset { unread, ..set };
    assert!(
        matches!(run(&set, &Approval::default(), &data, &all()), Err(ScoreError::Refused(it)) if it[0].id == "u1")
    );
}

#[test]
fn adjustments_come_after_the_mean() {
    let bad = Adjustment {
        id: "n".into(),
        name: "负面清单".into(),
        rules: vec![deduct("n-1", "6-10", "")],
        ..Adjustment::default()
    };
    let good = Adjustment {
        id: "p".into(),
        name: "加分项".into(),
        cap: Some(d("3")),
        rules: vec![rule("p-1", Effect::Add, "2", "次")],
        ..Adjustment::default()
    };
    let set = Ruleset {
        periods: Some(Periods::Quarter),
        adjustments: vec![bad, good],
        ..ruleset(vec![node("1", "100", vec![deduct("1-1", "1", "次")])])
    };
    let of = |set: &Ruleset, rows: &str| {
        let events =
            format!("unit,rule,period,occurrences,amount\n甲,1-1,Q1,4,\n甲,1-1,Q2,2,\n{rows}");
        text(&score(set, ["unit\n甲\n", &events, "", ""]).units[0])
    };
    assert_eq!(of(&set, ""), "98.5");
    assert_eq!(of(&set, "甲,n-1,,1,9.5\n"), "89");
    assert_eq!(of(&set, "甲,p-1,,1,\n甲,n-1,,1,6\n"), "94.5");
    assert_eq!(of(&set, "甲,p-1,Q1,2,\n"), "100", "the cap of the list, and of the total");
    let note = Note { kind: "bonus-exceeds-total".into(), ..Note::default() };
    let open = Ruleset { notes: vec![note], ..set };
    assert_eq!(of(&open, "甲,p-1,,9,\n"), "101.5");
    assert_eq!(
        of(
            &Ruleset { adjustments: vec![open.adjustments[1].clone()], periods: None, ..open },
            "甲,p-1,,9,\n"
        ),
        "97"
    );
}

#[test]
fn ranks_grades_limits_and_quotas() {
    let grades = vec![
        grade("良好", Some("80"), Some("90")),
        grade("优秀", Some("90"), None),
        grade("一般", Some("60"), Some("80")),
        grade("较差", None, Some("60")),
    ];
    let limits = vec![
        Limit {
            effect: LimitEffect::Forbid,
            grade: Some("优秀".into()),
            when: Some("瞒报".into()),
            ..Limit::default()
        },
        Limit {
            effect: LimitEffect::Force,
            grade: Some("较差".into()),
            when: Some("一票否决".into()),
            ..Limit::default()
        },
        Limit {
            effect: LimitEffect::Force,
            grade: None,
            when: Some("一票否决".into()),
            ..Limit::default()
        },
    ];
    let quotas = vec![Quota {
        grade: "优秀".into(),
        max: Some(d("30")),
        within: Some("同类单位".into()),
        ..Quota::default()
    }];
    let set = Ruleset {
        grades,
        limits,
        quotas,
        ..ruleset(vec![Indicator { method: Some(Method::Assessed), ..node("1", "100", vec![]) }])
    };
    let units: String = (1..=8)
        .map(|it| format!("A{it},一类\n"))
        .chain((1..=4).map(|it| format!("B{it},二类\n")))
        .collect();
    let marks = ["99", "97", "97", "95", "92", "85", "59", "79", "99", "98", "70", "90"];
    let names = (1..=8).map(|it| format!("A{it}")).chain((1..=4).map(|it| format!("B{it}")));
    let given: String = names.zip(marks).map(|(unit, mark)| format!("{unit},1,{mark}\n")).collect();
    let events = "unit,rule,occurrences\nA5,l1,1\nB1,l2,1\nB2,l3,1\n";
    let scores = score(
        &set,
        [&format!("unit,category\n{units}"), events, "", &format!("unit,indicator,score\n{given}")],
    );
    let seen: Vec<(u32, u32, GradeState)> = scores
        .units
        .iter()
        .map(|it| (it.rank.unwrap(), it.rank_in_category.unwrap(), it.grade.clone()))
        .collect();
    let given = |it: &str| GradeState::Given(it.to_owned());
    let tied = || GradeState::Tied("优秀".into(), Some("良好".into()));
    // 30% of eight is two: A1 is in, A2 and A3 are equal.
    assert_eq!(
        seen,
        [
            (1, 1, given("优秀")),
            (4, 2, tied()),
            (4, 2, tied()),
            (6, 4, given("良好")),
            (7, 5, given("良好")),
            (9, 6, given("良好")),
            (12, 8, given("较差")),
            (10, 7, given("一般")),
            (1, 1, given("较差")),
            (3, 2, GradeState::Open("grade-vetoed")),
            (11, 4, given("一般")),
            (8, 3, given("优秀")),
        ]
    );
    assert_eq!(scores.quotas[0].undecided, ["A2", "A3"]);
    assert_eq!((scores.quotas[0].allowed, scores.quotas[0].will_fall), (Some(2), 1));
    assert_eq!(scores.quotas[0].moved_down, ["A4"]);
    assert!(scores.findings.iter().any(|it| it.code == "quota-tie"));
    assert_eq!(
        (scores.units[4].band.as_deref(), scores.units[4].limits[0].id.as_str()),
        (Some("优秀"), "l1")
    );
}

#[test]
fn scores_between_bands_have_no_grade() {
    let grades = vec![grade("优秀", Some("90"), None), grade("良好", Some("80"), Some("89"))];
    let set = Ruleset {
        grades,
        ..ruleset(vec![Indicator { method: Some(Method::Assessed), ..node("1", "100", vec![]) }])
    };
    let scores = score(&set, ["unit\n甲\n", "", "", "unit,indicator,score\n甲,1,89.5\n"]);
    assert_eq!(scores.units[0].grade, GradeState::Open("grade-in-no-band"));
    assert_eq!(scores.findings[0].code, "score-in-no-band");
}

#[test]
fn wrong_data_are_faults_with_their_place() {
    let tiers = vec![tier(Some("60"), None, "10"), tier(None, Some("60"), "0")];
    let multiply = Rule { times: Some(d("2")), ..rule("1-9", Effect::Multiply, "", "") };
    let rules = vec![
        deduct("1-1", "1-3", "次"),
        deduct("1-2", "1", "次"),
        tiered("1-3", Effect::Award, "完成率", tiers),
        multiply,
    ];
    let set = Ruleset {
        periods: Some(Periods::Quarter),
        ..ruleset(vec![
            node("1", "50", rules),
            Indicator { method: Some(Method::Assessed), ..node("2", "50", vec![]) },
        ])
    };
    let events =
        |row: &str| format!("unit,rule,period,occurrences,amount,modifiers,date,id\n{row}\n");
    for (row, code, column) in [
        ("甲剧,1-1,Q1", "data-unknown-unit", "unit"),
        (",1-1,Q1", "data-empty", "unit"),
        ("甲局,1-7,Q1", "data-unknown-rule", "rule"),
        ("甲局,,Q1", "data-empty", "rule"),
        ("甲局,l1,Q1", "data-unknown-rule", "rule"),
        ("甲局,1-9,Q1", "data-modifier-as-rule", "rule"),
        ("甲局,1-3,Q1", "data-measured-rule", "rule"),
        ("甲局,1-1,Q1,1,3.5", "data-amount-outside", "amount"),
        ("甲局,1-1,Q1,1,0.99", "data-amount-outside", "amount"),
        ("甲局,1-1,Q1,1,两分", "data-bad-number", "amount"),
        ("甲局,1-2,Q1,1,1", "data-amount-not-taken", "amount"),
        ("甲局,1-2,Q1,1.5", "data-bad-occurrences", "occurrences"),
        ("甲局,1-2,Q1,-1", "data-bad-occurrences", "occurrences"),
        ("甲局,1-2,Q1,99999999999999999999999", "data-bad-occurrences", "occurrences"),
        ("甲局,1-2,Q5,1", "data-bad-period", "period"),
        ("甲局,1-2,,1", "data-no-period", "period"),
        ("甲局,1-2,2025,1", "data-period-too-long", "period"),
        ("甲局,1-2,Q1,1,,,2025-02-29", "data-bad-date", "date"),
        ("甲局,1-2,Q1,1,,双倍", "data-unknown-modifier", "modifiers"),
        ("甲局,1-2,Q1,1,,1-1", "data-not-a-modifier", "modifiers"),
        ("甲局,1-2,Q1,1,,1-9;1-9", "data-modifier-elsewhere", "modifiers"),
        ("甲局,1-2,Q1,1,,,,e1\n甲局,1-2,Q1,1,,,,e2\n甲局,1-2,Q1,1,,,,e1", "data-repeated-id", "id"),
        ("甲局,1-2,2024Q1\n甲局,1-2,2025Q1", "data-other-year", "period"),
        ("甲局,1-2,Q1,1,,,,,多余", "data-too-many-values", ""),
    ] {
        let found = faults(&set, ["unit\n甲局\n", &events(row), "", ""]);
        assert_eq!(
            (found[0].code, found[0].column.as_str(), found[0].file.as_str()),
            (code, column, "events.csv"),
            "{row}"
        );
        assert_eq!(found[0].line, Some(1 + row.lines().count() as u64), "{row}");
    }
}

#[test]
fn wrong_tables_are_faults_with_their_place() {
    let tiers = |measure: &str, id: &str| {
        tiered(id, Effect::Award, measure, vec![tier(Some("60"), None, "10")])
    };
    let set = ruleset(vec![
        node("1", "25", vec![tiers("完成率", "1-1")]),
        node("2", "25", vec![tiers("完成率", "2-1")]),
        node("3", "25", vec![tiers("合格率", "3-1"), deduct("3-2", "1", "次")]),
        Indicator { method: Some(Method::Assessed), ..node("4", "25", vec![]) },
    ]);
    let (units, none) = ("unit\n甲\n", "");
    for (tables, code, file, line, column) in [
        (
            ["unit,名称\n甲,\n甲,\n", none, none, none],
            "data-repeated-unit",
            "units.csv",
            Some(3),
            "unit",
        ),
        (["unit,category\n,一类\n", none, none, none], "data-empty", "units.csv", Some(2), "unit"),
        (["name\n甲\n", none, none, none], "data-missing-column", "units.csv", Some(1), "unit"),
        (["unit\n", none, none, none], "data-no-unit", "units.csv", None, ""),
        (
            ["unit,unit\n甲,\n", none, none, none],
            "data-repeated-column",
            "units.csv",
            Some(1),
            "unit",
        ),
        (
            ["unit,不适用\n甲,9\n", none, none, none],
            "data-unknown-indicator",
            "units.csv",
            Some(2),
            "不适用",
        ),
        (
            [units, "unit,rules\n甲,3-2\n", none, none],
            "data-unknown-column-near",
            "events.csv",
            Some(1),
            "rules",
        ),
        (
            [units, "unit,rule,备注\n甲,3-2,\n", none, none],
            "data-unknown-column",
            "events.csv",
            Some(1),
            "备注",
        ),
        (
            [units, none, "unit,measure,value\n甲,合各率,1\n", none],
            "data-unknown-measure",
            "measures.csv",
            Some(2),
            "measure",
        ),
        (
            [units, none, "unit,measure,value\n甲,完成率,1\n", none],
            "data-ambiguous-measure",
            "measures.csv",
            Some(2),
            "measure",
        ),
        (
            [units, none, "unit,measure,value\n甲,3-2,1\n", none],
            "data-rule-without-measure",
            "measures.csv",
            Some(2),
            "measure",
        ),
        (
            [units, none, "unit,measure,value\n甲,1-1,九成\n", none],
            "data-bad-number",
            "measures.csv",
            Some(2),
            "value",
        ),
        (
            [units, none, "unit,measure,value\n甲,1-1,1\n甲,1-1,1\n", none],
            "data-repeated-value",
            "measures.csv",
            Some(3),
            "measure",
        ),
        (
            [units, none, none, "unit,indicator,score\n甲,4,25.1\n"],
            "data-score-outside",
            "assessed.csv",
            Some(2),
            "score",
        ),
        (
            [units, none, none, "unit,indicator,score\n甲,4,-1\n"],
            "data-score-outside",
            "assessed.csv",
            Some(2),
            "score",
        ),
        (
            [units, none, none, "unit,indicator,score\n甲,1,5\n"],
            "data-not-assessed",
            "assessed.csv",
            Some(2),
            "score",
        ),
        (
            [units, none, none, "unit,indicator,score\n甲,9,5\n"],
            "data-unknown-indicator",
            "assessed.csv",
            Some(2),
            "indicator",
        ),
        (
            [units, none, none, "unit,indicator,score\n乙,4,5\n"],
            "data-unknown-unit",
            "assessed.csv",
            Some(2),
            "unit",
        ),
        (
            [units, none, none, "unit,indicator,score\n甲,4,\n"],
            "data-empty",
            "assessed.csv",
            Some(2),
            "score",
        ),
    ] {
        let fault = &faults(&set, tables)[0];
        assert_eq!(
            (fault.code, fault.file.as_str(), fault.line, fault.column.as_str()),
            (code, file, line, column),
            "{fault}"
        );
    }
    // A value for the whole year beside one of a quarter.
    let set = Ruleset { periods: Some(Periods::Quarter), ..set };
    let fault =
        &faults(&set, [units, none, none, "unit,indicator,score,period\n甲,4,1,Q1\n甲,4,1,\n"])[0];
    assert_eq!((fault.code, fault.line), ("data-repeated-value", Some(3)));
}

#[test]
fn rulesets_that_cannot_be_executed_say_why() {
    let data = data_from_text("unit\n甲\n", "", "", "").unwrap();
    let error = |set: &Ruleset| run(set, &Approval::default(), &data, &all()).unwrap_err().code();
    assert_eq!(error(&Ruleset::default()), "score-no-full-marks");
    let twice = ruleset(vec![node("1", "50", vec![]), node("1", "50", vec![])]);
    assert_eq!(error(&twice), "score-repeated-id");
    let lost = Rule {
        times: Some(d("2")),
        of: vec!["9-9".into()],
        ..rule("1-1", Effect::Multiply, "", "")
    };
    assert_eq!(error(&ruleset(vec![node("1", "50", vec![lost])])), "score-unknown-item");
    let tiny = deduct("1-1", "1.0000000000000000000000000001", "次");
    let events = "unit,rule,occurrences\n甲,1-1,999999999999999\n";
    let data = data_from_text("unit\n甲\n", events, "", "").unwrap();
    let found =
        run(&ruleset(vec![node("1", "50", vec![tiny])]), &Approval::default(), &data, &all());
    assert_eq!(found.unwrap_err(), ScoreError::TooLarge("甲".into()));
}
