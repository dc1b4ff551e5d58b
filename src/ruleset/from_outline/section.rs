//! Lines: the stack of open headings, and what each line opens.

use crate::{
    clause::{Clause, Kind, Verb, from_text, statement},
    document::folded::Folded,
    number::Decimal,
    outline::{Block, Line, LineKind, number::Form},
    ruleset::{
        Limit, Rule, SourceRef,
        from_outline::{
            Lowering, grades, name, rubric,
            rules::Reading,
            text::Scope,
            tree::{Node, NodeId, NodeKind, ROOT},
        },
    },
    words::Glance,
};

/// The headings that are open above a line.
#[derive(Debug, Default)]
pub(super) struct Section {
    open: Vec<Open>,
    /// The node that the title of the part names.
    base: NodeId,
    /// Whether an item above was named by a heading without a number.
    headed: bool,
    /// The node of the last heading without a number.
    loose: Option<NodeId>,
    /// What the words after a heading's own name announce for the items below it.
    announced: Option<Announced>,
    /// Whether the innermost heading gives an overview of the parts that follow: 一、指标构成（100分）.
    overview: bool,
    /// The last line, if it may be the condition of an amount on the next one.
    words: Option<Folded>,
    /// The heading without a number below which numbers begin anew: its depth, and the form of those numbers.
    anew: Option<(u32, Form)>,
    /// The form and the value of the last number below a heading without one.
    counted: Option<(Form, u32)>,
}

/// An open heading.
#[derive(Debug)]
struct Open {
    depth: u32,
    node: NodeId,
    /// What each line below it states, where the heading announces a list.
    each: Option<Announced>,
    /// Whether anything but headings has been read below it.
    read: bool,
    /// Whether it is a heading without a number.
    plain: bool,
    /// Whether the format marks it as a heading.
    heading: bool,
}

impl Open {
    /// A heading below which nothing has been read yet.
    const fn new(depth: u32, node: NodeId, each: Option<Announced>) -> Self {
        Self { depth, node, each, read: false, plain: false, heading: false }
    }
}

/// What a heading announces for each item of its list.
#[derive(Debug, Clone)]
pub(super) enum Announced {
    /// 出现以下情形的，扣减8-10分.
    Rule(Box<Rule>),
    /// 有下列情形之一的，直接判为C级.
    Limit(Box<Limit>),
}

impl Section {
    /// The node that the innermost heading opens.
    pub(super) fn node(&self) -> NodeId {
        self.open.last().map_or(self.base, |it| it.node)
    }

    fn clear(&mut self) {
        self.open.clear();
        self.anew = None;
        self.counted = None;
    }

    /// Closes the items of a list below a heading of the format, which a table does not go on with.
    fn close_items(&mut self, is_item: impl Fn(NodeId) -> bool) {
        if !self.open.iter().any(|it| it.heading) {
            return;
        }
        while self.open.last().is_some_and(|it| !it.heading && !it.plain && is_item(it.node)) {
            self.open.pop();
        }
    }

    fn close(&mut self, depth: u32) {
        while self.open.last().is_some_and(|it| it.depth >= depth) {
            self.open.pop();
        }
    }

    /// How deep a numbered line stands: below a heading without a number where its number begins anew (考勤（20分）, 1.…; 卫生（30分）,
    /// 1.…).
    fn depth_of(&mut self, line: &Line) -> u32 {
        let Some(number) = line.number else { return line.depth };
        // 卫生(30分), 6.…: the numbers below the heading before it go on.
        let goes_on =
            self.counted.is_some_and(|it| it == (number.form, number.value.wrapping_sub(1)));
        let last = self.open.last().filter(|it| it.plain && (number.value == 1 || goes_on));
        if let Some(over) = last {
            self.anew = Some((over.depth, number.form));
        } else if self.anew.is_some_and(|it| number.form < it.1) {
            self.anew = None;
        }
        if self.anew.is_some_and(|it| it.1 == number.form) {
            self.counted = Some((number.form, number.value));
        }
        self.anew.map_or(line.depth, |it| it.0 + line.depth)
    }

    fn announced(&self) -> Option<Announced> {
        self.open.last().and_then(|it| it.each.clone())
    }
}

/// What items of a list begin with that have no numbers.
const BULLETS: [char; 8] = ['-', '•', '·', '●', '◆', '■', '*', '○'];

/// A line longer than this is a statement and no heading.
const HEADING: usize = 60;

