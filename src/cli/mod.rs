//! The command line: reads arguments, calls the library, prints. One file per verb.

mod check;
mod clock;
mod compile;
mod config;
mod console;
mod diff;
mod exit;
mod explain;
mod export;
mod failure;
mod input;
mod inspect;
mod load;
mod localise;
mod progress;
mod reference;
mod review;
mod score;
mod write;

use std::{ffi::OsString, process::ExitCode};

use anstream::ColorChoice;
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use self::{console::Console, failure::Failure};
pub use self::{exit::Exit, localise::command, reference::reference};
use crate::{
    document::pdf::{self, WORKER_VERB},
    message::{Catalogue, Lang},
};

/// The program's arguments. The texts of `--help` stand in the catalogue of each language (see [`localise`]); the comments
/// here are for those who read the code.
#[derive(Debug, Parser)]
#[command(name = "chidu", version)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    verb: Verb,
}

/// What every verb understands.
#[derive(Debug, Clone, Args)]
struct Global {
    /// The language of the messages.
    #[arg(long, global = true, value_name = "LANG", value_parser = ["zh", "en"])]
    lang: Option<String>,
    /// Whether to use colours.
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t = Color::Auto)]
    color: Color,
    /// Print nothing but what was asked for, and failures.
    #[arg(long, short, global = true)]
    quiet: bool,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Also into pipes and files.
    Always,
    /// Not at all.
    Never,
}

impl From<Color> for ColorChoice {
    fn from(color: Color) -> Self {
        match color {
            Color::Auto => Self::Auto,
            Color::Always => Self::Always,
            Color::Never => Self::Never,
        }
    }
}

#[derive(Debug, Subcommand)]
enum Verb {
    Compile(compile::Args),
    Inspect(inspect::Args),
    Check(check::Args),
    Explain(explain::Args),
    Review(review::Args),
    Score(score::Args),
    Diff(diff::Args),
    Export(export::Args),
}

/// Runs the program on its arguments, the first of which is its own name. Started with [`WORKER_VERB`], it is the worker
/// that reads one PDF for another process.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args: Vec<OsString> = args.into_iter().collect();
    if args.get(1).is_some_and(|it| it == WORKER_VERB) {
        return ExitCode::from(pdf::worker_main());
    }
    if let Ok(program) = std::env::current_exe() {
        pdf::set_worker(program);
    }
    let words = Catalogue::get(localise::wanted(&args).unwrap_or_else(Lang::of_system));
    // The texts are put together where the parser has something to say, and not on every start.
    let parsed = Cli::command()
        .disable_help_subcommand(true)
        .try_get_matches_from(&args)
        .or_else(|_| localise::command(words).try_get_matches_from(&args))
        .and_then(|it| Cli::from_arg_matches(&it));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => return localise::report(&error, words).into(),
    };
    let console = Console::new(words, cli.global.quiet, cli.global.color.into());
    let done = match &cli.verb {
        Verb::Compile(args) => compile::run(args, &console),
        Verb::Inspect(args) => inspect::run(args, &console),
        Verb::Check(args) => check::run(args, &console),
        Verb::Explain(args) => explain::run(args, &console),
        Verb::Review(args) => review::run(args, &console),
        Verb::Score(args) => score::run(args, &console),
        Verb::Diff(args) => diff::run(args, &console),
        Verb::Export(args) => export::run(args, &console),
    };
    match done {
        Ok(exit) => exit.into(),
        Err(failure) => {
            console.report_text(&failure.render(words));
            failure.exit.into()
        }
    }
}
