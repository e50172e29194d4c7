//! What worlds sometimes come to: codes, events and remedies, each with the fewest steps that lead there; and what none of
//! them comes to, with the reason.

use crate::step::Step;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use tenantry::{Code, EventName, RemedyKind};

/// What was reached, and in how many steps.
#[derive(Clone, Debug, Default)]
pub struct Reached(pub BTreeMap<String, usize>);

/// What no world reaches, and why.
pub const NEVER: [(&str, &str); 3] = [
    ("code invalid_snapshot", "only `restore` and `fold` give it, which are no steps; S-2's tests do"),
    ("code key_exceeds_parent", "only `subset_of` gives it, which has no state; C-4's tests do"),
    (
        "code limit_exceeded",
        "needs a hundred pending sessions or a thousand packs, which is no small world; section 11's tests do",
    ),
];

/// Everything that worlds could come to.
#[must_use]
pub fn everything() -> BTreeSet<String> {
    let codes = Code::ALL.iter().map(|code| format!("code {}", code.as_str()));
    let events = EventName::ALL.iter().map(|name| format!("event {name}"));
    let remedies = RemedyKind::ALL.iter().map(|kind| format!("remedy {}", kind.as_str()));
    codes.chain(events).chain(remedies).collect()
}

impl Reached {
    fn see(&mut self, what: String, steps: usize) {
        let known = self.0.entry(what).or_insert(steps);
        *known = steps.min(*known);
    }

    /// Notes what a step has shown.
    pub(crate) fn note(&mut self, step: &Step, steps: usize) {
        let mut code = |code: &Value| {
            if let Some(code) = code.as_str() {
                self.see(format!("code {code}"), steps);
            }
        };
        match &step.answer {
            Err(rejection) => {
                code(&rejection["code"]);
                rejection["violations"].as_array().into_iter().flatten().for_each(|violation| code(&violation["code"]));
            }
            Ok(answer) => {
                // Of a call that has started, of a decision, of an explanation.
                [&answer["response"]["code"], &answer["code"], &answer["decision"]["code"]]
                    .into_iter()
                    .for_each(&mut code);
                for event in answer["events"].as_array().into_iter().flatten() {
                    self.see(format!("event {}", event["event"].as_str().unwrap()), steps);
                }
                let remedies = answer["remedies"].as_array().into_iter().flatten();
                for step in remedies.flat_map(|remedy| remedy["steps"].as_array().into_iter().flatten()) {
                    self.see(format!("remedy {}", step["kind"].as_str().unwrap()), steps);
                }
            }
        }
    }

    /// Takes over what another world has reached.
    pub fn add(&mut self, other: &Reached) {
        other.0.iter().for_each(|(what, steps)| self.see(what.clone(), *steps));
    }

    /// What is missing of everything, less what no world can reach; and what was reached against expectation.
    #[must_use]
    pub fn wrong(&self) -> Vec<String> {
        let never: BTreeSet<&str> = NEVER.iter().map(|(what, _)| *what).collect();
        let expected = |what: &String| !never.contains(what.as_str());
        let missing = everything().into_iter().filter(|what| expected(what) && !self.0.contains_key(what));
        let surprising = self.0.keys().filter(|what| !expected(what)).map(|what| format!("{what}, which none should"));
        missing.chain(surprising).collect()
    }
}
