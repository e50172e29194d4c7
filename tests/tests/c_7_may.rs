//! C-7: `permissions()` is the table that decides, and `may` answers from it: every request × every kind of actor.

use crate::c_2_permission_table::{ACTORS, actor, table};
use std::collections::BTreeSet;
use tenantry::json::parse_command;
use tenantry::{Error, Tenantry, permissions, wire};
use tenantry_tests::actors::{account, anonymous, key, management, of, registered_user, runtime, system};
use tenantry_tests::decisions::call;
use tenantry_tests::rows::{Table, partial};
use tenantry_tests::shapes::{commands, queries};
use tenantry_tests::{Value, World, json, misused, rejected, with, without};

fn may(tenantry: &Tenantry, name: &str, context: &Value) -> Result<bool, Error> {
    wire::may(tenantry, name, &parse_command(&context.to_string()).unwrap())
}

/// The table as the host has it.
fn rows() -> Vec<Value> {
    serde_json::from_str(&wire::permissions()).unwrap()
}

/// What a row says of an actor.
fn permits(row: &Value, actor: &Value, role: &str) -> bool {
    let permitted = &row["permitted"];
    let has = |list: &Value, word: &Value| list.as_array().is_none_or(|list| list.contains(word));
    match actor["type"].as_str().unwrap() {
        "account" => has(&permitted["account_roles"], &json!(role)),
        "access_key" => {
            let needed = &permitted["access_key"];
            let of_a_scope = |scope: &Value| has(&needed["scopes"], scope);
            needed.is_object()
                && (needed["scopes"].is_null() || actor["scopes"].as_array().unwrap().iter().any(of_a_scope))
                && (needed["environment"].is_null() || needed["environment"] == actor["environment"])
                && needed["without"].as_array().unwrap().iter().all(|field| actor[field.as_str().unwrap()].is_null())
        }
        kind => permitted[kind] == true,
    }
}

/// What the fields of a request say, in the words of its row.
fn when(request: &Value) -> Option<&'static str> {
    let has = |field: &str| !request[field].is_null();
    let name = request["command"].as_str().or(request["query"].as_str())?;
    Some(match name {
        "update_registered_user" => match request["patch"].get("shared_credential_group") {
            None => "the `patch` keeps the company",
            Some(company) if company == &json!({}) => "the `patch` keeps the company",
            Some(_) => "the `patch` names or leaves a company",
        },
        "start_link" if has("tool_pack_id") => "it has a `tool_pack_id`",
        "start_link" => "it has no `tool_pack_id`",
        "revoke_credential" if request["owner"]["scope"] == "INDIVIDUAL" => "the `owner` is a registered user",
        "revoke_credential" => "the `owner` is a company or the organization",
        "list_credentials" if has("registered_user_id") => "it has a `registered_user_id`",
        "list_credentials" => "it has no `registered_user_id`",
        "create_user" if has("org_token") => "it has an `org_token`",
        "create_user" => "it has no `org_token`",
        _ => return None,
    })
}

/// The code with which anything is refused or denied.
fn code(answer: &Result<Value, Value>) -> Option<&str> {
    match answer {
        Ok(answer) => {
            let decision = answer.get("decision").or_else(|| answer.get(0)).unwrap_or(answer);
            decision["code"].as_str()
        }
        Err(rejection) => rejection["code"].as_str(),
    }
}

