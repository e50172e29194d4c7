//! AC-4: registration tokens, from issue to revocation.

use tenantry::{Actor, Context, Entropy, IssueRegistrationToken, OrganizationId, Role, Secret, Tenantry, Timestamp};
use tenantry_tests::accounts::{SECRET, issue, register};
use tenantry_tests::actors::{anonymous, host};
use tenantry_tests::{ACME, OTHER, Value, World, event_names, json, rejected, text, violations, with, without};

fn revoke(token_id: &str) -> Value {
    json!({"command": "revoke_registration_token", "token_id": token_id})
}

#[test]
fn ac_4_issue_answers_what_was_issued_and_not_the_secret() {
    let mut world = World::new();
    let outcome = world.accepts(host(), issue());
    assert_eq!(event_names(&outcome), ["registration_token_issued"]);
    let token_id = text(&outcome, "/response/token_id");
    assert!(token_id.starts_with("tok_") && token_id.len() == 30, "{token_id}");
    assert_eq!(
        outcome["response"],
        json!({"token_id": token_id, "organization_id": ACME, "role": "member", "max_uses": 1, "expires_at": null})
    );
    assert_eq!(
        world.token_view(&token_id),
        json!({
            "token_id": token_id,
            "organization_id": ACME,
            "role": "member",
            "uses": 0,
            "max_uses": 1,
            "expires_at": null,
            "status": "active",
        })
    );
    let members = json!({
        "secret": "ort_another_0123456789abcd",
        "role": "organization_admin",
        "max_uses": 7,
        "expires_at": "2026-02-01T01:00:00+01:00",
    });
    assert_eq!(
        without(world.accepts(host(), with(issue(), members))["response"].clone(), "token_id"),
        json!({"organization_id": ACME, "role": "organization_admin", "max_uses": 7, "expires_at": "2026-02-01T00:00:00Z"})
    );
}

#[test]
fn ac_4_max_uses_absent_is_one_and_null_is_unlimited() {
    let mut world = World::new();
    let token = world.token(json!({"max_uses": null}));
    assert_eq!(world.token_view(&token)["max_uses"], json!(null));
    for index in 0..20 {
        world.registers(&format!("user{index}@acme.example"));
    }
    let view = world.token_view(&token);
    assert_eq!((&view["uses"], &view["status"]), (&json!(20), &json!("active")));

    let mut world = World::new();
    let token = world.token(json!({}));
    world.registers("a@acme.example");
    world.rejects(anonymous(), register("b@acme.example"), "invalid_token");
    assert_eq!(world.token_view(&token)["status"], "exhausted");
}

#[test]
fn ac_4_max_uses_is_an_integer_from_one() {
    let mut world = World::new();
    let refused = [
        json!(0),
        json!(-1),
        json!(1.5),
        json!(0.0),
        json!("1"),
        json!(true),
        json!([1]),
        json!(9_007_199_254_740_992_u64),
        json!(1e300),
    ];
    for max_uses in refused {
        world.rejects_at(host(), with(issue(), json!({"max_uses": max_uses})), "invalid_request", "/max_uses");
    }
    for (index, max_uses) in [json!(1), json!(2.0), json!(9_007_199_254_740_991_u64)].into_iter().enumerate() {
        let members = json!({"max_uses": max_uses, "secret": format!("{SECRET}{index}")});
        let given = max_uses.as_f64().unwrap();
        assert_eq!(world.accepts(host(), with(issue(), members))["response"]["max_uses"].as_f64(), Some(given));
    }
}

#[test]
fn ac_4_a_token_admits_members_or_organization_admins() {
    let mut world = World::new();
    for role in [json!("admin"), json!("owner"), json!(1)] {
        world.rejects_at(host(), with(issue(), json!({"role": role})), "invalid_request", "/role");
    }
    let rejection = world.rejects(host(), with(issue(), json!({"role": "admin"})), "invalid_request");
    assert_eq!(rejection["message"], "the role of a registration token must be `member` or `organization_admin`");
    assert_eq!(world.accepts(host(), with(issue(), json!({"role": null})))["response"]["role"], "member");
}

