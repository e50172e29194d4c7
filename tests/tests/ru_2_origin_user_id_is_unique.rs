//! RU-2: an `origin_user_id` is unique in the organization, or in the environment where policy says so.

use tenantry_tests::actors::{in_test, management, of, system, system_test};
use tenantry_tests::{OTHER, Value, World, json, text};

fn create(id: &str) -> Value {
    json!({"command": "create_registered_user", "origin_user_id": id})
}

#[test]
fn ru_2_the_other_environment_cannot_have_it_too() {
    for (first, second) in [(system(), system_test()), (system_test(), system())] {
        let mut world = World::new();
        world.accepts(first.clone(), create("alice"));
        let rejection = world.rejects_at(second.clone(), create("alice"), "origin_user_id_taken", "/origin_user_id");
        assert_eq!(rejection["status"], 409);
        assert!(text(&rejection, "/what_to_do").contains("test and production keys"));
        // The same environment still finds it.
        assert_eq!(world.accepts(first, create("alice"))["response"]["created"], false);
    }
}

#[test]
fn ru_2_a_deactivated_user_of_the_other_environment_holds_it_too() {
    let mut world = World::new();
    let id = world.user("alice");
    world.patch(&id, json!({"is_active": false}));
    world.rejects(system_test(), create("alice"), "origin_user_id_taken");
}

#[test]
fn ru_2_a_deleted_user_of_the_other_environment_does_not() {
    let mut world = World::new();
    let id = world.user("alice");
    world.accepts(system(), json!({"command": "delete_registered_user", "registered_user_id": id}));
    assert_eq!(world.accepts(system_test(), create("alice"))["response"]["created"], true);
}

#[test]
fn ru_2_with_scope_environment_the_two_are_independent() {
    let mut world = World::with_policy(json!({"origin_user_id_scope": "environment"}));
    let one = world.accepts(system(), create("alice"));
    let other = world.accepts(system_test(), create("alice"));
    assert_eq!(other["response"]["created"], true);
    assert_ne!(one["response"]["registered_user_id"], other["response"]["registered_user_id"]);
    for (actor, outcome) in [(management(), one), (in_test(management()), other)] {
        let found = world.answers(actor, json!({"query": "find_registered_user", "origin_user_id": "alice"}));
        assert_eq!(found["registered_user_id"], outcome["response"]["registered_user_id"]);
    }
}

#[test]
fn ru_2_organizations_are_independent() {
    let mut world = World::new();
    world.accepts(system(), create("alice"));
    assert_eq!(world.accepts(of(system(), OTHER), create("alice"))["response"]["created"], true);
    assert_eq!(world.accepts(of(system(), OTHER), create("alice"))["response"]["created"], false);
}

#[test]
fn ru_2_a_refused_create_leaves_no_company_behind() {
    let mut world = World::new();
    world.accepts(system_test(), create("alice"));
    let mut command = create("alice");
    command["shared_credential_group"] = json!({"origin_company_id": "c1"});
    world.rejects(system(), command, "origin_user_id_taken");
    assert_eq!(world.answers(system(), json!({"query": "list_companies"}))["items"], json!([]));
}
