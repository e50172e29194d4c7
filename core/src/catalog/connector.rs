//! Connectors: third-party services and the tools that they offer (TP-1).

use crate::authority::Right;
use crate::context::Needs;
use crate::decide::{Refusal, Request, Transaction};
use crate::declare::AtMost;
use crate::declare::object::request;
use crate::declare::view::view;
use crate::error::{Code, Rejection};
use crate::event::EventBody;
use crate::id::{ConnectorSlug, Label, OrganizationId, ToolName};
use crate::page::{ByText, Items, Page};
use crate::prefetch::Prefetch;
use crate::state::{Entry, Listed};
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// Tools that a connector may have (contract section 11).
const MAX_TOOLS: usize = 1000;

/// A connector's row. Its tools are sorted, without duplicates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ConnectorRow {
    pub(crate) organization_id: OrganizationId,
    pub(crate) connector: ConnectorSlug,
    pub(crate) name: Option<Label>,
    pub(crate) tools: Vec<ToolName>,
    /// How many tool packs name it.
    pub(crate) tool_packs: u32,
}

impl Entry for ConnectorRow {
    fn id(&self) -> &str {
        self.connector.as_str()
    }
}

impl ConnectorRow {
    pub(crate) fn has_tool(&self, tool: &str) -> bool {
        self.tools.binary_search_by(|known| known.as_str().cmp(tool)).is_ok()
    }
}

view! {
    /// A connector as answers show it.
    Connector {
        /// Its slug.
        connector: ConnectorSlug,
        /// What it is called.
        name: Option<Label>,
        /// Its tools, sorted.
        tools: Vec<ToolName>,
    }
}

impl ConnectorRow {
    fn view(&self) -> Connector {
        Connector { connector: self.connector.clone(), name: self.name.clone(), tools: self.tools.clone() }
    }
}

request! {
    /// Puts a connector, replacing it whole (TP-4).
    ///
    /// Refused with `invalid_slug`, `limit_exceeded` (1,000 connectors of an organization).
    command PutConnector "put_connector" {
        /// Its slug.
        connector: ConnectorSlug,
        /// What it is called.
        name: Option<Label>,
        /// Its tools, at most 1,000 as given.
        tools: Vec<ToolName> as AtMost<ToolName, MAX_TOOLS>,
    }
}

view! {
    /// What putting a connector answers.
    ConnectorPut {
        /// The connector, after the change.
        connector: Connector,
        /// False where it stood so before.
        changed: bool,
    }
}

impl Request for PutConnector {
    type Response = ConnectorPut;
    const NEEDS: Needs = Needs::ORGANIZATION;
    const RIGHT: Right = Right::Catalogue;

    fn prefetch(&self, prefetch: &Prefetch<'_>) {
        prefetch.connector(&self.connector);
    }

    fn decide(&self, tx: &mut Transaction<'_>) -> Result<ConnectorPut, Refusal> {
        let organization_id = tx.organization_id()?;
        let mut tools = self.tools.clone();
        tools.sort_unstable();
        tools.dedup();
        let before = tx.row::<ConnectorRow>(&(organization_id.clone(), self.connector.clone()))?;
        // Packs and credentials share the catalogue's first copy of the slug.
        let connector = before.map_or(&self.connector, |row| &row.connector).clone();
        let view = Connector { connector, name: self.name.clone(), tools };
        let is_new = before.is_none();
        if before.is_some_and(|row| row.view() == view) {
            return Ok(ConnectorPut { connector: view, changed: false });
        }
        super::check_count(tx, &organization_id, is_new, "connectors", |organization| organization.connectors)?;
        let Connector { connector, name, tools } = view.clone();
        tx.emit_organization(&organization_id, None, EventBody::ConnectorPut { connector, name, tools })?;
        Ok(ConnectorPut { connector: view, changed: true })
    }
}

request! {
    /// Deletes a connector that no tool pack names (TP-6). Credentials for it stay.
    ///
    /// Refused with `connector_not_found`, `connector_in_use`.
    command DeleteConnector "delete_connector" {
        /// Its slug.
        connector: ConnectorSlug,
    }
}

view! {
    /// What deleting a connector answers.
    ConnectorDeletion {
        /// The connector that was.
        connector: ConnectorSlug,
    }
}

impl Request for DeleteConnector {
    type Response = ConnectorDeletion;
    const NEEDS: Needs = Needs::ORGANIZATION;
    const RIGHT: Right = Right::Catalogue;

    fn prefetch(&self, prefetch: &Prefetch<'_>) {
        prefetch.connector(&self.connector);
    }

    fn decide(&self, tx: &mut Transaction<'_>) -> Result<ConnectorDeletion, Refusal> {
        let organization_id = tx.organization_id()?;
        let key = (organization_id.clone(), self.connector.clone());
        let row = tx.row::<ConnectorRow>(&key)?.ok_or(Code::ConnectorNotFound)?;
        if row.tool_packs > 0 {
            return Err(Rejection::new(Code::ConnectorInUse).into());
        }
        let connector = self.connector.clone();
        tx.emit_organization(&organization_id, None, EventBody::ConnectorDeleted { connector: connector.clone() })?;
        Ok(ConnectorDeletion { connector })
    }
}

request! {
    /// The connectors in the order of their slugs; every management key sees them (C-3).
    query ListConnectors "list_connectors" {
        /// Which page.
        ..page: Page as ByText<ConnectorSlug> = Page::default(),
    }
}

impl Request for ListConnectors {
    type Response = Items<Connector>;
    const NEEDS: Needs = Needs::ORGANIZATION;
    const RIGHT: Right = Right::Query;
    const WALKS: bool = true;

    fn prefetch(&self, prefetch: &Prefetch<'_>) {
        prefetch.listed::<ConnectorRow>(&self.page);
    }

    fn decide(&self, tx: &mut Transaction<'_>) -> Result<Items<Connector>, Refusal> {
        let organization_id = tx.organization_id()?;
        let rows =
            tx.list::<ConnectorRow>((Some(&organization_id), None), self.page.after.as_deref(), self.page.rows());
        Ok(self.page.fill(rows.map(|row| row.map(|row| (row.position(), row.view()))))?)
    }
}
