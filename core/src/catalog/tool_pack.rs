//! Tool packs: which tools of which connectors an agent gets, and at whose credentials (TP-2, TP-3).

use crate::authority::{Right, sees_pack};
use crate::context::Needs;
use crate::credential::AuthScope;
use crate::decide::{Refusal, Request, Transaction};
use crate::declare::object::request;
use crate::declare::view::view;
use crate::error::Code;
use crate::event::EventBody;
use crate::id::{ConnectorSlug, GroupId, Name, OrganizationId, ToolName, ToolPackId};
use crate::page::{ByText, Items, Page};
use crate::prefetch::Prefetch;
use crate::state::{Entry, Listed};
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

view! {
    /// A connector inside a pack.
    PackConnector: serde::Deserialize {
        /// The connector.
        connector: ConnectorSlug,
        /// Whose credential its calls use.
        auth_scope: AuthScope,
        /// The tools, sorted; none means all that the connector has, now or later.
        tool_names: Option<Vec<ToolName>>,
    }
}

/// A tool pack's row. Its connectors are sorted by slug, its groups by id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ToolPackRow {
    pub(crate) organization_id: OrganizationId,
    pub(crate) tool_pack_id: ToolPackId,
    pub(crate) name: Name,
    pub(crate) connectors: Vec<PackConnector>,
    pub(crate) group_ids: Option<Vec<GroupId>>,
}

impl Entry for ToolPackRow {
    fn id(&self) -> &str {
        self.tool_pack_id.as_str()
    }
}

impl ToolPackRow {
    pub(crate) fn connector(&self, slug: &str) -> Option<&PackConnector> {
        let index = self.connectors.binary_search_by(|known| known.connector.as_str().cmp(slug)).ok()?;
        self.connectors.get(index)
    }
}

impl PackConnector {
    /// Whether the pack offers this tool, if the catalogue has it: all of them, or those that it names (TP-3).
    pub(crate) fn offers(&self, tool: &str) -> bool {
        let Some(names) = &self.tool_names else { return true };
        names.binary_search_by(|known| known.as_str().cmp(tool)).is_ok()
    }
}

view! {
    /// A tool pack as answers show it.
    ToolPack {
        /// Its id.
        tool_pack_id: ToolPackId,
        /// What it is called.
        name: Name,
        /// Its connectors, sorted.
        connectors: Vec<PackConnector>,
        /// The groups whose members it serves; null means everybody.
        group_ids: Option<Vec<GroupId>>,
    }
}

impl ToolPackRow {
    pub(super) fn view(&self) -> ToolPack {
        ToolPack {
            tool_pack_id: self.tool_pack_id.clone(),
            name: self.name.clone(),
            connectors: self.connectors.clone(),
            group_ids: self.group_ids.clone(),
        }
    }
}

request! {
    /// Deletes a tool pack.
    ///
    /// Refused with `tool_pack_not_found`.
    command DeleteToolPack "delete_tool_pack" {
        /// Its id.
        tool_pack_id: ToolPackId,
    }
}

view! {
    /// What deleting a tool pack answers.
    ToolPackDeletion {
        /// The pack that was.
        tool_pack_id: ToolPackId,
    }
}

impl Request for DeleteToolPack {
    type Response = ToolPackDeletion;
    const NEEDS: Needs = Needs::ORGANIZATION;
    const RIGHT: Right = Right::Catalogue;

    fn prefetch(&self, prefetch: &Prefetch<'_>) {
        prefetch.whole_pack(&self.tool_pack_id);
    }

    fn decide(&self, tx: &mut Transaction<'_>) -> Result<ToolPackDeletion, Refusal> {
        let organization_id = tx.organization_id()?;
        let tool_pack_id = self.tool_pack_id.clone();
        tx.row::<ToolPackRow>(&(organization_id.clone(), tool_pack_id.clone()))?.ok_or(Code::ToolPackNotFound)?;
        let body = EventBody::ToolPackDeleted { tool_pack_id: tool_pack_id.clone() };
        tx.emit_organization(&organization_id, None, body)?;
        Ok(ToolPackDeletion { tool_pack_id })
    }
}

request! {
    /// The tool packs in the order of their ids; a restricted key sees only its own (C-3).
    query ListToolPacks "list_tool_packs" {
        /// Which page.
        ..page: Page as ByText<ToolPackId> = Page::default(),
    }
}

impl Request for ListToolPacks {
    type Response = Items<ToolPack>;
    const NEEDS: Needs = Needs::ORGANIZATION;
    const RIGHT: Right = Right::Query;
    const WALKS: bool = true;

    fn prefetch(&self, prefetch: &Prefetch<'_>) {
        prefetch.listed::<ToolPackRow>(&self.page);
    }

    fn decide(&self, tx: &mut Transaction<'_>) -> Result<Items<ToolPack>, Refusal> {
        let organization_id = tx.organization_id()?;
        let of = (Some(&organization_id), None);
        let rows = tx.list::<ToolPackRow>(of, self.page.after.as_deref(), self.page.rows());
        let is_seen = |row: &&ToolPackRow| sees_pack(tx.actor(), row.tool_pack_id.as_str());
        let seen = rows.filter(|row| row.as_ref().map_or(true, is_seen));
        Ok(self.page.fill(seen.map(|row| row.map(|row| (row.position(), row.view()))))?)
    }
}
