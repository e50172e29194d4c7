//! AC-7: `external_id` and `metadata`.

use tenantry::json::parse_command;
use tenantry::wire;
use tenantry_tests::accounts::create_user;
use tenantry_tests::actors::{anonymous, host, system};
use tenantry_tests::{ACME, OTHER, Value, World, canonical_text, json, text, violations, with};

/// An account with this metadata, written as text: what the view shows of it.
#[track_caller]
fn kept(metadata: &str) -> Result<String, Value> {
    let mut world = World::new();
    let context = world.context(host()).to_string();
    let command = format!(r#"{{"command": "create_user", "name": "n", "email": "a@b.c", "metadata": {metadata}}}"#);
    let outcome = world.execute_text(&context, &command)?;
    assert_eq!(outcome["events"][0]["metadata"], outcome["response"]["metadata"]);
    let id = text(&outcome, "/response/id");
    let view = world.account_view(&id);
    assert_eq!(view, outcome["response"]);
    Ok(canonical_text(&view["metadata"]))
}

#[track_caller]
fn refused(metadata: &str, code: &str, pointers: &[&str]) {
    let rejection = kept(metadata).unwrap_err();
    let expected: Vec<(String, String)> =
        pointers.iter().map(|pointer| (code.to_owned(), (*pointer).to_owned())).collect();
    assert_eq!(violations(&rejection), expected);
}

fn nested(levels: usize, open: &str, close: &str) -> String {
    format!(r#"{{"a":{}1{}}}"#, open.repeat(levels - 1), close.repeat(levels - 1))
}

#[test]
fn ac_7_metadata_is_kept_as_given() {
    for (given, shown) in [
        ("{}", "{}"),
        (r#"{"role": "analyst"}"#, r#"{"role":"analyst"}"#),
        (r#"{"b": [1, null, true, "x", {"c": []}], "a": -0.5}"#, r#"{"a":-0.5,"b":[1,null,true,"x",{"c":[]}]}"#),
        (
            r#"{"__proto__": {"constructor": 1}, "toString": "x", "": ""}"#,
            r#"{"":"","__proto__":{"constructor":1},"toString":"x"}"#,
        ),
    ] {
        assert_eq!(kept(given).unwrap(), shown);
    }
}

#[test]
fn ac_7_an_integral_float_is_that_integer() {
    let given = r#"{"a": 3.0, "b": -0.0, "c": 1e3, "d": 9007199254740991.0, "e": 1.5e0, "f": 5e-324}"#;
    assert_eq!(kept(given).unwrap(), r#"{"a":3,"b":0,"c":1000,"d":9007199254740991,"e":1.5,"f":5e-324}"#);
}

#[test]
fn ac_7_integers_beyond_the_safe_ones_are_invalid() {
    assert_eq!(
        kept(r#"{"a": 9007199254740991, "b": -9007199254740991}"#).unwrap(),
        r#"{"a":9007199254740991,"b":-9007199254740991}"#
    );
    refused(r#"{"a": 9007199254740992}"#, "invalid_metadata", &["/metadata/a"]);
    refused(r#"{"a": -9007199254740992}"#, "invalid_metadata", &["/metadata/a"]);
    refused(r#"{"a": 9007199254740993.0}"#, "invalid_metadata", &["/metadata/a"]);
    refused(r#"{"a": 18446744073709551616}"#, "invalid_metadata", &["/metadata/a"]);
    refused(
        r#"{"b": [0, 1e300, {"c/d": -1e16}], "a": 123456789012345678901234567890}"#,
        "invalid_metadata",
        &["/metadata/a", "/metadata/b/1", "/metadata/b/2/c~1d"],
    );
}

#[test]
fn ac_7_what_is_no_number_in_json_is_no_metadata() {
    let mut world = World::new();
    let context = world.context(host()).to_string();
    for number in ["NaN", "Infinity", "-Infinity", "1e999"] {
        let command =
            format!(r#"{{"command": "create_user", "name": "n", "email": "a@b.c", "metadata": {{"a": {number}}}}}"#);
        assert_eq!(world.execute_text(&context, &command).unwrap_err()["code"], "invalid_request");
    }
}

#[test]
fn ac_7_metadata_is_an_object() {
    for other in ["[]", "\"x\"", "1", "true"] {
        refused(other, "invalid_request", &["/metadata"]);
    }
    assert_eq!(kept("null").unwrap(), "null", "an explicit null is absent (C-6)");
}

#[test]
fn ac_7_at_most_16_kib_of_canonical_json() {
    let metadata = |bytes: usize| format!(r#"{{"a":"{}"}}"#, "x".repeat(bytes - r#"{"a":""}"#.len()));
    assert_eq!(kept(&metadata(16_384)).unwrap().len(), 16_384);
    refused(&metadata(16_385), "invalid_metadata", &["/metadata"]);
    // Measured as it is written, not as it was sent: space does not count, escapes do.
    kept(&format!("{}{}", " ".repeat(20_000), metadata(16_384))).unwrap();
    refused(&format!(r#"{{"a":"{}"}}"#, "\\u0000".repeat(2_730)), "invalid_metadata", &["/metadata"]);
    kept(&format!(r#"{{"a":"{}"}}"#, "\\u0000".repeat(2_729))).unwrap();
    let two_bytes = "é".repeat((16_384 - r#"{"a":""}"#.len()) / 2);
    kept(&format!(r#"{{"a":"{two_bytes}"}}"#)).unwrap();
    refused(&format!(r#"{{"a":"{two_bytes}é"}}"#), "invalid_metadata", &["/metadata"]);
}

#[test]
fn ac_7_at_most_8_levels_arrays_count() {
    kept(&nested(8, "[", "]")).unwrap();
    kept(&nested(8, r#"{"b":"#, "}")).unwrap();
    let arrays = format!("/metadata/a{}", "/0".repeat(7));
    refused(&nested(9, "[", "]"), "invalid_metadata", &[&arrays]);
    let objects = format!("/metadata/a{}", "/b".repeat(7));
    refused(&nested(9, r#"{"b":"#, "}"), "invalid_metadata", &[&objects]);
    let deepest = nested(31, "[", "]");
    refused(&deepest, "invalid_metadata", &[&arrays]);
    // The command's own level makes 33: no longer a command at all (ER-2).
    let rejection = kept(&nested(32, "[", "]")).unwrap_err();
    assert_eq!(rejection["code"], "invalid_request");
    assert_eq!(rejection["message"], "nested more than 32 levels deep");
}

#[test]
fn ac_7_faults_cost_no_more_than_the_metadata_allows() {
    // A long key above many faults: each pointer would repeat it.
    let many = format!(r#"{{"{}": [{}]}}"#, "k".repeat(400_000), vec!["1e300"; 50_000].join(","));
    refused(&many, "invalid_metadata", &["/metadata"]);
}

#[test]
fn ac_7_validation_needs_no_state() {
    let command = with(create_user("a@b.c"), json!({"metadata": {"a": [9_007_199_254_740_992_u64]}})).to_string();
    let violations = wire::validate(&parse_command(&command).unwrap(), &tenantry::json::Value::Null).unwrap();
    assert_eq!(violations.len(), 1);
    assert_eq!(violations[0].pointer, "/metadata/a/0");
    assert_eq!(
        violations[0].message,
        "an integer beyond ±(2^53−1) loses precision in some languages: send it as a string"
    );
}

#[test]
fn ac_7_external_ids_are_unique_in_their_organization() {
    let mut world = World::new();
    let with_id = |email: &str, organization_id: Value| {
        with(create_user(email), json!({"external_id": "x1", "organization_id": organization_id}))
    };
    let scopes = [json!(ACME), json!(OTHER), json!(null)];
    for (index, scope) in scopes.iter().enumerate() {
        world.accepts(host(), with_id(&format!("user{index}@b.c"), scope.clone()));
    }
    for scope in scopes {
        world.rejects_at(host(), with_id("again@b.c", scope), "external_id_exists", "/external_id");
    }
    // The organization that the actor names is the account's, where the command names none.
    world.rejects_at(system(), with_id("again@b.c", json!(null)), "external_id_exists", "/external_id");
    let other_case = json!({"external_id": "X1"});
    world.accepts(host(), with(create_user("again@b.c"), other_case));
}

#[test]
fn ac_7_an_address_is_looked_for_before_an_external_id() {
    let mut world = World::new();
    world.account_with("a@b.c", json!({"external_id": "x1"}));
    world.rejects(host(), with(create_user("a@b.c"), json!({"external_id": "x1"})), "email_exists");
}

#[test]
fn ac_7_the_form_of_external_and_resource_ids() {
    for field in ["external_id", "resource_id"] {
        let mut world = World::new();
        for id in ["", "a\u{7}b", &"é".repeat(256)] {
            let command = with(create_user("a@b.c"), json!({field: id}));
            world.rejects_at(anonymous(), command, "invalid_request", &format!("/{field}"));
        }
        let longest = "é".repeat(255);
        let outcome = world.accepts(host(), with(create_user("a@b.c"), json!({field: longest})));
        assert_eq!(outcome["response"][field], longest);
    }
    // Several accounts may stand for one resource.
    let mut world = World::new();
    world.account_with("a@b.c", json!({"resource_id": "r1"}));
    world.account_with("b@b.c", json!({"resource_id": "r1"}));
}
