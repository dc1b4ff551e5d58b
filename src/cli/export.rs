//! `chidu export`: a ruleset in another form.

use std::path::PathBuf;

use clap::ValueEnum;

use crate::{
    cli::{Exit, Failure, console::Console, load},
    ruleset::{facts, json},
};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The ruleset.
    #[arg(value_name = "RULESET")]
    ruleset: PathBuf,
    /// The form.
    #[arg(long, value_name = "FORM", value_enum)]
    to: Form,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    Facts,
    Json,
}

pub(crate) fn run(args: &Args, console: &Console) -> Result<Exit, Failure> {
    let ruleset = load::in_force(&args.ruleset)?.ruleset;
    let failed =
        |reason: String| Failure::new(Exit::Output, "cli.cannot-print").arg("reason", reason);
    let shown = match args.to {
        Form::Facts => {
            facts::to_json_lines(&facts::facts(&ruleset)).map_err(|it| failed(it.to_string()))?
        }
        Form::Json => json::write(&ruleset).map_err(|it| failed(it.to_string()))?,
    };
    console.print(&shown)?;
    Ok(Exit::Done)
}
