//! Worlds about places and the platform's own members.

use super::{World, asks, complete, connector, create, does, entry, linked, organizations, pack, passes, patch, start};
use serde_json::{Value, json};
use tenantry_tests::actors::{
    account, anonymous, host, in_test, key, management, of, restricted_to_users, runtime, system,
};
use tenantry_tests::decisions::individual;
use tenantry_tests::{ACME, OTHER, with};

/// Alice in production, Tess in the test environment, Zoe in another organization.
pub(super) fn environments() -> World {
    let mut setup = organizations();
    setup.extend([
        connector("slack"),
        pack("own", json!([entry("slack", "INDIVIDUAL")])),
        does("Alice", system(), create("alice", "Alice Zq", Some("globex")))
            .saves("alice", "/response/registered_user_id"),
        does("Bob", system(), create("bob", "Bob Zq", Some("globex"))).saves("bob", "/response/registered_user_id"),
        does("Tess", in_test(system()), create("tess", "Tess Zq", None)).saves("tess", "/response/registered_user_id"),
        does("Zoe", of(system(), OTHER), create("zoe", "Zoe Zq", None)).saves("zoe", "/response/registered_user_id"),
    ]);
    setup.extend(linked("$alice", "slack", None, "alice zq at slack"));
    setup.extend(linked("$bob", "slack", None, "bob zq at slack"));
    let both = || key(&["management", "runtime"]);
    let only_bob = || restricted_to_users(&["$bob"]);
    let itself = |name: &str| json!({"type": "registered_user", "registered_user_id": name, "organization_id": ACME, "environment": "production"});
    let named = |id: &str, by: &str| patch(id, json!({"origin_user_name": by}));
    let revoke = |id: &str| json!({"command": "revoke_credential", "owner": individual(id), "connector": "slack"});
    World {
        name: "environments",
        about: "keys of two environments and two organizations, a restricted key, and a user's own token",
        setup,
        moves: vec![
            does("nothing given", both(), json!({"command": "create_registered_user"})),
            does("everything wrong", both(), {
                json!({
                    "command": "create_registered_user", "origin_user_id": "\u{7}", "custom_groupings": {"": 1},
                    "shared_credential_group": {"origin_company_id": ""},
                })
            }),
            does("Alice is renamed", both(), named("$alice", "Alicia Zq")),
            does("the test key renames Alice", in_test(both()), named("$alice", "Hijacked")),
            does("the other organization renames Alice", of(both(), OTHER), named("$alice", "Hijacked")),
            does("Bob's key renames Alice", only_bob(), named("$alice", "Hijacked")),
            does("Bob's key deactivates Bob", only_bob(), patch("$bob", json!({"is_active": false}))),
            does("Bob's key creates", only_bob(), create("carol", "Carol", None)),
            does("the test key renames Tess", in_test(both()), named("$tess", "Tessa Zq")),
            does("the test key creates Alice", in_test(both()), create("alice", "Alice in test", None)),
            does("the other organization creates Alice", of(both(), OTHER), create("alice", "Alice elsewhere", None)),
            does("Bob revokes Alice's credential", itself("$bob"), revoke("$alice")),
            does("Bob revokes his own", itself("$bob"), revoke("$bob")),
            does("Alice is linked again", both(), start("$alice", "slack", None))
                .saves("session", "/response/link_session_id"),
            does("Bob completes her link", itself("$bob"), complete("$session")),
            does("the test key completes it", in_test(both()), complete("$session")),
            does("Alice completes it", itself("$alice"), complete("$session")),
            does(
                "the test key puts a connector",
                in_test(both()),
                json!({"command": "put_connector", "connector": "jira", "tools": ["open"]}),
            ),
            does("Alice's id is changed", both(), patch("$alice", json!({"origin_user_id": "mallory"}))),
            does(
                "an expired key",
                with(management(), json!({"expires_at": "2026-01-31T10:00:00Z"})),
                named("$alice", "X"),
            ),
            does("an organization that is not there", of(system(), "org_nobody"), named("$alice", "X")),
            asks("Bob's key lists", only_bob(), json!({"query": "list_registered_users"})),
            asks("Bob lists his", itself("$bob"), json!({"query": "list_credentials", "registered_user_id": "$bob"})),
            asks(
                "Bob looks at Alice",
                itself("$bob"),
                json!({"query": "get_registered_user", "registered_user_id": "$alice"}),
            ),
            asks("the test key lists", in_test(management()), json!({"query": "list_credentials"})),
            asks(
                "the runtime key",
                in_test(runtime()),
                json!({"query": "get_registered_user", "registered_user_id": "$zoe"}),
            ),
        ],
        secrets: vec![],
        quick: (8, 352),
        deep: (12, 608),
    }
}

const SECRET: &str = "ort_zqsecretzqsecretzqsecretzq";
const OTHER_SECRET: &str = "ort_qzsecretqzsecretqzsecretqz";
const PASSWORD: &str = "Zq-passw0rd-Zq!";

fn registers(email: &str, external: Option<&str>) -> Value {
    json!({
        "command": "create_user", "name": "Somebody", "email": email, "password": PASSWORD, "organization_id": ACME,
        "org_token": SECRET, "external_id": external,
    })
}

