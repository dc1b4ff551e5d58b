//! Why a score is what it is: a tree of what was applied, to what, with the words that say so, down to the last point.
//!
//! A [`Part`] is a list of [`Step`]s, each of which moves its value by so much; the moves of a part add up to its value
//! exactly, and what a part counts in the part above is a step there. [`Part::audit`] adds everything up again from the
//! leaves and says where it does not.

use super::{
    exact::{Exact, Overflow},
    period::Period,
};
use crate::{
    number::Decimal,
    ruleset::{Effect, Method},
};

/// One part of a score: the result, the total, an indicator, a criterion, a list of adjustments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What it is.
    pub what: What,
    /// The id in the ruleset; empty for the result and the total.
    pub id: String,
    /// The name in the document's words.
    pub name: String,
    /// The period that it is of, where there are several.
    pub period: Option<Period>,
    /// How its score comes about.
    pub method: Option<Method>,
    /// Its full marks.
    pub full: Option<Exact>,
    /// Its score; nothing where data are missing or it does not apply.
    pub value: Option<Exact>,
    /// Whether it applies to the unit.
    pub applies: bool,
    /// Whether something in it waits for a person (only in a draft).
    pub waits: bool,
    /// What the program inferred: names as in the ruleset's doubts.
    pub inferred: Vec<&'static str>,
    /// What was applied, in order.
    pub steps: Vec<Step>,
    /// Where it stands in the document.
    pub at: String,
    /// The words that state it.
    pub quote: String,
}

/// What a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// The unit's result: the total, the adjustments, the rounding.
    Result,
    /// The total of the indicators.
    Total,
    /// An indicator.
    Indicator,
    /// A criterion: its value is what it moves.
    Criterion,
    /// A list of adjustments: its value is what it moves.
    Adjustment,
}

/// One move of a part's value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// By how much.
    pub delta: Exact,
    /// Why.
    pub reason: Reason,
}

/// Why a value moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The score starts from the full marks.
    Full,
    /// Somebody gave this number.
    Given,
    /// A rule moves it.
    Rule(Box<RuleMove>),
    /// A part below counts: its value, times the factor.
    Part(Box<Part>, Exact),
    /// A part below with points of its own loses what it has less than its share (the second number), in a node that
    /// starts from its full marks.
    Loss(Box<Part>, Exact, Exact),
    /// A part below does not apply; what it would count goes to its siblings.
    NotApplicable(Box<Part>),
    /// Remaining siblings count in this proportion more.
    Redistributed(Exact),
    /// The rules of one case move no more together.
    CaseCap(String, Exact),
    /// The rules of the node move no more together.
    Cap(Exact),
    /// Awards give no more than the full marks.
    Ceiling(Exact),
    /// A rule takes all (不得分).
    Zero(Box<RuleMove>),
    /// A score is never under nothing.
    Floor,
    /// The total is never over its full marks.
    Clip(Exact),
    /// A value that nobody supplied; the key says what (`gap-…`).
    Missing(&'static str, String),
    /// The last step.
    Rounding(u32),
}

/// What one rule moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleMove {
    /// The id of the rule.
    pub id: String,
    /// What it does here.
    pub effect: Effect,
    /// The condition.
    pub when: String,
    /// The counted unit.
    pub per: Option<String>,
    /// How it came about from the events, by the modifiers that applied.
    pub uses: Vec<Use>,
    /// The measured value that picked the amount.
    pub measured: Option<Picked>,
    /// What it moves before any cap.
    pub raw: Exact,
    /// The cap of each case, where it holds the move back.
    pub case_cap: Option<Exact>,
    /// The rule's own cap, where it holds the move back.
    pub cap: Option<Exact>,
    /// Another rule of the group moves more, and only the largest counts: nothing moves.
    pub outranked_by: Option<String>,
    /// What it moves, never under nothing.
    pub moved: Exact,
    /// Where it stands in the document.
    pub at: String,
    /// The words that state it.
    pub quote: String,
}

/// Events of one rule with the same modifiers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// How many events.
    pub events: u64,
    /// How many occurrences they hold.
    pub occurrences: Decimal,
    /// The occurrences that make one whole step.
    pub step: Decimal,
    /// How many times the amount falls.
    pub steps: u64,
    /// The amount of one step; nothing where each event chose its own.
    pub amount: Option<Exact>,
    /// The sum of the amounts, before the factor.
    pub sum: Exact,
    /// The factor of the modifiers.
    pub times: Exact,
    /// The rules that multiply, by id.
    pub multiplied_by: Vec<String>,
    /// The exemption that applied: nothing moves.
    pub exempt: Option<String>,
    /// What these events move.
    pub moved: Exact,
    /// The events themselves.
    pub list: Vec<EventLine>,
}

