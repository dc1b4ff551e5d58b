//! Every fault, error and finding of scoring has its words in both languages.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::{collections::BTreeSet, fs, path::Path};

use chidu::{
    message::{Catalogue, Lang},
    report::scores::failure,
    ruleset::yaml_reader,
    score::{Approval, Options, Pending, ScoreError, data_from_text, run},
};

fn sources(folder: &Path, into: &mut String) {
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            sources(&path, into);
        } else {
            into.push_str(&fs::read_to_string(path).unwrap());
        }
    }
}

/// The string literals of the code that begin so.
fn literals(code: &str, start: &str) -> BTreeSet<String> {
    let quoted = format!("\"{start}");
    let parts = code.split(&quoted).skip(1);
    let names = parts.filter_map(|it| it.split_once('"')).map(|it| format!("{start}{}", it.0));
    names.filter(|it| it.chars().all(|it| it.is_ascii_lowercase() || "-.".contains(it))).collect()
}

#[test]
fn every_key_has_its_words() {
    let mut code = String::new();
    sources(Path::new("src/score"), &mut code);
    let mut shown = String::new();
    sources(Path::new("src/report/scores"), &mut shown);
    let mut keys = literals(&code, "data-");
    keys.extend(literals(&code, "score-").into_iter().filter(|it| !it.starts_with("score-in-")));
    for start in ["gap-", "pending-", "grade-"] {
        keys.extend(literals(&code, start).into_iter().map(|it| format!("score.{it}")));
    }
    keys.extend(literals(&shown, "score.").into_iter().filter(|it| !it.ends_with('.')));
    let named = ["Finding::new(\"", "self.finding(\""].map(|it| code.split(it).skip(1));
    let named = named.into_iter().flatten().filter_map(|it| it.split('"').next());
    keys.extend(named.map(|it| format!("finding.{it}")));
    for start in ["measure-in-", "score-in-"] {
        keys.extend(literals(&code, start).into_iter().map(|it| format!("finding.{it}")));
    }
    assert!(keys.len() > 80, "the literals were not found: {}", keys.len());
    for lang in Lang::ALL {
        let words = Catalogue::get(lang);
        let missing: Vec<&String> = keys.iter().filter(|it| !words.has(it)).collect();
        assert!(missing.is_empty(), "{}: {missing:?}", lang.name());
    }
}

#[test]
fn faults_are_told_with_place_guess_and_help() {
    let text = fs::read_to_string("tests/data/xinhe.rules.yaml").unwrap();
    let set = yaml_reader::read(&text).unwrap();
    let events = "unit,rule,date,amount\n区教育剧,1.1-1,2025-01-02,\n区教育局,1.1-2,2025-01-02,5\n";
    let data = data_from_text("unit\n区教育局\n", events, "", "").unwrap();
    let error = run(&set, &Approval::default(), &data, &Options::default()).unwrap_err();
    let expected = "\
the data have 2 faults, and nothing was computed:
  events.csv, line 2, column `unit`: the unit “区教育剧” is not in the table of units
    = did you mean “区教育局”
  events.csv, line 3, column `amount`: 5 does not lie between 1 and 3
    = help: give an amount within the range; nothing is cut off for you
";
    assert_eq!(failure(&error, Catalogue::get(Lang::En)), expected);
    let chinese = failure(&error, Catalogue::get(Lang::Zh));
    assert!(
        chinese.contains("events.csv 第2行“unit”列：考核对象“区教育剧”不在 units 表中"),
        "{chinese}"
    );
}

#[test]
fn a_refusal_names_what_waits() {
    let one = |nth: usize| Pending {
        id: format!("1-{nth}"),
        code: "pending-review",
        quote: "每次扣1分".to_owned(),
        at: "第1页".to_owned(),
    };
    let error = ScoreError::Refused((1..=23).map(one).collect());
    let told = failure(&error, Catalogue::get(Lang::Zh));
    assert!(told.starts_with("拒绝计分：有 23 项待人决定\n"), "{told}");
    assert!(told.contains("  1-1：未经复核（第1页）每次扣1分\n"), "{told}");
    assert!(told.ends_with("  ……另有 3 项\n"), "{told}");
}
