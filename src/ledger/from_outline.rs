//! Outline and ruleset to ledger: finds every scoring mention and says what became of it.

use std::ops::Range;

use crate::{
    clause::{
        mention::{self, MentionKind},
        speaks_of_assessment,
    },
    document::folded::{Folded, Letters},
    ledger::{Entry, Ledger, State},
    outline::{Block, Outline, Rubric, table::Role},
    source::{Place, Span},
};

/// The mentions of an outline. `read` are the characters of the clauses that the ruleset's items hold, `held` those of
/// the items' quotes.
#[must_use]
pub fn read(outline: &Outline, letters: &Letters<'_>, read: &[Span], held: &[Span]) -> Ledger {
    let covers = Covers { read: Cover::new(read), held: Cover::new(held) };
    let mut ledger = Ledger::default();
    for block in &outline.blocks {
        match block {
            Block::Line(line) => find(&line.text, line.place, letters, &covers, &mut ledger),
            Block::Table(table) => {
                let speaks = speaks_of_points(table);
                for cell in table.cells.get(table.own.clone()).unwrap_or_default() {
                    find(&cell.statements(), cell.place, letters, &covers, &mut ledger);
                    let role = table.columns.get(cell.columns.start as usize).map(|it| it.role);
                    let points = |it| matches!(it, Role::Points | Role::Signed(_) | Role::Level);
                    if role.is_some_and(points) || speaks && role == Some(Role::Text) {
                        bare_number(&cell.name(), cell.place, letters, &covers, &mut ledger);
                    }
                }
            }
        }
    }
    ledger.entries.sort_by_key(|it| it.span);
    ledger.entries.dedup_by_key(|it| it.span);
    ledger
}

/// Whether the header of a table speaks of points and none of its columns holds any: its bare numbers may be points.
fn speaks_of_points(table: &Rubric) -> bool {
    const WORDS: &[&str] = &["计分", "评分", "分值", "赋分", "积分", "加分", "扣分", "分数"];
    let scores = |it: Role| it.scores() || matches!(it, Role::Level | Role::Band | Role::Grade);
    !table.columns.iter().any(|it| scores(it.role))
        && table.header.iter().any(|it| WORDS.iter().any(|word| it.contains(word)))
}

/// What the ruleset holds.
#[derive(Debug)]
struct Covers {
    /// Clauses.
    read: Cover,
    /// Quotes of items.
    held: Cover,
}

/// Spans that can be asked quickly whether one overlaps them.
#[derive(Debug)]
struct Cover(Vec<Span>);

impl Cover {
    fn new(spans: &[Span]) -> Self {
        let mut sorted: Vec<Span> = spans.iter().copied().filter(|it| !it.is_empty()).collect();
        sorted.sort_unstable();
        let mut merged: Vec<Span> = Vec::with_capacity(sorted.len());
        for span in sorted {
            match merged.last_mut().filter(|it| span.start < it.end) {
                Some(last) => last.end = last.end.max(span.end),
                None => merged.push(span),
            }
        }
        Self(merged)
    }

    fn overlaps(&self, span: Span) -> bool {
        let at = self.0.partition_point(|it| it.end <= span.start);
        self.0.get(at).is_some_and(|it| it.overlaps(span))
    }
}

fn find(text: &Folded, place: Place, letters: &Letters<'_>, covers: &Covers, ledger: &mut Ledger) {
    for (kind, range) in mention::all(&text.text) {
        if kind == MentionKind::Points && !is_points(&text.text, range.end) {
            continue;
        }
        let span = text.span(range.clone());
        let state = state(&text.text, &range, kind, span, covers);
        ledger.entries.push(Entry { span, place, text: around(text, &range, letters), state });
    }
    for range in mention::bare_moves(&text.text).filter(|it| is_bare_move(&text.text, it)) {
        let span = text.span(range.clone());
        let state = if covers.read.overlaps(span) { State::Read } else { State::Unread };
        ledger.entries.push(Entry { span, place, text: around(text, &range, letters), state });
    }
}

