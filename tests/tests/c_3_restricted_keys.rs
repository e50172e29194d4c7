//! C-3: a key held to some users or packs may not touch what others share.

use tenantry_tests::actors::{management, restricted_to_packs, restricted_to_users, system};
use tenantry_tests::{Value, World, json, with};

fn company(id: &str) -> Value {
    json!({"shared_credential_group": {"origin_company_id": id}})
}

#[test]
fn c_3_an_absent_or_null_restriction_is_none_and_an_empty_one_permits_nothing() {
    let mut world = World::new();
    let id = world.user("alice");
    let list = json!({"query": "list_registered_users"});
    let seen = |actor: Value, world: &mut World| world.answers(actor, list.clone())["items"].as_array().unwrap().len();
    assert_eq!(seen(management(), &mut world), 1);
    assert_eq!(seen(with(management(), json!({"registered_user_ids": null, "tool_pack_ids": null})), &mut world), 1);
    assert_eq!(seen(restricted_to_users(&[&id]), &mut world), 1);
    assert_eq!(seen(restricted_to_users(&[]), &mut world), 0);
    assert_eq!(seen(restricted_to_users(&["nobody"]), &mut world), 0);
    assert_eq!(seen(restricted_to_packs(&[]), &mut world), 1);
}

#[test]
fn c_3_a_key_restricted_to_users_sees_its_users_and_their_companies_only() {
    let mut world = World::new();
    let alice = world.user_with("alice", company("c1"));
    let bob = world.user_with("bob", company("c2"));
    let key = restricted_to_users(&[&alice]);
    let get = |id: &str| json!({"query": "get_registered_user", "registered_user_id": id});
    world.answers(key.clone(), get(&alice));
    let missing = world.refuses(key.clone(), get("nobody"), "registered_user_not_found");
    assert_eq!(world.refuses(key.clone(), get(&bob), "registered_user_not_found"), missing);
    let find = |origin: &str| json!({"query": "find_registered_user", "origin_user_id": origin});
    world.answers(key.clone(), find("alice"));
    let missing = world.refuses(key.clone(), find("nobody"), "registered_user_not_found");
    assert_eq!(world.refuses(key.clone(), find("bob"), "registered_user_not_found"), missing);
    let companies = world.answers(key.clone(), json!({"query": "list_companies"}));
    assert_eq!(companies["items"].as_array().unwrap().len(), 1);
    assert_eq!(companies["items"][0]["origin_company_id"], "c1");
    let listed = world.answers(key.clone(), json!({"query": "list_registered_users"}));
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
    // A filter by a company that it cannot see is as empty as one by a company that is not there.
    for company in ["c2", "c9"] {
        let listed =
            world.answers(key.clone(), json!({"query": "list_registered_users", "origin_company_id": company}));
        assert_eq!(listed, json!({"items": [], "next": null}));
    }
    let update = |id: &str| json!({"command": "update_registered_user", "registered_user_id": id, "patch": {"origin_user_name": "X"}});
    world.accepts(key.clone(), update(&alice));
    let missing = world.rejects(key.clone(), update("nobody"), "registered_user_not_found");
    assert_eq!(world.rejects(key.clone(), update(&bob), "registered_user_not_found"), missing);
    let delete = |id: &str| json!({"command": "delete_registered_user", "registered_user_id": id});
    let missing = world.rejects(key.clone(), delete("nobody"), "registered_user_not_found");
    assert_eq!(world.rejects(key.clone(), delete(&bob), "registered_user_not_found"), missing);
    world.accepts(key, delete(&alice));
}

#[test]
fn c_3_a_patch_that_names_renames_or_leaves_a_company_is_forbidden_whatever_the_user() {
    let mut world = World::new();
    let id = world.user_with("alice", company("c1"));
    let patches = [
        json!(null),
        json!({"origin_company_id": null}),
        json!({"origin_company_id": "c1"}),
        json!({"origin_company_id": "c2"}),
        json!({"origin_company_name": "New"}),
    ];
    for key in [restricted_to_users(&[&id]), restricted_to_users(&[]), restricted_to_packs(&["p"])] {
        for group in &patches {
            for id in [&id, "nobody"] {
                let patch = json!({"shared_credential_group": group});
                let command = json!({"command": "update_registered_user", "registered_user_id": id, "patch": patch});
                world.rejects(key.clone(), command, "forbidden");
            }
        }
    }
    for group in [json!({}), json!({"origin_company_name": null}), json!({"custom_groupings": {"a": "1"}})] {
        let patch = json!({"shared_credential_group": group});
        let command = json!({"command": "update_registered_user", "registered_user_id": id, "patch": patch});
        world.accepts(restricted_to_users(&[&id]), command);
    }
}

#[test]
fn c_3_a_restricted_key_creates_no_user_even_where_it_is_there() {
    let mut world = World::new();
    let id = world.user("alice");
    let create = json!({"command": "create_registered_user", "origin_user_id": "alice"});
    for key in [restricted_to_users(&[&id]), restricted_to_packs(&[])] {
        world.rejects(key, create.clone(), "forbidden");
    }
    assert_eq!(world.accepts(system(), create)["response"]["created"], false);
}
