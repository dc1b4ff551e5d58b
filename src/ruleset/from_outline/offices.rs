//! Who assesses and who is responsible, where running text says so: （牵头责任部门：区委办）, 由区信访局负责考核.

use crate::{
    pattern::pattern,
    ruleset::from_outline::{
        Lowering,
        rules::Reading,
        tree::{NodeId, ROOT},
    },
};

pattern!(
    /// 责任单位 and 区委办 of （责任单位：区委办、区政府办）.
    bracket_pattern,
    needs: &[&["单位", "部门", "科室", "处室"], &[":"]],
    "[(\\[](?:牵头|主要|具体|配合)?(?P<kind>责任|牵头|配合|考评|考核|评分|评价|考查)(?:单位|部门|科室|处室):(?P<who>[^()\\[\\]:]{2,60})[)\\]]"
);
pattern!(
    /// 区信访局 of 由区信访局负责考核.
    assessed_pattern,
    needs: &[&["由"], &["考核", "考评", "评分", "打分", "评价"]],
    "^由(?P<who>[^,。;:、由]{2,20}?)(?:负责|牵头|组织)+(?:进行)?(?:考核|考评|评分|打分|评价)(?:$|[,。;])"
);

impl Lowering<'_> {
    /// Gives a node the offices that a text names for it.
    pub(super) fn offices(&mut self, reading: &Reading<'_>, id: NodeId) {
        let text = reading.text.text.as_str();
        if id == ROOT || !self.tree.get(id).is_scored() {
            return;
        }
        let found: Vec<(bool, String)> = bracket_pattern()
            .captures_iter(text)
            .filter_map(|it| {
                let assesses = !matches!(&it["kind"], "责任" | "牵头" | "配合");
                Some((assesses, reading.words(&it.name("who")?.range())))
            })
            .chain(text.split(['。', '\n']).filter_map(|sentence| {
                let who = assessed_pattern().captures(sentence)?.name("who")?.as_str().to_owned();
                Some((true, who))
            }))
            .collect();
        for (assesses, offices) in found {
            let node = self.tree.get_mut(id);
            let held = if assesses { &mut node.assessor } else { &mut node.responsible };
            for office in offices.split(['、', '，', ',']).map(str::trim) {
                if !office.is_empty() && !held.iter().any(|it| it == office) {
                    held.push(office.to_owned());
                }
            }
        }
    }
}
