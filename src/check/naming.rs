//! Which grades a document knows, and who speaks of them.

use crate::{
    check::bands,
    ruleset::{LimitEffect, Ruleset, SourceRef},
};

/// Whether a grade of the ruleset has this name. 优 stands for 优秀 and 不合格 for 不合格档案: a name may carry on another by
/// Chinese characters, not by a sign or a digit (A+ is not A). A prize (一等奖) is no grade and needs none.
pub(crate) fn is_known(ruleset: &Ruleset, name: &str) -> bool {
    if is_prize(name) {
        return true;
    }
    let name = bands::plain_name(name);
    let carries_on = |long: &str, short: &str| {
        let rest = long.strip_prefix(short).filter(|_| !short.is_empty());
        rest.is_some_and(|it| it.chars().all(|it| ('\u{4e00}'..='\u{9fff}').contains(&it)))
    };
    ruleset
        .grades
        .iter()
        .map(|it| bands::plain_name(&it.name))
        .any(|grade| carries_on(grade, name) || carries_on(name, grade))
}

fn is_prize(name: &str) -> bool {
    name.ends_with('奖')
}

/// The grades that quotas and limits name, with the place.
pub(crate) fn named(ruleset: &Ruleset) -> Vec<(&str, &SourceRef)> {
    let quotas = ruleset.quotas.iter().map(|it| (it.grade.as_str(), &it.source));
    let limits = ruleset.limits.iter().filter_map(|it| Some((it.grade.as_deref()?, &it.source)));
    quotas.chain(limits).filter(|it| !is_prize(it.0)).collect()
}

/// The grade that a prohibition names with 以上 or 以下 although nothing says whether it is in (不得评为良好以上), with the
/// words.
pub(crate) fn vague_limit(effect: LimitEffect, grade: &str, quote: &str) -> Option<String> {
    let plain = bands::plain_name(grade);
    if effect != LimitEffect::Forbid || plain.is_empty() {
        return None;
    }
    let quote: String = quote.chars().filter(|it| !it.is_whitespace()).collect();
    let included = ["及以上", "及以下", "含"].iter().any(|it| quote.contains(it));
    let (_, after) = quote.split_once(plain)?;
    let after = after.trim_start_matches(['”', '"', '」', '’']);
    let ends = ["等次", "等级", "档次", "级", "类", "档", "等", ""];
    let words = ends.iter().flat_map(|end| ["以上", "以下"].map(|it| format!("{end}{it}")));
    let word = words.into_iter().find(|it| after.starts_with(it))?;
    (!included).then(|| format!("{plain}{word}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ruleset::Grade;

    #[test]
    fn names_carry_on_others() {
        let grade = |name: &str| Grade { name: name.to_owned(), ..Grade::default() };
        let grades = vec![grade("优秀等次"), grade("A类"), grade("不合格")];
        let ruleset = Ruleset { grades, ..Ruleset::default() };
        for (name, known) in [
            ("优秀", true),
            ("优", true),
            ("A级", true),
            ("A+", false),
            ("不合格档案", true),
            ("良好", false),
            ("合格", false),
        ] {
            assert_eq!(is_known(&ruleset, name), known, "{name}");
        }
    }

    #[test]
    fn vague_limits() {
        for (grade, quote, expected) in [
            ("良好", "不得评为良好以上等次", Some("良好以上")),
            ("良好", "不得评为“良好”等次以上", Some("良好等次以上")),
            ("AA级", "不得评为AA级以上等级", Some("AA级以上")),
            ("良好", "不得评为良好及以上等次", None),
            ("良好", "不得评为良好以上（含良好）等次", None),
            ("优秀", "不得评为优秀", None),
        ] {
            let found = vague_limit(LimitEffect::Forbid, grade, quote);
            assert_eq!(found.as_deref(), expected, "{quote}");
        }
        assert_eq!(vague_limit(LimitEffect::Force, "良好", "定为良好以上"), None);
    }
}
