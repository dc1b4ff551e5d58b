//! How Word writes a number: the formats of `w:numFmt` and of the codes of Word 97, which count the same list.

/// A format in which Word numbers paragraphs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum NumberFormat {
    /// 1, 2, 3.
    #[default]
    Decimal,
    /// 01, 02, 03 to the given width.
    Padded(usize),
    /// １, ２, ３.
    FullWidth,
    /// ① to ⑳.
    Circled,
    /// ⑴ to ⒇.
    Parenthesized,
    /// ⒈ to ⒛.
    FullStop,
    /// - 1 -.
    Dashed,
    /// I, II, III.
    UpperRoman,
    /// i, ii, iii.
    LowerRoman,
    /// A, B, … Z, AA, BB.
    UpperLetter,
    /// a, b, … z, aa, bb.
    LowerLetter,
    /// 一, 二, … 十, 一一, … by digits: 一〇, 一一.
    ChineseDigits,
    /// 一, 十, 二十一, 九十九, then digits.
    ChineseCounting,
    /// 一, 十, 一百零一.
    ChineseCountingThousand,
    /// 壹, 壹拾, 壹佰零壹.
    ChineseLegal,
    /// 壹, 貳, 參 in traditional characters.
    ChineseLegalTraditional,
    /// 一, 十, 百一.
    JapaneseCounting,
    /// ㊀ to ㊉.
    ChineseCircled,
    /// 甲 to 癸.
    HeavenlyStems,
    /// 子 to 亥.
    EarthlyBranches,
    /// 甲子 to 癸亥.
    SexagenaryCycle,
    /// A mark, which counts nothing.
    Bullet,
    /// No number at all.
    None,
    /// A format that Chinese documents do not use: written in decimal, which may not be what the document shows.
    Unknown,
}

/// The formats by the name of .docx and the code of .doc.
const NAMES: &[(&str, u8, NumberFormat)] = &[
    ("decimal", 0, NumberFormat::Decimal),
    ("upperRoman", 1, NumberFormat::UpperRoman),
    ("lowerRoman", 2, NumberFormat::LowerRoman),
    ("upperLetter", 3, NumberFormat::UpperLetter),
    ("lowerLetter", 4, NumberFormat::LowerLetter),
    ("ideographDigital", 10, NumberFormat::ChineseDigits),
    ("japaneseCounting", 11, NumberFormat::JapaneseCounting),
    ("decimalFullWidth", 14, NumberFormat::FullWidth),
    ("decimalHalfWidth", 15, NumberFormat::Decimal),
    ("japaneseDigitalTenThousand", 17, NumberFormat::ChineseDigits),
    ("decimalEnclosedCircle", 18, NumberFormat::Circled),
    ("decimalFullWidth2", 19, NumberFormat::FullWidth),
    ("decimalZero", 22, NumberFormat::Padded(2)),
    ("bullet", 23, NumberFormat::Bullet),
    ("decimalEnclosedFullstop", 26, NumberFormat::FullStop),
    ("decimalEnclosedParen", 27, NumberFormat::Parenthesized),
    ("decimalEnclosedCircleChinese", 28, NumberFormat::Circled),
    ("ideographEnclosedCircle", 29, NumberFormat::ChineseCircled),
    ("ideographTraditional", 30, NumberFormat::HeavenlyStems),
    ("ideographZodiac", 31, NumberFormat::EarthlyBranches),
    ("ideographZodiacTraditional", 32, NumberFormat::SexagenaryCycle),
    ("taiwaneseCounting", 33, NumberFormat::ChineseCounting),
    ("ideographLegalTraditional", 34, NumberFormat::ChineseLegalTraditional),
    ("taiwaneseCountingThousand", 35, NumberFormat::ChineseCountingThousand),
    ("taiwaneseDigital", 36, NumberFormat::ChineseDigits),
    ("chineseCounting", 37, NumberFormat::ChineseCounting),
    ("chineseLegalSimplified", 38, NumberFormat::ChineseLegal),
    ("chineseCountingThousand", 39, NumberFormat::ChineseCountingThousand),
    ("numberInDash", 57, NumberFormat::Dashed),
    ("none", 255, NumberFormat::None),
];

