//! Tables: header rows, the role of each column, and cells by place.

use std::{borrow::Cow, collections::BTreeMap, ops::Range, sync::Arc};

use crate::{
    document::{Cell, Table, folded::Folded},
    number::Decimal,
    outline::number,
    pattern::pattern,
    source::Place,
    words::Glance,
};

/// A table with the roles of its columns.
#[derive(Debug, Clone, Default)]
pub struct Rubric {
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows below the header, repeated headers left out.
    pub rows: Vec<Row>,
    /// The cells of the table, from the first row to the last; the parts of one table share them.
    pub cells: Arc<[RubricCell]>,
    /// Those of the cells that stand in this part of the table.
    pub own: Range<usize>,
    /// The texts of the header row.
    pub header: Vec<String>,
    /// Where it stands.
    pub place: Place,
}

/// A column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Column {
    /// What it holds.
    pub role: Role,
    /// Its header, folded.
    pub header: String,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// 序号.
    Serial,
    /// 一级指标, 考核项目: a name in the tree.
    Name,
    /// 分值: points of the name before it.
    Points,
    /// 权重: a weight of the name before it.
    Weight,
    /// 评分标准: how points move.
    Criteria,
    /// 加减分: points that move, signed, with the condition in another column.
    Signed(Sign),
    /// 等次, 评级等级.
    Grade,
    /// 得分 beside 等次: the scores of a grade.
    Band,
    /// 国家级, 省级, 第一名: the points of the row's event at that level.
    Level,
    /// 一学年, 一学期: numbers of the row's event in a case that only the table names; points if its heading speaks of them.
    Case,
    /// 计分单位: the counted unit of the row.
    Unit,
    /// 考评单位.
    Assessor,
    /// 责任单位.
    Responsible,
    /// 得分, 自评: to be filled in.
    Form,
    /// Anything else: 考核要点, 备注.
    #[default]
    Text,
}

impl Role {
    /// Whether a column holds points, weights, or how points move.
    #[must_use]
    pub const fn scores(self) -> bool {
        matches!(self, Self::Points | Self::Weight | Self::Criteria | Self::Signed(_))
    }
}

/// Which way a signed column moves points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sign {
    /// 扣分.
    Deduct,
    /// 加分.
    Add,
    /// 加减分: the number's own sign.
    Either,
}

/// A row: the index of the cell in each column, several columns or rows may hold the same.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// The cell of each column.
    pub cells: Vec<Option<usize>>,
}

/// A cell.
#[derive(Debug, Clone, Default)]
pub struct RubricCell {
    /// Its paragraphs, each folded.
    pub lines: Vec<Folded>,
    /// Its rows of the table, counted with the header.
    pub rows: Range<u32>,
    /// Its columns.
    pub columns: Range<u32>,
    /// Where it stands.
    pub place: Place,
}

impl RubricCell {
    fn new(cell: &Cell) -> Self {
        let lines = cell.paragraphs.iter().map(|it| Folded::new(&it.full_text(), it.span.start));
        Self {
            lines: lines.filter(|it| !it.is_empty()).map(unquoted).collect(),
            rows: cell.row..cell.row + cell.row_span,
            columns: cell.column..cell.column + cell.column_span,
            place: cell.place,
        }
    }

    /// Whether it holds no text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Its text as a name: all lines joined.
    #[must_use]
    pub fn name(&self) -> Cow<'_, Folded> {
        if let [line] = self.lines.as_slice() {
            return Cow::Borrowed(line);
        }
        let mut name = Folded::default();
        self.lines.iter().for_each(|it| name.append(it));
        Cow::Owned(name)
    }

    /// The text of its name.
    #[must_use]
    pub fn words(&self) -> Cow<'_, str> {
        match self.lines.as_slice() {
            [line] => Cow::Borrowed(&line.text),
            lines => lines.iter().map(|it| it.text.as_str()).collect(),
        }
    }

    /// Its text as statements: a line that a sentence or an item ends stays one, a torn line is joined to the next.
    #[must_use]
    pub fn statements(&self) -> Cow<'_, Folded> {
        if let [line] = self.lines.as_slice() {
            return Cow::Borrowed(line);
        }
        let mut text = Folded::default();
        let prose = self.lines.iter().rev().skip(1).any(|it| it.text.contains(['。', ';']));
        let marked = self.lists_marks();
        let (mut complete, mut torn) = (false, false);
        for line in &self.lines {
            let runs_on = torn || prose && !complete && !text.text.ends_with(STOPS);
            if ends_line(&text.text, &line.text) && (!runs_on || number::read(&line.text).is_some())
            {
                text.end_line();
            }
            complete = ends_statement(&line.text);
            torn = marked && !complete && !text.text.ends_with(STOPS) && !ends_in_mark(&line.text);
            text.append(line);
        }
        Cow::Owned(text)
    }

    /// Whether its numbered lines end in their points: a line without any runs on into the next.
    fn lists_marks(&self) -> bool {
        let lines = || self.lines.iter().map(|it| it.text.as_str());
        self.lines.len() > 2
            && lines().filter(|it| number::read(it).is_some()).count() > 1
            && lines().filter(|it| ends_in_mark(it)).count() > 1
    }
}

/// A cell of a plain text that stands in quotation marks, as spreadsheets write them, without these.
fn unquoted(line: Folded) -> Folded {
    let inner = line.text.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
    match inner.filter(|it| !it.is_empty() && !it.contains('"')) {
        Some(inner) => line.slice(1..1 + inner.len()),
        None => line,
    }
}

/// The stops that end a line.
const STOPS: &[char] = &['。', ';', '!', '！', '?', ':'];

pattern!(
    /// The points or the weight of the name before them: (3分), [满分10分], (20%).
    mark_at_end,
    needs: &[&["(", "["], &["分", "%"]],
    "[^(\\[][(\\[](?:共|满分|总分|分值|权重|占|计|为|:)*[0-9.]+(?:分|%)[)\\]][。;]?$"
);

/// Whether a statement ends with a line: 得2分, 0.5分/次, 得满分, 扣完为止.
fn ends_statement(line: &str) -> bool {
    let line = line.trim_end_matches([')', ']', ',']);
    let amount = match line.rsplit_once('/') {
        Some((amount, unit)) if (1..=2).contains(&unit.chars().count()) => amount,
        _ => line,
    };
    let digit = |it: char| it.is_ascii_digit() || "一二三四五六七八九十".contains(it);
    amount.strip_suffix('分').is_some_and(|it| it.ends_with(digit))
        || line.strip_suffix('%').is_some_and(|it| it.ends_with(|it: char| it.is_ascii_digit()))
        || ["满分", "得分", "扣分", "为止"].iter().any(|it| line.ends_with(it))
}

