//! A model of accounts and tokens, as far as the invariants go.

use super::MARK;
use super::steps::{Fault, Step};
use std::collections::BTreeSet;
use tenantry::Timestamp;
use tenantry_tests::actors::{anonymous, host, management, system};
use tenantry_tests::{ACME, Value, World, event_names, json, text};

#[derive(Debug)]
pub(super) struct Token {
    id: String,
    organization: String,
    secret: String,
    uses: u64,
    max_uses: Option<u64>,
    ends: Option<i64>,
    revoked: bool,
}

impl Token {
    fn status(&self, second: i64) -> &'static str {
        match self {
            Token { revoked: true, .. } => "revoked",
            Token { ends: Some(ends), .. } if second >= *ends => "expired",
            Token { max_uses: Some(max), uses, .. } if uses >= max => "exhausted",
            _ => "active",
        }
    }
}

/// What should be there, as far as the invariants go.
#[derive(Debug, Default)]
pub(super) struct Model {
    pub(super) second: i64,
    pub(super) tokens: Vec<Token>,
    /// Ids with their roles.
    pub(super) accounts: Vec<(String, String)>,
}

impl Model {
    pub(super) fn actor(&self, index: usize) -> Value {
        let with_role = |role: &str| {
            let found = self.accounts.iter().find(|(_, known)| known == role);
            json!({"type": "account", "user_id": found.map_or("usr_none", |(id, _)| id)})
        };
        match index {
            0 => host(),
            1 => system(),
            2 => with_role("admin"),
            3 => with_role("organization_admin"),
            4 => with_role("member"),
            5 => management(),
            _ => anonymous(),
        }
    }

    pub(super) fn command(&self, step: &Step) -> Value {
        match step {
            Step::Issue { organization, secret, role, max_uses, lives } => {
                let secret = if *secret == 0 { MARK.to_owned() } else { format!("ort_{MARK}_secret_number_{secret}") };
                let mut command = json!({
                    "command": "issue_registration_token",
                    "organization_id": organization,
                    "secret": secret,
                    "role": role,
                    "expires_at": lives.map(|lives| at(self.second + lives)),
                });
                if let Some(max_uses) = max_uses {
                    command["max_uses"] = json!(max_uses);
                }
                command
            }
            Step::Revoke { token } => {
                let id = pick(&self.tokens, *token).map_or("tok_none", |token| &token.id);
                json!({"command": "revoke_registration_token", "token_id": id})
            }
            Step::Create { email, upper, fault, token, organization, external_id, role } => {
                let token = token.map(|index| pick(&self.tokens, index));
                let own = token.flatten().map_or(ACME, |token| &token.organization);
                let email = format!("user{email}@b.c");
                let mut command = json!({
                    "command": "create_user",
                    "name": "n",
                    "email": if *upper { email.to_uppercase() } else { email },
                    "password": format!("{MARK}-Password-1"),
                    "organization_id": organization.unwrap_or(own),
                    "org_token": token.map(|token| token.map_or("ort_unknown", |token| &token.secret)),
                    "external_id": external_id,
                    "metadata": {"a": 1.0},
                    "role": role,
                });
                match fault {
                    Some(Fault::WeakPassword) => command["password"] = json!(MARK),
                    Some(Fault::NoPassword) => command["password"] = json!(null),
                    Some(Fault::PasswordOfAnotherType) => command["password"] = json!([MARK]),
                    Some(Fault::BlankName) => command["name"] = json!(" "),
                    Some(Fault::Metadata) => command["metadata"] = json!({"a": 1e300}),
                    Some(Fault::NoOrganization) => command["organization_id"] = json!(null),
                    Some(Fault::Secret) => command["org_token"] = json!(format!("{MARK}-unknown")),
                    None => {}
                }
                command
            }
            Step::Status { account, status } => {
                let id = pick(&self.accounts, *account).map_or("usr_none", |(id, _)| id);
                json!({"command": "set_user_status", "user_id": id, "status": status})
            }
            Step::Update { account, email, external_id, role } => {
                let id = pick(&self.accounts, *account).map_or("usr_none", |(id, _)| id);
                let mut patch = json!({});
                for (field, value) in [
                    ("email", email.map(|email| json!(format!("User{email}@b.c")))),
                    ("external_id", external_id.map(|id| json!(id))),
                    ("role", role.map(|role| json!(role))),
                ] {
                    value.into_iter().for_each(|value| patch[field] = value);
                }
                json!({"command": "update_user", "user_id": id, "patch": patch})
            }
            Step::Delete { account } => {
                let id = pick(&self.accounts, *account).map_or("usr_none", |(id, _)| id);
                json!({"command": "delete_user", "user_id": id})
            }
            Step::Wait { .. } => json!(null),
        }
    }

