//! ER-1: an unknown field is reported with its pointer and, where one is near, the field that was meant.

use tenantry_tests::actors::{management, system};
use tenantry_tests::{Value, World, json, text, violations, with};

fn create() -> Value {
    json!({"command": "create_registered_user", "origin_user_id": "alice"})
}

#[test]
fn er_1_an_unknown_field_names_the_one_that_was_meant() {
    let mut world = World::new();
    let near = [
        ("origin_user_nam", "origin_user_name"),
        ("originUserName", "origin_user_name"),
        ("origin-user-email", "origin_user_email"),
        ("ORIGIN_USER_EMAIL", "origin_user_email"),
        ("usertype", "user_type"),
        ("user_typ", "user_type"),
        ("custom_grouping", "custom_groupings"),
        ("shared_credentials_group", "shared_credential_group"),
    ];
    for (given, meant) in near {
        let rejection =
            world.rejects_at(system(), with(create(), json!({given: 1})), "invalid_request", &format!("/{given}"));
        assert_eq!(text(&rejection, "/message"), format!("unknown field `{given}`; did you mean `{meant}`?"));
    }
}

#[test]
fn er_1_where_none_is_near_none_is_named() {
    let mut world = World::new();
    for given in ["x", "", "company", "__proto__", "name", "origin_company_id", &"a".repeat(41), "ééééé"] {
        let rejection = world.rejects(system(), with(create(), json!({given: 1})), "invalid_request");
        assert_eq!(text(&rejection, "/message"), format!("unknown field `{given}`"));
    }
}

#[test]
fn er_1_pointers_are_escaped() {
    let mut world = World::new();
    world.rejects_at(system(), with(create(), json!({"a/b~c": 1})), "invalid_request", "/a~1b~0c");
}

#[test]
fn er_1_unknown_fields_are_told_at_every_level() {
    let mut world = World::new();
    let actor = with(management(), json!({"scope": []}));
    let command = json!({
        "command": "update_registered_user", "registered_user_id": "x", "extra": 1,
        "patch": {"more": 1, "shared_credential_group": {"deep": 1}},
    });
    let context = with(world.context(actor), json!({"clock": 1}));
    let rejection = world.execute_in(&context, &command).unwrap_err();
    let pointers: Vec<String> = violations(&rejection).into_iter().map(|(_, pointer)| pointer).collect();
    assert_eq!(
        pointers,
        ["/extra", "/patch/more", "/patch/shared_credential_group/deep", "/context/actor/scope", "/context/clock"]
    );
}

#[test]
fn er_1_an_unknown_command_or_query_is_told_with_the_nearest() {
    let mut world = World::new();
    let rejection =
        world.rejects_at(system(), json!({"command": "create_registred_user"}), "invalid_request", "/command");
    assert_eq!(
        text(&rejection, "/message"),
        "unknown command `create_registred_user`; did you mean `create_registered_user`?"
    );
    let rejection = world.rejects_at(system(), json!({"command": "drop_tables"}), "invalid_request", "/command");
    assert_eq!(text(&rejection, "/message"), "unknown command `drop_tables`");
    let refusal = world.refuses(system(), json!({"query": "list_compnaies"}), "invalid_request");
    assert_eq!(text(&refusal, "/message"), "unknown query `list_compnaies`; did you mean `list_companies`?");
    for nothing in [json!({}), json!({"command": null}), json!({"query": "list_companies"})] {
        world.rejects_at(system(), nothing, "invalid_request", "/command");
    }
}

#[test]
fn er_1_a_key_given_twice_is_refused_where_it_stands() {
    let mut world = World::new();
    let twice = [
        (r#"{"command":"delete_company","command":"delete_company"}"#, "/command"),
        (r#"{"command":"delete_company","origin_company_id":"a","origin_company_id":"a"}"#, "/origin_company_id"),
        // Escaped otherwise, and the same key all the same.
        (r#"{"command":"delete_company","origin_company_id":"a","origin\u005fcompany_id":"b"}"#, "/origin_company_id"),
        (r#"{"command":"x","\u0061":1,"a":2}"#, "/a"),
        (r#"{"command":"x","patch":{"a/b":[{},{"~":1,"~":1}]}}"#, "/patch/a~1b/1/~0"),
        (
            r#"{"command":"x","a":1,"b":1,"c":1,"d":1,"e":1,"f":1,"g":1,"h":1,"i":1,"j":1,"k":1,"l":1,"m":1,"c":1}"#,
            "/c",
        ),
        (r#"{"command":"x","":1,"":2}"#, "/"),
    ];
    let context = world.context(system()).to_string();
    for (command, pointer) in twice {
        let rejection = world.execute_text(&context, command).unwrap_err();
        assert_eq!(
            (&rejection["code"], &rejection["pointer"]),
            (&json!("invalid_request"), &json!(pointer)),
            "{command}"
        );
        assert_eq!(violations(&rejection).len(), 1, "reported alone (C-5): {rejection}");
        assert!(text(&rejection, "/message").ends_with("` is given twice"), "{rejection}");
    }
    // Not the same: by case, by normal form, or at another level.
    let apart = r#"{"command":"delete_company","origin_company_id":"a","\u00e9":1,"e\u0301":1,"E":1,"e":{"e":{}}}"#;
    assert_eq!(violations(&world.execute_text(&context, apart).unwrap_err()).len(), 4);
}
