//! Rows of plain cells to a grid: which empty places belong to a merged cell.
//!
//! A text dump of a table says nothing of merged cells: a cell that spans three rows stands in the first and leaves the
//! other two empty. In an assessment table the empty places left of the main text (the longest column) belong to the name
//! above, as long as no name further left begins anew; those right of it (points, offices) belong to the value above
//! within the same first-level group. A row with its first cell alone is a heading across the table.

use crate::document::{CellDraft, ParagraphDraft};

/// A row as a reader finds it: its cells' texts, paragraphs divided by line feeds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Row {
    /// The texts of its cells.
    pub(super) cells: Vec<String>,
    /// The page on which it begins, where the format states pages.
    pub(super) page: Option<u32>,
}

impl Row {
    /// The text of one cell; a place beyond the row's end is empty.
    pub(super) fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |it| it.trim())
    }

    /// One past the last cell that is not empty.
    pub(super) fn extent(&self) -> usize {
        self.cells.iter().rposition(|it| !it.trim().is_empty()).map_or(0, |it| it + 1)
    }

    /// Whether only the first cell holds something.
    fn is_heading(&self) -> bool {
        self.extent() == 1 && !is_number(self.cell(0))
    }

    /// Whether it may be a header: short names, no sentence, no bare number.
    pub(super) fn is_header(&self) -> bool {
        let filled = self.cells.iter().map(|it| it.trim()).filter(|it| !it.is_empty());
        self.extent() > 1
            && filled
                .clone()
                .all(|it| it.chars().count() <= 20 && !it.contains(['。', '；']) && !is_number(it))
    }
}

/// A grid, ready for the builder.
#[derive(Debug, Default)]
pub(super) struct Grid {
    pub(super) rows: u32,
    pub(super) columns: u32,
    pub(super) cells: Vec<CellDraft>,
}

/// Makes a grid of rows, with empty places given to the cells that span them.
pub(super) fn infer(rows: &[Row]) -> Grid {
    let columns = rows.iter().map(Row::extent).max().unwrap_or_default();
    let header = header_rows(rows, columns);
    let mut roles = Roles::of(rows.get(header..).unwrap_or_default(), columns);
    let header_of = |column: usize| rows.iter().take(header).map(move |it| it.cell(column).trim());
    for (column, shared) in roles.shared.iter_mut().enumerate() {
        // A remark is made of one row.
        *shared &= !header_of(column).any(|it| REMARKS.contains(&it));
    }
    let mut grid = Draft { columns, cells: Vec::new(), above: vec![None; columns] };
    if header == 2 {
        grid.two_level_header(rows);
    }
    for (nth, row) in rows.iter().enumerate().skip(if header == 2 { 2 } else { 0 }) {
        if nth == header {
            grid.above.fill(None);
        }
        let next = rows.get(nth + 1);
        let is_group = next.is_some_and(|it| it.cell(0).is_empty());
        if columns > 2 && nth >= header && row.is_heading() && !is_group {
            grid.heading(nth, row);
        } else {
            grid.row(nth, row, &roles);
        }
    }
    Grid { rows: to_u32(rows.len()), columns: to_u32(columns), cells: grid.cells }
}

/// How many rows the header has: two where names stand below an empty place or a wider name of the first.
fn header_rows(rows: &[Row], columns: usize) -> usize {
    let [first, second, ..] = rows else {
        return usize::from(rows.first().is_some_and(Row::is_header));
    };
    if !first.is_header() {
        return 0;
    }
    let below_empty =
        (0..columns).any(|it| first.cell(it).is_empty() && !second.cell(it).is_empty());
    let all_named =
        (0..columns).all(|it| !first.cell(it).is_empty() || !second.cell(it).is_empty());
    let is_second = rows.len() > 2
        && below_empty
        && all_named
        && second.is_header()
        && !first.cell(0).is_empty();
    1 + usize::from(is_second)
}

/// What the columns of a table are for, as far as merged cells depend on it.
#[derive(Debug)]
struct Roles {
    /// The column of the main text.
    main: usize,
    /// The columns left of it that name groups of rows.
    groups: Vec<usize>,
    /// Columns right of it whose empty places may belong to the value above.
    shared: Vec<bool>,
}

impl Roles {
    fn of(rows: &[Row], columns: usize) -> Self {
        let filled = |column: usize| rows.iter().filter(|it| !it.cell(column).is_empty()).count();
        let length = |column: usize| rows.iter().map(|it| it.cell(column).len()).sum::<usize>();
        let often = |column: &usize| filled(*column) * 10 >= rows.len() * 7;
        let main = (0..columns)
            .filter(often)
            .max_by_key(|it| (length(*it), usize::MAX - it))
            .or_else(|| (0..columns).max_by_key(|it| length(*it)))
            .unwrap_or_default();
        let is_serial = |column: usize| {
            let numbers = rows.iter().filter(|it| is_number(it.cell(column))).count();
            numbers * 10 >= filled(column) * 8
        };
        let groups = (0..main).filter(|it| filled(*it) < rows.len() && !is_serial(*it)).collect();
        let shared = (0..columns).map(|it| (rows.len() - filled(it)) * 8 >= rows.len()).collect();
        Self { main, groups, shared }
    }
}

