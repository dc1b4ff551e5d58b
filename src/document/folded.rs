//! Text as the grammars read it, with the way back to the document.
//!
//! Folding makes one form of what documents write in many: full-width letters, digits and punctuation become half-width
//! ones, Kangxi radicals and compatibility forms ordinary characters, the traditional characters of scoring words
//! simplified ones; white space and invisible characters go. Each folded character remembers the one that it stands for,
//! so that names, conditions and quotes are always the document's own.

use std::ops::{Range, RangeInclusive};

use unicode_normalization::UnicodeNormalization;

use crate::{document::TEAR, source::Span};

/// Folded text. Positions in it are bytes of [`Folded::text`]; [`Folded::span`] leads back to the document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folded {
    /// The folded text.
    pub text: String,
    /// The document's character for each byte of the text.
    origin: Vec<u32>,
}

/// Folded line feed: the hard end of a line within a text that was put together of several paragraphs.
pub const LINE_END: char = '\n';

impl Folded {
    /// Folds a text that begins at a character of the document.
    #[must_use]
    pub fn new(text: &str, start: u32) -> Self {
        let mut folded = Self::default();
        folded.push_str(text, start);
        folded
    }

    /// Appends a text that begins at a character of the document.
    pub fn push_str(&mut self, text: &str, start: u32) {
        self.text.reserve(text.len());
        self.origin.reserve(text.len());
        for (offset, c) in (start..).zip(text.chars()) {
            match fold(c) {
                // The most of every text, without a look at how long a character is.
                Some(c) if HAN.contains(&c) => {
                    self.text.push(c);
                    self.origin.extend_from_slice(&[offset; 3]);
                }
                Some(c) => self.push(c, offset),
                None => {}
            }
        }
    }

    /// Appends one character that stands for a character of the document.
    pub fn push(&mut self, c: char, offset: u32) {
        self.text.push(c);
        self.origin.resize(self.text.len(), offset);
    }

    /// Ends the line, unless nothing stands before.
    pub fn end_line(&mut self) {
        if let Some(&last) = self.origin.last()
            && !self.text.ends_with(LINE_END)
        {
            self.push(LINE_END, last);
        }
    }

    /// Whether there is no text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The folded text of a range of bytes; empty where the range does not lie on characters.
    #[must_use]
    pub fn get(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or_default()
    }

    /// The characters of the document that a range of bytes stands for.
    #[must_use]
    pub fn span(&self, range: Range<usize>) -> Span {
        let first = self.origin.get(range.start).or(self.origin.last()).copied().unwrap_or(0);
        let last = range.end.checked_sub(1).and_then(|it| self.origin.get(it)).copied();
        Span::new(first, last.map_or(first, |it| it + 1).max(first))
    }

    /// The characters of the document that the whole text stands for.
    #[must_use]
    pub fn whole(&self) -> Span {
        self.span(0..self.text.len())
    }

    /// The part of a range of bytes, as folded text of its own.
    #[must_use]
    pub fn slice(&self, range: Range<usize>) -> Self {
        let text = self.get(range.clone()).to_owned();
        let origin = self.origin.get(range).map(<[u32]>::to_vec).unwrap_or_default();
        Self { text, origin }
    }

    /// Appends another folded text.
    pub fn append(&mut self, other: &Self) {
        self.text.push_str(&other.text);
        self.origin.extend_from_slice(&other.origin);
    }

    /// The document's own characters for a range of bytes, without white space.
    #[must_use]
    pub fn original(&self, range: Range<usize>, letters: &Letters<'_>) -> String {
        let Some(offsets) = self.origin.get(range.clone()) else { return String::new() };
        if let (Some(&first), Some(&last)) = (offsets.first(), offsets.last())
            && offsets.is_sorted()
            && self.get(range.clone()).chars().count() == (last - first) as usize + 1
        {
            return letters.slice(Span::new(first, last + 1)).to_owned();
        }
        let chars = self.get(range).char_indices();
        let mut places = chars.filter_map(|(byte, _)| offsets.get(byte)).copied().peekable();
        let mut original = String::with_capacity(offsets.len());
        let mut last = 0;
        while let Some(start) = places.next() {
            // What stands together in the document is copied as a whole: no character of it is white space.
            let mut end = start + 1;
            while places.next_if_eq(&end).is_some() {
                end += 1;
            }
            let piece = letters.slice(Span::new(start, end));
            let latin = |it: Option<char>| it.is_some_and(|it| it.is_ascii_alphabetic());
            if last < start && latin(original.chars().next_back()) && latin(piece.chars().next()) {
                original.push(' ');
            }
            original.push_str(piece);
            last = end;
        }
        original
    }
}

