//! Real notices that lie beside the project (`../shared`): what must be found in them, and the faults that must be seen.
//!
//! Where that folder is absent, each test prints one line and passes.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(clippy::print_stdout, reason = "the figures are printed beside the result")]

#[path = "support/compare.rs"]
mod compare;
#[path = "support/sample.rs"]
mod sample;

use std::{
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use chidu::{
    check::{self, Options},
    diagnostic::{Finding, terminal},
    message::{Catalogue, Lang},
};

use crate::{
    compare::{AGREEMENTS, Counts, KINDS, thousandths},
    sample::Sample,
};

static SEEDS: LazyLock<Option<Vec<Sample>>> = LazyLock::new(|| {
    group("seeds", |shared, file| {
        shared.join("gold").join(format!("{}.jsonl", file.get(..3)?)).into()
    })
});

static REAL: LazyLock<Option<Vec<Sample>>> = LazyLock::new(|| {
    group("real", |shared, file| {
        let stem = file.strip_suffix(".md").or_else(|| file.strip_suffix(".txt"))?;
        Some(shared.join("real").join(format!("{stem}.jsonl")))
    })
});

/// The documents of a folder that have a list of facts, compiled; nothing where the folder is absent.
fn group(folder: &str, gold: impl Fn(&Path, &str) -> Option<PathBuf>) -> Option<Vec<Sample>> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let Ok(entries) = fs::read_dir(shared.join(folder)) else {
        println!("skipped: ../shared/{folder} is absent");
        return None;
    };
    let mut files: Vec<_> = entries.map(|it| it.unwrap().path()).collect();
    files.sort();
    let sample = |file: &PathBuf| {
        let gold = gold(&shared, file.file_name()?.to_str()?)?;
        gold.is_file().then(|| Sample::read(file, &gold))
    };
    Some(files.iter().filter_map(sample).collect())
}

/// Prints the figures of a group and gives them: all facts, and the least F1 of a document.
fn figures(name: &str, samples: &[Sample]) -> (Counts, usize) {
    let line = |name: &str, it: Counts| {
        let shares = (it.precision(), it.recall(), it.f1());
        println!(
            "{name:<12} {:>5} of {:>5} found, {:>5} said: {shares:?} ‰",
            it.right, it.gold, it.found
        );
    };
    for sample in samples {
        line(sample.name.get(..3).unwrap_or(&sample.name), sample.comparison.all());
        sample.comparison.missed().for_each(|it| println!("  missed {it}"));
        sample.comparison.made_up().for_each(|it| println!("  made up {it}"));
    }
    let sum = |counts: &dyn Fn(&Sample) -> Counts| {
        let mut all = Counts::default();
        samples.iter().for_each(|it| all += counts(it));
        all
    };
    KINDS.iter().for_each(|kind| line(kind, sum(&|it| it.comparison.kind(kind))));
    let all = sum(&|it| it.comparison.all());
    line(name, all);
    (all, samples.iter().map(|it| it.comparison.all().f1()).min().unwrap_or(0))
}

/// Over the pairs of a group, the share that says the same, in thousandths.
fn agreement(samples: &[Sample], key: &str) -> usize {
    let each = samples.iter().map(|it| it.comparison.agreement(key));
    let (same, of) = each.fold((0, 0), |all, it| (all.0 + it.0, all.1 + it.1));
    println!("{key}: {same} of {of}");
    thousandths(same, of)
}

#[test]
fn the_facts_of_the_seeds_are_found() {
    let Some(seeds) = SEEDS.as_ref() else { return };
    assert_eq!(seeds.len(), 5, "five seeds have their facts");
    let (all, least) = figures("seeds", seeds);
    let path = AGREEMENTS.map(|it| (it, agreement(seeds, it)))[0].1;
    assert!(all.precision() >= 970, "precision {}", all.precision());
    assert!(all.recall() >= 950, "recall {}", all.recall());
    assert!(path >= 950, "path {path}");
    assert!(least >= 900, "the least F1 is {least}");
}

