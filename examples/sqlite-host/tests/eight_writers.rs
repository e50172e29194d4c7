//! Eight writers at once on one file, each with a connection and an instance of its own. Whatever they
//! do, it happened in the order of the commits: executed in that order on a state in memory, the same commands
//! give the same events, the same journal and the same state.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that panics has failed, which is its purpose")]

use std::path::PathBuf;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Barrier, Mutex};
use std::thread;
use std::time::Duration;
use tenantry::{
    AccountId, AccountStatus, Actor, AuthScope, Code, Command, CommandResponse, CompanyChoice, CompleteLink,
    ConnectorSlug, Context, CreateOrganization, CreateRegisteredUser, CreateUser, DeleteCompany, DeleteRegisteredUser,
    Email, Entropy, Environment, Event, EventName, FullToolName, IssueRegistrationToken, Label, LinkMethod, Name,
    Options, OrganizationId, OriginCompanyId, OriginUserId, Outcome, PackConnector, Policy, PutConnector, PutToolPack,
    RegisteredUserId, RegisteredUserPatch, Rejection, Role, Secret, SetUserStatus, StartLink, StartToolCall, Stream,
    Tenantry, Timestamp, ToolCall, ToolName, ToolPackId, UpdateRegisteredUser,
};
use tenantry_sqlite_host::{Error, Host};

const WRITERS: usize = 8;
const SECRET: &str = "ort_0123456789abcdefghijklmnop";

/// What was committed: the number, the command in its context, and what happened.
type Commit = (i64, Command, Context, Vec<Event>);

/// A file, a clock that all writers share, and what was committed.
struct Rig {
    path: PathBuf,
    clock: AtomicI64,
    drawn: AtomicU64,
    committed: Mutex<Vec<Commit>>,
}

impl Rig {
    /// An empty file with the organization.
    fn new(name: &str) -> Self {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.sqlite"));
        for suffix in ["", "-journal"] {
            let _ = std::fs::remove_file(format!("{}{suffix}", path.display()));
        }
        let start = Timestamp::parse("2026-01-31T10:00:00Z").unwrap().millis();
        let (clock, drawn) = (AtomicI64::new(start), AtomicU64::new(0));
        let rig = Rig { path, clock, drawn, committed: Mutex::default() };
        let create = CreateOrganization::new(Name::new("Acme").unwrap()).organization_id(acme());
        rig.accepts(&mut rig.host(), anywhere(), create);
        rig
    }

