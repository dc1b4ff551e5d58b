//! Text to clauses.
//!
//! One rule of the grammar finds the *cores*, the places that can only be scoring (0.5分, 80%, 不得分). From each core the
//! reader steps back to the first place from which the grammar reads a clause that holds the core: 每人次分别扣0.5分 begins
//! at 每. A core from which no clause reads is left alone; the ledger finds it.

use std::{
    cell::{Cell, RefCell},
    collections::{BTreeSet, VecDeque},
    ops::Range,
    sync::OnceLock,
};

use crate::{
    clause::{
        Cap, CapScope, Clause, Dual, FullShare, Kind, Move, Per, Points, PointsMark, ShareOf,
        Shares, Verb,
        grammar::{Rule, parse, parse_read},
        interval,
        pair::Pair,
        recognise,
        sought::Sought,
    },
    number::{self, Decimal},
    words::Chars,
};

/// The farthest that a clause begins before its core, in bytes.
const REACH: usize = 132;

/// How many texts are remembered: those who lower a line or a cell ask for its clauses a few times, each for a reason of
/// their own.
const REMEMBERED: usize = 16;

/// Finds the clauses of a folded text, in order; none overlap.
#[must_use]
pub fn read(text: &str) -> Vec<Clause> {
    thread_local! {
        static LAST: RefCell<VecDeque<(String, Vec<Clause>)>> = const { RefCell::new(VecDeque::new()) };
    }
    LAST.with_borrow_mut(|last| {
        if let Some((_, clauses)) = last.iter().rev().find(|it| it.0 == text) {
            return clauses.clone();
        }
        let clauses = read_anew(text);
        if last.len() == REMEMBERED {
            last.pop_front();
        }
        last.push_back((text.to_owned(), clauses.clone()));
        clauses
    })
}

fn read_anew(text: &str) -> Vec<Clause> {
    let mut clauses: Vec<Clause> = Vec::new();
    let mut starts = None;
    let mut done = 0;
    for core in cores(text) {
        if core.start < done {
            continue;
        }
        let from = reach_back(text, done, core.start);
        let starts = starts.get_or_insert_with(|| Starts::of(text));
        starts.reach(text, &core);
        if let Some(clause) = clause_at(text, from, core, starts) {
            done = clause.range.end;
            debug_assert!(done <= starts.sentence, "a clause reads on over a stop: {text}");
            clauses.push(clause);
        }
    }
    rungs(text, &mut clauses);
    last_rungs(text, &mut clauses);
    units_behind(text, &mut clauses);
    clauses
}

/// 迟到1次扣1分,2次扣3分,3次以上扣5分: where the next rung names a larger number of the same unit, the first one is a number
/// that is reached and counts nothing.
fn rungs(text: &str, clauses: &mut [Clause]) {
    for nth in 1..clauses.len() {
        let Some((before, after)) = clauses.split_at_mut_checked(nth) else { continue };
        let (Some(first), Some(next)) = (before.last_mut(), after.first()) else { continue };
        let between = first.range.end..next.range.start;
        let Kind::Move(moved) = &mut first.kind else { continue };
        let Some(per) = moved.per.as_ref().filter(|it| it.range.start == first.range.start) else {
            continue;
        };
        let counted = text.get(per.range.clone()).unwrap_or_default();
        let plain = !counted.starts_with(['每', '/']) && counted.contains(['1', '一'])
            // 发现一次的扣1分,两次以上的不得分: each of those before the last counts.
            && !(counted.starts_with("发现") && next.kind == Kind::Zero);
        if plain && per.described.is_none() && higher_rung(text, between, next, &per.unit) {
            moved.threshold = Some(per.range.clone());
            moved.per = None;
        }
    }
}

/// 填报3种得15分,2种得10分,1种得5分: the last rung of a ladder that goes down is a number that is reached, too.
fn last_rungs(text: &str, clauses: &mut [Clause]) {
    for nth in 1..clauses.len() {
        let Some((before, after)) = clauses.split_at_mut_checked(nth) else { continue };
        let (Some(first), Some(last)) = (before.last(), after.first_mut()) else { continue };
        let (Kind::Move(higher), range) = (&first.kind, last.range.clone()) else { continue };
        let Kind::Move(moved) = &mut last.kind else { continue };
        let between = text.get(first.range.end..range.start).unwrap_or_default();
        let reached = higher.threshold.as_ref().and_then(|it| text.get(it.clone()));
        let counted =
            |it: &Per| text.get(it.range.clone()).is_some_and(|it| it.starts_with(['1', '一']));
        let per = moved.per.as_ref().filter(|it| it.described.is_none() && counted(it));
        let same = per.zip(reached).is_some_and(|(per, reached)| reached.ends_with(&per.unit));
        if same && higher.verb == moved.verb && !between.contains(['。', '\n']) {
            moved.threshold = moved.per.take().map(|it| it.range);
        }
    }
}

