//! The whole assessment: full marks, weights of named parts, shares in other assessments, grades.

use std::{collections::BTreeSet, ops::Range};

use crate::{
    clause::{
        Kind, Shares, from_text,
        statement::{self, Statement},
    },
    document::folded::Folded,
    number::Decimal,
    outline::{Block, Line, LineKind},
    pattern::pattern,
    ruleset::{
        Grade, Limit, Periods, Share,
        from_outline::{
            Lowering, grades, name,
            rules::Reading,
            tree::{Node, NodeId, ROOT},
        },
    },
    source::Place,
    words::Glance,
};

/// Whether a line rules that 以上 and 以下 include the number.
pub(super) fn includes_bounds(text: &str) -> bool {
    (text.contains("以上") || text.contains("以下") || text.contains("以内"))
        && [
            "均含本数",
            "均包含本数",
            "包含本数",
            "含本数",
            "均含本级",
            "均包括本数",
            "包括本数",
            "均含本数值",
        ]
        .iter()
        .any(|it| text.contains(it))
        && !text.contains("不含本数")
        && !text.contains("不包括本数")
        && !text.contains("不包含本数")
}

/// Words for the points that something has, at the head of a line that states them: 分值:5分.
const POINTS: &[&str] = &[
    "分值",
    "标准分",
    "基本分",
    "基础分",
    "满分",
    "本项分值",
    "本项满分",
    "指标分值",
    "考核分值",
    "标准分值",
    "项目分值",
    "分数",
];

/// Whether a line begins with the points of the heading above it.
fn states_full(line: &Line) -> bool {
    let text = line.text.text.as_str();
    // 登记率100%得满分 speaks of them in the middle.
    let begins = || POINTS.iter().any(|it| text.starts_with(it));
    let full = |(at, word): (usize, &str)| {
        let rest =
            text.get(at + word.len()..).unwrap_or_default().trim_start_matches(['为', ':', '均']);
        rest.starts_with(|it: char| it.is_ascii_digit())
    };
    if !text.match_indices("满分").any(full) && !begins() {
        return false;
    }
    let small = |it: Decimal| it < Decimal::ONE_HUNDRED;
    from_text::read(text).iter().any(|it| match &it.kind {
        Kind::Total(it) => small(*it),
        Kind::CountsFor(it) => {
            it.values.len() == 1 && begins() && it.values.iter().all(|it| small(*it))
        }
        _ => false,
    })
}

/// The lines that state the full marks of the heading above them, one below each of several headings without points:
/// ## 登记率, then 满分10分,登记率100%得满分; (一)设立登记, then 2、分值:2分.
pub(super) fn full_of_headings(blocks: &[Block]) -> BTreeSet<Place> {
    let mut heads: Vec<(usize, u32, &str)> = Vec::new();
    let mut stated: Vec<(usize, Place)> = Vec::new();
    for (nth, block) in blocks.iter().enumerate() {
        let Block::Line(line) = block else { continue };
        let text = line.text.text.as_str();
        let numbered = line.kind == LineKind::Numbered;
        let short = || text.chars().count() <= 30 && !text.contains(['。', ';']);
        let head = line.heading || line.kind == LineKind::Title || numbered && short();
        let states = states_full(line);
        if head || numbered {
            heads.retain(|it| it.1 < line.depth);
        }
        if head && !states {
            heads.push((nth, line.depth, text));
        } else if let Some(&(head, _, name)) = heads.last().filter(|_| states)
            && from_text::read(name).is_empty()
        {
            stated.push((head, line.place));
        }
    }
    // One below its heading, and no other.
    let alone = stated.chunk_by(|a, b| a.0 == b.0).filter(|it| it.len() == 1);
    let places: BTreeSet<Place> = alone.flatten().map(|it| it.1).collect();
    if places.len() > 1 { places } else { BTreeSet::new() }
}

