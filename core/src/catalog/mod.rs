//! The catalogue of an organization: connectors, tool packs, groups (TP-1…6).

mod apply;
pub(crate) mod connector;
pub(crate) mod group;
mod put_tool_pack;
pub(crate) mod rule;
mod rule_read;
pub(crate) mod rule_values;
pub(crate) mod tool_pack;

pub(crate) use apply::apply;
pub use connector::{Connector, ConnectorDeletion, ConnectorPut, DeleteConnector, ListConnectors, PutConnector};
pub use group::{DeleteGroup, Group, GroupDeletion, GroupPut, GroupsOf, ListGroups, PutGroup};
pub use put_tool_pack::{PutToolPack, ToolPackPut};
pub use tool_pack::{DeleteToolPack, ListToolPacks, ToolPack, ToolPackDeletion};

use crate::decide::{Refusal, Transaction};
use crate::error::Rejection;
use crate::id::OrganizationId;
use crate::organization::OrganizationRow;
use alloc::format;

/// Connectors, packs and groups that an organization may have, each (contract section 11).
const MAX_ENTRIES: u32 = 1000;

/// `limit_exceeded`, where one more would be too many.
fn check_count(
    tx: &Transaction<'_>,
    organization_id: &OrganizationId,
    is_new: bool,
    things: &str,
    count: impl FnOnce(&OrganizationRow) -> u32,
) -> Result<(), Refusal> {
    let live = tx.row::<OrganizationRow>(organization_id)?.map_or(0, count);
    if is_new && live >= MAX_ENTRIES {
        return Err(Rejection::limit(&format!("{things} per organization"), MAX_ENTRIES).into());
    }
    Ok(())
}
