//! Rulesets: what is read is written to what reads the same.
#![no_main]

use chidu::{
    check::Options,
    ruleset::{facts, json, yaml_reader, yaml_writer},
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(ruleset) = yaml_reader::read(text) else { return };
    let written = yaml_writer::write(&ruleset);
    let again = yaml_reader::read(&written);
    assert_eq!(again.as_ref().ok(), Some(&ruleset), "{written}");
    drop(json::write(&ruleset));
    drop(facts::facts(&ruleset));
    drop(chidu::check::run(&ruleset, &Options::default()));
});
