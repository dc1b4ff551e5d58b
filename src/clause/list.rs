//! Lists whose members share their first and last words.
//!
//! 受到中央、省、市通报或发生重大、较大、一般影响的，分别扣2分、1分、0.5分 states three conditions. The members of each list are
//! divided by 、; the words before the first member and after the last belong to all. Where the first member begins and the
//! last one ends only word boundaries can tell, so those come from a segmenter with a small dictionary of the genre.

use std::{ops::Range, sync::OnceLock};

use jieba_rs::Jieba;

use super::{
    grammar::{Rule, parse},
    recognise,
    sought::Sought,
};

/// Divides a condition into so many, each as pieces of the text to be put together; none if no list has so many members.
#[must_use]
pub fn divide(text: &str, part: Range<usize>, many: usize) -> Option<Vec<Vec<Range<usize>>>> {
    let mut divided: Vec<Vec<Range<usize>>> = vec![Vec::new(); many];
    let mut found = false;
    for group in groups(text, part) {
        let Some(list) = members(text, group.clone(), many) else {
            divided.iter_mut().for_each(|it| it.push(group.clone()));
            continue;
        };
        found = true;
        for (nth, (pieces, member)) in divided.iter_mut().zip(&list.members).enumerate() {
            pieces.push(list.before.clone());
            pieces.push(member.clone());
            pieces.extend(shared_rank(text, &list.members, nth));
            pieces.push(after_member(text, member, &list.after));
        }
    }
    found.then_some(divided)
}

/// The members of the last list of a condition, however many: the conditions of 各扣0.5分.
#[must_use]
pub fn parts(text: &str, part: Range<usize>) -> Vec<Vec<Range<usize>>> {
    if let Some(faults) = faults(text, &part) {
        return faults.into_iter().map(|it| vec![it]).collect();
    }
    let slice = text.get(part.clone()).unwrap_or_default();
    let separators = slice.matches('、').count();
    let many = if separators > 0 { separators + 1 } else { slice.matches(',').count() + 1 };
    let divided = (2..=many).rev().find_map(|it| divide(text, part.clone(), it));
    divided.unwrap_or_else(|| vec![vec![part]])
}

/// 没有按照乡镇编制、配变、低压线路没有按照村、队编制: each part with a fault of its own is a condition, and a part without one
/// belongs to the next that has one; none where all parts have one, or one has it for all.
fn faults(text: &str, part: &Range<usize>) -> Option<Vec<Range<usize>>> {
    let slice = text.get(part.clone())?;
    let elements = elements(slice, &['、'], part.start);
    let states = |it: &Range<usize>| {
        text.get(it.clone())
            .is_some_and(|it| ["没有", "未", "不"].iter().any(|word| it.contains(word)))
    };
    let own: Vec<bool> = elements.iter().map(states).collect();
    let (first, last) = (own.iter().position(|it| *it)?, own.iter().rposition(|it| *it)?);
    let between = own.get(first..last)?.iter().any(|it| !it);
    if !between || first != 0 {
        return None;
    }
    let mut faults: Vec<Range<usize>> = Vec::new();
    let mut from = part.start;
    for (nth, element) in elements.iter().enumerate() {
        if *own.get(nth)? {
            faults.push(from..if nth == last { part.end } else { element.end });
            from = elements.get(nth + 1).map_or(part.end, |it| it.start);
        }
    }
    Some(faults)
}

/// The words that all members share, without a 的 that the member has of its own.
fn after_member(text: &str, member: &Range<usize>, after: &Range<usize>) -> Range<usize> {
    let own = text.get(member.clone()).is_some_and(|it| it.ends_with('的'));
    let again = text.get(after.clone()).is_some_and(|it| it.starts_with('的'));
    if own && again { after.start + '的'.len_utf8()..after.end } else { after.clone() }
}

/// A list of members and the words that all share.
#[derive(Debug)]
struct Members {
    before: Range<usize>,
    members: Vec<Range<usize>>,
    after: Range<usize>,
}

