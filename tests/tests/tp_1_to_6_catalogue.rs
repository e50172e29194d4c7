//! TP-1 to TP-6: connectors, tool packs, groups.

use tenantry_tests::actors::{management, restricted_to_packs, restricted_to_users, system, system_test};
use tenantry_tests::{Value, World, event_names, json, text, with};

fn put_connector(slug: &str, tools: Value) -> Value {
    json!({"command": "put_connector", "connector": slug, "tools": tools})
}

fn put_pack(connectors: Value) -> Value {
    json!({"command": "put_tool_pack", "tool_pack_id": "p", "name": "P", "connectors": connectors})
}

fn put_group(rule: Value) -> Value {
    json!({"command": "put_group", "group_id": "g", "name": "G", "rule": rule})
}

#[test]
fn tp_1_the_form_of_slugs_and_tool_names() {
    let mut world = World::new();
    let right = ["a", "0", "A0", "a_b", "_21risk", "1password-events", "a.b", "-", "x1_2y", &"a".repeat(64)];
    for slug in right {
        world.accepts(system(), put_connector(slug, json!([slug])));
    }
    for (slug, why) in [
        ("", "ASCII letters"),
        ("_", "must not end with `_`"),
        ("a_", "must not end with `_`"),
        ("a__b", "must not contain `__`"),
        ("a b", "ASCII letters"),
        ("é", "ASCII letters"),
        ("a\n", "ASCII letters"),
        ("ａ", "ASCII letters"),
        (&"a".repeat(65), "at most 64 characters"),
    ] {
        let put = put_connector(slug, json!(["t"]));
        let rejection = world.rejects_at(system(), put, "invalid_slug", "/connector");
        assert!(text(&rejection, "/message").contains(why), "{rejection}");
        let entry = json!({"connector": slug});
        world.rejects_at(system(), put_pack(json!([entry])), "invalid_slug", "/connectors/0/connector");
    }
    let tools =
        ["a", "API-get-block-children", "___search", "a__b", "mit Leerzeichen", "été/😀", "a.b:c", &"é".repeat(128)];
    let connector = world.accepts(system(), put_connector("names", json!(tools)));
    let mut sorted = tools;
    sorted.sort_unstable();
    assert_eq!(connector["response"]["connector"]["tools"], json!(sorted));
    for tool in ["", "a\n", "\u{85}", &"é".repeat(129)] {
        world.rejects_at(system(), put_connector("c", json!(["t", tool])), "invalid_slug", "/tools/1");
    }
    // What differs in case is another name; what is given twice stands once.
    let connector = world.accepts(system(), put_connector("Names", json!(["get", "Get", "get"])));
    assert_eq!(connector["response"]["connector"]["tools"], json!(["Get", "get"]));
    let connectors = world.answers(system(), json!({"query": "list_connectors"}));
    let slugs: Vec<&str> =
        connectors["items"].as_array().unwrap().iter().map(|item| item["connector"].as_str().unwrap()).collect();
    assert!(slugs.is_sorted() && slugs.contains(&"names") && slugs.contains(&"Names"), "{slugs:?}");
    for value in [json!(1), json!(["a"]), json!({}), json!(true)] {
        world.rejects_at(system(), put_connector("c", json!([value])), "invalid_request", "/tools/0");
    }
}

#[test]
fn tp_1_a_tool_is_called_by_connector_and_tool_split_at_the_first_double_underscore() {
    let mut world = World::shop();
    let user = world.user("alice");
    assert_eq!(world.decides(&user, "own", "slack__post"), "credential_required");
    let call = |tool: &str| json!({"registered_user_id": "u", "tool_pack_id": "p", "tool": tool});
    for tool in [
        "",
        "slack",
        "slack_post",
        "__post",
        "slack__",
        "sl ack__post",
        "slack__po\nst",
        &format!("slack__{}", "a".repeat(129)),
        &format!("{}__post", "a".repeat(65)),
    ] {
        let rejection = world.authorize(system(), &call(tool)).unwrap_err();
        assert_eq!((&rejection["code"], &rejection["pointer"]), (&json!("invalid_slug"), &json!("/tool")), "{tool}");
    }
}