/// A bare number in a column of points.
fn bare_number(
    text: &Folded,
    place: Place,
    letters: &Letters<'_>,
    covers: &Covers,
    ledger: &mut Ledger,
) {
    let bare = text.text.trim_start_matches(['+', '-']);
    let number =
        !bare.is_empty() && bare.bytes().all(|it| it.is_ascii_digit() || b".-~".contains(&it));
    if !number {
        return;
    }
    let range = 0..text.text.len();
    let span = text.span(range.clone());
    let state = if covers.read.overlaps(span) { State::Read } else { State::Unread };
    ledger.entries.push(Entry { span, place, text: around(text, &range, letters), state });
}

/// Whether 分 stands for points: not the first half of 分钟, 分别, 分之 …
fn is_points(text: &str, end: usize) -> bool {
    let next = text.get(end..).and_then(|it| it.chars().next());
    !next.is_some_and(|it| {
        "钟之别析管类行局支部工布解段批期层子校院会厂店包摊享流担离明块片区发送办级公".contains(it)
    })
}

/// Whether 扣2 moves points that have lost their unit: the words end with the number, and the verb is no part of 增加, 参加, 获得.
fn is_bare_move(text: &str, range: &Range<usize>) -> bool {
    let next = text.get(range.end..).and_then(|it| it.chars().next());
    let before = text.get(..range.start).and_then(|it| it.chars().next_back());
    next.is_none_or(|it| ",。;:、)(\n".contains(it))
        && !before.is_some_and(|it| "增参更叠附施相获取所求测使值难记觉懂".contains(it))
}

/// What became of a mention.
fn state(
    text: &str,
    range: &Range<usize>,
    kind: MentionKind,
    span: Span,
    covers: &Covers,
) -> State {
    if covers.read.overlaps(span) {
        return State::Read;
    }
    let held = covers.held.overlaps(span);
    match kind {
        MentionKind::Points if held && !beside_scoring(text, range) => State::Read,
        MentionKind::Points => State::Unread,
        _ if held => State::Read,
        MentionKind::Percent if weighs(text, range) => State::Unread,
        MentionKind::Percent => State::Context("target"),
        MentionKind::Word => word_state(text, range),
        MentionKind::Count => State::Context(count_kind(text, range)),
    }
}

/// Whether a percentage can be a weight: 占30% of an assessment, and not of the people.
fn weighs(text: &str, range: &Range<usize>) -> bool {
    let (before, after) = (tail(text, range.start, 4), head(text, range.end, 4));
    let says = ["权重", "权重为"].iter().any(|it| before.ends_with(it))
        || after.starts_with("权重")
        || after.starts_with("的权重");
    let name = text.get(..range.start).and_then(|it| it.strip_suffix('('));
    let whole = text.get(range.end..) == Some(")");
    if let Some(name) = name.filter(|_| whole) {
        // 学业评价(70%) as all that a cell or a heading says.
        return name.chars().count() <= 16
            && !name.ends_with(['率', '度', '比', '例'])
            && !name.contains([',', '。', ';', ':']);
    }
    let moves = before.ends_with(['扣', '减', '加', '得', '计']) && !before.ends_with("增加");
    let share =
        moves || before.ends_with('占') || before.ends_with("占比") || after.starts_with("占比");
    says || (share && speaks_of_assessment(text))
}

/// Whether a scoring word stands right beside.
fn beside_scoring(text: &str, range: &Range<usize>) -> bool {
    let (before, after) = (tail(text, range.start, 4), head(text, range.end, 4));
    let verbs = ['扣', '减', '加', '得', '计', '记', '奖', '赋'];
    before.ends_with(verbs)
        || before.ends_with("扣减")
        || before.ends_with("扣除")
        || after.starts_with("封顶")
}

