//! How requests are read: strictly, and telling every violation at once (P-5, ER-1, C-5).

use crate::context::Needs;
use crate::error::{Code, Violations, quoted};
use crate::id::{MAX_ID, MintedId, WireText};
use crate::json::{MAX_SAFE_INTEGER, Path, Value};
use crate::policy::Policy;
use crate::time::Timestamp;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// What the fields of one request are read against, and where their violations go.
pub struct Form<'c> {
    /// The instant of the request; none where a request is validated without a context.
    pub(crate) now: Option<Timestamp>,
    pub(crate) policy: &'c Policy,
    /// What the actor and the entropy are needed for.
    pub(crate) needs: Needs,
    pub(crate) violations: Violations,
}

impl<'c> Form<'c> {
    pub(crate) fn new(now: Option<Timestamp>, policy: &'c Policy) -> Self {
        Form { now, policy, needs: Needs::NOTHING, violations: Violations::default() }
    }

    pub(crate) fn violate<T>(&mut self, code: Code, path: &Path<'_>, message: impl Into<String>) -> Option<T> {
        self.violations.add(code, path, message);
        None
    }

    /// A value of another JSON type than the field's.
    pub(crate) fn mistyped<T>(&mut self, wanted: &str, value: &Value<'_>, path: &Path<'_>) -> Option<T> {
        self.violate(Code::InvalidRequest, path, format!("expected {wanted}, found {}", value.type_name()))
    }
}

