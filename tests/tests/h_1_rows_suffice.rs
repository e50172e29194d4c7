//! H-1: executing on only the required rows gives the same bytes as executing on the whole state, for
//! every command and decision; and a row that is needed and was not loaded is an error.

use crate::runs::{Coverage, runs};
use proptest::collection::vec;
use proptest::prelude::any;
use proptest::test_runner::TestCaseError;
use proptest::{prop_assert, prop_assert_eq};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use tenantry::json::{parse_command, to_canonical};
use tenantry::{Error, Timestamp, wire};
use tenantry_tests::accounts::PASSWORD;
use tenantry_tests::actors::{anonymous, host};
use tenantry_tests::random::{Known, PACKS, Roll, peopled};
use tenantry_tests::rows::{Table, not_loaded, partial, run};
use tenantry_tests::shapes::commands;
use tenantry_tests::{ACME, OTHER, World, canonical_text, text, with};

type Checked = Result<(), TestCaseError>;

/// How many rounds of loading each request takes at most. Most take one or two: what it names, and
/// what that leads to. A third is for what a second row leads to: the holder of an id, its user, the
/// user's company; or for the index rows of what ends (H-3).
const MOST_ROUNDS: [(&str, usize); 7] = [
    ("advance_time", 3),
    ("complete_link", 3),
    ("create_registered_user", 3),
    ("delete_registered_user", 3),
    ("find_registered_user", 3),
    ("start_link", 3),
    ("explain", 7),
];

fn bytes(answer: &Result<String, Error>) -> String {
    answer.as_ref().map_or_else(|error| to_canonical(error.recorded()), Clone::clone)
}

/// A world, whole and in a table.
#[derive(Clone)]
struct Play {
    world: World,
    known: Known,
    table: Table,
    secrets: Vec<String>,
    registered: usize,
}

impl Play {
    fn new() -> Self {
        let (world, known) = peopled();
        let table = Table::of(&world.state());
        Play { world, known, table, secrets: Vec::new(), registered: 0 }
    }

    /// A request on both: the same bytes, on no more rows than were asked for, and on none fewer.
    fn ask(
        &mut self,
        request: &Value,
        context: &Value,
        coverage: &RefCell<Coverage>,
    ) -> Result<Option<Value>, TestCaseError> {
        let (request, context) = (request.to_string(), context.to_string());
        let name = name_of(&request);
        let mut instance = partial();
        let loaded = self.table.prepare(&mut instance, &request, &context, None);
        // Lists and sweeps may need as many rounds as their rows have portions.
        let is_list = name.starts_with("list_") || ["groups_of", "revoke_connector"].contains(&name.as_str());
        // Where a filter leaves rows out, more are asked for.
        let usual = if is_list { 6 } else { 2 };
        let most = MOST_ROUNDS.iter().find(|(known, _)| *known == name).map_or(usual, |(_, most)| *most);
        let in_portions = (name == "advance_time" || is_list) && self.table.portion.is_some();
        prop_assert!(
            loaded.rounds <= most || in_portions,
            "{} rounds for {}: {:?}",
            loaded.rounds,
            request,
            loaded.keys
        );
        coverage.borrow_mut().see(&format!("{} rounds for {name}", loaded.rounds));

        let answer = run(&mut instance, &request, &context);
        let (alone, read) = self.table.one_by_one(|instance| run(instance, &request, &context));
        prop_assert_eq!(bytes(&answer), bytes(&alone), "{}", &request);
        prop_assert!(read.is_subset(&loaded.keys), "{} read {:?} of {:?}", &request, read, loaded.keys);
        // Without any one of the rows that it reads it is an error, not an absent row; a row that was
        // asked for too early is not missed.
        for key in &loaded.keys {
            let mut lacking = partial();
            self.table.prepare(&mut lacking, &request, &context, Some(key));
            let answer = run(&mut lacking, &request, &context);
            if read.contains(key) {
                let named = answer.as_ref().err().and_then(not_loaded);
                prop_assert_eq!(named.as_ref(), Some(key), "{}", &request);
            } else {
                prop_assert_eq!(bytes(&answer), bytes(&alone), "without {}: {}", key, &request);
                coverage.borrow_mut().see("asked for too early");
            }
        }

        let expected = run(&mut self.world.tenantry, &request, &context);
        let Ok(answer) = answer else {
            prop_assert_eq!(bytes(&answer), bytes(&expected), "{}", &request);
            coverage.borrow_mut().see(&format!("refused {name}"));
            return Ok(None);
        };
        coverage.borrow_mut().see(&format!("accepted {name}"));
        let mut outcome: Value = serde_json::from_str(&answer).unwrap();
        if name_is_command(&request) {
            let guarded = self.table.commit(&mut outcome);
            let is_row = |key: &String| !key.starts_with("[\"due\"") && !key.starts_with("[\"range\"");
            let read: BTreeSet<String> = read.into_iter().filter(is_row).collect();
            if ["advance_time", "revoke_connector"].contains(&name.as_str()) {
                prop_assert!(guarded.is_superset(&read));
            } else {
                prop_assert_eq!(guarded, read, "guards of {}", &request);
            }
        }
        prop_assert_eq!(canonical_text(&outcome), bytes(&expected), "{}", &request);
        Ok(Some(outcome))
    }