/// Each request by its name, with what its fields say, and what sends it.
type Sample = (String, Option<&'static str>, Value, fn(&mut World, Value, Value) -> Result<Value, Value>);

fn samples() -> Vec<Sample> {
    let mut samples: Vec<Sample> = Vec::new();
    for (_, request) in table() {
        let name = request["command"].as_str().or(request["query"].as_str()).unwrap().to_owned();
        if request["command"].is_string() {
            let send = |world: &mut World, actor, command| world.preview(actor, &command);
            samples.push(("preview".to_owned(), Some("its command may be sent"), request.clone(), send));
        }
        samples.push((name, when(&request), request, |world, actor, request| world.ask(actor, request)));
    }
    let asked = call("$me", "p", "slack__post");
    samples.push(("authorize".to_owned(), None, asked.clone(), |world, actor, call| world.authorize(actor, &call)));
    samples.push(("explain".to_owned(), None, asked.clone(), |world, actor, call| Ok(world.explains(actor, &call))));
    samples.push(("authorize_batch".to_owned(), None, json!([asked]), |world, actor, calls| {
        let (context, calls) = (world.context(actor).to_string(), calls.to_string());
        let (context, calls) = (parse_command(&context).unwrap(), parse_command(&calls).unwrap());
        Ok(serde_json::from_str(&wire::authorize_batch(&world.tenantry, &calls, &context).unwrap()).unwrap())
    }));
    samples
}

#[test]
fn c_7_permissions_and_may_say_what_becomes_of_every_request_of_every_actor() {
    let mut world = World::with_options(&json!({"journal": "memory"}));
    let accounts = world.accounts();
    let me = world.user("me");
    let (rows, samples) = (rows(), samples());
    let mut looked_at = BTreeSet::new();
    for (name, when, request, send) in &samples {
        let rows: Vec<&Value> = rows.iter().filter(|row| row["request"] == name.as_str()).collect();
        let row = rows.iter().position(|row| row["when"] == json!(when));
        let row = row.unwrap_or_else(|| panic!("no row for {request}"));
        looked_at.insert((name.clone(), row));
        for (index, kind) in ACTORS.into_iter().enumerate() {
            let actor = actor(index, request, &me, &accounts);
            let role =
                ["admin", "organization_admin", "member"].get(index.wrapping_sub(1)).copied().unwrap_or_default();
            let says = |row: &Value| permits(row, &actor, role);
            let context = world.context(actor.clone());
            let could = may(&world.tenantry, name, &context).unwrap();
            assert_eq!(could, rows.iter().any(|row| says(row)), "`may` of {name} by the {kind}");

            let sent: Value = serde_json::from_str(&request.to_string().replace("$me", &me)).unwrap();
            let answer = send(&mut world.clone(), actor.clone(), sent);
            let refused = match code(&answer) {
                Some("forbidden") => true,
                Some("not_authenticated") => index == 13,
                Some("invalid_request") => panic!("the sample is malformed: {request} by the {kind}: {answer:?}"),
                _ => false,
            };
            // A preview is for everyone; what of is the command's affair.
            if name != "preview" {
                assert_eq!(refused, !says(rows[row]), "{request} by the {kind}: {answer:?}");
            }
            assert!(refused || could, "{request} by the {kind} got through");
        }
    }
    let each: BTreeSet<&str> = rows.iter().map(|row| row["request"].as_str().unwrap()).collect();
    assert_eq!(looked_at.len(), rows.len(), "{looked_at:?}");
    assert_eq!(each.len(), commands().len() + queries().len() + 4);
}

#[test]
fn c_7_whoever_may_could_send_it_with_some_fields() {
    // Where a request has several rows, some actor is permitted by one and not by another: else there were no two.
    let rows = rows();
    for row in rows.iter().filter(|row| !row["when"].is_null() && row["request"] != "preview") {
        let others: Vec<&Value> = rows.iter().filter(|other| other["request"] == row["request"]).collect();
        assert_eq!(others.len(), 2, "{row}");
        assert_ne!(others[0]["permitted"], others[1]["permitted"]);
    }
    let mut world = World::new();
    let held = with(management(), json!({"tool_pack_ids": ["p"]}));
    let context = world.context(held);
    for name in ["start_link", "revoke_credential", "update_registered_user", "create_user"] {
        assert!(may(&world.tenantry, name, &context).unwrap(), "{name}");
    }
    assert!(!may(&world.tenantry, "journal", &context).unwrap());
}

#[test]
fn c_7_the_typed_table_and_its_json_are_one() {
    let typed = permissions();
    let rows = rows();
    assert_eq!(typed.len(), rows.len());
    for (typed, row) in typed.iter().zip(&rows) {
        assert_eq!((row["request"].as_str(), row["kind"].as_str()), (Some(typed.request), Some(typed.kind.as_str())));
        assert_eq!(row["permitted"]["system"], true);
        assert_eq!(row["permitted"]["access_key"].is_null(), typed.permitted.access_key.is_none());
    }
    assert_eq!(
        rows.iter().find(|row| row["request"] == "put_connector").unwrap(),
        &json!({
            "request": "put_connector",
            "kind": "command",
            "when": null,
            "permitted": {
                "system": true,
                "account_roles": ["admin", "organization_admin"],
                "access_key": {
                    "scopes": ["management"],
                    "environment": "production",
                    "without": ["registered_user_ids", "tool_pack_ids"],
                },
                "registered_user": false,
                "anonymous": false,
            },
        })
    );
}

#[test]
fn c_7_an_unknown_name_is_told_with_the_one_that_was_meant() {
    let mut world = World::new();
    let context = world.context(system());
    for (name, message) in [
        ("put_conector", "unknown request `put_conector`; did you mean `put_connector`?"),
        ("authorizeBatch", "unknown request `authorizeBatch`; did you mean `authorize_batch`?"),
        ("fly", "unknown request `fly`"),
        ("", "unknown request ``"),
    ] {
        let rejection = rejected(may(&world.tenantry, name, &context));
        assert_eq!((rejection.code.as_str(), &*rejection.message), ("invalid_request", message));
        assert_eq!(rejection.pointer.as_deref(), Some("/request_name"));
    }
    // Faults of the context are reported beside it, and are the host's own mistake.
    let mistake = misused(may(&world.tenantry, "fly", &without(context, "actor")));
    let pointers: Vec<&str> = mistake.violations().iter().map(|violation| violation.pointer.as_str()).collect();
    assert_eq!(pointers, ["/request_name", "/context/actor"]);
}

#[test]
fn c_7_an_actor_that_is_not_what_it_says_is_refused_as_by_any_request() {
    let mut world = World::new();
    let me = world.user("me");
    let expired = with(runtime(), json!({"expires_at": world.now()}));
    for (actor, code) in [
        (expired, "not_authenticated"),
        (of(runtime(), "org_nobody"), "not_authenticated"),
        (account("usr_00000000000000000000000000"), "not_authenticated"),
        (of(registered_user(&me), "org_other"), "not_authenticated"),
        (of(system(), "org_nobody"), "organization_not_found"),
    ] {
        let context = world.context(actor.clone());
        for name in ["authorize", "get_registered_user", "create_user", "preview"] {
            assert_eq!(rejected(may(&world.tenantry, name, &context)).code.as_str(), code, "{name} by {actor}");
        }
    }
    // Nobody in particular is what it says.
    let context = world.context(anonymous());
    assert!(may(&world.tenantry, "create_user", &context).unwrap());
    assert!(!may(&world.tenantry, "list_tools", &context).unwrap());
}

#[test]
fn c_7_no_place_and_no_entropy_are_needed() {
    let mut world = World::new();
    let nowhere = json!({"now": world.now(), "actor": {"type": "system"}});
    for row in permissions() {
        assert!(may(&world.tenantry, row.request, &nowhere).unwrap());
    }
    let context = world.context(key(&[]));
    assert!(!may(&world.tenantry, "create_registered_user", &context).unwrap());
}

#[test]
fn c_7_an_instance_with_rows_needs_those_of_the_actor() {
    let mut world = World::new();
    let me = world.user("me");
    let [_, organization_admin, _] = world.accounts().try_into().unwrap();
    let table = Table::of(&world.state());
    for (actor, kinds) in [
        (system(), &["organization"][..]),
        (registered_user(&me), &["organization", "registered_user"]),
        (account(&organization_admin), &["account", "organization"]),
        (anonymous(), &[]),
    ] {
        let context = world.context(actor);
        let mut instance = partial();
        let asked = json!({"may": "list_users"}).to_string();
        if !kinds.is_empty() {
            assert!(misused(may(&instance, "list_users", &context)).row().is_some());
        }
        let loaded = table.prepare(&mut instance, &asked, &context.to_string(), None);
        let found: BTreeSet<String> = loaded
            .keys
            .iter()
            .map(|key| serde_json::from_str::<Value>(key).unwrap()[0].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(found.into_iter().collect::<Vec<_>>(), kinds);
        assert_eq!(
            may(&instance, "list_users", &context).unwrap(),
            may(&world.tenantry, "list_users", &context).unwrap()
        );
    }
    let mut parse = |text: &str| {
        wire::requirements(
            &partial(),
            &parse_command(text).unwrap(),
            &parse_command(&world.context(system()).to_string()).unwrap(),
        )
    };
    assert_eq!(rejected(parse(r#"{"may":"fly"}"#)).pointer.as_deref(), Some("/may"));
    assert_eq!(rejected(parse(r#"{"may":1}"#)).message, "expected a string, found a number");
}
