//! `chidu.toml`: what a project wants of the checks, so that nobody has to type it each time.
//!
//! ```toml
//! [check]
//! allow = ["unread-mention"]
//! deny = ["band-gap"]
//! ```

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use serde::Deserialize;

use crate::{
    check,
    cli::{Exit, Failure, load},
    message::Catalogue,
};

/// The name of the file.
const NAME: &str = "chidu.toml";

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Config {
    check: Checks,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Checks {
    allow: BTreeSet<String>,
    deny: BTreeSet<String>,
}

/// What is wanted of the checks: by the file beside a ruleset, or else by the one in the working folder, and by the
/// command line.
pub(crate) fn checks(
    beside: &Path,
    allow: &[String],
    deny: &[String],
    words: &Catalogue,
) -> Result<check::Options, Failure> {
    let mut options = check::Options::default();
    if let Some(path) = found(beside) {
        let invalid = |it: toml::de::Error| {
            let reason = it.to_string().trim().to_owned();
            Failure::new(Exit::Input, "cli.bad-config").about(&path).arg("reason", reason)
        };
        let config: Config = toml::from_str(&load::text(&path)?).map_err(invalid)?;
        options = check::Options { allow: config.check.allow, deny: config.check.deny };
        known(&options, words).map_err(|it| it.about(&path))?;
    }
    options.allow.extend(allow.iter().cloned());
    options.deny.extend(deny.iter().cloned());
    known(&options, words)?;
    Ok(options)
}

fn found(beside: &Path) -> Option<PathBuf> {
    let folder = beside.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    [folder.join(NAME), PathBuf::from(NAME)].into_iter().find(|it| it.is_file())
}

/// Refuses a code that names no fault: a misspelt one would silently do nothing.
fn known(options: &check::Options, words: &Catalogue) -> Result<(), Failure> {
    let unknown = options.allow.iter().chain(&options.deny).find(|it| !is_known(it, words));
    unknown.map_or(Ok(()), |it| Err(unknown_code(it)))
}

/// Whether a fault has this name: a check's, or one that a pass before the ruleset sees.
pub(crate) fn is_known(code: &str, words: &Catalogue) -> bool {
    check::find(code).is_some() || words.has(&format!("finding.{code}"))
}

/// A code that names no fault.
pub(crate) fn unknown_code(code: &str) -> Failure {
    Failure::new(Exit::Usage, "cli.unknown-code").arg("code", code)
}
