//! The sample of `corpus/data/`: its scores, worked out by hand, in every form in which the program shows them.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::{fs, io::Cursor, path::Path};

use calamine::{Data as Cell, Reader, Xlsx};
use chidu::{
    message::{Catalogue, Lang},
    report::scores as report,
    ruleset::{Ruleset, yaml_reader},
    score::{Approval, Options, ScoreError, Scores, load_data, run},
};

fn ruleset() -> Ruleset {
    yaml_reader::read(&fs::read_to_string("tests/data/xinhe.rules.yaml").unwrap()).unwrap()
}

fn scores(options: &Options) -> Result<Scores, ScoreError> {
    let data = load_data(Path::new("corpus/data/xinhe"))?;
    let approval = Approval::default().with_hashes("ab".repeat(32), Some("cd".repeat(32)));
    run(&ruleset(), &approval, &data, options)
}

fn explained() -> Scores {
    let options = Options { explain_all: true, indicators: true, ..Options::default() };
    scores(&options).unwrap()
}

/// By hand, per half-year: 日常作风 × 0.7 + 民主测评 × 0.2 + 重点任务 × 0.1; then the mean, then adjustments.
///
/// - 区教育局: (38.5 + 30 + 30) → 68.95 + 18.5 + 9 = 96.45; (38 + 15 + 30) → 58.1 + 18.5 + 9.4 = 86; mean 91.225.
/// - 区财政局: (35 + 30 + 30) → 66.5 + 19.2 + 10 = 95.7; (40 + 30 + 30 − 6 − 2) → 64.4 + 19.2 + 10 = 93.6.
/// - 区民政局: (0 + 0 + 30) → 21 + 17.6 + 8 = 46.6; (40 + 15 + 30) → 59.5 + 17.6 + 8.5 = 85.6.
/// - 城关镇: 70 + 19 + 9.8 = 98.8; 70 + 19 + 9.6 = 98.6; mean 98.7, and 2 (not 3) points more are cut off at 100.
/// - 白石镇: (40 + 15 + 30) → 59.5 + 18 + 9 = 86.5; 70 + 18 + 9.2 = 97.2; mean 91.85, less 6.5 × 2.
/// - 双河街道: 政务服务 does not apply: (39.5 + 30) × 100/70 → 69.5 + 19.4 + 9.5 = 98.4; 70 + 19.4 + 9.6 = 99.
/// - 柳林镇: nobody gave 重点任务 for the second half.
const BY_HAND: [(&str, &str, &str); 7] = [
    ("区教育局", "91.23", "良好"),
    ("区财政局", "94.65", "优秀"),
    ("区民政局", "66.1", "一般"),
    ("城关镇", "100", "优秀"),
    ("白石镇", "78.85", "一般"),
    ("双河街道", "98.7", "良好"),
    ("柳林镇", "-", "-"),
];

#[test]
fn scores_are_those_worked_out_by_hand() {
    let scores = explained();
    let found: Vec<(String, String, String)> = scores
        .units
        .iter()
        .map(|it| {
            let score = it.score.map_or("-".to_owned(), |it| it.normalize().to_string());
            (it.unit.clone(), score, it.grade.name().unwrap_or("-").to_owned())
        })
        .collect();
    let by_hand =
        BY_HAND.map(|(unit, score, grade)| (unit.to_owned(), score.to_owned(), grade.to_owned()));
    assert_eq!(found, by_hand);
    for unit in &scores.units {
        unit.explanation.as_ref().unwrap().audit().unwrap();
    }
    assert_eq!(scores.quotas.iter().map(|it| it.allowed.unwrap()).collect::<Vec<_>>(), [1, 1]);
    assert_eq!(scores.quotas[0].moved_down, ["区教育局"]);
    assert_eq!(scores.units[5].limits[0].id, "l1");
    let codes: Vec<&str> = scores.findings.iter().map(|it| it.code.as_str()).collect();
    assert_eq!(codes, ["quota-over-incomplete"]);
}

