//! Each lifecycle walked whole through the public API: every state × every trigger, with the state
//! that it comes to, the events that tell it, and the code where it is refused. What comes out is
//! compared with the diagram, which is drawn from the table that the code runs by.

use std::collections::BTreeMap;
use std::time::Duration;
use tenantry::lifecycle_diagram;
use tenantry_tests::actors::{account, anonymous, host, runtime, system};
use tenantry_tests::decisions::{call, individual, organization, shared};
use tenantry_tests::{ACME, Value, World, event_names, json, text, with};

const DAY: Duration = Duration::from_secs(86_400);
const SECRET: &str = "ort_a-secret-of-thirty-letters";
const NEW_YEAR: &str = "2027-01-01T00:00:00Z";

/// A thing in some state, in a world of its own.
#[derive(Clone)]
struct Case {
    world: World,
    /// The registered user, or whose turn it is.
    user: String,
    /// The thing itself, where it has an id.
    id: String,
    /// The pack by which a credential is asked for.
    pack: &'static str,
}

/// What a trigger did: the events, or the code that refused it.
type Pulled = Result<Vec<String>, String>;

/// How a lifecycle is walked.
struct Walk {
    machine: &'static str,
    states: &'static [&'static str],
    triggers: &'static [&'static str],
    /// All ways into a state.
    reach: fn(&str) -> Vec<Case>,
    pull: fn(&mut Case, &str) -> Pulled,
    /// The state that it shows.
    shows: fn(&mut Case) -> String,
    /// The events of an accepted trigger.
    events: fn(&str, &str) -> &'static [&'static str],
}

impl Case {
    fn new() -> Self {
        let mut world = World::shop();
        let user = world.user_with("alice", json!({"shared_credential_group": {"origin_company_id": "c1"}}));
        Case { world, user, id: String::new(), pack: "own" }
    }

    fn does(&mut self, actor: Value, command: Value) -> Pulled {
        match self.world.execute(actor, command) {
            Ok(outcome) if outcome["response"]["effect"] == "deny" => Err(text(&outcome, "/response/code")),
            Ok(outcome) => Ok(event_names(&outcome)),
            Err(rejection) => Err(text(&rejection, "/code")),
        }
    }

    /// Something that must be accepted on the way into a state.
    fn must(mut self, actor: Value, command: Value) -> Self {
        self.does(actor, command).unwrap();
        self
    }

    fn after(mut self, by: Duration) -> Self {
        self.world.advance(by);
        self
    }

    fn swept(mut self) -> Self {
        self.world.sweep();
        self
    }

    fn sweep(&mut self) -> Pulled {
        Ok(event_names(&self.world.sweep()))
    }

    fn patch(&self, patch: Value) -> Value {
        json!({"command": "update_registered_user", "registered_user_id": self.user, "patch": patch})
    }

    fn owner(&self) -> Value {
        match self.pack {
            "own" => individual(&self.user),
            "team" => shared("c1"),
            _ => organization(),
        }
    }

    fn of_credential(&self, name: &str, members: Value) -> Value {
        with(json!({"command": name, "owner": self.owner(), "connector": "slack"}), members)
    }

    fn of_session(&self, name: &str) -> Value {
        json!({"command": name, "link_session_id": self.id})
    }

    fn finish(&self) -> Value {
        json!({"command": "finish_tool_call", "registered_user_id": self.user, "tool_call_id": self.id, "result": "completed"})
    }
}

/// What the diagram says of a pair: the next state, or the code.
type Table = BTreeMap<(String, String), Result<String, String>>;

fn drawn(machine: &str) -> Table {
    let mut table = Table::new();
    for line in lifecycle_diagram(machine).unwrap().lines().map(str::trim) {
        if let Some(note) = line.strip_prefix("note right of ") {
            let (state, refusals) = note.split_once(": ").unwrap();
            for refusal in refusals.split("<br/>") {
                let (triggers, code) = refusal.split_once(" ⇒ ").unwrap();
                for trigger in triggers.split(", ") {
                    table.insert((state.to_owned(), trigger.to_owned()), Err(code.to_owned()));
                }
            }
        } else if let Some((from, (to, trigger))) =
            line.split_once(" --> ").and_then(|(from, rest)| Some((from, rest.split_once(": ")?)))
        {
            table.insert((from.to_owned(), trigger.to_owned()), Ok(to.to_owned()));
        }
    }
    table
}

