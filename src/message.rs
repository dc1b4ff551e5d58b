//! The messages for users, in Chinese and English.
//!
//! Each message is one line `key = text` of `locales/zh.properties` and `locales/en.properties`. In a text, `{name}` takes
//! the value of that name; `{@name}` takes the words for it (`term.VALUE`, for each of several values) where the catalogue
//! has them; `\n` is a line feed and `\s` a blank at the beginning or the end of a text. A key that the catalogue lacks gives
//! the key itself with its values: a missing translation is ugly, never fatal.

use std::{cmp::Ordering, fmt::Display, str::FromStr};

const ZH: &str = include_str!("../locales/zh.properties");
const EN: &str = include_str!("../locales/en.properties");

/// A language of the messages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Lang {
    /// Chinese.
    Zh,
    /// English.
    #[default]
    En,
}

impl Lang {
    /// Both languages.
    pub const ALL: [Self; 2] = [Self::Zh, Self::En];

    /// The name that `--lang` takes.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }

    /// The language of the system's locale; English where it is neither.
    #[must_use]
    pub fn of_system() -> Self {
        let locale = sys_locale::get_locale().unwrap_or_default();
        if locale.to_lowercase().starts_with("zh") { Self::Zh } else { Self::En }
    }
}

impl FromStr for Lang {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|it| it.name() == name);
        found.ok_or_else(|| "zh, en".to_owned())
    }
}

/// All messages of one language. They stay in their file, whose lines are sorted: a run needs few of them.
#[derive(Debug)]
pub struct Catalogue {
    lang: Lang,
    file: &'static str,
}

impl Catalogue {
    /// The messages of a language.
    #[must_use]
    pub const fn get(lang: Lang) -> &'static Self {
        match lang {
            Lang::Zh => &Self { lang: Lang::Zh, file: ZH },
            Lang::En => &Self { lang: Lang::En, file: EN },
        }
    }

    /// The text of a key as it stands in the file.
    fn entry(&self, key: &str) -> Option<&'static str> {
        // The line is one of those that begin between the two.
        let (mut start, mut end) = (0, self.file.len());
        while start < end {
            let middle = self.file.get(start..end)?.floor_char_boundary((end - start) / 2) + start;
            let line = self.file.get(start..middle)?.rfind('\n').map_or(start, |it| start + it + 1);
            let (text, rest) = self.file.get(line..)?.split_once('\n')?;
            let found = text.split_once('=').map(|it| (it.0.trim_end(), it.1));
            match found.map_or(Ordering::Less, |it| it.0.cmp(key)) {
                Ordering::Equal => return found.map(|it| it.1.trim()),
                Ordering::Less => start = self.file.len() - rest.len(),
                Ordering::Greater => end = line,
            }
        }
        None
    }

    /// Its language.
    #[must_use]
    pub const fn lang(&self) -> Lang {
        self.lang
    }

    /// Whether it has a text for the key.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.entry(key).is_some()
    }

    /// All keys, sorted.
    pub fn keys(&self) -> impl Iterator<Item = &'static str> {
        entries(self.file).map(|it| it.0)
    }

    /// A text that takes no values.
    #[must_use]
    pub fn words(&self, key: &str) -> String {
        self.fill(key, &[])
    }

    /// A text as it stands in the file, for those who keep it as long as the program runs.
    #[must_use]
    pub fn plain(&self, key: &'static str) -> &'static str {
        self.entry(key).unwrap_or(key)
    }

    /// A text with its values.
    #[must_use]
    pub fn text(&self, key: &str, args: &[(&str, &dyn Display)]) -> String {
        let values: Vec<String> = args.iter().map(|(_, value)| value.to_string()).collect();
        let names = args.iter().map(|(name, _)| *name);
        self.fill(key, &names.zip(values.iter().map(String::as_str)).collect::<Vec<_>>())
    }

    /// A text with values that were kept (those of a finding or of an error).
    #[must_use]
    pub fn with(&self, key: &str, args: &[(String, String)]) -> String {
        let args: Vec<_> = args.iter().map(|it| (it.0.as_str(), it.1.as_str())).collect();
        self.fill(key, &args)
    }

    /// The words for a value of the program (`term.VALUE`), or the value itself.
    #[must_use]
    pub fn term<'a>(&self, value: &'a str) -> &'a str {
        self.entry(&format!("term.{value}")).unwrap_or(value)
    }

    /// The words for a value of one group (`term.GROUP-VALUE`), or the value itself.
    #[must_use]
    pub fn term_of<'a>(&self, group: &str, value: &'a str) -> &'a str {
        self.entry(&format!("term.{group}-{value}")).unwrap_or(value)
    }

    fn fill(&self, key: &str, args: &[(&str, &str)]) -> String {
        let Some(template) = self.entry(key) else { return bare(key, args) };
        let mut res = String::with_capacity(template.len());
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            push_text(&mut res, before);
            let Some((slot, tail)) = after.split_once('}') else {
                res.push('{');
                rest = after;
                continue;
            };
            let name = slot.strip_prefix('@').unwrap_or(slot);
            match args.iter().find(|it| it.0 == name) {
                Some((_, value)) if slot.starts_with('@') => {
                    let terms: Vec<&str> = value.split(' ').map(|it| self.term(it)).collect();
                    res.push_str(&terms.join(" "));
                }
                Some((_, value)) => res.push_str(value),
                None => res.push_str(&format!("{{{slot}}}")),
            }
            rest = tail;
        }
        push_text(&mut res, rest);
        res
    }
}

