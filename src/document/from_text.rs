//! Plain text to document.

use crate::{
    diagnostic::Findings,
    document::{Builder, Document, Format, ParagraphDraft, ReadError, from_source::sha256},
    source::Source,
};

/// Reads plain text.
///
/// # Errors
///
/// Fails where the bytes are not text.
pub fn read(source: &Source, _findings: &mut Findings) -> Result<Document, ReadError> {
    let text =
        std::str::from_utf8(&source.bytes).map_err(|it| ReadError::Unknown(it.to_string()))?;
    let mut builder = Builder::default();
    for line in text.lines() {
        builder.paragraph(&ParagraphDraft::plain(line));
    }
    Ok(builder.finish(&source.name, Format::Text, sha256(&source.bytes), None))
}
