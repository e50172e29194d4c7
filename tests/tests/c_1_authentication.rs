//! C-1: the core authorises what the actor says it is.

use std::time::Duration;
use tenantry_tests::actors::{anonymous, host, in_test, key, management, of, registered_user, runtime, system};
use tenantry_tests::{OTHER, Value, World, json, with};

const NOWHERE: &str = "org_nowhere";

fn list() -> Value {
    json!({"query": "list_companies"})
}

fn get(id: &str) -> Value {
    json!({"query": "get_registered_user", "registered_user_id": id})
}

#[test]
fn c_1_a_key_is_over_at_the_instant_of_its_expiry() {
    let mut world = World::new();
    let expiring = with(management(), json!({"expires_at": "2026-01-31T10:00:00.001Z"}));
    world.answers(expiring.clone(), list());
    world.advance(Duration::from_millis(1));
    world.refuses(expiring.clone(), list(), "not_authenticated");
    world.advance(Duration::from_secs(1));
    world.refuses(expiring.clone(), list(), "not_authenticated");
    // Time that goes back brings it back (T-4).
    world.set_now("2026-01-31T10:00:00Z");
    world.answers(expiring, list());
}

#[test]
fn c_1_a_key_of_an_organization_that_does_not_exist_is_not_authenticated() {
    let mut world = World::new();
    for actor in [management(), runtime(), key(&["management", "runtime"]), key(&[])] {
        world.refuses(of(actor, NOWHERE), list(), "not_authenticated");
    }
}

#[test]
fn c_1_the_host_naming_an_organization_that_does_not_exist_is_told_so() {
    let mut world = World::new();
    world.refuses(of(system(), NOWHERE), list(), "organization_not_found");
    // Even where the command needs none.
    let create = json!({"command": "create_organization", "name": "New"});
    world.rejects(of(host(), NOWHERE), create.clone(), "organization_not_found");
    world.accepts(host(), create);
}

#[test]
fn c_1_an_unknown_account_is_not_authenticated() {
    let mut world = World::new();
    for id in ["usr_1", "usr_01ARZ3NDEKTSV4RRFFQ69G5FAV", "x"] {
        for actor in [json!({"type": "account", "user_id": id}), tenantry_tests::actors::account(id)] {
            world.refuses(actor.clone(), list(), "not_authenticated");
            world.rejects(actor, json!({"command": "create_organization", "name": "N"}), "not_authenticated");
        }
    }
}

#[test]
fn c_1_a_registered_user_acts_where_it_lives_and_nowhere_else() {
    let mut world = World::new();
    let id = world.user("alice");
    let me = registered_user(&id);
    world.answers(me.clone(), get(&id));
    for actor in [
        in_test(me.clone()),
        of(me.clone(), OTHER),
        of(me.clone(), NOWHERE),
        registered_user("nobody"),
        registered_user("00000000-0000-7000-8000-000000000000"),
        registered_user(&id.to_uppercase()),
    ] {
        world.refuses(actor, get(&id), "not_authenticated");
    }
    // A deactivated one passes.
    world.patch(&id, json!({"is_active": false}));
    assert_eq!(world.answers(me.clone(), get(&id))["status"], "deactivated");
    world.accepts(system(), json!({"command": "delete_registered_user", "registered_user_id": id}));
    world.refuses(me, get(&id), "not_authenticated");
}

#[test]
fn c_1_a_registered_user_sees_itself_only() {
    let mut world = World::new();
    let (me, other) = (world.user("alice"), world.user("bob"));
    let missing = world.refuses(registered_user(&me), get("nobody"), "registered_user_not_found");
    assert_eq!(world.refuses(registered_user(&me), get(&other), "registered_user_not_found"), missing);
}

#[test]
fn c_1_nobody_in_particular_is_refused_for_what_it_is() {
    let mut world = World::new();
    world.refuses(anonymous(), list(), "not_authenticated");
    world.rejects(
        anonymous(),
        json!({"command": "create_registered_user", "origin_user_id": "a"}),
        "not_authenticated",
    );
    world.rejects(anonymous(), json!({"command": "create_organization", "name": "N"}), "not_authenticated");
}

#[test]
fn c_1_the_actor_is_read_strictly() {
    let mut world = World::new();
    let wrong = [
        (json!({}), "/context/actor/type"),
        (json!({"type": null}), "/context/actor/type"),
        (json!({"type": "root"}), "/context/actor/type"),
        (json!({"type": 1}), "/context/actor/type"),
        (json!("system"), "/context/actor"),
        (with(host(), json!({"organization_id": "acme", "environment": "test"})), "/context/actor/organization_id"),
        (with(host(), json!({"organization_id": "org_", "environment": "test"})), "/context/actor/organization_id"),
        (with(system(), json!({"environment": "staging"})), "/context/actor/environment"),
        (with(management(), json!({"organization_id": null})), "/context/actor/organization_id"),
        (with(management(), json!({"environment": null})), "/context/actor/environment"),
        (with(management(), json!({"scopes": null})), "/context/actor/scopes"),
        (with(management(), json!({"scopes": "management"})), "/context/actor/scopes"),
        (with(management(), json!({"scopes": ["management", "admin"]})), "/context/actor/scopes/1"),
        (with(management(), json!({"registered_user_ids": "x"})), "/context/actor/registered_user_ids"),
        (with(management(), json!({"registered_user_ids": ["x", 1]})), "/context/actor/registered_user_ids/1"),
        (with(management(), json!({"tool_pack_ids": [null]})), "/context/actor/tool_pack_ids/0"),
        (with(management(), json!({"expires_at": "never"})), "/context/actor/expires_at"),
        (with(management(), json!({"key_id": 7})), "/context/actor/key_id"),
        (with(anonymous(), json!({"organization_id": "org_acme"})), "/context/actor/organization_id"),
        (with(registered_user("x"), json!({"environment": null})), "/context/actor/environment"),
        (with(registered_user("x"), json!({"organization_id": null})), "/context/actor/organization_id"),
        (with(registered_user("x"), json!({"registered_user_id": null})), "/context/actor/registered_user_id"),
        (json!({"type": "account"}), "/context/actor/user_id"),
    ];
    for (actor, pointer) in wrong {
        let refusal = world.refuses(actor.clone(), list(), "invalid_request");
        assert_eq!(refusal["pointer"], pointer, "{actor}");
    }
}
