//! C-4: where a child key leaves its parent.

use tenantry::json::{parse_command, to_canonical};
use tenantry::{Rejection, wire};
use tenantry_tests::{Value, json, with, without};

const ALICE: &str = "019c1a7b-2c00-7000-8000-000000000001";
const BOB: &str = "019c1a7b-2c00-7000-8000-000000000002";

/// A key that has nothing but what a key must have.
fn key() -> Value {
    json!({"type": "access_key", "organization_id": "org_acme", "environment": "production", "scopes": ["management", "runtime"]})
}

fn compare(parent: &Value, child: &Value) -> Result<Value, Rejection> {
    let (parent, child) = (parent.to_string(), child.to_string());
    let violations = wire::subset_of(&parse_command(&parent)?, &parse_command(&child)?)?;
    Ok(serde_json::from_str(&to_canonical(&violations)).unwrap())
}

/// The pointers of what is outside; each has the one code and a message.
#[track_caller]
fn outside(parent: &Value, child: &Value) -> Vec<String> {
    let violations = compare(parent, child).unwrap();
    let list = violations.as_array().unwrap();
    list.iter()
        .map(|violation| {
            assert_eq!(violation["code"], "key_exceeds_parent");
            assert_eq!(violation.as_object().unwrap().len(), 3);
            let pointer = violation["pointer"].as_str().unwrap();
            // What a pointer names is there, but for what is missing as a whole.
            assert!(child.pointer(pointer).is_some() || pointer.matches('/').count() == 1, "{violation}");
            pointer.to_owned()
        })
        .collect()
}

#[track_caller]
fn within(parent: &Value, child: &Value) {
    assert_eq!(outside(parent, child), Vec::<String>::new());
}

#[test]
fn c_4_equal_is_within() {
    let full = json!({
        "registered_user_ids": [ALICE, BOB],
        "tool_pack_ids": ["support"],
        "expires_at": "2026-06-01T00:00:00Z",
        "key_id": "k1",
    });
    within(&key(), &key());
    within(&with(key(), full.clone()), &with(key(), full));
}

#[test]
fn c_4_narrower_is_within() {
    let parent = with(
        key(),
        json!({"registered_user_ids": [ALICE, BOB], "tool_pack_ids": ["support", "sales"], "expires_at": "2026-06-01T00:00:00Z"}),
    );
    let child = json!({
        "scopes": ["runtime"],
        "registered_user_ids": [BOB],
        "tool_pack_ids": ["sales"],
        "expires_at": "2026-05-31T23:59:59.999Z",
    });
    within(&parent, &with(key(), child));
    within(&parent, &with(parent.clone(), json!({"scopes": [], "registered_user_ids": [], "tool_pack_ids": []})));
    within(&key(), &parent);
    let order = json!({"registered_user_ids": [BOB, ALICE, BOB], "tool_pack_ids": ["sales", "support"], "scopes": ["runtime", "management"]});
    within(&parent, &with(parent.clone(), order));
}

#[test]
fn c_4_each_part_may_leave() {
    let parent = with(key(), json!({"scopes": ["runtime"]}));
    let cases = [
        (parent.clone(), json!({"organization_id": "org_other"}), vec!["/organization_id"]),
        (parent.clone(), json!({"environment": "test"}), vec!["/environment"]),
        (parent.clone(), json!({"scopes": ["management"]}), vec!["/scopes/0"]),
        (parent.clone(), json!({"scopes": ["runtime", "management", "management"]}), vec!["/scopes/1", "/scopes/2"]),
        (with(parent.clone(), json!({"scopes": []})), json!({}), vec!["/scopes/0"]),
        (
            with(parent.clone(), json!({"registered_user_ids": [ALICE]})),
            json!({"registered_user_ids": [ALICE, BOB, "x"]}),
            vec!["/registered_user_ids/1", "/registered_user_ids/2"],
        ),
        (
            with(parent.clone(), json!({"registered_user_ids": []})),
            json!({"registered_user_ids": [ALICE]}),
            vec!["/registered_user_ids/0"],
        ),
        (with(parent.clone(), json!({"registered_user_ids": [ALICE]})), json!({}), vec!["/registered_user_ids"]),
        (
            with(parent.clone(), json!({"registered_user_ids": [ALICE]})),
            json!({"registered_user_ids": null}),
            vec!["/registered_user_ids"],
        ),
        (
            with(parent.clone(), json!({"tool_pack_ids": ["support"]})),
            json!({"tool_pack_ids": ["Support", "support"]}),
            vec!["/tool_pack_ids/0"],
        ),
        (with(parent.clone(), json!({"tool_pack_ids": []})), json!({}), vec!["/tool_pack_ids"]),
    ];
    for (parent, child, expected) in cases {
        let child = with(with(key(), json!({"scopes": ["runtime"]})), child);
        assert_eq!(outside(&parent, &child), expected, "{child}");
    }
}

