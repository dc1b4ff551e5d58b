//! The samples of `corpus/`: their rulesets are kept under `rules-out/` and their figures in `docs/accuracy.md`.
//!
//! `BLESS=1 cargo test --test corpus` writes both anew; `git diff` is the review of a change to the compiler.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(clippy::print_stdout, reason = "the figures are printed beside the result")]

#[path = "support/compare.rs"]
mod compare;
#[path = "support/current.rs"]
mod current;
#[path = "support/sample.rs"]
mod sample;

use std::{collections::BTreeMap, fs, path::PathBuf, sync::LazyLock};

use serde_json::Value;

use crate::{
    compare::{AGREEMENTS, Counts, KINDS, thousandths},
    sample::Sample,
};

/// A name and the samples that it is said of.
type Group = (String, Vec<&'static Sample>);

static SAMPLES: LazyLock<Vec<Sample>> = LazyLock::new(|| {
    let mut names: Vec<_> = fs::read_dir(root().join("corpus"))
        .unwrap()
        .filter_map(|it| {
            it.unwrap().file_name().to_str()?.strip_suffix(".facts.jsonl").map(str::to_owned)
        })
        .collect();
    names.sort();
    names.iter().map(|it| read(it)).collect()
});

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The document and the list of facts that share a name.
fn read(name: &str) -> Sample {
    let file = |ending: &str| root().join("corpus").join(format!("{name}.{ending}"));
    let document = ["txt", "md"].map(file).into_iter().find(|it| it.is_file());
    let document = document.unwrap_or_else(|| panic!("corpus/{name} has facts and no document"));
    Sample::read(&document, &file("facts.jsonl"))
}

#[test]
fn each_document_has_its_facts() {
    for entry in fs::read_dir(root().join("corpus")).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let document = path.extension().is_some_and(|it| it == "txt" || it == "md");
        if document && stem != "README" {
            assert!(SAMPLES.iter().any(|it| it.name == stem), "corpus/{stem} has no facts");
        }
    }
}

#[test]
fn the_compiled_samples_are_current() {
    let path = |it: &Sample| root().join("rules-out").join(format!("{}.rules.yaml", it.name));
    let stale: Vec<_> =
        SAMPLES.iter().filter_map(|it| current::stale(&path(it), &it.written())).collect();
    current::assert_none_stale(&stale, "corpus");
}

#[test]
fn each_sample_is_sound() {
    SAMPLES.iter().for_each(Sample::assert_sound);
}

#[test]
fn the_figures_are_current() {
    let path = root().join("docs/accuracy.md");
    let kept = kept(&fs::read_to_string(&path).unwrap_or_default());
    let fell =
        |it: &&Sample| kept.get(it.name.as_str()).is_some_and(|f1| it.comparison.all().f1() < *f1);
    let all = total(&SAMPLES.iter().collect::<Vec<_>>(), |it| it.comparison.all());
    println!("corpus: precision {}, recall {}", share(all.precision()), share(all.recall()));
    for sample in SAMPLES.iter().filter(fell) {
        let (now, before) = (sample.comparison.all().f1(), kept[sample.name.as_str()]);
        println!(
            "{} fell from {} to {}: the commit says why",
            sample.name,
            share(before),
            share(now)
        );
        sample.comparison.missed().for_each(|it| println!("  missed {it}"));
        sample.comparison.made_up().for_each(|it| println!("  made up {it}"));
    }
    let stale: Vec<_> = current::stale(&path, &accuracy()).into_iter().collect();
    current::assert_none_stale(&stale, "corpus");
}

/// The F1 of each sample that the page holds, in thousandths.
fn kept(page: &str) -> BTreeMap<String, usize> {
    let f1 = |it: &str| it.replace('.', "").parse::<usize>().ok();
    let row = |line: &str| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        Some(((*cells.get(1)?).to_owned(), f1(cells.get(8)?)?))
    };
    page.lines().filter_map(row).collect()
}

/// `docs/accuracy.md`.
fn accuracy() -> String {
    let every: Vec<&Sample> = SAMPLES.iter().collect();
    let mut page = include_str!("corpus_head.md").to_owned();
    page += "\n## By sample\n\n";
    page += &samples();
    page += "\n## By kind of fact\n\n";
    let kinds = KINDS.map(|kind| (kind, total(&every, |it| it.comparison.kind(kind))));
    page += &table("kind", &kinds);
    page += "\n## By phenomenon\n\n";
    let rows = PHENOMENA.map(|(name, has)| (name, total(&every, |it| it.comparison.matching(has))));
    page += &table("rules and grades with", &rows);
    page += "\n## What stands in the right place\n\n";
    page += &agreements(&every);
    for (title, column) in [("domain", 1), ("layout", 2)] {
        page += &format!("\n## By {title}\n\n");
        let groups = groups(column);
        let rows: Vec<_> = groups
            .iter()
            .map(|(name, samples)| (name.as_str(), total(samples, |it| it.comparison.all())))
            .collect();
        page += &table(title, &rows);
    }
    page
}