impl Walk {
    /// Every trigger in every state, by every way into it.
    #[track_caller]
    fn walk(&self) {
        let mut drawn = drawn(self.machine);
        for state in self.states {
            for trigger in self.triggers {
                // A pair that is not drawn changes nothing.
                let drawn = drawn.remove(&((*state).to_owned(), (*trigger).to_owned()));
                let expected = drawn.unwrap_or_else(|| Ok((*state).to_owned()));
                for (way, mut case) in (self.reach)(state).into_iter().enumerate() {
                    let here = format!("{} {state} (way {way}): {trigger}", self.machine);
                    assert_eq!((self.shows)(&mut case), *state, "{here}: not the state to begin with");
                    let before = case.world.state();
                    let pulled = (self.pull)(&mut case, trigger);
                    match (&expected, pulled) {
                        (Ok(to), Ok(events)) => {
                            assert_eq!((self.shows)(&mut case), *to, "{here}");
                            let wanted = (self.events)(state, trigger);
                            assert!(wanted.iter().eq(events.iter()), "{here}: {events:?}, not {wanted:?}");
                        }
                        (Err(code), Err(refused)) => {
                            assert_eq!(refused, *code, "{here}");
                            assert_eq!((self.shows)(&mut case), *state, "{here}: refused, and moved");
                            let recorded = refused == "registered_user_inactive";
                            assert!(recorded || case.world.state() == before, "{here}: refused, and changed");
                        }
                        (expected, pulled) => panic!("{here}: {pulled:?}, not {expected:?}"),
                    }
                }
            }
        }
        assert!(drawn.is_empty(), "never walked: {drawn:?}");
    }
}

#[test]
fn ru_9_ru_10_ru_12_ru_13_a_registered_user_in_every_state() {
    Walk {
        machine: "registered_user",
        states: &["active", "deactivated", "deleted", "purged"],
        triggers: &["deactivate", "reactivate", "start_tool_call", "delete", "purge"],
        reach: |state| {
            let delete = |case: &Case| json!({"command": "delete_registered_user", "registered_user_id": case.user});
            let mut case = Case::new();
            case.world.link(&case.user.clone(), "slack", None, json!({}));
            let off = case.patch(json!({"is_active": false}));
            let on = case.patch(json!({"is_active": true}));
            let inactive = || case.clone().must(system(), off.clone());
            let again = || {
                let mut case = inactive().must(system(), on.clone());
                case.world.link(&case.user.clone(), "slack", None, json!({}));
                case
            };
            let deleted = [case.clone(), inactive(), again()].map(|case| case.clone().must(system(), delete(&case)));
            match state {
                "active" => vec![case.clone(), again()],
                "deactivated" => vec![inactive(), again().must(system(), off.clone())],
                "deleted" => deleted.to_vec(),
                _ => deleted
                    .into_iter()
                    .flat_map(|case| [case.clone().after(90 * DAY), case.after(90 * DAY).swept()])
                    .collect(),
            }
        },
        pull: |case, trigger| match trigger {
            "deactivate" => case.does(system(), case.patch(json!({"is_active": false}))),
            "reactivate" => case.does(system(), case.patch(json!({"is_active": true}))),
            "start_tool_call" => {
                let start = call(&case.user, "own", "slack__post");
                case.does(runtime(), with(start, json!({"command": "start_tool_call"})))
            }
            "delete" => {
                case.does(system(), json!({"command": "delete_registered_user", "registered_user_id": case.user}))
            }
            _ => {
                // The sessions by which it was linked are forgotten before.
                case.world.advance(89 * DAY);
                case.world.sweep();
                case.world.advance(DAY);
                case.sweep()
            }
        },
        shows: |case| {
            let get = json!({"query": "get_registered_user", "registered_user_id": case.user});
            if let Ok(view) = case.world.query(system(), get) {
                return text(&view, "/status");
            }
            // Only a tombstone can be held.
            let hold = json!({"command": "set_retention_hold", "registered_user_id": case.user, "held": true});
            if case.world.clone().execute(system(), hold).is_ok() { "deleted".into() } else { "purged".into() }
        },
        events: |state, trigger| match (state, trigger) {
            ("active", "deactivate") => &["registered_user_deactivated", "credential_revoked"],
            ("deactivated", "reactivate") => &["registered_user_reactivated"],
            ("active", "start_tool_call") => &["tool_call_started"],
            ("active", "delete") => &["credential_revoked", "registered_user_deleted"],
            ("deactivated", "delete") => &["registered_user_deleted"],
            ("deleted", "purge") => &["registered_user_purged"],
            _ => &[],
        },
    }
    .walk();
}

