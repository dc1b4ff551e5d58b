//! Intervals: 90分以上, 100-90分(含90分), 75%-100%(含75%，不含100%), ≥90%, 60≤得分<80.

use std::ops::Range;

use crate::{
    clause::{
        grammar::{Rule, parse},
        pair::Pair,
        sought::Sought,
    },
    number::{self, Decimal},
};

/// An interval as written: what nothing in its own words decides is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interval {
    /// Its bytes within the folded text.
    pub range: Range<usize>,
    /// The lower edge.
    pub lower: Option<Edge>,
    /// The upper edge.
    pub upper: Option<Edge>,
    /// The unit of its numbers (分, %, 名), where one stands.
    pub unit: Option<String>,
}

/// One edge of an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge {
    /// The number.
    pub value: Decimal,
    /// Whether the number belongs to the interval, where its own words say so.
    pub inclusive: Option<bool>,
}

/// The interval that begins at a byte of a text, if one does.
#[must_use]
pub fn at(text: &str, start: usize) -> Option<Interval> {
    let parse = parse(Rule::interval, text, start)?;
    let pair = parse.pair()?;
    let inner = pair.parts().next()?;
    let mut reading = Reading::default();
    reading.read(inner)?;
    let Reading { lower, upper, unit, units, .. } = reading;
    let (lower, upper, unit) = in_one_unit(lower, upper, unit, &units)?;
    let (lower, upper) = match (lower, upper) {
        (Some(a), Some(b)) if a.value > b.value => (Some(b), Some(a)),
        both => both,
    };
    Some(Interval { range: pair.range(), lower, upper, unit })
}

/// The edges in one unit: 100元至1万元 is 100 to 10000 元. None where the units have nothing in common.
fn in_one_unit(
    lower: Option<Edge>,
    upper: Option<Edge>,
    unit: Option<String>,
    units: &[Option<String>],
) -> Option<(Option<Edge>, Option<Edge>, Option<String>)> {
    let ([Some(one), Some(other)], Some(a), Some(b)) = (units, lower, upper) else {
        return Some((lower, upper, unit));
    };
    if one == other {
        return Some((lower, upper, unit));
    }
    let by = scale(one, other)?;
    if by >= Decimal::ONE {
        return Some((Some(a.times(by)), upper, Some(other.clone())));
    }
    Some((lower, Some(b.times(scale(other, one)?)), Some(one.clone())))
}

/// How many of another unit one of a unit is, where both count the same: 10000 for 万元 and 元.
fn scale(unit: &str, other: &str) -> Option<Decimal> {
    const FACTORS: &[(char, i64)] =
        &[('十', 10), ('百', 100), ('千', 1_000), ('万', 10_000), ('亿', 100_000_000)];
    let split = |unit: &str| {
        let mut factor = Decimal::ONE;
        let mut base = unit.to_owned();
        while let Some((c, by)) = FACTORS.iter().find(|it| base.starts_with(it.0)) {
            factor *= Decimal::from(*by);
            base.drain(..c.len_utf8());
        }
        (factor, base)
    };
    let ((one, base), (another, of)) = (split(unit), split(other));
    // 10万至50万元: the unit of both.
    let same = base == of || base.is_empty() || of.is_empty();
    same.then(|| one / another)
}

impl Edge {
    fn times(self, by: Decimal) -> Self {
        Self { value: (self.value * by).normalize(), ..self }
    }
}

impl Interval {
    /// The interval in another unit that counts the same: 1万元以上 in 元.
    #[must_use]
    pub fn in_unit(&self, unit: &str) -> Option<Self> {
        let by = scale(self.unit.as_deref()?, unit)?;
        let edge = |it: Edge| it.times(by);
        Some(Self {
            lower: self.lower.map(edge),
            upper: self.upper.map(edge),
            unit: Some(unit.to_owned()),
            range: self.range.clone(),
        })
    }
}

/// All intervals of a part of a text, in order.
#[must_use]
pub fn all(text: &str, part: Range<usize>) -> Vec<Interval> {
    let mut found: Vec<Interval> = Vec::new();
    let Some(slice) = text.get(part.clone()).filter(|it| INTERVAL.possible(it) & 1 == 1) else {
        return found;
    };
    let mut done = part.start;
    for (offset, c) in slice.char_indices() {
        let start = part.start + offset;
        let begins = c.is_ascii_digit()
            || BEGINNINGS.contains(&c)
            || c == '-' && text.get(..start).is_some_and(|it| it.ends_with(BEFORE_MINUS));
        if start < done || !begins || inside_number(text, start, c) || beyond(text, start, c) {
            continue;
        }
        if let Some(interval) = at(text, start).filter(|it| it.range.end <= part.end) {
            done = interval.range.end;
            found.push(interval);
        }
    }
    found
}

/// The interval at the end of a part of a text, with nothing after it but 的, 者, 时 and punctuation.
#[must_use]
pub fn at_end(text: &str, part: Range<usize>) -> Option<Interval> {
    let last = all(text, part.clone()).pop()?;
    let rest = text.get(last.range.end..part.end)?;
    rest.chars().all(|it| "的者时得,、:)之间]".contains(it)).then_some(last)
}