/// Whether a text ends in the points or the weight of the name before them.
fn ends_in_mark(text: &str) -> bool {
    let closed = text.trim_end_matches(['。', ';']).ends_with([')', ']']);
    closed && mark_at_end().is_match(tail(text))
}

/// The end of a text, as much of it as one mark may take.
fn tail(text: &str) -> &str {
    let start = text.char_indices().rev().nth(31).map_or(0, |it| it.0);
    text.get(start..).unwrap_or(text)
}

/// Whether a line of a cell ends before the next one, or runs on into it.
fn ends_line(before: &str, next: &str) -> bool {
    let Some(last) = before.chars().next_back() else { return false };
    if number::read(next).is_some() || "。;！!?:".contains(last) {
        return true;
    }
    // Torn where a word waits for its number, or a number or a stop stands alone.
    let waits = ",、(扣加减得计记每各至到-~第共".contains(last);
    let alone = next.starts_with(|it: char| it.is_ascii_digit() || ",。;、()%分".contains(it));
    let fragment =
        before.chars().rev().take_while(|it| *it != '\n').count() <= 4 || next.chars().count() <= 4;
    !(waits || alone || fragment)
}

impl Rubric {
    /// Reads a table: finds the header rows, gives each column its role. Where it has none, and the table before it is a header
    /// of as many columns and nothing else, that is its header.
    #[must_use]
    pub fn new(table: &Table, above: Option<&Self>) -> Self {
        let mut cells: Vec<RubricCell> = table.cells.iter().map(RubricCell::new).collect();
        let rows = grid(table, &cells);
        let start = preamble(&rows, &cells);
        let depth = header_depth(rows.get(start..).unwrap_or_default(), &cells);
        let header_rows = rows.get(start..start + depth).unwrap_or_default();
        let mut header = header_texts(header_rows, &cells, table.columns);
        let alone = above.filter(|it| it.rows.is_empty() && it.header.len() == header.len());
        if let Some(above) = alone.filter(|_| depth == 0) {
            header.clone_from(&above.header);
        }
        let before = rows.get(..start).unwrap_or_default();
        let body = rows.get(start + depth..).unwrap_or_default();
        let mut body: Vec<Row> = before
            .iter()
            .chain(body)
            .filter(|it| !repeats_header(it, &cells, &header, depth))
            .cloned()
            .collect();
        let mut columns = columns(&header, &body, &cells, table.columns as usize);
        order_names(&mut columns, &mut header, &mut body, &mut cells);
        let own = 0..cells.len();
        Self { columns, rows: body, cells: cells.into(), own, header, place: table.place }
    }

    /// Reads a table, in the midst of which a row may be the header of another: 指标 | 分值, then 一级指标 | 二级指标 | 分值 | 评分标准.
    #[must_use]
    pub fn all(table: &Table, above: Option<&Self>) -> Vec<Self> {
        let whole = Self::new(table, above);
        let cells = &whole.cells;
        let heads = |it: &Row| is_header_of_another(it, cells, &whole.header);
        if whole.header.iter().all(String::is_empty) || !whole.rows.iter().any(heads) {
            return vec![whole];
        }
        let part = |header: Vec<String>, own: Range<usize>| {
            let (cells, place) = (Arc::clone(cells), whole.place);
            Self { cells, own, header, place, ..Self::default() }
        };
        let mut parts = vec![part(whole.header.clone(), whole.own.clone())];
        for row in &whole.rows {
            let Some(last) = parts.last_mut() else { break };
            if !heads(row) {
                last.rows.push(row.clone());
                continue;
            }
            let starts =
                row.cells.iter().flatten().filter_map(|it| Some(cells.get(*it)?.rows.start));
            let first =
                starts.max().map_or(0, |row| cells.partition_point(|it| it.rows.start < row));
            let own = first..std::mem::replace(&mut last.own.end, first);
            parts.push(part(header_texts(std::slice::from_ref(row), cells, table.columns), own));
        }
        for it in &mut parts {
            it.columns = columns(&it.header, &it.rows, cells, table.columns as usize);
        }
        parts
    }

    /// The cell of a row in a column.
    #[must_use]
    pub fn cell(&self, row: &Row, column: usize) -> Option<(usize, &RubricCell)> {
        let index = (*row.cells.get(column)?)?;
        Some((index, self.cells.get(index)?))
    }
}

/// The cell of each place of the grid.
fn grid(table: &Table, cells: &[RubricCell]) -> Vec<Row> {
    let columns = table.columns as usize;
    let mut rows = vec![Row { cells: vec![None; columns] }; table.rows as usize];
    for (index, cell) in cells.iter().enumerate() {
        for row in cell.rows.clone() {
            let Some(row) = rows.get_mut(row as usize) else { break };
            for column in cell.columns.clone() {
                if let Some(place) = row.cells.get_mut(column as usize) {
                    *place = Some(index);
                }
            }
        }
    }
    rows
}