impl Lowering<'_> {
    /// Reads a line: closes what it closes, opens what it opens, reads its clauses.
    pub(super) fn line(&mut self, line: &Line, next_is_table: bool) {
        if line.text.is_empty() {
            self.bare_number(line);
            return;
        }
        if !next_is_table || line.kind != LineKind::Plain {
            self.last_table = None;
        }
        let words = self.section.words.take();
        match line.kind {
            LineKind::Attachment | LineKind::Title => self.title(line),
            LineKind::AttachmentList => {}
            LineKind::Numbered => {
                self.numbered(line);
                if let Some(open) = self.section.open.last_mut() {
                    open.heading |= line.heading;
                }
            }
            LineKind::Plain if self.sub_heading(line, next_is_table) => {}
            LineKind::Plain => self.plain(line, words),
        }
    }

    /// 第十二条 on a line of its own: what it numbers follows, and nothing above it goes on.
    fn bare_number(&mut self, line: &Line) {
        if line.kind == LineKind::Numbered {
            let depth = self.section.depth_of(line);
            self.section.close(depth);
            let node = self.section.node();
            self.section.open.push(Open::new(depth, node, None));
        }
    }

    /// A title begins a part: it may name a node that the text before has given weights, or a list.
    fn title(&mut self, line: &Line) {
        self.section.clear();
        let text = line.text.text.as_str();
        let clauses = from_text::read(text);
        let marked = clauses.iter().any(|it| it.is_mark());
        let bare = bare_title(text);
        if self.marks_of_title(line, &clauses) {
            return;
        }
        if marked {
            self.section.base = self.heading_node(line, &clauses, ROOT).unwrap_or(ROOT);
            return;
        }
        let attachment = line.kind == LineKind::Attachment && bare.chars().count() < 4;
        if attachment {
            self.section.base = ROOT;
            return;
        }
        let measure =
            ["通知", "办法", "方案", "细则", "意见", "规定"].iter().any(|it| text.ends_with(it));
        if !measure && let Some(kind) = list_kind(bare) {
            self.section.base = self.list_node(line, kind);
            return;
        }
        self.section.base = self.named_in(text).unwrap_or(ROOT);
        if self.section.base == ROOT && !crate::outline::from_document::is_title(text) {
            self.section.base = self.heading(line, ROOT);
        }
    }

    /// 现场核查表（满分100分） at the head of the document: the full marks of the whole.
    fn marks_of_title(&mut self, line: &Line, clauses: &[Clause]) -> bool {
        let [mark] = clauses else { return false };
        let Kind::Points(points) = mark.kind else { return false };
        let title = self.outline.header.title.as_ref().map(|it| it.span);
        let own = title.is_some_and(|it| line.text.whole().contains(it));
        if !own || !mark.ends(&line.text.text) || !self.tree.get(ROOT).children.is_empty() {
            return false;
        }
        // 领导责任(100分), then 保障措施(170分): a part, where another one has more.
        if self.outline.blocks.iter().any(|it| has_more(it, points.points)) {
            return false;
        }
        let reading = Reading { text: &line.text, place: line.place, letters: self.letters };
        self.marks_of_all(&reading, points.points, mark.range.clone());
        self.claim(&reading, &mark.range);
        self.section.base = ROOT;
        true
    }

    /// The node without rules and parts of its own whose name a title holds, the longest.
    fn named_in(&self, title: &str) -> Option<NodeId> {
        let title = name::key(title);
        let places = title.char_indices().filter_map(|it| title.get(it.0..));
        let named = places.flat_map(|it| self.tree.beginning(it));
        named.filter(|it| self.tree.get(*it).is_scored()).max_by_key(|&id| {
            let node = self.tree.get(id);
            (node.children.is_empty(), node.key.len(), self.tree.order(id))
        })
    }

    fn numbered(&mut self, line: &Line) {
        let depth = self.section.depth_of(line);
        self.section.close(depth);
        self.below_heading();
        let parent = self.section.node();
        let text = line.text.text.as_str();
        let clauses = from_text::read(text);
        self.section.overview = self.overview(line, &clauses, parent);
        if self.section.overview {
            self.section.open.push(Open::new(depth, parent, None));
            return;
        }
        if let Some(announced) = self.section.announced()
            && self.item(line, &clauses, announced)
        {
            let node = parent;
            self.section.open.push(Open::new(depth, node, None));
            return;
        }
        if let Some(each) = self.veto_list(line, &clauses) {
            self.section.open.push(Open::new(depth, parent, Some(each)));
            return;
        }
        if let Some(node) = self.heading_node(line, &clauses, parent) {
            let each = self.section.announced.take();
            self.section.open.push(Open::new(depth, node, each));
            return;
        }
        let node = match self.unmarked(line, &clauses, parent) {
            it if it == parent => self.topic(line, &clauses, parent).unwrap_or(it),
            it => it,
        };
        self.section.open.push(Open::new(depth, node, None));
        let each = self.read_line(line, node);
        if let Some(open) = self.section.open.last_mut() {
            open.each = each;
        }
    }

    /// 一、指标构成（100分） below a heading: the points are the heading's own, and its parts follow.
    fn overview(&mut self, line: &Line, clauses: &[Clause], parent: NodeId) -> bool {
        let text = line.text.text.as_str();
        let [mark] = clauses else { return false };
        let range = name::trim(text, 0..mark.range.start);
        let name = line.text.get(range);
        let names =
            ["构成", "组成"].iter().any(|it| name.ends_with(it)) && name.chars().count() <= 8;
        let lacks = self.tree.get(parent).points.is_none() && parent != ROOT;
        if names && lacks && matches!(mark.kind, Kind::Points(_)) && mark.ends(text) {
            self.mark(parent, mark, &line.text, line.place);
            return true;
        }
        false
    }

    /// The node that a numbered line without a mark opens: one that it names, a list, or a heading of its own.
    fn unmarked(&mut self, line: &Line, clauses: &[Clause], parent: NodeId) -> NodeId {
        let text = line.text.text.as_str();
        let heading = text.split(['。', ':', ';', '\n']).next().unwrap_or(text);
        let short = heading.chars().count() <= 30;
        if short && let Some(node) = self.named_by(heading, parent) {
            return node;
        }
        if let Some(node) = self.spoken_of(text) {
            return node;
        }
        // 第六条 加分事项。承办现场会的，加1分: the list has its first words for a heading.
        let named = LISTS.iter().find(|it| **it == heading && text.len() > heading.len());
        if let Some(kind) = named.copied().and_then(list_kind) {
            return self.list_node(line, kind);
        }
        if let Some(kind) = LISTS.iter().find_map(|it| heads(text, it)).and_then(list_kind) {
            return self.list_node(line, kind);
        }
        if short
            && heading.len() == text.trim_end_matches(['。', ':']).len()
            && let Some(kind) = list_kind(heading)
        {
            return self.list_node(line, kind);
        }
        if clauses.is_empty() && short && text.chars().count() <= HEADING {
            return self.heading(line, parent);
        }
        parent
    }

    /// 1.信息报送。迟报一次扣0.1分; 1.德育加分:市三好学生加35分: where nothing above has points, the rules stand under the words that head them.
    fn topic(&mut self, line: &Line, clauses: &[Clause], parent: NodeId) -> Option<NodeId> {
        let text = line.text.text.as_str();
        let (heading, rest) = text.split_once(['。', ':'])?;
        let moves = clauses.iter().any(|it| matches!(it.kind, Kind::Move(_) | Kind::Zero));
        let plain = (2..=12).contains(&heading.chars().count())
            && !heading.contains([',', ';', '、', '(', '的'])
            && !heading.contains(|it: char| it.is_ascii_digit())
            && !LABELS.iter().any(|it| heading.ends_with(it));
        let general = ["办法", "方法", "方式", "程序", "实施"];
        let mut above = parent;
        if parent != ROOT && !general.iter().any(|it| self.tree.get(parent).key.ends_with(it)) {
            return None;
        }
        while above != ROOT {
            let node = self.tree.get(above);
            if node.is_scored() || node.is_list() || node.cap.is_some() {
                return None;
            }
            above = node.parent;
        }
        // The 加分 of 德育加分:市三好学生加35分 is the end of the heading.
        let mut own = clauses.iter().filter(|it| !matches!(it.kind, Kind::Unstated(_)));
        let first = own.next().is_some_and(|it| it.range.start > heading.len());
        if !(plain && moves && first) || rest.is_empty() {
            return None;
        }
        let reading = Reading { text: &line.text, place: line.place, letters: self.letters };
        let range = name::trim(text, 0..heading.len());
        let node = Self::of_words(&reading, &range, range.clone());
        Some(self.tree.add(parent, node))
    }

    /// The node of which an article speaks from its first word on: 平时考核以季度为单位…, “勤”的扣分标准如下….
    fn spoken_of(&self, text: &str) -> Option<NodeId> {
        if let Some((quoted, rest)) = quoted(text) {
            let says = ["标准", "办法", "方法", "细则"].iter().any(|it| rest.contains(it));
            let key = name::key(quoted);
            let named = self.tree.with_key(&key).filter(|it| self.tree.get(*it).is_scored());
            if rest.starts_with('的') && says {
                return self.tree.first(named);
            }
        }
        let follows = |id: &NodeId| {
            let rest = text.get(self.tree.get(*id).key.len()..).unwrap_or_default();
            self.tree.get(*id).is_scored() && SPEAKS.iter().any(|it| rest.starts_with(it))
        };
        let named = self.tree.beginning(text).filter(follows);
        named.max_by_key(|it| (self.tree.get(*it).key.len(), std::cmp::Reverse(*it)))
    }

    /// The node at or below the root that a heading names; one below the open heading before others.
    fn named_by(&self, heading: &str, parent: NodeId) -> Option<NodeId> {
        let heading = name::key(heading);
        let named = |id: &NodeId| {
            let node = self.tree.get(*id);
            node.key.chars().count() >= 2 && (node.is_scored() || node.is_list())
        };
        let within = (parent != ROOT).then(|| {
            let below = self.tree.named_below(&heading, parent);
            self.tree.first(below.filter(named))
        });
        within.flatten().or_else(|| self.tree.first(self.tree.named(&heading).filter(named)))
    }

    /// A heading without a number, where no other holds what follows. Returns whether it is one.
    pub(super) fn loose_heading(&mut self, line: &Line) -> bool {
        let node = self.section.node();
        let free = node == ROOT || self.section.loose == Some(node);
        if !free || list_kind(&line.text.text).is_some() {
            return false;
        }
        self.section.clear();
        let heading = self.heading(line, ROOT);
        self.section.base = heading;
        self.section.loose = Some(heading);
        true
    }

    /// A heading without a mark: a node that only gives rules a place if nothing above it has points, unless bare brackets
    /// give it some.
    fn heading(&mut self, line: &Line, parent: NodeId) -> NodeId {
        let reading = Reading { text: &line.text, place: line.place, letters: self.letters };
        let (node, mark) = Self::unmarked_node(&reading, line.number.as_ref().map(|_| 0));
        if let Some(mark) = mark {
            self.claim(&reading, &mark);
        }
        self.tree.add(parent, node)
    }

    fn source(&self, text: &Folded, range: std::ops::Range<usize>, line: &Line) -> SourceRef {
        Reading { text, place: line.place, letters: self.letters }.source(range)
    }

    /// The list that a heading opens: the one there is, or a new one.
    fn list_node(&mut self, line: &Line, kind: NodeKind) -> NodeId {
        let text = line.text.text.as_str();
        let empty =
            |id: &NodeId| self.tree.get(*id).kind == kind && self.tree.get(*id).rules.is_empty();
        if let Some(there) = self.tree.first(self.tree.lists().filter(empty)) {
            return there;
        }
        let heading = text.split(['(', ':', '。', '[']).next().unwrap_or(text);
        let inner = text.trim_start_matches('(').split(')').next().unwrap_or(text);
        let range = if heading.is_empty() { 1..1 + inner.len() } else { list_name(heading) };
        let range = name::trim(text, range);
        let node = Node {
            kind,
            key: name::key(line.text.get(range.clone())),
            name: line.text.original(range.clone(), self.letters),
            source: self.source(&line.text, range, line),
            ..Node::default()
        };
        self.tree.add(ROOT, node)
    }

    /// The node of a line that ends in a mark, or begins with a marked name: 组织领导（20分）.
    fn heading_node(&mut self, line: &Line, clauses: &[Clause], parent: NodeId) -> Option<NodeId> {
        let text = line.text.text.as_str();
        let clauses = &without_names(clauses);
        let first = clauses.first()?;
        let last = clauses.last()?;
        let marks = clauses.iter().filter(|it| it.is_mark()).count();
        let whole = marks == 1 && last.ends(text) && last.is_mark() && clauses.len() == 1;
        let below = self.tree.get(parent).is_scored();
        let counted = line.number.is_some()
            && (counts_as_mark(text, first) || below && heads_deductions(text, first));
        let opens = (first.is_mark() || counted)
            && text
                .get(..first.range.start)
                .is_some_and(|it| !it.contains(['。', ';']) && it.chars().count() <= 40);
        let bare = clauses.len() == 1
            && first.ends(text)
            && counts_for_one(&first.kind)
            && text.chars().count() <= 40
            && !text.contains([',', '。']);
        let both = clauses.len() == 2 && last.ends(text) && clauses.iter().all(|it| it.is_mark());
        if self.is_no_name(text, first, parent)
            || lists_parts(text, clauses)
            || !(whole || opens || bare || both)
        {
            return None;
        }
        let reading = Reading { text: &line.text, place: line.place, letters: self.letters };
        if !(whole || both) && grades::is_band(&reading, &first.range) {
            return None;
        }
        let mark = if whole { last } else { first };
        let part = 0..mark.range.start;
        let scope = Scope { place: line.place, own_name: None };
        let node = self.marked(&line.text, part, mark, parent, line.place)?;
        if both {
            self.mark(node, last, &line.text, line.place);
        }
        if let Some(kind) = list_kind(line.text.get(0..mark.range.start))
            .filter(|_| !self.tree.get(node).rules.is_empty() || marks <= 1)
            .filter(|_| {
                // A bonus that an earlier sentence counts among the parts of the whole is a part.
                let span = self.tree.get(node).source.span;
                span.is_none_or(|it| line.text.whole().contains(it))
            })
        {
            self.as_list(node, kind);
        }
        self.offices(&Reading { text: &line.text, place: line.place, letters: self.letters }, node);
        let rest = line.text.slice(last.range.end.min(mark.range.end)..text.len());
        self.section.announced =
            if rest.is_empty() { None } else { self.text(&rest, node, &scope) };
        Some(node)
    }

    /// Whether the words before a number of points are no name: a formula, an event, a sentence.
    fn is_no_name(&self, text: &str, first: &Clause, parent: NodeId) -> bool {
        let before = text.get(..first.range.start).unwrap_or_default();
        // 综合测评成绩(100分)=品德评价20%+…: a formula.
        let equals = text.get(first.range.end..).is_some_and(|it| it.starts_with('='));
        // 获通报表彰者5分: who earns them.
        let event = super::text::states_event(before) || !first.is_mark() && before.ends_with('者');
        // 被子未叠 2分 below 扣分细则: what it costs.
        let titled = self.tree.titled.is_some() && parent != ROOT;
        let moved = titled && matches!(first.kind, Kind::BarePoints(_));
        // 记分周期为十二个月，满分为12分: a sentence, and no name.
        let sentence = matches!(first.kind, Kind::Total(_)) && before.contains('为');
        equals || event || moved || sentence
    }

    /// A heading such as 加分项（5分）: its points are the list's cap, not a part of the whole.
    fn as_list(&mut self, id: NodeId, kind: NodeKind) {
        let key = &self.tree.get(id).key;
        let bonus = kind == NodeKind::Bonus
            && (key.ends_with("加分项")
                || key.ends_with("加分项目")
                || key.ends_with("加分")
                || key.contains("附加分")
                || key.ends_with("加分指标"));
        let negative = kind == NodeKind::Negative
            && (key.ends_with("扣分项")
                || key.ends_with("减分项")
                || key.contains("负面清单")
                || key.contains("倒扣"));
        if bonus || negative {
            let node = self.tree.get_mut(id);
            node.kind = kind;
            node.cap = node.points.take();
        }
    }

    /// 三、一票否决事项: each item below is an event that vetoes.
    fn veto_list(&mut self, line: &Line, clauses: &[Clause]) -> Option<Announced> {
        let text = &line.text;
        let range = name::trim(&text.text, 0..text.text.len());
        let limit = grades::veto_list(text.get(range.clone())).filter(|_| clauses.is_empty())?;
        self.read.push(text.whole());
        let source = self.source(text, range, line);
        Some(Announced::Limit(Box::new(Limit { source, ..limit })))
    }

    /// A line under a heading that announces a list: the announced rule or limit with the line as its condition.
    fn item(&mut self, line: &Line, clauses: &[Clause], announced: Announced) -> bool {
        let moves = clauses
            .iter()
            .any(|it| matches!(it.kind, Kind::Move(_) | Kind::Zero | Kind::Multiply(_)));
        if moves {
            return false;
        }
        let text = line.text.text.as_str();
        let whole = statement::trimmed(text, 0..text.len());
        // A dash alone names no event.
        if whole.is_empty() {
            return false;
        }
        let reading = Reading { text: &line.text, place: line.place, letters: self.letters };
        let (when, source) = (reading.words(&whole), reading.source(whole));
        match announced {
            Announced::Rule(rule) => {
                let node = self.section.node();
                let rule = Rule { when: Some(when), source, ..*rule };
                self.tree.get_mut(node).rules.push(rule);
            }
            Announced::Limit(limit) => {
                // An item that says what it sets is read by itself.
                if !grades::limits(&reading, 0..text.len()).is_empty() {
                    return false;
                }
                self.limits.push(Limit { when: Some(when), source, ..*limit });
            }
        }
        self.read.push(line.text.whole());
        true
    }

    fn plain(&mut self, line: &Line, words: Option<Folded>) {
        let clauses = from_text::read(&line.text.text);
        let listed = |it: &str| statement::number_mark(it) > 0 || it.starts_with(BULLETS);
        if let Some(announced) = self.section.announced()
            && listed(&line.text.text)
            && self.item(line, &clauses, announced)
        {
            return;
        }
        if self.marks_of_title(line, &clauses) {
            return;
        }
        if self.label(line) {
            return;
        }
        let parent = self.section.node();
        let short =
            line.text.text.chars().count() <= 24 && !line.text.text.contains(['。', ',', ';']);
        if short && self.opens_list(line, &clauses) {
            return;
        }
        if let Some(each) = self.veto_list(line, &clauses) {
            let (depth, _) = self.level_of_plain(line, &clauses);
            self.section.close(depth);
            let node = self.section.node();
            self.section.open.push(Open { plain: true, ..Open::new(depth, node, Some(each)) });
            return;
        }
        // 学习成效（20分） behind the list of the item before it.
        if short && self.leaves_list(line, &clauses) {
            self.section.clear();
            self.section.base = ROOT;
        }
        let level = || self.level_of_plain(line, &clauses);
        if let Some((depth, above)) = (short && clauses.len() == 1).then(level)
            && let Some(node) = self.heading_node(line, &clauses, above)
        {
            self.section.close(depth);
            let each = self.section.announced.take();
            self.section.anew = None;
            self.section.open.push(Open { plain: true, ..Open::new(depth, node, each) });
            self.section.headed |= !self.tree.get(self.section.base).is_list();
            return;
        }
        if let Some(joined) = with_words_above(words, line, &clauses) {
            let first = self.tree.get(parent).rules.len();
            self.read_line(&joined, parent);
            for rule in self.tree.get_mut(parent).rules.iter_mut().skip(first) {
                rule.doubts.push("condition-inferred".to_owned());
            }
            return;
        }
        let each = self.read_line(line, parent);
        let words = line.number.is_none() && clauses.is_empty() && is_condition(&line.text.text);
        self.section.words = words.then(|| line.text.clone());
        if each.is_some() {
            match self.section.open.last_mut() {
                Some(open) => open.each = each,
                None => self.section.open.push(Open::new(line.depth, parent, each)),
            }
        }
    }

    /// Opens the list that a short line names: 负面清单, 加分:, 加分项(累计不超过3分). Returns whether it names one.
    fn opens_list(&mut self, line: &Line, clauses: &[Clause]) -> bool {
        // 加分项(累计不超过3分): a list with its cap.
        let heading = line.text.text.split('(').next().unwrap_or_default();
        let capped = matches!(clauses, [Clause { kind: Kind::Cap(_), range }] if range.start > heading.len());
        // 加分: is a label, and moves nothing.
        let labelled = line.text.text.strip_suffix(':').is_some_and(|it| it.chars().count() <= 8)
            && clauses.iter().all(|it| matches!(it.kind, Kind::Unstated(_)));
        if (clauses.is_empty() || capped || labelled)
            && !grades::may_speak(&Glance::at(&line.text.text))
            && let Some(kind) =
                list_kind(if capped { heading } else { line.text.text.trim_end_matches(':') })
        {
            self.section.clear();
            self.section.base = self.list_node(line, kind);
            if capped {
                self.read_line(line, self.section.base);
            }
            return true;
        }
        false
    }

    /// 加分: or 减分: on a line of its own below an item with points: what the amounts of the lines below do.
    fn label(&mut self, line: &Line) -> bool {
        let label = line.text.text.strip_suffix(':').filter(|it| it.chars().count() <= 4);
        let verb = match label.and_then(list_kind) {
            Some(NodeKind::Bonus) => Verb::Add,
            Some(NodeKind::Negative) => Verb::Deduct,
            _ => return false,
        };
        let item = self.tree.scored_at_or_above(self.section.node());
        let Some(item) = item.filter(|it| !self.tree.get(*it).is_list()) else { return false };
        self.tree.get_mut(item).label = Some(verb);
        true
    }

    /// Whether a heading without a number stands beside the item above a list, and not within the list.
    fn leaves_list(&self, line: &Line, clauses: &[Clause]) -> bool {
        let [mark] = clauses else { return false };
        let base = self.tree.get(self.section.base);
        let beside = self.section.open.iter().all(|it| it.plain) || self.section.headed;
        base.is_list() && beside && mark.is_mark() && mark.ends(&line.text.text)
    }

    /// ### 机构建设 below ## 二、附表, or such a caption of a table: the item that it names, else a place of its own.
    fn sub_heading(&mut self, line: &Line, next_is_table: bool) -> bool {
        let text = line.text.text.as_str();
        let caption = next_is_table && self.section.open.iter().any(|it| it.heading);
        if !(line.heading || caption) || text.chars().count() > HEADING {
            return false;
        }
        let list = list_kind(text).is_some() || grades::veto_list(text).is_some();
        if list || !from_text::read(text).is_empty() {
            return false;
        }
        let named = self.named_in(text).filter(|_| !text.contains(['。', ';']));
        if named.is_none() && !line.heading {
            return false;
        }
        self.last_table = None;
        let depth = line.depth + 1;
        self.section.close(depth);
        let node = named.unwrap_or_else(|| self.heading(line, self.section.node()));
        self.section.open.push(Open { heading: true, ..Open::new(depth, node, None) });
        true
    }

    /// How deep a heading without a number opens, and the node above it: beside the last one, or below it where that has more
    /// points and nothing but headings has followed it.
    fn level_of_plain(&self, line: &Line, clauses: &[Clause]) -> (u32, NodeId) {
        let depth = self.section.anew.map_or(line.depth + 1, |it| it.0);
        let at = self.section.open.iter().position(|it| it.depth >= depth);
        let Some(outer) = at.and_then(|it| self.section.open.get(it)) else {
            return (depth, self.section.node());
        };
        let over = self.tree.get(outer.node);
        let points = clauses.first().and_then(|it| super::text::value(&it.kind).0);
        let parts = over.children.iter().filter_map(|it| self.tree.get(*it).points);
        let fits = over.points.zip(points).is_some_and(|(all, own)| {
            !outer.read && own < all && parts.sum::<Decimal>() + own <= all
        });
        if fits {
            return (depth + 1, outer.node);
        }
        let before = at.and_then(|it| it.checked_sub(1)).and_then(|it| self.section.open.get(it));
        (depth, before.map_or(self.section.base, |it| it.node))
    }

    /// 1.通知, 2.审批单 below ## 安全贡献（12分）, then a table: it belongs to the heading, not to the last item of the list.
    pub(super) fn leave_items(&mut self) {
        self.section.words = None;
        let tree = &self.tree;
        let item = |it: NodeId| {
            let node = tree.get(it);
            !node.is_scored() && node.rules.is_empty() && node.children.is_empty()
        };
        self.section.close_items(item);
    }

    /// Notes that something stands below the innermost heading.
    pub(super) fn below_heading(&mut self) {
        if let Some(open) = self.section.open.last_mut() {
            open.read = true;
        }
    }

    /// Reads the clauses of a line under a node. Returns what the line announces for the items below it.
    fn read_line(&mut self, line: &Line, node: NodeId) -> Option<Announced> {
        if !self.section.overview {
            self.bare_parts(line, node);
        }
        let scope = Scope { place: line.place, own_name: None };
        self.below_heading();
        self.sentences(&line.text, node, line.place);
        self.text(&line.text, node, &scope).or_else(|| self.announced_limit(line))
    }

    /// 由日常检查（15）和专项检查（15）两部分构成: parts whose bare numbers sum to the points of their node.
    fn bare_parts(&mut self, line: &Line, node: NodeId) {
        let text = line.text.text.as_str();
        let Some(end) = text.find("构成").or_else(|| text.find("组成")) else { return };
        let Some(whole) = self.tree.get(node).points.filter(|_| node != ROOT) else { return };
        let before = text.get(..end).unwrap_or_default();
        let start = before.rfind('。').map_or(0, |it| it + '。'.len_utf8());
        let parts = name::bare_parts(text, start..end);
        let sum: Decimal = parts.iter().map(|it| it.1).sum();
        if parts.len() < 2 || sum != whole || !self.tree.get(node).children.is_empty() {
            return;
        }
        let reading = Reading { text: &line.text, place: line.place, letters: self.letters };
        for (range, points) in parts {
            let part = Node {
                points: Some(points),
                doubts: vec!["unit-inferred".to_owned()],
                ..Self::of_words(&reading, &range, range.clone())
            };
            self.tree.add(node, part);
        }
    }

    /// A line that announces a list of events for one grade.
    fn announced_limit(&mut self, line: &Line) -> Option<Announced> {
        let text = line.text.text.as_str();
        if !announces(text) {
            return None;
        }
        let last = self.limits.last()?;
        let here = last.source.span.is_some_and(|it| line.text.whole().contains(it));
        // 有下列情形之一的，不得评优：(1)…。连续两次收到警告的，不得评良: the last one has its own event.
        let own = last.when.as_deref().is_some_and(|it| !announces(it) && text.contains(':'));
        if !here || own {
            return None;
        }
        let limit = self.limits.pop()?;
        Some(Announced::Limit(Box::new(limit)))
    }
}

