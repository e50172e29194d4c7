//! CR-4, RU-13: a credential remembers who has linked it, until that user's purge; a user who leaves gets a list of what
//! stays with others.

use serde_json::from_str;
use std::time::Duration;
use tenantry::json::parse_document;
use tenantry::{Event, Options, Tenantry, wire};
use tenantry_tests::actors::{host, management, registered_user, restricted_to_users, runtime, system};
use tenantry_tests::decisions::{organization, shared};
use tenantry_tests::rows::{Table, partial};
use tenantry_tests::{Value, World, json, text, with};

const DAY: Duration = Duration::from_secs(86_400);

/// Two users of one company; the first has linked slack and github for itself, its company and its organization.
fn linked() -> (World, String, String) {
    let mut world = World::shop();
    let mut user = |name: &str| world.user_with(name, json!({"shared_credential_group": {"origin_company_id": "c1"}}));
    let (alice, bob) = (user("alice"), user("bob"));
    for pack in ["own", "team", "all"] {
        for connector in ["slack", "github"] {
            world.link(&alice, connector, Some(pack), json!({}));
        }
    }
    (world, alice, bob)
}

/// Who has linked the slack credentials that a user reaches, in the order of the scopes.
fn linkers(world: &mut World, actor: Value, id: &str) -> Vec<Value> {
    let all = world.answers(actor, json!({"query": "list_credentials", "registered_user_id": id}));
    let slack = all["items"].as_array().unwrap().iter().filter(|held| held["connector"] == "slack");
    slack.map(|held| held["linked_by"].clone()).collect()
}

fn others(outcome: &Value) -> Vec<(String, String)> {
    let list = outcome["response"]["linked_for_others"].as_array().unwrap();
    list.iter().map(|one| (text(one, "/owner/scope"), text(one, "/connector"))).collect()
}

fn delete(id: &str) -> Value {
    json!({"command": "delete_registered_user", "registered_user_id": id})
}

#[test]
fn cr_4_a_credential_remembers_who_linked_it() {
    let (mut world, alice, bob) = linked();
    assert_eq!(linkers(&mut world, system(), &alice), [json!(alice), json!(alice), json!(alice)]);
    let outcome = world.link(&bob, "slack", Some("team"), json!({}));
    assert_eq!(outcome["response"]["credential"]["linked_by"], json!(bob));
    let replaced = outcome["events"].as_array().unwrap().iter().find(|event| event["event"] == "credential_replaced");
    assert_eq!(replaced.unwrap()["linked_by"], json!(bob));
    assert_eq!(linkers(&mut world, management(), &alice), [json!(alice), json!(bob), json!(alice)]);
    // Whatever else happens to the credential leaves it.
    let report = json!({
        "command": "report_credential", "owner": shared("c1"), "connector": "slack", "status": "needs_reauth",
    });
    let answer = world.accepts(system(), report);
    assert_eq!(answer["response"]["credential"]["linked_by"], json!(bob));
    let revoke = json!({"command": "revoke_credential", "owner": organization(), "connector": "slack"});
    let answer = world.accepts(system(), revoke);
    assert_eq!(answer["response"]["credential"]["linked_by"], json!(alice));
}

#[test]
fn p_2_only_actors_that_see_the_user_see_linked_by() {
    let (mut world, alice, bob) = linked();
    world.link(&bob, "slack", Some("team"), json!({}));
    // A registered user learns nothing of what is not its own, as of the external account.
    assert_eq!(linkers(&mut world, registered_user(&alice), &alice), [json!(alice), Value::Null, Value::Null]);
    assert_eq!(linkers(&mut world, registered_user(&bob), &bob), [Value::Null, Value::Null]);
    // A key held to some users learns of those.
    assert_eq!(linkers(&mut world, restricted_to_users(&[&bob]), &bob), [json!(bob), Value::Null]);
    assert_eq!(linkers(&mut world, restricted_to_users(&[&alice]), &alice), [json!(alice), Value::Null, json!(alice)]);
}

