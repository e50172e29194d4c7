//! S-3: what an earlier version has written loads for ever. Each folder below `tests/formats/` was written once,
//! by the version that wrote that format; nothing in it is ever written again.

use serde_json::from_str;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tenantry::json::parse_document;
use tenantry::{EventName, Options, Tenantry, wire};
use tenantry_tests::actors::{host, registered_user, runtime, system};
use tenantry_tests::every::Every;
use tenantry_tests::rows::{Table, partial};
use tenantry_tests::{Value, World, canonical_text, json, text};

/// The formats that were ever written.
const FORMATS: [u32; 1] = [1];

/// The kinds of rows of version 1.
const KINDS: [&str; 16] = [
    "account",
    "active_admins",
    "company",
    "company_id",
    "connector",
    "email",
    "external_id",
    "group",
    "link_session",
    "organization",
    "organization_credential",
    "origin_user_id",
    "registered_user",
    "registration_token",
    "secret",
    "tool_pack",
];

/// How many kinds of events version 1 has.
const EVENTS_OF_V1: usize = 39;

/// What rows can say, as `field=value` of any object inside a row.
const SAID: &[&str] = &[
    "auth_scope=INDIVIDUAL",
    "auth_scope=ORGANIZATION",
    "auth_scope=SHARED",
    "cause=admin",
    "cause=deactivation",
    "cause=expired",
    "cause=null",
    "cause=refresh_failed",
    "cause=upstream",
    "cause=user",
    "environment=production",
    "environment=test",
    "external_account_id=null",
    "external_id=null",
    "external_id=root",
    "expires_at=null",
    "group_ids=null",
    "held=false",
    "held=true",
    "max_uses=2",
    "max_uses=null",
    "metadata=null",
    "method=link",
    "method=magic_link",
    "name=null",
    "next_due_at=null",
    "organization_id=null",
    "origin_company_id=globex",
    "origin_company_id=null",
    "origin_company_name=null",
    "origin_user_id=null",
    "resource_id=null",
    "resource_id=res_1",
    "revoked=false",
    "revoked=true",
    "role=admin",
    "role=member",
    "role=organization_admin",
    "scope=INDIVIDUAL",
    "scope=ORGANIZATION",
    "scope=SHARED",
    "status=active",
    "status=cancelled",
    "status=completed",
    "status=deactivated",
    "status=expired",
    "status=failed",
    "status=inactive",
    "status=needs_reauth",
    "status=pending",
    "status=revoked",
    "status=suspended",
    "tool_names=null",
    "user_type=HUMAN",
    "user_type=SYSTEM",
];

fn folder(format: u32) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("formats/v{format}"))
}

fn pinned(format: u32, name: &str) -> Value {
    let path = folder(format).join(name);
    from_str(&fs::read_to_string(&path).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()))).unwrap()
}

/// A row, an event or any other value in a line, so that a difference is seen.
fn lines(values: &[Value]) -> String {
    let lines: Vec<String> = values.iter().map(Value::to_string).collect();
    format!("[\n{}\n]\n", lines.join(",\n"))
}

/// Writes down the format of the code as it stands: once, before the format is changed.
#[test]
#[ignore = "writes files: it is run once for each format"]
fn pin_the_present_format() {
    let mut every = Every::new();
    let snapshot = every.world.state();
    let format = from_str::<Value>(&snapshot).unwrap()["format_version"].as_u64().unwrap();
    let folder = folder(u32::try_from(format).unwrap());
    fs::create_dir_all(&folder).unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.join(name);
        assert!(!path.exists(), "{} is there: a format is written down once", path.display());
        fs::write(path, text).unwrap();
    };
    write("snapshot.json", &format!("{snapshot}\n"));
    let rows = every.table.rows().into_iter();
    let rows = rows.map(|(key, row)| json!({"key": from_str::<Value>(&key).unwrap(), "row": row}));
    write("rows.json", &lines(&rows.collect::<Vec<_>>()));
    write("journal.json", &lines(&every.world.events));
    let journal = every.world.journal(&host(), &json!({}), 200);
    write("journal-in-memory.json", &lines(&journal));
}

