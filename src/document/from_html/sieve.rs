//! What the parser gets to see of a page: the tags that matter, each closed, none nested too deep.
//!
//! A parser that follows the standard repairs bad markup in ways that cost more than linear time: 200,000 nested `div`
//! or a few hundred unclosed `font` keep it busy for minutes. Looks (`b`, `font`, `span`) say nothing of a notice, scripts
//! and forms hold none of its text; without them, and with every element closed where it ends, parsing is linear.

use crate::{document::ReadError, limits};

/// Elements whose contents are no text of the page.
const SKIPPED: [&str; 17] = [
    "script", "style", "title", "textarea", "select", "button", "noscript", "iframe", "object",
    "svg", "math", "template", "noframes", "noembed", "video", "audio", "canvas",
];
/// Elements that stand for a block or a part of a table or list.
const BLOCKS: [&str; 36] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "caption",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];
/// Elements without an end.
const VOID: [&str; 2] = ["br", "hr"];

/// The page as the parser may see it.
///
/// # Errors
///
/// Fails where blocks are nested deeper than [`limits::MAX_DEPTH`].
pub(super) fn sift(page: &str) -> Result<String, ReadError> {
    let out = String::with_capacity(page.len());
    let mut sieve = Sieve { out, open: Vec::new(), endless: Vec::new() };
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        let (text, from) = rest.split_at(at);
        sieve.out.push_str(text);
        rest = match markup(from) {
            Markup::Skip(after) => after,
            Markup::Text(after) => {
                sieve.out.push_str("&lt;");
                after
            }
            Markup::End { name, after } => {
                sieve.end(&name);
                after
            }
            Markup::Start { name, whole, after } if SKIPPED.contains(&name.as_str()) => {
                if whole.ends_with("/>") { after } else { sieve.skip(after, name) }
            }
            Markup::Start { name, whole, after } => {
                sieve.start(&name, whole)?;
                after
            }
        };
    }
    sieve.out.push_str(rest);
    sieve.close_from(0);
    Ok(sieve.out)
}

/// What stands at a `<`.
enum Markup<'p> {
    /// A comment or declaration.
    Skip(&'p str),
    /// No markup: a sign of the text.
    Text(&'p str),
    Start {
        name: String,
        whole: &'p str,
        after: &'p str,
    },
    End {
        name: String,
        after: &'p str,
    },
}

fn markup(from: &str) -> Markup<'_> {
    let inner = from.strip_prefix('<').unwrap_or(from);
    if let Some(comment) = inner.strip_prefix("!--") {
        return Markup::Skip(comment.split_once("-->").map_or("", |it| it.1));
    }
    if inner.starts_with(['!', '?']) {
        return Markup::Skip(inner.split_once('>').map_or("", |it| it.1));
    }
    let is_end = inner.starts_with('/');
    let name: String = inner
        .trim_start_matches('/')
        .chars()
        .take_while(|it| it.is_ascii_alphanumeric() || matches!(it, ':' | '-'))
        .take(MAX_NAME)
        .collect();
    if !name.starts_with(|it: char| it.is_ascii_alphabetic()) {
        return Markup::Text(inner);
    }
    let name = name.to_ascii_lowercase();
    let length = tag_length(inner);
    let (tag, after) = (inner.get(..length), inner.get(length..).unwrap_or_default());
    let whole = tag.unwrap_or_default();
    if is_end { Markup::End { name, after } } else { Markup::Start { name, whole, after } }
}

/// Longer names are names of nothing.
const MAX_NAME: usize = 32;

/// How many bytes a tag takes up to and with its `>`, which may stand in the quotes of an attribute too. Quotes that are
/// never closed are no quotes.
fn tag_length(inner: &str) -> usize {
    const MAX_TAG: usize = 16 << 10;
    let mut quote = None;
    let mut last = ' ';
    for (at, it) in inner.char_indices().take_while(|it| it.0 < MAX_TAG) {
        match quote {
            Some(open) if it == open => quote = None,
            Some(_) => {}
            None if it == '>' => return at + 1,
            // A quote opens a value only after an equals sign; elsewhere it is a slip of the author.
            None if matches!(it, '"' | '\'') && last == '=' => quote = Some(it),
            None => {}
        }
        if !it.is_whitespace() {
            last = it;
        }
    }
    inner.find('>').map_or(inner.len(), |it| it + 1)
}

/// What follows the end tag of an element.
fn past_end<'p>(text: &'p str, name: &str) -> Option<&'p str> {
    let mut rest = text;
    while let Some((_, from)) = rest.split_once("</") {
        let is_end = from.get(..name.len()).is_some_and(|it| it.eq_ignore_ascii_case(name));
        if is_end {
            return Some(from.split_once('>').map_or("", |it| it.1));
        }
        rest = from;
    }
    None
}

/// The elements that are open, by their names in [`BLOCKS`] or `a`.
struct Sieve {
    out: String,
    open: Vec<&'static str>,
    /// The names of skipped elements of which no further one ends.
    endless: Vec<String>,
}

