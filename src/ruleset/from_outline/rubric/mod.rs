//! Tables: rows become nodes by the columns of names, their numbers by the columns of points, their rules by the rest.

mod events;
mod names;
mod numbers;
mod places;

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use self::{
    names::{is_list, item_lines, lists_marks},
    numbers::{cap_alone, cell_number, is_rate},
};
use crate::{
    clause::{Clause, Kind, from_text, interval, statement},
    diagnostic::{Finding, Severity},
    document::folded::{Folded, Letters},
    number::{self, Decimal},
    outline::{
        Rubric,
        number::{Form, Number},
        table::{Role, Row, RubricCell},
    },
    ruleset::{
        Amount, Grade, Limit, Rule, SourceRef, Total,
        from_outline::{
            Lowering, grades,
            rules::{Reading, amount, effect},
            section::list_kind,
            text::Scope,
            tree::{NodeId, NodeKind, ROOT},
        },
    },
    source::{Place, Span},
};

/// The open names of a table, for the next one that goes on with it.
#[derive(Debug, Clone)]
pub(super) struct Open {
    header: Vec<String>,
    base: NodeId,
    levels: Vec<Level>,
    groups: Vec<NodeId>,
}

/// The name that is open in a column.
#[derive(Debug, Clone, Default)]
struct Level {
    cell: Option<usize>,
    node: Option<NodeId>,
    rows: Range<u32>,
    /// The numbers of the names above this one in the same column: 1. over (1).
    above: Vec<(Number, NodeId)>,
    /// Whether its points come from a points cell of its own.
    points_cell: Option<usize>,
}

/// What the rows of a table are that no column names: 评价标准 | 分数.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unnamed {
    /// A column names them.
    No,
    /// Items: their points add up to those of the heading above, or it has none.
    Items,
    /// What the heading's points may be earned by: 高级工 4, 中级工 3.
    Events,
}

/// The state of reading one table.
#[derive(Debug)]
struct Walk<'t> {
    table: &'t Rubric,
    base: NodeId,
    levels: Vec<Level>,
    /// Cells that have been read.
    done: Vec<bool>,
    /// The groups that one cell names together, for lists beside it.
    groups: Vec<NodeId>,
    /// The names that one cell lists last, with its rows: paragraphs beside them may be one for each.
    listed: (Range<u32>, Vec<NodeId>),
    /// The group whose items are being read, and the last item's number.
    group: usize,
    last_number: u32,
    /// The node of each points cell.
    points: Vec<(usize, NodeId)>,
    /// The groups that numbers in the column of numbers open: 一、 over 1, with the form of each.
    numbered: Vec<(Form, NodeId)>,
    /// What the rows are, where no column names them.
    unnamed: Unnamed,
    /// The column of points whose numbers are what events earn.
    earned: Option<events::Earned>,
    /// What stands over each column: its header, or the words of a row in the midst of the table that heads those below it.
    heads: Vec<String>,
    /// The cell of criteria that begins with the name of its row, and where it goes on.
    label: Option<(usize, usize)>,
    /// How many of a node's rules are known to add nothing: each is looked at once.
    searched: BTreeMap<NodeId, usize>,
    /// How many of a node's rules are known to refer to no name.
    referred: BTreeMap<NodeId, usize>,
    /// Whether each row has a number of its own, for a column of names and one of numbers.
    own_numbers: BTreeMap<(usize, usize), bool>,
}

impl Walk<'_> {
    /// Whether the rows of one name have different numbers somewhere: 质量 | 20, 质量 | 5; then 管理 | 5, 管理 | 5 are two as well.
    fn each_row_counts(&mut self, names: usize, numbers: usize) -> bool {
        let table = self.table;
        *self.own_numbers.entry((names, numbers)).or_insert_with(|| {
            let words = |row, column| table.cell(row, column).map(|it| it.1.words());
            table.rows.windows(2).any(|it| {
                let [one, other] = it else { return false };
                words(one, names) == words(other, names)
                    && words(one, numbers) != words(other, numbers)
            })
        })
    }

    /// Whether a row in the midst of the table heads a column.
    fn is_headed(&self, column: usize) -> bool {
        let header = self.table.columns.get(column).map(|it| &it.header);
        self.heads.get(column).zip(header).is_some_and(|it| it.0 != it.1)
    }

    /// Whether a name spans more rows than a cell.
    fn spans(&self, node: NodeId, cell: &RubricCell) -> bool {
        let mut levels = self.levels.iter();
        levels.any(|it| it.node == Some(node) && it.rows.len() > cell.rows.len())
    }
}