impl Lowering<'_> {
    /// Reads what the sentences of a line say of grades, periods, offices and averages.
    pub(super) fn sentences(&mut self, text: &Folded, node: NodeId, place: Place) {
        let folded = text.text.as_str();
        if self.periods.is_none() {
            self.periods = periods(folded);
        }
        let reading = Reading { text, place, letters: self.letters };
        let sentences = statement::sentences(folded);
        let glance = Glance::at(folded);
        self.remarks(&reading, &glance, &sentences);
        self.offices(&reading, node);
        if !grades::may_speak(&glance) {
            return;
        }
        for sentence in sentences {
            let bands = grades::bands(&reading, sentence.clone());
            let bands = if self.grades_item(node, &bands) { Vec::new() } else { bands };
            let quotas = grades::quotas(&reading, sentence.clone());
            let limits =
                listed_limits(&reading, grades::limits(&reading, sentence.clone()), &sentence);
            let spans: Vec<_> = bands
                .iter()
                .map(|it| &it.source)
                .chain(quotas.iter().map(|it| &it.source))
                .chain(limits.iter().map(|it| &it.source))
                .filter_map(|it| it.span)
                .collect();
            self.read.extend(&spans);
            self.of_grades.extend(spans);
            self.grades.extend(bands);
            self.quotas.extend(quotas);
            self.limits.extend(limits);
        }
    }

    /// 优9-10分,良7-8分 of an item of 10 points: what the item is given, and no grades of the whole.
    fn grades_item(&self, node: NodeId, bands: &[Grade]) -> bool {
        let item = self.tree.scored_at_or_above(node);
        let Some(points) = item.and_then(|it| self.tree.get(it).points) else { return false };
        let mut bounds = bands.iter().flat_map(|it| [it.bounds.lower, it.bounds.upper]).flatten();
        points < Decimal::from(60) && !bands.is_empty() && bounds.all(|it| it.value <= points)
    }

    /// A clause of the whole: full marks, weights or points of named parts.
    pub(super) fn whole_clause(&mut self, reading: &Reading<'_>, it: &Statement, node: NodeId) {
        match &it.clause.kind {
            Kind::Total(points) => self.total_clause(reading, it, *points, node),
            Kind::CountsFor(shares)
                if shares.values.len() == 1
                    && self.full_of_headings.contains(&reading.place)
                    && POINTS.iter().any(|it| reading.text.text.starts_with(it))
                    && node != ROOT
                    && !self.tree.get(node).is_scored() =>
            {
                self.mark(node, &it.clause, reading.text, reading.place);
            }
            Kind::Weight(shares) if !self.share(reading, it, shares) => {
                self.shares_of_names(reading, it, shares, node, true);
            }
            Kind::CountsFor(shares) => self.shares_of_names(reading, it, shares, node, false),
            _ => {}
        }
    }

    /// 总分100分, 实行百分制: of the whole assessment where no part is spoken of.
    fn total_clause(
        &mut self,
        reading: &Reading<'_>,
        it: &Statement,
        points: Decimal,
        node: NodeId,
    ) {
        let own = reading.get(&it.own);
        // 德育评价=基本分80分+加减分: a part of a formula. 每维满分20分: of each part.
        let of_each = own
            .rsplit('每')
            .next()
            .is_some_and(|it| it.len() < own.len() && it.chars().count() <= 3);
        if own.ends_with(['=', '+', '-', '×']) || of_each {
            return;
        }
        // Below the title, where each heading states its own: of the first part, which nothing names.
        let of_heading = self.full_of_headings.contains(&reading.place);
        if of_heading && node == ROOT {
            return;
        }
        let words = reading.get(&it.clause.range);
        let scale = words == "百分制" || words == "千分制";
        if scale {
            self.claim(reading, &it.clause.range);
        }
        // 每门课成绩均按百分制: of something else.
        if scale
            && ["每门", "各门", "每科", "各科", "单科", "课程"].iter().any(|it| own.contains(it))
        {
            return;
        }
        if of_heading && !self.tree.get(node).is_scored() {
            self.mark(node, &it.clause, reading.text, reading.place);
            return;
        }
        let scored = self.tree.scored_at_or_above(node);
        if let Some(part) = scored {
            // 共1分 after the parts is the points of their parent; 百分制 of a part gives nothing.
            if !scale && self.tree.get(part).weight.is_none() {
                self.mark(part, &it.clause, reading.text, reading.place);
            }
            return;
        }
        if !scale
            && node != ROOT
            && self.tree.get(node).points.is_none()
            && own.is_empty()
            && points < Decimal::ONE_HUNDRED
        {
            self.mark(node, &it.clause, reading.text, reading.place);
            return;
        }
        if is_of_heading(own, points) && !scale && node != ROOT {
            self.mark(node, &it.clause, reading.text, reading.place);
            return;
        }
        let named = self
            .part_before(own)
            .filter(|it| !words.starts_with("总分") || self.tree.get(*it).points.is_none());
        if let Some(part) = named {
            if !scale {
                self.mark(part, &it.clause, reading.text, reading.place);
            }
            return;
        }
        self.total_of_whole(reading, it, points);
    }

    /// 总分100分, of no part that is known.
    fn total_of_whole(&mut self, reading: &Reading<'_>, it: &Statement, points: Decimal) {
        let own = reading.get(&it.own);
        if points < Decimal::TEN
            || ["低于", "不足", "超过", "加分", "扣分", "附加"].iter().any(|it| own.ends_with(it))
        {
            return;
        }
        let quote = if it.own.is_empty() {
            it.clause.range.clone()
        } else {
            it.own.start..it.clause.range.end
        };
        // 问卷满分120分 after 满分100分: of something else.
        let of_whole = own.is_empty()
            || ["考核", "考评", "评价", "办法", "细则"].iter().any(|it| own.ends_with(it));
        if self.total.is_none() || of_whole {
            self.marks_of_all(reading, points, quote);
            self.claim(reading, &it.clause.range);
        }
    }

    /// The scored node whose name stands at the end of some words.
    fn part_before(&self, own: &str) -> Option<NodeId> {
        let own = name::key(own);
        let ends = own.char_indices().filter_map(|it| own.get(it.0..));
        // The longest, the last of those that are as long.
        let mut named = ends.map(|it| {
            let whole = self.tree.beginning(it).filter(|id| {
                let node = self.tree.get(*id);
                node.is_scored() && node.key.len() == it.len()
            });
            whole.max_by_key(|it| self.tree.order(*it))
        });
        named.find_map(|it| it)
    }

    /// 占季度绩效考核10%权重, 按40%计入年度考核: this assessment's part in another one.
    fn share(&mut self, reading: &Reading<'_>, it: &Statement, shares: &Shares) -> bool {
        let text = reading.text.text.as_str();
        let Some(&weight) =
            shares.values.first().filter(|_| shares.values.len() == 1 && !shares.each)
        else {
            return false;
        };
        let sentence = statement::trimmed(text, it.sentence.clone());
        let Some(into) = share_target(text, &sentence, &it.clause.range) else { return false };
        let quote = sentence.start..sentence.end;
        self.claim(reading, &it.clause.range);
        self.shares.push(Share {
            into: reading.words(&into),
            weight,
            source: reading.source(quote),
            doubts: Vec::new(),
        });
        true
    }

    /// Weights or points of names in running text: A占80%权重，B占20%; A、B各占50%.
    pub(super) fn shares_of_names(
        &mut self,
        reading: &Reading<'_>,
        it: &Statement,
        shares: &Shares,
        node: NodeId,
        weights: bool,
    ) {
        let text = reading.text.text.as_str();
        let own = it.own.clone();
        if own.is_empty() {
            return;
        }
        let names = if shares.each || shares.values.len() > 1 {
            name::list(text, own.clone())
        } else {
            self.known_names(reading, &own).unwrap_or_else(|| vec![last_name(text, own.clone())])
        };
        let several = shares.values.len() > 1;
        if (several && names.len() != shares.values.len()) || names.is_empty() {
            return;
        }
        // 最高分为100分, 分值分别为6分、5分: words of points name no part.
        // 记分周期为十二个月,满分为12分: what is said of something else.
        let number = |it: &str| {
            it.starts_with(|it: char| it.is_ascii_digit() || "一二三四五六七八九十百".contains(it))
        };
        let states = |it: &str| it.split('为').skip(1).any(number);
        if !weights
            && names.iter().map(|it| reading.get(it)).any(|it| is_word_of_points(it) || states(it))
        {
            return;
        }
        // 下楼2分(整齐、穿马甲各1分): the parts add up to the points of their node.
        let count = Decimal::from(names.len());
        let add_up = shares.each
            && names.len() > 1
            && shares.values.first().map(|it| *it * count) == self.tree.get(node).points;
        if !(weights || add_up || plausible_points(reading, it, &names)) {
            return;
        }
        // 国家级计算权重为300%: what counts how often, and no part of a whole.
        let factor = ["计算", "折算", "换算"].iter().any(|word| reading.get(&own).ends_with(word))
            || shares.values.iter().any(|it| *it > Decimal::ONE_HUNDRED);
        if weights && (factor || !weighs(reading, it)) {
            return;
        }
        let parent = self.subject(text, it, node);
        let quote = statement::trimmed(text, own.start..it.clause.range.end);
        let mut all = true;
        for (nth, name) in names.iter().enumerate() {
            let value = if several { shares.values.get(nth) } else { shares.values.first() };
            let Some(&value) = value else { continue };
            all &= self.named_share(reading, name.clone(), value, parent, quote.clone(), weights);
        }
        // What says otherwise than the document said before is left to a person.
        if all {
            self.claim(reading, &it.clause.range);
        }
    }

    /// 现场检查、台账检查按20%折算: a list of which each part is a node is several names.
    fn known_names(&self, reading: &Reading<'_>, own: &Range<usize>) -> Option<Vec<Range<usize>>> {
        let text = reading.text.text.as_str();
        let last = last_name(text, own.clone());
        let slice = text.get(last.clone())?;
        let mut names = Vec::new();
        let mut from = last.start;
        for part in slice.split('、') {
            let bare = ["加分", "得分"].iter().find_map(|it| part.strip_suffix(it)).unwrap_or(part);
            // 考核得分中现场检查得分按60%折算: the name follows what it is a part of.
            let inner = bare.rfind('中').and_then(|it| bare.get(it + '中'.len_utf8()..));
            let named = |it: &str| self.tree.with_key(&name::key(it)).next().is_some();
            let name = Some(bare).filter(|it| named(it)).or(inner.filter(|it| named(it)))?;
            let end = from + bare.len();
            names.push(end - name.len()..end);
            from += part.len() + '、'.len_utf8();
        }
        Some(names)
    }

    /// Gives a name its weight or its points, and says whether it now has them.
    fn named_share(
        &mut self,
        reading: &Reading<'_>,
        name: Range<usize>,
        value: Decimal,
        parent: NodeId,
        quote: Range<usize>,
        weights: bool,
    ) -> bool {
        if name.len() < 4 {
            return true;
        }
        let key = name::key(reading.get(&name));
        let there =
            self.tree.child(parent, &key).or_else(|| self.tree.first(self.tree.with_key(&key)));
        let id = there.unwrap_or_else(|| {
            let node = Node {
                name: reading.words(&name),
                key,
                source: reading.source(quote),
                ..Node::default()
            };
            self.tree.add(parent, node)
        });
        let node = self.tree.get_mut(id);
        let held = if weights { &mut node.weight } else { &mut node.points };
        *held.get_or_insert(value) == value
    }

    /// The node whose parts a sentence speaks of: its subject, or the open heading.
    fn subject(&self, text: &str, it: &Statement, node: NodeId) -> NodeId {
        let sentence = text.get(it.sentence.clone()).unwrap_or_default();
        let subject = sentence.split(['由', '包', '分']).next().unwrap_or_default();
        let subject = name::key(subject.trim_start_matches("其中"));
        let own = name::key(text.get(it.own.clone()).unwrap_or_default());
        let named = self.tree.beginning(&subject).filter(|&id| {
            let node = self.tree.get(id);
            node.is_scored() && subject.len() <= node.key.len() + 12 && own != node.key
        });
        self.tree.first(named).or_else(|| self.tree.scored_at_or_above(node)).unwrap_or(ROOT)
    }
}

