//! A store in a SQLite file.

use crate::database::{Database, Dialect, Field, Parameter, Row};
use crate::erase::erase;
use crate::error::Error;
use crate::rows::Write;
use crate::store::Store;
use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, params};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tenantry::json::to_canonical;
use tenantry::{Options, UsageError};

/// A store in a SQLite file.
pub type SqliteStore = Store<Sqlite>;

/// A connection to a SQLite file.
///
/// SQLite has one writer at a time: a command takes the file for itself before it reads, so that it is decided once.
#[derive(Debug)]
pub struct Sqlite(Connection);

impl SqliteStore {
    /// The state in a file, which any number of threads and processes serve; in Python, too. Call
    /// [`migrate`](Store::migrate) before the first use.
    ///
    /// What is erased is overwritten in the file, free pages included. That holds as long as the file has no write-ahead log.
    ///
    /// # Errors
    /// A policy that is out of its range, and what is no file.
    pub fn open(path: impl AsRef<Path>, options: Options) -> Result<Self, Error> {
        let path = PathBuf::from(path.as_ref());
        if path.as_os_str().is_empty() || path.as_os_str() == ":memory:" {
            return Err(UsageError::new("a store needs a file: in memory, use `Tenantry`").into());
        }
        Store::new(options, move || Sqlite::open(&path))
    }
}

impl Sqlite {
    fn open(path: &Path) -> Result<Self, Error> {
        let connection = Connection::open(path)?;
        connection.busy_timeout(Duration::from_secs(30))?;
        connection.execute_batch("PRAGMA secure_delete = ON")?;
        Ok(Sqlite(connection))
    }

    fn write(&self, write: &Write) -> Result<(), rusqlite::Error> {
        let mut remove = self.0.prepare_cached("DELETE FROM tenantry_rows WHERE key = ?")?;
        let mut put = self.0.prepare_cached(
            "INSERT INTO tenantry_rows VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET
             revision = excluded.revision, kind = excluded.kind, organization_id = excluded.organization_id,
             environment = excluded.environment, place = excluded.place, next_due_at = excluded.next_due_at,
             body = excluded.body",
        )?;
        for row in &write.changes {
            let (key, place) = (&row.key, &row.place);
            match &row.body {
                Some(body) => put.execute(params![
                    key,
                    write.revision,
                    row.kind,
                    row.organization_id,
                    row.environment,
                    place,
                    row.next_due_at,
                    body
                ])?,
                None => remove.execute([key])?,
            };
        }
        let mut happened = self.0.prepare_cached(
            "INSERT INTO tenantry_events (stream_kind, stream_id, sequence, name, acting_user, linked_by, event)
             VALUES (?, ?, ?, ?, ?, ?, ?)",
        )?;
        for event in &write.events {
            let sequence = i64::try_from(event.sequence).unwrap_or(i64::MAX);
            happened.execute(params![
                event.stream_kind,
                event.stream_id,
                sequence,
                event.name,
                event.acting_user,
                event.linked_by,
                event.event
            ])?;
        }
        let mut wait =
            self.0.prepare_cached("INSERT INTO tenantry_outbox (registered_user_id, effect) VALUES (?, ?)")?;
        for effect in &write.effects {
            wait.execute(params![effect.registered_user_id, effect.effect])?;
        }
        Ok(())
    }
}

impl Database for Sqlite {
    const DIALECT: Dialect =
        Dialect { optimistic: false, key_among: "key IN (SELECT value FROM json_each(?))", skip_locked: "" };

    fn migrate(&mut self) -> Result<(), Error> {
        self.0.execute_batch("BEGIN IMMEDIATE")?;
        let there = "SELECT count(*) FROM sqlite_master WHERE name = 'tenantry_store'";
        if self.0.query_row(there, [], |row| row.get::<_, i64>(0))? == 0 {
            self.0.execute_batch(include_str!("../schema/sqlite.sql"))?;
        }
        Error::check_version(self.0.query_row("SELECT version FROM tenantry_store", [], |row| row.get(0))?)?;
        Ok(self.0.execute_batch("COMMIT")?)
    }

    fn run(&mut self, sql: &str, parameters: &[Parameter<'_>]) -> Result<Vec<Row>, Error> {
        let mut statement = self.0.prepare_cached(sql)?;
        for (index, parameter) in (1..).zip(parameters) {
            statement.raw_bind_parameter(index, parameter)?;
        }
        let columns = statement.column_count();
        let (mut rows, mut found) = (statement.raw_query(), Vec::new());
        while let Some(row) = rows.next()? {
            let fields = (0..columns).map(|column| field(row.get_ref(column)?));
            found.push(Row(fields.collect::<Result<_, Error>>()?));
        }
        Ok(found)
    }

    fn lock(&mut self, _: Option<&Write>) -> Result<(), Error> {
        Ok(self.0.execute_batch("BEGIN IMMEDIATE")?)
    }

    /// Nobody else has written since it was decided, so that every guard holds.
    fn commit(&mut self, write: &Write) -> Result<bool, Error> {
        self.write(write)?;
        for effect in &write.erasures {
            erase(self, effect)?;
        }
        self.0.execute_batch("COMMIT")?;
        Ok(true)
    }

    fn settle(&mut self) -> Result<(), Error> {
        if self.0.is_autocommit() { Ok(()) } else { Ok(self.0.execute_batch("ROLLBACK")?) }
    }
}

fn field(value: ValueRef<'_>) -> Result<Field, Error> {
    match value {
        ValueRef::Null => Ok(Field::Null),
        ValueRef::Integer(integer) => Ok(Field::Integer(integer)),
        ValueRef::Text(text) => Ok(Field::Text(str::from_utf8(text).map_err(Error::database)?.to_owned())),
        ValueRef::Real(_) | ValueRef::Blob(_) => Err(Error::database("neither an integer nor a text")),
    }
}

impl ToSql for Parameter<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Parameter::Integer(integer) => ToSqlOutput::from(*integer),
            Parameter::Text(text) => ToSqlOutput::from(*text),
            Parameter::Texts(texts) => ToSqlOutput::from(to_canonical(texts)),
        })
    }
}
