//! AC-11: a deleted account is gone at once, and what was personal leaves its events.

use tenantry::json::parse_document;
use tenantry::{Options, Tenantry, wire};
use tenantry_tests::accounts::{create_user, register};
use tenantry_tests::actors::{account, anonymous, host, system};
use tenantry_tests::{ACME, OTHER, Value, World, effects, event_names, json, text, with, without};

/// Texts that are nowhere else.
const PERSONAL: [&str; 10] = [
    "Alice Liddell",
    "alice@wonder.example",
    "hr-alice",
    "res-alice",
    "rabbit hole",
    "Alice Hargreaves",
    "alice@oxford.example",
    "hr-hargreaves",
    "res-hargreaves",
    "looking glass",
];

fn delete(id: &str) -> Value {
    json!({"command": "delete_user", "user_id": id})
}

fn update(id: &str, patch: Value) -> Value {
    json!({"command": "update_user", "user_id": id, "patch": patch})
}

fn status(id: &str, status: &str) -> Value {
    json!({"command": "set_user_status", "user_id": id, "status": status})
}

/// A world with a journal, and an account whose events hold everything that is personal.
fn history() -> (World, String) {
    let mut world = World::with_options(&json!({"journal": "memory"}));
    let id = world.account_with(
        PERSONAL[1],
        json!({
            "name": PERSONAL[0], "organization_id": ACME, "external_id": PERSONAL[2], "resource_id": PERSONAL[3],
            "metadata": {"home": PERSONAL[4]},
        }),
    );
    let patch = json!({
        "name": PERSONAL[5], "email": PERSONAL[6], "external_id": PERSONAL[7], "resource_id": PERSONAL[8],
        "metadata": {"home": PERSONAL[9]}, "role": "organization_admin",
    });
    world.accepts(host(), update(&id, patch));
    world.accepts(host(), status(&id, "suspended"));
    world.accepts(host(), status(&id, "active"));
    world.accepts(account(&id), create_user("by-alice@acme.example"));
    (world, id)
}

fn journal(world: &mut World) -> Vec<Value> {
    world.journal(&host(), &json!({}), 200)
}

fn own(events: &[Value], id: &str) -> Vec<Value> {
    events.iter().filter(|event| event["stream"]["id"] == id).cloned().collect()
}

fn folded(events: &[Value]) -> Result<Tenantry, tenantry::Rejection> {
    let events = json!(events).to_string();
    wire::fold(&parse_document(&events).unwrap(), &parse_document("null").unwrap())
}

#[test]
fn ac_11_a_deleted_account_is_unknown_from_then_on() {
    let (mut world, id) = history();
    world.admin();
    let outcome = world.accepts(host(), delete(&id));
    assert_eq!(outcome["response"], json!({"user_id": id}));
    assert_eq!(event_names(&outcome), ["account_deleted"]);
    assert_eq!(outcome["events"][0]["stream"], json!({"kind": "account", "id": id}));
    assert_eq!(effects(&outcome), json!([{"effect": "redact_account", "user_id": id}]));

    world.refuses(host(), json!({"query": "get_user", "user_id": id}), "user_not_found");
    for command in [delete(&id), update(&id, json!({"name": "X"})), update(&id, json!({})), status(&id, "active")] {
        world.rejects(host(), command, "user_not_found");
    }
    let listed = world.answers(host(), json!({"query": "list_users"}));
    assert!(!listed.to_string().contains(&id));
    // It may not act any more, at once.
    world.refuses(account(&id), json!({"query": "list_users"}), "not_authenticated");
    world.rejects(account(&id), create_user("new@b.c"), "not_authenticated");
    assert!(!world.state().contains(&id));
}

#[test]
fn ac_11_its_address_and_external_id_are_free_at_once() {
    let (mut world, id) = history();
    let again = with(create_user("ALICE@oxford.example"), json!({"organization_id": ACME, "external_id": PERSONAL[7]}));
    world.rejects(host(), again.clone(), "email_exists");
    world.accepts(host(), delete(&id));
    let new = text(&world.accepts(host(), again), "/response/id");
    assert_ne!(new, id);
    let view = world.account_view(&new);
    assert_eq!((&view["version"], view.get("metadata")), (&json!(1), None), "it inherits nothing");
}

