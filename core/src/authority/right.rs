//! Who may ever do what: the table of contract section 2, as data (C-2, C-3, C-7).

use crate::account::Role;
use crate::context::{AccessKey, Actor, Environment, KeyScope};
use crate::declare::string_enum::string_enum;
use crate::declare::view::view;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// What a request asks for: a row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    /// Registered users and companies.
    RegisteredUsers,
    /// What users share: creating one, companies, company credentials. Restricted keys may not (C-3).
    SharedThings,
    /// `create_test_user`, `set_retention_hold`.
    TestUsersAndHolds,
    /// The catalogue.
    Catalogue,
    /// `start_link`; a key restricted to some packs must name one (C-3).
    StartLink {
        /// Whether the command names a pack.
        names_pack: bool,
    },
    /// `revoke_credential`; what others share is not for restricted keys, nor for users (C-3).
    RevokeCredential {
        /// Whether the owner is a registered user.
        is_own: bool,
    },
    /// `complete_link`, `fail_link`.
    FinishLink,
    /// `report_credential`, `advance_time`.
    HostOnly,
    /// `authorize`, `authorize_batch`.
    Decide,
    /// `explain`.
    Explain,
    /// `preview`: what the command needs that it is for.
    Preview,
    /// `start_tool_call`, `finish_tool_call`.
    ToolCall,
    /// `create_organization`.
    CreateOrganization,
    /// `create_user`: anyone who brings a secret, else administrators (AC-1, AC-2).
    CreateUser {
        /// Whether the command has an `org_token`.
        has_token: bool,
    },
    /// Accounts and tokens.
    Accounts,
    /// Queries.
    Query,
    /// The three open queries.
    OpenQuery,
    /// The journal.
    Journal,
}

view! {
    /// The actors that a row of the table permits.
    Permitted: Copy {
        /// Whether the trusted host itself may: always.
        system: bool,
        /// The roles with which an account may.
        account_roles: &'static [Role],
        /// What an access key needs; null: none may.
        access_key: Option<PermittedKey>,
        /// Whether a registered user may, in its own affairs.
        registered_user: bool,
        /// Whether nobody in particular may.
        anonymous: bool,
    }
}

view! {
    /// What an access key needs.
    PermittedKey: Copy {
        /// One of these scopes; null: whatever its scopes.
        scopes: Option<&'static [KeyScope]>,
        /// To be of this environment; null: of either.
        environment: Option<Environment>,
        /// To be without these restrictions (C-3).
        without: &'static [KeyRestriction],
    }
}

string_enum! {
    /// What an access key may be restricted to (C-3).
    KeyRestriction {
        /// Some users.
        RegisteredUsers "registered_user_ids",
        /// Some tool packs.
        ToolPacks "tool_pack_ids",
    }
}

use KeyRestriction::{RegisteredUsers, ToolPacks};

const ADMINS: &[Role] = &[Role::Admin, Role::OrganizationAdmin];

const ANY_KEY: PermittedKey = PermittedKey { scopes: None, environment: None, without: &[] };
const MANAGEMENT: PermittedKey = PermittedKey { scopes: Some(&[KeyScope::Management]), ..ANY_KEY };
const RUNTIME: PermittedKey = PermittedKey { scopes: Some(&[KeyScope::Runtime]), ..ANY_KEY };
const ANY_SCOPE: PermittedKey = PermittedKey { scopes: Some(KeyScope::ALL), ..ANY_KEY };
const UNRESTRICTED: PermittedKey = PermittedKey { without: &[RegisteredUsers, ToolPacks], ..MANAGEMENT };
const PRODUCTION: PermittedKey = PermittedKey { environment: Some(Environment::Production), ..UNRESTRICTED };
const ANY_PACK: PermittedKey = PermittedKey { without: &[ToolPacks], ..MANAGEMENT };

const ANYONE: Permitted = Permitted {
    system: true,
    account_roles: Role::ALL,
    access_key: Some(ANY_KEY),
    registered_user: true,
    anonymous: true,
};

