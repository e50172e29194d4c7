//! E-1…4: events are kept in order, seen by whom they concern, and give the state again.

use serde_json::from_str;
use std::collections::BTreeSet;
use std::time::Duration;
use tenantry::json::parse_document;
use tenantry::{EventName, Rejection, Tenantry, wire};
use tenantry_tests::actors::{
    account, host, in_test, management, of, registered_user, restricted_to_packs, restricted_to_users, runtime, system,
    system_test,
};
use tenantry_tests::rich::Rich;
use tenantry_tests::{Value, World, effects, json, text, with, without};

fn memory() -> Value {
    json!({"journal": "memory"})
}

fn fold(events: &[Value]) -> Result<Tenantry, Rejection> {
    let events = json!(events).to_string();
    wire::fold(&parse_document(&events).unwrap(), &parse_document(r#"{"journal": "memory"}"#).unwrap())
}

fn streams(events: &[Value]) -> BTreeSet<(String, String)> {
    events.iter().map(|event| (text(event, "/stream/kind"), text(event, "/stream/id"))).collect()
}

fn kinds(events: &[Value]) -> Vec<String> {
    streams(events).into_iter().map(|(kind, _)| kind).collect::<BTreeSet<_>>().into_iter().collect()
}

#[test]
fn e_1_a_journal_gives_the_state_again() {
    let mut rich = Rich::new(&memory());
    let state = rich.world.state();
    let all = rich.world.journal(&host(), &json!({}), 7);
    assert_eq!(wire::snapshot(&fold(&all).unwrap()), state);
    // As the host keeps it: nothing redacted yet.
    assert_ne!(all, rich.world.events);
    assert_eq!(all.len(), rich.world.events.len());
    assert_eq!(wire::snapshot(&fold(&rich.world.events).unwrap()), state);
    // Typed, and the journal goes along.
    let events: Vec<tenantry::Event> = rich.world.tenantry.journal().cloned().collect();
    let options = tenantry::Options { journal: true, ..tenantry::Options::default() };
    let folded = Tenantry::fold(&events, options).unwrap();
    assert_eq!(folded.snapshot(), state);
    assert!(folded.journal().eq(events.iter()));
    assert_eq!(Tenantry::fold(&events, tenantry::Options::default()).unwrap().journal().count(), 0);
    for event in &events {
        let written = serde_json::to_string(event).unwrap();
        assert_eq!(&from_str::<tenantry::Event>(&written).unwrap(), event);
    }
    // After the purge as well.
    rich.world.advance(Duration::from_secs(91 * 86_400));
    rich.world.sweep();
    let purged = rich.world.journal(&host(), &json!({}), 200);
    assert!(purged.len() < rich.world.events.len());
    for events in [&purged, &rich.world.events] {
        assert_eq!(wire::snapshot(&fold(events).unwrap()), rich.world.state());
    }
    assert_eq!(wire::snapshot(&fold(&[]).unwrap()), World::empty(&json!({})).state());
}

#[test]
fn e_1_a_journal_that_does_not_fit_is_refused_with_a_pointer() {
    let mut rich = Rich::new(&memory());
    rich.world.advance(Duration::from_secs(91 * 86_400));
    rich.world.sweep();
    let events = rich.world.journal(&host(), &json!({}), 200);
    let refused = |events: &[Value], shown: &str| {
        let rejection = fold(events).map(|_| shown).unwrap_err();
        assert_eq!(rejection.code.as_str(), "invalid_snapshot", "{shown}");
        rejection.pointer.unwrap_or_else(|| panic!("no pointer: {shown}"))
    };
    let last_of = |index: usize| events[index + 1..].iter().all(|event| event["stream"] != events[index]["stream"]);
    let (mut gaps, mut twice) = (0, 0);
    for index in 0..events.len() {
        let mut without_it = events.clone();
        without_it.remove(index);
        if !last_of(index) {
            refused(&without_it, &format!("without {}", events[index]));
            gaps += 1;
        }
        let mut doubled = events.clone();
        doubled.insert(index, events[index].clone());
        assert!(refused(&doubled, "an event twice").starts_with(&format!("/{}/", index + 1)));
        twice += 1;
        let elsewhere = match events[index]["stream"]["kind"].as_str() {
            Some("company") => json!({"kind": "account", "id": "usr_00000000000000000000000000"}),
            _ => json!({"kind": "company", "id": "cmp_00000000000000000000000000"}),
        };
        for (field, value) in [
            ("sequence", json!(0)),
            ("sequence", json!(1000)),
            ("at", json!("2026-01-31T10:00:00.000Z")),
            ("stream", elsewhere.clone()),
            ("event", json!("nothing")),
            ("actor", json!({"type": "nobody"})),
            ("organization_id", json!("org_nobody")),
            ("more", json!(1)),
        ] {
            let mut changed = events.clone();
            changed[index][field] = value;
            if changed == events || (field == "sequence" && events[index]["event"] == "registered_user_purged") {
                continue;
            }
            let refusal = refused(&changed, &format!("{field} of {}", events[index]));
            assert!(
                refusal.is_empty() || refusal.starts_with(&format!("/{index}")),
                "{refusal}: {field} of {}",
                events[index]
            );
        }
        for field in ["stream", "sequence", "at", "organization_id", "environment", "actor", "event"] {
            let mut changed = events.clone();
            changed[index] = without(changed[index].clone(), field);
            let refusal = refused(&changed, field);
            assert_eq!(refusal, format!("/{index}/{field}"));
        }
    }
    println!("{} events, {gaps} gaps, {twice} doubled", events.len());
    assert!(gaps > 10);
    // A credential in no environment, a catalogue entry in one, a company's credential in another's stream.
    let place = |name: &str, kind: &str| {
        events.iter().position(|event| event["event"] == name && event["stream"]["kind"] == kind).unwrap()
    };
    let changed = |index: usize, pointer: &str, value: Value| {
        let mut changed = events.clone();
        *changed[index].pointer_mut(pointer).unwrap() = value;
        refused(&changed, pointer)
    };
    let granted = place("credential_granted", "organization");
    assert_eq!(changed(granted, "/environment", Value::Null), format!("/{granted}/environment"));
    let put = place("connector_put", "organization");
    assert_eq!(changed(put, "/environment", json!("test")), format!("/{put}/environment"));
    let shared = place("credential_granted", "company");
    assert_eq!(changed(shared, "/owner/origin_company_id", json!("c2")), format!("/{shared}"));
    // A company whose stream is missing leaves users without it.
    let without_companies: Vec<Value> =
        events.iter().filter(|event| event["stream"]["kind"] != "company").cloned().collect();
    assert_eq!(refused(&without_companies, "no companies"), "");
    let not_a_list = wire::fold(&parse_document("{}").unwrap(), &parse_document("{}").unwrap()).map(|_| ());
    assert_eq!(not_a_list.unwrap_err().pointer.as_deref(), Some(""));
}

#[test]
fn e_2_each_actor_sees_the_streams_that_concern_it() {
    let mut rich = Rich::new(&memory());
    let other = text(
        &rich
            .world
            .accepts(of(system(), "org_other"), json!({"command": "create_registered_user", "origin_user_id": "x"})),
        "/response/registered_user_id",
    );
    let world = &mut rich.world;
    let admins: Vec<String> = world.accounts();
    let every = world.journal(&host(), &json!({}), 200);
    let bound = |organization: &str, environment: &str| -> Vec<Value> {
        let is_bound = |event: &&Value| {
            event["organization_id"] == organization
                && (event["environment"] == environment || event["environment"].is_null())
        };
        every.iter().filter(is_bound).cloned().collect()
    };
    let not_platform = |events: Vec<Value>| -> Vec<Value> {
        let is_seen = |event: &Value| !matches!(text(event, "/stream/kind").as_str(), "account" | "registration_token");
        events.into_iter().filter(is_seen).collect()
    };
    let acme = bound("org_acme", "production");
    assert_eq!(world.journal(&system(), &json!({}), 200), acme);
    assert_eq!(world.journal(&account(&admins[0]), &json!({}), 200), acme);
    assert_eq!(world.journal(&account(&admins[1]), &json!({}), 200), acme);
    assert_eq!(kinds(&acme), ["account", "company", "organization", "registered_user", "registration_token"]);
    assert_eq!(world.journal(&management(), &json!({}), 200), not_platform(acme.clone()));
    let test = not_platform(bound("org_acme", "test"));
    assert_eq!(world.journal(&in_test(management()), &json!({}), 200), test);
    assert!(test.iter().any(|event| event["event"] == "connector_put"));
    assert!(!test.iter().any(|event| event["environment"] == "production"));
    assert_eq!(
        world.journal(&of(management(), "org_other"), &json!({}), 200),
        not_platform(bound("org_other", "production"))
    );
    // An account without a place sees its organization's environments both; an admin all there is.
    let mine = json!({"type": "account", "user_id": admins[1]});
    let both: Vec<Value> = every.iter().filter(|event| event["organization_id"] == "org_acme").cloned().collect();
    assert_eq!(world.journal(&mine, &json!({}), 200), both);
    assert_eq!(world.journal(&json!({"type": "account", "user_id": admins[0]}), &json!({}), 200), every);
    // Restricted keys.
    let key = restricted_to_users(&[&rich.alice, &other]);
    let seen = world.journal(&key, &json!({}), 3);
    assert_eq!(streams(&seen), BTreeSet::from([("registered_user".to_owned(), rich.alice.clone())]));
    assert_eq!(world.journal(&restricted_to_users(&[]), &json!({}), 200), Vec::<Value>::new());
    let query = json!({"query": "journal"});
    for actor in [restricted_to_packs(&["pack"]), restricted_to_packs(&[]), runtime(), registered_user(&rich.alice)] {
        world.refuses(actor, query.clone(), "forbidden");
    }
    world.refuses(account(&admins[2]), query, "forbidden");
    // What is out of sight is as what is not there (P-2).
    let filter = |id: &str| json!({"query": "journal", "registered_user_id": id});
    for (actor, id) in [(management(), other.as_str()), (key, &rich.bob), (in_test(management()), &rich.alice)] {
        let unknown = world.query(actor.clone(), filter("0197b2a0-0000-7000-8000-000000000000"));
        assert_eq!(world.query(actor, filter(id)), unknown);
        assert_eq!(unknown, Ok(json!({"items": [], "next": null})));
    }
}

#[test]
fn e_2_filters_hold_all_at_once() {
    let mut rich = Rich::new(&memory());
    let world = &mut rich.world;
    world.advance(Duration::from_millis(1));
    let renamed_at = world.now();
    world.patch(&rich.alice, json!({"origin_user_name": "Later"}));
    world.advance(Duration::from_millis(1));
    world.patch(&rich.bob, json!({"origin_user_name": "Later still"}));
    let every = world.journal(&system(), &json!({}), 200);
    let only =
        |keep: &dyn Fn(&Value) -> bool| -> Vec<Value> { every.iter().filter(|event| keep(event)).cloned().collect() };
    let is_of = |event: &Value, id: &str| event["stream"]["id"] == id;
    let company = |name: &str| {
        let created =
            every.iter().find(|event| event["event"] == "company_created" && event["origin_company_id"] == name);
        text(created.unwrap(), "/stream/id")
    };
    let (one, two) = (company("c1"), company("c2"));
    let cases: Vec<(Value, Vec<Value>)> = vec![
        (json!({"registered_user_id": rich.alice}), only(&|event| is_of(event, &rich.alice))),
        // A deleted user's history stays until the purge, by its id alone.
        (json!({"registered_user_id": rich.carol}), only(&|event| is_of(event, &rich.carol))),
        (json!({"origin_company_id": "c1"}), only(&|event| is_of(event, &one) || is_of(event, &rich.alice))),
        (json!({"origin_company_id": "c2"}), only(&|event| is_of(event, &two) || is_of(event, &rich.bob))),
        (json!({"origin_company_id": "unknown"}), vec![]),
        (json!({"registered_user_id": "unknown"}), vec![]),
        // Bob has no team, so that `all` holds for him too.
        (json!({"group_id": "all"}), only(&|event| is_of(event, &rich.alice) || is_of(event, &rich.bob))),
        (json!({"group_id": "none"}), vec![]),
        (json!({"group_id": "all", "origin_company_id": "c2"}), only(&|event| is_of(event, &rich.bob))),
        (json!({"registered_user_id": rich.alice, "origin_company_id": "c2"}), vec![]),
        (json!({"event": "tool_call_denied"}), only(&|event| event["event"] == "tool_call_denied")),
        (
            json!({"event": "registered_user_updated", "registered_user_id": rich.bob}),
            only(&|event| event["event"] == "registered_user_updated" && is_of(event, &rich.bob)),
        ),
        // `from` is inclusive, `to` exclusive.
        (json!({"from": renamed_at}), only(&|event| event["at"].as_str() >= Some(&renamed_at))),
        (
            json!({"to": renamed_at}),
            only(&|event| event["at"].as_str() < Some(&renamed_at) && event["at"] != *renamed_at),
        ),
        (json!({"from": renamed_at, "to": renamed_at}), vec![]),
    ];
    // Texts of instants compare as instants only where they have the same digits.
    let cases = cases.into_iter().map(|(filter, expected)| match filter.get("from").or(filter.get("to")) {
        None => (filter, expected),
        Some(_) => {
            let at = |text: &str| tenantry::Timestamp::parse(text).unwrap();
            let holds = |event: &&Value| {
                let when = at(&text(event, "/at"));
                filter.get("from").is_none_or(|from| when >= at(from.as_str().unwrap()))
                    && filter.get("to").is_none_or(|to| when < at(to.as_str().unwrap()))
            };
            (filter.clone(), every.iter().filter(holds).cloned().collect())
        }
    });
    for (filter, expected) in cases {
        for limit in [1, 3, 200] {
            assert_eq!(world.journal(&system(), &filter, limit), expected, "{filter} by {limit}");
        }
        println!("{filter}: {}", expected.len());
    }
    let bad = |members: Value| with(json!({"query": "journal"}), members);
    world.refuses(system(), bad(json!({"group_id": "unknown"})), "group_not_found");
    for (members, pointer) in [
        (json!({"event": "Nothing"}), "/event"),
        (json!({"event": "ToolCallDenied"}), "/event"),
        (json!({"event": 1}), "/event"),
        (json!({"from": "yesterday"}), "/from"),
        (json!({"to": 1}), "/to"),
        (json!({"limit": 0}), "/limit"),
        (json!({"after": "nowhere"}), "/after"),
        (json!({"after": "organization/1/org_other"}), "/after"),
        (json!({"after": "organization/0/org_acme"}), "/after"),
        (json!({"after": "organization/9007199254740993/org_acme"}), "/after"),
        (json!({"user": "x"}), "/user"),
    ] {
        let rejection = world.refuses(system(), bad(members), "invalid_request");
        assert_eq!(rejection["pointer"], pointer);
    }
    for (filter, pointer) in [
        (json!({"origin_company_id": "c1"}), "/context/actor/organization_id"),
        (json!({"group_id": "all"}), "/context/actor/organization_id"),
    ] {
        let rejection = world.refuses(host(), bad(filter), "invalid_request");
        assert_eq!(rejection["pointer"], pointer);
    }
}

#[test]
fn e_2_every_event_has_a_name_to_ask_for() {
    let mut world = World::with_options(&memory());
    for name in EventName::ALL {
        let filter = json!({"event": serde_json::to_value(name).unwrap()});
        world.journal(&system(), &filter, 50);
    }
}

#[test]
fn e_2_a_cursor_survives_appends_and_purges() {
    let mut rich = Rich::new(&memory());
    let world = &mut rich.world;
    let every = world.journal(&system(), &json!({}), 200);
    let of_carol = every.iter().position(|event| event["stream"]["id"] == *rich.carol).unwrap();
    let first = world.answers(system(), json!({"query": "journal", "limit": of_carol + 1}));
    assert_eq!(first["items"].as_array().unwrap().last(), every.get(of_carol));
    world.user("late");
    let rest = |world: &mut World| {
        let query = json!({"query": "journal", "limit": 200, "after": first["next"]});
        world.answers(system(), query)["items"].as_array().unwrap().clone()
    };
    let after_append = rest(world);
    assert_eq!(after_append[..every.len() - of_carol - 1], every[of_carol + 1..]);
    assert_eq!(after_append.last().unwrap()["event"], "registered_user_created");
    world.advance(Duration::from_secs(91 * 86_400));
    world.sweep();
    let after_purge = rest(world);
    let kept: Vec<Value> = after_append.into_iter().filter(|event| event["stream"]["id"] != *rich.carol).collect();
    let shown = |events: &[Value]| -> Vec<(Value, Value)> {
        events.iter().map(|event| (event["stream"].clone(), event["sequence"].clone())).collect()
    };
    assert_eq!(shown(&after_purge[..kept.len()]), shown(&kept));
    // It is of no use to those who do not see what it stands for.
    let query = json!({"query": "journal", "after": first["next"]});
    world.refuses(in_test(management()), query.clone(), "invalid_request");
    world.refuses(of(system(), "org_other"), query, "invalid_request");
}

#[test]
fn e_3_actors_are_kept_without_their_secrets() {
    let mut rich = Rich::new(&memory());
    let key =
        with(management(), json!({"key_id": "key-1", "tool_pack_ids": null, "expires_at": "2027-01-01T00:00:00Z"}));
    let command = json!({"command": "create_registered_user", "origin_user_id": "by key"});
    let by_key = rich.world.accepts(key, command)["events"][0]["actor"].clone();
    assert_eq!(
        by_key,
        json!({"type": "access_key", "organization_id": "org_acme", "environment": "production", "key_id": "key-1"})
    );
    let seen: BTreeSet<String> = rich.world.events.iter().map(|event| text(event, "/actor/type")).collect();
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), ["access_key", "registered_user", "system"]);
    for event in &rich.world.events {
        let actor = event["actor"].as_object().unwrap();
        let known = ["type", "organization_id", "environment", "user_id", "registered_user_id", "key_id"];
        assert!(actor.keys().all(|key| known.contains(&key.as_str())), "{event}");
    }
    let denied: Vec<&Value> = rich.world.events.iter().filter(|event| event["event"] == "tool_call_denied").collect();
    assert_eq!(denied.len(), 1);
    assert_eq!(denied[0]["code"], "credential_required");
    assert_eq!(denied[0]["tool"], "jira__open");
}

