//! I-8, P-2: an actor never learns of, or changes, anything outside its organization, environment and
//! restriction. Two worlds live the same life, but one of them has a foreign part besides, which is
//! just as busy: every answer to an actor of the common part is the same, byte for byte.

use crate::runs::{Coverage, runs};
use proptest::collection::vec;
use proptest::prelude::any;
use std::cell::RefCell;
use std::time::Duration;
use tenantry_tests::actors::{account, host, in_test, key, of, registered_user, system};
use tenantry_tests::decisions::{call, individual};
use tenantry_tests::random::{CONNECTORS, Known, PACKS, Roll, TOOLS, lively};
use tenantry_tests::shapes::queries;
use tenantry_tests::{ACME, OTHER, Value, World, json, text, with};

/// What the foreign part is.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Foreign {
    Organization,
    Environment,
    /// Users and packs that the keys of the common part are not given.
    Restriction,
}

/// The two worlds, and what each part has minted.
struct Twins {
    foreign: Foreign,
    with: World,
    without: World,
    own: Known,
    strange: Known,
    drawn: u128,
    coverage: Coverage,
}

/// Users of the common part and of the foreign one never have the same `origin_user_id` where that
/// would learn (RU-2 is one of P-2's exceptions; uniqueness inside an environment cannot be kept
/// without telling).
fn renamed(mut command: Value) -> Value {
    if let Some(origin) = command.get("origin_user_id").and_then(Value::as_str) {
        command["origin_user_id"] = json!(format!("strange {origin}"));
    }
    command
}

impl Twins {
    fn new(foreign: Foreign) -> Self {
        let world = || World::empty(&json!({"journal": "memory"}));
        let (own, strange) = (Known::default(), Known::default());
        let mut twins =
            Twins { foreign, with: world(), without: world(), own, strange, drawn: 0, coverage: Coverage::default() };
        let create = |id: &str| json!({"command": "create_organization", "organization_id": id, "name": id});
        if foreign == Foreign::Organization {
            twins.strangely(host(), create(OTHER));
        }
        twins.both(host(), create(ACME));
        let places = if foreign == Foreign::Organization { vec![ACME, OTHER] } else { vec![ACME] };
        for organization in places {
            for command in catalogue(foreign) {
                if organization == OTHER {
                    twins.strangely(of(system(), OTHER), command);
                } else {
                    twins.both(system(), command);
                }
            }
        }
        for index in 0..3 {
            let group = json!({"origin_company_id": if index == 0 { "initech" } else { "globex" }});
            let create = json!({"command": "create_registered_user", "origin_user_id": format!("user_{index}"), "shared_credential_group": group});
            twins.both(system(), create.clone());
            twins.strangely(twins.stranger(), renamed(create));
        }
        for index in 0..3 {
            for connector in CONNECTORS {
                twins.link(index, connector);
            }
        }
        for role in ["organization_admin", "member"] {
            let email = format!("{role}@acme.example");
            twins.both(
                host(),
                json!({"command": "create_user", "name": role, "email": email, "organization_id": ACME, "role": role}),
            );
        }
        if foreign == Foreign::Restriction {
            let entries: Vec<Value> = CONNECTORS.iter().map(|slug| json!({"connector": slug})).collect();
            let pack = json!({"command": "put_tool_pack", "tool_pack_id": "sales", "name": "S", "connectors": entries});
            twins.strangely(system(), pack);
        }
        twins
    }

    /// A credential of each part's own.
    fn link(&mut self, index: u8, connector: &str) {
        let complete = |known: &Known| known.command([29, 0, 1, 0, 0, 0, 0, 0], "2026-01-31T10:00:00Z");
        let start = |known: &Known| {
            let user = known.call([index; 8])["registered_user_id"].clone();
            json!({"command": "start_link", "registered_user_id": user, "connector": connector})
        };
        self.both(system(), start(&self.own));
        self.both(system(), complete(&self.own));
        self.strangely(self.stranger(), start(&self.strange));
        self.strangely(self.stranger(), complete(&self.strange));
    }

    /// Who acts in the foreign part.
    fn stranger(&self) -> Value {
        match self.foreign {
            Foreign::Organization => of(system(), OTHER),
            Foreign::Environment => in_test(system()),
            Foreign::Restriction => system(),
        }
    }

