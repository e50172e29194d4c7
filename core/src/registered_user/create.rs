//! `create_registered_user` and `create_test_user` (RU-1, RU-2, RU-5, RU-7, RU-11).

use super::groupings::BothGroupings;
use super::{CustomGroupings, LiveUser, RegisteredUser, RegisteredUserRow, UserStatus, UserType};
use crate::authority::Right;
use crate::company::{self, ChosenCompany, CompanyChoice};
use crate::context::{Environment, Needs};
use crate::decide::{Refusal, Request, Transaction};
use crate::declare::object::request;
use crate::declare::view::view;
use crate::error::{Code, Rejection};
use crate::event::EventBody;
use crate::id::{Label, OrganizationId, OriginCompanyId, OriginUserEmail, OriginUserId, RegisteredUserId};
use crate::policy::{OriginUserIdScope, RecreateDeactivated};
use crate::prefetch::Prefetch;
use crate::state::{CompanyIdIndex, CompanyRow, OriginUserIndex, company_key, next};
use alloc::vec::Vec;

request! {
    /// Creates a registered user, or finds the one that has this `origin_user_id` (RU-1).
    ///
    /// Refused with `origin_user_id_required`, `invalid_origin_user_id` (RU-3), `invalid_email`,
    /// `invalid_origin_company_id`, `origin_company_id_required` (a company's name alone, RU-7),
    /// `invalid_custom_groupings`; and with `origin_user_id_taken` where the organization's other
    /// environment has it (RU-2), or a deactivated user under the policy `conflict` (RU-11).
    ///
    /// ```
    /// use tenantry::{CreateRegisteredUser, OriginUserId};
    /// let command = CreateRegisteredUser::new(OriginUserId::new("user_a3f9b2")?);
    /// # Ok::<(), tenantry::FormError>(())
    /// ```
    command CreateRegisteredUser "create_registered_user" {
        /// The customer's own id of the user (RU-3).
        origin_user_id: OriginUserId,
        /// What the user is called.
        origin_user_name: Option<Label>,
        /// The user's address; need not be unique.
        origin_user_email: Option<OriginUserEmail>,
        /// The company that the user belongs to (RU-7).
        shared_credential_group: Option<CompanyChoice> => ChosenCompany = None,
        /// The customer's own attributes.
        custom_groupings: Option<CustomGroupings> => BothGroupings = None,
        /// HUMAN where not given.
        user_type: Option<UserType>,
    }
}

view! {
    /// What creating a registered user answers.
    RegisteredUserCreation {
        /// The user's id.
        registered_user_id: RegisteredUserId,
        /// False where the user was there before (RU-1).
        created: bool,
        /// The names of given members that differ from what is stored, sorted (RU-1).
        ignored: Vec<&'static str>,
        /// The user, after the change.
        registered_user: RegisteredUser,
    }
}

impl Request for CreateRegisteredUser {
    type Response = RegisteredUserCreation;
    const NEEDS: Needs = Needs::PLACE.and_entropy(true);
    const RIGHT: Right = Right::SharedThings;

    fn prefetch(&self, prefetch: &Prefetch<'_>) {
        if let Some(id) = prefetch.holder_anywhere(&self.origin_user_id) {
            prefetch.profile(id);
        }
        prefetch.minted::<RegisteredUserRow>(0);
        if let Some(choice) = &self.shared_credential_group {
            // A new company takes the first id.
            prefetch.company(&choice.origin_company_id);
            prefetch.minted::<CompanyIdIndex>(0);
            prefetch.minted::<RegisteredUserRow>(1);
        }
    }

    fn decide(&self, tx: &mut Transaction<'_>) -> Result<RegisteredUserCreation, Refusal> {
        let (organization_id, environment) = tx.place()?;
        if let Some(id) = holder(tx, &organization_id, environment, &self.origin_user_id)? {
            return self.found(tx, id);
        }
        check_other_environment(tx, &organization_id, environment, &self.origin_user_id, "/origin_user_id")?;
        if let Some(choice) = &self.shared_credential_group {
            company::name(tx, choice)?;
        }
        let user = NewUser {
            origin_user_id: Some(self.origin_user_id.clone()),
            origin_user_name: self.origin_user_name.clone(),
            origin_user_email: self.origin_user_email.clone(),
            origin_company_id: self.shared_credential_group.as_ref().map(|choice| choice.origin_company_id.clone()),
            custom_groupings: self.custom_groupings.clone().unwrap_or_default(),
            user_type: self.user_type.unwrap_or(UserType::Human),
        };
        user.create(tx)
    }
}

impl CreateRegisteredUser {
    /// The user is there: it comes back as it is, and a deactivated one as the policy says (RU-11).
    fn found(&self, tx: &mut Transaction<'_>, id: RegisteredUserId) -> Result<RegisteredUserCreation, Refusal> {
        let user = tx.row::<RegisteredUserRow>(&id)?.cloned().ok_or(Code::RegisteredUserNotFound)?;
        let live = user.live().ok_or(Code::RegisteredUserNotFound)?;
        let ignored = self.ignored(tx, &user, live)?;
        if live.status == UserStatus::Deactivated {
            match tx.policy.recreate_deactivated {
                RecreateDeactivated::Return => {}
                RecreateDeactivated::Reactivate => {
                    let version = next(live.version);
                    tx.emit_user(id, user.place(), EventBody::RegisteredUserReactivated { version })?;
                }
                RecreateDeactivated::Conflict => {
                    let mut taken = Rejection::because(
                        Code::OriginUserIdTaken,
                        "a deactivated registered user has this `origin_user_id`",
                    )
                    .at("/origin_user_id");
                    taken.what_to_do = "reactivate that registered user with the patch `{\"is_active\": true}`";
                    return Err(taken.into());
                }
            }
        }
        let registered_user = tx.view_user(id)?;
        Ok(RegisteredUserCreation { registered_user_id: id, created: false, ignored, registered_user })
    }

