//! Grade bands, quotas, limits: what a sentence says of grades.

use std::ops::Range;

use crate::{
    clause::{
        Clause, Kind, from_text,
        grammar::{Rule, parse},
        interval::{self, Interval},
        pair::{Pair, Parse},
        sought::Sought,
        statement,
    },
    number::{self, Decimal},
    ruleset::{
        Bounds, Grade, Limit, LimitEffect, Quota,
        from_outline::{bounds, rules::Reading},
    },
    source::Span,
    words::Glance,
};

static BAND_BEFORE: Sought = Sought::new(&[Rule::band_before]);
static BAND_WORDY: Sought = Sought::new(&[Rule::band_wordy]);
static QUOTA: Sought = Sought::new(&[Rule::quota_grade]);
static INNER_QUOTA: Sought = Sought::new(&[Rule::quota_inner]);
static FORBID: Sought = Sought::new(&[Rule::forbid_grade]);
static FORCE: Sought = Sought::new(&[Rule::force_grade]);
static CANCEL: Sought = Sought::new(&[Rule::cancel_right]);

/// A grade name at the start of a text, with the bytes that it takes.
fn name_at(text: &str) -> Option<(String, usize)> {
    let parse = parse(Rule::grade_listed, text, 0)?;
    let whole = parse.pair()?;
    Some((whole.part(Rule::grade_name)?.as_str().to_owned(), whole.range().end))
}

/// Whether a text is the name of a grade and nothing else.
pub(super) fn is_name(text: &str) -> bool {
    name_at(text).is_some_and(|it| it.1 == text.len())
}

/// Whether the words of a text can speak of grades at all: a cheap test before the patterns.
pub(super) fn may_speak(text: &Glance<'_>) -> bool {
    text.holds_any(&[
        "优", "良", "等次", "等级", "合格", "级", "称职", "达标", "档", "类", "较差", "星", "牌",
        "甲等", "好", "为差", "一等", "二等", "三等", "否决", "先进", "示范", "色",
    ])
}

/// The bands of a sentence.
pub(super) fn bands(reading: &Reading<'_>, sentence: Range<usize>) -> Vec<Grade> {
    let text = reading.text.text.as_str();
    let intervals: Vec<Interval> =
        interval::all(text, sentence.clone()).into_iter().filter(|it| is_score(text, it)).collect();
    if intervals.is_empty() {
        return Vec::new();
    }
    if let Some(grades) = respective(reading, &sentence, &intervals) {
        return grades;
    }
    let mut grades = Vec::new();
    let mut from = sentence.start;
    for (nth, interval) in intervals.iter().enumerate() {
        let next = intervals.get(nth + 1).map_or(sentence.end, |it| it.range.start);
        if let Some((name, range)) = named(reading, from, interval, next) {
            from = range.end;
            grades.push(grade(reading, &name, interval, range));
        } else {
            from = interval.range.end;
        }
    }
    nest(&mut grades);
    grades
}

/// Whether the words of a range are the scores of a grade.
pub(super) fn is_band(reading: &Reading<'_>, range: &Range<usize>) -> bool {
    let text = reading.text.text.as_str();
    let span = reading.text.span(range.clone());
    may_speak(&Glance::at(text))
        && statement::sentences(text)
            .into_iter()
            .filter(|it| it.contains(&range.start))
            .flat_map(|it| bands(reading, it))
            .any(|it| it.source.span.is_some_and(|it| it.contains(span) || span.contains(it)))
}

/// Whether an interval is one of scores: in 分, or without a unit and with two sides or a comparison.
fn is_score(text: &str, interval: &Interval) -> bool {
    match interval.unit.as_deref() {
        Some(unit) => unit.starts_with('分') && unit != "分钟" || unit == "个分",
        None => {
            let words = text.get(interval.range.clone()).unwrap_or_default();
            let before = text.get(..interval.range.start).unwrap_or_default();
            let both = interval.lower.is_some() && interval.upper.is_some();
            // 1080(含)以上为A级: scores without 分, where a grade follows at once.
            let after = text.get(interval.range.end..).unwrap_or_default();
            let graded = words.contains("以") && after.starts_with(['为', '评', '定']);
            let compared = words.contains(['≥', '≤', '<', '>']) || both || graded;
            compared
                && !before.ends_with('第')
                && !before.ends_with(|it: char| it.is_ascii_digit() || it == '.')
        }
    }
}

