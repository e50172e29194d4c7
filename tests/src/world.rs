//! A world to try things in.

use crate::actors::{host, system};
use crate::answers;
use crate::watch::{Streams, check_rejection};
use crate::{ACME, OTHER, text, with};
use serde_json::{Value, json};
use std::time::Duration;
use tenantry::json::{parse_command, parse_document, to_canonical};
use tenantry::{Error, Tenantry, Timestamp, wire};

/// An instance behind the JSON API, a clock that stands still until it is advanced, and entropy
/// that counts: the same calls give the same ids.
#[derive(Clone, Debug)]
pub struct World {
    /// The instance.
    pub tenantry: Tenantry,
    now: Timestamp,
    drawn: u128,
    streams: Streams,
    /// Every event that was given so far, as the host would have kept it.
    pub events: Vec<Value>,
}

impl Default for World {
    fn default() -> Self {
        World::new()
    }
}

impl World {
    /// Two organizations, `org_acme` and `org_other`, and nothing in them.
    #[must_use]
    pub fn new() -> Self {
        World::with_options(&json!({}))
    }

    /// The same with a policy.
    #[must_use]
    pub fn with_policy(policy: Value) -> Self {
        World::with_options(&json!({"policy": policy}))
    }

    /// The same with options of the instance.
    #[must_use]
    #[track_caller]
    pub fn with_options(options: &Value) -> Self {
        let mut world = World::empty(options);
        for id in [ACME, OTHER] {
            world.accepts(host(), json!({"command": "create_organization", "organization_id": id, "name": id}));
        }
        world
    }

    /// Not even an organization.
    #[must_use]
    #[track_caller]
    pub fn empty(options: &Value) -> Self {
        let tenantry = wire::new(&parse_command(&options.to_string()).unwrap()).unwrap();
        let now = Timestamp::parse("2026-01-31T10:00:00Z").unwrap();
        World { tenantry, now, drawn: 0, streams: Streams::default(), events: Vec::new() }
    }

    /// A world that goes on from an instance made elsewhere, and the events that led to it.
    #[must_use]
    #[track_caller]
    pub fn going_on(tenantry: Tenantry, events: &[Value]) -> Self {
        let mut streams = Streams::default();
        streams.count(events);
        let now = Timestamp::parse(&text(events.last().unwrap(), "/at")).unwrap();
        // Far from what was drawn before, so that no id comes twice.
        World { tenantry, now, drawn: 1 << 64, streams, events: events.to_vec() }
    }

    /// The instant of the next call.
    #[must_use]
    pub fn now(&self) -> String {
        self.now.to_string()
    }

    /// Moves the clock.
    pub fn advance(&mut self, by: Duration) {
        self.now = self.now.saturating_add(by);
    }

    /// Sets the clock, backwards too (T-4).
    pub fn set_now(&mut self, now: &str) {
        self.now = Timestamp::parse(now).unwrap();
    }

    /// The context of the next call: the clock's instant and fresh entropy.
    pub fn context(&mut self, actor: Value) -> Value {
        self.drawn += 1;
        json!({"now": self.now(), "actor": actor, "entropy": format!("{:032x}", self.drawn)})
    }

    /// Executes a command: the outcome, or the rejection.
    ///
    /// # Errors
    /// The rejection; that nothing changed has been looked at.
    #[track_caller]
    pub fn execute(&mut self, actor: Value, command: Value) -> Result<Value, Value> {
        let context = self.context(actor);
        self.execute_in(&context, &command)
    }

    /// The same in a context of the case's own.
    ///
    /// # Errors
    /// The rejection; that nothing changed has been looked at.
    #[track_caller]
    pub fn execute_in(&mut self, context: &Value, command: &Value) -> Result<Value, Value> {
        self.execute_text(&context.to_string(), &command.to_string())
    }

