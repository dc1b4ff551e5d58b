//! The reference of the command line as a page: `docs/cli.md`, kept current by a test.

use clap::Command;

use crate::{cli::command, message::Catalogue};

/// The columns of the page's blocks.
const COLUMNS: usize = 80;

/// What the program and each verb print for `--help`, as one page of Markdown.
#[must_use]
pub fn reference(words: &Catalogue) -> String {
    let root = command(words);
    let mut page = words.words("cli.reference.head");
    page.push_str(&section("chidu", &root));
    for verb in root.get_subcommands().filter(|it| !it.is_hide_set()) {
        page.push_str(&section(&format!("chidu {}", verb.get_name()), verb));
    }
    page + &words.words("cli.reference.tail")
}

fn section(title: &str, command: &Command) -> String {
    let help = command.clone().term_width(COLUMNS).render_help().to_string();
    let lines: Vec<&str> = help.lines().map(str::trim_end).collect();
    format!("\n## `{title}`\n\n```text\n{}\n```\n", lines.join("\n").trim_end())
}
