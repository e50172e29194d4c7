//! I-3, I-6, I-7: who is who, and who was let in.

use super::{Checked, Seen, need};
use std::collections::BTreeSet;

/// I-3.
pub(super) fn an_origin_user_id_stays_and_is_unique(seen: &Seen<'_>) -> Checked {
    if !seen.changed() {
        return Ok(());
    }
    let mut holders = BTreeSet::new();
    for (id, row, user) in seen.after().users() {
        let origin = &user["origin_user_id"];
        let first = holders.insert((row["organization_id"].to_string(), origin.to_string()));
        need(first || origin.is_null(), || format!("two users of {origin}: {id}"))?;
        let before = seen.before.users().find(|(known, ..)| *known == id);
        if let Some((_, _, before)) = before.filter(|(_, _, user)| !user["origin_user_id"].is_null()) {
            need(before["origin_user_id"] == *origin, || format!("another origin_user_id of {id}: {before} {user}"))?;
        }
    }
    Ok(())
}

/// I-6, by the uses in the events, and the row of the token.
pub(super) fn a_token_admits_no_more_than_max_uses(seen: &Seen<'_>) -> Checked {
    for (id, (max_uses, uses)) in &seen.after().memory.tokens {
        need(max_uses.is_none_or(|most| *uses <= most), || format!("{id}: {uses} uses of {max_uses:?}"))?;
    }
    Ok(())
}

/// I-7.
pub(super) fn emails_are_unique_without_regard_to_case(seen: &Seen<'_>) -> Checked {
    if !seen.changed() {
        return Ok(());
    }
    let mut known = BTreeSet::new();
    for account in seen.after().rows("accounts") {
        let email = account["email"].as_str().unwrap_or_default().to_lowercase();
        need(known.insert(email), || format!("two accounts of {}", account["email"]))?;
    }
    Ok(())
}
