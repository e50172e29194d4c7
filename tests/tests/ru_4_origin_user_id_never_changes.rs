//! RU-4: an `origin_user_id`, once set, never changes; a test user's may be set once.

use tenantry_tests::actors::{system, system_test};
use tenantry_tests::{Value, World, event_names, json, text};

fn patch(id: &str, patch: Value) -> Value {
    json!({"command": "update_registered_user", "registered_user_id": id, "patch": patch})
}

fn test_user(world: &mut World) -> String {
    text(&world.accepts(system_test(), json!({"command": "create_test_user"})), "/response/registered_user_id")
}

#[test]
fn ru_4_a_patch_never_changes_the_origin_id() {
    let mut world = World::new();
    let id = world.user("alice");
    for value in [json!("bob"), json!("Alice"), json!("alice "), Value::Null] {
        let patch = patch(&id, json!({"origin_user_id": value, "origin_user_name": "Alice"}));
        world.rejects_at(system(), patch, "origin_user_id_immutable", "/patch/origin_user_id");
    }
    assert_eq!(world.view(&id)["version"], 1);
}

#[test]
fn ru_4_naming_the_same_value_is_a_no_op() {
    let mut world = World::new();
    let id = world.user("alice");
    let outcome = world.patch(&id, json!({"origin_user_id": "alice"}));
    assert_eq!(outcome["events"], json!([]));
    let outcome = world.patch(&id, json!({"origin_user_id": "alice", "origin_user_name": "Alice"}));
    assert_eq!(outcome["response"]["registered_user"]["version"], 2);
}

#[test]
fn ru_4_a_test_user_has_none_and_may_get_one_once() {
    let mut world = World::new();
    let id = test_user(&mut world);
    let get = json!({"query": "get_registered_user", "registered_user_id": id});
    assert_eq!(world.answers(system_test(), get.clone())["origin_user_id"], Value::Null);
    // Null stands for what is there already.
    let outcome = world.accepts(system_test(), patch(&id, json!({"origin_user_id": null})));
    assert_eq!(outcome["events"], json!([]));

    let outcome = world.accepts(system_test(), patch(&id, json!({"origin_user_id": "alice"})));
    assert_eq!(event_names(&outcome), ["registered_user_updated"]);
    assert_eq!(outcome["events"][0]["changes"], json!({"origin_user_id": "alice"}));
    assert_eq!(world.answers(system_test(), get)["version"], 2);
    let found = world.answers(system_test(), json!({"query": "find_registered_user", "origin_user_id": "alice"}));
    assert_eq!(found["registered_user_id"], id);
    for value in [json!("bob"), Value::Null] {
        world.rejects(system_test(), patch(&id, json!({"origin_user_id": value})), "origin_user_id_immutable");
    }
}

#[test]
fn ru_4_what_is_taken_in_either_environment_cannot_be_set() {
    for scope in ["organization", "environment"] {
        let mut world = World::with_policy(json!({"origin_user_id_scope": scope}));
        world.user("production");
        world.accepts(system_test(), json!({"command": "create_registered_user", "origin_user_id": "test"}));
        let id = test_user(&mut world);
        let set = |origin: &str| patch(&id, json!({"origin_user_id": origin}));
        world.rejects_at(system_test(), set("test"), "origin_user_id_taken", "/patch/origin_user_id");
        if scope == "organization" {
            world.rejects_at(system_test(), set("production"), "origin_user_id_taken", "/patch/origin_user_id");
        } else {
            world.accepts(system_test(), set("production"));
        }
    }
}
