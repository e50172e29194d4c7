//! D-3 as a property: run by the host in order, a complete remedy gives allow, and no proper part of
//! it does.

use crate::runs::{Coverage, runs};
use proptest::prelude::any;
use proptest::{collection::vec, prop_assert, prop_assert_eq, test_runner::TestCaseError};
use std::cell::RefCell;
use tenantry_tests::actors::{in_test, runtime, system};
use tenantry_tests::random::{Known, Person, Roll, peopled};
use tenantry_tests::{Value, World, json, text, with};

/// A company that nothing else names.
const COMPANY: &str = "the caller's own";

/// The command of a step with what only the caller knows filled in.
fn filled(step: &Value) -> Value {
    let command = &step["command"];
    if step["parameters"] == json!([]) {
        return command.clone();
    }
    let text = command.to_string().replace(r#"{"$parameter":"origin_company_id"}"#, &json!(COMPANY).to_string());
    serde_json::from_str(&text).unwrap()
}

/// Runs a step as the host, completing a link: whether it was accepted.
fn take(world: &mut World, host: &Value, step: &Value) -> bool {
    let Ok(outcome) = world.execute(host.clone(), filled(step)) else { return false };
    if step["kind"] != "link" {
        return true;
    }
    let session = text(&outcome, "/response/link_session_id");
    world.execute(host.clone(), json!({"command": "complete_link", "link_session_id": session})).is_ok()
}

/// What the remedies of a host's explanation do, whole and in part.
pub(crate) fn check_remedies(
    world: &World,
    host: &Value,
    call: &Value,
    explanation: &Value,
) -> Result<(), TestCaseError> {
    for remedy in explanation["remedies"].as_array().unwrap() {
        let steps = remedy["steps"].as_array().unwrap();
        let last = steps.last().unwrap();
        let is_open = last["kind"] == "match_group" && last.get("command").is_none();
        prop_assert_eq!(remedy["complete"] == true, !is_open, "{}", explanation);
        let can_run = &steps[..steps.len() - usize::from(is_open)];
        prop_assert!(can_run.iter().all(|step| step["command"].is_object()), "{}", explanation);
        for part in 0..1_u32 << can_run.len() {
            let whole = part + 1 == 1 << can_run.len();
            let mut world = world.clone();
            for (_, step) in can_run.iter().enumerate().filter(|(index, _)| part >> index & 1 == 1) {
                let done = take(&mut world, host, step);
                prop_assert!(done || !whole, "a step of a whole remedy is refused: {} in {}", step, explanation);
            }
            let decided = world.verdict(host.clone(), call);
            if whole && remedy["complete"] == true {
                prop_assert_eq!(decided, "allow", "a complete remedy does not help: {}", explanation);
            } else if whole {
                prop_assert_eq!(decided, "tool_pack_not_permitted", "{}", explanation);
            } else {
                prop_assert!(decided != "allow", "part {:b} of a remedy is enough: {}", part, explanation);
            }
        }
    }
    Ok(())
}

/// What another actor sees: the same, less the commands that it may not run.
fn check_sight(world: &World, host: &Value, actor: &Value, whole: &Value, seen: &Value) -> Result<bool, TestCaseError> {
    let mut hidden = false;
    let (whole, seen) = (whole["remedies"].as_array().unwrap(), seen["remedies"].as_array().unwrap());
    prop_assert_eq!(whole.len(), seen.len());
    for (whole, seen) in whole.iter().zip(seen) {
        let mut world = world.clone();
        prop_assert_eq!(&whole["complete"], &seen["complete"]);
        let (whole, seen) = (whole["steps"].as_array().unwrap(), seen["steps"].as_array().unwrap());
        prop_assert_eq!(whole.len(), seen.len());
        for (whole, seen) in whole.iter().zip(seen) {
            if whole.get("command").is_none() {
                prop_assert_eq!(whole, seen);
                continue;
            }
            if world.preview(actor.clone(), &filled(whole)).is_ok() {
                prop_assert_eq!(whole, seen);
            } else {
                hidden = true;
                let mut bare = whole.clone();
                bare.as_object_mut().unwrap().remove("command");
                prop_assert_eq!(&bare, seen);
            }
            prop_assert!(take(&mut world, host, whole));
        }
    }
    Ok(hidden)
}

/// The kinds with which the remedies for a code may begin.
fn first_kinds(code: &str) -> &'static [&'static str] {
    match code {
        "registered_user_inactive" => &["reactivate"],
        "tool_pack_not_permitted" => &["match_group"],
        "connector_not_in_tool_pack" => &["add_tool", "add_connector"],
        // A put that switches the scope may add the tool as well.
        "tool_not_in_tool_pack" => &["add_tool", "switch_scope"],
        "invalid_company_for_shared_scope" => &["set_company", "switch_scope"],
        "credential_required" | "credential_revoked" | "reauth_required" => &["link"],
        _ => &[],
    }
}

