//! Markdown: pipe tables, headings, quotations, rules; and whether a text is Markdown at all.

use super::{line::Line, markup};
use crate::{document::grid::Row, limits};

/// Whether a text is Markdown: it has a heading, a table, or several bold beginnings of lines.
pub(super) fn is_markdown(lines: &[Line<'_>]) -> bool {
    let mut bold = 0;
    lines.iter().any(|it| {
        let body = it.body();
        bold += usize::from(body.starts_with("**") && body.matches("**").count() == 2);
        heading(body).is_some() || is_separator(body) || bold > 2
    })
}

/// The level and text of a heading.
pub(super) fn heading(body: &str) -> Option<(u8, &str)> {
    let text = body.trim_start_matches('#');
    let level = u8::try_from(body.len() - text.len()).ok().filter(|it| (1..=6).contains(it))?;
    let text = text.strip_prefix([' ', '\u{3000}'])?;
    Some((level, text.trim().trim_end_matches('#').trim_end()))
}

/// Whether a line is a rule: `---`, `***`, `___`.
pub(super) fn is_rule(body: &str) -> bool {
    let mut marks = body.chars().filter(|it| !it.is_whitespace());
    let Some(first) = marks.next().filter(|it| matches!(it, '-' | '*' | '_')) else { return false };
    marks.clone().count() >= 2 && marks.all(|it| it == first)
}

/// The text of a quotation, without its marks.
pub(super) fn unquoted(body: &str) -> &str {
    let mut body = body;
    while let Some(rest) = body.strip_prefix('>') {
        body = rest.trim_start();
    }
    body
}

/// Whether a line divides the header of a pipe table from its rows.
fn is_separator(body: &str) -> bool {
    let is_rule = |it: &str| {
        let it = it.trim().trim_matches(':');
        !it.is_empty() && it.chars().all(|it| it == '-')
    };
    body.contains('|') && body.contains('-') && cells(body).iter().all(|it| is_rule(it))
}

/// Reads the pipe table that begins with the first line, and how many lines it takes.
pub(super) fn table(lines: &[Line<'_>]) -> Option<(Vec<Row>, usize)> {
    let header = lines.first().filter(|it| it.text.contains('|'))?;
    let has_separator = lines.get(1).is_some_and(|it| it.blanks == 0 && is_separator(it.body()));
    let pipes = |it: &Line<'_>| {
        it.body().starts_with('|') && it.body().ends_with('|') && it.body().len() > 1
    };
    let is_bare = pipes(header) && lines.get(1).is_some_and(|it| it.blanks == 0 && pipes(it));
    if !has_separator && !is_bare || cells(header.body()).len() > limits::MAX_COLUMNS {
        return None;
    }
    let is_row = |nth: usize, it: &Line<'_>| {
        nth == 0
            || it.blanks == 0
                && (it.body().starts_with('|') || has_separator && it.text.contains('|'))
    };
    let used = lines.iter().enumerate().take_while(|it| is_row(it.0, it.1)).count();
    let rows = lines.iter().take(used).enumerate();
    let rows = rows.filter(|it| it.0 != 1 || !has_separator).map(|it| it.1);
    let row = |it: &Line<'_>| Row {
        cells: cells(it.body())
            .iter()
            .take(limits::MAX_COLUMNS)
            .map(|it| markup::unmark(it))
            .collect(),
        page: Some(it.page),
    };
    Some((rows.map(row).collect(), used))
}

/// The cells of a row, as they are written. An escaped pipe divides nothing.
fn cells(body: &str) -> Vec<String> {
    let inner = body.strip_prefix('|').unwrap_or(body);
    let mut cells = vec![String::new()];
    let mut escaped = false;
    for it in inner.chars() {
        match cells.last_mut() {
            _ if it == '|' && !escaped => cells.push(String::new()),
            Some(cell) => cell.push(it),
            None => {}
        }
        escaped = it == '\\' && !escaped;
    }
    if inner.ends_with('|') && cells.len() > 1 && cells.last().is_some_and(String::is_empty) {
        cells.pop();
    }
    cells.iter().map(|it| it.trim().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::{super::line::split, *};

    fn read(text: &str) -> Option<(Vec<Vec<String>>, usize)> {
        let (rows, used) = table(&split(text).unwrap())?;
        Some((rows.into_iter().map(|it| it.cells).collect(), used))
    }

    #[test]
    fn pipe_tables() {
        let (rows, used) =
            read("| 指标 | 分 |\n|---|:-:|\n| **甲** | 5<br>6 |\n| 乙\\|丙 |\n后文").unwrap();
        assert_eq!(rows, [vec!["指标", "分"], vec!["甲", "5\n6"], vec!["乙|丙"]]);
        assert_eq!(used, 4);
    }

    #[test]
    fn tables_without_outer_pipes() {
        assert_eq!(read("指标 | 分\n--- | ---\n甲 | 5").unwrap().0, [["指标", "分"], ["甲", "5"]]);
        assert!(read("指标 | 分\n甲 | 5").is_none());
    }

    #[test]
    fn headings_and_rules() {
        assert_eq!(heading("## 总则 ##"), Some((2, "总则")));
        assert_eq!(heading("#总则"), None);
        assert!(is_rule("---") && is_rule("* * *") && !is_rule("--") && !is_rule("-甲-"));
        assert_eq!(unquoted("> > 甲"), "甲");
    }

    #[test]
    fn plain_text_is_not_markdown() {
        assert!(!is_markdown(&split("一、总则\n扣1-2分\n张**同志").unwrap()));
        assert!(is_markdown(&split("# 总则\n甲").unwrap()));
    }
}