#[test]
fn ru_13_a_deletion_tells_what_stays_with_others() {
    let (mut world, alice, bob) = linked();
    let all = [("SHARED", "github"), ("SHARED", "slack"), ("ORGANIZATION", "github"), ("ORGANIZATION", "slack")];
    let listed = others(&world.clone().accepts(system(), delete(&alice)));
    assert_eq!(listed, all.map(|(scope, connector)| (scope.to_owned(), connector.to_owned())));
    // What was linked again by another, or is not live, is no longer the user's matter.
    world.link(&bob, "slack", Some("team"), json!({}));
    let revoke = json!({"command": "revoke_credential", "owner": organization(), "connector": "github"});
    world.accepts(system(), revoke);
    let left = others(&world.clone().accepts(system(), delete(&alice)));
    let expected = [("SHARED", "github"), ("ORGANIZATION", "slack")];
    assert_eq!(left, expected.map(|(scope, connector)| (scope.to_owned(), connector.to_owned())));
    assert_eq!(others(&world.clone().accepts(system(), delete(&bob))), [("SHARED".to_owned(), "slack".to_owned())]);
    // Nor are those of a company that it has left, and come back to as another one.
    world.patch(&alice, json!({"shared_credential_group": {"origin_company_id": "c2"}}));
    let organization_only = [("ORGANIZATION".to_owned(), "slack".to_owned())];
    assert_eq!(others(&world.clone().accepts(system(), delete(&alice))), organization_only);
    world.accepts(system(), delete(&bob));
    world.accepts(system(), json!({"command": "delete_company", "origin_company_id": "c1"}));
    world.patch(&alice, json!({"shared_credential_group": {"origin_company_id": "c1"}}));
    assert_eq!(others(&world.clone().accepts(system(), delete(&alice))), organization_only);
    let unlinked = world.user("carol");
    assert_eq!(others(&world.accepts(system(), delete(&unlinked))), []);
}

#[test]
fn ru_13_a_deactivation_tells_the_same_and_no_other_patch_does() {
    let (mut world, alice, _) = linked();
    let off = world.patch(&alice, json!({"is_active": false, "origin_user_name": "A"}));
    assert_eq!(others(&off).len(), 4);
    for patch in [json!({"is_active": false}), json!({"is_active": true}), json!({"origin_user_name": "B"}), json!({})]
    {
        let outcome = world.patch(&alice, patch);
        assert_eq!(outcome["response"].get("linked_for_others"), None);
    }
    let moved = json!({"is_active": false, "shared_credential_group": {"origin_company_id": "c2"}});
    assert_eq!(others(&world.patch(&alice, moved)).len(), 2, "of its company as it is afterwards");
}

#[test]
fn ru_13_the_purge_leaves_no_linker_in_state_views_or_journal() {
    let mut world = World::with_options(&json!({"journal": "memory"}));
    world.connector("slack", &["post"]);
    world.pack("team", json!([{"connector": "slack", "auth_scope": "SHARED"}]));
    world.pack("all", json!([{"connector": "slack", "auth_scope": "ORGANIZATION"}]));
    let mut user = |name: &str, company: &str| {
        world.user_with(name, json!({"shared_credential_group": {"origin_company_id": company}}))
    };
    let (alice, bob, carol) = (user("alice", "c1"), user("bob", "c1"), user("carol", "c2"));
    world.link(&alice, "slack", Some("team"), json!({}));
    world.link(&alice, "slack", Some("all"), json!({}));
    // Wherever it has been.
    world.patch(&alice, json!({"shared_credential_group": {"origin_company_id": "c2"}}));
    world.link(&alice, "slack", Some("team"), json!({}));
    world.patch(&alice, json!({"shared_credential_group": null}));
    world.accepts(system(), delete(&alice));
    assert_eq!(linkers(&mut world, system(), &bob), [json!(alice), json!(alice)], "until the purge");
    assert_eq!(linkers(&mut world, system(), &carol), [json!(alice), json!(alice)]);
    let table = Table::of(&world.state());

    world.advance(90 * DAY);
    let unswept = world.clone();
    world.sweep();
    for mut world in [unswept, world.clone()] {
        assert_eq!(linkers(&mut world, system(), &bob), [Value::Null, Value::Null], "swept or not (T-2)");
        assert_eq!(linkers(&mut world, system(), &carol), [Value::Null, Value::Null]);
    }
    assert!(!world.state().contains(&alice));
    let journal = world.journal(&host(), &json!({}), 200);
    let naming: Vec<&Value> = journal.iter().filter(|event| event.to_string().contains(&alice)).collect();
    assert!(naming.len() == 1 && naming[0]["event"] == "registered_user_purged", "{naming:?}");
    assert_eq!(fold(&journal).snapshot(), world.state());
    assert_eq!(fold(&world.events).snapshot(), world.state(), "as the host had kept it");

    // The host's own events, erased as the effect asks.
    let mut erased = Vec::new();
    for event in &world.events {
        let mut event: Event = serde_json::from_value(event.clone()).unwrap();
        let own = json!(event.stream) == json!({"kind": "registered_user", "id": alice});
        if !own || event.body.name() == tenantry::EventName::RegisteredUserPurged {
            event.forget(tenantry::RegisteredUserId::from_text(&alice));
            erased.push(event);
        }
    }
    assert_eq!(json!(erased), json!(journal));
    // One who forgets to erase it elsewhere gets the same state: who is not there has linked nothing.
    let careless: Vec<Value> = world
        .events
        .iter()
        .filter(|event| event["stream"]["id"] != json!(alice) || event["event"] == "registered_user_purged")
        .cloned()
        .collect();
    assert_eq!(fold(&careless).snapshot(), world.state());

    // A host that keeps rows writes those of the companies with the purge.
    let mut table = table;
    let (command, context) =
        (json!({"command": "advance_time"}).to_string(), json!({"now": world.now(), "actor": host()}).to_string());
    let mut instance = partial();
    let rounds = table.prepare(&mut instance, &command, &context, None).rounds;
    assert!(rounds <= 3, "{rounds} rounds");
    let outcome =
        wire::execute(&mut instance, &parse_document(&command).unwrap(), &parse_document(&context).unwrap()).unwrap();
    table.commit(&mut from_str(&outcome).unwrap());
    assert!(table.rows().iter().all(|(key, row)| !key.contains(&alice) && !row.to_string().contains(&alice)));
    assert_eq!(table.rows(), Table::of(&world.state()).rows());
}

