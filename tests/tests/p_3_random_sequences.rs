//! P-3, M-3, M-4, D-5, I-4, I-8, I-9 over random sequences of commands. The world itself looks, at
//! every step, that a rejection changes nothing, that a preview tells what happens, and that streams
//! have no gaps.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::time::Duration;
use tenantry_tests::actors::{in_test, management, of, runtime, system};
use tenantry_tests::random::COMMON_EVENTS;
use tenantry_tests::{OTHER, Value, World, json};

type Step = (u8, u8, u8, u8);

/// What a sequence has made so far, to be named by later commands.
struct Play {
    world: World,
    users: Vec<(String, Value)>,
    sessions: Vec<(String, Value)>,
    calls: Vec<(String, String, Value)>,
    foreign: Vec<String>,
}

#[derive(Default)]
struct Coverage {
    accepted: u64,
    all: u64,
    events: BTreeMap<String, u64>,
    codes: BTreeMap<String, u64>,
}

fn pick<T: Clone>(list: &[T], index: u8) -> Option<T> {
    if list.is_empty() { None } else { list.get(usize::from(index) % list.len()).cloned() }
}

const CONNECTORS: [&str; 3] = ["slack", "github", "jira"];
const SCOPES: [&str; 3] = ["INDIVIDUAL", "SHARED", "ORGANIZATION"];

impl Play {
    fn new() -> Self {
        let mut world = World::with_policy(json!({"retention_days": 1}));
        for connector in CONNECTORS {
            world.connector(connector, &["a", "b"]);
        }
        for (index, scope) in SCOPES.iter().enumerate() {
            let entries: Vec<Value> =
                CONNECTORS.iter().map(|slug| json!({"connector": slug, "auth_scope": scope})).collect();
            world.pack(&format!("p{index}"), json!(entries));
        }
        let mut foreign = Vec::new();
        for origin in ["foreign-1", "foreign-2"] {
            let create = json!({
                "command": "create_registered_user", "origin_user_id": origin, "origin_user_name": "secret-foreigner",
                "shared_credential_group": {"origin_company_id": "foreign-company"},
            });
            let outcome = world.accepts(of(system(), OTHER), create);
            foreign.push(tenantry_tests::text(&outcome, "/response/registered_user_id"));
        }
        Play { world, users: Vec::new(), sessions: Vec::new(), calls: Vec::new(), foreign }
    }