/// 有下列情形之一的，不得评为优秀：(1)…；(2)…: one limit for each listed event.
fn listed_limits(reading: &Reading<'_>, limits: Vec<Limit>, sentence: &Range<usize>) -> Vec<Limit> {
    let text = reading.text.text.as_str();
    let announced =
        limits.last().is_some_and(|it| it.when.as_deref().is_some_and(super::section::announces));
    let Some(colon) = text.get(sentence.clone()).and_then(|it| it.rfind(':')).filter(|_| announced)
    else {
        return limits;
    };
    // The list ends with the paragraph's first sentence that has no number.
    let from = sentence.start + colon;
    let listed = statement::following(text, from..text.len());
    let mut ended = false;
    let listed = listed.into_iter().take_while(|it| {
        let goes = !ended
            && !text.get(it.clone()).is_some_and(|it| it.contains("不得评") || it.contains("评为"));
        ended = text.get(it.end..).is_some_and(|it| it.starts_with('。'))
            && statement::number_mark(text.get(it.end + '。'.len_utf8()..).unwrap_or_default())
                == 0;
        goes
    });
    let Some((last, others)) = limits.split_last() else { return limits };
    let mut each: Vec<Limit> = listed
        .map(|it| Limit {
            when: Some(reading.words(&it)),
            source: reading.source(it),
            ..last.clone()
        })
        .collect();
    if each.is_empty() {
        return limits;
    }
    let mut all = others.to_vec();
    all.append(&mut each);
    all
}