/// Whether a line is a heading with more points than some.
fn has_more(block: &Block, points: Decimal) -> bool {
    let Block::Line(line) = block else { return false };
    let text = line.text.text.as_str();
    let heading = text.ends_with(')') && text.chars().count() <= HEADING;
    let marks = |it: &Clause| match it.kind {
        Kind::Points(it) => it.points > points,
        _ => false,
    };
    heading && from_text::read(text).last().is_some_and(marks)
}

/// The clauses without those that are the end of a name: the 加分 of 采用加分（40分）.
fn without_names(clauses: &[Clause]) -> Vec<Clause> {
    let named = |nth: usize, it: &Clause| {
        matches!(it.kind, Kind::Unstated(_))
            && clauses
                .get(nth + 1)
                .is_some_and(|next| next.range.start == it.range.end && next.is_mark())
    };
    clauses.iter().enumerate().filter(|it| !named(it.0, it.1)).map(|it| it.1.clone()).collect()
}

/// Whether points are those of one name; 态度、纪律各2分 are of several, 受处分者学分0分 of none.
fn counts_for_one(kind: &Kind) -> bool {
    match kind {
        Kind::BarePoints(points) => !points.least.is_zero(),
        Kind::CountsFor(shares) => !shares.each,
        _ => false,
    }
}

