//! How a story puts one step into words.

use crate::error::quoted;
use crate::json::{Value, to_canonical};
use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// What to call the minted ids that a transcript has shown so far.
#[derive(Default)]
pub(super) struct Names(BTreeMap<String, String>);

impl Names {
    /// Takes note of who or what a result has given an id to.
    pub(super) fn learn(&mut self, result: &Value<'_>) {
        let Some(response) = result.get("response") else { return };
        let text = |value: &Value<'_>, key: &str| value.get(key).and_then(Value::as_str).map(ToOwned::to_owned);
        if let Some(user) = response.get("registered_user") {
            let name = text(user, "origin_user_id").or_else(|| text(user, "origin_user_name"));
            self.0.extend(text(user, "registered_user_id").zip(name));
        }
        let link = text(response, "connector").map(|connector| format!("link to {connector}"));
        self.0.extend(text(response, "link_session_id").zip(link));
        let call = text(response, "tool").map(|tool| format!("call of {tool}"));
        self.0.extend(text(response, "tool_call_id").zip(call));
        self.0.extend(text(response, "id").zip(text(response, "email")));
    }

    fn name(&self, id: &str) -> String {
        quoted(self.0.get(id).map_or(id, String::as_str))
    }
}

/// The members of requests that say what they are about, in the order in which they are parts.
const SUBJECTS: &[&str] = &[
    "organization_id",
    "registered_user_id",
    "origin_user_id",
    "origin_user_name",
    "origin_company_id",
    "group_id",
    "tool_pack_id",
    "owner",
    "connector",
    "linked_by",
    "tool",
    "link_session_id",
    "tool_call_id",
    "result",
    "user_id",
    "token_id",
    "email",
    "event",
    "from",
    "to",
    "held",
    "status",
    "patch",
];

/// What a step asks for: `start_link user_a3f9b2 support slack`.
pub(super) fn what_of((call, asked): (&str, &Value<'_>), names: &Names) -> String {
    let mut what = match (call, asked) {
        ("advance", Value::String(text)) => format!("{} later", quoted(text)),
        ("authorize_batch", Value::Array(calls)) => format!("authorize_batch of {}", calls.len()),
        _ => {
            let name = ["command", "query"].iter().find_map(|member| asked.get(member)).and_then(Value::as_str);
            match (call, name) {
                ("execute" | "query", Some(name)) => quoted(name),
                (_, Some(name)) => format!("{call} {}", quoted(name)),
                (_, None) => call.to_owned(),
            }
        }
    };
    for subject in SUBJECTS {
        if let Some(value) = asked.get(subject) {
            what.push(' ');
            if matches!(*subject, "from" | "to" | "linked_by") {
                what.push_str(subject);
                what.push(' ');
            }
            what.push_str(&subject_of(value, names));
        }
    }
    shortened(&what, WIDEST)
}

/// No request is shown at greater length, so that the outcomes stay in one column.
const WIDEST: usize = 72;

/// A text, or its beginning.
pub(super) fn shortened(text: &str, longest: usize) -> String {
    if text.chars().nth(longest).is_none() {
        return text.to_owned();
    }
    text.chars().take(longest - 1).chain(['…']).collect()
}

fn subject_of(value: &Value<'_>, names: &Names) -> String {
    match value {
        Value::String(text) => names.name(text),
        // An owner: its scope, and whose it is.
        Value::Object(members) if value.get("scope").is_some() => {
            let parts = members.iter().filter_map(|(_, part)| part.as_str());
            parts.map(|part| names.name(part)).collect::<Vec<_>>().join(" ")
        }
        other => plainly(other),
    }
}

/// JSON without its quotes, for people: `is_active: false, custom_groupings: {tier: team}`.
fn plainly(value: &Value<'_>) -> String {
    let nested = |value: &Value<'_>| match value {
        Value::Object(_) => format!("{{{}}}", plainly(value)),
        other => plainly(other),
    };
    match value {
        Value::String(text) => quoted(text),
        Value::Object(members) => {
            let members = members.iter().map(|(key, member)| format!("{}: {}", quoted(key), nested(member)));
            members.collect::<Vec<_>>().join(", ")
        }
        other => to_canonical(other),
    }
}

/// What a step gave.
pub(super) fn outcome_of(result: &Value<'_>, names: &Names) -> String {
    if let Some(refusal) = refusal_of(result) {
        return format!("refused {refusal}");
    }
    if let Some(decision) = decision_of(result) {
        return decision;
    }
    if let (Some(response), Some(Value::Array(events))) = (result.get("response"), result.get("events")) {
        return outcome_of_command(response, events, result);
    }
    if let Some(decision) = result.get("decision").and_then(decision_of) {
        return format!("{decision}{}", remedies_of(result));
    }
    match (result, result.get("items")) {
        (Value::Null, _) => String::new(),
        (Value::Array(decisions), _) => counted(decisions.iter().map(|decision| {
            let rejected = decision.get("rejection").map(|_| "refused");
            rejected.or_else(|| decision.get("effect")?.as_str()).unwrap_or("?")
        })),
        (_, Some(Value::Array(items))) if items.is_empty() => String::from("nothing"),
        (_, Some(Value::Array(items))) => {
            match items.iter().map(|item| item_of(item, names)).collect::<Option<Vec<_>>>() {
                Some(names) if names.len() <= LISTED => names.join(", "),
                _ => counted(items.iter().map(|item| item.get("event").and_then(Value::as_str).unwrap_or("item"))),
            }
        }
        _ => result.get("status").and_then(Value::as_str).map_or_else(|| String::from("found"), quoted),
    }
}

