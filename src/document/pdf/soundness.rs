//! Whether a file is whole. Readers of PDFs mend what they can and drop the rest without a word; what they drop is looked
//! for here, so that nothing is lost in silence.

use std::collections::BTreeSet;

use hayro_syntax::{
    Filter, Pdf,
    object::{Dict, Name, Object, ObjectIdentifier, Stream},
    page::Page,
};

use super::reading::Remark;

/// So far from its end a file says where its index is.
const TAIL: usize = 2048;

/// What is wrong with a file.
pub(super) fn examine(pdf: &Pdf) -> Vec<Remark> {
    let mut remarks = Vec::new();
    if !has_index(pdf.data().as_ref()) {
        remarks.push(Remark::Rebuilt);
    }
    let (stated, found) = (stated_pages(pdf), pdf.pages().len());
    if let Some(stated) = stated.filter(|it| *it > found) {
        let missing = u32::try_from(stated - found).unwrap_or(u32::MAX);
        remarks.push(Remark::MissingPages(missing));
    }
    let damaged = damaged_streams(pdf);
    let pages = (1..).zip(pdf.pages().iter());
    let pages: Vec<u32> = pages.filter(|it| is_damaged(it.1, &damaged)).map(|it| it.0).collect();
    if !pages.is_empty() {
        remarks.push(Remark::DamagedPages(pages));
    } else if !damaged.is_empty() {
        remarks.push(Remark::DamagedParts(u32::try_from(damaged.len()).unwrap_or(u32::MAX)));
    }
    remarks
}

/// Whether the index stands where the end of the file says. What stands before the header shifts it.
fn has_index(bytes: &[u8]) -> bool {
    let tail = bytes.get(bytes.len().saturating_sub(TAIL)..).unwrap_or(bytes);
    let Some(at) = find(tail, b"startxref", true) else { return false };
    let digits: Vec<u8> = tail
        .iter()
        .skip(at + b"startxref".len())
        .skip_while(|it| it.is_ascii_whitespace())
        .take_while(|it| it.is_ascii_digit())
        .copied()
        .collect();
    let offset = std::str::from_utf8(&digits).ok().and_then(|it| it.parse::<usize>().ok());
    let header = find(bytes.get(..TAIL).unwrap_or(bytes), b"%PDF-", false).unwrap_or(0);
    offset.is_some_and(|offset| {
        [offset, offset.saturating_add(header)].into_iter().any(|at| begins_index(bytes, at))
    })
}

/// Whether a table of objects begins here, or the object that holds one.
fn begins_index(bytes: &[u8], at: usize) -> bool {
    let rest = bytes.get(at..).unwrap_or_default();
    let start: Vec<u8> =
        rest.iter().skip_while(|it| it.is_ascii_whitespace()).take(24).copied().collect();
    start.starts_with(b"xref")
        || (start.first().is_some_and(u8::is_ascii_digit) && find(&start, b"obj", false).is_some())
}

/// Where a word stands first, or last.
fn find(bytes: &[u8], word: &[u8], last: bool) -> Option<usize> {
    let mut windows = bytes.windows(word.len());
    if last { windows.rposition(|it| it == word) } else { windows.position(|it| it == word) }
}

/// The number of pages that the file says it has.
fn stated_pages(pdf: &Pdf) -> Option<usize> {
    let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id())?;
    let count = catalog.get::<Dict<'_>>(b"Pages")?.get::<i32>(b"Count")?;
    usize::try_from(count).ok()
}

/// The streams that are damaged and that text depends on.
fn damaged_streams(pdf: &Pdf) -> BTreeSet<ObjectIdentifier> {
    let streams = pdf.objects().into_iter().filter_map(|it| match it {
        Object::Stream(stream) if !is_ornament(stream.dict()) => Some(stream),
        _ => None,
    });
    streams.filter(is_damaged_stream).map(|it| it.obj_id()).collect()
}

