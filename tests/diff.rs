//! What changed from one year to the next: one change at a time, then all of them, then any at all.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]
#![expect(clippy::too_many_lines, reason = "a table of cases is one test")]

use std::fs;

use chidu::{
    diff::{Change, Changes, How, diff, to_json, to_text},
    message::{Catalogue, Lang},
    number::Decimal,
    ruleset::{Amount, Bound, Effect, Indicator, Quota, Ruleset, Share, Tier, yaml_reader},
};
use proptest::prelude::*;

fn base() -> Ruleset {
    yaml_reader::read(&fs::read_to_string("tests/data/xinhe.rules.yaml").unwrap()).unwrap()
}

fn d(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// The indicator with an id.
fn node<'a>(set: &'a mut Ruleset, id: &str) -> &'a mut Indicator {
    fn find<'a>(all: &'a mut [Indicator], id: &str) -> Option<&'a mut Indicator> {
        all.iter_mut()
            .find_map(|it| if it.id == id { Some(it) } else { find(&mut it.indicators, id) })
    }
    find(&mut set.indicators, id).unwrap()
}

fn edited(edit: impl FnOnce(&mut Ruleset)) -> Ruleset {
    let mut res = base();
    edit(&mut res);
    res
}

/// A change in one line: subject, what happened, ids, fields, points.
fn line(change: &Change) -> String {
    let how: Vec<&str> = change.how.iter().map(|it| it.name()).collect();
    let ids =
        |it: &[chidu::diff::Side]| it.iter().map(|it| it.id.clone()).collect::<Vec<_>>().join("+");
    let fields: Vec<String> = change
        .fields
        .iter()
        .map(|it| {
            format!(
                "{} {}→{}",
                it.key,
                it.old.as_deref().unwrap_or("-"),
                it.new.as_deref().unwrap_or("-")
            )
        })
        .collect();
    let points = change.points.map_or("-".to_owned(), |it| it.normalize().to_string());
    let (old, new) = (ids(&change.old), ids(&change.new));
    format!(
        "{} {} {old}→{new} [{}] {points}",
        change.subject.name(),
        how.join("+"),
        fields.join("; ")
    )
}

fn lines(changes: &Changes) -> Vec<String> {
    changes.changes.iter().map(line).collect()
}

fn changed(edit: impl FnOnce(&mut Ruleset)) -> Vec<String> {
    lines(&diff(&base(), &edited(edit)))
}

#[test]
fn numbers_of_rules() {
    // 1.1 counts 40 of the 100 of node 1, which counts 70: a point of it is 0.7 of the total.
    for (edit, expected) in [
        (
            (|it| it.amount = Some(Amount::Exact(d("1")))) as fn(&mut chidu::ruleset::Rule),
            "rule changed 1.1-1→1.1-1 [amount 0.5→1] 0.35",
        ),
        (|it| it.cap = None, "rule changed 1.1-1→1.1-1 [cap 5→-] -"),
        (|it| it.per = Some("次".into()), "rule changed 1.1-1→1.1-1 [per 人次→次] -"),
        (
            |it| it.when = Some("工作时间擅离岗位的".into()),
            "rule reworded 1.1-1→1.1-1 [when 上班期间擅离岗位的→工作时间擅离岗位的] -",
        ),
        (|it| it.except.clear(), "rule changed 1.1-1→1.1-1 [except 单位自查发现并主动报告的→-] -"),
        (|it| it.highest = true, "rule changed 1.1-1→1.1-1 [highest -→true] -"),
        (|it| it.effect = Effect::Add, "rule changed 1.1-1→1.1-1 [effect deduct→add] -"),
    ] {
        assert_eq!(changed(|set| edit(&mut node(set, "1.1").rules[0])), [expected]);
    }
    let tiers = changed(|set| {
        let tiers = &mut node(set, "1.2").rules[0].tiers;
        tiers[0] = Tier { amount: Some(Amount::Exact(d("25"))), ..tiers[0].clone() };
        tiers[2].bounds.upper = Some(Bound { value: d("90"), inclusive: false });
    });
    let shown = "tiers [98, ∞) 30; [92, 98) 15; (−∞, 92) 0→[98, ∞) 25; [92, 98) 15; (−∞, 90) 0";
    assert_eq!(tiers, [format!("rule changed 1.2-1→1.2-1 [{shown}] 3.5")]);
}

