//! Restores a snapshot and writes it again: `cargo run -q --example roundtrip < snapshot > again`.
//!
//! The same state gives the same bytes in every language, so what comes out is what went in; the packages'
//! tests hold their own snapshots against it. The exit status is 2, and the rejection stands on stderr
//! as a line of JSON, where the input is no snapshot of a whole and consistent state.

use std::io::{self, Read, Write};
use std::process::ExitCode;

use tenantry::json::{Malformed, to_canonical};
use tenantry::{Options, Rejection, Tenantry};

fn main() -> io::Result<ExitCode> {
    let mut snapshot = Vec::new();
    io::stdin().read_to_end(&mut snapshot)?;
    match again(&snapshot) {
        Ok(again) => {
            io::stdout().write_all(again.as_bytes())?;
            Ok(ExitCode::SUCCESS)
        }
        Err(rejection) => {
            eprintln!("{}", to_canonical(&rejection));
            Ok(ExitCode::from(2))
        }
    }
}

fn again(snapshot: &[u8]) -> Result<String, Rejection> {
    let text = str::from_utf8(snapshot)
        .map_err(|_| Rejection::invalid_snapshot(Malformed::new("", "not well-formed UTF-8")))?;
    Ok(Tenantry::restore(text, Options::default())?.snapshot())
}