/// 每季度考核, 四个季度 … 平均.
fn periods(text: &str) -> Option<Periods> {
    if !text.contains('每')
        || !["考核", "打分", "考评", "评价", "计分"].iter().any(|it| text.contains(it))
    {
        return None;
    }
    let speaks = |words: &[&str]| words.iter().any(|it| text.contains(it));
    if speaks(&[
        "每季度考核",
        "每季度一考核",
        "每季度对",
        "每季度进行考核",
        "每季度考评",
        "每季度组织考核",
        "每季度开展一次考核",
        "每季度一考评",
        "一季一评估",
    ]) {
        Some(Periods::Quarter)
    } else if speaks(&["每月考核", "每月考评", "每月进行考核", "每月一考核", "每月组织考核"])
    {
        Some(Periods::Month)
    } else if speaks(&["每半年考核", "每半年考评", "每半年进行考核", "每半年组织考核"])
    {
        Some(Periods::HalfYear)
    } else {
        None
    }
}

/// The last name of some words: after the last comma, without 其中.
fn last_name(text: &str, own: Range<usize>) -> Range<usize> {
    let slice = text.get(own.clone()).unwrap_or_default();
    let start = slice.rfind([',', ';', ':', '。']).map_or(own.start, |it| {
        own.start + it + slice.get(it..).and_then(|it| it.chars().next()).map_or(1, char::len_utf8)
    });
    let range = name::trim(text, start..own.end);
    let slice = text.get(range.clone()).unwrap_or_default();
    // A、B and the weight of B: the last part of a list is the name, where the list is one of weights.
    let listed = slice.rfind('、').filter(|_| {
        slice.matches('、').count() == 1 && start == own.start && slice.starts_with(')')
    });
    listed.map_or(range.clone(), |at| name::trim(text, range.start + at..range.end))
}