#[test]
fn rules_come_go_and_move() {
    let gone = changed(|set| drop(node(set, "1.1").rules.remove(0)));
    let fields = "effect deduct→-; amount 0.5→-; per 人次→-; cap 5→-; when 上班期间擅离岗位的→-";
    assert_eq!(gone, [format!("rule removed 1.1-1→ [{fields}] 0.35")]);
    let moved = changed(|set| {
        let mut rule = node(set, "1.1").rules.remove(1);
        rule.id = "n-9".into();
        set.adjustments[0].rules.push(rule);
    });
    let path = "path 日常作风 / 工作纪律→负面清单";
    assert_eq!(moved, [format!("rule moved 1.1-2→n-9 [{path}] -")]);
}

#[test]
fn numbers_of_indicators() {
    assert_eq!(
        changed(|set| node(set, "1.1").points = Some(d("50"))),
        ["indicator changed 1.1→1.1 [points 40→50] 7"]
    );
    let weights = changed(|set| {
        node(set, "2").weight = Some(d("15"));
        node(set, "3").weight = Some(d("15"));
    });
    assert_eq!(
        weights,
        ["indicator changed 2→2 [weight 20→15] 5", "indicator changed 3→3 [weight 10→15] 5"]
    );
    assert_eq!(
        changed(|set| node(set, "1.3.1").cap = Some(d("8"))),
        ["indicator changed 1.3.1→1.3.1 [cap 6→8] 1.4"]
    );
}

#[test]
fn indicators_are_renamed_moved_split_and_merged() {
    assert_eq!(
        changed(|set| "政务信息报送工作".clone_into(&mut node(set, "1.2").name)),
        ["indicator renamed 1.2→1.2 [name 信息报送→政务信息报送工作] -"]
    );
    // Nothing of the name is left, and all of the rules.
    assert_eq!(
        changed(|set| "劳动风气".clone_into(&mut node(set, "1.1").name)),
        ["indicator renamed 1.1→1.1 [name 工作纪律→劳动风气] -"]
    );
    let moved = changed(|set| {
        let child = node(set, "1").indicators.remove(1);
        set.indicators.push(Indicator { id: "4".into(), ..child });
    });
    assert_eq!(moved, ["indicator moved 1.2→4 [path 日常作风→-] 9"]);
    // A criterion that becomes an indicator of its own has moved.
    let raised = changed(|set| {
        let group = node(set, "1.3");
        let second = group.indicators.remove(1);
        group.points = Some(d("18"));
        let rules = second.rules.clone();
        let part = Indicator {
            id: "1.4".into(),
            name: "热线诉求".into(),
            points: Some(d("12")),
            rules,
            ..Indicator::default()
        };
        node(set, "1").indicators.push(part);
    });
    let fields = "name 热线办理→热线诉求; path 日常作风 / 政务服务→日常作风; points -→12; cap 10→-";
    assert_eq!(
        raised,
        [
            "indicator changed 1.3→1.3 [points 30→18] 8.4".to_owned(),
            format!("indicator changed+moved+renamed 1.3.2→1.4 [{fields}] 1.4"),
        ]
    );
    let merged = changed(|set| {
        let gone = node(set, "1").indicators.remove(1);
        let into = node(set, "1.1");
        into.points = Some(d("70"));
        into.rules.extend(gone.rules);
    });
    assert_eq!(
        merged,
        [
            "indicator merged+changed 1.1+1.2→1.1 [points 40→70] 21",
            "rule moved 1.2-1→1.2-1 [path 日常作风 / 信息报送→日常作风 / 工作纪律] -"
        ]
    );
    let parted = changed(|set| {
        let from = node(set, "1.1");
        from.points = Some(d("30"));
        let rules = from.rules.split_off(1);
        let part = Indicator {
            id: "1.9".into(),
            name: "通报批评".into(),
            points: Some(d("10")),
            rules,
            ..Indicator::default()
        };
        node(set, "1").indicators.push(part);
    });
    assert_eq!(parted[0], "indicator split+changed 1.1→1.1+1.9 [points 40→30] 7");
    assert_eq!(parted.len(), 3, "{parted:#?}");
}

