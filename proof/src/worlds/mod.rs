//! The small worlds, as data: how each is set up, and the moves that may be made in any order from there.

mod access;
mod platform;
mod users;

use serde_json::{Value, json};
use tenantry::Policy;
use tenantry_tests::actors::{host, of, system};
use tenantry_tests::{ACME, OTHER};

/// A world that is small enough to visit all of it.
pub struct World {
    /// What it is called.
    pub name: &'static str,
    /// What it is about.
    pub about: &'static str,
    /// How it is set up: moves that are accepted, in this order.
    pub setup: Vec<Move>,
    /// What may be done, in any order.
    pub moves: Vec<Move>,
    /// Secrets that its moves bring.
    pub secrets: Vec<&'static str>,
    /// How many steps deep it is visited by `make test`, and how many states there are so far.
    pub quick: (usize, usize),
    /// The same for `make prove`.
    pub deep: (usize, usize),
}

/// Something that can be done. `$name` stands for an id that an earlier move has saved.
pub struct Move {
    /// What it is called.
    pub name: &'static str,
    /// Who does it.
    pub actor: Value,
    /// What is asked.
    pub ask: Ask,
    /// The name for an id of the outcome, and where it is.
    pub saves: Option<(&'static str, &'static str)>,
}

/// What is asked of the core.
pub enum Ask {
    /// A command.
    Execute(Value),
    /// Nothing: so many seconds pass.
    Pass(u64),
    /// A decision.
    Authorize(Value),
    /// A decision, explained.
    Explain(Value),
    /// A query.
    Query(Value),
}

impl Ask {
    /// What is sent.
    #[must_use]
    pub fn request(&self) -> &Value {
        match self {
            Ask::Execute(request) | Ask::Authorize(request) | Ask::Explain(request) | Ask::Query(request) => request,
            Ask::Pass(_) => &Value::Null,
        }
    }
}

/// The policy of all worlds: a month of retention, so that one step leads past it.
#[must_use]
pub fn policy() -> Policy {
    Policy::new().retention_days(30_u32)
}

/// All worlds.
#[must_use]
pub fn all() -> Vec<World> {
    vec![
        users::sharing(),
        users::deactivation(),
        users::deletion(),
        platform::environments(),
        platform::registration(),
        platform::members(),
        access::packs(),
        access::incident(),
        access::late_report(),
    ]
}

fn does(name: &'static str, actor: Value, command: Value) -> Move {
    Move { name, actor, ask: Ask::Execute(command), saves: None }
}

fn asks(name: &'static str, actor: Value, query: Value) -> Move {
    Move { name, actor, ask: Ask::Query(query), saves: None }
}

fn passes(name: &'static str, seconds: u64) -> Move {
    Move { name, actor: Value::Null, ask: Ask::Pass(seconds), saves: None }
}

fn sweeps() -> Move {
    does("what is due is swept", host(), json!({"command": "advance_time"}))
}

fn explains(name: &'static str, actor: Value, pack: &str, tool: &str) -> Move {
    Move { ask: Ask::Explain(call(pack, tool)), ..does(name, actor, Value::Null) }
}

fn authorizes(name: &'static str, actor: Value, pack: &str, tool: &str) -> Move {
    Move { ask: Ask::Authorize(call(pack, tool)), ..does(name, actor, Value::Null) }
}

fn call(pack: &str, tool: &str) -> Value {
    json!({"registered_user_id": "$alice", "tool_pack_id": pack, "tool": tool})
}

impl Move {
    fn saves(self, name: &'static str, pointer: &'static str) -> Self {
        Move { saves: Some((name, pointer)), ..self }
    }
}

/// The two organizations.
fn organizations() -> Vec<Move> {
    let create = |id: &str| json!({"command": "create_organization", "organization_id": id, "name": id});
    vec![does("Acme", host(), create(ACME)), does("another organization", of(host(), ACME), create(OTHER))]
}

fn connector(slug: &str) -> Move {
    does("a connector", system(), json!({"command": "put_connector", "connector": slug, "tools": ["post"]}))
}

fn pack(id: &str, connectors: Value) -> Move {
    let command = json!({"command": "put_tool_pack", "tool_pack_id": id, "name": id, "connectors": connectors});
    does("a tool pack", system(), command)
}

fn entry(connector: &str, scope: &str) -> Value {
    json!({"connector": connector, "auth_scope": scope})
}

fn create(origin: &str, name: &str, company: Option<&str>) -> Value {
    let group = company.map(|id| json!({"origin_company_id": id}));
    json!({
        "command": "create_registered_user", "origin_user_id": origin, "origin_user_name": name,
        "shared_credential_group": group,
    })
}

fn patch(id: &str, patch: Value) -> Value {
    json!({"command": "update_registered_user", "registered_user_id": id, "patch": patch})
}

fn start(user: &str, connector: &str, pack: Option<&str>) -> Value {
    json!({"command": "start_link", "registered_user_id": user, "connector": connector, "tool_pack_id": pack})
}

fn complete(session: &str) -> Value {
    json!({"command": "complete_link", "link_session_id": session})
}

fn starts(pack: &str, tool: &str) -> Value {
    json!({"command": "start_tool_call", "registered_user_id": "$alice", "tool_pack_id": pack, "tool": tool})
}

fn finishes() -> Value {
    json!({"command": "finish_tool_call", "registered_user_id": "$alice", "tool_call_id": "$call", "result": "completed"})
}

/// A link at this scope, set up.
fn linked(user: &str, connector: &str, pack: Option<&str>, account: &str) -> [Move; 2] {
    let complete = json!({"command": "complete_link", "link_session_id": "$session", "external_account_id": account});
    [
        does("a link starts", system(), start(user, connector, pack)).saves("session", "/response/link_session_id"),
        does("it completes", system(), complete),
    ]
}
