//! Lifecycles as tables: state × trigger → state, or the code that refuses.
//!
//! Commands ask these tables whether a trigger is allowed, `apply` takes from them the status that a row keeps, and the
//! diagrams are drawn from them. What no row keeps (a tool call that has ended, a deleted user) or what follows from other
//! fields (a registration token's status) is compared with its table by the tests, which walk every pair through the public API.

use crate::account::{ACCOUNT_LIFECYCLE, TOKEN_LIFECYCLE};
use crate::credential::{CREDENTIAL, LINK_SESSION};
use crate::declare::view::view;
use crate::error::Code;
use crate::registered_user::LIFECYCLE;
use crate::shapes::MachineName;
use crate::tool_call::TOOL_CALL;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

view! {
    /// A lifecycle as data: the table that its diagram is drawn from. A pair of state and trigger that is in neither list
    /// cannot come up.
    LifecycleTable {
        /// Its name.
        machine: &'static str as MachineName,
        /// The state that it begins in.
        start: &'static str,
        /// All states.
        states: Vec<&'static str>,
        /// All triggers.
        triggers: Vec<&'static str>,
        /// What each trigger does.
        transitions: Vec<LifecycleTransition>,
        /// What is refused.
        refusals: Vec<LifecycleRefusal>,
    }
}

view! {
    /// What a trigger does in a state.
    LifecycleTransition {
        /// The state before.
        state: &'static str,
        /// The trigger.
        trigger: &'static str,
        /// The state after, which may be the same.
        to: &'static str,
    }
}

view! {
    /// A trigger that a state refuses.
    LifecycleRefusal {
        /// The state.
        state: &'static str,
        /// The trigger.
        trigger: &'static str,
        /// The code that refuses it.
        code: Code,
    }
}

/// What a trigger does in a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next<S> {
    /// The state after.
    To(S),
    /// Nothing: it is so already.
    Stay,
    /// The code that refuses.
    Refuse(Code),
}

/// A whole lifecycle. Where a pair has no row, the trigger cannot come up in that state.
pub(crate) struct Lifecycle<S: 'static, T: 'static> {
    pub(crate) name: &'static str,
    pub(crate) start: S,
    pub(crate) rows: &'static [(S, T, Next<S>)],
    pub(crate) state_name: fn(S) -> &'static str,
    pub(crate) trigger_name: fn(T) -> &'static str,
}

impl<S: Copy + PartialEq, T: Copy + PartialEq> Lifecycle<S, T> {
    /// What the trigger does; a pair without a row changes nothing.
    pub(crate) fn next(&self, state: S, trigger: T) -> Next<S> {
        self.rows.iter().find(|(from, on, _)| *from == state && *on == trigger).map_or(Next::Stay, |(_, _, next)| *next)
    }

    /// The state after a trigger.
    pub(crate) fn after(&self, state: S, trigger: T) -> S {
        match self.next(state, trigger) {
            Next::To(after) => after,
            Next::Stay | Next::Refuse(_) => state,
        }
    }

    fn table(&self) -> LifecycleTable {
        let (mut transitions, mut refusals) = (Vec::new(), Vec::new());
        for (state, trigger, next) in self.rows {
            let (state, trigger) = ((self.state_name)(*state), (self.trigger_name)(*trigger));
            match next {
                Next::To(to) => {
                    transitions.push(LifecycleTransition { state, trigger, to: (self.state_name)(*to) });
                }
                Next::Stay => transitions.push(LifecycleTransition { state, trigger, to: state }),
                Next::Refuse(code) => refusals.push(LifecycleRefusal { state, trigger, code: *code }),
            }
        }
        let start = (self.state_name)(self.start);
        let before = self.rows.iter().map(|(state, ..)| (self.state_name)(*state));
        let after = transitions.iter().map(|transition| transition.to);
        let states = distinct([start].into_iter().chain(before).chain(after));
        let triggers = distinct(self.rows.iter().map(|(_, trigger, _)| (self.trigger_name)(*trigger)));
        LifecycleTable { machine: self.name, start, states, triggers, transitions, refusals }
    }
}