/// What is said of the groups: nothing where one was matched, each with what failed where none was.
fn check_groups(explanation: &Value) -> Result<(), TestCaseError> {
    let permitted = &explanation["checks"][4];
    let (result, compared) = (&permitted["result"], &permitted["compared"]);
    let Some(failed) = compared["failed"].as_array() else {
        prop_assert!(result != "failed", "{}", permitted);
        return Ok(());
    };
    prop_assert_eq!(result, "failed");
    let ids: Vec<&Value> = failed.iter().map(|group| &group["group_id"]).collect();
    prop_assert_eq!(json!(ids), compared["group_ids"].clone());
    for group in failed {
        let rules = group["rules"].as_array().unwrap();
        prop_assert!(!rules.is_empty() && rules.iter().all(|rule| rule.get("found").is_some()), "{}", group);
    }
    Ok(())
}

/// The form of an explanation, whoever asked.
fn check_form(explanation: &Value, coverage: &mut Coverage) -> Result<(), TestCaseError> {
    let decision = &explanation["decision"];
    let code = decision["code"].as_str().unwrap_or("allow");
    coverage.see(code);
    check_groups(explanation)?;
    let remedies = explanation["remedies"].as_array().unwrap();
    prop_assert!(remedies.len() <= 2);
    for (index, remedy) in remedies.iter().enumerate() {
        let steps = remedy["steps"].as_array().unwrap();
        let kinds: Vec<&str> = steps.iter().map(|step| step["kind"].as_str().unwrap()).collect();
        prop_assert!(first_kinds(code).contains(&kinds[0]), "{}", explanation);
        prop_assert_eq!(kinds.contains(&"switch_scope"), index == 1, "{}", explanation);
        kinds.iter().for_each(|kind| coverage.see(kind));
        coverage.see(if remedy["complete"] == true { "complete" } else { "incomplete" });
        coverage.see(&format!("{} steps", kinds.len()));
        for step in steps {
            if step["kind"] == "match_group" && step.get("command").is_some() {
                coverage.see("match_group by command");
            }
            let affects = step["affects"].as_str().unwrap();
            let scope = match step["kind"].as_str().unwrap() {
                "link" => affects,
                "reactivate" | "set_company" | "match_group" => "user",
                _ => "organization",
            };
            prop_assert_eq!(affects, scope);
        }
    }
    coverage.see(&format!("{} remedies", remedies.len()));
    Ok(())
}

/// The actor itself, or the key that may decide what a management key may explain (C-7).
fn deciding(actor: &Value) -> Value {
    let scopes = actor["scopes"].as_array();
    let manages = scopes.is_some_and(|scopes| scopes.contains(&json!("management")));
    if manages { with(actor.clone(), json!({"scopes": ["runtime"]})) } else { actor.clone() }
}

/// One call, explained to the host and to another actor.
fn check(world: &mut World, known: &Known, roll: Roll, coverage: &mut Coverage) -> Result<(), TestCaseError> {
    let call = known.call(roll);
    let in_test_too = |person: &Person| person.id == call["registered_user_id"] && person.environment == "test";
    let host = if known.users.iter().any(in_test_too) { in_test(system()) } else { system() };
    let whole = world.explains(host.clone(), &call);
    check_form(&whole, coverage)?;
    prop_assert_eq!(&whole["decision"], &world.authorize(host.clone(), &call).unwrap());
    check_remedies(world, &host, &call, &whole)?;
    let actor = known.actor(roll, &world.now());
    if actor["type"] == "system" && actor["organization_id"].is_null() {
        return Ok(());
    }
    let Ok(decision) = world.authorize(deciding(&actor), &call) else { return Ok(()) };
    let seen = world.explains(actor.clone(), &call);
    check_form(&seen, coverage)?;
    prop_assert_eq!(&seen["decision"], &decision);
    let same = |member: &str| actor[member] == host[member];
    if decision != whole["decision"] || !same("environment") || !same("organization_id") {
        return Ok(());
    }
    let sees_pack = actor["tool_pack_ids"].as_array().is_none_or(|ids| ids.contains(&call["tool_pack_id"]));
    if !sees_pack {
        // Who does not see the pack learns of nothing that it might need (P-2).
        prop_assert_eq!(&seen["remedies"], &json!([]));
        return Ok(());
    }
    let hidden = check_sight(world, &host, &actor, &whole, &seen)?;
    coverage.see(if hidden { "a command hidden" } else { "no command hidden" });
    Ok(())
}

