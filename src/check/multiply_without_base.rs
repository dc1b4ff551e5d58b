//! ## What it does
//!
//! Finds multipliers (加倍, 减半) with nothing to multiply: no other rule stands under the same indicator or list, above
//! it or below it, or a rule that they name does not exist. Under a heading without points of its own (加重和减轻情形) they
//! may hold for the whole document.
//!
//! ## Why it matters
//!
//! Twice nothing is nothing; the rule that is meant stands elsewhere or was not read.
//!
//! ## Example
//!
//! > 领导干部加倍扣分。（该项没有其他规则）
//!
//! Twice what?
//!
//! ## Remedy
//!
//! Name the rules that are meant under `of` in the review, or add them.

use std::{cell::LazyCell, collections::BTreeSet};

use crate::{
    check::{
        Check,
        tree::{self, Home, Node},
        view::View,
    },
    diagnostic::{Findings, Severity},
    ruleset::{Effect, Indicator, Rule},
};

/// The check `multiply-without-base`.
pub(super) static MULTIPLY_WITHOUT_BASE: Check = Check {
    code: "multiply-without-base",
    severity: Severity::Error,
    docs: include_str!("multiply_without_base.rs"),
    docs_zh: include_str!("multiply_without_base.zh.md"),
    run: Some(run),
};

fn run(check: &Check, view: &View<'_>, findings: &mut Findings) {
    let homes = &view.rules;
    let ids: LazyCell<BTreeSet<&str>, _> =
        LazyCell::new(|| homes.iter().map(|it| it.rule.id.as_str()).collect());
    for home in homes.iter().filter(|it| it.rule.effect == Effect::Multiply) {
        let rule = home.rule;
        let exists = |id: &String| ids.contains(id.as_str());
        let based = match rule.of.as_slice() {
            [] if home.node.as_ref().is_some_and(Node::is_unscored) => {
                homes.iter().any(|it| moves(it.rule))
            }
            [] => has_base(home),
            named => named.iter().all(exists),
        };
        if !based {
            let finding = check.at(&rule.source).item(&*rule.id);
            findings.push(finding.arg("rule", tree::title(rule)));
        }
    }
}

/// Whether another rule that moves points stands in the same list, above it or below it. In a list of adjustments a factor
/// may be that of the whole score (按实际得分×1.2计算).
fn has_base(home: &Home<'_>) -> bool {
    if home.adjustment.is_some() && home.rule.source.quote.contains("得分") {
        return true;
    }
    let above = home.node.iter().flat_map(Node::upwards).flat_map(|it| &it.rules);
    let mut below: Vec<&Indicator> = home.node.iter().map(|it| it.indicator).collect();
    while let Some(node) = below.pop() {
        if node.rules.iter().any(moves) {
            return true;
        }
        below.extend(&node.indicators);
    }
    home.beside.iter().chain(above).any(moves)
}

/// Whether it moves points by itself.
const fn moves(rule: &Rule) -> bool {
    !matches!(rule.effect, Effect::Multiply | Effect::Zero)
}
