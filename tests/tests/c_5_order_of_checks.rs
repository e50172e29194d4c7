//! C-5: what is reported first, and in which order.

use tenantry_tests::actors::{anonymous, host, in_test, management, of, registered_user, runtime, system};
use tenantry_tests::{Value, World, json, text, violations, with};

fn pointers(rejection: &Value) -> Vec<String> {
    violations(rejection).into_iter().map(|(_, pointer)| pointer).collect()
}

#[test]
fn c_5_violations_are_told_all_together_command_first() {
    let mut world = World::new();
    let command = json!({
        "user_type": "ROBOT",
        "zzz": 1,
        "custom_groupings": {"a": 1},
        "shared_credential_group": {"aaa": 1, "custom_groupings": {"": "x"}, "origin_company_name": 7, "origin_company_id": ""},
        "origin_user_email": "nobody",
        "aaa": 1,
        "origin_user_name": "n".repeat(256),
        "command": "create_registered_user",
    });
    let context = json!({"entropy": "x", "clock": 1, "actor": {"type": "system", "role": 1}, "now": "today"});
    let rejection = world.execute_in(&context, &command).unwrap_err();
    let expected = [
        ("origin_user_id_required", "/origin_user_id"),
        ("invalid_request", "/origin_user_name"),
        ("invalid_email", "/origin_user_email"),
        ("invalid_origin_company_id", "/shared_credential_group/origin_company_id"),
        ("invalid_request", "/shared_credential_group/origin_company_name"),
        ("invalid_custom_groupings", "/shared_credential_group/custom_groupings/"),
        ("invalid_custom_groupings", "/custom_groupings/a"),
        ("invalid_request", "/user_type"),
        ("invalid_request", "/aaa"),
        ("invalid_request", "/shared_credential_group/aaa"),
        ("invalid_request", "/zzz"),
        ("invalid_request", "/context/now"),
        ("invalid_request", "/context/actor/organization_id"),
        ("invalid_request", "/context/actor/environment"),
        ("invalid_request", "/context/entropy"),
        ("invalid_request", "/context/actor/role"),
        ("invalid_request", "/context/clock"),
    ]
    .map(|(code, pointer)| (code.to_owned(), pointer.to_owned()));
    assert_eq!(violations(&rejection), expected);
    assert_eq!(
        (&rejection["code"], &rejection["pointer"]),
        (&json!("origin_user_id_required"), &json!("/origin_user_id"))
    );
}

#[test]
fn c_5_what_the_context_lacks_is_told_whatever_else_is_wrong() {
    let mut world = World::new();
    let all = ["/origin_user_id", "/context/now", "/context/actor", "/context/entropy"];
    let command = json!({"command": "create_registered_user"});
    assert_eq!(pointers(&world.execute_in(&json!({}), &command).unwrap_err()), all);
    let nulls = json!({"now": null, "actor": null, "entropy": null});
    assert_eq!(pointers(&world.execute_in(&nulls, &command).unwrap_err()), all);

    let bare = json!({"now": "2026-01-31T10:00:00Z", "actor": host()});
    let place = ["/context/actor/organization_id", "/context/actor/environment"];
    assert_eq!(
        pointers(&world.execute_in(&bare, &command).unwrap_err()),
        ["/origin_user_id", place[0], place[1], "/context/entropy"]
    );
    let patch =
        json!({"command": "update_registered_user", "patch": {"shared_credential_group": {"origin_company_id": "c"}}});
    assert_eq!(
        pointers(&world.execute_in(&bare, &patch).unwrap_err()),
        ["/registered_user_id", place[0], place[1], "/context/entropy"]
    );
    let patch = json!({"command": "update_registered_user", "patch": {"origin_user_id": 1}});
    assert_eq!(
        pointers(&world.execute_in(&bare, &patch).unwrap_err()),
        ["/registered_user_id", "/patch/origin_user_id", place[0], place[1]]
    );
    // An unknown command needs nothing.
    assert_eq!(pointers(&world.execute_in(&bare, &json!({"command": "fly"})).unwrap_err()), ["/command"]);
}

#[test]
fn c_5_the_context_itself_must_be_an_object() {
    let mut world = World::new();
    // None at all leaves out everything that it would have.
    let rejection = world.execute_in(&Value::Null, &json!({"command": "delete_company"})).unwrap_err();
    assert_eq!(pointers(&rejection), ["/origin_company_id", "/context/now", "/context/actor"]);
    for context in [json!([]), json!("x"), json!(1), json!(true)] {
        let rejection = world.execute_in(&context, &json!({"command": "delete_company"})).unwrap_err();
        assert_eq!(pointers(&rejection), ["/origin_company_id", "/context"]);
        let rejection =
            world.execute_in(&context, &json!({"command": "delete_company", "origin_company_id": "c"})).unwrap_err();
        assert_eq!(pointers(&rejection), ["/context"]);
    }
    for command in [Value::Null, json!([]), json!("x"), json!(1), json!(true)] {
        let rejection = world.execute_in(&json!({}), &command).unwrap_err();
        assert_eq!(pointers(&rejection), ["", "/context/now", "/context/actor"]);
    }
}

#[test]
fn c_5_ill_formed_input_is_told_alone_and_before_anything_else() {
    let mut world = World::new();
    let deep =
        format!(r#"{{"command":"delete_company","origin_company_id":7,"x":{}1{}}}"#, "[".repeat(32), "]".repeat(32));
    let rejection = world.execute_text(r#"{"now":1}"#, &deep).unwrap_err();
    assert_eq!(violations(&rejection).len(), 1);
    assert_eq!(text(&rejection, "/message"), "nested more than 32 levels deep");
}

#[test]
fn c_5_validation_comes_before_authentication() {
    let mut world = World::new();
    let wrong = json!({"command": "delete_company", "origin_company_id": ""});
    for actor in [anonymous(), runtime(), of(management(), "org_nowhere"), registered_user("nobody")] {
        world.rejects(actor, wrong.clone(), "invalid_origin_company_id");
    }
}

#[test]
fn c_5_authentication_comes_before_the_right_and_the_right_before_the_look_ups() {
    let mut world = World::new();
    let delete = json!({"command": "delete_registered_user", "registered_user_id": "nobody", "expected_version": 5});
    world.rejects(with(runtime(), json!({"expires_at": world.now()})), delete.clone(), "not_authenticated");
    world.rejects(of(runtime(), "org_nowhere"), delete.clone(), "not_authenticated");
    world.rejects(runtime(), delete.clone(), "forbidden");
    world.rejects(management(), delete, "registered_user_not_found");
}

#[test]
fn c_5_look_ups_come_before_the_version_and_the_version_before_the_rules_of_state() {
    let mut world = World::new();
    let id = world.user("alice");
    let patch = |version: u64, patch: Value| json!({"command": "update_registered_user", "registered_user_id": id, "patch": patch, "expected_version": version});
    let immutable = json!({"origin_user_id": "bob"});
    let nameless = json!({"shared_credential_group": {"origin_company_name": "One"}});
    for patched in [immutable.clone(), nameless.clone()] {
        world.rejects(in_test(system()), patch(9, patched.clone()), "registered_user_not_found");
        world.rejects_at(system(), patch(9, patched), "version_conflict", "/expected_version");
    }
    world.rejects(system(), patch(1, immutable), "origin_user_id_immutable");
    world.rejects(system(), patch(1, nameless), "origin_company_id_required");
}
