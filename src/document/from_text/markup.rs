//! Marks that are no text: the few HTML tags that dumps leave in cells, and Markdown's emphasis and escapes.

/// Tags that stand for a new paragraph.
const BREAKS: [&str; 5] = ["p", "br", "div", "li", "tr"];
/// Tags that stand for a look only.
const LOOKS: [&str; 16] = [
    "span", "b", "strong", "i", "em", "u", "font", "sup", "sub", "ul", "ol", "td", "th", "tbody",
    "center", "s",
];

/// The text of a cell without tags; `<p>` and `<br>` become line feeds.
pub(super) fn plain(cell: &str) -> String {
    if !cell.contains(['<', '&']) {
        return cell.to_owned();
    }
    let mut out = String::with_capacity(cell.len());
    let mut rest = cell;
    while let Some(at) = rest.find('<') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        rest = if let Some((is_break, after)) = tag(from) {
            if is_break && !out.ends_with('\n') {
                out.push('\n');
            }
            after
        } else {
            out.push('<');
            from.strip_prefix('<').unwrap_or_default()
        };
    }
    out.push_str(rest);
    entities(&out)
}

/// The tag that begins a text: whether it begins a paragraph, and what follows it.
fn tag(text: &str) -> Option<(bool, &str)> {
    let inner = text.strip_prefix('<')?;
    let (inside, after) = inner.split_once('>').filter(|it| it.0.len() <= 200)?;
    let name = inside.trim_start_matches('/').trim_end_matches('/');
    let name = name.split_ascii_whitespace().next()?.to_ascii_lowercase();
    let is_break = BREAKS.contains(&name.as_str());
    (is_break || LOOKS.contains(&name.as_str())).then_some((is_break, after))
}

/// Replaces the entities that converters write.
pub(super) fn entities(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let pairs = [
        ("&nbsp;", " "),
        ("&ensp;", " "),
        ("&emsp;", " "),
        ("&#160;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ];
    pairs.iter().fold(text.to_owned(), |it, (from, to)| it.replace(from, to))
}

/// The text without Markdown's bold marks and escapes.
pub(super) fn unmark(text: &str) -> String {
    let text = plain(text);
    if !text.contains(['*', '\\']) {
        return text;
    }
    unescape(&unbold(&text))
}

/// Drops `**` where it opens or closes bold text; a mask (张**) that is neither stays.
fn unbold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut open = false;
    let mut marks = text.matches("**").count();
    let mut parts = text.split("**").peekable();
    while let Some(part) = parts.next() {
        out.push_str(part);
        let Some(next) = parts.peek() else { break };
        marks -= 1;
        let starts = next.chars().next().is_some_and(|it| !it.is_whitespace());
        let ends = part.chars().next_back().is_some_and(|it| !it.is_whitespace());
        // An opener has its closer further on, or begins the line and has lost it; a closer that has lost its opener
        // stands before white space.
        let opens = starts && (marks > 0 || out.trim().is_empty());
        if !open && !opens && (starts || !ends) {
            out.push_str("**");
        }
        open = !open && opens && marks > 0;
    }
    out
}

/// Drops the backslash before a mark.
fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(it) = chars.next() {
        let escapes = it == '\\' && chars.peek().is_some_and(char::is_ascii_punctuation);
        match chars.next_if(|_| escapes) {
            Some(mark) => out.push(mark),
            None => out.push(it),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_of_cells_are_no_text() {
        for (cell, expected) in [
            ("<p>甲</p> <p>乙（5分）</p>", "\n甲\n \n乙（5分）\n"),
            ("甲<br>乙<BR/>丙", "甲\n乙\n丙"),
            ("<60分的，扣1分", "<60分的，扣1分"),
            ("x<y>z", "x<y>z"),
            ("<span style=\"a\">甲</span>&nbsp;乙", "甲 乙"),
            ("a&lt;b", "a<b"),
        ] {
            assert_eq!(plain(cell), expected, "{cell}");
        }
    }

    #[test]
    fn bold_marks_are_no_text() {
        for (line, expected) in [
            ("**第一条** 为规范", "第一条 为规范"),
            ("**甲** 和 **乙**", "甲 和 乙"),
            ("其他情形** 评级", "其他情形 评级"),
            ("**第十八条评级", "第十八条评级"),
            ("张**同志", "张**同志"),
            (r"1\. 甲 \*注", "1. 甲 *注"),
            ("（完）", "（完）"),
        ] {
            assert_eq!(unmark(line), expected, "{line}");
        }
    }
}
