//! D-3: `explain` gives the decision, every check with what it compared, and the ways out.

use tenantry_tests::actors::{account, host, in_test, key, of, registered_user, restricted_to_packs, runtime, system};
use tenantry_tests::decisions::{call, individual, organization, shared};
use tenantry_tests::{Value, World, json, misused, rejected, text, with};

/// `slack` (post, read) and `jira` (search), each in a pack for every scope.
fn world() -> World {
    let mut world = World::new();
    world.connector("slack", &["post", "read"]);
    world.connector("jira", &["search"]);
    world.pack("own", json!([{"connector": "slack", "tool_names": ["post"]}]));
    world.pack("company", json!([{"connector": "slack", "auth_scope": "SHARED"}]));
    world.pack("all", json!([{"connector": "slack", "auth_scope": "ORGANIZATION"}]));
    world
}

/// Everything that `explain` says, the checks shortened to those that did not pass.
fn explained(world: &mut World, actor: Value, call: &Value) -> Value {
    let explanation = world.explains(actor.clone(), call);
    assert_eq!(explanation["decision"], world.authorize(actor, call).unwrap());
    explanation
}

/// The names of the checks in their order, up to the failing one, which must be this.
#[track_caller]
fn fails_at(explanation: &Value, check: &str, compared: Value) {
    const ORDER: [&str; 9] = [
        "actor",
        "user_found",
        "user_active",
        "pack_found",
        "pack_permitted",
        "connector_in_pack",
        "tool_in_pack",
        "company",
        "credential",
    ];
    let checks = explanation["checks"].as_array().unwrap();
    let names: Vec<&str> = checks.iter().map(|one| one["check"].as_str().unwrap()).collect();
    assert_eq!(names, ORDER);
    let failing = ORDER.iter().position(|name| *name == check).unwrap();
    for (index, one) in checks.iter().enumerate() {
        let result = match index.cmp(&failing) {
            std::cmp::Ordering::Less => "passed",
            std::cmp::Ordering::Equal => "failed",
            std::cmp::Ordering::Greater => "not_reached",
        };
        assert_eq!(one["result"], result, "{one}");
        assert_eq!(
            one["compared"].is_null(),
            result == "not_reached",
            "what was reached has compared something: {one}"
        );
    }
    assert_eq!(checks[failing]["compared"], compared);
}

/// The remedies as kinds and whom they affect, with a mark where they are not complete.
fn ways(explanation: &Value) -> Vec<String> {
    let remedies = explanation["remedies"].as_array().unwrap();
    let way = |remedy: &Value| {
        let steps = remedy["steps"].as_array().unwrap().iter();
        let steps: Vec<String> =
            steps.map(|step| format!("{}:{}", text(step, "/kind"), text(step, "/affects"))).collect();
        format!("{}{}", steps.join(" "), if remedy["complete"] == true { "" } else { " ..." })
    };
    remedies.iter().map(way).collect()
}

/// The command of a step.
fn command(explanation: &Value, remedy: usize, step: usize) -> Value {
    explanation["remedies"][remedy]["steps"][step]["command"].clone()
}

#[test]
fn d_3_an_allow_passes_every_check_and_needs_no_remedy() {
    let mut world = world();
    let alice = world.user("alice");
    world.links(&alice, "slack", Some("own"));
    let explanation = explained(&mut world, runtime(), &call(&alice, "own", "slack__post"));
    let compared: Vec<Value> =
        explanation["checks"].as_array().unwrap().iter().map(|check| check["compared"].clone()).collect();
    assert_eq!(
        compared,
        [
            json!({"authenticated": true, "may_decide": true}),
            json!({"registered_user_id": alice, "found": true}),
            json!({"status": "active"}),
            json!({"tool_pack_id": "own", "found": true}),
            json!({"group_ids": null}),
            json!({"connector": "slack", "in_tool_pack": true}),
            json!({"tool": "slack__post", "in_tool_pack": true, "in_connector": true}),
            json!({"scope": "INDIVIDUAL", "origin_company_id": null}),
            json!({"owner": individual(&alice), "connector": "slack", "status": "active", "expires_at": null}),
        ]
    );
    assert!(explanation["checks"].as_array().unwrap().iter().all(|check| check["result"] == "passed"));
    assert_eq!(explanation["remedies"], json!([]));
    assert_eq!(explanation["decision"]["effect"], "allow");
}

