//! Python objects of types that JSON does not have: those that can be converted, and advice for the others.

use pyo3::exceptions::PyTypeError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyFloat, PyMapping, PyType};

/// Whether a type is a class of a module that is perhaps not loaded; then no object is of it. Nothing is imported, since
/// that runs Python's code (see `error.rs`).
pub(crate) fn is_a<'py>(
    class: &Bound<'py, PyType>,
    known: &'static PyOnceLock<Py<PyType>>,
    module: &str,
    name: &str,
) -> PyResult<Option<&'py Bound<'py, PyType>>> {
    let py = class.py();
    if known.get(py).is_none() {
        let modules = py.import(intern!(py, "sys"))?.getattr(intern!(py, "modules"))?;
        let Some(module) = modules.cast::<PyDict>()?.get_item(module)? else { return Ok(None) };
        let Some(loaded) = module.getattr_opt(name)? else { return Ok(None) };
        // Another thread may have been quicker, with the same class.
        let _ = known.set(py, loaded.cast_into::<PyType>()?.unbind());
    }
    let Some(known) = known.get(py) else { return Ok(None) };
    Ok(class.is_subclass(known.bind(py))?.then(|| known.bind(py)))
}

/// The `dict` or the number that an object converts to: mappings, integers of other libraries, whole `Decimal`s. The check
/// is on the type itself, never on an object's `__class__`.
pub(crate) fn meant<'py>(given: &Bound<'py, PyAny>) -> PyResult<Option<Bound<'py, PyAny>>> {
    static MAPPING: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    static DECIMAL: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    static INDEX: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let (py, class) = (given.py(), given.get_type());
    if class.is_subclass(MAPPING.import(py, "collections.abc", "Mapping")?)? {
        let dict = PyDict::new(py);
        dict.update(given.cast::<PyMapping>()?)?;
        return Ok(Some(dict.into_any()));
    }
    if is_a(&class, &DECIMAL, "decimal", "Decimal")?.is_some() {
        // Never as an `int` first: that of `Decimal("1e1000000")` has a million digits.
        let number = PyFloat::new(py, given.extract::<f64>()?);
        let whole = number.value().fract() == 0.0 && given.eq(&number)?;
        return Ok(whole.then(|| number.into_any()));
    }
    if class.hasattr(intern!(py, "__index__"))? {
        return match INDEX.import(py, "operator", "index")?.call1((given,)) {
            Ok(int) => Ok(Some(int)),
            // As NumPy says of its booleans and arrays.
            Err(error) if error.is_instance_of::<PyTypeError>(py) => Ok(None),
            Err(error) => Err(error),
        };
    }
    Ok(None)
}

/// What to hand in instead of an object that cannot be converted.
pub(crate) fn instead(given: &Bound<'_, PyAny>) -> PyResult<&'static str> {
    static ENUM: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let (py, class) = (given.py(), given.get_type());
    if class.is_subclass(ENUM.import(py, "enum", "Enum")?)? {
        return Ok(": pass its `.value`");
    }
    // A model of Pydantic's can be a dataclass, too.
    for (name, way_out) in [
        (intern!(py, "model_dump"), ": pass its `.model_dump()`"),
        (intern!(py, "__dataclass_fields__"), ": pass `dataclasses.asdict(…)`"),
        (intern!(py, "to_dict"), ": pass its `.to_dict()`"),
        (intern!(py, "as_integer_ratio"), ": pass a `float` or a string"),
    ] {
        if class.hasattr(name)? {
            return Ok(way_out);
        }
    }
    Ok("")
}
