//! Files that tests hold to be current.

use std::{fs, path::Path};

/// Whether out-of-date files are to be written anew (`BLESS=1`).
pub(crate) fn blesses() -> bool {
    std::env::var_os("BLESS").is_some()
}

/// What is wrong with a file that should hold a text; with `BLESS=1` it is written anew and nothing is wrong.
pub(crate) fn stale(path: &Path, expected: &str) -> Option<String> {
    let found = fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n");
    if found == expected {
        return None;
    }
    if blesses() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, expected).unwrap();
        return None;
    }
    let differ = |(have, want): &(&str, &str)| have != want;
    let first = found.lines().zip(expected.lines()).find(differ);
    let (have, want) = first.unwrap_or(("(the end)", "(more or fewer lines)"));
    Some(format!("{} is out of date\n  holds   {have}\n  should  {want}", path.display()))
}

/// Shows that nothing is out of date, and says how to write it anew.
pub(crate) fn assert_none_stale(stale: &[String], test: &str) {
    let hint = format!("BLESS=1 cargo test --test {test} writes it anew; git diff is the review");
    assert!(stale.is_empty(), "{}\n{hint}", stale.join("\n"));
}
