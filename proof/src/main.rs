//! The part of `make prove` that is written in Rust: each judge reports a row (`tenantry_tests::report`). `table` prints the rows
//! of all judges, whatever language they are in; `world NAME STEPS` explores one world alone.
#![expect(clippy::indexing_slicing, reason = "a row that lacks a member shows as one that lacks it")]

use serde_json::Value;
use std::process::ExitCode;
use std::time::Instant;
use tenantry_proof::interference::{self, KINDS};
use tenantry_proof::model::{Explored, explore};
use tenantry_proof::mutants::MUTANTS;
use tenantry_proof::reached::{NEVER, Reached};
use tenantry_proof::{world, worlds};
use tenantry_tests::report::report;

/// What a judge found: how many cases, what differs, and what is left out for which reason.
type Verdict = (usize, Vec<String>, String);

/// A judge, by what it is called in the table.
type Judge = (&'static str, fn() -> Verdict);

/// Every judge of this crate.
const JUDGES: [Judge; 3] = [
    ("answers do not depend on what is out of reach", interference),
    ("every state of small worlds (stateright)", models),
    ("broken rules are found (stateright)", mutants),
];

/// Every state of every world, as deep as time allows.
fn models() -> Verdict {
    let (mut cases, mut wrong, mut reached) = (0, Vec::new(), Reached::default());
    for world in worlds::all() {
        let (steps, states) = world.deep;
        let explored = print_summary(explore(world, steps, None));
        cases += explored.transitions;
        if explored.states != states {
            wrong.push(format!("{}: {} states instead of {states}", explored.world, explored.states));
        }
        reached.add(&explored.reached);
        wrong.extend(explored.broken);
    }
    wrong.extend(reached.wrong().into_iter().map(|what| format!("never reached: {what}")));
    let never: Vec<&str> = NEVER.iter().map(|(what, _)| *what).collect();
    (cases, wrong, format!("no world can reach {}", never.join(", ")))
}

/// Every mutant is found.
fn mutants() -> Verdict {
    let mut wrong = Vec::new();
    for mutant in &MUTANTS {
        let world = world(mutant.world);
        let steps = world.quick.0;
        let explored = explore(world, steps, Some(mutant));
        match explored.counterexamples.iter().find(|(invariant, _)| *invariant == mutant.breaks) {
            Some((invariant, moves)) => println!("{invariant:5} {}: {}", mutant.name, moves.join(", ")),
            None => wrong.push(format!("not found: {} ({})", mutant.name, mutant.breaks)),
        }
    }
    (MUTANTS.len(), wrong, "each breaks one invariant".to_owned())
}

/// Every kind of actor, over many pairs of worlds.
fn interference() -> Verdict {
    let (mut cases, mut wrong) = (0, Vec::new());
    for (kind, (name, foreign)) in KINDS.iter().enumerate() {
        match interference::cases(kind, foreign, 400) {
            Ok((compared, accepted)) => {
                println!("{name}: {compared} answers, {accepted} of them no rejections");
                cases += compared;
            }
            Err(differ) => wrong.push(differ),
        }
    }
    let reason = "strangers keep names of their own (P-2's exceptions), and what the organization or a company shares";
    (cases, wrong, reason.to_owned())
}

fn print_summary(explored: Explored) -> Explored {
    let Explored { world, steps, states, transitions, .. } = &explored;
    let whole = if explored.whole { ", all that there are" } else { "" };
    println!("{world}: {steps} steps, {states} states{whole}, {transitions} transitions");
    explored
}

/// One world, and what was found in it.
fn alone(name: &str, steps: usize) -> ExitCode {
    let begun = Instant::now();
    let explored = print_summary(explore(world(name), steps, None));
    explored.reached.0.iter().for_each(|(what, steps)| println!("{what}: {steps}"));
    explored.broken.iter().for_each(|wrong| println!("{wrong}"));
    explored.counterexamples.iter().for_each(|(invariant, moves)| println!("{invariant}: {}", moves.join(", ")));
    println!("{:.1?}", begun.elapsed());
    if explored.broken.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The rows that all judges have reported.
fn table(rows: &str) {
    println!("{:50} {:>8} {:>7}  reason", "judge", "cases", "differ");
    for row in rows.lines().map(|line| serde_json::from_str::<Value>(line).unwrap_or_default()) {
        let text = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
        let count = |name: &str| row[name].to_string();
        println!("{:50} {:>8} {:>7}  {}", text("judge"), count("cases"), count("differences"), text("reason"));
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["world", name, steps] => alone(name, steps.parse().unwrap_or_default()),
        ["table", file] => {
            table(&std::fs::read_to_string(file).unwrap_or_default());
            ExitCode::SUCCESS
        }
        _ => {
            let mut failed = false;
            for (name, judge) in JUDGES {
                let (cases, wrong, reason) = judge();
                report(name, cases, wrong.len(), &reason);
                wrong.iter().for_each(|wrong| println!("{wrong}"));
                failed |= !wrong.is_empty();
            }
            if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
        }
    }
}
