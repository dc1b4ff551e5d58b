//! Moves to rules: one rule for each amount, with its condition, unit, tier.

use std::ops::Range;

use crate::{
    clause::{
        Move, Points, Verb,
        interval::{self, Interval},
        list,
        statement::Statement,
    },
    document::folded::{Folded, Letters},
    number::Decimal,
    ruleset::{Amount, Effect, Rule, SourceRef, Tier, from_outline::bounds},
    source::Place,
};

/// A text that is being read, with the way back to the document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading<'a> {
    pub(super) text: &'a Folded,
    pub(super) place: Place,
    pub(super) letters: &'a Letters<'a>,
}

impl Reading<'_> {
    /// The folded text of a range.
    pub(super) fn get(&self, range: &Range<usize>) -> &str {
        self.text.get(range.clone())
    }

    /// The document's own words of a range.
    pub(super) fn words(&self, range: &Range<usize>) -> String {
        self.text.original(range.clone(), self.letters)
    }

    /// Where a range stands and what it says.
    pub(super) fn source(&self, range: Range<usize>) -> SourceRef {
        let span = self.letters.together(self.text.span(range));
        SourceRef { at: self.place.to_string(), quote: self.letters.quote(span), span: Some(span) }
    }
}

/// What the statement before a tier measured, for tiers that do not say it again.
#[derive(Debug, Clone, Default)]
pub(super) struct Measure {
    words: String,
}

/// The rules of one move.
pub(super) fn of_move(
    reading: &Reading<'_>,
    statements: &[Statement],
    nth: usize,
    moved: &Move,
    measure: &mut Measure,
) -> Vec<Rule> {
    let Some(statement) = statements.get(nth) else { return Vec::new() };
    let effect = effect(moved.verb);
    if let Some(rule) = tier(reading, statements, nth, moved, effect, measure) {
        return vec![rule];
    }
    if let Some(rule) = ladder(reading, statement, moved, effect, measure) {
        return vec![rule];
    }
    if !statement.listed.is_empty() {
        return listed(reading, statement, moved, effect);
    }
    let conditions = conditions(reading, statement, moved);
    let amounts = amounts(moved, conditions.len());
    let source = reading.source(quote(statement));
    let unmatched = conditions.len() == 1 && amounts.len() > 1;
    let per =
        moved.per.as_ref().map(|it| it.unit.clone()).or_else(|| distant_per(reading, statement));
    let condition =
        |at: usize| conditions.get(at).or(conditions.first()).cloned().unwrap_or_default();
    let rules = amounts.into_iter().enumerate().map(|(at, amount)| Rule {
        effect,
        amount: Some(amount),
        per: per.clone(),
        when: Some(condition(at)).filter(|it| !it.is_empty()),
        source: source.clone(),
        doubts: doubts(statement, moved, unmatched),
        ..Rule::default()
    });
    rules.collect()
}

/// The effect of a verb.
pub(super) const fn effect(verb: Verb) -> Effect {
    match verb {
        Verb::Deduct => Effect::Deduct,
        Verb::Add => Effect::Add,
        Verb::Award => Effect::Award,
    }
}

/// What is not certain about the rules of a move.
fn doubts(statement: &Statement, moved: &Move, unmatched: bool) -> Vec<String> {
    let mut doubts = Vec::new();
    if statement.stem.is_some() {
        doubts.push("stem-inferred".to_owned());
    }
    if unmatched {
        doubts.push("list-unmatched".to_owned());
    }
    if moved.without_unit {
        doubts.push("unit-inferred".to_owned());
    }
    if moved.scanned || moved.amounts.iter().any(|it| it.scanned) {
        doubts.push("scan-error".to_owned());
    }
    doubts
}

/// One rule for each condition that follows the amount.
fn listed(reading: &Reading<'_>, statement: &Statement, moved: &Move, effect: Effect) -> Vec<Rule> {
    let amount = moved.amounts.first().map(|it| amount(*it));
    let per = moved.per.as_ref().map(|it| it.unit.clone());
    let rules = statement.listed.iter().map(|it| Rule {
        effect,
        amount,
        per: per.clone(),
        when: Some(reading.words(it)),
        source: reading.source(it.clone()),
        ..Rule::default()
    });
    rules.collect()
}

/// The words that state a rule: its condition and its clause.
pub(super) fn quote(statement: &Statement) -> Range<usize> {
    let clause = &statement.clause.range;
    if statement.own.is_empty() || statement.own.start > clause.start {
        return clause.clone();
    }
    statement.own.start..clause.end
}

/// A condition in the document's words, with its stem.
pub(super) fn condition(reading: &Reading<'_>, statement: &Statement) -> String {
    let stem = statement.stem.as_ref().map(|it| reading.words(it)).unwrap_or_default();
    format!("{stem}{}", reading.words(&statement.own))
}