/// The parts of a condition that 或 divides.
fn groups(text: &str, part: Range<usize>) -> Vec<Range<usize>> {
    let mut groups = Vec::new();
    let mut from = part.start;
    let slice = text.get(part.clone()).unwrap_or_default();
    for (at, it) in slice.match_indices('或') {
        groups.push(from..part.start + at);
        from = part.start + at;
        let _ = it;
    }
    groups.push(from..part.end);
    groups
}

/// What divides a list, in the order in which it is tried.
const SEPARATORS: [&[char]; 5] =
    [&['、'], &['、', '和', '及'], &['、', ','], &['、', '和', '及', ','], &['/']];

/// The last list of exactly so many members; 、 divides it, or commas where there is no 、.
fn members(text: &str, group: Range<usize>, many: usize) -> Option<Members> {
    let slice = text.get(group.clone())?;
    SEPARATORS.iter().find_map(|separators| {
        let elements = elements(slice, separators, group.start);
        if elements.len() < many || many < 2 {
            return None;
        }
        let run = elements.get(elements.len() - many..)?;
        let (first, last) = (run.first()?.clone(), run.last()?.clone());
        if let Some(members) = of_one_class(text, &group, run) {
            return Some(members);
        }
        let middle = run.get(1..many - 1).unwrap_or_default();
        let lengths =
            middle.iter().map(|it| text.get(it.clone()).map_or(0, |it| it.chars().count()));
        let length = lengths.max();
        let first_begin = first_member(text, &first, run.get(1)?, length);
        let own = text.get(first_begin..first.end).map(|it| it.chars().count());
        let last_end = last_member(text, &last, run.get(many - 2)?, length.or(own));
        let mut members = run.to_vec();
        *members.first_mut()? = first_begin..first.end;
        *members.last_mut()? = last.start..last_end;
        Some(Members { before: group.start..first_begin, members, after: last_end..group.end })
    })
}

/// The characters of ordinals.
const ORDINALS: &str = "第一二三四五六七八九十";

/// What the first member ends with: the 一 of 获一, the 省 of 受到省.
static CLASS_AT_END: Sought = Sought::new(&[Rule::list_class_end]);

/// A list of ordinals or of levels: these bound the first and the last member, whatever words stand around them.
fn of_one_class(text: &str, group: &Range<usize>, run: &[Range<usize>]) -> Option<Members> {
    let (first, last) = (run.first()?, run.last()?);
    let (head, tail) = (text.get(first.clone())?, text.get(last.clone())?);
    let ends = CLASS_AT_END.parse_all(head).next()?;
    let ends = ends.pair()?;
    let second = parse(Rule::list_class, text.get(run.get(1)?.clone())?, 0)?;
    let second = second.pair()?;
    let both = |rule| ends.part(rule).is_some() && second.part(rule).is_some();
    if !(both(Rule::list_ordinal) || both(Rule::list_level)) {
        return None;
    }
    let mut begin = first.start + ends.range().start;
    // The 校 of 学校 and the 区 of 社区 are no levels.
    if text.get(first.start..begin)?.ends_with(['学', '医', '法', '社', '地', '城', '园']) {
        return None;
    }
    // 第一、二、三作者: the 第 belongs to all.
    if text.get(begin..)?.starts_with('第') && !tail.starts_with('第') {
        begin += '第'.len_utf8();
    }
    let end = match recognise::end(Rule::list_class, tail, 0) {
        // 县、市、省级: the 级 belongs to all.
        Some(end)
            if tail.get(..end)?.ends_with('级') && !text.get(begin..first.end)?.contains('级') =>
        {
            last.start + end - '级'.len_utf8()
        }
        // 一等奖、二等奖、三等奖: the rank word that each member has is the last one's too.
        Some(end) => last.start + end + own_rank(text.get(begin..first.end)?, tail, end),
        None => last_member(text, last, run.get(run.len() - 2)?, None),
    };
    let mut members = run.to_vec();
    *members.first_mut()? = begin..first.end;
    *members.last_mut()? = last.start..end;
    Some(Members { before: group.start..begin, members, after: end..group.end })
}

