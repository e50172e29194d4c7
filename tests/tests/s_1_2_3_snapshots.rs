//! S-1, S-2, S-3: snapshots are the whole state and nothing else; only what is whole is restored.

use serde_json::from_str;
use std::collections::BTreeMap;
use tenantry::json::{parse_document, to_canonical};
use tenantry::{Rejection, Tenantry, wire};
use tenantry_tests::actors::{management, system};
use tenantry_tests::rich::Rich;
use tenantry_tests::{Value, World, canonical_text, json, text, with, without};

fn restore(snapshot: &Value) -> Result<Tenantry, Rejection> {
    restore_with(snapshot, &json!({}))
}

fn restore_with(snapshot: &Value, options: &Value) -> Result<Tenantry, Rejection> {
    let (snapshot, options) = (snapshot.to_string(), options.to_string());
    wire::restore(&parse_document(&snapshot).unwrap(), &parse_document(&options).unwrap())
}

fn snapshot_of(tenantry: &Tenantry) -> Value {
    from_str(&wire::snapshot(tenantry)).unwrap()
}

#[test]
fn s_1_a_restored_world_gives_the_same_bytes_and_the_same_answers() {
    let mut rich = Rich::new(&json!({}));
    let bytes = wire::snapshot(&rich.world.tenantry);
    assert_eq!(to_canonical(&parse_document(&bytes).unwrap()), bytes);
    let restored = restore(&from_str(&bytes).unwrap()).unwrap();
    assert_eq!(wire::snapshot(&restored), bytes);
    assert_eq!(wire::next_due(&restored), wire::next_due(&rich.world.tenantry));
    let session = rich.world.start_link(&rich.alice, "slack", None);
    let mut twin = rich.world.clone();
    twin.tenantry = restore(&snapshot_of(&rich.world.tenantry)).unwrap();
    for query in [
        json!({"query": "get_registered_user", "registered_user_id": rich.alice}),
        json!({"query": "find_registered_user", "origin_user_id": "bob"}),
        json!({"query": "list_link_sessions", "registered_user_id": rich.alice}),
        json!({"query": "list_credentials", "registered_user_id": rich.alice}),
        json!({"query": "list_companies"}),
        json!({"query": "list_users"}),
    ] {
        assert_eq!(twin.query(system(), query.clone()), rich.world.query(system(), query));
    }
    // Index rows are there again: taken ids are taken, sessions found, the last admin kept.
    let complete = json!({"command": "complete_link", "link_session_id": session});
    assert_eq!(twin.execute(management(), complete.clone()), rich.world.execute(management(), complete));
    let admin = twin.answers(system(), json!({"query": "list_users"}))["items"][0]["id"].clone();
    let off = json!({"command": "set_user_status", "user_id": admin, "status": "inactive"});
    let (one, other) = (twin.execute(system(), off.clone()), rich.world.execute(system(), off));
    assert_eq!(one, other);
    let again = json!({"command": "create_user", "name": "E", "email": "ERIN@acme.example"});
    twin.rejects(system(), again, "email_exists");
}

#[test]
fn s_1_the_order_in_which_a_world_was_built_does_not_show() {
    let build = |names: &[&str], slugs: &[&str]| {
        let mut world = World::new();
        for slug in slugs {
            world.accepts(system(), json!({"command": "put_connector", "connector": slug, "tools": []}));
        }
        for name in names {
            // The entropy goes by the name, so that the ids do not go by the order.
            let entropy = format!("{:032x}", u128::from(name.as_bytes()[0]));
            let context = json!({"now": world.now(), "actor": system(), "entropy": entropy});
            let company = json!({"origin_company_id": format!("of {name}")});
            let command = json!({
                "command": "create_registered_user", "origin_user_id": name, "shared_credential_group": company,
            });
            world.execute_in(&context, &command).unwrap();
        }
        world.state()
    };
    let one = build(&["ann", "bob", "𝒜"], &["a", "b"]);
    assert_eq!(one, build(&["𝒜", "bob", "ann"], &["b", "a"]));
    // What comes and goes leaves no trace but in the organization's sequence.
    assert_ne!(one, build(&["ann", "bob"], &["a", "b"]));
}

