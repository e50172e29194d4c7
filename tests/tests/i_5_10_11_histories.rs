//! M-4, I-5, I-9, I-10, I-11, P-4 as properties: whatever is done in whatever order, the journal gives the
//! state again, a purged user leaves nothing but its record, and no secret comes out.

use serde_json::from_str;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;
use std::time::Duration;
use tenantry::json::parse_document;
use tenantry::{EventName, Options, Tenantry, wire};
use tenantry_tests::actors::{anonymous, host, in_test, management, registered_user, runtime, system, system_test};
use tenantry_tests::{ACME, Value, World, json, text, with};

const STORIES: u64 = 12;
const STEPS: usize = 220;

/// A user and the one text that all its own texts contain, and nothing else does.
#[derive(Clone, Debug)]
struct Person {
    id: String,
    mark: String,
    is_test: bool,
}

impl Person {
    fn place(&self, actor: Value) -> Value {
        if self.is_test { in_test(actor) } else { actor }
    }

    fn itself(&self) -> Value {
        self.place(registered_user(&self.id))
    }
}

/// Commands at random, and what came of them.
struct Story {
    world: World,
    random: u64,
    people: Vec<Person>,
    purged: Vec<Person>,
    sessions: Vec<(String, Person)>,
    calls: Vec<(String, Person)>,
    tokens: Vec<(String, String)>,
    /// Each with a text that is its own.
    accounts: Vec<(String, String)>,
    /// Such texts of accounts that were deleted.
    deleted: Vec<String>,
    secrets: Vec<String>,
    accepted: usize,
    refused: BTreeMap<String, usize>,
}

impl Story {
    fn new(seed: u64) -> Self {
        let policy = json!({"retention_days": 20, "link_ttl_seconds": 3600, "tool_call_ttl_seconds": 3600});
        let mut world = World::with_options(&json!({"journal": "memory", "policy": policy}));
        world.catalogue();
        world.group("more", json!({"all": []}));
        for slug in ["more_0", "more_1"] {
            world.connector(slug, &["a"]);
        }
        Story {
            world,
            random: seed,
            people: Vec::new(),
            purged: Vec::new(),
            sessions: Vec::new(),
            calls: Vec::new(),
            tokens: Vec::new(),
            accounts: Vec::new(),
            deleted: Vec::new(),
            secrets: Vec::new(),
            accepted: 0,
            refused: BTreeMap::new(),
        }
    }