static INTERVAL: Sought = Sought::new(&[Rule::interval]);

/// The characters with which an interval begins, beside digits.
const BEGINNINGS: &[char] = &[
    '零', '〇', '一', '二', '两', '三', '四', '五', '六', '七', '八', '九', '十', '百', '千', '半',
    '不', '大', '达', '≥', '>', '满', '高', '超', '多', '低', '小', '少', '未', '<', '≤', '±',
];

/// The characters after which a - belongs to its number: 幅度在-20%-20%之间.
const BEFORE_MINUS: &[char] = &['在', '为', '于', '到', '达', '率', '度', '幅', '('];

/// Whether a digit stands within a number that began before it.
fn inside_number(text: &str, start: usize, c: char) -> bool {
    let number = |it: char| it.is_ascii_digit() || it == '.';
    number(c) && text.get(..start).and_then(|it| it.chars().next_back()).is_some_and(number)
}

/// Whether what begins here stands behind a sign that changes it: 超过±3% lies outside, and 3% of ±3% is no number of its own.
fn beyond(text: &str, start: usize, c: char) -> bool {
    let before = text.get(..start).unwrap_or_default();
    let outside = || before.ends_with(['超', '过', '出', '于']) || before.ends_with("不在");
    before.ends_with('±') || c == '±' && outside()
}

/// The edges as they are read.
#[derive(Debug, Default)]
struct Reading {
    lower: Option<Edge>,
    upper: Option<Edge>,
    unit: Option<String>,
    edges: Vec<Edge>,
    /// The unit that stands behind each edge.
    units: Vec<Option<String>>,
}

impl Reading {
    fn read(&mut self, pair: Pair<'_>) -> Option<()> {
        match pair.rule() {
            Rule::squeezed => self.squeezed(pair),
            Rule::ranged => {
                self.parts(pair);
                let mut edges = self.edges.iter().copied();
                (self.lower, self.upper) = (edges.next(), edges.next());
                self.upper.map(|_| ())
            }
            Rule::around => self.around(pair),
            Rule::one_sided_after => self.after(pair),
            Rule::one_sided_before => self.before(pair),
            Rule::lower_and_upper => self.lower_and_upper(pair),
            _ => None,
        }
    }

    /// Reads edges and brackets; a bracket with a number speaks of the edge with that number, one without of the last.
    fn parts(&mut self, pair: Pair<'_>) {
        for part in pair.parts() {
            match part.rule() {
                Rule::edge => self.edge(part),
                Rule::included => self.included(part),
                _ => {}
            }
        }
    }

    fn edge(&mut self, pair: Pair<'_>) {
        let bare_include = pair.as_str().ends_with('含');
        if pair.as_str().starts_with("百分之") {
            self.unit = Some("%".to_owned());
        }
        let mut negative = false;
        for part in pair.parts() {
            match part.rule() {
                Rule::minus => negative = true,
                Rule::number => {
                    if let Some(value) = number::read(part.as_str()) {
                        let value = if negative { -value } else { value };
                        self.edges.push(Edge { value, inclusive: None });
                        self.units.push(None);
                    }
                }
                Rule::unit => {
                    self.unit = Some(part.as_str().to_owned());
                    if let Some(last) = self.units.last_mut() {
                        last.clone_from(&self.unit);
                    }
                }
                Rule::included => self.included(part),
                _ => {}
            }
        }
        if let Some(last) = self.edges.last_mut().filter(|_| bare_include) {
            last.inclusive = Some(true);
        }
    }

    fn included(&mut self, pair: Pair<'_>) {
        for part in pair.parts() {
            let mut inclusive = true;
            let mut value = None;
            for word in part.parts() {
                match word.rule() {
                    Rule::excludes => inclusive = false,
                    Rule::number => value = number::read(word.as_str()),
                    _ => {}
                }
            }
            let edge = match value {
                Some(value) => self.edges.iter_mut().find(|it| it.value == value),
                None => self.edges.last_mut(),
            };
            if let Some(edge) = edge {
                edge.inclusive = Some(inclusive);
            }
        }
    }

    fn after(&mut self, pair: Pair<'_>) -> Option<()> {
        let word = pair
            .clone()
            .parts()
            .find(|it| matches!(it.rule(), Rule::at_least_word | Rule::at_most_word));
        self.parts(pair);
        let mut edge = self.edges.first().copied()?;
        let Some(word) = word else {
            self.lower = Some(edge);
            return Some(());
        };
        edge.inclusive = edge.inclusive.or_else(|| with_the_number(word.as_str()));
        if word.rule() == Rule::at_least_word {
            self.lower = Some(edge);
        } else {
            self.upper = Some(edge);
        }
        Some(())
    }

    /// ±3%: from so much below to so much above.
    fn around(&mut self, pair: Pair<'_>) -> Option<()> {
        for part in pair.parts() {
            match part.rule() {
                Rule::number => {
                    let value = number::read(part.as_str())?;
                    self.lower = Some(Edge { value: -value, inclusive: None });
                    self.upper = Some(Edge { value, inclusive: None });
                }
                Rule::unit => self.unit = Some(part.as_str().to_owned()),
                _ => {}
            }
        }
        self.upper.map(|_| ())
    }