/// The conditions of a move: one, or one for each part of its list.
fn conditions(reading: &Reading<'_>, statement: &Statement, moved: &Move) -> Vec<String> {
    let text = reading.text.text.as_str();
    let many = moved.amounts.len();
    let divided = if many > 1 {
        list::divide(text, statement.own.clone(), many)
    } else if moved.each && !statement.own.is_empty() {
        Some(list::parts(text, statement.own.clone()))
    } else if let Some(many) = steps(moved) {
        list::divide(text, statement.own.clone(), many)
    } else {
        None
    };
    let Some(divided) = divided else { return vec![condition(reading, statement)] };
    let stem = statement.stem.as_ref().map(|it| reading.words(it)).unwrap_or_default();
    let join = |it: Vec<Range<usize>>| it.iter().map(|it| reading.words(it)).collect::<String>();
    divided.into_iter().map(|it| format!("{stem}{}", join(it))).collect()
}

/// How many whole steps a falling range has: 3-1 is shared out over three names.
fn steps(moved: &Move) -> Option<usize> {
    let only = moved.amounts.first().filter(|it| it.falling && moved.amounts.len() == 1)?;
    let steps = (only.most? - only.least).normalize();
    let whole = steps.is_integer() && steps > Decimal::ZERO;
    usize::try_from(steps).ok().filter(|_| whole).map(|it| it + 1).filter(|it| *it <= 10)
}

/// One amount for each condition.
fn amounts(moved: &Move, conditions: usize) -> Vec<Amount> {
    if let Some(only) = moved.amounts.first().filter(|_| moved.amounts.len() == 1) {
        return match (steps(moved), only.most) {
            (Some(steps), Some(most)) if steps == conditions && conditions > 1 => {
                (0..steps).map(|it| Amount::Exact(most - Decimal::from(it))).collect()
            }
            _ => vec![amount(*only); conditions.max(1)],
        };
    }
    moved.amounts.iter().map(|it| amount(*it)).collect()
}

/// Points as an amount.
pub(super) fn amount(points: Points) -> Amount {
    points.most.map_or(Amount::Exact(points.least), |most| Amount::Range(points.least, most))
}

/// The counted unit where the condition stands between it and the amount: 每发生一起事故的，扣2分.
fn distant_per(reading: &Reading<'_>, statement: &Statement) -> Option<String> {
    let own = reading.get(&statement.own);
    let at = own.rfind('每')?;
    let counts = |word: &str| own.get(at..).is_some_and(|it| it.starts_with(word));
    let event = ["每发现", "每发生", "每出现", "每有", "每查实"].iter().any(|it| counts(it));
    let opens = at == 0 || own.get(..at).is_some_and(|it| it.ends_with([',', ';', '、']));
    let unit = crate::clause::from_text::unit_at(own, at)?;
    let period = ["年", "月", "季度", "周", "日", "天", "半年", "季", "个月", "学期", "名", "人"]
        .iter()
        .any(|it| unit.0 == *it);
    let last = own.get(at..).is_some_and(|it| !it.contains(','));
    ((event || (opens && last)) && !period && unit.1).then_some(unit.0)
}

/// A rule with one tier, where a measured value picks the amount.
fn tier(
    reading: &Reading<'_>,
    statements: &[Statement],
    nth: usize,
    moved: &Move,
    effect: Effect,
    measure: &mut Measure,
) -> Option<Rule> {
    let statement = statements.get(nth)?;
    let only = moved.amounts.first().filter(|_| moved.amounts.len() == 1 && moved.per.is_none())?;
    let text = reading.text.text.as_str();
    if let Some(rank) = rank(reading, statement) {
        return Some(rank_rule(reading, statement, effect, *only, rank));
    }
    let own = consequence(reading, &statement.own);
    if moves_itself(reading, &own) {
        return None;
    }
    let interval = interval::at_end(text, own)?;
    if !(effect == Effect::Award
        || picks(&interval)
        || has_neighbour(reading, statements, nth, &interval))
    {
        return None;
    }
    let (measured, when) = measured(reading, statement, &interval, measure);
    let tier = Tier {
        bounds: bounds::of(&interval),
        amount: Some(amount(*only)),
        doubts: bounds::open(&interval),
        ..Tier::default()
    };
    Some(Rule {
        effect,
        measure: Some(measured).filter(|it| !it.is_empty()),
        when,
        tiers: vec![tier],
        source: reading.source(quote(statement)),
        ..Rule::default()
    })
}

