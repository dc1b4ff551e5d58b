//! The numbers before headings and items: 第一章, 第十二条, 一、, （一）, 1., (1), ①, A.

use crate::number;

/// The number before a heading or an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number {
    /// Its form.
    pub form: Form,
    /// Its value, from 1.
    pub value: u32,
}

/// The forms of numbers, from the highest that documents commonly use to the lowest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// 第一编, 第一部分.
    Part,
    /// 第一章.
    Chapter,
    /// 第一节.
    Section,
    /// 第十二条.
    Article,
    /// 一、.
    Han,
    /// （一）.
    HanBracket,
    /// 1. or 1、.
    Arabic,
    /// 1.1.
    Dotted,
    /// (1) or 1).
    ArabicBracket,
    /// ①.
    Circled,
    /// A. or a).
    Letter,
}

/// Reads the number at the start of a folded line. Returns it with its length in bytes.
#[must_use]
pub fn read(text: &str) -> Option<(Number, usize)> {
    let first = text.chars().next()?;
    match first {
        '第' => ordinal(text),
        '(' => bracketed(text),
        '①'..='⑳' => {
            let value = u32::from(first) - u32::from('①') + 1;
            Some((Number { form: Form::Circled, value }, first.len_utf8()))
        }
        '0'..='9' => arabic(text),
        'A'..='Z' | 'a'..='z' => letter(text, first),
        _ => han(text),
    }
}

/// The value of a numeral of either script.
fn value(text: &str) -> Option<u32> {
    number::read(text).and_then(|it| u32::try_from(it).ok()).filter(|it| (1..1000).contains(it))
}

/// Splits off the leading numeral.
fn numeral(text: &str) -> (&str, &str) {
    let end =
        text.find(|it: char| !(it.is_ascii_digit() || "一二三四五六七八九十百零〇".contains(it)));
    text.split_at_checked(end.unwrap_or(text.len())).unwrap_or((text, ""))
}

fn ordinal(text: &str) -> Option<(Number, usize)> {
    let rest = text.strip_prefix('第')?;
    let (digits, rest) = numeral(rest);
    let (form, word) = [
        (Form::Chapter, "章"),
        (Form::Section, "节"),
        (Form::Article, "条"),
        (Form::Part, "部分"),
        (Form::Part, "编"),
    ]
    .into_iter()
    .find(|it| rest.starts_with(it.1))?;
    let after = rest.strip_prefix(word)?;
    // 第十五条规定的 is a reference, and no number of a line.
    if form == Form::Article
        && ["规定", "所", "第", "、", "和", "至", "的", "执行"]
            .iter()
            .any(|it| after.starts_with(it))
    {
        return None;
    }
    let mut length = text.len() - after.len();
    length += after.len() - after.trim_start_matches([':', '、']).len();
    Some((Number { form, value: value(digits)? }, length))
}

fn bracketed(text: &str) -> Option<(Number, usize)> {
    let (digits, rest) = numeral(text.strip_prefix('(')?);
    let after = rest.strip_prefix(')')?;
    let ascii = digits.starts_with(|it: char| it.is_ascii_digit());
    let form = if ascii { Form::ArabicBracket } else { Form::HanBracket };
    let after = after.trim_start_matches(['、', '.']);
    Some((Number { form, value: value(digits)? }, text.len() - after.len()))
}

fn arabic(text: &str) -> Option<(Number, usize)> {
    let (digits, rest) = numeral(text);
    if digits.len() > 3 || !digits.bytes().all(|it| it.is_ascii_digit()) {
        return None;
    }
    if let Some(after) = rest.strip_prefix(')') {
        return Some((
            Number { form: Form::ArabicBracket, value: value(digits)? },
            text.len() - after.len(),
        ));
    }
    let after = rest.strip_prefix(['.', '、', '．'])?;
    if after.starts_with(|it: char| it.is_ascii_digit()) {
        return dotted(text, digits, after);
    }
    let after = after.trim_start_matches(['.', '、']);
    Some((Number { form: Form::Arabic, value: value(digits)? }, text.len() - after.len()))
}

/// What a dotted number begins with: the 14 of 14.1.
#[must_use]
pub fn first_of_dotted(text: &str) -> Option<u32> {
    let (digits, rest) = numeral(text);
    let dotted =
        rest.strip_prefix('.').is_some_and(|it| it.starts_with(|c: char| c.is_ascii_digit()));
    value(digits).filter(|_| dotted)
}

/// 1.1 and 1.2.3 before text; 2.5分 is an amount, and 1.2024年 a number before a year.
fn dotted(text: &str, first: &str, after: &str) -> Option<(Number, usize)> {
    let (second, rest) = numeral(after);
    if second.len() == 4 && rest.starts_with('年') {
        return Some((
            Number { form: Form::Arabic, value: value(first)? },
            text.len() - after.len(),
        ));
    }
    let mut tail = rest;
    let mut last = second;
    while let Some(more) = tail.strip_prefix('.') {
        let (digits, rest) = numeral(more);
        if digits.is_empty() {
            break;
        }
        (last, tail) = (digits, rest);
    }
    let begins = tail.trim_start_matches(['.', '、']).chars().next()?;
    // 14.1.(任务一) ends in a stop of its own; 1.2(个) is a number.
    let stopped = tail.starts_with(['.', '、']) && begins == '(';
    let is_text = ('\u{4e00}'..='\u{9fff}').contains(&begins) || "“《".contains(begins) || stopped;
    let is_unit = "分个次件天年月日元万亿人名户米公吨倍".contains(begins);
    (is_text && !is_unit && second.len() <= 2).then_some((
        Number { form: Form::Dotted, value: value(last)? },
        text.len() - tail.trim_start_matches(['.', '、']).len(),
    ))
}

