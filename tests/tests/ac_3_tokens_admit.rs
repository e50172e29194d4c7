//! AC-3: which secrets admit, and how little a refusal tells.

use tenantry::json::{parse_command, to_canonical};
use tenantry::{Rejection, wire};
use tenantry_tests::accounts::{SECRET, issue, register};
use tenantry_tests::actors::{anonymous, host, management};
use tenantry_tests::{ACME, OTHER, Value, World, event_names, json, rejected, text, with};

/// The rejection itself, with the part that is for the host alone.
#[track_caller]
fn rejection(world: &mut World, actor: Value, command: &Value) -> Rejection {
    let context = world.context(actor).to_string();
    let command = command.to_string();
    let mut tenantry = world.tenantry.clone();
    rejected(wire::execute(&mut tenantry, &parse_command(&command).unwrap(), &parse_command(&context).unwrap()))
}

fn revoke(token_id: &str) -> Value {
    json!({"command": "revoke_registration_token", "token_id": token_id})
}

/// A world with a token in each of the ways in which one may fail, all different secrets; for each
/// the internal reason and a command that fails by it.
fn failures() -> (World, Vec<(&'static str, Value)>) {
    let mut world = World::new();
    let secret = |name: &str| format!("ort_{name:_<24}");
    let mut token = |members: Value, name: &str| world.token(with(members, json!({"secret": secret(name)})));
    token(json!({"expires_at": "2026-01-31T10:00:01Z"}), "expired");
    token(json!({}), "exhausted");
    let revoked = token(json!({}), "revoked");
    token(json!({"organization_id": OTHER}), "other");
    token(json!({}), "here");
    world.accepts(anonymous(), with(register("first@acme.example"), json!({"org_token": secret("exhausted")})));
    world.accepts(host(), revoke(&revoked));
    world.set_now("2026-01-31T10:00:01Z");
    let by = |members: Value| with(register("smith@acme.example"), members);
    let cases = vec![
        ("unknown", by(json!({"org_token": secret("unknown")}))),
        ("unknown", by(json!({"org_token": ""}))),
        ("unknown", by(json!({"org_token": "x".repeat(10_000)}))),
        ("unknown", by(json!({"org_token": secret("HERE")}))),
        ("unknown", by(json!({"org_token": format!(" {}", secret("here"))}))),
        ("expired", by(json!({"org_token": secret("expired")}))),
        ("exhausted", by(json!({"org_token": secret("exhausted")}))),
        ("revoked", by(json!({"org_token": secret("revoked")}))),
        ("other_organization", by(json!({"org_token": secret("other")}))),
        ("other_organization", by(json!({"org_token": secret("here"), "organization_id": OTHER}))),
        ("unknown_organization", by(json!({"org_token": secret("here"), "organization_id": "org_unknown"}))),
        ("unknown_organization", by(json!({"org_token": secret("unknown"), "organization_id": "org_unknown"}))),
    ];
    (world, cases)
}

#[test]
fn ac_3_all_failures_are_the_same_outward() {
    let (mut world, cases) = failures();
    for (reason, command) in &cases {
        for actor in [anonymous(), management()] {
            let rejection = rejection(&mut world, actor.clone(), command);
            assert_eq!(rejection.internal, Some(*reason), "{command}");
            let outward = json!({
                "code": "invalid_token",
                "kind": "authentication",
                "message": "the registration token cannot be used",
                "pointer": "/org_token",
                "retryable": false,
                "status": 401,
                "user_message": "This invitation is not valid. Ask your administrator for a new one.",
                "what_to_do": "ask the organization's administrator for a new registration token",
            });
            assert_eq!(world.rejects(actor, command.clone(), "invalid_token"), outward, "{command}");
        }
    }
}

#[test]
fn ac_3_the_reason_is_in_no_public_rendering() {
    let (mut world, cases) = failures();
    let shown: std::collections::BTreeSet<[String; 4]> = cases
        .iter()
        .map(|(_, command)| {
            let rejection = rejection(&mut world, anonymous(), command);
            let base = Some("https://docs.acme.example/");
            [
                to_canonical(&rejection),
                rejection.to_string(),
                rejection.to_error_body(base).to_string(),
                rejection.to_problem(base).to_string(),
            ]
        })
        .collect();
    assert_eq!(shown.len(), 1, "{shown:?}");
}

#[test]
fn ac_3_a_use_is_counted_with_the_account_and_never_elsewhere() {
    let mut world = World::new();
    let token = world.token(json!({"max_uses": 2}));
    world.account_with("taken@acme.example", json!({"organization_id": ACME, "external_id": "x1"}));
    assert_eq!(world.token_view(&token)["uses"], 0);
    world.rejects_at(anonymous(), register("TAKEN@acme.example"), "email_exists", "/email");
    let taken = with(register("a@acme.example"), json!({"external_id": "x1"}));
    world.rejects_at(anonymous(), taken, "external_id_exists", "/external_id");
    let weak = with(register("a@acme.example"), json!({"password": "weak"}));
    world.rejects(anonymous(), weak, "weak_password");
    assert_eq!(world.token_view(&token)["uses"], 0);

    let outcome = world.registers("a@acme.example");
    assert_eq!(event_names(&outcome), ["registration_token_used", "account_created"]);
    let view = world.token_view(&token);
    assert_eq!((&view["uses"], &view["status"]), (&json!(1), &json!("active")));
    world.registers("b@acme.example");
    let view = world.token_view(&token);
    assert_eq!((&view["uses"], &view["status"]), (&json!(2), &json!("exhausted")));
    world.rejects(anonymous(), register("c@acme.example"), "invalid_token");
    assert_eq!(world.token_view(&token)["uses"], 2);
}

#[test]
fn ac_3_the_token_comes_before_email_exists() {
    let mut world = World::new();
    world.account_with("taken@acme.example", json!({"organization_id": ACME}));
    world.rejects(anonymous(), register("taken@acme.example"), "invalid_token");
    world.token(json!({}));
    world.rejects(anonymous(), register("taken@acme.example"), "email_exists");
    world.registers("free@acme.example");
    // Used up, it tells nothing of addresses any more.
    world.rejects(anonymous(), register("taken@acme.example"), "invalid_token");
}

#[test]
fn ac_3_a_secret_of_two_organizations_admits_to_each() {
    let mut world = World::new();
    let here = world.token(json!({}));
    let there = world.token(json!({"organization_id": OTHER, "role": "organization_admin"}));
    let outcome = world.accepts(anonymous(), with(register("a@acme.example"), json!({"organization_id": OTHER})));
    assert_eq!(outcome["response"]["organization_id"], OTHER);
    assert_eq!(outcome["response"]["role"], "organization_admin");
    assert_eq!(world.token_view(&here)["uses"], 0);
    assert_eq!(world.token_view(&there)["uses"], 1);
    assert_eq!(world.registers("b@acme.example")["response"]["role"], "member");
}

#[test]
fn ac_3_the_secret_admits_whoever_brings_it() {
    // Also the key of another organization: the secret alone counts, and to whom it was given.
    let mut world = World::new();
    world.token(json!({"organization_id": OTHER}));
    let command = with(register("a@acme.example"), json!({"organization_id": OTHER}));
    assert_eq!(world.accepts(management(), command)["response"]["organization_id"], OTHER);
}

#[test]
fn ac_3_expiry_holds_at_its_very_instant() {
    let mut world = World::new();
    let token = world.token(json!({"max_uses": null, "expires_at": "2026-02-01T00:00:00Z"}));
    world.set_now("2026-01-31T23:59:59.999Z");
    world.registers("a@acme.example");
    assert_eq!(world.token_view(&token)["status"], "active");
    world.set_now("2026-02-01T00:00:00Z");
    world.rejects(anonymous(), register("b@acme.example"), "invalid_token");
    assert_eq!(world.token_view(&token)["status"], "expired");
}

#[test]
fn ac_3_the_digest_is_kept_and_not_the_secret() {
    let mut world = World::new();
    let outcome = world.accepts(host(), issue());
    let digest = text(&outcome, "/events/0/secret_digest");
    assert_eq!(digest, "0ccc2a7ea5ed90241a267803d3517e924a74668588d6be8ba2f7f8b095a700f4", "the SHA-256 of `{SECRET}`");
}
