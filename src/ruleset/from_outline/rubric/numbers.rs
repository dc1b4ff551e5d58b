//! The numbers of a table: points and weights of names, signed numbers and amounts by level that move points.

use std::{borrow::Cow, ops::Range};

use super::{Unnamed, Walk, describing, has_rules, is_amount};
use crate::{
    clause::{CapScope, Clause, Kind, from_text},
    document::folded::Folded,
    number::{self, Decimal},
    outline::{
        Rubric,
        table::{Column, Role, Row, RubricCell, Sign, forced_grade},
    },
    ruleset::{
        Amount, Effect, Limit, LimitEffect, Rule, Tier,
        from_outline::{
            Lowering, name, rank,
            rules::{self, Reading},
            text::Scope,
            tree::{Node, NodeId, NodeKind, ROOT},
        },
    },
};

impl Lowering<'_> {
    /// Gives the numbers of a row to its names.
    pub(super) fn points(&mut self, walk: &mut Walk<'_>, row: &Row) {
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
            let unnamed = walk.unnamed != Unnamed::No;
            let condition = unnamed.then(|| words_before(walk, row, cell)).flatten();
            let Some((value, percent)) = cell_number(&text.text) else {
                let node = self.deepest(walk);
                match condition.filter(|_| is_amount(&text.text)) {
                    Some(condition) => self.amount_beside(cell, node, condition),
                    None => {
                        let scope = Scope { place: cell.place, own_name: None };
                        self.text(&cell.statements(), node, &scope);
                    }
                }
                continue;
            };
            if !percent && self.earned(walk, row, column, cell, value) {
                continue;
            }
            if let Some(item) = condition.filter(|_| walk.unnamed == Unnamed::Items) {
                let node = self.named_node(&item.name(), walk.base, item.place, true);
                self.give_cell(node, value, percent, cell);
                self.read.push(text.whole());
                continue;
            }
            if let Some(condition) = condition.filter(|_| !percent) {
                self.award_beside(walk.base, cell, Amount::Exact(value), Some(condition));
                continue;
            }
            let weight = percent || role == Some(Role::Weight) && !text.text.contains('分');
            // 0.3 among weights is 30%, and under 权重(%) 0.3%.
            let in_percent =
                walk.table.columns.get(column).is_some_and(|it| it.header.contains('%'));
            let fraction = weight && !percent && !in_percent && value < Decimal::ONE;
            let value = if fraction { value * Decimal::ONE_HUNDRED } else { value };
            self.give_number(walk, row, (column, index), value, weight);
        }
    }

    /// Makes the node of a points cell the open one again, for the further rows that the cell spans.
    pub(super) fn reopen(&mut self, walk: &mut Walk<'_>, node: NodeId) {
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
    pub(super) fn give_number(
        &mut self,
        walk: &mut Walk<'_>,
        row: &Row,
        (column, index): (usize, usize),
        value: Decimal,
        weight: bool,
    ) {
        let table = walk.table;
        let Some(cell) = table.cells.get(index) else { return };
        if let Some(group) = self.repeated_in(walk, column, value, weight) {
            self.read.push(cell.name().whole());
            walk.points.push((index, group));
            return;
        }
        let Some(level) = self.level_of(walk, column, &cell.rows) else {
            // No name: the number belongs to the heading above the table.
            if walk.base != ROOT {
                self.read.push(cell.name().whole());
                self.give_cell(walk.base, value, weight, cell);
            }
            return;
        };
        self.read.push(cell.name().whole());
        let Some(id) = walk.levels.get(level).and_then(|it| it.node) else { return };
        let taken =
            walk.levels.get(level).is_some_and(|it| it.points_cell.is_some_and(|it| it != index));
        let group = group_of(walk, level, cell).filter(|it| self.is_open(walk, level, *it));
        if let Some(group) = group {
            let id = self.row_of_group(walk, group, row, index);
            self.give_cell(id, value, weight, cell);
            walk.points.push((index, id));
            if let Some(level) = walk.levels.get_mut(level) {
                level.node = Some(id);
                level.points_cell = Some(index);
            }
            return;
        }
        let node = self.tree.get(id);
        let has = if weight { node.weight } else { node.points };
        let name = walk.levels.get(level).and_then(|it| table.cells.get(it.cell?));
        let other =
            name.filter(|it| has.is_some_and(|it| it != value) && is_another(table, it, node));
        // 病区管理 | 10, 病区管理 | 5, 病区管理 | 5: each row has its own.
        let again = name.is_some_and(|it| {
            has == Some(value)
                && it.rows == cell.rows
                && walk.each_row_counts(it.columns.start as usize, column)
        });
        let again = again && !self.tree.get(id).rules.is_empty();
        let id = if taken && has.is_some() || other.is_some() || again {
            self.another(id, other, cell)
        } else {
            id
        };
        self.give_cell(id, value, weight, cell);
        walk.points.push((index, id));
        if let Some(level) = walk.levels.get_mut(level) {
            level.node = Some(id);
            level.points_cell = Some(index);
        }
    }

    /// A second item of the name of a node, as a cell of names says it, or as the cell of its number shows.
    fn another(&mut self, id: NodeId, name: Option<&RubricCell>, number: &RubricCell) -> NodeId {
        let (place, words) = name.map_or((number.place, number.name()), |it| (it.place, it.name()));
        let named = Reading { text: &words, place, letters: self.letters };
        let source = named.source(0..words.text.len());
        let doubt = name.is_none().then(|| "name-inferred".to_owned());
        let node = self.tree.get(id);
        let again = Node {
            name: node.name.clone(),
            key: node.key.clone(),
            source,
            doubts: doubt.into_iter().collect(),
            ..Node::default()
        };
        let parent = node.parent;
        self.tree.add(parent, again)
    }

    /// The group whose number each of its rows repeats: 甲类 | 40 | 信息 | 60, 甲类 | 40 | 宣传 | 40.
    fn repeated_in(
        &self,
        walk: &Walk<'_>,
        column: usize,
        value: Decimal,
        weight: bool,
    ) -> Option<NodeId> {
        let inner = |it: &Column| it.role == Role::Name;
        let group = walk.levels.get(..column)?.iter().rev().find(|it| it.node.is_some())?;
        let own = walk.table.cells.get(group.points_cell?)?;
        let node = self.tree.get(group.node?);
        let has = if weight { node.weight } else { node.points };
        let same = has == Some(value) && own.columns.start as usize == column;
        let named = walk.table.cells.get(group.cell?)?;
        let repeated = named.rows.end < group.rows.end || named.rows.start > own.rows.start;
        let grouped = walk.table.columns.iter().skip(column).any(inner);
        (same && repeated && grouped).then_some(group.node?)
    }

    /// Whether a column's open name is a node, or one of its rows.
    fn is_open(&self, walk: &Walk<'_>, level: usize, node: NodeId) -> bool {
        let open = walk.levels.get(level).and_then(|it| it.node);
        open.is_some_and(|it| it == node || self.tree.get(it).parent == node)
    }

    /// The item of a row that has points beside those of its group and no name of its own: its criteria begin with one, or it is
    /// called as its group is.
    fn row_of_group(
        &mut self,
        walk: &mut Walk<'_>,
        group: NodeId,
        row: &Row,
        points: usize,
    ) -> NodeId {
        let table = walk.table;
        let words = (0..table.columns.len()).find_map(|it| {
            let role = table.columns.get(it)?.role;
            let (at, cell) = table.cell(row, it)?;
            let describes = matches!(role, Role::Criteria | Role::Text);
            let line = cell.lines.first().filter(|_| describes)?;
            Some((at, cell.place, line, name_at_head(&line.text)?))
        });
        let doubts = vec!["name-inferred".to_owned()];
        let Some((at, place, line, (range, end))) = words else {
            let (name, key) = (self.tree.get(group).name.clone(), self.tree.get(group).key.clone());
            let Some(cell) = table.cells.get(points) else { return group };
            let whole = cell.name();
            let reading = Reading { text: &whole, place: cell.place, letters: self.letters };
            let source = reading.source(0..whole.text.len());
            return self.tree.add(group, Node { name, key, source, doubts, ..Node::default() });
        };
        let reading = Reading { text: line, place, letters: self.letters };
        let node = Node {
            name: reading.words(&range),
            key: name::key(reading.get(&range)),
            source: reading.source(range),
            doubts,
            ..Node::default()
        };
        walk.label = end.map(|end| (at, end));
        self.tree.add(group, node)
    }

    /// Gives a node the number of a cell.
    fn give_cell(&mut self, id: NodeId, value: Decimal, weight: bool, cell: &RubricCell) {
        let (points, weight) = if weight { (None, Some(value)) } else { (Some(value), None) };
        self.give_marks(id, points, weight, cell.place, cell.name().whole());
    }

    /// The column of the name that a number belongs to.
    pub(super) fn level_of(
        &self,
        walk: &Walk<'_>,
        column: usize,
        rows: &Range<u32>,
    ) -> Option<usize> {
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

    /// The words of the row that a signed number belongs to, where a column of criteria holds them.
    pub(super) fn signed_condition<'t>(
        &self,
        walk: &Walk<'t>,
        row: &Row,
        index: usize,
    ) -> Option<Cow<'t, Folded>> {
        let signed = walk.table.cells.get(index)?;
        let rows = &signed.rows;
        (0..signed.columns.start as usize).find_map(|column| {
            let criteria = walk.table.columns.get(column)?.role == Role::Criteria;
            let (_, cell) = walk.table.cell(row, column).filter(|_| criteria)?;
            (cell.rows == *rows && !cell.is_empty()).then(|| cell.statements())
        })
    }

    /// A number with a sign, or several: the rule of the row's name, or of the condition beside it.
    pub(super) fn signed(&mut self, walk: &Walk<'_>, row: &Row, index: usize, sign: Sign) {
        let Some(cell) = walk.table.cells.get(index) else { return };
        let text = cell.name();
        let node = self.deepest(walk);
        // 5 beside -10, and under 正数=加分,负数=扣分, is a bonus.
        let sign = if sign == Sign::Either && bare_is_bonus(walk, cell) { Sign::Add } else { sign };
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
        if let (Some(condition), [(effect, Amount::Range(_, most), None)]) =
            (&condition, numbers.as_slice())
            && self.caps_rates(node, condition, *effect, *most)
        {
            return;
        }
        if let Some(condition) = &condition {
            self.drop_unstated(node, condition);
            if self.tier_beside(walk, row, (cell, condition), node, &numbers) {
                return;
            }
        }
        let doubts = match &condition {
            Some(it) if has_rules(it) => vec!["points-inferred".to_owned()],
            _ => Vec::new(),
        };
        let whole = |it: &Folded| {
            let own = crate::clause::statement::trimmed(&it.text, 0..it.text.len());
            it.original(own, self.letters)
        };
        let name = condition.as_deref().map_or_else(|| self.tree.get(node).name.clone(), whole);
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

    /// 降B级 where other rows have numbers: the grade that the row's event forces. Returns whether the cell says one.
    pub(super) fn verdict(&mut self, walk: &Walk<'_>, row: &Row, index: usize) -> bool {
        let Some(cell) = walk.table.cells.get(index) else { return false };
        let text = cell.name();
        let Some(grade) = forced_grade(&text.text) else { return false };
        let reading = Reading { text: &text, place: cell.place, letters: self.letters };
        let start = text.text.len() - grade.len();
        let condition = self.signed_condition(walk, row, index);
        let event = condition.as_deref().map(|it| {
            it.original(crate::clause::statement::trimmed(&it.text, 0..it.text.len()), self.letters)
        });
        self.limits.push(Limit {
            effect: LimitEffect::Force,
            grade: Some(reading.words(&(start..text.text.len()))),
            when: event.or_else(|| Some(self.tree.get(self.deepest(walk)).name.clone())),
            source: reading.source(0..text.text.len()),
            doubts: Vec::new(),
        });
        self.read.push(text.whole());
        if let Some(condition) = &condition {
            self.drop_unstated(self.deepest(walk), condition);
        }
        true
    }

    /// 每100元加1分 beside +1至+10: the range is as far as the rates go. Returns whether there are such rates.
    fn caps_rates(&mut self, node: NodeId, at: &Folded, effect: Effect, most: Decimal) -> bool {
        let whole = at.whole();
        let rates = self.tree.get_mut(node).rules.iter_mut().filter(|it| {
            let here = it.source.span.is_some_and(|span| whole.contains(span));
            here && it.per.is_some() && it.effect == effect
        });
        let mut found = false;
        for rate in rates {
            rate.cap = Some(rate.cap.map_or(most, |it| it.min(most)));
            found = true;
        }
        found
    }

    /// 责任双方分别扣分 beside -20: the amount that the words leave out stands beside them.
    fn drop_unstated(&mut self, node: NodeId, at: &Folded) {
        let whole = at.whole();
        let open = |it: &Rule| {
            it.effect == Effect::Unstated && it.source.span.is_some_and(|it| whole.contains(it))
        };
        self.tree.get_mut(node).rules.retain(|it| !open(it));
    }

    /// 拾金不昧100-1000元的 beside +2, one of several such rows: the tier that its interval picks. Returns whether it is one.
    fn tier_beside(
        &mut self,
        walk: &Walk<'_>,
        row: &Row,
        (cell, condition): (&RubricCell, &Folded),
        node: NodeId,
        numbers: &[(Effect, Amount, Option<String>)],
    ) -> bool {
        let [(effect, amount, per)] = numbers else { return false };
        let reading = Reading { text: condition, place: cell.place, letters: self.letters };
        let last = self.tree.get(node).rules.last().filter(|it| it.tiers.len() == 1);
        let last = last.and_then(|it| it.measure.as_deref());
        let Some((measure, tier)) = rules::tier_of(&reading, last) else { return false };
        let both = tier.bounds.lower.is_some() && tier.bounds.upper.is_some();
        if has_rules(condition) || !(both || last == Some(&measure)) {
            return false;
        }
        let text = cell.name();
        let own = Reading { text: &text, place: cell.place, letters: self.letters };
        let mut source = own.source(0..text.text.len());
        super::quote_from(&mut source, condition.whole(), self.letters);
        let rule = Rule {
            effect: *effect,
            per: per.clone(),
            measure: Some(measure),
            tiers: vec![Tier { amount: Some(*amount), ..tier }],
            cap: cap_beside(walk.table, row, cell),
            source,
            ..Rule::default()
        };
        self.tree.get_mut(node).rules.push(rule);
        true
    }

    /// The names without points that are open in a row, from the left.
    pub(super) fn row_names(&self, walk: &Walk<'_>) -> Vec<String> {
        let nodes = walk.levels.iter().filter_map(|it| it.node).map(|it| self.tree.get(it));
        nodes.filter(|it| !it.is_scored() && !it.is_list()).map(|it| it.name.clone()).collect()
    }

    /// The words that describe the event of a row, in a column of text before its levels.
    pub(super) fn row_text(&self, walk: &Walk<'_>, row: &Row, before: usize) -> Option<String> {
        let text = (0..before).find_map(|it| describing(walk.table, row, it))?.name();
        Some(text.original(0..text.text.len(), self.letters))
    }

    /// A number in the column of a level: what the row's event earns at that level.
    pub(super) fn level(&mut self, walk: &mut Walk<'_>, row: &Row, column: usize, index: usize) {
        let Some(cell) = walk.table.cells.get(index) else { return };
        let text = cell.name();
        let deepest = self.deepest(walk);
        let home = self.tree.scored_at_or_above(deepest).unwrap_or(walk.base);
        let takes = self.tree.get(home).kind == NodeKind::Negative || text.text.starts_with('-');
        let sign = if takes { Sign::Deduct } else { Sign::Add };
        let Some((effect, amount, own_per)) = signed_number(&text.text, sign) else { return };
        self.read.push(text.whole());
        // Where nothing speaks of a bonus, the amount is what the event has.
        let bare = text.text.starts_with(|it: char| it.is_ascii_digit() || it == '.');
        let given = effect == Effect::Add
            && bare
            && !self.has_bonus(walk, home)
            && !self.has_bonus(walk, walk.base);
        let effect = if given { Effect::Award } else { effect };
        let per = unit_of_row(walk.table, row);
        // 加减分标准 over an amount is no level.
        let of_points =
            |it: &str| ["标准", "办法", "方法", "细则", "分值"].iter().any(|w| it.contains(w));
        let of_level = walk.heads.get(column).filter(|it| !of_points(it));
        let header = of_level.cloned().unwrap_or_default();
        let level = header.split('(').next().unwrap_or_default().to_owned();
        let mut event = self.row_names(walk);
        event.extend(of_level.and_then(|_| self.row_text(walk, row, column)));
        if !level.is_empty() {
            event.push(level);
        }
        let reading = Reading { text: &text, place: cell.place, letters: self.letters };
        let unnamed = walk.table.columns.get(column).is_some_and(|it| it.role == Role::Case);
        let unheaded = header.is_empty() && walk.is_headed(column);
        let counts = own_per.is_some() || per.is_some();
        let rank = event.iter().enumerate().find_map(|(at, it)| Some((at, rank::of(it, false)?)));
        let rank = rank.filter(|_| !counts);
        if let Some((at, _)) = &rank {
            event.remove(*at);
        }
        let ranked = rank.is_some();
        let tier = |(_, ranks): (usize, rank::Ranks)| Tier {
            bounds: ranks.bounds(),
            amount: Some(amount),
            ..Tier::default()
        };
        let rule = Rule {
            effect,
            amount: Some(amount).filter(|_| !ranked),
            measure: ranked.then(|| "名次".to_owned()),
            tiers: rank.map(tier).into_iter().collect(),
            per: own_per.or(per),
            when: Some(event.join("，")).filter(|it| !it.is_empty()),
            source: reading.source(0..text.text.len()),
            cap: cap_beside(walk.table, row, cell),
            doubts: [(unnamed, "points-inferred"), (unheaded, "condition-inferred")]
                .into_iter()
                .filter(|it| it.0)
                .map(|it| it.1.to_owned())
                .collect(),
            ..Rule::default()
        };
        self.tree.get_mut(home).rules.push(rule);
    }

    /// Whether a node has a bonus, or its name or one above it speaks of one.
    fn has_bonus(&self, walk: &mut Walk<'_>, node: NodeId) -> bool {
        if self.speaks_of(node, BONUS) {
            return true;
        }
        let searched = walk.searched.entry(node).or_default();
        let rules = self.tree.get(node).rules.get(*searched..).unwrap_or_default();
        let without = rules.iter().take_while(|it| it.effect != Effect::Add).count();
        *searched += without;
        without < rules.len()
    }

    /// Whether a heading or one above it speaks of points: bare numbers in a table below it are points.
    pub(super) fn speaks_of_points(&self, node: NodeId) -> bool {
        self.speaks_of(
            node,
            &["加分", "扣分", "减分", "得分", "积分", "计分", "记分", "赋分", "分值"],
        )
    }

    /// Whether the name of a node or of one above it has one of some words, or it is a list of bonuses or deductions.
    fn speaks_of(&self, mut node: NodeId, words: &[&str]) -> bool {
        loop {
            let it = self.tree.get(node);
            if it.is_list() || words.iter().any(|word| it.name.contains(word)) {
                return true;
            }
            if node == ROOT {
                return false;
            }
            node = it.parent;
        }
    }
}