    fn entropy(&mut self) -> String {
        self.drawn += 1;
        format!("f{:031x}", self.drawn)
    }

    /// In the foreign part only. What the common part sees of itself does not change.
    fn strangely(&mut self, actor: Value, command: Value) {
        let context = json!({"now": self.with.now(), "actor": actor, "entropy": self.entropy()});
        if let Ok(outcome) = self.with.execute_in(&context, &command) {
            self.strange.learn(&outcome);
            self.strange.users.append(&mut self.strange.strangers);
            self.coverage.see("a foreign command");
        }
    }

    /// In both worlds, which answer the same.
    fn both(&mut self, actor: Value, request: Value) {
        let context = json!({"now": self.with.now(), "actor": actor, "entropy": self.entropy()});
        let shown = format!("{request} by {actor} in {:?}", self.foreign);
        let (one, other) = if request.get("query").is_some() {
            (self.with.query(actor.clone(), request.clone()), self.without.query(actor, request.clone()))
        } else {
            let previewed = [self.with.preview(actor.clone(), &request), self.without.preview(actor, &request)];
            let impacts = previewed.map(|preview| preview.map(|preview| preview["impact"].clone()));
            assert_eq!(impacts[0], impacts[1], "the impact of {shown}");
            (self.with.execute_in(&context, &request), self.without.execute_in(&context, &request))
        };
        let (one, other) = (self.comparable(one), self.comparable(other));
        assert_eq!(one, other, "{shown}");
        match one {
            Ok(answer) => {
                self.own.learn(&answer);
                let name = request["command"].as_str().or(request["query"].as_str()).unwrap().to_owned();
                self.coverage.see(&format!("answered {name}"));
                self.coverage.see("accepted");
            }
            Err(rejection) => {
                self.coverage.see(&format!("rejected {}", text(&rejection, "/code")));
                self.coverage.see("rejected");
            }
        }
    }

    /// In both worlds, by the host, which sees the foreign part too.
    fn common(&mut self, command: &Value) {
        let context = json!({"now": self.with.now(), "actor": system(), "entropy": self.entropy()});
        let (one, other) = (self.with.execute_in(&context, command), self.without.execute_in(&context, command));
        assert_eq!(one.is_ok(), other.is_ok(), "{command}: {one:?}, {other:?}");
        one.iter().for_each(|outcome| self.own.learn(outcome));
    }

    /// An organization's stream counts the events of both its environments (M-4), so that their numbers
    /// tell that there are others, as P-2 reads; so do the ids made of these numbers (E-6). Nothing else does.
    fn comparable(&self, answer: Result<Value, Value>) -> Result<Value, Value> {
        fn mask(value: &mut Value) {
            if value["id"].as_str().is_some_and(|id| id.starts_with("organization:")) {
                value["id"] = Value::Null;
                value.as_object_mut().unwrap().remove("sequence");
            }
        }
        let mut answer = answer?;
        if self.foreign == Foreign::Organization {
            return Ok(answer);
        }
        for list in ["events", "effects", "items"] {
            answer.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten().for_each(mask);
        }
        if answer["next"].as_str().is_some_and(|next| next.starts_with("organization/")) {
            answer["next"] = json!("organization");
        }
        Ok(answer)
    }

    fn decide(&mut self, actor: &Value, call: &Value) {
        let one = self.with.authorize(actor.clone(), call);
        let other = self.without.authorize(actor.clone(), call);
        assert_eq!(one, other, "{call} by {actor} in {:?}", self.foreign);
        let explained = [self.with.explains(actor.clone(), call), self.without.explains(actor.clone(), call)];
        assert_eq!(explained[0], explained[1], "{call} by {actor} in {:?}", self.foreign);
        let code = one.map(|decision| decision["code"].as_str().unwrap_or("allow").to_owned());
        self.coverage.see(&format!("decided {}", code.unwrap_or_else(|rejection| text(&rejection, "/code"))));
    }