#[test]
fn indicators_come_and_go() {
    assert_eq!(
        changed(|set| drop(set.indicators.remove(2))),
        ["indicator removed 3→ [weight 10→-] 10"]
    );
    let added = changed(|set| {
        set.indicators.push(Indicator {
            id: "4".into(),
            name: "安全生产".into(),
            weight: Some(d("5")),
            ..Indicator::default()
        });
    });
    assert_eq!(added, ["indicator added →4 [weight -→5] 5"]);
}

#[test]
fn what_stands_beside_the_tree() {
    for (edit, expected) in [
        (
            (|set| set.total.as_mut().unwrap().points = d("120")) as fn(&mut Ruleset),
            vec!["total changed t→t [points 100→120] 20"],
        ),
        (|set| set.periods = None, vec!["total changed t→t [periods half-year→-] -"]),
        (|set| set.rounding.places = 3, vec!["total changed t→t [rounding 2 half-up→3 half-up] -"]),
        (
            |set| {
                set.grades[0].bounds.lower =
                    Some(Bound { value: Decimal::from(92), inclusive: true });
            },
            vec!["grade changed g1→g1 [bounds [90, 100]→[92, 100]] -"],
        ),
        (
            |set| "优".clone_into(&mut set.grades[0].name),
            vec!["grade renamed g1→g1 [name 优秀→优] -"],
        ),
        (|set| drop(set.grades.pop()), vec!["grade removed g4→ [] -"]),
        (
            |set| set.quotas[0].max = Some(Decimal::from(30)),
            vec!["quota changed q1→q1 [max 40→30] -"],
        ),
        (
            |set| set.quotas.push(Quota { grade: "良好".into(), ..Quota::default() }),
            vec!["quota added →q2 [] -"],
        ),
        (
            |set| set.limits[0].grade = Some("良好".into()),
            vec!["limit changed l1→l1 [grade 优秀→良好] -"],
        ),
        (
            |set| set.limits[0].when = Some("发生重大或者较大负面舆情的".into()),
            vec!["limit reworded l1→l1 [when 发生重大负面舆情的→发生重大或者较大负面舆情的] -"],
        ),
        (|set| set.shares[0].weight = Decimal::TEN, vec!["share changed s1→s1 [weight 15→10] -"]),
        (
            |set| set.shares.push(Share { into: "绩效奖".into(), ..Share::default() }),
            vec!["share added →s2 [] -"],
        ),
    ] {
        assert_eq!(changed(edit), expected);
    }
}

#[test]
fn more_points_come_first() {
    let all = changed(|set| {
        set.grades[0].name = "好".into();
        set.shares.clear();
        node(set, "1.1").rules[0].amount = Some(Amount::Exact(d("1")));
        node(set, "2").weight = Some(d("10"));
        set.adjustments[1].cap = Some(d("5"));
    });
    let subjects: Vec<&str> = all.iter().map(|it| it.split(' ').next().unwrap()).collect();
    assert_eq!(subjects, ["indicator", "adjustment", "rule", "share", "grade"], "{all:#?}");
}

#[test]
fn the_replaced_document_is_recognised() {
    let mut new = base();
    new.document.replaces =
        Some("原《新河区2025年度作风效能考核办法》（新考办发〔2025〕9号）同时废止".into());
    assert!(diff(&base(), &new).replaces.unwrap().is_old);
    new.document.replaces = Some("原《新河区督查办法》同时废止".into());
    assert!(!diff(&base(), &new).replaces.unwrap().is_old);
}

#[test]
fn both_forms_say_the_same() {
    let new = edited(|set| {
        set.name = "xinhe-2026".into();
        set.document.title = Some("新河区2026年度作风效能考核办法".into());
        node(set, "1.1").points = Some(d("45"));
        node(set, "1.1").source.quote = "工作纪律（45分）".into();
        drop(node(set, "1.1").rules.remove(1));
    });
    let changes = diff(&base(), &new);
    let text = to_text(&changes, Catalogue::get(Lang::Zh));
    let expected = "\
新河区2025年度作风效能考核办法 → 新河区2026年度作风效能考核办法：2 处变化，25 项相同
指标变化：1.1 日常作风 / 工作纪律（至多影响总分 3.5 分）
    分值：40 → 45
    旧：“工作纪律（40分）”（第4页 表1 第2行 第2列）
    新：“工作纪律（45分）”（第4页 表1 第2行 第2列）
细则取消：1.1-2 日常作风 / 工作纪律（至多影响总分 2.1 分）
    作用：deduct
    分值：1-3
    条件：受到区级通报批评的
    旧：“受到区级通报批评的，视情节扣1-3分”（第4页 表1 第2行 第4列）
";
    assert_eq!(text, expected);
    let json: serde_json::Value = serde_json::from_str(&to_json(&changes)).unwrap();
    assert_eq!(json["changes"][0]["how"], serde_json::json!(["changed"]));
    assert_eq!(json["changes"][1]["old"][0]["id"], "1.1-2");
    assert_eq!(json["changes"][1]["points"], "2.1");
    assert_eq!(to_json(&changes), to_json(&diff(&base(), &new)));
}