/// A type that reads itself from a value: `None` after it has told its violations.
pub(crate) trait FromWire: Sized {
    /// The code where a required field of this type is missing or null.
    const REQUIRED: Code = Code::InvalidRequest;
    fn read(value: &Value<'_>, path: &Path<'_>, form: &mut Form<'_>) -> Option<Self>;
}

/// An object being read, whose fields are all known by name.
#[derive(Clone, Copy)]
pub struct Object<'v, 'p> {
    members: &'v [(alloc::borrow::Cow<'v, str>, Value<'v>)],
    path: &'p Path<'p>,
}

impl<'v, 'p> Object<'v, 'p> {
    /// Opens an object and tells the members that are not among `fields` (ER-1).
    pub(crate) fn open(
        value: &'v Value<'v>,
        path: &'p Path<'p>,
        fields: &'static [&'static str],
        form: &mut Form<'_>,
    ) -> Option<Self> {
        let Value::Object(members) = value else { return form.mistyped("an object", value, path) };
        for (key, _) in members {
            if !fields.contains(&key.as_ref()) {
                let message = match nearest(key, fields) {
                    Some(meant) => format!("unknown field `{}`; did you mean `{meant}`?", quoted(key)),
                    None => format!("unknown field `{}`", quoted(key)),
                };
                form.violations.add_unknown(&path.key(key), message);
            }
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

    pub(crate) fn required<T: FromWire>(&self, name: &str, form: &mut Form<'_>) -> Option<T> {
        match self.present(name) {
            Some(value) => T::read(value, &self.at(name), form),
            None => form.violate(T::REQUIRED, &self.at(name), format!("`{name}` is required")),
        }
    }

    /// `None` after a violation, `Some(None)` where the field is absent or null.
    #[expect(clippy::option_option, reason = "a violation and an absent field are two different things")]
    pub(crate) fn optional<T: FromWire>(&self, name: &str, form: &mut Form<'_>) -> Option<Option<T>> {
        match self.present(name) {
            Some(value) => T::read(value, &self.at(name), form).map(Some),
            None => Some(None),
        }
    }

    /// The same, with a value for where the field is absent or null.
    pub(crate) fn or<T: FromWire>(&self, name: &str, default: T, form: &mut Form<'_>) -> Option<T> {
        Some(self.optional(name, form)?.unwrap_or(default))
    }
}

impl<T: WireText> FromWire for T {
    const REQUIRED: Code = <T as WireText>::REQUIRED;

    fn read(value: &Value<'_>, path: &Path<'_>, form: &mut Form<'_>) -> Option<Self> {
        let Value::String(text) = value else {
            let hint = if matches!(value, Value::Int(_) | Value::Float(_)) { T::HINT } else { "" };
            let message = format!("expected a string, found {}{hint}", value.type_name());
            return form.violate(Code::InvalidRequest, path, message);
        };
        match T::from_wire(text) {
            Ok(read) => Some(read),
            Err(error) => form.violate(error.code, path, error.message),
        }
    }
}

/// Any text in the place of a minted id: 1–255 characters. What no id prints as is found nowhere.
pub(crate) struct Minted<I>(pub(crate) I);

impl<I: MintedId> FromWire for Minted<I> {
    fn read(value: &Value<'_>, path: &Path<'_>, form: &mut Form<'_>) -> Option<Self> {
        let Value::String(text) = value else { return form.mistyped("a string", value, path) };
        let fits = !text.is_empty() && (text.len() <= MAX_ID || text.chars().count() <= MAX_ID);
        if !fits || text.chars().any(char::is_control) {
            let message = format!("expected an id of 1 to {MAX_ID} characters without control characters");
            return form.violate(Code::InvalidRequest, path, message);
        }
        Some(Minted(I::from_text(text)))
    }
}

impl FromWire for bool {
    fn read(value: &Value<'_>, path: &Path<'_>, form: &mut Form<'_>) -> Option<Self> {
        match value {
            Value::Bool(bool) => Some(*bool),
            other => form.mistyped("a boolean", other, path),
        }
    }
}

impl FromWire for String {
    fn read(value: &Value<'_>, path: &Path<'_>, form: &mut Form<'_>) -> Option<Self> {
        match value {
            Value::String(text) => Some(String::from(text.as_ref())),
            other => form.mistyped("a string", other, path),
        }
    }
}

/// An integer within bounds, such as a version or a limit (C-6).
pub(crate) struct Integer<const MIN: i64, const MAX: i64 = MAX_SAFE_INTEGER>(pub(crate) i64);

impl<const MIN: i64, const MAX: i64> Integer<MIN, MAX> {
    /// The integer as a count; the bounds keep it from being negative.
    pub(crate) const fn count(&self) -> u64 {
        self.0.unsigned_abs()
    }

    /// The integer where it is kept in 32 bits, as bounds below 2^32 keep it.
    pub(crate) fn small(self) -> Option<u32> {
        u32::try_from(self.0).ok()
    }

    /// What is wrong with a number out of bounds.
    fn message() -> String {
        format!("expected an integer from {MIN} to {MAX}")
    }

    /// The same bounds for a number that comes typed: whether it is within.
    pub(crate) fn check(number: impl TryInto<i64>, path: &Path<'_>, form: &mut Form<'_>) -> bool {
        let fits = number.try_into().is_ok_and(|number| (MIN..=MAX).contains(&number));
        if !fits {
            form.violations.add(Code::InvalidRequest, path, Self::message());
        }
        fits
    }
}

impl<const MIN: i64, const MAX: i64> FromWire for Integer<MIN, MAX> {
    fn read(value: &Value<'_>, path: &Path<'_>, form: &mut Form<'_>) -> Option<Self> {
        match value {
            Value::Int(int) if (MIN..=MAX).contains(int) => Some(Integer(*int)),
            Value::Int(_) | Value::Float(_) => form.violate(Code::InvalidRequest, path, Self::message()),
            other => form.mistyped("an integer", other, path),
        }
    }
}

/// An instant that a thing is given to end at, which must not have come yet (CR-7).
pub(crate) struct Expiry(pub(crate) Timestamp);

impl Expiry {
    fn over(at: Timestamp) -> String {
        format!("`expires_at` must be in the future, but is {at}")
    }

    /// The same for an instant that comes typed, in the field `expires_at`.
    pub(crate) fn check(expires_at: Option<Timestamp>, form: &mut Form<'_>) {
        if let Some((now, at)) = form.now.zip(expires_at)
            && now >= at
        {
            form.violations.add(Code::InvalidRequest, &Path::rooted("/expires_at"), Self::over(at));
        }
    }
}

impl FromWire for Expiry {
    fn read(value: &Value<'_>, path: &Path<'_>, form: &mut Form<'_>) -> Option<Self> {
        let at = Timestamp::read(value, path, form)?;
        if form.now.is_some_and(|now| now >= at) {
            return form.violate(Code::InvalidRequest, path, Self::over(at));
        }
        Some(Expiry(at))
    }
}

impl<T: FromWire> FromWire for Vec<T> {
    fn read(value: &Value<'_>, path: &Path<'_>, form: &mut Form<'_>) -> Option<Self> {
        let Value::Array(items) = value else { return form.mistyped("an array", value, path) };
        let read: Vec<Option<T>> =
            items.iter().enumerate().map(|(index, item)| T::read(item, &path.index(index), form)).collect();
        read.into_iter().collect()
    }
}

/// A list with at most so many items, counted as given (contract section 11).
pub(crate) struct AtMost<T, const MOST: usize>(pub(crate) Vec<T>);

impl<T, const MOST: usize> AtMost<T, MOST> {
    fn too_many() -> String {
        format!("more than {MOST} items")
    }

    /// The same limit for a list that comes typed.
    pub(crate) fn check(items: &[T], pointer: &str, form: &mut Form<'_>) {
        if items.len() > MOST {
            form.violations.add(Code::InvalidRequest, &Path::rooted(pointer), Self::too_many());
        }
    }
}

impl<T, const MOST: usize> AtMost<T, MOST> {
    /// Reads the items by a function that may look at the ones before.
    pub(crate) fn read_each(
        value: &Value<'_>,
        path: &Path<'_>,
        form: &mut Form<'_>,
        mut read: impl FnMut(&Value<'_>, &Path<'_>, &mut Form<'_>) -> Option<T>,
    ) -> Option<Self> {
        let Value::Array(items) = value else { return form.mistyped("an array", value, path) };
        if items.len() > MOST {
            return form.violate(Code::InvalidRequest, path, Self::too_many());
        }
        let read: Vec<Option<T>> =
            items.iter().enumerate().map(|(index, item)| read(item, &path.index(index), form)).collect();
        read.into_iter().collect::<Option<_>>().map(AtMost)
    }
}

impl<T: FromWire, const MOST: usize> FromWire for AtMost<T, MOST> {
    fn read(value: &Value<'_>, path: &Path<'_>, form: &mut Form<'_>) -> Option<Self> {
        Self::read_each(value, path, form, T::read)
    }
}

/// Implements [`FromWire`], `Serialize`, `Deserialize` and `as_str` for an enum of fixed words.
macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident $word:literal,)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$variant_doc])* #[serde(rename = $word)] $variant,)* }

        #[allow(dead_code, reason = "not each list of words is listed or printed")]
        impl $name {
            /// All of them, in order.
            pub const ALL: &[$name] = &[$($name::$variant,)*];

            /// The word that the wire uses.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word,)* }
            }
        }

        impl $crate::wire::read::FromWire for $name {
            fn read(
                value: &$crate::json::Value<'_>,
                path: &$crate::json::Path<'_>,
                form: &mut $crate::wire::read::Form<'_>,
            ) -> Option<Self> {
                const WORDS: &[&str] = &[$($word,)*];
                match value {
                    $($crate::json::Value::String(text) if text == $word => Some($name::$variant),)*
                    other => $crate::wire::read::unknown_word(WORDS, other, path, form),
                }
            }
        }
    )*};
}
pub(crate) use words;

