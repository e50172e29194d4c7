//! CR-4, CR-7: which grant the host has to end at the third party; and who came back to complete a link.

use tenantry_tests::actors::{management, registered_user, restricted_to_users, system};
use tenantry_tests::decisions::{individual, organization, shared};
use tenantry_tests::{Value, World, effects, event_names, json, with};

fn upstream(owner: &Value, generation: u64, account: Value) -> Value {
    json!({"effect": "revoke_upstream", "owner": owner, "connector": "slack", "generation": generation, "external_account_id": account})
}

/// A shop with a member of a company, and the three owners of what it links by each pack.
fn shop() -> (World, String, [(Value, &'static str); 3]) {
    let mut world = World::shop();
    let user = world.user_with("alice", json!({"shared_credential_group": {"origin_company_id": "c1"}}));
    let owners = [(individual(&user), "own"), (shared("c1"), "team"), (organization(), "all")];
    (world, user, owners)
}

#[test]
fn cr_4_the_live_grant_of_another_account_is_to_end() {
    let (mut world, user, owners) = shop();
    for (owner, pack) in owners {
        let mut link = |account: Value| world.link(&user, "slack", Some(pack), json!({"external_account_id": account}));
        let first = link(json!("old"));
        assert_eq!(first["effects"], json!([]));
        assert_eq!(first["events"][1].get("replaced_external_account_id"), None);
        let second = link(json!("new"));
        assert_eq!(effects(&second), json!([upstream(&owner, 1, json!("old"))]));
        assert_eq!(event_names(&second), ["link_session_completed", "credential_replaced"]);
        assert_eq!(second["events"][1]["replaced_external_account_id"], "old");
        assert_eq!(second["events"][1]["external_account_id"], "new");
        // The same account again keeps its grant: only the third party knows whether it is another one.
        for account in [json!("new"), Value::Null, json!("third")] {
            let again = link(account);
            assert_eq!(again["effects"], json!([]));
            assert_eq!(again["events"][1].get("replaced_external_account_id"), None);
        }
    }
}

#[test]
fn cr_4_a_grant_that_needs_reauth_is_live_and_a_revoked_one_is_not() {
    let (mut world, user, _) = shop();
    let owner = individual(&user);
    world.link(&user, "slack", None, json!({"external_account_id": "a", "expires_at": "2026-01-31T11:00:00Z"}));
    world.set_now("2026-01-31T12:00:00Z");
    let second = world.link(&user, "slack", None, json!({"external_account_id": "b"}));
    assert_eq!(effects(&second), json!([upstream(&owner, 1, json!("a"))]));
    world.needs_reauth(owner.clone(), "slack");
    let third = world.link(&user, "slack", None, json!({"external_account_id": "c"}));
    assert_eq!(effects(&third), json!([upstream(&owner, 2, json!("b"))]));
    world.revokes(owner, "slack");
    let fourth = world.link(&user, "slack", None, json!({"external_account_id": "d"}));
    assert_eq!(fourth["effects"], json!([]), "it was revoked upstream before");
}

#[test]
fn cr_7_every_revocation_names_its_grant() {
    let (mut world, user, _) = shop();
    let own = individual(&user);
    let revoke = |owner: &Value| json!({"command": "revoke_credential", "owner": owner, "connector": "slack"});
    world.link(&user, "slack", None, json!({}));
    assert_eq!(effects(&world.accepts(system(), revoke(&own))), json!([upstream(&own, 1, Value::Null)]));
    world.link(&user, "slack", None, json!({"external_account_id": "mine"}));
    let outcome = world.patch(&user, json!({"is_active": false}));
    assert_eq!(effects(&outcome), json!([upstream(&own, 2, json!("mine"))]));
    world.patch(&user, json!({"is_active": true}));
    world.link(&user, "slack", None, json!({"external_account_id": "mine"}));
    world.link(&user, "slack", Some("team"), json!({"external_account_id": "ours"}));
    let outcome = world.accepts(system(), json!({"command": "delete_registered_user", "registered_user_id": user}));
    assert_eq!(effects(&outcome)[0], upstream(&own, 3, json!("mine")));
    let outcome = world.accepts(system(), json!({"command": "delete_company", "origin_company_id": "c1"}));
    assert_eq!(effects(&outcome), json!([upstream(&shared("c1"), 1, json!("ours"))]));
}

#[test]
fn cr_4_the_host_says_who_came_back() {
    let (mut world, user, _) = shop();
    let victim = world.user("victim");
    let complete = |session: &str, who: Value| json!({"command": "complete_link", "link_session_id": session, "registered_user_id": who});
    for actor in [system(), management(), restricted_to_users(&[&user, &victim])] {
        let session = world.start_link(&user, "slack", None);
        let nowhere = world.rejects(actor.clone(), complete("lnk_none", json!(victim)), "link_session_not_found");
        for who in [json!(victim), json!("nobody"), json!(user.to_uppercase())] {
            let rejection = world.rejects(actor.clone(), complete(&session, who), "link_session_not_found");
            assert_eq!(rejection, nowhere, "as if there were no such session (P-2)");
        }
        world.rejects_at(actor.clone(), complete(&session, json!(1)), "invalid_request", "/registered_user_id");
        world.accepts(actor.clone(), complete(&session, json!(user)));
        // Whose it was is looked at before how it ended.
        world.rejects(actor.clone(), complete(&session, json!(victim)), "link_session_not_found");
        world.rejects(actor, complete(&session, json!(user)), "link_session_closed");
    }
    let session = world.start_link(&user, "slack", None);
    world.rejects(registered_user(&user), complete(&session, json!(victim)), "link_session_not_found");
    world.accepts(registered_user(&user), with(complete(&session, json!(user)), json!({"external_account_id": "U1"})));
}

#[test]
fn cr_3_a_closed_session_says_how_it_was_closed() {
    let (mut world, user, _) = shop();
    let complete = |session: &str| json!({"command": "complete_link", "link_session_id": session});
    let fail = |session: &str| json!({"command": "fail_link", "link_session_id": session});
    let completed = world.start_link(&user, "slack", None);
    world.accepts(system(), complete(&completed));
    let failed = world.start_link(&user, "slack", None);
    world.accepts(system(), fail(&failed));
    let cancelled = world.start_link(&user, "slack", None);
    world.patch(&user, json!({"is_active": false}));
    for (session, how) in [(completed, "completed"), (failed, "failed"), (cancelled, "cancelled")] {
        for again in [complete(&session), fail(&session)] {
            let rejection = world.rejects(system(), again, "link_session_closed");
            assert_eq!(rejection["message"], format!("the link session is closed: its status is `{how}`"));
        }
    }
}
