//! AC-1: who creates accounts for others, where, and as what.

use tenantry_tests::accounts::{PASSWORD, create_user, issue};
use tenantry_tests::actors::{account, host, of, system};
use tenantry_tests::{ACME, OTHER, World, event_names, json, text, violations, with};

fn set_inactive(id: &str) -> serde_json::Value {
    json!({"command": "set_user_status", "user_id": id, "status": "inactive"})
}

#[test]
fn ac_1_the_documented_example_is_answered() {
    let mut world = World::new();
    let admin = world.admin();
    let outcome = world.accepts(
        admin,
        json!({
            "command": "create_user",
            "email": "newagent@example.com",
            "metadata": {"role": "analyst"},
            "name": "New Agent",
        }),
    );
    assert_eq!(event_names(&outcome), ["account_created"]);
    let id = text(&outcome, "/response/id");
    assert!(id.starts_with("usr_") && id.len() == 30, "{id}");
    assert_eq!(
        outcome["response"],
        json!({
            "created_at": "2026-01-31T10:00:00Z",
            "email": "newagent@example.com",
            "id": id,
            "name": "New Agent",
            "status": "active",
            "metadata": {"role": "analyst"},
            "role": "member",
            "version": 1,
        })
    );
}

#[test]
fn ac_1_admin_organization_admin_and_system_create_without_token_or_password() {
    let mut world = World::new();
    let actors = [host(), system(), world.admin(), world.organization_admin(ACME)];
    for (index, actor) in actors.into_iter().enumerate() {
        let outcome = world.accepts(actor, create_user(&format!("user{index}@acme.example")));
        assert_eq!(event_names(&outcome), ["account_created"]);
    }
}

#[test]
fn ac_1_without_organization_id_it_is_the_actors_else_none() {
    let mut world = World::new();
    let (admin, boss) = (world.admin(), world.organization_admin(ACME));
    let cases = [
        (host(), json!(null)),
        (system(), json!(ACME)),
        (admin.clone(), json!(null)),
        (of(admin, OTHER), json!(OTHER)),
        (boss.clone(), json!(ACME)),
        (of(boss, ACME), json!(ACME)),
    ];
    for (index, (actor, organization_id)) in cases.into_iter().enumerate() {
        let outcome = world.accepts(actor, create_user(&format!("user{index}@acme.example")));
        assert_eq!(outcome["response"].get("organization_id").cloned().unwrap_or_default(), organization_id);
        assert_eq!(outcome["events"][0]["organization_id"], organization_id);
    }
}

#[test]
fn ac_1_an_organization_admin_creates_in_its_own_only() {
    let mut world = World::new();
    let boss = world.organization_admin(ACME);
    let there = with(create_user("a@acme.example"), json!({"organization_id": OTHER}));
    let nowhere = with(create_user("a@acme.example"), json!({"organization_id": "org_nowhere"}));
    let of_other = world.rejects(boss.clone(), there.clone(), "organization_not_found");
    let of_none = world.rejects(boss.clone(), nowhere.clone(), "organization_not_found");
    assert_eq!(of_other, of_none, "P-2");
    let admin = world.admin();
    world.rejects(admin.clone(), nowhere, "organization_not_found");
    assert_eq!(world.accepts(admin, there)["response"]["organization_id"], OTHER);
    let here = with(create_user("b@acme.example"), json!({"organization_id": ACME}));
    assert_eq!(world.accepts(boss, here)["response"]["organization_id"], ACME);
}

#[test]
fn ac_1_a_password_is_checked_when_given() {
    let mut world = World::new();
    let admin = world.admin();
    let weak = with(create_user("a@acme.example"), json!({"password": "short"}));
    world.rejects_at(admin.clone(), weak, "weak_password", "/password");
    world.accepts(admin.clone(), with(create_user("a@acme.example"), json!({"password": PASSWORD})));
    world.accepts(admin, with(create_user("b@acme.example"), json!({"password": null})));
}

