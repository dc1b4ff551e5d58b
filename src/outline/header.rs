//! Header data: title, issuer, document number, date, year.

use crate::{
    document::folded::{Folded, Letters, fold_blanks},
    number,
    outline::{Block, Line, LineKind, from_document::is_title, table::RubricCell},
    pattern::pattern,
    source::{Place, Span},
};

/// What a document says of itself, in its own words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Header {
    /// The measure's own title.
    pub title: Option<Words>,
    /// The office that issued it.
    pub issuer: Option<String>,
    /// The document number.
    pub number: Option<String>,
    /// The date of the signature, YYYY-MM-DD.
    pub date: Option<String>,
    /// The year that is assessed.
    pub year: Option<String>,
    /// The document that it replaces.
    pub replaces: Option<String>,
}

/// Words with their place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// The words.
    pub text: String,
    /// Their characters in the document's text.
    pub span: Span,
    /// Where they stand.
    pub place: Place,
}

/// Reads the header data of a document from its lines.
#[must_use]
pub fn read(blocks: &[Block], letters: &Letters<'_>) -> Header {
    let lines: Vec<&Line> = blocks
        .iter()
        .filter_map(|it| match it {
            Block::Line(line) => Some(line),
            Block::Table(_) => None,
        })
        .collect();
    let title = title(&lines, blocks, letters);
    let year = title.as_ref().and_then(|it| year(&it.text));
    let (issuer, date) = signature(&lines, letters);
    let issuer = issuer
        .or_else(|| letterhead(&lines, letters))
        .or_else(|| title.as_ref().and_then(|it| office_before(&it.text)));
    Header {
        title,
        issuer,
        number: document_number(&lines, letters),
        date,
        year,
        replaces: replaces(&lines, letters),
    }
}

pattern!(
    number_pattern,
    needs: &[&["号"], &["[", "("]],
    r"[^,。:;《》()\[\]0-9]{1,14}[\[(](?:19|20)[0-9]{2}[\])]第?[0-9]{1,4}号");
pattern!(
    date_pattern,
    needs: &[&["年"], &["月"], &["日"]],
    r"((?:19|20)[0-9]{2}|二[〇○零0][0-9〇○零一二三四五六七八九]{2})年([0-9]{1,2}|[一二三四五六七八九十]{1,2})月([0-9]{1,2}|[一二三四五六七八九十]{1,3})日"
);
pattern!(year_pattern, needs: &[&["19", "20"], &["年"]], r"((?:19|20)[0-9]{2})(?:-(?:20)?[0-9]{2})?(?:年|学年)");
pattern!(replaced_pattern, needs: &[&["废止"]], r"《([^《》]+)》[^《》。]{0,30}(?:同时|予以)?废止");

/// The document number: a line of its own, or at the head of the document.
fn document_number(lines: &[&Line], letters: &Letters<'_>) -> Option<String> {
    let mut candidates = lines.iter().enumerate().filter_map(|(nth, line)| {
        let text = &line.text.text;
        let found = number_pattern().find(text)?;
        let quoted = text.get(..found.start())?.contains('《');
        let alone = text.chars().count() <= found.as_str().chars().count() + 12;
        (!quoted && (alone || nth < 4)).then(|| {
            let start = found.start() + issuer_prefix(found.as_str());
            fold_blanks(&line.text.original(start..found.end(), letters))
        })
    });
    candidates.next()
}

/// Words before a document number that are not its own (文件 of 某某文件某发〔2025〕3号).
fn issuer_prefix(number: &str) -> usize {
    number.find("文件").map_or(0, |at| at + "文件".len())
}

/// The office and the date of the signature: a date on a line of its own with the office above, else the printing's date.
fn signature(lines: &[&Line], letters: &Letters<'_>) -> (Option<String>, Option<String>) {
    let mut printed = (None, None);
    for (nth, line) in lines.iter().enumerate() {
        let text = &line.text.text;
        let Some(found) = date_pattern().find(text) else { continue };
        let rest = text.chars().count() - found.as_str().chars().count();
        let before = text.get(..found.start()).unwrap_or_default();
        let date = date(found.as_str());
        if text.get(found.end()..).is_some_and(|it| it.starts_with("印发")) {
            if printed.1.is_none() {
                let office = is_office(before)
                    .then(|| line.text.original(0..found.start(), letters))
                    .map(|it| office_of_secretariat(&it));
                printed = (office, date);
            }
        } else if rest == 0 || (is_office(before) && rest == before.chars().count()) {
            let office = if rest == 0 {
                office_above(lines, nth, letters)
            } else {
                Some(line.text.original(0..found.start(), letters))
            };
            return (office, date);
        }
    }
    printed
}

/// The secretariat prints for its office.
fn office_of_secretariat(office: &str) -> String {
    office.strip_suffix("秘书处").unwrap_or(office).to_owned()
}

