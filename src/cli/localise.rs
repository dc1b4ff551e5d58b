//! Gives the command line its language: help, usage and errors come from the catalogue, by key.
//!
//! `cli.about`, `cli.VERB.about`, `cli.VERB.usage`, `cli.VERB.examples`, `cli.VERB.arg.NAME`; options that every verb has
//! stand under `cli.arg.NAME`. A test shows that no text is missing.

use std::ffi::OsString;

use clap::{
    Arg, ArgAction, Command, CommandFactory,
    error::{ContextKind, ContextValue, ErrorKind},
};

use crate::{
    cli::{Cli, Exit, console::Console},
    diagnostic::columns::wrap,
    message::{Catalogue, Lang},
};

/// The columns of a terminal, and what the names of the options leave of them.
const COLUMNS: usize = 80;
const HELP_COLUMNS: usize = 52;

/// The whole command line with all texts in one language.
#[must_use]
pub fn command(words: &Catalogue) -> Command {
    let root = Cli::command().disable_help_subcommand(true).arg_required_else_help(true);
    let root = root.subcommand_value_name(words.plain("cli.value.verb"));
    let root = root.subcommand_help_heading(words.plain("cli.heading.verbs"));
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
    let version = version.help(words.words("cli.arg.version"));
    let version = version.help_heading(words.plain("cli.heading.global"));
    let root = dress(root.disable_version_flag(true), "cli", words).arg(version);
    root.mut_subcommands(|verb| {
        let key = format!("cli.{}", verb.get_name());
        dress(verb, &key, words)
    })
}

/// Sets the texts of one verb and of its options.
fn dress(command: Command, key: &str, words: &Catalogue) -> Command {
    let heading = words.words("cli.heading.usage");
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help).global(false);
    let help =
        help.help(words.words("cli.arg.help")).help_heading(words.plain("cli.heading.global"));
    let examples = format!("{key}.examples");
    let command = command
        .about(words.words(&format!("{key}.about")))
        .long_about(None::<&str>)
        .override_usage(words.words(&format!("{key}.usage")))
        .help_template(format!("{{about}}\n\n{heading}{{usage}}\n\n{{all-args}}{{after-help}}"))
        .max_term_width(COLUMNS)
        .disable_help_flag(true)
        .mut_args(|arg| dress_arg(arg, key, words))
        .arg(help);
    if words.has(&examples) { command.after_help(words.words(&examples)) } else { command }
}

fn dress_arg(arg: Arg, key: &str, words: &Catalogue) -> Arg {
    let id = arg.get_id().to_string();
    let (text, heading) = if arg.is_global_set() {
        (format!("cli.arg.{id}"), "cli.heading.global")
    } else if arg.is_positional() {
        (format!("{key}.arg.{id}"), "cli.heading.arguments")
    } else {
        (format!("{key}.arg.{id}"), "cli.heading.options")
    };
    let takes_values = arg.get_action().takes_values();
    let arg = arg.help(fitted(words.words(&text), words)).long_help(None::<&str>);
    // The texts name the values and the default themselves: the parser's own words for it are English.
    arg.help_heading(words.plain(heading))
        .hide_default_value(takes_values)
        .hide_possible_values(takes_values)
}

/// The parser breaks lines at blanks only, of which Chinese has none.
fn fitted(text: String, words: &Catalogue) -> String {
    match words.lang() {
        Lang::Zh => wrap(&text, HELP_COLUMNS).join("\n"),
        Lang::En => text,
    }
}

/// The language that the arguments ask for: known before they are parsed, since the parser's own texts need it.
pub(crate) fn wanted(args: &[OsString]) -> Option<Lang> {
    let args: Vec<&str> =
        args.iter().filter_map(|it| it.to_str()).take_while(|it| *it != "--").collect();
    let joined = args.iter().filter_map(|it| it.strip_prefix("--lang="));
    let parted = args.windows(2).filter_map(|it| match it {
        ["--lang", value] => Some(*value),
        _ => None,
    });
    joined.chain(parted).find_map(|it| it.parse().ok())
}

/// Shows what the parser has to say: the help or the version that was asked for, or what is wrong with the arguments.
pub(crate) fn report(error: &clap::Error, words: &'static Catalogue) -> Exit {
    let console = Console::new(words, false, anstream::ColorChoice::Auto);
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            match console.print(&error.render().ansi().to_string()) {
                Ok(()) => Exit::Done,
                Err(failure) => failure.exit,
            }
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            console.report(&error.render().ansi().to_string());
            Exit::Usage
        }
        _ => {
            console.report(&complaint(error, words));
            Exit::Usage
        }
    }
}

/// What is wrong with the arguments, how the verb is used, and where to read on.
fn complaint(error: &clap::Error, words: &Catalogue) -> String {
    let colon = words.words("punctuation.colon");
    let mut res = format!("{}{colon}{}\n", words.term("error"), fault(error, words));
    if let Some(suggestion) = suggestion(error) {
        let meant = words.text("usage.suggestion", &[("suggestion", &suggestion)]);
        res.push_str(&format!("  = {}{colon}{meant}\n", words.term("help")));
    }
    if let Some(usage) = error.get(ContextKind::Usage) {
        let usage = usage.to_string();
        let usage = usage.trim_start_matches("Usage:").trim();
        res.push_str(&format!("\n{}{usage}\n", words.words("cli.heading.usage")));
    }
    res.push_str(&format!("{}\n", words.words("usage.more")));
    res
}