/// A scoring word without a number: a term (加分项, 扣分标准), or points that move.
fn word_state(text: &str, range: &Range<usize>) -> State {
    let after = head(text, range.end, 4);
    let before = tail(text, range.start, 6);
    let noun = [
        "项", "标准", "制", "值", "情形", "情况", "依据", "原因", "总和", "细则", "事项", "办法",
        "方式", "内容", "指标", "条件", "因素", "表", "申请", "材料", "理由", "幅度", "上限", "为",
        "、", "和", "”", "\"", "规则", "明细", "清单", "分值", "评价", "打分", "考核", "评分",
        "的", "后", "最", "不", "合计", "累计", "权", "或", "及", "与", "原则", "计算", "处理",
        "结果", ":", "/",
    ];
    let word = text.get(range.clone()).unwrap_or_default();
    let method = [
        "实行", "采取", "采用", "按", "以", "进行", "累计", "总", "无", "重复", "不", "“", "\"",
        "每次", "和", "、", "的", "予以", "有", "为",
    ]
    .iter()
    .any(|it| before.ends_with(it));
    let whole = matches!(word, "满分" | "百分制" | "千分制");
    let factor = matches!(word, "减半" | "加倍" | "双倍");
    if factor && !multiplies(text, range) {
        return State::Context("factor");
    }
    let ends = after.is_empty();
    if noun.iter().any(|it| after.starts_with(it)) || method || whole || ends {
        State::Context("term")
    } else {
        State::Unread
    }
}

/// Whether 减半, 加倍, 双倍 multiply points: a scoring word follows, or points move in the same sentence.
fn multiplies(text: &str, range: &Range<usize>) -> bool {
    let next = head(text, range.end, 6);
    let scoring = ["扣", "加分", "减分", "得分", "计分", "记分", "给分", "奖", "处罚", "分值"];
    let stop = |it: char| "。\n".contains(it);
    let before = text.get(..range.start).unwrap_or_default();
    let sentence = before.rsplit(stop).next().unwrap_or_default();
    let moves = mention::all(sentence).any(|it| it.0 == MentionKind::Points);
    scoring.iter().any(|it| next.starts_with(it)) || moves
}

/// What a number that is no scoring counts.
fn count_kind(text: &str, range: &Range<usize>) -> &'static str {
    let word = text.get(range.clone()).unwrap_or_default();
    let before = tail(text, range.start, 2);
    match word.chars().next_back() {
        Some('年' | '月' | '日') => "date",
        Some('号') => "document-number",
        Some('条') if before.ends_with('第') => "article",
        Some('元') => "money",
        Some('页') => "page",
        Some('时' | '钟' | '天') => "duration",
        _ => "count",
    }
}

/// The last few characters before a byte.
fn tail(text: &str, end: usize, many: usize) -> &str {
    let slice = text.get(..end).unwrap_or_default();
    let skip = slice.char_indices().rev().nth(many.saturating_sub(1)).map_or(0, |it| it.0);
    slice.get(skip..).unwrap_or_default()
}

/// The first few characters after a byte.
fn head(text: &str, start: usize, many: usize) -> &str {
    let slice = text.get(start..).unwrap_or_default();
    let end = slice.char_indices().nth(many).map_or(slice.len(), |it| it.0);
    slice.get(..end).unwrap_or_default()
}

/// The words around a mention: its sentence, or the nearer part of a long one.
fn around(text: &Folded, range: &Range<usize>, letters: &Letters<'_>) -> String {
    const NEAR: usize = 40;
    let inside = |it: &char| !matches!(it, '。' | ';' | '\n');
    let before = text.text.get(..range.start).unwrap_or_default().chars().rev();
    let after = text.text.get(range.end..).unwrap_or_default().chars();
    let before: usize = before.take(NEAR).take_while(inside).map(char::len_utf8).sum();
    let after: usize = after.take(NEAR).take_while(inside).map(char::len_utf8).sum();
    text.original(range.start - before..range.end + after, letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn states(text: &str) -> Vec<State> {
        let folded = Folded::new(text, 0);
        let letters = Letters::new(text);
        let covers = Covers { read: Cover::new(&[]), held: Cover::new(&[]) };
        let mut ledger = Ledger::default();
        find(&folded, Place::default(), &letters, &covers, &mut ledger);
        ledger.entries.into_iter().map(|it| it.state).collect()
    }

    #[test]
    fn a_scoring_word_beside_a_number_is_never_context() {
        for text in ["每次扣0.5分", "加2分", "占10%权重", "总分100分以上的"] {
            assert!(states(text).contains(&State::Unread), "{text}");
        }
    }

    #[test]
    fn dates_and_counts_are_context() {
        for text in ["2021年8月19日", "组织3次", "30分钟", "完成率达到90%", "实行倒扣分制"]
        {
            assert!(states(text).iter().all(|it| matches!(it, State::Context(_))), "{text}");
        }
    }
}