#[test]
fn the_facts_of_notices_of_other_offices_are_measured() {
    let Some(real) = REAL.as_ref() else { return };
    assert_eq!(real.len(), 3, "three notices have their facts");
    let (all, _) = figures("real", real);
    AGREEMENTS.iter().for_each(|it| {
        agreement(real, it);
    });
    assert!(all.right > 0, "nothing is found at all");
}

#[test]
fn each_document_is_sound() {
    for samples in [SEEDS.as_ref(), REAL.as_ref()].into_iter().flatten() {
        samples.iter().for_each(Sample::assert_sound);
    }
}

/// What the checks find in a seed, with their sentences; nothing where the seeds are absent.
fn findings(seed: usize) -> Option<Vec<(Finding, String)>> {
    let sample = SEEDS.as_ref()?.get(seed)?;
    let found = check::run(&sample.compilation.ruleset, &Options::default());
    let words = Catalogue::get(Lang::Zh);
    Some(
        found
            .into_iter()
            .map(|it| {
                let said = terminal::message(&it, words);
                (it, said)
            })
            .collect(),
    )
}

/// The findings of some codes that hold all of some words in their sentence or quote.
fn holding<'a>(
    found: &'a [(Finding, String)],
    codes: &[&str],
    words: &[&str],
) -> Vec<&'a (Finding, String)> {
    let has = |it: &&(Finding, String)| {
        let said = format!("{} {}", it.1, it.0.quote);
        codes.contains(&it.0.code.as_str()) && words.iter().all(|word| said.contains(word))
    };
    found.iter().filter(has).collect()
}

/// A fault that a seed has: the codes, one of which tells it, and words of the finding.
fn assert_seen(seed: usize, codes: &[&str], words: &[&str]) {
    if let Some(found) = findings(seed) {
        let seen: Vec<_> = found.iter().map(|it| format!("{}: {}", it.0.code, it.1)).collect();
        assert!(
            !holding(&found, codes, words).is_empty(),
            "{seed:03}: no {codes:?} with {words:?} among\n{}",
            seen.join("\n")
        );
    }
}

/// The checks of sums.
const SUMS: &[&str] =
    &["points-sum", "total-sum", "weight-sum", "sub-items", "subtotal-sum", "cap-sum"];

/// The sums of a seed that are reported, all of which must be among those given.
fn assert_no_other_sum(seed: usize, wrong: &[&[&str]]) {
    let Some(found) = findings(seed) else { return };
    let sums = found.iter().filter(|it| SUMS.contains(&it.0.code.as_str()));
    let expected = |said: &str| wrong.iter().any(|words| words.iter().all(|it| said.contains(it)));
    let false_alarms: Vec<_> = sums
        .filter(|it| !expected(&format!("{} {}", it.1, it.0.quote)))
        .map(|it| format!("{}: {} ({})", it.0.code, it.1, it.0.quote))
        .collect();
    assert!(false_alarms.is_empty(), "{seed:03}: false alarms\n{}", false_alarms.join("\n"));
}

#[test]
fn points_that_do_not_add_up_are_seen() {
    assert_seen(0, SUMS, &["党建", "28", "35"]);
    assert_seen(0, SUMS, &["大推进", "96", "100"]);
    assert_seen(2, SUMS, &["组织建设", "11.2", "21"]);
    assert_seen(2, SUMS, &["队伍建设", "2.9", "4"]);
}

#[test]
fn scores_without_a_band_are_seen() {
    for seed in [0, 1] {
        assert_seen(seed, &["band-gap"], &["89", "90"]);
        assert_seen(seed, &["band-gap"], &["79", "80"]);
    }
}

#[test]
fn items_that_are_printed_again_are_seen() {
    assert_seen(0, &["repeated-item"], &[]);
}

#[test]
fn an_amount_that_is_missing_is_seen() {
    assert_seen(3, &["amount-missing"], &["缺1次"]);
}

#[test]
fn sums_that_are_right_raise_no_alarm() {
    assert_no_other_sum(0, &[&["党建", "28", "35"], &["大推进", "96", "100"]]);
    assert_no_other_sum(1, &[]);
    assert_no_other_sum(2, &[&["组织建设", "11.2", "21"], &["队伍建设", "2.9", "4"]]);
    assert_no_other_sum(3, &[]);
    assert_no_other_sum(4, &[]);
}
