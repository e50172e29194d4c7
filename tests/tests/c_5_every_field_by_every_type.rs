//! C-5: every field of every command and query, given a value of every JSON type, and null.

use tenantry_tests::actors::system;
use tenantry_tests::shapes::{Field, commands, fields, queries};
use tenantry_tests::{Value, World, json, violations, with};

fn of_every_type() -> [(&'static str, Value); 6] {
    [
        ("string", json!("\u{1}")),
        ("number", json!(-0.5)),
        ("boolean", json!(true)),
        ("array", json!([null])),
        ("object", json!({"__proto__": 1})),
        ("null", Value::Null),
    ]
}

#[test]
fn c_5_every_field_refuses_every_other_type_at_its_place() {
    let mut world = World::with_options(&json!({"journal": "memory"}));
    let mut looked_at = 0;
    let named = commands().into_iter().map(|name| ("command", name));
    let named = named.chain(queries().into_iter().map(|name| ("query", name)));
    for (member, name) in named {
        for Field { name: field, types, optional } in fields(&name) {
            for (kind, value) in of_every_type() {
                let request = json!({member: name, field: value});
                let answer = world.ask(system(), request.clone());
                let reported = answer.err().map(|rejection| violations(&rejection)).unwrap_or_default();
                let here: Vec<_> = reported.iter().filter(|(_, at)| *at == format!("/{field}")).collect();
                match kind {
                    "null" => assert_eq!(here.is_empty(), optional, "{request}: {reported:?}"),
                    kind if types.contains(&kind) => {}
                    _ => assert!(
                        here.iter().any(|(code, _)| code == "invalid_request"),
                        "a wrong type was not reported: {request}: {reported:?}"
                    ),
                }
                looked_at += 1;
            }
        }
    }
    assert_eq!(looked_at, 131 * 6);
}

#[test]
fn c_5_a_field_of_no_request_is_unknown_to_all() {
    let mut world = World::with_options(&json!({"journal": "memory"}));
    for (member, names) in [("command", commands()), ("query", queries())] {
        for name in names {
            let request = with(json!({member: name}), json!({"zzz": null, "actor": 1}));
            let rejection = world.ask(system(), request).unwrap_err();
            let reported = violations(&rejection);
            for field in ["/actor", "/zzz"] {
                assert!(reported.contains(&("invalid_request".into(), field.into())), "{name}: {reported:?}");
            }
        }
    }
}
