//! Writes the steps that all languages take: `cargo run --example steps FILE [COUNT] [SEED]`. What they cover is printed; where they are many
//! and something is not covered, that is a failure.
#![expect(clippy::unwrap_used, reason = "a tool of the tests")]

use std::{env, fs};
use tenantry_tests::steps::{UNSEEN, steps};

/// From so many on, everything must have come up.
const MANY: usize = 5_000;

fn main() {
    let mut arguments = env::args().skip(1);
    let file = arguments.next().unwrap();
    let count = arguments.next().map_or(6_000, |count| count.parse().unwrap());
    let seed = arguments.next().map_or(20_260_131, |seed| seed.parse().unwrap());
    let (lines, coverage) = steps(seed, count);
    println!("steps: {count} of seed {seed}\n{coverage}");
    let unseen: Vec<String> = UNSEEN.iter().map(|(code, _)| (*code).to_owned()).collect();
    let lacks = coverage.lacks();
    println!("  not seen: {lacks:?}");
    fs::write(&file, lines.join("\n") + "\n").unwrap();
    if count >= MANY {
        assert_eq!(lacks, [vec![], unseen, vec![]], "what no step came to");
    }
}
