//! The review from outside: decisions hold their items over a recompile, and the ruleset in force shows them.

use chidu::{
    review::{
        Decision, InForce, Log, OrphanReason, ReviewError, Stamp, Verb, apply, decide, log,
        parse_addition, pending,
    },
    ruleset::{Ruleset, facts, yaml_reader, yaml_writer},
};

const WHOLE: &str = include_str!("rulesets/whole.rules.yaml");

fn stamp() -> Stamp {
    let text = |it: &str| it.to_owned();
    Stamp { when: text("2025-04-01T09:00:00+08:00"), by: text("王芳"), why: text("核对原件") }
}

fn read(text: &str) -> Ruleset {
    yaml_reader::read(text).unwrap_or_default()
}

fn log_of(decisions: Vec<Decision>) -> Log {
    Log { name: "xinhe-2025".to_owned(), decisions }
}

fn undecided() -> InForce {
    apply(&read(WHOLE), &Log::default())
}

fn fields(it: &[(&str, &str)]) -> Verb {
    Verb::Amend(it.iter().map(|it| (it.0.to_owned(), it.1.to_owned())).collect())
}

fn decided(id: &str, verb: Verb) -> Result<Decision, ReviewError> {
    decide(&undecided(), id, verb, stamp())
}

/// Names of the status of some items.
fn status(in_force: &InForce, ids: &[&str]) -> Vec<&'static str> {
    ids.iter().map(|it| in_force.status.get(*it).map_or("none", |it| it.name())).collect()
}

#[test]
fn all_is_pending_at_first_and_what_is_doubted_comes_first() {
    let in_force = undecided();
    let ids: Vec<&str> = pending(&in_force).iter().map(|it| it.id.as_str()).collect();
    assert_eq!(ids[..4], ["1.2.1-1", "g2", "u1", "t"]);
    assert_eq!(ids.len(), 22);
    assert_eq!(in_force.ruleset, read(WHOLE));
}

#[test]
fn a_decision_shows_in_the_ruleset_in_force() {
    let decisions = vec![
        decided("1.1-1", Verb::Approve).expect("approve"),
        decided("1.1-2", fields(&[("amount", "2"), ("per", "次"), ("when", "")])).expect("amend"),
        decided("1.2.1-3", Verb::Reject).expect("reject"),
        decided("u1", Verb::Dismiss).expect("dismiss"),
        decided("g1", Verb::Reject).expect("reject"),
        decided("g2", fields(&[("below", "91")])).expect("amend"),
        decided("2", Verb::Reject).expect("reject"),
    ];
    let in_force = apply(&read(WHOLE), &log_of(decisions));
    let names = status(&in_force, &["1.1-1", "1.1-2", "1.2.1-3", "u1", "g1", "g2", "g3", "2", "1"]);
    assert_eq!(
        names,
        [
            "approved",
            "amended",
            "rejected",
            "dismissed",
            "rejected",
            "amended",
            "pending",
            "rejected",
            "pending"
        ]
    );
    let text = yaml_writer::write(&in_force.ruleset);
    let gone = ["迟报", "优秀, from", "其他情形", "民主测评", "受到区级通报批评，视情节轻重"];
    assert!(gone.iter().all(|it| !text.contains(it)), "{text}");
    assert!(text.contains("        amount: 2\n            per: 次\n            case:"), "{text}");
    // A person has decided the bound, so the flat view says whether it is included.
    let facts = facts::facts(&in_force.ruleset);
    let grade = facts.iter().find(|it| it.kind == "grade").expect("one grade is left");
    assert_eq!((grade.upper.as_deref(), grade.upper_inclusive), (Some("91"), Some(false)));
    assert_eq!(in_force.orphaned, []);
}

#[test]
fn a_decision_outlives_a_new_number_page_and_layout() {
    let decisions = vec![
        decided("1.1-1", fields(&[("cap", "4")])).expect("amend"),
        decided("1.1", Verb::Approve).expect("approve"),
    ];
    let again = WHOLE
        .replace("id: 1.1-1\n", "id: 1.1-7\n")
        .replace("of: [1.1-1]", "of: [1.1-7]")
        .replace("第4页 表1 第3行 第3列", "第5页 表1 第4行 第3列")
        .replace("每人次扣0.5分，最多扣5分,", "每人次扣0．5 分， 最多扣5分,")
        .replace("span: [812, 834]", "span: [912, 936]");
    let in_force = apply(&read(&again), &log_of(decisions));
    assert_eq!(status(&in_force, &["1.1-7", "1.1", "1.1-3"]), ["amended", "approved", "pending"]);
    assert!(in_force.moved.is_empty() && in_force.orphaned.is_empty());
}

