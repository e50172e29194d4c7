//! The class `Tenantry`.

use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::PyDict;
use tenantry::json::{Value, to_canonical};
use tenantry::{Rejection, wire};

use crate::acting::Acting;
use crate::caller::Caller;
use crate::error::{guarded, raise};
use crate::input::{Kept, Kind, read};
use crate::world::{Work, World};

/// A world of organizations, registered users, credentials and accounts, and all its rules.
#[pyclass(frozen, weakref, module = "tenantry")]
pub(crate) struct Tenantry {
    world: Arc<World>,
}

impl Tenantry {
    fn caller(&self) -> Caller<'_> {
        Caller { world: &self.world, actor: None }
    }

    fn around(core: tenantry::Tenantry, options: &Value<'_>) -> Self {
        Tenantry { world: Arc::new(World::new(core, to_canonical(options))) }
    }
}

/// An instance with options that are still Python's.
fn make(
    options: Option<&Bound<'_, PyDict>>,
    py: Python<'_>,
    core: impl FnOnce(&Value<'_>) -> Result<tenantry::Tenantry, Rejection>,
) -> PyResult<Tenantry> {
    let kept = Kept::new();
    let options = match options {
        Some(given) => read(&kept, given, Kind::Request, "").map_err(|fault| fault.raise(py))?,
        None => Value::Object(Vec::new()),
    };
    let core = guarded(|| core(&options))?.map_err(|rejection| raise(py, &rejection, None))?;
    Ok(Tenantry::around(core, &options))
}

#[pymethods]
impl Tenantry {
    #[new]
    #[pyo3(signature = (**options))]
    fn new(py: Python<'_>, options: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
        make(options, py, wire::new)
    }

    #[staticmethod]
    fn example(py: Python<'_>) -> PyResult<Self> {
        make(None, py, |_| Ok(wire::example()))
    }

    fn acting_as(&self, actor: &Bound<'_, PyAny>) -> PyResult<Acting> {
        let (py, kept) = (actor.py(), Kept::new());
        let actor = read(&kept, actor, Kind::Request, "/context/actor").map_err(|fault| fault.raise(py))?;
        let bound = self.world.answer(py, guarded(|| wire::read_actor(&actor))?)?;
        Ok(Acting { world: Arc::clone(&self.world), actor: actor.into_owned(), bound })
    }

    fn execute<'py>(&self, command: &Bound<'py, PyAny>, context: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        self.caller().execute(command, Some(context))
    }

    fn query<'py>(&self, query: &Bound<'py, PyAny>, context: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        self.caller().query(query, Some(context))
    }

    fn authorize<'py>(&self, call: &Bound<'py, PyAny>, context: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        self.caller().authorize(call, Some(context))
    }

    fn authorize_batch<'py>(
        &self,
        calls: &Bound<'py, PyAny>,
        context: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        self.caller().authorize_batch(calls, Some(context))
    }

    fn explain<'py>(&self, call: &Bound<'py, PyAny>, context: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        self.caller().explain(call, Some(context))
    }

    fn preview<'py>(&self, command: &Bound<'py, PyAny>, context: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        self.caller().preview(command, Some(context))
    }

    fn next_due(&self, py: Python<'_>) -> PyResult<Option<String>> {
        self.caller().next_due(py)
    }

    fn __copy__(&self, py: Python<'_>) -> PyResult<Self> {
        let core = self.world.read(py, Work::Long, Clone::clone)?;
        Ok(Tenantry { world: Arc::new(World::new(core, self.world.options.clone())) })
    }

    /// The state is one's own already; there is nothing below to copy deeper.
    fn __deepcopy__(&self, py: Python<'_>, _memo: &Bound<'_, PyAny>) -> PyResult<Self> {
        self.__copy__(py)
    }
}
