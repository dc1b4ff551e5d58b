//! Caps: 最多扣5分, 累计不超过10分, and what each of them caps.

use super::{
    Lowering,
    rules::{self, Reading},
    section::Announced,
    text::Walk,
    tree::{Node, NodeId, NodeKind, ROOT},
};
use crate::{
    clause::{Cap, CapScope, statement::Statement},
    number::Decimal,
    ruleset::{Case, Effect, Rule},
};

impl Lowering<'_> {
    /// 至多加3分, 按占比扣分，最多扣2分 with a condition and no amount of its own.
    pub(super) fn cap_alone(
        &mut self,
        reading: &Reading<'_>,
        it: &Statement,
        cap: Cap,
        state: &mut Walk,
    ) -> bool {
        let words = reading.get(&it.clause.range);
        let own = reading.get(&it.own);
        let adds = words.contains('加')
            || self.tree.get(state.node).kind == NodeKind::Bonus && words.contains("奖");
        let takes = words.contains('扣') && !adds && states_fault(own);
        let bare = cap.scope == CapScope::Before
            && own.chars().count() > 4
            && !own.contains("累计")
            && !own.contains("总分");
        let first = !state.given.rules.iter().any(|given| {
            self.tree.get(given.0).rules.get(given.1).is_some_and(|rule| {
                rule.source
                    .span
                    .is_some_and(|span| reading.text.span(it.sentence.clone()).contains(span))
            })
        });
        if !((adds || takes) && bare && first)
            || ["加分项", "此项", "该项", "加分", "附加"].iter().any(|word| own.ends_with(word))
        {
            return false;
        }
        let rule = Rule {
            effect: if takes { Effect::Deduct } else { Effect::Add },
            when: Some(rules::condition(reading, it)),
            cap: Some(cap.points),
            source: reading.source(rules::quote(it)),
            ..Rule::default()
        };
        let index = self.tree.get(state.node).rules.len();
        self.tree.get_mut(state.node).rules.push(rule);
        state.given.rules.push((state.node, index, usize::MAX));
        true
    }

    /// Applies a cap to what it caps; not where it caps each of several rules and none is given.
    pub(super) fn cap(
        &mut self,
        reading: &Reading<'_>,
        it: &Statement,
        cap: Cap,
        (nth, state): (usize, &mut Walk),
    ) -> bool {
        if let Some(ahead) = Ahead::of(reading, it, cap) {
            state.ahead = Some(ahead);
            return true;
        }
        let last = state
            .given
            .rules
            .iter()
            .map(|it| it.2)
            .filter(|at| *at < nth || *at == usize::MAX)
            .max();
        let Some(last) = last else { return self.cap_without_rules(reading, it, cap, state) };
        if opens_sentence(reading, it) {
            let words = reading.get(&it.clause.range);
            let one_sided = words.contains("加分") && !words.contains(['扣', '减']);
            let both =
                || self.tree.get(state.node).rules.iter().any(|it| it.effect == Effect::Deduct);
            if self.tree.get(state.node).is_list() && one_sided && both() {
                self.cap_of_additions(state, cap.points);
                return true;
            }
            if self.tree.get(state.node).is_list() {
                // 当月加分最多3分 after the bonuses of a list: of all of them.
                self.cap_node(state.node, cap);
                return true;
            }
            if reading.get(&it.clause.range).contains("加分") {
                self.cap_of_additions(state, cap.points);
                return true;
            }
        }
        // 最高得分为20分 behind a bonus and a deduction: of the item, for no deduction reaches it.
        let words = reading.get(&it.clause.range);
        let of_score = words.contains("得分") && !words.contains('扣');
        let takes = |it: &(NodeId, usize, usize)| {
            let rule = self.tree.get(it.0).rules.get(it.1);
            rule.is_some_and(|it| it.effect == Effect::Deduct)
        };
        if of_score && state.node != ROOT && state.given.rules.iter().any(takes) {
            self.cap_node(state.node, cap);
            return true;
        }
        self.cap_of_unstated(state, last, cap.points, nth);
        let follows = it.own.is_empty() || it.own.len() < 24;
        let one: Vec<_> =
            state.given.rules.iter().filter(|it| it.2 == last).map(|it| (it.0, it.1)).collect();
        let all: Vec<_> = state.given.rules.iter().map(|it| (it.0, it.1)).collect();
        let all = last_of(all, reading.get(&it.clause.range));
        match cap.scope {
            CapScope::Case => self.cap_case(&one, cap.points),
            CapScope::Before if follows => self.cap_each(&one, cap.points),
            CapScope::Sum if follows && last + 1 == nth => self.cap_each(&one, cap.points),
            CapScope::Each | CapScope::Before | CapScope::Sum => self.cap_each(&all, cap.points),
            CapScope::Item => self.cap_item(&all, cap.points),
        }
        true
    }

    /// A cap before which its text gives no rule: of what is announced, of one side, or of the whole node.
    fn cap_without_rules(
        &mut self,
        reading: &Reading<'_>,
        it: &Statement,
        cap: Cap,
        state: &mut Walk,
    ) -> bool {
        // 有下列情形之一的，每起扣3分，累计扣分不超过12分: of what is announced.
        if let Some(Announced::Rule(rule)) = &mut state.announced {
            rule.cap = Some(cap.points);
            return true;
        }
        let own = reading.get(&it.own);
        let words = reading.get(&(it.own.start.min(it.clause.range.start)..it.clause.range.end));
        let node = self.tree.get(state.node);
        let (is_list, points) = (node.is_list(), node.points);
        let (has_rules, has_parts) = (!node.rules.is_empty(), !node.children.is_empty());
        let later = is_list && !has_rules && !has_parts;
        if let Some(effect) = side(words, own).filter(|_| !later) {
            return self.cap_of_side(state.node, cap, effect, words);
        }
        let partial = ["加分", "扣分", "减分"].iter().any(|it| words.starts_with(it)) && !is_list;
        // 以上两项，小计限高30分: of two headings above, and of all only where there are two.
        let several = counted(words).is_some_and(|it| it != self.parts_of(state.node));
        // 12、参与其他活动的，…，每人最高不超过1分: of that item alone, where the node holds the rules of others.
        let other = several
            || own.chars().count() > 20 && has_rules
            || self.of_another(state.node, own)
            || cap.scope != CapScope::Item && states_fault(own);
        let whole = !partial && !other && !matches!(cap.scope, CapScope::Each | CapScope::Case);
        // 基础素质测评最高为35分 of 35 points: its full marks again.
        let full = points == Some(cap.points)
            && cap.scope == CapScope::Before
            && reading.get(&it.clause.range).starts_with("最高为");
        if whole && !full {
            self.cap_node(state.node, cap);
        }
        whole
    }

    /// How many parts a node has: those below it, or the paragraphs that hold its rules.
    fn parts_of(&self, id: NodeId) -> usize {
        let node = self.tree.get(id);
        let places: std::collections::BTreeSet<&str> =
            node.rules.iter().map(|it| it.source.at.as_str()).collect();
        if node.children.is_empty() { places.len() } else { node.children.len() }
    }

    /// 集体活动分的上限为10分 in a list that holds more than those: a cap on points with a name of their own.
    fn of_another(&self, node: NodeId, own: &str) -> bool {
        let last = own.rsplit([',', ';', ':', '。', '、']).next().unwrap_or_default();
        let Some(name) = last.trim_end_matches('的').strip_suffix('分') else { return false };
        let whole =
            ["加", "扣", "减", "得", "总", "本", "该", "此", "项", "累", "计", "奖", "附", "积"];
        let named = |id: NodeId| self.tree.get(id).name.contains(name);
        let mut above = node;
        while above != ROOT && !named(above) {
            above = self.tree.get(above).parent;
        }
        name.chars().count() >= 2 && !whole.iter().any(|it| name.contains(it)) && above == ROOT
    }

    /// 加分累计不超过5分 after several bonuses of a text: of all of them together.
    fn cap_of_additions(&mut self, state: &Walk, points: Decimal) {
        let adds = |it: &Rule| it.effect == Effect::Add;
        let given = state.given.rules.iter().map(|it| (it.0, it.1));
        let added: Vec<_> =
            given.filter(|it| self.tree.get(it.0).rules.get(it.1).is_some_and(adds)).collect();
        let Some(&(node, first)) = added.first() else { return };
        if self.tree.get(node).rules.iter().skip(first).all(adds) {
            self.cap_item(&added, points);
        } else {
            self.cap_each(&added, points);
        }
    }

    /// 加分合计最高30分，减分合计最高60分 in words of their own: of what a list, or the heading above, moves that way.
    fn cap_of_side(&mut self, id: NodeId, cap: Cap, effect: Effect, words: &str) -> bool {
        let mut above = id;
        let of_all = cap.scope == CapScope::Sum || self.tree.get(id).is_list();
        let mut moved = self.rules_within(above, effect);
        while above != ROOT && moved.is_empty() {
            above = self.tree.get(above).parent;
            moved = self.rules_within(above, effect);
        }
        let year = ["全年", "年度", "总计"].iter().any(|it| words.contains(it));
        if !of_all || above == ROOT && !year {
            return false;
        }
        let other = if effect == Effect::Add { Effect::Deduct } else { Effect::Add };
        let node = self.tree.get(above);
        if above != ROOT && !node.is_scored() && self.rules_within(above, other).is_empty() {
            self.cap_node(above, cap);
        } else {
            self.cap_each(&moved, cap.points);
        }
        !moved.is_empty()
    }

    /// The rules of a node and of those below it that move points one way.
    fn rules_within(&self, above: NodeId, effect: Effect) -> Vec<(NodeId, usize)> {
        let rules = |id: NodeId| {
            let rules = self.tree.get(id).rules.iter().enumerate();
            rules.filter(|it| it.1.effect == effect).map(move |it| (id, it.0)).collect::<Vec<_>>()
        };
        self.tree.at_and_below(above).into_iter().flat_map(rules).collect()
    }

    /// 予以加分，至多加3分: the cap is all that is said of the amount.
    fn cap_of_unstated(&mut self, state: &Walk, last: usize, points: Decimal, nth: usize) {
        let Some(&(node, index, _)) =
            state.given.rules.last().filter(|it| it.2 == last && last + 1 == nth)
        else {
            return;
        };
        if let Some(rule) = self.tree.get_mut(node).rules.get_mut(index)
            && rule.effect == Effect::Unstated
            && rule.source.quote.ends_with("加分")
        {
            rule.effect = Effect::Add;
            rule.cap = Some(points);
        }
    }

    fn cap_node(&mut self, id: NodeId, cap: Cap) {
        if id != ROOT {
            let node = self.tree.get_mut(id);
            node.cap = Some(node.cap.map_or(cap.points, |it| it.min(cap.points)));
        }
    }

    fn cap_case(&mut self, rules: &[(NodeId, usize)], points: Decimal) {
        for (node, index) in rules {
            if let Some(rule) = self.tree.get_mut(*node).rules.get_mut(*index) {
                rule.case =
                    Some(Case { name: rule.when.clone().unwrap_or_default(), cap: Some(points) });
            }
        }
    }

    fn cap_each(&mut self, rules: &[(NodeId, usize)], points: Decimal) {
        for (node, index) in rules {
            if let Some(rule) = self.tree.get_mut(*node).rules.get_mut(*index)
                && rule.effect != Effect::Multiply
            {
                rule.cap = Some(rule.cap.map_or(points, |it| it.min(points)));
            }
        }
    }

    /// A cap of a row: its rules move into a criterion of their own, where the node holds more than them.
    fn cap_item(&mut self, rules: &[(NodeId, usize)], points: Decimal) {
        let Some(&(node, first)) = rules.first() else { return };
        if rules.iter().any(|it| it.0 != node) || self.tree.get(node).kind == NodeKind::Criterion {
            self.cap_each(rules, points);
            return;
        }
        let own = self.tree.get_mut(node).rules.split_off(first);
        let name = own.first().and_then(|it| it.when.clone()).unwrap_or_default();
        let name: String = name
            .split(['，', ',', '。', '；'])
            .next()
            .unwrap_or_default()
            .chars()
            .take(30)
            .collect();
        let source = own.first().map(|it| it.source.clone()).unwrap_or_default();
        let criterion = Node {
            kind: NodeKind::Criterion,
            key: name.clone(),
            name,
            cap: Some(points),
            rules: own,
            source,
            doubts: vec!["name-inferred".to_owned()],
            ..Node::default()
        };
        self.tree.add(node, criterion);
    }
}

