//! H-1: executing on only the required rows gives the same bytes as executing on the whole state.

use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use tenantry::json::{parse_command, parse_document};
use tenantry::{Rejection, Tenantry, wire};
use tenantry_tests::actors;

/// A host with its rows in a table, as a database would have them.
#[derive(Default)]
struct Host {
    rows: BTreeMap<String, (u64, Value)>,
    revision: u64,
    loaded: usize,
}

fn partial() -> Tenantry {
    wire::new(&parse_command(r#"{"rows":true}"#).unwrap()).unwrap()
}

type Answer = Result<String, Rejection>;

impl Host {
    /// Loads what is missing until nothing is, but for one row where a test leaves it out.
    fn prepare(&mut self, instance: &mut Tenantry, request: &str, context: &str, without: Option<&str>) -> Vec<String> {
        let mut keys = Vec::new();
        for _ in 0..500 {
            let missing =
                wire::requirements(instance, &parse_command(request).unwrap(), &parse_command(context).unwrap());
            let Ok(missing) = missing else { return keys };
            let missing: Vec<Value> = serde_json::from_str(&missing).unwrap();
            let missing: Vec<Value> =
                missing.into_iter().filter(|key| Some(key.to_string().as_str()) != without).collect();
            if missing.is_empty() {
                return keys;
            }
            let mut batch = Vec::new();
            for key in missing {
                if key[0] == "due" {
                    let due =
                        |row: &Value| row["next_due_at"].as_str().is_some_and(|at| at <= key[1].as_str().unwrap());
                    let rows = self.rows.iter().filter(|(_, (_, row))| due(row));
                    batch.extend(rows.map(|(key, (revision, row))| {
                        json!({"key": serde_json::from_str::<Value>(key).unwrap(), "revision": revision, "row": row})
                    }));
                    batch.push(json!({"key": key, "revision": null, "row": null}));
                } else {
                    let found = self.rows.get(&key.to_string());
                    let (revision, row) =
                        found.cloned().map_or((json!(0), Value::Null), |(revision, row)| (json!(revision), row));
                    batch.push(json!({"key": key, "revision": revision, "row": row}));
                }
                keys.push(key.to_string());
            }
            self.loaded += batch.len();
            wire::load(instance, &parse_document(&json!(batch).to_string()).unwrap()).unwrap();
        }
        panic!("requirements never end for {request}");
    }

    /// Verifies the guards and writes the changes, as one transaction would.
    fn commit(&mut self, outcome: &mut Value) {
        let members = outcome.as_object_mut().unwrap();
        let guards = members.remove("guards").unwrap();
        let changes = members.remove("changes").unwrap();
        for guard in guards.as_array().unwrap() {
            let present = self.rows.get(&guard["key"].to_string()).map_or(0, |(revision, _)| *revision);
            assert_eq!(guard["revision"], json!(present), "{guard}");
        }
        for change in changes.as_array().unwrap() {
            let key = change["key"].to_string();
            self.revision += 1;
            match &change["row"] {
                Value::Null => self.rows.remove(&key),
                row => self.rows.insert(key, (self.revision, row.clone())),
            };
        }
    }
}

fn execute(instance: &mut Tenantry, command: &str, context: &str) -> Answer {
    wire::execute(instance, &parse_command(command).unwrap(), &parse_command(context).unwrap())
}

fn code(answer: &Answer) -> String {
    answer.as_ref().map_or_else(|rejection| rejection.code.to_string(), |_| "accepted".into())
}

/// Small numbers in no order.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    fn pick(&mut self, from: &[String]) -> Value {
        // The latest ones mostly: old sessions are over, old users are gone.
        let back = self.below(8) as usize;
        json!(from.iter().rev().nth(back).map_or("nobody", String::as_str))
    }
}

/// What a run has seen, to choose later commands from.
#[derive(Default)]
struct Seen {
    users: Vec<String>,
    sessions: Vec<String>,
    calls: Vec<String>,
}

