//! Holds the shapes that the packages' types are made from (`schema/wire.txt`) to the requests that the core reads.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may")]

use super::RequestSet;
use crate::json::{Value, parse_document};
use crate::request::{Command, Query};
use alloc::collections::BTreeMap;
use alloc::collections::BTreeSet;
use alloc::string::{String, ToString};

const SCHEMA: &str = include_str!("../../../schema/tenantry.schema.json");

/// The names of all requests that carry them in this member, with their fields.
fn described<Q: RequestSet>() -> BTreeMap<String, BTreeSet<String>> {
    let schema = parse_document(SCHEMA).unwrap();
    let Some(Value::Object(definitions)) = schema.get("$defs") else { panic!("no definitions") };
    let mut requests = BTreeMap::new();
    for (_, definition) in definitions {
        let (Some(name), Some(Value::Object(fields))) = (definition.get("x-name"), definition.get("properties")) else {
            continue;
        };
        if fields.iter().any(|(field, _)| field == Q::MEMBER) {
            let fields = fields.iter().map(|(field, _)| field.to_string()).collect();
            requests.insert(name.as_str().unwrap().to_string(), fields);
        }
    }
    requests
}

fn check<Q: RequestSet>() {
    let described = described::<Q>();
    for name in Q::NAMES {
        let fields: BTreeSet<String> = Q::fields(name).unwrap().iter().map(ToString::to_string).collect();
        assert_eq!(described.get(*name), Some(&fields), "`{name}` in schema/wire.txt");
    }
}

#[test]
fn every_command_has_the_fields_that_the_schema_tells() {
    check::<Command>();
}

#[test]
fn every_query_has_the_fields_that_the_schema_tells() {
    check::<Query>();
}
