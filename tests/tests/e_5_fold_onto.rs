//! E-5: a fold continues from a snapshot.

use crate::runs::runs;
use proptest::collection::vec;
use proptest::prelude::any;
use proptest::prop_assert_eq;
use std::time::Duration;
use tenantry::json::{Value as Json, parse_document};
use tenantry::{Event, Options, Tenantry, wire};
use tenantry_tests::actors::{host, system};
use tenantry_tests::random::{Roll, peopled};
use tenantry_tests::{Value, World, json};

fn onto(snapshot: &str, events: &[Value]) -> Result<Tenantry, tenantry::Rejection> {
    let given = json!({"onto": snapshot, "events": events}).to_string();
    wire::fold(&parse_document(&given).unwrap(), &Json::Null)
}

#[test]
fn e_5_a_fold_onto_a_snapshot_is_the_fold_of_everything() {
    runs(30, &vec(any::<Roll>(), 5..40), |rolls| {
        let (mut world, known) = peopled();
        let mut snapshots = vec![world.state()];
        let mut events: Vec<Vec<Value>> = Vec::new();
        for roll in rolls {
            if roll[5] >= 224 {
                world.advance(Duration::from_secs(u64::from(roll[6]) * 6 * 3600));
            }
            let (actor, now) = (known.actor(roll, &world.now()), world.now());
            if let Ok(outcome) = world.execute(actor, known.command(roll, &now)) {
                events.push(outcome["events"].as_array().unwrap().clone());
                snapshots.push(world.state());
            }
        }
        let last = snapshots.last().unwrap();
        for (index, snapshot) in snapshots.iter().enumerate() {
            let since: Vec<Value> = events[index..].concat();
            prop_assert_eq!(&onto(snapshot, &since).unwrap().snapshot(), last);
        }
        Ok(())
    });
}

#[test]
fn e_5_a_redacted_journal_folds_wherever_it_is_cut() {
    let mut world = World::with_options(&json!({"journal": "memory"}));
    let user = world.user_with("alice", json!({"origin_user_name": "Alice", "custom_groupings": {"team": "red"}}));
    world.patch(&user, json!({"origin_user_email": "alice@acme.example"}));
    world.patch(&user, json!({"is_active": false}));
    world.accepts(system(), json!({"command": "delete_registered_user", "registered_user_id": user}));
    let redacted = world.journal(&host(), &json!({}), 200);
    assert_ne!(redacted, world.events);
    for cut in 0..=redacted.len() {
        let (first, rest) = redacted.split_at(cut);
        let events = json!(first).to_string();
        let replica = wire::fold(&parse_document(&events).unwrap(), &Json::Null).unwrap();
        assert_eq!(onto(&replica.snapshot(), rest).unwrap().snapshot(), world.state(), "cut at {cut}");
    }
}

#[test]
fn e_5_what_the_snapshot_has_already_is_refused_and_so_is_a_gap() {
    let mut world = World::new();
    let user = world.user("alice");
    let before = world.state();
    let patch = |name: &str| json!({"command": "update_registered_user", "registered_user_id": user, "patch": {"origin_user_name": name}});
    let first = world.accepts(system(), patch("Alice"))["events"].as_array().unwrap().clone();
    let second = world.accepts(system(), patch("Alice Chen"))["events"].as_array().unwrap().clone();
    assert_eq!(onto(&before, &[first.clone(), second.clone()].concat()).unwrap().snapshot(), world.state());
    let refused = |events: &[Value]| {
        let rejection = onto(&before, events).map(|_| ()).unwrap_err();
        assert_eq!(rejection.code.as_str(), "invalid_snapshot");
        rejection.pointer.unwrap_or_default()
    };
    assert_eq!(refused(&second), "/0/sequence");
    assert_eq!(refused(&[first.clone(), first].concat()), "/1/sequence");
    // The snapshot itself is looked at, as text and as a value.
    let broken = json!({"onto": "{}", "events": []}).to_string();
    assert!(wire::fold(&parse_document(&broken).unwrap(), &Json::Null).is_err());
    let value: Value = serde_json::from_str(&before).unwrap();
    let given = json!({"onto": value, "events": []}).to_string();
    assert_eq!(wire::fold(&parse_document(&given).unwrap(), &Json::Null).unwrap().snapshot(), before);
}

#[test]
fn e_5_a_replica_keeps_the_journal_since() {
    let mut world = World::with_options(&json!({"journal": "memory"}));
    let before = world.state();
    let outcome = world.accepts(host(), json!({"command": "create_organization", "name": "New"}));
    let events = outcome["events"].as_array().unwrap().iter();
    let events: Vec<Event> = events.map(|event| Event::from_json(&event.to_string()).unwrap()).collect();
    let options = Options { journal: true, ..Options::default() };
    let replica = Tenantry::fold_onto(&before, &events, options).unwrap();
    assert_eq!(replica.snapshot(), world.state());
    assert_eq!(replica.journal().count(), events.len());
}