/// The words of headers and the role that each gives, the most telling first.
const HEADERS: &[(&str, Role)] = &[
    ("计分单位", Role::Unit),
    ("计量单位", Role::Unit),
    ("序号", Role::Serial),
    ("编号", Role::Serial),
    ("加减分标准", Role::Criteria),
    ("加减分项", Role::Name),
    ("加分情形", Role::Name),
    ("扣分情形", Role::Name),
    ("减分情形", Role::Name),
    ("加分事项", Role::Name),
    ("扣分事项", Role::Name),
    ("减分事项", Role::Name),
    ("加分标准", Role::Criteria),
    ("减分标准", Role::Criteria),
    ("加扣分标准", Role::Criteria),
    ("扣分标准", Role::Criteria),
    ("扣分细则", Role::Criteria),
    ("扣分办法", Role::Criteria),
    ("扣分原则", Role::Criteria),
    ("扣分依据", Role::Text),
    ("扣分原因", Role::Form),
    ("扣分理由", Role::Form),
    ("扣分情况", Role::Form),
    ("扣分说明", Role::Criteria),
    ("评分标准", Role::Criteria),
    ("评分细则", Role::Criteria),
    ("评分办法", Role::Criteria),
    ("评分方法", Role::Criteria),
    ("评分说明", Role::Criteria),
    ("评分规则", Role::Criteria),
    ("评价标准", Role::Criteria),
    ("评价方法", Role::Criteria),
    ("评估标准", Role::Criteria),
    ("计分方法", Role::Criteria),
    ("计分办法", Role::Criteria),
    ("计分标准", Role::Criteria),
    ("计分规则", Role::Criteria),
    ("记分标准", Role::Criteria),
    ("赋分标准", Role::Criteria),
    ("打分标准", Role::Criteria),
    ("计算方法", Role::Criteria),
    ("考评细则", Role::Criteria),
    ("考核细则", Role::Criteria),
    ("考评办法", Role::Criteria),
    ("考核办法", Role::Criteria),
    ("考核方法", Role::Criteria),
    ("考评标准", Role::Criteria),
    ("考核标准", Role::Criteria),
    ("考核评分", Role::Criteria),
    ("检查标准", Role::Criteria),
    ("考核评价标准", Role::Criteria),
    ("分值类型", Role::Name),
    ("分值类别", Role::Name),
    ("得分类型", Role::Name),
    ("加分类型", Role::Name),
    ("加分类别", Role::Name),
    ("扣分类型", Role::Name),
    ("扣分类别", Role::Name),
    ("减分类型", Role::Name),
    ("加分项目", Role::Name),
    ("扣分项目", Role::Name),
    ("减分项目", Role::Name),
    ("绩点", Role::Text),
    ("指标类型", Role::Text),
    ("指标性质", Role::Text),
    ("指标属性", Role::Text),
    ("指标解释", Role::Text),
    ("指标说明", Role::Text),
    ("指标含义", Role::Text),
    ("指标定义", Role::Text),
    ("指标来源", Role::Text),
    ("目标值", Role::Text),
    ("公式", Role::Text),
    ("罚分", Role::Signed(Sign::Deduct)),
    ("扣分值", Role::Signed(Sign::Deduct)),
    ("扣分分值", Role::Signed(Sign::Deduct)),
    ("减分值", Role::Signed(Sign::Deduct)),
    ("减分分值", Role::Signed(Sign::Deduct)),
    ("加分值", Role::Signed(Sign::Add)),
    ("加分分值", Role::Signed(Sign::Add)),
    ("标准分", Role::Points),
    ("基本分", Role::Points),
    ("基础分", Role::Points),
    ("基准分", Role::Points),
    ("满分", Role::Points),
    ("分值", Role::Points),
    ("分数", Role::Points),
    ("配分", Role::Points),
    ("赋分", Role::Points),
    ("应得分", Role::Points),
    ("权重", Role::Weight),
    ("占比", Role::Weight),
    ("比重", Role::Weight),
    ("加减分", Role::Signed(Sign::Either)),
    ("加扣分", Role::Signed(Sign::Either)),
    ("奖惩分", Role::Signed(Sign::Either)),
    ("扣分", Role::Signed(Sign::Deduct)),
    ("减分", Role::Signed(Sign::Deduct)),
    ("加分", Role::Signed(Sign::Add)),
    ("自评", Role::Form),
    ("得分", Role::Form),
    ("复核", Role::Form),
    ("实得", Role::Form),
    ("评定等", Role::Form),
    ("完成情况", Role::Form),
    ("评价结果", Role::Form),
    ("考核结果", Role::Form),
    ("检查结果", Role::Form),
    ("考评单位", Role::Assessor),
    ("考核单位", Role::Assessor),
    ("考核部门", Role::Assessor),
    ("考核主体", Role::Assessor),
    ("考评部门", Role::Assessor),
    ("评价单位", Role::Assessor),
    ("参评单位", Role::Assessor),
    ("评分单位", Role::Assessor),
    ("数据来源", Role::Assessor),
    ("考核科室", Role::Assessor),
    ("责任单位", Role::Responsible),
    ("责任部门", Role::Responsible),
    ("责任科室", Role::Responsible),
    ("牵头单位", Role::Responsible),
    ("牵头部门", Role::Responsible),
    ("考核科室", Role::Assessor),
    ("认定科室", Role::Assessor),
    ("认定部门", Role::Assessor),
    ("认定单位", Role::Assessor),
    ("归口科室", Role::Assessor),
    ("科室", Role::Responsible),
    ("责任领导", Role::Text),
    ("责任人", Role::Text),
    ("完成时限", Role::Text),
    ("备注", Role::Text),
    ("系数", Role::Text),
    ("说明", Role::Text),
    ("总体目标", Role::Text),
    ("应完成", Role::Text),
    ("目标值", Role::Text),
    ("目标任务", Role::Text),
    ("考核方式", Role::Text),
    ("考评方式", Role::Text),
    ("评估方式", Role::Text),
    ("评价方式", Role::Text),
    ("检查方式", Role::Text),
    ("核查方式", Role::Text),
    ("依据", Role::Text),
    ("评估方法", Role::Text),
    ("检查方法", Role::Text),
    ("佐证", Role::Text),
    ("考核要点", Role::Text),
    ("查核要点", Role::Text),
    ("核查要点", Role::Text),
    ("评级等级", Role::Grade),
    ("评定等级", Role::Grade),
    ("等级", Role::Grade),
    ("等次", Role::Grade),
    ("档次", Role::Grade),
    ("级别", Role::Grade),
    ("星级", Role::Grade),
    ("指标", Role::Name),
    ("项目", Role::Name),
    ("类别", Role::Name),
    ("类型", Role::Name),
    ("考核内容", Role::Name),
    ("考评内容", Role::Name),
    ("核查内容", Role::Name),
    ("查核内容", Role::Name),
    ("评价内容", Role::Name),
    ("检查内容", Role::Name),
    ("评分内容", Role::Name),
    ("考核事项", Role::Name),
    ("内容", Role::Name),
    ("要素", Role::Name),
    ("措施", Role::Name),
    ("任务", Role::Name),
    ("事项", Role::Name),
    ("情形", Role::Name),
    ("维度", Role::Name),
    ("要求", Role::Text),
    ("行为", Role::Name),
];

