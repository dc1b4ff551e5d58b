//! `chidu inspect`: shows what was read.

use std::path::PathBuf;

use clap::ValueEnum;

use crate::{
    cli::{Exit, Failure, console::Console, input},
    diagnostic::{
        Findings,
        terminal::{self, Lines},
    },
    document::{Document, folded::Letters, from_source},
    outline, report,
};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The document.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// What to print.
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

pub(crate) fn run(args: &Args, console: &Console) -> Result<Exit, Failure> {
    let source = input::open(&args.file)?;
    let mut findings = Findings::default();
    let document = from_source::read(&source, &mut findings)
        .map_err(|it| Failure::unreadable(&args.file, &it))?;
    let shown = match args.format {
        Format::Text => text(&document, console),
        Format::Json => {
            format!("{}\n", serde_json::to_string_pretty(&document).unwrap_or_default())
        }
    };
    console.print(&shown)?;
    if !console.quiet {
        let lines = Lines::of(&document.text);
        for finding in findings.into_sorted() {
            console.report(&terminal::render(&finding, Some(&lines), console.report_style()));
        }
    }
    Ok(Exit::Done)
}

/// The blocks as they were read, then how the document is built.
fn text(document: &Document, console: &Console) -> String {
    let (words, columns) = (console.words, console.columns());
    let letters = Letters::new(&document.text);
    let outline = outline::from_document::read(document, &letters);
    let blocks = report::document::render(document, words, columns);
    let sections = report::outline::render(&outline, document, &letters, words, columns);
    format!("{blocks}\n{sections}")
}