/// A document's text by characters.
#[derive(Debug)]
pub struct Letters<'a> {
    text: &'a str,
    starts: Vec<u32>,
}

impl<'a> Letters<'a> {
    /// Indexes a text.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let starts =
            text.char_indices().map(|(at, _)| u32::try_from(at).unwrap_or(u32::MAX)).collect();
        Self { text, starts }
    }

    /// The character of a number.
    #[must_use]
    pub fn char(&self, number: u32) -> Option<char> {
        let at = *self.starts.get(number as usize)? as usize;
        self.text.get(at..)?.chars().next()
    }

    /// The characters of a span.
    #[must_use]
    pub fn slice(&self, span: Span) -> &'a str {
        let at =
            |it: u32| self.starts.get(it as usize).map_or(self.text.len(), |&start| start as usize);
        self.text.get(at(span.start)..at(span.end)).unwrap_or_default()
    }

    /// The characters of a span with white space folded: none beside Chinese characters, else one blank.
    #[must_use]
    pub fn quote(&self, span: Span) -> String {
        fold_blanks(self.slice(span))
    }

    /// The part of a span that stands together in the document: of what a page end tore, the part with the last number.
    #[must_use]
    pub fn together(&self, span: Span) -> Span {
        let slice = self.slice(span);
        if !slice.contains(TEAR) {
            return span;
        }
        let (mut start, mut best) = (span.start, None);
        for piece in slice.split(TEAR) {
            let length = u32::try_from(piece.chars().count()).unwrap_or(0);
            let numbered = piece.contains(|it: char| it.is_numeric());
            if numbered || best.is_none() {
                best = Some(Span::new(start, start + length));
            }
            start += length + 1;
        }
        best.unwrap_or(span)
    }

    /// The number of characters.
    #[must_use]
    pub fn len(&self) -> u32 {
        u32::try_from(self.starts.len()).unwrap_or(u32::MAX)
    }

    /// Whether the text is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }
}

/// Folds white space: none beside Chinese characters, else one blank.
#[must_use]
pub fn fold_blanks(text: &str) -> String {
    if !text.contains(char::is_whitespace) {
        return text.to_owned();
    }
    let mut folded = String::new();
    let mut gap = false;
    for c in text.chars() {
        if c.is_whitespace() {
            gap = true;
            continue;
        }
        let narrow = |it: char| it.is_ascii_graphic();
        if gap && narrow(c) && folded.chars().next_back().is_some_and(narrow) {
            folded.push(' ');
        }
        gap = false;
        folded.push(c);
    }
    folded
}

/// The folded form of a character; none for white space and invisible characters.
fn fold(c: char) -> Option<char> {
    if c.is_ascii_graphic() {
        return Some(c);
    }
    if HAN.contains(&c) {
        return Some(simplified(c));
    }
    if c.is_whitespace() || c.is_control() || INVISIBLE.contains(&c) {
        return None;
    }
    match c {
        '。' | '、' | '《' | '》' | '“' | '”' | '‘' | '’' | '×' => return Some(c),
        '〔' | '［' | '【' => return Some('['),
        '〕' | '］' | '】' => return Some(']'),
        '—' | '–' | '―' | '‐' | '‑' | '−' | '─' => return Some('-'),
        '～' | '〜' | '∼' | '˜' => return Some('~'),
        '≧' | '⩾' => return Some('≥'),
        '≦' | '⩽' => return Some('≤'),
        '∶' | '︰' | 'ː' => return Some(':'),
        '＊' | '﹡' => return Some('*'),
        '٪' | '﹪' => return Some('%'),
        '①'..='⑳' | '²' | '³' => return Some(c),
        _ => {}
    }
    let mut forms = c.nfkc();
    match (forms.next(), forms.next()) {
        (Some(one), None) => Some(simplified(one)),
        _ => Some(c),
    }
}

/// Characters that take no room.
const INVISIBLE: &[char] =
    &['\u{ad}', '\u{200b}', '\u{200c}', '\u{200d}', '\u{200e}', '\u{200f}', '\u{2060}', '\u{feff}'];