fn command(dice: &mut Dice, seen: &Seen) -> Value {
    let company = json!(format!("company_{}", dice.below(3)));
    let connector = json!(["slack", "jira"][dice.below(2) as usize]);
    let scope = ["INDIVIDUAL", "SHARED", "ORGANIZATION"][dice.below(3) as usize];
    let owner = |dice: &mut Dice| match dice.below(3) {
        0 => json!({"scope": "SHARED", "origin_company_id": "company_1"}),
        1 => json!({"scope": "ORGANIZATION"}),
        _ => json!({"scope": "INDIVIDUAL", "registered_user_id": dice.pick(&seen.users)}),
    };
    match dice.below(20) {
        0..3 => json!({
            "command": "create_registered_user", "origin_user_id": format!("user_{}", dice.below(9)),
            "shared_credential_group": {"origin_company_id": company, "origin_company_name": format!("name {}", dice.below(2))},
        }),
        3 => json!({"command": "create_registered_user", "origin_user_id": format!("user_{}", dice.below(9))}),
        4 => json!({"command": "update_registered_user", "registered_user_id": dice.pick(&seen.users),
            "patch": {"shared_credential_group": {"origin_company_id": company}}}),
        5 => json!({"command": "update_registered_user", "registered_user_id": dice.pick(&seen.users),
            "patch": {"is_active": dice.below(3) > 0, "custom_groupings": {"region": "EU"}}}),
        6 if dice.below(3) == 0 => {
            json!({"command": "delete_registered_user", "registered_user_id": dice.pick(&seen.users)})
        }
        7 => json!({"command": "delete_company", "origin_company_id": company}),
        8 => json!({"command": "put_connector", "connector": connector, "tools": ["read", "write"]}),
        9 => {
            json!({"command": "put_group", "group_id": "eu", "name": "EU", "rule": {"attribute": "region", "equals": "EU"}})
        }
        10 => json!({"command": "put_tool_pack", "tool_pack_id": "pack", "name": "Pack",
            "connectors": [{"connector": "slack", "auth_scope": scope}],
            "group_ids": if dice.below(3) == 0 { json!(["eu"]) } else { Value::Null }}),
        11 | 12 => json!({"command": "start_link", "registered_user_id": dice.pick(&seen.users), "connector": "slack",
            "tool_pack_id": if dice.below(4) == 0 { Value::Null } else { json!("pack") }}),
        13 | 14 => json!({"command": "complete_link", "link_session_id": dice.pick(&seen.sessions)}),
        15 => json!({"command": "revoke_credential", "owner": owner(dice), "connector": "slack"}),
        16 => json!({"command": "report_credential", "owner": owner(dice), "connector": "slack", "status": "active",
            "expires_at": "2027-01-01T00:00:00Z"}),
        17 => {
            json!({"command": "start_tool_call", "registered_user_id": dice.pick(&seen.users), "tool_pack_id": "pack", "tool": "slack__read"})
        }
        18 => {
            let call = dice.pick(&seen.calls);
            let (user, call) = call.as_str().and_then(|call| call.split_once(' ')).unwrap_or(("nobody", "nothing"));
            json!({"command": "finish_tool_call", "registered_user_id": user, "tool_call_id": call, "result": "completed"})
        }
        _ => json!({"command": "advance_time"}),
    }
}

#[test]
fn h_1_executing_on_the_required_rows_gives_the_bytes_of_the_whole_state() {
    let mut commands = BTreeSet::new();
    let (mut accepted, mut all) = (0, 0);
    for seed in 0..12 {
        let mut dice = Dice(seed);
        let mut whole = wire::new(&tenantry::json::Value::Null).unwrap();
        let mut host = Host::default();
        let mut seen = Seen::default();
        for step in 0..160_u64 {
            let at =
                tenantry::Timestamp::from_millis(1_780_000_000_000 + i64::try_from(step).unwrap() * 120_000).unwrap();
            let context =
                json!({"now": at, "actor": actors::system(), "entropy": format!("{:032x}", step + 1)}).to_string();
            let (request, context) = if step == 0 {
                let context = json!({"now": at, "actor": actors::host(), "entropy": format!("{:032x}", 1)}).to_string();
                let organization_id = actors::system()["organization_id"].clone();
                (json!({"command": "create_organization", "organization_id": organization_id, "name": "Acme"}), context)
            } else {
                (command(&mut dice, &seen), context)
            };
            let text = request.to_string();
            let mut instance = partial();
            let required = host.prepare(&mut instance, &text, &context, None);
            let expected = execute(&mut whole, &text, &context);

            // Without any one of them it is an error, not an absent row.
            if step % 16 == 1 {
                for key in &required {
                    let mut lacking = partial();
                    host.prepare(&mut lacking, &text, &context, Some(key));
                    let rejection = execute(&mut lacking, &text, &context).unwrap_err();
                    assert!(
                        rejection.message.contains(key) && rejection.message.contains("was not loaded"),
                        "{rejection}"
                    );
                }
            }
            let answer = execute(&mut instance, &text, &context);
            match (&expected, answer) {
                (Ok(expected), Ok(answer)) => {
                    let mut outcome: Value = serde_json::from_str(&answer).unwrap();
                    host.commit(&mut outcome);
                    assert_eq!(&tenantry::json::to_canonical(&outcome), expected, "{text}");
                    let response = &outcome["response"];
                    let note = |list: &mut Vec<String>, field: &str| {
                        list.extend(response[field].as_str().map(String::from));
                    };
                    note(&mut seen.users, "registered_user_id");
                    note(&mut seen.sessions, "link_session_id");
                    if let (Some(user), Some(call)) =
                        (request["registered_user_id"].as_str(), response["tool_call_id"].as_str())
                    {
                        seen.calls.push(format!("{user} {call}"));
                    }
                    accepted += 1;
                    commands.insert(request["command"].to_string());
                }
                (expected, answer) => assert_eq!(code(expected), code(&answer), "{text}"),
            }
            all += 1;

            // A decision on rows is the decision on the whole.
            if step == 0 {
                continue;
            }
            let call =
                json!({"registered_user_id": dice.pick(&seen.users), "tool_pack_id": "pack", "tool": "slack__read"})
                    .to_string();
            let mut instance = partial();
            host.prepare(&mut instance, &call, &context, None);
            let decide = |world: &Tenantry| {
                wire::authorize(world, &parse_command(&call).unwrap(), &parse_command(&context).unwrap()).unwrap()
            };
            assert_eq!(decide(&instance), decide(&whole));
        }
    }
    println!("accepted {accepted} of {all}; {} kinds of commands: {commands:?}", commands.len());
    assert!(accepted * 10 >= all * 3, "accepted {accepted} of {all}");
    assert!(commands.len() >= 14, "{commands:?}");
}
