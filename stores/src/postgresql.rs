//! A store in PostgreSQL.

use crate::database::{Database, Dialect, Field, Parameter, Row};
use crate::erase::erase;
use crate::error::Error;
use crate::rows::Write;
use crate::store::Store;
use postgres::error::SqlState;
use postgres::types::{ToSql, Type};
use postgres::{Client, NoTls};
use std::time::Duration;
use tenantry::Options;
use tenantry::json::to_canonical;

/// A store in a PostgreSQL database.
pub type PostgresStore = Store<Postgres>;

/// A connection to a PostgreSQL database.
///
/// Any number of writers: a command is decided while others are, and decided again if one of them wrote first.
pub struct Postgres {
    client: Client,
    in_transaction: bool,
    /// Whether a statement was answered since the connection was given out.
    has_answered: bool,
}

impl PostgresStore {
    /// The state in a PostgreSQL database, which any number of threads, processes and machines serve; in Python, too. Call
    /// [`migrate`](Store::migrate) before the first use: it makes the tables in the first schema of the connections'
    /// `search_path`. The connections are not encrypted: see [`connecting`](Self::connecting).
    ///
    /// # Errors
    /// A policy that is out of its range, and what is no connection string.
    pub fn connect(database: &str, options: Options) -> Result<Self, Error> {
        let config: postgres::Config = database.parse()?;
        Self::connecting(move || config.connect(NoTls), options)
    }

    /// The same on connections of your own making, for TLS or passwords that change.
    ///
    /// # Errors
    /// A policy that is out of its range.
    pub fn connecting(
        connect: impl Fn() -> Result<Client, postgres::Error> + Send + Sync + 'static,
        options: Options,
    ) -> Result<Self, Error> {
        Store::new(options, move || Ok(Postgres { client: connect()?, in_transaction: false, has_answered: false }))
    }
}

impl Postgres {
    fn begin(&mut self) -> Result<(), Error> {
        self.client.batch_execute("BEGIN")?;
        self.in_transaction = true;
        Ok(())
    }

    fn end(&mut self, how: &str) -> Result<(), Error> {
        if self.in_transaction {
            self.client.batch_execute(how)?;
            self.in_transaction = false;
        }
        Ok(())
    }

    fn write(&mut self, write: &Write) -> Result<bool, Error> {
        let lists = [
            to_canonical(&write.guards),
            to_canonical(&write.changes),
            to_canonical(&write.events),
            to_canonical(&write.effects),
        ];
        let mut parameters: Vec<Parameter<'_>> = lists.iter().map(|list| Parameter::Text(list)).collect();
        parameters.push(Parameter::Integer(write.revision));
        let commit = "SELECT tenantry_commit($1::jsonb, $2::jsonb, $3::jsonb, $4::jsonb, $5)::int::bigint";
        let done = self.run(commit, &parameters)?;
        if done.first().map(|row| row.integer(0)).transpose()? != Some(1) {
            return Ok(false);
        }
        for effect in &write.erasures {
            erase(self, effect)?;
        }
        self.end("COMMIT")?;
        Ok(true)
    }
}

impl Database for Postgres {
    const DIALECT: Dialect =
        Dialect { optimistic: true, key_among: "key = ANY(?)", skip_locked: "FOR UPDATE SKIP LOCKED" };

    fn migrate(&mut self) -> Result<(), Error> {
        self.begin()?;
        self.client.batch_execute("SELECT pg_advisory_xact_lock(hashtextextended('tenantry', 0))")?;
        let there = "SELECT (to_regclass('tenantry_store') IS NOT NULL)::int::bigint";
        let there = self.run(there, &[])?.first().map(|row| row.integer(0)).transpose()?;
        if there != Some(1) {
            self.client.batch_execute(include_str!("../schema/postgresql.sql"))?;
        }
        let found = self.run("SELECT version::bigint FROM tenantry_store", &[])?;
        Error::check_version(found.first().map(|row| row.integer(0)).transpose()?.unwrap_or_default())?;
        self.end("COMMIT")
    }

    /// In one round trip, the statement being sent with the types of its parameters.
    fn run(&mut self, sql: &str, parameters: &[Parameter<'_>]) -> Result<Vec<Row>, Error> {
        let typed: Vec<(&(dyn ToSql + Sync), Type)> = parameters.iter().map(typed).collect();
        let found = self.client.query_typed(sql, &typed)?;
        self.has_answered = true;
        found.iter().map(row).collect()
    }

    fn lock(&mut self, rows: Option<&Write>) -> Result<(), Error> {
        self.end("ROLLBACK")?;
        self.begin()?;
        if let Some(write) = rows {
            let read: Vec<String> = write.guards.iter().map(|guard| guard.key.clone()).collect();
            let changed: Vec<String> = write.changes.iter().map(|change| change.key.clone()).collect();
            let lock = "SELECT tenantry_lock($1, $2)::text";
            match self.run(lock, &[Parameter::Texts(&read), Parameter::Texts(&changed)]) {
                Err(error) if is_conflict(&error) => {
                    self.end("ROLLBACK")?;
                    self.begin()?;
                }
                done => return done.map(drop),
            }
        }
        Ok(self.client.batch_execute("SELECT tenantry_lock_everything()")?)
    }

    fn commit(&mut self, write: &Write) -> Result<bool, Error> {
        self.has_answered = true; // From here on, nothing is sent a second time.
        if !write.erasures.is_empty() && !self.in_transaction {
            self.begin()?;
        }
        let done = match self.write(write) {
            Err(error) if is_conflict(&error) => Ok(false),
            done => done,
        };
        let done = done?;
        self.end("ROLLBACK")?;
        Ok(done)
    }

    fn settle(&mut self) -> Result<(), Error> {
        self.has_answered = false;
        self.end("ROLLBACK")
    }

    fn give_positions(&mut self) -> Result<(), Error> {
        self.run("SELECT tenantry_give_positions()::text", &[]).map(drop)
    }

    fn was_lost(&mut self) -> bool {
        !self.has_answered && self.client.is_valid(Duration::from_secs(1)).is_err()
    }
}

/// The errors that mean that another writer came first.
fn is_conflict(error: &Error) -> bool {
    let Error::Database(error) = error else { return false };
    let code = error.downcast_ref::<postgres::Error>().and_then(postgres::Error::code);
    let conflicts = [SqlState::T_R_SERIALIZATION_FAILURE, SqlState::T_R_DEADLOCK_DETECTED, SqlState::UNIQUE_VIOLATION];
    code.is_some_and(|code| conflicts.contains(code))
}

fn typed<'p>(parameter: &'p Parameter<'_>) -> (&'p (dyn ToSql + Sync), Type) {
    match parameter {
        Parameter::Integer(integer) => (integer, Type::INT8),
        Parameter::Text(text) => (text, Type::TEXT),
        Parameter::Texts(texts) => (texts, Type::TEXT_ARRAY),
    }
}

fn row(found: &postgres::Row) -> Result<Row, Error> {
    let field = |(index, column): (usize, &postgres::Column)| {
        let field = if *column.type_() == Type::INT8 {
            found.try_get::<_, Option<i64>>(index)?.map(Field::Integer)
        } else {
            found.try_get::<_, Option<String>>(index)?.map(Field::Text)
        };
        Ok(field.unwrap_or(Field::Null))
    };
    found.columns().iter().enumerate().map(field).collect::<Result<_, Error>>().map(Row)
}

impl std::fmt::Debug for Postgres {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Postgres").field("in_transaction", &self.in_transaction).finish_non_exhaustive()
    }
}
