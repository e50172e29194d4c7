//! AC-6: passwords are checked by policy and dropped.

use tenantry::json::parse_command;
use tenantry::{Actor, Context, CreateUser, Email, Entropy, Name, Secret, Tenantry, Timestamp, wire};
use tenantry_tests::accounts::create_user;
use tenantry_tests::actors::host;
use tenantry_tests::{Value, World, json, rejected, with};

const SHORT: &str = "the password is shorter than 12 characters";
const LONG: &str = "the password is longer than 128 characters";
const UPPER: &str = "the password has no upper-case letter";
const LOWER: &str = "the password has no lower-case letter";
const DIGIT: &str = "the password has no digit";
const OTHER: &str = "the password needs a character that is not an upper-case letter, a lower-case letter or a digit";
const LOCAL_PART: &str = "the password contains the local part of the email address";
const DENIED: &str = "the password is on the deny list";

/// What a policy says of a password, without any state: the messages, in order.
#[track_caller]
fn weaknesses(policy: &Value, email: &str, password: &str) -> Vec<String> {
    let command = with(create_user(email), json!({"password": password})).to_string();
    let policy = json!({"password": policy}).to_string();
    let violations = wire::validate(&parse_command(&command).unwrap(), &parse_command(&policy).unwrap()).unwrap();
    violations
        .into_iter()
        .map(|violation| {
            assert_eq!((violation.code.as_str(), violation.pointer.as_str()), ("weak_password", "/password"));
            violation.message
        })
        .collect()
}

#[track_caller]
fn by_default(password: &str, expected: &[&str]) {
    assert_eq!(weaknesses(&json!({}), "smith@example.com", password), expected, "{password:?}");
}

#[test]
fn ac_6_by_default_12_to_128_characters() {
    by_default("Password12!", &[SHORT]);
    by_default("Password123!", &[]);
    by_default(&format!("Aa1!{}", "x".repeat(124)), &[]);
    by_default(&format!("Aa1!{}", "x".repeat(125)), &[LONG]);
    // Characters, not bytes and not UTF-16 units.
    by_default(&format!("Aa1!{}", "𝒳".repeat(7)), &[SHORT]);
    by_default(&format!("Aa1!{}", "𝒳".repeat(8)), &[]);
    by_default(&format!("Aa1!{}", "𝒳".repeat(124)), &[]);
}

#[test]
fn ac_6_by_default_all_four_classes_by_unicode() {
    by_default("password123!", &[UPPER]);
    by_default("PASSWORD123!", &[LOWER]);
    by_default("Password!!!!", &[DIGIT]);
    by_default("Password1234", &[OTHER]);
    by_default("Éclair-pass1", &[]);
    by_default("ÉCLAIR-PASS1", &[LOWER]);
    by_default("ÉCLAIRéPASS1", &[OTHER]);
    by_default("Пароль-пароль٣", &[]);
    by_default("Пароль-пароль³", &[DIGIT]);
    by_default("Password1234 ", &[]);
    by_default("Password1234語", &[]);
    by_default("", &[SHORT, UPPER, LOWER, DIGIT, OTHER]);
}

#[test]
fn ac_6_one_violation_for_each_rule_that_failed() {
    by_default("smith", &[SHORT, UPPER, DIGIT, OTHER, LOCAL_PART]);
    let policy = json!({"deny_list": ["Smith"]});
    assert_eq!(weaknesses(&policy, "smith@example.com", "smith"), [SHORT, UPPER, DIGIT, OTHER, LOCAL_PART, DENIED]);
    let mut world = World::new();
    let command = with(create_user("smith@example.com"), json!({"password": "smith"}));
    let rejection = world.rejects_at(host(), command, "weak_password", "/password");
    assert_eq!(rejection["violations"].as_array().unwrap().len(), 5);
}

#[test]
fn ac_6_the_local_part_from_3_characters_on_without_regard_to_case() {
    for password in ["Smith-Pass-12", "1-SMITH-pass", "xxsMiThxx-X1"] {
        by_default(password, &[LOCAL_PART]);
    }
    by_default("Smit-h-Pass-12", &[]);
    let of = |email: &str, password: &str| weaknesses(&json!({}), email, password);
    assert_eq!(of("SMITH@example.com", "smith-Pass-12"), [LOCAL_PART]);
    assert_eq!(of("bob@example.com", "BOBs-Password1"), [LOCAL_PART]);
    assert_eq!(of("bo@example.com", "BOs-Password1"), Vec::<String>::new());
    assert_eq!(of("bob@example.com", "Example.com-12"), Vec::<String>::new(), "the host may occur");
    let kelvin = "\u{212a}im-Password1";
    assert_eq!(of("kim@example.com", kelvin), [LOCAL_PART], "the Kelvin sign is a k");
    let allowed = json!({"forbid_local_part": false});
    assert_eq!(weaknesses(&allowed, "smith@example.com", "Smith-Pass-12"), Vec::<String>::new());
}