#[test]
fn ac_4_a_secret_has_24_to_256_characters() {
    let mut world = World::new();
    for secret in [String::new(), "s".repeat(23), "é".repeat(23), "s".repeat(257), "é".repeat(257)] {
        let rejection =
            world.rejects_at(host(), with(issue(), json!({"secret": secret})), "invalid_request", "/secret");
        assert_eq!(rejection["message"], "a registration secret must have 24 to 256 characters");
    }
    for secret in [json!(null), json!(123_456_789_012_345_678_u64), json!(["s"])] {
        world.rejects_at(host(), with(issue(), json!({"secret": secret})), "invalid_request", "/secret");
    }
    world.rejects_at(host(), without(issue(), "secret"), "invalid_request", "/secret");
    for secret in ["s".repeat(24), "é".repeat(24), "s".repeat(256), "é".repeat(256), " ".repeat(24)] {
        world.accepts(host(), with(issue(), json!({"secret": secret})));
    }
}

#[test]
fn ac_4_an_organization_uses_a_secret_once() {
    let mut world = World::new();
    let token = world.token(json!({"expires_at": "2026-02-01T00:00:00Z"}));
    let twice = |world: &mut World| {
        let rejection = world.rejects_at(host(), issue(), "invalid_request", "/secret");
        assert_eq!(rejection["message"], "the organization already uses this secret");
    };
    twice(&mut world);
    world.registers("a@acme.example");
    twice(&mut world);
    world.set_now("2026-03-01T00:00:00Z");
    twice(&mut world);
    world.accepts(host(), revoke(&token));
    twice(&mut world);
    world.token(json!({"organization_id": OTHER}));
    world.token(json!({"secret": SECRET.to_uppercase()}));
}

#[test]
fn ac_4_issue_names_an_organization_that_exists() {
    let mut world = World::new();
    for command in [without(issue(), "organization_id"), with(issue(), json!({"organization_id": null}))] {
        world.rejects_at(tenantry_tests::actors::system(), command, "organization_id_required", "/organization_id");
    }
    world.rejects(host(), with(issue(), json!({"organization_id": "org_unknown"})), "organization_not_found");
    world.rejects_at(host(), with(issue(), json!({"organization_id": "acme"})), "invalid_request", "/organization_id");
}

#[test]
fn ac_4_an_expiry_that_has_come_is_invalid() {
    let mut world = World::new();
    for expires_at in ["2026-01-31T10:00:00Z", "2026-01-31T09:59:59.999Z"] {
        let command = with(issue(), json!({"expires_at": expires_at}));
        world.rejects_at(host(), command, "invalid_request", "/expires_at");
    }
    world.accepts(host(), with(issue(), json!({"expires_at": "2026-01-31T10:00:00.001Z"})));
}

#[test]
fn ac_4_every_fault_is_told_in_the_order_of_the_fields() {
    let mut world = World::new();
    let command = json!({
        "command": "issue_registration_token",
        "tokens": 1,
        "expires_at": "never",
        "max_uses": 0,
        "role": "admin",
        "secret": "short",
    });
    let rejection = world.rejects(host(), command, "organization_id_required");
    let pointers: Vec<String> = violations(&rejection).into_iter().map(|(_, pointer)| pointer).collect();
    assert_eq!(pointers, ["/organization_id", "/secret", "/role", "/max_uses", "/expires_at", "/tokens"]);
}

#[test]
fn ac_4_the_status_is_the_first_of_revoked_expired_exhausted_active() {
    let mut world = World::new();
    let token = world.token(json!({"expires_at": "2026-02-01T00:00:00Z"}));
    let status = |world: &mut World| text(&world.token_view(&token), "/status");
    assert_eq!(status(&mut world), "active");
    world.registers("a@acme.example");
    assert_eq!(status(&mut world), "exhausted");
    world.set_now("2026-02-01T00:00:00Z");
    assert_eq!(status(&mut world), "expired");
    world.accepts(host(), revoke(&token));
    assert_eq!(status(&mut world), "revoked");
    // Time may go back: what was revoked stays so, what has expired is what it was (T-4).
    world.set_now("2026-01-31T10:00:00Z");
    assert_eq!(status(&mut world), "revoked");
}

