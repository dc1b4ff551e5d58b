//! Document to outline.

use crate::{
    document::{
        self, Document, Paragraph,
        folded::{Folded, Letters},
    },
    outline::{
        Block, Line, LineKind, Outline, header,
        number::{self, Stack},
        table::Rubric,
    },
};

/// Reads how a document is built.
#[must_use]
pub fn read(document: &Document, letters: &Letters<'_>) -> Outline {
    let mut stack = Stack::default();
    let mut blocks = Vec::with_capacity(document.blocks.len());
    for (nth, block) in document.blocks.iter().enumerate() {
        match block {
            document::Block::Paragraph(paragraph) => {
                let next_is_table =
                    matches!(document.blocks.get(nth + 1), Some(document::Block::Table(_)));
                blocks.push(Block::Line(line(paragraph, next_is_table, &mut stack)));
            }
            document::Block::Table(table) => {
                let before = match blocks.last() {
                    Some(Block::Table(before)) => Some(before),
                    _ => None,
                };
                let rubrics = Rubric::all(table, before);
                blocks.extend(rubrics.into_iter().map(Block::Table));
            }
        }
    }
    list_attachments(&mut blocks);
    join_titles(&mut blocks);
    let header = header::read(&blocks, letters);
    Outline { header, blocks }
}

/// Reads one paragraph.
fn line(paragraph: &Paragraph, next_is_table: bool, stack: &mut Stack) -> Line {
    let full = Folded::new(&paragraph.full_text(), paragraph.span.start);
    let place = paragraph.place;
    let level = paragraph.style.heading;
    let heading = level.is_some();
    let plain = |kind, depth, text| Line { kind, number: None, depth, heading, text, place };
    if is_attachment(&full.text) {
        stack.clear();
        return plain(LineKind::Attachment, 0, full);
    }
    if lists_attachments(&full.text) {
        return plain(LineKind::AttachmentList, stack.depth(), full);
    }
    if let Some((number, length)) = number::read(&full.text) {
        let depth = stack.push(number, level);
        let text = full.slice(length..full.text.len());
        let kind = LineKind::Numbered;
        return Line { kind, number: Some(number), depth, heading, text, place };
    }
    if next_is_table && is_table_number(&full.text) {
        return plain(LineKind::Plain, stack.depth(), full);
    }
    stack.close(level);
    // #### 技能竞赛类 below ## 2.3 竞赛比武（10分）, 评价依据:工作任务书 before its table.
    let caption = next_is_table && is_caption(&full.text) && stack.has_headings();
    if (heading && stack.depth() > 0 || caption) && !is_title(&full.text) {
        return plain(LineKind::Plain, stack.depth(), full);
    }
    if heading || is_title(&full.text) || (next_is_table && is_caption(&full.text)) {
        stack.clear();
        return plain(LineKind::Title, 0, full);
    }
    plain(LineKind::Plain, stack.depth(), full)
}

/// Whether a line begins the list of attachments: 附件:1.评分表 2.考核表.
fn lists_attachments(text: &str) -> bool {
    let text = text.trim_start_matches(['-', '*', '·']);
    let rest = text.strip_prefix("附件").and_then(|it| it.strip_prefix(':'));
    rest.is_some_and(|it| number::read(it).is_some() || it.contains("2."))
}

/// Whether a line is the head of an attachment: 附件2, 附表1:评分表; not 附件:1.评分表2.考核表, which lists them.
fn is_attachment(text: &str) -> bool {
    let rest = ["附件", "附表", "附录", "附"].iter().find_map(|it| text.strip_prefix(it));
    let Some(rest) = rest else { return false };
    let after = rest
        .trim_start_matches(|it: char| it.is_ascii_digit() || "一二三四五六七八九十-".contains(it));
    let numbered = after.len() < rest.len();
    let lists = number::read(after.trim_start_matches(':')).is_some() || after.contains("2.");
    let short = text.chars().count() <= 50 && !text.contains('。');
    short
        && !lists
        && (after.is_empty()
            || (numbered && (after.starts_with(':') || is_title(after)))
            || (after.starts_with(':') && is_title(after)))
}