fn fold(events: &[Value]) -> Tenantry {
    let text = json!(events).to_string();
    wire::fold(&parse_document(&text).unwrap(), &parse_document("{}").unwrap()).unwrap()
}

#[test]
fn ru_13_who_comes_again_is_not_touched_by_the_purge() {
    let (mut world, alice, _) = linked();
    world.accepts(system(), delete(&alice));
    let again = world.user_with("alice", json!({"shared_credential_group": {"origin_company_id": "c1"}}));
    world.link(&again, "slack", Some("team"), json!({}));
    world.advance(90 * DAY);
    world.sweep();
    assert_eq!(linkers(&mut world, system(), &again), [json!(again), Value::Null]);
    assert_eq!(world.decides(&again, "all", "slack__post"), "allow", "what it has linked for others stays");
    world.accepts(
        runtime(),
        with(tenantry_tests::decisions::call(&again, "team", "slack__post"), json!({"command": "start_tool_call"})),
    );
}

#[test]
fn s_2_a_linker_that_is_not_there_or_does_not_know_of_it_is_refused() {
    let (world, alice, bob) = linked();
    let snapshot: Value = from_str(&world.state()).unwrap();
    let refused_at = |pointer: &str, value: Value| {
        let mut forged = snapshot.clone();
        *forged.pointer_mut(pointer).unwrap() = value;
        let rejection = Tenantry::restore(&forged.to_string(), Options::default()).map(|_| pointer).unwrap_err();
        rejection.pointer.unwrap()
    };
    let shared = "/companies/0/credentials/0/linked_by";
    let organization = "/organization_credentials/0/credential/linked_by";
    let nobody = "0197b2a0-0000-7000-8000-000000000000";
    for place in [shared, organization] {
        assert_eq!(refused_at(place, json!(bob)), place);
        assert_eq!(refused_at(place, json!(nobody)), place);
    }
    let users = snapshot["registered_users"].as_array().unwrap();
    let index = users.iter().position(|user| user["registered_user_id"] == json!(alice)).unwrap();
    let own = format!("/registered_users/{index}/life/present/credentials/0/linked_by");
    assert_eq!(refused_at(&own, json!(bob)), own);
    let list = format!("/registered_users/{index}/linked");
    assert_eq!(refused_at(&list, json!([])), organization);
    let mut reversed = snapshot.pointer(&list).unwrap().as_array().unwrap().clone();
    reversed.reverse();
    assert_eq!(refused_at(&list, json!(reversed)), format!("{list}/1"));
}