#[test]
fn d_3_no_remedy_for_an_actor() {
    let mut world = world();
    let alice = world.user("alice");
    let asked = call(&alice, "own", "slack__post");
    let member = world.member();
    let unknown = (false, false);
    let known = (true, false);
    let cases = [
        ("organization_not_found", of(system(), "org_nobody"), unknown),
        ("not_authenticated", of(runtime(), "org_nobody"), unknown),
        ("not_authenticated", with(runtime(), json!({"expires_at": world.now()})), unknown),
        ("not_authenticated", account("usr_00000000000000000000000000"), unknown),
        ("not_authenticated", json!({"type": "anonymous"}), unknown),
        ("forbidden", key(&[]), known),
        ("forbidden", registered_user(&alice), known),
        ("forbidden", with(member, json!({"environment": "production"})), known),
    ];
    for (code, actor, (authenticated, may_decide)) in cases {
        let explanation = explained(&mut world, actor, &asked);
        assert_eq!(explanation["decision"]["code"], code);
        fails_at(&explanation, "actor", json!({"authenticated": authenticated, "may_decide": may_decide}));
        assert_eq!(explanation["remedies"], json!([]), "{code}");
    }
}

#[test]
fn d_3_no_remedy_where_something_is_not_found() {
    let mut world = world();
    let alice = world.user("alice");
    let gone = world.user("gone");
    world.accepts(system(), json!({"command": "delete_registered_user", "registered_user_id": gone}));
    let nobody = "00000000-0000-7000-8000-000000000000";
    for (actor, user) in [
        (runtime(), nobody),
        (runtime(), gone.as_str()),
        (runtime(), "not even an id"),
        (of(runtime(), "org_other"), alice.as_str()),
        (in_test(runtime()), alice.as_str()),
        (with(runtime(), json!({"registered_user_ids": [gone]})), alice.as_str()),
    ] {
        let explanation = explained(&mut world, actor, &call(user, "own", "slack__post"));
        assert_eq!(explanation["decision"]["code"], "registered_user_not_found");
        // What is no id was not kept: nothing has it.
        let shown = if user == "not even an id" { Value::Null } else { json!(user) };
        assert_eq!(explanation["checks"][1]["compared"], json!({"registered_user_id": shown, "found": false}));
        assert_eq!(explanation["checks"][1]["result"], "failed");
        assert_eq!(explanation["remedies"], json!([]));
    }
    // A pack that the key does not see answers as one that does not exist (P-2).
    let hidden = with(runtime(), json!({"tool_pack_ids": ["all"]}));
    let seen = explained(&mut world, hidden, &call(&alice, "own", "slack__post"));
    fails_at(&seen, "pack_found", json!({"tool_pack_id": "own", "found": false}));
    assert_eq!(seen["remedies"], json!([]));
    let missing = explained(&mut world, runtime(), &call(&alice, "nothing", "slack__post"));
    fails_at(&missing, "pack_found", json!({"tool_pack_id": "nothing", "found": false}));
    assert_eq!(missing["remedies"], json!([]));
    // Also where the chain meets it later: reactivating does not help.
    world.patch(&alice, json!({"is_active": false}));
    let later = explained(&mut world, system(), &call(&alice, "nothing", "slack__post"));
    fails_at(&later, "user_active", json!({"status": "deactivated"}));
    assert_eq!(later["remedies"], json!([]));
}

#[test]
fn d_3_a_deactivated_user_is_reactivated_and_links_again() {
    let mut world = world();
    let alice = world.user("alice");
    world.links(&alice, "slack", None);
    world.patch(&alice, json!({"is_active": false}));
    let explanation = explained(&mut world, system(), &call(&alice, "own", "slack__post"));
    fails_at(&explanation, "user_active", json!({"status": "deactivated"}));
    assert_eq!(ways(&explanation), ["reactivate:user link:user"]);
    assert_eq!(
        command(&explanation, 0, 0),
        json!({"command": "update_registered_user", "registered_user_id": alice, "patch": {"is_active": true}})
    );
    assert_eq!(
        command(&explanation, 0, 1),
        json!({"command": "start_link", "registered_user_id": alice, "connector": "slack", "tool_pack_id": "own"})
    );
}

