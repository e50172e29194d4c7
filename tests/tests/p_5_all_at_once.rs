//! P-5: a validation failure lists every violation, each with its code and its pointer: what is wrong
//! in one place hides nothing of what is wrong in another.

use tenantry_tests::actors::system;
use tenantry_tests::shapes::{Field, commands, fields, queries};
use tenantry_tests::{Value, World, json, violations, with};

fn reported(world: &mut World, request: &Value) -> Vec<(String, String)> {
    world.ask(system(), request.clone()).err().map(|rejection| violations(&rejection)).unwrap_or_default()
}

/// A value that no field takes: neither of its type nor of its form.
fn wrong(types: &[&str]) -> Value {
    if types.contains(&"object") { json!([]) } else { json!({}) }
}

#[test]
fn p_5_every_subset_of_wrong_fields_is_told_whole_and_in_order() {
    let mut world = World::with_options(&json!({"journal": "memory"}));
    let mut subsets = 0;
    let named = commands().into_iter().map(|name| ("command", name));
    let named = named.chain(queries().into_iter().map(|name| ("query", name)));
    for (member, name) in named {
        let fields = fields(&name);
        // What a request without any field gets: that some are missing.
        let bare = json!({member: name});
        let missing = reported(&mut world, &bare);
        for subset in 0u32..1 << fields.len() {
            let mut request = bare.clone();
            let mut expected = Vec::new();
            for (index, Field { name: field, types, .. }) in fields.iter().enumerate() {
                let at = format!("/{field}");
                if subset >> index & 1 == 1 {
                    request[*field] = wrong(types);
                    expected.push(at);
                } else {
                    expected
                        .extend(missing.iter().map(|(_, pointer)| pointer.clone()).filter(|pointer| *pointer == at));
                }
            }
            // Unknown ones come after, by pointer.
            request["~"] = json!(1);
            request["aaaa"] = Value::Null;
            expected.extend(["/aaaa".to_owned(), "/~0".to_owned()]);
            let pointers: Vec<String> =
                reported(&mut world, &request).into_iter().map(|(_, pointer)| pointer).collect();
            assert_eq!(pointers, expected, "{request}");
            subsets += 1;
        }
    }
    println!("{subsets} subsets");
    assert!(subsets > 500);
}

/// The violations of a command, as code and pointer.
#[track_caller]
fn tells(world: &mut World, command: &Value, expected: &[(&str, &str)]) {
    let reported = reported(world, command);
    let reported: Vec<(&str, &str)> =
        reported.iter().map(|(code, pointer)| (code.as_str(), pointer.as_str())).collect();
    assert_eq!(reported, expected, "{command}");
}

#[test]
fn p_5_a_company_without_an_id_is_told_where_the_id_should_be_before_its_name() {
    let mut world = World::new();
    let group = json!({"origin_company_name": 7, "custom_groupings": {"a": 1}, "x": 1});
    let at = |base: &str| {
        [
            ("origin_company_id_required", format!("{base}/origin_company_id")),
            ("invalid_request", format!("{base}/origin_company_name")),
            ("invalid_custom_groupings", format!("{base}/custom_groupings/a")),
            ("invalid_request", format!("{base}/x")),
        ]
    };
    let create = json!({"command": "create_registered_user", "origin_user_id": "u", "shared_credential_group": group});
    let expected = at("/shared_credential_group");
    tells(&mut world, &create, &expected.each_ref().map(|(code, pointer)| (*code, pointer.as_str())));
    let patch = json!({"shared_credential_group": with(group, json!({"origin_company_id": null}))});
    let update = json!({"command": "update_registered_user", "registered_user_id": "u", "patch": patch});
    let expected = at("/patch/shared_credential_group");
    tells(&mut world, &update, &expected.each_ref().map(|(code, pointer)| (*code, pointer.as_str())));
}

#[test]
fn p_5_every_grouping_is_told_in_the_order_of_keys_whatever_the_order_given() {
    let mut world = World::new();
    let of_keys = [
        ("invalid_custom_groupings", "/custom_groupings/"),
        ("invalid_custom_groupings", "/custom_groupings/1"),
        ("invalid_custom_groupings", "/custom_groupings/b"),
        ("invalid_custom_groupings", "/custom_groupings/\u{ff5e}"),
        ("invalid_custom_groupings", "/custom_groupings/\u{10000}"),
    ];
    // Hosts disagree on the order of members: JavaScript puts those that look like numbers first.
    for order in [[0, 1, 2, 3, 4], [4, 3, 2, 1, 0], [2, 0, 4, 1, 3]] {
        let members: Vec<String> =
            order.iter().map(|index| format!("{}:1", json!(["", "1", "b", "\u{ff5e}", "\u{10000}"][*index]))).collect();
        let text = format!(
            r#"{{"command":"create_registered_user","origin_user_id":"u","custom_groupings":{{{}}}}}"#,
            members.join(",")
        );
        let context = world.context(system()).to_string();
        let rejection = world.execute_text(&context, &text).unwrap_err();
        let reported = violations(&rejection);
        let reported: Vec<(&str, &str)> =
            reported.iter().map(|(code, pointer)| (code.as_str(), pointer.as_str())).collect();
        assert_eq!(reported, of_keys, "{text}");
    }
}

