//! Reads a ruleset that a command line names.

use std::path::{Path, PathBuf};

use crate::{
    cli::{Exit, Failure},
    document::ReadError,
    review::{self, InForce, Log},
    ruleset::{Ruleset, yaml_reader},
};

/// Reads a ruleset's file.
pub(crate) fn ruleset(path: &Path) -> Result<Ruleset, Failure> {
    let text = text(path)?;
    yaml_reader::read(&text).map_err(|it| Failure::invalid(path, it.code(), it.args()))
}

/// Reads a ruleset's file and applies the decisions beside it.
pub(crate) fn in_force(path: &Path) -> Result<InForce, Failure> {
    Ok(review::apply(&ruleset(path)?, &log(&log_path(path))?))
}

/// The log beside a ruleset: `NAME.review.yaml` beside `NAME.rules.yaml`.
pub(crate) fn log_path(ruleset: &Path) -> PathBuf {
    let name = ruleset.file_name().unwrap_or_default().to_string_lossy();
    let stems = [".rules.yaml", ".rules.yml", ".yaml", ".yml"];
    let stem = stems.iter().find_map(|it| name.strip_suffix(it)).unwrap_or(&name);
    ruleset.with_file_name(format!("{stem}.review.yaml"))
}

/// Reads a log; one that does not exist is empty.
pub(crate) fn log(path: &Path) -> Result<Log, Failure> {
    if !path.exists() {
        return Ok(Log::default());
    }
    review::log::read(&text(path)?).map_err(|it| Failure::invalid(path, it.code(), it.args()))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_stands_beside_its_ruleset() {
        for (ruleset, log) in [
            ("out/x.rules.yaml", "out/x.review.yaml"),
            ("x.v2.rules.yml", "x.v2.review.yaml"),
            ("x.yaml", "x.review.yaml"),
            ("x", "x.review.yaml"),
        ] {
            assert_eq!(log_path(Path::new(ruleset)), PathBuf::from(log));
        }
    }
}
