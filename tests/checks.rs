//! Each check against a ruleset with its fault and one without, and the reference that is made of the checks.
//!
//! `tests/checks/CODE/fires.rules.yaml` holds the fault, `near-miss.rules.yaml` something that is like it and right. The
//! first lines of both say all that the checks find there; `UPDATE_DOCS=1 cargo test --test checks` writes these lines and
//! the reference anew, for `git diff` to be read.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use chidu::{
    check::{self, CHECKS, Options},
    diagnostic::{Finding, Severity, terminal},
    message::{Catalogue, Lang},
    ruleset::yaml_reader,
};

const MARK: &str = "# finds ";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn fixture(code: &str, name: &str) -> PathBuf {
    root().join("tests/checks").join(code).join(format!("{name}.rules.yaml"))
}

fn updates() -> bool {
    std::env::var_os("UPDATE_DOCS").is_some()
}

/// What the checks find in a file.
fn findings(path: &Path) -> Vec<Finding> {
    let text = fs::read_to_string(path).unwrap_or_else(|it| panic!("{}: {it}", path.display()));
    let ruleset = yaml_reader::read(&text).unwrap_or_else(|it| panic!("{}: {it}", path.display()));
    check::run(&ruleset, &Options::default())
}

/// The head of a fixture: a line for each finding.
fn head(findings: &[Finding]) -> String {
    let words = Catalogue::get(Lang::En);
    let line = |it: &Finding| {
        let severity = terminal::severity_name(it.severity);
        format!("{MARK}{severity}[{}]: {}\n", it.code, terminal::message(it, words))
    };
    findings.iter().map(line).collect()
}

/// Shows that a file is as it should be, or writes it anew.
fn assert_current(path: &Path, expected: &str) {
    let found = fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n");
    if updates() && found != expected {
        // Another test may read the file at this moment.
        let beside = path.with_extension("new");
        fs::write(&beside, expected).unwrap();
        fs::rename(&beside, path).unwrap();
    } else {
        let hint = "UPDATE_DOCS=1 cargo test --test checks writes it anew";
        assert_eq!(found, expected, "{} is out of date: {hint}", path.display());
    }
}

fn assert_head(path: &Path, findings: &[Finding]) {
    let text = fs::read_to_string(path).unwrap().replace("\r\n", "\n");
    let body: String = text.split_inclusive('\n').skip_while(|it| it.starts_with(MARK)).collect();
    assert_current(path, &(head(findings) + &body));
}

/// An error beside the fault itself would mean that the example shows something else as well.
fn assert_no_other_error(code: &str, path: &Path, findings: &[Finding]) {
    let other = findings.iter().find(|it| it.severity == Severity::Error && it.code != code);
    assert!(other.is_none(), "{}: {other:?}", path.display());
}

#[test]
fn each_check_fires_on_its_fault() {
    for check in CHECKS {
        let path = fixture(check.code, "fires");
        let found = findings(&path);
        assert!(found.iter().any(|it| it.code == check.code), "{} is silent", path.display());
        assert_no_other_error(check.code, &path, &found);
        assert_head(&path, &found);
    }
}

#[test]
fn no_check_fires_on_a_near_miss() {
    for check in CHECKS {
        let path = fixture(check.code, "near-miss");
        let found = findings(&path);
        assert!(found.iter().all(|it| it.code != check.code), "{}: {found:?}", path.display());
        assert_no_other_error(check.code, &path, &found);
        assert_head(&path, &found);
    }
}

#[test]
fn each_folder_of_examples_belongs_to_a_check() {
    for entry in fs::read_dir(root().join("tests/checks")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(check::find(&name).is_some(), "tests/checks/{name} belongs to no check");
    }
}

#[test]
fn each_finding_has_its_sentences_in_both_languages() {
    for check in CHECKS {
        let found = findings(&fixture(check.code, "fires"));
        let finding = found.iter().find(|it| it.code == check.code).unwrap();
        for lang in Lang::ALL {
            let words = Catalogue::get(lang);
            let message = terminal::message(finding, words);
            let help = terminal::help(finding, words).unwrap_or_default();
            for text in [&message, &help] {
                let code = check.code;
                assert!(!text.is_empty() && !text.contains('{'), "{code} {lang:?}: {text:?}");
                assert!(!text.starts_with("finding."), "{code} {lang:?} has no sentence");
                assert!(!text.ends_with(['.', '。']), "{code} {lang:?}: {text:?}");
            }
            for label in &finding.labels {
                assert!(words.has(label.key), "{} has no sentence", label.key);
            }
        }
    }
}

#[test]
fn each_check_has_one_name_and_a_file_of_that_name() {
    let codes: BTreeSet<&str> = CHECKS.iter().map(|it| it.code).collect();
    assert_eq!(codes.len(), CHECKS.len(), "a code stands twice");
    for code in codes {
        let stem = root().join("src/check").join(code.replace('-', "_"));
        for file in [stem.with_extension("rs"), stem.with_extension("zh.md")] {
            assert!(file.is_file(), "{} is missing", file.display());
        }
    }
}