    fn host(&self) -> Host {
        Host::open(&self.path, Policy::default()).unwrap()
    }

    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.clock.load(Ordering::SeqCst)).unwrap()
    }

    fn advance(&self, by: Duration) {
        self.clock.fetch_add(i64::try_from(by.as_millis()).unwrap(), Ordering::SeqCst);
    }

    fn context(&self, actor: Actor) -> Context {
        let drawn = u128::from(self.drawn.fetch_add(1, Ordering::SeqCst) + 1);
        Context { now: self.now(), actor, entropy: Some(Entropy::new(drawn.to_be_bytes())) }
    }

    /// Executes a command, and keeps account of what was committed.
    fn execute(
        &self,
        host: &mut Host,
        actor: Actor,
        command: impl Into<Command>,
    ) -> Result<Outcome<CommandResponse>, Rejection> {
        let (command, context) = (command.into(), self.context(actor));
        match host.execute(&command, &context) {
            Ok(done) => {
                let events = done.outcome.events.clone();
                self.committed.lock().unwrap().push((done.number, command, context, events));
                Ok(done.outcome)
            }
            Err(Error::Rejected(rejection)) => Err(rejection),
            Err(error) => panic!("{error}"),
        }
    }

    #[track_caller]
    fn accepts(&self, host: &mut Host, actor: Actor, command: impl Into<Command>) -> CommandResponse {
        self.execute(host, actor, command).unwrap().response
    }

    /// Runs all writers at once.
    fn writers<T: Send>(&self, write: impl Fn(usize, &mut Host) -> T + Sync) -> Vec<T> {
        let barrier = Barrier::new(WRITERS);
        thread::scope(|scope| {
            let start = |writer| {
                let (barrier, write) = (&barrier, &write);
                scope.spawn(move || {
                    let mut host = self.host();
                    barrier.wait();
                    write(writer, &mut host)
                })
            };
            let running: Vec<_> = (0..WRITERS).map(start).collect();
            running.into_iter().map(|writer| writer.join().unwrap()).collect()
        })
    }

    /// Nothing is lost, and nothing happened but in the order of the commits: the journal gives the state
    /// that the rows hold, and so do the commands, one after the other, on a state in memory.
    fn check(&self) -> Vec<Event> {
        let host = self.host();
        let (events, snapshot) = (host.events().unwrap(), host.snapshot().unwrap());
        let folded = Tenantry::fold(&events, Options::default()).unwrap();
        assert_eq!(folded.snapshot(), snapshot);
        assert_eq!(host.next_due().unwrap(), folded.next_due());

        let mut committed = std::mem::take(&mut *self.committed.lock().unwrap());
        committed.sort_by_key(|(number, ..)| *number);
        let numbers: Vec<i64> = committed.iter().map(|(number, ..)| *number).collect();
        assert_eq!(numbers, (1..).take(numbers.len()).collect::<Vec<i64>>());
        let mut whole = Tenantry::with_options(Options { journal: true, ..Options::default() }).unwrap();
        for (number, command, context, events) in &committed {
            let outcome = whole.execute(command, context).unwrap();
            assert_eq!(&outcome.events, events, "commit {number}: {command:?}");
        }
        assert_eq!(whole.snapshot(), snapshot);
        assert_eq!(whole.journal().cloned().collect::<Vec<Event>>(), events);
        events
    }
}

fn acme() -> OrganizationId {
    OrganizationId::new("org_acme").unwrap()
}

fn anywhere() -> Actor {
    Actor::System { organization_id: None, environment: None }
}

fn system() -> Actor {
    Actor::System { organization_id: Some(acme()), environment: Some(Environment::Production) }
}

fn user(origin_user_id: &str) -> CreateRegisteredUser {
    CreateRegisteredUser::new(OriginUserId::new(origin_user_id).unwrap())
}

fn member(origin_user_id: &str, company: &str) -> CreateRegisteredUser {
    let origin_company_id = OriginCompanyId::new(company).unwrap();
    let shared_credential_group = Some(CompanyChoice { origin_company_id, origin_company_name: None });
    user(origin_user_id).shared_credential_group(shared_credential_group)
}

fn account(email: &str) -> CreateUser {
    CreateUser::new(Name::new("Somebody").unwrap(), Email::new(email).unwrap())
}

fn self_registration(email: &str) -> CreateUser {
    account(email).organization_id(acme()).org_token(Secret::new(SECRET)).password(Secret::new("SecurePassword123!"))
}

fn created(response: &CommandResponse) -> (RegisteredUserId, bool) {
    match response {
        CommandResponse::CreateRegisteredUser(created) => (created.registered_user_id, created.created),
        other => panic!("{other:?}"),
    }
}

fn count(events: &[Event], name: EventName) -> usize {
    events.iter().filter(|event| event.body.name() == name).count()
}

#[test]
fn h_1_the_same_origin_user_id_gives_one_user() {
    let rig = Rig::new("one-user");
    for round in 0..6 {
        let origin = format!("user_{round}");
        let all = rig.writers(|_, host| created(&rig.accepts(host, system(), member(&origin, "globex"))));
        assert_eq!(all.iter().filter(|(_, created)| *created).count(), 1, "{all:?}");
        assert!(all.windows(2).all(|pair| matches!(pair, [one, other] if one.0 == other.0)), "{all:?}");
    }
    let events = rig.check();
    assert_eq!(count(&events, EventName::RegisteredUserCreated), 6);
    assert_eq!(count(&events, EventName::CompanyCreated), 1);
}

