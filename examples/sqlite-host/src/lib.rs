//! Tenantry on rows in a SQLite file. The rules come from the core; this holds none. It loads what a
//! command asks for, and writes what it changed, if nobody has changed what it was decided on.
//!
//! Any number of [`Host`]s, in any number of processes, may write to one file: each has a connection of its
//! own, and an instance that lives for one command. On another database only the SQL changes.

mod error;
mod journal;
mod rows;

pub use error::Error;

use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tenantry::{
    Actor, AdvanceTime, CommandRequest, Context, Decision, Entropy, Event, Options, Outcome, Policy, QueryRequest,
    RowKey, Sweep, Tenantry, Timestamp, ToolCall,
};

/// How often a command is decided again because somebody was quicker.
const ATTEMPTS: usize = 100;

/// An accepted command, written down.
#[derive(Debug)]
pub struct Committed<T> {
    /// The number of the commit: they happened in this order.
    pub number: i64,
    /// What the command gave.
    pub outcome: Outcome<T>,
}

/// A connection to the file that holds the rows.
#[derive(Debug)]
pub struct Host {
    connection: Connection,
    policy: Policy,
}

impl Host {
    /// Opens the file, or makes it.
    ///
    /// # Errors
    /// Whatever keeps SQLite from it.
    pub fn open(path: &Path, policy: Policy) -> Result<Self, Error> {
        let connection = Connection::open(path)?;
        connection.busy_timeout(Duration::from_secs(60))?;
        connection.execute_batch(include_str!("schema.sql"))?;
        Ok(Host { connection, policy })
    }

    /// Decides a command and, where it is accepted, writes it down: rows, events and effects in one
    /// transaction, or nothing of it.
    ///
    /// # Errors
    /// The rejection; [`Error::Contended`] where others were quicker time and again.
    pub fn execute<C: CommandRequest>(
        &mut self,
        command: &C,
        context: &Context,
    ) -> Result<Committed<C::Response>, Error> {
        for _ in 0..ATTEMPTS {
            let mut instance = self.instance()?;
            let reading = self.connection.transaction_with_behavior(TransactionBehavior::Deferred)?;
            let asked = fill(&mut instance, &reading, |instance| instance.requirements(command, context))?;
            drop(reading);
            if asked.for_what_is_due {
                return self.execute_alone(command, context);
            }
            let outcome = instance.execute(command, context)?;
            // From here on nobody else writes.
            let writing = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            if rows::hold(&writing, outcome.guards.as_deref().unwrap_or_default())? {
                return commit(writing, outcome);
            }
        }
        Err(Error::Contended)
    }

    /// The same where nobody else writes from the first look on. Guards hold the rows that were read; a row that
    /// becomes due meanwhile was not, so that a sweep is decided in the transaction that writes it.
    fn execute_alone<C: CommandRequest>(
        &mut self,
        command: &C,
        context: &Context,
    ) -> Result<Committed<C::Response>, Error> {
        let mut instance = self.instance()?;
        let writing = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        fill(&mut instance, &writing, |instance| instance.requirements(command, context))?;
        let outcome = instance.execute(command, context)?;
        commit(writing, outcome)
    }

    /// Answers a query, lists included.
    ///
    /// # Errors
    /// The rejection.
    pub fn query<Q: QueryRequest>(&mut self, query: &Q, context: &Context) -> Result<Q::Response, Error> {
        let instance = self.prepare(|instance| instance.requirements(query, context))?;
        Ok(instance.query(query, context)?)
    }

    /// Decides a tool call and changes nothing.
    ///
    /// # Errors
    /// The rejection of a context that names no place.
    pub fn authorize(&mut self, call: &ToolCall, context: &Context) -> Result<Decision, Error> {
        let instance = self.prepare(|instance| instance.call_requirements(call, context))?;
        Ok(instance.authorize(call, context)?)
    }

    /// Writes down what time has brought. Call it now and then, at the latest at [`next_due`](Self::next_due).
    ///
    /// # Errors
    /// Those of [`execute`](Self::execute).
    pub fn sweep(&mut self, now: Timestamp, limit: Option<u64>) -> Result<Committed<Sweep>, Error> {
        let actor = Actor::System { organization_id: None, environment: None };
        self.execute(&AdvanceTime::new().limit(limit), &Context { now, actor, entropy: None })
    }

    /// The earliest instant at which a sweep would do something.
    ///
    /// # Errors
    /// Whatever keeps SQLite from it.
    pub fn next_due(&self) -> Result<Option<Timestamp>, Error> {
        let millis: Option<i64> =
            self.connection.query_row("SELECT min(next_due_at) FROM rows", [], |row| row.get(0))?;
        Ok(millis.and_then(Timestamp::from_millis))
    }

    /// The journal, in the order in which it happened.
    ///
    /// # Errors
    /// Whatever keeps SQLite from it.
    pub fn events(&self) -> Result<Vec<Event>, Error> {
        journal::read(&self.connection)
    }

    /// The snapshot of all rows, the same bytes as of a state in memory: for backups, and to move
    /// somewhere else.
    ///
    /// # Errors
    /// Whatever keeps SQLite from it.
    pub fn snapshot(&self) -> Result<String, Error> {
        let mut instance = self.instance()?;
        instance.load(&rows::all(&self.connection)?)?;
        Ok(instance.snapshot())
    }

    fn instance(&self) -> Result<Tenantry, tenantry::Rejection> {
        Tenantry::with_options(Options { policy: self.policy.clone(), rows: true, ..Options::default() })
    }

    /// An instance with every row that a request needs, all as they stood at one moment: a reading transaction sees one
    /// snapshot of the file.
    fn prepare(
        &mut self,
        missing: impl Fn(&Tenantry) -> Result<Vec<RowKey>, tenantry::Error>,
    ) -> Result<Tenantry, Error> {
        let mut instance = self.instance()?;
        let reading = self.connection.transaction_with_behavior(TransactionBehavior::Deferred)?;
        fill(&mut instance, &reading, missing)?;
        Ok(instance)
    }
}

/// What an instance has asked for.
struct Asked {
    for_what_is_due: bool,
}

/// Loads what a request needs until nothing is missing.
fn fill(
    instance: &mut Tenantry,
    connection: &Connection,
    missing: impl Fn(&Tenantry) -> Result<Vec<RowKey>, tenantry::Error>,
) -> Result<Asked, Error> {
    let mut asked = Asked { for_what_is_due: false };
    loop {
        let keys = missing(instance)?;
        if keys.is_empty() {
            return Ok(asked);
        }
        asked.for_what_is_due |= keys.iter().any(|key| key.due().is_some());
        instance.load(&rows::load(connection, &keys)?)?;
    }
}

/// Writes an outcome whose guards hold: rows, events and effects, all or nothing.
fn commit<T>(writing: Transaction<'_>, outcome: Outcome<T>) -> Result<Committed<T>, Error> {
    let number = writing.query_row("UPDATE commits SET last = last + 1 RETURNING last", [], |row| row.get(0))?;
    rows::write(&writing, number, outcome.changes.as_deref().unwrap_or_default())?;
    journal::append(&writing, &outcome.events)?;
    journal::carry_out(&writing, &outcome.effects)?;
    writing.commit()?;
    Ok(Committed { number, outcome })
}

/// The context of a call that happens now: the core reads no clock and no randomness.
///
/// # Errors
/// Where the system has no randomness.
pub fn context(actor: Actor) -> Result<Context, Error> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let now = Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX));
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)?;
    Ok(Context { now: now.ok_or(Error::Clock)?, actor, entropy: Some(Entropy::new(bytes)) })
}
