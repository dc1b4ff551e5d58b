//! Reads from the grammars with which characters each of their rules may begin, so that the reader of clauses tries only
//! those rules at a place that can begin there (`clause::beginnings`).

use std::{collections::BTreeMap, env, error::Error, fmt::Write, fs, path::Path};

use pest_meta::{
    ast::Expr,
    parser::{self, consume_rules},
};

/// The grammars that one parser is made of (`src/clause/grammar.rs`).
const GRAMMARS: [&str; 3] = ["grammar/number.pest", "grammar/clause.pest", "grammar/mark.pest"];

/// Any character.
const ANY: (char, char) = ('\0', char::MAX);

type Rules = BTreeMap<String, Expr>;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let mut text = String::new();
    for path in GRAMMARS {
        println!("cargo::rerun-if-changed={path}");
        text.push_str(&fs::read_to_string(path)?);
    }
    let pairs = parser::parse(parser::Rule::grammar_rules, &text)?;
    // What is wrong with a grammar is told better by the parser that is made of it.
    let rules = consume_rules(pairs).unwrap_or_default();
    let rules: Rules = rules.into_iter().map(|it| (it.name, it.expr)).collect();
    let mut code = String::from("match rule {\n");
    for (name, expr) in &rules {
        let First { mut chars, empty } = first(expr, &rules);
        if empty {
            chars = vec![ANY];
        }
        chars.sort_unstable();
        chars.dedup();
        writeln!(code, "    Rule::r#{name} => &{chars:?},")?;
    }
    code.push_str("    Rule::EOI => &[],\n}\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("beginnings.rs"), code)?;
    Ok(())
}

/// The characters with which an expression may begin, and whether it may read nothing.
#[derive(Default)]
struct First {
    chars: Vec<(char, char)>,
    empty: bool,
}

impl First {
    fn of(chars: impl IntoIterator<Item = (char, char)>) -> Self {
        Self { chars: chars.into_iter().collect(), empty: false }
    }

    fn nothing() -> Self {
        Self { chars: Vec::new(), empty: true }
    }

    fn or_nothing(self) -> Self {
        Self { empty: true, ..self }
    }

    fn or(mut self, other: Self) -> Self {
        self.chars.extend(other.chars);
        Self { chars: self.chars, empty: self.empty || other.empty }
    }
}

fn first(expr: &Expr, rules: &Rules) -> First {
    match expr {
        Expr::Str(it) => match it.chars().next() {
            Some(it) => First::of([(it, it)]),
            None => First::nothing(),
        },
        Expr::Range(from, to) => First::of(from.chars().next().zip(to.chars().next())),
        Expr::Ident(name) => match rules.get(name) {
            Some(it) => first(it, rules),
            None => built_in(name),
        },
        // What follows says more than what must or must not follow.
        Expr::PosPred(_) | Expr::NegPred(_) => First::nothing(),
        Expr::Seq(one, other) => match first(one, rules) {
            it if it.empty => First { chars: it.chars, empty: false }.or(first(other, rules)),
            it => it,
        },
        Expr::Choice(one, other) => first(one, rules).or(first(other, rules)),
        Expr::Opt(it) | Expr::Rep(it) | Expr::RepMax(it, _) => first(it, rules).or_nothing(),
        Expr::RepMin(it, 0) | Expr::RepExact(it, 0) | Expr::RepMinMax(it, 0, _) => {
            first(it, rules).or_nothing()
        }
        Expr::RepOnce(it)
        | Expr::RepMin(it, _)
        | Expr::RepExact(it, _)
        | Expr::RepMinMax(it, ..)
        | Expr::Push(it) => first(it, rules),
        _ => First::of([ANY]),
    }
}

fn built_in(name: &str) -> First {
    match name {
        "SOI" | "EOI" => First::nothing(),
        "ASCII_DIGIT" => First::of([('0', '9')]),
        _ => First::of([ANY]),
    }
}
