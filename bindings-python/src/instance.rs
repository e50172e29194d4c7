//! The class `Tenantry`.

use std::sync::Arc;

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyCFunction, PyDict, PyString};
use tenantry::json::{Malformed, Value, parse_command, parse_document};
use tenantry::{Rejection, wire};

use crate::acting::Acting;
use crate::caller::Caller;
use crate::error::{guarded, raise};
use crate::input::{Fault, Keepalive, Kind, read, type_name};
use crate::world::{Gil, World};

/// What pickle takes: the function that makes an instance, and what it is called with.
type Reduced<'i, 'py> = (Bound<'py, PyAny>, (Bound<'py, PyBytes>, &'i str));

/// A world of organizations, registered users, credentials and accounts, and all its rules.
#[pyclass(frozen, weakref, module = "tenantry")]
pub(crate) struct Tenantry {
    world: Arc<World>,
}

impl Tenantry {
    fn caller(&self) -> Caller<'_> {
        Caller { world: &self.world, actor: None }
    }

    fn with_core(core: tenantry::Tenantry, options: &Value<'_>) -> Self {
        Tenantry { world: Arc::new(World::new(core, options)) }
    }
}

/// An instance with options that are still Python's.
fn make(
    options: Option<&Bound<'_, PyDict>>,
    py: Python<'_>,
    core: impl FnOnce(&Value<'_>) -> Result<tenantry::Tenantry, Rejection>,
) -> PyResult<Tenantry> {
    let kept = Keepalive::new();
    let options = match options {
        Some(given) => read(&kept, given, Kind::Request, "").map_err(|fault| fault.raise(py))?,
        None => Value::Object(Vec::new()),
    };
    let core = guarded(|| core(&options))?.map_err(|rejection| raise(py, rejection, None))?;
    Ok(Tenantry::with_core(core, &options))
}

/// An instance from what was kept of one: a snapshot or a journal.
fn from_kept(
    kept: &Bound<'_, PyAny>,
    options: Option<&Bound<'_, PyDict>>,
    core: fn(&Value<'_>, &Value<'_>) -> Result<tenantry::Tenantry, Rejection>,
) -> PyResult<Tenantry> {
    let (py, values) = (kept.py(), Keepalive::new());
    let kept = read(&values, kept, Kind::Stored, "").map_err(|fault| match fault {
        Fault::Malformed(malformed) => raise(py, Rejection::invalid_snapshot(malformed), None),
        interrupted => interrupted.raise(py),
    })?;
    make(options, py, |options| py.detach(|| core(&kept, options)))
}

/// Text that was given as bytes; anything else as it is.
fn as_text<'py>(given: &Bound<'py, PyAny>) -> Bound<'py, PyAny> {
    let bytes = given.cast::<PyBytes>().ok();
    let text = bytes.and_then(|bytes| core::str::from_utf8(bytes.as_bytes()).ok());
    text.map_or_else(|| given.clone(), |text| PyString::new(given.py(), text).into_any())
}

#[pymethods]
impl Tenantry {
    #[new]
    #[pyo3(signature = (**options))]
    fn new(py: Python<'_>, options: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
        make(options, py, |options| wire::new(options))
    }

    /// A small world to try things on: the organization `org_demo` with connectors, tool packs, a group, and in
    /// `test` a user of a company.
    #[staticmethod]
    #[pyo3(signature = (**options))]
    fn example(py: Python<'_>, options: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
        make(options, py, |options| wire::example(options))
    }

    /// The instance that a snapshot holds: its text, the bytes of its text, or an object.
    #[staticmethod]
    #[pyo3(signature = (snapshot, /, **options))]
    fn restore(snapshot: &Bound<'_, PyAny>, options: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
        from_kept(snapshot, options, |snapshot, options| wire::restore(snapshot, options))
    }

