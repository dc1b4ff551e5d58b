//! XML to a tree of elements, strictly: what is not well-formed is an error that names the part and the offset.
//!
//! Markup compatibility is settled here: of an `mc:AlternateContent` only the branch that is understood becomes part of the
//! tree, in its place, so that nothing is read twice.

use std::borrow::Cow;

use quick_xml::{
    Reader, XmlVersion,
    events::{BytesStart, Event, attributes::Attributes},
};

use crate::{document::ReadError, limits};

/// The namespaces that matter to the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Space {
    /// Wordprocessing: `w:`.
    Word,
    /// Formulas: `m:`.
    Math,
    /// Markup compatibility: `mc:`.
    Compatibility,
    /// Any other.
    Other,
}

impl Space {
    fn of(uri: &str) -> Self {
        match uri {
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            | "http://purl.oclc.org/ooxml/wordprocessingml/main" => Self::Word,
            "http://schemas.openxmlformats.org/officeDocument/2006/math"
            | "http://purl.oclc.org/ooxml/officeDocument/math" => Self::Math,
            "http://schemas.openxmlformats.org/markup-compatibility/2006" => Self::Compatibility,
            _ => Self::Other,
        }
    }
}

/// Whether the reader understands what an `mc:Choice` requires. Charts, ink and models are not understood: their fallback
/// is taken.
fn is_understood(uri: &str) -> bool {
    uri.starts_with("http://schemas.microsoft.com/office/word/")
        || uri == "http://schemas.microsoft.com/office/drawing/2010/main"
        || Space::of(uri) != Space::Other
}

/// An element or a text of the tree. Index 0 is the document itself, so that 0 can stand for none.
#[derive(Debug)]
struct Node<'a> {
    content: Content<'a>,
    first: u32,
    last: u32,
    next: u32,
}

#[derive(Debug)]
enum Content<'a> {
    Element { space: Space, name: &'a str, attributes: (u32, u32) },
    Text(Cow<'a, str>),
}

#[derive(Debug)]
struct Attribute<'a> {
    /// Of the prefix; an attribute without prefix belongs to its element.
    space: Option<Space>,
    name: &'a str,
    value: Cow<'a, str>,
}

/// A part of the container as a tree.
#[derive(Debug)]
pub(crate) struct Tree<'a> {
    nodes: Vec<Node<'a>>,
    attributes: Vec<Attribute<'a>>,
}

/// An element of a tree.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Element<'t> {
    tree: &'t Tree<'t>,
    node: &'t Node<'t>,
}

impl<'a> Tree<'a> {
    /// Parses a part.
    ///
    /// # Errors
    ///
    /// The text is not well-formed XML, or passes a bound.
    pub(crate) fn parse(part: &str, text: &'a str) -> Result<Self, ReadError> {
        let mut builder = TreeBuilder::new(part, text);
        while builder.step()? {}
        builder.finish()
    }

    /// The root element, which has to have this name.
    ///
    /// # Errors
    ///
    /// The part is another than it should be.
    pub(crate) fn root(&self, part: &str, name: &str) -> Result<Element<'_>, ReadError> {
        let root = self.nodes.first().map(|node| Element { tree: self, node });
        let root = root.and_then(|it| it.children().next());
        root.filter(|it| it.name() == name).ok_or_else(|| ReadError::Damaged {
            part: part.to_owned(),
            reason: format!("the root is not {name}"),
        })
    }
}