impl Lowering<'_> {
    /// Reads a table under the open heading.
    pub(super) fn table(&mut self, table: &Rubric) {
        self.below_heading();
        if self.grade_table(table) || self.places_table(table) {
            self.last_table = None;
            return;
        }
        let many = table.columns.len();
        let open = self
            .last_table
            .take()
            .filter(|it| it.header == table.header && !table.header.is_empty());
        self.leave_items();
        let section = self.section.node();
        let mut walk = Walk {
            table,
            base: open.as_ref().map_or(section, |it| it.base),
            levels: open
                .as_ref()
                .map_or_else(|| vec![Level::default(); many], |it| it.levels.clone()),
            done: vec![false; table.cells.len()],
            groups: open.map(|it| it.groups).unwrap_or_default(),
            group: 0,
            listed: (0..0, Vec::new()),
            last_number: 0,
            points: Vec::new(),
            numbered: Vec::new(),
            earned: events::earned(table),
            unnamed: Unnamed::No,
            heads: table.columns.iter().map(|it| it.header.clone()).collect(),
            label: None,
            searched: BTreeMap::new(),
            referred: BTreeMap::new(),
            own_numbers: BTreeMap::new(),
        };
        walk.unnamed = self.unnamed(table, walk.base);
        for level in &mut walk.levels {
            level.cell = None;
            level.points_cell = None;
            level.rows = 0..0;
        }
        let grades = self.grade_rows(table);
        for (nth, row) in table.rows.iter().enumerate() {
            if !grades.contains(&nth) {
                self.row(&mut walk, row);
            }
        }
        self.last_table = Some(Open {
            header: table.header.clone(),
            base: walk.base,
            levels: walk.levels,
            groups: walk.groups,
        });
    }

    /// What the rows of a table are, where no column names them.
    fn unnamed(&self, table: &Rubric, base: NodeId) -> Unnamed {
        if table.columns.iter().any(|it| it.role == Role::Name) {
            return Unnamed::No;
        }
        let points = table.columns.iter().position(|it| it.role == Role::Points);
        let cells = table.rows.iter().filter_map(|it| table.cell(it, points?));
        let numbers = cells.filter_map(|it| number::read(it.1.words().trim_end_matches('分')));
        let own = self.tree.get(base).points;
        let sum: Decimal = numbers.sum();
        if own.is_none_or(|it| it == sum) { Unnamed::Items } else { Unnamed::Events }
    }

    fn row(&mut self, walk: &mut Walk<'_>, row: &Row) {
        if self.section_row(walk, row) {
            return;
        }
        let texts = filled(walk.table, row);
        if self.sum_row(walk, &texts) || self.veto_row(walk, &texts) {
            return;
        }
        self.names(walk, row);
        self.signed_list(walk);
        self.heads(walk, row);
        self.points(walk, row);
        self.rest(walk, row);
        self.unscored_leaf(walk, row);
    }

    /// 失信信息 over the groups of a table with signed numbers: a list of deductions.
    fn signed_list(&mut self, walk: &Walk<'_>) {
        let signed = walk.table.columns.iter().any(|it| matches!(it.role, Role::Signed(_)));
        let outer = walk.levels.iter().find_map(|it| it.node).filter(|_| signed);
        let deepest = self.deepest(walk);
        let Some(outer) = outer.filter(|it| *it != deepest) else { return };
        let node = self.tree.get_mut(outer);
        if node.kind != NodeKind::Named || node.is_scored() {
            return;
        }
        let record = |words: &[&str]| {
            let rest = words.iter().find_map(|it| node.key.strip_prefix(it));
            rest.is_some_and(|it| ["信息", "行为", "记录", "事项", "类"].contains(&it))
        };
        let kind = match (record(&["守信", "良好", "正面"]), record(&["失信", "不良", "负面"]))
        {
            (true, _) => Some(NodeKind::Bonus),
            (_, true) => Some(NodeKind::Negative),
            _ => None,
        };
        if let Some(kind) = kind {
            node.kind = kind;
        }
    }

    /// 1.发表论文 | 第一作者 | 其他作者 in the midst of a table of levels: what the numbers of the rows below it are of.
    fn heads(&mut self, walk: &mut Walk<'_>, row: &Row) {
        let table = walk.table;
        let levels = |it: &usize| table.columns.get(*it).is_some_and(|it| it.role == Role::Level);
        let Some(first) = (0..table.columns.len()).find(levels) else { return };
        let cells: Vec<(usize, usize, &RubricCell)> = (first..table.columns.len())
            .filter_map(|at| table.cell(row, at).map(|(index, cell)| (at, index, cell)))
            .filter(|(_, index, cell)| {
                !cell.is_empty() && !walk.done.get(*index).copied().unwrap_or(true)
            })
            .collect();
        let one = |cell: &RubricCell| cell.rows.len() == 1 && cell.columns.len() == 1;
        let names = |cell: &RubricCell| {
            let words = cell.words();
            let plain = (2..=12).contains(&words.chars().count()) && is_wordy(&words);
            let stop = |it: char| it.is_ascii_digit() || ",。;".contains(it);
            one(cell) && plain && !words.contains(stop) && !words.ends_with('分')
        };
        let of_levels: Vec<&RubricCell> =
            cells.iter().filter(|it| levels(&it.0)).map(|it| it.2).collect();
        let other = |it: &&RubricCell| !one(it) || has_rules(&it.name()) || is_rate(it);
        let number = |it: &&RubricCell| cell_number(&it.words()).is_some();
        if of_levels.is_empty() || of_levels.iter().any(|it| other(it) || number(it)) {
            return;
        }
        // Words that are no heads leave open what the numbers below are of.
        let known = of_levels.len() > 1 && of_levels.iter().all(|it| names(it));
        for (at, index, cell) in cells.iter().filter(|it| one(it.2)) {
            let Some(head) = walk.heads.get_mut(*at) else { continue };
            if known && names(cell) {
                *head = cell.words().into_owned();
                self.done(walk, *index);
            } else if levels(at) {
                head.clear();
            }
        }
    }

    /// A row of one cell across the table: a heading within it.
    fn section_row(&mut self, walk: &mut Walk<'_>, row: &Row) -> bool {
        let Some(index) = row.cells.first().copied().flatten() else { return false };
        let across = walk.table.columns.len() > 2
            && row.cells.iter().all(|it| {
                *it == Some(index)
                    || it.is_none_or(|it| walk.table.cells.get(it).is_none_or(RubricCell::is_empty))
            });
        let Some(cell) = walk.table.cells.get(index).filter(|_| across) else { return false };
        let alone = cell.columns.len() > 1 && cell.columns.len() + 1 >= walk.table.columns.len()
            || (walk.table.columns.len() >= 3
                && row
                    .cells
                    .iter()
                    .flatten()
                    .filter(|it| walk.table.cells.get(**it).is_some_and(|it| !it.is_empty()))
                    .count()
                    == 1
                && cell.rows.len() == 1
                && cell.columns.start == 0);
        let text = cell.name();
        let spans = cell.columns.len() > 1;
        if !alone || text.is_empty() || walk.done.get(index).copied().unwrap_or(true) {
            return alone && text.is_empty();
        }
        let short = text.text.chars().count() <= 40;
        if !short
            || !(spans
                || text.text.contains('分')
                || crate::outline::number::read(&text.text).is_some())
        {
            if self.vetoes_below(walk).is_some() {
                return false;
            }
            if spans {
                self.done(walk, index);
                let scope = Scope { place: cell.place, own_name: None };
                self.sentences(&cell.statements(), walk.base, cell.place);
                self.text(&cell.statements(), walk.base, &scope);
                return true;
            }
            return false;
        }
        self.done(walk, index);
        let outer = self.section.node();
        if let Some(kind) = list_kind(&text.text) {
            let node = self.named_node(&text, outer, cell.place, true);
            let node_ref = self.tree.get_mut(node);
            node_ref.kind = kind;
            node_ref.cap = node_ref.cap.or(node_ref.points.take());
            walk.base = node;
        } else {
            walk.base = self.named_node(&text, outer, cell.place, true);
        }
        walk.levels.fill(Level::default());
        walk.groups.clear();
        walk.numbered.clear();
        true
    }

    /// What the heading above a row sets for each event below it, where it heads a list of vetoes.
    fn vetoes_below(&self, walk: &Walk<'_>) -> Option<Limit> {
        let name = &self.tree.get(walk.base).name;
        grades::veto_list(name.split(['(', '（']).next().unwrap_or_default())
    }

    /// A row of a list of vetoes: each line of its content is an event.
    fn veto_row(&mut self, walk: &mut Walk<'_>, texts: &[(usize, Cow<'_, str>)]) -> bool {
        let name = texts.iter().find_map(|it| Some((it.0, grades::veto_list(&it.1)?)));
        let base = || self.vetoes_below(walk).map(|it| (usize::MAX, it));
        let Some((name, limit)) = name.or_else(base) else { return false };
        // What an empty cell takes from the row above says nothing of this one.
        let first = |it: &usize| walk.table.cells.get(*it).map_or(0, |it| it.rows.start);
        let here = texts.iter().map(|it| first(&it.0)).max();
        let own = || texts.iter().filter(|it| Some(first(&it.0)) == here);
        let content = own().filter(|it| it.0 != name && it.1.chars().count() >= 5);
        let content = content.max_by_key(|it| it.1.chars().count()).map(|it| it.0);
        let Some(cell) = content.and_then(|it| walk.table.cells.get(it)) else { return false };
        let scores = |it: usize| {
            let column = walk.table.cells.get(it).map(|it| it.columns.start as usize);
            let role = column.and_then(|it| walk.table.columns.get(it)).map(|it| it.role);
            matches!(role, Some(Role::Points | Role::Weight | Role::Signed(_)))
        };
        if own().any(|it| scores(it.0) || !from_text::read(&it.1).is_empty()) {
            return false;
        }
        for line in item_lines(cell) {
            let reading = Reading { text: &line, place: cell.place, letters: self.letters };
            // A box to be ticked is no word of the event.
            let boxes = line.text.len() - line.text.trim_start_matches(['□', '☐', '☑']).len();
            let range = statement::trimmed(&line.text, boxes..line.text.len());
            let (when, source) = (Some(reading.words(&range)), reading.source(range));
            self.limits.push(Limit { when, source, ..limit.clone() });
            self.read.push(line.whole());
        }
        for (index, _) in own() {
            self.done(walk, *index);
        }
        true
    }

    /// 合计, 小计: compared with the sum, not counted.
    fn sum_row(&mut self, walk: &mut Walk<'_>, texts: &[(usize, Cow<'_, str>)]) -> bool {
        if texts.is_empty() {
            return true;
        }
        let Some(bare) = texts.iter().take(3).find_map(|it| sum_word(&it.1)) else { return false };
        for (index, text) in texts {
            self.done(walk, *index);
            let Some(cell) = walk.table.cells.get(*index) else { continue };
            // 考核成绩 | 100 | 优秀:90分以上: what the score means.
            if text.chars().count() > 12 {
                self.sentences(&cell.statements(), walk.base, cell.place);
            }
            // 12 in the column 得分 is what somebody has scored.
            let filled_in = (cell.columns.clone()).all(|it| {
                walk.table.columns.get(it as usize).is_some_and(|it| it.role == Role::Form)
            });
            if number::read(text.trim_end_matches('分')).is_some() && !filled_in {
                self.read.push(cell.name().whole());
                self.table_total(bare, cell);
                let place = cell.place.to_string();
                let finding = Finding::new("subtotal-row", Severity::Note)
                    .arg("name", bare)
                    .arg("points", text.trim_end_matches('分'))
                    .at(place, self.letters.quote(cell.name().whole()))
                    .span(cell.name().whole());
                self.findings.push(finding);
            }
        }
        true
    }

    /// 总分 100 in a row of a table: the full marks of the whole, where no sentence states them.
    fn table_total(&mut self, word: &str, cell: &RubricCell) {
        let text = cell.name();
        let points = number::read(text.text.trim_end_matches('分'));
        let whole = ["总分", "总计", "合计", "共计", "总成绩", "考核成绩"].contains(&word);
        let Some(points) = points.filter(|it| whole && *it >= Decimal::TEN) else { return };
        let reading = Reading { text: &text, place: cell.place, letters: self.letters };
        let source = reading.source(0..text.text.len());
        let doubts = vec!["points-inferred".to_owned()];
        self.table_totals.push(Total { points, source, doubts });
    }

    fn done(&mut self, walk: &mut Walk<'_>, index: usize) {
        if let Some(done) = walk.done.get_mut(index) {
            *done = true;
        }
    }

    /// The node that rules of a row go to.
    fn deepest(&self, walk: &Walk<'_>) -> NodeId {
        walk.levels.iter().rev().find_map(|it| it.node).unwrap_or(walk.base)
    }

    /// Reads criteria, signed columns, assessors and other texts of a row.
    fn rest(&mut self, walk: &mut Walk<'_>, row: &Row) {
        for column in 0..walk.table.columns.len() {
            let Some(role) = walk.table.columns.get(column).map(|it| it.role) else { continue };
            let Some((index, cell)) = walk.table.cell(row, column) else { continue };
            if cell.is_empty() || walk.done.get(index).copied().unwrap_or(true) {
                continue;
            }
            self.done(walk, index);
            if self.verdict(walk, row, index) {
                continue;
            }
            match role {
                Role::Criteria | Role::Text | Role::Grade | Role::Band
                    if is_rate(cell)
                        || walk.is_headed(column) && cell_number(&cell.words()).is_some() =>
                {
                    self.level(walk, row, column, index);
                }
                Role::Criteria | Role::Text | Role::Grade | Role::Band => {
                    self.criteria(walk, row, index);
                }
                Role::Signed(sign) => self.signed(walk, row, index, sign),
                Role::Level => self.level(walk, row, column, index),
                Role::Case if self.speaks_of_points(walk.base) => {
                    self.level(walk, row, column, index);
                }
                Role::Case => {}
                Role::Assessor => self.people(walk, index, true),
                Role::Responsible => self.people(walk, index, false),
                Role::Form => {
                    if cell.words().contains('分') {
                        self.criteria(walk, row, index);
                    }
                }
                Role::Serial | Role::Name | Role::Points | Role::Weight | Role::Unit => {}
            }
        }
    }

    fn people(&mut self, walk: &Walk<'_>, index: usize, assess: bool) {
        let node = self.deepest(walk);
        let Some(cell) = walk.table.cells.get(index).filter(|_| node != ROOT) else { return };
        let mut names = Vec::new();
        for line in &cell.lines {
            let words = line.original(0..line.text.len(), self.letters);
            names.extend(
                words
                    .split(['、', '，', ',', '；', ';', '/'])
                    .map(str::to_owned)
                    .filter(|it| !it.is_empty()),
            );
        }
        let node = self.tree.get_mut(node);
        if assess {
            node.assessor = names;
        } else {
            node.responsible = names;
        }
    }

    fn criteria(&mut self, walk: &mut Walk<'_>, row: &Row, index: usize) {
        let table = walk.table;
        let Some(cell) = table.cells.get(index) else { return };
        let signed = table.columns.iter().any(|it| matches!(it.role, Role::Signed(_)));
        if signed && cap_alone(cell).is_some() {
            // The signed numbers of its rows have it.
            self.read.push(cell.name().whole());
            return;
        }
        let node = self.deepest(walk);
        let whole = cell.name();
        if let Some(points) = most_points(&whole.text)
            && node != walk.base
            && !self.tree.get(node).is_scored()
            && !self.tree.get(node).is_list()
        {
            self.tree.get_mut(node).points = Some(points);
            self.read.push(whole.whole());
            return;
        }
        if is_list(cell) && lists_marks(cell) {
            let base = walk.groups.first().map_or(node, |it| self.tree.get(*it).parent);
            let parent = walk.groups.get(walk.group).copied().unwrap_or(base);
            let under = if walk.groups.is_empty() { node } else { parent };
            if has_own_name(walk) {
                // A name of its own right beside the list holds it, whatever group that name is in.
                let groups = std::mem::take(&mut walk.groups);
                self.items(walk, cell, node);
                walk.groups = groups;
                return;
            }
            self.items(walk, cell, under);
            return;
        }
        let scope = Scope { place: cell.place, own_name: None };
        if walk.listed.0 == cell.rows && one_for_each(cell, walk.listed.1.len()) {
            for (line, node) in cell.lines.iter().zip(&walk.listed.1) {
                self.sentences(line, *node, cell.place);
                self.text(line, *node, &scope);
            }
            return;
        }
        let text = cell.statements();
        let text = match walk.label.take().filter(|it| it.0 == index) {
            Some((_, end)) => Cow::Owned(text.slice(end..text.text.len())),
            None => text,
        };
        let text = match self.mark_of_row(&text, walk, node, cell.place) {
            Some(end) => Cow::Owned(text.slice(0..end)),
            None => text,
        };
        self.sentences(&text, node, cell.place);
        if self.points_beside(walk, row, cell, node) {
            return;
        }
        match is_amount(&text.text).then(|| beside(walk, row, cell)).flatten() {
            Some(condition) => self.amount_beside(cell, node, condition),
            None => {
                let first = self.tree.get(node).rules.len();
                self.text(&text, node, &scope);
                self.refer(node, first, beside(walk, row, cell).filter(|_| walk.spans(node, cell)));
            }
        }
    }

    /// 工作服未换洗的一次扣2分。（5分） at the end of a cell: the points of the row's name. Returns where they begin.
    fn mark_of_row(
        &mut self,
        text: &Folded,
        walk: &Walk<'_>,
        node: NodeId,
        place: Place,
    ) -> Option<usize> {
        let clauses = from_text::read(&text.text);
        let (mark, rest) = clauses.split_last()?;
        let Kind::Points(points) = mark.kind else { return None };
        let before = text.text.get(..mark.range.start)?;
        let behind = before.ends_with(['。', ';'])
            || rest.last().is_some_and(|it| it.range.end == mark.range.start && !it.is_mark());
        let own = self.tree.get(node);
        let fits = own.points.is_none_or(|it| it == points.points) && own.weight.is_none();
        let alone = !rest.iter().any(Clause::is_mark);
        if node == walk.base || !(behind && fits && alone) || !mark.ends(&text.text) {
            return None;
        }
        self.mark(node, mark, text, place);
        Some(mark.range.start)
    }

    /// 符合得2分 beside a requirement: the requirement is the condition.
    fn refer(&mut self, node: NodeId, first: usize, condition: Option<&RubricCell>) {
        let Some(condition) = condition else { return };
        let name = condition.name();
        let range = statement::trimmed(&name.text, 0..name.text.len());
        let (words, span) = (name.original(range.clone(), self.letters), name.span(range));
        for rule in self.tree.get_mut(node).rules.iter_mut().skip(first) {
            if let Some(when) = rule.when.as_deref().and_then(|it| referred(it, &words)) {
                rule.when = Some(when);
                rule.doubts.push("condition-inferred".to_owned());
                quote_from(&mut rule.source, span, self.letters);
            }
        }
    }

    /// 18-20分 in a cell of its own: what earns it stands in the cell after it, or before it.
    fn points_beside(
        &mut self,
        walk: &Walk<'_>,
        row: &Row,
        cell: &RubricCell,
        node: NodeId,
    ) -> bool {
        let text = cell.statements();
        let clauses = from_text::read(&text.text);
        let [Clause { kind: Kind::BarePoints(points), range }] = clauses.as_slice() else {
            return false;
        };
        if *range != (0..text.text.len()) || node == ROOT {
            return false;
        }
        let mut after = (cell.columns.end as usize)..walk.table.columns.len();
        let after = after.find_map(|it| describing(walk.table, row, it));
        let before = || beside(walk, row, cell).filter(|_| points.most.is_some());
        let same = |it: &&RubricCell| it.rows == cell.rows;
        let Some(condition) = after.filter(same).or_else(before) else { return false };
        self.award_beside(node, cell, amount(*points), Some(condition));
        true
    }

    /// An amount in a cell of its own, without a verb: what the words of a cell beside it earn, else what the row's name does.
    fn award_beside(
        &mut self,
        node: NodeId,
        cell: &RubricCell,
        amount: Amount,
        condition: Option<&RubricCell>,
    ) {
        let text = cell.statements();
        let reading = Reading { text: &text, place: cell.place, letters: self.letters };
        let mut rule = Rule {
            effect: effect(self.tree.bare_verb(node)),
            amount: Some(amount),
            source: reading.source(0..text.text.len()),
            doubts: vec!["verb-inferred".to_owned()],
            ..Rule::default()
        };
        if let Some(name) = condition.map(RubricCell::name) {
            let words = statement::trimmed(&name.text, 0..name.text.len());
            quote_from(&mut rule.source, name.span(words.clone()), self.letters);
            rule.when = Some(name.original(words, self.letters));
            rule.doubts.push("condition-inferred".to_owned());
        }
        self.tree.get_mut(node).rules.push(rule);
        self.read.push(text.whole());
    }

    /// 扣1-2分 in a cell of its own: what it is taken for stands in the cell before.
    fn amount_beside(&mut self, cell: &RubricCell, node: NodeId, condition: &RubricCell) {
        let name = condition.name();
        let range = statement::trimmed(&name.text, 0..name.text.len());
        let scope =
            Scope { place: cell.place, own_name: Some(name.original(range.clone(), self.letters)) };
        let first = self.tree.get(node).rules.len();
        self.text(&cell.statements(), node, &scope);
        let span = name.span(range);
        for rule in self.tree.get_mut(node).rules.iter_mut().skip(first) {
            rule.doubts.push("condition-inferred".to_owned());
            quote_from(&mut rule.source, span, self.letters);
        }
    }

    /// A name without points whose row moves points is the condition of its rules, not a node.
    fn unscored_leaf(&mut self, walk: &mut Walk<'_>, _row: &Row) {
        if walk.has_events() {
            return;
        }
        let Some(at) = walk.levels.iter().rposition(|it| it.node.is_some()) else { return };
        let Some(id) = walk.levels.get(at).and_then(|it| it.node) else { return };
        let node = self.tree.get(id);
        let leaf = node.kind == NodeKind::Named
            && !node.is_scored()
            && node.children.is_empty()
            && !node.rules.is_empty()
            && id != walk.base;
        if !leaf {
            return;
        }
        // +5 or 加5 alone, or 符合得2分, which speaks of the name.
        let wordless =
            |it: &str| !it.chars().any(|it| it.is_alphabetic() && !"加扣减得计分至到".contains(it));
        let refers = |it: &Rule| it.when.as_deref().is_some_and(|it| referred(it, "").is_some());
        // Its words are those of the name, and not those of a condition beside it.
        let of_name = |it: &Rule| {
            let mut name = node.name.chars();
            let words = it.when.as_deref().unwrap_or_default();
            words.chars().all(|it| name.any(|own| own == it))
        };
        let alone = |it: &Rule| {
            it.when.is_none() && it.tiers.is_empty() || wordless(&it.source.quote) && of_name(it)
        };
        // Those of the rows above have been looked at.
        let seen = walk.referred.insert(id, node.rules.len()).unwrap_or(0);
        let new = node.rules.get(seen..).unwrap_or_default();
        let bare = node.rules.iter().all(alone) || new.iter().any(refers);
        if !bare {
            return;
        }
        let (name, parent, source) = (node.name.clone(), node.parent, node.source.clone());
        let rules: Vec<Rule> = self.tree.get_mut(id).rules.drain(..).collect();
        for mut rule in rules {
            if rule.when.is_none() && rule.measure.is_none() {
                rule.when = Some(name.clone());
            } else if let Some(when) = rule.when.as_deref().and_then(|it| referred(it, &name)) {
                rule.when = Some(when);
            }
            if let Some(span) = source.span.filter(|_| rule.source.quote.chars().count() < 12) {
                quote_from(&mut rule.source, span, self.letters);
            }
            self.tree.get_mut(parent).rules.push(rule);
        }
        self.tree.remove(id);
        if let Some(level) = walk.levels.get_mut(at) {
            level.node = None;
        }
    }

    /// The rows of a table that name a grade and its band, several one after another: 优 | ≥80分, 良 | 70-79分 at the end of a table
    /// of items.
    fn grade_rows(&mut self, table: &Rubric) -> BTreeSet<usize> {
        let mut rows = BTreeSet::new();
        let mut run: Vec<(usize, Grade)> = Vec::new();
        for nth in 0..=table.rows.len() {
            let band = table.rows.get(nth).and_then(|it| self.band_of_row(table, it));
            if let Some(band) = band {
                run.push((nth, band));
                continue;
            }
            if run.len() > 1 {
                self.read.extend(run.iter().filter_map(|it| it.1.source.span));
                rows.extend(run.iter().map(|it| it.0));
                self.grades.extend(run.drain(..).map(|it| it.1));
            }
            run.clear();
        }
        rows
    }

    /// The band of a row whose first two cells are a grade and scores of at least half of a hundred.
    fn band_of_row(&self, table: &Rubric, row: &Row) -> Option<Grade> {
        let mut cells = row.cells.iter().flatten().filter_map(|it| table.cells.get(*it));
        let name = cells.next().filter(|it| grades::is_name(&it.words()))?.name();
        let score = cells.next()?;
        let text = score.name();
        let whole = interval::at_end(&text.text, 0..text.text.len())?.range.start == 0;
        let reading = Reading { text: &text, place: score.place, letters: self.letters };
        let band = grades::row_band(&reading, name.original(0..name.text.len(), self.letters))?;
        let bounds = [band.bounds.lower, band.bounds.upper];
        let high = bounds.into_iter().flatten().any(|it| it.value >= Decimal::from(60));
        Some(band).filter(|_| whole && high)
    }

    /// A table of grades and their scores.
    fn grade_table(&mut self, table: &Rubric) -> bool {
        let at = |role: Role| table.columns.iter().position(|it| it.role == role);
        let (Some(grade), Some(band)) = (at(Role::Grade), at(Role::Band)) else { return false };
        let prefix = table
            .columns
            .get(..grade)
            .unwrap_or_default()
            .iter()
            .position(|it| it.role == Role::Name);
        let mut found = Vec::new();
        for row in &table.rows {
            let (Some((_, name)), Some((_, score))) =
                (table.cell(row, grade), table.cell(row, band))
            else {
                continue;
            };
            let own = name.words();
            if own.is_empty() || score.is_empty() {
                continue;
            }
            let before =
                prefix.and_then(|it| table.cell(row, it)).map(|it| it.1.name()).unwrap_or_default();
            let words = before.original(0..before.text.len(), self.letters)
                + &name.name().original(0..own.len(), self.letters);
            let text = score.name();
            let reading = Reading { text: &text, place: score.place, letters: self.letters };
            found.extend(grades::row_band(&reading, words));
        }
        if found.len() < 2 {
            return false;
        }
        self.read.extend(found.iter().filter_map(|it| it.source.span));
        self.grades.extend(found);
        true
    }
}

