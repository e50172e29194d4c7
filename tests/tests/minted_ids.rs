//! Section 2: ids derive from the context's entropy, and one that exists already is refused.

use tenantry_tests::actors::{host, of, system};
use tenantry_tests::{OTHER, Value, World, json, text, with};

fn create(origin: &str, company: Option<&str>) -> Value {
    let group = company.map(|id| json!({"origin_company_id": id}));
    json!({"command": "create_registered_user", "origin_user_id": origin, "shared_credential_group": group})
}

#[test]
fn the_same_entropy_at_the_same_instant_gives_the_same_ids_and_so_is_refused() {
    let mut world = World::new();
    let context = world.context(system());
    world.execute_in(&context, &create("alice", None)).unwrap();
    let rejection = world.execute_in(&context, &create("bob", None)).unwrap_err();
    assert_eq!((&rejection["code"], &rejection["pointer"]), (&json!("invalid_request"), &json!("/context/entropy")));
    // Nothing is minted where the user is there.
    assert_eq!(world.execute_in(&context, &create("alice", None)).unwrap()["response"]["created"], false);
    // Another organization's user has the id as well.
    let elsewhere = with(context.clone(), json!({"actor": of(system(), OTHER)}));
    assert_eq!(world.execute_in(&elsewhere, &create("bob", None)).unwrap_err()["pointer"], "/context/entropy");
    // At another instant it is another id.
    let later = with(context, json!({"now": "2026-01-31T10:00:00.001Z"}));
    world.execute_in(&later, &create("bob", None)).unwrap();
}

#[test]
fn two_companies_never_share_a_stream() {
    let mut world = World::new();
    let id = world.user("alice");
    let patch = |company: &str| {
        let patch = json!({"shared_credential_group": {"origin_company_id": company}});
        json!({"command": "update_registered_user", "registered_user_id": id, "patch": patch})
    };
    let context = world.context(system());
    world.execute_in(&context, &patch("c1")).unwrap();
    let rejection = world.execute_in(&context, &patch("c2")).unwrap_err();
    assert_eq!((&rejection["code"], &rejection["pointer"]), (&json!("invalid_request"), &json!("/context/entropy")));
}

#[test]
fn an_organization_id_that_was_minted_before_is_the_entropys_fault() {
    let mut world = World::new();
    let context = world.context(host());
    let command = json!({"command": "create_organization", "name": "New"});
    world.execute_in(&context, &command).unwrap();
    assert_eq!(world.execute_in(&context, &command).unwrap_err()["pointer"], "/context/entropy");
}

#[test]
fn several_ids_of_one_command_differ() {
    let mut world = World::new();
    let outcome = world.accepts(system(), create("alice", Some("c1")));
    let company = text(&outcome, "/events/0/stream/id");
    let user = text(&outcome, "/events/1/stream/id");
    assert!(company.starts_with("cmp_") && company.len() == 30, "{company}");
    assert_eq!(user.len(), 36);
    assert_eq!(&user[14..15], "7", "a UUIDv7: {user}");
    assert_eq!(user, user.to_lowercase());
}

#[test]
fn ids_sort_by_their_instant_and_times_before_1970_count_as_0() {
    let mut world = World::new();
    let mut ids = Vec::new();
    for now in ["0001-01-01T00:00:00Z", "1969-12-31T23:59:59.999Z", "1970-01-01T00:00:00Z"] {
        world.set_now(now);
        let id = world.user(now);
        assert!(id.starts_with("00000000-0000-7"), "{id}");
    }
    for now in ["1970-01-01T00:00:00.001Z", "2026-01-31T10:00:00Z", "9999-12-31T23:59:59.999Z"] {
        world.set_now(now);
        ids.push(world.user(now));
    }
    assert!(
        ids.is_sorted() && ids[0].starts_with("00000000-0001-7") && ids[2].starts_with("e677d21f-dbff-7"),
        "{ids:?}"
    );
}

#[test]
fn entropy_is_32_hex_digits() {
    let mut world = World::new();
    let context = world.context(system());
    let wrong = [
        "",
        "0",
        &"0".repeat(31),
        &"0".repeat(33),
        &"g".repeat(32),
        "+0000000000000000000000000000001",
        "００００００００００",
    ];
    for entropy in wrong.map(|text| json!(text)).into_iter().chain([json!(1), json!([]), json!({}), json!(true)]) {
        let context = with(context.clone(), json!({"entropy": entropy}));
        let rejection = world.execute_in(&context, &create("alice", None)).unwrap_err();
        assert_eq!(
            (&rejection["code"], &rejection["pointer"]),
            (&json!("invalid_request"), &json!("/context/entropy"))
        );
    }
    let upper = with(context.clone(), json!({"entropy": "ABCDEFABCDEFABCDEFABCDEFABCDEFAB"}));
    let lower = with(context, json!({"entropy": "abcdefabcdefabcdefabcdefabcdefab"}));
    let one = world.clone().execute_in(&upper, &create("alice", None)).unwrap();
    assert_eq!(one, world.execute_in(&lower, &create("alice", None)).unwrap());
}

#[test]
fn entropy_is_asked_for_where_something_may_be_minted_and_nowhere_else() {
    let mut world = World::new();
    let id = world.user_with("alice", json!({"shared_credential_group": {"origin_company_id": "c1"}}));
    let patch = |patch: Value| json!({"command": "update_registered_user", "registered_user_id": id, "patch": patch});
    let needing = [
        create("alice", None),
        json!({"command": "create_test_user"}),
        json!({"command": "create_organization", "name": "New", "organization_id": "org_new"}),
        patch(json!({"shared_credential_group": {"origin_company_id": "c1"}})),
    ];
    let content = [
        patch(json!({"origin_user_name": "A"})),
        patch(json!({"shared_credential_group": {"origin_company_name": "A"}})),
        patch(json!({"shared_credential_group": null})),
        json!({"command": "set_retention_hold", "registered_user_id": id, "held": false}),
        json!({"command": "delete_company", "origin_company_id": "c1"}),
        json!({"command": "delete_registered_user", "registered_user_id": id}),
    ];
    for null in [true, false] {
        let mut context = tenantry_tests::without(world.context(system()), "entropy");
        if null {
            context = with(context, json!({"entropy": null}));
        }
        for command in &needing {
            let rejection = world.execute_in(&context, command).unwrap_err();
            assert_eq!(
                (&rejection["code"], &rejection["pointer"]),
                (&json!("invalid_request"), &json!("/context/entropy"))
            );
        }
        let mut world = world.clone();
        for command in &content {
            world.execute_in(&context, command).unwrap();
        }
    }
}
