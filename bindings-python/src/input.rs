//! Python values to the core's own: nothing that a caller hands in may crash, overflow the stack or pass
//! unchecked (ER-2, P-6). The one place where Python objects are looked into.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::BTreeSet;

use pyo3::exceptions::{PyException, PyOverflowError, PyValueError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBool, PyBytes, PyDict, PyFloat, PyInt, PyList, PyMemoryView, PyString, PyTuple, PyType};
use tenantry::json::{
    COMMAND_BYTES, COMMAND_DEPTH, DOCUMENT_DEPTH, Malformed, NoJson, Path, Value, parse_command, parse_document,
};
use tenantry::{Rejection, Timestamp, wire};
use typed_arena::Arena;

use crate::error::usage;
use crate::foreign::{self, is_a};

/// Keeps every object that was looked at alive for as long as its text is borrowed from it: whoever changes
/// a list or dict meanwhile cannot take it away.
pub(crate) type Keepalive<'py> = Arena<Bound<'py, PyAny>>;

/// What kind of value is expected, which decides how deep it may be and where its instants stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A single command, query, call, context, actor or policy.
    Request,
    /// A scenario or a batch, which holds many of them.
    Document,
    /// A snapshot or rows: the core's own words, nothing in them is the host's.
    Stored,
}

/// Why a value cannot be read.
#[derive(Debug)]
pub(crate) enum Fault {
    /// It is no value of JSON.
    Malformed(Malformed),
    /// JSON cannot hold it, so no client sent it: a mistake of the calling program.
    Mistake(Malformed),
    /// Python was interrupted meanwhile.
    Interrupted(PyErr),
}

impl From<Malformed> for Fault {
    fn from(malformed: Malformed) -> Self {
        Fault::Malformed(malformed)
    }
}

impl Fault {
    /// A text that is not well-formed Unicode.
    pub(crate) fn lone_surrogate(pointer: &str) -> Self {
        NoJson::LoneSurrogate.at(pointer).into()
    }

    /// As an exception, where a client may have sent the value.
    pub(crate) fn raise(self, py: Python<'_>) -> PyErr {
        match self {
            Fault::Malformed(malformed) => crate::error::raise(py, Rejection::malformed(malformed), None),
            mistake => mistake.raise_usage(py),
        }
    }

    /// The same where only the host's own program can have made it.
    pub(crate) fn raise_usage(self, py: Python<'_>) -> PyErr {
        match self {
            Fault::Malformed(fault) | Fault::Mistake(fault) => usage(py, &fault.message, Some(&fault.pointer)),
            Fault::Interrupted(error) => error,
        }
    }
}

/// Reads JSON text (`str` or `bytes`) or an object. Pointers in faults begin with `root`.
pub(crate) fn read<'a, 'py>(
    kept: &'a Keepalive<'py>,
    given: &'a Bound<'py, PyAny>,
    kind: Kind,
    root: &'static str,
) -> Result<Value<'a>, Fault> {
    let at_root = |mut malformed: Malformed| {
        malformed.pointer.insert_str(0, root);
        malformed
    };
    let not_text = || Malformed::new("", "not well-formed UTF-8");
    if let Ok(text) = given.cast::<PyString>() {
        let text = text.to_str().map_err(|_| Fault::lone_surrogate(root))?;
        return Ok(parse(text, kind).map_err(at_root)?);
    }
    let given = match buffer(given).map_err(Fault::Interrupted)? {
        Some(copy) => &*kept.alloc(copy),
        None => given,
    };
    if let Ok(bytes) = given.cast::<PyBytes>() {
        let text = std::str::from_utf8(bytes.as_bytes()).map_err(|_| at_root(not_text()))?;
        return Ok(parse(text, kind).map_err(at_root)?);
    }
    let walk = Walk::new(kept, kind, root);
    walk.value(given, walk.limits.depth, &Path::rooted(root))
}

