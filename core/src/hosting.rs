//! Hosting on a database: an instance that has only the rows that its host has loaded (contract
//! section 14).
//!
//! For each command the host asks [`requirements`](Tenantry::requirements), loads what is missing
//! with its own revisions, and asks again until nothing is; executes; and writes the outcome's
//! `changes` in one transaction that first verifies its `guards`. On a conflict it starts over. Loaded rows serve one
//! request: a command drops them, and after any other answer the next request asks for its rows again.

mod revision;
mod row;

pub use crate::state::RowRange;
pub use revision::Revision;
use row::read_row;
pub use row::{Base, Change, Guard, LoadedRow, RowKey};
pub(crate) use row::{changes, read_rows};

use crate::access::ToolCall;
use crate::access::decision::authorize;
use crate::access::explain::explain;
use crate::context::{Context, Needs};
use crate::decide::{Refusal, Request, run, validate, validate_context};
use crate::error::{Error, UsageError};
use crate::json::Malformed;
use crate::permissions::may;
use crate::prefetch::Prefetch;
use crate::state::{Draft, Key, Reads, State};
use crate::tenantry::Tenantry;
use alloc::collections::BTreeSet;
use alloc::string::ToString;
use alloc::vec::Vec;

impl Tenantry {
    /// The guards of a command: everything that it read.
    pub(crate) fn guards(&self, reads: &BTreeSet<Key>) -> Vec<Guard> {
        let guard = |key: &Key| Guard { key: RowKey(key.clone()), revision: self.state.revision(key) };
        reads.iter().filter(|key| key.can_exist() && key.is_row()).map(guard).collect()
    }

    /// The rows that a command or a query still needs; none where it can be decided. Ask again after
    /// each [`load`](Self::load): what is needed next may depend on what was found.
    ///
    /// # Errors
    /// The rejection of what is not well formed. Whether the rules refuse it shows when it is executed.
    pub fn requirements<Q: Request>(&self, request: &Q, context: &Context) -> Result<Vec<RowKey>, Error> {
        validate(request, context, &self.policy)?;
        Ok(self.missing(|draft| {
            let decided = run(request, draft, context, &self.policy, self.journal.as_ref());
            decided.and_then(|(_, tx)| Ok(tx.draft.check_bases()?)).err()
        }))
    }

    /// The rows that a decision still needs.
    ///
    /// # Errors
    /// A context that names no organization or no environment.
    pub fn call_requirements(&self, call: &ToolCall, context: &Context) -> Result<Vec<RowKey>, Error> {
        validate_context(context, Needs::PLACE)?;
        Ok(self.missing(|draft| {
            Prefetch::new(&draft, context, &self.policy).call(call);
            authorize(&draft, call, context).err()
        }))
    }

    /// The rows that [`explain`](Self::explain) still needs: those of the decision, and those of the
    /// commands that it tries as remedies.
    ///
    /// # Errors
    /// A context that names no organization or no environment.
    pub fn explain_requirements(&self, call: &ToolCall, context: &Context) -> Result<Vec<RowKey>, Error> {
        validate_context(context, Needs::PLACE)?;
        Ok(self.missing(|draft| {
            Prefetch::new(&draft, context, &self.policy).call(call);
            explain(draft, call, context, &self.policy).err()
        }))
    }

    /// The rows that [`may`](Self::may) still needs, whatever the request: those of the actor.
    #[must_use]
    pub fn may_requirements(&self, request_name: &str, context: &Context) -> Vec<RowKey> {
        self.missing(|draft| {
            Prefetch::new(&draft, context, &self.policy);
            may(&draft, request_name, context).err()
        })
    }

    /// The rows that a run has asked for and lacks, if it stops at a missing one. Rows from before the last answer
    /// count as missing.
    fn missing(&self, run: impl FnOnce(Draft<'_>) -> Option<Refusal>) -> Vec<RowKey> {
        let nothing = State::partial();
        let state = if self.state.round_is_over() { &nothing } else { &self.state };
        let reads = Reads::default();
        let Some(Refusal::NotLoaded(stopped_at)) = run(Draft::recording(state, &reads)) else {
            return Vec::new();
        };
        let mut keys = reads.into_inner();
        keys.retain(|key| state.lacks(key));
        keys.insert(stopped_at);
        keys.into_iter().map(RowKey).collect()
    }

    /// Loads rows from the host's database, in place of those of the previous request. For an instance made with
    /// `rows: true`.
    ///
    /// # Errors
    /// A row that is malformed or does not match its key, with the place; then nothing was loaded.
    pub fn load(&mut self, rows: &[LoadedRow]) -> Result<(), UsageError> {
        if self.state.is_whole() {
            let message = "this instance has the whole state: load rows into an instance created with `rows: true`";
            return Err(UsageError::new(message));
        }
        let mut loaded = Vec::new();
        for (index, entry) in rows.iter().enumerate() {
            let row = match &entry.row {
                None => None,
                Some(row) => {
                    let place = |fault: Malformed| fault.within("row").within(&index.to_string());
                    Some(read_row(&entry.key.0, row).map_err(place).map_err(UsageError::malformed)?)
                }
            };
            loaded.push((entry.key.0.clone(), entry.revision.clone(), row));
        }
        if self.state.round_is_over() {
            self.forget();
        }
        for (key, revision, row) in loaded {
            self.state.load(key, revision, row);
        }
        Ok(())
    }
}