#[test]
fn e_4_without_a_journal_the_query_is_refused_and_the_effects_are_given_all_the_same() {
    let (mut without, mut with) = (World::new(), World::with_options(&memory()));
    for world in [&mut without, &mut with] {
        let id = world.user("alice");
        let deleted = world.accepts(system(), json!({"command": "delete_registered_user", "registered_user_id": id}));
        assert_eq!(effects(&deleted), json!([{"effect": "redact_user", "registered_user_id": id}]));
        world.advance(Duration::from_secs(90 * 86_400));
        assert_eq!(effects(&world.sweep()), json!([{"effect": "purge_user", "registered_user_id": id}]));
    }
    let rejection = without.refuses(system(), json!({"query": "journal"}), "invalid_request");
    assert_eq!(rejection["pointer"], "/query");
    // What is wrong with the actor or the form comes first (C-5).
    without.refuses(runtime(), json!({"query": "journal"}), "forbidden");
    let rejection = without.refuses(system(), json!({"query": "journal", "limit": 0}), "invalid_request");
    assert_eq!(rejection["pointer"], "/limit");
    let unknown = json!({"query": "journal", "group_id": "unknown"});
    assert_eq!(without.refuses(system(), unknown, "invalid_request")["pointer"], "/query");
    assert_eq!(with.journal(&system_test(), &json!({}), 200).len(), 1);
}
