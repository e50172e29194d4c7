//! Databases of the tests' own, and requests as JSON.
#![allow(dead_code, reason = "each test takes what it needs")]

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use tenantry::json::{Value, to_canonical};
use tenantry::{CommandResponse, Context, Entropy, Options, Outcome, Policy, Timestamp};
use tenantry_store::{Database, Error, PostgresStore, SqliteStore, Store};

pub const SYSTEM: &str = r#"{"type": "system"}"#;
pub const HOST: &str = r#"{"type": "system", "organization_id": "org_demo", "environment": "test"}"#;
pub const DAY: i64 = 86_400_000;
pub const START: i64 = 1_000_000_000_000;

static DRAWN: AtomicUsize = AtomicUsize::new(1);

/// A folder that goes with the test; in memory, where there is such a folder: a disk is waited for at every commit.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Self {
        let memory = PathBuf::from("/dev/shm");
        let parent = if memory.is_dir() { memory } else { env!("CARGO_TARGET_TMPDIR").into() };
        let number = DRAWN.fetch_add(1, Ordering::SeqCst);
        let folder = parent.join(format!("tenantry-store-{}-{number}", std::process::id()));
        std::fs::create_dir(&folder).unwrap();
        Folder(folder)
    }

    pub fn path(&self) -> PathBuf {
        self.0.join("tenantry.sqlite")
    }

    pub fn store(&self) -> SqliteStore {
        SqliteStore::open(self.path(), Options::default()).unwrap()
    }

    /// Whether a text is in any file of the database, as it is while others have it open.
    pub fn holds(&self, text: &str) -> bool {
        let files = std::fs::read_dir(&self.0).unwrap();
        let mut files = files.map(|file| std::fs::read(file.unwrap().path()).unwrap());
        files.any(|file| file.windows(text.len()).any(|window| window == text.as_bytes()))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The address of a server that ends with this process: with the other end of its input.
fn server() -> Option<&'static str> {
    static SERVER: OnceLock<Option<(Child, String)>> = OnceLock::new();
    let start = || {
        let program = concat!(env!("CARGO_MANIFEST_DIR"), "/../bindings-python/tests/postgres.py");
        let mut server =
            Command::new("python3").arg(program).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().ok()?;
        let address = BufReader::new(server.stdout.take()?).lines().next()?.ok()?;
        Some((server, address))
    };
    SERVER.get_or_init(start).as_ref().map(|(_, address)| address.as_str())
}

/// A connection string for an empty schema of its own. Without a server the tests on it are left out, but not in CI.
pub fn schema() -> Option<String> {
    let Some(server) = server() else {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "no PostgreSQL to test with");
        eprintln!("no PostgreSQL to test with");
        return None;
    };
    let name = format!("rust_{}_{}", std::process::id(), DRAWN.fetch_add(1, Ordering::SeqCst));
    let mut client = postgres::Client::connect(server, postgres::NoTls).unwrap();
    client.batch_execute(&format!("CREATE SCHEMA {name}")).unwrap();
    Some(format!("{server} options='-c search_path={name}'"))
}

pub fn postgresql(database: &str) -> PostgresStore {
    PostgresStore::connect(database, Options::default()).unwrap()
}

/// A context at an instant, with entropy of its own.
pub fn at(actor: &str, now: i64) -> Context {
    let actor = actor.parse::<Value<'_>>().unwrap();
    let actor = tenantry::Actor::from_json(&actor).unwrap();
    let entropy = Entropy::new((DRAWN.fetch_add(1, Ordering::SeqCst) as u128).to_be_bytes());
    Context { now: Timestamp::from_millis(now).unwrap(), actor, entropy: Some(entropy) }
}

pub fn command(text: &str) -> tenantry::Command {
    tenantry::Command::from_json(text, &Policy::default()).unwrap()
}

pub fn execute<D: Database>(
    store: &Store<D>,
    actor: &str,
    now: i64,
    text: &str,
) -> Result<Outcome<CommandResponse>, Error> {
    store.execute(&command(text), &at(actor, now))
}

/// What a command answers that is accepted.
#[track_caller]
pub fn accepted<D: Database>(store: &Store<D>, actor: &str, now: i64, text: &str) -> Value<'static> {
    to_canonical(&execute(store, actor, now, text).unwrap().response).parse().unwrap()
}

/// A text in an answer.
#[track_caller]
pub fn text(answer: &Value<'_>, name: &str) -> String {
    answer.get(name).and_then(Value::as_str).unwrap().to_owned()
}

/// The organization, a connector, and packs that ask for users' own credentials and their companies'.
pub fn furnish<D: Database>(store: &Store<D>) {
    let create = r#"{"command": "create_organization", "organization_id": "org_demo", "name": "Demo"}"#;
    accepted(store, SYSTEM, START, create);
    let connector = r#"{"command": "put_connector", "connector": "slack", "tools": ["post_message"]}"#;
    accepted(store, HOST, START, connector);
    for (pack, scope) in [("support", "INDIVIDUAL"), ("shared", "SHARED")] {
        let pack = format!(
            r#"{{"command": "put_tool_pack", "tool_pack_id": "{pack}", "name": "S",
                "connectors": [{{"connector": "slack", "auth_scope": "{scope}"}}]}}"#
        );
        accepted(store, HOST, START, &pack);
    }
}

/// Creates a user of a company; its id.
pub fn create<D: Database>(store: &Store<D>, now: i64, origin_user_id: &str) -> String {
    let group = r#"{"origin_company_id": "acme"}"#;
    let create = format!(
        r#"{{"command": "create_registered_user", "origin_user_id": "{origin_user_id}", "shared_credential_group": {group}}}"#
    );
    text(&accepted(store, HOST, now, &create), "registered_user_id")
}

/// Links a user's connector; the session's id.
pub fn link<D: Database>(store: &Store<D>, now: i64, user: &str, pack: &str, complete: &str) -> String {
    let start = format!(
        r#"{{"command": "start_link", "registered_user_id": "{user}", "connector": "slack", "tool_pack_id": "{pack}"}}"#
    );
    let session = text(&accepted(store, HOST, now, &start), "link_session_id");
    accepted(store, HOST, now, &format!(r#"{{"command": "complete_link", "link_session_id": "{session}"{complete}}}"#));
    session
}

pub fn delete<D: Database>(store: &Store<D>, now: i64, user: &str) {
    accepted(store, HOST, now, &format!(r#"{{"command": "delete_registered_user", "registered_user_id": "{user}"}}"#));
}

/// All events, as JSON.
pub fn events<D: Database>(store: &Store<D>) -> Vec<String> {
    store.events_after(0, 10_000).unwrap().iter().map(|stored| stored.event.to_json()).collect()
}
