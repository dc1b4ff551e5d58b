//! The parts of .xlsx: the list of sheets, shared strings, number formats, cells and merged regions.

use super::{
    number_format::{self, Form, number},
    sheet::{Region, Sheet},
};
use crate::{
    document::{
        ReadError,
        docx::{
            package::Package,
            xml::{Element, Tree},
        },
    },
    limits,
};

/// The sheets of a workbook, in order.
///
/// # Errors
///
/// Fails where a part is damaged or passes a bound, or the workbook is of the binary kind.
pub(super) fn sheets(bytes: &[u8], form: Form) -> Result<Vec<Sheet>, ReadError> {
    let mut package = Package::open(bytes)?;
    let relations = package.relations("")?;
    let main = relations.iter().find(|it| it.kind == "officeDocument").map(|it| it.target.clone());
    let main = main.unwrap_or_else(|| "xl/workbook.xml".to_owned());
    if main.ends_with(".bin") {
        return Err(ReadError::Unsupported("xlsb".to_owned()));
    }
    let relations = package.relations(&main)?;
    let part = |kind: &str| relations.iter().find(|it| it.kind == kind).map(|it| it.target.clone());
    let text = package.read_text(&main)?;
    let tree = Tree::parse(&main, &text)?;
    let root = tree.root(&main, "workbook")?;
    let book = Book {
        strings: part("sharedStrings").map_or(Ok(Vec::new()), |it| strings(&mut package, &it))?,
        formats: part("styles").map_or(Ok(Vec::new()), |it| formats(&mut package, &it))?,
        form,
        from_1904: child(root, "workbookPr").is_some_and(|it| is_on(it.attribute("date1904"))),
    };
    let mut sheets = Vec::new();
    for it in child(root, "sheets").into_iter().flat_map(Element::children) {
        let id = it.attribute("id").unwrap_or_default();
        let target = relations.iter().find(|it| it.id == id && it.kind == "worksheet");
        // Sheets of charts and macros hold no cells.
        let Some(target) = target else { continue };
        let mut sheet = book.sheet(&mut package, &target.target)?;
        sheet.name = it.attribute("name").unwrap_or_default().to_owned();
        sheet.is_hidden = it.attribute("state").is_some_and(|it| it != "visible");
        sheets.push(sheet);
    }
    Ok(sheets)
}

/// What the sheets of a workbook share.
struct Book {
    strings: Vec<String>,
    /// The code of the number format of each cell style.
    formats: Vec<String>,
    form: Form,
    from_1904: bool,
}

impl Book {
    fn sheet(&self, package: &mut Package<'_>, part: &str) -> Result<Sheet, ReadError> {
        let text = package.read_text(part)?;
        let tree = Tree::parse(part, &text)?;
        let root = tree.root(part, "worksheet")?;
        let mut sheet = Sheet::default();
        let mut next_row = 0;
        for row in child(root, "sheetData").into_iter().flat_map(Element::children) {
            let at = row.attribute("r").and_then(|it| it.parse::<u32>().ok()?.checked_sub(1));
            let row_number = at.unwrap_or(next_row);
            next_row = row_number.saturating_add(1);
            let mut next_column = 0;
            for cell in row.children().filter(|it| it.name() == "c") {
                let place = match cell.attribute("r") {
                    Some(it) => place(it).ok_or_else(|| ReadError::Damaged {
                        part: part.to_owned(),
                        reason: format!("the place {it} is none"),
                    })?,
                    None => (row_number, next_column),
                };
                next_column = place.1.saturating_add(1);
                sheet.push(place.0, place.1, self.text(part, cell)?)?;
            }
        }
        for it in child(root, "mergeCells").into_iter().flat_map(Element::children) {
            sheet.merged.extend(it.attribute("ref").and_then(region));
        }
        if sheet.merged.len() > limits::MAX_TABLE_CELLS {
            let bound = limits::MAX_TABLE_CELLS as u64;
            return Err(ReadError::TooLarge { what: "table", bound });
        }
        Ok(sheet)
    }

    /// What a cell shows.
    fn text(&self, part: &str, cell: Element<'_>) -> Result<String, ReadError> {
        let stored: String = child(cell, "v").into_iter().flat_map(Element::text).collect();
        let text = match cell.attribute("t").unwrap_or("n") {
            "s" => {
                let string =
                    stored.trim().parse::<usize>().ok().and_then(|it| self.strings.get(it));
                let string = string.ok_or_else(|| ReadError::Damaged {
                    part: part.to_owned(),
                    reason: format!("there is no string {stored}"),
                })?;
                return Ok(string.clone());
            }
            "inlineStr" => return Ok(child(cell, "is").map(rich_text).unwrap_or_default()),
            "b" if stored == "1" => "TRUE".to_owned(),
            "b" if stored == "0" => "FALSE".to_owned(),
            "n" => match number(&stored) {
                Some(value) => self.form.write(value, self.format(cell), self.from_1904),
                None => stored,
            },
            _ => unescaped(&stored),
        };
        Ok(text)
    }