fn letter(text: &str, first: char) -> Option<(Number, usize)> {
    let after = text.strip_prefix(first)?.strip_prefix(['.', '、', ')'])?;
    let value = u32::from(first.to_ascii_uppercase()) - u32::from('A') + 1;
    Some((Number { form: Form::Letter, value }, text.len() - after.len()))
}

fn han(text: &str) -> Option<(Number, usize)> {
    let (digits, rest) = numeral(text);
    if digits.is_empty() || digits.starts_with(|it: char| it.is_ascii_digit()) {
        return None;
    }
    let after = rest.strip_prefix(['、', '.', ',', ':'])?;
    Some((Number { form: Form::Han, value: value(digits)? }, text.len() - after.len()))
}

/// The numbers that are open above a line, from the highest down.
#[derive(Debug, Clone, Default)]
pub struct Stack(Vec<Entry>);

/// A number, with the level of its heading where the format gives one.
type Entry = (Number, Option<u8>);

impl Stack {
    /// Puts a number in its place: below the numbers of other forms, or beside the last of its own form. A heading of a level
    /// stands below those of higher levels, and what is no heading below all headings. Returns its depth.
    pub fn push(&mut self, number: Number, level: Option<u8>) -> u32 {
        self.close(level.map(|it| it.saturating_add(1)));
        // 二、 goes on after 一、 where only that one was made a heading.
        let next = |it: &Entry| {
            it.0.form == number.form && it.0.value.checked_add(1) == Some(number.value)
        };
        let own = |it: &Entry| level.map_or(it.1.is_none(), |own| it.1 == Some(own));
        let first = self.0.iter().position(own).unwrap_or(self.0.len());
        let beside = |it: &Entry| it.0.form == number.form;
        let same = self.0.get(first..).unwrap_or_default().iter().position(beside);
        if let Some(at) = same.map(|it| first + it).or_else(|| self.0.iter().rposition(next)) {
            self.0.truncate(at);
        } else {
            // A form that documents use for higher levels closes lower ones (一、 after 1.), unless it opened below them.
            let first = if number.form <= Form::Han { 0 } else { first };
            while self.0.len() > first && self.0.last().is_some_and(|it| it.0.form > number.form) {
                self.0.pop();
            }
        }
        self.0.push((number, level));
        self.depth()
    }

    /// Closes what a heading of a level closes: what is no heading, and headings of its level and lower ones.
    pub fn close(&mut self, level: Option<u8>) {
        let Some(level) = level else { return };
        let closed = |it: &Entry| it.1.is_none_or(|it| it >= level);
        let at = self.0.iter().position(closed).unwrap_or(self.0.len());
        self.0.truncate(at);
    }

    /// Whether a number above is a heading of the format.
    #[must_use]
    pub fn has_headings(&self) -> bool {
        self.0.iter().any(|it| it.1.is_some())
    }

    /// How deep the last number stands.
    #[must_use]
    pub fn depth(&self) -> u32 {
        u32::try_from(self.0.len()).unwrap_or(u32::MAX)
    }

    /// Closes all numbers.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depths_below_headings_of_a_format() {
        let depths = |lines: &[(&str, Option<u8>)]| -> Vec<u32> {
            let mut stack = Stack::default();
            lines.iter().map(|it| stack.push(read(it.0).unwrap().0, it.1)).collect()
        };
        // ## 2., ### 2.1, then a list below it, and the next heading.
        let headed = [("2.工作", Some(2)), ("2.1安全", Some(3)), ("1.通知", None), ("2.单", None)];
        assert_eq!(depths(&headed), [1, 2, 3, 3]);
        let next = [("2.工作", Some(2)), ("1.通知", None), ("3.现场", Some(2))];
        assert_eq!(depths(&next), [1, 2, 1]);
        // Only some of the headings are marked as such.
        let some = [("一、甲", Some(1)), ("1.乙", None), ("二、丙", None), ("1.丁", None)];
        assert_eq!(depths(&some), [1, 2, 1, 2]);
        let none = [("一、甲", None), ("(一)乙", None), ("1.丙", None), ("二、丁", None)];
        assert_eq!(depths(&none), [1, 2, 3, 1]);
    }

    #[test]
    fn numbers_before_lines() {
        let cases = [
            ("一、考核范围", Some((Form::Han, 1, "一、"))),
            ("(三)负面清单", Some((Form::HanBracket, 3, "(三)"))),
            ("12.建立", Some((Form::Arabic, 12, "12."))),
            ("3、未按", Some((Form::Arabic, 3, "3、"))),
            ("(1)特约", Some((Form::ArabicBracket, 1, "(1)"))),
            ("③其他", Some((Form::Circled, 3, "③"))),
            ("第十二条考核", Some((Form::Article, 12, "第十二条"))),
            ("第二章总则", Some((Form::Chapter, 2, "第二章"))),
            ("A.发生", Some((Form::Letter, 1, "A."))),
            ("1.1制度建设", Some((Form::Dotted, 1, "1.1"))),
            ("14.1.(任务一)设施", Some((Form::Dotted, 1, "14.1."))),
            ("1.2(个)", None),
            ("2.5分", None),
            ("1.2024年", Some((Form::Arabic, 1, "1."))),
            ("2021年8月", None),
            ("第十五条规定的", None),
            ("一般为79分", None),
        ];
        for (text, wanted) in cases {
            let found = read(text)
                .map(|(number, len)| (number.form, number.value, text.get(..len).unwrap()));
            assert_eq!(found, wanted, "{text}");
        }
    }
}
