//! The lists of a .doc: the definitions with the levels behind them, and the instances to which paragraphs refer.

use super::{
    bytes::Bytes,
    file::{File, Structure},
    fonts::Fonts,
    sprm::Sprm,
};
use crate::{
    document::{
        ReadError,
        word::{
            number_format::NumberFormat,
            numbering::{Definition, Instance, LEVELS, LabelPart, Level, Numbering},
            symbol,
        },
    },
    limits,
};

const LIST: usize = 28;
const OVERRIDE: usize = 16;
const LEVEL: usize = 28;

/// Reads the lists.
///
/// # Errors
///
/// They are damaged, or the text of a level passes its bound.
pub(super) fn read(file: File<'_>, fonts: &Fonts) -> Result<Numbering, ReadError> {
    let mut numbering = Numbering::default();
    definitions(file, fonts, &mut numbering)?;
    instances(file, fonts, &mut numbering)?;
    Ok(numbering)
}

fn definitions(file: File<'_>, fonts: &Fonts, numbering: &mut Numbering) -> Result<(), ReadError> {
    let (start, size) = file.locate(Structure::Lists)?;
    if size == 0 {
        return Ok(());
    }
    // The levels stand behind the lists; some writers count them in the size, others do not.
    let lists = file.table.tail(start)?;
    let count = usize::from(lists.u16(0)?);
    let levels = lists.tail(2 + count * LIST)?;
    let mut at = 0;
    for nth in 0..count {
        let list = lists.slice(2 + nth * LIST, LIST)?;
        let simple = list.u8(26)? & 1 != 0;
        let mut definition = Definition::default();
        for number in 0..if simple { 1 } else { LEVELS } {
            let (level, size) = level(levels.tail(at)?, fonts)?;
            definition.levels.insert(number, level);
            at += size;
        }
        numbering.definitions.insert(i64::from(list.i32(0)?), definition);
    }
    Ok(())
}

fn instances(file: File<'_>, fonts: &Fonts, numbering: &mut Numbering) -> Result<(), ReadError> {
    let overrides = file.structure(Structure::ListOverrides)?;
    if overrides.len() == 0 {
        return Ok(());
    }
    let count = overrides.size(0)?;
    let mut at = count.saturating_mul(OVERRIDE).saturating_add(4);
    for nth in 0..count {
        let head = overrides.slice(4 + nth * OVERRIDE, OVERRIDE)?;
        let mut instance = Instance { definition: i64::from(head.i32(0)?), ..Instance::default() };
        // Four bytes that say nothing stand before the levels of each.
        at += 4;
        for _ in 0..head.u8(12)? {
            at += change(overrides.tail(at)?, fonts, &mut instance)?;
        }
        let id = i64::try_from(nth).map_or(i64::MAX, |it| it.saturating_add(1));
        numbering.instances.insert(id, instance);
    }
    Ok(())
}

/// Reads what differs in one level; says how many bytes that takes.
fn change(bytes: Bytes<'_>, fonts: &Fonts, instance: &mut Instance) -> Result<usize, ReadError> {
    let start = bytes.i32(0)?;
    let flags = bytes.u32(4)?;
    let number = usize::try_from(flags & 0x000F).unwrap_or_default();
    let mut size = 8;
    let mut start = u32::try_from(start).unwrap_or_default();
    if flags & 0x0020 != 0 {
        let (level, count) = level(bytes.tail(size)?, fonts)?;
        size += count;
        start = level.start;
        instance.levels.insert(number, level);
    }
    if flags & 0x0010 != 0 {
        instance.starts.insert(number, start);
    }
    Ok(size)
}

/// Reads a level; says how many bytes it takes.
fn level(bytes: Bytes<'_>, fonts: &Fonts) -> Result<(Level, usize), ReadError> {
    let code = bytes.u8(4)?;
    let flags = bytes.u8(5)?;
    let for_characters = usize::from(bytes.u8(24)?);
    let for_paragraphs = usize::from(bytes.u8(25)?);
    let text_at = LEVEL + for_paragraphs + for_characters;
    let count = usize::from(bytes.u16(text_at)?);
    if count > limits::MAX_LEVEL_TEXT {
        let bound = limits::MAX_LEVEL_TEXT as u64;
        return Err(ReadError::TooLarge { what: "level-text", bound });
    }
    let text = bytes.slice(text_at + 2, count * 2)?.raw();
    let units: Vec<u16> = text
        .chunks_exact(2)
        .filter_map(|it| it.first_chunk())
        .map(|it| u16::from_le_bytes(*it))
        .collect();
    let list = bytes.slice(LEVEL + for_paragraphs, for_characters)?.raw();
    let font = Sprm::all(list).filter(|it| it.code == 0x4A4F).last().map(Sprm::word);
    let format = NumberFormat::from_code(code).unwrap_or(NumberFormat::Unknown);
    let level = Level {
        start: u32::try_from(bytes.i32(0)?).unwrap_or_default(),
        format,
        text: match format {
            NumberFormat::Bullet => {
                vec![LabelPart::Text(bullet(&units, font.map_or("", |it| fonts.name(it))))]
            }
            _ => parts(&units),
        },
        legal: flags & 0x04 != 0,
        restart: (flags & 0x08 != 0).then_some(usize::from(bytes.u8(26)?)),
        gap: bytes.u8(15)? != 2,
        style: None,
    };
    Ok((level, text_at + 2 + count * 2))
}

/// The text of a level, in which a unit under 9 stands for the number of that level.
fn parts(units: &[u16]) -> Vec<LabelPart> {
    let mut parts = Vec::new();
    for run in units.chunk_by(|a, b| usize::from(*a) >= LEVELS && usize::from(*b) >= LEVELS) {
        parts.push(match run {
            [level] if usize::from(*level) < LEVELS => LabelPart::Number(usize::from(*level)),
            text => LabelPart::Text(String::from_utf16_lossy(text)),
        });
    }
    parts
}

fn bullet(units: &[u16], font: &str) -> String {
    let text = String::from_utf16_lossy(units);
    text.chars().map(|it| symbol::bullet(font, it)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_a_level() {
        let text = |it: &str| LabelPart::Text(it.to_owned());
        let units: Vec<u16> = "第\u{0}章\u{0}.\u{1}、".encode_utf16().collect();
        let expected = [
            text("第"),
            LabelPart::Number(0),
            text("章"),
            LabelPart::Number(0),
            text("."),
            LabelPart::Number(1),
            text("、"),
        ];
        assert_eq!(parts(&units), expected);
        assert_eq!(parts(&[]), []);
    }
}