#[test]
fn s_2_neither_policy_nor_journal_is_in_it() {
    let plain = Rich::new(&json!({}));
    let other = Rich::new(&json!({"journal": "memory", "policy": {"documentation_base_url": "https://x.example/"}}));
    assert_eq!(plain.world.state(), other.world.state());
    let members: Vec<String> = snapshot_of(&plain.world.tenantry).as_object().unwrap().keys().cloned().collect();
    let expected = [
        "accounts",
        "companies",
        "connectors",
        "format_version",
        "groups",
        "organization_credentials",
        "organizations",
        "registered_users",
        "registration_tokens",
        "tool_packs",
    ];
    assert_eq!(members, expected);
}

#[test]
fn s_2_limits_are_not_checked() {
    let mut world = World::with_policy(json!({"retention_days": 3650, "link_ttl_seconds": 86400}));
    let id = world.user("alice");
    world.accepts(system(), json!({"command": "put_connector", "connector": "slack", "tools": []}));
    world.start_link(&id, "slack", None);
    let snapshot = snapshot_of(&world.tenantry);
    let tightened = json!({"policy": {"retention_days": 0, "link_ttl_seconds": 60}});
    assert_eq!(snapshot_of(&restore_with(&snapshot, &tightened).unwrap()), snapshot);
}

#[test]
fn s_2_an_origin_id_in_both_environments_needs_the_policy_that_allows_it() {
    let scope = json!({"policy": {"origin_user_id_scope": "environment"}});
    let mut world = World::with_options(&scope);
    world.user("alice");
    let test = tenantry_tests::actors::system_test();
    world.accepts(test, json!({"command": "create_registered_user", "origin_user_id": "alice"}));
    let snapshot = snapshot_of(&world.tenantry);
    assert!(restore_with(&snapshot, &scope).is_ok());
    let rejection = restore(&snapshot).unwrap_err();
    assert_eq!(rejection.pointer.as_deref(), Some("/registered_users/1/life/present/origin_user_id"));
}

#[test]
fn s_2_options_are_read_as_those_of_a_new_instance() {
    let snapshot = snapshot_of(&World::new().tenantry);
    let rejection = restore_with(&snapshot, &json!({"policy": {"retention_days": -1}})).unwrap_err();
    assert_eq!(
        (rejection.code.as_str(), rejection.pointer.as_deref()),
        ("invalid_request", Some("/policy/retention_days"))
    );
    assert!(restore_with(&snapshot, &Value::Null).is_ok());
}

/// What is done to one place of a snapshot.
fn mutations(place: &Value) -> Vec<(&'static str, Value)> {
    let mut list = vec![
        ("null", Value::Null),
        ("true", json!(true)),
        ("a negative number", json!(-1)),
        ("zero", json!(0)),
        ("a fraction", json!(0.5)),
        ("a number beyond", json!(1e300)),
        ("an empty text", json!("")),
        ("another text", json!("dangling")),
        ("an empty list", json!([])),
        ("an empty object", json!({})),
    ];
    match place {
        Value::String(text) => {
            list.push(("upper case", json!(text.to_uppercase())));
            list.push(("white space", json!(format!("{text} "))));
            list.push(("another end", json!(format!("{text}0"))));
            list.push(("the unknown id", json!("0197b2a0-0000-7000-8000-000000000000")));
        }
        Value::Number(number) => list.push(("one more", json!(number.as_f64().unwrap() + 1.0))),
        Value::Array(items) => {
            if let Some(first) = items.first() {
                list.push(("an item twice", json!([items.as_slice(), std::slice::from_ref(first)].concat())));
                list.push(("one item less", json!(items[1..])));
                let reversed: Vec<&Value> = items.iter().rev().collect();
                list.push(("the other way round", json!(reversed)));
            }
        }
        Value::Object(members) => {
            let mut more = members.clone();
            more.insert("__proto__".to_owned(), json!({}));
            list.push(("an unknown member", Value::Object(more)));
        }
        _ => {}
    }
    list
}

fn places(value: &Value, at: String, into: &mut Vec<String>) {
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                places(item, format!("{at}/{index}"), into);
            }
        }
        Value::Object(members) => {
            for (key, member) in members {
                places(member, format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")), into);
            }
        }
        _ => {}
    }
    into.push(at);
}

