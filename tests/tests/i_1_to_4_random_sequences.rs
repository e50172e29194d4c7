//! I-1 to I-4 over random sequences of commands, beside models that share no code with the core: one
//! that has read the events alone, and one that decides from what queries answer.

use crate::ledger::Ledger;
use crate::runs::{Coverage, runs};
use proptest::collection::vec;
use proptest::prelude::any;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use tenantry::Timestamp;
use tenantry::json::parse_command;
use tenantry::wire;
use tenantry_tests::actors::{of, system};
use tenantry_tests::random::{COMMON_EVENTS, CONNECTORS, Known, PACKS, Person, Roll, TOOLS, lively, peopled};
use tenantry_tests::{Value, World, canonical_text, json, text, with};

/// The host in the place where a user lives.
fn host_of(person: &Person) -> Value {
    of(with(system(), json!({"environment": person.environment})), person.organization_id)
}

/// Random sequences of commands by random actors; every event goes into the ledger, and after each
/// step `check` looks at the world.
fn sequences(cases: u32, check: impl Fn(&mut World, &Known, &Ledger, &mut Coverage)) -> Coverage {
    let coverage = RefCell::new(Coverage::default());
    let start = peopled();
    runs(cases, &vec(any::<Roll>(), 20..60), |rolls| {
        let coverage = &mut *coverage.borrow_mut();
        let (mut world, mut known) = start.clone();
        // Some credentials will be over on the way.
        for person in known.users.iter().filter(|person| person.environment == "production").take(2) {
            world.link(&person.id, "jira", None, json!({"expires_at": "2026-01-31T20:00:00Z"}));
        }
        let mut ledger = Ledger::default();
        world.events.iter().for_each(|event| ledger.follow(event));
        for roll in rolls.into_iter().map(lively) {
            if roll[5] >= 232 {
                world.advance(Duration::from_secs(u64::from(roll[6]) * 1200));
            }
            let (actor, command) = (known.actor(roll, &world.now()), known.command(roll, &world.now()));
            match world.execute(actor, command) {
                Ok(outcome) => {
                    coverage.see("accepted");
                    known.learn(&outcome);
                    for event in outcome["events"].as_array().unwrap() {
                        ledger.follow(event);
                        coverage.see(&text(event, "/event"));
                    }
                }
                Err(rejection) => {
                    coverage.see("rejected");
                    coverage.see(&text(&rejection, "/code"));
                }
            }
            check(&mut world, &known, &ledger, coverage);
        }
        world.advance(Duration::from_secs(86_400));
        for event in world.sweep()["events"].as_array().unwrap() {
            ledger.follow(event);
            coverage.see(&text(event, "/event"));
        }
        check(&mut world, &known, &ledger, coverage);
        for scope in ledger.started {
            coverage.see(&format!("started at {scope}"));
        }
        Ok(())
    });
    coverage.into_inner()
}

/// At least 30 % accepted, and everything seen that such sequences can come to.
#[track_caller]
fn covers(coverage: &Coverage, more: &[&str]) {
    let reachable = [
        "account_created",
        "account_deleted",
        "account_status_changed",
        "account_updated",
        "organization_created",
        "registration_token_issued",
        "registration_token_revoked",
        // The codes.
        "company_not_empty",
        "connector_in_use",
        "connector_not_found",
        "connector_not_in_tool_pack",
        "credential_not_found",
        "forbidden",
        "group_in_use",
        "invalid_company_for_shared_scope",
        "link_session_closed",
        "link_session_not_found",
        "not_authenticated",
        "organization_not_found",
        "registered_user_inactive",
        "registered_user_not_found",
        "tool_call_not_found",
        "tool_pack_not_found",
        "tool_pack_not_permitted",
    ];
    coverage.covers(&[COMMON_EVENTS, &reachable[..], more].concat());
    let (accepted, rejected) = (coverage.count("accepted"), coverage.count("rejected"));
    println!("{accepted} of {} accepted", accepted + rejected);
    assert!(accepted * 10 >= (accepted + rejected) * 3, "mostly rejected");
}

