//! `tenantry inspect`: what is in a snapshot.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use tenantry::json::{Value, to_canonical};
use tenantry::wire::{self, HostContext, Input};
use tenantry::{Actor, Environment, OriginCompanyId, Timestamp};

use crate::console::{Console, Failure, PLAIN, TITLE, columns};
use crate::world::{Conditions, Place, World, list, text, user_name};

/// Show what is in a snapshot: counts, what is due next, the users of a company
#[derive(Args, Debug)]
#[command(after_help = "Example: tenantry inspect world.snapshot.json --company globex")]
pub(crate) struct Inspect {
    /// The state; `-` is the standard input
    #[arg(value_name = "SNAPSHOT")]
    snapshot: PathBuf,
    /// List the users of this company, by your own id
    #[arg(long, value_name = "ID")]
    company: Option<OriginCompanyId>,
    #[command(flatten)]
    conditions: Conditions,
    /// Print canonical JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Inspection<'w> {
    /// Those of the platform itself, of no organization.
    accounts: usize,
    organizations: Vec<Organization<'w>>,
    next_due_at: Option<Timestamp>,
    due: Vec<Due>,
    #[serde(skip_serializing_if = "Option::is_none")]
    users: Option<Vec<User>>,
}

/// How many there are of what belongs to an organization as a whole, and to its environments.
#[derive(Serialize)]
struct Organization<'w> {
    organization_id: &'w str,
    name: &'w str,
    connectors: usize,
    tool_packs: usize,
    groups: usize,
    accounts: usize,
    registration_tokens: usize,
    environments: BTreeMap<&'static str, Counts>,
}

/// Users by their status, and credentials by theirs at the instant.
#[derive(Serialize)]
struct Counts {
    companies: usize,
    registered_users: BTreeMap<String, usize>,
    credentials: BTreeMap<String, usize>,
}

/// What `advance_time` would write first.
#[derive(Serialize)]
struct Due {
    event: String,
    stream: String,
    id: String,
    connector: Option<String>,
}

#[derive(Serialize)]
struct User {
    organization_id: String,
    environment: Environment,
    origin_user_id: String,
    status: String,
    registered_user_id: String,
}

impl Inspect {
    pub(crate) fn run(&self, console: &mut Console<'_>) -> Result<u8, Failure> {
        let now = self.conditions.now(console)?;
        let world = self.conditions.open(console, &self.snapshot)?;
        let accounts = world.table("accounts").iter().filter(|row| text(row, "/organization_id").is_none());
        let found = Inspection {
            accounts: accounts.count(),
            organizations: world.table("organizations").iter().map(|row| organization(&world, row, now)).collect(),
            next_due_at: world.tenantry.next_due(),
            due: due(&world),
            users: self.company.as_ref().map(|company| users(&world, company, now)),
        };
        if self.json {
            console.raw(&format!("{}\n", to_canonical(&found)))?;
        } else {
            print(console, &found)?;
        }
        Ok(0)
    }
}

fn organization<'w>(world: &'w World, row: &'w Value<'static>, now: Timestamp) -> Organization<'w> {
    let organization_id = text(row, "/organization_id").unwrap_or_default();
    let count =
        |table| world.table(table).iter().filter(|row| text(row, "/organization_id") == Some(organization_id)).count();
    let places = organization_id.parse().map(|id| world.places(Some(&id), None)).unwrap_or_default();
    Organization {
        organization_id,
        name: text(row, "/name").unwrap_or_default(),
        connectors: count("connectors"),
        tool_packs: count("tool_packs"),
        groups: count("groups"),
        accounts: count("accounts"),
        registration_tokens: count("registration_tokens"),
        environments: places.iter().map(|place| (place.environment.as_str(), counts(world, place, now))).collect(),
    }
}

fn counts(world: &World, place: &Place, now: Timestamp) -> Counts {
    let users = world.table("registered_users").iter().filter(|row| place.has(row));
    let credentials = world.list(place, now, &[("query", "list_credentials")]);
    Counts {
        companies: world.table("companies").iter().filter(|row| place.has(row)).count(),
        registered_users: tally(users.map(|row| text(row, "/life/present/status").unwrap_or("deleted"))),
        credentials: tally(credentials.iter().filter_map(|credential| text(credential, "/status"))),
    }
}

fn tally<'v>(words: impl Iterator<Item = &'v str>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    words.for_each(|word| *counts.entry(word.to_owned()).or_default() += 1);
    counts
}

