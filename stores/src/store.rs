//! What a store offers: what an instance answers, on the rows of a database.

use crate::acting::Acting;
use crate::database::{Database, Parameter};
use crate::error::Error;
use crate::hints::Hints;
use crate::plan::{ATTEMPTS, PORTION, prepare};
use crate::pool::Pool;
use crate::read;
use crate::rows::{Write, loadable};
use std::collections::BTreeSet;
use std::time::Duration;
use tenantry::{
    Actor, AdvanceTime, CommandRequest, Context, Decision, Effect, Event, Explanation, Options, Outcome, QueryRequest,
    RowKey, Tenantry, Timestamp, ToolCall,
};

/// The state of all organizations in a database, which any number of threads and processes serve. Call
/// [`migrate`](Self::migrate) before the first use.
#[derive(Debug)]
pub struct Store<D> {
    pool: Pool<D>,
    empty: Tenantry,
    hints: Hints,
}

/// An event, and where it stands among all.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredEvent {
    /// Its place among all.
    pub position: i64,
    /// The event.
    pub event: Event,
}

/// An effect to be carried out elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenEffect {
    /// What to call [`Store::effect_done`] with.
    pub number: i64,
    /// The effect.
    pub effect: Effect,
}

impl<D: Database> Store<D> {
    /// A store on connections that are made when they are needed, at most ten. Of the options, `policy` and `row_format` are
    /// for stores.
    ///
    /// # Errors
    /// A policy that is out of its range.
    pub fn new(
        options: Options,
        connect: impl Fn() -> Result<D, Error> + Send + Sync + 'static,
    ) -> Result<Self, Error> {
        let empty = Tenantry::with_options(Options { rows: true, journal: false, ..options })?;
        Ok(Store { pool: Pool::new(Box::new(connect)), empty, hints: Hints::default() })
    }

    /// How many connections there may be at once. Requests beyond that wait for one.
    #[must_use]
    pub fn with_max_connections(mut self, most: usize) -> Self {
        self.pool.most = most;
        self
    }

    /// Makes the tables, or sees that they are of this version. Call it from as many processes as you like.
    ///
    /// # Errors
    /// [`Error::Version`] where the tables are of another one.
    pub fn migrate(&self) -> Result<(), Error> {
        self.pool.with(Database::migrate)
    }