/// 改革攻坚能力，计20分。…: points that stand after a name and end its sentence.
fn counts_as_mark(text: &str, clause: &Clause) -> bool {
    let counts = match &clause.kind {
        Kind::Total(_) => text.get(clause.range.clone()).is_some_and(|it| !it.ends_with("分制")),
        Kind::Move(it) => {
            let words = text.get(clause.range.clone()).unwrap_or_default();
            it.verb == crate::clause::Verb::Award
                && it.per.is_none()
                && it.amounts.len() == 1
                && words.starts_with(['计', '占', '共', '为'])
        }
        kind => counts_for_one(kind),
    };
    let name =
        text.get(..clause.range.start).unwrap_or_default().trim_end_matches([',', ':', '、']);
    let plain = (2..=24).contains(&name.chars().count()) && !name.contains([',', '。', ';', '的']);
    let ends = text
        .get(clause.range.end..)
        .is_some_and(|it| it.is_empty() || it.starts_with(['。', ';', ':', '(']));
    counts && plain && ends
}

/// 3.督查督办20分，逾期的扣1分 within an item: a part with its points, and what costs some of them.
fn heads_deductions(text: &str, clause: &Clause) -> bool {
    let name = text.get(..clause.range.start).unwrap_or_default();
    let rest = text.get(clause.range.end..).unwrap_or_default();
    matches!(clause.kind, Kind::BarePoints(_))
        && (2..=12).contains(&name.chars().count())
        && !name.contains([',', '。', ';', '、', ':'])
        && !name.contains(|it: char| it.is_ascii_digit())
        && !name.ends_with(['的', '者', '奖', '级'])
        && rest.starts_with(',')
        && rest.contains('扣')
}

