//! How the program ends: the codes that scripts rely on.

use std::process::ExitCode;

/// How the program ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// The work is done.
    Done,
    /// The work is done and its answer is no: a check found an error, two rulesets differ.
    Found,
    /// The command line is wrong.
    Usage,
    /// An input cannot be read, or a ruleset is invalid.
    Input,
    /// The work was refused: rules are not reviewed.
    Refused,
    /// An output cannot be written.
    Output,
}

impl Exit {
    /// The code.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Found => 1,
            Self::Usage => 2,
            Self::Input => 3,
            Self::Refused => 4,
            Self::Output => 5,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}