    /// The next number below a bound (splitmix64).
    fn draw(&mut self, below: usize) -> usize {
        self.random = self.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.random;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % u64::try_from(below).unwrap()).unwrap()
    }

    fn pick<'c>(&mut self, choices: &[&'c str]) -> &'c str {
        choices[self.draw(choices.len())]
    }

    fn person(&mut self) -> Option<Person> {
        let index = self.draw(self.people.len().max(1));
        self.people.get(index).cloned()
    }

    /// Says something, and looks at the answer.
    fn say(&mut self, actor: Value, command: Value) -> Option<Value> {
        let answer = self.world.execute(actor, command);
        let said = match &answer {
            Ok(outcome) => outcome.to_string(),
            Err(rejection) => rejection.to_string(),
        };
        for secret in &self.secrets {
            assert!(!said.contains(secret.as_str()), "a secret came out (P-4): {said}");
        }
        for person in &self.purged {
            assert!(!said.contains(&person.mark), "a purged user came back (I-5): {said}");
        }
        match answer {
            Ok(outcome) => {
                self.accepted += 1;
                for effect in outcome["effects"].as_array().unwrap() {
                    if effect["effect"] == "purge_user" {
                        let is_gone = |person: &Person| effect["registered_user_id"] == *person.id;
                        let index = self.people.iter().position(is_gone).unwrap();
                        self.purged.push(self.people.remove(index));
                    }
                }
                Some(outcome)
            }
            Err(rejection) => {
                *self.refused.entry(text(&rejection, "/code")).or_default() += 1;
                None
            }
        }
    }

    fn step(&mut self) {
        match self.draw(100) {
            0..=9 => self.create(),
            10..=23 => self.patch(),
            24..=29 => self.delete(),
            30..=33 => self.hold(),
            34..=49 => self.start_link(),
            50..=61 => self.finish_link(),
            62..=67 => self.touch_credential(),
            68..=77 => self.tool_call(),
            78..=84 => self.catalogue(),
            85..=92 => self.platform(),
            _ => self.pass_time(),
        }
    }

    fn create(&mut self) {
        let mark = format!("zq{}qz", self.people.len() + self.purged.len() + self.world.events.len());
        let is_test = self.draw(4) == 0;
        let actor = if is_test { system_test() } else { system() };
        let company = self.pick(&["c1", "c2", "c3"]);
        let command = json!({
            "command": "create_registered_user", "origin_user_id": format!("{mark} id"),
            "origin_user_name": format!("{mark} name"), "origin_user_email": format!("{mark}@x.example"),
            "custom_groupings": {format!("{mark} key"): format!("{mark} value"), "team": "red"},
        });
        let joins = self.draw(3) > 0;
        let group = json!({"shared_credential_group": {"origin_company_id": company}});
        if let Some(outcome) = self.say(actor, if joins { with(command, group) } else { command }) {
            let id = text(&outcome, "/response/registered_user_id");
            self.people.push(Person { id, mark, is_test });
        }
    }

    fn patch(&mut self) {
        let Some(person) = self.person() else { return };
        let number = self.draw(1000);
        let company = self.pick(&["c1", "c2", "c3", "c4"]);
        let mark = &person.mark;
        let patch = match self.draw(8) {
            0 => json!({"origin_user_name": format!("{mark} {number}")}),
            1 => json!({"custom_groupings": {"team": "blue", format!("{mark} {number}"): mark}}),
            2 => {
                json!({"shared_credential_group": {"origin_company_id": company, "origin_company_name": number.to_string()}})
            }
            3 => json!({"shared_credential_group": null, "origin_user_email": null}),
            4 => json!({"user_type": "SYSTEM", "custom_groupings": null}),
            5 => json!({"is_active": false}),
            _ => json!({"is_active": true}),
        };
        let command = json!({"command": "update_registered_user", "registered_user_id": person.id, "patch": patch});
        self.say(person.place(management()), command);
    }

    fn delete(&mut self) {
        let Some(person) = self.person() else { return };
        self.say(person.place(system()), json!({"command": "delete_registered_user", "registered_user_id": person.id}));
    }

    fn hold(&mut self) {
        let Some(person) = self.person() else { return };
        let held = self.draw(3) == 0;
        let reason = format!("{} reason", person.mark);
        let command = json!({
            "command": "set_retention_hold", "registered_user_id": person.id, "held": held, "reason": reason,
        });
        self.say(person.place(system()), command);
    }

    fn start_link(&mut self) {
        let Some(person) = self.person() else { return };
        let connector = self.pick(&["slack", "jira", "github"]);
        let pack = if self.draw(3) > 0 { json!("pack") } else { Value::Null };
        let command = json!({
            "command": "start_link", "registered_user_id": person.id, "connector": connector, "tool_pack_id": pack,
        });
        if let Some(outcome) = self.say(person.place(system()), command) {
            self.sessions.push((text(&outcome, "/response/link_session_id"), person));
        }
    }

    fn finish_link(&mut self) {
        let index = self.draw(self.sessions.len().max(1));
        let Some((session, person)) = self.sessions.get(index).cloned() else { return };
        self.sessions.remove(index);
        let actor = if self.draw(2) == 0 { person.itself() } else { person.place(management()) };
        let command = if self.draw(5) == 0 {
            json!({"command": "fail_link", "link_session_id": session, "reason": format!("{} reason", person.mark)})
        } else {
            // What a company or the organization gets is not the user's own.
            let query = json!({"query": "list_link_sessions", "registered_user_id": person.id, "limit": 200});
            let sessions = self.world.query(person.place(system()), query).unwrap_or_default();
            let own = sessions["items"].as_array().is_some_and(|items| {
                items.iter().any(|item| item["link_session_id"] == *session && item["owner"]["scope"] == "INDIVIDUAL")
            });
            let account = own.then(|| format!("{} account", person.mark));
            let expires_at = tenantry::Timestamp::parse(&self.world.now()).unwrap();
            let expires_at = expires_at.saturating_add(Duration::from_secs(self.draw(9) as u64 * 86_400 + 60));
            json!({
                "command": "complete_link", "link_session_id": session, "external_account_id": account,
                "expires_at": expires_at.to_string(),
            })
        };
        self.say(actor, command);
    }

    fn touch_credential(&mut self) {
        let Some(person) = self.person() else { return };
        let query = json!({"query": "list_credentials", "registered_user_id": person.id});
        let held = self.world.query(person.place(system()), query).unwrap_or_default();
        let index = self.draw(held["items"].as_array().map_or(0, Vec::len).max(1));
        // One that is there, or none.
        let owner = held.pointer(&format!("/items/{index}/owner")).cloned().unwrap_or(json!({"scope": "ORGANIZATION"}));
        let connector = held.pointer(&format!("/items/{index}/connector")).cloned().unwrap_or(json!("none"));
        let command = json!({"command": "report_credential", "owner": owner, "connector": connector});
        let command = match self.draw(4) {
            0 => with(command, json!({"command": "revoke_credential"})),
            1 => with(command, json!({"status": "active"})),
            _ => with(command, json!({"status": "needs_reauth"})),
        };
        self.say(person.place(system()), command);
    }

    fn tool_call(&mut self) {
        if self.draw(3) == 0 {
            let Some((call, person)) = self.calls.pop() else { return };
            let command = json!({
                "command": "finish_tool_call", "registered_user_id": person.id, "tool_call_id": call, "result": "completed",
            });
            self.say(person.place(runtime()), command);
            return;
        }
        let Some(person) = self.person() else { return };
        let unknown = format!("slack__{}", person.mark);
        let tool = self.pick(&["slack__post", "jira__open", "github__open", &unknown]).to_owned();
        let command = json!({
            "command": "start_tool_call", "registered_user_id": person.id, "tool_pack_id": "pack", "tool": tool,
        });
        if let Some(outcome) = self.say(person.place(runtime()), command)
            && let Some(call) = outcome["response"]["tool_call_id"].as_str()
        {
            self.calls.push((call.to_owned(), person));
        }
    }

    fn catalogue(&mut self) {
        let number = self.draw(3);
        let command = match self.draw(9) {
            0 => json!({"command": "put_connector", "connector": format!("more_{number}"), "tools": ["a"]}),
            1 => json!({"command": "delete_connector", "connector": format!("more_{number}")}),
            2 | 6 => json!({
                "command": "put_tool_pack", "tool_pack_id": "more", "name": "More",
                "connectors": [{"connector": format!("more_{number}")}], "group_ids": ["more"],
            }),
            3 => json!({"command": "delete_tool_pack", "tool_pack_id": "more"}),
            4 => json!({"command": "put_group", "group_id": "more", "name": "More", "rule": {"any": []}}),
            5 => json!({"command": "delete_group", "group_id": "more"}),
            _ => json!({"command": "delete_company", "origin_company_id": self.pick(&["c1", "c2", "c3", "c4"])}),
        };
        self.say(system(), command);
    }

    fn platform(&mut self) {
        let number = self.world.events.len();
        match self.draw(5) {
            0 => {
                let secret = format!("secret-{number}-aaaaaaaaaaaaaaaaaaaaaaaa");
                self.secrets.push(secret.clone());
                let command = json!({
                    "command": "issue_registration_token", "organization_id": ACME, "secret": secret, "max_uses": 2,
                });
                if let Some(outcome) = self.say(host(), command) {
                    self.tokens.push((text(&outcome, "/response/token_id"), secret));
                }
            }
            1 => {
                let index = self.draw(self.tokens.len().max(1));
                let Some((token, _)) = self.tokens.get(index).cloned() else { return };
                self.say(host(), json!({"command": "revoke_registration_token", "token_id": token}));
            }
            2 | 3 => {
                let index = self.draw(self.tokens.len().max(1));
                let Some((_, secret)) = self.tokens.get(index).cloned() else { return };
                let (password, mark) = (format!("Passw0rd!-{number}"), format!("qz{number}zq"));
                self.secrets.push(password.clone());
                let command = json!({
                    "command": "create_user", "name": mark, "email": format!("{mark}@x.example"),
                    "password": password, "organization_id": ACME, "org_token": secret,
                });
                let person = self.person().filter(|_| number.is_multiple_of(2));
                if let Some(outcome) = self.say(person.map_or_else(anonymous, |person| person.itself()), command) {
                    self.accounts.push((text(&outcome, "/response/id"), mark));
                }
            }
            _ => {
                let index = self.draw(self.accounts.len().max(1));
                let Some((account, mark)) = self.accounts.get(index).cloned() else { return };
                let status = self.pick(&["active", "inactive", "suspended"]);
                let patch = json!({
                    "name": format!("{mark} {number}"), "email": format!("{mark}-{number}@x.example"),
                    "external_id": format!("{mark} id"), "resource_id": mark, "metadata": {format!("{mark} key"): mark},
                });
                match number % 3 {
                    0 => self.say(host(), json!({"command": "update_user", "user_id": account, "patch": patch})),
                    1 => {
                        self.accounts.remove(index);
                        self.deleted.push(mark);
                        self.say(host(), json!({"command": "delete_user", "user_id": account}))
                    }
                    _ => self.say(host(), json!({"command": "set_user_status", "user_id": account, "status": status})),
                };
            }
        }
    }

    fn pass_time(&mut self) {
        let hours = [1, 1, 24, 24 * 6][self.draw(4)];
        self.world.advance(Duration::from_secs(hours * 3600));
        match self.draw(4) {
            0 => {}
            1 => {
                self.say(host(), json!({"command": "advance_time", "limit": 2}));
            }
            _ => {
                self.say(host(), json!({"command": "advance_time"}));
            }
        }
    }

    /// Everything that there is to see at this moment.
    fn moment(&mut self) -> Moment {
        Moment {
            state: self.world.state(),
            kept: self.world.journal(&host(), &json!({}), 200),
            given: self.world.events.clone(),
            shown: format!("{:?}", self.world.tenantry),
            tenantry: self.world.tenantry.clone(),
            purged: self.purged.clone(),
            deleted: self.deleted.clone(),
            secrets: self.secrets.clone(),
        }
    }
}