#[test]
fn a_factor_keeps_its_print_when_what_it_multiplies_is_renumbered() {
    let decisions = vec![decided("1.1-3", Verb::Approve).expect("approve")];
    let again = WHOLE.replace("id: 1.1-1\n", "id: 1.1-7\n").replace("of: [1.1-1]", "of: [1.1-7]");
    assert_eq!(status(&apply(&read(&again), &log_of(decisions)), &["1.1-3"]), ["approved"]);
}

#[test]
fn a_changed_statement_is_pending_again() {
    let table = [
        ("amount: 0.5", "amount: 1"),
        ("最多扣5分, span", "最多扣6分, span"),
        ("per: 人次", "per: 次"),
        ("effect: deduct\n            amount: 0.5", "effect: add\n            amount: 0.5"),
    ];
    for (from, to) in table {
        assert!(WHOLE.contains(from), "{from}");
        let decisions = vec![decided("1.1-1", Verb::Approve).expect("approve")];
        let in_force = apply(&read(&WHOLE.replace(from, to)), &log_of(decisions));
        assert_eq!(status(&in_force, &["1.1-1"]), ["pending"], "{to}");
        let reasons: Vec<_> = in_force.orphaned.iter().map(|it| it.reason).collect();
        assert_eq!(reasons, [OrphanReason::Changed], "{to}");
    }
}

#[test]
fn a_statement_that_moved_as_a_whole_holds_and_is_noted() {
    let decisions = vec![decided("1.1-1", Verb::Approve).expect("approve")];
    let in_force =
        apply(&read(&WHOLE.replace("name: 工作纪律\n", "name: 劳动纪律\n")), &log_of(decisions));
    assert_eq!(status(&in_force, &["1.1-1", "1.1"]), ["approved", "pending"]);
    let moved = &in_force.moved[0];
    assert_eq!(
        (moved.from.last(), moved.to.last()),
        (Some(&"工作纪律".into()), Some(&"劳动纪律".into()))
    );
}

const TWICE: &str = "
chidu: 1
name: twice
indicators:
  - {id: '1', name: 甲, points: 5, rules: [{id: 1-1, effect: deduct, amount: 1, when: 未完成}]}
  - {id: '2', name: 乙, points: 5, rules: [{id: 2-1, effect: deduct, amount: 1, when: 未完成}]}
";

#[test]
fn one_statement_under_two_nodes_is_told_apart_by_its_path() {
    let before = apply(&read(TWICE), &Log::default());
    let both = vec![
        decide(&before, "1-1", Verb::Reject, stamp()).expect("reject"),
        decide(&before, "2-1", Verb::Approve, stamp()).expect("approve"),
    ];
    let same = apply(&read(TWICE), &log_of(both.clone()));
    assert_eq!(status(&same, &["1-1", "2-1"]), ["rejected", "approved"]);
    // One node has another name: its rule could have come from either, so a person is asked.
    let renamed = apply(&read(&TWICE.replace("name: 甲", "name: 丙")), &log_of(both.clone()));
    assert_eq!(status(&renamed, &["1-1", "2-1"]), ["pending", "approved"]);
    assert_eq!(renamed.orphaned[0].reason, OrphanReason::Several);
    // One node is gone: the rejection of its rule does not fall on the other's.
    let kept: String =
        TWICE.lines().filter(|it| !it.contains("甲")).map(|it| format!("{it}\n")).collect();
    let gone = apply(&read(&kept), &log_of(both));
    assert_eq!(status(&gone, &["2-1"]), ["approved"]);
    assert_eq!(gone.orphaned[0].reason, OrphanReason::Changed);
}

#[test]
fn what_a_person_adds_stands_in_force_and_settles_what_was_unread() {
    let text = "
- parent: '1.1'
  settles: [u1]
  add:
    rule: {id: 1.1-9, effect: deduct, amount: 0.2, per: 次, when: 迟到}
- add:
    grade: {name: 较差, below: 60}
";
    let decisions = parse_addition(&undecided(), text, &stamp()).expect("the addition is valid");
    let in_force = apply(&read(WHOLE), &log_of(decisions.clone()));
    assert_eq!(status(&in_force, &["1.1-9", "u1", "g4"]), ["added", "dismissed", "added"]);
    let text = yaml_writer::write(&in_force.ruleset);
    assert!(text.contains("id: 1.1-9") && text.contains("{name: 较差, below: 60}"), "{text}");
    // A recompile that gives the id to another rule does not lose the added one.
    let again = WHOLE.replace("id: 1.1-2", "id: 1.1-9");
    let in_force = apply(&read(&again), &log_of(decisions));
    assert_eq!(status(&in_force, &["1.1-9", "1.1-9+"]), ["pending", "added"]);
}