/// The bytes of the rank word that goes on from a byte of the last member, where the first member has it too: the 级 of
/// 四级、三级、二级证书.
fn own_rank(first: &str, last: &str, at: usize) -> usize {
    let rest = last.get(at..).unwrap_or_default();
    let own = |it: &&&str| rest.starts_with(**it) && first.contains(**it);
    RANKS.iter().find(own).map_or(0, |it| it.len())
}

/// The 等奖 of 一、二、三等奖和优秀奖, for the members before the one that has it.
fn shared_rank(text: &str, members: &[Range<usize>], nth: usize) -> Option<Range<usize>> {
    let own = text.get(members.get(nth)?.clone())?;
    if own.is_empty() || !own.chars().all(|it| ORDINALS.contains(it)) {
        return None;
    }
    members.iter().skip(nth + 1).find_map(|it| {
        let other = text.get(it.clone())?;
        let length = other.find(|c: char| !ORDINALS.contains(c))?;
        let rank = other.get(length..)?;
        (length > 0 && RANKS.iter().any(|it| rank.starts_with(it)))
            .then(|| it.start + length..it.end)
    })
}

/// The parts of a slice between separators that stand outside of brackets.
fn elements(slice: &str, separators: &[char], offset: usize) -> Vec<Range<usize>> {
    let mut elements = Vec::new();
    let (mut from, mut depth) = (0, 0i32);
    for (at, c) in slice.char_indices() {
        match c {
            '(' | '《' | '“' => depth += 1,
            ')' | '》' | '”' => depth -= 1,
            _ if depth <= 0 && separators.contains(&c) => {
                elements.push(offset + from..offset + at);
                from = at + c.len_utf8();
            }
            _ => {}
        }
    }
    elements.push(offset + from..offset + slice.len());
    elements
}

/// Where the first member begins: at the word that is like the second member, else at the last word.
fn first_member(
    text: &str,
    first: &Range<usize>,
    second: &Range<usize>,
    length: Option<usize>,
) -> usize {
    let (slice, next) = (text.get(first.clone()), text.get(second.clone()));
    let (Some(slice), Some(next)) = (slice, next) else { return first.start };
    // 被曝光、被通报: a member that begins as the next one does.
    if let Some(c) = next.chars().next()
        && let Some(at) = slice.rfind(c).filter(|_| "被未不受因无在有".contains(c))
    {
        return first.start + at;
    }
    // 完成任务的100%、90%: a number is one member.
    let number = slice.trim_end_matches(|it: char| it.is_ascii_digit() || ".%".contains(it)).len();
    if number < slice.len() {
        return first.start + number;
    }
    let words = words(slice);
    let last = words.last().copied().unwrap_or(slice);
    // 中央级: the rank word belongs to the word before it.
    let joined =
        words.len().checked_sub(2).and_then(|it| words.get(it)).filter(|it| it.chars().count() > 1);
    if let Some(before) = joined.filter(|_| ["级", "类", "档"].contains(&last)) {
        return first.end - last.len() - before.len();
    }
    let short = last.chars().count() < 2 && length.is_some_and(|it| it > 1);
    let tail = if short { last_chars(slice, length.unwrap_or(1)) } else { last };
    first.end - tail.len()
}

/// Where the last member ends: after its first word, or at its end where nothing is shared.
fn last_member(
    text: &str,
    last: &Range<usize>,
    before: &Range<usize>,
    length: Option<usize>,
) -> usize {
    let (slice, prior) = (text.get(last.clone()), text.get(before.clone()));
    let (Some(slice), Some(prior)) = (slice, prior) else { return last.end };
    let whole = slice.trim_end_matches(['的', '者', ',']);
    // 一、二、三等奖; 县、市、国家级: the rank word belongs to all.
    let rank = RANKS.iter().find_map(|it| whole.find(it).filter(|_| !prior.contains(it)));
    if let Some(at) = rank.filter(|it| (1..=9).contains(it)) {
        return last.start + at;
    }
    let begins_alike =
        prior.chars().next().filter(|it| "被未不受因无".contains(*it)) == whole.chars().next();
    let expected = length.unwrap_or_else(|| prior.chars().count().min(4));
    if begins_alike || whole.chars().count() <= expected.max(2) {
        return last.start + whole.len();
    }
    let first = words(slice).first().copied().unwrap_or(whole);
    let short = first.chars().count() < 2 && expected > 1;
    let head = if short { first_chars(whole, expected) } else { first };
    // A single character is no word that all share: 亮黄牌 stays whole.
    if whole.chars().count() <= head.chars().count() + 1 {
        return last.start + whole.len();
    }
    last.start + head.len().min(whole.len())
}

