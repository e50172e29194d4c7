//! `put_tool_pack`: a pack replaced whole, and what it may name (TP-3, TP-4).

use super::connector::ConnectorRow;
use super::group::GroupRow;
use super::tool_pack::{PackConnector, ToolPack, ToolPackRow};
use crate::authority::Right;
use crate::context::Needs;
use crate::credential::AuthScope;
use crate::decide::{Refusal, Request, Transaction};
use crate::declare::AtMost;
use crate::declare::object::request;
use crate::declare::read::{FromWire, Object, Reader};
use crate::declare::view::view;
use crate::error::{Code, Rejection, quoted};
use crate::event::EventBody;
use crate::id::{ConnectorSlug, GroupId, Name, OrganizationId, ToolName, ToolPackId};
use crate::json::{Path, Value};
use crate::prefetch::Prefetch;
use crate::shape::{Definition, Field, Shown, Type};
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::vec::Vec;

/// Connectors that a pack may have (contract section 11).
const MAX_CONNECTORS: usize = 500;
/// Groups that a pack may have.
const MAX_GROUPS: usize = 50;
/// Tools that an entry may name: as many as a connector may have.
const MAX_TOOLS: usize = 1000;

/// The connectors of a pack, without duplicates (TP-3).
struct PackConnectors;

impl FromWire<Vec<PackConnector>> for PackConnectors {
    fn read(value: &Value<'_>, path: &Path<'_>, reader: &mut Reader<'_>) -> Option<Vec<PackConnector>> {
        let mut seen = BTreeSet::new();
        AtMost::<PackConnector, MAX_CONNECTORS>::read_each(value, path, reader, |item, path, reader| {
            PackConnector::read(item, path, &mut seen, reader)
        })
    }

    fn check(entries: &Vec<PackConnector>, path: &Path<'_>, reader: &mut Reader<'_>) {
        AtMost::<PackConnector, MAX_CONNECTORS>::check_length(entries, path, reader);
        let mut seen = BTreeSet::new();
        for (index, entry) in entries.iter().enumerate() {
            is_first(&entry.connector, &mut seen, &path.index(index).key("connector"), reader);
        }
    }

    fn shape() -> Type {
        let entry = Type::named("PackConnectorChoice", || {
            let doc = "A connector inside a tool pack: absent `tool_names` means all tools, an empty list leaves the \
                       connector out (TP-3).";
            let scope = Field::optional("auth_scope", "Whose credential its calls use.", AuthScope::shown().or_null());
            let tools = <AtMost<ToolName, MAX_TOOLS> as FromWire<Vec<ToolName>>>::shape();
            let fields = alloc::vec![
                Field::required("connector", "The connector.", ConnectorSlug::shown()),
                Field { default: Some("\"INDIVIDUAL\"".into()), ..scope },
                Field::optional("tool_names", "The tools; absent means all, now or later.", tools.or_null()),
            ];
            Definition::object("PackConnectorChoice", doc, fields)
        });
        Type::list(entry, Some(MAX_CONNECTORS))
    }
}

impl PackConnector {
    /// Reads an entry; one whose connector was seen before is reported as such, whatever else is wrong.
    fn read(
        value: &Value<'_>,
        path: &Path<'_>,
        seen: &mut BTreeSet<ConnectorSlug>,
        reader: &mut Reader<'_>,
    ) -> Option<Self> {
        let object = Object::open(value, path, &["connector", "auth_scope", "tool_names"], reader)?;
        let connector = object.required::<ConnectorSlug>("connector", reader);
        let connector = connector.filter(|slug| is_first(slug, seen, &object.at("connector"), reader));
        let auth_scope = object.or("auth_scope", AuthScope::Individual, reader);
        let tool_names = object.optional_as::<AtMost<ToolName, MAX_TOOLS>, Vec<ToolName>>("tool_names", reader);
        Some(PackConnector { connector: connector?, auth_scope: auth_scope?, tool_names: tool_names? })
    }
}

request! {
    /// Puts a tool pack, replacing it whole (TP-3, TP-4).
    ///
    /// Refused with `name_required`, `invalid_slug`, `connector_not_found`, `group_not_found`,
    /// `invalid_tool_pack` (a connector named twice, a tool that its connector does not have),
    /// `limit_exceeded` (1,000 packs of an organization).
    command PutToolPack "put_tool_pack" {
        /// Its id.
        tool_pack_id: ToolPackId,
        /// What it is called.
        name: Name,
        /// Its connectors; one with no tools at all is left out.
        connectors: Vec<PackConnector> as PackConnectors,
        /// The groups whose members it serves; none means everybody, an empty list nobody (TP-6).
        group_ids: Option<Vec<GroupId>> as AtMost<GroupId, MAX_GROUPS>,
    }
}

view! {
    /// What putting a tool pack answers.
    ToolPackPut {
        /// The tool pack, after the change.
        tool_pack: ToolPack,
        /// False where it stood so before.
        changed: bool,
    }
}

impl Request for PutToolPack {
    type Response = ToolPackPut;
    const NEEDS: Needs = Needs::ORGANIZATION;
    const RIGHT: Right = Right::Catalogue;

