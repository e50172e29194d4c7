//! Snapshots: the worlds that commands look into.

use std::path::{Path, PathBuf};

use clap::Args;
use tenantry::json::{Value, parse_document};
use tenantry::wire::{self, HostContext, Input};
use tenantry::{Actor, Environment, Error, Options, OrganizationId, Policy, Tenantry, Timestamp};

use crate::console::{Console, Failure};
use crate::file;

/// Under which conditions a snapshot is looked at.
#[derive(Args, Debug)]
pub(crate) struct Conditions {
    /// The instant to look at, such as 2026-01-31T10:00:00Z [default: now]
    #[arg(long, value_name = "INSTANT")]
    now: Option<Timestamp>,
    /// The world's policy, as JSON: it is not in a snapshot [default: the default policy]
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
}

impl Conditions {
    pub(crate) fn now(&self, console: &Console<'_>) -> Result<Timestamp, Failure> {
        let clock = || Timestamp::from_millis(console.host.now());
        self.now.or_else(clock).ok_or_else(|| Failure::impossible("the clock stands outside the years 0001-9999"))
    }

    /// The world of a snapshot.
    pub(crate) fn open(&self, console: &mut Console<'_>, snapshot: &Path) -> Result<World, Failure> {
        let policy = policy(console, self.policy.as_deref())?;
        let text = file::text(console, snapshot)?;
        let options = Options { policy, ..Options::default() };
        let restored = Tenantry::restore(&text, options);
        let tenantry = restored.map_err(|rejection| file::invalid(snapshot, &rejection))?;
        let rows =
            tenantry.snapshot().parse().map_err(|fault| impossible(&Error::from(tenantry::Rejection::from(fault))))?;
        Ok(World { tenantry, rows })
    }
}

/// The policy of a file, or the default.
pub(crate) fn policy(console: &mut Console<'_>, file: Option<&Path>) -> Result<Policy, Failure> {
    let Some(file) = file else { return Ok(Policy::default()) };
    let given = file::json(console, file)?;
    Policy::from_json(&given).map_err(|rejection| file::invalid(file, &rejection))
}

/// A world, and its rows as a snapshot of the present format has them.
pub(crate) struct World {
    pub(crate) tenantry: Tenantry,
    rows: Value<'static>,
}

/// Where users live.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) organization_id: OrganizationId,
    pub(crate) environment: Environment,
}

impl World {
    /// The rows of a table.
    pub(crate) fn table(&self, name: &str) -> &[Value<'static>] {
        list(self.rows.get(name))
    }

    /// All places, or those of an organization or an environment.
    pub(crate) fn places(&self, organization: Option<&OrganizationId>, environment: Option<Environment>) -> Vec<Place> {
        let ids = self.table("organizations").iter().filter_map(|row| text(row, "/organization_id")?.parse().ok());
        let wanted = ids.filter(|id| organization.is_none_or(|only| only == id));
        let places = wanted.flat_map(|organization_id: OrganizationId| {
            let place = move |environment| Place { organization_id: organization_id.clone(), environment };
            Environment::ALL.iter().copied().map(place)
        });
        places.filter(|place| environment.is_none_or(|only| only == place.environment)).collect()
    }

    /// All items of a list, page by page; none where it is refused, as for a user who is not there.
    pub(crate) fn list(&self, place: &Place, now: Timestamp, query: &[(&str, &str)]) -> Vec<Value<'static>> {
        let (mut items, mut after) = (Vec::new(), None::<String>);
        loop {
            let mut members = query.to_vec();
            members.extend(after.as_deref().map(|after| ("after", after)));
            let Some(page) = self.query(place, now, &members) else { return items };
            items.extend_from_slice(list(page.get("items")));
            after = page.get("next").and_then(Value::as_str).map(str::to_owned);
            if after.is_none() {
                return items;
            }
        }
    }

    /// What a query answers, if it is not refused.
    pub(crate) fn query(&self, place: &Place, now: Timestamp, members: &[(&str, &str)]) -> Option<Value<'static>> {
        let query = object(members);
        let actor = place.host();
        let context = HostContext { given: Input::from("{}"), actor: Some(&actor), now: Some(now), entropy: None };
        let answer = wire::query(&self.tenantry, &query, context).ok()?;
        parse_document(&answer).map(Value::into_owned).ok()
    }
}

impl Place {
    /// The trusted host in this place.
    pub(crate) fn host(&self) -> Actor {
        Actor::System { organization_id: Some(self.organization_id.clone()), environment: Some(self.environment) }
    }

    pub(crate) fn name(&self) -> String {
        format!("{}/{}", self.organization_id.as_str(), self.environment)
    }

    /// Whether a row is of this place.
    pub(crate) fn has(&self, row: &Value<'_>) -> bool {
        text(row, "/organization_id") == Some(self.organization_id.as_str())
            && text(row, "/environment") == Some(self.environment.as_str())
    }
}

/// An object whose members are texts.
fn object<'a>(members: &[(&'a str, &'a str)]) -> Value<'a> {
    Value::Object(members.iter().map(|(name, text)| ((*name).into(), Value::from(*text))).collect())
}

/// The items of a list; none where it is no list.
pub(crate) fn list<'v>(value: Option<&'v Value<'static>>) -> &'v [Value<'static>] {
    match value {
        Some(Value::Array(items)) => items,
        _ => &[],
    }
}

/// The text at a pointer.
pub(crate) fn text<'v>(value: &'v Value<'_>, pointer: &str) -> Option<&'v str> {
    value.at(pointer)?.as_str()
}

/// What a user is called by its customer; a deleted one has its id alone.
pub(crate) fn user_name<'v>(row: &'v Value<'_>) -> &'v str {
    text(row, "/life/present/origin_user_id").or(text(row, "/registered_user_id")).unwrap_or_default()
}

/// A refusal of what the command line itself asks.
pub(crate) fn impossible(error: &Error) -> Failure {
    Failure::impossible(error.to_string())
}