/// Headers of columns of remarks.
const REMARKS: [&str; 4] = ["备注", "备 注", "说明", "注"];

/// Longer texts are said of one row alone; the longest shared value seen is a list of offices.
const MAX_SHARED_CHARS: usize = 60;

/// A grid under way.
struct Draft {
    columns: usize,
    cells: Vec<CellDraft>,
    /// The index of the cell above, for each column, where a place below may belong to it.
    above: Vec<Option<usize>>,
}

impl Draft {
    fn push(&mut self, row: usize, column: usize, span: (u32, u32), from: &Row) -> usize {
        let paragraphs = from.cell(column).split('\n').map(str::trim).map(ParagraphDraft::plain);
        self.cells.push(CellDraft {
            row: to_u32(row),
            column: to_u32(column),
            row_span: span.0,
            column_span: span.1,
            paragraphs: paragraphs.collect(),
            page: from.page,
        });
        self.cells.len() - 1
    }

    fn set_above(&mut self, column: usize, cell: Option<usize>) {
        if let Some(it) = self.above.get_mut(column) {
            *it = cell;
        }
    }

    /// A row whose first cell spans the table.
    fn heading(&mut self, nth: usize, row: &Row) {
        self.push(nth, 0, (1, to_u32(self.columns)), row);
        self.above.fill(None);
    }

    fn row(&mut self, nth: usize, row: &Row, roles: &Roles) {
        // A total stands for itself.
        let is_total =
            row.cells.iter().map(|it| it.trim()).find(|it| !it.is_empty()).is_some_and(is_total);
        let mut anew = is_total;
        let first_anew =
            is_total || roles.groups.first().is_some_and(|it| !row.cell(*it).is_empty());
        for column in 0..self.columns {
            let text = row.cell(column);
            let is_free = match column {
                it if it < roles.main => !anew,
                it if it > roles.main => !first_anew && self.is_shared(it, roles),
                _ => false,
            };
            let above =
                self.above.get(column).copied().flatten().filter(|_| text.is_empty() && is_free);
            if let Some(cell) = above.and_then(|it| self.cells.get_mut(it)) {
                cell.row_span += 1;
                continue;
            }
            anew |= !text.is_empty() && roles.groups.contains(&column);
            let cell = self.push(nth, column, (1, 1), row);
            self.set_above(column, Some(cell).filter(|_| !text.is_empty()));
        }
    }

    fn is_shared(&self, column: usize, roles: &Roles) -> bool {
        let above = self.above.get(column).copied().flatten().and_then(|it| self.cells.get(it));
        let length =
            above.map_or(0, |it| it.paragraphs.iter().map(|it| it.text.chars().count()).sum());
        roles.shared.get(column).copied().unwrap_or_default() && length <= MAX_SHARED_CHARS
    }

    /// Names of the first row span the empty places beside them that have names below.
    fn two_level_header(&mut self, rows: &[Row]) {
        let [first, second, ..] = rows else { return };
        let mut column = 0;
        while column < self.columns {
            // An empty place before a name that stands over names of its own belongs to that name.
            let lead = (column..self.columns)
                .take_while(|it| first.cell(*it).is_empty() && !second.cell(*it).is_empty())
                .count();
            let name = column + lead;
            let over_names = !second.cell(name).is_empty();
            let start = if over_names { column } else { name };
            (column..start).for_each(|it| {
                self.push(0, it, (1, 1), first);
            });
            let follow = (name + 1..self.columns)
                .take_while(|it| {
                    over_names && first.cell(*it).is_empty() && !second.cell(*it).is_empty()
                })
                .count();
            if name < self.columns {
                let rows = if over_names { 1 } else { 2 };
                let at = self.push(0, name, (rows, to_u32(name + 1 + follow - start)), first);
                if let Some(cell) = self.cells.get_mut(at) {
                    cell.column = to_u32(start);
                }
            }
            column = name + 1 + follow;
        }
        for column in 0..self.columns {
            if !second.cell(column).is_empty() {
                self.push(1, column, (1, 1), second);
            }
        }
    }
}

/// Whether a name is that of a sum over rows.
fn is_total(name: &str) -> bool {
    let bare: String = name.chars().filter(|it| !it.is_whitespace()).collect();
    ["合计", "小计", "总计", "共计", "总分", "合計", "小計", "總計"]
        .iter()
        .any(|it| bare.starts_with(it))
        && bare.chars().count() <= 8
}

/// Whether a cell holds a bare number, as a serial number does.
fn is_number(text: &str) -> bool {
    let digits = text.trim_end_matches(['.', '、', '．']);
    !digits.is_empty()
        && digits.chars().count() <= 4
        && digits
            .chars()
            .all(|it| it.is_ascii_digit() || "一二三四五六七八九十".contains(it) || it == '.')
}