/// A token that admits two, for a day.
pub(super) fn registration() -> World {
    let mut setup = organizations();
    let expires_at = "2026-02-01T10:00:00Z";
    let issue = json!({
        "command": "issue_registration_token", "organization_id": ACME, "secret": SECRET, "max_uses": 2,
        "expires_at": expires_at,
    });
    setup.push(does("a token", host(), issue.clone()).saves("token", "/response/token_id"));
    setup.push(does(
        "Erin",
        host(),
        json!({"command": "create_user", "name": "Erin", "email": "erin@acme.example", "organization_id": ACME, "external_id": "hr-0"}),
    )
    .saves("erin", "/response/id"));
    let weak = json!({
        "command": "create_user", "email": "no address", "password": "short", "metadata": {"n": 9_007_199_254_740_993_u64},
    });
    World {
        name: "registration",
        about: "a registration token that admits two, for a day",
        setup,
        moves: vec![
            does("Ann registers", anonymous(), registers("ann@acme.example", Some("hr-1")))
                .saves("ann", "/response/id"),
            does("Ben registers", anonymous(), registers("ben@acme.example", Some("hr-2"))),
            does("Cem registers", anonymous(), registers("cem@acme.example", None)),
            does("ANN registers", anonymous(), registers("ANN@acme.example", None)),
            does("Dan takes Ann's external id", anonymous(), registers("dan@acme.example", Some("hr-1"))),
            does("the token is issued again", host(), issue),
            does("another token", host(), {
                json!({"command": "issue_registration_token", "organization_id": ACME, "secret": OTHER_SECRET})
            }),
            does("a token is revoked", host(), json!({"command": "revoke_registration_token", "token_id": "$token"})),
            does(
                "an unknown token",
                host(),
                json!({"command": "revoke_registration_token", "token_id": "tok_unknown"}),
            ),
            does("Ann is deleted", host(), json!({"command": "delete_user", "user_id": "$ann"})),
            does("anonymous without a secret", anonymous(), {
                json!({"command": "create_user", "name": "X", "email": "x@acme.example", "password": PASSWORD})
            }),
            does("a secret without the rest", anonymous(), {
                json!({"command": "create_user", "name": "X", "email": "x@acme.example", "org_token": SECRET})
            }),
            does("everything wrong", host(), weak),
            does("nothing given", host(), json!({"command": "create_user"})),
            does("an organization admin of none", host(), {
                json!({"command": "create_user", "name": "X", "email": "x@acme.example", "role": "organization_admin"})
            }),
            passes("half a day passes", 43_200),
        ],
        secrets: vec![SECRET, OTHER_SECRET, PASSWORD],
        quick: (8, 467),
        deep: (12, 504),
    }
}

/// The last admin, an administrator of the organization, and a member.
pub(super) fn members() -> World {
    let mut setup = organizations();
    let create = |name: &str, role: &str| {
        let email = format!("{name}@acme.example");
        json!({"command": "create_user", "name": name, "email": email, "organization_id": ACME, "role": role})
    };
    setup.push(does("Root", host(), create("root", "admin")).saves("root", "/response/id"));
    setup.push(does("Olga", host(), create("olga", "organization_admin")).saves("olga", "/response/id"));
    let status = |id: &str, status: &str| json!({"command": "set_user_status", "user_id": id, "status": status});
    let update = |id: &str, patch: Value| json!({"command": "update_user", "user_id": id, "patch": patch});
    World {
        name: "members",
        about: "the platform's own members: the last admin, roles, addresses",
        setup,
        moves: vec![
            does("a third organization", host(), {
                json!({"command": "create_organization", "organization_id": "org_third", "name": "Third"})
            }),
            does("Mia comes", account("$olga"), create("mia", "member")).saves("mia", "/response/id"),
            does("Mia becomes admin", account("$root"), update("$mia", json!({"role": "admin"}))),
            does("Olga makes Mia admin", account("$olga"), update("$mia", json!({"role": "admin"}))),
            does("Mia takes Olga's address", host(), update("$mia", json!({"email": "OLGA@acme.example"}))),
            does("Mia gets a name", account("$olga"), update("$mia", json!({"name": "Mia Zq", "external_id": "hr-1"}))),
            does("Mia is suspended", account("$olga"), status("$mia", "suspended")),
            does("Mia is active", account("$root"), status("$mia", "active")),
            does("Mia acts", account("$mia"), status("$olga", "inactive")),
            does("Mia is deleted", account("$root"), json!({"command": "delete_user", "user_id": "$mia"})),
            does("Root is made inactive", host(), status("$root", "inactive")),
            does("Root is made active", host(), status("$root", "active")),
            does("Root deletes itself", account("$root"), json!({"command": "delete_user", "user_id": "$root"})),
            does("Olga is deleted", host(), json!({"command": "delete_user", "user_id": "$olga"})),
            does(
                "Acme again",
                host(),
                json!({"command": "create_organization", "organization_id": ACME, "name": "Acme"}),
            ),
        ],
        secrets: vec![],
        quick: (8, 78),
        deep: (12, 78),
    }
}
