//! Logs of decisions, and their application to a ruleset.
#![no_main]

use std::sync::LazyLock;

use chidu::{
    review::{apply, log, pending},
    ruleset::{Ruleset, yaml_reader},
};
use libfuzzer_sys::fuzz_target;

static RULESET: LazyLock<Ruleset> = LazyLock::new(|| {
    let text = include_str!("../../tests/rulesets/whole.rules.yaml");
    yaml_reader::read(text).expect("a sound ruleset")
});

fuzz_target!(|text: &str| {
    let Ok(log) = log::read(text) else { return };
    drop(pending(&apply(&RULESET, &log)));
    let more = log.decisions.get(..1).unwrap_or_default();
    // A log that ends within a scalar cannot be gone on with: that is refused, and the log stays as it is.
    let Ok(longer) = log::append(Some(text), &log.name, more) else { return };
    let again = log::read(&longer).expect("what was written is read");
    assert_eq!(again.decisions.len(), log.decisions.len() + more.len());
});
