//! D-7: `list_tools` gives each connector of a pack with its scope, its tools, and what a call of
//! them would be answered.

use crate::runs::{Coverage, runs};
use proptest::prelude::any;
use proptest::{collection::vec, prop_assert, prop_assert_eq, test_runner::TestCaseError};
use std::cell::RefCell;
use tenantry_tests::actors::{in_test, key, registered_user, runtime, system};
use tenantry_tests::decisions::call;
use tenantry_tests::random::{PACKS, Roll, peopled};
use tenantry_tests::{Value, World, json, text, with};

fn list(user: &str, pack: &str) -> Value {
    json!({"query": "list_tools", "registered_user_id": user, "tool_pack_id": pack})
}

/// One user's list of one pack: every status is what `authorize` says of each tool.
fn check(
    world: &mut World,
    host: &Value,
    user: &str,
    pack: &str,
    coverage: &mut Coverage,
) -> Result<(), TestCaseError> {
    let packs = world.answers(host.clone(), json!({"query": "list_tool_packs"}));
    let stands = packs["items"].as_array().unwrap().iter().find(|item| item["tool_pack_id"] == pack).cloned();
    let answer = match world.query(host.clone(), list(user, pack)) {
        Ok(answer) => answer,
        Err(rejection) => {
            let decided = world.verdict(host.clone(), &call(user, pack, "slack__post"));
            // `authorize` looks at the user's status before it looks for the pack.
            if decided != "registered_user_inactive" {
                prop_assert_eq!(rejection["code"].as_str(), Some(decided.as_str()));
            }
            return Ok(());
        }
    };
    let items = answer["items"].as_array().unwrap();
    let entries = stands.unwrap()["connectors"].as_array().unwrap().clone();
    prop_assert_eq!(items.len(), entries.len());
    for (item, entry) in items.iter().zip(&entries) {
        prop_assert_eq!(&item["connector"], &entry["connector"]);
        prop_assert_eq!(&item["scope"], &entry["auth_scope"]);
        let status = text(item, "/status");
        let tools: Vec<String> =
            item["tools"].as_array().unwrap().iter().map(|tool| tool.as_str().unwrap().to_owned()).collect();
        prop_assert!(tools.is_sorted());
        let connector = text(item, "/connector");
        for tool in ["post", "read", "search"] {
            let full = format!("{connector}__{tool}");
            let decided = world.verdict(host.clone(), &call(user, pack, &full)).replace("allow", "ready");
            if tools.contains(&full) || tools.is_empty() {
                prop_assert_eq!(&status, &decided, "{} of {}", full, item);
            } else if !["registered_user_inactive", "tool_pack_not_permitted"].contains(&status.as_str()) {
                prop_assert_eq!("tool_not_in_tool_pack", &decided, "{} of {}", full, item);
            }
        }
        coverage.see(&status);
    }
    let only = world.answers(host.clone(), with(list(user, pack), json!({"authenticated_only": true})));
    let ready: Vec<&Value> = items.iter().filter(|item| item["status"] == "ready").collect();
    prop_assert_eq!(only["items"].as_array().unwrap().iter().collect::<Vec<_>>(), ready);
    let all = world.answers(host.clone(), with(list(user, pack), json!({"authenticated_only": false})));
    prop_assert_eq!(&all, &answer);
    let mut paged = Vec::new();
    let mut after = Value::Null;
    loop {
        let page = world.answers(host.clone(), with(list(user, pack), json!({"limit": 1, "after": after})));
        let items = page["items"].as_array().unwrap();
        prop_assert!(items.len() <= 1);
        paged.extend(items.iter().cloned());
        after = page["next"].clone();
        if after.is_null() {
            break;
        }
    }
    prop_assert_eq!(&paged, items);
    Ok(())
}

