//! T-1 to T-4: what time brings holds at its instant, swept or not.

use std::time::Duration;
use tenantry_tests::actors::{host, management, runtime, system};
use tenantry_tests::{OTHER, Value, World, event_names, json, text};

const DAY: Duration = Duration::from_secs(86_400);

/// A world in which much is going to happen.
fn busy() -> (World, Vec<String>) {
    let mut world = World::shop_with(json!({"retention_days": 2}));
    let users: Vec<String> = ["a", "b", "c", "d"]
        .map(|origin| world.user_with(origin, json!({"shared_credential_group": {"origin_company_id": "c1"}})))
        .to_vec();
    let [a, b, c, _] = [&users[0], &users[1], &users[2], &users[3]];
    world.link(a, "slack", None, json!({"expires_at": "2026-01-31T12:00:00Z"}));
    world.link(a, "github", None, json!({"expires_at": "2026-01-31T12:00:00Z"}));
    world.link(a, "slack", Some("team"), json!({"expires_at": "2026-01-31T12:00:00Z"}));
    world.link(a, "slack", Some("all"), json!({"expires_at": "2026-01-31T12:00:00Z"}));
    world.link(b, "slack", None, json!({}));
    world.start_call(b, "own", "slack__post");
    world.start_link(b, "github", None);
    world.link(c, "slack", None, json!({}));
    world.start_call(c, "own", "slack__post");
    for user in [c, &users[3]] {
        world.accepts(system(), json!({"command": "delete_registered_user", "registered_user_id": user}));
    }
    world.accepts(system(), json!({"command": "set_retention_hold", "registered_user_id": users[3], "held": true}));
    (world, users)
}

/// Everything that anybody could ask at this instant, the journal aside.
fn everything(world: &World, users: &[String]) -> Vec<String> {
    let mut world = world.clone();
    let mut answers = Vec::new();
    for user in users {
        for name in ["get_registered_user", "list_credentials", "list_link_sessions", "groups_of"] {
            answers
                .push(format!("{:?}", world.query(management(), json!({"query": name, "registered_user_id": user}))));
        }
        for pack in ["own", "team", "all"] {
            for tool in ["slack__post", "github__merge"] {
                answers.push(world.decides(user, pack, tool));
            }
            let tools = json!({"query": "list_tools", "registered_user_id": user, "tool_pack_id": pack});
            answers.push(format!("{:?}", world.query(runtime(), tools)));
        }
        let hold = json!({"command": "set_retention_hold", "registered_user_id": user, "held": true});
        answers.push(format!("{:?}", world.clone().execute(system(), hold).map(|outcome| outcome["response"].clone())));
    }
    for name in ["list_registered_users", "list_companies"] {
        answers.push(format!("{:?}", world.query(management(), json!({"query": name}))));
    }
    answers
}

#[test]
fn t_2_no_answer_differs_before_and_after_the_sweep() {
    let (mut world, users) = busy();
    let mut swept = 0;
    for _ in 0..40 {
        world.advance(Duration::from_secs(3 * 3600));
        let mut twin = world.clone();
        swept += twin.sweep()["response"]["processed"].as_u64().unwrap();
        assert_eq!(everything(&world, &users), everything(&twin, &users), "at {}", world.now());
        // Also for what comes later.
        let (mut later, mut twin_later) = (world.clone(), twin.clone());
        later.advance(DAY);
        twin_later.advance(DAY);
        assert_eq!(everything(&later, &users), everything(&twin_later, &users), "a day after {}", world.now());
    }
    assert!(swept > 100, "{swept}");
}

#[test]
fn t_2_events_come_in_the_order_of_instant_stream_kind_stream_id_event_and_thing() {
    let (mut world, users) = busy();
    world.advance(10 * DAY);
    let outcome = world.sweep();
    let place = |event: &Value| {
        let thing = ["connector", "link_session_id", "tool_call_id"].iter().find_map(|name| event[*name].as_str());
        (
            text(event, "/due_at"),
            text(event, "/stream/kind"),
            text(event, "/stream/id"),
            text(event, "/event"),
            thing.unwrap_or_default().to_owned(),
        )
    };
    let places: Vec<_> = outcome["events"].as_array().unwrap().iter().map(place).collect();
    assert!(places.is_sorted(), "{places:#?}");
    assert_eq!(outcome["response"]["processed"], places.len());
    let kinds: std::collections::BTreeSet<_> = places.iter().map(|place| place.3.as_str()).collect();
    let all = [
        "credential_expired",
        "link_session_expired",
        "link_session_removed",
        "registered_user_purged",
        "tool_call_expired",
    ];
    assert!(kinds.iter().eq(all.iter()), "{kinds:?}");
    // The call of the user that was deleted had a day, and its tombstone two.
    let of_deleted: Vec<_> = places.iter().filter(|place| place.2 == users[2]).map(|place| place.3.as_str()).collect();
    assert_eq!(of_deleted, ["tool_call_expired", "registered_user_purged"]);
    for event in outcome["events"].as_array().unwrap() {
        assert_eq!((&event["at"], &event["actor"]["type"]), (&json!(world.now()), &json!("system")));
    }
}

