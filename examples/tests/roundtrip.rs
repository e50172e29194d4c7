//! Snapshots through a process of their own: the bytes, and the exit status.
#![expect(clippy::unwrap_used, reason = "a test that panics has failed, which is its purpose")]

use std::env;
use std::io::Write;
use std::process::{Command, Output, Stdio};

/// Cargo builds the example beside this test.
fn roundtrip(snapshot: &[u8]) -> Output {
    let deps = env::current_exe().unwrap();
    let example = deps.parent().unwrap().with_file_name("examples").join("roundtrip");
    let mut command = Command::new(example.with_extension(env::consts::EXE_EXTENSION));
    let mut running = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    running.stdin.take().unwrap().write_all(snapshot).unwrap();
    running.wait_with_output().unwrap()
}

#[test]
fn s_1_a_snapshot_comes_back_as_the_same_bytes() {
    let snapshot = tenantry::Tenantry::example().snapshot();
    let output = roundtrip(snapshot.as_bytes());
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
    assert_eq!(output.stdout, snapshot.as_bytes());
}

#[test]
fn s_2_what_is_no_snapshot_is_status_2_with_its_rejection() {
    let torn = tenantry::Tenantry::example().snapshot().replacen("slack", "zoom", 1);
    for wrong in [&b"\xff"[..], b"", b"{}", torn.as_bytes()] {
        let output = roundtrip(wrong);
        assert_eq!(output.status.code(), Some(2));
        assert!(output.stdout.is_empty());
        let rejection = String::from_utf8(output.stderr).unwrap();
        assert!(rejection.starts_with(r#"{"code":"invalid_snapshot","#), "{rejection}");
        assert_eq!(rejection.lines().count(), 1);
    }
}