/// A story at some moment.
struct Moment {
    state: String,
    /// The journal, in which a user's texts are erased in time.
    kept: Vec<Value>,
    /// The events as they were given, which nothing is erased from.
    given: Vec<Value>,
    shown: String,
    tenantry: Tenantry,
    purged: Vec<Person>,
    deleted: Vec<String>,
    secrets: Vec<String>,
}

/// All stories, run once for all tests.
struct Histories {
    moments: Vec<Moment>,
    seen: BTreeSet<String>,
    accepted: usize,
    refused: BTreeMap<String, usize>,
}

static HISTORIES: LazyLock<Histories> = LazyLock::new(|| {
    let mut histories = Histories { moments: Vec::new(), seen: BTreeSet::new(), accepted: 0, refused: BTreeMap::new() };
    for seed in 0..STORIES {
        let mut story = Story::new(seed);
        for step in 0..STEPS {
            story.step();
            if step % 55 == 54 {
                histories.moments.push(story.moment());
            }
        }
        // To the end of all retention.
        let everyone = story.people.clone();
        for person in everyone {
            let release = json!({"command": "set_retention_hold", "registered_user_id": person.id, "held": false});
            story.say(person.place(system()), release);
            let delete = json!({"command": "delete_registered_user", "registered_user_id": person.id});
            story.say(person.place(system()), delete);
        }
        story.world.advance(Duration::from_secs(21 * 86_400));
        story.say(host(), json!({"command": "advance_time"}));
        histories.moments.push(story.moment());
        assert!(story.people.is_empty());
        histories.accepted += story.accepted;
        story.refused.into_iter().for_each(|(code, count)| *histories.refused.entry(code).or_default() += count);
        histories.seen.extend(story.world.events.iter().map(|event| text(event, "/event")));
    }
    histories
});