impl NumberFormat {
    /// The format of a name of .docx; none if Chinese documents do not use it.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        NAMES.iter().find(|it| it.0 == name).map(|it| it.2)
    }

    /// The format of a code of .doc; none if Chinese documents do not use it.
    pub(crate) fn from_code(code: u8) -> Option<Self> {
        NAMES.iter().find(|it| it.1 == code).map(|it| it.2)
    }

    /// Writes a number. What a format cannot write, it writes in decimal, as Word does.
    pub(crate) fn render(self, number: u32) -> String {
        let special = match self {
            Self::Bullet | Self::None => Some(String::new()),
            Self::Decimal | Self::Unknown => None,
            Self::Padded(width) => Some(format!("{number:0>width$}")),
            Self::FullWidth => Some(number.to_string().chars().map(full_width).collect()),
            Self::Circled => sequence('①', 20, number),
            Self::Parenthesized => sequence('⑴', 20, number),
            Self::FullStop => sequence('⒈', 20, number),
            Self::ChineseCircled => sequence('㊀', 10, number),
            Self::Dashed => Some(format!("- {number} -")),
            Self::UpperRoman => roman(number).map(|it| it.to_uppercase()),
            Self::LowerRoman => roman(number),
            Self::UpperLetter => letters('A', number),
            Self::LowerLetter => letters('a', number),
            Self::ChineseDigits => Some(digits(number)),
            Self::ChineseCounting if number >= 100 => Some(digits(number)),
            Self::ChineseCounting | Self::ChineseCountingThousand => COUNTING.render(number),
            Self::ChineseLegal => LEGAL.render(number),
            Self::ChineseLegalTraditional => LEGAL_TRADITIONAL.render(number),
            Self::JapaneseCounting => JAPANESE.render(number),
            Self::HeavenlyStems => cycle(&[STEMS], 10, number),
            Self::EarthlyBranches => cycle(&[BRANCHES], 12, number),
            Self::SexagenaryCycle => cycle(&[STEMS, BRANCHES], 60, number),
        };
        special.unwrap_or_else(|| number.to_string())
    }
}

const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
const BRANCHES: &str = "子丑寅卯辰巳午未申酉戌亥";

/// The nth pair (or single character) of cycles that turn together.
fn cycle(wheels: &[&str], length: u32, number: u32) -> Option<String> {
    let nth = number.checked_sub(1).filter(|it| *it < length)?;
    let turn = |wheel: &&str| {
        let count = wheel.chars().count();
        wheel.chars().nth(usize::try_from(nth).ok()?.checked_rem(count)?)
    };
    wheels.iter().map(turn).collect()
}

/// The nth character of a run of code points.
fn sequence(first: char, length: u32, number: u32) -> Option<String> {
    let nth = number.checked_sub(1).filter(|it| *it < length)?;
    char::from_u32(u32::from(first) + nth).map(String::from)
}

fn full_width(digit: char) -> char {
    char::from_u32(u32::from(digit) + (u32::from('０') - u32::from('0'))).unwrap_or(digit)
}

/// The most letters of one number: Word goes no further.
const MAX_LETTERS: u32 = 30;

fn letters(first: char, number: u32) -> Option<String> {
    let nth = number.checked_sub(1)?;
    let letter = char::from_u32(u32::from(first) + nth % 26)?;
    let times = nth / 26 + 1;
    (times <= MAX_LETTERS).then(|| (0..times).map(|_| letter).collect())
}

fn roman(number: u32) -> Option<String> {
    const VALUES: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut rest = (1..4000).contains(&number).then_some(number)?;
    let mut text = String::new();
    for (value, letters) in VALUES {
        while rest >= value {
            text.push_str(letters);
            rest -= value;
        }
    }
    Some(text)
}

const DIGITS: &str = "〇一二三四五六七八九";