#[test]
fn the_last_decision_counts_and_amendments_add_up() {
    let decisions = vec![
        decided("1.1-1", fields(&[("cap", "4")])).expect("amend"),
        decided("1.1-1", Verb::Reject).expect("reject"),
        decided("1.1-1", fields(&[("amount", "0.6")])).expect("amend"),
        decided("1.1-1", Verb::Approve).expect("approve"),
    ];
    let in_force = apply(&read(WHOLE), &log_of(decisions));
    assert_eq!(status(&in_force, &["1.1-1"]), ["approved"]);
    let rule = &in_force.ruleset.indicators[0].indicators[0].rules[0];
    assert_eq!(
        (rule.cap, rule.amount),
        (Some(4.into()), Some(chidu::ruleset::Amount::Exact("0.6".parse().expect("a number"))))
    );
}

#[test]
fn what_does_not_fit_is_refused_when_it_is_decided() {
    let table = [
        ("9.9", Verb::Approve, "there is no item `9.9`"),
        ("u1", Verb::Approve, "`approve` does not apply to `u1`"),
        ("1.1-1", Verb::Dismiss, "`dismiss` does not apply to `1.1-1`"),
        ("1.1-1", fields(&[("amount", "much")]), "`much` is no number"),
        ("1.1-1", fields(&[("amount", "3-1")]), "`min` is over `max`"),
        ("1.1-1", fields(&[("effect", "take")]), "unknown value `take`"),
        ("1.1-1", fields(&[("effect", "zero")]), "this effect has no `amount`"),
        ("1.1-1", fields(&[("id", "7")]), "`id` is no field"),
        ("1.1-1", fields(&[("rules", "[]")]), "`rules` is no field"),
        ("1.1-1", fields(&[("highest", "yes")]), "unknown value `yes`"),
        ("1.1", fields(&[("amount", "1")]), "`amount` is no field of `1.1`"),
        ("1.1", fields(&[("points", "")]), "ok"),
        ("1.2.1-1", fields(&[("tiers.2.amount", "21"), ("tiers.2.above", "92")]), "ok"),
        ("1.2.1-1", fields(&[("tiers.4.amount", "21")]), "is no field"),
        ("1.2.1-1", fields(&[("tiers", "[{from: 98, amount: 40}]")]), "ok"),
        ("1.2.1-1", fields(&[("tiers", "[{from: 98, points: 40}]")]), "unknown key `points`"),
        ("1.1-1", fields(&[("when", "no: really\n'quoted' #\u{7}")]), "ok"),
        ("1.1-1", fields(&[("min", "0.5"), ("max", "1.5")]), "ok"),
        ("1.1-2", fields(&[("case", "{name: 通报, cap: 3}")]), "ok"),
        ("1.1-2", fields(&[("except", "[甲, 乙]")]), "ok"),
        ("t", fields(&[("points", "120")]), "ok"),
        ("q1", fields(&[("max", ""), ("count", "3")]), "ok"),
        ("l1", fields(&[("effect", "forbid"), ("grade", "优秀")]), "ok"),
        ("s1", fields(&[("weight", "12.5")]), "ok"),
        ("n", fields(&[("cap", "8")]), "ok"),
    ];
    for (id, verb, message) in table {
        let result = decided(id, verb.clone());
        let found = result.as_ref().map_or_else(ToString::to_string, |_| "ok".to_owned());
        assert!(found.contains(message), "{id} {verb:?}: {found}");
        if let Ok(decision) = result {
            let in_force = apply(&read(WHOLE), &log_of(vec![decision]));
            assert_eq!(status(&in_force, &[id]), ["amended"]);
        }
    }
    let nobody = Stamp { by: " ".to_owned(), ..stamp() };
    assert_eq!(decide(&undecided(), "1", Verb::Approve, nobody), Err(ReviewError::NoName));
    let no_reason = Stamp { why: String::new(), ..stamp() };
    assert!(decide(&undecided(), "1", Verb::Approve, no_reason.clone()).is_ok());
    let refused = decide(&undecided(), "1", Verb::Reject, no_reason);
    assert_eq!(refused, Err(ReviewError::NoReason("reject")));
}

