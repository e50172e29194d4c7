//! P-6 on rows: an instance that serves a database for years keeps nothing of what it has executed.

use tenantry::json::parse_document;
use tenantry::{Tenantry, wire};
use tenantry_tests::actors::host;
use tenantry_tests::{Value, json};

/// Executes a command on rows of which none is there, as a host would.
fn execute(hosted: &mut Tenantry, command: &Value, context: &Value) -> Result<String, String> {
    let [command, context] = [command, context].map(|value| parse_document(&value.to_string()).unwrap().into_owned());
    loop {
        let missing = wire::requirements(hosted, &command, &context).unwrap();
        let missing: Vec<Value> = serde_json::from_str(&missing).unwrap();
        if missing.is_empty() {
            return wire::execute(hosted, &command, &context).map_err(|error| error.code().to_string());
        }
        let rows: Vec<Value> = missing.iter().map(|key| json!({"key": key, "revision": 0, "row": null})).collect();
        wire::load(hosted, &parse_document(&json!(rows).to_string()).unwrap()).unwrap();
    }
}

/// All that an instance holds, as its own words for it.
fn held(hosted: &Tenantry) -> usize {
    format!("{hosted:?}").len()
}

#[test]
fn p_6_a_hosted_instance_does_not_grow_with_what_it_has_executed() {
    let options = parse_document(r#"{"rows": true}"#).unwrap().into_owned();
    let mut hosted = wire::new(&options).unwrap();
    let empty = held(&hosted);
    let context =
        |number: usize| json!({"now": "2026-01-31T10:00:00Z", "actor": host(), "entropy": format!("{number:032x}")});
    for number in 0..20 {
        let organization = format!("org_{number}");
        let create = json!({"command": "create_organization", "organization_id": organization, "name": "O"});
        execute(&mut hosted, &create, &context(number)).unwrap();
        let account = json!({"command": "create_user", "name": "A", "email": format!("a{number}@acme.example")});
        execute(&mut hosted, &account, &context(number)).unwrap();
        assert_eq!(held(&hosted), empty, "after {number}");
    }
}
