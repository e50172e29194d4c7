//! The command lines of `tests/command-line/cases.json`, which the npm package and the wheel run, too.
//!
//! `COMMAND_LINE_BLESS=1 cargo test -p tenantry-cli --test cases` writes what the binary gives: read it before it is committed.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that panics has failed, which is its purpose")]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

use serde_json::{Map, Value, json};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/command-line");

/// A folder with all files of the cases, which a command may write to.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    for file in fs::read_dir(FOLDER).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), folder.join(file.file_name())).unwrap();
    }
    folder
}

/// A text as the cases have it: its lines, each of which ends.
fn lines(bytes: &[u8]) -> Value {
    let text = str::from_utf8(bytes).unwrap();
    assert!(text.is_empty() || text.ends_with('\n'), "{text}");
    text.lines().collect()
}

/// The case as it went.
fn run(case: &Map<String, Value>, folder: &Path) -> Map<String, Value> {
    let args = case["args"].as_str().unwrap().split_whitespace();
    let mut command = Command::new(env!("CARGO_BIN_EXE_tenantry"));
    command.args(args).current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let input = case.get("stdin").map(|file| fs::read(folder.join(file.as_str().unwrap())).unwrap());
    // Whoever does not read it may be gone by now.
    let _ = child.stdin.take().unwrap().write_all(&input.unwrap_or_default());
    let output = child.wait_with_output().unwrap();
    let mut ran = case.clone();
    ran.insert("status".into(), json!(output.status.code()));
    ran.insert("stdout".into(), lines(&output.stdout));
    ran.insert("stderr".into(), lines(&output.stderr));
    if let Some(Value::Object(writes)) = ran.get_mut("writes") {
        for (file, content) in writes {
            *content = lines(&fs::read(folder.join(file)).unwrap());
        }
    }
    ran
}

#[test]
fn each_command_line_gives_what_the_cases_say() {
    let file = Path::new(FOLDER).join("cases.json");
    let cases: Vec<Map<String, Value>> = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    let folder = folder("cases");
    let ran: Vec<_> = cases.iter().map(|case| run(case, &folder)).collect();
    if env::var_os("COMMAND_LINE_BLESS").is_some() {
        fs::write(file, serde_json::to_string_pretty(&ran).unwrap() + "\n").unwrap();
        return;
    }
    for (case, ran) in cases.iter().zip(&ran) {
        if case != ran {
            panic!("{}\n{}", case["args"], serde_json::to_string_pretty(ran).unwrap());
        }
    }
}
