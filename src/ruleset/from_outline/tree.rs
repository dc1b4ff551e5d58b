//! The tree of nodes while it grows.

use std::collections::BTreeMap;

use super::name;
use crate::{
    clause::Verb,
    number::Decimal,
    ruleset::{Adjustment, Case, Effect, Indicator, Method, Rule, SourceRef},
};

/// A node of the tree, by its index.
pub(super) type NodeId = usize;

/// The node that holds the whole assessment.
pub(super) const ROOT: NodeId = 0;

/// What a node is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum NodeKind {
    /// The whole assessment.
    Root,
    /// A heading or name; scored once it has points or a weight.
    #[default]
    Named,
    /// A negative list.
    Negative,
    /// A bonus list, or one of both.
    Bonus,
    /// The rules of a row that share a cap.
    Criterion,
}

/// A node.
#[derive(Debug, Clone, Default)]
pub(super) struct Node {
    pub(super) kind: NodeKind,
    pub(super) name: String,
    /// The name folded, for comparison.
    pub(super) key: String,
    pub(super) points: Option<Decimal>,
    pub(super) weight: Option<Decimal>,
    pub(super) cap: Option<Decimal>,
    pub(super) highest: bool,
    pub(super) assessed: bool,
    pub(super) assessor: Vec<String>,
    pub(super) responsible: Vec<String>,
    pub(super) formula: Option<String>,
    pub(super) rules: Vec<Rule>,
    pub(super) children: Vec<NodeId>,
    pub(super) parent: NodeId,
    pub(super) source: SourceRef,
    pub(super) doubts: Vec<String>,
    pub(super) notes: Vec<String>,
    /// What amounts without a verb do below the last label within it: 加分:, 减分:.
    pub(super) label: Option<Verb>,
    /// Whether it has been taken out of the tree.
    pub(super) removed: bool,
}

impl Node {
    /// Whether it has points or a weight.
    pub(super) const fn is_scored(&self) -> bool {
        self.points.is_some() || self.weight.is_some()
    }

    /// Whether it is a negative or bonus list.
    pub(super) const fn is_list(&self) -> bool {
        matches!(self.kind, NodeKind::Negative | NodeKind::Bonus)
    }
}

/// The tree. Names are looked up in it for each heading and each sentence, so it knows its nodes by them.
#[derive(Debug)]
pub(super) struct Tree {
    nodes: Vec<Node>,
    root: Node,
    lists: Vec<NodeId>,
    /// Nodes by their keys, each list in the order in which its nodes were added.
    keys: BTreeMap<String, Vec<NodeId>>,
    /// Nodes by their keys without the words that headings add.
    bare_keys: BTreeMap<String, Vec<NodeId>>,
    /// Nodes by the first three characters of their keys.
    starts: BTreeMap<String, Vec<NodeId>>,
    /// What amounts without a verb do where nothing above them says it: 扣分细则 in the title.
    pub(super) titled: Option<Verb>,
}

/// What a name says that points below it do: 扣分标准, 奖励项目.
fn told_by(name: &str) -> Option<Verb> {
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    match (has(&["加分", "奖励"]), has(&["扣分", "减分", "处罚", "惩"])) {
        (true, false) => Some(Verb::Add),
        (false, true) => Some(Verb::Deduct),
        _ => None,
    }
}

/// What a title says that the points of all its items do: 学生公寓扣分细则.
fn told_by_title(title: &str) -> Option<Verb> {
    let has = |words: &[&str]| words.iter().any(|word| title.contains(word));
    let (adds, deducts) = (has(&["加分", "奖励分"]), has(&["扣分", "减分"]));
    match (adds && !has(&["扣", "减", "惩", "罚"]), deducts && !has(&["加", "奖"])) {
        (true, _) => Some(Verb::Add),
        (_, true) => Some(Verb::Deduct),
        _ => None,
    }
}

/// The first three characters of a text, if it has so many.
fn start(text: &str) -> Option<&str> {
    let (last, c) = text.char_indices().nth(2)?;
    text.get(..last + c.len_utf8())
}

