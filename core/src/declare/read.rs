//! How requests are read: strictly, reporting every violation at once (P-5, ER-1, C-5).

use super::nearest::nearest;
use crate::context::Needs;
use crate::error::{Code, Violations, quoted};
use crate::json::{Path, Value};
use crate::policy::Policy;
use crate::shape::Type;
use crate::time::Timestamp;
use crate::wire::remedy::parameter;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// What the fields of one request are read against, and where their violations go.
pub struct Reader<'c> {
    /// The instant of the request; none where a request is validated without a context.
    pub(crate) now: Option<Timestamp>,
    pub(crate) policy: &'c Policy,
    /// What the actor and the entropy are needed for.
    pub(crate) needs: Needs,
    pub(crate) violations: Violations,
}

impl<'c> Reader<'c> {
    pub(crate) fn new(now: Option<Timestamp>, policy: &'c Policy) -> Self {
        Reader { now, policy, needs: Needs::NOTHING, violations: Violations::default() }
    }

    pub(crate) fn report<T>(&mut self, code: Code, path: &Path<'_>, message: impl Into<String>) -> Option<T> {
        self.violations.add(code, path, message);
        None
    }

    /// A value of another JSON type than the field's.
    pub(crate) fn mistyped<T>(&mut self, wanted: &str, value: &Value<'_>, path: &Path<'_>) -> Option<T> {
        match parameter(value) {
            Some(open) => {
                let message =
                    format!("`{}` is a remedy's parameter without a value: set it with `fill`", open.as_str());
                self.report(Code::InvalidRequest, path, message)
            }
            None => self.report(Code::InvalidRequest, path, format!("expected {wanted}, found {}", value.type_name())),
        }
    }
}

/// How a `T` is read from the wire: by its own type, or, for a plain type such as a number, by a type that gives its bounds.
pub(crate) trait FromWire<T = Self>: Sized {
    /// The code where a required field of this type is missing or null.
    const REQUIRED: Code = Code::InvalidRequest;

    /// Reads a value: `None` after its violations have been reported.
    fn read(value: &Value<'_>, path: &Path<'_>, reader: &mut Reader<'_>) -> Option<T>;

    /// Reports what is wrong with a value that comes typed: what its own type does not rule out.
    fn check(value: &T, path: &Path<'_>, reader: &mut Reader<'_>) {
        let _ = (value, path, reader);
    }

    /// The values that are read, for schema and types.
    fn shape() -> Type;
}

/// An object being read, whose fields are all known by name.
#[derive(Clone, Copy)]
pub struct Object<'v, 'p> {
    members: &'v [(alloc::borrow::Cow<'v, str>, Value<'v>)],
    path: &'p Path<'p>,
}

impl<'v, 'p> Object<'v, 'p> {
    /// Opens an object and reports the members that are not among `fields` (ER-1).
    pub(crate) fn open(
        value: &'v Value<'v>,
        path: &'p Path<'p>,
        fields: &'static [&'static str],
        reader: &mut Reader<'_>,
    ) -> Option<Self> {
        Self::open_all(value, path, &[fields], reader)
    }

