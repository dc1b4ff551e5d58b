//! The flat view: rulesets and the facts that they give, from `rulesets/facts.md`.

use chidu::ruleset::{facts, yaml_reader::read};

/// The facts of a ruleset without its head, as JSON lines.
fn facts_of(yaml: &str) -> String {
    let ruleset = match read(&format!("chidu: 1\nname: case\n{yaml}")) {
        Ok(it) => it,
        Err(error) => return format!("{error}\n"),
    };
    facts::to_json_lines(&facts::facts(&ruleset)).unwrap_or_else(|it| it.to_string())
}

#[test]
fn rulesets_give_their_facts() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/rulesets/facts.md");
    let stored = std::fs::read_to_string(path).expect("the cases");
    let (mut fresh, mut cases, mut yaml, mut fence) = (String::new(), 0, String::new(), "");
    for line in stored.lines() {
        match (fence, line) {
            ("", "```yaml" | "```jsonl") => fence = line,
            ("```jsonl", "```") => {
                cases += 1;
                fresh.push_str(&facts_of(&yaml));
                (fence, yaml) = ("", String::new());
            }
            ("```yaml", "```") => fence = "",
            ("```yaml", _) => yaml = yaml + line + "\n",
            ("```jsonl", _) => continue,
            _ => {}
        }
        fresh = fresh + line + "\n";
    }
    if std::env::var_os("UPDATE_FACTS").is_some() {
        std::fs::write(path, &fresh).expect("the cases can be written");
    }
    assert_eq!(cases, stored.matches("\n## ").count());
    assert_eq!(stored, fresh, "UPDATE_FACTS=1 rewrites the facts; look at the difference");
}