/// The grade that an interval belongs to: its name stands right before or right after. Returns the bytes of both.
fn named(
    reading: &Reading<'_>,
    from: usize,
    interval: &Interval,
    next: usize,
) -> Option<(String, Range<usize>)> {
    let text = reading.text.text.as_str();
    let after = text.get(interval.range.end..next)?;
    let behind = parse(Rule::band_after, after, 0).and_then(|it| {
        let whole = it.pair()?;
        let name = whole.part(Rule::grade_named)?.as_str();
        let opens = whole.as_str().starts_with([',', '、'])
            && whole.as_str().trim_start_matches([',', '、']).len() == name.len();
        let range = interval.range.start..interval.range.end + whole.range().end;
        (!opens).then(|| (name.to_owned(), range))
    });
    let slice = text.get(from..interval.range.start)?;
    let start = slice.rfind([';', '。', '、', '\n']).map_or(0, |it| {
        it + slice.get(it..).and_then(|it| it.chars().next()).map_or(1, char::len_utf8)
    });
    let window = slice.get(start..)?;
    let name_in = |rule: &Sought, words: &str| {
        let parse = rule.parse_all(words).next()?;
        let name = parse.pair()?.part(Rule::grade_named)?;
        let at = interval.range.start - words.len() + name.range().start;
        Some((name.as_str().to_owned(), at..interval.range.end))
    };
    let coded = |it: &(String, Range<usize>)| {
        it.0.starts_with(|it: char| it.is_ascii_uppercase()) || it.0.contains('星')
    };
    // AA级为优秀级别,分值为: the code is the name, and the words after it describe it.
    let ahead = name_in(&BAND_WORDY, slice)
        .filter(coded)
        .or_else(|| name_in(&BAND_BEFORE, window))
        .or_else(|| name_in(&BAND_BEFORE, slice))
        .or_else(|| name_in(&BAND_WORDY, slice));
    // 理论测试成绩合格(≥60分), 民主测评“优秀”(≥90分): the mark of a test.
    let tested = |it: &(String, Range<usize>)| {
        let before = text.get(..it.1.start).unwrap_or_default().trim_end_matches(['“', '"', '「']);
        let words = text.get(it.1.clone()).unwrap_or_default();
        words.contains('(') && TESTS.iter().any(|it| before.ends_with(it))
    };
    if ahead.as_ref().is_some_and(tested) {
        return None;
    }
    // 优秀:90分以上为... cannot be; where both stand, a verb after the interval decides.
    match (ahead, behind) {
        (Some(ahead), Some(behind)) => {
            let verb = after.starts_with(['为', '的', '评', '定', '确', '者'])
                || after.starts_with(",评")
                || after.starts_with("以上为");
            Some(if verb { behind } else { ahead })
        }
        (one, other) => one.or(other),
    }
}

/// What has marks and grades of its own within an assessment.
const TESTS: &[&str] = &["测试", "测试成绩", "测评", "考试", "考试成绩", "测验", "评议", "满意度"];

fn grade(reading: &Reading<'_>, name: &str, interval: &Interval, range: Range<usize>) -> Grade {
    Grade {
        name: clean(name),
        bounds: bounds::of(interval),
        within: None,
        source: reading.source(range),
        doubts: bounds::open(interval),
    }
}

fn clean(name: &str) -> String {
    name.trim_matches(['“', '”', '"', '(', ')']).to_owned()
}

/// 分值区间分别为100-90分、89-80分 for names that stand before in the same sentence.
fn respective(
    reading: &Reading<'_>,
    sentence: &Range<usize>,
    intervals: &[Interval],
) -> Option<Vec<Grade>> {
    let text = reading.text.text.as_str();
    let first = intervals.first()?.range.start;
    let before = text.get(sentence.start..first)?;
    if intervals.len() < 2
        || !(before.contains("分别") || before.contains("依次") || before.contains("对应"))
    {
        return None;
    }
    let names = names_in(before);
    let names = names.get(names.len().checked_sub(intervals.len())?..)?;
    let quote = sentence.start..intervals.last()?.range.end;
    let quote = statement::trimmed(text, quote);
    let grades =
        names.iter().zip(intervals).map(|(name, it)| grade(reading, name, it, quote.clone()));
    Some(grades.collect())
}

