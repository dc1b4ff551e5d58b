//! .xls (Excel 97 to 2003).
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    chidu_fuzz::read("notice.xls", input);
});
