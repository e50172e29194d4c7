//! What can be asked of an instance, by itself or through a handle that has its actor already.

use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyList};
use tenantry::Actor;
use tenantry::json::{Path, Value};
use tenantry::wire::{self, HostContext, Input};

use crate::input::{Fault, Keepalive, Kind, read, text};
use crate::world::{Gil, World};
use crate::{host, output};

/// Whoever asks.
pub(crate) struct Caller<'w> {
    pub(crate) world: &'w World,
    /// The actor, where it is bound.
    pub(crate) actor: Option<&'w Actor>,
}

type Given<'g, 'py> = &'g Bound<'py, PyAny>;
type Answer<'py> = PyResult<Bound<'py, PyAny>>;

impl Caller<'_> {
    pub(crate) fn execute<'py>(&self, command: Given<'_, 'py>, context: Option<Given<'_, 'py>>) -> Answer<'py> {
        let (py, kept) = (command.py(), Keepalive::new());
        let command = self.read(&kept, command, Kind::Request)?;
        let context = self.context(py, &kept, context, Mints::Ids)?;
        let execute = |core: &mut tenantry::Tenantry| {
            wire::execute(core, &command, context).inspect(|outcome| self.world.subscribers.queue(outcome))
        };
        let outcome = self.world.write(py, Gil::during(&command), execute)?;
        let outcome =
            output::with_decision(py, &self.world.answer(py, outcome)?, "response", self.world.documentation())?;
        self.world.subscribers.publish(py)?;
        Ok(outcome)
    }

    pub(crate) fn query<'py>(&self, query: Given<'_, 'py>, context: Option<Given<'_, 'py>>) -> Answer<'py> {
        let (py, kept) = (query.py(), Keepalive::new());
        let query = self.read(&kept, query, Kind::Request)?;
        let context = self.context(py, &kept, context, Mints::Nothing)?;
        let answer = self.world.read(py, Gil::during(&query), |core| wire::query(core, &query, context))?;
        output::value(py, &self.world.answer(py, answer)?)
    }

    pub(crate) fn authorize<'py>(&self, call: Given<'_, 'py>, context: Option<Given<'_, 'py>>) -> Answer<'py> {
        let (py, kept) = (call.py(), Keepalive::new());
        let call = self.read(&kept, call, Kind::Request)?;
        let context = self.context(py, &kept, context, Mints::Nothing)?;
        let decision = self.world.read(py, Gil::Keep, |core| wire::authorize(core, &call, context))?;
        output::decision(&output::value(py, &self.world.answer(py, decision)?)?, self.world.documentation())
    }

    pub(crate) fn authorize_batch<'py>(&self, calls: Given<'_, 'py>, context: Option<Given<'_, 'py>>) -> Answer<'py> {
        let (py, kept) = (calls.py(), Keepalive::new());
        let calls = self.read(&kept, calls, Kind::Document)?;
        let context = self.context(py, &kept, context, Mints::Nothing)?;
        let decisions = self.world.read(py, Gil::Release, |core| wire::authorize_batch(core, &calls, context))?;
        let decisions = output::value(py, &self.world.answer(py, decisions)?)?;
        let places =
            decisions.cast::<PyList>()?.iter().map(|place| output::decision(&place, self.world.documentation()));
        Ok(PyList::new(py, places.collect::<PyResult<Vec<_>>>()?)?.into_any())
    }

    pub(crate) fn explain<'py>(&self, call: Given<'_, 'py>, context: Option<Given<'_, 'py>>) -> Answer<'py> {
        let (py, kept) = (call.py(), Keepalive::new());
        let call = self.read(&kept, call, Kind::Request)?;
        let context = self.context(py, &kept, context, Mints::Nothing)?;
        let explanation = self.world.read(py, Gil::Keep, |core| wire::explain(core, &call, context))?;
        let answer = self.world.answer(py, explanation)?;
        output::explanation(&output::with_decision(py, &answer, "decision", self.world.documentation())?)
    }

    pub(crate) fn preview<'py>(&self, command: Given<'_, 'py>, context: Option<Given<'_, 'py>>) -> Answer<'py> {
        let (py, kept) = (command.py(), Keepalive::new());
        let command = self.read(&kept, command, Kind::Request)?;
        let context = self.context(py, &kept, context, Mints::Ids)?;
        let preview = self.world.read(py, Gil::Release, |core| wire::preview(core, &command, context))?;
        output::with_decision(py, &self.world.answer(py, preview)?, "response", self.world.documentation())
    }

    /// The keys of the rows that a request still needs, of an instance that holds rows.
    pub(crate) fn requirements<'py>(&self, request: Given<'_, 'py>, context: Option<Given<'_, 'py>>) -> Answer<'py> {
        let (py, kept) = (request.py(), Keepalive::new());
        let request = self.read(&kept, request, Kind::Request)?;
        let context = self.context(py, &kept, context, Mints::Ids)?;
        let keys = self.world.read(py, Gil::Keep, |core| wire::requirements(core, &request, context))?;
        output::value(py, &self.world.answer(py, keys)?)
    }

    pub(crate) fn may(&self, request_name: Given<'_, '_>, context: Option<Given<'_, '_>>) -> PyResult<bool> {
        const NAME: Path<'_> = Path::rooted("/request_name");
        let (py, kept) = (request_name.py(), Keepalive::new());
        let name = text(request_name, &NAME).map_err(|error| self.given_up(py, error))?;
        let ill_formed = || self.given_up(py, Fault::lone_surrogate(&NAME.pointer()).raise_usage(py));
        let name = name.ok_or_else(ill_formed)?;
        let context = self.context(py, &kept, context, Mints::Nothing)?;
        let may = self.world.read(py, Gil::Keep, |core| wire::may(core, &name, context))?;
        self.world.answer(py, may)
    }

    pub(crate) fn load(&self, rows: Given<'_, '_>) -> PyResult<()> {
        let (py, kept) = (rows.py(), Keepalive::new());
        let rows = read(&kept, rows, Kind::Stored, "").map_err(|fault| self.given_up(py, fault.raise_usage(py)))?;
        let loaded = self.world.write(py, Gil::Keep, |core| wire::load(core, &rows))?;
        self.world.answer(py, loaded)
    }

    /// Gives up the request that rows were loaded for.
    pub(crate) fn abandon(&self, py: Python<'_>) -> PyResult<()> {
        self.world.read(py, Gil::Keep, tenantry::Tenantry::abandon)
    }

    /// The exception for what never reaches the core, after which no row serves another request.
    pub(crate) fn given_up(&self, py: Python<'_>, error: PyErr) -> PyErr {
        self.abandon(py).err().unwrap_or(error)
    }

    fn read<'a, 'py>(&self, kept: &'a Keepalive<'py>, given: Given<'a, 'py>, kind: Kind) -> PyResult<Value<'a>> {
        let py = given.py();
        read(kept, given, kind, "").map_err(|fault| self.given_up(py, fault.raise(py)))
    }

    /// The whole state as canonical JSON.
    pub(crate) fn snapshot<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        Ok(PyBytes::new(py, self.world.read(py, Gil::Release, wire::snapshot)?.as_bytes()))
    }

    pub(crate) fn next_due(&self, py: Python<'_>) -> PyResult<Option<String>> {
        self.world.read(py, Gil::Keep, wire::next_due)
    }

    /// A context with its actor, and with what the host supplies where the caller leaves it out.
    fn context<'a, 'py>(
        &'a self,
        py: Python<'py>,
        kept: &'a Keepalive<'py>,
        given: Option<Given<'a, 'py>>,
        mints: Mints,
    ) -> PyResult<HostContext<'a>> {
        let given = match given {
            Some(given) => read(kept, given, Kind::Request, "/context")
                .map_err(|fault| self.given_up(py, fault.raise_usage(py)))?,
            None => Value::Null,
        };
        let lacks = |name| matches!(given.get(name), None | Some(Value::Null));
        let now = lacks("now").then(|| host::clock(py)).transpose()?;
        let entropy = (mints == Mints::Ids && lacks("entropy")).then(|| host::entropy(py)).transpose()?;
        Ok(HostContext { given: Input::Value(given), actor: self.actor, now, entropy })
    }
}

/// Whether the call may mint ids: only then is randomness drawn for it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mints {
    Ids,
    Nothing,
}
