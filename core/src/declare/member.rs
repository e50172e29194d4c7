//! How the fields of a request are read, checked, written and described, one by one or several together.

use super::read::{FromWire, Object, Reader};
use crate::json::{Path, to_canonical};
use crate::shape::Field;
use alloc::vec::Vec;
use core::marker::PhantomData;
use serde::Serialize;
use serde::ser::SerializeMap;

/// How one field of a request is read from its object. Most fields are [`Required`], [`Optional`], [`Patched`],
/// [`Kept`] or [`Defaulted`]; a field that depends on another, or to which null says something of its own, has a type of its own.
pub(crate) trait Member<T> {
    /// Reads the field, whether it is there or not.
    fn read(object: &Object<'_, '_>, name: &'static str, reader: &mut Reader<'_>) -> Option<T>;

    /// Reports what is wrong with a field that comes typed.
    fn check(value: &T, path: &Path<'_>, reader: &mut Reader<'_>) {
        let _ = (value, path, reader);
    }

    /// Writes the field, unless it is absent.
    fn write<M: SerializeMap>(value: &T, name: &'static str, out: &mut M) -> Result<(), M::Error>;

    /// The field, for schema and types.
    fn field(name: &'static str, doc: &'static str) -> Field;
}

/// Several fields of a request that are one value in Rust.
pub(crate) trait Members<T> {
    /// Their names.
    const NAMES: &'static [&'static str];
    /// What they must agree on, each as a JSON Schema of the whole object.
    const RULES: &'static [&'static str] = &[];

    /// Reads the fields.
    fn read(object: &Object<'_, '_>, reader: &mut Reader<'_>) -> Option<T>;

    /// Reports what is wrong with a value that comes typed; pointers begin at the object.
    fn check(value: &T, path: &Path<'_>, reader: &mut Reader<'_>) {
        let _ = (value, path, reader);
    }

    /// Writes the fields.
    fn write<M: SerializeMap>(value: &T, out: &mut M) -> Result<(), M::Error>;

    /// The fields, for schema and types.
    fn fields() -> Vec<Field>;
}

/// A field that must be there, and not be null.
pub(crate) struct Required<W>(PhantomData<W>);

impl<W: FromWire<T>, T: Serialize> Member<T> for Required<W> {
    fn read(object: &Object<'_, '_>, name: &'static str, reader: &mut Reader<'_>) -> Option<T> {
        object.required_as::<W, T>(name, reader)
    }

    fn check(value: &T, path: &Path<'_>, reader: &mut Reader<'_>) {
        W::check(value, path, reader);
    }

    fn write<M: SerializeMap>(value: &T, name: &'static str, out: &mut M) -> Result<(), M::Error> {
        out.serialize_entry(name, value)
    }

    fn field(name: &'static str, doc: &'static str) -> Field {
        Field::required(name, doc, W::shape())
    }
}

/// A field that may be absent, or null, which is the same (C-6).
pub(crate) struct Optional<W>(PhantomData<W>);

impl<W: FromWire<T>, T: Serialize> Member<Option<T>> for Optional<W> {
    fn read(object: &Object<'_, '_>, name: &'static str, reader: &mut Reader<'_>) -> Option<Option<T>> {
        object.optional_as::<W, T>(name, reader)
    }

    fn check(value: &Option<T>, path: &Path<'_>, reader: &mut Reader<'_>) {
        if let Some(value) = value {
            W::check(value, path, reader);
        }
    }

    fn write<M: SerializeMap>(value: &Option<T>, name: &'static str, out: &mut M) -> Result<(), M::Error> {
        out.serialize_entry(name, value)
    }

    fn field(name: &'static str, doc: &'static str) -> Field {
        Field::optional(name, doc, W::shape().or_null())
    }
}

/// A field of a patch: absent leaves it, null clears it (RU-6).
pub(crate) struct Patched<W>(PhantomData<W>);

impl<W: FromWire<T>, T: Serialize> Member<Option<Option<T>>> for Patched<W> {
    fn read(object: &Object<'_, '_>, name: &'static str, reader: &mut Reader<'_>) -> Option<Option<Option<T>>> {
        object.patched_as::<W, T>(name, reader)
    }

    fn check(value: &Option<Option<T>>, path: &Path<'_>, reader: &mut Reader<'_>) {
        if let Some(Some(value)) = value {
            W::check(value, path, reader);
        }
    }

    fn write<M: SerializeMap>(value: &Option<Option<T>>, name: &'static str, out: &mut M) -> Result<(), M::Error> {
        value.iter().try_for_each(|value| out.serialize_entry(name, value))
    }

    fn field(name: &'static str, doc: &'static str) -> Field {
        Field::optional(name, doc, W::shape().or_null())
    }
}

/// A field of a patch that cannot be cleared: absent leaves it, and null is a missing value (RU-6, AC-10).
pub(crate) struct Kept<W>(PhantomData<W>);

impl<W: FromWire<T>, T: Serialize> Member<Option<T>> for Kept<W> {
    fn read(object: &Object<'_, '_>, name: &'static str, reader: &mut Reader<'_>) -> Option<Option<T>> {
        object.kept_as::<W, T>(name, reader)
    }

    fn check(value: &Option<T>, path: &Path<'_>, reader: &mut Reader<'_>) {
        if let Some(value) = value {
            W::check(value, path, reader);
        }
    }

    fn write<M: SerializeMap>(value: &Option<T>, name: &'static str, out: &mut M) -> Result<(), M::Error> {
        value.iter().try_for_each(|value| out.serialize_entry(name, value))
    }

    fn field(name: &'static str, doc: &'static str) -> Field {
        Field::optional(name, doc, W::shape())
    }
}

/// A field with a default for where it is absent or null: the declaration gives the default.
pub(crate) struct Defaulted<W>(PhantomData<W>);

impl<W> Defaulted<W> {
    pub(crate) fn read<T>(
        object: &Object<'_, '_>,
        name: &'static str,
        reader: &mut Reader<'_>,
        default: impl FnOnce() -> T,
    ) -> Option<T>
    where
        W: FromWire<T>,
    {
        Some(object.optional_as::<W, T>(name, reader)?.unwrap_or_else(default))
    }

    /// Writes the field, unless it has its default.
    pub(crate) fn write<T: Serialize + PartialEq, M: SerializeMap>(
        value: &T,
        name: &'static str,
        out: &mut M,
        default: &T,
    ) -> Result<(), M::Error> {
        if value == default { Ok(()) } else { out.serialize_entry(name, value) }
    }

    pub(crate) fn field<T: Serialize>(name: &'static str, doc: &'static str, default: &T) -> Field
    where
        W: FromWire<T>,
    {
        Field { default: Some(to_canonical(default)), ..Field::optional(name, doc, W::shape().or_null()) }
    }
}
