//! A state from a snapshot, or the first place where the snapshot is not one (S-2).
//!
//! Tables are read in the order in which they refer to each other, row by row. What is counted in a
//! row is counted again here. Limits are not looked at: a policy may have tightened them since.

use super::restoration::{Restoration, Restored, wrong};
use super::{Record, RowFormat, State};
use crate::json::{Malformed, Value, from_exact};
use crate::policy::Policy;
use alloc::format;
use serde::Deserialize;

const MEMBERS: [&str; 10] = [
    "accounts",
    "companies",
    "connectors",
    "format_version",
    "groups",
    "organization_credentials",
    "organizations",
    "registered_users",
    "registration_tokens",
    "tool_packs",
];

/// The state in a snapshot.
pub(crate) fn restore(snapshot: &Value<'_>, policy: &Policy) -> Result<State, Malformed> {
    let format = check_members(snapshot)?;
    let mut restoration = Restoration::under(policy);
    macro_rules! table {
        ($name:literal, $take:ident) => {
            table(snapshot, $name, format, |row| restoration.$take(row))?
        };
    }
    table!("organizations", organization);
    table!("connectors", connector);
    table!("groups", group);
    table!("tool_packs", tool_pack);
    table!("organization_credentials", organization_credential);
    table!("companies", company);
    table!("registered_users", user);
    table!("accounts", account);
    table!("registration_tokens", token);
    restoration.finish()
}

/// A state from the rows of another, looked at in the same way: pointers are into its snapshot.
pub(crate) fn rebuild(state: &State, policy: &Policy) -> Result<State, Malformed> {
    let mut rows = Restoration::under(policy);
    each("organizations", state.all_tables().filter_map(|tables| tables.organization.clone()), |row| {
        rows.organization(row)
    })?;
    each("connectors", state.all_tables().flat_map(|tables| tables.connectors.values().cloned()), |row| {
        rows.connector(row)
    })?;
    each("groups", state.all_tables().flat_map(|tables| tables.groups.values().cloned()), |row| rows.group(row))?;
    each("tool_packs", state.all_tables().flat_map(|tables| tables.tool_packs.values().cloned()), |row| {
        rows.tool_pack(row)
    })?;
    each("organization_credentials", state.places().flat_map(|place| place.credentials.values().cloned()), |row| {
        rows.organization_credential(row)
    })?;
    each("companies", state.places().flat_map(|place| place.companies.values().cloned()), |row| rows.company(row))?;
    each("registered_users", state.users_in_order().cloned(), |row| rows.user(row))?;
    each("accounts", state.accounts().cloned(), |row| rows.account(row))?;
    each("registration_tokens", state.tokens().cloned(), |row| rows.token(row))?;
    rows.finish()
}

fn each<R>(name: &str, rows: impl Iterator<Item = R>, mut take: impl FnMut(R) -> Restored) -> Restored {
    rows.enumerate().try_for_each(|(index, row)| take(row).map_err(|fault| within(name, index, fault)))
}

fn within(name: &str, index: usize, mut fault: Malformed) -> Malformed {
    fault.pointer.insert_str(0, &format!("/{name}/{index}"));
    fault
}

/// The format of a snapshot; a newer one is reported before its unknown fields.
fn check_members(snapshot: &Value<'_>) -> Result<RowFormat, Malformed> {
    let Value::Object(members) = snapshot else {
        return wrong("", format!("expected an object, found {}", snapshot.type_name()));
    };
    let format = snapshot.get("format_version").map(RowFormat::read).transpose();
    let format = format.or_else(|message| wrong("/format_version", message))?;
    if let Some((key, _)) = members.iter().find(|(key, _)| !MEMBERS.contains(&key.as_ref())) {
        return Err(Malformed::new("", "not a field of a snapshot").within(key));
    }
    match (format, MEMBERS.iter().find(|name| snapshot.get(name).is_none())) {
        (Some(format), None) => Ok(format),
        (_, missing) => {
            let name = missing.copied().unwrap_or("format_version");
            wrong(format!("/{name}"), format!("`{name}` is required"))
        }
    }
}

/// Reads the rows of a table, each after the one before it in the order of their keys.
fn table<R: Record + for<'v> Deserialize<'v>>(
    snapshot: &Value<'_>,
    name: &str,
    format: RowFormat,
    mut take: impl FnMut(R) -> Restored,
) -> Restored {
    let Some(Value::Array(items)) = snapshot.get(name) else {
        return wrong(format!("/{name}"), "expected an array");
    };
    let mut before: Option<R::Key> = None;
    for (index, item) in items.iter().enumerate() {
        let row = read::<R>(item, format).and_then(|row| {
            let key = row.key();
            if before.as_ref().is_some_and(|before| *before >= key) {
                return wrong("", "not in the order of the rows' ids, or duplicated");
            }
            before = Some(key);
            take(row)
        });
        row.map_err(|fault| within(name, index, fault))?;
    }
    Ok(())
}

/// A row of the format that the snapshot is in.
fn read<R: Record + for<'v> Deserialize<'v>>(item: &Value<'_>, format: RowFormat) -> Result<R, Malformed> {
    if format == RowFormat::default() {
        return from_exact(item);
    }
    let mut row = item.clone();
    format.upgrade(R::KIND, &mut row);
    from_exact(&row)
}
