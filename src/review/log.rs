//! The log of decisions, `NAME.review.yaml`: reading it, and adding to its end.

use serde::Deserialize;

use super::{Action, Added, Addition, Decision, Log, Stamp, Target};
use crate::ruleset::{
    Conflict, Fault, RulesetError,
    raw::Args,
    yaml::{
        decode::decode,
        layout::{self, Map, Tree},
        node::{self, Value},
    },
    yaml_writer,
};

/// The version of the log's format.
pub const LOG_VERSION: u32 = 1;

/// Reads a log.
///
/// # Errors
///
/// Says what is wrong and at which line and column, as [`crate::ruleset::yaml_reader::read`] does.
pub fn read(text: &str) -> Result<Log, RulesetError> {
    let root = node::parse(text.strip_prefix('\u{feff}').unwrap_or(text))?;
    let raw: RawLog = decode(&root)?;
    let version = root.get("review");
    if raw.review != LOG_VERSION {
        let (line, column) = version.map_or((0, 0), |it| (it.line, it.column));
        return Err(Fault::Version { found: raw.review.to_string() }.at(line, column));
    }
    Ok(Log { name: raw.name, decisions: raw.decisions })
}

/// The text of a log with decisions added at its end; what stands there stays as it is, byte for byte.
///
/// `text` is the log so far, none where there is none yet.
///
/// # Errors
///
/// Refuses a log that cannot be read.
pub fn append(
    text: Option<&str>,
    name: &str,
    decisions: &[Decision],
) -> Result<String, RulesetError> {
    let mut out = match text {
        Some(text) => text.to_owned(),
        None => Map::block().bare("review", "1").text("name", name).to_file(),
    };
    let old = match text {
        Some(text) => read(text)?,
        None => Log::default(),
    };
    if !out.ends_with('\n') {
        out.push('\n');
    }
    if old.decisions.is_empty() && !decisions.is_empty() {
        // An empty list may stand there in flow.
        let without = out.lines().filter(|it| !it.starts_with("decisions:"));
        out = without.map(|it| format!("{it}\n")).collect();
        out.push_str("decisions:\n");
    }
    out.push_str(&layout::items_to_file(decisions.iter().map(decision)));
    // What a person wrote in another layout may not take entries at its end: better no entry than a broken log.
    let read_back = read(&out)?;
    let whole = read_back.decisions.len() == old.decisions.len() + decisions.len();
    if whole { Ok(out) } else { Err(Fault::Documents.at(0, 0)) }
}

fn decision(it: &Decision) -> Map<'_> {
    let map = Map::block()
        .text("when", &it.stamp.when)
        .text("by", &it.stamp.by)
        .some_text("why", Some(&it.stamp.why))
        .bare("action", it.action.name());
    match &it.action {
        Action::Approve(it) | Action::Reject(it) | Action::Dismiss(it) => put_target(map, it),
        Action::Amend(it, fields) => {
            let set =
                fields.iter().fold(Map::flow(), |map, (key, value)| map.text(key.as_str(), value));
            put_target(map, it).map("set", set)
        }
        Action::Add(it) => {
            let (key, item) = added(&it.item);
            map.put_some("parent", it.parent.as_ref().map(|it| Tree::Map(target(it))))
                .maps("settles", it.settles.iter().map(target))
                .put("add", Tree::Map(Map::block().put(key, Tree::Map(item))))
        }
    }
}

fn put_target<'a>(map: Map<'a>, it: &'a Target) -> Map<'a> {
    map.text("item", &it.item).text("print", &it.print).texts("path", &it.path)
}

fn target(it: &Target) -> Map<'_> {
    put_target(Map::flow(), it)
}

