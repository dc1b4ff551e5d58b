//! Grade bands as scales: which bands stand side by side, and which scores they hold.

use crate::{
    number::Decimal,
    ruleset::{Bound, Bounds, Grade, Ruleset},
};

/// Grades that share out one range of scores, from the lowest band up.
#[derive(Debug, Clone)]
pub(crate) struct Scale<'a> {
    /// The grades with a band, from the lowest up.
    pub(crate) grades: Vec<&'a Grade>,
    /// The grades that are named without a band; they may take what the others leave.
    pub(crate) open: Vec<&'a Grade>,
}

impl Scale<'_> {
    /// Whether its bands are meant for all scores: there are several, none is a part of another grade, and no grade without
    /// a band takes what they leave.
    pub(crate) fn is_whole(&self) -> bool {
        self.grades.len() > 1
            && self.open.is_empty()
            && self.grades.iter().all(|it| it.within.is_none())
    }
}

/// The full marks that bands share out: the total, or 100 where the document states none and no
/// band goes beyond it.
pub(crate) fn full_marks(ruleset: &Ruleset) -> Option<Decimal> {
    let hundred = Decimal::ONE_HUNDRED;
    let bounds = ruleset.grades.iter().flat_map(|it| [it.bounds.lower, it.bounds.upper]);
    let within = bounds.flatten().all(|it| it.value <= hundred);
    ruleset.total.as_ref().map(|it| it.points).or(within.then_some(hundred))
}

/// The scales of a ruleset: one for all grades that no other contains, and one for the parts of each grade that has some. A
/// band that is stated twice in the same way counts once; where a second list of bands begins at the top again, it is a
/// scale of its own.
pub(crate) fn scales(ruleset: &Ruleset) -> Vec<Scale<'_>> {
    let mut parents: Vec<Option<&str>> = vec![None];
    for grade in &ruleset.grades {
        let parent = grade.within.as_deref();
        if !parents.contains(&parent) {
            parents.push(parent);
        }
    }
    let grades: Vec<&Grade> = ruleset.grades.iter().filter(|it| !by_rank(it)).collect();
    let of =
        |parent| grades.iter().copied().filter(move |it: &&Grade| it.within.as_deref() == parent);
    parents.into_iter().flat_map(|parent| split(&distinct(of(parent)))).collect()
}

/// Whether it is given by rank and not by score.
fn by_rank(grade: &Grade) -> bool {
    let quote = &grade.source.quote;
    ["名次", "排名", "位次", "前几", "倒数"].iter().any(|it| quote.contains(it))
}

/// The grades without those that repeat another, and without those that lie within another of their class (A+ in A).
fn distinct<'a>(grades: impl Iterator<Item = &'a Grade>) -> Vec<&'a Grade> {
    let mut kept: Vec<&Grade> = Vec::new();
    for grade in grades {
        if !kept.iter().any(|it| it.bounds == grade.bounds && same_name(&it.name, &grade.name)) {
            kept.push(grade);
        }
    }
    let nested = |it: &&Grade| kept.iter().any(|outer| is_part_of(it, outer));
    kept.iter().copied().filter(|it| !nested(it)).collect()
}

/// Whether a grade's name carries on another's (A+, A1 and A) and its band lies within that one's.
fn is_part_of(inner: &Grade, outer: &Grade) -> bool {
    // Asked first since it is the quicker question.
    if !within(&inner.bounds, &outer.bounds) {
        return false;
    }
    let (part, whole) = (plain_name(&inner.name), plain_name(&outer.name));
    let rest = part.strip_prefix(whole).filter(|_| !whole.is_empty()).unwrap_or_default();
    rest.starts_with(|it: char| it.is_ascii_digit() || "+-＋－".contains(it))
}

/// Splits a list of bands where it turns back and meets its own top or bottom: there another scale begins.
fn split<'a>(grades: &[&'a Grade]) -> Vec<Scale<'a>> {
    let mut scales: Vec<Scale<'a>> = Vec::new();
    let mut current: Vec<&Grade> = Vec::new();
    let mut open: Vec<&Grade> = Vec::new();
    for grade in grades {
        if is_open(grade) {
            open.push(grade);
            continue;
        }
        if turns(&current, grade) && meets_an_end(&current, grade) {
            scales.push(scale(std::mem::take(&mut current), std::mem::take(&mut open)));
        }
        current.push(grade);
    }
    if !current.is_empty() || !open.is_empty() {
        scales.push(scale(current, open));
    }
    scales
}