impl LifecycleTable {
    /// The Mermaid diagram of this table.
    #[must_use]
    pub fn diagram(&self) -> String {
        let mut out = format!("stateDiagram-v2\n    [*] --> {}\n", self.start);
        for LifecycleTransition { state, trigger, to } in &self.transitions {
            out.push_str(&format!("    {state} --> {to}: {trigger}\n"));
        }
        for state in &self.states {
            let note = self.note(state);
            if !note.is_empty() {
                out.push_str(&format!("    note right of {state}: {note}\n"));
            }
        }
        out
    }

    /// Everything that a state refuses, a line for each code: Mermaid shows but one note of a state.
    fn note(&self, state: &str) -> String {
        let refused = || self.refusals.iter().filter(|refusal| refusal.state == state);
        let lines = distinct(refused().map(|refusal| refusal.code)).into_iter().map(|code| {
            let triggers: Vec<&str> =
                refused().filter(|refusal| refusal.code == code).map(|refusal| refusal.trigger).collect();
            format!("{} ⇒ {code}", triggers.join(", "))
        });
        lines.collect::<Vec<String>>().join("<br/>")
    }
}

/// Each item once, in the order in which they first come.
fn distinct<T: PartialEq>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut seen = Vec::new();
    for item in items {
        if !seen.contains(&item) {
            seen.push(item);
        }
    }
    seen
}

/// The names of the lifecycles that [`lifecycle_diagram`] draws.
pub const MACHINES: &[&str] =
    &["registered_user", "credential", "link_session", "tool_call", "account", "registration_token"];

/// A lifecycle as data; none for an unknown name.
///
/// ```
/// let lifecycle = tenantry::lifecycle("tool_call").unwrap();
/// assert_eq!(lifecycle.states, ["open", "ended"]);
/// assert_eq!(lifecycle.refusals[0].code, tenantry::Code::ToolCallNotFound);
/// ```
#[must_use]
pub fn lifecycle(machine: &str) -> Option<LifecycleTable> {
    let tables: [fn() -> LifecycleTable; 6] = [
        || LIFECYCLE.table(),
        || CREDENTIAL.table(),
        || LINK_SESSION.table(),
        || TOOL_CALL.table(),
        || ACCOUNT_LIFECYCLE.table(),
        || TOKEN_LIFECYCLE.table(),
    ];
    tables.into_iter().map(|table| table()).find(|table| table.machine == machine)
}

/// The Mermaid diagram of a lifecycle, drawn from the table that the code runs by; none for an
/// unknown name.
///
/// ```
/// let diagram = tenantry::lifecycle_diagram("tool_call").unwrap();
/// assert!(diagram.contains("open --> ended: finish_tool_call"));
/// assert!(diagram.contains("note right of ended: finish_tool_call ⇒ tool_call_not_found"));
/// ```
///
/// # All of them
#[doc = include_str!("../docs/lifecycles.md")]
#[must_use]
pub fn lifecycle_diagram(machine: &str) -> Option<String> {
    lifecycle(machine).map(|lifecycle| lifecycle.diagram())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::{MACHINES, distinct, lifecycle_diagram};
    use alloc::vec::Vec;

    #[test]
    fn every_lifecycle_is_drawn_with_one_note_for_a_state_at_most() {
        for machine in MACHINES {
            let diagram = lifecycle_diagram(machine).unwrap();
            assert!(diagram.starts_with("stateDiagram-v2\n    [*] --> "), "{diagram}");
            let notes = diagram.lines().filter_map(|line| line.trim().strip_prefix("note right of ")?.split_once(':'));
            let states: Vec<&str> = notes.map(|(state, _)| state).collect();
            assert_eq!(states, distinct(states.iter().copied()), "{diagram}");
        }
        assert_eq!(lifecycle_diagram("unknown"), None);
    }
}