/// A `bytearray`, a `memoryview` or another buffer as `bytes`: copied, since its owner may change it meanwhile.
fn buffer<'py>(given: &Bound<'py, PyAny>) -> PyResult<Option<Bound<'py, PyAny>>> {
    if given.is_instance_of::<PyDict>() || given.is_instance_of::<PyList>() || given.is_instance_of::<PyBytes>() {
        return Ok(None);
    }
    match PyMemoryView::from(given) {
        Ok(view) => view.call_method0(intern!(given.py(), "tobytes")).map(Some),
        Err(error) if error.is_instance_of::<PyException>(given.py()) => Ok(None),
        Err(error) => Err(error),
    }
}

fn parse(text: &str, kind: Kind) -> Result<Value<'_>, Malformed> {
    if kind == Kind::Request { parse_command(text) } else { parse_document(text) }
}

/// A text, or an id as `uuid.UUID`; `None` where it is not well-formed.
#[inline]
pub(crate) fn text<'a>(given: &'a Bound<'_, PyAny>, path: &Path<'_>) -> PyResult<Option<Cow<'a, str>>> {
    if let Ok(text) = given.cast::<PyString>() {
        return Ok(text.to_str().ok().map(Cow::Borrowed));
    }
    let py = given.py();
    match uuid(given) {
        Ok(Some(id)) => Ok(Some(Cow::Owned(id))),
        Err(error) if !error.is_instance_of::<PyException>(py) => Err(error),
        _ => {
            let message = format!("expected a string, found `{}`", type_name(given));
            Err(usage(py, &message, Some(&path.pointer())))
        }
    }
}

/// The instant of a call, in any of the forms that a `now` may have.
pub(crate) fn instant(now: &Bound<'_, PyAny>) -> PyResult<Timestamp> {
    let (py, kept) = (now.py(), Keepalive::with_capacity(1));
    let value = Walk::new(&kept, Kind::Request, "/context/now").value(now, 1, &Path::rooted("/context/now"));
    let value = value.map_err(|fault| fault.raise_usage(py))?;
    wire::read_now(Ok(value)).map_err(|mistake| crate::error::raise(py, mistake, None))
}

struct Walk<'a, 'py> {
    kept: &'a Keepalive<'py>,
    root: &'static str,
    limits: &'static Limits,
    /// What is left of its size.
    room: Cell<usize>,
}

/// How large a value may be. Objects that hold one another many times over count as often: few of them would
/// fill the memory.
struct Limits {
    depth: usize,
    size: usize,
    /// What an item counts beside its text.
    item: usize,
    too_deep: NoJson,
    too_large: NoJson,
}

/// No more than its canonical JSON surely has; the core looks at that itself.
static REQUEST: Limits = Limits {
    depth: COMMAND_DEPTH,
    size: COMMAND_BYTES,
    item: 1,
    too_deep: NoJson::CommandTooDeep,
    too_large: NoJson::CommandTooLarge,
};

/// What it needs in memory, about. Text is not limited: it is as large as it is.
static DOCUMENT: Limits = Limits {
    depth: DOCUMENT_DEPTH,
    size: 1 << 27,
    item: 8,
    too_deep: NoJson::DocumentTooDeep,
    too_large: NoJson::DocumentTooLarge,
};

impl<'a, 'py> Walk<'a, 'py> {
    fn new(kept: &'a Keepalive<'py>, kind: Kind, root: &'static str) -> Self {
        let limits = if kind == Kind::Request { &REQUEST } else { &DOCUMENT };
        Walk { kept, root, limits, room: Cell::new(limits.size) }
    }

    fn take(&self, size: usize) -> Result<(), Malformed> {
        let left = self.room.get().checked_sub(size);
        self.room.set(left.ok_or_else(|| self.limits.too_large.at(self.root))?);
        Ok(())
    }

