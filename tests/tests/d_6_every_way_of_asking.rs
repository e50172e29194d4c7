//! D-6, D-2: a batch gives what one call at a time gives, and so do `allows`, `code` and `codes`; a
//! malformed call's place holds its rejection, and the hot path its code. For random worlds, actors of
//! every kind, and calls of every form.

use crate::runs::{Coverage, runs};
use proptest::collection::vec;
use proptest::prelude::any;
use std::cell::RefCell;
use tenantry::json::{parse_command, parse_document};
use tenantry::{Code, Timestamp, wire};
use tenantry_tests::actors::{host, runtime, system};
use tenantry_tests::random::{Roll, peopled};
use tenantry_tests::{ACME, Value, World, json, misused, rejected, without};

/// A call with one or more of its fields replaced by what is malformed, or nearly so.
fn spoiled(mut call: Value, roll: Roll) -> Value {
    let long = |count: usize| json!("é".repeat(count));
    let values = [
        json!(""),
        json!("a\u{7f}b"),
        json!("\u{85}"),
        long(255),
        long(256),
        json!("slack"),
        json!("slack__"),
        json!("__post"),
        json!("slack__post__x"),
        json!("Slack__post"),
        json!(" "),
        json!("🦀"),
    ];
    for (field, by) in ["registered_user_id", "tool_pack_id", "tool"].into_iter().zip(roll) {
        if by % 3 == 0 {
            call[field] = values[usize::from(by / 3) % values.len()].clone();
        }
    }
    call
}

/// Actors that the generator does not make: who names no place.
fn actor(known: &tenantry_tests::random::Known, roll: Roll, now: &str) -> Value {
    match roll[7] {
        0..=7 => json!({"type": "system", "organization_id": ACME}),
        8..=15 => json!({"type": "system", "environment": "test"}),
        16..=23 => without(known.actor([0, 0, 0, 0, 0, 0, roll[6], 13], now), "environment"),
        24..=31 => without(known.actor([0, 0, 0, 0, 0, 0, roll[6], 13], now), "organization_id"),
        32..=79 => runtime(),
        _ => known.actor(roll, now),
    }
}

#[test]
fn d_6_one_by_one_in_a_batch_and_on_the_hot_path_it_is_the_same() {
    let coverage = RefCell::new(Coverage::default());
    let start = peopled();
    runs(40, &(vec(any::<Roll>(), 10..30), vec((any::<Roll>(), any::<Roll>()), 30)), |(rolls, asked)| {
        let coverage = &mut *coverage.borrow_mut();
        let (mut world, mut known) = start.clone();
        for roll in rolls {
            let (actor, command) = (known.actor(roll, &world.now()), known.command(roll, &world.now()));
            match world.execute(actor, command) {
                Ok(outcome) => {
                    coverage.see("accepted");
                    known.learn(&outcome);
                }
                Err(_) => coverage.see("rejected"),
            }
        }
        for (roll, spoil) in asked {
            let call = known.call(roll);
            let call = if spoil[3] % 2 == 0 { spoiled(call, spoil) } else { call };
            let actor = actor(&known, spoil, &world.now());
            // The helper asks in all ways, and compares.
            match world.authorize(actor, &call) {
                Ok(decision) => coverage.see(decision["code"].as_str().unwrap_or("allow")),
                Err(rejection) => coverage.see(&format!("malformed {}", rejection["code"].as_str().unwrap())),
            }
        }
        Ok(())
    });
    let coverage = coverage.into_inner();
    coverage.covers(&[
        "allow",
        "connector_not_in_tool_pack",
        "credential_required",
        "credential_revoked",
        "forbidden",
        "invalid_company_for_shared_scope",
        "malformed invalid_request",
        "malformed invalid_slug",
        "not_authenticated",
        "organization_not_found",
        "reauth_required",
        "registered_user_inactive",
        "registered_user_not_found",
        "tool_not_in_tool_pack",
        "tool_pack_not_found",
        "tool_pack_not_permitted",
    ]);
    assert!(coverage.count("accepted") * 10 >= (coverage.count("accepted") + coverage.count("rejected")) * 3);
}

