//! `update_registered_user`: a merge patch that is never destructive (RU-4, RU-6…10).

use super::create::{check_other_environment, holder};
use super::groupings::{self, GroupingsPatch};
use super::{LIFECYCLE, Present, RegisteredUser, RegisteredUserView, UserState, UserStatus, UserTrigger, UserType};
use crate::access::authority::Right;
use crate::ahead::Ahead;
use crate::company::{self, CompanyChoice, CompanyPatch};
use crate::context::{Environment, Needs};
use crate::credential::{AuthScope, CredentialCause, LinkedForOthers, link_session, linked_for_others, revoke_own};
use crate::decide::{Case, Refusal, Request, expect_version};
use crate::error::{Code, Rejection};
use crate::event::{EventBody, ProfileChanges};
use crate::id::{Label, OrganizationId, OriginCompanyId, OriginUserEmail, OriginUserId, RegisteredUserId};
use crate::json::{Path, Value};
use crate::lifecycle::Next;
use crate::state::{CompanyHolder, next};
use crate::wire::read::{Form, FromWire, Integer, Minted, Object};
use alloc::vec::Vec;
use serde::Serialize;

/// Changes the profile or the status of a registered user.
///
/// Refused with `registered_user_not_found`, `version_conflict`, `origin_user_id_immutable`,
/// `origin_user_id_taken` (RU-4), `origin_company_id_required` (a company's name where there is no
/// company), `invalid_custom_groupings` (more than 50 after the merge), and what the form of the
/// fields asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpdateRegisteredUser {
    /// The user.
    pub registered_user_id: RegisteredUserId,
    /// What changes.
    pub patch: RegisteredUserPatch,
    /// The version that the caller has seen, where it must still be the present one (M-3).
    pub expected_version: Option<u64>,
}

/// A patch: an outer `None` leaves a field as it is, an inner one clears it (RU-6).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RegisteredUserPatch {
    /// Only to set it once on a test user that has none (RU-4).
    pub origin_user_id: Option<Option<OriginUserId>>,
    /// The name.
    pub origin_user_name: Option<Option<Label>>,
    /// The address.
    pub origin_user_email: Option<Option<OriginUserEmail>>,
    /// The company: another one, none, or another name for it.
    pub company: Option<CompanyPatch>,
    /// The groupings.
    pub custom_groupings: Option<GroupingsPatch>,
    /// The type.
    pub user_type: Option<UserType>,
    /// Deactivates or reactivates (RU-9, RU-10).
    pub is_active: Option<bool>,
}

/// What an update answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Updated {
    /// The user as it stands.
    pub registered_user: RegisteredUserView,
    /// Of a patch that deactivates: the live credentials of the user's company and its organization that it has
    /// linked; they stay (RU-13).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub linked_for_others: Option<Vec<LinkedForOthers>>,
}

const PATCH_FIELDS: &[&str] = &[
    "origin_user_id",
    "origin_user_name",
    "origin_user_email",
    "shared_credential_group",
    "custom_groupings",
    "user_type",
    "is_active",
];

/// A field of a patch: absent, null, or a value.
#[expect(clippy::option_option, reason = "a violation, an absent field and a null are three different things")]
fn patched<T: FromWire>(object: &Object<'_, '_>, name: &str, form: &mut Form<'_>) -> Option<Option<Option<T>>> {
    match object.given(name) {
        None => Some(None),
        Some(Value::Null) => Some(Some(None)),
        Some(value) => T::read(value, &object.at(name), form).map(|read| Some(Some(read))),
    }
}

