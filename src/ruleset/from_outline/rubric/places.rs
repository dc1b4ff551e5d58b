//! Tables that share out places in a grade: 推优名额分配, a number for each group.

use crate::{
    outline::{Rubric, table::Row},
    ruleset::{
        Quota,
        from_outline::{Lowering, rules::Reading},
    },
};

/// The words of a header that share out places, and the grade that they speak of.
const SHARED: &[(&str, &str)] =
    &[("优秀", "优秀"), ("推优", "优秀"), ("评优", "优秀"), ("先进", "先进"), ("良好", "良好")];

/// The words for places.
const PLACES: &[&str] = &["名额", "推优人数", "评优人数", "优秀人数", "指标数", "推优数", "评优数"];

impl Lowering<'_> {
    /// A table of groups and their places in a grade. Returns whether it is one.
    pub(super) fn places_table(&mut self, table: &Rubric) -> bool {
        let places = table.columns.iter().enumerate().find_map(|(nth, column)| {
            let shares = PLACES.iter().any(|it| column.header.contains(it));
            let grade = SHARED.iter().find(|it| column.header.contains(it.0));
            Some((nth, grade.filter(|_| shares)?.1))
        });
        let scored = table.columns.iter().any(|it| it.role.scores());
        let Some((column, grade)) = places.filter(|_| !scored) else { return false };
        let found: Vec<Quota> =
            table.rows.iter().filter_map(|it| self.places_row(table, it, column, grade)).collect();
        if found.len() < 2 {
            return false;
        }
        self.read.extend(found.iter().filter_map(|it| it.source.span));
        self.quotas.extend(found);
        true
    }

    /// The places of one group; none where the row sums up.
    fn places_row(&self, table: &Rubric, row: &Row, column: usize, grade: &str) -> Option<Quota> {
        let (_, cell) = table.cell(row, column)?;
        let words = cell.words();
        let bare = words.trim_end_matches(['个', '名', '人', '家']);
        let count = crate::number::read(bare).filter(rust_decimal::Decimal::is_integer)?;
        let named = |it: usize| {
            let (_, cell) = table.cell(row, it)?;
            let plain = cell.words().chars().any(|it| it.is_alphabetic())
                && cell.columns.start as usize == it;
            plain.then_some(cell)
        };
        let group = (0..column).find_map(named)?;
        if super::sum_word(&group.words()).is_some() || group.words().starts_with('总') {
            return None;
        }
        let name = group.name();
        let text = cell.name();
        let reading = Reading { text: &text, place: cell.place, letters: self.letters };
        let mut source = reading.source(0..text.text.len());
        if let Some(span) = source.span {
            let whole = name.whole().join(span);
            source.quote = self.letters.quote(whole);
            source.span = Some(whole);
        }
        Some(Quota {
            grade: grade.to_owned(),
            count: Some(count),
            within: Some(name.original(0..name.text.len(), self.letters)),
            source,
            ..Quota::default()
        })
    }
}
