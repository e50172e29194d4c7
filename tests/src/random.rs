//! Random worlds: commands made from a few bytes each, over a small stock of names, so that they
//! meet each other. What was minted on the way is remembered and named again.

use crate::actors::{account, host, in_test, key, of, registered_user, system};
use crate::decisions::{individual, organization, shared};
use crate::{ACME, OTHER, World, json, text, with};
use serde_json::Value;
use std::time::Duration;

/// The bytes that one random command is made of.
pub type Roll = [u8; 8];

/// The connectors of random worlds.
pub const CONNECTORS: [&str; 3] = ["github", "jira", "slack"];
/// The tools of their connectors.
pub const TOOLS: [&str; 3] = ["post", "read", "search"];
/// Their tool packs.
pub const PACKS: [&str; 3] = ["engineering", "sales", "support"];
const GROUPS: [&str; 2] = ["staff", "vip"];
const COMPANIES: [&str; 3] = ["globex", "initech", "umbrella"];
const SCOPES: [&str; 3] = ["INDIVIDUAL", "SHARED", "ORGANIZATION"];
const NOBODY: &str = "00000000-0000-7000-8000-000000000000";

/// The events that any long enough sequence about users, the catalogue and credentials comes to.
pub const COMMON_EVENTS: &[&str] = &[
    "company_created",
    "company_deleted",
    "connector_deleted",
    "connector_put",
    "credential_expired",
    "credential_granted",
    "credential_needs_reauth",
    "credential_refreshed",
    "credential_replaced",
    "credential_revoked",
    "group_deleted",
    "group_put",
    "link_session_cancelled",
    "link_session_completed",
    "link_session_expired",
    "link_session_failed",
    "link_session_removed",
    "link_session_started",
    "registered_user_created",
    "registered_user_deactivated",
    "registered_user_deleted",
    "registered_user_reactivated",
    "registered_user_updated",
    "retention_hold_placed",
    "retention_hold_released",
    "tool_call_denied",
    "tool_call_finished",
    "tool_call_started",
    "tool_pack_deleted",
    "tool_pack_put",
];

/// A registered user and where it lives.
#[derive(Clone, Debug, Default)]
pub struct Person {
    /// The id.
    pub id: String,
    /// The organization.
    pub organization_id: &'static str,
    /// The environment.
    pub environment: &'static str,
}

/// What was minted in a random world, dead or alive.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// The registered users of `org_acme`.
    pub users: Vec<Person>,
    /// Those of `org_other`.
    pub strangers: Vec<Person>,
    sessions: Vec<String>,
    calls: Vec<(String, String)>,
    accounts: Vec<String>,
    tokens: Vec<String>,
}

/// The same roll, but a third of them about what tool calls live by: links, reports, revocations,
/// calls.
#[must_use]
pub fn lively(mut roll: Roll) -> Roll {
    const KINDS: [u8; 13] = [10, 25, 26, 29, 30, 31, 35, 37, 38, 39, 40, 41, 55];
    if roll[4].is_multiple_of(3) {
        roll[0] = KINDS[usize::from(roll[0]) % KINDS.len()];
    }
    roll
}

fn pick<T: Clone>(from: &[T], by: u8) -> Option<T> {
    from.get(usize::from(by).checked_rem(from.len())?).cloned()
}

