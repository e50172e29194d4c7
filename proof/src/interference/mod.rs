//! Non-interference (I-8, P-2): two worlds that differ only outside an actor's reach answer it alike, byte for byte.
//!
//! Both begin alike. Then strangers live on in the one, other strangers in the other, and the actor asks the same of both: any
//! command, query or call, about its own things, about those of strangers, and about what is nowhere. Strangers keep to what the
//! actor must not see.

mod foreign;

pub use foreign::{Foreign, KINDS, Kind};

use Foreign::{Accounts, Environment, Organization, Packs, Users};
use foreign::{keeps_to, strange};
use proptest::collection::vec;
use proptest::prelude::any;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::time::Duration;
use tenantry::{Error, Tenantry, Timestamp, json::parse_command, json::to_canonical, wire};
use tenantry_tests::actors::{account, anonymous, host, in_test, key, of, registered_user, system};
use tenantry_tests::random::{Known, Person, Roll, peopled};
use tenantry_tests::shapes::queries;
use tenantry_tests::{OTHER, World, with};

/// The packs that keys are given, where they are given some; `sales` is the other one.
const GIVEN_PACKS: [&str; 2] = ["engineering", "support"];

/// The world that both begin as, and what was minted in it.
pub struct Start {
    tenantry: Tenantry,
    now: String,
    known: Known,
    accounts: Vec<String>,
}

impl Start {
    /// Two organizations with a catalogue, people and credentials, and three accounts.
    #[must_use]
    pub fn new() -> Self {
        let (world, known): (World, Known) = peopled();
        let created = world.events.iter().filter(|event| event["event"] == "account_created");
        let accounts = created.map(|event| event["stream"]["id"].as_str().unwrap().to_owned()).collect();
        // From a snapshot, so that there is a journal to ask for.
        let tenantry = wire::fold(json!(world.events).to_string().as_str(), r#"{"journal": "memory"}"#).unwrap();
        Start { tenantry, now: world.now(), known, accounts }
    }
}

impl Default for Start {
    fn default() -> Self {
        Self::new()
    }
}

/// One of the two worlds, and what its strangers have minted.
#[derive(Clone)]
struct Side {
    tenantry: Tenantry,
    strangers: Vec<(Foreign, Known)>,
}

/// A pair of worlds and an actor.
pub struct Pair {
    sides: [Side; 2],
    own: Known,
    kind: usize,
    foreign: &'static [Foreign],
    actor: Value,
    now: Timestamp,
    drawn: u128,
    /// How many answers were compared.
    pub compared: usize,
    /// How many of them were no rejections.
    pub accepted: usize,
}

fn people(known: &Known, of: impl Fn(&Person) -> bool) -> Vec<Person> {
    known.users.iter().filter(|person| of(person)).cloned().collect()
}

impl Pair {
    /// Both worlds as they begin, for an actor and strangers.
    #[must_use]
    pub fn new(start: &Start, kind: usize, foreign: &'static [Foreign]) -> Self {
        let own_place = if kind == 1 { "test" } else { "production" };
        let living = people(&start.known, |person| person.environment == own_place);
        let restricted = KINDS[kind].1.contains(&Users);
        // A user without a company, and one of Globex; a registered user is by itself.
        let count = if !restricted {
            living.len()
        } else if kind == 6 {
            1
        } else {
            2
        };
        let ids: Vec<String> = living.iter().take(count).map(|person| person.id.clone()).collect();
        let both = || key(&["management", "runtime"]);
        let actor = match kind {
            0 => both(),
            1 => in_test(both()),
            2 => with(both(), json!({"registered_user_ids": ids})),
            3 => with(both(), json!({"tool_pack_ids": GIVEN_PACKS})),
            4 => with(both(), json!({"registered_user_ids": ids, "tool_pack_ids": GIVEN_PACKS})),
            5 => with(key(&["runtime"]), json!({"registered_user_ids": ids})),
            6 => registered_user(&ids[0]),
            7 => account(&start.accounts[1]),
            8 => account(&start.accounts[0]),
            9 => account(&start.accounts[2]),
            10 => anonymous(),
            _ => system(),
        };
        let strangers = foreign.iter().map(|foreign| {
            let users = match foreign {
                Organization => start.known.strangers.clone(),
                Environment => people(&start.known, |person| person.environment != own_place),
                Users => living[count..].to_vec(),
                Packs | Accounts => Vec::new(),
            };
            let mut known = Known::default();
            known.users = users;
            (*foreign, known)
        });
        let side = Side { tenantry: start.tenantry.clone(), strangers: strangers.collect() };
        let mut own = start.known.clone();
        own.users = living.clone();
        let now = Timestamp::parse(&start.now).unwrap();
        Pair { sides: [side.clone(), side], own, kind, foreign, actor, now, drawn: 0, compared: 0, accepted: 0 }
    }

