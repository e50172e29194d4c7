//! The table of rows: to the core what it asks for, from the core what it changed.

use crate::Error;
use rusqlite::{Connection, OptionalExtension, Row, params};
use tenantry::json::Value;
use tenantry::{Change, Environment, Guard, LoadedRow, Revision, RowKey, RowRange, Timestamp};

/// The rows of these keys. One that is not there is loaded too, as none: the core takes nothing for
/// absent that nobody has looked for. A `due` key stands for all rows that are due by then, a `range` key for rows of a
/// list.
pub(crate) fn load(connection: &Connection, keys: &[RowKey]) -> Result<Vec<LoadedRow>, Error> {
    let mut find = connection.prepare_cached("SELECT key, revision, row FROM rows WHERE key = ?1")?;
    let mut loaded = Vec::new();
    for key in keys {
        if let Some(until) = key.due() {
            loaded.extend(due(connection, until)?);
        }
        if let Some(wanted) = key.range() {
            loaded.extend(range(connection, wanted)?);
        }
        let found = find.query_row([key.to_string()], text).optional()?;
        loaded.push(match found {
            Some(found) => read(found)?,
            None => LoadedRow { key: key.clone(), revision: Revision::NONE, row: None },
        });
    }
    Ok(loaded)
}

fn due(connection: &Connection, until: Timestamp) -> Result<Vec<LoadedRow>, Error> {
    let mut due = connection.prepare_cached("SELECT key, revision, row FROM rows WHERE next_due_at <= ?1")?;
    let found = due.query_map([until.millis()], text)?;
    found.map(|found| read(found?)).collect()
}

fn range(connection: &Connection, wanted: &RowRange) -> Result<Vec<LoadedRow>, Error> {
    // What is not named is not looked at, so that the index serves what is.
    let sql = format!(
        "SELECT key, revision, row FROM rows
         WHERE kind = ?1 AND {} AND {} AND place > ?4 ORDER BY place LIMIT ?5",
        if wanted.organization_id.is_some() { "organization_id = ?2" } else { "?2 IS NULL" },
        if wanted.environment.is_some() { "environment = ?3" } else { "?3 IS NULL" },
    );
    let mut rows = connection.prepare_cached(&sql)?;
    let organization_id = wanted.organization_id.as_ref().map(|id| id.as_str());
    let environment = wanted.environment.map(Environment::as_str);
    // No id is empty.
    let after = wanted.after.as_deref().unwrap_or_default();
    let limit = i64::try_from(wanted.limit).unwrap_or(i64::MAX);
    let found = rows.query_map(params![wanted.kind, organization_id, environment, after, limit], text)?;
    found.map(|found| read(found?)).collect()
}

/// All rows.
pub(crate) fn all(connection: &Connection) -> Result<Vec<LoadedRow>, Error> {
    let mut all = connection.prepare("SELECT key, revision, row FROM rows")?;
    let found = all.query_map([], text)?;
    found.map(|found| read(found?)).collect()
}

fn text(row: &Row<'_>) -> Result<(String, i64, String), rusqlite::Error> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?))
}

fn read((key, revision, row): (String, i64, String)) -> Result<LoadedRow, Error> {
    Ok(LoadedRow { key: key.parse()?, revision: revision.into(), row: Some(row.parse()?) })
}

/// Whether every row that a command was decided on is still as it was, absent ones still absent.
pub(crate) fn hold(connection: &Connection, guards: &[Guard]) -> Result<bool, Error> {
    let mut find = connection.prepare_cached("SELECT revision FROM rows WHERE key = ?1")?;
    for guard in guards {
        let present: Option<i64> = find.query_row([guard.key.to_string()], |row| row.get(0)).optional()?;
        if Revision::from(present) != guard.revision {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Writes what a command has changed.
pub(crate) fn write(connection: &Connection, number: i64, changes: &[Change]) -> Result<(), Error> {
    let mut put = connection.prepare_cached("INSERT OR REPLACE INTO rows VALUES (?1, ?2, ?3, ?4)")?;
    let mut remove = connection.prepare_cached("DELETE FROM rows WHERE key = ?1")?;
    for Change { key, row, .. } in changes {
        match row {
            Some(row) => {
                let due = row.get("next_due_at").and_then(Value::as_str).and_then(Timestamp::parse);
                put.execute(params![key.to_string(), number, row.to_string(), due.map(Timestamp::millis)])?
            }
            None => remove.execute([key.to_string()])?,
        };
    }
    Ok(())
}
