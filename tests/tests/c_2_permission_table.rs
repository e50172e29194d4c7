//! C-1, C-2, C-3: the table of contract section 2, whole: every command and query × every kind of actor.

use tenantry_tests::actors::{
    account, anonymous, in_test, key, management, registered_user, restricted_to_packs, restricted_to_users, runtime,
    system,
};
use tenantry_tests::shapes::{commands, queries};
use tenantry_tests::{Value, World, json, with};

/// The columns.
pub(crate) const ACTORS: [&str; 14] = [
    "system",
    "admin",
    "organization_admin",
    "member",
    "management key",
    "runtime key",
    "key with both scopes",
    "key without scope",
    "management key restricted to users",
    "management key restricted to packs",
    "management key of test",
    "runtime key restricted to users and packs",
    "registered user",
    "anonymous",
];

/// `y` may, `-` is `forbidden`, `!` is `not_authenticated`; a column for each of [`ACTORS`].
pub(crate) fn table() -> Vec<(&'static str, Value)> {
    let me = "$me";
    let owner = json!({"scope": "INDIVIDUAL", "registered_user_id": me});
    let shared = json!({"scope": "SHARED", "origin_company_id": "c1"});
    let organization = json!({"scope": "ORGANIZATION"});
    let account = json!({"name": "New", "email": "new@acme.example", "organization_id": "org_acme"});
    let token = json!({"org_token": "x".repeat(24), "password": "Str0ng-enough-for-all"});
    let user = |name: &str| json!({"command": name, "registered_user_id": me});
    let of_user = |name: &str| json!({"query": name, "registered_user_id": me});
    let named = |name: &str, field: &str| json!({"command": name, field: "unknown"});
    let list = |name: &str| json!({"query": name});
    let credential = |name: &str, owner: &Value| json!({"command": name, "owner": owner, "connector": "slack"});
    let session = |name: &str| json!({"command": name, "link_session_id": "lnk_unknown"});
    let call = |name: &str| with(user(name), json!({"tool_pack_id": "p", "tool": "slack__post"}));
    vec![
        // SAOMmrbnuptRea
        ("yyy-y-y---y--!", json!({"command": "create_registered_user", "origin_user_id": "bob"})),
        ("yyy----------!", json!({"command": "create_test_user"})),
        ("yyy-y-y-yyy--!", with(user("update_registered_user"), json!({"patch": {"origin_user_name": "A"}}))),
        ("yyy-y-y-yyy--!", with(user("update_registered_user"), json!({"patch": {"shared_credential_group": {}}}))),
        (
            "yyy-y-y---y--!",
            with(
                user("update_registered_user"),
                json!({"patch": {"shared_credential_group": {"origin_company_id": "c1"}}}),
            ),
        ),
        ("yyy-y-y---y--!", with(user("update_registered_user"), json!({"patch": {"shared_credential_group": null}}))),
        ("yyy-y-y-yyy--!", user("delete_registered_user")),
        ("yyy----------!", with(user("set_retention_hold"), json!({"held": true}))),
        ("yyy-y-y---y--!", named("delete_company", "origin_company_id")),
        ("yyy-y-y------!", json!({"command": "put_connector", "connector": "slack", "tools": ["post"]})),
        ("yyy-y-y------!", named("delete_connector", "connector")),
        ("yyy-y-y------!", json!({"command": "put_tool_pack", "tool_pack_id": "p", "name": "P", "connectors": []})),
        ("yyy-y-y------!", named("delete_tool_pack", "tool_pack_id")),
        ("yyy-y-y------!", json!({"command": "put_group", "group_id": "g", "name": "G", "rule": {"all": []}})),
        ("yyy-y-y------!", named("delete_group", "group_id")),
        ("yyy-y-y-y-y--!", with(user("start_link"), json!({"connector": "slack"}))),
        ("yyy-y-y-yyy--!", with(user("start_link"), json!({"connector": "slack", "tool_pack_id": "p"}))),
        ("y---y-y-yyy-y!", session("complete_link")),
        ("y---y-y-yyy-y!", session("fail_link")),
        ("yyy-y-y-yyy-y!", credential("revoke_credential", &owner)),
        ("yyy-y-y---y--!", credential("revoke_credential", &shared)),
        ("yyy-y-y---y--!", credential("revoke_credential", &organization)),
        ("yyy-y-y---y--!", json!({"command": "revoke_connector", "connector": "slack"})),
        ("y------------!", with(credential("report_credential", &owner), json!({"status": "active"}))),
        ("y------------!", json!({"command": "advance_time"})),
        ("y----yy----y-!", call("start_tool_call")),
        ("y----yy----y-!", with(user("finish_tool_call"), json!({"tool_call_id": "call_1", "result": "failed"}))),
        ("yy-----------!", json!({"command": "create_organization", "name": "New"})),
        (
            "yyy----------!",
            json!({"command": "issue_registration_token", "organization_id": "org_acme", "secret": "s".repeat(24)}),
        ),
        ("yyy----------!", named("revoke_registration_token", "token_id")),
        ("yyy----------!", json!({"command": "set_user_status", "user_id": "usr_unknown", "status": "active"})),
        ("yyy----------!", json!({"command": "update_user", "user_id": "usr_unknown", "patch": {"name": "N"}})),
        ("yyy----------!", named("delete_user", "user_id")),
        ("yyy----------!", with(json!({"command": "create_user"}), account.clone())),
        ("yyyyyyyyyyyyyy", with(with(json!({"command": "create_user"}), account), token)),
        ("yyy-yyy-yyyyy!", of_user("get_registered_user")),
        ("yyy-yyy-yyyyy!", of_user("list_credentials")),
        ("yyy-y-y-yyy--!", json!({"query": "list_credentials", "connector": "slack"})),
        ("yyy-yyy-yyyyy!", with(of_user("list_tools"), json!({"tool_pack_id": "p"}))),
        ("yyy-y-y-yyy--!", json!({"query": "find_registered_user", "origin_user_id": "bob"})),
        ("yyy-y-y-yyy--!", list("list_registered_users")),
        ("yyy-y-y-yyy--!", of_user("groups_of")),
        ("yyy-y-y-yyy--!", of_user("list_link_sessions")),
        ("yyy-y-y-yyy--!", list("list_companies")),
        ("yyy-y-y-yyy--!", list("list_connectors")),
        ("yyy-y-y-yyy--!", list("list_tool_packs")),
        ("yyy-y-y-yyy--!", list("list_groups")),
        ("yyy-y-y-y-y--!", list("journal")),
        ("yyy----------!", list("get_organization")),
        ("yyy----------!", json!({"query": "get_user", "user_id": "usr_unknown"})),
        ("yyy----------!", list("list_users")),
        ("yyy----------!", list("list_registration_tokens")),
    ]
}

