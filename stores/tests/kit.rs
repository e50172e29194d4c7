//! The kit that tries stores: these hold, and stores with a part taken out do not.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that panics has failed, which is its purpose")]

mod support;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;
use support::{Folder, postgresql, schema};
use tenantry_store::testing::{Trial, check_store};

const TRIAL: Trial = Trial { rounds: 3, writers: 8, history: Duration::from_secs(2) };

#[test]
fn sqlite_holds() {
    let folder = Folder::new();
    folder.store().migrate().unwrap();
    check_store(|| Ok(folder.store()), TRIAL).unwrap();
}

/// Makes the tables with some of the script replaced, and tries the store on them.
fn check_altered(trial: Trial, alterations: &[(&str, &str)]) {
    let Some(database) = schema() else { return };
    let mut script = include_str!("../schema/postgresql.sql").to_owned();
    for (old, new) in alterations {
        assert!(script.contains(old), "{old}");
        script = script.replace(old, new);
    }
    postgres::Client::connect(&database, postgres::NoTls).unwrap().batch_execute(&script).unwrap();
    check_store(|| Ok(postgresql(&database).with_max_connections(2)), trial).unwrap();
}

#[test]
fn postgresql_holds_however_slow_it_is() {
    // Time for others between the look at the guards and the writing.
    let slow = ("    -- Compare and set", "    PERFORM pg_sleep(0.003);\n    -- Compare and set");
    check_altered(TRIAL, &[slow]);
    check_altered(TRIAL, &[]);
}

fn check_found(trial: Trial, alterations: &[(&str, &str)], found: &str) {
    if schema().is_none() {
        return;
    }
    let ended = catch_unwind(AssertUnwindSafe(|| check_altered(trial, alterations))).expect_err("it was not found");
    let message = ended.downcast_ref::<String>().map(String::as_str);
    let message = message.or_else(|| ended.downcast_ref::<&str>().copied()).unwrap_or_default();
    assert!(message.contains(found), "{message}");
}

#[test]
fn the_kit_finds_commands_without_guards() {
    let guards = ("present.revision IS DISTINCT FROM guard.revision", "false");
    check_found(TRIAL, &[guards], "the environments that have one `origin_user_id`");
}

#[test]
fn the_kit_finds_positions_from_a_sequence() {
    let given = "(stream_kind, stream_id, sequence, name, acting_user, linked_by, event)\n    SELECT";
    let with = "(stream_kind, stream_id, sequence, name, acting_user, linked_by, event, position)\n    SELECT";
    let alterations = [
        // Some commits take longer than others.
        ("    RETURN true", "    PERFORM pg_sleep(random() / 50);\n    RETURN true"),
        (given, with),
        ("linked_by, event\n    FROM ROWS", "linked_by, event, nextval('tenantry_events_number_seq')\n    FROM ROWS"),
    ];
    let found = "whoever followed the events has missed some";
    check_found(Trial { rounds: 0, ..TRIAL }, &alterations, found);
}