/// One event of an explanation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventLine {
    /// The id that the data give.
    pub id: String,
    /// The date that the data give.
    pub date: String,
    /// The occurrences.
    pub occurrences: String,
    /// The amount that was chosen.
    pub amount: Option<Decimal>,
    /// What proves it.
    pub evidence: String,
    /// The line in the table of events.
    pub line: u64,
}

/// A measured value and the tier that holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picked {
    /// What was measured.
    pub measure: String,
    /// The value.
    pub value: Decimal,
    /// The tier, counted from one; nothing where none holds the value.
    pub tier: Option<usize>,
}

/// Where an explanation does not add up: the path of the part, what it says and what its steps give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// The names from the result down.
    pub path: Vec<String>,
    /// The number that is stated.
    pub stated: String,
    /// The number that its parts give.
    pub found: String,
}

impl Part {
    /// Adds everything up again, from the leaves.
    ///
    /// # Errors
    ///
    /// Names the first part or rule whose number is not what its own parts give.
    pub fn audit(&self) -> Result<(), Mismatch> {
        self.audit_within(&mut Vec::new())
    }

    fn audit_within(&self, path: &mut Vec<String>) -> Result<(), Mismatch> {
        path.push(if self.id.is_empty() { self.name.clone() } else { self.id.clone() });
        let mut sum = Exact::ZERO;
        for step in &self.steps {
            step.audit(path)?;
            sum = sum.plus(step.delta).map_err(|Overflow| mismatch(path, "overflow", sum))?;
        }
        if let Some(value) = self.value
            && value != sum
        {
            return Err(mismatch(path, value, sum));
        }
        path.pop();
        Ok(())
    }
}

impl Step {
    fn audit(&self, path: &mut Vec<String>) -> Result<(), Mismatch> {
        let expected = match &self.reason {
            Reason::Part(part, rate) => {
                part.audit_within(path)?;
                part.value.map(|it| it.times(*rate))
            }
            Reason::Loss(part, rate, share) => {
                part.audit_within(path)?;
                part.value.map(|it| it.times(*rate).and_then(|it| it.minus(*share)))
            }
            Reason::Rule(rule) => {
                rule.audit(path)?;
                Some(Ok(if rule.effect == Effect::Deduct {
                    rule.moved.negated()
                } else {
                    rule.moved
                }))
            }
            Reason::NotApplicable(_) | Reason::Missing(..) => Some(Ok(Exact::ZERO)),
            _ => None,
        };
        match expected {
            Some(Ok(it)) if it != self.delta => Err(mismatch(path, self.delta, it)),
            Some(Err(Overflow)) => Err(mismatch(path, self.delta, Overflow)),
            _ => Ok(()),
        }
    }
}

impl RuleMove {
    /// From the uses to the move: their sum (of a rule that falls once, the largest), the caps, the largest of a group.
    fn audit(&self, path: &[String]) -> Result<(), Mismatch> {
        let fail = |stated: Exact, found: Exact| {
            let mut path = path.to_vec();
            path.push(self.id.clone());
            mismatch(&path, stated, found)
        };
        let overflow = |Overflow| fail(self.raw, self.moved);
        if self.measured.is_none() {
            let mut sum = Exact::ZERO;
            for it in &self.uses {
                it.audit().map_err(overflow)?.map_or(Ok(()), |found| Err(fail(it.moved, found)))?;
                sum = match self.per_use() {
                    true => sum.plus(it.moved).map_err(overflow)?,
                    false if it.moved.exceeds(sum).map_err(overflow)? => it.moved,
                    false => sum,
                };
            }
            if sum != self.raw {
                return Err(fail(self.raw, sum));
            }
        }
        let mut moved = self.raw;
        for cap in [self.case_cap, self.cap].into_iter().flatten() {
            moved = moved.least(cap).map_err(overflow)?;
        }
        if self.outranked_by.is_some() {
            moved = Exact::ZERO;
        }
        if moved == self.moved { Ok(()) } else { Err(fail(self.moved, moved)) }
    }

    /// Whether its uses add up; a rule without a counted unit and with one amount falls once.
    fn per_use(&self) -> bool {
        self.per.is_some() || self.uses.iter().any(|it| it.amount.is_none())
    }
}

impl Use {
    /// What the use should move, where it is not what it says.
    fn audit(&self) -> Result<Option<Exact>, Overflow> {
        let mut sum = self.sum;
        if let Some(amount) = self.amount {
            sum = amount.times(Exact::whole(i128::from(self.steps)))?;
        }
        let moved = if self.exempt.is_some() { Exact::ZERO } else { sum.times(self.times)? };
        Ok(if moved == self.moved && sum == self.sum { None } else { Some(moved) })
    }
}

fn mismatch(
    path: &[String],
    stated: impl std::fmt::Display,
    found: impl std::fmt::Display,
) -> Mismatch {
    Mismatch { path: path.to_vec(), stated: stated.to_string(), found: found.to_string() }
}
