//! A short story on a store: `cargo run -p tenantry-store --features sqlite --example story [FILE]`.

use std::error::Error;
use std::path::PathBuf;
use std::time::Duration;
use tenantry::{
    Actor, AuthScope, Code, CompleteLink, ConnectorSlug, Context, CreateOrganization, CreateRegisteredUser, Decision,
    DeleteRegisteredUser, Environment, Event, FullToolName, Name, Options, OrganizationId, OriginUserId, PackConnector,
    PutConnector, PutToolPack, StartLink, Tenantry, ToolCall, ToolName, ToolPackId, UsageError,
};
use tenantry_store::SqliteStore;

fn main() -> Result<(), Box<dyn Error>> {
    let given = std::env::args_os().nth(1).map(PathBuf::from);
    let path = given.unwrap_or_else(|| std::env::temp_dir().join(format!("tenantry-{}.sqlite", std::process::id())));
    println!("{}", path.display());
    // Two stores on one file, as two processes would have, in Rust or in Python.
    let service = SqliteStore::open(&path, Options::default())?;
    let worker = SqliteStore::open(&path, Options::default())?;
    service.migrate()?;

    let host = Actor::System { organization_id: None, environment: None };
    let create = CreateOrganization::new(Name::new("Acme")?);
    let acme = service.execute(&create, &Context::now(host)?)?.response.organization.organization_id;
    let now = || at(&acme);
    let slack = ConnectorSlug::new("slack")?;
    let connector = PutConnector::new(slack.clone(), vec![ToolName::new("post_message")?]);
    assert!(service.execute(&connector, &now()?)?.response.changed);
    let support = ToolPackId::new("support")?;
    let entry = PackConnector { connector: slack.clone(), auth_scope: AuthScope::Individual, tool_names: None };
    let pack = PutToolPack::new(support.clone(), Name::new("Support")?, vec![entry]);
    assert!(service.execute(&pack, &now()?)?.response.changed);

    // Both create the same user: one does, the other finds it.
    let create = CreateRegisteredUser::new(OriginUserId::new("alice")?);
    let here = service.execute(&create, &now()?)?.response;
    let there = worker.execute(&create, &now()?)?.response;
    let alice = here.registered_user_id;
    println!("alice is {alice}: created {} here, {} there", here.created, there.created);
    assert_eq!(alice, there.registered_user_id);

    let call = ToolCall::new(alice, support, FullToolName::parse("slack__post_message")?);
    println!("may she post?           {}", answer(&worker.authorize(&call, &now()?)?));
    let link = service.execute(&StartLink::new(alice, slack), &now()?)?.response;
    let linked = service.execute(&CompleteLink::new(link.link_session_id), &now()?)?;
    println!(
        "once slack is linked?   {}, by {} events",
        answer(&worker.authorize(&call, &now()?)?),
        linked.events.len()
    );

    let purge_at = service.execute(&DeleteRegisteredUser::new(alice), &now()?)?.response.purge_at;
    println!("once she is deleted?    {}", answer(&worker.authorize(&call, &now()?)?));

    // What is to be done elsewhere, nobody else gets for a minute; done, it is gone.
    for taken in worker.take_effects(10, Duration::from_secs(60))? {
        println!("to be done elsewhere:   {}", taken.effect.id);
        worker.effect_done(taken.number)?;
    }

    println!("her profile is gone from {} events", events(&worker)?.len());
    let swept = worker.sweep(purge_at.saturating_add(Duration::from_millis(1)))?;
    println!("ninety days later {swept} thing was due; {} events are left", events(&worker)?.len());

    // What the rows hold is what the events give.
    let folded = Tenantry::fold(&events(&service)?, Options::default())?;
    assert_eq!(folded.snapshot(), service.snapshot()?);
    println!("rows and events agree:  {}", folded.snapshot());
    Ok(())
}

fn events(store: &SqliteStore) -> Result<Vec<Event>, tenantry_store::Error> {
    Ok(store.events_after(0, 1000)?.into_iter().map(|stored| stored.event).collect())
}

/// The host's own context in Acme's production environment.
fn at(organization_id: &OrganizationId) -> Result<Context, UsageError> {
    let (organization_id, environment) = (Some(organization_id.clone()), Some(Environment::Production));
    Context::now(Actor::System { organization_id, environment })
}

fn answer(decision: &Decision) -> &'static str {
    decision.code().map_or("allow", Code::as_str)
}
