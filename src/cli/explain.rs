//! `chidu explain`: what a finding means and what to do about it.

use crate::{
    check::{self, CHECKS},
    cli::{Exit, Failure, config, console::Console},
    diagnostic::terminal,
    report::table::{Align, Table},
};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The fault's name.
    #[arg(value_name = "CODE")]
    code: Option<String>,
}

pub(crate) fn run(args: &Args, console: &Console) -> Result<Exit, Failure> {
    let shown = match &args.code {
        Some(code) => page(code, console).ok_or_else(|| config::unknown_code(code))?,
        None => list(console),
    };
    console.print(&shown)?;
    Ok(Exit::Done)
}

/// The reference page of a check; of what a pass before the ruleset sees, the message and what to do.
fn page(code: &str, console: &Console) -> Option<String> {
    let words = console.words;
    check::explain(code, words.lang()).or_else(|| {
        let key = format!("finding.{code}");
        let help = format!("{key}.help");
        let found = config::is_known(code, words) && words.has(&help);
        found.then(|| format!("# {code}\n\n{}\n\n{}\n", words.words(&key), words.words(&help)))
    })
}

/// Every check with the first sentence of its page.
fn list(console: &Console) -> String {
    let words = console.words;
    let headings = ["explain.code", "explain.severity", "explain.about"];
    let mut table = Table::new(headings.map(|it| (words.words(it), Align::Left)));
    for check in CHECKS {
        let page = check.page(words.lang());
        let severity = words.term(terminal::severity_name(check.severity)).to_owned();
        table.row([check.code.to_owned(), severity, first_sentence(&page)]);
    }
    table.render(console.columns())
}

fn first_sentence(page: &str) -> String {
    let lines = page.lines().skip_while(|it| it.is_empty() || it.starts_with('#'));
    let paragraph: Vec<&str> = lines.take_while(|it| !it.is_empty()).collect();
    let paragraph = paragraph.join(" ");
    let ends = [". ", "。"].iter().filter_map(|it| paragraph.split_once(it)).map(|it| it.0);
    ends.min_by_key(|it| it.len()).unwrap_or(&paragraph).trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_sentence_is_what_stands_before_its_stop() {
        for (page, expected) in [
            ("## What\n\nFinds gaps of 0.5\npoints. More.\n", "Finds gaps of 0.5 points"),
            ("## 检查什么\n\n找出空档。取舍。\n", "找出空档"),
            ("Only this.", "Only this"),
            ("", ""),
        ] {
            assert_eq!(first_sentence(page), expected);
        }
    }
}
