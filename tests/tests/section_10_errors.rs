//! Section 10: the table of errors is the contract's, its numbers stay, every code is reached.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use tenantry::json::{parse_command, parse_document, to_canonical};
use tenantry::{Code, Decision, Rejection, error_catalog, wire};
use tenantry_tests::actors::{anonymous, management, runtime, system, system_test};
use tenantry_tests::{Value, World, json, rejected, text};

/// The codes of the contract in the order of their numbers, which never change.
const TABLE: &[(u16, &str, &str)] = &[
    (
        400,
        "validation",
        "invalid_request origin_user_id_required invalid_origin_user_id origin_user_id_immutable origin_company_id_required \
         invalid_origin_company_id invalid_company_for_shared_scope invalid_custom_groupings invalid_email email_required \
         name_required weak_password password_required organization_id_required invalid_metadata invalid_rule invalid_tool_pack \
         invalid_slug key_exceeds_parent invalid_snapshot",
    ),
    (401, "authentication", "not_authenticated invalid_token"),
    (
        403,
        "permission",
        "forbidden registered_user_inactive tool_pack_not_permitted connector_not_in_tool_pack tool_not_in_tool_pack \
         credential_required credential_revoked reauth_required self_action",
    ),
    (
        404,
        "not_found",
        "registered_user_not_found company_not_found organization_not_found connector_not_found tool_pack_not_found \
         group_not_found credential_not_found link_session_not_found tool_call_not_found user_not_found \
         registration_token_not_found",
    ),
    (
        409,
        "conflict",
        "origin_user_id_taken email_exists external_id_exists organization_exists version_conflict company_not_empty \
         group_in_use connector_in_use link_session_closed link_session_expired retention_hold last_admin limit_exceeded",
    ),
];

#[test]
fn section_10_the_table_is_the_contracts() {
    let expected: Vec<(String, u16, String)> = TABLE
        .iter()
        .flat_map(|(status, kind, codes)| codes.split_whitespace().map(|code| (code.into(), *status, (*kind).into())))
        .collect();
    let rows = error_catalog();
    let ours: Vec<(String, u16, String)> =
        rows.iter().map(|row| (row.code.into(), row.status, row.kind.as_str().into())).collect();
    assert_eq!(ours, expected);
    for (index, row) in rows.iter().enumerate() {
        assert_eq!(usize::from(row.number), index + 1, "the number of `{}` has changed", row.code);
        let retryable = matches!(row.code, "version_conflict" | "limit_exceeded");
        assert_eq!(row.retryable, retryable, "{}", row.code);
        assert!(!row.meaning.ends_with('.') && !row.what_to_do.ends_with('.') && !row.what_to_do.is_empty());
        assert_eq!(Code::from_wire(row.code).unwrap().number(), row.number);
    }
    for message in rows.iter().filter_map(|row| row.user_message) {
        let starts_upper = message.chars().next().is_some_and(char::is_uppercase);
        assert!(starts_upper && message.ends_with('.') && !message.contains(['`', '_']), "{message}");
    }
    let catalog: Value = serde_json_value(&wire::error_catalog());
    assert_eq!(catalog.as_array().unwrap().len(), rows.len());
    assert_eq!(catalog[0]["code"], "invalid_request");
}

fn serde_json_value(text: &str) -> Value {
    text.parse().unwrap()
}

