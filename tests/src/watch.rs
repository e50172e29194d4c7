//! What holds of every answer, whatever the case is about.

use crate::text;
use serde_json::Value;
use std::collections::BTreeMap;
use tenantry::Code;

/// The next sequence of every stream that was seen so far (M-4).
#[derive(Clone, Debug, Default)]
pub(crate) struct Streams(BTreeMap<(String, String), u64>);

impl Streams {
    /// Each event has its stream's next sequence, from 1.
    #[track_caller]
    pub(crate) fn count(&mut self, events: &[Value]) {
        for event in events {
            let stream = (text(event, "/stream/kind"), text(event, "/stream/id"));
            let sequence = self.0.entry(stream).or_default();
            *sequence += 1;
            assert_eq!(event["sequence"], *sequence, "a gap in a stream (M-4): {event}");
        }
    }

    /// The same of an outcome, where each event has the id that follows from stream and sequence, and each effect the id
    /// and the instant of an event of its own (E-6).
    #[track_caller]
    pub(crate) fn follow(&mut self, outcome: &Value) {
        let events = outcome["events"].as_array().unwrap();
        self.count(events);
        let mut without_effect = BTreeMap::new();
        for event in events {
            let (kind, id) = (text(event, "/stream/kind"), text(event, "/stream/id"));
            assert_eq!(event["id"], format!("{kind}:{id}:{}", event["sequence"]), "another id (E-6): {event}");
            without_effect.insert(text(event, "/id"), &event["at"]);
        }
        for effect in outcome["effects"].as_array().unwrap() {
            let at = without_effect.remove(&text(effect, "/id"));
            assert_eq!(at, Some(&effect["at"]), "an effect without an event of its own (E-6): {effect}");
        }
    }
}

/// A rejection is of the one shape, agrees with the table, and reads as all of them do (contract section 10).
#[track_caller]
pub(crate) fn check_rejection(rejection: &Value) {
    const MEMBERS: [&str; 10] = [
        "code",
        "kind",
        "message",
        "pointer",
        "retryable",
        "status",
        "user_message",
        "violation_count",
        "violations",
        "what_to_do",
    ];
    let members = rejection.as_object().unwrap();
    assert!(members.keys().all(|key| MEMBERS.contains(&key.as_str())), "an unknown member: {rejection}");
    let code = Code::from_wire(&text(rejection, "/code")).unwrap();
    let info = code.info();
    assert_eq!(rejection["status"], info.status);
    assert_eq!(rejection["kind"], info.kind.as_str());
    assert_eq!(rejection["retryable"], info.retryable);
    assert_eq!(rejection.get("user_message").and_then(Value::as_str), info.user_message);
    check_message(&text(rejection, "/message"));
    assert!(!text(rejection, "/what_to_do").is_empty());
    if let Some(violations) = members.get("violations") {
        let violations = violations.as_array().unwrap();
        let first = violations.first().expect("an empty list of violations is left out");
        assert_eq!(rejection["code"], first["code"], "the first violation's code is the rejection's (C-5)");
        assert_eq!(rejection["pointer"], first["pointer"], "the first violation's pointer is the rejection's (C-5)");
        for violation in violations {
            check_message(&text(violation, "/message"));
            assert!(Code::from_wire(&text(violation, "/code")).is_some());
        }
    }
}

/// Lower case, no final period.
#[track_caller]
fn check_message(message: &str) {
    let first = message.chars().next().expect("a message is never empty");
    assert!(!first.is_uppercase() && !message.ends_with('.'), "a message in another style: {message}");
}
