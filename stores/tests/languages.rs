//! A service in Python and a worker in Rust share one database: what one has written, the other reads and continues.
#![expect(clippy::unwrap_used, reason = "a test that panics has failed, which is its purpose")]

mod support;

use std::io::{BufRead, BufReader, Lines, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::thread;
use std::time::Duration;
use support::{DAY, Folder, HOST, START, SYSTEM, accepted, at, furnish, postgresql, schema, text};
use tenantry::json::{Value, to_canonical};
use tenantry::{Options, Query, Tenantry, Timestamp, ToolCall};
use tenantry_store::{Database, Store, StoredEvent};

/// Answers calls of a store's or a handle's methods, one a line.
const SERVICE: &str = r#"
import json, sys
from tenantry.stores import SqliteStore
from tenantry.stores.postgresql import PostgresStore
kind, address = sys.argv[1:]
store = {"SQLite": SqliteStore, "PostgreSQL": PostgresStore}[kind](address)
for line in sys.stdin:
    actor, method, fields = json.loads(line)
    answer = getattr(store.acting_as(actor) if actor else store, method)(**fields)
    answer = answer.decode() if isinstance(answer, bytes) else answer
    print(json.dumps(answer, default=lambda decision: decision.to_dict()), flush=True)
"#;

struct Service {
    child: Child,
    input: ChildStdin,
    output: Lines<BufReader<ChildStdout>>,
}

impl Service {
    fn new(kind: &str, address: &str) -> Self {
        let mut python = Command::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../target/venv/bin/python"));
        python.args(["-c", SERVICE, kind, address]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = python.spawn().unwrap();
        let (input, output) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        Service { child, input, output: BufReader::new(output).lines() }
    }

    fn call(&mut self, actor: &str, method: &str, fields: &str) -> Value<'static> {
        writeln!(self.input, r#"[{actor}, "{method}", {fields}]"#).unwrap();
        self.output.next().unwrap().unwrap().parse().unwrap()
    }

    fn store(&mut self, method: &str) -> Value<'static> {
        self.call("null", method, "{}")
    }

    fn acme(&mut self, method: &str, fields: &str) -> Value<'static> {
        self.call(HOST, method, &format!("{{{fields}, \"now\": {START}}}"))
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn share<D: Database>(rust: &Store<D>, python: &mut Service) {
    python.store("migrate");
    rust.migrate().unwrap(); // It finds the tables.
    furnish(rust);
    let run = |line: &str| accepted(rust, HOST, START, line);

    // Python creates a user and starts to link; Rust finds the one and completes the other.
    let fields = r#""origin_user_id": "user'1\\ 😀", "shared_credential_group":
        {"origin_company_id": "größe\u2028", "origin_company_name": "A \"quoted\" one"}"#
        .replace('\n', "");
    let user = text(&python.acme("create_registered_user", &fields), "registered_user_id");
    let again = run(&format!(r#"{{"command": "create_registered_user", {fields}}}"#));
    assert_eq!((text(&again, "registered_user_id"), again.get("created")), (user.clone(), Some(&Value::Bool(false))));
    let own = format!(r#""registered_user_id": "{user}""#);
    let session = text(&python.acme("start_link", &format!(r#"{own}, "connector": "slack""#)), "link_session_id");
    run(&format!(r#"{{"command": "complete_link", "link_session_id": "{session}", "external_account_id": "U-1"}}"#));

    // Both decide alike, at any instant; a call that one has started, the other finishes.
    let call = format!(r#"{own}, "tool_pack_id": "support", "tool": "slack__post_message""#);
    for now in [START, START + 100 * DAY] {
        let asked = format!(r#"{{"call": {{{call}}}, "context": {{"now": {now}}}}}"#);
        let asked = python.call(HOST, "authorize", &asked);
        let decision = ToolCall::from_json(format!("{{{call}}}").as_str()).unwrap();
        let decision = rust.authorize(&decision, &at(HOST, now)).unwrap();
        assert_eq!(to_canonical(&decision), asked.to_string());
    }
    let started = text(&run(&format!(r#"{{"command": "start_tool_call", {call}}}"#)), "tool_call_id");
    python.acme("finish_tool_call", &format!(r#"{own}, "tool_call_id": "{started}", "result": "completed""#));
    let listed = Query::from_json(r#"{"query": "list_registered_users"}"#).unwrap();
    let listed = to_canonical(&rust.query(&listed, &at(HOST, START)).unwrap());
    assert_eq!(python.acme("list_registered_users", r#""limit": 50"#).to_string(), listed);

    // One outbox, one sequence of positions: what Rust's worker takes, Python's does not.
    python.acme("delete_registered_user", &own);
    let taken = rust.take_effects(10, Duration::from_secs(600)).unwrap();
    assert_eq!((taken.len(), python.store("take_effects").to_string()), (1, "[]".to_owned()));
    taken.iter().for_each(|one| rust.effect_done(one.number).unwrap());
    assert_whole(rust, python);

    // What Python's command was to erase, and what Rust's sweep is to, is gone for both.
    assert!(events(rust).iter().all(|stored| !stored.event.to_json().contains("U-1")));
    let later = START + 100 * DAY;
    assert_eq!(rust.sweep(Timestamp::from_millis(later).unwrap()).unwrap(), 1);
    let left = events(rust).iter().filter(|stored| stored.event.to_json().contains(&user)).count();
    assert_eq!(left, 1, "the record of the purge");
    assert_whole(rust, python);

    // The other way: Rust creates and links, Python deletes, takes the effect, and sweeps.
    let user = support::create(rust, START, "user_2");
    support::link(rust, START, &user, "support", r#", "external_account_id": "U-2""#);
    python.acme("delete_registered_user", &format!(r#""registered_user_id": "{user}""#));
    assert!(events(rust).iter().all(|stored| !stored.event.to_json().contains("U-2")));
    assert!(python.store("take_effects").to_string().contains("U-2"));
    assert_eq!(rust.take_effects(10, Duration::ZERO).unwrap(), [], "Python's worker has it for a minute");
    assert_eq!(python.call("null", "sweep", &format!(r#"{{"now": {later}}}"#)).to_string(), "1");
    assert_whole(rust, python);
}

fn events<D: Database>(store: &Store<D>) -> Vec<StoredEvent> {
    store.events_after(0, 10_000).unwrap()
}

/// Both see the same events and the same rows, and what the events give is what the rows say.
fn assert_whole<D: Database>(rust: &Store<D>, python: &mut Service) {
    let stored = events(rust);
    let pair = |stored: &StoredEvent| format!("[{},{}]", stored.position, stored.event.to_json());
    let pairs: Vec<String> = stored.iter().map(pair).collect();
    assert_eq!(python.store("events").to_string(), format!("[{}]", pairs.join(",")));
    let due = rust.next_due().unwrap().map_or(Value::Null, |due| Value::Int(due.millis()));
    assert_eq!(python.store("next_due"), due);
    let snapshot = rust.snapshot().unwrap();
    assert_eq!(python.store("snapshot").as_str(), Some(snapshot.as_str()));
    let journal: Vec<_> = stored.into_iter().map(|stored| stored.event).collect();
    assert_eq!(Tenantry::fold(&journal, Options::default()).unwrap().snapshot(), snapshot);
}

/// Both write at the same time: they take each other's locks.
fn together<D: Database>(rust: &Store<D>, python: &mut Service) {
    let group = r#""shared_credential_group": {"origin_company_id": "globex"}"#;
    thread::scope(|scope| {
        scope.spawn(|| {
            for number in 0..20 {
                python.acme("create_registered_user", &format!(r#""origin_user_id": "python {number}", {group}"#));
            }
        });
        for number in 0..20 {
            let create =
                format!(r#"{{"command": "create_registered_user", "origin_user_id": "rust {number}", {group}}}"#);
            accepted(rust, HOST, START, &create);
        }
    });
    let companies = Query::from_json(r#"{"query": "list_companies"}"#).unwrap();
    let companies = to_canonical(&rust.query(&companies, &at(HOST, START)).unwrap());
    assert!(companies.contains(r#""members":40,"origin_company_id":"globex""#), "{companies}");
    accepted(rust, SYSTEM, START, r#"{"command": "advance_time"}"#);
    assert_whole(rust, python);
}

#[test]
#[ignore = "it needs the wheel: `make test-python` runs it"]
fn sqlite_is_shared_by_python_and_rust() {
    let folder = Folder::new();
    let mut python = Service::new("SQLite", folder.path().to_str().unwrap());
    share(&folder.store(), &mut python);
    together(&folder.store(), &mut python);
}

#[test]
#[ignore = "it needs the wheel: `make test-python` runs it"]
fn postgresql_is_shared_by_python_and_rust() {
    let Some(database) = schema() else { return };
    let mut python = Service::new("PostgreSQL", &database);
    share(&postgresql(&database), &mut python);
    together(&postgresql(&database), &mut python);
}