/// The words of headings below which a bare amount is a bonus.
const BONUS: &[&str] = &["加分", "奖励", "附加", "加减"];

/// Whether the header of a signed column says that its sign tells a bonus from a deduction, so that a bare number is a bonus.
fn bare_is_bonus(walk: &Walk<'_>, cell: &RubricCell) -> bool {
    let header = walk.table.columns.get(cell.columns.start as usize).map(|it| it.header.as_str());
    header.is_some_and(|it| it.contains('正') && it.contains('负'))
}

/// The cap that is all a cell says: 每年最多加3分.
pub(super) fn cap_alone(cell: &RubricCell) -> Option<Decimal> {
    match from_text::read(&cell.words()).as_slice() {
        [Clause { kind: Kind::Cap(cap), .. }] if cap.scope != CapScope::Each => Some(cap.points),
        _ => None,
    }
}

/// The cap that a cell beside a signed number sets for it, and for those of the other rows that it spans.
pub(super) fn cap_beside(table: &Rubric, row: &Row, number: &RubricCell) -> Option<Decimal> {
    let spans =
        |it: &&RubricCell| it.rows.start <= number.rows.start && number.rows.end <= it.rows.end;
    let cells = row.cells.iter().flatten().filter_map(|it| table.cells.get(*it));
    cells.filter(spans).filter_map(cap_alone).min()
}

