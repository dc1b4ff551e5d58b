//! The paragraph styles of a .docx, and what a paragraph gets from them.

use std::collections::BTreeMap;

use super::xml::Element;
use crate::limits;

/// What a style or a paragraph says itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Properties {
    /// The list that it counts in; 0 for none.
    pub(crate) list: Option<i64>,
    /// The level of that list.
    pub(crate) level: Option<usize>,
    /// The outline level, from 0; 9 for body text.
    pub(crate) outline: Option<u8>,
    /// Whether it is centred.
    pub(crate) centered: Option<bool>,
    /// Whether a new page begins with it.
    pub(crate) page_break_before: Option<bool>,
}

impl Properties {
    /// Reads a `w:pPr`.
    pub(crate) fn of(properties: Element<'_>) -> Self {
        let numbering = properties.child("numPr");
        Self {
            list: numbering.and_then(|it| it.number("numId")),
            level: numbering.and_then(|it| it.number("ilvl")),
            outline: properties.number("outlineLvl"),
            centered: properties.value("jc").map(|it| it == "center"),
            page_break_before: properties.switch("pageBreakBefore"),
        }
    }
}

/// A paragraph style, or a numbering style.
#[derive(Debug, Clone, Default)]
struct Style {
    based_on: Option<String>,
    properties: Properties,
}

/// The styles of a document.
#[derive(Debug, Clone, Default)]
pub(crate) struct Styles {
    styles: BTreeMap<String, Style>,
    /// The style of paragraphs that name none.
    default: Option<String>,
    /// What holds for all paragraphs.
    common: Properties,
}

impl Styles {
    /// Reads `w:styles`.
    pub(crate) fn of(root: Element<'_>) -> Self {
        let mut styles = Self::default();
        let common = root.child("docDefaults").and_then(|it| it.child("pPrDefault"));
        if let Some(properties) = common.and_then(|it| it.child("pPr")) {
            styles.common = Properties::of(properties);
        }
        for element in root.children().filter(|it| it.is("style")) {
            styles.add(element);
        }
        styles
    }

    fn add(&mut self, element: Element<'_>) {
        let kind = element.attribute("type").unwrap_or("paragraph");
        let id = element.attribute("styleId").unwrap_or_default().to_owned();
        if !matches!(kind, "paragraph" | "numbering") {
            return;
        }
        let mut properties = element.child("pPr").map(Properties::of).unwrap_or_default();
        // Word's own heading styles are headings by their name, whether they say so or not.
        let name = element.value("name").unwrap_or_default().to_ascii_lowercase();
        let heading = name.strip_prefix("heading ").and_then(|it| it.parse::<u8>().ok());
        let heading = heading.filter(|it| (1..=9).contains(it)).map(|it| it - 1);
        properties.outline = properties.outline.or(heading);
        if kind == "paragraph" && matches!(element.attribute("default"), Some("1" | "true" | "on"))
        {
            self.default = Some(id.clone());
        }
        let based_on = element.value("basedOn").map(str::to_owned);
        self.styles.insert(id, Style { based_on, properties });
    }

    /// A style and those that it is based on, nearest first, each with its id. A circle ends at the bound.
    pub(crate) fn chain<'s>(
        &'s self,
        id: Option<&'s str>,
    ) -> impl Iterator<Item = (&'s str, &'s Properties)> {
        let known = id.filter(|it| self.styles.contains_key(*it));
        let first = known.or(self.default.as_deref());
        let step = |id: &'s str| Some((id, self.styles.get(id)?));
        std::iter::successors(first.and_then(step), move |(_, it)| step(it.based_on.as_deref()?))
            .map(|(id, it)| (id, &it.properties))
            .take(limits::MAX_DEPTH)
    }

    /// The first that a style, those it is based on, or the defaults say about something.
    pub(crate) fn find<T>(
        &self,
        id: Option<&str>,
        pick: impl Fn(&Properties) -> Option<T>,
    ) -> Option<T> {
        self.chain(id).find_map(|(_, it)| pick(it)).or_else(|| pick(&self.common))
    }

    /// The list that a numbering style stands for.
    pub(crate) fn list_of(&self, id: &str) -> Option<i64> {
        self.styles.get(id)?.properties.list
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::docx::xml::Tree;

    fn styles(inner: &str) -> Styles {
        let space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
        let xml = format!(r#"<w:styles xmlns:w="{space}">{inner}</w:styles>"#);
        let tree = Tree::parse("styles", &xml).unwrap();
        Styles::of(tree.root("styles", "styles").unwrap())
    }

    #[test]
    fn chain_of_styles() {
        let it = styles(
            r#"<w:docDefaults><w:pPrDefault><w:pPr><w:jc w:val="center"/></w:pPr></w:pPrDefault></w:docDefaults>
            <w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
            <w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>
              <w:pPr><w:numPr><w:numId w:val="7"/></w:numPr><w:jc w:val="left"/></w:pPr></w:style>
            <w:style w:type="paragraph" w:styleId="2"><w:name w:val="章"/><w:basedOn w:val="1"/>
              <w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
            <w:style w:type="character" w:styleId="c"><w:name w:val="heading 3"/></w:style>"#,
        );
        let centered = |id| it.find(id, |it| it.centered);
        assert_eq!(centered(None), Some(true));
        assert_eq!(centered(Some("2")), Some(false));
        assert_eq!(it.find(Some("2"), |it| it.list), Some(7));
        assert_eq!(it.find(Some("2"), |it| it.level), Some(1));
        assert_eq!(it.find(Some("1"), |it| it.outline), Some(0));
        assert_eq!(it.find(Some("2"), |it| it.outline), Some(1));
        // An unknown style, or one of characters, is the default one.
        assert_eq!(it.find(Some("c"), |it| it.outline), None);
        assert_eq!(it.chain(Some("none")).map(|it| it.0).collect::<Vec<_>>(), ["a"]);
    }

    #[test]
    fn circles_end() {
        let it = styles(
            r#"<w:style w:styleId="a"><w:basedOn w:val="b"/></w:style>
            <w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>"#,
        );
        assert_eq!(it.chain(Some("a")).count(), limits::MAX_DEPTH);
        assert_eq!(it.find(Some("a"), |it| it.outline), None);
    }
}
