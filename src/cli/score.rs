//! `chidu score`: executes the rules that people approved on the data of the units that are assessed.

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use crate::{
    cli::{Exit, Failure, console::Console, load, write},
    document::from_source::sha256,
    report::scores,
    review,
    score::{self, Approval, Options, Period, ScoreError, Scores},
};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The ruleset.
    #[arg(value_name = "RULESET")]
    ruleset: PathBuf,
    /// A folder of CSV files, or a workbook.
    #[arg(long, value_name = "PATH")]
    data: PathBuf,
    /// Where the scores go.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Execute what is not approved, too.
    #[arg(long)]
    draft: bool,
    /// Units whose points are explained.
    #[arg(long, value_name = "UNIT")]
    explain: Vec<String>,
    /// Only these periods are scored.
    #[arg(long, value_name = "PERIOD")]
    period: Vec<String>,
    /// What to print.
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Csv,
    Json,
}

/// What a file of scores holds, by its ending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FileFormat {
    Shown(Format),
    Workbook,
}

pub(crate) fn run(args: &Args, console: &Console) -> Result<Exit, Failure> {
    let file = args.output.as_deref().map(|it| (it, file_format(it, args.format)));
    let options = options(args, file.map(|it| it.1))?;
    let scores = match scores(args, &options)? {
        Ok(scores) => scores,
        Err(error) => return Ok(refused(&error, console)),
    };
    for unit in &args.explain {
        if scores.units.iter().all(|it| it.unit != *unit) {
            return Err(Failure::new(Exit::Usage, "cli.no-unit").arg("unit", unit));
        }
    }
    if let Some((path, format)) = file {
        write::whole(path, &contents(&scores, format, path, console)?)?;
        if console.quiet {
            return Ok(Exit::Done);
        }
    }
    let shown = if args.explain.is_empty() || args.format != Format::Table {
        shown(&scores, args.format, console)
    } else {
        explanations(&scores, console)
    };
    match args.format {
        Format::Table => console.print_text(&shown)?,
        Format::Csv | Format::Json => console.print(&shown)?,
    }
    Ok(Exit::Done)
}

fn options(args: &Args, file: Option<FileFormat>) -> Result<Options, Failure> {
    let mut periods = std::collections::BTreeSet::<Period>::new();
    for text in &args.period {
        let unknown = || Failure::new(Exit::Usage, "cli.no-period").arg("period", text);
        periods.insert(score::parse_period(text).ok_or_else(unknown)?.period);
    }
    Ok(Options {
        draft: args.draft,
        indicators: args.format != Format::Table || file.is_some(),
        explain_all: file == Some(FileFormat::Workbook),
        explain: args.explain.iter().cloned().collect(),
        periods,
    })
}

fn scores(args: &Args, options: &Options) -> Result<Result<Scores, ScoreError>, Failure> {
    let log_path = load::log_path(&args.ruleset);
    let in_force = review::apply(&load::ruleset(&args.ruleset)?, &load::log(&log_path)?);
    let review = if log_path.exists() { Some(hash(&log_path)?) } else { None };
    let approval = Approval::of(&in_force).with_hashes(hash(&args.ruleset)?, review);
    let data = score::load_data(&args.data).map_err(ScoreError::from);
    Ok(data.and_then(|it| score::run(&in_force.ruleset, &approval, &it, options)))
}

fn hash(path: &Path) -> Result<String, Failure> {
    Ok(sha256(load::text(path)?.as_bytes()))
}

fn refused(error: &ScoreError, console: &Console) -> Exit {
    let (words, failure) = (console.words, scores::failure(error, console.words));
    let colon = words.words("punctuation.colon");
    console.report_text(&format!("{}{colon}{failure}", words.term("error")));
    if matches!(error, ScoreError::Refused(_)) { Exit::Refused } else { Exit::Input }
}

fn file_format(path: &Path, format: Format) -> FileFormat {
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    match ending.as_str() {
        "xlsx" => FileFormat::Workbook,
        "csv" => FileFormat::Shown(Format::Csv),
        "json" => FileFormat::Shown(Format::Json),
        _ => FileFormat::Shown(format),
    }
}

fn contents(
    scores: &Scores,
    format: FileFormat,
    path: &Path,
    console: &Console,
) -> Result<Vec<u8>, Failure> {
    let failed = |reason: String| {
        Failure::new(Exit::Output, "cli.cannot-write").about(path).arg("reason", reason)
    };
    match format {
        FileFormat::Shown(format) => Ok(shown(scores, format, console).into_bytes()),
        FileFormat::Workbook => {
            scores::workbook(scores, console.words).map_err(|it| failed(it.to_string()))
        }
    }
}

fn shown(scores: &Scores, format: Format, console: &Console) -> String {
    match format {
        Format::Table => scores::table(scores, console.words, console.columns()),
        Format::Csv => scores::csv(scores),
        Format::Json => scores::json(scores),
    }
}

fn explanations(scores: &Scores, console: &Console) -> String {
    let units = scores.units.iter().filter(|it| it.explanation.is_some());
    let shown: Vec<String> =
        units.map(|it| scores::explanation(scores, it, console.words)).collect();
    shown.join("\n")
}
