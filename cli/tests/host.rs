//! What a file of cases cannot say: terminals, time, and streams that end.
#![expect(clippy::unwrap_used, reason = "a test that panics has failed, which is its purpose")]

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io;
use std::path::Path;

use tenantry_cli::{Host, run};

const PASSES: &str = include_str!("../../tests/command-line/passes.scenario.json");
const FAILS: &str = include_str!("../../tests/command-line/fails.scenario.json");

/// A host in memory.
#[derive(Default)]
struct Memory {
    files: BTreeMap<String, Vec<u8>>,
    variables: BTreeMap<&'static str, &'static str>,
    is_terminal: bool,
    /// How the standard output refuses what is written to it.
    refuses: Option<io::ErrorKind>,
    /// What is put into `a.json` by each look at the clock; the last one interrupts.
    changes: Vec<Option<&'static str>>,
    slept: u64,
    out: String,
    err: String,
}

impl Memory {
    fn with(files: &[(&str, &str)]) -> Self {
        let files = files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()));
        Memory { files: files.collect(), ..Memory::default() }
    }

    fn run(&mut self, line: &str) -> u8 {
        run(line.split_whitespace().map(OsString::from), self)
    }
}

impl Host for Memory {
    fn read(&mut self, file: &Path) -> io::Result<Vec<u8>> {
        self.files.get(file.to_str().unwrap()).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
    }
    fn read_input(&mut self) -> io::Result<Vec<u8>> {
        Ok(Vec::new())
    }
    fn write(&mut self, file: &Path, content: &[u8]) -> io::Result<()> {
        self.files.insert(file.to_str().unwrap().to_owned(), content.to_vec());
        Ok(())
    }
    fn out(&mut self, text: &str) -> io::Result<()> {
        match self.refuses {
            Some(kind) => Err(kind.into()),
            None => {
                self.out.push_str(text);
                Ok(())
            }
        }
    }
    fn err(&mut self, text: &str) {
        self.err.push_str(text);
    }
    fn is_terminal(&self) -> bool {
        self.is_terminal
    }
    fn variable(&self, name: &str) -> Option<String> {
        self.variables.get(name).map(|value| (*value).to_owned())
    }
    fn now(&self) -> i64 {
        1_769_853_600_000
    }
    fn entropy(&mut self, bytes: &mut [u8]) -> io::Result<()> {
        (0..).zip(bytes).for_each(|(number, byte)| *byte = number);
        Ok(())
    }
    fn sleep(&mut self, millis: u64) -> io::Result<()> {
        self.slept += millis;
        if self.changes.is_empty() {
            return Err(io::ErrorKind::Interrupted.into());
        }
        match self.changes.remove(0) {
            Some(text) => self.write(Path::new("a.json"), text.as_bytes()),
            None => Ok(()),
        }
    }
    fn modified(&mut self, file: &Path) -> Option<u64> {
        self.files.get(file.to_str().unwrap()).map(|text| text.len() as u64)
    }
    fn schema(&mut self) -> io::Result<String> {
        Ok(include_str!("../../schema/tenantry.schema.json").to_owned())
    }
}

#[test]
fn a_terminal_gets_colours_unless_it_wants_none() {
    let run_on = |terminal, variables: &[(&'static str, &'static str)]| {
        let mut host = Memory::with(&[("a.json", FAILS)]);
        (host.is_terminal, host.variables) = (terminal, variables.iter().copied().collect());
        assert_eq!(host.run("simulate a.json"), 1);
        host.out
    };
    let (plain, coloured) = (run_on(false, &[]), run_on(true, &[("NO_COLOR", "")]));
    assert!(!plain.contains('\u{1b}'));
    assert!(coloured.contains("\u{1b}[32m✓\u{1b}[0m 1 ") && coloured.contains("\u{1b}[31m✗ 2 "), "{coloured}");
    assert_eq!(run_on(true, &[("NO_COLOR", "1")]), plain);
    assert_eq!(run_on(true, &[("TERM", "dumb")]), plain);
}

#[test]
fn a_watched_file_is_run_again_when_it_changes_until_somebody_interrupts() {
    let mut host = Memory::with(&[("a.json", FAILS)]);
    host.changes = vec![None, Some(PASSES), None];
    assert_eq!(host.run("simulate --watch a.json"), 0, "the status is that of the last run");
    assert_eq!(host.out.matches("2 failed\n").count(), 1);
    assert!(host.out.ends_with("8 steps: 8 passed\n"), "{}", host.out);
    assert_eq!(host.slept, 4 * 300);
    let mut host = Memory::with(&[]);
    host.changes = vec![Some("{"), Some(PASSES)];
    assert_eq!(host.run("simulate --watch a.json"), 0);
    assert!(
        host.err.starts_with("error: a.json: no such file or folder\na.json: not well-formed JSON"),
        "{}",
        host.err
    );
}

#[test]
fn a_reader_who_has_seen_enough_is_no_failure_and_a_full_disk_is_one() {
    for (kind, status) in [(io::ErrorKind::BrokenPipe, 0), (io::ErrorKind::StorageFull, 2)] {
        for line in ["simulate a.json", "--version"] {
            let mut host = Memory::with(&[("a.json", PASSES)]);
            host.refuses = Some(kind);
            assert_eq!(host.run(line), status);
            assert_eq!(host.err.is_empty(), status == 0, "{}", host.err);
        }
    }
}

#[test]
fn what_is_no_text_is_refused_as_what_it_is() {
    let mut host = Memory::default();
    host.files.insert("a.json".into(), b"\"\xe9\"".to_vec());
    assert_eq!(host.run("simulate a.json"), 1);
    assert_eq!(host.err, "a.json: not well-formed UTF-8\n");
}

#[test]
fn a_secret_is_made_of_the_hosts_randomness() {
    let mut host = Memory::default();
    assert_eq!(host.run("secret"), 0);
    assert_eq!(host.out, "ort_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopq\n");
}

#[test]
fn an_instant_that_nobody_names_is_that_of_the_clock() {
    let world = tenantry::Tenantry::example().snapshot();
    let mut host = Memory::with(&[("a.json", &world)]);
    assert_eq!(host.run("explain a.json --user user_demo --pack support --tool slack__post_message"), 0);
    assert!(
        host.out.starts_with("user_demo in org_demo/test at 2026-01-31T10:00:00Z\ndeny: credential_required: "),
        "{}",
        host.out
    );
}

#[test]
fn the_schema_is_whole_and_completions_know_all_commands() {
    let mut host = Memory::default();
    assert_eq!(host.run("schema"), 0);
    assert_eq!(host.out, include_str!("../../schema/tenantry.schema.json"));
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let mut host = Memory::default();
        assert_eq!(host.run(&format!("completion {shell}")), 0);
        assert!(host.out.contains("simulate") && host.out.contains("junit"), "{shell}");
    }
}

#[test]
fn the_playground_is_in_another_package() {
    for line in ["playground", "playground --port 8080"] {
        let mut host = Memory::default();
        assert_eq!(host.run(line), 2);
        assert_eq!(host.err, "error: the playground comes with the npm package: `npx tenantry playground` opens it\n");
    }
}
