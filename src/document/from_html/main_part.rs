//! Finds the notice on a web page, among navigation, sidebars and links.
//!
//! First what is the page's frame is taken away: navigation by its tags, blocks that are mostly links, lines such as
//! 当前位置 and 上一篇. Then the search goes down from the body as long as one part holds nearly all of what is left.

use super::tree::{Element, Part};

/// A block with at least so many links, and a share of linked characters above [`LINKED_SHARE`], is navigation.
const LEAST_LINKS: usize = 3;
/// In hundredths.
const LINKED_SHARE: usize = 60;
/// The share of text, in hundredths, with which one part is all that matters of its parent.
const MAIN_SHARE: usize = 80;
/// A page with fewer links is a saved document, not a site's page.
const LEAST_SITE_LINKS: usize = 5;
/// A line of the frame is no longer than this.
const MAX_FRAME_LINE: usize = 160;

/// Elements that are the frame of a page.
const FRAME: [&str; 3] = ["nav", "aside", "footer"];
/// What lines of the frame begin with.
const FRAME_WORDS: [&str; 26] = [
    "当前位置",
    "您的位置",
    "您现在的位置",
    "您所在的位置",
    "所在位置",
    "首页",
    "发布时间",
    "发布日期",
    "发表时间",
    "浏览次数",
    "阅读次数",
    "点击数",
    "访问量",
    "字号",
    "字体",
    "打印本页",
    "【打印",
    "打印",
    "关闭窗口",
    "【关闭",
    "分享到",
    "扫一扫",
    "上一篇",
    "下一篇",
    "上一条",
    "下一条",
];

/// The part of a page that holds the notice, its title, and how many characters of the page are left out.
pub(super) fn find(body: Element, titles: &[String]) -> (Option<String>, Element, usize) {
    if body.links < LEAST_SITE_LINKS {
        return (None, body, 0);
    }
    let all = body.chars;
    let body = without_frame(body);
    let mut before: Vec<String> = Vec::new();
    let main = descend(body, &mut before);
    let title = title(&main, &before, titles);
    let kept = main.chars
        + title.as_ref().map_or(0, |it| it.chars().filter(|it| !it.is_whitespace()).count());
    (title, main, all.saturating_sub(kept))
}

/// Takes away the parts of an element that frame the page.
fn without_frame(element: Element) -> Element {
    let mut kept = Element { parts: Vec::new(), chars: 0, linked: 0, links: 0, ..element };
    for part in element.parts {
        match part {
            Part::Text(it) => {
                kept.chars += it.chars().filter(|it| !it.is_whitespace()).count();
                kept.parts.push(Part::Text(it));
            }
            Part::Element(it) if is_frame(&it) => {}
            Part::Element(it) => {
                let it = if it.name == "a" { it } else { without_frame(it) };
                kept.chars += it.chars;
                kept.linked += it.linked;
                kept.links += it.links;
                kept.parts.push(Part::Element(it));
            }
        }
    }
    if kept.name == "a" {
        kept.linked = kept.chars;
        kept.links = 1;
    }
    kept
}

fn is_frame(element: &Element) -> bool {
    if FRAME.contains(&element.name.as_str()) || element.attribute("role") == Some("navigation") {
        return true;
    }
    let is_block = !matches!(
        element.name.as_str(),
        "a" | "br" | "hr" | "td" | "th" | "tr" | "tbody" | "thead" | "table"
    );
    if !is_block || element.chars == 0 {
        return false;
    }
    let text = if element.chars <= MAX_FRAME_LINE { element.text() } else { String::new() };
    // A list of attachments is all links, and the notice's own.
    let is_list =
        element.links >= LEAST_LINKS && element.linked * 100 >= element.chars * LINKED_SHARE;
    let is_line = FRAME_WORDS.iter().any(|it| text.starts_with(it)) && !text.contains('。');
    is_list && !element.text().contains("附件") || is_line
}

/// Goes down to the part that holds nearly all text; what stands before it on the way is kept by lines.
fn descend(element: Element, before: &mut Vec<String>) -> Element {
    let weight = |it: &Element| it.chars - it.linked;
    let whole = weight(&element);
    let is_main = |it: &Part| match it {
        Part::Element(it) => weight(it) * 100 >= whole * MAIN_SHARE && may_hold_notice(it),
        Part::Text(_) => false,
    };
    let Some(at) = element.parts.iter().position(is_main) else { return element };
    for part in element.parts.iter().take(at) {
        if let Part::Element(it) = part {
            lines(it, before);
        }
    }
    match element.parts.into_iter().nth(at) {
        Some(Part::Element(it)) => descend(it, before),
        _ => Element::default(),
    }
}

fn may_hold_notice(element: &Element) -> bool {
    let name = element.name.as_str();
    let is_part = matches!(name, "tbody" | "thead" | "tr" | "td" | "th");
    is_part
        || matches!(
            name,
            "div" | "section" | "article" | "main" | "center" | "form" | "blockquote" | "fieldset"
        )
        || name == "table" && super::table::is_layout(element)
}

/// The texts of the innermost blocks of an element.
fn lines(element: &Element, out: &mut Vec<String>) {
    const BLOCKS: [&str; 12] =
        ["div", "p", "h1", "h2", "h3", "h4", "td", "tr", "table", "section", "header", "li"];
    if element.holds(&BLOCKS) {
        element.elements().for_each(|it| lines(it, out));
    } else if element.chars > 0 {
        out.push(element.text());
    }
}

/// The title of the notice, where it stands before the notice itself: the last line that the page's own title holds.
fn title(main: &Element, before: &[String], titles: &[String]) -> Option<String> {
    const LEAST_CHARS: usize = 5;
    let bare = |it: &str| it.chars().filter(|it| !it.is_whitespace()).collect::<String>();
    let is_title = |it: &&String| {
        let line = bare(it);
        line.chars().count() >= LEAST_CHARS && titles.iter().any(|it| bare(it).starts_with(&line))
    };
    let title = before.iter().rev().find(is_title)?;
    let head: String = bare(&main.text()).chars().take(400).collect();
    (!head.contains(&bare(title))).then(|| title.clone())
}
