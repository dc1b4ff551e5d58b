//! The whole way from text to a ruleset: it is written to what reads the same, and every quote is of the document.
#![no_main]

use chidu::{
    check::Options,
    pipeline::compile,
    review::verify::{Standing, verify},
    ruleset::{facts, yaml_reader, yaml_writer},
    source::Source,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let source = Source { name: "notice.txt".to_owned(), bytes: text.as_bytes().to_vec() };
    let Ok(compiled) = compile(&source, "notice") else { return };
    let written = yaml_writer::write(&compiled.ruleset);
    assert_eq!(yaml_reader::read(&written).as_ref().ok(), Some(&compiled.ruleset), "{written}");
    drop(facts::facts(&compiled.ruleset));
    for it in verify(&compiled.ruleset, &compiled.document) {
        assert_ne!(it.standing, Standing::Orphaned, "{} at {}: {}", it.id, it.at, it.quote);
    }
    drop(chidu::check::run(&compiled.ruleset, &Options::default()));
});