/// What a pass pushes ends up in a ruleset, and from there in front of a person who asks `explain` about it; `check` must
/// not call it worse or better than `compile` did.
#[test]
fn each_finding_of_the_passes_before_has_a_check() {
    for stage in ["document", "outline", "clause", "ruleset", "ledger"] {
        for path in sources(&root().join("src").join(stage)) {
            let text = fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            for (code, severity) in pushed(code) {
                let file = code.replace('-', "_");
                let hint = format!("add src/check/{file}.rs, its twin, examples and sentences");
                let found = check::find(&code);
                let place = path.display();
                let check = found.unwrap_or_else(|| panic!("{place}: `{code}`: {hint}"));
                let same = terminal::severity_name(check.severity) == severity;
                assert!(same, "{place}: `{code}` is no {severity} in src/check/{file}.rs");
            }
        }
    }
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|it| it == "rs") {
            found.push(path);
        }
    }
    found
}

/// The codes that a source file writes right before a severity: `Finding::new("band-gap", Severity::Error)`.
fn pushed(code: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut before = "";
    for part in code.split("Severity::") {
        let quoted = before.trim_end().strip_suffix("crate::diagnostic::").unwrap_or(before);
        let quoted = quoted.trim_end().strip_suffix(',').map(str::trim_end);
        let code = quoted.and_then(|it| it.strip_suffix('"')?.rsplit('"').next());
        let severity: String = part.chars().take_while(char::is_ascii_alphabetic).collect();
        found.extend(code.map(|it| (it.to_owned(), severity.to_lowercase())));
        before = part;
    }
    let is_code = |it: &str| it.chars().all(|it| it.is_ascii_lowercase() || it == '-');
    found.retain(|it| !it.0.is_empty() && is_code(&it.0));
    found
}

#[test]
fn pushed_codes_are_found() {
    let code = r#"Finding::new("a-b", Severity::Note).arg("x", 1); ("c-d",  Severity::Error, 2);
        new("e", crate::diagnostic::Severity::Warning) let Severity::Note"#;
    let expected = [("a-b", "note"), ("c-d", "error"), ("e", "warning")];
    let found = pushed(code);
    let found: Vec<_> = found.iter().map(|it| (it.0.as_str(), it.1.as_str())).collect();
    assert_eq!(found, expected);
}

#[test]
fn each_page_has_its_parts_in_both_languages() {
    let parts = [
        (Lang::En, ["What it does", "Why it matters", "Example", "Remedy"]),
        (Lang::Zh, ["检查什么", "为什么重要", "示例", "怎么办"]),
    ];
    for check in CHECKS {
        for (lang, parts) in parts {
            let page = check::explain(check.code, lang).unwrap();
            let heads: Vec<&str> = page.lines().filter_map(|it| it.strip_prefix("## ")).collect();
            assert_eq!(heads, parts, "{} {lang:?}", check.code);
            assert!(page.contains("\n> "), "{} {lang:?} shows no example", check.code);
        }
    }
    assert!(check::explain("no-such-code", Lang::En).is_none());
}

#[test]
fn the_reference_is_current() {
    for (lang, file) in [(Lang::En, "checks.md"), (Lang::Zh, "checks.zh-CN.md")] {
        assert_current(&root().join("docs").join(file), &reference(lang));
    }
}

/// The reference of all checks, as Markdown.
fn reference(lang: Lang) -> String {
    let (head, severity) = match lang {
        Lang::En => (include_str!("checks_head.md"), "Severity"),
        Lang::Zh => (include_str!("checks_head.zh.md"), "严重程度"),
    };
    let colon = Catalogue::get(lang).words("punctuation.colon");
    let mut res = head.to_owned();
    for check in CHECKS {
        let term = Catalogue::get(lang).term(terminal::severity_name(check.severity));
        res += &format!("\n## {}\n\n{severity}{colon}{term}\n\n", check.code);
        res += &check.page(lang).replace("## ", "### ");
    }
    res
}

#[test]
fn allow_silences_and_deny_makes_an_error() {
    let path = fixture("unread-mention", "fires");
    let ruleset = yaml_reader::read(&fs::read_to_string(path).unwrap()).unwrap();
    let code = BTreeSet::from(["unread-mention".to_owned()]);
    let severities = |options: &Options| {
        let found = check::run(&ruleset, options);
        let own = found.into_iter().filter(|it| it.code == "unread-mention");
        own.map(|it| it.severity).collect::<BTreeSet<_>>()
    };
    let (allow, deny) = (code.clone(), code);
    let silent = Options { allow: allow.clone(), ..Options::default() };
    let strict = Options { deny: deny.clone(), ..Options::default() };
    assert_eq!(severities(&Options::default()), BTreeSet::from([Severity::Warning]));
    assert_eq!(severities(&strict), BTreeSet::from([Severity::Error]));
    assert_eq!(severities(&silent), BTreeSet::new());
    assert_eq!(severities(&Options { allow, deny }), BTreeSet::new());
}

#[test]
fn a_stored_finding_of_an_unknown_name_is_repeated() {
    let text = "chidu: 1\nname: a\nfindings:\n  - {code: no-such-code, at: 第2段, message: 缺页}\n";
    let found = check::run(&yaml_reader::read(text).unwrap(), &Options::default());
    let shown: Vec<_> = found.iter().map(|it| (&*it.code, it.severity, &*it.at)).collect();
    assert_eq!(shown, [("no-such-code", Severity::Warning, "第2段")]);
    assert_eq!(terminal::message(&found[0], Catalogue::get(Lang::En)), "缺页");
}