impl Sieve {
    /// Skips the contents of an element. One that never ends loses its tag only, unless it is code.
    fn skip<'p>(&mut self, after: &'p str, name: String) -> &'p str {
        if self.endless.contains(&name) {
            return after;
        }
        match past_end(after, &name) {
            Some(rest) => rest,
            None if matches!(name.as_str(), "script" | "style") => "",
            None => {
                self.endless.push(name);
                after
            }
        }
    }

    fn start(&mut self, name: &str, whole: &str) -> Result<(), ReadError> {
        if VOID.contains(&name) {
            self.tag(whole);
            return Ok(());
        }
        if name == "a" {
            self.end("a");
            if !self.is_between_cells() {
                self.open.push("a");
                self.tag(whole);
            }
            return Ok(());
        }
        let Some(name) = BLOCKS.iter().find(|it| **it == name).copied() else { return Ok(()) };
        self.make_room(name);
        if self.is_between_cells() && !is_table_part(name) {
            return Ok(());
        }
        if self.open.len() >= limits::MAX_DEPTH {
            return Err(ReadError::TooLarge { what: "depth", bound: limits::MAX_DEPTH as u64 });
        }
        self.open.push(name);
        self.tag(whole.strip_suffix("/>").unwrap_or(whole.strip_suffix('>').unwrap_or(whole)));
        self.out.push('>');
        Ok(())
    }

    fn tag(&mut self, whole: &str) {
        self.out.push('<');
        self.out.push_str(whole);
    }

    /// Closes what an element's start ends: a paragraph, the item or cell before it.
    fn make_room(&mut self, name: &str) {
        let (ends, within): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol", "td", "th", "table"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl", "td", "th", "table"]),
            "td" | "th" => (&["td", "th", "caption"], &["table"]),
            "tr" => (&["tr", "caption"], &["table"]),
            "tbody" | "thead" | "tfoot" => {
                (&["tbody", "thead", "tfoot", "tr", "caption"], &["table"])
            }
            _ => (&["p"], &["td", "th", "table"]),
        };
        let scope = self.open.iter().rposition(|it| within.contains(it)).map_or(0, |it| it + 1);
        let inner = self.open.get(scope..).unwrap_or_default();
        if let Some(at) = inner.iter().position(|it| ends.contains(it)) {
            self.close_from(scope + at);
        }
    }

    /// An end tag closes the innermost element of its name, and all within it; a cell's contents close no cell.
    fn end(&mut self, name: &str) {
        let bounds: &[&str] = match name {
            "table" | "tbody" | "thead" | "tfoot" | "tr" | "td" | "th" | "caption" => &["table"],
            "a" => &BLOCKS,
            _ => &["td", "th", "table"],
        };
        let stop = self.open.iter().rposition(|it| bounds.contains(it) && *it != name);
        let at = self.open.iter().rposition(|it| *it == name);
        if let Some(at) = at.filter(|at| stop.is_none_or(|stop| stop < *at)) {
            self.close_from(at);
        }
    }

    fn close_from(&mut self, at: usize) {
        while self.open.len() > at {
            if let Some(name) = self.open.pop() {
                self.out.push_str("</");
                self.out.push_str(name);
                self.out.push('>');
            }
        }
    }

    /// Whether the place is within a table and outside of its cells.
    fn is_between_cells(&self) -> bool {
        self.open
            .last()
            .is_some_and(|it| matches!(*it, "table" | "tbody" | "thead" | "tfoot" | "tr"))
    }
}

fn is_table_part(name: &str) -> bool {
    matches!(name, "tbody" | "thead" | "tfoot" | "tr" | "td" | "th" | "caption")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_parser_sees() {
        for (page, expected) in [
            ("<p>甲<p>乙", "<p>甲</p><p>乙</p>"),
            ("<p><b>甲</b><span>乙</p>", "<p>甲乙</p>"),
            ("<script>if (a<b) {}</script>甲", "甲"),
            ("<SCRIPT/>甲", "甲"),
            ("<select><option>甲</select>乙<select>丙", "乙丙"),
            ("<!-- <p> -->甲<![if !x]>乙<![endif]>", "甲乙"),
            ("得分<60分", "得分&lt;60分"),
            ("<td title=\"a>b\">甲</td>", "<td title=\"a>b\">甲</td>"),
            ("<ul><li>甲<li>乙</ul>", "<ul><li>甲</li><li>乙</li></ul>"),
            (
                "<table><tr><td>甲<td>乙<tr><td>丙</table>",
                "<table><tr><td>甲</td><td>乙</td></tr><tr><td>丙</td></tr></table>",
            ),
            (
                "<table><tr><td><table><tr><td>甲</td></tr></table></td></tr></table>",
                "<table><tr><td><table><tr><td>甲</td></tr></table></td></tr></table>",
            ),
            ("<div></span></div></div>甲", "<div></div>甲"),
            ("<table><b><tr><td></div>甲", "<table><tr><td>甲</td></tr></table>"),
            ("<a href=x>甲<a href=y>乙</a>", "<a href=x>甲</a><a href=y>乙</a>"),
            ("<div", "<div></div>"),
            ("<p class=\"x>甲</p>乙", "<p class=\"x>甲</p>乙"),
        ] {
            assert_eq!(sift(page).unwrap(), expected, "{page}");
        }
    }

    #[test]
    fn blocks_nested_too_deep_are_refused() {
        assert!(matches!(
            sift(&"<div>".repeat(200_000)),
            Err(ReadError::TooLarge { what: "depth", .. })
        ));
        assert!(sift(&"<font>".repeat(200_000)).unwrap().is_empty());
        assert!(sift(&"<div></div>".repeat(200_000)).is_ok());
    }
}