/// The condition that 符合, or 不符合, is of what stands beside it; none where the words say more.
fn referred(when: &str, beside: &str) -> Option<String> {
    if MEETS.contains(&when) {
        return Some(beside.to_owned());
    }
    let bare = when.trim_start_matches(['有', '每', '缺', '一', '1', '项', '处']);
    FAILS.contains(&bare).then(|| format!("{beside}，{when}"))
}

/// What says that a requirement is met, without saying which.
const MEETS: &[&str] = &[
    "符合",
    "符合要求",
    "符合条件",
    "符合标准",
    "符合规定",
    "达标",
    "达到要求",
    "达到标准",
    "达到",
    "满足",
    "满足要求",
    "满足条件",
    "是",
    "有",
    "具备",
    "完成",
    "合格",
    "一致",
];

/// What says that it is not met.
const FAILS: &[&str] = &[
    "不符",
    "不符合",
    "不符合要求",
    "不符合标准",
    "不符合规定",
    "不达标",
    "未达标",
    "未达到",
    "不满足",
    "不具备",
    "不合格",
    "不一致",
    "否",
    "无",
    "没有",
    "未完成",
    "达不到",
    "达不到要求",
    "未达到要求",
];

/// Cells so few characters apart stand side by side.
const NEAR: u32 = 3;

