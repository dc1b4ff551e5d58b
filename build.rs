//! Makes three things of the grammars, for the reader of clauses: with which characters each of their rules may begin, which
//! characters it cannot do without (`clause::sought`), and for each rule a function that tells how far it reads and keeps what
//! its parts read, if somebody wants them (`clause::recognise`). Most rules that are tried at a place read nothing, and pest
//! takes its time to say so.

use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    error::Error,
    fmt::Write,
    fs,
    path::Path,
};

use pest_meta::{
    ast::{Expr, RuleType},
    parser::{self, consume_rules},
};

/// The grammars that one parser is made of (`src/clause/grammar.rs`).
const GRAMMARS: [&str; 4] =
    ["grammar/number.pest", "grammar/clause.pest", "grammar/mark.pest", "grammar/grade.pest"];

/// Any character.
const ANY: (char, char) = ('\0', char::MAX);

type Rules = BTreeMap<String, (RuleType, Expr)>;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    // A program that is loaded where it was linked starts in half the time: it has some megabytes of tables of addresses, all
    // of which the loader otherwise writes anew. Untrusted bytes meet no unsafe code of ours that a fixed place would help.
    let target = |it: &str| env::var(format!("CARGO_CFG_TARGET_{it}"));
    if target("OS")? == "linux" && target("ENV")? == "gnu" {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
    let mut text = String::new();
    for path in GRAMMARS {
        println!("cargo::rerun-if-changed={path}");
        text.push_str(&fs::read_to_string(path)?);
    }
    let pairs = parser::parse(parser::Rule::grammar_rules, &text)?;
    // What is wrong with a grammar is told better by the parser that is made of it.
    let rules = consume_rules(pairs).unwrap_or_default();
    let rules: Rules = rules.into_iter().map(|it| (it.name, (it.ty, it.expr))).collect();
    let out = env::var("OUT_DIR")?;
    fs::write(Path::new(&out).join("beginnings.rs"), beginnings(&rules)?)?;
    fs::write(Path::new(&out).join("needs.rs"), needs(&rules)?)?;
    fs::write(Path::new(&out).join("recognise.rs"), Recognisers::of(&rules)?)?;
    Ok(())
}

/// A `match` over the rules: the ranges of characters with which each begins.
fn beginnings(rules: &Rules) -> Result<String, Box<dyn Error>> {
    let mut code = String::from("match rule {\n");
    for (name, (_, expr)) in rules {
        let First { mut chars, empty } = first(expr, rules);
        if empty {
            chars = vec![ANY];
        }
        chars.sort_unstable();
        chars.dedup();
        writeln!(code, "    Rule::r#{name} => &{chars:?},")?;
    }
    code.push_str("    Rule::EOI => &[],\n}\n");
    Ok(code)
}

/// Characters of which every text has some: to look for them says nothing.
const COMMON: &str = "分扣减加得计记给为的每数项按以应可直予";

/// At most so many needs are told of a rule.
const MOST_NEEDS: usize = 3;

/// A `match` over the rules: sets of characters, of each of which one stands in all that a rule reads; none where nothing is
/// sure.
fn needs(rules: &Rules) -> Result<String, Box<dyn Error>> {
    let mut code = String::from("match rule {\n");
    for (name, (_, expr)) in rules {
        let needs = needed(expr, rules);
        if !needs.is_empty() {
            let lists = needs.iter().map(|it| format!("&{:?}", it.iter().collect::<Vec<_>>()));
            let lists: Vec<String> = lists.collect();
            writeln!(code, "    Rule::r#{name} => &[{}],", lists.join(", "))?;
        }
    }
    code.push_str("    _ => &[],\n}\n");
    Ok(code)
}