/// Adds a text of the file, `\n` as a line feed and `\s` as a blank.
fn push_text(res: &mut String, text: &str) {
    let mut parts = text.split('\\');
    res.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let escaped = [("n", '\n'), ("s", ' ')].into_iter();
        let found = escaped.filter_map(|it| Some((part.strip_prefix(it.0)?, it.1))).next();
        let (rest, sign) = found.unwrap_or((part, '\\'));
        res.push(sign);
        res.push_str(rest);
    }
}

/// A key without a text: the key and its values.
fn bare(key: &str, args: &[(&str, &str)]) -> String {
    if args.is_empty() {
        return key.to_owned();
    }
    let values: Vec<String> = args.iter().map(|(name, value)| format!("{name}={value}")).collect();
    format!("{key} ({})", values.join(", "))
}

/// The keys and texts of a catalogue's file.
fn entries(file: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = file.lines().filter(|it| !it.starts_with('#'));
    lines.filter_map(|it| it.split_once('=')).map(|(key, text)| (key.trim(), text.trim()))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn slots(text: &str) -> BTreeSet<&str> {
        let parts = text.split('{').skip(1).filter_map(|it| it.split_once('}'));
        parts.map(|it| it.0.trim_start_matches('@')).collect()
    }

    #[test]
    fn both_languages_have_the_same_keys_and_the_same_names() {
        let (zh, en) = (Catalogue::get(Lang::Zh), Catalogue::get(Lang::En));
        let keys = |it: &Catalogue| it.keys().collect::<BTreeSet<_>>();
        let missing: Vec<_> = keys(zh).symmetric_difference(&keys(en)).copied().collect();
        assert!(missing.is_empty(), "only in one language: {missing:?}");
        for (key, text) in entries(zh.file) {
            assert_eq!(zh.entry(key), Some(text));
            let other = en.entry(key).unwrap_or_default();
            assert_eq!(slots(text), slots(other), "the names in `{key}` differ");
        }
    }

    #[test]
    fn each_file_is_sorted_and_names_each_key_once() {
        for (name, file) in [("zh", ZH), ("en", EN)] {
            let keys: Vec<_> = entries(file).map(|it| it.0).collect();
            for pair in keys.windows(2) {
                assert!(pair[0] < pair[1], "{name}: `{}` must stand after `{}`", pair[0], pair[1]);
            }
            assert!(file.starts_with('#') && file.ends_with('\n'), "{name}: what the file is");
            for line in file.lines().skip(1) {
                assert!(line.contains(" = "), "{name}: not a message: {line:?}");
            }
        }
    }

    #[test]
    fn values_fill_their_names() {
        let words = Catalogue::get(Lang::En);
        let too_large = words.text("read-too-large", &[("what", &"bound-pages"), ("bound", &5)]);
        assert_eq!(too_large, "the file passes a bound: the number of pages may not be over 5");
        let unknown = words.text("read-too-large", &[("what", &"no-such-term"), ("bound", &5)]);
        assert!(unknown.contains("no-such-term"), "{unknown}");
        assert!(words.words("read-too-large").contains("{@what}"));
    }

    #[test]
    fn a_missing_key_says_itself_and_its_values() {
        let words = Catalogue::get(Lang::Zh);
        assert_eq!(words.words("no-such-key"), "no-such-key");
        assert_eq!(
            words.text("no-such-key", &[("a", &1), ("b", &"二")]),
            "no-such-key (a=1, b=二)"
        );
    }

    #[test]
    fn languages_have_names() {
        assert_eq!("zh".parse(), Ok(Lang::Zh));
        assert!("fr".parse::<Lang>().is_err());
    }
}
