//! S-3: rows say their format; newer ones are refused; an instance writes an older one where `row_format` says so.

use serde_json::from_str;
use tenantry::json::{parse_command, parse_document};
use tenantry::{Rejection, Tenantry, wire};
use tenantry_tests::actors::system;
use tenantry_tests::rows::{Table, partial};
use tenantry_tests::{Value, World, json, text, with, without};

fn hosted(options: Value) -> Tenantry {
    wire::new(&parse_command(&with(json!({"rows": true}), options).to_string()).unwrap()).unwrap()
}

fn load(row: &Value, key: &Value) -> Result<(), (String, String)> {
    let rows = json!([{"key": key, "revision": 1, "row": row}]).to_string();
    let loaded = wire::load(&mut partial(), &parse_document(&rows).unwrap());
    loaded.map_err(|refused| (refused.pointer().unwrap_or_default().to_owned(), refused.message().to_owned()))
}

/// A company with a credential that somebody has linked, as a row of the present format.
fn company() -> (Value, Value) {
    let mut world = World::shop();
    let alice = world.user_with("alice", json!({"shared_credential_group": {"origin_company_id": "c1"}}));
    world.link(&alice, "slack", Some("team"), json!({}));
    let rows = Table::of(&world.state()).rows();
    let (key, row) = rows.into_iter().find(|(key, _)| key.starts_with(r#"["company","#)).unwrap();
    (from_str(&key).unwrap(), row)
}

#[test]
fn s_3_a_row_is_judged_by_its_own_format() {
    let (key, row) = company();
    assert_eq!((&row["v"], load(&row, &key)), (&json!(2), Ok(())));
    let credential = |row: &Value, change: fn(Value) -> Value| {
        let mut row = row.clone();
        row["credentials"][0] = change(row["credentials"][0].take());
        row
    };
    // What format 2 has added may lack in a row of format 1, and in no other.
    let lacking = credential(&row, |held| without(held, "linked_by"));
    let (pointer, message) = load(&lacking, &key).unwrap_err();
    assert_eq!(pointer, "/0/row/credentials/0/linked_by");
    assert!(message.contains("`linked_by` is required"), "{message}");
    assert_eq!(load(&without(lacking.clone(), "v"), &key), Ok(()));
    assert_eq!(load(&with(lacking.clone(), json!({"v": 1})), &key), Ok(()));
    // What no format has is unknown in all of them, and what all have is required in all.
    for row in [lacking, row.clone()] {
        for version in [json!({"v": 1}), json!({"v": 2})] {
            let row = with(row.clone(), version);
            assert!(load(&with(row.clone(), json!({"colour": 1})), &key).is_err());
            assert!(load(&without(row, "members"), &key).is_err());
        }
    }
}

#[test]
fn s_3_what_is_newer_is_refused_with_both_numbers_and_what_to_do() {
    let (key, row) = company();
    let newer = with(row.clone(), json!({"v": 3, "colour": "red"}));
    let (pointer, message) = load(&newer, &key).unwrap_err();
    assert_eq!(pointer, "/0/row/v");
    for part in ["format 3", "newer than 2", "update tenantry"] {
        assert!(message.contains(part), "{message}");
    }
    for wrong in [json!(0), json!(-1), json!("2"), json!(1.5), Value::Null, json!([2])] {
        assert_eq!(load(&with(row.clone(), json!({"v": wrong})), &key).unwrap_err().0, "/0/row/v", "{wrong}");
    }
    // A snapshot likewise, before anything that only the newer one has.
    let snapshot = with(from_str(&World::new().state()).unwrap(), json!({"format_version": 7, "colours": []}));
    let refused = Tenantry::restore(&snapshot.to_string(), tenantry::Options::default()).map(|_| ()).unwrap_err();
    assert_eq!(refused.pointer.as_deref(), Some("/format_version"));
    for part in ["format 7", "newer than 2", "update tenantry"] {
        assert!(refused.message.contains(part), "{}", refused.message);
    }
}

#[test]
fn s_3_the_option_takes_the_formats_that_are_written() {
    for format in [json!(1), json!(2), Value::Null] {
        hosted(json!({"row_format": format}));
    }
    for wrong in [json!(0), json!(3), json!("1"), json!(1.5), json!(true)] {
        let options = json!({"row_format": wrong}).to_string();
        let options = parse_command(&options).unwrap();
        let refused = |rejection: Rejection| (text(&json!(rejection), "/code"), rejection.pointer.unwrap());
        let expected = ("invalid_request".to_owned(), "/row_format".to_owned());
        assert_eq!(refused(wire::new(&options).map(|_| ()).unwrap_err()), expected, "{wrong}");
        let empty = World::new().state();
        let restored = wire::restore(&parse_document(&empty).unwrap(), &options);
        assert_eq!(refused(restored.map(|_| ()).unwrap_err()), expected, "{wrong}");
    }
}

/// Executes a command on a table with an instance of some options: the changes that it wrote.
fn execute(table: &mut Table, options: Value, entropy: u32, command: &Value) -> Vec<Value> {
    let mut instance = hosted(options);
    let context = json!({"now": "2026-01-31T10:00:00Z", "entropy": format!("{entropy:032x}"), "actor": system()});
    let (command, context) = (command.to_string(), context.to_string());
    table.prepare(&mut instance, &command, &context, None);
    let (command, context) = (parse_command(&command).unwrap(), parse_command(&context).unwrap());
    let mut outcome = from_str::<Value>(&wire::execute(&mut instance, &command, &context).unwrap()).unwrap();
    let changes = outcome["changes"].as_array().unwrap().clone();
    table.commit(&mut outcome);
    changes
}

#[test]
fn s_3_a_rolling_deploy_writes_the_old_format_until_somebody_writes_the_new() {
    let old = json!({"row_format": 1});
    // Rows as version 1 has left them.
    let mut world = World::shop();
    let alice = world.user_with("alice", json!({"shared_credential_group": {"origin_company_id": "c1"}}));
    let session = world.start_link(&alice, "slack", Some("team"));
    let state = world.state();
    let restored = wire::restore(&parse_document(&state).unwrap(), &parse_command(&old.to_string()).unwrap()).unwrap();
    let rows = Table::of(&restored.snapshot()).rows();
    let mut table = Table::of_rows(
        &rows
            .into_iter()
            .map(|(key, row)| json!({"key": from_str::<Value>(&key).unwrap(), "row": without(row, "v")}))
            .collect::<Vec<_>>(),
    );
    let is_old = |change: &Value| {
        let row = change["row"].to_string();
        !row.contains("linked") && change["row"].get("v").is_none()
    };

    // First step: the new code everywhere, which still writes what the old code reads.
    let complete = json!({"command": "complete_link", "link_session_id": session});
    let changes = execute(&mut table, old.clone(), 1, &complete);
    assert!(changes.len() > 1 && changes.iter().all(is_old), "{changes:?}");
    let again =
        json!({"command": "start_link", "registered_user_id": alice, "connector": "slack", "tool_pack_id": "team"});
    let changes = execute(&mut table, old.clone(), 2, &again);
    assert!(changes.iter().all(is_old));
    let started = changes.iter().find(|change| change["key"][0] == "link_session").unwrap();

    // Second step: one host after the other writes the new format. What it has written, the others keep.
    let complete = json!({"command": "complete_link", "link_session_id": started["row"]["link_session_id"]});
    let changes = execute(&mut table, json!({}), 3, &complete);
    assert!(changes.iter().all(|change| change["row"]["v"] == 2));
    let patch = json!({
        "command": "update_registered_user", "registered_user_id": alice, "patch": {"origin_user_name": "A"},
    });
    let changes = execute(&mut table, old.clone(), 4, &patch);
    assert!(changes.iter().any(|change| change["row"]["linked"][0]["connector"] == "slack"), "{changes:?}");
    let untouched = json!({"command": "put_connector", "connector": "linear", "tools": []});
    assert!(execute(&mut table, old, 5, &untouched).iter().all(is_old), "no row of the new format was read");

    // In the end nothing is lost: the deletion knows what was linked.
    let delete = json!({"command": "delete_registered_user", "registered_user_id": alice});
    let mut instance = partial();
    let context = json!({"now": "2026-01-31T10:00:00Z", "actor": system()}).to_string();
    table.prepare(&mut instance, &delete.to_string(), &context, None);
    let delete = delete.to_string();
    let (delete, context) = (parse_command(&delete).unwrap(), parse_command(&context).unwrap());
    let outcome: Value = from_str(&wire::execute(&mut instance, &delete, &context).unwrap()).unwrap();
    assert_eq!(outcome["response"]["linked_for_others"][0]["owner"]["origin_company_id"], "c1");
}

#[test]
fn s_3_a_snapshot_of_the_old_format_is_what_version_1_wrote() {
    let pinned = include_str!("../formats/v1/snapshot.json").trim_end();
    let options = parse_command(r#"{"row_format": 1}"#).unwrap();
    let restored = wire::restore(&parse_document(pinned).unwrap(), &options).unwrap();
    assert_eq!(restored.snapshot(), pinned);
    let present = wire::restore(&parse_document(pinned).unwrap(), &parse_command("{}").unwrap()).unwrap();
    assert!(present.snapshot().contains(r#""format_version":2"#));
}
