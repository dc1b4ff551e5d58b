//! Workbook to document: each visible sheet's titles as paragraphs, its cells as a table with the sheet's name.
//!
//! Both containers, the zip archive of .xlsx and the compound file of .xls, are read by own strict readers: `calamine`
//! reserves as much memory as a file asks for (one attribute of the shared strings aborts the program), and tells nothing
//! of the number formats of .xls; it is the oracle of the tests.

mod biff;
mod layout;
mod number_format;
mod ooxml;
mod sheet;

pub(crate) use self::{number_format::Form, sheet::Sheet};
use crate::{
    diagnostic::{Finding, Findings, Severity},
    document::{Builder, Document, Format, ReadError, from_source::sha256},
    source::Source,
};

/// Reads a workbook, new or old.
///
/// # Errors
///
/// Fails where the workbook is damaged, protected by a password, empty, or passes a bound.
pub fn read(source: &Source, findings: &mut Findings) -> Result<Document, ReadError> {
    let mut builder = Builder::default();
    for sheet in sheets(&source.bytes, Form::Shown)? {
        if sheet.is_hidden {
            if !sheet.cells.is_empty() {
                let finding = Finding::new("hidden-sheet-skipped", Severity::Note);
                findings.push(finding.arg("name", &sheet.name));
            }
            continue;
        }
        layout::lay(&sheet, &mut builder)?;
    }
    let document = builder.finish(&source.name, Format::Xlsx, sha256(&source.bytes), None);
    if document.text.is_empty() { Err(ReadError::Empty) } else { Ok(document) }
}

/// The sheets of a workbook in order, hidden ones too.
///
/// # Errors
///
/// As [`read`]; a workbook without cells is none.
pub(crate) fn sheets(bytes: &[u8], form: Form) -> Result<Vec<Sheet>, ReadError> {
    if bytes.starts_with(b"PK") { ooxml::sheets(bytes, form) } else { biff::sheets(bytes, form) }
}