/// The list of grade names within a text.
fn names_in(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut done = 0;
    for (at, _) in text.char_indices() {
        if at < done {
            continue;
        }
        let opens = at == 0
            || text
                .get(..at)
                .is_some_and(|it| it.ends_with(['“', '"', '、', '为', ',', '和', '”', ':', '(']));
        if !opens {
            continue;
        }
        if let Some((name, length)) = text.get(at..).and_then(name_at) {
            let after = text.get(at + length..).unwrap_or_default();
            if after.is_empty()
                || after.starts_with([
                    '、', '”', '"', '和', ',', '四', '三', '五', '两', '等', '4', '3', '5', ';',
                    '与', ')', '(',
                ])
            {
                names.push(name);
                done = at + length;
            }
        }
    }
    names
}

/// A grade within a wider one takes the bound that it does not state: A类90-100，其中95以上为A+，95以下为A-.
fn nest(grades: &mut [Grade]) {
    let mut parent: Option<Grade> = None;
    for grade in grades {
        let letter = |it: &str| it.chars().next().filter(char::is_ascii_uppercase);
        let inner = parent.as_ref().filter(|it| {
            letter(&it.name).is_some()
                && letter(&it.name) == letter(&grade.name)
                && grade.name.len() > it.name.trim_end_matches(['类', '级']).len()
                && !it.name.trim_end_matches(['类', '级']).is_empty()
                && grade.name != it.name
        });
        let Some(outer) = inner else {
            parent = Some(grade.clone());
            continue;
        };
        grade.within = Some(outer.name.clone());
        if grade.bounds.lower.is_none() {
            grade.bounds.lower = outer.bounds.lower;
            grade.doubts.extend(outer.doubts.iter().filter(|it| it.starts_with("lower")).cloned());
        }
        if grade.bounds.upper.is_none() {
            grade.bounds.upper = outer.bounds.upper;
            grade.doubts.extend(outer.doubts.iter().filter(|it| it.starts_with("upper")).cloned());
        }
    }
}

/// The band of a row of a table of grades.
pub(super) fn row_band(reading: &Reading<'_>, name: String) -> Option<Grade> {
    let text = reading.text.text.as_str();
    let whole = 0..text.len();
    if let Some(interval) = interval::all(text, whole.clone()).into_iter().next() {
        return Some(grade(reading, &name, &interval, whole));
    }
    // A single number is the least score of its grade.
    let value = number::read(text.trim_end_matches('分'))?;
    let bound = crate::ruleset::Bound { value, inclusive: true };
    Some(Grade {
        name,
        bounds: Bounds { lower: Some(bound), upper: None },
        within: None,
        source: reading.source(whole),
        doubts: Vec::new(),
    })
}

/// The quota of a part of those that another quota limits.
fn inner_quota(reading: &Reading<'_>, sentence: &Range<usize>, outer: &Quota) -> Option<Quota> {
    let span = outer.source.span?;
    let text = reading.text.text.as_str();
    let slice = text.get(sentence.clone())?;
    let own = |it: Range<usize>| sentence.start + it.start..sentence.start + it.end;
    let found = INNER_QUOTA.parse_all(slice).find(|it| {
        it.pair().is_some_and(|it| reading.text.span(own(it.range())).start >= span.end)
    })?;
    let whole = found.pair()?;
    let percent = whole.part(Rule::quota_part_percent);
    let amount = percent.or_else(|| whole.part(Rule::quota_part_count))?;
    let number = number_of(amount)?;
    Some(Quota {
        grade: outer.grade.clone(),
        max: percent.map(|_| number),
        count: percent.is_none().then_some(number),
        within: Some(whole.part(Rule::quota_part)?.as_str().to_owned()),
        source: reading.source(own(whole.range())),
        doubts: vec!["stem-inferred".to_owned()],
    })
}

/// The number of a share or a count: 20%, 百分之二十, 三个.
fn number_of(amount: Pair<'_>) -> Option<Decimal> {
    let words = amount.as_str();
    let percent = words.strip_suffix('%').or_else(|| words.strip_prefix("百分之"));
    let counted = || words.trim_end_matches(['个', '名', '家', '人', '所', '户']);
    number::read(percent.unwrap_or_else(counted))
}

