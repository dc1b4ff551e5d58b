//! What holds for every ruleset: it is read as it was written, its numbers are exact, and no text makes a reader panic.
#![expect(clippy::indexing_slicing, reason = "a test that panics has failed")]

use std::time::{Duration, Instant};

use chidu::{
    number::Decimal,
    review::{self, log},
    ruleset::{
        Adjustment, Amount, Bound, Bounds, Case, DocumentInfo, Effect, Grade, Indicator, Limit,
        LimitEffect, Method, Note, Periods, Quota, Rounding, RoundingMode, Rule, Ruleset, Share,
        SourceFile, SourceRef, StoredFinding, Tier, Total, Unread, facts, print, yaml_reader::read,
        yaml_writer::write,
    },
    source::Span,
};
use proptest::{collection::vec, option, prelude::*, sample::select};

/// Texts that mean something else in YAML, or that cannot be seen.
const HOSTILE: &str = "no ~ null true 2025-03-18 1.10 1e3 0x1F 12:30 .inf # &a *a !a | > % @ ` ' \" {a [a a] a,b --- ... ? \
                       : << = \\n 𠮷 \u{feff} \u{0} \u{7f} \u{fffd} \u{e000} \u{1F600}";
const SPACED: [&str; 11] =
    ["- a", "a: b", "a #b", " a", "a ", "a\nb", "a\r\nb", "\t", "\u{2028}", "\u{85}", "a\u{a0}"];

/// Texts as documents hold them, and hostile ones.
fn text() -> impl Strategy<Value = String> {
    let hostile: Vec<&str> = HOSTILE.split(' ').filter(|it| !it.is_empty()).chain(SPACED).collect();
    prop_oneof![
        4 => "[一-龥，。（）；“”]{1,12}",
        2 => "[一-龥0-9.％%-]{1,8}",
        2 => select(hostile).prop_map(str::to_owned),
        2 => "\\PC{1,10}",
        1 => any::<Vec<char>>().prop_map(|it| it.into_iter().take(8).collect::<String>())
            .prop_filter("not empty", |it| !it.is_empty()),
    ]
}

fn decimal() -> impl Strategy<Value = Decimal> {
    let most: i64 = 999_999_999_999_999;
    (-most..=most, 0..=28_u32).prop_map(|(digits, scale)| Decimal::new(digits, scale).normalize())
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    vec(text(), 0..3)
}

fn source() -> impl Strategy<Value = SourceRef> {
    let span = (0..9999_u32, 0..99_u32).prop_map(|(start, long)| Span::new(start, start + long));
    (option::of(text()), option::of(text()), option::of(span)).prop_map(|(at, quote, span)| {
        SourceRef { at: at.unwrap_or_default(), quote: quote.unwrap_or_default(), span }
    })
}

fn some_source() -> impl Strategy<Value = Option<SourceRef>> {
    source().prop_map(|it| Some(it).filter(|it| *it != SourceRef::default()))
}

fn amount() -> impl Strategy<Value = Amount> {
    prop_oneof![
        decimal().prop_map(Amount::Exact),
        (decimal(), decimal()).prop_map(|(a, b)| Amount::Range(a.min(b), a.max(b))),
    ]
}

fn bounds() -> impl Strategy<Value = Bounds> {
    let bound =
        || (decimal(), any::<bool>()).prop_map(|(value, inclusive)| Bound { value, inclusive });
    (option::of(bound()), option::of(bound())).prop_map(|(lower, upper)| Bounds { lower, upper })
}

fn effect() -> impl Strategy<Value = Effect> {
    use Effect::{Add, Award, Deduct, Multiply, Unstated, Zero};
    select(vec![Deduct, Add, Award, Zero, Multiply, Unstated])
}

fn tier() -> impl Strategy<Value = Tier> {
    let parts = (
        bounds(),
        option::of(amount()),
        option::of(effect()),
        option::of(text()),
        some_source(),
        texts(),
    );
    parts.prop_map(|(bounds, amount, effect, when, source, doubts)| Tier {
        bounds,
        amount,
        effect,
        when,
        source,
        doubts,
    })
}