/// The traditional characters of scoring words, each before its simplified one.
const TRADITIONAL: &str = "個个項项評评標标準准權权減减獎奖總总級级為为點点當当無无達达過过於于給给處处數数\
績绩優优較较職职責责單单領领導导負负條条實实績绩計计記记規规細细則则類类種种樣样裡里時时間间報报書书檢检查查\
驗验齊齐遲迟遞递補补從从並并會会議议開开關关員员黨党務务辦办專专業业據据應应該该還还後后來来區区縣县鎮镇鄉乡\
國国際际環环護护衛卫學学術术藝艺圖图場场園园長长門门問问題题聽听訴诉訪访談谈論论證证許许設设訓训請请調调課课\
賽赛質质費费資资賬账購购運运輸输選选連连進进遠远違违適适隊队陽阳隨随難难電电頭头風风飛飞養养體体發发經经統统\
組组結结終终續续維维網网約约級级紅红純纯紙纸線线編编縮缩聯联聲声職职腦脑與与興兴舉举舊旧萬万葉叶藥药蘇苏\
號号術术衝冲製制複复見见親亲觀观覺觉訂订討讨貪贪貫贯貢贡財财賞赏賠赔贈赠車车軌轨軍军軟软較较載载輔辅輕轻\
轉转農农鄰邻醫医釋释針针鈔钞鋼钢錄录錢钱錯错鍵键鎖锁鏡镜閉闭陣阵陳陈隱隐雙双雜杂離离靈灵靜静韓韩頁页頂顶\
須须預预頒颁頓顿額额願愿顧顾顯显飯饭飲饮館馆驅驱驟骤魚鱼鮮鲜麗丽麥麦齡龄獲获滿满滅灭溫温測测準准漲涨漏漏\
濟济濫滥潔洁澤泽灣湾災灾煙烟熱热營营燈灯爭争狀状獨独現现產产畢毕畫画異异療疗盡尽監监盤盘確确碼码禮礼種种\
稅税穩稳積积窮穷競竞筆笔築筑簡简簽签籌筹糧粮糾纠級级細细";

/// Chinese characters, among them all of [`TRADITIONAL`].
const HAN: RangeInclusive<char> = '\u{4e00}'..='\u{9fff}';

/// The simplified form of a traditional character of a scoring word; any other character as it is.
fn simplified(c: char) -> char {
    let place = u32::from(c).checked_sub(u32::from(*HAN.start()));
    let form = place.and_then(|it| SIMPLIFIED.get(it as usize));
    form.and_then(|it| char::from_u32(u32::from(*it))).unwrap_or(c)
}

/// The number of each character of [`HAN`] in its simplified form: every character of every text is looked up.
static SIMPLIFIED: [u16; HAN_COUNT] = simplified_forms();

const HAN_COUNT: usize = *HAN.end() as usize - *HAN.start() as usize + 1;

#[expect(clippy::indexing_slicing, reason = "the compiler runs it: it would stop there")]
const fn simplified_forms() -> [u16; HAN_COUNT] {
    const FIRST: u16 = *HAN.start() as u16;
    let mut forms = [0; HAN_COUNT];
    let mut form = FIRST;
    while form <= *HAN.end() as u16 {
        forms[(form - FIRST) as usize] = form;
        form += 1;
    }
    // Each of these characters takes three bytes.
    let pairs = TRADITIONAL.as_bytes().as_chunks::<6>().0;
    let mut nth = 0;
    while nth < pairs.len() {
        let [a, b, c, d, e, f] = pairs[nth];
        forms[(number([a, b, c]) - FIRST) as usize] = number([d, e, f]);
        nth += 1;
    }
    forms
}

/// The number of a character that takes three bytes of UTF-8.
const fn number([first, second, third]: [u8; 3]) -> u16 {
    (first as u16 & 0xf) << 12 | (second as u16 & 0x3f) << 6 | (third as u16 & 0x3f)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_form_for_many() {
        let cases = [
            ("每次扣０．５ 分", "每次扣0.5分"),
            ("（含６０％）", "(含60%)"),
            ("⽣活", "生活"),
            ("扣減、權重", "扣减、权重"),
            ("8—10分", "8-10分"),
            ("一般", "一般"),
        ];
        for (text, folded) in cases {
            assert_eq!(Folded::new(text, 0).text, folded, "{text}");
        }
    }

    #[test]
    fn the_way_back_is_exact() {
        let text = "每次 扣 ０．５分，扣減";
        let folded = Folded::new(text, 0);
        let letters = Letters::new(text);
        let at = folded.text.find("扣0.5分").unwrap();
        let range = at..at + "扣0.5分".len();
        assert_eq!(folded.original(range.clone(), &letters), "扣０．５分");
        assert_eq!(letters.slice(folded.span(range)), "扣 ０．５分");
    }
}
