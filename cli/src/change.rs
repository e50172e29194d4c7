//! The rows that differ between two snapshots, field by field.

use std::collections::BTreeMap;

use serde::Serialize;
use tenantry::json::{Path, Value};

use crate::world::{World, list, text};

/// By which of its fields a row of each table is found.
const KEYS: &[(&str, &[&str])] = &[
    ("organizations", &["/organization_id"]),
    ("connectors", &["/organization_id", "/connector"]),
    ("tool_packs", &["/organization_id", "/tool_pack_id"]),
    ("groups", &["/organization_id", "/group_id"]),
    ("organization_credentials", &["/organization_id", "/environment", "/credential/connector"]),
    ("companies", &["/organization_id", "/environment", "/origin_company_id"]),
    ("registered_users", &["/organization_id", "/environment", "/registered_user_id"]),
    ("accounts", &["/user_id"]),
    ("registration_tokens", &["/token_id"]),
];

/// Fields that only count changes, or say when.
const COUNTERS: &[&str] = &["sequence", "version", "updated_at"];

/// A row that is not what it was.
#[derive(Debug, PartialEq, Serialize)]
pub(crate) struct Change {
    pub(crate) table: &'static str,
    pub(crate) key: Vec<String>,
    pub(crate) change: Kind,
    pub(crate) fields: Vec<Field>,
}

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    Added,
    Removed,
    Changed,
}

/// A field that is not what it was; none where it was or is not there.
#[derive(Debug, PartialEq, Serialize)]
pub(crate) struct Field {
    pub(crate) pointer: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) before: Option<Value<'static>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) after: Option<Value<'static>>,
}

/// All rows that differ, table by table.
pub(crate) fn changes(before: &World, after: &World) -> Vec<Change> {
    let mut changes = Vec::new();
    for &(table, key) in KEYS {
        let [before, after] = [before, after].map(|world| by_key(world.table(table), key));
        let mut keys: Vec<_> = before.keys().chain(after.keys()).collect();
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            let mut fields = Vec::new();
            let change = match (before.get(key), after.get(key)) {
                (Some(was), Some(is)) if was == is => continue,
                (Some(was), Some(is)) => {
                    differ(&Path::ROOT, was, is, &mut fields);
                    if fields.is_empty() {
                        continue;
                    }
                    Kind::Changed
                }
                (Some(_), None) => Kind::Removed,
                (None, _) => Kind::Added,
            };
            let key = key.iter().map(|part| (*part).to_owned()).collect();
            changes.push(Change { table, key, change, fields });
        }
    }
    changes
}

fn by_key<'w>(rows: &'w [Value<'static>], key: &[&str]) -> BTreeMap<Vec<&'w str>, &'w Value<'static>> {
    let key_of = |row| key.iter().map(|pointer| text(row, pointer).unwrap_or_default()).collect();
    rows.iter().map(|row| (key_of(row), row)).collect()
}

/// The fields in which two values differ.
fn differ(path: &Path<'_>, was: &Value<'static>, is: &Value<'static>, fields: &mut Vec<Field>) {
    match (was, is) {
        (Value::Object(before), Value::Object(after)) => {
            let mut names: Vec<&str> = before.iter().chain(after).map(|(name, _)| name.as_ref()).collect();
            names.sort_unstable();
            names.dedup();
            for name in names.into_iter().filter(|name| !COUNTERS.contains(name)) {
                compare(&path.key(name), was.get(name), is.get(name), fields);
            }
        }
        (Value::Array(_), Value::Array(_)) => {
            let lacks = |all: &[Value<'static>], one: &Value<'static>| !all.contains(one);
            let (before, after) = (list(Some(was)), list(Some(is)));
            let gone: Vec<_> = before.iter().filter(|item| lacks(after, item)).collect();
            let new: Vec<_> = after.iter().enumerate().filter(|(_, item)| lacks(before, item)).collect();
            if gone.len() == new.len() {
                for (was, (index, is)) in gone.into_iter().zip(new) {
                    differ(&path.index(index), was, is, fields);
                }
            } else {
                let mut item = |before, after| fields.push(Field { pointer: path.pointer(), before, after });
                gone.into_iter().for_each(|was| item(Some(was.clone()), None));
                new.into_iter().for_each(|(_, is)| item(None, Some(is.clone())));
            }
        }
        _ => compare(path, Some(was), Some(is), fields),
    }
}

fn compare(path: &Path<'_>, was: Option<&Value<'static>>, is: Option<&Value<'static>>, fields: &mut Vec<Field>) {
    match (was, is) {
        (Some(was), Some(is)) if was == is => {}
        (Some(was @ (Value::Object(_) | Value::Array(_))), Some(is)) if was.type_name() == is.type_name() => {
            differ(path, was, is, fields);
        }
        _ => fields.push(Field { pointer: path.pointer(), before: was.cloned(), after: is.cloned() }),
    }
}

#[cfg(test)]
mod tests {
    use super::{KEYS, Value};

    /// A table that a snapshot has and this list lacks would never differ.
    #[test]
    fn all_tables_of_a_snapshot_are_compared() {
        let snapshot: Value<'static> = tenantry::Tenantry::example().snapshot().parse().unwrap_or_default();
        let Value::Object(members) = &snapshot else { return assert_eq!(snapshot, Value::Null, "no snapshot") };
        let tables = members.iter().filter(|(_, table)| matches!(table, Value::Array(_)));
        let mut tables: Vec<&str> = tables.map(|(name, _)| name.as_ref()).collect();
        let mut known: Vec<&str> = KEYS.iter().map(|(table, _)| *table).collect();
        tables.sort_unstable();
        known.sort_unstable();
        assert_eq!(tables, known);
    }
}