/// Whether 占30% is a weight: its own words say so, or the text speaks of an assessment and no condition stands before.
fn weighs(reading: &Reading<'_>, it: &Statement) -> bool {
    let clause = reading.get(&it.clause.range);
    let says = ["权重", "比重", "比例"].iter().any(|word| clause.contains(word));
    let own = reading.get(&it.own);
    // 组织抽查(抽查比例20%): how many are looked at.
    if ["抽查", "复核", "抽样", "抽检", "抽取"].iter().any(|it| own.ends_with(it)) {
        return false;
    }
    let people = own.ends_with(['的', '者']);
    says || (!people && crate::clause::speaks_of_assessment(&reading.text.text))
}

/// 本小项总分30分; 对报送、质量两个方面进行评价，满分40分: of the heading above.
fn is_of_heading(own: &str, points: Decimal) -> bool {
    ["本小项", "本项", "该项", "此项", "本部分", "该部分", "本大项", "本类", "本指标"]
        .iter()
        .any(|it| own.ends_with(it))
        || own.contains("方面进行") && points < Decimal::ONE_HUNDRED
}

/// Whether a name is a word for points: 分值, 最高分, 加分.
fn is_word_of_points(name: &str) -> bool {
    const WORDS: &[&str] = &[
        "分值",
        "分数",
        "最高分",
        "满分",
        "得分",
        "加分",
        "扣分",
        "减分",
        "奖励",
        "加分分值",
        "扣分分值",
    ];
    WORDS.contains(&name)
}

