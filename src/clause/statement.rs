//! Statements: each clause of a text with its condition.
//!
//! A condition is what stands between the clause before and the clause itself, back to the start of the sentence. A
//! fragment without a matter of its own takes the sentence's opening words as its *stem*. Where nothing stands before a
//! clause, its condition follows it (扣2分：未按时报送的).

use std::ops::Range;

use crate::clause::{Clause, Kind, Move, Per};

/// A clause and its condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The clause.
    pub clause: Clause,
    /// The bytes of the condition's own words; empty where there is none.
    pub own: Range<usize>,
    /// The bytes of the words that the sentence began with, where the condition has no matter of its own.
    pub stem: Option<Range<usize>>,
    /// The bytes of the words in brackets right behind the clause that say which case it is of: 扣1分(院级),扣2分(校级).
    pub behind: Option<Range<usize>>,
    /// Conditions that follow the clause, each by itself.
    pub listed: Vec<Range<usize>>,
    /// The bytes of the sentence that holds the clause.
    pub sentence: Range<usize>,
}

/// A condition of at most so many characters is taken for a fragment.
const FRAGMENT: usize = 12;

/// Gives each clause its condition.
#[must_use]
pub fn read(text: &str, clauses: &[Clause]) -> Vec<Statement> {
    let mut statements: Vec<Statement> = Vec::with_capacity(clauses.len());
    let mut before = 0;
    let sentences = sentences(text);
    let mut opening: Option<(Range<usize>, Range<usize>)> = None;
    for (nth, clause) in clauses.iter().enumerate() {
        let sentence = sentence_of(&sentences, clause.range.start);
        let next = clauses.get(nth + 1).map_or(text.len(), |it| it.range.start);
        let end = condition_end(clause);
        let mut own = own_words(text, before.max(sentence.start)..end);
        if let Some(described) = described(clause).filter(|it| it.0 == own.start) {
            own.start = described.1.min(own.end);
        }
        let mut listed = Vec::new();
        if own.is_empty() {
            let after = clause.range.end
                ..next.min(sentence.end.max(list_end(text, clause.range.end, next)));
            listed = following(text, after);
            if listed.is_empty() {
                own = joined(text, statements.last(), clause)
                    .unwrap_or_else(|| words_before(text, &sentences, before, clause.range.start));
            }
        } else if announces(text.get(own.clone()).unwrap_or_default()) {
            let after = clause.range.end..list_end(text, clause.range.end, next);
            listed = following(text, after);
        }
        let stem = matter_before(text, &own, statements.last(), &sentence)
            .or_else(|| stem(text, &own, opening.as_ref(), &sentence));
        if !own.is_empty() && opening.as_ref().is_none_or(|it| it.0 != sentence) {
            opening = Some((sentence.clone(), own.clone()));
        }
        // An exemption stands within the words of the next clause: 前五名的不扣分，往后每下降一个名次扣0.5分.
        if clause.kind != Kind::Exempt {
            before = clause.range.end;
        }
        if let Some(next) = clauses.get(nth + 1) {
            not_the_next(text, &mut listed, next.range.start);
        }
        // The conditions that follow a clause are its own, and not the next one's.
        before = listed.last().map_or(before, |it| before.max(it.end));
        let clause = clause.clone();
        statements.push(Statement { clause, own, stem, behind: None, listed, sentence });
    }
    cases_behind(text, &mut statements);
    statements
}

/// 每人扣1分(院级),2分(校级): where each of two amounts beside each other has brackets behind it, they are its case, and the
/// words before the first belong to both.
fn cases_behind(text: &str, statements: &mut [Statement]) {
    for nth in 1..statements.len() {
        let Some((before, after)) = statements.split_at_mut_checked(nth) else { continue };
        let (Some(first), Some(next)) = (before.last_mut(), after.first_mut()) else { continue };
        let moves = |it: &Statement| matches!(it.clause.kind, Kind::Move(_));
        let both = moves(first) && moves(next) && first.sentence == next.sentence;
        if !both || !next.listed.is_empty() {
            continue;
        }
        let cases = case_behind(text, first).zip(case_behind(text, next));
        let Some((one, other)) = cases else { continue };
        // All that stands before the second amount are the brackets of the first.
        let only =
            (one.start - 1..one.end + 1).contains(&next.own.start) && next.own.end <= one.end + 1;
        if !(only || next.own == first.own) {
            continue;
        }
        next.own = first.own.clone();
        next.stem.clone_from(&first.stem);
        first.behind = Some(one);
        next.behind = Some(other);
    }
}

