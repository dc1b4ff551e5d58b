//! The program `chidu`: parses the command line, dispatches, exits with a code.

use std::process::ExitCode;

fn main() -> ExitCode {
    chidu::cli::run(std::env::args_os())
}
