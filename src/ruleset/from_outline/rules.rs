//! Moves to rules: one rule for each amount, with its condition, unit, tier.

use std::ops::Range;

use crate::{
    clause::{
        Dual, Move, Per, Points, Verb,
        interval::{self, Edge, Interval},
        list,
        statement::{self, Statement},
    },
    document::folded::{Folded, Letters},
    number::Decimal,
    pattern::pattern,
    ruleset::{
        Amount, Effect, Rule, SourceRef, Tier,
        from_outline::{bounds, rank},
    },
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
    /// The unit of its numbers.
    unit: Option<String>,
    /// Whether ranks are counted of it.
    ranked: bool,
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
        let doubts = moved.without_verb.then(|| "verb-inferred".to_owned());
        return vec![Rule { doubts: doubts.into_iter().collect(), ..rule }];
    }
    if let Some(rule) = ladder(reading, statement, moved, effect, measure) {
        return vec![rule];
    }
    if effect == Effect::Award && moved.per.is_none() {
        keep_reached(reading, statement, measure);
    }
    if !statement.listed.is_empty() {
        return listed(reading, statement, moved, effect);
    }
    let conditions = conditions(reading, statement, moved);
    let amounts = amounts(moved, conditions.len());
    let source = reading.source(quote(statement));
    let unmatched = conditions.len() == 1 && amounts.len() > 1;
    let own_per = moved.per.as_ref().map(|it| per_words(reading, it));
    let per = own_per.or_else(|| distant_per(reading, statements, nth));
    let unread_unit = per.is_none() && has_unread_unit(reading.get(&statement.own));
    let found = found_first(reading, statement).filter(|_| moved.per.is_none());
    let found =
        found.map(|it| reading.words(&(it.range.start..it.described.unwrap_or(it.range.end))));
    let whose = moved.whose.as_ref().map(|it| reading.words(it));
    let condition = |at: usize| {
        let words = conditions.get(at).or(conditions.first()).cloned().unwrap_or_default();
        let words = match found.as_deref().and_then(|it| words.strip_prefix(it)) {
            Some(rest) if rest.chars().count() > 1 => rest.to_owned(),
            _ => words,
        };
        match &whose {
            Some(whose) => of_whom(reading, statements, nth, words, whose),
            None => words,
        }
    };
    let rules = amounts.into_iter().enumerate().map(|(at, amount)| Rule {
        effect,
        amount: Some(amount),
        per: per.clone(),
        when: Some(condition(at)).filter(|it| !it.is_empty()),
        source: source.clone(),
        doubts: doubts(statement, moved, unmatched)
            .into_iter()
            .chain(unread_unit.then(|| "unit-unread".to_owned()))
            .collect(),
        ..Rule::default()
    });
    rules.collect()
}

/// A condition with whom it gives points or takes them from: 迟到的，扣当事人2分，扣所在科室1分 holds for both.
fn of_whom(
    reading: &Reading<'_>,
    statements: &[Statement],
    nth: usize,
    own: String,
    whose: &str,
) -> String {
    let statement = statements.get(nth);
    let before = nth.checked_sub(1).and_then(|it| statements.get(it));
    let same = before.filter(|it| statement.is_some_and(|other| it.sentence == other.sentence));
    let words = match same.filter(|_| own.is_empty()) {
        Some(before) => condition(reading, before),
        None => own,
    };
    let words = words.trim_end_matches("同时").trim_end_matches(['，', ',']);
    if words.is_empty() { whose.to_owned() } else { format!("{words}，{whose}") }
}

/// The counted unit in the document's words: 處, 400萬元.
pub(super) fn per_words(reading: &Reading<'_>, per: &Per) -> String {
    let piece = |it: &Range<usize>| {
        let folded = reading.get(it);
        let digits = folded.len()
            - folded.trim_start_matches(|it: char| it.is_ascii_digit() || it == '.').len();
        let number = folded.get(..digits).unwrap_or_default();
        format!("{number}{}", reading.words(&(it.start + digits..it.end)))
    };
    per.pieces.iter().map(piece).collect()
}

/// The two rules of 每增(减)1个百分点减(加)2分.
pub(super) fn of_dual(reading: &Reading<'_>, statement: &Statement, dual: &Dual) -> Vec<Rule> {
    let own = condition(reading, statement);
    let own = if own.is_empty() { own } else { format!("{own}，") };
    let source = reading.source(quote(statement));
    let rule = |(verb, way): &(Verb, Range<usize>)| Rule {
        effect: effect(*verb),
        amount: Some(amount(dual.points)),
        per: Some(per_words(reading, &dual.per)),
        when: Some(format!(
            "{own}{}{}{}",
            reading.words(&dual.each),
            reading.words(way),
            reading.words(&dual.counted)
        )),
        source: source.clone(),
        ..Rule::default()
    };
    dual.sides.iter().map(rule).collect()
}