#[test]
fn d_3_a_connector_is_added_with_the_one_tool() {
    let mut world = world();
    let alice = world.user("alice");
    world.pack_with("own", json!([{"connector": "slack", "tool_names": ["post"]}]), json!({"name": "Own"}));
    let explanation = explained(&mut world, system(), &call(&alice, "own", "jira__search"));
    assert_eq!(explanation["decision"]["code"], "connector_not_in_tool_pack");
    fails_at(&explanation, "connector_in_pack", json!({"connector": "jira", "in_tool_pack": false}));
    assert_eq!(ways(&explanation), ["add_connector:organization link:user"]);
    assert_eq!(
        command(&explanation, 0, 0),
        json!({
            "command": "put_tool_pack", "tool_pack_id": "own", "name": "Own", "group_ids": null,
            "connectors": [
                {"connector": "slack", "auth_scope": "INDIVIDUAL", "tool_names": ["post"]},
                {"connector": "jira", "auth_scope": "INDIVIDUAL", "tool_names": ["search"]},
            ],
        })
    );
    // Who is linked already need not link again.
    world.links(&alice, "jira", None);
    let explanation = explained(&mut world, system(), &call(&alice, "own", "jira__search"));
    assert_eq!(ways(&explanation), ["add_connector:organization"]);
}

#[test]
fn d_3_what_the_catalogue_lacks_is_put_there_first() {
    let mut world = world();
    let alice = world.user("alice");
    let unknown = explained(&mut world, system(), &call(&alice, "own", "github__merge"));
    assert_eq!(unknown["decision"]["code"], "connector_not_in_tool_pack");
    assert_eq!(ways(&unknown), ["add_tool:organization add_connector:organization link:user"]);
    assert_eq!(
        command(&unknown, 0, 0),
        json!({"command": "put_connector", "connector": "github", "name": null, "tools": ["merge"]})
    );
    assert_eq!(command(&unknown, 0, 1)["command"], "put_tool_pack");
    // A connector that is there keeps its name and its tools.
    world.accepts(
        system(),
        json!({"command": "put_connector", "connector": "jira", "name": "Jira", "tools": ["search"]}),
    );
    let lacking = explained(&mut world, system(), &call(&alice, "own", "jira__create"));
    assert_eq!(
        command(&lacking, 0, 0),
        json!({"command": "put_connector", "connector": "jira", "name": "Jira", "tools": ["search", "create"]})
    );
}

#[test]
fn d_3_a_tool_is_added_to_catalogue_and_pack() {
    let mut world = world();
    let alice = world.user("alice");
    world.links(&alice, "slack", None);
    let asked = |tool: &str| call(&alice, "own", tool);
    // In the catalogue, not in the pack.
    let outside = explained(&mut world, system(), &asked("slack__read"));
    assert_eq!(outside["decision"]["code"], "tool_not_in_tool_pack");
    fails_at(&outside, "tool_in_pack", json!({"tool": "slack__read", "in_tool_pack": false, "in_connector": true}));
    assert_eq!(ways(&outside), ["add_tool:organization"]);
    assert_eq!(
        command(&outside, 0, 0)["connectors"],
        json!([{"connector": "slack", "auth_scope": "INDIVIDUAL", "tool_names": ["post", "read"]}])
    );
    // In neither.
    let nowhere = explained(&mut world, system(), &asked("slack__pin"));
    fails_at(&nowhere, "tool_in_pack", json!({"tool": "slack__pin", "in_tool_pack": false, "in_connector": false}));
    assert_eq!(ways(&nowhere), ["add_tool:organization add_tool:organization"]);
    assert_eq!(command(&nowhere, 0, 0)["command"], "put_connector");
    assert_eq!(command(&nowhere, 0, 1)["command"], "put_tool_pack");
    // In the pack, dropped by the connector (TP-3).
    world.connector("slack", &["read"]);
    let dropped = explained(&mut world, system(), &asked("slack__post"));
    fails_at(&dropped, "tool_in_pack", json!({"tool": "slack__post", "in_tool_pack": true, "in_connector": false}));
    assert_eq!(ways(&dropped), ["add_tool:organization"]);
    assert_eq!(command(&dropped, 0, 0)["tools"], json!(["read", "post"]));
    // In a pack with all tools.
    let all = explained(&mut world, system(), &call(&alice, "all", "slack__pin"));
    assert_eq!(ways(&all), ["add_tool:organization link:organization"]);
}

