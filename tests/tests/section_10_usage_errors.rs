//! Section 10: a mistake of the host's own program is distinguished from what a client may have sent, and shows nothing in
//! public.

use serde_json::{Value, json};
use tenantry::json::{parse_command, to_canonical};
use tenantry::{Code, Denied, Error, FormError, OriginUserId, Rejection, Tenantry, wire};
use tenantry_tests::actors::{host, runtime, system};
use tenantry_tests::decisions::call;
use tenantry_tests::rows::{Table, partial};
use tenantry_tests::{World, misused, rejected};

fn execute(tenantry: &mut Tenantry, command: &Value, context: &Value) -> Result<String, Error> {
    let (command, context) = (command.to_string(), context.to_string());
    wire::execute(tenantry, &parse_command(&command).unwrap(), &parse_command(&context).unwrap())
}

fn query(tenantry: &Tenantry, query: &Value, context: &Value) -> Result<String, Error> {
    let (query, context) = (query.to_string(), context.to_string());
    wire::query(tenantry, &parse_command(&query).unwrap(), &parse_command(&context).unwrap())
}

#[test]
fn section_10_what_the_host_does_wrong_is_no_rejection() {
    let mut world = World::new();
    let good = world.context(system());
    let create = json!({"command": "create_test_user"});
    let without = |member: &str| {
        let mut context = good.clone();
        context.as_object_mut().unwrap().remove(member);
        context
    };
    let with = |member: &str, value: Value| {
        let mut context = good.clone();
        context[member] = value;
        context
    };
    for (context, pointer) in [
        (without("now"), "/context/now"),
        (without("actor"), "/context/actor"),
        (without("entropy"), "/context/entropy"),
        (with("now", json!("soon")), "/context/now"),
        (with("actor", json!({"type": "robot"})), "/context/actor/type"),
        (with("actor", host()), "/context/actor/organization_id"),
        (with("nwo", json!(1)), "/context/nwo"),
        (json!(null), "/context/now"),
        (json!([]), "/context"),
    ] {
        let mistake = misused(execute(&mut world.tenantry, &create, &context));
        assert_eq!((mistake.code(), mistake.pointer()), (Code::InvalidRequest, Some(pointer)), "{mistake}");
    }
    // Entropy that was used before, methods that this instance does not have, a journal that it does not keep.
    let first = json!({"command": "create_registered_user", "origin_user_id": "first"});
    execute(&mut world.tenantry, &first, &good).unwrap();
    let second = json!({"command": "create_registered_user", "origin_user_id": "second"});
    assert_eq!(misused(execute(&mut world.tenantry, &second, &good)).pointer(), Some("/context/entropy"));
    let journal = misused(query(&world.tenantry, &json!({"query": "journal"}), &good));
    assert!(journal.message().starts_with("this instance keeps no journal"), "{journal}");
    let load = misused(wire::load(&mut world.tenantry, &parse_command("[]").unwrap()));
    assert!(load.message().starts_with("this instance has the whole state"), "{load}");
    // On rows nobody can tell who would lose and gain access.
    let create = json!({"command": "create_organization", "name": "New"});
    let (mut rows, context) = (partial(), with("actor", host()).to_string());
    Table::default().prepare(&mut rows, &create.to_string(), &context, None);
    let [create, context] = [create.to_string(), context].map(|text| parse_command(&text).unwrap().into_owned());
    let preview = misused(wire::preview(&rows, &create, &context));
    assert!(preview.message().starts_with("`preview` compares the access of all users"), "{preview}");
}

#[test]
fn section_10_all_that_is_wrong_is_kept_for_the_developer_and_nothing_for_the_public() {
    let mut world = World::new();
    let command = json!({"command": "create_registered_user", "origin_user_id": "", "origin_user_nam": "zoe"});
    let context = json!({"now": "soon", "actor": system()});
    let mistake = misused(execute(&mut world.tenantry, &command, &context));
    let pointers: Vec<&str> = mistake.violations().iter().map(|fault| fault.pointer.as_str()).collect();
    assert_eq!(pointers, ["/origin_user_id", "/origin_user_nam", "/context/now", "/context/entropy"]);
    let shown = mistake.to_string();
    for part in [
        "origin_user_id_required at /origin_user_id: ",
        "; invalid_request at /origin_user_nam: ",
        "did you mean `origin_user_name`?",
        "; invalid_request at /context/now: ",
    ] {
        assert!(shown.contains(part), "{shown}");
    }
    let problem = r#"{"status":500,"title":"Internal Server Error","type":"about:blank"}"#;
    assert_eq!(to_canonical(&mistake.to_problem()), problem);
    let public = to_canonical(&[mistake.to_problem(), mistake.to_error_body()]);
    for hidden in ["origin", "zoe", "context", "invalid_request"] {
        assert!(!public.contains(hidden), "{public}");
    }
    let error = Error::from(mistake.clone());
    assert_eq!((error.status(), error.to_problem(Some("https://docs.acme.example/"))), (500, mistake.to_problem()));
    // What is wrong with the command alone is the client's.
    let good = world.context(system());
    let refused = rejected(execute(&mut world.tenantry, &command, &good));
    assert_eq!(refused.violations.len(), 2);
    // A member of the command is no context, whatever it is called.
    let command = json!({"command": "create_test_user", "context": {"now": 1}});
    let refused = rejected(execute(&mut world.tenantry, &command, &good));
    assert_eq!(refused.pointer.as_deref(), Some("/context"));
}

