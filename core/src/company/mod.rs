//! Companies: tenants whose users may share credentials (RU-7, RU-8, RU-15).

mod choice;

pub(crate) use choice::{ChosenCompany, PatchedCompany, nested_groupings};

use crate::authority::{Right, only_users};
use crate::context::{Actor, Environment, Needs};
use crate::credential::{CredentialRow, Owner, revoke_shared};
use crate::decide::{Refusal, Request, Transaction};
use crate::declare::object::request;
use crate::declare::view::view;
use crate::error::{Code, Rejection};
use crate::event::{Event, EventBody, Stream};
use crate::id::{CompanyId, Label, OrganizationId, OriginCompanyId};
use crate::page::{ByText, Items, Page};
use crate::prefetch::Prefetch;
use crate::state::{CompanyIdIndex, CompanyKey, Draft, Listed, NotLoaded, RegisteredUserRow, Rows, company_key};
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// A company's row. Deleted and named again it is a new incarnation, with a new `company_id`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CompanyRow {
    pub(crate) organization_id: OrganizationId,
    pub(crate) environment: Environment,
    pub(crate) origin_company_id: OriginCompanyId,
    pub(crate) company_id: CompanyId,
    pub(crate) origin_company_name: Option<Label>,
    pub(crate) members: u32,
    pub(crate) credentials: Vec<CredentialRow>,
    pub(crate) sequence: u64,
}

view! {
    /// A company as answers show it.
    Company {
        /// The customer's own id.
        origin_company_id: OriginCompanyId,
        /// What it is called.
        origin_company_name: Option<Label>,
        /// How many registered users belong to it; for a key restricted to users, how many of those.
        members: u32,
    }
}

impl CompanyRow {
    pub(crate) fn view(&self) -> Company {
        Company {
            origin_company_id: self.origin_company_id.clone(),
            origin_company_name: self.origin_company_name.clone(),
            members: self.members,
        }
    }
}

/// The company that a command names, with the name that it gives it (RU-7).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CompanyChoice {
    /// The customer's own id.
    pub origin_company_id: OriginCompanyId,
    /// A name that replaces the present one where it differs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin_company_name: Option<Label>,
}

/// What a patch does to the company of a user (RU-6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CompanyPatch {
    /// The user leaves its company.
    Leave,
    /// The user belongs to this company from now on.
    Join(CompanyChoice),
    /// The user's present company gets this name.
    Rename(Label),
}

/// Names a company: the first time creates it, another name renames it (RU-7).
pub(crate) fn name(tx: &mut Transaction<'_>, choice: &CompanyChoice) -> Result<(), Refusal> {
    let (organization_id, environment) = tx.place()?;
    let key = company_key(&organization_id, environment, &choice.origin_company_id);
    let origin_company_id = choice.origin_company_id.clone();
    let Some(company) = tx.row::<CompanyRow>(&key)?.cloned() else {
        let company_id = tx.mint::<CompanyIdIndex>()?;
        let origin_company_name = choice.origin_company_name.clone();
        let body = EventBody::CompanyCreated { origin_company_id, origin_company_name };
        return Ok(tx.emit_company(company_id, key, body)?);
    };
    match &choice.origin_company_name {
        Some(name) if Some(name) != company.origin_company_name.as_ref() => {
            let body = EventBody::CompanyRenamed { origin_company_id, origin_company_name: name.clone() };
            Ok(tx.emit_company(company.company_id, key, body)?)
        }
        _ => Ok(()),
    }
}

request! {
    /// Deletes a company to which no user belongs any more (RU-15).
    ///
    /// Refused with `company_not_found`, `company_not_empty`.
    command DeleteCompany "delete_company" {
        /// The customer's own id.
        origin_company_id: OriginCompanyId,
    }
}

view! {
    /// What deleting a company answers.
    CompanyDeletion {
        /// The company that was.
        origin_company_id: OriginCompanyId,
    }
}

impl Request for DeleteCompany {
    type Response = CompanyDeletion;
    const NEEDS: Needs = Needs::PLACE;
    const RIGHT: Right = Right::SharedThings;

    fn prefetch(&self, prefetch: &Prefetch<'_>) {
        prefetch.company(&self.origin_company_id);
    }

    fn decide(&self, tx: &mut Transaction<'_>) -> Result<CompanyDeletion, Refusal> {
        let (organization_id, environment) = tx.place()?;
        let key = company_key(&organization_id, environment, &self.origin_company_id);
        let company = tx.row::<CompanyRow>(&key)?.cloned().ok_or(Code::CompanyNotFound)?;
        if company.members > 0 {
            let message = format!("the company still has registered users: {}", company.members);
            return Err(Rejection::because(Code::CompanyNotEmpty, message).into());
        }
        revoke_shared(tx, &company)?;
        let origin_company_id = self.origin_company_id.clone();
        tx.emit_company(company.company_id, key, EventBody::CompanyDeleted { origin_company_id })?;
        Ok(CompanyDeletion { origin_company_id: self.origin_company_id.clone() })
    }
}

request! {
    /// Companies in the order of their ids; a key restricted to users sees only theirs, and counts only
    /// them (C-3, P-2).
    query ListCompanies "list_companies" {
        /// Which page.
        ..page: Page as ByText<OriginCompanyId> = Page::default(),
    }
}

impl Request for ListCompanies {
    type Response = Items<Company>;
    const NEEDS: Needs = Needs::PLACE;
    const RIGHT: Right = Right::Query;
    const WALKS: bool = true;