#[test]
fn d_3_a_complete_remedy_gives_allow_and_no_part_of_it_does() {
    let coverage = RefCell::new(Coverage::default());
    let start = peopled();
    runs(240, &(vec(any::<Roll>(), 0..24), vec(any::<Roll>(), 4..=4)), |(commands, calls)| {
        let (mut world, mut known) = start.clone();
        for roll in commands {
            let host = if roll[7] % 8 == 0 { in_test(system()) } else { system() };
            if let Ok(outcome) = world.execute(host, known.command(roll, &world.now())) {
                known.learn(&outcome);
            }
        }
        for roll in calls {
            check(&mut world, &known, roll, &mut coverage.borrow_mut())?;
        }
        Ok(())
    });
    coverage.into_inner().covers(&[
        "allow",
        "not_authenticated",
        "organization_not_found",
        "forbidden",
        "registered_user_not_found",
        "registered_user_inactive",
        "tool_pack_not_found",
        "tool_pack_not_permitted",
        "connector_not_in_tool_pack",
        "tool_not_in_tool_pack",
        "invalid_company_for_shared_scope",
        "credential_required",
        "credential_revoked",
        "reauth_required",
        "reactivate",
        "link",
        "set_company",
        "switch_scope",
        "add_connector",
        "add_tool",
        "match_group",
        "match_group by command",
        "complete",
        "incomplete",
        "2 remedies",
        "4 steps",
        "a command hidden",
        "no command hidden",
    ]);
}

#[test]
fn d_3_the_parameter_may_be_a_company_that_is_there() {
    let (mut world, known) = peopled();
    let alone = &known.users[0].id;
    let call = json!({"registered_user_id": alone, "tool_pack_id": "support", "tool": "slack__post"});
    let explanation = world.explains(system(), &call);
    let set = explanation["remedies"][0]["steps"][0]["command"].to_string();
    let set = set.replace(r#"{"$parameter":"origin_company_id"}"#, r#""globex""#);
    // Its credential is within reach at once, so that the link which follows renews what is there.
    world.accepts(system(), serde_json::from_str(&set).unwrap());
    assert_eq!(world.verdict(system(), &call), "allow");
    let link = &explanation["remedies"][0]["steps"][1];
    assert!(take(&mut world, &system(), link));
    assert_eq!(world.verdict(system(), &call), "allow");
}

#[test]
fn d_3_a_company_that_is_called_like_a_parameter_is_a_company() {
    for name in
        ["$parameter: origin_company_id", r#"{"$parameter":"origin_company_id"}"#, "$parameter", "origin_company_id"]
    {
        let mut world = World::shop();
        let member = world.user_with("alice", json!({"shared_credential_group": {"origin_company_id": name}}));
        world.links(&member, "slack", Some("team"));
        let alone = world.user("bob");
        let call = json!({"registered_user_id": alone, "tool_pack_id": "team", "tool": "slack__post"});
        let explanation = world.explains(system(), &call);
        let kinds = |remedy: usize| -> Vec<&Value> {
            let steps = explanation["remedies"][remedy]["steps"].as_array().unwrap();
            steps.iter().map(|step| &step["kind"]).collect()
        };
        assert_eq!(kinds(0), ["set_company", "link"], "{name}");
        assert_eq!(kinds(1), ["switch_scope", "link"], "{name}");
        check_remedies(&world, &system(), &call, &explanation).unwrap_or_else(|fault| panic!("{name}: {fault}"));
    }
}

#[test]
fn d_3_a_value_that_looks_like_a_parameter_is_a_value() {
    let parameter = r#"{"$parameter":"origin_company_id"}"#;
    let mut world = World::new();
    world.connector("slack", &["post"]);
    world.accepts(
        system(),
        json!({"command": "put_connector", "connector": "slack", "name": parameter, "tools": ["post"]}),
    );
    world.accepts(
        system(),
        json!({"command": "put_tool_pack", "tool_pack_id": parameter, "name": parameter, "connectors": []}),
    );
    let user = world.user_with("alice", json!({"origin_user_name": parameter}));
    let call = json!({"registered_user_id": user, "tool_pack_id": parameter, "tool": "slack__read"});
    let explanation = world.explains(system(), &call);
    let steps = explanation["remedies"][0]["steps"].as_array().unwrap();
    let shown: Vec<&Value> = steps.iter().map(|step| &step["command"]["name"]).collect();
    assert_eq!(shown, [&json!(parameter), &json!(parameter), &Value::Null]);
    assert!(steps.iter().all(|step| step["parameters"] == json!([])), "{explanation}");
    check_remedies(&world, &system(), &call, &explanation).unwrap();
}

#[test]
fn d_3_a_step_lists_its_parameters() {
    let mut world = World::shop();
    let alone = world.user("bob");
    let call = json!({"registered_user_id": alone, "tool_pack_id": "team", "tool": "slack__post"});
    for actor in [system(), runtime()] {
        let explanation = world.explains(actor, &call);
        let steps = explanation["remedies"][0]["steps"].as_array().unwrap();
        let listed: Vec<&Value> = steps.iter().map(|step| &step["parameters"]).collect();
        assert_eq!(listed, [&json!(["origin_company_id"]), &json!([])]);
    }
}
