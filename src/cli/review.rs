//! `chidu review`: shows what waits for a decision, and records decisions.

use std::path::{Path, PathBuf};

use crate::{
    cli::{Exit, Failure, clock, console::Console, load, write},
    report,
    review::{self, Decision, InForce, Log, ReviewError, Stamp, Verb},
    ruleset::{Ruleset, print::ItemKind},
};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The ruleset.
    #[arg(value_name = "RULESET")]
    ruleset: PathBuf,
    /// Items that are right.
    #[arg(long, value_name = "ID", num_args = 1..)]
    approve: Vec<String>,
    /// Every pending item is right; unread mentions stay.
    #[arg(long)]
    all: bool,
    /// An item and the fields that it should have.
    #[arg(long, value_names = ["ID", "FIELD=VALUE"], num_args = 2..)]
    amend: Vec<String>,
    /// Items that are wrong.
    #[arg(long, value_name = "ID", num_args = 1..)]
    reject: Vec<String>,
    /// Unread mentions that need nothing.
    #[arg(long, value_name = "ID", num_args = 1..)]
    dismiss: Vec<String>,
    /// A file with items that the ruleset lacks.
    #[arg(long, value_name = "FILE")]
    add: Option<PathBuf>,
    /// Who decides.
    #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true)]
    by: String,
    /// Why.
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    why: String,
}

impl Args {
    const fn decides(&self) -> bool {
        let lists = [&self.approve, &self.amend, &self.reject, &self.dismiss];
        let [approve, amend, reject, dismiss] = lists;
        let none =
            approve.is_empty() && amend.is_empty() && reject.is_empty() && dismiss.is_empty();
        !none || self.all || self.add.is_some()
    }
}

pub(crate) fn run(args: &Args, console: &Console) -> Result<Exit, Failure> {
    let ruleset = load::ruleset(&args.ruleset)?;
    let path = load::log_path(&args.ruleset);
    let log = load::log(&path)?;
    let in_force = review::apply(&ruleset, &log);
    if !args.decides() {
        let shown = report::review::render(&ruleset, &in_force, console.words, console.columns());
        console.print(&shown)?;
        return Ok(Exit::Done);
    }
    let decisions = decisions(args, &in_force, console)?;
    record(&path, &ruleset, &decisions)?;
    if !console.quiet {
        console.print(&recorded(&ruleset, log, decisions, &path, console))?;
    }
    Ok(Exit::Done)
}

/// Makes all decisions of the command line, or none.
fn decisions(args: &Args, in_force: &InForce, console: &Console) -> Result<Vec<Decision>, Failure> {
    let stamp = Stamp { when: clock::now(), by: args.by.clone(), why: args.why.clone() };
    let pending = review::pending(in_force);
    let all = pending.iter().filter(|it| args.all && it.kind != ItemKind::Unread);
    let mut wanted: Vec<(String, Verb)> = all.map(|it| (it.id.clone(), Verb::Approve)).collect();
    wanted.extend(args.approve.iter().map(|it| (it.clone(), Verb::Approve)));
    wanted.extend(amendment(&args.amend)?);
    wanted.extend(args.reject.iter().map(|it| (it.clone(), Verb::Reject)));
    wanted.extend(args.dismiss.iter().map(|it| (it.clone(), Verb::Dismiss)));
    let failed = |it: &ReviewError| refused(it, console);
    let mut decisions = Vec::new();
    for (id, verb) in wanted {
        let decision = review::decide(in_force, &id, verb, stamp.clone());
        decisions.push(decision.map_err(|it| failed(&it))?);
    }
    if let Some(path) = &args.add {
        let added = review::parse_addition(in_force, &load::text(path)?, &stamp);
        decisions.extend(added.map_err(|it| failed(&it).about(path))?);
    }
    Ok(decisions)
}

/// The item and the fields of `--amend ID FIELD=VALUE…`.
fn amendment(words: &[String]) -> Result<Option<(String, Verb)>, Failure> {
    let Some((id, fields)) = words.split_first() else { return Ok(None) };
    let mut pairs = Vec::new();
    for field in fields {
        let Some((name, value)) = field.split_once('=') else {
            return Err(Failure::new(Exit::Usage, "cli.no-field").arg("field", field));
        };
        pairs.push((name.to_owned(), value.to_owned()));
    }
    Ok(Some((id.clone(), Verb::Amend(pairs))))
}

fn refused(error: &ReviewError, console: &Console) -> Failure {
    let exit = if matches!(error, ReviewError::Addition(_)) { Exit::Input } else { Exit::Usage };
    let failure = Failure::keyed(exit, error.code(), error.args());
    match error.cause() {
        // An addition is a file and has lines; the values of an amendment have none.
        Some(cause) if exit == Exit::Input => {
            failure.because(Failure::keyed(exit, cause.code(), cause.args()).message(console.words))
        }
        Some(cause) => failure.because(console.words.with(cause.code(), &cause.args())),
        None => failure,
    }
}

fn record(path: &Path, ruleset: &Ruleset, decisions: &[Decision]) -> Result<(), Failure> {
    let before = if path.exists() { Some(load::text(path)?) } else { None };
    let after = review::log::append(before.as_deref(), &ruleset.name, decisions)
        .map_err(|it| Failure::invalid(path, it.code(), it.args()))?;
    write::whole(path, after.as_bytes())
}

/// What was recorded, and how much is left.
fn recorded(
    ruleset: &Ruleset,
    mut log: Log,
    decisions: Vec<Decision>,
    path: &Path,
    console: &Console,
) -> String {
    let count = decisions.len();
    log.decisions.extend(decisions);
    let left = review::pending(&review::apply(ruleset, &log)).len();
    let args: [(&str, &dyn std::fmt::Display); 3] =
        [("count", &count), ("path", &path.display()), ("pending", &left)];
    console.words.text("review.recorded", &args) + "\n"
}
