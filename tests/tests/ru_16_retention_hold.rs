//! RU-16: a hold keeps a user from deletion and a tombstone from its purge.

use std::time::Duration;
use tenantry_tests::actors::{key, management, system, system_test};
use tenantry_tests::{Value, World, event_names, json};

const DAY: Duration = Duration::from_secs(86_400);

fn hold(id: &str, held: bool) -> Value {
    json!({"command": "set_retention_hold", "registered_user_id": id, "held": held, "reason": "court"})
}

fn delete(id: &str) -> Value {
    json!({"command": "delete_registered_user", "registered_user_id": id})
}

#[test]
fn ru_16_a_held_user_cannot_be_deleted() {
    let mut world = World::new();
    let id = world.user("alice");
    let outcome = world.accepts(system(), hold(&id, true));
    assert_eq!(outcome["response"], json!({"registered_user_id": id, "held": true}));
    assert_eq!(event_names(&outcome), ["retention_hold_placed"]);
    assert_eq!(outcome["events"][0]["reason"], "court");
    let user = world.view(&id);
    assert_eq!((&user["held"], &user["version"]), (&json!(true), &json!(1)));
    let rejection = world.rejects(system(), delete(&id), "retention_hold");
    assert_eq!(rejection["status"], 409);
    assert_eq!(event_names(&world.accepts(system(), hold(&id, false))), ["retention_hold_released"]);
    world.accepts(system(), delete(&id));
}

#[test]
fn ru_16_the_version_is_compared_before_the_hold() {
    let mut world = World::new();
    let id = world.user("alice");
    world.accepts(system(), hold(&id, true));
    let command = json!({"command": "delete_registered_user", "registered_user_id": id, "expected_version": 7});
    world.rejects(system(), command, "version_conflict");
}

#[test]
fn ru_16_the_same_held_again_is_a_no_op() {
    let mut world = World::new();
    let id = world.user("alice");
    assert_eq!(world.accepts(system(), hold(&id, false))["events"], json!([]));
    world.accepts(system(), hold(&id, true));
    let again = world.accepts(system(), hold(&id, true));
    assert_eq!(again["events"], json!([]));
    assert_eq!(again["response"]["held"], true);
}

#[test]
fn ru_16_a_tombstone_can_be_held_until_its_purge_and_not_from_then_on() {
    let mut world = World::new();
    let id = world.user("alice");
    world.accepts(system(), delete(&id));
    world.advance(90 * DAY - Duration::from_millis(1));
    world.accepts(system(), hold(&id, false));
    world.accepts(system(), hold(&id, true));
    world.accepts(system(), hold(&id, false));
    world.advance(Duration::from_millis(1));
    for held in [true, false] {
        world.rejects(system(), hold(&id, held), "registered_user_not_found");
    }
}

#[test]
fn ru_16_a_held_tombstone_stays_and_released_late_is_due_at_once() {
    let mut world = World::new();
    let id = world.user("alice");
    world.accepts(system(), delete(&id));
    world.accepts(system(), hold(&id, true));
    assert_eq!(world.tenantry.next_due(), None);
    world.advance(1000 * DAY);
    assert_eq!(world.accepts(system(), hold(&id, true))["events"], json!([]));
    assert_eq!(event_names(&world.accepts(system(), hold(&id, false))), ["retention_hold_released"]);
    let due = world.tenantry.next_due().unwrap().to_string();
    assert!(due <= world.now(), "{due}");
    for held in [true, false] {
        world.rejects(system(), hold(&id, held), "registered_user_not_found");
    }
}

#[test]
fn ru_16_holds_are_for_accounts_and_the_host() {
    let mut world = World::new();
    let id = world.user("alice");
    for actor in [management(), key(&["management", "runtime"])] {
        world.rejects(actor, hold(&id, true), "forbidden");
    }
    world.rejects(system_test(), hold(&id, true), "registered_user_not_found");
    world.rejects(system(), hold("nobody", true), "registered_user_not_found");
}

#[test]
fn ru_16_held_is_a_boolean_and_a_reason_has_at_most_255_characters() {
    let mut world = World::new();
    let id = world.user("alice");
    for held in [Value::Null, json!(1), json!("true")] {
        let command = json!({"command": "set_retention_hold", "registered_user_id": id, "held": held});
        world.rejects_at(system(), command, "invalid_request", "/held");
    }
    let reason =
        |text: String| json!({"command": "set_retention_hold", "registered_user_id": id, "held": true, "reason": text});
    world.rejects_at(system(), reason("é".repeat(256)), "invalid_request", "/reason");
    world.accepts(system(), reason("é".repeat(255)));
}