/// How many parts a cap speaks of: the two of 以上两项.
fn counted(words: &str) -> Option<usize> {
    let rest = ["以上", "上述"].iter().find_map(|it| words.strip_prefix(it))?;
    let many = [("两", 2), ("二", 2), ("2", 2), ("三", 3), ("3", 3), ("四", 4), ("4", 4)];
    let (rest, many) = many.iter().find_map(|it| Some((rest.strip_prefix(it.0)?, it.1)))?;
    rest.starts_with(['项', '类', '条']).then_some(many)
}

/// Whether a condition says what went wrong: 未按期完成建设任务的, 按未完成项目的占比扣分.
fn states_fault(own: &str) -> bool {
    let whole = ["本", "该", "此", "以上", "上述", "各", "每", "全", "总", "合计", "累计", "单"];
    let says = ["未", "不", "没有", "违反", "发生", "出现", "占比", "比例"];
    !whole.iter().any(|it| own.starts_with(it))
        && own.chars().count() > 4
        && says.iter().any(|it| own.contains(it))
}

/// 最高得20分。其中,…得10分;…得10分: a cap of the rules behind it on its line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ahead {
    pub(super) points: Decimal,
    /// Whether it caps what is taken.
    pub(super) takes: bool,
    /// Where the line ends.
    pub(super) end: usize,
}

