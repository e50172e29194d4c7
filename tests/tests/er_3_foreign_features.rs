//! ER-3: keys with a meaning to a library are ordinary data, and no feature of another crate changes what the core
//! reads or writes. `make test` runs this, and all other rules, with and without the features of serde_json.

use serde_json::{from_slice, from_str, from_value, to_string, to_value};
use tenantry::json::{Value, parse_command, parse_document, to_canonical};
use tenantry::{
    Actor, Context, CreateUser, Email, Entropy, Event, LoadedRow, Metadata, Name, Options, Revision, Tenantry,
    Timestamp, wire,
};

/// Metadata as canonical JSON.
const METADATA: &[&str] = &[
    r#"{"x":{"$serde_json::private::RawValue":"not json"}}"#,
    r#"{"x":{"$serde_json::private::RawValue":"5"}}"#,
    r#"{"$serde_json::private::RawValue":"{}"}"#,
    r#"{"x":[{"$serde_json::private::Number":"not a number"}]}"#,
    r#"{"x":{"$serde_json::private::Number":"5"}}"#,
    r#"{"x":{"$serde_json::private::Number":5}}"#,
    r#"{"x":{"$serde_json::private::Number":"5","y":0.5}}"#,
    r#"{"$serde_json::private::Number":"1e400"}"#,
    r#"{"x":{"$serde_json::private::\u0000":"5"}}"#,
    r#"{"$__toml_private_datetime":"2026-01-31"}"#,
    r#"{"a":0.5,"b":-1.5e-7,"c":5e-324,"d":9007199254740991,"e":-9007199254740991,"f":0,"g":3}"#,
    r#"{"":{"b":[1,{"z":1,"é":2,"😀":3}],"c":null},"B":true,"a":"\u0001\"\\"}"#,
];

const CONTEXT: &str =
    r#"{"now":"2026-01-31T10:00:00Z","actor":{"type":"system"},"entropy":"00000000000000000000000000000001"}"#;

