//! H-1, P-6: rows serve what they were loaded for. A command leaves none of them; after any other answer the next
//! request asks for its rows anew.

use serde_json::{Value, json};
use tenantry::json::parse_command;
use tenantry::{Error, Tenantry, Timestamp, wire};
use tenantry_tests::actors::{anonymous, runtime, system};
use tenantry_tests::decisions::call;
use tenantry_tests::rows::{Table, partial, run};
use tenantry_tests::{ACME, World, misused, rejected};

/// Loads what a request needs, and asks it.
fn ask(instance: &mut Tenantry, table: &Table, request: &Value, context: &Value) -> Result<Value, Error> {
    let (request, context) = (request.to_string(), context.to_string());
    table.prepare(instance, &request, &context, None);
    asked(instance, &request, &context)
}

/// Asks it on what is there.
fn asked(instance: &mut Tenantry, request: &str, context: &str) -> Result<Value, Error> {
    run(instance, request, context).map(|text| serde_json::from_str(&text).unwrap())
}

fn missing(instance: &Tenantry, request: &Value, context: &Value) -> Vec<String> {
    let (request, context) = (request.to_string(), context.to_string());
    let keys = wire::requirements(instance, &parse_command(&request).unwrap(), &parse_command(&context).unwrap());
    let keys: Vec<Value> = serde_json::from_str(&keys.unwrap()).unwrap();
    keys.iter().map(Value::to_string).collect()
}

/// A shop with a linked user, and the same after its pack was closed.
struct Closed {
    world: World,
    user: String,
    before: Table,
    after: Table,
}

fn closed() -> Closed {
    let mut world = World::shop();
    let user = world.user("alice");
    world.link(&user, "slack", None, json!({}));
    let before = Table::of(&world.state());
    let connectors = json!([{"connector": "slack"}]);
    let pack = json!({"command": "put_tool_pack", "tool_pack_id": "own", "name": "Own", "connectors": connectors,
        "group_ids": []});
    world.accepts(system(), pack);
    let after = Table::of(&world.state());
    Closed { world, user, before, after }
}

const PACK: &str = r#"["tool_pack","org_acme","own"]"#;

#[test]
fn h_1_what_a_refused_command_asked_for_decides_nothing_later() {
    let Closed { mut world, user, before, after } = closed();
    // A user whom the organization does not have: the pack is asked for and never looked at.
    let stranger = world.clone().user_with("stranger", json!({}));
    let start = json!({"command": "start_tool_call", "registered_user_id": stranger, "tool_pack_id": "own",
        "tool": "slack__post"});
    let context = world.context(runtime());
    let mut instance = partial();
    let refused = rejected(ask(&mut instance, &before, &start, &context));
    assert_eq!(refused.code.as_str(), "registered_user_not_found");
    assert_eq!(format!("{instance:?}"), format!("{:?}", partial()));

    let call = call(&user, "own", "slack__post");
    let context = world.context(runtime());
    let decision = ask(&mut instance, &after, &call, &context).unwrap();
    assert_eq!(decision["code"], "tool_pack_not_permitted");
}

