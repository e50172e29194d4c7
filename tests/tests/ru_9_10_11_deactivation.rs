//! RU-9, RU-10, RU-11: a deactivated user, how it comes back, and what create does with it.

use tenantry_tests::actors::{registered_user, system};
use tenantry_tests::{Value, World, event_names, json, text};

fn create(origin: &str) -> Value {
    json!({"command": "create_registered_user", "origin_user_id": origin, "origin_user_name": "Other"})
}

#[test]
fn ru_9_deactivating_again_is_a_no_op() {
    let mut world = World::new();
    let id = world.user("alice");
    let outcome = world.patch(&id, json!({"is_active": false}));
    assert_eq!(event_names(&outcome), ["registered_user_deactivated"]);
    let user = &outcome["response"]["registered_user"];
    assert_eq!(
        (&user["status"], &user["is_active"], &user["version"]),
        (&json!("deactivated"), &json!(false), &json!(2))
    );
    assert_eq!(world.patch(&id, json!({"is_active": false}))["events"], json!([]));
    assert_eq!(world.view(&id)["version"], 2);
    // It is still there: for itself, for lists, by its origin id.
    world.answers(registered_user(&id), json!({"query": "get_registered_user", "registered_user_id": id}));
    world.answers(system(), json!({"query": "find_registered_user", "origin_user_id": "alice"}));
    let listed = world.answers(system(), json!({"query": "list_registered_users", "status": "deactivated"}));
    assert_eq!(listed["items"][0]["registered_user_id"], id);
    let listed = world.answers(system(), json!({"query": "list_registered_users", "status": "active"}));
    assert_eq!(listed["items"], json!([]));
}

#[test]
fn ru_10_reactivating_brings_it_back_and_again_is_a_no_op() {
    let mut world = World::new();
    let id = world.user("alice");
    assert_eq!(world.patch(&id, json!({"is_active": true}))["events"], json!([]));
    world.patch(&id, json!({"is_active": false}));
    let outcome = world.patch(&id, json!({"is_active": true}));
    assert_eq!(event_names(&outcome), ["registered_user_reactivated"]);
    assert_eq!(world.view(&id)["status"], "active");
    assert_eq!(world.view(&id)["version"], 3);
}

#[test]
fn ru_10_profile_patches_on_a_deactivated_user_are_allowed_also_with_is_active() {
    let mut world = World::new();
    let id = world.user("alice");
    let outcome = world.patch(&id, json!({"is_active": false, "origin_user_name": "A"}));
    assert_eq!(event_names(&outcome), ["registered_user_updated", "registered_user_deactivated"]);
    // One command, one version (M-3).
    assert_eq!(outcome["events"][0]["version"], 2);
    assert_eq!(outcome["events"][1]["version"], 2);
    assert_eq!(world.view(&id)["version"], 2);
    assert_eq!(event_names(&world.patch(&id, json!({"origin_user_name": "B"}))), ["registered_user_updated"]);
    let outcome = world.patch(&id, json!({"is_active": true, "user_type": "SYSTEM"}));
    assert_eq!(event_names(&outcome), ["registered_user_updated", "registered_user_reactivated"]);
    let user = world.view(&id);
    assert_eq!(
        (&user["version"], &user["status"], &user["user_type"]),
        (&json!(4), &json!("active"), &json!("SYSTEM"))
    );
}

#[test]
fn ru_11_by_default_create_returns_a_deactivated_user_as_it_is() {
    for policy in [json!({}), json!({"recreate_deactivated": "return"})] {
        let mut world = World::with_policy(policy);
        let id = world.user("alice");
        world.patch(&id, json!({"is_active": false}));
        let before = world.view(&id);
        let outcome = world.accepts(system(), create("alice"));
        assert_eq!(outcome["events"], json!([]));
        assert_eq!(outcome["response"]["ignored"], json!(["origin_user_name"]));
        assert_eq!(outcome["response"]["registered_user"], before);
    }
}

#[test]
fn ru_11_policy_reactivate_reactivates() {
    let mut world = World::with_policy(json!({"recreate_deactivated": "reactivate"}));
    let id = world.user("alice");
    assert_eq!(world.accepts(system(), create("alice"))["events"], json!([]));
    world.patch(&id, json!({"is_active": false}));
    world.advance(std::time::Duration::from_secs(5));
    let outcome = world.accepts(system(), create("alice"));
    assert_eq!(event_names(&outcome), ["registered_user_reactivated"]);
    assert_eq!(outcome["response"]["created"], false);
    assert_eq!(outcome["response"]["ignored"], json!(["origin_user_name"]));
    let user = world.view(&id);
    assert_eq!(outcome["response"]["registered_user"], user);
    assert_eq!((&user["status"], &user["version"]), (&json!("active"), &json!(3)));
    assert_eq!(user["updated_at"], "2026-01-31T10:00:05Z");
    assert_eq!(user["origin_user_name"], Value::Null);
}

#[test]
fn ru_11_policy_conflict_refuses() {
    let mut world = World::with_policy(json!({"recreate_deactivated": "conflict"}));
    let id = world.user("alice");
    assert_eq!(world.accepts(system(), create("alice"))["response"]["created"], false);
    world.patch(&id, json!({"is_active": false}));
    let rejection = world.rejects_at(system(), create("alice"), "origin_user_id_taken", "/origin_user_id");
    assert!(text(&rejection, "/what_to_do").contains("is_active"));
    world.patch(&id, json!({"is_active": true}));
    assert_eq!(world.accepts(system(), create("alice"))["response"]["created"], false);
}
