//! RU-6: a patch is an RFC 7396 merge patch: absent is unchanged, null is cleared.

use tenantry_tests::actors::system;
use tenantry_tests::{Value, World, event_names, json, with};

fn profile() -> Value {
    json!({
        "origin_user_name": "Alice",
        "origin_user_email": "alice@acme.example",
        "shared_credential_group": {"origin_company_id": "c1", "origin_company_name": "One"},
        "custom_groupings": {"a": "1", "b": "2"},
        "user_type": "SYSTEM",
    })
}

/// Of each patch: the changed members of the view, and the event's changes (null where there is no event).
fn patches() -> Vec<(Value, Value, Value)> {
    let left = json!({"origin_company_id": null});
    vec![
        (json!({}), json!({}), Value::Null),
        (json!({"origin_user_name": "Bob"}), json!({"origin_user_name": "Bob"}), json!({"origin_user_name": "Bob"})),
        (json!({"origin_user_name": null}), json!({"origin_user_name": null}), json!({"origin_user_name": null})),
        (json!({"origin_user_name": "Alice"}), json!({}), Value::Null),
        (json!({"origin_user_email": null}), json!({"origin_user_email": null}), json!({"origin_user_email": null})),
        (json!({"origin_user_email": "alice@acme.example"}), json!({}), Value::Null),
        (json!({"user_type": null}), json!({"user_type": "HUMAN"}), json!({"user_type": "HUMAN"})),
        (json!({"user_type": "SYSTEM"}), json!({}), Value::Null),
        (json!({"is_active": true}), json!({}), Value::Null),
        // Groupings merge key by key.
        (json!({"custom_groupings": {}}), json!({}), Value::Null),
        (
            json!({"custom_groupings": {"c": "3"}}),
            json!({"custom_groupings": {"a": "1", "b": "2", "c": "3"}}),
            json!({"custom_groupings": {"a": "1", "b": "2", "c": "3"}}),
        ),
        (
            json!({"custom_groupings": {"a": null, "b": "9"}}),
            json!({"custom_groupings": {"b": "9"}}),
            json!({"custom_groupings": {"b": "9"}}),
        ),
        (json!({"custom_groupings": {"x": null}}), json!({}), Value::Null),
        (json!({"custom_groupings": null}), json!({"custom_groupings": {}}), json!({"custom_groupings": {}})),
        (
            json!({"custom_groupings": {"c": "3"}, "shared_credential_group": {"custom_groupings": {"a": null, "c": "3"}}}),
            json!({"custom_groupings": {"b": "2", "c": "3"}}),
            json!({"custom_groupings": {"b": "2", "c": "3"}}),
        ),
        (
            json!({"shared_credential_group": {"custom_groupings": null}}),
            json!({"custom_groupings": {}}),
            json!({"custom_groupings": {}}),
        ),
        // The company: leaving keeps the groupings; a null name counts as not given.
        (json!({"shared_credential_group": null}), json!({"shared_credential_group": null}), left.clone()),
        (
            json!({"shared_credential_group": {"origin_company_id": null}}),
            json!({"shared_credential_group": null}),
            left.clone(),
        ),
        (
            json!({"shared_credential_group": {"origin_company_id": null, "origin_company_name": null}}),
            json!({"shared_credential_group": null}),
            left,
        ),
        (json!({"shared_credential_group": {}}), json!({}), Value::Null),
        (json!({"shared_credential_group": {"origin_company_name": null}}), json!({}), Value::Null),
        (
            json!({"shared_credential_group": {"origin_company_id": "c1", "origin_company_name": null}}),
            json!({}),
            Value::Null,
        ),
        (
            json!({"shared_credential_group": {"origin_company_id": "c1", "origin_company_name": "One"}}),
            json!({}),
            Value::Null,
        ),
        (
            json!({"shared_credential_group": {"origin_company_id": "c2"}}),
            json!({"shared_credential_group": {"origin_company_id": "c2", "origin_company_name": null}}),
            json!({"origin_company_id": "c2"}),
        ),
    ]
}

