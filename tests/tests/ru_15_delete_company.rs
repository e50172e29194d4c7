//! RU-15: a company goes when nobody belongs to it any more; named again it is a new one.

use tenantry_tests::actors::{management, restricted_to_packs, restricted_to_users, runtime, system, system_test};
use tenantry_tests::{Value, World, event_names, json, text};

fn delete(id: &str) -> Value {
    json!({"command": "delete_company", "origin_company_id": id})
}

fn in_company(id: &str) -> Value {
    json!({"shared_credential_group": {"origin_company_id": id, "origin_company_name": "One"}})
}

#[test]
fn ru_15_members_keep_a_company() {
    let mut world = World::new();
    let id = world.user_with("alice", in_company("c1"));
    world.rejects(system(), delete("c1"), "company_not_empty");
    world.patch(&id, json!({"is_active": false}));
    world.rejects(system(), delete("c1"), "company_not_empty");
    world.patch(&id, json!({"shared_credential_group": null}));
    let outcome = world.accepts(management(), delete("c1"));
    assert_eq!(event_names(&outcome), ["company_deleted"]);
    assert_eq!(outcome["response"], json!({"origin_company_id": "c1"}));
    assert_eq!(world.answers(system(), json!({"query": "list_companies"}))["items"], json!([]));
    world.rejects(system(), delete("c1"), "company_not_found");
}

#[test]
fn ru_15_a_deleted_user_does_not_keep_it() {
    let mut world = World::new();
    let id = world.user_with("alice", in_company("c1"));
    world.accepts(system(), json!({"command": "delete_registered_user", "registered_user_id": id}));
    world.accepts(system(), delete("c1"));
}

#[test]
fn ru_15_named_again_it_is_a_new_company() {
    let mut world = World::new();
    let id = world.user_with("alice", in_company("c1"));
    world.patch(&id, json!({"shared_credential_group": {"origin_company_id": "c2"}}));
    let deleted = world.accepts(system(), delete("c1"));
    let back = world.patch(&id, json!({"shared_credential_group": {"origin_company_id": "c1"}}));
    assert_eq!(event_names(&back), ["company_created", "registered_user_updated"]);
    assert_ne!(text(&back, "/events/0/stream/id"), text(&deleted, "/events/0/stream/id"));
    assert_eq!(back["events"][0]["sequence"], 1);
    assert_eq!(back["events"][0]["origin_company_name"], Value::Null);
}

#[test]
fn ru_15_what_is_not_in_reach_is_not_found() {
    let mut world = World::new();
    world.accepts(
        system_test(),
        json!({"command": "create_registered_user", "origin_user_id": "a", "shared_credential_group": {"origin_company_id": "c1"}}),
    );
    let elsewhere = world.rejects(system(), delete("c1"), "company_not_found");
    assert_eq!(elsewhere, world.rejects(system(), delete("c1"), "company_not_found"));
    for actor in [restricted_to_users(&[]), restricted_to_packs(&["p"]), runtime()] {
        world.rejects(actor, delete("c1"), "forbidden");
    }
}
