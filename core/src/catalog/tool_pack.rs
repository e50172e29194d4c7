//! Tool packs: which tools of which connectors an agent gets, and at whose credentials (TP-2, TP-3).

use crate::credential::AuthScope;
use crate::id::{ConnectorSlug, GroupId, Name, OrganizationId, ToolName, ToolPackId};
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// A connector inside a pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackConnector {
    /// The connector.
    pub connector: ConnectorSlug,
    /// Whose credential its calls use.
    pub auth_scope: AuthScope,
    /// The tools, sorted; none means all that the connector has, now or later.
    pub tool_names: Option<Vec<ToolName>>,
}

/// A tool pack's row. Its connectors are sorted by slug, its groups by id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ToolPack {
    pub(crate) organization_id: OrganizationId,
    pub(crate) tool_pack_id: ToolPackId,
    pub(crate) name: Name,
    pub(crate) connectors: Vec<PackConnector>,
    pub(crate) group_ids: Option<Vec<GroupId>>,
}

impl ToolPack {
    pub(crate) fn connector(&self, slug: &str) -> Option<&PackConnector> {
        let index = self.connectors.binary_search_by(|known| known.connector.as_str().cmp(slug)).ok()?;
        self.connectors.get(index)
    }
}
