//! Runs scenarios and tells what happened: `cargo run -q --example simulate -- FILE…`.
//!
//! It prints a story for each file or, with `--json`, its transcript: a line of canonical JSON each. The
//! exit status is 1 where a step did not do what was expected of it, 2 where a file is not a scenario.

use std::io::Write;
use std::process::ExitCode;
use std::{env, fs, io};

use tenantry::json::parse_document;
use tenantry::{Rejection, Transcript, simulate};

const USAGE: &str = "\
usage: simulate [--json] FILE…
       simulate --help | --version";

const HELP: &str = "\
simulate runs scenarios and tells what happened; with --json it prints their transcripts, a line each.

exit status: 0; 1 where a step did not do what was expected of it; 2 where a file is not a scenario, or the usage is wrong";

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    if args == ["help"] || args.iter().any(|arg| arg == "--help" || arg == "-h") {
        println!("{USAGE}\n\n{HELP}");
        return ExitCode::SUCCESS;
    }
    if args == ["--version"] {
        println!("{}", env!("CARGO_PKG_VERSION"));
        return ExitCode::SUCCESS;
    }
    let (options, files): (Vec<String>, Vec<String>) = args.into_iter().partition(|arg| arg.starts_with('-'));
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
                    eprintln!("{}", visible(&format!("{file}: {fault}")));
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

/// A file says nothing to the terminal: what would move the cursor or reorder the line is escaped, as stories do it.
fn visible(text: &str) -> String {
    let unseen = |character: char| {
        let mark = matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}');
        let direction = matches!(character, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        character.is_control() || mark || direction
    };
    let mut out = String::new();
    for character in text.chars() {
        if unseen(character) { out.extend(character.escape_unicode()) } else { out.push(character) }
    }
    out
}
