//! Worlds to measure in, and how it is measured: rounds of all contestants in turn, medians, ratios
//! to the first one. A ratio within one run says something on any machine; a time does not.

pub mod plain;

use std::hint::black_box;
use std::time::Instant;
use tenantry::{
    Actor, AdvanceTime, AuthScope, CompleteLink, ConnectorSlug, Context, CreateOrganization, CreateRegisteredUser,
    Entropy, Environment, LinkMethod, Name, Options, OrganizationId, OriginUserId, PackConnector, PutConnector,
    PutToolPack, RegisteredUserId, StartLink, Tenantry, Timestamp, ToolName, ToolPackId,
};

/// Connectors of the worlds.
pub const CONNECTORS: usize = 20;
/// Tool packs of the worlds, each with five connectors.
pub const PACKS: usize = 50;
/// Tools of each connector.
pub const TOOLS: usize = 10;

/// A world, and what a caller would know of it.
pub struct World {
    /// The instance.
    pub tenantry: Tenantry,
    /// The users' ids as text, as callers hold them.
    pub users: Vec<String>,
    /// The last instant that was used.
    pub now: Timestamp,
    count: u128,
}

/// The connector with this number.
#[must_use]
pub fn connector(index: usize) -> String {
    format!("connector_{index}")
}

/// The pack with this number.
#[must_use]
pub fn pack(index: usize) -> String {
    format!("pack_{index}")
}

/// The connectors of a pack, by number.
pub fn connectors_of(pack: usize) -> impl Iterator<Item = usize> {
    (0..5).map(move |step| (pack + step * 4) % CONNECTORS)
}

/// Whether a user holds a credential for a connector: so many of the connectors, spread.
#[must_use]
pub fn holds(user: usize, connector: usize, each: usize) -> bool {
    (user * 7 + connector) % CONNECTORS < each
}

impl World {
    /// So many users with so many credentials each.
    #[must_use]
    pub fn new(users: usize, each: usize) -> Self {
        World::with_options(users, each, Options::default())
    }

    /// The same with options of the instance.
    #[must_use]
    pub fn with_options(users: usize, each: usize, options: Options) -> Self {
        let now = Timestamp::parse("2026-01-01T00:00:00Z").unwrap();
        let mut world = World { tenantry: Tenantry::with_options(options).unwrap(), users: Vec::new(), now, count: 0 };
        world.catalogue();
        for user in 0..users {
            let origin = OriginUserId::new(format!("user_{user}")).unwrap();
            let context = world.context();
            let created = world.tenantry.execute(&CreateRegisteredUser::new(origin), &context).unwrap();
            let id = created.response.registered_user_id;
            world.users.push(id.to_string());
            for index in (0..CONNECTORS).filter(|index| holds(user, *index, each)) {
                world.link(id, &connector(index));
            }
            // Finished sessions are forgotten after a day; a world at rest has none.
            if user % 500 == 499 {
                world.rest();
            }
        }
        world.rest();
        world
    }

    fn catalogue(&mut self) {
        let context = Context { actor: Actor::System { organization_id: None, environment: None }, ..self.context() };
        let organization_id = Some(organization());
        let name = Name::new("Bench").unwrap();
        let _ =
            self.tenantry.execute(&CreateOrganization::new(name).organization_id(organization_id), &context).unwrap();
        for index in 0..CONNECTORS {
            let connector = slug(&connector(index));
            let tools = (0..TOOLS).map(|tool| ToolName::new(format!("tool_{tool}")).unwrap()).collect();
            let context = self.context();
            let _ = self.tenantry.execute(&PutConnector::new(connector, tools), &context).unwrap();
        }
        for index in 0..PACKS {
            let connectors = connectors_of(index)
                .map(|entry| PackConnector {
                    connector: slug(&connector(entry)),
                    auth_scope: AuthScope::Individual,
                    tool_names: None,
                })
                .collect();
            let tool_pack_id = ToolPackId::new(pack(index)).unwrap();
            let name = Name::new("Pack").unwrap();
            let put = PutToolPack::new(tool_pack_id, name, connectors);
            let context = self.context();
            let _ = self.tenantry.execute(&put, &context).unwrap();
        }
    }

    /// Links a connector for a user.
    pub fn link(&mut self, user: RegisteredUserId, connector: &str) {
        let start = StartLink::new(user, slug(connector)).method(LinkMethod::Link);
        let context = self.context();
        let link_session_id = self.tenantry.execute(&start, &context).unwrap().response.link_session_id;
        let complete = CompleteLink::new(link_session_id);
        let _ = self.tenantry.execute(&complete, &context).unwrap();
    }

    fn rest(&mut self) {
        self.now = Timestamp::from_millis(self.now.millis() + 25 * 3_600_000).unwrap();
        let context = self.context();
        let _ = self.tenantry.execute(&AdvanceTime::new(), &context).unwrap();
    }

    /// A context with fresh entropy.
    pub fn context(&mut self) -> Context {
        self.count += 1;
        Context { now: self.now, actor: actor(), entropy: Some(Entropy::new(self.count.to_be_bytes())) }
    }

    /// Some calls in no order that a cache would know: user, pack, full tool name.
    #[must_use]
    pub fn calls(&self, count: usize) -> Vec<(String, String, String)> {
        let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
        let mut next = |below: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            ((seed >> 33) as usize) % below
        };
        (0..count)
            .map(|_| {
                let (user, pack_index) = (next(self.users.len()), next(PACKS));
                let entry = connectors_of(pack_index).nth(next(5)).unwrap();
                let tool = format!("{}__tool_{}", connector(entry), next(TOOLS));
                (self.users[user].clone(), pack(pack_index), tool)
            })
            .collect()
    }
}

/// The organization of the worlds.
#[must_use]
pub fn organization() -> OrganizationId {
    OrganizationId::new("org_bench").unwrap()
}

/// Who acts in the worlds.
#[must_use]
pub fn actor() -> Actor {
    Actor::System { organization_id: Some(organization()), environment: Some(Environment::Production) }
}

/// A slug.
#[must_use]
pub fn slug(text: &str) -> ConnectorSlug {
    ConnectorSlug::new(text).unwrap()
}

/// A contestant: its name, and one round of its work, which answers how many operations it did.
pub type Contestant<'c> = (&'static str, Box<dyn FnMut() -> usize + 'c>);

/// Runs all contestants in turn, round after round, and prints medians and ratios to the first.
pub fn race(title: &str, rounds: usize, mut contestants: Vec<Contestant<'_>>) {
    let mut times: Vec<Vec<f64>> = vec![Vec::new(); contestants.len()];
    for round in 0..=rounds {
        for ((_, work), times) in contestants.iter_mut().zip(&mut times) {
            let start = Instant::now();
            let operations = black_box(work());
            let each = start.elapsed().as_secs_f64() * 1e9 / operations as f64;
            // The first round warms up.
            if round > 0 {
                times.push(each);
            }
        }
    }
    println!("{title}");
    let mut floor = None;
    for ((name, _), mut times) in contestants.into_iter().zip(times) {
        times.sort_by(f64::total_cmp);
        let median = times[times.len() / 2];
        let ratio = median / *floor.get_or_insert(median);
        println!("  {name:<44} {median:>10.0} ns  × {ratio:.2}");
    }
}