/// 低于90%、80%、70%的，分别扣1分、2分、3分; 第1-3名依次计10分、9分、8分: one tier for each amount.
fn ladder(
    reading: &Reading<'_>,
    statement: &Statement,
    moved: &Move,
    effect: Effect,
    measure: &mut Measure,
) -> Option<Rule> {
    let many = moved.amounts.len();
    if many < 2 || moved.per.is_some() {
        return None;
    }
    let source = reading.source(quote(statement));
    let rule = |measure: String, tiers: Vec<Tier>| Rule {
        effect,
        measure: Some(measure).filter(|it| !it.is_empty()),
        tiers,
        source: source.clone(),
        ..Rule::default()
    };
    if let Some((from, to)) = rank(reading, statement) {
        let count = usize::try_from(to - from).ok()? + 1;
        let tiers = (0..many).map(|it| Tier {
            bounds: bounds::closed(from + Decimal::from(it), from + Decimal::from(it)),
            amount: moved.amounts.get(it).map(|it| amount(*it)),
            ..Tier::default()
        });
        return (count == many).then(|| rule(rank_measure(reading, statement), tiers.collect()));
    }
    let text = reading.text.text.as_str();
    let divided = list::divide(text, statement.own.clone(), many)?;
    let mut tiers = Vec::new();
    let mut measured_words = None;
    for (pieces, points) in divided.iter().zip(&moved.amounts) {
        let joined: String = pieces.iter().map(|it| reading.get(it)).collect();
        if let Some((from, to)) = rank_of(&joined) {
            let at = joined.rfind('第').unwrap_or(0);
            measured_words.get_or_insert_with(|| joined.get(..at).unwrap_or_default().to_owned());
            tiers.push(Tier {
                bounds: bounds::closed(from, to),
                amount: Some(amount(*points)),
                ..Tier::default()
            });
            continue;
        }
        let interval = interval::at_end(&joined, 0..joined.len()).filter(picks)?;
        measured_words.get_or_insert_with(|| {
            joined.get(..interval.range.start).unwrap_or_default().to_owned()
        });
        tiers.push(Tier {
            bounds: bounds::of(&interval),
            amount: Some(amount(*points)),
            doubts: bounds::open(&interval),
            ..Tier::default()
        });
    }
    let words = measured_words?;
    let words = words.rsplit([',', ';', '。', ':']).next().unwrap_or_default().to_owned();
    if words.contains('、') {
        return None;
    }
    *measure = Measure { words: words.clone() };
    Some(rule(words, tiers))
}

/// What ranks are counted of: the words before 第.
fn rank_measure(reading: &Reading<'_>, statement: &Statement) -> String {
    let own = reading.get(&statement.own);
    let at = own.rfind('第').unwrap_or(0);
    let measure = reading.words(&(statement.own.start..statement.own.start + at));
    let mut parts = measure.rsplit(['，', ',', '、', '；']);
    let last = parts.next().unwrap_or_default().to_owned();
    // 由低到高排名，排名第1名: the words that say what is ranked stand before.
    if last == "排名" || last.is_empty() {
        return parts.next().map_or_else(|| "名次".to_owned(), str::to_owned);
    }
    last
}

/// 扣满5分的，追加扣除2分: points that have moved are an event and no measure.
fn moves_itself(reading: &Reading<'_>, own: &Range<usize>) -> bool {
    let words = reading.get(own);
    let last = words.rsplit([',', ';']).next().unwrap_or_default();
    last.contains("扣满")
        || last.contains("扣分")
        || last.contains("累计扣")
        || last.contains("加满")
}

/// The condition of 如注册资本为200万元以上，则得分: what stands before 则.
fn consequence(reading: &Reading<'_>, own: &Range<usize>) -> Range<usize> {
    let then = reading.get(own).rfind(",则").or_else(|| reading.get(own).rfind(",此项"));
    then.map_or_else(|| own.clone(), |at| own.start..own.start + at)
}

/// Whether the unit of an interval is one that a measured value has: a rate, a score.
fn picks(interval: &Interval) -> bool {
    match interval.unit.as_deref() {
        Some(unit) => {
            unit == "%" || unit.ends_with("百分点") || unit.starts_with('分') || unit == "个分"
        }
        None => true,
    }
}

/// Whether the statement beside also ends in an interval of the same unit: a ladder.
fn has_neighbour(
    reading: &Reading<'_>,
    statements: &[Statement],
    nth: usize,
    interval: &Interval,
) -> bool {
    let text = reading.text.text.as_str();
    let beside = |at: Option<usize>| {
        let other = at.and_then(|it| statements.get(it))?;
        let same = other.sentence == statements.get(nth)?.sentence;
        let bare = interval::at_end(text, other.own.clone()).filter(|_| same)?;
        let short = bare.range.start - other.own.start <= 9;
        (bare.unit == interval.unit && (short || at > Some(nth))).then_some(())
    };
    let own_is_short =
        statements.get(nth).is_some_and(|it| interval.range.start - it.own.start <= 9);
    (own_is_short && beside(nth.checked_sub(1)).is_some()) || beside(Some(nth + 1)).is_some()
}

