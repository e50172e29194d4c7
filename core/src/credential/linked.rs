//! Who has linked a credential (CR-4). A registered user keeps which credentials of others it has linked, so
//! that its deletion can list them and its purge finds them (RU-13).

use super::{CredentialRow, OrganizationCredentialRow, Owner, held};
use crate::company::CompanyRow;
use crate::decide::{Refusal, Transaction};
use crate::declare::view::view;
use crate::event::{Event, Stream};
use crate::id::{CompanyId, ConnectorSlug, RegisteredUserId};
use crate::registered_user::RegisteredUserRow;
use crate::state::{CompanyIdIndex, Draft, NotLoaded, Rows, company_key};
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// A credential that a registered user has linked for others. It may have been linked again since, by somebody
/// else, or be gone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Linked {
    /// The company, by the id that says nothing of it; none where it is the organization's.
    pub(crate) company_id: Option<CompanyId>,
    pub(crate) connector: ConnectorSlug,
}

view! {
    /// A credential of others that stays when the registered user who has linked it leaves.
    LinkedForOthers: PartialOrd, Ord {
        /// Whose it is.
        owner: Owner,
        /// The connector.
        connector: ConnectorSlug,
    }
}

/// Records in a user's row that it has linked a credential of the event's stream. A user without a row has been
/// purged, and is skipped.
pub(super) fn note(
    draft: &mut Draft<'_>,
    event: &Event,
    connector: &ConnectorSlug,
    linked_by: Option<RegisteredUserId>,
) -> Result<Option<RegisteredUserId>, NotLoaded> {
    let Some(id) = linked_by else { return Ok(None) };
    let company_id = match event.stream {
        Stream::RegisteredUser(_) => return Ok(linked_by),
        Stream::Company(company_id) => Some(company_id),
        Stream::Organization(_) | Stream::Account(_) | Stream::RegistrationToken(_) => None,
    };
    let linked = Linked { company_id, connector: connector.clone() };
    draft.edit::<RegisteredUserRow>(&id, |user| {
        if let Err(index) = user.linked.binary_search(&linked) {
            user.linked.insert(index, linked);
        }
    })?;
    Ok(draft.row::<RegisteredUserRow>(&id)?.map(|_| id))
}

/// The credentials of a user's present company and of its organization that it has linked and that are live.
pub(crate) fn linked_for_others(tx: &Transaction<'_>, id: RegisteredUserId) -> Result<Vec<LinkedForOthers>, Refusal> {
    let Some(user) = tx.row::<RegisteredUserRow>(&id)? else { return Ok(Vec::new()) };
    let (organization_id, environment) = user.place();
    let company = match user.live().and_then(|live| live.origin_company_id.as_ref()) {
        Some(company) => tx.row::<CompanyRow>(&company_key(&organization_id, environment, company))?,
        None => None,
    };
    let mut found = Vec::new();
    for Linked { company_id, connector } in &user.linked {
        let (owner, credential) = match (company_id, company) {
            (None, _) => {
                let key = (organization_id.clone(), environment, connector.clone());
                (Owner::Organization, tx.row::<OrganizationCredentialRow>(&key)?.map(|row| &row.credential))
            }
            (Some(company_id), Some(company)) if *company_id == company.company_id => {
                let owner = Owner::Shared { origin_company_id: company.origin_company_id.clone() };
                (owner, held(&company.credentials, connector))
            }
            (Some(_), _) => continue,
        };
        if credential.is_some_and(|credential| credential.is_live() && credential.linked_by == Some(id)) {
            found.push(LinkedForOthers { owner, connector: connector.clone() });
        }
    }
    found.sort_unstable();
    Ok(found)
}

/// Takes a user that is purged out of the credentials of others (RU-13).
pub(crate) fn forget(draft: &mut Draft<'_>, id: RegisteredUserId) -> Result<(), NotLoaded> {
    let Some(user) = draft.row::<RegisteredUserRow>(&id)? else { return Ok(()) };
    let ((organization_id, environment), linked) = (user.place(), user.linked.clone());
    let names = |credential: &CredentialRow| credential.linked_by == Some(id);
    for Linked { company_id, connector } in linked {
        match company_id {
            None => {
                let key = (organization_id.clone(), environment, connector);
                if draft.row::<OrganizationCredentialRow>(&key)?.is_some_and(|row| names(&row.credential)) {
                    draft.edit::<OrganizationCredentialRow>(&key, |row| row.credential.linked_by = None)?;
                }
            }
            Some(company_id) => {
                let Some(holder) = draft.row::<CompanyIdIndex>(&company_id)? else { continue };
                let key = company_key(&holder.organization_id, holder.environment, &holder.origin_company_id);
                let company = draft.row::<CompanyRow>(&key)?;
                if company.and_then(|company| held(&company.credentials, &connector)).is_some_and(names) {
                    draft.edit::<CompanyRow>(&key, |company| {
                        let held = company.credentials.iter_mut().find(|held| held.connector == connector);
                        held.into_iter().for_each(|held| held.linked_by = None);
                    })?;
                }
            }
        }
    }
    Ok(())
}
