//! D-5: `preview` is what `execute` would be, with the triples that lose or gain access; it changes
//! nothing.

use crate::runs::{Coverage, runs};
use proptest::prelude::any;
use proptest::{collection::vec, prop_assert_eq, test_runner::TestCaseError};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::time::Duration;
use tenantry::json::parse_command;
use tenantry::{Tenantry, Timestamp, wire};
use tenantry_tests::actors::{host, in_test, key, of, system};
use tenantry_tests::decisions::{individual, organization, shared};
use tenantry_tests::random::{CONNECTORS, Known, PACKS, Person, Roll, TOOLS, peopled};
use tenantry_tests::shapes::commands;
use tenantry_tests::{Value, World, canonical_text, json, text, with};

type Triples = BTreeSet<(String, &'static str, &'static str)>;

/// Every triple of which some tool is allowed, by deciding each.
fn allowed(tenantry: &Tenantry, known: &Known, now: &str) -> Triples {
    let now = Timestamp::parse(now).unwrap();
    let mut allowed = Triples::new();
    for person in everybody(known) {
        let actor = of(with(system(), json!({"environment": person.environment})), person.organization_id).to_string();
        let actor = wire::read_actor(&parse_command(&actor).unwrap()).unwrap();
        let acting = tenantry.acting_as(&actor);
        for pack in PACKS {
            for connector in CONNECTORS.into_iter().chain(["notion"]) {
                let allows = |tool| acting.allows(&person.id, pack, &format!("{connector}__{tool}"), now).unwrap();
                let any = TOOLS.iter().any(allows);
                if any {
                    allowed.insert((person.id.clone(), pack, connector));
                }
            }
        }
    }
    allowed
}

fn everybody(known: &Known) -> impl Iterator<Item = &Person> {
    known.users.iter().chain(&known.strangers)
}

/// Whether a triple is in the actor's reach.
fn reaches(actor: &Value, (user, pack, _): &(String, &str, &str), known: &Known) -> bool {
    let person = everybody(known).find(|person| person.id == *user).unwrap();
    let within = |list: &str, id: &str| actor[list].as_array().is_none_or(|ids| ids.iter().any(|known| known == id));
    let itself = actor["type"] != "registered_user" || actor["registered_user_id"] == user.as_str();
    let place = |own: &Value, there: &str| own.is_null() || own == there;
    place(&actor["organization_id"], person.organization_id)
        && place(&actor["environment"], person.environment)
        && within("registered_user_ids", user)
        && within("tool_pack_ids", pack)
        && itself
}

/// The triples of one set that the other has not, in the actor's reach, as an impact lists them.
fn difference(one: &Triples, other: &Triples, actor: &Value, known: &Known) -> Vec<Value> {
    let reached = one.difference(other).filter(|triple| reaches(actor, triple, known));
    reached.map(|(user, pack, connector)| triple(user, pack, connector)).collect()
}

/// One command: previewed, then executed, then compared; and the world goes on from there.
fn step(world: &mut World, known: &mut Known, roll: Roll, coverage: &mut Coverage) -> Result<(), TestCaseError> {
    let command = known.command(roll, &world.now());
    let actor = known.actor(roll, &world.now());
    let context = world.context(actor.clone()).to_string();
    let context = parse_command(&context).unwrap();
    let written = command.to_string();
    let written = parse_command(&written).unwrap();
    let name = text(&command, "/command");
    let state = world.state();
    let previewed = wire::preview(&world.tenantry, &written, &context);
    prop_assert_eq!(&world.state(), &state, "a preview changed something: {}", command);
    let before = world.tenantry.clone();
    let executed = wire::execute(&mut world.tenantry, &written, &context);
    let (previewed, executed) = match (previewed, executed) {
        (Ok(previewed), Ok(executed)) => (previewed, executed),
        (previewed, executed) => {
            prop_assert_eq!(previewed.err(), executed.err(), "{} by {}", command, actor);
            coverage.see(&format!("rejected {name}"));
            coverage.see("rejected");
            return Ok(());
        }
    };
    let mut preview: Value = serde_json::from_str(&previewed).unwrap();
    let impact = preview.as_object_mut().unwrap().remove("impact").unwrap();
    prop_assert_eq!(canonical_text(&preview), executed, "another outcome: {} by {}", command, actor);
    known.learn(&preview);
    coverage.see(&format!("accepted {name}"));
    coverage.see("accepted");
    let (had, has) = (allowed(&before, known, &world.now()), allowed(&world.tenantry, known, &world.now()));
    let lose = difference(&had, &has, &actor, known);
    let gain = difference(&has, &had, &actor, known);
    for (what, list) in [("lose", &lose), ("gain", &gain)] {
        if !list.is_empty() {
            coverage.see(&format!("{what} by {name}"));
            if actor["registered_user_ids"].is_array() || actor["tool_pack_ids"].is_array() {
                coverage.see(&format!("{what} in a restricted reach"));
            }
        }
    }
    let anywhere = |one: &Triples, other: &Triples| difference(one, other, &host(), known).len();
    if lose.len() + gain.len() < anywhere(&had, &has) + anywhere(&has, &had) {
        coverage.see("more beyond reach");
    }
    let total = lose.len() + gain.len();
    prop_assert_eq!(impact, json!({"lose": lose, "gain": gain, "total": total}), "{} by {}", command, actor);
    Ok(())
}