/// The words that make ranks of ordinals and levels.
const RANKS: &[&str] = &["等奖", "星级", "等次", "级", "类", "名", "等"];

fn last_chars(text: &str, many: usize) -> &str {
    let skip = text.chars().count().saturating_sub(many);
    text.char_indices().nth(skip).and_then(|it| text.get(it.0..)).unwrap_or(text)
}

fn first_chars(text: &str, many: usize) -> &str {
    text.char_indices().nth(many).and_then(|it| text.get(..it.0)).unwrap_or(text)
}

/// The words of a short text.
fn words(text: &str) -> Vec<&str> {
    segmenter().cut(text, false).into_iter().map(|it| it.word).collect()
}

/// A segmenter that knows the words of the genre only: enough for lists, and a hundred times faster to load than all of
/// Chinese.
fn segmenter() -> &'static Jieba {
    static SEGMENTER: OnceLock<Jieba> = OnceLock::new();
    SEGMENTER.get_or_init(|| {
        let mut jieba = Jieba::empty();
        for word in include_str!("words.txt").split_whitespace() {
            let weight = 1000 * word.chars().count();
            jieba.add_word(word, Some(weight), None);
        }
        jieba
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str, many: usize) -> String {
        let parts = divide(text, 0..text.len(), many).unwrap_or_default();
        let join = |it: &Vec<Range<usize>>| -> String {
            it.iter().map(|it| text.get(it.clone()).unwrap()).collect()
        };
        parts.iter().map(join).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn members_share_first_and_last_words() {
        let cases = [
            (
                "受到中央、省、市通报批评和问责或发生重大、较大、一般负面影响的",
                3,
                "受到中央通报批评和问责或发生重大负面影响的|受到省通报批评和问责或发生较大负面影响的|受到市通报批评和问责或发生一般负面影响的",
            ),
            (
                "出现问题被曝光、被通报、被处分的",
                3,
                "出现问题被曝光的|出现问题被通报的|出现问题被处分的",
            ),
            (
                "受到上级党委、纪委约谈、通报、问责的",
                3,
                "受到上级党委、纪委约谈的|受到上级党委、纪委通报的|受到上级党委、纪委问责的",
            ),
            (
                "在全国,全省、全市造成严重后果的",
                3,
                "在全国造成严重后果的|在全省造成严重后果的|在全市造成严重后果的",
            ),
            ("获一、二、三等奖", 3, "获一等奖|获二等奖|获三等奖"),
            ("获省、市通报表扬并推广的", 2, "获省通报表扬并推广的|获市通报表扬并推广的"),
            ("第一、二、三作者", 3, "第一作者|第二作者|第三作者"),
            (
                "参加评比,以证书为依据,获一、二、三等奖及优胜奖",
                4,
                "参加评比,以证书为依据,获一等奖|参加评比,以证书为依据,获二等奖|参加评比,以证书为依据,获三等奖|参加评比,以证书为依据,获优胜奖",
            ),
            ("三/四/五级职业资格", 3, "三级职业资格|四级职业资格|五级职业资格"),
            ("获一、二、三等奖和优秀奖", 4, "获一等奖|获二等奖|获三等奖|获优秀奖"),
        ];
        for (text, many, wanted) in cases {
            assert_eq!(show(text, many), wanted, "{text}");
        }
        assert_eq!(show("未完成的", 3), "");
    }
}
