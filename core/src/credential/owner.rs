//! Owners of credentials, and where an owner's credentials are stored.

use super::{AuthScope, Credential, CredentialAnswer, CredentialRow, OrganizationCredentialRow, Owner, held};
use crate::company::CompanyRow;
use crate::decide::{Refusal, Transaction};
use crate::declare::read::{FromWire, Object, Reader};
use crate::error::Code;
use crate::event::EventBody;
use crate::id::{ConnectorSlug, OriginCompanyId, RegisteredUserId};
use crate::json::{Path, Value};
use crate::registered_user::{LiveUser, RegisteredUserRow};
use crate::shape::{Definition, Field, Named, Shown, Type};
use crate::state::company_key;

impl FromWire for Owner {
    fn read(value: &Value<'_>, path: &Path<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        // The scope decides which fields are known, so that it is read before they are.
        let Value::Object(_) = value else { return reader.mistyped("an object", value, path) };
        let scope_path = path.key("scope");
        let Some(scope) = value.get("scope").filter(|given| !matches!(given, Value::Null)) else {
            return reader.report(Code::InvalidRequest, &scope_path, "`scope` is required");
        };
        match AuthScope::read(scope, &scope_path, reader)? {
            AuthScope::Individual => {
                let object = Object::open(value, path, &["scope", "registered_user_id"], reader)?;
                let registered_user_id = object.required("registered_user_id", reader)?;
                Some(Owner::Individual { registered_user_id })
            }
            AuthScope::Shared => {
                let object = Object::open(value, path, &["scope", "origin_company_id"], reader)?;
                let origin_company_id = object.required::<OriginCompanyId>("origin_company_id", reader)?;
                Some(Owner::Shared { origin_company_id })
            }
            AuthScope::Organization => {
                Object::open(value, path, &["scope"], reader)?;
                Some(Owner::Organization)
            }
            AuthScope::None => reader.report(Code::InvalidRequest, &scope_path, "the scope `NONE` has no credentials"),
        }
    }

    fn shape() -> Type {
        Type::named("OwnerChoice", || {
            let individual = || individual("IndividualOwnerChoice", RegisteredUserId::shape());
            let members = alloc::vec![Named::of(individual), Named::of(shared), Named::of(organization),];
            Definition::union("OwnerChoice", "Whose a credential is, on its way in.", members)
        })
    }
}

impl Shown for Owner {
    fn shown() -> Type {
        Type::named("Owner", || {
            let individual = || individual("IndividualOwner", RegisteredUserId::shown());
            let members = alloc::vec![Named::of(individual), Named::of(shared), Named::of(organization),];
            Definition::union("Owner", "Whose a credential is.", members)
        })
    }
}

fn scope(scope: AuthScope) -> Field {
    Field::required("scope", "What kind of owner it is.", Type::word(scope.as_str()))
}

fn individual(name: &'static str, id: Type) -> Definition {
    let user = Field::required("registered_user_id", "The user.", id);
    Definition::object(name, "A registered user's own.", alloc::vec![scope(AuthScope::Individual), user])
}

fn shared() -> Definition {
    let company = Field::required("origin_company_id", "The company.", OriginCompanyId::shown());
    Definition::object("SharedOwner", "A company's.", alloc::vec![scope(AuthScope::Shared), company])
}

fn organization() -> Definition {
    let doc = "The organization's, in one environment.";
    Definition::object("OrganizationOwner", doc, alloc::vec![scope(AuthScope::Organization)])
}

/// Whose a credential is, borrowed: every decision asks.
#[derive(Clone, Copy)]
pub(crate) enum OwnerRef<'o> {
    Individual(RegisteredUserId),
    Shared(&'o OriginCompanyId),
    Organization,
}

impl OwnerRef<'_> {
    pub(crate) fn to_owner(self) -> Owner {
        match self {
            OwnerRef::Individual(registered_user_id) => Owner::Individual { registered_user_id },
            OwnerRef::Shared(origin_company_id) => Owner::Shared { origin_company_id: origin_company_id.clone() },
            OwnerRef::Organization => Owner::Organization,
        }
    }
}

