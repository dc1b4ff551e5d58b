//! The container of a .docx: a zip archive whose parts are inflated within bounds, and the relations between them.

use std::io::{Cursor, Read};

use zip::{ZipArchive, result::ZipError};

use super::xml::Tree;
use crate::{document::ReadError, limits};

/// An open container.
#[derive(Debug)]
pub(crate) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// How many bytes have been inflated so far.
    inflated: u64,
}

/// What a part says about its relation to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Relation {
    /// The last segment of the relation's type: `styles`, `numbering`.
    pub(crate) kind: String,
    /// The name of the other part.
    pub(crate) target: String,
    /// What the part calls it.
    pub(crate) id: String,
}

impl<'b> Package<'b> {
    /// Opens a container.
    ///
    /// # Errors
    ///
    /// The directory is damaged: it disagrees with the headers of the parts, names a part twice or leaves one out.
    pub(crate) fn open(bytes: &'b [u8]) -> Result<Self, ReadError> {
        let damaged = |it: ZipError| damaged("zip", &it);
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
        archive.validate_header_consistency().map_err(damaged)?;
        let names = archive.file_names().collect::<Result<Vec<_>, _>>().map_err(damaged)?;
        let mut folded: Vec<String> = names.iter().map(|it| it.to_ascii_lowercase()).collect();
        folded.sort_unstable();
        if let Some((name, _)) = folded.iter().zip(folded.iter().skip(1)).find(|(a, b)| a == b) {
            let reason = "the part is there twice".to_owned();
            return Err(ReadError::Damaged { part: name.clone(), reason });
        }
        Ok(Self { archive, inflated: 0 })
    }

    /// Whether there is such a part.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// Inflates a part.
    ///
    /// # Errors
    ///
    /// The part is missing, encrypted, damaged or too large.
    pub(crate) fn read(&mut self, name: &str) -> Result<Vec<u8>, ReadError> {
        let budget = limits::MAX_INFLATED_BYTES.saturating_sub(self.inflated);
        let file = self.archive.by_name(name).map_err(|it| match it {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => ReadError::Encrypted,
            it => damaged(name, &it),
        })?;
        let stated = file.size();
        let by_ratio = file.compressed_size().saturating_mul(limits::MAX_INFLATE_RATIO);
        let bounds = [
            ("part", limits::MAX_PART_BYTES),
            ("parts", budget),
            ("inflation", by_ratio.max(limits::INFLATE_RATIO_FLOOR)),
        ];
        let (what, bound) = bounds.into_iter().min_by_key(|it| it.1).unwrap_or(("", 0));
        let mut bytes = Vec::new();
        file.take(bound + 1).read_to_end(&mut bytes).map_err(|it| damaged(name, &it))?;
        let count = bytes.len() as u64;
        if count > bound {
            return Err(ReadError::TooLarge { what, bound });
        }
        if count != stated {
            let reason = format!("{count} bytes instead of {stated}");
            return Err(ReadError::Damaged { part: name.to_owned(), reason });
        }
        self.inflated += count;
        Ok(bytes)
    }

    /// Inflates a part and decodes it.
    ///
    /// # Errors
    ///
    /// As [`Self::read`]; or the bytes are not the text that they claim to be.
    pub(crate) fn read_text(&mut self, name: &str) -> Result<String, ReadError> {
        let bytes = self.read(name)?;
        let text = match encoding_rs::Encoding::for_bom(&bytes) {
            Some((encoding, _)) if encoding != encoding_rs::UTF_8 => {
                let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes);
                text.map(std::borrow::Cow::into_owned)
            }
            _ => String::from_utf8(bytes).ok(),
        };
        text.ok_or_else(|| ReadError::Damaged {
            part: name.to_owned(),
            reason: "the part is not text".to_owned(),
        })
    }

    /// The relations of a part to others inside the container; for the container itself the part's name is empty.
    ///
    /// # Errors
    ///
    /// The list of relations is damaged.
    pub(crate) fn relations(&mut self, part: &str) -> Result<Vec<Relation>, ReadError> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let slash = if folder.is_empty() { "" } else { "/" };
        let list = format!("{folder}{slash}_rels/{file}.rels");
        if !self.has(&list) {
            return Ok(Vec::new());
        }
        let text = self.read_text(&list)?;
        let tree = Tree::parse(&list, &text)?;
        let relations = tree.root(&list, "Relationships")?.children();
        let inside = relations.filter(|it| it.attribute("TargetMode") != Some("External"));
        Ok(inside
            .filter_map(|it| {
                let kind = it.attribute("Type")?.rsplit('/').next()?.to_owned();
                let id = it.attribute("Id").unwrap_or_default().to_owned();
                Some(Relation { kind, target: resolve(folder, it.attribute("Target")?), id })
            })
            .collect())
    }
}

/// The part that a target names, as seen from a folder.
fn resolve(folder: &str, target: &str) -> String {
    let (base, path) = match target.strip_prefix('/') {
        Some(path) => ("", path),
        None => (folder, target),
    };
    let mut segments: Vec<&str> = Vec::new();
    for segment in base.split('/').chain(path.split('/')) {
        match segment {
            "" | "." => {}
            ".." => drop(segments.pop()),
            it => segments.push(it),
        }
    }
    segments.join("/")
}

fn damaged(part: &str, reason: &dyn std::fmt::Display) -> ReadError {
    ReadError::Damaged { part: part.to_owned(), reason: reason.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets() {
        let table = [
            ("word", "styles.xml", "word/styles.xml"),
            ("word", "/word/styles.xml", "word/styles.xml"),
            ("word", "../customXml/item1.xml", "customXml/item1.xml"),
            ("", "word/document.xml", "word/document.xml"),
            ("word", "./a/../../../b.xml", "b.xml"),
        ];
        for (folder, target, expected) in table {
            assert_eq!(resolve(folder, target), expected);
        }
    }
}
