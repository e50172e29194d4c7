//! AC-8: how accounts are seen, and found.

use tenantry_tests::accounts::{SECRET, create_user};
use tenantry_tests::actors::{anonymous, host};
use tenantry_tests::{ACME, Value, World, json, text, with};

#[test]
fn ac_8_what_is_not_set_is_left_out() {
    let mut world = World::new();
    let id = world.account_with("a@b.c", json!({}));
    assert_eq!(
        world.account_view(&id),
        json!({
            "id": id,
            "name": "Agent Smith",
            "email": "a@b.c",
            "status": "active",
            "created_at": "2026-01-31T10:00:00Z",
            "role": "member",
            "version": 1,
        })
    );
}

#[test]
fn ac_8_what_is_set_is_shown() {
    let mut world = World::new();
    let members = json!({
        "organization_id": ACME,
        "resource_id": "r1",
        "external_id": "x1",
        "metadata": {"team": ["a"]},
        "role": "organization_admin",
    });
    let outcome = world.accepts(host(), with(create_user("Smith@b.c"), members.clone()));
    let id = text(&outcome, "/response/id");
    let seen = json!({
        "id": id,
        "name": "Agent Smith",
        "email": "Smith@b.c",
        "status": "active",
        "created_at": "2026-01-31T10:00:00Z",
        "version": 1,
    });
    let seen = with(seen, members);
    assert_eq!(outcome["response"], seen);
    assert_eq!(world.account_view(&id), seen);
    assert_eq!(world.answers(host(), json!({"query": "list_users"}))["items"], json!([seen]));
}

#[test]
fn ac_8_created_at_is_the_now_of_the_command() {
    let mut world = World::new();
    world.set_now("2026-01-31T10:00:00.120Z");
    let id = world.account_with("a@b.c", json!({}));
    world.set_now("2026-03-01T00:00:00Z");
    world.accepts(host(), json!({"command": "set_user_status", "user_id": id, "status": "inactive"}));
    assert_eq!(world.account_view(&id)["created_at"], "2026-01-31T10:00:00.120Z");
}

#[test]
fn ac_8_users_are_listed_in_id_order_page_by_page() {
    let mut world = World::new();
    let mut ids: Vec<String> = (0..7)
        .map(|index| {
            // Ids of later instants come later.
            world.advance(std::time::Duration::from_secs(3 * 60));
            world.account_with(&format!("user{index}@b.c"), json!({}))
        })
        .collect();
    let listed: Vec<String> = page_through(&mut world, "list_users", "/id");
    assert_eq!(listed, ids);
    ids.reverse();
    assert_ne!(listed, ids);
}

#[test]
fn ac_8_tokens_are_listed_in_id_order_page_by_page() {
    let mut world = World::new();
    let mut ids: Vec<String> = (0..5).map(|index| world.token(json!({"secret": format!("{SECRET}{index}")}))).collect();
    ids.sort();
    assert_eq!(page_through(&mut world, "list_registration_tokens", "/token_id"), ids);
}

/// All items of a list, two a page.
fn page_through(world: &mut World, query: &str, member: &str) -> Vec<String> {
    let mut ids = Vec::new();
    let mut after = json!(null);
    loop {
        let page = world.answers(host(), json!({"query": query, "limit": 2, "after": after}));
        let items = page["items"].as_array().unwrap();
        assert!(items.len() <= 2);
        ids.extend(items.iter().map(|item| text(item, member)));
        after = page["next"].clone();
        if after == Value::Null {
            return ids;
        }
        assert_eq!(items.len(), 2);
    }
}

#[test]
fn ac_8_users_are_listed_by_status() {
    let mut world = World::new();
    let ids: Vec<String> = (0..3).map(|index| world.account_with(&format!("user{index}@b.c"), json!({}))).collect();
    for (id, status) in [(&ids[1], "inactive"), (&ids[2], "suspended")] {
        world.accepts(host(), json!({"command": "set_user_status", "user_id": id, "status": status}));
    }
    for (id, status) in ids.iter().zip(["active", "inactive", "suspended"]) {
        let page = world.answers(host(), json!({"query": "list_users", "status": status}));
        assert_eq!(page["items"].as_array().unwrap().len(), 1);
        assert_eq!(page["items"][0]["id"], id.as_str());
        assert_eq!(page["next"], json!(null));
    }
    let refused = world.refuses(host(), json!({"query": "list_users", "status": "gone"}), "invalid_request");
    assert_eq!(refused["pointer"], "/status");
    for limit in [json!(0), json!(201), json!("1")] {
        let refused = world.refuses(host(), json!({"query": "list_users", "limit": limit}), "invalid_request");
        assert_eq!(refused["pointer"], "/limit");
    }
}

#[test]
fn ac_8_unknown_accounts_are_not_found() {
    let mut world = World::new();
    let id = world.account_with("a@b.c", json!({}));
    for unknown in ["usr_00000000000000000000000000", "x", "a@b.c", &id.to_lowercase(), &id.replace("usr_", "tok_")] {
        world.refuses(host(), json!({"query": "get_user", "user_id": unknown}), "user_not_found");
    }
    world.refuses(anonymous(), json!({"query": "get_user", "user_id": id}), "not_authenticated");
}
