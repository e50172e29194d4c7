//! P-1: what is unknown, expired, ambiguous or out of scope is denied, and no scope ever widens by itself.

use tenantry_tests::actors::{key, runtime, system};
use tenantry_tests::decisions::{call, individual, organization, shared};
use tenantry_tests::{Value, World, json, with};

/// What an owner may hold for a connector, with the code of a decision that looks for it there.
const HELD: [(&str, &str); 5] = [
    ("nothing", "credential_required"),
    ("active", "allow"),
    ("lapsed", "reauth_required"),
    ("needs_reauth", "reauth_required"),
    ("revoked", "credential_revoked"),
];

fn give(world: &mut World, user: &str, pack: &str, held: &str) {
    if held == "nothing" {
        return;
    }
    let expires_at = (held == "lapsed").then_some("2026-01-31T10:00:00.001Z");
    world.links_until(user, "slack", Some(pack), expires_at);
    let owner = match pack {
        "own" => individual(user),
        "team" => shared("c1"),
        _ => organization(),
    };
    match held {
        "needs_reauth" => world.needs_reauth(owner, "slack"),
        "revoked" => world.revokes(owner, "slack"),
        _ => {}
    }
}

#[test]
fn p_1_no_scope_falls_back_to_another_whatever_the_three_owners_hold() {
    let mut decided = std::collections::BTreeMap::<&str, usize>::new();
    for own in HELD {
        for team in HELD {
            for all in HELD {
                let mut world = World::shop();
                let group = json!({"shared_credential_group": {"origin_company_id": "c1"}});
                let user = world.user_with("alice", group);
                let packs = [("own", own), ("team", team), ("all", all)];
                for (pack, (held, _)) in packs {
                    give(&mut world, &user, pack, held);
                }
                world.advance(std::time::Duration::from_millis(1));
                for (pack, (held, code)) in packs {
                    assert_eq!(world.decides(&user, pack, "slack__post"), code, "{pack} holds {held} of {packs:?}");
                    *decided.entry(code).or_default() += 1;
                }
            }
        }
    }
    println!("{decided:?}");
    assert_eq!(decided.values().sum::<usize>(), 375);
    assert_eq!((decided["allow"], decided["reauth_required"]), (75, 150));
}

#[test]
fn p_1_an_empty_list_of_permitted_things_permits_nothing() {
    let mut world = World::shop();
    let user = world.user("alice");
    world.link(&user, "slack", None, json!({}));
    let call = call(&user, "own", "slack__post");
    assert_eq!(world.verdict(runtime(), &call), "allow");
    for (key, code) in [
        (key(&[]), "forbidden"),
        (with(runtime(), json!({"registered_user_ids": []})), "registered_user_not_found"),
        (with(runtime(), json!({"tool_pack_ids": []})), "tool_pack_not_found"),
    ] {
        assert_eq!(world.verdict(key, &call), code);
    }
    let put = |connectors: Value, group_ids: Value| json!({"command": "put_tool_pack", "tool_pack_id": "own", "name": "O", "connectors": connectors, "group_ids": group_ids});
    let slack = json!([{"connector": "slack"}]);
    for (connectors, group_ids, code) in [
        (slack.clone(), json!([]), "tool_pack_not_permitted"),
        (json!([]), Value::Null, "connector_not_in_tool_pack"),
        (json!([{"connector": "slack", "tool_names": []}]), Value::Null, "connector_not_in_tool_pack"),
        (slack.clone(), Value::Null, "allow"),
    ] {
        world.accepts(system(), put(connectors, group_ids));
        assert_eq!(world.verdict(runtime(), &call), code);
    }
    world.connector("slack", &[]);
    assert_eq!(world.verdict(runtime(), &call), "tool_not_in_tool_pack");
    // A group whose rule lists nothing has no members.
    world.connector("slack", &["post"]);
    for (rule, code) in [
        (json!({"any": []}), "tool_pack_not_permitted"),
        (json!({"attribute": "team", "in": []}), "tool_pack_not_permitted"),
        (json!({"all": []}), "allow"),
    ] {
        world.group("g", rule);
        world.accepts(system(), put(slack.clone(), json!(["g"])));
        assert_eq!(world.verdict(runtime(), &call), code);
    }
}

#[test]
fn p_1_what_is_unknown_or_over_is_denied() {
    let mut world = World::shop();
    let user = world.user("alice");
    world.link(&user, "slack", None, json!({}));
    let right = call(&user, "own", "slack__post");
    for (members, code) in [
        (json!({"registered_user_id": "nobody"}), "registered_user_not_found"),
        (json!({"tool_pack_id": "nothing"}), "tool_pack_not_found"),
        (json!({"tool_pack_id": "OWN"}), "tool_pack_not_found"),
        (json!({"tool_pack_id": "own "}), "tool_pack_not_found"),
        (json!({"tool": "zoom__meet"}), "connector_not_in_tool_pack"),
        (json!({"tool": "slack__fly"}), "tool_not_in_tool_pack"),
        (json!({"tool": "slack_post__x"}), "connector_not_in_tool_pack"),
    ] {
        assert_eq!(world.verdict(runtime(), &with(right.clone(), members)), code);
    }
    let over = with(runtime(), json!({"expires_at": world.now()}));
    assert_eq!(world.verdict(over, &right), "not_authenticated");
    // An owner that cannot be distinguished is no owner: a user without company has no SHARED one.
    world.link(&user, "slack", Some("all"), json!({}));
    assert_eq!(world.decides(&user, "team", "slack__post"), "invalid_company_for_shared_scope");
}
