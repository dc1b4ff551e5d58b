//! House rules that the compiler cannot check (CONTRIBUTING.md says why each is there).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![expect(clippy::print_stdout, reason = "a test that is skipped says so")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use chidu::{
    cli,
    message::{Catalogue, Lang},
};

/// The stages in the order in which they may know each other: each imports from its own row and from those above.
const STAGES: &[&[&str]] = &[
    &["source", "limits", "number", "pattern", "words"],
    &["diagnostic", "message"],
    &["document"],
    &["outline"],
    &["clause"],
    &["ruleset"],
    &["ledger"],
    &["review"],
    &["check", "score"],
    &["diff"],
    &["report"],
    &["pipeline"],
    &["web"],
    &["cli"],
];

fn rank(stage: &str) -> Option<usize> {
    STAGES.iter().position(|row| row.contains(&stage))
}

fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut res = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            res.extend(files(path.to_str().unwrap(), ending));
        } else if path.extension().is_some_and(|it| it == ending) {
            res.push(path);
        }
    }
    res.sort();
    res
}

/// The stage that a source file belongs to: the folder or the file right under `src`.
fn stage_of(path: &Path) -> String {
    let first = path.strip_prefix("src").unwrap().iter().next().unwrap();
    first.to_str().unwrap().trim_end_matches(".rs").to_owned()
}

/// The text of a source file without its comments.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    text.lines().filter(|it| !it.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The stages that a text names after `crate::`, alone or within braces.
fn imported(code: &str) -> Vec<String> {
    let mut res = Vec::new();
    for rest in code.split("crate::").skip(1) {
        if let Some(group) = rest.strip_prefix('{') {
            res.extend(heads(group));
        } else {
            res.extend(word(rest));
        }
    }
    res
}

/// The first word of each path of a group of imports, up to the brace that closes it.
fn heads(group: &str) -> Vec<String> {
    let mut res = Vec::new();
    let (mut depth, mut fresh) = (0, true);
    for (at, it) in group.char_indices() {
        match it {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => fresh = true,
            it if it.is_whitespace() => {}
            _ if depth == 0 && fresh => {
                res.extend(word(group.get(at..).unwrap()));
                fresh = false;
            }
            _ => {}
        }
    }
    res
}

fn word(text: &str) -> Option<String> {
    let word: String = text.chars().take_while(|it| it.is_alphanumeric() || *it == '_').collect();
    (!word.is_empty()).then_some(word)
}

#[test]
fn imports_are_found_in_every_shape() {
    for (code, expected) in [
        ("use crate::source::Span;", vec!["source"]),
        ("use crate::{a::{b, c}, d, e::f};", vec!["a", "d", "e"]),
        ("let x = crate::web::serve();", vec!["web"]),
        ("use std::fmt;", vec![]),
    ] {
        assert_eq!(imported(code), expected, "{code}");
    }
}

#[test]
fn no_stage_knows_a_later_one() {
    for path in files("src", "rs") {
        let stage = stage_of(&path);
        if stage == "lib" || stage == "main" {
            continue;
        }
        let own = rank(&stage);
        assert!(own.is_some(), "{}: `{stage}` is not in the order of stages", path.display());
        for name in imported(&code(&path)) {
            let back = rank(&name).is_none_or(|it| Some(it) <= own);
            assert!(back, "{} must not know `{name}`", path.display());
        }
    }
}

#[test]
fn every_module_says_what_it_is() {
    for path in files("src", "rs").into_iter().chain(files("tests", "rs")) {
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("//! "), "{} begins without `//!`", path.display());
    }
}

#[test]
fn no_module_is_a_drawer() {
    for path in files("src", "rs") {
        for name in path.iter().map(|it| it.to_str().unwrap().trim_end_matches(".rs")) {
            let drawer =
                ["utils", "util", "common", "helpers", "helper", "manager", "processor", "misc"];
            assert!(!drawer.contains(&name), "{}: say what it holds", path.display());
        }
    }
}

#[test]
fn every_grammar_rule_has_a_comment() {
    for path in files("grammar", "pest").into_iter().chain(files("src", "pest")) {
        let text = fs::read_to_string(&path).unwrap();
        let mut before = "";
        for line in text.lines() {
            let name = line.split('=').next().unwrap_or_default().trim();
            let rule = line.contains('=') && !name.is_empty();
            let rule = rule && name.chars().all(|it| it.is_ascii_alphanumeric() || it == '_');
            if rule && !line.starts_with(char::is_whitespace) {
                let explained = before.trim_start().starts_with("//") || line.contains("//");
                assert!(explained, "{}: `{name}` has no comment", path.display());
            }
            before = line;
        }
    }
}

#[test]
fn no_test_is_left_out() {
    let mark = ["#[", "ignore"].concat();
    for path in files("src", "rs").into_iter().chain(files("tests", "rs")) {
        assert!(!code(&path).contains(&mark), "{} leaves a test out", path.display());
    }
}

#[test]
fn no_file_names_a_place_of_one_machine() {
    let listed = Command::new("git").args(["ls-files", "-z"]).output();
    let Ok(listed) = listed else {
        println!("skipped: there is no git to list the files");
        return;
    };
    let names = String::from_utf8(listed.stdout).unwrap();
    let places =
        [["/ho", "me/"], ["/ro", "ot/"], ["/Us", "ers/"], ["/wo", "rk/"], ["C:\\", "Users"]];
    for name in names.split('\0').filter(|it| !it.is_empty()) {
        // What is no text names no place that a reader could trip over.
        let Ok(text) = fs::read_to_string(name) else { continue };
        for place in places.map(|it| it.concat()) {
            assert!(!text.contains(&place), "{name} names {place}");
        }
    }
}

/// Compares a generated page with the one that is kept, or writes it where `UPDATE_DOCS` is set.
fn is_current(path: &str, page: &str) {
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(path, page).unwrap();
    }
    let kept = fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n");
    assert!(kept == page, "{path} is not current: run `just bless` (UPDATE_DOCS=1 cargo test)");
}

#[test]
fn the_reference_of_the_command_line_is_current() {
    for (lang, path) in [(Lang::En, "docs/cli.md"), (Lang::Zh, "docs/cli.zh-CN.md")] {
        is_current(path, &cli::reference(Catalogue::get(lang)));
    }
}
