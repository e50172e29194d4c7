//! RU-12, RU-14: a deletion is irreversible and at once; the `origin_user_id` is free again.

use tenantry_tests::actors::{registered_user, restricted_to_users, system};
use tenantry_tests::{Value, World, effects, event_names, json, text};

fn delete(id: &str) -> Value {
    json!({"command": "delete_registered_user", "registered_user_id": id})
}

#[test]
fn ru_12_deletion_answers_when_the_purge_is_due() {
    for (policy, purge_at) in [
        (json!({}), "2026-05-01T10:00:00Z"),
        (json!({"retention_days": 90}), "2026-05-01T10:00:00Z"),
        (json!({"retention_days": 0}), "2026-01-31T10:00:00Z"),
        (json!({"retention_days": 3650}), "2036-01-29T10:00:00Z"),
    ] {
        let mut world = World::with_policy(policy);
        let id = world.user("alice");
        let outcome = world.accepts(system(), delete(&id));
        let response = json!({"registered_user_id": id, "purge_at": purge_at, "linked_for_others": []});
        assert_eq!(outcome["response"], response);
        assert_eq!(event_names(&outcome), ["registered_user_deleted"]);
        assert_eq!(effects(&outcome), json!([{"effect": "redact_user", "registered_user_id": id}]));
    }
}

#[test]
fn ru_12_a_retention_beyond_the_end_of_time_saturates() {
    let mut world = World::new();
    world.set_now("9999-12-31T23:59:59.999Z");
    let id = world.user("alice");
    assert_eq!(world.accepts(system(), delete(&id))["response"]["purge_at"], "9999-12-31T23:59:59.999Z");
}

#[test]
fn ru_12_a_deleted_user_is_not_found_by_anything() {
    let mut world = World::new();
    let id = world.user_with("alice", json!({"shared_credential_group": {"origin_company_id": "c1"}}));
    world.accepts(system(), delete(&id));
    world.rejects(system(), delete(&id), "registered_user_not_found");
    let patch = json!({"command": "update_registered_user", "registered_user_id": id, "patch": {"is_active": true}});
    world.rejects(system(), patch, "registered_user_not_found");
    world.refuses(
        system(),
        json!({"query": "get_registered_user", "registered_user_id": id}),
        "registered_user_not_found",
    );
    world.refuses(
        system(),
        json!({"query": "find_registered_user", "origin_user_id": "alice"}),
        "registered_user_not_found",
    );
    assert_eq!(world.answers(system(), json!({"query": "list_registered_users"}))["items"], json!([]));
    let filter = json!({"query": "list_registered_users", "origin_company_id": "c1"});
    assert_eq!(world.answers(system(), filter)["items"], json!([]));
    let key = restricted_to_users(&[&id]);
    assert_eq!(world.answers(key, json!({"query": "list_companies"}))["items"], json!([]));
    // Nor is it an actor any more (C-1).
    let own = json!({"query": "get_registered_user", "registered_user_id": id});
    world.refuses(registered_user(&id), own, "not_authenticated");
}

#[test]
fn ru_12_nothing_of_the_profile_stays_in_the_state() {
    let mut world = World::new();
    let id = world.user_with("origin-7f3a", json!({"custom_groupings": {"key-7f3a": "value-7f3a"}}));
    assert!(world.state().contains("key-7f3a"));
    world.accepts(system(), delete(&id));
    assert!(!world.state().contains("7f3a\""), "{}", world.state());
}

#[test]
fn ru_12_the_expected_version_is_looked_at_first() {
    let mut world = World::new();
    let id = world.user("alice");
    let expecting = |version: u64| json!({"command": "delete_registered_user", "registered_user_id": id, "expected_version": version});
    let rejection = world.rejects_at(system(), expecting(2), "version_conflict", "/expected_version");
    assert_eq!(rejection["retryable"], true);
    world.accepts(system(), expecting(1));
}

#[test]
fn ru_14_the_origin_id_of_a_deleted_user_is_free_at_once() {
    let mut world = World::new();
    let profile = json!({
        "origin_user_name": "Alice", "custom_groupings": {"a": "1"}, "user_type": "SYSTEM",
        "shared_credential_group": {"origin_company_id": "c1"},
    });
    let old = world.user_with("alice", profile);
    world.patch(&old, json!({"is_active": false}));
    world.accepts(system(), delete(&old));
    let outcome = world.accepts(system(), json!({"command": "create_registered_user", "origin_user_id": "alice"}));
    let new = &outcome["response"]["registered_user"];
    assert_eq!(outcome["response"]["created"], true);
    assert_ne!(text(new, "/registered_user_id"), old);
    assert_eq!(new["version"], 1);
    assert_eq!(new["status"], "active");
    assert_eq!(new["user_type"], "HUMAN");
    assert_eq!(new["custom_groupings"], json!({}));
    for cleared in ["origin_user_name", "shared_credential_group"] {
        assert_eq!(new[cleared], Value::Null, "{cleared}");
    }
}
