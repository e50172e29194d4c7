//! Rows between the core and the tables: what `load` takes, and the columns of what an outcome changes.

use crate::error::Error;
use serde::Serialize;
use std::collections::BTreeSet;
use tenantry::json::Value;
use tenantry::{
    Change, Effect, EffectBody, Event, Guard, LoadedRow, Outcome, Owner, Revision, RowKey, Stream, Timestamp,
};

/// A row of `tenantry_rows`; `due` only where it was looked for as a row that is due.
pub(crate) struct Found {
    pub(crate) key: String,
    pub(crate) revision: i64,
    pub(crate) body: String,
    pub(crate) due: Option<i64>,
}

/// The rows that were found for keys, as `load` takes them: absent ones too, ranges and what is due as complete.
pub(crate) fn loadable(keys: &BTreeSet<RowKey>, found: &[Found], portion: usize) -> Result<Vec<LoadedRow>, Error> {
    let mut rows = Vec::with_capacity(keys.len().max(found.len()));
    let mut present = BTreeSet::new();
    for Found { key, revision, body, .. } in found {
        let key: RowKey = key.parse().map_err(Error::database)?;
        present.insert(key.clone());
        let row = body.parse().map_err(Error::database)?;
        rows.push(LoadedRow { key, revision: (*revision).into(), row: Some(row) });
    }
    for key in keys {
        let mut key = key.clone();
        let instants = || found.iter().filter_map(|row| row.due);
        if key.due().is_some() && instants().count() >= portion {
            // There may be more after the last of them.
            let last = instants().max().and_then(Timestamp::from_millis);
            key = format!("[\"due\",\"{}\"]", last.unwrap_or(Timestamp::MAX)).parse().map_err(Error::database)?;
        }
        if !present.contains(&key) {
            rows.push(LoadedRow { key, revision: Revision::NONE, row: None });
        }
    }
    Ok(rows)
}

/// What a commit writes, as the columns of the tables. None of it has a `Debug`: it is full of what is personal.
#[derive(Clone)]
pub struct Write {
    /// The revision of the rows that it writes, drawn at random.
    pub revision: i64,
    /// The rows that it was decided on.
    pub guards: Vec<GuardedRow>,
    /// The rows that it changes.
    pub changes: Vec<ChangedRow>,
    /// What happened.
    pub events: Vec<WrittenEvent>,
    /// What waits in the outbox.
    pub effects: Vec<WrittenEffect>,
    /// What is to be erased at once: see [`erase`](crate::erase).
    pub erasures: Vec<Effect>,
}

/// A row that must still be what it was.
#[derive(Clone, Serialize)]
pub struct GuardedRow {
    /// The row.
    pub key: String,
    /// Its revision; none of a row that must be absent.
    pub revision: Option<i64>,
}

/// A row that is changed, by its columns.
#[derive(Clone, Serialize)]
#[expect(missing_docs, reason = "`schema/` says what each column is")]
pub struct ChangedRow {
    pub key: String,
    /// The revision of the row that is replaced; none where there was no row.
    pub base: Option<i64>,
    pub kind: String,
    pub organization_id: Option<String>,
    pub environment: Option<String>,
    pub place: String,
    pub next_due_at: Option<i64>,
    /// None where the row is gone.
    pub body: Option<String>,
}

/// An event, by its columns.
#[derive(Clone, Serialize)]
#[expect(missing_docs, reason = "`schema/` says what each column is")]
pub struct WrittenEvent {
    pub stream_kind: &'static str,
    pub stream_id: String,
    pub sequence: u64,
    pub name: String,
    pub acting_user: Option<String>,
    pub linked_by: Option<String>,
    pub event: String,
}

/// An effect in the outbox, by its columns.
#[derive(Clone, Serialize)]
#[expect(missing_docs, reason = "`schema/` says what each column is")]
pub struct WrittenEffect {
    pub registered_user_id: Option<String>,
    pub effect: String,
}

impl Write {
    /// Takes what is for the database out of an outcome.
    pub(crate) fn of<T>(outcome: &mut Outcome<T>) -> Result<Self, Error> {
        // No revision is beyond 2^53: not every language reads such a number.
        let revision = i64::try_from(getrandom::u64().map_err(Error::database)? >> 11).map_err(Error::database)?;
        let changes = outcome.changes.take().unwrap_or_default();
        let (erasures, effects): (Vec<_>, Vec<_>) = outcome.effects.iter().partition(|effect| is_erasure(effect));
        Ok(Write {
            revision: revision.max(1),
            guards: outcome.guards.take().unwrap_or_default().into_iter().map(GuardedRow::of).collect(),
            changes: changes.into_iter().map(ChangedRow::of).collect::<Result<_, _>>()?,
            events: outcome.events.iter().map(WrittenEvent::of).collect(),
            effects: effects.into_iter().map(WrittenEffect::of).collect(),
            erasures: erasures.into_iter().cloned().collect(),
        })
    }
}

/// Whether a store carries an effect out itself, on its own events. All others wait in the outbox.
const fn is_erasure(effect: &Effect) -> bool {
    use EffectBody::{PurgeUser, RedactAccount, RedactUser};
    matches!(effect.body, RedactUser { .. } | RedactAccount { .. } | PurgeUser { .. })
}

impl GuardedRow {
    fn of(guard: Guard) -> Self {
        GuardedRow { key: guard.key.to_string(), revision: guard.revision.as_integer() }
    }
}

impl ChangedRow {
    fn of(change: Change) -> Result<Self, Error> {
        let key = change.key.to_string();
        let parts: Value<'_> = key.parse().map_err(Error::database)?;
        let Value::Array(parts) = &parts else { return Err(Error::database("a key is a list")) };
        let part = |part: Option<&Value<'_>>| part.and_then(Value::as_str).unwrap_or_default().to_owned();
        let field = |name| change.row.as_ref().and_then(|row| row.get(name)).and_then(Value::as_str);
        Ok(ChangedRow {
            base: change.base.and_then(|base| base.revision.as_integer()),
            kind: part(parts.first()),
            organization_id: field("organization_id").map(str::to_owned),
            environment: field("environment").map(str::to_owned),
            place: part(parts.last()),
            next_due_at: field("next_due_at").and_then(Timestamp::parse).map(Timestamp::millis),
            body: change.row.as_ref().map(Value::to_string),
            key,
        })
    }
}

impl WrittenEvent {
    fn of(event: &Event) -> Self {
        WrittenEvent {
            stream_kind: event.stream.kind(),
            stream_id: stream_id(&event.stream),
            sequence: event.sequence,
            name: event.body.name().to_string(),
            acting_user: event.actor.registered_user_id.flatten().map(|user| user.to_string()),
            linked_by: event.body.linked_by().map(|user| user.to_string()),
            event: event.to_json(),
        }
    }
}

/// The id of a stream as text.
pub(crate) fn stream_id(stream: &Stream) -> String {
    match stream {
        Stream::Account(id) => id.to_string(),
        Stream::Company(id) => id.to_string(),
        Stream::Organization(id) => id.to_string(),
        Stream::RegisteredUser(id) => id.to_string(),
        Stream::RegistrationToken(id) => id.to_string(),
    }
}

impl WrittenEffect {
    fn of(effect: &Effect) -> Self {
        let registered_user_id = match &effect.body {
            EffectBody::RevokeUpstream { owner: Owner::Individual { registered_user_id }, .. } => {
                Some(registered_user_id.to_string())
            }
            _ => None,
        };
        WrittenEffect { registered_user_id, effect: effect.to_json() }
    }
}
