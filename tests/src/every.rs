//! A world with every kind of row, in every state that a row can be in, that comes to every event: what the
//! pinned formats below `tests/formats/` are made of.

use crate::actors::{account, anonymous, host, in_test, key, management, of, registered_user, runtime, system};
use crate::decisions::{individual, organization, shared};
use crate::rows::{Table, partial};
use crate::{ACME, OTHER, Value, World, json, text, with};
use std::time::Duration;
use tenantry::json::parse_command;
use tenantry::wire;

const DAY: Duration = Duration::from_secs(86_400);
const SECRET: &str = "ort_a-secret-of-thirty-letters";

/// What becomes of the credential for each connector.
const FATES: [(&str, &str); 8] = [
    ("asana", "lasts"),
    ("figma", "has an end"),
    ("github", "expired"),
    ("jira", "upstream"),
    ("linear", "refresh_failed"),
    ("notion", "refreshed"),
    ("slack", "replaced"),
    ("zoom", "revoked"),
];

/// The world, and the rows of a host that has executed the same commands.
#[derive(Debug)]
pub struct Every {
    /// The world, with a journal in memory.
    pub world: World,
    /// The rows.
    pub table: Table,
}

impl Every {
    fn does(&mut self, actor: Value, command: Value) -> Value {
        let context = self.world.context(actor);
        let expected = self.world.execute_in(&context, &command).unwrap_or_else(|fault| panic!("{command}: {fault}"));
        let mut instance = partial();
        let (command, context) = (command.to_string(), context.to_string());
        self.table.prepare(&mut instance, &command, &context, None);
        let (command, context) = (parse_command(&command).unwrap(), parse_command(&context).unwrap());
        let outcome = wire::execute(&mut instance, &command, &context).unwrap();
        let mut outcome = serde_json::from_str(&outcome).unwrap();
        self.table.commit(&mut outcome);
        assert_eq!(outcome, expected, "rows decide as the whole state does (H-1)");
        outcome["response"].clone()
    }

    fn after(&mut self, by: Duration) {
        self.world.advance(by);
        self.does(host(), json!({"command": "advance_time"}));
    }

    fn user(&mut self, origin_user_id: &str, company: Option<&str>) -> String {
        let company = company.map(|id| json!({"origin_company_id": id, "origin_company_name": format!("{id} Inc.")}));
        let command = json!({
            "command": "create_registered_user", "origin_user_id": origin_user_id, "origin_user_name": "Ä. 𝒜",
            "origin_user_email": "user@acme.example", "shared_credential_group": company,
            "custom_groupings": {"team": "red", "region": "EU"},
        });
        text(&self.does(system(), command), "/registered_user_id")
    }

    fn start(&mut self, user: &str, connector: &str, pack: Option<&str>) -> String {
        let start = json!({
            "command": "start_link", "registered_user_id": user, "connector": connector, "tool_pack_id": pack,
            "method": if pack.is_none() { "magic_link" } else { "link" },
        });
        text(&self.does(management(), start), "/link_session_id")
    }

    fn link(&mut self, user: &str, connector: &str, pack: Option<&str>, expires_at: Option<&str>) {
        let link_session_id = self.start(user, connector, pack);
        let complete = json!({
            "command": "complete_link", "link_session_id": link_session_id, "expires_at": expires_at,
            "external_account_id": pack.map(|pack| format!("{connector} of {pack}")),
        });
        let actor = if pack == Some("all") { system() } else { registered_user(user) };
        self.does(actor, complete);
    }

    fn patch(&mut self, user: &str, patch: Value) {
        self.does(system(), json!({"command": "update_registered_user", "registered_user_id": user, "patch": patch}));
    }

    fn delete(&mut self, user: &str) {
        self.does(system(), json!({"command": "delete_registered_user", "registered_user_id": user}));
    }

    fn call(&mut self, user: &str, tool: &str) -> Value {
        let call = crate::decisions::call(user, "own", tool);
        self.does(runtime(), with(call, json!({"command": "start_tool_call"})))
    }

    fn finish(&mut self, user: &str, call: &Value, result: &str) {
        let finish = json!({
            "command": "finish_tool_call", "registered_user_id": user, "tool_call_id": call["tool_call_id"],
            "result": result,
        });
        self.does(runtime(), finish);
    }

    /// Builds it, by commands.
    #[must_use]
    #[track_caller]
    pub fn new() -> Self {
        let world = World::empty(&json!({"journal": "memory"}));
        let mut every = Every { world, table: Table::default() };
        for id in [ACME, OTHER] {
            every.does(host(), json!({"command": "create_organization", "organization_id": id, "name": id}));
        }
        every.accounts();
        every.catalogue();
        every.bygones();
        every.tokens();
        every.everybody();
        every
    }

