//! Tables of events: a group, the events of the group, and what each one earns. 论文 | 核心期刊 | 30; 第一发现人 | 3分, 共同发现人 | 1分/人.

use super::{Walk, describing, numbers::is_rate};
use crate::{
    number::{self, Decimal},
    outline::{
        Rubric,
        table::{Role, Row, RubricCell},
    },
    ruleset::{
        Amount,
        from_outline::{Lowering, tree::ROOT},
    },
    words::Glance,
};

/// The column of points of a table of events, and the column that names the events.
#[derive(Debug, Clone, Copy)]
pub(super) struct Earned {
    points: usize,
    /// None where the names of the rows are the events.
    event: Option<usize>,
}

impl Walk<'_> {
    /// Whether the names of the table are groups of events, which have a column of their own.
    pub(super) fn has_events(&self) -> bool {
        self.earned.is_some_and(|it| it.event.is_some())
    }
}

impl Lowering<'_> {
    /// Reads a number as what the event of its row earns. Returns whether it is one.
    pub(super) fn earned(
        &mut self,
        walk: &Walk<'_>,
        row: &Row,
        column: usize,
        cell: &RubricCell,
        value: Decimal,
    ) -> bool {
        let Some(earned) = walk.earned.filter(|it| it.points == column) else { return false };
        let node = self.deepest(walk);
        if node == ROOT {
            return false;
        }
        let event = earned.event.map(|it| describing(walk.table, row, it));
        if matches!(event, Some(None)) {
            return false;
        }
        self.award_beside(node, cell, Amount::Exact(value), event.flatten());
        true
    }
}

/// Finds the columns of a table of events.
pub(super) fn earned(table: &Rubric) -> Option<Earned> {
    let at = |role: Role| {
        let mut columns = table.columns.iter().enumerate().filter(move |it| it.1.role == role);
        columns.next().map(|it| it.0).filter(|_| columns.next().is_none())
    };
    let points = at(Role::Points)?;
    let cells = |column: usize| {
        let cells = table.rows.iter().filter_map(move |it| table.cell(it, column));
        cells.map(|it| it.1).filter(|it| !it.is_empty())
    };
    // 3分 beside 1分/人: both are what an event earns.
    let (mut rates, mut filled) = (0, 0);
    for cell in cells(points) {
        (rates, filled) = (rates + usize::from(is_rate(cell)), filled + 1);
    }
    if rates > 0 && rates * 2 >= filled {
        return Some(Earned { points, event: None });
    }
    let name = at(Role::Name)?;
    let scores =
        |it: Role| matches!(it, Role::Criteria | Role::Weight | Role::Signed(_) | Role::Level);
    if table.columns.iter().any(|it| scores(it.role)) || name > points {
        return None;
    }
    let event = (name + 1..points).find(|it| names_events(table, name, *it))?;
    let numbers = || cells(points).filter_map(|it| number::read(it.words().trim_end_matches('分')));
    let beyond = numbers().any(|it| it > Decimal::ONE_HUNDRED);
    let graded = cells(event).filter(|it| Glance::at(&it.words()).holds_any(GRADES)).count();
    (beyond || graded * 2 > filled).then_some(Earned { points, event: Some(event) })
}

/// What tells the events of a group apart: their level, their prize, their place.
const GRADES: &[&str] = &[
    "国家级",
    "省部级",
    "省级",
    "市级",
    "厅级",
    "校级",
    "院级",
    "县级",
    "区级",
    "镇级",
    "村级",
    "特等",
    "一等",
    "二等",
    "三等",
    "第一",
    "第二",
    "第三",
    "第1",
    "第2",
    "第3",
    "SCI",
    "EI",
    "核心",
    "一区",
    "二区",
    "三区",
    "主编",
    "参编",
];

/// Whether a column has an event for each row, of which each group has several.
fn names_events(table: &Rubric, name: usize, event: usize) -> bool {
    if table.columns.get(event).is_none_or(|it| it.role != Role::Text) || table.rows.len() < 4 {
        return false;
    }
    let words =
        |row: &Row, column: usize| table.cell(row, column).map(|it| it.1.words().into_owned());
    let mut groups = std::collections::BTreeSet::new();
    let mut chars = 0;
    for row in &table.rows {
        let event = words(row, event).unwrap_or_default();
        if event.is_empty() {
            return false;
        }
        chars += event.chars().count();
        groups.extend(words(row, name).filter(|it| !it.is_empty()));
    }
    groups.len() * 2 <= table.rows.len() && chars <= table.rows.len() * 24
}