    /// The same from the texts of both.
    ///
    /// # Errors
    /// The rejection; that nothing changed has been looked at.
    #[track_caller]
    pub fn execute_text(&mut self, context: &str, command: &str) -> Result<Value, Value> {
        let before = self.state();
        let previewed = self.preview_text(context, command);
        let executed = parse_command(context).map_err(Error::from).and_then(|context| {
            let command = parse_command(command)?;
            wire::execute(&mut self.tenantry, &command, &context)
        });
        // What is no JSON names no request.
        let asked = serde_json::from_str(command).unwrap_or_default();
        match executed {
            Ok(outcome) => {
                let outcome = canonical(&outcome);
                answers::check(&asked, Ok(&outcome));
                assert_eq!(previewed.as_ref(), Ok(&outcome), "preview differs (D-5): {command}");
                self.streams.follow(&outcome);
                let events = outcome["events"].as_array().unwrap();
                self.events.extend_from_slice(events);
                if events.is_empty() {
                    assert_eq!(self.state(), before, "something changed without an event: {command}");
                }
                Ok(outcome)
            }
            Err(rejection) => {
                assert_eq!(self.state(), before, "a rejected command changed something (P-3): {command}");
                let rejection = checked(&rejection);
                answers::check(&asked, Err(&rejection));
                assert_eq!(previewed.as_ref(), Err(&rejection), "preview differs (D-5): {command}");
                Err(rejection)
            }
        }
    }

    /// Executes a command that is accepted, without a look at anything else: for many of them.
    #[track_caller]
    pub fn unwatched(&mut self, actor: Value, command: &Value) -> Value {
        let (context, command) = (self.context(actor).to_string(), command.to_string());
        let (context, command) = (parse_command(&context).unwrap(), parse_command(&command).unwrap());
        let outcome = canonical(&wire::execute(&mut self.tenantry, &command, &context).unwrap());
        self.streams.follow(&outcome);
        outcome
    }

    /// What a preview tells of a command, but for the impact.
    fn preview_text(&self, context: &str, command: &str) -> Result<Value, Value> {
        let previewed = parse_command(context).map_err(Error::from).and_then(|context| {
            let command = parse_command(command)?;
            wire::preview(&self.tenantry, &command, &context)
        });
        match previewed {
            Ok(outcome) => {
                let mut outcome = canonical(&outcome);
                assert!(outcome.as_object_mut().unwrap().remove("impact").is_some(), "a preview without impact");
                Ok(outcome)
            }
            Err(rejection) => Err(checked(&rejection)),
        }
    }

    /// The outcome of a command that is accepted.
    #[track_caller]
    pub fn accepts(&mut self, actor: Value, command: Value) -> Value {
        let shown = format!("{command} by {actor}");
        match self.execute(actor, command) {
            Ok(outcome) => outcome,
            Err(rejection) => panic!("rejected: {shown}: {rejection}"),
        }
    }

    /// The rejection of a command that is refused with this code.
    #[track_caller]
    pub fn rejects(&mut self, actor: Value, command: Value, code: &str) -> Value {
        let shown = format!("{command} by {actor}");
        match self.execute(actor, command) {
            Ok(outcome) => panic!("accepted: {shown}: {outcome}"),
            Err(rejection) => {
                assert_eq!(rejection["code"], code, "{shown}: {rejection}");
                rejection
            }
        }
    }

    /// The same, at this place.
    #[track_caller]
    pub fn rejects_at(&mut self, actor: Value, command: Value, code: &str, pointer: &str) -> Value {
        let rejection = self.rejects(actor, command, code);
        assert_eq!(rejection["pointer"], pointer, "{rejection}");
        rejection
    }

    /// Answers a query.
    ///
    /// # Errors
    /// The rejection.
    #[track_caller]
    pub fn query(&mut self, actor: Value, query: Value) -> Result<Value, Value> {
        let context = self.context(actor).to_string();
        let context = parse_command(&context).unwrap();
        let asked = query;
        let query = asked.to_string();
        let query = parse_command(&query).unwrap();
        match wire::query(&self.tenantry, &query, &context) {
            Ok(answer) => Ok(canonical(&answer)),
            Err(rejection) => {
                let rejection = checked(&rejection);
                answers::check(&asked, Err(&rejection));
                Err(rejection)
            }
        }
    }

    /// The answer of a query that is answered.
    #[track_caller]
    pub fn answers(&mut self, actor: Value, query: Value) -> Value {
        let shown = format!("{query} by {actor}");
        self.query(actor, query).unwrap_or_else(|rejection| panic!("rejected: {shown}: {rejection}"))
    }