    /// The actor and the command of a step; none where there is nothing yet to name.
    fn command(&mut self, (op, a, b, c): Step) -> Option<(Value, Value)> {
        let place = if a % 4 == 0 { in_test(system()) } else { system() };
        let company = format!("c{}", b % 3);
        let connector = CONNECTORS[usize::from(b % 3)];
        // Links and calls are about the first two, so that they meet each other.
        let user = if matches!(op % 20, 12 | 13 | 16 | 17) { pick(&self.users, a % 2) } else { pick(&self.users, a) };
        let of_user = |name: &str, members: Value| {
            let (id, place) = user.clone()?;
            let command = tenantry_tests::with(json!({"command": name, "registered_user_id": id}), members);
            Some((place, command))
        };
        let owner = || {
            let (id, _) = user.clone()?;
            Some(match c % 4 {
                0 => json!({"scope": "SHARED", "origin_company_id": company}),
                1 => json!({"scope": "ORGANIZATION"}),
                _ => json!({"scope": "INDIVIDUAL", "registered_user_id": id}),
            })
        };
        match op % 20 {
            0..=2 => {
                let group = (b % 2 == 0)
                    .then(|| json!({"origin_company_id": company, "origin_company_name": format!("n{}", c % 3)}));
                let origin = format!("u{}", c % 6);
                Some((
                    place,
                    json!({"command": "create_registered_user", "origin_user_id": origin, "shared_credential_group": group}),
                ))
            }
            3 => Some((in_test(system()), json!({"command": "create_test_user"}))),
            4 => of_user("update_registered_user", json!({"patch": {"is_active": b % 2 == 0, "user_type": "SYSTEM"}})),
            5 => {
                let group = if c % 3 == 0 { Value::Null } else { json!({"origin_company_id": company}) };
                of_user("update_registered_user", json!({"patch": {"shared_credential_group": group}}))
            }
            6 => of_user("update_registered_user", json!({"patch": {"custom_groupings": {"k": format!("{}", c % 2)}}})),
            7 if b % 3 == 0 => of_user("delete_registered_user", json!({})),
            7 => of_user("set_retention_hold", json!({"held": c % 2 == 0})),
            8 => Some((place, json!({"command": "delete_company", "origin_company_id": company}))),
            9 => {
                let rule = if c % 2 == 0 { json!({"all": []}) } else { json!({"attribute": "k", "equals": "1"}) };
                Some((
                    system(),
                    json!({"command": "put_group", "group_id": format!("g{}", b % 2), "name": "G", "rule": rule}),
                ))
            }
            10 => {
                let entry = json!({"connector": connector, "auth_scope": SCOPES[usize::from(c % 3)]});
                let groups = (a % 3 == 0).then(|| json!([format!("g{}", b % 2)]));
                let id = format!("q{}", a % 2);
                Some((
                    system(),
                    json!({"command": "put_tool_pack", "tool_pack_id": id, "name": "Q", "connectors": [entry], "group_ids": groups}),
                ))
            }
            11 => Some((
                system(),
                match c % 4 {
                    0 => json!({"command": "delete_tool_pack", "tool_pack_id": format!("q{}", a % 2)}),
                    1 => json!({"command": "delete_group", "group_id": format!("g{}", a % 2)}),
                    2 => json!({"command": "delete_connector", "connector": "zoom"}),
                    _ => json!({"command": "put_connector", "connector": "zoom", "tools": ["a"]}),
                },
            )),
            12 | 13 => of_user("start_link", json!({"connector": connector, "tool_pack_id": format!("p{}", c % 3)})),
            14 | 15 => {
                let session = if c % 4 == 0 { pick(&self.sessions, a) } else { self.sessions.last().cloned() };
                let (id, place) = session?;
                let mut now = self.world.clone();
                now.advance(Duration::from_secs(1 + 3600 * u64::from(b)));
                let expires_at = (b % 2 == 0).then(|| now.now());
                Some((
                    place,
                    if a % 8 == 7 {
                        json!({"command": "fail_link", "link_session_id": id})
                    } else {
                        json!({"command": "complete_link", "link_session_id": id, "expires_at": expires_at})
                    },
                ))
            }
            16 => {
                let (_, place) = user.clone()?;
                let command = json!({"owner": owner()?, "connector": connector});
                Some((
                    place,
                    match a % 3 {
                        0 => tenantry_tests::with(command, json!({"command": "revoke_credential"})),
                        1 => tenantry_tests::with(command, json!({"command": "report_credential", "status": "active"})),
                        _ => tenantry_tests::with(
                            command,
                            json!({"command": "report_credential", "status": "needs_reauth"}),
                        ),
                    },
                ))
            }
            17 => of_user(
                "start_tool_call",
                json!({"tool_pack_id": format!("p{}", c % 3), "tool": format!("{connector}__a")}),
            ),
            18 => {
                let (user, id, place) = pick(&self.calls, a)?;
                Some((
                    place,
                    json!({"command": "finish_tool_call", "registered_user_id": user, "tool_call_id": id, "result": "completed"}),
                ))
            }
            _ => {
                self.world.advance(Duration::from_secs(300 * u64::from(b)));
                Some((json!({"type": "system"}), json!({"command": "advance_time"})))
            }
        }
    }