fn outcome_of_command(response: &Value<'_>, events: &[Value<'_>], result: &Value<'_>) -> String {
    let mut parts = Vec::new();
    parts.extend(decision_of(response));
    if events.is_empty() {
        parts.push(String::from("nothing changes"));
    } else if parts.is_empty() {
        parts.push(counted(events.iter().map(|event| event.get("event").and_then(Value::as_str).unwrap_or("?"))));
    }
    if let Some(Value::Array(ignored)) = response.get("ignored").filter(|value| !is_empty(value)) {
        let ignored = ignored.iter().filter_map(Value::as_str).map(quoted).collect::<Vec<_>>();
        parts.push(format!("ignored: {}", ignored.join(", ")));
    }
    if let Some(Value::Array(effects)) = result.get("effects").filter(|value| !is_empty(value)) {
        let effects = counted(effects.iter().map(|effect| effect.get("effect").and_then(Value::as_str).unwrap_or("?")));
        parts.push(format!("for the host: {effects}"));
    }
    if let Some(remaining) = response.get("remaining").map(to_canonical).filter(|remaining| remaining != "0") {
        parts.push(format!("remaining: {remaining}"));
    }
    if let Some(impact) = result.get("impact") {
        let count = |name: &str| match impact.get(name) {
            Some(Value::Array(triples)) => triples.len(),
            _ => 0,
        };
        parts.push(format!("access: {} lost, {} gained", count("lose"), count("gain")));
    }
    parts.join("; ")
}

fn is_empty(value: &Value<'_>) -> bool {
    matches!(value, Value::Array(none) if none.is_empty())
}

/// The code and the message of a rejection.
fn refusal_of(result: &Value<'_>) -> Option<String> {
    if result.get("effect").is_some() || result.get("kind").is_none() {
        return None;
    }
    Some(reason_of(result, result.get("code")?.as_str()?))
}

/// `allowed by …` or `denied CODE: message`.
fn decision_of(result: &Value<'_>) -> Option<String> {
    match result.get("effect")?.as_str()? {
        "allow" => {
            let scope = result.get("scope").and_then(Value::as_str).unwrap_or_default();
            Some(match scope {
                "NONE" => String::from("allowed without a credential"),
                _ => format!("allowed by the {} credential", quoted(scope)),
            })
        }
        _ => Some(format!("denied {}", reason_of(result, result.get("code")?.as_str()?))),
    }
}

fn reason_of(refusal: &Value<'_>, code: &str) -> String {
    let message = refusal.get("message").and_then(Value::as_str).unwrap_or_default();
    format!("{}: {message}", quoted(code))
}

/// ` — remedy: link; or: switch_scope, link`.
fn remedies_of(explained: &Value<'_>) -> String {
    let Some(Value::Array(remedies)) = explained.get("remedies") else { return String::new() };
    let kinds = remedies.iter().filter_map(|remedy| match remedy.get("steps") {
        Some(Value::Array(steps)) => {
            let kinds = steps.iter().filter_map(|step| step.get("kind")?.as_str());
            Some(kinds.map(quoted).collect::<Vec<_>>().join(", "))
        }
        _ => None,
    });
    let kinds = kinds.collect::<Vec<_>>();
    if kinds.is_empty() { String::new() } else { format!("; remedy: {}", kinds.join(" or ")) }
}

/// How many items of a list are shown by name.
const LISTED: usize = 4;

/// What an item of a list is called, whose it is, and its status; nothing for events, which are counted.
fn item_of(item: &Value<'_>, names: &Names) -> Option<String> {
    const NAMES: &[&str] =
        &["origin_user_id", "origin_company_id", "tool_pack_id", "group_id", "connector", "email", "token_id"];
    let text = |member: &str| item.get(member).and_then(Value::as_str);
    let name = NAMES.iter().find_map(|member| text(member)).filter(|_| text("event").is_none())?;
    let mut parts = quoted(name);
    if let Some(owner) = item.get("owner").filter(|owner| owner.get("scope").is_some()) {
        let id = ["registered_user_id", "origin_company_id"].iter().find_map(|member| owner.get(member)?.as_str());
        parts.push_str(&format!(" of {}", id.map_or_else(|| String::from("the organization"), |id| names.name(id))));
    }
    if let Some(status) = text("status") {
        parts.push_str(&format!(" ({})", quoted(status)));
    }
    Some(parts)
}

/// `credential_revoked ×2, registered_user_deactivated`, in the order of first mention.
fn counted<'v>(words: impl Iterator<Item = &'v str>) -> String {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for word in words {
        match counts.last_mut() {
            Some((last, count)) if *last == word => *count += 1,
            _ => counts.push((word, 1)),
        }
    }
    let parts = counts.into_iter().map(|(word, count)| match count {
        1 => quoted(word),
        _ => format!("{} ×{count}", quoted(word)),
    });
    parts.collect::<Vec<_>>().join(", ")
}
