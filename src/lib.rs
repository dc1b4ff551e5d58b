//! Chidu (尺度) compiles Chinese assessment notices into rulesets that a person reviews and a machine executes.
//!
//! A file is a [`source`]. A reader turns its bytes into a [`document`]: paragraphs, and tables with merged cells. The
//! [`outline`] knows how the document is built: numbers, sections, the role of each column. A [`clause`] is what one sentence
//! says, taken by itself. The [`ruleset`] decides what it means there: the tree of indicators, rules, caps, grades and limits.
//! The [`ledger`] accounts for each scoring mention of the text. [`pipeline::compile`] runs these passes in this order; what
//! they could not settle is a [`diagnostic`].
//!
//! A ruleset is what everything else works on: [`check`] asks it questions, a [`review`] records what people decided about it,
//! [`score`] executes it, [`diff`] compares it with another, a [`report`] shows any of these to a person, and [`cli`] is the
//! program. Imports go one way through this order (`docs/architecture.md`).

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
mod words;