#[test]
fn a_large_ruleset_is_compared_in_time() {
    let big = |shift: usize| {
        let indicators = (0..2000).map(|nth| {
            let rules = (0..5).map(|rule| chidu::ruleset::Rule {
                id: format!("{nth}-{rule}"),
                amount: Some(Amount::Exact(Decimal::ONE)),
                when: Some(format!("第{}类第{rule}种情形未按要求落实的", nth + shift)),
                ..Default::default()
            });
            let name = format!("指标第{}号工作", nth + shift);
            Indicator {
                id: nth.to_string(),
                name,
                points: Some(Decimal::ONE),
                rules: rules.collect(),
                ..Indicator::default()
            }
        });
        Ruleset { indicators: indicators.collect(), ..Ruleset::default() }
    };
    let start = std::time::Instant::now();
    let changes = diff(&big(0), &big(1000));
    assert!(changes.unchanged >= 5000, "{}", changes.unchanged);
    // Comparing all with all would be a hundred million pairs of rules.
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

/// A name, points, and rules of a condition, an amount, a cap.
type Drawn = (usize, Option<i64>, Vec<(usize, i64, Option<i64>)>);

/// Small rulesets of few names, so that they overlap.
fn any_ruleset() -> impl Strategy<Value = Ruleset> {
    let names = ["工作纪律", "信息报送", "政务信息", "民主测评", "工作"];
    let rule = (0..4_usize, 1..4_i64, prop::option::of(1..9_i64));
    let one = (0..5_usize, prop::option::of(1..50_i64), prop::collection::vec(rule, 0..4));
    prop::collection::vec((one.clone(), prop::collection::vec(one, 0..3)), 0..4).prop_map(
        move |all| {
            let mut set = Ruleset::default();
            let mut count = 0;
            let mut make = |(name, points, rules): Drawn| {
                count += 1;
                let id = format!("{count}");
                let rules = rules.into_iter().enumerate().map(|(nth, (when, amount, cap))| {
                    chidu::ruleset::Rule {
                        id: format!("{id}-{nth}"),
                        amount: Some(Amount::Exact(amount.into())),
                        when: Some(
                            ["迟到的", "早退的", "未按时报送信息的", "未按时报送材料的"][when]
                                .into(),
                        ),
                        cap: cap.map(Into::into),
                        ..Default::default()
                    }
                });
                let rules = rules.collect();
                Indicator {
                    id,
                    name: names[name].into(),
                    points: points.map(Into::into),
                    rules,
                    ..Indicator::default()
                }
            };
            for (top, below) in all {
                let mut top = make(top);
                top.indicators = below.into_iter().map(&mut make).collect();
                set.indicators.push(top);
            }
            set
        },
    )
}

proptest! {
    #[test]
    fn nothing_changes_in_the_same_ruleset(set in any_ruleset()) {
        let changes = diff(&set, &set);
        prop_assert!(changes.changes.is_empty(), "{:#?}", lines(&changes));
    }

    #[test]
    fn every_item_is_told_once_on_each_side(old in any_ruleset(), new in any_ruleset()) {
        let changes = diff(&old, &new);
        for side in [|it: &Change| it.old.clone(), |it: &Change| it.new.clone()] {
            let told = changes.changes.iter().filter(|it| it.how != [How::Split] && it.how != [How::Merged]);
            let mut ids: Vec<String> = told.filter_map(|it| side(it).first().map(|it| it.id.clone())).collect();
            ids.sort();
            let before = ids.len();
            ids.dedup();
            prop_assert_eq!(before, ids.len(), "{:#?}", lines(&changes));
        }
    }
}
