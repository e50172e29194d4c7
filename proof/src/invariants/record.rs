//! I-9, I-10, P-3: what is counted, written and stored goes together.

use super::{Checked, Seen, need};
use crate::memory::stream;
use serde_json::Value;
use std::collections::BTreeMap;
use tenantry::{Options, Tenantry};

/// I-9 and M-3: a version grows by one where profile or status changed, and nowhere else; sequences have no gap.
pub(super) fn versions_and_sequences_grow_by_one(seen: &Seen<'_>) -> Checked {
    if !seen.changed() {
        return Ok(());
    }
    let before: BTreeMap<&str, &Value> = seen.before.users().map(|(id, _, user)| (id, user)).collect();
    for (id, _, user) in seen.after().users() {
        grows(id, before.get(id).copied(), user, &["credentials", "link_sessions"])?;
    }
    for account in seen.after().rows("accounts") {
        let before = seen.before.rows("accounts").find(|known| known["user_id"] == account["user_id"]);
        grows(account["user_id"].as_str().unwrap_or_default(), before, account, &["sequence"])?;
    }
    let mut last = seen.before.memory.sequences.clone();
    for event in seen.events() {
        let known = last.entry(stream(event)).or_default();
        need(event["sequence"] == *known + 1, || format!("not the next one after {known}: {event}"))?;
        *known += 1;
    }
    Ok(())
}

fn grows(id: &str, before: Option<&Value>, after: &Value, others: &[&str]) -> Checked {
    let Some(before) = before else { return need(after["version"] == 1, || format!("{id} begins as {after}")) };
    let profile = |row: &Value| {
        let mut row = row.clone();
        let members = row.as_object_mut().unwrap();
        ["version", "updated_at"].iter().chain(others).for_each(|member| drop(members.remove(*member)));
        row
    };
    let grown = u64::from(profile(before) != profile(after));
    let version = before["version"].as_u64().unwrap_or_default();
    need(after["version"] == version + grown, || format!("{id}: version {} after {version}: {after}", after["version"]))
}

/// I-10, E-1: byte for byte, also where the host has erased what it was asked to.
pub(super) fn the_journal_gives_the_state(seen: &Seen<'_>) -> Checked {
    let node = seen.after();
    if seen.events().next().is_none() {
        return Ok(());
    }
    let options = Options { policy: node.tenantry.policy().clone(), ..Options::default() };
    let folded = Tenantry::fold(&node.journal, options).map_err(|rejection| format!("no state: {rejection}"))?;
    let folded = folded.snapshot();
    need(folded == *node.text, || format!("another state: {folded} instead of {}", node.text))
}

/// P-3: without an event nothing changes.
pub(super) fn nothing_is_half_done(seen: &Seen<'_>) -> Checked {
    need(!seen.changed() || seen.events().next().is_some(), || {
        format!("changed without an event: {}", seen.answer_text())
    })
}
