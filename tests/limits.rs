//! `docs/limits.md` says every bound of `src/limits.rs`, with its reason. `BLESS=1 cargo test --test limits` writes it anew.
#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]

#[path = "support/current.rs"]
mod current;

use std::{fs, path::Path};

const HEAD: &str = "\
# What Chidu reads at most

Input is hostile until proven otherwise: a file that passes one of these bounds is refused with exit code 3 and a message that
names the bound; nothing of it is read in part. All of them stand in `src/limits.rs`, from which this page is made.

Time is bounded where its growth is not known: a PDF is read by a worker process with a deadline. All other formats are read in
time that grows with their size, which is bounded; the tests hold every hostile file to ten seconds.

| bound | at most | what, and why |
| --- | --- | --- |
";

/// A bound: its name, its value as the source writes it, and what is said of it.
struct Bound {
    name: String,
    value: String,
    why: String,
}

fn bounds(source: &str) -> Vec<Bound> {
    let (mut bounds, mut why) = (Vec::new(), Vec::new());
    for line in source.lines() {
        if let Some(text) = line.strip_prefix("/// ") {
            why.push(text.replace("[`", "`").replace("`]", "`"));
        } else if let Some(rest) = line.strip_prefix("pub const ") {
            let (name, rest) = rest.split_once(": ").unwrap();
            let (_, value) = rest.split_once(" = ").unwrap();
            let (name, value) = (name.to_owned(), value.trim_end_matches(';').to_owned());
            bounds.push(Bound { name, value, why: why.join(" ") });
            why.clear();
        }
    }
    bounds
}

/// A value for people: bytes in their multiples, other numbers in groups of three digits.
fn shown(bound: &Bound) -> String {
    if let Some(seconds) = bound.value.strip_prefix("Duration::from_secs(") {
        return format!("{} s", seconds.trim_end_matches(')'));
    }
    let number = match bound.value.split_once(" << ") {
        Some((base, shift)) => base.parse::<u64>().unwrap() << shift.parse::<u32>().unwrap(),
        None => bound.value.replace('_', "").parse().unwrap(),
    };
    if bound.name.contains("BYTES") || bound.name.contains("FLOOR") {
        let units = [(30, "GiB"), (20, "MiB"), (10, "KiB")];
        let unit = units.iter().find(|it| number.is_multiple_of(1 << it.0)).unwrap();
        return format!("{} {}", number >> unit.0, unit.1);
    }
    let digits = number.to_string();
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().map(|it| std::str::from_utf8(it).unwrap()).collect();
    groups.join(",")
}

fn source() -> String {
    fs::read_to_string("src/limits.rs").unwrap()
}

#[test]
fn the_page_is_current() {
    let row = |it: &Bound| format!("| `{}` | {} | {} |\n", it.name, shown(it), it.why);
    let page = HEAD.to_owned() + &bounds(&source()).iter().map(row).collect::<String>();
    let stale: Vec<_> = current::stale(Path::new("docs/limits.md"), &page).into_iter().collect();
    current::assert_none_stale(&stale, "limits");
}

#[test]
fn each_bound_has_its_reason() {
    let bounds = bounds(&source());
    assert_eq!(bounds.len(), source().matches("pub const ").count());
    assert!(bounds.iter().all(|it| it.why.len() > 20));
}