#[test]
fn tp_1_a_full_name_is_the_vendors_names_byte_for_byte() {
    let mut world = World::new();
    let user = world.user("alice");
    for (connector, tool) in [
        ("aws", "___search"),
        ("aws", "_search"),
        ("_21risk", "get__it"),
        ("1password-events", "API-get-block-children"),
        ("a.b", "été 😀"),
    ] {
        world.accepts(system(), put_connector(connector, json!([tool])));
        world.pack("p", json!([{"connector": connector, "auth_scope": "NONE", "tool_names": [tool]}]));
        let full = format!("{connector}__{tool}");
        assert_eq!(world.decides(&user, "p", &full), "allow", "{full}");
        let list = json!({"query": "list_tools", "registered_user_id": user, "tool_pack_id": "p"});
        assert_eq!(world.answers(system(), list)["items"][0]["tools"], json!([full]));
        let call = json!({"registered_user_id": user, "tool_pack_id": "p", "tool": full});
        let explained = world.explains(system(), &call);
        assert_eq!(explained["decision"]["tool"], json!(full));
    }
    assert_eq!(world.decides(&user, "p", "A.b__été 😀"), "connector_not_in_tool_pack");
}

#[test]
fn tp_1_names_that_are_too_long_for_some_models_are_listed() {
    let mut world = World::new();
    let user = world.user("alice");
    let tools = ["a".repeat(57), "b".repeat(58), "é".repeat(128)];
    world.accepts(system(), put_connector("slack", json!(tools)));
    world.pack("p", json!([{"connector": "slack"}]));
    let list = json!({"query": "list_tools", "registered_user_id": user, "tool_pack_id": "p"});
    let long = |tool: &str, characters: usize| json!({"tool": format!("slack__{tool}"), "characters": characters});
    assert_eq!(
        world.answers(system(), list)["items"][0]["long_tools"],
        json!([long(&tools[1], 65), long(&tools[2], 135)])
    );
}

#[test]
fn tp_2_a_connector_that_needs_no_credential() {
    let mut world = World::shop();
    let user = world.user("alice");
    world.pack("open", json!([{"connector": "slack", "auth_scope": "NONE"}]));
    let pack = json!({"connector": "slack", "auth_scope": "NONE", "tool_names": null});
    let packs = world.answers(system(), json!({"query": "list_tool_packs"}));
    assert!(packs["items"].as_array().unwrap().iter().any(|item| item["connectors"] == json!([pack])), "{packs}");

    let call = json!({"registered_user_id": user, "tool_pack_id": "open", "tool": "slack__post"});
    let allowed =
        json!({"effect": "allow", "scope": "NONE", "owner": null, "connector": "slack", "tool": "slack__post"});
    assert_eq!(world.authorize(system(), &call), Ok(allowed.clone()));
    let explained = world.explains(system(), &call);
    assert_eq!((&explained["decision"], &explained["remedies"]), (&allowed, &json!([])));
    assert!(explained["checks"].as_array().unwrap().iter().all(|check| check["result"] == "passed"), "{explained}");
    assert_eq!(explained["checks"][8]["compared"]["owner"], Value::Null);
    let list = json!({"query": "list_tools", "registered_user_id": user, "tool_pack_id": "open"});
    let item = &world.answers(system(), list)["items"][0];
    assert_eq!((&item["scope"], &item["status"]), (&json!("NONE"), &json!("ready")));
    let started = world.accepts(system(), with(call.clone(), json!({"command": "start_tool_call"})));
    assert_eq!(started["events"][0]["owner"], Value::Null);
    let id = &started["response"]["tool_call_id"];
    let finish =
        json!({"command": "finish_tool_call", "registered_user_id": user, "tool_call_id": id, "result": "completed"});
    world.accepts(system(), finish);

    // There is nothing to link, and nobody owns it; the user's own rules hold all the same.
    let start =
        json!({"command": "start_link", "registered_user_id": user, "connector": "slack", "tool_pack_id": "open"});
    world.rejects_at(system(), start, "invalid_request", "/tool_pack_id");
    let owned = json!({"command": "revoke_credential", "owner": {"scope": "NONE"}, "connector": "slack"});
    world.rejects_at(system(), owned, "invalid_request", "/owner/scope");
    world.patch(&user, json!({"is_active": false}));
    assert_eq!(world.decides(&user, "open", "slack__post"), "registered_user_inactive");
    world.patch(&user, json!({"is_active": true}));

    // Taking the need away gives access, and bringing it back takes it: a preview says so.
    let put = |scope: &str| json!({"command": "put_tool_pack", "tool_pack_id": "open", "name": "open", "connectors": [{"connector": "slack", "auth_scope": scope}]});
    let lost = world.preview(system(), &put("INDIVIDUAL")).unwrap();
    let access = json!({"registered_user_id": user, "tool_pack_id": "open", "connector": "slack"});
    assert_eq!(lost["impact"]["lose"], json!([access]));
    world.accepts(system(), put("INDIVIDUAL"));
    assert_eq!(world.decides(&user, "open", "slack__post"), "credential_required");
}

