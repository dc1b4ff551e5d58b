//! Automatic numbers: lists of levels, the paragraphs that count in them, and the labels that come of it.

use std::collections::{BTreeMap, BTreeSet};

use super::number_format::NumberFormat;

/// How many levels a list has.
pub(crate) const LEVELS: usize = 9;

/// A part of the text of a level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum LabelPart {
    /// Literal text.
    Text(String),
    /// The number of a level, from 0.
    Number(usize),
}

/// A level of a list.
#[derive(Debug, Clone, Default)]
pub(crate) struct Level {
    /// The number that it begins with.
    pub(crate) start: u32,
    /// How its number is written.
    pub(crate) format: NumberFormat,
    /// The text of its label.
    pub(crate) text: Vec<LabelPart>,
    /// Whether all numbers of its label are written in decimal.
    pub(crate) legal: bool,
    /// After which level, counted from 1, it begins anew; 0 for never. Without it, after each higher level.
    pub(crate) restart: Option<usize>,
    /// Whether a gap (a tab or a space) stands between label and text.
    pub(crate) gap: bool,
    /// The paragraph style that stands on this level.
    pub(crate) style: Option<String>,
}

/// The levels of a list.
#[derive(Debug, Clone, Default)]
pub(crate) struct Definition {
    /// Its levels by number; one that is not stated gives no label.
    pub(crate) levels: BTreeMap<usize, Level>,
}

/// A list that paragraphs refer to: a definition, and what differs from it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Instance {
    /// Its definition. Instances of one definition count together.
    pub(crate) definition: i64,
    /// Levels that begin anew, with this number, when this instance first uses them.
    pub(crate) starts: BTreeMap<usize, u32>,
    /// Levels that differ.
    pub(crate) levels: BTreeMap<usize, Level>,
}

/// The label of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Label {
    /// The label as it is shown.
    text: String,
    /// Whether a gap follows.
    gap: bool,
}

/// All lists of a document and where each stands.
#[derive(Debug, Clone, Default)]
pub(crate) struct Numbering {
    /// The definitions by number.
    pub(crate) definitions: BTreeMap<i64, Definition>,
    /// The instances by number.
    pub(crate) instances: BTreeMap<i64, Instance>,
    counters: BTreeMap<i64, [Option<u32>; LEVELS]>,
    begun: BTreeSet<(i64, usize)>,
    /// How many labels were written in a format that is not known.
    pub(crate) guessed: u32,
    /// How many paragraphs refer to a list that is not there.
    pub(crate) missing: u32,
}

impl Numbering {
    /// The level of an instance, with what differs from its definition.
    fn level<'a>(&'a self, instance: &'a Instance, level: usize) -> Option<&'a Level> {
        let definition = self.definitions.get(&instance.definition);
        instance.levels.get(&level).or_else(|| definition?.levels.get(&level))
    }

    /// The level on which a paragraph style stands.
    pub(crate) fn level_of_style(&self, instance: i64, style: &str) -> Option<usize> {
        let instance = self.instances.get(&instance)?;
        (0..LEVELS)
            .find(|it| self.level(instance, *it).and_then(|it| it.style.as_deref()) == Some(style))
    }

    /// Counts a paragraph and gives its label: none if the list or its level is not defined, or shows nothing.
    pub(crate) fn label(&mut self, id: i64, level: usize) -> Option<Label> {
        let level = level.min(LEVELS - 1);
        let Some(instance) = self.instances.get(&id) else {
            self.missing += 1;
            return None;
        };
        let own = self.level(instance, level)?;
        let begins = instance.starts.contains_key(&level) && !self.begun.contains(&(id, level));
        let mut counters = self.counters.get(&instance.definition).copied().unwrap_or_default();
        self.count(instance, level, begins, &mut counters);
        let label = Label { text: self.write(instance, own, &counters), gap: own.gap };
        let definition = instance.definition;
        self.guessed += u32::from(own.format == NumberFormat::Unknown);
        self.counters.insert(definition, counters);
        self.begun.insert((id, level));
        (!label.text.is_empty()).then_some(label)
    }

