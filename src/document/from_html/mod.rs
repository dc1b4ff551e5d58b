//! Web page to document: the notice without the site around it.
//!
//! ```text
//!  bytes ──▶ characters ──▶ sieve (bounds, looks, scripts) ──▶ tree ──▶ main part ──▶ paragraphs and tables
//! ```

mod blocks;
mod main_part;
mod sieve;
mod table;
mod tree;

use encoding_rs::Encoding;
use scraper::Html;

use self::tree::Element;
use crate::{
    diagnostic::{Finding, Findings, Severity},
    document::{
        Builder, Document, Format, ParagraphDraft, ReadError, Style, encoding, from_source::sha256,
    },
    source::Source,
};

/// Reads a web page.
///
/// # Errors
///
/// Fails where the page is no text, holds none, or passes a bound.
pub fn read(source: &Source, findings: &mut Findings) -> Result<Document, ReadError> {
    let page = encoding::decode(&source.bytes, stated_encoding(&source.bytes), findings)?;
    let titles = titles(&page);
    let body = Element::of_page(&Html::parse_document(&sieve::sift(&page)?));
    let (title, main, left_out) = main_part::find(body, &titles);
    if left_out > 0 {
        findings.push(Finding::new("page-frame-dropped", Severity::Note).arg("count", left_out));
    }
    let mut builder = Builder::default();
    if let Some(text) = title {
        let style = Style { heading: Some(1), centered: true, ..Style::default() };
        builder.paragraph(&ParagraphDraft { label: None, text, style });
    }
    blocks::lay(&main, &mut builder)?;
    let document = builder.finish(&source.name, Format::Html, sha256(&source.bytes), None);
    if document.text.is_empty() { Err(ReadError::Empty) } else { Ok(document) }
}

/// Lays what a piece of a page holds: a table that a converter has left in a text.
///
/// # Errors
///
/// Fails where it passes a bound.
pub(super) fn lay(piece: &str, builder: &mut Builder) -> Result<(), ReadError> {
    let page = Html::parse_document(&sieve::sift(piece)?);
    blocks::lay(&Element::of_page(&page), builder)
}

/// The encoding that a page states of itself.
fn stated_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    const HEAD: usize = 4096;
    let head = bytes.get(..HEAD).unwrap_or(bytes).to_ascii_lowercase();
    let head = String::from_utf8_lossy(&head);
    let labels = head.split("charset=").skip(1).chain(head.split("encoding=").skip(1));
    let label = |it: &str| {
        let it = it.trim_start_matches(['"', '\'', ' ']);
        let end = it
            .find(|it: char| !it.is_ascii_alphanumeric() && !matches!(it, '-' | '_'))
            .unwrap_or(it.len());
        Encoding::for_label(it.get(..end)?.as_bytes())
    };
    labels.into_iter().find_map(label)
}

/// What a page says that its title is: its `title`, and the title that content systems state in a `meta`.
fn titles(page: &str) -> Vec<String> {
    const HEAD: usize = 64 << 10;
    const MAX_TITLE: usize = 2_000;
    let lower = page.get(..page.floor_char_boundary(HEAD)).unwrap_or_default().to_ascii_lowercase();
    ["<title", "name=\"articletitle\""]
        .iter()
        .filter_map(|it| {
            let at = lower.find(it)?;
            let from = page.get(at..)?;
            // The start of the element, where the name stands in the midst of its tag.
            let snippet = from.get(..from.floor_char_boundary(MAX_TITLE))?;
            if it.starts_with('<') {
                let text = snippet.split_once('>')?.1.split_once("</")?.0;
                return Some(unescaped(text));
            }
            let content = snippet.split('>').next()?.split_once("content=")?.1;
            let quote = content.chars().next().filter(|it| matches!(it, '"' | '\''))?;
            Some(unescaped(content.split(quote).nth(1)?))
        })
        .collect()
}

/// A text without character references.
fn unescaped(text: &str) -> String {
    Html::parse_fragment(&text.replace('<', "&lt;")).root_element().text().collect()
}
