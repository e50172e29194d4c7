//! D-1 to D-7: decisions, tool calls, lists of tools. Every decision is compared with a batch's and
//! the hot path's (D-6).

use std::time::Duration;
use tenantry::json::parse_command;
use tenantry::{Timestamp, wire};
use tenantry_tests::actors::{
    anonymous, in_test, key, management, of, registered_user, restricted_to_users, runtime, system, system_test,
};
use tenantry_tests::{OTHER, Value, World, effects, event_names, json, misused, text, with};

fn call(user: &str, pack: &str, tool: &str) -> Value {
    json!({"registered_user_id": user, "tool_pack_id": pack, "tool": tool})
}

fn start(user: &str, pack: &str, tool: &str) -> Value {
    with(call(user, pack, tool), json!({"command": "start_tool_call"}))
}

fn finish(user: &str, id: &str) -> Value {
    json!({"command": "finish_tool_call", "registered_user_id": user, "tool_call_id": id, "result": "completed"})
}

#[test]
fn d_1_the_checks_in_their_order() {
    // Everything is wrong at first; each repair brings the next check to light.
    let mut world = World::new();
    let mut user = "00000000-0000-7000-8000-000000000000".to_owned();
    let expect = |world: &mut World, user: &str, code: &str| {
        assert_eq!(world.decides(user, "p", "slack__post"), code);
    };
    expect(&mut world, &user, "registered_user_not_found");
    user = world.user("alice");
    world.patch(&user, json!({"is_active": false}));
    expect(&mut world, &user, "registered_user_inactive");
    world.patch(&user, json!({"is_active": true}));
    expect(&mut world, &user, "tool_pack_not_found");
    world.connector("slack", &["read"]);
    world.connector("jira", &["x"]);
    world.group("g", json!({"user_type": "SYSTEM"}));
    let put = |connectors: Value| json!({"command": "put_tool_pack", "tool_pack_id": "p", "name": "P", "connectors": connectors, "group_ids": ["g"]});
    world.accepts(system(), put(json!([{"connector": "jira"}])));
    expect(&mut world, &user, "tool_pack_not_permitted");
    world.patch(&user, json!({"user_type": "SYSTEM"}));
    expect(&mut world, &user, "connector_not_in_tool_pack");
    world.accepts(system(), put(json!([{"connector": "slack", "auth_scope": "SHARED"}])));
    expect(&mut world, &user, "tool_not_in_tool_pack");
    world.connector("slack", &["post", "read"]);
    world.accepts(system(), put(json!([{"connector": "slack", "auth_scope": "SHARED", "tool_names": ["read"]}])));
    expect(&mut world, &user, "tool_not_in_tool_pack");
    world.accepts(system(), put(json!([{"connector": "slack", "auth_scope": "SHARED", "tool_names": ["post"]}])));
    expect(&mut world, &user, "invalid_company_for_shared_scope");
    world.patch(&user, json!({"shared_credential_group": {"origin_company_id": "c1"}}));
    expect(&mut world, &user, "credential_required");
    world.link(&user, "slack", Some("p"), json!({}));
    expect(&mut world, &user, "allow");
    let owner = json!({"scope": "SHARED", "origin_company_id": "c1"});
    world.accepts(
        system(),
        json!({"command": "report_credential", "owner": owner, "connector": "slack", "status": "needs_reauth"}),
    );
    expect(&mut world, &user, "reauth_required");
    world.accepts(system(), json!({"command": "revoke_credential", "owner": owner, "connector": "slack"}));
    expect(&mut world, &user, "credential_revoked");
}

#[test]
fn d_1_the_actor_is_the_first_check_and_a_decision_too() {
    let mut world = World::shop();
    let user = world.user("alice");
    let call = call(&user, "own", "slack__post");
    let mut expect = |actor: Value, code: &str| {
        let decision = world.authorize(actor.clone(), &call).unwrap();
        assert_eq!((&decision["effect"], &decision["code"]), (&json!("deny"), &json!(code)), "{actor}");
    };
    for actor in [management(), key(&[]), registered_user(&user)] {
        expect(actor, "forbidden");
    }
    expect(anonymous(), "not_authenticated");
    expect(with(runtime(), json!({"expires_at": "2026-01-31T10:00:00Z"})), "not_authenticated");
    expect(of(runtime(), "org_nowhere"), "not_authenticated");
    expect(of(system(), "org_nowhere"), "organization_not_found");
    expect(registered_user("nobody"), "not_authenticated");
    expect(runtime(), "credential_required");
    expect(system(), "credential_required");
    expect(key(&["runtime", "management"]), "credential_required");
}

