//! Bytes to document: a file is what its bytes are, not what its name says.

use sha2::{Digest, Sha256};

use crate::{
    diagnostic::Findings,
    document::{Document, Format, ReadError, docx, from_text, pdf},
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
        Format::Docx => docx::read(source, findings),
        other => Err(ReadError::Unsupported(format!("{other:?}"))),
    }
}

/// What a file's bytes are.
#[must_use]
pub fn detect(bytes: &[u8]) -> Format {
    if bytes.windows(5).take(1024).any(|it| it == b"%PDF-") {
        return Format::Pdf;
    }
    if bytes.starts_with(ZIP) && names_word_document(bytes) {
        return Format::Docx;
    }
    Format::Text
}

/// How a zip archive begins.
const ZIP: &[u8] = b"PK\x03\x04";

/// Whether an archive has the main part of a Word document. The name is looked for in the bytes, so that a damaged archive
/// is still known for what it is.
fn names_word_document(bytes: &[u8]) -> bool {
    let name: &[u8] = b"word/document";
    bytes.windows(name.len()).any(|it| it == name)
}

/// The SHA-256 of some bytes, in lower-case hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|it| format!("{it:02x}")).collect()
}
