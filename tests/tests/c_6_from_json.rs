//! Each command and query reads itself from JSON, as the list of all reads it, and writes what it reads (C-6).

use tenantry::wire::Input;
use tenantry::{Command, CreateRegisteredUser, FindRegisteredUser, Policy, Query, Rejection, UpdateRegisteredUser};
use tenantry_tests::{canonical_text, json};

fn refused<T: std::fmt::Debug>(read: Result<T, Rejection>) -> Vec<String> {
    read.unwrap_err().violations.into_iter().map(|violation| violation.pointer).collect()
}

#[test]
fn c_6_a_command_reads_itself_with_or_without_its_name() {
    let policy = Policy::new();
    let named = r#"{"command": "create_registered_user", "origin_user_id": "alice"}"#;
    let bare = r#"{"origin_user_id": "alice"}"#;
    let read = CreateRegisteredUser::from_json(named, &policy).unwrap();
    assert_eq!(CreateRegisteredUser::from_json(bare, &policy).unwrap(), read);
    assert_eq!(Command::from_json(named, &policy).unwrap(), Command::from(read));
    assert_eq!(refused(Command::from_json(bare, &policy)), ["/command"]);
}

#[test]
fn c_6_another_name_a_wrong_field_and_no_json_are_told() {
    let policy = Policy::new();
    let read = |text: &'static str| refused(CreateRegisteredUser::from_json(Input::from(text), &policy));
    assert_eq!(read(r#"{"command": "create_test_user", "origin_user_id": "alice"}"#), ["/command"]);
    assert_eq!(read(r#"{"command": 1, "origin_user_id": "alice"}"#), ["/command"]);
    assert_eq!(read(r#"{"origin_user_id": 1, "origin_user_nam": "Alice"}"#), ["/origin_user_id", "/origin_user_nam"]);
    assert_eq!(read("{"), [""]);
    assert_eq!(refused(FindRegisteredUser::from_json("{}", &policy)), ["/origin_user_id"]);
    assert_eq!(refused(Query::from_json(r#"{"query": "nothing"}"#)), ["/query"]);
}

#[test]
fn c_6_what_a_command_writes_it_reads() {
    let policy = Policy::new();
    for patch in [
        json!({"origin_user_name": null, "custom_groupings": {"team": "blue", "seat": null}}),
        json!({"shared_credential_group": {"origin_company_id": null}, "is_active": false}),
        json!({"shared_credential_group": {"origin_company_id": "acme", "origin_company_name": "Acme"}}),
        json!({"shared_credential_group": {"origin_company_name": "Acme"}, "custom_groupings": null}),
    ] {
        let text = json!({"registered_user_id": "01949f0e-0000-7000-8000-000000000001", "patch": patch}).to_string();
        let read = UpdateRegisteredUser::from_json(text.as_str(), &policy).unwrap();
        let written = canonical_text(&serde_json::to_value(&read).unwrap());
        assert_eq!(UpdateRegisteredUser::from_json(written.as_str(), &policy).unwrap(), read, "{written}");
    }
    let secret = r#"{"organization_id": "org_a", "secret": "aaaaaaaaaaaaaaaaaaaaaaaa"}"#;
    let issue = tenantry::IssueRegistrationToken::from_json(secret, &policy).unwrap();
    assert!(serde_json::to_string(&issue).is_err(), "P-4: a secret cannot be serialized");
}