/// The ruleset compiled from a sample notice, executed on data of its own. By hand, with twelve months:
///
/// - 一号楼: eleven months at 100, one at 100 − 2 × 0.5 − 5 × 0.2 − 0.5 = 97.5; the mean 99.79 and 2 for a commendation
///   are cut off at 100.
/// - 二号楼: 88% satisfied give 2 of 5, so 97; one month less 5 (会议服务 gives nothing), 2 and 1.5 = 88.5; mean 96.29.
/// - 三号楼: 95% satisfied give 5 of 5, so 100, and an accident forces 不合格.
#[test]
fn a_compiled_sample_is_scored_as_by_hand() {
    let text = fs::read_to_string("rules-out/25-songbai-contract.rules.yaml").unwrap();
    let data = load_data(Path::new("corpus/data/songbai")).unwrap();
    let approval = Approval::default().with_hashes("ab".repeat(32), None);
    let ruleset = yaml_reader::read(&text).unwrap();
    let refused = run(&ruleset, &approval, &data, &Options::default());
    assert!(matches!(refused, Err(ScoreError::Refused(_))), "nobody has approved it: {refused:?}");
    let options = Options { draft: true, explain_all: true, ..Options::default() };
    let scores = run(&ruleset, &approval, &data, &options).unwrap();
    let found: Vec<String> = scores
        .units
        .iter()
        .map(|it| {
            let score = it.score.unwrap().normalize();
            format!("{} {score} {}", it.unit, it.grade.name().unwrap_or("-"))
        })
        .collect();
    assert_eq!(
        found,
        ["一号楼项目部 100 优秀", "二号楼项目部 96.29 优秀", "三号楼项目部 100 不合格"]
    );
    for unit in &scores.units {
        unit.explanation.as_ref().unwrap().audit().unwrap();
    }
}

#[test]
fn every_form_is_kept() {
    let scores = explained();
    let words = Catalogue::get(Lang::Zh);
    for (name, text) in [
        ("xinhe.scores.csv", report::csv(&scores)),
        ("xinhe.scores.json", report::json(&scores)),
        ("xinhe.scores.txt", report::table(&scores, words, 120)),
        ("xinhe.explanation.txt", explanations(&scores, words)),
    ] {
        let path = format!("tests/data/{name}");
        // The program's version is in every receipt, and it changes without the scores.
        let text = text.replace(env!("CARGO_PKG_VERSION"), "VERSION");
        if std::env::var_os("UPDATE_DOCS").is_some() {
            fs::write(&path, &text).unwrap();
        }
        let kept = fs::read_to_string(&path).unwrap_or_default();
        assert!(kept == text, "{path} is not current: run `just bless` and look at the difference");
    }
}