/// The words before a number in its row, in a table without names: a requirement, an event.
fn words_before<'t>(walk: &Walk<'t>, row: &Row, number: &RubricCell) -> Option<&'t RubricCell> {
    (0..number.columns.start as usize).rev().find_map(|column| {
        let role = walk.table.columns.get(column)?.role;
        let (_, cell) = walk.table.cell(row, column)?;
        let words = matches!(role, Role::Text | Role::Criteria)
            && cell.rows == number.rows
            && !cell.is_empty()
            && !has_rules(&cell.name());
        words.then_some(cell)
    })
}

/// Whether a name cell stands for another item than the node of its name, which a row further up has named.
fn is_another(table: &Rubric, name: &RubricCell, node: &Node) -> bool {
    let names = |it: &RubricCell| {
        let whole = it.name().whole();
        node.source.span.is_some_and(|it| whole.contains(it))
    };
    !names(name)
        && table
            .cells
            .iter()
            .any(|it| it.columns == name.columns && it.rows.end <= name.rows.start && names(it))
}

/// The counted unit of a row, where a column holds it.
fn unit_of_row(table: &Rubric, row: &Row) -> Option<String> {
    let unit = table.columns.iter().position(|it| it.role == Role::Unit)?;
    Some(table.cell(row, unit)?.1.words().into_owned()).filter(|it| !it.is_empty())
}