/// The words with which titles of measures and annexes end.
const TITLE_ENDS: &[&str] = &[
    "办法",
    "细则",
    "标准",
    "方案",
    "清单",
    "分值",
    "指标",
    "体系",
    "意见",
    "规定",
    "制度",
    "规范",
    "指引",
    "规则",
    "通知",
    "条例",
    "评分表",
    "考核表",
    "考评表",
    "计分表",
    "一览表",
    "评价表",
    "明细表",
    "任务表",
    "任务书",
    "责任书",
    "项目表",
    "指标表",
    "细则表",
    "标准表",
    "评定表",
    "测评表",
    "评审表",
    "评估表",
    "审查表",
    "检查表",
    "核查表",
    "核验表",
    "督查表",
    "打分表",
    "记分表",
    "量化表",
    "积分表",
    "考核内容及评分标准",
    "要点",
    "办法(试行)",
    "细则(试行)",
    "规范(试行)",
    "方案(试行)",
    "标准(试行)",
    "规定(试行)",
    "制度(试行)",
    "(暂行)",
    "评分标准)",
    "总则",
    "附则",
];

/// Whether a line without a number looks like a title.
#[must_use]
pub fn is_title(text: &str) -> bool {
    let length = text.chars().count();
    (4..=60).contains(&length)
        && !text.contains(['。', ';', '；'])
        && !text.ends_with([':', ',', '、'])
        && TITLE_ENDS.iter().any(|it| text.ends_with(it))
        && !text.starts_with(['按', '根', '为', '依'])
}

/// 表1 alone: the number of a table within its section, which opens no part of its own.
fn is_table_number(text: &str) -> bool {
    let digit = |it: char| it.is_ascii_digit() || "一二三四五六七八九十-.".contains(it);
    text.strip_prefix('表').is_some_and(|it| !it.is_empty() && it.chars().all(digit))
}

/// Whether a line before a table can be its caption.
fn is_caption(text: &str) -> bool {
    let length = text.chars().count();
    let label = text.split_once(':').map_or("", |it| it.0);
    let remark =
        ["依据", "备注", "说明", "注", "部门", "单位", "时间"].iter().any(|it| label.ends_with(it));
    (2..=40).contains(&length)
        && !remark
        && !text.contains(['。', ';', ','])
        && !text.ends_with([':', '、'])
}

/// The numbered lines after the first line of a list of attachments belong to the list.
fn list_attachments(blocks: &mut [Block]) {
    let mut within = false;
    for block in blocks {
        let Block::Line(line) = block else {
            within = false;
            continue;
        };
        let goes_on = line.kind == LineKind::Numbered && !line.text.text.contains(['。', ';']);
        if within && goes_on {
            line.kind = LineKind::AttachmentList;
        }
        within = line.kind == LineKind::AttachmentList;
    }
}

/// Joins titles that run over two lines: the second line goes on where the first has no end of its own.
fn join_titles(blocks: &mut Vec<Block>) {
    let mut nth = 1;
    while nth < blocks.len() {
        let joins = match (blocks.get(nth - 1), blocks.get(nth)) {
            (Some(Block::Line(first)), Some(Block::Line(second))) => continues_title(first, second),
            _ => false,
        };
        if joins && let Block::Line(second) = blocks.remove(nth) {
            if let Some(Block::Line(first)) = blocks.get_mut(nth - 1) {
                first.text.append(&second.text);
                first.kind = LineKind::Title;
                first.depth = 0;
            }
        } else {
            nth += 1;
        }
    }
}

/// Whether a title line goes on in the next one.
fn continues_title(first: &Line, second: &Line) -> bool {
    let text = &first.text.text;
    let length = text.chars().count();
    let open = first.kind == LineKind::Plain
        && (6..=32).contains(&length)
        && !text.contains(['。', ',', ';', ':', '(', '、', '〔', '['])
        && !text.ends_with(|it: char| it.is_ascii_digit() || it == '日' || it == '号')
        && !header::is_document_word(text);
    let office = header::is_office(text);
    let opens_title =
        text.starts_with("关于") || text.contains("年度") || office || text.starts_with("印发");
    open && opens_title
        && second.kind == LineKind::Title
        && !second.text.text.starts_with("关于")
        && second.text.text.chars().count() <= 40
}
