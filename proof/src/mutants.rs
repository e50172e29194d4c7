//! Rules broken from outside the core: after a command, a mutant alters what was answered or stored, as the core would if it
//! had forgotten that rule. One for each invariant.

use crate::node::Node;
use crate::step::{Attempt, execute};
use serde_json::{Value, json};
use tenantry::{Options, Tenantry};
use tenantry_tests::with;

/// A broken rule.
pub struct Mutant {
    /// What it does wrong.
    pub name: &'static str,
    /// The invariant that it breaks.
    pub breaks: &'static str,
    /// A world in which that shows.
    pub world: &'static str,
    /// What it does after a command: of the state before, the command, its context, the instance and the attempt.
    pub harm: fn(&Node, &Value, &Value, &mut Tenantry, &mut Attempt),
}

/// All of them, in the order of what they break.
pub const MUTANTS: [Mutant; 11] = [
    Mutant {
        name: "a deactivated user calls",
        breaks: "I-1",
        world: "deactivation",
        harm: |_, command, context, tenantry, attempt| {
            let denied = attempt.answer.as_ref().is_ok_and(|it| it["response"]["code"] == "registered_user_inactive");
            if denied && command["command"] == "start_tool_call" {
                // As if nobody had asked for the status.
                *tenantry = with_status(tenantry, command, "active");
                let done = execute(tenantry, command, context);
                *tenantry = with_status(tenantry, command, "deactivated");
                attempt.answer = done.map(|(answer, ..)| answer);
            }
        },
    },
    Mutant {
        name: "a link grants a second credential",
        breaks: "I-2",
        world: "late report",
        harm: |_, _, _, _, attempt| {
            for event in events(attempt).filter(|event| event["event"] == "credential_replaced") {
                event["event"] = json!("credential_granted");
                event["generation"] = json!(1);
                drop(event.as_object_mut().unwrap().remove("replaced_external_account_id"));
            }
        },
    },
    Mutant {
        name: "a patch changes an origin_user_id",
        breaks: "I-3",
        world: "environments",
        harm: |_, command, _, tenantry, attempt| {
            if code(attempt) == "origin_user_id_immutable" {
                *tenantry = edited(tenantry, |state| {
                    let user = user(state, &command["registered_user_id"]);
                    user["life"]["present"]["origin_user_id"] = command["patch"]["origin_user_id"].clone();
                });
                attempt.answer = Ok(json!({"response": {}, "events": [], "effects": []}));
            }
        },
    },
    Mutant {
        name: "a reactivation brings credentials back",
        breaks: "I-4",
        world: "deactivation",
        harm: |_, command, _, tenantry, attempt| {
            if events(attempt).any(|event| event["event"] == "registered_user_reactivated") {
                *tenantry = edited(tenantry, |state| {
                    let user = user(state, &command["registered_user_id"]);
                    for held in user["life"]["present"]["credentials"].as_array_mut().unwrap() {
                        (held["status"], held["cause"]) = (json!("active"), Value::Null);
                    }
                });
            }
        },
    },
    Mutant {
        name: "a purge erases nothing",
        breaks: "I-5",
        world: "deletion",
        harm: |_, _, _, _, attempt| {
            if let Ok(outcome) = &mut attempt.answer {
                outcome["effects"].as_array_mut().unwrap().retain(|effect| effect["effect"] != "purge_user");
            }
        },
    },
    Mutant {
        name: "a use of a token is not counted",
        breaks: "I-6",
        world: "registration",
        harm: |_, _, _, tenantry, attempt| {
            if events(attempt).any(|event| event["event"] == "registration_token_used") {
                *tenantry = edited(tenantry, |state| state["registration_tokens"][0]["uses"] = json!(0));
            }
        },
    },
    Mutant {
        name: "an address in capitals is another one",
        breaks: "I-7",
        world: "registration",
        harm: |_, command, context, tenantry, attempt| {
            if code(attempt) == "email_exists" && command["email"] == "ANN@acme.example" {
                let other = "somebody@else.example";
                let done = execute(tenantry, &with(command.clone(), json!({"email": other})), context);
                attempt.stored = Some(tenantry.snapshot().replace(other, "ANN@acme.example"));
                attempt.answer = done.map(|(answer, ..)| answer);
            }
        },
    },
    Mutant {
        name: "keys reach into the other environment",
        breaks: "I-8",
        world: "environments",
        harm: |_, command, context, tenantry, attempt| {
            if code(attempt) == "registered_user_not_found" && context["actor"]["environment"] == "test" {
                let actor = with(context["actor"].clone(), json!({"environment": "production"}));
                let done = execute(tenantry, command, &with(context.clone(), json!({"actor": actor})));
                attempt.answer = done.map(|(answer, ..)| answer);
            }
        },
    },
    Mutant {
        name: "a patch forgets the version",
        breaks: "I-9",
        world: "environments",
        harm: |before, command, _, tenantry, attempt| {
            if events(attempt).any(|event| event["event"] == "registered_user_updated") {
                let id = &command["registered_user_id"];
                let version =
                    before.users().find(|(known, ..)| id == *known).map(|(_, _, user)| user["version"].clone());
                *tenantry = edited(tenantry, |state| {
                    user(state, id)["life"]["present"]["version"] = version.clone().unwrap_or_default();
                });
            }
        },
    },
    Mutant {
        name: "the last event is not written",
        breaks: "I-10",
        world: "incident",
        harm: |_, _, _, _, attempt| {
            if let Ok(outcome) = &mut attempt.answer {
                drop(outcome["events"].as_array_mut().unwrap().pop());
            }
        },
    },
    Mutant {
        name: "a refusal shows the secret",
        breaks: "I-11",
        world: "registration",
        harm: |_, command, _, _, attempt| {
            if let Err(rejection) = &mut attempt.answer {
                rejection["message"] = json!(format!("not with {}", command["org_token"]));
            }
        },
    },
];

fn code(attempt: &Attempt) -> &str {
    attempt.answer.as_ref().err().and_then(|rejection| rejection["code"].as_str()).unwrap_or_default()
}

fn events(attempt: &mut Attempt) -> impl Iterator<Item = &mut Value> {
    let outcome = attempt.answer.as_mut().ok();
    outcome.and_then(|outcome| outcome["events"].as_array_mut()).into_iter().flatten()
}

/// The instance with something else in its state.
fn edited(tenantry: &Tenantry, edit: impl FnOnce(&mut Value)) -> Tenantry {
    let mut state: Value = serde_json::from_str(&tenantry.snapshot()).unwrap();
    edit(&mut state);
    let options = Options { policy: tenantry.policy().clone(), ..Options::default() };
    Tenantry::restore(&state.to_string(), options).unwrap()
}

fn user<'s>(state: &'s mut Value, id: &Value) -> &'s mut Value {
    let mut users = state["registered_users"].as_array_mut().unwrap().iter_mut();
    users.find(|row| row["registered_user_id"] == *id).unwrap()
}

fn with_status(tenantry: &Tenantry, command: &Value, status: &str) -> Tenantry {
    edited(tenantry, |state| user(state, &command["registered_user_id"])["life"]["present"]["status"] = json!(status))
}