    fn ignored(
        &self,
        tx: &Transaction<'_>,
        user: &RegisteredUserRow,
        stored: &LiveUser,
    ) -> Result<Vec<&'static str>, Refusal> {
        let differs = |given: bool, same: bool| given && !same;
        let company = match &self.shared_credential_group {
            None => false,
            Some(choice) if Some(&choice.origin_company_id) != stored.origin_company_id.as_ref() => true,
            Some(choice) => {
                let key = company_key(&user.organization_id, user.environment, &choice.origin_company_id);
                let name = tx.row::<CompanyRow>(&key)?.and_then(|row| row.origin_company_name.clone());
                differs(choice.origin_company_name.is_some(), choice.origin_company_name == name)
            }
        };
        let groupings = self.custom_groupings.as_ref();
        let all = [
            ("custom_groupings", differs(groupings.is_some(), groupings == Some(&stored.custom_groupings))),
            (
                "origin_user_email",
                differs(self.origin_user_email.is_some(), self.origin_user_email == stored.origin_user_email),
            ),
            (
                "origin_user_name",
                differs(self.origin_user_name.is_some(), self.origin_user_name == stored.origin_user_name),
            ),
            ("shared_credential_group", company),
            ("user_type", differs(self.user_type.is_some(), self.user_type == Some(stored.user_type))),
        ];
        Ok(all.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect())
    }
}

request! {
    /// Creates a user of the test environment without an `origin_user_id` (RU-4, RU-5).
    ///
    /// Refused with `forbidden` outside the test environment, `invalid_email`.
    command CreateTestUser "create_test_user" {
        /// What the user is called.
        origin_user_name: Option<Label>,
        /// The user's address.
        origin_user_email: Option<OriginUserEmail>,
    }
}

impl Request for CreateTestUser {
    type Response = RegisteredUserCreation;
    const NEEDS: Needs = Needs::PLACE.and_entropy(true);
    const RIGHT: Right = Right::TestUsersAndHolds;

    fn prefetch(&self, prefetch: &Prefetch<'_>) {
        prefetch.minted::<RegisteredUserRow>(0);
    }

    fn decide(&self, tx: &mut Transaction<'_>) -> Result<RegisteredUserCreation, Refusal> {
        let (_, environment) = tx.place()?;
        if environment != Environment::Test {
            return Err(Rejection::because(
                Code::Forbidden,
                "test users can only be created in the `test` environment",
            )
            .into());
        }
        let user = NewUser {
            origin_user_id: None,
            origin_user_name: self.origin_user_name.clone(),
            origin_user_email: self.origin_user_email.clone(),
            origin_company_id: None,
            custom_groupings: CustomGroupings::new(),
            user_type: UserType::Human,
        };
        user.create(tx)
    }
}

/// The profile of a user that is about to be.
struct NewUser {
    origin_user_id: Option<OriginUserId>,
    origin_user_name: Option<Label>,
    origin_user_email: Option<OriginUserEmail>,
    origin_company_id: Option<OriginCompanyId>,
    custom_groupings: CustomGroupings,
    user_type: UserType,
}

impl NewUser {
    fn create(self, tx: &mut Transaction<'_>) -> Result<RegisteredUserCreation, Refusal> {
        let (organization_id, environment) = tx.place()?;
        let id = tx.mint::<RegisteredUserRow>()?;
        let body = EventBody::RegisteredUserCreated {
            origin_user_id: self.origin_user_id,
            origin_user_name: self.origin_user_name,
            origin_user_email: self.origin_user_email,
            origin_company_id: self.origin_company_id,
            custom_groupings: self.custom_groupings,
            user_type: self.user_type,
            redacted: false,
        };
        tx.emit_user(id, (organization_id, environment), body)?;
        let registered_user = tx.view_user(id)?;
        Ok(RegisteredUserCreation { registered_user_id: id, created: true, ignored: Vec::new(), registered_user })
    }
}

/// The user with an `origin_user_id` in an environment.
pub(crate) fn holder(
    tx: &Transaction<'_>,
    organization_id: &OrganizationId,
    environment: Environment,
    origin_user_id: &OriginUserId,
) -> Result<Option<RegisteredUserId>, Refusal> {
    let key = (organization_id.clone(), environment, origin_user_id.clone());
    Ok(tx.row::<OriginUserIndex>(&key)?.map(|row| row.registered_user_id))
}

/// `origin_user_id_taken`, where the scope is the organization and its other environment has it (RU-2).
pub(crate) fn check_other_environment(
    tx: &Transaction<'_>,
    organization_id: &OrganizationId,
    environment: Environment,
    origin_user_id: &OriginUserId,
    pointer: &str,
) -> Result<(), Refusal> {
    if tx.policy.origin_user_id_scope == OriginUserIdScope::Environment {
        return Ok(());
    }
    match holder(tx, organization_id, environment.other(), origin_user_id)? {
        None => Ok(()),
        Some(_) => Err(Rejection::because(
            Code::OriginUserIdTaken,
            "a registered user in the organization's other environment has this `origin_user_id`",
        )
        .at(pointer)
        .into()),
    }
}
