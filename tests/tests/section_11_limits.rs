//! Section 11: each limit from both of its sides, in code points.

use tenantry_tests::actors::{host, management, system};
use tenantry_tests::shapes::{fields, queries};
use tenantry_tests::{Value, World, json, with};

/// A character of one, two, and four bytes.
const CHARACTERS: [&str; 3] = ["a", "é", "\u{10FFFF}"];

fn delete_nobody() -> Value {
    json!({"command": "delete_registered_user", "registered_user_id": "nobody"})
}

#[track_caller]
fn longest(world: &mut World, command: &dyn Fn(&str) -> Value, most: usize, code: &str, pointer: &str) {
    for character in CHARACTERS {
        let fits = world.execute(system(), command(&character.repeat(most)));
        if let Err(rejection) = fits {
            assert_ne!(rejection["status"], 400, "{most} × {character}: {rejection}");
        }
        world.rejects_at(system(), command(&character.repeat(most + 1)), code, pointer);
    }
}

#[test]
fn section_11_lengths_of_texts() {
    let mut world = World::shop();
    let user = world.user("alice");
    let w = &mut world;
    let patch = |patch: Value| json!({"command": "update_registered_user", "registered_user_id": user, "patch": patch});
    longest(w, &|text| patch(json!({"origin_user_name": text})), 255, "invalid_request", "/patch/origin_user_name");
    let group = |group: Value| patch(json!({"shared_credential_group": group}));
    let at = |name: &str| format!("/patch/shared_credential_group/{name}");
    longest(
        w,
        &|text| group(json!({"origin_company_id": text})),
        256,
        "invalid_origin_company_id",
        &at("origin_company_id"),
    );
    let named = |text: &str| group(json!({"origin_company_id": "c1", "origin_company_name": text}));
    longest(w, &named, 255, "invalid_request", &at("origin_company_name"));
    let value = |text: &str| patch(json!({"custom_groupings": {"k": text}}));
    longest(w, &value, 256, "invalid_custom_groupings", "/patch/custom_groupings/k");
    for character in CHARACTERS {
        let key = |count: usize| patch(json!({"custom_groupings": {character.repeat(count): "v"}}));
        w.accepts(system(), key(128));
        w.rejects_at(
            system(),
            key(129),
            "invalid_custom_groupings",
            &format!("/patch/custom_groupings/{}", character.repeat(129)),
        );
    }
    let pack = |id: &str| json!({"command": "put_tool_pack", "tool_pack_id": id, "name": "P", "connectors": []});
    longest(w, &pack, 255, "invalid_request", "/tool_pack_id");
    let pack = |name: &str| json!({"command": "put_tool_pack", "tool_pack_id": "p", "name": name, "connectors": []});
    longest(w, &pack, 255, "invalid_request", "/name");
    let group = |id: &str| json!({"command": "put_group", "group_id": id, "name": "G", "rule": {"all": []}});
    longest(w, &group, 255, "invalid_request", "/group_id");
    let connector = |name: &str| json!({"command": "put_connector", "connector": "c", "name": name, "tools": []});
    longest(w, &connector, 255, "invalid_request", "/name");
    let fail = |reason: &str| json!({"command": "fail_link", "link_session_id": "lnk_x", "reason": reason});
    longest(w, &fail, 255, "invalid_request", "/reason");
    let fail = |id: &str| json!({"command": "fail_link", "link_session_id": id});
    longest(w, &fail, 255, "invalid_request", "/link_session_id");
    let complete =
        |id: &str| json!({"command": "complete_link", "link_session_id": "lnk_x", "external_account_id": id});
    longest(w, &complete, 255, "invalid_request", "/external_account_id");
    let delete = |id: &str| json!({"command": "delete_registered_user", "registered_user_id": id});
    longest(w, &delete, 255, "invalid_request", "/registered_user_id");
    let organization =
        |id: &str| json!({"command": "create_organization", "name": "O", "organization_id": format!("org_{id}")});
    longest(w, &organization, 251, "invalid_request", "/organization_id");
}