/// Everything that decides a tool call, as queries show it to the host of one place.
struct Seen {
    users: BTreeMap<String, (Value, Vec<Value>)>,
    packs: Vec<Value>,
    connectors: Vec<Value>,
    groups: Vec<Value>,
}

impl Seen {
    fn of(world: &mut World, host: &Value, ids: &[&str]) -> Self {
        let mut list = |query: Value| {
            let page = world.query(host.clone(), with(query, json!({"limit": 200})))?;
            assert_eq!(page["next"], Value::Null);
            Ok::<_, Value>(page["items"].as_array().unwrap().clone())
        };
        let packs = list(json!({"query": "list_tool_packs"})).unwrap();
        let connectors = list(json!({"query": "list_connectors"})).unwrap();
        let groups = list(json!({"query": "list_groups"})).unwrap();
        let mut users = BTreeMap::new();
        for user in list(json!({"query": "list_registered_users"})).unwrap() {
            let id = text(&user, "/registered_user_id");
            let held = list(json!({"query": "list_credentials", "registered_user_id": id})).unwrap();
            users.insert(id, (user, held));
        }
        for id in ids {
            let found = list(json!({"query": "list_credentials", "registered_user_id": id}));
            assert_eq!(found.is_ok(), users.contains_key(*id), "the list and the look-up of {id} disagree");
        }
        Seen { users, packs, connectors, groups }
    }

    /// D-1 from the user on: the owner of the credential, or the code.
    fn decide(&self, id: &str, pack: &str, connector: &str, tool: &str, now: Timestamp) -> Result<Value, &'static str> {
        let (user, held) = self.users.get(id).ok_or("registered_user_not_found")?;
        if user["status"] != "active" {
            return Err("registered_user_inactive");
        }
        let pack = self.packs.iter().find(|known| known["tool_pack_id"] == pack).ok_or("tool_pack_not_found")?;
        if let Some(group_ids) = pack["group_ids"].as_array() {
            let groups = self.groups.iter().filter(|group| group_ids.contains(&group["group_id"]));
            if !groups.into_iter().any(|group| holds(&group["rule"], user)) {
                return Err("tool_pack_not_permitted");
            }
        }
        let entries = pack["connectors"].as_array().unwrap();
        let entry = entries.iter().find(|entry| entry["connector"] == connector).ok_or("connector_not_in_tool_pack")?;
        let named = entry["tool_names"].as_array().is_none_or(|names| names.iter().any(|name| name == tool));
        let offered = self.connectors.iter().find(|known| known["connector"] == connector);
        let offers = offered.is_some_and(|known| known["tools"].as_array().unwrap().iter().any(|name| name == tool));
        if !named || !offers {
            return Err("tool_not_in_tool_pack");
        }
        let owner = match entry["auth_scope"].as_str().unwrap() {
            "INDIVIDUAL" => json!({"scope": "INDIVIDUAL", "registered_user_id": id}),
            "SHARED" => match &user["shared_credential_group"] {
                Value::Null => return Err("invalid_company_for_shared_scope"),
                group => json!({"scope": "SHARED", "origin_company_id": group["origin_company_id"]}),
            },
            scope => json!({"scope": scope}),
        };
        let mut held = held.iter().filter(|held| held["owner"] == owner && held["connector"] == connector);
        let credential = held.next().ok_or("credential_required")?;
        assert!(held.next().is_none(), "I-2: two credentials of {owner} for {connector}");
        match credential["status"].as_str().unwrap() {
            "active" => {
                let expires_at = credential["expires_at"].as_str().map(|at| Timestamp::parse(at).unwrap());
                assert!(expires_at.is_none_or(|at| now < at), "active, and over: {credential}");
                Ok(owner)
            }
            "revoked" => Err("credential_revoked"),
            "needs_reauth" => Err("reauth_required"),
            other => panic!("an unknown status: {other}"),
        }
    }
}

