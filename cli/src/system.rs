//! The host of a program of its own, by the standard library.

use std::io::{self, IsTerminal, Read, Write};
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use std::{env, fs, thread};

use crate::Host;

/// The system's files, streams, time and randomness.
#[derive(Clone, Copy, Debug, Default)]
pub struct System;

impl Host for System {
    fn read(&mut self, file: &Path) -> io::Result<Vec<u8>> {
        fs::read(file)
    }

    fn read_input(&mut self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        io::stdin().read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn write(&mut self, file: &Path, content: &[u8]) -> io::Result<()> {
        fs::write(file, content)
    }

    fn out(&mut self, text: &str) -> io::Result<()> {
        let mut out = io::stdout().lock();
        out.write_all(text.as_bytes())?;
        out.flush()
    }

    fn err(&mut self, text: &str) {
        // Nobody is left to hear that it failed.
        let _ = io::stderr().write_all(text.as_bytes());
    }

    fn is_terminal(&self) -> bool {
        io::stdout().is_terminal()
    }

    fn variable(&self, name: &str) -> Option<String> {
        env::var(name).ok()
    }

    fn now(&self) -> i64 {
        i64::try_from(since_1970(SystemTime::now()).as_millis()).unwrap_or(i64::MAX)
    }

    fn entropy(&mut self, bytes: &mut [u8]) -> io::Result<()> {
        Ok(getrandom::fill(bytes)?)
    }

    fn sleep(&mut self, millis: u64) -> io::Result<()> {
        thread::sleep(Duration::from_millis(millis));
        Ok(())
    }

    fn modified(&mut self, file: &Path) -> Option<u64> {
        let modified = fs::metadata(file).and_then(|about| about.modified()).ok()?;
        u64::try_from(since_1970(modified).as_nanos()).ok()
    }

    fn schema(&mut self) -> io::Result<String> {
        Ok(include_str!("../../schema/tenantry.schema.json").to_owned())
    }
}

/// A clock before 1970 shows 1970.
fn since_1970(time: SystemTime) -> Duration {
    time.duration_since(UNIX_EPOCH).unwrap_or_default()
}
