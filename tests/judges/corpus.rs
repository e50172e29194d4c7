//! P-6: what `make fuzz` runs under libFuzzer, on stable: every target over its seeds in the tree, and changes of them.

use std::fs;
use std::path::Path;
use tenantry_tests::report::report;
use tenantry_tests::steps::Random;
use tenantry_tests::targets::TARGETS;

const SEEDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../fuzz/seeds");
const TOML: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../fuzz/Cargo.toml");

/// Changes of each seed.
const CHANGES: usize = 40;

#[test]
fn p_6_every_target_bears_its_seeds_and_changes_of_them() {
    let toml = fs::read_to_string(TOML).unwrap();
    let mut cases = 0;
    for (name, target) in TARGETS {
        assert!(toml.contains(&format!("[[bin]]\nname = \"{name}\"\n")), "fuzz/Cargo.toml has no `{name}`");
        let mut seeds: Vec<_> =
            fs::read_dir(Path::new(SEEDS).join(name)).unwrap().map(|file| file.unwrap().path()).collect();
        seeds.sort();
        assert!(!seeds.is_empty(), "no seeds for `{name}`");
        let mut random = Random::new(20_260_131);
        for seed in seeds {
            let seed = fs::read(seed).unwrap();
            target(&seed);
            for _ in 0..CHANGES {
                target(&changed(&mut random, &seed));
            }
            cases += 1 + CHANGES;
        }
    }
    assert_eq!(toml.matches("[[bin]]").count(), TARGETS.len());
    report("fuzz targets over their seeds, on stable", cases, 0, "none");
}

/// The bytes with a few of them left out, doubled or changed.
fn changed(random: &mut Random, seed: &[u8]) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=random.below(3) {
        let at = usize::try_from(random.below(bytes.len().max(1) as u64)).unwrap();
        let to = (at + usize::try_from(random.below(16)).unwrap()).min(bytes.len());
        match random.below(4) {
            0 => drop(bytes.drain(at..to)),
            1 => bytes.extend_from_within(at..to),
            2 => bytes.truncate(to),
            _ => bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1 << random.below(8)),
        }
    }
    bytes
}