/// Whether a page's contents are missing or among the damaged streams.
fn is_damaged(page: &Page<'_>, damaged: &BTreeSet<ObjectIdentifier>) -> bool {
    const CONTENTS: &[u8] = b"Contents";
    match page.raw().get::<Object<'_>>(CONTENTS) {
        None => page.raw().contains_key(CONTENTS),
        Some(Object::Stream(stream)) => damaged.contains(&stream.obj_id()),
        Some(Object::Array(parts)) => {
            let streams: Vec<Stream<'_>> = parts.iter::<Stream<'_>>().collect();
            streams.len() < parts.raw_iter().count()
                || streams.iter().any(|it| damaged.contains(&it.obj_id()))
        }
        Some(Object::Null(_)) => false,
        Some(_) => true,
    }
}

/// Whether a stream neither holds text nor places it: a picture, colours, or what is written about the file. A font that
/// cannot be read is replaced by another, with other widths.
fn is_ornament(dict: &Dict<'_>) -> bool {
    let kind = dict.get::<Name<'_>>(b"Type");
    let kind = kind.as_ref().map(AsRef::as_ref);
    let colours = dict.contains_key(b"N") && kind != Some(b"ObjStm");
    dict.contains_key(b"Width") || colours || kind == Some(b"Metadata")
}

/// Whether a stream cannot be decoded, or does not match the checksum of its only filter.
fn is_damaged_stream(stream: &Stream<'_>) -> bool {
    let filters = stream.filters();
    if filters.iter().any(|it| {
        matches!(
            it,
            Filter::DctDecode | Filter::JpxDecode | Filter::Jbig2Decode | Filter::CcittFaxDecode
        )
    }) {
        return false;
    }
    let Ok(decoded) = stream.decoded_data() else { return true };
    let plain = filters.len() == 1
        && filters.contains(&Filter::FlateDecode)
        && !stream.dict().contains_key(b"DecodeParms");
    plain && !matches_checksum(&stream.raw_data(), &decoded)
}

/// Whether zlib's checksum at the end of the deflated bytes is that of the inflated ones. The stream's length may count
/// the line's end behind it.
fn matches_checksum(deflated: &[u8], inflated: &[u8]) -> bool {
    let Some([method, flags]) = deflated.first_chunk::<2>() else { return inflated.is_empty() };
    let header = u16::from_be_bytes([*method, *flags]);
    if method & 0x0F != 8 || !header.is_multiple_of(31) {
        // Deflated without zlib's wrapping: there is no checksum to go by.
        return true;
    }
    let checksum = adler32(inflated).to_be_bytes();
    (0..=2).any(|extra| {
        let end = deflated.len().saturating_sub(extra);
        deflated.get(..end).is_some_and(|it| it.ends_with(&checksum))
    })
}

/// The checksum of RFC 1950.
fn adler32(bytes: &[u8]) -> u32 {
    const MODULUS: u32 = 65_521;
    // So many bytes cannot overflow the sums.
    const CHUNK: usize = 5_552;
    let (mut low, mut high) = (1_u32, 0_u32);
    for chunk in bytes.chunks(CHUNK) {
        for byte in chunk {
            low += u32::from(*byte);
            high += low;
        }
        low %= MODULUS;
        high %= MODULUS;
    }
    (high << 16) | low
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksums_are_those_of_the_standard() {
        assert_eq!(adler32(b""), 1);
        assert_eq!(adler32(b"Wikipedia"), 0x11E6_0398);
        assert_eq!(adler32(&[0xFF; 1_000_000]), 0x3843E1BE);
    }

    #[test]
    fn an_index_is_where_the_end_says() {
        let file = |offset: usize| format!("%PDF-1.4\nxref\n0 0\nstartxref\n{offset}\n%%EOF");
        assert!(has_index(file(9).as_bytes()));
        assert!(has_index(format!("junk\n{}", file(9)).as_bytes()));
        assert!(!has_index(file(3).as_bytes()));
        assert!(!has_index(b"%PDF-1.4\nxref\n0 0\n"));
    }
}