/// Makes a quote hold a span that stands in the cell before it, or after it.
fn quote_from(source: &mut SourceRef, beside: Span, letters: &Letters<'_>) {
    let near = |own: &Span| {
        beside.end <= own.start && own.start - beside.end <= NEAR
            || own.end <= beside.start && beside.start - own.end <= NEAR
    };
    if let Some(whole) = source.span.filter(near).map(|own| beside.join(own)) {
        source.quote = letters.quote(whole);
        source.span = Some(whole);
    }
}

/// The cell of a row in a column that describes something, and moves nothing itself.
fn describing<'t>(table: &'t Rubric, row: &Row, column: usize) -> Option<&'t RubricCell> {
    let describes = matches!(table.columns.get(column)?.role, Role::Text | Role::Criteria);
    let (_, cell) = table.cell(row, column).filter(|_| describes)?;
    let text = cell.name();
    (is_wordy(&text.text) && !has_rules(&text)).then_some(cell)
}

/// The cell before one in its row that says what happened, and moves nothing itself.
fn beside<'t>(walk: &Walk<'t>, row: &Row, cell: &RubricCell) -> Option<&'t RubricCell> {
    let before = (0..cell.columns.start as usize).rev();
    let mut described = before.filter_map(|it| describing(walk.table, row, it));
    described.find(|it| it.rows == cell.rows)
}