    /// Why a secret should not admit, or the token that it should use.
    pub(super) fn open(&self, command: &Value) -> Result<usize, &'static str> {
        let (organization, secret) = (text(command, "/organization_id"), text(command, "/org_token"));
        let fits = |token: &&Token| token.secret == secret;
        if let Some(index) = self.tokens.iter().position(|token| fits(&token) && token.organization == organization) {
            let status = self.tokens[index].status(self.second);
            return if status == "active" { Ok(index) } else { Err(status) };
        }
        Err(match organization.as_str() {
            "org_unknown" => "unknown_organization",
            _ if self.tokens.iter().any(|token| fits(&token)) => "other_organization",
            _ => "unknown",
        })
    }

    /// Takes over what an accepted command has done.
    pub(super) fn follow(&mut self, command: &Value, outcome: &Value) {
        for name in event_names(outcome) {
            match name.as_str() {
                "registration_token_issued" => self.tokens.push(Token {
                    id: text(outcome, "/response/token_id"),
                    organization: text(command, "/organization_id"),
                    secret: text(command, "/secret"),
                    uses: 0,
                    max_uses: command.get("max_uses").map_or(Some(1), Value::as_u64),
                    ends: command["expires_at"].as_str().map(second_of),
                    revoked: false,
                }),
                "registration_token_revoked" => {
                    let id = text(command, "/token_id");
                    self.tokens.iter_mut().filter(|token| token.id == id).for_each(|token| token.revoked = true);
                }
                "registration_token_used" => {
                    let index = self.open(command).unwrap();
                    assert_eq!(outcome["events"][0]["stream"]["id"], self.tokens[index].id.as_str());
                    self.tokens[index].uses += 1;
                }
                "account_created" => {
                    self.accounts.push((text(outcome, "/response/id"), text(outcome, "/response/role")));
                }
                "account_updated" => {
                    let id = text(command, "/user_id");
                    let role = text(outcome, "/response/user/role");
                    self.accounts
                        .iter_mut()
                        .filter(|(known, _)| *known == id)
                        .for_each(|known| known.1.clone_from(&role));
                }
                "account_deleted" => {
                    let id = text(command, "/user_id");
                    self.accounts.retain(|(known, _)| *known != id);
                }
                _ => assert_eq!(name, "account_status_changed"),
            }
        }
    }

    /// The invariants, on what the instance shows of itself.
    pub(super) fn check(&self, world: &mut World) {
        let tokens = world.answers(host(), json!({"query": "list_registration_tokens", "limit": 200}));
        let mut shown: Vec<(String, u64, String)> = Vec::new();
        for token in tokens["items"].as_array().unwrap() {
            let uses = token["uses"].as_u64().unwrap();
            assert!(token["max_uses"].as_u64().is_none_or(|max_uses| uses <= max_uses), "I-6: {token}");
            shown.push((text(token, "/token_id"), uses, text(token, "/status")));
        }
        let mut expected: Vec<(String, u64, String)> = self
            .tokens
            .iter()
            .map(|token| (token.id.clone(), token.uses, token.status(self.second).to_owned()))
            .collect();
        expected.sort();
        assert_eq!(shown, expected);

        let users = world.answers(host(), json!({"query": "list_users", "limit": 200}));
        let users = users["items"].as_array().unwrap();
        assert_eq!(users.len(), self.accounts.len());
        let emails: BTreeSet<String> = users.iter().map(|user| text(user, "/email").to_lowercase()).collect();
        assert_eq!(emails.len(), users.len(), "I-7: {users:?}");
        let external: Vec<(String, String)> = users
            .iter()
            .filter(|user| user.get("external_id").is_some())
            .map(|user| (user["organization_id"].to_string(), text(user, "/external_id")))
            .collect();
        assert_eq!(external.iter().collect::<BTreeSet<_>>().len(), external.len(), "AC-7: {users:?}");
        let admins = users.iter().filter(|user| user["role"] == "admin");
        let (active, rest): (Vec<&Value>, Vec<&Value>) = admins.partition(|user| user["status"] == "active");
        assert!(!active.is_empty() || rest.is_empty(), "AC-9: {users:?}");
    }
}

/// One of a list, whatever the index; none of an empty one.
fn pick<T>(list: &[T], index: usize) -> Option<&T> {
    list.get(index.checked_rem(list.len())?)
}

/// A world's clock begins at second 0.
fn at(second: i64) -> String {
    format!("2026-01-31T10:{:02}:{:02}Z", second / 60, second % 60)
}

fn second_of(text: &str) -> i64 {
    let millis = |text: &str| Timestamp::parse(text).unwrap().millis();
    (millis(text) - millis(&at(0))) / 1000
}
