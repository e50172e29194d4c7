//! SI-1, SI-2, E-4, P-4: what a simulation does with its steps, and what its transcript shows.

use serde_json::{Value, json};
use tenantry::json::{parse_document, to_canonical};
use tenantry::{Rejection, simulate, wire};
use tenantry_tests::{ACME, actors};

/// A scenario around these steps: a host, a key, and an organization that its first step creates.
fn scenario(steps: &[Value]) -> Value {
    let mut all = vec![
        json!({"as": "host", "execute": {"command": "create_organization", "organization_id": ACME, "name": "Acme"}}),
    ];
    all.extend_from_slice(steps);
    json!({
        "scenario": "a case", "start": "2026-01-31T10:00:00Z", "seed": "seed",
        "actors": {"host": actors::host(), "system": actors::system(), "key": actors::management()},
        "steps": all,
    })
}

fn try_run(scenario: &Value) -> Result<Value, Rejection> {
    let text = scenario.to_string();
    let transcript = simulate(&parse_document(&text).unwrap())?;
    assert_eq!(wire::simulate(&parse_document(&text).unwrap()).unwrap(), transcript.as_json());
    let value = parse_document(transcript.as_json()).unwrap();
    assert_eq!(to_canonical(&value), transcript.as_json(), "not canonical JSON (SI-1)");
    Ok(serde_json::from_str(transcript.as_json()).unwrap())
}

/// The transcript's steps but the first.
fn run(steps: &[Value]) -> Vec<Value> {
    let transcript = try_run(&scenario(steps)).unwrap();
    let mut ran = transcript["steps"].as_array().unwrap().clone();
    let passed = ran.iter().filter(|step| step["pass"] == true).count();
    let summary = json!({"steps": ran.len(), "passed": passed, "failed": ran.len() - passed});
    assert_eq!(transcript["summary"], summary);
    ran.remove(0)["pass"].as_bool().filter(|pass| *pass).unwrap();
    ran
}

fn passes(steps: &[Value]) -> Vec<bool> {
    run(steps).iter().map(|step| step["pass"].as_bool().unwrap()).collect()
}

fn create(origin_user_id: &str) -> Value {
    json!({"command": "create_registered_user", "origin_user_id": origin_user_id})
}

#[test]
fn si_2_a_transcript_tells_each_step_with_its_instant_request_result_and_verdict() {
    let transcript = try_run(&scenario(&[
        json!({"advance": "90d", "sweep": false}),
        json!({"as": "key", "query": {"query": "find_registered_user", "origin_user_id": "alice"}, "expect": {"code": "registered_user_not_found"}}),
    ]))
    .unwrap();
    assert_eq!(transcript["scenario"], "a case");
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&transcript), ["scenario", "steps", "summary"]);
    for step in transcript["steps"].as_array().unwrap() {
        assert_eq!(keys(step), ["now", "pass", "request", "result", "step"]);
    }
    assert_eq!(
        transcript["steps"][1],
        json!({"step": 2, "now": "2026-05-01T10:00:00Z", "request": {"advance": "90d", "sweep": false}, "result": null, "pass": true}),
    );
    let refused = &transcript["steps"][2];
    assert_eq!(
        refused["request"],
        json!({"as": "key", "query": {"query": "find_registered_user", "origin_user_id": "alice"}})
    );
    assert_eq!(refused["result"]["kind"], "not_found");
    assert_eq!(refused["result"]["status"], 404);
}

#[test]
fn si_1_the_entropy_of_a_step_is_the_seeds_and_its_numbers() {
    let ids = |steps: &[Value]| -> Vec<String> {
        run(steps)
            .iter()
            .filter_map(|step| Some(step["result"]["response"]["registered_user_id"].as_str()?.to_owned()))
            .collect()
    };
    let direct =
        ids(&[json!({"as": "key", "execute": create("alice")}), json!({"as": "key", "execute": create("bob")})]);
    let after_advance = ids(&[json!({"advance": "0ms"}), json!({"as": "key", "execute": create("bob")})]);
    // Each step counts, also the one that only moves the clock.
    assert_eq!(direct[1], after_advance[0]);
    assert_ne!(direct[0], direct[1]);

    // The first 16 bytes of SHA-256("seed:2"), computed elsewhere: the organization is step 1.
    let mut world = tenantry_tests::World::new();
    let context = json!({"now": "2026-01-31T10:00:00Z", "actor": actors::management(), "entropy": "97c3ddcd356b7907aafa9b856a497ae2"});
    let outcome = world.execute_in(&context, &create("alice")).unwrap();
    assert_eq!(outcome["response"]["registered_user_id"], direct[0].as_str());
}

