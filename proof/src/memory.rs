//! What a reader of the events alone remembers: what no snapshot can tell any more.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What was read so far.
#[derive(Clone, Default)]
pub struct Memory {
    /// Users that were deactivated, and have completed no link of their own since (I-4).
    pub barren: BTreeSet<String>,
    /// The last sequence of each stream (I-9).
    pub sequences: BTreeMap<String, u64>,
    /// The generation of each owner's credential, by place, owner and connector (I-2).
    pub generations: BTreeMap<String, u64>,
    /// The texts that were given of each user (I-5).
    pub personal: BTreeMap<String, BTreeSet<String>>,
    /// The same of those that were purged.
    pub purged: BTreeMap<String, BTreeSet<String>>,
    /// How often each registration token may admit somebody, and has (I-6).
    pub tokens: BTreeMap<String, (Option<u64>, u64)>,
}

/// Members of events that hold what is personal.
const PERSONAL: [&str; 8] = [
    "origin_user_id",
    "origin_user_name",
    "origin_user_email",
    "custom_groupings",
    "changes",
    "external_account_id",
    "replaced_external_account_id",
    "reason",
];

/// The stream of an event, as a text.
pub(crate) fn stream(event: &Value) -> String {
    format!("{}:{}", event["stream"]["kind"].as_str().unwrap(), event["stream"]["id"].as_str().unwrap())
}

/// Whose credential an event is about.
pub(crate) fn grant(event: &Value) -> String {
    format!("{} {} {} {}", event["organization_id"], event["environment"], event["owner"], event["connector"])
}

fn texts(value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => {
            into.insert(text.clone());
        }
        Value::Array(items) => items.iter().for_each(|item| texts(item, into)),
        Value::Object(members) => members.values().for_each(|member| texts(member, into)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

impl Memory {
    /// Reads an event, as it was given.
    pub(crate) fn read(&mut self, event: &Value) {
        self.sequences.insert(stream(event), event["sequence"].as_u64().unwrap());
        let (name, id) = (event["event"].as_str().unwrap(), event["stream"]["id"].as_str().unwrap());
        if event["stream"]["kind"] == "registered_user" {
            let known = self.personal.entry(id.to_owned()).or_default();
            PERSONAL.iter().for_each(|member| {
                let mut given = event.get(*member).cloned().unwrap_or_default();
                if let Some(changes) = given.as_object_mut() {
                    // A company is no person, and outlives its members (M-2).
                    ["origin_company_id", "user_type"].iter().for_each(|member| drop(changes.remove(*member)));
                }
                texts(&given, known);
            });
        }
        match name {
            "registered_user_deactivated" => drop(self.barren.insert(id.to_owned())),
            "registered_user_deleted" => drop(self.barren.remove(id)),
            "registered_user_purged" => {
                let known = self.personal.remove(id).unwrap_or_default();
                self.purged.insert(id.to_owned(), known);
            }
            "credential_granted" | "credential_replaced" => {
                self.generations.insert(grant(event), event["generation"].as_u64().unwrap());
                if let Some(id) = event["owner"]["registered_user_id"].as_str() {
                    self.barren.remove(id);
                }
            }
            "company_deleted" => {
                let place = format!("{} {} ", event["organization_id"], event["environment"]);
                let owner = format!("\"origin_company_id\":{}", event["origin_company_id"]);
                self.generations.retain(|grant, _| !(grant.starts_with(&place) && grant.contains(&owner)));
            }
            "registration_token_issued" => {
                self.tokens.insert(id.to_owned(), (event["max_uses"].as_u64(), 0));
            }
            "registration_token_used" => self.tokens.get_mut(id).unwrap().1 += 1,
            _ => {}
        }
    }
}