/// Takes out columns in which no cell begins; returns how many are left.
pub(super) fn squeeze(cells: &mut [CellDraft]) -> u32 {
    let mut starts: Vec<u32> = cells.iter().map(|it| it.column).collect();
    starts.sort_unstable();
    starts.dedup();
    let place = |column: u32| to_u32(starts.partition_point(|it| *it < column));
    for it in cells.iter_mut() {
        let end = place(it.column + it.column_span);
        it.column = place(it.column);
        it.column_span = end - it.column;
    }
    to_u32(starts.len())
}

pub(super) fn to_u32(it: usize) -> u32 {
    u32::try_from(it).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Row> {
        let row = |line: &str| Row {
            cells: line.split('|').map(|it| it.trim().to_owned()).collect(),
            page: None,
        };
        text.lines().map(|it| row(it.trim())).collect()
    }

    /// Writes each cell as `row,column(rows×columns)text`, spans of one left out, empty cells left out.
    fn drawn(text: &str) -> String {
        let grid = infer(&rows(text));
        let cell = |it: &CellDraft| {
            let text: String = it.paragraphs.iter().map(|it| it.text.as_str()).collect();
            let span = match (it.row_span, it.column_span) {
                (1, 1) => String::new(),
                (rows, columns) => format!("({rows}×{columns})"),
            };
            (!text.is_empty()).then(|| format!("{},{}{span}{text}", it.row, it.column))
        };
        grid.cells.iter().filter_map(cell).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn names_span_the_empty_places_below() {
        assert_eq!(
            drawn(
                "指标|内容|办法|分值\n学习|计划|没有计划的扣一分。|5\n||没有小结的扣一分。|\n|培训|没有培训的扣一分。|\n纪律||迟到的扣一分。|6"
            ),
            "0,0指标 0,1内容 0,2办法 0,3分值 1,0(3×1)学习 1,1(2×1)计划 1,2没有计划的扣一分。 \
             1,3(3×1)5 2,2没有小结的扣一分。 3,1培训 3,2没有培训的扣一分。 4,0纪律 4,2迟到的扣一分。 4,36"
        );
    }

    #[test]
    fn serial_numbers_begin_no_group() {
        assert_eq!(
            drawn("序号|指标|办法\n1|学习|没有计划的扣一分。\n2||没有小结的扣一分。"),
            "0,0序号 0,1指标 0,2办法 1,01 1,1(2×1)学习 1,2没有计划的扣一分。 2,02 2,2没有小结的扣一分。"
        );
    }

    #[test]
    fn a_lone_first_cell_is_a_heading_across() {
        assert_eq!(
            drawn("序号|内容|分值\n一、学习情况||\n1|没有计划的扣一分。|5\n2|没有小结的扣一分。|5"),
            "0,0序号 0,1内容 0,2分值 1,0(1×3)一、学习情况 2,01 2,1没有计划的扣一分。 2,25 \
             3,02 3,1没有小结的扣一分。 3,25"
        );
    }

    #[test]
    fn nothing_merges_into_the_header() {
        assert_eq!(
            drawn("内容|分值|得分\n按时报送情况|5|\n质量情况|6|"),
            "0,0内容 0,1分值 0,2得分 1,0按时报送情况 1,15 2,0质量情况 2,16"
        );
    }

    #[test]
    fn header_of_two_levels() {
        assert_eq!(
            drawn("类别|分值||标准|\n||储蓄|个贷|卡\n助理|90|3|4|5\n经理|95|3|4|5"),
            "0,0(2×1)类别 0,1(2×1)分值 0,2(1×3)标准 1,2储蓄 1,3个贷 1,4卡 2,0助理 2,190 2,23 2,34 2,45 \
             3,0经理 3,195 3,23 3,34 3,45"
        );
    }

    #[test]
    fn a_total_belongs_to_no_group() {
        assert_eq!(
            drawn(
                "序号|指标|办法|分值\n1|学习|没有计划的扣一分。|5\n2||没有小结的扣一分。|\n合计|||10"
            ),
            "0,0序号 0,1指标 0,2办法 0,3分值 1,01 1,1(2×1)学习 1,2没有计划的扣一分。 1,3(2×1)5 2,02 \
             2,2没有小结的扣一分。 3,0合计 3,310"
        );
    }

    #[test]
    fn header_of_two_levels_with_names_below_the_first() {
        assert_eq!(
            drawn(
                "指标||要点|得分|\n一级|二级||自评|复核\n甲|乙|没有计划的扣一分。||\n甲|丙|没有小结的扣一分。||"
            ),
            "0,0(1×2)指标 0,2(2×1)要点 0,3(1×2)得分 1,0一级 1,1二级 1,3自评 1,4复核 2,0甲 2,1乙 \
             2,2没有计划的扣一分。 3,0甲 3,1丙 3,2没有小结的扣一分。"
        );
    }

    #[test]
    fn a_rare_gap_in_a_text_column_is_empty() {
        let mut text = "指标|办法|工作".to_owned();
        for nth in 0..12 {
            text.push_str(&format!(
                "\n名{nth}|没有按要求完成的扣{nth}分。|{}",
                if nth == 7 { "" } else { "学习" }
            ));
        }
        assert!(!drawn(&text).contains('×'));
    }
}