/// The quotas of a sentence.
pub(super) fn quotas(reading: &Reading<'_>, sentence: Range<usize>) -> Vec<Quota> {
    let text = reading.text.text.as_str();
    let Some(slice) = text.get(sentence.clone()) else { return Vec::new() };
    let found = QUOTA.parse_all(slice);
    let found = found.filter_map(|it| quota(reading, &sentence, slice, it.pair()?));
    let mut quotas = ratios(reading, &sentence);
    let several: Vec<Span> = quotas.iter().filter_map(|it| it.source.span).collect();
    let one = |it: &Quota| {
        it.source.span.is_none_or(|it| !several.iter().any(|other| other.overlaps(it)))
    };
    quotas.extend(found.filter(one));
    quotas.extend(places(reading, &sentence));
    quotas.extend(prizes(reading, &sentence));
    if let Some(inner) = quotas.last().and_then(|it| inner_quota(reading, &sentence, it)) {
        quotas.push(inner);
    }
    quotas
}

/// What follows a number that is no quota: points, a weight, or what is paid.
const OTHERS: &[&str] = &[
    "分",
    "权重",
    "的权重",
    "发放",
    "计发",
    "享受",
    "折算",
    "兑现",
    "支付",
    "拨付",
    "结算",
    "核发",
    "执行",
];

/// A quota of a sentence; none where a word only looks like a grade, or the number is one of points.
fn quota(
    reading: &Reading<'_>,
    sentence: &Range<usize>,
    slice: &str,
    whole: Pair<'_>,
) -> Option<Quota> {
    let all = whole.range();
    let end = slice.get(all.end..)?;
    if OTHERS.iter().any(|it| end.starts_with(it)) {
        return None;
    }
    let name = whole.part(Rule::grade_name)?;
    let percent = whole.part(Rule::quota_percent);
    let amount = percent.or_else(|| whole.part(Rule::quota_count))?;
    // 合格,其中业务加分按80%折算: a verb of any sentence limits only what stands right before it.
    let between = slice.get(name.range().end..amount.range().start)?;
    // 优秀教师计算权重为300%: a factor.
    if between.contains("权重")
        || percent.and_then(number_of).is_some_and(|it| it > Decimal::ONE_HUNDRED)
    {
        return None;
    }
    let limits = ["超过", "高于", "控制在", "多于", "限", "大于", "最多"];
    if between.contains(',') && !limits.iter().any(|it| between.contains(it)) {
        return None;
    }
    // 优先, 中直机构, 其中直属机构: a short name is a grade only in quotation marks or beside its class.
    let rest = slice.get(name.range().end..)?;
    let marked = whole.as_str().starts_with(['“', '"'])
        || ["等次", "等级", "档次", "级别", "类", "级", "等", "档", "的"]
            .iter()
            .any(|it| rest.starts_with(it));
    let within_other = slice.get(..all.start)?.ends_with('其');
    if name.as_str().chars().count() == 1 && (!marked || within_other) {
        return None;
    }
    let number = number_of(amount)?;
    let scope = whole.part(Rule::quota_scope)?.as_str();
    let scope = scope.trim_end_matches("总数的").trim_end_matches("总数");
    let scope = scope.trim_end_matches('的').trim_end_matches("数");
    let within = raised_for(slice, all.start, between).unwrap_or_else(|| scope.to_owned());
    Some(Quota {
        grade: name.as_str().to_owned(),
        max: percent.map(|_| number),
        count: percent.is_none().then_some(number),
        within: Some(within).filter(|it| !it.is_empty()),
        source: reading.source(sentence.start + all.start..sentence.start + all.end),
        doubts: Vec::new(),
    })
}

/// For whom a quota is raised: 受到表彰的单位 of 受到表彰的单位,优秀比例可提高到25%.
fn raised_for(slice: &str, at: usize, between: &str) -> Option<String> {
    let raised = ["提高", "扩大", "增加", "放宽"].iter().any(|it| between.contains(it));
    let before = slice.get(..at).filter(|_| raised)?.strip_suffix(',')?;
    before.rsplit([';', '。', ',']).next().map(str::to_owned)
}

