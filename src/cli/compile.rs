//! `chidu compile`: documents to rulesets.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::{
    check,
    cli::{
        Exit, Failure, config,
        console::Console,
        input::{self, Input},
        progress::Progress,
        write,
    },
    diagnostic::{
        Finding, Findings,
        terminal::{self, Lines},
    },
    pipeline::{self, Compilation},
    report::{
        self,
        summary::Summary,
        table::{Align, Table},
    },
    ruleset::yaml_writer,
};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Documents, and folders of documents.
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Where the rulesets go.
    #[arg(long, short, value_name = "DIR", default_value = "rules-out")]
    output: PathBuf,
    /// The ruleset's name.
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Print what became of each scoring mention.
    #[arg(long)]
    ledger: bool,
}

/// What is shown of a document that was compiled.
#[derive(Debug)]
struct Compiled {
    path: PathBuf,
    /// None where nothing but what was asked for is to be printed: then it need not be found out either.
    report: Option<Report>,
    ledger: String,
}

/// What was found, and what the ruleset holds.
#[derive(Debug)]
struct Report {
    summary: Summary,
    findings: Vec<Finding>,
    shown: String,
}

pub(crate) fn run(args: &Args, console: &Console) -> Result<Exit, Failure> {
    let inputs = input::named(input::documents(&args.files)?, args.name.as_deref())?;
    let checks = config::checks(&args.output.join("x"), &[], &[], console.words)?;
    write::folder(&args.output)?;
    let progress = Progress::over(inputs.len(), console);
    let done = progress.during(|tick| {
        let one = |input: &Input| {
            let done = compile(input, args, &checks, console);
            tick();
            done
        };
        // One document is not worth starting threads for.
        if let [only] = inputs.as_slice() {
            vec![one(only)]
        } else {
            inputs.par_iter().map(one).collect()
        }
    });
    let results: Vec<(&Input, Result<Compiled, Failure>)> = inputs.iter().zip(done).collect();
    show(&results, console)?;
    let exits = results.iter().filter_map(|it| it.1.as_ref().err()).map(|it| it.exit);
    Ok(exits.max().unwrap_or(Exit::Done))
}

fn compile(
    input: &Input,
    args: &Args,
    checks: &check::Options,
    console: &Console,
) -> Result<Compiled, Failure> {
    let source = input::open(&input.path)?;
    let compilation = pipeline::compile(&source, &input.name)
        .map_err(|it| Failure::unreadable(&input.path, &it))?;
    let path = args.output.join(format!("{}.rules.yaml", input.name));
    write::whole(&path, yaml_writer::write(&compilation.ruleset).as_bytes())?;
    let report = (!console.quiet).then(|| reported(&compilation, checks, console));
    let ledger = if args.ledger && !compilation.ledger.entries.is_empty() {
        report::ledger::render(&compilation.ledger, console.words, console.columns())
    } else {
        String::new()
    };
    Ok(Compiled { path, report, ledger })
}

fn reported(compilation: &Compilation, checks: &check::Options, console: &Console) -> Report {
    let summary = Summary::of(&compilation.ruleset, compilation.ledger.counts());
    let findings = findings(compilation, checks);
    let lines = Lines::of(&compilation.document.text);
    let style = console.report_style();
    let shown =
        findings.iter().map(|it| terminal::render(it, Some(&lines), style) + "\n").collect();
    Report { summary, findings, shown }
}

/// What the passes saw, which know the place in the text, and what the checks find besides.
fn findings(compilation: &Compilation, checks: &check::Options) -> Vec<Finding> {
    let mut findings = Findings::default();
    findings.extend(check::ask(&compilation.ruleset, checks));
    let seen = compilation.findings.iter().filter(|it| !checks.allow.contains(&it.code));
    findings.extend(seen.cloned());
    findings.into_sorted()
}

/// Shows the findings of each document, then what was compiled, then what failed.
fn show(results: &[(&Input, Result<Compiled, Failure>)], console: &Console) -> Result<(), Failure> {
    let several = results.len() > 1;
    for (input, compiled) in results.iter().filter_map(|it| Some((it.0, it.1.as_ref().ok()?))) {
        let shown = compiled.report.as_ref().map_or("", |it| it.shown.as_str());
        if several && !shown.is_empty() {
            console.report(&format!("── {} ──\n", input.path.display()));
        }
        console.report(shown);
        if several && !compiled.ledger.is_empty() {
            console.print(&format!("── {} ──\n", input.path.display()))?;
        }
        console.print(&compiled.ledger)?;
    }
    if !console.quiet {
        console.print(&summary(results, console))?;
    }
    console.report(&failures(results, console));
    Ok(())
}

fn summary(results: &[(&Input, Result<Compiled, Failure>)], console: &Console) -> String {
    let words = console.words;
    let reports = results.iter().filter_map(|it| it.1.as_ref().ok()?.report.as_ref());
    let counted = super::check::counted(reports.flat_map(|it| &it.findings), console);
    let closing = format!("\n{counted}\n");
    match results {
        [(_, Err(_))] => String::new(),
        [(_, Ok(only))] => {
            let report = only.report.as_ref();
            let path = shown_path(&only.path);
            let shown = report.map(|it| it.summary.render(&path, words, console.columns()));
            shown.unwrap_or_default() + &closing
        }
        _ => {
            let mut table = Summary::headings(words);
            for (input, compiled) in results {
                if let Some(report) = compiled.as_ref().ok().and_then(|it| it.report.as_ref()) {
                    table.row(report.summary.row(&input.name));
                }
            }
            table.render(console.columns()) + &closing
        }
    }
}

/// What failed and why: one failure in words with what to do, several as a table.
fn failures(results: &[(&Input, Result<Compiled, Failure>)], console: &Console) -> String {
    let words = console.words;
    let failed: Vec<&Failure> = results.iter().filter_map(|it| it.1.as_ref().err()).collect();
    if results.len() < 2 {
        return failed.iter().map(|it| it.render(words)).collect();
    }
    if failed.is_empty() {
        return String::new();
    }
    let headings = ["failures.file", "failures.reason"];
    let mut table = Table::new(headings.map(|it| (words.words(it), Align::Left)));
    for failure in &failed {
        let path = failure.path().unwrap_or_default().to_owned();
        table.row([path, failure.message(words)]);
    }
    let count = words.text("failures.count", &[("failed", &failed.len()), ("all", &results.len())]);
    format!("\n{count}\n{}", table.render(console.report_style().columns))
}

fn shown_path(path: &Path) -> String {
    path.display().to_string()
}
