//! All that is read in a notice, as lines for people.

use std::collections::BTreeSet;

use chidu::{
    check::{self, Options},
    pipeline::Compilation,
    ruleset::{
        Indicator, Method, Rule, Ruleset,
        facts::{self, Fact},
    },
};

/// The facts, then what stands in the ruleset beside them, then what is reported.
pub(crate) fn of(compilation: &Compilation) -> String {
    let ruleset = &compilation.ruleset;
    let mut lines: Vec<String> = facts::facts(ruleset).iter().map(fact).collect();
    lines.extend(beside(ruleset));
    let checked = check::run(ruleset, &Options::default());
    let codes: BTreeSet<&str> =
        compilation.findings.iter().chain(&checked).map(|it| it.code.as_str()).collect();
    lines.extend(codes.iter().map(|it| format!("finding {it}")));
    lines.iter().map(|it| it.replace('\n', " ") + "\n").collect()
}

/// A line that grows by the parts that are known.
#[derive(Debug)]
struct Line(String);

impl Line {
    fn put(mut self, before: &str, part: Option<&str>, after: &str) -> Self {
        if let Some(part) = part.filter(|it| !it.is_empty()) {
            self.0 += &format!(" {before}{part}{after}");
        }
        self
    }
}

fn fact(it: &Fact) -> String {
    let path = it.path.join(" > ");
    let line = Line(it.kind.to_owned());
    let line = match it.kind {
        "document" => line
            .put("title ", it.title.as_deref(), "")
            .put("issuer ", it.issuer.as_deref(), "")
            .put("number ", it.number.as_deref(), "")
            .put("date ", it.date.as_deref(), "")
            .put("year ", it.year.as_deref(), ""),
        "indicator" => line
            .put("", it.points.as_deref(), "")
            .put("", it.weight.as_deref(), "%")
            .put("", Some(&path), ""),
        "rule" => rule(line, it).put("under ", Some(&path), ""),
        "grade" => bounds(line.put("", it.name.as_deref(), ""), it),
        "quota" => line
            .put("", it.grade.as_deref(), "")
            .put("", it.max.as_deref(), "%")
            .put("", it.count.as_deref(), "")
            .put("of ", it.scope.as_deref(), ""),
        "limit" => line.put("", it.effect, "").put("", it.grade.as_deref(), "").put(
            "when ",
            it.when.as_deref(),
            "",
        ),
        "share" => line.put("", it.weight.as_deref(), "%").put("into ", it.into.as_deref(), ""),
        _ => line.put("", it.points.as_deref(), ""),
    };
    line.0
}

fn rule(line: Line, it: &Fact) -> Line {
    let range = it.min.as_ref().zip(it.max.as_ref()).map(|(min, max)| format!("{min}-{max}"));
    let line = line
        .put("", it.effect, "")
        .put("", it.amount.as_deref(), "")
        .put("", range.as_deref(), "")
        .put("times ", it.times.as_deref(), "")
        .put("per ", it.per.as_deref(), "")
        .put("cap ", it.cap.as_deref(), "")
        .put("measure ", it.measure.as_deref(), "");
    bounds(line, it).put("when ", it.when.as_deref(), "")
}

fn bounds(line: Line, it: &Fact) -> Line {
    let word = |inclusive, words: [&'static str; 3]| match inclusive {
        Some(true) => words[0],
        Some(false) => words[1],
        None => words[2],
    };
    let lower = word(it.lower_inclusive, ["from ", "above ", "lower "]);
    let upper = word(it.upper_inclusive, ["to ", "below ", "upper "]);
    line.put(lower, it.lower.as_deref(), "").put(upper, it.upper.as_deref(), "")
}

/// What stands in the ruleset and is no fact.
fn beside(ruleset: &Ruleset) -> Vec<String> {
    let mut lines: Vec<String> =
        ruleset.periods.iter().map(|it| format!("periods {}", it.name())).collect();
    lines.extend(ruleset.document.replaces.iter().map(|it| format!("replaces {it}")));
    ruleset.indicators.iter().for_each(|it| node(it, &mut lines));
    for it in &ruleset.adjustments {
        rules(&it.rules, &it.name, &mut lines);
        lines.extend(it.highest.then(|| format!("highest under {}", it.name)));
    }
    lines.extend(ruleset.notes.iter().map(|it| format!("note {} {}", it.kind, it.source.quote)));
    lines.extend(ruleset.unread.iter().map(|it| format!("unread {}", it.text)));
    lines
}

fn node(it: &Indicator, lines: &mut Vec<String>) {
    let name = &it.name;
    lines.extend((it.method == Some(Method::Assessed)).then(|| format!("assessed {name}")));
    lines.extend(it.highest.then(|| format!("highest under {name}")));
    lines.extend(it.assessor.iter().map(|it| format!("assessor {it} of {name}")));
    lines.extend(it.responsible.iter().map(|it| format!("responsible {it} for {name}")));
    lines.extend(it.formula.iter().map(|it| format!("formula {it} under {name}")));
    lines.extend(it.periods.iter().map(|it| format!("periods {} under {name}", it.name())));
    lines.extend(it.notes.iter().map(|it| format!("note {it} under {name}")));
    rules(&it.rules, name, lines);
    it.indicators.iter().for_each(|it| node(it, lines));
}

fn rules(rules: &[Rule], under: &str, lines: &mut Vec<String>) {
    for it in rules {
        lines.extend(it.except.iter().map(|it| format!("except {it} under {under}")));
        lines.extend(it.formula.iter().map(|it| format!("formula {it} under {under}")));
    }
    lines.extend(rules.iter().any(|it| it.highest).then(|| format!("highest under {under}")));
}
