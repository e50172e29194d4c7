//! RU-12, RU-13: what leaves a user's own stream when it is deleted, and what of others stays.

use tenantry::json::parse_document;
use tenantry::wire;
use tenantry_tests::actors::{host, system};
use tenantry_tests::{Value, World, event_names, json, text};

const ACCOUNT: &str = "alice@outside.example";
const OLD_ACCOUNT: &str = "alice.old@outside.example";
const REASON: &str = "because Alice said so";
const PROFILE: [&str; 4] = ["alice-origin", "Alice Liddell", "alice@inside.example", "wonderland"];

/// A user with everything in its stream that may be personal, and a journal.
fn history() -> (World, String) {
    let mut world = World::with_options(&json!({"journal": "memory"}));
    world.connector("slack", &["post"]);
    for (pack, scope) in [("own", "INDIVIDUAL"), ("team", "SHARED"), ("all", "ORGANIZATION")] {
        world.pack(pack, json!([{"connector": "slack", "auth_scope": scope}]));
    }
    let user = world.user_with(
        PROFILE[0],
        json!({
            "origin_user_name": PROFILE[1], "origin_user_email": PROFILE[2], "custom_groupings": {"team": PROFILE[3]},
            "shared_credential_group": {"origin_company_id": "c1"},
        }),
    );
    for pack in ["own", "team", "all"] {
        for account in [OLD_ACCOUNT, ACCOUNT] {
            world.link(&user, "slack", Some(pack), json!({"external_account_id": account}));
        }
    }
    let session = world.start_link(&user, "slack", None);
    world.accepts(system(), json!({"command": "fail_link", "link_session_id": session, "reason": REASON}));
    for held in [true, false] {
        let hold = json!({"command": "set_retention_hold", "registered_user_id": user, "held": held, "reason": REASON});
        world.accepts(system(), hold);
    }
    (world, user)
}

fn delete(user: &str) -> Value {
    json!({"command": "delete_registered_user", "registered_user_id": user})
}

/// The events of the user's own stream, as text, and those of all others.
fn streams(world: &mut World, user: &str) -> (String, String) {
    let (own, others): (Vec<Value>, Vec<Value>) =
        world.journal(&host(), &json!({}), 200).into_iter().partition(|event| event["stream"]["id"] == user);
    (json!(own).to_string(), json!(others).to_string())
}

#[test]
fn ru_12_accounts_and_reasons_leave_the_users_stream_with_the_profile() {
    let (mut world, user) = history();
    let (own, others) = streams(&mut world, &user);
    for text in [ACCOUNT, OLD_ACCOUNT, REASON].iter().chain(&PROFILE) {
        assert!(own.contains(text), "{text}");
    }
    assert!(others.contains(ACCOUNT) && others.contains(OLD_ACCOUNT));
    let names = |world: &mut World| {
        let own = world.journal(&system(), &json!({"registered_user_id": user}), 200);
        own.iter().map(|event| text(event, "/event")).collect::<Vec<_>>()
    };
    let before = names(&mut world);
    world.accepts(system(), delete(&user));
    let (own, kept) = streams(&mut world, &user);
    for text in [ACCOUNT, OLD_ACCOUNT, REASON].iter().chain(&PROFILE) {
        assert!(!own.contains(text), "{text} is left in {own}");
    }
    assert_eq!(names(&mut world)[..before.len()], before, "what happened stays");
    // What a company's and an organization's credential holds is theirs (RU-13).
    assert!(kept.starts_with(others.trim_end_matches(']')), "streams of others are as they were");
}

#[test]
fn ru_12_a_host_redacts_its_events_likewise_and_they_fold_to_the_same_state() {
    let (mut world, user) = history();
    world.accepts(system(), delete(&user));
    let redacted = |event: &Value| -> Value {
        if event["stream"]["id"] != user {
            return event.clone();
        }
        let text = event.to_string();
        serde_json::from_str(&wire::redact(&parse_document(&text).unwrap()).unwrap()).unwrap()
    };
    let kept: Vec<Value> = world.events.iter().map(redacted).collect();
    assert_eq!(kept, world.journal(&host(), &json!({}), 200), "as a journal in memory has them (E-4)");
    let folded = wire::fold(&parse_document(&json!(kept).to_string()).unwrap(), &parse_document("null").unwrap());
    assert_eq!(wire::snapshot(&folded.unwrap()), world.state(), "E-1");
    // Again changes nothing, and an event of another stream stays as it is whoever asks.
    for event in &kept {
        let again = wire::redact(&parse_document(&event.to_string()).unwrap()).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&again).unwrap(), *event);
    }
}

#[test]
fn ru_13_after_the_purge_nothing_of_the_user_is_left_but_the_record() {
    let (mut world, user) = history();
    world.accepts(system(), delete(&user));
    world.set_now("2026-06-01T00:00:00Z");
    world.sweep();
    let (own, others) = streams(&mut world, &user);
    let own: Vec<Value> = serde_json::from_str(&own).unwrap();
    assert_eq!(event_names(&json!({"events": own})), ["registered_user_purged"]);
    for text in [REASON, user.as_str()].iter().chain(&PROFILE) {
        assert!(!others.contains(text) && !world.state().contains(text), "{text} is left");
    }
}