/// All `field=value` of the objects in a value, of values that are texts, flags or null.
fn said(value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| said(item, into)),
        Value::Object(members) => {
            for (field, member) in members {
                match member {
                    Value::String(text) => into.insert(format!("{field}={text}")),
                    Value::Null | Value::Bool(_) | Value::Number(_) => into.insert(format!("{field}={member}")),
                    _ => false,
                };
                said(member, into);
            }
        }
        _ => {}
    }
}

fn every_kind_is_in(rows: &[Value]) {
    let kinds: BTreeSet<String> = rows.iter().map(|row| text(row, "/key/0")).collect();
    assert!(kinds.iter().eq(KINDS.iter()), "{kinds:?}");
    let mut there = BTreeSet::new();
    rows.iter().for_each(|row| said(&row["row"], &mut there));
    let missing: Vec<&&str> = SAID.iter().filter(|said| !there.contains(**said)).collect();
    assert!(missing.is_empty(), "no row says {missing:?}");
    let life = |kind: &str| rows.iter().filter(|row| row["row"]["life"].get(kind).is_some()).count();
    assert!(life("present") > 3 && life("deleted") > 1);
}

fn names_of(events: &[Value]) -> BTreeSet<String> {
    events.iter().map(|event| text(event, "/event")).collect()
}

#[test]
fn s_3_what_is_pinned_next_has_every_kind_of_row_and_every_event() {
    let every = Every::new();
    let rows: Vec<Value> = every
        .table
        .rows()
        .into_iter()
        .map(|(key, row)| json!({"key": from_str::<Value>(&key).unwrap(), "row": row}))
        .collect();
    every_kind_is_in(&rows);
    let all: BTreeSet<String> = EventName::ALL.iter().map(|name| text(&json!([name]), "/0")).collect();
    assert_eq!(names_of(&every.world.events), all);
}

#[test]
fn s_3_the_pinned_files_hold_every_kind_of_row_and_every_event() {
    for format in FORMATS {
        every_kind_is_in(pinned(format, "rows.json").as_array().unwrap());
        let events = pinned(format, "journal.json");
        let events = events.as_array().unwrap();
        assert_eq!(names_of(events).len(), EVENTS_OF_V1);
        let mut there = BTreeSet::new();
        events.iter().for_each(|event| said(event, &mut there));
        for actor in ["access_key", "account", "anonymous", "registered_user", "system"] {
            assert!(there.contains(&format!("type={actor}")), "{actor}");
        }
        for cause in ["admin", "company_deleted", "deactivation", "deletion", "refresh_failed", "upstream", "user"] {
            assert!(there.contains(&format!("cause={cause}")), "{cause}");
        }
        let erased = pinned(format, "journal-in-memory.json");
        let erased = erased.as_array().unwrap();
        assert!(erased.iter().any(|event| event["redacted"] == true));
        assert!(erased.iter().any(|event| event["actor"].get("registered_user_id") == Some(&Value::Null)));
    }
}

/// What is done with a world to see that it works: decisions, links, calls, and time.
fn works(world: &mut World) {
    let find = |origin: &str| json!({"query": "find_registered_user", "origin_user_id": origin});
    let alice = text(&world.answers(system(), find("alice")), "/registered_user_id");
    for pack in ["own", "team", "all"] {
        for (connector, expected) in [
            ("asana", "allow"),
            ("figma", "allow"),
            ("notion", "allow"),
            ("slack", "allow"),
            ("zoom", "credential_revoked"),
        ] {
            assert_eq!(world.decides(&alice, pack, &format!("{connector}__post")), expected, "{pack} {connector}");
        }
        assert_eq!(world.decides(&alice, pack, "jira__read"), "reauth_required");
    }
    let sessions = world.answers(system(), json!({"query": "list_link_sessions", "registered_user_id": alice}));
    let pending = sessions["items"].as_array().unwrap().iter().filter(|session| session["status"] == "pending");
    let pending: Vec<Value> = pending.map(|session| session["link_session_id"].clone()).collect();
    assert_eq!(pending.len(), 3);
    for id in pending {
        world.accepts(registered_user(&alice), json!({"command": "complete_link", "link_session_id": id}));
    }
    for pack in ["own", "team", "all"] {
        let open = world.start_call(&alice, pack, "zoom__read");
        let finish = json!({
            "command": "finish_tool_call", "registered_user_id": alice, "tool_call_id": open, "result": "completed",
        });
        world.accepts(runtime(), finish);
    }
    world.user_with("newcomer", json!({"shared_credential_group": {"origin_company_id": "initech"}}));
    world.accepts(system(), json!({"command": "delete_registered_user", "registered_user_id": alice}));
    world.advance(Duration::from_secs(100 * 86_400));
    world.sweep();
    let state = world.state();
    assert!(!state.contains(&alice));
    let again = Tenantry::restore(&state, Options::default()).unwrap();
    assert_eq!(again.snapshot(), state);
}

