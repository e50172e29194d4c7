//! CR-1 to CR-7, and what RU-8, RU-9, RU-10, RU-12, RU-15 do to credentials and links.

use std::time::Duration;
use tenantry_tests::actors::{
    in_test, management, of, registered_user, restricted_to_packs, restricted_to_users, system,
};
use tenantry_tests::{OTHER, Value, World, effects, event_names, json, text, with};

const DAY: Duration = Duration::from_secs(86_400);

fn start(user: &str, connector: &str, pack: Option<&str>) -> Value {
    json!({"command": "start_link", "registered_user_id": user, "connector": connector, "tool_pack_id": pack})
}

fn complete(session: &str) -> Value {
    json!({"command": "complete_link", "link_session_id": session})
}

fn fail(session: &str) -> Value {
    json!({"command": "fail_link", "link_session_id": session})
}

fn own(user: &str) -> Value {
    json!({"scope": "INDIVIDUAL", "registered_user_id": user})
}

fn shared(company: &str) -> Value {
    json!({"scope": "SHARED", "origin_company_id": company})
}

fn revoke(owner: &Value, connector: &str) -> Value {
    json!({"command": "revoke_credential", "owner": owner, "connector": connector})
}

fn report(owner: &Value, members: Value) -> Value {
    with(json!({"command": "report_credential", "owner": owner, "connector": "slack"}), members)
}

/// The effect of revoking a first grant whose account nobody knows.
fn upstream(owner: &Value) -> Value {
    json!({"effect": "revoke_upstream", "owner": owner, "connector": "slack", "generation": 1, "external_account_id": null})
}

fn member(company: &str) -> Value {
    json!({"shared_credential_group": {"origin_company_id": company}})
}

/// A shop with a user of company `c1`.
fn shop() -> (World, String) {
    let mut world = World::shop();
    let user = world.user_with("alice", member("c1"));
    (world, user)
}

#[test]
fn cr_1_one_credential_for_owner_and_connector_whatever_happens() {
    let (mut world, user) = shop();
    world.link(&user, "slack", None, json!({"external_account_id": "U1"}));
    world.accepts(system(), revoke(&own(&user), "slack"));
    let outcome =
        world.link(&user, "slack", None, json!({"external_account_id": "U2", "expires_at": "2027-01-01T00:00:00Z"}));
    assert_eq!(event_names(&outcome), ["link_session_completed", "credential_replaced"]);
    assert_eq!(
        outcome["response"]["credential"],
        json!({
            "owner": own(&user), "connector": "slack", "status": "active", "cause": null, "generation": 2,
            "expires_at": "2027-01-01T00:00:00Z", "external_account_id": "U2", "linked_by": user,
            "updated_at": "2026-01-31T10:00:00Z",
        })
    );
    let all = world.answers(system(), json!({"query": "list_credentials", "registered_user_id": user}));
    assert_eq!(all["items"], json!([outcome["response"]["credential"]]));
}

#[test]
fn cr_1_an_active_one_whose_time_has_come_counts_as_needs_reauth() {
    let (mut world, user) = shop();
    let at = "2026-01-31T11:00:00Z";
    world.link(&user, "slack", None, json!({"expires_at": at}));
    world.set_now("2026-01-31T10:59:59.999Z");
    assert_eq!(world.decides(&user, "own", "slack__post"), "allow");
    assert_eq!(world.view(&user)["authenticated_connectors"], json!(["slack"]));
    world.set_now(at);
    for swept in [false, true] {
        if swept {
            let outcome = world.sweep();
            assert_eq!(event_names(&outcome)[0], "credential_expired");
            assert_eq!(outcome["events"][0]["due_at"], at);
        }
        assert_eq!(world.decides(&user, "own", "slack__post"), "reauth_required");
        assert_eq!(world.view(&user)["authenticated_connectors"], json!([]));
        let seen = world.credential(&user, "INDIVIDUAL", "slack").unwrap();
        let (status, cause) = (&seen["status"], &seen["cause"]);
        assert_eq!((status, cause, &seen["updated_at"]), (&json!("needs_reauth"), &json!("expired"), &json!(at)));
        world.advance(DAY);
    }
    // It is live: it can be revoked.
    world.accepts(system(), revoke(&own(&user), "slack"));
    assert_eq!(world.decides(&user, "own", "slack__post"), "credential_revoked");
}