/// 加5分 on a line of its own: what it is given for stands on the line above it.
fn with_words_above(words: Option<Folded>, line: &Line, clauses: &[Clause]) -> Option<Line> {
    let mut text = words?;
    if clauses.len() != 1 || line.number.is_some() || !rubric::is_amount(&line.text.text) {
        return None;
    }
    text.append(&line.text);
    Some(Line { text, ..line.clone() })
}

/// Whether a line of text without a stop may be what the amount on the next line is given for.
fn is_condition(text: &str) -> bool {
    (4..=60).contains(&text.chars().count()) && !text.ends_with(['。', ':', ';', ','])
}

/// The last words of labels before a colon, which head nothing.
const LABELS: &[&str] = &[
    "标准", "说明", "注", "备注", "要求", "情形", "情况", "行为", "如下", "下列", "处理", "办法",
    "方法",
];

/// The words with which a sentence goes on to speak of the indicator that it begins with.
const SPEAKS: &[&str] = &[
    "按", "由", "以", "是", "实行", "采取", "采用", "主要", "包括", "分为", "从", "依据", "根据",
    "指", "考核", "测评", "评价", "评议", "得分", "总分", "满分", "内容", "设", "共", "占", ":",
];

/// The names of lists that stand before their first sentence: 加分项目 有下列情形之一的….
const LISTS: &[&str] =
    &["加分项目", "加分事项", "加分项", "扣分项目", "扣分事项", "扣分项", "减分项目", "减分项"];