#[test]
fn section_11_ids_have_no_control_characters() {
    let mut world = World::new();
    for control in ["\0", "\u{1f}", "\u{7f}", "\u{80}", "\u{9f}"] {
        let id = format!("org_a{control}");
        let organization = json!({"command": "create_organization", "name": "O", "organization_id": id});
        world.rejects_at(host(), organization, "invalid_request", "/organization_id");
        let pack = json!({"command": "put_tool_pack", "tool_pack_id": control, "name": "P", "connectors": []});
        world.rejects_at(system(), pack, "invalid_request", "/tool_pack_id");
        let group = json!({"command": "put_group", "group_id": control, "name": "P", "rule": {"all": []}});
        world.rejects_at(system(), group, "invalid_request", "/group_id");
        let delete = json!({"command": "delete_registered_user", "registered_user_id": control});
        world.rejects_at(system(), delete, "invalid_request", "/registered_user_id");
        let key = with(management(), json!({"key_id": format!("key{control}")}));
        world.rejects_at(key, delete_nobody(), "invalid_request", "/context/actor/key_id");
    }
    world.rejects_at(
        with(management(), json!({"key_id": ""})),
        delete_nobody(),
        "invalid_request",
        "/context/actor/key_id",
    );
}

#[test]
fn section_11_groupings_are_counted_after_the_merge() {
    let keys = |from: usize, to: usize| -> Value {
        Value::Object((from..to).map(|key| (format!("k{key}"), json!("v"))).collect())
    };
    let mut world = World::new();
    let create = |groupings: Value| json!({"command": "create_registered_user", "origin_user_id": "a", "custom_groupings": groupings});
    world.rejects_at(system(), create(keys(0, 51)), "invalid_custom_groupings", "/custom_groupings");
    let both = with(create(keys(0, 26)), json!({"shared_credential_group": {"custom_groupings": keys(25, 51)}}));
    world.rejects(system(), both, "invalid_custom_groupings");
    let user = world.user_with(
        "a",
        json!({"custom_groupings": keys(0, 25), "shared_credential_group": {"custom_groupings": keys(20, 50)}}),
    );
    let patch = |patch: Value| json!({"command": "update_registered_user", "registered_user_id": user, "patch": {"custom_groupings": patch}});
    world.rejects(system(), patch(json!({"more": "1"})), "invalid_custom_groupings");
    world.accepts(system(), patch(json!({"more": "1", "k0": null})));
    // More than 50 in the patch, and no more than 50 after it.
    let mut swap = keys(1, 50);
    for key in swap.as_object_mut().unwrap().values_mut() {
        *key = Value::Null;
    }
    world.accepts(system(), patch(with(swap, keys(100, 149))));
    assert_eq!(world.view(&user)["custom_groupings"].as_object().unwrap().len(), 50);
    for value in [json!(1), json!(true), json!([]), json!({})] {
        world.rejects_at(system(), create(json!({"k": value})), "invalid_custom_groupings", "/custom_groupings/k");
    }
}

#[test]
fn section_11_a_null_grouping_in_a_create_counts_as_not_given() {
    let mut world = World::new();
    let create =
        |id: &str, members: Value| with(json!({"command": "create_registered_user", "origin_user_id": id}), members);
    let groupings = |outcome: &Value| outcome["response"]["registered_user"]["custom_groupings"].clone();
    let given = json!({"custom_groupings": {"department": null, "team": "red", "": null}});
    world.rejects_at(system(), create("a", given), "invalid_custom_groupings", "/custom_groupings/");
    let given = json!({"custom_groupings": {"department": null, "team": "red"}});
    let outcome = world.accepts(system(), create("a", given.clone()));
    assert_eq!(groupings(&outcome), json!({"team": "red"}));
    // Compared as if it were not there (RU-1), and no contradiction of a value in the other place.
    assert_eq!(world.accepts(system(), create("a", given))["response"]["ignored"], json!([]));
    let both = json!({
        "custom_groupings": {"department": null},
        "shared_credential_group": {"custom_groupings": {"department": "sales", "team": null}},
    });
    assert_eq!(groupings(&world.accepts(system(), create("b", both))), json!({"department": "sales"}));
    let nulls: Value = (0..60).map(|key| (format!("k{key}"), Value::Null)).collect::<serde_json::Map<_, _>>().into();
    world.accepts(system(), create("c", json!({"custom_groupings": nulls})));
}

