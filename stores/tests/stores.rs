//! What is kept in a database is decided as the whole state in memory decides it.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that panics has failed, which is its purpose"
)]

mod support;

use std::thread;
use std::time::Duration;
use support::{
    DAY, Folder, HOST, START, SYSTEM, accepted, at, command, create, delete, events, execute, furnish, link,
    postgresql, schema, text,
};
use tenantry::json::{Value, to_canonical};
use tenantry::{Actor, Code, Options, Policy, Query, Tenantry, Timestamp, ToolCall};
use tenantry_store::{Database, Error, PostgresStore, SqliteStore, Store};

/// Each test on a store of each kind, whose tables are there.
macro_rules! on_both {
    ($($name:ident,)*) => {
        mod sqlite {
            $(#[test]
            fn $name() {
                let folder = super::Folder::new();
                folder.store().migrate().unwrap();
                super::$name(&folder.store());
            })*
        }
        mod postgresql {
            $(#[test]
            fn $name() {
                let Some(database) = super::schema() else { return };
                super::postgresql(&database).migrate().unwrap();
                super::$name(&super::postgresql(&database));
            })*
        }
    };
}

on_both! {
    h_1_a_store_answers_as_the_whole_state_does_and_its_events_are_the_journal,
    p_3_what_is_refused_changes_nothing,
    t_2_due_things_come_in_their_order_to_the_millisecond,
    t_2_more_things_are_due_at_one_instant_than_a_portion_has,
    cr_7_what_concerns_others_waits_until_it_is_done,
    ru_13_a_purge_takes_the_user_out_of_what_it_has_done_elsewhere,
    ac_11_a_deleted_account_leaves_its_events,
}

