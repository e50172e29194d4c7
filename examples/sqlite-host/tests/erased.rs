//! What is erased is in no file of the database, while others have it open.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that panics has failed, which is its purpose")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tenantry::{
    Actor, AuthScope, Command, CommandResponse, CompleteLink, ConnectorSlug, Context, CreateOrganization,
    CreateRegisteredUser, CreateUser, DeleteRegisteredUser, Email, Entropy, Environment, ExternalAccountId, FailLink,
    FullToolName, GroupingsPatch, IssueRegistrationToken, Label, LinkMethod, LinkSessionId, Name, OrganizationId,
    OriginUserEmail, OriginUserId, PackConnector, Policy, PutConnector, PutToolPack, Reason, RegisteredUserId,
    RegisteredUserPatch, Secret, SetRetentionHold, StartLink, StartToolCall, Timestamp, ToolCall, ToolName, ToolPackId,
    UpdateRegisteredUser,
};
use tenantry_sqlite_host::Host;

const SECRET: &str = "ort_0123456789abcdefghijklmnop";

/// What is personal, under the names of the fields that it goes into.
const ORIGIN: &str = "user_secret_1";
const NAME: &str = "Alice Chen";
const EMAIL: &str = "alice@acme.example";
const GROUPING: &str = "emea_secret";
const EXTERNAL: &str = "U-external-1";
const REASON: &str = "she told us why";

struct World {
    path: PathBuf,
    host: Host,
    now: Timestamp,
    drawn: u128,
}

impl World {
    /// An organization with a connector, a pack and a registration token.
    fn new() -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("erased");
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir(&folder).unwrap();
        let path = folder.join("rows.sqlite");
        let host = Host::open(&path, Policy::default()).unwrap();
        let mut world = World { path, host, now: Timestamp::parse("2026-01-31T10:00:00Z").unwrap(), drawn: 0 };
        let anywhere = Actor::System { organization_id: None, environment: None };
        let acme = CreateOrganization::new(Name::new("Acme").unwrap()).organization_id(acme());
        world.accepts(anywhere.clone(), acme);
        let issue = IssueRegistrationToken::new(self::acme(), Secret::new(SECRET));
        world.accepts(anywhere, issue.max_uses(None));
        let tools = vec![ToolName::new("post").unwrap()];
        world.accepts(system(), PutConnector::new(slack(), tools));
        let entry = PackConnector { connector: slack(), auth_scope: AuthScope::Individual, tool_names: None };
        let name = Name::new("Support").unwrap();
        let pack = PutToolPack::new(support(), name, vec![entry]);
        world.accepts(system(), pack);
        world
    }

    #[track_caller]
    fn accepts(&mut self, actor: Actor, command: impl Into<Command>) -> CommandResponse {
        self.drawn += 1;
        let entropy = Some(Entropy::new(self.drawn.to_be_bytes()));
        let context = Context { now: self.now, actor, entropy };
        self.host.execute(&command.into(), &context).unwrap().outcome.response
    }

    /// The life of a user up to its deletion, with rows and events that grow: its id, and the ids of its things.
    fn life(&mut self, number: usize) -> (RegisteredUserId, Vec<String>) {
        let create = CreateRegisteredUser::new(OriginUserId::new(format!("{ORIGIN} {number}")).unwrap())
            .origin_user_email(OriginUserEmail::new(EMAIL).unwrap());
        let CommandResponse::CreateRegisteredUser(created) = self.accepts(system(), create) else { panic!() };
        let registered_user_id = created.registered_user_id;
        for number in 0..5 {
            let grouping = (format!("key {number}").into(), Some(GROUPING.repeat(20).into()));
            let patch = RegisteredUserPatch::new()
                .origin_user_name(Some(Label::new(NAME.repeat(9)).unwrap()))
                .custom_groupings(GroupingsPatch::Merge(BTreeMap::from([grouping])));
            self.accepts(system(), UpdateRegisteredUser::new(registered_user_id, patch));
        }
        let reason = || Some(Reason::new(REASON).unwrap());
        let failed = self.link(registered_user_id);
        self.accepts(system(), FailLink::new(failed).reason(reason()));
        let linked = self.link(registered_user_id);
        let external_account_id = Some(ExternalAccountId::new(EXTERNAL).unwrap());
        self.accepts(system(), CompleteLink::new(linked).external_account_id(external_account_id));
        for held in [true, false] {
            self.accepts(system(), SetRetentionHold::new(registered_user_id, held).reason(reason()));
        }
        let tool = FullToolName::parse("slack__post").unwrap();
        let call = ToolCall::new(registered_user_id, support(), tool);
        self.accepts(system(), StartToolCall::new(call));
        // Elsewhere, too: an account that the user itself has registered.
        let (organization_id, environment) = (acme(), Environment::Production);
        let own = Actor::RegisteredUser { registered_user_id, organization_id, environment };
        let email = Email::new(format!("somebody{number}@acme.example")).unwrap();
        let register = CreateUser::new(Name::new("Somebody").unwrap(), email)
            .organization_id(acme())
            .org_token(Secret::new(SECRET))
            .password(Secret::new("SecurePassword123!"));
        self.accepts(own, register);
        self.accepts(system(), DeleteRegisteredUser::new(registered_user_id));
        (registered_user_id, vec![failed.to_string(), linked.to_string()])
    }

    fn link(&mut self, registered_user_id: RegisteredUserId) -> LinkSessionId {
        let (connector, method) = (slack(), LinkMethod::Link);
        let start = StartLink::new(registered_user_id, connector).method(method);
        let CommandResponse::StartLink(started) = self.accepts(system(), start) else { panic!() };
        started.link_session_id
    }
}