#[test]
fn d_7_each_status_is_what_authorize_decides() {
    let coverage = RefCell::new(Coverage::default());
    let start = peopled();
    runs(60, &vec(any::<Roll>(), 0..24), |rolls| {
        let (mut world, mut known) = start.clone();
        for roll in rolls {
            if let Ok(outcome) = world.execute(system(), known.command(roll, &world.now())) {
                known.learn(&outcome);
            }
        }
        for person in &known.users {
            let host = with(system(), json!({"environment": person.environment}));
            for pack in PACKS {
                check(&mut world, &host, &person.id, pack, &mut coverage.borrow_mut())?;
            }
        }
        Ok(())
    });
    coverage.into_inner().covers(&[
        "ready",
        "registered_user_inactive",
        "tool_pack_not_permitted",
        "tool_not_in_tool_pack",
        "invalid_company_for_shared_scope",
        "credential_required",
        "credential_revoked",
        "reauth_required",
    ]);
}

#[test]
fn d_7_a_pack_is_listed_by_connector_with_what_stands_in_the_way() {
    let mut world = World::new();
    world.connector("slack", &["read", "post", "pin"]);
    world.connector("jira", &["search"]);
    world.connector("github", &["merge"]);
    world.pack(
        "desk",
        json!([
            {"connector": "slack", "tool_names": ["read", "post"]},
            {"connector": "jira", "auth_scope": "SHARED"},
            {"connector": "github", "auth_scope": "ORGANIZATION", "tool_names": ["merge"]},
        ]),
    );
    let alice = world.user("alice");
    world.links(&alice, "slack", None);
    let github = json!({"connector": "github", "scope": "ORGANIZATION", "tools": ["github__merge"], "status": "credential_required"});
    let jira = json!({"connector": "jira", "scope": "SHARED", "tools": ["jira__search"], "status": "invalid_company_for_shared_scope"});
    let slack = json!({"connector": "slack", "scope": "INDIVIDUAL", "tools": ["slack__post", "slack__read"], "status": "ready"});
    let whole = json!({"items": [github, jira, slack], "next": null});
    for actor in [system(), runtime(), key(&["management"]), registered_user(&alice)] {
        assert_eq!(world.answers(actor, list(&alice, "desk")), whole);
    }
    let ready = with(list(&alice, "desk"), json!({"authenticated_only": true}));
    assert_eq!(world.answers(runtime(), ready.clone()), json!({"items": [slack], "next": null}));
    let first = world.answers(runtime(), with(list(&alice, "desk"), json!({"limit": 2})));
    assert_eq!(first["items"], json!([github, jira]));
    let second = world.answers(runtime(), with(list(&alice, "desk"), json!({"limit": 2, "after": first["next"]})));
    assert_eq!(second, json!({"items": [slack], "next": null}));
    // A limit counts what is listed, not what is passed over.
    assert_eq!(world.answers(runtime(), with(ready, json!({"limit": 1})))["items"], json!([slack]));
    // A connector whose tools are gone stays in the list.
    world.connector("github", &[]);
    let gone = world.answers(runtime(), list(&alice, "desk"));
    assert_eq!(gone["items"][0], with(github, json!({"tools": [], "status": "tool_not_in_tool_pack"})));
}

#[test]
fn d_7_what_is_not_seen_is_not_found() {
    let mut world = World::new();
    world.connector("slack", &["post"]);
    world.pack("desk", json!([{"connector": "slack"}]));
    let (alice, bob) = (world.user("alice"), world.user("bob"));
    let rejection = world.refuses(runtime(), list("nobody", "desk"), "registered_user_not_found");
    for actor in [in_test(runtime()), with(runtime(), json!({"registered_user_ids": [bob]})), registered_user(&bob)] {
        assert_eq!(world.refuses(actor, list(&alice, "desk"), "registered_user_not_found"), rejection);
    }
    let rejection = world.refuses(runtime(), list(&alice, "nothing"), "tool_pack_not_found");
    let elsewhere = with(runtime(), json!({"tool_pack_ids": ["another"]}));
    assert_eq!(world.refuses(elsewhere, list(&alice, "desk"), "tool_pack_not_found"), rejection);
    // The user comes first.
    world.refuses(runtime(), list("nobody", "nothing"), "registered_user_not_found");
    for (wrong, pointer) in [
        (json!({"authenticated_only": "yes"}), "/authenticated_only"),
        (json!({"limit": 0}), "/limit"),
        (json!({"limit": 201}), "/limit"),
    ] {
        let rejection = world.refuses(runtime(), with(list(&alice, "desk"), wrong), "invalid_request");
        assert_eq!(rejection["pointer"], pointer);
    }
}