#[test]
fn i_10_e_1_the_journal_gives_the_state_again_in_every_story() {
    for Moment { state, kept, given, tenantry, .. } in &HISTORIES.moments {
        let journal: Vec<tenantry::Event> = tenantry.journal().cloned().collect();
        assert_eq!(json!(journal), json!(kept));
        // From the journal as it is, and from one in which nothing was erased.
        assert!(Tenantry::fold(&journal, Options::default()).unwrap().snapshot() == *state);
        for events in [kept, given] {
            let events = json!(events).to_string();
            let folded = wire::fold(&parse_document(&events).unwrap(), &parse_document("{}").unwrap()).unwrap();
            assert!(wire::snapshot(&folded) == *state, "the journal gives another state (I-10)");
        }
        let restored = Tenantry::restore(state, Options::default()).unwrap();
        assert!(restored.snapshot() == *state, "restored as something else (S-2)");
        assert_eq!(restored.next_due(), tenantry.next_due());
    }
    let Histories { accepted, refused, seen, .. } = &*HISTORIES;
    let refusals: usize = refused.values().sum();
    println!("{accepted} accepted, {refusals} refused; refused by {refused:?}");
    let name = |name: &EventName| from_str::<String>(&serde_json::to_string(name).unwrap()).unwrap();
    let missing: Vec<String> = EventName::ALL.iter().map(name).filter(|name| !seen.contains(name)).collect();
    assert!(missing.is_empty(), "never happened: {missing:?}");
    assert!(accepted * 10 >= (accepted + refusals) * 3, "mostly refused");
    assert!(refused.len() >= 12, "hardly ever refused");
}

