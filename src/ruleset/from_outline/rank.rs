//! Ranks: 第1名, 第二至五名, 前6名, 第10名以后, as the bounds of a tier.

use super::{bounds, rules::Reading};
use crate::{
    clause::statement::Statement,
    number::Decimal,
    ruleset::{Bound, Bounds},
};

/// The ranks at the end of a condition: 第1名, 第二至五名, 第10名以后.
#[derive(Debug)]
pub(super) struct Ranks {
    pub(super) from: Decimal,
    pub(super) to: Decimal,
    /// Whether all ranks beyond are meant too, and whether the first is one of them: 12名之后, 第4名及以下.
    pub(super) on: Option<bool>,
    /// Whether they are all from the first on: 前6名.
    pub(super) front: bool,
    /// Where they begin within the words.
    pub(super) at: usize,
}

impl Ranks {
    /// The bounds of a tier of these ranks.
    pub(super) fn bounds(&self) -> Bounds {
        match self.on {
            Some(inclusive) => {
                Bounds { lower: Some(Bound { value: self.from, inclusive }), upper: None }
            }
            None if self.front => {
                Bounds { lower: None, upper: Some(Bound { value: self.to, inclusive: true }) }
            }
            None => bounds::closed(self.from, self.to),
        }
    }
}

/// The words after a rank that mean those beyond, and whether the rank is one of them.
const BEYOND: &[(&str, bool)] = &[
    ("及以后", true),
    ("及之后", true),
    ("及以下", true),
    ("及其以后", true),
    ("(含)以后", true),
    ("(含)以下", true),
    ("之后", false),
    ("以后", false),
    ("以外", false),
];

/// Some words without those that say who has the rank at their end: 前3名的村, 第1名者.
fn without_ranked(words: &str) -> &str {
    let words = words.trim_end_matches(['的', ',', '者']);
    match words.rsplit_once('的') {
        Some((rank, who)) if rank.ends_with(['名', '位']) && who.chars().count() <= 4 => rank,
        _ => words,
    }
}

/// Some words without those that mean all ranks beyond.
fn without_beyond(words: &str) -> (&str, Option<bool>) {
    let found = BEYOND.iter().find_map(|(word, with)| Some((words.strip_suffix(word)?, *with)));
    found.map_or((words, None), |(words, with)| (words, Some(with)))
}

/// The words before which a rank needs no 名: 排名第一.
const RANKED: &[&str] = &["排名", "名次", "位次", "排位", "位列", "排在", "列", "居", "排", "位居"];

/// The ranks at the end of some words; after other ranks (`ranked`), 第二 alone is one.
pub(super) fn of(words: &str, ranked: bool) -> Option<Ranks> {
    let (own, on) = without_beyond(without_ranked(words));
    let bare = own.strip_suffix("名").or_else(|| own.strip_suffix("位"));
    let mut at = own.rfind('第')?;
    // 第六至第十名 begins at the first of both.
    let joined = own.get(..at).and_then(|it| it.strip_suffix(['-', '~', '至', '到']));
    at = joined.and_then(|it| it.rfind('第')).unwrap_or(at);
    let before = own.get(..at)?;
    if before.ends_with("倒数") || before.ends_with("后") {
        return None;
    }
    let named = bare.is_some()
        || RANKED.iter().any(|it| before.ends_with(it))
        || (ranked && before.is_empty());
    let digits = bare.unwrap_or(own).get(at + '第'.len_utf8()..)?;
    let (from, to) = ends(&digits.replace(['第', '名'], ""))?;
    (named && (on.is_none() || from == to)).then_some(Ranks { from, to, on, front: false, at })
}

/// The ranks among others that stand without 第: 年段前6名, 7到12名, 12名之后.
fn among(words: &str) -> Option<Ranks> {
    let (own, on) = without_beyond(without_ranked(words));
    let bare = own.strip_suffix("名").or_else(|| own.strip_suffix("位"))?;
    let (before, digits) = divided(bare);
    let (from, to) = ends(digits)?;
    if let Some(before) = before.strip_suffix('前') {
        let whole = from == to && on.is_none();
        let front = Ranks { from: Decimal::ONE, to, on, front: true, at: before.len() };
        return whole.then_some(front);
    }
    let several = if on.is_some() { from == to } else { from < to };
    (before.is_empty() && several).then_some(Ranks { from, to, on, front: false, at: 0 })
}

/// Some words and the ranks that they end with.
fn divided(words: &str) -> (&str, &str) {
    words.split_at(words.trim_end_matches(RANK_DIGITS).len())
}

/// The characters of ranks.
const RANK_DIGITS: &[char] = &[
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '一', '二', '两', '三', '四', '五', '六',
    '七', '八', '九', '十', '-', '~', '至', '到',
];

/// The ranks of a condition beside which the one before it or the one after it has ranks too.
pub(super) fn beside(
    reading: &Reading<'_>,
    statements: &[Statement],
    nth: usize,
    ranked: bool,
) -> Option<Ranks> {
    let statement = statements.get(nth)?;
    let ranks = among(reading.get(&statement.own))?;
    let same = |it: &&Statement| it.sentence == statement.sentence;
    let before = nth.checked_sub(1).and_then(|it| statements.get(it)).filter(same);
    let next = statements.get(nth + 1).filter(same);
    let goes_on = next
        .and_then(|it| among(reading.get(&it.own)).or_else(|| of(reading.get(&it.own), true)))
        .is_some_and(|it| it.from > ranks.from);
    (ranked && before.is_some() || goes_on).then_some(ranks)
}

/// The ranks of a list of amounts, which may stand without 第: 前三名, 排名1-3名.
pub(super) fn run(words: &str) -> Option<Ranks> {
    if let Some(ranks) = of(words, false) {
        return Some(ranks);
    }
    let own = without_ranked(words);
    let bare = own.strip_suffix("名").or_else(|| own.strip_suffix("位")).unwrap_or(own);
    let (before, digits) = divided(bare);
    if let Some(before) = before.strip_suffix('前') {
        let to = crate::number::read(digits)?;
        return Some(Ranks { from: Decimal::ONE, to, on: None, front: false, at: before.len() });
    }
    let (from, to) = ends(digits)?;
    let ranks = Ranks { from, to, on: None, front: false, at: before.len() };
    RANKED.iter().any(|it| before.ends_with(it)).then_some(ranks)
}

/// Both ends of 1-3, or one number twice.
fn ends(digits: &str) -> Option<(Decimal, Decimal)> {
    let mut parts = digits.split(['-', '~', '至', '到']);
    let first = crate::number::read(parts.next()?)?;
    let second = parts.next().map_or(Some(first), crate::number::read)?;
    parts.next().is_none().then_some((first.min(second), first.max(second)))
}