#[test]
fn h_1_an_answer_is_the_last_one_that_is_decided_on_its_rows() {
    let Closed { mut world, user, before, after } = closed();
    let call = call(&user, "own", "slack__post");
    let context = world.context(runtime());
    let allowed = |instance: &mut Tenantry| {
        assert_eq!(ask(instance, &before, &call, &context).unwrap()["effect"], "allow");
    };
    let start = json!({"command": "start_tool_call", "registered_user_id": user, "tool_pack_id": "own",
        "tool": "slack__post"});
    let answers: [fn(&mut Tenantry, &str, &str); 6] = [
        |instance, call, context| drop(asked(instance, call, context).unwrap()),
        |instance, call, context| {
            let explain = format!(r#"{{"explain":{call}}}"#);
            drop(asked(instance, &explain, context).unwrap());
        },
        |instance, call, context| {
            let calls = format!("[{call}]");
            wire::authorize_batch(instance, &parse_command(&calls).unwrap(), &parse_command(context).unwrap()).unwrap();
        },
        // What is not well formed is answered too.
        |instance, _, context| drop(asked(instance, "{}", context).unwrap_err()),
        |instance, _, context| drop(asked(instance, r#"{"command": "nothing"}"#, context).unwrap_err()),
        |instance, call, context| {
            let (call, context) = (parse_command(call).unwrap(), parse_command(context).unwrap());
            let actor = wire::read_actor(context.get("actor").unwrap()).unwrap();
            let text = |name| call.get(name).unwrap().as_str().unwrap();
            let [user, pack, tool] = ["registered_user_id", "tool_pack_id", "tool"].map(text);
            let now = Timestamp::parse(context.get("now").unwrap().as_str().unwrap()).unwrap();
            assert!(instance.acting_as(&actor).allows(user, pack, tool, now).unwrap());
        },
    ];
    for (index, answer) in answers.into_iter().enumerate() {
        let mut instance = partial();
        before.prepare(&mut instance, &call.to_string(), &context.to_string(), None);
        assert!(missing(&instance, &call, &context).is_empty());
        answer(&mut instance, &call.to_string(), &context.to_string());
        assert!(!missing(&instance, &call, &context).is_empty(), "{index}");
        assert_eq!(ask(&mut instance, &after, &call, &context).unwrap()["code"], "tool_pack_not_permitted", "{index}");
        allowed(&mut instance);
        // And by a command.
        let started = ask(&mut instance, &after, &start, &world.context(runtime())).unwrap();
        assert_eq!(started["response"]["code"], "tool_pack_not_permitted", "{index}");
    }
}

#[test]
fn h_1_a_request_that_still_lacks_a_row_keeps_the_others() {
    let Closed { mut world, user, before, .. } = closed();
    let call = call(&user, "own", "slack__post");
    let context = world.context(runtime());
    let mut instance = partial();
    before.prepare(&mut instance, &call.to_string(), &context.to_string(), Some(PACK));
    let mistake = misused(asked(&mut instance, &call.to_string(), &context.to_string()));
    assert_eq!(mistake.row().unwrap().to_string(), PACK);
    assert_eq!(missing(&instance, &call, &context), [PACK]);
    assert_eq!(ask(&mut instance, &before, &call, &context).unwrap()["effect"], "allow");
}

#[test]
fn h_1_many_calls_are_decided_on_one_load() {
    let Closed { mut world, user, before, .. } = closed();
    let other = world.user("bob");
    let table = Table::of(&world.state());
    let context = world.context(runtime());
    let mut instance = partial();
    // All rows before the first answer …
    for id in [&user, &other] {
        table.prepare(&mut instance, &call(id, "own", "slack__post").to_string(), &context.to_string(), None);
    }
    let actor = wire::read_actor(&parse_command(&context["actor"].to_string()).unwrap()).unwrap();
    let now = Timestamp::parse(&world.now()).unwrap();
    // … then one after the other.
    for id in [&user, &other, &user] {
        let acting = instance.acting_as(&actor);
        assert_eq!(acting.code(id, "own", "slack__post", now).unwrap().unwrap().as_str(), "tool_pack_not_permitted");
    }
    assert_ne!(before.rows(), table.rows());
}

#[test]
fn p_6_refused_sign_ups_leave_nothing() {
    let mut world = World::new();
    let table = Table::of(&world.state());
    let mut instance = partial();
    let empty = format!("{instance:?}");
    for number in 0..10_000 {
        let sign_up = json!({"command": "create_user", "name": "S", "email": format!("s{number}@acme.example"),
            "organization_id": ACME, "org_token": format!("no secret at all {number}"), "password": "Passw0rd-5b1d!",
            "external_id": format!("external {number}")});
        let context = world.context(anonymous());
        assert_eq!(rejected(ask(&mut instance, &table, &sign_up, &context)).code.as_str(), "invalid_token");
        assert_eq!(format!("{instance:?}"), empty, "after {number}");
    }
    // Nor does getting the same user again and again, of which each asks for the id that it would mint.
    let create = json!({"command": "create_registered_user", "origin_user_id": "alice"});
    world.accepts(system(), create.clone());
    let table = Table::of(&world.state());
    for _ in 0..100 {
        let context = world.context(system());
        let outcome = ask(&mut instance, &table, &create, &context).unwrap();
        assert_eq!(outcome["response"]["created"], false);
        assert_eq!(format!("{instance:?}"), empty);
    }
}

#[test]
fn h_1_a_request_that_is_given_up_leaves_no_rows_for_the_next() {
    let Closed { mut world, user, before, .. } = closed();
    let mut instance = partial();
    let (call, context) = (call(&user, "own", "slack__post"), world.context(runtime()));
    before.prepare(&mut instance, &call.to_string(), &context.to_string(), None);
    assert_eq!(missing(&instance, &call, &context), [] as [&str; 0]);
    instance.abandon();
    assert!(missing(&instance, &call, &context).contains(&PACK.to_owned()));
}