    fn prefetch(&self, prefetch: &Prefetch<'_>) {
        prefetch.whole_pack(&self.tool_pack_id);
        self.connectors.iter().for_each(|entry| prefetch.connector(&entry.connector));
        for group_id in self.group_ids.iter().flatten() {
            prefetch.group(group_id);
        }
    }

    fn decide(&self, tx: &mut Transaction<'_>) -> Result<ToolPackPut, Refusal> {
        let organization_id = tx.organization_id()?;
        let key = (organization_id.clone(), self.tool_pack_id.clone());
        let before = tx.row::<ToolPackRow>(&key)?.cloned();
        self.look_up(tx, &organization_id)?;
        self.check_tools(tx, &organization_id, before.as_ref())?;
        let mut view = self.view();
        Self::share_slugs(tx, &organization_id, &mut view)?;
        if before.as_ref().is_some_and(|row| row.view() == view) {
            return Ok(ToolPackPut { tool_pack: view, changed: false });
        }
        super::check_count(tx, &organization_id, before.is_none(), "tool packs", |organization| {
            organization.tool_packs
        })?;
        let ToolPack { tool_pack_id, name, connectors, group_ids } = view.clone();
        let body = EventBody::ToolPackPut { tool_pack_id, name, connectors, group_ids };
        tx.emit_organization(&organization_id, None, body)?;
        Ok(ToolPackPut { tool_pack: view, changed: true })
    }
}

/// TP-3: a pack lists a connector once.
fn is_first(
    connector: &ConnectorSlug,
    seen: &mut BTreeSet<ConnectorSlug>,
    path: &Path<'_>,
    reader: &mut Reader<'_>,
) -> bool {
    let is_first = seen.insert(connector.clone());
    if !is_first {
        let message = format!("the connector `{}` is named twice", connector.as_str());
        reader.violations.add(Code::InvalidToolPack, path, message);
    }
    is_first
}

impl PutToolPack {
    /// The pack as it will be stored: sorted, without duplicates, and without connectors that have no tools (TP-4).
    fn view(&self) -> ToolPack {
        let mut connectors: Vec<PackConnector> =
            self.connectors.iter().filter(|entry| entry.tool_names.as_ref() != Some(&Vec::new())).cloned().collect();
        connectors.sort_unstable_by(|one, other| one.connector.cmp(&other.connector));
        for tools in connectors.iter_mut().filter_map(|entry| entry.tool_names.as_mut()) {
            tools.sort_unstable();
            tools.dedup();
        }
        let group_ids = self.group_ids.clone().map(|mut ids| {
            ids.sort_unstable();
            ids.dedup();
            ids
        });
        ToolPack { tool_pack_id: self.tool_pack_id.clone(), name: self.name.clone(), connectors, group_ids }
    }

    /// The catalogue's own copies of the slugs, which credentials share too.
    fn share_slugs(tx: &Transaction<'_>, organization_id: &OrganizationId, view: &mut ToolPack) -> Result<(), Refusal> {
        for entry in &mut view.connectors {
            if let Some(row) = tx.row::<ConnectorRow>(&(organization_id.clone(), entry.connector.clone()))? {
                entry.connector = row.connector.clone();
            }
        }
        Ok(())
    }

    /// What the pack names must be there, even a connector that is left out of it.
    fn look_up(&self, tx: &Transaction<'_>, organization_id: &OrganizationId) -> Result<(), Refusal> {
        for (index, entry) in self.connectors.iter().enumerate() {
            if tx.row::<ConnectorRow>(&(organization_id.clone(), entry.connector.clone()))?.is_none() {
                let pointer = format!("/connectors/{index}/connector");
                return Err(Rejection::new(Code::ConnectorNotFound).at(pointer).into());
            }
        }
        for (index, group_id) in self.group_ids.iter().flatten().enumerate() {
            if tx.row::<GroupRow>(&(organization_id.clone(), group_id.clone()))?.is_none() {
                return Err(Rejection::new(Code::GroupNotFound).at(format!("/group_ids/{index}")).into());
            }
        }
        Ok(())
    }

    /// A tool must be its connector's, or have been the pack's before its connector dropped it (TP-3).
    fn check_tools(
        &self,
        tx: &Transaction<'_>,
        organization_id: &OrganizationId,
        before: Option<&ToolPackRow>,
    ) -> Result<(), Refusal> {
        for (index, entry) in self.connectors.iter().enumerate() {
            let row = tx.row::<ConnectorRow>(&(organization_id.clone(), entry.connector.clone()))?;
            let kept = before.and_then(|pack| pack.connector(entry.connector.as_str()));
            let kept = kept.and_then(|entry| entry.tool_names.as_deref()).unwrap_or_default();
            for (tool_index, tool) in entry.tool_names.iter().flatten().enumerate() {
                let known = row.is_some_and(|row| row.has_tool(tool.as_str())) || kept.binary_search(tool).is_ok();
                if !known {
                    let message =
                        format!("the connector `{}` has no tool `{}`", entry.connector.as_str(), quoted(tool.as_str()));
                    let pointer = format!("/connectors/{index}/tool_names/{tool_index}");
                    return Err(Rejection::because(Code::InvalidToolPack, message).at(pointer).into());
                }
            }
        }
        Ok(())
    }
}