#[test]
fn cr_2_the_scope_comes_from_the_pack_and_the_owner_is_bound_then_and_there() {
    let (mut world, user) = shop();
    for (pack, owner) in [
        (None, own(&user)),
        (Some("own"), own(&user)),
        (Some("team"), shared("c1")),
        (Some("all"), json!({"scope": "ORGANIZATION"})),
    ] {
        let outcome = world.accepts(management(), start(&user, "slack", pack));
        assert_eq!(event_names(&outcome), ["link_session_started"]);
        assert_eq!(outcome["response"]["owner"], owner);
        assert_eq!(outcome["response"]["method"], "link");
        assert_eq!(outcome["response"]["expires_at"], "2026-01-31T10:30:00Z");
        assert!(text(&outcome, "/response/link_session_id").starts_with("lnk_"));
    }
    let magic = with(start(&user, "slack", None), json!({"method": "magic_link"}));
    assert_eq!(world.accepts(system(), magic)["response"]["method"], "magic_link");
    // A scope or a pack that changes meanwhile does not matter (CR-3).
    let session = world.start_link(&user, "slack", Some("team"));
    world.pack("team", json!([{"connector": "slack", "auth_scope": "ORGANIZATION"}]));
    world.accepts(system(), json!({"command": "delete_tool_pack", "tool_pack_id": "team"}));
    assert_eq!(world.accepts(system(), complete(&session))["response"]["credential"]["owner"], shared("c1"));
}

#[test]
fn cr_2_the_order_of_refusals() {
    let (mut world, user) = shop();
    let loner = world.user("loner");
    world.group("none", json!({"any": []}));
    let put = json!({"command": "put_tool_pack", "tool_pack_id": "closed", "name": "C", "connectors": [], "group_ids": ["none"]});
    world.accepts(system(), put);
    world.pack("empty", json!([]));
    world.rejects(system(), start("nobody", "nowhere", Some("nowhere")), "registered_user_not_found");
    world.rejects(system(), start(&user, "nowhere", Some("nowhere")), "connector_not_found");
    world.rejects(system(), start(&user, "slack", Some("nowhere")), "tool_pack_not_found");
    world.rejects(restricted_to_packs(&["own"]), start(&user, "slack", Some("team")), "tool_pack_not_found");
    world.rejects(system(), start(&user, "slack", Some("closed")), "tool_pack_not_permitted");
    world.rejects(system(), start(&user, "slack", Some("empty")), "connector_not_in_tool_pack");
    world.rejects(system(), start(&loner, "slack", Some("team")), "invalid_company_for_shared_scope");
    for pack in ["team", "all"] {
        world.rejects(restricted_to_users(&[&user]), start(&user, "slack", Some(pack)), "forbidden");
        world.rejects(restricted_to_packs(&[pack]), start(&user, "slack", Some(pack)), "forbidden");
    }
    // Last of all: the other refusals come before.
    world.rejects(
        restricted_to_users(&[&loner]),
        start(&loner, "slack", Some("team")),
        "invalid_company_for_shared_scope",
    );
    world.rejects(restricted_to_packs(&["own"]), start(&user, "slack", None), "forbidden");
    world.accepts(restricted_to_packs(&["own"]), start(&user, "slack", Some("own")));
    world.patch(&user, json!({"is_active": false}));
    world.rejects(system(), start(&user, "slack", Some("closed")), "registered_user_inactive");
}

