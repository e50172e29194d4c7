//! `tenantry simulate`: runs scenarios, once or again and again.

use std::path::{Path, PathBuf};

use clap::Args;
use tenantry::{Transcript, simulate};

use crate::console::{BAD, Console, Failure, GOOD, PLAIN, TITLE, named, why};
use crate::{file, junit};

/// How often `--watch` looks whether a file has changed.
const PAUSE_MILLIS: u64 = 300;

/// Run scenarios, and print what happened
#[derive(Args, Debug)]
#[command(after_help = "Example: tenantry simulate onboarding.scenario.json")]
pub(crate) struct Simulate {
    /// Scenarios; `-` is the standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Print transcripts instead of stories, a line of canonical JSON each
    #[arg(long)]
    json: bool,
    /// Run them again whenever a file changes, until interrupted
    #[arg(long)]
    watch: bool,
    /// Write what passed and failed to a file, too, in JUnit's XML
    #[arg(long, value_name = "REPORT")]
    junit: Option<PathBuf>,
}

impl Simulate {
    pub(crate) fn run(&self, console: &mut Console<'_>) -> Result<u8, Failure> {
        if !self.watch {
            return self.all(console);
        }
        if self.files.iter().any(|file| file::is_input(file)) {
            return Err(Failure::impossible("the standard input cannot be watched"));
        }
        loop {
            let seen = self.stamps(console);
            let status = self.all(console)?;
            while self.stamps(console) == seen {
                if console.host.sleep(PAUSE_MILLIS).is_err() {
                    return Ok(status);
                }
            }
            console.clear()?;
        }
    }

    fn stamps(&self, console: &mut Console<'_>) -> Vec<Option<u64>> {
        self.files.iter().map(|file| console.host.modified(file)).collect()
    }

    /// Runs all files, also after one that is no scenario.
    fn all(&self, console: &mut Console<'_>) -> Result<u8, Failure> {
        let mut status = 0;
        let (mut suites, mut printed) = (Vec::new(), false);
        for file in &self.files {
            let ran = run(console, file);
            status = status.max(match &ran {
                Ok(transcript) => {
                    self.print(console, printed, transcript)?;
                    printed = true;
                    u8::from(transcript.summary().failed > 0)
                }
                Err(failure) => console.fail(failure),
            });
            suites.push(junit::suite(file, &ran));
        }
        if let Some(report) = &self.junit {
            let written = console.host.write(report, junit::report(&suites).as_bytes());
            written.map_err(|error| Failure::impossible(named(report, &why(&error))))?;
        }
        Ok(status)
    }

    /// Prints what happened; stories are kept apart by an empty line.
    fn print(&self, console: &mut Console<'_>, again: bool, transcript: &Transcript) -> Result<(), Failure> {
        if self.json {
            return console.raw(&format!("{}\n", transcript.as_json()));
        }
        if again {
            console.line(&[])?;
        }
        print(console, &transcript.story())
    }
}

fn run(console: &mut Console<'_>, file: &Path) -> Result<Transcript, Failure> {
    let scenario = file::json(console, file)?;
    simulate(&scenario).map_err(|rejection| file::invalid(file, &rejection))
}

/// Prints a story: steps that failed stand out, and why.
fn print(console: &mut Console<'_>, story: &str) -> Result<(), Failure> {
    for (index, line) in story.lines().enumerate() {
        match line.strip_prefix('✓') {
            Some(rest) => console.line(&[(GOOD, "✓"), (PLAIN, rest)])?,
            None if line.starts_with(['✗', ' ']) => console.line(&[(BAD, line)])?,
            None => console.line(&[(if index == 0 { TITLE } else { PLAIN }, line)])?,
        }
    }
    Ok(())
}