/// Whether a text is an amount and nothing else: 扣1-2分, 每一次扣1分.
pub(super) fn is_amount(text: &str) -> bool {
    matches!(
        from_text::read(text).as_slice(),
        [only] if matches!(only.kind, Kind::Move(_)) && only.range.start == 0 && only.ends(text)
    )
}

/// The points that are all a cell says: 最高10分, 满分10分.
fn most_points(text: &str) -> Option<Decimal> {
    let digits =
        ["最高", "满分"].iter().find_map(|it| text.strip_prefix(it))?.strip_suffix('分')?;
    Some(digits)
        .filter(|it| it.bytes().all(|it| it.is_ascii_digit() || it == b'.'))
        .and_then(number::read)
}

/// The word of a row that states a sum: 合计, 小计(100分).
fn sum_word(text: &str) -> Option<&str> {
    let words = [
        "合计",
        "小计",
        "总计",
        "总分",
        "共计",
        "总得分",
        "合计得分",
        "最终得分",
        "总成绩",
        "考核成绩",
        "考评成绩",
    ];
    let bare = text.split(['(', ':']).next().unwrap_or(text);
    let short = bare.chars().count() <= 8;
    let word = ["分值", "分数", "分"].iter().find_map(|it| bare.strip_suffix(it)).unwrap_or(bare);
    let sums = words.contains(&bare)
        || words.contains(&word)
        || bare.ends_with("小计")
        || bare.ends_with("合计");
    (short && sums).then_some(bare)
}

