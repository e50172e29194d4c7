//! An instance that many threads share.

use std::sync::{RwLock, RwLockWriteGuard, TryLockError};

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use tenantry::json::{Value, to_canonical};
use tenantry::{Error, wire};

use crate::error::{guarded, raise};
use crate::fork;
use crate::subscribers::Subscribers;

/// The core's instance behind a lock.
///
/// Whoever holds the lock never asks for Python's: nothing below touches a Python object between taking the
/// lock and giving it back. So nobody who waits for the lock, with Python's or without it, waits for ever.
/// Short work keeps Python's lock, since giving it up costs more than the work; where it would have to wait,
/// and for long work, it is given up. In a forked child all locks are free (`fork.rs`).
pub(crate) struct World {
    core: RwLock<tenantry::Tenantry>,
    /// What it was made with, as canonical JSON: what a copy in another process is made with.
    pub(crate) options: String,
    /// Whether its state is in a database, and here only what was loaded.
    pub(crate) holds_rows: bool,
    documentation_base_url: Option<String>,
    pub(crate) subscribers: Subscribers,
}

/// What becomes of Python's lock during a call.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gil {
    /// Kept, for short work.
    Keep,
    /// Given up, so that other threads run meanwhile.
    Release,
}

impl Gil {
    /// For a command or a query.
    pub(crate) fn during(request: &Value<'_>) -> Self {
        if wire::walks(request) { Gil::Release } else { Gil::Keep }
    }
}

impl World {
    pub(crate) fn new(core: tenantry::Tenantry, options: &Value<'_>) -> Self {
        World {
            options: to_canonical(options),
            holds_rows: options.get("rows") == Some(&Value::Bool(true)),
            documentation_base_url: core.policy().documentation_base_url.clone(),
            core: RwLock::new(core),
            subscribers: Subscribers::default(),
        }
    }

    /// Another instance with the same options, without its subscribers.
    pub(crate) fn with_core(&self, core: tenantry::Tenantry) -> Self {
        World {
            options: self.options.clone(),
            holds_rows: self.holds_rows,
            documentation_base_url: self.documentation_base_url.clone(),
            core: RwLock::new(core),
            subscribers: Subscribers::default(),
        }
    }

    /// Looks at the instance.
    pub(crate) fn read<T: Send>(
        &self,
        py: Python<'_>,
        gil: Gil,
        look: impl FnOnce(&tenantry::Tenantry) -> T + Send,
    ) -> PyResult<T> {
        if gil == Gil::Keep
            && let Some(_inside) = fork::try_inside()
        {
            match self.core.try_read() {
                Ok(core) => return guarded(|| look(&core)),
                Err(TryLockError::Poisoned(_)) => return Err(unusable()),
                Err(TryLockError::WouldBlock) => {}
            }
        }
        py.detach(|| {
            let _inside = fork::inside();
            let core = self.core.read().map_err(|_| unusable())?;
            guarded(|| look(&core))
        })
    }

    /// Changes the instance.
    pub(crate) fn write<T: Send>(
        &self,
        py: Python<'_>,
        gil: Gil,
        change: impl FnOnce(&mut tenantry::Tenantry) -> T + Send,
    ) -> PyResult<T> {
        if gil == Gil::Keep
            && let Some(_inside) = fork::try_inside()
        {
            match self.core.try_write() {
                Ok(core) => return changed(core, change),
                Err(TryLockError::Poisoned(_)) => return Err(unusable()),
                Err(TryLockError::WouldBlock) => {}
            }
        }
        py.detach(|| {
            let _inside = fork::inside();
            let core = self.core.write().map_err(|_| unusable())?;
            changed(core, change)
        })
    }

    /// An answer of the core, or the exception of its error.
    pub(crate) fn answer<T>(&self, py: Python<'_>, answer: Result<T, impl Into<Error>>) -> PyResult<T> {
        answer.map_err(|error| raise(py, error, self.documentation()))
    }

    /// Where errors are documented.
    pub(crate) fn documentation(&self) -> Option<&str> {
        self.documentation_base_url.as_deref()
    }
}

/// The lock goes into the work: were there a fault in it, the instance would count as broken from then on.
fn changed<T>(
    mut core: RwLockWriteGuard<'_, tenantry::Tenantry>,
    change: impl FnOnce(&mut tenantry::Tenantry) -> T,
) -> PyResult<T> {
    guarded(move || change(&mut core))
}

fn unusable() -> PyErr {
    PyRuntimeError::new_err("the instance is no longer usable: an internal error in tenantry interrupted a change")
}
