//! P-5, P-6, ER-2: whatever is asked, the answer has a measure, and costs no more than the length of the input.

use tenantry::json::{Value, parse_command};
use tenantry::{Error, Tenantry, wire};
use tenantry_tests::allocations::{assert_linear, counted};

/// The context of somebody whom nobody knows.
const NOBODY: &str = r#"{"now":"2026-01-31T10:00:00Z","actor":{"type":"anonymous"}}"#;

/// What a command is refused with, and the bytes that it took.
fn refused(command: &str) -> (Error, u64) {
    let mut world = Tenantry::new();
    let (refused, cost) = counted(|| wire::execute(&mut world, command, NOBODY).unwrap_err());
    (refused, cost)
}

fn list(item: &str, count: usize) -> String {
    vec![item; count].join(",")
}

fn members(count: usize) -> String {
    (0..count).map(|index| format!(r#""k{index:06}":1"#)).collect::<Vec<_>>().join(",")
}

#[test]
fn p_5_at_most_50_violations_are_listed_and_all_are_counted() {
    type Body = fn(usize) -> String;
    let bodies: [(&str, Body); 6] = [
        ("unknown fields", |n| format!(r#"{{"command":"create_user",{}}}"#, members(n))),
        ("groupings", |n| {
            let map = members(n);
            format!(r#"{{"command":"create_registered_user","origin_user_id":"a","custom_groupings":{{{map}}}}}"#)
        }),
        ("values of a rule", |n| {
            let items = list("1", n);
            format!(r#"{{"command":"put_group","group_id":"g","name":"G","rule":{{"attribute":"a","in":[{items}]}}}}"#)
        }),
        ("members of a rule", |n| {
            let more = members(n);
            format!(r#"{{"command":"put_group","group_id":"g","name":"G","rule":{{"all":[],{more}}}}}"#)
        }),
        ("tools", |n| {
            let tools = list("1", n.min(1000));
            let entry = format!(r#"{{"connector":"a","tool_names":[{tools}]}}"#);
            let entries = list(&entry, n.div_ceil(1000));
            format!(r#"{{"command":"put_tool_pack","tool_pack_id":"p","name":"P","connectors":[{entries}]}}"#)
        }),
        ("metadata", |n| {
            let numbers = list("1e21", n.min(2000));
            format!(r#"{{"command":"create_user","name":"N","email":"a@b.example","metadata":{{"a":[{numbers}]}}}}"#)
        }),
    ];
    for (what, body) in bodies {
        let mut costs = Vec::new();
        for count in [100, 1_000, 10_000] {
            let text = body(count);
            let (refused, cost) = refused(&text);
            let recorded = refused.recorded();
            assert_eq!(recorded.violations.len(), 50, "{what}: {refused}");
            assert!(recorded.violation_count >= count.min(1000), "{what}: {}", recorded.violation_count);
            let written = tenantry::json::to_canonical(recorded);
            let count = recorded.violation_count;
            assert!(written.contains(&format!(r#""violation_count":{count}"#)), "{what}: {written}");
            assert!(written.len() < 16 << 10, "{what}: {}", written.len());
            assert!(refused.to_string().ends_with(&format!("; {count} in all")), "{what}: {refused}");
            let problem = recorded.to_problem(None);
            assert_eq!(problem.get("violation_count"), Some(&Value::Int(count.try_into().unwrap())), "{what}");
            assert!(tenantry::json::to_canonical(&problem).len() < 16 << 10, "{what}");
            costs.push(cost);
        }
        assert_linear(what, &costs);
    }
}

#[test]
fn p_5_few_violations_are_listed_whole_and_not_counted() {
    for count in [49, 50, 51] {
        // Beside the empty id and the missing entropy.
        let groupings = members(count - 2);
        let command =
            format!(r#"{{"command":"create_registered_user","origin_user_id":"","custom_groupings":{{{groupings}}}}}"#);
        let mut world = Tenantry::new();
        let refused = wire::execute(&mut world, command.as_str(), NOBODY).unwrap_err();
        let rejection = refused.recorded();
        assert_eq!((rejection.violation_count, rejection.violations.len()), (count, count.min(50)));
        let written = parse_command(&tenantry::json::to_canonical(rejection)).unwrap().into_owned();
        assert_eq!(written.get("violation_count").is_some(), count > 50, "{written}");
        // A host that has kept the rejection renders it as it was.
        assert_eq!(wire::read_rejection(&written).unwrap(), *rejection);
    }
}

#[test]
fn p_5_unknown_fields_are_the_first_by_their_pointers_in_whatever_order_they_come() {
    let mut fields: Vec<String> = (0..500).map(|index| format!(r#""k{index:03}":1"#)).collect();
    let command = |fields: &[String]| format!(r#"{{"command":"create_user",{}}}"#, fields.join(","));
    let (ascending, _) = refused(&command(&fields));
    fields.reverse();
    let (descending, _) = refused(&command(&fields));
    assert_eq!(ascending, descending);
    // `name` is missing.
    let pointers: Vec<&str> = ascending.recorded().violations.iter().map(|fault| fault.pointer.as_str()).collect();
    assert_eq!(pointers[pointers.len() - 1], format!("/k{:03}", 50 - 1 - known(&pointers)));
}

/// How many of them are of known fields.
fn known(pointers: &[&str]) -> usize {
    pointers.iter().filter(|pointer| !pointer.starts_with("/k")).count()
}

#[test]
fn p_6_pointers_are_shortened() {
    for (count, key) in [(100, "~"), (1_000, "~"), (8_000, "~"), (2_000, "😀")] {
        let numbers = list("1e21", 1000);
        let long = key.repeat(count);
        let command = format!(
            r#"{{"command":"create_user","name":"N","email":"a@b.example","metadata":{{"{long}":[{numbers}]}}}}"#
        );
        let (refused, cost) = refused(&command);
        let rejection = refused.recorded();
        assert!(rejection.violation_count >= 1000);
        assert!(tenantry::json::to_canonical(rejection).len() < 80 << 10);
        assert!(cost < 4 << 20, "{cost}");
        for violation in &rejection.violations {
            let characters = violation.pointer.chars().count();
            assert!(characters <= 257, "{characters}");
            assert_eq!(characters == 257, violation.pointer.ends_with('…'), "{}", violation.pointer);
        }
    }
    // What is reported alone (ER-2) has a measure, too.
    let long = "a".repeat(100_000);
    for command in [format!(r#"{{"{long}":1,"{long}":1}}"#), format!(r#"{{"{long}":nul}}"#)] {
        let (refused, _) = refused(&command);
        assert!(tenantry::json::to_canonical(refused.recorded()).len() < 2_000, "{refused}");
    }
}

#[test]
fn er_2_a_text_beyond_the_limit_is_not_read() {
    let numbers = |count: usize| format!("[{}]", list("1", count));
    // Half a mebibyte of items is what a mebibyte of text has room for; more of it costs no more.
    let (_, limit) = refused(&numbers(600_000));
    let (larger, cost) = refused(&numbers(3_000_000));
    assert_eq!(larger.recorded().message, "larger than 1 MiB of canonical JSON");
    assert!(cost <= limit + 1_000, "{cost} beside {limit}");
    let text = numbers(6_000_000);
    let (refused, cost) = refused(&text);
    assert_eq!(refused.recorded().message, "larger than 8 MiB of JSON text");
    assert!(cost < 2_000, "{cost}");
}

#[test]
fn d_6_a_batch_has_at_most_10_000_calls() {
    let world = Tenantry::example();
    let context =
        r#"{"now":"2026-01-31T10:00:00Z","actor":{"type":"system","organization_id":"org_demo","environment":"test"}}"#;
    let mut costs = Vec::new();
    for count in [100, 1_000, 10_000] {
        let calls = format!("[{}]", list("1", count));
        let (answer, cost) = counted(|| wire::authorize_batch(&world, calls.as_str(), context).unwrap());
        assert_eq!(answer.matches(r#"{"rejection":"#).count(), count);
        costs.push(cost);
    }
    assert_linear("a batch", &costs);
    let calls = format!("[{}]", list("1", 10_001));
    let refused = wire::authorize_batch(&world, calls.as_str(), context).unwrap_err();
    assert_eq!(refused.recorded().message, "more than 10000 calls");
}

#[test]
fn section_11_lists_have_limits() {
    let key = |scopes: usize, users: usize, packs: usize| {
        let ids = |count| list(r#""x""#, count);
        format!(
            r#"{{"type":"access_key","organization_id":"org_demo","environment":"test","scopes":[{}],"registered_user_ids":[{}],"tool_pack_ids":[{}]}}"#,
            list(r#""runtime""#, scopes),
            ids(users),
            ids(packs)
        )
    };
    assert!(wire::read_actor(key(10, 10_000, 10_000).as_str()).is_ok());
    for (scopes, users, packs, field) in
        [(11, 0, 0, "scopes"), (1, 10_001, 0, "registered_user_ids"), (1, 0, 10_001, "tool_pack_ids")]
    {
        let refused = wire::read_actor(key(scopes, users, packs).as_str()).unwrap_err();
        assert_eq!(refused.pointer(), Some(format!("/context/actor/{field}").as_str()));
        assert_eq!(refused.violations().len(), 1);
    }
    let group = |values: usize| {
        let values = list(r#""v""#, values);
        format!(r#"{{"command":"put_group","group_id":"g","name":"G","rule":{{"attribute":"a","in":[{values}]}}}}"#)
    };
    let check = |values| wire::validate(group(values).as_str(), "null").unwrap();
    assert!(check(10_000).is_empty());
    let wrong = check(10_001);
    assert_eq!((wrong.len(), wrong[0].pointer.as_str()), (1, "/rule/in"));
    assert_eq!(wrong[0].message, "more than 10000 values");
}