fn rule() -> impl Strategy<Value = Rule> {
    let case = (text(), option::of(decimal())).prop_map(|(name, cap)| Case { name, cap });
    let first =
        (effect(), option::of(amount()), option::of(text()), option::of(text()), option::of(case));
    let second = (
        option::of(decimal()),
        option::of(decimal()),
        texts(),
        option::of(text()),
        vec(tier(), 0..3),
    );
    let third = (option::of(text()), any::<bool>(), texts(), source(), texts());
    (first, second, third).prop_map(|(first, second, third)| {
        let (effect, amount, per, when, case) = first;
        let (cap, times, of, measure, tiers) = second;
        let (formula, highest, except, source, doubts) = third;
        let multiplies = effect == Effect::Multiply;
        let moves = matches!(effect, Effect::Deduct | Effect::Add | Effect::Award);
        Rule {
            id: String::new(),
            effect,
            amount: amount.filter(|_| moves),
            per,
            when,
            case,
            cap,
            times: times.filter(|_| multiplies),
            of: if multiplies { of } else { Vec::new() },
            measure,
            tiers,
            formula,
            highest,
            except,
            source,
            doubts,
        }
    })
}

fn periods() -> impl Strategy<Value = Option<Periods>> {
    option::of(select(vec![Periods::Month, Periods::Quarter, Periods::HalfYear]))
}

fn leaf() -> impl Strategy<Value = Indicator> {
    let methods = vec![Method::Deduct, Method::Award, Method::Assessed, Method::Sum];
    let first = (text(), option::of(decimal()), option::of(decimal()), option::of(decimal()));
    let second = (option::of(select(methods)), periods(), texts(), texts(), any::<bool>());
    let third = (option::of(text()), vec(rule(), 0..3), texts(), source(), texts());
    (first, second, third).prop_map(|(first, second, third)| {
        let (name, points, weight, cap) = first;
        let (method, periods, assessor, responsible, highest) = second;
        let (formula, rules, notes, source, doubts) = third;
        Indicator {
            id: String::new(),
            name,
            points,
            weight,
            cap,
            method,
            periods,
            assessor,
            responsible,
            highest,
            formula,
            rules,
            indicators: Vec::new(),
            notes,
            source,
            doubts,
        }
    })
}

fn indicator() -> impl Strategy<Value = Indicator> {
    leaf().prop_recursive(3, 6, 2, |below| {
        (leaf(), vec(below, 0..3)).prop_map(|(node, indicators)| Indicator { indicators, ..node })
    })
}

fn document() -> impl Strategy<Value = DocumentInfo> {
    let date = (2000..2100_u32, 1..=12_u32, 1..=31_u32);
    let date = date.prop_map(|(year, month, day)| format!("{year}-{month:02}-{day:02}"));
    let year = prop_oneof![text(), "[0-9]{1,12}"];
    let file = (text(), text(), option::of(any::<u32>()))
        .prop_map(|(file, sha256, pages)| SourceFile { file, sha256, pages });
    let first = (option::of(text()), option::of(text()), option::of(text()), option::of(date));
    let second = (option::of(year), option::of(text()), some_source(), vec(file, 0..2));
    (first, second).prop_map(
        |((title, issuer, number, date), (year, replaces, source, sources))| DocumentInfo {
            title,
            issuer,
            number,
            date,
            year,
            replaces,
            source,
            sources,
        },
    )
}

fn grade() -> impl Strategy<Value = Grade> {
    let parts = (text(), bounds(), option::of(text()), source(), texts());
    parts.prop_map(|it| Grade {
        name: it.0,
        bounds: it.1,
        within: it.2,
        source: it.3,
        doubts: it.4,
    })
}