/// 县级+1、市级+2、省级+3(分/次): the unit at the end of a list counts for all its amounts.
fn units_behind(text: &str, clauses: &mut [Clause]) {
    for nth in (1..clauses.len()).rev() {
        let Some((before, after)) = clauses.split_at_mut_checked(nth) else { continue };
        let (Some(first), Some(next)) = (before.last_mut(), after.first()) else { continue };
        let behind = |it: &Per| text.get(it.range.start..).is_some_and(|it| it.starts_with("(分/"));
        let (Kind::Move(own), Kind::Move(last)) = (&mut first.kind, &next.kind) else { continue };
        let Some(unit) = last.per.as_ref().filter(|it| behind(it)) else { continue };
        let between = text.get(first.range.end..next.range.start).unwrap_or_default();
        let listed = between.starts_with(['、', ',', '/']) && between.chars().count() <= 12;
        if own.per.is_none() && own.verb == last.verb && listed {
            own.per = Some(unit.clone());
        }
    }
}

/// Whether the next clause holds from a larger number of a unit on: 2次, 3次以上.
fn higher_rung(text: &str, between: Range<usize>, next: &Clause, unit: &str) -> bool {
    let words = text.get(between.clone()).unwrap_or_default();
    if words.contains(['。', '\n']) {
        return false;
    }
    let reached = match &next.kind {
        Kind::Move(it) => it.threshold.as_ref().and_then(|it| text.get(it.clone())),
        _ => None,
    };
    let interval =
        || interval::at_end(text, between.clone()).filter(|it| it.unit.as_deref() == Some(unit));
    reached.is_some_and(|it| it.ends_with(unit)) || interval().is_some_and(|it| it.lower.is_some())
}

/// The places that can only be scoring.
fn cores(text: &str) -> impl Iterator<Item = Range<usize>> {
    static CORES: Sought = Sought::new(&[Rule::core]);
    CORES.find_all(text).map(|it| it.1)
}

/// Where to begin to look for a clause: not before the end of the last one, nor before a full stop.
fn reach_back(text: &str, done: usize, core: usize) -> usize {
    let mut from = core.saturating_sub(REACH).max(done);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    text.get(from..core).and_then(|it| it.rfind(STOPS)).map_or(from, |at| after(text, from + at))
}

/// Where the character after one stands.
fn after(text: &str, at: usize) -> usize {
    at + text.get(at..).and_then(|it| it.chars().next()).map_or(1, char::len_utf8)
}

/// The stops over which no clause reads.
const STOPS: &[char] = &['。', '\n', '；'];

/// Where a clause of a text can begin at all.
struct Starts {
    /// The bytes of the characters with which one may begin.
    places: Vec<usize>,
    /// The bytes at which none begins.
    barren: Vec<Cell<bool>>,
    /// Where the sentence ends that is being read.
    sentence: usize,
    /// The rules for which it has what they need.
    possible: u64,
}

impl Starts {
    fn of(text: &str) -> Self {
        static CHARS: OnceLock<(Chars, BTreeSet<char>)> = OnceLock::new();
        let all = || (BEGINNINGS.chars().collect(), BEGINNINGS.chars().collect());
        let (glance, chars) = CHARS.get_or_init(all);
        let begins = |it: char| it.is_ascii_digit() || glance.may_have(it) && chars.contains(&it);
        let places = text.char_indices().filter(|it| begins(it.1)).map(|it| it.0).collect();
        Self { places, barren: vec![Cell::new(false); text.len()], sentence: 0, possible: 0 }
    }

    /// Goes on to the sentence of a core.
    fn reach(&mut self, text: &str, core: &Range<usize>) {
        if core.end <= self.sentence {
            return;
        }
        let (before, from) = (text.get(..core.start), text.get(core.end..));
        let start = before.and_then(|it| it.rfind(STOPS)).map_or(0, |at| after(text, at));
        self.sentence = from.and_then(|it| it.find(STOPS)).map_or(text.len(), |at| core.end + at);
        self.possible = CLAUSES.possible(text.get(start..self.sentence).unwrap_or_default());
    }

    /// Those of the places within a range of bytes.
    fn within(&self, range: Range<usize>) -> &[usize] {
        let from = self.places.partition_point(|it| *it < range.start);
        let to = self.places.partition_point(|it| *it < range.end);
        self.places.get(from..to).unwrap_or_default()
    }
}

/// The first clause from `from` on that holds the core.
fn clause_at(text: &str, from: usize, core: Range<usize>, known: &Starts) -> Option<Clause> {
    let own = text.get(core.clone())?.char_indices().map(|it| core.start + it.0);
    let before = known.within(from..core.start).iter().copied();
    before.chain(own).find_map(|start| clause_from(text, start, core.end, known))
}

/// The characters with which clauses begin, beside digits.
const BEGINNINGS: &str = "+-×*口默往逐递除例情每发出查有少缺漏晚迟超逾差欠低高多增下降减扣倒核加奖罚得计记赋评给获为分依各酌视适一二两三四五六七八九十半零百千廿另\
    再直可予追均则即就将应额在按以考并都需要累相能全不无该此本整单双翻成折最至上限封合总共所年同小占权比满基标对([进免只取";

