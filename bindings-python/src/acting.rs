//! The class `Acting`: an actor bound to a living instance, and the hot path of decisions.

use std::borrow::Cow;
use std::sync::Arc;

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};
use tenantry::json::Value;
use tenantry::{Actor, Code, Timestamp};

use crate::caller::Caller;
use crate::host::now_millis;
use crate::input::{Kept, instant, text};
use crate::world::{Work, World};

/// A handle on an instance that has its actor already.
#[pyclass(frozen, weakref, module = "tenantry")]
pub(crate) struct Acting {
    pub(crate) world: Arc<World>,
    pub(crate) actor: Value<'static>,
    pub(crate) bound: Actor,
}

impl Acting {
    fn caller(&self) -> Caller<'_> {
        Caller { world: &self.world, actor: Some(&self.actor) }
    }

    /// What a call comes to: `None` where it may start. What is no text makes a call malformed, as it does for
    /// `authorize`.
    fn decide(
        &self,
        py: Python<'_>,
        [user, pack, tool]: [&Bound<'_, PyAny>; 3],
        now: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Option<Code>> {
        let (Some(user), Some(pack), Some(tool), Some(now)) = (text(user), text(pack), text(tool), at(py, now)?) else {
            return Ok(Some(Code::InvalidRequest));
        };
        self.world.read(py, Work::Short, |core| core.acting_as(&self.bound).code(&user, &pack, &tool, now))
    }
}

/// The instant of a call; the host's where it is left out, `None` where it is none.
fn at(py: Python<'_>, now: Option<&Bound<'_, PyAny>>) -> PyResult<Option<Timestamp>> {
    match now {
        Some(now) => Ok(instant(now)),
        None => Ok(Timestamp::from_millis(now_millis(py)?)),
    }
}

#[pymethods]
impl Acting {
    #[pyo3(signature = (command, context=None))]
    fn execute<'py>(
        &self,
        command: &Bound<'py, PyAny>,
        context: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        self.caller().execute(command, context)
    }

    #[pyo3(signature = (query, context=None))]
    fn query<'py>(
        &self,
        query: &Bound<'py, PyAny>,
        context: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        self.caller().query(query, context)
    }

    #[pyo3(signature = (call, context=None))]
    fn authorize<'py>(
        &self,
        call: &Bound<'py, PyAny>,
        context: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        self.caller().authorize(call, context)
    }

    #[pyo3(signature = (calls, context=None))]
    fn authorize_batch<'py>(
        &self,
        calls: &Bound<'py, PyAny>,
        context: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        self.caller().authorize_batch(calls, context)
    }

    #[pyo3(signature = (call, context=None))]
    fn explain<'py>(
        &self,
        call: &Bound<'py, PyAny>,
        context: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        self.caller().explain(call, context)
    }

    #[pyo3(signature = (command, context=None))]
    fn preview<'py>(
        &self,
        command: &Bound<'py, PyAny>,
        context: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        self.caller().preview(command, context)
    }

    #[pyo3(signature = (request, context=None))]
    fn requirements<'py>(
        &self,
        request: &Bound<'py, PyAny>,
        context: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        self.caller().requirements(request, context)
    }

    fn load(&self, rows: &Bound<'_, PyAny>) -> PyResult<()> {
        self.caller().load(rows)
    }

    fn snapshot<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        self.caller().snapshot(py)
    }

    fn next_due(&self, py: Python<'_>) -> PyResult<Option<String>> {
        self.caller().next_due(py)
    }

    #[pyo3(signature = (registered_user_id, tool_pack_id, tool, now=None))]
    fn allows(
        &self,
        py: Python<'_>,
        registered_user_id: &Bound<'_, PyAny>,
        tool_pack_id: &Bound<'_, PyAny>,
        tool: &Bound<'_, PyAny>,
        now: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<bool> {
        Ok(self.decide(py, [registered_user_id, tool_pack_id, tool], now)?.is_none())
    }

    #[pyo3(signature = (registered_user_id, tool_pack_id, tool, now=None))]
    fn code<'py>(
        &self,
        py: Python<'py>,
        registered_user_id: &Bound<'_, PyAny>,
        tool_pack_id: &Bound<'_, PyAny>,
        tool: &Bound<'_, PyAny>,
        now: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Bound<'py, PyString>> {
        let code = self.decide(py, [registered_user_id, tool_pack_id, tool], now)?;
        Ok(PyString::intern(py, code.map_or("allow", Code::as_str)))
    }

    #[pyo3(signature = (registered_user_ids, tool_pack_ids, tools, now=None))]
    fn codes<'py>(
        &self,
        py: Python<'py>,
        registered_user_ids: &Bound<'_, PyAny>,
        tool_pack_ids: &Bound<'_, PyAny>,
        tools: &Bound<'_, PyAny>,
        now: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Bound<'py, PyBytes>> {
        let kept = [Kept::new(), Kept::new(), Kept::new()];
        let [users, packs, names] = &kept;
        let users = texts(users, registered_user_ids)?;
        let mut packs = texts(packs, tool_pack_ids)?;
        let mut names = texts(names, tools)?;
        let Some(now) = at(py, now)? else {
            return Ok(PyBytes::new(py, &vec![Code::InvalidRequest.number(); users.len()]));
        };
        // What is no text anywhere makes the call malformed at its first field.
        let mut users: Vec<&str> = users.iter().map(|user| user.as_deref().unwrap_or_default()).collect();
        for ((user, pack), name) in users.iter_mut().zip(&mut packs).zip(&mut names) {
            if pack.is_none() || name.is_none() {
                *user = "";
            }
        }
        let packs: Vec<&str> = packs.iter().map(|pack| pack.as_deref().unwrap_or_default()).collect();
        let names: Vec<&str> = names.iter().map(|name| name.as_deref().unwrap_or_default()).collect();
        let codes =
            self.world.read(py, Work::Long, |core| core.acting_as(&self.bound).codes(&users, &packs, &names, now))?;
        Ok(PyBytes::new(py, &self.world.answer(py, codes)?))
    }
}

/// The texts of a list; `None` in the place of what is no text.
fn texts<'a, 'py>(kept: &'a Kept<'py>, list: &Bound<'py, PyAny>) -> PyResult<Vec<Option<Cow<'a, str>>>> {
    // A text is a list of texts too, to Python, but never what is meant.
    if list.cast::<PyString>().is_ok() {
        return Err(PyTypeError::new_err("expected a list of texts, not a text"));
    }
    let items: Vec<Bound<'py, PyAny>> = list.try_iter()?.collect::<PyResult<_>>()?;
    Ok(kept.alloc_extend(items).iter().map(text).collect())
}
