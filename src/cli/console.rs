//! What the verbs talk to: standard output for what was asked for, standard error for findings, progress and failures.
//!
//! Rust's streams write UTF-16 to a Windows console whatever its code page, and UTF-8 to files and pipes; colours that an
//! old console cannot show are left out by `anstream`.

use std::io::{self, ErrorKind, IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};

use crate::{
    cli::Failure,
    diagnostic::{
        columns::{visible, wrap_hanging},
        terminal::Style,
    },
    message::Catalogue,
};

/// The columns that are assumed where there is no terminal, and the most that are used on a wide one.
const COLUMNS: usize = 80;
const MOST_COLUMNS: usize = 120;

/// The terminal, the language and what the user wants to see.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Console {
    pub(crate) words: &'static Catalogue,
    pub(crate) quiet: bool,
    color: ColorChoice,
}

impl Console {
    pub(crate) const fn new(words: &'static Catalogue, quiet: bool, color: ColorChoice) -> Self {
        Self { words, quiet, color }
    }

    /// Prints what was asked for. A reader that has gone (`| head`) wants no more.
    pub(crate) fn print(&self, text: &str) -> Result<(), Failure> {
        let mut out = AutoStream::new(io::stdout(), self.color).lock();
        match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// Prints a text for people: nothing in it steers the terminal, and no line is longer than that is wide.
    pub(crate) fn print_text(&self, text: &str) -> Result<(), Failure> {
        self.print(&fitted(text, io::stdout().is_terminal()))
    }

    /// The same to standard error.
    pub(crate) fn report_text(&self, text: &str) {
        self.report(&fitted(text, io::stderr().is_terminal()));
    }

    /// Prints to standard error. If that is gone, nobody is left to be told.
    pub(crate) fn report(&self, text: &str) {
        let mut err = AutoStream::new(io::stderr(), self.color).lock();
        let _ = err.write_all(text.as_bytes()).and_then(|()| err.flush());
    }

    /// How findings are shown on standard error.
    pub(crate) fn report_style(&self) -> Style {
        let color = AutoStream::choice(&io::stderr()) != ColorChoice::Never;
        self.style(color, io::stderr().is_terminal())
    }

    /// How findings are shown on standard output.
    pub(crate) fn print_style(&self) -> Style {
        let color = AutoStream::choice(&io::stdout()) != ColorChoice::Never;
        self.style(color, io::stdout().is_terminal())
    }

    fn style(&self, auto: bool, terminal: bool) -> Style {
        let color = match self.color {
            ColorChoice::Auto => auto,
            other => other != ColorChoice::Never,
        };
        Style { words: self.words, color, columns: columns(terminal), wrapped: terminal }
    }

    /// The columns of standard output.
    pub(crate) fn columns(&self) -> usize {
        columns(io::stdout().is_terminal())
    }
}

fn fitted(text: &str, terminal: bool) -> String {
    let text = visible(text);
    if terminal { wrap_hanging(&text, columns(true)) } else { text }
}

fn columns(terminal: bool) -> usize {
    let size = if terminal { terminal_size::terminal_size() } else { None };
    size.map_or(COLUMNS, |it| usize::from(it.0.0).clamp(20, MOST_COLUMNS))
}
