//! The types that fields are made of, and the bounds that their own types do not enforce (contract section 11).

use super::read::{FromWire, Reader};
use crate::error::Code;
use crate::id::{MAX_ID, MintedId, WireText};
use crate::json::{MAX_SAFE_INTEGER, Path, Value};
use crate::shape::{Definition, Native, Text, Type};
use crate::time::Timestamp;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::marker::PhantomData;

impl<T: WireText> FromWire for T {
    const REQUIRED: Code = <T as WireText>::REQUIRED;

    fn read(value: &Value<'_>, path: &Path<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let Value::String(text) = value else {
            if !matches!(value, Value::Int(_) | Value::Float(_)) {
                return reader.mistyped("a string", value, path);
            }
            return reader.report(Code::InvalidRequest, path, format!("expected a string, found a number{}", T::HINT));
        };
        match T::from_wire(text) {
            Ok(read) => Some(read),
            Err(error) => reader.report(error.code, path, error.message),
        }
    }

    fn shape() -> Type {
        Type::Text(T::form())
    }
}

/// Reads any text in the place of a minted id: 1–255 characters. What no id prints as is found nowhere.
pub(crate) fn read_minted<I: MintedId>(value: &Value<'_>, path: &Path<'_>, reader: &mut Reader<'_>) -> Option<I> {
    let Value::String(text) = value else { return reader.mistyped("a string", value, path) };
    let fits = !text.is_empty() && (text.len() <= MAX_ID || text.chars().count() <= MAX_ID);
    if !fits || text.chars().any(char::is_control) {
        let message = format!("expected an id of 1 to {MAX_ID} characters without control characters");
        return reader.report(Code::InvalidRequest, path, message);
    }
    Some(I::from_text(text))
}

/// The shape of what [`read_minted`] reads.
pub(crate) fn minted() -> Type {
    Type::named("Id", || {
        let native = Some(Native::Uuid);
        let text = Text { least: 1, most: Some(MAX_ID), pattern: Some(NO_CONTROLS), format: None, native };
        Definition::alias(
            "Id",
            "An id that the core minted, on its way in. Python also takes `uuid.UUID`.",
            Type::Text(text),
        )
    })
}

/// No control character (category Cc).
pub(crate) const NO_CONTROLS: &str = r"^[^\u0000-\u001f\u007f-\u009f]*$";

impl FromWire for bool {
    fn read(value: &Value<'_>, path: &Path<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        match value {
            Value::Bool(bool) => Some(*bool),
            other => reader.mistyped("a boolean", other, path),
        }
    }

    fn shape() -> Type {
        Type::Boolean
    }
}

impl FromWire for String {
    fn read(value: &Value<'_>, path: &Path<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        match value {
            Value::String(text) => Some(String::from(text.as_ref())),
            other => reader.mistyped("a string", other, path),
        }
    }

    fn shape() -> Type {
        Type::TEXT
    }
}

/// An integer within bounds, such as a version or a limit (C-6).
pub(crate) struct Integer<const MIN: i64, const MAX: i64 = MAX_SAFE_INTEGER>;

impl<const MIN: i64, const MAX: i64> Integer<MIN, MAX> {
    /// What is wrong with a number out of bounds.
    fn message() -> String {
        format!("expected an integer from {MIN} to {MAX}")
    }
}

impl<N: TryFrom<i64> + TryInto<i64> + Copy, const MIN: i64, const MAX: i64> FromWire<N> for Integer<MIN, MAX> {
    fn read(value: &Value<'_>, path: &Path<'_>, reader: &mut Reader<'_>) -> Option<N> {
        let read = match value {
            Value::Int(int) if (MIN..=MAX).contains(int) => N::try_from(*int).ok(),
            Value::Int(_) | Value::Float(_) => None,
            other => return reader.mistyped("an integer", other, path),
        };
        read.or_else(|| reader.report(Code::InvalidRequest, path, Self::message()))
    }