#[test]
fn ac_4_revoking_twice_is_a_success_without_event() {
    let mut world = World::new();
    let token = world.token(json!({}));
    let outcome = world.accepts(host(), revoke(&token));
    assert_eq!(event_names(&outcome), ["registration_token_revoked"]);
    assert_eq!(outcome["response"], json!({"token_id": token}));
    let again = world.accepts(host(), revoke(&token));
    assert_eq!(again, json!({"response": {"token_id": token}, "events": [], "effects": []}));
    world.rejects(anonymous(), register("a@acme.example"), "invalid_token");
}

#[test]
fn ac_4_what_is_exhausted_or_expired_is_revoked_like_any_other() {
    let mut world = World::new();
    let exhausted = world.token(json!({}));
    world.registers("a@acme.example");
    let expired = world.token(json!({"secret": "ort_another_0123456789abcd", "expires_at": "2026-02-01T00:00:00Z"}));
    world.set_now("2026-02-01T00:00:00Z");
    for token in [exhausted, expired] {
        assert_eq!(event_names(&world.accepts(host(), revoke(&token))), ["registration_token_revoked"]);
        assert_eq!(world.token_view(&token)["status"], "revoked");
    }
}

#[test]
fn ac_4_unknown_tokens_are_not_found() {
    let mut world = World::new();
    let token = world.token(json!({}));
    for unknown in ["tok_00000000000000000000000000", "unknown", SECRET, &token.to_lowercase()] {
        world.rejects(host(), revoke(unknown), "registration_token_not_found");
    }
    for malformed in [json!(""), json!(7), json!(null), json!("x".repeat(256)), json!("a\u{0}")] {
        let command = json!({"command": "revoke_registration_token", "token_id": malformed});
        world.rejects_at(host(), command, "invalid_request", "/token_id");
    }
}

#[test]
fn ac_4_the_entropy_must_be_fresh() {
    let mut world = World::new();
    let context = world.context(host());
    world.execute_in(&context, &issue()).unwrap();
    let other = with(issue(), json!({"secret": "ort_another_0123456789abcd"}));
    let rejection = world.execute_in(&context, &other).unwrap_err();
    assert_eq!((&rejection["code"], &rejection["pointer"]), (&json!("invalid_request"), &json!("/context/entropy")));
    let rejection = world.execute_in(&without(context, "entropy"), &other).unwrap_err();
    assert_eq!((&rejection["code"], &rejection["pointer"]), (&json!("invalid_request"), &json!("/context/entropy")));
}

#[test]
fn ac_4_the_typed_api_checks_the_same() {
    let mut tenantry = Tenantry::new();
    let context = Context {
        now: Timestamp::parse("2026-01-31T10:00:00Z").unwrap(),
        actor: Actor::System { organization_id: None, environment: None },
        entropy: Some(Entropy::new([7; 16])),
    };
    let organization_id = OrganizationId::new(ACME).unwrap();
    let valid = IssueRegistrationToken::new(organization_id, Secret::new(SECRET));
    let mut all_wrong = valid.clone().role(Role::Admin).max_uses(0).expires_at(context.now);
    all_wrong.secret = Secret::new("short");
    let rejection = rejected(tenantry.execute(&all_wrong, &context));
    let pointers: Vec<&str> = rejection.violations.iter().map(|violation| violation.pointer.as_str()).collect();
    assert_eq!(pointers, ["/secret", "/role", "/max_uses", "/expires_at"]);
    let too_many = valid.clone().max_uses(1 << 53);
    assert_eq!(rejected(tenantry.execute(&too_many, &context)).pointer.as_deref(), Some("/max_uses"));
    assert_eq!(tenantry.execute(&valid, &context).unwrap_err().code().as_str(), "organization_not_found");
}
