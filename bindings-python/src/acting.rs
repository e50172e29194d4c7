//! The class `Acting`: an actor bound to a living instance, and the hot path of decisions.

use std::borrow::Cow;
use std::sync::Arc;

use pyo3::exceptions::PyTypeError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyByteArray, PyBytes, PyFrozenSet, PyList, PyMapping, PySet, PyString};
use tenantry::json::Path;
use tenantry::{Actor, Code, Timestamp, UsageError};
use typed_arena::Arena;

use crate::caller::Caller;
use crate::error::usage;
use crate::host::clock;
use crate::input::{instant, text, type_name};
use crate::world::{Gil, World};

/// A handle on an instance that has its actor already.
#[pyclass(frozen, weakref, module = "tenantry")]
pub(crate) struct Acting {
    pub(crate) world: Arc<World>,
    pub(crate) actor: Actor,
}

impl Acting {
    fn caller(&self) -> Caller<'_> {
        Caller { world: &self.world, actor: Some(&self.actor) }
    }

    /// Decides a call by a hot path of the core. A text that is not well-formed makes the call malformed, as it is for
    /// `authorize`. What is no text, or no instant, is a mistake of the program that calls.
    #[inline]
    fn decide<T: Send>(
        &self,
        py: Python<'_>,
        [user, pack, tool]: [&Bound<'_, PyAny>; 3],
        now: Option<&Bound<'_, PyAny>>,
        decide: impl FnOnce(tenantry::Acting<'_>, [&str; 3], Timestamp) -> Result<T, UsageError> + Send,
    ) -> PyResult<T> {
        let read = || PyResult::Ok((text(user, &USER)?, text(pack, &PACK)?, text(tool, &TOOL)?, at(py, now)?));
        let (user, pack, tool, now) = read().map_err(|error| self.caller().given_up(py, error))?;
        let call = match (&user, &pack, &tool) {
            (Some(user), Some(pack), Some(tool)) => [&**user, &**pack, &**tool],
            _ => MALFORMED,
        };
        let decided = self.world.read(py, Gil::Keep, |core| decide(core.acting_as(&self.actor), call, now))?;
        self.world.answer(py, decided)
    }

    /// The numbers of the codes of many calls.
    fn numbers<'py>(
        &self,
        py: Python<'py>,
        [users, packs, tools]: [&Bound<'py, PyAny>; 3],
        now: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Bound<'py, PyBytes>> {
        let now = at(py, now)?;
        let lists = [(users, USERS), (packs, PACKS), (tools, TOOLS)];
        let [users, packs, names] = lists.map(|(list, name)| items(list, &name).map(|items| (items, name)));
        let (made, mut malformed) = (Arena::new(), Vec::new());
        let lists = [users?, packs?, names?];
        let [users, packs, names] = lists.each_ref().map(|(list, name)| texts(&made, list, name, &mut malformed));
        let (mut users, packs, names) = (users?, packs?, names?);
        // Ill-formed Unicode anywhere makes the call malformed at its first field.
        for index in malformed {
            if let Some(user) = users.get_mut(index) {
                *user = "";
            }
        }
        let codes =
            self.world.read(py, Gil::Release, |core| core.acting_as(&self.actor).codes(&users, &packs, &names, now))?;
        Ok(PyBytes::new(py, &self.world.answer(py, codes)?))
    }
}

/// What the core takes for malformed, whatever else is wrong.
const MALFORMED: [&str; 3] = [""; 3];
const USER: Path<'_> = Path::rooted("/registered_user_id");
const PACK: Path<'_> = Path::rooted("/tool_pack_id");
const TOOL: Path<'_> = Path::rooted("/tool");

/// The instant of a call; the host's where it is left out.
fn at(py: Python<'_>, now: Option<&Bound<'_, PyAny>>) -> PyResult<Timestamp> {
    match now {
        Some(now) => instant(now),
        None => clock(py),
    }
}

#[pymethods]
impl Acting {
    /// Decides a command and, where it is accepted, changes the state by it: `{response, events, effects}`.
    #[pyo3(signature = (command, context=None))]
    fn execute<'py>(
        &self,
        command: &Bound<'py, PyAny>,
        context: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        self.caller().execute(command, context)
    }

    /// Answers a query.
    #[pyo3(signature = (query, context=None))]
    fn query<'py>(
        &self,
        query: &Bound<'py, PyAny>,
        context: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        self.caller().query(query, context)
    }

    /// Decides a tool call and changes nothing: `Allow`, or `Deny` with the reason.
    #[pyo3(signature = (call, context=None))]
    fn authorize<'py>(
        &self,
        call: &Bound<'py, PyAny>,
        context: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        self.caller().authorize(call, context)
    }

    /// Decides up to 10,000 calls, each as `authorize` would. A malformed call is answered by a `BatchRejection` in
    /// its place.
    #[pyo3(signature = (calls, context=None))]
    fn authorize_batch<'py>(
        &self,
        calls: &Bound<'py, PyAny>,
        context: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        self.caller().authorize_batch(calls, context)
    }

    /// Explains a decision: the decision, every check behind it, and the remedies that would lead to allow.
    #[pyo3(signature = (call, context=None))]
    fn explain<'py>(
        &self,
        call: &Bound<'py, PyAny>,
        context: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        self.caller().explain(call, context)
    }

    /// The outcome that `execute` would give, and whose access it would change. Changes nothing.
    #[pyo3(signature = (command, context=None))]
    fn preview<'py>(
        &self,
        command: &Bound<'py, PyAny>,
        context: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        self.caller().preview(command, context)
    }

    /// The keys of the rows that are still to be loaded before this can be decided, for an instance made with
    /// `rows=True`. Load them and ask again until the list is empty. Give the same `entropy` here and to `execute`,
    /// since ids are minted from it.
    #[pyo3(signature = (request, context=None))]
    fn requirements<'py>(
        &self,
        request: &Bound<'py, PyAny>,
        context: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        self.caller().requirements(request, context)
    }

    /// Whether the actor could ever send this command, query or call, with some fields. Runs nothing; `permissions()`
    /// is the whole table.
    #[pyo3(signature = (request_name, context=None))]
    fn may(&self, request_name: &Bound<'_, PyAny>, context: Option<&Bound<'_, PyAny>>) -> PyResult<bool> {
        self.caller().may(request_name, context)
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

    fn __repr__(&self) -> String {
        tenantry::wire::describe_actor(&self.actor)
    }

    /// The state as canonical JSON, without policy and journal.
    fn snapshot<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        self.caller().snapshot(py)
    }

    /// The earliest instant at which `advance_time` would do something, or `None`.
    fn next_due(&self, py: Python<'_>) -> PyResult<Option<String>> {
        self.caller().next_due(py)
    }

    /// Whether the call may start. A malformed call may not; anything but strings raises a `UsageError`.
    #[pyo3(signature = (registered_user_id, tool_pack_id, tool, now=None))]
    fn allows(
        &self,
        py: Python<'_>,
        registered_user_id: &Bound<'_, PyAny>,
        tool_pack_id: &Bound<'_, PyAny>,
        tool: &Bound<'_, PyAny>,
        now: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<bool> {
        let call = [registered_user_id, tool_pack_id, tool];
        self.decide(py, call, now, |acting, [user, pack, tool], now| acting.allows(user, pack, tool, now))
    }

    /// `"allow"`, or the code with which `authorize` would deny or reject the call.
    #[pyo3(signature = (registered_user_id, tool_pack_id, tool, now=None))]
    fn code<'py>(
        &self,
        py: Python<'py>,
        registered_user_id: &Bound<'_, PyAny>,
        tool_pack_id: &Bound<'_, PyAny>,
        tool: &Bound<'_, PyAny>,
        now: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Bound<'py, PyString>> {
        let call = [registered_user_id, tool_pack_id, tool];
        let code = self.decide(py, call, now, |acting, [user, pack, tool], now| acting.code(user, pack, tool, now))?;
        Ok(word(py, code))
    }

    /// One byte for each call: 0 for allow, otherwise the `number` of the code in `error_catalog()`.
    #[pyo3(signature = (registered_user_ids, tool_pack_ids, tools, now=None))]
    fn codes<'py>(
        &self,
        py: Python<'py>,
        registered_user_ids: &Bound<'py, PyAny>,
        tool_pack_ids: &Bound<'py, PyAny>,
        tools: &Bound<'py, PyAny>,
        now: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Bound<'py, PyBytes>> {
        let lists = [registered_user_ids, tool_pack_ids, tools];
        self.numbers(py, lists, now).map_err(|error| self.caller().given_up(py, error))
    }
}

