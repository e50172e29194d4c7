//! Loads the rows that a request needs.

use crate::database::Database;
use crate::error::Error;
use crate::hints::Hints;
use crate::read::read;
use crate::rows::loadable;
use std::collections::BTreeSet;
use tenantry::{RowKey, Tenantry};

/// How many of the rows that are due are looked at together, so that a long wait ends in many short transactions.
pub(crate) const PORTION: usize = 100;

/// How often a command is decided.
pub(crate) const ATTEMPTS: u32 = 6;

/// Loads rows until none is missing. Each round reads all of them anew, in one statement: so a request is decided on what was
/// there at one moment, without a transaction around the rounds.
pub(crate) fn prepare<D: Database>(
    db: &mut D,
    instance: &mut Tenantry,
    hints: &Hints,
    missing: impl Fn(&Tenantry) -> Result<Vec<RowKey>, tenantry::Error>,
) -> Result<(), Error> {
    instance.abandon();
    let first = missing(instance)?;
    let mut keys: BTreeSet<RowKey> = hints.after(&first).into_iter().collect();
    let (mut wanted, mut portion) = (first.clone(), PORTION);
    while !wanted.is_empty() {
        keys.extend(wanted);
        let found = read(db, &keys, portion)?;
        instance.abandon();
        instance.load(&loadable(&keys, &found, portion)?)?;
        wanted = missing(instance)?;
        if wanted.iter().any(|key| key.due().is_some()) {
            portion *= 2; // The first rows that are due were too few.
        }
    }
    hints.learn(first, &keys);
    Ok(())
}