#[test]
fn d_1_what_is_not_in_reach_is_not_found() {
    let mut world = World::shop();
    let user = world.user("alice");
    world.link(&user, "slack", None, json!({}));
    let call = call(&user, "own", "slack__post");
    let restricted = |members: Value| with(runtime(), members);
    for (actor, code) in [
        (in_test(runtime()), "registered_user_not_found"),
        (in_test(system()), "registered_user_not_found"),
        (of(runtime(), OTHER), "registered_user_not_found"),
        (restricted(json!({"registered_user_ids": []})), "registered_user_not_found"),
        (restricted(json!({"tool_pack_ids": []})), "tool_pack_not_found"),
        (restricted(json!({"tool_pack_ids": ["team"]})), "tool_pack_not_found"),
    ] {
        assert_eq!(world.authorize(actor, &call).unwrap()["code"], code);
    }
    let inside = restricted(json!({"registered_user_ids": [user], "tool_pack_ids": ["own"]}));
    assert_eq!(world.authorize(inside, &call).unwrap()["effect"], "allow");
}

#[test]
fn d_2_allow_names_scope_owner_connector_and_tool() {
    let mut world = World::shop();
    let user = world.user_with("alice", json!({"shared_credential_group": {"origin_company_id": "c1"}}));
    for (pack, scope, owner) in [
        ("own", "INDIVIDUAL", json!({"scope": "INDIVIDUAL", "registered_user_id": user})),
        ("team", "SHARED", json!({"scope": "SHARED", "origin_company_id": "c1"})),
        ("all", "ORGANIZATION", json!({"scope": "ORGANIZATION"})),
    ] {
        // P-1: no other scope's credential helps.
        assert_eq!(world.decides(&user, pack, "slack__post"), "credential_required");
        world.link(&user, "slack", Some(pack), json!({}));
        let decision = world.authorize(runtime(), &call(&user, pack, "slack__post")).unwrap();
        assert_eq!(
            decision,
            json!({"effect": "allow", "scope": scope, "owner": owner, "connector": "slack", "tool": "slack__post"})
        );
    }
    let denied = world.authorize(runtime(), &call(&user, "own", "github__merge")).unwrap();
    assert_eq!(
        denied,
        json!({
            "effect": "deny", "code": "credential_required", "status": 403,
            "message": "no credential is linked for this connector at the scope that the tool pack requires",
            "user_message": "This app is not connected yet. Connect it to continue, or ask your administrator to connect it.",
            "what_to_do": "link the connector with `start_link`, then `complete_link`",
        })
    );
}

#[test]
fn d_2_a_malformed_call_is_a_rejection() {
    let mut world = World::shop();
    let user = world.user("alice");
    let right = call(&user, "own", "slack__post");
    let wrong = [
        (json!({"registered_user_id": ""}), "invalid_request"),
        (json!({"registered_user_id": "a\nb"}), "invalid_request"),
        (json!({"registered_user_id": "é".repeat(256)}), "invalid_request"),
        (json!({"registered_user_id": 1}), "invalid_request"),
        (json!({"registered_user_id": null}), "invalid_request"),
        (json!({"tool_pack_id": ""}), "invalid_request"),
        (json!({"tool_pack_id": "p".repeat(256)}), "invalid_request"),
        (json!({"tool": "slack"}), "invalid_slug"),
        (json!({"tool": null}), "invalid_request"),
        (json!({"tool": ["slack__post"]}), "invalid_request"),
        (json!({"registered_user_id": "", "tool": "x"}), "invalid_request"),
        (json!({"now": "2026-01-31T10:00:00Z"}), "invalid_request"),
    ];
    for actor in [runtime(), anonymous(), management()] {
        for (members, code) in &wrong {
            let call = with(right.clone(), members.clone());
            if members.get("now").is_some() {
                // The hot path has no place for an unknown field.
                continue;
            }
            assert_eq!(world.authorize(actor.clone(), &call).unwrap_err()["code"], *code, "{call}");
        }
    }
    // What nothing can have as an id is not found.
    for id in ["nobody", "é", &"x".repeat(255), &user.to_uppercase(), &user.replace('-', "")] {
        let call = with(right.clone(), json!({"registered_user_id": id}));
        assert_eq!(world.authorize(runtime(), &call).unwrap()["code"], "registered_user_not_found");
    }
}

#[test]
fn d_2_c_5_the_hot_path_tells_first_what_the_context_lacks_too() {
    let mut world = World::shop();
    let user = world.user("alice");
    let right = call(&user, "own", "slack__post");
    for actor in [json!({"type": "system"}), json!({"type": "system", "organization_id": "org_nobody"})] {
        let context = world.context(actor.clone());
        let [call, context, actor] =
            [&right, &context, &actor].map(|value| parse_command(&value.to_string()).unwrap().into_owned());
        let mistake = misused(wire::authorize(&world.tenantry, &call, &context));
        let actor = wire::read_actor(&actor).unwrap();
        let now = Timestamp::parse(&world.now()).unwrap();
        let code = world.tenantry.acting_as(&actor).code(&user, "own", "slack__post", now);
        assert_eq!(misused(code), mistake);
        assert_eq!(mistake.code().as_str(), "invalid_request");
    }
}