#[test]
fn si_1_an_expectation_is_a_partial_match() {
    let step = |expect: Value| json!({"as": "key", "execute": create("alice"), "expect": expect});
    let alike = [
        json!({}),
        json!({"response": {"created": true}}),
        json!({"response": {"registered_user": {"version": 1.0, "origin_user_name": null}}}),
        json!({"events": [{"event": "registered_user_created"}], "effects": []}),
    ];
    for expect in alike {
        assert_eq!(passes(&[step(expect.clone())]), [true], "{expect}");
    }
    let unlike = [
        (
            json!({"response": {"created": false}}),
            json!([{"pointer": "/response/created", "expected": false, "found": true}]),
        ),
        (json!({"respons": {}}), json!([{"pointer": "/respons", "expected": {}}])),
        (json!({"response": {"nothing": null}}), json!([{"pointer": "/response/nothing", "expected": null}])),
        (json!({"effects": {}}), json!([{"pointer": "/effects", "expected": {}, "found": []}])),
        (json!({"effects": [{}]}), json!([{"pointer": "/effects", "expected": [{}], "found": []}])),
        (json!({"code": "forbidden"}), json!([{"pointer": "/code", "expected": "forbidden"}])),
    ];
    for (expect, mismatches) in unlike {
        let ran = run(&[step(expect.clone())]);
        assert_eq!(ran[0]["pass"], false, "{expect}");
        assert_eq!(ran[0]["mismatches"], mismatches, "{expect}");
    }
    // Arrays match in full length.
    let empty = json!({"as": "key", "execute": create("alice"), "expect": {"events": []}});
    assert_eq!(passes(&[empty.clone(), empty]), [false, true]);
}

#[test]
fn si_1_a_rejection_that_was_not_expected_is_a_failure_and_stops_nothing() {
    let refused = json!({"as": "key", "execute": create("")});
    let with = |expect: Value| json!({"as": "key", "execute": create(""), "expect": expect});
    assert_eq!(
        passes(&[
            refused,
            with(json!({})),
            with(json!({"response": {}})),
            with(json!({"code": "forbidden"})),
            with(json!({"code": "origin_user_id_required"})),
            json!({"as": "key", "execute": create("alice")}),
        ]),
        [false, false, false, false, true, true],
    );
}

#[test]
fn si_1_a_saved_value_stands_wherever_its_name_does() {
    let mut scenario = scenario(&[
        json!({"as": "key", "execute": create("alice"), "save": {"alice": "/registered_user_id", "_all": ""}}),
        json!({"as": "only alice", "query": {"query": "get_registered_user", "registered_user_id": "$alice"},
               "expect": {"registered_user_id": "$alice"}}),
        json!({"as": "key", "execute": create("alice"), "expect": {"response": {"registered_user": {"registered_user_id": "$alice"}}}}),
        json!({"as": "key", "query": {"query": "list_registered_users"}, "expect": {"items": ["$alice"]}}),
    ]);
    scenario["actors"]["only alice"] = actors::restricted_to_users(&["$alice"]);
    let transcript = try_run(&scenario).unwrap();
    let passes: Vec<_> = transcript["steps"].as_array().unwrap().iter().map(|step| step["pass"] == true).collect();
    assert_eq!(passes, [true, true, true, true, false]);
    let id = &transcript["steps"][1]["result"]["response"]["registered_user_id"];
    assert_eq!(&transcript["steps"][2]["request"]["query"]["registered_user_id"], id);
}

#[test]
fn si_1_any_other_string_is_itself() {
    for text in ["$", "$1st", "$a b", "$alice!", " $alice", "x$alice", "$$alice", "$ålice", "$alice\u{0301}"] {
        let ran = run(&[
            json!({"as": "key", "execute": create("alice"), "save": {"alice": "/registered_user_id"}}),
            json!({"as": "key", "execute": create(text), "expect": {"response": {"registered_user": {"origin_user_id": text}}}}),
        ]);
        assert_eq!(ran[1]["pass"], true, "{text}: {}", ran[1]);
    }
}