impl Default for Tree {
    fn default() -> Self {
        let root = Node { kind: NodeKind::Root, ..Node::default() };
        Self {
            nodes: vec![root.clone()],
            root,
            lists: Vec::new(),
            keys: BTreeMap::new(),
            bare_keys: BTreeMap::new(),
            starts: BTreeMap::new(),
            titled: None,
        }
    }
}

impl Tree {
    /// An empty tree below a title.
    pub(super) fn titled(title: Option<&str>) -> Self {
        Self { titled: title.and_then(told_by_title), ..Self::default() }
    }

    /// A node. An index that is none gives the root's blank.
    pub(super) fn get(&self, id: NodeId) -> &Node {
        self.nodes.get(id).unwrap_or(&self.root)
    }

    /// A node to change.
    pub(super) fn get_mut(&mut self, id: NodeId) -> &mut Node {
        if id >= self.nodes.len() {
            return &mut self.root;
        }
        self.nodes.get_mut(id).unwrap_or(&mut self.root)
    }

    /// Adds a node below another.
    pub(super) fn add(&mut self, parent: NodeId, mut node: Node) -> NodeId {
        let id = self.nodes.len();
        node.parent = parent;
        if node.is_list() {
            self.lists.push(id);
        }
        if let Some(start) = start(&node.key) {
            self.starts.entry(start.to_owned()).or_default().push(id);
        }
        self.bare_keys.entry(name::bare(&node.key).to_owned()).or_default().push(id);
        self.keys.entry(node.key.clone()).or_default().push(id);
        self.nodes.push(node);
        self.get_mut(parent).children.push(id);
        id
    }

    /// Takes a node out of the tree, with what is below it.
    pub(super) fn remove(&mut self, id: NodeId) {
        let parent = self.get(id).parent;
        self.get_mut(parent).children.retain(|it| *it != id);
        self.get_mut(id).removed = true;
    }

    /// Whether a node is another one or lies below it.
    pub(super) fn is_within(&self, id: NodeId, above: NodeId) -> bool {
        above == ROOT || self.above(id).any(|it| it == above)
    }

    /// The child of a node with a name.
    pub(super) fn child(&self, parent: NodeId, key: &str) -> Option<NodeId> {
        let there = self.keys.get(key).into_iter().flatten().copied();
        self.there(there.filter(|it| self.get(*it).parent == parent)).next()
    }

    /// The nodes with a name, those of one parent in their order.
    pub(super) fn with_key(&self, key: &str) -> impl Iterator<Item = NodeId> {
        self.there(self.keys.get(key).into_iter().flatten().copied())
    }

    /// The nodes that a heading names, those of one parent in their order: the same name, or one of at least two characters
    /// with other words of headings after it.
    pub(super) fn named(&self, heading: &str) -> impl Iterator<Item = NodeId> {
        self.named_after(heading, ROOT)
    }

    /// Those of them that are a node or stand below it.
    pub(super) fn named_below(&self, heading: &str, id: NodeId) -> impl Iterator<Item = NodeId> {
        self.named_after(heading, id).filter(move |it| self.is_within(*it, id))
    }

    /// The nodes that a heading names, from a node on: what stands below a node was added after it.
    fn named_after(&self, heading: &str, from: NodeId) -> impl Iterator<Item = NodeId> {
        let bare = name::bare(heading);
        let told = bare.chars().nth(1).is_some();
        let all = self.bare_keys.get(bare).map(Vec::as_slice).unwrap_or_default();
        let alike = all.get(all.partition_point(|it| *it < from)..).unwrap_or_default();
        self.there(alike.iter().copied().filter(move |it| told || self.get(*it).key == heading))
    }

    /// The nodes with names of at least three characters with which a text begins.
    pub(super) fn beginning(&self, text: &str) -> impl Iterator<Item = NodeId> {
        let alike = start(text).and_then(|it| self.starts.get(it)).into_iter().flatten().copied();
        self.there(alike.filter(move |it| text.starts_with(&self.get(*it).key)))
    }

    /// The negative and bonus lists, in the order in which they were added.
    pub(super) fn lists(&self) -> impl Iterator<Item = NodeId> {
        self.there(self.lists.iter().copied())
    }

