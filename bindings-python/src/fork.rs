//! Forking beside busy threads.
//!
//! A forked child has one thread only, so a lock that another thread held at that moment is never released there.
//! Every call that works on an instance enters the gate, and a fork waits until it is empty: the child gets its
//! instances whole and unlocked, and can keep using them.

use std::cell::Cell;
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard, TryLockError};

use pyo3::prelude::*;
use pyo3::types::PyDict;

static GATE: RwLock<()> = RwLock::new(());

thread_local! {
    /// The gate's lock, held from before the fork until after it by the forking thread.
    static SHUT: Cell<Option<RwLockWriteGuard<'static, ()>>> = const { Cell::new(None) };
}

/// Enters the gate; once, and before an instance's own lock. Waits for a fork.
pub(crate) fn inside() -> RwLockReadGuard<'static, ()> {
    GATE.read().unwrap_or_else(PoisonError::into_inner)
}

/// The same, or nothing if it would have to wait.
pub(crate) fn try_inside() -> Option<RwLockReadGuard<'static, ()>> {
    match GATE.try_read() {
        Ok(inside) => Some(inside),
        Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
        Err(TryLockError::WouldBlock) => None,
    }
}

/// Before a fork. Other threads run meanwhile, so that those inside can finish.
#[pyfunction]
fn shut(py: Python<'_>) {
    py.detach(|| SHUT.set(Some(GATE.write().unwrap_or_else(PoisonError::into_inner))));
}

/// After a fork, in the parent and in the child.
#[pyfunction]
fn open() {
    SHUT.take();
}

/// Has Python call both around every fork, where there are forks.
pub(crate) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let py = module.py();
    let Ok(register) = py.import("os")?.getattr("register_at_fork") else { return Ok(()) };
    let hooks = PyDict::new(py);
    hooks.set_item("before", wrap_pyfunction!(shut, module)?)?;
    for after in ["after_in_parent", "after_in_child"] {
        hooks.set_item(after, wrap_pyfunction!(open, module)?)?;
    }
    register.call((), Some(&hooks)).map(drop)
}
