//! P-4: what a log shows by `{:?}` holds no address, grouping, name or customer's own id.

use serde_json::json;
use std::fmt::Debug;
use tenantry::json::{parse_command, parse_document};
use tenantry::{
    Actor, Command, Context, CreateRegisteredUser, CreateUser, CustomGroupings, Email, Entropy, Environment, Label,
    LoadedRow, Name, OrganizationId, OriginUserId, RegisteredUserId, RowKey, Tenantry, Timestamp, wire,
};
use tenantry_tests::actors::host;
use tenantry_tests::rich::Rich;
use tenantry_tests::rows::{Table, partial};
use tenantry_tests::{ACME, Value};

/// What the texts of the rich world and of this file have in them, in any letters.
const PERSONAL: [&str; 7] = ["-7f3a", "acme.example", "company one", "company at", "at slack", "zoe", "c1"];

#[track_caller]
fn shows_nothing(what: &str, value: &impl Debug) {
    let shown = format!("{value:?}");
    let lower = shown.to_lowercase();
    for personal in PERSONAL {
        // Ids that the core minted have no quotes around such few letters.
        let found = if personal == "c1" { lower.contains("\"c1\"") } else { lower.contains(personal) };
        assert!(!found, "{what} shows `{personal}`: {shown}");
    }
}

fn context(actor: Actor) -> Context {
    let now = Timestamp::parse("2026-03-01T10:00:00Z").unwrap();
    Context { now, actor, entropy: Some(Entropy::new([9; 16])) }
}

fn acme() -> Actor {
    let organization_id = Some(OrganizationId::new(ACME).unwrap());
    Actor::System { organization_id, environment: Some(Environment::Production) }
}

fn zoe() -> CreateRegisteredUser {
    let mut create = CreateRegisteredUser::new(OriginUserId::new("zoe-7f3a").unwrap());
    create.origin_user_name = Some(Label::new("Zoe").unwrap());
    create.origin_user_email = Some("zoe@acme.example".parse().unwrap());
    create.custom_groupings = Some(CustomGroupings::from_iter([("zoe".into(), "zoe".into())]));
    create
}

#[test]
fn p_4_a_rich_world_shows_how_much_it_holds_and_nothing_of_it() {
    let Rich { world, alice, .. } = Rich::new(&json!({"journal": "memory"}));
    shows_nothing("an instance", &world.tenantry);
    for event in world.tenantry.journal() {
        shows_nothing("an event", event);
    }
    let mut tenantry = world.tenantry.clone();
    shows_nothing("a command", &zoe());
    shows_nothing("any command", &Command::from(zoe()));
    shows_nothing("an outcome", &tenantry.execute(&zoe(), &context(acme())).unwrap());
    shows_nothing("a preview", &world.tenantry.preview(&zoe(), &context(acme())).unwrap());
    let page = || tenantry::Page { limit: 1, after: Some("c1".to_owned()) };
    shows_nothing("a page", &page());
    let companies = tenantry::ListCompanies::new().page(tenantry::Page { limit: 1, after: None });
    let listed = world.tenantry.query(&companies, &context(acme())).unwrap();
    assert!(listed.next.is_some());
    shows_nothing("a list", &listed);
    let groups = tenantry::ListGroups::new().page(tenantry::Page::default());
    shows_nothing("groups", &world.tenantry.query(&groups, &context(acme())).unwrap());
    let call = tenantry::ToolCall::new(
        RegisteredUserId::from_text(&alice),
        "pack".parse().unwrap(),
        tenantry::FullToolName::parse("jira__open").unwrap(),
    );
    shows_nothing("an explanation", &world.tenantry.explain(&call, &context(acme())).unwrap());
    shows_nothing("a decision", &world.tenantry.authorize(&call, &context(acme())).unwrap());
}

#[test]
fn p_4_rows_and_their_keys_show_their_kind_alone() {
    let Rich { world, .. } = Rich::new(&json!({}));
    let table = Table::of(&world.state());
    let mut rows = Vec::new();
    for (key, row) in table.rows() {
        let key: RowKey = key.parse().unwrap();
        shows_nothing("a key", &key);
        rows.push(LoadedRow {
            key,
            revision: 1.into(),
            row: Some(parse_document(&row.to_string()).unwrap().into_owned()),
        });
    }
    shows_nothing("rows", &rows);
    let mut instance = partial();
    instance.load(&rows).unwrap();
    shows_nothing("an instance with rows", &instance);

    let account = CreateUser::new(Name::new("Zoe").unwrap(), Email::new("zoe@acme.example").unwrap());
    let admin = Actor::System { organization_id: None, environment: None };
    prepare(
        &mut instance,
        &table,
        &json!({"command": "create_user", "name": "Zoe", "email": "zoe@acme.example"}),
        &host(),
    );
    let outcome = instance.execute(&account, &context(admin)).unwrap();
    shows_nothing("an outcome on rows", &outcome);
    assert!(!outcome.guards.unwrap().is_empty() && !outcome.changes.unwrap().is_empty());
    let mistake = instance.execute(&zoe(), &context(acme())).unwrap_err();
    shows_nothing("a row that was not loaded", &mistake);
    shows_nothing("its text", &mistake.to_string());
    shows_nothing("its rendering", &mistake.to_problem(None));
}

/// Loads what a command needs in the context of the typed one.
fn prepare(instance: &mut Tenantry, table: &Table, command: &Value, actor: &Value) {
    let context = json!({"now": "2026-03-01T10:00:00Z", "actor": actor, "entropy": "09".repeat(16)}).to_string();
    table.prepare(instance, &command.to_string(), &context, None);
    let none =
        wire::requirements(instance, &parse_document(&command.to_string()).unwrap(), &parse_command(&context).unwrap());
    assert_eq!(none.unwrap(), "[]");
}
