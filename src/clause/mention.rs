//! Mentions: every place of a text that speaks of points, shares or counts, whether a clause reads it or not. The ledger
//! accounts for each.

use std::ops::Range;

use super::{grammar::Rule, sought::Sought};

/// What a mention is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MentionKind {
    /// 30%, 2个百分点.
    Percent,
    /// 0.5分, 十分.
    Points,
    /// A scoring word: 扣分, 一票否决.
    Word,
    /// A number with the unit of what it counts: 3名, 8月.
    Count,
}

/// The kinds, in the order in which they are tried at one place.
static KINDS: Sought = Sought::new(&[
    Rule::mention_percent,
    Rule::mention_points,
    Rule::mention_word,
    Rule::mention_count,
]);

/// The mentions of a folded text in order; none overlap.
pub fn all(text: &str) -> impl Iterator<Item = (MentionKind, Range<usize>)> {
    KINDS.find_all(text).map(|(rule, range)| {
        let kind = match rule {
            Rule::mention_percent => MentionKind::Percent,
            Rule::mention_points => MentionKind::Points,
            Rule::mention_word => MentionKind::Word,
            _ => MentionKind::Count,
        };
        (kind, range)
    })
}

/// The bytes of points in a folded text that may have lost their unit: 加20.
pub fn bare_moves(text: &str) -> impl Iterator<Item = Range<usize>> {
    static BARE: Sought = Sought::new(&[Rule::mention_move]);
    BARE.find_all(text).map(|it| it.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_mention_has_its_kind() {
        let text = "前3名加十二分,占12.5%,1.5分钟扣分.5分,百分之三十";
        let found: Vec<_> =
            all(text).map(|it| (it.0, text.get(it.1).unwrap_or_default())).collect();
        let expected = [
            (MentionKind::Count, "3名"),
            (MentionKind::Points, "十二分"),
            (MentionKind::Percent, "12.5%"),
            (MentionKind::Points, "1.5分"),
            (MentionKind::Word, "扣分"),
            (MentionKind::Points, ".5分"),
            (MentionKind::Percent, "百分之三十"),
        ];
        assert_eq!(found, expected);
        assert_eq!(bare_moves("加20,扣1.5分").count(), 2);
    }
}
