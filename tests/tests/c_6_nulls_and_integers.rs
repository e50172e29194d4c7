//! C-6: null equals absent, what an actor leaves out, and which numbers are integers.

use tenantry_tests::actors::{host, management, system, system_test};
use tenantry_tests::{Value, World, json, with};

#[test]
fn c_6_an_explicit_null_equals_absent_for_every_optional_field() {
    let nulls = json!({
        "origin_user_name": null, "origin_user_email": null, "shared_credential_group": null,
        "custom_groupings": null, "user_type": null,
    });
    let mut world = World::new();
    let mut twin = world.clone();
    let create = json!({"command": "create_registered_user", "origin_user_id": "alice"});
    let plain = world.accepts(system(), create.clone());
    assert_eq!(twin.accepts(system(), with(create, nulls)), plain);
    let id = plain["response"]["registered_user_id"].clone();

    let pairs = [
        (
            system_test(),
            json!({"command": "create_test_user"}),
            json!({"origin_user_name": null, "origin_user_email": null}),
        ),
        (
            system(),
            json!({"command": "update_registered_user", "registered_user_id": id, "patch": {"origin_user_name": "A"}}),
            json!({"expected_version": null}),
        ),
        (
            system(),
            json!({"command": "set_retention_hold", "registered_user_id": id, "held": false}),
            json!({"reason": null}),
        ),
        (
            system(),
            json!({"command": "create_registered_user", "origin_user_id": "bob", "shared_credential_group": {"origin_company_id": "c1"}}),
            json!({"shared_credential_group": {"origin_company_id": "c1", "origin_company_name": null, "custom_groupings": null}}),
        ),
        (
            system(),
            json!({"command": "delete_registered_user", "registered_user_id": id}),
            json!({"expected_version": null}),
        ),
        (host(), json!({"command": "create_organization", "name": "New"}), json!({"organization_id": null})),
    ];
    for (actor, command, nulls) in pairs {
        let plain = world.accepts(actor.clone(), command.clone());
        assert_eq!(twin.accepts(actor, with(command.clone(), nulls)), plain, "{command}");
    }
    let queries = [
        (json!({"query": "list_companies"}), json!({"limit": null, "after": null})),
        (
            json!({"query": "list_registered_users"}),
            json!({"origin_company_id": null, "group_id": null, "status": null, "is_test": null, "limit": null, "after": null}),
        ),
    ];
    for (query, nulls) in queries {
        assert_eq!(world.answers(system(), query.clone()), world.answers(system(), with(query, nulls)));
    }
    let optional = json!({"registered_user_ids": null, "tool_pack_ids": null, "expires_at": null, "key_id": null});
    let list = json!({"query": "list_registered_users"});
    assert_eq!(world.answers(management(), list.clone()), world.answers(with(management(), optional), list));
}

#[test]
fn c_6_what_the_host_leaves_out_is_asked_for() {
    let mut world = World::new();
    let create = json!({"command": "create_registered_user", "origin_user_id": "alice"});
    let organization = json!({"organization_id": "org_acme"});
    let environment = json!({"environment": "test"});
    let asked = [
        (host(), "/context/actor/organization_id"),
        (with(host(), organization), "/context/actor/environment"),
        (with(host(), environment), "/context/actor/organization_id"),
        (with(system(), json!({"organization_id": null})), "/context/actor/organization_id"),
        (with(system(), json!({"environment": null})), "/context/actor/environment"),
    ];
    for (actor, pointer) in asked {
        world.rejects_at(actor.clone(), create.clone(), "invalid_request", pointer);
        assert_eq!(world.refuses(actor, json!({"query": "list_companies"}), "invalid_request")["pointer"], pointer);
    }
}

#[test]
fn c_6_integer_fields_take_integral_floats_within_2_to_the_53() {
    let mut world = World::new();
    let id = world.user("alice");
    let context = world.context(system()).to_string();
    let delete = |version: &str| {
        format!(r#"{{"command":"delete_registered_user","registered_user_id":"{id}","expected_version":{version}}}"#)
    };
    let integers = ["2", "2.0", "2e0", "20e-1", "9007199254740991", "9007199254740991.0", "9.007199254740991e15"];
    for version in integers {
        let rejection = world.execute_text(&context, &delete(version)).unwrap_err();
        assert_eq!(rejection["code"], "version_conflict", "{version}");
    }
    let others = [
        "0",
        "-0",
        "0.0",
        "-1",
        "0.5",
        "1.5",
        "9007199254740992",
        "9007199254740993",
        "1e16",
        "1e300",
        "-9007199254740991",
        "18446744073709551615",
        "18446744073709551616",
        "\"1\"",
        "true",
        "[1]",
        "{}",
    ];
    for version in others {
        let rejection = world.execute_text(&context, &delete(version)).unwrap_err();
        assert_eq!(
            (&rejection["code"], &rejection["pointer"]),
            (&json!("invalid_request"), &json!("/expected_version")),
            "{version}"
        );
    }
    world.execute_text(&context, &delete("1.0")).unwrap();
}

#[test]
fn c_6_a_limit_is_1_to_200() {
    let mut world = World::new();
    for limit in [json!(1), json!(200), json!(1.0), json!(50)] {
        world.answers(system(), json!({"query": "list_companies", "limit": limit}));
    }
    for limit in [json!(0), json!(201), json!(-1), json!(1.5), json!("1"), json!(true)] {
        let refusal = world.refuses(system(), json!({"query": "list_companies", "limit": limit}), "invalid_request");
        assert_eq!(refusal["pointer"], "/limit");
    }
}

#[test]
fn c_6_a_patch_is_the_place_where_null_means_something() {
    let mut world = World::new();
    let id = world.user_with("alice", json!({"origin_user_name": "A", "custom_groupings": {"a": "1", "b": "2"}}));
    world.patch(&id, json!({"origin_user_name": null, "custom_groupings": {"a": null}}));
    let user = world.view(&id);
    assert_eq!((&user["origin_user_name"], &user["custom_groupings"]), (&Value::Null, &json!({"b": "2"})));
}