    /// The instance that a journal gives: events in their order, also after redactions and purges. With `onto`, a
    /// snapshot, the events continue from there (E-5).
    #[staticmethod]
    #[pyo3(signature = (events, /, *, onto=None, **options))]
    fn fold(
        events: &Bound<'_, PyAny>,
        onto: Option<&Bound<'_, PyAny>>,
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Self> {
        let Some(onto) = onto else { return from_kept(events, options, |events, options| wire::fold(events, options)) };
        let given = PyDict::new(events.py());
        given.set_item("onto", as_text(onto))?;
        given.set_item("events", as_text(events))?;
        from_kept(&given, options, |given, options| wire::fold(given, options))
    }

    /// Binds an actor, for requests without one and for fast decisions on this same instance.
    fn acting_as(&self, actor: &Bound<'_, PyAny>) -> PyResult<Acting> {
        let (py, kept) = (actor.py(), Keepalive::new());
        let actor = read(&kept, actor, Kind::Request, "/context/actor").map_err(|fault| fault.raise_usage(py))?;
        let actor = self.world.answer(py, guarded(|| wire::read_actor(&actor))?)?;
        Ok(Acting { world: Arc::clone(&self.world), actor })
    }

    /// Calls back with the events and effects of each accepted command, after it and in the order of the commands.
    /// Answers a function that ends the subscription. The callback may execute commands; what it raises goes
    /// to `sys.unraisablehook` and undoes nothing.
    fn subscribe<'py>(&self, callback: Bound<'py, PyAny>) -> PyResult<Bound<'py, PyCFunction>> {
        let py = callback.py();
        if !callback.is_callable() {
            return Err(PyTypeError::new_err(format!("expected a callable, found `{}`", type_name(&callback))));
        }
        let id = self.world.subscribers.add(callback.unbind());
        let world = Arc::downgrade(&self.world);
        PyCFunction::new_closure(py, Some(c"unsubscribe"), None, move |_, _| {
            if let Some(world) = world.upgrade() {
                world.subscribers.remove(id);
            }
        })
    }

    /// Decides a command and, where it is accepted, changes the state by it: `{response, events, effects}`.
    fn execute<'py>(&self, command: &Bound<'py, PyAny>, context: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        self.caller().execute(command, Some(context))
    }

    /// Answers a query.
    fn query<'py>(&self, query: &Bound<'py, PyAny>, context: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        self.caller().query(query, Some(context))
    }

    /// Decides a tool call and changes nothing: `Allow`, or `Deny` with the reason.
    fn authorize<'py>(&self, call: &Bound<'py, PyAny>, context: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        self.caller().authorize(call, Some(context))
    }

    /// Decides up to 10,000 calls, each as `authorize` would. A malformed call is answered by a `BatchRejection` in
    /// its place.
    fn authorize_batch<'py>(
        &self,
        calls: &Bound<'py, PyAny>,
        context: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        self.caller().authorize_batch(calls, Some(context))
    }

    /// Explains a decision: the decision, every check behind it, and the remedies that would lead to allow.
    fn explain<'py>(&self, call: &Bound<'py, PyAny>, context: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        self.caller().explain(call, Some(context))
    }

    /// The outcome that `execute` would give, and whose access it would change. Changes nothing.
    fn preview<'py>(&self, command: &Bound<'py, PyAny>, context: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        self.caller().preview(command, Some(context))
    }

    /// The keys of the rows that are still to be loaded before this can be decided, for an instance made with
    /// `rows=True`. Load them and ask again until the list is empty. Give the same `entropy` here and to `execute`,
    /// since ids are minted from it.
    fn requirements<'py>(
        &self,
        request: &Bound<'py, PyAny>,
        context: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        self.caller().requirements(request, Some(context))
    }

    /// Whether the actor could ever send this command, query or call, with some fields. Runs nothing; `permissions()`
    /// is the whole table.
    fn may(&self, request_name: &Bound<'_, PyAny>, context: &Bound<'_, PyAny>) -> PyResult<bool> {
        self.caller().may(request_name, Some(context))
    }

    /// Takes over rows from the host's database, for an instance made with `rows=True`.
    fn load(&self, rows: &Bound<'_, PyAny>) -> PyResult<()> {
        self.caller().load(rows)
    }

    /// Gives up the request that rows were loaded for, so that they serve no later one. Every answer does so by
    /// itself.
    fn abandon(&self, py: Python<'_>) -> PyResult<()> {
        self.caller().abandon(py)
    }

    /// The state as canonical JSON, without policy and journal.
    fn snapshot<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        self.caller().snapshot(py)
    }

    /// The earliest instant at which `advance_time` would do something, or `None`.
    fn next_due(&self, py: Python<'_>) -> PyResult<Option<String>> {
        self.caller().next_due(py)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        self.world.read(py, Gil::Keep, tenantry::wire::describe)
    }

    fn __copy__(&self, py: Python<'_>) -> PyResult<Self> {
        let core = self.world.read(py, Gil::Release, Clone::clone)?;
        Ok(Tenantry { world: Arc::new(self.world.with_core(core)) })
    }

    /// The state is one's own already; there is nothing below to copy deeper.
    fn __deepcopy__(&self, py: Python<'_>, _memo: &Bound<'_, PyAny>) -> PyResult<Self> {
        self.__copy__(py)
    }

    /// Through a snapshot; the journal, where there is one, begins empty.
    fn __reduce__<'i, 'py>(&'i self, py: Python<'py>) -> PyResult<Reduced<'i, 'py>> {
        if self.world.holds_rows {
            return Err(PyTypeError::new_err(
                "an instance in row mode cannot be pickled: its state is in the database",
            ));
        }
        let unpickle = py.import("tenantry._tenantry")?.getattr("unpickle")?;
        Ok((unpickle, (self.caller().snapshot(py)?, &self.world.options)))
    }
}

/// What a pickled instance becomes again, from its snapshot and its options.
#[pyfunction]
pub(crate) fn unpickle(py: Python<'_>, snapshot: &[u8], options: &str) -> PyResult<Tenantry> {
    let refused = |rejection: Rejection| raise(py, rejection, None);
    let malformed = |malformed: Malformed| refused(Rejection::invalid_snapshot(malformed));
    let snapshot = std::str::from_utf8(snapshot).map_err(|_| malformed(Malformed::new("", "not well-formed UTF-8")))?;
    let snapshot = parse_document(snapshot).map_err(malformed)?;
    let options = parse_command(options).map_err(malformed)?;
    let core = guarded(|| py.detach(|| wire::restore(&snapshot, &options)))?.map_err(refused)?;
    Ok(Tenantry::with_core(core, &options))
}