/// The role that a header gives; none if its words give none.
fn role_of(header: &str) -> Option<Role> {
    if header.is_empty() {
        return None;
    }
    // 正数=加分,负数=扣分: the numbers have signs.
    if header.contains('正') && header.contains('负') && header.contains('分') {
        return Some(Role::Signed(Sign::Either));
    }
    let bare: String = header.split('(').next().unwrap_or(header).to_owned();
    let bare = if bare.is_empty() { header.to_owned() } else { bare };
    if names_level(&bare) {
        return Some(Role::Level);
    }
    let glance = Glance::at(&bare);
    let Some(found) = HEADERS.iter().find(|it| glance.holds(it.0)) else {
        return office_role(&bare);
    };
    Some(found.1)
}

/// The offices that a level is called by: 国家级, 市属级, 校级以上.
const OFFICES: &[&str] = &[
    "国", "全国", "世界", "省", "市", "县", "区", "州", "厅", "局", "部", "地", "校", "院", "系",
    "乡", "镇", "村", "厂",
];

/// The prizes of an event.
const PRIZES: &[&str] = &[
    "特等奖",
    "一等奖",
    "二等奖",
    "三等奖",
    "四等奖",
    "优秀奖",
    "优胜奖",
    "鼓励奖",
    "金奖",
    "银奖",
    "铜奖",
    "金牌",
    "银牌",
    "铜牌",
];

/// Whether a header is the level of an event, or the part taken in it: 国家级, 校级以上, 一等奖, 第二名, 金牌, 第一作者.
fn names_level(header: &str) -> bool {
    let first = |words: &[&str]| words.iter().any(|it| header.starts_with(it));
    // 年级, 班级, 等级 are no levels of an office.
    let office = header.split_once('级').is_some_and(|(name, _)| {
        !name.contains(['年', '班', '等', '星', '评', '上', '下']) && first(OFFICES)
    });
    let ordinal = header.starts_with('第');
    let rank = ordinal && header.ends_with('名');
    let part =
        ordinal && PARTS.iter().any(|it| header.ends_with(it)) || PARTS_OF_WORK.contains(&header);
    part || header.chars().count() <= 6 && (office || first(PRIZES) || rank)
}

/// The parts that people take in a work, counted: 第一作者, 第二完成人.
const PARTS: &[&str] = &["作者", "完成人", "发明人", "参与人", "主编"];

/// The parts that people take in a work.
const PARTS_OF_WORK: &[&str] = &[
    "主持人",
    "主持",
    "负责人",
    "参加人",
    "参加者",
    "参与者",
    "参与人",
    "主要参加者",
    "主要参与者",
    "主要完成人",
    "其他完成人",
    "通讯作者",
    "非第一作者",
    "其他作者",
    "独著",
    "合著",
    "主编",
    "副主编",
    "参编",
    "主讲",
    "主讲人",
];

/// 评价部门, 督查单位, 承办科室: who assesses, or who is responsible.
fn office_role(header: &str) -> Option<Role> {
    let inner = ["部门", "科室", "处室", "股室"].iter().any(|it| header.ends_with(it));
    let outer = ["单位", "机构"].iter().any(|it| header.ends_with(it));
    let acts = ["责任", "牵头", "承办", "落实", "配合", "协办", "主管", "主办", "协同"];
    if (inner || outer) && header.contains(['评', '考', '核', '审', '督', '查']) {
        return Some(Role::Assessor);
    }
    (inner && header.chars().count() > 2 || outer && acts.iter().any(|it| header.starts_with(it)))
        .then_some(Role::Responsible)
}

/// How many rows stand above the header: a title across the table, a line for the name of the unit.
fn preamble(rows: &[Row], cells: &[RubricCell]) -> usize {
    let first = rows.iter().take(5).position(|it| is_header(it, cells)).unwrap_or(0);
    let above = rows.get(..first).unwrap_or_default();
    let few = above.iter().all(|row| {
        let mut seen: Vec<usize> = row.cells.iter().flatten().copied().collect();
        seen.dedup();
        seen.retain(|it| cells.get(*it).is_some_and(|it| !it.is_empty()));
        seen.len() <= 2 && row.cells.len() > 2
    });
    if few { first } else { 0 }
}

/// How many rows at the top are header rows.
fn header_depth(rows: &[Row], cells: &[RubricCell]) -> usize {
    let mut depth = 0;
    for row in rows.iter().take(3) {
        if !is_header(row, cells) {
            break;
        }
        depth += 1;
    }
    if depth == 0 && stands_over_numbers(rows, cells) {
        depth = 1;
    }
    // A header of two levels: its upper cells reach into the second row.
    let reaching = rows.first().filter(|_| depth == 1).is_some_and(|row| {
        let own = || row.cells.iter().flatten().filter_map(|it| cells.get(*it));
        let below = own().map(|it| it.rows.start + 1).min().unwrap_or(1);
        own().filter(|it| it.rows.end > below).count() > row.cells.len() / 2
            && own().any(|it| it.rows.end == below)
    });
    if reaching { 2 } else { depth }
}

/// Whether the first row holds plain words and most columns below it numbers: a header in words of its own.
fn stands_over_numbers(rows: &[Row], cells: &[RubricCell]) -> bool {
    let Some((first, below)) = rows.split_first().filter(|it| it.1.len() >= 2) else {
        return false;
    };
    let text = |row: &Row, column: usize| words_at(row, column, cells);
    let digit = |it: &str| it.contains(|it: char| it.is_ascii_digit());
    let columns = first.cells.len();
    let plain = (0..columns).map(|it| text(first, it)).all(|it| {
        (2..=12).contains(&it.chars().count()) && !digit(&it) && !it.contains(['。', ';', ','])
    });
    let short = |it: &str| digit(it) && it.chars().count() <= 10;
    let numeric = (1..columns).filter(|it| below.iter().take(8).all(|row| short(&text(row, *it))));
    columns >= 3 && plain && numeric.count() * 2 > columns - 1
}

/// Whether a row is a header: short cells, at least two of which (or half) are words of headers.
fn is_header(row: &Row, cells: &[RubricCell]) -> bool {
    let mut seen: Vec<usize> = row.cells.iter().flatten().copied().collect();
    seen.dedup();
    let texts = seen.iter().filter_map(|it| cells.get(*it)).map(RubricCell::words);
    let filled: Vec<Cow<'_, str>> = texts.filter(|it| !it.is_empty()).collect();
    let short = filled.iter().all(|it| it.chars().count() <= 16);
    // 项目名称及编号: | | 评价单位: | is a line to be filled in.
    let form = filled.iter().filter(|it| it.ends_with(':')).count();
    let ruled = filled.iter().any(|it| is_rule(it));
    if !short || filled.len() < 2 || form * 2 >= filled.len() || ruled {
        return false;
    }
    let known = filled
        .iter()
        .filter(|it| {
            role_of(it).is_some() && !it.contains(|c: char| c.is_ascii_digit() && !it.contains('('))
        })
        .count();
    let wordy = filled.iter().all(|it| !has_number(it) && !it.contains(['。', '；', ';']));
    let all_words = filled.len() == seen.len() && filled.iter().all(|it| it.chars().count() <= 12);
    known >= 1 && (known * 2 >= filled.len() || (known >= 2 && wordy) || (all_words && wordy))
}

