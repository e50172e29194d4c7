//! What is asked before something is done: `explain` and `preview`, beside the decision and the write that they
//! are about. And the same write on loaded rows: what it is asked for, loaded, executed, and its changes taken over.

use std::collections::BTreeMap;
use std::hint::black_box;
use tenantry::json::{Value, to_canonical};
use tenantry::{
    AuthScope, CommandRequest, Context, FullToolName, Label, LoadedRow, Options, Owner, PackConnector, PutToolPack,
    RegisteredUserId, RegisteredUserPatch, RevokeCredential, RowKey, Tenantry, ToolCall, ToolPackId,
    UpdateRegisteredUser,
};
use tenantry_benches::{CONNECTORS, World, connector, connectors_of, holds, organization, pack, race, slug};

/// Stands for the host's table.
#[derive(Default)]
struct Table {
    rows: BTreeMap<RowKey, (i64, Value<'static>)>,
    writes: i64,
}

impl Table {
    /// The rows of these users and of what they share, read off a snapshot.
    fn of(world: &Tenantry) -> Self {
        let snapshot: Value<'static> = world.snapshot().parse().unwrap();
        let mut table = Table::default();
        let mut put = |key: &[&str], row: &Value<'static>| {
            table.rows.insert(to_canonical(key).parse().unwrap(), (1, row.clone()));
        };
        let list = |name: &str| match snapshot.get(name) {
            Some(Value::Array(rows)) => rows.iter(),
            _ => panic!("no {name}"),
        };
        let id = |row: &Value<'static>, name: &str| row.get(name).and_then(Value::as_str).unwrap().to_owned();
        let organization = organization();
        let organization = organization.as_str();
        list("organizations").for_each(|row| put(&["organization", organization], row));
        for row in list("registered_users") {
            put(&["registered_user", &id(row, "registered_user_id")], row);
        }
        for row in list("tool_packs") {
            put(&["tool_pack", organization, &id(row, "tool_pack_id")], row);
        }
        for row in list("connectors") {
            put(&["connector", organization, &id(row, "connector")], row);
        }
        table
    }

    fn prepare(&self, missing: impl Fn(&Tenantry) -> Vec<RowKey>) -> Tenantry {
        let mut instance = Tenantry::with_options(Options { rows: true, ..Options::default() }).unwrap();
        loop {
            let keys = missing(&instance);
            if keys.is_empty() {
                return instance;
            }
            let find = |key: RowKey| {
                let found = self.rows.get(&key).cloned();
                let (revision, row) = found.map_or((0, None), |(revision, row)| (revision, Some(row)));
                LoadedRow { key, revision: revision.into(), row }
            };
            instance.load(&keys.into_iter().map(find).collect::<Vec<_>>()).unwrap();
        }
    }

    fn execute<C: CommandRequest>(&mut self, command: &C, context: &Context) {
        let mut instance = self.prepare(|instance| instance.requirements(command, context).unwrap());
        let outcome = instance.execute(command, context).unwrap();
        for guard in outcome.guards.into_iter().flatten() {
            let revision = self.rows.get(&guard.key).map_or(0, |(revision, _)| *revision);
            assert_eq!(guard.revision, revision.into());
        }
        for change in outcome.changes.into_iter().flatten() {
            self.writes += 1;
            match change.row {
                Some(row) => self.rows.insert(change.key, (self.writes, row)),
                None => self.rows.remove(&change.key),
            };
        }
    }
}

fn rename(id: RegisteredUserId, name: usize) -> UpdateRegisteredUser {
    let patch = RegisteredUserPatch::new().origin_user_name(Some(Label::new(format!("name {name}")).unwrap()));
    UpdateRegisteredUser::new(id, patch)
}

/// The calls of a world, typed: those that are allowed, and those whose user lacks the credential.
fn calls(world: &World) -> (Vec<ToolCall>, Vec<ToolCall>) {
    let read = |(user, pack, tool): &(String, String, String)| {
        let (pack, tool) = (ToolPackId::new(pack).unwrap(), FullToolName::parse(tool).unwrap());
        ToolCall::new(RegisteredUserId::from_text(user), pack, tool)
    };
    let context = Context { entropy: None, now: world.now, actor: tenantry_benches::actor() };
    let typed = world.calls(1_000);
    typed.iter().map(read).partition(|call| world.tenantry.authorize(call, &context).unwrap().is_allow())
}