#[test]
fn c_4_expiry_to_the_millisecond() {
    let parent = with(key(), json!({"expires_at": "2026-06-01T00:00:00Z"}));
    for (child, leaves) in [
        (json!("2026-05-31T23:59:59.999Z"), false),
        (json!("2026-06-01T00:00:00Z"), false),
        (json!("2026-06-01T02:00:00+02:00"), false),
        (json!("2026-06-01T00:00:00.001Z"), true),
        (json!(null), true),
    ] {
        let expected = if leaves { vec!["/expires_at"] } else { vec![] };
        assert_eq!(outside(&parent, &with(key(), json!({"expires_at": child}))), expected, "{child}");
    }
    assert_eq!(outside(&parent, &key()), ["/expires_at"]);
    within(&key(), &parent);
}

#[test]
fn c_4_all_of_it_is_told_in_the_order_of_the_fields() {
    let parent = json!({
        "organization_id": "org_acme",
        "environment": "production",
        "scopes": [],
        "registered_user_ids": [],
        "tool_pack_ids": [],
        "expires_at": "2026-06-01T00:00:00Z",
    });
    let child = json!({
        "expires_at": "2027-06-01T00:00:00Z",
        "tool_pack_ids": ["support"],
        "registered_user_ids": [ALICE],
        "scopes": ["runtime"],
        "environment": "test",
        "organization_id": "org_other",
    });
    let all =
        ["/organization_id", "/environment", "/scopes/0", "/registered_user_ids/0", "/tool_pack_ids/0", "/expires_at"];
    assert_eq!(outside(&parent, &child), all);
}

#[test]
fn c_4_the_messages() {
    let parent = with(key(), json!({"expires_at": "2026-06-01T00:00:00Z", "tool_pack_ids": []}));
    let child = with(key(), json!({"environment": "test"}));
    assert_eq!(
        compare(&parent, &child).unwrap(),
        json!([
            {"code": "key_exceeds_parent", "pointer": "/environment", "message": "the parent key belongs to the environment `production`"},
            {"code": "key_exceeds_parent", "pointer": "/tool_pack_ids", "message": "the parent key is restricted here, but the child key is not"},
            {"code": "key_exceeds_parent", "pointer": "/expires_at", "message": "the parent key expires at `2026-06-01T00:00:00Z`, but the child key never expires"},
        ])
    );
}

#[test]
fn c_4_the_name_of_a_key_is_no_right() {
    within(&with(key(), json!({"key_id": "parent"})), &with(key(), json!({"key_id": "child"})));
}

#[test]
fn c_4_what_is_no_key_is_rejected_whole() {
    let pointers = |parent: &Value, child: &Value| -> Vec<String> {
        let rejection = compare(parent, child).unwrap_err();
        assert_eq!(rejection.code.as_str(), "invalid_request");
        rejection.violations.into_iter().map(|violation| violation.pointer).collect()
    };
    let bare = without(key(), "type");
    within(&bare, &bare);
    within(&bare, &key());
    assert_eq!(pointers(&json!({"type": "system"}), &bare), ["/parent/type"]);
    assert_eq!(pointers(&bare, &json!([])), ["/child"]);
    assert_eq!(
        pointers(&with(without(key(), "scopes"), json!({"scope": []})), &with(key(), json!({"environment": "live"}))),
        ["/parent/scopes", "/parent/scope", "/child/environment"]
    );
    let mut deep = json!("x");
    for _ in 0..31 {
        deep = json!([deep]);
    }
    let rejection = compare(&bare, &with(key(), json!({"scopes": deep}))).unwrap_err();
    assert_eq!(rejection.pointer.as_deref(), Some("/child/scopes/0"));
}

#[test]
fn c_4_keys_of_full_length_are_compared() {
    let ids: Vec<String> = (0..10_000).map(|n| n.to_string()).collect();
    let parent = with(key(), json!({"tool_pack_ids": ids}));
    within(&parent, &parent);
    let other = with(key(), json!({"tool_pack_ids": ids.iter().map(|id| format!("{id}x")).collect::<Vec<_>>()}));
    assert_eq!(compare(&parent, &other).unwrap().as_array().unwrap().len(), 50, "the first of them");
}
