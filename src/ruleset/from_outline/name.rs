//! Names: where they begin and end within a text, and when two are one.

use std::ops::Range;

use crate::{number::Decimal, outline::number};

/// Words before a name that are not its own.
const BEFORE: &[&str] = &[
    "其中",
    "分别为",
    "分别是",
    "分别",
    "包括",
    "即",
    "主要包括",
    "以及",
    "和",
    "及",
    "由",
    "对",
    "将",
    "另",
    "即为",
    "一是",
    "二是",
    "三是",
    "四是",
    "五是",
];

/// Words after a name that are not its own.
const AFTER: &[&str] = &[
    "总分为",
    "满分为",
    "分值为",
    "总分",
    "满分",
    "分值",
    "计",
    "占",
    "为",
    "的",
    "各",
    "权重",
    "得分占",
    "所占",
    "基础分",
    "标准分",
    "共",
    "是",
    "基本分",
    "成绩",
];

/// Words that end in one of [`AFTER`] and are the name's own.
const WHOLE: &[&str] =
    &["行为", "作为", "统计", "会计", "审计", "设计", "预计", "目的", "侵占", "抢占", "公共"];

/// The stops around a name.
const STOPS: &[char] = &[
    ',', ';', ':', '、', '。', '.', '；', '\n', '-', '★', '☆', '*', '·', '●', '■', '◆', '▲', '△',
    '|', '/', '=',
];

/// The bytes of a code before a name: B4. of B4.实习资源.
fn code(text: &str) -> Option<usize> {
    let rest = text.strip_prefix(|it: char| it.is_ascii_uppercase())?;
    let digits = rest.len() - rest.trim_start_matches(|it: char| it.is_ascii_digit()).len();
    let name = rest.get(digits..)?.strip_prefix(['.', '、'])?;
    let named = name.starts_with(|it: char| !it.is_ascii());
    ((1..=2).contains(&digits) && named).then(|| text.len() - name.len())
}

/// Trims numbers, stops and words that are not the name's own.
#[must_use]
pub(super) fn trim(text: &str, part: Range<usize>) -> Range<usize> {
    let Range { mut start, mut end } = part;
    loop {
        let slice = text.get(start..end).unwrap_or_default();
        if let Some(length) = number::read(slice).map(|it| it.1).or_else(|| code(slice)) {
            start += length;
            continue;
        }
        if let Some(word) =
            BEFORE.iter().find(|it| slice.starts_with(**it) && slice.len() > it.len() + 3)
        {
            // 对外开放, 和谐 …: a single character goes only before a name that is long enough to be one by itself.
            if word.chars().count() > 1 {
                start += word.len();
                continue;
            }
        }
        let Some(first) =
            slice.chars().next().filter(|it| STOPS.contains(it) || *it == ')' || *it == ']')
        else {
            break;
        };
        start += first.len_utf8();
    }
    loop {
        let slice = text.get(start..end).unwrap_or_default();
        if let Some(last) =
            slice.chars().next_back().filter(|it| STOPS.contains(it) || *it == '(' || *it == '[')
        {
            end -= last.len_utf8();
            continue;
        }
        let Some(word) =
            AFTER.iter().find(|it| slice.ends_with(**it) && slice.len() > it.len() + 3)
        else {
            break;
        };
        // 违规行为, 统计, 目的: the last character belongs to the word.
        let rest = slice.get(..slice.len() - word.len()).unwrap_or_default();
        // 考核内容和分值: what is joined by 和 is one name.
        if rest.ends_with(['和', '及', '与', '、'])
            || WHOLE.iter().any(|it| slice.ends_with(it) && !rest.ends_with(it))
        {
            break;
        }
        end -= word.len();
    }
    start..end.max(start)
}

/// Quotation marks and brackets, which names are printed with and without.
const MARKS: &[char] = &['“', '”', '‘', '’', '"', '\'', '《', '》', '「', '」', '(', ')', '[', ']'];

/// A name for comparison: without quotation marks, stops and the words that headings add to names.
#[must_use]
pub(super) fn key(text: &str) -> String {
    text.chars().filter(|it| !(MARKS.contains(it) || STOPS.contains(it))).collect()
}