#[test]
fn d_3_without_a_company_join_one_or_switch_the_scope() {
    let mut world = world();
    let alice = world.user("alice");
    let asked = call(&alice, "company", "slack__post");
    let explanation = explained(&mut world, system(), &asked);
    assert_eq!(explanation["decision"]["code"], "invalid_company_for_shared_scope");
    fails_at(&explanation, "company", json!({"scope": "SHARED", "origin_company_id": null}));
    assert_eq!(ways(&explanation), ["set_company:user link:company", "switch_scope:organization link:user"]);
    assert_eq!(
        command(&explanation, 0, 0),
        json!({
            "command": "update_registered_user", "registered_user_id": alice,
            "patch": {"shared_credential_group": {"origin_company_id": {"$parameter": "origin_company_id"}}},
        })
    );
    assert_eq!(
        command(&explanation, 1, 0),
        json!({
            "command": "put_tool_pack", "tool_pack_id": "company", "name": "company", "group_ids": null,
            "connectors": [{"connector": "slack", "auth_scope": "INDIVIDUAL", "tool_names": null}],
        })
    );
    // A credential of the user's own is found once the scope is switched.
    world.links(&alice, "slack", None);
    let explanation = explained(&mut world, system(), &asked);
    assert_eq!(ways(&explanation), ["set_company:user link:company", "switch_scope:organization"]);
    world.patch(&alice, json!({"is_active": false}));
    let explanation = explained(&mut world, system(), &asked);
    assert_eq!(
        ways(&explanation),
        ["reactivate:user set_company:user link:company", "reactivate:user switch_scope:organization link:user"]
    );
}

#[test]
fn d_3_a_credential_is_linked_at_exactly_the_packs_scope() {
    let mut world = world();
    let alice = world.user_with("alice", json!({"shared_credential_group": {"origin_company_id": "acme"}}));
    let later = "2026-01-31T10:00:01Z";
    for (pack, owner, affects) in [
        ("own", individual(&alice), "user"),
        ("company", shared("acme"), "company"),
        ("all", organization(), "organization"),
    ] {
        let asked = call(&alice, pack, "slack__post");
        let at_credential = |world: &mut World, code: &str, status: Value, expires_at: Value| {
            let explanation = explained(world, system(), &asked);
            assert_eq!(explanation["decision"]["code"], code);
            let compared = json!({"owner": owner, "connector": "slack", "status": status, "expires_at": expires_at});
            fails_at(&explanation, "credential", compared);
            assert_eq!(ways(&explanation), [format!("link:{affects}")]);
            assert_eq!(
                command(&explanation, 0, 0),
                json!({"command": "start_link", "registered_user_id": alice, "connector": "slack", "tool_pack_id": pack})
            );
        };
        let mut world = world.clone();
        at_credential(&mut world, "credential_required", Value::Null, Value::Null);
        world.links_until(&alice, "slack", Some(pack), Some(later));
        let mut expired = world.clone();
        expired.set_now(later);
        at_credential(&mut expired, "reauth_required", json!("needs_reauth"), json!(later));
        world.needs_reauth(owner.clone(), "slack");
        at_credential(&mut world, "reauth_required", json!("needs_reauth"), json!(later));
        world.revokes(owner.clone(), "slack");
        at_credential(&mut world, "credential_revoked", json!("revoked"), json!(later));
    }
}