    /// Moves the counters on by one paragraph on a level.
    fn count(
        &self,
        instance: &Instance,
        level: usize,
        begins: bool,
        counters: &mut [Option<u32>; LEVELS],
    ) {
        for (at, counter) in counters.iter_mut().enumerate() {
            let start = || self.start(instance, at);
            if at < level {
                // A level above that no paragraph has used yet shows its first number.
                *counter = counter.or_else(|| Some(start()));
            } else if at == level {
                let next = counter.filter(|_| !begins).map(|it| it.saturating_add(1));
                *counter = Some(next.unwrap_or_else(start));
            } else {
                let restart = self.level(instance, at).and_then(|it| it.restart);
                if restart.is_none_or(|it| level < it) {
                    *counter = None;
                }
            }
        }
    }

    fn start(&self, instance: &Instance, level: usize) -> u32 {
        let own = || self.level(instance, level).map(|it| it.start);
        instance.starts.get(&level).copied().or_else(own).unwrap_or(1)
    }

    fn write(&self, instance: &Instance, own: &Level, counters: &[Option<u32>; LEVELS]) -> String {
        let mut text = String::new();
        for part in &own.text {
            match part {
                LabelPart::Text(it) => text.push_str(it),
                LabelPart::Number(at) => {
                    let format = self.level(instance, *at).map(|it| it.format).unwrap_or_default();
                    let format = if own.legal { NumberFormat::Decimal } else { format };
                    if let Some(number) = counters.get(*at).copied().flatten() {
                        text.push_str(&format.render(number));
                    }
                }
            }
        }
        text
    }
}

impl Label {
    /// The label as it stands before a text. Where the two would run together (第一章 总则, 3 5分, 1. 5分), the gap that Word
    /// shows there becomes a space.
    pub(crate) fn before(&self, text: &str) -> String {
        let last = self.text.chars().next_back();
        let first = text.chars().next();
        let runs_on = match (last, first) {
            (Some(last), Some(first)) => {
                (last.is_alphanumeric() && !is_enclosed(last) && !first.is_whitespace())
                    || (matches!(last, '.' | '．') && first.is_numeric())
            }
            _ => false,
        };
        if self.gap && runs_on { format!("{} ", self.text) } else { self.text.clone() }
    }
}

/// Whether a character is a number within a circle, brackets and the like, which runs together with nothing.
const fn is_enclosed(char: char) -> bool {
    matches!(char, '\u{2460}'..='\u{24FF}' | '\u{2776}'..='\u{2793}' | '\u{3220}'..='\u{32FF}')
}