    fn accounts(&mut self) {
        let create = |role: &str, organization_id: Option<&str>, external_id: Option<&str>| {
            let email = format!("{role}.{}@acme.example", organization_id.unwrap_or("platform").replace('_', "-"));
            json!({
                "command": "create_user", "name": format!("The {role}"), "email": email, "role": role,
                "organization_id": organization_id, "external_id": external_id,
            })
        };
        let admin = self.does(host(), create("admin", None, Some("root")));
        let admin = json!({"type": "account", "user_id": admin["id"]});
        let boss = self.does(admin.clone(), create("organization_admin", Some(ACME), Some("boss")));
        let boss = account(&text(&boss, "/id"));
        let metadata = json!({
            "resource_id": "res_1",
            "metadata": {"list": [1, -2.5, 1e-7, null, true, "𝒜"], "deep": {"": {"é": {}}}},
        });
        let member = self.does(boss, with(create("member", Some(ACME), None), metadata));
        for status in ["inactive", "suspended"] {
            let set = json!({"command": "set_user_status", "user_id": member["id"], "status": status});
            self.does(admin.clone(), set);
        }
        let second = self.does(admin.clone(), create("admin", Some(OTHER), None));
        // One that is changed, and one that comes and goes: all that is personal in its events is redacted.
        let patch =
            json!({"name": "The second", "external_id": "second", "metadata": {"a": 1}, "resource_id": "res_2"});
        self.does(admin.clone(), json!({"command": "update_user", "user_id": second["id"], "patch": patch}));
        let third =
            self.does(admin.clone(), with(create("member", Some(OTHER), Some("third")), json!({"metadata": {}})));
        let patch = json!({"email": "third@acme.example", "role": "organization_admin"});
        self.does(admin.clone(), json!({"command": "update_user", "user_id": third["id"], "patch": patch}));
        self.does(admin.clone(), json!({"command": "delete_user", "user_id": third["id"]}));
        let off = json!({"command": "set_user_status", "user_id": second["id"], "status": "inactive"});
        self.does(admin, off);
    }

    fn tokens(&mut self) {
        let issue = |secret: &str, members: Value| {
            let issue = json!({"command": "issue_registration_token", "organization_id": ACME, "secret": secret});
            with(issue, members)
        };
        let end = json!({"max_uses": null, "expires_at": "2027-01-01T00:00:00Z", "role": "organization_admin"});
        self.does(host(), issue(SECRET, json!({"max_uses": 2})));
        self.does(host(), issue("ort_another-secret-of-letters", end));
        let revoked = self.does(host(), issue("ort_a-third-secret-of-letters", json!({})));
        self.does(host(), json!({"command": "revoke_registration_token", "token_id": revoked["token_id"]}));
        let register = json!({
            "command": "create_user", "name": "Erin", "email": "Erin@Acme.example", "password": "Passw0rd-Passw0rd",
            "organization_id": ACME, "org_token": SECRET,
        });
        self.does(anonymous(), register);
    }

    fn catalogue(&mut self) {
        for (connector, _) in FATES {
            let put = json!({
                "command": "put_connector", "connector": connector, "tools": ["post", "read"],
                "name": (connector != "zoom").then_some("Named"),
            });
            self.does(management(), put);
        }
        self.does(of(system(), OTHER), json!({"command": "put_connector", "connector": "empty", "tools": []}));
        let rule = json!({"any": [
            {"all": [{"attribute": "team", "equals": "red"}, {"attribute": "team", "in": ["blue", "red"]}]},
            {"not": {"attribute": "team", "exists": false}}, {"origin_company_id": "globex"}, {"user_type": "SYSTEM"},
        ]});
        self.does(system(), json!({"command": "put_group", "group_id": "red", "name": "Red", "rule": rule}));
        for (pack, scope) in [("own", "INDIVIDUAL"), ("team", "SHARED"), ("all", "ORGANIZATION")] {
            let entries: Vec<Value> = FATES
                .iter()
                .map(|(connector, _)| {
                    let tools = (*connector != "asana").then_some(["post", "read"]);
                    json!({"connector": connector, "auth_scope": scope, "tool_names": tools})
                })
                .collect();
            let put = json!({
                "command": "put_tool_pack", "tool_pack_id": pack, "name": pack, "connectors": entries,
                "group_ids": (pack == "own").then_some(["red"]),
            });
            self.does(system(), put);
        }
        let nobody = json!({"tool_pack_id": "closed", "name": "Closed", "connectors": [], "group_ids": []});
        self.does(system(), with(nobody, json!({"command": "put_tool_pack"})));
        let gone = json!({"group_id": "gone", "name": "Gone", "rule": {"all": []}});
        self.does(system(), with(gone, json!({"command": "put_group"})));
        self.does(system(), json!({"command": "delete_group", "group_id": "gone"}));
        self.does(system(), json!({"command": "put_connector", "connector": "gone", "tools": []}));
        let gone = json!({"tool_pack_id": "gone", "name": "Gone", "connectors": [{"connector": "gone"}]});
        self.does(system(), with(gone, json!({"command": "put_tool_pack"})));
        self.does(system(), json!({"command": "delete_tool_pack", "tool_pack_id": "gone"}));
        self.does(system(), json!({"command": "delete_connector", "connector": "gone"}));
    }