#[test]
fn d_5_preview_is_execute_with_the_triples_that_change() {
    let coverage = RefCell::new(Coverage::default());
    let start = peopled();
    runs(150, &vec(any::<Roll>(), 0..40), |rolls| {
        let (mut world, mut known) = start.clone();
        for roll in rolls {
            if roll[5] >= 240 {
                world.advance(Duration::from_secs(u64::from(roll[6]) * 3600));
            }
            step(&mut world, &mut known, roll, &mut coverage.borrow_mut())?;
        }
        Ok(())
    });
    let coverage = coverage.into_inner();
    let accepted: Vec<String> = commands().iter().map(|name| format!("accepted {name}")).collect();
    let mut wanted: Vec<&str> = accepted.iter().map(String::as_str).collect();
    wanted.extend([
        "lose by update_registered_user",
        "gain by update_registered_user",
        "gain by create_registered_user",
        "lose by delete_registered_user",
        "lose by put_connector",
        "gain by put_connector",
        "lose by put_tool_pack",
        "gain by put_tool_pack",
        "lose by delete_tool_pack",
        "lose by put_group",
        "gain by put_group",
        "gain by complete_link",
        "lose by revoke_credential",
        "lose by report_credential",
        "gain by report_credential",
        "lose in a restricted reach",
        "more beyond reach",
    ]);
    coverage.covers(&wanted);
    let (accepted, rejected) = (coverage.count("accepted"), coverage.count("rejected"));
    assert!(accepted * 10 >= (accepted + rejected) * 3, "only {accepted} of {} accepted", accepted + rejected);
    for quiet in ["advance_time", "start_link", "start_tool_call", "create_user", "delete_company"] {
        assert_eq!(coverage.count(&format!("lose by {quiet}")) + coverage.count(&format!("gain by {quiet}")), 0);
    }
}

fn triple(user: &str, pack: &str, connector: &str) -> Value {
    json!({"registered_user_id": user, "tool_pack_id": pack, "connector": connector})
}

/// Two users of one company, its credential for slack in the pack `team`, the organization's in `all`.
fn office() -> (World, String, String) {
    let mut world = World::new();
    world.connector("slack", &["post", "read"]);
    world.connector("jira", &["search"]);
    world.pack("all", json!([{"connector": "jira", "auth_scope": "ORGANIZATION"}]));
    world.pack("team", json!([{"connector": "slack", "auth_scope": "SHARED"}]));
    let group = json!({"shared_credential_group": {"origin_company_id": "globex"}});
    let mut ids = [world.user_with("alice", group.clone()), world.user_with("bob", group)];
    ids.sort();
    let [alice, bob] = ids;
    world.links(&alice, "slack", Some("team"));
    world.links(&alice, "jira", Some("all"));
    (world, alice, bob)
}

