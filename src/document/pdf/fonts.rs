//! Characters of composite fonts that carry no mapping to text: their codes name characters of one of Adobe's
//! collections (code → CID → Unicode, ISO 32000 9.10.2).

use std::collections::BTreeMap;

use hayro_interpret::{
    font::Glyph,
    hayro_cmap::{BfString, CMap, CMapName, CidFamily, load_embedded},
};
use hayro_syntax::{
    Pdf,
    object::{Array, Dict, Name, Object, String as PdfString},
};

/// The maps of a document's composite fonts, by PostScript name: nothing else of the font's dictionary is known once a
/// glyph is drawn. Two fonts may share the name; where their maps differ neither is used.
#[derive(Debug, Default)]
pub(super) struct Collections(BTreeMap<String, Option<Collection>>);

/// How the codes of one font map to text.
#[derive(Debug)]
struct Collection {
    /// What tells this font's maps from another's: the encoding and the collection.
    print: (Vec<u8>, CMapName<'static>),
    /// From codes to characters of the collection.
    to_cid: CMap,
    /// From there to Unicode.
    to_unicode: CMap,
}

impl Collections {
    /// Finds the composite fonts of a document.
    pub(super) fn of(pdf: &Pdf) -> Self {
        let mut fonts: BTreeMap<String, Option<Collection>> = BTreeMap::new();
        for object in pdf.objects() {
            let Object::Dict(font) = object else { continue };
            let Some((name, found)) = read_font(&font) else { continue };
            match fonts.get(&name) {
                None => {
                    fonts.insert(name, found);
                }
                Some(known) if print(known) != print(&found) => {
                    fonts.insert(name, None);
                }
                Some(_) => {}
            }
        }
        Self(fonts)
    }

    /// The text of a glyph whose font holds no mapping for it.
    pub(super) fn text(&self, glyph: &Glyph<'_>) -> Option<BfString> {
        let Glyph::Outline(outline) = glyph else { return None };
        let collection = self.0.get(&outline.font_data()?.postscript_name?)?.as_ref()?;
        let code = outline.char_code();
        let cid = (1..=4).find_map(|bytes| collection.to_cid.lookup_cid_code(code, bytes))?;
        collection.to_unicode.lookup_bf_string(cid)
    }
}

fn print(collection: &Option<Collection>) -> Option<&(Vec<u8>, CMapName<'static>)> {
    collection.as_ref().map(|it| &it.print)
}

/// The name of a composite font and its maps; `None` for anything else.
fn read_font(font: &Dict<'_>) -> Option<(String, Option<Collection>)> {
    let descendants = font.get::<Array<'_>>(b"DescendantFonts")?;
    let descendant = descendants.iter::<Dict<'_>>().next()?;
    let base = font.get::<Name<'_>>(b"BaseFont")?;
    let name = without_subset_tag(base.as_str()).to_owned();
    Some((name, read_collection(font, &descendant)))
}

fn read_collection(font: &Dict<'_>, descendant: &Dict<'_>) -> Option<Collection> {
    let (encoding, to_cid) = match font.get::<Object<'_>>(b"Encoding")? {
        Object::Name(name) => (name.as_ref().to_vec(), named(name.as_ref())?),
        Object::Stream(stream) => {
            let decoded = stream.decoded_data().ok()?;
            let map = CMap::parse(&decoded, load_embedded)?;
            (decoded.into_owned(), map)
        }
        _ => return None,
    };
    let stated = to_cid.metadata().character_collection.as_ref().map(|it| it.family.clone());
    let family = stated
        .filter(|it| *it != CidFamily::AdobeIdentity)
        .or_else(|| stated_family(descendant))?;
    let target = family.ucs2_cmap()?;
    let to_unicode = CMap::parse(load_embedded(target)?, load_embedded)?;
    Some(Collection { print: (encoding, target), to_cid, to_unicode })
}

fn stated_family(descendant: &Dict<'_>) -> Option<CidFamily> {
    let info = descendant.get::<Dict<'_>>(b"CIDSystemInfo")?;
    let registry = info.get::<PdfString<'_>>(b"Registry")?;
    let ordering = info.get::<PdfString<'_>>(b"Ordering")?;
    Some(CidFamily::from_registry_ordering(registry.as_bytes(), ordering.as_bytes()))
}

fn named(name: &[u8]) -> Option<CMap> {
    match name {
        b"Identity-H" => Some(CMap::identity_h()),
        b"Identity-V" => Some(CMap::identity_v()),
        _ => CMap::parse(load_embedded(CMapName::from_bytes(name))?, load_embedded),
    }
}

/// `ABCDEF+SimSun` is a subset of `SimSun`.
fn without_subset_tag(name: &str) -> &str {
    match name.split_once('+') {
        Some((tag, rest)) if tag.len() == 6 => rest,
        _ => name,
    }
}