#[test]
fn tp_2_the_scope_is_individual_by_default() {
    let mut world = World::new();
    world.connector("slack", &["post"]);
    let outcome = world.pack("p", json!([{"connector": "slack"}]));
    assert_eq!(
        outcome["response"]["tool_pack"],
        json!({
            "tool_pack_id": "p", "name": "p", "group_ids": null,
            "connectors": [{"connector": "slack", "auth_scope": "INDIVIDUAL", "tool_names": null}],
        })
    );
    for scope in ["INDIVIDUAL", "SHARED", "ORGANIZATION", "NONE"] {
        world.accepts(system(), put_pack(json!([{"connector": "slack", "auth_scope": scope}])));
    }
    for scope in [json!("individual"), json!("TEAM"), json!(1)] {
        let entry = json!([{"connector": "slack", "auth_scope": scope}]);
        world.rejects_at(system(), put_pack(entry), "invalid_request", "/connectors/0/auth_scope");
    }
}

#[test]
fn tp_3_absent_tool_names_are_all_tools_now_or_later_and_an_empty_list_leaves_the_connector_out() {
    let mut world = World::new();
    world.connector("slack", &["post"]);
    let user = world.user("alice");
    for names in [json!({}), json!({"tool_names": null})] {
        world.pack("p", json!([with(json!({"connector": "slack"}), names)]));
    }
    world.link(&user, "slack", None, json!({}));
    assert_eq!(world.decides(&user, "p", "slack__post"), "allow");
    assert_eq!(world.decides(&user, "p", "slack__read"), "tool_not_in_tool_pack");
    world.connector("slack", &["post", "read"]);
    assert_eq!(world.decides(&user, "p", "slack__read"), "allow");
    let outcome = world.pack("p", json!([{"connector": "slack", "tool_names": []}]));
    assert_eq!(outcome["response"]["tool_pack"]["connectors"], json!([]));
    assert_eq!(world.decides(&user, "p", "slack__post"), "connector_not_in_tool_pack");
    world.pack("p", json!([{"connector": "slack", "tool_names": ["read"]}]));
    assert_eq!(world.decides(&user, "p", "slack__post"), "tool_not_in_tool_pack");
    assert_eq!(world.decides(&user, "p", "slack__read"), "allow");
}

