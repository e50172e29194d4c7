//! CR-2: only pending link sessions count for the limit, and of those that have ended the youngest are kept.

use std::time::Duration;
use tenantry::Timestamp;
use tenantry_tests::actors::{host, system};
use tenantry_tests::{Value, World, event_names, json, text};

const MINUTE: Duration = Duration::from_secs(60);

fn start(user: &str) -> Value {
    json!({"command": "start_link", "registered_user_id": user, "connector": "slack"})
}

fn named(command: &str, session: &str) -> Value {
    json!({"command": command, "link_session_id": session})
}

/// The ids and statuses that the list shows.
fn listed(world: &mut World, user: &str) -> Vec<(String, String)> {
    let query = json!({"query": "list_link_sessions", "registered_user_id": user, "limit": 200});
    let items = world.answers(system(), query)["items"].as_array().unwrap().clone();
    items.iter().map(|item| (text(item, "/link_session_id"), text(item, "/status"))).collect()
}

/// Starts sessions, a millisecond apart, so that their ids are in the order in which they began.
fn starts(world: &mut World, user: &str, count: usize) -> Vec<String> {
    let one = |_| {
        world.advance(Duration::from_millis(1));
        world.start_link(user, "slack", None)
    };
    (0..count).map(one).collect()
}

#[test]
fn cr_2_only_pending_sessions_count_for_the_limit() {
    let mut world = World::shop();
    let user = world.user("alice");
    let sessions = starts(&mut world, &user, 100);
    let rejection = world.rejects(system(), start(&user), "limit_exceeded");
    assert_eq!(rejection["message"], "the limit of 100 pending link sessions per registered user has been reached");
    // One that has ended, by whatever end, makes room for another.
    for (session, command) in sessions.iter().zip(["complete_link", "fail_link"]) {
        world.accepts(system(), named(command, session));
        starts(&mut world, &user, 1);
        world.rejects(system(), start(&user), "limit_exceeded");
    }
    world.advance(30 * MINUTE);
    // They all have expired: the user can link at once.
    starts(&mut world, &user, 100);
    world.rejects(system(), start(&user), "limit_exceeded");
}

#[test]
fn cr_2_of_ended_sessions_the_100_youngest_are_kept() {
    let mut world = World::shop();
    let user = world.user("alice");
    let sessions = starts(&mut world, &user, 100);
    for session in &sessions {
        assert_eq!(event_names(&world.accepts(system(), named("fail_link", session))), ["link_session_failed"]);
    }
    let [next] = starts(&mut world, &user, 1).try_into().unwrap();
    assert_eq!(listed(&mut world, &user).len(), 101);
    let outcome = world.accepts(system(), named("complete_link", &next));
    assert_eq!(event_names(&outcome), ["link_session_completed", "credential_granted", "link_session_removed"]);
    assert_eq!(outcome["events"][2]["link_session_id"], sessions[0]);
    assert_eq!(outcome["events"][2]["due_at"], world.now());
    let kept = listed(&mut world, &user);
    assert_eq!((kept.len(), &kept[0].0, &kept[99].0), (100, &sessions[1], &next));
    world.rejects(system(), named("complete_link", &sessions[0]), "link_session_not_found");
    world.rejects(system(), named("complete_link", &sessions[1]), "link_session_closed");
}

#[test]
fn cr_2_pending_sessions_are_never_too_many_to_keep() {
    let mut world = World::shop();
    let user = world.user("alice");
    let old = starts(&mut world, &user, 1);
    for _ in 0..100 {
        let [session] = starts(&mut world, &user, 1).try_into().unwrap();
        world.accepts(system(), named("fail_link", &session));
    }
    // The oldest is pending. When it ends, it is the one that is too many.
    assert_eq!(listed(&mut world, &user).len(), 101);
    let outcome = world.accepts(system(), named("complete_link", &old[0]));
    assert_eq!(event_names(&outcome), ["link_session_completed", "credential_granted", "link_session_removed"]);
    assert_eq!(listed(&mut world, &user).len(), 100);
    world.rejects(system(), named("complete_link", &old[0]), "link_session_not_found");
}

#[test]
fn cr_2_a_deactivation_keeps_no_more() {
    let mut world = World::shop();
    let user = world.user("alice");
    for session in starts(&mut world, &user, 60) {
        world.accepts(system(), named("fail_link", &session));
    }
    let pending = starts(&mut world, &user, 60);
    let outcome = world.patch(&user, json!({"is_active": false}));
    let count = |name: &str| event_names(&outcome).iter().filter(|event| *event == name).count();
    assert_eq!((count("link_session_cancelled"), count("link_session_removed")), (60, 20));
    let kept = listed(&mut world, &user);
    assert_eq!((kept.len(), &kept[99]), (100, &(pending[59].clone(), "cancelled".to_owned())));
}

#[test]
fn t_2_sessions_that_time_ends_are_kept_alike_before_and_after_a_sweep() {
    let mut world = World::shop();
    let user = world.user("alice");
    let first = starts(&mut world, &user, 100);
    world.advance(30 * MINUTE);
    let second = starts(&mut world, &user, 50);
    for session in &second[..10] {
        world.accepts(system(), named("fail_link", session));
    }
    let last = Duration::from_millis(60);
    for by in [Duration::ZERO, 15 * MINUTE, 15 * MINUTE - last, last, MINUTE, 24 * 60 * MINUTE] {
        world.advance(by);
        let before = listed(&mut world, &user);
        let refused = |world: &World, session: &str| {
            text(&world.clone().execute(system(), named("fail_link", session)).unwrap_err(), "/code")
        };
        let sessions = first.iter().chain(&second[..10]);
        let closed: Vec<String> = sessions.clone().map(|session| refused(&world, session)).collect();
        let mut swept = world.clone();
        swept.sweep();
        assert_eq!(listed(&mut swept, &user), before, "a sweep changes what is seen");
        assert_eq!(sessions.map(|session| refused(&swept, session)).collect::<Vec<_>>(), closed);
        let now = Timestamp::parse(&world.now()).unwrap();
        assert!(swept.tenantry.next_due().is_none_or(|due| due > now), "a sweep leaves nothing that is due");
        // In portions it writes the same.
        let mut portioned = world.clone();
        while portioned.accepts(host(), json!({"command": "advance_time", "limit": 7}))["response"]["processed"] != 0 {
            assert_eq!(listed(&mut portioned, &user), before);
        }
        assert_eq!(portioned.state(), swept.state());
        assert_eq!(portioned.events, swept.events, "in portions a sweep writes the same events");
    }
}