fn credential_in(state: &str) -> Vec<Case> {
    ["own", "team", "all"]
        .into_iter()
        .flat_map(|pack| {
            let case = Case { pack, ..Case::new() };
            let mut linked = case.clone();
            linked.world.link(&case.user, "slack", Some(pack), json!({"expires_at": NEW_YEAR}));
            let mut short = case.clone();
            short.world.link(&case.user, "slack", Some(pack), json!({"expires_at": "2026-01-31T10:00:01Z"}));
            let lapsed = short.after(Duration::from_secs(1));
            let report = |status: &str| case.of_credential("report_credential", json!({"status": status}));
            let revoke = case.of_credential("revoke_credential", json!({}));
            match state {
                "missing" => vec![case],
                "active" => vec![
                    linked.clone(),
                    linked.must(system(), report("needs_reauth")).must(
                        system(),
                        case.of_credential("report_credential", json!({"status": "active", "expires_at": NEW_YEAR})),
                    ),
                ],
                "needs_reauth" => {
                    vec![linked.must(system(), report("needs_reauth")), lapsed.clone(), lapsed.swept()]
                }
                _ => vec![
                    linked.must(system(), revoke.clone()),
                    lapsed.clone().must(system(), revoke.clone()),
                    lapsed.swept().must(system(), revoke),
                ],
            }
        })
        .collect()
}

#[test]
fn cr_1_cr_4_cr_5_cr_6_a_credential_in_every_state() {
    Walk {
        machine: "credential",
        states: &["missing", "active", "needs_reauth", "revoked"],
        triggers: &["complete_link", "report_active", "report_needs_reauth", "expire", "revoke"],
        reach: credential_in,
        pull: |case, trigger| match trigger {
            "complete_link" => {
                case.id = case.world.start_link(&case.user.clone(), "slack", Some(case.pack));
                case.does(system(), case.of_session("complete_link"))
            }
            "report_active" => {
                let later = json!({"status": "active", "expires_at": "2028-01-01T00:00:00Z"});
                case.does(system(), case.of_credential("report_credential", later))
            }
            "report_needs_reauth" => {
                case.does(system(), case.of_credential("report_credential", json!({"status": "needs_reauth"})))
            }
            "expire" => {
                // What else is due, the sessions by which it was linked, is so before.
                case.world.set_now("2026-12-31T23:59:59.999Z");
                case.world.sweep();
                case.world.set_now(NEW_YEAR);
                let unswept = case.world.clone();
                let events = case.sweep();
                let mut twin = Case { world: unswept, ..case.clone() };
                assert_eq!(status_of(&mut twin), status_of(case), "swept or not (T-2)");
                events
            }
            _ => case.does(system(), case.of_credential("revoke_credential", json!({}))),
        },
        shows: status_of,
        events: |state, trigger| match (state, trigger) {
            ("missing", "complete_link") => &["link_session_completed", "credential_granted"],
            (_, "complete_link") => &["link_session_completed", "credential_replaced"],
            (_, "report_active") => &["credential_refreshed"],
            ("active", "report_needs_reauth") => &["credential_needs_reauth"],
            ("active", "expire") => &["credential_expired"],
            (_, "revoke") => &["credential_revoked"],
            _ => &[],
        },
    }
    .walk();
}

fn status_of(case: &mut Case) -> String {
    let scope = text(&case.owner(), "/scope");
    let held = case.world.credential(&case.user.clone(), &scope, "slack");
    held.map_or("missing".to_owned(), |held| text(&held, "/status"))
}

fn session_in(state: &str) -> Vec<Case> {
    ["own", "team", "all"]
        .into_iter()
        .flat_map(|pack| {
            let mut case = Case { pack, ..Case::new() };
            case.id = case.world.start_link(&case.user.clone(), "slack", Some(pack));
            let end = Duration::from_secs(1800);
            match state {
                "pending" => vec![case.clone(), case.after(end - Duration::from_millis(1))],
                "completed" => vec![case.clone().must(system(), case.of_session("complete_link"))],
                "failed" => vec![case.clone().must(system(), case.of_session("fail_link"))],
                "cancelled" => vec![case.clone().must(system(), case.patch(json!({"is_active": false})))],
                _ => vec![case.clone().after(end), case.after(end).swept()],
            }
        })
        .collect()
}

