//! The ledger as a table: each scoring mention, where it stands, and what became of it.

use crate::{
    ledger::{Ledger, State},
    message::Catalogue,
    report::table::{Align, Table},
};

/// Shows a ledger in reading order.
#[must_use]
pub fn render(ledger: &Ledger, words: &Catalogue, columns: usize) -> String {
    let headings = ["state", "place", "text"];
    let headings = headings.map(|it| (words.words(&format!("ledger.{it}")), Align::Left));
    let mut table = Table::new(headings);
    for entry in &ledger.entries {
        let state = match entry.state {
            State::Read => words.words("ledger.read"),
            State::Unread => words.words("ledger.unread"),
            State::Context(kind) => {
                words.text("ledger.context", &[("kind", &words.term_of("context", kind))])
            }
        };
        table.row([state, entry.place.to_string(), entry.text.clone()]);
    }
    table.render(columns)
}
