//! Why a verb could not do its work.

use std::{io, path::Path};

use crate::{cli::Exit, document::ReadError, message::Catalogue};

/// Why a verb could not do its work: a message of the catalogue and the way in which the program ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failure {
    pub(crate) exit: Exit,
    key: &'static str,
    args: Vec<(String, String)>,
    cause: Option<String>,
}

impl Failure {
    /// A failure without values.
    pub(crate) const fn new(exit: Exit, key: &'static str) -> Self {
        Self { exit, key, args: Vec::new(), cause: None }
    }

    /// Gives a value to its message.
    pub(crate) fn arg(mut self, name: &str, value: impl std::fmt::Display) -> Self {
        self.args.push((name.to_owned(), value.to_string()));
        self
    }

    /// A file that cannot be read as a document.
    pub(crate) fn unreadable(path: &Path, error: &ReadError) -> Self {
        Self::keyed(Exit::Input, error.code(), error.args()).about(path)
    }

    /// A failure of the library: the key and the values that it gave.
    pub(crate) const fn keyed(exit: Exit, key: &'static str, args: Vec<(String, String)>) -> Self {
        Self { exit, key, args, cause: None }
    }

    /// A ruleset or a review log that is not valid.
    pub(crate) fn invalid(path: &Path, key: &'static str, args: Vec<(String, String)>) -> Self {
        Self::keyed(Exit::Input, key, args).about(path)
    }

    /// Names the file that it is about.
    pub(crate) fn about(mut self, path: &Path) -> Self {
        self.args.insert(0, ("path".to_owned(), path.display().to_string()));
        self
    }

    /// Says, already in words, what lies behind it.
    pub(crate) fn because(mut self, cause: String) -> Self {
        self.cause = Some(cause);
        self
    }

    /// A file that cannot be written.
    pub(crate) fn unwritable(path: &Path, error: &io::Error) -> Self {
        Self::new(Exit::Output, "cli.cannot-write").arg("path", path.display()).arg("reason", error)
    }

    /// What is wrong, without the file that it is about.
    pub(crate) fn message(&self, words: &Catalogue) -> String {
        let message = self.place(words) + &words.with(self.key, &self.args);
        match &self.cause {
            Some(cause) => format!("{message}{}{cause}", words.words("punctuation.colon")),
            None => message,
        }
    }

    /// The place in a ruleset's file, where it is about one.
    fn place(&self, words: &Catalogue) -> String {
        let line = self.args.iter().find(|it| it.0 == "line" && it.1 != "0");
        let line = line.filter(|_| self.key.starts_with("ruleset-"));
        line.map(|_| words.with("ruleset.place", &self.args)).unwrap_or_default()
    }

    /// The file that it is about.
    pub(crate) fn path(&self) -> Option<&str> {
        self.args.iter().find(|it| it.0 == "path").map(|it| it.1.as_str())
    }

    /// What a person should do, where the catalogue knows.
    pub(crate) fn help(&self, words: &Catalogue) -> Option<String> {
        let key = format!("{}.help", self.key);
        words.has(&key).then(|| words.with(&key, &self.args))
    }

    /// What to show: the file, what is wrong with it, and what to do.
    pub(crate) fn render(&self, words: &Catalogue) -> String {
        let colon = words.words("punctuation.colon");
        let path = self.path().map(|it| format!("{it}{colon}")).unwrap_or_default();
        let help = self.help(words).map(|it| format!("  = {}{colon}{it}\n", words.term("help")));
        let help = help.unwrap_or_default();
        format!("{}{colon}{path}{}\n{help}", words.term("error"), self.message(words))
    }
}

impl From<io::Error> for Failure {
    /// Standard output is gone; a closed pipe is no failure and is dealt with before this.
    fn from(error: io::Error) -> Self {
        Self::new(Exit::Output, "cli.cannot-print").arg("reason", error)
    }
}