#[test]
fn cr_3_a_link_session_in_every_state() {
    Walk {
        machine: "link_session",
        states: &["pending", "completed", "failed", "cancelled", "expired"],
        triggers: &["complete_link", "fail_link", "cancel", "expire"],
        reach: session_in,
        pull: |case, trigger| match trigger {
            "cancel" => {
                // One that had expired unswept is written down before.
                case.world.sweep();
                let events = case.does(system(), case.patch(json!({"is_active": false})))?;
                Ok(events.into_iter().filter(|name| name.starts_with("link_session")).collect())
            }
            "expire" => {
                // One that had expired unswept is written down before.
                case.world.sweep();
                case.world.set_now("2026-01-31T10:30:00Z");
                case.sweep()
            }
            name => case.does(system(), case.of_session(name)),
        },
        shows: |case| {
            let list = json!({"query": "list_link_sessions", "registered_user_id": case.user});
            let listed = case.world.answers(system(), list);
            let items = listed["items"].as_array().unwrap();
            let found = items.iter().find(|session| session["link_session_id"] == *case.id).unwrap();
            text(found, "/status")
        },
        events: |state, trigger| match (state, trigger) {
            ("pending", "complete_link") => &["link_session_completed", "credential_granted"],
            ("pending", "fail_link") => &["link_session_failed"],
            ("pending", "cancel") => &["link_session_cancelled"],
            ("pending", "expire") => &["link_session_expired"],
            _ => &[],
        },
    }
    .walk();
}

#[test]
fn cr_3_whatever_became_of_a_session_a_day_after_its_end_it_is_gone() {
    for state in ["pending", "completed", "failed", "cancelled", "expired"] {
        for mut case in session_in(state) {
            case.world.set_now("2026-02-01T10:29:59.999Z");
            let code =
                if matches!(state, "pending" | "expired") { "link_session_expired" } else { "link_session_closed" };
            assert_eq!(case.does(system(), case.of_session("complete_link")), Err(code.to_owned()), "{state}");
            case.world.set_now("2026-02-01T10:30:00Z");
            for mut case in [case.clone(), case.swept()] {
                for name in ["complete_link", "fail_link"] {
                    assert_eq!(case.does(system(), case.of_session(name)), Err("link_session_not_found".to_owned()));
                }
                let list = json!({"query": "list_link_sessions", "registered_user_id": case.user});
                assert_eq!(case.world.answers(system(), list)["items"], json!([]));
            }
        }
    }
}

fn call_in(state: &str) -> Vec<Case> {
    let mut case = Case::new();
    case.world.link(&case.user.clone(), "slack", None, json!({}));
    case.id = case.world.start_call(&case.user.clone(), "own", "slack__post");
    let off = case.patch(json!({"is_active": false}));
    let delete = json!({"command": "delete_registered_user", "registered_user_id": case.user});
    let ways = [case.clone(), case.clone().must(system(), off), case.must(system(), delete)];
    ways.into_iter()
        .flat_map(|case| match state {
            "open" => vec![case.clone(), case.after(DAY - Duration::from_millis(1))],
            _ => vec![case.clone().must(runtime(), case.finish()), case.clone().after(DAY), case.after(DAY).swept()],
        })
        .collect()
}

#[test]
fn d_4_a_tool_call_in_every_state() {
    Walk {
        machine: "tool_call",
        states: &["open", "ended"],
        triggers: &["finish_tool_call", "expire"],
        reach: call_in,
        pull: |case, trigger| match trigger {
            "expire" => {
                case.world.sweep();
                case.world.set_now("2026-02-01T10:00:00Z");
                case.sweep()
            }
            _ => case.does(runtime(), case.finish()),
        },
        // Nothing lists calls: one is open if it could be finished.
        shows: |case| {
            let finished = case.world.clone().execute(runtime(), case.finish());
            if finished.is_ok() { "open".into() } else { "ended".into() }
        },
        events: |state, trigger| match (state, trigger) {
            ("open", "finish_tool_call") => &["tool_call_finished"],
            ("open", "expire") => &["tool_call_expired"],
            _ => &[],
        },
    }
    .walk();
}

