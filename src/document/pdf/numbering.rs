//! Whether a line begins with a number of its own (一、（二）3.④ 第五条 附件1): where lines are rejoined, such a line may
//! begin a paragraph. What the number means is for the outline to say.

/// The digits of Chinese numbers.
const DIGITS: &str = "〇零一二三四五六七八九十百";
/// What stands after 第 and a number.
const UNITS: &str = "编章节条款项部";
/// What a list may put before its items instead of a number.
const BULLETS: &str = "●■◆▪•○□◇★☆※►➢✓";

/// Whether the text begins with a number or a bullet.
pub(super) fn begins_with_number(text: &str) -> bool {
    let mut rest = text.chars();
    match rest.next() {
        None => false,
        Some('第') => after_number(rest.as_str()).is_some_and(|it| UNITS.contains(it)),
        Some('（' | '(') => after_number(rest.as_str()).is_some_and(|it| matches!(it, '）' | ')')),
        Some('\u{2460}'..='\u{24FF}' | '\u{2776}'..='\u{2793}' | '\u{F06C}'..='\u{F0FF}') => true,
        Some('附') => match (rest.next(), rest.next()) {
            (Some('件' | '表' | '录'), None) => true,
            (Some('件' | '表' | '录'), Some(next)) => {
                next.is_ascii_digit() || DIGITS.contains(next) || ":：— ".contains(next)
            }
            _ => false,
        },
        Some(it) if BULLETS.contains(it) => true,
        Some(it) if it.is_ascii_alphabetic() => matches!(rest.next(), Some('.' | '．' | '、')),
        Some(_) => {
            after_number(text).is_some_and(|it| matches!(it, '、' | '.' | '．' | '）' | ')'))
        }
    }
}

/// The character after a number of at most three digits; `None` where there is no such number, or where the number goes
/// on behind a point (1.5).
fn after_number(text: &str) -> Option<char> {
    let is_digit =
        |it: char| it.is_ascii_digit() || DIGITS.contains(it) || ('０'..='９').contains(&it);
    let mut chars = text.chars().skip_while(|it| *it == ' ').peekable();
    let mut digits = 0;
    while chars.next_if(|it| is_digit(*it)).is_some() {
        digits += 1;
    }
    while chars.next_if_eq(&' ').is_some() {}
    let after = chars.next()?;
    let goes_on = matches!(after, '.' | '．') && chars.next().is_some_and(is_digit);
    ((1..=3).contains(&digits) && !goes_on).then_some(after)
}

/// Whether a text ends as a sentence, a clause or a remark in brackets does.
pub(super) fn ends_sentence(text: &str) -> bool {
    let last = text.chars().rev().find(|it| !"”’\"' ".contains(*it));
    last.is_some_and(|it| "。；！？：;!?:）)】".contains(it))
}

/// Whether a text cannot end where it does, so that a number in the next line is part of it (见附件第⏎一、二项).
pub(super) fn expects_more(text: &str) -> bool {
    text.ends_with(|it: char| "，、（(《〈“‘第及和与或至于按".contains(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_begin_lines() {
        for text in [
            "一、考核范围",
            "十二、附则",
            "（一）专项",
            "(3)按时",
            "1.作风",
            "2．工作",
            "10、其他",
            "第三条 本办法",
            "第一章 总则",
            "①每次",
            "附件1",
            "附件：",
            "附件",
            "● 要点",
            "a. 甲",
            "第 五 条",
        ] {
            assert!(begins_with_number(text), "{text}");
        }
        for text in
            ["", "1.5分", "2021年", "扣2分", "（试行）", "附近", "一次扣", "第一季度", "100分", "3"]
        {
            assert!(!begins_with_number(text), "{text}");
        }
    }
}