#[test]
fn section_10_a_request_given_to_the_wrong_method_says_which_is_right() {
    let mut world = World::shop();
    let context = world.context(system());
    let decision = call("nobody", "own", "slack__post");
    for (refused, message) in [
        (
            execute(&mut world.tenantry, &json!({"query": "list_groups"}), &context),
            "`command` is required; pass a query to `query`",
        ),
        (execute(&mut world.tenantry, &decision, &context), "`command` is required; pass a tool call to `authorize`"),
        (execute(&mut world.tenantry, &json!({}), &context), "`command` is required"),
        (
            query(&world.tenantry, &json!({"command": "create_test_user"}), &context),
            "`query` is required; pass a command to `execute`",
        ),
        (query(&world.tenantry, &decision, &context), "`query` is required; pass a tool call to `authorize`"),
    ] {
        // A client's body may say so.
        assert_eq!(rejected(refused).message, message);
    }
}

#[test]
fn section_10_errors_convert_and_name_code_and_place() {
    let rejection = Rejection::from(OriginUserId::new("").unwrap_err());
    assert_eq!(rejection.to_string(), "origin_user_id_required: `origin_user_id` is empty");
    let malformed = parse_command(r#"{"a": {"b": 1, "b": 2}}"#).unwrap_err();
    assert_eq!(malformed.to_string(), format!("at /a/b: {}", malformed.message));
    let boxed: Box<dyn std::error::Error> = malformed.clone().into();
    assert_eq!(boxed.to_string(), malformed.to_string());
    assert_eq!(Error::from(malformed.clone()).to_string(), format!("invalid_request at /a/b: {}", malformed.message));
    let form: FormError = OriginUserId::new("\u{0}").unwrap_err();
    assert_eq!(Error::from(form).code(), Code::InvalidOriginUserId);
}

#[test]
fn d_2_a_denial_is_an_error_where_one_is_wanted() {
    let mut world = World::shop();
    let user = world.user("alice");
    let denied = |world: &mut World| {
        let context = world.context(runtime()).to_string();
        let actor = wire::read_actor(parse_command(&context).unwrap().get("actor").unwrap()).unwrap();
        let call = tenantry::ToolCall::new(
            tenantry::RegisteredUserId::from_text(&user),
            "own".parse().unwrap(),
            tenantry::FullToolName::parse("slack__post").unwrap(),
        );
        let now = tenantry::Timestamp::parse(&world.now()).unwrap();
        let context = tenantry::Context { now, actor, entropy: None };
        world.tenantry.authorize(&call, &context).unwrap().require()
    };
    let refused = denied(&mut world).unwrap_err();
    assert_eq!(refused, Denied { code: Code::CredentialRequired });
    assert!(refused.to_string().starts_with("credential_required: "), "{refused}");
    let rejection = Rejection::from(refused);
    assert_eq!(
        (rejection.status(), rejection.to_problem(None).get("code").and_then(tenantry::json::Value::as_str)),
        (403, Some("credential_required"))
    );
    assert_eq!(Error::from(refused), Error::Rejected(rejection));
    world.link(&user, "slack", None, json!({}));
    assert_eq!(denied(&mut world).unwrap().tool, "slack__post");
}

#[test]
fn d_6_what_was_not_loaded_is_no_denial() {
    let mut world = World::shop();
    let context = world.context(runtime()).to_string();
    let actor = wire::read_actor(parse_command(&context).unwrap().get("actor").unwrap()).unwrap();
    let now = tenantry::Timestamp::parse(&world.now()).unwrap();
    let instance = partial();
    let acting = instance.acting_as(&actor);
    let mistakes = [
        misused(acting.allows("nobody", "own", "slack__post", now)),
        misused(acting.code("nobody", "own", "slack__post", now)),
        misused(acting.codes(&["nobody"], &["own"], &["slack__post"], now)),
    ];
    for mistake in mistakes {
        assert_eq!(mistake.row().unwrap().to_string(), r#"["organization","org_acme"]"#);
        let (shown, public) = (mistake.to_string(), to_canonical(&mistake.to_problem()));
        assert!(!shown.contains("org_acme") && !public.contains("organization"), "{shown} {public}");
    }
    // A text that can be no id is a denial, whatever is loaded.
    assert_eq!(acting.allows("", "own", "slack__post", now), Ok(false));
    assert_eq!(acting.code("nobody", "own", "slack", now), Ok(Some(Code::InvalidSlug)));
}