#[test]
fn tp_3_what_a_pack_names_must_be_there() {
    let mut world = World::new();
    world.connector("slack", &["post"]);
    let unknown = json!([{"connector": "slack"}, {"connector": "jira", "tool_names": []}]);
    world.rejects_at(system(), put_pack(unknown), "connector_not_found", "/connectors/1/connector");
    let tool = json!([{"connector": "slack", "tool_names": ["post", "fly"]}]);
    world.rejects_at(system(), put_pack(tool), "invalid_tool_pack", "/connectors/0/tool_names/1");
    let twice = json!([{"connector": "slack"}, {"connector": "slack", "tool_names": []}]);
    world.rejects_at(system(), put_pack(twice.clone()), "invalid_tool_pack", "/connectors/1/connector");
    // A connector named twice is a fault of form: reported together with others, and before any look-up.
    let rejection =
        world.rejects(system(), with(put_pack(twice), json!({"name": "", "group_ids": ["nowhere"]})), "name_required");
    assert_eq!(tenantry_tests::violations(&rejection).len(), 2);
    // Also where another entry is not one, or has a scope that there is not.
    let entries =
        json!([{"connector": "slack"}, 5, {"connector": "slack"}, {"connector": "jira", "auth_scope": "ALL"}]);
    let rejection = world.rejects(system(), put_pack(entries), "invalid_request");
    let reported = tenantry_tests::violations(&rejection);
    assert!(reported.contains(&("invalid_tool_pack".into(), "/connectors/2/connector".into())), "{reported:?}");
    assert_eq!(reported.len(), 3, "{reported:?}");
    let groups = with(put_pack(json!([])), json!({"group_ids": ["nowhere"]}));
    world.rejects_at(system(), groups, "group_not_found", "/group_ids/0");
}

#[test]
fn tp_3_a_tool_that_a_connector_drops_stays_named_and_comes_back() {
    let mut world = World::new();
    world.connector("slack", &["post", "read"]);
    let named = json!([{"connector": "slack", "tool_names": ["post", "read"]}]);
    world.pack("p", named.clone());
    let user = world.user("alice");
    world.link(&user, "slack", None, json!({}));
    world.connector("slack", &["read"]);
    assert_eq!(world.decides(&user, "p", "slack__post"), "tool_not_in_tool_pack");
    // It may be put again with it, with another name too; another pack may not name it anew.
    assert_eq!(world.pack("p", named.clone())["response"]["changed"], false);
    world.accepts(
        system(),
        json!({"command": "put_tool_pack", "tool_pack_id": "p", "name": "Other", "connectors": named}),
    );
    let other = json!({"command": "put_tool_pack", "tool_pack_id": "q", "name": "Q", "connectors": named});
    world.rejects(system(), other, "invalid_tool_pack");
    world.connector("slack", &["post", "read"]);
    assert_eq!(world.decides(&user, "p", "slack__post"), "allow");
}

#[test]
fn tp_4_sets_are_sorted_and_putting_what_is_there_is_a_no_op() {
    let mut world = World::new();
    let first = world.accepts(system(), put_connector("slack", json!(["b", "a", "b"])));
    assert_eq!(event_names(&first), ["connector_put"]);
    assert_eq!(
        first["response"],
        json!({"connector": {"connector": "slack", "name": null, "tools": ["a", "b"]}, "changed": true})
    );
    let again = world.accepts(system(), put_connector("slack", json!(["a", "b", "a"])));
    assert_eq!((&again["events"], &again["response"]["changed"]), (&json!([]), &json!(false)));
    world.connector("jira", &["x"]);

    world.group("g2", json!({"all": []}));
    world.group("g1", json!({"any": []}));
    let pack = |connectors: Value, groups: Value| with(put_pack(connectors), json!({"group_ids": groups}));
    let one = pack(
        json!([{"connector": "slack", "tool_names": ["b", "a", "b"]}, {"connector": "jira"}]),
        json!(["g2", "g1", "g2"]),
    );
    let other =
        pack(json!([{"connector": "jira"}, {"connector": "slack", "tool_names": ["a", "b"]}]), json!(["g1", "g2"]));
    let first = world.accepts(system(), one);
    assert_eq!(first["response"]["tool_pack"]["group_ids"], json!(["g1", "g2"]));
    assert_eq!(first["response"]["tool_pack"]["connectors"][1]["tool_names"], json!(["a", "b"]));
    let again = world.accepts(system(), other);
    assert_eq!((&again["events"], &again["response"]["changed"]), (&json!([]), &json!(false)));
    assert_eq!(world.accepts(system(), put_group(json!({"all": []})))["response"]["changed"], true);
    assert_eq!(world.accepts(system(), put_group(json!({"all": []})))["response"]["changed"], false);
    assert_eq!(world.accepts(system(), put_group(json!({"any": []})))["response"]["changed"], true);
}