#[test]
fn section_11_a_cursor_is_one_of_the_list() {
    let mut world = World::with_options(&json!({"journal": "memory"}));
    let user = world.user("alice");
    world.pack("p", json!([]));
    let of_user = json!({"registered_user_id": user, "tool_pack_id": "p"});
    for name in queries() {
        let fields = fields(&name);
        if !fields.iter().any(|field| field.name == "after") {
            continue;
        }
        let required: Value = of_user
            .as_object()
            .unwrap()
            .iter()
            .filter(|(key, _)| fields.iter().any(|field| field.name == *key && !field.optional))
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect::<serde_json::Map<_, _>>()
            .into();
        let query = with(json!({"query": name}), required);
        for after in ["", "\u{7}"] {
            let rejection = world.query(system(), with(query.clone(), json!({"after": after}))).unwrap_err();
            assert_eq!(
                (&rejection["code"], &rejection["pointer"]),
                (&json!("invalid_request"), &json!("/after")),
                "{name}"
            );
        }
        world.answers(system(), with(query, json!({"after": null})));
    }
    let mut wrong = |query: &str, after: &str| {
        let query = with(json!({"query": query, "after": after}), json!({}));
        let rejection = world.refuses(system(), query, "invalid_request");
        assert_eq!(rejection["message"], "not a cursor of this list: send the `next` of the previous page");
    };
    wrong("list_registered_users", "alice");
    wrong("list_connectors", "Not A Slug");
    wrong("list_users", "2");
    wrong("journal", "registered_user/1");
}

#[test]
fn section_11_lists_are_counted_as_given() {
    let mut world = World::shop();
    let connector = |count: usize| json!({"command": "put_connector", "connector": "c", "tools": vec!["t"; count]});
    world.accepts(system(), connector(1000));
    world.rejects_at(system(), connector(1001), "invalid_request", "/tools");
    let pack = |count: usize| json!({"command": "put_tool_pack", "tool_pack_id": "p", "name": "P", "connectors": [], "group_ids": vec!["g"; count]});
    world.group("g", json!({"all": []}));
    world.accepts(system(), pack(50));
    world.rejects_at(system(), pack(51), "invalid_request", "/group_ids");
    let many =
        |count: usize| -> Vec<Value> { (0..count).map(|index| json!({"connector": format!("c{index}")})).collect() };
    let pack =
        |count: usize| json!({"command": "put_tool_pack", "tool_pack_id": "p", "name": "P", "connectors": many(count)});
    world.rejects(system(), pack(500), "connector_not_found");
    world.rejects_at(system(), pack(501), "invalid_request", "/connectors");
}

#[test]
fn section_11_an_organization_has_at_most_1000_of_each_entry() {
    let mut world = World::new();
    let connector = |id: usize| json!({"command": "put_connector", "connector": format!("c{id}"), "tools": []});
    let pack = |id: usize| json!({"command": "put_tool_pack", "tool_pack_id": format!("p{id}"), "name": "P", "connectors": []});
    let group =
        |id: usize| json!({"command": "put_group", "group_id": format!("g{id}"), "name": "G", "rule": {"all": []}});
    let kinds: [(&dyn Fn(usize) -> Value, Value); 3] = [
        (&connector, json!({"command": "delete_connector", "connector": "c5"})),
        (&pack, json!({"command": "delete_tool_pack", "tool_pack_id": "p5"})),
        (&group, json!({"command": "delete_group", "group_id": "g5"})),
    ];
    for (put, delete) in kinds {
        for id in 0..1000 {
            world.unwatched(management(), &put(id));
        }
        world.rejects(management(), put(1000), "limit_exceeded");
        // Those that are there can still be put, and one that goes makes room.
        world.accepts(management(), put(7));
        world.accepts(management(), delete);
        world.accepts(management(), put(1000));
        world.rejects(management(), put(1001), "limit_exceeded");
    }
}

