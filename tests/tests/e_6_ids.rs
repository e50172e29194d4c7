//! E-6: events and effects can be sent on: each has a type name, a stable id and an instant. That each event has the id of
//! its stream and sequence, and each effect that of an event of its own, the test world sees to after every command.

use std::collections::BTreeSet;
use std::time::Duration;
use tenantry::json::parse_document;
use tenantry::{Effect, Event, EventId, wire};
use tenantry_tests::actors::{host, system};
use tenantry_tests::rich::Rich;
use tenantry_tests::{Value, World, json, text, with, without};

#[test]
fn e_6_no_two_events_have_one_id() {
    let rich = Rich::new(&json!({}));
    let ids: BTreeSet<String> = rich.world.events.iter().map(|event| text(event, "/id")).collect();
    assert_eq!(ids.len(), rich.world.events.len());
    for (event, id) in rich.world.events.iter().zip(rich.world.events.iter().map(|event| text(event, "/id"))) {
        let event = Event::from_json(&event.to_string()).unwrap();
        assert_eq!(event.id().to_string(), id);
        assert_eq!(id.parse(), Ok(event.id()));
    }
}

#[test]
fn e_6_redaction_and_purge_leave_the_ids() {
    let mut rich = Rich::new(&json!({"journal": "memory"}));
    rich.world.advance(Duration::from_secs(91 * 86_400));
    rich.world.sweep();
    let emitted: BTreeSet<String> = rich.world.events.iter().map(|event| text(event, "/id")).collect();
    let kept = rich.world.journal(&host(), &json!({}), 200);
    assert!(kept.len() < emitted.len());
    assert!(kept.iter().all(|event| emitted.contains(&text(event, "/id"))));
}

#[test]
fn e_6_an_event_may_lack_its_id_but_not_have_another() {
    let rich = Rich::new(&json!({}));
    let event = &rich.world.events[0];
    let read = |event: &Value| Event::from_json(&event.to_string());
    assert_eq!(read(&without(event.clone(), "id")), read(event));
    let other = text(&rich.world.events[1], "/id");
    for id in [json!(other), json!(format!("{}0", text(event, "/id"))), json!(""), json!(1), Value::Null] {
        let wrong = with(event.clone(), json!({"id": id}));
        assert_eq!(read(&wrong).unwrap_err().pointer, "/id", "{wrong}");
        let events = json!([wrong]).to_string();
        let refused = wire::fold(&parse_document(&events).unwrap(), &parse_document("{}").unwrap()).unwrap_err();
        assert_eq!(refused.pointer.as_deref(), Some("/0/id"));
    }
}

#[test]
fn m_4_a_sequence_begins_with_1() {
    let event = without(Rich::new(&json!({})).world.events[0].clone(), "id");
    for sequence in [json!(0), json!(-1), json!(1.5)] {
        let wrong = with(event.clone(), json!({"sequence": sequence}));
        assert_eq!(Event::from_json(&wrong.to_string()).unwrap_err().pointer, "/sequence", "{wrong}");
    }
}

#[test]
fn e_6_only_an_id_in_its_one_form_is_read() {
    for id in [
        "organization:org_acme:1",
        "organization:org_a:b:1",
        "registered_user:0198f0a8-0000-7000-8000-000000000000:18446744073709551615",
    ] {
        assert_eq!(id.parse::<EventId>().unwrap().to_string(), id);
    }
    for no_id in [
        "",
        ":",
        "organization",
        "organization:org_acme",
        "organization:org_acme:",
        "organization:org_acme:01",
        "organization:org_acme:+1",
        "organization:org_acme:-1",
        "organization:org_acme:18446744073709551616",
        "organization: org_acme:1",
        "organization:acme:1",
        "Organization:org_acme:1",
        "registered_user:nobody:1",
        "registered_user:0198F0A8-0000-7000-8000-000000000000:1",
        "account:nobody:1",
    ] {
        assert!(no_id.parse::<EventId>().is_err(), "{no_id}");
    }
}

#[test]
fn e_6_an_effect_is_read_as_it_was_written() {
    let mut world = World::shop();
    let user = world.user("alice");
    world.link(&user, "slack", None, json!({"external_account_id": "a"}));
    let outcome = world.accepts(system(), json!({"command": "delete_registered_user", "registered_user_id": user}));
    let effects = outcome["effects"].as_array().unwrap();
    assert_eq!(effects.len(), 2);
    for effect in effects {
        let read: Effect = serde_json::from_value(effect.clone()).unwrap();
        assert_eq!(&serde_json::to_value(&read).unwrap(), effect);
        for member in ["id", "at", "effect"] {
            assert!(serde_json::from_value::<Effect>(without(effect.clone(), member)).is_err(), "{member}");
        }
    }
}
