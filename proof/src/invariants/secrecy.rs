//! I-5, I-8, I-11: what must not be found.

use super::{Checked, Seen, need};
use crate::node::Node;
use serde_json::Value;
use std::collections::BTreeSet;

/// I-5: in what is stored, in the journal as the host keeps it, and in answers.
pub(super) fn nothing_remains_of_a_purged_user(seen: &Seen<'_>) -> Checked {
    let node = seen.after();
    if node.memory.purged.is_empty() {
        return Ok(());
    }
    let (request, answer) = (seen.step.request.to_string(), seen.answer_text());
    let journal = serde_json::to_value(&*node.journal).unwrap();
    let written = journal.to_string();
    let others: BTreeSet<&String> = node.memory.personal.values().flatten().collect();
    for (id, texts) in &node.memory.purged {
        for text in texts.iter().filter(|text| !others.contains(text)) {
            let places = [("the state", &*node.text), ("the journal", &*written)];
            for (place, all) in places {
                need(!all.contains(&**text), || format!("`{text}` of {id} is in {place}"))?;
            }
            need(request.contains(&**text) || !answer.contains(&**text), || {
                format!("`{text}` of {id} came out: {answer}")
            })?;
        }
        need(!node.text.contains(&**id), || format!("{id} is in the state"))?;
        let naming: Vec<&Value> =
            journal.as_array().into_iter().flatten().filter(|event| event.to_string().contains(&**id)).collect();
        let is_record = naming.len() == 1 && naming[0]["event"] == "registered_user_purged";
        need(is_record, || format!("more of {id} than its record: {naming:?}"))?;
    }
    Ok(())
}

/// What an actor may reach, by what it says it is.
struct Reach<'a> {
    actor: &'a Value,
    /// Its organization; null for whoever may act for any.
    organization: &'a Value,
}

impl<'a> Reach<'a> {
    /// None for those who may act for any organization and environment.
    fn of(seen: &Seen<'a>) -> Option<Self> {
        let actor = &seen.step.actor;
        let organization = if actor["type"] == "account" {
            let account = seen.before.rows("accounts").find(|account| account["user_id"] == actor["user_id"])?;
            if account["role"] == "admin" { &actor["organization_id"] } else { &account["organization_id"] }
        } else {
            &actor["organization_id"]
        };
        let anonymous = actor["type"] == "anonymous";
        (!organization.is_null() && !anonymous).then_some(Reach { actor, organization })
    }

    fn has(&self, row: &Value) -> bool {
        let environment = self.actor.get("environment").filter(|environment| !environment.is_null());
        let of_environment =
            row.get("environment").is_none() || environment.is_none_or(|own| row["environment"] == *own);
        let id = row.get("registered_user_id").filter(|_| row.get("life").is_some());
        let of_restriction = match (id, self.actor["registered_user_ids"].as_array()) {
            (Some(id), Some(ids)) => ids.contains(id),
            (Some(id), None) => self.actor["type"] != "registered_user" || self.actor["registered_user_id"] == *id,
            (None, _) => true,
        };
        row["organization_id"] == *self.organization && of_environment && of_restriction
    }
}

const TABLES: [&str; 6] =
    ["companies", "connectors", "groups", "organization_credentials", "registered_users", "tool_packs"];

/// The rows that are not in reach.
fn outside<'n>(node: &'n Node, reach: &Reach<'_>) -> Vec<&'n Value> {
    TABLES.iter().flat_map(|table| node.rows(table)).filter(|row| !reach.has(row)).collect()
}

/// The ids in a row that nobody else has.
fn ids(value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => members.iter().for_each(|(name, member)| match (name.as_str(), member) {
            (
                "registered_user_id" | "link_session_id" | "tool_call_id" | "company_id" | "external_account_id",
                Value::String(id),
            ) => {
                into.insert(id.clone());
            }
            _ => ids(member, into),
        }),
        Value::Array(items) => items.iter().for_each(|item| ids(item, into)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// I-8. Accounts and tokens are the platform's own; `create_user` by a secret is AC-2's exception.
pub(super) fn nothing_outside_the_reach_is_changed_or_learned(seen: &Seen<'_>) -> Checked {
    let Some(reach) = Reach::of(seen) else { return Ok(()) };
    let before = outside(seen.before, &reach);
    let after = outside(seen.after(), &reach);
    need(before == after, || format!("changed by {}: {before:?} is now {after:?}", reach.actor))?;
    let mut foreign = BTreeSet::new();
    before.iter().for_each(|row| ids(row, &mut foreign));
    let (answer, asked) = (seen.answer_text(), format!("{} {}", seen.step.request, seen.step.actor));
    let learned = foreign.iter().find(|id| answer.contains(&***id) && !asked.contains(&***id));
    need(learned.is_none(), || format!("{} has learned {learned:?}: {answer}", reach.actor))
}

/// I-11, P-4.
pub(super) fn no_secret_comes_out(seen: &Seen<'_>) -> Checked {
    if seen.secrets.is_empty() {
        return Ok(());
    }
    let node = seen.after();
    let (answer, shown) = (seen.answer_text(), format!("{:?}", node.tenantry));
    let written = if seen.events().next().is_some() { format!("{:?}", node.journal) } else { String::new() };
    for secret in seen.secrets {
        for (place, all) in
            [("an answer", &*answer), ("the state", &*node.text), ("Debug", &*shown), ("events", &*written)]
        {
            need(!all.contains(secret), || format!("a secret is in {place}"))?;
        }
    }
    Ok(())
}