#[test]
fn i_6_a_token_with_five_uses_admits_five_of_twenty() {
    let rig = Rig::new("token");
    let issue = IssueRegistrationToken::new(acme(), Secret::new(SECRET)).max_uses(5);
    rig.accepts(&mut rig.host(), anywhere(), issue);
    let waiting = AtomicU64::new(0);
    let answers = rig.writers(|_, host| {
        let mut answers = Vec::new();
        loop {
            let next = waiting.fetch_add(1, Ordering::SeqCst);
            if next >= 20 {
                return answers;
            }
            let command = self_registration(&format!("person{next}@acme.example"));
            answers.push(rig.execute(host, Actor::Anonymous, command).map(drop).map_err(|refused| refused.code));
        }
    });
    let answers: Vec<Result<(), Code>> = answers.into_iter().flatten().collect();
    assert_eq!(answers.len(), 20);
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 5);
    assert!(answers.iter().all(|answer| matches!(answer, Ok(()) | Err(Code::InvalidToken))), "{answers:?}");
    assert_eq!(count(&rig.check(), EventName::AccountCreated), 5);
}

#[test]
fn i_7_an_address_is_given_once() {
    let rig = Rig::new("address");
    for round in 0..4 {
        let answers = rig.writers(|writer, host| {
            let email = format!("{}{round}@acme.example", if writer % 2 == 0 { "Ada" } else { "ada" });
            rig.execute(host, anywhere(), account(&email)).map(drop).map_err(|refused| refused.code)
        });
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1, "{answers:?}");
        assert!(answers.iter().all(|answer| matches!(answer, Ok(()) | Err(Code::EmailExists))), "{answers:?}");
    }
    rig.check();
}

#[test]
fn ru_15_a_company_is_never_deleted_under_a_user_who_joins() {
    let rig = Rig::new("company");
    for round in 0..12 {
        let company = format!("company_{round}");
        let answers = rig.writers(|writer, host| match writer {
            0..3 => {
                let (id, _) = created(&rig.accepts(host, system(), member(&format!("{company} {writer}"), &company)));
                let patch = RegisteredUserPatch::new()
                    .shared_credential_group(tenantry::CompanyPatch::Leave)
                    .origin_user_name(Some(Label::new("Left").unwrap()));
                let leave = UpdateRegisteredUser::new(id, patch);
                if writer > 0 {
                    rig.accepts(host, system(), leave);
                }
                Ok(())
            }
            _ => {
                let origin_company_id = OriginCompanyId::new(&company).unwrap();
                let deleted = rig.execute(host, system(), DeleteCompany::new(origin_company_id));
                deleted.map(drop).map_err(|refused| refused.code)
            }
        });
        let fits =
            |answer: &Result<(), Code>| matches!(answer, Ok(()) | Err(Code::CompanyNotEmpty | Code::CompanyNotFound));
        assert!(answers.iter().all(fits), "{answers:?}");
    }
    // Whoever stayed has a company; the fold refuses members of none, and counts that are wrong.
    rig.check();
}

#[test]
fn ac_9_two_admins_cannot_suspend_each_other() {
    let rig = Rig::new("admins");
    let mut host = rig.host();
    let mut admin = |email: &str| {
        let command = account(email).role(Role::Admin);
        match rig.accepts(&mut host, anywhere(), command) {
            CommandResponse::CreateUser(account) => account.id,
            other => panic!("{other:?}"),
        }
    };
    let admins = [admin("one@acme.example"), admin("two@acme.example")];
    let status = |user_id: AccountId, status| SetUserStatus::new(user_id, status);
    for _ in 0..10 {
        let suspended = rig.writers(|writer, host| {
            let [me, other] = if writer % 2 == 0 { admins } else { [admins[1], admins[0]] };
            let actor = Actor::Account { user_id: me, organization_id: None, environment: None };
            let answer = rig.execute(host, actor, status(other, AccountStatus::Suspended));
            answer.map(|outcome| outcome.events.len()).map_err(|refused| refused.code)
        });
        assert_eq!(suspended.iter().flatten().sum::<usize>(), 1, "{suspended:?}");
        for user_id in admins {
            rig.accepts(&mut rig.host(), anywhere(), status(user_id, AccountStatus::Active));
        }
    }
    rig.check();
}

