//! Texts: the clauses of a line or a cell become rules, caps and bracketed parts under a node.

use std::ops::Range;

use crate::{
    clause::{
        Clause, FullShare, Kind, Move, Points, Shares, Verb, from_text,
        statement::{self, Statement},
    },
    document::folded::Folded,
    number::Decimal,
    pattern::pattern,
    ruleset::{
        Effect, Rule, Share,
        from_outline::{
            Lowering,
            caps::Ahead,
            name,
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
pub(super) struct Given {
    pub(super) rules: Vec<(NodeId, usize, usize)>,
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
            read_to: 0,
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
        state.read_to = nth
            .checked_sub(1)
            .and_then(|it| statements.get(it))
            .map_or(0, |before| before.clause.range.end);
        if is_example(reading, it) || is_least(reading, it) {
            return;
        }
        let of_grades = self.of_grades.iter().rev().take(64).any(|of| of.contains(span));
        if of_grades || self.no_rule(reading, it, nth, state) {
            return;
        }
        let rules = match &it.clause.kind {
            // 每次1分 below 扣分情形.
            Kind::Move(moved) if moved.without_verb => {
                let verb = verb_within(reading.get(&it.own));
                let verb = verb.unwrap_or_else(|| self.tree.bare_verb(state.node));
                let moved = Move { verb, ..moved.clone() };
                rules::of_move(reading, statements, nth, &moved, &mut state.measure)
            }
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
                let per = per.as_ref().map(|it| rules::per_words(reading, it));
                // 可适当加分，最高不超过6分.
                let capped = statements.get(nth + 1).is_some_and(|next| {
                    matches!(next.clause.kind, Kind::Cap(_)) && next.sentence == it.sentence
                });
                unstated(reading, it, per, capped)
            }
            // 开展了2次以上(0.5分): what the event earns.
            Kind::Points(mark) => {
                let points =
                    Points { least: mark.points, most: None, falling: false, scanned: false };
                let moved = Move::without_verb(Verb::Award, points);
                rules::of_move(reading, statements, nth, &moved, &mut state.measure)
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
            Kind::Points(_) if states_event(reading.get(&it.own)) => return false,
            Kind::Points(_) | Kind::WeightMark(_) => self.part(reading, it, state),
            Kind::Move(moved) if multiplies(reading, it, moved) => {
                self.claim(reading, &it.clause.range);
                self.tree.get_mut(state.node).assessed = true;
            }
            Kind::Move(moved) => {
                return self.named_points(reading, it, moved, state)
                    || self.floor(reading, it, moved);
            }
            // 由领导判断，默认为满分: how the score begins, and no event.
            Kind::FullMarks
                if reading.get(&it.clause.range).contains("默认")
                    && !reading.get(&it.own).ends_with(['的', '者', '时']) =>
            {
                self.claim(reading, &it.clause.range);
                self.tree.get_mut(state.node).assessed = state.node != ROOT;
            }
            // 达95%以上满分, 全勤满分; elsewhere the word is a term: 以下为满分.
            Kind::FullMarks if reading.get(&it.clause.range) == "满分" => {
                let reached = ["以上", "以内", "%", "的", "者", "全勤", "完成", "合格", "达标"];
                return !reached.iter().any(|word| reading.get(&it.own).ends_with(word));
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
            if rule.when.is_none() && rule.measure.is_none() && rule.tiers.is_empty() {
                self.matter_before(reading, it, state, &mut rule);
            }
            self.in_bonus_list(state.node, &mut rule);
            self.as_before(reading, it, state, &mut rule);
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

    /// 加强巡查，防止反弹。得5分: a clause that has no words of its own takes those right before it in its line; 秩序良好得3分；发现一次扣
    /// 0.5分: those of the award before it.
    fn matter_before(&self, reading: &Reading<'_>, it: &Statement, state: &Walk, rule: &mut Rule) {
        const LONGEST: usize = 80;
        let last = state.given.rules.last().and_then(|it| self.tree.get(it.0).rules.get(it.1));
        let from = state.read_to.min(it.clause.range.start);
        let between = statement::trimmed(&reading.text.text, from..it.clause.range.start);
        let words = reading.get(&between);
        if !it.own.is_empty() {
            return;
        }
        if words.is_empty() {
            let award = last.filter(|it| it.effect == Effect::Award && it.tiers.is_empty());
            if let Some(award) = award.filter(|_| rule.effect == Effect::Deduct) {
                rule.when.clone_from(&award.when);
                rule.doubts.push("stem-inferred".to_owned());
            }
            return;
        }
        // 每次抽检5个管道。发现一处扣2分: how it is looked into.
        let matter = rule.per.is_none()
            && !words.contains('\n')
            && (4..=LONGEST).contains(&words.chars().count())
            && !words.ends_with(':');
        if matter {
            rule.when = Some(reading.words(&between));
            rule.doubts.push("condition-inferred".to_owned());
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

    /// 每人扣1分/次（院级），2分/次（校级）; 每人次分别为10分、6分 after 加5分: no verb says which way, so the one before it holds on.
    fn as_before(&self, reading: &Reading<'_>, it: &Statement, state: &Walk, rule: &mut Rule) {
        let Kind::Move(moved) = &it.clause.kind else { return };
        if rule.effect != Effect::Award {
            return;
        }
        let words = reading.get(&it.clause.range);
        let copula = words.contains('为') && !words.contains(['得', '计', '记', '给', '赋', '评']);
        let silent = moved.without_verb || copula && (moved.per.is_some() || moved.shared_out);
        if let Some(label) = self.tree.label(state.node).filter(|_| silent) {
            rule.effect = rules::effect(label);
        }
        if !rule.tiers.is_empty() {
            return;
        }
        let last = state.given.rules.last().and_then(|it| self.tree.get(it.0).rules.get(it.1));
        let Some(last) = last.filter(|it| silent && it.tiers.is_empty()) else { return };
        let sentence = reading.text.span(it.sentence.clone());
        // 未开窗，扣1分。未关灯，0.5分/次: what is wrong costs points as it did before.
        const WRONG: [char; 10] = ['未', '不', '没', '违', '缺', '迟', '漏', '错', '乱', '禁'];
        let wrong = || rule.when.as_deref().is_some_and(|it| it.contains(WRONG));
        let same = last.source.span.is_some_and(|it| sentence.contains(it)) || wrong();
        if last.effect == Effect::Add || last.effect == Effect::Deduct && same {
            rule.effect = last.effect;
            if !rule.doubts.iter().any(|it| it == "verb-inferred") {
                rule.doubts.push("verb-inferred".to_owned());
            }
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
        // 综合测评成绩(100分)=品德评价20%+…: the full marks of the whole.
        let equals =
            reading.text.text.get(it.clause.range.end..).is_some_and(|it| it.starts_with('='));
        if let (Some(points), true, true) = (value(&it.clause.kind).0, equals, state.base == ROOT) {
            self.marks_of_all(reading, points, range.start..it.clause.range.end);
            self.claim(reading, &it.clause.range);
            return;
        }
        if range.is_empty() {
            self.mark(state.base, &it.clause, reading.text, reading.place);
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
        let name = text.get(range.clone());
        let reading = Reading { text, place, letters: self.letters };
        let whole = |points: &Decimal| {
            TOTALS.contains(&name) || *points >= Decimal::ONE_HUNDRED && name::says_nothing(name)
        };
        if let Some(points) = value(&mark.kind).0.filter(whole) {
            self.marks_of_all(&reading, points, range.start..mark.range.end);
            self.claim(&reading, &mark.range);
            return None;
        }
        // 1分2分3分4分5分 are scores to choose from, and name nothing.
        let numbers = |it: char| it.is_ascii_digit() || ".分、,/-".contains(it);
        // P×150分 is a product, 累积记分满12分 a number that is reached.
        let product =
            !mark.is_mark() && name.ends_with(['×', '*', '÷', '=', '+', '满', '达', '至', '过']);
        if name.chars().all(numbers) || product {
            return None;
        }
        let key = name::key(name);
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
                    && (self.tree.get(parent).parent == node.parent
                        || parent == ROOT
                        // An overview under a heading of its own.
                        || points.is_some()
                            && node.points == points
                            && self.whose(parent) == self.whose(node.parent))
            }))
        };
        self.tree.named(key).find(near).or_else(elsewhere)
    }

    /// The node with points at or above one, or the root.
    fn whose(&self, id: NodeId) -> NodeId {
        self.tree.scored_at_or_above(id).unwrap_or(ROOT)
    }

    /// Points without a verb: the points of a name, or what a condition earns (本科30分).
    fn bare_points(
        &mut self,
        reading: &Reading<'_>,
        (statements, nth): (&[Statement], usize),
        points: Points,
        state: &mut Walk,
    ) -> Vec<Rule> {
        let Some(it) = statements.get(nth) else { return Vec::new() };
        let own = reading.get(&it.own);
        if !own.is_empty() && self.add_up(reading, statements, state) {
            self.marked(reading.text, it.own.clone(), &it.clause, state.node, reading.place);
            return Vec::new();
        }
        if self.part_points(reading, it, points, state) {
            return Vec::new();
        }
        // 大一的基础分为5分、大二8分: what somebody begins with, and what nothing says of the other.
        let begins = nth.checked_sub(1).and_then(|it| statements.get(it)).is_some_and(|before| {
            matches!(before.clause.kind, Kind::Total(_)) && before.sentence == it.sentence
        });
        if begins && self.tree.bare_verb(state.node) != Verb::Award {
            return Vec::new();
        }
        if own.ends_with(['×', '*']) && state.node != ROOT {
            self.product(reading, it, state.node);
            return Vec::new();
        }
        if own.is_empty() || THRESHOLDS.iter().any(|word| own.ends_with(word)) || state.node == ROOT
        {
            return Vec::new();
        }
        let told = verb_within(own).or_else(|| self.verb_before(reading, it, state));
        let verb = match told.or_else(|| labelled(reading, it)) {
            Some(verb) => verb,
            // 受到处分者0分: what is left, and no deduction.
            None if points.most.unwrap_or(points.least).is_zero() => Verb::Award,
            None => self.tree.bare_verb(state.node),
        };
        let moved = Move::without_verb(verb, points);
        rules::of_move(reading, statements, nth, &moved, &mut state.measure)
    }

    /// 体位3分，消毒3分，穿刺6分 of an item of 12 points: whether the bare points of a text are those of its item's parts.
    fn add_up(&self, reading: &Reading<'_>, statements: &[Statement], state: &Walk) -> bool {
        let Some(all) = self.tree.get(state.node).points.filter(|_| state.node != ROOT) else {
            return false;
        };
        let (mut sum, mut many) = (Decimal::ZERO, 0);
        for it in statements {
            let Kind::BarePoints(points) = &it.clause.kind else { continue };
            let name = reading.get(&it.own);
            let plain = !name.contains(|it: char| it.is_ascii_digit() || "=×*÷+".contains(it));
            if !plain || name.chars().count() > PART || sum > all {
                return false;
            }
            (sum, many) = (sum + points.most.unwrap_or(points.least), many + 1);
        }
        many > 1 && sum == all
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
        let all = Points { least: points, most: None, falling: false, scanned: false };
        let moved = Move {
            per: share.per.clone(),
            without_verb: false,
            ..Move::without_verb(share.verb, all)
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
        // 核心指标17项、计63分: what many items have together, and no move.
        let items = own.trim_end_matches([',', '、']).strip_suffix(['项', '个', '条']);
        let counted = items.is_some_and(|it| it.ends_with(|c: char| c.is_ascii_digit()))
            && ["指标", "项目", "内容", "条款"].iter().any(|it| own.contains(it));
        if counted && reading.get(&it.clause.range).starts_with(['计', '共', '合', '占']) {
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
        points: Points,
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

/// A part that stands with its points in running text has a name of at most so many characters.
const PART: usize = 10;

/// The names of the whole: 总分(1000分) is no part of it.
const TOTALS: &[&str] = &["总分", "合计", "总计", "总得分", "总分值"];

/// Whether the words before a mark say that something was done so often: 全年开展了2次督查(0.2分).
pub(super) fn states_event(name: &str) -> bool {
    let counted = name.split('了').skip(1).any(|it| it.starts_with(|it: char| it.is_ascii_digit()));
    // 在学报上发表得奖:0.5分.
    counted || name.ends_with("得奖:") || name.ends_with("获奖:")
}

/// 扣某某事项 of 未归位的，扣某某事项0.5分: the verb with which the last words of a condition begin.
fn verb_within(own: &str) -> Option<Verb> {
    let last = own.rsplit([',', ';']).next().unwrap_or_default();
    (last.starts_with('扣') && !last.starts_with("扣分")).then_some(Verb::Deduct)
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
    [
        "酌",
        "视",
        "予以",
        "给予",
        "适当",
        "相应",
        "直接",
        "应",
        "将",
        "扣减",
        "按情况",
        "根据情况",
        "根据实际",
        "按实际",
    ]
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
pub(super) struct Walk {
    /// The node that rules go to.
    pub(super) node: NodeId,
    /// The node of the whole text.
    pub(super) base: NodeId,
    pub(super) measure: Measure,
    pub(super) given: Given,
    pub(super) announced: Option<Announced>,
    /// How many bracketed parts the text has.
    pub(super) marks: usize,
    /// Where the last bracketed part ended.
    pub(super) done: usize,
    /// Where the caps that follow the clause end.
    pub(super) caps_end: usize,
    /// The cap that stands before what it caps.
    pub(super) ahead: Option<Ahead>,
    /// Where the clause before the one that is being read ended.
    pub(super) read_to: usize,
}

/// Words before a number of points that is a threshold, a sum or a factor, and moves nothing: 不足60分, 共5分.
const THRESHOLDS: &[&str] = &[
    "不足",
    "低于",
    "超过",
    "达到",
    "高于",
    "以",
    "满",
    "扣完",
    "扣满",
    "少于",
    "不到",
    "达",
    "至",
    "第",
    "共",
    "为",
    "=",
    "最低",
    "最高",
    "×",
    "*",
    "+",
    "-",
    "÷",
    "保底",
    "折算成",
    "折合成",
    "换算成",
    "折算",
];

/// The units of periods: 每天总分为10分 are the points of a day.
const PERIODS: &[&str] = &["天", "日", "周", "月", "个月", "季度", "学期", "年"];

/// Whether a sentence only works out an example: 比如，某街道超出750辆，扣0.3分.
fn is_example(reading: &Reading<'_>, it: &Statement) -> bool {
    let before = reading.text.text.get(..it.clause.range.start).unwrap_or_default();
    let sentence = before.rsplit(['。', '\n']).next().unwrap_or_default();
    ["比如", "例如", "举例", "譬如"].iter().any(|it| sentence.starts_with(it))
}

/// 每次至少扣2分: how much it is, nobody says.
fn is_least(reading: &Reading<'_>, it: &Statement) -> bool {
    let open = ["至少", "最少", "不少于", "不低于", "起码"];
    open.iter().any(|word| reading.get(&it.own).ends_with(word))
        && matches!(&it.clause.kind, Kind::Move(it) if it.verb != Verb::Award)
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
pub(super) fn value(kind: &Kind) -> (Option<Decimal>, Option<Decimal>) {
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
/// The words before 扣分 that say how points are worked out.
const METHODS: &[&str] = &[
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
    "遵从",
    "按以上",
    "按上述",
    "按规定",
    "按本",
    "依据",
    "根据本",
];

/// The words before 扣分 that make it no move: 基础分、加分和扣分 names a kind of points, 可以累计扣分 says how they count.
const NO_FAULT: &[&str] = &[
    "相应的",
    "无",
    "没有",
    "不",
    "未",
    "以及",
    "或者",
    "”",
    "\"",
    "≤",
    "≥",
    "和",
    "与",
    "及",
    "、",
    "累计",
    "负责",
];

fn unstated(reading: &Reading<'_>, it: &Statement, per: Option<String>, capped: bool) -> Vec<Rule> {
    let own = reading.get(&it.own);
    let absent = NO_FAULT.iter().any(|word| own.ends_with(word));
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
    let adds = clause.ends_with("加分") && !clause_says(reading, it) && !capped;
    if bare
        || adds
        || !said
        || section::announces(own)
        || absent
        || (["总得分中", "总分中", "总成绩中"].iter().any(|word| own.ends_with(word))
            && !own.contains("的,"))
        || METHODS.iter().any(|word| {
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
