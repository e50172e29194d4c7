//! Callbacks with what happened, after it and in its order.

use std::collections::VecDeque;
use std::process;
use std::sync::{Mutex, MutexGuard, PoisonError};

use pyo3::exceptions::PyException;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::output;

/// Who wants to know of accepted commands, and the outcomes that are still to be published.
///
/// An outcome is queued while the instance's lock is held, so that the order is that of the commands. It is published once
/// the lock is given back, by whichever call finds nobody telling: a callback may execute commands, and two never run at
/// the same time. The lock here is never held while Python runs.
#[derive(Default)]
pub(crate) struct Subscribers(Mutex<State>);

#[derive(Default)]
struct State {
    callbacks: Vec<(u64, Py<PyAny>)>,
    last: u64,
    outcomes: VecDeque<String>,
    /// The process in which a call is telling them: in a forked child that call does not go on.
    telling: Option<u32>,
}

impl Subscribers {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a callback, and answers by what it is taken away again.
    pub(crate) fn add(&self, callback: Py<PyAny>) -> u64 {
        let mut state = self.lock();
        state.last += 1;
        let id = state.last;
        state.callbacks.push((id, callback));
        id
    }

    /// Takes a callback away, if it is there.
    pub(crate) fn remove(&self, id: u64) {
        let mut state = self.lock();
        let place = state.callbacks.iter().position(|(known, _)| *known == id);
        let removed = place.map(|place| state.callbacks.remove(place));
        // It is dropped without the lock: that may run Python code.
        drop(state);
        drop(removed);
    }

    /// Queues what a command gave. The instance's lock is held.
    pub(crate) fn queue(&self, outcome: &str) {
        let mut state = self.lock();
        if !state.callbacks.is_empty() {
            state.outcomes.push_back(outcome.to_owned());
        }
    }

    /// Publishes what is queued, unless another call is at it. What a callback raises changes nothing: it goes to
    /// `sys.unraisablehook`. An interrupt is raised here.
    pub(crate) fn publish(&self, py: Python<'_>) -> PyResult<()> {
        while let Some(outcome) = self.next() {
            let published = self.publish_one(py, &outcome);
            self.lock().telling = None;
            published?;
        }
        Ok(())
    }

    fn next(&self) -> Option<String> {
        let mut state = self.lock();
        if state.telling == Some(process::id()) {
            return None;
        }
        let next = state.outcomes.pop_front()?;
        state.telling = Some(process::id());
        Some(next)
    }

    fn publish_one(&self, py: Python<'_>, outcome: &str) -> PyResult<()> {
        let outcome = output::value(py, outcome)?;
        let outcome = outcome.cast::<PyDict>()?;
        let part = |name| Ok::<_, PyErr>(outcome.get_item(name)?.unwrap_or_else(|| py.None().into_bound(py)));
        let (events, effects) = (part(intern!(py, "events"))?, part(intern!(py, "effects"))?);
        let clone = |(_, callback): &(u64, Py<PyAny>)| callback.clone_ref(py);
        let callbacks: Vec<Py<PyAny>> = self.lock().callbacks.iter().map(clone).collect();
        for callback in callbacks {
            match callback.call1(py, (&events, &effects)) {
                Ok(_) => {}
                Err(error) if error.is_instance_of::<PyException>(py) => {
                    error.write_unraisable(py, Some(callback.bind(py)));
                }
                Err(interrupt) => return Err(interrupt),
            }
        }
        Ok(())
    }
}
