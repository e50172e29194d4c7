//! What judges say, a row each: `make prove` prints all rows, from every language, as one table.

use std::fs::OpenOptions;
use std::io::{Write, stderr};

/// Reports a judge's verdict: how many cases it judged, how many of them differ from the core, and why. What differs is
/// asserted by the caller.
///
/// The row goes to the standard error, past the test runner, and is appended to the file that `PROOF_REPORT` names.
pub fn report(judge: &str, cases: usize, differences: usize, reason: &str) {
    let _ = writeln!(stderr(), "judge: {judge}: {cases} cases, {differences} differ: {reason}");
    if let Some(file) = std::env::var_os("PROOF_REPORT") {
        let row = serde_json::json!({"judge": judge, "cases": cases, "differences": differences, "reason": reason});
        let mut file = OpenOptions::new().create(true).append(true).open(file).unwrap();
        file.write_all(format!("{row}\n").as_bytes()).unwrap();
    }
}
