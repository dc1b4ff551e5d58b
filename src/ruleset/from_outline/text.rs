//! Texts: the clauses of a line or a cell become rules, caps and bracketed parts under a node.

use std::ops::Range;

use crate::{
    clause::{
        Cap, CapScope, Clause, FullShare, Kind, Move, Shares, Verb, from_text,
        statement::{self, Statement},
    },
    document::folded::Folded,
    number::Decimal,
    pattern::pattern,
    ruleset::{
        Case, Effect, Rule, Share,
        from_outline::{
            Lowering, name,
            rules::{self, Measure, Reading},
            section::{self, Announced},
            tree::{Node, NodeId, NodeKind, ROOT},
        },
    },
    source::Place,
    words::Glance,
};

pattern!(
    /// Who gives the score: 由区委组织部打分, 由分管领导酌情给分.
    judged,
    needs: &[&["由"], &["打分", "评分", "给分", "赋分", "计分"]],
    "由[^,。;:]{2,24}?(?:打分|评分|给分|赋分|计分)"
);

/// Where a text stands.
#[derive(Debug, Clone, Default)]
pub(super) struct Scope {
    /// The place of its line or cell.
    pub(super) place: Place,
    /// The name that stands in place of a condition where a clause has none (rows of a table).
    pub(super) own_name: Option<String>,
}

/// Rules that a text has given so far: the node and the index of each, by statement.
#[derive(Debug, Default)]
struct Given {
    rules: Vec<(NodeId, usize, usize)>,
}

/// 宿舍加分:五星级2.5分,四星级2分: the words before a colon say which way the points of its sentence move.
fn labelled(reading: &Reading<'_>, it: &Statement) -> Option<Verb> {
    let before = reading.text.get(it.sentence.start..it.clause.range.start);
    let (label, _) = before.rsplit_once(':')?;
    if label.ends_with("加分") {
        return Some(Verb::Add);
    }
    (label.ends_with("扣分") || label.ends_with("减分")).then_some(Verb::Deduct)
}

