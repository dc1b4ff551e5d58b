//! The names of a table: cells that name a node, cells that list several, names printed again.

use super::{Level, Walk, first_name, has_rules, heads_groups, is_wordy, serial};
use crate::{
    clause::{Clause, Kind, from_text, statement},
    diagnostic::{Finding, Severity},
    document::folded::Folded,
    outline::{
        Rubric,
        number::{self, Form, Number, first_of_dotted},
        table::{Column, Role, Row, RubricCell},
    },
    ruleset::from_outline::{Lowering, name, rules::Reading, text::Scope, tree::NodeId},
    source::Place,
};

impl Lowering<'_> {
    /// Opens the names of a row, from the left.
    pub(super) fn names(&mut self, walk: &mut Walk<'_>, row: &Row) {
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
            if self.goes_on(walk, column, cell) {
                self.done(walk, index);
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

    /// A group that each of its rows names again: whether a cell says what the one above it says, with names of its own behind it.
    fn goes_on(&mut self, walk: &mut Walk<'_>, column: usize, cell: &RubricCell) -> bool {
        let names = |it: &Column| it.role == Role::Name;
        let behind = walk.table.columns.iter().skip(column + 1).any(names) || walk.has_events();
        let parent = self.above(walk, column);
        let Some(level) = walk.levels.get_mut(column) else { return false };
        let (Some(above), Some(node)) = (level.cell, level.node) else { return false };
        let above = walk.table.cells.get(above);
        let same =
            above.is_some_and(|it| it.rows.end <= cell.rows.start && it.words() == cell.words());
        let own = self.tree.get(node);
        if !behind || !same || own.parent != parent || level.rows.end != cell.rows.start {
            return false;
        }
        let first = above.is_some_and(|it| it.rows.end == cell.rows.start);
        level.rows.end = cell.rows.end;
        let text = cell.name();
        let marked = !from_text::read(&text.text).is_empty();
        if marked {
            self.read.push(text.whole());
        }
        if marked && first {
            let reading = Reading { text: &text, place: cell.place, letters: self.letters };
            self.repeated(node, &reading.source(0..text.text.len()));
        }
        true
    }

    /// The node that a name in a column hangs under: the nearest open name to the left.
    pub(super) fn above(&self, walk: &Walk<'_>, column: usize) -> NodeId {
        let left = walk.levels.get(..column).unwrap_or_default();
        let group = walk.numbered.last().map_or(walk.base, |it| it.1);
        left.iter().rev().find_map(|it| it.node).unwrap_or(group)
    }

    pub(super) fn open_name(
        &mut self,
        walk: &mut Walk<'_>,
        column: usize,
        index: usize,
        parent: NodeId,
    ) {
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
        let number = number::read(&text.text).map(|it| it.0);
        let parent = self.within_column(walk, column, number, &text.text, parent);
        // A sentence that moves points is no name, nor is a remark on the grades.
        let statement = has_rules(&text) && !ends_in_mark(&text) || lists_amounts(&text);
        let node = if statement || is_remark(cell, walk.table) {
            let statements = cell.statements();
            let scope = Scope { place: cell.place, own_name: None };
            self.sentences(&statements, parent, cell.place);
            self.text(&statements, parent, &scope);
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
                ..Level::default()
            };
            if let (Some(number), Some(node)) = (number, node) {
                let at = level
                    .above
                    .iter()
                    .position(|it| it.0.form >= number.form)
                    .unwrap_or(level.above.len());
                level.above.truncate(at);
                level.above.push((number, node));
            }
        }
        if heads_groups(table, column) {
            walk.groups = node.into_iter().collect();
            walk.group = 0;
            walk.last_number = 0;
        }
    }

    /// Opens the last of the names that one cell lists.
    pub(super) fn open_list(
        &mut self,
        walk: &mut Walk<'_>,
        column: usize,
        index: usize,
        parent: NodeId,
    ) {
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
        if nodes.len() > 1 && heads_groups(table, column) {
            walk.groups = nodes;
            walk.group = 0;
        }
    }

    /// (1) under 1. in the same column.
    pub(super) fn within_column(
        &self,
        walk: &Walk<'_>,
        column: usize,
        number: Option<Number>,
        text: &str,
        parent: NodeId,
    ) -> NodeId {
        let (Some(number), Some(level)) = (number, walk.levels.get(column)) else { return parent };
        let over = level.above.iter().rev().find(|it| it.0.form < number.form);
        // 14.1 stands below 14, and beside 13.
        let other = |it: &Number| {
            it.form == Form::Arabic && first_of_dotted(text).is_some_and(|first| first != it.value)
        };
        let over = over.filter(|it| !other(&it.0));
        over.filter(|it| self.tree.is_within(it.1, parent)).map_or(parent, |it| it.1)
    }

    /// The node of a name cell: the one there is (a name printed again), or a new one.
    pub(super) fn named_node(
        &mut self,
        text: &Folded,
        parent: NodeId,
        place: Place,
        reuse: bool,
    ) -> NodeId {
        let clauses = from_text::read(&text.text);
        let mark = clauses.iter().rfind(|it| {
            (it.is_mark() || matches!(it.kind, Kind::BarePoints(_))) && it.ends(&text.text)
        });
        if let Some(mark) = mark.filter(|it| it.range.start > 0) {
            let other = clauses.iter().find(|it| it.range.end == mark.range.start && it.is_mark());
            let end = other.map_or(mark.range.start, |it| it.range.start);
            if let Some(node) = self.marked(text, 0..end, mark, parent, place) {
                if let Some(other) = other {
                    self.mark(node, other, text, place);
                }
                return node;
            }
        }
        let reading = Reading { text, place, letters: self.letters };
        let number = number::read(&text.text).map(|it| it.1);
        let (node, mark) = Self::unmarked_node(&reading, number);
        // 综合得分:  分,其中奖励分  分: a line to be filled in.
        let form = text.text.contains("得分:") || text.text.contains("总分:");
        if form || ["得分", "总分", "合计", "综合得分"].contains(&node.key.as_str()) {
            return parent;
        }
        if reuse && let Some(there) = self.named_child(parent, &node.key) {
            return there;
        }
        if let Some(mark) = mark {
            self.claim(&reading, &mark);
        }
        self.tree.add(parent, node)
    }

    /// A child with the name, or one that a heading or a formula has named in other words.
    pub(super) fn named_child(&self, parent: NodeId, key: &str) -> Option<NodeId> {
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
    pub(super) fn items(
        &mut self,
        walk: &mut Walk<'_>,
        cell: &RubricCell,
        parent: NodeId,
    ) -> Vec<NodeId> {
        let mut nodes: Vec<NodeId> = Vec::new();
        // What follows an item is its own; a numbered line without a mark is an item of the parent.
        let mut rest = Folded::default();
        let mut others = Folded::default();
        for line in item_lines(cell) {
            let number = number::read(&line.text);
            if number.is_some() && !nodes.is_empty() && has_rules(&line) && !lists_mark(&line) {
                others.end_line();
                others.append(&line);
                continue;
            }
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
            let again = self.printed(&line, under, cell.place);
            let node = match again {
                Some(again) => again,
                None if marks == 1
                    && let Some(node) = self.ruled_item(&line, &clauses, under, cell.place) =>
                {
                    node
                }
                None if marked && (has_rules(&line) || marks > 1) => {
                    let scope = Scope { place: cell.place, own_name: None };
                    self.text(&line, under, &scope);
                    self.tree.get(under).children.last().copied().unwrap_or(under)
                }
                None => self.named_node(&line, under, cell.place, true),
            };
            nodes.push(node);
        }
        if !others.is_empty() {
            let scope = Scope { place: cell.place, own_name: None };
            self.text(&others, parent, &scope);
        }
        if !rest.is_empty() {
            let node = nodes.last().copied().unwrap_or(parent);
            let scope = Scope { place: cell.place, own_name: None };
            self.text(&rest, node, &scope);
        }
        nodes
    }

    /// 严厉打击违法行为,发现一例未处理扣2分(5分): the item is named by what stands before its rules.
    fn ruled_item(
        &mut self,
        line: &Folded,
        clauses: &[Clause],
        under: NodeId,
        place: Place,
    ) -> Option<NodeId> {
        let (mark, rules) = clauses.split_last().filter(|it| it.0.is_mark() && !it.1.is_empty())?;
        let moves = |it: &Clause| matches!(it.kind, Kind::Move(_) | Kind::Zero);
        if !mark.ends(&line.text) || !rules.iter().all(moves) {
            return None;
        }
        let first = statement::read(&line.text, rules).into_iter().next()?;
        let matter = line.text.get(..first.clause.range.start)?;
        let cut = matter.trim_end_matches([',', ';', '。']).rfind([',', ';', '。']);
        let stop = cut.filter(|it| *it > 12).unwrap_or(first.own.start);
        let node = self.marked(line, 0..stop, mark, under, place)?;
        let scope = Scope { place, own_name: None };
        self.text(&line.slice(stop..mark.range.start), node, &scope);
        Some(node)
    }

    /// The group that an item belongs to. Items that are printed again stay where they are.
    pub(super) fn group_of(
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
    pub(super) fn printed(
        &mut self,
        line: &Folded,
        parent: NodeId,
        place: Place,
    ) -> Option<NodeId> {
        let clauses = from_text::read(&line.text);
        let mark = clauses.iter().rfind(|it| matches!(it.kind, Kind::Points(_)))?;
        let Kind::Points(points) = mark.kind else { return None };
        let key = name::key(line.get(name::trim(&line.text, 0..mark.range.start)));
        let there = self.tree.get(parent).children.iter().copied().find(|&it| {
            let node = self.tree.get(it);
            node.key != key && node.points == Some(points.points) && alike(&node.key, &key)
        })?;
        self.read.push(line.span(mark.range.clone()));
        let reading = Reading { text: line, place, letters: self.letters };
        self.repeated(there, &reading.source(0..line.text.len()));
        Some(there)
    }

    /// The parent of an item of the same name and points that was printed before, on another page or in another column.
    pub(super) fn printed_before(
        &self,
        walk: &Walk<'_>,
        line: &Folded,
        base: NodeId,
    ) -> Option<NodeId> {
        let clauses = from_text::read(&line.text);
        let mark = clauses.iter().rfind(|it| matches!(it.kind, Kind::Points(_)))?;
        let range = name::trim(&line.text, 0..mark.range.start);
        let key = name::key(line.get(range));
        let parents = walk.groups.iter().copied().chain([base]);
        parents.into_iter().find(|&parent| {
            self.tree.get(parent).children.iter().any(|it| alike(&self.tree.get(*it).key, &key))
        })
    }
}

/// Whether a cell across the table holds sentences: 备注:1.总分在90分以上的为蓝色;75分至90分的为黄色。
fn is_remark(cell: &RubricCell, table: &Rubric) -> bool {
    let words = cell.words();
    cell.columns.len() == table.columns.len()
        && words.chars().count() > 40
        && words.contains(['。', ';'])
}

/// Whether a cell lists several numbered or marked items.
pub(super) fn is_list(cell: &RubricCell) -> bool {
    let lines = item_lines(cell);
    let numbered = lines.iter().filter(|it| number::read(&it.text).is_some()).count();
    numbered >= 2 && lists_marks(cell)
}

/// Whether a numbered line of a cell has a mark.
pub(super) fn lists_marks(cell: &RubricCell) -> bool {
    let numbered = |it: &Folded| number::read(&it.text).is_some();
    item_lines(cell).iter().any(|it| numbered(it) && lists_mark(it))
}

/// Whether a line gives a name points or a weight.
fn lists_mark(line: &Folded) -> bool {
    from_text::read(&line.text).iter().any(|it| it.is_mark())
}

/// Whether a text lists what several events earn: 发明专利1分,实用新型专利0.5分.
fn lists_amounts(text: &Folded) -> bool {
    let clauses = from_text::read(&text.text);
    let amounts = clauses.iter().filter(|it| matches!(it.kind, Kind::BarePoints(_)));
    amounts.clone().count() > 1
        && amounts.clone().next_back().is_some_and(|it| it.ends(&text.text))
        && amounts.take(1).all(|it| {
            text.text.get(it.range.end..).is_some_and(|it| it.starts_with([',', ';', '、']))
        })
}

/// The lines of a cell, each numbered item one, torn lines joined.
pub(super) fn item_lines(cell: &RubricCell) -> Vec<Folded> {
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

/// Whether a text ends in the points or the weight of the name before them.
pub(super) fn ends_in_mark(text: &Folded) -> bool {
    from_text::read(&text.text).last().is_some_and(|it| it.is_mark() && it.ends(&text.text))
}

/// Whether two names are one, misread by a letter or two.
pub(super) fn alike(a: &str, b: &str) -> bool {
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