/// Whether a band lies on the other side of the last one than that lies of the one before it.
fn turns(current: &[&Grade], next: &Grade) -> bool {
    let [.., before, last] = current else { return false };
    let up = |from: &Grade, to: &Grade| middle(&to.bounds) > middle(&from.bounds);
    up(before, last) != up(last, next)
}

/// Whether a band overlaps the highest or the lowest of a list.
fn meets_an_end(current: &[&Grade], next: &Grade) -> bool {
    let lowest = current.iter().min_by_key(|it| low(&it.bounds));
    let highest = current.iter().max_by_key(|it| high(&it.bounds));
    lowest.into_iter().chain(highest).any(|it| overlap(&it.bounds, &next.bounds).is_some())
}

fn scale<'a>(mut grades: Vec<&'a Grade>, open: Vec<&'a Grade>) -> Scale<'a> {
    grades.sort_by_key(|it| low(&it.bounds));
    Scale { grades, open }
}

/// Whether it has no band.
pub(crate) const fn is_open(grade: &Grade) -> bool {
    grade.bounds.lower.is_none() && grade.bounds.upper.is_none()
}

/// Whether both reach to the same side without end: 80分以下 and 70分以下 are thresholds of one ladder, where the tighter
/// holds.
pub(crate) const fn are_thresholds(one: &Bounds, other: &Bounds) -> bool {
    let up = one.upper.is_none() && other.upper.is_none();
    let down = one.lower.is_none() && other.lower.is_none();
    up || down
}

/// Whether a grade without a band is meant for whatever no band holds.
pub(crate) fn takes_the_rest(grade: &Grade) -> bool {
    is_open(grade)
        && ["其余", "其他", "其它", "剩余"].iter().any(|it| grade.source.quote.contains(it))
}

/// Where a band begins; under everything where it is open below.
pub(crate) fn low(bounds: &Bounds) -> Decimal {
    bounds.lower.map_or(Decimal::MIN, |it| it.value)
}

/// Where a band ends; over everything where it is open above.
pub(crate) fn high(bounds: &Bounds) -> Decimal {
    bounds.upper.map_or(Decimal::MAX, |it| it.value)
}

/// The middle of a band, twice over (whole numbers stay whole).
fn middle(bounds: &Bounds) -> Decimal {
    let value = |it: Option<Bound>| it.map(|it| it.value);
    let (lower, upper) = (value(bounds.lower), value(bounds.upper));
    let low = lower.or(upper).unwrap_or_default();
    let high = upper.or(lower).unwrap_or_default();
    low + high
}

/// Whether every value of the first lies in the second.
fn within(inner: &Bounds, outer: &Bounds) -> bool {
    let lower = outer.lower.is_none_or(|it| inner.lower.is_some_and(|own| own.value >= it.value));
    // 95分以上 lies within 90—100分.
    let open = |it: Bound| it.value >= Decimal::ONE_HUNDRED;
    let upper = outer
        .upper
        .is_none_or(|it| inner.upper.map_or_else(|| open(it), |own| own.value <= it.value));
    lower && upper
}

/// The values that two intervals share, if any.
pub(crate) fn overlap(one: &Bounds, other: &Bounds) -> Option<Bounds> {
    let lower = tighter(one.lower, other.lower, |a, b| a > b);
    let upper = tighter(one.upper, other.upper, |a, b| a < b);
    let empty = lower.zip(upper).is_some_and(|(lower, upper)| {
        lower.value > upper.value
            || (lower.value == upper.value && !(lower.inclusive && upper.inclusive))
    });
    (!empty).then_some(Bounds { lower, upper })
}