#[test]
fn ac_1_an_org_token_is_neither_examined_nor_used() {
    let mut world = World::new();
    let token = world.token(json!({}));
    for (index, secret) in [issue()["secret"].clone(), json!("ort_unknown"), json!("")].into_iter().enumerate() {
        let command = create_user(&format!("user{index}@acme.example"));
        let outcome = world.accepts(system(), with(command, json!({"org_token": secret})));
        assert_eq!(event_names(&outcome), ["account_created"]);
    }
    assert_eq!(world.token_view(&token)["uses"], 0);
}

#[test]
fn ac_1_only_admin_and_system_grant_admin() {
    let mut world = World::new();
    let (admin, boss) = (world.admin(), world.organization_admin(ACME));
    let grants = |email, role| with(create_user(email), json!({"role": role}));
    let rejection = world.rejects_at(boss.clone(), grants("a@acme.example", "admin"), "forbidden", "/role");
    assert_eq!(violations(&rejection), [("forbidden".into(), "/role".into())]);
    assert_eq!(
        world.accepts(boss.clone(), grants("a@acme.example", "organization_admin"))["response"]["role"],
        "organization_admin"
    );
    assert_eq!(world.accepts(boss, grants("b@acme.example", "member"))["response"]["role"], "member");
    assert_eq!(world.accepts(admin, grants("c@acme.example", "admin"))["response"]["role"], "admin");
    assert_eq!(world.accepts(host(), grants("d@acme.example", "admin"))["response"]["role"], "admin");
    world.rejects_at(host(), grants("e@acme.example", "owner"), "invalid_request", "/role");
}

#[test]
fn ac_1_the_role_comes_before_the_organization_is_looked_for() {
    let mut world = World::new();
    let boss = world.organization_admin(ACME);
    let command = with(create_user("a@acme.example"), json!({"role": "admin", "organization_id": OTHER}));
    world.rejects_at(boss, command, "forbidden", "/role");
}

#[test]
fn ac_1_an_organization_admin_needs_an_organization() {
    let mut world = World::new();
    let admin = world.admin();
    let command = with(create_user("a@acme.example"), json!({"role": "organization_admin"}));
    for actor in [host(), admin.clone()] {
        world.rejects_at(actor, command.clone(), "organization_id_required", "/organization_id");
    }
    world.accepts(of(admin, ACME), command);
    let named = json!({"role": "organization_admin", "organization_id": ACME});
    world.accepts(host(), with(create_user("b@acme.example"), named));
}

#[test]
fn ac_1_what_system_or_an_admin_names_limits_the_two_lists_only() {
    let mut world = World::new();
    let admin = world.admin();
    let here = world.account_with("here@acme.example", json!({"organization_id": ACME}));
    let there = world.account_with("there@acme.example", json!({"organization_id": OTHER}));
    let token_here = world.token(json!({}));
    let token_there = world.token(json!({"organization_id": OTHER}));
    let ids = |page: &serde_json::Value, member: &str| -> Vec<String> {
        page["items"].as_array().unwrap().iter().map(|item| text(item, member)).collect()
    };
    let sorted = |ids: &[&String]| -> Vec<String> {
        let mut ids: Vec<String> = ids.iter().map(|id| (*id).clone()).collect();
        ids.sort();
        ids
    };
    let admin_id = text(&admin, "/user_id");
    for free in [host(), admin] {
        let users = world.answers(free.clone(), json!({"query": "list_users"}));
        assert_eq!(ids(&users, "/id"), sorted(&[&admin_id, &here, &there]));
        let tokens = world.answers(free.clone(), json!({"query": "list_registration_tokens"}));
        assert_eq!(ids(&tokens, "/token_id"), sorted(&[&token_here, &token_there]));

        let acme = of(free, ACME);
        let users = world.answers(acme.clone(), json!({"query": "list_users"}));
        assert_eq!(ids(&users, "/id"), [here.as_str()]);
        let tokens = world.answers(acme.clone(), json!({"query": "list_registration_tokens"}));
        assert_eq!(ids(&tokens, "/token_id"), [token_here.as_str()]);
        world.answers(acme.clone(), json!({"query": "get_user", "user_id": there}));
        world.accepts(acme.clone(), set_inactive(&there));
        let status = json!({"command": "set_user_status", "user_id": there, "status": "active"});
        world.accepts(acme.clone(), status);
    }
    let acme = system();
    world.accepts(acme.clone(), json!({"command": "revoke_registration_token", "token_id": token_there}));
    let issue = json!({"organization_id": OTHER, "secret": "ort_another_0123456789abcd"});
    world.accepts(acme, with(tenantry_tests::accounts::issue(), issue));
}

