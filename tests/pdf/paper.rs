//! Writes small PDFs: text in a font that is named and not embedded, as notices have it, and rules.

use std::fmt::Write as _;

/// A page; lengths in points from the top left corner.
#[derive(Debug, Clone)]
pub(crate) struct Sheet {
    pub(crate) width: i32,
    pub(crate) height: i32,
    /// Further entries of the page's dictionary.
    pub(crate) entries: String,
    /// The operators.
    pub(crate) content: String,
}

/// A4 upright.
pub(crate) fn a4() -> Sheet {
    Sheet { width: 595, height: 842, entries: String::new(), content: String::new() }
}

impl Sheet {
    /// Sets a text whose letters stand on `y`.
    pub(crate) fn text(&mut self, x: i32, y: i32, size: i32, text: &str) -> &mut Self {
        let y = self.height - y;
        let codes: String = text.encode_utf16().map(|it| format!("{it:04X}")).collect();
        writeln!(self.content, "BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm <{codes}> Tj ET").unwrap();
        self
    }

    /// Sets a paragraph in size 10 with lines of `chars` characters, the first one two characters in. Returns the height of
    /// the line after it.
    pub(crate) fn paragraph(&mut self, x: i32, mut y: i32, chars: usize, text: &str) -> i32 {
        let letters: Vec<char> = text.chars().collect();
        let (first, rest) = letters.split_at(letters.len().min(chars - 2));
        self.text(x + 20, y, 10, &first.iter().collect::<String>());
        for line in rest.chunks(chars) {
            y += 16;
            self.text(x, y, 10, &line.iter().collect::<String>());
        }
        y + 16
    }

    /// Draws a rule as a stroke.
    pub(crate) fn rule(&mut self, from: (i32, i32), to: (i32, i32)) -> &mut Self {
        let (a, b) = (self.height - from.1, self.height - to.1);
        writeln!(self.content, "{} {a} m {} {b} l S", from.0, to.0).unwrap();
        self
    }

    /// Draws a box and paints it with the given operator.
    pub(crate) fn frame(&mut self, at: [i32; 4], paint: &str) -> &mut Self {
        let [left, top, right, bottom] = at;
        let y = self.height - bottom;
        writeln!(self.content, "{left} {y} {} {} re {paint}", right - left, bottom - top).unwrap();
        self
    }

    /// Draws a table: the edges of columns and rows, and each cell's text in lines of size 10.
    pub(crate) fn table(&mut self, columns: &[i32], rows: &[i32], cells: &[&[&str]]) -> &mut Self {
        for y in rows {
            self.rule((columns[0], *y), (columns[columns.len() - 1], *y));
        }
        for x in columns {
            self.rule((*x, rows[0]), (*x, rows[rows.len() - 1]));
        }
        for (row, cells) in cells.iter().enumerate() {
            for (column, text) in cells.iter().enumerate() {
                for (nth, line) in text.split('\n').enumerate() {
                    let down = i32::try_from(nth).unwrap() * 14;
                    self.text(columns[column] + 5, rows[row] + 14 + down, 10, line);
                }
            }
        }
        self
    }
}

/// A whole PDF of these pages.
pub(crate) fn pdf(sheets: &[Sheet]) -> Vec<u8> {
    let mut objects = Objects::default();
    let font = objects.add(
        "<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/UniGB-UCS2-H/DescendantFonts[\
         <</Type/Font/Subtype/CIDFontType0/BaseFont/SimSun/CIDSystemInfo\
         <</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/DW 1000/W[1 95 500]>>]>>",
    );
    let resources = format!("<</Font<</F1 {font} 0 R>>>>");
    objects.document(sheets, &resources)
}

/// The objects of a file, in order.
#[derive(Debug, Default)]
pub(crate) struct Objects(Vec<Vec<u8>>);

impl Objects {
    /// Adds an object; returns its number.
    pub(crate) fn add(&mut self, object: impl AsRef<[u8]>) -> usize {
        self.0.push(object.as_ref().to_vec());
        self.0.len()
    }

    /// Adds a stream with further entries in its dictionary.
    pub(crate) fn stream(&mut self, entries: &str, data: &[u8]) -> usize {
        let head = format!("<<{entries}/Length {}>>stream\n", data.len());
        self.add([head.as_bytes(), data, b"\nendstream"].concat())
    }

    /// Adds pages, which share resources, and finishes the file.
    pub(crate) fn document(mut self, sheets: &[Sheet], resources: &str) -> Vec<u8> {
        let tree = self.0.len() + sheets.len() * 2 + 1;
        let mut kids = String::new();
        for sheet in sheets {
            let content = self.stream("", sheet.content.as_bytes());
            let page = self.add(format!(
                "<</Type/Page/Parent {tree} 0 R/MediaBox[0 0 {} {}]/Contents {content} 0 R\
                 /Resources {resources}{}>>",
                sheet.width, sheet.height, sheet.entries
            ));
            write!(kids, "{page} 0 R ").unwrap();
        }
        let tree = self.add(format!("<</Type/Pages/Kids[{kids}]/Count {}>>", sheets.len()));
        self.finish(tree, "")
    }

    /// The file whose tree of pages has this number.
    pub(crate) fn finish(mut self, tree: usize, trailer: &str) -> Vec<u8> {
        let catalog = self.add(format!("<</Type/Catalog/Pages {tree} 0 R>>"));
        let mut file = b"%PDF-1.7\n".to_vec();
        let mut index = format!("xref\n0 {}\n0000000000 65535 f \n", self.0.len() + 1);
        for (nth, object) in self.0.iter().enumerate() {
            writeln!(index, "{:010} 00000 n ", file.len()).unwrap();
            file.extend(format!("{} 0 obj\n", nth + 1).bytes());
            file.extend(object);
            file.extend(b"\nendobj\n");
        }
        let at = file.len();
        let size = self.0.len() + 1;
        file.extend(index.bytes());
        file.extend(
            format!(
                "trailer<</Size {size}/Root {catalog} 0 R{trailer}>>\nstartxref\n{at}\n%%EOF\n"
            )
            .bytes(),
        );
        file
    }
}