    fn check(number: &N, path: &Path<'_>, reader: &mut Reader<'_>) {
        if !(*number).try_into().is_ok_and(|number| (MIN..=MAX).contains(&number)) {
            reader.violations.add(Code::InvalidRequest, path, Self::message());
        }
    }

    fn shape() -> Type {
        Type::Integer(MIN, MAX)
    }
}

/// An instant that a thing is given to end at, which must not have come yet (CR-7).
pub(crate) struct Expiry;

impl FromWire<Timestamp> for Expiry {
    fn read(value: &Value<'_>, path: &Path<'_>, reader: &mut Reader<'_>) -> Option<Timestamp> {
        let at = Timestamp::read(value, path, reader)?;
        if reader.now.is_some_and(|now| now >= at) {
            return reader.report(Code::InvalidRequest, path, over(at));
        }
        Some(at)
    }

    fn check(at: &Timestamp, path: &Path<'_>, reader: &mut Reader<'_>) {
        if reader.now.is_some_and(|now| now >= *at) {
            reader.violations.add(Code::InvalidRequest, path, over(*at));
        }
    }

    fn shape() -> Type {
        Timestamp::shape()
    }
}

fn over(at: Timestamp) -> String {
    format!("`expires_at` must be in the future, but is {at}")
}

impl<T: FromWire> FromWire for Vec<T> {
    fn read(value: &Value<'_>, path: &Path<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        read_items(value, path, reader, T::read)
    }

    fn shape() -> Type {
        Type::list(T::shape(), None)
    }
}

/// Reads the items of a list by a function that may look at the ones before.
fn read_items<T>(
    value: &Value<'_>,
    path: &Path<'_>,
    reader: &mut Reader<'_>,
    mut read: impl FnMut(&Value<'_>, &Path<'_>, &mut Reader<'_>) -> Option<T>,
) -> Option<Vec<T>> {
    let Value::Array(items) = value else { return reader.mistyped("an array", value, path) };
    let read: Vec<Option<T>> =
        items.iter().enumerate().map(|(index, item)| read(item, &path.index(index), reader)).collect();
    read.into_iter().collect()
}

/// A list with at most so many items, counted as given (contract section 11).
pub(crate) struct AtMost<W, const MOST: usize>(PhantomData<W>);

impl<W, const MOST: usize> AtMost<W, MOST> {
    fn too_many() -> String {
        format!("more than {MOST} items")
    }

    /// Reads the items by a function that may look at the ones before.
    pub(crate) fn read_each<T>(
        value: &Value<'_>,
        path: &Path<'_>,
        reader: &mut Reader<'_>,
        read: impl FnMut(&Value<'_>, &Path<'_>, &mut Reader<'_>) -> Option<T>,
    ) -> Option<Vec<T>> {
        if matches!(value, Value::Array(items) if items.len() > MOST) {
            return reader.report(Code::InvalidRequest, path, Self::too_many());
        }
        read_items(value, path, reader, read)
    }

    /// Reports a list that comes typed and is too long.
    pub(crate) fn check_length<T>(items: &[T], path: &Path<'_>, reader: &mut Reader<'_>) {
        if items.len() > MOST {
            reader.violations.add(Code::InvalidRequest, path, Self::too_many());
        }
    }
}

impl<W: FromWire<T>, T, const MOST: usize> FromWire<Vec<T>> for AtMost<W, MOST> {
    fn read(value: &Value<'_>, path: &Path<'_>, reader: &mut Reader<'_>) -> Option<Vec<T>> {
        Self::read_each(value, path, reader, W::read)
    }

    fn check(items: &Vec<T>, path: &Path<'_>, reader: &mut Reader<'_>) {
        Self::check_length(items, path, reader);
        for (index, item) in items.iter().enumerate() {
            W::check(item, &path.index(index), reader);
        }
    }

    fn shape() -> Type {
        Type::list(W::shape(), Some(MOST))
    }
}
