//! S-4: a revision that a host hands in comes back as itself, or is refused.

use serde_json::from_str;
use tenantry::json::{parse_command, parse_document};
use tenantry::{
    Actor, Context, CreateOrganization, Entropy, LoadedRow, Name, Options, OrganizationId, Revision, Tenantry,
    Timestamp, wire,
};
use tenantry_tests::actors::host;
use tenantry_tests::rows::partial;
use tenantry_tests::{Value, json};

const KEY: &str = r#"["organization","org_acme"]"#;

/// The revision in the guard of a row that was loaded with a revision, given as JSON text.
fn comes_back(revision: &str) -> Result<Value, (String, String)> {
    let mut instance = partial();
    let rows = format!(r#"[{{"key": {KEY}, "revision": {revision}, "row": null}}]"#);
    wire::load(&mut instance, &parse_document(&rows).unwrap())
        .map_err(|refused| (refused.pointer().unwrap_or_default().to_owned(), refused.message().to_owned()))?;
    let command = json!({"command": "create_organization", "organization_id": "org_acme", "name": "Acme"}).to_string();
    let context = json!({"now": "2026-01-31T10:00:00Z", "actor": host(), "entropy": "0".repeat(32)}).to_string();
    let outcome =
        wire::execute(&mut instance, &parse_command(&command).unwrap(), &parse_command(&context).unwrap()).unwrap();
    let outcome: Value = from_str(&outcome).unwrap();
    let guard = &outcome["guards"][0];
    assert_eq!(guard["key"], from_str::<Value>(KEY).unwrap());
    Ok(guard["revision"].clone())
}

#[test]
fn s_4_a_revision_comes_back_as_it_was_handed_in() {
    for revision in [
        json!(0),
        json!(-7),
        json!(9_007_199_254_740_991_u64),
        json!(-9_007_199_254_740_991_i64),
        json!(""),
        json!("1772445600123456789"),
        json!("2026-03-02T10:00:00.123456789Z"),
        json!("𝒜\u{0}\""),
        Value::Null,
    ] {
        assert_eq!(comes_back(&revision.to_string()), Ok(revision));
    }
    // The same number, however it was written.
    assert_eq!(comes_back("3.0"), Ok(json!(3)));
    assert_eq!(comes_back("-0"), Ok(json!(0)));
}

#[test]
fn s_4_what_would_come_back_as_something_else_is_refused() {
    for revision in ["9007199254740992", "-9007199254740992", "1772445600123456789", "9007199254740992.0", "1e300"] {
        let (pointer, message) = comes_back(revision).unwrap_err();
        assert_eq!(pointer, "/0/revision");
        assert!(message.contains("send it as a string"), "{revision}: {message}");
    }
    for revision in ["0.5", "true", "[]", "[1]", "{}", r#"{"number": 1}"#] {
        let (pointer, message) = comes_back(revision).unwrap_err();
        assert_eq!(pointer, "/0/revision");
        assert!(message.contains("expected a string, an integer or null"), "{revision}: {message}");
    }
}

#[test]
fn s_4_a_typed_revision_is_equal_to_what_it_was_made_of() {
    let revisions: [Revision; 8] = [
        7_u64.into(),
        u64::MAX.into(),
        i64::MIN.into(),
        (-1_i32).into(),
        "W/\"etag\"".into(),
        String::from("7").into(),
        None::<u64>.into(),
        Some(9_u32).into(),
    ];
    for revision in revisions {
        let mut instance = Tenantry::with_options(Options { rows: true, ..Options::default() }).unwrap();
        let row = LoadedRow { key: KEY.parse().unwrap(), revision: revision.clone(), row: None };
        instance.load(&[row]).unwrap();
        let context = Context {
            now: Timestamp::parse("2026-01-31T10:00:00Z").unwrap(),
            actor: Actor::System { organization_id: None, environment: None },
            entropy: Some(Entropy::new([1; 16])),
        };
        let organization_id = Some(OrganizationId::new("org_acme").unwrap());
        let command = CreateOrganization::new(Name::new("Acme").unwrap()).organization_id(organization_id);
        let outcome = instance.execute(&command, &context).unwrap();
        assert_eq!(outcome.guards.unwrap()[0].revision, revision);
    }
    assert_eq!(Revision::from(u64::MAX).as_str(), Some("18446744073709551615"));
    assert_eq!(Revision::from(7_u64).as_integer(), Some(7));
}
