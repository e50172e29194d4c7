//! The checks of a decision, in D-1's order, and the codes with which they fail.

use crate::error::Code;
use crate::wire::string_enum::string_enum;

string_enum! {
    /// A check of D-1, in its order.
    Check {
        /// The actor is what it says, and may decide.
        Actor "actor",
        /// The registered user is there.
        UserFound "user_found",
        /// It is active.
        UserActive "user_active",
        /// The tool pack is there.
        PackFound "pack_found",
        /// It serves the user.
        PackPermitted "pack_permitted",
        /// It contains the connector.
        ConnectorInPack "connector_in_pack",
        /// Pack and catalogue contain the tool.
        ToolInPack "tool_in_pack",
        /// SHARED has a company.
        Company "company",
        /// The credential at exactly the pack's scope is active.
        Credential "credential",
    }
}

impl Check {
    /// The codes that it gives.
    const fn codes(self) -> &'static [Code] {
        match self {
            Check::Actor => &[Code::NotAuthenticated, Code::OrganizationNotFound, Code::Forbidden],
            Check::UserFound => &[Code::RegisteredUserNotFound],
            Check::UserActive => &[Code::RegisteredUserInactive],
            Check::PackFound => &[Code::ToolPackNotFound],
            Check::PackPermitted => &[Code::ToolPackNotPermitted],
            Check::ConnectorInPack => &[Code::ConnectorNotInToolPack],
            Check::ToolInPack => &[Code::ToolNotInToolPack],
            Check::Company => &[Code::InvalidCompanyForSharedScope],
            Check::Credential => &[Code::CredentialRequired, Code::CredentialRevoked, Code::ReauthRequired],
        }
    }

    /// The check that gives a code. A denial with any other code comes before all checks.
    pub(crate) fn of(code: Code) -> Self {
        Check::ALL.iter().copied().find(|check| check.codes().contains(&code)).unwrap_or(Check::Actor)
    }
}
