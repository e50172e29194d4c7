//! The share of the proof that `make test` runs, and its page.
#![expect(clippy::panic, reason = "a test that panics has failed, which is its purpose")]

use tenantry_proof::model::{Explored, explore};
use tenantry_proof::mutants::MUTANTS;
use tenantry_proof::reached::{NEVER, Reached};
use tenantry_proof::worlds::{self, World};
use tenantry_proof::{invariants, world};

const PAGE: &str = include_str!("../../docs/proof.md");

/// Every world, on two cores.
fn quick() -> Vec<Explored> {
    let mut worlds = worlds::all();
    let other = worlds.split_off(worlds.len() / 2);
    let go = |worlds: Vec<World>| -> Vec<Explored> {
        let explored = |world: World| {
            let steps = world.quick.0;
            explore(world, steps, None)
        };
        worlds.into_iter().map(explored).collect()
    };
    std::thread::scope(|scope| {
        let threads = [worlds, other].map(|half| scope.spawn(move || go(half)));
        threads.into_iter().flat_map(|thread| thread.join().unwrap_or_else(|_| panic!("a world broke off"))).collect()
    })
}

#[test]
fn i_1_to_11_hold_in_every_state_of_every_small_world() {
    let (mut reached, mut wrong) = (Reached::default(), Vec::new());
    for explored in quick() {
        let Explored { world: name, steps, states, transitions, .. } = explored;
        println!("{name}: {steps} steps, {states} states, {transitions} transitions");
        let expected = world(name).quick.1;
        if states != expected {
            wrong.push(format!("{name}: {states} states instead of {expected}"));
        }
        reached.add(&explored.reached);
        wrong.extend(explored.broken);
    }
    reached.0.iter().for_each(|(what, steps)| println!("{what}: {steps}"));
    wrong.extend(reached.wrong().into_iter().map(|what| format!("never reached: {what}")));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_invariant_finds_the_rule_that_is_broken_for_it() {
    for mutant in &MUTANTS {
        let world = world(mutant.world);
        let steps = world.quick.0;
        let explored = explore(world, steps, Some(mutant));
        let found = explored.counterexamples.iter().find(|(invariant, _)| *invariant == mutant.breaks);
        let Some((_, moves)) = found else { panic!("not found: {}: {:?}", mutant.name, explored.broken) };
        println!("{}: {}: {}", mutant.breaks, mutant.name, moves.join(", "));
    }
    // One for each invariant, in their order; P-3 is seen by all of them.
    let broken = MUTANTS.iter().map(|mutant| mutant.breaks);
    assert!(broken.eq(invariants::INVARIANTS.iter().map(|(name, _)| *name).filter(|name| *name != "P-3")));
}

/// What the page says of worlds, mutants and what is never reached is what is here.
#[test]
fn the_page_says_what_is_proved() {
    let worlds = worlds::all().into_iter().map(|world| {
        let World { name, about, quick, deep, .. } = world;
        format!("| {name} | {about} | {} | {} | {} | {} |", quick.0, quick.1, deep.0, deep.1)
    });
    let mutants = MUTANTS.iter().map(|mutant| format!("| {} | {} | {} |", mutant.breaks, mutant.name, mutant.world));
    let never = NEVER.iter().map(|(what, why)| format!("- `{}`: {why}.", what.trim_start_matches("code ")));
    let missing: Vec<String> =
        worlds.chain(mutants).chain(never).filter(|line| !PAGE.lines().any(|it| it == line)).collect();
    assert!(missing.is_empty(), "docs/proof.md lacks:\n{}", missing.join("\n"));
}
