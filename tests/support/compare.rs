//! Compares the facts that the program finds with those that a person wrote down.
//!
//! Two facts can pair only if their kind, their effect and every number in them are equal and their texts are alike; among
//! the possible pairs the likest go first. Where a fact stands, what it measures, its unit, its cap and which bounds are
//! included are compared over the pairs. Shares are counted in thousandths and likenesses in billionths, so that two
//! machines agree.
#![expect(clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::AddAssign,
    str::FromStr,
};

use chidu::number::{Decimal, shortest};
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

/// The kinds of facts, in the order of the tables.
pub(crate) const KINDS: [&str; 8] =
    ["document", "total", "indicator", "rule", "grade", "quota", "limit", "share"];

/// What is compared over the pairs.
pub(crate) const AGREEMENTS: [&str; 6] =
    ["path", "measure", "per", "cap", "lower_inclusive", "upper_inclusive"];

/// The numbers that must be equal before two facts can pair.
const NUMBERS: [&str; 9] =
    ["points", "weight", "amount", "min", "max", "times", "lower", "upper", "count"];

const DOCUMENT_KEYS: [&str; 5] = ["title", "issuer", "number", "date", "year"];

/// A word of class at the end of a grade's name says nothing: A级 and A类 are one grade.
const CLASS_WORDS: [&str; 10] =
    ["等次", "档次", "等级", "企业", "机构", "单位", "级", "类", "等", "档"];

const WHOLE: u64 = 1_000_000_000;

/// How many facts are right, how many a person found and how many the program found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) right: usize,
    pub(crate) gold: usize,
    pub(crate) found: usize,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.right += other.right;
        self.gold += other.gold;
        self.found += other.found;
    }
}

impl Counts {
    /// The share of the found facts that are right, in thousandths.
    pub(crate) fn precision(self) -> usize {
        thousandths(self.right, self.found)
    }

    /// The share of the facts to find that were found, in thousandths.
    pub(crate) fn recall(self) -> usize {
        thousandths(self.right, self.gold)
    }

    /// The harmonic mean of both, in thousandths.
    pub(crate) fn f1(self) -> usize {
        thousandths(2 * self.right, self.gold + self.found)
    }
}

/// A share, rounded to thousandths; the share of nothing is whole.
pub(crate) fn thousandths(part: usize, whole: usize) -> usize {
    if whole == 0 { 1000 } else { (2000 * part + whole) / (2 * whole) }
}

/// Two lists of facts beside each other.
#[derive(Debug)]
pub(crate) struct Comparison {
    gold: Vec<Value>,
    found: Vec<Value>,
    pairs: Vec<(usize, usize)>,
    paired_gold: BTreeSet<usize>,
    paired_found: BTreeSet<usize>,
}

impl Comparison {
    /// Pairs two lists.
    pub(crate) fn of(gold: Vec<Value>, found: Vec<Value>) -> Self {
        let pairs = pair(&gold, &found);
        let paired_gold = pairs.iter().map(|it| it.0).collect();
        let paired_found = pairs.iter().map(|it| it.1).collect();
        Self { gold, found, pairs, paired_gold, paired_found }
    }

    /// The counts over all kinds.
    pub(crate) fn all(&self) -> Counts {
        let mut all = Counts::default();
        KINDS.iter().for_each(|it| all += self.kind(it));
        all
    }

    /// The counts of a kind.
    pub(crate) fn kind(&self, kind: &str) -> Counts {
        if kind == "document" { self.document() } else { self.matching(|it| it["kind"] == kind) }
    }

    /// The counts over the facts that have a property; a pair is right where both have it.
    pub(crate) fn matching(&self, has: impl Fn(&Value) -> bool) -> Counts {
        let count = |facts: &[Value]| facts.iter().filter(|it| has(it)).count();
        let both =
            |(left, right): &&(usize, usize)| has(&self.gold[*left]) && has(&self.found[*right]);
        let right = self.pairs.iter().filter(both).count();
        Counts { right, gold: count(&self.gold), found: count(&self.found) }
    }

    /// The document fact counts key by key.
    fn document(&self) -> Counts {
        let of = |facts: &[Value]| facts.iter().find(|it| it["kind"] == "document").cloned();
        let (gold, found) = (of(&self.gold), of(&self.found));
        let text = |it: &Option<Value>, key: &str| {
            it.as_ref().map(|it| fold(&plain(&it[key]))).filter(|it| !it.is_empty())
        };
        let mut counts = Counts::default();
        for key in DOCUMENT_KEYS {
            let (gold, found) = (text(&gold, key), text(&found, key));
            counts.gold += usize::from(gold.is_some());
            counts.found += usize::from(found.is_some());
            counts.right += usize::from(gold.is_some() && gold == found);
        }
        counts
    }

