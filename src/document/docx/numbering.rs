//! The lists of a .docx: `w:abstractNum` and `w:num`.

use std::collections::BTreeMap;

use super::{styles::Styles, xml::Element};
use crate::{
    document::{
        ReadError,
        word::{
            number_format::NumberFormat,
            numbering::{
                Definition, Instance, LEVELS, LabelPart, Level, Numbering, parts_of_pattern,
            },
            symbol,
        },
    },
    limits,
};

/// Reads `w:numbering`.
///
/// # Errors
///
/// The text of a level passes its bound.
pub(crate) fn read(root: Element<'_>, styles: &Styles) -> Result<Numbering, ReadError> {
    let mut reader = Lists::default();
    for element in root.children().filter(|it| it.is("abstractNum")) {
        reader.definition(element)?;
    }
    for element in root.children().filter(|it| it.is("num")) {
        reader.instance(element)?;
    }
    reader.follow_links(styles);
    Ok(reader.numbering)
}

#[derive(Default)]
struct Lists {
    numbering: Numbering,
    /// Definitions that are another one by the name of a numbering style.
    links: BTreeMap<i64, String>,
}

impl Lists {
    fn definition(&mut self, element: Element<'_>) -> Result<(), ReadError> {
        let Some(id) = id(element, "abstractNumId") else { return Ok(()) };
        let mut definition = Definition::default();
        for level in element.children().filter(|it| it.is("lvl")) {
            if let Some((at, level)) = read_level(level)? {
                definition.levels.insert(at, level);
            }
        }
        if let Some(style) = element.value("numStyleLink") {
            self.links.insert(id, style.to_owned());
        }
        self.numbering.definitions.insert(id, definition);
        Ok(())
    }

    fn instance(&mut self, element: Element<'_>) -> Result<(), ReadError> {
        let Some(id) = id(element, "numId") else { return Ok(()) };
        let Some(definition) = element.number("abstractNumId") else { return Ok(()) };
        let mut instance = Instance { definition, ..Instance::default() };
        for change in element.children().filter(|it| it.is("lvlOverride")) {
            let Some(at) = level_number(change) else { continue };
            if let Some(start) = change.number("startOverride") {
                instance.starts.insert(at, start);
            }
            if let Some(level) = change.child("lvl") {
                instance.levels.extend(read_level(level)?);
            }
        }
        self.numbering.instances.insert(id, instance);
        Ok(())
    }

    /// Gives the definitions that only name a numbering style the definition that the style stands for.
    fn follow_links(&mut self, styles: &Styles) {
        for (id, style) in &self.links {
            let list = styles.list_of(style).and_then(|it| self.numbering.instances.get(&it));
            let Some(target) =
                list.map(|it| it.definition).filter(|it| !self.links.contains_key(it))
            else {
                continue;
            };
            for instance in self.numbering.instances.values_mut() {
                if instance.definition == *id {
                    instance.definition = target;
                }
            }
        }
    }
}

fn read_level(element: Element<'_>) -> Result<Option<(usize, Level)>, ReadError> {
    let Some(at) = level_number(element) else { return Ok(None) };
    let pattern = element.value("lvlText").unwrap_or_default();
    if pattern.chars().count() > limits::MAX_LEVEL_TEXT {
        let bound = limits::MAX_LEVEL_TEXT as u64;
        return Err(ReadError::TooLarge { what: "level-text", bound });
    }
    let format = read_format(element);
    let text = match format {
        NumberFormat::Bullet => vec![LabelPart::Text(bullet(element, pattern))],
        _ => parts_of_pattern(pattern),
    };
    let level = Level {
        start: element.number("start").unwrap_or(0),
        format,
        text,
        legal: element.switch("isLgl").unwrap_or(false),
        restart: element.number("lvlRestart"),
        gap: element.value("suff") != Some("nothing"),
        style: element.value("pStyle").map(str::to_owned),
    };
    Ok(Some((at, level)))
}

fn read_format(level: Element<'_>) -> NumberFormat {
    let Some(element) = level.child("numFmt") else { return NumberFormat::Decimal };
    match element.attribute("val").unwrap_or("decimal") {
        // The format shows its first numbers: 001, 002, 003, ...
        "custom" => {
            let first = element.attribute("format").and_then(|it| it.split(',').next());
            NumberFormat::Padded(first.map_or(0, |it| it.trim().len().min(LEVELS)))
        }
        name => NumberFormat::from_name(name).unwrap_or(NumberFormat::Unknown),
    }
}

fn id(element: Element<'_>, name: &str) -> Option<i64> {
    element.attribute(name)?.trim().parse().ok()
}

fn level_number(element: Element<'_>) -> Option<usize> {
    element.attribute("ilvl")?.trim().parse().ok().filter(|it| *it < LEVELS)
}

/// The mark of a bullet: codes of symbol fonts become the character that they show, or a plain bullet.
fn bullet(level: Element<'_>, text: &str) -> String {
    let fonts = level.child("rPr").and_then(|it| it.child("rFonts"));
    let font =
        fonts.and_then(|it| it.attribute("ascii").or(it.attribute("hAnsi"))).unwrap_or_default();
    text.chars().map(|it| symbol::bullet(font, it)).collect()
}