/// The words in the brackets that begin right behind a clause.
fn case_behind(text: &str, statement: &Statement) -> Option<Range<usize>> {
    let end = statement.clause.range.end;
    let inner = text.get(end..)?.strip_prefix('(')?;
    let case = inner.get(..inner.find(')')?)?;
    let plain = (1..=8).contains(&case.chars().count())
        && !case.contains(|it: char| it.is_ascii_digit() || "分,。;(".contains(it));
    plain.then_some(end + 1..end + 1 + case.len())
}

/// Takes from a list the item that is the condition of the clause right behind it: 扣1分。2.发生火灾的,每起扣3分.
fn not_the_next(text: &str, listed: &mut Vec<Range<usize>>, next: usize) {
    let runs_on = |it: &Range<usize>| {
        text.get(it.end..next).is_some_and(|it| !it.contains([';', '；', '。', '\n']))
    };
    if listed.last().is_some_and(runs_on) {
        listed.pop();
    }
}

/// The counted unit of a clause.
fn per_of(clause: &Clause) -> Option<&Per> {
    match &clause.kind {
        Kind::Move(it) => it.per.as_ref(),
        Kind::Unstated(it) => it.as_ref(),
        Kind::FullShare(it) => it.per.as_ref(),
        _ => None,
    }
}

/// Where the counted unit of a clause begins, and where the words begin that describe what is counted.
fn described(clause: &Clause) -> Option<(usize, usize)> {
    let per = per_of(clause)?;
    per.described.map(|it| (per.range.start, it))
}

/// Where the condition of a clause ends: words such as 少1次 belong to it.
fn condition_end(clause: &Clause) -> usize {
    if let Kind::Move(Move { threshold: Some(range), .. }) = &clause.kind {
        return range.end;
    }
    per_of(clause)
        .filter(|it| it.in_condition && it.range.start == clause.range.start)
        .map_or(clause.range.start, |it| it.range.end)
}

/// The sentences of a text: each ends with a full stop, a line end, or before a number of a list.
#[must_use]
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let (mut from, mut depth, mut before) = (0, 0i32, '\n');
    for (at, c) in text.char_indices() {
        match c {
            '(' | '《' | '“' | '[' => depth += 1,
            ')' | '》' | '”' | ']' => depth = (depth - 1).max(0),
            _ => {}
        }
        let ends = c == '\n' || (matches!(c, '。' | '!' | '！' | '?') && depth == 0);
        if ends {
            let end = at + c.len_utf8();
            sentences.push(from..end);
            (from, depth) = (end, 0);
        } else if at > from && begins_item(text, at, before, c) {
            sentences.push(from..at);
            (from, depth) = (at, 0);
        }
        before = c;
    }
    if from < text.len() {
        sentences.push(from..text.len());
    }
    sentences
}

/// Whether a numbered item begins with a character of a text, in the midst of a line: after a stop, and with its own mark.
fn begins_item(text: &str, at: usize, before: char, c: char) -> bool {
    match before {
        ';' | '；' | '。' | ':' => number_mark(text.get(at..).unwrap_or_default()) > 0,
        ')' => false,
        _ => ('①'..='⑳').contains(&c),
    }
}