#[test]
fn d_4_a_call_is_started_or_denied_and_recorded_either_way() {
    let mut world = World::shop();
    let user = world.user("alice");
    let denied = world.accepts(runtime(), start(&user, "own", "slack__post"));
    assert_eq!(event_names(&denied), ["tool_call_denied"]);
    assert_eq!(denied["events"][0]["code"], "credential_required");
    assert_eq!((&denied["response"]["effect"], denied["response"].get("tool_call_id")), (&json!("deny"), None));
    world.link(&user, "slack", None, json!({}));
    let started = world.accepts(runtime(), start(&user, "own", "slack__post"));
    assert_eq!(event_names(&started), ["tool_call_started"]);
    assert_eq!(started["events"][0]["expires_at"], "2026-02-01T10:00:00Z");
    let id = text(&started, "/response/tool_call_id");
    assert!(id.starts_with("call_") && id.len() == 31, "{id}");
    let finished = world.accepts(runtime(), finish(&user, &id));
    assert_eq!(finished["response"], json!({"tool_call_id": id, "result": "completed"}));
    assert_eq!(event_names(&finished), ["tool_call_finished"]);
    world.rejects(runtime(), finish(&user, &id), "tool_call_not_found");
    // A deactivated user's call is denied, and that is recorded too.
    world.patch(&user, json!({"is_active": false}));
    assert_eq!(event_names(&world.accepts(runtime(), start(&user, "own", "slack__post"))), ["tool_call_denied"]);
}

#[test]
fn d_4_the_user_is_looked_up_first_then_the_pack() {
    let mut world = World::shop();
    let user = world.user("alice");
    world.rejects(runtime(), start("nobody", "nowhere", "slack__post"), "registered_user_not_found");
    world.rejects(runtime(), start(&user, "nowhere", "slack__post"), "tool_pack_not_found");
    world.patch(&user, json!({"is_active": false}));
    world.rejects(runtime(), start(&user, "nowhere", "slack__post"), "tool_pack_not_found");
    world.rejects(in_test(runtime()), start(&user, "own", "slack__post"), "registered_user_not_found");
    let key = with(runtime(), json!({"tool_pack_ids": ["team"]}));
    world.rejects(key, start(&user, "own", "slack__post"), "tool_pack_not_found");
    world.rejects(management(), start(&user, "own", "slack__post"), "forbidden");
}

#[test]
fn d_4_a_call_may_be_finished_after_deactivation_and_deletion_until_the_purge() {
    let mut world = World::shop_with(json!({"retention_days": 1, "tool_call_ttl_seconds": 2_592_000}));
    let user = world.user("alice");
    world.link(&user, "slack", None, json!({}));
    let calls: Vec<String> = (0..4).map(|_| world.start_call(&user, "own", "slack__post")).collect();
    world.patch(&user, json!({"is_active": false}));
    world.accepts(runtime(), finish(&user, &calls[0]));
    world.accepts(system(), json!({"command": "delete_registered_user", "registered_user_id": user}));
    world.accepts(runtime(), finish(&user, &calls[1]));
    for actor in [in_test(runtime()), of(runtime(), OTHER), with(runtime(), json!({"registered_user_ids": []}))] {
        world.rejects(actor, finish(&user, &calls[2]), "registered_user_not_found");
    }
    world.rejects(with(runtime(), json!({"tool_pack_ids": ["team"]})), finish(&user, &calls[2]), "tool_call_not_found");
    world.accepts(with(runtime(), json!({"tool_pack_ids": ["own"]})), finish(&user, &calls[2]));
    world.advance(Duration::from_secs(86_400));
    world.rejects(runtime(), finish(&user, &calls[3]), "registered_user_not_found");
    let outcome = world.sweep();
    assert_eq!(event_names(&outcome), ["registered_user_purged"]);
    assert_eq!(effects(&outcome), json!([{"effect": "purge_user", "registered_user_id": user}]));
    world.rejects(runtime(), finish(&user, &calls[3]), "registered_user_not_found");
    assert!(!world.state().contains(&user), "I-5: {}", world.state());
}

