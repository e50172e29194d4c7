//! T-2: what time brings holds at its instant, swept or not: the same decisions, views and queries in
//! random worlds, at random instants and at the very instants at which things are due.

use crate::runs::{Coverage, runs};
use proptest::collection::vec;
use proptest::prelude::any;
use serde_json::from_str;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::time::Duration;
use tenantry::json::parse_command;
use tenantry::{Timestamp, wire};
use tenantry_tests::actors::{host, in_test, key, of, registered_user, system};
use tenantry_tests::random::{CONNECTORS, Known, PACKS, Person, Roll, lively, peopled};
use tenantry_tests::{Value, World, event_names, json, with};

fn place(actor: Value, person: &Person) -> Value {
    of(with(actor, json!({"environment": person.environment})), person.organization_id)
}

/// Everything that anybody could be answered at this instant, the journal aside: queries, decisions,
/// and what each command about the past would say, as code or response.
fn everything(world: &World, known: &Known) -> Vec<String> {
    let mut world = world.clone();
    let mut answers = Vec::new();
    for person in known.users.iter().chain(&known.strangers) {
        let host = place(system(), person);
        for name in ["get_registered_user", "list_credentials", "list_link_sessions", "groups_of"] {
            for actor in [host.clone(), place(registered_user(&person.id), person)] {
                let query = json!({"query": name, "registered_user_id": person.id});
                answers.push(format!("{:?}", world.query(actor, query)));
            }
        }
        for pack in PACKS {
            let tools = json!({"query": "list_tools", "registered_user_id": person.id, "tool_pack_id": pack});
            answers.push(format!("{:?}", world.query(host.clone(), tools)));
            for connector in CONNECTORS {
                let call = json!({"registered_user_id": person.id, "tool_pack_id": pack, "tool": format!("{connector}__read")}).to_string();
                let context = json!({"now": world.now(), "actor": host}).to_string();
                let (call, context) = (parse_command(&call).unwrap(), parse_command(&context).unwrap());
                // What an explanation compares and advises goes with the decision.
                answers.push(wire::explain(&world.tenantry, &call, &context).unwrap());
            }
        }
        for command in commands(&person.id, known) {
            // The same entropy in both worlds, and so the same ids.
            let context = json!({"now": world.now(), "actor": host, "entropy": "f".repeat(32)}).to_string();
            let command = command.to_string();
            let (command, context) = (parse_command(&command).unwrap(), parse_command(&context).unwrap());
            answers.push(match wire::execute(&mut world.tenantry.clone(), &command, &context) {
                Ok(outcome) => from_str::<Value>(&outcome).unwrap()["response"].to_string(),
                Err(error) => error.code().as_str().to_owned(),
            });
        }
    }
    let names = ["list_registered_users", "list_companies", "list_users", "list_registration_tokens"];
    for actor in [system(), in_test(system()), key(&["management"])] {
        answers.extend(names.map(|name| format!("{:?}", world.query(actor.clone(), json!({"query": name})))));
    }
    answers
}

/// Commands that look at what time has brought. Those of the generator name sessions and calls.
fn commands(id: &str, known: &Known) -> Vec<Value> {
    let owner = json!({"scope": "INDIVIDUAL", "registered_user_id": id});
    let mut commands = vec![
        json!({"command": "set_retention_hold", "registered_user_id": id, "held": true}),
        json!({"command": "delete_registered_user", "registered_user_id": id}),
        json!({"command": "start_link", "registered_user_id": id, "connector": "slack"}),
        json!({"command": "update_registered_user", "registered_user_id": id, "patch": {"is_active": false}}),
    ];
    for connector in CONNECTORS {
        commands.push(json!({"command": "revoke_credential", "owner": owner, "connector": connector}));
        for status in ["active", "needs_reauth"] {
            commands.push(
                json!({"command": "report_credential", "owner": owner, "connector": connector, "status": status}),
            );
        }
    }
    for by in 0..3 {
        let now = "2026-01-31T10:00:00Z";
        commands.push(with(known.command([29, by, 1, 0, 0, 0, 0, 0], now), json!({"expires_at": null})));
        commands.push(known.command([41, by, 0, 0, 0, 0, 0, 0], now));
    }
    commands
}

/// The instants to look at: random ones, and all due ones with their neighbours.
fn instants(world: &World, rolls: &[u8]) -> Vec<Timestamp> {
    let now = Timestamp::parse(&world.now()).unwrap();
    let mut twin = world.clone();
    let mut instants = BTreeSet::from([now]);
    while let Some(due) = twin.tenantry.next_due() {
        let near = [-1, 0, 1].map(|millis| Timestamp::from_millis(due.millis() + millis).unwrap());
        instants.extend(near.into_iter().filter(|at| *at >= now));
        twin.set_now(&due.max(now).to_string());
        twin.sweep();
    }
    let all: Vec<Timestamp> = instants.iter().copied().collect();
    let chosen = rolls.iter().map(|roll| all[usize::from(*roll) % all.len()]);
    let random = rolls.iter().map(|roll| now.saturating_add(Duration::from_secs(u64::from(*roll) * 977)));
    chosen.chain(random).collect::<BTreeSet<_>>().into_iter().collect()
}