/// Refused as a snapshot, at a place that is there or one step beyond; or valid, and then kept as it is.
fn refused_or_kept(mutated: &Value, shown: &str) -> bool {
    match restore(mutated) {
        Ok(restored) => {
            assert_eq!(wire::snapshot(&restored), canonical_text(mutated), "restored as something else: {shown}");
            false
        }
        Err(rejection) => {
            assert_eq!(rejection.code.as_str(), "invalid_snapshot", "{shown}");
            let pointer = rejection.pointer.unwrap_or_else(|| panic!("no pointer: {shown}"));
            let parent = pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
            assert!(mutated.pointer(parent).is_some(), "a pointer to nowhere, `{pointer}`: {shown}");
            true
        }
    }
}

#[test]
fn s_2_whatever_is_done_to_a_snapshot_it_is_refused_with_a_pointer_or_valid() {
    let snapshot = snapshot_of(&Rich::new(&json!({})).world.tenantry);
    let mut all = Vec::new();
    places(&snapshot, String::new(), &mut all);
    let mut seen: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut count = |what, refused: bool| {
        let (refusals, kept) = seen.entry(what).or_default();
        *if refused { refusals } else { kept } += 1;
    };
    for at in &all {
        for (what, value) in mutations(snapshot.pointer(at).unwrap()) {
            let mut mutated = snapshot.clone();
            *mutated.pointer_mut(at).unwrap() = value;
            if mutated != snapshot {
                count(what, refused_or_kept(&mutated, &format!("{what} at {at}")));
            }
        }
        let Some((parent, key)) = at.rsplit_once('/') else { continue };
        let mut mutated = snapshot.clone();
        if let Some(Value::Object(members)) = mutated.pointer_mut(parent) {
            members.remove(&key.replace("~1", "/").replace("~0", "~"));
            let refused = refused_or_kept(&mutated, &format!("removed {at}"));
            let is_free = at.contains("/metadata/") || at.contains("/custom_groupings/");
            assert!(refused || is_free, "a member was missing and nobody minded: {at}");
            count("removed", refused);
        }
    }
    println!("{} places: refused and kept {seen:?}", all.len());
    assert!(all.len() > 300);
    for (what, (refused, _)) in seen {
        assert!(refused > 0, "never refused: {what}");
    }
}