/// Whether a cell that is not much longer than a header moves points: 获省级荣誉称号者加3分.
fn is_rule(text: &str) -> bool {
    let behind_verb = |verb| {
        let mut behind = text.split(verb).skip(1);
        behind.any(|it| it.starts_with(|it: char| it.is_ascii_digit()))
    };
    let text = text.trim_end_matches(['。', ';']);
    text.ends_with('分')
        && text.chars().count() >= 8
        && ['扣', '加', '得'].into_iter().any(behind_verb)
}

/// Whether a row in the midst of a table is the header of another: all its cells are words of headers, other than those above.
fn is_header_of_another(row: &Row, cells: &[RubricCell], header: &[String]) -> bool {
    let mut seen: Vec<usize> = row.cells.iter().flatten().copied().collect();
    seen.dedup();
    let filled = seen.iter().filter_map(|it| cells.get(*it)).filter(|it| !it.is_empty());
    let texts: Vec<Cow<'_, str>> = filled.map(RubricCell::words).collect();
    let short = |it: &Cow<'_, str>| it.chars().count() <= 8 && !has_number(it);
    if texts.len() < 3 || !texts.iter().all(short) {
        return false;
    }
    let roles: Vec<Role> = texts.iter().filter_map(|it| role_of(it)).collect();
    let new = texts.iter().any(|it| !header.iter().any(|own| own == it.as_ref()));
    new && roles.len() == texts.len()
        && roles.iter().any(|it| it.scores())
        && roles.contains(&Role::Name)
}

/// The text of the cell that a row has in a column.
fn words_at<'a>(row: &Row, column: usize, cells: &'a [RubricCell]) -> Cow<'a, str> {
    let cell = row.cells.get(column).copied().flatten().and_then(|it| cells.get(it));
    cell.map(RubricCell::words).unwrap_or_default()
}

/// Whether a text holds a number that is no part of a code such as R1.
fn has_number(text: &str) -> bool {
    let mut before = ' ';
    text.chars().any(|it| {
        let number = it.is_ascii_digit() && !before.is_ascii_alphabetic();
        before = if it.is_ascii_digit() { before } else { it };
        number
    })
}

/// The header's text for each column: the cells of all header rows, the upper first.
fn header_texts(rows: &[Row], cells: &[RubricCell], columns: u32) -> Vec<String> {
    let mut texts = vec![String::new(); columns as usize];
    for (column, text) in texts.iter_mut().enumerate() {
        let mut last = None;
        for row in rows {
            let index = row.cells.get(column).copied().flatten();
            if index.is_some() && index != last {
                let part = index.and_then(|it| cells.get(it)).map(RubricCell::words);
                text.push_str(&part.unwrap_or_default());
            }
            last = index;
        }
    }
    texts
}

/// Whether a row repeats the header, as on each page of a print.
fn repeats_header(row: &Row, cells: &[RubricCell], header: &[String], depth: usize) -> bool {
    if depth == 0 {
        return false;
    }
    let texts: Vec<Cow<'_, str>> = (0..header.len()).map(|it| words_at(row, it, cells)).collect();
    let same = texts.iter().zip(header).filter(|it| it.0 == it.1 && !it.0.is_empty()).count();
    let filled = header.iter().filter(|it| !it.is_empty()).count();
    let unlike = texts.iter().zip(header).filter(|it| it.0 != it.1 && !it.0.is_empty()).count();
    same * 2 > filled
        && (unlike == 0 || texts.iter().all(|it| it.chars().count() <= 12))
        && is_header(row, cells)
}

/// The columns with their roles: by header, then by content.
fn columns(header: &[String], rows: &[Row], cells: &[RubricCell], many: usize) -> Vec<Column> {
    let profiles: Vec<Profile> = (0..many).map(|it| Profile::of(it, rows, cells)).collect();
    let column = |(nth, profile): (usize, &Profile)| {
        let header = header.get(nth).cloned().unwrap_or_default();
        // 单位 over 次 and 万吨 is what the numbers count.
        let unit = header == "单位" && profile.chars <= profile.filled * 2;
        let role = role_of(&header).or(unit.then_some(Role::Text)).unwrap_or_else(|| {
            // Numbers under a header that does not speak of points are no points.
            let speaks = header.is_empty() || header.contains('分');
            Some(profile.role()).filter(|it| *it != Role::Points || speaks).unwrap_or(Role::Text)
        });
        Column { role, header }
    };
    let mut columns: Vec<Column> = profiles.iter().enumerate().map(column).collect();
    settle(&mut columns, &profiles);
    settle_shares(&mut columns, rows, cells);
    columns
}

/// 权重 without % beside 分值: where the points in the rows of a name do not add up to its number, the number is a weight.
fn settle_shares(columns: &mut [Column], rows: &[Row], cells: &[RubricCell]) {
    let number = |row: &Row, column: usize| {
        let text = words_at(row, column, cells);
        crate::number::read(text.trim_end_matches('分'))
    };
    let weight = |it: &Column| it.role == Role::Points && role_of(&it.header) == Some(Role::Weight);
    let Some(shares) = columns.iter().position(weight) else { return };
    let points = |it: &Column| it.role == Role::Points && role_of(&it.header) == Some(Role::Points);
    let Some(points) = columns.iter().position(points) else { return };
    let names: Vec<usize> =
        (0..shares).filter(|it| columns.get(*it).is_some_and(|it| it.role == Role::Name)).collect();
    let mut groups: BTreeMap<String, (Decimal, Decimal)> = BTreeMap::new();
    for row in rows {
        let name: String = names.iter().map(|it| words_at(row, *it, cells)).collect();
        let (Some(share), Some(own)) = (number(row, shares), number(row, points)) else { continue };
        groups.entry(name).or_insert((share, Decimal::ZERO)).1 += own;
    }
    let whole = groups.values().map(|it| it.0).sum::<Decimal>() == Decimal::ONE_HUNDRED;
    let add_up = groups.values().filter(|it| it.0 == it.1).count();
    if whole
        && add_up * 2 <= groups.len()
        && let Some(column) = columns.get_mut(shares)
    {
        column.role = Role::Weight;
    }
}

