//! The suites of others, read from a folder outside the tree.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::PathBuf;
use tenantry_tests::report::report;

/// A file of the folder that `TENANTRY_SUITES` names, or of `shared/suites` beside the checkout. Without one the judge
/// has not run, which is reported.
///
/// A folder that is named must have the file.
pub fn read(judge: &str, file: &str) -> Option<String> {
    if let Some(folder) = env::var_os("TENANTRY_SUITES") {
        return Some(fs::read_to_string(PathBuf::from(folder).join(file)).unwrap());
    }
    let beside = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/suites"));
    let text = fs::read_to_string(beside.join(file)).ok();
    if text.is_none() {
        report(judge, 0, 0, &format!("DID NOT RUN: no shared/suites/{file} beside the checkout, no TENANTRY_SUITES"));
    }
    text
}

/// Differences, each with its reason.
pub type Reasons = BTreeMap<String, &'static str>;

/// A table of differences: a reason, and the cases that it explains.
pub fn reasons(table: &[(&'static str, &[&str])]) -> Reasons {
    table.iter().flat_map(|(reason, cases)| cases.iter().map(|case| ((*case).to_owned(), *reason))).collect()
}

/// Compares the differences that were found with those that are known, and reports them.
#[track_caller]
pub fn judge(judge: &str, cases: usize, found: &[String], known: &Reasons) {
    let mut found = found.to_vec();
    found.sort();
    let listed: Vec<String> = known.keys().cloned().collect();
    assert_eq!(found, listed, "{judge}: what differs, and what the table of reasons says");
    let mut why: Vec<&str> = known.values().copied().collect();
    why.sort_unstable();
    why.dedup();
    let why = if why.is_empty() { "none".to_owned() } else { why.join("; ") };
    report(judge, cases, found.len(), &why);
}