#[test]
fn ac_6_the_policy_decides() {
    let of = |policy: Value, password: &str| weaknesses(&policy, "smith@example.com", password);
    let none: Vec<String> = Vec::new();
    assert_eq!(of(json!({"min_length": 8, "require": []}), "eightchr"), none);
    assert_eq!(of(json!({"min_length": 8, "require": []}), "sevench"), ["the password is shorter than 8 characters"]);
    assert_eq!(of(json!({"require": ["digit", "digit"]}), "no digit at all"), [DIGIT]);
    assert_eq!(of(json!({"require": ["lower"]}), "only lower case"), none);
    let long = "x".repeat(1024);
    assert_eq!(of(json!({"max_length": 1024, "require": []}), &long), none);
    let longer = "x".repeat(1025);
    assert_eq!(
        of(json!({"max_length": 1024, "require": []}), &longer),
        ["the password is longer than 1024 characters"]
    );
    let denied = json!({"deny_list": ["Correct-Horse-1", "ÉCLAIR"], "require": [], "min_length": 8});
    assert_eq!(of(denied.clone(), "correct-HORSE-1"), [DENIED]);
    assert_eq!(of(denied, "correct-horse-12"), none);
}

#[test]
fn ac_6_the_limits_of_the_policy() {
    let refused = [
        (json!({"min_length": 7}), "/policy/password/min_length"),
        (json!({"min_length": 129}), "/policy/password/min_length"),
        (json!({"max_length": 1025}), "/policy/password/max_length"),
        (json!({"min_length": 20, "max_length": 19}), "/policy/password/max_length"),
        (json!({"max_length": 11}), "/policy/password/max_length"),
        (json!({"require": ["symbol"]}), "/policy/password/require/0"),
        (json!({"require": "upper"}), "/policy/password/require"),
        (json!({"deny_list": [1]}), "/policy/password/deny_list/0"),
        (json!({"forbid_local_part": "yes"}), "/policy/password/forbid_local_part"),
        (json!({"minimum_length": 8}), "/policy/password/minimum_length"),
    ];
    for (password, pointer) in refused {
        let options = json!({"policy": {"password": password}}).to_string();
        let rejection = wire::new(&parse_command(&options).unwrap()).unwrap_err();
        assert_eq!(rejection.code.as_str(), "invalid_request");
        assert_eq!(rejection.pointer.as_deref(), Some(pointer));
    }
    for password in [
        json!({"min_length": 8}),
        json!({"min_length": 128}),
        json!({"max_length": 1024}),
        json!({"min_length": 20, "max_length": 20}),
    ] {
        wire::new(&parse_command(&json!({"policy": {"password": password}}).to_string()).unwrap()).unwrap();
    }
}

#[test]
fn ac_6_with_an_address_of_another_form_the_other_rules_are_told() {
    let mut world = World::new();
    let command = with(create_user("no address"), json!({"password": "no address"}));
    let rejection = world.rejects(host(), command, "invalid_email");
    let messages: Vec<&str> =
        rejection["violations"].as_array().unwrap().iter().skip(1).map(|v| v["message"].as_str().unwrap()).collect();
    assert_eq!(messages, [SHORT, UPPER, DIGIT]);
}

#[test]
fn ac_6_a_password_is_text() {
    let mut world = World::new();
    for password in [json!(123_456_789_012_u64), json!(["S"]), json!({}), json!(false)] {
        let command = with(create_user("smith@example.com"), json!({"password": password}));
        world.rejects_at(host(), command, "invalid_request", "/password");
    }
}

#[test]
fn ac_6_the_typed_api_checks_the_same() {
    let mut command = CreateUser::new(Name::new("Smith").unwrap(), Email::new("smith@example.com").unwrap());
    command.password = Some(Secret::new("Smith-12345"));
    let context = Context {
        now: Timestamp::parse("2026-01-31T10:00:00Z").unwrap(),
        actor: Actor::System { organization_id: None, environment: None },
        entropy: Some(Entropy::new([7; 16])),
    };
    let mut tenantry = Tenantry::new();
    let rejection = rejected(tenantry.execute(&command, &context));
    let messages: Vec<&str> = rejection.violations.iter().map(|violation| violation.message.as_str()).collect();
    assert_eq!(messages, [SHORT, LOCAL_PART]);
    command.password = Some(Secret::new("SecurePassword123!"));
    let _ = tenantry.execute(&command, &context).unwrap();
}
