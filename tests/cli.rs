//! The command line from outside: exit codes, what goes to which stream, refusals, the same bytes twice.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use tempfile::TempDir;

/// A folder of its own for one test, and the program run in it.
struct Desk(TempDir);

struct Run {
    code: i32,
    out: String,
    err: String,
}

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn file(&self, name: &str, contents: impl AsRef<[u8]>) -> &Self {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, contents).unwrap();
        self
    }

    fn run(&self, args: &[&str]) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_chidu"));
        command.current_dir(self.0.path()).args(args).env("LC_ALL", "C").env_remove("NO_COLOR");
        Run::of(&command.output().unwrap())
    }
}

impl Run {
    fn of(output: &Output) -> Self {
        Self {
            code: output.status.code().expect("the program was killed"),
            out: String::from_utf8(output.stdout.clone()).unwrap(),
            err: String::from_utf8(output.stderr.clone()).unwrap(),
        }
    }
}

/// A notice that every stage has something to do with.
const NOTICE: &str = "办公纪律考核办法\n一、考核内容\n（一）出勤（60分）。迟到的，每次扣2分，最多扣10分。\n（二）卫生（40分）。\n";

#[test]
fn help_and_version_are_no_failure() {
    let desk = Desk::new();
    for args in [&["--help"][..], &["--version"], &["compile", "--help"], &["--lang", "zh", "-h"]] {
        let run = desk.run(args);
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{args:?}");
        assert!(!run.out.is_empty(), "{args:?}");
    }
}

#[test]
fn help_fits_a_terminal_in_both_languages() {
    let desk = Desk::new();
    for verb in ["", "compile", "inspect", "check", "explain", "review", "score", "diff", "export"]
    {
        for lang in ["zh", "en"] {
            let args: Vec<&str> =
                [verb, "--help", "--lang", lang].into_iter().filter(|it| !it.is_empty()).collect();
            for line in desk.run(&args).out.lines() {
                let columns = unicode_width::UnicodeWidthStr::width(line);
                assert!(columns <= 80, "{columns} columns: {line}");
            }
        }
    }
}

#[test]
fn a_wrong_command_line_is_told_in_the_language_that_was_asked_for() {
    let desk = Desk::new();
    for args in [
        &["compile"][..],
        &["complie", "x"],
        &["compile", "x", "--nmae", "y"],
        &["inspect", "x", "--format", "yaml"],
        &["compile", "a.txt", "b.txt", "--name", "c"],
        &["compile", "a.txt", "--name", "../c"],
        &[],
    ] {
        for (lang, word) in [("zh", "详见"), ("en", "say more")] {
            let run = desk.run(&[args, &["--lang", lang]].concat());
            assert_eq!((run.code, run.out.as_str()), (2, ""), "{args:?}");
            let other = if lang == "zh" { "error" } else { "错误" };
            assert!(!run.err.contains(other), "{args:?}: {}", run.err);
            let understood = args.is_empty() || args.contains(&"--name");
            assert!(understood || run.err.contains(word), "{args:?}: {}", run.err);
        }
    }
}

#[test]
fn the_locale_picks_the_language() {
    let desk = Desk::new();
    for (locale, word) in
        [("zh_CN.UTF-8", "命令"), ("en_US.UTF-8", "Verbs"), ("de_DE.UTF-8", "Verbs")]
    {
        let mut command = Command::new(env!("CARGO_BIN_EXE_chidu"));
        for name in ["LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"] {
            command.env(name, locale);
        }
        let run = Run::of(&command.current_dir(desk.0.path()).arg("--help").output().unwrap());
        assert!(run.out.contains(word), "{locale}: {}", run.out);
    }
}