#[test]
fn ac_11_what_is_personal_leaves_its_events_and_the_rest_stays() {
    let (mut world, id) = history();
    let before = journal(&mut world);
    let shown = json!(own(&before, &id)).to_string();
    for personal in PERSONAL {
        assert!(shown.contains(personal), "{personal}");
    }
    world.accepts(host(), delete(&id));
    let after = journal(&mut world);
    for personal in PERSONAL {
        assert!(!json!(after).to_string().contains(personal), "{personal} is in the journal");
        assert!(!world.state().contains(personal), "{personal} is in the state");
        assert!(!format!("{:?}", world.tenantry).contains(personal), "{personal} is in Debug");
    }
    let kept = own(&after, &id);
    assert_eq!(
        event_names(&json!({"events": kept})),
        ["account_created", "account_updated", "account_status_changed", "account_status_changed", "account_deleted"]
    );
    let nothing = json!({"name": null, "email": null, "external_id": null, "resource_id": null, "metadata": null});
    let created = own(&before, &id)[0].clone();
    assert_eq!(kept[0], with(with(created, nothing), json!({"redacted": true})));
    assert_eq!(kept[1]["changes"], json!({"role": "organization_admin"}));
    assert_eq!((&kept[1]["redacted"], &kept[1]["version"]), (&json!(true), &json!(2)));
    assert_eq!(kept[2..4], own(&before, &id)[2..4]);
    // What it did stays, and that it was this account.
    let done = after.iter().find(|event| event["email"] == "by-alice@acme.example").unwrap();
    assert_eq!(done["actor"]["user_id"], *id);
    // Streams of others are as they were.
    let others =
        |events: &[Value]| events.iter().filter(|event| event["stream"]["id"] != *id).cloned().collect::<Vec<_>>();
    assert_eq!(others(&before), others(&after));
}

#[test]
fn ac_11_e_1_a_host_redacts_its_events_likewise_and_they_fold_to_the_same_state() {
    let (mut world, id) = history();
    // Somebody takes over what was free.
    world.accepts(host(), delete(&id));
    let again = json!({"organization_id": ACME, "external_id": PERSONAL[7], "role": "admin"});
    world.accepts(host(), with(create_user("Alice@Oxford.example"), again));
    let redact = |event: &Value| -> Value {
        let text = event.to_string();
        serde_json::from_str(&wire::redact(&parse_document(&text).unwrap()).unwrap()).unwrap()
    };
    let redacted: Vec<Value> = world
        .events
        .iter()
        .map(|event| if event["stream"]["id"] == *id { redact(event) } else { event.clone() })
        .collect();
    let kept = journal(&mut world);
    assert_eq!(redacted, kept, "as a journal in memory has them (E-4)");
    let own = own(&kept, &id);
    assert_eq!(own.iter().map(redact).collect::<Vec<_>>(), own, "again changes nothing");
    for events in [&world.events, &kept] {
        assert_eq!(folded(events).unwrap().snapshot(), world.state(), "E-1");
    }
    // Before its deletion, a redacted account is none; one that is not redacted is there.
    let until = kept.iter().position(|event| event["event"] == "account_deleted").unwrap();
    assert!(!folded(&kept[..until]).unwrap().snapshot().contains(&id));
    assert!(folded(&world.events[..until]).unwrap().snapshot().contains(&id));
}

#[test]
fn ac_11_a_stream_ends_with_its_deletion_and_an_account_has_a_name_until_then() {
    let (mut world, id) = history();
    world.accepts(host(), delete(&id));
    let events = world.events.clone();
    let late = with(
        without(events.iter().find(|event| event["event"] == "account_status_changed").unwrap().clone(), "id"),
        json!({"sequence": 6}),
    );
    let fault = folded(&[events.clone(), vec![late]].concat()).unwrap_err();
    assert!(fault.message.contains("the stream has already ended"), "{}", fault.message);
    for field in ["name", "email"] {
        let lacking: Vec<Value> = events
            .iter()
            .map(|event| {
                if event["event"] == "account_created" {
                    with(event.clone(), json!({field: null}))
                } else {
                    event.clone()
                }
            })
            .collect();
        let fault = folded(&lacking).unwrap_err();
        assert!(fault.message.contains("needs a name and an email address"), "{}", fault.message);
    }
}

