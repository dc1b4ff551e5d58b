//! Statements that matter to a reader and move no points: averages, rounding, validity, references to other articles.

use std::ops::Range;

use crate::{
    clause::statement,
    pattern::pattern,
    ruleset::{
        Note,
        from_outline::{Lowering, rules::Reading},
    },
    words::Glance,
};

pattern!(
    /// 参照第九条执行, 未达到第15、16、17条程度的.
    reference_pattern,
    needs: &[&["第"], &["条"]],
    "(?:参照|按照|依照|根据|依据|适用|按|达到|符合)[^,。;:]{0,14}?第[0-9一二三四五六七八九十、]{1,12}条"
);

/// Words that say how scores are averaged.
const AVERAGES: &[&str] = &[
    "取平均",
    "求平均",
    "算术平均",
    "加权平均",
    "相加后平均",
    "去掉一个最高",
    "平均值计算",
    "平均分计算",
    "平均值作为",
    "平均分作为",
    "按平均分",
    "以平均分",
    "的平均值",
    "的平均分",
    "平均后",
];
/// Words after which an average is something to be compared with.
const COMPARED: &[&str] = &["低于", "高于", "超过", "不足", "达到", "不大于", "不小于", "超"];
/// Words that say how scores are rounded.
const ROUNDING: &[&str] = &["四舍五入", "位小数", "向下取整", "向上取整"];
/// Words that say when the document holds.
const VALIDITY: &[&str] = &["有效期", "起施行", "起执行", "起实施", "试行期"];

impl Lowering<'_> {
    /// Notes what the sentences of a text say beside points.
    pub(super) fn remarks(
        &mut self,
        reading: &Reading<'_>,
        glance: &Glance<'_>,
        sentences: &[Range<usize>],
    ) {
        let text = reading.text.text.as_str();
        let speaks = [AVERAGES, ROUNDING, VALIDITY].iter().any(|it| glance.holds_any(it));
        if !speaks && !reference_pattern().is_match(text) {
            return;
        }
        for sentence in sentences {
            let Some(kind) = text.get(sentence.clone()).and_then(kind) else { continue };
            let source = reading.source(statement::trimmed(text, sentence.clone()));
            // A cell that spans rows is met in each of them.
            if self.notes.last().is_none_or(|it| it.source.span != source.span) {
                self.notes.push(Note { kind: kind.to_owned(), source });
            }
        }
    }
}

/// What a sentence tells a reader, if it is one of these.
fn kind(sentence: &str) -> Option<&'static str> {
    let glance = Glance::at(sentence);
    let says = |words: &[&str]| glance.holds_any(words);
    if says(AVERAGES) && !COMPARED.iter().any(|it| sentence.contains(&format!("{it}平均"))) {
        Some("average")
    } else if says(ROUNDING) {
        Some("rounding")
    } else if says(VALIDITY) {
        Some("validity")
    } else {
        reference_pattern().is_match(sentence).then_some("reference")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remark_has_its_kind() {
        for (sentence, expected) in [
            ("去掉一个最高分和一个最低分后取平均分", Some("average")),
            ("以所辖县市区平均值计算", Some("average")),
            ("人均收入低于平均值的,扣1分", None),
            ("最后得分四舍五入,保留两位小数", Some("rounding")),
            ("本办法自印发之日起施行,有效期二年", Some("validity")),
            ("未达到第15、16、17条程度的", Some("reference")),
            ("第九条所列情形由区委办解释", None),
        ] {
            assert_eq!(kind(sentence), expected, "{sentence}");
        }
    }
}