#[test]
fn compile_writes_the_ruleset_and_sums_up() {
    let desk = Desk::new();
    let run = desk.file("办法.txt", NOTICE).run(&["compile", "办法.txt"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("办法.rules.yaml"), "{}", run.out);
    let written = fs::read_to_string(desk.path("rules-out/办法.rules.yaml")).unwrap();
    assert!(written.starts_with("chidu: 1\nname: 办法\n"), "{written}");
    let left = fs::read_dir(desk.path("rules-out")).unwrap().count();
    assert_eq!(left, 1, "only the ruleset is left");
}

#[test]
fn quiet_says_nothing_of_what_went_well() {
    let desk = Desk::new();
    let run = desk.file("a.txt", NOTICE).run(&["compile", "a.txt", "--quiet"]);
    assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (0, "", ""));
    let run = desk.run(&["compile", "missing.txt", "--quiet"]);
    assert!(run.code == 3 && run.err.contains("missing.txt"), "{}", run.err);
}

#[test]
fn the_same_bytes_give_the_same_bytes() {
    let desk = Desk::new();
    for name in ["one/a.txt", "one/b.txt", "one/c/d.txt"] {
        desk.file(name, format!("{NOTICE}{name}"));
    }
    let first = desk.run(&["compile", "one", "-o", "x"]);
    let second = desk.run(&["compile", "one", "-o", "y"]);
    assert_eq!((first.code, second.code), (0, 0));
    assert_eq!(first.out, second.out.replace("y/", "x/"));
    assert_eq!(first.err, second.err);
    for name in ["a", "b", "d"] {
        let file =
            |folder: &str| fs::read(desk.path(&format!("{folder}/{name}.rules.yaml"))).unwrap();
        assert_eq!(file("x"), file("y"), "{name}");
    }
}

