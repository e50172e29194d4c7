//! What tells states apart: what is stored, without what only counts or names. Versions, sequences and instants of the past
//! are left out; an id is the name that the world has for it, or none; a deadline is how far off it is.

use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use tenantry::Timestamp;

/// Members that no later decision depends on.
const IGNORED: [&str; 6] = ["version", "sequence", "created_at", "updated_at", "deleted_at", "format_version"];
/// What is over for so long is gone, whatever it was.
const LONG_OVER_SECONDS: i64 = 25 * 3600;

pub(crate) fn project(view: &Value, saved: &BTreeMap<&'static str, String>, now: Timestamp) -> String {
    let names: BTreeMap<&str, &str> = saved.iter().map(|(name, id)| (id.as_str(), *name)).collect();
    let mut out = String::new();
    Projection { names, now: now.millis() / 1000 }.write(view, &mut out);
    for (name, id) in saved {
        // A name for what is gone is a name for nothing, whichever it was.
        if !out.contains(&format!("${name}")) && !id.is_empty() {
            let _ = write!(out, "-{name}");
        }
    }
    out
}

struct Projection<'n> {
    names: BTreeMap<&'n str, &'n str>,
    now: i64,
}

impl Projection<'_> {
    fn write(&self, value: &Value, out: &mut String) {
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    if !IGNORED.contains(&name.as_str()) {
                        out.push_str(name);
                        out.push(':');
                        self.write(member, out);
                        out.push(',');
                    }
                }
            }
            // In the order of what they say, not of their ids.
            Value::Array(items) => {
                let projected = |item| {
                    let mut out = String::new();
                    self.write(item, &mut out);
                    out
                };
                let mut items: Vec<String> = items.iter().map(projected).collect();
                items.sort_unstable();
                // What has no name and is alike counts once: two failed links are as good as one.
                items.dedup();
                out.push('[');
                items.iter().for_each(|item| {
                    out.push_str(item);
                    out.push(';');
                });
                out.push(']');
            }
            Value::String(text) => self.text(text, out),
            Value::Null => out.push('-'),
            Value::Bool(_) | Value::Number(_) => {
                let _ = write!(out, "{value}");
            }
        }
    }

    fn text(&self, text: &str, out: &mut String) {
        if let Some(name) = self.names.get(text) {
            let _ = write!(out, "${name}");
        } else if is_minted(text) {
            out.push('?');
        } else if let Some(at) = Timestamp::parse(text) {
            let _ = write!(out, "{}s", (at.millis() / 1000 - self.now).max(-LONG_OVER_SECONDS));
        } else {
            out.push_str(text);
        }
    }
}

/// Whether a text is of the form of a minted id: a UUID, or a prefix with a ULID.
fn is_minted(text: &str) -> bool {
    let ulid = text
        .split_once('_')
        .is_some_and(|(kind, rest)| matches!(kind, "lnk" | "call" | "cmp" | "usr" | "tok" | "org") && rest.len() == 26);
    ulid || (text.len() == 36 && text.bytes().filter(|byte| *byte == b'-').count() == 4)
}