#[test]
fn d_3_who_may_not_run_a_step_sees_it_without_the_command() {
    let mut world = world();
    let alice = world.user("alice");
    let asked = call(&alice, "company", "slack__post");
    let both = key(&["management", "runtime"]);
    let commands = |world: &mut World, actor: Value| -> Vec<bool> {
        let explanation = world.explains(actor, &asked);
        assert_eq!(ways(&explanation), ["set_company:user link:company", "switch_scope:organization link:user"]);
        let remedies = explanation["remedies"].as_array().unwrap().iter();
        remedies
            .flat_map(|way| way["steps"].as_array().unwrap().clone())
            .map(|step| step.get("command").is_some())
            .collect()
    };
    assert_eq!(commands(&mut world, system()), [true, true, true, true]);
    assert_eq!(commands(&mut world, both.clone()), [true, true, true, true]);
    assert_eq!(commands(&mut world, runtime()), [false, false, false, false]);
    // What others share is not for a restricted key: not the company, nor its link, nor the pack.
    let restricted = with(both.clone(), json!({"registered_user_ids": [alice]}));
    assert_eq!(commands(&mut world, restricted), [false, false, false, true]);
    let to_packs = with(restricted_to_packs(&["company"]), json!({"scopes": ["management", "runtime"]}));
    assert_eq!(commands(&mut world, to_packs), [false, false, false, true]);
    let admin = with(world.admin(), json!({"organization_id": "org_acme", "environment": "production"}));
    assert_eq!(commands(&mut world, admin), [true, true, true, true]);
    // The catalogue is not for keys of the test environment.
    let bob = text(
        &world.accepts(in_test(system()), json!({"command": "create_registered_user", "origin_user_id": "bob"})),
        "/response/registered_user_id",
    );
    let explanation = world.explains(in_test(both), &call(&bob, "company", "slack__post"));
    assert!(command(&explanation, 0, 0).is_object());
    assert_eq!(command(&explanation, 1, 0), Value::Null);
}

#[test]
fn d_3_no_remedy_that_would_be_refused() {
    let mut world = world();
    let alice = world.user("alice");
    for _ in 0..100 {
        world.accepts(system(), json!({"command": "start_link", "registered_user_id": alice, "connector": "jira"}));
    }
    // One more session is `limit_exceeded`.
    let explanation = explained(&mut world, system(), &call(&alice, "own", "slack__post"));
    assert_eq!(explanation["decision"]["code"], "credential_required");
    assert_eq!(explanation["remedies"], json!([]));
}

#[test]
fn d_3_a_malformed_call_is_a_rejection() {
    let mut world = World::new();
    let alice = world.user("alice");
    let before = world.state();
    for (asked, code, pointer) in [
        (call(&alice, "own", "slack"), "invalid_slug", "/tool"),
        (call(&alice, "", "slack__post"), "invalid_request", "/tool_pack_id"),
        (with(call(&alice, "own", "slack__post"), json!({"extra": 1})), "invalid_request", "/extra"),
    ] {
        let context = world.context(runtime()).to_string();
        let context = tenantry::json::parse_command(&context).unwrap();
        let shown = asked.to_string();
        let asked = tenantry::json::parse_command(&shown).unwrap();
        let rejection = rejected(tenantry::wire::explain(&world.tenantry, &asked, &context));
        assert_eq!((rejection.code.as_str(), rejection.pointer.as_deref()), (code, Some(pointer)), "{shown}");
        assert_eq!(rejection, rejected(tenantry::wire::authorize(&world.tenantry, &asked, &context)));
    }
    // Also where the actor names no environment.
    let context = world.context(host()).to_string();
    let context = tenantry::json::parse_command(&context).unwrap();
    let asked = call(&alice, "own", "slack__post").to_string();
    let asked = tenantry::json::parse_command(&asked).unwrap();
    let mistake = misused(tenantry::wire::explain(&world.tenantry, &asked, &context));
    assert_eq!(
        (mistake.code().as_str(), mistake.pointer()),
        ("invalid_request", Some("/context/actor/organization_id"))
    );
    assert_eq!(world.state(), before);
}
