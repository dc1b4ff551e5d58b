//! Tables: rows become nodes by the columns of names, their numbers by the columns of points, their rules by the rest.

use std::ops::Range;

use crate::{
    clause::{Clause, Kind, from_text},
    diagnostic::{Finding, Severity},
    document::folded::Folded,
    number::{self, Decimal},
    outline::{
        Rubric,
        number::{Form, Number},
        table::{Role, Row, RubricCell, Sign},
    },
    ruleset::{
        Amount, Effect, Limit, Rule, Total,
        from_outline::{
            Lowering, grades, name,
            rules::Reading,
            section::list_kind,
            text::Scope,
            tree::{Node, NodeId, NodeKind, ROOT},
        },
    },
    source::Place,
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
    above: Vec<(Form, NodeId)>,
    /// Whether its points come from a points cell of its own.
    points_cell: Option<usize>,
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
}

impl Lowering<'_> {
    /// Reads a table under the open heading.
    pub(super) fn table(&mut self, table: &Rubric) {
        if self.grade_table(table) {
            self.last_table = None;
            return;
        }
        let many = table.columns.len();
        let open = self
            .last_table
            .take()
            .filter(|it| it.header == table.header && !table.header.is_empty());
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
        };
        for level in &mut walk.levels {
            level.cell = None;
            level.points_cell = None;
            level.rows = 0..0;
        }
        for row in &table.rows {
            self.row(&mut walk, row);
        }
        self.last_table = Some(Open {
            header: table.header.clone(),
            base: walk.base,
            levels: walk.levels,
            groups: walk.groups,
        });
    }

    fn row(&mut self, walk: &mut Walk<'_>, row: &Row) {
        if self.section_row(walk, row) || self.sum_row(walk, row) || self.veto_row(walk, row) {
            return;
        }
        self.names(walk, row);
        self.points(walk, row);
        self.rest(walk, row);
        self.unscored_leaf(walk, row);
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

    /// A row of a list of vetoes: each line of its content is an event.
    fn veto_row(&mut self, walk: &mut Walk<'_>, row: &Row) -> bool {
        let texts = filled(walk.table, row);
        let name = texts.iter().find_map(|it| Some((it.0, grades::veto_list(&it.1)?)));
        let base = || grades::veto_list(&self.tree.get(walk.base).key).map(|it| (usize::MAX, it));
        let Some((name, (effect, grade))) = name.or_else(base) else { return false };
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
            let number = crate::clause::statement::number_mark(&line.text);
            let range = crate::clause::statement::trimmed(&line.text, number..line.text.len());
            let doubts = grade.iter().map(|_| "grade-inferred".to_owned()).collect();
            let (when, source) = (Some(reading.words(&range)), reading.source(range));
            self.limits.push(Limit { effect, grade: grade.clone(), when, source, doubts });
            self.read.push(line.whole());
        }
        for (index, _) in own() {
            self.done(walk, *index);
        }
        true
    }

    /// 合计, 小计: compared with the sum, not counted.
    fn sum_row(&mut self, walk: &mut Walk<'_>, row: &Row) -> bool {
        let texts: Vec<(usize, String)> = filled(walk.table, row);
        if texts.is_empty() {
            return true;
        }
        let Some(bare) = texts.iter().take(3).find_map(|it| sum_word(&it.1)) else { return false };
        for (index, text) in &texts {
            self.done(walk, *index);
            if let Some(cell) = walk.table.cells.get(*index)
                && number::read(text.trim_end_matches('分')).is_some()
            {
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
        let whole = ["总分", "总计", "合计", "共计"].contains(&word);
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

    /// Opens the names of a row, from the left.
    fn names(&mut self, walk: &mut Walk<'_>, row: &Row) {
        for column in 0..walk.table.columns.len() {
            if walk.table.columns.get(column).map(|it| it.role) != Some(Role::Name) {
                continue;
            }
            let Some((index, cell)) = walk.table.cell(row, column) else { continue };
            let same = walk.levels.get(column).is_some_and(|it| it.cell == Some(index));
            if same || cell.columns.start as usize != column {
                continue;
            }
            if cell.is_empty() {
                // An empty cell goes on with the name above it, unless a name before it is new.
                continue;
            }
            let first = column == first_name(walk.table);
            let number = serial(walk.table, row).filter(|_| first);
            if let Some(number) = number {
                walk.numbered.retain(|it| it.0 < number);
            }
            let parent = self.above(walk, column);
            self.open_name(walk, column, index, parent);
            if let (Some(number), Some(node)) =
                (number, walk.levels.get(column).and_then(|it| it.node))
            {
                walk.numbered.push((number, node));
            }
        }
    }

    /// The node that a name in a column hangs under: the nearest open name to the left.
    fn above(&self, walk: &Walk<'_>, column: usize) -> NodeId {
        let left = walk.levels.get(..column).unwrap_or_default();
        let group = walk.numbered.last().map_or(walk.base, |it| it.1);
        left.iter().rev().find_map(|it| it.node).unwrap_or(group)
    }

    fn open_name(&mut self, walk: &mut Walk<'_>, column: usize, index: usize, parent: NodeId) {
        let table = walk.table;
        let Some(cell) = table.cells.get(index) else { return };
        self.done(walk, index);
        for level in walk.levels.iter_mut().skip(column + 1) {
            *level = Level::default();
        }
        if is_list(cell) {
            self.open_list(walk, column, index, parent);
            return;
        }
        let text = cell.name();
        if !is_wordy(&text.text) {
            return;
        }
        let number = crate::outline::number::read(&text.text).map(|it| it.0);
        let parent = self.within_column(walk, column, number, parent);
        // A sentence that moves points is no name.
        let statement = has_rules(&text) && !ends_in_mark(&text);
        let node = if statement {
            let scope = Scope { place: cell.place, own_name: None };
            self.text(&cell.statements(), parent, &scope);
            None
        } else {
            Some(self.named_node(&text, parent, cell.place, true))
        };
        let above = walk.levels.get(column).map(|it| it.above.clone()).unwrap_or_default();
        if let Some(level) = walk.levels.get_mut(column) {
            *level = Level {
                cell: Some(index),
                node,
                rows: cell.rows.clone(),
                above,
                points_cell: None,
            };
            if let (Some(number), Some(node)) = (number, node) {
                let at = level
                    .above
                    .iter()
                    .position(|it| it.0 >= number.form)
                    .unwrap_or(level.above.len());
                level.above.truncate(at);
                level.above.push((number.form, node));
            }
        }
        let later = table.columns.iter().skip(column + 1).any(|it| it.role == Role::Name);
        if column == first_name(table) && later {
            walk.groups = node.into_iter().collect();
            walk.group = 0;
            walk.last_number = 0;
        }
    }

    /// Opens the last of the names that one cell lists.
    fn open_list(&mut self, walk: &mut Walk<'_>, column: usize, index: usize, parent: NodeId) {
        let table = walk.table;
        let Some(cell) = table.cells.get(index) else { return };
        let nodes = self.items(walk, cell, parent);
        if let Some(level) = walk.levels.get_mut(column) {
            *level = Level {
                cell: Some(index),
                node: nodes.last().copied(),
                rows: cell.rows.clone(),
                ..Level::default()
            };
        }
        walk.listed = (cell.rows.clone(), nodes.clone());
        let later = table.columns.iter().skip(column + 1).any(|it| it.role == Role::Name);
        if nodes.len() > 1 && column == first_name(table) && later {
            walk.groups = nodes;
            walk.group = 0;
        }
    }

    /// (1) under 1. in the same column.
    fn within_column(
        &self,
        walk: &Walk<'_>,
        column: usize,
        number: Option<Number>,
        parent: NodeId,
    ) -> NodeId {
        let (Some(number), Some(level)) = (number, walk.levels.get(column)) else { return parent };
        let over = level.above.iter().rev().find(|it| it.0 < number.form);
        over.filter(|it| self.tree.is_within(it.1, parent)).map_or(parent, |it| it.1)
    }

    /// The node of a name cell: the one there is (a name printed again), or a new one.
    fn named_node(&mut self, text: &Folded, parent: NodeId, place: Place, reuse: bool) -> NodeId {
        let clauses = from_text::read(&text.text);
        let mark = clauses.iter().rfind(|it| {
            (it.is_mark() || matches!(it.kind, Kind::BarePoints(_))) && it.ends(&text.text)
        });
        if let Some(mark) = mark.filter(|it| it.range.start > 0) {
            let other = clauses.iter().find(|it| it.range.end == mark.range.start && it.is_mark());
            let end = other.map_or(mark.range.start, |it| it.range.start);
            if let Some(node) = self.marked(text, 0..end, mark, parent, place) {
                if let Some(other) = other {
                    self.mark(node, other, text);
                }
                return node;
            }
        }
        let number = crate::outline::number::read(&text.text);
        let bare = number.and_then(|it| name::bare_mark(&text.text, it.1));
        let end = bare.as_ref().map_or(text.text.len(), |it| it.0.start);
        let range = name::trim(&text.text, 0..end);
        let key = name::key(text.get(range.clone()));
        // 综合得分:  分,其中奖励分  分: a line to be filled in.
        let form = text.text.contains("得分:") || text.text.contains("总分:");
        if form || ["得分", "总分", "合计", "综合得分"].contains(&key.as_str()) {
            return parent;
        }
        if reuse && let Some(there) = self.named_child(parent, &key) {
            return there;
        }
        let reading = Reading { text, place, letters: self.letters };
        if let Some((mark, _)) = &bare {
            self.read.push(text.span(mark.clone()));
        }
        let node = Node {
            name: reading.words(&range),
            key,
            points: bare.as_ref().map(|it| it.1),
            source: reading.source(range.start..bare.as_ref().map_or(range.end, |it| it.0.end)),
            doubts: bare.iter().map(|_| "unit-inferred".to_owned()).collect(),
            ..Node::default()
        };
        self.tree.add(parent, node)
    }

    /// A child with the name, or one that a heading or a formula has named in other words.
    fn named_child(&self, parent: NodeId, key: &str) -> Option<NodeId> {
        self.tree.child(parent, key).or_else(|| {
            self.tree.named(key).find(|it| {
                let node = self.tree.get(*it);
                node.parent == parent
                    && node.is_scored()
                    && node.children.is_empty()
                    && node.rules.is_empty()
            })
        })
    }

    /// The items of a cell that lists several: 1.…（5分）2.…（4分）. An item whose number starts again goes to the next group.
    fn items(&mut self, walk: &mut Walk<'_>, cell: &RubricCell, parent: NodeId) -> Vec<NodeId> {
        let mut nodes: Vec<NodeId> = Vec::new();
        let mut rest = Folded::default();
        for line in item_lines(cell) {
            let number = crate::outline::number::read(&line.text);
            let clauses = from_text::read(&line.text);
            let marks = clauses.iter().filter(|it| it.is_mark()).count();
            let marked = marks > 0;
            let Some((number, _)) = number.filter(|_| marked || !has_rules(&line)) else {
                rest.end_line();
                rest.append(&line);
                continue;
            };
            if !marked && !nodes.is_empty() {
                rest.end_line();
                rest.append(&line);
                continue;
            }
            let under = self.group_of(walk, number, &line, parent);
            let again = self.printed(&line, under);
            let node = match again {
                Some(again) => again,
                None if marked && (has_rules(&line) || marks > 1) => {
                    let scope = Scope { place: cell.place, own_name: None };
                    self.text(&line, under, &scope);
                    self.tree.get(under).children.last().copied().unwrap_or(under)
                }
                None => self.named_node(&line, under, cell.place, true),
            };
            nodes.push(node);
        }
        if !rest.is_empty() {
            let node = nodes.last().copied().unwrap_or(parent);
            let scope = Scope { place: cell.place, own_name: None };
            self.text(&rest, node, &scope);
        }
        nodes
    }

    /// The group that an item belongs to. Items that are printed again stay where they are.
    fn group_of(
        &mut self,
        walk: &mut Walk<'_>,
        number: Number,
        line: &Folded,
        parent: NodeId,
    ) -> NodeId {
        let Some(&first) = walk.groups.first() else { return parent };
        let base = self.tree.get(first).parent;
        let within = walk.groups.iter().any(|it| self.tree.is_within(parent, *it));
        if parent != base && !within {
            return parent;
        }
        if let Some(there) = self.printed_before(walk, line, base) {
            if let Some(at) = walk.groups.iter().position(|it| *it == there) {
                walk.group = at;
            } else {
                walk.group = walk.groups.len();
            }
            walk.last_number = number.value;
            return there;
        }
        if number.value <= walk.last_number {
            walk.group += 1;
        }
        walk.last_number = number.value;
        if let Some(&group) = walk.groups.get(walk.group) {
            return group;
        }
        let last = walk.groups.last().copied().unwrap_or(parent);
        if walk.group >= walk.groups.len() && number.value == 1 {
            let finding = Finding::new("heading-lost", Severity::Warning)
                .arg("name", &self.tree.get(last).name)
                .at(walk.table.place.to_string(), self.letters.quote(line.whole()))
                .span(line.whole());
            self.findings.push(finding);
        }
        base
    }

    /// The item of the same name and points, perhaps misread by a letter, that a node already has.
    fn printed(&mut self, line: &Folded, parent: NodeId) -> Option<NodeId> {
        let clauses = from_text::read(&line.text);
        let mark = clauses.iter().rfind(|it| matches!(it.kind, Kind::Points(_)))?;
        let Kind::Points(points) = mark.kind else { return None };
        let key = name::key(line.get(name::trim(&line.text, 0..mark.range.start)));
        let there = self.tree.get(parent).children.iter().copied().find(|&it| {
            let node = self.tree.get(it);
            node.key != key && node.points == Some(points.points) && alike(&node.key, &key)
        })?;
        self.read.push(line.span(mark.range.clone()));
        let finding = Finding::new("repeated-item", Severity::Note)
            .arg("name", &self.tree.get(there).name)
            .at(String::new(), self.letters.quote(line.whole()))
            .span(line.whole());
        self.findings.push(finding);
        Some(there)
    }

    /// The parent of an item of the same name and points that was printed before, on another page or in another column.
    fn printed_before(&self, walk: &Walk<'_>, line: &Folded, base: NodeId) -> Option<NodeId> {
        let clauses = from_text::read(&line.text);
        let mark = clauses.iter().rfind(|it| matches!(it.kind, Kind::Points(_)))?;
        let range = name::trim(&line.text, 0..mark.range.start);
        let key = name::key(line.get(range));
        let parents = walk.groups.iter().copied().chain([base]);
        parents.into_iter().find(|&parent| {
            self.tree.get(parent).children.iter().any(|it| alike(&self.tree.get(*it).key, &key))
        })
    }

    /// Gives the numbers of a row to its names.
    fn points(&mut self, walk: &mut Walk<'_>, row: &Row) {
        for column in 0..walk.table.columns.len() {
            let role = walk.table.columns.get(column).map(|it| it.role);
            if !matches!(role, Some(Role::Points | Role::Weight)) {
                continue;
            }
            let Some((index, cell)) = walk.table.cell(row, column) else { continue };
            if cell.is_empty() {
                continue;
            }
            if let Some(&(_, node)) = walk.points.iter().find(|it| it.0 == index) {
                self.reopen(walk, node);
                continue;
            }
            if walk.done.get(index).copied().unwrap_or(true) {
                continue;
            }
            self.done(walk, index);
            let text = cell.name();
            let Some((value, percent)) = cell_number(&text.text) else {
                let scope = Scope { place: cell.place, own_name: None };
                let node = self.deepest(walk);
                self.text(&cell.statements(), node, &scope);
                continue;
            };
            let weight =
                percent
                    || (role == Some(Role::Weight)
                        && walk.table.columns.get(column).is_some_and(|it| {
                            it.header.contains('%') || it.header.contains("权重")
                        })
                        && !text.text.contains('分')
                        && role == Some(Role::Weight));
            self.give_number(walk, column, index, value, weight);
        }
    }

    /// Makes the node of a points cell the open one again, for the further rows that the cell spans.
    fn reopen(&mut self, walk: &mut Walk<'_>, node: NodeId) {
        let name = self.tree.get(node).key.clone();
        for level in &mut walk.levels {
            if level.node.is_some_and(|it| self.tree.get(it).key == name)
                && level.node != Some(node)
            {
                level.node = Some(node);
            }
        }
    }

    /// Gives a number to the name that its cell belongs to: the nearest column of names to the left, or the one whose cell
    /// spans the same rows.
    fn give_number(
        &mut self,
        walk: &mut Walk<'_>,
        column: usize,
        index: usize,
        value: Decimal,
        weight: bool,
    ) {
        let table = walk.table;
        let Some(cell) = table.cells.get(index) else { return };
        let text = cell.name();
        let reading = Reading { text: &text, place: cell.place, letters: self.letters };
        let source = reading.source(0..text.text.len());
        self.read.push(text.whole());
        let Some(level) = self.level_of(walk, column, &cell.rows) else {
            // No name: the number belongs to the heading above the table.
            let node = self.tree.get_mut(walk.base);
            if walk.base != ROOT {
                set(node, value, weight);
            }
            return;
        };
        let Some(id) = walk.levels.get(level).and_then(|it| it.node) else { return };
        let taken =
            walk.levels.get(level).is_some_and(|it| it.points_cell.is_some_and(|it| it != index));
        let node = self.tree.get(id);
        let has = if weight { node.weight.is_some() } else { node.points.is_some() };
        let id = if taken && has {
            let again = Node {
                name: node.name.clone(),
                key: node.key.clone(),
                source,
                doubts: vec!["name-inferred".to_owned()],
                ..Node::default()
            };
            let parent = node.parent;
            self.tree.add(parent, again)
        } else {
            id
        };
        set(self.tree.get_mut(id), value, weight);
        walk.points.push((index, id));
        if let Some(level) = walk.levels.get_mut(level) {
            level.node = Some(id);
            level.points_cell = Some(index);
        }
    }

    /// The column of the name that a number belongs to.
    fn level_of(&self, walk: &Walk<'_>, column: usize, rows: &Range<u32>) -> Option<usize> {
        let open = |it: &usize| walk.levels.get(*it).is_some_and(|it| it.node.is_some());
        let names: Vec<usize> = (0..walk.levels.len()).filter(open).collect();
        let is_name =
            |it: usize| walk.table.columns.get(it).is_some_and(|it| it.role == Role::Name);
        let later_names = (column + 1..walk.table.columns.len()).any(is_name);
        // 分值 in two columns, of the group and of its rows: the row's number belongs to the row's name behind it.
        let spans_of = |it: &usize| walk.levels.get(*it).map_or(0..0, |it| it.rows.clone());
        let behind = names.iter().copied().find(|it| *it > column && spans_of(it) == *rows);
        let before = names.iter().rev().find(|it| **it < column);
        let has_points = |it: &usize| {
            let cell = walk.levels.get(*it).and_then(|it| walk.table.cells.get(it.points_cell?));
            cell.is_some_and(|it| (it.columns.start as usize) < column)
        };
        if behind.is_some()
            && before.is_some_and(|it| spans_of(it).len() > rows.len() || has_points(it))
        {
            return behind;
        }
        let left: Vec<usize> =
            names.iter().copied().filter(|it| !later_names || *it < column).collect();
        let nearest = *left.last()?;
        // A points cell over more rows than the nearest name: the name to the left that spans them.
        let spans = |it: usize| walk.levels.get(it).map_or(0, |it| it.rows.len());
        let covers = |it: usize| {
            walk.levels
                .get(it)
                .is_some_and(|it| it.rows.start <= rows.start && rows.end <= it.rows.end)
        };
        if rows.len() > spans(nearest).max(1) {
            return left.iter().rev().copied().find(|it| covers(*it)).or(Some(nearest));
        }
        Some(nearest)
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
            match role {
                Role::Criteria | Role::Text | Role::Grade | Role::Band if is_rate(cell) => {
                    self.level(walk, row, column, index);
                }
                Role::Criteria | Role::Text | Role::Grade | Role::Band => {
                    self.criteria(walk, index);
                }
                Role::Signed(sign) => self.signed(walk, row, index, sign),
                Role::Level => self.level(walk, row, column, index),
                Role::Assessor => self.people(walk, index, true),
                Role::Responsible => self.people(walk, index, false),
                Role::Form => {
                    if cell.name().text.contains('分') {
                        self.criteria(walk, index);
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

    fn criteria(&mut self, walk: &mut Walk<'_>, index: usize) {
        let table = walk.table;
        let Some(cell) = table.cells.get(index) else { return };
        let signed = table.columns.iter().any(|it| matches!(it.role, Role::Signed(_)));
        if signed && cap_alone(cell).is_some() {
            // The signed numbers of its rows have it.
            self.read.push(cell.name().whole());
            return;
        }
        let node = self.deepest(walk);
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
        self.sentences(&text, node, cell.place);
        self.text(&text, node, &scope);
    }

    /// The words of the row that a signed number belongs to, where a column of criteria holds them.
    fn signed_condition(&self, walk: &Walk<'_>, row: &Row, index: usize) -> Option<Folded> {
        let signed = walk.table.cells.get(index)?;
        let rows = &signed.rows;
        (0..signed.columns.start as usize).find_map(|column| {
            let criteria = walk.table.columns.get(column)?.role == Role::Criteria;
            let (_, cell) = walk.table.cell(row, column).filter(|_| criteria)?;
            (cell.rows == *rows && !cell.is_empty()).then(|| cell.statements())
        })
    }

    /// A number with a sign, or several: the rule of the row's name, or of the condition beside it.
    fn signed(&mut self, walk: &Walk<'_>, row: &Row, index: usize, sign: Sign) {
        let Some(cell) = walk.table.cells.get(index) else { return };
        let text = cell.name();
        let node = self.deepest(walk);
        let numbers: Option<Vec<_>> =
            text.text.split(['、', ',']).map(|it| signed_number(it, sign)).collect();
        let Some(numbers) = numbers.filter(|it| !it.is_empty()) else {
            let scope = Scope { place: cell.place, own_name: None };
            self.text(&cell.statements(), node, &scope);
            return;
        };
        self.read.push(text.whole());
        let reading = Reading { text: &text, place: cell.place, letters: self.letters };
        let condition = self.signed_condition(walk, row, index);
        let doubts = match &condition {
            Some(it) if has_rules(it) => vec!["points-inferred".to_owned()],
            _ => Vec::new(),
        };
        let whole = |it: &Folded| {
            let own = crate::clause::statement::trimmed(&it.text, 0..it.text.len());
            it.original(own, self.letters)
        };
        let name = condition.as_ref().map_or_else(|| self.tree.get(node).name.clone(), whole);
        let (name, per) = counted_name(&name);
        let folded = Folded::new(&name, 0);
        let divided =
            crate::clause::list::divide(&folded.text, 0..folded.text.len(), numbers.len().max(2));
        for (nth, (effect, amount, own_per)) in numbers.iter().enumerate() {
            let part = divided.as_ref().filter(|_| numbers.len() > 1).and_then(|it| it.get(nth));
            let words =
                part.map(|it| it.iter().map(|it| folded.get(it.clone())).collect::<String>());
            let rule = Rule {
                effect: *effect,
                amount: Some(*amount),
                per: own_per.clone().or_else(|| per.clone()),
                when: words
                    .or_else(|| (per.is_some() || condition.is_some()).then(|| name.clone())),
                source: reading.source(0..text.text.len()),
                doubts: doubts.clone(),
                cap: cap_beside(walk.table, row, cell),
                ..Rule::default()
            };
            self.tree.get_mut(node).rules.push(rule);
        }
    }

    /// The names without points that are open in a row, from the left.
    fn row_names(&self, walk: &Walk<'_>) -> Vec<String> {
        let nodes = walk.levels.iter().filter_map(|it| it.node).map(|it| self.tree.get(it));
        nodes.filter(|it| !it.is_scored() && !it.is_list()).map(|it| it.name.clone()).collect()
    }

    /// The words that describe the event of a row, in a column of text before its levels.
    fn row_text(&self, walk: &Walk<'_>, row: &Row, before: usize) -> Option<String> {
        (0..before).find_map(|column| {
            let role = walk.table.columns.get(column)?.role;
            let describes = matches!(role, Role::Text | Role::Criteria);
            let (_, cell) = walk.table.cell(row, column).filter(|_| describes)?;
            let text = cell.name();
            let wordy = is_wordy(&text.text) && !text.text.is_empty() && !has_rules(&text);
            wordy.then(|| text.original(0..text.text.len(), self.letters))
        })
    }

    /// A number in the column of a level: what the row's event earns at that level.
    fn level(&mut self, walk: &Walk<'_>, row: &Row, column: usize, index: usize) {
        let Some(cell) = walk.table.cells.get(index) else { return };
        let text = cell.name();
        let deepest = self.deepest(walk);
        let home = self.tree.scored_at_or_above(deepest).unwrap_or(walk.base);
        let takes = self.tree.get(home).kind == NodeKind::Negative || text.text.starts_with('-');
        let sign = if takes { Sign::Deduct } else { Sign::Add };
        let Some((effect, amount, own_per)) = signed_number(&text.text, sign) else { return };
        self.read.push(text.whole());
        let unit = walk.table.columns.iter().position(|it| it.role == Role::Unit);
        let per = unit
            .and_then(|it| walk.table.cell(row, it))
            .map(|it| it.1.name().text)
            .filter(|it| !it.is_empty());
        let header = walk.table.columns.get(column).map(|it| it.header.clone()).unwrap_or_default();
        let level = header.split('(').next().unwrap_or_default().to_owned();
        let mut event = self.row_names(walk);
        event.extend(self.row_text(walk, row, column));
        if !level.is_empty() {
            event.push(level);
        }
        let reading = Reading { text: &text, place: cell.place, letters: self.letters };
        let rule = Rule {
            effect,
            amount: Some(amount),
            per: own_per.or(per),
            when: Some(event.join("，")).filter(|it| !it.is_empty()),
            source: reading.source(0..text.text.len()),
            ..Rule::default()
        };
        self.tree.get_mut(home).rules.push(rule);
    }

    /// A name without points whose row moves points is the condition of its rules, not a node.
    fn unscored_leaf(&mut self, walk: &mut Walk<'_>, _row: &Row) {
        let Some(at) = walk.levels.iter().rposition(|it| it.node.is_some()) else { return };
        let Some(id) = walk.levels.get(at).and_then(|it| it.node) else { return };
        let node = self.tree.get(id);
        let leaf = node.kind == NodeKind::Named
            && !node.is_scored()
            && node.children.is_empty()
            && !node.rules.is_empty()
            && id != walk.base;
        let signed = node.rules.iter().all(|it| it.source.quote.chars().count() < 16);
        let bare = node.rules.iter().all(|it| it.when.is_none() || signed);
        if !leaf || !bare {
            return;
        }
        let (name, parent, source) = (node.name.clone(), node.parent, node.source.clone());
        let rules: Vec<Rule> = self.tree.get_mut(id).rules.drain(..).collect();
        for mut rule in rules {
            if rule.when.is_none() && rule.measure.is_none() {
                rule.when = Some(name.clone());
            }
            if let (Some(a), Some(b)) = (source.span, rule.source.span)
                && rule.source.quote.chars().count() < 12
                && a.end <= b.start
                && b.start - a.end <= 3
            {
                let span = a.join(b);
                rule.source.quote = self.letters.quote(span);
                rule.source.span = Some(span);
            }
            self.tree.get_mut(parent).rules.push(rule);
        }
        self.tree.remove(id);
        if let Some(level) = walk.levels.get_mut(at) {
            level.node = None;
        }
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
            let own = name.name().text;
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

/// The word of a row that states a sum: 合计, 小计(100分).
fn sum_word(text: &str) -> Option<&str> {
    let words = ["合计", "小计", "总计", "总分", "共计", "总得分", "合计得分", "最终得分"];
    let bare = text.split(['(', ':']).next().unwrap_or(text);
    let short = bare.chars().count() <= 8;
    let sums = words.contains(&bare) || bare.ends_with("小计") || bare.ends_with("合计");
    (short && sums).then_some(bare)
}

/// The filled cells of a row with their texts.
fn filled(table: &Rubric, row: &Row) -> Vec<(usize, String)> {
    let mut seen: Vec<usize> = row.cells.iter().flatten().copied().collect();
    seen.dedup();
    let texts = seen.into_iter().filter_map(|it| Some((it, table.cells.get(it)?.name().text)));
    texts.filter(|it| !it.1.is_empty()).collect()
}

/// The form of the number that a row has in the column of numbers: 一、 over 1; 1 over 1.1.
fn serial(table: &Rubric, row: &Row) -> Option<Form> {
    let column = table.columns.iter().position(|it| it.role == Role::Serial)?;
    let text = table.cell(row, column)?.1.name().text;
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

/// Whether the innermost open name is one of its own beside its group, and not the last of a list.
fn has_own_name(walk: &Walk<'_>) -> bool {
    let Some(at) = walk.levels.iter().rposition(|it| it.node.is_some()) else { return false };
    let cell = walk.levels.get(at).and_then(|it| it.cell).and_then(|it| walk.table.cells.get(it));
    at > first_name(walk.table) && cell.is_some_and(|it| !is_list(it))
}

/// Whether a cell lists several numbered or marked items.
fn is_list(cell: &RubricCell) -> bool {
    let lines = item_lines(cell);
    let numbered =
        lines.iter().filter(|it| crate::outline::number::read(&it.text).is_some()).count();
    numbered >= 2 && lists_marks(cell)
}

/// Whether a numbered line of a cell has a mark.
fn lists_marks(cell: &RubricCell) -> bool {
    item_lines(cell).into_iter().any(|it| {
        crate::outline::number::read(&it.text).is_some()
            && from_text::read(&it.text).iter().any(|it| it.is_mark())
    })
}

/// The lines of a cell, each numbered item one, torn lines joined.
fn item_lines(cell: &RubricCell) -> Vec<Folded> {
    let text = cell.statements();
    let mut lines = Vec::new();
    let mut from = 0;
    for (at, c) in text.text.char_indices() {
        if c == '\n' {
            lines.push(text.slice(from..at));
            from = at + 1;
        }
    }
    lines.push(text.slice(from..text.text.len()));
    lines.retain(|it| !it.is_empty());
    lines
}

/// Whether a text can name something: a number or a formula cannot.
fn is_wordy(text: &str) -> bool {
    let letters = text.chars().filter(|it| it.is_alphabetic()).count();
    letters > 0 && !(letters < 3 && text.contains(['*', '+', '×', '=', '/']))
}

/// Whether a text ends in the points or the weight of the name before them.
fn ends_in_mark(text: &Folded) -> bool {
    from_text::read(&text.text).last().is_some_and(|it| it.is_mark() && it.ends(&text.text))
}

/// The cap that is all a cell says: 每年最多加3分.
fn cap_alone(cell: &RubricCell) -> Option<Decimal> {
    match from_text::read(&cell.name().text).as_slice() {
        [Clause { kind: Kind::Cap(cap), .. }] => Some(cap.points),
        _ => None,
    }
}

/// The cap that a cell beside a signed number sets for it, and for those of the other rows that it spans.
fn cap_beside(table: &Rubric, row: &Row, number: &RubricCell) -> Option<Decimal> {
    let spans =
        |it: &&RubricCell| it.rows.start <= number.rows.start && number.rows.end <= it.rows.end;
    let cells = row.cells.iter().flatten().filter_map(|it| table.cells.get(*it));
    cells.filter(spans).filter_map(cap_alone).min()
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

fn set(node: &mut Node, value: Decimal, weight: bool) {
    if weight {
        node.weight = node.weight.or(Some(value));
    } else {
        node.points = node.points.or(Some(value));
    }
}

/// The number of a points cell and whether it is a percentage: 10, 10分, 0-10分, 20%.
fn cell_number(text: &str) -> Option<(Decimal, bool)> {
    let text = text.trim_matches(['(', ')', '。', ',', '[', ']', '*']);
    if let Some(rate) = text.strip_suffix('%') {
        return number::read(rate).map(|it| (it, true));
    }
    let bare =
        text.trim_end_matches(['分', '值', '制']).trim_start_matches(['共', '满', '分', ':', '计']);
    if let Some((_, most)) = bare.split_once(['-', '~', '至']) {
        let least = bare.split(['-', '~', '至', '分']).next()?;
        number::read(least)?;
        return number::read(most).map(|it| (it, false));
    }
    let plain = bare
        .chars()
        .all(|it| it.is_ascii_digit() || it == '.' || "一二三四五六七八九十百".contains(it));
    plain.then(|| number::read(bare)).flatten().map(|it| (it, false))
}

/// A signed number: -20, +10, -5至-50, 加20, 2分/次, 0.5-2.
fn signed_number(text: &str, sign: Sign) -> Option<(Effect, Amount, Option<String>)> {
    let text = text.trim_start_matches("酌情").trim_start_matches('酌');
    let negative = text.starts_with(['-', '扣', '减']);
    let positive = text.starts_with(['+', '加']);
    let effect = match sign {
        _ if negative => Effect::Deduct,
        _ if positive => Effect::Add,
        Sign::Deduct => Effect::Deduct,
        Sign::Add => Effect::Add,
        Sign::Either => return None,
    };
    let bare = text.trim_start_matches(['-', '+', '扣', '减', '加']);
    let (bare, per) = match bare.split_once(['/', '每']) {
        Some((bare, unit)) => (bare, Some(unit.to_owned())),
        None => (bare, None),
    };
    let bare = bare.trim_end_matches('分');
    let parts: Vec<&str> = bare.split(['至', '~', '到']).collect();
    let parts = if parts.len() == 1 { bare.split('-').collect() } else { parts };
    let numbers: Option<Vec<Decimal>> = parts
        .iter()
        .map(|it| it.trim_start_matches(['-', '+', '扣', '减', '加']).trim_end_matches('分'))
        .map(|it| {
            Some(it)
                .filter(|it| it.chars().all(|c| c.is_ascii_digit() || c == '.'))
                .and_then(number::read)
        })
        .collect();
    let amount = match numbers?.as_slice() {
        [one] => Amount::Exact(*one),
        [a, b] => Amount::Range((*a).min(*b), (*a).max(*b)),
        _ => return None,
    };
    Some((effect, amount, per))
}

/// Whether a cell holds nothing but an amount with its unit: 5分/篇.
fn is_rate(cell: &RubricCell) -> bool {
    let text = cell.name().text;
    let unit = text.split_once(['/', '每']).map_or("", |it| it.1);
    !unit.is_empty()
        && !unit.starts_with(|it: char| it.is_ascii_digit() || "+-.".contains(it))
        && text.chars().count() <= 10
        && signed_number(&text, Sign::Add).is_some()
}

/// A name with its counted unit at the end: 收受红包，每例.
fn counted_name(name: &str) -> (String, Option<String>) {
    let Some((words, unit)) = name.rsplit_once('每') else { return (name.to_owned(), None) };
    let short = (1..=3).contains(&unit.chars().count());
    if !short {
        return (name.to_owned(), None);
    }
    (words.trim_end_matches(['，', ',', '、']).to_owned(), Some(unit.to_owned()))
}

/// Whether two names are one, misread by a letter or two.
fn alike(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len() < 8 || a.len().abs_diff(b.len()) > 2 {
        return false;
    }
    let same = a.iter().zip(&b).filter(|it| it.0 == it.1).count();
    same * 10 >= a.len().max(b.len()) * 9
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_cells() {
        let shortest = |text: &str| cell_number(text).map(|it| (number::shortest(it.0), it.1));
        assert_eq!(shortest("10分"), Some(("10".into(), false)));
        assert_eq!(shortest("0-10分"), Some(("10".into(), false)));
        assert_eq!(shortest("20%"), Some(("20".into(), true)));
        assert_eq!(shortest("加分项"), None);
    }

    #[test]
    fn signed_numbers() {
        let show =
            |text: &str, sign| signed_number(text, sign).map(|it| (it.0, it.1.to_string(), it.2));
        assert_eq!(show("-20", Sign::Either), Some((Effect::Deduct, "20".into(), None)));
        assert_eq!(show("+10", Sign::Either), Some((Effect::Add, "10".into(), None)));
        assert_eq!(show("-5至-50", Sign::Either), Some((Effect::Deduct, "5-50".into(), None)));
        assert_eq!(
            show("0.5分/次", Sign::Deduct),
            Some((Effect::Deduct, "0.5".into(), Some("次".into())))
        );
        assert_eq!(show("视情况", Sign::Deduct), None);
    }
}
