//! A snapshot as plain structs that only serde looks at: what reading the same bytes costs at least,
//! where nothing is checked, shared or indexed.

use serde::Deserialize;

/// All tables that the worlds here have rows in; those of the others are left as they come.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Snapshot {
    accounts: Vec<serde_json::Value>,
    companies: Vec<serde_json::Value>,
    connectors: Vec<serde_json::Value>,
    format_version: u32,
    groups: Vec<serde_json::Value>,
    organization_credentials: Vec<serde_json::Value>,
    organizations: Vec<serde_json::Value>,
    registered_users: Vec<RegisteredUser>,
    registration_tokens: Vec<serde_json::Value>,
    tool_packs: Vec<serde_json::Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RegisteredUser {
    registered_user_id: String,
    organization_id: String,
    environment: String,
    held: bool,
    tool_calls: Vec<serde_json::Value>,
    linked: Vec<serde_json::Value>,
    life: Life,
    sequence: u64,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Life {
    Present(Box<Present>),
    Deleted(serde_json::Value),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Present {
    origin_user_id: Option<String>,
    origin_user_name: Option<String>,
    origin_user_email: Option<String>,
    origin_company_id: Option<String>,
    custom_groupings: std::collections::BTreeMap<String, String>,
    user_type: String,
    status: String,
    version: u64,
    created_at: String,
    updated_at: String,
    credentials: Vec<Credential>,
    link_sessions: Vec<serde_json::Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Credential {
    connector: String,
    status: String,
    cause: Option<String>,
    generation: u64,
    expires_at: Option<String>,
    external_account_id: Option<String>,
    linked_by: Option<String>,
    updated_at: String,
}

impl Snapshot {
    /// Reads one.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        serde_json::from_str(text).unwrap()
    }

    /// Something of everything, so that nothing is left out as unused.
    #[must_use]
    pub fn weight(&self) -> usize {
        let others = [
            &self.accounts,
            &self.companies,
            &self.connectors,
            &self.groups,
            &self.organization_credentials,
            &self.organizations,
            &self.registration_tokens,
            &self.tool_packs,
        ];
        let texts = |list: [&Option<String>; 4]| list.into_iter().flatten().map(String::len).sum::<usize>();
        let users = self.registered_users.iter().map(|user| {
            let named = user.registered_user_id.len() + user.organization_id.len() + user.environment.len();
            let inner = match &user.life {
                Life::Deleted(tombstone) => usize::from(tombstone.is_object()),
                Life::Present(present) => {
                    let profile = texts([
                        &present.origin_user_id,
                        &present.origin_user_name,
                        &present.origin_user_email,
                        &present.origin_company_id,
                    ]);
                    let words = present.user_type.len() + present.status.len();
                    let times = present.created_at.len() + present.updated_at.len();
                    let rest = present.custom_groupings.len() + present.link_sessions.len();
                    let held = present.credentials.iter().map(|credential| {
                        let optional = texts([
                            &credential.cause,
                            &credential.expires_at,
                            &credential.external_account_id,
                            &credential.linked_by,
                        ]);
                        let numbers = usize::try_from(credential.generation).unwrap();
                        credential.connector.len()
                            + credential.status.len()
                            + credential.updated_at.len()
                            + optional
                            + numbers
                    });
                    profile + words + times + rest + usize::try_from(present.version).unwrap() + held.sum::<usize>()
                }
            };
            let numbers = usize::try_from(user.sequence).unwrap()
                + usize::from(user.held)
                + user.tool_calls.len()
                + user.linked.len();
            named + inner + numbers
        });
        others.into_iter().map(Vec::len).sum::<usize>() + users.sum::<usize>() + self.format_version as usize
    }
}