/// The list that a sentence has for its heading.
fn heads<'a>(text: &str, list: &'a str) -> Option<&'a str> {
    let rest = text.strip_prefix(list)?;
    ["有下列", "有以下", "下列", "存在下列", "出现下列", "对下列"]
        .iter()
        .any(|it| rest.starts_with(it))
        .then_some(list)
}

/// The words in the quotation marks with which a text begins, perhaps after a short heading, and what follows them.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let (before, rest) = text.split_once(['“', '"', '「'])?;
    let (quoted, rest) = rest.split_once(['”', '"', '」'])?;
    let short = before.chars().count() <= 6 && !before.contains([',', '。', ':', ';']);
    (short && quoted.chars().count() <= 12).then_some((quoted, rest))
}

/// 考核内容包括责任落实（200分）、事故控制（300分）: marks of several names in one sentence.
fn lists_parts(text: &str, clauses: &[Clause]) -> bool {
    let marks: Vec<&Clause> = clauses.iter().filter(|it| it.is_mark()).collect();
    let between =
        marks.windows(2).filter_map(|it| text.get(it.first()?.range.end..it.get(1)?.range.start));
    let mut listed = 0;
    for words in between {
        if !words.starts_with(['、', ',', '和', '及', ';'])
            || words.contains('。')
            || words.chars().count() > 24
        {
            return false;
        }
        listed += 1;
    }
    listed > 0
}