#[test]
fn tp_4_changing_a_scope_keeps_credentials_and_only_changes_which_one_is_looked_for() {
    let mut world = World::shop();
    let user = world.user_with("alice", json!({"shared_credential_group": {"origin_company_id": "c1"}}));
    world.pack("p", json!([{"connector": "slack"}]));
    world.link(&user, "slack", Some("p"), json!({}));
    assert_eq!(world.decides(&user, "p", "slack__post"), "allow");
    world.pack("p", json!([{"connector": "slack", "auth_scope": "SHARED"}]));
    assert_eq!(world.decides(&user, "p", "slack__post"), "credential_required");
    world.pack("p", json!([{"connector": "slack"}]));
    assert_eq!(world.decides(&user, "p", "slack__post"), "allow");
}

#[test]
fn tp_5_a_group_is_a_rule_over_users_evaluated_when_asked() {
    let users = [
        ("a", json!({"custom_groupings": {"team": "x", "grade": "1"}})),
        ("b", json!({"custom_groupings": {"team": "y"}, "user_type": "SYSTEM"})),
        ("c", json!({"shared_credential_group": {"origin_company_id": "c1"}})),
    ];
    let rules = [
        (json!({"all": []}), "abc"),
        (json!({"any": []}), ""),
        (json!({"not": {"any": []}}), "abc"),
        (json!({"attribute": "team", "equals": "x"}), "a"),
        (json!({"attribute": "team", "equals": "X"}), ""),
        (json!({"attribute": "team", "in": ["x", "y", "z"]}), "ab"),
        (json!({"attribute": "team", "in": ["z", "y", "x", "y"]}), "ab"),
        (json!({"attribute": "team", "in": []}), ""),
        (json!({"attribute": "team", "exists": true}), "ab"),
        (json!({"attribute": "team", "exists": false}), "c"),
        (json!({"attribute": "__proto__", "exists": false}), "abc"),
        (json!({"origin_company_id": "c1"}), "c"),
        (json!({"user_type": "HUMAN"}), "ac"),
        (json!({"user_type": "SYSTEM"}), "b"),
        (json!({"all": [{"attribute": "team", "exists": true}, {"not": {"user_type": "SYSTEM"}}]}), "a"),
        (json!({"any": [{"origin_company_id": "c1"}, {"attribute": "grade", "equals": "1"}]}), "ac"),
    ];
    let mut world = World::shop();
    let ids = users.map(|(origin, members)| (origin, world.user_with(origin, members)));
    for (rule, expected) in rules {
        world.group("g", rule.clone());
        world.accepts(system(), with(put_pack(json!([{"connector": "slack"}])), json!({"group_ids": ["g"]})));
        let listed = world.answers(system(), json!({"query": "list_registered_users", "group_id": "g"}));
        let items = listed["items"].as_array().unwrap();
        let mut members: Vec<&str> = items.iter().map(|user| user["origin_user_id"].as_str().unwrap()).collect();
        members.sort_unstable();
        let members = members.concat();
        assert_eq!(members, expected, "{rule}");
        for (origin, id) in &ids {
            let is_member = expected.contains(origin);
            let groups = world.answers(system(), json!({"query": "groups_of", "registered_user_id": id}));
            let expected = if is_member { json!([{"group_id": "g", "name": "g", "rule": rule}]) } else { json!([]) };
            assert_eq!(groups["items"], expected, "kept as given: {rule}");
            let code = if is_member { "credential_required" } else { "tool_pack_not_permitted" };
            assert_eq!(world.decides(id, "p", "slack__post"), code, "{rule}");
        }
    }
}

