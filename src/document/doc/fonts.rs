//! The names of the fonts of a .doc, by number.

use super::file::{File, Structure};
use crate::document::ReadError;

/// The names of fonts.
#[derive(Debug, Default)]
pub(super) struct Fonts(Vec<String>);

/// Where the name stands in a font's entry.
const NAME: usize = 40;

impl Fonts {
    /// Reads the table of fonts.
    ///
    /// # Errors
    ///
    /// It is damaged.
    pub(super) fn of(file: File<'_>) -> Result<Self, ReadError> {
        let table = file.structure(Structure::Fonts)?;
        let mut names = Vec::new();
        if table.len() == 0 {
            return Ok(Self(names));
        }
        let mut at = 4;
        for _ in 0..table.u16(0)? {
            let size = usize::from(table.u8(at)?) + 1;
            let entry = table.slice(at, size)?.raw();
            let units = entry.get(NAME..).unwrap_or_default().chunks_exact(2);
            let units = units.filter_map(|it| it.first_chunk()).map(|it| u16::from_le_bytes(*it));
            let name: Vec<u16> = units.take_while(|it| *it != 0).collect();
            names.push(String::from_utf16_lossy(&name));
            at += size;
        }
        Ok(Self(names))
    }

    /// The name of a font; empty if it is not known.
    pub(super) fn name(&self, number: u16) -> &str {
        self.0.get(usize::from(number)).map_or("", String::as_str)
    }
}