#[test]
fn d_6_each_place_of_a_batch_is_its_own() {
    let mut world = World::shop();
    let user = world.user("alice");
    world.link(&user, "slack", None, json!({}));
    let call = |user: &str, tool: &str| json!({"registered_user_id": user, "tool_pack_id": "own", "tool": tool});
    let calls = json!([
        call(&user, "slack__post"),
        call(&user, "slack"),
        7,
        null,
        call(&user, "github__merge"),
        {},
        call("nobody", "slack__post"),
        [],
    ]);
    let context = world.context(runtime()).to_string();
    let context = parse_command(&context).unwrap();
    let text = calls.to_string();
    let answer = wire::authorize_batch(&world.tenantry, &parse_document(&text).unwrap(), &context).unwrap();
    let places: Vec<Value> = serde_json::from_str(&answer).unwrap();
    assert_eq!(places.len(), 8);
    for (place, call) in places.iter().zip(calls.as_array().unwrap()) {
        let text = call.to_string();
        let alone = wire::authorize(&world.tenantry, &parse_command(&text).unwrap(), &context);
        let alone = match alone {
            Ok(decision) => serde_json::from_str(&decision).unwrap(),
            refused => json!({"rejection": serde_json::to_value(rejected(refused)).unwrap()}),
        };
        assert_eq!(*place, alone, "{call}");
    }
    let codes: Vec<&Value> =
        places.iter().map(|place| place.pointer("/rejection/code").unwrap_or(&place["effect"])).collect();
    assert_eq!(
        json!(codes),
        json!([
            "allow",
            "invalid_slug",
            "invalid_request",
            "invalid_request",
            "deny",
            "invalid_request",
            "deny",
            "invalid_request"
        ])
    );
    // An empty batch is a batch; what is none is refused as such.
    for (calls, expected) in [("[]", Ok("[]")), ("{}", Err("")), ("null", Err(""))] {
        let answer = wire::authorize_batch(&world.tenantry, &parse_document(calls).unwrap(), &context);
        match expected {
            Ok(places) => assert_eq!(answer.unwrap(), places),
            Err(pointer) => {
                let rejection = rejected(answer);
                assert_eq!((rejection.code, rejection.pointer.as_deref()), (Code::InvalidRequest, Some(pointer)));
            }
        }
    }
}

#[test]
fn d_6_a_malformed_context_is_no_single_calls_fault() {
    let world = World::shop();
    let calls = parse_document(r#"[{"registered_user_id":""}]"#).unwrap();
    for actor in [host(), json!({"type": "system", "organization_id": ACME}), json!({"type": "robot"})] {
        let context = json!({"now": world.now(), "actor": actor}).to_string();
        let mistake = misused(wire::authorize_batch(&world.tenantry, &calls, &parse_command(&context).unwrap()));
        assert!(mistake.violations().iter().all(|violation| violation.pointer.starts_with("/context/")), "{mistake:?}");
    }
}

#[test]
fn d_6_codes_takes_three_lists_of_equal_length() {
    let mut world = World::shop();
    let user = world.user("alice");
    world.link(&user, "slack", None, json!({}));
    let actor = system().to_string();
    let actor = wire::read_actor(&parse_command(&actor).unwrap()).unwrap();
    let (acting, now) = (world.tenantry.acting_as(&actor), Timestamp::parse(&world.now()).unwrap());
    let (users, packs, tools) = ([user.as_str(), "nobody", &user], ["own", "own", "p\u{0}"], ["slack__post"; 3]);
    let numbers = [0, Code::RegisteredUserNotFound.number(), Code::InvalidRequest.number()];
    assert_eq!(acting.codes(&users, &packs, &tools, now).unwrap(), numbers);
    assert_eq!(acting.codes(&[], &[], &[], now).unwrap(), Vec::<u8>::new());
    let short = [
        acting.codes(&users[..2], &packs, &tools, now),
        acting.codes(&users, &packs[..2], &tools, now),
        acting.codes(&users, &packs, &tools[..2], now),
    ];
    for refused in short {
        assert_eq!(refused.unwrap_err().code(), Code::InvalidRequest);
    }
}