/// The filled cells of a row with their texts.
fn filled<'a>(table: &'a Rubric, row: &Row) -> Vec<(usize, Cow<'a, str>)> {
    let mut seen: Vec<usize> = row.cells.iter().flatten().copied().collect();
    seen.dedup();
    let texts = seen.into_iter().filter_map(|it| Some((it, table.cells.get(it)?.words())));
    texts.filter(|it| !it.1.is_empty()).collect()
}

/// The form of the number that a row has in the column of numbers: 一、 over 1; 1 over 1.1.
fn serial(table: &Rubric, row: &Row) -> Option<Form> {
    let column = table.columns.iter().position(|it| it.role == Role::Serial)?;
    let text = table.cell(row, column)?.1.words();
    let bare = text.trim_end_matches(['、', '.', ',']);
    if bare.matches('.').count() == 1 && bare.chars().all(|it| it.is_ascii_digit() || it == '.') {
        return Some(Form::Dotted);
    }
    crate::outline::number::read(&format!("{bare}、")).map(|it| it.0.form)
}

/// The first column of names.
fn first_name(table: &Rubric) -> usize {
    table.columns.iter().position(|it| it.role == Role::Name).unwrap_or(0)
}

/// Whether the names of a column open the groups of a table: the first names, with others right of them.
fn heads_groups(table: &Rubric, column: usize) -> bool {
    let inner = table.columns.iter().skip(column + 1).any(|it| it.role == Role::Name);
    column == first_name(table) && inner
}

