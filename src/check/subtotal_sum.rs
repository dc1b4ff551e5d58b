//! ## What it does
//!
//! Compares each row of a table that states a sum (小计, 合计, 总计) with the points above it: those since the row of sums
//! before, those of the table, and those of the document, on any level. It speaks where none of them fits.
//!
//! ## Why it matters
//!
//! Either a row is missing or one of the numbers is wrong.
//!
//! ## Example
//!
//! > 考勤5分　会风5分　小计12分
//!
//! The rows give 10.
//!
//! ## Remedy
//!
//! Compare the rows with the document, and add what is missing in the review or ask the office that issued it.

use std::collections::BTreeMap;

use crate::{
    check::{Check, view::View},
    diagnostic::{Finding, Findings, Severity},
    number::{Decimal, shortest},
    ruleset::StoredFinding,
};

/// The check `subtotal-sum`.
pub(super) static SUBTOTAL_SUM: Check = Check {
    code: "subtotal-sum",
    severity: Severity::Warning,
    docs: include_str!("subtotal_sum.rs"),
    docs_zh: include_str!("subtotal_sum.zh.md"),
    run: Some(run),
};

fn run(check: &Check, view: &View<'_>, findings: &mut Findings) {
    let rows: Vec<(Place, &StoredFinding, Decimal)> = view
        .ruleset
        .findings
        .iter()
        .filter(|it| it.code == "subtotal-row")
        .filter_map(|it| Some((place(&it.at)?, it, value(it, "points")?)))
        .collect();
    if rows.is_empty() {
        return;
    }
    let running = Running::of(items(view));
    let mut before: Option<Place> = None;
    for (place, stored, stated) in rows {
        let since = before.replace(place);
        let windows = [since, Some(Place { table: place.table, row: 0 }), None];
        let sums = windows.map(|from| running.between(from, place));
        let whole = view.ruleset.total.as_ref().is_some_and(|it| it.points == stated);
        let fits = sums.iter().flatten().any(|it| *it == stated);
        let Some(sum) = sums.iter().flatten().next().filter(|_| !fits && !whole) else { continue };
        let name = stored.args.iter().find(|it| it.0 == "name").map_or("", |it| it.1.as_str());
        let finding = Finding::new(check.code, check.severity).at(&*stored.at, &*stored.quote);
        let finding = finding.arg("name", name).arg("stated", shortest(stated));
        findings.push(finding.arg("sum", shortest(*sum)));
    }
}

/// A row of a table; tables are counted through the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    table: u32,
    row: u32,
}

/// The table and row that a place in words names: 第4页 表2 第3行 第1列.
fn place(at: &str) -> Option<Place> {
    let number = |before: &str, after: &str| {
        let part = at.split(' ').find_map(|it| it.strip_prefix(before)?.strip_suffix(after));
        part.and_then(|it| it.parse().ok())
    };
    Some(Place { table: number("表", "")?, row: number("第", "行")? })
}

fn value(stored: &StoredFinding, name: &str) -> Option<Decimal> {
    stored.args.iter().find(|it| it.0 == name)?.1.parse().ok()
}

/// A number of points in a table, with its level; those at the end of the tree have a level of their own.
#[derive(Debug, Clone, Copy)]
struct Item {
    place: Place,
    level: Option<usize>,
    points: Decimal,
}

fn items(view: &View<'_>) -> Vec<Item> {
    let mut items = Vec::new();
    for node in &view.nodes {
        let it = node.indicator;
        let points = it.points.or(it.weight).or(it.cap);
        let (Some(place), Some(points)) = (place(&it.source.at), points) else { continue };
        items.push(Item { place, level: Some(node.above.len()), points });
        if it.indicators.iter().all(|it| it.points.is_none()) {
            items.push(Item { place, level: None, points });
        }
    }
    items
}

/// The points of one level down to each place, in the order of the places.
#[derive(Debug, Default)]
struct Level(Vec<(Place, Decimal)>);

/// The levels of the tree with the points down to each place; what lies between two places is a difference then, however long
/// the document is.
#[derive(Debug)]
struct Running(BTreeMap<Option<usize>, Level>);

impl Running {
    fn of(mut items: Vec<Item>) -> Self {
        items.sort_by_key(|it| it.place);
        let mut levels: BTreeMap<Option<usize>, Level> = BTreeMap::new();
        for item in items {
            let Level(level) = levels.entry(item.level).or_default();
            let before = level.last().map_or(Decimal::ZERO, |it| it.1);
            level.push((item.place, before + item.points));
        }
        Self(levels)
    }

    /// What the points after one row and before another add up to: those at the end of the tree first, then level by level.
    fn between(&self, from: Option<Place>, to: Place) -> Vec<Decimal> {
        let upto = |level: &Level, count: usize| {
            count.checked_sub(1).and_then(|it| level.0.get(it)).map_or(Decimal::ZERO, |it| it.1)
        };
        let between = |level: &Level| {
            let first = from.map_or(0, |from| level.0.partition_point(|it| it.0 <= from));
            let last = level.0.partition_point(|it| it.0 < to);
            (first < last).then(|| upto(level, last) - upto(level, first))
        };
        self.0.values().filter_map(between).collect()
    }
}