#[test]
fn cr_3_a_session_is_single_use_and_lives_as_long_as_the_policy_says() {
    for (policy, seconds) in
        [(json!({}), 1800), (json!({"link_ttl_seconds": 60}), 60), (json!({"link_ttl_seconds": 86_400}), 86_400)]
    {
        let mut world = World::shop_with(policy);
        let user = world.user("alice");
        let (in_time, late) = (world.start_link(&user, "slack", None), world.start_link(&user, "github", None));
        world.advance(Duration::from_millis(seconds * 1000 - 1));
        world.accepts(system(), complete(&in_time));
        for command in [complete(&in_time), fail(&in_time)] {
            world.rejects(system(), command, "link_session_closed");
        }
        world.advance(Duration::from_millis(1));
        for swept in [false, true] {
            if swept {
                assert_eq!(event_names(&world.sweep()), ["link_session_expired"]);
            }
            for command in [complete(&late), fail(&late)] {
                world.rejects(system(), command, "link_session_expired");
            }
            world.rejects(system(), complete(&in_time), "link_session_closed");
        }
        world.advance(DAY - Duration::from_millis(1));
        world.rejects(system(), complete(&late), "link_session_expired");
        world.advance(Duration::from_millis(1));
        for swept in [false, true] {
            if swept {
                assert_eq!(event_names(&world.sweep()), ["link_session_removed", "link_session_removed"]);
            }
            for session in [&late, &in_time] {
                world.rejects(system(), complete(session), "link_session_not_found");
            }
            let known = world.answers(system(), json!({"query": "list_link_sessions", "registered_user_id": user}));
            assert_eq!(known["items"], json!([]));
        }
    }
}

#[test]
fn cr_3_who_may_finish_a_session_and_who_does_not_find_it() {
    let (mut world, user) = shop();
    let other = world.user("bob");
    let missing = world.rejects(system(), complete("lnk_nowhere"), "link_session_not_found");
    let session = world.start_link(&user, "slack", None);
    for actor in [
        registered_user(&other),
        restricted_to_users(&[&other]),
        restricted_to_users(&[]),
        in_test(management()),
        in_test(system()),
        of(management(), OTHER),
        of(system(), OTHER),
    ] {
        for command in [complete(&session), fail(&session)] {
            assert_eq!(world.rejects(actor.clone(), command, "link_session_not_found"), missing);
        }
    }
    for actor in
        [registered_user(&user), restricted_to_users(&[&user]), restricted_to_packs(&["x"]), management(), system()]
    {
        let mut world = world.clone();
        world.accepts(actor.clone(), complete(&session));
        let session = world.start_link(&user, "slack", None);
        let outcome = world.accepts(actor, with(fail(&session), json!({"reason": "closed the window"})));
        assert_eq!(event_names(&outcome), ["link_session_failed"]);
        assert_eq!(outcome["response"], json!({"link_session_id": session}));
        world.rejects(system(), complete(&session), "link_session_closed");
    }
    // What others share is not for restricted keys; the user itself may.
    let session = world.start_link(&user, "slack", Some("team"));
    for key in [restricted_to_users(&[&user]), restricted_to_packs(&["team"])] {
        world.rejects(key.clone(), complete(&session), "forbidden");
        world.rejects(key, fail(&session), "forbidden");
    }
    world.accepts(registered_user(&user), complete(&session));
}

#[test]
fn cr_4_completing_grants_or_replaces_whatever_the_status() {
    let (mut world, user) = shop();
    let sessions: Vec<String> = (0..5).map(|_| world.start_link(&user, "slack", None)).collect();
    let mut generation = 0;
    let mut next = |world: &mut World, session: &str| {
        generation += 1;
        let outcome = world.accepts(system(), complete(session));
        let name = if generation == 1 { "credential_granted" } else { "credential_replaced" };
        assert_eq!(event_names(&outcome), ["link_session_completed", name]);
        let credential = &outcome["response"]["credential"];
        assert_eq!(
            (&credential["generation"], &credential["status"], &credential["cause"]),
            (&json!(generation), &json!("active"), &Value::Null)
        );
    };
    next(&mut world, &sessions[0]);
    // Other pending sessions stay usable.
    next(&mut world, &sessions[1]);
    world.accepts(system(), report(&own(&user), json!({"status": "needs_reauth"})));
    next(&mut world, &sessions[2]);
    world.accepts(system(), revoke(&own(&user), "slack"));
    next(&mut world, &sessions[3]);
}