impl<'t> Element<'t> {
    /// The name without its prefix.
    pub(crate) fn name(self) -> &'t str {
        match &self.node.content {
            Content::Element { name, .. } => name,
            Content::Text(_) => "",
        }
    }

    /// The namespace.
    pub(crate) fn space(self) -> Space {
        match &self.node.content {
            Content::Element { space, .. } => *space,
            Content::Text(_) => Space::Other,
        }
    }

    /// Whether it is this element of wordprocessing.
    pub(crate) fn is(self, name: &str) -> bool {
        self.space() == Space::Word && self.name() == name
    }

    /// The value of an attribute of the element's own namespace.
    pub(crate) fn attribute(self, name: &str) -> Option<&'t str> {
        let Content::Element { space, attributes: (from, to), .. } = &self.node.content else {
            return None;
        };
        let own = self.tree.attributes.get(*from as usize..*to as usize)?;
        let found = |it: &&Attribute<'_>| it.name == name && it.space.is_none_or(|it| it == *space);
        own.iter().find(found).map(|it| it.value.as_ref())
    }

    /// The elements directly inside.
    pub(crate) fn children(self) -> impl Iterator<Item = Self> {
        self.nodes().filter(|it| matches!(it.node.content, Content::Element { .. }))
    }

    fn nodes(self) -> impl Iterator<Item = Self> {
        let tree = self.tree;
        let get = move |at: u32| {
            let node = tree.nodes.get(at as usize).filter(|_| at != 0)?;
            Some(Element { tree, node })
        };
        std::iter::successors(get(self.node.first), move |it| get(it.node.next))
    }

    /// The first element of wordprocessing of this name directly inside.
    pub(crate) fn child(self, name: &str) -> Option<Self> {
        self.children().find(|it| it.is(name))
    }

    /// The `w:val` of a child.
    pub(crate) fn value(self, child: &str) -> Option<&'t str> {
        self.child(child)?.attribute("val")
    }

    /// The `w:val` of a child as a number.
    pub(crate) fn number<N: std::str::FromStr>(self, child: &str) -> Option<N> {
        self.value(child)?.trim().parse().ok()
    }

    /// Whether a child switches something on (`<w:b/>`) or off (`<w:b w:val="0"/>`); none where there is no such child.
    pub(crate) fn switch(self, child: &str) -> Option<bool> {
        let value = self.child(child)?.attribute("val");
        Some(!matches!(value, Some("0" | "false" | "off")))
    }

    /// The text directly inside.
    pub(crate) fn text(self) -> impl Iterator<Item = &'t str> {
        self.nodes().filter_map(|it| match &it.node.content {
            Content::Text(text) => Some(text.as_ref()),
            Content::Element { .. } => None,
        })
    }
}

/// An element that is not closed yet.
#[derive(Debug)]
struct Open {
    /// The node that its children go to; for an element of markup compatibility that of its parent.
    node: u32,
    /// How many namespace declarations stood before it.
    scope: usize,
    /// What it is to markup compatibility.
    kind: OpenKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum OpenKind {
    /// An element of the tree.
    Plain,
    /// `mc:AlternateContent`, and whether a branch has been taken.
    Alternatives { taken: bool },
    /// A branch that is taken.
    Taken,
    /// A branch that is not taken, or something within it.
    Skipped,
}

struct TreeBuilder<'a, 'p> {
    part: &'p str,
    source: &'a str,
    reader: Reader<&'a [u8]>,
    tree: Tree<'a>,
    open: Vec<Open>,
    /// The prefixes that are declared, innermost last.
    scope: Vec<(&'a str, Cow<'a, str>, Space)>,
}

impl<'a, 'p> TreeBuilder<'a, 'p> {
    fn new(part: &'p str, text: &'a str) -> Self {
        let source = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let document = Content::Element { space: Space::Other, name: "", attributes: (0, 0) };
        let root = Node { content: document, first: 0, last: 0, next: 0 };
        let tree = Tree { nodes: vec![root], attributes: Vec::new() };
        let open = vec![Open { node: 0, scope: 0, kind: OpenKind::Plain }];
        Self { part, source, reader: Reader::from_str(source), tree, open, scope: Vec::new() }
    }

    fn damaged(&self, reason: &dyn ToString) -> ReadError {
        ReadError::Damaged {
            part: format!("{}:{}", self.part, self.reader.buffer_position()),
            reason: reason.to_string(),
        }
    }