    fn format(&self, cell: Element<'_>) -> &str {
        let style = cell.attribute("s").and_then(|it| it.parse::<usize>().ok());
        style.and_then(|it| self.formats.get(it)).map_or("General", String::as_str)
    }
}

/// The shared strings.
fn strings(package: &mut Package<'_>, part: &str) -> Result<Vec<String>, ReadError> {
    let text = package.read_text(part)?;
    let tree = Tree::parse(part, &text)?;
    Ok(tree.root(part, "sst")?.children().filter(|it| it.name() == "si").map(rich_text).collect())
}

/// The text of runs, or of the one text; readings of characters are no text.
fn rich_text(element: Element<'_>) -> String {
    let mut out = String::new();
    for it in element.children() {
        match it.name() {
            "t" => out.extend(it.text()),
            "r" => out.extend(it.children().filter(|it| it.name() == "t").flat_map(Element::text)),
            _ => {}
        }
    }
    unescaped(&out)
}

/// Replaces `_x000D_` and its like, by which characters are written that XML cannot hold.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, from)) = rest.split_once("_x") {
        out.push_str(before);
        let code = from.get(..4).filter(|_| from.get(4..5) == Some("_"));
        let char = code.and_then(|it| u32::from_str_radix(it, 16).ok()).and_then(char::from_u32);
        match (char, from.get(5..)) {
            (Some(it), Some(after)) => {
                out.push(it);
                rest = after;
            }
            _ => {
                out.push_str("_x");
                rest = from;
            }
        }
    }
    out.push_str(rest);
    out.replace("\r\n", "\n").replace('\r', "\n")
}

/// The code of the number format of each cell style.
fn formats(package: &mut Package<'_>, part: &str) -> Result<Vec<String>, ReadError> {
    let text = package.read_text(part)?;
    let tree = Tree::parse(part, &text)?;
    let root = tree.root(part, "styleSheet")?;
    let id = |it: Element<'_>| it.attribute("numFmtId").and_then(|it| it.parse::<u32>().ok());
    let own: std::collections::BTreeMap<u32, &str> = child(root, "numFmts")
        .into_iter()
        .flat_map(Element::children)
        .filter_map(|it| Some((id(it)?, it.attribute("formatCode")?)))
        .collect();
    let styles = child(root, "cellXfs").into_iter().flat_map(Element::children);
    let code = |it: Element<'_>| {
        let id = id(it).unwrap_or_default();
        own.get(&id).copied().unwrap_or_else(|| number_format::built_in(id)).to_owned()
    };
    Ok(styles.map(code).collect())
}

fn child<'t>(element: Element<'t>, name: &str) -> Option<Element<'t>> {
    element.children().find(|it| it.name() == name)
}

fn is_on(value: Option<&str>) -> bool {
    matches!(value, Some("1" | "true"))
}

/// The row and column of B12, from 0.
fn place(reference: &str) -> Option<(u32, u32)> {
    let letters = reference.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (letters, digits) = reference.split_at_checked(letters)?;
    let mut column: u32 = 0;
    for it in letters.bytes() {
        column =
            column.checked_mul(26)?.checked_add(u32::from(it.to_ascii_uppercase() - b'A') + 1)?;
    }
    let row: u32 = digits.parse().ok()?;
    Some((row.checked_sub(1)?, column.checked_sub(1).filter(|it| *it < 16_384)?))
}

/// The region of A1:B2.
fn region(reference: &str) -> Option<Region> {
    let (first, last) = reference.split_once(':')?;
    let (first, last) = (place(first)?, place(last)?);
    (first.0 <= last.0 && first.1 <= last.1).then_some(Region { first, last })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references() {
        for (reference, expected) in [
            ("A1", Some((0, 0))),
            ("B12", Some((11, 1))),
            ("AA3", Some((2, 26))),
            ("XFD1048576", Some((1_048_575, 16_383))),
            ("XFE1", None),
            ("A0", None),
            ("1", None),
            ("A", None),
            ("甲1", None),
        ] {
            assert_eq!(place(reference), expected, "{reference}");
        }
        assert_eq!(region("A1:C2"), Some(Region { first: (0, 0), last: (1, 2) }));
        assert_eq!(region("C2:A1"), None);
    }

    #[test]
    fn escapes() {
        assert_eq!(unescaped("甲_x000D_\n乙_x005F_x丙_xZ"), "甲\n乙_x丙_xZ");
    }
}
