//! Findings for a terminal.
//!
//! ```text
//! error[band-gap]: no grade holds the scores from 89 to 90
//!   --> 第3页 第12段
//!    |
//!    | …优秀等次：90分以上；良好等次：80—89分…
//!    |                       ^^^^^^^^^^^^^^^^
//!    = help: ask the office that issued the notice which grade they belong to
//! ```

use crate::{
    diagnostic::{
        Finding, Label, Severity,
        columns::{char_width, cut, visible, width, wrap},
    },
    message::Catalogue,
    source::Span,
};

/// The columns that are kept for what stands before a long underlined part.
const CONTEXT: usize = 12;

/// How findings are shown.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// The language.
    pub words: &'static Catalogue,
    /// Whether with colours.
    pub color: bool,
    /// The columns of the terminal.
    pub columns: usize,
    /// Whether messages are broken over lines: on a terminal, but not for those who search in a file.
    pub wrapped: bool,
}

/// The lines of a document's text, to be found by the number of a character.
#[derive(Debug, Clone, Default)]
pub struct Lines<'a>(Vec<(u32, &'a str)>);

impl<'a> Lines<'a> {
    /// Counts the lines of a text.
    #[must_use]
    pub fn of(text: &'a str) -> Self {
        let mut next = 0_u32;
        let lines = text.split('\n').map(|line| {
            let start = next;
            let chars = u32::try_from(line.chars().count()).unwrap_or(u32::MAX);
            next = start.saturating_add(chars).saturating_add(1);
            (start, line)
        });
        Self(lines.collect())
    }

    /// The line that holds the beginning of a span, and the part of the line that the span covers.
    fn around(&self, span: Span) -> Option<Excerpt> {
        let nth = self.0.partition_point(|it| it.0 <= span.start).checked_sub(1)?;
        let (start, line) = self.0.get(nth)?;
        let mut chars = line.chars();
        let before: String = chars.by_ref().take((span.start - start) as usize).collect();
        let part: String = chars.by_ref().take(span.len() as usize).collect();
        (!part.is_empty()).then(|| Excerpt {
            before: visible(&before),
            part: visible(&part),
            after: visible(chars.as_str()),
        })
    }
}

/// A line of a document, of which a part is underlined.
#[derive(Debug)]
struct Excerpt {
    before: String,
    part: String,
    after: String,
}

impl Excerpt {
    /// Cuts a long line to the underlined part and what stands around it; a long part to its beginning.
    fn fit(&mut self, columns: usize) {
        if width(&self.before) + width(&self.part) + width(&self.after) <= columns {
            return;
        }
        let room = columns.saturating_sub(CONTEXT).max(CONTEXT);
        if width(&self.part) > room {
            self.part = cut(&self.part, room);
            self.after = String::new();
        }
        let free = columns.saturating_sub(width(&self.part));
        let left = (free / 2).max(free.saturating_sub(width(&self.after)));
        if width(&self.before) > left {
            self.before = format!("…{}", tail(&self.before, left.saturating_sub(1)));
        }
        self.after = cut(&self.after, free.saturating_sub(width(&self.before)));
    }
}

/// The end of a text that fits into a number of columns.
fn tail(text: &str, columns: usize) -> String {
    let mut used = 0;
    let fits = |it: &char| {
        used += char_width(*it);
        used <= columns
    };
    let kept: Vec<char> = text.chars().rev().take_while(fits).collect();
    kept.into_iter().rev().collect()
}

/// The message of a finding in a language: the catalogue's, or the one that the finding brought with it.
#[must_use]
pub fn message(finding: &Finding, words: &Catalogue) -> String {
    let key = format!("finding.{}", finding.code);
    match &finding.message {
        Some(message) if finding.args.is_empty() || !words.has(&key) => message.clone(),
        _ => words.with(&key, &finding.args),
    }
}