    /// Those that have not been removed, nor anything above them.
    fn there(&self, ids: impl Iterator<Item = NodeId>) -> impl Iterator<Item = NodeId> {
        let removed = |id: &NodeId| self.above(*id).any(|it| self.get(it).removed);
        ids.filter(move |it| !removed(it))
    }

    /// A node and what is above it, the root left out.
    fn above(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        let up = |at: NodeId| (at != ROOT).then_some(at);
        std::iter::successors(up(id), move |it| up(self.get(*it).parent))
    }

    /// Where a node stands in the order of the tree: what is above it from the top on, and itself.
    pub(super) fn order(&self, id: NodeId) -> Vec<NodeId> {
        let mut path: Vec<NodeId> = self.above(id).collect();
        path.reverse();
        path
    }

    /// The first of some nodes in the order of the tree.
    pub(super) fn first(&self, nodes: impl Iterator<Item = NodeId>) -> Option<NodeId> {
        // Most differ in what is above them at the top, which is told without their paths.
        let mut best: Option<(NodeId, NodeId)> = None;
        for id in nodes {
            let top = self.above(id).last().unwrap_or(ROOT);
            let before = best
                .is_none_or(|it| top < it.0 || top == it.0 && self.order(id) < self.order(it.1));
            if before {
                best = Some((top, id));
            }
        }
        best.map(|it| it.1)
    }

    /// All nodes in the order of the tree, the root left out.
    pub(super) fn all(&self) -> Vec<NodeId> {
        self.from(self.get(ROOT).children.clone())
    }

    /// A node and those below it, in their order; without the root itself.
    pub(super) fn at_and_below(&self, id: NodeId) -> Vec<NodeId> {
        if id == ROOT { self.all() } else { self.from(vec![id]) }
    }

    fn from(&self, mut open: Vec<NodeId>) -> Vec<NodeId> {
        let mut order = Vec::new();
        open.reverse();
        while let Some(id) = open.pop() {
            order.push(id);
            open.extend(self.get(id).children.iter().rev().copied());
        }
        order
    }

    /// The nearest node at or above one that has points or a weight, or is a list.
    pub(super) fn scored_at_or_above(&self, id: NodeId) -> Option<NodeId> {
        self.above(id).find(|it| self.get(*it).is_scored() || self.get(*it).is_list())
    }

    /// Drops nodes that hold nothing: headings without points, rules, weights or anything below.
    pub(super) fn prune(&mut self) {
        for id in self.all().into_iter().rev() {
            let node = self.get(id);
            let empty = node.children.is_empty() && node.rules.is_empty() && !node.is_scored();
            if empty {
                self.remove(id);
            }
        }
    }

    /// The indicators below a node, with ids.
    pub(super) fn indicators(&self, parent: NodeId, prefix: &str) -> Vec<Indicator> {
        let children = self.get(parent).children.iter().filter(|it| !self.get(**it).is_list());
        children
            .enumerate()
            .map(|(nth, &id)| {
                let own = if prefix.is_empty() {
                    (nth + 1).to_string()
                } else {
                    format!("{prefix}.{}", nth + 1)
                };
                self.indicator(id, own)
            })
            .collect()
    }

    fn indicator(&self, id: NodeId, own: String) -> Indicator {
        let node = self.get(id);
        let indicators = self.indicators(id, &own);
        Indicator {
            name: node.name.clone(),
            points: node.points,
            weight: node.weight,
            cap: node.cap,
            method: method(node, !indicators.is_empty()),
            assessor: node.assessor.clone(),
            responsible: node.responsible.clone(),
            highest: node.highest,
            formula: node.formula.clone(),
            rules: numbered(&node.rules, &own),
            indicators,
            notes: node.notes.clone(),
            source: node.source.clone(),
            doubts: node.doubts.clone(),
            id: own,
            ..Indicator::default()
        }
    }

