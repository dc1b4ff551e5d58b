//! A progress bar, shown on a terminal when the work takes longer than a second.

use std::{
    io::{self, IsTerminal},
    sync::mpsc::{self, RecvTimeoutError},
    thread,
    time::Duration,
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::console::Console;

/// How long work may take without a word.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often the bar moves.
const BEAT: Duration = Duration::from_millis(125);

/// A progress bar that may never be seen.
#[derive(Debug)]
pub(crate) struct Progress {
    bar: ProgressBar,
    wanted: bool,
}

impl Progress {
    /// A bar over so many pieces of work.
    pub(crate) fn over(pieces: usize, console: &Console) -> Self {
        let target = ProgressDrawTarget::hidden();
        let bar = ProgressBar::with_draw_target(Some(pieces as u64), target);
        let style = ProgressStyle::with_template("{spinner} {bar:30} {pos}/{len}  {elapsed}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        Self { bar, wanted: !console.quiet && io::stderr().is_terminal() }
    }

    /// Does the work, which says by a call when a piece is done; the bar is gone afterwards.
    pub(crate) fn during<T>(&self, work: impl FnOnce(&(dyn Fn() + Sync)) -> T) -> T {
        let tick = || self.bar.inc(1);
        if !self.wanted {
            return work(&tick);
        }
        let result = thread::scope(|scope| {
            let (working, waiting) = mpsc::channel::<()>();
            scope.spawn(move || {
                if waiting.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                    self.bar.set_draw_target(ProgressDrawTarget::stderr());
                    self.bar.enable_steady_tick(BEAT);
                }
            });
            let result = work(&tick);
            drop(working);
            result
        });
        self.bar.finish_and_clear();
        result
    }
}