#[test]
fn additions_that_do_not_fit_are_refused() {
    let table = [
        ("add: {rule: {id: x, effect: zero}}", "needs the `parent`"),
        ("{parent: '9', add: {rule: {id: x, effect: zero}}}", "there is no item `9`"),
        ("{parent: '1', add: {rule: {id: 1.1-1, effect: zero}}}", "the id `1.1-1` is taken"),
        ("{parent: '1', add: {grade: {name: 优}}}", "`add` does not apply to `1`"),
        ("{parent: '1', settles: ['1'], add: {rule: {id: x, effect: zero}}}", "`settles`"),
        ("{parent: '1', add: {rule: {id: x}}}", "the key `effect` is missing"),
        ("{parent: '1', add: {rule: {id: x, effect: zero}, grade: {name: 优}}}", "map-of-one-key"),
        ("{parent: '1', add: {rules: []}}", "unknown value `rules`, perhaps `rule`"),
    ];
    for (text, message) in table {
        let error = parse_addition(&undecided(), text, &stamp()).expect_err("refused").to_string();
        assert!(error.contains(message), "{text}: {error}");
    }
}

#[test]
fn the_log_is_read_as_it_was_written_and_only_grows() {
    let mut decisions = vec![
        decided("1.1-1", Verb::Approve).expect("approve"),
        decided("1.1-2", fields(&[("amount", "1-2"), ("when", "是: 否\n")])).expect("amend"),
        decided("u1", Verb::Dismiss).expect("dismiss"),
        decided("g1", Verb::Reject).expect("reject"),
    ];
    let added = "{parent: n, settles: [u1], add: {indicator: {id: '3', name: 丙, points: 5}}}";
    let added = added.replace("parent: n, ", "");
    decisions.extend(parse_addition(&undecided(), &added, &stamp()).expect("addition"));
    let mut text = log::append(None, "xinhe-2025", &[]).expect("an empty log");
    for (nth, decision) in decisions.iter().enumerate() {
        let longer =
            log::append(Some(&text), "xinhe-2025", std::slice::from_ref(decision)).expect("append");
        assert!(nth == 0 || longer.starts_with(&text), "{longer}");
        text = longer;
    }
    assert_eq!(log::read(&text).expect("the log is valid"), log_of(decisions.clone()));
    assert_eq!(text, log::append(None, "xinhe-2025", &decisions).expect("all at once"));
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/rulesets/whole.review.yaml");
    if std::env::var_os("UPDATE_FACTS").is_some() {
        std::fs::write(path, &text).expect("the file can be written");
    }
    assert_eq!(text, std::fs::read_to_string(path).expect("the file exists"));
}

#[test]
fn a_log_that_is_not_one_is_refused() {
    let log = include_str!("rulesets/whole.review.yaml");
    let table = [
        ("action: dismiss", "action: dismissed", "unknown value `dismissed`, perhaps `dismiss`"),
        ("action: reject", "action: amend", "do not fit the action"),
        ("action: dismiss", "action: add", "do not fit the action"),
        ("review: 1", "review: 2", "format version 2"),
        ("review: 1", "reviews: 1", "unknown key `reviews`, perhaps `review`"),
        ("name: xinhe-2025", "names: xinhe-2025", "unknown key `names`"),
    ];
    for (from, to, message) in table {
        assert!(log.contains(from), "{from}");
        let error = log::read(&log.replacen(from, to, 1)).expect_err("refused").to_string();
        assert!(error.contains(message), "{to}: {error}");
    }
}

#[test]
fn one_statement_twice_in_one_place_is_told_apart_by_its_number() {
    let twins = TWICE.replace(
        "rules: [{id: 1-1,",
        "rules: [{id: 1-2, effect: deduct, amount: 1, when: 未完成}, {id: 1-1,",
    );
    let before = apply(&read(&twins), &Log::default());
    let one = vec![decide(&before, "1-1", Verb::Reject, stamp()).expect("reject")];
    let in_force = apply(&read(&twins), &log_of(one.clone()));
    assert_eq!(status(&in_force, &["1-1", "1-2", "2-1"]), ["rejected", "pending", "pending"]);
    // Its number is gone and two others have its words: a person is asked.
    let renumbered = apply(&read(&twins.replace("id: 1-1,", "id: 1-3,")), &log_of(one));
    assert_eq!(status(&renumbered, &["1-2", "1-3", "2-1"]), ["pending"; 3]);
    assert_eq!(renumbered.orphaned[0].reason, OrphanReason::Several);
}
