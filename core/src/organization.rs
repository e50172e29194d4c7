//! Organizations: the customers of the platform, to whom everything else belongs.

use crate::authority::Right;
use crate::context::Needs;
use crate::decide::{Refusal, Request, Transaction};
use crate::declare::object::request;
use crate::declare::view::view;
use crate::error::{Code, Rejection};
use crate::event::{Event, EventBody, Stream};
use crate::id::{Name, OrganizationId};
use crate::prefetch::Prefetch;
use crate::state::{Draft, NotLoaded};
use serde::{Deserialize, Serialize};

/// An organization's row: what its limits and its stream need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct OrganizationRow {
    pub(crate) organization_id: OrganizationId,
    pub(crate) name: Name,
    pub(crate) connectors: u32,
    pub(crate) tool_packs: u32,
    pub(crate) groups: u32,
    pub(crate) sequence: u64,
}

view! {
    /// An organization as answers show it.
    Organization {
        /// Its id.
        organization_id: OrganizationId,
        /// What it is called.
        name: Name,
    }
}

impl OrganizationRow {
    pub(crate) fn view(&self) -> Organization {
        Organization { organization_id: self.organization_id.clone(), name: self.name.clone() }
    }
}

request! {
    /// Creates an organization (contract section 7).
    ///
    /// Refused with `name_required`, `organization_exists`.
    command CreateOrganization "create_organization" {
        /// Its id, where the host chooses it.
        organization_id: Option<OrganizationId>,
        /// What it is called.
        name: Name,
    }
}

view! {
    /// What creating an organization answers.
    OrganizationAnswer {
        /// The organization.
        organization: Organization,
    }
}

impl Request for CreateOrganization {
    type Response = OrganizationAnswer;
    const NEEDS: Needs = Needs::NOTHING.and_entropy(true);
    const RIGHT: Right = Right::CreateOrganization;

    fn prefetch(&self, prefetch: &Prefetch<'_>) {
        let minted = || Some(OrganizationId::mint(&mut prefetch.mint()?));
        if let Some(id) = self.organization_id.clone().or_else(minted) {
            prefetch.row::<OrganizationRow>(&id);
        }
    }

    fn decide(&self, tx: &mut Transaction<'_>) -> Result<OrganizationAnswer, Refusal> {
        let organization_id = match &self.organization_id {
            Some(given) if tx.row::<OrganizationRow>(given)?.is_some() => {
                return Err(Rejection::new(Code::OrganizationExists).at("/organization_id").into());
            }
            Some(given) => given.clone(),
            None => {
                let minted = OrganizationId::mint(tx.minting()?);
                if tx.row::<OrganizationRow>(&minted)?.is_some() {
                    return Err(tx.stale_entropy());
                }
                minted
            }
        };
        tx.emit_organization(&organization_id, None, EventBody::OrganizationCreated { name: self.name.clone() })?;
        let view = Organization { organization_id, name: self.name.clone() };
        Ok(OrganizationAnswer { organization: view })
    }
}

request! {
    /// The organization that the actor acts for.
    query GetOrganization "get_organization" {
    }
}

impl Request for GetOrganization {
    type Response = Organization;
    const NEEDS: Needs = Needs::ORGANIZATION;
    const RIGHT: Right = Right::Accounts;

    fn decide(&self, tx: &mut Transaction<'_>) -> Result<Organization, Refusal> {
        let organization_id = tx.organization_id()?;
        Ok(tx.row::<OrganizationRow>(&organization_id)?.ok_or(Code::OrganizationNotFound)?.view())
    }
}

/// What events do to organizations.
pub(crate) fn apply(draft: &mut Draft<'_>, event: &Event) -> Result<(), NotLoaded> {
    let (Stream::Organization(id), EventBody::OrganizationCreated { name }) = (&event.stream, &event.body) else {
        return Ok(());
    };
    draft.put(OrganizationRow {
        organization_id: id.clone(),
        name: name.clone(),
        connectors: 0,
        tool_packs: 0,
        groups: 0,
        sequence: event.sequence,
    })
}
