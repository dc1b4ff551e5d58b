//! The program `chidu`: parses the command line, dispatches, exits with a code.
fn main() {}