#[test]
fn ac_9_ac_11_an_account_in_every_state() {
    fn delete(case: &mut Case) -> Pulled {
        let command = json!({"command": "delete_user", "user_id": case.id});
        case.does(host(), command)
    }
    fn status(case: &mut Case, status: &str) -> Pulled {
        let command = json!({"command": "set_user_status", "user_id": case.id, "status": status});
        case.does(host(), command)
    }
    Walk {
        machine: "account",
        states: &["active", "inactive", "suspended", "deleted"],
        triggers: &["act", "activate", "deactivate", "suspend", "delete"],
        reach: |state| {
            let mut case = Case::new();
            case.id = case
                .world
                .account_with("e@acme.example", json!({"role": "organization_admin", "organization_id": ACME}));
            ["active", "inactive", "suspended"]
                .map(|before| {
                    let mut case = case.clone();
                    status(&mut case, before).unwrap();
                    let reached = if state == "deleted" { delete(&mut case) } else { status(&mut case, state) };
                    reached.unwrap();
                    case
                })
                .to_vec()
        },
        pull: |case, trigger| match trigger {
            "act" => {
                let asked = case.world.query(account(&case.id), json!({"query": "list_users"}));
                asked.map(|_| Vec::new()).map_err(|rejection| text(&rejection, "/code"))
            }
            "activate" => status(case, "active"),
            "deactivate" => status(case, "inactive"),
            "delete" => delete(case),
            _ => status(case, "suspended"),
        },
        shows: |case| {
            let view = case.world.query(host(), json!({"query": "get_user", "user_id": case.id}));
            view.map_or("deleted".into(), |view| text(&view, "/status"))
        },
        events: |state, trigger| match (state, trigger) {
            (_, "act")
            | ("active", "activate")
            | ("inactive", "deactivate")
            | ("suspended", "suspend")
            | ("deleted", _) => &[],
            (_, "delete") => &["account_deleted"],
            _ => &["account_status_changed"],
        },
    }
    .walk();
}

/// Somebody registers with the secret.
fn registers(case: &mut Case) -> Pulled {
    let email = format!("e{}@acme.example", case.world.events.len());
    let command = json!({"command": "create_user", "name": "E", "email": email, "password": "Passw0rd-Passw0rd", "organization_id": ACME, "org_token": SECRET});
    case.does(anonymous(), command)
}

#[test]
fn ac_3_ac_4_a_registration_token_in_every_state() {
    Walk {
        machine: "registration_token",
        states: &["active", "exhausted", "expired", "revoked"],
        triggers: &["use", "last_use", "expire", "revoke"],
        reach: |state| {
            let mut case = Case::new();
            let issue = json!({"command": "issue_registration_token", "organization_id": ACME, "secret": SECRET, "max_uses": 2, "expires_at": NEW_YEAR});
            case.id = text(&case.world.accepts(host(), issue), "/response/token_id");
            let revoke = json!({"command": "revoke_registration_token", "token_id": case.id});
            let mut used = case.clone();
            registers(&mut used).unwrap();
            registers(&mut used).unwrap();
            let (mut over, mut used_over) = (case.clone(), used.clone());
            over.world.set_now(NEW_YEAR);
            used_over.world.set_now(NEW_YEAR);
            match state {
                "active" => vec![case],
                "exhausted" => vec![used],
                "expired" => vec![over, used_over],
                _ => [case, used, over, used_over].map(|case| case.must(host(), revoke.clone())).to_vec(),
            }
        },
        pull: |case, trigger| match trigger {
            "use" => registers(case),
            "last_use" => {
                let _ = registers(case);
                registers(case)
            }
            "expire" => {
                case.world.set_now(NEW_YEAR);
                case.sweep()
            }
            _ => case.does(host(), json!({"command": "revoke_registration_token", "token_id": case.id})),
        },
        shows: |case| text(&case.world.token_view(&case.id.clone()), "/status"),
        events: |state, trigger| match (state, trigger) {
            (_, "use" | "last_use") => &["registration_token_used", "account_created"],
            ("revoked", "revoke") => &[],
            (_, "revoke") => &["registration_token_revoked"],
            _ => &[],
        },
    }
    .walk();
}
