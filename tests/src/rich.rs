//! A world with at least one of everything.

use crate::actors::{host, management, registered_user, runtime, system, system_test};
use crate::{ACME, World, json, with};
use serde_json::Value;

/// The ids of what a rich world has.
#[derive(Clone, Debug)]
pub struct Rich {
    /// The world.
    pub world: World,
    /// An active user of company `c1`, with credentials, sessions and an open tool call.
    pub alice: String,
    /// A deactivated user.
    pub bob: String,
    /// A deleted user with an open tool call.
    pub carol: String,
    /// The secret of a registration token.
    pub secret: String,
    /// A password that was given.
    pub password: String,
}

/// What alice's texts begin with, and nothing else.
pub const ALICE: &str = "alice-7f3a";
/// What carol's texts begin with, and nothing else.
pub const CAROL: &str = "carol-7f3a";

fn profile(name: &str) -> Value {
    json!({
        "origin_user_name": format!("{name} Name"), "origin_user_email": format!("{name}@acme.example"),
        "custom_groupings": {format!("{name} key"): format!("{name} value"), "team": "red"},
        "shared_credential_group": {"origin_company_id": "c1", "origin_company_name": "Company One"},
    })
}

impl World {
    /// A link session of a user, started and completed by an actor.
    #[track_caller]
    pub fn link_by(&mut self, actor: Value, id: &str, connector: &str, tool_pack_id: Option<&str>, account: &str) {
        let session = self.start_link(id, connector, tool_pack_id);
        let command = json!({
            "command": "complete_link", "link_session_id": session, "external_account_id": account,
            "expires_at": "2027-01-31T10:00:00Z",
        });
        self.accepts(actor, command);
    }

    /// The catalogue of a rich world.
    #[track_caller]
    pub fn catalogue(&mut self) {
        for (connector, tools) in
            [("github", ["merge", "open"]), ("jira", ["close", "open"]), ("slack", ["post", "read"])]
        {
            let command =
                json!({"command": "put_connector", "connector": connector, "name": connector, "tools": tools});
            self.accepts(system(), command);
        }
        let rule = json!({"any": [
            {"attribute": "team", "in": ["red", "blue"]}, {"not": {"attribute": "team", "exists": true}},
            {"all": [{"origin_company_id": "c1"}, {"user_type": "HUMAN"}]}, {"attribute": "team", "equals": "red"},
        ]});
        self.accepts(system(), json!({"command": "put_group", "group_id": "all", "name": "All", "rule": rule}));
        let none = json!({"command": "put_group", "group_id": "none", "name": "None", "rule": {"any": []}});
        self.accepts(system(), none);
        let connectors = json!([
            {"connector": "slack", "tool_names": ["post"]}, {"connector": "jira", "auth_scope": "SHARED"},
            {"connector": "github", "auth_scope": "ORGANIZATION"},
        ]);
        let pack =
            json!({"command": "put_tool_pack", "tool_pack_id": "pack", "name": "Pack", "connectors": connectors});
        self.accepts(system(), with(pack, json!({"group_ids": ["all"]})));
        let other = json!({
            "command": "put_tool_pack", "tool_pack_id": "other", "name": "Other", "connectors": [{"connector": "jira"}],
        });
        self.accepts(system(), other);
    }
}

impl Rich {
    /// Builds it, by commands.
    #[must_use]
    #[track_caller]
    pub fn new(options: &Value) -> Self {
        let mut world = World::with_options(options);
        world.catalogue();
        let alice = world.user_with(ALICE, profile(ALICE));
        let bob = world.user_with("bob", json!({"shared_credential_group": {"origin_company_id": "c2"}}));
        let carol = world.user_with(CAROL, profile(CAROL));
        world.accepts(system_test(), json!({"command": "create_test_user", "origin_user_name": "Test"}));
        for (id, name) in [(&alice, ALICE), (&bob, "bob"), (&carol, CAROL)] {
            world.link_by(registered_user(id), id, "slack", None, &format!("{name} at slack"));
        }
        for id in [&alice, &carol] {
            world.link_by(registered_user(id), id, "jira", Some("pack"), "company at jira");
            world.link_by(registered_user(id), id, "github", Some("pack"), "organization at github");
            world.start_call(id, "pack", "slack__post");
        }
        world.start_link(&alice, "github", None);
        let failed = world.start_link(&alice, "jira", None);
        world.accepts(management(), json!({"command": "fail_link", "link_session_id": failed, "reason": "no"}));
        let denied = json!({
            "command": "start_tool_call", "registered_user_id": alice, "tool_pack_id": "other", "tool": "jira__open",
        });
        world.accepts(runtime(), denied);
        world.patch(&carol, json!({"origin_user_name": format!("{CAROL} Renamed")}));
        world.patch(&bob, json!({"is_active": false}));
        world.accepts(system(), json!({"command": "delete_registered_user", "registered_user_id": carol}));
        let report = json!({
            "command": "report_credential", "owner": {"scope": "ORGANIZATION"}, "connector": "github",
            "status": "needs_reauth",
        });
        world.accepts(system(), report);
        let (secret, password) = ("secret-5b1d-secret-5b1d-0".to_owned(), "Passw0rd-5b1d!".to_owned());
        let token = json!({
            "command": "issue_registration_token", "organization_id": ACME, "secret": secret, "max_uses": 2,
        });
        world.accepts(host(), token);
        let root = json!({"command": "create_user", "name": "Root", "email": "root@acme.example", "role": "admin"});
        world.accepts(host(), root);
        let registering = json!({
            "command": "create_user", "name": "Erin", "email": "erin@acme.example", "password": password,
            "organization_id": ACME, "org_token": secret, "external_id": "erin", "metadata": {"a": [1, 2.5, null]},
        });
        world.accepts(registered_user(&alice), registering);
        Rich { world, alice, bob, carol, secret, password }
    }
}
