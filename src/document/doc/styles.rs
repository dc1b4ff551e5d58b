//! The style sheet of a .doc: what each paragraph style says, with those that it is based on.

use super::{
    bytes::Bytes,
    file::{File, Structure},
    properties::{Outside, Properties},
};
use crate::document::ReadError;

/// The properties of each style by its number.
#[derive(Debug, Default)]
pub(super) struct Styles(Vec<Properties>);

/// A style as the file states it.
#[derive(Debug, Clone, Copy)]
struct Definition<'b> {
    /// The level of a built-in heading, from 0.
    heading: Option<u8>,
    based_on: usize,
    list: &'b [u8],
}

const PARAGRAPH: u16 = 1;

impl Styles {
    /// Reads the style sheet.
    ///
    /// # Errors
    ///
    /// It is damaged.
    pub(super) fn of(file: File<'_>, outside: &mut Outside<'_>) -> Result<Self, ReadError> {
        let definitions = definitions(file.structure(Structure::Styles)?)?;
        let mut done: Vec<Option<Properties>> = vec![None; definitions.len()];
        for nth in 0..definitions.len() {
            resolve(nth, &definitions, &mut done, outside)?;
        }
        Ok(Self(done.into_iter().map(Option::unwrap_or_default).collect()))
    }

    /// What a style says; an unknown one says nothing.
    pub(super) fn properties(&self, number: u16) -> Properties {
        self.0.get(usize::from(number)).cloned().unwrap_or_default()
    }
}

fn definitions(sheet: Bytes<'_>) -> Result<Vec<Option<Definition<'_>>>, ReadError> {
    if sheet.len() == 0 {
        return Ok(Vec::new());
    }
    let head = usize::from(sheet.u16(0)?);
    let count = sheet.u16(2)?;
    let base = usize::from(sheet.u16(4)?);
    let mut at = 2 + head;
    let mut definitions = Vec::new();
    for _ in 0..count {
        let size = usize::from(sheet.u16(at)?);
        let style = sheet.slice(at + 2, size)?;
        definitions.push(if size == 0 { None } else { definition(style, base)? });
        at += 2 + size + size % 2;
    }
    Ok(definitions)
}

/// A style: its head, its name, and for a paragraph style the list of its properties.
fn definition(style: Bytes<'_>, base: usize) -> Result<Option<Definition<'_>>, ReadError> {
    let kind = style.u16(2)? & 0x000F;
    if kind != PARAGRAPH {
        return Ok(None);
    }
    let number = style.u16(0)? & 0x0FFF;
    let based_on = usize::from(style.u16(2)? >> 4);
    let name = usize::from(style.u16(base)?);
    let at = base + 2 + name * 2 + 2;
    let at = at + at % 2;
    let count = usize::from(style.u16(at)?);
    // The number of the style itself stands before the list.
    let list = style.slice(at + 2, count)?.raw().get(2..).unwrap_or_default();
    let heading = u8::try_from(number).ok().filter(|it| (1..=9).contains(it)).map(|it| it - 1);
    Ok(Some(Definition { heading, based_on, list }))
}

/// Fills in a style and those that it is based on, each once; a circle ends where it closes.
fn resolve(
    number: usize,
    definitions: &[Option<Definition<'_>>],
    done: &mut [Option<Properties>],
    outside: &mut Outside<'_>,
) -> Result<(), ReadError> {
    let mut chain = Vec::new();
    let mut properties = Properties::default();
    let mut next = number;
    while let Some(Some(definition)) = definitions.get(next) {
        if let Some(Some(known)) = done.get(next) {
            properties = known.clone();
            break;
        }
        if chain.iter().any(|(it, _)| *it == next) || chain.len() > MAX_CHAIN {
            break;
        }
        chain.push((next, *definition));
        next = definition.based_on;
    }
    for (at, definition) in chain.into_iter().rev() {
        properties.outline = definition.heading.or(properties.outline);
        properties.apply(definition.list, outside)?;
        if let Some(slot) = done.get_mut(at) {
            *slot = Some(properties.clone());
        }
    }
    Ok(())
}

/// The most styles that are based on each other; Word allows eleven.
const MAX_CHAIN: usize = 64;