    fn step(&mut self, step: Step, coverage: &mut Coverage) {
        let Some((actor, command)) = self.command(step) else { return };
        let version = |world: &mut World, id: &Value, actor: &Value| {
            let query = json!({"query": "get_registered_user", "registered_user_id": id});
            world.query(actor.clone(), query).ok().map(|user| (user["version"].clone(), user["status"].clone()))
        };
        let id = command.get("registered_user_id").cloned().unwrap_or_default();
        let before = version(&mut self.world, &id, &actor);
        coverage.all += 1;
        let outcome = match self.world.execute(actor.clone(), command.clone()) {
            Ok(outcome) => outcome,
            Err(rejection) => {
                let code = tenantry_tests::text(&rejection, "/code");
                assert!(code != "invalid_request" || command["command"] == "complete_link", "{command}: {rejection}");
                return *coverage.codes.entry(code).or_default() += 1;
            }
        };
        coverage.accepted += 1;
        let names = tenantry_tests::event_names(&outcome);
        // M-3: one more for a change of profile or status, and nothing else.
        if let (Some((before, _)), Some((after, status))) = (before, version(&mut self.world, &id, &actor)) {
            let changed = names.iter().any(|name| {
                matches!(
                    name.as_str(),
                    "registered_user_updated" | "registered_user_deactivated" | "registered_user_reactivated"
                )
            });
            assert_eq!(after.as_u64(), before.as_u64().map(|version| version + u64::from(changed)), "{command}");
            // I-4: nothing of a deactivated user's own is live.
            if status == "deactivated" {
                let list = json!({"query": "list_credentials", "registered_user_id": id});
                let held = self.world.answers(actor.clone(), list);
                for held in held["items"].as_array().unwrap() {
                    assert!(held["owner"]["scope"] != "INDIVIDUAL" || held["status"] == "revoked", "{held}");
                }
            }
        }
        for name in names {
            *coverage.events.entry(name).or_default() += 1;
        }
        let response = &outcome["response"];
        if response["created"] == true {
            self.users.push((tenantry_tests::text(response, "/registered_user_id"), actor));
        } else if command["command"] == "start_link" {
            self.sessions.push((tenantry_tests::text(response, "/link_session_id"), actor));
        } else if let (Some(call), Some(user)) = (response["tool_call_id"].as_str(), id.as_str()) {
            self.calls.push((user.into(), call.into(), actor));
        }
    }

    /// I-8: what an actor of this organization is answered holds nothing of another's.
    fn nothing_foreign_shows(&mut self) {
        let mut seen = String::new();
        for actor in [management(), in_test(management()), system()] {
            for name in ["list_registered_users", "list_companies", "list_connectors", "list_tool_packs", "list_groups"]
            {
                seen += &self.world.answers(actor.clone(), json!({"query": name, "limit": 200})).to_string();
            }
            for id in self.foreign.clone() {
                for name in ["get_registered_user", "list_credentials", "groups_of", "list_link_sessions"] {
                    let query = |id: &str| json!({"query": name, "registered_user_id": id});
                    let missing = self.world.refuses(actor.clone(), query("nobody"), "registered_user_not_found");
                    assert_eq!(self.world.query(actor.clone(), query(&id)), Err(missing));
                }
                let call = |id: &str| json!({"registered_user_id": id, "tool_pack_id": "p0", "tool": "slack__a"});
                let missing = self.world.authorize(runtime(), &call("nobody"));
                assert_eq!(self.world.authorize(runtime(), &call(&id)), missing);
            }
        }
        assert!(!seen.contains("foreign"), "{seen}");
        assert!(self.foreign.iter().all(|id| !seen.contains(id)), "{seen}");
    }
}

#[test]
fn p_3_random_sequences_of_commands() {
    let coverage = RefCell::new(Coverage::default());
    let config = Config { cases: 48, failure_persistence: None, ..Config::default() };
    let rng = TestRunner::deterministic().rng().clone();
    let mut runner = TestRunner::new_with_rng(config, rng);
    let steps = prop::collection::vec(any::<Step>(), 80..140);
    runner
        .run(&steps, |steps| {
            let mut play = Play::new();
            for step in steps {
                play.step(step, &mut coverage.borrow_mut());
            }
            play.nothing_foreign_shows();
            Ok(())
        })
        .unwrap();
    let Coverage { accepted, all, events, codes } = coverage.into_inner();
    println!("{accepted} of {all} accepted\nevents: {events:#?}\ncodes: {codes:#?}");
    assert!(accepted * 10 >= all * 3, "only {accepted} of {all} commands were accepted");
    let more = ["company_renamed", "registered_user_purged", "tool_call_expired"];
    let missing: Vec<_> = COMMON_EVENTS.iter().chain(&more).filter(|name| !events.contains_key(**name)).collect();
    assert!(missing.is_empty(), "no sequence reached {missing:?}");
    assert!(codes.len() >= 10, "few codes: {codes:?}");
}