    fn value(&self, given: &'a Bound<'py, PyAny>, depth: usize, path: &Path<'_>) -> Result<Value<'a>, Fault> {
        let fault = |message: &str| Malformed::new(path.pointer(), message);
        if let Ok(text) = given.cast::<PyString>() {
            let text = text.to_str().map_err(|_| Fault::lone_surrogate(&path.pointer()))?;
            self.take(text.len())?;
            return Ok(Value::String(Cow::Borrowed(text)));
        }
        if given.is_none() {
            return Ok(Value::Null);
        }
        let deeper = || depth.checked_sub(1).ok_or_else(|| self.limits.too_deep.at(path.pointer()));
        if let Ok(dict) = given.cast::<PyDict>() {
            return self.object(dict, deeper()?, path);
        }
        if let Ok(list) = given.cast::<PyList>() {
            return self.array(list.iter(), deeper()?, path);
        }
        if let Ok(bool) = given.cast::<PyBool>() {
            return Ok(Value::Bool(bool.is_true()));
        }
        if given.cast::<PyInt>().is_ok() {
            // Beyond 64 bits as JSON text has it: a float, if it is one.
            let number = given.extract::<i64>().map(|int| int as f64).or_else(|_| given.extract::<f64>());
            return Ok(number.ok().and_then(Value::number).ok_or_else(|| NoJson::OutOfRange.at(path.pointer()))?);
        }
        if let Ok(float) = given.cast::<PyFloat>() {
            let float = float.value();
            let why = if float.is_nan() { NoJson::NaN } else { NoJson::Infinite };
            return Ok(Value::number(float).ok_or_else(|| why.at(path.pointer()))?);
        }
        if let Ok(tuple) = given.cast::<PyTuple>() {
            return self.array(tuple.iter(), deeper()?, path);
        }
        match special(given) {
            Ok(Some(value)) => Ok(value),
            Ok(None) => self.foreign(given, depth, path),
            Err(Unreadable::Naive) => Err(Fault::Mistake(fault(NAIVE))),
            Err(Unreadable::Raised(error)) if error.is_instance_of::<PyException>(given.py()) => {
                Err(Fault::Mistake(fault(&format!("the `{}` cannot be read", type_name(given)))))
            }
            Err(Unreadable::Raised(error)) => Err(Fault::Interrupted(error)),
        }
    }

    /// An object of a type that JSON does not have.
    fn foreign(&self, given: &Bound<'py, PyAny>, depth: usize, path: &Path<'_>) -> Result<Value<'a>, Fault> {
        let fault = |message: String| Fault::Mistake(Malformed::new(path.pointer(), message));
        let name = || type_name(given);
        let raised = |error: PyErr| {
            let ordinary = error.is_instance_of::<PyException>(given.py());
            if ordinary { fault(format!("the `{}` cannot be read", name())) } else { Fault::Interrupted(error) }
        };
        match foreign::meant(given).map_err(raised)? {
            Some(meant) => self.value(self.kept.alloc(meant), depth, path),
            None => {
                let instead = foreign::instead(given).map_err(raised)?;
                Err(fault(format!("expected a JSON value, found `{}`{instead}", name())))
            }
        }
    }

