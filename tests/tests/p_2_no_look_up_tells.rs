//! P-2, I-8: what an actor may not see is not even looked up, so that time does not tell whether it is there.
//! Where rows are loaded one by one, every look-up shows as a row that is asked for.

use tenantry_tests::actors::{management, registered_user, restricted_to_packs, restricted_to_users};
use tenantry_tests::rows::{Table, partial};
use tenantry_tests::{Value, World, json, with};

/// The keys that a request asks for until it has all that it needs.
fn asked(table: &Table, request: &Value, actor: &Value) -> Vec<String> {
    let mut instance = partial();
    let context = json!({"now": "2026-01-31T10:00:00Z", "actor": actor, "entropy": "00".repeat(16)}).to_string();
    table.prepare(&mut instance, &request.to_string(), &context, None).keys.into_iter().collect()
}

#[test]
fn p_2_a_hidden_thing_is_not_looked_up() {
    let mut world = World::shop();
    let (mine, foreign) = (world.user("mine"), world.user("foreign"));
    for user in [&mine, &foreign] {
        world.links(user, "slack", Some("own"));
    }
    let session = world.start_link(&foreign, "slack", None);
    let table = Table::of(&world.state());
    let both = |key: Value| with(key, json!({"scopes": ["management", "runtime"]}));
    let held_to_user = both(restricted_to_users(&[&mine]));
    let held_to_pack = both(restricted_to_packs(&["own"]));
    let call =
        |user: &str, pack: &str| json!({"registered_user_id": user, "tool_pack_id": pack, "tool": "slack__post"});
    let of_user = |user: &str| {
        let owner = json!({"scope": "INDIVIDUAL", "registered_user_id": user});
        vec![
            call(user, "own"),
            json!({"explain": call(user, "own")}),
            with(call(user, "own"), json!({"command": "start_tool_call"})),
            json!({"command": "finish_tool_call", "registered_user_id": user, "tool_call_id": "call_1", "result": "failed"}),
            json!({"command": "start_link", "registered_user_id": user, "connector": "slack"}),
            json!({"command": "revoke_credential", "owner": owner, "connector": "slack"}),
            json!({"command": "update_registered_user", "registered_user_id": user, "patch": {"is_active": false}}),
            json!({"command": "delete_registered_user", "registered_user_id": user}),
            json!({"query": "get_registered_user", "registered_user_id": user}),
            json!({"query": "list_link_sessions", "registered_user_id": user}),
            json!({"query": "list_tools", "registered_user_id": user, "tool_pack_id": "own"}),
        ]
    };
    // What may be seen is asked for, so that the test looks at the right place.
    let seeing = both(management());
    let is_asked = |request: &Value, part: &str| {
        let keys = asked(&table, request, &seeing);
        assert!(keys.iter().any(|key| key.contains(part)), "{request}: {keys:?}");
    };
    for request in of_user(&foreign) {
        is_asked(&request, &foreign);
        for actor in [&held_to_user, &registered_user(&mine)] {
            let keys = asked(&table, &request, actor);
            assert!(!keys.iter().any(|key| key.contains(&foreign)), "{request} looks it up: {keys:?}");
        }
    }
    let of_pack = |pack: &str| {
        vec![
            call(&mine, pack),
            json!({"explain": call(&mine, pack)}),
            with(call(&mine, pack), json!({"command": "start_tool_call"})),
            json!({"command": "start_link", "registered_user_id": mine, "connector": "slack", "tool_pack_id": pack}),
            json!({"query": "list_tools", "registered_user_id": mine, "tool_pack_id": pack}),
        ]
    };
    for request in of_pack("team") {
        is_asked(&request, "team");
        let keys = asked(&table, &request, &held_to_pack);
        assert!(!keys.iter().any(|key| key.contains("tool_pack\",\"org_acme\",\"team")), "{request}: {keys:?}");
    }
    // Of a session the actor learns neither its user's row nor that there is one.
    let finish = json!({"command": "fail_link", "link_session_id": session});
    is_asked(&finish, &foreign);
    for actor in [&held_to_user, &registered_user(&mine)] {
        let keys = asked(&table, &finish, actor);
        assert!(!keys.iter().any(|key| key.contains(&foreign)), "{keys:?}");
    }
}
