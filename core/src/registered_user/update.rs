//! `update_registered_user`: a merge patch that is never destructive (RU-4, RU-6…10).

use super::create::{check_other_environment, holder};
use super::groupings::{self, BothPatches, GroupingsPatch};
use super::{LIFECYCLE, LiveUser, RegisteredUser, RegisteredUserRow, UserState, UserStatus, UserTrigger, UserType};
use crate::authority::Right;
use crate::company::{self, CompanyChoice, CompanyPatch, PatchedCompany};
use crate::context::{Environment, Needs};
use crate::credential::{AuthScope, CredentialCause, LinkedForOthers, link_session, linked_for_others, revoke_own};
use crate::decide::{Refusal, Request, Transaction, expect_version};
use crate::declare::Integer;
use crate::declare::member::{Kept, Member, Optional};
use crate::declare::object::{input, request};
use crate::declare::read::{Object, Reader};
use crate::declare::view::view;
use crate::error::{Code, Rejection};
use crate::event::{EventBody, ProfileChanges};
use crate::id::{Label, OrganizationId, OriginCompanyId, OriginUserEmail, OriginUserId, RegisteredUserId};
use crate::json::Value;
use crate::lifecycle::Next;
use crate::prefetch::Prefetch;
use crate::shape::Field;
use crate::state::{CompanyIdIndex, next};
use alloc::vec::Vec;
use serde::ser::SerializeMap;

request! {
    /// Changes the profile or the status of a registered user.
    ///
    /// Refused with `registered_user_not_found`, `version_conflict`, `origin_user_id_immutable`,
    /// `origin_user_id_taken` (RU-4), `origin_company_id_required` (a company's name where there is no
    /// company), `invalid_custom_groupings` (more than 50 after the merge), and what the form of the
    /// fields asks for.
    command UpdateRegisteredUser "update_registered_user" {
        /// The user.
        registered_user_id: RegisteredUserId,
        /// What changes.
        patch: RegisteredUserPatch,
        /// The version that the caller has seen, where it must still be the present one (M-3).
        expected_version: Option<u64> as Integer<1>,
    }
}

input! {
    /// A JSON merge patch: absent is unchanged, null is cleared (RU-6).
    ///
    /// In Rust an outer `None` leaves a field as it is, an inner one clears it.
    RegisteredUserPatch {
        /// Only to set it once on a test user that has none (RU-4).
        origin_user_id: Option<Option<OriginUserId>>,
        /// What the user is called.
        origin_user_name: Option<Option<Label>>,
        /// The user's address; need not be unique.
        origin_user_email: Option<Option<OriginUserEmail>>,
        /// The company: another one, none, or another name for it.
        shared_credential_group: Option<CompanyPatch> => PatchedCompany = None,
        /// The customer's own attributes.
        custom_groupings: Option<GroupingsPatch> => BothPatches = None,
        /// HUMAN where null.
        user_type: Option<UserType> => TypeOrHuman = None,
        /// Deactivates or reactivates (RU-9, RU-10).
        is_active: Option<bool> => Kept<bool> = None,
    }
}

/// A type that cannot be cleared: null is the default.
struct TypeOrHuman;

impl Member<Option<UserType>> for TypeOrHuman {
    fn read(object: &Object<'_, '_>, name: &'static str, reader: &mut Reader<'_>) -> Option<Option<UserType>> {
        let given = object.patched_as::<UserType, UserType>(name, reader)?;
        Some(given.map(|given| given.unwrap_or(UserType::Human)))
    }

    fn write<M: SerializeMap>(value: &Option<UserType>, name: &'static str, out: &mut M) -> Result<(), M::Error> {
        value.iter().try_for_each(|value| out.serialize_entry(name, value))
    }

    fn field(name: &'static str, doc: &'static str) -> Field {
        <Optional<UserType> as Member<Option<UserType>>>::field(name, doc)
    }
}

