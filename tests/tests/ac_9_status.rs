//! AC-9: who changes whose status, and what a status does.

use tenantry_tests::accounts::create_user;
use tenantry_tests::actors::{host, of, system};
use tenantry_tests::{ACME, OTHER, Value, World, event_names, json, text, with};

const STATUSES: [&str; 3] = ["active", "inactive", "suspended"];

fn set(id: &str, status: &str) -> Value {
    json!({"command": "set_user_status", "user_id": id, "status": status})
}

fn id_of(actor: &Value) -> String {
    text(actor, "/user_id")
}

#[test]
fn ac_9_every_status_leads_to_every_other() {
    for from in STATUSES {
        for to in STATUSES {
            let mut world = World::new();
            let id = world.account_with("a@b.c", json!({}));
            world.accepts(host(), set(&id, from));
            let before = world.account_view(&id);
            let outcome = world.accepts(host(), set(&id, to));
            let user = outcome["response"]["user"].clone();
            assert_eq!(user, world.account_view(&id));
            assert_eq!(outcome["response"], json!({"user": user}));
            if from == to {
                assert_eq!(event_names(&outcome), Vec::<String>::new());
                assert_eq!(user, before);
            } else {
                assert_eq!(event_names(&outcome), ["account_status_changed"]);
                let version = before["version"].as_u64().unwrap() + 1;
                assert_eq!(user, with(before, json!({"status": to, "version": version})));
                assert_eq!(outcome["events"][0]["status"], to);
                assert_eq!(outcome["events"][0]["version"], version);
            }
        }
    }
}

#[test]
fn ac_9_what_is_not_active_may_not_act() {
    let mut world = World::new();
    world.admin();
    let boss = world.organization_admin(ACME);
    let member = world.member();
    world.token(json!({"max_uses": null}));
    let admin = json!({"type": "account", "user_id": world.account_with("second@b.c", json!({"role": "admin"}))});
    for actor in [admin, boss] {
        for status in ["inactive", "suspended"] {
            world.accepts(host(), set(&id_of(&actor), status));
            world.refuses(actor.clone(), json!({"query": "list_users"}), "not_authenticated");
            world.rejects(actor.clone(), create_user("new@b.c"), "not_authenticated");
            // It cannot bring itself back.
            world.rejects(actor.clone(), set(&id_of(&actor), "active"), "not_authenticated");
            world.accepts(host(), set(&id_of(&actor), "active"));
            world.answers(actor.clone(), json!({"query": "list_users"}));
        }
    }
    world.accepts(host(), set(&id_of(&member), "suspended"));
    world.rejects(member, tenantry_tests::accounts::register("new@b.c"), "not_authenticated");
    let unknown = json!({"type": "account", "user_id": "usr_unknown"});
    world.refuses(unknown, json!({"query": "list_users"}), "not_authenticated");
}

#[test]
fn ac_9_an_organization_admin_does_not_touch_an_admin() {
    let mut world = World::new();
    let boss = world.organization_admin(ACME);
    let admin = world.account_with("root@b.c", json!({"role": "admin", "organization_id": ACME}));
    let elsewhere = world.account_with("root2@b.c", json!({"role": "admin", "organization_id": OTHER}));
    for status in STATUSES {
        // Also where it is so already: the first in the order.
        world.rejects(boss.clone(), set(&admin, status), "forbidden");
        world.rejects(boss.clone(), set(&elsewhere, status), "user_not_found");
    }
    assert_eq!(
        world.rejects(boss.clone(), set(&admin, "inactive"), "forbidden")["message"],
        "an `organization_admin` may not change the status of an `admin`"
    );
    let peer = world.account_with("peer@b.c", json!({"role": "organization_admin", "organization_id": ACME}));
    let member = world.account_with("member@b.c", json!({"organization_id": ACME}));
    for id in [peer, member] {
        assert_eq!(event_names(&world.accepts(boss.clone(), set(&id, "suspended"))), ["account_status_changed"]);
    }
}

#[test]
fn ac_9_an_account_does_not_change_its_own() {
    let mut world = World::new();
    let (admin, boss) = (world.admin(), world.organization_admin(ACME));
    world.account_with("second@b.c", json!({"role": "admin"}));
    for actor in [admin.clone(), of(admin, ACME), boss] {
        let id = id_of(&actor);
        for status in ["inactive", "suspended"] {
            world.rejects(actor.clone(), set(&id, status), "self_action");
        }
        // The same again is a no-op, which comes before.
        assert_eq!(world.accepts(actor.clone(), set(&id, "active"))["events"], json!([]));
    }
}

#[test]
fn ac_9_the_last_active_admin_stays() {
    let mut world = World::new();
    let first = world.account_with("first@b.c", json!({"role": "admin"}));
    for actor in [host(), system()] {
        for status in ["inactive", "suspended"] {
            world.rejects(actor.clone(), set(&first, status), "last_admin");
        }
        assert_eq!(world.accepts(actor, set(&first, "active"))["events"], json!([]));
    }
    let second = world.account_with("second@b.c", json!({"role": "admin", "organization_id": ACME}));
    world.accepts(host(), set(&first, "inactive"));
    world.rejects(host(), set(&second, "suspended"), "last_admin");
    // One that is not active already may change between the two others.
    world.accepts(host(), set(&first, "suspended"));
    world.accepts(host(), set(&first, "active"));
    world.accepts(json!({"type": "account", "user_id": first}), set(&second, "inactive"));
    world.rejects(host(), set(&first, "inactive"), "last_admin");
    // Alone, it is itself before it is the last one.
    world.rejects(json!({"type": "account", "user_id": first}), set(&first, "inactive"), "self_action");
}

#[test]
fn ac_9_only_admins_count_as_the_last_one() {
    let mut world = World::new();
    world.admin();
    let boss = id_of(&world.organization_admin(ACME));
    let member = id_of(&world.member());
    for id in [boss, member] {
        world.accepts(host(), set(&id, "inactive"));
    }
}

#[test]
fn ac_9_the_form() {
    let mut world = World::new();
    let id = world.account_with("a@b.c", json!({}));
    for status in [json!(null), json!("deleted"), json!(true), json!("Active")] {
        let command = json!({"command": "set_user_status", "user_id": id, "status": status});
        world.rejects_at(host(), command, "invalid_request", "/status");
    }
    world.rejects_at(host(), json!({"command": "set_user_status", "status": "active"}), "invalid_request", "/user_id");
    world.rejects(host(), set("usr_unknown", "active"), "user_not_found");
    // No entropy is needed: nothing is minted.
    let context = json!({"now": world.now(), "actor": host()});
    world.execute_in(&context, &set(&id, "inactive")).unwrap();
}