/// Whether a text announces a list of events.
pub(super) fn announces(text: &str) -> bool {
    Glance::at(text).holds_any(&[
        "下列",
        "以下情",
        "以下行",
        "以下问题",
        "如下",
        "之一",
        "以下任",
        "出现以下",
        "存在以下",
        "有以下",
        "发生以下",
    ])
}

/// A title without 附件2 and stops before it.
fn bare_title(text: &str) -> &str {
    let text = text.strip_prefix("附件").or_else(|| text.strip_prefix("附表")).unwrap_or(text);
    text.trim_start_matches(|it: char| {
        it.is_ascii_digit() || "一二三四五六七八九十:-、".contains(it)
    })
}

/// Whether a short line without a number heads a list that begins with 1, perhaps after a remark of one line.
pub(super) fn heads_list(line: &Line, rest: &[Block]) -> bool {
    let bare = |it: &Line| {
        it.kind == LineKind::Plain
            && it.number.is_none()
            && (2..=30).contains(&it.text.text.chars().count())
            && !it.text.text.contains(['。', ',', ';'])
            && from_text::read(&it.text.text).is_empty()
    };
    let mut after = rest.iter().map(|it| match it {
        Block::Line(line) => Some(line),
        Block::Table(_) => None,
    });
    let mut next = after.next().flatten();
    if next.is_some_and(|it| bare(it) && it.text.text.starts_with('注')) {
        next = after.next().flatten();
    }
    let first = next.and_then(|it| it.number.as_ref()).is_some_and(|it| it.value == 1);
    bare(line)
        && !line.text.text.ends_with(':')
        && !line.text.text.starts_with('注')
        && (first || next.is_some_and(states_points))
}

