//! Findings for programs: one JSON object a line.

use serde::Serialize;

use crate::{
    diagnostic::{Confidence, Finding, Severity, terminal},
    message::Catalogue,
};

/// The keys of a line, in their order; every key is always there.
#[derive(Debug, Serialize)]
struct Line<'a> {
    code: &'a str,
    severity: Severity,
    confidence: Confidence,
    message: String,
    at: &'a str,
    quote: &'a str,
    /// The id of the ruleset's item, or null.
    item: Option<&'a str>,
    /// What a person should do, or null.
    help: Option<String>,
}

/// One finding as one line, without a line feed. Codes and keys are the same in both languages; `message` and `help` are
/// in the given one.
#[must_use]
pub fn line(finding: &Finding, words: &Catalogue) -> String {
    let line = Line {
        code: &finding.code,
        severity: finding.severity,
        confidence: finding.confidence,
        message: terminal::message(finding, words),
        at: &finding.at,
        quote: &finding.quote,
        item: finding.item.as_deref(),
        help: terminal::help(finding, words),
    };
    serde_json::to_string(&line).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Lang;

    #[test]
    fn every_key_is_there_in_its_order() {
        let words = Catalogue::get(Lang::En);
        let finding = Finding::new("no-such-code", Severity::Warning).at("第2段", "他说\"好\"");
        let expected = concat!(
            r#"{"code":"no-such-code","severity":"warning","confidence":"high","#,
            r#""message":"finding.no-such-code","at":"第2段","quote":"他说\"好\"","#,
            r#""item":null,"help":null}"#
        );
        assert_eq!(line(&finding, words), expected);
        assert!(line(&finding.item("1.2-3"), words).contains(r#""item":"1.2-3""#));
    }
}