#[test]
fn cr_5_revoking_needs_a_live_credential() {
    let (mut world, user) = shop();
    world.rejects(system(), revoke(&own(&user), "slack"), "credential_not_found");
    world.link(&user, "slack", None, json!({}));
    world.link(&user, "slack", Some("team"), json!({}));
    world.link(&user, "slack", Some("all"), json!({}));
    for owner in [own(&user), shared("c1"), json!({"scope": "ORGANIZATION"})] {
        let outcome = world.accepts(management(), revoke(&owner, "slack"));
        assert_eq!(event_names(&outcome), ["credential_revoked"]);
        let effect = upstream(&owner);
        assert_eq!(effects(&outcome), json!([effect]));
        let credential = &outcome["response"]["credential"];
        assert_eq!((&credential["status"], &credential["cause"]), (&json!("revoked"), &json!("admin")));
        world.rejects(management(), revoke(&owner, "slack"), "credential_not_found");
    }
    // The catalogue is not consulted.
    world.link(&user, "github", None, json!({}));
    for pack in ["own", "team", "all"] {
        world.accepts(system(), json!({"command": "delete_tool_pack", "tool_pack_id": pack}));
    }
    world.accepts(system(), json!({"command": "delete_connector", "connector": "github"}));
    world.accepts(system(), revoke(&own(&user), "github"));
}

#[test]
fn cr_5_who_may_revoke_what() {
    let (mut world, user) = shop();
    let other = world.user("bob");
    for (who, pack) in [(&user, None), (&other, None), (&user, Some("team")), (&user, Some("all"))] {
        world.link(who, "slack", pack, json!({}));
    }
    let outcome = world.clone().accepts(registered_user(&user), revoke(&own(&user), "slack"));
    assert_eq!(outcome["response"]["credential"]["cause"], "user");
    for actor in [registered_user(&user), restricted_to_users(&[&user]), in_test(management()), of(system(), OTHER)] {
        let missing = world.rejects(actor.clone(), revoke(&own("nobody"), "slack"), "registered_user_not_found");
        assert_eq!(world.rejects(actor, revoke(&own(&other), "slack"), "registered_user_not_found"), missing);
    }
    world.rejects(in_test(management()), revoke(&shared("c1"), "slack"), "company_not_found");
    world.rejects(in_test(management()), revoke(&json!({"scope": "ORGANIZATION"}), "slack"), "credential_not_found");
    for actor in [registered_user(&user), restricted_to_users(&[&user]), restricted_to_packs(&["team"])] {
        world.rejects(actor.clone(), revoke(&shared("c1"), "slack"), "forbidden");
        world.rejects(actor, revoke(&json!({"scope": "ORGANIZATION"}), "slack"), "forbidden");
    }
}