view! {
    /// What an update answers.
    RegisteredUserUpdate {
        /// The user, after the change.
        registered_user: RegisteredUser,
        /// Of a patch that deactivates: the live credentials of the user's company and its organization that it has
        /// linked; they stay (RU-13).
        linked_for_others?: Vec<LinkedForOthers>,
    }
}

impl Request for UpdateRegisteredUser {
    type Response = RegisteredUserUpdate;
    const NEEDS: Needs = Needs::PLACE;
    const RIGHT: Right = Right::RegisteredUsers;
    const BY_FIELDS: &'static [(&'static str, Right)] = &[
        ("the `patch` keeps the company", Right::RegisteredUsers),
        ("the `patch` names or leaves a company", Right::SharedThings),
    ];

    fn right(&self) -> Right {
        if self.patch.shared_credential_group.is_some() { Right::SharedThings } else { Right::RegisteredUsers }
    }

    fn needs(&self) -> Needs {
        Self::NEEDS.and_entropy(matches!(self.patch.shared_credential_group, Some(CompanyPatch::Join(_))))
    }

    fn needs_of(object: &Object<'_, '_>) -> Needs {
        let company =
            object.given("patch").and_then(|patch| patch.get("shared_credential_group")?.get("origin_company_id"));
        Self::NEEDS.and_entropy(!matches!(company, None | Some(Value::Null)))
    }

    fn prefetch(&self, prefetch: &Prefetch<'_>) {
        prefetch.profile(self.registered_user_id);
        if self.patch.is_active == Some(false) {
            prefetch.linked(self.registered_user_id);
        }
        if let Some(Some(origin_user_id)) = &self.patch.origin_user_id {
            prefetch.holder_anywhere(origin_user_id);
        }
        if let Some(CompanyPatch::Join(choice)) = &self.patch.shared_credential_group {
            prefetch.company(&choice.origin_company_id);
            prefetch.minted::<CompanyIdIndex>(0);
        }
    }

    fn decide(&self, tx: &mut Transaction<'_>) -> Result<RegisteredUserUpdate, Refusal> {
        let user = tx.visible_user(self.registered_user_id)?;
        let live = user.live().ok_or(Code::RegisteredUserNotFound)?;
        expect_version(self.expected_version, live.version)?;
        let (place, status, version) = (user.place(), live.status, next(live.version));
        let changes = self.changes(tx, user, live)?;
        let named = self.named_company(live)?;
        check_count(&changes)?;
        if let Some(choice) = named {
            company::name(tx, &choice)?;
        }
        let moves = changes.origin_company_id.is_some();
        if !changes.is_empty() {
            let body = EventBody::RegisteredUserUpdated { changes, version, redacted: false };
            tx.emit_user(self.registered_user_id, place.clone(), body)?;
        }
        let is_deactivated = self.change_status(tx, place, status, version)?;
        if moves {
            // Sessions bound to the company that the user leaves (RU-8); a deactivation has ended them already.
            link_session::end_pending(tx, self.registered_user_id, Some(AuthScope::Shared))?;
        }
        let id = self.registered_user_id;
        link_session::remove_surplus(tx, id)?;
        let linked_for_others = is_deactivated.then(|| linked_for_others(tx, id)).transpose()?;
        Ok(RegisteredUserUpdate { registered_user: tx.view_user(id)?, linked_for_others })
    }
}

/// The groupings are counted after the merge (contract section 11).
fn check_count(changes: &ProfileChanges) -> Result<(), Refusal> {
    match &changes.custom_groupings {
        Some(merged) if merged.len() > groupings::MAX_KEYS => {
            let rejection = Rejection::because(Code::InvalidCustomGroupings, groupings::too_many());
            Err(rejection.at("/patch/custom_groupings").into())
        }
        _ => Ok(()),
    }
}