    /// The rejection of a query that is refused with this code.
    #[track_caller]
    pub fn refuses(&mut self, actor: Value, query: Value, code: &str) -> Value {
        let shown = format!("{query} by {actor}");
        match self.query(actor, query) {
            Ok(answer) => panic!("answered: {shown}: {answer}"),
            Err(rejection) => {
                assert_eq!(rejection["code"], code, "{shown}: {rejection}");
                rejection
            }
        }
    }

    /// Sends a command or a query, whichever it is.
    ///
    /// # Errors
    /// The rejection; that nothing changed has been looked at.
    #[track_caller]
    pub fn ask(&mut self, actor: Value, request: Value) -> Result<Value, Value> {
        if request.get("query").is_some() { self.query(actor, request) } else { self.execute(actor, request) }
    }

    /// The ids of three accounts of `org_acme`: an admin, an organization_admin, a member.
    #[must_use]
    #[track_caller]
    pub fn accounts(&mut self) -> Vec<String> {
        let create = |role: &str| {
            let email = format!("{role}@acme.example");
            json!({"command": "create_user", "name": role, "email": email, "organization_id": ACME, "role": role})
        };
        let roles = ["admin", "organization_admin", "member"];
        roles.into_iter().map(|role| text(&self.accepts(host(), create(role)), "/response/id")).collect()
    }

    /// The state byte for byte, to be compared with what it is later.
    #[must_use]
    pub fn state(&self) -> String {
        wire::snapshot(&self.tenantry)
    }

    /// All of the journal that an actor sees, by pages of this size.
    #[track_caller]
    pub fn journal(&mut self, actor: &Value, filters: &Value, limit: usize) -> Vec<Value> {
        let mut events = Vec::new();
        let mut after = Value::Null;
        loop {
            let query = json!({"query": "journal", "limit": limit, "after": after});
            let page = self.answers(actor.clone(), with(query, filters.clone()));
            events.extend_from_slice(page["items"].as_array().unwrap());
            after = page["next"].clone();
            if after.is_null() {
                return events;
            }
        }
    }

    /// A registered user of production with this `origin_user_id`: its id.
    #[track_caller]
    pub fn user(&mut self, origin_user_id: &str) -> String {
        self.user_with(origin_user_id, json!({}))
    }

    /// The same with more members of the command.
    #[track_caller]
    pub fn user_with(&mut self, origin_user_id: &str, members: Value) -> String {
        let command = json!({"command": "create_registered_user", "origin_user_id": origin_user_id});
        text(&self.accepts(system(), with(command, members)), "/response/registered_user_id")
    }

    /// A registered user of production as it stands.
    #[track_caller]
    pub fn view(&mut self, id: &str) -> Value {
        self.answers(system(), json!({"query": "get_registered_user", "registered_user_id": id}))
    }

    /// The outcome of a patch that is accepted.
    #[track_caller]
    pub fn patch(&mut self, id: &str, patch: Value) -> Value {
        self.accepts(system(), json!({"command": "update_registered_user", "registered_user_id": id, "patch": patch}))
    }
}

/// What was written is canonical JSON (S-1).
#[track_caller]
pub(crate) fn canonical(written: &str) -> Value {
    assert_eq!(to_canonical(&parse_document(written).unwrap()), written, "not canonical JSON (S-1)");
    serde_json::from_str(written).unwrap()
}

/// An error as the contract records it, of the one shape. What is wrong with a context is never the client's fault,
/// and nothing of the host's own mistakes is shown to clients.
#[track_caller]
pub(crate) fn checked(error: &Error) -> Value {
    let value = canonical(&to_canonical(error.recorded()));
    check_rejection(&value);
    match error {
        Error::Rejected(rejection) => {
            let in_context = |pointer: &str| pointer.starts_with("/context/");
            assert!(!rejection.pointer.as_deref().is_some_and(in_context), "{value}");
            assert!(!rejection.violations.iter().any(|violation| in_context(&violation.pointer)), "{value}");
        }
        Error::Usage(usage) => {
            assert_eq!(usage.code().as_str(), value["code"], "{value}");
            assert_eq!(
                (error.status(), usage.to_problem().get("status")),
                (500, Some(&tenantry::json::Value::Int(500))),
                "{value}"
            );
        }
    }
    value
}