/// Whether the innermost open name is one of its own beside its group, and not the last of a list.
fn has_own_name(walk: &Walk<'_>) -> bool {
    let Some(at) = walk.levels.iter().rposition(|it| it.node.is_some()) else { return false };
    let cell = walk.levels.get(at).and_then(|it| it.cell).and_then(|it| walk.table.cells.get(it));
    at > first_name(walk.table) && cell.is_some_and(|it| !is_list(it))
}

/// Whether a text can name something: a number or a formula cannot.
fn is_wordy(text: &str) -> bool {
    let letters = text.chars().filter(|it| it.is_alphabetic()).count();
    letters > 0 && !(letters < 3 && text.contains(['*', '+', '×', '=', '/']))
}

/// Whether a cell has a paragraph for each of several names: as many, and each ends as a paragraph does.
fn one_for_each(cell: &RubricCell, names: usize) -> bool {
    let ends = |it: &Folded| it.text.ends_with(['。', ';', '!']);
    names > 1 && cell.lines.len() == names && cell.lines.iter().all(ends)
}

/// Whether a text moves points.
fn has_rules(text: &Folded) -> bool {
    from_text::read(&text.text).iter().any(|it| {
        matches!(it.kind, Kind::Move(_) | Kind::Zero | Kind::Multiply(_) | Kind::Unstated(_))
    })
}
