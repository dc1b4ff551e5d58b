//! Workbooks of which one part is changed.

use std::io::{Cursor, Read, Write};

use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

/// The parts of a container, with one changed.
pub(crate) fn changed(
    container: Vec<u8>,
    part: &str,
    change: impl Fn(String) -> String,
) -> Vec<u8> {
    let mut from = ZipArchive::new(Cursor::new(container)).unwrap();
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for nth in 0..from.len() {
        let mut file = from.by_index(nth).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        to.start_file(&*name, SimpleFileOptions::default()).unwrap();
        let text = if name == part { change(text) } else { text };
        to.write_all(text.as_bytes()).unwrap();
    }
    to.finish().unwrap().into_inner()
}
