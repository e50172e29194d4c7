//! I-1 to I-11 and P-3 of a step: what was stored before and after it, what was asked, written and answered. From the text of
//! the contract, and without the core: it is the core that is on trial.

mod access;
mod identity;
mod record;
mod secrecy;

use crate::node::Node;
use crate::step::Step;
use serde_json::Value;
use std::sync::Arc;

/// What a check says: nothing, or how a step has broken its invariant.
pub type Checked = Result<(), String>;

/// A step as it is checked.
pub struct Seen<'s> {
    /// The state before it.
    pub before: &'s Node,
    /// The step.
    pub step: &'s Step,
    /// The secrets of this world.
    pub secrets: &'s [&'static str],
}

/// An invariant: its number, what it says, and its check.
pub type Invariant = (&'static str, fn(&Seen<'_>) -> Checked);

/// All of them; the place in this list is the bit in [`Node::broken`].
pub const INVARIANTS: [Invariant; 12] = [
    ("I-1", access::a_call_starts_only_with_an_active_credential),
    ("I-2", access::one_credential_per_owner_and_connector),
    ("I-3", identity::an_origin_user_id_stays_and_is_unique),
    ("I-4", access::nothing_is_live_after_a_deactivation),
    ("I-5", secrecy::nothing_remains_of_a_purged_user),
    ("I-6", identity::a_token_admits_no_more_than_max_uses),
    ("I-7", identity::emails_are_unique_without_regard_to_case),
    ("I-8", secrecy::nothing_outside_the_reach_is_changed_or_learned),
    ("I-9", record::versions_and_sequences_grow_by_one),
    ("I-10", record::the_journal_gives_the_state),
    ("I-11", secrecy::no_secret_comes_out),
    ("P-3", record::nothing_is_half_done),
];

impl<'s> Seen<'s> {
    /// The state after the step.
    #[must_use]
    pub fn after(&self) -> &'s Node {
        &self.step.after
    }

    /// Whether something else is stored than before: what was looked at there need not be looked at again.
    #[must_use]
    pub fn changed(&self) -> bool {
        !Arc::ptr_eq(&self.before.text, &self.step.after.text)
    }

    /// The events of the outcome.
    pub fn events(&self) -> impl Iterator<Item = &'s Value> {
        let outcome = self.step.answer.as_ref().ok();
        outcome.and_then(|outcome| outcome["events"].as_array()).into_iter().flatten()
    }

    /// Those of this name.
    pub fn events_of(&self, name: &str) -> impl Iterator<Item = &'s Value> {
        self.events().filter(move |event| event["event"] == *name)
    }

    /// The answer as a text, an outcome or a rejection.
    #[must_use]
    pub fn answer_text(&self) -> String {
        match &self.step.answer {
            Ok(answer) => answer.to_string(),
            Err(rejection) => rejection.to_string(),
        }
    }
}

/// Says what is wrong unless it holds.
pub(crate) fn need(holds: bool, wrong: impl FnOnce() -> String) -> Checked {
    if holds { Ok(()) } else { Err(wrong()) }
}