impl FromWire for RegisteredUserPatch {
    fn read(value: &Value<'_>, path: &Path<'_>, form: &mut Form<'_>) -> Option<Self> {
        let object = Object::open(value, path, PATCH_FIELDS, form)?;
        let origin_user_id = patched(&object, "origin_user_id", form);
        let origin_user_name = patched(&object, "origin_user_name", form);
        let origin_user_email = patched(&object, "origin_user_email", form);
        let group_path = object.at("shared_credential_group");
        let group_value = object.given("shared_credential_group");
        let group = match group_value {
            None | Some(Value::Null) => Some(None),
            Some(value) => Object::open(value, &group_path, company::GROUP_FIELDS, form).map(Some),
        };
        let company = match (group_value, &group) {
            (None, _) => Some(None),
            (Some(Value::Null), _) => Some(Some(CompanyPatch::Leave)),
            (_, Some(Some(group))) => company::read_patch(group, form),
            _ => None,
        };
        let nested = group.flatten().and_then(|group| group.given("custom_groupings"));
        let nested_path = group_path.key("custom_groupings");
        let top_path = object.at("custom_groupings");
        let top = object.given("custom_groupings");
        let groupings = groupings::read(nested.map(|v| (v, nested_path)), top.map(|v| (v, top_path)), true, form);
        let user_type = patched(&object, "user_type", form);
        let is_active = match object.given("is_active") {
            None => Some(None),
            Some(value) => bool::read(value, &object.at("is_active"), form).map(Some),
        };
        Some(RegisteredUserPatch {
            origin_user_id: origin_user_id?,
            origin_user_name: origin_user_name?,
            origin_user_email: origin_user_email?,
            company: company?,
            custom_groupings: groupings?,
            user_type: user_type?.map(|given| given.unwrap_or(UserType::Human)),
            is_active: is_active?,
        })
    }
}