#[test]
fn cr_6_what_is_reported() {
    let (mut world, user) = shop();
    let owner = own(&user);
    world.rejects(system(), report(&owner, json!({"status": "active"})), "credential_not_found");
    world.link(&user, "slack", None, json!({"expires_at": "2026-02-28T00:00:00Z"}));
    for (reason, cause) in [
        (json!({}), "refresh_failed"),
        (json!({"reason": "upstream"}), "upstream"),
        (json!({"reason": "refresh_failed"}), "refresh_failed"),
        (json!({"reason": null}), "refresh_failed"),
    ] {
        let mut world = world.clone();
        let outcome = world.accepts(system(), report(&owner, with(json!({"status": "needs_reauth"}), reason)));
        assert_eq!(event_names(&outcome), ["credential_needs_reauth"]);
        let credential = &outcome["response"]["credential"];
        assert_eq!((&credential["cause"], &credential["expires_at"]), (&json!(cause), &json!("2026-02-28T00:00:00Z")));
        assert_eq!(world.decides(&user, "own", "slack__post"), "reauth_required");
        // The same status again is a no-op, whatever the reason.
        let again = report(&owner, json!({"status": "needs_reauth", "reason": "upstream"}));
        let again = world.accepts(system(), again);
        assert_eq!((&again["events"], &again["response"]["credential"]["cause"]), (&json!([]), &json!(cause)));
        let outcome = world.accepts(system(), report(&owner, json!({"status": "active"})));
        assert_eq!(event_names(&outcome), ["credential_refreshed"]);
        let credential = &outcome["response"]["credential"];
        assert_eq!(
            (&credential["cause"], &credential["expires_at"], &credential["generation"]),
            (&Value::Null, &Value::Null, &json!(1))
        );
    }
    // The same expiry again is a no-op; another one, or none, is not.
    let active = |at: Value| report(&owner, json!({"status": "active", "expires_at": at}));
    assert_eq!(world.accepts(system(), active(json!("2026-02-28T01:00:00+01:00")))["events"], json!([]));
    assert_eq!(event_names(&world.accepts(system(), active(json!("2026-03-01T00:00:00Z")))), ["credential_refreshed"]);
    assert_eq!(event_names(&world.accepts(system(), active(Value::Null))), ["credential_refreshed"]);
    assert_eq!(world.accepts(system(), active(Value::Null))["events"], json!([]));
    world.accepts(system(), revoke(&owner, "slack"));
    for status in ["active", "needs_reauth"] {
        world.rejects(system(), report(&owner, json!({"status": status})), "credential_not_found");
    }
}

#[test]
fn cr_6_what_has_lapsed_counts_as_needs_reauth_already() {
    let (mut world, user) = shop();
    world.link(&user, "slack", None, json!({"expires_at": "2026-01-31T10:00:01Z"}));
    world.advance(Duration::from_secs(1));
    let outcome = world.accepts(system(), report(&own(&user), json!({"status": "needs_reauth", "reason": "upstream"})));
    assert_eq!((&outcome["events"], &outcome["response"]["credential"]["cause"]), (&json!([]), &json!("expired")));
    let outcome =
        world.accepts(system(), report(&own(&user), json!({"status": "active", "expires_at": "2026-02-01T00:00:00Z"})));
    assert_eq!(event_names(&outcome), ["credential_refreshed"]);
    assert_eq!(world.decides(&user, "own", "slack__post"), "allow");
}

#[test]
fn cr_6_a_reason_goes_with_needs_reauth_and_an_expiry_with_active() {
    let (mut world, user) = shop();
    let owner = own(&user);
    let wrong = [
        (json!({"status": "active", "reason": "upstream"}), "/reason"),
        (json!({"status": "needs_reauth", "expires_at": "2027-01-01T00:00:00Z"}), "/expires_at"),
        (json!({"status": "needs_reauth", "reason": "expired"}), "/reason"),
        (json!({"status": "revoked"}), "/status"),
        (json!({}), "/status"),
    ];
    for (members, pointer) in wrong {
        world.rejects_at(system(), report(&owner, members), "invalid_request", pointer);
    }
}

#[test]
fn cr_7_an_expiry_that_has_come_is_an_invalid_request() {
    let (mut world, user) = shop();
    let session = world.start_link(&user, "slack", None);
    for at in
        ["2026-01-31T10:00:00Z", "2026-01-31T10:00:00.000999Z", "2026-01-31T12:00:00+02:00", "0001-01-01T00:00:00Z"]
    {
        let complete = with(complete(&session), json!({"expires_at": at}));
        world.rejects_at(system(), complete, "invalid_request", "/expires_at");
        let report = report(&own(&user), json!({"status": "active", "expires_at": at}));
        world.rejects_at(system(), report, "invalid_request", "/expires_at");
    }
    world.accepts(system(), with(complete(&session), json!({"expires_at": "2026-01-31T10:00:00.001Z"})));
}

#[test]
fn ru_6_individual_credentials_survive_an_update() {
    let (mut world, user) = shop();
    world.link(&user, "slack", None, json!({}));
    world.patch(&user, json!({"origin_user_name": "A", "shared_credential_group": null, "custom_groupings": {"a": "1"}, "user_type": "SYSTEM"}));
    assert_eq!(world.decides(&user, "own", "slack__post"), "allow");
}