    /// The negative and bonus lists, with ids; wherever they hang, they move the total.
    pub(super) fn adjustments(&self) -> Vec<Adjustment> {
        let lists = self.all().into_iter().filter(|it| self.get(*it).is_list());
        lists
            .enumerate()
            .map(|(nth, id)| {
                let own = if nth == 0 { "n".to_owned() } else { format!("n{}", nth + 1) };
                let node = self.get(id);
                let mut rules = node.rules.clone();
                rules.extend(self.below(id).into_iter().flat_map(|it| self.section_rules(id, it)));
                Adjustment {
                    name: node.name.clone(),
                    cap: node.cap,
                    highest: node.highest,
                    rules: numbered(&rules, &own),
                    source: node.source.clone(),
                    doubts: node.doubts.clone(),
                    id: own,
                }
            })
            .filter(|it| !it.rules.is_empty())
            .collect()
    }

    /// What the last label at or above a node says of amounts without a verb.
    pub(super) fn label(&self, node: NodeId) -> Option<Verb> {
        let mut id = node;
        while id != ROOT && self.get(id).label.is_none() {
            id = self.get(id).parent;
        }
        if id == ROOT { None } else { self.get(id).label }
    }

    /// What an amount without a verb does: a bonus below a list of bonuses or 科研奖励, a deduction below a negative list or
    /// 扣分情形, else what its event earns.
    pub(super) fn bare_verb(&self, node: NodeId) -> Verb {
        let mut id = node;
        while id != ROOT {
            let it = self.get(id);
            if let Some(verb) = it.label {
                return verb;
            }
            match (it.kind, told_by(&it.name)) {
                (NodeKind::Bonus, _) => return Verb::Add,
                (NodeKind::Negative, _) => return Verb::Deduct,
                (_, Some(verb)) => return verb,
                _ => id = it.parent,
            }
        }
        self.titled.unwrap_or(Verb::Award)
    }

    /// The rules of a section of a list. They move no more together than its cap or its points say; where it has no rule, these
    /// are all that is said of it.
    fn section_rules(&self, list: NodeId, section: NodeId) -> Vec<Rule> {
        let node = self.get(section);
        let inferred = node.cap.is_none() && node.points.is_some();
        let Some(cap) = node.cap.or(node.points) else { return node.rules.clone() };
        let doubts = || inferred.then(|| "cap-inferred".to_owned());
        if node.rules.is_empty() && node.children.is_empty() && node.parent == list {
            let negative = self.get(list).kind == NodeKind::Negative;
            return vec![Rule {
                effect: if negative { Effect::Deduct } else { Effect::Add },
                when: Some(node.name.clone()),
                cap: Some(cap),
                source: node.source.clone(),
                doubts: doubts().into_iter().collect(),
                ..Rule::default()
            }];
        }
        let capped = |mut rule: Rule| {
            if rule.case.is_none() {
                rule.case = Some(Case { name: node.name.clone(), cap: Some(cap) });
                rule.doubts.extend(doubts());
            }
            rule
        };
        node.rules.iter().cloned().map(capped).collect()
    }

    fn below(&self, id: NodeId) -> Vec<NodeId> {
        let mut order = Vec::new();
        let mut open: Vec<NodeId> = self.get(id).children.iter().rev().copied().collect();
        while let Some(it) = open.pop() {
            order.push(it);
            open.extend(self.get(it).children.iter().rev().copied());
        }
        order
    }
}

/// How a node's score comes about, where the document makes it plain.
fn method(node: &Node, has_children: bool) -> Option<Method> {
    if node.assessed && node.rules.is_empty() {
        return Some(Method::Assessed);
    }
    if has_children {
        return Some(Method::Sum);
    }
    let has = |effect: Effect| node.rules.iter().any(|it| it.effect == effect);
    if has(Effect::Award) {
        Some(Method::Award)
    } else if has(Effect::Deduct) {
        Some(Method::Deduct)
    } else {
        None
    }
}

/// Rules with their ids; `#k` in `of` names the k-th rule of the node.
fn numbered(rules: &[Rule], owner: &str) -> Vec<Rule> {
    let id = |nth: usize| format!("{owner}-{}", nth + 1);
    let rules = rules.iter().enumerate();
    rules
        .map(|(nth, rule)| {
            let of = rule
                .of
                .iter()
                .filter_map(|it| it.strip_prefix('#')?.parse().ok())
                .map(id)
                .collect();
            Rule { id: id(nth), of, ..rule.clone() }
        })
        .collect()
}
