//! Snapshots out and in, beside a plain typed parse of the same bytes; journals asked and folded.

use std::hint::black_box;
use tenantry::json::parse_document;
use tenantry::{Event, Options, Page, ReadJournal, RegisteredUserId, Tenantry};
use tenantry_benches::plain::Snapshot;
use tenantry_benches::{World, race};

fn snapshots(world: &Tenantry) {
    let text = world.snapshot();
    println!("a snapshot of {} bytes", text.len());
    race(
        "10,000 users with 10 credentials each, one whole world an operation",
        7,
        vec![
            (
                "floor: serde, a plain typed parse",
                Box::new(|| {
                    black_box(Snapshot::parse(black_box(&text)).weight());
                    1
                }),
            ),
            (
                "parse_document, a value alone",
                Box::new(|| {
                    black_box(parse_document(black_box(&text)).unwrap());
                    1
                }),
            ),
            (
                "restore from text",
                Box::new(|| {
                    black_box(Tenantry::restore(black_box(&text), Options::default()).unwrap());
                    1
                }),
            ),
            (
                "snapshot",
                Box::new(|| {
                    black_box(black_box(world).snapshot());
                    1
                }),
            ),
        ],
    );
}

fn journals() {
    let options = Options { journal: true, ..Options::default() };
    let mut world = World::with_options(2_000, 10, options);
    let events: Vec<Event> = world.tenantry.journal().cloned().collect();
    let context = world.context();
    let user = RegisteredUserId::from_text(&world.users[1_000]);
    let first = |query: &ReadJournal| world.tenantry.query(query, &context).unwrap();
    let of_user = ReadJournal::new().registered_user_id(user);
    let late = ReadJournal::new()
        .page(Page { after: first(&ReadJournal::new().page(Page { limit: 200, after: None })).next, limit: 50 });
    println!("a journal of {} events", events.len());
    let ask = |query: &ReadJournal| {
        for _ in 0..200 {
            black_box(first(black_box(query)).items.len());
        }
        200
    };
    race(
        "a page of 50 events",
        11,
        vec![("the second of all", Box::new(|| ask(&late))), ("of one user", Box::new(|| ask(&of_user)))],
    );
    race(
        "the whole journal folded, an event an operation",
        5,
        vec![(
            "fold",
            Box::new(|| {
                black_box(Tenantry::fold(black_box(&events), Options::default()).unwrap());
                events.len()
            }),
        )],
    );
}

fn main() {
    snapshots(&World::new(10_000, 10).tenantry);
    journals();
}
