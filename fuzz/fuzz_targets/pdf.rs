//! .pdf, read within the process: the program reads it in a worker.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    chidu_fuzz::read("notice.pdf", input);
});
