//! P-4: passwords and registration secrets go in and never come out.

use tenantry::json::parse_command;
use tenantry::{CreateUser, Email, IssueRegistrationToken, Metadata, Name, OrganizationId, Secret, wire};
use tenantry_tests::accounts::{PASSWORD, SECRET, issue, register};
use tenantry_tests::actors::{anonymous, host};
use tenantry_tests::{ACME, Value, World, json, with};

#[track_caller]
fn clean(shown: &str) {
    for secret in [SECRET, PASSWORD, "Hidden-Word", "hidden-word"] {
        assert!(!shown.contains(secret), "`{secret}` came out: {shown}");
    }
}

#[test]
fn p_4_no_answer_holds_a_secret() {
    let mut world = World::with_options(&json!({"journal": "memory"}));
    let requests = [
        (host(), issue()),
        (host(), issue()),
        (anonymous(), register("a@b.c")),
        (anonymous(), register("a@b.c")),
        (anonymous(), with(register("a@b.c"), json!({"password": "Hidden-Word"}))),
        (anonymous(), with(register("hidden-word@b.c"), json!({"password": "Hidden-Word", "email": null}))),
        (anonymous(), with(register("b@b.c"), json!({"password": {"Hidden": "Hidden-Word"}}))),
        (anonymous(), with(register("b@b.c"), json!({"org_token": ["Hidden-Word"]}))),
        (anonymous(), with(register("b@b.c"), json!({"org_token": "Hidden-Word"}))),
        (anonymous(), with(register("b@b.c"), json!({"password": null}))),
        (anonymous(), with(register("b@b.c"), json!({"role": "admin"}))),
        (host(), with(issue(), json!({"secret": "Hidden-Word"}))),
        (host(), with(issue(), json!({"secret": {"Hidden-Word": 1}}))),
        (host(), with(issue(), json!({"organization_id": "org_unknown"}))),
        (host(), with(register("c@b.c"), json!({"metadata": {"a": 1}}))),
    ];
    let mut accepted = 0;
    for (actor, request) in requests {
        let answer = world.execute(actor, request);
        accepted += usize::from(answer.is_ok());
        clean(&answer.unwrap_or_else(|rejection| rejection).to_string());
    }
    assert_eq!(accepted, 3);
    for query in ["list_users", "list_registration_tokens"] {
        clean(&world.answers(host(), json!({"query": query})).to_string());
    }
    clean(&world.state());
}

#[test]
fn p_4_validation_tells_no_secret() {
    let command = with(register("a@b.c"), json!({"password": "Hidden-Word", "org_token": 1, "rol": SECRET}));
    let command = command.to_string();
    let violations = wire::validate(&parse_command(&command).unwrap(), &tenantry::json::Value::Null).unwrap();
    let pointers: Vec<&str> = violations.iter().map(|violation| violation.pointer.as_str()).collect();
    assert_eq!(pointers, ["/password", "/password", "/org_token", "/rol"]);
    clean(&format!("{violations:?}"));
}

#[test]
fn p_4_debug_shows_no_secret() {
    let mut create = CreateUser::new(Name::new("Smith").unwrap(), Email::new("a@b.c").unwrap());
    create.password = Some(Secret::new(PASSWORD));
    create.org_token = Some(Secret::new(SECRET));
    create.metadata = Some(Metadata::from_json(r#"{"a": "Hidden-Word"}"#).unwrap());
    clean(&format!("{create:?} {create:#?}"));
    let issue = IssueRegistrationToken::new(OrganizationId::new(ACME).unwrap(), Secret::new(SECRET));
    clean(&format!("{issue:?} {issue:#?}"));
}

#[test]
fn p_4_a_rejection_shows_no_secret_to_whoever_debugs_it() {
    let mut world = World::new();
    let context = world.context(anonymous()).to_string();
    let commands: [Value; 3] = [
        register("a@b.c"),
        with(register("a@b.c"), json!({"password": "Hidden-Word"})),
        with(register("hidden-word@b.c"), json!({"password": "Hidden-Word"})),
    ];
    for command in commands {
        let command = command.to_string();
        let context = parse_command(&context).unwrap();
        let rejection = wire::execute(&mut world.tenantry, &parse_command(&command).unwrap(), &context).unwrap_err();
        clean(&format!("{rejection:?} {rejection}"));
    }
}