impl AuthScope {
    /// Whose credential a user's calls use at this scope: the one place that says so, and no other owner's is
    /// looked for (P-1). None at NONE, where no credential is needed.
    ///
    /// # Errors
    /// `invalid_company_for_shared_scope`: the user has no company.
    pub(crate) fn owner(
        self,
        registered_user_id: RegisteredUserId,
        live: &LiveUser,
    ) -> Result<Option<OwnerRef<'_>>, Code> {
        match self {
            AuthScope::Individual => Ok(Some(OwnerRef::Individual(registered_user_id))),
            AuthScope::Shared => match &live.origin_company_id {
                Some(origin_company_id) => Ok(Some(OwnerRef::Shared(origin_company_id))),
                None => Err(Code::InvalidCompanyForSharedScope),
            },
            AuthScope::Organization => Ok(Some(OwnerRef::Organization)),
            AuthScope::None => Ok(None),
        }
    }
}

impl Transaction<'_> {
    /// The credential for a connector of an owner that the actor can see; an owner that is not there is
    /// that owner's `*_not_found` (P-2).
    pub(crate) fn credential_of(
        &self,
        owner: &Owner,
        connector: &ConnectorSlug,
    ) -> Result<Option<&CredentialRow>, Refusal> {
        let (organization_id, environment) = self.place()?;
        match owner {
            Owner::Individual { registered_user_id } => {
                let live = self.visible_user(*registered_user_id)?.live();
                Ok(live.and_then(|live| held(&live.credentials, connector)))
            }
            Owner::Shared { origin_company_id } => {
                let key = company_key(&organization_id, environment, origin_company_id);
                let company = self.row::<CompanyRow>(&key)?.ok_or(Code::CompanyNotFound)?;
                Ok(held(&company.credentials, connector))
            }
            Owner::Organization => {
                let key = (organization_id, environment, connector.clone());
                Ok(self.row::<OrganizationCredentialRow>(&key)?.map(|row| &row.credential))
            }
        }
    }

    /// The response that shows an owner's credential for a connector now.
    pub(crate) fn credential_answer(
        &self,
        owner: &Owner,
        connector: &ConnectorSlug,
    ) -> Result<CredentialAnswer, Refusal> {
        let held = self.credential_of(owner, connector)?.ok_or(Code::CredentialNotFound)?;
        Ok(CredentialAnswer { credential: self.view_credential(owner.clone(), held)? })
    }

    /// A credential as the actor sees it: with who has linked it, where it sees that user (P-2) and until
    /// that user's purge, swept or not (T-2).
    pub(super) fn view_credential(&self, owner: Owner, held: &CredentialRow) -> Result<Credential, Refusal> {
        let mut view = held.view(owner, self.now());
        if let Some(id) = view.linked_by {
            view.linked_by = self.known_user(id)?.filter(|user| !user.is_purged(self.now())).map(|_| id);
        }
        Ok(view)
    }

    /// Emits an event about an owner's credential into that owner's stream.
    pub(crate) fn emit_credential(&mut self, owner: &Owner, body: EventBody) -> Result<(), Refusal> {
        let (organization_id, environment) = self.place()?;
        match owner {
            Owner::Individual { registered_user_id } => {
                let place = self.row::<RegisteredUserRow>(registered_user_id)?.map(RegisteredUserRow::place);
                let place = place.ok_or(Code::RegisteredUserNotFound)?;
                Ok(self.emit_user(*registered_user_id, place, body)?)
            }
            Owner::Shared { origin_company_id } => {
                let key = company_key(&organization_id, environment, origin_company_id);
                let company_id = self.row::<CompanyRow>(&key)?.ok_or(Code::CompanyNotFound)?.company_id;
                Ok(self.emit_company(company_id, key, body)?)
            }
            Owner::Organization => Ok(self.emit_organization(&organization_id, Some(environment), body)?),
        }
    }
}
