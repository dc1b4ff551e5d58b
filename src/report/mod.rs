//! What is shown to people: tables and trees in the columns of a terminal.

pub mod document;
mod grid;
pub mod item;
pub mod ledger;
pub mod outline;
pub mod review;
pub mod scores;
pub mod summary;
pub mod table;
