//! Bytes to characters.
//!
//! In this order, the first that fits: a byte order mark; UTF-16 without one (common among files saved by old editors, and
//! taken for GB18030 by detectors); UTF-8; what the file itself states (a web page's charset); what the frequencies of
//! bytes say, where only the encodings of Chinese documents are thought of.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

use crate::{
    diagnostic::{Finding, Findings, Severity},
    document::ReadError,
};

/// So many bytes say which encoding it is.
const SAMPLE: usize = 64 << 10;
/// The least share of well-known characters that make two-byte units UTF-16, in hundredths.
const LEAST_KNOWN: usize = 90;
/// One unreadable byte among so many characters is damage; more means that the encoding is another, or none.
const CHARS_PER_LOSS: usize = 200;
/// One control character among so many is a remnant; more means that the file is no text.
const CHARS_PER_CONTROL: usize = 50;

/// Decodes a text. Line ends become line feeds.
///
/// `stated` is the encoding that the file names itself. Bytes that the encoding does not know become U+FFFD, with a
/// finding.
///
/// # Errors
///
/// Fails where the bytes are no text in any encoding that Chinese documents come in.
pub(super) fn decode(
    bytes: &[u8],
    stated: Option<&'static Encoding>,
    findings: &mut Findings,
) -> Result<String, ReadError> {
    let (encoding, bytes) = encoding_of(bytes, stated);
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    let count = text.chars().count();
    let lost = if had_errors { text.matches('\u{fffd}').count() } else { 0 };
    if lost * CHARS_PER_LOSS > count + CHARS_PER_LOSS {
        return Err(ReadError::Unknown(format!("{lost} bytes are no {}", encoding.name())));
    }
    let controls = text.chars().filter(|it| is_control(*it)).count();
    if text.contains('\0') || controls * CHARS_PER_CONTROL > count {
        return Err(ReadError::Unknown(format!("{controls} control characters")));
    }
    if lost > 0 {
        let quote = text.lines().find(|it| it.contains('\u{fffd}')).unwrap_or_default();
        let quote: String = quote.trim().chars().take(40).collect();
        let finding = Finding::new("characters-lost", Severity::Warning);
        let finding = finding.arg("count", lost).arg("encoding", encoding.name());
        findings.push(finding.at(String::new(), quote));
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    // Old editors end a text with ^Z.
    let text = text.strip_suffix('\u{1a}').unwrap_or(text);
    if text.contains('\r') {
        return Ok(text.replace("\r\n", "\n").replace('\r', "\n"));
    }
    Ok(text.to_owned())
}

/// Characters that no text holds: all controls but white space.
fn is_control(it: char) -> bool {
    it.is_control() && !matches!(it, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}')
}

/// The encoding of some bytes, and the bytes without their byte order mark.
fn encoding_of<'b>(
    bytes: &'b [u8],
    stated: Option<&'static Encoding>,
) -> (&'static Encoding, &'b [u8]) {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return (encoding, bytes.get(length..).unwrap_or_default());
    }
    if let Some(bytes) = bytes.strip_prefix(b"\x84\x31\x95\x33") {
        return (GB18030, bytes);
    }
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    let sound = is_utf8(bytes);
    if (sample.contains(&0) || !sound && !is_utf8(sample))
        && let Some(encoding) = utf16(sample)
    {
        return (encoding, bytes);
    }
    if sound || is_nearly_utf8(bytes) {
        return (UTF_8, bytes);
    }
    if let Some(encoding) = stated.filter(|it| ![UTF_8, UTF_16LE, UTF_16BE].contains(it)) {
        // Pages that state GB2312 hold characters of GB18030.
        return (if encoding == GBK { GB18030 } else { encoding }, bytes);
    }
    (by_frequency(sample), bytes)
}

/// Whether some bytes are UTF-8; the last character may be cut off.
fn is_utf8(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).err().is_none_or(|it| it.error_len().is_none())
}

/// Whether some bytes are UTF-8 with a little damage: far more characters of several bytes are right than wrong.
fn is_nearly_utf8(bytes: &[u8]) -> bool {
    let (mut right, mut wrong) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        right += chunk.valid().bytes().filter(|it| *it >= 0xC0).count();
        wrong += usize::from(!chunk.invalid().is_empty());
    }
    right > wrong * 20
}

/// The byte order of UTF-16, if the units are mostly characters of Chinese text in one order and not in the other.
fn utf16(sample: &[u8]) -> Option<&'static Encoding> {
    let known = |unit: fn([u8; 2]) -> u16| {
        let units = sample.chunks_exact(2).filter_map(|it| it.try_into().ok()).map(unit);
        units.filter(|it| is_known(*it)).count()
    };
    let total = sample.len() / 2;
    let (little, big) = (known(u16::from_le_bytes), known(u16::from_be_bytes));
    let (encoding, most, least) =
        if little > big { (UTF_16LE, little, big) } else { (UTF_16BE, big, little) };
    (total > 0 && most * 100 >= total * LEAST_KNOWN && least * 2 < most).then_some(encoding)
}

