//! `execute` in two halves, and events from another instance: the same state by every way (P-3, E-5).

use crate::runs::runs;
use proptest::collection::vec;
use proptest::prelude::any;
use proptest::prop_assert_eq;
use std::time::Duration;
use tenantry::{Actor, Command, Context, CreateOrganization, Entropy, Error, Name, Options, Policy, Tenantry};
use tenantry_tests::random::{Roll, peopled};

fn context(number: u64) -> Context {
    let actor = Actor::System { organization_id: None, environment: None };
    Context { now: "2026-01-31T10:00:00Z".parse().unwrap(), actor, entropy: Some(Entropy::seeded(number)) }
}

fn organization(name: &str) -> CreateOrganization {
    CreateOrganization::new(Name::new(name).unwrap())
}

fn usage<T: std::fmt::Debug>(answer: Result<T, Error>) -> String {
    match answer.unwrap_err() {
        Error::Usage(mistake) => mistake.message().to_owned(),
        Error::Rejected(rejection) => panic!("the caller is to blame: {rejection}"),
    }
}

#[test]
fn p_3_decided_and_committed_is_executed_and_a_replica_that_applies_the_events_stands_where_it_does() {
    runs(30, &vec(any::<Roll>(), 5..40), |rolls| {
        let (mut world, known) = peopled();
        let start = world.state();
        let restored = || Tenantry::restore(&start, Options { journal: true, ..Options::default() }).unwrap();
        let (mut executed, mut decided, mut replica) = (restored(), restored(), restored());
        for roll in rolls {
            if roll[5] >= 224 {
                world.advance(Duration::from_secs(u64::from(roll[6]) * 6 * 3600));
            }
            let (actor, now) = (known.actor(roll, &world.now()), world.now());
            let given = (world.context(actor).to_string(), known.command(roll, &now).to_string());
            let Ok(context) = Context::from_json(given.0.as_str()) else { continue };
            let Ok(command) = Command::from_json(given.1.as_str(), &Policy::new()) else { continue };
            let before = decided.snapshot();
            let outcome = executed.execute(&command, &context);
            let first = decided.decide(&command, &context);
            prop_assert_eq!(&before, &decided.snapshot(), "nothing changes before the commit");
            match (outcome, first) {
                (Ok(outcome), Ok(first)) => {
                    prop_assert_eq!(first.events(), &outcome.events);
                    prop_assert_eq!(first.effects(), &outcome.effects);
                    replica.apply(first.events()).unwrap();
                    prop_assert_eq!(decided.commit(first).unwrap(), outcome);
                }
                (outcome, first) => prop_assert_eq!(outcome.unwrap_err(), first.unwrap_err()),
            }
            prop_assert_eq!(&executed.snapshot(), &decided.snapshot());
            prop_assert_eq!(&executed.snapshot(), &replica.snapshot());
        }
        prop_assert_eq!(executed.journal().collect::<Vec<_>>(), decided.journal().collect::<Vec<_>>());
        Ok(())
    });
}

#[test]
fn p_3_what_was_decided_on_an_earlier_state_is_not_committed() {
    let mut world = Tenantry::new();
    let (first, second) = (
        world.decide(&organization("Acme"), &context(1)).unwrap(),
        world.decide(&organization("Acme"), &context(2)).unwrap(),
    );
    let _ = world.commit(first).unwrap();
    let before = world.snapshot();
    let refused = usage(world.commit(second).map_err(Error::from));
    assert_eq!(refused, "the state has changed since the command was decided: decide it again");
    assert_eq!(world.snapshot(), before);
}

#[test]
fn e_5_a_replica_refuses_a_gap_and_has_changed_nothing() {
    let mut world = Tenantry::new();
    let mut replica = world.clone();
    let first = world.execute(&organization("Acme"), &context(1)).unwrap().events;
    replica.apply(&first).unwrap();
    let before = replica.snapshot();
    let again = replica.apply(&first).unwrap_err();
    assert_eq!((again.code().as_str(), again.recorded().pointer.as_deref()), ("invalid_snapshot", Some("/0/event")));
    assert_eq!(replica.snapshot(), before);
}

#[test]
fn p_3_an_instance_on_rows_has_no_halves() {
    let mut rows = Tenantry::with_options(Options { rows: true, ..Options::default() }).unwrap();
    let said = "an instance in row mode keeps no state between commands: use `execute`";
    assert_eq!(usage(rows.decide(&organization("Acme"), &context(1))), said);
    assert_eq!(usage(rows.apply(&[])), said);
}

#[test]
fn p_3_entropy_by_number_comes_again_and_differs_from_number_to_number() {
    assert_eq!(Entropy::seeded(7), Entropy::seeded(7));
    assert_ne!(Entropy::seeded(7), Entropy::seeded(8));
    let mut world = Tenantry::new();
    for number in 0..20 {
        let _ = world.execute(&organization("Acme"), &context(number)).unwrap();
    }
    assert!(world.execute(&organization("Acme"), &context(19)).is_err(), "the same entropy again mints the same id");
}
