//! Property tests that are the same each time, and that show what they have covered.

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use std::collections::BTreeMap;

/// How often what was seen.
#[derive(Default)]
pub(crate) struct Coverage(BTreeMap<String, usize>);

impl Coverage {
    pub(crate) fn see(&mut self, what: &str) {
        *self.0.entry(what.to_owned()).or_default() += 1;
    }

    /// Takes over what was seen elsewhere.
    pub(crate) fn add(&mut self, other: Coverage) {
        for (what, count) in other.0 {
            *self.0.entry(what).or_default() += count;
        }
    }

    pub(crate) fn count(&self, what: &str) -> usize {
        self.0.get(what).copied().unwrap_or_default()
    }

    /// Prints everything, and asserts that all of these were seen.
    #[track_caller]
    pub(crate) fn covers(&self, wanted: &[&str]) {
        for (what, count) in &self.0 {
            println!("{count:7} {what}");
        }
        let missing: Vec<_> = wanted.iter().filter(|what| self.count(what) == 0).collect();
        assert!(missing.is_empty(), "the cases never came to {missing:?}");
    }
}

/// Runs a property on this many cases, always the same ones.
#[track_caller]
pub(crate) fn runs<S: Strategy>(cases: u32, strategy: &S, test: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    if let Err(failure) = TestRunner::new_with_rng(config, rng).run(strategy, test) {
        panic!("{failure}");
    }
}