#[test]
fn section_11_the_policy_is_read_strictly() {
    let right = [
        json!({}),
        json!({"retention_days": 0, "link_ttl_seconds": 60, "tool_call_ttl_seconds": 60}),
        json!({"retention_days": 3650, "link_ttl_seconds": 86_400, "tool_call_ttl_seconds": 2_592_000}),
        json!({"retention_days": null, "password": null, "documentation_base_url": null}),
        json!({"password": {"min_length": 8, "max_length": 8, "require": [], "forbid_local_part": false, "deny_list": ["x"]}}),
        json!({"password": {"min_length": 128, "max_length": 1024, "require": ["upper", "lower", "digit", "other"]}}),
        json!({"documentation_base_url": "https://docs.acme.example/"}),
    ];
    for policy in right {
        let _ = World::with_policy(policy);
    }
    let wrong = [
        (json!({"retention_days": -1}), "/policy/retention_days"),
        (json!({"retention_days": 3651}), "/policy/retention_days"),
        (json!({"retention_days": 1.5}), "/policy/retention_days"),
        (json!({"retention_days": "90"}), "/policy/retention_days"),
        (json!({"link_ttl_seconds": 59}), "/policy/link_ttl_seconds"),
        (json!({"link_ttl_seconds": 86_401}), "/policy/link_ttl_seconds"),
        (json!({"tool_call_ttl_seconds": 59}), "/policy/tool_call_ttl_seconds"),
        (json!({"tool_call_ttl_seconds": 2_592_001}), "/policy/tool_call_ttl_seconds"),
        (json!({"origin_user_id_scope": "global"}), "/policy/origin_user_id_scope"),
        (json!({"recreate_deactivated": "ignore"}), "/policy/recreate_deactivated"),
        (json!({"password": {"min_length": 7}}), "/policy/password/min_length"),
        (json!({"password": {"min_length": 129}}), "/policy/password/min_length"),
        (json!({"password": {"max_length": 1025}}), "/policy/password/max_length"),
        (json!({"password": {"min_length": 20, "max_length": 19}}), "/policy/password/max_length"),
        (json!({"password": {"require": ["symbol"]}}), "/policy/password/require/0"),
        (json!({"password": {"deny_list": [1]}}), "/policy/password/deny_list/0"),
        (json!({"password": {"strength": 1}}), "/policy/password/strength"),
        (json!({"documentation_base_url": 1}), "/policy/documentation_base_url"),
        (json!({"retention": 1}), "/policy/retention"),
        (json!([]), "/policy"),
    ];
    for (policy, pointer) in wrong {
        let options = json!({"policy": policy}).to_string();
        let rejection = tenantry::wire::new(&tenantry::json::parse_command(&options).unwrap()).unwrap_err();
        assert_eq!(
            (rejection.code.as_str(), rejection.pointer.as_deref()),
            ("invalid_request", Some(pointer)),
            "{options}"
        );
        let command = tenantry::json::parse_command(r#"{"command":"advance_time"}"#).unwrap();
        let text = policy.to_string();
        assert!(
            tenantry::wire::validate(&command, &tenantry::json::parse_command(&text).unwrap()).is_err(),
            "{policy}"
        );
    }
    for options in [r#"{"journal":"disk"}"#, r#"{"journal":true}"#, r#"{"policies":{}}"#, "[]", "1"] {
        assert!(tenantry::wire::new(&tenantry::json::parse_command(options).unwrap()).is_err(), "{options}");
    }
}
