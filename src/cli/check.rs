//! `chidu check`: asks every question of a ruleset.

use std::path::PathBuf;

use clap::ValueEnum;

use crate::{
    check,
    cli::{Exit, Failure, config, console::Console, load},
    diagnostic::{Finding, Severity, json, terminal},
};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The ruleset.
    #[arg(value_name = "RULESET")]
    ruleset: PathBuf,
    /// What to print.
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Codes to silence.
    #[arg(long, value_name = "CODE")]
    allow: Vec<String>,
    /// Codes whose findings are errors.
    #[arg(long, value_name = "CODE")]
    deny: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

pub(crate) fn run(args: &Args, console: &Console) -> Result<Exit, Failure> {
    let words = console.words;
    let options = config::checks(&args.ruleset, &args.allow, &args.deny, words)?;
    let findings = check::run(&load::in_force(&args.ruleset)?.ruleset, &options);
    let style = console.print_style();
    let shown: String = match args.format {
        Format::Text => {
            findings.iter().map(|it| terminal::render(it, None, style) + "\n").collect()
        }
        Format::Json => findings.iter().map(|it| json::line(it, words) + "\n").collect(),
    };
    console.print(&shown)?;
    if args.format == Format::Text && !console.quiet {
        console.print(&format!("{}\n", counted(&findings, console)))?;
    }
    let fails = findings.iter().any(|it| it.severity == Severity::Error);
    Ok(if fails { Exit::Found } else { Exit::Done })
}

/// How many findings there are of each severity, in words.
pub(crate) fn counted<'a>(
    findings: impl IntoIterator<Item = &'a Finding>,
    console: &Console,
) -> String {
    let (mut errors, mut warnings, mut notes) = (0, 0, 0);
    for finding in findings {
        match finding.severity {
            Severity::Error => errors += 1,
            Severity::Warning => warnings += 1,
            Severity::Note => notes += 1,
        }
    }
    let args: [(&str, &dyn std::fmt::Display); 3] =
        [("errors", &errors), ("warnings", &warnings), ("notes", &notes)];
    console.words.text("summary.findings", &args)
}