    /// In how many of the pairs that state a key both facts say the same, and how many those are.
    pub(crate) fn agreement(&self, key: &str) -> (usize, usize) {
        let pairs = self.pairs.iter().map(|(left, right)| (&self.gold[*left], &self.found[*right]));
        let stated: Vec<_> = pairs
            .filter(|(gold, found)| states(&gold[key]) || (key != "path" && !found[key].is_null()))
            .collect();
        (stated.iter().filter(|(gold, found)| agrees(key, gold, found)).count(), stated.len())
    }

    /// What a person found and the program did not.
    pub(crate) fn missed(&self) -> impl Iterator<Item = &Value> {
        let missed = self.gold.iter().enumerate().filter(|it| !self.paired_gold.contains(&it.0));
        missed.map(|it| it.1).filter(|it| it["kind"] != "document")
    }

    /// What the program found and no person did.
    pub(crate) fn made_up(&self) -> impl Iterator<Item = &Value> {
        let made_up = self.found.iter().enumerate().filter(|it| !self.paired_found.contains(&it.0));
        made_up.map(|it| it.1).filter(|it| it["kind"] != "document")
    }

    /// The found facts whose quote is missing or does not occur in the text.
    pub(crate) fn unfounded(&self, text: &str) -> Vec<&Value> {
        let text = fold(text);
        let unfounded = |it: &&Value| {
            let quote = fold(&plain(&it["quote"]));
            quote.is_empty() || !text.contains(&quote)
        };
        self.found.iter().filter(unfounded).collect()
    }
}

/// The one-to-one pairs of two lists; the document fact has none.
fn pair(gold: &[Value], found: &[Value]) -> Vec<(usize, usize)> {
    let mut groups: BTreeMap<Vec<String>, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for (at, fact) in gold.iter().enumerate().filter(|it| it.1["kind"] != "document") {
        groups.entry(identity(fact)).or_default().0.push(at);
    }
    for (at, fact) in found.iter().enumerate().filter(|it| it.1["kind"] != "document") {
        groups.entry(identity(fact)).or_default().1.push(at);
    }
    groups.into_values().flat_map(|(left, right)| pair_group(gold, found, &left, &right)).collect()
}

/// Pairs facts of one identity, the likest first; where several are equally like, the order of the document decides.
fn pair_group(
    gold: &[Value],
    found: &[Value],
    left: &[usize],
    right: &[usize],
) -> Vec<(usize, usize)> {
    let mut options = Vec::new();
    for (m, i) in left.iter().enumerate() {
        let wanted = text(&gold[*i]);
        for (n, j) in right.iter().enumerate() {
            let likeness = alike(&wanted, &text(&found[*j]));
            if likeness >= floor(&plain(&gold[*i]["kind"])) {
                options.push((WHOLE - likeness, m.abs_diff(n), *i, *j));
            }
        }
    }
    options.sort_unstable();
    let (mut lefts, mut rights) = (BTreeSet::new(), BTreeSet::new());
    let mut pairs = Vec::new();
    for (_, _, i, j) in options {
        if !lefts.contains(&i) && !rights.contains(&j) {
            lefts.insert(i);
            rights.insert(j);
            pairs.push((i, j));
        }
    }
    pairs
}

/// How like the texts of two facts of a kind must be.
fn floor(kind: &str) -> u64 {
    match kind {
        "indicator" => WHOLE / 100 * 45,
        "rule" => WHOLE / 100 * 25,
        "grade" => WHOLE / 100 * 99,
        "limit" => WHOLE / 100 * 20,
        _ => 0,
    }
}

/// What must be equal in two facts before they can pair.
fn identity(fact: &Value) -> Vec<String> {
    let mut identity = vec![plain(&fact["kind"]), plain(&fact["effect"])];
    identity.extend(NUMBERS.iter().map(|it| number(&fact[*it])));
    if fact["kind"] == "quota" || fact["kind"] == "limit" {
        identity.push(grade_name(&plain(&fact["grade"])));
    }
    identity
}

/// The words by which two facts are told alike.
fn text(fact: &Value) -> String {
    let folded = |key: &str| fold(&plain(&fact[key]));
    let first = |keys: &[&str]| {
        keys.iter().map(|it| folded(it)).find(|it| !it.is_empty()).unwrap_or_default()
    };
    match plain(&fact["kind"]).as_str() {
        "indicator" => folded("name"),
        "rule" => first(&["when", "quote"]),
        "grade" => grade_name(&plain(&fact["name"])),
        _ => first(&["when", "into", "scope"]),
    }
}