/// The events of the first instant at which something is due.
fn due(world: &World) -> Vec<Due> {
    let Some(at) = world.tenantry.next_due() else { return Vec::new() };
    let host = Actor::System { organization_id: None, environment: None };
    let context = HostContext { given: Input::from("{}"), actor: Some(&host), now: Some(at), entropy: Some([0; 16]) };
    let outcome = wire::preview(&world.tenantry, r#"{"command": "advance_time"}"#, context).unwrap_or_default();
    let outcome: Value<'static> = outcome.parse().unwrap_or_default();
    let due = |event: &Value<'_>| {
        let stream = text(event, "/stream/id").unwrap_or_default();
        let row = world.table("registered_users").iter().find(|row| text(row, "/registered_user_id") == Some(stream));
        Due {
            event: text(event, "/event").unwrap_or_default().to_owned(),
            stream: text(event, "/stream/kind").unwrap_or_default().to_owned(),
            id: row.map_or(stream, user_name).to_owned(),
            connector: text(event, "/connector").map(str::to_owned),
        }
    };
    list(outcome.get("events")).iter().map(due).collect()
}

fn users(world: &World, company: &OriginCompanyId, now: Timestamp) -> Vec<User> {
    let query = [("query", "list_registered_users"), ("origin_company_id", company.as_str())];
    let users = world.places(None, None).into_iter().flat_map(|place| {
        let users = world.list(&place, now, &query);
        users.into_iter().map(move |user| {
            let field = |pointer| text(&user, pointer).unwrap_or_default().to_owned();
            User {
                organization_id: place.organization_id.as_str().to_owned(),
                environment: place.environment,
                origin_user_id: field("/origin_user_id"),
                status: field("/status"),
                registered_user_id: field("/registered_user_id"),
            }
        })
    });
    users.collect()
}

fn print(console: &mut Console<'_>, found: &Inspection<'_>) -> Result<(), Failure> {
    for one in &found.organizations {
        console.line(&[(TITLE, one.organization_id), (PLAIN, &format!(" ({})", one.name))])?;
        let whole = [
            (one.connectors, "connector"),
            (one.tool_packs, "tool pack"),
            (one.groups, "group"),
            (one.accounts, "account"),
            (one.registration_tokens, "registration token"),
        ];
        console.line(&[(PLAIN, &format!("  {}", whole.map(|(count, noun)| counted(count, noun)).join(", ")))])?;
        for (environment, counts) in &one.environments {
            let parts = [
                by_status(&counts.registered_users, "user"),
                counted(counts.companies, "company"),
                by_status(&counts.credentials, "credential"),
            ];
            console.line(&[(PLAIN, &format!("  {environment}: {}", parts.join(", ")))])?;
        }
    }
    if found.accounts > 0 {
        console.line(&[(TITLE, "the platform"), (PLAIN, &format!(": {}", counted(found.accounts, "account")))])?;
    }
    match found.next_due_at {
        None => console.line(&[(PLAIN, "nothing is due")])?,
        Some(at) => console.line(&[(TITLE, "due next"), (PLAIN, &format!(" at {at}"))])?,
    }
    for due in &found.due {
        let connector = due.connector.as_deref().map(|connector| format!(" {connector}")).unwrap_or_default();
        console
            .line(&[(PLAIN, &format!("  {}{connector}: {} {}", due.event, due.stream.replace('_', " "), due.id))])?;
    }
    let Some(users) = &found.users else { return Ok(()) };
    let none = if users.is_empty() { ": none" } else { "" };
    console.line(&[(TITLE, "users of the company"), (PLAIN, none)])?;
    let rows = users.iter().map(|user| {
        let place = format!("  {}/{}", user.organization_id, user.environment);
        vec![place, user.origin_user_id.clone(), user.status.clone(), user.registered_user_id.clone()]
    });
    columns(&rows.collect::<Vec<_>>()).iter().try_for_each(|line| console.line(&[(PLAIN, line)]))
}

/// `3 users (2 active, 1 inactive)`.
fn by_status(counts: &BTreeMap<String, usize>, noun: &str) -> String {
    let parts: Vec<String> = counts.iter().map(|(status, count)| format!("{count} {status}")).collect();
    let all = counted(counts.values().sum(), noun);
    if parts.is_empty() { all } else { format!("{all} ({})", parts.join(", ")) }
}

fn counted(count: usize, noun: &str) -> String {
    match (count, noun.strip_suffix('y')) {
        (1, _) => format!("1 {noun}"),
        (_, Some(stem)) => format!("{count} {stem}ies"),
        (_, None) => format!("{count} {noun}s"),
    }
}
