//! What no host may let through (`tests/hostile.json`), as Rust gives it. The packages run the same file.
//!
//! With `HOSTILE_BLESS=1`, and never in CI, what came is written into the file, to be read before it is committed.

use std::fs;
use tenantry::json::{Value, parse_document, to_canonical};
use tenantry::wire;
use tenantry::{Error, Tenantry};
use tenantry_tests::host_values::Made;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/hostile.json");

/// What a call gave: its answer, or the member `refused` of its entry.
type Given = Result<Value<'static>, Value<'static>>;

#[test]
fn hostile_input_is_refused_as_the_file_says() {
    let text = fs::read_to_string(FILE).unwrap();
    let file = parse_document(&text).unwrap();
    let Some(Value::Array(entries)) = file.get("entries") else { panic!("no entries") };
    let found: Vec<Value<'_>> = entries.iter().map(with_what_comes).collect();
    if std::env::var_os("HOSTILE_BLESS").is_some() {
        assert!(std::env::var_os("CI").is_none(), "nothing is written in CI");
        let (header, _) = text.split_once("\"entries\": [\n").unwrap();
        let lines: Vec<String> = found.iter().map(|entry| format!("    {}", to_canonical(entry))).collect();
        fs::write(FILE, format!("{header}\"entries\": [\n{}\n  ]\n}}\n", lines.join(",\n"))).unwrap();
        return;
    }
    for (entry, found) in entries.iter().zip(&found) {
        assert_eq!(to_canonical(entry), to_canonical(found));
    }
    assert_eq!(file.get("count"), Some(&Value::Int(entries.len().try_into().unwrap())));
    assert!(entries.len() >= 150);
}

/// The entry with what its call gives.
fn with_what_comes<'v>(entry: &Value<'v>) -> Value<'v> {
    let Value::Object(members) = entry else { panic!("no object: {entry:?}") };
    let mut members = members.clone();
    members.retain(|(name, _)| !["refused", "accepted"].contains(&name.as_ref()));
    match (called(entry), entry.get("show").and_then(Value::as_str)) {
        (Err(refused), _) => members.push(("refused".into(), refused)),
        (Ok(answer), show) => {
            let shown = show.map_or(Some(Value::Bool(true)), |pointer| answer.at(pointer).cloned());
            members.push(("accepted".into(), shown.unwrap_or_default()));
        }
    }
    Value::Object(members)
}

fn called(entry: &Value<'_>) -> Given {
    let Some(Value::Array(given)) = entry.get("given") else { panic!("nothing given: {entry:?}") };
    let made: Vec<Made> = given.iter().map(Made::of).collect();
    let one = || made[0].input();
    let two = || made[1].input();
    let mut world = Tenantry::example();
    let text = |answer: Result<String, Error>| answer.map(|text| parse_document(&text).unwrap().into_owned());
    let none = |done: Result<(), Error>| done.map(|()| Value::Null);
    let answer = match entry.get("call").and_then(Value::as_str).unwrap() {
        "new" => none(wire::new(one()).map(|_| ()).map_err(Error::from)),
        "restore" => none(wire::restore(one(), two()).map(|_| ()).map_err(Error::from)),
        "fold" => none(wire::fold(one(), two()).map(|_| ()).map_err(Error::from)),
        "acting_as" => none(wire::read_actor(one()).map(|_| ()).map_err(Error::from)),
        "execute" => text(wire::execute(&mut world, one(), two())),
        "query" => text(wire::query(&world, one(), two())),
        "authorize" => text(wire::authorize(&world, one(), two())),
        "authorize_batch" => text(wire::authorize_batch(&world, one(), two())),
        "redact" => text(wire::redact(one()).map_err(Error::from)),
        "simulate" => text(wire::simulate(one()).map_err(Error::from)),
        "read_rejection" => none(wire::read_rejection(one()).map(|_| ()).map_err(Error::from)),
        "now" => none(wire::read_now(made[0].value.clone()).map(|_| ()).map_err(Error::from)),
        "load" => {
            let mut rows = wire::new(r#"{"rows":true}"#).unwrap();
            none(wire::load(&mut rows, one()).map_err(Error::from))
        }
        "validate" => {
            let found = wire::validate(one(), two());
            return match found {
                Ok(violations) if violations.is_empty() => Ok(Value::Null),
                Ok(violations) => {
                    let first = &violations[0];
                    Err(refused("client", first.code.as_str(), Some(&first.pointer), &first.message))
                }
                Err(rejection) => Err(of_error(&rejection.into())),
            };
        }
        "subset_of" => none(wire::subset_of(one(), two()).map(|_| ()).map_err(Error::from)),
        other => panic!("unknown call `{other}`"),
    };
    answer.map_err(|error| of_error(&error))
}

fn of_error(error: &Error) -> Value<'static> {
    let whose = if matches!(error, Error::Usage(_)) { "program" } else { "client" };
    let recorded = error.recorded();
    refused(whose, recorded.code.as_str(), recorded.pointer.as_deref(), &recorded.message)
}

fn refused(whose: &'static str, code: &str, pointer: Option<&str>, message: &str) -> Value<'static> {
    let owned = |text: &str| Value::from(text.to_owned());
    Value::Object(vec![
        ("whose".into(), whose.into()),
        ("code".into(), owned(code)),
        ("pointer".into(), pointer.map_or(Value::Null, owned)),
        ("message".into(), owned(message)),
    ])
}