    /// The same for an object that has a tag beside its fields.
    pub(crate) fn open_beside(
        value: &'v Value<'v>,
        path: &'p Path<'p>,
        tag: &'static str,
        fields: &'static [&'static str],
        reader: &mut Reader<'_>,
    ) -> Option<Self> {
        Self::open_all(value, path, &[&[tag], fields], reader)
    }

    fn open_all(
        value: &'v Value<'v>,
        path: &'p Path<'p>,
        fields: &[&[&'static str]],
        reader: &mut Reader<'_>,
    ) -> Option<Self> {
        let Value::Object(members) = value else { return reader.mistyped("an object", value, path) };
        let keys = members.iter().map(|(key, _)| key.as_ref());
        let unknown: Vec<&str> = keys.filter(|key| !fields.iter().any(|fields| fields.contains(key))).collect();
        if !unknown.is_empty() {
            reader.violations.add_unknown(path, unknown, |key| {
                match nearest(key, fields.iter().copied().flatten().copied()) {
                    Some(meant) => format!("unknown field `{}`; did you mean `{meant}`?", quoted(key)),
                    None => format!("unknown field `{}`", quoted(key)),
                }
            });
        }
        Some(Object { members, path })
    }

    /// Where a member is, or would be.
    pub(crate) fn at<'q>(&'q self, name: &'q str) -> Path<'q> {
        self.path.key(name)
    }

    /// The member as given; `None` where it is absent.
    pub(crate) fn given(&self, name: &str) -> Option<&'v Value<'v>> {
        self.members.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// The member, where null counts as absent (C-6).
    pub(crate) fn present(&self, name: &str) -> Option<&'v Value<'v>> {
        self.given(name).filter(|value| !matches!(value, Value::Null))
    }

    /// Whether a field is known and neither absent nor null.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.present(name).is_some()
    }

    pub(crate) fn required<T: FromWire>(&self, name: &str, reader: &mut Reader<'_>) -> Option<T> {
        self.required_as::<T, T>(name, reader)
    }

    /// Not inlined, as its siblings are not: a field of one type is read by one piece of code in all requests.
    #[inline(never)]
    pub(crate) fn required_as<W: FromWire<T>, T>(&self, name: &str, reader: &mut Reader<'_>) -> Option<T> {
        match self.present(name) {
            Some(value) => W::read(value, &self.at(name), reader),
            None => self.missing(name, W::REQUIRED, reader),
        }
    }

    fn missing<T>(&self, name: &str, code: Code, reader: &mut Reader<'_>) -> Option<T> {
        reader.violations.add(code, &self.at(name), format!("`{name}` is required"));
        None
    }

    /// `None` after a violation, `Some(None)` where the field is absent or null.
    #[expect(clippy::option_option, reason = "a violation and an absent field are two different things")]
    pub(crate) fn optional<T: FromWire>(&self, name: &str, reader: &mut Reader<'_>) -> Option<Option<T>> {
        self.optional_as::<T, T>(name, reader)
    }

    #[expect(clippy::option_option, reason = "a violation and an absent field are two different things")]
    #[inline(never)]
    pub(crate) fn optional_as<W: FromWire<T>, T>(&self, name: &str, reader: &mut Reader<'_>) -> Option<Option<T>> {
        match self.present(name) {
            Some(value) => W::read(value, &self.at(name), reader).map(Some),
            None => Some(None),
        }
    }

    /// A field of a patch, where null is a value of its own (RU-6): absent, null, or given.
    #[expect(clippy::option_option, reason = "a violation, an absent field and a null are three different things")]
    #[inline(never)]
    pub(crate) fn patched_as<W: FromWire<T>, T>(
        &self,
        name: &str,
        reader: &mut Reader<'_>,
    ) -> Option<Option<Option<T>>> {
        match self.given(name) {
            None => Some(None),
            Some(Value::Null) => Some(Some(None)),
            Some(value) => W::read(value, &self.at(name), reader).map(|read| Some(Some(read))),
        }
    }

    /// A field of a patch that has no null: a value of another type, unless a missing one has a code of its own.
    #[expect(clippy::option_option, reason = "a violation and an absent field are two different things")]
    #[inline(never)]
    pub(crate) fn kept_as<W: FromWire<T>, T>(&self, name: &str, reader: &mut Reader<'_>) -> Option<Option<T>> {
        match self.given(name) {
            None => Some(None),
            Some(Value::Null) if W::REQUIRED != Code::InvalidRequest => self.missing(name, W::REQUIRED, reader),
            Some(value) => W::read(value, &self.at(name), reader).map(Some),
        }
    }

    /// The same, with a value for where the field is absent or null.
    pub(crate) fn or<T: FromWire>(&self, name: &str, default: T, reader: &mut Reader<'_>) -> Option<T> {
        Some(self.optional(name, reader)?.unwrap_or(default))
    }
}