#[test]
fn p_5_a_contradiction_between_the_two_places_is_told_beside_what_is_wrong_in_either() {
    let mut world = World::new();
    let top = json!({"a": "1", "b": "2", "c": 3, "d": "4"});
    let nested = json!({"a": "9", "b": "2", "c": "3", "d": "0", "e": 5});
    let create = json!({"command": "create_registered_user", "origin_user_id": "u", "custom_groupings": top, "shared_credential_group": {"custom_groupings": nested}});
    tells(
        &mut world,
        &create,
        &[
            ("invalid_custom_groupings", "/shared_credential_group/custom_groupings/e"),
            ("invalid_custom_groupings", "/custom_groupings/a"),
            ("invalid_custom_groupings", "/custom_groupings/c"),
            ("invalid_custom_groupings", "/custom_groupings/d"),
        ],
    );
    let patch = json!({"custom_groupings": null, "shared_credential_group": {"custom_groupings": {"a": 1}}});
    let update = json!({"command": "update_registered_user", "registered_user_id": "u", "patch": patch});
    tells(
        &mut world,
        &update,
        &[
            ("invalid_custom_groupings", "/patch/shared_credential_group/custom_groupings/a"),
            ("invalid_custom_groupings", "/patch/custom_groupings"),
        ],
    );
    // Too many, and wrong ones among them.
    let many: Value =
        (0..51).map(|index| (format!("k{index:02}"), json!("v"))).collect::<serde_json::Map<_, _>>().into();
    let many = with(many, json!({"k00": 0}));
    let create = json!({"command": "create_registered_user", "origin_user_id": "u", "custom_groupings": many});
    tells(
        &mut world,
        &create,
        &[("invalid_custom_groupings", "/custom_groupings/k00"), ("invalid_custom_groupings", "/custom_groupings")],
    );
}

#[test]
fn p_5_a_connector_named_twice_is_told_beside_what_is_wrong_with_others() {
    let mut world = World::new();
    let connectors = json!([
        {"connector": "slack", "auth_scope": "TEAM"},
        {"connector": "ji ra"},
        {"connector": "slack", "tool_names": ["", "post", 1]},
        {"auth_scope": "SHARED"},
        {"connector": "slack", "x": 1},
    ]);
    let put = json!({"command": "put_tool_pack", "tool_pack_id": "p", "name": " ", "connectors": connectors, "group_ids": [1, "g", ""]});
    tells(
        &mut world,
        &put,
        &[
            ("name_required", "/name"),
            ("invalid_request", "/connectors/0/auth_scope"),
            ("invalid_slug", "/connectors/1/connector"),
            ("invalid_tool_pack", "/connectors/2/connector"),
            ("invalid_slug", "/connectors/2/tool_names/0"),
            ("invalid_request", "/connectors/2/tool_names/2"),
            ("invalid_request", "/connectors/3/connector"),
            ("invalid_tool_pack", "/connectors/4/connector"),
            ("invalid_request", "/group_ids/0"),
            ("invalid_request", "/group_ids/2"),
            ("invalid_request", "/connectors/4/x"),
        ],
    );
}

#[test]
fn p_5_every_node_of_a_rule_is_told() {
    let mut world = World::new();
    let rule = json!({"all": [
        {"attribute": "", "equals": 1},
        {"not": {"user_type": "ROBOT"}},
        {"attribute": "k", "in": [1, "v", null]},
        {"origin_company_id": "c", "zz": 1, "more": 2},
        {"any": [{}, {"exists": true}], "not": {"all": 1}},
        7,
    ]});
    let put = json!({"command": "put_group", "group_id": "", "name": "G", "rule": rule});
    tells(
        &mut world,
        &put,
        &[
            ("invalid_request", "/group_id"),
            ("invalid_rule", "/rule/all/0/attribute"),
            ("invalid_rule", "/rule/all/0/equals"),
            ("invalid_rule", "/rule/all/1/not/user_type"),
            ("invalid_rule", "/rule/all/2/in/0"),
            ("invalid_rule", "/rule/all/2/in/2"),
            ("invalid_rule", "/rule/all/3/more"),
            ("invalid_rule", "/rule/all/3/zz"),
            ("invalid_rule", "/rule/all/4/not"),
            ("invalid_rule", "/rule/all/4/any/0"),
            ("invalid_rule", "/rule/all/4/any/1/attribute"),
            ("invalid_rule", "/rule/all/5"),
        ],
    );
}
