//! The schema in docs/ is current, and says what the loader does.
#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a test that panics has failed")]

use std::{fs, path::Path};

use chidu::ruleset::{schema::schema, yaml_reader::read};
use serde_json::Value;

const WHOLE: &str = include_str!("rulesets/whole.rules.yaml");

fn docs() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/ruleset.schema.json")
}

#[test]
fn the_schema_in_docs_is_current() {
    let schema = schema().expect("the schema is JSON");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(docs(), &schema).expect("docs/ can be written");
    }
    let stored = fs::read_to_string(docs()).unwrap_or_default();
    assert!(stored == schema, "docs/ruleset.schema.json is not current: run with UPDATE_DOCS=1");
}

/// Whether the schema accepts a value. It knows the words that our schema uses, and fails on any other: a word that it
/// passed over would make it accept too much.
struct Validator(Value);

impl Validator {
    fn accepts(&self, text: &str) -> bool {
        serde_yaml::from_str(text).is_ok_and(|it: Value| self.check(&self.0, &it))
    }

    fn check(&self, schema: &Value, value: &Value) -> bool {
        match schema {
            Value::Bool(it) => *it,
            Value::Object(words) => words.iter().all(|it| self.word(it.0, it.1, words, value)),
            _ => unreachable!("a schema is an object or a boolean: {schema}"),
        }
    }

    fn word(
        &self,
        word: &str,
        want: &Value,
        schema: &serde_json::Map<String, Value>,
        value: &Value,
    ) -> bool {
        let list = || want.as_array().expect("a list");
        match word {
            "$schema" | "$defs" | "title" | "description" | "default" | "format" => true,
            "then" | "else" => true,
            "if" => {
                let then = schema.get(if self.check(want, value) { "then" } else { "else" });
                then.is_none_or(|it| self.check(it, value))
            }
            "$ref" => {
                let name = want.as_str().and_then(|it| it.strip_prefix("#/$defs/")).expect("a ref");
                self.check(&self.0["$defs"][name], value)
            }
            "allOf" => list().iter().all(|it| self.check(it, value)),
            "anyOf" => list().iter().any(|it| self.check(it, value)),
            "oneOf" => list().iter().filter(|it| self.check(it, value)).count() == 1,
            "not" => !self.check(want, value),
            "type" if want.is_array() => list().iter().any(|it| is_of(it, value)),
            "type" => is_of(want, value),
            "const" => want == value,
            "enum" => list().contains(value),
            "pattern" => value.as_str().is_none_or(|it| matches(want, it)),
            "minimum" => value.as_f64().is_none_or(|it| it >= want.as_f64().expect("a number")),
            "maximum" => value.as_f64().is_none_or(|it| it <= want.as_f64().expect("a number")),
            _ => self.word_of_list_or_map(word, want, schema, value),
        }
    }

    fn word_of_list_or_map(
        &self,
        word: &str,
        want: &Value,
        schema: &serde_json::Map<String, Value>,
        value: &Value,
    ) -> bool {
        let count =
            |it: &Value| it.as_u64().and_then(|it| usize::try_from(it).ok()).expect("a count");
        match word {
            "items" => value.as_array().is_none_or(|it| it.iter().all(|it| self.check(want, it))),
            "minItems" => value.as_array().is_none_or(|it| it.len() >= count(want)),
            "maxItems" => value.as_array().is_none_or(|it| it.len() <= count(want)),
            "required" => {
                let names = want.as_array().expect("a list").iter().filter_map(Value::as_str);
                value
                    .as_object()
                    .is_none_or(|it| names.into_iter().all(|name| it.contains_key(name)))
            }
            "properties" => value.as_object().is_none_or(|it| {
                it.iter().all(|(key, it)| want.get(key).is_none_or(|want| self.check(want, it)))
            }),
            "additionalProperties" => value.as_object().is_none_or(|it| {
                let known = schema.get("properties");
                let known = |key: &str| known.is_some_and(|it| it.get(key).is_some());
                it.iter().all(|(key, it)| known(key) || self.check(want, it))
            }),
            _ => unreachable!("the validator does not know the word {word}"),
        }
    }
}

fn is_of(kind: &Value, value: &Value) -> bool {
    match kind.as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("boolean") => value.is_boolean(),
        Some("number") => value.is_number(),
        Some("integer") => value.is_i64() || value.is_u64(),
        _ => unreachable!("the validator does not know the type {kind}"),
    }
}