/// A property of facts that the tables count, with its name.
type Phenomenon = (&'static str, fn(&Value) -> bool);

const PHENOMENA: [Phenomenon; 15] = [
    ("deduct", |it| it["effect"] == "deduct"),
    ("add", |it| it["effect"] == "add"),
    ("award", |it| it["effect"] == "award"),
    ("zero", |it| it["effect"] == "zero"),
    ("multiply", |it| it["effect"] == "multiply"),
    ("unstated", |it| it["effect"] == "unstated"),
    ("one amount", |it| it["kind"] == "rule" && !it["amount"].is_null()),
    ("a range of amounts", |it| it["kind"] == "rule" && !it["min"].is_null()),
    ("a counted unit", |it| !it["per"].is_null()),
    ("a cap", |it| !it["cap"].is_null()),
    ("tiers of a measured value", |it| it["kind"] == "rule" && bounded(it)),
    ("bands of scores", |it| it["kind"] == "grade" && bounded(it)),
    ("an indicator's points", |it| it["kind"] == "indicator" && !it["points"].is_null()),
    ("an indicator's weight", |it| it["kind"] == "indicator" && !it["weight"].is_null()),
    ("a forced or forbidden grade", |it| it["kind"] == "limit" && !it["grade"].is_null()),
];

fn bounded(fact: &Value) -> bool {
    !fact["lower"].is_null() || !fact["upper"].is_null()
}

fn total(samples: &[&Sample], counts: impl Fn(&Sample) -> Counts) -> Counts {
    let mut all = Counts::default();
    samples.iter().for_each(|it| all += counts(it));
    all
}

/// A share as it is printed: 0.965.
fn share(thousandths: usize) -> String {
    format!("{}.{:03}", thousandths / 1000, thousandths % 1000)
}

/// Each sample: its score of the first run and its score now.
fn samples() -> String {
    let blind = blind();
    let mut page =
        "| sample | blind right/gold/found | blind F1 | right | gold | found | recall | F1 |\n\
                    | --- | --- | --- | --- | --- | --- | --- | --- |\n"
            .to_owned();
    for sample in SAMPLES.iter() {
        let now = sample.comparison.all();
        let (counts, f1) = blind.get(&sample.name).map_or(("", ""), |it| (&it.0, &it.1));
        page += &format!(
            "| {} | {counts} | {f1} | {} | {} | {} | {} | {} |\n",
            sample.name,
            now.right,
            now.gold,
            now.found,
            share(now.recall()),
            share(now.f1())
        );
    }
    let all = total(&SAMPLES.iter().collect::<Vec<_>>(), |it| it.comparison.all());
    page + &format!(
        "\nAll samples together: {} of {} facts found, {} facts said; precision {}, recall {}, F1 {}.\n",
        all.right,
        all.gold,
        all.found,
        share(all.precision()),
        share(all.recall()),
        share(all.f1())
    )
}

/// The scores of the first runs: right/gold/found, and F1.
fn blind() -> BTreeMap<String, (String, String)> {
    let text = fs::read_to_string(root().join("corpus/blind.tsv")).unwrap();
    let rows = text.lines().skip(1).map(|it| it.split('\t').collect::<Vec<_>>());
    rows.map(|it| match it.as_slice() {
        [name, right, gold, found, f1] => {
            ((*name).to_owned(), (format!("{right}/{gold}/{found}"), (*f1).to_owned()))
        }
        _ => panic!("corpus/blind.tsv: {it:?} has not five columns"),
    })
    .collect()
}

#[test]
fn blind_scores_belong_to_samples() {
    for name in blind().keys() {
        assert!(SAMPLES.iter().any(|it| it.name == *name), "corpus/blind.tsv: no sample {name}");
    }
}

fn table(title: &str, rows: &[(&str, Counts)]) -> String {
    let mut page = format!(
        "| {title} | right | gold | found | precision | recall | F1 |\n\
         | --- | --- | --- | --- | --- | --- | --- |\n"
    );
    for (name, it) in rows {
        let shares = [it.precision(), it.recall(), it.f1()].map(share).join(" | ");
        page += &format!("| {name} | {} | {} | {} | {shares} |\n", it.right, it.gold, it.found);
    }
    page
}

/// The keys that do not decide whether two facts pair.
fn agreements(every: &[&Sample]) -> String {
    let mut page =
        "| key | the same in | of pairs | share |\n| --- | --- | --- | --- |\n".to_owned();
    for key in AGREEMENTS {
        let each = every.iter().map(|it| it.comparison.agreement(key));
        let (same, of) = each.fold((0, 0), |all, it| (all.0 + it.0, all.1 + it.1));
        page += &format!("| {key} | {same} | {of} | {} |\n", share(thousandths(same, of)));
    }
    page
}

/// The samples by what a column of the list in `corpus/README.md` says of them.
fn groups(column: usize) -> Vec<Group> {
    let list = fs::read_to_string(root().join("corpus/README.md")).unwrap();
    let mut groups: BTreeMap<String, Vec<&Sample>> = BTreeMap::new();
    for line in list.lines().filter(|it| it.starts_with('|')) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let sample = SAMPLES.iter().find(|it| cells.first() == Some(&it.name.as_str()));
        if let (Some(sample), Some(said)) = (sample, cells.get(column)) {
            let name = if column == 2 { layout(said) } else { said };
            groups.entry(name.to_owned()).or_default().push(sample);
        }
    }
    groups.into_iter().collect()
}

/// The kind of a layout, by the words of the list.
fn layout(said: &str) -> &'static str {
    let has = |words: &[&str]| words.iter().any(|it| said.contains(it));
    match said {
        _ if has(&["Markdown"]) => "Markdown table",
        _ if has(&["tab-separated"]) => "tab-separated table",
        _ if has(&["table", "rubric", "dump"]) => "other table",
        _ => "prose",
    }
}

#[test]
fn each_sample_stands_in_the_list() {
    let listed: usize = groups(1).iter().map(|it| it.1.len()).sum();
    assert_eq!(listed, SAMPLES.len(), "corpus/README.md lists each sample once");
}

#[test]
fn a_share_is_rounded_to_thousandths() {
    assert_eq!(thousandths(2, 3), 667);
    assert_eq!(thousandths(0, 0), 1000);
    assert_eq!(share(67), "0.067");
}
