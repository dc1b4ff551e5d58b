//! `chidu diff`: what is different between two rulesets, as from one year to the next.

use std::path::PathBuf;

use clap::ValueEnum;

use crate::{
    cli::{Exit, Failure, console::Console, load},
    diff,
};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The earlier ruleset.
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// The later ruleset.
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// What to print.
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Text)]
    format: Format,
    /// End with 1 where there is a difference.
    #[arg(long)]
    exit_code: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

pub(crate) fn run(args: &Args, console: &Console) -> Result<Exit, Failure> {
    let old = load::in_force(&args.old)?.ruleset;
    let new = load::in_force(&args.new)?.ruleset;
    let changes = diff::diff(&old, &new);
    match args.format {
        Format::Text => console.print_text(&diff::to_text(&changes, console.words))?,
        Format::Json => console.print(&diff::to_json(&changes))?,
    }
    let differs = args.exit_code && !changes.changes.is_empty();
    Ok(if differs { Exit::Found } else { Exit::Done })
}