/// Whether the last words of a condition count something by 每 that was not read as a unit.
fn has_unread_unit(own: &str) -> bool {
    let last = own.rsplit([',', ';']).next().unwrap_or_default();
    let periods = ["年", "月", "季", "周", "日", "天", "半", "学期", "人", "个月"];
    last.split('每').skip(1).any(|it| !periods.iter().any(|word| it.starts_with(word)))
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
    if moved.without_verb {
        doubts.push("verb-inferred".to_owned());
    }
    if moved.threshold.is_some() {
        doubts.push("threshold-inferred".to_owned());
    }
    if moved.scanned || moved.amounts.iter().any(|it| it.scanned) {
        doubts.push("scan-error".to_owned());
    }
    doubts
}

/// One rule for each condition that follows the amount.
fn listed(reading: &Reading<'_>, statement: &Statement, moved: &Move, effect: Effect) -> Vec<Rule> {
    let amount = moved.amounts.first().map(|it| amount(*it));
    let per = moved.per.as_ref().map(|it| per_words(reading, it));
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
    let behind = statement.behind.as_ref().map(|it| it.end + ')'.len_utf8());
    let clause = &statement.clause.range;
    let clause = clause.start..behind.unwrap_or(clause.end);
    if statement.own.is_empty() || statement.own.start > clause.start {
        return clause;
    }
    statement.own.start..clause.end
}

/// A condition in the document's words, with its stem.
pub(super) fn condition(reading: &Reading<'_>, statement: &Statement) -> String {
    let stem = statement.stem.as_ref().map(|it| reading.words(it)).unwrap_or_default();
    let own = reading.words(&statement.own);
    let own = own.strip_suffix('则').filter(|it| !it.ends_with('否')).unwrap_or(&own);
    let mut whole = format!("{stem}{own}");
    if let Some(case) = statement.behind.as_ref().map(|it| reading.words(it)) {
        whole = if whole.is_empty() { case } else { format!("{whole}，{case}") };
    }
    // 其中,上门服务的: a part of what stands before, and no word of it.
    let part = ["其中，", "其中,"].iter().find(|it| whole.starts_with(**it));
    whole.drain(..part.map_or(0, |it| it.len()));
    without_open_bracket(whole)
}

