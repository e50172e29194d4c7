//! The table of events, and what erases from it.

use crate::Error;
use rusqlite::{Connection, params};
use tenantry::json::to_canonical;
use tenantry::{Effect, EffectBody, Event};

/// Keeps events. They are never changed, but for what the effects ask for.
pub(crate) fn append(connection: &Connection, events: &[Event]) -> Result<(), Error> {
    let mut append = connection.prepare_cached(
        "INSERT INTO events (stream_kind, stream_id, sequence, event)
         VALUES (?1 ->> '$.stream.kind', ?1 ->> '$.stream.id', ?1 ->> '$.sequence', ?1)",
    )?;
    for event in events {
        append.execute([event.to_json()])?;
    }
    Ok(())
}

/// All events that are left, in the order in which they happened.
pub(crate) fn read(connection: &Connection) -> Result<Vec<Event>, Error> {
    let mut all = connection.prepare("SELECT event FROM events ORDER BY position")?;
    let found = all.query_map([], |row| row.get::<_, String>(0))?;
    found.map(|event| Ok(Event::from_json(&event?)?)).collect()
}

/// Does what a command asks of its host besides: erases at once, and puts what has to be done elsewhere
/// into the outbox.
pub(crate) fn carry_out(connection: &Connection, effects: &[Effect]) -> Result<(), Error> {
    for effect in effects {
        match &effect.body {
            EffectBody::RedactUser { registered_user_id } => {
                redact(connection, "registered_user", &registered_user_id.to_string())?;
            }
            EffectBody::RedactAccount { user_id } => redact(connection, "account", &user_id.to_string())?,
            EffectBody::PurgeUser { registered_user_id } => purge(connection, &registered_user_id.to_string())?,
            // `RevokeUpstream`, and whatever a later version asks for: it waits for a worker that knows it.
            _ => {
                let effect = to_canonical(effect);
                connection.execute("INSERT INTO outbox (effect) VALUES (?1)", [effect])?;
            }
        }
    }
    Ok(())
}

/// What is personal leaves the events of a deleted user's (RU-12) or account's (AC-11) stream.
fn redact(connection: &Connection, kind: &str, id: &str) -> Result<(), Error> {
    let mut own =
        connection.prepare_cached("SELECT position, event FROM events WHERE stream_kind = ?1 AND stream_id = ?2")?;
    let own: Vec<(i64, String)> =
        own.query_map([kind, id], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    for (position, event) in own {
        let mut event = Event::from_json(&event)?;
        event.redact();
        let event = event.to_json();
        connection.execute("UPDATE events SET event = ?2 WHERE position = ?1", params![position, event])?;
    }
    Ok(())
}

/// Nothing of the user stays but its purge record; where it acted or linked in other streams, those name it no more (RU-13).
/// What still waits in the outbox goes, too: the token with which it would have been done is to be erased now.
fn purge(connection: &Connection, user: &str) -> Result<(), Error> {
    connection.execute(
        "DELETE FROM events WHERE stream_kind = 'registered_user' AND stream_id = ?1
         AND event ->> '$.event' <> 'registered_user_purged'",
        [user],
    )?;
    connection.execute(
        "UPDATE events SET event = json_set(event, '$.actor.registered_user_id', NULL) WHERE acting_user = ?1",
        [user],
    )?;
    connection
        .execute("UPDATE events SET event = json_set(event, '$.linked_by', NULL) WHERE linked_by = ?1", [user])?;
    connection.execute("DELETE FROM outbox WHERE effect ->> '$.owner.registered_user_id' = ?1", [user])?;
    Ok(())
}