#[test]
fn ru_8_moving_changes_the_shared_credentials_in_reach_at_once() {
    let (mut world, user) = shop();
    let other = world.user_with("bob", member("c2"));
    world.link(&user, "slack", Some("team"), json!({}));
    world.link(&other, "github", Some("team"), json!({}));
    let codes = |world: &mut World| {
        (world.decides(&user, "team", "slack__post"), world.decides(&user, "team", "github__merge"))
    };
    assert_eq!(codes(&mut world), ("allow".into(), "credential_required".into()));
    let (pending, own) = (world.start_link(&user, "github", Some("team")), world.start_link(&user, "github", None));
    let organization = world.start_link(&user, "github", Some("all"));
    let others = world.start_link(&other, "slack", Some("team"));
    let outcome = world.patch(&user, member("c2"));
    assert_eq!(event_names(&outcome), ["registered_user_updated", "link_session_cancelled"]);
    assert_eq!(outcome["events"][1]["link_session_id"], pending);
    assert_eq!(codes(&mut world), ("credential_required".into(), "allow".into()));
    world.rejects(system(), complete(&pending), "link_session_closed");
    for session in [own, organization, others] {
        world.accepts(system(), complete(&session));
    }
    world.patch(&user, json!({"shared_credential_group": null}));
    assert_eq!(world.decides(&user, "team", "slack__post"), "invalid_company_for_shared_scope");
    assert_eq!(world.decides(&other, "team", "github__merge"), "allow");
}

#[test]
fn ru_9_deactivation_revokes_what_is_the_users_own_and_nothing_else() {
    let (mut world, user) = shop();
    let other = world.user_with("bob", member("c1"));
    for (connector, pack) in [("slack", None), ("github", None), ("slack", Some("team")), ("slack", Some("all"))] {
        world.link(&user, connector, pack, json!({}));
    }
    world.accepts(system(), report(&own(&user), json!({"status": "needs_reauth"})));
    let call = world.start_call(&user, "team", "slack__post");
    let sessions = [world.start_link(&user, "slack", None), world.start_link(&user, "slack", Some("team"))];
    let outcome = world.patch(&user, json!({"is_active": false}));
    let mut sorted = sessions.clone();
    sorted.sort();
    assert_eq!(
        event_names(&outcome),
        [
            "registered_user_deactivated",
            "credential_revoked",
            "credential_revoked",
            "link_session_cancelled",
            "link_session_cancelled",
        ]
    );
    let events = outcome["events"].as_array().unwrap();
    assert_eq!((&events[1]["connector"], &events[2]["connector"]), (&json!("github"), &json!("slack")));
    assert_eq!((&events[3]["link_session_id"], &events[4]["link_session_id"]), (&json!(sorted[0]), &json!(sorted[1])));
    assert_eq!(events[1]["cause"], "deactivation");
    assert_eq!(outcome["effects"].as_array().unwrap().len(), 2);
    for pack in ["own", "team", "all"] {
        assert_eq!(world.decides(&user, pack, "slack__post"), "registered_user_inactive");
    }
    assert_eq!(world.decides(&other, "team", "slack__post"), "allow");
    assert_eq!(world.decides(&other, "all", "slack__post"), "allow");
    world.rejects(system(), complete(&sessions[0]), "link_session_closed");
    // An open call may finish.
    let finish =
        json!({"command": "finish_tool_call", "registered_user_id": user, "tool_call_id": call, "result": "completed"});
    world.accepts(system(), finish);
    // RU-10: nothing comes back by itself.
    world.patch(&user, json!({"is_active": true}));
    assert_eq!(world.decides(&user, "own", "slack__post"), "credential_revoked");
    assert_eq!(world.decides(&user, "team", "slack__post"), "allow");
    world.link(&user, "slack", None, json!({}));
    assert_eq!(world.decides(&user, "own", "slack__post"), "allow");
}

