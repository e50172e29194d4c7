//! Worlds about what a call needs: packs, groups and credentials.

use super::{
    World, authorizes, complete, connector, create, does, entry, explains, finishes, linked, organizations, pack,
    passes, patch, start, starts, sweeps,
};
use serde_json::{Value, json};
use tenantry_tests::actors::{host, key, management, runtime, system};
use tenantry_tests::decisions::{individual, organization};
use tenantry_tests::with;

/// A pack whose scope, connectors, tools and groups change beneath a user with credentials.
pub(super) fn packs() -> World {
    let mut setup = organizations();
    setup.extend([connector("slack"), pack("pack", json!([entry("slack", "INDIVIDUAL")]))]);
    setup.push(
        does("Alice", system(), create("alice", "Alice Zq", None)).saves("alice", "/response/registered_user_id"),
    );
    setup.extend(linked("$alice", "slack", None, "alice zq at slack"));
    let put = |connectors: Value, more: Value| {
        with(
            json!({"command": "put_tool_pack", "tool_pack_id": "pack", "name": "pack", "connectors": connectors}),
            more,
        )
    };
    let slack = |scope: &str| json!([entry("slack", scope)]);
    let tools = |tools: Value| json!({"command": "put_connector", "connector": "slack", "tools": tools});
    let both = || key(&["management", "runtime"]);
    World {
        name: "packs",
        about: "the scope, the tools and the groups of a pack change",
        setup,
        moves: vec![
            does("the user's own", management(), put(slack("INDIVIDUAL"), json!({}))),
            does("the company's", management(), put(slack("SHARED"), json!({}))),
            does("the organization's", management(), put(slack("ORGANIZATION"), json!({}))),
            does("no credential", management(), put(slack("NONE"), json!({}))),
            does("for staff only", management(), put(slack("INDIVIDUAL"), json!({"group_ids": ["staff"]}))),
            does("an empty pack", management(), put(json!([]), json!({}))),
            does(
                "an unknown tool",
                management(),
                put(json!([{"connector": "slack", "tool_names": ["dig"]}]), json!({})),
            ),
            does("the pack is deleted", management(), json!({"command": "delete_tool_pack", "tool_pack_id": "pack"})),
            does("a group", management(), {
                json!({"command": "put_group", "group_id": "staff", "name": "Staff", "rule": {"attribute": "team", "equals": "staff"}})
            }),
            does("an invalid rule", management(), {
                json!({"command": "put_group", "group_id": "staff", "name": "Staff", "rule": {"some": []}})
            }),
            does("the group is deleted", management(), json!({"command": "delete_group", "group_id": "staff"})),
            does("no tools", management(), tools(json!([]))),
            does("its tool again", management(), tools(json!(["post"]))),
            does(
                "the connector is deleted",
                management(),
                json!({"command": "delete_connector", "connector": "slack"}),
            ),
            does("a slug", management(), json!({"command": "put_connector", "connector": "a__b", "tools": []})),
            does(
                "Alice joins the staff",
                management(),
                patch("$alice", json!({"custom_groupings": {"team": "staff"}})),
            ),
            does("Alice calls", runtime(), starts("pack", "slack__post")).saves("call", "/response/tool_call_id"),
            explains("what would help", both(), "pack", "slack__post"),
        ],
        secrets: vec![],
        quick: (8, 180),
        deep: (12, 180),
    }
}

/// A connector is broken into: every credential of it has to go.
pub(super) fn incident() -> World {
    let mut setup = organizations();
    setup.extend([
        connector("slack"),
        pack("own", json!([entry("slack", "INDIVIDUAL")])),
        pack("team", json!([entry("slack", "SHARED")])),
        pack("all", json!([entry("slack", "ORGANIZATION")])),
        does("Alice", system(), create("alice", "Alice Zq", Some("globex")))
            .saves("alice", "/response/registered_user_id"),
    ]);
    for (pack, account) in [("own", "alice zq at slack"), ("team", "globex at slack"), ("all", "acme at slack")] {
        setup.extend(linked("$alice", "slack", Some(pack), account));
    }
    let revoke = |limit: Option<u64>| json!({"command": "revoke_connector", "connector": "slack", "limit": limit});
    World {
        name: "incident",
        about: "every credential of a connector is revoked, at once and one by one, while people link again",
        setup,
        moves: vec![
            does("one is revoked", management(), revoke(Some(1))),
            does("all are revoked", management(), revoke(None)),
            does("Alice links again", management(), start("$alice", "slack", Some("own")))
                .saves("session", "/response/link_session_id"),
            does("her company does", management(), start("$alice", "slack", Some("team")))
                .saves("session", "/response/link_session_id"),
            does("the organization does", management(), start("$alice", "slack", Some("all")))
                .saves("session", "/response/link_session_id"),
            does("it completes", management(), complete("$session")),
            does("Alice calls by her own", runtime(), starts("own", "slack__post"))
                .saves("call", "/response/tool_call_id"),
            authorizes("by her company's", runtime(), "team", "slack__post"),
            authorizes("by the organization's", runtime(), "all", "slack__post"),
            explains("what would help", runtime(), "team", "slack__post"),
            does("the call ends", runtime(), finishes()),
            does("Alice is deactivated", management(), patch("$alice", json!({"is_active": false}))),
        ],
        secrets: vec![],
        quick: (6, 3003),
        deep: (8, 10514),
    }
}

/// What is reported of an old grant comes after the new one.
pub(super) fn late_report() -> World {
    let mut setup = organizations();
    setup.extend([
        connector("slack"),
        pack("own", json!([entry("slack", "INDIVIDUAL")])),
        does("Alice", system(), create("alice", "Alice Zq", None)).saves("alice", "/response/registered_user_id"),
    ]);
    setup.extend(linked("$alice", "slack", None, "alice zq at slack"));
    let report = |owner: Value, more: Value| {
        with(json!({"command": "report_credential", "owner": owner, "connector": "slack"}), more)
    };
    let own = || individual("$alice");
    World {
        name: "late report",
        about: "reports and revocations of a grant that may have been replaced meanwhile",
        setup,
        moves: vec![
            does("a link starts", management(), start("$alice", "slack", None))
                .saves("session", "/response/link_session_id"),
            does("it completes for an hour", management(), {
                with(
                    complete("$session"),
                    json!({"external_account_id": "other zq at slack", "expires_at": "2026-01-31T11:00:00Z"}),
                )
            }),
            does("the first grant is refused upstream", system(), {
                report(own(), json!({"status": "needs_reauth", "reason": "upstream", "expected_generation": 1}))
            }),
            does("the grant is refreshed", system(), report(own(), json!({"status": "active"}))),
            does("refreshed for a while", system(), {
                report(own(), json!({"status": "active", "expires_at": "2026-01-31T12:00:00Z"}))
            }),
            does("the second grant is revoked", management(), {
                json!({"command": "revoke_credential", "owner": own(), "connector": "slack", "expected_generation": 2})
            }),
            does("nobody's", system(), report(organization(), json!({"status": "needs_reauth"}))),
            does("Alice calls", runtime(), starts("own", "slack__post")).saves("call", "/response/tool_call_id"),
            explains("what would help", runtime(), "own", "slack__post"),
            passes("half an hour passes", 1800),
            passes("a day passes", 86_400),
            sweeps(),
            does("swept one by one", host(), json!({"command": "advance_time", "limit": 1})),
        ],
        secrets: vec![],
        quick: (6, 4188),
        deep: (8, 28752),
    }
}
