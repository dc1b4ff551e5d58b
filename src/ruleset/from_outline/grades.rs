//! Grade bands, quotas, limits: what a sentence says of grades.

use std::ops::Range;

use crate::{
    clause::{
        Kind,
        interval::{self, Interval},
        statement,
    },
    number,
    pattern::pattern,
    ruleset::{
        Bounds, Grade, Limit, LimitEffect, Quota,
        from_outline::{bounds, rules::Reading},
    },
};

/// The names of grades, longest first.
const NAMES: &str = "特别优秀|特优|优秀|优良|优胜|良好|较好|较差|一般|极差|中等|基本合格|不合格|合格|基本称职|不称职|称职|基本达标|不达标|未达标|达标|先进|示范|基本满意|不满意|满意|[A-F]{1,3}[0-9]?[+-]?|[零一二三四五1-5]星级(?:村|社区|单位|学校|支部)?|[零一二三四五1-5]星|第[一二三四五]等次|[一二三四五]等(?:次|级)?|[一二三四]档|[一二三四]类|[红黄绿蓝橙]牌|[甲乙丙丁]等?|优|良|中|好|差|[红黄绿蓝橙]色";
/// What the name of a grade holds at least.
const NAMED: &[&str] = &[
    "优", "良", "好", "差", "一般", "中", "合格", "称职", "达标", "先进", "示范", "满意", "A", "B",
    "C", "D", "E", "F", "星", "等", "档", "类", "牌", "色", "甲", "乙", "丙", "丁",
];
/// The names of grades that are words of their own in any text.
const LONG: &str = "特别优秀|特优|优秀|优良|优胜|良好|较好|较差|极差|中等|基本合格|不合格|合格|基本称职|不称职|称职|基本达标|不达标|达标|先进单位|先进集体|先进个人|示范单位|先进|[A-F]{1,3}[0-9]?[+-]?|[零一二三四五1-5]星级(?:村|社区|单位|学校|支部)?|[零一二三四五1-5]星|第[一二三四五]等次|[甲乙丙丁]等|[红黄绿蓝橙]牌";
/// The names that are grades only beside their class: 好等次, 一般等次.
const SHORT: &str = "优|良|中|好|差|一般|一等|二等|三等";
/// The words that name the class of a grade.
const CLASS: &str = "(?:等次|等级|档次|级别|单位|企业|机构|类|级|等|档)";