/// Sets of characters, of each of which one stands in all that an expression reads: the smallest that there are, in order.
fn needed(expr: &Expr, rules: &Rules) -> Vec<BTreeSet<char>> {
    let mut needs: Vec<BTreeSet<char>> = match expr {
        Expr::Str(it) => {
            it.chars().filter(|it| !COMMON.contains(*it)).map(|it| [it].into()).collect()
        }
        Expr::Ident(name) => rules.get(name).map(|it| needed(&it.1, rules)).unwrap_or_default(),
        Expr::Seq(one, other) => {
            needed(one, rules).into_iter().chain(needed(other, rules)).collect()
        }
        // What the one needs or what the other needs: like goes best with like.
        Expr::Choice(one, other) => needed(one, rules)
            .iter()
            .zip(needed(other, rules))
            .map(|(one, other)| one | &other)
            .collect(),
        Expr::RepOnce(it) => needed(it, rules),
        Expr::RepExact(it, least) | Expr::RepMin(it, least) | Expr::RepMinMax(it, least, _)
            if *least > 0 =>
        {
            needed(it, rules)
        }
        _ => Vec::new(),
    };
    needs.sort_by_key(BTreeSet::len);
    needs.truncate(MOST_NEEDS);
    needs.sort();
    needs.dedup();
    needs
}

/// The code that tells how far each rule reads.
struct Recognisers<'a> {
    rules: &'a Rules,
    /// The functions that are finished.
    functions: String,
    /// How many of them are for a part of a rule.
    parts: usize,
}

impl<'a> Recognisers<'a> {
    /// A function for each rule, and one that chooses among them.
    fn of(rules: &'a Rules) -> Result<String, Box<dyn Error>> {
        let mut all = Self { rules, functions: String::new(), parts: 0 };
        let mut choice = String::new();
        for (name, (kind, expr)) in rules {
            let code = all.code(expr)?;
            let kept = match kind {
                RuleType::Silent => format!("silent(keep, |keep| {code})"),
                RuleType::Normal => format!("named(Rule::r#{name}, at, keep, |keep| {code})"),
                RuleType::Atomic => {
                    format!("named(Rule::r#{name}, at, keep, |_| {{ let keep = &mut (); {code} }})")
                }
                other => return Err(format!("{name}: {other:?}: not known here").into()),
            };
            writeln!(
                all.functions,
                "fn rule_{name}<K: Keep>(text: &str, at: usize, keep: &mut K) -> Option<usize> {{ {kept} }}"
            )?;
            writeln!(choice, "    Rule::r#{name} => rule_{name}(text, at, keep),")?;
        }
        Ok(format!(
            "{}pub(super) fn end<K: Keep>(rule: Rule, text: &str, at: usize, keep: &mut K) -> Option<usize> {{ match rule {{\n{choice}    Rule::EOI => None,\n}} }}\n",
            all.functions
        ))
    }

    /// An expression of Rust over `text` and `at` that gives where a match ends, if there is one.
    fn code(&mut self, expr: &Expr) -> Result<String, Box<dyn Error>> {
        Ok(match expr {
            Expr::Str(it) => format!("string(text, at, {it:?})"),
            Expr::Range(from, to) => {
                let ends = from.chars().next().zip(to.chars().next());
                let (from, to) = ends.ok_or("a range without ends")?;
                if to.is_ascii() {
                    return Ok(format!("ascii(text, at, b{from:?}..=b{to:?})"));
                }
                format!("range(text, at, {from:?}..={to:?})")
            }
            Expr::Ident(name) if self.rules.contains_key(name) => {
                format!("rule_{name}(text, at, keep)")
            }
            Expr::Ident(name) => match name.as_str() {
                "ANY" => "range(text, at, '\\0'..=char::MAX)".to_owned(),
                "ASCII_DIGIT" => "ascii(text, at, b'0'..=b'9')".to_owned(),
                "EOI" => "(at == text.len()).then_some(at)".to_owned(),
                _ => return Err(format!("{name}: no rule, and not known here").into()),
            },
            // What is only looked at leaves nothing.
            Expr::PosPred(it) => {
                format!("{{ let keep = &mut (); {} }}.map(|_| at)", self.code(it)?)
            }
            Expr::NegPred(it) => {
                let code = self.code(it)?;
                format!("{{ let keep = &mut (); {code} }}.map_or(Some(at), |_| None)")
            }
            Expr::Seq(one, other) => {
                format!("{}.and_then(|at| {})", self.code(one)?, self.code(other)?)
            }
            Expr::Choice(..) => self.choice(expr)?,
            Expr::Opt(it) => self.times(it, 0, Some(1))?,
            Expr::Rep(it) => self.times(it, 0, None)?,
            Expr::RepOnce(it) => self.times(it, 1, None)?,
            Expr::RepExact(it, many) => self.times(it, *many, Some(*many))?,
            Expr::RepMin(it, least) => self.times(it, *least, None)?,
            Expr::RepMax(it, most) => self.times(it, 0, Some(*most))?,
            Expr::RepMinMax(it, least, most) => self.times(it, *least, Some(*most))?,
            other => return Err(format!("{other:?}: not known here").into()),
        })
    }