#[test]
fn tp_5_the_form_and_the_limits_of_rules() {
    let leaf = || json!({"user_type": "HUMAN"});
    let nested = |levels: usize| (1..levels).fold(leaf(), |rule, _| json!({"not": rule}));
    let wide = |nodes: usize| json!({"all": vec![leaf(); nodes - 1]});
    let mut world = World::new();
    let long = |count: usize| "é".repeat(count);
    let right = [
        nested(8),
        wide(100),
        json!({"attribute": long(128), "equals": long(256)}),
        json!({"attribute": "k", "equals": ""}),
        json!({"attribute": "k", "in": vec!["v"; 2000]}),
        json!({"attribute": "k", "in": [long(256)]}),
    ];
    for rule in right {
        world.accepts(system(), put_group(rule));
    }
    let wrong = [
        (nested(9), "/rule/not/not/not/not/not/not/not/not"),
        (wide(101), "/rule"),
        (json!({}), "/rule"),
        (json!({"all": [], "any": []}), "/rule/any"),
        (json!({"nor": []}), "/rule"),
        (json!({"all": {}}), "/rule/all"),
        (json!({"all": [1]}), "/rule/all/0"),
        (json!({"not": []}), "/rule/not"),
        (json!({"not": null}), "/rule/not"),
        (json!({"attribute": "k"}), "/rule"),
        (json!({"equals": "v"}), "/rule/attribute"),
        (json!({"attribute": "k", "equals": 1}), "/rule/equals"),
        (json!({"attribute": "k", "equals": null}), "/rule/equals"),
        (json!({"attribute": 1, "equals": "v"}), "/rule/attribute"),
        (json!({"attribute": "", "equals": "v"}), "/rule/attribute"),
        (json!({"attribute": long(129), "equals": "v"}), "/rule/attribute"),
        (json!({"attribute": "k", "equals": long(257)}), "/rule/equals"),
        (json!({"attribute": "k", "in": "v"}), "/rule/in"),
        (json!({"attribute": "k", "in": ["v", long(257)]}), "/rule/in/1"),
        (json!({"attribute": "k", "exists": "yes"}), "/rule/exists"),
        (json!({"attribute": "k", "exists": true, "more": 1}), "/rule/more"),
        (json!({"origin_company_id": ""}), "/rule/origin_company_id"),
        (json!({"origin_company_id": 1}), "/rule/origin_company_id"),
        (json!({"user_type": "ROBOT"}), "/rule/user_type"),
        (json!({"any": [leaf(), {"__proto__": 1}]}), "/rule/any/1"),
    ];
    for (rule, pointer) in wrong {
        world.rejects_at(system(), put_group(rule), "invalid_rule", pointer);
    }
    for rule in [json!([]), json!("all"), json!(1), Value::Null] {
        world.rejects_at(system(), put_group(rule), "invalid_request", "/rule");
    }
}

#[test]
fn tp_6_a_pack_with_groups_serves_members_of_one_of_them() {
    let mut world = World::shop();
    let user = world.user_with("alice", json!({"custom_groupings": {"team": "x"}}));
    world.link(&user, "slack", None, json!({}));
    world.group("no", json!({"any": []}));
    world.group("yes", json!({"attribute": "team", "equals": "x"}));
    let mut put = |groups: Value, code: &str| {
        world.accepts(system(), with(put_pack(json!([{"connector": "slack"}])), json!({"group_ids": groups})));
        assert_eq!(world.decides(&user, "p", "slack__post"), code, "{groups}");
        let start =
            json!({"command": "start_link", "registered_user_id": user, "connector": "slack", "tool_pack_id": "p"});
        if code == "allow" {
            world.accepts(system(), start);
        } else {
            world.rejects(system(), start, code);
        }
    };
    put(Value::Null, "allow");
    put(json!([]), "tool_pack_not_permitted");
    put(json!(["no"]), "tool_pack_not_permitted");
    put(json!(["no", "yes"]), "allow");
    world.patch(&user, json!({"custom_groupings": null}));
    assert_eq!(world.decides(&user, "p", "slack__post"), "tool_pack_not_permitted");
}