/// Whether a unit of UTF-16 is a character that Chinese text is full of. A letter in the other byte order looks like a
/// character whose low byte is zero; of those only 一 is common.
fn is_known(unit: u16) -> bool {
    let is_swapped_letter = unit.trailing_zeros() >= 8 && unit != 0x4E00;
    !is_swapped_letter
        && (matches!(unit, 0x09 | 0x0A | 0x0D | 0x20..=0x7E | 0xD7 | 0x2010..=0x2026 | 0x2160..=0x217F)
            || matches!(unit, 0x2460..=0x24FF | 0x3000..=0x301F | 0x3220..=0x3229 | 0x4E00..=0x9FFF)
            || matches!(unit, 0xFF01..=0xFF5E))
}

/// Big5 or GB18030: the one whose common characters make up more of the text. A detector takes short texts for the
/// wrong one, so it is asked only where the two are close.
fn by_frequency(sample: &[u8]) -> &'static Encoding {
    let (mut all, mut big5, mut gb) = (0_usize, 0_usize, 0_usize);
    let mut bytes = sample.iter().copied();
    while let Some(lead) = bytes.next() {
        let Some(trail) = (lead >= 0x80).then(|| bytes.next()).flatten() else { continue };
        let high = trail >= 0xA1;
        let is_common = (0xA1..=0xC6).contains(&lead) && (high || (0x40..=0x7E).contains(&trail));
        all += 1;
        big5 += usize::from(is_common);
        gb += usize::from(high && matches!(lead, 0xA1..=0xA3 | 0xB0..=0xD7));
    }
    if big5.abs_diff(gb) * 10 > all {
        return if big5 > gb { BIG5 } else { GB18030 };
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    let guess = detector.guess(Some(b"cn"), Utf8Detection::Deny);
    if guess == BIG5 { BIG5 } else { GB18030 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIMPLIFIED: &str =
        "各街道办事处：\r\n现将《考核办法》印发给你们，未按时报送的，每次扣0.5分。\r\n";
    const TRADITIONAL: &str =
        "各鄉鎮公所：\r\n現將《考核辦法》印發給你們，未按時報送的，每次扣0.5分。\r\n";

    fn read(bytes: &[u8]) -> Result<String, ReadError> {
        decode(bytes, None, &mut Findings::default())
    }

    fn units(text: &str, of: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(of).collect()
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        let expected = SIMPLIFIED.replace('\r', "");
        let marked = |mark: &[u8], bytes: Vec<u8>| [mark, &bytes].concat();
        for bytes in [
            SIMPLIFIED.as_bytes().to_vec(),
            marked(b"\xEF\xBB\xBF", SIMPLIFIED.into()),
            units(SIMPLIFIED, u16::to_le_bytes),
            units(SIMPLIFIED, u16::to_be_bytes),
            marked(b"\xFF\xFE", units(SIMPLIFIED, u16::to_le_bytes)),
            marked(b"\xFE\xFF", units(SIMPLIFIED, u16::to_be_bytes)),
            GB18030.encode(SIMPLIFIED).0.into_owned(),
            marked(b"\x84\x31\x95\x33", GB18030.encode(SIMPLIFIED).0.into_owned()),
        ] {
            assert_eq!(read(&bytes).unwrap(), expected);
        }
        assert_eq!(read(&BIG5.encode(TRADITIONAL).0).unwrap(), TRADITIONAL.replace('\r', ""));
    }

    #[test]
    fn short_texts() {
        for text in ["考核办法", "扣2分", "abc", "一、总则", "a,b\nc,d"] {
            assert_eq!(read(text.as_bytes()).unwrap(), text);
            assert_eq!(read(&GB18030.encode(text).0).unwrap(), text);
        }
    }

    #[test]
    fn what_the_file_states_comes_before_a_guess() {
        let bytes = BIG5.encode("考核").0;
        assert_eq!(decode(&bytes, Some(BIG5), &mut Findings::default()).unwrap(), "考核");
    }

    #[test]
    fn noise_is_no_text() {
        let mut state = 7_u32;
        let noise: Vec<u8> = (0..4096)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 24) as u8
            })
            .collect();
        assert!(matches!(read(&noise), Err(ReadError::Unknown(_))));
        assert!(matches!(read(b"abc\0def\0\0\0\x01\x02"), Err(ReadError::Unknown(_))));
        assert!(matches!(read(&[0; 100]), Err(ReadError::Unknown(_))));
    }

    #[test]
    fn a_damaged_character_is_reported() {
        let mut bytes = SIMPLIFIED.repeat(20).into_bytes();
        if let Some(it) = bytes.get_mut(30) {
            *it = 0xFF;
        }
        let mut findings = Findings::default();
        assert!(decode(&bytes, None, &mut findings).unwrap().contains('\u{fffd}'));
        assert_eq!(findings.iter().next().map(|it| it.code.as_str()), Some("characters-lost"));
    }
}