/// The group whose points stand in another column, in a cell that spans this one's rows and more, where the row has no name of
/// its own.
fn group_of(walk: &Walk<'_>, level: usize, cell: &RubricCell) -> Option<NodeId> {
    let rows = &walk.levels.get(level)?.rows;
    if rows.len() <= cell.rows.len() {
        return None;
    }
    let spans = |it: &RubricCell| {
        it.columns.end <= cell.columns.start
            && it.rows.len() > cell.rows.len()
            && it.rows.start <= cell.rows.start
            && cell.rows.end <= it.rows.end
    };
    let cells = walk.points.iter().rev().filter_map(|it| Some((walk.table.cells.get(it.0)?, it.1)));
    let mut within = cells.take_while(|it| it.0.rows.end > rows.start);
    within.find(|it| spans(it.0)).map(|it| it.1)
}

/// 能耗目标完成情况 of 能耗目标完成情况:完成的得5分 and of 能耗目标完成情况。; 制定计划 of 制定计划的,得1分. With where the words go on behind a
/// name of its own.
fn name_at_head(text: &str) -> Option<(Range<usize>, Option<usize>)> {
    let at = text.find([':', '。', ',', ';'])?;
    let label = text.get(at..)?.starts_with([':', '。']);
    let head = text.get(..at)?;
    let range = name::trim(text, 0..head.trim_end_matches('的').len());
    let name = text.get(range.clone())?;
    let fits = (2..=40).contains(&name.chars().count()) && from_text::read(head).is_empty();
    let end = at + text.get(at..)?.chars().next()?.len_utf8();
    fits.then_some((range, Some(end).filter(|it| label && *it < text.len())))
}

/// The number of a points cell and whether it is a percentage: 10, 10分, 0-10分, 20%.
pub(super) fn cell_number(text: &str) -> Option<(Decimal, bool)> {
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
pub(super) fn signed_number(text: &str, sign: Sign) -> Option<(Effect, Amount, Option<String>)> {
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
pub(super) fn is_rate(cell: &RubricCell) -> bool {
    let text = cell.words();
    let unit = text.split_once(['/', '每']).map_or("", |it| it.1);
    !unit.is_empty()
        && !unit.starts_with(|it: char| it.is_ascii_digit() || "+-.".contains(it))
        && text.chars().count() <= 10
        && signed_number(&text, Sign::Add).is_some()
}

/// A name with its counted unit at the end: 收受红包，每例.
pub(super) fn counted_name(name: &str) -> (String, Option<String>) {
    let Some((words, unit)) = name.rsplit_once('每') else { return (name.to_owned(), None) };
    let short = (1..=3).contains(&unit.chars().count());
    if !short {
        return (name.to_owned(), None);
    }
    (words.trim_end_matches(['，', ',', '、']).to_owned(), Some(unit.to_owned()))
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
