//! Ready actors, all of the organization `org_acme`; in the production environment where not said otherwise.

use crate::{ACME, with};
use serde_json::{Value, json};

/// The trusted host, naming no organization.
#[must_use]
pub fn host() -> Value {
    json!({"type": "system"})
}

/// The trusted host in production.
#[must_use]
pub fn system() -> Value {
    json!({"type": "system", "organization_id": ACME, "environment": "production"})
}

/// The trusted host in the test environment.
#[must_use]
pub fn system_test() -> Value {
    in_test(system())
}

/// A management key.
#[must_use]
pub fn management() -> Value {
    key(&["management"])
}

/// A runtime key.
#[must_use]
pub fn runtime() -> Value {
    key(&["runtime"])
}

/// A key with these scopes.
#[must_use]
pub fn key(scopes: &[&str]) -> Value {
    json!({"type": "access_key", "organization_id": ACME, "environment": "production", "scopes": scopes})
}

/// A management key that sees some users only.
#[must_use]
pub fn restricted_to_users(ids: &[&str]) -> Value {
    with(management(), json!({"registered_user_ids": ids}))
}

/// A management key that sees some tool packs only.
#[must_use]
pub fn restricted_to_packs(ids: &[&str]) -> Value {
    with(management(), json!({"tool_pack_ids": ids}))
}

/// A registered user itself.
#[must_use]
pub fn registered_user(id: &str) -> Value {
    json!({"type": "registered_user", "registered_user_id": id, "organization_id": ACME, "environment": "production"})
}

/// An account, in production.
#[must_use]
pub fn account(id: &str) -> Value {
    json!({"type": "account", "user_id": id, "organization_id": ACME, "environment": "production"})
}

/// Nobody in particular.
#[must_use]
pub fn anonymous() -> Value {
    json!({"type": "anonymous"})
}

/// The same actor in the test environment.
#[must_use]
pub fn in_test(actor: Value) -> Value {
    with(actor, json!({"environment": "test"}))
}

/// The same actor in another organization.
#[must_use]
pub fn of(actor: Value, organization_id: &str) -> Value {
    with(actor, json!({"organization_id": organization_id}))
}