fn quota() -> impl Strategy<Value = Quota> {
    let numbers = (option::of(decimal()), option::of(decimal()));
    let parts = (text(), numbers, option::of(text()), source(), texts());
    parts.prop_map(|(grade, (max, count), within, source, doubts)| Quota {
        grade,
        max,
        count,
        within,
        source,
        doubts,
    })
}

fn limit() -> impl Strategy<Value = Limit> {
    let effect = select(vec![LimitEffect::Forbid, LimitEffect::Force]);
    let parts = (effect, option::of(text()), option::of(text()), source(), texts());
    parts.prop_map(|it| Limit { effect: it.0, grade: it.1, when: it.2, source: it.3, doubts: it.4 })
}

fn share() -> impl Strategy<Value = Share> {
    let parts = (text(), decimal(), source(), texts());
    parts.prop_map(|it| Share { into: it.0, weight: it.1, source: it.2, doubts: it.3 })
}

fn total() -> impl Strategy<Value = Total> {
    let parts = (decimal(), source(), texts());
    parts.prop_map(|it| Total { points: it.0, source: it.1, doubts: it.2 })
}

fn unread() -> impl Strategy<Value = Unread> {
    let parts = (text(), text(), option::of(text()));
    parts.prop_map(|(at, text, kind)| Unread {
        at,
        text,
        kind: kind.unwrap_or_default(),
        ..Unread::default()
    })
}

fn finding() -> impl Strategy<Value = StoredFinding> {
    let parts = (text(), text(), proptest::collection::btree_map(text(), text(), 0..3));
    parts.prop_map(|(code, quote, args)| StoredFinding {
        code,
        quote,
        args: args.into_iter().collect(),
        ..StoredFinding::default()
    })
}

fn rounding() -> impl Strategy<Value = Rounding> {
    let modes = vec![RoundingMode::HalfUp, RoundingMode::Down, RoundingMode::Up];
    (0..9_u32, select(modes)).prop_map(|(places, mode)| Rounding { places, mode })
}

/// What stands beside the tree.
fn rest() -> impl Strategy<Value = Ruleset> {
    let note = (text(), source()).prop_map(|(kind, source)| Note { kind, source });
    let first = (vec(grade(), 0..3), vec(quota(), 0..2), vec(limit(), 0..2), vec(share(), 0..2));
    let second = (vec(note, 0..2), vec(unread(), 0..2), vec(finding(), 0..2));
    let third = (option::of(total()), rounding(), periods());
    (first, second, third).prop_map(|(first, second, (total, rounding, periods))| {
        let (grades, quotas, limits, shares) = first;
        let (notes, unread, findings) = second;
        let beside = Ruleset { total, rounding, periods, notes, unread, ..Ruleset::default() };
        Ruleset { grades, quotas, limits, shares, findings, ..beside }
    })
}

fn ruleset() -> impl Strategy<Value = Ruleset> {
    let list = (text(), option::of(decimal()), any::<bool>(), vec(rule(), 0..2), source(), texts());
    let list = list.prop_map(|(name, cap, highest, rules, source, doubts)| Adjustment {
        id: String::new(),
        name,
        cap,
        highest,
        rules,
        source,
        doubts,
    });
    (text(), document(), vec(indicator(), 0..3), vec(list, 0..2), rest()).prop_map(
        |(name, document, indicators, adjustments, rest)| {
            let mut ruleset = Ruleset { name, document, indicators, adjustments, ..rest };
            number(&mut ruleset);
            ruleset
        },
    )
}

