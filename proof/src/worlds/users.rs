//! Worlds about registered users: what they share, and how they come and go.

use super::{
    Move, World, authorizes, complete, connector, create, does, entry, explains, finishes, linked, organizations, pack,
    passes, patch, start, starts, sweeps,
};
use serde_json::json;
use tenantry_tests::actors::{key, management, restricted_to_users, runtime, system};
use tenantry_tests::decisions::{individual, shared};

/// Alice and Bob of Globex, whose credential both use; Initech has none.
pub(super) fn sharing() -> World {
    let mut setup = organizations();
    setup.extend([connector("slack"), pack("team", json!([entry("slack", "SHARED")]))]);
    let group = json!({"origin_company_id": "globex", "origin_company_name": "Globex"});
    let mut first = create("alice", "Alice Zq", None);
    first["shared_credential_group"] = group;
    setup.push(does("Alice", system(), first).saves("alice", "/response/registered_user_id"));
    setup.push(
        does("Bob", system(), create("bob", "Bob Zq", Some("globex"))).saves("bob", "/response/registered_user_id"),
    );
    setup.extend(linked("$bob", "slack", Some("team"), "globex at slack"));
    let moves_to = |company| patch("$alice", json!({"shared_credential_group": {"origin_company_id": company}}));
    World {
        name: "sharing",
        about: "two companies, one with a credential; a user moves between them",
        setup,
        moves: vec![
            does("Alice moves to Globex", management(), moves_to("globex")),
            does("Alice moves to Initech", management(), moves_to("initech")),
            does("Alice leaves", management(), patch("$alice", json!({"shared_credential_group": null}))),
            does("Bob leaves", management(), patch("$bob", json!({"shared_credential_group": null}))),
            does(
                "Globex is renamed",
                management(),
                patch("$bob", json!({"shared_credential_group": {"origin_company_name": "Globex Inc"}})),
            ),
            does("a link starts", management(), start("$alice", "slack", Some("team")))
                .saves("session", "/response/link_session_id"),
            does("it completes", management(), complete("$session")),
            does("Alice calls", runtime(), starts("team", "slack__post")).saves("call", "/response/tool_call_id"),
            does("the call ends", runtime(), finishes()),
            does(
                "Globex's credential is revoked",
                management(),
                json!({"command": "revoke_credential", "owner": shared("globex"), "connector": "slack"}),
            ),
            does(
                "Globex is deleted",
                management(),
                json!({"command": "delete_company", "origin_company_id": "globex"}),
            ),
            does(
                "Initech is deleted",
                management(),
                json!({"command": "delete_company", "origin_company_id": "initech"}),
            ),
            does("a company name without a company", management(), {
                patch("$alice", json!({"shared_credential_group": {"origin_company_name": "Nameless"}}))
            }),
            does("a key for Alice alone moves her", restricted_to_users(&["$alice"]), moves_to("initech")),
            explains("what would help", key(&["runtime", "management"]), "team", "slack__post"),
        ],
        secrets: vec![],
        quick: (6, 2589),
        deep: (8, 10050),
    }
}

/// Alice with a credential of her own, and the organization's.
pub(super) fn deactivation() -> World {
    let mut setup = organizations();
    setup.extend([
        connector("slack"),
        pack("own", json!([entry("slack", "INDIVIDUAL")])),
        pack("all", json!([entry("slack", "ORGANIZATION")])),
        does("Alice", system(), create("alice", "Alice Zq", None)).saves("alice", "/response/registered_user_id"),
    ]);
    setup.extend(linked("$alice", "slack", Some("all"), "acme at slack"));
    setup.extend(linked("$alice", "slack", None, "alice zq at slack"));
    let itself = json!({
        "type": "registered_user", "registered_user_id": "$alice", "organization_id": "org_acme",
        "environment": "production",
    });
    World {
        name: "deactivation",
        about: "a user is deactivated and reactivated, with links and calls open",
        setup,
        moves: vec![
            does("Alice is deactivated", management(), patch("$alice", json!({"is_active": false}))),
            does("Alice is reactivated", management(), patch("$alice", json!({"is_active": true}))),
            does("created again", management(), create("alice", "Alice Zq", None)),
            does("a link starts", management(), start("$alice", "slack", None))
                .saves("session", "/response/link_session_id"),
            does("it completes", itself.clone(), complete("$session")),
            does("it fails", itself.clone(), json!({"command": "fail_link", "link_session_id": "$session"})),
            does("Alice calls by her own", runtime(), starts("own", "slack__post"))
                .saves("call", "/response/tool_call_id"),
            does("Alice calls by the organization's", runtime(), starts("all", "slack__post"))
                .saves("call", "/response/tool_call_id"),
            does("the call ends", runtime(), finishes()),
            does(
                "Alice revokes her own",
                itself,
                json!({"command": "revoke_credential", "owner": individual("$alice"), "connector": "slack"}),
            ),
            explains("what would help", runtime(), "own", "slack__post"),
            passes("an hour passes", 3600),
            sweeps(),
        ],
        secrets: vec![],
        quick: (6, 5833),
        deep: (8, 61_820),
    }
}

/// Alice with a credential of her own, and one of her company's that she has linked.
pub(super) fn deletion() -> World {
    let mut setup = organizations();
    setup.extend([
        connector("slack"),
        pack("own", json!([entry("slack", "INDIVIDUAL")])),
        pack("team", json!([entry("slack", "SHARED")])),
        does("Alice", system(), create("alice", "Alice Zq", Some("globex")))
            .saves("alice", "/response/registered_user_id"),
    ]);
    setup.extend(linked("$alice", "slack", Some("team"), "globex at slack"));
    setup.extend(linked("$alice", "slack", None, "alice zq at slack"));
    let hold = |held: bool| json!({"command": "set_retention_hold", "registered_user_id": "$alice", "held": held, "reason": "case 17 zq"});
    let hired = |name: &'static str| -> Move {
        does("hired again", management(), create("alice", name, Some("globex")))
            .saves("alice", "/response/registered_user_id")
    };
    World {
        name: "deletion",
        about: "a user is deleted, put on hold, purged and hired again",
        setup,
        moves: vec![
            does(
                "Alice is deleted",
                management(),
                json!({"command": "delete_registered_user", "registered_user_id": "$alice"}),
            ),
            does("a hold is placed", system(), hold(true)),
            does("the hold is released", system(), hold(false)),
            hired("Alicia Qz"),
            does("a link starts", management(), start("$alice", "slack", None))
                .saves("session", "/response/link_session_id"),
            does("it completes", management(), complete("$session")),
            does("Alice calls", runtime(), starts("team", "slack__post")).saves("call", "/response/tool_call_id"),
            does("the call ends", runtime(), finishes()),
            authorizes("may she call", runtime(), "own", "slack__post"),
            passes("twelve hours pass", 12 * 3600),
            passes("a month passes", 30 * 86_400),
            sweeps(),
        ],
        secrets: vec![],
        quick: (6, 2848),
        deep: (8, 19180),
    }
}
