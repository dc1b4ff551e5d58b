//! A quick look at the characters of a text: most lists of words that are looked for in a text hold none that it has.

/// A set of characters, of each only the last ten bits of its number: it may say yes of a character that it lacks, never no
/// of one that it has.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Chars([u64; 16]);

impl Chars {
    /// Adds a character.
    pub(crate) fn add(&mut self, c: char) {
        let (word, bit) = Self::place(c);
        if let Some(it) = self.0.get_mut(word) {
            *it |= bit;
        }
    }

    /// Whether it may have a character.
    #[inline]
    pub(crate) fn may_have(&self, c: char) -> bool {
        let (word, bit) = Self::place(c);
        self.0.get(word).is_some_and(|it| it & bit != 0)
    }

    /// Whether it may have one that another set has.
    pub(crate) fn may_meet(&self, other: &Self) -> bool {
        self.0.iter().zip(other.0).fold(0, |met, (one, other)| met | (one & other)) != 0
    }

    fn place(c: char) -> (usize, u64) {
        let number = u32::from(c);
        ((number >> 6 & 15) as usize, 1 << (number & 63))
    }
}

impl FromIterator<char> for Chars {
    fn from_iter<T: IntoIterator<Item = char>>(all: T) -> Self {
        let mut chars = Self::default();
        all.into_iter().for_each(|it| chars.add(it));
        chars
    }
}

/// A text with the characters that it holds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Glance<'a> {
    text: &'a str,
    chars: Chars,
}

impl<'a> Glance<'a> {
    /// Looks at a text.
    pub(crate) fn at(text: &'a str) -> Self {
        Self { text, chars: text.chars().collect() }
    }

    /// The characters that may stand in the text.
    pub(crate) const fn chars(&self) -> &Chars {
        &self.chars
    }

    /// Whether a word stands in the text.
    pub(crate) fn holds(&self, word: &str) -> bool {
        word.chars().all(|it| self.chars.may_have(it)) && self.text.contains(word)
    }

    /// Whether one of some words stands in the text.
    pub(crate) fn holds_any(&self, words: &[&str]) -> bool {
        words.iter().any(|it| self.holds(it))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_where_it_stands() {
        let glance = Glance::at("每次扣0.5分,此项最多扣5分");
        for (word, expected) in
            [("最多", true), ("扣5分", true), ("扣6分", false), ("多最", false), ("", true)]
        {
            assert_eq!(glance.holds(word), expected, "{word}");
        }
        assert!(glance.holds_any(&["封顶", "此项"]));
        assert!(!glance.holds_any(&[]));
    }
}