#[test]
fn d_5_who_loses_access_is_known_before() {
    let (mut world, alice, bob) = office();
    let impact =
        |world: &mut World, actor: Value, command: Value| world.preview(actor, &command).unwrap()["impact"].clone();
    let revoke =
        |owner: Value, connector: &str| json!({"command": "revoke_credential", "owner": owner, "connector": connector});
    assert_eq!(
        impact(&mut world, system(), revoke(shared("globex"), "slack")),
        json!({"lose": [triple(&alice, "team", "slack"), triple(&bob, "team", "slack")], "gain": [], "total": 2})
    );
    assert_eq!(
        impact(&mut world, system(), revoke(organization(), "jira")),
        json!({"lose": [triple(&alice, "all", "jira"), triple(&bob, "all", "jira")], "gain": [], "total": 2})
    );
    // A connector that keeps one tool of the pack keeps its users.
    let put = |tools: Value| json!({"command": "put_connector", "connector": "slack", "tools": tools});
    let nothing = json!({"lose": [], "gain": [], "total": 0});
    assert_eq!(impact(&mut world, system(), put(json!(["read"]))), nothing);
    assert_eq!(impact(&mut world, system(), put(json!([])))["total"], 2);
    // Each user in the order of its packs.
    let deactivate =
        json!({"command": "update_registered_user", "registered_user_id": alice, "patch": {"is_active": false}});
    assert_eq!(
        impact(&mut world, system(), deactivate.clone()),
        json!({"lose": [triple(&alice, "all", "jira"), triple(&alice, "team", "slack")], "gain": [], "total": 2})
    );
    // Only what the actor reaches (P-2).
    let both = key(&["management"]);
    let to_pack = with(both.clone(), json!({"tool_pack_ids": ["team"]}));
    assert_eq!(
        impact(&mut world, to_pack, deactivate.clone()),
        json!({"lose": [triple(&alice, "team", "slack")], "gain": [], "total": 1})
    );
    let blind = with(both, json!({"tool_pack_ids": []}));
    assert_eq!(impact(&mut world, blind, deactivate), nothing);
}

#[test]
fn d_5_a_preview_is_refused_as_the_command_would_be() {
    let (mut world, alice, _) = office();
    let revoke = json!({"command": "revoke_credential", "owner": individual(&alice), "connector": "slack"});
    let refused = world.preview(system(), &revoke).unwrap_err();
    assert_eq!(refused["code"], "credential_not_found");
    assert_eq!(refused, world.execute(system(), revoke.clone()).unwrap_err());
    let forbidden = world.preview(key(&["runtime"]), &revoke).unwrap_err();
    assert_eq!(forbidden["code"], "forbidden");
    let malformed = world.preview(system(), &json!({"command": "revoke_credential"})).unwrap_err();
    assert_eq!(malformed, world.execute(system(), json!({"command": "revoke_credential"})).unwrap_err());
    assert_eq!(
        world
            .preview(in_test(system()), &with(revoke, json!({"owner": organization(), "connector": "jira"})))
            .unwrap_err()["code"],
        "credential_not_found"
    );
}

#[test]
fn d_5_at_most_1000_triples_are_listed_and_all_are_counted() {
    let (mut world, ..) = office();
    // Around `World`, which would look at the whole state after each command.
    for index in 0..5000_u32 {
        let context = json!({"now": world.now(), "actor": system(), "entropy": format!("{:032x}", (1_u128 << 64) + u128::from(index))})
            .to_string();
        let command =
            json!({"command": "create_registered_user", "origin_user_id": format!("user_{index}")}).to_string();
        wire::execute(&mut world.tenantry, &parse_command(&command).unwrap(), &parse_command(&context).unwrap())
            .unwrap();
    }
    let context = world.context(system()).to_string();
    let context = parse_command(&context).unwrap();
    let impact = |command: Value| -> Value {
        let command = command.to_string();
        let started = std::time::Instant::now();
        let previewed = wire::preview(&world.tenantry, &parse_command(&command).unwrap(), &context).unwrap();
        println!("{:?} for {command}", started.elapsed());
        serde_json::from_str::<Value>(&previewed).unwrap()["impact"].clone()
    };
    let lost = impact(json!({"command": "revoke_credential", "owner": organization(), "connector": "jira"}));
    assert_eq!((lost["total"].as_u64(), lost["gain"].as_array().map(Vec::len)), (Some(5002), Some(0)));
    let listed: Vec<String> =
        lost["lose"].as_array().unwrap().iter().map(|one| text(one, "/registered_user_id")).collect();
    assert_eq!(listed.len(), 1000);
    assert!(listed.is_sorted(), "the first ones, in the order of their ids");
    // What is lost comes first; both together are at most 1,000.
    let moved = impact(json!({"command": "put_tool_pack", "tool_pack_id": "all", "name": "all", "connectors": []}));
    assert_eq!(moved["total"], 5002);
    let swapped = json!([{"connector": "slack", "auth_scope": "SHARED"}]);
    let swapped =
        impact(json!({"command": "put_tool_pack", "tool_pack_id": "all", "name": "all", "connectors": swapped}));
    assert_eq!(swapped["total"], 5004);
    assert_eq!(swapped["lose"].as_array().map(Vec::len), Some(1000));
    assert_eq!(swapped["gain"], json!([]));
}
