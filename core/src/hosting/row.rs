//! Rows as they come from a host's database and go to it.

use super::Revision;
use crate::error::Rejection;
use crate::json::{Malformed, Path, Value, from_exact, parse_document, sorted, to_canonical, to_value};
use crate::state::{Key, Row, RowFormat, RowRange, State, check_row, open, seal};
use crate::time::Timestamp;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::ToString;
use alloc::vec::Vec;
use core::fmt;
use serde::Serialize;

/// The key of a row; on the wire `[kind, …parts]`. As text it can be the host's primary key.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct RowKey(pub(crate) Key);

/// The kind alone: the other parts may be an address, or the customer's own ids.
impl fmt::Debug for RowKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "RowKey({})", self.0.kind())
    }
}

impl RowKey {
    /// For a `range` key, the rows of a list that are wanted (H-2): load them, and then the key itself with null. A host
    /// may load fewer of them at once, the first ones, with a key that has their number as its limit.
    #[must_use]
    pub fn range(&self) -> Option<&RowRange> {
        match &self.0 {
            Key::Range(range) => Some(range),
            _ => None,
        }
    }

    /// For a `due` key, the instant up to which all rows by their `next_due_at` are wanted.
    #[must_use]
    pub fn due(&self) -> Option<Timestamp> {
        match self.0 {
            Key::Due(at) => Some(at),
            _ => None,
        }
    }
}

impl fmt::Display for RowKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&to_canonical(&self.0))
    }
}

crate::convert::from_text!(RowKey, Rejection, |text: &str| {
    let key = parse_document(text).and_then(|value| Key::read(&value, &Path::ROOT));
    Ok(RowKey(key.map_err(Rejection::malformed)?))
});

/// A row as the host loads it: none where its table has none.
#[derive(Clone, PartialEq)]
pub struct LoadedRow {
    /// The key, as `requirements` or an outcome's `changes` gave it.
    pub key: RowKey,
    /// The host's own revision of the row; comes back in guards.
    pub revision: Revision,
    /// The row, as an outcome's `changes` gave it.
    pub row: Option<Value<'static>>,
}

/// A row that a command was decided on: its revision must still be the current one when the
/// command's changes are written.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Guard {
    /// The row.
    pub key: RowKey,
    /// The revision with which it was loaded.
    pub revision: Revision,
}

/// A row that a command has changed.
#[derive(Clone, PartialEq, Serialize)]
pub struct Change {
    /// The row.
    pub key: RowKey,
    /// What the change is based on; none where there was no row. So it can be written as a compare-and-set: an insert
    /// where there is none, else an update or a deletion of the row that has this revision still (H-3).
    pub base: Option<Base>,
    /// What it is now; none where it is gone. Its `next_due_at` is the next instant at which time
    /// changes it, or null.
    pub row: Option<Value<'static>>,
}

/// The row that a change is based on, as it was loaded.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Base {
    /// The host's own revision of it.
    pub revision: Revision,
}

/// Whether there is a row, and nothing of what is in it.
struct Shown(bool);

impl fmt::Debug for Shown {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(if self.0 { "Some(…)" } else { "None" })
    }
}

impl fmt::Debug for LoadedRow {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = formatter.debug_struct("LoadedRow");
        out.field("key", &self.key).field("revision", &self.revision).field("row", &Shown(self.row.is_some())).finish()
    }
}

impl fmt::Debug for Change {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Change")
            .field("key", &self.key)
            .field("base", &self.base)
            .field("row", &Shown(self.row.is_some()))
            .finish()
    }
}

/// A row as the wire has it: its own fields in some format, and when it is due.
fn row_value(format: RowFormat, key: &Key, row: &Row) -> Value<'static> {
    let mut value = to_value(row);
    seal(format, key.kind(), &mut value);
    let due = row.next_due_at().map(|at| Value::from(at.to_string()));
    match value {
        Value::Object(mut members) => {
            members.push((NEXT_DUE_AT.into(), due.unwrap_or_default()));
            sorted(members)
        }
        other => other,
    }
}

const NEXT_DUE_AT: &str = "next_due_at";

