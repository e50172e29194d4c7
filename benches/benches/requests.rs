//! Writes by the typed API in worlds of two sizes, and the validation of a create body from text.

use std::hint::black_box;
use tenantry::json::Value;
use tenantry::{
    FullToolName, Label, Owner, RegisteredUserId, RegisteredUserPatch, RevokeCredential, StartToolCall, Tenantry,
    ToolCall, ToolPackId, UpdateRegisteredUser, wire,
};
use tenantry_benches::{CONNECTORS, World, connector, connectors_of, holds, pack, race, slug};

const VALID: &str = r#"{"command":"create_registered_user","origin_user_id":"user_a3f9b2","origin_user_name":"Alice Chen","origin_user_email":"alice@acme.example","shared_credential_group":{"origin_company_id":"company_acme","origin_company_name":"Acme Inc."}}"#;
const FAULTY: &str = r#"{"command":"create_registered_user","origin_user_id":42,"origin_user_name":"Alice Chen","origin_user_email":"alice at acme","shared_credential_group":{"origin_company_id":"company_acme","origin_company_name":"Acme Inc."}}"#;

/// The same body as a struct that only serde looks at.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Body<'t> {
    command: &'t str,
    origin_user_id: &'t str,
    origin_user_name: Option<&'t str>,
    origin_user_email: Option<&'t str>,
    shared_credential_group: Option<Group<'t>>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Group<'t> {
    origin_company_id: Option<&'t str>,
    origin_company_name: Option<&'t str>,
}

fn validation() {
    const TIMES: usize = 20_000;
    let validate = |text: &str| wire::validate(text, &Value::Null).unwrap().len();
    assert_eq!((validate(VALID), validate(FAULTY)), (0, 2));
    race(
        "a create body from text",
        21,
        vec![
            (
                "floor: serde, a typed parse alone",
                Box::new(|| {
                    for _ in 0..TIMES {
                        let body: Body<'_> = serde_json::from_str(black_box(VALID)).unwrap();
                        let group = body.shared_credential_group.as_ref();
                        black_box((body.command, body.origin_user_id, body.origin_user_name, body.origin_user_email));
                        black_box(group.map(|group| (group.origin_company_id, group.origin_company_name)));
                    }
                    TIMES
                }),
            ),
            (
                "validate, valid",
                Box::new(|| {
                    (0..TIMES).for_each(|_| assert_eq!(validate(black_box(VALID)), 0));
                    TIMES
                }),
            ),
            (
                "validate, two faults, both listed",
                Box::new(|| {
                    (0..TIMES).for_each(|_| assert_eq!(validate(black_box(FAULTY)), 2));
                    TIMES
                }),
            ),
        ],
    );
}

/// One write after the other on ever other users; what it costs must not depend on the world.
fn writes(users: usize, each: usize) {
    const TIMES: usize = 2_000;
    let mut world = World::new(users, each);
    let ids: Vec<RegisteredUserId> = world.users.iter().map(|id| RegisteredUserId::from_text(id)).collect();
    let contexts: Vec<_> = (0..TIMES).map(|_| world.context()).collect();
    let mut name = 0;
    let update = |tenantry: &mut Tenantry| {
        name += 1;
        for (step, context) in contexts.iter().enumerate() {
            let patch = RegisteredUserPatch::new().origin_user_name(Some(Label::new(format!("name {name}")).unwrap()));
            let registered_user_id = ids[step * 7 % ids.len()];
            let command = UpdateRegisteredUser::new(registered_user_id, patch);
            let _ = black_box(tenantry.execute(&command, context).unwrap());
        }
    };
    let mut connector_index = 0;
    let revoke = |tenantry: &mut Tenantry| {
        let mut done = 0;
        for (step, context) in contexts.iter().enumerate() {
            let user = (step * 7 + 3) % ids.len();
            let held = (0..CONNECTORS).filter(|index| holds(user, *index, each)).nth(connector_index % each);
            let owner = Owner::Individual { registered_user_id: ids[user] };
            let command = RevokeCredential::new(owner, slug(&connector(held.unwrap())));
            done += usize::from(tenantry.execute(&command, context).is_ok());
        }
        connector_index += 1;
        done.max(1)
    };
    let start = |tenantry: &mut Tenantry| {
        for (step, context) in contexts.iter().enumerate() {
            let pack_index = step % 50;
            let entry = connectors_of(pack_index).next().unwrap();
            let call = ToolCall::new(
                ids[(step * 7 + 5) % ids.len()],
                ToolPackId::new(pack(pack_index)).unwrap(),
                FullToolName::parse(&format!("{}__tool_0", connector(entry))).unwrap(),
            );
            let _ = black_box(tenantry.execute(&StartToolCall::new(call), context));
        }
    };
    // One contestant at a time borrows the world: they take turns through a cell.
    let cell = std::cell::RefCell::new(&mut world.tenantry);
    let (mut update, mut revoke) = (update, revoke);
    race(
        &format!("one write, {users} users × {each} credentials"),
        each.min(9),
        vec![
            (
                "execute update_registered_user",
                Box::new(|| {
                    update(&mut cell.borrow_mut());
                    TIMES
                }),
            ),
            ("execute revoke_credential", Box::new(|| revoke(&mut cell.borrow_mut()))),
            (
                "execute start_tool_call",
                Box::new(|| {
                    start(&mut cell.borrow_mut());
                    TIMES
                }),
            ),
        ],
    );
}

fn main() {
    validation();
    writes(10_000, 10);
    if std::env::args().all(|argument| argument != "--small") {
        writes(200_000, 10);
    }
}