impl Lowering<'_> {
    /// Reads the clauses of a text under a node. Returns what it announces for the items below it.
    pub(super) fn text(&mut self, text: &Folded, node: NodeId, scope: &Scope) -> Option<Announced> {
        let clauses = from_text::read(&text.text);
        let reading = Reading { text, place: scope.place, letters: self.letters };
        self.formulas(&reading, node);
        if clauses.is_empty() {
            self.assess(&text.text, node);
            return None;
        }
        let statements = statement::read(&text.text, &clauses);
        let mut state = Walk {
            node,
            base: node,
            measure: Measure::default(),
            given: Given::default(),
            announced: None,
            marks: clauses.iter().filter(|it| it.is_mark()).count(),
            done: 0,
            caps_end: 0,
            ahead: None,
        };
        for nth in 0..statements.len() {
            self.statement(&reading, &statements, nth, scope, &mut state);
        }
        self.assess(&text.text, state.node);
        state.announced
    }

    /// Notes that a node's score comes from people or from elsewhere.
    fn assess(&mut self, text: &str, node: NodeId) {
        let words = [
            "计算得分",
            "确定得分",
            "折算得分",
            "折算扣分",
            "综合打分",
            "进行打分",
            "评价打分",
            "进行评价",
            "测评结果",
            "折算计分",
            "按比例得分",
            "按比例计分",
            "确定分值",
        ];
        if node != ROOT && (Glance::at(text).holds_any(&words) || judged().is_match(text)) {
            self.tree.get_mut(node).assessed = true;
        }
    }

    /// Reads one statement.
    fn statement(
        &mut self,
        reading: &Reading<'_>,
        statements: &[Statement],
        nth: usize,
        scope: &Scope,
        state: &mut Walk,
    ) {
        let Some(it) = statements.get(nth) else { return };
        let span = reading.text.span(it.clause.range.clone());
        if is_example(reading, it) {
            return;
        }
        let of_grades = self.of_grades.iter().rev().take(64).any(|of| of.contains(span));
        if of_grades || self.no_rule(reading, it, nth, state) {
            return;
        }
        let rules = match &it.clause.kind {
            Kind::Move(moved) => {
                rules::of_move(reading, statements, nth, moved, &mut state.measure)
            }
            Kind::FullMarks => {
                let all = FullShare { verb: Verb::Award, percent: Decimal::ONE_HUNDRED, per: None };
                self.part_of_all(reading, statements, nth, &all, state)
            }
            Kind::FullShare(share) => self.part_of_all(reading, statements, nth, share, state),
            Kind::Proportion(verb) => self.proportion(reading, it, *verb, state),
            Kind::Masked => vec![masked(reading, it)],
            Kind::Zero => vec![zero(reading, it, &mut state.measure)],
            Kind::Multiply(_) if !multiplies_points(reading, it) => return,
            Kind::Multiply(times) => vec![multiply(reading, it, *times, &state.given)],
            Kind::Dual(dual) => rules::of_dual(reading, it, dual),
            Kind::Unstated(per) => {
                unstated(reading, it, per.as_ref().map(|it| rules::per_words(reading, it)))
            }
            Kind::BarePoints(points) => {
                self.bare_points(reading, (statements, nth), *points, state)
            }
            _ => return,
        };
        state.caps_end = caps_end(statements, nth);
        self.give(reading, it, nth, rules, scope, state);
    }

    /// Reads a clause that gives no rule of its own: a part, a cap, an exemption, a weight. Returns whether it did.
    fn no_rule(
        &mut self,
        reading: &Reading<'_>,
        it: &Statement,
        nth: usize,
        state: &mut Walk,
    ) -> bool {
        match &it.clause.kind {
            // 得9分(计60%): a part of the points before it, and no weight of a name.
            Kind::WeightMark(_) if follows_points(reading, it) => return false,
            Kind::Points(_) | Kind::WeightMark(_) => self.part(reading, it, state),
            Kind::Move(moved) if multiplies(reading, it, moved) => {
                self.claim(reading, &it.clause.range);
                self.tree.get_mut(state.node).assessed = true;
            }
            Kind::Move(moved) => {
                return self.named_points(reading, it, moved, state)
                    || self.floor(reading, it, moved);
            }
            Kind::ShareOf(share) => {
                self.claim(reading, &it.clause.range);
                let (into, source) = (reading.words(&share.into), reading.source(rules::quote(it)));
                self.shares.push(Share { into, weight: share.weight, source, doubts: Vec::new() });
            }
            Kind::Cap(cap) => {
                if self.cap_alone(reading, it, *cap, state)
                    || self.cap(reading, it, *cap, (nth, state))
                {
                    self.claim(reading, &it.clause.range);
                }
            }
            Kind::Exempt => self.exempt(reading, it, &state.given),
            Kind::Highest => self.highest(reading, it, state),
            Kind::OpenCap => self.claim(reading, &it.clause.range),
            Kind::Series => self.series(reading, it, state),
            Kind::Weight(_) | Kind::CountsFor(_) | Kind::Total(_) => {
                self.whole_clause(reading, it, state.node);
            }
            _ => return false,
        }
        true
    }

    /// Puts rules under the node, and keeps the announced one for the items below.
    fn give(
        &mut self,
        reading: &Reading<'_>,
        it: &Statement,
        nth: usize,
        rules: Vec<Rule>,
        scope: &Scope,
        state: &mut Walk,
    ) {
        if rules.is_empty() {
            return;
        }
        self.claim(reading, &it.clause.range);
        let own = reading.get(&it.own);
        let last = reading
            .text
            .text
            .get(state.caps_end.max(it.clause.range.end)..)
            .is_some_and(|rest| rest.chars().all(|c| "。:;,、)".contains(c)));
        if it.listed.is_empty() && last && section::announces(own) {
            if let Some(rule) = rules.into_iter().next() {
                state.announced = Some(Announced::Rule(Box::new(Rule { when: None, ..rule })));
            }
            return;
        }
        for mut rule in rules {
            if rule.when.is_none() && rule.tiers.is_empty() {
                rule.when.clone_from(&scope.own_name);
            }
            self.in_bonus_list(state.node, &mut rule);
            let ahead = state.ahead.filter(|ahead| {
                let way = if ahead.takes { Effect::Deduct } else { rule.effect };
                it.clause.range.start < ahead.end
                    && way == rule.effect
                    && (ahead.takes || matches!(way, Effect::Award | Effect::Add))
            });
            rule.cap = ahead.map(|it| it.points).or(rule.cap);
            let node = state.node;
            let index = self.tree.get(node).rules.len();
            self.tree.get_mut(node).rules.push(rule);
            state.given.rules.push((node, index, nth));
        }
    }

    /// 计2分 in a list of bonuses adds.
    fn in_bonus_list(&self, node: NodeId, rule: &mut Rule) {
        let mut at = node;
        while at != ROOT {
            if self.tree.get(at).kind == NodeKind::Bonus
                && rule.effect == Effect::Award
                && rule.tiers.is_empty()
            {
                rule.effect = Effect::Add;
            }
            at = self.tree.get(at).parent;
        }
    }

    /// Notes that a clause has been read.
    pub(super) fn claim(&mut self, reading: &Reading<'_>, range: &Range<usize>) {
        self.read.push(reading.text.span(range.clone()));
    }

    /// A bracketed part: 公文报送情况（0.3分）. What follows it belongs to it.
    fn part(&mut self, reading: &Reading<'_>, it: &Statement, state: &mut Walk) {
        let range = part_name(reading, it, state);
        state.done = it.clause.range.end;
        if range.is_empty() {
            self.mark(state.base, &it.clause, reading.text);
            return;
        }
        if let Some(node) = self.marked(reading.text, range, &it.clause, state.base, reading.place)
        {
            state.node = node;
        }
    }

    /// A node of a name without a mark, and the bytes of its points where bare brackets give them: 一、组织机构(5). The number
    /// of the text, where it has one, takes its first bytes.
    pub(super) fn unmarked_node(
        reading: &Reading<'_>,
        number: Option<usize>,
    ) -> (Node, Option<Range<usize>>) {
        let text = reading.text.text.as_str();
        let bare = number.and_then(|it| name::bare_mark(text, it));
        let (mark, points) = bare.unzip();
        let range = name::trim(text, 0..mark.as_ref().map_or(text.len(), |it| it.start));
        let quote = range.start..mark.as_ref().map_or(range.end, |it| it.end);
        let node = Node {
            points,
            doubts: mark.iter().map(|_| "unit-inferred".to_owned()).collect(),
            ..Self::of_words(reading, &range, quote)
        };
        (node, mark)
    }

    /// A node that words of a text name, with the bytes that it quotes.
    pub(super) fn of_words(
        reading: &Reading<'_>,
        words: &Range<usize>,
        quote: Range<usize>,
    ) -> Node {
        Node {
            key: name::key(reading.get(words)),
            name: reading.words(words),
            source: reading.source(quote),
            ..Node::default()
        }
    }

    /// The node of a name and its mark below a parent: the one there is with the same name and number, or a new one.
    pub(super) fn marked(
        &mut self,
        text: &Folded,
        part: Range<usize>,
        mark: &Clause,
        parent: NodeId,
        place: Place,
    ) -> Option<NodeId> {
        let range = name::trim(&text.text, part);
        if range.is_empty() {
            return None;
        }
        let reading = Reading { text, place, letters: self.letters };
        let key = name::key(text.get(range.clone()));
        let (points, weight) = value(&mark.kind);
        let quote = reading.source(range.start..mark.range.end);
        self.claim(&reading, &mark.range);
        if let Some(there) = self.there(&key, points, weight, parent) {
            let node = self.tree.get_mut(there);
            if node.points.is_some() && points.is_some() {
                self.repeated(there, &quote);
            } else {
                node.points = node.points.or(points);
                node.weight = node.weight.or(weight);
            }
            return Some(there);
        }
        let node = Node {
            name: reading.words(&range),
            key,
            points,
            weight,
            source: quote,
            ..Node::default()
        };
        Some(self.tree.add(parent, node))
    }

    /// The node that a marked name means: a child with the name, or one named before that still lacks its number.
    fn there(
        &self,
        key: &str,
        points: Option<Decimal>,
        weight: Option<Decimal>,
        parent: NodeId,
    ) -> Option<NodeId> {
        let fits = |id: NodeId| {
            let node = self.tree.get(id);
            (points.is_none() || node.points.is_none() || node.points == points)
                && (weight.is_none() || node.weight.is_none() || node.weight == weight)
        };
        if let Some(child) = self.tree.child(parent, key).filter(|it| fits(*it)) {
            return Some(child);
        }
        let near = |id: &NodeId| {
            let node = self.tree.get(*id);
            node.parent == parent && fits(*id)
        };
        let elsewhere = || {
            self.tree.first(self.tree.with_key(key).filter(|id| {
                let node = self.tree.get(*id);
                node.key.chars().count() >= 4
                    && node.is_scored()
                    && fits(*id)
                    && node.children.is_empty()
                    && node.rules.is_empty()
                    && (self.tree.get(parent).parent == node.parent || parent == ROOT)
            }))
        };
        self.tree.named(key).find(near).or_else(elsewhere)
    }

    fn repeated(&mut self, id: NodeId, quote: &crate::ruleset::SourceRef) {
        let node = self.tree.get(id);
        let finding =
            crate::diagnostic::Finding::new("repeated-item", crate::diagnostic::Severity::Note)
                .arg("name", &node.name)
                .at(quote.at.clone(), quote.quote.clone());
        let finding = match quote.span {
            Some(span) => finding.span(span),
            None => finding,
        };
        if node.source.span != quote.span {
            self.findings.push(finding);
        }
    }

    /// Gives a node the number of a mark that has no name of its own.
    pub(super) fn mark(&mut self, id: NodeId, mark: &Clause, text: &Folded) {
        if id == ROOT {
            return;
        }
        let (points, weight) = value(&mark.kind);
        let node = self.tree.get_mut(id);
        node.points = node.points.or(points);
        node.weight = node.weight.or(weight);
        self.read.push(text.span(mark.range.clone()));
    }

    /// Points without a verb: the points of a name, or what a condition earns (本科30分).
    fn bare_points(
        &mut self,
        reading: &Reading<'_>,
        (statements, nth): (&[Statement], usize),
        points: crate::clause::Points,
        state: &mut Walk,
    ) -> Vec<Rule> {
        let Some(it) = statements.get(nth) else { return Vec::new() };
        let own = reading.get(&it.own);
        let threshold = [
            "不足", "低于", "超过", "达到", "高于", "以", "满", "扣完", "扣满", "少于", "不到",
            "达", "至", "第", "共", "为", "=", "最低", "最高", "×", "*", "+", "-", "÷",
        ];
        if self.part_points(reading, it, points, state) {
            return Vec::new();
        }
        if own.ends_with(['×', '*']) && state.node != ROOT {
            self.product(reading, it, state.node);
            return Vec::new();
        }
        if own.is_empty() || threshold.iter().any(|word| own.ends_with(word)) || state.node == ROOT
        {
            return Vec::new();
        }
        let verb = match self.verb_before(reading, it, state).or_else(|| labelled(reading, it)) {
            Some(verb) => verb,
            None if self.tree.get(state.node).kind == NodeKind::Bonus => Verb::Add,
            None => Verb::Award,
        };
        let moved = Move::without_verb(verb, points);
        rules::of_move(reading, statements, nth, &moved, &mut state.measure)
    }

    /// 负全责扣15分、主责10分、次责3分; 国家级加3分,省级2.5分: the verb of the amount before holds on.
    fn verb_before(&self, reading: &Reading<'_>, it: &Statement, state: &Walk) -> Option<Verb> {
        let &(node, index, _) = state.given.rules.last()?;
        let rule = self.tree.get(node).rules.get(index)?;
        let span = rule.source.span?;
        let own = reading.text.span(it.own.start..it.clause.range.end);
        let before = reading.text.get(0..it.own.start);
        let short = reading.get(&it.own).chars().count() <= 8;
        let goes_on =
            span.end + 1 >= own.start && (before.ends_with('、') || short && before.ends_with(','));
        let verb = match rule.effect {
            Effect::Deduct => Verb::Deduct,
            Effect::Add => Verb::Add,
            _ => return None,
        };
        (goes_on && rule.tiers.is_empty()).then_some(verb)
    }

    /// 处理率×15分: a proportion is the formula of its indicator.
    fn product(&mut self, reading: &Reading<'_>, it: &Statement, node: NodeId) {
        let words = reading.words(&(it.own.start..it.clause.range.end));
        self.claim(reading, &it.clause.range);
        let node = self.tree.get_mut(node);
        node.assessed = true;
        node.formula.get_or_insert(words);
    }

    /// 最低为0分: how low a score can fall, and no award. No score falls below 0 anyway.
    fn floor(&mut self, reading: &Reading<'_>, it: &Statement, moved: &Move) -> bool {
        let floor = is_floor(reading, it, moved);
        if floor && moved.amounts.first().is_some_and(|it| it.least.is_zero()) {
            self.claim(reading, &it.clause.range);
        }
        floor
    }

    /// 按完成比例得分: the rule has a formula; where nothing else is said, it is the indicator's own.
    fn proportion(
        &mut self,
        reading: &Reading<'_>,
        it: &Statement,
        verb: Verb,
        state: &mut Walk,
    ) -> Vec<Rule> {
        rules::keep_measure(reading, it, &mut state.measure);
        let words = reading.words(&it.clause.range);
        let node = self.tree.get_mut(state.node);
        let alone = it.own.is_empty() && node.rules.is_empty() && node.formula.is_none();
        if alone && state.node != ROOT {
            node.formula = Some(words);
            node.assessed = true;
            self.claim(reading, &it.clause.range);
            return Vec::new();
        }
        vec![Rule {
            effect: rules::effect(verb),
            formula: Some(words),
            when: Some(rules::condition(reading, it)).filter(|it| !it.is_empty()),
            source: reading.source(rules::quote(it)),
            ..Rule::default()
        }]
    }

    /// 得满分, 计满分的50%: all the points of the item, or so many percent of them.
    fn part_of_all(
        &mut self,
        reading: &Reading<'_>,
        statements: &[Statement],
        nth: usize,
        share: &FullShare,
        state: &mut Walk,
    ) -> Vec<Rule> {
        let scored = self.tree.scored_at_or_above(state.node);
        let Some(points) = scored.and_then(|it| self.tree.get(it).points) else {
            return Vec::new();
        };
        let points = (points * share.percent / Decimal::ONE_HUNDRED).normalize();
        let all =
            crate::clause::Points { least: points, most: None, falling: false, scanned: false };
        let moved = Move {
            verb: share.verb,
            amounts: vec![all],
            shared_out: false,
            each: false,
            per: share.per.clone(),
            threshold: None,
            without_unit: false,
            without_verb: false,
            scanned: false,
        };
        rules::of_move(reading, statements, nth, &moved, &mut state.measure)
    }

    /// 客观评分权重为40分: the points of a named part, said with a verb.
    fn named_points(
        &mut self,
        reading: &Reading<'_>,
        it: &Statement,
        moved: &Move,
        state: &Walk,
    ) -> bool {
        let own = reading.get(&it.own);
        if self.bonus_part(reading, it, moved, state) {
            return true;
        }
        // 奖励分为15分: how many there are, and no move.
        let bonus = ["奖励分", "附加分", "奖分"].iter().any(|it| own.ends_with(it));
        if bonus && reading.get(&it.clause.range).starts_with('为') {
            return true;
        }
        let says = ["权重", "分值", "满分", "标准分", "基础分", "总分", "最高分"]
            .iter()
            .any(|word| own.ends_with(word));
        let Some(points) =
            moved.amounts.first().filter(|_| moved.verb == Verb::Award && says).filter(|_| {
                moved.per.as_ref().is_none_or(|it| PERIODS.contains(&it.unit.as_str()))
            })
        else {
            return false;
        };
        let shares = Shares { values: vec![points.most.unwrap_or(points.least)], each: moved.each };
        self.shares_of_names(reading, it, &shares, state.node, false);
        true
    }

    /// 其中基础工作60分，采用加分40分: the points of a part that is called a bonus, and no bonus.
    fn bonus_part(
        &mut self,
        reading: &Reading<'_>,
        it: &Statement,
        moved: &Move,
        state: &Walk,
    ) -> bool {
        let (own, sentence) = (reading.get(&it.own), reading.get(&it.sentence));
        let called = reading.get(&it.clause.range).starts_with("加分")
            && (2..=8).contains(&own.chars().count())
            && !own.ends_with(['的', '者', '可', '应', '再'])
            && ["总分", "满分", "组成", "其中", "包括"].iter().any(|it| sentence.contains(it));
        let Some(points) = moved.amounts.first().filter(|_| called && moved.per.is_none()) else {
            return false;
        };
        let name = it.own.start..it.clause.range.start + "加分".len();
        let mark = Clause { range: it.clause.range.clone(), kind: Kind::BarePoints(*points) };
        self.marked(reading.text, name, &mark, state.base, reading.place).is_some()
    }

    /// 其中评估考核90分，评议考核10分: the points of named parts, where the sentence speaks of the whole.
    fn part_points(
        &mut self,
        reading: &Reading<'_>,
        it: &Statement,
        points: crate::clause::Points,
        state: &Walk,
    ) -> bool {
        let sentence = reading.get(&it.sentence);
        let speaks = ["总分", "满分", "百分制", "组成", "千分制", "其中"]
            .iter()
            .any(|it| sentence.contains(it));
        let name = reading.get(&it.own);
        let plain = name.chars().count() <= 30
            && !name.ends_with(['的', '者'])
            && !name.contains("以上")
            && !name.contains("以下");
        if !speaks || !plain || name.is_empty() || self.tree.get(state.node).is_list() {
            return false;
        }
        let shares = Shares { values: vec![points.most.unwrap_or(points.least)], each: false };
        self.shares_of_names(reading, it, &shares, state.node, false);
        true
    }

    /// 至多加3分 with a condition and no amount of its own.
    fn cap_alone(
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
        if !(adds && bare && first)
            || ["加分项", "此项", "该项", "加分", "附加"].iter().any(|word| own.ends_with(word))
        {
            return false;
        }
        let rule = Rule {
            effect: Effect::Add,
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
    fn cap(
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
        let Some(last) = last else {
            // 有下列情形之一的，每起扣3分，累计扣分不超过12分: of what is announced.
            if let Some(Announced::Rule(rule)) = &mut state.announced {
                rule.cap = Some(cap.points);
                return true;
            }
            let words =
                reading.get(&(it.own.start.min(it.clause.range.start)..it.clause.range.end));
            let later = self.tree.get(state.node).is_list()
                && self.tree.get(state.node).rules.is_empty()
                && self.tree.get(state.node).children.is_empty();
            if let Some(effect) = side(words, reading.get(&it.own)).filter(|_| !later) {
                return self.cap_of_side(state.node, cap, effect, words);
            }
            let partial = ["加分", "扣分", "减分"].iter().any(|it| words.starts_with(it))
                && !self.tree.get(state.node).is_list();
            // 12、参与其他活动的，…，每人最高不超过1分: of that item alone, where the node holds the rules of others.
            let other = reading.get(&it.own).chars().count() > 20
                && !self.tree.get(state.node).rules.is_empty();
            let whole = !partial && !other && !matches!(cap.scope, CapScope::Each | CapScope::Case);
            if whole {
                self.cap_node(state.node, cap);
            }
            return whole;
        };
        if opens_sentence(reading, it) {
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

    /// An exemption belongs to the rule before it.
    fn exempt(&mut self, reading: &Reading<'_>, it: &Statement, given: &Given) {
        let Some(&(node, index, _)) = given.rules.last() else { return };
        let words = reading.words(&it.own);
        if let Some(rule) =
            self.tree.get_mut(node).rules.get_mut(index).filter(|_| !words.is_empty())
        {
            rule.except.push(words);
        }
        self.claim(reading, &it.clause.range);
    }

    /// 依次递减1分: how the rules before it go on, which a person spells out.
    fn series(&mut self, reading: &Reading<'_>, it: &Statement, state: &Walk) {
        let Some(&(node, index, _)) = state.given.rules.last() else { return };
        if let Some(rule) = self.tree.get_mut(node).rules.get_mut(index) {
            rule.doubts.push("series".to_owned());
            self.claim(reading, &it.clause.range);
        }
    }

    /// 按最高标准扣分，不重复扣: of the rules of the text so far.
    fn highest(&mut self, reading: &Reading<'_>, it: &Statement, state: &Walk) {
        self.claim(reading, &it.clause.range);
        for (node, index, _) in &state.given.rules {
            if let Some(rule) = self.tree.get_mut(*node).rules.get_mut(*index) {
                rule.highest = true;
            }
        }
        if !state.given.rules.is_empty() {
            return;
        }
        if state.node == ROOT {
            let source = reading.source(rules::quote(it));
            self.notes.push(crate::ruleset::Note { kind: "highest".to_owned(), source });
        } else {
            self.tree.get_mut(state.node).highest = true;
        }
    }
}

/// Whether points stand right before a clause.
fn follows_points(reading: &Reading<'_>, it: &Statement) -> bool {
    let before = reading.text.text.get(..it.clause.range.start).unwrap_or_default();
    before.ends_with('分')
        && before.trim_end_matches('分').ends_with(|it: char| it.is_ascii_digit())
}

/// Whether an unstated move has words of its own before the verb: 酌情扣分, 予以扣分.
fn clause_says(reading: &Reading<'_>, it: &Statement) -> bool {
    let clause = reading.get(&it.clause.range);
    ["酌", "视", "予以", "给予", "适当", "相应", "直接", "应", "将", "扣减"]
        .iter()
        .any(|word| clause.starts_with(word))
}

/// A move whose number cannot be read.
fn masked(reading: &Reading<'_>, it: &Statement) -> Rule {
    Rule {
        effect: Effect::Unstated,
        when: Some(rules::condition(reading, it)).filter(|it| !it.is_empty()),
        source: reading.source(rules::quote(it)),
        doubts: vec!["masked".to_owned()],
        ..Rule::default()
    }
}

/// 处理率×7分: a proportion, which gives no rule.
fn multiplies(reading: &Reading<'_>, it: &Statement, moved: &Move) -> bool {
    moved.verb == Verb::Award && reading.get(&it.own).ends_with(['×', '*', '÷', '/'])
}

/// 最低为0分: how low a score can fall, and no award.
fn is_floor(reading: &Reading<'_>, it: &Statement, moved: &Move) -> bool {
    let own = reading.get(&it.own);
    moved.verb == Verb::Award
        && ["最低", "最低分", "最少", "不低于", "合格线", "及格线", "分数线", "控制线", "警戒线"]
            .iter()
            .any(|word| own.ends_with(word))
}

/// The state of reading one text.
#[derive(Debug)]
struct Walk {
    /// The node that rules go to.
    node: NodeId,
    /// The node of the whole text.
    base: NodeId,
    measure: Measure,
    given: Given,
    announced: Option<Announced>,
    /// How many bracketed parts the text has.
    marks: usize,
    /// Where the last bracketed part ended.
    done: usize,
    /// Where the caps that follow the clause end.
    caps_end: usize,
    /// The cap that stands before what it caps.
    ahead: Option<Ahead>,
}

/// 最高得20分。其中,…得10分;…得10分: a cap of the rules behind it on its line.
#[derive(Debug, Clone, Copy)]
struct Ahead {
    points: Decimal,
    /// Whether it caps what is taken.
    takes: bool,
    /// Where the line ends.
    end: usize,
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

/// The units of periods: 每天总分为10分 are the points of a day.
const PERIODS: &[&str] = &["天", "日", "周", "月", "个月", "季度", "学期", "年"];

/// Whether a sentence only works out an example: 比如，某街道超出750辆，扣0.3分.
fn is_example(reading: &Reading<'_>, it: &Statement) -> bool {
    let before = reading.text.text.get(..it.clause.range.start).unwrap_or_default();
    let sentence = before.rsplit(['。', '\n']).next().unwrap_or_default();
    ["比如", "例如", "举例", "譬如"].iter().any(|it| sentence.starts_with(it))
}

/// Where the caps end that follow a statement directly: 每起扣3分，累计扣分不超过12分.
fn caps_end(statements: &[Statement], nth: usize) -> usize {
    let following = statements.iter().skip(nth + 1);
    let caps = following.take_while(|it| matches!(it.clause.kind, Kind::Cap(_) | Kind::OpenCap));
    caps.last().map_or(0, |it| it.clause.range.end)
}

/// The name of a bracketed part: all its own text since the bracket or the clause before; a topic sentence stands outside
/// only where several parts follow it.
fn part_name(reading: &Reading<'_>, it: &Statement, state: &Walk) -> Range<usize> {
    let text = reading.text.text.as_str();
    let end = it.clause.range.start;
    let mut start = state.done.max(it.sentence.start.min(end));
    if state.marks > 1 && state.done == 0 {
        start = 0;
    }
    if state.marks == 1 {
        start = state.done;
    }
    let line =
        text.get(start..end).and_then(|it| it.rfind('\n')).map_or(start, |at| start + at + 1);
    let mut start = line.max(it.own.start.min(end).min(start.max(line)));
    let slice = text.get(start..end).unwrap_or_default();
    if state.marks > 1
        && let Some(at) = ["包括", "分为", "包含", "分别为", "组成:", "为:", "由", "从"]
            .iter()
            .filter_map(|word| slice.find(word).map(|at| at + word.len()))
            .max()
        && !slice.contains('。')
    {
        return name::trim(text, start + at..end);
    }
    if state.marks > 1 {
        // The topic sentence, or what the rules before have left.
        let first =
            state.done == 0 || text.get(state.done..end).is_some_and(|it| it.contains('\n'));
        let stop = if first {
            slice.find('。')
        } else {
            slice.rfind('。').filter(|_| it.own.start > start)
        };
        if let Some(at) = stop.filter(|at| slice.len() > at + '。'.len_utf8() + 3) {
            start += at + '。'.len_utf8();
        }
    }
    let given = state.given.rules.iter().any(|_| true);
    if given && it.own.start > start && it.own.start < end {
        start = it.own.start;
    }
    let part = name::trim(text, statement::trimmed(text, start..end));
    // 信用评分=基础信用分（60分）+经营业绩分（25分）: a term of a sum.
    let sign = text.get(part.clone()).and_then(|it| it.rfind(['=', '+']));
    let part = name::trim(text, sign.map_or(part.start, |it| part.start + it + 1)..part.end);
    // 运营指标（400分）和管理指标（200分）: the word between two names is of neither.
    let joined = text.get(..part.start).is_some_and(|it| it.ends_with([')', ']']));
    let slice = text.get(part.clone()).unwrap_or_default();
    let rest = ["以及", "和", "及", "与"].iter().find_map(|it| slice.strip_prefix(it));
    match rest.filter(|it| joined && it.len() > 3) {
        Some(rest) => part.end - rest.len()..part.end,
        None => part,
    }
}

/// The points or the weight of a mark.
fn value(kind: &Kind) -> (Option<Decimal>, Option<Decimal>) {
    match kind {
        Kind::Points(it) => (Some(it.points), it.weight),
        Kind::WeightMark(it) => (None, Some(*it)),
        Kind::BarePoints(it) => (Some(it.most.unwrap_or(it.least)), None),
        Kind::CountsFor(it) => (it.values.first().copied(), None),
        Kind::Total(it) => (Some(*it), None),
        Kind::Move(it) => (it.amounts.first().map(|it| it.most.unwrap_or(it.least)), None),
        _ => (None, None),
    }
}

fn zero(reading: &Reading<'_>, it: &Statement, measure: &mut Measure) -> Rule {
    rules::zero_tier(reading, it, measure).unwrap_or_else(|| Rule {
        effect: Effect::Zero,
        when: Some(rules::condition(reading, it)).filter(|it| !it.is_empty()),
        source: reading.source(rules::quote(it)),
        ..Rule::default()
    })
}

/// Whether a factor is one of points: its own words say so (减半扣分), or points move in the same sentence (院级减半); the
/// number of meetings may be halved too.
fn multiplies_points(reading: &Reading<'_>, it: &Statement) -> bool {
    let clause = reading.get(&it.clause.range);
    let bare =
        clause.starts_with(['×', '*']) || !clause.contains('分') && clause.ends_with(['半', '倍']);
    let says = clause.contains(['扣', '加', '得', '计', '记', '给', '分']) && !bare;
    let before = reading.get(&(it.sentence.start..it.clause.range.start));
    let moved = ["分,", "分;", "分、"].iter().any(|it| before.contains(it));
    says || (moved && !before.contains(['=', '÷', '×']))
}

fn multiply(reading: &Reading<'_>, it: &Statement, times: Decimal, given: &Given) -> Rule {
    let of = given.rules.iter().map(|it| format!("#{}", it.1)).collect();
    Rule {
        effect: Effect::Multiply,
        times: Some(times),
        when: Some(rules::condition(reading, it)).filter(|it| !it.is_empty()),
        of,
        source: reading.source(rules::quote(it)),
        ..Rule::default()
    }
}

/// 按实际面积扣分: the last words say by what points are worked out, and no event.
fn by_measure(own: &str) -> bool {
    let last = own.rsplit([',', ';']).next().unwrap_or_default();
    let Some(at) = last.find('按').filter(|_| !last.ends_with(['的', '者'])) else {
        return false;
    };
    let (before, after) = last.split_at(at);
    let punctual = ["按时", "按期", "按规", "按要求", "按照", "按月", "按季", "按年", "按计划"];
    !before.ends_with(['未', '不', '没', '能', '否'])
        && !punctual.iter().any(|it| after.starts_with(it))
        && after.chars().count() > 2
}

/// Points that move without a number; 实行倒扣分 and 折算扣分 say how scoring works and move none.
fn unstated(reading: &Reading<'_>, it: &Statement, per: Option<String>) -> Vec<Rule> {
    let own = reading.get(&it.own);
    let method = [
        "实行",
        "采取",
        "采用",
        "折算",
        "按比例",
        "换算",
        "方式",
        "列入",
        "作为",
        "标准",
        "分别为",
        "按照",
        "参照",
        "按以上",
        "按上述",
        "按规定",
        "按本",
        "依据",
        "根据本",
    ];
    let absent = ["无", "没有", "不", "未", "以及", "或者", "”", "\"", "≤", "≥"]
        .iter()
        .any(|word| own.ends_with(word));
    let bare = own.is_empty() && per.is_none()
        || own.ends_with('加')
        || own.contains('=')
        || ["只在", "仅在"].iter().any(|it| own.contains(it))
        || by_measure(own)
        || own.ends_with(['+', '-', '=', '×', '/'])
        || own.ends_with("减去")
        || own.ends_with("加上");
    let said = per.is_some()
        || own.ends_with(['的', '者', '分'])
        || clause_says(reading, it)
        || own.chars().count() > 8;
    let clause = reading.get(&it.clause.range);
    let adds = clause.ends_with("加分") && !clause_says(reading, it);
    if bare
        || adds
        || !said
        || section::announces(own)
        || absent
        || (["总得分中", "总分中", "总成绩中"].iter().any(|word| own.ends_with(word))
            && !own.contains("的,"))
        || method.iter().any(|word| {
            own.ends_with(word)
                || own.rsplit([',', '的']).next().is_some_and(|it| it.contains(word))
        })
        || clause.starts_with("倒")
    {
        return Vec::new();
    }
    let effect = Effect::Unstated;
    let when = Some(rules::condition(reading, it)).filter(|it| !it.is_empty());
    vec![Rule { effect, per, when, source: reading.source(rules::quote(it)), ..Rule::default() }]
}