/// Everything at once, while users come and go and time erases them.
#[test]
fn ru_12_13_what_is_redacted_and_purged_is_gone_whoever_writes_meanwhile() {
    let rig = Rig::new("erased");
    let mut host = rig.host();
    let slack = ConnectorSlug::new("slack").unwrap();
    let support = ToolPackId::new("support").unwrap();
    let tools = vec![ToolName::new("post").unwrap()];
    rig.accepts(&mut host, system(), PutConnector::new(slack.clone(), tools));
    let entry = |auth_scope| PackConnector { connector: slack.clone(), auth_scope, tool_names: None };
    let pack = |auth_scope| PutToolPack::new(support.clone(), Name::new("Support").unwrap(), vec![entry(auth_scope)]);
    rig.accepts(&mut host, system(), pack(AuthScope::Individual));
    let issue = IssueRegistrationToken::new(acme(), Secret::new(SECRET)).max_uses(None);
    rig.accepts(&mut host, anywhere(), issue);

    let tool = FullToolName::parse("slack__post").unwrap();
    let life = |writer: usize, round: usize, host: &mut Host| {
        // Two writers share each user.
        let name = format!("person {} {round}", writer / 2);
        let named = member(&name, &name).origin_user_name(Label::new(&name).unwrap());
        let (id, _) = created(&rig.accepts(host, system(), named));
        let own = Actor::RegisteredUser {
            registered_user_id: id,
            organization_id: acme(),
            environment: Environment::Production,
        };
        let link = StartLink::new(id, slack.clone()).tool_pack_id(support.clone()).method(LinkMethod::Link);
        if let Ok(Outcome { response: CommandResponse::StartLink(started), .. }) = rig.execute(host, system(), link) {
            let complete = CompleteLink::new(started.link_session_id)
                .registered_user_id(id)
                .expires_at(rig.now().saturating_add(Duration::from_secs(86_400 * 300)));
            let _ = rig.execute(host, own.clone(), complete);
        }
        let call = ToolCall::new(id, support.clone(), tool.clone());
        let _ = rig.execute(host, system(), StartToolCall::new(call));
        let _ = rig.execute(host, own, self_registration(&format!("p{writer}.{round}@acme.example")));
        if round.is_multiple_of(2) {
            let delete = DeleteRegisteredUser::new(id);
            let _ = rig.execute(host, system(), delete);
        }
    };
    rig.writers(|writer, host| {
        for round in 0..8 {
            match writer {
                0..6 => life(writer, round, host),
                6 => {
                    rig.advance(Duration::from_secs(86_400 * 40));
                    rig.accepts(host, anywhere(), tenantry::AdvanceTime::new().limit(3));
                }
                _ => {
                    let scope = if round % 2 == 0 { AuthScope::Shared } else { AuthScope::Individual };
                    rig.accepts(host, system(), pack(scope));
                }
            }
        }
    });
    rig.advance(Duration::from_secs(86_400 * 100));
    rig.accepts(&mut host, anywhere(), tenantry::AdvanceTime::new());

    let events = rig.check();
    let purged: Vec<&Stream> = events
        .iter()
        .filter(|event| event.body.name() == EventName::RegisteredUserPurged)
        .map(|event| &event.stream)
        .collect();
    assert!(purged.len() >= 8, "{} purged", purged.len());
    for stream in purged {
        assert_eq!(events.iter().filter(|event| event.stream == *stream).count(), 1);
        let Stream::RegisteredUser(id) = stream else { panic!("{stream:?}") };
        let elsewhere = events.iter().filter(|event| event.stream != *stream);
        assert!(elsewhere.clone().filter_map(|event| event.actor.registered_user_id).all(|acting| acting != Some(*id)));
        assert!(elsewhere.filter_map(|event| event.body.linked_by()).all(|linked_by| linked_by != *id));
    }
    for name in [EventName::ToolCallStarted, EventName::CredentialGranted, EventName::LinkSessionRemoved] {
        assert!(count(&events, name) > 0, "{name:?} never happened, or not to anybody who stayed");
    }
}