fn command(metadata: &str) -> String {
    format!(r#"{{"command":"create_user","name":"N","email":"a@b.example","metadata":{metadata}}}"#)
}

fn context() -> Context {
    let now = Timestamp::parse("2026-01-31T10:00:00Z").unwrap();
    let actor = Actor::System { organization_id: None, environment: None };
    Context { now, actor, entropy: Some(Entropy::new(1_u128.to_be_bytes())) }
}

fn typed(metadata: &str) -> CreateUser {
    let metadata = Metadata::from_json(&parse_command(metadata).unwrap()).unwrap();
    let (name, email) = (Name::new("N").unwrap(), Email::new("a@b.example").unwrap());
    CreateUser::new(name, email).metadata(metadata)
}

fn with_journal() -> Options {
    Options { journal: true, ..Options::default() }
}

/// An instance with an account that has this metadata.
fn instance(metadata: &str) -> Tenantry {
    let mut instance = Tenantry::with_options(with_journal()).unwrap();
    let _ = instance.execute(&typed(metadata), &context()).unwrap();
    instance
}

#[test]
fn er_3_metadata_come_back_as_they_were_from_every_api() {
    for metadata in METADATA {
        let shown = format!(r#""metadata":{metadata}"#);
        let mut by_text = Tenantry::with_options(with_journal()).unwrap();
        let command = command(metadata);
        let outcome =
            wire::execute(&mut by_text, &parse_command(&command).unwrap(), &parse_command(CONTEXT).unwrap()).unwrap();
        // In the response and in the event.
        assert_eq!(outcome.matches(&shown).count(), 2, "{outcome}");

        let mut by_type = Tenantry::with_options(with_journal()).unwrap();
        let typed = by_type.execute(&typed(metadata), &context()).unwrap();
        assert_eq!(to_canonical(&typed), outcome);
        assert_eq!(by_type.snapshot(), by_text.snapshot());
        assert!(by_text.journal().eq(by_type.journal()));
    }
}

#[test]
fn er_3_metadata_come_back_as_they_were_from_snapshots_and_journals() {
    for metadata in METADATA {
        let instance = instance(metadata);
        let snapshot = instance.snapshot();
        assert!(snapshot.contains(&format!(r#""metadata":{metadata}"#)), "{snapshot}");
        assert_eq!(Tenantry::restore(&snapshot, Options::default()).unwrap().snapshot(), snapshot);

        let events: Vec<String> = instance.journal().map(Event::to_json).collect();
        let journal = format!("[{}]", events.join(","));
        let folded = wire::fold(&parse_document(&journal).unwrap(), &Value::Null).unwrap();
        assert_eq!(folded.snapshot(), snapshot);
        let events: Vec<Event> = events.iter().map(|event| Event::from_json(event).unwrap()).collect();
        assert_eq!(Tenantry::fold(&events, Options::default()).unwrap().snapshot(), snapshot);
    }
}

#[test]
fn er_3_metadata_come_back_as_they_were_from_rows() {
    for metadata in METADATA {
        let mut rows = Tenantry::with_options(Options { rows: true, ..Options::default() }).unwrap();
        let command = typed(metadata);
        loop {
            let missing = rows.requirements(&command, &context()).unwrap();
            if missing.is_empty() {
                break;
            }
            let load = missing.into_iter().map(|key| LoadedRow { key, revision: Revision::NONE, row: None });
            rows.load(&load.collect::<Vec<_>>()).unwrap();
        }
        let changes = rows.execute(&command, &context()).unwrap().changes.unwrap();
        let mut kept = Tenantry::with_options(Options { rows: true, ..Options::default() }).unwrap();
        let load = changes.into_iter().map(|change| {
            let row = change.row.unwrap().to_string();
            assert!(!row.contains("metadata") || row.contains(&format!(r#""metadata":{metadata}"#)), "{row}");
            LoadedRow { key: change.key, revision: Revision::NONE, row: Some(row.parse().unwrap()) }
        });
        kept.load(&load.collect::<Vec<_>>()).unwrap();
        assert_eq!(kept.snapshot(), instance(metadata).snapshot());
    }
}

#[test]
fn er_3_events_come_back_as_they_were_from_serde_json() {
    for metadata in METADATA {
        let instance = instance(metadata);
        for event in instance.journal() {
            let text = to_string(event).unwrap();
            assert_eq!(&from_str::<Event>(&text).unwrap(), event, "{text}");
            assert_eq!(&from_str::<Event>(&event.to_json()).unwrap(), event, "{text}");
            assert_eq!(&from_slice::<Event>(text.as_bytes()).unwrap(), event, "{text}");
            #[cfg(feature = "foreign-serde-json")]
            assert_eq!(&serde_json::from_reader::<_, Event>(text.as_bytes()).unwrap(), event, "{text}");
            assert_eq!(&from_value::<Event>(to_value(event).unwrap()).unwrap(), event, "{text}");
            assert_eq!(&Event::from_json(&text).unwrap(), event, "{text}");
        }
        let metadata: Metadata = from_str(metadata).unwrap();
        assert_eq!(from_str::<Metadata>(&to_string(&metadata).unwrap()).unwrap(), metadata);
    }
}

#[test]
fn er_3_numbers_have_the_same_limits_whatever_the_features() {
    let mut instance = Tenantry::new();
    for (metadata, code) in [
        (r#"{"x":9007199254740992}"#, "invalid_metadata"),
        (r#"{"x":123456789012345678901234567890}"#, "invalid_metadata"),
        (r#"{"x":1e21}"#, "invalid_metadata"),
        (r#"{"x":1e300}"#, "invalid_metadata"),
    ] {
        let command = command(metadata);
        let context = parse_command(CONTEXT).unwrap();
        let answer = wire::execute(&mut instance, &parse_command(&command).unwrap(), &context);
        let rejection = tenantry_tests::rejected(answer);
        assert_eq!((rejection.code.as_str(), rejection.pointer.as_deref()), (code, Some("/metadata/x")));
        assert!(from_str::<Metadata>(metadata).is_err(), "{metadata}");
    }
    assert!(parse_command(r#"{"x":1e400}"#).is_err());
    assert!(from_str::<Metadata>(r#"{"x":1e400}"#).is_err());
    let limit = parse_command(r#"{"command":"advance_time","limit":5.0}"#).unwrap();
    wire::execute(&mut instance, &limit, &parse_command(CONTEXT).unwrap()).unwrap();
}

#[test]
fn er_3_the_order_of_members_never_shows() {
    let shuffled = r#"{"b":1,"a":{"d":2.0,"c":[]}}"#;
    let (one, other) = (instance(shuffled), instance(r#"{"a":{"c":[],"d":2},"b":1}"#));
    assert_eq!(one.snapshot(), other.snapshot());
    assert!(one.journal().eq(other.journal()));
    assert!(one.snapshot().contains(r#""metadata":{"a":{"c":[],"d":2},"b":1}"#));
}

#[test]
fn er_2_what_serde_reads_is_bounded_as_text_is() {
    let nested = |levels: usize| format!("{}1{}", "[".repeat(levels), "]".repeat(levels));
    assert!(from_str::<Value<'_>>(&nested(120)).is_ok());
    for text in [nested(121), r#"{"a":"#.repeat(121) + "1" + &"}".repeat(121)] {
        let refused = from_str::<Value<'_>>(&text).unwrap_err().to_string();
        assert!(refused.starts_with("nested more than 120 levels deep"), "{refused}");
    }
    let refused = from_str::<Value<'_>>(r#"{"a":1,"b":{"c":1,"c":2}}"#).unwrap_err().to_string();
    assert!(refused.starts_with("the key `c` is given twice"), "{refused}");
    // Where serde_json itself sets no bound.
    #[cfg(feature = "foreign-serde-json")]
    {
        let text = nested(100_000);
        let mut reader = serde_json::Deserializer::from_str(&text);
        reader.disable_recursion_limit();
        assert!(reader.into_iter::<Value<'_>>().next().unwrap().is_err());
    }
}

#[test]
fn er_2_metadata_never_have_a_key_twice() {
    let twice = Value::Object(vec![("a".into(), Value::Int(1)), ("a".into(), Value::Int(2))]);
    let refused = Metadata::from_json(&twice).unwrap_err();
    assert_eq!((refused.code.as_str(), refused.message.as_str()), ("invalid_request", "the key `a` is given twice"));
}