/// Of two bounds of one side the one that lets less through.
fn tighter(
    one: Option<Bound>,
    other: Option<Bound>,
    beats: impl Fn(Decimal, Decimal) -> bool,
) -> Option<Bound> {
    let (Some(a), Some(b)) = (one, other) else { return one.or(other) };
    let first = beats(a.value, b.value) || (a.value == b.value && !a.inclusive);
    Some(if first { a } else { b })
}

/// The values that no interval of a list holds, each with the places in the list of the intervals below and above it. The
/// list is sorted from the lowest up. With a step, only its multiples count: scores are rounded before a grade is read off,
/// and ranks and counts are whole.
pub(crate) fn gaps(list: &[&Bounds], step: Option<Decimal>) -> Vec<(usize, usize, Bounds)> {
    let mut found = Vec::new();
    // The interval that reaches up furthest so far.
    let mut top: Option<(usize, &Bounds)> = None;
    for (nth, bounds) in list.iter().enumerate() {
        let Some((below, reach)) = top else {
            top = Some((nth, bounds));
            continue;
        };
        found.extend(gap(reach, bounds, step).map(|it| (below, nth, it)));
        let further = reach.upper.is_some_and(|end| {
            bounds.upper.is_none_or(|own| (own.value, own.inclusive) > (end.value, end.inclusive))
        });
        if further {
            top = Some((nth, bounds));
        }
    }
    found
}

/// The values between two intervals, the lower one first, that neither holds.
fn gap(lower: &Bounds, upper: &Bounds, step: Option<Decimal>) -> Option<Bounds> {
    let (end, start) = (lower.upper?, upper.lower?);
    let between = Bounds {
        lower: Some(Bound { value: end.value, inclusive: !end.inclusive }),
        upper: Some(Bound { value: start.value, inclusive: !start.inclusive }),
    };
    sample(&between, step).map(|_| between)
}

/// A value that lies within closed bounds: in their middle, or else at an end.
pub(crate) fn sample(bounds: &Bounds, step: Option<Decimal>) -> Option<Decimal> {
    let (from, to) = (bounds.lower?.value, bounds.upper?.value);
    let Some(step) = step.filter(|it| !it.is_zero()) else {
        return Some((from + to) / Decimal::TWO).filter(|it| bounds.holds(*it));
    };
    let round = |it: Decimal| (it / step).floor() * step;
    let middle = round((from + to) / Decimal::TWO);
    let tries = [middle, middle + step, round(from), round(from) + step, round(to)];
    tries.into_iter().find(|it| bounds.holds(*it))
}

/// The values within bounds as a formula that reads the same in every language: 89 < x < 90.
pub(crate) fn formula(bounds: &Bounds) -> String {
    let sign = |it: Bound| if it.inclusive { "≤" } else { "<" };
    match (bounds.lower, bounds.upper) {
        (Some(lower), Some(upper)) if lower.value == upper.value => {
            format!("x = {}", lower.value.normalize())
        }
        (Some(lower), Some(upper)) => {
            let (from, to) = (lower.value.normalize(), upper.value.normalize());
            format!("{from} {} x {} {to}", sign(lower), sign(upper))
        }
        (Some(lower), None) => {
            format!("x {} {}", if lower.inclusive { "≥" } else { ">" }, lower.value.normalize())
        }
        (None, Some(upper)) => format!("x {} {}", sign(upper), upper.value.normalize()),
        (None, None) => "x".to_owned(),
    }
}

/// A grade's name without quotation marks and class word: A级, “A”类 and A are one.
pub(crate) fn plain_name(name: &str) -> &str {
    let name = name.trim().trim_matches(['“', '”', '"', '「', '」', '\'', '‘', '’']);
    let ends = ["等次", "等级", "档次", "级别", "级", "类", "档", "等"];
    let plain = ends.iter().find_map(|it| name.strip_suffix(it)).unwrap_or(name);
    let plain = plain.trim_matches(['“', '”', '"', '「', '」', '\'', '‘', '’']);
    if plain.is_empty() { name } else { plain }
}

/// Whether two names name one grade.
pub(crate) fn same_name(one: &str, other: &str) -> bool {
    plain_name(one) == plain_name(other)
}