/// Commands in the life of a user, each at its instant; the ids are those that were answered before.
fn story(user: &str, session: &str) -> Vec<(i64, &'static str, String)> {
    let own = format!(r#""registered_user_id": "{user}""#);
    let call = r#""tool_pack_id": "shared", "tool""#;
    let sweep = || r#"{"command": "advance_time", "limit": 100}"#.to_owned();
    vec![
        (
            1,
            HOST,
            r#"{"command": "create_registered_user", "origin_user_id": "user'1\\", "origin_user_name": "Älice 😀",
                "shared_credential_group": {"origin_company_id": "acme\u2028", "origin_company_name": "A \"quoted\" one"},
                "custom_groupings": {"region": "emea"}}"#
                .to_owned(),
        ),
        (2, HOST, format!(r#"{{"command": "update_registered_user", {own}, "patch": {{"origin_user_name": "Al"}}}}"#)),
        (3, HOST, format!(r#"{{"command": "start_link", {own}, "connector": "slack", "tool_pack_id": "shared"}}"#)),
        (
            4,
            HOST,
            format!(
                r#"{{"command": "complete_link", "link_session_id": "{session}", "expires_at": {}}}"#,
                START + 5 * DAY + 500
            ),
        ),
        (5, HOST, format!(r#"{{"command": "start_tool_call", {own}, {call}: "slack__post_message"}}"#)),
        (6, HOST, format!(r#"{{"command": "start_tool_call", {own}, {call}: "slack__nothing"}}"#)),
        (7, HOST, format!(r#"{{"command": "start_link", {own}, "connector": "slack"}}"#)),
        (DAY, SYSTEM, sweep()),
        (6 * DAY, SYSTEM, sweep()),
        (7 * DAY, HOST, format!(r#"{{"command": "delete_registered_user", {own}}}"#)),
        (98 * DAY, SYSTEM, sweep()),
    ]
}

const QUERIES: [&str; 7] = [
    r#"{"query": "list_registered_users"}"#,
    r#"{"query": "list_registered_users", "origin_company_id": "acme\u2028"}"#,
    r#"{"query": "list_companies", "after": "a b"}"#,
    r#"{"query": "list_credentials"}"#,
    r#"{"query": "list_connectors", "limit": 1}"#,
    r#"{"query": "list_users"}"#,
    r#"{"query": "find_registered_user", "origin_user_id": "user'1\\"}"#,
];

fn h_1_a_store_answers_as_the_whole_state_does_and_its_events_are_the_journal<D: Database>(store: &Store<D>) {
    furnish(store);
    let mut journal: Vec<_> = store.events_after(0, 100).unwrap().into_iter().map(|stored| stored.event).collect();
    let mut whole = Tenantry::fold(&journal, Options { journal: true, ..Options::default() }).unwrap();
    let (mut user, mut session) = ("none".to_owned(), "none".to_owned());
    for number in 0..story("", "").len() {
        let (since, actor, line) = story(&user, &session).remove(number);
        let (command, context) = (command(&line), at(actor, START + since));
        let outcome = store.execute(&command, &context).unwrap();
        assert_eq!(to_canonical(&outcome), to_canonical(&whole.execute(&command, &context).unwrap()));
        let answer: Value<'_> = to_canonical(&outcome.response).parse().unwrap();
        for (name, id) in [("registered_user_id", &mut user), ("link_session_id", &mut session)] {
            if let Some(given) = answer.get(name).and_then(Value::as_str) {
                given.clone_into(id);
            }
        }
        assert_eq!(store.snapshot().unwrap(), whole.snapshot());
        journal = whole.journal().cloned().collect();
        let stored = store.events_after(0, 1000).unwrap();
        assert!(stored.windows(2).all(|pair| pair[0].position < pair[1].position));
        assert_eq!(stored.into_iter().map(|stored| stored.event).collect::<Vec<_>>(), journal);
        assert_eq!(store.next_due().unwrap(), whole.next_due());
        assert_asked_alike(store, &whole, &user, START + since);
    }
    assert_eq!(store.next_due().unwrap(), None);
    assert_eq!(journal.last().unwrap().body.name().to_string(), "registered_user_purged");
}

fn assert_asked_alike<D: Database>(store: &Store<D>, whole: &Tenantry, user: &str, now: i64) {
    let runtime =
        r#"{"type": "access_key", "organization_id": "org_demo", "environment": "test", "scopes": ["runtime"]}"#;
    let (pack, tool) = ("shared", "slack__post_message");
    let call = format!(r#"{{"registered_user_id": "{user}", "tool_pack_id": "{pack}", "tool": "{tool}"}}"#);
    let call = ToolCall::from_json(call.as_str()).unwrap();
    for actor in [HOST, runtime] {
        let context = at(actor, now);
        for query in QUERIES {
            let Ok(query) = Query::from_json(query) else { continue };
            alike(store.query(&query, &context), whole.query(&query, &context));
        }
        alike(store.authorize(&call, &context), whole.authorize(&call, &context));
        alike(store.explain(&call, &context), whole.explain(&call, &context));
        alike(store.may("start_link", &context), whole.may("start_link", &context));
        alike(store.may("nothing", &context), whole.may("nothing", &context));
        let (here, there) = (store.acting_as(context.actor.clone()), whole.acting_as(&context.actor));
        let now = context.now;
        alike(here.allows(user, pack, tool, now), there.allows(user, pack, tool, now));
        alike(here.code(user, pack, "slack", now), there.code(user, pack, "slack", now));
        let lists: [&[&str]; 3] = [&[user, "x", "", user], &[pack; 4], &[tool, tool, tool, "x"]];
        let [users, packs, tools] = lists;
        alike(here.codes(users, packs, tools, now), there.codes(users, packs, tools, now));
        alike(here.codes(users, packs, &[], now), there.codes(users, packs, &[], now));
    }
}

#[track_caller]
fn alike<T: serde::Serialize>(here: Result<T, Error>, there: Result<T, impl Into<tenantry::Error>>) {
    let here = here.map(|answer| to_canonical(&answer)).map_err(|error| error.to_string());
    let there = there.map(|answer| to_canonical(&answer)).map_err(|error| error.into().to_string());
    assert_eq!(here, there);
}

fn p_3_what_is_refused_changes_nothing<D: Database>(store: &Store<D>) {
    furnish(store);
    let user = create(store, START, "user_1");
    let before = (store.snapshot().unwrap(), events(store));
    let refused = |line: &str| execute(store, HOST, START, line).unwrap_err().rejection().unwrap().code;
    assert_eq!(refused(r#"{"command": "delete_company", "origin_company_id": "acme"}"#), Code::CompanyNotEmpty);
    let unknown = r#"{"command": "delete_registered_user", "registered_user_id": "nobody"}"#;
    assert_eq!(refused(unknown), Code::RegisteredUserNotFound);
    let nowhere = at(SYSTEM, START);
    let delete = command(&format!(r#"{{"command": "delete_registered_user", "registered_user_id": "{user}"}}"#));
    assert!(matches!(store.execute(&delete, &nowhere), Err(Error::Usage(_))));
    assert_eq!((store.snapshot().unwrap(), events(store)), before);
    // Nothing is left begun.
    create(store, START, "user_2");
}

fn t_2_due_things_come_in_their_order_to_the_millisecond<D: Database>(store: &Store<D>) {
    furnish(store);
    let due = 4_000_000_000_000;
    let users = [0, 500, 1, 1000, 999].map(|offset| {
        let user = create(store, START, &format!("user_{offset}"));
        link(store, START, &user, "support", &format!(r#", "expires_at": {}"#, due + offset));
        user
    });
    let last = store.events_after(0, 1000).unwrap().last().unwrap().position;
    let expired = || -> Vec<String> {
        let events = store.events_after(last, 1000).unwrap().into_iter().map(|stored| stored.event);
        let expired = events.filter(|event| event.body.name().to_string() == "credential_expired");
        expired.map(|event| event.id().to_string().split(':').nth(1).unwrap().to_owned()).collect()
    };
    let instant = |at| Timestamp::from_millis(at).unwrap();
    store.sweep(instant(due - 1)).unwrap();
    assert_eq!((expired(), store.next_due().unwrap()), (vec![], Some(instant(due))));
    assert_eq!(store.sweep(instant(due + 500)).unwrap(), 3);
    assert_eq!(expired(), [0, 2, 1].map(|index: usize| users[index].clone()));
    assert_eq!(store.sweep(instant(due + 1000)).unwrap(), 2);
    assert_eq!(expired()[3..], [4, 3].map(|index: usize| users[index].clone()));
}

fn t_2_more_things_are_due_at_one_instant_than_a_portion_has<D: Database>(store: &Store<D>) {
    furnish(store);
    for number in 0..250 {
        let user = create(store, START, &format!("user_{number}"));
        let start = format!(r#"{{"command": "start_link", "registered_user_id": "{user}", "connector": "slack"}}"#);
        accepted(store, HOST, START, &start);
    }
    assert_eq!(store.sweep(Timestamp::from_millis(START + DAY).unwrap()).unwrap(), 250);
}

fn cr_7_what_concerns_others_waits_until_it_is_done<D: Database>(store: &Store<D>) {
    furnish(store);
    let user = create(store, START, "user_1");
    link(store, START, &user, "support", "");
    delete(store, START, &user);
    let minute = Duration::from_secs(60);
    let taken = store.take_effects(10, Duration::ZERO).unwrap();
    assert_eq!(taken.len(), 1);
    let one = &taken[0];
    let effect: Value<'_> = one.effect.to_json().parse().unwrap();
    assert_eq!(text(&effect, "effect"), "revoke_upstream");
    assert_eq!(effect.at("/owner/registered_user_id").and_then(Value::as_str), Some(user.as_str()));
    assert_eq!(store.take_effects(10, minute).unwrap(), taken);
    assert_eq!(store.take_effects(10, minute).unwrap(), []);
    store.effect_done(one.number).unwrap();
    assert_eq!(store.take_effects(10, Duration::ZERO).unwrap(), []);
}

fn ru_13_a_purge_takes_the_user_out_of_what_it_has_done_elsewhere<D: Database>(store: &Store<D>) {
    furnish(store);
    let (user, other) = (create(store, START, "user_1"), create(store, START, "user_2"));
    link(store, START, &user, "shared", "");
    link(store, START, &user, "support", "");
    let naming = |user: &str| -> usize { events(store).iter().filter(|event| event.contains(user)).count() };
    assert!(naming(&user) > 2 && naming(&other) > 0);
    delete(store, START, &user);
    let purged = Timestamp::from_millis(START + 92 * DAY).unwrap();
    store.sweep(purged).unwrap();
    assert_eq!((naming(&user), naming(&other)), (1, 1));
    assert_eq!(store.take_effects(10, Duration::ZERO).unwrap(), [], "what is to be done for the user goes, too");
    let journal: Vec<_> = store.events_after(0, 1000).unwrap().into_iter().map(|stored| stored.event).collect();
    assert_eq!(Tenantry::fold(&journal, Options::default()).unwrap().snapshot(), store.snapshot().unwrap());
}

fn ac_11_a_deleted_account_leaves_its_events<D: Database>(store: &Store<D>) {
    furnish(store);
    let create = r#"{"command": "create_user", "name": "Somebody", "email": "ada@acme.example"}"#;
    let account = text(&accepted(store, SYSTEM, START, create), "id");
    let naming = || events(store).iter().filter(|event| event.contains("ada@acme.example")).count();
    assert_eq!(naming(), 1);
    accepted(store, SYSTEM, START, &format!(r#"{{"command": "delete_user", "user_id": "{account}"}}"#));
    assert_eq!(naming(), 0);
}

#[test]
fn migrating_twice_or_at_once_changes_nothing_and_another_version_is_refused() {
    let folder = Folder::new();
    check_migration(
        || folder.store(),
        |sql| rusqlite::Connection::open(folder.path()).unwrap().execute_batch(sql).unwrap(),
    );
    let Some(database) = schema() else { return };
    let run = |sql: &str| {
        postgres::Client::connect(&database, postgres::NoTls).unwrap().batch_execute(sql).unwrap();
    };
    check_migration(|| postgresql(&database), run);
}

fn check_migration<D: Database>(open: impl Fn() -> Store<D> + Sync, run: impl Fn(&str)) {
    let at_once = || {
        thread::scope(|scope| (0..4).for_each(|_| drop(scope.spawn(|| open().migrate().unwrap()))));
    };
    at_once();
    let store = open();
    furnish(&store);
    let before = store.snapshot().unwrap();
    at_once();
    assert_eq!(store.snapshot().unwrap(), before);
    run("UPDATE tenantry_store SET version = 2");
    let refused = store.migrate().unwrap_err();
    assert_eq!(refused.to_string(), "the tables are of version 2, this release serves version 1");
}

#[test]
fn what_is_no_store_is_refused() {
    let memory = SqliteStore::open(":memory:", Options::default()).unwrap_err();
    assert!(memory.to_string().contains("in memory, use `Tenantry`"), "{memory}");
    let wrong = || Options { policy: Policy::new().retention_days(100_000_u32), ..Options::default() };
    assert!(SqliteStore::open("nowhere", wrong()).unwrap_err().rejection().is_some());
    assert!(PostgresStore::connect("host=nowhere", wrong()).unwrap_err().rejection().is_some());
    let folder = Folder::new();
    let no_tables = folder.store().acting_as(at(HOST, START).actor).allows("user", "pack", "a__b", Timestamp::MIN);
    assert!(matches!(no_tables, Err(Error::Database(_))), "{no_tables:?}");
}

#[test]
fn connections_that_the_server_has_cut_are_replaced() {
    let Some(database) = schema() else { return };
    let name = format!("cut_{}", std::process::id());
    let store = postgresql(&format!("{database} application_name={name}"));
    store.migrate().unwrap();
    furnish(&store);
    let cut = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '{name}'");
    for number in 0..3 {
        // Several that are idle.
        thread::scope(|scope| (0..4).for_each(|_| drop(scope.spawn(|| events(&store)))));
        postgres::Client::connect(&database, postgres::NoTls).unwrap().batch_execute(&cut).unwrap();
        create(&store, START, &format!("user_{number}"));
    }
}

const PERSONAL: [&str; 6] =
    ["user_secret_1", "alice@acme.example", "Alice Chen", "emea_secret", "U-external-1", "she told us why"];

/// The life of a user up to its deletion, with rows and events that grow: the user, and what it was given ids for.
fn life(store: &SqliteStore, number: usize) -> (String, Vec<String>) {
    let [origin, email, name, grouping, external, reason] = PERSONAL;
    let run = |line: &str| accepted(store, HOST, START, line);
    let create = format!(
        r#"{{"command": "create_registered_user", "origin_user_id": "{origin} {number}", "origin_user_email": "{email}"}}"#
    );
    let user = text(&run(&create), "registered_user_id");
    let own = format!(r#""registered_user_id": "{user}""#);
    for key in 0..5 {
        let (name, grouping) = (name.repeat(9), grouping.repeat(12));
        let patch = format!(r#"{{"origin_user_name": "{name}", "custom_groupings": {{"key {key}": "{grouping}"}}}}"#);
        run(&format!(r#"{{"command": "update_registered_user", {own}, "patch": {patch}}}"#));
    }
    let failed = text(&run(&format!(r#"{{"command": "start_link", {own}, "connector": "slack"}}"#)), "link_session_id");
    run(&format!(r#"{{"command": "fail_link", "link_session_id": "{failed}", "reason": "{reason}"}}"#));
    let linked = link(store, START, &user, "support", &format!(r#", "external_account_id": "{external}""#));
    for held in [true, false] {
        run(&format!(r#"{{"command": "set_retention_hold", {own}, "held": {held}, "reason": "{reason}"}}"#));
    }
    let call =
        format!(r#"{{"command": "start_tool_call", {own}, "tool_pack_id": "support", "tool": "slack__post_message"}}"#);
    let call = text(&run(&call), "tool_call_id");
    accepted(store, HOST, START + DAY, &format!(r#"{{"command": "delete_registered_user", {own}}}"#));
    (user, vec![failed, linked, call])
}

#[test]
fn ru_12_13_what_is_erased_is_nowhere_in_the_files() {
    let folder = Folder::new();
    let store = folder.store();
    store.migrate().unwrap();
    furnish(&store);
    // Many, so that pages split, move and are freed.
    let lives: Vec<_> = (0..6).map(|number| life(&store, number)).collect();
    // Only the outbox still names an account at a third party: that of the grant to be revoked there (CR-7).
    let kept: Vec<_> = PERSONAL.into_iter().filter(|text| folder.holds(text)).collect();
    assert_eq!(kept, [PERSONAL[4]]);
    assert!(events(&store).iter().all(|event| !event.contains(PERSONAL[4])));
    store.sweep(Timestamp::from_millis(START + 92 * DAY).unwrap()).unwrap();
    let things = lives.iter().flat_map(|(_, things)| things).map(String::as_str);
    for text in PERSONAL.into_iter().chain(things) {
        assert!(!folder.holds(text), "{text}");
    }
    let purged = events(&store).iter().filter(|event| event.contains("registered_user_purged")).count();
    assert_eq!(purged, lives.len());
    assert!(lives.iter().all(|(user, _)| folder.holds(user)), "the record of the purge names the user");
}

#[test]
fn an_actor_without_a_place_is_a_mistake_of_the_program() {
    let folder = Folder::new();
    let store = folder.store();
    store.migrate().unwrap();
    let nowhere = store.acting_as(Actor::System { organization_id: None, environment: None });
    assert!(matches!(nowhere.allows("user", "pack", "a__b", Timestamp::MIN), Err(Error::Usage(_))));
}
