//! M-3: a version counts the commands that changed profile or status, and nothing else; `updated_at`
//! is the `now` of the last one.

use std::time::Duration;
use tenantry_tests::actors::{host, registered_user, runtime, system};
use tenantry_tests::decisions::{call, individual};
use tenantry_tests::{ACME, Value, World, json, text, with};

const SECOND: Duration = Duration::from_secs(1);

fn patch(user: &str, patch: Value) -> Value {
    json!({"command": "update_registered_user", "registered_user_id": user, "patch": patch})
}

#[test]
fn m_3_each_command_that_changes_profile_or_status_counts_once_and_no_other_does() {
    let mut world = World::shop_with(json!({"recreate_deactivated": "reactivate"}));
    let user = world.user_with("alice", json!({"shared_credential_group": {"origin_company_id": "c1"}}));
    let other = world.user_with("bob", json!({"shared_credential_group": {"origin_company_id": "c1"}}));
    let session = world.start_link(&user, "github", None);
    world.link(&user, "slack", None, json!({}));
    let tool_call = world.start_call(&user, "own", "slack__post");
    let reference =
        |name: &str| json!({"shared_credential_group": {"origin_company_id": "c1", "origin_company_name": name}});
    let steps: Vec<(Value, Value, bool)> = vec![
        // Changes, each once, however much it changes.
        (system(), patch(&user, json!({"origin_user_name": "A"})), true),
        (
            system(),
            patch(
                &user,
                json!({"origin_user_name": "B", "origin_user_email": "b@c.de", "user_type": "SYSTEM", "custom_groupings": {"k": "v"}}),
            ),
            true,
        ),
        (system(), patch(&user, json!({"origin_user_email": null})), true),
        // The same again, and nothing at all.
        (system(), patch(&user, json!({"origin_user_name": "B", "user_type": "SYSTEM"})), false),
        (system(), patch(&user, json!({})), false),
        (system(), patch(&user, json!({"is_active": true, "origin_user_id": "alice"})), false),
        // A company's name is no part of its members' profile, whoever changes it.
        (system(), patch(&user, reference("One")), false),
        (system(), patch(&other, reference("Uno")), false),
        (system(), patch(&user, json!({"shared_credential_group": {"origin_company_name": "Eins"}})), false),
        (system(), patch(&user, json!({"shared_credential_group": {"origin_company_id": "c2"}})), true),
        // Links, credentials, calls, holds.
        (registered_user(&user), json!({"command": "complete_link", "link_session_id": session}), false),
        (system(), json!({"command": "start_link", "registered_user_id": user, "connector": "slack"}), false),
        (
            system(),
            json!({"command": "report_credential", "owner": individual(&user), "connector": "slack", "status": "needs_reauth"}),
            false,
        ),
        (system(), json!({"command": "revoke_credential", "owner": individual(&user), "connector": "slack"}), false),
        (runtime(), with(call(&user, "own", "slack__post"), json!({"command": "start_tool_call"})), false),
        (
            runtime(),
            json!({"command": "finish_tool_call", "registered_user_id": user, "tool_call_id": tool_call, "result": "failed"}),
            false,
        ),
        (system(), json!({"command": "set_retention_hold", "registered_user_id": user, "held": true}), false),
        (system(), json!({"command": "set_retention_hold", "registered_user_id": user, "held": false}), false),
        (
            system(),
            json!({"command": "create_registered_user", "origin_user_id": "alice", "origin_user_name": "Z"}),
            false,
        ),
        (host(), json!({"command": "advance_time"}), false),
        // Status, with all that it brings; with a profile it is still one command.
        (system(), patch(&user, json!({"is_active": false})), true),
        (system(), patch(&user, json!({"is_active": false})), false),
        (system(), json!({"command": "create_registered_user", "origin_user_id": "alice"}), true),
        (
            system(),
            patch(&user, json!({"is_active": false, "origin_user_name": "C", "shared_credential_group": null})),
            true,
        ),
        (system(), patch(&user, json!({"is_active": true, "user_type": null})), true),
    ];
    let mut expected = (1, text(&world.view(&user), "/updated_at"));
    assert_eq!(
        (world.view(&user)["version"].as_u64(), text(&world.view(&user), "/created_at")),
        (Some(1), expected.1.clone())
    );
    for (actor, command, counts) in steps {
        world.advance(SECOND);
        let outcome = world.accepts(actor, command.clone());
        if counts {
            expected = (expected.0 + 1, world.now());
        }
        let seen = world.view(&user);
        assert_eq!((seen["version"].as_u64().unwrap(), text(&seen, "/updated_at")), expected, "{command}");
        // Whatever event tells a version tells this one.
        for event in outcome["events"].as_array().unwrap() {
            assert!(event.get("version").is_none_or(|version| *version == expected.0), "{event}");
        }
    }
    // `expected_version` is checked against it: the one before and the one after are not it.
    let with_version =
        |version: u64| with(patch(&user, json!({"origin_user_name": "D"})), json!({"expected_version": version}));
    for version in [expected.0 - 1, expected.0 + 1] {
        world.rejects_at(system(), with_version(version), "version_conflict", "/expected_version");
    }
    world.accepts(system(), with_version(expected.0));
}

#[test]
fn m_3_an_accounts_version_counts_the_commands_that_changed_it() {
    let mut world = World::new();
    let create = json!({"command": "create_user", "name": "E", "email": "e@acme.example", "organization_id": ACME});
    let account = text(&world.accepts(host(), create), "/response/id");
    let version = |world: &mut World| world.account_view(&account)["version"].clone();
    assert_eq!(version(&mut world), 1);
    let mut expected = 1;
    for (status, counts) in
        [("active", false), ("suspended", true), ("suspended", false), ("inactive", true), ("active", true)]
    {
        world.advance(SECOND);
        let set = json!({"command": "set_user_status", "user_id": account, "status": status});
        let outcome = world.accepts(host(), set);
        expected += u64::from(counts);
        assert_eq!(version(&mut world), expected, "{status}");
        assert_eq!(outcome["events"].as_array().unwrap().len(), usize::from(counts));
    }
    for (patch, counts) in [
        (json!({}), false),
        (json!({"name": "E", "role": "member"}), false),
        (json!({"name": "F", "role": "organization_admin", "external_id": "x"}), true),
        (json!({"external_id": null}), true),
        (json!({"external_id": null}), false),
    ] {
        world.accepts(host(), json!({"command": "update_user", "user_id": account, "patch": patch}));
        expected += u64::from(counts);
        assert_eq!(version(&mut world), expected, "{patch}");
    }
}
