//! SI-1: every scenario does what it expects, and its transcript is what is checked in, byte for
//! byte. `make generate` writes them anew; Node, the browser and Python compare the same files.

use std::fs;
use std::path::{Path, PathBuf};
use tenantry::json::{parse_document, to_canonical};
use tenantry::{Transcript, simulate, wire};

fn scenarios() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/scenarios");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    assert!(files.len() >= 5, "the scenarios are not where they were");
    files
}

fn transcript_of(file: &Path) -> Transcript {
    let text = fs::read_to_string(file).unwrap();
    simulate(&parse_document(&text).unwrap()).unwrap_or_else(|rejection| panic!("{}: {rejection:?}", file.display()))
}

#[test]
fn si_1_every_scenario_does_what_it_expects() {
    for file in scenarios() {
        let transcript = transcript_of(&file);
        let summary = transcript.summary();
        assert_eq!(summary.failed, 0, "{}", transcript.story());
        assert!(summary.steps > 0 && summary.passed == summary.steps, "{}", file.display());
    }
}

#[test]
fn si_1_every_transcript_is_what_is_checked_in() {
    for file in scenarios() {
        let name = file.file_name().unwrap();
        let there = Path::new(env!("CARGO_MANIFEST_DIR")).join("transcripts").join(name);
        let there = fs::read_to_string(there).unwrap_or_default();
        let came = format!("{}\n", transcript_of(&file).as_json());
        assert_eq!(there, came, "{}: look at the difference, then `make generate`", name.display());
    }
}

#[test]
fn si_1_a_transcript_is_canonical_json_and_always_the_same() {
    for file in scenarios() {
        let transcript = transcript_of(&file);
        assert_eq!(transcript, transcript_of(&file), "{}", file.display());
        let value = parse_document(transcript.as_json()).unwrap();
        assert_eq!(to_canonical(&value), transcript.as_json(), "{}", file.display());
        assert_eq!(wire::story(&value).unwrap(), transcript.story(), "{}", file.display());
    }
}

#[test]
fn si_1_a_story_tells_whose_credentials_they_are_and_what_the_host_is_to_do() {
    let story =
        |name| transcript_of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/scenarios").join(name)).story();
    let incident = story("incident.json");
    for part in [
        "crm of user_alice (active), crm of user_bob (active), crm of company_north (active), crm of the organization (active)",
        "list_credentials crm linked_by user_alice  ",
        "  credential_revoked ×3; for the host: revoke_upstream ×3; remaining: 1\n",
        "  credential_revoked; for the host: revoke_upstream\n",
    ] {
        assert!(incident.contains(part), "{part}\n{incident}");
    }
    let without = story("without-credentials.json");
    assert!(without.contains("  allowed without a credential\n") && !without.contains("NONE credential"), "{without}");
}

/// The values of all members with these names, however deep.
fn secrets_of(value: &serde_json::Value, secrets: &mut Vec<String>) {
    match value {
        serde_json::Value::Array(items) => items.iter().for_each(|item| secrets_of(item, secrets)),
        serde_json::Value::Object(members) => {
            for (key, member) in members {
                match member.as_str() {
                    Some(text) if ["password", "secret", "org_token"].contains(&key.as_str()) => {
                        secrets.push(text.into())
                    }
                    _ => secrets_of(member, secrets),
                }
            }
        }
        _ => {}
    }
}

#[test]
fn p_4_no_secret_of_a_scenario_is_in_its_transcript() {
    let mut with_secrets = 0;
    for file in scenarios() {
        let mut secrets = Vec::new();
        secrets_of(&serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap(), &mut secrets);
        let transcript = transcript_of(&file);
        for secret in &secrets {
            assert!(!transcript.as_json().contains(secret.as_str()), "{}: {secret}", file.display());
            assert!(!transcript.story().contains(secret.as_str()), "{}: {secret}", file.display());
        }
        with_secrets += usize::from(!secrets.is_empty());
    }
    assert!(with_secrets >= 2, "no scenario has a secret in it: nothing was looked for");
}
