//! The command line: what goes where, and the exit status.
#![expect(clippy::unwrap_used, reason = "a test that panics has failed, which is its purpose")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs};

/// Cargo builds the example beside this test.
fn simulate(args: &[&str]) -> Output {
    let deps = env::current_exe().unwrap();
    let example = deps.parent().unwrap().with_file_name("examples").join("simulate");
    Command::new(example.with_extension(env::consts::EXE_EXTENSION)).args(args).output().unwrap()
}

fn scenario(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name).display().to_string()
}

fn file(name: &str, text: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    fs::write(folder.join(name), text).unwrap();
    folder.join(name)
}

fn text(bytes: &[u8]) -> &str {
    str::from_utf8(bytes).unwrap()
}

#[test]
fn a_story_is_told_for_each_file() {
    let output = simulate(&[&scenario("onboarding.json"), &scenario("links.json")]);
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stdout).starts_with("Onboarding: "));
    assert!(text(&output.stdout).contains("passed\n\nLinks: "), "{}", text(&output.stdout));
    assert!(output.stderr.is_empty());
}

#[test]
fn with_json_a_line_for_each_file_is_all_there_is() {
    let output = simulate(&["--json", &scenario("onboarding.json"), &scenario("links.json")]);
    assert_eq!(output.status.code(), Some(0));
    let lines: Vec<&str> = text(&output.stdout).lines().collect();
    assert_eq!(lines.len(), 2);
    assert!(lines.iter().all(|line| line.starts_with("{\"scenario\":") && line.ends_with("}}")));
}

#[test]
fn a_step_that_fails_is_status_1() {
    let unexpected = r#"{"scenario": "a", "start": "2026-01-01T00:00:00Z", "seed": "", "actors": {"host": {"type": "system"}},
        "steps": [{"as": "host", "execute": {"command": "create_organization"}}]}"#;
    let path = file("unexpected.json", unexpected);
    for args in [&[path.to_str().unwrap()][..], &["--json", path.to_str().unwrap()]] {
        assert_eq!(simulate(args).status.code(), Some(1));
    }
    let output = simulate(&[path.to_str().unwrap()]);
    assert!(text(&output.stdout).contains("refused name_required"), "{}", text(&output.stdout));
}

#[test]
fn what_is_not_a_scenario_is_status_2_with_its_place() {
    let cases = [
        (
            "torn.json",
            "{",
            "not well-formed JSON: expected a key in double quotes, but the text ends at line 1 column 2",
        ),
        ("twice.json", r#"{"steps": [{"as": "a", "as": "b"}]}"#, "/steps/0/as: the key `as` is given twice"),
        ("empty.json", "{}", "/steps: `steps` is required"),
    ];
    for (name, content, message) in cases {
        let path = file(name, content);
        let output = simulate(&[path.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(2), "{name}");
        assert!(output.stdout.is_empty());
        assert!(text(&output.stderr).contains(&format!("{name}: {message}\n")), "{}", text(&output.stderr));
    }
    // The other files are run all the same.
    let output = simulate(&["no such file", &scenario("onboarding.json")]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stdout).contains("Onboarding"));
    for args in [&[][..], &["--yaml", "x"], &["--json"]] {
        assert_eq!(simulate(args).status.code(), Some(2));
        let output = simulate(args);
        assert!(output.stdout.is_empty());
        assert_eq!(text(&output.stderr), "usage: simulate [--json] FILE…\n       simulate --help | --version\n");
    }
}

#[test]
fn who_asks_for_help_or_the_version_gets_it_on_the_standard_output() {
    for args in [&["--help"][..], &["-h"], &["help"], &["--json", "--help"], &["x.json", "-h"]] {
        let output = simulate(args);
        assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), ""), "{args:?}");
        let wanted = "usage: simulate [--json] FILE…\n       simulate --help | --version\n\nsimulate runs scenarios";
        assert!(text(&output.stdout).starts_with(wanted), "{}", text(&output.stdout));
        assert!(text(&output.stdout).contains("exit status: 0; 1 "), "{}", text(&output.stdout));
    }
    let output = simulate(&["--version"]);
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), ""));
    assert_eq!(text(&output.stdout), concat!(env!("CARGO_PKG_VERSION"), "\n"));
}

/// What a terminal would act on: an escape sequence, its C1 form, an override of direction, a line separator.
const UNSEEN: &str = r"\u001b[31m\u009b1m\u007f\u202ex\u2066y\u2028z";
const SEEN: &str = r"\u{1b}[31m\u{9b}1m\u{7f}\u{202e}x\u{2066}y\u{2028}z";

#[test]
fn nothing_in_a_file_reaches_the_terminal_raw() {
    let pointers = file("pointers.json", &format!(r#"{{"{UNSEEN}": 1, "steps": [{{"{UNSEEN}": 1}}]}}"#));
    let output = simulate(&[pointers.to_str().unwrap()]);
    assert!(text(&output.stderr).contains(&format!("pointers.json: /{SEEN}: ")), "{}", text(&output.stderr));
    let create = r#"{"command": "create_organization", "name": "UNSEEN", "organization_id": "org_x"}"#;
    let story = r#"{"scenario": "UNSEEN", "start": "2026-01-01T00:00:00Z", "seed": "", "actors": {"UNSEEN": {"type": "system"}},
        "steps": [{"as": "UNSEEN", "execute": CREATE, "expect": {"response": {"UNSEEN": "UNSEEN"}}},
                  {"as": "UNSEEN", "execute": {"command": "UNSEEN", "UNSEEN": "UNSEEN"}},
                  {"as": "UNSEEN", "query": {"query": "list_users", "email": {"UNSEEN": ["UNSEEN"]}}}]}"#;
    let story = file("unseen.json", &story.replace("CREATE", create).replace("UNSEEN", UNSEEN));
    let story = simulate(&[story.to_str().unwrap()]);
    assert!(text(&story.stdout).starts_with(&format!("{SEEN}\n\n")), "{}", text(&story.stdout));
    for output in [&output.stderr, &story.stdout] {
        let raw = |character: char| {
            (character.is_control() && character != '\n') || "\u{202e}\u{2066}\u{2028}".contains(character)
        };
        assert!(!text(output).contains(raw), "{output:?}");
    }
}