/// Whether points after names are points of parts: the sentence speaks of full marks or lists several.
fn plausible_points(reading: &Reading<'_>, it: &Statement, names: &[Range<usize>]) -> bool {
    let sentence = reading.get(&it.sentence);
    let words = reading.get(&it.clause.range);
    let speaks = [
        "其中",
        "总分",
        "满分",
        "分值",
        "百分制",
        "组成",
        "部分",
        "包括",
        "权重",
        "标准分",
        "基础分",
    ]
    .iter()
    .any(|it| sentence.contains(it));
    let short = names.iter().all(|it| reading.get(it).chars().count() <= 30);
    let conditional =
        reading.get(&it.own).ends_with(['的', '者']) || reading.get(&it.own).contains("以上");
    short && !conditional && (speaks || words.contains('占') || words.contains("分值"))
}

pattern!(
    target_pattern,
    needs: &[&["作为", "列为", "计入", "纳入", "记入", "并入", "折入"]],
    "(?:作为|列为)([^,。;]{2,40}?)的(?:重要|主要)?(?:依据|组成部分|内容|指标|参考)|(?:计入|纳入|折算计入|记入|并入|折入)([^,。;%]{2,40}?)(?:的?(?:总分|总成绩|成绩|体系架构|体系|得分|范围|中)|,|。|;|$|\\(|并|，)"
);

/// The assessment that a sentence counts this one into.
fn share_target(
    text: &str,
    sentence: &Range<usize>,
    clause: &Range<usize>,
) -> Option<Range<usize>> {
    let slice = text.get(sentence.clone())?;
    for found in target_pattern().captures_iter(slice) {
        let target = found.get(1).or_else(|| found.get(2))?;
        // The target and the weight stand within one clause or in two beside each other.
        let (from, to) =
            (sentence.start + found.get(0)?.start(), sentence.start + found.get(0)?.end());
        let between = if to <= clause.start {
            text.get(to..clause.start)
        } else {
            text.get(clause.end.min(from)..from.max(clause.end))
        };
        if between.is_some_and(|it| {
            it.matches([',', ';']).count() <= 1
                && !it.contains('。')
                && !it.contains(';')
                && !it.contains('%')
        }) {
            let start = sentence.start + target.start();
            return Some(name::trim(text, start..sentence.start + target.end()));
        }
    }
    // 占年度目标考核的10%: the weight itself names what it is a part of.
    let words = text.get(clause.clone())?;
    let named = words.strip_prefix("占").map(|_| text.get(clause.end..))?;
    let _ = named;
    None
}
