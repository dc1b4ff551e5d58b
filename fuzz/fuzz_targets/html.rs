//! Web pages, in any encoding.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    chidu_fuzz::read("notice.html", input);
});
