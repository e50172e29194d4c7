//! Lifecycles as tables: state × trigger → state, or the code that refuses.
//!
//! Commands ask these tables whether a trigger is allowed, `apply` takes from them the status that a row keeps, and the
//! diagrams are drawn from them. What no row keeps (a tool call that has ended, a deleted user) or what follows from other
//! fields (a registration token's status) is held to its table by the tests, which walk every pair through the public API.

use crate::account::{ACCOUNT_LIFECYCLE, TOKEN_LIFECYCLE};
use crate::credential::{CREDENTIAL, LINK_SESSION};
use crate::error::Code;
use crate::registered_user::LIFECYCLE;
use crate::tool_call::TOOL_CALL;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

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

    /// The diagram, where this is the table that is asked for.
    fn diagram_as(&self, machine: &str) -> Option<String> {
        (self.name == machine).then(|| self.diagram())
    }

    /// The Mermaid diagram of this table.
    fn diagram(&self) -> String {
        let mut out = format!("stateDiagram-v2\n    [*] --> {}\n", (self.state_name)(self.start));
        for (from, trigger, next) in self.rows {
            let (from, trigger) = ((self.state_name)(*from), (self.trigger_name)(*trigger));
            match next {
                Next::To(to) => out.push_str(&format!("    {from} --> {}: {trigger}\n", (self.state_name)(*to))),
                Next::Stay => out.push_str(&format!("    {from} --> {from}: {trigger}\n")),
                Next::Refuse(_) => {}
            }
        }
        for state in distinct(self.rows.iter().map(|(from, ..)| *from)) {
            let note = self.refusals(state);
            if !note.is_empty() {
                out.push_str(&format!("    note right of {}: {note}\n", (self.state_name)(state)));
            }
        }
        out
    }

    /// Everything that a state refuses, a line for each code: Mermaid shows but one note of a state.
    fn refusals(&self, state: S) -> String {
        let refused = || {
            self.rows.iter().filter_map(move |(from, trigger, next)| match next {
                Next::Refuse(code) if *from == state => Some((*code, (self.trigger_name)(*trigger))),
                Next::To(_) | Next::Stay | Next::Refuse(_) => None,
            })
        };
        let lines = distinct(refused().map(|(code, _)| code)).into_iter().map(|code| {
            let triggers: Vec<&str> =
                refused().filter(|(other, _)| *other == code).map(|(_, trigger)| trigger).collect();
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
    let diagrams = [
        LIFECYCLE.diagram_as(machine),
        CREDENTIAL.diagram_as(machine),
        LINK_SESSION.diagram_as(machine),
        TOOL_CALL.diagram_as(machine),
        ACCOUNT_LIFECYCLE.diagram_as(machine),
        TOKEN_LIFECYCLE.diagram_as(machine),
    ];
    diagrams.into_iter().flatten().next()
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