impl Request for UpdateRegisteredUser {
    type Response = Updated;
    const NAME: &'static str = "update_registered_user";
    const FIELDS: &'static [&'static str] = &["command", "registered_user_id", "patch", "expected_version"];
    const NEEDS: Needs = Needs::PLACE;

    fn right(&self) -> Right {
        if self.patch.company.is_some() { Right::SharedThings } else { Right::RegisteredUsers }
    }

    fn needs(&self) -> Needs {
        Self::NEEDS.and_entropy(matches!(self.patch.company, Some(CompanyPatch::Join(_))))
    }

    fn needs_of(object: &Object<'_, '_>) -> Needs {
        let company =
            object.given("patch").and_then(|patch| patch.get("shared_credential_group")?.get("origin_company_id"));
        Self::NEEDS.and_entropy(!matches!(company, None | Some(Value::Null)))
    }

    fn read(object: &Object<'_, '_>, form: &mut Form<'_>) -> Option<Self> {
        let registered_user_id = object.required::<Minted<_>>("registered_user_id", form);
        let patch = object.required("patch", form);
        let expected_version = object.optional::<Integer<1>>("expected_version", form);
        Some(UpdateRegisteredUser {
            registered_user_id: registered_user_id?.0,
            patch: patch?,
            expected_version: expected_version?.map(|version| version.count()),
        })
    }

    fn check(&self, form: &mut Form<'_>) {
        if let Some(GroupingsPatch::Merge(entries)) = &self.patch.custom_groupings {
            let set = entries.iter().filter_map(|(key, value)| Some((key, value.as_ref()?)));
            groupings::check_entries(set, &Path::rooted("/patch").key("custom_groupings"), form);
        }
        if let Some(version) = self.expected_version {
            Integer::<1>::check(version, &Path::ROOT.key("expected_version"), form);
        }
    }

    fn look_ahead(&self, ahead: &Ahead<'_>) {
        ahead.profile(self.registered_user_id);
        if self.patch.is_active == Some(false) {
            ahead.linked(self.registered_user_id);
        }
        if let Some(Some(origin_user_id)) = &self.patch.origin_user_id {
            ahead.holder_anywhere(origin_user_id);
        }
        if let Some(CompanyPatch::Join(choice)) = &self.patch.company {
            ahead.company(&choice.origin_company_id);
            ahead.minted::<CompanyHolder>(0);
        }
    }

    fn decide(&self, case: &mut Case<'_>) -> Result<Updated, Refusal> {
        let user = case.visible_user(self.registered_user_id)?;
        let present = user.present().ok_or(Code::RegisteredUserNotFound)?;
        expect_version(self.expected_version, present.version)?;
        let (place, status, version) = (user.place(), present.status, next(present.version));
        let changes = self.changes(case, user, present)?;
        let named = self.named_company(present)?;
        check_count(&changes)?;
        if let Some(choice) = named {
            company::name(case, &choice)?;
        }
        let moves = changes.origin_company_id.is_some();
        if !changes.is_empty() {
            let body = EventBody::RegisteredUserUpdated { changes, version, redacted: false };
            case.emit_user(self.registered_user_id, place.clone(), body)?;
        }
        let is_deactivated = self.change_status(case, place, status, version)?;
        if moves {
            // Sessions bound to the company that the user leaves (RU-8); a deactivation has ended them already.
            link_session::end_pending(case, self.registered_user_id, Some(AuthScope::Shared))?;
        }
        let id = self.registered_user_id;
        link_session::remove_surplus(case, id)?;
        let linked_for_others = is_deactivated.then(|| linked_for_others(case, id)).transpose()?;
        Ok(Updated { registered_user: case.view_user(id)?, linked_for_others })
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
    fn changes(&self, case: &Case<'_>, user: &RegisteredUser, present: &Present) -> Result<ProfileChanges, Refusal> {
        let RegisteredUserPatch { origin_user_name, origin_user_email, custom_groupings, user_type, .. } = &self.patch;
        let merged = custom_groupings.as_ref().map(|patch| patch.applied_to(&present.custom_groupings));
        Ok(ProfileChanges {
            origin_user_id: self.new_origin_user_id(case, user, present)?,
            origin_user_name: origin_user_name.clone().filter(|name| *name != present.origin_user_name),
            origin_user_email: origin_user_email.clone().filter(|email| *email != present.origin_user_email),
            origin_company_id: self.new_company().filter(|company| *company != present.origin_company_id),
            custom_groupings: merged.filter(|merged| *merged != present.custom_groupings),
            user_type: user_type.filter(|given| *given != present.user_type),
        })
    }

    /// RU-4: never another one; set once where there is none.
    fn new_origin_user_id(
        &self,
        case: &Case<'_>,
        user: &RegisteredUser,
        present: &Present,
    ) -> Result<Option<OriginUserId>, Refusal> {
        let Some(given) = &self.patch.origin_user_id else { return Ok(None) };
        if *given == present.origin_user_id {
            return Ok(None);
        }
        let pointer = "/patch/origin_user_id";
        let (None, Some(new)) = (&present.origin_user_id, given) else {
            return Err(Rejection::new(Code::OriginUserIdImmutable).at(pointer).into());
        };
        if holder(case, &user.organization_id, user.environment, new)?.is_some() {
            return Err(Rejection::new(Code::OriginUserIdTaken).at(pointer).into());
        }
        check_other_environment(case, &user.organization_id, user.environment, new, pointer)?;
        Ok(Some(new.clone()))
    }

    /// The company that the user is to belong to, none where it is to leave.
    #[expect(clippy::option_option, reason = "a patch that names no company and one that leaves it are two things")]
    fn new_company(&self) -> Option<Option<OriginCompanyId>> {
        match &self.patch.company {
            None | Some(CompanyPatch::Rename(_)) => None,
            Some(CompanyPatch::Leave) => Some(None),
            Some(CompanyPatch::Join(choice)) => Some(Some(choice.origin_company_id.clone())),
        }
    }

    /// The company that is to be there, and what it is to be called (RU-7); a name alone is for the
    /// present one (RU-6).
    fn named_company(&self, present: &Present) -> Result<Option<CompanyChoice>, Refusal> {
        match &self.patch.company {
            None | Some(CompanyPatch::Leave) => Ok(None),
            Some(CompanyPatch::Join(choice)) => Ok(Some(choice.clone())),
            Some(CompanyPatch::Rename(name)) => match present.origin_company_id.clone() {
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
        case: &mut Case<'_>,
        place: (OrganizationId, Environment),
        status: UserStatus,
        version: u64,
    ) -> Result<bool, Refusal> {
        let Some(is_active) = self.patch.is_active else { return Ok(false) };
        let trigger = if is_active { UserTrigger::Reactivate } else { UserTrigger::Deactivate };
        let id = self.registered_user_id;
        match LIFECYCLE.next(status.into(), trigger) {
            Next::To(UserState::Deactivated) => {
                case.emit_user(id, place, EventBody::RegisteredUserDeactivated { version })?;
                revoke_own(case, id, CredentialCause::Deactivation)?;
                link_session::end_pending(case, id, None)?;
                return Ok(true);
            }
            Next::To(_) => case.emit_user(id, place, EventBody::RegisteredUserReactivated { version })?,
            Next::Stay => {}
            Next::Refuse(code) => return Err(code.into()),
        }
        Ok(false)
    }
}
