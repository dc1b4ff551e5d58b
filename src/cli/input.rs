//! The documents that a command line names.

use std::{fs, path::Path};

use crate::{cli::Failure, document::ReadError, limits, source::Source};

/// Reads a file's bytes; one that passes the bound is not read at all.
pub(crate) fn open(path: &Path) -> Result<Source, Failure> {
    let failed = |it: &std::io::Error| Failure::unreadable(path, &ReadError::Open(it.to_string()));
    let about = fs::metadata(path).map_err(|it| failed(&it))?;
    if about.len() > limits::MAX_FILE_BYTES {
        let error = ReadError::TooLarge { what: "file", bound: limits::MAX_FILE_BYTES };
        return Err(Failure::unreadable(path, &error));
    }
    let bytes = fs::read(path).map_err(|it| failed(&it))?;
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    Ok(Source { name, bytes })
}