fn digits(number: u32) -> String {
    let digit = |it: char| DIGITS.chars().nth(it.to_digit(10)? as usize);
    number.to_string().chars().filter_map(digit).collect()
}

/// A way of counting by 十, 百, 千 and 万.
struct Counting {
    /// The digits from zero to nine.
    digits: &'static str,
    /// The signs for 10, 100, 1000 and 10000.
    units: [&'static str; 4],
    /// Whether zeros inside are written: 一百零一.
    zeros: bool,
    /// Whether the one is written before each unit.
    ones: Ones,
}

/// Where a one is written before a unit.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ones {
    /// Always: 壹拾.
    Always,
    /// Everywhere but at the head of 10 to 19: 十一, 一百一十.
    NotBeforeLeadingTen,
    /// Never before 十, 百, 千: 百十一.
    Never,
}

const COUNTING: Counting = Counting {
    digits: "零一二三四五六七八九",
    units: ["十", "百", "千", "万"],
    zeros: true,
    ones: Ones::NotBeforeLeadingTen,
};
const LEGAL: Counting = Counting {
    digits: "零壹贰叁肆伍陆柒捌玖",
    units: ["拾", "佰", "仟", "万"],
    zeros: true,
    ones: Ones::Always,
};
const LEGAL_TRADITIONAL: Counting = Counting {
    digits: "零壹貳參肆伍陸柒捌玖",
    units: ["拾", "佰", "仟", "萬"],
    zeros: true,
    ones: Ones::Always,
};
const JAPANESE: Counting = Counting {
    digits: "〇一二三四五六七八九",
    units: ["十", "百", "千", "万"],
    zeros: false,
    ones: Ones::Never,
};

impl Counting {
    fn render(&self, number: u32) -> Option<String> {
        let [_, _, _, ten_thousand] = self.units;
        let (head, rest) = (number / 10_000, number % 10_000);
        if head >= 10_000 {
            return None;
        }
        if number == 0 {
            return Some(self.digit(0).to_string());
        }
        let mut text = String::new();
        if head > 0 {
            self.write(head, &mut text);
            text.push_str(ten_thousand);
            if self.zeros && (1..1000).contains(&rest) {
                text.push(self.digit(0));
            }
        }
        self.write(rest, &mut text);
        Some(text)
    }

    /// Writes 1 to 9999.
    fn write(&self, number: u32, text: &mut String) {
        let [ten, hundred, thousand, _] = self.units;
        let leading = text.is_empty();
        let mut rest = number;
        let mut zero = false;
        let mut begun = false;
        for (value, unit) in [(1000, thousand), (100, hundred), (10, ten), (1, "")] {
            let digit = rest / value;
            rest %= value;
            if digit == 0 {
                zero = begun;
                continue;
            }
            if zero && self.zeros {
                text.push(self.digit(0));
            }
            zero = false;
            if digit > 1 || self.writes_one(value, leading && !begun) {
                text.push(self.digit(digit));
            }
            text.push_str(unit);
            begun = true;
        }
    }

    fn writes_one(&self, unit: u32, leading: bool) -> bool {
        match self.ones {
            Ones::Always => true,
            Ones::NotBeforeLeadingTen => unit != 10 || !leading,
            Ones::Never => unit == 1,
        }
    }