    /// One random command; then decisions and questions about what came of it.
    fn step(&mut self, roll: Roll, coverage: &RefCell<Coverage>) -> Checked {
        let (actor, command) = self.command(roll);
        let context = self.world.context(actor);
        if let Some(outcome) = self.ask(&command, &context, coverage)? {
            self.known.learn(&outcome);
            self.secrets.extend(command["secret"].as_str().map(str::to_owned));
            for event in outcome["events"].as_array().unwrap() {
                coverage.borrow_mut().see(&text(event, "/event"));
            }
            self.same_rows(&command)?;
        }
        let call = self.known.call(roll);
        let context = self.world.context(self.known.actor(roll, &self.world.now()));
        self.ask(&call, &context, coverage)?;
        self.decides_alike(&call, &context)?;
        self.ask(&json!({"explain": call}), &context, coverage)?;
        let user = &call["registered_user_id"];
        let query = match roll[6] % 6 {
            5 => self.known.list(roll),
            0 => json!({"query": "get_registered_user", "registered_user_id": user}),
            1 => json!({"query": "find_registered_user", "origin_user_id": format!("user_{}", roll[1] % 8)}),
            2 => json!({"query": "list_link_sessions", "registered_user_id": user}),
            3 => json!({"query": "get_organization"}),
            _ => {
                json!({"query": "list_tools", "registered_user_id": user, "tool_pack_id": PACKS[usize::from(roll[1] % 3)]})
            }
        };
        self.ask(&query, &context, coverage)?;
        Ok(())
    }

    /// What is written back is what the whole state has, index rows and due instants included.
    fn same_rows(&self, command: &Value) -> Checked {
        let state = self.world.state();
        prop_assert_eq!(self.table.rows(), tenantry_tests::rows::rows_of(&state), "{}", command);
        let due = self
            .table
            .rows()
            .values()
            .filter_map(|row| Some(Timestamp::parse(row["next_due_at"].as_str()?).unwrap()))
            .min();
        prop_assert_eq!(due, self.world.tenantry.next_due());
        Ok(())
    }

    /// The hot path answers on rows as on the whole.
    fn decides_alike(&self, call: &Value, context: &Value) -> Checked {
        let mut instance = partial();
        self.table.prepare(&mut instance, &call.to_string(), &context.to_string(), None);
        let actor = wire::read_actor(&parse_command(&context["actor"].to_string()).unwrap()).unwrap();
        let now = Timestamp::parse(&text(context, "/now")).unwrap();
        let [user, pack, tool] = ["/registered_user_id", "/tool_pack_id", "/tool"].map(|field| text(call, field));
        let (rows, whole) = (instance.acting_as(&actor), self.world.tenantry.acting_as(&actor));
        prop_assert_eq!(rows.code(&user, &pack, &tool, now), whole.code(&user, &pack, &tool, now));
        prop_assert_eq!(rows.allows(&user, &pack, &tool, now), whole.allows(&user, &pack, &tool, now));
        Ok(())
    }

