//! Snapshots: the whole state as canonical JSON, and nothing but the state (S-1, S-2).
//!
//! Index rows follow from the others and are not written. Neither policy nor journal is in it.

use super::{Place, RegisteredUser, Shelf, State};
use crate::context::Environment;
use crate::id::RegisteredUserId;
use crate::json::push_canonical;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use serde::Serialize;

impl State {
    /// What belongs to each organization, in the order of their ids.
    pub(super) fn shelves(&self) -> impl Iterator<Item = &Shelf> {
        self.organizations().map(|(_, shelf)| shelf)
    }

    /// What belongs to each environment of each organization.
    pub(super) fn places(&self) -> impl Iterator<Item = &Place> {
        self.shelves().flat_map(|shelf| [Environment::Production, Environment::Test].map(|own| shelf.environment(own)))
    }

    /// All users, tombstones too, in the order of their ids.
    pub(super) fn users_in_order(&self) -> impl Iterator<Item = &RegisteredUser> {
        let mut ids: Vec<RegisteredUserId> = self.places().flat_map(|place| place.users.iter().copied()).collect();
        ids.sort_unstable();
        ids.into_iter().filter_map(|id| self.user(id))
    }
}

/// The format that is written. One that is read stays readable (S-3).
pub(crate) const FORMAT_VERSION: i64 = 1;

impl State {
    /// The snapshot. Rows are written one by one, in the order of their keys.
    pub(crate) fn snapshot(&self) -> String {
        let mut out = String::new();
        // Members stand in the order of their names, as canonical JSON asks.
        table(&mut out, "{\"accounts\":", self.accounts());
        table(&mut out, ",\"companies\":", self.places().flat_map(|place| place.companies.values()));
        table(&mut out, ",\"connectors\":", self.shelves().flat_map(|shelf| shelf.connectors.values()));
        out.push_str(",\"format_version\":");
        out.push_str(&FORMAT_VERSION.to_string());
        table(&mut out, ",\"groups\":", self.shelves().flat_map(|shelf| shelf.groups.values()));
        table(&mut out, ",\"organization_credentials\":", self.places().flat_map(|place| place.credentials.values()));
        table(&mut out, ",\"organizations\":", self.shelves().filter_map(|shelf| shelf.organization.as_ref()));
        table(&mut out, ",\"registered_users\":", self.users_in_order());
        table(&mut out, ",\"registration_tokens\":", self.tokens());
        table(&mut out, ",\"tool_packs\":", self.shelves().flat_map(|shelf| shelf.tool_packs.values()));
        out.push('}');
        out
    }
}

fn table<'s, R: Serialize + 's>(out: &mut String, head: &str, rows: impl Iterator<Item = &'s R>) {
    out.push_str(head);
    out.push('[');
    for (index, row) in rows.enumerate() {
        if index > 0 {
            out.push(',');
        }
        push_canonical(out, row);
    }
    out.push(']');
}