fn questions(users: usize, each: usize) {
    let mut world = World::new(users, each);
    let context = world.context();
    let (allowed, denied) = calls(&world);
    let tenantry = &world.tenantry;
    let each_of = |calls: &[ToolCall], ask: &dyn Fn(&ToolCall)| {
        calls.iter().for_each(ask);
        calls.len()
    };
    let authorize = |call: &ToolCall| drop(black_box(tenantry.authorize(call, &context).unwrap()));
    let explain = |call: &ToolCall| drop(black_box(tenantry.explain(call, &context).unwrap()));
    race(
        &format!("why, {users} users × {each} credentials"),
        9,
        vec![
            ("floor: authorize", Box::new(|| each_of(&denied, &authorize))),
            ("explain an allow", Box::new(|| each_of(&allowed, &explain))),
            ("explain a denial, with its remedies", Box::new(|| each_of(&denied, &explain))),
        ],
    );
    const TIMES: usize = 20;
    let id = RegisteredUserId::from_text(&world.users[users / 2]);
    let held = (0..CONNECTORS).find(|index| holds(users / 2, *index, each)).unwrap();
    let revoke = RevokeCredential::new(Owner::Individual { registered_user_id: id }, slug(&connector(held)));
    // One pack loses all of its connectors but one: every user is looked at.
    let entry = connectors_of(0).next().unwrap();
    let entry =
        PackConnector { connector: slug(&connector(entry)), auth_scope: AuthScope::Individual, tool_names: None };
    let put = PutToolPack::new(ToolPackId::new(pack(0)).unwrap(), tenantry::Name::new("Pack").unwrap(), vec![entry]);
    let name = rename(id, 0);
    race(
        &format!("what if, {users} users × {each} credentials"),
        5,
        vec![
            (
                "floor: authorize",
                Box::new(|| {
                    (0..TIMES).for_each(|_| authorize(&allowed[0]));
                    TIMES
                }),
            ),
            (
                "preview update_registered_user",
                Box::new(|| {
                    (0..TIMES).for_each(|_| drop(black_box(tenantry.preview(&name, &context).unwrap())));
                    TIMES
                }),
            ),
            (
                "preview revoke_credential",
                Box::new(|| {
                    (0..TIMES).for_each(|_| drop(black_box(tenantry.preview(&revoke, &context).unwrap())));
                    TIMES
                }),
            ),
            (
                "preview put_tool_pack, of every user",
                Box::new(|| {
                    assert!(black_box(tenantry.preview(&put, &context).unwrap()).impact.total > 0);
                    1
                }),
            ),
        ],
    );
}

fn rows(users: usize, each: usize) {
    const TIMES: usize = 500;
    let mut world = World::new(users, each);
    let mut table = Table::of(&world.tenantry);
    let ids: Vec<RegisteredUserId> = world.users.iter().map(|id| RegisteredUserId::from_text(id)).collect();
    let context = world.context();
    let (allowed, _) = calls(&world);
    for call in &allowed {
        let instance = table.prepare(|instance| instance.call_requirements(call, &context).unwrap());
        assert!(instance.authorize(call, &context).unwrap().is_allow());
    }
    let named = std::cell::Cell::new(0);
    let next = |step: usize| {
        named.set(named.get() + 1);
        rename(ids[step * 7 % ids.len()], named.get())
    };
    race(
        &format!("one write on rows, {users} users × {each} credentials"),
        9,
        vec![
            (
                "floor: execute on the whole state",
                Box::new(|| {
                    (0..TIMES).for_each(|step| drop(world.tenantry.execute(&next(step), &context).unwrap()));
                    TIMES
                }),
            ),
            (
                "asked for, loaded, executed, taken over",
                Box::new(|| {
                    (0..TIMES).for_each(|step| table.execute(&next(step), &context));
                    TIMES
                }),
            ),
        ],
    );
    race(
        &format!("one decision on rows, {users} users × {each} credentials"),
        9,
        vec![(
            "asked for, loaded, decided",
            Box::new(|| {
                for call in &allowed {
                    let instance = table.prepare(|instance| instance.call_requirements(call, &context).unwrap());
                    let _ = black_box(instance.authorize(call, &context).unwrap());
                }
                allowed.len()
            }),
        )],
    );
}

fn main() {
    questions(10_000, 10);
    rows(10_000, 10);
}