    /// Any command by any actor: those of the random worlds, and what these have too little of.
    fn command(&mut self, roll: Roll) -> (Value, Value) {
        let now = self.world.now();
        let [_, a, b, c, d, ..] = roll;
        let actor = self.known.actor(roll, &now);
        if roll[0] < 250 {
            return (actor, self.known.command(roll, &now));
        }
        self.registered += usize::from(a % 4 != 0);
        let email = format!("Self{}@acme.example", self.registered);
        let external_id = (b % 4 == 0).then(|| format!("external {}", b % 16));
        let user = json!({"command": "create_user", "name": "Somebody", "email": email, "external_id": external_id});
        let secret = self.secrets.get(usize::from(c).checked_rem(self.secrets.len()).unwrap_or_default());
        let secret = secret.map_or("no secret at all", String::as_str);
        match roll[0] {
            250 => (actor, with(user, json!({"organization_id": (d % 2 == 0).then_some(ACME)}))),
            251 => (
                host(),
                json!({"command": "create_organization", "organization_id": if a % 2 == 0 { "org_new" } else { OTHER }, "name": "New"}),
            ),
            252 => (
                host(),
                json!({"command": "issue_registration_token", "organization_id": ACME, "secret": format!("secret of twenty-four {c}"), "max_uses": 2}),
            ),
            _ => (
                if d % 4 == 0 { actor } else { anonymous() },
                with(
                    user,
                    json!({"organization_id": if d % 8 == 0 { OTHER } else { ACME }, "org_token": secret, "password": PASSWORD}),
                ),
            ),
        }
    }
}

fn name_of(request: &str) -> String {
    let request: Value = serde_json::from_str(request).unwrap();
    let named = request["command"].as_str().or(request["query"].as_str());
    named.unwrap_or(if request["explain"].is_object() { "explain" } else { "authorize" }).to_owned()
}

fn name_is_command(request: &str) -> bool {
    commands().contains(&name_of(request))
}

#[test]
fn h_1_executing_on_the_required_rows_gives_the_bytes_of_the_whole_state() {
    let coverage = RefCell::new(Coverage::default());
    let start = Play::new();
    runs(30, &vec(any::<Roll>(), 10..60), |rolls| {
        let mut play = start.clone();
        play.table.portion = rolls.first().and_then(|roll| (roll[0] % 2 == 0).then_some(2));
        for roll in rolls {
            if roll[5] >= 224 {
                play.world.advance(Duration::from_secs(u64::from(roll[6]) * 6 * 3600));
            }
            play.step(roll, &coverage)?;
        }
        Ok(())
    });
    let coverage = coverage.into_inner();
    let mut wanted: BTreeMap<String, ()> = BTreeMap::new();
    for name in commands() {
        wanted.insert(format!("accepted {name}"), ());
        wanted.insert(format!("refused {name}"), ());
    }
    let mut wanted: Vec<&str> = wanted.keys().map(String::as_str).collect();
    wanted.extend(["registration_token_used", "registered_user_purged", "asked for too early"]);
    coverage.covers(&wanted);
    let count = |what: &str| commands().iter().map(|name| coverage.count(&format!("{what} {name}"))).sum::<usize>();
    let (accepted, refused) = (count("accepted"), count("refused"));
    println!("{accepted} of {} accepted", accepted + refused);
    assert!(accepted * 10 >= (accepted + refused) * 3, "{accepted} accepted, {refused} refused");
}

#[test]
fn t_2_a_limit_bounds_the_rows_that_a_sweep_needs() {
    let (mut world, _) = peopled();
    world.advance(Duration::from_secs(400 * 24 * 3600));
    let table = Table::of(&world.state());
    let context = world.context(host()).to_string();
    let due = json!(["due", world.now()]).to_string();
    for limit in [1, 2, 5] {
        let command = json!({"command": "advance_time", "limit": limit}).to_string();
        let mut instance = partial();
        let asked = wire::requirements(&instance, &parse_command(&command).unwrap(), &parse_command(&context).unwrap());
        assert_eq!(asked.unwrap(), format!("[{due}]"));
        table.load(&mut instance, std::slice::from_ref(&due), Some(limit));
        // What it is changed with: index rows of what ends.
        table.prepare(&mut instance, &command, &context, None);
        let outcome = run(&mut instance, &command, &context).unwrap();
        let outcome: Value = serde_json::from_str(&outcome).unwrap();
        assert_eq!(outcome["response"]["processed"], limit);
        let guards = outcome["guards"].as_array().unwrap();
        assert!(guards.len() < table.rows().len() / 2, "{} of {} rows were read", guards.len(), table.rows().len());
        let mut whole = world.tenantry.clone();
        let expected = run(&mut whole, &command, &context).unwrap();
        let expected: Value = serde_json::from_str(&expected).unwrap();
        assert_eq!(outcome["events"], expected["events"]);
    }
    // Without a limit the same rows are not enough.
    let command = json!({"command": "advance_time"}).to_string();
    let mut instance = partial();
    table.load(&mut instance, std::slice::from_ref(&due), Some(1));
    assert_eq!(not_loaded(&run(&mut instance, &command, &context).unwrap_err()), Some(due));
}