/// TP-5, from the text of the contract.
fn holds(rule: &Value, user: &Value) -> bool {
    let parts = |name: &str| rule[name].as_array().cloned();
    let attribute = rule["attribute"].as_str().and_then(|key| user["custom_groupings"].get(key));
    if let Some(parts) = parts("all") {
        parts.iter().all(|part| holds(part, user))
    } else if let Some(parts) = parts("any") {
        parts.iter().any(|part| holds(part, user))
    } else if let Some(part) = rule.get("not") {
        !holds(part, user)
    } else if let Some(value) = rule.get("equals") {
        attribute == Some(value)
    } else if let Some(values) = parts("in") {
        attribute.is_some_and(|value| values.contains(value))
    } else if let Some(exists) = rule.get("exists") {
        attribute.is_some() == *exists
    } else if let Some(company) = rule.get("origin_company_id") {
        user["shared_credential_group"]["origin_company_id"] == *company
    } else {
        user["user_type"] == rule["user_type"]
    }
}

#[test]
fn i_1_a_call_is_allowed_exactly_where_two_models_say_so() {
    let coverage = sequences(150, |world, known, ledger, coverage| {
        if !world.events.len().is_multiple_of(5) {
            return;
        }
        let now = Timestamp::parse(&world.now()).unwrap();
        let everybody: Vec<&Person> = known.users.iter().chain(&known.strangers).collect();
        let places: BTreeSet<_> = everybody.iter().map(|person| (person.organization_id, person.environment)).collect();
        for (organization_id, environment) in places {
            let host = host_of(&Person { id: String::new(), organization_id, environment });
            let ids: Vec<&str> = everybody.iter().map(|person| person.id.as_str()).collect();
            let seen = Seen::of(world, &host, &ids);
            let host = host.to_string();
            let actor = wire::read_actor(&parse_command(&host).unwrap()).unwrap();
            let acting = world.tenantry.acting_as(&actor);
            // Everybody, whoever lives there or not.
            for id in ids {
                for pack in PACKS {
                    for connector in CONNECTORS {
                        for tool in TOOLS {
                            let expected = seen.decide(id, pack, connector, tool, now);
                            let code = acting.code(id, pack, &format!("{connector}__{tool}"), now).unwrap();
                            let code = code.map(|code| code.as_str());
                            assert_eq!(code, expected.as_ref().err().copied(), "{id} {pack} {connector}__{tool}");
                            coverage.see(code.unwrap_or("allow"));
                            let Ok(owner) = expected else { continue };
                            // The events tell the same: an active user, an active credential of that owner.
                            let holder = &ledger.users[id];
                            let key = (holder.place.clone(), canonical_text(&owner), connector.to_owned());
                            assert!(holder.active && holder.place == (organization_id.into(), environment.into()));
                            assert_eq!(ledger.credentials[&key].status_at(now), "active", "{key:?}");
                        }
                    }
                }
            }
        }
    });
    let codes = ["allow", "tool_not_in_tool_pack", "credential_required", "credential_revoked", "reauth_required"];
    let scopes = ["started at INDIVIDUAL", "started at SHARED", "started at ORGANIZATION"];
    covers(&coverage, &[&codes[..], &scopes].concat());
}

