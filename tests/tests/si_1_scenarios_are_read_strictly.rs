//! SI-1, P-5, P-6: what is not a scenario is refused before anything runs, with every place.

use serde_json::{Value, json};
use tenantry::json::{parse_document, to_canonical};
use tenantry::{Rejection, simulate};
use tenantry_tests::{actors, with};

fn scenario(members: Value) -> Value {
    let scenario = json!({
        "scenario": "a case", "start": "2026-01-31T10:00:00Z", "seed": "seed",
        "actors": {"host": actors::host()},
        "steps": [],
    });
    with(scenario, members)
}

fn create() -> Value {
    json!({"command": "create_organization", "organization_id": "org_acme", "name": "Acme"})
}

fn run(text: &str) -> Result<(), Rejection> {
    simulate(&parse_document(text)?).map(|_| ())
}

/// The places that are to blame, in order.
fn blamed(scenario: &Value) -> Vec<String> {
    let rejection = run(&scenario.to_string()).unwrap_err();
    assert_eq!(rejection.code.as_str(), "invalid_request");
    assert_eq!(rejection.pointer.as_deref(), Some(rejection.violations[0].pointer.as_str()));
    rejection.violations.into_iter().map(|violation| violation.pointer).collect()
}

#[test]
fn si_1_the_smallest_scenario_is_one() {
    let text = scenario(json!({})).to_string();
    let transcript = simulate(&parse_document(&text).unwrap()).unwrap();
    assert_eq!(transcript.as_json(), r#"{"scenario":"a case","steps":[],"summary":{"failed":0,"passed":0,"steps":0}}"#);
    assert!(run(&scenario(json!({"description": null, "policy": null})).to_string()).is_ok());
    assert!(run(&scenario(json!({"description": "words", "policy": {}})).to_string()).is_ok());
}

#[test]
fn si_1_every_violation_is_told_at_its_place() {
    assert_eq!(blamed(&json!({})), ["/scenario", "/start", "/seed", "/actors", "/steps"]);
    assert_eq!(blamed(&json!([])), [""]);
    assert_eq!(
        blamed(&json!({
            "scenario": 1, "description": 2, "policy": {"retention_day": 3, "link_ttl_seconds": 4}, "start": "soon",
            "seed": 5, "actors": [], "steps": {}, "unknown": 6,
        })),
        [
            "/scenario",
            "/description",
            "/policy/link_ttl_seconds",
            "/start",
            "/seed",
            "/actors",
            "/steps",
            "/policy/retention_day",
            "/unknown",
        ],
    );
}

#[test]
fn si_1_each_step_is_one_of_the_known_ones() {
    let execute = |members: Value| with(json!({"as": "host", "execute": create()}), members);
    let cases = [
        (json!(1), ""),
        (json!({}), ""),
        (json!({"as": "host"}), ""),
        (json!({"as": "host", "exekute": create()}), ""),
        (json!({"execute": create()}), "/as"),
        (execute(json!({"as": "nobody"})), "/as"),
        (execute(json!({"as": "$host"})), "/as"),
        (execute(json!({"as": 1})), "/as"),
        (execute(json!({"query": {}})), "/query"),
        (execute(json!({"advance": "1d"})), "/advance"),
        (execute(json!({"expects": {}})), "/expects"),
        (execute(json!({"save": []})), "/save"),
        (execute(json!({"save": {"1": ""}})), "/save/1"),
        (execute(json!({"save": {"": ""}})), "/save/"),
        (execute(json!({"save": {"$a": ""}})), "/save/$a"),
        (execute(json!({"save": {"a": "response"}})), "/save/a"),
        (execute(json!({"save": {"a": "/~2"}})), "/save/a"),
        (execute(json!({"save": {"a": 1}})), "/save/a"),
        (json!({"as": "host", "query": {}, "save": {}}), "/save"),
        (json!({"advance": "1d", "as": "host"}), "/as"),
        (json!({"advance": "1d", "sweep": "no"}), "/sweep"),
        (json!({"advance": 1}), "/advance"),
    ];
    for (step, pointer) in cases {
        let blamed = blamed(&scenario(json!({"steps": [step]})));
        assert_eq!(blamed, [format!("/steps/0{pointer}")], "{step}");
    }
    for advance in ["", "d", "1", "-1d", "+1d", "1.5h", "1w", "1D", " 1d", "1d ", "1d12h", "١d", "1e3s", "$day"] {
        let blamed = blamed(&scenario(json!({"steps": [{"advance": advance}]})));
        assert_eq!(blamed, ["/steps/0/advance"], "{advance}");
    }
}

#[test]
fn si_1_an_unknown_name_makes_the_scenario_invalid() {
    let saving = json!({"as": "host", "execute": create(), "save": {"org": "/organization/organization_id"}});
    let using = json!({"as": "host", "execute": {"command": "create_organization", "name": "$org"}});
    assert!(run(&scenario(json!({"steps": [saving, using]})).to_string()).is_ok());
    let cases = [
        (json!([using]), "/steps/0/execute/name"),
        (json!([using, saving]), "/steps/0/execute/name"),
        (json!([with(saving.clone(), json!({"expect": {"events": ["$org"]}}))]), "/steps/0/expect/events/0"),
        (json!([{"as": "host", "query": "$x"}]), "/steps/0/query"),
        (json!([{"as": "host", "execute": {"a~/b": [[{"c": "$_"}]]}}]), "/steps/0/execute/a~0~1b/0/0/c"),
    ];
    for (steps, pointer) in cases {
        assert_eq!(blamed(&scenario(json!({"steps": steps}))), [pointer], "{steps}");
    }
    // An actor may need a name as long as nobody acts as it before there is one.
    let actors = json!({"host": actors::host(), "saved": {"type": "system", "organization_id": "$org"}});
    let acting = json!({"as": "saved", "query": {"query": "list_companies"}});
    assert!(run(&scenario(json!({"actors": actors, "steps": [saving, acting]})).to_string()).is_ok());
    assert_eq!(blamed(&scenario(json!({"actors": actors, "steps": [acting, saving]}))), ["/steps/0/as"]);
    assert_eq!(blamed(&scenario(json!({"actors": actors}))), ["/actors/saved/organization_id"]);
}

#[test]
fn si_1_actors_have_the_form_of_actors() {
    let cases = [
        (json!(1), ""),
        (json!({}), "/type"),
        (json!({"type": "root"}), "/type"),
        (json!({"type": "system", "organisation_id": "org_acme"}), "/organisation_id"),
        (with(actors::management(), json!({"scopes": ["everything"]})), "/scopes/0"),
        (json!({"type": "system", "organisation_id": "$org"}), "/organisation_id"),
    ];
    let steps = json!([{"as": "host", "execute": create(), "save": {"org": "/organization/organization_id"}}]);
    for (actor, pointer) in cases {
        let actors = json!({"host": actors::host(), "a/b": actor});
        let scenario = scenario(json!({"actors": actors, "steps": steps}));
        assert_eq!(blamed(&scenario), [format!("/actors/a~1b{pointer}")], "{actor}");
    }
}

#[test]
fn er_1_a_key_given_twice_or_too_deep_a_nesting_is_no_scenario() {
    let twice = r#"{"scenario": "a", "steps": [{"advance": "1d", "advance": "2d"}]}"#;
    let rejection = run(twice).unwrap_err();
    assert_eq!(rejection.pointer.as_deref(), Some("/steps/0/advance"));
    let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(run(&deep).unwrap_err().code.as_str(), "invalid_request");
    // A value that was built rather than parsed is held to the same depth.
    let mut built = tenantry::json::Value::Null;
    for _ in 0..500 {
        built = tenantry::json::Value::Array(vec![built]);
    }
    assert!(simulate(&built).unwrap_err().message.contains("levels deep"));
    // A command within a scenario has the depth of a command.
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let step = |depth| {
        let text = scenario(json!({"steps": [{"as": "host", "execute": "NESTED"}]})).to_string();
        let text = text.replace("\"NESTED\"", &nested(depth));
        let transcript = simulate(&parse_document(&text).unwrap()).unwrap();
        serde_json::from_str::<Value>(transcript.as_json()).unwrap()["steps"][0]["result"]["message"].clone()
    };
    assert_eq!(step(33), "nested more than 32 levels deep");
    assert_eq!(step(32), "expected an object, found an array");
}

#[test]
fn p_6_small_steps_cannot_write_without_end() {
    // A request of a mebibyte, saved once and sent again and again by steps of a few bytes.
    let groupings: Value =
        (0..50).map(|key| (format!("key_{key}"), json!("v".repeat(256)))).collect::<serde_json::Map<_, _>>().into();
    let create = json!({"command": "create_registered_user", "origin_user_id": "alice", "custom_groupings": groupings});
    let mut steps = vec![
        json!({"as": "host", "execute": {"command": "create_organization", "organization_id": "org_acme", "name": "Acme"}}),
        json!({"as": "key", "execute": create, "save": {"big": ""}}),
    ];
    let many = vec![json!("$big"); 2000];
    for _ in 0..100 {
        steps.push(json!({"as": "key", "authorize_batch": many}));
    }
    let text =
        scenario(json!({"actors": {"host": actors::host(), "key": actors::management()}, "steps": steps})).to_string();
    let rejection = run(&text).unwrap_err();
    let pointer = rejection.pointer.unwrap();
    assert!(pointer.starts_with("/steps/"), "{pointer}");
    assert!(rejection.message.contains("too large"), "{}", rejection.message);
}

#[test]
fn p_6_the_time_that_a_scenario_takes_grows_with_its_size() {
    let steps = |count: usize| -> String {
        let mut steps =
            vec![json!({"as": "host", "execute": create(), "save": {"org": "/organization/organization_id"}})];
        steps.extend((0..count).map(|_| json!({"as": "host", "query": {"query": "no_such"}, "expect": {"a": "$org"}})));
        scenario(json!({"steps": steps})).to_string()
    };
    let time = |text: &str| {
        let start = std::time::Instant::now();
        run(text).unwrap();
        start.elapsed().as_secs_f64()
    };
    let (few, many) = (steps(500), steps(8000));
    time(&few);
    let ratio = time(&many) / time(&few);
    assert!(ratio < 16.0 * 6.0, "sixteen times the steps took {ratio} times as long");
}

#[test]
fn p_6_many_faults_below_a_long_key_cost_no_more_than_their_text() {
    let long = "k".repeat(200_000);
    let names = vec!["$x"; 20_000];
    let scopes = vec!["x"; 20_000];
    let cases = [
        scenario(json!({"steps": [{"as": "host", "execute": {&long: names}}]})),
        scenario(json!({"steps": [{"as": "host", "execute": create(), "expect": {&long: names}}]})),
        scenario(json!({"actors": {&long: {"type": "access_key", "scopes": scopes}}})),
        scenario(json!({"actors": {&long: {"type": "system", "organization_id": names}}})),
    ];
    for scenario in cases {
        assert!((1..=60).contains(&blamed(&scenario).len()));
    }
}

#[test]
fn si_1_unusual_values_change_nothing_about_the_rest() {
    // Keys that JavaScript would trip over are names of actors like any other (ER-3).
    let text = scenario(json!({
        "actors": {"__proto__": actors::host(), "constructor": actors::host(), "": actors::host()},
        "steps": [{"as": "__proto__", "execute": create(), "save": {"__proto__": ""}}, {"as": "", "query": "$__proto__", "expect": {"code": "invalid_request"}}],
    }))
    .to_string();
    let transcript = simulate(&parse_document(&text).unwrap()).unwrap();
    assert_eq!(transcript.summary().failed, 0, "{}", transcript.as_json());
    let value = parse_document(transcript.as_json()).unwrap();
    assert_eq!(to_canonical(&value), transcript.as_json());
}
