//! C-2: `forbidden` names what is needed, and whoever has that is not refused so.

use tenantry_tests::actors::{
    account, in_test, key, management, registered_user, restricted_to_packs, restricted_to_users, runtime,
};
use tenantry_tests::{Value, World, json, with};

const ADMINS: &str = "an account with the role `admin` or `organization_admin`";

fn company() -> Value {
    json!({"command": "create_registered_user", "origin_user_id": "u"})
}

#[test]
fn c_2_forbidden_names_what_is_needed() {
    let mut world = World::with_options(&json!({"journal": "memory"}));
    world.connector("slack", &["post"]);
    let [admin, organization_admin, member] = world.accounts().try_into().unwrap();
    let me = world.user("me");
    let hold = json!({"command": "set_retention_hold", "registered_user_id": me, "held": true});
    let put = json!({"command": "put_connector", "connector": "slack", "tools": []});
    let start = json!({"command": "start_link", "registered_user_id": me, "connector": "slack"});
    let owner = json!({"scope": "ORGANIZATION"});
    let revoke = json!({"command": "revoke_credential", "owner": owner, "connector": "slack"});
    let finish = json!({"command": "fail_link", "link_session_id": "lnk_1"});
    let advance = json!({"command": "advance_time"});
    let ended =
        json!({"command": "finish_tool_call", "registered_user_id": me, "tool_call_id": "c", "result": "failed"});
    let organization = json!({"command": "create_organization", "name": "New"});
    let account_without_token = json!({"command": "create_user", "name": "N", "email": "n@acme.example"});
    let (users, packs) = (restricted_to_users(&[&me]), restricted_to_packs(&["p"]));
    let list = json!({"query": "list_registered_users"});
    let journal = json!({"query": "journal"});
    let unrestricted =
        "an access key with the scope `management` and without `registered_user_ids` or `tool_pack_ids`".to_owned();
    let management_key = "an access key with the scope `management`".to_owned();
    let production = "an access key of the environment `production` with the scope `management` and without \
        `registered_user_ids` or `tool_pack_ids`"
        .to_owned();
    for (actor, request, needed) in [
        (runtime(), company(), unrestricted.clone()),
        (users.clone(), company(), unrestricted.clone()),
        (account(&member), company(), ADMINS.to_owned()),
        (registered_user(&me), company(), format!("{unrestricted}, {ADMINS}, or the actor `system`")),
        (management(), hold, format!("{ADMINS}, or the actor `system`")),
        (in_test(management()), put.clone(), production.clone()),
        (packs.clone(), put, production),
        (packs.clone(), start, "an access key with the scope `management` and without `tool_pack_ids`".to_owned()),
        (users, revoke, unrestricted),
        (account(&admin), finish, format!("{management_key}, the registered user itself, or the actor `system`")),
        (account(&admin), advance.clone(), "the actor `system`".to_owned()),
        (management(), advance, "the actor `system`".to_owned()),
        (management(), ended, "an access key with the scope `runtime`".to_owned()),
        (account(&organization_admin), organization.clone(), "an account with the role `admin`".to_owned()),
        (management(), organization, "an account with the role `admin`, or the actor `system`".to_owned()),
        (
            management(),
            account_without_token,
            format!("{ADMINS}, the actor `system`, or a registration secret in `org_token`"),
        ),
        (runtime(), list.clone(), management_key.clone()),
        (key(&[]), list, management_key),
        (packs, journal, "an access key with the scope `management` and without `tool_pack_ids`".to_owned()),
        (
            key(&[]),
            json!({"query": "get_registered_user", "registered_user_id": me}),
            "an access key with the scope `management` or `runtime`".to_owned(),
        ),
    ] {
        let rejection = world.ask(actor.clone(), request.clone()).unwrap_err();
        assert_eq!(rejection["code"], "forbidden", "{request} by {actor}: {rejection}");
        assert_eq!(rejection["message"], format!("needs {needed}"), "{request} by {actor}");
    }
}

#[test]
fn c_3_a_restricted_key_is_refused_last() {
    let mut world = World::shop();
    let user = world.user_with("alice", json!({"shared_credential_group": {"origin_company_id": "c1"}}));
    let session = world.start_link(&user, "slack", Some("team"));
    let start =
        json!({"command": "start_link", "registered_user_id": user, "connector": "slack", "tool_pack_id": "team"});
    for request in [start, json!({"command": "complete_link", "link_session_id": session})] {
        for actor in [restricted_to_users(&[&user]), with(restricted_to_packs(&["team"]), json!({}))] {
            let rejection = world.rejects(actor, request.clone(), "forbidden");
            assert_eq!(
                rejection["message"],
                "needs an access key without `registered_user_ids` or `tool_pack_ids`: the scope of this link is not `INDIVIDUAL`"
            );
        }
    }
}
