//! Comma or tab separated values, with quoted fields.

use csv::ReaderBuilder;

use crate::{document::grid::Row, limits};

/// Reads a text as separated values: what its first line and its name speak for, and nine of ten records agree with.
pub(super) fn read(text: &str, name: &str) -> Option<Vec<Row>> {
    let first = text.lines().next()?;
    let extension = name.rsplit_once('.').map(|it| it.1.to_ascii_lowercase());
    let is_named = extension.is_some_and(|it| matches!(it.as_str(), "csv" | "tsv"));
    let least = if is_named { 1 } else { 2 };
    let count = |it: char| first.matches(it).count();
    // Tabs without quotes are read with an eye for the damage of dumps.
    let delimiters = if text.contains('"') { &[',', ';', '\t'][..] } else { &[',', ';'][..] };
    let delimiter = delimiters.iter().copied().max_by_key(|it| (count(*it), *it == ','))?;
    if count(delimiter) < least || first.contains('。') {
        return None;
    }
    let records = records(text, u8::try_from(delimiter).ok()?)?;
    let fields = records.first()?.cells.len();
    let regular = records.iter().filter(|it| it.cells.len() == fields).count();
    let is_table = records.len() > least && regular * 10 >= records.len() * 9;
    is_table.then_some(records)
}

fn records(text: &str, delimiter: u8) -> Option<Vec<Row>> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.ok()?;
        if record.len() > limits::MAX_COLUMNS {
            return None;
        }
        let cells: Vec<_> = record.iter().map(str::to_owned).collect();
        if cells.iter().any(|it| !it.trim().is_empty()) {
            rows.push(Row { cells, page: None });
        }
    }
    Some(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str, name: &str) -> Option<Vec<Vec<String>>> {
        Some(read(text, name)?.into_iter().map(|it| it.cells).collect())
    }

    #[test]
    fn quoted_fields() {
        let expected = [
            vec!["指标", "标准", "分"],
            vec!["学习", "缺课,扣1分\n迟到扣\"1\"分", "5"],
            vec!["", "", "6"],
        ];
        for (text, name) in [
            ("指标,标准,分\n学习,\"缺课,扣1分\n迟到扣\"\"1\"\"分\",5\n,,6\n", "a.txt"),
            ("指标;标准;分\n学习;\"缺课,扣1分\n迟到扣\"\"1\"\"分\";5\n;;6\n", "a.csv"),
            ("指标\t标准\t分\n学习\t\"缺课,扣1分\n迟到扣\"\"1\"\"分\"\t5\n\t\t6\n", "a.tsv"),
        ] {
            assert_eq!(cells(text, name).unwrap(), expected, "{name}");
        }
    }

    #[test]
    fn prose_is_no_table() {
        for text in [
            "按照要求,结合实际,制定本办法\n一、总则\n各单位,各部门\n",
            "考核办法\n甲,乙,丙\n",
            "甲,乙,丙。\n甲,乙,丙\n甲,乙,丙\n",
            "",
        ] {
            assert_eq!(cells(text, "a.txt"), None, "{text}");
        }
        assert!(cells("指标,分\n学习,5\n", "a.csv").is_some());
        assert!(cells("指标,分\n学习,5\n", "a.txt").is_none());
    }
}