/// Reads a clause at a place, if one begins there and reaches the end of the core.
fn clause_from(text: &str, start: usize, core_end: usize, known: &Starts) -> Option<Clause> {
    if known.barren.get(start).is_some_and(Cell::get) {
        return None;
    }
    let first = text.get(start..)?.chars().next()?;
    let mut short = false;
    for rule in CLAUSES.beginning(first, known.possible) {
        let Some(end) = recognise::end(rule, text, start) else { continue };
        // A core of words may end inside its clause; one of digits must be read whole.
        if end < core_end {
            short = true;
            continue;
        }
        let Some(parse) = parse_read(rule, text, start) else { continue };
        let kind = parse.pair().and_then(lower).filter(|it| !torn_number(text, start, it));
        if let Some(kind) = kind {
            return Some(Clause { range: start..end, kind });
        }
    }
    // What reads nothing for this core reads nothing for the next one either, unless it only was too short.
    if let Some(it) = known.barren.get(start) {
        it.set(!short);
    }
    None
}

/// Whether the verb with which a clause begins is a part of another word: 参加, 等奖, 否则, 符合.
fn within_word(text: &str, start: usize, before: Option<char>, verb: Option<char>) -> bool {
    verb == Some('加') && before.is_some_and(|it| "参更".contains(it))
        // 一等奖15分, 获奖5分: a prize.
        || verb == Some('奖') && before.is_some_and(|it| "等金银铜优秀胜获得中大特级果步明创".contains(it))
        // 符合计2分 states no sum.
        || verb == Some('合') && before.is_some_and(|it| "符综结联配".contains(it))
        // 否则 is a word of the condition.
        || verb == Some('则') && before == Some('否')
        || verb == Some('减') && before == Some('递')
        // 每增1分: what is counted, and no bonus.
        || before == Some('每') && verb.is_some_and(|it| "增加减扣降".contains(it))
        || verb == Some('加') && text.get(..start).is_some_and(|it| it.ends_with("每增"))
}

/// Whether a clause begins in the midst of a range or a list of numbers: the 2人 of 1至2人扣0.5分 is no counted unit.
fn torn_number(text: &str, start: usize, kind: &Kind) -> bool {
    let before = text.get(..start).and_then(|it| it.chars().next_back());
    let verb = text.get(start..).and_then(|it| it.chars().next());
    if within_word(text, start, before, verb) {
        return true;
    }
    if matches!(verb, Some('+' | '-'))
        && let Kind::Move(moved) = kind
    {
        return no_sign(text, start, moved.per.is_some());
    }
    // 减计1分 and 扣计1分 deduct, where the clause would begin at 计.
    let gives = verb.is_some_and(|it| "得计记给获".contains(it));
    if gives && before.is_some_and(|it| "扣减倒".contains(it)) {
        return true;
    }
    // 获得5, 测得3: no award that has lost its unit.
    let found = |it: char| "获取所求测使值难记觉懂变显赢".contains(it);
    if verb == Some('得')
        && before.is_none_or(found)
        && matches!(kind, Kind::Move(it) if it.without_unit)
    {
        return true;
    }
    // 90分以上(含90分), 评估分值≥90分: a bound. Nothing begins in the midst of a number.
    let within = verb.is_some_and(|it| it.is_ascii_digit())
        && before.is_some_and(|it| it.is_ascii_digit() || it == '.');
    if within
        || matches!(kind, Kind::BarePoints(_)) && before.is_some_and(|it| "含≥≤<>".contains(it))
    {
        return true;
    }
    let (per, threshold) = match kind {
        Kind::Move(it) => (it.per.as_ref(), it.threshold.as_ref()),
        Kind::Unstated(it) => (it.as_ref(), None),
        Kind::FullShare(it) => (it.per.as_ref(), None),
        _ => return false,
    };
    let Some(words) = per.map(|it| &it.range).or(threshold) else { return false };
    let mut back = text.get(..start).unwrap_or_default().chars().rev().skip(1);
    let ranged = matches!(before, Some('至' | '到'))
        && back
            .next()
            .is_some_and(|it| it.is_ascii_digit() || "达一二两三四五六七八九十".contains(it));
    let listed = ranged
        || before == Some('、')
            && text
                .get(..start)
                .and_then(|it| it.chars().rev().nth(1))
                .is_some_and(|it| it.is_ascii_digit());
    if listed {
        return true;
    }
    let counted = text.get(words.clone()).is_some_and(|it| !it.starts_with(['每', '/']))
        || verb.is_some_and(|it| it.is_ascii_digit());
    counted
        && before
            .is_some_and(|it| it.is_ascii_digit() || ".-~第前后于过达满足少上下本同".contains(it))
}

