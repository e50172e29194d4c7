//! Tool packs: which tools of which connectors an agent gets, and at whose credentials (TP-2, TP-3).

use super::connector::Connector;
use super::group::Group;
use crate::access::authority::{Right, sees_pack};
use crate::ahead::Ahead;
use crate::context::Needs;
use crate::credential::AuthScope;
use crate::decide::{Case, Refusal, Request};
use crate::error::{Code, Rejection, quoted};
use crate::event::EventBody;
use crate::id::{ConnectorSlug, GroupId, Name, OrganizationId, ToolName, ToolPackId};
use crate::json::{Path, Value};
use crate::page::{ByText, Items, Page};
use crate::shape::{Definition, Field, Shown, Type};
use crate::state::{Entry, Listed};
use crate::wire::AtMost;
use crate::wire::declare::request;
use crate::wire::read::{Form, FromWire, Object};
use crate::wire::view::view;
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// Connectors that a pack may have (contract section 11).
const MAX_CONNECTORS: usize = 500;
/// Groups that a pack may have.
const MAX_GROUPS: usize = 50;
/// Tools that an entry may name: as many as a connector may have.
const MAX_TOOLS: usize = 1000;

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
pub(crate) struct ToolPack {
    pub(crate) organization_id: OrganizationId,
    pub(crate) tool_pack_id: ToolPackId,
    pub(crate) name: Name,
    pub(crate) connectors: Vec<PackConnector>,
    pub(crate) group_ids: Option<Vec<GroupId>>,
}

impl Entry for ToolPack {
    fn id(&self) -> &str {
        self.tool_pack_id.as_str()
    }
}

impl ToolPack {
    pub(crate) fn connector(&self, slug: &str) -> Option<&PackConnector> {
        let index = self.connectors.binary_search_by(|known| known.connector.as_str().cmp(slug)).ok()?;
        self.connectors.get(index)
    }
}

