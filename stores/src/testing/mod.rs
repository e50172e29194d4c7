//! A kit that tries a store: whether what many do at once is what they could have done one after the other.
//!
//! ```no_run
//! # #[cfg(feature = "sqlite")] {
//! use tenantry_store::testing::{Trial, check_store};
//! use tenantry_store::{Error, SqliteStore};
//!
//! fn my_store_holds() -> Result<(), Error> {
//!     let open = || SqliteStore::open("empty.sqlite", tenantry::Options::default());
//!     open()?.migrate()?;
//!     check_store(open, Trial::default())
//! }
//! # }
//! ```

mod history;
mod races;

use crate::database::Database;
use crate::error::Error;
use crate::store::{Store, StoredEvent};
use std::collections::BTreeMap;
use std::sync::Barrier;
use std::time::Duration;
use std::{panic, thread};
use tenantry::{
    Actor, AuthScope, Code, CommandRequest, ConnectorSlug, Context, CreateOrganization, Environment, Event, FormError,
    Name, Options, OrganizationId, PackConnector, PutConnector, PutToolPack, Tenantry, ToolName, ToolPackId,
};

/// How long a store is tried.
#[derive(Clone, Copy, Debug)]
pub struct Trial {
    /// How often each race is run.
    pub rounds: usize,
    /// How many do something at once.
    pub writers: usize,
    /// How long they write a common history.
    pub history: Duration,
}

impl Default for Trial {
    fn default() -> Self {
        Trial { rounds: 5, writers: 8, history: Duration::from_secs(3) }
    }
}

/// Tries the store that `open` gives a handle on, as often as it is called. The database has its tables, and nothing in
/// them.
///
/// # Panics
/// Where the store does not hold, with what is wrong.
///
/// # Errors
/// Those of the database.
pub fn check_store<D: Database>(open: impl Fn() -> Result<Store<D>, Error>, trial: Trial) -> Result<(), Error> {
    let stores = (0..trial.writers).map(|_| open()).collect::<Result<Vec<_>, _>>()?;
    for round in 0..trial.rounds {
        for (name, race) in races::all::<D>() {
            race(&Ring::new(&stores, &format!("org_{name}-{round}"))?)?;
        }
    }
    history::check(&Ring::new(&stores, "org_history")?, trial.history)?;
    stores.first().map_or(Ok(()), |store| check_whole(store))
}

/// An organization of its own, in which several do something at once.
struct Ring<'s, D> {
    stores: &'s [Store<D>],
    first: &'s Store<D>,
    organization_id: OrganizationId,
}

impl<'s, D: Database> Ring<'s, D> {
    fn new(stores: &'s [Store<D>], organization_id: &str) -> Result<Self, Error> {
        let first = stores.first().ok_or_else(|| Error::database("a trial needs a writer"))?;
        let ring = Ring { stores, first, organization_id: OrganizationId::new(organization_id).map_err(form)? };
        let create = CreateOrganization::new(Name::new("Ring").map_err(form)?);
        first.execute(&create.organization_id(ring.organization_id.clone()), &Context::now(host())?).map(drop)?;
        let tools = vec![ToolName::new("read").map_err(form)?];
        ring.run(first, &PutConnector::new(slack()?, tools))?;
        let entry = PackConnector { connector: slack()?, auth_scope: AuthScope::Shared, tool_names: None };
        ring.run(first, &PutToolPack::new(shared()?, Name::new("Shared").map_err(form)?, vec![entry]))?;
        Ok(ring)
    }

    fn actor(&self, environment: Environment) -> Actor {
        let organization_id = Some(self.organization_id.clone());
        Actor::System { organization_id, environment: Some(environment) }
    }

    /// Executes a command now, as the host.
    fn run<C: CommandRequest>(&self, store: &Store<D>, command: &C) -> Result<C::Response, Error> {
        Ok(store.execute(command, &Context::now(self.actor(Environment::Test))?)?.response)
    }

    /// What each of them has answered at once, or why it was refused.
    fn each<T: Send>(
        &self,
        act: impl Fn(&Store<D>, usize) -> Result<T, Error> + Sync,
    ) -> Result<Vec<Result<T, Code>>, Error> {
        let start = Barrier::new(self.stores.len());
        let answers: Vec<Result<T, Error>> = thread::scope(|scope| {
            let act_at_once = |(number, store)| {
                let (start, act) = (&start, &act);
                scope.spawn(move || {
                    start.wait();
                    act(store, number)
                })
            };
            let acting: Vec<_> = self.stores.iter().enumerate().map(|(at, store)| act_at_once((at, store))).collect();
            acting.into_iter().map(|one| one.join().unwrap_or_else(|end| panic::resume_unwind(end))).collect()
        });
        let answer = |answer| match answer {
            Ok(done) => Ok(Ok(done)),
            Err(Error::Rejected(rejection)) => Ok(Err(rejection.code)),
            Err(error) => Err(error),
        };
        answers.into_iter().map(answer).collect()
    }
}

const fn host() -> Actor {
    Actor::System { organization_id: None, environment: None }
}

fn slack() -> Result<ConnectorSlug, Error> {
    ConnectorSlug::new("slack").map_err(form)
}

fn shared() -> Result<ToolPackId, Error> {
    ToolPackId::new("shared").map_err(form)
}

fn form(error: FormError) -> Error {
    tenantry::Error::from(error).into()
}

fn refusals<T>(answers: &[Result<T, Code>]) -> Vec<Code> {
    answers.iter().filter_map(|answer| answer.as_ref().err().copied()).collect()
}

fn all_events<D: Database>(store: &Store<D>) -> Result<Vec<StoredEvent>, Error> {
    let mut events: Vec<StoredEvent> = Vec::new();
    while follow(store, &mut events)? {}
    Ok(events)
}

/// Goes on with the events that are new; whether there were any.
fn follow<D: Database>(store: &Store<D>, events: &mut Vec<StoredEvent>) -> Result<bool, Error> {
    let more = store.events_after(events.last().map_or(0, |last| last.position), 1000)?;
    let is_new = !more.is_empty();
    events.extend(more);
    Ok(is_new)
}

/// The events are one history: each stream in one order without gaps, and together they give the rows.
fn check_whole<D: Database>(store: &Store<D>) -> Result<(), Error> {
    let events: Vec<Event> = all_events(store)?.into_iter().map(|stored| stored.event).collect();
    let mut last = BTreeMap::new();
    for event in &events {
        let before = last.insert(&event.stream, event.sequence).unwrap_or_default();
        assert_eq!(event.sequence, before + 1, "{} comes after {before}", event.id());
    }
    let snapshot = store.snapshot()?;
    Tenantry::restore(&snapshot, Options::default())?;
    let folded = Tenantry::fold(&events, Options::default())?;
    assert!(folded.snapshot() == snapshot, "what the events give is not what the rows say");
    Ok(())
}