/// Whether the + or - before an amount is no sign: 90-100分 is a range, 100-20分 a formula, 考勤管理-20分 a name with its points.
fn no_sign(text: &str, start: usize, counts: bool) -> bool {
    let before = text.get(..start).and_then(|it| it.chars().next_back());
    let joins =
        before.is_some_and(|it| it.is_ascii_alphanumeric() || ".%分名位次)]+-".contains(it));
    // 则+1分, 迟到,-2分: the sign stands for the verb.
    let bracketed = before.is_some_and(|it| "([则,:;。".contains(it)) || states_event(text, start);
    // 第一名+12分: the points of a rank.
    let rank = text.get(..start).and_then(|it| it.strip_suffix(['名', '位'])).is_some_and(|it| {
        it.trim_end_matches(|it: char| it.is_ascii_digit() || "一二三四五六七八九十".contains(it))
            .ends_with('第')
    });
    !rank && (joins || !(bracketed || counts))
}

/// 入选市局人才库+3分, 未参与专项工作-5分: whether what a sign follows is an event, and no name with its points (考勤管理-20分) nor a
/// term of a sum (得分=基本项+20分).
fn states_event(text: &str, sign: usize) -> bool {
    let before = text.get(..sign).unwrap_or_default();
    let words = before.rsplit(['。', ';', '\n']).next().unwrap_or_default();
    let adds = text.get(sign..).is_some_and(|it| it.starts_with('+'));
    let plain = words.chars().next_back().is_some_and(|it| !it.is_ascii() && !"×÷".contains(it));
    let fault = || words.contains(['未', '不', '无', '缺', '迟', '违', '漏', '被', '拒']);
    plain && !words.contains('=') && (adds || fault())
}

/// The clauses, in the order in which they are tried at one place.
static CLAUSES: Sought = Sought::new(&[
    Rule::points_mark,
    Rule::weight_mark,
    Rule::dual,
    Rule::series,
    Rule::full_share,
    Rule::proportion,
    Rule::multiply,
    Rule::masked,
    Rule::zero,
    Rule::exempt,
    Rule::highest,
    Rule::open_cap,
    Rule::cap,
    Rule::full_marks,
    Rule::total,
    Rule::share_of,
    Rule::ratio,
    Rule::coefficients,
    Rule::weight,
    Rule::r#move,
    Rule::bare_rate,
    Rule::signed,
    Rule::move_without_fen,
    Rule::unstated,
    Rule::counts_for,
    Rule::bare_points,
]);

/// What a parse says.
fn lower(pair: Pair<'_>) -> Option<Kind> {
    Some(match pair.rule() {
        Rule::r#move | Rule::bare_rate | Rule::signed | Rule::move_without_fen => {
            Kind::Move(moved(pair)?)
        }
        Rule::series => Kind::Series,
        Rule::full_share => full_share(pair)?,
        Rule::proportion => {
            Kind::Proportion(pair.part(Rule::proportion_verb).map_or(Verb::Award, |it| {
                match it.as_str() {
                    "加" => Verb::Add,
                    _ if has(&it, Rule::deduct_verb) => Verb::Deduct,
                    _ => Verb::Award,
                }
            }))
        }
        Rule::dual => Kind::Dual(Box::new(dual(pair)?)),
        Rule::zero => Kind::Zero,
        Rule::multiply => Kind::Multiply(factor(pair)?),
        Rule::unstated => Kind::Unstated(unstated_per(pair)),
        Rule::full_marks => Kind::FullMarks,
        Rule::masked => Kind::Masked,
        Rule::share_of => Kind::ShareOf(share_of(pair)?),
        Rule::ratio => Kind::Weight(ratio(pair)?),
        Rule::coefficients => {
            Kind::Weight(Shares { each: pair.as_str().contains('各'), values: coefficients(pair) })
        }
        Rule::cap => Kind::Cap(cap(pair)?),
        Rule::open_cap => Kind::OpenCap,
        Rule::exempt => Kind::Exempt,
        Rule::highest => Kind::Highest,
        Rule::points_mark => Kind::Points(points_mark(pair)?),
        Rule::weight_mark => Kind::WeightMark(percents(pair).first().copied()?),
        Rule::weight => {
            let each = has(&pair, Rule::each_one) || pair.as_str().contains('各');
            Kind::Weight(Shares { each, values: percents(pair) })
        }
        Rule::counts_for => Kind::CountsFor(counts_for(pair)?),
        Rule::total => Kind::Total(total(pair)?),
        Rule::bare_points => Kind::BarePoints(pair.parts().find_map(points)?),
        _ => return None,
    })
}

fn has(pair: &Pair<'_>, rule: Rule) -> bool {
    pair.parts().any(|it| it.rule() == rule)
}

/// Whether a verb stands behind a rate: 按0.5分/个扣分.
fn states_verb(pair: &Pair<'_>) -> bool {
    [Rule::deduct_verb, Rule::add_verb, Rule::award_verb].iter().any(|it| has(pair, *it))
}