/// What a person should do about a finding, where the catalogue knows.
#[must_use]
pub fn help(finding: &Finding, words: &Catalogue) -> Option<String> {
    let key = format!("finding.{}.help", finding.code);
    words.has(&key).then(|| words.with(&key, &finding.args))
}

/// Shows one finding, ending with a line feed. With the document's lines at hand, its words are underlined in their line.
#[must_use]
pub fn render(finding: &Finding, lines: Option<&Lines<'_>>, style: Style) -> String {
    let words = style.words;
    let paint = Paint { color: style.color };
    let tone = tone(finding.severity);
    let severity = words.term(severity_name(finding.severity));
    let colon = words.words("punctuation.colon");
    let name = format!("{severity}[{}]", visible(&finding.code));
    let message = format!("{name}{colon}{}", visible(&message(finding, words)));
    let columns = if style.wrapped { style.columns } else { usize::MAX };
    let mut res = String::new();
    for line in wrap(&message, columns) {
        let (head, rest) = line.strip_prefix(&name).map_or(("", line.as_str()), |it| (&*name, it));
        res.push_str(&format!("{}{}\n", paint.over(tone, head), paint.over(BOLD, rest)));
    }
    if !finding.at.is_empty() {
        res.push_str(&format!("  {} {}\n", paint.over(DIM, "-->"), visible(&finding.at)));
    }
    let bar = paint.over(DIM, "|");
    for line in quote(finding, lines, style, tone) {
        res.push_str(&format!("   {bar} {line}\n"));
    }
    for label in &finding.labels {
        push_note(&mut res, &label_text(label, words), style);
    }
    if let Some(help) = help(finding, words) {
        push_note(&mut res, &format!("{}{colon}{}", words.term("help"), visible(&help)), style);
    }
    res
}

/// The name of a severity, which is also its term.
#[must_use]
pub const fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn label_text(label: &Label, words: &Catalogue) -> String {
    let text = words.text(label.key, &[("quote", &label.quote), ("at", &label.at)]);
    let place = if label.at.is_empty() { String::new() } else { format!(" ({})", label.at) };
    visible(&format!("{text}{place}{}{}", words.words("punctuation.colon"), label.quote))
}

fn push_note(res: &mut String, text: &str, style: Style) {
    let sign = Paint { color: style.color }.over(DIM, "=");
    for (nth, line) in wrap(text, style.columns.saturating_sub(5).max(20)).iter().enumerate() {
        let lead = if nth == 0 { sign.as_str() } else { " " };
        res.push_str(&format!("   {lead} {line}\n"));
    }
}

/// The lines under the place: the document's line with its underlined part, or the quote alone.
fn quote(
    finding: &Finding,
    lines: Option<&Lines<'_>>,
    style: Style,
    tone: &'static str,
) -> Vec<String> {
    let columns = style.columns.saturating_sub(5).max(20);
    let found = lines.zip(finding.span).and_then(|(lines, span)| lines.around(span));
    let Some(mut excerpt) = found else {
        let quote = visible(&finding.quote);
        return if quote.is_empty() { Vec::new() } else { wrap(&quote, columns) };
    };
    excerpt.fit(columns);
    let carets = "^".repeat(width(&excerpt.part).max(1));
    let under = Paint { color: style.color }.over(tone, &carets);
    vec![
        format!("{}{}{}", excerpt.before, excerpt.part, excerpt.after),
        format!("{}{under}", " ".repeat(width(&excerpt.before))),
    ]
}

const BOLD: &str = "1";
const DIM: &str = "2";

const fn tone(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "1;31",
        Severity::Warning => "1;33",
        Severity::Note => "1;36",
    }
}

/// Wraps a text in the codes of a colour, or not.
#[derive(Debug, Clone, Copy)]
struct Paint {
    color: bool,
}