fn explanations(scores: &Scores, words: &Catalogue) -> String {
    let all = scores.units.iter().map(|it| report::explanation(scores, it, words));
    all.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_draft_says_so_everywhere() {
    let options =
        Options { draft: true, explain_all: true, indicators: true, ..Options::default() };
    let scores = scores(&options).unwrap();
    for (lang, mark) in [(Lang::Zh, "草稿"), (Lang::En, "DRAFT")] {
        let words = Catalogue::get(lang);
        let table = report::table(&scores, words, 200);
        let marked = table.lines().filter(|it| it.starts_with(mark)).count();
        assert_eq!(marked, 2 + scores.units.len(), "{table}");
        let explanation = report::explanation(&scores, &scores.units[0], words);
        assert!(explanation.starts_with(mark));
        let book = report::workbook(&scores, words).unwrap();
        let mut book = Xlsx::new(Cursor::new(book)).unwrap();
        for sheet in book.sheet_names() {
            let range = book.worksheet_range(&sheet).unwrap();
            assert!(range.rows().next().unwrap()[0].to_string().starts_with(mark), "{sheet}");
        }
    }
    let csv = report::csv(&scores);
    assert_eq!(csv.lines().filter(|it| it.starts_with("DRAFT,")).count(), scores.units.len());
    let json: serde_json::Value = serde_json::from_str(&report::json(&scores)).unwrap();
    assert_eq!(json["draft"], true);
    assert!(json["units"].as_array().unwrap().iter().all(|it| it["draft"] == true));
}

#[test]
fn the_workbook_shows_its_values_and_is_the_same_twice() {
    let scores = explained();
    let words = Catalogue::get(Lang::Zh);
    let bytes = report::workbook(&scores, words).unwrap();
    assert_eq!(bytes, report::workbook(&scores, words).unwrap());
    let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
    assert_eq!(book.sheet_names(), ["得分", "各指标得分", "计分说明", "计算依据"]);
    let units = book.worksheet_range("得分").unwrap();
    let row =
        |nth: usize| units.rows().nth(nth).unwrap().iter().map(Cell::to_string).collect::<Vec<_>>();
    assert_eq!(row(1)[..6], ["区教育局", "部门", "91.23", "4", "2", "良好"]);
    assert_eq!(row(7)[2], "");
    let formulas = book.worksheet_formula("得分").unwrap();
    assert!(formulas.used_cells().any(|it| it.2.starts_with("RANK(")));
    // The sum that a reader sees in the explanation is the unit's exact score.
    let explained = book.worksheet_range("计分说明").unwrap();
    let results: Vec<String> = explained
        .rows()
        .skip(1)
        .filter(|it| it[1] == Cell::String("新河区2025年度作风效能考核办法".to_owned()))
        .map(|it| it[3].to_string())
        .collect();
    assert_eq!(results, ["91.23", "94.65", "66.1", "100", "78.85", "98.7", ""]);
}

#[test]
fn a_workbook_and_other_encodings_give_the_same_scores() {
    let folder = tempfile::tempdir().unwrap();
    let from = Path::new("corpus/data/xinhe");
    let mut book = rust_xlsxwriter::Workbook::new();
    for name in ["units", "events", "measures", "assessed"] {
        let text = fs::read_to_string(from.join(format!("{name}.csv"))).unwrap();
        let (bytes, _, lossy) = encoding_rs::GB18030.encode(&text);
        assert!(!lossy);
        fs::write(folder.path().join(format!("{name}.csv")), &bytes).unwrap();
        let sheet = book.add_worksheet().set_name(name).unwrap();
        for (line, row) in text.lines().zip(0..) {
            for (value, column) in line.split(',').zip(0..) {
                match value.parse::<i32>() {
                    Ok(number) => sheet.write_number(row, column, number).unwrap(),
                    Err(_) => sheet.write_string(row, column, value).unwrap(),
                };
            }
        }
    }
    let path = folder.path().join("data.xlsx");
    book.save(&path).unwrap();
    let expected: Vec<_> = explained().units.into_iter().map(|it| (it.unit, it.score)).collect();
    for path in [folder.path(), &path] {
        let data = load_data(path).unwrap();
        let scores = run(&ruleset(), &Approval::default(), &data, &Options::default()).unwrap();
        let found: Vec<_> = scores.units.into_iter().map(|it| (it.unit, it.score)).collect();
        assert_eq!(found, expected);
    }
}

#[test]
fn an_unreviewed_ruleset_is_refused_and_an_approved_one_is_not() {
    use chidu::review::{Log, Stamp, Verb, apply, decide};
    let set = ruleset();
    let data = load_data(Path::new("corpus/data/xinhe")).unwrap();
    let mut log = Log { name: set.name.clone(), decisions: Vec::new() };
    let refused = run(&set, &Approval::of(&apply(&set, &log)), &data, &Options::default());
    let Err(ScoreError::Refused(pending)) = refused else { unreachable!("it was executed") };
    assert!(pending.iter().any(|it| it.id == "1.1-1"));
    let in_force = apply(&set, &log);
    let stamp =
        Stamp { when: "2025-07-01T00:00:00Z".into(), by: "某".into(), why: "核对".into() };
    for item in pending {
        let decision = decide(&in_force, &item.id, Verb::Approve, stamp.clone()).unwrap();
        log.decisions.push(decision);
    }
    let in_force = apply(&set, &log);
    let approval = Approval::of(&in_force);
    assert_eq!(
        (approval.pending.len(), approval.limits.as_slice()),
        (0, ["l1".to_owned()].as_slice())
    );
    assert!(run(&in_force.ruleset, &approval, &data, &Options::default()).is_ok());
}
