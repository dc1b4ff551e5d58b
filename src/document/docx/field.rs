//! Fields: of a field only its result is text. One kind states its result in its instruction: Word's enclosed characters, which
//! Chinese documents use for ① and the like.

use super::xml::Element;
use crate::document::word::number_format::NumberFormat;

/// The fields that are open at one place of a text.
#[derive(Debug, Default)]
pub(crate) struct Fields {
    open: Vec<Field>,
    /// Whether each field that begins in this text also ends in it; if not, nothing is left out for its sake.
    balanced: bool,
}

#[derive(Debug, Default)]
struct Field {
    instruction: String,
    /// Whether its result has begun.
    separated: bool,
    /// Whether it has shown some text.
    shown: bool,
}

impl Fields {
    /// The fields of a text that is about to be read.
    pub(crate) fn of(container: Element<'_>) -> Self {
        let mut depth = Some(0u32);
        balance(container, &mut depth);
        Self { open: Vec::new(), balanced: depth == Some(0) }
    }

    /// Whether text that stands here is shown: not within the instruction of a field around it.
    pub(crate) fn show(&mut self) -> bool {
        let around = self.open.len().saturating_sub(1);
        let hidden = self.balanced && self.open.iter().take(around).any(|it| !it.separated);
        if !hidden {
            self.open.iter_mut().for_each(|it| it.shown = true);
        }
        !hidden
    }

    /// A part of an instruction.
    pub(crate) fn instruct<'t>(&mut self, text: impl Iterator<Item = &'t str>) {
        if let Some(field) = self.open.last_mut() {
            field.instruction.extend(text);
        }
    }

    /// The beginning, the middle or the end of a field; at the end the text that only its instruction states.
    pub(crate) fn mark(&mut self, kind: &str) -> Option<String> {
        match kind {
            "begin" => self.open.push(Field::default()),
            "separate" => self.open.last_mut().into_iter().for_each(|it| it.separated = true),
            "end" => {
                let field = self.open.pop().filter(|it| !it.shown)?;
                return enclosed(&field.instruction);
            }
            _ => {}
        }
        None
    }
}

/// Counts the fields that are open; none once one ends that did not begin.
fn balance(element: Element<'_>, depth: &mut Option<u32>) {
    for child in element.children() {
        match (child.name(), child.attribute("fldCharType")) {
            ("fldChar", Some("begin")) => *depth = depth.and_then(|it| it.checked_add(1)),
            ("fldChar", Some("end")) => *depth = depth.and_then(|it| it.checked_sub(1)),
            // Text boxes are texts of their own; what is deleted is not read.
            ("txbxContent" | "del" | "moveFrom" | "t" | "rPr" | "pPr", _) => {}
            _ => balance(child, depth),
        }
    }
}

/// What `EQ \o\ac(○,1)` shows: ①, or the enclosed text itself where there is no such character.
pub(crate) fn enclosed(instruction: &str) -> Option<String> {
    let (switches, rest) = instruction.trim().split_once(['(', '（'])?;
    let switches: String = switches.chars().filter(|it| !it.is_whitespace()).collect();
    if !switches.to_ascii_lowercase().starts_with("eq\\o") {
        return None;
    }
    let inner = rest.trim_end().strip_suffix([')', '）'])?;
    let (frame, text) = inner.split_once([',', '，', ';'])?;
    let text = text.trim();
    let circled = text.parse().ok().filter(|_| matches!(frame.trim(), "○" | "〇" | "◯"));
    Some(circled.map_or_else(|| text.to_owned(), |it: u32| NumberFormat::Circled.render(it)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn enclosed_characters() {
        let table = [
            (r" eq \o\ac(○,1) ", Some("①")),
            (r"EQ \o\ac(○,12)", Some("⑫")),
            (r"eq \o\ac(○,21)", Some("21")),
            (r"eq \o\ac(□,密)", Some("密")),
            (r"eq \f(1,2)", None),
            ("PAGE", None),
            ("", None),
        ];
        for (instruction, expected) in table {
            assert_eq!(enclosed(instruction).as_deref(), expected, "{instruction}");
        }
    }
}
