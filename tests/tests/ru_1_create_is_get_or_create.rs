//! RU-1: create finds the user that has the `origin_user_id`, and never changes it.

use tenantry_tests::actors::system;
use tenantry_tests::{World, event_names, json, text, with};

#[test]
fn ru_1_the_first_create_creates() {
    let mut world = World::new();
    let outcome = world.accepts(system(), json!({"command": "create_registered_user", "origin_user_id": "alice"}));
    assert_eq!(event_names(&outcome), ["registered_user_created"]);
    assert_eq!(outcome["response"]["created"], true);
    assert_eq!(outcome["response"]["ignored"], json!([]));
    assert_eq!(outcome["effects"], json!([]));
    let id = text(&outcome, "/response/registered_user_id");
    assert_eq!(outcome["response"]["registered_user"], world.view(&id));
    assert_eq!(
        world.view(&id),
        json!({
            "registered_user_id": id,
            "origin_user_id": "alice",
            "origin_user_name": null,
            "origin_user_email": null,
            "shared_credential_group": null,
            "custom_groupings": {},
            "user_type": "HUMAN",
            "status": "active",
            "is_active": true,
            "is_test": false,
            "held": false,
            "authenticated_connectors": [],
            "version": 1,
            "created_at": "2026-01-31T10:00:00Z",
            "updated_at": "2026-01-31T10:00:00Z",
        })
    );
}

#[test]
fn ru_1_the_second_create_returns_the_user_unchanged() {
    let mut world = World::new();
    let id = world.user_with("alice", json!({"origin_user_name": "Alice"}));
    let before = world.view(&id);
    world.advance(std::time::Duration::from_secs(60));
    let again = world.accepts(
        system(),
        json!({"command": "create_registered_user", "origin_user_id": "alice", "origin_user_name": "Bob"}),
    );
    assert_eq!(event_names(&again), Vec::<String>::new());
    assert_eq!(again["response"]["created"], false);
    assert_eq!(again["response"]["ignored"], json!(["origin_user_name"]));
    assert_eq!(again["response"]["registered_user"], before);
    assert_eq!(world.view(&id), before);
}

#[test]
fn ru_1_ignored_names_the_given_members_that_differ_sorted() {
    let profile = json!({
        "origin_user_name": "Alice",
        "origin_user_email": "alice@acme.example",
        "shared_credential_group": {"origin_company_id": "c1", "origin_company_name": "One", "custom_groupings": {"a": "1"}},
        "user_type": "HUMAN",
    });
    let differing = [
        (json!({}), json!([])),
        (json!({"origin_user_name": "Bob"}), json!(["origin_user_name"])),
        (json!({"origin_user_name": "alice"}), json!(["origin_user_name"])),
        (json!({"origin_user_name": ""}), json!(["origin_user_name"])),
        (json!({"origin_user_email": "ALICE@acme.example"}), json!(["origin_user_email"])),
        (json!({"user_type": "SYSTEM"}), json!(["user_type"])),
        (json!({"user_type": null, "origin_user_name": null, "custom_groupings": null}), json!([])),
        (json!({"shared_credential_group": null}), json!([])),
        (json!({"shared_credential_group": {}}), json!([])),
        (json!({"shared_credential_group": {"origin_company_id": "c1"}}), json!([])),
        (json!({"shared_credential_group": {"origin_company_id": "c1", "origin_company_name": "One"}}), json!([])),
        (
            json!({"shared_credential_group": {"origin_company_id": "c1", "origin_company_name": "Two"}}),
            json!(["shared_credential_group"]),
        ),
        (json!({"shared_credential_group": {"origin_company_id": "c2"}}), json!(["shared_credential_group"])),
        // Groupings are one map wherever they are given, compared as a whole.
        (json!({"shared_credential_group": {"custom_groupings": {"a": "1"}}}), json!([])),
        (json!({"shared_credential_group": null, "custom_groupings": {"a": "1"}}), json!([])),
        (json!({"custom_groupings": {"a": "2"}, "shared_credential_group": null}), json!(["custom_groupings"])),
        (json!({"custom_groupings": {}, "shared_credential_group": null}), json!(["custom_groupings"])),
        (
            json!({"custom_groupings": {"b": "1"}, "shared_credential_group": {"custom_groupings": {"a": "1"}}}),
            json!(["custom_groupings"]),
        ),
        (
            json!({
                "user_type": "SYSTEM",
                "shared_credential_group": {"origin_company_id": "c9", "custom_groupings": {"z": "1"}},
                "origin_user_email": "bob@acme.example",
                "origin_user_name": "Bob",
            }),
            json!([
                "custom_groupings",
                "origin_user_email",
                "origin_user_name",
                "shared_credential_group",
                "user_type"
            ]),
        ),
    ];
    let mut world = World::new();
    let id = world.user_with("alice", profile.clone());
    let before = world.view(&id);
    for (members, ignored) in differing {
        let command = json!({"command": "create_registered_user", "origin_user_id": "alice"});
        let outcome = world.accepts(system(), with(command, members.clone()));
        assert_eq!(outcome["response"]["ignored"], ignored, "{members}");
        assert_eq!(outcome["events"], json!([]), "{members}");
        assert_eq!(outcome["response"]["registered_user"], before, "{members}");
    }
    assert_eq!(world.view(&id), before);
}

#[test]
fn ru_1_a_company_that_the_second_create_names_does_not_come_to_be() {
    let mut world = World::new();
    world.user("alice");
    world.user_with("alice", json!({"shared_credential_group": {"origin_company_id": "c1"}}));
    assert_eq!(world.answers(system(), json!({"query": "list_companies"}))["items"], json!([]));
}
