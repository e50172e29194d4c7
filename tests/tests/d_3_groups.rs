//! D-3, groups: what `explain` says of a pack that does not serve a user, and how the user becomes a member.

use crate::d_3_remedies::check_remedies;
use tenantry_tests::actors::{key, of, runtime, system};
use tenantry_tests::decisions::call;
use tenantry_tests::{Value, World, json, text, with};

/// The pack `own` with `slack`, for the members of these groups, in this order.
fn world(rules: &[(&str, Value)]) -> World {
    let mut world = World::new();
    world.connector("slack", &["post"]);
    for (group_id, rule) in rules {
        world.group(group_id, rule.clone());
    }
    let group_ids: Vec<&str> = rules.iter().map(|(group_id, _)| *group_id).collect();
    world.pack_with("own", json!([{"connector": "slack"}]), json!({"group_ids": group_ids}));
    world
}

/// An engineer of Acme.
fn engineer(world: &mut World) -> String {
    let company = json!({"origin_company_id": "acme"});
    world.user_with("alice", json!({"custom_groupings": {"team": "eng"}, "shared_credential_group": company}))
}

/// An explanation, the remedies of which do what they say.
#[track_caller]
fn explained(world: &mut World, user: &str) -> Value {
    let call = call(user, "own", "slack__post");
    let explanation = world.explains(system(), &call);
    assert_eq!(explanation["decision"], world.authorize(system(), &call).unwrap());
    check_remedies(world, &system(), &call, &explanation).unwrap();
    explanation
}

/// What the check of the groups compared.
fn compared(explanation: &Value) -> &Value {
    assert_eq!(explanation["checks"][4]["check"], "pack_permitted");
    &explanation["checks"][4]["compared"]
}

/// The steps of the one remedy.
#[track_caller]
fn steps(explanation: &Value) -> &Vec<Value> {
    assert_eq!(explanation["remedies"].as_array().unwrap().len(), 1);
    explanation["remedies"][0]["steps"].as_array().unwrap()
}

/// The step that only the customer can do.
fn open(group_ids: &[&str]) -> Value {
    json!({"kind": "match_group", "affects": "user", "parameters": [], "group_ids": group_ids})
}

/// The step that gives a grouping.
fn gives(user: &str, group_id: &str, grouping: Value) -> Value {
    let command = json!({
        "command": "update_registered_user", "registered_user_id": user, "patch": {"custom_groupings": grouping},
    });
    with(open(&[group_id]), json!({"command": command}))
}

fn many<T: Into<Value>>(count: usize, one: impl Fn(usize) -> T) -> Value {
    (0..count).map(|index| one(index).into()).collect::<Vec<Value>>().into()
}

#[test]
fn d_3_a_group_says_which_of_its_comparisons_failed() {
    let team = |name: &str| json!({"attribute": "team", "equals": name});
    let region = json!({"attribute": "region", "in": ["EU", "US"]});
    let vip = json!({"attribute": "vip", "exists": true});
    let found = |comparison: &Value, found: Value| with(comparison.clone(), json!({"found": found}));
    let cases = [
        (team("sales"), json!([{"attribute": "team", "equals": "sales", "found": "eng"}])),
        (team("Eng"), json!([found(&team("Eng"), json!("eng"))])),
        (region.clone(), json!([{"attribute": "region", "in": ["EU", "US"], "found": null}])),
        (
            json!({"attribute": "team", "exists": false}),
            json!([{"attribute": "team", "exists": false, "found": "eng"}]),
        ),
        (json!({"attribute": "team", "in": []}), json!([{"attribute": "team", "in": [], "found": "eng"}])),
        (json!({"origin_company_id": "globex"}), json!([{"origin_company_id": "globex", "found": "acme"}])),
        (json!({"user_type": "SYSTEM"}), json!([{"user_type": "SYSTEM", "found": "HUMAN"}])),
        // What holds is left out; the rest stands in the rule's order.
        (
            json!({"all": [vip, team("eng"), {"all": [{"user_type": "HUMAN"}, region]}]}),
            json!([found(&vip, Value::Null), found(&region, Value::Null)]),
        ),
        (
            json!({"any": [team("sales"), {"all": [vip, team("eng")]}]}),
            json!([found(&team("sales"), json!("eng")), found(&vip, Value::Null)]),
        ),
        // Inside a `not`, what holds is what failed.
        (json!({"not": team("eng")}), json!([{"not": team("eng"), "found": "eng"}])),
        (
            json!({"not": {"any": [team("sales"), team("eng"), {"not": vip}]}}),
            json!([{"not": team("eng"), "found": "eng"}, {"attribute": "vip", "exists": true, "found": null}]),
        ),
        (
            json!({"not": {"all": [team("eng"), {"user_type": "HUMAN"}]}}),
            json!([{"not": team("eng"), "found": "eng"}, {"not": {"user_type": "HUMAN"}, "found": "HUMAN"}]),
        ),
        (json!({"not": {"not": team("sales")}}), json!([found(&team("sales"), json!("eng"))])),
        // A rule that nobody can satisfy compares nothing.
        (json!({"any": []}), json!([])),
        (json!({"not": {"all": []}}), json!([])),
    ];
    for (rule, rules) in cases {
        let mut world = world(&[("first", rule.clone()), ("second", json!({"origin_company_id": "initech"}))]);
        let alice = engineer(&mut world);
        let second = json!([{"origin_company_id": "initech", "found": "acme"}]);
        assert_eq!(
            *compared(&explained(&mut world, &alice)),
            json!({
                "group_ids": ["first", "second"],
                "failed": [{"group_id": "first", "rules": rules}, {"group_id": "second", "rules": second}],
            }),
            "{rule}"
        );
    }
}