    fn context(&mut self, actor: &Value) -> String {
        self.drawn += 1;
        json!({"now": self.now.to_string(), "actor": actor, "entropy": format!("e{:031x}", self.drawn)}).to_string()
    }

    /// One of the strangers of one of the worlds does something.
    fn strangely(&mut self, roll: Roll) {
        let side = usize::from(roll[7] % 2);
        let foreign = self.foreign;
        let index = usize::from(roll[7] / 2) % foreign.len();
        let home = if self.kind == 1 { in_test(system()) } else { system() };
        let actor = match foreign[index] {
            Organization => of(if roll[6].is_multiple_of(4) { in_test(system()) } else { system() }, OTHER),
            Environment if self.kind == 1 => system(),
            Environment => in_test(system()),
            Users | Packs => home,
            Accounts => host(),
        };
        let context = self.context(&actor);
        let now = self.now.to_string();
        let Side { tenantry, strangers } = &mut self.sides[side];
        let (foreign, known) = &mut strangers[index];
        let command = strange(*foreign, known.command(roll, &now));
        if keeps_to(*foreign, &command)
            && let Ok(outcome) = wire::execute(tenantry, command.to_string().as_str(), context.as_str())
        {
            known.learn(&serde_json::from_str(&outcome).unwrap());
            let more = std::mem::take(&mut known.strangers);
            known.users.extend(more);
        }
    }

    /// The actor asks both worlds the same: what the two answered, where that differs.
    fn asks(&mut self, roll: Roll) -> Result<(), String> {
        let context = self.context(&self.actor.clone());
        // About its own things, or about those of strangers of either world.
        let strangers = &self.sides[usize::from(roll[6] % 2)].strangers;
        let known = match roll[6] % 3 {
            0 => strangers.get(usize::from(roll[5]) % strangers.len()).map_or(&self.own, |(_, known)| known),
            _ => &self.own,
        };
        let (mut request, asked) = request(known, roll, &self.now.to_string());
        if self.kind == 1 && request["command"] == "create_registered_user" {
            // The other environment begins with users of such names, which RU-2 tells; P-2 has it as an exception.
            request["origin_user_id"] = json!(format!("own-{}", roll[0] % 8));
        }
        let text = request.to_string();
        let mut answers = self.sides.each_mut().map(|side| answer(&mut side.tenantry, asked, &text, &context));
        if let [Ok(one), _] = &answers
            && asked == Asked::Execute
        {
            self.own.learn(&serde_json::from_str(one).unwrap());
        }
        self.compared += 1;
        self.accepted += usize::from(answers[0].is_ok());
        let [one, other] = answers.each_mut().map(|answer| std::mem::replace(answer, Ok(String::new())));
        if one == other {
            return Ok(());
        }
        Err(format!("{} asks {asked:?} {text} in {context}:\n{one:?}\n{other:?}", KINDS[self.kind].0))
    }