#[test]
fn ac_1_an_organization_admin_reaches_its_own_organization_only() {
    let mut world = World::new();
    let boss = world.organization_admin(ACME);
    let there = world.account_with("there@acme.example", json!({"organization_id": OTHER}));
    let nowhere = world.account_with("nowhere@acme.example", json!({}));
    let token_there = world.token(json!({"organization_id": OTHER}));

    for id in [there.as_str(), &nowhere, "usr_unknown"] {
        let of_unknown =
            world.refuses(boss.clone(), json!({"query": "get_user", "user_id": "usr_none"}), "user_not_found");
        let found = world.refuses(boss.clone(), json!({"query": "get_user", "user_id": id}), "user_not_found");
        assert_eq!(found, of_unknown, "P-2");
        world.rejects(boss.clone(), set_inactive(id), "user_not_found");
    }
    for id in [token_there.as_str(), "tok_unknown"] {
        let revoke = json!({"command": "revoke_registration_token", "token_id": id});
        world.rejects(boss.clone(), revoke, "registration_token_not_found");
    }
    for id in [OTHER, "org_unknown"] {
        world.rejects(boss.clone(), with(issue(), json!({"organization_id": id})), "organization_not_found");
    }
    let users = world.answers(boss.clone(), json!({"query": "list_users"}));
    assert_eq!(users["items"].as_array().unwrap().len(), 1, "itself: {users}");
    assert_eq!(world.answers(boss.clone(), json!({"query": "list_registration_tokens"}))["items"], json!([]));
    assert_eq!(
        world.answers(boss.clone(), json!({"query": "get_organization"})),
        json!({"name": ACME, "organization_id": ACME})
    );
    world.refuses(of(boss, OTHER), json!({"query": "get_organization"}), "not_authenticated");
}

#[test]
fn ac_1_members_keys_and_registered_users_have_no_say_over_accounts() {
    let mut world = World::new();
    let member = world.member();
    let user = world.user("alice");
    let token = world.token(json!({}));
    let member_id = text(&member, "/user_id");
    let actors = [
        member.clone(),
        account(&member_id),
        tenantry_tests::actors::management(),
        tenantry_tests::actors::key(&["management", "runtime"]),
        tenantry_tests::actors::registered_user(&user),
    ];
    for actor in actors {
        world.rejects(actor.clone(), issue(), "forbidden");
        world.rejects(actor.clone(), json!({"command": "revoke_registration_token", "token_id": token}), "forbidden");
        world.rejects(actor.clone(), set_inactive(&member_id), "forbidden");
        for query in ["get_organization", "list_users", "list_registration_tokens"] {
            world.refuses(actor.clone(), json!({"query": query}), "forbidden");
        }
        world.refuses(actor, json!({"query": "get_user", "user_id": member_id}), "forbidden");
    }
    for query in ["get_organization", "list_users", "list_registration_tokens"] {
        world.refuses(tenantry_tests::actors::anonymous(), json!({"query": query}), "not_authenticated");
    }
    world.rejects(tenantry_tests::actors::anonymous(), issue(), "not_authenticated");
}

#[test]
fn ac_1_get_organization_needs_one() {
    let mut world = World::new();
    let admin = world.admin();
    for actor in [host(), admin.clone()] {
        let refused = world.refuses(actor, json!({"query": "get_organization"}), "invalid_request");
        assert_eq!(refused["pointer"], "/context/actor/organization_id");
    }
    assert_eq!(world.answers(of(admin.clone(), OTHER), json!({"query": "get_organization"}))["organization_id"], OTHER);
    world.refuses(of(admin, "org_unknown"), json!({"query": "get_organization"}), "organization_not_found");
    world.refuses(of(host(), "org_unknown"), json!({"query": "get_organization"}), "organization_not_found");
}
