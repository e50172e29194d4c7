//! RU-12, RU-13, RU-14, RU-16 in the journal: what a deletion redacts, what a purge leaves.

use std::time::Duration;
use tenantry::json::parse_document;
use tenantry::{Code, wire};
use tenantry_tests::actors::{host, management, system};
use tenantry_tests::rich::{ALICE, CAROL, Rich};
use tenantry_tests::{Value, World, effects, json, text};

const DAY: u64 = 86_400_000;

fn memory() -> Value {
    json!({"journal": "memory"})
}

fn delete(id: &str) -> Value {
    json!({"command": "delete_registered_user", "registered_user_id": id})
}

fn hold(id: &str, held: bool) -> Value {
    json!({"command": "set_retention_hold", "registered_user_id": id, "held": held, "reason": "case 7f3a"})
}

fn history(world: &mut World, id: &str) -> Vec<Value> {
    world.journal(&management(), &json!({"registered_user_id": id}), 200)
}

fn names(events: &[Value]) -> Vec<String> {
    events.iter().map(|event| text(event, "/event")).collect()
}

#[test]
fn ru_12_a_host_redacts_the_events_that_it_keeps_in_the_same_way() {
    let mut rich = Rich::new(&memory());
    let journal = history(&mut rich.world, &rich.carol);
    let kept = rich.world.events.iter().filter(|event| event["stream"]["id"] == *rich.carol);
    for (event, expected) in kept.zip(&journal) {
        let redact = |event: &str| wire::redact(&parse_document(event).unwrap()).unwrap();
        let redacted = redact(&event.to_string());
        assert_eq!(serde_json::from_str::<Value>(&redacted).unwrap(), *expected);
        assert_eq!(redact(&redacted), redacted);
    }
    let none = parse_document(r#"{"event": "registered_user_created"}"#).unwrap();
    assert_eq!(wire::redact(&none).unwrap_err().code, Code::InvalidRequest);
}

#[test]
fn ru_12_deletion_redacts_the_profile_and_nothing_else() {
    let mut rich = Rich::new(&memory());
    let as_given: Vec<Value> =
        rich.world.events.iter().filter(|event| event["stream"]["id"] == *rich.carol).cloned().collect();
    let redacted = history(&mut rich.world, &rich.carol);
    assert_eq!(names(&redacted), names(&as_given));
    for (now, before) in redacted.iter().zip(&as_given) {
        match text(now, "/event").as_str() {
            "registered_user_created" => {
                for field in ["origin_user_id", "origin_user_name", "origin_user_email", "origin_company_id"] {
                    assert_eq!(now[field], Value::Null);
                    assert_ne!(before[field], Value::Null);
                }
                assert_eq!(now["custom_groupings"], json!({}));
                assert_eq!(now["redacted"], true);
                assert_eq!(now["user_type"], before["user_type"]);
            }
            "registered_user_updated" => {
                assert_eq!(now["changes"], json!({}));
                assert_eq!(now["redacted"], true);
                assert_eq!(now["version"], before["version"]);
            }
            _ => {
                let mut before = before.clone();
                for field in ["external_account_id", "replaced_external_account_id", "reason"] {
                    if let Some(text) = before.get_mut(field) {
                        *text = Value::Null;
                    }
                }
                assert_eq!(*now, before);
            }
        }
        assert_eq!(now["at"], before["at"]);
        assert_eq!(now["actor"], before["actor"]);
    }
    // The history of calls and credentials stays until the purge; no text of hers does.
    let kept = json!(redacted).to_string();
    for gone in [
        format!("{CAROL} at slack"),
        format!("\"{CAROL}\""),
        format!("{CAROL} Name"),
        format!("{CAROL}@"),
        format!("{CAROL} key"),
        format!("{CAROL} Renamed"),
    ] {
        assert!(json!(as_given).to_string().contains(&gone));
        assert!(!kept.contains(&gone) && !rich.world.state().contains(&gone), "{gone}");
    }
    assert!(json!(history(&mut rich.world, &rich.alice)).to_string().contains(&format!("{ALICE} Name")));
}

#[test]
fn ru_13_at_the_instant_of_the_purge_only_its_record_is_left() {
    let mut rich = Rich::new(&memory());
    let (carol, alice) = (rich.carol.clone(), rich.alice.clone());
    let world = &mut rich.world;
    let of_alice = history(world, &alice).len();
    world.advance(Duration::from_millis(90 * DAY - 1));
    world.sweep();
    let before = history(world, &carol);
    assert!(before.len() > 5);
    assert!(world.state().contains(&carol));
    world.advance(Duration::from_millis(1));
    let outcome = world.sweep();
    assert!(
        effects(&outcome).as_array().unwrap().contains(&json!({"effect": "purge_user", "registered_user_id": carol}))
    );
    let left = history(world, &carol);
    assert_eq!(names(&left), ["registered_user_purged"]);
    assert_eq!(left[0]["due_at"], world.now());
    let mut last =
        before.iter().chain(outcome["events"].as_array().unwrap()).filter(|event| event["stream"]["id"] == *carol);
    assert_eq!(left[0]["sequence"], last.next_back().unwrap()["sequence"]);
    // Her id is in no other event, nor any text of hers; what she did for others stays.
    let every = world.journal(&host(), &json!({}), 200);
    let elsewhere = json!(every.iter().filter(|event| **event != left[0]).collect::<Vec<_>>()).to_string();
    for gone in [&carol, CAROL] {
        assert!(!elsewhere.contains(gone), "{gone} in {elsewhere}");
        assert!(
            !world.state().contains(gone)
                && !format!("{:?}", world.tenantry).replace(&text(&left[0], "/stream/id"), "").contains(CAROL)
        );
    }
    let acted: Vec<&Value> =
        every.iter().filter(|event| event["actor"].get("registered_user_id") == Some(&Value::Null)).collect();
    assert_eq!(acted.len(), 2, "the company's and the organization's credential");
    assert!(acted.iter().all(|event| event["actor"]["type"] == "registered_user"));
    assert!(history(world, &alice).len() >= of_alice);
    world.rejects(system(), hold(&carol, true), "registered_user_not_found");
}

#[test]
fn ru_14_a_purge_of_the_old_life_does_not_touch_the_new_one() {
    let mut world = World::with_options(&memory());
    let profile = || json!({"origin_user_name": "Alice", "shared_credential_group": {"origin_company_id": "c1"}});
    let old = world.user_with("alice", profile());
    world.accepts(system(), delete(&old));
    world.advance(Duration::from_millis(30 * DAY));
    let new = world.user_with("alice", profile());
    assert_ne!(new, old);
    let (of_new, view) = (history(&mut world, &new), world.view(&new));
    assert_eq!(of_new[0]["origin_user_id"], "alice");
    world.advance(Duration::from_millis(60 * DAY));
    world.sweep();
    assert_eq!(names(&history(&mut world, &old)), ["registered_user_purged"]);
    assert_eq!(history(&mut world, &new), of_new);
    assert_eq!(world.view(&new), view);
    // The new life ends by itself.
    world.accepts(system(), delete(&new));
    world.advance(Duration::from_millis(90 * DAY));
    world.sweep();
    assert_eq!(names(&history(&mut world, &new)), ["registered_user_purged"]);
    assert!(!world.state().contains("alice"));
}

#[test]
fn ru_16_a_hold_keeps_the_history_of_a_tombstone_until_it_is_released() {
    let mut world = World::with_options(&memory());
    let id = world.user("alice");
    world.accepts(system(), hold(&id, true));
    world.rejects(system(), delete(&id), "retention_hold");
    world.accepts(system(), hold(&id, false));
    world.accepts(system(), delete(&id));
    world.accepts(system(), hold(&id, true));
    world.advance(Duration::from_millis(400 * DAY));
    assert_eq!(world.sweep()["response"]["processed"], 0);
    let expected = [
        "registered_user_created",
        "retention_hold_placed",
        "retention_hold_released",
        "registered_user_deleted",
        "retention_hold_placed",
    ];
    assert_eq!(names(&history(&mut world, &id)), expected);
    world.accepts(system(), hold(&id, false));
    world.sweep();
    let left = history(&mut world, &id);
    assert_eq!(names(&left), ["registered_user_purged"]);
    assert_eq!(left[0]["due_at"], "2026-05-01T10:00:00Z");
    assert!(!json!(world.journal(&host(), &json!({}), 200)).to_string().contains("7f3a"));
}
