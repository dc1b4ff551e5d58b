//! The program `chidu`: parses the command line, dispatches, exits with a code.

use std::process::ExitCode;

use chidu::document::pdf;

fn main() -> ExitCode {
    // A PDF is read by a second process of this program: see `pdf::worker_main`.
    if std::env::args_os().nth(1).is_some_and(|it| it == pdf::WORKER_VERB) {
        return ExitCode::from(pdf::worker_main());
    }
    if let Ok(program) = std::env::current_exe() {
        pdf::set_worker(program);
    }
    chidu::cli::run(std::env::args_os())
}