#[test]
fn i_5_nothing_of_a_purged_user_is_left_but_its_record_in_every_story() {
    let mut looked_for = 0;
    for Moment { state, kept, shown, purged, .. } in &HISTORIES.moments {
        let written = json!(kept).to_string();
        for person in purged {
            for (place, everything) in [("the snapshot", state), ("the journal", &written), ("Debug", shown)] {
                assert!(!everything.contains(&person.mark), "{} is in {place}", person.mark);
            }
            assert!(!state.contains(&person.id));
            let naming: Vec<&Value> = kept.iter().filter(|event| event.to_string().contains(&person.id)).collect();
            assert_eq!(naming.len(), 1, "{naming:?}");
            assert_eq!(naming[0]["event"], "registered_user_purged");
            looked_for += 1;
        }
    }
    println!("{looked_for} purged users looked for");
    assert!(looked_for > 100);
}

#[test]
fn ac_11_nothing_personal_of_a_deleted_account_is_left_in_every_story() {
    let mut looked_for = 0;
    for Moment { state, kept, shown, deleted, .. } in &HISTORIES.moments {
        let written = json!(kept).to_string();
        for mark in deleted {
            for (place, everything) in [("the snapshot", state), ("the journal", &written), ("Debug", shown)] {
                assert!(!everything.contains(mark), "{mark} is in {place}");
            }
            looked_for += 1;
        }
    }
    println!("{looked_for} deleted accounts looked for");
    assert!(looked_for > 20);
}

#[test]
fn i_11_no_secret_is_in_anything_that_comes_out_in_every_story() {
    // That none is in an answer was looked at with each answer.
    let mut looked_for = 0;
    for Moment { state, kept, given, shown, secrets, .. } in &HISTORIES.moments {
        let (written, given) = (json!(kept).to_string(), json!(given).to_string());
        for secret in secrets {
            for everything in [state, &written, &given, shown] {
                assert!(!everything.contains(secret.as_str()), "a secret came out (P-4)");
            }
            looked_for += 1;
        }
    }
    println!("{looked_for} secrets looked for");
    assert!(looked_for > 100);
}

/// The events of each stream, in the order in which they were given.
fn streams(events: &[Value]) -> BTreeMap<(String, String), Vec<&Value>> {
    let mut streams: BTreeMap<_, Vec<&Value>> = BTreeMap::new();
    for event in events {
        streams.entry((text(event, "/stream/kind"), text(event, "/stream/id"))).or_default().push(event);
    }
    streams
}

#[test]
fn m_4_each_event_has_one_stream_and_its_next_sequence_in_every_story() {
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for Moment { given, .. } in &HISTORIES.moments {
        for ((kind, id), events) in streams(given) {
            let sequences: Vec<u64> = events.iter().map(|event| event["sequence"].as_u64().unwrap()).collect();
            assert!(sequences.iter().copied().eq(1..=sequences.len() as u64), "{kind} {id}: {sequences:?}");
            // A stream is of one place.
            let places: BTreeSet<_> = events.iter().map(|event| event["organization_id"].to_string()).collect();
            assert_eq!(places.len(), 1, "{kind} {id}: {places:?}");
            *kinds.entry(kind).or_default() += events.len();
        }
    }
    println!("{kinds:?}");
    let all = ["account", "company", "organization", "registered_user", "registration_token"];
    assert!(kinds.keys().map(String::as_str).eq(all));
}

#[test]
fn i_9_versions_grow_by_one_in_every_story() {
    let mut grown = 0;
    for Moment { given, .. } in &HISTORIES.moments {
        for ((kind, id), events) in streams(given) {
            if !matches!(kind.as_str(), "registered_user" | "account") {
                continue;
            }
            // 1 with the event of the creation; a command's events carry one and the same.
            let mut version = 1;
            let mut before: Option<&Value> = None;
            for event in events {
                if let Some(shown) = event["version"].as_u64() {
                    let same_command = before.is_some_and(|before| before["event"] == "registered_user_updated")
                        && event["event"] != "registered_user_updated"
                        && shown == version;
                    assert!(shown == version + 1 || same_command, "{kind} {id}: {event} after {version}");
                    grown += 1;
                    version = shown;
                }
                before = Some(event);
            }
        }
    }
    println!("{grown} versions");
    assert!(grown > 100);
}