    fn before(&mut self, pair: Pair<'_>) -> Option<()> {
        let word = pair.parts().next()?.rule();
        let undecided = pair.as_str().ends_with("以上") || pair.as_str().ends_with("以下");
        self.parts(pair);
        let mut edge = self.edges.first().copied()?;
        let inclusive = matches!(word, Rule::not_less | Rule::not_more);
        let side =
            pair.parts().find(|it| matches!(it.rule(), Rule::at_least_word | Rule::at_most_word));
        edge.inclusive = edge
            .inclusive
            .or_else(|| with_the_number(side?.as_str()))
            .or((!undecided || inclusive).then_some(inclusive));
        match word {
            Rule::not_less | Rule::more_than => self.lower = Some(edge),
            _ => self.upper = Some(edge),
        }
        Some(())
    }

    fn lower_and_upper(&mut self, pair: Pair<'_>) -> Option<()> {
        let mut words = Vec::new();
        for part in pair.parts() {
            match part.rule() {
                Rule::at_least_word | Rule::at_most_word => {
                    words.push(with_the_number(part.as_str()));
                }
                Rule::not_less => words.push(Some(true)),
                Rule::less_than => words.push(Some(false)),
                _ => {}
            }
        }
        self.parts(pair);
        let mut edges = self
            .edges
            .iter()
            .copied()
            .zip(words)
            .map(|(edge, word)| Edge { inclusive: edge.inclusive.or(word), ..edge });
        (self.lower, self.upper) = (edges.next(), edges.next());
        self.upper.map(|_| ())
    }

    fn squeezed(&mut self, pair: Pair<'_>) -> Option<()> {
        let mut numbers = Vec::new();
        let mut inclusive = Vec::new();
        for part in pair.parts() {
            match part.rule() {
                Rule::number => numbers.extend(number::read(part.as_str())),
                Rule::less => inclusive.push(part.as_str() != "<"),
                Rule::unit => self.unit = Some(part.as_str().to_owned()),
                _ => {}
            }
        }
        let mut edges = numbers
            .into_iter()
            .zip(inclusive)
            .map(|(value, it)| Edge { value, inclusive: Some(it) });
        (self.lower, self.upper) = (edges.next(), edges.next());
        self.upper.map(|_| ())
    }
}

/// 及以上 holds the number by its own words; 以上 leaves it open.
fn with_the_number(word: &str) -> Option<bool> {
    (word.starts_with(['及', '或', '含'])).then_some(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str) -> String {
        let edge = |it: Option<Edge>| {
            it.map_or(String::new(), |it| {
                let mark = match it.inclusive {
                    Some(true) => "=",
                    Some(false) => "!",
                    None => "?",
                };
                format!("{}{mark}", it.value)
            })
        };
        let found = all(text, 0..text.len());
        let shown: Vec<_> =
            found.into_iter().map(|it| format!("{}..{}", edge(it.lower), edge(it.upper))).collect();
        shown.join(" ")
    }

    #[test]
    fn intervals_are_read() {
        let cases = [
            ("100-90分(含90分)", "90=..100?"),
            ("75%-100%(含75%,不含100%)", "75=..100!"),
            ("25%以下", "..25?"),
            ("98%以上", "98?.."),
            ("92%-98%", "92?..98?"),
            ("90分及以上", "90=.."),
            ("95分(含)以上", "95=.."),
            ("95分(含95分)以上", "95=.."),
            ("95分(含)至100分", "95=..100?"),
            ("1040(不含)-1060(含)", "1040!..1060="),
            ("≥90", "90=.."),
            ("60≤得分<80", "60=..80!"),
            ("低于80%", "..80!"),
            ("不低于60分", "60=.."),
            ("达到90%以上", "90=.."),
            ("超过30天", "30!.."),
            ("80分以上90分以下", "80?..90?"),
            ("80分(含)以上、90分以下", "80=..90?"),
            ("80分及以上,不足90分", "80=..90!"),
            ("90(含90分)-100分", "90=..100?"),
            ("3年(含)-8年", "3=..8?"),
            ("三年以下", "..3?"),
            ("达到90%及以上", "90=.."),
            ("低于或等于10%", "..10="),
            ("小于等于10%", "..10="),
            ("高于等于90%", "90=.."),
            ("±3%以内", "-3?..3?"),
            ("超过±3%", ""),
            ("100元至1万元", "100?..10000?"),
            ("5000万元-1亿元", "5000?..10000?"),
            ("1-2万元", "1?..2?"),
            ("超过控制目标的10%以内", "..10?"),
            ("超过控制目标的10%以上", "10?.."),
        ];
        for (text, wanted) in cases {
            assert_eq!(show(text), wanted, "{text}");
        }
    }

    #[test]
    fn an_interval_must_end_the_part() {
        let text = "完成率92%以下的";
        assert!(at_end(text, 0..text.len()).is_some());
        let text = "超过24小时未报的";
        assert!(at_end(text, 0..text.len()).is_none());
    }
}
