//! The format of rulesets from outside: a whole file, what is refused and where, the flat view.

use chidu::ruleset::{Ruleset, RulesetError, facts, yaml_reader::read, yaml_writer::write};

const WHOLE: &str = include_str!("rulesets/whole.rules.yaml");

#[test]
fn a_whole_file_is_read_and_written_as_it_was() {
    let ruleset = read(WHOLE).expect("the file is valid");
    assert_eq!(write(&ruleset), WHOLE);
}

/// What comes of the whole file with one line changed.
fn read_changed(from: &str, to: &str) -> Result<Ruleset, RulesetError> {
    assert_eq!(WHOLE.matches(from).count(), 1, "{from} must stand there once");
    read(&WHOLE.replace(from, to))
}

#[test]
fn errors_name_the_place_and_the_nearest_key() {
    let table = [
        ("periods: quarter", "period: quarter", "unknown key `period`, perhaps `periods`"),
        ("periods: quarter", "periods: yearly", "unknown value `yearly`"),
        ("periods: quarter", "name: again", "the key `name` stands here twice"),
        ("points: 60", "pionts: 60", "unknown key `pionts`, perhaps `points`"),
        ("points: 60", "measure: 完成率", "unknown key `measure`; known here: id name"),
        ("points: 60", "points: &a 60", "anchor is not allowed"),
        ("points: 60", "points: !!int 60", "tag is not allowed"),
        ("points: 60", "points: 6_0", "`6_0` is no number"),
        ("points: 60", "points: 060", "`060` is no number"),
        ("points: 60", "points: 1234567890.123456", "more than 15 significant digits"),
        ("points: 60", "points: [60]", "a number is wanted here, not a list"),
        ("points: 60", "points:", "the value is missing"),
        ("points: 60", "highest: yes", "unknown value `yes`"),
        ("date: '2025-03-18'", "date: 2025-03-18", "needs quotes"),
        ("date: '2025-03-18'", "date: '2025-13-18'", "YYYY-MM-DD"),
        ("name: 民主测评", "name: no", "`no` needs quotes"),
        ("id: 1.1-2", "id: 1.1-1", "the id `1.1-1` stands here a second time"),
        ("id: 1.1-2", "id: ''", "an id must not be empty"),
        ("id: 1.1-2", "per: 次", "the key `id` is missing"),
        ("{min: 1, max: 3}", "{min: 3, max: 1}", "`min` is over `max`"),
        ("{min: 1, max: 3}", "{min: 1}", "the key `max` is missing"),
        ("{min: 1, max: 3}", "{min: 1, most: 3}", "unknown key `most`"),
        ("{from: 98, amount", "{from: 98, above: 98, amount", "`from` and `above`"),
        ("from: 80, below", "from: 80, to: 89, below", "`to` and `below`"),
        ("span: [812, 834]", "span: [834, 812]", "`span` ends before it starts"),
        ("span: [812, 834]", "span: [812, 834, 9]", "list-of-other-length"),
        ("span: [812, 834]", "span: [812]", "list-of-other-length"),
        ("per: 人次", "times: 2", "`times` belongs to `multiply`"),
        ("chidu: 1", "chidu: 2", "format version 2 is not read"),
        ("rules:\n          - id: 1.1-1", "rules: *a\n          - id: 1.1-1", "no YAML"),
    ];
    for (from, to, message) in table {
        let error = read_changed(from, to).expect_err("the change is refused").to_string();
        assert!(error.contains(message), "{to}: {error}");
    }
}

#[test]
fn an_error_stands_at_the_key_or_value_that_it_is_about() {
    let table = [
        ("points: 60", "pionts: 60", "pionts"),
        ("periods: quarter", "periods: yearly", "yearly"),
        ("points: 60", "points: 6_0", "6_0"),
        ("id: 1.1-2", "id: 1.1-1 # again", "1.1-1 # again"),
        ("{min: 1, max: 3}", "{min: 3, max: 1}", "{min: 3"),
    ];
    for (from, to, word) in table {
        let text = WHOLE.replace(from, to);
        let error = read(&text).expect_err("refused");
        let line = text.lines().nth(error.line - 1).expect("the line exists");
        let rest: String = line.chars().skip(error.column - 1).collect();
        assert!(rest.starts_with(word), "{error} points at {rest}");
    }
}

#[test]
fn the_flat_view_follows_the_tree() {
    let facts = facts::facts(&read(WHOLE).expect("the file is valid"));
    let lines = facts::to_json_lines(&facts).expect("facts are JSON");
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/rulesets/whole.facts.jsonl");
    if std::env::var_os("UPDATE_FACTS").is_some() {
        std::fs::write(path, &lines).expect("the file can be written");
    }
    assert_eq!(lines, std::fs::read_to_string(path).expect("the file exists"));
}
