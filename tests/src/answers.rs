//! What requests give: the codes that refuse or deny each, and its events. The reference for readers is made from the list in
//! `answers.json`, and every test holds it: what is not there fails.

use crate::text;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{LazyLock, Mutex};

type Answers = BTreeMap<String, BTreeMap<String, BTreeSet<String>>>;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/answers.json");

/// Whether the list is made anew, from all that the tests see.
static BLESS: LazyLock<bool> = LazyLock::new(|| std::env::var_os("ANSWERS_BLESS").is_some());

static REQUESTS: LazyLock<BTreeSet<&str>> =
    LazyLock::new(|| tenantry::permissions().into_iter().map(|row| row.request).collect());

static KNOWN: LazyLock<Mutex<Answers>> = LazyLock::new(|| {
    let read = || serde_json::from_str(&std::fs::read_to_string(FILE).unwrap()).unwrap();
    Mutex::new(if *BLESS { Answers::new() } else { read() })
});

/// Compares what a request gave with the list. Requests that there are not are no part of it.
#[track_caller]
pub(crate) fn check(request: &Value, answer: Result<&Value, &Value>) {
    let name = request.get("command").or_else(|| request.get("query")).and_then(Value::as_str);
    let Some(name) = name.filter(|name| REQUESTS.contains(name)) else { return };
    let codes = match answer {
        Ok(outcome) => outcome.pointer("/response/code").map(|code| ("codes", code.clone())),
        Err(rejection) => Some(("codes", rejection["code"].clone())),
    };
    let events = answer.ok().and_then(|outcome| outcome.get("events")).and_then(Value::as_array);
    let events = events.into_iter().flatten().map(|event| ("events", event["event"].clone()));
    for (what, word) in codes.into_iter().chain(events) {
        note(name, what, &text(&word, ""));
    }
}

#[track_caller]
fn note(name: &str, what: &str, word: &str) {
    let mut known = KNOWN.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    let listed = known.get(name).and_then(|seen| seen.get(what)).is_some_and(|words| words.contains(word));
    if listed {
        return;
    }
    assert!(*BLESS, "`{name}` gave `{word}`: not in tests/answers.json; ANSWERS_BLESS=1 makes it anew from all tests");
    known.entry(name.to_owned()).or_default().entry(what.to_owned()).or_default().insert(word.to_owned());
    std::fs::write(FILE, serde_json::to_string_pretty(&*known).unwrap() + "\n").unwrap();
}
