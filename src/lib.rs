//! Chidu (尺度) compiles Chinese assessment notices into rulesets that a person reviews and a machine executes.

pub mod diagnostic;
pub mod document;
pub mod ledger;
pub mod limits;
pub mod number;
pub mod pipeline;
pub mod ruleset;
pub mod source;