#[test]
fn i_2_one_credential_for_owner_and_connector_as_the_events_tell_it() {
    // That a first one is granted but once, and each next one is the next generation, the ledger asserts.
    let coverage = sequences(150, |world, known, ledger, coverage| {
        let now = Timestamp::parse(&world.now()).unwrap();
        for person in known.users.iter().chain(&known.strangers).filter(|person| ledger.users.contains_key(&person.id))
        {
            let list = json!({"query": "list_credentials", "registered_user_id": person.id, "limit": 200});
            let page = world.answers(host_of(person), list);
            let items = page["items"].as_array().unwrap();
            let seen: Vec<_> = items
                .iter()
                .map(|held| {
                    let status = text(held, "/status");
                    coverage.see(&format!("{} {status}", text(held, "/owner/scope")));
                    (held["owner"].to_string(), text(held, "/connector"), status, held["generation"].as_u64().unwrap())
                })
                .collect();
            let distinct: BTreeSet<_> = seen.iter().map(|(owner, connector, ..)| (owner, connector)).collect();
            assert_eq!(distinct.len(), seen.len(), "two credentials of one owner for one connector: {page}");
            let expected = ledger.credentials_of(&person.id, now);
            let expected: BTreeSet<_> = expected
                .into_iter()
                .map(|(owner, connector, status, count)| (owner, connector, status.to_owned(), count))
                .collect();
            assert_eq!(seen.into_iter().collect::<BTreeSet<_>>(), expected, "{}", person.id);
        }
    });
    let all = ["INDIVIDUAL", "SHARED", "ORGANIZATION"]
        .map(|scope| ["active", "needs_reauth", "revoked"].map(|status| format!("{scope} {status}")));
    covers(&coverage, &all.as_flattened().iter().map(String::as_str).collect::<Vec<_>>());
}

#[test]
fn i_3_an_origin_user_id_stays_and_is_unique_in_the_organization() {
    // That it never changes and never goes, the ledger asserts at each event.
    let coverage = sequences(150, |world, known, ledger, coverage| {
        let mut holders: BTreeMap<(&str, &str), &str> = BTreeMap::new();
        for (id, holder) in &ledger.users {
            let Some(origin) = &holder.origin_user_id else { continue };
            let other = holders.insert((&holder.place.0, origin), id);
            assert_eq!(other, None, "two users of {origin}: {id}");
        }
        // Test users get one late; a taken one they do not get.
        let nameless = known
            .users
            .iter()
            .find(|person| ledger.users.get(&person.id).is_some_and(|holder| holder.origin_user_id.is_none()));
        let Some(person) = nameless else { return };
        let (taken, free) = ("user_1", format!("late_{}", world.events.len()));
        let set = |origin: &str| json!({"command": "update_registered_user", "registered_user_id": person.id, "patch": {"origin_user_id": origin}});
        let mut twin = world.clone();
        if holders.contains_key(&(person.organization_id, taken)) {
            twin.rejects_at(host_of(person), set(taken), "origin_user_id_taken", "/patch/origin_user_id");
            coverage.see("taken");
        }
        twin.accepts(host_of(person), set(&free));
        twin.rejects(host_of(person), set(taken), "origin_user_id_immutable");
        coverage.see("set late");
    });
    covers(&coverage, &["taken", "set late"]);
}

#[test]
fn i_4_after_a_deactivation_nothing_of_the_users_own_is_live_until_a_link_completes() {
    let coverage = sequences(150, |world, known, ledger, coverage| {
        for person in &known.users {
            let Some(holder) = ledger.users.get(&person.id).filter(|holder| holder.barren) else { continue };
            coverage.see(if holder.active { "barren and active" } else { "barren and deactivated" });
            let list = json!({"query": "list_credentials", "registered_user_id": person.id, "limit": 200});
            let page = world.answers(host_of(person), list);
            for held in page["items"].as_array().unwrap() {
                let own = held["owner"]["scope"] == "INDIVIDUAL";
                assert!(!own || held["status"] == "revoked", "live: {held}");
            }
            let view = world
                .answers(host_of(person), json!({"query": "get_registered_user", "registered_user_id": person.id}));
            assert_eq!(view["authenticated_connectors"], json!([]));
        }
        let whole = known.users.iter().filter_map(|person| ledger.users.get(&person.id));
        coverage.see(if whole.into_iter().any(|holder| holder.active && !holder.barren) {
            "whole"
        } else {
            "none whole"
        });
    });
    covers(&coverage, &["barren and active", "barren and deactivated", "whole"]);
}