impl Paint {
    fn over(self, code: &str, text: &str) -> String {
        if self.color && !text.is_empty() {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{diagnostic::Confidence, message::Lang};

    fn style(columns: usize) -> Style {
        Style { words: Catalogue::get(Lang::En), color: false, columns, wrapped: false }
    }

    /// The words over the carets.
    fn underlined(shown: &str) -> String {
        let lines: Vec<&str> = shown.lines().collect();
        let nth = lines.iter().position(|it| it.contains('^')).unwrap();
        let from = width(lines[nth].split('^').next().unwrap());
        let to = width(lines[nth]);
        let mut at = 0;
        let mut words = String::new();
        for it in lines[nth - 1].chars() {
            if at >= from && at < to {
                words.push(it);
            }
            at += char_width(it);
        }
        words
    }

    fn finding() -> Finding {
        Finding::new("no-such-code", Severity::Error).arg("n", 3).at("第1页 第2段", "良好：80—89分")
    }

    #[test]
    fn carets_stand_under_the_words() {
        let text = "一、等次\n优秀：90分以上，良好：80—89分，其余不合格\n二、其他";
        for (words, columns) in
            [("良好", 80), ("80—89分", 80), ("不合格", 80), ("优秀", 80), ("良好", 30)]
        {
            let before = text.split_once(words).unwrap().0;
            let start = u32::try_from(before.chars().count()).unwrap();
            let span = Span::new(start, start + u32::try_from(words.chars().count()).unwrap());
            let shown = render(&finding().span(span), Some(&Lines::of(text)), style(columns));
            assert_eq!(underlined(&shown), words, "{shown}");
            assert!(shown.lines().skip(1).all(|it| width(it) <= columns), "{shown}");
        }
    }

    #[test]
    fn a_long_line_is_cut_around_the_words() {
        let text = format!("{}缺1次扣分{}", "前".repeat(300), "后".repeat(300));
        let shown =
            render(&finding().span(Span::new(300, 305)), Some(&Lines::of(&text)), style(60));
        assert_eq!(underlined(&shown), "缺1次扣分");
        assert!(shown.lines().skip(1).all(|it| width(it) <= 60), "{shown}");
        assert!(shown.contains("…前") && shown.contains("后…"), "{shown}");
    }

    #[test]
    fn a_long_part_is_cut_and_the_message_broken() {
        let text = format!("一、{}。", "扣".repeat(200));
        let style = Style { wrapped: true, ..style(60) };
        let finding = finding().arg("long", "长".repeat(100)).span(Span::new(2, 202));
        let shown = render(&finding, Some(&Lines::of(&text)), style);
        assert!(shown.lines().all(|it| width(it) <= 60), "{shown}");
        assert!(underlined(&shown).starts_with("扣扣") && shown.contains("一、扣"), "{shown}");
        assert_eq!(shown.matches('长').count(), 100, "{shown}");
    }

    #[test]
    fn without_the_document_the_quote_stands_alone() {
        let shown = render(&finding(), None, style(80));
        assert_eq!(
            shown,
            "error[no-such-code]: finding.no-such-code (n=3)\n  --> 第1页 第2段\n   | 良好：80—89分\n"
        );
    }

    #[test]
    fn a_span_beyond_the_text_is_no_excerpt() {
        let beyond = finding().span(Span::new(900, 905));
        let shown = render(&beyond, Some(&Lines::of("短")), style(80));
        assert!(shown.contains("良好：80—89分"), "{shown}");
    }

    #[test]
    fn colours_are_asked_for() {
        let plain = render(&finding(), None, style(80));
        let coloured = render(&finding(), None, Style { color: true, ..style(80) });
        assert!(
            !plain.contains('\u{1b}')
                && coloured.contains("\u{1b}[1;31merror[no-such-code]\u{1b}[0m")
        );
    }

    #[test]
    fn a_message_of_its_own_yields_to_the_catalogue() {
        let words = Catalogue::get(Lang::En);
        let mut stored = Finding::new("no-such-code", Severity::Note).confidence(Confidence::Low);
        stored.message = Some("现成的消息".to_owned());
        assert_eq!(message(&stored, words), "现成的消息");
    }
}