pattern!(name_pattern, needs: &[NAMED], format!("^[“\"]?({NAMES}){CLASS}?[”\"]?"));
pattern!(
    before_pattern,
    needs: &[NAMED],
    format!(
        r#"[“"]?((?:{NAMES}){CLASS}?)[”"]?(?:等次|等级|档次|级|类|企业|单位)?(?:\([^()0-9]{{0,12}}\))?(?:的?(?:标准|分值|得分|分数|条件|总分|考核得分|综合得分|综合评分|评分|年度考核得分|区间|对应分值|对应))*(?:为|是|在|:|,|\(|指|须|应)*(?:年度|综合|考核|最终|评价|总|得|评)*(?:得分|评分|分值|分数|成绩|总分)?(?:为|是|在|达到|应)?$"#
    )
);
pattern!(
    /// 四星信用等次为年度评价指标得分在; AAA级为诚信模范级别,分值为
    wordy_pattern,
    needs: &[NAMED, &["得分", "分值", "分数", "积分", "评分", "成绩"]],
    format!(
        r#"[“"]?((?:{NAMES}){CLASS}?)[”"]?(?:信用|综合|考核)?(?:等次|等级|级别)?(?:为|是|:|,)[^。;:、0-9()]{{0,18}}?(?:得分|分值|分数|积分|评分|成绩)(?:为|在|是|达到|达|:)*$"#
    )
);
pattern!(
    after_pattern,
    needs: &[NAMED],
    format!(
        r#"^(?:之间|范围|区间)?(?:\([^()]*\))?(?:的|者|以上|分数段)*(?:单位|部门|企业|个人|人员|机构|街道|乡镇|镇|村|学校|医院|项目|干部|教师|员工|商户|党组织|支部)?(?:的)?,?(?:可)?(?:为|评为|评定为|评价为|定为|确定为|划为|判定为|属于|即为|列为|认定为|考核等次为|等次为|等级为|得|是|对应|授予|被评为|记为|:|\(|=|、)+[“"]?((?:{NAMES}){CLASS}?)"#
    )
);
pattern!(
    quota_pattern,
    needs: &[
        NAMED,
        &["超过", "高于", "控制在", "多于", "限", "占", "为", "按", "大于"],
        &["%", "百分之", "个", "名", "家", "人", "所", "户"],
    ],
    format!(
        r#"[“"]?({NAMES}){CLASS}?[”"]?(?:\([^()]*\))?[^。;:0-9%]{{0,10}}?(?:原则上|一般)?(?:最多|各)?(?:不得超过|不超过|不得高于|不高于|控制在|不多于|限|占|为|按|按照|不大于)([^0-9,。;:一二三四五六七八九十百]{{0,24}}?)(?:的)?(?:的比例)?((?:[0-9]+(?:\.[0-9]+)?%)|(?:百分之[一二三四五六七八九十]+)|(?:[0-9一二三四五六七八九十]+(?:个|名|家|人|所|户)))"#
    )
);
pattern!(
    forbid_pattern,
    needs: &[NAMED, &["不得", "不能", "不予", "不再", "不可", "取消"]],
    format!(
        r#"(?:不得|不能|不予|不再|不可|取消)(?:被)?(?:参评|参与|参加|评定|评选|评为|评|确定|定|列|认定|获评|推荐|授予|选)*(?:为|成|当年|年度)*(?:当年度|年度)?(?:考核)?(?:[“"]({NAMES}){CLASS}?[”"]|({LONG}){CLASS}?|({SHORT}){CLASS})((?:及|和|或)?以上)?"#
    )
);
pattern!(
    force_pattern,
    needs: &[NAMED, &["为", "到", "至", "成", "入"]],
    format!(
        r#"(?:(直接|一律|应当|当年|年度考核|自动|应|可|即|均|该年度|当年度|年度|考核|则|按|统一|结果|等次|级)*)(?:评定|评价|评|确定|判定|判|定|认定|列|降|调整|记|视|归|划|作|按|降级|降低)(?:结果)?(?:为|到|至|成|入)[“"]?({NAMES})({CLASS}?)[”"]?"#
    )
);

/// A grade name at the start of a text, with the bytes that it takes.
fn name_at(text: &str) -> Option<(String, usize)> {
    let found = name_pattern().captures(text)?;
    Some((found.get(1)?.as_str().to_owned(), found.get(0)?.end()))
}

/// Whether the words of a text can speak of grades at all: a cheap test before the patterns.
pub(super) fn may_speak(text: &str) -> bool {
    [
        "优", "良", "等次", "等级", "合格", "级", "称职", "达标", "档", "类", "较差", "星", "牌",
        "甲等", "好", "一等", "二等", "三等", "否决",
    ]
    .iter()
    .any(|it| text.contains(it))
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
    may_speak(text)
        && statement::sentences(text)
            .into_iter()
            .filter(|it| it.contains(&range.start))
            .flat_map(|it| bands(reading, it))
            .any(|it| it.source.span.is_some_and(|it| it.contains(span) || span.contains(it)))
}