#[test]
fn ru_6_each_patch_changes_what_it_names_and_nothing_else() {
    for (patch, changed, changes) in patches() {
        let mut world = World::new();
        let id = world.user_with("alice", profile());
        let before = world.view(&id);
        world.advance(std::time::Duration::from_secs(1));
        let outcome = world.patch(&id, patch.clone());
        let expected = if changes.is_null() {
            assert_eq!(outcome["events"], json!([]), "{patch}");
            before
        } else {
            let updated = outcome["events"].as_array().unwrap().last().unwrap();
            assert_eq!(updated["event"], "registered_user_updated", "{patch}");
            assert_eq!(updated["changes"], changes, "{patch}");
            with(with(before, changed), json!({"version": 2, "updated_at": "2026-01-31T10:00:01Z"}))
        };
        assert_eq!(world.view(&id), expected, "{patch}");
        assert_eq!(outcome["response"]["registered_user"], expected, "{patch}");
    }
}

#[test]
fn ru_6_a_null_is_active_is_no_patch() {
    let mut world = World::new();
    let id = world.user("alice");
    let command = |patch| json!({"command": "update_registered_user", "registered_user_id": id, "patch": patch});
    world.rejects_at(system(), command(json!({"is_active": null})), "invalid_request", "/patch/is_active");
    world.rejects_at(system(), command(Value::Null), "invalid_request", "/patch");
    world.rejects_at(system(), command(json!([])), "invalid_request", "/patch");
}

#[test]
fn ru_6_a_name_without_an_id_renames_the_current_company() {
    let mut world = World::new();
    let id = world.user_with("alice", profile());
    let before = world.view(&id);
    let outcome = world.patch(&id, json!({"shared_credential_group": {"origin_company_name": "Uno"}}));
    assert_eq!(event_names(&outcome), ["company_renamed"]);
    let reference = json!({"origin_company_id": "c1", "origin_company_name": "Uno"});
    // A company's name is no part of its members' profile (M-3).
    assert_eq!(world.view(&id), with(before, json!({"shared_credential_group": reference})));
}

#[test]
fn ru_6_groupings_given_twice_must_agree() {
    let mut world = World::new();
    let id = world.user_with("alice", profile());
    let command = |top: Value, nested: Value| {
        let patch = json!({"custom_groupings": top, "shared_credential_group": {"custom_groupings": nested}});
        json!({"command": "update_registered_user", "registered_user_id": id, "patch": patch})
    };
    let differing = [
        (json!({"a": "1"}), json!({"a": "2"}), "/patch/custom_groupings/a"),
        (json!({"a": null}), json!({"a": "2"}), "/patch/custom_groupings/a"),
        (json!({"a": "1"}), json!({"a": null}), "/patch/custom_groupings/a"),
        (json!({"b": "1", "~/": "1"}), json!({"~/": "2"}), "/patch/custom_groupings/~0~1"),
        (json!({"a": "1"}), Value::Null, "/patch/custom_groupings"),
        (Value::Null, json!({"a": "1"}), "/patch/custom_groupings"),
    ];
    for (top, nested, pointer) in differing {
        world.rejects_at(system(), command(top, nested), "invalid_custom_groupings", pointer);
    }
    for (top, nested) in
        [(json!({"a": "5"}), json!({"a": "5"})), (json!({"a": null}), json!({"a": null})), (Value::Null, Value::Null)]
    {
        world.accepts(system(), command(top, nested));
    }
}

#[test]
fn ru_6_create_takes_groupings_in_both_places_too() {
    let mut world = World::new();
    let create = |origin: &str, top: Value, nested: Value| {
        let group = json!({"custom_groupings": nested});
        json!({
            "command": "create_registered_user", "origin_user_id": origin,
            "custom_groupings": top, "shared_credential_group": group,
        })
    };
    let outcome = world.accepts(system(), create("a", json!({"a": "1", "b": "2"}), json!({"b": "2", "c": "3"})));
    assert_eq!(outcome["response"]["registered_user"]["custom_groupings"], json!({"a": "1", "b": "2", "c": "3"}));
    // Without a company: groupings are the user's own.
    assert_eq!(outcome["response"]["registered_user"]["shared_credential_group"], Value::Null);
    let conflict = create("b", json!({"a": "1"}), json!({"a": "2"}));
    world.rejects_at(system(), conflict, "invalid_custom_groupings", "/custom_groupings/a");
    // An explicit null equals absent in a create (C-6).
    let outcome = world.accepts(system(), create("c", Value::Null, json!({"a": "2"})));
    assert_eq!(outcome["response"]["registered_user"]["custom_groupings"], json!({"a": "2"}));
}
