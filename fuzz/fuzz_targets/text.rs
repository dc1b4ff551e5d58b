//! Text in any encoding, Markdown, and tables dumped as text.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    chidu_fuzz::read("notice.txt", input);
});