/// Puts the columns of names into the order of their levels: 事件 | 类别 is read as 类别 | 事件, 二级指标 | 一级指标 the other way
/// round. Only where each cell stands in one column.
fn order_names(
    columns: &mut [Column],
    header: &mut [String],
    rows: &mut [Row],
    cells: &mut [RubricCell],
) {
    let names = columns.iter().enumerate().filter(|it| it.1.role == Role::Name);
    let places: Vec<usize> = names.map(|it| it.0).collect();
    let level = |it: &usize| columns.get(*it).map_or(u8::MAX, |it| level_of_name(&it.header));
    let mut order = places.clone();
    order.sort_by_key(level);
    let spans = || rows.iter().flat_map(|it| it.cells.iter().flatten());
    let wide = |it: &usize| cells.get(*it).is_some_and(|it| it.columns.len() > 1);
    if order == places || spans().any(wide) {
        return;
    }
    let old = (columns.to_vec(), header.to_vec());
    let mut moved: Vec<u32> = (0..).take(columns.len()).collect();
    for (to, from) in places.iter().zip(&order) {
        if let (Some(column), Some(own)) = (columns.get_mut(*to), old.0.get(*from)) {
            column.clone_from(own);
        }
        if let (Some(text), Some(own)) = (header.get_mut(*to), old.1.get(*from)) {
            text.clone_from(own);
        }
        if let (Some(it), Ok(to)) = (moved.get_mut(*from), u32::try_from(*to)) {
            *it = to;
        }
    }
    for row in rows {
        let own = row.cells.clone();
        for (to, from) in places.iter().zip(&order) {
            if let (Some(cell), Some(own)) = (row.cells.get_mut(*to), own.get(*from)) {
                *cell = *own;
            }
        }
    }
    for cell in cells.iter_mut().filter(|it| it.columns.len() == 1) {
        if let Some(&to) = moved.get(cell.columns.start as usize) {
            cell.columns = to..to + 1;
        }
    }
}

/// The level of the names under a header: 一级指标 and 类别 above 二级指标, all others below.
fn level_of_name(header: &str) -> u8 {
    let bare = header.split('(').next().unwrap_or(header);
    let groups = ["类别", "类型", "分类", "大类", "维度", "模块", "板块"];
    let levels = ["一级", "二级", "三级"].iter().position(|it| bare.contains(it));
    match levels.and_then(|it| u8::try_from(it).ok()) {
        Some(level) => level,
        None if groups.iter().any(|it| bare.ends_with(it)) && bare.chars().count() <= 4 => 0,
        None => 3,
    }
}

/// What the cells of a column look like.
#[derive(Debug, Clone, Copy, Default)]
struct Profile {
    filled: usize,
    numbers: usize,
    signed: usize,
    percents: usize,
    /// Numbers below one: 0.3.
    fractions: usize,
    moves: usize,
    bands: usize,
    chars: usize,
    serial: usize,
    /// Cells that end in the points of the name that they hold: 有年度计划。(3分).
    marks: usize,
    /// Texts that no cell above in the column has.
    distinct: usize,
    /// Cells that say how something is looked into: 查阅资料, 现场检查.
    methods: usize,
}

impl Profile {
    fn of(column: usize, rows: &[Row], cells: &[RubricCell]) -> Self {
        let mut profile = Self::default();
        let mut last = None;
        let mut seen = std::collections::BTreeSet::new();
        for row in rows {
            let index = row.cells.get(column).copied().flatten();
            if index == last {
                continue;
            }
            last = index;
            let Some(cell) = index.and_then(|it| cells.get(it)).filter(|it| !it.is_empty()) else {
                continue;
            };
            let text = cell.words();
            profile.filled += 1;
            profile.chars += text.chars().count();
            let bare = text.trim_end_matches(['分', '%']);
            let marked = ends_in_mark(&text);
            profile.marks += usize::from(marked);
            profile.methods += usize::from(is_method(&text));
            profile.distinct += usize::from(seen.insert(text.clone()));
            let signed = is_signed(bare) || forced_grade(&text).is_some();
            profile.signed += usize::from(signed);
            profile.percents += usize::from(text.ends_with('%') && is_number(bare));
            profile.numbers += usize::from(is_number(bare));
            profile.fractions += usize::from(bare.starts_with("0.") && is_number(&text));
            // 布局 （10分） is a name with its points, and moves none.
            let name = marked && text.chars().count() <= 24;
            profile.moves += usize::from(!name && has_move(&text));
            profile.bands += usize::from(has_band(&text));
            profile.serial +=
                usize::from(bare.parse::<usize>().is_ok_and(|it| it == profile.filled));
        }
        profile
    }

    /// The role that the cells themselves give.
    const fn role(&self) -> Role {
        if self.filled == 0 {
            return Role::Text;
        }
        if self.serial * 10 >= self.filled * 9 && self.filled > 2 {
            return Role::Serial;
        }
        if self.signed * 2 > self.filled {
            return Role::Signed(Sign::Either);
        }
        if self.percents * 2 > self.filled {
            return Role::Weight;
        }
        if self.numbers * 2 > self.filled {
            return Role::Points;
        }
        if self.moves * 3 >= self.filled && self.moves > 0 {
            return Role::Criteria;
        }
        // 表6 in row after row names nothing.
        let constant = self.distinct == 1 && self.filled > 3;
        if self.chars <= self.filled * 24 && !constant { Role::Name } else { Role::Text }
    }
}

/// Whether a text says how something is looked into.
fn is_method(text: &str) -> bool {
    let words = [
        "查阅", "查看", "检查", "抽查", "现场", "访谈", "核查", "核对", "核验", "调阅", "询问",
        "实地", "听取",
    ];
    text.chars().count() <= 24
        && (text.starts_with(['查', '抽']) || Glance::at(text).holds_any(&words))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit() || it == b'.')
}

/// +5, -10, +1至+10.
fn is_signed(text: &str) -> bool {
    let unsigned = |it: &str| is_number(it.trim_start_matches(['+', '-']));
    text.starts_with(['+', '-']) && text.split(['至', '~']).all(unsigned)
}

