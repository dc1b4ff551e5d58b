//! How alike two texts are: by the pairs of neighbouring characters that they share.
//!
//! Chinese names have no blanks between words, and a segmenter costs more than the whole comparison; pairs of characters
//! find 信息报送工作 in 政务信息报送 as well.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;

/// A text without white space and punctuation, compatibility forms made one.
pub(super) fn folded(text: &str) -> String {
    text.nfkc().filter(|it| it.is_alphanumeric() || matches!(it, '%' | '.')).collect()
}

/// The pairs of neighbouring characters of a text; of one character, itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Pairs(BTreeSet<(char, char)>);

impl Pairs {
    /// The pairs of a text that is folded.
    pub(super) fn of(folded: &str) -> Self {
        let mut chars = folded.chars();
        let Some(mut before) = chars.next() else { return Self::default() };
        let mut pairs = BTreeSet::new();
        for it in chars {
            pairs.insert((before, it));
            before = it;
        }
        if pairs.is_empty() {
            pairs.insert((before, '\0'));
        }
        Self(pairs)
    }

    /// How alike two texts are, in thousandths: twice the shared pairs over all pairs.
    pub(super) fn likeness(&self, other: &Self) -> u32 {
        let all = self.0.len() + other.0.len();
        if all == 0 {
            return 0;
        }
        let shared = self.0.intersection(&other.0).count();
        thousandths(2 * shared, all)
    }

    /// How much of this text stands in the other, in thousandths.
    pub(super) fn within(&self, other: &Self) -> u32 {
        let shared = self.0.intersection(&other.0).count();
        thousandths(shared, self.0.len())
    }
}

fn thousandths(part: usize, whole: usize) -> u32 {
    u32::try_from((part * 1000).checked_div(whole).unwrap_or_default()).unwrap_or(1000)
}

/// How many places are looked at for one text, those of its rarest pairs first: a pair that is everywhere tells nothing.
const MAX_PLACES: usize = 512;
/// The most candidates for one text.
const MAX_CANDIDATES: usize = 24;

/// Texts by their pairs, so that a likely partner is found without looking at all.
#[derive(Debug, Default)]
pub(super) struct Index {
    places: BTreeMap<(char, char), Vec<usize>>,
}

impl Index {
    /// An index of texts, each with the number that it is found by.
    pub(super) fn of<'a>(texts: impl IntoIterator<Item = (usize, &'a Pairs)>) -> Self {
        let mut index = Self::default();
        for (number, pairs) in texts {
            for pair in &pairs.0 {
                index.places.entry(*pair).or_default().push(number);
            }
        }
        index
    }

    /// The texts that share most pairs with this one, the likeliest first.
    pub(super) fn candidates(&self, pairs: &Pairs) -> Vec<usize> {
        let places = pairs.0.iter().filter_map(|it| self.places.get(it));
        let mut places: Vec<&Vec<usize>> = places.collect();
        places.sort_by_key(|it| it.len());
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for number in places.into_iter().flatten().take(MAX_PLACES) {
            *shared.entry(*number).or_default() += 1;
        }
        let mut found: Vec<(usize, usize)> =
            shared.into_iter().map(|(it, count)| (count, it)).collect();
        found.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        found.truncate(MAX_CANDIDATES);
        found.into_iter().map(|it| it.1).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likeness(a: &str, b: &str) -> u32 {
        Pairs::of(&folded(a)).likeness(&Pairs::of(&folded(b)))
    }

    #[test]
    fn likeness_is_that_of_the_words() {
        assert_eq!(likeness("工作纪律", "工作纪律"), 1000);
        assert_eq!(likeness("工作 纪律（20分）", "工作纪律（２０分）"), 1000);
        assert_eq!(likeness("工作纪律", "民主测评"), 0);
        assert!(likeness("信息报送", "信息报送工作") > 700);
        assert!(likeness("信息报送", "政务信息") > 300);
        assert_eq!(likeness("", ""), 0);
        assert_eq!(likeness("甲", "甲"), 1000);
    }

    #[test]
    fn the_index_finds_the_likeliest_first() {
        let texts = ["工作纪律", "信息报送", "信息公开", "民主测评"].map(Pairs::of);
        let index = Index::of(texts.iter().enumerate());
        assert_eq!(index.candidates(&Pairs::of("政务信息报送")), [1, 2]);
        assert!(index.candidates(&Pairs::of("财务")).is_empty());
    }

    #[test]
    fn a_pair_that_is_everywhere_costs_no_more() {
        let texts: Vec<Pairs> = (0..5000).map(|it| Pairs::of(&format!("指标{it:05}"))).collect();
        let index = Index::of(texts.iter().enumerate());
        assert!(index.candidates(&texts[4321]).contains(&4321));
    }
}
