//! A formula (OMML) in one line: fractions as a/b, powers as a^b, roots as √(a).

use super::xml::{Element, Space};

/// Writes a formula into a text.
pub(crate) fn write(formula: Element<'_>, text: &mut String) {
    for child in formula.children() {
        if child.space() != Space::Math {
            // Runs may carry properties and revisions of wordprocessing; what is inserted counts, what is deleted does not.
            if child.is("ins") || child.is("moveTo") {
                write(child, text);
            }
            continue;
        }
        match child.name() {
            "t" => text.extend(child.text()),
            "f" => infix(child, "num", "/", "den", text),
            "sSup" => infix(child, "e", "^", "sup", text),
            "rad" => root(child, text),
            "d" => delimiters(child, text),
            "nary" => nary(child, text),
            "m" => rows(child, "mr", text),
            "eqArr" => rows(child, "e", text),
            name if name.ends_with("Pr") => {}
            _ => write(child, text),
        }
    }
}

fn part<'t>(formula: Element<'t>, name: &str) -> Option<Element<'t>> {
    formula.children().find(|it| it.space() == Space::Math && it.name() == name)
}

/// A part in brackets, unless it is one number, one word, or in brackets already.
fn operand(formula: Element<'_>, name: &str) -> String {
    let mut text = String::new();
    part(formula, name).into_iter().for_each(|it| write(it, &mut text));
    let text = text.trim();
    let plain = text.chars().all(|it| it.is_alphanumeric() || matches!(it, '.' | '%'));
    if plain || is_bracketed(text) { text.to_owned() } else { format!("({text})") }
}

/// Whether the first bracket closes with the last character.
fn is_bracketed(text: &str) -> bool {
    let mut depth = 0u32;
    let length = text.chars().count();
    for (at, char) in text.chars().enumerate() {
        match char {
            '(' | '（' | '[' => depth += 1,
            ')' | '）' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return at + 1 == length && length > 1;
        }
    }
    false
}

fn infix(formula: Element<'_>, left: &str, operator: &str, right: &str, text: &mut String) {
    text.push_str(&operand(formula, left));
    text.push_str(operator);
    text.push_str(&operand(formula, right));
}

fn root(formula: Element<'_>, text: &mut String) {
    text.push_str(&operand(formula, "deg"));
    text.push('√');
    text.push_str(&operand(formula, "e"));
}

/// The brackets and separators of a `m:d`, which are round and | where it says nothing.
fn delimiters(formula: Element<'_>, text: &mut String) {
    let properties = part(formula, "dPr");
    let sign = |name: &str, default: &'static str| {
        let element = properties.and_then(|it| part(it, name));
        element.map_or(default.to_owned(), |it| it.attribute("val").unwrap_or_default().to_owned())
    };
    text.push_str(&sign("begChr", "("));
    let inner = formula.children().filter(|it| it.space() == Space::Math && it.name() == "e");
    for (nth, it) in inner.enumerate() {
        if nth > 0 {
            text.push_str(&sign("sepChr", "|"));
        }
        write(it, text);
    }
    text.push_str(&sign("endChr", ")"));
}

/// A sum or product over something; the sign is an integral where it says nothing.
fn nary(formula: Element<'_>, text: &mut String) {
    let sign = part(formula, "naryPr").and_then(|it| part(it, "chr"));
    text.push_str(sign.and_then(|it| it.attribute("val")).unwrap_or("∫"));
    for (sign, name) in [("_", "sub"), ("^", "sup")] {
        let bound = operand(formula, name);
        if !bound.is_empty() {
            text.push_str(sign);
            text.push_str(&bound);
        }
    }
    text.push_str(&operand(formula, "e"));
}

/// Rows of a matrix or of a list of equations, one after the other.
fn rows(formula: Element<'_>, name: &str, text: &mut String) {
    let rows = formula.children().filter(|it| it.space() == Space::Math && it.name() == name);
    for (nth, row) in rows.enumerate() {
        if nth > 0 {
            text.push_str("; ");
        }
        write(row, text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::docx::xml::Tree;

    #[test]
    fn formulas_in_one_line() {
        let run = |it: &str| format!("<m:r><m:t>{it}</m:t></m:r>");
        let e = |name: &str, it: &str| format!("<m:{name}>{it}</m:{name}>");
        let fraction = e("f", &(e("fPr", "") + &e("num", &run("完成数")) + &e("den", &run("a+b"))));
        let table = [
            (run("得分=") + &fraction + &run("×100"), "得分=完成数/(a+b)×100"),
            (e("sSup", &(e("e", &run("x")) + &e("sup", &run("2")))), "x^2"),
            (e("rad", &(e("deg", "") + &e("e", &run("a+1")))), "√(a+1)"),
            (e("rad", &(e("deg", &run("3")) + &e("e", &run("a")))), "3√a"),
            (e("d", &e("e", &run("60-x"))), "(60-x)"),
            (
                e(
                    "d",
                    &(r#"<m:dPr><m:begChr m:val="["/><m:endChr m:val="]"/></m:dPr>"#.to_owned()
                        + &e("e", &run("x"))),
                ),
                "[x]",
            ),
            (
                e(
                    "nary",
                    &(r#"<m:naryPr><m:chr m:val="∑"/></m:naryPr>"#.to_owned()
                        + &e("sub", &run("i"))
                        + &e("sup", "")
                        + &e("e", &run("xi"))),
                ),
                "∑_ixi",
            ),
            (e("eqArr", &(e("e", &run("a=1")) + &e("e", &run("b=2")))), "a=1; b=2"),
        ];
        for (inner, expected) in table {
            let xml = format!(
                r#"<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">{inner}</m:oMath>"#
            );
            let tree = Tree::parse("math", &xml).unwrap();
            let mut text = String::new();
            write(tree.root("math", "oMath").unwrap(), &mut text);
            assert_eq!(text, expected);
        }
    }
}
