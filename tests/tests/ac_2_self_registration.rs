//! AC-2: everybody else registers, with a secret.

use tenantry_tests::accounts::{PASSWORD, SECRET, create_user, register};
use tenantry_tests::actors::{anonymous, key, management, registered_user, restricted_to_users, runtime};
use tenantry_tests::{ACME, World, event_names, json, text, violations, with, without};

#[test]
fn ac_2_the_documented_example_is_answered() {
    let mut world = World::new();
    let token = world.token(json!({}));
    let outcome = world.accepts(
        anonymous(),
        json!({
            "command": "create_user",
            "email": "smith@example.com",
            "name": "Agent Smith",
            "org_token": SECRET,
            "organization_id": ACME,
            "password": "SecurePassword123!",
        }),
    );
    assert_eq!(event_names(&outcome), ["registration_token_used", "account_created"]);
    let id = text(&outcome, "/response/id");
    assert_eq!(
        outcome["response"],
        json!({
            "created_at": "2026-01-31T10:00:00Z",
            "email": "smith@example.com",
            "id": id,
            "name": "Agent Smith",
            "organization_id": ACME,
            "role": "member",
            "status": "active",
            "version": 1,
        })
    );
    assert_eq!(outcome["events"][0]["stream"], json!({"kind": "registration_token", "id": token}));
    assert_eq!(outcome["events"][0]["user_id"], id.as_str());
    assert_eq!(outcome["events"][1]["stream"], json!({"kind": "account", "id": id}));
    for event in outcome["events"].as_array().unwrap() {
        assert_eq!(event["organization_id"], ACME);
        assert_eq!(event["actor"]["type"], "anonymous");
    }
}

#[test]
fn ac_2_every_other_actor_registers_with_the_secret() {
    let mut world = World::new();
    world.token(json!({"max_uses": null}));
    let (member, user) = (world.member(), world.user("alice"));
    let actors =
        [anonymous(), member, management(), runtime(), key(&[]), restricted_to_users(&[&user]), registered_user(&user)];
    for (index, actor) in actors.into_iter().enumerate() {
        let outcome = world.accepts(actor, register(&format!("user{index}@acme.example")));
        assert_eq!(event_names(&outcome), ["registration_token_used", "account_created"]);
    }
}

#[test]
fn ac_2_without_a_secret_nobody_registers() {
    let mut world = World::new();
    world.token(json!({}));
    let (member, user) = (world.member(), world.user("alice"));
    for command in
        [without(register("a@acme.example"), "org_token"), with(register("a@acme.example"), json!({"org_token": null}))]
    {
        world.rejects(anonymous(), command.clone(), "not_authenticated");
        for actor in [member.clone(), management(), runtime(), registered_user(&user)] {
            world.rejects(actor, command.clone(), "forbidden");
        }
    }
}

#[test]
fn ac_2_what_is_missing_is_told_together_in_the_order_of_the_fields() {
    let mut world = World::new();
    world.token(json!({}));
    let bare = with(create_user("a@acme.example"), json!({"org_token": SECRET}));
    let all = with(bare.clone(), json!({"role": "member"}));
    let pairs = |list: &[(&str, &str)]| -> Vec<(String, String)> {
        list.iter().map(|(code, pointer)| ((*code).into(), (*pointer).into())).collect()
    };
    let password = ("password_required", "/password");
    let organization = ("organization_id_required", "/organization_id");
    let role = ("forbidden", "/role");
    let cases = [
        (all.clone(), vec![password, organization, role]),
        (bare.clone(), vec![password, organization]),
        (with(all.clone(), json!({"password": PASSWORD})), vec![organization, role]),
        (with(all.clone(), json!({"organization_id": ACME})), vec![password, role]),
        (with(bare.clone(), json!({"password": PASSWORD, "organization_id": null})), vec![organization]),
        (with(bare.clone(), json!({"organization_id": ACME, "password": null})), vec![password]),
        (with(register("a@acme.example"), json!({"role": "member"})), vec![role]),
    ];
    for (command, expected) in cases {
        for actor in [anonymous(), management()] {
            let rejection = world.rejects(actor, command.clone(), expected[0].0);
            assert_eq!(violations(&rejection), pairs(&expected), "{command}");
        }
    }
    world.accepts(anonymous(), with(register("a@acme.example"), json!({"role": null})));
}

#[test]
fn ac_2_the_form_comes_before_what_the_actor_lacks() {
    let mut world = World::new();
    // Validation comes before the actor's authority, and is reported whole (C-5).
    let command = json!({"command": "create_user", "email": "no address", "password": "short"});
    let rejection = world.rejects(anonymous(), command, "name_required");
    let codes: Vec<String> = violations(&rejection).into_iter().map(|(code, _)| code).collect();
    assert_eq!(codes[..3], ["name_required", "invalid_email", "weak_password"]);
}

#[test]
fn ac_2_the_requirements_come_before_the_token_is_looked_at() {
    let mut world = World::new();
    let command =
        with(create_user("a@acme.example"), json!({"org_token": "ort_unknown", "organization_id": "org_unknown"}));
    world.rejects_at(anonymous(), command, "password_required", "/password");
}

#[test]
fn ac_2_the_role_is_the_tokens() {
    let mut world = World::new();
    world.token(json!({"role": "organization_admin"}));
    let outcome = world.registers("boss@acme.example");
    assert_eq!(outcome["response"]["role"], "organization_admin");
    let boss = json!({"type": "account", "user_id": text(&outcome, "/response/id")});
    assert_eq!(world.answers(boss, json!({"query": "get_organization"}))["organization_id"], ACME);
}

#[test]
fn ac_2_a_password_is_checked() {
    let mut world = World::new();
    world.token(json!({}));
    let weak = with(register("smith@acme.example"), json!({"password": "Smith-Password1"}));
    world.rejects_at(anonymous(), weak, "weak_password", "/password");
    world.registers("smith@acme.example");
}