/// 优秀名额:乡镇4个,部门6个: so many for each kind of unit.
fn places(reading: &Reading<'_>, sentence: &Range<usize>) -> Vec<Quota> {
    let text = reading.text.text.as_str();
    let slice = text.get(sentence.clone()).unwrap_or_default();
    let Some((before, after)) = slice.split_once("名额") else { return Vec::new() };
    let names = before.char_indices().rev().take(6).filter_map(|it| before.get(it.0..));
    let named = names.filter_map(|it| name_at(it).filter(|name| name.1 == it.len())).last();
    let listed = after.strip_prefix(":").or_else(|| after.strip_prefix("为"));
    let (Some((grade, _)), Some(listed)) = (named, listed) else { return Vec::new() };
    let mut at = sentence.start + slice.len() - listed.len();
    let mut quotas = Vec::new();
    for part in listed.split_inclusive([',', '、', ';', '。']) {
        let words = part.trim_end_matches([',', '、', ';', '。']);
        let bare = words.trim_end_matches(['个', '名', '家', '人', '户', '所']);
        let scope = bare.trim_end_matches(|it: char| it.is_ascii_digit());
        let count = bare.get(scope.len()..).and_then(number::read);
        let plain = !scope.is_empty() && !scope.contains(|it: char| it.is_ascii_digit());
        let Some(count) = count.filter(|_| plain && bare.len() < words.len()) else { break };
        quotas.push(Quota {
            grade: grade.clone(),
            max: None,
            count: Some(count),
            within: Some(scope.to_owned()),
            source: reading.source(at..at + words.len()),
            doubts: Vec::new(),
        });
        at += part.len();
        if part.ends_with([';', '。']) {
            break;
        }
    }
    quotas
}

/// 优秀、合格、不合格比例为总人数30%、50%、20%: one share for each of several grades.
fn ratios(reading: &Reading<'_>, sentence: &Range<usize>) -> Vec<Quota> {
    let text = reading.text.text.as_str();
    let slice = text.get(sentence.clone()).unwrap_or_default();
    let Some(at) = slice.find("比例").filter(|_| slice.matches('%').count() > 1) else {
        return Vec::new();
    };
    let (before, after) = slice.split_at(at);
    let listed = before.rsplit([',', ';', ':', '\n']).next().unwrap_or_default();
    let named = |it: &str| name_at(it).filter(|name| name.1 == it.len()).map(|it| it.0);
    let names: Option<Vec<String>> = listed.trim_end_matches('的').split('、').map(named).collect();
    let digits = after.find(|it: char| it.is_ascii_digit()).unwrap_or(after.len());
    let (words, numbers) = after.split_at(digits);
    let end = numbers.find(|it: char| !(it.is_ascii_digit() || ".%、".contains(it)));
    let numbers = numbers.get(..end.unwrap_or(numbers.len())).unwrap_or_default();
    let shares: Option<Vec<Decimal>> = numbers
        .trim_end_matches('、')
        .split('、')
        .map(|it| it.strip_suffix('%').and_then(number::read))
        .collect();
    let (Some(names), Some(shares)) = (names, shares) else { return Vec::new() };
    if names.len() != shares.len() || names.len() < 2 || words.contains([',', ';', '。']) {
        return Vec::new();
    }
    let among =
        words.trim_start_matches("比例").trim_start_matches(['分', '别', '为', '占', '各', ':']);
    let start = sentence.start + at;
    let range = start - listed.len()..start + digits + numbers.len();
    let source = reading.source(statement::trimmed(text, range));
    let quota = |(grade, max): (String, Decimal)| Quota {
        grade,
        max: Some(max),
        within: Some(among.trim_end_matches('的').to_owned()).filter(|it| !it.is_empty()),
        source: source.clone(),
        ..Quota::default()
    };
    names.into_iter().zip(shares).map(quota).collect()
}