/// The length in bytes of the number of a list item at the start of a text (1. 1、 (1) ① (一) 一、), or 0.
#[must_use]
pub fn number_mark(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    let Some((_, first)) = chars.next() else { return 0 };
    if ('①'..='⑳').contains(&first) {
        return first.len_utf8();
    }
    let bracket = first == '(';
    let is_number = |it: char| it.is_ascii_digit() || "一二三四五六七八九十百".contains(it);
    let mut kind = if bracket { None } else { Some(first).filter(|it| is_number(*it)) };
    if !bracket && kind.is_none() {
        return 0;
    }
    while let Some(&(_, c)) = chars.peek() {
        let same = kind.is_none_or(|it| it.is_ascii_digit() == c.is_ascii_digit());
        if !(is_number(c) && same) {
            break;
        }
        kind = kind.or(Some(c));
        chars.next();
    }
    let Some((at, c)) = chars.next() else { return 0 };
    let end = at + c.len_utf8();
    let next_is_digit =
        text.get(end..).is_some_and(|it| it.starts_with(|it: char| it.is_ascii_digit()));
    let closes = match (bracket, c) {
        (true, ')') => kind.is_some(),
        (false, '、' | '．') => true,
        (false, '.') => kind.is_some_and(|it| it.is_ascii_digit()) && !next_is_digit,
        (false, ')') => kind.is_some_and(|it| it.is_ascii_digit()),
        _ => false,
    };
    if closes { end } else { 0 }
}

fn sentence_of(sentences: &[Range<usize>], at: usize) -> Range<usize> {
    let index = sentences.partition_point(|it| it.end <= at);
    sentences.get(index).cloned().unwrap_or(at..at)
}

/// The condition's own words within what stands before a clause: after the last semicolon, trimmed.
fn own_words(text: &str, part: Range<usize>) -> Range<usize> {
    let slice = text.get(part.clone()).unwrap_or_default();
    let mut depth = 0i32;
    let mut from = part.start;
    let mut kept = part.start;
    for (at, c) in slice.char_indices() {
        match c {
            '(' | '《' | '“' => depth += 1,
            ')' | '》' | '”' => depth -= 1,
            ';' | '；' if depth <= 0 => {
                kept = from;
                from = part.start + at + 1;
            }
            _ => {}
        }
    }
    let own = trimmed(text, from..part.end);
    let own = if own.is_empty() && kept < from { trimmed(text, kept..part.end) } else { own };
    let own = without_label(text, without_lost_unit(text, own));
    let joins = ["或", "或者", "并", "且", "并且", "和", "及", "同时", "以及", "但"];
    if text.get(own.clone()).is_some_and(|it| joins.contains(&it)) { own.end..own.end } else { own }
}

/// A condition without the 分 that a page break has torn off the amount before it: 扣2 / 分,90%以下的.
fn without_lost_unit(text: &str, own: Range<usize>) -> Range<usize> {
    let rest = text.get(own.clone()).and_then(|it| it.strip_prefix('分'));
    match rest {
        Some("") => own.end..own.end,
        Some(rest) if rest.starts_with([',', ';', '。', '、']) => {
            trimmed(text, own.end - rest.len()..own.end)
        }
        _ => own,
    }
}

/// A condition without the label of its cell or of a note: 评分标准:未达标的, 注:迟到的.
fn without_label(text: &str, own: Range<usize>) -> Range<usize> {
    let slice = text.get(own.clone()).unwrap_or_default();
    if NOTES.contains(&slice) && text.get(own.end..).is_some_and(|it| it.starts_with(':')) {
        return own.end..own.end;
    }
    let Some(at) = slice.find(':').filter(|at| *at <= 24) else { return own };
    let label = slice.get(..at).unwrap_or_default();
    if NOTES.contains(&label) {
        return trimmed(text, own.start + at + 1..own.end);
    }
    let ends = ["标准", "办法", "细则", "方法", "说明", "规则", "方式"];
    let begins = [
        "评分", "扣分", "加分", "计分", "记分", "积分", "积点", "考核", "考评", "评价", "赋分",
        "打分",
    ];
    let is_label =
        ends.iter().any(|it| label.ends_with(it)) && begins.iter().any(|it| label.starts_with(it));
    if is_label { trimmed(text, own.start + at + 1..own.end) } else { own }
}

/// The labels of notes.
const NOTES: &[&str] = &["注", "备注", "附注", "说明"];