    fn times(
        &mut self,
        expr: &Expr,
        least: u32,
        most: Option<u32>,
    ) -> Result<String, Box<dyn Error>> {
        let most = most.map_or_else(|| "u32::MAX".to_owned(), |it| it.to_string());
        Ok(format!("times(at, {least}, {most}, keep, |at, keep| {})", self.code(expr)?))
    }

    /// Writes a function, and gives the call of it.
    fn function(&mut self, what: &str, code: &str) -> Result<String, Box<dyn Error>> {
        self.parts += 1;
        let name = format!("{what}_{}", self.parts);
        writeln!(
            self.functions,
            "fn {name}<K: Keep>(text: &str, at: usize, keep: &mut K) -> Option<usize> {{ {code} }}"
        )?;
        Ok(format!("{name}(text, at, keep)"))
    }

    /// The first alternative that reads, of those only that may begin with the character that stands there.
    fn choice(&mut self, expr: &Expr) -> Result<String, Box<dyn Error>> {
        let mut exprs = Vec::new();
        alternatives(expr, &mut exprs);
        let mut codes = Vec::new();
        for it in &exprs {
            let code = self.code(it)?;
            // Alternatives that are named in several arms are written once.
            if matches!(it, Expr::Str(_) | Expr::Ident(_)) {
                codes.push(code);
                continue;
            }
            codes.push(self.function("alternative", &format!("silent(keep, |keep| {code})"))?);
        }
        let firsts: Vec<First> = exprs.iter().map(|it| first(it, self.rules)).collect();
        let holds = |nth: usize, c: char| {
            firsts
                .get(nth)
                .is_some_and(|it| it.empty || it.chars.iter().any(|it| (it.0..=it.1).contains(&c)))
        };
        let mut edges: Vec<char> = vec!['\0'];
        for (from, to) in firsts.iter().flat_map(|it| &it.chars) {
            edges.push(*from);
            edges.extend((*to..=char::MAX).nth(1));
        }
        edges.sort_unstable();
        edges.dedup();
        let mut arms: BTreeMap<Vec<usize>, Vec<String>> = BTreeMap::new();
        for (nth, from) in edges.iter().enumerate() {
            let to = edges.get(nth + 1).and_then(|it| ('\0'..*it).next_back()).unwrap_or(char::MAX);
            let range =
                if *from == to { format!("{from:?}") } else { format!("{from:?}..={to:?}") };
            let tried = (0..exprs.len()).filter(|it| holds(*it, *from)).collect();
            arms.entry(tried).or_default().push(range);
        }
        let others = arms.remove(&Vec::new());
        let mut code = String::new();
        for (tried, ranges) in arms {
            let mut tried = tried.iter().filter_map(|it| codes.get(*it));
            let first = tried.next().ok_or("a choice of nothing")?;
            let others: Vec<String> = tried.map(|it| format!(".or_else(|| {it})")).collect();
            writeln!(code, "    {} => {first}{},", ranges.join(" | "), others.concat())?;
        }
        if others.is_some() {
            code.push_str("    _ => None,\n");
        }
        self.function("choice", &format!("match head(text, at) {{\n{code}}}"))
    }
}

/// The alternatives of a choice, in order.
fn alternatives<'a>(expr: &'a Expr, to: &mut Vec<&'a Expr>) {
    match expr {
        Expr::Choice(one, other) => {
            alternatives(one, to);
            alternatives(other, to);
        }
        it => to.push(it),
    }
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
            Some((_, it)) => first(it, rules),
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
