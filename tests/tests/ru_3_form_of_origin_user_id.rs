//! RU-3: what an `origin_user_id` may be, in create and patch alike.

use tenantry_tests::actors::{system, system_test};
use tenantry_tests::{Value, World, json, text, with};

/// Each form with the code that it is refused with.
fn refused() -> Vec<(Value, &'static str)> {
    let mut forms = vec![
        (json!(""), "origin_user_id_required"),
        (json!("a".repeat(257)), "invalid_origin_user_id"),
        (json!("é".repeat(257)), "invalid_origin_user_id"),
        (json!("\u{10FFFF}".repeat(257)), "invalid_origin_user_id"),
        (json!(42), "invalid_request"),
        (json!(4.2), "invalid_request"),
        (json!(true), "invalid_request"),
        (json!(["a"]), "invalid_request"),
        (json!({"a": 1}), "invalid_request"),
    ];
    for control in ["\0", "\n", "\r", "\t", "\u{1f}", "\u{7f}", "\u{80}", "\u{85}", "\u{9f}"] {
        forms.push((json!(format!("a{control}b")), "invalid_origin_user_id"));
        forms.push((json!(control), "invalid_origin_user_id"));
    }
    forms
}

fn accepted() -> Vec<String> {
    let texts = [
        "a",
        " ",
        " a ",
        "\u{a0}",
        "null",
        "0",
        "a/b~c",
        "\u{200b}",
        "\u{2028}",
        "\u{fffd}",
        "__proto__",
        "\u{10FFFF}",
    ];
    let long = ["a".repeat(256), "é".repeat(256), "\u{10FFFF}".repeat(256)];
    texts.into_iter().map(String::from).chain(long).collect()
}

fn create() -> Value {
    json!({"command": "create_registered_user"})
}

#[test]
fn ru_3_missing_and_null_and_empty_are_required() {
    let mut world = World::new();
    world.rejects_at(system(), create(), "origin_user_id_required", "/origin_user_id");
    for value in [Value::Null, json!("")] {
        let command = with(create(), json!({"origin_user_id": value}));
        world.rejects_at(system(), command, "origin_user_id_required", "/origin_user_id");
    }
}

#[test]
fn ru_3_create_refuses_every_other_form() {
    let mut world = World::new();
    for (value, code) in refused() {
        let command = with(create(), json!({"origin_user_id": value}));
        world.rejects_at(system(), command, code, "/origin_user_id");
    }
}

#[test]
fn ru_3_a_patch_refuses_every_other_form_before_anything_else() {
    let mut world = World::new();
    let id = world.user("alice");
    for (value, code) in refused() {
        let patch =
            json!({"command": "update_registered_user", "registered_user_id": id, "patch": {"origin_user_id": value}});
        world.rejects_at(system(), patch.clone(), code, "/patch/origin_user_id");
        // Form comes first: before the user is looked up, and before its version is compared.
        world.rejects(system(), with(patch.clone(), json!({"registered_user_id": "nobody"})), code);
        world.rejects(system(), with(patch, json!({"expected_version": 9})), code);
    }
}

#[test]
fn ru_3_the_find_query_has_the_same_form() {
    let mut world = World::new();
    for (value, code) in refused() {
        let refusal = world.refuses(system(), json!({"query": "find_registered_user", "origin_user_id": value}), code);
        assert_eq!(refusal["pointer"], "/origin_user_id");
    }
    world.refuses(system(), json!({"query": "find_registered_user"}), "origin_user_id_required");
}

#[test]
fn ru_3_something_else_than_a_string_is_told_how_to_send_it() {
    let mut world = World::new();
    let rejection = world.rejects(system(), with(create(), json!({"origin_user_id": 42})), "invalid_request");
    assert_eq!(
        text(&rejection, "/message"),
        "expected a string, found a number; send numbers as strings too, such as \"42\""
    );
    for (value, found) in [(json!(["42"]), "an array"), (json!({}), "an object"), (json!(true), "a boolean")] {
        let rejection = world.rejects(system(), with(create(), json!({"origin_user_id": value})), "invalid_request");
        assert_eq!(text(&rejection, "/message"), format!("expected a string, found {found}"));
    }
}

#[test]
fn ru_3_every_text_of_1_to_256_characters_without_controls_is_taken_as_it_is() {
    let mut world = World::new();
    for origin in accepted() {
        let id = world.user(&origin);
        assert_eq!(world.view(&id)["origin_user_id"], origin);
        let test = json!({"command": "create_test_user"});
        let test = text(&world.accepts(system_test(), test), "/response/registered_user_id");
        let patch = json!({"origin_user_id": format!("{origin}")});
        // Held in the other environment: the form was accepted, and the rule of state refuses.
        world.rejects(
            system_test(),
            json!({"command": "update_registered_user", "registered_user_id": test, "patch": patch}),
            "origin_user_id_taken",
        );
    }
}

#[test]
fn ru_3_a_missing_company_id_is_an_invalid_request() {
    let mut world = World::new();
    world.rejects_at(system(), json!({"command": "delete_company"}), "invalid_request", "/origin_company_id");
    world.rejects_at(
        system(),
        json!({"command": "delete_company", "origin_company_id": null}),
        "invalid_request",
        "/origin_company_id",
    );
    for value in ["", "a\nb", &"a".repeat(257)] {
        world.rejects_at(
            system(),
            json!({"command": "delete_company", "origin_company_id": value}),
            "invalid_origin_company_id",
            "/origin_company_id",
        );
    }
    world.rejects(
        system(),
        json!({"command": "delete_company", "origin_company_id": "a".repeat(256)}),
        "company_not_found",
    );
}
