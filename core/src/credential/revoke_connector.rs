//! `revoke_connector`: every grant of one connector at once, as when its vendor was breached (CR-5).

use super::owners::Owners;
use super::revoke::revoke;
use super::{CredentialCause, CredentialRow, Owner};
use crate::authority::Right;
use crate::context::Needs;
use crate::decide::{Refusal, Request, Transaction};
use crate::declare::Integer;
use crate::declare::object::request;
use crate::declare::view::view;
use crate::id::ConnectorSlug;
use crate::prefetch::Prefetch;
use alloc::vec::Vec;

/// Credentials that one command revokes at most.
const MOST: usize = 1000;

request! {
    /// Revokes the live credentials of one connector in the organization and environment, whoever owns them, in the
    /// order of owners. Call it again while some remain. The catalogue is not consulted.
    command RevokeConnector "revoke_connector" {
        /// The connector.
        connector: ConnectorSlug,
        /// How many credentials at most; each gives an event and an effect.
        limit: usize as Integer<1, 1000> = MOST,
    }
}

view! {
    /// What revoking a connector answers.
    ConnectorRevocation: Copy {
        /// How many credentials were revoked.
        processed: u64,
        /// How many are still live.
        remaining: u64,
    }
}

impl Request for RevokeConnector {
    type Response = ConnectorRevocation;
    const NEEDS: Needs = Needs::PLACE;
    const RIGHT: Right = Right::SharedThings;
    const WALKS: bool = true;

    fn prefetch(&self, prefetch: &Prefetch<'_>) {
        if let Some(owners) = Owners::prefetch(prefetch) {
            owners.all(None, MOST).map_while(Result::ok).for_each(drop);
        }
    }

    fn decide(&self, tx: &mut Transaction<'_>) -> Result<ConnectorRevocation, Refusal> {
        let mut found: Vec<(Owner, CredentialRow)> = Vec::new();
        let mut remaining = 0;
        let owners = Owners::of(tx)?;
        for held in owners.all(None, MOST) {
            let (owner, held) = held?;
            if held.connector != self.connector || !held.is_live() {
                continue;
            }
            if found.len() < self.limit {
                found.push((owner, held.clone()));
            } else {
                remaining += 1;
            }
        }
        let processed = u64::try_from(found.len()).unwrap_or(u64::MAX);
        for (owner, held) in &found {
            revoke(tx, owner, held, CredentialCause::Admin)?;
        }
        Ok(ConnectorRevocation { processed, remaining })
    }
}