fn moved(pair: Pair<'_>) -> Option<Move> {
    let without_unit = pair.rule() == Rule::move_without_fen;
    let mut moved = Move {
        verb: Verb::Award,
        amounts: Vec::new(),
        shared_out: false,
        each: false,
        per: None,
        threshold: None,
        whose: None,
        without_unit,
        without_verb: pair.rule() == Rule::bare_rate && !states_verb(&pair),
        scanned: false,
    };
    for part in pair.parts() {
        match part.rule() {
            Rule::per => match threshold(&part) {
                Some(range) => moved.threshold = Some(range),
                None => moved.per = per(part, pair),
            },
            Rule::slash_per | Rule::unit_behind | Rule::each => moved.per = unit_of(part, false),
            Rule::measure => {
                // 3分/人/次: one unit of two.
                let before = moved.per.take();
                let range = before.as_ref().map_or(part.range().start, |it| it.range.start);
                let (unit, mut pieces) = before.map(|it| (it.unit, it.pieces)).unwrap_or_default();
                pieces.push(part.range());
                moved.per = Some(Per {
                    unit: unit + part.as_str(),
                    pieces,
                    range: range..part.range().end,
                    in_condition: false,
                    described: None,
                });
            }
            Rule::deduct_verb => {
                moved.verb = Verb::Deduct;
                moved.scanned = matches!(part.as_str(), "口" | "扣扣");
            }
            Rule::add_verb | Rule::gain => moved.verb = Verb::Add,
            Rule::loss => moved.verb = Verb::Deduct,
            Rule::sign => moved.verb = if part.as_str() == "-" { Verb::Deduct } else { Verb::Add },
            Rule::whose => moved.whose = Some(part.range()),
            Rule::each_one => moved.each = true,
            Rule::shared_out => moved.shared_out = true,
            Rule::points_list | Rule::bare_list => {
                moved.amounts = part.parts().filter_map(points).collect();
            }
            Rule::points | Rule::signed_range => moved.amounts.extend(points(part)),
            _ => {}
        }
    }
    // 扣200 without its unit is money.
    let money = without_unit && moved.amounts.iter().any(|it| it.least >= Decimal::ONE_HUNDRED);
    (!moved.amounts.is_empty() && !money).then_some(moved)
}

/// The points of a `points` pair.
fn points(pair: Pair<'_>) -> Option<Points> {
    let mut numbers = pair.parts().filter_map(|it| number::read_scanned(it.as_str()));
    let ((first, damaged), second) = (numbers.next()?, numbers.next());
    let scanned = damaged || second.is_some_and(|it| it.1);
    let second = second.map(|it| it.0);
    Some(match second {
        Some(second) if second < first => {
            Points { least: second, most: Some(first), falling: true, scanned }
        }
        most => Points { least: first, most, falling: false, scanned },
    })
}

/// The counted unit of a `per` pair, within the words of its clause.
fn per(pair: Pair<'_>, clause: Pair<'_>) -> Option<Per> {
    let inner = pair.parts().next()?;
    let in_condition = matches!(inner.rule(), Rule::rate | Rule::short);
    let mut per = unit_of(inner, in_condition)?;
    // What describes the event is the condition, with its 的.
    let after = clause.as_str().get(per.range.end - clause.range().start..);
    let closes = after.is_some_and(|it| it.starts_with('的'));
    if per.described.is_some() && closes {
        per.range.end += '的'.len_utf8();
    }
    Some(per)
}

fn unstated_per(pair: Pair<'_>) -> Option<Per> {
    pair.part(Rule::per).and_then(|it| per(it, pair))
}

/// The bytes of a `per` pair that counts nothing: 逾期2天, 出现3次 name a number that is reached, without 每.
fn threshold(pair: &Pair<'_>) -> Option<Range<usize>> {
    let inner = pair.parts().next()?;
    let plain = matches!(inner.rule(), Rule::short | Rule::found | Rule::counted_once);
    let count = inner.part(Rule::count)?;
    let several = number::read(count.as_str()).is_some_and(|it| it != Decimal::ONE);
    (plain && several && !pair.as_str().starts_with('每')).then(|| inner.range())
}

/// A part of all the points: 计满分的50%.
fn full_share(pair: Pair<'_>) -> Option<Kind> {
    let words = pair.as_str();
    let deducts = has(&pair, Rule::deduct_verb)
        || pair
            .clone()
            .parts()
            .any(|it| it.rule() == Rule::share_verb && it.as_str().contains('扣'));
    let bare = words.starts_with(['满', '分', '标', '基', '总', '该', '本', '此', '相', '对']);
    if bare && !deducts && !has(&pair, Rule::share_verb) {
        return None;
    }
    let percent = percents(pair).first().copied().unwrap_or_else(|| Decimal::from(50));
    let verb = if deducts { Verb::Deduct } else { Verb::Award };
    let per = pair.part(Rule::per).and_then(|it| per(it, pair));
    Some(Kind::FullShare(FullShare { verb, percent, per }))
}