#[test]
fn two_inputs_of_one_name_are_refused_before_anything_is_written() {
    let desk = Desk::new();
    desk.file("a/x.txt", NOTICE).file("b/x.md", NOTICE).file("c.txt", NOTICE);
    let run = desk.run(&["compile", "c.txt", "a/x.txt", "b"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("a/x.txt") && run.err.contains("x.md"), "{}", run.err);
    assert!(!desk.path("rules-out").exists());
}

#[test]
fn what_is_no_document_is_refused() {
    let desk = Desk::new();
    let noise: Vec<u8> =
        (0_u32..4096).map(|it| (it.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    desk.file("nul.txt", [b"a\0b\0\0c\0".as_slice(), &[0; 64]].concat())
        .file("noise.txt", noise)
        .file("empty.txt", "")
        .file("long.txt", "扣".repeat(50_000_000 / 3));
    for name in ["nul.txt", "noise.txt", "empty.txt", "long.txt", "missing.txt"] {
        for verb in ["compile", "inspect"] {
            let run = desk.run(&[verb, name]);
            assert_eq!(run.code, 3, "{verb} {name}: {}", run.err);
            assert!(run.err.contains(name), "{verb} {name}: {}", run.err);
            assert_eq!(run.out, "", "{verb} {name}");
        }
        assert!(
            !desk.path("rules-out").join(Path::new(name).with_extension("rules.yaml")).exists()
        );
    }
}

#[test]
fn a_bad_file_does_not_stop_the_others() {
    let desk = Desk::new();
    desk.file("in/a.txt", NOTICE).file("in/b.txt", "").file("in/c.txt", NOTICE);
    let run = desk.run(&["compile", "in", "-o", "out"]);
    assert_eq!(run.code, 3);
    let failed = run.err.rsplit("documents failed").next().unwrap();
    assert!(failed.contains("b.txt") && !failed.contains("c.txt"), "{}", run.err);
    assert!(desk.path("out/a.rules.yaml").exists() && desk.path("out/c.rules.yaml").exists());
    assert!(!desk.path("out/b.rules.yaml").exists());
}

#[test]
fn an_output_that_cannot_be_written_is_its_own_failure() {
    let desk = Desk::new();
    desk.file("a.txt", NOTICE).file("occupied", "a file where a folder should be");
    let run = desk.run(&["compile", "a.txt", "-o", "occupied"]);
    assert!(run.code == 5 && run.err.contains("occupied"), "{} {}", run.code, run.err);
    fs::create_dir_all(desk.path("out/a.rules.yaml")).unwrap();
    let run = desk.run(&["compile", "a.txt", "-o", "out"]);
    assert!(run.code == 5 && run.err.contains("a.rules.yaml"), "{} {}", run.code, run.err);
    assert_eq!(fs::read_dir(desk.path("out")).unwrap().count(), 1, "no draft is left behind");
}

#[test]
fn inspect_shows_the_text_and_its_model() {
    let desk = Desk::new();
    desk.file("a.txt", NOTICE);
    let text = desk.run(&["inspect", "a.txt"]);
    assert!(text.code == 0 && text.out.contains("迟到的，每次扣2分"), "{}", text.out);
    let (_, sections) = text.out.split_once("sections").unwrap();
    assert!(sections.contains("  一、考核内容\n"), "{sections}");
    let json = desk.run(&["inspect", "a.txt", "--format", "json"]);
    let model: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(model["name"], "a.txt");
    assert_eq!(model["sha256"].as_str().unwrap().len(), 64);
}

#[test]
fn a_document_cannot_steer_the_terminal() {
    let desk = Desk::new();
    desk.file("a.txt", format!("{NOTICE}\u{1b}]0;title\u{7}每次扣2分\u{1b}[2J\n"));
    for args in
        [&["inspect", "a.txt", "--color", "never"][..], &["compile", "a.txt", "--color", "never"]]
    {
        let run = desk.run(args);
        assert!(!run.out.contains('\u{1b}') && !run.err.contains('\u{1b}'), "{args:?}");
    }
}

#[test]
fn export_reads_what_compile_wrote() {
    let desk = Desk::new();
    desk.file("a.txt", NOTICE).run(&["compile", "a.txt"]);
    let facts = desk.run(&["export", "rules-out/a.rules.yaml", "--to", "facts"]);
    assert_eq!(facts.code, 0, "{}", facts.err);
    for line in facts.out.lines() {
        let fact: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(fact["kind"].is_string() && fact["quote"].is_string(), "{line}");
    }
    let json = desk.run(&["export", "rules-out/a.rules.yaml", "--to", "json"]);
    let ruleset: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!((&ruleset["chidu"], &ruleset["name"]), (&1.into(), &"a".into()));
}

#[test]
fn an_invalid_ruleset_names_the_place() {
    let desk = Desk::new();
    desk.file("a.rules.yaml", "chidu: 1\nname: a\nindicatros: []\n")
        .file("b.rules.yaml", [0xff, 0xfe, 0x41]);
    let run = desk.run(&["export", "a.rules.yaml", "--to", "facts"]);
    assert_eq!((run.code, run.out.as_str()), (3, ""));
    for part in ["a.rules.yaml", "3", "indicatros", "indicators"] {
        assert!(run.err.contains(part), "{part} is not in {}", run.err);
    }
    assert_eq!(desk.run(&["export", "b.rules.yaml", "--to", "facts"]).code, 3);
    assert_eq!(desk.run(&["export", "missing.rules.yaml", "--to", "facts"]).code, 3);
}

/// A desk with a ruleset that uses the whole format.
fn with_ruleset() -> Desk {
    let desk = Desk::new();
    desk.file("w.rules.yaml", fs::read("tests/rulesets/whole.rules.yaml").unwrap());
    desk
}

#[test]
fn review_shows_what_waits_with_doubts_first() {
    let run = with_ruleset().run(&["review", "w.rules.yaml"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let first_doubt = run.out.find("doubts").expect("an item with doubts");
    let first_unread = run.out.find("u1  unread").expect("an unread mention");
    let without = run.out.find("1.1-1  rule").expect("an item without doubts");
    assert!(first_doubt < first_unread && first_unread < without, "{}", run.out);
    for line in run.out.lines() {
        assert!(unicode_width::UnicodeWidthStr::width(line) <= 80, "{line}");
    }
}

#[test]
fn decisions_are_added_to_the_log_and_hold() {
    let desk = with_ruleset();
    let decide =
        |args: &[&str]| desk.run(&[&["review", "w.rules.yaml", "--by", "李明"], args].concat());
    let run = decide(&["--approve", "1.1", "1.1-1"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let log = fs::read_to_string(desk.path("w.review.yaml")).unwrap();
    let run = decide(&["--amend", "1.1-1", "amount=0.7", "--why", "见更正通知"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let longer = fs::read_to_string(desk.path("w.review.yaml")).unwrap();
    assert!(longer.starts_with(&log) && longer.len() > log.len(), "{longer}");
    let facts = desk.run(&["export", "w.rules.yaml", "--to", "facts"]).out;
    assert!(facts.contains(r#""amount":"0.7""#), "{facts}");
    assert_eq!(decide(&["--all"]).code, 0);
    let left = desk.run(&["review", "w.rules.yaml"]).out;
    assert!(left.contains("u1") && !left.contains("1.1-2"), "{left}");
    assert_eq!(decide(&["--dismiss", "u1", "--why", "不是计分"]).code, 0);
}

#[test]
fn a_decision_that_cannot_be_made_leaves_the_log_alone() {
    let desk = with_ruleset();
    for (args, part) in [
        (&["--approve", "1.1"][..], "--by"),
        (&["--reject", "1.1-1", "--by", "李明"], "--why"),
        (&["--approve", "9.9", "--by", "李明"], "9.9"),
        (&["--approve", "1.1", "9.9", "--by", "李明"], "9.9"),
        (&["--dismiss", "1.1", "--by", "李明", "--why", "x"], "1.1"),
        (&["--amend", "1.1-1", "amount", "--by", "李明", "--why", "x"], "amount"),
        (&["--amend", "1.1-1", "amount=much", "--by", "李明", "--why", "x"], "much"),
    ] {
        let run = desk.run(&[&["review", "w.rules.yaml"], args].concat());
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{args:?}: {}", run.err);
        assert!(run.err.contains(part), "{args:?}: {}", run.err);
        assert!(!desk.path("w.review.yaml").exists(), "{args:?}");
    }
    desk.file("more.yaml", "add: {rule: {}}\n");
    let args = ["review", "w.rules.yaml", "--add", "more.yaml", "--by", "李明", "--why", "x"];
    let run = desk.run(&args);
    assert!(run.code == 3 && run.err.contains("more.yaml"), "{} {}", run.code, run.err);
}

#[test]
fn the_time_of_a_decision_can_be_given() {
    let desk = with_ruleset();
    let mut command = Command::new(env!("CARGO_BIN_EXE_chidu"));
    command.current_dir(desk.0.path()).env("SOURCE_DATE_EPOCH", "1772323200");
    command.args(["review", "w.rules.yaml", "--approve", "1.1", "--by", "李明"]);
    assert_eq!(Run::of(&command.output().unwrap()).code, 0);
    let log = fs::read_to_string(desk.path("w.review.yaml")).unwrap();
    assert!(log.contains("2026-03-01T00:00:00Z"), "{log}");
}

/// A desk with a ruleset that has a gap between two grades.
fn with_gap() -> Desk {
    let desk = Desk::new();
    desk.file("g.rules.yaml", fs::read("tests/checks/band-gap/fires.rules.yaml").unwrap());
    desk
}

#[test]
fn check_fails_on_an_error_and_on_nothing_less() {
    let desk = with_gap();
    let run = desk.run(&["check", "g.rules.yaml"]);
    assert_eq!((run.code, run.err.as_str()), (1, ""));
    assert!(run.out.contains("error[band-gap]: "), "{}", run.out);
    let run = desk.run(&["check", "g.rules.yaml", "--allow", "band-gap"]);
    assert!(run.code == 0 && !run.out.contains("band-gap"), "{}", run.out);
    desk.file(
        "w.rules.yaml",
        fs::read("tests/checks/cap-over-indicator/fires.rules.yaml").unwrap(),
    );
    assert_eq!(desk.run(&["check", "w.rules.yaml"]).code, 0);
    assert_eq!(desk.run(&["check", "w.rules.yaml", "--deny", "cap-over-indicator"]).code, 1);
}

#[test]
fn check_prints_one_object_a_line() {
    let run = with_gap().run(&["check", "g.rules.yaml", "--format", "json"]);
    assert_eq!(run.code, 1);
    for line in run.out.lines() {
        let finding: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(line).unwrap();
        let keys: Vec<_> = finding.keys().map(String::as_str).collect();
        let expected = ["code", "severity", "confidence", "message", "at", "quote", "item", "help"];
        assert_eq!(keys, expected, "{line}");
    }
    assert!(run.out.contains(r#""code":"band-gap","severity":"error""#), "{}", run.out);
}

#[test]
fn settings_stand_beside_the_ruleset_or_in_the_working_folder() {
    let desk = with_gap();
    desk.file("sub/g.rules.yaml", fs::read(desk.path("g.rules.yaml")).unwrap());
    desk.file("chidu.toml", "[check]\nallow = [\"band-gap\"]\n");
    for ruleset in ["g.rules.yaml", "sub/g.rules.yaml"] {
        assert_eq!(desk.run(&["check", ruleset]).code, 0, "{ruleset}");
    }
    desk.file("sub/chidu.toml", "[check]\n");
    assert_eq!(desk.run(&["check", "sub/g.rules.yaml"]).code, 1, "the nearer settings hold");
    for (settings, code) in
        [("[check]\nalow = []\n", 3), ("[check", 3), ("[check]\nallow = [\"gap\"]\n", 2)]
    {
        let run = desk.file("chidu.toml", settings).run(&["check", "g.rules.yaml"]);
        assert_eq!((run.code, run.out.as_str()), (code, ""), "{settings}: {}", run.err);
        assert!(run.err.contains("chidu.toml"), "{settings}: {}", run.err);
    }
}

#[test]
fn a_code_that_names_no_check_is_refused() {
    let desk = with_gap();
    for args in [
        &["check", "g.rules.yaml", "--allow", "band-gep"][..],
        &["check", "g.rules.yaml", "--deny", "band-gep"],
        &["explain", "band-gep"],
    ] {
        let run = desk.run(args);
        assert!(run.code == 2 && run.err.contains("band-gep"), "{args:?}: {}", run.err);
    }
}

#[test]
fn every_finding_can_be_explained() {
    let desk = Desk::new();
    for (lang, word) in [("zh", "怎么办"), ("en", "Remedy")] {
        let list = desk.run(&["explain", "--lang", lang]).out;
        for check in chidu::check::CHECKS {
            assert!(list.contains(check.code), "{} is not listed", check.code);
            let page = desk.run(&["explain", check.code, "--lang", lang]);
            assert!(page.code == 0 && page.out.contains(word), "{}: {}", check.code, page.out);
        }
        for line in list.lines() {
            assert!(unicode_width::UnicodeWidthStr::width(line) <= 80, "{line}");
        }
    }
}

#[test]
fn compile_shows_what_the_checks_find() {
    let desk = Desk::new();
    desk.file("a.txt", NOTICE);
    let compiled = desk.run(&["compile", "a.txt"]);
    let checked = desk.run(&["check", "rules-out/a.rules.yaml"]);
    for line in checked.out.lines().filter(|it| it.contains("]: ")) {
        assert!(compiled.err.contains(line), "{line} is not in {}", compiled.err);
    }
}

/// A desk with a ruleset that nobody has reviewed, and the data of its units.
fn with_units() -> Desk {
    let desk = Desk::new();
    desk.file("x.rules.yaml", fs::read("tests/data/xinhe.rules.yaml").unwrap());
    for entry in fs::read_dir("corpus/data/xinhe").unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        desk.file(&format!("data/{name}"), fs::read(&path).unwrap());
    }
    desk
}

#[test]
fn what_nobody_approved_is_not_executed() {
    let desk = with_units();
    let run = desk.run(&["score", "x.rules.yaml", "--data", "data", "-o", "s.csv"]);
    assert_eq!((run.code, run.out.as_str()), (4, ""), "{}", run.err);
    assert!(!desk.path("s.csv").exists());
    let draft = desk.run(&["score", "x.rules.yaml", "--data", "data", "-o", "s.csv", "--draft"]);
    assert_eq!(draft.code, 0, "{}", draft.err);
    let written = fs::read_to_string(desk.path("s.csv")).unwrap();
    assert!(written.lines().skip(1).all(|it| it.contains("DRAFT")), "{written}");
    let approved = desk.run(&["review", "x.rules.yaml", "--all", "--by", "李明"]);
    assert_eq!(approved.code, 0, "{}", approved.err);
    let run = desk.run(&["score", "x.rules.yaml", "--data", "data", "--format", "csv"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("区教育局") && !run.out.contains("DRAFT"), "{}", run.out);
}

#[test]
fn scores_are_written_in_the_form_of_the_file() {
    let desk = with_units();
    for (name, head) in [("s.csv", &b"\xef\xbb\xbf"[..]), ("s.json", b"{"), ("s.xlsx", b"PK")] {
        let args = ["score", "x.rules.yaml", "--data", "data", "--draft", "-o", name, "--quiet"];
        let run = desk.run(&args);
        assert_eq!((run.code, run.out.as_str()), (0, ""), "{name}: {}", run.err);
        let first = fs::read(desk.path(name)).unwrap();
        assert!(first.starts_with(head), "{name}");
        desk.run(&args);
        assert!(fs::read(desk.path(name)).unwrap() == first, "{name}: other bytes the second time");
    }
}

#[test]
fn a_score_is_explained_with_quotes() {
    let desk = with_units();
    let args = ["score", "x.rules.yaml", "--data", "data", "--draft", "--explain"];
    let run = desk.run(&[&args[..], &["区教育局"]].concat());
    assert!(run.code == 0 && run.out.contains("91.23"), "{}{}", run.out, run.err);
    let run = desk.run(&[&args[..], &["区水利局"]].concat());
    assert!(run.code == 2 && run.err.contains("区水利局"), "{}", run.err);
}

#[test]
fn faults_of_the_data_are_faults_of_an_input() {
    let desk = with_units();
    desk.file("data/units.csv", "unit,category\n,\n");
    let run = desk.run(&["score", "x.rules.yaml", "--data", "data", "--draft"]);
    assert!(run.code == 3 && run.err.contains("units"), "{} {}", run.code, run.err);
    assert_eq!(desk.run(&["score", "x.rules.yaml", "--data", "nowhere", "--draft"]).code, 3);
}

#[test]
fn diff_tells_a_change_and_ends_with_it_where_asked() {
    let desk = with_ruleset();
    let text = fs::read_to_string(desk.path("w.rules.yaml")).unwrap();
    desk.file("n.rules.yaml", text.replace("amount: 0.5", "amount: 0.8"));
    let args = ["diff", "w.rules.yaml", "n.rules.yaml"];
    let run = desk.run(&args);
    assert!(run.code == 0 && run.out.contains("0.8"), "{}{}", run.out, run.err);
    assert_eq!(desk.run(&[&args[..], &["--exit-code"]].concat()).code, 1);
    let same = desk.run(&["diff", "w.rules.yaml", "w.rules.yaml", "--exit-code"]);
    assert_eq!(same.code, 0, "{}", same.out);
    let json = desk.run(&[&args[..], &["--format", "json"]].concat());
    let changes: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert!(changes.is_object(), "{}", json.out);
}
