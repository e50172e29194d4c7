//! Snapshots: the whole state as canonical JSON, and nothing but the state (S-1, S-2).
//!
//! Index rows follow from the others and are not written. Neither policy nor journal is in it.

use super::{EnvironmentTables, OrganizationTables, Record, RegisteredUserRow, RowFormat, State};
use crate::context::Environment;
use crate::id::RegisteredUserId;
use crate::json::{push_canonical, to_value};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use serde::Serialize;

impl State {
    /// What belongs to each organization, in the order of their ids.
    pub(super) fn all_tables(&self) -> impl Iterator<Item = &OrganizationTables> {
        self.organizations().map(|(_, tables)| tables)
    }

    /// What belongs to each environment of each organization.
    pub(super) fn places(&self) -> impl Iterator<Item = &EnvironmentTables> {
        self.all_tables()
            .flat_map(|tables| [Environment::Production, Environment::Test].map(|own| tables.environment(own)))
    }

    /// All users, tombstones too, in the order of their ids.
    pub(super) fn users_in_order(&self) -> impl Iterator<Item = &RegisteredUserRow> {
        let mut ids: Vec<RegisteredUserId> = self.places().flat_map(|place| place.users.iter().copied()).collect();
        ids.sort_unstable();
        ids.into_iter().filter_map(|id| self.user(id))
    }
}

impl State {
    /// The snapshot. Rows are written one by one, in the order of their keys.
    pub(crate) fn snapshot(&self, format: RowFormat) -> String {
        let mut out = Tables { text: String::new(), format };
        // Members stand in the order of their names, as canonical JSON asks.
        out.table("{\"accounts\":", self.accounts());
        out.table(",\"companies\":", self.places().flat_map(|place| place.companies.values()));
        out.table(",\"connectors\":", self.all_tables().flat_map(|tables| tables.connectors.values()));
        out.text.push_str(",\"format_version\":");
        out.text.push_str(&format.number().to_string());
        out.table(",\"groups\":", self.all_tables().flat_map(|tables| tables.groups.values()));
        out.table(",\"organization_credentials\":", self.places().flat_map(|place| place.credentials.values()));
        out.table(",\"organizations\":", self.all_tables().filter_map(|tables| tables.organization.as_ref()));
        out.table(",\"registered_users\":", self.users_in_order());
        out.table(",\"registration_tokens\":", self.tokens());
        out.table(",\"tool_packs\":", self.all_tables().flat_map(|tables| tables.tool_packs.values()));
        out.text.push('}');
        out.text
    }
}

/// A snapshot that is being written.
struct Tables {
    text: String,
    format: RowFormat,
}

impl Tables {
    fn table<'s, R: Record + Serialize + 's>(&mut self, head: &str, rows: impl Iterator<Item = &'s R>) {
        self.text.push_str(head);
        self.text.push('[');
        for (index, row) in rows.enumerate() {
            if index > 0 {
                self.text.push(',');
            }
            self.row(row);
        }
        self.text.push(']');
    }

    fn row<R: Record + Serialize>(&mut self, row: &R) {
        if self.format == RowFormat::default() {
            return push_canonical(&mut self.text, row);
        }
        let mut row = to_value(row);
        self.format.downgrade(R::KIND, &mut row);
        push_canonical(&mut self.text, &row);
    }
}