/// Two rates in one.
fn dual(pair: Pair<'_>) -> Option<Dual> {
    let whole = pair.range();
    let (mut ways, mut verbs, mut points_of) = (Vec::new(), Vec::new(), Vec::new());
    let (mut counted, mut unit, mut count) = (None::<Range<usize>>, None, None);
    for part in pair.parts() {
        match part.rule() {
            Rule::dual_way => ways.extend(part.parts().map(|it| it.range())),
            Rule::dual_verb => verbs.extend(part.parts().map(|it| match it.rule() {
                Rule::deduct_verb => Verb::Deduct,
                _ => Verb::Add,
            })),
            Rule::count => {
                count = Some(part.as_str().to_owned());
                counted = Some(part.range());
            }
            Rule::measure | Rule::dual_point => {
                let range = part.range();
                let from = counted.take().map_or(range.start, |it| it.start);
                counted = Some(from..range.end);
                unit = Some((part.as_str().to_owned(), range));
            }
            Rule::points_list => points_of.extend(part.parts().filter_map(points)),
            _ => {}
        }
    }
    let ([one, other], [first, second]) =
        (<[_; 2]>::try_from(ways).ok()?, <[_; 2]>::try_from(verbs).ok()?);
    let (measure, range) = unit?;
    let counted = counted?;
    let stays = count.filter(|it| measure == "%" || number::read(it) != Some(Decimal::ONE));
    let pieces = if stays.is_some() { vec![counted.clone()] } else { vec![range] };
    let per = Per {
        unit: stays.unwrap_or_default() + &measure,
        pieces,
        range: whole.start..counted.end,
        in_condition: true,
        described: None,
    };
    let each = whole.start..whole.start + '每'.len_utf8();
    let points = points_of.into_iter().next().filter(|_| first != second)?;
    Some(Dual { sides: [(first, one), (second, other)], each, counted, per, points })
}

/// The unit that is counted at a byte of a text that begins with 每, and whether it is an event's or has a number: 起 of
/// 每发生一起事故, 次 of 每次.
#[must_use]
pub fn unit_at(text: &str, at: usize) -> Option<(Per, bool)> {
    for rule in [Rule::found, Rule::each, Rule::rate] {
        if let Some(parse) = parse(rule, text, at) {
            let pair = parse.pair()?;
            let counted = has(&pair, Rule::count);
            let per = unit_of(pair, false)?;
            let event = EVENTS.contains(&per.unit.as_str()) || per.unit.starts_with('个');
            return Some((per, counted || event || rule == Rule::found));
        }
    }
    None
}

/// One event that the words from a byte on have found: 查实一例 of 查实一例收受红包的. The bytes of its description follow.
#[must_use]
pub fn one_found_at(text: &str, at: usize) -> Option<Per> {
    let parse = parse(Rule::found, text, at)?;
    let pair = parse.pair()?;
    let count = pair.part(Rule::count)?;
    let one = number::read(count.as_str()) == Some(Decimal::ONE);
    let plain = !pair.as_str().starts_with(['每', '有']);
    let per = unit_of(pair, false)?;
    (one && plain && EVENTS.contains(&per.unit.as_str())).then_some(per)
}

/// Units that count events.
const EVENTS: &[&str] = &[
    "次", "起", "例", "件", "人次", "件次", "处", "项", "宗", "批次", "户次", "篇", "条", "笔",
    "份",
];

/// The unit that a pair names: its measures, with a number before them that is not one. 1% stays 1%.
fn unit_of(pair: Pair<'_>, in_condition: bool) -> Option<Per> {
    let range = pair.range();
    let (mut unit, mut count) = (String::new(), None);
    let (mut pieces, mut described) = (Vec::new(), None);
    for part in pair.parts() {
        match part.rule() {
            Rule::count => count = Some(part),
            Rule::described => described = Some(part.range().start),
            Rule::also => {
                unit.push_str(part.as_str());
                pieces.push(part.range());
            }
            Rule::measure | Rule::fen_unit | Rule::any_unit => {
                let measure = part.as_str();
                let stays = count.take().filter(|it| {
                    measure == "%"
                        || measure == "‰"
                        || number::read(it.as_str()) != Some(Decimal::ONE)
                });
                for it in stays.into_iter().chain([part]) {
                    unit.push_str(it.as_str());
                    pieces.push(it.range());
                }
            }
            _ => {}
        }
    }
    if let Some(it) = count {
        unit.push_str(it.as_str());
        pieces.push(it.range());
    }
    let in_condition = in_condition || described.is_some();
    (!unit.is_empty()).then_some(Per { unit, pieces, range, in_condition, described })
}

fn factor(pair: Pair<'_>) -> Option<Decimal> {
    for part in pair.parts() {
        match part.rule() {
            Rule::double => return Some(Decimal::TWO),
            Rule::half => return Some(Decimal::new(5, 1)),
            Rule::number => return number::read(part.as_str()),
            Rule::fold => return part.parts().find_map(|it| number::read(it.as_str())),
            _ => {}
        }
    }
    None
}

fn cap(pair: Pair<'_>) -> Option<Cap> {
    let mut scope = CapScope::Before;
    let mut points = None;
    for part in pair.parts() {
        match part.rule() {
            Rule::cap_scope => scope = cap_scope(part),
            Rule::number => points = number::read(part.as_str()),
            _ => {}
        }
    }
    Some(Cap { points: points?, scope })
}

