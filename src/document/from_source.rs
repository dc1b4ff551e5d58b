//! Bytes to document: a file is what its bytes are, not what its name says.

use sha2::{Digest, Sha256};

use crate::{
    diagnostic::Findings,
    document::{Document, Format, ReadError, from_text, pdf},
    limits,
    source::Source,
};

/// Reads a file by what its bytes are.
///
/// # Errors
///
/// Says why the file cannot be read; see [`ReadError`].
pub fn read(source: &Source, findings: &mut Findings) -> Result<Document, ReadError> {
    if source.bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    if source.bytes.len() as u64 > limits::MAX_FILE_BYTES {
        return Err(ReadError::TooLarge { what: "file", bound: limits::MAX_FILE_BYTES });
    }
    match detect(&source.bytes) {
        Format::Pdf => pdf::read(source, findings),
        Format::Text => from_text::read(source, findings),
        other => Err(ReadError::Unsupported(format!("{other:?}"))),
    }
}

/// What a file's bytes are.
#[must_use]
pub fn detect(bytes: &[u8]) -> Format {
    if bytes.windows(5).take(1024).any(|it| it == b"%PDF-") { Format::Pdf } else { Format::Text }
}

/// The SHA-256 of some bytes, in lower-case hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|it| format!("{it:02x}")).collect()
}