    /// An actor of the common part, held to what the foreign part is not.
    fn actor(&self, roll: Roll) -> Value {
        let ids: Vec<&str> = self.own.users.iter().map(|person| person.id.as_str()).collect();
        let both = key(&["management", "runtime"]);
        if self.foreign == Foreign::Restriction {
            return with(both, json!({"registered_user_ids": ids, "tool_pack_ids": ["engineering", "support"]}));
        }
        match roll[7] % 16 {
            0 => with(both, json!({"registered_user_ids": ids})),
            1 => with(both, json!({"tool_pack_ids": ["engineering"]})),
            2 => registered_user(&text(&self.own.call(roll), "/registered_user_id")),
            3 => account(&text(&self.own.command([46, roll[6], 0, 0, 0, 0, 0, 0], &self.with.now()), "/user_id")),
            4..=7 => both,
            _ => system(),
        }
    }

    /// Whether a command changes nothing that the common part has too.
    fn stays_foreign(&self, command: &Value) -> bool {
        let name = command["command"].as_str().unwrap();
        let of_catalogue = ["connector", "tool_pack", "group"].iter().any(|thing| name.ends_with(thing));
        let scope = &command["owner"]["scope"];
        let of_company = name == "delete_company" || command["tool_pack_id"] == "support";
        match self.foreign {
            Foreign::Organization => true,
            Foreign::Environment => !of_catalogue,
            Foreign::Restriction => !of_catalogue && !of_company && *scope != "ORGANIZATION" && *scope != "SHARED",
        }
    }

    fn step(&mut self, roll: Roll) {
        let now = self.with.now();
        let foreign = renamed(self.strange.command(roll.map(|byte| byte.rotate_left(3)), &now));
        if !is_for_the_host(&foreign) && self.stays_foreign(&foreign) {
            self.strangely(self.stranger(), foreign);
        }
        if self.foreign == Foreign::Restriction && roll[7].is_multiple_of(2) {
            let command = self.own.command(roll.map(|byte| byte.rotate_left(5)), &now);
            let of_users = ["registered_user", "link", "tool_call"];
            let names_foreign = command["tool_pack_id"] == "sales";
            if !names_foreign && of_users.iter().any(|thing| text(&command, "/command").ends_with(thing)) {
                self.common(&command);
            }
        }
        // Half of what the common part asks for is foreign.
        let known = if roll[6].is_multiple_of(2) { &self.own } else { &self.strange };
        let command = known.command(roll, &now);
        let actor = self.actor(roll);
        let query = self.query(roll);
        let asked = known.call(roll);
        if !is_for_the_host(&command) {
            self.both(actor.clone(), command);
        }
        self.both(actor.clone(), query);
        self.decide(&actor, &asked);
    }

    /// Any query, about what is the own or what is foreign.
    fn query(&self, roll: Roll) -> Value {
        let known = if roll[5].is_multiple_of(2) { &self.own } else { &self.strange };
        let asked = known.call(roll);
        let user = &asked["registered_user_id"];
        let queries = queries();
        let query = json!({"query": queries[usize::from(roll[4]) % queries.len()]});
        match query["query"].as_str().unwrap() {
            "get_registered_user" | "groups_of" | "list_credentials" | "list_link_sessions" => {
                with(query, json!({"registered_user_id": user}))
            }
            "find_registered_user" => {
                let origin = format!("{}user_{}", if roll[5].is_multiple_of(2) { "" } else { "strange " }, roll[0] % 8);
                with(query, json!({"origin_user_id": origin}))
            }
            "list_registered_users" => match roll[3] % 3 {
                0 => with(query, json!({"origin_company_id": "globex", "limit": 1 + roll[2] % 3})),
                1 => with(query, json!({"group_id": "staff"})),
                _ => query,
            },
            "list_tools" => with(query, json!({"registered_user_id": user, "tool_pack_id": asked["tool_pack_id"]})),
            "journal" => match roll[3] % 4 {
                0 => with(query, json!({"registered_user_id": user})),
                1 => with(query, json!({"origin_company_id": "globex"})),
                2 => with(query, json!({"group_id": "staff", "limit": 1 + roll[2] % 9})),
                _ => with(query, json!({"limit": 200})),
            },
            "get_user" => with(query, json!({"user_id": "usr_nobody"})),
            _ => query,
        }
    }

    fn pass(&mut self, by: Duration) {
        for world in [&mut self.with, &mut self.without] {
            world.advance(by);
        }
        if by.as_secs().is_multiple_of(2) {
            // The host sweeps all there is; that is what it is for.
            self.with.sweep();
            self.without.sweep();
        }
    }
}

