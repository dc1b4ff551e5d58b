//! Tables with commas or tabs: as a document, and as unit data.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    chidu_fuzz::read("notice.csv", input);
    chidu_fuzz::read("notice.tsv", input);
    let Ok(text) = std::str::from_utf8(input) else { return };
    let mut tables = text.split('\u{c}');
    let mut table = || tables.next().unwrap_or_default();
    // What is wrong with data is said, never a panic.
    drop(chidu::score::data_from_text(table(), table(), table(), table()));
});