#[test]
fn t_2_a_purge_takes_what_was_due_after_it() {
    let mut world = World::shop_with(json!({"retention_days": 0}));
    let user = world.user("alice");
    world.link(&user, "slack", None, json!({}));
    world.start_call(&user, "own", "slack__post");
    world.accepts(system(), json!({"command": "delete_registered_user", "registered_user_id": user}));
    world.advance(2 * DAY);
    let outcome = world.sweep();
    assert_eq!(event_names(&outcome), ["registered_user_purged"]);
    assert_eq!(outcome["response"], json!({"processed": 1}));
    assert_eq!(world.tenantry.next_due(), None);
    assert_eq!(world.sweep()["events"], json!([]));
}

#[test]
fn t_2_a_limit_counts_events_and_in_small_steps_it_is_the_same() {
    let (mut world, _) = busy();
    world.advance(10 * DAY);
    let mut twin = world.clone();
    let whole = twin.sweep();
    let mut events = Vec::new();
    loop {
        let step = world.accepts(host(), json!({"command": "advance_time", "limit": 3}));
        let processed = step["response"]["processed"].as_u64().unwrap();
        events.extend(step["events"].as_array().unwrap().clone());
        assert!(processed <= 3);
        if processed < 3 {
            break;
        }
    }
    assert_eq!(json!(events), whole["events"]);
    assert_eq!(world.state(), twin.state());
    for limit in [json!(0), json!(-1), json!(1.5), json!("1")] {
        world.rejects_at(host(), json!({"command": "advance_time", "limit": limit}), "invalid_request", "/limit");
    }
}

/// Slow beyond measure where an edit of a user costs more than its length (P-6).
#[test]
fn p_6_links_that_nobody_swept_for_weeks_are_swept_at_once() {
    let mut world = World::shop();
    let user = world.user("alice");
    let start = json!({"command": "start_link", "registered_user_id": user, "connector": "slack"});
    for _ in 0..20 {
        for _ in 0..100 {
            world.unwatched(system(), &start);
        }
        world.advance(2 * DAY);
    }
    let swept = world.unwatched(host(), &json!({"command": "advance_time"}));
    assert_eq!(swept["response"]["processed"], 4000);
    assert_eq!(tenantry::wire::next_due(&world.tenantry), None);
    let again = world.unwatched(system(), &start);
    let session = text(&again, "/response/link_session_id");
    world.accepts(system(), json!({"command": "complete_link", "link_session_id": session}));
}

#[test]
fn t_2_all_organizations_are_swept_whatever_the_actor_names() {
    let mut world = World::shop();
    let user = world.user("alice");
    world.link(&user, "slack", None, json!({"expires_at": "2026-01-31T11:00:00Z"}));
    world.advance(DAY);
    let actor = json!({"type": "system", "organization_id": OTHER, "environment": "test"});
    let outcome = world.accepts(actor, json!({"command": "advance_time"}));
    assert_eq!(outcome["events"][0]["event"], "credential_expired");
}

#[test]
fn t_3_next_due_is_the_instant_at_which_something_would_happen() {
    let (mut world, _) = busy();
    let mut instants = 0;
    while let Some(due) = world.tenantry.next_due() {
        instants += 1;
        let before = tenantry::Timestamp::from_millis(due.millis() - 1).unwrap().to_string();
        world.set_now(&before);
        assert_eq!(world.sweep()["events"], json!([]), "something happened before it was due");
        world.set_now(&due.to_string());
        let outcome = world.sweep();
        let events = outcome["events"].as_array().unwrap();
        assert!(!events.is_empty(), "nothing happened at {due}");
        assert!(events.iter().all(|event| event["due_at"] == due.to_string()), "{outcome}");
    }
    assert!(instants >= 5, "{instants}");
}

