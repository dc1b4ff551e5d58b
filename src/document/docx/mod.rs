//! Word documents since 2007: a zip archive of XML parts, read strictly, with automatic numbers, merged cells and accepted
//! revisions.

mod body;
mod math;
mod numbering;
pub(super) mod package;
mod page;
mod styles;
mod table;
pub(super) mod xml;

use std::collections::BTreeMap;

use self::{
    body::Walker,
    package::{Package, Relation},
    styles::Styles,
    xml::{Element, Tree},
};
use crate::{
    diagnostic::Findings,
    document::{
        Builder, Document, Format, ReadError, from_source,
        word::{self, numbering::Numbering},
    },
    source::Source,
};

/// Reads a .docx.
///
/// # Errors
///
/// The file is damaged, encrypted, or passes a bound; see [`ReadError`].
pub fn read(source: &Source, findings: &mut Findings) -> Result<Document, ReadError> {
    let mut package = Package::open(&source.bytes)?;
    let parts = Parts::load(&mut package)?;
    let document = Tree::parse(&parts.document.name, &parts.document.text)?;
    let root = document.root(&parts.document.name, "document")?;
    if root.child("body").is_none() {
        let reason = "there is no body".to_owned();
        return Err(ReadError::Damaged { part: parts.document.name.clone(), reason });
    }

    let styles = parts.styles.as_ref().map(|it| it.tree()).transpose()?;
    let styles = match (&styles, &parts.styles) {
        (Some(tree), Some(part)) => Styles::of(tree.root(&part.name, "styles")?),
        _ => Styles::default(),
    };
    let lists = parts.numbering.as_ref().map(|it| it.tree()).transpose()?;
    let lists = match (&lists, &parts.numbering) {
        (Some(tree), Some(part)) => numbering::read(tree.root(&part.name, "numbering")?, &styles)?,
        _ => Numbering::default(),
    };
    let notes = parts.notes.iter().map(|it| it.tree()).collect::<Result<Vec<_>, _>>()?;
    let notes = notes_by_id(&notes, &parts.notes)?;

    let mut walker = Walker::new(&styles, lists, notes);
    let (pieces, pages) = walker.document(root);
    walker.report(findings);
    let mut builder = Builder::default();
    word::pour(pieces, &mut builder)?;
    let sha256 = from_source::sha256(&source.bytes);
    Ok(builder.finish(&source.name, Format::Docx, sha256, pages))
}

/// A part of the container as text.
struct Part {
    name: String,
    text: String,
}

impl Part {
    fn tree(&self) -> Result<Tree<'_>, ReadError> {
        Tree::parse(&self.name, &self.text)
    }
}

/// The parts that hold text or say how it is numbered.
struct Parts {
    document: Part,
    styles: Option<Part>,
    numbering: Option<Part>,
    /// Footnotes and endnotes.
    notes: Vec<Part>,
}

impl Parts {
    fn load(package: &mut Package<'_>) -> Result<Self, ReadError> {
        let main = package.relations("")?.into_iter().find(|it| it.kind == "officeDocument");
        let main = main.map(|it| it.target).ok_or_else(|| ReadError::Damaged {
            part: "_rels/.rels".to_owned(),
            reason: "no main document is named".to_owned(),
        })?;
        let relations = package.relations(&main)?;
        Ok(Self {
            styles: related(package, &relations, "styles")?,
            numbering: related(package, &relations, "numbering")?,
            notes: ["footnotes", "endnotes"]
                .iter()
                .filter_map(|it| related(package, &relations, it).transpose())
                .collect::<Result<_, _>>()?,
            document: part(package, main)?,
        })
    }
}

fn part(package: &mut Package<'_>, name: String) -> Result<Part, ReadError> {
    Ok(Part { text: package.read_text(&name)?, name })
}

/// The part of a kind: a relation to a part that is missing means that the file is damaged.
fn related(
    package: &mut Package<'_>,
    relations: &[Relation],
    kind: &str,
) -> Result<Option<Part>, ReadError> {
    let relation = relations.iter().find(|it| it.kind == kind);
    relation.map(|it| part(package, it.target.clone())).transpose()
}

/// The footnotes and endnotes by kind (the name of their element) and id.
type Notes<'t> = BTreeMap<(&'t str, &'t str), Element<'t>>;

fn notes_by_id<'t>(trees: &'t [Tree<'t>], parts: &[Part]) -> Result<Notes<'t>, ReadError> {
    let mut notes = Notes::new();
    for (tree, part) in trees.iter().zip(parts) {
        let root = if part.name.ends_with("endnotes.xml") { "endnotes" } else { "footnotes" };
        for note in tree.root(&part.name, root)?.children() {
            // Separators are notes of another type.
            if matches!(note.attribute("type"), None | Some("normal")) {
                notes.insert((note.name(), note.attribute("id").unwrap_or_default()), note);
            }
        }
    }
    Ok(notes)
}
