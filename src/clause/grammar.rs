//! The parser that pest makes of the grammars of numbers, clauses and marks.

/// Reads `grammar/number.pest`, `grammar/clause.pest` and `grammar/mark.pest`.
#[derive(Debug, pest_derive::Parser)]
#[grammar = "../grammar/number.pest"]
#[grammar = "../grammar/clause.pest"]
#[grammar = "../grammar/mark.pest"]
pub(crate) struct Grammar;