/// 评出优秀组织奖,高一:一等奖6个,二等奖5名;高二:一等奖6个: so many prizes of each kind, and for whom.
fn prizes(reading: &Reading<'_>, sentence: &Range<usize>) -> Vec<Quota> {
    let text = reading.text.text.as_str();
    let slice = text.get(sentence.clone()).unwrap_or_default();
    let given = ["评出", "评选", "设", "产生", "授予", "表彰", "奖项", "名额"];
    let moves = |it: &Clause| matches!(it.kind, Kind::Move(_) | Kind::BarePoints(_));
    // A contest of which the prizes move points is an event, and not this assessment.
    if !slice.contains('奖')
        || !given.iter().any(|it| slice.contains(it))
        || from_text::read(text).iter().any(moves)
    {
        return Vec::new();
    }
    let (mut at, mut within) = (sentence.start, None);
    let mut quotas = Vec::new();
    for part in slice.split_inclusive([',', '、', ';', '。']) {
        let words = part.trim_end_matches([',', '、', ';', '。']);
        let listed = words.rfind(':').map_or(0, |it| it + 1);
        if listed > 0 {
            let range = statement::trimmed(text, at..at + listed);
            within = Some(reading.words(&range)).filter(|it| !it.is_empty());
        }
        if let Some((name, count)) = words.get(listed..).and_then(prize) {
            quotas.push(Quota {
                grade: name.to_owned(),
                count: Some(count),
                within: within.clone(),
                source: reading.source(at + listed..at + words.len()),
                ..Quota::default()
            });
        }
        if part.ends_with([';', '。']) {
            within = None;
        }
        at += part.len();
    }
    quotas
}

/// A prize and how many there are: 一等奖6个.
fn prize(words: &str) -> Option<(&str, Decimal)> {
    let bare = words.strip_suffix(['个', '名', '家', '项', '人', '支', '篇', '件'])?;
    let digits = |it: char| it.is_ascii_digit() || "一二三四五六七八九十".contains(it);
    let (name, count) = bare.split_at(bare.trim_end_matches(digits).len());
    let verbs = ["设立", "设", "评出", "评选"];
    let name = verbs.iter().find_map(|it| name.strip_prefix(it)).unwrap_or(name);
    let named = name.ends_with('奖') && (2..=8).contains(&name.chars().count());
    let won = ["获", "得", "每", "有"].iter().any(|it| name.contains(it));
    (named && !won).then_some((name, number::read(count)?))
}

/// The limits of a sentence: what forbids or forces a grade.
pub(super) fn limits(reading: &Reading<'_>, sentence: Range<usize>) -> Vec<Limit> {
    let text = reading.text.text.as_str();
    let mut limits = Vec::new();
    for part in parts(text, sentence) {
        let Some(slice) = text.get(part.clone()) else { continue };
        if let Some(found) = FORBID.parse_all(slice).next() {
            limits
                .extend(found.pair().and_then(|it| limit(reading, &part, it, LimitEffect::Forbid)));
        } else if slice.contains("一票否优") {
            let at = slice.find("一票否优").unwrap_or(0);
            limits.push(veto(reading, &part, at, LimitEffect::Forbid, Some("优秀".to_owned())));
        } else if let Some(found) = forced(slice) {
            limits
                .extend(found.pair().and_then(|it| limit(reading, &part, it, LimitEffect::Force)));
        } else if let Some(at) = vetoes(slice) {
            limits.push(veto(reading, &part, at, LimitEffect::Force, None));
        } else if let Some(at) = cancels(slice) {
            let mut limit = veto(reading, &part, at, LimitEffect::Forbid, Some("优秀".to_owned()));
            limit.doubts.push("grade-inferred".to_owned());
            limits.push(limit);
        }
    }
    limits
}

/// The parts of a sentence that semicolons divide.
fn parts(text: &str, sentence: Range<usize>) -> Vec<Range<usize>> {
    let slice = text.get(sentence.clone()).unwrap_or_default();
    let mut parts = Vec::new();
    let mut from = sentence.start;
    for (at, c) in slice.char_indices().filter(|it| it.1 == ';') {
        parts.push(from..sentence.start + at);
        from = sentence.start + at + c.len_utf8();
    }
    parts.push(from..sentence.end);
    parts
}

