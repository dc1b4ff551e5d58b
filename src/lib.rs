//! Chidu (尺度) compiles Chinese assessment notices into rulesets that a person reviews and a machine executes.

pub mod check;
pub mod clause;
pub mod cli;
pub mod diagnostic;
pub mod diff;
pub mod document;
pub mod ledger;
pub mod limits;
pub mod message;
pub mod number;
pub mod outline;
mod pattern;
pub mod pipeline;
pub mod report;
pub mod review;
pub mod ruleset;
pub mod score;
pub mod source;