    fn prefetch(&self, prefetch: &Prefetch<'_>) {
        match only_users(prefetch.actor()) {
            Some(ids) => ids.iter().for_each(|id| {
                prefetch.profile(*id);
            }),
            None => {
                if let Some((organization_id, environment)) = prefetch.place() {
                    prefetch.list::<CompanyRow>((Some(organization_id), Some(environment)), &self.page).for_each(drop);
                }
            }
        }
    }

    fn decide(&self, tx: &mut Transaction<'_>) -> Result<Items<Company>, Refusal> {
        let (organization_id, environment) = tx.place()?;
        if let Some(visible) = visible_to_key(&tx.draft, tx.actor(), (&organization_id, environment))? {
            // No other company is looked at, since timing would reveal how many there are (P-2).
            let mut seen = Vec::new();
            for (id, members) in visible {
                let company = tx.row::<CompanyRow>(&company_key(&organization_id, environment, &id))?;
                seen.extend(company.map(|row| (row.position(), Company { members, ..row.view() })));
            }
            return Ok(self.page.take(seen.into_iter()));
        }
        let of = (Some(&organization_id), Some(environment));
        let companies = tx.list::<CompanyRow>(of, self.page.after.as_deref(), self.page.rows());
        Ok(self.page.fill(companies.map(|row| row.map(|row| (row.position(), row.view()))))?)
    }
}

/// The companies that a key restricted to users sees, theirs, with how many of them belong to each: of
/// the other members it learns nothing (P-2). None where there is no restriction.
pub(crate) fn visible_to_key(
    draft: &Draft<'_>,
    actor: &Actor,
    (organization_id, environment): (&OrganizationId, Environment),
) -> Result<Option<BTreeMap<OriginCompanyId, u32>>, NotLoaded> {
    let Some(ids) = only_users(actor) else { return Ok(None) };
    let mut companies = BTreeMap::new();
    for id in ids {
        let user = draft.row::<RegisteredUserRow>(id)?;
        let user = user.filter(|user| user.organization_id == *organization_id && user.environment == environment);
        if let Some(company) = user.and_then(RegisteredUserRow::live).and_then(|user| user.origin_company_id.clone()) {
            *companies.entry(company).or_default() += 1;
        }
    }
    Ok(Some(companies))
}

/// What events do to companies: their own, and those of users who come and go.
pub(crate) fn apply(draft: &mut Draft<'_>, event: &Event) -> Result<(), NotLoaded> {
    match &event.stream {
        Stream::Company(company_id) => apply_own(draft, event, *company_id),
        Stream::RegisteredUser(_) => count_members(draft, event),
        _ => Ok(()),
    }
}

/// The key of the company that an event of its stream is about.
pub(crate) fn key_of(event: &Event) -> Option<CompanyKey> {
    let origin_company_id = match &event.body {
        EventBody::CompanyCreated { origin_company_id, .. }
        | EventBody::CompanyRenamed { origin_company_id, .. }
        | EventBody::CompanyDeleted { origin_company_id } => origin_company_id,
        body => match body.owner()? {
            Owner::Shared { origin_company_id } => origin_company_id,
            Owner::Individual { .. } | Owner::Organization => return None,
        },
    };
    Some((event.organization_id.clone()?, event.environment?, origin_company_id.clone()))
}

fn apply_own(draft: &mut Draft<'_>, event: &Event, company_id: CompanyId) -> Result<(), NotLoaded> {
    let Some(key) = key_of(event) else { return Ok(()) };
    match &event.body {
        EventBody::CompanyCreated { origin_company_name, .. } => draft.put(CompanyRow {
            organization_id: key.0,
            environment: key.1,
            origin_company_id: key.2,
            company_id,
            origin_company_name: origin_company_name.clone(),
            members: 0,
            credentials: Vec::new(),
            sequence: event.sequence,
        }),
        EventBody::CompanyDeleted { .. } => draft.remove::<CompanyRow>(&key),
        body => draft.edit::<CompanyRow>(&key, |company| {
            company.sequence = event.sequence;
            if let EventBody::CompanyRenamed { origin_company_name, .. } = body {
                company.origin_company_name = Some(origin_company_name.clone());
            }
        }),
    }
}

/// Runs before the user's own row changes, so that the company that it leaves is still known.
fn count_members(draft: &mut Draft<'_>, event: &Event) -> Result<(), NotLoaded> {
    let Stream::RegisteredUser(id) = &event.stream else { return Ok(()) };
    let joined = match &event.body {
        EventBody::RegisteredUserCreated { origin_company_id, .. } => origin_company_id.clone(),
        EventBody::RegisteredUserUpdated { changes, .. } => match &changes.origin_company_id {
            Some(company) => company.clone(),
            None => return Ok(()),
        },
        EventBody::RegisteredUserDeleted { .. } => None,
        _ => return Ok(()),
    };
    let (Some(organization_id), Some(environment)) = (&event.organization_id, event.environment) else {
        return Ok(());
    };
    let left = draft
        .row::<RegisteredUserRow>(id)?
        .and_then(RegisteredUserRow::live)
        .and_then(|live| live.origin_company_id.clone());
    if let Some(left) = left {
        let key = company_key(organization_id, environment, &left);
        draft.edit::<CompanyRow>(&key, |company| company.members = company.members.saturating_sub(1))?;
    }
    if let Some(joined) = joined {
        let key = company_key(organization_id, environment, &joined);
        draft.edit::<CompanyRow>(&key, |company| company.members = company.members.saturating_add(1))?;
    }
    Ok(())
}