/// The changes of a draft, as the host writes them. What neither was there nor is there is none.
pub(crate) fn changes(state: &State, format: RowFormat, rows: &BTreeMap<Key, Option<Row>>) -> Vec<Change> {
    let change = |(key, row): (&Key, &Option<Row>)| {
        let base = state.has_loaded(key).then(|| Base { revision: state.revision(key) });
        let row = row.as_ref().map(|row| row_value(format, key, row));
        (base.is_some() || row.is_some()).then(|| Change { key: RowKey(key.clone()), base, row })
    };
    rows.iter().filter_map(change).collect()
}

/// Reads the row of a key, and the format that it is in.
pub(super) fn read_row(key: &Key, value: &Value<'_>) -> Result<(RowFormat, Row), Malformed> {
    let mut value = value.clone();
    if let Value::Object(members) = &mut value {
        members.retain(|(name, _)| name != NEXT_DUE_AT);
    }
    let format = open(key.kind(), &mut value).map_err(|message| Malformed::new("/v", message))?;
    let row = match key {
        Key::Organization(_) => Row::Organization(from_exact(&value)?),
        Key::Connector(_) => Row::Connector(from_exact(&value)?),
        Key::ToolPack(_) => Row::ToolPack(from_exact(&value)?),
        Key::Group(_) => Row::Group(from_exact(&value)?),
        Key::OrganizationCredential(_) => Row::OrganizationCredential(from_exact(&value)?),
        Key::Company(_) => Row::Company(from_exact(&value)?),
        Key::RegisteredUser(_) => Row::RegisteredUser(from_exact(&value)?),
        Key::Account(_) => Row::Account(from_exact(&value)?),
        Key::RegistrationToken(_) => Row::RegistrationToken(from_exact(&value)?),
        Key::OriginUserIndex(_) => Row::OriginUserIndex(from_exact(&value)?),
        Key::CompanyIdIndex(_) => Row::CompanyIdIndex(from_exact(&value)?),
        Key::LinkSessionIndex(_) => Row::LinkSessionIndex(from_exact(&value)?),
        Key::EmailIndex(_) => Row::EmailIndex(from_exact(&value)?),
        Key::ExternalIdIndex(_) => Row::ExternalIdIndex(from_exact(&value)?),
        Key::SecretIndex(_) => Row::SecretIndex(from_exact(&value)?),
        Key::ActiveAdmins(()) => Row::ActiveAdmins(from_exact(&value)?),
        Key::Range(_) | Key::Due(_) => {
            let message = format!("a `{}` key has no row of its own: load it with `null` after its rows", key.kind());
            return Err(Malformed::new("", message));
        }
    };
    check_row(&row)?;
    if row.key() == *key { Ok((format, row)) } else { Err(Malformed::new("", "the row does not match its key")) }
}

/// Reads the rows that a host hands in as JSON: `[{key, revision, row|null}]`.
pub(crate) fn read_rows(value: &Value<'_>) -> Result<Vec<LoadedRow>, Malformed> {
    let root = Path::ROOT;
    let Value::Array(items) = value else {
        return Err(Malformed::new("", format!("expected an array of rows, found {}", value.type_name())));
    };
    let mut rows = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let path = root.index(index);
        let wrong = |key: &str, message: &str| Malformed::new(path.key(key).pointer(), message);
        let Value::Object(members) = item else {
            return Err(Malformed::new(path.pointer(), format!("expected an object, found {}", item.type_name())));
        };
        if let Some((key, _)) = members.iter().find(|(key, _)| !["key", "revision", "row"].contains(&key.as_ref())) {
            return Err(wrong(key, "unknown field"));
        }
        let key = Key::read(item.get("key").unwrap_or(&Value::Null), &path.key("key"))?;
        let plain = |value: &Value<'_>| value.clone().into_owned();
        let row = item.get("row").ok_or_else(|| wrong("row", "`row` is required: the row, or null"))?;
        let revision = item.get("revision").map_or(Ok(Revision::NONE), Revision::read);
        rows.push(LoadedRow {
            key: RowKey(key),
            revision: revision.map_err(|message| wrong("revision", &message))?,
            row: (!matches!(row, Value::Null)).then(|| plain(row)),
        });
    }
    Ok(rows)
}