/// The grade that a cell forces: 降B级, 直接定为不合格等次.
pub(crate) fn forced_grade(text: &str) -> Option<&str> {
    const VERBS: &[&str] = &["直接降为", "直接定为", "降为", "降至", "降到", "定为", "判为", "降"];
    let grade = VERBS.iter().find_map(|it| text.strip_prefix(it))?;
    let name =
        grade.strip_suffix("等次").or_else(|| grade.strip_suffix(['级', '等', '档', '类']))?;
    (1..=3)
        .contains(&name.chars().count())
        .then_some(grade)
        .filter(|_| !name.contains(|it: char| "一两二三1234".contains(it)))
}

fn has_move(text: &str) -> bool {
    let words = ["得分", "加分", "得满分", "计分", "减分"];
    text.contains('扣')
        || text.contains('分')
            && (text.contains(|it: char| it.is_ascii_digit())
                || words.iter().any(|it| text.contains(it)))
}

fn has_band(text: &str) -> bool {
    let numeric = text.chars().filter(char::is_ascii_digit).count();
    let short = text.chars().count() <= 24;
    short
        && numeric >= 1
        && (text.contains('-')
            || text.contains("以上")
            || text.contains("以下")
            || text.contains(['≥', '≤', '<', '>', '~'])
            || is_number(text.trim_end_matches('分')))
}

/// Settles roles that only the other columns decide.
fn settle(columns: &mut [Column], profiles: &[Profile]) {
    let has = |columns: &[Column], role: Role| columns.iter().any(|it| it.role == role);
    settle_numbers(columns, profiles);
    settle_given(columns);
    settle_contents(columns, profiles);
    settle_marked(columns, profiles);
    settle_methods(columns, profiles);
    settle_after(columns);
    settle_remarks(columns);
    settle_bands(columns, profiles);
    settle_cases(columns, profiles);
    // 得分 with numbers where there is no other points column.
    if !has(columns, Role::Points) && !has(columns, Role::Weight) {
        for (column, profile) in columns.iter_mut().zip(profiles) {
            if column.role == Role::Form
                && profile.numbers * 2 > profile.filled
                && profile.filled > 0
            {
                column.role = Role::Points;
            }
        }
    }
    // A table without a criteria column: the last column of names that moves points holds the criteria.
    if !has(columns, Role::Criteria) {
        let names = columns.iter().filter(|it| it.role == Role::Name).count();
        let last = columns.iter().zip(profiles).rposition(|(it, profile)| {
            matches!(it.role, Role::Name | Role::Text)
                && profile.moves * 2 > profile.filled
                && profile.moves > 0
        });
        let another = |at: &usize| {
            let own = columns.get(*at).is_some_and(|it| it.role == Role::Name);
            names > usize::from(own)
        };
        if let Some(column) = last.filter(another).and_then(|it| columns.get_mut(it)) {
            column.role = Role::Criteria;
        }
    }
    settle_demands(columns, profiles);
    // No name at all: the first column of text is one.
    if !has(columns, Role::Name) && !has(columns, Role::Grade) {
        let points = columns.iter().position(|it| it.role == Role::Points);
        let criteria = columns.iter().position(|it| it.role == Role::Criteria);
        // 评价标准 | 分数 | 备注: what a remark names is no item.
        let end = points.filter(|it| criteria.is_some_and(|first| first < *it));
        let mut within = columns.iter().zip(profiles).take(end.unwrap_or(columns.len()));
        let first = within.position(|(it, profile)| it.role == Role::Text && profile.filled > 0);
        if let Some(column) = first.and_then(|it| columns.get_mut(it)) {
            column.role = Role::Name;
        }
    }
}

/// Settles the roles of columns whose header and cells disagree: texts under 扣分, numbers under 评分标准, nothing at all.
fn settle_numbers(columns: &mut [Column], profiles: &[Profile]) {
    // 扣分 with texts in it is a criteria column; empty ones are to be filled in.
    for (column, profile) in columns.iter_mut().zip(profiles) {
        if column.role == Role::Name && profile.filled == 0 {
            column.role = Role::Form;
        }
        if column.role == Role::Level && profile.numbers * 2 <= profile.filled {
            column.role = Role::Text;
        }
        if let Role::Signed(_) = column.role {
            if profile.filled == 0 {
                column.role = Role::Form;
            } else if profile.chars > profile.filled * 12 {
                column.role = Role::Criteria;
            }
        }
        if matches!(column.role, Role::Form | Role::Points | Role::Weight) && profile.filled == 0 {
            column.role = Role::Form;
        }
        if column.role == Role::Criteria
            && profile.filled > 0
            && profile.numbers * 2 > profile.filled
        {
            column.role = Role::Points;
        }
        // 赋分 with +5 and -10 moves points, whatever its name.
        if matches!(column.role, Role::Points | Role::Form | Role::Criteria)
            && profile.signed * 2 > profile.filled
        {
            column.role = Role::Signed(Sign::Either);
        }
        // 权重 in points, 分值 in percent.
        let fractions = profile.fractions > 1 && profile.fractions == profile.numbers;
        if column.role == Role::Weight
            && profile.percents == 0
            && !column.header.contains('%')
            && !fractions
        {
            column.role = Role::Points;
        } else if column.role == Role::Points && profile.percents * 2 > profile.filled {
            column.role = Role::Weight;
        }
    }
}

/// 评分 beside 分值: the second is what somebody has been given.
fn settle_given(columns: &mut [Column]) {
    let points = |it: &Column| it.role == Role::Points;
    let Some(first) = columns.iter().position(points) else { return };
    for column in columns.iter_mut().skip(first + 1).filter(|it| it.role == Role::Points) {
        if matches!(column.header.as_str(), "评分" | "打分" | "评定" | "检查评分" | "实际评分")
        {
            column.role = Role::Form;
        }
    }
}

/// 评分项目 beside 评分内容, row by row: the second describes the first and is no name of its own.
fn settle_contents(columns: &mut [Column], profiles: &[Profile]) {
    let names: Vec<usize> =
        columns.iter().enumerate().filter(|it| it.1.role == Role::Name).map(|it| it.0).collect();
    for pair in names.windows(2) {
        let [first, second] = pair else { continue };
        let (Some(a), Some(b)) = (profiles.get(*first), profiles.get(*second)) else { continue };
        let describes = columns.get(*second).is_some_and(|it| {
            ["内容", "要求", "任务", "要素"].iter().any(|word| it.header.contains(word))
        });
        let row_by_row =
            (b.filled..=b.filled + 2).contains(&a.filled) && a.filled > 1 && b.chars > a.chars;
        if describes
            && row_by_row
            && let Some(column) = columns.get_mut(*second)
        {
            column.role = Role::Text;
        }
    }
}