#[test]
fn si_1_what_could_not_be_saved_fails_its_step_and_those_that_need_it() {
    let ran = run(&[
        json!({"as": "key", "execute": create("alice"), "save": {"alice": "/registered_user_id"}}),
        json!({"as": "key", "execute": create("bob"), "save": {"alice": "/registered_user_idd"}}),
        json!({"as": "key", "query": {"query": "get_registered_user", "registered_user_id": "$alice"}, "expect": {"code": "invalid_request"}}),
        json!({"as": "key", "execute": create(""), "save": {"alice": ""}, "expect": {"code": "origin_user_id_required"}}),
        json!({"as": "key", "execute": create("bob"), "save": {"alice": "/registered_user_id"}}),
        json!({"as": "key", "query": {"query": "get_registered_user", "registered_user_id": "$alice"}}),
    ]);
    let passes: Vec<_> = ran.iter().map(|step| step["pass"] == true).collect();
    assert_eq!(passes, [true, false, false, false, true, true]);
    assert_eq!(ran[1]["mismatches"], json!([{"pointer": "/response/registered_user_idd"}]));
    assert_eq!(ran[2]["result"]["message"], "`$alice` has no value: the step that saves it had nothing to save");
    assert_eq!(ran[2]["request"]["query"]["registered_user_id"], "$alice");
}

#[test]
fn si_1_the_clock_saturates_and_takes_every_unit() {
    let now = |advance: &str| run(&[json!({"advance": advance, "sweep": false})])[0]["now"].clone();
    let cases = [
        ("0ms", "2026-01-31T10:00:00Z"),
        ("1ms", "2026-01-31T10:00:00.001Z"),
        ("007s", "2026-01-31T10:00:07Z"),
        ("90m", "2026-01-31T11:30:00Z"),
        ("36h", "2026-02-01T22:00:00Z"),
        ("90d", "2026-05-01T10:00:00Z"),
        ("3000000d", "9999-12-31T23:59:59.999Z"),
        ("18446744073709551616d", "9999-12-31T23:59:59.999Z"),
        (&format!("{}h", "9".repeat(10_000)), "9999-12-31T23:59:59.999Z"),
    ];
    for (advance, expected) in cases {
        assert_eq!(now(advance), expected, "{advance}");
    }
    let ran = run(&[
        json!({"advance": "9999999d"}),
        json!({"advance": "1d"}),
        json!({"as": "key", "execute": create("alice")}),
    ]);
    assert!(ran.iter().all(|step| step["pass"] == true && step["now"] == "9999-12-31T23:59:59.999Z"));
}

#[test]
fn si_1_an_advance_sweeps_unless_it_says_otherwise() {
    let delete = |sweep: Value| {
        run(&[
            json!({"as": "key", "execute": create("alice"), "save": {"alice": "/registered_user_id"}}),
            json!({"as": "key", "execute": {"command": "delete_registered_user", "registered_user_id": "$alice"}}),
            sweep,
        ])[2]["result"]
            .clone()
    };
    let swept = delete(json!({"advance": "90d"}));
    assert_eq!(swept["events"][0]["event"], "registered_user_purged");
    assert_eq!(swept["effects"][0]["effect"], "purge_user");
    assert_eq!(delete(json!({"advance": "90d", "sweep": true})), swept);
    assert_eq!(delete(json!({"advance": "90d", "sweep": false})), Value::Null);
    assert_eq!(delete(json!({"advance": "7775999999ms"}))["events"], json!([]));
}

#[test]
fn si_1_two_runs_share_nothing() {
    let scenario =
        scenario(&[json!({"as": "key", "execute": create("alice"), "expect": {"response": {"created": true}}})]);
    assert_eq!(try_run(&scenario).unwrap(), try_run(&scenario).unwrap());
    let mut other = scenario.clone();
    other["seed"] = json!("another");
    let id = |transcript: Value| transcript["steps"][1]["result"]["response"]["registered_user_id"].clone();
    assert_ne!(id(try_run(&scenario).unwrap()), id(try_run(&other).unwrap()));
}

#[test]
fn si_1_a_policy_holds_in_the_scenario_that_gives_it() {
    let mut scenario = scenario(&[
        json!({"as": "key", "execute": create("alice"), "save": {"alice": "/registered_user_id"}}),
        json!({"as": "key", "execute": {"command": "delete_registered_user", "registered_user_id": "$alice"},
               "expect": {"response": {"purge_at": "2026-02-01T10:00:00Z"}}}),
    ]);
    scenario["policy"] = json!({"retention_days": 1});
    assert_eq!(try_run(&scenario).unwrap()["summary"]["failed"], 0);
}