fn agrees(key: &str, gold: &Value, found: &Value) -> bool {
    match key {
        "path" => {
            let (gold, found) = (holder(gold), holder(found));
            let known = !gold.is_empty() && !found.is_empty();
            gold == found || (known && alike(&gold, &found) >= WHOLE / 2)
        }
        "measure" => alike(&fold(&plain(&gold[key])), &fold(&plain(&found[key]))) >= WHOLE / 10 * 4,
        "cap" => number(&gold[key]) == number(&found[key]),
        _ => fold(&plain(&gold[key])) == fold(&plain(&found[key])),
    }
}

/// The name of the node that a fact stands under.
fn holder(fact: &Value) -> String {
    let path = fact["path"].as_array().map(Vec::as_slice).unwrap_or_default();
    let above = path.len().saturating_sub(usize::from(fact["kind"] == "indicator"));
    path[..above].last().map(|it| fold(&plain(it))).unwrap_or_default()
}

/// Whether a value says anything; a bound that is not included says no more than one that is left open.
fn states(value: &Value) -> bool {
    !plain(value).is_empty() || value.as_array().is_some_and(|it| !it.is_empty())
}

/// A value as text; what is absent or false is empty.
fn plain(value: &Value) -> String {
    match value {
        Value::String(it) => it.clone(),
        Value::Number(it) => it.to_string(),
        Value::Bool(true) => "true".to_owned(),
        _ => String::new(),
    }
}

/// A number in its shortest form.
fn number(value: &Value) -> String {
    let text = plain(value);
    Decimal::from_str(&text).map(shortest).unwrap_or(text)
}

/// The text without white space and punctuation; a point between digits and a percent sign stay.
pub(crate) fn fold(text: &str) -> String {
    let text: Vec<char> = text.nfkc().filter(|it| !it.is_whitespace()).collect();
    let digit = |at: usize| text.get(at).is_some_and(char::is_ascii_digit);
    let stays = |at: usize, it: char| match it {
        '.' => at > 0 && digit(at - 1) && digit(at + 1),
        _ => it.is_alphanumeric() || it == '%',
    };
    text.iter().enumerate().filter(|(at, it)| stays(*at, **it)).map(|it| it.1).collect()
}

/// A grade's name, with + and - kept and the word of class at its end dropped.
fn grade_name(text: &str) -> String {
    let stays = |it: &char| it.is_alphanumeric() || matches!(it, '+' | '-' | '_');
    let name: String = text.nfkc().filter(stays).collect();
    let short = CLASS_WORDS.iter().filter_map(|it| name.strip_suffix(it)).find(|it| !it.is_empty());
    short.unwrap_or(&name).to_owned()
}

/// How like the found text is to the wanted one, in billionths. Where nothing is wanted, anything will do.
fn alike(wanted: &str, found: &str) -> u64 {
    let (w, f): (Vec<char>, Vec<char>) = (wanted.chars().collect(), found.chars().collect());
    let share = |part: usize, whole: usize| {
        u64::try_from(part).unwrap_or(0) * WHOLE / u64::try_from(whole).unwrap_or(1)
    };
    if w == f {
        WHOLE
    } else if w.is_empty() {
        WHOLE / 2
    } else if f.is_empty() {
        0
    } else if wanted.contains(found) || found.contains(wanted) {
        let (short, long) = (w.len().min(f.len()), w.len().max(f.len()));
        share(short + long, 2 * long)
    } else {
        share(2 * shared(&w, &f), w.len() + f.len())
    }
}

/// How many characters two texts share in order: the longest common stretch, then the same on both sides of it.
fn shared(a: &[char], b: &[char]) -> usize {
    let (at_a, at_b, length) = longest(a, b);
    if length == 0 {
        return 0;
    }
    let before = shared(&a[..at_a], &b[..at_b]);
    length + before + shared(&a[at_a + length..], &b[at_b + length..])
}

/// The first longest stretch that stands in both texts: where it begins in each, and its length.
fn longest(a: &[char], b: &[char]) -> (usize, usize, usize) {
    let mut best = (0, 0, 0);
    let mut lengths = vec![0; b.len() + 1];
    for (i, left) in a.iter().enumerate() {
        let mut here = vec![0; b.len() + 1];
        for (j, right) in b.iter().enumerate().filter(|it| it.1 == left) {
            let length = lengths[j] + usize::from(left == right);
            here[j + 1] = length;
            if length > best.2 {
                best = (i + 1 - length, j + 1 - length, length);
            }
        }
        lengths = here;
    }
    best
}