#[test]
fn t_3_nothing_is_due_in_an_empty_world_nor_of_a_held_tombstone() {
    let mut world = World::new();
    assert_eq!(tenantry::wire::next_due(&world.tenantry), None);
    let user = world.user("alice");
    world.accepts(system(), json!({"command": "delete_registered_user", "registered_user_id": user}));
    assert_eq!(tenantry::wire::next_due(&world.tenantry).as_deref(), Some("2026-05-01T10:00:00Z"));
    world.accepts(system(), json!({"command": "set_retention_hold", "registered_user_id": user, "held": true}));
    assert_eq!(tenantry::wire::next_due(&world.tenantry), None);
    world.advance(1000 * DAY);
    assert_eq!(world.sweep()["events"], json!([]));
}

#[test]
fn t_4_i_4_a_link_that_had_expired_does_not_come_back_with_the_clock() {
    let mut world = World::shop();
    let user = world.user_with("alice", json!({"shared_credential_group": {"origin_company_id": "c1"}}));
    let own = world.start_link(&user, "slack", Some("own"));
    let company = world.start_link(&user, "slack", Some("team"));
    let organization = world.start_link(&user, "slack", Some("all"));
    let before = world.now();
    let complete = |id: &str| json!({"command": "complete_link", "link_session_id": id});
    let fail = |id: &str| json!({"command": "fail_link", "link_session_id": id});
    let status = |world: &mut World, id: &str| {
        let listed = world.answers(system(), json!({"query": "list_link_sessions", "registered_user_id": user}));
        let sessions = listed["items"].as_array().unwrap();
        sessions.iter().find(|session| session["link_session_id"] == id).unwrap()["status"].clone()
    };

    // Too late to be cancelled by what the user does now (RU-8): it has expired, for good.
    world.advance(DAY / 2);
    let outcome = world.patch(&user, json!({"shared_credential_group": null}));
    assert_eq!(event_names(&outcome), ["registered_user_updated", "link_session_expired"]);
    world.set_now(&before);
    assert_eq!((status(&mut world, &company), status(&mut world, &own)), (json!("expired"), json!("pending")));
    world.rejects(system(), complete(&company), "link_session_expired");
    world.rejects(system(), fail(&company), "link_session_expired");

    // And by a deactivation (RU-9), of whatever scope.
    world.advance(DAY / 2);
    assert_eq!(
        event_names(&world.patch(&user, json!({"is_active": false}))),
        ["registered_user_deactivated", "link_session_expired", "link_session_expired"]
    );
    world.set_now(&before);
    for id in [&own, &organization] {
        assert_eq!(status(&mut world, id), "expired");
        world.rejects(system(), complete(id), "link_session_expired");
    }
    world.patch(&user, json!({"is_active": true}));
    assert_eq!(world.view(&user)["authenticated_connectors"], json!([]));
}

#[test]
fn t_4_time_may_go_back() {
    let mut world = World::new();
    let user = world.user("alice");
    world.set_now("2025-01-01T00:00:00Z");
    let outcome = world.patch(&user, json!({"origin_user_name": "A"}));
    assert_eq!(
        (&outcome["events"][0]["at"], &outcome["events"][0]["sequence"]),
        (&json!("2025-01-01T00:00:00Z"), &json!(2))
    );
    let seen = world.view(&user);
    assert_eq!(
        (&seen["updated_at"], &seen["created_at"]),
        (&json!("2025-01-01T00:00:00Z"), &json!("2026-01-31T10:00:00Z"))
    );
}

#[test]
fn ru_13_after_its_purge_nothing_of_a_user_is_in_the_state() {
    let (mut world, users) = busy();
    world.advance(3 * DAY);
    let outcome = world.sweep();
    let purged: Vec<&Value> = outcome["events"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|event| event["event"] == "registered_user_purged")
        .collect();
    assert_eq!(purged.len(), 1);
    assert_eq!(purged[0]["stream"], json!({"kind": "registered_user", "id": users[2]}));
    assert!(!world.state().contains(&users[2]), "I-5");
    assert!(world.state().contains(&users[3]), "a held tombstone stays");
    // RU-16: released late it is due at once.
    world.accepts(system(), json!({"command": "set_retention_hold", "registered_user_id": users[3], "held": false}));
    assert_eq!(event_names(&world.sweep()), ["registered_user_purged"]);
    assert!(!world.state().contains(&users[3]));
}

#[test]
fn ru_14_a_purge_never_touches_the_user_that_came_after() {
    let mut world = World::shop();
    let old = world.user("alice");
    world.accepts(system(), json!({"command": "delete_registered_user", "registered_user_id": old}));
    let new = world.user("alice");
    world.link(&new, "slack", None, json!({}));
    world.advance(91 * DAY);
    world.sweep();
    let found = world.answers(system(), json!({"query": "find_registered_user", "origin_user_id": "alice"}));
    assert_eq!(found["registered_user_id"], new);
    assert_eq!(world.decides(&new, "own", "slack__post"), "allow");
}
