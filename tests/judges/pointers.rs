//! ER-1, P-5: the pointer of every violation, resolved by a library that is not ours.

use jsonptr::Pointer;
use serde_json::{Map, Value, json};
use tenantry::json::parse_command;
use tenantry::wire;
use tenantry_tests::actors::system;
use tenantry_tests::report::report;
use tenantry_tests::{shapes, with};

/// Values that most fields do not take, and keys that pointers escape.
fn hostile() -> Vec<Value> {
    let keys = json!({"": 1, "a/b": 1, "~": 1, "~1": 1, "ключ": 1, "0": [1, {"x/y": 2}]});
    let mut values = vec![
        json!(null),
        json!(true),
        json!(-1),
        json!(1.5),
        json!(""),
        json!("\u{0}/~"),
        json!([]),
        json!([1, "", [[]]]),
        json!({}),
        keys.clone(),
        json!([keys.clone(), keys]),
        json!({"all": [{"any": [{"not": 1}, {"x/~": 1}]}, 2]}),
        json!({"origin_company_id": 1, "custom_groupings": {"a/b": 1, "~": [], "": null}, "~x/": 1}),
        json!({"scope": "INDIVIDUAL", "registered_user_id": 1, "/": 2}),
        json!({"is_active": 1, "shared_credential_group": {"origin_company_id": [], "a~b": {}}, "user_type": "X"}),
        json!([{"connector": 1, "auth_scope": "?", "tool_names": [1, "", "x"], "a/~1": 0}, 1]),
    ];
    values.push(json!((0..60).map(|index| (format!("k{index}"), json!(1))).collect::<Map<_, _>>()));
    values
}

/// Where a pointer leads in a document: to a value, or to the one that lacks it.
fn leads(document: &Value, pointer: &str) -> Option<Value> {
    let pointer = Pointer::parse(pointer).ok()?;
    if let Ok(found) = pointer.resolve(document) {
        return Some(found.clone());
    }
    let (parent, _) = pointer.split_back()?;
    parent.resolve(document).ok().filter(|parent| parent.is_object()).cloned()
}

#[test]
fn p_5_every_pointer_leads_to_the_place_or_to_what_lacks_it() {
    let context =
        json!({"now": 1, "actor": with(system(), json!({"a/b": 1, "environment": 2})), "entropy": "x", "~/": 0});
    let (mut pointers, mut documents) = (0, 0);
    let mut judged = |document: &Value, violations: &[tenantry::Violation]| {
        documents += 1;
        for violation in violations {
            pointers += 1;
            assert!(leads(document, &violation.pointer).is_some(), "{violation:?} in {document}");
        }
        // In the order of what is asked, none twice with the same code and message.
        let mut seen: Vec<_> = violations.iter().map(|one| (&one.pointer, one.code.as_str(), &one.message)).collect();
        seen.sort();
        let all = seen.len();
        seen.dedup();
        assert_eq!(seen.len(), all, "a violation twice: {violations:?}");
    };
    for (sort, names) in [("command", shapes::commands()), ("query", shapes::queries())] {
        for name in names {
            let fields = shapes::fields(&name);
            for value in hostile() {
                // Every field wrong at once, and one that is unknown.
                let members = fields.iter().map(|field| (field.name.to_owned(), value.clone()));
                let mut request: Map<String, Value> = members.collect();
                request.insert(sort.to_owned(), json!(name));
                request.insert("un/kno~wn".to_owned(), json!(1));
                let request = Value::Object(request);
                let text = request.to_string();
                let violations = wire::validate(text.as_str(), "{}").unwrap();
                assert!(!violations.is_empty(), "{text}");
                judged(&request, &violations);

                // With a context that is wrong, too: its pointers begin with `/context`.
                let (mut world, both) = (tenantry::Tenantry::example(), with(request, json!({"context": context})));
                let (request, context) = (parse_command(&text).unwrap(), context.to_string());
                let refused = if sort == "query" {
                    wire::query(&world, &request, context.as_str()).map(|_| ())
                } else {
                    wire::execute(&mut world, &request, context.as_str()).map(|_| ())
                };
                let error = refused.unwrap_err();
                judged(&both, &error.recorded().violations);
            }
        }
    }
    report("jsonptr: every violation's pointer, resolved", pointers, 0, "none");
    assert!(pointers >= 5_000 && documents >= 1_000, "{pointers} pointers of {documents} documents");
}