impl Right {
    /// The table.
    pub(crate) const fn permitted(self) -> Permitted {
        const fn only(access_key: Option<PermittedKey>, account_roles: &'static [Role]) -> Permitted {
            Permitted { system: true, account_roles, access_key, registered_user: false, anonymous: false }
        }
        const fn or_oneself(access_key: Option<PermittedKey>, account_roles: &'static [Role]) -> Permitted {
            Permitted { registered_user: true, ..only(access_key, account_roles) }
        }
        match self {
            Right::RegisteredUsers | Right::Query => only(Some(MANAGEMENT), ADMINS),
            Right::SharedThings => only(Some(UNRESTRICTED), ADMINS),
            Right::TestUsersAndHolds | Right::Accounts => only(None, ADMINS),
            Right::Catalogue => only(Some(PRODUCTION), ADMINS),
            Right::StartLink { names_pack: true } => only(Some(MANAGEMENT), ADMINS),
            Right::StartLink { names_pack: false } => only(Some(ANY_PACK), ADMINS),
            Right::RevokeCredential { is_own: true } => or_oneself(Some(MANAGEMENT), ADMINS),
            Right::RevokeCredential { is_own: false } => only(Some(UNRESTRICTED), ADMINS),
            Right::FinishLink => or_oneself(Some(MANAGEMENT), &[]),
            Right::HostOnly => only(None, &[]),
            Right::Decide => only(Some(RUNTIME), ADMINS),
            Right::Explain => only(Some(ANY_SCOPE), ADMINS),
            Right::ToolCall => only(Some(RUNTIME), &[]),
            Right::CreateOrganization => only(None, &[Role::Admin]),
            Right::CreateUser { has_token: true } | Right::Preview => ANYONE,
            Right::CreateUser { has_token: false } => only(None, ADMINS),
            Right::OpenQuery => or_oneself(Some(ANY_SCOPE), ADMINS),
            Right::Journal => only(Some(ANY_PACK), ADMINS),
        }
    }

    /// C-2: may such an actor ever do this? The role is an account's.
    pub(crate) fn permits(self, actor: &Actor, role: Option<Role>) -> bool {
        let permitted = self.permitted();
        match actor {
            Actor::System { .. } => permitted.system,
            Actor::Account { .. } => role.is_some_and(|role| permitted.account_roles.contains(&role)),
            Actor::AccessKey(given) => permitted.access_key.is_some_and(|needed| needed.admits(given)),
            Actor::RegisteredUser { .. } => permitted.registered_user,
            Actor::Anonymous => permitted.anonymous,
        }
    }

    /// What `forbidden` says is needed: a better actor of the same type, if there is one, else every actor that may.
    pub(crate) fn needs(self, actor: &Actor) -> String {
        // The path for administrators is closed to this actor; the other one is open to everybody (AC-2).
        if let Right::CreateUser { .. } = self {
            return NEEDS_SECRET.to_string();
        }
        let Permitted { account_roles: roles, access_key, registered_user, .. } = self.permitted();
        let key = access_key.map(|key| key.describe());
        let account = (!roles.is_empty()).then(|| {
            let roles: Vec<&str> = roles.iter().map(|role| role.as_str()).collect();
            format!("an account with the role `{}`", roles.join("` or `"))
        });
        let own = match actor {
            Actor::AccessKey(_) => &key,
            Actor::Account { .. } => &account,
            Actor::System { .. } | Actor::RegisteredUser { .. } | Actor::Anonymous => &None,
        };
        if let Some(own) = own {
            return format!("needs {own}");
        }
        let oneself = registered_user.then(|| "the registered user itself".to_string());
        let others: Vec<String> = [key, account, oneself].into_iter().flatten().collect();
        if others.is_empty() {
            "needs the actor `system`".to_string()
        } else {
            format!("needs {}, or the actor `system`", others.join(", "))
        }
    }
}

const NEEDS_SECRET: &str = "needs an account with the role `admin` or `organization_admin`, the actor `system`, or a \
    registration secret in `org_token`";

impl PermittedKey {
    fn admits(&self, key: &AccessKey) -> bool {
        self.scopes.is_none_or(|scopes| scopes.iter().any(|scope| key.scopes.contains(scope)))
            && self.environment.is_none_or(|environment| environment == key.environment)
            && self.without.iter().all(|restriction| match restriction {
                RegisteredUsers => key.registered_user_ids.is_none(),
                ToolPacks => key.tool_pack_ids.is_none(),
            })
    }

    fn describe(&self) -> String {
        let mut text = String::from("an access key");
        if let Some(environment) = self.environment {
            text.push_str(&format!(" of the environment `{}`", environment.as_str()));
        }
        if let Some(scopes) = self.scopes {
            let scopes: Vec<&str> = scopes.iter().map(|scope| scope.as_str()).collect();
            text.push_str(&format!(" with the scope `{}`", scopes.join("` or `")));
        }
        if !self.without.is_empty() {
            let without: Vec<&str> = self.without.iter().map(|restriction| restriction.as_str()).collect();
            text.push_str(&format!(" and without `{}`", without.join("` or `")));
        }
        text
    }
}
