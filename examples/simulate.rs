//! Runs scenarios and tells what happened: `cargo run -q --example simulate -- FILE…`.
//!
//! It prints a story for each file or, with `--json`, its transcript: a line of canonical JSON each. The
//! exit status is 1 where a step did not do what was expected of it, 2 where a file is not a scenario.

use std::io::Write;
use std::process::ExitCode;
use std::{env, fs, io};

use tenantry::json::parse_document;
use tenantry::{Rejection, Transcript, simulate};

const USAGE: &str = "usage: simulate [--json] FILE…";

fn main() -> ExitCode {
    let (options, files): (Vec<String>, Vec<String>) = env::args().skip(1).partition(|arg| arg.starts_with('-'));
    if files.is_empty() || options.iter().any(|option| option != "--json") {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    }
    let mut status = 0;
    for (index, file) in files.iter().enumerate() {
        status = status.max(match run(file) {
            Ok(transcript) => {
                let told = if options.is_empty() {
                    // Stories of several files are told apart by an empty line.
                    format!("{}{}", if index > 0 { "\n" } else { "" }, transcript.story())
                } else {
                    format!("{}\n", transcript.as_json())
                };
                // A reader that has seen enough, such as `head`, is no failure.
                let _ = io::stdout().write_all(told.as_bytes());
                u8::from(transcript.summary().failed > 0)
            }
            Err(faults) => {
                for fault in faults {
                    eprintln!("{file}: {fault}");
                }
                2
            }
        });
    }
    ExitCode::from(status)
}

/// What is wrong with a file: each fault with its place in it.
fn run(file: &str) -> Result<Transcript, Vec<String>> {
    let text = fs::read_to_string(file).map_err(|error| vec![error.to_string()])?;
    let scenario = parse_document(&text).map_err(|fault| faults(&fault.into()))?;
    simulate(&scenario).map_err(|rejection| faults(&rejection))
}

fn faults(rejection: &Rejection) -> Vec<String> {
    let told = rejection.violations.iter().map(|violation| match violation.pointer.as_str() {
        "" => violation.message.clone(),
        pointer => format!("{pointer}: {}", violation.message),
    });
    told.collect()
}
