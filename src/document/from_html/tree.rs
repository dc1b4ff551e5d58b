//! The page as a tree of the few things that a notice consists of.

use scraper::{ElementRef, Html, Node};

/// A part of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// Characters as they stand in the page.
    Text(String),
    Element(Element),
}

/// An element, with what its attributes say of places and looks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Element {
    pub(super) name: String,
    pub(super) parts: Vec<Part>,
    /// Its attributes of interest, in lower case.
    pub(super) attributes: Vec<(&'static str, String)>,
    /// The characters of its text, white space aside.
    pub(super) chars: usize,
    /// Those among them that stand in links.
    pub(super) linked: usize,
    /// The number of its links.
    pub(super) links: usize,
}

/// The attributes that say something.
const ATTRIBUTES: [&str; 10] =
    ["align", "border", "class", "colspan", "hidden", "id", "role", "rowspan", "start", "style"];

impl Element {
    /// The page's body.
    pub(super) fn of_page(page: &Html) -> Self {
        let root = page.root_element();
        let body = root.child_elements().find(|it| it.value().name() == "body");
        Self::of(body.unwrap_or(root))
    }

    fn of(element: ElementRef<'_>) -> Self {
        let attribute = |it: &&'static str| Some((*it, element.attr(it)?.to_ascii_lowercase()));
        let mut res = Self {
            name: element.value().name().to_owned(),
            attributes: ATTRIBUTES.iter().filter_map(|it| attribute(it).filter(|_| true)).collect(),
            ..Self::default()
        };
        let is_link = res.name == "a";
        for child in element.children() {
            match child.value() {
                Node::Text(text) => {
                    let chars = text.chars().filter(|it| !it.is_whitespace()).count();
                    res.chars += chars;
                    res.parts.push(Part::Text(text.to_string()));
                }
                Node::Element(_) => {
                    let Some(child) = ElementRef::wrap(child).map(Self::of) else { continue };
                    if child.is_hidden() {
                        continue;
                    }
                    res.chars += child.chars;
                    res.linked += child.linked;
                    res.links += child.links;
                    res.parts.push(Part::Element(child));
                }
                _ => {}
            }
        }
        if is_link {
            res.linked = res.chars;
            res.links = 1;
        }
        res
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|it| it.0 == name).map(|it| it.1.as_str())
    }

    /// Whether its style holds a declaration, blanks aside.
    pub(super) fn has_style(&self, declaration: &str) -> bool {
        let style: String =
            self.attribute("style").unwrap_or_default().split_whitespace().collect();
        style.contains(declaration)
    }

    fn is_hidden(&self) -> bool {
        self.attribute("hidden").is_some() || self.has_style("display:none")
    }

    /// Its elements, text aside.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Self> {
        self.parts.iter().filter_map(|it| match it {
            Part::Element(it) => Some(it),
            Part::Text(_) => None,
        })
    }

    /// Whether an element of one of some names is anywhere in it.
    pub(super) fn holds(&self, names: &[&str]) -> bool {
        self.elements().any(|it| names.contains(&it.name.as_str()) || it.holds(names))
    }

    /// All its text, with white space folded.
    pub(super) fn text(&self) -> String {
        let mut raw = String::new();
        self.push_text(&mut raw);
        fold(&raw)
    }

    fn push_text(&self, out: &mut String) {
        for part in &self.parts {
            match part {
                Part::Text(it) => out.push_str(it),
                Part::Element(it) if it.name == "br" => out.push('\n'),
                Part::Element(it) => it.push_text(out),
            }
        }
    }
}

/// Folds white space as a browser shows it, but for a line end between two wide characters, which is nothing.
pub(super) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = None;
    for it in text.chars() {
        if it.is_whitespace() {
            // A blank outlives a line end beside it.
            let is_line_end = matches!(it, '\n' | '\r' | '\t');
            blank = Some(blank.unwrap_or(true) && is_line_end);
            continue;
        }
        let is_wide = |it: char| it > '\u{2e80}';
        if let Some(only_line_ends) = blank.take() {
            let vanishes =
                only_line_ends && is_wide(it) && out.chars().next_back().is_some_and(is_wide);
            if !vanishes && !out.is_empty() {
                out.push(' ');
            }
        }
        out.push(it);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_folded() {
        for (text, expected) in [
            ("\n  甲 乙\n", "甲 乙"),
            ("甲\n乙", "甲乙"),
            ("甲\n  乙", "甲 乙"),
            ("a\nb", "a b"),
            ("\u{a0}\u{a0}\u{3000}甲\u{a0}", "甲"),
        ] {
            assert_eq!(fold(text), expected, "{text:?}");
        }
    }

    #[test]
    fn hidden_elements_are_left_out() {
        let page = Html::parse_document(
            "<body>甲<div style='display: none'>乙</div><a href=x>丙</a></body>",
        );
        let body = Element::of_page(&page);
        assert_eq!((body.text().as_str(), body.chars, body.linked, body.links), ("甲丙", 2, 1, 1));
    }
}