/// The office on the line above a date.
fn office_above(lines: &[&Line], nth: usize, letters: &Letters<'_>) -> Option<String> {
    let line = lines.get(nth.checked_sub(1)?)?;
    let whole = 0..line.text.text.len();
    is_office(&line.text.text).then(|| line.text.original(whole, letters))
}

/// The words with which names of offices end.
const OFFICE_ENDS: &[&str] = &[
    "办公室",
    "委员会",
    "政府",
    "局",
    "协会",
    "领导小组",
    "分行",
    "支行",
    "总行",
    "银行",
    "公司",
    "学校",
    "医院",
    "中心",
    "党委",
    "党组",
    "工委",
    "管委会",
    "厅",
    "部",
    "院",
    "党工委",
    "办事处",
    "联合会",
    "秘书处",
    "大学",
    "中学",
    "小学",
    "集团",
    "指挥部",
    "支队",
    "大队",
    "总队",
    "纪委",
    "监委",
    "街道",
    "社",
    "站",
    "所",
    "署",
    "会",
];

/// Whether words are the name of an office.
#[must_use]
pub fn is_office(text: &str) -> bool {
    let length = text.chars().count();
    (3..=40).contains(&length)
        && !text.contains(['。', ',', ';', ':', '(', '《'])
        && OFFICE_ENDS.iter().any(|it| text.ends_with(it))
        && !["各", "附", "第", "抄送", "主送", "由"].iter().any(|it| text.starts_with(it))
}

/// Whether a line is the letterhead 某某文件.
#[must_use]
pub fn is_document_word(text: &str) -> bool {
    text.ends_with("文件")
}

/// The office of the letterhead: 某某办公室文件, or 某某关于印发…的通知.
fn letterhead(lines: &[&Line], letters: &Letters<'_>) -> Option<String> {
    for line in lines.iter().take(8) {
        let text = &line.text.text;
        if let Some(office) = text.strip_suffix("文件").filter(|it| is_office(it)) {
            return Some(line.text.original(0..office.len(), letters));
        }
        if let Some(at) = text.find("关于").filter(|it| *it > 0)
            && is_office(text.get(..at)?)
            && (text.ends_with("通知") || text.ends_with("意见"))
        {
            return Some(line.text.original(0..at, letters));
        }
    }
    None
}

/// The office that a title begins with: 某某分行个金客户经理管理考核办法.
fn office_before(title: &str) -> Option<String> {
    let ends = [
        "分行",
        "支行",
        "银行",
        "公司",
        "医院",
        "学校",
        "大学",
        "中学",
        "小学",
        "协会",
        "集团",
        "管委会",
        "办事处",
    ];
    let end = ends.iter().filter_map(|it| title.find(it).map(|at| at + it.len())).max()?;
    title.get(..end).filter(|it| it.len() < title.len()).map(str::to_owned)
}

/// A date as YYYY-MM-DD.
fn date(text: &str) -> Option<String> {
    let parts = date_pattern().captures(text)?;
    let read = |it: usize| {
        let digits: String =
            parts.get(it)?.as_str().chars().map(|it| if it == '○' { '〇' } else { it }).collect();
        number::read(&digits).and_then(|it| u32::try_from(it).ok())
    };
    let (year, month, day) = (read(1)?, read(2)?, read(3)?);
    ((1..=12).contains(&month) && (1..=31).contains(&day))
        .then(|| format!("{year:04}-{month:02}-{day:02}"))
}

/// The year that a title names.
fn year(title: &str) -> Option<String> {
    let folded = Folded::new(title, 0);
    Some(year_pattern().captures(&folded.text)?.get(1)?.as_str().to_owned())
}

/// The document that this one replaces.
fn replaces(lines: &[&Line], letters: &Letters<'_>) -> Option<String> {
    lines.iter().find_map(|line| {
        let found = replaced_pattern().captures(&line.text.text)?.get(1)?;
        Some(line.text.original(found.range(), letters))
    })
}

/// The measure's own title: the title line that most looks like an assessment measure, not the notice that carries it.
fn title(lines: &[&Line], blocks: &[Block], letters: &Letters<'_>) -> Option<Words> {
    let carried = carried_titles(lines);
    let first_table = blocks.iter().position(|it| matches!(it, Block::Table(_)));
    let before_table = blocks
        .iter()
        .take(first_table.unwrap_or(blocks.len()))
        .filter(|it| matches!(it, Block::Line(_)))
        .count();
    let mut best: Option<(i32, &Line)> = None;
    for (nth, &line) in lines.iter().enumerate() {
        let score = title_score(line, nth, nth < before_table, &carried);
        if let Some(score) = score
            && best.is_none_or(|it| score > it.0)
        {
            best = Some((score, line));
        }
    }
    let Some((_, line)) = best else { return table_title(blocks, letters) };
    let range = title_range(&line.text.text);
    Some(Words {
        text: line.text.original(range.clone(), letters),
        span: line.text.span(range),
        place: line.place,
    })
}