impl UpdateRegisteredUser {
    /// What of the profile is to be another than it is (RU-6).
    fn changes(
        &self,
        tx: &Transaction<'_>,
        user: &RegisteredUserRow,
        live: &LiveUser,
    ) -> Result<ProfileChanges, Refusal> {
        let RegisteredUserPatch { origin_user_name, origin_user_email, custom_groupings, user_type, .. } = &self.patch;
        let merged = custom_groupings.as_ref().map(|patch| patch.applied_to(&live.custom_groupings));
        Ok(ProfileChanges {
            origin_user_id: self.new_origin_user_id(tx, user, live)?,
            origin_user_name: origin_user_name.clone().filter(|name| *name != live.origin_user_name),
            origin_user_email: origin_user_email.clone().filter(|email| *email != live.origin_user_email),
            origin_company_id: self.new_company().filter(|company| *company != live.origin_company_id),
            custom_groupings: merged.filter(|merged| *merged != live.custom_groupings),
            user_type: user_type.filter(|given| *given != live.user_type),
        })
    }

    /// RU-4: never another one; set once where there is none.
    fn new_origin_user_id(
        &self,
        tx: &Transaction<'_>,
        user: &RegisteredUserRow,
        live: &LiveUser,
    ) -> Result<Option<OriginUserId>, Refusal> {
        let Some(given) = &self.patch.origin_user_id else { return Ok(None) };
        if *given == live.origin_user_id {
            return Ok(None);
        }
        let pointer = "/patch/origin_user_id";
        let (None, Some(new)) = (&live.origin_user_id, given) else {
            return Err(Rejection::new(Code::OriginUserIdImmutable).at(pointer).into());
        };
        if holder(tx, &user.organization_id, user.environment, new)?.is_some() {
            return Err(Rejection::new(Code::OriginUserIdTaken).at(pointer).into());
        }
        check_other_environment(tx, &user.organization_id, user.environment, new, pointer)?;
        Ok(Some(new.clone()))
    }

    /// The company that the user is to belong to, none where it is to leave.
    #[expect(clippy::option_option, reason = "a patch that names no company and one that leaves it are two things")]
    fn new_company(&self) -> Option<Option<OriginCompanyId>> {
        match &self.patch.shared_credential_group {
            None | Some(CompanyPatch::Rename(_)) => None,
            Some(CompanyPatch::Leave) => Some(None),
            Some(CompanyPatch::Join(choice)) => Some(Some(choice.origin_company_id.clone())),
        }
    }

    /// The company that is to be there, and what it is to be called (RU-7); a name alone is for the
    /// present one (RU-6).
    fn named_company(&self, live: &LiveUser) -> Result<Option<CompanyChoice>, Refusal> {
        match &self.patch.shared_credential_group {
            None | Some(CompanyPatch::Leave) => Ok(None),
            Some(CompanyPatch::Join(choice)) => Ok(Some(choice.clone())),
            Some(CompanyPatch::Rename(name)) => match live.origin_company_id.clone() {
                Some(origin_company_id) => {
                    Ok(Some(CompanyChoice { origin_company_id, origin_company_name: Some(name.clone()) }))
                }
                None => Err(Rejection::new(Code::OriginCompanyIdRequired)
                    .at("/patch/shared_credential_group/origin_company_id")
                    .into()),
            },
        }
    }

    /// RU-9, RU-10: the status, and what ends with it. Whether the user is deactivated by it.
    fn change_status(
        &self,
        tx: &mut Transaction<'_>,
        place: (OrganizationId, Environment),
        status: UserStatus,
        version: u64,
    ) -> Result<bool, Refusal> {
        let Some(is_active) = self.patch.is_active else { return Ok(false) };
        let trigger = if is_active { UserTrigger::Reactivate } else { UserTrigger::Deactivate };
        let id = self.registered_user_id;
        match LIFECYCLE.next(status.into(), trigger) {
            Next::To(UserState::Deactivated) => {
                tx.emit_user(id, place, EventBody::RegisteredUserDeactivated { version })?;
                revoke_own(tx, id, CredentialCause::Deactivation)?;
                link_session::end_pending(tx, id, None)?;
                return Ok(true);
            }
            Next::To(_) => tx.emit_user(id, place, EventBody::RegisteredUserReactivated { version })?,
            Next::Stay => {}
            Next::Refuse(code) => return Err(code.into()),
        }
        Ok(false)
    }
}