#[test]
fn ru_11_reactivating_by_create_brings_no_credential_back() {
    let mut world = World::shop_with(json!({"recreate_deactivated": "reactivate"}));
    let user = world.user("alice");
    world.link(&user, "slack", None, json!({}));
    world.patch(&user, json!({"is_active": false}));
    world.user("alice");
    assert_eq!(world.decides(&user, "own", "slack__post"), "credential_revoked");
}

#[test]
fn ru_12_deletion_revokes_live_credentials_and_sessions_are_gone() {
    let (mut world, user) = shop();
    let other = world.user_with("bob", member("c1"));
    world.link(&user, "slack", None, json!({}));
    world.link(&user, "github", None, json!({}));
    world.link(&user, "slack", Some("team"), json!({}));
    world.accepts(system(), revoke(&own(&user), "github"));
    let pending = world.start_link(&user, "slack", None);
    let outcome = world.accepts(system(), json!({"command": "delete_registered_user", "registered_user_id": user}));
    assert_eq!(event_names(&outcome), ["credential_revoked", "link_session_cancelled", "registered_user_deleted"]);
    assert_eq!(outcome["events"][0]["cause"], "deletion");
    assert_eq!(
        effects(&outcome),
        json!([
            upstream(&own(&user)),
            {"effect": "redact_user", "registered_user_id": user},
        ])
    );
    world.rejects(system(), complete(&pending), "link_session_not_found");
    world.rejects(system(), revoke(&own(&user), "slack"), "registered_user_not_found");
    world.rejects(system(), report(&own(&user), json!({"status": "active"})), "registered_user_not_found");
    world.rejects(system(), start(&user, "slack", None), "registered_user_not_found");
    assert_eq!(world.decides(&user, "own", "slack__post"), "registered_user_not_found");
    assert_eq!(world.decides(&other, "team", "slack__post"), "allow");
    // RU-14: who comes after inherits nothing.
    let new = world.user_with("alice", member("c1"));
    assert_eq!(world.decides(&new, "own", "slack__post"), "credential_required");
    assert_eq!(world.credential(&new, "INDIVIDUAL", "slack"), None);
}

#[test]
fn ru_15_a_deleted_companys_credentials_are_revoked_and_do_not_come_back() {
    let (mut world, user) = shop();
    world.link(&user, "slack", Some("team"), json!({}));
    world.link(&user, "github", Some("team"), json!({}));
    world.accepts(system(), revoke(&shared("c1"), "github"));
    world.patch(&user, json!({"shared_credential_group": null}));
    let outcome = world.accepts(system(), json!({"command": "delete_company", "origin_company_id": "c1"}));
    assert_eq!(event_names(&outcome), ["credential_revoked", "company_deleted"]);
    assert_eq!(outcome["events"][0]["cause"], "company_deleted");
    let effect = upstream(&shared("c1"));
    assert_eq!(effects(&outcome), json!([effect]));
    world.rejects(system(), revoke(&shared("c1"), "slack"), "company_not_found");
    world.patch(&user, member("c1"));
    assert_eq!(world.decides(&user, "team", "slack__post"), "credential_required");
    assert_eq!(world.credential(&user, "SHARED", "slack"), None);
}

#[test]
fn p_2_a_registered_user_does_not_learn_which_account_others_share() {
    let (mut world, user) = shop();
    for (pack, account) in [(None, "own"), (Some("team"), "team"), (Some("all"), "all")] {
        world.link(&user, "slack", pack, json!({"external_account_id": account}));
    }
    let query = json!({"query": "list_credentials", "registered_user_id": user});
    let accounts = |answer: Value| -> Vec<Value> {
        answer["items"].as_array().unwrap().iter().map(|held| held["external_account_id"].clone()).collect()
    };
    assert_eq!(accounts(world.answers(management(), query.clone())), [json!("own"), json!("team"), json!("all")]);
    assert_eq!(accounts(world.answers(registered_user(&user), query)), [json!("own"), Value::Null, Value::Null]);
}