fn fault(error: &clap::Error, words: &Catalogue) -> String {
    let of = |kind: ContextKind| error.get(kind).map(listed).unwrap_or_default();
    let arg = of(ContextKind::InvalidArg);
    match error.kind() {
        ErrorKind::UnknownArgument => words.text("usage.unknown-option", &[("arg", &arg)]),
        ErrorKind::InvalidSubcommand => {
            words.text("usage.unknown-verb", &[("verb", &of(ContextKind::InvalidSubcommand))])
        }
        ErrorKind::MissingRequiredArgument => words.text("usage.missing", &[("arg", &arg)]),
        ErrorKind::MissingSubcommand => words.words("usage.missing-verb"),
        ErrorKind::ArgumentConflict => {
            let prior = of(ContextKind::PriorArg);
            if prior == arg || prior.is_empty() {
                words.text("usage.repeated", &[("arg", &arg)])
            } else {
                words.text("usage.conflict", &[("arg", &arg), ("prior", &prior)])
            }
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation | ErrorKind::InvalidUtf8 => {
            let value = of(ContextKind::InvalidValue);
            let valid = of(ContextKind::ValidValue);
            let reason = std::error::Error::source(error).map(ToString::to_string);
            let wants = reason.unwrap_or(valid);
            let key = match (value.is_empty(), wants.is_empty()) {
                (true, true) => "usage.no-value",
                (true, false) => "usage.no-value-of",
                (false, _) => "usage.invalid-value",
            };
            let wants = if wants.is_empty() { arg.clone() } else { wants };
            words.text(key, &[("arg", &arg), ("value", &value), ("wants", &wants)])
        }
        _ => error.to_string().trim().trim_start_matches("error:").trim().to_owned(),
    }
}

fn suggestion(error: &clap::Error) -> Option<String> {
    let kinds =
        [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    kinds.into_iter().find_map(|it| error.get(it)).map(listed)
}

fn listed(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(all) => all.join(", "),
        ContextValue::String(one) => one.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parser_finds_no_fault_with_the_command_line() {
        Lang::ALL.into_iter().for_each(|it| command(Catalogue::get(it)).debug_assert());
    }

    #[test]
    fn every_text_of_the_command_line_is_in_both_languages() {
        for lang in Lang::ALL {
            let words = Catalogue::get(lang);
            let root = command(words);
            for verb in std::iter::once(&root).chain(root.get_subcommands()) {
                let about = verb.get_about().unwrap().to_string();
                assert!(words.keys().all(|it| it != about), "no text for {about}");
                for arg in verb.get_arguments() {
                    let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
                    let missing = help.is_empty() || help.starts_with("cli.");
                    assert!(
                        !missing || arg.is_hide_set(),
                        "{}: no text for {help}",
                        verb.get_name()
                    );
                }
            }
        }
    }

    #[test]
    fn help_names_every_value_that_an_option_takes() {
        for lang in Lang::ALL {
            let root = command(Catalogue::get(lang));
            for verb in std::iter::once(&root).chain(root.get_subcommands()) {
                for arg in verb.get_arguments().filter(|it| it.get_action().takes_values()) {
                    let help = arg.get_help().unwrap().to_string().replace('\n', "");
                    for value in arg.get_possible_values() {
                        assert!(help.contains(value.get_name()), "{}: {help}", value.get_name());
                    }
                    for value in arg.get_default_values() {
                        let value = value.to_str().unwrap();
                        assert!(help.contains(value), "the default {value} is not in: {help}");
                    }
                }
            }
        }
    }

    #[test]
    fn usage_is_what_the_parser_would_say() {
        let mut plain = Cli::command().disable_help_subcommand(true);
        plain.build();
        let words = Catalogue::get(Lang::En);
        for verb in plain.get_subcommands_mut().filter(|it| !it.is_hide_set()) {
            let key = format!("cli.{}.usage", verb.get_name());
            let rendered = verb.render_usage().to_string();
            assert_eq!(words.words(&key), rendered.trim_start_matches("Usage: "), "{key}");
        }
    }

    #[test]
    fn the_language_is_known_before_the_arguments_are() {
        for (args, lang) in [
            (vec!["chidu", "--lang", "zh"], Some(Lang::Zh)),
            (vec!["chidu", "x", "--lang=en"], Some(Lang::En)),
            (vec!["chidu", "--", "--lang=en"], None),
            (vec!["chidu", "--lang"], None),
            (vec!["chidu", "--lang", "fr"], None),
        ] {
            let args: Vec<OsString> = args.into_iter().map(OsString::from).collect();
            assert_eq!(wanted(&args), lang, "{args:?}");
        }
    }
}
