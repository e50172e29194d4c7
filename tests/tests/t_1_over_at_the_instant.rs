//! T-1: `expires_at` and `purge_at` are the first instant at which a thing is over, everywhere.

use std::time::Duration;
use tenantry::Timestamp;
use tenantry_tests::actors::{anonymous, host, management, runtime, system};
use tenantry_tests::decisions::{call, individual};
use tenantry_tests::{ACME, Value, World, json, text, with};

const SECRET: &str = "ort_a-secret-of-thirty-letters";

/// A thing that ends: what makes it, telling its end, and whether it is over.
struct Ending {
    what: &'static str,
    make: fn(&mut World, &str) -> String,
    is_over: fn(&mut World, &str, &str) -> bool,
}

/// The code of a rejection, which there must be one of these two: that it is over, or that it is not.
#[track_caller]
fn is(answer: Result<Value, Value>, over: &str) -> bool {
    match answer {
        Ok(_) => false,
        Err(rejection) => {
            assert_eq!(rejection["code"], over, "{rejection}");
            true
        }
    }
}

fn delete(world: &mut World, user: &str) -> String {
    let command = json!({"command": "delete_registered_user", "registered_user_id": user});
    text(&world.accepts(system(), command), "/response/purge_at")
}

const ENDINGS: &[Ending] = &[
    Ending {
        what: "an access key",
        make: |world, _| in_an_hour(world),
        is_over: |world, _, end| {
            let key = with(management(), json!({"expires_at": end}));
            is(world.query(key, json!({"query": "list_companies"})), "not_authenticated")
        },
    },
    Ending {
        what: "a credential",
        make: |world, user| {
            let end = in_an_hour(world);
            world.link(user, "slack", None, json!({"expires_at": end}));
            end
        },
        is_over: |world, user, _| {
            let (decided, listed) =
                (world.decides(user, "own", "slack__post"), world.credential(user, "INDIVIDUAL", "slack").unwrap());
            let over = decided == "reauth_required";
            assert!(over || decided == "allow", "{decided}");
            assert_eq!(listed["status"], if over { "needs_reauth" } else { "active" });
            over
        },
    },
    Ending {
        what: "a pending link session",
        make: |world, user| {
            let start = json!({"command": "start_link", "registered_user_id": user, "connector": "slack"});
            text(&world.accepts(system(), start), "/response/expires_at")
        },
        is_over: |world, user, _| {
            let listed = world.answers(system(), json!({"query": "list_link_sessions", "registered_user_id": user}));
            let session = &listed["items"][0];
            let complete = json!({"command": "complete_link", "link_session_id": session["link_session_id"]});
            let over = is(world.clone().execute(system(), complete), "link_session_expired");
            assert_eq!(session["status"], if over { "expired" } else { "pending" });
            over
        },
    },
    Ending {
        what: "what is known of a link session",
        make: |world, user| {
            world.link(user, "slack", None, json!({}));
            later(&later(&world.now(), 1_800_000), 86_400_000)
        },
        is_over: |world, user, _| {
            let listed = world.answers(system(), json!({"query": "list_link_sessions", "registered_user_id": user}));
            listed["items"] == json!([])
        },
    },
    Ending {
        what: "an open tool call",
        make: |world, user| {
            world.link(user, "slack", None, json!({}));
            let start = with(call(user, "own", "slack__post"), json!({"command": "start_tool_call"}));
            let outcome = world.accepts(runtime(), start);
            text(&outcome, "/events/0/expires_at")
        },
        is_over: |world, user, _| {
            let started = world.events.iter().rfind(|event| event["event"] == "tool_call_started").unwrap();
            let finish = json!({"command": "finish_tool_call", "registered_user_id": user, "tool_call_id": started["tool_call_id"], "result": "failed"});
            is(world.clone().execute(runtime(), finish), "tool_call_not_found")
        },
    },
    Ending {
        what: "a tombstone",
        make: delete,
        is_over: |world, user, _| {
            let hold = json!({"command": "set_retention_hold", "registered_user_id": user, "held": true});
            is(world.clone().execute(system(), hold), "registered_user_not_found")
        },
    },
    Ending {
        what: "a registration token",
        make: |world, _| {
            let end = in_an_hour(world);
            let issue = json!({"command": "issue_registration_token", "organization_id": ACME, "secret": SECRET, "max_uses": null, "expires_at": end});
            world.accepts(host(), issue);
            end
        },
        is_over: |world, _, _| {
            let register = json!({"command": "create_user", "name": "E", "email": "e@acme.example", "password": "Passw0rd-Passw0rd", "organization_id": ACME, "org_token": SECRET});
            let over = is(world.clone().execute(anonymous(), register), "invalid_token");
            let listed = world.answers(host(), json!({"query": "list_registration_tokens"}));
            assert_eq!(listed["items"][0]["status"], if over { "expired" } else { "active" });
            over
        },
    },
];

fn later(now: &str, millis: u64) -> String {
    Timestamp::parse(now).unwrap().saturating_add(Duration::from_millis(millis)).to_string()
}

fn in_an_hour(world: &World) -> String {
    later(&world.now(), 3_600_000)
}

#[test]
fn t_1_the_end_is_the_first_instant_at_which_a_thing_is_over_swept_or_not() {
    for Ending { what, make, is_over } in ENDINGS {
        let mut world = World::shop();
        let user = world.user("alice");
        let end = make(&mut world, &user);
        let at = Timestamp::parse(&end).unwrap().millis();
        for (millis, over) in [(-1, false), (0, true), (1, true), (86_400_000, true)] {
            // What is known of a session is over later than what it is pending for, and so on: each
            // thing is looked at in a world of its own.
            for swept in [false, true] {
                let mut world = world.clone();
                world.set_now(&Timestamp::from_millis(at + millis).unwrap().to_string());
                if swept {
                    world.sweep();
                }
                if *what == "a pending link session" && millis > 1 {
                    continue;
                }
                assert_eq!(is_over(&mut world, &user, &end), over, "{what} {millis} ms after its end, swept: {swept}");
            }
        }
    }
}

#[test]
fn t_1_an_end_that_is_now_is_no_end_to_give() {
    // The other side of the same instant: what would be over at once cannot be made.
    let mut world = World::shop();
    let user = world.user("alice");
    let session = world.start_link(&user, "slack", None);
    let now = world.now();
    let commands = [
        json!({"command": "complete_link", "link_session_id": session}),
        json!({"command": "report_credential", "owner": individual(&user), "connector": "slack", "status": "active"}),
        json!({"command": "issue_registration_token", "organization_id": ACME, "secret": SECRET}),
    ];
    for command in commands {
        let ends = |at: &str| with(command.clone(), json!({"expires_at": at}));
        world.rejects_at(system(), ends(&now), "invalid_request", "/expires_at");
        world.accepts(system(), ends(&later(&now, 1)));
    }
}