/// The step of rounded scores: 0.01 for two places.
pub(crate) fn step(ruleset: &Ruleset) -> Decimal {
    Decimal::new(1, ruleset.rounding.places.min(Decimal::MAX_SCALE))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bounds(text: &str) -> Bounds {
        let (from, to) = text.split_once("..").unwrap();
        let bound = |it: &str, open: char| {
            let inclusive = !it.contains(open);
            Some(Bound { value: it.trim_matches(open).parse().ok()?, inclusive })
        };
        Bounds { lower: bound(from, '>'), upper: bound(to, '<') }
    }

    #[test]
    fn gaps_between_neighbours() {
        for (lower, upper, step, expected) in [
            ("80..89", "90..100", Some("0.01"), Some("89 < x < 90")),
            ("80..89", "90..100", Some("1"), None),
            ("80..<90", "90..100", Some("0.01"), None),
            ("60..<80", "80>..90", Some("0.01"), Some("x = 80")),
            ("60..90", "80..90", Some("0.01"), None),
            ("..60", "60..", Some("0.01"), None),
            ("80..89.99", "90..100", Some("0.01"), None),
            ("80..89.99", "90..100", None, Some("89.99 < x < 90")),
        ] {
            let step = step.map(|it| it.parse().unwrap());
            let found = gap(&bounds(lower), &bounds(upper), step).map(|it| formula(&it));
            assert_eq!(found.as_deref(), expected, "{lower} {upper}");
        }
    }

    #[test]
    fn a_sample_lies_within() {
        for (within, step, expected) in [
            ("89>..<90", "0.01", "89.5"),
            ("89>..<89.02", "0.01", "89.01"),
            ("79>..<81", "1", "80"),
            ("79>..<80", "1", "-"),
        ] {
            let found = sample(&bounds(within), step.parse().ok());
            assert_eq!(found.map(|it| it.normalize()), expected.parse().ok(), "{within}");
        }
    }

    #[test]
    fn overlaps() {
        for (one, other, expected) in [
            ("80..90", "90..100", Some("x = 90")),
            ("80..<90", "90..100", None),
            ("80..", "..95", Some("80 ≤ x ≤ 95")),
            ("80..100", "85..90", Some("85 ≤ x ≤ 90")),
        ] {
            let found = overlap(&bounds(one), &bounds(other)).map(|it| formula(&it));
            assert_eq!(found.as_deref(), expected, "{one} {other}");
        }
    }

    #[test]
    fn names_of_one_grade() {
        for (one, other, same) in [
            ("A级", "A", true),
            ("“好”的等次", "好", false),
            ("“好”等次", "好", true),
            ("A+", "A", false),
            ("优秀等次", "优秀", true),
            ("一等", "一", true),
        ] {
            assert_eq!(same_name(one, other), same, "{one} {other}");
        }
    }

    fn grade(name: &str, band: &str) -> Grade {
        Grade { name: name.to_owned(), bounds: bounds(band), ..Grade::default() }
    }

    fn names(grades: Vec<Grade>) -> Vec<String> {
        let ruleset = Ruleset { grades, ..Ruleset::default() };
        let name = |it: &&Grade| it.name.clone();
        let scale = |it: Scale<'_>| it.grades.iter().map(name).collect::<Vec<_>>().join(" ");
        scales(&ruleset).into_iter().map(scale).collect()
    }

    #[test]
    fn bands_part_into_scales() {
        let list = || vec![grade("好", "90.."), grade("中", "60..<90"), grade("差", "..<60")];
        assert_eq!(names(list()), ["差 中 好"]);
        // Stated twice in the same way.
        assert_eq!(names([list(), list()].concat()), ["差 中 好"]);
        // A second list with bands of its own.
        let second = vec![grade("A", "95.."), grade("B", "70..<95"), grade("C", "..<70")];
        assert_eq!(names([list(), second].concat()), ["差 中 好", "C B A"]);
        // AAA is no part of AA.
        let letters = vec![grade("AAA", "95.."), grade("AA", "90..<95"), grade("A", "..<90")];
        assert_eq!(names(letters), ["A AA AAA"]);
        // A+ is a part of A.
        let nested = vec![grade("A类", "90.."), grade("A+", "95.."), grade("B", "60..<90")];
        assert_eq!(names(nested), ["B A类"]);
    }
}