/// 教室,有违反 of 教室(有违反,每条扣1分,封顶3分): a bracket that the condition opens and something behind it closes parts its
/// words.
fn without_open_bracket(words: String) -> String {
    let Some(at) = words.rfind(['（', '(']) else { return words };
    let (before, behind) = words.split_at(at);
    let inner = behind.trim_start_matches(['（', '(']);
    if inner.contains(['）', ')']) || before.is_empty() {
        return words;
    }
    match inner.is_empty() {
        true => before.to_owned(),
        false => format!("{before}，{inner}"),
    }
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
fn distant_per(reading: &Reading<'_>, statements: &[Statement], nth: usize) -> Option<String> {
    let statement = statements.get(nth)?;
    // 非产区扣0.1分 behind 每减少1个百分点,产区扣0.2分.
    let before = nth.checked_sub(1).and_then(|it| Some((it, statements.get(it)?)));
    if let (Some(stem), Some((before, first))) = (&statement.stem, before)
        && stem.start == first.own.start
        && statement::case_at_end(reading.get(&first.own)) == Some(stem.len())
    {
        return distant_per(reading, statements, before);
    }
    if let Some(found) = found_first(reading, statement) {
        return Some(per_words(reading, &found));
    }
    if let Some(found) = found_within(reading, statement) {
        return Some(per_words(reading, &found));
    }
    if let Some(one) = one_of(reading, statement) {
        let next = statements.get(nth + 1).map(|it| reading.get(&it.own)).unwrap_or_default();
        // 有1项未完成扣1分,有2项未完成扣3分: numbers that are reached count nothing.
        let reached = next.match_indices(reading.get(&one)).any(|it| {
            next.get(..it.0)
                .is_some_and(|it| it.ends_with(|it: char| "2345二两三四五".contains(it)))
        });
        return (!reached).then(|| reading.words(&one));
    }
    let own = reading.get(&statement.own);
    let at = own.rfind('每')?;
    let counts = |word: &str| own.get(at..).is_some_and(|it| it.starts_with(word));
    let event = ["每发现", "每发生", "每出现", "每有", "每查实"].iter().any(|it| counts(it));
    let opens = at == 0 || own.get(..at).is_some_and(|it| it.ends_with([',', ';', '、']));
    let unit = crate::clause::from_text::unit_at(&reading.text.text, statement.own.start + at)?;
    let period =
        ["年", "月", "季度", "周", "日", "天", "半年", "半月", "季", "个月", "学期", "名", "人"]
            .iter()
            .any(|it| unit.0.unit == *it);
    let rest = own.get(at..)?;
    let of_case = rate_of_case(rest);
    let last = !rest.contains(',') || of_case;
    let opens = opens || of_case;
    let counted = event && unit.0.unit == "人";
    ((event || (opens && last)) && (!period || counted) && unit.1)
        .then(|| per_words(reading, &unit.0))
}

/// Whether a rate has nothing but a case behind it: 每减少1个百分点,产区.
fn rate_of_case(words: &str) -> bool {
    const WAYS: &[&str] =
        &["减少", "增加", "提高", "降低", "下降", "上升", "增长", "低", "高", "少", "多", "超"];
    let way = words.strip_prefix('每').is_some_and(|it| WAYS.iter().any(|way| it.starts_with(way)));
    let before = statement::case_at_end(words).and_then(|it| words.get(..it));
    way && before.is_some_and(|it| it.matches(',').count() == 1)
}

/// 一项不符合扣1分: the one case that the last words of a condition name.
fn one_of(reading: &Reading<'_>, statement: &Statement) -> Option<Range<usize>> {
    let own = reading.get(&statement.own);
    let at = own.rfind([',', ';']).map_or(0, |it| it + 1);
    let part = own.get(at..)?;
    let counts = ["一", "1", "有一", "有1"].iter().find(|it| part.starts_with(**it))?;
    let start = statement.own.start + at + counts.len();
    let units =
        ["人次", "件次", "项", "处", "人", "户", "家", "名", "起", "例", "次", "份", "件", "条"];
    let rest = reading.text.text.get(start..statement.own.end)?;
    let unit = units.iter().find(|it| rest.starts_with(**it))?;
    let words = rest.get(unit.len()..)?;
    let lacks = ["不", "未", "没", "缺", "无", "违", "漏", "错", "迟", "超"];
    let short = words.chars().count() <= 10 && !words.ends_with('的');
    (short && lacks.iter().any(|it| words.starts_with(it))).then(|| start..start + unit.len())
}

/// The event that a condition begins with: 查实一例 of 查实一例收受红包的.
fn found_first(reading: &Reading<'_>, statement: &Statement) -> Option<Per> {
    crate::clause::from_text::one_found_at(&reading.text.text, statement.own.start)
        .filter(|it| it.range.end <= statement.own.end)
}

/// The event that the last words of a condition name: 发现一起 of 抽查台账,当日发现一起乱堆乱放的.
fn found_within(reading: &Reading<'_>, statement: &Statement) -> Option<Per> {
    let own = reading.get(&statement.own);
    let at = own.rfind([',', ';']).map_or(0, |it| it + 1);
    let part = own.get(at..)?;
    let period = ["当日", "当天", "当月", "当年", "年内", "全年", "检查"]
        .iter()
        .find(|it| part.starts_with(**it))
        .map_or(0, |it| it.len());
    if at + period == 0 {
        return None;
    }
    crate::clause::from_text::one_found_at(&reading.text.text, statement.own.start + at + period)
        .filter(|it| it.range.end <= statement.own.end)
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
    let only = moved.amounts.first().filter(|_| moved.amounts.len() == 1)?;
    let text = reading.text.text.as_str();
    let ranks = rank::of(reading.get(&statement.own), measure.ranked)
        .or_else(|| rank::beside(reading, statements, nth, measure.ranked));
    if let Some(ranks) = ranks.filter(|_| moved.per.is_none()) {
        return Some(rank_rule(reading, statement, effect, *only, &ranks, measure));
    }
    let own = consequence(reading, &statement.own);
    if moves_itself(reading, &own) {
        return None;
    }
    let interval = interval::at_end(text, own.clone())
        .or_else(|| exact(text, &own))
        .or_else(|| count_alone(reading, &own, measure))?;
    // 开展活动10场以上(每场5家以上): what the brackets say is a condition, and the number before them is measured.
    let remark = remark(reading, &own, &interval);
    let interval = match &remark {
        Some(remark) => interval::at_end(text, own.start..remark.start - 1)?,
        None => interval,
    };
    // 对象超过100家或审查3次以上的: two measures, and neither alone picks the amount.
    let head = reading.get(&(own.start..interval.range.start));
    let part = head.rsplit([',', ';']).next().unwrap_or_default();
    if part.contains('或') && !interval::all(part, 0..part.len()).is_empty() {
        return None;
    }
    // A rate for each of a kind picks its amount by a measured value only where its neighbours do: 每家, 每处.
    let alone = moved.per.is_none() && (effect == Effect::Award || picks(&interval));
    if !(alone || has_neighbour(reading, statements, nth, &interval)) {
        return None;
    }
    if effect == Effect::Deduct && alone && is_event(reading, statements, nth, &interval) {
        return None;
    }
    let (measured, when, interval) = settled(reading, statement, interval, measure);
    // 完成报告1篇得1分,3篇以上得3分: the matter that the sentence began with.
    let stem = statement.stem.as_ref().filter(|_| measured.chars().count() <= 2);
    let when =
        when.or_else(|| stem.map(|it| reading.words(it).trim_end_matches(['，', ',']).to_owned()));
    let remark = remark.map(|it| reading.words(&it));
    let when = [when, remark].into_iter().flatten().reduce(|one, other| one + "，" + &other);
    let tier = Tier {
        bounds: bounds::of(&interval),
        amount: Some(amount(*only)),
        doubts: bounds::open(&interval),
        ..Tier::default()
    };
    Some(Rule {
        effect,
        per: moved.per.as_ref().map(|it| per_words(reading, it)),
        measure: Some(measured).filter(|it| !it.is_empty()),
        when,
        tiers: vec![tier],
        source: reading.source(quote(statement)),
        ..Rule::default()
    })
}

/// The words in the brackets at the end of a condition, where an interval is only a part of them.
fn remark(reading: &Reading<'_>, own: &Range<usize>, interval: &Interval) -> Option<Range<usize>> {
    let words = reading.get(own).trim_end_matches(['的', '者', '时', ',']).strip_suffix(')')?;
    let inner = own.start + words.rfind('(')? + 1..own.start + words.len();
    let rest = inner.start..interval.range.start;
    (inner.contains(&interval.range.start) && rest.len() > "含".len()).then_some(inner)
}

/// What the tiers of a run of ranks are of.
struct Ranked {
    measure: String,
    when: Option<String>,
    per: Option<String>,
}

/// 前三名分别为5、3、2分/次: one amount for each of the ranks.
fn run_of_ranks(
    reading: &Reading<'_>,
    statement: &Statement,
    moved: &Move,
    own: &Range<usize>,
    measure: &mut Measure,
) -> Option<(Ranked, Vec<Tier>)> {
    let ranks = rank::run(reading.get(own)).filter(|it| it.on.is_none())?;
    let count = usize::try_from(ranks.to - ranks.from).map_or(0, |it| it + 1);
    if count != moved.amounts.len() {
        return None;
    }
    let tiers = (0..count).map(|it| Tier {
        bounds: bounds::closed(ranks.from + Decimal::from(it), ranks.from + Decimal::from(it)),
        amount: moved.amounts.get(it).map(|it| amount(*it)),
        ..Tier::default()
    });
    let measured = rank_measure(reading, statement, ranks.at, measure);
    // 在比赛中获校前三名: the rank is won in what the words say.
    let won = ["获", "取得", "夺得", "赢得"].iter().any(|it| measured.contains(it));
    let words = reading.words(own);
    let ranked = Ranked {
        measure: if won { "名次".to_owned() } else { measured },
        when: won.then(|| words.trim_end_matches(['的', '者', '，', ',']).to_owned()),
        per: moved.per.as_ref().map(|it| per_words(reading, it)),
    };
    Some((ranked, tiers.collect()))
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
    if many < 2 {
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
    let own = consequence(reading, &statement.own);
    if let Some((ranked, tiers)) = run_of_ranks(reading, statement, moved, &own, measure) {
        return Some(Rule { per: ranked.per, when: ranked.when, ..rule(ranked.measure, tiers) });
    }
    if moved.per.is_some() {
        return None;
    }
    let text = reading.text.text.as_str();
    let divided = list::divide(text, own, many)?;
    let mut tiers = Vec::new();
    let mut measured_words = None;
    for (pieces, points) in divided.iter().zip(&moved.amounts) {
        let joined: String = pieces.iter().map(|it| reading.get(it)).collect();
        if let Some(ranks) = rank::of(&joined, false) {
            measured_words.get_or_insert_with(|| {
                ranked_words(joined.get(..ranks.at).unwrap_or_default(), measure)
            });
            tiers.push(Tier {
                bounds: ranks.bounds(),
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
    let ranked = measure.ranked && measure.words == words;
    if words.contains('、') {
        return None;
    }
    *measure = Measure { words: words.clone(), unit: None, ranked };
    Some(rule(words, tiers))
}

/// What ranks are counted of: the words before them, or what the ranks before them were counted of.
fn rank_measure(
    reading: &Reading<'_>,
    statement: &Statement,
    at: usize,
    last: &mut Measure,
) -> String {
    let words = reading.words(&(statement.own.start..statement.own.start + at));
    ranked_words(&words, last)
}

/// What ranks are counted of, by the words before them.
fn ranked_words(words: &str, last: &mut Measure) -> String {
    let mut parts = words.rsplit(['，', ',', '、', '；']);
    let name = parts.next().unwrap_or_default();
    let words = match name {
        // 由低到高排名，排名第1名: the words that say what is ranked stand before.
        "排名" => {
            // 每月评比一次，排名前3名: how often, and not by what.
            let often = |it: &&str| it.starts_with('每') && it.ends_with('次');
            parts.next().filter(|it| !often(it)).unwrap_or(name).to_owned()
        }
        "" if !last.words.is_empty() => last.words.clone(),
        "" => parts.next().map_or_else(|| "名次".to_owned(), str::to_owned),
        _ => name.to_owned(),
    };
    let by = ["根据", "依据", "按照"];
    let words = by.iter().find_map(|it| words.strip_prefix(it)).unwrap_or(&words).to_owned();
    *last = Measure { words: words.clone(), unit: None, ranked: true };
    words
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

pattern!(
    /// What points are taken from or added to: 当月成绩, 在年度考核总分中.
    moved_object,
    needs: &[&["成绩", "分"]],
    "^(?:在|从)?(?:其)?(?:当月|当季|当季度|当年|年度|季度|月度|本月|全年)?(?:绩效|考核|综合|目标)?(?:总)?(?:成绩|得分|分|分数|考核分)(?:中|内|上|基础上)?$"
);

/// The condition of 如注册资本为200万元以上，则得分: what stands before 则; of 占比高于60%为“合格”，得2分: before the verdict.
fn consequence(reading: &Reading<'_>, own: &Range<usize>) -> Range<usize> {
    let words = reading.get(own);
    if let Some((before, verdict)) = words.strip_suffix('”').and_then(|it| it.rsplit_once('“'))
        && (2..=6).contains(&verdict.chars().count())
    {
        let verbs = ["视为", "判定为", "认定为", "评为", "为"];
        let before = verbs.iter().find_map(|it| before.strip_suffix(it)).unwrap_or(before);
        return own.start..own.start + before.len();
    }
    let last = words
        .rfind(',')
        .filter(|at| words.get(at + 1..).is_some_and(|it| moved_object().is_match(it)));
    let then = words.rfind(",则").or_else(|| words.rfind(",此项")).or(last);
    then.map_or_else(|| own.clone(), |at| own.start..own.start + at)
}

/// 完成率为100%的, 处置率为0%的: a rate that has come to all or to nothing.
fn exact(text: &str, own: &Range<usize>) -> Option<Interval> {
    let words = text.get(own.clone())?.trim_end_matches(['的', '者', '时', ',']);
    let (name, value) = if let Some(name) = words.strip_suffix("100%") {
        (name, Decimal::ONE_HUNDRED)
    } else {
        (words.strip_suffix("0%")?, Decimal::ZERO)
    };
    let verbs = ["为", "达", "是"];
    let bare = verbs.iter().find_map(|it| name.strip_suffix(it)).unwrap_or(name);
    // 未完成巡查进度100%的: an event.
    if bare.contains(['未', '没', '不']) {
        return None;
    }
    if !["率", "度", "比例", "占比", "比", "完成", "回复"].iter().any(|it| bare.ends_with(it))
    {
        return None;
    }
    let edge = Some(Edge { value, inclusive: Some(true) });
    Some(Interval {
        range: own.start + name.len()..own.start + words.len(),
        lower: edge,
        upper: edge.filter(|_| value.is_zero()),
        unit: Some("%".to_owned()),
    })
}

/// 两次 of 培训三次及以上得5分,两次得3分: a number alone, in the unit of the tier before it.
fn count_alone(reading: &Reading<'_>, own: &Range<usize>, last: &Measure) -> Option<Interval> {
    let unit = last.unit.as_deref().filter(|_| !last.words.is_empty() && !last.ranked)?;
    let words = reading.get(own).trim_end_matches(['的', '者']);
    let value = crate::number::read(words.strip_suffix(unit)?)?;
    let edge = Some(Edge { value, inclusive: Some(true) });
    Some(Interval {
        range: own.start..own.start + words.len(),
        lower: edge,
        upper: edge,
        unit: Some(unit.to_owned()),
    })
}

/// What stands between the two signs of 0%<处置率<50%, within the interval.
fn between_signs(interval: &str) -> Option<Range<usize>> {
    let sign = |it: char| "<≤".contains(it);
    let start = interval.find(sign)?;
    let start = start + interval.get(start..)?.len()
        - interval.get(start..)?.trim_start_matches(['<', '≤', '=']).len();
    let end = start + interval.get(start..)?.find(sign)?;
    (start < end).then_some(start..end)
}

/// Whether the unit of an interval is one that a measured value has: a rate, a score.
fn picks(interval: &Interval) -> bool {
    match interval.unit.as_deref() {
        Some(unit) => {
            unit == "%"
                || unit == "‰"
                || unit.ends_with("百分点")
                || unit.starts_with('分') && unit != "分钟"
                || unit == "个分"
        }
        None => true,
    }
}

/// 值班数<2次: a comparison with a sign measures, whatever its unit; but not beside another one (病假≥10天,事假≥5天).
fn compared(reading: &Reading<'_>, own: Range<usize>, interval: &Interval) -> bool {
    let words = reading.get(&interval.range);
    words.contains(['<', '>', '≤', '≥'])
        && interval::all(reading.text.text.as_str(), own).len() == 1
}

/// An interval of the same unit that another statement ends in, with the words before it.
fn interval_of<'s>(
    reading: &Reading<'_>,
    statement: Option<&'s Statement>,
    interval: &Interval,
) -> Option<(&'s Statement, Range<usize>)> {
    let statement = statement?;
    let found = interval::at_end(&reading.text.text, statement.own.clone())?;
    (found.unit == interval.unit).then(|| (statement, words_before(statement, &found)))
}

/// The words of a condition before its interval.
fn words_before(statement: &Statement, interval: &Interval) -> Range<usize> {
    statement.own.start..interval.range.start.max(statement.own.start)
}

/// Words before an interval that are too short to be a matter of their own, in bytes.
const SHORT: usize = 9;

/// Whether the words before an interval go on with what the words before the one before it measure.
fn goes_on(reading: &Reading<'_>, first: &Range<usize>, next: &Range<usize>) -> bool {
    next.len() <= SHORT || reading.get(first).ends_with(reading.get(next))
}

/// Whether the statement beside also ends in an interval of the same unit: a ladder.
fn has_neighbour(
    reading: &Reading<'_>,
    statements: &[Statement],
    nth: usize,
    interval: &Interval,
) -> bool {
    let Some(statement) = statements.get(nth) else { return false };
    let own = words_before(statement, interval);
    let beside = |at: Option<usize>| {
        let found = interval_of(reading, at.and_then(|it| statements.get(it)), interval)?;
        (found.0.sentence == statement.sentence).then_some(found.1)
    };
    // 缺编1至2人的扣1分,缺编3人以上的扣2分: it goes on with what the one before it counts.
    let follows = own.len() <= SHORT
        && beside(nth.checked_sub(1))
            .is_some_and(|it| it.len() <= SHORT || reading.get(&it).ends_with(reading.get(&own)));
    follows || beside(Some(nth + 1)).is_some_and(|it| goes_on(reading, &own, &it))
}

/// 参与率低于85%的，扣1分: a single number that is missed is an event; a ladder has others beside it.
fn is_event(
    reading: &Reading<'_>,
    statements: &[Statement],
    nth: usize,
    interval: &Interval,
) -> bool {
    let Some(own) = statements.get(nth).map(|it| words_before(it, interval)) else { return false };
    let beside = |at: Option<usize>| {
        Some(interval_of(reading, at.and_then(|it| statements.get(it)), interval)?.1)
    };
    let ladder = beside(nth.checked_sub(1)).is_some_and(|it| goes_on(reading, &it, &own))
        || beside(Some(nth + 1)).is_some_and(|it| goes_on(reading, &own, &it));
    let signed = reading.get(&interval.range).contains(['<', '≤']);
    interval.lower.is_none() && !own.is_empty() && !ladder && !signed
}

/// What an interval measures, what else the condition says, and the interval in the unit of the tiers before it. Where money or
/// such is measured, the measure names the unit: 捐款(元).
fn settled(
    reading: &Reading<'_>,
    statement: &Statement,
    mut interval: Interval,
    last: &mut Measure,
) -> (String, Option<String>, Interval) {
    let before = last.clone();
    let (mut words, when) = measured(reading, statement, &interval, last);
    if let Some(unit) = before.unit.as_deref().filter(|_| last.words == before.words)
        && interval.unit.as_deref() != Some(unit)
        && let Some(scaled) = interval.in_unit(unit)
    {
        interval = scaled;
        last.unit.clone_from(&before.unit);
    }
    let scaled = |it: &&str| it.ends_with('元') || it.starts_with(['百', '千', '万', '亿']);
    if let Some(unit) = interval.unit.as_deref().filter(scaled)
        && !words.is_empty()
        && !words.contains(unit)
    {
        words = format!("{words}({unit})");
    }
    (words, when, interval)
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
    if let Some(name) = between_signs(reading.get(&interval.range)) {
        let name = interval.range.start + name.start..interval.range.start + name.end;
        let when = reading.words(&statement::trimmed(&reading.text.text, before));
        let words = reading.words(&name);
        *last = Measure { words: words.clone(), unit: interval.unit.clone(), ranked: false };
        return (words, Some(when).filter(|it| !it.is_empty()));
    }
    let slice = reading.get(&before);
    let stop = last_stop(slice);
    let mut start = before.start + stop.map_or(0, |(at, stop)| at + stop.len_utf8());
    // What another sentence says is no condition of this one.
    let rest = stop.filter(|it| it.1 != '。').map_or(0, |it| it.0);
    let rest = before.start..before.start + rest;
    let mut end = before.end;
    while let Some(word) = ["或者", "或", "如果", "如至今", "如", "若", "当", "凡"]
        .iter()
        .find(|it| text_before(reading, start, end).starts_with(**it))
    {
        start += word.len();
    }
    while let Some(word) =
        ["达到", "为", "在", "的", "达", "是", "占", "等于", "得分在", "且", "但", "了"]
            .iter()
            .find(|it| text_before(reading, start, end).ends_with(**it))
    {
        end -= word.len();
    }
    let words = reading.words(&(start..end));
    let key = text_before(reading, start, end).to_owned();
    // 偏离幅度=(实际-计划)/计划,偏离幅度在±3%之间: what defines the measure is no condition.
    let when = Some(reading.words(&rest))
        .filter(|it| !(it.is_empty() || it == "其中" || it.contains(['=', '＝'])));
    if key.is_empty() {
        return without_measure(reading, &rest, when, interval.unit.clone(), last);
    }
    // 发文数量减少10%以上的…,减少5%以上的: the later tiers shorten what is measured.
    let named = words.ends_with(['率', '数', '量', '分', '额', '值', '度']);
    let short = words.chars().count() <= 3 && last.words != words;
    let shortened = (!named || short) && last.words.ends_with(&words);
    let words = if shortened { last.words.clone() } else { words };
    *last = Measure { words: words.clone(), unit: interval.unit.clone(), ranked: false };
    (words, when)
}

/// The last stop of some words that stands in no brackets and in no number: 执法计划(共1,260家次)完成率 has none.
fn last_stop(words: &str) -> Option<(usize, char)> {
    let digit = |it: Option<char>| it.is_some_and(|it| it.is_ascii_digit());
    let mut closed = 0usize;
    words.char_indices().rev().find_map(|(at, it)| {
        match it {
            ')' => closed += 1,
            '(' => closed = closed.saturating_sub(1),
            _ => {}
        }
        let in_number = || {
            it == ','
                && digit(words.get(..at).and_then(|it| it.chars().next_back()))
                && digit(words.get(at + 1..).and_then(|it| it.chars().next()))
        };
        let stop = [',', ':', ';', '。'].contains(&it) && closed == 0 && !in_number();
        stop.then_some((at, it))
    })
}

/// The measure of a tier that names none: that of the exemption before it (平均分90分以上的不扣分,80-90分的扣1分), that of the
/// tier before it, or the event whose cases it counts (发生集体上访的,1至2人扣0.5分).
fn without_measure(
    reading: &Reading<'_>,
    rest: &Range<usize>,
    when: Option<String>,
    unit: Option<String>,
    last: &mut Measure,
) -> (String, Option<String>) {
    let slice = reading.get(rest);
    let exempted = ["不予扣分", "可不扣分", "不扣分", "不予加分", "不加分", "不减分"]
        .iter()
        .find_map(|it| slice.strip_suffix(it));
    let interval = exempted
        .and_then(|it| interval::at_end(&reading.text.text, rest.start..rest.start + it.len()));
    if let Some(interval) = interval {
        let name = rest.start..interval.range.start;
        let cut = reading.get(&name).rfind([',', ';', '。', ':']).map_or(0, |it| it + 1);
        let cut = cut.max(reading.get(&name).rfind('。').map_or(0, |it| it + '。'.len_utf8()));
        *last = Measure {
            words: reading.words(&(name.start + cut..name.end)),
            unit: interval.unit,
            ranked: false,
        };
        return (last.words.clone(), None);
    }
    match when {
        Some(event) if last.words.is_empty() => {
            *last = Measure { words: event.clone(), unit, ranked: false };
            (event, None)
        }
        when => (last.words.clone(), when),
    }
}

fn text_before<'a>(reading: &'a Reading<'_>, start: usize, end: usize) -> &'a str {
    reading.text.get(start..end)
}

fn rank_rule(
    reading: &Reading<'_>,
    statement: &Statement,
    effect: Effect,
    points: Points,
    ranks: &rank::Ranks,
    measure: &mut Measure,
) -> Rule {
    let measure = rank_measure(reading, statement, ranks.at, measure);
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
    let tier = Tier { bounds: ranks.bounds(), amount: Some(amount(points)), ..Tier::default() };
    Rule {
        effect,
        measure: Some(measure),
        tiers: vec![tier],
        source: reading.source(quote(statement)),
        ..Rule::default()
    }
}

/// Keeps what the interval of a condition measures, for the tiers after it.
pub(super) fn keep_measure(reading: &Reading<'_>, statement: &Statement, measure: &mut Measure) {
    if let Some(interval) = interval::at_end(&reading.text.text, statement.own.clone()) {
        let _ = measured(reading, statement, &interval, measure);
    }
}

/// Keeps what 完成90% of 完成90%得18分,低于80%不得分 measures, for the tiers after it.
fn keep_reached(reading: &Reading<'_>, statement: &Statement, measure: &mut Measure) {
    let own = reading.get(&statement.own);
    let Some(rest) = own.strip_suffix('%') else { return };
    let name = rest.trim_end_matches(|it: char| it.is_ascii_digit() || it == '.');
    let words = name.rsplit([',', ';', '。', ':']).next().unwrap_or_default();
    let words = words.trim_end_matches(['达', '到', '为', '在']);
    if name.len() < rest.len() && (1..=12).contains(&words.chars().count()) {
        *measure = Measure { words: words.to_owned(), unit: Some("%".to_owned()), ranked: false };
    }
}

/// The tier without an amount that a text is the condition of, with what it measures: 金额100-1000元的. Where the tier before it
/// measures the same in another unit, that unit holds.
pub(super) fn tier_of(reading: &Reading<'_>, last: Option<&str>) -> Option<(String, Tier)> {
    let text = reading.text.text.as_str();
    let own = statement::trimmed(text, 0..text.len());
    let mut interval = interval::at_end(text, own.clone())?;
    let words = reading.words(&(own.start..interval.range.start));
    if words.is_empty() || words.contains(['，', ',', '。', '；', '、', '或']) {
        return None;
    }
    let unit =
        last.and_then(|it| it.strip_prefix(words.as_str())?.strip_prefix('(')?.strip_suffix(')'));
    if let Some(scaled) = unit.and_then(|it| interval.in_unit(it)) {
        interval = scaled;
    }
    let tier =
        Tier { bounds: bounds::of(&interval), doubts: bounds::open(&interval), ..Tier::default() };
    let measure = match interval.unit.filter(|it| !["%", "分"].contains(&it.as_str())) {
        Some(unit) => format!("{words}({unit})"),
        None => words,
    };
    Some((measure, tier))
}

/// The tier of a statement that gives no points: 低于60%的，不得分.
pub(super) fn zero_tier(
    reading: &Reading<'_>,
    statement: &Statement,
    measure: &mut Measure,
) -> Option<Rule> {
    let own = statement.own.clone();
    // 逾期1-3天的扣1分,超过7天的不得分: the bare interval goes on with the ladder before it.
    let goes_on = |it: &Interval| {
        !measure.words.is_empty() && it.unit == measure.unit && it.range.start - own.start <= 9
    };
    let interval = interval::at_end(reading.text.text.as_str(), own.clone())
        .filter(|it| picks(it) || goes_on(it) || compared(reading, own.clone(), it))?;
    let (measured, when, interval) = settled(reading, statement, interval, measure);
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
