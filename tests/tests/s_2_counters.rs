//! S-2: what a row says by itself is looked at wherever it comes from; counters at their end neither overflow nor
//! make a state that cannot be read again.

use serde_json::from_str;
use tenantry::json::{parse_command, parse_document};
use tenantry::{Options, Tenantry, wire};
use tenantry_tests::accounts::{issue, register};
use tenantry_tests::actors::{anonymous, host, system};
use tenantry_tests::rows::{Table, partial};
use tenantry_tests::{Value, World, json, with};

const END: u64 = (1 << 53) - 1;
const END_OF_32: u32 = u32::MAX;

/// Sets every member with one of these names.
fn set(value: &mut Value, names: &[&str], to: &Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| set(item, names, to)),
        Value::Object(members) => {
            for (name, member) in members {
                if names.contains(&name.as_str()) {
                    *member = to.clone();
                } else {
                    set(member, names, to);
                }
            }
        }
        _ => {}
    }
}

/// A world with a user that is linked, an admin and a token without limit.
fn world() -> (World, String, String) {
    let mut world = World::shop();
    let alice = world.user_with("alice", json!({"shared_credential_group": {"origin_company_id": "c1"}}));
    for pack in ["own", "team", "all"] {
        world.link(&alice, "slack", Some(pack), json!({}));
    }
    let admin = world.account_with("root@acme.example", json!({"role": "admin"}));
    world.accepts(host(), with(issue(), json!({"max_uses": null})));
    (world, alice, admin)
}

/// Commands that count everything on.
fn commands(alice: &str, admin: &str) -> Vec<(Value, Value)> {
    let of = |name: &str, owner: Value| json!({"command": name, "owner": owner, "connector": "slack"});
    let company = json!({"origin_company_id": "c1", "origin_company_name": "Named"});
    vec![
        (
            system(),
            json!({
                "command": "update_registered_user", "registered_user_id": alice,
                "patch": {"origin_user_name": "A", "shared_credential_group": company},
            }),
        ),
        (system(), of("revoke_credential", json!({"scope": "ORGANIZATION"}))),
        (system(), of("revoke_credential", json!({"scope": "SHARED", "origin_company_id": "c1"}))),
        (
            system(),
            json!({"command": "create_registered_user", "origin_user_id": "bob", "shared_credential_group": company}),
        ),
        (system(), json!({"command": "put_connector", "connector": "linear", "tools": []})),
        (
            system(),
            json!({
                "command": "put_tool_pack", "tool_pack_id": "more", "name": "More", "connectors": [{"connector": "slack"}],
            }),
        ),
        (
            host(),
            json!({
                "command": "create_user", "name": "Second", "email": "second@acme.example", "role": "admin",
            }),
        ),
        (host(), json!({"command": "update_user", "user_id": admin, "patch": {"name": "Other"}})),
        (host(), json!({"command": "set_user_status", "user_id": admin, "status": "inactive"})),
        (host(), json!({"command": "delete_user", "user_id": admin})),
        (anonymous(), register("erin@acme.example")),
    ]
}

#[test]
fn s_2_a_snapshot_whose_counters_are_at_their_end_goes_on() {
    let (world, alice, admin) = world();
    for end in [END, END - 1] {
        let mut snapshot: Value = from_str(&world.state()).unwrap();
        set(&mut snapshot, &["sequence", "version", "generation", "uses"], &json!(end));
        let mut tenantry = Tenantry::restore(&snapshot.to_string(), Options::default()).unwrap();
        for (index, (actor, command)) in commands(&alice, &admin).into_iter().enumerate() {
            let entropy = format!("{:032x}", (1_u64 << 40) + index as u64);
            let context = json!({"now": "2026-02-01T10:00:00Z", "actor": actor, "entropy": entropy}).to_string();
            let command = command.to_string();
            let (command, context) = (parse_command(&command).unwrap(), parse_command(&context).unwrap());
            let outcome = wire::execute(&mut tenantry, &command, &context).unwrap();
            assert!(!from_str::<Value>(&outcome).unwrap()["events"].as_array().unwrap().is_empty(), "{command:?}");
            let state = tenantry.snapshot();
            tenantry = Tenantry::restore(&state, Options::default()).unwrap();
            assert_eq!(tenantry.snapshot(), state);
        }
    }
    let mut beyond: Value = from_str(&world.state()).unwrap();
    set(&mut beyond, &["sequence"], &json!(END + 1));
    assert!(Tenantry::restore(&beyond.to_string(), Options::default()).is_err());
}