    /// Reads one event; says whether there are more.
    fn step(&mut self) -> Result<bool, ReadError> {
        let before = usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX);
        match self.reader.read_event().map_err(|it| self.damaged(&it))? {
            Event::Start(tag) => self.start(before, &tag)?,
            Event::Empty(tag) => {
                self.start(before, &tag)?;
                self.end();
            }
            Event::End(_) => self.end(),
            Event::Text(text) => self.text(text.into_inner())?,
            Event::CData(text) => self.text(text.into_inner())?,
            Event::GeneralRef(reference) => {
                let char = reference.resolve_char_ref().map_err(|it| self.damaged(&it))?;
                let named = || quick_xml::escape::resolve_predefined_entity(&reference);
                let text = match (char, named()) {
                    (Some(char), _) => Cow::Owned(String::from(char)),
                    (None, Some(text)) => Cow::Borrowed(text),
                    (None, None) => return Err(self.damaged(&"an entity that is not declared")),
                };
                self.text(text)?;
            }
            Event::DocType(_) => return Err(self.damaged(&"a document type")),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
            Event::Eof => return Ok(false),
        }
        Ok(true)
    }

    fn finish(self) -> Result<Tree<'a>, ReadError> {
        if self.open.len() > 1 {
            return Err(self.damaged(&format!("{} elements are not closed", self.open.len() - 1)));
        }
        let roots = self.tree.nodes.first().map_or((0, 0), |it| (it.first, it.last));
        if roots.0 == 0 || roots.0 != roots.1 {
            return Err(self.damaged(&"not one root"));
        }
        Ok(self.tree)
    }

    fn start(&mut self, before: usize, tag: &BytesStart<'_>) -> Result<(), ReadError> {
        if self.open.len() > limits::MAX_DEPTH {
            return Err(ReadError::TooLarge { what: "depth", bound: limits::MAX_DEPTH as u64 });
        }
        // The tag again, borrowed from the text instead of the event.
        let from = before + 1;
        let text = self.source.get(from..from + tag.len()).unwrap_or_default();
        let name_bytes = tag.name().into_inner().len();
        let attributes = self.attributes(text, name_bytes)?;
        let scope = self.scope.len();
        self.declare(&attributes);
        let (prefix, name) = split_name(text.get(..name_bytes).unwrap_or_default());
        let space = self.space(prefix);
        let kind = self.kind(space, name, &attributes);
        let node = match kind {
            OpenKind::Plain => self.add_element(space, name, attributes)?,
            _ => self.open.last().map_or(0, |it| it.node),
        };
        self.open.push(Open { node, scope, kind });
        Ok(())
    }

    fn end(&mut self) {
        if let Some(open) = self.open.pop() {
            self.scope.truncate(open.scope);
        }
    }

    fn attributes(
        &self,
        tag: &'a str,
        name_bytes: usize,
    ) -> Result<Vec<(&'a str, Cow<'a, str>)>, ReadError> {
        let mut attributes = Vec::new();
        for attribute in Attributes::new(tag, name_bytes) {
            let attribute = attribute.map_err(|it| self.damaged(&it))?;
            let value = attribute.normalized_value(XmlVersion::Explicit1_0);
            attributes.push((attribute.key.into_inner(), value.map_err(|it| self.damaged(&it))?));
            if attributes.len() > limits::MAX_ATTRIBUTES {
                let bound = limits::MAX_ATTRIBUTES as u64;
                return Err(ReadError::TooLarge { what: "attributes", bound });
            }
        }
        Ok(attributes)
    }

    fn declare(&mut self, attributes: &[(&'a str, Cow<'a, str>)]) {
        for (key, value) in attributes {
            let prefix = match split_name(key) {
                ("xmlns", prefix) => prefix,
                ("", "xmlns") => "",
                _ => continue,
            };
            self.scope.push((prefix, value.clone(), Space::of(value)));
        }
    }

    fn space(&self, prefix: &str) -> Space {
        self.scope.iter().rev().find(|it| it.0 == prefix).map_or(Space::Other, |it| it.2)
    }

    /// What an element is to markup compatibility.
    fn kind(&mut self, space: Space, name: &str, attributes: &[(&str, Cow<'_, str>)]) -> OpenKind {
        let parent = self.open.last_mut().map_or(OpenKind::Plain, |it| it.kind);
        match (parent, space, name) {
            (OpenKind::Skipped, ..) => OpenKind::Skipped,
            (OpenKind::Alternatives { taken }, Space::Compatibility, "Choice" | "Fallback") => {
                let required = attributes.iter().find(|it| it.0 == "Requires");
                let understood = required.is_none_or(|it| self.understands(&it.1));
                if taken || !understood {
                    return OpenKind::Skipped;
                }
                if let Some(parent) = self.open.last_mut() {
                    parent.kind = OpenKind::Alternatives { taken: true };
                }
                OpenKind::Taken
            }
            (_, Space::Compatibility, "AlternateContent") => {
                OpenKind::Alternatives { taken: false }
            }
            _ => OpenKind::Plain,
        }
    }

    fn understands(&self, prefixes: &str) -> bool {
        prefixes.split_whitespace().all(|prefix| {
            let declared = self.scope.iter().rev().find(|it| it.0 == prefix);
            declared.is_some_and(|it| is_understood(&it.1))
        })
    }

    fn add_element(
        &mut self,
        space: Space,
        name: &'a str,
        attributes: Vec<(&'a str, Cow<'a, str>)>,
    ) -> Result<u32, ReadError> {
        let index = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
        let from = index(self.tree.attributes.len());
        for (key, value) in attributes {
            let (prefix, name) = split_name(key);
            let space = match prefix {
                "" | "xml" => None,
                "xmlns" => continue,
                _ => Some(self.space(prefix)),
            };
            self.tree.attributes.push(Attribute { space, name, value });
        }
        let to = index(self.tree.attributes.len());
        self.add(Content::Element { space, name, attributes: (from, to) })
    }

    /// Adds the text of the elements that hold text; elsewhere only white space may stand, which says nothing.
    fn text(&mut self, text: Cow<'a, str>) -> Result<(), ReadError> {
        let Some(open) = self.open.last().filter(|it| it.kind != OpenKind::Skipped) else {
            return Ok(());
        };
        match self.tree.nodes.get(open.node as usize).map(|it| &it.content) {
            Some(Content::Element { name: "t" | "instrText" | "v", .. }) => {
                self.add(Content::Text(text)).map(drop)
            }
            _ if self.open.len() == 1 && !text.trim().is_empty() => {
                Err(self.damaged(&"text outside of the root"))
            }
            _ => Ok(()),
        }
    }

    /// Adds a node as the last child of the innermost open element.
    fn add(&mut self, content: Content<'a>) -> Result<u32, ReadError> {
        if self.tree.nodes.len() >= limits::MAX_XML_NODES {
            let bound = limits::MAX_XML_NODES as u64;
            return Err(ReadError::TooLarge { what: "elements", bound });
        }
        let at = u32::try_from(self.tree.nodes.len()).unwrap_or(u32::MAX);
        self.tree.nodes.push(Node { content, first: 0, last: 0, next: 0 });
        let parent = self.open.last().map_or(0, |it| it.node) as usize;
        let before = self.tree.nodes.get_mut(parent).map_or(0, |it| {
            if it.first == 0 {
                it.first = at;
            }
            std::mem::replace(&mut it.last, at)
        });
        if let Some(before) = self.tree.nodes.get_mut(before as usize).filter(|_| before != 0) {
            before.next = at;
        }
        Ok(at)
    }
}

/// Prefix and name of `prefix:name`.
fn split_name(name: &str) -> (&str, &str) {
    name.split_once(':').unwrap_or(("", name))
}

#[cfg(test)]
mod tests {
    use super::*;

    const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    const MC: &str = "http://schemas.openxmlformats.org/markup-compatibility/2006";
    const WPS: &str = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape";

    fn wrap(inner: &str) -> String {
        format!(
            r#"<w:p xmlns:w="{W}" xmlns:mc="{MC}" xmlns:wps="{WPS}" xmlns:x="urn:x">{inner}</w:p>"#
        )
    }

    /// The texts of all `w:t`, in order.
    fn texts(element: Element<'_>, found: &mut Vec<String>) {
        if element.is("t") {
            found.push(element.text().collect());
        }
        element.children().for_each(|it| texts(it, found));
    }

    #[test]
    fn text_and_references() {
        let xml = wrap("<w:t>甲&amp;乙&#x4E19;<![CDATA[<丁>]]></w:t> <w:t/><x:t>戊</x:t>");
        let tree = Tree::parse("p", &xml).unwrap();
        let mut found = Vec::new();
        texts(tree.root("p", "p").unwrap(), &mut found);
        assert_eq!(found, ["甲&乙丙<丁>", ""]);
    }

    #[test]
    fn one_branch_of_alternatives() {
        let branch = |requires: &str, text: &str| {
            format!(r#"<mc:Choice Requires="{requires}"><w:t>{text}</w:t></mc:Choice>"#)
        };
        let fallback = "<mc:Fallback><w:t>后</w:t></mc:Fallback>";
        let table = [
            (branch("wps", "甲") + fallback, vec!["甲"]),
            (branch("x", "甲") + fallback, vec!["后"]),
            (branch("x", "甲") + &branch("wps", "乙") + fallback, vec!["乙"]),
            (branch("wps", "甲") + &branch("wps", "乙"), vec!["甲"]),
            (branch("wps x", "甲"), vec![]),
            (branch("undeclared", "甲") + fallback, vec!["后"]),
        ];
        for (inner, expected) in table {
            let xml = wrap(&format!("<mc:AlternateContent>{inner}</mc:AlternateContent>"));
            let tree = Tree::parse("p", &xml).unwrap();
            let mut found = Vec::new();
            texts(tree.root("p", "p").unwrap(), &mut found);
            assert_eq!(found, expected, "{inner}");
        }
    }

    #[test]
    fn attributes_by_namespace() {
        let xml =
            wrap(r#"<w:t x:val="1" w:val="2" xml:space="preserve"/><w:b/><w:i w:val="off"/>"#);
        let tree = Tree::parse("p", &xml).unwrap();
        let root = tree.root("p", "p").unwrap();
        assert_eq!(root.value("t"), Some("2"));
        assert_eq!(root.child("t").unwrap().attribute("space"), Some("preserve"));
        assert_eq!(
            [root.switch("b"), root.switch("i"), root.switch("u")],
            [Some(true), Some(false), None]
        );
    }

    #[test]
    fn what_is_not_well_formed_is_damaged() {
        let table = [
            "",
            "text",
            "<a>",
            "<a></b>",
            "<a></a><b></b>",
            "<a></a>text",
            "<a>&unknown;</a>",
            "<a>& </a>",
            "<a x='1' x='2'/>",
            "<a x=1/>",
            "<a><b></a></b>",
            "<a",
            "<!DOCTYPE a><a/>",
            "<a>&#0;</a>",
        ];
        for xml in table {
            let error = Tree::parse("part.xml", xml).map(drop).unwrap_err();
            assert!(
                matches!(&error, ReadError::Damaged { part, .. } if part.starts_with("part.xml:")),
                "{xml}: {error}"
            );
        }
    }

    #[test]
    fn depth_and_attributes_are_bounded() {
        let deep = "<a>".repeat(300) + &"</a>".repeat(300);
        let error = Tree::parse("p", &deep).map(drop).unwrap_err();
        assert!(matches!(error, ReadError::TooLarge { what: "depth", .. }));
        let many: String = (0..2000).map(|it| format!(" a{it}=''")).collect();
        let error = Tree::parse("p", &format!("<a{many}/>")).map(drop).unwrap_err();
        assert!(matches!(error, ReadError::TooLarge { what: "attributes", .. }));
    }
}
