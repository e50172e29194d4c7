//! C-5: every field of every command and query, given a value of every JSON type, and null.

use tenantry_tests::actors::system;
use tenantry_tests::{COMMANDS, QUERIES, Value, World, json, violations, with};

/// A field with the types that it takes, and whether it may be left out.
pub(crate) type Field = (&'static str, &'static [&'static str], bool);

const STRING: &[&str] = &["string"];
const NUMBER: &[&str] = &["number"];
const BOOLEAN: &[&str] = &["boolean"];
const OBJECT: &[&str] = &["object"];
const ARRAY: &[&str] = &["array"];

const REQUIRED: bool = false;
const OPTIONAL: bool = true;

pub(crate) fn fields(name: &str) -> Vec<Field> {
    let user = ("registered_user_id", STRING, REQUIRED);
    let page = [("limit", NUMBER, OPTIONAL), ("after", STRING, OPTIONAL)];
    let one = |field: &'static str| vec![(field, STRING, REQUIRED)];
    match name {
        "create_registered_user" => vec![
            ("origin_user_id", STRING, REQUIRED),
            ("origin_user_name", STRING, OPTIONAL),
            ("origin_user_email", STRING, OPTIONAL),
            ("shared_credential_group", OBJECT, OPTIONAL),
            ("custom_groupings", OBJECT, OPTIONAL),
            ("user_type", STRING, OPTIONAL),
        ],
        "create_test_user" => vec![("origin_user_name", STRING, OPTIONAL), ("origin_user_email", STRING, OPTIONAL)],
        "update_registered_user" => {
            vec![user, ("patch", OBJECT, REQUIRED), ("expected_version", NUMBER, OPTIONAL)]
        }
        "delete_registered_user" => vec![user, ("expected_version", NUMBER, OPTIONAL)],
        "set_retention_hold" => vec![user, ("held", BOOLEAN, REQUIRED), ("reason", STRING, OPTIONAL)],
        "delete_company" => one("origin_company_id"),
        "put_connector" => {
            vec![("connector", STRING, REQUIRED), ("name", STRING, OPTIONAL), ("tools", ARRAY, REQUIRED)]
        }
        "put_tool_pack" => vec![
            ("tool_pack_id", STRING, REQUIRED),
            ("name", STRING, REQUIRED),
            ("connectors", ARRAY, REQUIRED),
            ("group_ids", ARRAY, OPTIONAL),
        ],
        "put_group" => vec![("group_id", STRING, REQUIRED), ("name", STRING, REQUIRED), ("rule", OBJECT, REQUIRED)],
        "delete_connector" => one("connector"),
        "delete_tool_pack" => one("tool_pack_id"),
        "delete_group" => one("group_id"),
        "start_link" => vec![
            user,
            ("connector", STRING, REQUIRED),
            ("tool_pack_id", STRING, OPTIONAL),
            ("method", STRING, OPTIONAL),
        ],
        "complete_link" => vec![
            ("link_session_id", STRING, REQUIRED),
            ("registered_user_id", STRING, OPTIONAL),
            ("external_account_id", STRING, OPTIONAL),
            ("expires_at", STRING, OPTIONAL),
        ],
        "fail_link" => vec![("link_session_id", STRING, REQUIRED), ("reason", STRING, OPTIONAL)],
        "revoke_credential" => vec![
            ("owner", OBJECT, REQUIRED),
            ("connector", STRING, REQUIRED),
            ("expected_generation", NUMBER, OPTIONAL),
        ],
        "report_credential" => vec![
            ("owner", OBJECT, REQUIRED),
            ("connector", STRING, REQUIRED),
            ("status", STRING, REQUIRED),
            ("reason", STRING, OPTIONAL),
            ("expires_at", STRING, OPTIONAL),
            ("expected_generation", NUMBER, OPTIONAL),
        ],
        "start_tool_call" => vec![user, ("tool_pack_id", STRING, REQUIRED), ("tool", STRING, REQUIRED)],
        "finish_tool_call" => vec![user, ("tool_call_id", STRING, REQUIRED), ("result", STRING, REQUIRED)],
        "create_organization" => vec![("organization_id", STRING, OPTIONAL), ("name", STRING, REQUIRED)],
        "issue_registration_token" => vec![
            ("organization_id", STRING, REQUIRED),
            ("secret", STRING, REQUIRED),
            ("role", STRING, OPTIONAL),
            ("max_uses", NUMBER, OPTIONAL),
            ("expires_at", STRING, OPTIONAL),
        ],
        "revoke_registration_token" => one("token_id"),
        "create_user" => vec![
            ("name", STRING, REQUIRED),
            ("email", STRING, REQUIRED),
            ("password", STRING, OPTIONAL),
            ("organization_id", STRING, OPTIONAL),
            ("org_token", STRING, OPTIONAL),
            ("resource_id", STRING, OPTIONAL),
            ("external_id", STRING, OPTIONAL),
            ("metadata", OBJECT, OPTIONAL),
            ("role", STRING, OPTIONAL),
        ],
        "set_user_status" => vec![("user_id", STRING, REQUIRED), ("status", STRING, REQUIRED)],
        "advance_time" => vec![("limit", NUMBER, OPTIONAL)],
        "get_registered_user" => vec![user],
        "find_registered_user" => one("origin_user_id"),
        "list_registered_users" => [
            &[
                ("origin_company_id", STRING, OPTIONAL),
                ("group_id", STRING, OPTIONAL),
                ("status", STRING, OPTIONAL),
                ("is_test", BOOLEAN, OPTIONAL),
            ][..],
            &page,
        ]
        .concat(),
        "groups_of" | "list_credentials" | "list_link_sessions" => [&[user][..], &page].concat(),
        "list_tools" => {
            let own = [user, ("tool_pack_id", STRING, REQUIRED), ("authenticated_only", BOOLEAN, OPTIONAL)];
            [&own[..], &page].concat()
        }
        "journal" => [
            &[
                ("registered_user_id", STRING, OPTIONAL),
                ("origin_company_id", STRING, OPTIONAL),
                ("group_id", STRING, OPTIONAL),
                ("event", STRING, OPTIONAL),
                ("from", STRING, OPTIONAL),
                ("to", STRING, OPTIONAL),
            ][..],
            &page,
        ]
        .concat(),
        "get_organization" => vec![],
        "get_user" => one("user_id"),
        "list_users" => [&[("status", STRING, OPTIONAL)][..], &page].concat(),
        _ => page.to_vec(),
    }
}

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
    let named = COMMANDS.iter().map(|name| ("command", *name)).chain(QUERIES.iter().map(|name| ("query", *name)));
    for (member, name) in named {
        for (field, types, optional) in fields(name) {
            for (kind, value) in of_every_type() {
                let request = json!({member: name, field: value});
                let answer = world.ask(system(), request.clone());
                let told = answer.err().map(|rejection| violations(&rejection)).unwrap_or_default();
                let here: Vec<_> = told.iter().filter(|(_, at)| *at == format!("/{field}")).collect();
                match kind {
                    "null" => assert_eq!(here.is_empty(), optional, "{request}: {told:?}"),
                    kind if types.contains(&kind) => {}
                    _ => assert!(
                        here.iter().any(|(code, _)| code == "invalid_request"),
                        "a wrong type was not told: {request}: {told:?}"
                    ),
                }
                looked_at += 1;
            }
        }
    }
    assert!(looked_at > 400, "{looked_at}");
}

#[test]
fn c_5_a_field_of_no_request_is_unknown_to_all() {
    let mut world = World::with_options(&json!({"journal": "memory"}));
    for (member, names) in [("command", COMMANDS), ("query", QUERIES)] {
        for name in names {
            let request = with(json!({member: name}), json!({"zzz": null, "actor": 1}));
            let rejection = world.ask(system(), request).unwrap_err();
            let told = violations(&rejection);
            for field in ["/actor", "/zzz"] {
                assert!(told.contains(&("invalid_request".into(), field.into())), "{name}: {told:?}");
            }
        }
    }
}
