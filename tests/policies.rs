//! What the compiler reads, sentence by sentence: `tests/policies/FEATURE/what-happens.txt` holds a small notice, a line
//! `----`, and all that is read in it. `docs/language.md` is made of them.
//!
//! `BLESS=1 cargo test --test policies` writes the lower parts and the page anew; `git diff` is the review.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/current.rs"]
mod current;
#[path = "support/lines.rs"]
mod lines;

use std::{
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use chidu::{pipeline, source::Source};

const MARK: &str = "\n----\n";

/// A small notice and what is read in it.
#[derive(Debug)]
struct Policy {
    path: PathBuf,
    text: String,
    read: String,
}

impl Policy {
    fn name(&self) -> String {
        self.path.file_stem().unwrap().to_str().unwrap().replace('-', " ")
    }

    /// The whole file, as it should be.
    fn whole(&self) -> String {
        format!("{}{MARK}{}", self.text, self.read)
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The entries of a folder, in order.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
    entries.sort();
    entries
}

/// Each feature's folder with its policies, compiled once.
static FEATURES: LazyLock<Vec<(PathBuf, Vec<Policy>)>> = LazyLock::new(features);

fn features() -> Vec<(PathBuf, Vec<Policy>)> {
    let policies = |folder: &PathBuf| {
        let files = entries(folder).into_iter();
        files.filter(|it| it.extension().is_some_and(|it| it == "txt")).map(policy).collect()
    };
    let folders = entries(&root().join("tests/policies"));
    folders.into_iter().map(|it| (it.clone(), policies(&it))).collect()
}

/// Compiles the upper part of a file.
fn policy(path: PathBuf) -> Policy {
    let whole = fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
    let text = whole.split(MARK).next().unwrap().trim_end().to_owned();
    let name = if text.starts_with('#') { "policy.md" } else { "policy.txt" };
    let source = Source { name: name.to_owned(), bytes: text.clone().into_bytes() };
    let compilation = pipeline::compile(&source, "policy")
        .unwrap_or_else(|it| panic!("{}: {it}", path.display()));
    let read = lines::of(&compilation);
    Policy { path, text, read }
}

#[test]
fn each_policy_is_read_as_it_says() {
    let mut stale = Vec::new();
    for (_, policies) in FEATURES.iter() {
        stale.extend(policies.iter().filter_map(|it| current::stale(&it.path, &it.whole())));
    }
    current::assert_none_stale(&stale, "policies");
}

#[test]
fn the_page_of_the_language_is_current() {
    let mut page = include_str!("policies_head.md").to_owned();
    for (folder, policies) in FEATURES.iter() {
        let about = fs::read_to_string(folder.join("README.md"));
        let about = about.unwrap_or_else(|it| panic!("{}: README.md: {it}", folder.display()));
        page += &format!("\n#{}", about.replace("\r\n", "\n"));
        for it in policies {
            let text: String = it.text.lines().map(|it| format!("> {it}  \n")).collect();
            page += &format!("\n### {}\n\n{text}\n```text\n{}```\n", it.name(), it.read);
        }
    }
    let stale: Vec<_> =
        current::stale(&root().join("docs/language.md"), &page).into_iter().collect();
    current::assert_none_stale(&stale, "policies");
}

#[test]
fn each_feature_has_policies_and_a_near_miss() {
    for (folder, policies) in FEATURES.iter() {
        let near = policies.iter().filter(|it| it.name().starts_with("not ")).count();
        assert!(near > 0, "{} has no near miss (not-….txt)", folder.display());
        assert!(policies.len() > near, "{} has nothing that is read", folder.display());
    }
}
