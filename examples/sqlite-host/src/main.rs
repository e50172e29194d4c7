//! A short story on a real file: `cargo run -p tenantry-sqlite-host [FILE]`.

use std::error::Error;
use std::path::PathBuf;
use std::time::Duration;
use tenantry::{
    Actor, AuthScope, CompleteLink, ConnectorSlug, Context, CreateOrganization, CreateRegisteredUser, Decision,
    DeleteRegisteredUser, Environment, FullToolName, LinkMethod, Name, Options, OrganizationId, OriginUserId,
    PackConnector, Policy, PutConnector, PutToolPack, StartLink, Tenantry, ToolCall, ToolName, ToolPackId,
};
use tenantry_sqlite_host::{Host, context};

fn main() -> Result<(), Box<dyn Error>> {
    let given = std::env::args_os().nth(1).map(PathBuf::from);
    let path = given.unwrap_or_else(|| std::env::temp_dir().join(format!("tenantry-{}.sqlite", std::process::id())));
    println!("{}", path.display());
    // Two hosts on one file, as two processes would be.
    let mut console = Host::open(&path, Policy::default())?;
    let mut gateway = Host::open(&path, Policy::default())?;

    let host = Actor::System { organization_id: None, environment: None };
    let acme = CreateOrganization::new(Name::new("Acme")?);
    let acme = console.execute(&acme, &context(host)?)?.outcome.response.organization.organization_id;
    let now = || at(&acme);
    let slack = ConnectorSlug::new("slack")?;
    let connector = PutConnector::new(slack.clone(), vec![ToolName::new("post_message")?]);
    console.execute(&connector, &now()?)?;
    let support = ToolPackId::new("support")?;
    let entry = PackConnector { connector: slack.clone(), auth_scope: AuthScope::Individual, tool_names: None };
    let pack = PutToolPack::new(support.clone(), Name::new("Support")?, vec![entry]);
    console.execute(&pack, &now()?)?;

    // Both create the same user: one does, the other finds it.
    let create = CreateRegisteredUser::new(OriginUserId::new("alice")?);
    let here = console.execute(&create, &now()?)?.outcome.response;
    let there = gateway.execute(&create, &now()?)?.outcome.response;
    let alice = here.registered_user_id;
    println!("alice is {alice}: created {} here, {} there", here.created, there.created);
    assert_eq!(alice, there.registered_user_id);

    let tool = FullToolName::parse("slack__post_message")?;
    let call = ToolCall::new(alice, support, tool);
    println!("may she post?           {}", answer(&gateway.authorize(&call, &now()?)?));
    let link = StartLink::new(alice, slack).method(LinkMethod::Link);
    let link_session_id = console.execute(&link, &now()?)?.outcome.response.link_session_id;
    let complete = CompleteLink::new(link_session_id);
    console.execute(&complete, &now()?)?;
    println!("once slack is linked?   {}", answer(&gateway.authorize(&call, &now()?)?));

    let delete = DeleteRegisteredUser::new(alice);
    let purge_at = console.execute(&delete, &now()?)?.outcome.response.purge_at;
    println!("once she is deleted?    {}", answer(&gateway.authorize(&call, &now()?)?));
    println!("her profile is gone from {} events; next due at {:?}", gateway.events()?.len(), gateway.next_due()?);

    let swept = gateway.sweep(purge_at.saturating_add(Duration::from_millis(1)), None)?.outcome;
    println!(
        "ninety days later {} thing was due; {} events are left",
        swept.response.processed,
        gateway.events()?.len()
    );

    // What the rows hold is what the journal tells.
    let folded = Tenantry::fold(&console.events()?, Options::default())?;
    assert_eq!(folded.snapshot(), console.snapshot()?);
    println!("rows and journal agree: {}", folded.snapshot());
    Ok(())
}

/// The host's own context in Acme's production environment.
fn at(organization_id: &OrganizationId) -> Result<Context, tenantry_sqlite_host::Error> {
    let (organization_id, environment) = (Some(organization_id.clone()), Some(Environment::Production));
    context(Actor::System { organization_id, environment })
}

fn answer(decision: &Decision) -> &'static str {
    decision.code().map_or("allow", tenantry::Code::as_str)
}
