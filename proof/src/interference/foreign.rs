//! What is out of whose reach, and what strangers may do there.

use Foreign::{Accounts, Environment, Organization, Packs, Users};
use serde_json::{Value, json};
use tenantry_tests::ACME;

/// What may be out of an actor's reach.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Foreign {
    /// Everything of another organization.
    Organization,
    /// Users and companies of the other environment.
    Environment,
    /// Users of the same place.
    Users,
    /// Tool packs of the same organization.
    Packs,
    /// The platform's own members and tokens.
    Accounts,
}
/// A kind of actor: what it is called, and what is out of its reach.
pub type Kind = (&'static str, &'static [Foreign]);

/// All kinds.
pub const KINDS: [Kind; 12] = [
    ("a key", &[Organization, Environment, Accounts]),
    ("a key of the test environment", &[Organization, Environment, Accounts]),
    ("a key for some users", &[Organization, Environment, Users, Accounts]),
    ("a key for some packs", &[Organization, Environment, Packs, Accounts]),
    ("a key for some users and packs", &[Organization, Environment, Users, Packs, Accounts]),
    ("a runtime key for some users", &[Organization, Environment, Users, Accounts]),
    ("a registered user", &[Organization, Environment, Users, Accounts]),
    ("an organization admin", &[Organization, Environment]),
    ("an admin in one organization", &[Organization, Environment]),
    ("a member", &[Organization, Environment, Users, Packs]),
    ("nobody in particular", &[Organization, Environment, Users, Packs]),
    ("the host in one place", &[Organization, Environment]),
];

/// A stranger's command. Where P-2 lets names tell of each other (`origin_user_id_taken`, `email_exists`), strangers have names
/// of their own.
pub(super) fn strange(foreign: Foreign, mut command: Value) -> Value {
    for name in ["origin_user_id", "email"] {
        if let Some(text) = command.get(name).and_then(Value::as_str) {
            command[name] = json!(format!("strange-{text}"));
        }
    }
    if let Some(email) = command["patch"].get("email").and_then(Value::as_str) {
        command["patch"]["email"] = json!(format!("strange-{email}"));
    }
    if foreign == Packs {
        command["tool_pack_id"] = json!("sales");
    }
    command
}

/// Whether a command changes nothing that the actor may see. Not in [`Environment`] and [`Users`]: what belongs to the
/// organization or a company, and an organization's stream, whose numbers count both environments (M-4).
pub(super) fn keeps_to(foreign: Foreign, command: &Value) -> bool {
    let name = command["command"].as_str().unwrap_or_default();
    let of_accounts = name.ends_with("_user") && !name.ends_with("registered_user") && name != "create_test_user"
        || name.ends_with("registration_token")
        || name == "set_user_status";
    let of_users = matches!(
        name,
        "create_registered_user"
            | "update_registered_user"
            | "delete_registered_user"
            | "set_retention_hold"
            | "complete_link"
            | "fail_link"
            | "start_tool_call"
            | "finish_tool_call"
    ) || (name == "start_link" && command["tool_pack_id"].is_null())
        || (matches!(name, "revoke_credential" | "report_credential") && command["owner"]["scope"] == "INDIVIDUAL");
    match foreign {
        Organization => !of_accounts && name != "advance_time" && name != "create_organization",
        Environment | Users => of_users,
        Packs => matches!(name, "put_tool_pack" | "delete_tool_pack"),
        Accounts => of_accounts && (name != "create_user" || command["organization_id"] == *ACME),
    }
}
