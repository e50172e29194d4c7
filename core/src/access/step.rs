//! The steps of remedies: typed commands, with a place for what only the caller knows (D-3).

use crate::catalog::{PutConnector, PutToolPack};
use crate::company::{CompanyChoice, CompanyPatch};
use crate::credential::StartLink;
use crate::decide::Declared;
use crate::declare::string_enum::string_enum;
use crate::declare::view::view;
use crate::id::{GroupId, OriginCompanyId, RegisteredUserId};
use crate::registered_user::{CustomGroupings, GroupingsPatch, RegisteredUserPatch, UpdateRegisteredUser};
use crate::request::Command;
use alloc::vec::Vec;
use serde::{Serialize, Serializer};

string_enum! {
    /// What a step of a remedy does.
    RemedyKind [non_exhaustive] {
        /// Reactivates the registered user.
        Reactivate "reactivate",
        /// Links the connector: start and complete.
        Link "link",
        /// Gives the registered user a company.
        SetCompany "set_company",
        /// Lets the pack look for the user's own credential instead.
        SwitchScope "switch_scope",
        /// Adds the connector to the pack.
        AddConnector "add_connector",
        /// Adds the tool to the connector or to the pack.
        AddTool "add_tool",
        /// Makes the user a member of one of the groups. By which of its attributes only the customer knows, except
        /// where a group asks for one value of one grouping.
        MatchGroup "match_group",
    }

    /// Whom a step affects.
    Affects {
        /// This registered user alone.
        User "user",
        /// All users of its company.
        Company "company",
        /// All users of the organization.
        Organization "organization",
    }

    /// A value that only the caller knows. On the wire the command shows it as `{"$parameter": name}`.
    RemedyParameter {
        /// The company that the caller chooses.
        OriginCompanyId "origin_company_id",
    }
}

/// A step of a remedy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RemedyStep {
    /// What it does.
    pub kind: RemedyKind,
    /// Whom it affects.
    pub affects: Affects,
    /// What the caller has to fill in, whether or not the command is shown.
    pub parameters: &'static [RemedyParameter],
    /// The command, where there is one and the actor may run it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub command: Option<StepCommand>,
    /// For `match_group`: the groups of which one must be matched; the one that the command matches, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group_ids: Option<Vec<GroupId>>,
}

view! {
    /// A way from a denial to an allow.
    Remedy {
        /// What to do, in order.
        steps: Vec<RemedyStep>,
        /// Whether the steps alone give an allow.
        complete: bool,
    }
}

/// The command of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StepCommand {
    /// Makes a deactivated user active.
    Reactivate {
        /// The user.
        registered_user_id: RegisteredUserId,
    },
    /// Gives the user the company that the caller chooses.
    SetCompany {
        /// The user.
        registered_user_id: RegisteredUserId,
    },
    /// Gives the user the grouping for which a group asks.
    MatchGroup {
        /// The user.
        registered_user_id: RegisteredUserId,
        /// The grouping, beside those that the user has.
        custom_groupings: CustomGroupings,
    },
    /// Starts a link, which is then completed.
    StartLink(StartLink),
    /// Puts the connector with one tool more.
    PutConnector(PutConnector),
    /// Puts the pack with one change.
    PutToolPack(PutToolPack),
}

impl StepCommand {
    /// The values that the caller has to fill in.
    #[must_use]
    pub const fn parameters(&self) -> &'static [RemedyParameter] {
        match self {
            StepCommand::SetCompany { .. } => &[RemedyParameter::OriginCompanyId],
            StepCommand::Reactivate { .. }
            | StepCommand::MatchGroup { .. }
            | StepCommand::StartLink(_)
            | StepCommand::PutConnector(_)
            | StepCommand::PutToolPack(_) => &[],
        }
    }

    /// The command as it is executed. Only `SetCompany` uses the company.
    #[must_use]
    pub fn with_company(&self, origin_company_id: &OriginCompanyId) -> Command {
        let update = |registered_user_id: &RegisteredUserId, patch| {
            let registered_user_id = *registered_user_id;
            UpdateRegisteredUser::new(registered_user_id, patch).into()
        };
        match self {
            StepCommand::Reactivate { registered_user_id } => {
                update(registered_user_id, RegisteredUserPatch::new().is_active(true))
            }
            StepCommand::SetCompany { registered_user_id } => {
                let choice = CompanyChoice { origin_company_id: origin_company_id.clone(), origin_company_name: None };
                let patch = RegisteredUserPatch::new().shared_credential_group(CompanyPatch::Join(choice));
                update(registered_user_id, patch)
            }
            StepCommand::MatchGroup { registered_user_id, custom_groupings } => {
                let entries = custom_groupings.iter().map(|(key, value)| (key.clone(), Some(value.clone())));
                let patch = GroupingsPatch::Merge(entries.collect());
                update(registered_user_id, RegisteredUserPatch::new().custom_groupings(patch))
            }
            StepCommand::StartLink(command) => command.clone().into(),
            StepCommand::PutConnector(command) => command.clone().into(),
            StepCommand::PutToolPack(command) => command.clone().into(),
        }
    }
}

/// As `execute` takes it, but for parameters.
impl Serialize for StepCommand {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            StepCommand::Reactivate { registered_user_id } => {
                UpdateOnWire::of(registered_user_id, PatchOnWire::IsActive(true)).serialize(serializer)
            }
            StepCommand::SetCompany { registered_user_id } => {
                let origin_company_id = ParameterOnWire { name: RemedyParameter::OriginCompanyId };
                let patch = PatchOnWire::SharedCredentialGroup(GroupOnWire { origin_company_id });
                UpdateOnWire::of(registered_user_id, patch).serialize(serializer)
            }
            StepCommand::MatchGroup { registered_user_id, custom_groupings } => {
                let patch = PatchOnWire::CustomGroupings(custom_groupings);
                UpdateOnWire::of(registered_user_id, patch).serialize(serializer)
            }
            StepCommand::StartLink(command) => command.serialize(serializer),
            StepCommand::PutConnector(command) => command.serialize(serializer),
            StepCommand::PutToolPack(command) => command.serialize(serializer),
        }
    }
}

/// An update whose patch may have a parameter, which no typed command can hold.
#[derive(Serialize)]
struct UpdateOnWire<'c> {
    command: &'static str,
    registered_user_id: &'c RegisteredUserId,
    patch: PatchOnWire<'c>,
}

impl<'c> UpdateOnWire<'c> {
    fn of(registered_user_id: &'c RegisteredUserId, patch: PatchOnWire<'c>) -> Self {
        UpdateOnWire { command: UpdateRegisteredUser::NAME, registered_user_id, patch }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum PatchOnWire<'c> {
    IsActive(bool),
    SharedCredentialGroup(GroupOnWire),
    CustomGroupings(&'c CustomGroupings),
}

#[derive(Serialize)]
struct GroupOnWire {
    origin_company_id: ParameterOnWire,
}

#[derive(Serialize)]
struct ParameterOnWire {
    #[serde(rename = "$parameter")] // `RemedyParameter::MEMBER`
    name: RemedyParameter,
}