/// Commands of the host alone, and of accounts: the platform's own, which has no foreign part.
fn is_for_the_host(command: &Value) -> bool {
    let names = [
        "advance_time",
        "create_organization",
        "create_user",
        "set_user_status",
        "update_user",
        "delete_user",
        "issue_registration_token",
        "revoke_registration_token",
    ];
    names.iter().any(|name| command["command"] == *name)
}

fn catalogue(foreign: Foreign) -> Vec<Value> {
    let mut commands: Vec<Value> =
        CONNECTORS.iter().map(|slug| json!({"command": "put_connector", "connector": slug, "tools": TOOLS})).collect();
    let rule = json!({"attribute": "team", "equals": "staff"});
    commands.push(json!({"command": "put_group", "group_id": "staff", "name": "Staff", "rule": rule}));
    for (pack, scope) in PACKS.iter().zip(["INDIVIDUAL", "ORGANIZATION", "SHARED"]) {
        if foreign != Foreign::Restriction || *pack != "sales" {
            let entries: Vec<Value> =
                CONNECTORS.iter().map(|slug| json!({"connector": slug, "auth_scope": scope})).collect();
            commands
                .push(json!({"command": "put_tool_pack", "tool_pack_id": pack, "name": pack, "connectors": entries}));
        }
    }
    commands
}

fn twins(foreign: Foreign, cases: u32) -> Coverage {
    let all = RefCell::new(Coverage::default());
    runs(cases, &vec(any::<Roll>(), 20..60), |rolls| {
        let mut twins = Twins::new(foreign);
        for roll in rolls.into_iter().map(lively) {
            if roll[5] >= 240 {
                twins.pass(Duration::from_secs(u64::from(roll[6]) * 1200 + u64::from(roll[5] % 2)));
            }
            twins.step(roll);
        }
        all.borrow_mut().add(twins.coverage);
        Ok(())
    });
    all.into_inner()
}

#[track_caller]
fn covers(coverage: &Coverage, more: &[&str]) {
    let common = [
        "a foreign command",
        "answered complete_link",
        "answered delete_registered_user",
        "answered get_registered_user",
        "answered list_companies",
        "answered list_credentials",
        "answered list_registered_users",
        "answered list_tool_packs",
        "answered list_tools",
        "answered revoke_credential",
        "answered start_link",
        "answered start_tool_call",
        "answered update_registered_user",
        "decided allow",
        "decided credential_required",
        "decided registered_user_not_found",
        "rejected forbidden",
        "rejected link_session_not_found",
        "rejected registered_user_not_found",
    ];
    coverage.covers(&[&common[..], more].concat());
    let (accepted, rejected) = (coverage.count("accepted"), coverage.count("rejected"));
    println!("{accepted} of {} answered", accepted + rejected);
    assert!(accepted * 10 >= (accepted + rejected) * 3, "mostly rejected");
}

#[test]
fn i_8_another_organization_might_as_well_not_exist() {
    let coverage = twins(Foreign::Organization, 30);
    covers(
        &coverage,
        &[
            "answered journal",
            "answered create_registered_user",
            "answered put_tool_pack",
            "rejected company_not_found",
        ],
    );
}

#[test]
fn i_8_another_environment_might_as_well_not_exist() {
    let coverage = twins(Foreign::Environment, 30);
    covers(&coverage, &["answered journal", "answered create_registered_user", "answered put_tool_pack"]);
}

#[test]
fn i_8_what_a_key_is_not_given_might_as_well_not_exist() {
    let coverage = twins(Foreign::Restriction, 30);
    covers(&coverage, &["rejected tool_pack_not_found", "decided tool_pack_not_found"]);
}

/// Everything that the host of a place sees of it; the catalogue is the organization's.
fn all_of(world: &mut World, (actor, catalogue): &(Value, bool)) -> Vec<Value> {
    let mut seen = Vec::new();
    let mut ask = |query: Value| {
        let answer = world.query(actor.clone(), query).unwrap();
        seen.push(answer.clone());
        answer["items"].as_array().cloned().unwrap_or_default()
    };
    ask(json!({"query": "list_companies", "limit": 200}));
    if *catalogue {
        for name in ["list_connectors", "list_tool_packs", "list_groups"] {
            ask(json!({"query": name, "limit": 200}));
        }
    }
    for user in ask(json!({"query": "list_registered_users", "limit": 200})) {
        for name in ["list_credentials", "list_link_sessions"] {
            ask(json!({"query": name, "registered_user_id": user["registered_user_id"], "limit": 200}));
        }
    }
    seen
}