#[test]
fn section_10_the_two_public_renderings() {
    let mut world = World::new();
    let command = json!({"command": "create_registered_user", "origin_user_name": 7}).to_string();
    let context = world.context(system()).to_string();
    let (command, context) = (parse_command(&command).unwrap(), parse_command(&context).unwrap());
    let rejection = rejected(wire::execute(&mut world.tenantry, &command, &context));
    let base = Some("https://docs.acme.example/errors/");
    assert_eq!(
        rejection.to_error_body(base).to_string(),
        r#"{"error":{"code":"origin_user_id_required","#.to_owned()
            + r#""documentation_url":"https://docs.acme.example/errors/origin_user_id_required","#
            + r#""message":"`origin_user_id` is required","type":"validation"}}"#
    );
    assert!(rejection.to_error_body(None).to_string().contains(r#""documentation_url":null"#));
    insta::with_settings!({snapshot_path => "../snapshots", prepend_module_to_snapshot => false, omit_expression => true}, {
        insta::assert_json_snapshot!("section_10_problem_details", rejection.to_problem(base));
        insta::assert_json_snapshot!("section_10_problem_details_without_documentation", rejection.to_problem(None));
    });
}

#[test]
fn section_10_what_an_end_user_can_act_on_has_a_message_for_the_user() {
    let message = "This invitation is not valid. Ask your administrator for a new one.";
    let invalid_token = Rejection::new(Code::InvalidToken);
    assert_eq!(invalid_token.user_message(), Some(message));
    let shown: [Value; 3] = [
        to_canonical(&invalid_token).parse().unwrap(),
        invalid_token.to_problem(None).to_string().parse().unwrap(),
        invalid_token.to_error_body(None).to_string().parse::<Value>().unwrap()["error"].clone(),
    ];
    for rendering in shown {
        assert_eq!(rendering["user_message"], message, "{rendering}");
    }
    let denied: Value = to_canonical(&Decision::Deny(Code::CredentialRequired)).parse().unwrap();
    assert_eq!(denied["user_message"].as_str(), Code::CredentialRequired.info().user_message);

    let invalid_request = Rejection::new(Code::InvalidRequest);
    assert_eq!(invalid_request.user_message(), None);
    let unchanged = [
        to_canonical(&invalid_request),
        invalid_request.to_problem(None).to_string(),
        invalid_request.to_error_body(None).to_string(),
        to_canonical(&Decision::Deny(Code::ConnectorNotInToolPack)),
    ];
    assert!(unchanged.iter().all(|text| !text.contains("user_message")), "{unchanged:?}");
}

#[test]
fn section_10_a_rejection_that_was_kept_as_text_is_rendered_as_it_was() {
    let mut world = World::new();
    let command = json!({"command": "create_registered_user", "origin_user_name": 7, "colour": 1}).to_string();
    let context = world.context(system()).to_string();
    let (command, context) = (parse_command(&command).unwrap(), parse_command(&context).unwrap());
    let rejection = rejected(wire::execute(&mut world.tenantry, &command, &context));
    for rejection in Code::ALL.iter().map(|code| Rejection::new(*code)).chain([rejection]) {
        let written = to_canonical(&rejection);
        assert_eq!(wire::read_rejection(&parse_document(&written).unwrap()), Ok(rejection));
    }
    let wrong = r#"{"code":"not_today","violations":[{"code":"forbidden"}],"colour":1}"#;
    let refused = wire::read_rejection(&parse_document(wrong).unwrap()).unwrap_err();
    let found: Vec<_> = refused.violations.iter().map(|each| (each.pointer.as_str(), each.message.as_str())).collect();
    let expected = [
        ("/code", "unknown code `not_today`"),
        ("/message", "`message` is required"),
        ("/violations/0/pointer", "`pointer` is required"),
        ("/violations/0/message", "`message` is required"),
        ("/colour", "unknown field `colour`"),
    ];
    assert_eq!(found, expected);
}

/// What each case was refused with, or denied by.
#[derive(Default)]
struct Reached(BTreeSet<String>);

impl Reached {
    fn note(&mut self, world: &mut World, actor: Value, command: Value) {
        let answer = world.ask(actor, command);
        let code = match &answer {
            Ok(outcome) => outcome["response"]["code"].as_str().map(String::from),
            Err(rejection) => Some(text(rejection, "/code")),
        };
        self.0.extend(code);
    }
}

#[test]
fn section_10_every_code_is_reached_by_some_case() {
    let mut reached = Reached::default();
    let mut world = World::shop();
    let user = world.user_with("alice", json!({"shared_credential_group": {"origin_company_id": "c1"}}));
    let loner = world.user("loner");
    let accounts = world.accounts();
    let admin = json!({"type": "account", "user_id": accounts[0]});
    let create = |members: Value| {
        tenantry_tests::with(json!({"command": "create_registered_user", "origin_user_id": "x"}), members)
    };
    let patch =
        |patch: Value| json!({"command": "update_registered_user", "registered_user_id": loner, "patch": patch});
    let account = |members: Value| {
        tenantry_tests::with(json!({"command": "create_user", "name": "N", "email": "n@acme.example"}), members)
    };
    let by_user = |name: &str| json!({"command": name, "registered_user_id": user});
    world.group("nobody", json!({"any": []}));
    let closed = json!({"command": "put_tool_pack", "tool_pack_id": "closed", "name": "C", "connectors": [{"connector": "slack"}], "group_ids": ["nobody"]});
    world.accepts(system(), closed);
    world.pack("partly", json!([{"connector": "slack", "tool_names": ["read"]}]));
    let call = |user: &str, pack: &str, tool: &str| json!({"command": "start_tool_call", "registered_user_id": user, "tool_pack_id": pack, "tool": tool});
    let own = json!({"scope": "INDIVIDUAL", "registered_user_id": user});
    let done = world.start_link(&user, "github", None);
    world.accepts(system(), json!({"command": "complete_link", "link_session_id": done}));
    let pending = world.start_link(&user, "github", None);
    world.accepts(
        system(),
        account(json!({"external_id": "e1", "email": "taken@acme.example", "organization_id": "org_acme"})),
    );
    let metadata = json!({"metadata": {"a": {"b": {"c": {"d": {"e": {"f": {"g": {"h": {"i": 1}}}}}}}}}});

    for (actor, command) in [
        (system(), json!({})),
        (system(), json!({"command": "create_registered_user"})),
        (system(), create(json!({"origin_user_id": "\n"}))),
        (system(), patch(json!({"origin_user_id": "other"}))),
        (system(), patch(json!({"shared_credential_group": {"origin_company_name": "One"}}))),
        (system(), create(json!({"shared_credential_group": {"origin_company_id": ""}}))),
        (runtime(), call(&loner, "team", "slack__post")),
        (system(), create(json!({"custom_groupings": {"": "1"}}))),
        (system(), create(json!({"origin_user_email": "x"}))),
        (system(), json!({"command": "create_user", "name": "N"})),
        (system(), account(json!({"name": " "}))),
        (system(), account(json!({"password": "weak"}))),
        (anonymous(), account(json!({"organization_id": "org_acme", "org_token": "t"}))),
        (tenantry_tests::actors::host(), account(json!({"role": "organization_admin"}))),
        (anonymous(), account(json!({"org_token": "t", "password": "Str0ng-enough-for-all"}))),
        (system(), account(metadata)),
        (system(), json!({"command": "put_group", "group_id": "g", "name": "G", "rule": {}})),
        (
            system(),
            json!({"command": "put_tool_pack", "tool_pack_id": "q", "name": "Q", "connectors": [{"connector": "slack", "tool_names": ["fly"]}]}),
        ),
        (system(), json!({"command": "put_connector", "connector": "A B", "tools": []})),
        (anonymous(), create(json!({}))),
        (
            anonymous(),
            account(json!({"organization_id": "org_acme", "org_token": "t", "password": "Str0ng-enough-for-all"})),
        ),
        (runtime(), create(json!({}))),
        (runtime(), call(&user, "closed", "slack__post")),
        (runtime(), call(&user, "partly", "github__merge")),
        (runtime(), call(&user, "partly", "slack__post")),
        (runtime(), call(&user, "own", "slack__post")),
        (admin.clone(), json!({"command": "set_user_status", "user_id": accounts[0], "status": "inactive"})),
        (system(), json!({"command": "delete_registered_user", "registered_user_id": "nobody"})),
        (system(), json!({"command": "delete_company", "origin_company_id": "c9"})),
        (tenantry_tests::actors::of(system(), "org_nowhere"), create(json!({}))),
        (system(), json!({"command": "delete_connector", "connector": "c9"})),
        (system(), json!({"command": "delete_tool_pack", "tool_pack_id": "c9"})),
        (system(), json!({"command": "delete_group", "group_id": "c9"})),
        (system(), json!({"command": "revoke_credential", "owner": own, "connector": "slack"})),
        (system(), json!({"command": "fail_link", "link_session_id": "lnk_x"})),
        (
            runtime(),
            tenantry_tests::with(by_user("finish_tool_call"), json!({"tool_call_id": "x", "result": "failed"})),
        ),
        (system(), json!({"command": "set_user_status", "user_id": "usr_x", "status": "active"})),
        (system(), json!({"command": "revoke_registration_token", "token_id": "tok_x"})),
        (system_test(), create(json!({"origin_user_id": "alice"}))),
        (system(), account(json!({"email": "TAKEN@acme.example"}))),
        (system(), account(json!({"external_id": "e1", "organization_id": "org_acme"}))),
        (system(), json!({"command": "create_organization", "name": "N", "organization_id": "org_acme"})),
        (system(), tenantry_tests::with(by_user("delete_registered_user"), json!({"expected_version": 9}))),
        (system(), json!({"command": "delete_company", "origin_company_id": "c1"})),
        (system(), json!({"command": "delete_group", "group_id": "nobody"})),
        (system(), json!({"command": "delete_connector", "connector": "slack"})),
        (system(), json!({"command": "complete_link", "link_session_id": done})),
        (system(), json!({"command": "set_user_status", "user_id": accounts[0], "status": "inactive"})),
    ] {
        reached.note(&mut world, actor, command);
    }
    world.link(&user, "slack", None, json!({}));
    world.accepts(
        system(),
        json!({"command": "report_credential", "owner": own, "connector": "slack", "status": "needs_reauth"}),
    );
    reached.note(&mut world, runtime(), call(&user, "own", "slack__post"));
    world.accepts(system(), json!({"command": "revoke_credential", "owner": own, "connector": "slack"}));
    reached.note(&mut world, runtime(), call(&user, "own", "slack__post"));
    world.accepts(system(), json!({"command": "set_retention_hold", "registered_user_id": user, "held": true}));
    reached.note(&mut world, system(), by_user("delete_registered_user"));
    for _ in 0..100 {
        let start = tenantry_tests::with(by_user("start_link"), json!({"connector": "slack"}));
        if world.execute(management(), start.clone()).is_err() {
            reached.note(&mut world, management(), start);
            break;
        }
    }
    world.advance(Duration::from_secs(3600));
    reached.note(&mut world, system(), json!({"command": "complete_link", "link_session_id": pending}));
    world.patch(&user, json!({"is_active": false}));
    reached.note(&mut world, runtime(), call(&user, "own", "slack__post"));

    let snapshot = wire::restore(&parse_command("{}").unwrap(), &parse_command("{}").unwrap());
    reached.0.insert(snapshot.unwrap_err().code.as_str().into());
    let (parent, child) = (runtime().to_string(), management().to_string());
    let beyond = wire::subset_of(&parse_command(&parent).unwrap(), &parse_command(&child).unwrap()).unwrap();
    reached.0.extend(beyond.iter().map(|violation| violation.code.as_str().to_owned()));

    let all: BTreeMap<&str, bool> =
        Code::ALL.iter().map(|code| (code.as_str(), reached.0.contains(code.as_str()))).collect();
    let missing: Vec<&&str> = all.iter().filter(|(_, reached)| !**reached).map(|(code, _)| code).collect();
    assert!(missing.is_empty(), "no case reaches {missing:?}");
}

#[test]
fn section_10_a_rejection_printed_for_people_moves_no_cursor() {
    let twice = r#"{"a\u001b[2J\u202e": 1, "a\u001b[2J\u202e": 2}"#;
    let rejection = Rejection::from(parse_document(twice).unwrap_err());
    // What programs read is the pointer as it is.
    assert_eq!(rejection.pointer.as_deref(), Some("/a\u{1b}[2J\u{202e}"));
    let printed = rejection.to_string();
    assert!(printed.contains(r"at /a\u{1b}[2J\u{202e}: the key `a\u{1b}[2J\u{202e}` is given twice"), "{printed}");
    assert!(!printed.contains(['\u{1b}', '\u{202e}']), "{printed}");
}