view! {
    /// A tool pack as answers show it.
    ToolPackView as "ToolPack" {
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

impl ToolPack {
    fn view(&self) -> ToolPackView {
        ToolPackView {
            tool_pack_id: self.tool_pack_id.clone(),
            name: self.name.clone(),
            connectors: self.connectors.clone(),
            group_ids: self.group_ids.clone(),
        }
    }
}

/// The connectors of a pack, where each stands once (TP-3).
struct PackConnectors;

impl FromWire<Vec<PackConnector>> for PackConnectors {
    fn read(value: &Value<'_>, path: &Path<'_>, form: &mut Form<'_>) -> Option<Vec<PackConnector>> {
        let mut seen = BTreeSet::new();
        AtMost::<PackConnector, MAX_CONNECTORS>::read_each(value, path, form, |item, path, form| {
            PackConnector::read(item, path, &mut seen, form)
        })
    }

    fn check(entries: &Vec<PackConnector>, path: &Path<'_>, form: &mut Form<'_>) {
        AtMost::<PackConnector, MAX_CONNECTORS>::check_length(entries, path, form);
        let mut seen = BTreeSet::new();
        for (index, entry) in entries.iter().enumerate() {
            is_first(&entry.connector, &mut seen, &path.index(index).key("connector"), form);
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
        form: &mut Form<'_>,
    ) -> Option<Self> {
        let object = Object::open(value, path, &["connector", "auth_scope", "tool_names"], form)?;
        let connector = object.required::<ConnectorSlug>("connector", form);
        let connector = connector.filter(|slug| is_first(slug, seen, &object.at("connector"), form));
        let auth_scope = object.or("auth_scope", AuthScope::Individual, form);
        let tool_names = object.optional_as::<AtMost<ToolName, MAX_TOOLS>, Vec<ToolName>>("tool_names", form);
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
        /// The tool pack as it stands.
        tool_pack: ToolPackView,
        /// False where it stood so before.
        changed: bool,
    }
}

impl Request for PutToolPack {
    type Response = ToolPackPut;
    const NEEDS: Needs = Needs::ORGANIZATION;
    const RIGHT: Right = Right::Catalogue;

    fn look_ahead(&self, ahead: &Ahead<'_>) {
        ahead.whole_pack(&self.tool_pack_id);
        self.connectors.iter().for_each(|entry| ahead.connector(&entry.connector));
        for group_id in self.group_ids.iter().flatten() {
            ahead.group(group_id);
        }
    }

    fn decide(&self, case: &mut Case<'_>) -> Result<ToolPackPut, Refusal> {
        let organization_id = case.organization_id()?;
        let key = (organization_id.clone(), self.tool_pack_id.clone());
        let before = case.row::<ToolPack>(&key)?.cloned();
        self.look_up(case, &organization_id)?;
        self.check_tools(case, &organization_id, before.as_ref())?;
        let mut view = self.view();
        Self::share_slugs(case, &organization_id, &mut view)?;
        if before.as_ref().is_some_and(|row| row.view() == view) {
            return Ok(ToolPackPut { tool_pack: view, changed: false });
        }
        super::check_count(case, &organization_id, before.is_none(), "tool packs", |organization| {
            organization.tool_packs
        })?;
        let ToolPackView { tool_pack_id, name, connectors, group_ids } = view.clone();
        let body = EventBody::ToolPackPut { tool_pack_id, name, connectors, group_ids };
        case.emit_organization(&organization_id, None, body)?;
        Ok(ToolPackPut { tool_pack: view, changed: true })
    }
}

/// TP-3: a connector stands in a pack once.
fn is_first(
    connector: &ConnectorSlug,
    seen: &mut BTreeSet<ConnectorSlug>,
    path: &Path<'_>,
    form: &mut Form<'_>,
) -> bool {
    let is_first = seen.insert(connector.clone());
    if !is_first {
        let message = format!("the connector `{}` is named twice", connector.as_str());
        form.violations.add(Code::InvalidToolPack, path, message);
    }
    is_first
}

impl PutToolPack {
    /// The pack as it will stand: sorted, each thing once, without what was left out (TP-4).
    fn view(&self) -> ToolPackView {
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
        ToolPackView { tool_pack_id: self.tool_pack_id.clone(), name: self.name.clone(), connectors, group_ids }
    }

    /// The catalogue's own copies of the slugs, which credentials share too.
    fn share_slugs(case: &Case<'_>, organization_id: &OrganizationId, view: &mut ToolPackView) -> Result<(), Refusal> {
        for entry in &mut view.connectors {
            if let Some(row) = case.row::<Connector>(&(organization_id.clone(), entry.connector.clone()))? {
                entry.connector = row.connector.clone();
            }
        }
        Ok(())
    }

    /// What the pack names must be there, even a connector that is left out of it.
    fn look_up(&self, case: &Case<'_>, organization_id: &OrganizationId) -> Result<(), Refusal> {
        for (index, entry) in self.connectors.iter().enumerate() {
            if case.row::<Connector>(&(organization_id.clone(), entry.connector.clone()))?.is_none() {
                let pointer = format!("/connectors/{index}/connector");
                return Err(Rejection::new(Code::ConnectorNotFound).at(pointer).into());
            }
        }
        for (index, group_id) in self.group_ids.iter().flatten().enumerate() {
            if case.row::<Group>(&(organization_id.clone(), group_id.clone()))?.is_none() {
                return Err(Rejection::new(Code::GroupNotFound).at(format!("/group_ids/{index}")).into());
            }
        }
        Ok(())
    }

    /// A tool must be its connector's, or have been the pack's before its connector dropped it (TP-3).
    fn check_tools(
        &self,
        case: &Case<'_>,
        organization_id: &OrganizationId,
        before: Option<&ToolPack>,
    ) -> Result<(), Refusal> {
        for (index, entry) in self.connectors.iter().enumerate() {
            let row = case.row::<Connector>(&(organization_id.clone(), entry.connector.clone()))?;
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

    fn look_ahead(&self, ahead: &Ahead<'_>) {
        ahead.whole_pack(&self.tool_pack_id);
    }

    fn decide(&self, case: &mut Case<'_>) -> Result<ToolPackDeletion, Refusal> {
        let organization_id = case.organization_id()?;
        let tool_pack_id = self.tool_pack_id.clone();
        case.row::<ToolPack>(&(organization_id.clone(), tool_pack_id.clone()))?.ok_or(Code::ToolPackNotFound)?;
        let body = EventBody::ToolPackDeleted { tool_pack_id: tool_pack_id.clone() };
        case.emit_organization(&organization_id, None, body)?;
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
    type Response = Items<ToolPackView>;
    const NEEDS: Needs = Needs::ORGANIZATION;
    const RIGHT: Right = Right::Query;

    fn look_ahead(&self, ahead: &Ahead<'_>) {
        ahead.listed::<ToolPack>(&self.page);
    }

    fn decide(&self, case: &mut Case<'_>) -> Result<Items<ToolPackView>, Refusal> {
        let organization_id = case.organization_id()?;
        let of = (Some(&organization_id), None);
        let rows = case.list::<ToolPack>(of, self.page.after.as_deref(), self.page.rows());
        let is_seen = |row: &&ToolPack| sees_pack(case.actor(), row.tool_pack_id.as_str());
        let seen = rows.filter(|row| row.as_ref().map_or(true, is_seen));
        Ok(self.page.fill(seen.map(|row| row.map(|row| (row.position(), row.view()))))?)
    }
}
