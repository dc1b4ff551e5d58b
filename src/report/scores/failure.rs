//! Why there are no scores, in the user's words: what, where, and what to do.

use crate::{
    message::Catalogue,
    score::{DataError, Fault, Pending, ScoreError},
};

/// The most items that wait for a person that are listed one by one.
const MAX_LISTED: usize = 20;

/// What is wrong and what to do: a line for each fault of the data or item that waits, and its help below it.
#[must_use]
pub fn failure(error: &ScoreError, words: &Catalogue) -> String {
    let mut res = String::new();
    match error {
        ScoreError::Data(DataError::Faults(faults)) => {
            push(&mut res, "data-faults", &error.args(), words);
            for fault in faults {
                push_fault(&mut res, fault, words);
            }
        }
        ScoreError::Refused(items) => {
            push(&mut res, error.code(), &error.args(), words);
            for item in items.iter().take(MAX_LISTED) {
                push_item(&mut res, item, words);
            }
            if items.len() > MAX_LISTED {
                let rest = items.len() - MAX_LISTED;
                res.push_str(&format!("  {}\n", words.text("score.and-more", &[("count", &rest)])));
            }
        }
        other => push(&mut res, other.code(), &other.args(), words),
    }
    res
}

fn push(res: &mut String, key: &str, args: &[(String, String)], words: &Catalogue) {
    res.push_str(&words.with(key, args));
    res.push('\n');
    push_help(res, key, args, words, "  ");
}

fn push_help(
    res: &mut String,
    key: &str,
    args: &[(String, String)],
    words: &Catalogue,
    margin: &str,
) {
    let help = format!("{key}.help");
    if words.has(&help) {
        let (colon, help) = (words.words("punctuation.colon"), words.with(&help, args));
        res.push_str(&format!("{margin}= {}{colon}{help}\n", words.term("help")));
    }
}

/// A fault: its place, what is wrong, the name that was most likely meant, what to do.
fn push_fault(res: &mut String, fault: &Fault, words: &Catalogue) {
    let message = words.with(fault.code, &fault.args);
    let (file, column) = (&fault.file, &fault.column);
    let line = fault.line.unwrap_or_default();
    let key = match (fault.line, column.as_str()) {
        (None, _) => "data.file",
        (Some(_), "") => "data.line",
        (Some(_), _) => "data.cell",
    };
    let args: [(&str, &dyn std::fmt::Display); 4] =
        [("file", file), ("line", &line), ("column", column), ("message", &message)];
    res.push_str(&format!("  {}\n", words.text(key, &args)));
    if fault.args.iter().any(|it| it.0 == "near" && !it.1.is_empty()) {
        res.push_str(&format!("    = {}\n", words.with("data.near", &fault.args)));
    }
    push_help(res, fault.code, &fault.args, words, "    ");
}

fn push_item(res: &mut String, item: &Pending, words: &Catalogue) {
    let args: [(&str, &dyn std::fmt::Display); 3] =
        [("id", &item.id), ("at", &item.at), ("quote", &item.quote)];
    res.push_str(&format!("  {}\n", words.text(&format!("score.{}", item.code), &args)));
}
