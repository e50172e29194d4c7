//! I-1, I-2, I-4: credentials, and the calls that live by them.

use super::{Checked, Seen, need};
use crate::memory::grant;
use crate::node::Node;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tenantry::Timestamp;

/// I-1, of calls that have started and of decisions that allow.
pub(super) fn a_call_starts_only_with_an_active_credential(seen: &Seen<'_>) -> Checked {
    for event in seen.events_of("tool_call_started") {
        stands(seen.before, &event["stream"]["id"], &event["tool_pack_id"], &event["connector"], &event["owner"])?;
    }
    if let Ok(decision) = &seen.step.answer
        && decision["effect"] == "allow"
        && seen.step.request.get("command").is_none()
    {
        let call = &seen.step.request;
        let connector = &decision["connector"];
        stands(seen.before, &call["registered_user_id"], &call["tool_pack_id"], connector, &decision["owner"])?;
    }
    Ok(())
}

fn stands(node: &Node, id: &Value, pack: &Value, connector: &Value, owner: &Value) -> Checked {
    let wrong = |what: &str| format!("{what}: user {id}, pack {pack}, connector {connector}, owner {owner}");
    let user = node.users().find(|(known, ..)| id == *known);
    let Some((_, row, user)) = user else { return Err(wrong("no such user")) };
    need(user["status"] == "active", || wrong("the user is not active"))?;
    let organization = &row["organization_id"];
    let pack =
        node.rows("tool_packs").find(|row| row["tool_pack_id"] == *pack && row["organization_id"] == *organization);
    let entries = pack.and_then(|pack| pack["connectors"].as_array()).into_iter().flatten();
    let Some(entry) = entries.into_iter().find(|entry| entry["connector"] == *connector) else {
        return Err(wrong("the pack has no such connector"));
    };
    let (expected, held) = match entry["auth_scope"].as_str() {
        Some("NONE") => return need(owner.is_null(), || wrong("a credential where none is needed")),
        Some("INDIVIDUAL") => {
            (json!({"scope": "INDIVIDUAL", "registered_user_id": id}), user["credentials"].as_array().cloned())
        }
        Some("SHARED") => {
            let is_own = |company: &&Value| {
                company["origin_company_id"] == user["origin_company_id"] && same_place(company, row)
            };
            let company = node.rows("companies").find(is_own);
            (
                json!({"scope": "SHARED", "origin_company_id": user["origin_company_id"]}),
                company.and_then(|company| company["credentials"].as_array().cloned()),
            )
        }
        _ => {
            let rows = node.rows("organization_credentials").filter(|held| same_place(held, row));
            (json!({"scope": "ORGANIZATION"}), Some(rows.map(|held| held["credential"].clone()).collect()))
        }
    };
    need(*owner == expected, || wrong("not the owner that the pack's scope asks for"))?;
    let held = held.unwrap_or_default().into_iter().find(|held| held["connector"] == *connector);
    let is_active = held.is_some_and(|held| held["status"] == "active" && !is_over(&held["expires_at"], node.now));
    need(is_active, || wrong("no active credential"))
}

fn same_place(one: &Value, other: &Value) -> bool {
    ["organization_id", "environment"].iter().all(|member| one[*member] == other[*member])
}

fn is_over(at: &Value, now: Timestamp) -> bool {
    at.as_str().and_then(Timestamp::parse).is_some_and(|at| now >= at)
}

/// I-2, of what is stored, and of the generations in the events.
pub(super) fn one_credential_per_owner_and_connector(seen: &Seen<'_>) -> Checked {
    if !seen.changed() {
        return Ok(());
    }
    let node = seen.after();
    let mut owners = BTreeSet::new();
    let mut once = |place: &Value, owner: &str, connector: &Value| {
        let owner = format!("{} {} {owner} {connector}", place["organization_id"], place["environment"]);
        need(owners.insert(owner.clone()), || format!("two credentials: {owner}"))
    };
    for (id, row, user) in node.users() {
        user["credentials"].as_array().into_iter().flatten().try_for_each(|held| once(row, id, &held["connector"]))?;
    }
    for row in node.rows("companies") {
        let owner = row["origin_company_id"].to_string();
        row["credentials"]
            .as_array()
            .into_iter()
            .flatten()
            .try_for_each(|held| once(row, &owner, &held["connector"]))?;
    }
    node.rows("organization_credentials").try_for_each(|row| once(row, "", &row["credential"]["connector"]))?;
    for event in seen.events() {
        let known = seen.before.memory.generations.get(&grant(event));
        let next = match event["event"].as_str() {
            Some("credential_granted") => known.is_none() && event["generation"] == 1,
            Some("credential_replaced") => known.is_some_and(|known| event["generation"] == known + 1),
            _ => true,
        };
        need(next, || format!("not the next credential of its owner, after {known:?}: {event}"))?;
    }
    Ok(())
}

/// I-4, by who was deactivated in the events.
pub(super) fn nothing_is_live_after_a_deactivation(seen: &Seen<'_>) -> Checked {
    if !seen.changed() {
        return Ok(());
    }
    let node = seen.after();
    for (id, _, user) in node.users().filter(|(id, ..)| node.memory.barren.contains(*id)) {
        let mut held = user["credentials"].as_array().into_iter().flatten();
        need(held.all(|held| held["status"] == "revoked"), || format!("live after the deactivation of {id}: {user}"))?;
    }
    Ok(())
}
