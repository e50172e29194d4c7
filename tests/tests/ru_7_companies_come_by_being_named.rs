//! RU-7: the first user that names a company creates it; a given name that differs renames it.

use tenantry_tests::actors::{in_test, system, system_test};
use tenantry_tests::{Value, World, event_names, json, text};

fn create(origin: &str, group: Value) -> Value {
    json!({"command": "create_registered_user", "origin_user_id": origin, "shared_credential_group": group})
}

fn companies(world: &mut World) -> Value {
    world.answers(system(), json!({"query": "list_companies"}))["items"].clone()
}

#[test]
fn ru_7_the_first_user_that_names_a_company_creates_it() {
    let mut world = World::new();
    let outcome =
        world.accepts(system(), create("a", json!({"origin_company_id": "c1", "origin_company_name": "One"})));
    assert_eq!(event_names(&outcome), ["company_created", "registered_user_created"]);
    assert_eq!(outcome["events"][0]["stream"]["kind"], "company");
    assert!(text(&outcome["events"][0], "/stream/id").starts_with("cmp_"));
    assert_eq!(companies(&mut world), json!([{"origin_company_id": "c1", "origin_company_name": "One", "members": 1}]));
    let outcome = world.accepts(system(), create("b", json!({"origin_company_id": "c1"})));
    assert_eq!(event_names(&outcome), ["registered_user_created"]);
    assert_eq!(companies(&mut world), json!([{"origin_company_id": "c1", "origin_company_name": "One", "members": 2}]));
}

#[test]
fn ru_7_a_given_name_that_differs_renames_the_company() {
    let mut world = World::new();
    let first = world.accepts(system(), create("a", json!({"origin_company_id": "c1"})));
    let renamed =
        world.accepts(system(), create("b", json!({"origin_company_id": "c1", "origin_company_name": "One"})));
    assert_eq!(event_names(&renamed), ["company_renamed", "registered_user_created"]);
    let id = text(&first, "/response/registered_user_id");
    let rename =
        |name: &str| json!({"shared_credential_group": {"origin_company_id": "c1", "origin_company_name": name}});
    assert_eq!(event_names(&world.patch(&id, rename("Uno"))), ["company_renamed"]);
    assert_eq!(event_names(&world.patch(&id, rename("Uno"))), Vec::<String>::new());
    assert_eq!(companies(&mut world), json!([{"origin_company_id": "c1", "origin_company_name": "Uno", "members": 2}]));
}

#[test]
fn ru_7_creating_a_user_that_is_there_renames_nothing() {
    let mut world = World::new();
    world.user_with("a", json!({"shared_credential_group": {"origin_company_id": "c1", "origin_company_name": "One"}}));
    let again = world.accepts(system(), create("a", json!({"origin_company_id": "c1", "origin_company_name": "Two"})));
    assert_eq!(again["events"], json!([]));
    assert_eq!(again["response"]["ignored"], json!(["shared_credential_group"]));
    assert_eq!(companies(&mut world)[0]["origin_company_name"], "One");
}

#[test]
fn ru_7_a_name_needs_a_company() {
    let mut world = World::new();
    let pointer = "/shared_credential_group/origin_company_id";
    for group in
        [json!({"origin_company_name": "One"}), json!({"origin_company_name": "One", "origin_company_id": null})]
    {
        world.rejects_at(system(), create("a", group), "origin_company_id_required", pointer);
    }
    let id = world.user("loner");
    let update = |patch| json!({"command": "update_registered_user", "registered_user_id": id, "patch": patch});
    let pointer = "/patch/shared_credential_group/origin_company_id";
    for group in
        [json!({"origin_company_name": "One"}), json!({"origin_company_name": "One", "origin_company_id": null})]
    {
        let patch = update(json!({"shared_credential_group": group}));
        world.rejects_at(system(), patch, "origin_company_id_required", pointer);
    }
    assert_eq!(companies(&mut world), json!([]));
}

#[test]
fn ru_7_leaving_and_naming_at_once_contradict_each_other() {
    let mut world = World::new();
    let id = world.user_with("a", json!({"shared_credential_group": {"origin_company_id": "c1"}}));
    let patch = json!({"shared_credential_group": {"origin_company_id": null, "origin_company_name": "One"}});
    world.rejects(
        system(),
        json!({"command": "update_registered_user", "registered_user_id": id, "patch": patch}),
        "origin_company_id_required",
    );
}

#[test]
fn ru_7_each_environment_has_its_own_companies() {
    let mut world = World::new();
    world.accepts(system(), create("a", json!({"origin_company_id": "c1", "origin_company_name": "One"})));
    let outcome = world.accepts(system_test(), create("b", json!({"origin_company_id": "c1"})));
    assert_eq!(event_names(&outcome), ["company_created", "registered_user_created"]);
    let listed = world.answers(in_test(system()), json!({"query": "list_companies"}));
    assert_eq!(listed["items"], json!([{"origin_company_id": "c1", "origin_company_name": null, "members": 1}]));
}

#[test]
fn ru_8_moving_and_leaving_are_counted() {
    let mut world = World::new();
    let id = world.user_with("a", json!({"shared_credential_group": {"origin_company_id": "c1"}}));
    let outcome = world.patch(&id, json!({"shared_credential_group": {"origin_company_id": "c2"}}));
    assert_eq!(event_names(&outcome), ["company_created", "registered_user_updated"]);
    let members = |world: &mut World| -> Vec<Value> {
        companies(world).as_array().unwrap().iter().map(|company| company["members"].clone()).collect()
    };
    assert_eq!(members(&mut world), [json!(0), json!(1)]);
    world.patch(&id, json!({"shared_credential_group": null}));
    assert_eq!(members(&mut world), [json!(0), json!(0)]);
    world.patch(&id, json!({"shared_credential_group": {"origin_company_id": "c1"}}));
    assert_eq!(members(&mut world), [json!(1), json!(0)]);
    world.accepts(system(), json!({"command": "delete_registered_user", "registered_user_id": id}));
    assert_eq!(members(&mut world), [json!(0), json!(0)]);
}