/// Whether an interval is one of scores: in 分, or without a unit and with two sides or a comparison.
fn is_score(text: &str, interval: &Interval) -> bool {
    match interval.unit.as_deref() {
        Some(unit) => unit.starts_with('分') || unit == "个分",
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
    let behind = after_pattern().captures(after).and_then(|it| {
        let name = it.get(1)?;
        let opens = it.get(0)?.as_str().starts_with([',', '、'])
            && it.get(0)?.as_str().trim_start_matches([',', '、']).len() == name.as_str().len();
        (!opens).then(|| {
            (
                name.as_str().to_owned(),
                interval.range.start..interval.range.end + it.get(0).map_or(0, |it| it.end()),
            )
        })
    });
    let slice = text.get(from..interval.range.start)?;
    let start = slice.rfind([';', '。', '、', '\n']).map_or(0, |it| {
        it + slice.get(it..).and_then(|it| it.chars().next()).map_or(1, char::len_utf8)
    });
    let window = slice.get(start..)?;
    let coded = |it: &regex_lite::Captures<'_>| {
        it.get(1).is_some_and(|it| {
            it.as_str().starts_with(|it: char| it.is_ascii_uppercase())
                || it.as_str().contains('星')
        })
    };
    // AA级为优秀级别,分值为: the code is the name, and the words after it describe it.
    let ahead = wordy_pattern()
        .captures(slice)
        .filter(coded)
        .or_else(|| before_pattern().captures(window))
        .or_else(|| before_pattern().captures(slice))
        .or_else(|| wordy_pattern().captures(slice))
        .and_then(|it| {
            let offset = interval.range.start - it.get(0)?.end();
            let name = it.get(1)?;
            Some((name.as_str().to_owned(), offset + name.start()..interval.range.end))
        });
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

pattern!(
    /// 其中直属机构不超过3个: a part of the quota before it.
    inner_quota_pattern,
    needs: &[&["超过", "最多", "限"]],
    r"(?:其中,?|中|[,;])([^0-9,。;:中%]{2,14}?)(?:各)?(?:不得超过|不超过|最多|限)[^0-9,。;:%]{0,16}?([0-9]+(?:\.[0-9]+)?)(%|个|名|家|人|所|户)"
);

/// The quota of a part of those that another quota limits.
fn inner_quota(reading: &Reading<'_>, sentence: &Range<usize>, outer: &Quota) -> Option<Quota> {
    let span = outer.source.span?;
    let text = reading.text.text.as_str();
    let slice = text.get(sentence.clone())?;
    let found = inner_quota_pattern().captures_iter(slice).find(|it| {
        it.get(0).is_some_and(|it| {
            let own = sentence.start + it.start()..sentence.start + it.end();
            reading.text.span(own).start >= span.end
        })
    })?;
    let all = found.get(0)?;
    let number = number::read(found.get(2)?.as_str())?;
    let percent = found.get(3)?.as_str() == "%";
    Some(Quota {
        grade: outer.grade.clone(),
        max: percent.then_some(number),
        count: (!percent).then_some(number),
        within: Some(found.get(1)?.as_str().to_owned()),
        source: reading.source(sentence.start + all.start()..sentence.start + all.end()),
        doubts: vec!["stem-inferred".to_owned()],
    })
}

/// The quotas of a sentence.
pub(super) fn quotas(reading: &Reading<'_>, sentence: Range<usize>) -> Vec<Quota> {
    let text = reading.text.text.as_str();
    let Some(slice) = text.get(sentence.clone()) else { return Vec::new() };
    let found = quota_pattern().captures_iter(slice).filter_map(|it| {
        let all = it.get(0)?;
        let end = slice.get(all.end()..)?;
        if end.starts_with('分') || end.starts_with("权重") || end.starts_with("的权重") {
            return None;
        }
        // 合格,其中业务加分按80%折算: a verb of any sentence limits only what stands right before it.
        let between = slice.get(it.get(1)?.end()..it.get(3)?.start())?;
        let limits = ["超过", "高于", "控制在", "多于", "限", "大于", "最多"];
        if between.contains(',') && !limits.iter().any(|it| between.contains(it)) {
            return None;
        }
        // 优先, 中直机构, 其中直属机构: a short name is a grade only in quotation marks or beside its class.
        let name = it.get(1)?;
        let words = slice.get(all.start()..)?;
        let rest = slice.get(name.end()..)?;
        let marked = words.starts_with(['“', '"'])
            || ["等次", "等级", "档次", "级别", "类", "级", "等", "档", "的"]
                .iter()
                .any(|it| rest.starts_with(it));
        let within_other = slice.get(..all.start())?.ends_with('其');
        if name.as_str().chars().count() == 1 && (!marked || within_other) {
            return None;
        }
        let value = it.get(3)?.as_str();
        let percent = value.strip_suffix('%').or_else(|| value.strip_prefix("百分之"));
        let digits =
            percent.unwrap_or_else(|| value.trim_end_matches(['个', '名', '家', '人', '所', '户']));
        let number = number::read(digits)?;
        let scope = it.get(2).map(|it| {
            it.as_str()
                .trim_end_matches("总数的")
                .trim_end_matches("总数")
                .trim_end_matches('的')
                .trim_end_matches("数")
                .to_owned()
        });
        Some(Quota {
            grade: name.as_str().to_owned(),
            max: percent.map(|_| number),
            count: percent.is_none().then_some(number),
            within: scope.filter(|it| !it.is_empty()),
            source: reading.source(sentence.start + all.start()..sentence.start + all.end()),
            doubts: Vec::new(),
        })
    });
    let mut quotas: Vec<Quota> = found.collect();
    if let Some(inner) = quotas.last().and_then(|it| inner_quota(reading, &sentence, it)) {
        quotas.push(inner);
    }
    quotas
}

/// The limits of a sentence: what forbids or forces a grade.
pub(super) fn limits(reading: &Reading<'_>, sentence: Range<usize>) -> Vec<Limit> {
    let text = reading.text.text.as_str();
    let mut limits = Vec::new();
    for part in parts(text, sentence) {
        let Some(slice) = text.get(part.clone()) else { continue };
        if let Some(found) = forbid_pattern().captures(slice) {
            limits.extend(limit(reading, &part, &found, LimitEffect::Forbid));
        } else if slice.contains("一票否优") {
            let at = slice.find("一票否优").unwrap_or(0);
            limits.push(veto(reading, &part, at, LimitEffect::Forbid, Some("优秀".to_owned())));
        } else if let Some(found) = forced(slice) {
            limits.extend(limit(reading, &part, &found, LimitEffect::Force));
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
fn forced(slice: &str) -> Option<regex_lite::Captures<'_>> {
    let events = ["情形", "否决", "之一", "存在", "发生", "出现", "被", "未", "的"];
    let event = |it: &str| events.iter().any(|event| it.contains(event));
    let found = event(slice).then(|| force_pattern().captures(slice))??;
    let before = slice.get(..found.get(0)?.start())?;
    let after = slice.get(found.get(0)?.end()..)?;
    let noun = after.starts_with(['的', '未', '且', '或', '、', '和', '及', '以', '单'])
        && !after.starts_with("的,");
    let name = found.get(2)?.as_str();
    let short = ["好", "中", "良", "优", "差"].contains(&name)
        && found.get(3).is_none_or(|it| it.as_str().is_empty())
        && !slice.contains(['“', '"']);
    let banded = !interval::all(slice, 0..slice.len())
        .into_iter()
        .filter(|it| is_score(slice, it))
        .collect::<Vec<_>>()
        .is_empty();
    let ranked = before.contains("得分") && before.contains("排名");
    let preferred = before.ends_with("优先")
        || before.ends_with("推荐")
        || before.ends_with('被')
        || before.ends_with("可") && !before.ends_with("不可");
    let neutral = preferred
        || ["分为", "划分为", "一般分为"].iter().any(|it| {
            found.get(0).is_some_and(|m| m.as_str().starts_with(it))
                || before.ends_with(it.trim_end_matches('为'))
        });
    (event(before) && !noun && !short && !banded && !ranked && !neutral).then_some(found)
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

pattern!(
    cancel_pattern,
    needs: &[&["取消"], &["资格"]],
    "(?:一律|均|应|将|并|直接)?取消[^,。;:取]{0,12}?(?:评优|优秀|创优)[^,。;:]{0,8}资格"
);

/// Where the right to be the best is taken away: 取消年度评优资格.
fn cancels(slice: &str) -> Option<usize> {
    let at = cancel_pattern().find(slice)?.start();
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
    found: &regex_lite::Captures<'_>,
    effect: LimitEffect,
) -> Option<Limit> {
    let text = reading.text.text.as_str();
    let all = found.get(0)?;
    let groups = if effect == LimitEffect::Forbid { 1..4 } else { 2..3 };
    let name = groups.into_iter().find_map(|it| found.get(it))?;
    let (before, start) = after_moves(text, part.start..part.start + all.start());
    let quote = statement::trimmed(text, start..part.start + all.end());
    let own = statement::trimmed(text, before);
    let own = strip_tail(
        text,
        own,
        &["专项考核", "年度考核", "考核", "当年", "其", "该单位", "年度", "等次", "结果"],
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