/// The actor of a column, where the request can be answered.
pub(crate) fn actor(index: usize, request: &Value, me: &str, accounts: &[String]) -> Value {
    let actor = in_production(index, me, accounts);
    // A registered user lives in one environment, and nobody in none.
    if request["command"] == "create_test_user" && index < 12 { in_test(actor) } else { actor }
}

fn in_production(index: usize, me: &str, accounts: &[String]) -> Value {
    let both = &["management", "runtime"];
    match index {
        0 => system(),
        1..=3 => account(&accounts[index - 1]),
        4 => management(),
        5 => runtime(),
        6 => key(both),
        7 => key(&[]),
        8 => restricted_to_users(&[me]),
        9 => restricted_to_packs(&["p"]),
        10 => in_test(management()),
        11 => with(runtime(), json!({"registered_user_ids": [me], "tool_pack_ids": ["p"]})),
        12 => registered_user(me),
        _ => anonymous(),
    }
}

#[test]
fn c_2_every_actor_may_do_what_the_table_says_and_nothing_else() {
    let mut world = World::with_options(&json!({"journal": "memory"}));
    let accounts = world.accounts();
    let mut looked_at = 0;
    for (cells, request) in table() {
        for (index, cell) in cells.bytes().enumerate() {
            // Each in a world of its own, in which nothing has been done yet.
            let mut world = world.clone();
            let me = world.user("me");
            let actor = actor(index, &request, &me, &accounts);
            let request: Value = serde_json::from_str(&request.to_string().replace("$me", &me)).unwrap();
            let answer = world.ask(actor, request.clone());
            let code = answer.err().map(|rejection| rejection["code"].as_str().unwrap().to_owned());
            let shown = format!("{request} by the {}: {code:?}", ACTORS[index]);
            match (cell, code.as_deref()) {
                (b'-', Some("forbidden")) | (b'!', Some("not_authenticated")) => {}
                (b'y', code) => assert!(
                    !matches!(code, Some("forbidden" | "not_authenticated" | "invalid_request")),
                    "refused: {shown}"
                ),
                _ => panic!("not refused as it should be: {shown}"),
            }
            looked_at += 1;
        }
    }
    assert_eq!(looked_at, table().len() * ACTORS.len());
}

#[test]
fn c_2_the_table_names_every_command_and_query() {
    let rows = table();
    for (member, names) in [("command", commands()), ("query", queries())] {
        for name in names {
            assert!(rows.iter().any(|(_, request)| request[member] == name), "`{name}` is in no row");
        }
    }
}