pub(crate) fn unknown_word<T>(words: &[&str], value: &Value<'_>, path: &Path<'_>, form: &mut Form<'_>) -> Option<T> {
    let list = words.join("`, `");
    let found = match value {
        Value::String(text) => format!("`{}`", quoted(text)),
        other => String::from(other.type_name()),
    };
    form.violate(Code::InvalidRequest, path, format!("expected one of `{list}`, found {found}"))
}

/// The field that was probably meant: the nearest by edits, where it is near. Case and separators do
/// not count, since a field in another language's style is meant just as surely.
pub(crate) fn nearest(given: &str, known: &[&'static str]) -> Option<&'static str> {
    const LONGEST: usize = 40;
    if given.len() > LONGEST {
        return None;
    }
    let given = folded(given);
    known
        .iter()
        .map(|name| (edits(&given, &folded(name)), *name))
        .min()
        .filter(|(distance, name)| *distance <= 1 + name.len() / 8)
        .map(|(_, name)| name)
}

fn folded(name: &str) -> Vec<u8> {
    name.bytes().filter(|byte| !b"_- ".contains(byte)).map(|byte| byte.to_ascii_lowercase()).collect()
}

/// Levenshtein's distance, a row at a time.
fn edits(one: &[u8], other: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (index, left) in one.iter().enumerate() {
        let mut diagonal = index;
        let mut before = index + 1;
        for (cell, right) in row.iter_mut().skip(1).zip(other) {
            let replaced = diagonal + usize::from(left != right);
            diagonal = *cell;
            before = replaced.min(before + 1).min(*cell + 1);
            *cell = before;
        }
    }
    row.last().copied().unwrap_or_default()
}