    /// Binds an actor, for many decisions.
    #[must_use]
    pub const fn acting_as(&self, actor: Actor) -> Acting<'_, D> {
        Acting { store: self, actor }
    }

    /// Executes a command, and keeps what it changes: rows, events and effects in one transaction or, where it is refused,
    /// nothing.
    ///
    /// # Errors
    /// The rejection, or what else went wrong.
    pub fn execute<C: CommandRequest>(&self, command: &C, context: &Context) -> Result<Outcome<C::Response>, Error> {
        self.pool.with(|db| {
            let mut overtaken: Option<Write> = None;
            for attempt in 1..=ATTEMPTS {
                if overtaken.is_some() || !D::DIALECT.optimistic {
                    // If others wrote first each time, everybody else waits the last time.
                    db.lock(overtaken.as_ref().filter(|_| attempt < ATTEMPTS))?;
                }
                let mut instance = self.empty.clone();
                prepare(db, &mut instance, &self.hints, |instance| instance.requirements(command, context))?;
                let mut outcome = instance.execute(command, context)?;
                let write = Write::of(&mut outcome)?;
                if write.changes.is_empty() || db.commit(&write)? {
                    return Ok(outcome);
                }
                overtaken = Some(write);
            }
            Err(Error::Contended)
        })
    }

    /// Answers a query, lists included; all but `journal`, for which there is [`events_after`](Self::events_after).
    ///
    /// # Errors
    /// The rejection, or what else went wrong.
    pub fn query<Q: QueryRequest>(&self, query: &Q, context: &Context) -> Result<Q::Response, Error> {
        self.ask(|instance| instance.requirements(query, context), |instance| instance.query(query, context))
    }

    /// Decides a tool call and changes nothing (D-1).
    ///
    /// # Errors
    /// What went wrong; a call that is denied is a decision.
    pub fn authorize(&self, call: &ToolCall, context: &Context) -> Result<Decision, Error> {
        self.ask(|instance| instance.call_requirements(call, context), |instance| instance.authorize(call, context))
    }

    /// Explains a decision (D-3).
    ///
    /// # Errors
    /// As [`authorize`](Self::authorize).
    pub fn explain(&self, call: &ToolCall, context: &Context) -> Result<Explanation, Error> {
        self.ask(|instance| instance.explain_requirements(call, context), |instance| instance.explain(call, context))
    }

    /// Whether the actor could ever run a request of this name (C-7).
    ///
    /// # Errors
    /// As [`authorize`](Self::authorize).
    pub fn may(&self, request_name: &str, context: &Context) -> Result<bool, Error> {
        self.ask(
            |instance| Ok(instance.may_requirements(request_name, context)),
            |instance| instance.may(request_name, context),
        )
    }

    /// Writes down what time has brought, in portions; how many things it were. Call it now and then: deadlines apply at
    /// their instant, this has data erased.
    ///
    /// # Errors
    /// What went wrong; what was swept before stays so.
    pub fn sweep(&self, now: Timestamp) -> Result<u64, Error> {
        let actor = Actor::System { organization_id: None, environment: None };
        let (context, limit) = (Context { now, actor, entropy: None }, PORTION as u64);
        let mut done = 0;
        loop {
            let processed = self.execute(&AdvanceTime::new().limit(limit), &context)?.response.processed;
            done += processed;
            if processed < limit {
                return Ok(done);
            }
        }
    }

    /// The earliest instant at which a sweep would do something.
    ///
    /// # Errors
    /// Those of the database.
    pub fn next_due(&self) -> Result<Option<Timestamp>, Error> {
        let found = self.pool.with(|db| db.run("SELECT min(next_due_at) FROM tenantry_rows", &[]))?;
        let due = found.first().map(|row| row.integer_or_null(0)).transpose()?;
        Ok(due.flatten().and_then(Timestamp::from_millis))
    }

    /// The first events after a position, in the order of their positions. None that comes later gets a position before
    /// them.
    ///
    /// # Errors
    /// Those of the database.
    pub fn events_after(&self, position: i64, limit: u32) -> Result<Vec<StoredEvent>, Error> {
        let sql = "SELECT position, event FROM tenantry_events WHERE position > $1 ORDER BY position LIMIT $2";
        let parameters = [Parameter::Integer(position), Parameter::Integer(limit.into())];
        let found = self.pool.with(|db| {
            db.give_positions()?;
            db.run(sql, &parameters)
        })?;
        let event = |mut row: crate::Row| {
            let event = Event::from_json(&row.text(1)?).map_err(Error::database)?;
            Ok(StoredEvent { position: row.integer(0)?, event })
        };
        found.into_iter().map(event).collect()
    }

    /// Effects to be carried out elsewhere, which nobody else takes meanwhile. Those that are not
    /// [done](Self::effect_done) by then are taken again.
    ///
    /// # Errors
    /// Those of the database.
    pub fn take_effects(&self, limit: u32, meanwhile: Duration) -> Result<Vec<TakenEffect>, Error> {
        let now = Timestamp::now()?;
        let parameters = [
            Parameter::Integer(now.saturating_add(meanwhile).millis()),
            Parameter::Integer(now.millis()),
            Parameter::Integer(limit.into()),
        ];
        let sql = format!(
            "UPDATE tenantry_outbox SET taken_until = $1 WHERE number IN (
             SELECT number FROM tenantry_outbox WHERE taken_until <= $2 ORDER BY number LIMIT $3 {})
             RETURNING number, effect",
            D::DIALECT.skip_locked
        );
        let taken = |mut row: crate::Row| {
            let effect = Effect::from_json(&row.text(1)?).map_err(Error::database)?;
            Ok(TakenEffect { number: row.integer(0)?, effect })
        };
        let found = self.pool.with(|db| db.run(&sql, &parameters))?;
        let mut effects = found.into_iter().map(taken).collect::<Result<Vec<_>, Error>>()?;
        effects.sort_by_key(|taken| taken.number);
        Ok(effects)
    }

    /// Marks an effect as carried out.
    ///
    /// # Errors
    /// Those of the database.
    pub fn effect_done(&self, number: i64) -> Result<(), Error> {
        let sql = "DELETE FROM tenantry_outbox WHERE number = $1";
        self.pool.with(|db| db.run(sql, &[Parameter::Integer(number)]).map(drop))
    }

    /// The snapshot of all rows, the same bytes as of a state in memory: [`Tenantry::restore`] takes it.
    ///
    /// # Errors
    /// Those of the database.
    pub fn snapshot(&self) -> Result<String, Error> {
        let found = self.pool.with(read::all)?;
        let mut instance = self.empty.clone();
        instance.load(&loadable(&BTreeSet::new(), &found, usize::MAX)?)?;
        Ok(instance.snapshot())
    }

    /// Answers what changes nothing.
    pub(crate) fn ask<T, E: Into<Error>>(
        &self,
        missing: impl Fn(&Tenantry) -> Result<Vec<RowKey>, tenantry::Error>,
        answer: impl Fn(&Tenantry) -> Result<T, E>,
    ) -> Result<T, Error> {
        let mut instance = self.empty.clone();
        self.pool.with(|db| prepare(db, &mut instance, &self.hints, &missing))?;
        answer(&instance).map_err(Into::into)
    }
}
