//! Clauses: what a sentence says, as written. Nothing is decided here.
//!
//! [`from_text`] finds the places where points move or are given and reads each with the grammar; [`statement`] gives each
//! its condition; [`interval`] reads bounds.

pub mod from_text;
pub(crate) mod grammar;
pub mod interval;
pub mod list;
pub mod mention;
pub(crate) mod pair;
mod recognise;
pub(crate) mod sought;
pub mod statement;

use std::ops::Range;

use crate::number::Decimal;

/// Whether words speak of an assessment, so that 占30% in them is a weight and not a share of people or money.
#[must_use]
pub fn speaks_of_assessment(text: &str) -> bool {
    [
        "考核", "考评", "评价", "评议", "测评", "评估", "得分", "总分", "分值", "权重", "成绩",
        "评分", "计分", "指标", "打分", "分数", "满分",
    ]
    .iter()
    .any(|it| text.contains(it))
}

/// One clause of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// Its bytes within the folded text.
    pub range: Range<usize>,
    /// What it says.
    pub kind: Kind,
}

impl Clause {
    /// Whether it gives the name before it points or a weight: （16分）, （权重50%）.
    #[must_use]
    pub const fn is_mark(&self) -> bool {
        matches!(self.kind, Kind::Points(_) | Kind::WeightMark(_))
    }

    /// Whether nothing but stops follows it in its text; a mark goes on to its bracket: (23分+10分), (2分,另有3分奖励).
    #[must_use]
    pub fn ends(&self, text: &str) -> bool {
        let rest = text.get(self.range.end..).unwrap_or_default();
        let open = self.is_mark()
            && text.get(self.range.clone()).is_some_and(|it| !it.ends_with([')', ']']));
        let rest = match rest.find([')', ']']).filter(|_| open) {
            Some(at) => rest.get(at + 1..).unwrap_or_default(),
            None => rest,
        };
        rest.chars().all(|it| "。;:,、".contains(it)) || rest == "."
    }
}

/// What a clause says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// 每次扣0.5分, 加2分, 得0.2分.
    Move(Move),
    /// 每增(减)1个百分点减(加)2分.
    Dual(Box<Dual>),
    /// 不得分.
    Zero,
    /// 双倍扣减分值, 减半加分.
    Multiply(Decimal),
    /// 缺1次扣分, 酌情扣分.
    Unstated(Option<Per>),
    /// 最多扣5分.
    Cap(Cap),
    /// 扣完为止.
    OpenCap,
    /// 不扣分.
    Exempt,
    /// 按最高标准扣分，不重复扣.
    Highest,
    /// (16分) after a name.
    Points(PointsMark),
    /// (20%) after a name.
    WeightMark(Decimal),
    /// 占80%权重, 各占25%权重.
    Weight(Shares),
    /// 占90分, 各占10分.
    CountsFor(Shares),
    /// 总分100分, 百分制.
    Total(Decimal),
    /// 得满分.
    FullMarks,
    /// 计满分的50%.
    FullShare(FullShare),
    /// 按完成比例得分.
    Proportion(Verb),
    /// 依次递减1分: how a series goes on.
    Series,
    /// 扣□分: a number that cannot be read.
    Masked,
    /// 占科主任年度考核得分的60%.
    ShareOf(ShareOf),
    /// 90分 after a name, without a verb.
    BarePoints(Points),
}

/// Points that move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// The verb.
    pub verb: Verb,
    /// The amounts, as written: one, or one for each part of the condition.
    pub amounts: Vec<Points>,
    /// 分别: one amount for each part of the condition.
    pub shared_out: bool,
    /// 各: the amount for each part of the condition.
    pub each: bool,
    /// The counted unit.
    pub per: Option<Per>,
    /// The bytes of its first words, where they are a condition and count nothing: 逾期2天 of 逾期2天扣2分.
    pub threshold: Option<Range<usize>>,
    /// The bytes of who gains or loses the points: 当事人 of 扣当事人2分.
    pub whose: Option<Range<usize>>,
    /// Whether the unit 分 was lost.
    pub without_unit: bool,
    /// Whether no verb says which way the points move: 0.5分/人次.
    pub without_verb: bool,
    /// Whether scanning has damaged the verb (口 for 扣).
    pub scanned: bool,
}

impl Move {
    /// So many points that no verb moves: which way is inferred.
    pub(crate) fn without_verb(verb: Verb, points: Points) -> Self {
        Self {
            verb,
            amounts: vec![points],
            shared_out: false,
            each: false,
            per: None,
            threshold: None,
            whose: None,
            without_unit: false,
            without_verb: true,
            scanned: points.scanned,
        }
    }
}

/// Which way points move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// 扣, 减.
    Deduct,
    /// 加, 奖.
    Add,
    /// 得, 计, 记.
    Award,
}

/// So many points, or a range, in the order of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Points {
    /// The number, or the lower end of the range.
    pub least: Decimal,
    /// The upper end of a range.
    pub most: Option<Decimal>,
    /// Whether the text has the range falling (3-1).
    pub falling: bool,
    /// Whether scanning has damaged the number (05分, O.5分).
    pub scanned: bool,
}

/// The counted unit of a move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Per {
    /// 次, 人次, 2个百分点.
    pub unit: String,
    /// The bytes of the unit's own words, piece by piece: 人 and 例 of 每人每例.
    pub pieces: Vec<Range<usize>>,
    /// Its bytes within the folded text, with 每 and the like.
    pub range: Range<usize>,
    /// Whether its words belong to the condition too (少1次, 每降低1个百分点).
    pub in_condition: bool,
    /// Where the words begin that describe what is counted, and which are a condition: 公车私用 of 发现一起公车私用.
    pub described: Option<usize>,
}

/// So many percent of all the points of an item: 计满分的50%, 缺1次扣25%的分值.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FullShare {
    /// Which way.
    pub verb: Verb,
    /// How many percent.
    pub percent: Decimal,
    /// The counted unit.
    pub per: Option<Per>,
}

/// Two rates in one: 每增(减)1个百分点减(加)2分.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dual {
    /// Each verb with the bytes of its way: 减 with 增, 加 with 减.
    pub sides: [(Verb, Range<usize>); 2],
    /// The bytes of 每.
    pub each: Range<usize>,
    /// The bytes of the counted unit with its number: 1个百分点.
    pub counted: Range<usize>,
    /// The counted unit.
    pub per: Per,
    /// How many points each way.
    pub points: Points,
}

/// A cap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cap {
    /// The most points.
    pub points: Decimal,
    /// What it caps.
    pub scope: CapScope,
}

/// What a cap caps, as its words say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CapScope {
    /// 最多扣0.1分: what stands before it.
    Before,
    /// 每种情形最多扣2分: each case of the list before it.
    Case,
    /// 单项最高扣10分: each rule.
    Each,
    /// 此项最多扣5分: all rules of the row.
    Item,
    /// 累计不超过5分, 合计最高减15分.
    Sum,
}

/// Points in a bracket after a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PointsMark {
    /// The points; the upper end of 0-10分.
    pub points: Decimal,
    /// The weight that stands beside them: 权重40% of (权重40%，满分100分).
    pub weight: Option<Decimal>,
    /// 共: the sum of the parts before it.
    pub sum: bool,
}

/// This assessment's part in another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShareOf {
    /// The bytes of the other assessment's name.
    pub into: Range<usize>,
    /// The weight in percent.
    pub weight: Decimal,
}

/// Weights or points given to names before them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shares {
    /// The values: one, or one for each name.
    pub values: Vec<Decimal>,
    /// 各: the value for each of several names.
    pub each: bool,
}