/// The title in the first row of the first table, across it, where no line is one.
fn table_title(blocks: &[Block], letters: &Letters<'_>) -> Option<Words> {
    let table = blocks.iter().find_map(|it| match it {
        Block::Table(table) => Some(table),
        Block::Line(_) => None,
    })?;
    let across = |it: &&RubricCell| it.rows.start == 0 && it.columns.len() == table.columns.len();
    let cell = table.cells.iter().find(across).filter(|_| table.columns.len() > 1)?;
    let text = cell.name();
    let length = text.text.chars().count();
    let plain = (6..=60).contains(&length) && !text.text.contains(['。', ';', ':']);
    let looks = is_title(&text.text) || MEASURES.iter().any(|it| text.text.contains(it));
    let whole = 0..text.text.len();
    (plain && looks).then(|| Words {
        text: text.original(whole.clone(), letters),
        span: text.span(whole),
        place: cell.place,
    })
}

/// The title within its line: without 附件: before it, and without its full marks in brackets after it (满分100分).
fn title_range(text: &str) -> std::ops::Range<usize> {
    let start = if text.starts_with('附') { text.find(':').map_or(0, |it| it + 1) } else { 0 };
    let quoted = text.find('《').zip(text.find('》')).filter(|_| text.starts_with("关于"));
    let end = text.strip_suffix("分)").and_then(|it| it.rsplit_once('('));
    let end = end.filter(|it| it.1.ends_with(|it: char| it.is_ascii_digit()));
    let whole = || start..end.map_or(text.len(), |it| it.0.len()).max(start);
    quoted.map_or_else(whole, |(from, to)| from + '《'.len_utf8()..to)
}

/// The titles in 关于印发《…》的通知, folded.
fn carried_titles(lines: &[&Line]) -> Vec<String> {
    let mut titles = Vec::new();
    for line in lines.iter().take(30) {
        let text = &line.text.text;
        if !(text.contains("印发") || text.contains("发布")) {
            continue;
        }
        for part in text.split('《').skip(1) {
            titles.extend(part.split('》').next().map(str::to_owned));
        }
        if let Some((_, rest)) = text.split_once("关于印发")
            && let Some(name) = rest.strip_suffix("的通知")
        {
            titles.push(name.trim_matches(['《', '》']).to_owned());
        }
    }
    titles
}

/// The words of titles of assessment measures.
const MEASURES: &[&str] = &[
    "考核", "考评", "评价", "评估", "评分", "评级", "测评", "评议", "评定", "绩效", "计分", "奖惩",
    "积分",
];

/// How much a line looks like the title of an assessment measure; none if not at all.
fn title_score(line: &Line, nth: usize, before_table: bool, carried: &[String]) -> Option<i32> {
    let text = line.text.text.as_str();
    let body = text.get(title_range(text))?;
    let length = body.chars().count();
    // 现场审查表(四), 评分标准(2023年版): what the brackets at the end say is no word of its kind.
    let bare = text.strip_suffix(')').and_then(|it| it.rsplit_once('(')).map_or(text, |it| it.0);
    let looks = is_title(text) || is_title(bare) || carried.iter().any(|it| it == text);
    let first_line = nth == 0 && (5..=40).contains(&length) && !text.contains(['。', ',', ';']);
    if line.number.is_some() || !(looks || first_line) || length > 60 {
        return None;
    }
    let mut score = 0;
    if carried.iter().any(|it| it == body) {
        score += 6;
    }
    if MEASURES.iter().any(|it| body.contains(it)) {
        score += 5;
    }
    if ["办法", "细则", "指引", "规范", "方案", "规定", "制度"].iter().any(|it| body.contains(it))
    {
        score += 3;
    }
    if ["清单", "标准", "体系"].iter().any(|it| body.ends_with(it)) {
        score += 1;
    }
    if text.ends_with("通知") || text.ends_with("文件") || text.contains("印发") {
        score -= 6;
    }
    if line.kind == LineKind::Attachment || !before_table {
        score -= 3;
    }
    if text.ends_with("总则") || text.ends_with("附则") || length < 6 {
        score -= 6;
    }
    (score > 0 || (first_line && looks)).then_some(score)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_both_scripts() {
        assert_eq!(date("2021年8月19日").as_deref(), Some("2021-08-19"));
        assert_eq!(date("二〇二一年八月十九日").as_deref(), Some("2021-08-19"));
        assert_eq!(date("二○二一年十二月三十一日").as_deref(), Some("2021-12-31"));
        assert_eq!(date("2021年13月1日"), None);
    }

    #[test]
    fn a_number_of_a_document() {
        assert!(number_pattern().is_match("新考办发[2025]3号"));
        assert!(!number_pattern().is_match("12345号"));
    }
}
