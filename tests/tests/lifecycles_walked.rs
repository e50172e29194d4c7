//! Each lifecycle walked whole through the public face: every state × every trigger.

use serde_json::{Value, json};
use std::time::Duration;
use tenantry_tests::actors::{host, system};
use tenantry_tests::{World, event_names};

const DAY: Duration = Duration::from_secs(86_400);

/// A command's events, or the code that refused it.
fn outcome(answer: &Result<Value, Value>) -> String {
    match answer {
        Ok(outcome) => event_names(outcome).join(" "),
        Err(rejection) => rejection["code"].as_str().unwrap().to_owned(),
    }
}

/// A world with a connector and two packs, and a user.
fn world() -> (World, String) {
    let mut world = World::new();
    world.connector("slack", &["post"]);
    world.pack("pack", json!([{"connector": "slack"}]));
    let user = world.user("user_1");
    (world, user)
}

#[test]
fn ru_9_ru_10_ru_12_ru_13_a_registered_user_in_every_state() {
    const GONE: &str = "registered_user_not_found";
    let table = [
        ("active", ["registered_user_deactivated", "", "tool_call_denied", "registered_user_deleted"]),
        ("deactivated", ["", "registered_user_reactivated", "tool_call_denied", "registered_user_deleted"]),
        ("deleted", [GONE; 4]),
        ("purged", [GONE; 4]),
    ];
    for (state, expected) in table {
        let patch = |is_active: bool, user: &str| json!({"command": "update_registered_user", "registered_user_id": user, "patch": {"is_active": is_active}});
        let triggers: [fn(&str) -> Value; 2] = [
            |user| json!({"command": "start_tool_call", "registered_user_id": user, "tool_pack_id": "pack", "tool": "slack__post"}),
            |user| json!({"command": "delete_registered_user", "registered_user_id": user}),
        ];
        for (index, expected) in expected.into_iter().enumerate() {
            let (mut world, user) = world();
            match state {
                "deactivated" => {
                    world.accepts(system(), patch(false, &user));
                }
                "deleted" | "purged" => {
                    world.accepts(system(), triggers[1](&user));
                }
                _ => {}
            }
            if state == "purged" {
                world.advance(90 * DAY);
                world.accepts(host(), json!({"command": "advance_time"}));
            }
            let command = match index {
                0 => patch(false, &user),
                1 => patch(true, &user),
                2 => triggers[0](&user),
                _ => triggers[1](&user),
            };
            let answer = world.execute(system(), command.clone());
            assert_eq!(outcome(&answer), expected, "{state}: {command}");
        }
    }
}

#[test]
fn cr_1_cr_4_cr_5_cr_6_a_credential_in_every_state() {
    const NONE: &str = "credential_not_found";
    let table = [
        ("missing", ["link_session_completed credential_granted", NONE, NONE, NONE]),
        (
            "active",
            [
                "link_session_completed credential_replaced",
                "credential_refreshed",
                "credential_needs_reauth",
                "credential_revoked",
            ],
        ),
        (
            "needs_reauth",
            ["link_session_completed credential_replaced", "credential_refreshed", "", "credential_revoked"],
        ),
        ("revoked", ["link_session_completed credential_replaced", NONE, NONE, NONE]),
    ];
    for (state, expected) in table {
        for (index, expected) in expected.into_iter().enumerate() {
            let (mut world, user) = world();
            let owner = json!({"scope": "INDIVIDUAL", "registered_user_id": user});
            let report = |status: &str, expires_at: Value| {
                json!({"command": "report_credential", "owner": owner, "connector": "slack", "status": status,
                    "expires_at": expires_at})
            };
            let revoke = json!({"command": "revoke_credential", "owner": owner, "connector": "slack"});
            if state != "missing" {
                world.link(&user, "slack", None, json!({}));
            }
            if state == "needs_reauth" {
                world.accepts(system(), report("needs_reauth", Value::Null));
            }
            if state == "revoked" {
                world.accepts(system(), revoke.clone());
            }
            let command = match index {
                0 => {
                    let session = world.start_link(&user, "slack", None);
                    json!({"command": "complete_link", "link_session_id": session})
                }
                1 => report("active", json!("2027-01-01T00:00:00Z")),
                2 => report("needs_reauth", Value::Null),
                _ => revoke,
            };
            let answer = world.execute(system(), command.clone());
            assert_eq!(outcome(&answer), expected, "{state}: {command}");
        }
    }
}

#[test]
fn cr_3_a_link_session_in_every_state() {
    let (closed, over) = ("link_session_closed", "link_session_expired");
    let table = [
        ("pending", ["link_session_completed credential_granted", "link_session_failed"]),
        ("completed", [closed, closed]),
        ("failed", [closed, closed]),
        ("cancelled", [closed, closed]),
        ("expired", [over, over]),
        ("removed", ["link_session_not_found", "link_session_not_found"]),
    ];
    for (state, expected) in table {
        for (index, expected) in expected.into_iter().enumerate() {
            let (mut world, user) = world();
            let session = world.start_link(&user, "slack", None);
            let complete = json!({"command": "complete_link", "link_session_id": session});
            let fail = json!({"command": "fail_link", "link_session_id": session});
            match state {
                "completed" => drop(world.accepts(system(), complete.clone())),
                "failed" => drop(world.accepts(system(), fail.clone())),
                "cancelled" => drop(world.patch(&user, json!({"is_active": false}))),
                "expired" => world.advance(Duration::from_secs(1800)),
                "removed" => world.advance(Duration::from_secs(1800) + DAY),
                _ => {}
            }
            let command = if index == 0 { complete } else { fail };
            let answer = world.execute(system(), command.clone());
            assert_eq!(outcome(&answer), expected, "{state}: {command}");
        }
    }
}

#[test]
fn d_4_a_tool_call_in_every_state() {
    for (state, expected) in [
        ("open", "tool_call_finished"),
        ("finished", "tool_call_not_found"),
        ("expired", "tool_call_not_found"),
        ("unknown", "tool_call_not_found"),
    ] {
        let (mut world, user) = world();
        world.link(&user, "slack", None, json!({}));
        let mut call = world.start_call(&user, "pack", "slack__post");
        if state == "unknown" {
            call = "call_00000000000000000000000000".to_owned();
        }
        let finish = json!({"command": "finish_tool_call", "registered_user_id": user, "tool_call_id": call,
            "result": "completed"});
        match state {
            "finished" => drop(world.accepts(system(), finish.clone())),
            "expired" => world.advance(DAY),
            _ => {}
        }
        let answer = world.execute(system(), finish);
        assert_eq!(outcome(&answer), expected, "{state}");
    }
}