/// The narrowest of the words that say what a cap caps.
fn cap_scope(pair: Pair<'_>) -> CapScope {
    let scopes = pair.parts().map(|it| match it.rule() {
        Rule::cap_case => CapScope::Case,
        Rule::cap_each => CapScope::Each,
        Rule::cap_item => CapScope::Item,
        _ => CapScope::Sum,
    });
    scopes.min().unwrap_or(CapScope::Before)
}

fn points_mark(pair: Pair<'_>) -> Option<PointsMark> {
    let sum = pair.as_str().contains('共') || pair.as_str().contains("合计");
    let weight = pair.part(Rule::weight_part);
    let weight = weight.and_then(|it| percents(it).first().copied());
    let points = pair.part(Rule::points).and_then(points)?;
    Some(PointsMark { points: points.most.unwrap_or(points.least), weight, sum })
}

/// The numbers of percent of all `percent` pairs within a pair; 八成 is 80.
fn percents(pair: Pair<'_>) -> Vec<Decimal> {
    let mut numbers = Vec::new();
    for part in pair.all_parts() {
        if part.rule() != Rule::percent {
            continue;
        }
        let tenths = part.as_str().ends_with('成');
        let number = part.parts().find_map(|it| number::read(it.as_str()));
        numbers.extend(number.map(|it| if tenths { it * Decimal::TEN } else { it }));
    }
    numbers
}

/// The other assessment and the weight of a `share_of` pair; none where the words name no assessment.
fn share_of(pair: Pair<'_>) -> Option<ShareOf> {
    let name = pair.part(Rule::share_name)?;
    let words = name.as_str();
    let other = ["考核", "考评", "评价", "绩效", "评审", "评定", "测评"]
        .iter()
        .any(|it| words.contains(it));
    let whole = [
        "总分",
        "总成绩",
        "考核总分",
        "考核得分",
        "综合得分",
        "考核分",
        "考核总成绩",
        "考核权重",
        "综合考核总分",
    ]
    .contains(&words);
    let weight = percents(pair).first().copied()?;
    (other && !whole).then_some(ShareOf { into: name.range(), weight })
}

/// 6:4 as percentages.
fn ratio(pair: Pair<'_>) -> Option<Shares> {
    let numbers: Vec<Decimal> = pair.parts().filter_map(|it| number::read(it.as_str())).collect();
    let sum: Decimal = numbers.iter().sum();
    if sum.is_zero() || numbers.len() < 2 {
        return None;
    }
    let values =
        numbers.into_iter().map(|it| (it * Decimal::ONE_HUNDRED / sum).normalize()).collect();
    Some(Shares { values, each: false })
}

/// 0.6 as 60 percent.
fn coefficients(pair: Pair<'_>) -> Vec<Decimal> {
    let parts = pair.parts().filter(|it| it.rule() == Rule::coefficient);
    parts
        .filter_map(|it| number::read(it.as_str()))
        .map(|it| (it * Decimal::ONE_HUNDRED).normalize())
        .collect()
}

fn counts_for(pair: Pair<'_>) -> Option<Shares> {
    let each = has(&pair, Rule::each_one);
    let list = pair.part(Rule::points_list)?;
    let values: Vec<_> =
        list.parts().filter_map(points).map(|it| it.most.unwrap_or(it.least)).collect();
    Some(Shares { values, each })
}