/// What `code` answers: texts that are made once.
fn word(py: Python<'_>, code: Option<Code>) -> Bound<'_, PyString> {
    static WORDS: [PyOnceLock<Py<PyString>>; 256] = [const { PyOnceLock::new() }; 256];
    let made = || PyString::intern(py, code.map_or("allow", Code::as_str));
    match WORDS.get(usize::from(code.map_or(0, Code::number))) {
        Some(kept) => kept.get_or_init(py, || made().unbind()).bind(py).clone(),
        None => made(),
    }
}

const USERS: Path<'_> = Path::rooted("/registered_user_ids");
const PACKS: Path<'_> = Path::rooted("/tool_pack_ids");
const TOOLS: Path<'_> = Path::rooted("/tools");

/// The items of a list, an iterator or a column.
fn items<'py>(list: &Bound<'py, PyAny>, name: &Path<'_>) -> PyResult<Vec<Bound<'py, PyAny>>> {
    let py = list.py();
    if let Ok(list) = list.cast::<PyList>() {
        return Ok(list.iter().collect());
    }
    // Arrow's columns iterate over Arrow scalars; `to_pylist` gives Python values.
    if let Some(to_pylist) = list.getattr_opt(intern!(py, "to_pylist"))? {
        return to_pylist.call0()?.try_iter()?.collect();
    }
    // Texts, sets, mappings and tables are iterable too, but never as the list that is wanted here.
    let dimensions = list.getattr_opt(intern!(py, "ndim"))?.and_then(|dimensions| dimensions.extract::<usize>().ok());
    let list_like = dimensions.is_none_or(|dimensions| dimensions == 1)
        && !list.is_instance_of::<PyString>()
        && !list.is_instance_of::<PyBytes>()
        && !list.is_instance_of::<PyByteArray>()
        && list.cast::<PyMapping>().is_err()
        && !list.is_instance_of::<PySet>()
        && !list.is_instance_of::<PyFrozenSet>();
    match list.try_iter() {
        Ok(items) if list_like => items.collect(),
        Err(error) if !error.is_instance_of::<PyTypeError>(py) => Err(error),
        _ => {
            let message = format!("expected a list of strings, found `{}`", type_name(list));
            Err(usage(py, &message, Some(&name.pointer())))
        }
    }
}

/// The texts of items. An ill-formed one becomes empty, and its index goes into `malformed`.
fn texts<'a>(
    made: &'a Arena<String>,
    items: &'a [Bound<'_, PyAny>],
    name: &Path<'_>,
    malformed: &mut Vec<usize>,
) -> PyResult<Vec<&'a str>> {
    let text = |(index, item): (usize, &'a Bound<'_, PyAny>)| match text(item, &name.index(index))? {
        Some(Cow::Borrowed(text)) => Ok(text),
        Some(Cow::Owned(text)) => Ok(made.alloc(text).as_str()),
        None => {
            malformed.push(index);
            Ok("")
        }
    };
    items.iter().enumerate().map(text).collect()
}