#[test]
fn d_3_groups_of_which_one_is_matched_are_not_explained() {
    let mut world = world(&[
        ("a", json!({"attribute": "team", "equals": "sales"})),
        ("b", json!({"attribute": "team", "equals": "eng"})),
    ]);
    let alice = engineer(&mut world);
    let explanation = explained(&mut world, &alice);
    assert_eq!(explanation["decision"]["code"], "credential_required");
    assert_eq!(*compared(&explanation), json!({"group_ids": ["a", "b"]}));
    world.pack("own", json!([{"connector": "slack"}]));
    assert_eq!(*compared(&explained(&mut world, &alice)), json!({"group_ids": null}));
    // A pack that serves nobody has no group to explain, and none to match.
    world.pack_with("own", json!([{"connector": "slack"}]), json!({"group_ids": []}));
    let explanation = explained(&mut world, &alice);
    assert_eq!(explanation["decision"]["code"], "tool_pack_not_permitted");
    assert_eq!(*compared(&explanation), json!({"group_ids": [], "failed": []}));
    assert_eq!(explanation["remedies"], json!([]));
}

#[test]
fn d_3_a_group_shows_at_most_20_comparisons_and_20_values() {
    let leaf = |index: usize| json!({"attribute": format!("key_{index}"), "exists": true});
    for (count, shown) in [(19, 19), (20, 20), (21, 20), (60, 20)] {
        let any = json!({"any": [{"any": many(count / 2, leaf)}, {"any": many(count - count / 2, leaf)}]});
        let values = json!({"attribute": "team", "in": many(count, |index| index.to_string())});
        let mut world = world(&[("any", any), ("in", values)]);
        let alice = world.user("alice");
        let explanation = explained(&mut world, &alice);
        let failed = &compared(&explanation)["failed"];
        assert_eq!(failed[0]["rules"].as_array().unwrap().len(), shown);
        let values = many(shown, |index| index.to_string());
        assert_eq!(failed[1]["rules"], json!([{"attribute": "team", "in": values, "found": null}]));
    }
}

#[test]
fn d_3_who_does_not_see_user_or_pack_learns_nothing_of_groups() {
    let mut world = world(&[("sales", json!({"attribute": "team", "equals": "sales"}))]);
    let alice = engineer(&mut world);
    let asked = call(&alice, "own", "slack__post");
    assert_eq!(compared(&world.explains(runtime(), &asked))["failed"][0]["rules"][0]["found"], "eng");
    let bob = world.user("bob");
    for hidden in [
        with(runtime(), json!({"registered_user_ids": [bob]})),
        with(runtime(), json!({"tool_pack_ids": ["other"]})),
        of(runtime(), "org_other"),
        key(&[]),
    ] {
        let explanation = world.explains(hidden, &asked);
        assert_eq!(*compared(&explanation), Value::Null);
        assert_eq!(explanation["remedies"], json!([]));
    }
}

