//! Accounts and registration tokens of a world.

use crate::actors::{account, anonymous, host, of};
use crate::{ACME, World, text, with};
use serde_json::{Value, json};

/// A secret that is long enough to be issued.
pub const SECRET: &str = "ort_6f2d9c1b7a4e8035fd12";
/// A password that the default policy accepts.
pub const PASSWORD: &str = "SecurePassword123!";

/// `create_user` with nothing but a name and an address.
#[must_use]
pub fn create_user(email: &str) -> Value {
    json!({"command": "create_user", "name": "Agent Smith", "email": email})
}

/// The same as self-registration at `org_acme` with [`SECRET`].
#[must_use]
pub fn register(email: &str) -> Value {
    with(create_user(email), json!({"organization_id": ACME, "org_token": SECRET, "password": PASSWORD}))
}

/// `issue_registration_token` at `org_acme` with [`SECRET`].
#[must_use]
pub fn issue() -> Value {
    json!({"command": "issue_registration_token", "organization_id": ACME, "secret": SECRET})
}

impl World {
    /// An account that the host creates: its id.
    #[track_caller]
    pub fn account_with(&mut self, email: &str, members: Value) -> String {
        text(&self.accepts(host(), with(create_user(email), members)), "/response/id")
    }

    /// An account with the role `admin`, as an actor that names no organization.
    #[track_caller]
    pub fn admin(&mut self) -> Value {
        let id = self.account_with("admin@platform.example", json!({"role": "admin"}));
        json!({"type": "account", "user_id": id})
    }

    /// An `organization_admin` of an organization, as an actor that names none.
    #[track_caller]
    pub fn organization_admin(&mut self, organization_id: &str) -> Value {
        let email = format!("boss@{}.example", organization_id.replace('_', "-"));
        let id = self.account_with(&email, json!({"role": "organization_admin", "organization_id": organization_id}));
        json!({"type": "account", "user_id": id})
    }

    /// A `member` of `org_acme`, as an actor that names it.
    #[track_caller]
    pub fn member(&mut self) -> Value {
        let id = self.account_with("member@acme.example", json!({"organization_id": ACME}));
        of(account(&id), ACME)
    }

    /// A registration token that the host issues at `org_acme` with [`SECRET`]: its id.
    #[track_caller]
    pub fn token(&mut self, members: Value) -> String {
        text(&self.accepts(host(), with(issue(), members)), "/response/token_id")
    }

    /// A registration token as its list shows it.
    #[track_caller]
    pub fn token_view(&mut self, token_id: &str) -> Value {
        let all = self.answers(host(), json!({"query": "list_registration_tokens", "limit": 200}));
        all["items"].as_array().unwrap().iter().find(|token| token["token_id"] == token_id).unwrap().clone()
    }

    /// An account as the host sees it.
    #[track_caller]
    pub fn account_view(&mut self, user_id: &str) -> Value {
        self.answers(host(), json!({"query": "get_user", "user_id": user_id}))
    }

    /// The account that registers itself with [`SECRET`] at `org_acme`: the outcome.
    #[track_caller]
    pub fn registers(&mut self, email: &str) -> Value {
        self.accepts(anonymous(), register(email))
    }
}