#[test]
fn t_2_swept_or_not_a_random_world_answers_the_same_at_every_instant() {
    let coverage = RefCell::new(Coverage::default());
    let start = peopled();
    runs(18, &(vec(any::<Roll>(), 40..90), vec(any::<u8>(), 2)), |(rolls, chosen)| {
        let coverage = &mut *coverage.borrow_mut();
        let (mut world, mut known) = start.clone();
        for roll in rolls.into_iter().map(lively) {
            if roll[5] >= 236 {
                world.advance(Duration::from_secs(u64::from(roll[6]) * 60));
            }
            let (actor, command) = (known.actor(roll, &world.now()), known.command(roll, &world.now()));
            // Nothing is swept but by the twin.
            if command["command"] == "advance_time" {
                continue;
            }
            match world.execute(actor, command) {
                Ok(outcome) => {
                    coverage.see("accepted");
                    known.learn(&outcome);
                }
                Err(_) => coverage.see("rejected"),
            }
        }
        let instants = instants(&world, &chosen);
        for (index, at) in instants.iter().enumerate() {
            let mut swept = world.clone();
            swept.set_now(&at.to_string());
            let outcome = swept.sweep();
            event_names(&outcome).iter().for_each(|name| coverage.see(name));
            let due = outcome["events"].as_array().unwrap().iter().any(|event| event["due_at"] == at.to_string());
            coverage.see(if due { "at the very instant" } else { "at another instant" });
            // Then, and at a later instant, which may be the very one of something else.
            for now in [Some(at), instants.get(index + 1)].into_iter().flatten() {
                let (mut one, mut other) = (world.clone(), swept.clone());
                one.set_now(&now.to_string());
                other.set_now(&now.to_string());
                let (one, other) = (everything(&one, &known), everything(&other, &known));
                for (unswept, swept) in one.iter().zip(&other) {
                    assert_eq!(unswept, swept, "swept at {at}, asked at {now}");
                }
                coverage.see("compared");
            }
        }
        Ok(())
    });
    let coverage = coverage.into_inner();
    coverage.covers(&[
        "credential_expired",
        "link_session_expired",
        "link_session_removed",
        "tool_call_expired",
        "registered_user_purged",
        "at the very instant",
        "at another instant",
    ]);
    let (accepted, rejected) = (coverage.count("accepted"), coverage.count("rejected"));
    println!("{accepted} of {} accepted, {} comparisons", accepted + rejected, coverage.count("compared"));
    assert!(accepted * 10 >= (accepted + rejected) * 3);
    assert!(coverage.count("compared") > 100);
}

#[test]
fn t_2_both_environments_at_one_instant_are_told_in_one_order_however_many_there_are() {
    // The order of the contract ends with the connector: production goes before test.
    let mut world = World::new();
    let slugs: Vec<String> = (0..40).map(|index| format!("c{index:02}")).collect();
    for slug in &slugs {
        world.connector(slug, &["a"]);
        world.pack(slug, json!([{"connector": slug, "auth_scope": "ORGANIZATION"}]));
    }
    // The later made first, so that no order of making helps.
    for actor in [in_test(system()), system()] {
        let create =
            json!({"command": "create_registered_user", "origin_user_id": format!("{actor}").len().to_string()});
        let user = world.accepts(actor.clone(), create)["response"]["registered_user_id"].clone();
        for slug in slugs.iter().rev() {
            let start =
                json!({"command": "start_link", "registered_user_id": user, "connector": slug, "tool_pack_id": slug});
            let session = world.accepts(actor.clone(), start)["response"]["link_session_id"].clone();
            let complete =
                json!({"command": "complete_link", "link_session_id": session, "expires_at": "2026-01-31T11:00:00Z"});
            world.accepts(actor.clone(), complete);
        }
    }
    world.advance(Duration::from_secs(3600));
    let outcome = world.accepts(host(), json!({"command": "advance_time"}));
    let lapsed: Vec<(String, String)> = outcome["events"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|event| event["event"] == "credential_expired")
        .map(|event| {
            (event["connector"].as_str().unwrap().to_owned(), event["environment"].as_str().unwrap().to_owned())
        })
        .collect();
    assert_eq!(lapsed.len(), 80);
    assert!(lapsed.is_sorted(), "{lapsed:?}");
}