fn total(pair: Pair<'_>) -> Option<Decimal> {
    match pair.as_str() {
        "百分制" => Some(Decimal::ONE_HUNDRED),
        "千分制" => Some(Decimal::ONE_THOUSAND),
        _ => pair.parts().find_map(|it| number::read(it.as_str())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> String {
        let found: Vec<String> = read(text)
            .iter()
            .map(|it| format!("{}={}", text.get(it.range.clone()).unwrap(), show(&it.kind)))
            .collect();
        found.join(" ")
    }

    fn show(kind: &Kind) -> String {
        match kind {
            Kind::Move(it) => {
                let verb = match it.verb {
                    Verb::Deduct => "-",
                    Verb::Add => "+",
                    Verb::Award => "=",
                };
                let amounts: Vec<String> = it
                    .amounts
                    .iter()
                    .map(|it| {
                        it.most.map_or(it.least.to_string(), |most| format!("{}..{most}", it.least))
                    })
                    .collect();
                let per = it.per.as_ref().map(|it| format!("/{}", it.unit)).unwrap_or_default();
                format!("{verb}{}{per}", amounts.join("|"))
            }
            Kind::FullShare(it) => format!("{:?} {}% of full", it.verb, it.percent),
            Kind::Proportion(it) => format!("{it:?} by proportion"),
            Kind::Series => "series".into(),
            Kind::Dual(it) => format!("dual{}/{}", it.points.least, it.per.unit),
            Kind::Zero => "zero".into(),
            Kind::Multiply(it) => format!("*{it}"),
            Kind::Unstated(it) => {
                format!("?{}", it.as_ref().map(|it| format!("/{}", it.unit)).unwrap_or_default())
            }
            Kind::Cap(it) => format!("cap{} {:?}", it.points, it.scope),
            Kind::OpenCap => "open".into(),
            Kind::Exempt => "exempt".into(),
            Kind::Highest => "highest".into(),
            Kind::Points(it) => format!("({}{})", if it.sum { "sum " } else { "" }, it.points),
            Kind::WeightMark(it) => format!("({it}%)"),
            Kind::Weight(it) => {
                format!("{:?}%", it.values.iter().map(ToString::to_string).collect::<Vec<_>>())
            }
            Kind::CountsFor(it) => {
                format!("{:?}分", it.values.iter().map(ToString::to_string).collect::<Vec<_>>())
            }
            Kind::Total(it) => format!("total{it}"),
            Kind::BarePoints(it) => format!("{}分", it.least),
            Kind::FullMarks => "full".into(),
            Kind::Masked => "masked".into(),
            Kind::ShareOf(it) => format!("share{}%", it.weight),
        }
    }

    #[test]
    fn clauses_are_found_and_read() {
        let cases = [
            ("未参加的,每次扣0.5分", "每次扣0.5分=-0.5/次"),
            ("扣一分", "扣一分=-1"),
            ("发现一起扣0.2分", "发现一起扣0.2分=-0.2/起"),
            ("的,每人次分别扣0.5分,1分、2分,在职", "每人次分别扣0.5分,1分、2分=-0.5|1|2/人次"),
            ("根据情节,扣减8-10分。", "扣减8-10分=-8..10"),
            ("每降低1个百分点扣0.2分", "每降低1个百分点扣0.2分=-0.2/个百分点"),
            ("每降低2个百分点扣0.1分", "每降低2个百分点扣0.1分=-0.1/2个百分点"),
            ("指标每降低1%,减2分", "每降低1%,减2分=-2/1%"),
            ("往后每下降一个名次扣0.5分", "每下降一个名次扣0.5分=-0.5/个名次"),
            ("少1次扣0.5分", "少1次扣0.5分=-0.5/次"),
            ("今年底前未达标每个支部扣1分", "每个支部扣1分=-1/个支部"),
            ("每人每例扣1分", "每人每例扣1分=-1/人例"),
            ("扣0.2分/人次", "扣0.2分/人次=-0.2/人次"),
            ("被采用的2分/篇", "2分/篇=2/篇"),
            ("每投诉一次扣2分", "每投诉一次扣2分=-2/次"),
            ("98%以上得0.2分、92%-98%得0.1分", "得0.2分==0.2 得0.1分==0.1"),
            ("综合工作加2分、单项工作加1分", "加2分=+2 加1分=+1"),
            ("不得分", "不得分=zero"),
            ("此项全扣", "此项全扣=zero"),
            ("双倍扣减分值", "双倍扣减分值=*2"),
            ("非市管干部减半扣分(", "减半扣分=*0.5"),
            ("的,减半加分。", "减半加分=*0.5"),
            ("缺1次扣分;", "缺1次扣分=?/次"),
            ("视情节轻重,酌情扣分", "酌情扣分=?"),
            (
                "每种情形最多扣2分,此项最多扣5分",
                "每种情形最多扣2分=cap2 Case 此项最多扣5分=cap5 Item",
            ),
            ("累计不超过5分", "累计不超过5分=cap5 Sum"),
            ("以5分为限", "以5分为限=cap5 Before"),
            ("扣完20分为止", "扣完20分为止=cap20 Before"),
            ("单项最高扣10分", "单项最高扣10分=cap10 Each"),
            ("合计最高减15分", "合计最高减15分=cap15 Sum"),
            ("至多加3分", "至多加3分=cap3 Before"),
            ("加分不封顶", "不封顶=open"),
            ("扣完为止", "扣完为止=open"),
            ("主动查处的不扣分", "不扣分=exempt"),
            ("按最高标准扣分,不重复扣", "按最高标准扣分=highest 不重复扣=highest"),
            ("政令畅通(16分)", "(16分)=(16)"),
            ("(共0.4分)", "(共0.4分)=(sum 0.4)"),
            ("业务状况(权重50%)", "(权重50%)=(50%)"),
            ("占80%权重,民主测评占20%权重", "占80%权重=[\"80\"]% 占20%权重=[\"20\"]%"),
            ("各占百分之五十权重", "各占百分之五十权重=[\"50\"]%"),
            ("实行百分制打分", "百分制=total100"),
            ("满分为1000分", "满分为1000分=total1000"),
            ("在职党员全年未参与每人次扣0.1,此项", "每人次扣0.1=-0.1/人次"),
            ("不合格的此项分数为0。", "分数为0==0"),
            ("作弊者,测评成绩分为0;", "成绩分为0==0"),
        ];
        for (text, wanted) in cases {
            let wanted = wanted.replace("2分/篇=2/篇", "2分/篇==2/篇");
            assert_eq!(one(text), wanted, "{text}");
        }
    }

    #[test]
    fn near_misses_are_left_alone() {
        let cases = [
            "由三部分组成",
            "5分钟",
            "百分之九十以上",
            "扣分标准",
            "得60分以上的",
            "第十分局",
            "减少会议",
            "加分项目",
        ];
        for text in cases {
            assert_eq!(one(text), "", "{text}");
        }
    }
}
