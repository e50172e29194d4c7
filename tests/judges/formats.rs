//! T-5, AC-5, ER-1: the formats of JSON Schema on instants, addresses and pointers.

use crate::suites::{judge, read, reasons};
use serde_json::Value;
use tenantry::json::Path;
use tenantry::{Email, OriginUserEmail, Timestamp};

const FILE: &str = "json-schema-formats.json";

/// The texts of a format: each with its place in the file, and whether the suite takes it. What is no text the format
/// says nothing of.
fn texts(suite: &str, format: &str) -> Vec<(String, String, bool)> {
    let suite: Value = serde_json::from_str(suite).unwrap();
    let groups = suite[format!("{format}.json")].as_array().unwrap();
    let tests = groups.iter().flat_map(|group| group["tests"].as_array().unwrap()).enumerate();
    let texts = tests.filter_map(|(index, test)| {
        let text = test["data"].as_str()?.to_owned();
        Some((format!("{format} {index}"), text, test["valid"].as_bool().unwrap()))
    });
    texts.collect()
}

/// Those on which the core and the suite differ.
fn differing(texts: &[(String, String, bool)], takes: impl Fn(&str) -> bool) -> Vec<String> {
    texts.iter().filter(|(_, text, valid)| takes(text) != *valid).map(|(name, _, _)| name.clone()).collect()
}

#[test]
fn t_5_instants_are_date_times() {
    const JUDGE: &str = "JSON Schema: date-time, on instants";
    let Some(suite) = read(JUDGE, FILE) else { return };
    let texts = texts(&suite, "date-time");
    let differ = differing(&texts, |text| Timestamp::parse(text).is_some());
    judge(
        JUDGE,
        texts.len(),
        &differ,
        &reasons(&[("a second 60 is refused (T-5)", &["date-time 10", "date-time 11"])]),
    );
    assert!(texts.len() >= 25);
}

#[test]
fn ac_5_addresses_of_accounts_are_emails() {
    const JUDGE: &str = "JSON Schema: email, on accounts";
    let Some(suite) = read(JUDGE, FILE) else { return };
    let texts = texts(&suite, "email");
    let differ = differing(&texts, |text| Email::new(text).is_ok());
    judge(
        JUDGE,
        texts.len(),
        &differ,
        &reasons(&[
            ("a quoted local part is refused (AC-5)", &["email 11", "email 12", "email 13"]),
            ("an IP address as host is refused (AC-5)", &["email 14", "email 15"]),
        ]),
    );
    assert!(texts.len() >= 20);
}

#[test]
fn ac_5_addresses_of_registered_users_are_emails_of_any_script() {
    const JUDGE: &str = "JSON Schema: idn-email, on registered users";
    let Some(suite) = read(JUDGE, FILE) else { return };
    let mut texts = texts(&suite, "idn-email");
    texts.extend(self::texts(&suite, "email"));
    let differ = differing(&texts, |text| OriginUserEmail::new(text).is_ok());
    judge(
        JUDGE,
        texts.len(),
        &differ,
        &reasons(&[
            ("white space is refused (AC-5)", &["email 11"]),
            ("two `@` are refused (AC-5)", &["email 13"]),
            ("a host has a dot (AC-5)", &["email 15"]),
            ("a control character is refused (AC-5)", &["idn-email 13"]),
            (
                "whatever stands before the `@` is taken, since nothing is mailed there (AC-5)",
                &["email 16", "email 17", "email 19"],
            ),
            ("a label of the host is any text, since nothing is mailed there (AC-5)", &["email 20", "email 21"]),
        ]),
    );
    assert!(texts.len() >= 30);
}

#[test]
fn er_1_pointers_are_written_as_rfc_6901_has_them() {
    const JUDGE: &str = "JSON Schema: json-pointer, on the writer of pointers";
    let Some(suite) = read(JUDGE, FILE) else { return };
    let texts = texts(&suite, "json-pointer");
    let differ = differing(&texts, |text| {
        // An independent library takes it apart; the core puts the keys together again.
        let Ok(pointer) = jsonptr::Pointer::parse(text) else { return false };
        let keys: Vec<_> = pointer.tokens().map(|token| token.decoded().into_owned()).collect();
        written(&Path::ROOT, &keys) == text
    });
    judge(JUDGE, texts.len(), &differ, &reasons(&[]));
    assert!(texts.len() >= 30);
}

fn written(path: &Path<'_>, keys: &[String]) -> String {
    match keys.split_first() {
        Some((key, rest)) => written(&path.key(key), rest),
        None => path.pointer(),
    }
}
