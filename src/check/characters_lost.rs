//! ## What it does
//!
//! Repeats how many characters of a text file could not be read in its encoding and stand as �.
//!
//! ## Why it matters
//!
//! A lost character may be a number, or 不.
//!
//! ## Example
//!
//! > 迟到的，每次扣�分
//!
//! The amount is gone.
//!
//! ## Remedy
//!
//! Compare the places with the original, or save the file as UTF-8 and compile that.

use crate::{check::Check, diagnostic::Severity};

/// The check `characters-lost`.
pub(super) static CHARACTERS_LOST: Check = Check {
    code: "characters-lost",
    severity: Severity::Warning,
    docs: include_str!("characters_lost.rs"),
    docs_zh: include_str!("characters_lost.zh.md"),
    run: None,
};
