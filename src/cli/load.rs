//! Reads a ruleset that a command line names.

use std::path::Path;

use crate::{
    cli::{Exit, Failure},
    document::ReadError,
    ruleset::{Ruleset, yaml_reader},
};

/// Reads a ruleset's file.
pub(crate) fn ruleset(path: &Path) -> Result<Ruleset, Failure> {
    let text = text(path)?;
    yaml_reader::read(&text).map_err(|it| Failure::invalid(path, it.code(), it.args()))
}

/// Reads a file of text.
pub(crate) fn text(path: &Path) -> Result<String, Failure> {
    let failed =
        |reason: &std::io::Error| Failure::unreadable(path, &ReadError::Open(reason.to_string()));
    let bytes = std::fs::read(path).map_err(|it| failed(&it))?;
    let not_text = |_| Failure::new(Exit::Input, "cli.not-utf8").arg("path", path.display());
    let text = String::from_utf8(bytes).map_err(not_text)?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}
