//! What steps have come to: every call, request, code and event, or the reason why not.

use crate::shapes;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use tenantry::{Code, EventName};

/// The codes that no step comes to, each with its reason.
pub const UNSEEN: &[(&str, &str)] =
    &[("limit_exceeded", "takes 100 pending link sessions of one user; `cr_2_…` tests hold it")];

/// How often each word was seen.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    /// Calls, accepted and refused.
    pub calls: BTreeMap<String, [usize; 2]>,
    /// Requests that were accepted or answered.
    pub requests: BTreeSet<String>,
    /// Codes of rejections, violations and decisions.
    pub codes: BTreeSet<String>,
    /// Events.
    pub events: BTreeSet<String>,
}

impl Coverage {
    pub(super) fn sees(&mut self, call: &str, given: &Value, answer: &Result<String, Value>) {
        self.calls.entry(call.to_owned()).or_default()[usize::from(answer.is_err())] += 1;
        let text = match answer {
            Ok(answer) => answer.clone(),
            Err(refused) => refused["rejection"].as_str().map_or_else(|| refused.to_string(), str::to_owned),
        };
        let snapshot = ["restore", "restored", "folded", "snapshot"].contains(&call) && answer.is_ok();
        let Ok(answered) = serde_json::from_str::<Value>(&text) else { return };
        if !snapshot {
            self.words(&answered);
        }
        let request = given
            .pointer("/0/value")
            .cloned()
            .or_else(|| serde_json::from_str(given.pointer("/0/text/0/0")?.as_str()?).ok());
        if let (Some(request), Ok(_), "execute" | "query") = (request, answer, call) {
            let name = request.get("command").or_else(|| request.get("query")).and_then(Value::as_str);
            self.requests.extend(name.map(str::to_owned));
        }
    }

    /// The codes and events anywhere in an answer.
    fn words(&mut self, value: &Value) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.words(item)),
            Value::Object(members) => {
                for (name, member) in members {
                    match (name.as_str(), member.as_str()) {
                        ("code", Some(code)) => {
                            self.codes.insert(code.to_owned());
                        }
                        ("event", Some(event)) => {
                            self.events.insert(event.to_owned());
                        }
                        _ => self.words(member),
                    }
                }
            }
            _ => {}
        }
    }

    /// What was not seen of everything that there is.
    #[must_use]
    pub fn lacks(&self) -> [Vec<String>; 3] {
        let requests = [shapes::commands(), shapes::queries()].concat();
        let codes = Code::ALL.iter().map(|code| code.as_str().to_owned());
        let events = EventName::ALL.iter().map(|event| event.to_string());
        [
            requests.into_iter().filter(|request| !self.requests.contains(request)).collect(),
            codes.filter(|code| !self.codes.contains(code)).collect(),
            events.filter(|event| !self.events.contains(event)).collect(),
        ]
    }
}

impl fmt::Display for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (call, [accepted, refused]) in &self.calls {
            writeln!(f, "  {call}: {accepted} answered, {refused} refused")?;
        }
        write!(f, "  {} requests, {} codes, {} events", self.requests.len(), self.codes.len(), self.events.len())
    }
}