fn acme() -> OrganizationId {
    OrganizationId::new("org_acme").unwrap()
}

fn slack() -> ConnectorSlug {
    ConnectorSlug::new("slack").unwrap()
}

fn support() -> ToolPackId {
    ToolPackId::new("support").unwrap()
}

fn system() -> Actor {
    Actor::System { organization_id: Some(acme()), environment: Some(Environment::Production) }
}

/// Which of these texts are in any file of the folder.
fn found<'t>(path: &Path, texts: impl IntoIterator<Item = &'t str>) -> Vec<&'t str> {
    let files = std::fs::read_dir(path.parent().unwrap()).unwrap();
    let files: Vec<Vec<u8>> = files.map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect();
    let holds = |file: &Vec<u8>, text: &str| file.windows(text.len()).any(|window| window == text.as_bytes());
    texts.into_iter().filter(|text| files.iter().any(|file| holds(file, text))).collect()
}

#[test]
fn ru_12_13_what_is_erased_is_nowhere_in_the_files() {
    let mut world = World::new();
    let idle = rusqlite::Connection::open(&world.path).unwrap();
    let rows = || idle.query_row("SELECT count(*) FROM rows", [], |row| row.get::<_, i64>(0)).unwrap();
    assert!(rows() > 0);
    // Many, so that pages split, move and are freed.
    let lives: Vec<_> = (0..6).map(|number| world.life(number)).collect();
    assert_eq!(found(&world.path, [ORIGIN, NAME, EMAIL, GROUPING, REASON]), [] as [&str; 0]);

    world.now = world.now.saturating_add(Duration::from_secs(86_400 * 91));
    world.host.sweep(world.now, None).unwrap();
    let things = lives.iter().flat_map(|(_, things)| things).map(String::as_str);
    let erased = [ORIGIN, NAME, EMAIL, GROUPING, EXTERNAL, REASON].into_iter().chain(things);
    assert_eq!(found(&world.path, erased), [] as [&str; 0]);
    // The record of its purge is all that names a user.
    let users: Vec<String> = lives.iter().map(|(user, _)| user.to_string()).collect();
    let users = || users.iter().map(String::as_str);
    assert_eq!(found(&world.path, users()).len(), 6);
    let erase = rusqlite::Connection::open(&world.path).unwrap();
    erase.execute_batch("PRAGMA secure_delete = ON").unwrap();
    let records = "DELETE FROM events WHERE event ->> '$.event' = 'registered_user_purged'";
    assert_eq!(erase.execute(records, []).unwrap(), 6);
    assert_eq!(found(&world.path, users()), [] as [&str; 0]);
    assert!(rows() > 0);
}
