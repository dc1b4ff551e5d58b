//! What tiers measure that name nothing: 95%以上得4分 below 办结率 measures the 办结率.

use crate::ruleset::Rule;

/// The last words of names that can be measured.
const MEASURED: &[&str] = &[
    "率",
    "比例",
    "比重",
    "占比",
    "数",
    "数量",
    "总量",
    "额",
    "强度",
    "程度",
    "满意度",
    "天数",
    "次数",
    "得分",
    "成绩",
    "时间",
    "时限",
    "期限",
    "面积",
    "指数",
    "水平",
    "排名",
    "名次",
];

/// Words of tiers that name a measure only beside the item that they stand below: 占比高于60%.
const SHORT: &[&str] = &["比例", "比率", "占比", "比重", "强度", "指标", "指标值"];

/// The name of an item, if it can be measured: without the brackets at its end.
pub(super) fn named(item: &str) -> Option<&str> {
    let name = item.split(['(', '（']).next()?.trim_end();
    MEASURED.iter().any(|it| name.ends_with(it)).then_some(name)
}

/// Takes the name of the item for what the tiers of a rule measure, where its own words do not say.
pub(super) fn infer(rule: &mut Rule, name: &str) {
    let open = match rule.measure.as_deref() {
        None => rule.when.is_none(),
        Some(own) => SHORT.contains(&own) && own != name,
    };
    if open && !rule.tiers.is_empty() {
        rule.measure = Some(name.to_owned());
        rule.doubts.push("measure-inferred".to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_measured() {
        assert_eq!(named("办结率（%）"), Some("办结率"));
        assert_eq!(named("空气质量优良天数比例"), Some("空气质量优良天数比例"));
        assert_eq!(named("工作作风"), None);
    }
}
