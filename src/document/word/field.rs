//! Fields: of a field only its result is text. One kind states its result in its instruction: Word's enclosed characters, which
//! Chinese documents use for ① and the like.

use super::number_format::NumberFormat;

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
    /// The fields of a text that is about to be read, by whether each that begins in it also ends in it.
    pub(crate) const fn new(balanced: bool) -> Self {
        Self { open: Vec::new(), balanced }
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

    /// Whether the text that stands here is an instruction.
    pub(crate) fn is_instruction(&self) -> bool {
        self.balanced && self.open.iter().any(|it| !it.separated)
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
