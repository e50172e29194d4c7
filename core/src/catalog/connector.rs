//! Connectors: third-party services and the tools that they offer (TP-1).

use crate::id::{ConnectorSlug, Label, OrganizationId, ToolName};
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// A connector's row. Its tools are sorted and each stands once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Connector {
    pub(crate) organization_id: OrganizationId,
    pub(crate) connector: ConnectorSlug,
    pub(crate) name: Option<Label>,
    pub(crate) tools: Vec<ToolName>,
    /// How many tool packs name it.
    pub(crate) tool_packs: u32,
}

impl Connector {
    pub(crate) fn has_tool(&self, tool: &str) -> bool {
        self.tools.binary_search_by(|known| known.as_str().cmp(tool)).is_ok()
    }
}