#[test]
fn i_8_nothing_foreign_is_ever_changed() {
    let coverage = RefCell::new(Coverage::default());
    runs(24, &vec(any::<Roll>(), 20..60), |rolls| {
        let mut twins = Twins::new(Foreign::Organization);
        for index in 0..2 {
            let group = json!({"origin_company_id": "globex"});
            let create = json!({"command": "create_registered_user", "origin_user_id": format!("tester_{index}"), "shared_credential_group": group});
            let outcome = twins.with.accepts(in_test(system()), create);
            twins.strange.learn(&outcome);
        }
        let places = [(of(system(), OTHER), true), (in_test(of(system(), OTHER)), true), (in_test(system()), false)];
        for roll in rolls.into_iter().map(lively) {
            let foreign = renamed(twins.strange.command(roll.map(|byte| byte.rotate_left(3)), &twins.with.now()));
            if !is_for_the_host(&foreign) {
                let place = places[usize::from(roll[7] % 3)].0.clone();
                twins.strangely(place, foreign);
            }
            let before: Vec<_> = places.iter().map(|place| all_of(&mut twins.with, place)).collect();
            // A third of it is foreign by name, asked for by those who have no business there.
            let known = if roll[6] % 3 > 0 { &twins.own } else { &twins.strange };
            let (command, actor) = (known.command(roll, &twins.with.now()), twins.actor(roll));
            if is_for_the_host(&command) {
                continue;
            }
            let answer = twins.with.execute(actor, command.clone());
            let after: Vec<_> = places.iter().map(|place| all_of(&mut twins.with, place)).collect();
            assert_eq!(before, after, "{command}");
            answer.iter().for_each(|outcome| twins.own.learn(outcome));
            coverage.borrow_mut().see(if answer.is_ok() { "accepted" } else { "rejected" });
        }
        Ok(())
    });
    let coverage = coverage.into_inner();
    coverage.covers(&["accepted", "rejected"]);
    assert!(coverage.count("accepted") * 10 >= (coverage.count("accepted") + coverage.count("rejected")) * 3);
}

#[test]
fn i_8_a_restricted_key_counts_only_the_members_that_it_sees() {
    let mut world = World::shop();
    let group = json!({"shared_credential_group": {"origin_company_id": "c1"}});
    let (alice, bob) = (world.user_with("alice", group.clone()), world.user_with("bob", group));
    let members = |world: &mut World, actor: Value| {
        world.answers(actor, json!({"query": "list_companies"}))["items"][0]["members"].clone()
    };
    let only = |ids: &[&str]| with(key(&["management"]), json!({"registered_user_ids": ids}));
    assert_eq!(members(&mut world, only(&[&alice])), 1);
    assert_eq!(members(&mut world, only(&[&alice, &alice])), 1);
    assert_eq!(members(&mut world, only(&[&alice, &bob])), 2);
    assert_eq!(members(&mut world, key(&["management"])), 2);
    assert_eq!(members(&mut world, with(key(&["management"]), json!({"tool_pack_ids": []}))), 2);
    // Whatever is asked for a user that is not seen is answered as for one that is not there.
    let ask = json!({"command": "revoke_credential", "owner": individual(&bob), "connector": "slack"});
    let nobody = json!({"command": "revoke_credential", "owner": individual("nobody"), "connector": "slack"});
    let missing = world.rejects(only(&[&alice]), nobody, "registered_user_not_found");
    assert_eq!(world.rejects(only(&[&alice]), ask, "registered_user_not_found"), missing);
    let runtime = with(key(&["runtime"]), json!({"registered_user_ids": [alice]}));
    let decided = world.authorize(runtime.clone(), &call(&bob, "own", "slack__post")).unwrap();
    assert_eq!(decided, world.authorize(runtime, &call("nobody", "own", "slack__post")).unwrap());
}