fn added(it: &Added) -> (&'static str, Map<'_>) {
    match it {
        Added::Rule(it) => ("rule", yaml_writer::rule(it)),
        Added::Indicator(it) => ("indicator", yaml_writer::indicator(it)),
        Added::Adjustment(it) => ("adjustment", yaml_writer::adjustment(it)),
        Added::Total(it) => ("total", yaml_writer::total(it)),
        Added::Grade(it) => ("grade", yaml_writer::grade(it)),
        Added::Quota(it) => ("quota", yaml_writer::quota(it)),
        Added::Limit(it) => ("limit", yaml_writer::limit(it)),
        Added::Share(it) => ("share", yaml_writer::share(it)),
    }
}

/// A log as it stands in a file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLog {
    review: u32,
    name: String,
    #[serde(default)]
    decisions: Vec<Decision>,
}

/// An entry of the log, whatever its action.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDecision {
    when: String,
    by: String,
    #[serde(default)]
    why: String,
    action: RawAction,
    item: Option<String>,
    print: Option<String>,
    path: Option<Vec<String>>,
    set: Option<Args>,
    parent: Option<Target>,
    settles: Option<Vec<Target>>,
    add: Option<Added>,
}

/// The name of an action.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
enum RawAction {
    Approve,
    Amend,
    Reject,
    Dismiss,
    Add,
}

impl<'de> Deserialize<'de> for Decision {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        RawDecision::deserialize(from)?.into_decision().map_err(serde::de::Error::custom)
    }
}

impl RawDecision {
    /// The decision, if exactly the keys of its action are there.
    fn into_decision(mut self) -> Result<Decision, Conflict> {
        let action = match self.action {
            RawAction::Approve => Action::Approve(self.take_target()?),
            RawAction::Reject => Action::Reject(self.take_target()?),
            RawAction::Dismiss => Action::Dismiss(self.take_target()?),
            RawAction::Amend => {
                let fields = self.set.take().map(|it| it.0).unwrap_or_default();
                if fields.is_empty() {
                    return Err(Conflict::Action);
                }
                Action::Amend(self.take_target()?, fields)
            }
            RawAction::Add => Action::Add(Box::new(Addition {
                item: self.add.take().ok_or(Conflict::Action)?,
                parent: self.parent.take(),
                settles: self.settles.take().unwrap_or_default(),
            })),
        };
        let of_target = self.item.is_some() || self.print.is_some() || self.path.is_some();
        let of_add = self.parent.is_some() || self.settles.is_some() || self.add.is_some();
        if of_target || of_add || self.set.is_some() {
            return Err(Conflict::Action);
        }
        Ok(Decision { stamp: Stamp { when: self.when, by: self.by, why: self.why }, action })
    }

    fn take_target(&mut self) -> Result<Target, Conflict> {
        match (self.item.take(), self.print.take()) {
            (Some(item), Some(print)) => {
                Ok(Target { item, print, path: self.path.take().unwrap_or_default() })
            }
            _ => Err(Conflict::Action),
        }
    }
}

/// A target as it stands in a file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTarget {
    item: String,
    print: String,
    #[serde(default)]
    path: Vec<String>,
}

impl<'de> Deserialize<'de> for Target {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let RawTarget { item, print, path } = RawTarget::deserialize(from)?;
        Ok(Self { item, print, path })
    }
}

/// An addition as a person writes it into a file: the item, the id of its parent, the ids of what it settles.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Draft {
    /// The id of the indicator or list that it belongs to.
    pub(super) parent: Option<String>,
    /// The ids of the unread mentions that it settles.
    #[serde(default)]
    pub(super) settles: Vec<String>,
    /// The item.
    pub(super) add: Added,
}

/// Reads additions: one, or a list of them.
pub(super) fn read_drafts(text: &str) -> Result<Vec<Draft>, RulesetError> {
    let root = node::parse(text.strip_prefix('\u{feff}').unwrap_or(text))?;
    match &root.value {
        Value::List(_) => decode(&root),
        Value::Map(_) | Value::Plain(_) | Value::Quoted(_) => Ok(vec![decode(&root)?]),
    }
}