#[test]
fn d_3_which_attribute_makes_a_member_only_the_customer_knows() {
    let equals = json!({"attribute": "team", "equals": "sales"});
    for rule in [
        json!({"attribute": "team", "in": ["sales"]}),
        json!({"attribute": "vip", "exists": true}),
        json!({"all": [equals]}),
        json!({"any": [equals, equals]}),
        json!({"not": {"not": equals}}),
        json!({"not": {"attribute": "team", "equals": "eng"}}),
        json!({"origin_company_id": "globex"}),
        json!({"user_type": "SYSTEM"}),
    ] {
        let mut world = world(&[("one", rule), ("two", json!({"any": []}))]);
        let alice = engineer(&mut world);
        let explanation = explained(&mut world, &alice);
        assert_eq!(explanation["remedies"], json!([{"complete": false, "steps": [open(&["one", "two"])]}]));
        world.patch(&alice, json!({"is_active": false}));
        let explanation = explained(&mut world, &alice);
        assert_eq!(steps(&explanation)[0]["kind"], "reactivate");
        assert_eq!(steps(&explanation)[1..], [open(&["one", "two"])]);
    }
}

#[test]
fn d_3_a_group_that_asks_for_one_value_is_matched_by_it() {
    let mut world = world(&[
        ("a", json!({"attribute": "vip", "exists": true})),
        ("b", json!({"attribute": "team", "equals": "sales"})),
        ("c", json!({"attribute": "region", "equals": "EU"})),
    ]);
    let alice = engineer(&mut world);
    let explanation = explained(&mut world, &alice);
    let link = json!({
        "kind": "link", "affects": "user", "parameters": [],
        "command": {"command": "start_link", "registered_user_id": alice, "connector": "slack", "tool_pack_id": "own"},
    });
    assert_eq!(
        explanation["remedies"],
        json!([{"complete": true, "steps": [gives(&alice, "b", json!({"team": "sales"})), link]}])
    );
    // Both ways out of a missing company begin with it.
    let company = json!([{"connector": "slack", "auth_scope": "SHARED"}]);
    world.pack_with("own", company, json!({"group_ids": ["b"]}));
    let bob = world.user("bob");
    let explanation = explained(&mut world, &bob);
    for (remedy, kind) in [(0, "set_company"), (1, "switch_scope")] {
        let steps = &explanation["remedies"][remedy]["steps"];
        assert_eq!(steps[0], gives(&bob, "b", json!({"team": "sales"})));
        assert_eq!([text(&steps[1], "/kind"), text(&steps[2], "/kind")], [kind, "link"]);
    }
}

#[test]
fn d_3_a_grouping_too_many_is_for_the_customer_to_make_room() {
    let mut world = world(&[
        ("a", json!({"attribute": "team", "equals": "sales"})),
        ("b", json!({"attribute": "key_1", "equals": "sales"})),
    ]);
    let groupings = |count: usize| (0..count).map(|index| (format!("key_{index}"), json!("x"))).collect::<Value>();
    let full = world.user_with("full", json!({"custom_groupings": groupings(50)}));
    assert_eq!(*steps(&explained(&mut world, &full)), [open(&["a", "b"])]);
    let last = world.user_with("last", json!({"custom_groupings": groupings(49)}));
    assert_eq!(steps(&explained(&mut world, &last))[0], gives(&last, "a", json!({"team": "sales"})));
    // A key that is there takes no more room.
    world.pack_with("own", json!([{"connector": "slack"}]), json!({"group_ids": ["b"]}));
    assert_eq!(steps(&explained(&mut world, &full))[0], gives(&full, "b", json!({"key_1": "sales"})));
}

#[test]
fn d_3_who_may_not_update_the_user_sees_the_group_without_the_command() {
    let mut world = world(&[("a", json!({"any": []})), ("b", json!({"attribute": "team", "equals": "sales"}))]);
    let alice = engineer(&mut world);
    let asked = call(&alice, "own", "slack__post");
    let restricted = with(key(&["management"]), json!({"registered_user_ids": [alice]}));
    for (actor, first) in [
        (runtime(), open(&["b"])),
        (key(&["management"]), gives(&alice, "b", json!({"team": "sales"}))),
        (restricted, gives(&alice, "b", json!({"team": "sales"}))),
    ] {
        let explanation = world.explains(actor, &asked);
        assert_eq!(steps(&explanation)[0], first);
        assert_eq!(explanation["remedies"][0]["complete"], true);
    }
}

#[test]
fn d_3_a_grouping_that_looks_like_a_parameter_is_a_grouping() {
    let mut world = world(&[("a", json!({"attribute": "$parameter", "equals": "origin_company_id"}))]);
    let alice = world.user("alice");
    let explanation = explained(&mut world, &alice);
    assert_eq!(steps(&explanation)[0], gives(&alice, "a", json!({"$parameter": "origin_company_id"})));
}
