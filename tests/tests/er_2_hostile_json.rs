//! ER-2, ER-3, P-6: what no JSON may do to the host.

use tenantry::json::{parse_command, parse_document};
use tenantry_tests::actors::system;
use tenantry_tests::{Value, World, json, text, violations, with};

fn nested(levels: usize) -> String {
    format!("{}1{}", "[".repeat(levels), "]".repeat(levels))
}

#[track_caller]
fn ill_formed(world: &mut World, context: &str, command: &str) -> Value {
    let rejection = world.execute_text(context, command).unwrap_err();
    assert_eq!(rejection["code"], "invalid_request", "{rejection}");
    assert_eq!(violations(&rejection).len(), 1, "reported alone (C-5): {rejection}");
    rejection
}

#[test]
fn er_2_nesting_over_32_is_refused() {
    let mut world = World::new();
    let context = world.context(system()).to_string();
    let command = |levels: usize| format!(r#"{{"command":"delete_company","origin_company_id":{}}}"#, nested(levels));
    // The command itself is the first level.
    let rejection = world.execute_text(&context, &command(31)).unwrap_err();
    assert_eq!(text(&rejection, "/message"), "expected a string, found an array");
    for levels in [32, 33, 100, 1000, 100_000] {
        let rejection = ill_formed(&mut world, &context, &command(levels));
        assert_eq!(text(&rejection, "/message"), "nested more than 32 levels deep");
    }
    // Objects too, never closed, and in the context.
    let objects = format!("{}1", r#"{"a":"#.repeat(100_000));
    assert_eq!(text(&ill_formed(&mut world, &context, &objects), "/message"), "nested more than 32 levels deep");
    ill_formed(&mut world, &nested(100_000), r#"{"command":"x"}"#);
    for text in [nested(100_000), objects] {
        assert!(parse_document(&text).is_err());
    }
    // The instance goes on working.
    world.user("alice");
}

#[test]
fn er_2_a_command_has_at_most_1_mib_of_canonical_json() {
    let mut world = World::new();
    let context = world.context(system()).to_string();
    let empty = r#"{"command":"delete_company","origin_company_id":""}"#.len();
    let command = |size: usize, unit: &str, written: usize| {
        let count = (size - empty) / written;
        let rest = "a".repeat(size - empty - count * written);
        format!(r#"{{ "origin_company_id" : "{}{rest}" , "command":"delete_company"}}"#, unit.repeat(count))
    };
    // As the unit is given, and the bytes of it in canonical JSON.
    for (unit, written) in [("a", 1), ("\\u0061", 1), ("é", 2), ("\\u00e9", 2), ("\\u0001", 6), ("\\n", 2), ("\\/", 1)]
    {
        let fits = world.execute_text(&context, &command(1 << 20, unit, written)).unwrap_err();
        assert_eq!(fits["code"], "invalid_origin_company_id", "{unit}");
        let rejection = ill_formed(&mut world, &context, &command((1 << 20) + 1, unit, written));
        assert_eq!(text(&rejection, "/message"), "larger than 1 MiB of canonical JSON", "{unit}");
    }
    // White space does not count.
    let spaced = format!(r#"{{"command":"delete_company",{}"origin_company_id":"a"}}"#, " ".repeat(3 << 20));
    assert_eq!(world.execute_text(&context, &spaced).unwrap_err()["code"], "company_not_found");
    let context = with(world.context(system()), json!({"x": "a".repeat(1 << 20)})).to_string();
    let command = r#"{"command":"delete_company","origin_company_id":"a"}"#;
    let refused = tenantry::wire::execute(&mut world.tenantry, command, context.as_str()).unwrap_err();
    assert_eq!(refused.recorded().pointer.as_deref(), Some("/context"));
    // A text of any kind is refused by its length, unread.
    let endless = format!("{{{}", " ".repeat(8 << 20));
    assert_eq!(text(&ill_formed(&mut world, "{}", &endless), "/message"), "larger than 8 MiB of JSON text");
}

#[test]
fn er_2_lone_surrogates_are_refused_and_pairs_are_characters() {
    let mut world = World::new();
    let context = world.context(system()).to_string();
    let create = |id: &str| format!(r#"{{"command":"create_registered_user","origin_user_id":"{id}"}}"#);
    for lone in [r"\ud800", r"\udc00", r"a\udbffb", r"\ud83d\ud83d", r"\ude00\ud83d", r"\ud83dx", r"\uD800\u0041"] {
        ill_formed(&mut world, &context, &create(lone));
        ill_formed(&mut world, &context, &format!(r#"{{"{lone}":1}}"#));
    }
    let outcome = world.execute_text(&context, &create(r"\ud83d\ude00")).unwrap();
    assert_eq!(outcome["response"]["registered_user"]["origin_user_id"], "😀");
}

#[test]
fn er_2_what_is_not_json_is_refused() {
    let wrong = [
        "",
        " ",
        "{",
        "}",
        "nul",
        "NaN",
        "Infinity",
        "-Infinity",
        "undefined",
        "'a'",
        "{a:1}",
        "{\"a\":1,}",
        "[1,]",
        "01",
        "1.",
        ".5",
        "+1",
        "0x10",
        "1e",
        "1e999",
        "-1e999",
        "\"\n\"",
        "\"\\x\"",
        "\"\\u12\"",
        "\"",
        "{} {}",
        "{}x",
        "/*x*/{}",
        "\u{feff}{}",
        "tru",
        "[,1]",
        "{\"a\"}",
        "{1:2}",
        "\u{0}",
    ];
    for text in wrong {
        assert!(parse_command(text).is_err(), "{text:?}");
        assert!(parse_document(text).is_err(), "{text:?}");
    }
    let mut world = World::new();
    let context = world.context(system()).to_string();
    for text in wrong {
        ill_formed(&mut world, &context, text);
        ill_formed(&mut world, text, "{}");
    }
}

#[test]
fn er_3_names_of_prototypes_are_ordinary_data() {
    let names = ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf", "prototype", "__defineGetter__"];
    let mut world = World::new();
    for name in names {
        let groupings = json!({name: name, "a": "1"});
        let user = world.user_with(name, json!({"custom_groupings": groupings, "origin_user_name": name}));
        let seen = world.view(&user);
        assert_eq!((&seen["custom_groupings"], &seen["origin_user_id"]), (&groupings, &json!(name)));
        world.patch(&user, json!({"custom_groupings": {name: null}}));
        assert_eq!(world.view(&user)["custom_groupings"], json!({"a": "1"}));
        let create = json!({"command": "create_registered_user", "origin_user_id": "x", name: {}});
        world.rejects_at(system(), create, "invalid_request", &format!("/{name}"));
        world.rejects_at(system(), json!({"command": name}), "invalid_request", "/command");
        let patch = json!({"command": "update_registered_user", "registered_user_id": user, "patch": {name: 1}});
        world.rejects_at(system(), patch, "invalid_request", &format!("/patch/{name}"));
    }
}

#[test]
fn p_6_large_inputs_cost_no_more_than_their_length() {
    let mut world = World::new();
    let context = world.context(system()).to_string();
    let members =
        |count: usize| (0..count).map(|index| format!(r#""unknown_field_{index}":1"#)).collect::<Vec<_>>().join(",");
    let started = std::time::Instant::now();
    let command = format!(r#"{{"command":"create_registered_user",{}}}"#, members(30_000));
    let rejection = world.execute_text(&context, &command).unwrap_err();
    assert_eq!(rejection["violation_count"], 30_001);
    let groupings = format!(
        r#"{{"command":"create_registered_user","origin_user_id":"a","custom_groupings":{{{}}}}}"#,
        members(30_000)
    );
    // Each of them, and that they are too many.
    assert_eq!(world.execute_text(&context, &groupings).unwrap_err()["violation_count"], 30_001);
    let ids: Vec<String> = (0..10_000).map(|index| format!("id-{index}")).collect();
    let actor = with(tenantry_tests::actors::runtime(), json!({"registered_user_ids": ids}));
    let calls: Vec<Value> =
        (0..2_000).map(|_| json!({"registered_user_id": "x", "tool_pack_id": "p", "tool": "a__b"})).collect();
    let context = world.context(actor).to_string();
    let (calls, context) = (json!(calls).to_string(), parse_command(&context).unwrap());
    tenantry::wire::authorize_batch(&world.tenantry, &parse_document(&calls).unwrap(), &context).unwrap();
    let taken = started.elapsed();
    assert!(taken < std::time::Duration::from_secs(30), "{taken:?}");
}