/// A grade that is forced: by 直接, by a list of events, or by a condition that is no interval of scores.
fn forced(slice: &str) -> Option<Parse<'_>> {
    let events =
        ["情形", "否决", "之一", "存在", "发生", "出现", "被", "未", "的", "者,", "则", "≥"];
    let event = |it: &str| events.iter().any(|event| it.contains(event));
    let found = event(slice).then(|| FORCE.parse_all(slice).next())??;
    let whole = found.pair()?;
    let before = slice.get(..whole.range().start)?;
    let after = slice.get(whole.range().end..)?;
    let noun = after
        .starts_with(['奖', '功', '的', '未', '且', '或', '、', '和', '及', '以', '单'])
        && !after.starts_with("的,");
    let name = whole.part(Rule::grade_name)?;
    let short = ["好", "中", "良", "优", "差"].contains(&name.as_str())
        && whole.part(Rule::grade_class).is_none()
        && !slice.contains(['“', '"'])
        && !named_class(slice, name.range().start);
    // 当年被县政府评为先进集体的: an event that somebody else has decided.
    let segment = before.rsplit([',', ';']).next().unwrap_or_default();
    // 教学质量被学校评为“优秀”: nothing else in its sentence is the event.
    let alone = !before.contains(',')
        && segment.rsplit_once('被').is_some_and(|it| !it.1.is_empty() && !it.1.contains('的'));
    let others = segment.contains('被')
        && (alone || after.split([',', ';']).next().is_some_and(|it| it.contains('的')));
    let honour = ["先进", "示范"].contains(&name.as_str());
    let banded = !interval::all(slice, 0..slice.len())
        .into_iter()
        .filter(|it| is_score(slice, it))
        .collect::<Vec<_>>()
        .is_empty();
    let ranked = before.contains("得分") && before.contains("排名");
    let preferred = before.ends_with("优先")
        || ["不得", "不能", "不予", "不再", "不可"].iter().any(|it| before.ends_with(it))
        || before.ends_with("推荐")
        || before.ends_with('被')
        || before.ends_with("可") && !before.ends_with("不可");
    let neutral = preferred
        || ["分为", "划分为", "一般分为"].iter().any(|it| {
            whole.as_str().starts_with(it) || before.ends_with(it.trim_end_matches('为'))
        });
    let so = whole.as_str().starts_with('则');
    ((event(before) || so)
        && !noun
        && !others
        && !honour
        && !short
        && !banded
        && !ranked
        && !neutral)
        .then_some(found)
}

/// 评价等级直接定为差: the words before a short name say that it is a grade.
fn named_class(slice: &str, at: usize) -> bool {
    let before = slice.get(..at).unwrap_or_default();
    let last = before.rsplit([',', ';', '的']).next().unwrap_or_default();
    ["等级", "等次", "考核结果", "评价结果"].iter().any(|it| last.contains(it))
}

/// What the name of a list of vetoes sets for each of its events: 一票否决事项, 一票否优情形.
pub(super) fn veto_list(name: &str) -> Option<Limit> {
    let short = name.chars().count() <= 16 && !name.contains([',', '。', ';', ':']);
    if !short {
        return None;
    }
    if name.contains("否优") {
        return Some(Limit {
            grade: Some("优秀".to_owned()),
            doubts: vec!["grade-inferred".to_owned()],
            ..Limit::default()
        });
    }
    let ends =
        ["否决项", "否决项目", "否决事项", "否决情形", "否决指标", "否决内容", "否决条款", "否决"];
    let force = || Limit { effect: LimitEffect::Force, ..Limit::default() };
    ends.iter().any(|it| name.ends_with(it)).then(force)
}

/// Where a veto stands that names no grade.
fn vetoes(slice: &str) -> Option<usize> {
    let at = slice.find("一票否决")?;
    let before = slice.get(..at)?;
    let after = slice.get(at + "一票否决".len()..)?;
    let acts = ["实行", "实施", "予以", "给予", "将", "直接", "启动", "执行", ",", "的"]
        .iter()
        .any(|it| before.ends_with(it))
        || before.ends_with(['“', '"'])
            && ["实行“", "予以“", "实施“", "实行\"", "予以\"", "实施\""]
                .iter()
                .any(|it| before.ends_with(it));
    let noun = [
        "情形",
        "事项",
        "制度",
        "项目",
        "指标",
        "的情形",
        "该项",
        "权",
        "”情形",
        "\"情形",
        "”事项",
        "”指标",
        "”项目",
        "”制度",
        "清单",
        "范围",
    ]
    .iter()
    .any(|it| after.starts_with(it));
    let event =
        ["的,", "情形", "之一", "发生", "出现", "存在"].iter().any(|it| before.contains(it));
    (acts && !noun && event).then_some(at)
}