#[test]
fn s_2_rows_whose_counters_are_at_their_end_go_on() {
    let (world, alice, admin) = world();
    for less in [0, 1] {
        let rows: Vec<Value> = Table::of(&world.state())
            .rows()
            .into_iter()
            .map(|(key, mut row)| {
                let end = json!(END - less);
                set(&mut row, &["sequence", "version", "generation", "uses", "count"], &end);
                let counted = if key.starts_with(r#"["tool_pack"#) {
                    &["none"][..]
                } else {
                    &["members", "connectors", "tool_packs", "groups"][..]
                };
                set(&mut row, counted, &json!(u64::from(END_OF_32) - less));
                json!({"key": from_str::<Value>(&key).unwrap(), "row": row})
            })
            .collect();
        let mut table = Table::of_rows(&rows);
        for (index, (actor, command)) in commands(&alice, &admin).into_iter().enumerate() {
            let entropy = format!("{:032x}", (1_u64 << 40) + index as u64);
            let context = json!({"now": "2026-02-01T10:00:00Z", "actor": actor, "entropy": entropy}).to_string();
            let command = command.to_string();
            let mut instance = partial();
            table.prepare(&mut instance, &command, &context, None);
            let (read, context) = (parse_command(&command).unwrap(), parse_command(&context).unwrap());
            match wire::execute(&mut instance, &read, &context) {
                // A count of connectors or packs beyond the limit is at the limit.
                Err(refused) => assert_eq!(refused.code().as_str(), "limit_exceeded", "{command}: {refused}"),
                Ok(outcome) => {
                    table.commit(&mut from_str(&outcome).unwrap());
                }
            }
            let all: Vec<Value> = table
                .rows()
                .into_iter()
                .map(|(key, row)| json!({"key": from_str::<Value>(&key).unwrap(), "revision": 1, "row": row}))
                .collect();
            wire::load(&mut partial(), &parse_document(&json!(all).to_string()).unwrap()).unwrap();
        }
    }
}

#[test]
fn s_2_a_loaded_row_must_hold_to_its_own_rules() {
    let (mut world, alice, _) = world();
    // With nothing of a profile, a user may be one whose events were redacted (E-5).
    world.patch(&alice, json!({"origin_user_name": "Alice"}));
    let table = Table::of(&world.state());
    let user = json!(["registered_user", alice]).to_string();
    let company = r#"["company","org_acme","production","c1"]"#.to_owned();
    let organization = r#"["organization_credential","org_acme","production","slack"]"#.to_owned();
    let mut token = table.rows().into_keys().filter(|key| key.starts_with(r#"["registration_token""#));
    let token = token.next().unwrap();
    let cases = [
        (&user, "/sequence", json!(0)),
        (&user, "/life/present/version", json!(0)),
        (&user, "/life/present/origin_user_id", Value::Null),
        (&user, "/life/present/custom_groupings", json!({"": "x"})),
        (&user, "/life/present/credentials/0/generation", json!(0)),
        (&user, "/life/present/credentials/0/cause", json!("admin")),
        (&user, "/life/present/credentials/0/linked_by", json!("0197b2a0-0000-7000-8000-000000000000")),
        (&company, "/sequence", json!(0)),
        (&company, "/credentials/0/generation", json!(0)),
        (&organization, "/credential/generation", json!(0)),
        (&organization, "/credential/cause", json!("expired")),
        (&token, "/role", json!("admin")),
        (&token, "/max_uses", json!(0)),
    ];
    for (key, pointer, value) in cases {
        let mut row = table.rows()[key].clone();
        *row.pointer_mut(pointer).unwrap() = value.clone();
        let rows = json!([{"key": from_str::<Value>(key).unwrap(), "revision": 1, "row": row}]).to_string();
        let refused = wire::load(&mut partial(), &parse_document(&rows).unwrap()).unwrap_err();
        let at = refused.pointer().unwrap_or_default();
        assert!(at.starts_with(&format!("/0/row{pointer}")), "{key} {pointer} {value}: found at {at}");
    }
}