/// Trims stops, numbers of list items and closing brackets from both ends.
#[must_use]
pub fn trimmed(text: &str, part: Range<usize>) -> Range<usize> {
    let Range { mut start, mut end } = part;
    loop {
        let slice = text.get(start..end).unwrap_or_default();
        let mark = number_mark(slice);
        if mark > 0 {
            start += mark;
            continue;
        }
        let Some(first) = slice.chars().next().filter(|it| ",;:、。.)]」\n；；/-".contains(*it))
        else {
            break;
        };
        start += first.len_utf8();
    }
    loop {
        let slice = text.get(start..end).unwrap_or_default();
        let unmatched = slice.matches('(').count() > slice.matches(')').count();
        let Some(last) = slice.chars().next_back() else { break };
        if !(",;:、。\n；".contains(last) || (last == '(' && unmatched)) {
            break;
        }
        end -= last.len_utf8();
    }
    // A bracket that opens before the clause and closes after it: the words within are the condition.
    let slice = text.get(start..end).unwrap_or_default();
    if slice.starts_with('(') && slice.matches('(').count() > slice.matches(')').count() {
        start += 1;
    }
    start..end.max(start)
}

/// Whether a condition announces a list: 有下列情形之一的.
fn announces(own: &str) -> bool {
    ["下列", "以下", "如下"].iter().any(|it| own.contains(it)) && !own.ends_with("以下")
}

/// Where a list that follows a clause after a colon ends.
fn list_end(text: &str, from: usize, next: usize) -> usize {
    let opens = text.get(from..).is_some_and(|it| {
        it.trim_start_matches(['。', '\n']).starts_with(':')
            || number_mark(it.trim_start_matches(['。', ':', '\n', ','])) > 0
    });
    if opens { next } else { from }
}

/// The conditions that follow a clause after a colon, each by itself.
#[must_use]
pub fn following(text: &str, part: Range<usize>) -> Vec<Range<usize>> {
    let slice = text.get(part.clone()).unwrap_or_default();
    if !slice.trim_start_matches(['。', '\n']).starts_with(':')
        && number_mark(slice.trim_start_matches(['。', '\n', ','])) == 0
    {
        return Vec::new();
    }
    let mut listed = Vec::new();
    let mut from = part.start;
    let (mut depth, mut before) = (0i32, '\n');
    let mut items = Items::default();
    for (at, c) in slice.char_indices() {
        let at = part.start + at;
        match c {
            '(' | '《' | '“' => depth += 1,
            ')' | '》' | '”' => depth -= 1,
            _ => {}
        }
        let divides = matches!(c, ';' | '；' | '\n' | '。') && depth <= 0;
        if divides || (at > from && begins_item(text, at, before, c)) {
            listed.extend(items.next(text, from..at));
            from = at;
        }
        before = c;
    }
    listed.extend(items.next(text, from..part.end));
    listed.retain(|it| it.len() > 3);
    listed
}

/// The items of a list as they come: a numbered list ends with the full stop that no number follows.
#[derive(Debug, Default)]
struct Items {
    numbered: bool,
    ended: bool,
}

impl Items {
    fn next(&mut self, text: &str, raw: Range<usize>) -> Option<Range<usize>> {
        let slice = text.get(raw.clone())?.trim_start_matches([':', ',', ';', '；', '。', '\n']);
        let stop = text.get(raw.clone())?.starts_with('。');
        let number = number_mark(slice) > 0;
        self.ended |= self.numbered && stop && !number;
        self.numbered |= number;
        (!self.ended).then(|| trimmed(text, raw))
    }
}

/// The words before a clause that has none of its own: the sentence or the part before a semicolon that has no clause.
fn words_before(text: &str, sentences: &[Range<usize>], before: usize, at: usize) -> Range<usize> {
    let index = sentences.partition_point(|it| it.end <= at);
    let previous = index.checked_sub(1).and_then(|it| sentences.get(it));
    match previous {
        Some(previous) if previous.start >= before && text.get(at..).is_some() => {
            // 以200米为一个检查单元,每次抽检5个。 says how it is looked into, and not what goes wrong.
            let words = text.get(previous.clone()).unwrap_or_default();
            let looks = ["抽检", "抽查", "随机", "检查单元"].iter().any(|it| words.contains(it));
            if looks { at..at } else { trimmed(text, previous.clone()) }
        }
        _ => at..at,
    }
}