/// Gives every item an id of its own.
fn number(ruleset: &mut Ruleset) {
    let mut next = 0;
    let mut id = move || {
        next += 1;
        format!("1.{next}")
    };
    fn node(it: &mut Indicator, id: &mut dyn FnMut() -> String) {
        it.id = id();
        it.rules.iter_mut().for_each(|it| it.id = id());
        it.indicators.iter_mut().for_each(|it| node(it, id));
    }
    ruleset.indicators.iter_mut().for_each(|it| node(it, &mut id));
    for it in &mut ruleset.adjustments {
        it.id = id();
        it.rules.iter_mut().for_each(|it| it.id = id());
    }
    ruleset.unread.iter_mut().for_each(|it| it.id = id());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_ruleset_is_read_as_it_was_written(ruleset in ruleset()) {
        let text = write(&ruleset);
        let back = read(&text).map_err(|it| TestCaseError::fail(format!("{it}\n{text}")))?;
        prop_assert_eq!(&back, &ruleset, "{}", text);
        prop_assert_eq!(write(&back), text);
    }

    #[test]
    fn another_reader_reads_the_same_texts(ruleset in ruleset()) {
        let yaml: serde_yaml::Value = serde_yaml::from_str(&write(&ruleset))
            .map_err(|it| TestCaseError::fail(it.to_string()))?;
        prop_assert_eq!(yaml["name"].as_str(), Some(ruleset.name.as_str()));
        for (nth, it) in ruleset.indicators.iter().enumerate() {
            prop_assert_eq!(yaml["indicators"][nth]["id"].as_str(), Some(it.id.as_str()));
            prop_assert_eq!(yaml["indicators"][nth]["name"].as_str(), Some(it.name.as_str()));
            for (mth, doubt) in it.doubts.iter().enumerate() {
                prop_assert_eq!(yaml["indicators"][nth]["doubts"][mth].as_str(), Some(doubt.as_str()));
            }
        }
        for (nth, it) in ruleset.grades.iter().enumerate() {
            prop_assert_eq!(yaml["grades"][nth]["name"].as_str(), Some(it.name.as_str()));
        }
    }

    #[test]
    fn items_and_facts_are_complete_and_stable(ruleset in ruleset()) {
        let items = print::items(&ruleset);
        let ids: std::collections::BTreeSet<_> = items.iter().map(|it| &it.id).collect();
        prop_assert_eq!(ids.len(), items.len());
        let back = read(&write(&ruleset)).map_err(|it| TestCaseError::fail(it.to_string()))?;
        prop_assert_eq!(print::items(&back), items);
        prop_assert_eq!(facts::facts(&back), facts::facts(&ruleset));
    }

    #[test]
    fn approving_everything_leaves_nothing_pending(ruleset in ruleset()) {
        let open = review::apply(&ruleset, &review::Log::default());
        let stamp = review::Stamp { when: "2025-04-01".into(), by: "王芳".into(), why: "核对".into() };
        let decisions: Result<Vec<_>, _> = review::pending(&open).into_iter().map(|it| {
            let verb = match it.kind {
                print::ItemKind::Unread => review::Verb::Dismiss,
                _ => review::Verb::Approve,
            };
            review::decide(&open, &it.id, verb, stamp.clone())
        }).collect();
        let decisions = decisions.map_err(|it| TestCaseError::fail(it.to_string()))?;
        let text = log::append(None, &ruleset.name, &decisions).map_err(|it| TestCaseError::fail(it.to_string()))?;
        let log = log::read(&text).map_err(|it| TestCaseError::fail(it.to_string()))?;
        prop_assert_eq!(&log.decisions, &decisions);
        let in_force = review::apply(&ruleset, &log);
        prop_assert!(review::pending(&in_force).is_empty());
        prop_assert_eq!(in_force.orphaned.len(), 0);
        prop_assert_eq!(in_force.ruleset, Ruleset { unread: Vec::new(), ..ruleset });
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4096, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_number_of_15_digits_survives(number in decimal(), quoted in any::<bool>()) {
        let text = write(&Ruleset { total: Some(Total { points: number, ..Total::default() }), ..Ruleset::default() });
        let plain = format!("points: {number}");
        prop_assert!(text.contains(&plain), "{}", text);
        let text = if quoted { text.replace(&plain, &format!("points: '{number}'")) } else { text };
        let back = read(&text).map_err(|it| TestCaseError::fail(it.to_string()))?;
        prop_assert_eq!(back.total.map(|it| it.points), Some(number));
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC*|([-:?,{}\\[\\]#&*!|>'\"%@ \n\ta-c0-9]|[.]{3}|[-]{3}){0,40}") {
        let _ = read(&text);
        let _ = log::read(&text);
    }
}

/// A generator with a fixed seed: the same mutants on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, most: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % most.max(1)
    }
}

/// The text with a few characters or lines changed.
fn mutant(text: &str, random: &mut Random) -> String {
    const MARKS: [&str; 24] = [
        "{", "}", "[", "]", ": ", "- ", "\n", "\n  ", "&a ", "*a", "!!str ", "| ", ">\n", "'",
        "\"", "#", "%", "? ", ",", "\t", "---\n", "...\n", "<<: ", "\u{feff}",
    ];
    let mut characters: Vec<char> = text.chars().collect();
    for _ in 0..=random.below(4) {
        let (at, long) = (random.below(characters.len()), 1 + random.below(40));
        let end = (at + long).min(characters.len());
        match random.below(5) {
            0 => drop(characters.drain(at..end)),
            1 => drop(characters.splice(at..at, MARKS[random.below(MARKS.len())].chars())),
            2 => {
                let copy: Vec<char> = characters[at..end].to_vec();
                let to = random.below(characters.len());
                drop(characters.splice(to..to, copy));
            }
            3 => characters.truncate(at),
            _ => characters[at..end].reverse(),
        }
        if characters.is_empty() {
            break;
        }
    }
    characters.into_iter().collect()
}

#[test]
fn mutants_are_read_or_refused_and_never_half_read() {
    let seeds =
        [include_str!("rulesets/whole.rules.yaml"), include_str!("rulesets/whole.review.yaml")];
    let mut random = Random(20_250_318);
    let (start, mut accepted) = (Instant::now(), 0_usize);
    // `MUTANTS=500000 cargo test --test ruleset_properties` looks longer.
    let rounds = std::env::var("MUTANTS").ok().and_then(|it| it.parse().ok()).unwrap_or(3000);
    for nth in 0..rounds {
        let text = mutant(seeds[nth % 2], &mut random);
        let _ = log::read(&text);
        if let Ok(ruleset) = read(&text) {
            accepted += 1;
            // What is accepted is whole: it survives being written.
            assert_eq!(read(&write(&ruleset)).as_ref(), Ok(&ruleset), "{text}");
        }
    }
    assert!((1..rounds / 2).contains(&accepted), "{accepted} of {rounds} mutants were accepted");
    assert!(start.elapsed() / 50 < Duration::from_millis(rounds as u64), "{:?}", start.elapsed());
}

#[test]
fn hostile_texts_are_refused_at_once() {
    let laughs: String =
        (1..30).map(|it| format!("a{it}: &a{it} [*a{0}, *a{0}]\n", it - 1)).collect();
    let table = [
        ("billion laughs", format!("a0: &a0 [x]\n{laughs}")),
        ("deep lists", "[".repeat(200_000)),
        ("deep maps", "{a: ".repeat(200_000)),
        ("deep blocks", (0..2000).map(|it| format!("{}a:\n", " ".repeat(it))).collect()),
        ("many keys", (0..200_000).map(|it| format!("k{it}: 1\n")).collect()),
        ("long line", format!("name: {}", "长".repeat(2_000_000))),
        ("long number", format!("total: {{points: {}}}", "9".repeat(1_000_000))),
        ("many documents", "---\na: 1\n".repeat(100_000)),
        ("merge", "a: {<<: {b: 1}}".to_owned()),
        ("nothing", String::new()),
        ("a comment", "# nothing\n".to_owned()),
        ("noise", "\u{0}\u{1}\u{fffd}".repeat(1000)),
    ];
    for (name, text) in table {
        let start = Instant::now();
        assert!(read(&text).is_err(), "{name}");
        assert!(log::read(&text).is_err(), "{name}");
        assert!(start.elapsed() < Duration::from_secs(10), "{name}: {:?}", start.elapsed());
    }
}