/// 总分5分。 on a line of its own: the points of the heading before it, and not of the whole.
fn states_points(line: &Line) -> bool {
    let text = line.text.text.as_str();
    let part = |it: &Clause| {
        matches!(it.kind, Kind::Total(points) if points < Decimal::ONE_HUNDRED)
            && it.range.start == 0
            && it.ends(text)
    };
    matches!(from_text::read(text).as_slice(), [only] if part(only))
}

/// What kind of list a heading opens.
pub(super) fn list_kind(heading: &str) -> Option<NodeKind> {
    // 综合得分:  分,其中奖励分  分: a line to be filled in.
    // 同一事项符合多项加分条件的,就高计算: a sentence.
    let starts = ["同一", "同时", "符合", "以上", "上述", "各项"];
    if starts.iter().any(|it| heading.starts_with(it))
        || heading.contains("其中")
        || heading.starts_with(['(', '[']) && heading.contains("得分:")
    {
        return None;
    }
    let bonus = [
        "加分项",
        "加分情形",
        "加分内容",
        "加分事项",
        "附加分",
        "加分指标",
        "奖励加分",
        "加分标准",
        "加减分项",
        "加减分",
        "奖励分",
        "奖惩",
        "加分办法",
        "加分条件",
        "加分细则",
        "加分因素",
    ];
    let negative = [
        "负面清单",
        "扣分项",
        "减分项",
        "扣分情形",
        "倒扣分",
        "负面事项",
        "扣分事项",
        "减分事项",
        "扣分内容",
        "减分指标",
        "扣分指标",
        "惩戒事项",
        "减分情形",
        "扣分因素",
    ];
    let glance = Glance::at(heading);
    if glance.holds_any(&bonus) || matches!(heading, "加分" | "奖励" | "考核加分") {
        return Some(NodeKind::Bonus);
    }
    if heading.ends_with("加分") && heading.chars().count() <= 8 {
        return Some(NodeKind::Bonus);
    }
    if ["扣分", "减分"].iter().any(|it| heading.ends_with(it)) && heading.chars().count() <= 8 {
        return Some(NodeKind::Negative);
    }
    if glance.holds_any(&negative) || matches!(heading, "扣分" | "减分" | "倒扣" | "考核扣分")
    {
        return Some(NodeKind::Negative);
    }
    None
}

/// The bytes of a list's own name within its heading: 负面清单 of 某区年度作风建设专项考核负面清单.
fn list_name(heading: &str) -> std::ops::Range<usize> {
    let words = [
        "负面清单",
        "加减分项目",
        "加减分项",
        "加分项目",
        "扣分项目",
        "减分项目",
        "加分项",
        "扣分项",
        "减分项",
        "附加分",
    ];
    let long = heading.chars().count() > 10;
    let found = words.iter().find_map(|it| heading.find(it).map(|at| at..at + it.len()));
    found.filter(|_| long).unwrap_or(0..heading.len())
}