#[test]
fn tp_6_what_a_pack_names_cannot_be_deleted() {
    let mut world = World::new();
    world.connector("slack", &["post"]);
    world.connector("jira", &["x"]);
    world.group("g", json!({"all": []}));
    let connectors = json!([{"connector": "slack"}, {"connector": "jira", "tool_names": []}]);
    world.accepts(system(), with(put_pack(connectors), json!({"group_ids": ["g"]})));
    let delete = |kind: &str, field: &str, id: &str| json!({"command": format!("delete_{kind}"), field: id});
    world.rejects(system(), delete("connector", "connector", "slack"), "connector_in_use");
    world.rejects(system(), delete("group", "group_id", "g"), "group_in_use");
    // One that is left out of the pack is not named by it.
    assert_eq!(event_names(&world.accepts(system(), delete("connector", "connector", "jira"))), ["connector_deleted"]);
    let outcome = world.accepts(management(), delete("tool_pack", "tool_pack_id", "p"));
    assert_eq!(
        (event_names(&outcome), &outcome["response"]),
        (vec!["tool_pack_deleted".to_owned()], &json!({"tool_pack_id": "p"}))
    );
    world.accepts(system(), delete("connector", "connector", "slack"));
    world.accepts(system(), delete("group", "group_id", "g"));
    world.rejects(system(), delete("connector", "connector", "slack"), "connector_not_found");
    world.rejects(system(), delete("group", "group_id", "g"), "group_not_found");
    world.rejects(system(), delete("tool_pack", "tool_pack_id", "p"), "tool_pack_not_found");
}

#[test]
fn tp_6_putting_a_pack_anew_frees_what_it_no_longer_names() {
    let mut world = World::new();
    world.connector("slack", &["post"]);
    world.connector("jira", &["x"]);
    world.pack("p", json!([{"connector": "slack"}]));
    world.pack("p", json!([{"connector": "jira"}]));
    world.accepts(system(), json!({"command": "delete_connector", "connector": "slack"}));
    world.rejects(system(), json!({"command": "delete_connector", "connector": "jira"}), "connector_in_use");
}

#[test]
fn m_1_the_catalogue_belongs_to_the_organization_and_to_both_environments() {
    let mut world = World::shop();
    let command = json!({"command": "create_test_user"});
    let user = tenantry_tests::text(&world.accepts(system_test(), command), "/response/registered_user_id");
    let query = json!({"query": "list_tools", "registered_user_id": user, "tool_pack_id": "own"});
    assert_eq!(world.answers(system_test(), query)["items"].as_array().unwrap().len(), 2);
    // No environment is needed to change it, and none is written down.
    let host = json!({"type": "system", "organization_id": "org_acme"});
    let outcome = world.accepts(host, put_connector("jira", json!(["x"])));
    assert_eq!(outcome["events"][0]["environment"], Value::Null);
}

#[test]
fn c_3_connectors_and_groups_are_visible_to_every_management_key_packs_are_not() {
    let mut world = World::shop();
    world.group("g", json!({"all": []}));
    for key in [restricted_to_users(&[]), restricted_to_packs(&["own"]), restricted_to_packs(&[])] {
        assert_eq!(
            world.answers(key.clone(), json!({"query": "list_connectors"}))["items"].as_array().unwrap().len(),
            2
        );
        assert_eq!(world.answers(key, json!({"query": "list_groups"}))["items"].as_array().unwrap().len(), 1);
    }
    let mut seen = |key: Value| {
        let items = world.answers(key, json!({"query": "list_tool_packs"}))["items"].clone();
        items
            .as_array()
            .unwrap()
            .iter()
            .map(|pack| pack["tool_pack_id"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(seen(management()), ["all", "own", "team"]);
    assert_eq!(seen(restricted_to_packs(&["own", "nowhere"])), ["own"]);
    assert_eq!(seen(restricted_to_packs(&[])), Vec::<String>::new());
    assert_eq!(seen(restricted_to_users(&[])), ["all", "own", "team"]);
}