#[test]
fn s_3_every_pinned_snapshot_is_restored_and_works() {
    for format in FORMATS {
        let events = pinned(format, "journal.json");
        let snapshot = pinned(format, "snapshot.json").to_string();
        let restored = Tenantry::restore(&snapshot, Options::default()).unwrap();
        let again = Tenantry::restore(&restored.snapshot(), Options::default()).unwrap();
        assert_eq!(again.snapshot(), restored.snapshot());
        works(&mut World::going_on(restored, events.as_array().unwrap()));
    }
    let first = fs::read_to_string(folder(1).join("first-snapshot.json")).unwrap();
    Tenantry::restore(first.trim_end(), Options::default()).unwrap();
}

#[test]
fn s_3_every_pinned_journal_folds_to_the_pinned_state() {
    for format in FORMATS {
        let kept = pinned(format, "journal.json");
        let snapshot = Tenantry::restore(&pinned(format, "snapshot.json").to_string(), Options::default()).unwrap();
        for name in ["journal.json", "journal-in-memory.json"] {
            let events = pinned(format, name);
            let text = events.to_string();
            let folded = wire::fold(&parse_document(&text).unwrap(), &parse_document("{}").unwrap()).unwrap();
            assert_eq!(folded.snapshot(), snapshot.snapshot(), "{name} of version {format}");
            works(&mut World::going_on(folded, kept.as_array().unwrap()));
        }
    }
}

#[test]
fn s_3_every_pinned_row_is_loaded_and_decides_as_the_snapshot_does() {
    for format in FORMATS {
        let rows = pinned(format, "rows.json");
        let mut whole = Tenantry::restore(&pinned(format, "snapshot.json").to_string(), Options::default()).unwrap();
        let mut table = Table::of_rows(rows.as_array().unwrap());
        let context = |entropy: u32| {
            json!({"now": "2026-05-10T10:00:00Z", "entropy": format!("{entropy:032x}"), "actor": system()}).to_string()
        };
        let alice =
            rows.as_array().unwrap().iter().find(|row| row["key"][0] == "origin_user_id" && row["key"][3] == "alice");
        let alice = text(alice.unwrap(), "/row/registered_user_id");
        let commands = [
            json!({"command": "create_registered_user", "origin_user_id": "alice"}),
            json!({"command": "start_link", "registered_user_id": alice, "connector": "zoom", "tool_pack_id": "team"}),
            json!({"command": "delete_registered_user", "registered_user_id": alice}),
            json!({"command": "delete_group", "group_id": "nothing"}),
            json!({"command": "revoke_credential", "owner": {"scope": "ORGANIZATION"}, "connector": "asana"}),
            json!({"command": "advance_time"}),
        ];
        for (index, command) in commands.iter().enumerate() {
            let (command, context) = (command.to_string(), context(u32::try_from(index).unwrap()));
            let mut instance = partial();
            table.prepare(&mut instance, &command, &context, None);
            let (command, context) = (parse_document(&command).unwrap(), parse_document(&context).unwrap());
            let expected = wire::execute(&mut whole, &command, &context);
            let outcome = wire::execute(&mut instance, &command, &context);
            let Ok(outcome) = outcome else {
                assert_eq!(outcome.unwrap_err().code(), expected.unwrap_err().code());
                continue;
            };
            let mut outcome: Value = from_str(&outcome).unwrap();
            table.commit(&mut outcome);
            assert_eq!(canonical_text(&outcome), expected.unwrap(), "{command:?}");
        }
        // All of them at once: each is a row of its key.
        let batch =
            rows.as_array().unwrap().iter().map(|row| json!({"key": row["key"], "row": row["row"], "revision": 1}));
        let batch = Value::Array(batch.collect()).to_string();
        wire::load(&mut partial(), &parse_document(&batch).unwrap()).unwrap();
    }
}