#[test]
fn s_2_what_is_counted_named_and_unique_is_looked_at() {
    let rich = Rich::new(&json!({}));
    let snapshot = snapshot_of(&rich.world.tenantry);
    let place = |table: &str, field: &str, value: &str| {
        let rows = snapshot[table].as_array().unwrap();
        rows.iter().position(|row| row.pointer(field).and_then(Value::as_str) == Some(value)).unwrap()
    };
    let alice = place("registered_users", "/registered_user_id", &rich.alice);
    let bob = place("registered_users", "/registered_user_id", &rich.bob);
    let acme = place("organizations", "/organization_id", "org_acme");
    let pack = place("tool_packs", "/tool_pack_id", "pack");
    let present = format!("/registered_users/{alice}/life/present");
    let deactivated = format!("/registered_users/{bob}/life/present");
    let alive = json!({"status": "active", "cause": null});
    let timeless = json!({"status": "needs_reauth", "cause": "expired", "expires_at": null});
    // Of two rows that have the same thing, the later is reported.
    let later = format!("/registered_users/{}/life/present", alice.max(bob));
    let cases = [
        (format!("/organizations/{acme}/connectors"), json!(4), None),
        (format!("/organizations/{acme}/tool_packs"), json!(1), None),
        (format!("/organizations/{acme}/groups"), json!(0), None),
        ("/connectors/0/tool_packs".to_owned(), json!(0), None),
        ("/groups/0/tool_packs".to_owned(), json!(2), None),
        ("/companies/0/members".to_owned(), json!(2), None),
        ("/companies/1/members".to_owned(), json!(0), None),
        ("/companies/0/organization_id".to_owned(), json!("org_nobody"), None),
        (
            "/companies/0/company_id".to_owned(),
            snapshot["companies"][1]["company_id"].clone(),
            Some("/companies/1/company_id"),
        ),
        (format!("{present}/origin_company_id"), json!("c3"), None),
        (format!("{present}/origin_user_id"), json!("bob"), Some(&*format!("{later}/origin_user_id"))),
        (format!("{present}/origin_user_id"), Value::Null, None),
        (format!("{present}/custom_groupings"), json!({"": "x"}), Some(&*format!("{present}/custom_groupings/"))),
        (format!("{present}/link_sessions/0/owner/registered_user_id"), json!(rich.bob), None),
        (format!("{present}/credentials/0/generation"), json!(0), None),
        (format!("{present}/credentials/0/cause"), json!("admin"), None),
        (format!("{present}/version"), json!(0), None),
        (format!("/tool_packs/{pack}/connectors/0/connector"), json!("aaa"), None),
        (format!("/tool_packs/{pack}/group_ids/0"), json!("nobody"), None),
        ("/groups/0/rule".to_owned(), json!({"all": [], "any": []}), None),
        ("/groups/0/rule".to_owned(), json!({"attribute": "team"}), None),
        (
            "/groups/0/rule".to_owned(),
            json!({"all": [{"not": {"attribute": "k", "equals": 1}}]}),
            Some("/groups/0/rule/all/0/not/equals"),
        ),
        (
            format!("{deactivated}/credentials/0"),
            with(snapshot.pointer(&format!("{deactivated}/credentials/0")).unwrap().clone(), alive),
            Some(&*format!("{deactivated}/credentials/0/status")),
        ),
        (
            "/organization_credentials/0/credential".to_owned(),
            with(snapshot["organization_credentials"][0]["credential"].clone(), timeless),
            Some("/organization_credentials/0/credential/cause"),
        ),
        ("/accounts/0/user_id".to_owned(), json!("usr_7ZZZZZZZZZZZZZZZZZZZZZZZZZ"), None),
        ("/registration_tokens/0/uses".to_owned(), json!(3), None),
        ("/registration_tokens/0/role".to_owned(), json!("admin"), None),
        ("/registration_tokens/0/secret_digest".to_owned(), json!("ab"), None),
        ("/format_version".to_owned(), json!(3), None),
        ("/format_version".to_owned(), json!("1"), None),
    ];
    for (at, value, told_at) in cases {
        let mut mutated = snapshot.clone();
        *mutated.pointer_mut(&at).unwrap_or_else(|| panic!("nothing at {at}")) = value.clone();
        let rejection = restore(&mutated).map(|_| &at).unwrap_err();
        assert_eq!(rejection.pointer.as_deref(), Some(told_at.unwrap_or(&at)), "{at}: {value}: {rejection}");
    }
    // One session, two users.
    let mut mutated = snapshot.clone();
    let id = snapshot.pointer(&format!("{present}/link_sessions/0/link_session_id")).unwrap();
    *mutated.pointer_mut(&format!("/registered_users/{bob}/life/present/link_sessions/0/link_session_id")).unwrap() =
        id.clone();
    let reported = restore(&mutated).unwrap_err().pointer.unwrap();
    assert_eq!(reported, format!("{later}/link_sessions/0/link_session_id"));
    // I-7: the same address in other letters.
    let mut mutated = snapshot.clone();
    mutated["accounts"][1]["email"] = json!(text(&snapshot, "/accounts/0/email").to_uppercase());
    assert_eq!(restore(&mutated).unwrap_err().pointer.as_deref(), Some("/accounts/1/email"));
}

#[test]
fn s_2_what_is_no_snapshot_at_all_is_refused_as_one() {
    for (value, pointer) in [
        (json!(null), ""),
        (json!([]), ""),
        (json!({}), "/accounts"),
        (json!({"a/b": 1}), "/a~1b"),
        (without(snapshot_of(&World::new().tenantry), "tool_packs"), "/tool_packs"),
    ] {
        let rejection = restore(&value).map(|_| ()).unwrap_err();
        assert_eq!(rejection.code.as_str(), "invalid_snapshot");
        assert_eq!(rejection.pointer.as_deref(), Some(pointer), "{value}");
        assert_eq!(rejection.violations.len(), 1);
    }
    let rejection = Tenantry::restore("{", tenantry::Options::default()).map(|_| ()).unwrap_err();
    assert_eq!(rejection.code.as_str(), "invalid_snapshot");
}