#[test]
fn d_4_a_call_left_open_ends_by_itself() {
    for (policy, seconds) in [(json!({}), 86_400), (json!({"tool_call_ttl_seconds": 60}), 60)] {
        let mut world = World::shop_with(policy);
        let user = world.user("alice");
        world.link(&user, "slack", None, json!({}));
        let (one, other) =
            (world.start_call(&user, "own", "slack__post"), world.start_call(&user, "own", "slack__post"));
        world.advance(Duration::from_millis(seconds * 1000 - 1));
        world.accepts(runtime(), finish(&user, &one));
        world.advance(Duration::from_millis(1));
        for swept in [false, true] {
            if swept {
                let outcome = world.sweep();
                assert_eq!(event_names(&outcome), ["tool_call_expired"]);
                assert_eq!(outcome["events"][0]["tool_call_id"], other);
            }
            world.rejects(runtime(), finish(&user, &other), "tool_call_not_found");
        }
    }
}

#[test]
fn d_4_at_most_1000_calls_are_open_and_nothing_is_recorded_beyond() {
    let mut world = World::shop();
    let user = world.user("alice");
    world.link(&user, "slack", None, json!({}));
    for _ in 0..1000 {
        world.unwatched(runtime(), &start(&user, "own", "slack__post"));
    }
    let command = start(&user, "own", "slack__post");
    let rejection = world.rejects(runtime(), command.clone(), "limit_exceeded");
    assert_eq!((&rejection["retryable"], &rejection["status"]), (&json!(true), &json!(409)));
    world.advance(Duration::from_secs(86_400));
    // They have ended by themselves, swept or not.
    world.accepts(runtime(), command);
}

#[test]
fn d_7_tools_are_listed_with_their_status() {
    let mut world = World::shop();
    let user = world.user("alice");
    world.connector("zoom", &["meet"]);
    world.pack(
        "mixed",
        json!([
            {"connector": "zoom", "tool_names": ["meet"]},
            {"connector": "slack", "auth_scope": "ORGANIZATION", "tool_names": ["read"]},
            {"connector": "github", "auth_scope": "SHARED"},
        ]),
    );
    world.connector("zoom", &[]);
    world.link(&user, "slack", Some("mixed"), json!({}));
    let list = |members: Value| {
        with(json!({"query": "list_tools", "registered_user_id": user, "tool_pack_id": "mixed"}), members)
    };
    let slack = json!({"connector": "slack", "scope": "ORGANIZATION", "tools": ["slack__read"], "status": "ready"});
    for actor in [runtime(), management(), registered_user(&user), system()] {
        let listed = world.answers(actor, list(json!({})));
        assert_eq!(
            listed,
            json!({"next": null, "items": [
                {"connector": "github", "scope": "SHARED", "tools": ["github__merge"], "status": "invalid_company_for_shared_scope"},
                slack,
                {"connector": "zoom", "scope": "INDIVIDUAL", "tools": [], "status": "tool_not_in_tool_pack"},
            ]})
        );
    }
    assert_eq!(world.answers(runtime(), list(json!({"authenticated_only": true})))["items"], json!([slack]));
    world.patch(&user, json!({"is_active": false}));
    let listed = world.answers(runtime(), list(json!({})));
    assert!(listed["items"].as_array().unwrap().iter().all(|item| item["status"] == "registered_user_inactive"));
    world.refuses(in_test(runtime()), list(json!({})), "registered_user_not_found");
    world.refuses(with(runtime(), json!({"tool_pack_ids": []})), list(json!({})), "tool_pack_not_found");
    world.refuses(restricted_to_users(&[]), list(json!({})), "registered_user_not_found");
}

#[test]
fn d_7_each_ready_tool_is_allowed_and_no_other() {
    let mut world = World::shop();
    let user = world.user_with("alice", json!({"shared_credential_group": {"origin_company_id": "c1"}}));
    world.link(&user, "slack", None, json!({}));
    world.link(&user, "github", Some("team"), json!({}));
    for pack in ["own", "team", "all"] {
        let query = json!({"query": "list_tools", "registered_user_id": user, "tool_pack_id": pack});
        let listed = world.answers(runtime(), query);
        for item in listed["items"].as_array().unwrap() {
            for tool in item["tools"].as_array().unwrap() {
                let code = world.decides(&user, pack, tool.as_str().unwrap());
                let status = item["status"].as_str().unwrap();
                assert_eq!(if code == "allow" { "ready" } else { &code }, status, "{pack} {tool}");
            }
        }
    }
}

#[test]
fn i_1_the_environments_credentials_are_their_own() {
    let mut world = World::shop();
    let user = world.user("alice");
    world.link(&user, "slack", Some("all"), json!({}));
    let test =
        text(&world.accepts(system_test(), json!({"command": "create_test_user"})), "/response/registered_user_id");
    let decision = world.authorize(in_test(runtime()), &call(&test, "all", "slack__post")).unwrap();
    assert_eq!(decision["code"], "credential_required");
}