    fn object(&self, dict: &Bound<'py, PyDict>, depth: usize, path: &Path<'_>) -> Result<Value<'a>, Fault> {
        self.take(dict.len().saturating_mul(2 * self.limits.item))?;
        // All members first: what a member's own methods do to the dict comes too late to matter.
        let members: &'a [_] = self.kept.alloc_extend(dict.iter().flat_map(|(key, value)| [key, value]));
        let mut object: Vec<(Cow<'a, str>, Value<'a>)> = Vec::with_capacity(members.len() / 2);
        // Two keys of a dict can have the same text only where a class of its own says they differ.
        let strange = members.iter().step_by(2).any(|key| !key.is_exact_instance_of::<PyString>());
        let mut known = BTreeSet::new();
        for member in members.chunks_exact(2) {
            let [key, value] = member else { continue };
            let Ok(text) = key.cast::<PyString>() else {
                let message = format!("expected a string as a key, found `{}`", type_name(key));
                return Err(Fault::Mistake(Malformed::new(path.pointer(), message)));
            };
            let text: &'a str = text.to_str().map_err(|_| Fault::lone_surrogate(&path.pointer()))?;
            self.take(text.len())?;
            if strange && !known.insert(text) {
                return Err(Malformed::new(path.key(text).pointer(), "the key is given twice").into());
            }
            object.push((Cow::Borrowed(text), self.value(value, depth, &path.key(text))?));
        }
        Ok(Value::Object(object))
    }

    fn array(
        &self,
        items: impl ExactSizeIterator<Item = Bound<'py, PyAny>>,
        depth: usize,
        path: &Path<'_>,
    ) -> Result<Value<'a>, Fault> {
        self.take(items.len().saturating_mul(self.limits.item))?;
        let items: &'a [_] = self.kept.alloc_extend(items);
        let values = items.iter().enumerate().map(|(index, item)| self.value(item, depth, &path.index(index)));
        values.collect::<Result<_, _>>().map(Value::Array)
    }
}

const NAIVE: &str = "the time has no UTC offset: pass an aware `datetime`, such as `datetime.now(timezone.utc)`";

enum Unreadable {
    Naive,
    Raised(PyErr),
}

impl From<PyErr> for Unreadable {
    fn from(error: PyErr) -> Self {
        Unreadable::Raised(error)
    }
}

/// The instant of an aware `datetime` or the text of a `uuid.UUID`; `None` for anything else.
fn special<'a>(given: &Bound<'_, PyAny>) -> Result<Option<Value<'a>>, Unreadable> {
    static DATETIME: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    static UTC: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let py = given.py();
    let class = given.get_type();
    // Of the type itself, never of what an object says its class is, and by the type's own methods.
    if let Some(datetime) = is_a(&class, &DATETIME, "datetime", "datetime")? {
        if datetime.call_method1("utcoffset", (given,))?.is_none() {
            return Err(Unreadable::Naive);
        }
        let utc =
            UTC.get_or_try_init(py, || py.import("datetime")?.getattr("timezone")?.getattr("utc").map(Bound::unbind))?;
        // What its offset moves out of Python's years is read as it is written, and saturates there (T-5).
        let at = match datetime.call_method1("astimezone", (given, utc)) {
            Err(error) if error.is_instance_of::<PyOverflowError>(py) => given.clone(),
            at => at?,
        };
        let text = datetime.call_method1("isoformat", (at,))?.extract::<String>()?;
        let at = Timestamp::parse(&text).ok_or_else(|| PyValueError::new_err("outside the years 0001 to 9999"))?;
        return Ok(Some(Value::Instant(at)));
    }
    Ok(uuid(given)?.map(Value::from))
}

/// The text of a `uuid.UUID`; `None` for anything else.
fn uuid(given: &Bound<'_, PyAny>) -> PyResult<Option<String>> {
    static UUID: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    if is_a(&given.get_type(), &UUID, "uuid", "UUID")?.is_none() {
        return Ok(None);
    }
    let id = format!("{:032x}", given.getattr("int")?.extract::<u128>()?);
    let part = |range| id.get(range).unwrap_or_default();
    let parts = [part(0..8), part(8..12), part(12..16), part(16..20), part(20..32)];
    Ok(Some(parts.join("-")))
}

/// The name of a type, with its module where it is not Python's own.
pub(crate) fn type_name(given: &Bound<'_, PyAny>) -> String {
    let name = given.get_type().fully_qualified_name().map(|name| name.to_string());
    name.map_or_else(|_| "object".to_owned(), |name| name.chars().filter(|c| !c.is_control()).take(64).collect())
}