/// The parts of a text such as `第%1章` or `%1.%2、`.
pub(crate) fn parts_of_pattern(pattern: &str) -> Vec<LabelPart> {
    let mut parts = Vec::new();
    let mut literal = String::new();
    let mut chars = pattern.chars().peekable();
    while let Some(char) = chars.next() {
        let level = chars.peek().and_then(|it| it.to_digit(10)).filter(|it| char == '%' && *it > 0);
        match level {
            Some(level) => {
                chars.next();
                if !literal.is_empty() {
                    parts.push(LabelPart::Text(std::mem::take(&mut literal)));
                }
                parts.push(LabelPart::Number(level as usize - 1));
            }
            None => literal.push(char),
        }
    }
    if !literal.is_empty() {
        parts.push(LabelPart::Text(literal));
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(format: &str, pattern: &str) -> Level {
        Level {
            start: 1,
            format: NumberFormat::from_name(format).unwrap(),
            text: parts_of_pattern(pattern),
            ..Level::default()
        }
    }

    fn numbering(levels: Vec<Level>) -> Numbering {
        let definition = Definition { levels: levels.into_iter().enumerate().collect() };
        let mut numbering = Numbering::default();
        numbering.definitions.insert(0, definition);
        for id in 1..=3 {
            numbering.instances.insert(id, Instance::default());
        }
        numbering
    }

    fn labels(numbering: &mut Numbering, paragraphs: &[(i64, usize)]) -> Vec<String> {
        let label = |(id, level): &(i64, usize)| {
            numbering.label(*id, *level).map(|it| it.before("")).unwrap_or_default()
        };
        paragraphs.iter().map(label).collect()
    }

    fn three() -> Vec<Level> {
        vec![
            level("chineseCounting", "%1、"),
            level("chineseCounting", "（%2）"),
            level("decimal", "%3."),
        ]
    }

    #[test]
    fn patterns() {
        use LabelPart::{Number, Text};
        let text = |it: &str| Text(it.to_owned());
        let table = [
            ("", vec![]),
            ("第%1章", vec![text("第"), Number(0), text("章")]),
            ("%1.%2、", vec![Number(0), text("."), Number(1), text("、")]),
            ("%0%%1%", vec![text("%0%"), Number(0), text("%")]),
        ];
        for (pattern, expected) in table {
            assert_eq!(parts_of_pattern(pattern), expected, "{pattern}");
        }
    }

    #[test]
    fn deeper_levels_begin_anew() {
        let mut it = numbering(three());
        let found =
            labels(&mut it, &[(1, 0), (1, 2), (1, 2), (1, 1), (1, 2), (1, 1), (1, 0), (1, 1)]);
        assert_eq!(found, ["一、", "1.", "2.", "（二）", "1.", "（三）", "二、", "（一）"]);
    }

    #[test]
    fn restart_says_after_which_level() {
        let mut levels = three();
        levels[1].restart = Some(0);
        levels[2].restart = Some(1);
        let mut it = numbering(levels);
        let found =
            labels(&mut it, &[(1, 0), (1, 1), (1, 2), (1, 1), (1, 2), (1, 0), (1, 1), (1, 2)]);
        assert_eq!(found, ["一、", "（一）", "1.", "（二）", "2.", "二、", "（三）", "1."]);
    }

    #[test]
    fn instances_count_together_until_one_begins_anew() {
        let mut it = numbering(three());
        it.instances.get_mut(&3).unwrap().starts.insert(0, 5);
        let found = labels(&mut it, &[(1, 0), (2, 0), (3, 0), (3, 0), (1, 0)]);
        assert_eq!(found, ["一、", "二、", "五、", "六、", "七、"]);
    }

    #[test]
    fn level_that_differs_in_one_instance() {
        let mut it = numbering(three());
        it.instances.get_mut(&2).unwrap().levels.insert(0, level("upperLetter", "%1)"));
        assert_eq!(labels(&mut it, &[(1, 0), (2, 0), (1, 0)]), ["一、", "B)", "三、"]);
    }

    #[test]
    fn legal_writes_decimal() {
        let mut legal = level("decimal", "%1.%2");
        legal.legal = true;
        let levels = vec![level("chineseCounting", "第%1章"), legal];
        let mut it = numbering(levels);
        assert_eq!(labels(&mut it, &[(1, 0), (1, 1), (1, 1)]), ["第一章", "1.1", "1.2"]);
    }

    #[test]
    fn what_is_not_defined_gives_no_label() {
        let mut it = numbering(three());
        assert_eq!(it.label(9, 0), None);
        assert_eq!(it.label(1, 5), None);
        assert_eq!(labels(&mut it, &[(1, 0)]), ["一、"]);
    }

    #[test]
    fn numbers_without_end_stay_bounded() {
        let mut last = level("decimal", "%1");
        last.start = u32::MAX;
        let mut it = numbering(vec![last]);
        assert_eq!(labels(&mut it, &[(1, 0), (1, 0)]), ["4294967295", "4294967295"]);
    }

    #[test]
    fn gap_only_where_label_and_text_would_run_together() {
        let table = [
            ("一、", "考核", "一、"),
            ("第一章", "总则", "第一章 "),
            ("第一章", "", "第一章"),
            ("3", "5分", "3 "),
            ("1.", "5分", "1. "),
            ("1.", "扣分", "1."),
            ("（1）", "5分", "（1）"),
            ("①", "5分", "①"),
        ];
        for (label, text, expected) in table {
            let with = |gap| Label { text: label.to_owned(), gap };
            assert_eq!(with(true).before(text), expected, "{label}{text}");
            assert_eq!(with(false).before(text), label);
        }
    }
}