/// The condition of the clause right before, which a second consequence shares: 未履行职责的,不得分,并追加扣5分.
fn joined(text: &str, last: Option<&Statement>, clause: &Clause) -> Option<Range<usize>> {
    let last = last.filter(|it| !it.own.is_empty() && it.own.end <= it.clause.range.start)?;
    let moves = |it: &Kind| matches!(it, Kind::Move(_) | Kind::Zero);
    let between = text.get(last.clause.range.end..clause.range.start)?;
    let words = text.get(clause.range.clone())?;
    let follows = [",并", ",同时", ",且", ",另", "并", "同时"].contains(&between)
        || between == "," && ["并", "同时", "另"].iter().any(|it| words.starts_with(it));
    (moves(&last.clause.kind) && moves(&clause.kind) && follows && per_of(clause).is_none())
        .then(|| last.own.clone())
}

/// The matter of the statement right before, for a fragment that only says whom: 受到表彰的,集体加2分、个人加1分.
fn matter_before(
    text: &str,
    own: &Range<usize>,
    last: Option<&Statement>,
    sentence: &Range<usize>,
) -> Option<Range<usize>> {
    let last = last.filter(|it| it.sentence == *sentence && !it.own.is_empty())?;
    let words = text.get(own.clone())?;
    let whom = (1..=4).contains(&words.chars().count())
        && words.chars().all(|it| ('\u{4e00}'..='\u{9fff}').contains(&it))
        && !words.ends_with('的')
        && !OUTCOMES.iter().chain(GRADING).any(|it| words.starts_with(it));
    let runs_on = text.get(last.clause.range.end..own.start)?.chars().all(|it| "、,".contains(it));
    let before = text.get(last.own.clone())?;
    let matter = before.rfind("的,").map(|it| it + "的,".len());
    // 每减少1个百分点,产区扣0.2分、非产区扣0.1分: two cases beside each other end alike.
    let matter = matter.or_else(|| {
        case_at_end(before).filter(|at| {
            before.get(*at..).is_some_and(|it| it.chars().next_back() == words.chars().next_back())
        })
    })?;
    (whom && runs_on).then(|| last.own.start..last.own.start + matter)
}

/// Where the case begins that some words end in, behind their last comma: 产区 of 每减少1个百分点,产区.
#[must_use]
pub fn case_at_end(words: &str) -> Option<usize> {
    let at = words.rfind(',')? + 1;
    let case = words.get(at..)?;
    let plain = case.chars().all(|it| ('\u{4e00}'..='\u{9fff}').contains(&it));
    let short = (1..=4).contains(&case.chars().count());
    (plain && short && !case.ends_with('的')).then_some(at)
}

/// The opening words of the sentence, for a fragment that has no matter of its own.
fn stem(
    text: &str,
    own: &Range<usize>,
    opening: Option<&(Range<usize>, Range<usize>)>,
    sentence: &Range<usize>,
) -> Option<Range<usize>> {
    let (of, first) = opening?;
    let words = text.get(own.clone())?;
    let whole = text.get(first.clone())?;
    if of != sentence || own.is_empty() || first == own {
        return None;
    }
    let outcome = OUTCOMES.iter().any(|it| words.starts_with(it));
    if words.chars().count() > FRAGMENT && !outcome {
        return None;
    }
    // 通过四级考试,当学期加1分;通过六级考试,加2分: beginning alike, each has a matter of its own.
    let alike = words.chars().take(2).eq(whole.chars().take(2)) && words.chars().count() > 4;
    if alike && !outcome {
        return None;
    }
    let causes = ["因", "由于", "对"].iter().any(|it| whole.starts_with(it));
    let plain = counted_tail(whole) > 0 || !whole.contains(|it: char| it.is_ascii_digit());
    if repeats(words) && plain && !repeats(whole) && !whole.contains(',') {
        // 迟到1次扣0.5分,2次扣2分: what is counted is the matter, without its number.
        let matter = first.start..first.start + whole.len() - counted_tail(whole);
        return (!matter.is_empty()).then_some(matter);
    }
    let mut commas = commas(whole);
    let end = if causes { commas.next_back() } else { commas.next() }?;
    let stem = first.start..first.start + end + 1;
    // 超额完成的,每超1%…;未完成的,每少1%: two matters beside each other.
    let parallel = whole.get(..end).is_some_and(|it| it.ends_with('的')) && own_matter(words);
    if parallel && !causes {
        return None;
    }
    (!words.contains(text.get(stem.clone())?)).then_some(stem)
}