    /// A user that is purged, and a company that is deleted.
    fn bygones(&mut self) {
        let zoe = self.user("zoe", Some("bygone"));
        self.link(&zoe, "asana", None, None);
        self.link(&zoe, "figma", Some("team"), None);
        let session = self.start(&zoe, "figma", None);
        let open = self.call(&zoe, "asana__post");
        self.finish(&zoe, &open, "completed");
        self.call(&zoe, "asana__read");
        self.call(&zoe, "asana__nothing");
        self.does(registered_user(&zoe), json!({"command": "fail_link", "link_session_id": session}));
        self.start(&zoe, "github", None);
        self.start(&zoe, "jira", None);
        self.after(Duration::from_secs(1800));
        self.after(2 * DAY);
        self.start(&zoe, "github", None);
        self.patch(&zoe, json!({"origin_user_name": "Zoë", "custom_groupings": {"team": null}}));
        let hold = json!({"command": "set_retention_hold", "registered_user_id": zoe, "held": true, "reason": "audit"});
        self.does(system(), hold.clone());
        self.does(system(), with(hold, json!({"held": false, "reason": null})));
        self.delete(&zoe);
        self.does(system(), json!({"command": "delete_company", "origin_company_id": "bygone"}));
        self.after(91 * DAY);
    }

    fn everybody(&mut self) {
        let alice = self.user("alice", Some("globex"));
        self.patch(
            &alice,
            json!({"shared_credential_group": {"origin_company_id": "globex", "origin_company_name": "Globex"}}),
        );
        for (scope, owner) in [("own", individual(&alice)), ("team", shared("globex")), ("all", organization())] {
            for (connector, fate) in FATES {
                self.credential(&alice, scope, &owner, connector, fate);
            }
        }
        let end = self.world.now();
        self.after(Duration::from_secs(3600));
        assert_ne!(self.world.now(), end);

        // Two who are no longer active: one deactivated, one deactivated and back.
        for (name, is_back) in [("bob", false), ("dan", true)] {
            let id = self.user(name, Some("initech"));
            self.link(&id, "slack", None, None);
            self.start(&id, "jira", None);
            self.patch(&id, json!({"is_active": false, "user_type": "SYSTEM"}));
            if is_back {
                self.patch(&id, json!({"is_active": true, "shared_credential_group": null}));
            }
        }
        // Tombstones: one with an open call, one held.
        for (name, is_held) in [("carol", false), ("frank", true)] {
            let id = self.user(name, None);
            self.link(&id, "asana", None, None);
            self.call(&id, "asana__post");
            if is_held {
                self.delete(&id);
            }
            let hold = json!({"command": "set_retention_hold", "registered_user_id": id, "held": is_held});
            if is_held {
                self.does(system(), hold);
            } else {
                self.delete(&id);
            }
        }
        let test = in_test(system());
        self.does(test.clone(), json!({"command": "create_test_user"}));
        let tester = json!({
            "command": "create_registered_user", "origin_user_id": "tester",
            "shared_credential_group": {"origin_company_id": "globex"},
        });
        self.does(test, tester.clone());
        self.does(of(system(), OTHER), with(tester, json!({"origin_user_id": "alice"})));

        // Sessions in every state, and open calls.
        let keyed = with(key(&["management"]), json!({"key_id": "key_1"}));
        let failed = self.start(&alice, "zoom", None);
        self.does(keyed, json!({"command": "fail_link", "link_session_id": failed, "reason": "changed my mind"}));
        self.start(&alice, "zoom", None);
        self.after(Duration::from_secs(1800));
        self.start(&alice, "zoom", None);
        self.start(&alice, "zoom", Some("team"));
        self.start(&alice, "zoom", Some("all"));
        let failing = self.call(&alice, "slack__read");
        self.finish(&alice, &failing, "failed");
        self.call(&alice, "slack__post");
        self.call(&alice, "asana__read");
    }

    fn credential(&mut self, user: &str, scope: &str, owner: &Value, connector: &str, fate: &str) {
        let pack = (scope != "own").then_some(scope);
        let end = match fate {
            "has an end" | "refreshed" => Some("2027-01-31T10:00:00.250Z"),
            "expired" => Some("2026-05-04T11:00:00Z"),
            _ => None,
        };
        self.link(user, connector, pack, end);
        let of = |command: &str| json!({"command": command, "owner": owner, "connector": connector});
        match fate {
            "upstream" | "refresh_failed" | "refreshed" => {
                let reason = if fate == "upstream" { "upstream" } else { "refresh_failed" };
                let report = with(of("report_credential"), json!({"status": "needs_reauth", "reason": reason}));
                self.does(system(), report);
                if fate == "refreshed" {
                    let refreshed = json!({"status": "active", "expires_at": "2027-06-30T00:00:00Z"});
                    self.does(system(), with(of("report_credential"), refreshed));
                }
            }
            "replaced" => self.link(user, connector, pack, None),
            "revoked" => {
                let actor = if scope == "own" { registered_user(user) } else { management() };
                self.does(actor, of("revoke_credential"));
            }
            _ => {}
        }
    }
}

impl Default for Every {
    fn default() -> Self {
        Every::new()
    }
}
