//! Writes a file whole or not at all: into a temporary file beside it, which is then renamed.

use std::{
    fs,
    io::{self, Write},
    path::Path,
};

use tempfile::NamedTempFile;

use crate::cli::Failure;

/// Writes a file; what was there before stays until all of it is written.
pub(crate) fn whole(path: &Path, contents: &[u8]) -> Result<(), Failure> {
    let failed = |it: &std::io::Error| Failure::unwritable(path, it);
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut draft = draft_in(folder).map_err(|it| failed(&it))?;
    draft.write_all(contents).map_err(|it| failed(&it))?;
    draft.persist(path).map_err(|it| failed(&it.error))?;
    Ok(())
}

/// A temporary file that others may read as they may read any new file: rulesets are shared.
#[cfg(unix)]
fn draft_in(folder: &Path) -> io::Result<NamedTempFile> {
    use std::os::unix::fs::PermissionsExt as _;
    let permissions = fs::Permissions::from_mode(0o666);
    tempfile::Builder::new().prefix(".chidu-").permissions(permissions).tempfile_in(folder)
}

/// A temporary file; who may read it follows from the folder.
#[cfg(not(unix))]
fn draft_in(folder: &Path) -> io::Result<NamedTempFile> {
    tempfile::Builder::new().prefix(".chidu-").tempfile_in(folder)
}

/// Makes a folder for output, and those above it.
pub(crate) fn folder(path: &Path) -> Result<(), Failure> {
    fs::create_dir_all(path).map_err(|it| Failure::unwritable(path, &it))
}
