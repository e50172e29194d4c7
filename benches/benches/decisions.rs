//! Decisions by string ids, beside a hand-written floor that does the same look-ups.

use std::collections::HashMap;
use std::hint::black_box;
use tenantry::{FullToolName, RegisteredUserId, ToolCall, ToolPackId};
use tenantry_benches::{CONNECTORS, PACKS, TOOLS, World, actor, connector, connectors_of, holds, pack, race};

/// What somebody would write by hand who wanted only the bool: the same look-ups in hash maps.
struct Floor {
    users: HashMap<String, (bool, HashMap<u16, bool>)>,
    packs: HashMap<String, HashMap<String, u16>>,
    tools: HashMap<u16, HashMap<String, ()>>,
}

impl Floor {
    fn new(world: &World, each: usize) -> Self {
        let numbers = |index: usize| u16::try_from(index).unwrap();
        let credentials = |user: usize| (0..CONNECTORS).filter(move |index| holds(user, *index, each));
        Floor {
            users: world
                .users
                .iter()
                .enumerate()
                .map(|(user, id)| (id.clone(), (true, credentials(user).map(|index| (numbers(index), true)).collect())))
                .collect(),
            packs: (0..PACKS)
                .map(|index| {
                    (pack(index), connectors_of(index).map(|entry| (connector(entry), numbers(entry))).collect())
                })
                .collect(),
            tools: (0..CONNECTORS)
                .map(|index| (numbers(index), (0..TOOLS).map(|tool| (format!("tool_{tool}"), ())).collect()))
                .collect(),
        }
    }

    fn allows(&self, user: &str, pack: &str, tool: &str) -> bool {
        let decide = || {
            let (connector, tool) = tool.split_once("__")?;
            let (active, credentials) = self.users.get(user)?;
            let connector = self.packs.get(pack)?.get(connector)?;
            self.tools.get(connector)?.get(tool)?;
            Some(*active && *credentials.get(connector)?)
        };
        decide().unwrap_or(false)
    }
}

fn measure(users: usize, each: usize) {
    let world = World::new(users, each);
    let floor = Floor::new(&world, each);
    let calls = world.calls(5_000);
    let actor = actor();
    let acting = world.tenantry.acting_as(&actor);
    for (user, pack, tool) in &calls {
        assert_eq!(Ok(floor.allows(user, pack, tool)), acting.allows(user, pack, tool, world.now));
    }
    let typed: Vec<ToolCall> = calls
        .iter()
        .map(|(user, pack, tool)| {
            ToolCall::new(
                RegisteredUserId::from_text(user),
                ToolPackId::new(pack).unwrap(),
                FullToolName::parse(tool).unwrap(),
            )
        })
        .collect();
    let context = tenantry::Context { now: world.now, actor: actor.clone(), entropy: None };
    let lists: (Vec<&str>, Vec<&str>, Vec<&str>) = (
        calls.iter().map(|call| call.0.as_str()).collect(),
        calls.iter().map(|call| call.1.as_str()).collect(),
        calls.iter().map(|call| call.2.as_str()).collect(),
    );
    race(
        &format!("one decision, {users} users × {each} credentials"),
        21,
        vec![
            (
                "floor: hash maps by hand, a bool",
                Box::new(|| {
                    black_box(calls.iter().filter(|(user, pack, tool)| floor.allows(user, pack, tool)).count());
                    calls.len()
                }),
            ),
            (
                "allows, three strings",
                Box::new(|| {
                    let allows = |call: &&(String, String, String)| acting.allows(&call.0, &call.1, &call.2, world.now);
                    black_box(calls.iter().filter(|call| allows(call) == Ok(true)).count());
                    calls.len()
                }),
            ),
            (
                "codes, three lists of strings",
                Box::new(|| black_box(acting.codes(&lists.0, &lists.1, &lists.2, world.now).unwrap()).len()),
            ),
            (
                "authorize, a typed call, a whole decision",
                Box::new(|| {
                    for call in &typed {
                        let _ = black_box(world.tenantry.authorize(call, &context).unwrap());
                    }
                    typed.len()
                }),
            ),
        ],
    );
}

fn main() {
    measure(10_000, 10);
    if std::env::args().all(|argument| argument != "--small") {
        measure(1_000_000, 2);
    }
}