/// Words that headings add to the name of an indicator.
const HEADING_WORDS: &[&str] = &[
    "考核指标",
    "评分指标",
    "评价指标",
    "指标",
    "评分标准",
    "考核标准",
    "考核细则",
    "评分细则",
    "考核",
    "评分",
    "部分",
    "情况",
    "工作",
    "方面",
    "类",
];

/// Whether a heading has nothing but words of the genre: 考核评比内容及评分标准.
pub(super) fn says_nothing(name: &str) -> bool {
    const WORDS: &[&str] = &[
        "考核", "考评", "评比", "评分", "评价", "评议", "检查", "量化", "综合", "具体", "主要",
        "内容", "标准", "指标", "项目", "细则", "办法", "体系", "分值", "及", "和", "与", "、",
        "的",
    ];
    let mut rest = name;
    while let Some(it) = WORDS.iter().find_map(|it| rest.strip_prefix(it)) {
        rest = it;
    }
    rest.is_empty() && !name.is_empty()
}

/// A name without the words that headings add to it.
#[must_use]
pub(super) fn bare(name: &str) -> &str {
    let mut rest = name;
    while let Some(it) =
        HEADING_WORDS.iter().find_map(|it| rest.strip_suffix(it).filter(|it| it.len() > 3))
    {
        rest = it;
    }
    rest
}

/// The number in brackets at the end of a numbered name, which can only be its points: the 5 of 一、组织机构(5). Its own
/// number takes the first bytes.
#[must_use]
pub(super) fn bare_mark(text: &str, number: usize) -> Option<(Range<usize>, Decimal)> {
    let open = text.rfind(['(', '['])?;
    let digits = text.get(open + 1..)?.strip_suffix([')', ']'])?;
    let plain = (1..=4).contains(&digits.len())
        && digits.bytes().all(|it| it.is_ascii_digit() || it == b'.')
        && !digits.starts_with('0');
    let name = trim(text, number..open);
    let points = crate::number::read(digits).filter(|_| plain && name.len() >= 6)?;
    Some((open..text.len(), points))
}

/// The names of a list with the bare numbers in brackets that each has: 由日常检查(15)和专项检查(15)两部分构成.
pub(super) fn bare_parts(text: &str, part: Range<usize>) -> Vec<(Range<usize>, Decimal)> {
    let slice = text.get(part.clone()).unwrap_or_default();
    let mut parts = Vec::new();
    let mut from = 0;
    for (at, _) in slice.match_indices('(') {
        let Some(inner) = slice.get(at + 1..).and_then(|it| it.split_once(')')) else { break };
        let digits =
            !inner.0.is_empty() && inner.0.chars().all(|it| it.is_ascii_digit() || it == '.');
        let Some(points) = crate::number::read(inner.0).filter(|_| digits) else { continue };
        let words = slice.get(from..at).unwrap_or_default();
        let begin = ["由", "分为", "包括", "包含", "分别为"]
            .iter()
            .filter_map(|it| words.rfind(it).map(|at| at + it.len()))
            .max()
            .filter(|_| parts.is_empty());
        let joined = ["以及", "和", "及", "与"].iter().find(|it| words.starts_with(**it));
        let begin = begin.or(joined.map(|it| it.len()).filter(|_| !parts.is_empty()));
        let range = trim(text, part.start + from + begin.unwrap_or(0)..part.start + at);
        let quotes = ['“', '”', '"', '「', '」', '《', '》'];
        let name = text.get(range.clone()).unwrap_or_default();
        let bare = name.trim_matches(quotes);
        if !(2..=20).contains(&bare.chars().count()) || bare.contains([',', '。', ';', '、']) {
            return Vec::new();
        }
        let start = range.start + name.len() - name.trim_start_matches(quotes).len();
        parts.push((start..start + bare.len(), points));
        from = at + 1 + inner.0.len() + 1;
    }
    parts
}