fn matches(pattern: &Value, text: &str) -> bool {
    let pattern = pattern.as_str().expect("a pattern");
    regex::Regex::new(pattern).expect("a regular expression").is_match(text)
}

/// Changes to the whole file, and whether both refuse it (`-`), both accept it (`+`), or only the loader refuses it (`!`):
/// what a schema cannot say of a YAML text.
const CHANGES: [(char, &str, &str); 47] = [
    ('+', "points: 60", "points: '60'"),
    ('+', "points: 60", "points: 60.50"),
    ('+', "points: 60", "points: -60"),
    ('+', "year: 2025", "year: '2025'"),
    ('+', "year: 2025", "year: 2024至2025"),
    ('+', "periods: quarter", "periods: half-year"),
    ('!', "periods: quarter", "adjustments: []\nperiods: quarter"),
    ('!', "points: 60", "points: &a 60"),
    ('!', "points: 60", "points: !!int 60"),
    ('+', "{min: 1, max: 3}", "{max: '3', min: 1}"),
    ('+', "method: assessed", "method: assessed\n    highest: true"),
    ('+', "effect: zero, doubts", "amount: 0, doubts"),
    ('-', "periods: quarter", "period: quarter"),
    ('-', "periods: quarter", "periods: yearly"),
    ('-', "chidu: 1", "chidu: 2"),
    ('-', "chidu: 1", "chidu: '1'"),
    ('-', "chidu: 1\n", ""),
    ('-', "name: xinhe-2025\n", ""),
    ('-', "points: 60", "points: [60]"),
    ('-', "points: 60", "points: sixty"),
    ('-', "points: 60", "points: '6_0'"),
    ('-', "points: 60", "points: '.5'"),
    ('-', "points: 60", "points:"),
    ('-', "points: 60", "measure: 完成率"),
    ('-', "points: 60", "highest: 1"),
    ('-', "name: 民主测评", "name: 5"),
    ('-', "name: 民主测评", "name: true"),
    ('-', "name: 民主测评\n", "\n"),
    ('-', "date: '2025-03-18'", "date: '2025-13-18'"),
    ('-', "date: '2025-03-18'", "date: 三月"),
    ('-', "id: 1.1-2", "id: ' '"),
    ('-', "{min: 1, max: 3}", "{min: 1}"),
    ('-', "{min: 1, max: 3}", "{min: 1, max: 3, step: 1}"),
    ('-', "from: 80, below", "from: 80, to: 89, below"),
    ('-', "{from: 98, amount", "{from: 98, above: 98, amount"),
    ('-', "span: [812, 834]", "span: [812, 834, 9]"),
    ('-', "span: [812, 834]", "span: [812]"),
    ('-', "span: [812, 834]", "span: [812, -1]"),
    ('-', "per: 人次", "times: 2"),
    ('-', "per: 人次", "of: [1.1-2]"),
    ('-', "times: 2", "amount: 2"),
    ('!', "name: 民主测评", "name: no"),
    ('!', "id: 1.1-2", "id: 1.1-1"),
    ('!', "{min: 1, max: 3}", "{min: 3, max: 1}"),
    ('!', "span: [812, 834]", "span: [834, 812]"),
    ('!', "points: 60", "points: 1234567890.123456"),
    ('!', "points: 60", "points: 6e1"),
];

#[test]
fn schema_and_loader_accept_the_same_files() {
    let schema = serde_json::from_str(&schema().expect("JSON")).expect("JSON");
    let schema = Validator(schema);
    assert!(schema.accepts(WHOLE) && read(WHOLE).is_ok());
    for (want, from, to) in CHANGES {
        let text = WHOLE.replacen(from, to, 1);
        let found = match (schema.accepts(&text), read(&text).is_ok()) {
            (true, true) => '+',
            (false, false) => '-',
            (true, false) => '!',
            (false, true) => '?',
        };
        assert_eq!(found, want, "{from} → {to}: {:?}", read(&text).map(|_| ()));
    }
}

#[test]
fn the_guide_names_every_key() {
    let guide = fs::read_to_string(docs().with_file_name("ruleset.md")).expect("docs/ruleset.md");
    let schema: Value = serde_json::from_str(&schema().expect("JSON")).expect("JSON");
    let defs = schema["$defs"].as_object().expect("definitions").values();
    for map in defs.chain([&schema]) {
        for key in map.get("properties").and_then(Value::as_object).into_iter().flatten() {
            let key = key.0;
            assert!(
                guide.contains(&format!("`{key}`")) || guide.contains(&format!("{{{key}: ")),
                "{key}"
            );
        }
    }
}