#[test]
fn p_4_no_secret_is_shown_in_a_transcript_or_its_story() {
    const SECRET: &str = "Hunter2-hunter2";
    let requests = [
        json!({"command": "create_user", "name": "Ann", "email": "ann@acme.example", "password": SECRET}),
        json!({"command": "create_user", "name": "Ann", "email": "ann@acme.example", "passwrod": SECRET, "orgToken": SECRET}),
        json!({"command": "create_user", "name": "Ann", "email": "ann@acme.example", "password": [SECRET], "org_token": {"a": SECRET}}),
        json!({"command": "issue_registration_token", "organization_id": ACME, "secret": SECRET}),
        json!({"command": "no_such_command", "nested": [{"secret": SECRET, "Password": SECRET}]}),
        json!({"command": "create_user", "pwd": SECRET, "pass": SECRET, "passwd": SECRET, "api_key": SECRET}),
        json!({"command": "create_user", "registration_token": SECRET, "token": {"value": [SECRET]}, "orgTokn": SECRET}),
        json!({"command": "create_user", "metadata": {"login": [{"user_pasword": SECRET}], "x-api-key": SECRET}}),
        json!(json!({"command": "create_user", "password": SECRET, "metadata": {"pwd": SECRET}}).to_string()),
        json!({"command": "create_user", "metadata": {"body": json!({"token": SECRET}).to_string()}}),
        json!(format!("{{\"command\": \"create_user\", \"password\": \"{SECRET}\"")),
    ];
    for request in requests {
        for expect in [json!({"code": "x"}), json!({"password": SECRET}), json!({"a": {"password": [SECRET]}})] {
            let text = scenario(&[json!({"as": "system", "execute": request, "expect": expect})]).to_string();
            let transcript = simulate(&parse_document(&text).unwrap()).unwrap();
            assert!(!transcript.as_json().contains(SECRET), "{}", transcript.as_json());
            assert!(!format!("{transcript:?}{}", transcript.story()).contains(SECRET), "{}", transcript.story());
            assert!(transcript.as_json().contains("***"), "{}", transcript.as_json());
        }
    }
    // The same in a request that is no command, and in what was expected of it; an id is no secret.
    let call = json!({"registered_user_id": "x", "tool_pack_id": "y", "tool": "z", "token": SECRET});
    let text = scenario(&[
        json!({"as": "system", "authorize": call, "expect": {"token": SECRET}}),
        json!({"as": "system", "query": {"query": "x", "token_id": "shown"}, "expect": {"a": format!("pwd={SECRET}")}}),
    ]);
    let transcript = simulate(&parse_document(&text.to_string()).unwrap()).unwrap();
    assert!(!transcript.as_json().contains(SECRET), "{}", transcript.as_json());
    assert!(transcript.as_json().contains(r#""token_id":"shown""#), "{}", transcript.as_json());
    // What is not given is not made to look as if it had been.
    let ran = run(&[json!({"as": "system", "execute": {"command": "create_user", "password": null}})]);
    assert_eq!(ran[0]["request"]["execute"], json!({"command": "create_user", "password": null}));
}

#[test]
fn si_1_a_story_tells_who_did_what_and_why_not() {
    let text = scenario(&[
        json!({"as": "key", "execute": create("alice"), "save": {"alice": "/registered_user_id"}}),
        json!({"advance": "1h"}),
        json!({"as": "key", "execute": {"command": "update_registered_user", "registered_user_id": "$alice", "patch": {"is_active": false}}}),
        json!({"as": "key", "execute": create("")}),
        json!({"as": "key", "execute": create("alice"), "expect": {"response": {"created": true}}}),
    ])
    .to_string();
    let story = simulate(&parse_document(&text).unwrap()).unwrap().story();
    let expected = "\
a case

✓ 1  2026-01-31T10:00:00Z  host  create_organization org_acme                   organization_created
✓ 2  2026-01-31T10:00:00Z  key   create_registered_user alice                   registered_user_created
✓ 3  2026-01-31T11:00:00Z        1h later                                       nothing changes
✓ 4  2026-01-31T11:00:00Z  key   update_registered_user alice is_active: false  registered_user_deactivated
✗ 5  2026-01-31T11:00:00Z  key   create_registered_user                         refused origin_user_id_required: `origin_user_id` is empty
    unexpected rejection
✗ 6  2026-01-31T11:00:00Z  key   create_registered_user alice                   nothing changes
    expected at /response/created: true
    found: false

6 steps: 4 passed, 2 failed
";
    assert_eq!(story, expected);
}

#[test]
fn si_1_only_a_transcript_has_a_story() {
    let story = |text: &str| wire::story(&parse_document(text).unwrap());
    for text in [
        "null",
        "[]",
        "{}",
        r#"{"scenario":"x"}"#,
        r#"{"scenario":"x","steps":[{}],"summary":{}}"#,
        r#"{"scenario":"x","steps":[],"extra":1}"#,
    ] {
        assert_eq!(story(text).unwrap_err().code.as_str(), "invalid_request", "{text}");
    }
    assert_eq!(story(r#"{"scenario":"\u001b[2J","steps":[]}"#).unwrap(), "\\u{1b}[2J\n\n\n0 steps: 0 passed\n");
}