/// The names of a list: those in quotation marks, or the parts between 、 of what 由 … 组成 holds.
#[must_use]
pub(super) fn list(text: &str, part: Range<usize>) -> Vec<Range<usize>> {
    let slice = text.get(part.clone()).unwrap_or_default();
    let quoted = quoted(slice, part.start);
    if quoted.len() >= 2 {
        return quoted;
    }
    let begin = ["包括", "包含", "分为", "分别为", "由", "从", "即", ":"]
        .iter()
        .filter_map(|it| slice.find(it).map(|at| at + it.len()))
        .min()
        .unwrap_or(0);
    let rest = slice.get(begin..).unwrap_or_default();
    let end = rest_end(rest).map_or(slice.len(), |it| begin + it);
    let inner = part.start + begin..part.start + end;
    let mut names = split(text, inner.clone(), &['、', ',', ';']);
    // 和 divides the last two names, unless the stated number of names is there without it.
    if stated_count(slice.get(end..).unwrap_or_default()).is_none_or(|it| it > names.len())
        && let Some(last) = names.pop()
    {
        names.extend(split(text, last, &['和', '与']));
    }
    names.retain(|it| it.len() > 3);
    names
}

/// The parts of a range between separators, trimmed.
fn split(text: &str, part: Range<usize>, separators: &[char]) -> Vec<Range<usize>> {
    let slice = text.get(part.clone()).unwrap_or_default();
    let mut parts = Vec::new();
    let mut from = part.start;
    for (at, c) in slice.char_indices().filter(|it| separators.contains(&it.1)) {
        parts.push(trim(text, from..part.start + at));
        from = part.start + at + c.len_utf8();
    }
    parts.push(trim(text, from..part.end));
    parts
}

/// The number of names that a text states: 两部分, 四项活动.
fn stated_count(text: &str) -> Option<usize> {
    let end =
        text.find(|it: char| !(it.is_ascii_digit() || "二两三四五六七八九十".contains(it)))?;
    crate::number::read(text.get(..end)?).and_then(|it| usize::try_from(it).ok())
}

/// Where a list of names ends: before 三部分, 四项活动, 等 …
fn rest_end(text: &str) -> Option<usize> {
    let counters = ["部分", "项", "个", "方面", "大类", "类", "块"];
    let mut ends = Vec::new();
    for counter in counters {
        for (at, _) in text.match_indices(counter) {
            let before = text.get(..at)?;
            let last = before.chars().next_back()?;
            if "二两三四五六七八九十23456789".contains(last) {
                ends.push(at - last.len_utf8());
            }
        }
    }
    ends.extend(text.find("组成"));
    ends.extend(text.find("构成"));
    ends.into_iter().min()
}

/// The words in quotation marks.
fn quoted(slice: &str, offset: usize) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open = None;
    for (at, c) in slice.char_indices() {
        match c {
            '“' => open = Some(at + c.len_utf8()),
            '”' => {
                if let Some(from) = open.take() {
                    found.push(offset + from..offset + at);
                }
            }
            '"' => match open.take() {
                Some(from) => found.push(offset + from..offset + at),
                None => open = Some(at + 1),
            },
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(text: &str) -> Vec<&str> {
        list(text, 0..text.len()).into_iter().map(|it| text.get(it).unwrap()).collect()
    }

    #[test]
    fn names_of_lists() {
        assert_eq!(listed("内容包括“大培训”“大锻炼”四项活动,"), ["大培训", "大锻炼"]);
        assert_eq!(
            listed("民主测评由领导班子测评、重点项目和村组测评两部分组成,"),
            ["领导班子测评", "重点项目和村组测评"]
        );
        assert_eq!(listed("由制度、台账和档案组成"), ["制度", "台账", "档案"]);
    }

    #[test]
    fn names_are_trimmed() {
        let cases = [
            ("其中专项任务考核", "专项任务考核"),
            ("1.专题培训班。", "专题培训班"),
            (",民主测评占", "民主测评"),
        ];
        for (text, name) in cases {
            assert_eq!(text.get(trim(text, 0..text.len())), Some(name));
        }
    }

    #[test]
    fn headings_name_nodes() {
        let names = |heading: &str, node: &str| bare(heading) == bare(node);
        assert!(names("客观评分指标", "客观评分"));
        assert!(names("服务质量考核", "服务质量"));
        assert!(!names("服务质量", "服务数量"));
    }
}
