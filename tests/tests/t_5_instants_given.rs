//! T-5: instants on their way in, as text, as a host's own, and as milliseconds.

use tenantry::json::{NoJson, Value as Given};
use tenantry::{Timestamp, wire};
use tenantry_tests::actors::system;
use tenantry_tests::{Value, World, json, text};

const WAY_OUT: &str = "pass milliseconds since 1970, or a string such as `2026-01-31T10:00:00Z`";

#[test]
fn t_5_whole_milliseconds_are_an_instant_in_every_request() {
    let mut world = World::new();
    let created = |now: Value| json!({"now": now, "actor": system(), "entropy": "0123456789abcdef0123456789abcdef"});
    let command = json!({"command": "create_organization", "name": "Late"});
    let outcome = world.execute_in(&created(json!(1_769_853_600_123_i64)), &command).unwrap();
    assert_eq!(text(&outcome, "/events/0/at"), "2026-01-31T10:00:00.123Z");
    for (now, printed) in [
        (json!(1_769_853_600_000.0), "2026-01-31T10:00:00Z"),
        (json!(100_000_000_000_i64), "1973-03-03T09:46:40Z"),
        (json!(-100_000_000_000_i64), "1966-10-31T14:13:20Z"),
        (json!(253_402_300_799_999_i64), "9999-12-31T23:59:59.999Z"),
        (json!(-62_135_596_800_000_i64), "0001-01-01T00:00:00Z"),
    ] {
        assert_eq!(wire::read_now(Ok(read(&now))).unwrap().to_string(), printed, "{now}");
    }
}

#[test]
fn t_5_seconds_fractions_and_other_years_are_refused() {
    let seconds = |number: &str| format!("`{number}` looks like seconds: {WAY_OUT}");
    let beyond = |number: &str| format!("`{number}` milliseconds are outside the years 0001 to 9999");
    for (now, message) in [
        (json!(1_772_445_600), seconds("1772445600")),
        (json!(1_772_445_600.5), seconds("1772445600.5")),
        (json!(0), seconds("0")),
        (json!(99_999_999_999_i64), seconds("99999999999")),
        (json!(-99_999_999_999_i64), seconds("-99999999999")),
        (json!(1_769_853_600_000.5), format!("`1769853600000.5` is not a whole number of milliseconds: {WAY_OUT}")),
        (json!(253_402_300_800_000_i64), beyond("253402300800000")),
        (json!(-62_135_596_800_001_i64), beyond("-62135596800001")),
        (json!(1e300), beyond("1e+300")),
        (json!(true), format!("expected an instant, found a boolean: {WAY_OUT}")),
        (json!("soon"), "`soon` is not an RFC 3339 time such as `2026-01-31T10:00:00Z`".to_owned()),
    ] {
        let rejection = wire::read_now(Ok(read(&now))).unwrap_err();
        assert_eq!(rejection.message(), message);
        assert_eq!(rejection.pointer(), Some("/context/now"));
    }
    let rejection = wire::read_now(Err(NoJson::NaN.at(""))).unwrap_err();
    assert_eq!((rejection.pointer(), rejection.message()), (Some("/context/now"), "NaN is not valid JSON"));
}

#[test]
fn t_5_an_instant_of_the_host_is_one_only_where_an_instant_is_due() {
    let at = Given::Instant(Timestamp::from_millis(5).unwrap());
    let object = |members: Vec<(&'static str, Given<'static>)>| {
        Given::Object(members.into_iter().map(|(key, value)| (key.into(), value)).collect())
    };
    let create = |name| object(vec![("command", "create_organization".into()), ("name", name)]);
    let context = || object(vec![("now", at.clone()), ("actor", object(vec![("type", "system".into())]))]);
    let mut world = World::new();
    let mut execute = |command| wire::execute(&mut world.tenantry, &command, &entropic(context())).unwrap_err();
    assert_eq!(execute(create(at.clone())).recorded().message, "expected a string, found an instant");
    let metadata = object(vec![("since", object(vec![("when", at.clone())]))]);
    let user = object(vec![("command", "create_user".into()), ("metadata", metadata)]);
    let violations = execute(user).recorded().violations.clone();
    let metadata = violations.iter().find(|violation| violation.pointer == "/metadata/since/when").unwrap();
    assert_eq!(metadata.message, "expected JSON, found an instant");
}

#[test]
fn t_5_what_is_stored_has_text_only() {
    let snapshot = World::new().state();
    for instant in [json!(1_769_853_600_000_i64), json!("2026-01-31T10:00:00.000Z")] {
        let mut changed: Value = snapshot.parse().unwrap();
        changed["organizations"][0]["created_at"] = instant;
        let rejection = wire::restore(&*changed.to_string(), "{}").map(|_| ()).unwrap_err();
        assert_eq!(rejection.code.as_str(), "invalid_snapshot");
        assert_eq!(rejection.pointer.as_deref(), Some("/organizations/0/created_at"));
    }
}

fn read(value: &Value) -> Given<'static> {
    tenantry::json::parse_command(&value.to_string()).unwrap().into_owned()
}

/// The context with randomness, which a host adds to it.
fn entropic(mut context: Given<'static>) -> Given<'static> {
    if let Given::Object(members) = &mut context {
        members.push(("entropy".into(), "0123456789abcdef0123456789abcdef".into()));
    }
    context
}
