//! `list_tools`: what a registered user can call with a pack, and what prevents the rest (D-7).

use super::call::full_name;
use super::check::{Denial, Untraced};
use super::gate::{Gate, Wanted, served};
use crate::authority::Right;
use crate::catalog::tool_pack::PackConnector;
use crate::context::Needs;
use crate::credential::AuthScope;
use crate::decide::{Refusal, Request, Transaction};
use crate::declare::object::request;
use crate::declare::view::view;
use crate::error::Code;
use crate::id::{ConnectorSlug, OrganizationId, RegisteredUserId, ToolPackId};
use crate::page::{ByText, Items, Page};
use crate::prefetch::Prefetch;
use crate::shapes::ToolStatus;
use crate::state::ConnectorRow;
use alloc::string::String;
use alloc::vec::Vec;

request! {
    /// The connectors of a pack as one user finds them, in the order of their slugs.
    query ListTools "list_tools" {
        /// The user.
        registered_user_id: RegisteredUserId,
        /// The pack.
        tool_pack_id: ToolPackId,
        /// Only connectors that are ready.
        authenticated_only: bool = false,
        /// Which page.
        ..page: Page as ByText<ConnectorSlug> = Page::default(),
    }
}

view! {
    /// A full name that is too long for some models and protocols (TP-1).
    LongTool {
        /// The full name.
        tool: String,
        /// Its characters.
        characters: u64,
    }
}

view! {
    /// A connector of a pack as one user finds it.
    PackTools {
        /// The connector.
        connector: ConnectorSlug,
        /// Whose credential its calls use.
        scope: AuthScope,
        /// The full names of the tools that the pack and the catalogue both have, sorted.
        tools: Vec<String>,
        /// Those of more than 64 characters, where there are any: some models and protocols take at most 64, others 128.
        long_tools?: Vec<LongTool>,
        /// `ready`, or the code with which a call is denied now (D-1).
        status: &'static str as ToolStatus,
    }
}

impl Request for ListTools {
    type Response = Items<PackTools>;
    const NEEDS: Needs = Needs::PLACE;
    const RIGHT: Right = Right::OpenQuery;
    const WALKS: bool = true;

    fn prefetch(&self, prefetch: &Prefetch<'_>) {
        let user = prefetch.user(self.registered_user_id);
        for entry in prefetch.whole_pack(&self.tool_pack_id).into_iter().flat_map(|pack| &pack.connectors) {
            prefetch.scope(entry.auth_scope, user, &entry.connector);
        }
    }

    fn decide(&self, tx: &mut Transaction<'_>) -> Result<Items<PackTools>, Refusal> {
        let (organization_id, environment) = tx.place()?;
        let live = tx.visible_user(self.registered_user_id)?.live().ok_or(Code::RegisteredUserNotFound)?;
        let pack = tx.visible_pack(&self.tool_pack_id)?;
        let gate = Gate::of(tx, &organization_id, environment);
        let stopped =
            served(&tx.draft, live, self.tool_pack_id.as_str(), |_| Ok(Some(pack)), &mut Untraced).map(|_| ());
        let mut found = Vec::new();
        for entry in &pack.connectors {
            let tools = tools(tx, &organization_id, entry)?;
            let ready =
                || gate.ready(&tx.draft, (self.registered_user_id, live), entry, Wanted::AnyTool, &mut Untraced);
            let status = match stopped.clone().and_then(|()| ready()) {
                Ok(_) => READY,
                Err(Denial::Failed(failed)) => failed.code.as_str(),
                Err(denial) => return Err(denial.into()),
            };
            let long_tools: Vec<LongTool> = tools.iter().filter_map(|tool| LongTool::of(tool)).collect();
            let long_tools = Some(long_tools).filter(|long| !long.is_empty());
            let connector = entry.connector.clone();
            let item = PackTools { connector, scope: entry.auth_scope, tools, long_tools, status };
            found.push((String::from(entry.connector.as_str()), item));
        }
        let wanted = found.into_iter().filter(|(_, item)| !self.authenticated_only || item.status == READY);
        Ok(self.page.take(wanted))
    }
}

impl LongTool {
    fn of(tool: &str) -> Option<Self> {
        let characters = u64::try_from(tool.chars().count()).unwrap_or(u64::MAX);
        (characters > 64).then(|| LongTool { tool: String::from(tool), characters })
    }
}

const READY: &str = "ready";

/// The tools that the pack names and the connector has.
fn tools(
    tx: &Transaction<'_>,
    organization_id: &OrganizationId,
    entry: &PackConnector,
) -> Result<Vec<String>, Refusal> {
    let row = tx.row::<ConnectorRow>(&(organization_id.clone(), entry.connector.clone()))?;
    let offered = row.map(|row| row.tools.as_slice()).unwrap_or_default();
    Ok(offered
        .iter()
        .filter(|tool| entry.offers(tool.as_str()))
        .map(|tool| full_name(entry.connector.as_str(), tool.as_str()))
        .collect())
}
