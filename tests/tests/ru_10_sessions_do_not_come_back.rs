//! RU-8, RU-9, RU-10: a link session that a change of its user has met never comes back, whatever the clock does.

use tenantry_tests::actors::system;
use tenantry_tests::{Value, World, event_names, json, text};

const STARTED: &str = "2026-01-31T10:00:00Z";
const BEFORE_ITS_END: &str = "2026-01-31T10:10:00Z";
const AFTER_ITS_END: &str = "2026-01-31T10:30:00Z";
const LONG_AFTER: &str = "2026-02-02T10:00:00Z";

fn complete(session: &str) -> Value {
    json!({"command": "complete_link", "link_session_id": session})
}

fn join(company: Value) -> Value {
    json!({"shared_credential_group": {"origin_company_id": company}})
}

fn status(world: &mut World, user: &str) -> Vec<String> {
    let all = world.answers(system(), json!({"query": "list_link_sessions", "registered_user_id": user}));
    all["items"].as_array().unwrap().iter().map(|item| text(item, "/status")).collect()
}

/// A member of company `c1` that has started a link by a pack.
fn linking(pack: &str) -> (World, String, String) {
    let mut world = World::shop();
    let user = world.user_with("alice", join(json!("c1")));
    assert_eq!(world.now(), STARTED);
    let session = world.start_link(&user, "slack", Some(pack));
    (world, user, session)
}

#[test]
fn ru_10_a_session_past_its_time_does_not_come_back_after_a_deactivation() {
    for pack in ["own", "team", "all"] {
        for met in [AFTER_ITS_END, LONG_AFTER] {
            let (mut world, user, session) = linking(pack);
            world.set_now(met);
            let outcome = world.patch(&user, json!({"is_active": false}));
            assert_eq!(event_names(&outcome), ["registered_user_deactivated", "link_session_expired"]);
            assert_eq!(outcome["events"][1]["due_at"], AFTER_ITS_END);
            world.set_now(BEFORE_ITS_END);
            assert_eq!(status(&mut world, &user), ["expired"]);
            world.patch(&user, json!({"is_active": true}));
            assert_eq!(status(&mut world, &user), ["expired"]);
            world.rejects(system(), complete(&session), "link_session_expired");
        }
    }
}

#[test]
fn ru_8_a_session_past_its_time_does_not_come_back_with_the_company() {
    for away in [json!("c2"), Value::Null] {
        for reborn in [false, true] {
            let (mut world, user, session) = linking("team");
            world.set_now(AFTER_ITS_END);
            let outcome = world.patch(&user, join(away.clone()));
            assert_eq!(event_names(&outcome).last().unwrap(), "link_session_expired");
            world.set_now(BEFORE_ITS_END);
            if reborn {
                world.accepts(system(), json!({"command": "delete_company", "origin_company_id": "c1"}));
            }
            world.patch(&user, join(json!("c1")));
            assert_eq!(status(&mut world, &user), ["expired"]);
            world.rejects(system(), complete(&session), "link_session_expired");
            assert_eq!(world.decides(&user, "team", "slack__post"), "credential_required");
        }
    }
}

#[test]
fn ru_8_only_shared_sessions_end_with_the_company() {
    for pack in ["own", "all"] {
        let (mut world, user, session) = linking(pack);
        world.set_now(AFTER_ITS_END);
        world.patch(&user, join(json!("c2")));
        world.set_now(BEFORE_ITS_END);
        assert_eq!(status(&mut world, &user), ["pending"]);
        world.accepts(system(), complete(&session));
    }
}

#[test]
fn t_2_a_deactivation_after_a_sweep_leaves_the_same_state() {
    let (world, user, _) = linking("own");
    let ends = [false, true].map(|swept| {
        let mut world = world.clone();
        world.set_now(AFTER_ITS_END);
        if swept {
            world.sweep();
        }
        world.patch(&user, json!({"is_active": false}));
        // Sequences count events; what is seen is the same.
        status(&mut world, &user)
    });
    assert_eq!(ends[0], ends[1]);
}
