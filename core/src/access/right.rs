//! Who may ever do what: the table of contract section 2, as data (C-2, C-3).

use crate::account::Role;
use crate::context::{AccessKey, Actor, Environment, KeyScope};
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
    Custody,
    /// The catalogue.
    Catalogue,
    /// `start_link`; a key held to some packs must name one (C-3).
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
    Host,
    /// `authorize`, `explain`, `authorize_batch`.
    Decide,
    /// `start_tool_call`, `finish_tool_call`.
    ToolCall,
    /// `create_organization`.
    CreateOrganization,
    /// `create_user`: anyone, by one of two paths (AC-1, AC-2).
    CreateUser,
    /// Accounts and tokens.
    Accounts,
    /// Queries.
    Query,
    /// The three open queries.
    OpenQuery,
    /// The journal.
    Journal,
}

/// Whom a row permits, beside `system`.
enum Permitted {
    Anyone,
    Only {
        key: Option<Key>,
        roles: &'static [Role],
        /// The registered user, in its own affairs.
        registered_user: bool,
    },
}

/// What an access key needs.
struct Key {
    /// One of these.
    scopes: &'static [KeyScope],
    /// Restrictions that it must not have (C-3).
    without: &'static [Restriction],
    /// Whether it must be of production.
    production: bool,
}

#[derive(Clone, Copy)]
enum Restriction {
    RegisteredUsers,
    ToolPacks,
}

use Restriction::{RegisteredUsers, ToolPacks};

const ADMINS: &[Role] = &[Role::Admin, Role::OrganizationAdmin];

const MANAGEMENT: Key = Key { scopes: &[KeyScope::Management], without: &[], production: false };
const RUNTIME: Key = Key { scopes: &[KeyScope::Runtime], ..MANAGEMENT };
const ANY_SCOPE: Key = Key { scopes: &[KeyScope::Management, KeyScope::Runtime], ..MANAGEMENT };
const UNRESTRICTED: Key = Key { without: &[RegisteredUsers, ToolPacks], ..MANAGEMENT };
const PRODUCTION: Key = Key { production: true, ..UNRESTRICTED };
const ANY_PACK: Key = Key { without: &[ToolPacks], ..MANAGEMENT };

impl Right {
    /// The table.
    const fn permitted(self) -> Permitted {
        const fn only(key: Option<Key>, roles: &'static [Role]) -> Permitted {
            Permitted::Only { key, roles, registered_user: false }
        }
        const fn or_oneself(key: Option<Key>, roles: &'static [Role]) -> Permitted {
            Permitted::Only { key, roles, registered_user: true }
        }
        match self {
            Right::RegisteredUsers | Right::Query => only(Some(MANAGEMENT), ADMINS),
            Right::SharedThings => only(Some(UNRESTRICTED), ADMINS),
            Right::Custody | Right::Accounts => only(None, ADMINS),
            Right::Catalogue => only(Some(PRODUCTION), ADMINS),
            Right::StartLink { names_pack: true } => only(Some(MANAGEMENT), ADMINS),
            Right::StartLink { names_pack: false } => only(Some(ANY_PACK), ADMINS),
            Right::RevokeCredential { is_own: true } => or_oneself(Some(MANAGEMENT), ADMINS),
            Right::RevokeCredential { is_own: false } => only(Some(UNRESTRICTED), ADMINS),
            Right::FinishLink => or_oneself(Some(MANAGEMENT), &[]),
            Right::Host => only(None, &[]),
            Right::Decide => only(Some(RUNTIME), ADMINS),
            Right::ToolCall => only(Some(RUNTIME), &[]),
            Right::CreateOrganization => only(None, &[Role::Admin]),
            Right::CreateUser => Permitted::Anyone,
            Right::OpenQuery => or_oneself(Some(ANY_SCOPE), ADMINS),
            Right::Journal => only(Some(ANY_PACK), ADMINS),
        }
    }

    /// C-2: may such an actor ever do this? The role is an account's.
    pub(crate) fn permits(self, actor: &Actor, role: Option<Role>) -> bool {
        let Permitted::Only { key, roles, registered_user } = self.permitted() else { return true };
        match actor {
            Actor::System { .. } => true,
            Actor::Account { .. } => role.is_some_and(|role| roles.contains(&role)),
            Actor::AccessKey(given) => key.is_some_and(|needed| needed.admits(given)),
            Actor::RegisteredUser { .. } => registered_user,
            Actor::Anonymous => false,
        }
    }

    /// What `forbidden` says is needed: a better actor of the same type, if there is one, else every actor that may.
    pub(crate) fn needs(self, actor: &Actor) -> String {
        let (key, roles, registered_user) = match self.permitted() {
            Permitted::Only { key, roles, registered_user } => (key, roles, registered_user),
            // The path for administrators is closed to this actor; the other one is open to everybody (AC-2).
            Permitted::Anyone => return NEEDS_SECRET.to_string(),
        };
        let key = key.map(|key| key.describe());
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

impl Key {
    fn admits(&self, key: &AccessKey) -> bool {
        self.scopes.iter().any(|scope| key.scopes.contains(scope))
            && (!self.production || key.environment == Environment::Production)
            && self.without.iter().all(|restriction| match restriction {
                RegisteredUsers => key.registered_user_ids.is_none(),
                ToolPacks => key.tool_pack_ids.is_none(),
            })
    }

    fn describe(&self) -> String {
        let scopes: Vec<&str> = self.scopes.iter().map(|scope| scope.as_str()).collect();
        let of = if self.production { " of the environment `production`" } else { "" };
        let mut text = format!("an access key{of} with the scope `{}`", scopes.join("` or `"));
        let without: Vec<&str> = self.without.iter().map(|restriction| restriction.field()).collect();
        if !without.is_empty() {
            text.push_str(&format!(" and without `{}`", without.join("` or `")));
        }
        text
    }
}

impl Restriction {
    const fn field(self) -> &'static str {
        match self {
            RegisteredUsers => "registered_user_ids",
            ToolPacks => "tool_pack_ids",
        }
    }
}
