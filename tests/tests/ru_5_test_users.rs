//! RU-5: test users are made by accounts and the host, in the test environment only.

use tenantry_tests::actors::{anonymous, in_test, key, management, registered_user, runtime, system, system_test};
use tenantry_tests::{World, json, text};

#[test]
fn ru_5_a_test_user_is_made_in_test_only() {
    let mut world = World::new();
    let command =
        json!({"command": "create_test_user", "origin_user_name": "Robot", "origin_user_email": "r@acme.example"});
    world.rejects(system(), command.clone(), "forbidden");
    let outcome = world.accepts(system_test(), command.clone());
    let user = &outcome["response"]["registered_user"];
    assert_eq!(outcome["response"]["created"], true);
    assert_eq!(outcome["response"]["ignored"], json!([]));
    assert_eq!(user["is_test"], true);
    assert_eq!(user["origin_user_name"], "Robot");
    assert_eq!(user["origin_user_email"], "r@acme.example");
    // There is nothing to find it by: each time another one.
    let again = world.accepts(system_test(), command);
    assert_ne!(again["response"]["registered_user_id"], outcome["response"]["registered_user_id"]);
}

#[test]
fn ru_5_no_key_makes_one() {
    let mut world = World::new();
    let command = json!({"command": "create_test_user"});
    for actor in [management(), runtime(), key(&["management", "runtime"])] {
        world.rejects(actor.clone(), command.clone(), "forbidden");
        world.rejects(in_test(actor), command.clone(), "forbidden");
    }
    world.rejects(anonymous(), command.clone(), "not_authenticated");
    let id = world.user("alice");
    world.rejects(registered_user(&id), command, "forbidden");
}

#[test]
fn ru_5_every_user_of_the_test_environment_is_a_test_user() {
    let mut world = World::new();
    for (actor, is_test) in [(system(), false), (system_test(), true)] {
        let command = json!({"command": "create_registered_user", "origin_user_id": format!("{is_test}")});
        let outcome = world.accepts(actor, command);
        assert_eq!(outcome["response"]["registered_user"]["is_test"], is_test);
    }
    for (actor, is_test) in [(system(), true), (system_test(), false)] {
        let query = json!({"query": "list_registered_users", "is_test": is_test});
        assert_eq!(world.answers(actor, query)["items"], json!([]));
    }
}

#[test]
fn ru_5_a_test_user_has_no_other_field() {
    let mut world = World::new();
    let command = json!({"command": "create_test_user", "origin_user_id": "alice"});
    let rejection = world.rejects_at(system_test(), command, "invalid_request", "/origin_user_id");
    assert_eq!(text(&rejection, "/message"), "unknown field `origin_user_id`");
}