#[test]
fn ac_11_who_deletes_whom() {
    let mut world = World::new();
    let (admin, boss) = (world.admin(), world.organization_admin(ACME));
    let root = world.account_with("root@b.c", json!({"role": "admin", "organization_id": ACME}));
    let there = world.account_with("there@b.c", json!({"organization_id": OTHER}));
    let rejection = world.rejects(boss.clone(), delete(&root), "forbidden");
    assert_eq!(rejection["message"], "an `organization_admin` may not delete an `admin`");
    world.rejects(boss.clone(), delete(&there), "user_not_found");
    for actor in [admin.clone(), boss.clone()] {
        world.rejects(actor.clone(), delete(&text(&actor, "/user_id")), "self_action");
    }
    let peer = world.account_with("peer@b.c", json!({"role": "organization_admin", "organization_id": ACME}));
    let member = world.account_with("member@b.c", json!({"organization_id": ACME}));
    world.rejects(account(&member), delete(&peer), "forbidden");
    for id in [&peer, &member] {
        world.accepts(boss.clone(), delete(id));
    }
    world.accepts(system(), delete(&text(&boss, "/user_id")));
    world.accepts(admin, delete(&root));
    world.accepts(host(), delete(&there));
}

#[test]
fn ac_11_the_last_active_admin_stays() {
    let mut world = World::new();
    let first = world.account_with("first@b.c", json!({"role": "admin"}));
    for actor in [host(), system()] {
        world.rejects(actor, delete(&first), "last_admin");
    }
    // Alone, it is itself before it is the last one.
    world.rejects(account(&first), delete(&first), "self_action");
    // One that is not active does not count.
    let second = world.account_with("second@b.c", json!({"role": "admin"}));
    world.accepts(host(), status(&second, "inactive"));
    world.rejects(host(), delete(&first), "last_admin");
    world.accepts(host(), delete(&second));
    world.rejects(host(), delete(&first), "last_admin");
    // An active one does, until it is deleted.
    let third = world.account_with("third@b.c", json!({"role": "admin"}));
    world.accepts(account(&third), delete(&first));
    world.rejects(host(), delete(&third), "last_admin");
    world.rejects(host(), status(&third, "inactive"), "last_admin");
    let restored = Tenantry::restore(&world.state(), Options::default()).unwrap();
    assert_eq!(restored.snapshot(), world.state());
}

#[test]
fn ac_11_the_expected_version_is_the_present_one() {
    let (mut world, id) = history();
    for version in [3, 5] {
        let late = with(delete(&id), json!({"expected_version": version}));
        world.rejects_at(host(), late, "version_conflict", "/expected_version");
    }
    // Before the rules of state.
    let admin = world.admin();
    let own = with(delete(&text(&admin, "/user_id")), json!({"expected_version": 2}));
    world.rejects(admin, own, "version_conflict");
    world.accepts(host(), with(delete(&id), json!({"expected_version": 4})));
}

#[test]
fn ac_11_a_token_keeps_its_uses_and_whom_it_admitted_by_id_alone() {
    let mut world = World::with_options(&json!({"journal": "memory"}));
    let token = world.token(json!({}));
    let id = text(&world.registers("erin@acme.example"), "/response/id");
    world.accepts(host(), delete(&id));
    assert_eq!(world.token_view(&token)["status"], "exhausted");
    world.rejects(anonymous(), register("erin@acme.example"), "invalid_token");
    let events = journal(&mut world);
    let used = events.iter().find(|event| event["event"] == "registration_token_used").unwrap();
    assert_eq!(used["user_id"], *id);
    assert!(!json!(events).to_string().contains("erin@acme.example"));
}

#[test]
fn ac_11_the_form() {
    let mut world = World::new();
    let id = world.account_with("a@b.c", json!({}));
    world.rejects_at(host(), json!({"command": "delete_user"}), "invalid_request", "/user_id");
    world.rejects_at(host(), with(delete(&id), json!({"reason": "x"})), "invalid_request", "/reason");
    let context = json!({"now": world.now(), "actor": host()});
    world.execute_in(&context, &delete(&id)).unwrap();
}