/// The commas of some words that stand in no brackets: none in 完成任务的80%-100%(含80%,不含100%).
fn commas(words: &str) -> impl DoubleEndedIterator<Item = usize> {
    let mut depth = 0usize;
    let outside: Vec<usize> = words
        .char_indices()
        .filter(|it| {
            match it.1 {
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            it.1 == ',' && depth == 0
        })
        .map(|it| it.0)
        .collect();
    outside.into_iter()
}

/// The words with which a fragment begins that says how the matter before it came out.
const OUTCOMES: &[&str] = &["受到", "被", "造成", "情节", "否则", "其中"];

/// The words with which a fragment begins that only grades the matter before it.
const GRADING: &[&str] = &[
    "严重", "较重", "较轻", "轻微", "一般", "重大", "较大", "特别", "屡", "拒不", "仍", "再次",
    "多次", "累计", "超过", "达到", "逾期", "第", "两次", "三次",
];

/// Whether a fragment is a matter of its own beside the one before it: 未完成的 beside 超额完成的.
fn own_matter(words: &str) -> bool {
    let graded = OUTCOMES.iter().chain(GRADING).any(|it| words.starts_with(it));
    !graded && (words.ends_with('的') || words.contains("的,"))
}

/// The units of a number that a fragment may be all of.
const COUNTED: &[char] = &['次', '天', '日', '篇', '件', '起', '项', '例', '处', '条', '户', '家'];

/// The bytes of the number that some words end with: 1次 of 迟到1次.
fn counted_tail(words: &str) -> usize {
    let bare = words.strip_suffix(COUNTED).unwrap_or_default();
    let number = |it: char| it.is_ascii_digit() || "一二两三四五六七八九十".contains(it);
    let matter = bare.trim_end_matches(number).len();
    if matter < bare.len() { words.len() - matter } else { 0 }
}

/// Whether a fragment only counts how often: 第二次, 两次以上的.
#[must_use]
pub fn repeats(words: &str) -> bool {
    let bare = words.trim_end_matches(['的', '者', ',']);
    let bare = ["及以上", "或以上", "以上", "以后", "起"]
        .iter()
        .find_map(|it| bare.strip_suffix(it))
        .unwrap_or(bare);
    let number = |it: char| it.is_ascii_digit() || "一二两三四五六七八九十".contains(it);
    let count = bare.strip_prefix('第').unwrap_or(bare);
    count.strip_suffix(COUNTED).is_some_and(|it| !it.is_empty() && it.chars().all(number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clause::from_text;

    fn show(text: &str) -> String {
        let clauses = from_text::read(text);
        let shown = read(text, &clauses).into_iter().map(|it| {
            let get = |it: &Range<usize>| text.get(it.clone()).unwrap().to_owned();
            let stem = it.stem.as_ref().map(get).unwrap_or_default();
            let listed: Vec<_> = it.listed.iter().map(get).collect();
            format!(
                "{stem}{}{}",
                get(&it.own),
                if listed.is_empty() { String::new() } else { format!("[{}]", listed.join("/")) }
            )
        });
        shown.collect::<Vec<_>>().join("|")
    }

    #[test]
    fn each_clause_has_its_condition() {
        let cases = [
            ("未参加会议的,每次扣0.5分;未反馈的,每次扣1分。", "未参加会议的|未反馈的"),
            (
                "因责任不力,班子被问责,通报的,扣0.1分;改组的,扣0.5分。",
                "因责任不力,班子被问责,通报的|因责任不力,班子被问责,改组的",
            ),
            ("制定计划。未制定的扣1分", "未制定的"),
            ("受到表彰的,集体加2分、个人加1分", "受到表彰的,集体|受到表彰的,个人"),
            ("每月组织学习,缺1次扣分", "每月组织学习,缺1次"),
            ("责任心不强,缺乏精神;扣5分", "责任心不强,缺乏精神"),
            ("扣2分:未按时报送的;报送失实的。", "[未按时报送的/报送失实的]"),
            ("有下列情形之一的,扣6分:1.迟到的;2.早退的。", "有下列情形之一的[迟到的/早退的]"),
            ("1.未报的,扣1分;2.错报的,扣2分", "未报的|错报的"),
        ];
        for (text, wanted) in cases {
            assert_eq!(show(text), wanted, "{text}");
        }
    }
}