/// What an interval measures and what else the condition says. A tier without words of its own measures what the one
/// before it did.
fn measured(
    reading: &Reading<'_>,
    statement: &Statement,
    interval: &Interval,
    last: &mut Measure,
) -> (String, Option<String>) {
    let before = statement.own.start..interval.range.start;
    let slice = reading.get(&before);
    let cut = slice.rfind([',', ':', ';', '。']).map_or(0, |it| it + 1);
    let mut start = before.start + cut;
    let mut end = before.end;
    while let Some(word) = ["如果", "如至今", "如", "若", "当", "凡"]
        .iter()
        .find(|it| text_before(reading, start, end).starts_with(**it))
    {
        start += word.len();
    }
    while let Some(word) =
        ["达到", "为", "在", "的", "达", "是", "占", "等于", "得分在", "且", "但"]
            .iter()
            .find(|it| text_before(reading, start, end).ends_with(**it))
    {
        end -= word.len();
    }
    let words = reading.words(&(start..end));
    let key = text_before(reading, start, end).to_owned();
    let rest = before.start..start.saturating_sub(1).max(before.start);
    let when = Some(reading.words(&rest)).filter(|it| !it.is_empty());
    if key.is_empty() {
        return (last.words.clone(), when);
    }
    *last = Measure { words: words.clone() };
    (words, when)
}

fn text_before<'a>(reading: &'a Reading<'_>, start: usize, end: usize) -> &'a str {
    reading.text.get(start..end)
}

/// The ranks at the end of a condition: 第1名, 第二至五名, 前3名.
fn rank(reading: &Reading<'_>, statement: &Statement) -> Option<(Decimal, Decimal)> {
    rank_of(reading.get(&statement.own))
}

/// The ranks at the end of some words.
fn rank_of(words: &str) -> Option<(Decimal, Decimal)> {
    let own = words.trim_end_matches(['的', ',', '者']);
    let own = own.strip_suffix("名").or_else(|| own.strip_suffix("位"))?;
    let at = own.rfind('第')?;
    if own.get(..at).is_some_and(|it| it.ends_with("倒数") || it.ends_with("后")) {
        return None;
    }
    let digits = own.get(at + '第'.len_utf8()..)?;
    let digits = digits.replace(['第', '名'], "");
    let mut parts = digits.split(['-', '~', '至', '到']);
    let first = crate::number::read(parts.next()?)?;
    let second = parts.next().map_or(Some(first), crate::number::read)?;
    parts.next().is_none().then_some((first.min(second), first.max(second)))
}

fn rank_rule(
    reading: &Reading<'_>,
    statement: &Statement,
    effect: Effect,
    points: Points,
    (from, to): (Decimal, Decimal),
) -> Rule {
    let own = reading.get(&statement.own);
    let at = own.rfind('第').unwrap_or(0);
    let measure = reading.words(&(statement.own.start..statement.own.start + at));
    let measure = measure.rsplit([',', '，', '、', '；']).next().unwrap_or_default().to_owned();
    // 获得第1名: the rank is part of the event, and nothing is measured.
    if ["获得", "取得", "荣获", "获", "夺得", "赢得"].contains(&measure.as_str()) {
        return Rule {
            effect,
            amount: Some(amount(points)),
            when: Some(condition(reading, statement)),
            source: reading.source(quote(statement)),
            ..Rule::default()
        };
    }
    let measure = if measure.is_empty() { "名次".to_owned() } else { measure };
    let tier =
        Tier { bounds: bounds::closed(from, to), amount: Some(amount(points)), ..Tier::default() };
    Rule {
        effect,
        measure: Some(measure),
        tiers: vec![tier],
        source: reading.source(quote(statement)),
        ..Rule::default()
    }
}

/// The tier of a statement that gives no points: 低于60%的，不得分.
pub(super) fn zero_tier(
    reading: &Reading<'_>,
    statement: &Statement,
    measure: &mut Measure,
) -> Option<Rule> {
    let interval =
        interval::at_end(reading.text.text.as_str(), statement.own.clone()).filter(picks)?;
    let (measured, when) = measured(reading, statement, &interval, measure);
    let tier = Tier {
        bounds: bounds::of(&interval),
        doubts: bounds::open(&interval),
        effect: Some(Effect::Zero),
        ..Tier::default()
    };
    Some(Rule {
        effect: Effect::Zero,
        measure: Some(measured).filter(|it| !it.is_empty()),
        when,
        tiers: vec![tier],
        source: reading.source(quote(statement)),
        ..Rule::default()
    })
}