fn one(from: &[&'static str], by: u8) -> &'static str {
    pick(from, by).unwrap_or_default()
}

/// Those of the list whose bit is set.
fn some(from: &[&'static str], by: u8) -> Vec<&'static str> {
    from.iter().enumerate().filter(|(index, _)| by >> index & 1 == 1).map(|(_, name)| *name).collect()
}

impl Known {
    fn user(&self, by: u8) -> String {
        // One in sixteen is nobody.
        if by >= 240 { NOBODY.to_owned() } else { pick(&self.users, by).unwrap_or_default().id }
    }

    /// The id of an account, alive or not.
    #[must_use]
    pub fn account(&self, by: u8) -> String {
        pick(&self.accounts, by).unwrap_or_default()
    }

    fn owner(&self, roll: Roll) -> Value {
        match roll[2] % 4 {
            0 => shared(one(&COMPANIES, roll[3])),
            1 => organization(),
            _ => individual(&self.user(roll[3])),
        }
    }

    /// One of the last three.
    fn recent_session(&self, by: u8) -> String {
        let index = self.sessions.len().checked_sub(1 + usize::from(by % 3));
        index.and_then(|index| self.sessions.get(index)).cloned().unwrap_or_default()
    }

    /// Any well-formed call.
    #[must_use]
    pub fn call(&self, roll: Roll) -> Value {
        let pack = if roll[1] >= 248 { "nothing" } else { one(&PACKS, roll[1]) };
        let connector = if roll[2] >= 232 { "notion" } else { one(&CONNECTORS, roll[2]) };
        let tool = if roll[3] >= 240 { "pin" } else { one(&TOOLS, roll[3]) };
        crate::decisions::call(&self.user(roll[0]), pack, &format!("{connector}__{tool}"))
    }

    /// Any actor; most are the host in production.
    #[must_use]
    pub fn actor(&self, roll: Roll, now: &str) -> Value {
        let ids = |by: u8| -> Vec<String> {
            let users = self.users.iter().enumerate();
            users.filter(|(index, _)| by >> (index % 8) & 1 == 1).map(|(_, person)| person.id.clone()).collect()
        };
        let both = key(&["management", "runtime"]);
        match roll[7] % 64 {
            0 => key(&["management"]),
            1 => key(&["runtime"]),
            2 => both,
            3 => with(both, json!({"registered_user_ids": ids(roll[6])})),
            4 => with(both, json!({"tool_pack_ids": some(&PACKS, roll[6])})),
            5 => with(both, json!({"tool_pack_ids": some(&PACKS, roll[6] >> 4), "registered_user_ids": ids(roll[6])})),
            6 => in_test(both),
            7 => with(both, json!({"expires_at": now})),
            8 => of(system(), "org_nobody"),
            9 => of(system(), OTHER),
            10 => of(both, OTHER),
            11 => json!({"type": "anonymous"}),
            12 => registered_user(&self.user(roll[6])),
            13 | 14 => account(&pick(&self.accounts, roll[6]).unwrap_or_default()),
            15 | 16 => host(),
            17..=20 => in_test(system()),
            _ => system(),
        }
    }

    /// Any list, with any filters; its pages are short.
    #[must_use]
    pub fn list(&self, roll: Roll) -> Value {
        let [_, a, b, c, d, ..] = roll;
        let user = self.user(a);
        let list = match b % 12 {
            0 => json!({"query": "list_registered_users", "status": (c % 2 == 0).then_some("active")}),
            1 => json!({"query": "list_registered_users", "origin_company_id": "globex"}),
            2 => json!({"query": "list_registered_users", "group_id": one(&GROUPS, c)}),
            3 => json!({"query": "groups_of", "registered_user_id": user}),
            4 => json!({"query": "list_credentials", "registered_user_id": user}),
            5 => json!({"query": "list_credentials", "connector": one(&CONNECTORS, c)}),
            6 => {
                json!({"query": "list_credentials", "status": one(&["active", "revoked", "needs_reauth"], c), "linked_by": (c % 4 == 0).then_some(user)})
            }
            7 => json!({"query": "list_companies"}),
            8 => json!({"query": one(&["list_connectors", "list_tool_packs", "list_groups"], c)}),
            9 => json!({"query": "list_users"}),
            10 => json!({"query": "list_registration_tokens"}),
            _ => json!({"query": "list_credentials", "origin_company_id": "globex"}),
        };
        with(list, json!({"limit": 1 + d % 4}))
    }

    /// Any command.
    #[must_use]
    pub fn command(&self, roll: Roll, now: &str) -> Value {
        let [kind, a, b, c, d, e, _, _] = roll;
        let user = self.user(a);
        let named = |name: &str, rest: Value| with(json!({"command": name}), rest);
        let expires_at = (b % 4 == 0).then(|| later(now, u64::from(c) * 600));
        let generation = (d % 4 == 0).then_some(1 + d / 4 % 3);
        match kind % 56 {
            0 | 1 => named(
                "create_registered_user",
                json!({"origin_user_id": format!("user_{}", a % 8), "custom_groupings": groupings(b), "shared_credential_group": company(c)}),
            ),
            2 => named("create_test_user", json!({"origin_user_name": "Somebody"})),
            3..=8 => named("update_registered_user", json!({"registered_user_id": user, "patch": patch(roll)})),
            9 if b % 4 == 0 => named("delete_registered_user", json!({"registered_user_id": user})),
            9 => named("update_registered_user", json!({"registered_user_id": user, "patch": {"is_active": true}})),
            10 => named("set_retention_hold", json!({"registered_user_id": user, "held": b % 2 == 0})),
            11 => named("delete_company", json!({"origin_company_id": one(&COMPANIES, a)})),
            12..=14 => {
                let tools = some(&TOOLS, if c % 4 == 0 { 0 } else { b | 1 << (c % 3) });
                named("put_connector", json!({"connector": one(&CONNECTORS, a), "tools": tools}))
            }
            15 => {
                named("delete_connector", json!({"connector": if a % 2 == 0 { "notion" } else { one(&CONNECTORS, b) }}))
            }
            16 => named("put_connector", json!({"connector": "notion", "tools": ["read"]})),
            17..=20 => named(
                "put_tool_pack",
                json!({"tool_pack_id": one(&PACKS, a), "name": "Pack", "connectors": entries([b, c, d]), "group_ids": group_ids(e)}),
            ),
            21 => named("delete_tool_pack", json!({"tool_pack_id": one(&PACKS, a)})),
            22 | 23 => named("put_group", json!({"group_id": one(&GROUPS, a), "name": "Group", "rule": rule(b)})),
            24 => named("delete_group", json!({"group_id": one(&GROUPS, a)})),
            25..=28 => {
                let pack = (d % 4 != 0).then(|| one(&PACKS, c));
                named(
                    "start_link",
                    json!({"registered_user_id": user, "connector": one(&CONNECTORS, b), "tool_pack_id": pack}),
                )
            }
            29..=33 => {
                let session = self.recent_session(a);
                let (who, account) = ((d % 16 == 0).then_some(user), (d % 4 != 1).then(|| format!("account{}", d % 3)));
                named(
                    "complete_link",
                    json!({"link_session_id": session, "registered_user_id": who, "external_account_id": account, "expires_at": expires_at}),
                )
            }
            34 | 54 => {
                let reason = (b % 2 == 0).then_some("no");
                named("fail_link", json!({"link_session_id": self.recent_session(a), "reason": reason}))
            }
            35 | 36 => named(
                "revoke_credential",
                json!({"owner": self.owner(roll), "connector": one(&CONNECTORS, e), "expected_generation": generation}),
            ),
            48 => named("revoke_connector", json!({"connector": one(&CONNECTORS, b)})),
            37 | 49 | 50 => named(
                "report_credential",
                json!({"owner": self.owner(roll), "connector": one(&CONNECTORS, e), "status": "needs_reauth", "expected_generation": generation}),
            ),
            38 | 51 | 52 => named(
                "report_credential",
                json!({"owner": self.owner(roll), "connector": one(&CONNECTORS, e), "status": "active", "expires_at": expires_at}),
            ),
            39 | 40 | 55 => named("start_tool_call", self.call([a, b, c, d, 0, 0, 0, 0])),
            41 | 53 => {
                let (user, call) = pick(&self.calls, a).unwrap_or_default();
                named(
                    "finish_tool_call",
                    json!({"registered_user_id": user, "tool_call_id": call, "result": "completed"}),
                )
            }
            42 => named("create_organization", json!({"name": "Another"})),
            43 => {
                named("issue_registration_token", json!({"organization_id": ACME, "secret": format!("ort_{a:0>24}")}))
            }
            44 => named("revoke_registration_token", json!({"token_id": pick(&self.tokens, a).unwrap_or_default()})),
            45 => named(
                "create_user",
                json!({"name": "Member", "email": format!("member{a}@acme.example"), "organization_id": ACME, "role": one(&["admin", "member", "organization_admin"], b)}),
            ),
            46 => {
                let account = json!({"user_id": pick(&self.accounts, a).unwrap_or_default()});
                match d % 4 {
                    0 => named("set_user_status", with(account, json!({"status": one(&["active", "suspended"], b)}))),
                    1 | 2 => {
                        let patch = json!({"patch": account_patch([b, c, e]), "expected_version": generation});
                        named("update_user", with(account, patch))
                    }
                    _ => named("delete_user", account),
                }
            }
            _ => named("advance_time", json!({"limit": (a % 2 == 0).then_some(1 + b % 4)})),
        }
    }

    /// Remembers what an accepted command has minted.
    pub fn learn(&mut self, outcome: &Value) {
        let response = &outcome["response"];
        let minted = |name: &str| response[name].as_str().map(str::to_owned);
        for event in outcome["events"].as_array().into_iter().flatten() {
            let id = event["stream"]["id"].as_str().unwrap_or_default().to_owned();
            match event["event"].as_str() {
                Some("registered_user_created") => {
                    let environment = if event["environment"] == "test" { "test" } else { "production" };
                    if event["organization_id"] == ACME {
                        self.users.push(Person { id, organization_id: ACME, environment });
                    } else {
                        self.strangers.push(Person { id, organization_id: OTHER, environment });
                    }
                }
                Some("account_created") => self.accounts.push(id),
                Some("registration_token_issued") => self.tokens.push(id),
                Some("link_session_started") => self.sessions.extend(minted("link_session_id")),
                Some("tool_call_started") => self.calls.extend(minted("tool_call_id").map(|call| (id, call))),
                _ => {}
            }
        }
    }
}

fn company(by: u8) -> Value {
    if by.is_multiple_of(3) { Value::Null } else { json!({"origin_company_id": one(&COMPANIES, by)}) }
}

fn groupings(by: u8) -> Value {
    match by % 3 {
        0 => json!({}),
        1 => json!({"team": "staff"}),
        _ => json!({"team": "sales", "vip": "yes"}),
    }
}

fn account_patch([by, a, b]: [u8; 3]) -> Value {
    match by % 6 {
        0 => json!({"name": one(&["Member", "Erin"], a)}),
        1 => json!({"email": format!("{}{a}@acme.example", one(&["member", "MEMBER", "erin"], b))}),
        2 => json!({"external_id": (a % 3 != 0).then(|| format!("hr-{}", a % 3))}),
        3 => json!({"metadata": {"level": (a % 3 != 0).then_some(a % 3), "more": {"deep": b % 2}}}),
        4 => json!({"role": one(&["admin", "member", "organization_admin"], a), "resource_id": one(&["r1", "r2"], b)}),
        _ => json!({"metadata": null, "role": one(&["member", "organization_admin"], a)}),
    }
}

fn patch(roll: Roll) -> Value {
    let [_, _, b, c, d, ..] = roll;
    match b % 8 {
        0 | 1 => json!({"is_active": false}),
        2 | 3 => json!({"is_active": true}),
        4 => json!({"shared_credential_group": company(c)}),
        5 => json!({"custom_groupings": groupings(c)}),
        6 => json!({"custom_groupings": {"team": null}, "user_type": one(&["HUMAN", "SYSTEM"], c)}),
        _ => json!({"is_active": d % 2 == 0, "shared_credential_group": company(c), "custom_groupings": groupings(d)}),
    }
}

fn rule(by: u8) -> Value {
    match by % 6 {
        0 => json!({"attribute": "team", "equals": "staff"}),
        1 => json!({"attribute": "vip", "exists": true}),
        2 => json!({"not": {"attribute": "vip", "exists": true}}),
        3 => json!({"origin_company_id": one(&COMPANIES, by / 6)}),
        4 => json!({"not": {"origin_company_id": one(&COMPANIES, by / 6)}}),
        _ => json!({"all": []}),
    }
}

fn group_ids(by: u8) -> Value {
    match by % 8 {
        0 => json!([]),
        1 => json!(GROUPS),
        2 | 3 => json!([one(&GROUPS, by / 8)]),
        _ => Value::Null,
    }
}

fn entries(rolls: [u8; 3]) -> Value {
    let entry = |(connector, by): (&'static str, u8)| {
        let tools = (by % 2 == 0).then(|| some(&TOOLS, by >> 4));
        (by % 8 != 0).then(|| json!({"connector": connector, "auth_scope": one(&SCOPES, by / 8), "tool_names": tools}))
    };
    CONNECTORS.into_iter().zip(rolls).filter_map(entry).collect()
}

/// An instant some seconds on.
fn later(now: &str, seconds: u64) -> String {
    let now = tenantry::Timestamp::parse(now).unwrap();
    now.saturating_add(Duration::from_secs(seconds)).to_string()
}

/// A world with a catalogue, some people in two environments, and credentials at every scope; and
/// likewise in another organization, of which nothing may be seen.
#[must_use]
#[track_caller]
pub fn peopled() -> (World, Known) {
    let (mut world, mut known) = (World::new(), Known::default());
    for organization in [OTHER, ACME] {
        let mut does = |command: Value| {
            let outcome = world.accepts(of(system(), organization), command);
            known.learn(&outcome);
            outcome
        };
        for connector in CONNECTORS {
            does(json!({"command": "put_connector", "connector": connector, "tools": TOOLS}));
        }
        for group in GROUPS {
            does(
                json!({"command": "put_group", "group_id": group, "name": group, "rule": {"attribute": "team", "equals": group}}),
            );
        }
        for (pack, rolls) in PACKS.into_iter().zip([[1, 9, 17], [9, 17, 1], [17, 1, 9]]) {
            let group_ids = (pack == "engineering").then_some(["staff"]);
            does(
                json!({"command": "put_tool_pack", "tool_pack_id": pack, "name": pack, "connectors": entries(rolls), "group_ids": group_ids}),
            );
        }
        for (index, company) in [None, Some("globex"), Some("globex"), Some("initech")].into_iter().enumerate() {
            let group = company.map(|id| json!({"origin_company_id": id}));
            let outcome = does(
                json!({"command": "create_registered_user", "origin_user_id": format!("user_{index}"), "shared_credential_group": group, "custom_groupings": groupings(u8::from(index < 3))}),
            );
            let user = outcome["response"]["registered_user_id"].clone();
            for (connector, pack) in CONNECTORS.into_iter().zip(PACKS) {
                // `engineering` has github INDIVIDUAL, `sales` jira ORGANIZATION, `support` slack SHARED …
                let start = json!({"command": "start_link", "registered_user_id": user, "connector": connector, "tool_pack_id": (pack != "engineering").then_some(pack)});
                if pack == "engineering" || company.is_some() {
                    let session = does(start)["response"]["link_session_id"].clone();
                    does(json!({"command": "complete_link", "link_session_id": session}));
                }
            }
        }
    }
    let expired = json!({"command": "report_credential", "owner": individual(&known.user(0)), "connector": "github", "status": "needs_reauth"});
    world.accepts(system(), expired);
    world.revokes(individual(&known.user(2)), "github");
    let nobody_there = json!({"command": "create_registered_user", "origin_user_id": "user_9", "shared_credential_group": {"origin_company_id": "umbrella"}});
    let somebody = text(&world.accepts(system(), nobody_there), "/response/registered_user_id");
    world.accepts(system(), json!({"command": "delete_registered_user", "registered_user_id": somebody}));
    let outcome =
        world.accepts(in_test(system()), json!({"command": "create_registered_user", "origin_user_id": "tester"}));
    known.learn(&outcome);
    for role in ["admin", "organization_admin", "member"] {
        known.learn(&world.accepts(
            host(),
            json!({"command": "create_user", "name": role, "email": format!("{role}@acme.example"), "organization_id": ACME, "role": role}),
        ));
    }
    (world, known)
}
