//! M-2: the customer's own strings are compared byte for byte: never trimmed, folded or normalised.

use std::collections::BTreeSet;
use tenantry_tests::actors::system;
use tenantry_tests::decisions::{organization, shared};
use tenantry_tests::{Value, World, json, text};

/// Texts that look alike, or that many systems take for one.
const ALIKE: [&str; 14] = [
    "a",
    "A",
    " a",
    "a ",
    "a\u{a0}",
    "a\u{200b}",
    "\u{feff}a",
    "\u{430}",
    "e\u{301}",
    "\u{e9}",
    "\u{1e9e}",
    "ss",
    "%61",
    "a/~0",
];

#[test]
fn m_2_origin_user_ids_that_look_alike_are_different_users() {
    let mut world = World::new();
    let ids: BTreeSet<String> = ALIKE.iter().map(|origin| world.user(origin)).collect();
    assert_eq!(ids.len(), ALIKE.len());
    for origin in ALIKE {
        let found = world.answers(system(), json!({"query": "find_registered_user", "origin_user_id": origin}));
        assert_eq!(found["origin_user_id"], origin);
        let again = world.accepts(system(), json!({"command": "create_registered_user", "origin_user_id": origin}));
        assert_eq!((&again["response"]["created"], &again["response"]["registered_user"]), (&json!(false), &found));
    }
}

#[test]
fn m_2_companies_that_look_alike_are_different_companies() {
    let mut world = World::shop();
    let users = ALIKE
        .map(|id| world.user_with(&format!("of {id}"), json!({"shared_credential_group": {"origin_company_id": id}})));
    world.link(&users[0], "slack", Some("team"), json!({}));
    for (index, user) in users.iter().enumerate() {
        let code = if index == 0 { "allow" } else { "credential_required" };
        assert_eq!(world.decides(user, "team", "slack__post"), code, "{:?}", ALIKE[index]);
        let listed =
            world.answers(system(), json!({"query": "list_registered_users", "origin_company_id": ALIKE[index]}));
        assert_eq!(listed["items"].as_array().unwrap().len(), 1);
        // A rule compares the same way.
        world.group("g", json!({"origin_company_id": ALIKE[index]}));
        let members = world.answers(system(), json!({"query": "list_registered_users", "group_id": "g"}));
        assert_eq!(members["items"], listed["items"]);
    }
    let listed = world.answers(system(), json!({"query": "list_companies"}));
    let listed: Vec<String> =
        listed["items"].as_array().unwrap().iter().map(|company| text(company, "/origin_company_id")).collect();
    let mut sorted = ALIKE.map(str::to_owned).to_vec();
    sorted.sort();
    assert_eq!(listed, sorted, "in the order of code points");
    let revoke = |owner: Value| json!({"command": "revoke_credential", "owner": owner, "connector": "slack"});
    world.rejects(system(), revoke(shared("A")), "credential_not_found");
    world.accepts(system(), revoke(shared("a")));
    world.rejects(system(), revoke(organization()), "credential_not_found");
}

#[test]
fn m_2_packs_and_groups_that_look_alike_are_different_ones() {
    let mut world = World::shop();
    let user = world.user("alice");
    world.link(&user, "slack", None, json!({}));
    for id in ALIKE {
        world.group(id, json!({"all": []}));
    }
    world.accepts(system(), json!({"command": "put_tool_pack", "tool_pack_id": "a", "name": "P", "connectors": [{"connector": "slack"}], "group_ids": ["a"]}));
    for id in &ALIKE[1..] {
        assert_eq!(world.decides(&user, id, "slack__post"), "tool_pack_not_found", "{id:?}");
        world.rejects(system(), json!({"command": "delete_tool_pack", "tool_pack_id": id}), "tool_pack_not_found");
        // None of these is the group that the pack names.
        world.accepts(system(), json!({"command": "delete_group", "group_id": id}));
    }
    world.rejects(system(), json!({"command": "delete_group", "group_id": "a"}), "group_in_use");
    assert_eq!(world.decides(&user, "a", "slack__post"), "allow");
}

#[test]
fn m_2_groupings_are_kept_and_compared_as_they_are() {
    let mut world = World::new();
    let groupings: Value =
        ALIKE.iter().map(|key| ((*key).to_owned(), json!(key))).collect::<serde_json::Map<_, _>>().into();
    let user = world.user_with("alice", json!({"custom_groupings": groupings}));
    assert_eq!(world.view(&user)["custom_groupings"], groupings);
    for key in ALIKE {
        for value in ALIKE {
            world.group("g", json!({"attribute": key, "equals": value}));
            let groups = world.answers(system(), json!({"query": "groups_of", "registered_user_id": user}));
            assert_eq!(groups["items"].as_array().unwrap().len(), usize::from(key == value), "{key:?} {value:?}");
        }
    }
}

#[test]
fn m_2_slugs_are_refused_rather_than_folded() {
    let mut world = World::new();
    for slug in [" slack", "slack ", "slack\u{301}", "ѕlack", "sl__ack", "slack_"] {
        let put = json!({"command": "put_connector", "connector": slug, "tools": []});
        world.rejects_at(system(), put, "invalid_slug", "/connector");
    }
}