/// Where the right to be the best is taken away: 取消年度评优资格.
fn cancels(slice: &str) -> Option<usize> {
    let at = CANCEL.parse_all(slice).next()?.pair()?.range().start;
    let before = slice.get(..at)?;
    let event = ["的,", "情形", "之一", "发生", "出现", "存在", "以上", "者", "未", "被"]
        .iter()
        .any(|it| before.contains(it));
    event.then_some(at)
}

fn veto(
    reading: &Reading<'_>,
    part: &Range<usize>,
    at: usize,
    effect: LimitEffect,
    grade: Option<String>,
) -> Limit {
    let text = reading.text.text.as_str();
    let (before, start) = after_moves(text, part.start..part.start + at);
    let quote = statement::trimmed(text, start..part.end);
    let own = statement::trimmed(text, before);
    let own = strip_tail(text, own, &["实行", "实施", "予以", "给予", "直接", "“", "将"]);
    let (when, doubts) = with_stem(reading, part, &own);
    Limit {
        effect,
        grade,
        when: Some(when).filter(|it| !it.is_empty()),
        source: reading.source(quote),
        doubts,
    }
}

/// An event with the sentence's opening words, where it only says how often: 无故缺席的,一次扣2分,三次以上取消资格.
fn with_stem(
    reading: &Reading<'_>,
    part: &Range<usize>,
    own: &Range<usize>,
) -> (String, Vec<String>) {
    let words = reading.words(own);
    let opening = reading.get(part).find(',').map(|at| part.start..part.start + at + 1);
    match opening.filter(|it| it.end <= own.start && statement::repeats(reading.get(own))) {
        Some(stem) => (reading.words(&stem) + &words, vec!["stem-inferred".to_owned()]),
        None => (words, Vec::new()),
    }
}

/// The words of an event without the moves of points before them, and where the words begin that speak of grades:
/// 一次扣2分,三次以上取消评优资格.
fn after_moves(text: &str, part: Range<usize>) -> (Range<usize>, usize) {
    let slice = text.get(part.clone()).unwrap_or_default();
    let last = crate::clause::from_text::read(slice).into_iter().rfind(|it| {
        matches!(it.kind, Kind::Move(_) | Kind::Zero | Kind::Multiply(_) | Kind::Unstated(_))
    });
    let Some(last) = last else { return (part.clone(), part.start) };
    let after = part.start + last.range.end..part.end;
    let words = text.get(after.clone()).unwrap_or_default();
    // 发生事故的,不得分并取消评优资格: both follow from one event.
    if words.trim_matches([',', '并', '且', '同', '时']).is_empty() {
        return (part.start..part.start + last.range.start, after.start);
    }
    let start = after.start;
    (after, start)
}

fn strip_tail(text: &str, range: Range<usize>, words: &[&str]) -> Range<usize> {
    let mut end = range.end;
    while let Some(word) = words
        .iter()
        .find(|it| text.get(range.start..end).is_some_and(|slice| slice.ends_with(**it)))
    {
        end -= word.len();
    }
    statement::trimmed(text, range.start..end)
}

fn limit(
    reading: &Reading<'_>,
    part: &Range<usize>,
    found: Pair<'_>,
    effect: LimitEffect,
) -> Option<Limit> {
    let text = reading.text.text.as_str();
    let all = found.range();
    let names = [Rule::grade_name, Rule::grade_long, Rule::grade_short, Rule::grade_prize];
    let name = found.parts().find(|it| names.contains(&it.rule()))?;
    let (before, start) = after_moves(text, part.start..part.start + all.start);
    let quote = statement::trimmed(text, start..part.start + all.end);
    let own = statement::trimmed(text, before);
    let own = strip_tail(
        text,
        own,
        &[
            "专项考核",
            "年度考核",
            "考核",
            "当年",
            "其",
            "该单位",
            "年度",
            "等次",
            "结果",
            "考核等",
            "评价等",
        ],
    );
    let (when, doubts) = with_stem(reading, part, &own);
    Some(Limit {
        effect,
        grade: Some(name.as_str().to_owned()),
        when: Some(when).filter(|it| !it.is_empty()),
        source: reading.source(quote),
        doubts,
    })
}