    /// What these rolls come to, stopping at the first answer that differs.
    ///
    /// # Errors
    /// The two answers.
    pub fn live(&mut self, rolls: &[Roll]) -> Result<(), String> {
        for roll in rolls {
            self.strangely(roll.map(|byte| byte.rotate_left(3)));
            self.strangely(roll.map(|byte| byte.rotate_left(5)));
            if roll[4] >= 232 {
                // Up to a month; then the hosts sweep, each its own.
                self.now = self.now.saturating_add(Duration::from_secs(u64::from(roll[3]) * 10_000));
                let context = self.context(&host());
                for side in &mut self.sides {
                    wire::execute(&mut side.tenantry, r#"{"command": "advance_time"}"#, context.as_str()).unwrap();
                }
            }
            self.asks(*roll)?;
        }
        Ok(())
    }
}

/// How something is asked.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Asked {
    Execute,
    Preview,
    Query,
    Authorize,
    Explain,
}

fn request(known: &Known, roll: Roll, now: &str) -> (Value, Asked) {
    let call = known.call(roll);
    let user = &call["registered_user_id"];
    match roll[2] % 8 {
        0..=2 => (known.command(roll, now), if roll[5].is_multiple_of(2) { Asked::Execute } else { Asked::Preview }),
        3 => (call, Asked::Authorize),
        4 => (call, Asked::Explain),
        5 => (known.list(roll), Asked::Query),
        _ => {
            let names = queries();
            let name = &names[usize::from(roll[1]) % names.len()];
            let query = match name.as_str() {
                "get_registered_user" | "groups_of" | "list_link_sessions" => json!({"registered_user_id": user}),
                "find_registered_user" => json!({"origin_user_id": format!("user_{}", roll[0] % 8)}),
                "list_tools" => json!({"registered_user_id": user, "tool_pack_id": call["tool_pack_id"]}),
                "journal" => match roll[3] % 4 {
                    0 => json!({"registered_user_id": user}),
                    1 => json!({"origin_company_id": "globex"}),
                    2 => json!({"group_id": "staff"}),
                    _ => json!({"limit": 200}),
                },
                "get_user" => json!({"user_id": "usr_nobody"}),
                _ => json!({}),
            };
            (with(query, json!({"query": name})), Asked::Query)
        }
    }
}

/// What is answered, as the wire writes it.
fn answer(tenantry: &mut Tenantry, asked: Asked, request: &str, context: &str) -> Result<String, String> {
    let (request, context) = (parse_command(request).unwrap(), parse_command(context).unwrap());
    let answer = match asked {
        Asked::Execute => wire::execute(tenantry, &request, &context),
        Asked::Preview => wire::preview(tenantry, &request, &context),
        Asked::Query => wire::query(tenantry, &request, &context),
        Asked::Authorize => wire::authorize(tenantry, &request, &context),
        Asked::Explain => wire::explain(tenantry, &request, &context),
    };
    answer.map_err(|error: Error| to_canonical(error.recorded()))
}

/// Compares answers over so many pairs with such strangers, always the same ones: how many were compared, and how many were no rejections.
///
/// # Errors
/// The shortest case that was found in which two answers differ.
pub fn cases(kind: usize, foreign: &'static [Foreign], count: u32) -> Result<(usize, usize), String> {
    let start = Start::new();
    let total = RefCell::new((0, 0));
    let config = Config { cases: count, failure_persistence: None, ..Config::default() };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let rolls = vec(any::<Roll>(), 30..60);
    let ran = TestRunner::new_with_rng(config, rng).run(&rolls, |rolls| {
        let mut pair = Pair::new(&start, kind, foreign);
        let lived = pair.live(&rolls).map_err(TestCaseError::fail);
        let (compared, accepted) = *total.borrow();
        *total.borrow_mut() = (compared + pair.compared, accepted + pair.accepted);
        lived
    });
    ran.map_err(|failure| failure.to_string())?;
    Ok(total.into_inner())
}