/// 评分标准 | 总分 | 评分方法 without any name: what the first demands names the row, where the second alone moves points.
fn settle_demands(columns: &mut [Column], profiles: &[Profile]) {
    if columns.iter().any(|it| matches!(it.role, Role::Name | Role::Grade | Role::Text)) {
        return;
    }
    let criteria = |it: &(usize, &Column)| it.1.role == Role::Criteria;
    let mut of_criteria = columns.iter().enumerate().filter(criteria).map(|it| it.0);
    let (Some(first), Some(second)) = (of_criteria.next(), of_criteria.next()) else { return };
    let moves = |at: usize| profiles.get(at).is_some_and(|it| it.moves * 3 >= it.filled);
    if !moves(first)
        && moves(second)
        && let Some(column) = columns.get_mut(first)
    {
        column.role = Role::Name;
    }
}

/// 工作要求 whose cells end in their points, before a column of criteria: each is an item of its own.
fn settle_marked(columns: &mut [Column], profiles: &[Profile]) {
    let Some(criteria) = columns.iter().rposition(|it| it.role == Role::Criteria) else { return };
    for (nth, (column, profile)) in columns.iter_mut().zip(profiles).enumerate() {
        let marked = profile.filled > 1 && profile.marks * 3 >= profile.filled * 2;
        if nth < criteria && marked && matches!(column.role, Role::Text | Role::Criteria) {
            column.role = Role::Name;
        }
    }
}

/// 现场检查, 查阅资料 in row after row: how it is looked into, and no name.
fn settle_methods(columns: &mut [Column], profiles: &[Profile]) {
    let Some(first) = columns.iter().position(|it| it.role == Role::Name) else { return };
    for (nth, (column, profile)) in columns.iter_mut().zip(profiles).enumerate() {
        let repeats = profile.distinct * 2 <= profile.filled;
        let methods = profile.filled > 3
            && (profile.methods * 3 >= profile.filled * 2
                || profile.methods * 2 > profile.filled && repeats);
        let unnamed = || role_of(&column.header).is_none();
        if nth > first && column.role == Role::Name && methods && unnamed() {
            column.role = Role::Text;
        }
    }
}

/// 指标 as the last column, behind 项目 and 评分标准: it describes its row and names nothing.
fn settle_after(columns: &mut [Column]) {
    let at = |role: Role| columns.iter().position(|it| it.role == role);
    let (Some(name), Some(criteria)) = (at(Role::Name), at(Role::Criteria)) else { return };
    let last = columns.iter().rposition(|it| it.role.scores()).unwrap_or(0);
    if name > criteria || last > criteria {
        return;
    }
    for column in columns.iter_mut().skip(last + 1).filter(|it| it.role == Role::Name) {
        column.role = Role::Text;
    }
}

/// 参考文件 behind 评价标准 and 分数: short cells under a header that is no word for names.
fn settle_remarks(columns: &mut [Column]) {
    let scores = |it: &Column| matches!(it.role, Role::Points | Role::Signed(_) | Role::Criteria);
    let points = |it: &Column| matches!(it.role, Role::Points | Role::Signed(_));
    let described = |it: &Column| matches!(it.role, Role::Criteria | Role::Name);
    let Some(last) = columns.iter().rposition(scores) else { return };
    if !columns.iter().any(points) || !columns.iter().take(last).any(described) {
        return;
    }
    let unnamed = |it: &&mut Column| {
        it.role == Role::Name && !it.header.is_empty() && role_of(&it.header).is_none()
    };
    for column in columns.iter_mut().skip(last + 1).filter(unnamed) {
        column.role = Role::Text;
    }
}

/// The last characters of headers whose numbers count or measure something.
const COUNTS: &[char] = &['数', '额', '率', '量', '值', '年', '月', '价', '分', '重', '长'];

/// 职位 beside 一学年 and 一学期, all numbers, and no column of points: what each row gives in each case.
fn settle_cases(columns: &mut [Column], profiles: &[Profile]) {
    let scores =
        |it: &Column| !matches!(it.role, Role::Serial | Role::Name | Role::Text | Role::Level);
    if columns.iter().any(scores) {
        return;
    }
    let case = |column: &Column, profile: &Profile| {
        let header = column.header.as_str();
        let counts = header.ends_with(COUNTS) && !header.ends_with("学年");
        let measured = counts || header.contains(['(', '%', '元']) || has_number(header);
        let named = (1..=8).contains(&header.chars().count()) && !measured;
        let numbers = profile.filled > 1
            && profile.numbers * 2 > profile.filled
            && profile.serial < profile.filled;
        column.role == Role::Level || column.role == Role::Text && named && numbers
    };
    let first = columns.iter().zip(profiles).position(|(it, profile)| case(it, profile));
    let Some(first) = first.filter(|it| *it > 0) else { return };
    let all = columns.iter().zip(profiles).skip(first).all(|(it, profile)| case(it, profile));
    if columns.len() - first < 2 || !all {
        return;
    }
    for column in columns.iter_mut().skip(first).filter(|it| it.role == Role::Text) {
        column.role = Role::Case;
    }
}

/// A table of grades: a column of grade names beside one of scores.
fn settle_bands(columns: &mut [Column], profiles: &[Profile]) {
    if !columns.iter().any(|it| it.role == Role::Grade) {
        return;
    }
    let grade = columns.iter().position(|it| it.role == Role::Grade).unwrap_or(0);
    let band = columns.iter().zip(profiles).enumerate().position(|(nth, (column, profile))| {
        nth != grade
            && profile.filled > 0
            && profile.bands * 3 >= profile.filled * 2
            && (column.header.contains('分')
                || column.header.contains("标准")
                || column.header.contains("区间")
                || column.header.contains("范围"))
    });
    match band.and_then(|it| columns.get_mut(it)) {
        Some(column) => column.role = Role::Band,
        None => {
            for column in columns.iter_mut().filter(|it| it.role == Role::Grade) {
                column.role = Role::Name;
            }
        }
    }
}