    fn digit(&self, digit: u32) -> char {
        self.digits.chars().nth(digit as usize).unwrap_or('零')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(table: &[(&str, &[(u32, &str)])]) {
        for (name, numbers) in table {
            let format = NumberFormat::from_name(name).unwrap();
            for (number, expected) in *numbers {
                assert_eq!(format.render(*number), *expected, "{name} {number}");
            }
        }
    }

    #[test]
    fn digits_and_letters() {
        check(&[
            ("decimal", &[(0, "0"), (1, "1"), (120, "120")]),
            ("decimalZero", &[(1, "01"), (10, "10"), (100, "100")]),
            ("decimalFullWidth", &[(1, "１"), (20, "２０")]),
            ("decimalEnclosedCircle", &[(1, "①"), (20, "⑳"), (21, "21"), (0, "0")]),
            ("decimalEnclosedCircleChinese", &[(1, "①"), (10, "⑩")]),
            ("decimalEnclosedParen", &[(1, "⑴"), (20, "⒇"), (21, "21")]),
            ("decimalEnclosedFullstop", &[(1, "⒈"), (20, "⒛")]),
            ("numberInDash", &[(3, "- 3 -")]),
            ("upperRoman", &[(1, "I"), (4, "IV"), (1999, "MCMXCIX"), (4000, "4000"), (0, "0")]),
            ("lowerRoman", &[(9, "ix"), (40, "xl"), (888, "dccclxxxviii")]),
            ("upperLetter", &[(1, "A"), (26, "Z"), (27, "AA"), (53, "AAA")]),
            ("lowerLetter", &[(2, "b"), (28, "bb"), (0, "0"), (u32::MAX, "4294967295")]),
            ("none", &[(1, "")]),
            ("bullet", &[(1, "")]),
        ]);
    }

    #[test]
    fn chinese_counting() {
        let small = [(0, "零"), (1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九")];
        check(&[
            ("chineseCounting", &small),
            ("chineseCounting", &[(100, "一〇〇"), (110, "一一〇")]),
            ("chineseCountingThousand", &small),
            ("chineseCountingThousand", &[(100, "一百"), (101, "一百零一"), (110, "一百一十")]),
            ("chineseCountingThousand", &[(115, "一百一十五"), (1001, "一千零一")]),
            ("chineseCountingThousand", &[(1010, "一千零一十"), (1100, "一千一百")]),
            ("chineseCountingThousand", &[(2020, "二千零二十"), (10_000, "一万")]),
            ("chineseCountingThousand", &[(10_010, "一万零一十"), (100_000, "十万")]),
            ("chineseCountingThousand", &[(12_345, "一万二千三百四十五")]),
            ("chineseCountingThousand", &[(100_000_000, "100000000")]),
            ("chineseLegalSimplified", &[(1, "壹"), (10, "壹拾"), (11, "壹拾壹")]),
            ("chineseLegalSimplified", &[(101, "壹佰零壹"), (9999, "玖仟玖佰玖拾玖")]),
            ("ideographLegalTraditional", &[(2, "貳"), (10, "壹拾"), (10_000, "壹萬")]),
            ("japaneseCounting", &[(1, "一"), (10, "十"), (11, "十一"), (20, "二十")]),
            ("japaneseCounting", &[(100, "百"), (101, "百一"), (1111, "千百十一")]),
            ("taiwaneseCountingThousand", &[(111, "一百一十一")]),
        ]);
    }

    #[test]
    fn other_chinese_sequences() {
        check(&[
            ("ideographDigital", &[(1, "一"), (10, "一〇"), (11, "一一"), (205, "二〇五")]),
            ("taiwaneseDigital", &[(10, "一〇")]),
            ("ideographTraditional", &[(1, "甲"), (10, "癸"), (11, "11")]),
            ("ideographZodiac", &[(1, "子"), (12, "亥"), (13, "13")]),
            ("ideographZodiacTraditional", &[(1, "甲子"), (11, "甲戌"), (60, "癸亥"), (61, "61")]),
            ("ideographEnclosedCircle", &[(1, "㊀"), (10, "㊉"), (11, "11")]),
        ]);
    }

    #[test]
    fn codes_and_names_agree() {
        for (name, code, format) in NAMES {
            assert_eq!(NumberFormat::from_name(name), Some(*format));
            assert_eq!(NumberFormat::from_code(*code), Some(*format));
        }
        assert_eq!(NumberFormat::from_name("hebrew1"), None);
        assert_eq!(NumberFormat::from_code(45), None);
    }

    #[test]
    fn every_format_writes_any_number() {
        for (_, _, format) in NAMES {
            for number in [0, 1, 9, 10, 99, 100, 9_999, 10_000, 99_999_999, u32::MAX] {
                assert!(format.render(number).chars().count() <= 40);
            }
        }
    }
}
