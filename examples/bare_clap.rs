//! The least program that reads a command line: what the start of `chidu` is compared with (docs/performance.md).

use clap::Parser;

/// Prints nothing.
#[derive(Debug, Parser)]
#[command(name = "bare_clap", version)]
struct Args {
    /// A file, which is not read.
    file: Option<String>,
}

fn main() {
    let args = Args::parse();
    std::process::exit(i32::from(args.file.is_some()));
}