impl Ahead {
    fn of(reading: &Reading<'_>, it: &Statement, cap: Cap) -> Option<Self> {
        let text = reading.text.text.as_str();
        let after = text.get(it.clause.range.end..)?;
        let opens = after.trim_start_matches(['。', ',', ';', ':']).starts_with("其中");
        let end = after.find('\n').map_or(text.len(), |at| it.clause.range.end + at);
        let takes = reading.get(&it.clause.range).contains('扣');
        opens.then_some(Self { points: cap.points, takes, end })
    }
}

/// Whether a cap begins a sentence of its own that speaks of additions or deductions as a whole.
fn opens_sentence(reading: &Reading<'_>, it: &Statement) -> bool {
    let start = it.own.start.min(it.clause.range.start);
    let before = reading.text.text.get(..start).unwrap_or_default();
    let words = reading.get(&(start..it.clause.range.end));
    let all = ["加分", "扣分", "减分"].iter().any(|it| words.contains(it));
    let one = ["单项", "每项", "每次", "同一"].iter().any(|it| words.contains(it));
    before.ends_with(['。', '\n']) && all && !one
}

/// Which way the points move that a cap speaks of in words of its own: 加分合计, 一个单位全年累计加分.
fn side(words: &str, own: &str) -> Option<Effect> {
    let units = ["单位", "部门", "科室", "乡镇", "镇街", "街道", "村", "人", "项目", "班组"];
    let whole = own.chars().count() <= 8 && units.iter().any(|it| own.ends_with(it));
    let sum = whole && words.contains("累计");
    // 说明:加分合计最高30分: the label of a note is no condition.
    let label = ["说明", "备注", "注"].iter().find(|it| own.starts_with(**it));
    let bare = label.filter(|it| own.chars().count() <= it.chars().count() + 2);
    let words = bare.and_then(|_| words.get(own.len()..)).unwrap_or(words);
    let words = words.trim_start_matches(|it: char| it.is_ascii_digit() || ":.、".contains(it));
    let speaks = |it: &str| words.starts_with(it) || sum && words.contains(it);
    let adds = speaks("加分");
    let takes = speaks("扣分") || speaks("减分");
    match (adds, takes) {
        (true, false) => Some(Effect::Add),
        (false, true) => Some(Effect::Deduct),
        _ => None,
    }
}

/// The last two of several rules, where a cap speaks of two: 两项合计扣分不超过10分.
fn last_of(mut rules: Vec<(NodeId, usize)>, cap: &str) -> Vec<(NodeId, usize)> {
    let counts =
        [(["两项", "二项", "2项"], 2), (["三项", "3项", "三类"], 3), (["四项", "4项", "四类"], 4)];
    let many = counts.iter().find(|it| it.0.iter().any(|word| cap.contains(word))).map(|it| it.1);
    let from = many.map_or(0, |it| rules.len().saturating_sub(it));
    rules.split_off(from)
}
