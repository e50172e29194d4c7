//! The diagrams of the lifecycles are drawn from the tables in the code; `docs/lifecycles.md` holds the present ones.

use std::collections::BTreeSet;
use tenantry::{Code, MACHINES, lifecycle, lifecycle_diagram, wire};
use tenantry_tests::Value;

const PAGE: &str = include_str!("../../docs/lifecycles.md");

#[test]
fn every_machine_has_a_diagram_and_no_other_name_has_one() {
    for machine in MACHINES {
        let diagram = lifecycle_diagram(machine).unwrap();
        assert_eq!(wire::lifecycle_diagram(machine).unwrap(), diagram);
        assert!(PAGE.contains(&format!("```mermaid\n{diagram}```")), "the page has another diagram of `{machine}`");
    }
    for unknown in ["", "Account", "accounts", "token"] {
        assert_eq!(lifecycle_diagram(unknown), None);
        let rejection = wire::lifecycle_diagram(unknown).unwrap_err();
        assert_eq!(rejection.code, Code::InvalidRequest);
    }
    assert_eq!(
        wire::lifecycle_diagram("token").unwrap_err().message,
        "unknown lifecycle `token`; expected one of `registered_user`, `credential`, `link_session`, `tool_call`, \
         `account`, `registration_token`"
    );
}

#[test]
fn a_diagram_reaches_every_state_and_has_one_note_for_each() {
    for machine in MACHINES {
        let diagram = lifecycle_diagram(machine).unwrap();
        let mut lines = diagram.lines();
        assert_eq!(lines.next(), Some("stateDiagram-v2"));
        let (mut reached, mut left, mut noted) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for line in lines.map(str::trim) {
            if let Some(note) = line.strip_prefix("note right of ") {
                let (state, refusals) = note.split_once(": ").unwrap();
                assert!(noted.insert(state), "Mermaid keeps one note of a state: {diagram}");
                for refusal in refusals.split("<br/>") {
                    let (triggers, code) = refusal.split_once(" ⇒ ").unwrap();
                    assert!(triggers.split(", ").all(|trigger| !trigger.is_empty()), "{line}");
                    assert!(Code::from_wire(code).is_some(), "{line}");
                }
            } else {
                let (from, rest) = line.split_once(" --> ").unwrap();
                left.insert(from);
                reached.insert(rest.split_once(": ").map_or(rest, |(to, _)| to));
            }
        }
        left.remove("[*]");
        assert!(left.is_subset(&reached), "a state of `{machine}` that nothing leads to: {diagram}");
        assert!(noted.is_subset(&reached), "{diagram}");
    }
}

#[test]
fn the_data_of_a_machine_is_what_its_diagram_shows() {
    for machine in MACHINES {
        let table = lifecycle(machine).unwrap();
        assert_eq!(table.diagram(), lifecycle_diagram(machine).unwrap());
        let written: Value = serde_json::from_str(&wire::lifecycle(machine).unwrap()).unwrap();
        assert_eq!(written, serde_json::to_value(&table).unwrap());
        for (state, trigger) in table.transitions.iter().map(|row| (row.state, row.trigger)) {
            assert!(table.states.contains(&state) && table.triggers.contains(&trigger), "{machine}");
        }
        let named = table.transitions.iter().map(|row| row.to).chain(table.refusals.iter().map(|row| row.state));
        assert!(named.chain([table.start]).all(|state| table.states.contains(&state)), "{machine}");
    }
    assert_eq!(lifecycle("token"), None);
    assert_eq!(wire::lifecycle("token").unwrap_err(), wire::lifecycle_diagram("token").unwrap_err());
}

#[test]
fn the_data_of_a_tool_call() {
    let written: Value = serde_json::from_str(&wire::lifecycle("tool_call").unwrap()).unwrap();
    let expected = serde_json::json!({
        "machine": "tool_call",
        "start": "open",
        "states": ["open", "ended"],
        "triggers": ["finish_tool_call", "expire"],
        "transitions": [
            {"state": "open", "trigger": "finish_tool_call", "to": "ended"},
            {"state": "open", "trigger": "expire", "to": "ended"},
        ],
        "refusals": [{"state": "ended", "trigger": "finish_tool_call", "code": "tool_call_not_found"}],
    });
    assert_eq!(written, expected);
}
